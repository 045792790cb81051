//! Workbooks as sheets of absolutely addressed cells, read in isolated worker processes.
//!
//! Readers of spreadsheets die on hostile files: an allocation that fails aborts the process. So each workbook is
//! read by a child process of this same program with limits on memory and time ([`Pool`]); what goes wrong there
//! is told in words and becomes a finding, and the round goes on.

mod reader;
mod worker;

pub use worker::{Limits, Pool, Refusal, serve};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ident::CellRef;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A number, as the shortest decimal text that stands for it.
    Number(String),
    /// Text, as stored.
    Text(String),
    /// A truth value.
    Bool(bool),
    /// A date or time in ISO 8601.
    Date(String),
    /// An error of the spreadsheet, such as `#REF!`.
    Error(String),
    /// A formula whose result was not stored.
    NoResult,
}

/// A cell that is not empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What it holds.
    pub content: Content,
    /// Its number format, where the file format tells it and it is not `General`.
    pub format: Option<String>,
}

impl Cell {
    /// The text to show and to keep as raw.
    pub fn raw(&self) -> String {
        match &self.content {
            Content::Number(text) | Content::Text(text) | Content::Date(text) | Content::Error(text) => {
                text.clone()
            }
            Content::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
            Content::NoResult => String::new(),
        }
    }
}

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether users see it.
    pub visible: bool,
    /// Its cells by absolute position.
    pub cells: BTreeMap<CellRef, Cell>,
}

impl Sheet {
    /// The cell at a position, if it holds anything.
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.get(&CellRef::new(row, column))
    }

    /// The raw text at a position, empty when there is none.
    pub fn text(&self, row: u32, column: u32) -> String {
        self.cell(row, column).map_or_else(String::new, Cell::raw)
    }

    /// The rows that hold anything, each with its cells from left to right.
    pub fn rows(&self) -> BTreeMap<u32, Vec<(u32, &Cell)>> {
        let mut rows: BTreeMap<u32, Vec<(u32, &Cell)>> = BTreeMap::new();
        for (at, cell) in &self.cells {
            rows.entry(at.row).or_default().push((at.column, cell));
        }
        rows
    }
}

/// A workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// Format by content: `xlsx`, `xls`, `xlsb` or `ods`.
    pub format: String,
    /// The program that saved it, as it names itself.
    pub program: Option<String>,
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
}

/// How a book travels from the worker.
#[derive(Debug, Serialize, Deserialize)]
struct WireBook {
    format: String,
    program: Option<String>,
    sheets: Vec<WireSheet>,
}

#[derive(Debug, Serialize, Deserialize)]
struct WireSheet {
    name: String,
    visible: bool,
    cells: Vec<(u32, u32, Cell)>,
}

impl From<WireBook> for Book {
    fn from(wire: WireBook) -> Self {
        let sheet = |sheet: WireSheet| Sheet {
            name: crate::files::printable(&sheet.name),
            visible: sheet.visible,
            cells: sheet.cells.into_iter().map(|(r, c, cell)| (CellRef::new(r, c), cell)).collect(),
        };
        Self {
            format: wire.format,
            program: wire.program,
            sheets: wire.sheets.into_iter().map(sheet).collect(),
        }
    }
}
