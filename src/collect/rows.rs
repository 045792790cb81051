//! The rows of a workbook's tables → observations, task reports and evidence.

use std::collections::BTreeMap;

use super::layout::{Role, Subject, Table, tables};
use super::number::{self, Reading};
use super::text::{clean, name_key, nearest, split_unit, tidy};
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
                    Subject::Tasks => context.task(row),
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

    fn indicator(&mut self, row: u32, seen: &mut BTreeMap<String, (String, String)>) {
        let Some(indicator) = self.matched(row) else { return };
        let at = self.place(row, Role::Actual);
        let here = self.text(row, Role::Actual).trim().to_owned();
        if let Some((first, there)) = seen.get(&indicator.no) {
            let first = first.clone();
            let problem = if here.is_empty() || *there == here {
                Problem::RepeatedRow { first }
            } else {
                Problem::RepeatedRowDiffers { first, there: there.clone(), here }
            };
            self.report(at, &indicator.no, problem);
            return;
        }
        seen.insert(indicator.no.clone(), (format!("{}!{}", at.sheet, at.address()), here));
        if !indicator.reporters.contains(&self.submission.unit) {
            if !self.text(row, Role::Actual).trim().is_empty() {
                let units = indicator.reporters.join("、");
                self.report(at, &indicator.no, Problem::NotItsIndicator { units });
            }
            return;
        }
        self.observe(row, indicator, Role::Actual);
        if self.table.columns.contains_key(&Role::Previous) {
            self.observe(row, indicator, Role::Previous);
        }
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
                if has_value && !key.is_empty() {
                    let names = known().map(|indicator| indicator.name.as_str());
                    let problem =
                        Problem::UnknownRow { text: clean(&raw), suggestion: nearest(&label, names) };
                    let at = self.place(row, Role::Name);
                    self.report(at, "", problem);
                }
                None
            }
        }
    }

    fn observe(&mut self, row: u32, indicator: &Indicator, role: Role) {
        let column = self.table.columns.get(&role).copied().unwrap_or(0);
        let cell = self.sheet.cell(row, column);
        let raw = cell.map_or_else(String::new, crate::workbook::Cell::raw);
        let mut read = number::read(cell, indicator.is_qualitative());
        let is_current = role == Role::Actual;
        let at = self.place(row, role);
        if is_current {
            self.collected.cells.count(&read.reading);
        }
        let reported_unit = read.unit.take().unwrap_or_else(|| self.unit_of(row, role, indicator));
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
        let year = if is_current { self.data_year(row) } else { self.round.year - 1 };
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
            vintage: vintage(&self.text(row, Role::Vintage)),
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

    fn data_year(&self, row: u32) -> i32 {
        let text = clean(&self.text(row, Role::DataYear));
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok().filter(|year| (1949..=2100).contains(year)).unwrap_or(self.round.year)
    }

    fn task(&mut self, row: u32) {
        let no = clean(&self.text(row, Role::No));
        let raw = self.text(row, Role::Name);
        let key = name_key(&raw);
        let tasks = &self.plan.tasks;
        let by_no = tasks.iter().find(|task| task.no == no);
        let Some(task) = by_no.or_else(|| tasks.iter().find(|task| name_key(&task.title) == key)) else {
            if !self.text(row, Role::State).trim().is_empty() {
                let suggestion = nearest(&raw, tasks.iter().map(|task| task.title.as_str()));
                let problem = Problem::UnknownRow { text: clean(&format!("{no} {raw}")), suggestion };
                let at = self.place(row, Role::Name);
                self.report(at, "", problem);
            }
            return;
        };
        let units = self.plan.task_reporters(task);
        if !units.contains(&self.submission.unit) {
            let at = self.place(row, Role::Name);
            self.report(at, &task_label(&task.no), Problem::NotItsIndicator { units: units.join("、") });
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
