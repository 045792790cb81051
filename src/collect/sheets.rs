//! A workbook that counts: its visible sheets → what stands in their tables, and what stands nowhere.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::account::{Account, is_number};
use super::hidden::{Shown, shown};
use super::index::Index;
use super::layout::{HeadingAllowance, SheetTables, tables};
use super::other_value::other_value;
use super::outside::{broken_cells, changed, zero_marks};
use super::roles::Role;
use super::row_kinds::Kinds;
use super::rows::{Context, Passed, Seen, fills};
use super::table::{Table, TableSubject, headed};
use super::telling::{Reader, Readings};
use super::{Collected, PartsOfYear, Submission, UnreadRows};
use crate::finding::{
    Cause, Finding, Headed, Hidden, Object, Place, Population, Problem, ReadingProblem, RuleRuns,
    TableProblem, Unclear, bound,
};
use crate::ident::{CellRef, UnitName};
use crate::period::Period;
use crate::plan::Round;
use crate::workbook::{Book, Sheet};

/// Reads all visible sheets of a workbook that counts.
pub(super) fn read(
    index: &Index<'_>,
    readings: &Readings,
    round: &Round,
    submission: &Submission,
    book: &Book,
    collected: &mut Collected,
) {
    let Some(unit) = &submission.unit else { return };
    let reader = Reader { index, unit, readings };
    let (first, first_unread) = (collected.findings.len(), collected.unread.len());
    let allowance = HeadingAllowance::new();
    let mut seen = BTreeMap::new();
    let mut passed = Vec::new();
    let mut found_table = false;
    collected.runs.over(Population::Workbook, 1);
    collected.runs.over(Population::AnySheet, book.sheets.len());
    for (Shown { sheet, hidden, .. }, SheetTables { tables, rest }) in
        pages(index, book, round.period, &allowance)
    {
        let first_of_sheet = collected.findings.len();
        collected.runs.over(Population::Sheet, 1);
        collected.runs.over(Population::Cell, sheet.cells.len());
        found_table |= tables.iter().any(|table| table.subject != TableSubject::Evidence);
        let mut account =
            read_tables(&reader, round, submission, &sheet, &tables, (&mut seen, &mut passed), collected);
        if let Some((at, problem)) = rest {
            // Nothing further down is read: what stands there may be anything.
            found_table = true;
            account.rest(at.row);
            withhold(submission, unit, Place::cell(&submission.file, &sheet.name, at), problem, collected);
        }
        if let Some((at, problem)) = changed(&sheet) {
            found_table = true;
            withhold(submission, unit, Place::cell(&submission.file, &sheet.name, at), problem, collected);
        }
        tell(submission, &sheet, beside(&sheet, hidden), first_of_sheet, collected);
        let told: BTreeSet<CellRef> =
            collected.findings.iter().skip(first_of_sheet).filter_map(|finding| finding.at.cell).collect();
        let left = account.left(submission, |at| told.contains(&at));
        tell(submission, &sheet, left, first_of_sheet, collected);
    }
    tell_passed(submission, unit, &seen, passed, round.period, collected);
    tell_hidden(index, &allowance, submission, book, collected);
    let about_all = [
        (!found_table).then_some(TableProblem::NoTable.into()),
        book.is_linked.then_some(ReadingProblem::LinkedWorkbook.into()),
    ];
    for problem in about_all.into_iter().flatten() {
        let at = Place::file(&submission.file);
        if problem == TableProblem::NoTable.into() {
            withhold(submission, unit, at, problem, collected);
        } else {
            let finding = Finding::new(&submission.city, at, problem);
            collected.findings.push(finding.of_unit(&submission.unit));
        }
    }
    first_causes(&mut collected.unread, first_unread);
    let causes: BTreeSet<&Cause> =
        collected.unread.iter().skip(first_unread).map(|unread| &unread.cause).collect();
    bound(&mut collected.findings, first, |cause| causes.contains(cause));
}

