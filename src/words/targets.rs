//! Targets in the language of a document: what is to be reached, with its sign and unit.

use rust_decimal::Decimal;

use crate::finding::Language;
use crate::plan::{Change, Goal, Indicator, Operator, Written, magnitude};

/// A target as it is printed in sentences, with its unit: `＞7400亿元`, `over 7400 hundred million yuan`. `unit` is the one of the row in the
/// language.
pub fn target_in_sentence(language: Language, goal: &Goal, row: &Indicator, unit: &str) -> String {
    match language {
        Language::Chinese => goal.in_unit(&row.unit),
        Language::English => English { row, unit }.in_sentence(goal),
    }
}

/// A target as it is printed beside its value, where its unit stands with the name: `＞7400`, `over 7400`.
pub fn target_beside_unit(language: Language, goal: &Goal, row: &Indicator, unit: &str) -> String {
    match language {
        Language::Chinese => row.goal_beside(goal),
        Language::English => English { row, unit }.beside_unit(goal),
    }
}

/// What a target asks for without the word for its kind, where the heading beside it says that.
pub fn target_amount(language: Language, goal: &Goal, row: &Indicator) -> String {
    match language {
        Language::Chinese => goal.amount(),
        Language::English => English { row, unit: "" }.amount(goal),
    }
}

/// The English wording of the targets of a row.
struct English<'a> {
    row: &'a Indicator,
    unit: &'a str,
}

impl English<'_> {
    fn in_sentence(&self, goal: &Goal) -> String {
        match goal {
            Goal::Level(operator, value) | Goal::Coverage(operator, value) => {
                signed(*operator, &self.measured(&value.text))
            }
            Goal::Increment(operator, value, _) if !self.row.unit.is_share() => {
                format!("an addition of {}", signed(*operator, &self.measured(&value.text)))
            }
            Goal::Range(low, high) | Goal::Interval(low, high, _) => self.measured(&span(low, high)),
            _ => self.beside_unit(goal),
        }
    }

    fn beside_unit(&self, goal: &Goal) -> String {
        match goal {
            Goal::Increment(operator, value, _) if self.row.unit.is_share() => {
                format!("up {} percentage points", signed(*operator, &value.text))
            }
            Goal::Increment(operator, value, _) if self.row.change(goal) == Some(Change::Increment) => {
                format!("up {}", signed(*operator, &self.measured(&value.text)))
            }
            Goal::Increment(operator, value, _) => format!("{} new", signed(*operator, &value.text)),
            Goal::Level(operator, value) | Goal::Rank(operator, value) | Goal::Coverage(operator, value) => {
                signed(*operator, &value.text)
            }
            Goal::Growth(operator, value) => {
                format!("growth of {}", signed(*operator, &format!("{}%", value.text)))
            }
            Goal::AverageGrowth(operator, value, _) => {
                format!("growth of {} a year", signed(*operator, &format!("{}%", value.text)))
            }
            Goal::Range(low, high) | Goal::Interval(low, high, _) => span(low, high),
            Goal::RankChange(operator, value) => format!("up {} places", signed(*operator, &value.text)),
            Goal::Relative(operator, reference) => format!("{} “{reference}”", relative(*operator)),
            Goal::Multiple(operator, value, base) => multiple(*operator, value, *base),
            Goal::Magnitude(text) => magnitude_words(text),
            Goal::Qualitative(_) => "yes".to_owned(),
            Goal::Milestone(text, _) | Goal::Undefined(text) => format!("“{text}”"),
        }
    }

    fn amount(&self, goal: &Goal) -> String {
        match goal {
            Goal::Growth(operator, value) | Goal::AverageGrowth(operator, value, _) => {
                signed(*operator, &format!("{}%", value.text))
            }
            Goal::Increment(operator, value, _) => signed(*operator, &value.text),
            _ => self.beside_unit(goal),
        }
    }

    fn measured(&self, number: &str) -> String {
        match self.unit {
            "" => number.to_owned(),
            unit if unit.starts_with('%') => format!("{number}{unit}"),
            unit => format!("{number} {unit}"),
        }
    }
}

/// A limit with its word; a bare number where the way is understood.
fn signed(operator: Operator, value: &str) -> String {
    match operator {
        Operator::AtLeast | Operator::AtMost | Operator::Equal => value.to_owned(),
        Operator::MoreThan | Operator::Surpass => format!("over {value}"),
        Operator::LessThan => format!("below {value}"),
        Operator::About => format!("about {value}"),
    }
}

fn span(low: &Written, high: &Written) -> String {
    format!("{}–{}", low.text, high.text)
}

/// How a value is to stand to what it is held against.
fn relative(operator: Operator) -> &'static str {
    match operator {
        Operator::MoreThan | Operator::Surpass => "above",
        Operator::LessThan => "below",
        Operator::AtMost => "no higher than",
        Operator::About => "in step with",
        Operator::AtLeast | Operator::Equal => "no lower than",
    }
}

fn multiple(operator: Operator, value: &Written, base: Option<i32>) -> String {
    let base = base.map_or_else(|| "the year before".to_owned(), |year| year.to_string());
    match value.value {
        one if one == Decimal::ONE => format!("{} {base}", relative(operator)),
        two if two == Decimal::TWO => format!("double {base}"),
        _ => format!("{} times {base}", signed(operator, &value.text)),
    }
}

/// An order of magnitude, by the hundreds of millions of yuan that it means at the least.
fn magnitude_words(text: &str) -> String {
    let known = [
        (10_000, "trillion-yuan level"),
        (1000, "hundred-billion-yuan level"),
        (100, "ten-billion-yuan level"),
        (10, "billion-yuan level"),
    ];
    let least = magnitude(text);
    let words =
        known.iter().find(|(of, _)| Some(Decimal::from(*of)) == least).map(|(_, words)| (*words).to_owned());
    words.unwrap_or_else(|| format!("“{text}”"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Direction, Measure};

    #[test]
    fn targets_are_worded_in_english_with_the_numbers_of_the_plan() {
        let written = |text: &str| Written { text: text.to_owned(), value: text.parse().unwrap() };
        let money = Indicator::example("亿元", Measure::Flow, Direction::Higher);
        let share = Indicator::example("%", Measure::Ratio, Direction::Higher);
        for (goal, row, unit, sentence, beside) in [
            (
                Goal::Level(Operator::Surpass, written("7400")),
                &money,
                "hundred million yuan",
                "over 7400 hundred million yuan",
                "over 7400",
            ),
            (Goal::Level(Operator::AtLeast, written("3.0")), &share, "%", "3.0%", "3.0"),
            (
                Goal::Increment(Operator::About, written("10"), None),
                &money,
                "",
                "an addition of about 10",
                "about 10 new",
            ),
            (
                Goal::Increment(Operator::AtLeast, written("1"), None),
                &share,
                "%",
                "up 1 percentage points",
                "up 1 percentage points",
            ),
            (Goal::Growth(Operator::AtLeast, written("8")), &money, "", "growth of 8%", "growth of 8%"),
            (Goal::Range(written("5"), written("6")), &share, "%", "5–6%", "5–6"),
            (
                Goal::Multiple(Operator::AtLeast, written("2"), Some(2020)),
                &money,
                "",
                "double 2020",
                "double 2020",
            ),
            (Goal::Qualitative("有".to_owned()), &share, "", "yes", "yes"),
            (Goal::Undefined("前列".to_owned()), &share, "", "“前列”", "“前列”"),
        ] {
            assert_eq!(target_in_sentence(Language::English, &goal, row, unit), sentence);
            assert_eq!(target_beside_unit(Language::English, &goal, row, unit), beside);
        }
    }
}
