//! Why a fact is what it is: what its value rests on, how it was derived, what puts it in doubt. Data; `words` words them.

use rust_decimal::Decimal;

use crate::finding::{Cause, PastOrigin, Problem, Side};
use crate::ident::{IndicatorNo, UnitName};

/// Why a value was taken, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// One unit reported it.
    Single,
    /// Several units report the same.
    Same {
        /// How many.
        units: usize,
    },
    /// Several units report the same but for digits; the value with most of them was taken.
    SameWhenRounded {
        /// How many.
        units: usize,
        /// Whose value was taken.
        taken: UnitName,
    },
    /// Units disagree, and a recorded decision says whose value counts.
    Decided {
        /// That unit.
        unit: UnitName,
    },
    /// Units disagree.
    Disagree {
        /// What each reports.
        sides: Vec<Side>,
    },
    /// Nobody reported it, but it follows from levels of a row.
    Derived(Derivation),
    /// No workbook has a row for it.
    NoRow,
    /// The cells are blank.
    Blank,
    /// Marks of unknown meaning stand in the cells, one for each unit.
    Marks(Vec<String>),
    /// What stands there is no usable value.
    Unusable,
}

/// How a growth follows from two levels of a row (推算), in percent: (actual ÷ base − 1) × 100, or the same with the root of the
/// years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivation {
    /// The row whose levels it follows from.
    pub row: IndicatorNo,
    /// Its level in the year that is judged, in its unit.
    pub actual: Decimal,
    /// Its level in the base year.
    pub base: Decimal,
    /// The base year.
    pub base_year: i32,
    /// Where its level of that year comes from.
    pub origin: PastOrigin,
    /// Years from the base to the year that is judged.
    pub years: u32,
}

/// The finding that withholds a fact from judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The finding.
    pub finding: Cause,
    /// What it says.
    pub problem: Problem,
    /// The unit whose value it is about, where that is another one than the unit whose value counts.
    pub unit: Option<String>,
}
