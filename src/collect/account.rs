//! Where every number of a sheet stands: in a column and row that are known, or told. No number is passed over.

use std::collections::{BTreeMap, BTreeSet};

use super::Submission;
use super::labelled::{fields, is_asked_for};
use super::memo::Memo;
use super::number::{Reading, read_text};
use super::roles::Role;
use super::row_kinds::{Kinds, RowKind};
use super::table::{Column, Table};
use super::timespan::is_period;
use crate::finding::{Problem, TableProblem, Unclear};
use crate::ident::CellRef;
use crate::workbook::{Cell, Content, Sheet};

/// Most numbers that are looked at for a label before them.
const MOST_LABELLED: usize = 1000;

/// The numbers of a sheet that are not accounted for.
pub(super) struct Account<'a> {
    sheet: &'a Sheet,
    /// All of them by row and column.
    numbers: Vec<Counted>,
    /// Numbers of rows that are known, in columns that are known and not read for these rows, though nothing else is.
    aside: Vec<CellRef>,
}

/// A number of a sheet.
struct Counted {
    at: CellRef,
    is_open: bool,
}

impl<'a> Account<'a> {
    /// All numbers of a sheet.
    pub(super) fn of(sheet: &'a Sheet) -> Self {
        let numbers = numbers(sheet).map(|at| Counted { at, is_open: true }).collect();
        Self { sheet, numbers, aside: Vec::new() }
    }

