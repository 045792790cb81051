//! What is to be done about a target that cannot be assessed: as its reason asks for, and of whom.

use crate::advise::{is_handed_down, is_set_year_by_year};
use crate::assess::{Assessment, Reason, RowReason};
use crate::ident::IndicatorNo;

/// Who can settle what a verdict lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OpenStep {
    /// Whoever issued the plan, by saying what it means.
    Issuer,
    /// Whoever reports, by telling the number that was handed down.
    HandedDown,
    /// Whoever judges, by taking over what was set for the year.
    OfTheYear,
    /// Whoever reports, by telling the value of an earlier year.
    EarlierValue(i32),
    /// Whoever judges, by giving what the target is held against.
    Benchmark,
    /// Nobody for itself: another row comes first.
    After(IndicatorNo),
    /// Whoever reports, by reporting what is asked for: a number, or whether it is there.
    Again,
    /// Nobody: it is judged in a later year.
    LaterYear(i32),
    /// Nobody: it is judged when it is due.
    NotDue,
}

/// What a target without a verdict waits for.
pub(super) fn step(one: &Assessment) -> OpenStep {
    match &one.reason {
        Some(Reason::Undefined(words)) if is_handed_down(words) => OpenStep::HandedDown,
        Some(Reason::Undefined(words)) if is_set_year_by_year(words) => OpenStep::OfTheYear,
        Some(Reason::NoBase { year }) => OpenStep::EarlierValue(*year),
        Some(Reason::NoBenchmark(_)) => OpenStep::Benchmark,
        Some(Reason::Row(no, RowReason::NotReported | RowReason::Lagged(_) | RowReason::InDoubt)) => {
            OpenStep::After(no.clone())
        }
        Some(Reason::OtherKind) => OpenStep::Again,
        Some(Reason::LaterYear(year)) => OpenStep::LaterYear(*year),
        Some(Reason::NotDue(_)) => OpenStep::NotDue,
        _ => OpenStep::Issuer,
    }
}
