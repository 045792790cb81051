//! The cell of an indicator → an observation: number, unit, year, and what casts doubt on it.

use rust_decimal::Decimal;

use super::arithmetic::{self, Line};
use super::headings::Role;
use super::layout::vintage_mark;
use super::number::{self, Read, Reading};
use super::rows::{Context, references};
use super::text::{clean, name_key, split_unit, tidy, years_in};
use super::{Observation, Vintage};
use crate::finding::{Place, Problem};
use crate::ident::CellRef;
use crate::plan::{Direction, Goal, Indicator};
use crate::quantity::Unit;
use crate::workbook::{Cell, Content, Display};

impl Context<'_> {
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

    pub(super) fn observe(&mut self, row: u32, indicator: &Indicator, role: Role) {
        let column = self.column(row, role);
        let cell = self.sheet.cell(row, column);
        let raw = cell.map_or_else(String::new, crate::workbook::Cell::raw);
        let is_current = role == Role::Actual;
        let at = Place::cell(&self.submission.file, &self.sheet.name, CellRef::new(row, column));
        let usual = self.unit_of(row, role, indicator);
        let mut read = self.reading(cell, indicator, &usual);
        if is_current {
            self.collected.cells.count(&read.reading);
            self.rivals(row, column, role, &at, &indicator.no);
            self.units(row, read.unit.as_deref(), &at, indicator);
            read.problems.extend(self.in_doubt(row, column));
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
        let flag = vintage_mark(&self.text(row, Role::Flag)).filter(|_| is_current).or(read.flag);
        let stated = match vintage(&self.text(row, Role::Vintage)) {
            Vintage::Actual => flag.unwrap_or_default(),
            stated => stated,
        };
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

    /// What the cell of an indicator says, marks and places in an order taken for what they are here.
    fn reading(&self, cell: Option<&Cell>, indicator: &Indicator, usual: &str) -> Read {
        let raw = cell.map_or_else(String::new, Cell::raw);
        let mut read = number::read(cell, indicator.is_qualitative(), usual);
        if read.reading == Reading::Mark && self.zeros.iter().any(|mark| *mark == clean(&raw)) {
            read.reading = Reading::Number(Decimal::ZERO);
            read.problems.push(Problem::MarkAsZero { raw: raw.clone() });
        }
        if read.is_place && !asks_for_a_place(indicator) {
            let reason = "是位次，本指标要填的不是位次".to_owned();
            read.problems = vec![Problem::NotANumber { raw: raw.clone(), reason }];
            read.reading = Reading::Unreadable;
        }
        // A zero that is seen as a mark for which a note gives zero is that zero.
        if let [Problem::ShownOtherwise { raw, shown }] = read.problems.as_slice()
            && raw == "0"
            && self.zeros.iter().any(|mark| *mark == clean(shown))
        {
            read.reading = Reading::Number(Decimal::ZERO);
            read.problems = vec![Problem::MarkAsZero { raw: shown.clone() }];
        }
        read
    }

    /// What makes the value of a cell doubtful though it is a number.
    fn in_doubt(&self, row: u32, column: u32) -> Vec<Problem> {
        let at = CellRef::new(row, column);
        let external = self.sheet.cell(row, column).filter(|cell| cell.is_external);
        let merged = self.sheet.merges.get(&at).filter(|area| area.last.row > area.first.row);
        // A record may fill several rows in all its columns.
        let name = self.table.columns.get(&Role::Name).copied().unwrap_or(column);
        let record = self.sheet.merges.get(&CellRef::new(row, name));
        let merged = merged.filter(|area| record.is_none_or(|record| record.last.row != area.last.row));
        let area = merged.map(|area| Problem::MergedValue { area: format!("{}:{}", area.first, area.last) });
        external.map(|cell| Problem::ExternalValue { raw: cell.raw() }).into_iter().chain(area).collect()
    }

    /// The unit of a value: the more specific place wins (row, then heading, then label, then sheet, then plan).
    fn unit_of(&self, row: u32, role: Role, indicator: &Indicator) -> String {
        self.unit_named(row, role).unwrap_or_else(|| indicator.unit.text().to_owned())
    }

    /// The unit that the workbook names for a value.
    fn unit_named(&self, row: u32, role: Role) -> Option<String> {
        let in_row = clean(&self.text(row, Role::Unit));
        if !in_row.is_empty() && in_row != "-" && in_row != "—" {
            return Some(in_row);
        }
        let in_label = || split_unit(&self.text(row, Role::Name)).1;
        self.table.units.get(&role).cloned().or_else(in_label).or_else(|| self.table.sheet_unit.clone())
    }

    fn convert(
        &mut self,
        value: Decimal,
        reported: &str,
        indicator: &Indicator,
        at: &Place,
        role: Role,
    ) -> Option<(Decimal, Option<crate::quantity::Conversion>)> {
        let unit = Unit::parse(reported);
        if unit.text() == indicator.unit.text() {
            return Some((value, None));
        }
        let converted = unit.convert(value, &indicator.unit);
        let problem = match &converted {
            None if unit.is_change() => Some(Problem::ChangeGiven {
                raw: format!("{}{reported}", crate::rounding::plain(value)),
                expected: indicator.unit.text().to_owned(),
            }),
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
        let column = self.table.columns.get(&Role::DataYear).copied();
        let cell = column.and_then(|column| self.sheet.cell(row, column));
        if cell
            .is_some_and(|cell| cell.display == Display::Year && matches!(cell.content, Content::Number(_)))
        {
            let at = self.place(row, Role::DataYear);
            self.report(at, no, Problem::YearFormat { raw: raw.clone() });
        }
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

    /// A row as the arithmetic of the table sees it.
    pub(super) fn line(&self, row: u32) -> Option<Line> {
        let column = self.table.columns.get(&Role::Actual)?;
        let usual = self.unit_named(row, Role::Actual).unwrap_or_default();
        let read = number::read(self.sheet.cell(row, *column), false, &usual);
        let Reading::Number(value) = read.reading else { return None };
        let unit = Unit::parse(&read.unit.unwrap_or(usual));
        let name = self.text(row, Role::Name);
        Some(Line { row, kind: arithmetic::kind(&name), name, value, unit })
    }
}

/// Whether an indicator is a place in an order rather than a number of things.
fn asks_for_a_place(indicator: &Indicator) -> bool {
    let has = |wanted: fn(&Goal) -> bool| indicator.targets.iter().any(|target| wanted(&target.goal));
    let is_word = matches!(indicator.unit.text(), "位" | "名次" | "位次" | "名");
    (indicator.direction == Direction::Rank || is_word || has(|goal| matches!(goal, Goal::Rank(..))))
        && !has(|goal| matches!(goal, Goal::RankChange(..)))
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
