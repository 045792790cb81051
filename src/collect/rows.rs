//! The rows of a workbook's tables → observations, task reports and evidence.

use std::collections::BTreeMap;

use super::arithmetic::{self, Kind, Line};
use super::headings::Role;
use super::hidden::shown;
use super::index::Index;
use super::layout::{Layout, Subject, Table, tables};
use super::outside::{broken_cells, numbers_among_marks, stray_numbers, zero_marks};
use super::text::{clean, name_key, nearest, split_unit, tidy};
use super::{Collected, Evidence, Progress, Submission, TaskReport};
use crate::finding::{Finding, Place, Problem, task_label};
use crate::ident::CellRef;
use crate::plan::{Indicator, Round};
use crate::workbook::{Area, Book, Sheet};

/// Most cells of a table that take their text from a merged one.
const MOST_FILLS: usize = 1_000_000;

/// Reads all visible sheets of a workbook that counts.
pub(super) fn read(
    index: &Index<'_>,
    round: &Round,
    submission: &Submission,
    book: &Book,
    collected: &mut Collected,
) {
    let mut seen = BTreeMap::new();
    let mut found_table = false;
    for whole in book.sheets.iter().filter(|sheet| sheet.visible) {
        let (sheet, hidden) = shown(whole, round.year);
        let tables = tables(&sheet, round.year);
        let zeros = zero_marks(&sheet);
        for table in &tables {
            found_table |= table.subject != Subject::Evidence;
            let mut context = Context {
                round,
                index,
                submission,
                sheet: &sheet,
                table,
                fills: fills(&sheet, table),
                zeros: &zeros,
                collected: &mut *collected,
            };
            context.table(&mut seen);
        }
        let mut beside: Vec<(CellRef, Problem)> =
            hidden.into_iter().map(|(at, what)| (at, Problem::HiddenCells { what })).collect();
        if submission.unit_at.sheet != sheet.name || !tables.is_empty() {
            beside.extend(stray_numbers(&sheet, &tables));
        }
        beside.extend(broken_cells(&sheet));
        let troubles = sheet.troubles.iter();
        beside.extend(troubles.map(|one| (one.at, Problem::SheetDamaged { what: one.what.clone() })));
        for (at, problem) in beside {
            tell(submission, &sheet, at, problem, collected);
        }
    }
    for sheet in book.sheets.iter().filter(|sheet| !sheet.visible) {
        if !tables(sheet, round.year).is_empty() {
            let problem = Problem::HiddenTable { sheet: sheet.name.clone() };
            tell(submission, sheet, CellRef::new(0, 0), problem, collected);
        }
    }
    let about_all =
        [(!found_table).then_some(Problem::NoTable), book.is_linked.then_some(Problem::LinkedWorkbook)];
    for problem in about_all.into_iter().flatten() {
        let finding = Finding::new(&submission.city, Place::file(&submission.file), problem);
        collected.findings.push(finding.of_unit(&submission.unit));
    }
}

/// Reports something about a cell, unless the same has been said of it with its indicator.
fn tell(submission: &Submission, sheet: &Sheet, at: CellRef, problem: Problem, collected: &mut Collected) {
    let at = Place::cell(&submission.file, &sheet.name, at);
    let is_of_cell = matches!(problem, Problem::DamagedCell { .. } | Problem::PictureCell);
    let said = |known: &Finding| {
        let same = if is_of_cell { known.problem.code() == problem.code() } else { known.problem == problem };
        known.at == at && same
    };
    if !collected.findings.iter().any(said) {
        collected.findings.push(Finding::new(&submission.city, at, problem).of_unit(&submission.unit));
    }
}

/// Merged cells in columns that say something about a value: those below take the text of the first.
fn fills(sheet: &Sheet, table: &Table) -> BTreeMap<CellRef, CellRef> {
    let is_value = |role: &Role| {
        matches!(role, Role::Actual | Role::Previous | Role::State | Role::Progress | Role::Flag)
    };
    let labels: Vec<u32> =
        table.columns.iter().filter(|(role, _)| !is_value(role)).map(|(_, column)| *column).collect();
    let (first, last) = table.rows;
    let areas = sheet.merges.range(CellRef::new(first, 0)..CellRef::new(last.max(first), 0));
    let areas = areas.map(|(_, area)| *area).filter(|area| labels.contains(&area.first.column));
    let below = |area: Area| {
        let rows = area.first.row + 1..=area.last.row.min(last);
        rows.map(move |row| (CellRef::new(row, area.first.column), area.first))
    };
    areas.flat_map(below).take(MOST_FILLS).collect()
}

