//! Better or worse than before.

use crate::assess::{Assessment, BaseSource};
use crate::plan::Indicator;
use crate::quantity::Value;

/// What became of a value since the value of its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// It is better.
    Better,
    /// It is the same.
    Level,
    /// It is worse.
    Worse,
}

/// What became of the value of an indicator since its base; `None` where there is no verdict, no base, no side that is better, or where
/// the two are no values of one kind: the work of another year, a growth beside a level.
pub fn moved(one: &Assessment, row: &Indicator) -> Option<Move> {
    // A level whose target speaks of its change is compared with the level that the change is counted from.
    let is_of_level = one.change.as_ref().is_none_or(|change| {
        let is_printed = matches!(change.base.source, BaseSource::Plan(_) | BaseSource::Published(_));
        is_printed && one.baseline.as_ref().is_some_and(|base| base.year == change.base.year)
    });
    let is_comparable = one.state.is_assessable() && is_of_level;
    let base = one.baseline.as_ref()?.value.filter(|_| is_comparable && !row.is_work_of_a_year())?;
    let Some(Value::Number(actual)) = one.actual else { return None };
    if row.direction.is_better(actual, base) {
        return Some(Move::Better);
    }
    if row.direction.is_worse(actual, base) {
        return Some(Move::Worse);
    }
    (actual == base).then_some(Move::Level)
}