/// Reads the tables of a sheet; its numbers that are not accounted for are returned.
fn read_tables<'s>(
    reader: &Reader<'_>,
    round: &Round,
    submission: &Submission,
    sheet: &'s Sheet,
    tables: &[Table<'_>],
    (seen, passed): (&mut Seen, &mut Vec<Passed>),
    collected: &mut Collected,
) -> Account<'s> {
    let zeros = zero_marks(sheet);
    let mut account = Account::of(sheet);
    for (at, table) in tables.iter().enumerate() {
        let earlier = tables.get(..at).unwrap_or_default();
        count(table, &mut collected.runs);
        let mut context = Context {
            round,
            index: reader.index,
            reader: *reader,
            submission,
            sheet,
            table,
            fills: fills(sheet, table),
            zeros: &zeros,
            kinds: Kinds::of(table, earlier, sheet, reader),
            earlier,
            passed: &mut *passed,
            unknown_rows: 0,
            used: OnceCell::new(),
            unit_rows: OnceCell::new(),
            collected: &mut *collected,
        };
        context.table(seen);
        account.add(table, &context.kinds);
        collected.parts.extend(parts_of_year(&submission.file, sheet, table));
    }
    account
}

/// The numbers of a table of indicators in columns for a part of the year.
fn parts_of_year(file: &str, sheet: &Sheet, table: &Table<'_>) -> Option<PartsOfYear> {
    if table.subject != TableSubject::Indicators {
        return None;
    }
    let (mut headings, mut cells) = (Vec::new(), Vec::new());
    for column in table.all(Role::PartOfYear) {
        let at = |row: &u32| CellRef::new(*row, column.at);
        let numbers =
            table.named.keys().map(at).filter(|at| sheet.cell(at.row, at.column).is_some_and(is_number));
        let before = cells.len();
        cells.extend(
            numbers.map(|at| (Place::cell(file, &sheet.name, at), sheet.text(at.row, at.column).to_owned())),
        );
        if cells.len() > before {
            headings.push(column.heading.clone());
        }
    }
    (!cells.is_empty()).then_some(PartsOfYear { headings, cells })
}

/// Counts a table and its headings.
fn count(table: &Table<'_>, runs: &mut RuleRuns) {
    runs.over(Population::Table, 1);
    match table.subject {
        TableSubject::Indicators => runs.over(Population::IndicatorTable, 1),
        TableSubject::Tasks => runs.over(Population::TaskTable, 1),
        TableSubject::Evidence => {}
    }
    runs.over(Population::Heading, table.columns.iter().filter(|column| !column.heading.is_empty()).count());
}

/// Tells of hidden sheets that hold tables or numbers.
fn tell_hidden(
    index: &Index<'_>,
    allowance: &HeadingAllowance,
    submission: &Submission,
    book: &Book,
    collected: &mut Collected,
) {
    for sheet in book.sheets.iter().filter(|sheet| !sheet.visible) {
        let found = tables(sheet, index, allowance);
        if !found.tables.is_empty() || found.rest.is_some() || Account::of(sheet).has_numbers() {
            let problem = TableProblem::HiddenTable { sheet: sheet.name.clone() }.into();
            let first_of_sheet = collected.findings.len();
            tell(submission, sheet, vec![(CellRef::new(0, 0), problem)], first_of_sheet, collected);
        }
    }
}

/// Tells why a workbook, or a part of it, is not read: whatever of the unit stands nowhere else may stand there.
fn withhold(
    submission: &Submission,
    unit: &UnitName,
    at: Place,
    problem: Problem,
    collected: &mut Collected,
) {
    let finding = Finding::new(&submission.city, at, problem);
    let cause = finding.as_cause();
    collected.unread.push(UnreadRows { unit: unit.clone(), rows: Object::Whole, cause, is_there: true });
    collected.findings.push(finding.of_unit(&submission.unit));
}

/// Of several reasons why a row was not read the first one is told.
fn first_causes(unread: &mut Vec<UnreadRows>, first: usize) {
    let mut known = BTreeSet::new();
    let own = unread.split_off(first.min(unread.len()));
    unread.extend(own.into_iter().filter(|one| known.insert((one.unit.clone(), one.rows.clone()))));
}

/// What there is to say of cells whatever the tables are: hidden, broken and damaged ones.
fn beside(sheet: &Sheet, hidden: Vec<(CellRef, Hidden)>) -> Vec<(CellRef, Problem)> {
    let hidden = hidden.into_iter().map(|(at, what)| (at, TableProblem::HiddenCells { what }.into()));
    let troubles = sheet.troubles.iter();
    let damaged =
        troubles.map(|one| (one.at, ReadingProblem::SheetDamaged { what: one.what.clone() }.into()));
    hidden.chain(broken_cells(sheet)).chain(damaged).collect()
}

