//! What a goal speaks of where that is not the level that is reported: its growth, its growth per year, what it rose by, the
//! places gained, how many times the base it is.

use rust_decimal::Decimal;

use super::{Reason, State};
use crate::collect::Observation;
use crate::growth::{average, growth};
use crate::plan::{Change, Goal, PastValue, Published, Target};

/// Where the level of a base year is known from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BaseSource {
    /// The plan prints it.
    Plan(PastValue),
    /// The plan prints none, and it was published in an earlier round.
    Published(Box<Published>),
    /// Neither, and the unit that reports the value reports the year before beside it.
    Reported(Box<Observation>),
}

/// The level of a base year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The level, in the unit of the indicator.
    pub value: Decimal,
    /// Its year.
    pub year: i32,
    /// Where it is known from.
    pub source: BaseSource,
}

/// How a level has changed since its base: what is held against a goal that speaks of the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelChange {
    /// Which change.
    pub kind: Change,
    /// The level it is counted from.
    pub base: Base,
    /// The level that is reported.
    pub actual: Decimal,
    /// Years in between.
    pub years: u32,
    /// The change: percent, units, places, or times.
    pub value: Decimal,
}

impl LevelChange {
    /// The change from a base to a level of `year`.
    ///
    /// # Errors
    /// Fails with the reason why it cannot be computed: a growth on nothing means nothing.
    pub(super) fn new(kind: Change, base: Base, actual: Decimal, year: i32) -> Result<Self, (State, Reason)> {
        let years = u32::try_from(year.saturating_sub(base.year)).unwrap_or(0);
        let value = match kind {
            Change::Growth => growth(base.value, actual),
            Change::AverageGrowth => average(base.value, actual, years),
            Change::Increment => actual.checked_sub(base.value),
            Change::Places => base.value.checked_sub(actual),
            Change::Multiple if base.value <= Decimal::ZERO => None,
            Change::Multiple => actual.checked_div(base.value),
        };
        let value = value.ok_or((State::NotAssessable, Reason::NoChange { year: base.year }))?;
        Ok(Self { kind, base, actual, years, value })
    }
}

/// The year that a change is counted from, where the target or the declared one says so: what is cumulative (累计) since the base year.
pub(super) fn base_year(target: &Target, declared: Option<i32>, year_before: i32) -> Option<i32> {
    match &target.goal {
        Goal::AverageGrowth(_, _, stated) => stated.or(declared),
        Goal::Multiple(_, _, stated) => Some(stated.unwrap_or(year_before)),
        Goal::Increment(..) if target.cumulative => declared,
        _ => Some(year_before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounding::fixed;

    #[test]
    fn a_change_is_counted_from_its_base() {
        for (kind, base, actual, expected) in [
            (Change::Growth, "4600", "5000", Some("8.70")),
            (Change::AverageGrowth, "100", "121", Some("10.00")),
            (Change::Increment, "55.2", "57.3", Some("2.10")),
            (Change::Places, "35", "31", Some("4.00")),
            (Change::Multiple, "120", "252", Some("2.10")),
            (Change::Growth, "0", "5", None),
            (Change::Multiple, "0", "5", None),
            (Change::Increment, "0", "5", Some("5.00")),
        ] {
            let number = |text: &str| text.parse::<Decimal>().unwrap();
            let past =
                PastValue { year: 2021, text: base.to_owned(), value: Some(number(base)), line: "1".into() };
            let base = Base { value: number(base), year: 2021, source: BaseSource::Plan(past) };
            let found = LevelChange::new(kind, base, number(actual), 2023);
            assert_eq!(found.ok().map(|one| fixed(one.value, 2)).as_deref(), expected, "{kind:?} {actual}");
        }
    }
}
