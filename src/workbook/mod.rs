//! Workbooks as sheets of absolutely addressed cells, read in isolated worker processes.
//!
//! Readers of spreadsheets die on hostile files: an allocation that fails aborts the process. So each workbook is
//! read by a child process of this same program with limits on memory and time ([`Pool`]); what goes wrong there
//! is told and becomes a finding, and the round goes on.

mod address;
mod biff;
mod biff_rules;
mod bounds;
mod cells;
mod codes;
mod colour;
mod comparison;
mod conditional;
mod damage;
mod display;
mod document;
mod format;
mod formula;
mod ods;
mod ods_cell;
mod ods_styles;
mod ole;
mod open_cell;
mod package;
pub mod patch;
mod reader;
mod rules;
mod runs;
mod section;
mod shared;
mod sheet;
mod sniff;
mod sst;
mod stored;
mod styles;
mod worker;
mod xls;
mod xlsb;
mod xlsb_records;
mod xlsb_rules;
mod xlsx;

pub use address::address as cell_address;
pub use damage::{Breakage, Damage, Death, Fault, Limit, Loss, Refusal, Unreadable};
pub use display::Display;
pub use document::{LONGEST_DOCUMENT, row_line};
pub use sniff::NoWorkbook;
pub use worker::{LimitBound, Limits, Pool, serve};

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::ident::CellRef;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A number, as the shortest decimal text that stands for it.
    #[serde(rename = "n")]
    Number(String),
    /// Text, as stored.
    #[serde(rename = "t")]
    Text(String),
    /// A truth value.
    #[serde(rename = "b")]
    Bool(bool),
    /// A date or time in ISO 8601.
    #[serde(rename = "d")]
    Date(String),
    /// An error of the spreadsheet, such as `#REF!`.
    #[serde(rename = "e")]
    Error(String),
    /// A formula whose result was not stored.
    #[serde(rename = "f")]
    NoResult,
    /// A picture in the cell.
    #[serde(rename = "p")]
    Picture,
    /// A damaged cell.
    #[serde(rename = "x")]
    Damaged(Damage),
}

impl Content {
    /// The text to show and to keep as raw.
    pub fn raw(&self) -> &str {
        match self {
            Self::Number(text) | Self::Text(text) | Self::Date(text) | Self::Error(text) => text,
            Self::Damaged(damage) => damage.raw(),
            Self::Bool(value) => {
                if *value {
                    "TRUE"
                } else {
                    "FALSE"
                }
            }
            Self::NoResult | Self::Picture => "",
        }
    }
}

/// A cell that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it holds.
    pub content: Content,
    /// How a number is shown, where the file format tells it.
    pub display: Display,
    /// Whether the value comes from another workbook.
    pub is_external: bool,
    /// What few cells have.
    pub look: Option<Box<Look>>,
}

/// What people see of a cell that its content does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// The text that is seen in place of the number, where its format adds something to it or hides it.
    pub shown: Option<String>,
    /// Whether all of it is struck out.
    pub is_struck: bool,
    /// Parts of the text that are struck out, which its content leaves out.
    pub struck: String,
    /// Note marks above or below the line, which its content leaves out.
    pub marks: String,
    /// Whether it has the colour of what lies behind it. Where the formats of whole tables decide that, which are not read, it may be seen.
    pub is_swallowed: bool,
    /// Whether a conditional format may show something else, which is not decided.
    pub is_unsettled: bool,
}

impl Cell {
    /// A cell without anything special.
    pub fn new(content: Content) -> Self {
        Self { content, display: Display::Plain, is_external: false, look: None }
    }

    /// Its text, if it is one that is short enough for a heading or label: people write no more than a line.
    pub fn label(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) if text.len() <= LONGEST_LABEL => Some(text),
            _ => None,
        }
    }

    /// The text to show and to keep as raw.
    pub fn raw(&self) -> &str {
        self.content.raw()
    }

    /// The text as people see it, as far as its format is known: 1.1 under `0.00` is 1.10, a date under `yyyy"年"` 2023年.
    pub fn shown(&self) -> String {
        if let Some(shown) = self.look.as_ref().and_then(|look| look.shown.clone()) {
            return shown;
        }
        let raw = self.raw().to_owned();
        match (&self.content, self.display) {
            (Content::Number(number), Display::Fixed(decimals)) => {
                number.parse().map_or(raw, |value| display::fixed(value, u32::from(decimals)))
            }
            (Content::Number(number), Display::Percent) => {
                let value =
                    number.parse().ok().and_then(|value: Decimal| value.checked_mul(Decimal::ONE_HUNDRED));
                value.map_or(raw, |value| format!("{}%", value.normalize()))
            }
            (Content::Number(_), Display::PercentSign) => raw + "%",
            (Content::Date(date), Display::Year | Display::Month) => {
                let mut parts = date.splitn(3, '-');
                match (parts.next(), parts.next(), self.display) {
                    (Some(year), Some(month), Display::Month) => {
                        format!("{year}年{}月", month.trim_start_matches('0'))
                    }
                    (Some(year), Some(_), _) => format!("{year}年"),
                    _ => raw,
                }
            }
            _ => raw,
        }
    }
}

