//! The rows of a workbook's tables → observations, task reports and evidence.

use std::collections::BTreeMap;

use super::headings::Role;
use super::layout::{Subject, Table, tables};
use super::number::{self, Reading};
use super::text::{clean, name_key, nearest, split_unit, tidy, years_in};
use super::{Collected, Evidence, Observation, Progress, Submission, TaskReport, Vintage};
use crate::finding::{Finding, Place, Problem, task_label};
use crate::ident::CellRef;
use crate::plan::{Indicator, Plan, Round};
use crate::quantity::Unit;
use crate::workbook::{Book, Sheet};

/// Reads all visible sheets of a workbook that counts.
pub(super) fn read(
    plan: &Plan,
    round: &Round,
    submission: &Submission,
    book: &Book,
    collected: &mut Collected,
) {
    let mut seen = BTreeMap::new();
    let mut found_table = false;
    for sheet in book.sheets.iter().filter(|sheet| sheet.visible) {
        for table in tables(sheet, round.year) {
            found_table |= table.subject != Subject::Evidence;
            let mut context =
                Context { plan, round, submission, sheet, table: &table, collected: &mut *collected };
            for row in context.rows() {
                match table.subject {
                    Subject::Indicators => context.indicator(row, &mut seen),
                    Subject::Tasks => context.task(row, &mut seen),
                    Subject::Evidence => context.evidence(row),
                }
            }
        }
    }
    for sheet in book.sheets.iter().filter(|sheet| !sheet.visible) {
        if !tables(sheet, round.year).is_empty() {
            let problem = Problem::HiddenTable { sheet: sheet.name.clone() };
            let at = Place::cell(&submission.file, &sheet.name, CellRef::new(0, 0));
            let finding = Finding::new(&submission.city, at, problem);
            collected.findings.push(finding.of_unit(&submission.unit));
        }
    }
    if !found_table {
        let finding = Finding::new(&submission.city, Place::file(&submission.file), Problem::NoTable);
        collected.findings.push(finding.of_unit(&submission.unit));
    }
}

/// Where the first row of an indicator or task stands, and its text, by number or task label.
type Seen = BTreeMap<String, (String, String)>;

struct Context<'a> {
    plan: &'a Plan,
    round: &'a Round,
    submission: &'a Submission,
    sheet: &'a Sheet,
    table: &'a Table,
    collected: &'a mut Collected,
}

impl<'a> Context<'a> {
    /// Rows of the table that hold anything.
    fn rows(&self) -> Vec<u32> {
        let (first, last) = self.table.rows;
        self.sheet.rows().range(first..last).map(|(row, _)| *row).collect()
    }

    fn place(&self, row: u32, role: Role) -> Place {
        let column = self.table.columns.get(&role).or_else(|| self.table.columns.get(&Role::Name));
        let cell = CellRef::new(row, column.copied().unwrap_or(0));
        Place::cell(&self.submission.file, &self.sheet.name, cell)
    }

    fn text(&self, row: u32, role: Role) -> String {
        self.table.columns.get(&role).map_or_else(String::new, |column| self.sheet.text(row, *column))
    }