    /// Whether there are any.
    pub(super) fn has_numbers(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// Accounts for the numbers of a table: in rows that are known, those in columns that are; in its headings, years.
    pub(super) fn add(&mut self, table: &Table<'_>, kinds: &Kinds) {
        let (sheet, (left, right)) = (self.sheet, table.width());
        self.aside.extend(aside(sheet, table));
        let is_open = |at: CellRef| {
            if !(left..=right).contains(&at.column) {
                return true;
            }
            let is_head = (table.heads.0..=table.heads.1).contains(&at.row);
            if is_head && at.row < table.rows.0 {
                return !is_period(sheet.text(at.row, at.column));
            }
            let kind = kinds.of_row(at.row).filter(|_| (table.rows.0..table.rows.1).contains(&at.row));
            let is_known = || table.at(at.column).is_some_and(|column| column.role.is_some());
            // Numbers of columns, examples and the like are what the row is, whatever stands over them. A remark has none.
            let kind = kind.filter(|kind| **kind != RowKind::Remark);
            !kind.is_some_and(|kind| kind.is_passed_over() || is_known())
        };
        let whole = (table.heads.0.min(table.rows.0), table.rows.1.max(table.heads.1.saturating_add(1)));
        self.keep(whole, is_open);
        let is_exchanged = |(_, problem): &(CellRef, Problem)| {
            matches!(problem, Problem::Table(TableProblem::ResultUnclear { why: Unclear::Exchanged, .. }))
        };
        // The finding names all that stands below the one row that the plan names.
        if table.troubles.iter().any(is_exchanged)
            && let Some(row) = table.named.keys().next()
        {
            self.keep((row.saturating_add(1), table.rows.1), |_| false);
        }
        // A heading that was told names what stands below it; one that says that none of the table is read names all.
        let told = told_columns(table);
        if table.beyond.is_some() {
            self.keep(table.rows, |at| at.column < left);
        } else if !told.is_empty() {
            self.keep(table.rows, |at| kinds.of_row(at.row).is_none() || !told.contains(&at.column));
        }
    }

    /// Accounts for all numbers from a row on, which is named as the first that is not read.
    pub(super) fn rest(&mut self, row: u32) {
        self.keep((row, u32::MAX), |_| false);
    }

    /// Of the numbers in rows, the last one left out, those stay open that are.
    fn keep(&mut self, rows: (u32, u32), is_open: impl Fn(CellRef) -> bool) {
        let from = self.numbers.partition_point(|one| one.at.row < rows.0);
        let to = self.numbers.partition_point(|one| one.at.row < rows.1).max(from);
        for one in self.numbers.get_mut(from..to).into_iter().flatten() {
            one.is_open = one.is_open && is_open(one.at);
        }
    }

    /// The numbers that are not read and that no finding names: those of rows that are known, and those outside.
    pub(super) fn left(
        mut self,
        submission: &Submission,
        is_told: impl Fn(CellRef) -> bool,
    ) -> Vec<(CellRef, Problem)> {
        let aside = self.aside(&is_told);
        aside.into_iter().chain(self.strays(submission, is_told)).collect()
    }

    /// The numbers of rows that are known which are not read though nothing is read in their place.
    fn aside(&mut self, is_told: impl Fn(CellRef) -> bool) -> Option<(CellRef, Problem)> {
        let mut cells = std::mem::take(&mut self.aside);
        cells.retain(|at| !is_told(*at));
        cells.sort();
        let first = *cells.first()?;
        let raw = self.sheet.text(first.row, first.column).to_owned();
        let more = cells.len() - 1;
        Some((first, TableProblem::NumberAside { raw, more, areas: areas(&cells) }.into()))
    }

    /// The numbers that are left and that no finding names: the first one's cell and a finding about all of them.
    fn strays(
        self,
        submission: &Submission,
        is_told: impl Fn(CellRef) -> bool,
    ) -> Option<(CellRef, Problem)> {
        let mut open: Vec<CellRef> =
            self.numbers.iter().filter(|one| one.is_open).map(|one| one.at).collect();
        // A sheet with more strays than that is no form with a telephone number.
        if !open.is_empty() && open.len() <= MOST_LABELLED {
            open.retain(|at| !is_asked_for(self.sheet, *at));
            if !open.is_empty() {
                let fields = fields(self.sheet, submission);
                open.retain(|at| !fields.contains(at));
            }
        }
        open.retain(|at| !is_told(*at));
        let first = *open.first()?;
        let raw = self.sheet.text(first.row, first.column).to_owned();
        let more = open.len() - 1;
        Some((first, TableProblem::StrayNumber { raw, more, areas: areas(&open) }.into()))
    }
}

/// The numbers of a sheet.
pub(super) fn numbers(sheet: &Sheet) -> impl Iterator<Item = CellRef> {
    sheet.cells.iter().filter(|(_, cell)| is_number(cell)).map(|(at, _)| *at)
}

/// Numbers of indicators that are not read though nothing is read in their place: an estimate beside a result that is blank, and
/// what a second column of the year before says otherwise.
fn aside(sheet: &Sheet, table: &Table<'_>) -> Vec<CellRef> {
    let text = |row: u32, column: &Column| sheet.text(row, column.at).trim();
    let is_number_at = |row: u32, column: &Column| sheet.cell(row, column.at).is_some_and(is_number);
    let all = |role: Role| table.all(role).collect::<Vec<&Column>>();
    let (results, estimates, past) = (all(Role::Actual), all(Role::Estimate), all(Role::Previous));
    let (first, others) = (past.first().copied(), past.get(1..).unwrap_or_default());
    let mut found: Vec<(u32, &Column)> = Vec::new();
    for row in table.named.keys().copied() {
        if !results.is_empty() && results.iter().all(|column| text(row, column).is_empty()) {
            found.extend(estimates.iter().map(|column| (row, *column)));
        }
        let differs = |column: &&&Column| first.is_some_and(|first| text(row, first) != text(row, column));
        found.extend(others.iter().filter(differs).map(|column| (row, *column)));
    }
    found.retain(|(row, column)| is_number_at(*row, column));
    found.into_iter().map(|(row, column)| CellRef::new(row, column.at)).collect()
}

/// The columns that findings about headings name.
fn told_columns(table: &Table<'_>) -> BTreeSet<u32> {
    let mut unknown: BTreeSet<&str> = BTreeSet::new();
    let mut unclear: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (_, problem) in &table.troubles {
        match problem {
            Problem::Table(TableProblem::UnknownHeading { heading, .. }) => {
                unknown.insert(heading);
            }
            Problem::Table(TableProblem::ResultUnclear { columns, .. }) => {
                unclear.extend(columns.iter().map(|one| (one.cell.as_str(), one.heading.as_str())));
            }
            _ => {}
        }
    }
    let is_told = |column: &&Column| {
        (column.role.is_none() && unknown.contains(column.heading.as_str()))
            || unclear.contains(&(column.head.to_string().as_str(), column.heading.as_str()))
    };
    table.columns.iter().filter(is_told).map(|column| column.at).collect()
}

/// Whether a cell holds a number, as such or as text.
pub(super) fn is_number(cell: &Cell) -> bool {
    match &cell.content {
        Content::Number(_) => true,
        Content::Text(text) => {
            thread_local!(static NUMBERS: Memo<bool> = const { Memo::new() });
            NUMBERS.with(|numbers| numbers.of(text, || is_typed_number(text)))
        }
        _ => false,
    }
}

fn is_typed_number(text: &str) -> bool {
    if is_plain(text) {
        // A year has four digits.
        return text.len() < 4 || !is_period(text);
    }
    text.len() <= 60
        && text.trim_start().starts_with(|c: char| {
            c.is_ascii_digit() || ('０'..='９').contains(&c) || "-+－−(（〔[【．.".contains(c)
        })
        && !is_period(text)
        && matches!(read_text(text, ""), Reading::Number(_))
}

/// Whether a text consists of digits and a point and nothing else: no more needs to be looked at.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.len() <= 16 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Cells, row by row, as areas: those that follow each other in a column are one.
pub(super) fn areas(cells: &[CellRef]) -> Vec<(CellRef, CellRef)> {
    let mut columns: BTreeMap<u32, Vec<(CellRef, CellRef)>> = BTreeMap::new();
    for at in cells {
        let areas = columns.entry(at.column).or_default();
        match areas.last_mut() {
            Some((_, last)) if last.row + 1 == at.row => *last = *at,
            _ => areas.push((*at, *at)),
        }
    }
    let areas = columns.into_values().flatten();
    // Columns side by side with the same rows are one area.
    let mut joined: Vec<(CellRef, CellRef)> = Vec::new();
    for (first, last) in areas {
        match joined.last_mut() {
            Some((top, bottom))
                if top.row == first.row && bottom.row == last.row && bottom.column + 1 == first.column =>
            {
                *bottom = last;
            }
            _ => joined.push((first, last)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_areas() {
        let cells = [(2, 1), (3, 1), (2, 2), (3, 2), (9, 4)].map(|(row, column)| CellRef::new(row, column));
        let words: Vec<String> =
            areas(&cells).iter().map(|(first, last)| format!("{first}:{last}")).collect();
        assert_eq!(words, ["B3:C4", "E10:E10"]);
    }
}
