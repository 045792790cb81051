//! Finds the workbooks, registers who sent what and when, and reads them into one long table of observations.

mod account;
mod admission;
mod altered;
mod answer;
mod answer_item;
mod answer_sheet;
pub mod answer_words;
mod arithmetic;
mod around;
mod city;
mod columns;
mod cover;
mod dated;
mod figures;
mod folder;
mod groups;
mod headings;
mod heads;
mod hidden;
mod incoming;
mod index;
mod issued_forms;
mod kinds;
mod labelled;
mod labels;
mod layout;
mod lexicon;
mod likeness;
mod lines;
mod looks;
mod lookup;
mod memo;
mod merges;
mod named_cells;
mod number;
mod numbering;
mod other_value;
mod outside;
mod patience;
mod period;
mod pieces;
mod places;
mod radicals;
mod rare;
mod references;
mod register;
mod remarks;
mod replies;
mod result;
mod roles;
mod row_kinds;
mod row_nouns;
mod row_texts;
mod row_units;
mod rows;
mod sender;
mod sense;
mod sheets;
mod standing;
mod succession;
mod supporting;
mod table;
mod table_units;
mod task_rows;
mod telling;
mod template;
mod text;
mod timespan;
mod values;
mod version;

pub use answer_item::{AnswerFault, AnswerItem, differs};
pub use answer_sheet::{AnswerSheet, AnsweredRow, held};
pub use city::{CitySubmissions, city};
pub use lookup::Lookup;
pub use number::{Reading, read_text};
pub use standing::{DISAGREEMENT, StandingAnswer};
pub use table::Layout;
pub use text::{clean, name_key, nearest, tidy, years_in};
pub use version::Version;

use std::collections::BTreeSet;
use std::ops::AddAssign as _;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::characters::unprintable;
use crate::digest::Digests;
use crate::finding::{Cause, Finding, Object, Place, RuleRuns};
use crate::ident::{CellRef, CityId, IndicatorNo, TaskNo, UnitName};
use crate::plan::QueryNumber;
use crate::quantity::Conversion;

/// A workbook that a unit sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The city.
    pub city: CityId,
    /// Path below the round's folder.
    pub file: String,
    /// Digests of the file.
    pub digests: Digests,
    /// The unit by the plan's name; `None` when it could not be told.
    pub unit: Option<UnitName>,
    /// The unit that its file name, or the names of its sheets, suggest; never taken for the sender.
    pub seems: Option<UnitName>,
    /// Reporting period as written on the cover.
    pub period: String,
    /// Version on the cover.
    pub version: Version,
    /// Time of receipt.
    pub received: Option<NaiveDateTime>,
    /// Whether that stands in the register of receipts (else it is taken from the cover).
    pub registered: bool,
    /// Whether it came by the deadline; unknown without a time of receipt.
    pub on_time: Option<bool>,
    /// Whether a later workbook of the same unit replaces it.
    pub superseded: bool,
    /// Whether another workbook of the same unit is neither older nor newer as far as can be told; then none is used.
    pub undecided: bool,
    /// Whether it came too late to be used.
    pub after_cut_off: bool,
    /// Whether it could be read and belongs to this city.
    pub readable: bool,
    /// Whether it is marked as illustrative (示例数据).
    pub illustrative: bool,
    /// Format by content.
    pub format: String,
    /// Who filled it in, as the cover says (填报人).
    pub filled_by: String,
    /// Who checked it (审核人).
    pub checked_by: String,
    /// When it was filled in, as written (填报日期).
    pub filled_on: String,
    /// The issued form that it was made from, where its number tells.
    pub form: Option<FormOrigin>,
    /// The query that it answers: it carries the sheet of one that was sent to its unit.
    pub answers: Option<AnswerTo>,
    /// The query workbook that it was made from and whose sheet was taken out of it.
    pub lost_query: Option<QueryNumber>,
    /// The cell of the cover that names the unit, for findings about the workbook as a whole.
    pub unit_at: Place,
    /// The cell of the cover that holds the version.
    pub version_at: Place,
}

/// What an answer (答复) answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerTo {
    /// The query workbook.
    pub number: QueryNumber,
    /// SM3 of the workbook that was asked about.
    pub base: String,
    /// The name of the workbook that was the report: the same, unless that was an answer itself. An answer is as timely as its report.
    pub report: String,
    /// What the unit says on the sheet; `None` when its headings are gone.
    pub sheet: Option<AnswerSheet>,
}

