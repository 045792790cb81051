//! What findings carry besides numbers and words: headings, characters, the cells they name.

use super::{Problem, TableProblem};
use crate::characters::Clue;
use crate::ident::CellRef;
use crate::quantity::Value;

/// A heading with the cell it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headed {
    /// The cell.
    pub cell: String,
    /// What stands over the column; empty when nothing does.
    pub heading: String,
}

/// What one of several units reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The unit.
    pub unit: String,
    /// Its value.
    pub value: Value,
    /// The unit of measure; empty for 有/无.
    pub measure: String,
}

/// Why no column is certain to be the result of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unclear {
    /// None is, or several may be.
    Headings,
    /// The one that says so is hidden; the first of the columns is that one.
    Hidden,
    /// Indicators stand side by side and years below each other.
    Exchanged,
}

/// A character that no font shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnshownCharacter {
    /// Its code points: `U+F0B7`.
    pub points: String,
    /// What it probably is.
    pub clue: Clue,
}

impl Problem {
    /// Cells that it names besides its own place, as addresses and areas.
    pub fn cells(&self) -> Vec<String> {
        let area = |(first, last): &(CellRef, CellRef)| {
            if first == last { first.to_string() } else { format!("{first}:{last}") }
        };
        match self {
            Self::Table(TableProblem::StrayNumber { areas, .. }) => areas.iter().map(area).collect(),
            Self::Table(TableProblem::ResultUnclear { columns, .. })
            | Self::Table(TableProblem::StateColumnUnclear { columns }) => {
                columns.iter().map(|one| one.cell.clone()).collect()
            }
            _ => Vec::new(),
        }
    }
}