/// Where the first row of an indicator or task stands, and its text, by number or task label.
type Seen = BTreeMap<String, (String, String)>;

/// A table of a workbook that is being read.
pub(super) struct Context<'a> {
    pub round: &'a Round,
    pub index: &'a Index<'a>,
    pub submission: &'a Submission,
    pub sheet: &'a Sheet,
    pub table: &'a Table,
    /// Cells that take their text from above, because they are merged with it.
    pub fills: BTreeMap<CellRef, CellRef>,
    /// Marks that mean zero on this sheet.
    pub zeros: &'a [String],
    pub collected: &'a mut Collected,
}

impl<'a> Context<'a> {
    /// Reads the table.
    fn table(&mut self, seen: &mut Seen) {
        let table = self.table;
        self.collected.layouts.push(Layout::of(&self.submission.file, &self.sheet.name, table));
        let rows = self.rows();
        for row in &rows {
            match table.subject {
                Subject::Indicators => self.indicator(*row, seen),
                Subject::Tasks => self.task(*row, seen),
                Subject::Evidence => self.evidence(*row),
            }
        }
        if table.subject != Subject::Indicators {
            return;
        }
        let lines: Vec<Line> = rows.iter().filter_map(|row| self.line(*row)).collect();
        for (row, problem) in arithmetic::check(&lines) {
            let at = self.place(row, Role::Actual);
            self.report(at, "", problem);
        }
        if let Some(column) = table.columns.get(&Role::Flag) {
            for (at, problem) in numbers_among_marks(self.sheet, *column, table) {
                let at = Place::cell(&self.submission.file, &self.sheet.name, at);
                self.report(at, "", problem);
            }
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
        let column = self.table.columns.get(&role).or_else(|| self.table.columns.get(&Role::Name));
        let cell = CellRef::new(row, column.copied().unwrap_or(0));
        Place::cell(&self.submission.file, &self.sheet.name, cell)
    }

    /// The text of a row's cell. What says something about a value may be merged over several rows; values and states
    /// belong to one row only.
    pub(super) fn text(&self, row: u32, role: Role) -> String {
        let Some(column) = self.table.columns.get(&role) else { return String::new() };
        let at = CellRef::new(row, *column);
        let at = self.fills.get(&at).copied().unwrap_or(at);
        self.sheet.text(at.row, at.column)
    }

    pub(super) fn report(&mut self, at: Place, no: &str, problem: Problem) {
        let finding = Finding::new(&self.submission.city, at, problem);
        self.collected.findings.push(finding.of_unit(&self.submission.unit).of_indicator(no));
    }

    fn indicator(&mut self, row: u32, seen: &mut Seen) {
        let Some(indicator) = self.matched(row) else { return };
        if self.is_repeated(row, Role::Actual, &indicator.no, seen) {
            return;
        }
        if !indicator.reporters.contains(&self.submission.unit) {
            if !self.text(row, Role::Actual).trim().is_empty() {
                let units = indicator.reporters.join("、");
                let at = self.place(row, Role::Actual);
                self.report(at, &indicator.no, Problem::NotItsIndicator { units });
            }
            return;
        }
        self.observe(row, indicator, Role::Actual);
        if self.table.columns.contains_key(&Role::Previous) {
            self.observe(row, indicator, Role::Previous);
        }
    }

    /// Whether an indicator or task stood in an earlier row already, which is reported.
    fn is_repeated(&mut self, row: u32, role: Role, label: &str, seen: &mut Seen) -> bool {
        let at = self.place(row, role);
        let here = self.text(row, role).trim().to_owned();
        let Some((first, there)) = seen.get(label).cloned() else {
            seen.insert(label.to_owned(), (format!("{}!{}", at.sheet, at.address()), here));
            return false;
        };
        let problem = if here.is_empty() || there == here {
            Problem::RepeatedRow { first }
        } else {
            Problem::RepeatedRowDiffers { first, there, here }
        };
        self.report(at, label, problem);
        true
    }

    /// The indicator that a row means: number and name must agree when both are given.
    fn matched(&mut self, row: u32) -> Option<&'a Indicator> {
        let plan = self.index.plan;
        let no = name_key(&self.text(row, Role::No));
        let raw = self.text(row, Role::Name);
        let (label, _) = split_unit(&raw);
        let key = name_key(&label);
        let has_value = !self.text(row, Role::Actual).trim().is_empty();
        let known = || plan.indicators_of(self.round.year);
        let by_no = self.index.numbered(&no);
        let by_name = self.index.named(&key);
        match (by_no, by_name) {
            (Some(one), Some(other)) if one.no == other.no => Some(one),
            // The same name may belong to a row and to a target in prose: the number decides.
            (Some(one), Some(_)) if self.index.is_called(one, &key) => Some(one),
            (Some(_), Some(other)) => {
                let at = self.place(row, Role::No);
                let problem =
                    Problem::NumberAndNameDiffer { no: self.text(row, Role::No), by_name: other.no.clone() };
                self.report(at, &other.no, problem);
                None
            }
            (Some(one), None) if key.is_empty() => Some(one),
            (None, Some(other)) if no.is_empty() => Some(other),
            (None, Some(other)) => Some(other),
            _ => {
                if has_value && arithmetic::kind(&raw) == Kind::Item {
                    let names = known().map(|indicator| indicator.name.as_str());
                    let suggestion = nearest(&label, names);
                    let text = if key.is_empty() { self.unnamed(row) } else { clean(&raw) };
                    let problem = Problem::UnknownRow { text, suggestion };
                    let at = self.place(row, Role::Name);
                    self.report(at, "", problem);
                }
                None
            }
        }
    }