    fn report(&mut self, at: Place, no: &str, problem: Problem) {
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
        let plan = self.plan;
        let no = name_key(&self.text(row, Role::No));
        let raw = self.text(row, Role::Name);
        let (label, _) = split_unit(&raw);
        let key = name_key(&label);
        let has_value = !self.text(row, Role::Actual).trim().is_empty();
        let known = || plan.indicators_of(self.round.year);
        let by_no = known().find(|indicator| name_key(&indicator.no) == no);
        let by_name = known().find(|indicator| is_called(indicator, &key));
        match (by_no, by_name) {
            (Some(one), Some(other)) if one.no == other.no => Some(one),
            // The same name may belong to a row and to a target in prose: the number decides.
            (Some(one), Some(_)) if is_called(one, &key) => Some(one),
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
                if has_value {
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

    /// The column to read in a row: of several with the same heading the one that is filled.
    fn column(&self, row: u32, role: Role) -> u32 {
        let first = self.table.columns.get(&role).copied().unwrap_or(0);
        let filled = |column: &u32| !self.sheet.text(row, *column).trim().is_empty();
        let rivals = self.table.rivals.get(&role).into_iter().flatten().copied();
        std::iter::once(first).chain(rivals).find(filled).unwrap_or(first)
    }

    /// Columns with the same heading that differ in a row leave the value in doubt.
    fn rivals(&mut self, row: u32, column: u32, role: Role, at: &Place, no: &str) {
        let here = self.sheet.text(row, column).trim().to_owned();
        let rivals = self.table.rivals.get(&role).into_iter().flatten().filter(|rival| **rival != column);
        let differs = rivals
            .map(|rival| (*rival, self.sheet.text(row, *rival).trim().to_owned()))
            .find(|(_, there)| !there.is_empty() && *there != here);
        if let Some((rival, there)) = differs {
            let other = CellRef::new(row, rival).to_string();
            self.report(at.clone(), no, Problem::ColumnsDiffer { other, there, here });
        }
    }

    fn observe(&mut self, row: u32, indicator: &Indicator, role: Role) {
        let column = self.column(row, role);
        let cell = self.sheet.cell(row, column);
        let raw = cell.map_or_else(String::new, crate::workbook::Cell::raw);
        let is_current = role == Role::Actual;
        let at = Place::cell(&self.submission.file, &self.sheet.name, CellRef::new(row, column));
        let usual = self.unit_of(row, role, indicator);
        let mut read = number::read(cell, indicator.is_qualitative(), &usual);
        if is_current {
            self.collected.cells.count(&read.reading);
        }
        if is_current {
            self.rivals(row, column, role, &at, &indicator.no);
            self.units(row, read.unit.as_deref(), &at, indicator);
        }
        let reported_unit = read.unit.take().unwrap_or(usual);
        for problem in read.problems {
            self.report(at.clone(), &indicator.no, problem);
        }
        let (value, conversion) = match read.reading {
            Reading::Number(value) => {
                let converted = self.convert(value, &reported_unit, indicator, &at, role);
                converted.map_or((None, None), |(value, conversion)| (Some(value), conversion))
            }
            _ => (None, None),
        };
        let year = if is_current { self.data_year(row, &indicator.no) } else { self.round.year - 1 };
        let expected = if self.table.is_estimated() { Vintage::Estimated } else { Vintage::Actual };
        let stated = vintage(&self.text(row, Role::Vintage));
        self.collected.observations.push(Observation {
            city: self.submission.city.clone(),
            unit: self.submission.unit.clone(),
            no: indicator.no.clone(),
            year,
            is_current,
            raw,
            reading: read.reading,
            reported_unit,
            value,
            conversion,
            vintage: if stated == Vintage::Actual { expected } else { stated },
            evidence: references(&self.text(row, Role::Evidence)),
            evidence_at: self.place(row, Role::Evidence),
            note: tidy(&self.text(row, Role::Note)),
            at,
        });
    }

    /// The unit of a value: the more specific place wins (row, then heading, then label, then sheet, then plan).
    fn unit_of(&self, row: u32, role: Role, indicator: &Indicator) -> String {
        let in_row = clean(&self.text(row, Role::Unit));
        let in_label = || split_unit(&self.text(row, Role::Name)).1;
        if !in_row.is_empty() && in_row != "-" && in_row != "—" {
            return in_row;
        }
        self.table
            .units
            .get(&role)
            .cloned()
            .or_else(in_label)
            .or_else(|| self.table.sheet_unit.clone())
            .unwrap_or_else(|| indicator.unit.text().to_owned())
    }

    fn convert(
        &mut self,
        value: rust_decimal::Decimal,
        reported: &str,
        indicator: &Indicator,
        at: &Place,
        role: Role,
    ) -> Option<(rust_decimal::Decimal, Option<crate::quantity::Conversion>)> {
        let unit = Unit::parse(reported);
        if unit.text() == indicator.unit.text() {
            return Some((value, None));
        }
        let converted = unit.convert(value, &indicator.unit);
        let problem = match &converted {
            None => Some(Problem::UnitMismatch {
                unit: reported.to_owned(),
                expected: indicator.unit.text().to_owned(),
            }),
            Some((value_after, Some(conversion))) => Some(Problem::Converted {
                from: format!("{}{reported}", crate::rounding::plain(value)),
                to: format!("{}{}", crate::rounding::plain(*value_after), indicator.unit.text()),
                operation: conversion.operation.clone(),
            }),
            Some((_, None)) => None,
        };
        // The value of the year before stands in the same row: what is said once is enough.
        if let Some(problem) = problem.filter(|_| role == Role::Actual) {
            self.report(at.clone(), &indicator.no, problem);
        }
        converted
    }

    fn data_year(&mut self, row: u32, no: &str) -> i32 {
        let raw = clean(&self.text(row, Role::DataYear));
        match years_in(&raw).as_slice() {
            [year] if *year <= self.round.year => return *year,
            _ if raw.is_empty() => {}
            _ => {
                let at = self.place(row, Role::DataYear);
                self.report(at, no, Problem::DataYearUnclear { raw });
            }
        }
        self.round.year
    }

    /// Places that name different units for the value of a row. The most specific one is taken.
    fn units(&mut self, row: u32, in_cell: Option<&str>, at: &Place, indicator: &Indicator) {
        let in_row = Some(clean(&self.text(row, Role::Unit))).filter(|unit| Unit::parse(unit).is_known());
        let places = [
            ("单元格内为", in_cell.map(str::to_owned)),
            ("单位栏为", in_row.filter(|unit| !unit.is_empty() && unit != "-")),
            ("表头为", self.table.units.get(&Role::Actual).cloned()),
            ("指标名称后为", split_unit(&self.text(row, Role::Name)).1),
            ("表上方为", self.table.sheet_unit.clone()),
        ];
        let named: Vec<(&str, String)> =
            places.into_iter().filter_map(|(place, unit)| Some((place, unit?))).collect();
        let Some((_, taken)) = named.first() else { return };
        let rival = named.iter().find(|(_, unit)| Unit::parse(taken).differs_in_scale(&Unit::parse(unit)));
        if let Some((place, unit)) = rival {
            let problem =
                Problem::UnitsDiffer { taken: taken.clone(), other: format!("{place}“{unit}”") };
            self.report(at.clone(), &indicator.no, problem);
        }
    }

    fn task(&mut self, row: u32, seen: &mut Seen) {
        let no = clean(&self.text(row, Role::No));
        let raw = self.text(row, Role::Name);
        let key = name_key(&raw);
        let tasks = &self.plan.tasks;
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
        let units = self.plan.task_reporters(task);
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
            progress: progress(&self.text(row, Role::State)),
            text: tidy(&self.text(row, Role::Progress)),
            evidence: references(&self.text(row, Role::Evidence)),
            at: self.place(row, Role::State),
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

fn is_called(indicator: &Indicator, key: &str) -> bool {
    let names = [&indicator.name, &indicator.short];
    !key.is_empty()
        && names.into_iter().chain(&indicator.aliases).any(|name| name_key(&split_unit(name).0) == key)
}

fn vintage(text: &str) -> Vintage {
    match name_key(text).as_str() {
        "" | "实际" | "实绩" | "实际数" => Vintage::Actual,
        "预计" | "预计数" | "预估" | "预估数" => Vintage::Estimated,
        "快报" | "初步" | "快报数" | "初步核算" | "初步数" => Vintage::Preliminary,
        "最终" | "最终核实" | "终版" => Vintage::Final,
        "已公布" | "公布" | "已公开发布" => Vintage::Published,
        _ => Vintage::Other(clean(text)),
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
fn references(text: &str) -> Vec<String> {
    let text = clean(text);
    let parts = text.split(['、', ',', ';', ' ', '\n']).map(str::trim);
    parts
        .filter(|part| !part.is_empty() && *part != "-" && *part != "无" && *part != "—")
        .map(str::to_owned)
        .collect()
}
