//! What a goal speaks of where that is not the level that is reported: its growth, its growth per year, what it rose by, the
//! places gained, how many times the base it is.

use rust_decimal::Decimal;

use super::scribe::Scribe;
use super::{Reason, State};
use crate::collect::Observation;
use crate::ledger::{Operation, Traced};
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
    /// It is nothing: what is counted from the start of the plan.
    Nothing,
    /// It is once itself: of multiples.
    Once,
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

/// The change from a base to a level of `year`, with its step.
///
/// # Errors
/// Fails with the reason why it cannot be computed: a growth on nothing means nothing.
pub(super) fn of(
    scribe: &mut Scribe<'_>,
    kind: Change,
    base: Base,
    (actual, fact): (Decimal, &Traced),
    year: i32,
) -> Result<(LevelChange, Traced), (State, Reason)> {
    let years = u32::try_from(year.saturating_sub(base.year)).unwrap_or(0);
    let from = scribe.base(&base);
    let told = match kind {
        Change::Growth => scribe.change(Operation::Growth, fact, &from),
        Change::AverageGrowth => scribe.change(Operation::GrowthMean { years }, fact, &from),
        Change::Increment => scribe.change(Operation::Net, fact, &from),
        // A lower place is the better one.
        Change::Places => scribe.change(Operation::Net, &from, fact),
        Change::Multiple => scribe.change(Operation::Multiple, fact, &from),
    };
    let value = told.decimal().ok_or((State::NotAssessable, Reason::NoChange { year: base.year }))?;
    Ok((LevelChange { kind, base, actual, years, value }, told))
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
