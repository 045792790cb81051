//! Rows by their names in the words of findings, which number them: numbers are for those who have the plan at hand.

use crate::ident::IndicatorNo;

/// What findings call a row of the table, and a target in prose, before its number.
const ROW: &str = "指标";
const PROSE: &str = "目标";
/// Between numbers of a list.
const AND: char = '、';
/// What numbers of rows may have beside digits and Latin letters: 特1.
const SPECIAL: char = '特';

/// What a number in the words of a finding is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbered {
    /// A row of the table: 指标19.
    Row,
    /// A target in prose: 目标P6.
    Prose,
}

/// The words of a finding with names in place of numbers: `按“规模工业增加值”两年数推算` for `按指标19两年数推算`. What `name_of` does not know stays as it is.
pub fn by_name(words: &str, name_of: impl Fn(Numbered, &IndicatorNo) -> Option<String>) -> String {
    let mut named = String::new();
    let mut rest = words;
    while let Some((at, word, what)) = next_list(rest) {
        let (before, behind) = rest.split_at(at);
        named.push_str(before);
        let mut list = behind.strip_prefix(word).unwrap_or(behind);
        let mut names: Vec<String> = Vec::new();
        loop {
            let from = list.strip_prefix(AND).filter(|_| !names.is_empty()).unwrap_or(list);
            let end = from.find(|c: char| !(c.is_ascii_alphanumeric() || c == SPECIAL)).unwrap_or(from.len());
            let (no, after) = from.split_at(end);
            let Some(name) = (!no.is_empty()).then(|| name_of(what, &no.into())).flatten() else { break };
            names.push(format!("“{name}”"));
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
fn next_list(words: &str) -> Option<(usize, &'static str, Numbered)> {
    let found = [(ROW, Numbered::Row), (PROSE, Numbered::Prose)];
    let found = found.into_iter().filter_map(|(word, what)| Some((words.find(word)?, word, what)));
    found.min_by_key(|(at, ..)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_replaced_by_names() {
        let name_of = |what: Numbered, no: &IndicatorNo| {
            let known = [
                (Numbered::Row, "19", "工业增加值"),
                (Numbered::Row, "特5", "创新联盟"),
                (Numbered::Prose, "P6", "园区排名"),
                (Numbered::Prose, "P7", "企业数"),
            ];
            let found = known.into_iter().find(|(own, number, _)| *own == what && no.as_str() == *number);
            found.map(|(_, _, name)| name.to_owned())
        };
        for (text, expected) in [
            ("按指标19两年数推算", "按“工业增加值”两年数推算"),
            ("其中指标19、特5和目标P6、P7未到", "其中“工业增加值”、“创新联盟”和“园区排名”、“企业数”未到"),
            ("与目标19万元相差", "与目标19万元相差"),
            ("目标和指标都在", "目标和指标都在"),
            ("指标20、19", "指标20、19"),
        ] {
            assert_eq!(by_name(text, name_of), expected);
        }
    }
}
