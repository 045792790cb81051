//! Why the ledger has nothing in a place.

use serde::{Deserialize, Serialize};

/// Why there is no value, or no verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenCause {
    /// A finding withholds the value.
    Doubt,
    /// Units disagree.
    Conflict,
    /// There is no value.
    Missing,
    /// The value is one of an earlier year.
    Lagged,
    /// The plan leaves a word open.
    Undefined,
    /// The plan names no year.
    Undated,
    /// Nobody names the year that a change is counted from.
    NoBaseYear,
    /// The level of that year is not known.
    NoBase,
    /// It is no base for the change.
    NoChange,
    /// The target is one of a later year and of a kind that has no way between, and is not reached yet.
    LaterYear,
    /// The plan prints nothing where the way to a later year's target begins.
    NoBeginning,
    /// The day on which it is to be reached is still to come.
    NotDue,
    /// Nothing is said of it in this part of the year.
    NotInPeriod,
    /// The round gives no value for what the target is held against.
    NoBenchmark,
    /// An order of magnitude of something that is no money.
    NoConversion,
    /// A number where a word is to be reached, or the other way round.
    OtherKind,
    /// The row that the target is held against has no target in the year.
    RowNotAsked,
    /// Its value is in doubt.
    RowDoubt,
    /// It has no number.
    RowMissing,
    /// Its value is one of an earlier year.
    RowLagged,
    /// Its unit measures something else.
    RowUnit,
}
