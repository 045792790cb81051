//! Why a target has no verdict. Data; `words` words it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::ident::IndicatorNo;
use crate::reconcile::{Basis, Doubt};

/// Why a target has no verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A finding withholds the value (待核实).
    InDoubt(Box<Doubt>),
    /// There is no value, or units disagree about it.
    NoValue(Basis),
    /// The value of the year is not there yet (数据滞后).
    Lagged {
        /// The year that is judged.
        year: i32,
        /// The year of the value that is shown.
        shown: i32,
    },
    /// The plan leaves a word of the target open.
    Undefined(String),
    /// The plan names no year.
    Undated {
        /// An order of magnitude, and how far its lower end is reached, in percent.
        magnitude: Option<(String, Decimal)>,
    },
    /// Neither the plan nor the round names the base year of an average growth.
    NoBaseYear,
    /// The level of the base year is not known.
    NoBase {
        /// That year.
        year: i32,
    },
    /// The level of the base year is no base for a rate or a ratio: it is not positive.
    NoChange {
        /// That year.
        year: i32,
    },
    /// The target is one of a later year, and of a kind that has no way between.
    LaterYear(i32),
    /// The target is one of a later year, and the plan prints nothing where the way to it begins.
    NoBeginning {
        /// The year of the target.
        year: i32,
    },
    /// An order of magnitude cannot be converted to the indicator's unit: its words.
    NoConversion(String),
    /// A number where 有/无 is wanted, or the other way round.
    OtherKind,
    /// A milestone that is not due in the year, and not reached.
    NotDue(NaiveDate),
    /// The round gives no value for what the target is held against: its words.
    NoBenchmark(String),
    /// The target is held against a row, which does not serve: its number, and why.
    Row(IndicatorNo, RowReason),
}

/// Why a row does not serve as what a target is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowReason {
    /// It has no target in the year.
    NoTarget,
    /// Its value is in doubt.
    InDoubt,
    /// It was not reported.
    NotReported,
    /// Its value belongs to an earlier year.
    Lagged(i32),
    /// Its unit cannot be converted.
    OtherUnit,
}