/// The issued form that a workbook was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormOrigin {
    /// Its number (模板编号).
    pub number: String,
    /// Its edition (版次), from 1.
    pub edition: u32,
    /// Where the number was found.
    pub by: NumberFound,
}

/// Where the number of a form was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFound {
    /// In a property of the file.
    Property,
    /// In a footer, or in a cell.
    Print,
    /// Nowhere: the rows of the form stand there in its order.
    Content,
}

impl NumberFound {
    /// The word in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::Property => "property",
            Self::Print => "print",
            Self::Content => "content",
        }
    }
}

impl Submission {
    /// Whether its values count.
    pub fn is_used(&self) -> bool {
        self.readable && !self.superseded && !self.undecided && !self.after_cut_off && self.unit.is_some()
    }

    /// Whether it is the workbook of a unit that counts.
    pub fn is_used_of(&self, unit: &UnitName) -> bool {
        self.is_used() && self.unit.as_ref() == Some(unit)
    }
}

/// How final a value is (数据性质).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Vintage {
    /// 实际.
    #[default]
    Actual,
    /// 预计.
    Estimated,
    /// 快报 or 初步.
    Preliminary,
    /// 最终.
    Final,
    /// Published by the authority in charge (已公布); the remark names the source.
    Published,
    /// A word that is none of these.
    Other(String),
}

impl Vintage {
    /// The word in tables.
    pub fn chinese(&self) -> &str {
        match self {
            Self::Actual => "实际",
            Self::Estimated => "预计",
            Self::Preliminary => "快报",
            Self::Final => "最终",
            Self::Published => "已公布",
            Self::Other(word) => word,
        }
    }
}

/// How a cell holds its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellForm {
    /// As a number.
    Number,
    /// As text.
    Text,
    /// Nothing stands there.
    Blank,
    /// As something else: a truth value, a date, an error.
    Other,
}

/// A cell that says why another one is the value of an indicator: in its row, or over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportingCell {
    /// What it is to the value: `number`, `heading`.
    pub role: &'static str,
    /// Where it is, on the sheet of the value.
    pub at: CellRef,
    /// Its text.
    pub text: Box<str>,
}

/// A value read for an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The city.
    pub city: CityId,
    /// The unit that reports it, by the plan's name.
    pub unit: UnitName,
    /// The indicator.
    pub no: IndicatorNo,
    /// Year of the data.
    pub year: i32,
    /// Whether it is the value of the year that is judged (else of the year before).
    pub is_current: bool,
    /// Text of the cell, untouched.
    pub raw: String,
    /// What the cell says.
    pub reading: Reading,
    /// The unit it was reported in.
    pub reported_unit: String,
    /// The value in the plan's unit; `None` when there is none.
    pub value: Option<Decimal>,
    /// What the conversion did.
    pub conversion: Option<Conversion>,
    /// How final it is.
    pub vintage: Vintage,
    /// Numbers of the pieces of evidence it refers to.
    pub evidence: Vec<String>,
    /// The cell that refers to the evidence.
    pub evidence_at: Place,
    /// The unit's remark.
    pub note: String,
    /// The cell.
    pub at: Place,
    /// How it holds its text.
    pub form: CellForm,
    /// The cells that say why it is this value.
    pub supporting: Vec<SupportingCell>,
}

/// The state of a task as reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskProgress {
    /// 完成.
    Done,
    /// 推进中.
    Ongoing,
    /// 未启动.
    NotStarted,
    /// Nothing stands there.
    Blank,
    /// Another word.
    Unknown(String),
}

impl TaskProgress {
    /// The word in the ledger.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Ongoing => "ongoing",
            Self::NotStarted => "not_started",
            Self::Blank => "blank",
            Self::Unknown(_) => "unknown",
        }
    }
}

/// A task as reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskReport {
    /// The unit that reports it.
    pub unit: UnitName,
    /// The task.
    pub no: TaskNo,
    /// Text of the cell of the state, untouched.
    pub raw: String,
    /// Its state.
    pub progress: TaskProgress,
    /// What was done, in the unit's words.
    pub text: String,
    /// Numbers of the pieces of evidence.
    pub evidence: Vec<String>,
    /// The cell of the state.
    pub at: Place,
    /// The cell that says what was done.
    pub text_at: Place,
    /// The cell that refers to the evidence.
    pub evidence_at: Place,
}

impl TaskReport {
    /// The state as the unit says it.
    pub fn said(&self) -> &str {
        match &self.progress {
            TaskProgress::Done => "完成",
            TaskProgress::Ongoing => "推进中",
            TaskProgress::NotStarted => "未启动",
            TaskProgress::Blank => "",
            TaskProgress::Unknown(word) => word,
        }
    }
}

