//! Names in place of numbers: numbers are for those who have the plan at hand.

use crate::plan::{Origin, Plan};

/// A text in which numbers of targets are replaced by their names: `按指标19推算` by `按“规模工业增加值”推算`.
pub(super) fn by_name(plan: &Plan, text: &str) -> String {
    let mut named = String::new();
    let mut rest = text;
    while let Some((at, word, origin)) = next_list(rest) {
        let (before, behind) = rest.split_at(at);
        named.push_str(before);
        let mut list = behind.strip_prefix(word).unwrap_or(behind);
        let mut names: Vec<String> = Vec::new();
        loop {
            let from = list.strip_prefix('、').filter(|_| !names.is_empty()).unwrap_or(list);
            let end = from.find(|c: char| !(c.is_ascii_alphanumeric() || c == '特')).unwrap_or(from.len());
            let (no, after) = from.split_at(end);
            let row = plan.indicators.iter().find(|row| row.no.as_str() == no && row.origin == origin);
            let Some(row) = row else { break };
            names.push(format!("“{}”", row.short));
            list = after;
        }
        if names.is_empty() {
            named.push_str(word);
        }
        named.push_str(&names.join("、"));
        rest = list;
    }
    named.push_str(rest);
    named
}

/// Where the next list of numbers may begin, behind which word, and what its numbers are of.
fn next_list(text: &str) -> Option<(usize, &'static str, Origin)> {
    let words = [("指标", Origin::Table), ("目标", Origin::Prose)];
    let found = words.into_iter().filter_map(|(word, origin)| Some((text.find(word)?, word, origin)));
    found.min_by_key(|(at, ..)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Direction, Indicator, Measure};

    #[test]
    fn numbers_of_targets_are_replaced_by_names() {
        let row = |no: &str, short: &str, origin: Origin| Indicator {
            no: no.into(),
            short: short.to_owned(),
            origin,
            ..Indicator::example("亿元", Measure::Stock, Direction::Higher)
        };
        let indicators = vec![
            row("19", "工业增加值", Origin::Table),
            row("特5", "创新联盟", Origin::Table),
            row("P6", "园区排名", Origin::Prose),
            row("P7", "企业数", Origin::Prose),
        ];
        let plan = Plan { indicators: indicators.into_iter().collect(), ..Plan::example() };
        for (text, expected) in [
            ("按指标19两年数推算", "按“工业增加值”两年数推算"),
            ("其中指标19、特5和目标P6、P7未到", "其中“工业增加值”、“创新联盟”和“园区排名”、“企业数”未到"),
            ("与目标19万元相差", "与目标19万元相差"),
            ("目标和指标都在", "目标和指标都在"),
            ("指标20、19", "指标20、19"),
        ] {
            assert_eq!(by_name(&plan, text), expected);
        }
    }
}
