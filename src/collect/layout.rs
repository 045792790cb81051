//! Where the tables are: rows of headings are found by their words, or by the rows below them that the plan names.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::columns;
use super::headings::Role;
use super::heads::{MORE_HEADS, can_head, headed, heads, is_anchor, is_line, segments};
use super::index::{Index, Named};
use super::lexicon::is_vague_name;
use super::sense::Sense;
use super::table_units::{currency, sheet_unit};
use super::text::name_key;
use crate::finding::Problem;
use crate::ident::CellRef;
use crate::quantity::Unit;
use crate::workbook::{Cell, Sheet};

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// Values of indicators.
    Indicators,
    /// Progress of tasks.
    Tasks,
    /// List of evidence.
    Evidence,
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
    /// Parts of its headings that are not known.
    pub unknown: Vec<String>,
    /// Whether they are words that no list has, rather than known words in a place where they mean something else.
    pub is_only_unknown: bool,
}

/// A table found on a sheet.
#[derive(Debug, Clone)]
pub(super) struct Table<'a> {
    /// What it is about.
    pub subject: Subject,
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
    pub is_copied: Option<&'static str>,
    /// Unit named for the whole sheet (单位：万元) above the table, or several of them as they are written (单位：万元、家).
    pub sheet_unit: Option<String>,
    /// Currency that stands around the table (币种：美元), if it is not 元.
    pub currency: Option<String>,
    /// Rows of its headings, the first and the last.
    pub heads: (u32, u32),
    /// Rows below the headings that belong to it: from the first, up to and without the last.
    pub rows: (u32, u32),
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
    pub subject: &'static str,
    /// Rows of its headings, from one.
    pub heads: (u32, u32),
    /// Columns: letters, heading, and what the column was taken for, empty when it is not known.
    pub columns: Vec<(String, String, &'static str)>,
    /// Rows, from one, with what they were taken for: the number of an indicator or task, or 合计, 其中, 示例 …
    pub rows: Vec<(u32, String)>,
}

impl Layout {
    /// Whether a column names pieces of evidence.
    pub fn has_evidence(&self) -> bool {
        self.columns.iter().any(|(_, _, role)| *role == Role::Evidence.chinese())
    }

    pub(super) fn of(file: &str, sheet: &str, table: &Table<'_>, rows: Vec<(u32, String)>) -> Self {
        let columns =
            table.columns.iter().filter(|column| !column.heading.is_empty() || column.role.is_some());
        Self {
            file: file.to_owned(),
            sheet: sheet.to_owned(),
            subject: match table.subject {
                Subject::Indicators => "指标",
                Subject::Tasks => "任务",
                Subject::Evidence => "佐证",
            },
            heads: (table.heads.0 + 1, table.heads.1 + 1),
            columns: columns
                .map(|column| {
                    let letters = CellRef::new(0, column.at).letters();
                    (letters, column.heading.clone(), column.role.map_or("", Role::chinese))
                })
                .collect(),
            rows,
        }
    }
}

pub(super) type Rows<'a> = BTreeMap<u32, Vec<(u32, &'a Cell)>>;

/// How far above the first row that the plan names headings are looked for.
const FURTHEST_HEADS: u32 = 6;
/// Most tables on a sheet; a sheet with more is no form that people fill in.
const MOST_TABLES: usize = 1000;

/// Finds the tables of a sheet.
pub(super) fn tables<'a>(sheet: &Sheet, index: &Index<'a>) -> Vec<Table<'a>> {
    if !sheet.cells.values().any(|cell| cell.label().is_some()) {
        return Vec::new();
    }
    let rows = sheet.rows();
    let mut found: Vec<Table<'a>> = Vec::new();
    for (row, cells) in &rows {
        if found.len() > MOST_TABLES {
            break;
        }
        if is_anchor(cells, index) {
            add(&mut found, sheet, &rows, &heads(sheet, &rows, *row, index), index);
        }
    }
    found.iter_mut().for_each(|table| columns::settle(table, sheet, index));
    found.retain(|table| is_table(table));
    if !found.iter().any(|table| table.subject != Subject::Evidence) {
        let unheaded = by_content(sheet, &rows, index);
        found.retain(|table| unheaded.as_ref().is_none_or(|other| !overlap(table, other)));
        found.extend(unheaded);
    }
    found
}

/// What is left when the columns are known: a table of the plan, or one whose headings say that it should be.
fn is_table(table: &Table<'_>) -> bool {
    let has = |role: Role| table.columns.iter().any(|column| column.role == Some(role));
    let name = table.columns.iter().find(|column| column.role == Some(Role::Name));
    let is_vague = name.is_none_or(|name| is_vague_name(&name_key(&name.heading)));
    match table.subject {
        Subject::Evidence => (has(Role::No) || has(Role::Evidence)) && has(Role::Name) && has(Role::Document),
        Subject::Tasks => !table.named.is_empty() || (has(Role::Name) && has(Role::State)),
        Subject::Indicators => {
            !table.named.is_empty() || (!is_vague && (has(Role::Actual) || !table.troubles.is_empty()))
        }
    }
}

