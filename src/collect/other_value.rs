//! What is said of a value that is of another period than is asked for.

use super::period::{Span, period};
use crate::finding::{Problem, TableProblem};
use crate::period::Period;

/// L228, or L239 and L240 in a round of a part of a year: a value is of another period.
pub(super) fn other_value(raw: String, asked: Period) -> Problem {
    if asked.is_annual() {
        return TableProblem::PartOfYearValue { raw, year: asked.year() }.into();
    }
    let named = period(&raw)
        .filter(|named| named.span == Span::Part && named.years.is_none_or(|(first, last)| first == last));
    let is_single = named.is_some_and(|named| named.is_single);
    match is_single {
        true => TableProblem::SinglePeriod { raw, asked }.into(),
        false => TableProblem::OtherPartValue { raw, asked }.into(),
    }
}
