//! An issued document → the draft of a plan, by rules only.
//!
//! Nothing is looked up elsewhere, nothing is learned, nothing is chosen by likeness. What no rule settles is named with the field and one of three
//! [grades](crate::plan::OpenGrade), and every number of the document that no rule took is listed. A person completes the draft; until then no
//! round accepts it.

mod book;
mod bounds;
mod cells;
mod clauses;
mod deadlines;
mod grid;
mod head;
mod kinds;
mod left;
mod lexicon;
mod names;
mod naming;
mod notes;
mod numbers;
mod open;
mod passage;
mod prose;
mod reading;
mod repeats;
mod row_numbers;
mod rows;
mod sections;
mod stream;
mod tables;
mod task_units;
mod tasks;
mod turned;
mod units;
mod values;
mod whole;
mod years;

use crate::period::Period;

pub use book::text_of_book;
pub use bounds::{SourceBound, within_bounds};
pub use open::{OpenField, OpenFields, OpenReason};
pub use whole::draft;

/// A value or target that a row prints for a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftNumber {
    /// The year.
    pub year: i32,
    /// `annual`, `assessed`, `intended` or `stretch`; `None` for a value of an earlier year.
    pub tier: Option<&'static str>,
    /// What kind of target it is, where it is no level.
    pub kind: Option<&'static str>,
    /// How the value is held against it, where the cell says so.
    pub op: Option<&'static str>,
    /// The digits, or 有/无.
    pub value: Option<String>,
    /// Bounds of a range.
    pub bounds: Option<(String, String)>,
    /// Words that mean nothing definite.
    pub undefined: Option<String>,
    /// Words of what a relative target is held against.
    pub reference: Option<String>,
    /// The base year of an average growth.
    pub base_year: Option<i32>,
    /// Whether it is the sum over the years of the plan.
    pub cumulative: bool,
    /// Whether it holds in every year.
    pub recurring: bool,
    /// Number of the row that a relative target is held against.
    pub against: Option<String>,
    /// The unit that the cell prints.
    pub unit: Option<String>,
    /// The mark of a note behind the number.
    pub mark: Option<char>,
    /// The year that the cell names itself.
    pub own_year: Option<i32>,
    /// ProseLine of the source.
    pub line: usize,
    /// The words of the source.
    pub quote: String,
    /// What is to be confirmed.
    pub open: OpenFields,
}

/// What an area has to contribute to a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftQuota {
    /// County, park or unit.
    pub area: String,
    /// The year.
    pub year: i32,
    /// The digits.
    pub value: String,
    /// ProseLine of the source.
    pub line: usize,
}

/// What a row prints for a part of a year, or per year beside a target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftPart {
    /// Heading of the column: 一季度, 上半年.
    pub label: String,
    /// The cell.
    pub text: String,
    /// The period and the digits, where it is a target from January to the end of that part and a number; plan files take no others.
    pub interim: Option<(Period, String)>,
    /// ProseLine of the source.
    pub line: usize,
}

/// A row of the table of indicators.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftRow {
    /// Number as printed, with a prefix in a second series.
    pub no: String,
    /// Id of the catalogue, where the name is there exactly.
    pub id: Option<String>,
    /// Names of the catalogue that share words with it; nothing is chosen among them.
    pub candidates: Vec<String>,
    /// Name without unit.
    pub name: String,
    /// Unit, if one is printed or the catalogue has one.
    pub unit: Option<String>,
    /// Group of the table.
    pub group: String,
    /// `binding` for 约束性, `anticipatory` for 预期性.
    pub nature: Option<&'static str>,
    /// Units that report it, or answer for it where none is named that reports.
    pub units: Vec<String>,
    /// Units that answer for it, beside those that report.
    pub responsible: Vec<String>,
    /// First and last line.
    pub lines: (usize, usize),
    /// Values of earlier years.
    pub values: Vec<DraftNumber>,
    /// Targets.
    pub targets: Vec<DraftNumber>,
    /// What areas have to contribute.
    pub quotas: Vec<DraftQuota>,
    /// What is printed for parts of the year.
    pub parts: Vec<DraftPart>,
    /// Number of the row that this one is a part of.
    pub parent: Option<String>,
    /// The year of its base, where it is not that of the table.
    pub baseline_year: Option<i32>,
    /// Remark of the table.
    pub note: String,
    /// What it counts, by a note below the table that speaks of it alone.
    pub definition: Option<String>,
    /// Whether less is better, by words of the name.
    pub is_lower: bool,
    /// What is to be confirmed.
    pub open: OpenFields,
}

/// A group of rows or tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftGroup {
    /// Number of a group of tasks; empty for rows.
    pub no: String,
    /// Name.
    pub name: String,
    /// First and last line.
    pub lines: (usize, usize),
}

