//! What users of a sheet do not see is not read; where values stand there, that is told.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::account::numbers;
use super::index::Index;
use super::layout::tables;
use super::roles::Role;
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
pub(super) fn shown<'a>(sheet: &'a Sheet, index: &Index<'_>) -> Shown<'a> {
    if sheet.hidden_rows.is_empty() && sheet.hidden_columns.is_empty() {
        return Shown { sheet: Cow::Borrowed(sheet), hidden: Vec::new(), results: Vec::new() };
    }
    let mut results = Vec::new();
    let mut columns: BTreeMap<u32, CellRef> = BTreeMap::new();
    let mut rows: BTreeMap<u32, CellRef> = BTreeMap::new();
    let tables = tables(sheet, index);
    for table in &tables {
        let hidden = table.all(Role::Actual).find(|column| sheet.hidden_columns.holds(column.at));
        results.extend(hidden.map(|column| {
            let headed = Headed { cell: column.head.to_string(), heading: column.heading.clone() };
            (table.heads.0, headed)
        }));
        let read = table.columns.iter().filter_map(|column| Some((column.role?, column.at)));
        for (role, column) in read.filter(|(role, _)| role.is_read()) {
            let is_hidden = sheet.hidden_columns.holds(column);
            let holds_something =
                |cell: &Cell| matches!(cell.content, Content::Damaged(_)) || !cell.raw().trim().is_empty();
            let mut filled = sheet.column(column, table.rows).filter(|(_, cell)| holds_something(cell));
            if is_hidden {
                columns.extend(filled.next().map(|(row, _)| (column, CellRef::new(row, column))));
            } else if matches!(role, Role::Actual | Role::State) {
                let unseen = filled.filter(|(row, _)| sheet.hidden_rows.holds(*row));
                rows.extend(unseen.map(|(row, _)| (row, CellRef::new(row, column))));
            }
        }
    }
    // What nobody sees and no table reads is told as well, but for the numbers of rows.
    let is_head_or_number = |at: &CellRef| {
        tables.iter().any(|table| {
            let is_within = (table.heads.0..table.rows.1).contains(&at.row);
            let is_head = at.row < table.rows.0;
            let role = table.at(at.column).and_then(|column| column.role);
            is_within && (is_head || role == Some(Role::No))
        })
    };
    for at in numbers(sheet).filter(|at| !is_head_or_number(at)) {
        if sheet.hidden_columns.holds(at.column) {
            columns.entry(at.column).or_insert(at);
        } else if sheet.hidden_rows.holds(at.row) {
            rows.entry(at.row).or_insert(at);
        }
    }
    let mut told: Vec<(CellRef, Hidden)> = columns.values().map(|at| (*at, Hidden::Column(*at))).collect();
    if let Some(at) = rows.values().next() {
        told.push((*at, Hidden::Rows(rows.keys().map(|row| row + 1).collect())));
    }
    let mut seen = sheet.clone();
    seen.cells.retain(|at, _| !sheet.hidden_rows.holds(at.row) && !sheet.hidden_columns.holds(at.column));
    Shown { sheet: Cow::Owned(seen), hidden: told, results }
}
