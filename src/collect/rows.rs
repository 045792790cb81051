//! The rows of a workbook's tables → observations, task reports and evidence.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::arithmetic;
use super::around::{MOST_NOTES, other_title};
use super::index::{Index, Named};
use super::likeness::like;
use super::other_value::other_value;
use super::outside::numbers_among_marks;
pub(super) use super::references::references;
use super::result::across;
use super::roles::Role;
use super::row_kinds::{Kinds, RowKind};
use super::table::{Layout, Table, TableSubject};
use super::telling::Reader;
use super::text::{clean, name_key, split_unit};
use super::{Collected, Submission, UnreadRows};
use crate::finding::{Cause, Finding, Object, Place, Population, Problem, TableProblem, Unclear};
use crate::ident::{CellRef, IndicatorNo};
use crate::plan::{Indicator, Round};
use crate::workbook::{Area, Sheet};

/// Most cells of a table that take their text from a merged one.
const MOST_FILLS: usize = 1_000_000;
/// Rows of a table that the plan does not know, told one by one.
pub(super) const MOST_UNKNOWN_ROWS: usize = 20;

/// Merged cells in columns that say something about a value: those below take the text of the first.
pub(super) fn fills(sheet: &Sheet, table: &Table<'_>) -> BTreeMap<CellRef, CellRef> {
    let is_value = |role: Role| {
        matches!(role, Role::Actual | Role::Previous | Role::State | Role::Progress | Role::Flag)
    };
    let labels: Vec<u32> = table
        .columns
        .iter()
        .filter(|column| column.role.is_some_and(|role| !is_value(role)))
        .map(|column| column.at)
        .collect();
    let (first, last) = table.rows;
    let areas = sheet.merges.range(CellRef::new(first, 0)..CellRef::new(last.max(first), 0));
    let areas = areas.map(|(_, area)| *area).filter(|area| labels.contains(&area.first.column));
    let below = |area: Area| {
        let rows = area.first.row + 1..=area.last.row.min(last);
        rows.map(move |row| (CellRef::new(row, area.first.column), area.first))
    };
    areas.flat_map(below).take(MOST_FILLS).collect()
}

/// Where the first row of an indicator or task stands, and its text.
pub(super) type Seen = BTreeMap<Object, (String, String)>;

/// A row of the plan that was passed over because of a text, by its number: the place of the text, and the text.
pub(super) type Passed = (IndicatorNo, Place, String);

/// A table of a workbook that is being read.
pub(super) struct Context<'a> {
    pub round: &'a Round,
    pub index: &'a Index<'a>,
    /// How texts beside numbers are read.
    pub reader: Reader<'a>,
    pub submission: &'a Submission,
    pub sheet: &'a Sheet,
    pub table: &'a Table<'a>,
    /// Cells that take their text from above, because they are merged with it.
    pub fills: BTreeMap<CellRef, CellRef>,
    /// Marks that mean zero on this sheet.
    pub zeros: &'a [String],
    /// What each row is.
    pub kinds: Kinds,
    /// The tables before it on the sheet.
    pub earlier: &'a [Table<'a>],
    /// Rows that are passed over because of a text.
    pub passed: &'a mut Vec<Passed>,
    /// Rows that were told as unknown.
    pub unknown_rows: usize,
    /// Columns in which something stands in the rows that the plan names.
    pub used: OnceCell<BTreeSet<u32>>,
    /// Rows that name a unit for those below.
    pub unit_rows: OnceCell<Vec<(u32, String)>>,
    pub collected: &'a mut Collected,
}

impl<'a> Context<'a> {
    /// Reads the table.
    pub(super) fn table(&mut self, seen: &mut Seen) {
        let table = self.table;
        let rows = self.rows();
        let cause = self.troubles();
        let first = self.collected.observations.len();
        for row in &rows {
            match table.subject {
                TableSubject::Indicators => self.indicator(*row, seen, cause.as_ref()),
                TableSubject::Tasks => self.task(*row, seen, cause.as_ref()),
                TableSubject::Evidence if cause.is_none() => self.evidence(*row),
                TableSubject::Evidence => {}
            }
        }
        self.doubt_copies(first);
        let rows_as_read = self.kinds.numbered();
        self.collected.layouts.push(Layout::of(&self.submission.file, &self.sheet.name, table, rows_as_read));
        if table.subject != TableSubject::Indicators {
            return;
        }
        for (row, problem) in arithmetic::check(&self.lines(&rows), &mut self.collected.runs) {
            let at = self.place(row, Role::Actual);
            self.report(at, Object::Whole, problem);
        }
        if let Some(column) = table.column(Role::Flag) {
            for (at, problem) in numbers_among_marks(self.sheet, column.at, table) {
                let at = Place::cell(&self.submission.file, &self.sheet.name, at);
                self.report(at, Object::Whole, problem);
            }
        }
    }