/// A task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftTask {
    /// Number.
    pub no: String,
    /// Number of its group.
    pub group: String,
    /// Title.
    pub title: String,
    /// Whole text.
    pub text: String,
    /// 牵头单位.
    pub lead: Vec<String>,
    /// 责任单位.
    pub responsible: Vec<String>,
    /// ProseLine of the text.
    pub line: usize,
    /// ProseLine of the lead units.
    pub lead_line: usize,
    /// What is to be confirmed.
    pub open: OpenFields,
}

/// A target stated in prose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftTarget {
    /// `P1` …
    pub id: String,
    /// Task it stands in.
    pub task: Option<String>,
    /// Row or target that it repeats.
    pub same_as: Option<String>,
    /// 新增80家，力争100家: it is what is striven for beyond `same_as`.
    pub is_stretch: bool,
    /// Name.
    pub name: String,
    /// Year.
    pub year: Option<i32>,
    /// Kind, as plan files write it.
    pub kind: &'static str,
    /// Operator, as plan files write it.
    pub op: Option<&'static str>,
    /// Value.
    pub value: Option<String>,
    /// Bounds of a range.
    pub bounds: Option<(String, String)>,
    /// Words of what a relative target is held against.
    pub reference: Option<String>,
    /// Number of the row that it is held against.
    pub against: Option<String>,
    /// Words that mean nothing definite.
    pub undefined: Option<String>,
    /// Year of the base, for growth on a year that is named.
    pub base_year: Option<i32>,
    /// Unit.
    pub unit: Option<String>,
    /// Whether less is better.
    pub is_lower: bool,
    /// `binding`, `expected` or `aspired`.
    pub strength: &'static str,
    /// 每年.
    pub recurring: bool,
    /// 累计: it counts over the years of the plan.
    pub cumulative: bool,
    /// No year is named.
    pub undated: bool,
    /// The units that lead, where the paragraph is no task.
    pub lead: Vec<String>,
    /// Those that share in it, likewise.
    pub responsible: Vec<String>,
    /// ProseLine of the source.
    pub line: usize,
    /// The words of the source.
    pub quote: String,
    /// What is to be confirmed.
    pub open: OpenFields,
}

/// A day by which something is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftDeadline {
    /// `2023-half`, `2023-annual`.
    pub period: String,
    /// Year, month, day.
    pub due: (i32, u32, u32),
    /// Whose day it is, where the document names some and not all that report: 各县区; else empty.
    pub who: String,
    /// ProseLine of the source.
    pub line: usize,
    /// The words of the source.
    pub quote: String,
    /// What is to be confirmed.
    pub open: OpenFields,
}

/// A number of the document that no rule took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftNumber {
    /// ProseLine of the source.
    pub line: usize,
    /// Name of the row in whose cell it stands.
    pub row: Option<String>,
    /// The clause or the cell; of what is wanted without a number the clause.
    pub text: String,
}

/// The head of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftHead {
    /// Title of the document.
    pub title: Option<String>,
    /// Number of the document.
    pub document_no: Option<String>,
    /// The body that issued it.
    pub issuer: Option<String>,
    /// The day it was issued: year, month, day.
    pub issued_on: Option<(i32, u32, u32)>,
    /// Name of the place.
    pub name: Option<String>,
    /// The same without 市 or 县.
    pub short: Option<String>,
    /// `nation`, `province`, `city`, `county`, `park` or `department`.
    pub level: Option<&'static str>,
    /// The office that receives what is sent.
    pub office: Option<String>,
    /// Years with targets.
    pub years: Vec<i32>,
    /// Year of the baseline.
    pub baseline_year: Option<i32>,
    /// What the title of the table calls it: 附表, 表1, 专栏1.
    pub table_word: Option<String>,
    /// Whether the table names units that report (数据采集单位).
    pub rows_name_reporters: bool,
    /// What is to be confirmed.
    pub open: OpenFields,
}

/// The draft of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its head.
    pub head: DraftHead,
    /// Deadlines.
    pub deadlines: Vec<DraftDeadline>,
    /// Groups of rows.
    pub groups: Vec<DraftGroup>,
    /// Rows of the table.
    pub rows: Vec<DraftRow>,
    /// Remarks below the table, with their lines.
    pub notes: Vec<(usize, String)>,
    /// Groups of tasks.
    pub task_groups: Vec<DraftGroup>,
    /// Tasks.
    pub tasks: Vec<DraftTask>,
    /// Targets in prose.
    pub targets: Vec<DraftTarget>,
    /// Numbers that no rule took.
    pub left: Vec<LeftNumber>,
}