/// A piece of evidence (佐证材料) listed in a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The unit that lists it.
    pub unit: UnitName,
    /// Its number.
    pub no: String,
    /// Its title.
    pub title: String,
    /// Document number or file name.
    pub document: String,
}

/// A text with characters that a report may not be able to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RareText {
    /// The cell, or the file whose name it is.
    pub at: Place,
    /// The unit whose workbook it is, if that could be told.
    pub unit: Option<UnitName>,
    /// The characters, as readers count them.
    pub clusters: BTreeSet<String>,
}

impl RareText {
    /// Those that some fonts show and others do not.
    pub fn fonts_decide(&self) -> impl Iterator<Item = &str> {
        self.clusters.iter().map(String::as_str).filter(|cluster| unprintable(cluster).is_none())
    }
}

/// Counts of the cells read for indicators of the year; `read` is the sum of the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CellCounts {
    /// Cells read.
    pub read: usize,
    /// Cells with a number.
    pub number: usize,
    /// Cells with 有 or 无.
    pub word: usize,
    /// Empty cells.
    pub blank: usize,
    /// Cells with a mark for missing data.
    pub mark: usize,
    /// Cells that are none of these.
    pub unreadable: usize,
}

impl std::ops::AddAssign for CellCounts {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.number += other.number;
        self.word += other.word;
        self.blank += other.blank;
        self.mark += other.mark;
        self.unreadable += other.unreadable;
    }
}

impl CellCounts {
    /// Counts one more cell.
    pub fn count(&mut self, reading: &Reading) {
        self.read += 1;
        match reading {
            Reading::Number(_) => self.number += 1,
            Reading::Present | Reading::Absent => self.word += 1,
            Reading::Blank => self.blank += 1,
            Reading::Mark => self.mark += 1,
            Reading::Unreadable => self.unreadable += 1,
        }
    }
}

/// Numbers of columns for a part of the year (一季度, 上半年) beside rows of indicators: known, and not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartsOfYear {
    /// What stands over these columns of one table, from left to right.
    pub headings: Vec<String>,
    /// The cells with their texts.
    pub cells: Vec<(Place, String)>,
}

/// Rows that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadRows {
    /// The unit that reports them.
    pub unit: UnitName,
    /// The indicator or task; the whole for everything in the workbook.
    pub rows: Object,
    /// The finding that says why.
    pub cause: Cause,
    /// Whether they stand there at all; those that were taken out of a form do not.
    pub is_there: bool,
}

impl Collected {
    /// Adds what the tables of further workbooks hold.
    pub(super) fn add(&mut self, other: Self) {
        let Self {
            submissions,
            observations,
            tasks,
            evidence,
            replaced,
            rare,
            layouts,
            unread,
            parts,
            answers,
            cells,
            findings,
            runs,
        } = other;
        self.submissions.extend(submissions);
        self.observations.extend(observations);
        self.tasks.extend(tasks);
        self.evidence.extend(evidence);
        self.replaced.extend(replaced);
        self.rare.extend(rare);
        self.layouts.extend(layouts);
        self.unread.extend(unread);
        self.parts.extend(parts);
        self.answers.extend(answers);
        self.cells.add_assign(cells);
        self.findings.extend(findings);
        self.runs.add(runs);
    }
}

/// What was collected for a city.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Collected {
    /// All workbooks, by file name.
    pub submissions: Vec<Submission>,
    /// Values of the workbooks that count, by workbook and row.
    pub observations: Vec<Observation>,
    /// Tasks likewise.
    pub tasks: Vec<TaskReport>,
    /// Evidence likewise.
    pub evidence: Vec<Evidence>,
    /// Values of the workbooks that a later one of the same unit replaces; they count for nothing.
    pub replaced: Vec<Observation>,
    /// Texts with rare characters, by workbook and cell.
    pub rare: Vec<RareText>,
    /// What was taken for what, by workbook and table.
    pub layouts: Vec<Layout>,
    /// Rows that stand in a workbook and could not be read, with the finding that says why.
    pub unread: Vec<UnreadRows>,
    /// What tables that count have of parts of the year.
    pub parts: Vec<PartsOfYear>,
    /// Answers to queries that stand, of the units whose workbooks count.
    pub answers: Vec<StandingAnswer>,
    /// Counts of cells.
    pub cells: CellCounts,
    /// What was noticed.
    pub findings: Vec<Finding>,
    /// How often the rules were run.
    pub runs: RuleRuns,
}