/// Adds the tables under rows of headings; those above in the same columns end there.
fn add<'a>(found: &mut Vec<Table<'a>>, sheet: &Sheet, rows: &Rows<'_>, heads: &[u32], index: &Index<'a>) {
    let (Some(first), Some(last)) = (heads.first().copied(), heads.last().copied()) else { return };
    if found.last().is_some_and(|before| before.heads.1 >= first) {
        return;
    }
    let tables = segments(sheet, rows, heads, index.setting());
    let starts: Vec<u32> = tables.iter().map(|table| table.width().0).collect();
    for mut table in tables {
        // What stands over one of several tables side by side is meant for it.
        let left = if starts.first() == Some(&table.width().0) { 0 } else { table.width().0 };
        let next = starts.iter().copied().filter(|start| *start > table.width().0).min();
        let own = |at: u32| at >= left && next.is_none_or(|next| at < next);
        table.sheet_unit = sheet_unit(rows, first, last, index, &own)
            .or_else(|| sheet_unit(rows, first, last, index, &|_| true));
        table.currency = currency(rows, first, last);
        table.heads = (first, last);
        table.rows = (last + 1, u32::MAX);
        for earlier in found.iter_mut().filter(|earlier| overlap(earlier, &table)) {
            earlier.rows.1 = earlier.rows.1.min(first);
        }
        found.push(table);
    }
}

/// A table whose headings name no column of names, found by the rows that the plan names.
fn by_content<'a>(sheet: &Sheet, rows: &Rows<'_>, index: &Index<'a>) -> Option<Table<'a>> {
    let mut matches: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, cell) in &sheet.cells {
        if let Some(text) = cell.label()
            && index.is_named(text)
        {
            matches.entry(at.column).or_default().push(at.row);
        }
    }
    let (column, own) = matches.into_iter().max_by_key(|(column, rows)| (rows.len(), u32::MAX - column))?;
    let first = own.first().copied()?;
    let setting = index.setting();
    let is_head = |row: &u32| {
        let cells = rows.get(row).map_or(&[][..], Vec::as_slice);
        cells.len() > 1 && cells.iter().all(|(_, cell)| can_head(cell) && !is_line(cell))
    };
    // Examples, numbers of columns and names of groups may stand between the headings and the first row.
    let above = (first.saturating_sub(FURTHEST_HEADS)..first).rev();
    let mut heads: Vec<u32> =
        above.skip_while(|row| !is_head(row)).take(MORE_HEADS + 1).take_while(is_head).collect();
    heads.reverse();
    let mut table = Table::empty();
    if !heads.is_empty() {
        let all: Vec<Table<'_>> = segments(sheet, rows, &heads, setting);
        table.columns = all.into_iter().flat_map(|one| one.columns).collect();
    }
    if !table.columns.iter().any(|one| one.at == column) {
        table.columns.push(headed(column, &[(CellRef::new(first, column), String::new())], setting));
        table.columns.sort_by_key(|one| one.at);
    }
    let head = heads.first().copied().unwrap_or(first);
    table.sheet_unit = sheet_unit(rows, head, first, index, &|_| true);
    table.currency = currency(rows, head, first);
    table.heads = (heads.first().copied().unwrap_or(first), heads.last().copied().unwrap_or(first));
    table.rows = (heads.last().map_or(first, |head| head + 1), u32::MAX);
    table.names = vec![column];
    columns::settle(&mut table, sheet, index);
    Some(table).filter(is_table)
}

fn overlap(one: &Table<'_>, other: &Table<'_>) -> bool {
    let ((a, b), (c, d)) = (one.width(), other.width());
    a <= d && c <= b
}

impl Table<'_> {
    pub(super) fn empty() -> Self {
        Self {
            subject: Subject::Evidence,
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
        self.columns.iter().find(|one| one.at == column)
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

    /// Whether another table begins at a column: names and something beside them stand before it.
    pub(super) fn is_complete(&self, next: &Column) -> bool {
        let is = |column: &Column, role: Role| column.sense == Sense::Known(role);
        let named = self.columns.iter().position(|column| is(column, Role::Name));
        let repeats = self.columns.iter().any(|column| column.sense == next.sense);
        let valued = |column: &Column| {
            let aside = matches!(
                column.sense,
                Sense::Known(
                    Role::Class | Role::No | Role::Name | Role::Unit | Role::Definition | Role::Office
                )
            );
            !aside && column.sense != Sense::Silent
        };
        named.is_some_and(|at| repeats && self.columns.iter().skip(at + 1).any(valued))
    }
}
