//! Queries (查询): what units are asked about their workbooks, sent to them as their own workbook with the cells marked and a sheet 查询单 more, or as
//! that sheet alone; recorded in the register of queries.
//!
//! 查询单 are in Chinese, as workbooks are. What stands on them comes from findings, plan and round: the same inputs give the same bytes.

mod ask;
mod decide;
mod entry;
mod issue;
mod layout;
mod notes;
mod receive;
mod settle;
mod sheet;
mod texts;
mod told;

pub use decide::decide;
pub use issue::issue;
pub use receive::receive;
pub use told::answer;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::collect::AnswerFault;
use crate::error::{QueryRefusal, RunError};
use crate::finding::QueryClass;
use crate::forms::RegistersHeld;
use crate::ident::{CellRef, CityId, UnitName};
use crate::inputs::Inputs;
use crate::plan::{QUERIES, QueryEvent, QueryEventKind, QueryKey, QueryNumber, QueryRegister, QueryState};
use crate::workbook::patch::PatchRefusal;
use crate::workbook::{Book, Content, Pool};

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

/// What is to be received.
#[derive(Debug, Clone)]
pub struct ReceiveOrder {
    /// The folder of the round.
    pub round: PathBuf,
    /// Who receives (经办人).
    pub by: String,
    /// The day on which it is received.
    pub on: NaiveDate,
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemReceived {
    /// The question.
    pub item: u32,
    /// The code of its finding.
    pub code: String,
    /// Its place, such as `指标!E7`.
    pub place: String,
    /// What the cell held.
    pub was: String,
    /// What it holds in the answer.
    pub now: String,
    /// What was chosen.
    pub kind: Option<QueryEventKind>,
    /// The reason.
    pub reason: String,
    /// The evidence.
    pub evidence: String,
    /// What is wrong with it.
    pub fault: Option<AnswerFault>,
    /// How the query stands after all.
    pub state: QueryState,
}

/// A workbook that answers a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerReceived {
    /// The city.
    pub city: CityId,
    /// The query workbook that it answers.
    pub number: QueryNumber,
    /// The workbook, by its path below the folder of the round.
    pub file: String,
    /// Whether anything of it was not recorded before.
    pub is_new: bool,
    /// Its answers.
    pub items: Vec<ItemReceived>,
    /// Cells that were changed and not asked about.
    pub elsewhere: Vec<QueryEvent>,
    /// What the unit says of other changes.
    pub other: String,
    /// What is wrong with the sheet as a whole.
    pub faults: Vec<AnswerFault>,
}

/// What was received.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueriesReceived {
    /// The answers.
    pub answers: Vec<AnswerReceived>,
    /// Queries that are settled by a workbook that was sent anew and answers nothing.
    pub resubmitted: usize,
    /// Queries that are still open.
    pub open: usize,
}

impl QueriesReceived {
    /// Whether every answer holds.
    pub fn is_in_order(&self) -> bool {
        let holds =
            |one: &AnswerReceived| one.faults.is_empty() && one.items.iter().all(|item| item.fault.is_none());
        self.answers.iter().all(holds)
    }
}

/// What is entered of a query by hand: a decision, or an answer that came otherwise than in the workbook.
#[derive(Debug, Clone)]
pub struct QueryEntry {
    /// The folder of the round.
    pub round: PathBuf,
    /// The query.
    pub key: QueryKey,
    /// 采纳, 不采纳 or 撤回; 确认 or 无法提供.
    pub kind: QueryEventKind,
    /// Who decides, or records it.
    pub by: String,
    /// Why; of an answer what the unit gives as its reason.
    pub reason: String,
    /// The day.
    pub on: NaiveDate,
}

/// How an answer came that is not in a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerSource {
    /// 电话: by telephone.
    Telephone,
    /// 函件: by letter.
    Letter,
}

impl AnswerSource {
    /// What stands in the register under 佐证.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Telephone => "电话答复",
            Self::Letter => "函件答复",
        }
    }
}

/// The bytes of a workbook with what they hold.
///
/// # Errors
/// Fails when the file cannot be read, or is no workbook any more.
fn read_book(path: &Path, inputs: &Inputs, pool: &Pool) -> Result<(Vec<u8>, Book), RunError> {
    let bytes = inputs.read(path)?;
    let unread = |_| RunError::Queries { path: path.to_owned(), why: QueryRefusal::Unread };
    let book = pool.read(Some(&bytes))?.map_err(unread)?;
    Ok((bytes, book))
}

/// Puts a register with new events in the place of the one before.
///
/// # Errors
/// Fails when it cannot be written; then the one before stays.
fn record(held: &mut RegistersHeld, city: &CityId, register: &QueryRegister) -> Result<(), RunError> {
    let Some(staging) = held.take(city) else { return Ok(()) };
    staging.write(QUERIES, &register.written()?)?;
    staging.add(&[], QUERIES)
}