    /// Reports what there is to say of the headings; the cause is returned when no row can be read.
    fn troubles(&mut self) -> Option<Cause> {
        let mut cause = None;
        let mut told: Vec<(CellRef, Problem)> = self.table.troubles.clone();
        let title = other_title(self.sheet, self.table, self.earlier, &self.reader)
            .filter(|_| !self.kinds.all_are_examples(self.table))
            .or_else(|| self.kinds.other_note());
        told.extend(
            title
                .map(|(at, title)| (at, TableProblem::OtherTitle { title, asked: self.round.period }.into())),
        );
        let crowd = self.kinds.crowd.map(|at| (at, TableProblem::TooManyNotes { most: MOST_NOTES }.into()));
        told.extend(crowd);
        for (at, problem) in told {
            let is_beyond = matches!(
                problem,
                Problem::Table(TableProblem::TooManyColumns { .. } | TableProblem::TooManyNotes { .. })
            );
            let stops = matches!(
                problem,
                Problem::Table(
                    TableProblem::ResultUnclear { .. }
                        | TableProblem::SinglePeriod { .. }
                        | TableProblem::StateColumnUnclear { .. }
                        | TableProblem::OtherTitle { .. }
                )
            ) || is_beyond;
            let at = Place::cell(&self.submission.file, &self.sheet.name, at);
            let finding = Finding::new(&self.submission.city, at, problem).of_unit(self.reader.unit);
            if stops {
                cause = cause.or_else(|| Some(finding.as_cause()));
            }
            if matches!(
                finding.problem,
                Problem::Table(TableProblem::ResultUnclear { why: Unclear::Exchanged, .. })
            ) {
                let all = across(self.sheet, self.table, self.index);
                all.iter().for_each(|object| self.unread(object.clone(), &finding.as_cause()));
            }
            if is_beyond {
                self.unread(Object::Whole, &finding.as_cause());
            }
            self.collected.findings.push(finding);
        }
        cause
    }

    /// Values that are all the plan's targets or last year's: each is in doubt until that is settled.
    fn doubt_copies(&mut self, first: usize) {
        let is_cause = |problem: &Problem| {
            matches!(problem, Problem::Table(TableProblem::CopiedColumn { is_certain: false, .. }))
        };
        let Some((at, problem)) = self.table.troubles.iter().find(|(_, problem)| is_cause(problem)) else {
            return;
        };
        let at = Place::cell(&self.submission.file, &self.sheet.name, *at);
        let cause = Cause { code: problem.code(), at };
        let doubted: Vec<(Place, IndicatorNo)> = self
            .collected
            .observations
            .iter()
            .skip(first)
            .filter(|seen| seen.is_current && seen.value.is_some())
            .map(|seen| (seen.at.clone(), seen.no.clone()))
            .collect();
        for (at, no) in doubted {
            let finding = Finding::new(&self.submission.city, at, problem.clone());
            let finding = finding.of_unit(self.reader.unit).of_indicator(&no);
            self.collected.findings.push(finding.because(Some(cause.clone())));
        }
    }

    /// Rows of the table that hold anything.
    fn rows(&self) -> Vec<u32> {
        let (first, last) = self.table.rows;
        let mut rows: Vec<u32> = self.sheet.within((first, last)).map(|(at, _)| at.row).collect();
        rows.dedup();
        rows
    }

    pub(super) fn place(&self, row: u32, role: Role) -> Place {
        let name = || self.table.names.first().copied();
        let column = self.table.column(role).map(|column| column.at).or_else(name);
        let cell = CellRef::new(row, column.unwrap_or(0));
        Place::cell(&self.submission.file, &self.sheet.name, cell)
    }

    /// The cell of a row that holds something of it, also where it is merged over several rows; `None` without such a column.
    pub(super) fn cell_of(&self, row: u32, role: Role) -> Option<CellRef> {
        let column = match role {
            Role::Name => {
                self.table.names.iter().copied().find(|at| !self.sheet.text(row, *at).trim().is_empty())?
            }
            _ => self.table.column(role)?.at,
        };
        let at = CellRef::new(row, column);
        Some(self.fills.get(&at).copied().unwrap_or(at))
    }

