//! A table of a sheet with its columns, and what it was taken for. Nouns: where tables are is found in `layout.rs`, what their
//! columns hold in `columns.rs`.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::index::Named;
use super::roles::Role;
use super::row_nouns::RowKind;
use super::sense::Sense;
use crate::finding::{Copied, Headed, Problem};
use crate::ident::CellRef;
use crate::quantity::Unit;
use crate::workbook::Cell;

/// The cells of a sheet by row, from left to right.
pub(super) type Rows<'a> = BTreeMap<u32, Vec<(u32, &'a Cell)>>;

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableSubject {
    /// Values of indicators.
    Indicators,
    /// Progress of tasks.
    Tasks,
    /// List of evidence.
    Evidence,
}

impl TableSubject {
    /// The word for people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Indicators => "指标",
            Self::Tasks => "任务",
            Self::Evidence => "佐证",
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Where it is.
    pub at: u32,
    /// What stands over it, from top to bottom.
    pub heading: String,
    /// The lowest cell of its headings.
    pub head: CellRef,
    /// What it holds; `None` when that is not known.
    pub role: Option<Role>,
    /// A unit named in its headings.
    pub unit: Option<String>,
    /// What its headings say.
    pub sense: Sense,
    /// Whether they name a single quarter or month, where what has come together since January is asked for.
    pub is_single: bool,
    /// Parts of its headings that are not known.
    pub unknown: Vec<String>,
    /// Whether they are words that no list has, rather than known words in a place where they mean something else.
    pub is_only_unknown: bool,
}

/// A table found on a sheet.
#[derive(Debug, Clone)]
pub(super) struct Table<'a> {
    /// What it is about.
    pub subject: TableSubject,
    /// Its columns from left to right, also those without a heading that hold something.
    pub columns: Vec<Column>,
    /// Columns that name a row together: the name may stand in any of them.
    pub names: Vec<u32>,
    /// What the plan calls the rows, where it names them.
    pub named: BTreeMap<u32, Named<'a>>,
    /// Whether the numbers only count the rows of this table.
    pub is_numbered: bool,
    /// Whether the values are expected ones by their heading.
    pub is_estimated: bool,
    /// Whether all values are those of the plan's targets or of the year before.
    pub is_copied: Option<Copied>,
    /// Unit named for the whole sheet (单位：万元) above the table, or several of them as they are written (单位：万元、家).
    pub sheet_unit: Option<String>,
    /// Currency that stands around the table (币种：美元), if it is not 元.
    pub currency: Option<String>,
    /// Rows of its headings, the first and the last.
    pub heads: (u32, u32),
    /// Rows below the headings that belong to it: from the first, up to and without the last.
    pub rows: (u32, u32),
    /// The heading of the first column beyond those that a table may have; then none of it is read.
    pub beyond: Option<CellRef>,
    /// What there is to say of its headings, by cell.
    pub troubles: Vec<(CellRef, Problem)>,
}

/// What a table was taken for, so that a clerk can see why a figure was read or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Path below the round's folder.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// What the table is about.
    pub subject: TableSubject,
    /// Rows of its headings, from one.
    pub heads: (u32, u32),
    /// Columns: letters, heading, and what the column was taken for, if that is known.
    pub columns: Vec<(String, String, Option<Role>)>,
    /// Rows, from one, with what they were taken for.
    pub rows: Vec<(u32, RowKind)>,
}

impl Layout {
    /// Whether a column names pieces of evidence.
    pub fn has_evidence(&self) -> bool {
        self.columns.iter().any(|(_, _, role)| *role == Some(Role::Evidence))
    }

    pub(super) fn of(file: &str, sheet: &str, table: &Table<'_>, rows: Vec<(u32, RowKind)>) -> Self {
        let columns =
            table.columns.iter().filter(|column| !column.heading.is_empty() || column.role.is_some());
        Self {
            file: file.to_owned(),
            sheet: sheet.to_owned(),
            subject: table.subject,
            heads: (table.heads.0 + 1, table.heads.1 + 1),
            columns: columns
                .map(|column| {
                    let letters = CellRef::new(0, column.at).letters();
                    (letters, column.heading.clone(), column.role)
                })
                .collect(),
            rows,
        }
    }
}

impl Table<'_> {
    pub(super) fn empty() -> Self {
        Self {
            subject: TableSubject::Evidence,
            columns: Vec::new(),
            names: Vec::new(),
            named: BTreeMap::new(),
            is_numbered: false,
            is_estimated: false,
            is_copied: None,
            sheet_unit: None,
            currency: None,
            heads: (0, 0),
            rows: (0, 0),
            beyond: None,
            troubles: Vec::new(),
        }
    }

    /// The first column of a role.
    pub(super) fn column(&self, role: Role) -> Option<&Column> {
        self.columns.iter().find(|column| column.role == Some(role))
    }

    /// All columns of a role.
    pub(super) fn all(&self, role: Role) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |column| column.role == Some(role))
    }

    /// The column at a place.
    pub(super) fn at(&self, column: u32) -> Option<&Column> {
        let at = self.columns.binary_search_by_key(&column, |one| one.at).ok()?;
        self.columns.get(at)
    }

    /// Whether the units over two columns are not of one kind: 金额（亿元） and 数量（家）, of which each row has one.
    pub(super) fn measure_different_things(&self, one: u32, other: u32) -> bool {
        let unit = |at: u32| self.at(at).and_then(|column| column.unit.as_deref()).map(Unit::parse);
        matches!((unit(one), unit(other)), (Some(one), Some(other))
            if one.is_known() && other.is_known() && one.convert(Decimal::ONE, &other).is_none())
    }

    /// The first and the last column.
    pub(super) fn width(&self) -> (u32, u32) {
        let ends = (self.columns.first(), self.columns.last());
        (ends.0.map_or(0, |column| column.at), ends.1.map_or(0, |column| column.at))
    }
}

/// Gives a column a role.
pub(super) fn set(table: &mut Table<'_>, at: u32, role: Role) {
    let place = table.columns.binary_search_by_key(&at, |column| column.at);
    if let Some(column) = place.ok().and_then(|place| table.columns.get_mut(place)) {
        column.role = Some(role);
    }
}

/// A column as findings name it.
pub(super) fn headed(column: &Column) -> Headed {
    Headed { cell: column.head.to_string(), heading: column.heading.clone() }
}

/// What is read of a heading, in bytes.
const MOST_READ: usize = 600;

/// The text of a heading: a date shown as a year is a year.
pub(super) fn head_text(cell: &Cell) -> String {
    let text = cell.shown();
    if text.len() <= MOST_READ { text } else { text.chars().take(MOST_READ / 4).collect() }
}
