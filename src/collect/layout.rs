//! Where the tables are: rows of headings are found by their words, or by the rows below them that the plan names.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::columns;
use super::heads::{MORE_HEADS, MOST_COLUMNS, can_head, headed, heads, is_anchor, is_line, segments};
use super::index::Index;
use super::lexicon::is_vague_name;
use super::roles::Role;
use super::table::{Rows, Table, TableSubject};
use super::table_units::{Surroundings, currency, sheet_unit};
use super::text::name_key;
use crate::finding::{Problem, TableProblem};
use crate::ident::CellRef;
use crate::workbook::Sheet;

/// How far above the first row that the plan names headings are looked for.
const FURTHEST_HEADS: u32 = 6;
/// Most tables on a sheet, and side by side; a sheet with more is no form that people fill in.
const MOST_TABLES: usize = 1000;
const MOST_BESIDE: usize = 30;
/// Most cells of headings of a workbook.
const MOST_HEADINGS: usize = 200_000;

/// How many cells of headings of a workbook may still be looked at.
pub(super) struct HeadingAllowance(Cell<usize>);

impl HeadingAllowance {
    pub(super) fn new() -> Self {
        Self(Cell::new(MOST_HEADINGS))
    }

    /// Takes some of them, if there are so many.
    fn take(&self, cells: usize) -> bool {
        let left = self.0.get().checked_sub(cells);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }
}

/// The tables of a sheet.
#[derive(Default)]
pub(super) struct SheetTables<'a> {
    pub(super) tables: Vec<Table<'a>>,
    /// Where there are more than are read: the first cell of what is not, and why.
    pub(super) rest: Option<(CellRef, Problem)>,
}

/// Finds the tables of a sheet.
pub(super) fn tables<'a>(sheet: &Sheet, index: &Index<'a>, allowance: &HeadingAllowance) -> SheetTables<'a> {
    if !sheet.cells.values().any(|cell| cell.label().is_some()) {
        return SheetTables::default();
    }
    let rows = sheet.rows();
    let around = Surroundings::of(&rows);
    let mut found: Vec<Table<'a>> = Vec::new();
    let mut anchors = rows.iter().filter(|(_, cells)| is_anchor(cells, index));
    let rest = anchors.find_map(|(row, cells)| {
        if !allowance.take(cells.len()) {
            let first = cells.first().map_or(0, |(column, _)| *column);
            let problem = TableProblem::TooManyHeadings { most: MOST_HEADINGS };
            return Some((CellRef::new(*row, first), problem.into()));
        }
        add(&mut found, sheet, (&rows, &around), &heads(sheet, &rows, *row, index), index)
    });
    if let Some((at, _)) = &rest {
        found.iter_mut().for_each(|table| table.rows.1 = table.rows.1.min(at.row));
    }
    found.iter_mut().for_each(|table| columns::settle(table, sheet, index));
    found.retain(|table| is_table(table));
    if rest.is_none() && !found.iter().any(|table| table.subject != TableSubject::Evidence) {
        let unheaded = by_content(sheet, (&rows, &around), index);
        found.retain(|table| unheaded.as_ref().is_none_or(|other| !overlap(table, other)));
        found.extend(unheaded);
    }
    SheetTables { tables: found, rest }
}

/// What is left when the columns are known: a table of the plan, or one whose headings say that it should be.
fn is_table(table: &Table<'_>) -> bool {
    let has = |role: Role| table.columns.iter().any(|column| column.role == Some(role));
    let name = table.columns.iter().find(|column| column.role == Some(Role::Name));
    let is_vague = name.is_none_or(|name| is_vague_name(&name_key(&name.heading)));
    if table.beyond.is_some() {
        return true;
    }
    match table.subject {
        TableSubject::Evidence => {
            (has(Role::No) || has(Role::Evidence)) && has(Role::Name) && has(Role::Document)
        }
        TableSubject::Tasks => !table.named.is_empty() || (has(Role::Name) && has(Role::State)),
        TableSubject::Indicators => {
            !table.named.is_empty() || (!is_vague && (has(Role::Actual) || !table.troubles.is_empty()))
        }
    }
}

/// Adds the tables under rows of headings; those above in the same columns end there. Where they are too many none is added, and the
/// place and the reason are returned.
fn add<'a>(
    found: &mut Vec<Table<'a>>,
    sheet: &Sheet,
    (rows, around): (&Rows<'_>, &Surroundings<'_>),
    heads: &[u32],
    index: &Index<'a>,
) -> Option<(CellRef, Problem)> {
    let (first, last) = (heads.first().copied()?, heads.last().copied()?);
    if found.last().is_some_and(|before| before.heads.1 >= first) {
        return None;
    }
    let tables = segments(sheet, rows, heads, index);
    let is_beside = tables.len() > MOST_BESIDE;
    if is_beside || found.len() + tables.len() > MOST_TABLES {
        let at = CellRef::new(first, tables.first().map_or(0, |table| table.width().0));
        let most = if is_beside { MOST_BESIDE } else { MOST_TABLES };
        return Some((at, TableProblem::TooManyTables { most, is_beside }.into()));
    }
    let starts: Vec<u32> = tables.iter().map(|table| table.width().0).collect();
    for mut table in tables {
        // What stands over one of several tables side by side is meant for it.
        let left = if starts.first() == Some(&table.width().0) { 0 } else { table.width().0 };
        let next = starts.iter().copied().filter(|start| *start > table.width().0).min();
        let own = |at: u32| at >= left && next.is_none_or(|next| at < next);
        table.sheet_unit = sheet_unit(around, first, last, index, &own)
            .or_else(|| sheet_unit(around, first, last, index, &|_| true));
        table.currency = currency(around, first, last);
        table.heads = (first, last);
        table.rows = (last + 1, u32::MAX);
        for earlier in found.iter_mut().filter(|earlier| overlap(earlier, &table)) {
            earlier.rows.1 = earlier.rows.1.min(first);
        }
        found.push(table);
    }
    None
}

/// A table whose headings name no column of names, found by the rows that the plan names.
fn by_content<'a>(
    sheet: &Sheet,
    (rows, around): (&Rows<'_>, &Surroundings<'_>),
    index: &Index<'a>,
) -> Option<Table<'a>> {
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
        let all: Vec<Table<'_>> = segments(sheet, rows, &heads, index);
        table.beyond = all.iter().find_map(|one| one.beyond);
        table.columns = all.into_iter().flat_map(|one| one.columns).collect();
    }
    if !table.columns.iter().any(|one| one.at == column) {
        table.columns.push(headed(column, &[(CellRef::new(first, column), String::new())], index));
        table.columns.sort_by_key(|one| one.at);
    }
    if table.columns.len() > MOST_COLUMNS {
        table.beyond = table.beyond.or_else(|| table.columns.get(MOST_COLUMNS).map(|one| one.head));
        table.columns.truncate(MOST_COLUMNS);
    }
    let head = heads.first().copied().unwrap_or(first);
    table.sheet_unit = sheet_unit(around, head, first, index, &|_| true);
    table.currency = currency(around, head, first);
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
