//! Better or worse than before.

use crate::assess::Assessment;
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
    let is_comparable = one.state.is_assessable() && one.change.is_none();
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
