//! What findings carry besides numbers and words: headings, characters, the cells they name.

use super::{Hidden, Language, Problem, TableProblem};
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

/// What was published of an indicator in an earlier year: a value, or why there was none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PublishedStatus {
    /// One unit reported it, or all the same.
    Agreed,
    /// Units disagreed, and a decision said whose value counts.
    Preferred,
    /// It followed from others.
    Derived,
    /// An error withheld it.
    InDoubt,
    /// Units disagreed.
    Conflicting,
    /// A value of an earlier year was shown.
    Lagged,
    /// Nobody reported it.
    Missing,
}

impl PublishedStatus {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Agreed,
        Self::Preferred,
        Self::Derived,
        Self::InDoubt,
        Self::Conflicting,
        Self::Lagged,
        Self::Missing,
    ];

    /// Whether a value was held true.
    pub fn is_known(self) -> bool {
        matches!(self, Self::Agreed | Self::Preferred | Self::Derived)
    }

    /// The word; in Chinese that of the column 状态 of `published.csv`.
    pub fn words(self, language: Language) -> &'static str {
        let (chinese, english) = match self {
            Self::Agreed => ("核定", "agreed"),
            Self::Preferred => ("按决定", "by decision"),
            Self::Derived => ("推算", "derived"),
            Self::InDoubt => ("待核实", "in doubt"),
            Self::Conflicting => ("不一致", "units disagreed"),
            Self::Lagged => ("滞后", "lagged"),
            Self::Missing => ("未报", "not reported"),
        };
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

/// Where a value of the year before comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PastOrigin {
    /// The plan prints it.
    Plan,
    /// It was published.
    Published,
}

impl Problem {
    /// Cells that it names besides its own place, as addresses and areas.
    pub fn cells(&self) -> Vec<String> {
        let area = |(first, last): &(CellRef, CellRef)| {
            if first == last { first.to_string() } else { format!("{first}:{last}") }
        };
        match self {
            Self::Table(
                TableProblem::StrayNumber { areas, .. }
                | TableProblem::HiddenCells { what: Hidden::Covered(areas) },
            ) => areas.iter().map(area).collect(),
            Self::Table(TableProblem::ResultUnclear { columns, .. })
            | Self::Table(TableProblem::StateColumnUnclear { columns }) => {
                columns.iter().map(|one| one.cell.clone()).collect()
            }
            _ => Vec::new(),
        }
    }
}
