//! Targets and their arithmetic in words, for report, tables and lineage.

use rust_decimal::Decimal;

use super::Assessment;
use crate::plan::{Direction, Goal, Indicator, Operator, Written};
use crate::rounding::plain;

/// A limit with the sign or word of its operator; a bare number where the sign is understood.
fn with(operator: Operator, value: &str) -> String {
    match operator {
        Operator::AtLeast | Operator::AtMost | Operator::Equal => value.to_owned(),
        Operator::MoreThan | Operator::Surpass => format!("＞{value}"),
        Operator::LessThan => format!("＜{value}"),
        Operator::About => format!("{value}左右"),
    }
}

/// How a value is to stand to what it is held against.
fn relative_word(operator: Operator) -> &'static str {
    match operator {
        Operator::MoreThan | Operator::Surpass => "高于",
        Operator::LessThan => "低于",
        Operator::AtMost => "不高于",
        Operator::AtLeast | Operator::About | Operator::Equal => "不低于",
    }
}

/// The target as printed: `＞7400`, `300`, `10左右`, `5—6`.
pub(crate) fn target_text(goal: &Goal) -> String {
    match goal {
        Goal::Level(operator, value) | Goal::Rank(operator, value) | Goal::Coverage(operator, value) => {
            with(*operator, &value.text)
        }
        Goal::Growth(operator, value) => format!("增长{}%", with(*operator, &value.text)),
        Goal::AverageGrowth(operator, value, _) => format!("年均增长{}%", with(*operator, &value.text)),
        Goal::Increment(operator, value, _) => format!("新增{}", with(*operator, &value.text)),
        Goal::Range(low, high) | Goal::Interval(low, high, _) => format!("{}—{}", low.text, high.text),
        Goal::RankChange(operator, value) => format!("提升{}位", with(*operator, &value.text)),
        Goal::Relative(operator, reference) => format!("{}{reference}", relative_word(*operator)),
        Goal::Qualitative(text) | Goal::Milestone(text, _) | Goal::Magnitude(text) => text.clone(),
    }
}

/// The target with sign and unit: `＞7400亿元`, `≥50项`, `10名左右`.
pub(crate) fn goal_words(goal: &Goal, unit: &str) -> String {
    let signed = |operator: Operator, value: &str| match operator {
        Operator::AtLeast => format!("≥{value}"),
        Operator::MoreThan | Operator::Surpass => format!("＞{value}"),
        Operator::AtMost => format!("≤{value}"),
        Operator::LessThan => format!("＜{value}"),
        Operator::About => format!("{value}左右"),
        Operator::Equal => value.to_owned(),
    };
    match goal {
        Goal::Level(operator, value) => signed(*operator, &format!("{}{unit}", value.text)),
        Goal::Increment(operator, value, _) => {
            format!("新增{}", signed(*operator, &format!("{}{unit}", value.text)))
        }
        Goal::Range(..) | Goal::Interval(..) => format!("{}{unit}", target_text(goal)),
        Goal::Rank(Operator::AtMost, value) => format!("第{}位以内", value.text),
        Goal::Rank(operator, value) => format!("第{}位", signed(*operator, &value.text)),
        Goal::Coverage(_, value) => format!("覆盖率{}%", value.text),
        Goal::Growth(operator, value) => format!("增长{}", signed(*operator, &format!("{}%", value.text))),
        Goal::AverageGrowth(operator, value, _) => {
            format!("年均增长{}", signed(*operator, &format!("{}%", value.text)))
        }
        Goal::RankChange(operator, value) => format!("平均提升{}位", signed(*operator, &value.text)),
        Goal::Relative(..) | Goal::Qualitative(_) | Goal::Milestone(..) | Goal::Magnitude(_) => {
            target_text(goal)
        }
    }
}

/// The target's number, for tables.
pub(crate) fn target_value(goal: &Goal) -> Option<&Written> {
    match goal {
        Goal::Level(_, value)
        | Goal::Rank(_, value)
        | Goal::RankChange(_, value)
        | Goal::Coverage(_, value)
        | Goal::Growth(_, value)
        | Goal::AverageGrowth(_, value, _)
        | Goal::Increment(_, value, _) => Some(value),
        Goal::Range(..)
        | Goal::Interval(..)
        | Goal::Relative(..)
        | Goal::Qualitative(_)
        | Goal::Milestone(..)
        | Goal::Magnitude(_) => None,
    }
}

/// The unrounded completion in words of arithmetic, for the lineage: `168.45÷180×100`.
pub(crate) fn completion_words(one: &Assessment, indicator: &Indicator, actual: Decimal) -> String {
    let lower = indicator.direction == Direction::Lower;
    let ratio = |target: &str, lower: bool| {
        let actual = plain(actual);
        if lower { format!("{target}÷{actual}×100") } else { format!("{actual}÷{target}×100") }
    };
    match &one.target.goal {
        Goal::Growth(_, target) | Goal::AverageGrowth(_, target, _)
            if target.value <= Decimal::ZERO || lower =>
        {
            let (actual, target) = (plain(actual), &target.text);
            if lower {
                format!("（100＋{target}）÷（100＋{actual}）×100")
            } else {
                format!("（100＋{actual}）÷（100＋{target}）×100")
            }
        }
        Goal::Range(low, high) => ratio(if lower { &high.text } else { &low.text }, lower),
        Goal::Interval(low, high, _) => {
            format!("{}与区间{}—{}的距离占允许偏离的比例", plain(actual), low.text, high.text)
        }
        Goal::Relative(operator, _) => {
            let lower = matches!(operator, Operator::LessThan | Operator::AtMost);
            let all: Vec<String> =
                one.references.iter().map(|reference| ratio(&plain(reference.value), lower)).collect();
            all.join("、")
        }
        Goal::Magnitude(words) => {
            let least = super::judge::least(indicator, words).unwrap_or_default();
            ratio(&plain(least), false)
        }
        goal => target_value(goal).map_or_else(String::new, |target| ratio(&target.text, lower)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_target_reads_as_the_plan_has_it() {
        for (operator, expected) in [
            (Operator::AtLeast, "不低于全省平均水平"),
            (Operator::About, "不低于全省平均水平"),
            (Operator::MoreThan, "高于全省平均水平"),
            (Operator::Surpass, "高于全省平均水平"),
            (Operator::AtMost, "不高于全省平均水平"),
            (Operator::LessThan, "低于全省平均水平"),
        ] {
            let goal = Goal::Relative(operator, "全省平均水平".to_owned());
            assert_eq!(target_text(&goal), expected);
            assert_eq!(goal_words(&goal, "%"), expected);
        }
    }

    #[test]
    fn limits_have_their_words_once() {
        let written = |text: &str| Written { text: text.to_owned(), value: text.parse().unwrap() };
        for (goal, unit, expected) in [
            (Goal::Level(Operator::AtMost, written("5.5")), "%", "≤5.5%"),
            (Goal::Level(Operator::Surpass, written("7400")), "亿元", "＞7400亿元"),
            (Goal::Level(Operator::About, written("10")), "名", "10名左右"),
            (Goal::Rank(Operator::AtMost, written("30")), "位", "第30位以内"),
            (Goal::Growth(Operator::AtLeast, written("8")), "%", "增长≥8%"),
        ] {
            assert_eq!(goal_words(&goal, unit), expected);
        }
    }
}
