//! Blank workbooks (空白报表) for the units that report: what a plan asks of each of them, laid out, numbered, checked as it is filled in, and
//! recorded in the register of what was issued.
//!
//! Forms are in Chinese, as plans and returns are. What stands on them comes from plan, catalogue and round: the same inputs give the same bytes.

mod asked;
mod book;
mod checks;
mod cover;
mod evidence;
mod grid;
mod held;
mod issue;
mod names;
mod rows;
mod rules;
mod table;
mod tasks;
mod texts;

pub use held::{RegistersHeld, hold};
pub use issue::issue;
pub use texts::period_words;

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::ident::{CityId, UnitName};
use crate::plan::{Indicator, Plan, Round, Task};

/// What is to be issued.
#[derive(Debug, Clone)]
pub struct FormsOrder {
    /// The folder of the round.
    pub round: PathBuf,
    /// Who issues the forms (经办人).
    pub by: String,
    /// The day on which they are issued.
    pub on: NaiveDate,
    /// Only these units, by any of their names; all when empty.
    pub units: Vec<String>,
    /// A folder that takes a copy of every form in force, by city; it must not be there.
    pub output: Option<PathBuf>,
}

/// What became of the form of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormIssued {
    /// The city.
    pub city: CityId,
    /// The unit.
    pub unit: UnitName,
    /// Its edition (版次), from 1.
    pub edition: u32,
    /// Whether it is a new one; else the one that was issued before still holds.
    pub is_new: bool,
    /// Its number (模板编号).
    pub number: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Rows of the plan's table on it.
    pub rows: usize,
    /// Targets of the plan's prose on it.
    pub prose: usize,
    /// Tasks on it.
    pub tasks: usize,
}

/// What a unit is asked for.
struct Form<'a> {
    plan: &'a Plan,
    round: &'a Round,
    unit: UnitName,
    /// Rows of the table, then targets in prose.
    rows: Vec<&'a Indicator>,
    tasks: Vec<&'a Task>,
    /// Its number; empty until it is numbered.
    number: String,
}