/// Length of the longest heading or label, in bytes.
const LONGEST_LABEL: usize = 600;

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// The upper left corner.
    pub first: CellRef,
    /// The lower right corner.
    pub last: CellRef,
}

impl Area {
    /// Whether a cell lies in it.
    pub fn holds(&self, row: u32, column: u32) -> bool {
        (self.first.row..=self.last.row).contains(&row)
            && (self.first.column..=self.last.column).contains(&column)
    }
}

/// Something wrong with a sheet that is not a matter of one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The last good cell before it, or the first cell.
    pub at: CellRef,
    /// What could not be read.
    pub what: Loss,
}

/// Numbers of rows or columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    /// Takes ranges in any order, each from the first to the last number.
    pub fn new(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for (first, last) in ranges {
            match joined.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
                _ => joined.push((first, last)),
            }
        }
        Self(joined)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a number is among them.
    pub fn holds(&self, number: u32) -> bool {
        self.hold_all(number, number)
    }

    /// Whether all numbers from a first to a last are among them.
    pub fn hold_all(&self, from: u32, to: u32) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= from);
        after.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|(_, last)| to <= *last)
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
    /// Rows that users do not see; empty where the file format does not tell.
    pub hidden_rows: Ranges,
    /// Columns likewise.
    pub hidden_columns: Ranges,
    /// Columns that this view of the sheet leaves out: none of a sheet as it is stored, the hidden ones of a sheet as users see it.
    pub left_out: Ranges,
    /// Merged cells by their upper left corner.
    pub merges: BTreeMap<CellRef, Area>,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
    /// Cells with a formula, the first of very many; `None` where the file format does not tell.
    pub formulas: Option<BTreeSet<CellRef>>,
}

impl Sheet {
    /// The cell at a position, if it holds anything.
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.get(&CellRef::new(row, column))
    }

    /// The raw text at a position, empty when there is none.
    pub fn text(&self, row: u32, column: u32) -> &str {
        self.cell(row, column).map_or("", Cell::raw)
    }

    /// The cells in a range of rows, the last one left out.
    pub fn within(&self, rows: (u32, u32)) -> impl Iterator<Item = (&CellRef, &Cell)> {
        let (first, last) = (CellRef::new(rows.0, 0), CellRef::new(rows.1.max(rows.0), 0));
        self.cells.range(first..last)
    }

    /// The cells of a column in a range of rows, the last one left out.
    pub fn column(&self, column: u32, rows: (u32, u32)) -> impl Iterator<Item = (u32, &Cell)> {
        self.within(rows).filter(move |(at, _)| at.column == column).map(|(at, cell)| (at.row, cell))
    }

    /// The rows that hold anything, each with its cells from left to right.
    pub fn rows(&self) -> BTreeMap<u32, Vec<(u32, &Cell)>> {
        let mut rows: Vec<(u32, Vec<(u32, &Cell)>)> = Vec::new();
        for (at, cell) in &self.cells {
            match rows.last_mut() {
                Some((row, cells)) if *row == at.row => cells.push((at.column, cell)),
                _ => rows.push((at.row, vec![(at.column, cell)])),
            }
        }
        rows.into_iter().collect()
    }
}

/// A workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// Format by content: `xlsx`, `xls`, `xlsb` or `ods`.
    pub format: String,
    /// The program that saved it, as it names itself.
    pub program: Option<String>,
    /// Whether formulas look into other workbooks, where that cannot be told cell by cell.
    pub is_linked: bool,
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
    /// What it says of itself beside its cells.
    pub marks: BookMarks,
}

/// What an xlsx workbook says of itself beside its cells; empty of other formats.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookMarks {
    /// Custom properties with a text, by name.
    pub properties: BTreeMap<String, String>,
    /// Footers of its sheets, with their commands, each once.
    pub footers: Vec<String>,
}

