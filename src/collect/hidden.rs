//! What users of a sheet do not see is not read; where values stand there, that is told.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::account::{areas, is_number, numbers};
use super::index::Index;
use super::layout::{HeadingAllowance, tables};
use super::merges::covered;
use super::roles::Role;
use super::table::Table;
use super::timespan::is_period;
use crate::finding::{Headed, Hidden};
use crate::ident::CellRef;
use crate::workbook::{Cell, Content, Sheet};

/// A sheet as users see it.
pub(super) struct Shown<'a> {
    /// The sheet without what is hidden.
    pub sheet: Cow<'a, Sheet>,
    /// What is hidden in its tables: the first cell, and the rows or the column.
    pub hidden: Vec<(CellRef, Hidden)>,
    /// Hidden columns of results, with the first row of headings of their tables.
    pub results: Vec<(u32, Headed)>,
}

/// The sheet as users see it, and what is hidden in its tables.
pub(super) fn shown<'a>(sheet: &'a Sheet, index: &Index<'_>, allowance: &HeadingAllowance) -> Shown<'a> {
    let mut covered = covered(sheet);
    if sheet.hidden_rows.is_empty() && sheet.hidden_columns.is_empty() && covered.is_empty() {
        return Shown { sheet: Cow::Borrowed(sheet), hidden: Vec::new(), results: Vec::new() };
    }
    let mut results = Vec::new();
    let mut columns: BTreeMap<u32, CellRef> = BTreeMap::new();
    let mut rows: BTreeMap<u32, CellRef> = BTreeMap::new();
    let tables = tables(sheet, index, allowance).tables;
    for table in &tables {
        let hidden = table.all(Role::Actual).find(|column| sheet.hidden_columns.holds(column.at));
        results.extend(hidden.map(|column| {
            let headed = Headed { cell: column.head.to_string(), heading: column.heading.clone() };
            (table.heads.0, headed)
        }));
        covered.retain(|at| !is_heading(sheet, table, *at));
        let (in_columns, in_rows) = unseen(sheet, table);
        columns.extend(in_columns);
        rows.extend(in_rows);
    }
    // What nobody sees and no table reads is told as well, but for the numbers of rows.
    let is_hidden = |at: &CellRef| sheet.hidden_columns.holds(at.column) || sheet.hidden_rows.holds(at.row);
    let mut in_row: (Option<u32>, Vec<&Table<'_>>) = (None, Vec::new());
    for at in numbers(sheet).filter(is_hidden) {
        if in_row.0 != Some(at.row) {
            let holds = |table: &&Table<'_>| (table.heads.0..table.rows.1).contains(&at.row);
            in_row = (Some(at.row), tables.iter().filter(holds).collect());
        }
        let is_head_or_number = in_row.1.iter().any(|table| {
            let role = || table.at(at.column).and_then(|column| column.role);
            at.row < table.rows.0 || role() == Some(Role::No)
        });
        if is_head_or_number {
            continue;
        }
        if sheet.hidden_columns.holds(at.column) {
            columns.entry(at.column).or_insert(at);
        } else {
            rows.entry(at.row).or_insert(at);
        }
    }
    let mut told: Vec<(CellRef, Hidden)> = columns.values().map(|at| (*at, Hidden::Column(*at))).collect();
    if let Some(at) = rows.values().next() {
        told.push((*at, Hidden::Rows(rows.keys().map(|row| row + 1).collect())));
    }
    let below: Vec<CellRef> =
        covered.iter().copied().filter(|at| is_told(sheet, &tables, &covered, *at)).collect();
    if let Some(first) = below.first() {
        told.push((*first, Hidden::Covered(areas(&below))));
    }
    let mut seen = sheet.clone();
    seen.cells.retain(|at, cell| {
        let in_heads = || tables.iter().any(|table| (table.heads.0..table.rows.0).contains(&at.row));
        let is_row_seen =
            !sheet.hidden_rows.holds(at.row) || (in_heads() && reaches_a_row_that_is_seen(sheet, *at, cell));
        let is_seen = !sheet.hidden_columns.holds(at.column) || reaches_what_is_seen(sheet, *at, cell);
        is_seen && is_row_seen && !covered.contains(at)
    });
    seen.left_out = sheet.hidden_columns.clone();
    Shown { sheet: Cow::Owned(seen), hidden: told, results }
}

/// Whether a text in a hidden column is merged with a column that is not, in which it is seen.
fn reaches_what_is_seen(sheet: &Sheet, at: CellRef, cell: &Cell) -> bool {
    let area = sheet.merges.get(&at).filter(|_| cell.label().is_some() && !is_number(cell));
    area.is_some_and(|area| {
        let mut columns = area.first.column..=area.last.column;
        columns.any(|column| !sheet.hidden_columns.holds(column))
    })
}

/// Whether a heading in a hidden row is merged with a row that is not, in which it is seen.
fn reaches_a_row_that_is_seen(sheet: &Sheet, at: CellRef, cell: &Cell) -> bool {
    let area = sheet.merges.get(&at).filter(|_| cell.label().is_some() && !is_number(cell));
    area.is_some_and(|area| !sheet.hidden_rows.hold_all(area.first.row, area.last.row))
}

/// Whether a cell below others is a heading, as they are written into all cells of an area; a number is none, but for a year.
fn is_heading(sheet: &Sheet, table: &Table<'_>, at: CellRef) -> bool {
    let is_value = |cell: &Cell| is_number(cell) && !is_period(cell.raw());
    (table.heads.0..table.rows.0).contains(&at.row) && !sheet.cells.get(&at).is_some_and(is_value)
}

/// Whether it is told that a cell below others was not read: a number, that of a row only where its name lies below others as well, and
/// whatever stands where values and states are read.
fn is_told(sheet: &Sheet, tables: &[Table<'_>], covered: &BTreeSet<CellRef>, at: CellRef) -> bool {
    if sheet.hidden_rows.holds(at.row) || sheet.hidden_columns.holds(at.column) {
        return false;
    }
    let Some(cell) = sheet.cells.get(&at) else { return false };
    let in_row = || tables.iter().filter(|table| (table.rows.0..table.rows.1).contains(&at.row));
    let mut roles = in_row().map(|table| table.at(at.column).and_then(|column| column.role));
    let is_name_covered =
        || in_row().flat_map(|table| &table.names).any(|name| covered.contains(&CellRef::new(at.row, *name)));
    match roles.find(Option::is_some).flatten() {
        Some(Role::Actual | Role::State) => {
            !cell.raw().trim().is_empty() || matches!(cell.content, Content::Damaged(_))
        }
        Some(Role::No) if !is_name_covered() => false,
        _ => is_number(cell),
    }
}

/// What is read of a table and not seen: the first cell of each hidden column, and a cell of each hidden row.
fn unseen(sheet: &Sheet, table: &Table<'_>) -> (BTreeMap<u32, CellRef>, BTreeMap<u32, CellRef>) {
    let read = table.columns.iter().filter_map(|column| Some((column.at, column.role?)));
    let roles: BTreeMap<u32, Role> = read.filter(|(_, role)| role.is_read()).collect();
    let holds_something =
        |cell: &Cell| matches!(cell.content, Content::Damaged(_)) || !cell.raw().trim().is_empty();
    let (mut columns, mut rows) = (BTreeMap::new(), BTreeMap::new());
    for (at, cell) in sheet.within(table.rows) {
        let Some(role) = roles.get(&at.column).filter(|_| holds_something(cell)) else { continue };
        if sheet.hidden_columns.holds(at.column) {
            columns.entry(at.column).or_insert(*at);
        } else if matches!(role, Role::Actual | Role::State) && sheet.hidden_rows.holds(at.row) {
            rows.insert(at.row, *at);
        }
    }
    (columns, rows)
}