    /// The text of a row's cell. What says something about a value may be merged over several rows; values and states
    /// belong to one row only.
    pub(super) fn text(&self, row: u32, role: Role) -> Cow<'a, str> {
        if role == Role::Name {
            return Cow::Borrowed(self.name(row));
        }
        let Some(column) = self.table.column(role) else { return Cow::Borrowed("") };
        let at = CellRef::new(row, column.at);
        let at = self.fills.get(&at).copied().unwrap_or(at);
        let cell = self.sheet.cell(at.row, at.column);
        match (cell, role) {
            (None, _) => Cow::Borrowed(""),
            (Some(cell), Role::No) => Cow::Owned(cell.shown()),
            (Some(cell), _) => Cow::Borrowed(cell.raw()),
        }
    }

    /// The name of a row: of several columns of names the last one that is filled.
    fn name(&self, row: u32) -> &'a str {
        if let [only] = self.table.names[..] {
            let at = CellRef::new(row, only);
            let at = self.fills.get(&at).copied().unwrap_or(at);
            return self.sheet.text(at.row, at.column);
        }
        let mut columns = self.table.names.clone();
        columns.sort_unstable();
        let text = |column: &u32| {
            let at = CellRef::new(row, *column);
            self.sheet.text(at.row, at.column)
        };
        columns.iter().rev().map(text).find(|text| !text.trim().is_empty()).unwrap_or_default()
    }

    pub(super) fn report(&mut self, at: Place, object: Object, problem: Problem) {
        let finding = Finding::new(&self.submission.city, at, problem);
        self.collected.findings.push(finding.of_unit(self.reader.unit).of(object));
    }

    fn indicator(&mut self, row: u32, seen: &mut Seen, cause: Option<&Cause>) {
        let kind = self.kinds.of_row(row).cloned();
        if kind.as_ref().is_some_and(RowKind::is_passed_over) {
            self.pass_over(row);
            return;
        }
        let Some(indicator) = self.matched(row) else { return };
        if kind != Some(RowKind::YearBefore) {
            self.kinds.set(row, RowKind::Item(indicator.no.to_string()));
        }
        let is_own = indicator.reporters.contains(self.reader.unit);
        if let Some(cause) = cause {
            if is_own {
                self.unread((&indicator.no).into(), cause);
            }
            return;
        }
        if self.table.column(Role::Actual).is_none() {
            return;
        }
        if kind == Some(RowKind::YearBefore) {
            if is_own {
                self.observe(row, indicator, Role::Actual, Some(self.round.year_before()));
            }
            return;
        }
        self.collected.runs.over(Population::Item, 1);
        if self.is_repeated(row, Role::Actual, &(&indicator.no).into(), seen) {
            return;
        }
        if !is_own {
            if !self.text(row, Role::Actual).trim().is_empty() {
                let units = indicator.reporters.clone();
                let at = self.place(row, Role::Actual);
                self.report(at, (&indicator.no).into(), TableProblem::NotItsIndicator { units }.into());
            }
            return;
        }
        if kind == Some(RowKind::PartOfYear) {
            let (at, raw) = self.period(row);
            let problem: Problem = other_value(raw, self.round.period);
            let finding = Finding::new(&self.submission.city, at.clone(), problem.clone());
            self.report(at, (&indicator.no).into(), problem);
            self.unread((&indicator.no).into(), &finding.as_cause());
            return;
        }
        self.observe(row, indicator, Role::Actual, None);
        if self.table.column(Role::Previous).is_some() {
            self.observe(row, indicator, Role::Previous, None);
        }
    }

    /// Remembers a row of the unit's own that is passed over because of a text.
    fn pass_over(&mut self, row: u32) {
        let (Some(Named::Indicator(indicator)), Some((at, text))) =
            (self.table.named.get(&row), self.kinds.reason(row).cloned())
        else {
            return;
        };
        if indicator.reporters.contains(self.reader.unit) {
            let at = Place::cell(&self.submission.file, &self.sheet.name, at);
            self.collected.runs.over(Population::Item, 1);
            self.passed.push((indicator.no.clone(), at, text));
        }
    }

    /// Remembers that a row stands there and could not be read.
    pub(super) fn unread(&mut self, rows: Object, cause: &Cause) {
        let unit = self.reader.unit.clone();
        self.collected.unread.push(UnreadRows { unit, rows, cause: cause.clone(), is_there: true });
    }

    /// Whether an indicator or task stood in an earlier row already, which is reported.
    pub(super) fn is_repeated(&mut self, row: u32, role: Role, object: &Object, seen: &mut Seen) -> bool {
        let at = self.place(row, role);
        let here = self.text(row, role).trim().to_owned();
        let Some((first, there)) = seen.get(object).cloned() else {
            seen.insert(object.clone(), (format!("{}!{}", at.sheet, at.address()), here));
            return false;
        };
        if there.is_empty() && !here.is_empty() {
            // An empty form before the one that is filled in says nothing.
            let of_unit = self.reader.unit;
            let (indicator, task) = (object.indicator(), object.task());
            self.collected.observations.retain(|seen| Some(&seen.no) != indicator || seen.unit != *of_unit);
            self.collected.tasks.retain(|report| Some(&report.no) != task || report.unit != *of_unit);
            seen.insert(object.clone(), (format!("{}!{}", at.sheet, at.address()), here));
            return false;
        }
        // A blank row behind a filled one of the same table: the first may be an example that was left in.
        let is_named = self.table.names.iter().any(|column| !self.sheet.text(row, *column).trim().is_empty());
        let is_left =
            here != there && here.is_empty() && is_named && first.starts_with(&format!("{}!", at.sheet));
        let problem = if is_left {
            TableProblem::RepeatedRowDiffers { first, there, here }.into()
        } else if here.is_empty() || there == here {
            TableProblem::RepeatedRow { first }.into()
        } else {
            TableProblem::RepeatedRowDiffers { first, there, here }.into()
        };
        self.report(at, object.clone(), problem);
        true
    }

    /// The indicator that a row means: number and name must agree when both are given, unless the numbers only count the
    /// rows of the table.
    fn matched(&mut self, row: u32) -> Option<&'a Indicator> {
        let no = if self.table.is_numbered { String::new() } else { name_key(&self.text(row, Role::No)) };
        let raw = self.text(row, Role::Name);
        let by_no = self.index.numbered(&no);
        self.collected.runs.over(Population::Row, 1);
        let by_name = match self.table.named.get(&row) {
            Some(Named::Indicator(indicator)) => Some(*indicator),
            _ => None,
        };
        match (by_no, by_name) {
            (Some(one), Some(other)) if one.no == other.no => Some(one),
            // The same name may belong to a row and to a target in prose: the number decides.
            (Some(one), Some(_)) if self.index.is_called(one, &raw) => Some(one),
            (Some(_), Some(other)) => {
                let at = self.place(row, Role::No);
                let problem = TableProblem::NumberAndNameDiffer {
                    no: self.text(row, Role::No).into_owned(),
                    by_name: other.no.to_string(),
                }
                .into();
                let finding = Finding::new(&self.submission.city, at, problem)
                    .of_unit(self.reader.unit)
                    .of_indicator(&other.no);
                if other.reporters.contains(self.reader.unit) {
                    self.unread((&other.no).into(), &finding.as_cause());
                }
                self.collected.findings.push(finding);
                self.kinds.set(row, RowKind::Unknown);
                None
            }
            (Some(one), None) if name_key(&split_unit(&raw).0).is_empty() => Some(one),
            (None, Some(other)) => Some(other),
            _ => {
                let value = self.text(row, Role::Actual);
                let is_filled = !value.trim().is_empty();
                if is_filled && self.unknown_rows >= MOST_UNKNOWN_ROWS {
                    self.collected.runs.failed("L204", 1);
                } else if is_filled {
                    // What a row may mean is looked for only where it is told.
                    let suggestion = self.suggested(by_no, &split_unit(&raw).0);
                    let is_unnamed = name_key(&split_unit(&raw).0).is_empty();
                    let of_year = self.due_later(row, &split_unit(&raw).0);
                    let (text, is_value) =
                        if is_unnamed { self.unnamed(row, &value) } else { (clean(&raw), false) };
                    self.unknown_row(
                        row,
                        true,
                        TableProblem::UnknownRow { text, is_value, suggestion, of_year }.into(),
                    );
                }
                None
            }
        }
    }

    /// The indicator that a row is like, by name: that of its number first, then those that the unit reports, then all.
    fn suggested(&self, by_no: Option<&Indicator>, name: &str) -> Option<String> {
        let unit = self.reader.unit;
        let all = || self.index.plan.indicators_of(self.round.year());
        let own = all().filter(|one| one.reporters.contains(unit)).map(|one| one.name.as_str());
        let by_no = like(name, by_no.into_iter().map(|one| one.name.as_str()));
        by_no.or_else(|| like(name, own)).or_else(|| like(name, all().map(|one| one.name.as_str())))
    }

    /// Reports a row that is none of the plan's, when a value stands there.
    pub(super) fn unknown_row(&mut self, row: u32, has_value: bool, problem: Problem) {
        if !has_value || self.unknown_rows >= MOST_UNKNOWN_ROWS {
            return;
        }
        self.unknown_rows += 1;
        self.kinds.set(row, RowKind::Unknown);
        let at = self.place(row, Role::Name);
        self.report(at, Object::Whole, problem);
    }

    /// The year of the target that a row names, where that is none of the round's.
    fn due_later(&self, row: u32, name: &str) -> Option<i32> {
        let (no, name) = (clean(&self.text(row, Role::No)), name_key(name));
        let mut other = self.index.plan.indicators.iter().filter(|one| !one.has_target_in(self.round.year()));
        let named =
            other.find(|one| one.no.as_str() == no || (!name.is_empty() && name_key(&one.name) == name));
        named?.targets.iter().map(|target| target.year).min()
    }

    /// What a row without a name shows: its number, else its value.
    fn unnamed(&self, row: u32, value: &str) -> (String, bool) {
        match clean(&self.text(row, Role::No)) {
            no if no.is_empty() => (clean(value), true),
            no => (no, false),
        }
    }
}