/// How a book travels from the worker.
#[derive(Debug, Serialize, Deserialize)]
struct WireBook {
    format: String,
    program: Option<String>,
    is_linked: bool,
    sheets: Vec<WireSheet>,
    marks: BookMarks,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct WireSheet {
    name: String,
    visible: bool,
    cells: Vec<WireCell>,
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    merges: Vec<Area>,
    troubles: Vec<Trouble>,
    formulas: Option<Vec<CellRef>>,
    /// Its footers.
    footers: Vec<String>,
}

impl WireSheet {
    /// The sheet without anything that its damaged part says.
    fn withheld(&mut self) -> Self {
        let trouble = Trouble { at: CellRef::new(0, 0), what: Loss::Checksum };
        Self {
            name: std::mem::take(&mut self.name),
            visible: self.visible,
            troubles: vec![trouble],
            ..Self::default()
        }
    }
}

/// Row, column, content, display, external, and what few cells have.
#[derive(Debug, Serialize, Deserialize)]
struct WireCell(u32, u32, Content, Display, bool, Option<Box<Look>>);

impl From<WireBook> for Book {
    fn from(wire: WireBook) -> Self {
        Self {
            format: wire.format,
            program: wire.program,
            is_linked: wire.is_linked,
            sheets: wire.sheets.into_iter().map(Sheet::from).collect(),
            marks: wire.marks,
        }
    }
}

impl From<WireSheet> for Sheet {
    fn from(wire: WireSheet) -> Self {
        let cell = |WireCell(row, column, content, display, is_external, look): WireCell| {
            (CellRef::new(row, column), Cell { content, display, is_external, look })
        };
        let mut cells: Vec<(CellRef, Cell)> = wire.cells.into_iter().map(cell).collect();
        cells.sort_by_key(|(at, _)| *at);
        cells.dedup_by(|second, first| {
            if second.0 != first.0 {
                return false;
            }
            if second.1 != first.1 {
                let mut both = Damage::TwoContents(first.1.raw().to_owned(), second.1.raw().to_owned());
                bounds::damage(&mut both);
                first.1 = Cell::new(Content::Damaged(both));
            }
            true
        });
        Self {
            name: crate::files::printable(&wire.name),
            visible: wire.visible,
            cells: cells.into_iter().collect(),
            hidden_rows: Ranges::new(wire.hidden_rows),
            hidden_columns: Ranges::new(wire.hidden_columns),
            left_out: Ranges::default(),
            merges: by_corner(wire.merges),
            troubles: wire.troubles,
            formulas: wire.formulas.map(|cells| cells.into_iter().collect()),
        }
    }
}

/// Merged areas by their first cells; of several that begin at one the largest.
fn by_corner(areas: Vec<Area>) -> BTreeMap<CellRef, Area> {
    let mut found: BTreeMap<CellRef, Area> = BTreeMap::new();
    for area in areas {
        let known = found.entry(area.first).or_insert(area);
        let (row, column) = (known.last.row.max(area.last.row), known.last.column.max(area.last.column));
        known.last = CellRef::new(row, column);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_shown_as_people_see_them() {
        let number = |text: &str, display| Cell { display, ..Cell::new(Content::Number(text.into())) };
        let look = |shown: &str| Some(Box::new(Look { shown: Some(shown.into()), ..Look::default() }));
        let date = |display| Cell { display, ..Cell::new(Content::Date("2023-01-01".into())) };
        for (cell, shown) in [
            (number("1.1", Display::Fixed(2)), "1.10"),
            (number("1868.4", Display::Fixed(0)), "1868"),
            (number("1.1", Display::Plain), "1.1"),
            (number("0.067", Display::Percent), "6.7%"),
            (number("6.7", Display::PercentSign), "6.7%"),
            (number("2023", Display::Year), "2023"),
            (date(Display::Year), "2023年"),
            (date(Display::Month), "2023年1月"),
            (date(Display::Date), "2023-01-01"),
            (Cell { look: look("2023年"), ..number("2023", Display::Plain) }, "2023年"),
            (Cell { look: look(""), ..number("0", Display::Plain) }, ""),
            (Cell::new(Content::Text("1.10".into())), "1.10"),
        ] {
            assert_eq!(cell.shown(), shown);
        }
    }

    #[test]
    fn ranges_are_joined_and_searched() {
        let ranges = Ranges::new(vec![(9, 9), (2, 4), (5, 6), (3, 3)]);
        let held: Vec<u32> = (0..12).filter(|number| ranges.holds(*number)).collect();
        assert_eq!(held, [2, 3, 4, 5, 6, 9]);
        assert!(Ranges::default().is_empty() && !Ranges::default().holds(0));
    }
}
