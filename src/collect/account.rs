//! Where every number of a sheet stands: in a column and row that are known, or told. No number is passed over.

use std::collections::BTreeMap;

use super::cover::fields;
use super::memo::Memo;
use super::number::{Reading, read_text};
use super::roles::Role;
use super::row_kinds::Kinds;
use super::table::{Column, Table};
use super::text::clean;
use super::timespan::period_at;
use crate::finding::{Problem, TableProblem, Unclear};
use crate::ident::CellRef;
use crate::workbook::{Cell, Content, Sheet};

/// Most numbers that are looked at for a label before them.
const MOST_LABELLED: usize = 1000;

/// The numbers of a sheet that are not accounted for.
pub(super) struct Account<'a> {
    sheet: &'a Sheet,
    open: Vec<CellRef>,
    /// Numbers of rows that are known, in columns that are known and not read for these rows, though nothing else is.
    aside: Vec<CellRef>,
}

impl<'a> Account<'a> {
    /// All numbers of a sheet.
    pub(super) fn of(sheet: &'a Sheet) -> Self {
        Self { sheet, open: numbers(sheet).collect(), aside: Vec::new() }
    }

    /// Whether there are any.
    pub(super) fn has_numbers(&self) -> bool {
        !self.open.is_empty()
    }

    /// Accounts for the numbers of a table: in rows that are known, those in columns that are; in its headings, years.
    pub(super) fn add(&mut self, table: &Table<'_>, kinds: &Kinds) {
        let (sheet, (left, right)) = (self.sheet, table.width());
        self.aside.extend(aside(sheet, table));
        let is_open = |at: &CellRef| {
            if !(left..=right).contains(&at.column) {
                return true;
            }
            let text = sheet.text(at.row, at.column);
            let is_head = (table.heads.0..=table.heads.1).contains(&at.row);
            if is_head && at.row < table.rows.0 {
                return !is_period(text);
            }
            let kind = kinds.of_row(at.row).filter(|_| (table.rows.0..table.rows.1).contains(&at.row));
            let is_known = table.at(at.column).is_some_and(|column| column.role.is_some());
            // Numbers of columns, examples and the like are what the row is, whatever stands over them.
            !kind.is_some_and(|kind| is_known || kind.is_passed_over())
        };
        self.open.retain(is_open);
        let is_exchanged = |(_, problem): &(CellRef, Problem)| {
            matches!(problem, Problem::Table(TableProblem::ResultUnclear { why: Unclear::Exchanged, .. }))
        };
        if table.troubles.iter().any(is_exchanged) {
            let (first, last) = (table.heads.0, table.rows.1);
            self.open.retain(|at| !(first..last).contains(&at.row));
        }
        // A heading that was told names what stands below it.
        for (_, problem) in &table.troubles {
            let told: Vec<u32> = match problem {
                Problem::Table(TableProblem::UnknownHeading { .. } | TableProblem::ResultUnclear { .. }) => {
                    table
                        .columns
                        .iter()
                        .filter(|column| is_named(problem, table, column.at))
                        .map(|column| column.at)
                        .collect()
                }
                _ => Vec::new(),
            };
            self.open.retain(|at| {
                let is_row = (table.rows.0..table.rows.1).contains(&at.row) && kinds.of_row(at.row).is_some();
                !(is_row && told.contains(&at.column))
            });
        }
    }

    /// The numbers that are not read and that no finding names: those of rows that are known, and those outside.
    pub(super) fn left(mut self, is_told: impl Fn(CellRef) -> bool) -> Vec<(CellRef, Problem)> {
        let aside = self.aside(&is_told);
        aside.into_iter().chain(self.strays(is_told)).collect()
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
    fn strays(mut self, is_told: impl Fn(CellRef) -> bool) -> Option<(CellRef, Problem)> {
        // A sheet with more strays than that is no form with a telephone number.
        if !self.open.is_empty() && self.open.len() <= MOST_LABELLED {
            self.open.retain(|at| !is_labelled(self.sheet, *at));
            if !self.open.is_empty() {
                let fields = fields(self.sheet);
                self.open.retain(|at| !fields.values().any(|(_, field)| field == at));
            }
        }
        self.open.retain(|at| !is_told(*at));
        let first = *self.open.first()?;
        let raw = self.sheet.text(first.row, first.column).to_owned();
        let more = self.open.len() - 1;
        Some((first, TableProblem::StrayNumber { raw, more, areas: areas(&self.open) }.into()))
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
    let mut found = Vec::new();
    for row in table.named.keys().copied() {
        let is_blank = table.all(Role::Actual).all(|column| text(row, column).is_empty());
        if is_blank && table.column(Role::Actual).is_some() {
            found.extend(table.all(Role::Estimate).map(|column| (row, column)));
        }
        let first = table.column(Role::Previous);
        let others = table.all(Role::Previous).skip(1);
        let differs = |column: &&Column| first.is_some_and(|first| text(row, first) != text(row, column));
        found.extend(others.filter(differs).map(|column| (row, column)));
    }
    found.retain(|(row, column)| is_number_at(*row, column));
    found.into_iter().map(|(row, column)| CellRef::new(row, column.at)).collect()
}

/// Whether a finding about headings names a column.
fn is_named(problem: &Problem, table: &Table<'_>, column: u32) -> bool {
    let Some(column) = table.at(column) else { return false };
    match problem {
        Problem::Table(TableProblem::UnknownHeading { heading, .. }) => {
            column.role.is_none() && column.heading == *heading
        }
        Problem::Table(TableProblem::ResultUnclear { columns, .. }) => {
            columns.iter().any(|one| one.cell == column.head.to_string() && one.heading == column.heading)
        }
        _ => false,
    }
}

/// Whether a cell holds a number, as such or as text.
fn is_number(cell: &Cell) -> bool {
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

/// Whether a text is a year or another period and nothing else.
fn is_period(text: &str) -> bool {
    let text: String = clean(text).chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace(['—', '–'], "-");
    period_at(&text).is_some_and(|(_, rest)| rest.is_empty() || rest == "度" || rest == "日")
}

/// Whether the cell before a number says that it is a telephone number, a date or the like.
fn is_labelled(sheet: &Sheet, at: CellRef) -> bool {
    const LABELS: [&str; 12] =
        ["电话", "手机", "传真", "邮编", "日期", "年度", "年份", "联系方式", "号码", "页码", "版本", "时间"];
    let before = sheet.cells.range(CellRef::new(at.row, 0)..at).next_back();
    let Some((before, cell)) = before else { return false };
    let text = clean(cell.raw());
    at.column - before.column <= 3 && LABELS.iter().any(|label| text.trim_end_matches(':').ends_with(label))
}

/// Cells, row by row, as areas: those that follow each other in a column are one.
fn areas(cells: &[CellRef]) -> Vec<(CellRef, CellRef)> {
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

    #[test]
    fn periods_are_no_numbers() {
        for (text, expected) in [
            ("2023", true),
            ("2023年", true),
            ("2023年1—12月", true),
            ("202312", true),
            ("1920", false),
            ("70001家", false),
        ] {
            assert_eq!(is_period(text), expected, "{text}");
        }
    }
}