    /// What a row without a name shows.
    fn unnamed(&self, row: u32) -> String {
        match clean(&self.text(row, Role::No)) {
            no if no.is_empty() => format!("（无序号和名称）{}", clean(&self.text(row, Role::Actual))),
            no => no,
        }
    }

    fn task(&mut self, row: u32, seen: &mut Seen) {
        let no = clean(&self.text(row, Role::No));
        let raw = self.text(row, Role::Name);
        let key = name_key(&raw);
        let tasks = &self.index.plan.tasks;
        let by_no = tasks.iter().find(|task| task.no == no);
        let by_name = tasks.iter().find(|task| name_key(&task.title) == key);
        if let (Some(one), Some(other)) = (by_no, by_name)
            && one.no != other.no
        {
            let problem = Problem::NumberAndNameDiffer { no, by_name: other.no.clone() };
            self.report(self.place(row, Role::No), &task_label(&other.no), problem);
            return;
        }
        let is_blank = self.text(row, Role::State).trim().is_empty();
        let Some(task) = by_no.or(by_name) else {
            if !is_blank {
                let suggestion = nearest(&raw, tasks.iter().map(|task| task.title.as_str()));
                let problem = Problem::UnknownRow { text: clean(&format!("{no} {raw}")), suggestion };
                let at = self.place(row, Role::Name);
                self.report(at, "", problem);
            }
            return;
        };
        let units = self.index.plan.task_reporters(task);
        if !units.contains(&self.submission.unit) {
            if !is_blank {
                let at = self.place(row, Role::Name);
                self.report(at, &task_label(&task.no), Problem::NotItsIndicator { units: units.join("、") });
            }
            return;
        }
        if self.is_repeated(row, Role::State, &task_label(&task.no), seen) {
            return;
        }
        self.collected.tasks.push(TaskReport {
            unit: self.submission.unit.clone(),
            no: task.no.clone(),
            raw: self.text(row, Role::State),
            progress: progress(&self.text(row, Role::State)),
            text: tidy(&self.text(row, Role::Progress)),
            evidence: references(&self.text(row, Role::Evidence)),
            at: self.place(row, Role::State),
            text_at: self.place(row, Role::Progress),
            evidence_at: self.place(row, Role::Evidence),
        });
    }

    fn evidence(&mut self, row: u32) {
        let by_role = [Role::Evidence, Role::No].map(|role| clean(&self.text(row, role)));
        let no = by_role.into_iter().find(|no| !no.is_empty()).unwrap_or_default();
        let title = tidy(&self.text(row, Role::Name));
        if !no.is_empty() && !title.is_empty() {
            self.collected.evidence.push(Evidence {
                unit: self.submission.unit.clone(),
                no,
                title,
                document: tidy(&self.text(row, Role::Document)),
            });
        }
    }
}

fn progress(text: &str) -> Progress {
    match name_key(text).as_str() {
        "" => Progress::Blank,
        "完成" | "已完成" => Progress::Done,
        "推进中" | "正在推进" | "进行中" | "持续推进" => Progress::Ongoing,
        "未启动" | "未开展" => Progress::NotStarted,
        _ => Progress::Unknown(clean(text)),
    }
}

/// Numbers of pieces of evidence: `Z1、Z3`.
pub(super) fn references(text: &str) -> Vec<String> {
    let text = clean(text);
    let parts = text.split(['、', ',', ';', ' ', '\n']).map(str::trim);
    parts
        .filter(|part| !part.is_empty() && *part != "-" && *part != "无" && *part != "—")
        .map(str::to_owned)
        .collect()
}
