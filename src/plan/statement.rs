//! What rows and prose say alike of a target: the goal, how firmly it is meant, what it allows, what changed it.

use rust_decimal::Decimal;

use super::fault::FileFault;
use super::goal::Quantity;
use super::load::Loader;
use super::raw::StatementFields;
use super::words::{self, word, written};
use super::{Goal, Measure, Strength, Target, Tier, Tolerance};
use crate::ident::IndicatorNo;
use crate::quantity::Unit;

impl Loader<'_> {
    /// Reads a target and holds it against the words that it was taken from.
    pub(super) fn statement(
        &mut self,
        line: usize,
        fields: &StatementFields<'_>,
        tier: Tier,
        of: Quantity<'_>,
    ) -> Option<Target> {
        self.quoted(line, fields.line, fields.quote);
        let strength = fields.strength.unwrap_or("expected");
        let strength = self.keep(line, word::<Strength>("strength", strength, &words::STRENGTHS));
        let tolerance_is_issued = fields.tolerance.is_some_and(|text| self.says(text));
        let tolerance = fields.tolerance.map(|text| tolerance(text, of.unit));
        let tolerance = tolerance.and_then(|tolerance| self.keep(line, tolerance));
        let mut faults = Vec::new();
        let goal = Goal::read(fields, of, &mut faults);
        faults.into_iter().for_each(|fault| self.sections.fault(line, fault));
        let goal = goal?;
        self.agrees(line, &goal, of.unit, fields.quote);
        self.sense(line, fields, &goal, of);
        let amendments = self.amendments(line, fields.amendments.to_vec(), Some(&goal));
        let plain = Target::plain(fields.year, tier, goal, fields.line.to_owned(), fields.quote.to_owned());
        Some(Target {
            tolerance,
            tolerance_is_issued,
            strength: strength?,
            recurring: fields.recurring,
            cumulative: fields.cumulative,
            undated: fields.undated,
            undefined: fields.undefined.to_owned(),
            against: IndicatorNo::some(fields.against),
            note: fields.note.to_owned(),
            amendments,
            ..plain
        })
    }

    /// Whether the source text has what a tolerance allows: a bare number is percent.
    fn says(&self, tolerance: &str) -> bool {
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let text = bare(tolerance);
        let text = if text.ends_with(|c: char| c.is_ascii_digit()) { format!("{text}%") } else { text };
        self.source().is_some_and(|lines| lines.iter().any(|line| bare(line).contains(&text)))
    }

    /// What no plan can mean, though every field is right by itself.
    fn sense(&mut self, line: usize, fields: &StatementFields<'_>, goal: &Goal, of: Quantity<'_>) {
        let unit = of.unit;
        // A row may print the growth of a level beside its unit.
        let is_rate = match goal {
            Goal::Growth(..) | Goal::AverageGrowth(..) => of.measure.is_none_or(|one| one == Measure::Growth),
            goal => matches!(goal, Goal::Coverage(..)),
        };
        let rules = [
            (goal.is_odd(of.direction), FileFault::OddOperator),
            (fields.tolerance.is_some() && !goal.is_about(), FileFault::OddTolerance),
            (fields.recurring && fields.undated, FileFault::RecurringUndated),
            (is_rate && !unit.is_share(), FileFault::NotInPercent),
            (
                matches!(goal, Goal::Magnitude(_))
                    && unit.convert(Decimal::ONE, &Unit::parse("亿元")).is_none(),
                FileFault::NotInMoney,
            ),
            (matches!(goal, Goal::Qualitative(text) if text != "有"), FileFault::NotPresence),
            (matches!(goal, Goal::Milestone(text, _) if text.is_empty()), FileFault::NoValue),
            (
                matches!(goal, Goal::Multiple(_, value, _) if value.value <= Decimal::ZERO),
                FileFault::NotPositive("value"),
            ),
            (base_year(goal).is_some_and(|base| base >= fields.year), FileFault::LateBaseYear),
        ];
        for (_, fault) in rules.into_iter().filter(|(broken, _)| *broken) {
            self.sections.fault(line, fault);
        }
    }
}

fn base_year(goal: &Goal) -> Option<i32> {
    match goal {
        Goal::AverageGrowth(_, _, base) | Goal::Multiple(_, _, base) => *base,
        _ => None,
    }
}

/// Reads what 左右 allows: `5` and `5%` are percent of the number, `0.5个百分点` percentage points, `2个` or the unit itself so
/// many of what is counted.
fn tolerance(text: &str, unit: &Unit) -> Result<Tolerance, FileFault> {
    let at = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').unwrap_or(text.len());
    let (number, kind) = text.split_at(at);
    let number = written("tolerance", number)?.value;
    let tolerance = match kind.trim() {
        "" | "%" => Some(Tolerance::Percent(number)).filter(|_| number < Decimal::ONE_HUNDRED),
        "百分点" | "个百分点" => {
            Some(Tolerance::Absolute(number)).filter(|_| unit.is_share() || unit.is_change())
        }
        "个" => Some(Tolerance::Absolute(number)).filter(|_| unit.is_count()),
        other => Some(Tolerance::Absolute(number)).filter(|_| Unit::parse(other).text() == unit.text()),
    };
    tolerance.filter(|_| number >= Decimal::ZERO).ok_or(FileFault::OddTolerance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr as _;

    #[test]
    fn what_about_allows_is_a_share_or_an_amount() {
        let number = |text: &str| Decimal::from_str(text).unwrap();
        for (text, unit, expected) in [
            ("5", "家", Some(Tolerance::Percent(number("5")))),
            ("2.5%", "亿元", Some(Tolerance::Percent(number("2.5")))),
            ("0.5个百分点", "%", Some(Tolerance::Absolute(number("0.5")))),
            ("2个", "家", Some(Tolerance::Absolute(number("2")))),
            ("2家", "家", Some(Tolerance::Absolute(number("2")))),
            ("20亿元", "亿元", Some(Tolerance::Absolute(number("20")))),
            ("0.5个百分点", "个百分点", Some(Tolerance::Absolute(number("0.5")))),
            ("2个（项）", "个（项）", Some(Tolerance::Absolute(number("2")))),
            ("0.5个百分点", "家", None),
            ("100", "家", None),
            ("-1", "家", None),
            ("2个", "亿元", None),
            ("5成", "%", None),
        ] {
            assert_eq!(tolerance(text, &Unit::parse(unit)).ok(), expected, "{text} {unit}");
        }
    }
}