/// The visible sheets as users see them, with their tables.
fn pages<'a>(
    index: &Index<'a>,
    book: &'a Book,
    asked: Period,
    allowance: &HeadingAllowance,
) -> Vec<(Shown<'a>, SheetTables<'a>)> {
    let mut pages = Vec::new();
    for whole in book.sheets.iter().filter(|sheet| sheet.visible) {
        let shown = shown(whole, index, allowance);
        let mut found = tables(&shown.sheet, index, allowance);
        found.tables.iter_mut().for_each(|table| withhold_hidden(table, &shown.results, asked));
        pages.push((shown, found));
    }
    allow_past(&mut pages);
    pages
}

/// A table about earlier years only lacks nothing where its items have rows in tables that are read.
fn allow_past(pages: &mut [(Shown<'_>, SheetTables<'_>)]) {
    let is_read = |table: &&Table<'_>| {
        table.subject == TableSubject::Indicators && table.column(Role::Actual).is_some()
    };
    let all = pages.iter().flat_map(|(_, found)| &found.tables).filter(is_read);
    let read: BTreeSet<String> =
        all.flat_map(|table| table.named.values()).map(|named| named.no().to_owned()).collect();
    for table in pages.iter_mut().flat_map(|(_, found)| &mut found.tables) {
        let is_past =
            table.columns.iter().any(|column| matches!(column.role, Some(Role::Previous | Role::OtherYear)));
        if is_past && table.named.values().all(|named| read.contains(named.no())) {
            table.troubles.retain(|(_, problem)| {
                !matches!(problem, Problem::Table(TableProblem::ResultUnclear { columns, why: Unclear::Headings, .. }) if columns.is_empty())
            });
        }
    }
}

/// A table whose result stands in a hidden column has none to be read.
fn withhold_hidden(table: &mut Table<'_>, results: &[(u32, Headed)], asked: Period) {
    let Some((_, hidden)) = results.iter().find(|(row, _)| *row == table.heads.0) else { return };
    let Some(at) = table.column(Role::Actual).map(|column| column.head) else { return };
    let seen = table.column(Role::Actual).map(headed);
    for column in table.columns.iter_mut().filter(|column| column.role == Some(Role::Actual)) {
        column.role = Some(Role::Unused);
    }
    table.is_copied = None;
    table
        .troubles
        .retain(|(_, problem)| !matches!(problem, Problem::Table(TableProblem::CopiedColumn { .. })));
    let columns = std::iter::once(hidden.clone()).chain(seen).collect();
    table.troubles.push((at, TableProblem::ResultUnclear { asked, columns, why: Unclear::Hidden }.into()));
}

/// Tells of rows that were passed over because of a text around them, where the workbook has no other row of their item;
/// one finding for each text.
fn tell_passed(
    submission: &Submission,
    unit: &UnitName,
    seen: &Seen,
    passed: Vec<Passed>,
    asked: Period,
    collected: &mut Collected,
) {
    let mut told: Vec<Place> = Vec::new();
    for (no, at, raw) in passed {
        let rows = Object::Indicator(no);
        if seen.contains_key(&rows) {
            continue;
        }
        let finding = Finding::new(&submission.city, at.clone(), other_value(raw, asked));
        let cause = finding.as_cause();
        if !told.contains(&at) {
            told.push(at);
            collected.findings.push(finding.of_unit(unit));
        }
        collected.unread.push(UnreadRows { unit: unit.clone(), rows, cause, is_there: true });
    }
}

/// Reports what there is to say of cells of a sheet, whose findings begin at `first`, unless the same has been said of one with its indicator.
fn tell(
    submission: &Submission,
    sheet: &Sheet,
    problems: Vec<(CellRef, Problem)>,
    first: usize,
    collected: &mut Collected,
) {
    let mut said: BTreeMap<CellRef, Vec<Problem>> = BTreeMap::new();
    if problems.is_empty() {
        return;
    }
    for known in collected.findings.iter().skip(first) {
        let at = known.at.cell.map(|at| said.entry(at).or_default());
        at.into_iter().for_each(|said| said.push(known.problem.clone()));
    }
    for (at, problem) in problems {
        let is_of_cell = matches!(
            problem,
            Problem::Reading(ReadingProblem::DamagedCell { .. } | ReadingProblem::PictureCell)
        );
        let is_same = |known: &Problem| {
            if is_of_cell { known.code() == problem.code() } else { *known == problem }
        };
        let said = said.entry(at).or_default();
        if !said.iter().any(is_same) {
            said.push(problem.clone());
            let at = Place::cell(&submission.file, &sheet.name, at);
            collected.findings.push(Finding::new(&submission.city, at, problem).of_unit(&submission.unit));
        }
    }
}
