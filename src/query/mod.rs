//! Queries (查询): what units are asked about their workbooks, sent to them as their own workbook with the cells marked and a sheet 查询单 more, or as
//! that sheet alone; recorded in the register of queries.
//!
//! 查询单 are in Chinese, as workbooks are. What stands on them comes from findings, plan and round: the same inputs give the same bytes.

mod ask;
mod issue;
mod layout;
mod notes;
mod sheet;
mod texts;

pub use issue::{RegistersHeld, hold, issue};

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::finding::QueryClass;
use crate::ident::{CellRef, CityId, UnitName};
use crate::plan::{QueryKey, QueryNumber};
use crate::workbook::Content;
use crate::workbook::patch::PatchRefusal;

/// What is to be asked.
#[derive(Debug, Clone)]
pub struct QueriesOrder {
    /// The folder of the round.
    pub round: PathBuf,
    /// Who asks (经办人).
    pub by: String,
    /// The day on which it is asked.
    pub on: NaiveDate,
    /// Only these units, by any of their names; all when empty.
    pub units: Vec<String>,
    /// Whether nothing is written, and only said what would be.
    pub is_dry: bool,
}

/// A question to a unit (条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryItem {
    /// Its place on the sheet, from 1.
    pub item: u32,
    /// How firmly it is asked.
    pub class: QueryClass,
    /// The code of the finding.
    pub code: &'static str,
    /// The object of the finding, as it is printed: `9`, `任务1.1`, or nothing.
    pub object: String,
    /// What of the plan is meant, in words.
    pub about: String,
    /// The cell of the workbook that is asked about, with its sheet; `None` where no single cell is.
    pub cell: Option<(String, CellRef)>,
    /// The sheet or the file that is meant, where it is no cell.
    pub place: String,
    /// What the cell holds; `None` for an empty one, or without a cell.
    pub was: Option<Content>,
    /// What is wrong, in Chinese.
    pub problem: String,
    /// What to do about it, in Chinese.
    pub remedy: String,
    /// The earlier query that is asked once more.
    pub previous: Option<QueryKey>,
}

impl QueryItem {
    /// The text of the cell as the register holds it.
    pub fn raw(&self) -> &str {
        self.was.as_ref().map_or("", Content::raw).trim()
    }
}

/// A query workbook (查询单) that was issued, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryIssued {
    /// The city.
    pub city: CityId,
    /// Its number.
    pub number: QueryNumber,
    /// Where it lies.
    pub path: PathBuf,
    /// The workbook that is asked about, by its path below the folder of the round.
    pub base: String,
    /// Why the sheet goes alone, where it does.
    pub alone: Option<PatchRefusal>,
    /// Its questions.
    pub questions: Vec<QueryItem>,
    /// Cells that kept a note of their own, so that they are marked and have none of ours.
    pub without_note: Vec<(String, CellRef)>,
}

impl QueryIssued {
    /// The unit that is asked.
    pub fn unit(&self) -> &UnitName {
        &self.number.unit
    }
}

/// What became of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueriesIssued {
    /// The query workbooks, in the order of cities and units.
    pub books: Vec<QueryIssued>,
    /// Questions that were asked before and rest: they are not asked again.
    pub resting: usize,
    /// Findings that would be asked, of which nobody is known who sent the file, or that are in no workbook of the unit.
    pub of_nobody: usize,
}
