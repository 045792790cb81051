//! The cell of an indicator → an observation: number, unit, year, and what casts doubt on it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::named_cells::NamedCells;
use super::number::{self, Read, Reading, vintage_mark};
use super::roles::Role;
use super::rows::{Context, references};
use super::supporting::form;
use super::table_units::{unit_between, unit_rows};
use super::text::{clean, name_key, split_unit, tidy, years_in};
use super::{CellForm, Observation, Vintage};
use crate::finding::{
    Amount, NumberFault, NumberProblem, Place, PlausibilityProblem, Population, Problem, ReadingProblem,
    TableProblem, UnitPlace,
};
use crate::ident::CellRef;
use crate::plan::{Direction, Goal, Indicator};
use crate::quantity::Unit;
use crate::workbook::{Cell, Content, Display};

impl Context<'_> {
    /// The column to read in a row: of several the one that is filled.
    fn column(&self, row: u32, role: Role) -> u32 {
        let mut all = self.table.all(role).map(|column| column.at);
        let first = all.next().unwrap_or(0);
        let filled = |column: &u32| !self.sheet.text(row, *column).trim().is_empty();
        std::iter::once(first).chain(all).find(filled).unwrap_or(first)
    }

    /// The rows of the table that name a unit for those below.
    fn unit_rows(&self) -> &[(u32, String)] {
        self.unit_rows.get_or_init(|| unit_rows(self.table, self.sheet, self.index))
    }

    /// The columns in which something stands in the rows that the plan names.
    fn used(&self) -> &BTreeSet<u32> {
        self.used.get_or_init(|| NamedCells::of(&self.table.named, self.sheet).filled().collect())
    }

    /// Columns that claim the same and differ in a row leave the value in doubt; where their headings are not the same, so
    /// does one that is filled beside one that is not.
    fn rivals(&mut self, row: u32, column: u32, role: Role, at: &Place, indicator: &Indicator) {
        let here = self.sheet.text(row, column).trim();
        let heading =
            |column: u32| self.table.at(column).map(|one| name_key(&one.heading)).unwrap_or_default();
        // A second column of that heading in which nothing stands is no rival.
        let is_used = |at: u32| self.used().contains(&at);
        let rivals = self
            .table
            .all(role)
            .map(|column| column.at)
            .filter(|rival| *rival != column && (heading(*rival) != heading(column) || is_used(*rival)));
        let differs =
            rivals.map(|rival| (rival, self.sheet.text(row, rival).trim())).find(|(rival, there)| {
                *there != here && !(there.is_empty() && self.table.measure_different_things(column, *rival))
            });
        if let Some((rival, there)) = differs {
            let other = CellRef::new(row, rival).to_string();
            let (there, here) = (there.to_owned(), here.to_owned());
            let problem = TableProblem::ColumnsDiffer { other, there, here }.into();
            self.report(at.clone(), (&indicator.no).into(), problem);
        }
    }

    /// Reads the cell of an indicator; in a table with a row for each year `past` is the year of a row that is not the
    /// one that is judged.
    pub(super) fn observe(&mut self, row: u32, indicator: &Indicator, role: Role, past: Option<i32>) {
        let column = self.column(row, role);
        let cell = self.sheet.cell(row, column);
        let raw = cell.map_or("", Cell::raw).to_owned();
        let is_current = role == Role::Actual && past.is_none();
        let at = Place::cell(&self.submission.file, &self.sheet.name, CellRef::new(row, column));
        let named = self.units_named(row, column);
        let usual = self.unit_of(row, column, indicator, &named);
        let mut read = self.reading(cell, indicator, &usual);
        self.collected.runs.over(Population::ValueCell, 1);
        if is_current {
            self.collected.runs.over(Population::ResultCell, 1);
            self.collected.cells.count(&read.reading);
            self.rivals(row, column, role, &at, indicator);
            self.units(row, column, read.unit.as_deref(), &at, indicator, &named);
            read.problems.extend(self.in_doubt(row, column));
            read.problems.extend(self.own_measure(row, column, indicator));
        }
        let reported_unit = read.unit.take().unwrap_or(usual);
        for problem in read.problems {
            self.report(at.clone(), (&indicator.no).into(), problem);
        }
        let (value, conversion) = match read.reading {
            Reading::Number(value) => {
                let converted = self.convert(value, &reported_unit, indicator, &at, role);
                converted.map_or((None, None), |(value, conversion)| (Some(value), conversion))
            }
            _ => (None, None),
        };
        let before = past.unwrap_or(self.round.year_before());
        let year = if is_current { self.data_year(row, indicator) } else { before };
        let expected = if self.table.is_estimated { Vintage::Estimated } else { Vintage::Actual };
        let flag = vintage_mark(&self.text(row, Role::Flag))
            .or_else(|| self.kinds.vintage(row).cloned())
            .filter(|_| is_current)
            .or(read.flag);
        let stated = match vintage(&self.text(row, Role::Vintage)) {
            Vintage::Actual => flag.unwrap_or_default(),
            stated => stated,
        };
        self.collected.observations.push(Observation {
            city: self.submission.city.clone(),
            unit: self.reader.unit.clone(),
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
            form: cell.map_or(CellForm::Blank, form),
            supporting: self.supporting(row, column),
        });
    }

    /// What the cell of an indicator says, marks and places in an order taken for what they are here.
    fn reading(&self, cell: Option<&Cell>, indicator: &Indicator, usual: &str) -> Read {
        let raw = cell.map_or("", Cell::raw).to_owned();
        let mut read = number::read(cell, indicator.is_qualitative(), usual);
        if read.reading == Reading::Mark && self.zeros.iter().any(|mark| *mark == clean(&raw)) {
            read.reading = Reading::Number(Decimal::ZERO);
            read.problems.push(NumberProblem::MarkAsZero { raw: raw.clone() }.into());
        }
        if read.is_place && !asks_for_a_place(indicator) {
            let reason = NumberFault::Place;
            read.problems = vec![NumberProblem::NotANumber { raw: raw.clone(), reason }.into()];
            read.reading = Reading::Unreadable;
        }
        if read.is_bracketed && !indicator.may_be_negative() {
            let reason = NumberFault::BracketsForPositive;
            read.problems = vec![NumberProblem::NotANumber { raw: raw.clone(), reason }.into()];
            read.reading = Reading::Unreadable;
        }
        // A zero that is seen as a mark for which a note gives zero is that zero.
        if let [Problem::Number(NumberProblem::ShownOtherwise { raw, shown })] = read.problems.as_slice()
            && raw == "0"
            && self.zeros.iter().any(|mark| *mark == clean(shown))
        {
            read.reading = Reading::Number(Decimal::ZERO);
            read.problems = vec![NumberProblem::MarkAsZero { raw: shown.clone() }.into()];
        }
        read
    }

    /// A growth, a place or an addition that stands in a column of its own, while another number stands under the result.
    fn own_measure(&self, row: u32, column: u32, indicator: &Indicator) -> Option<Problem> {
        let role = indicator.targets_of(self.round.year()).iter().find_map(|target| match target.goal {
            _ if indicator.change(&target.goal).is_some() => None,
            Goal::Growth(..) | Goal::AverageGrowth(..) | Goal::Increment(..) => Some(Role::Growth),
            Goal::Rank(..) | Goal::RankChange(..) => Some(Role::Rank),
            _ => None,
        });
        let role = role.or_else(|| {
            let name = indicator.name.as_str();
            let ends = |words: &[&str]| words.iter().any(|word| name.ends_with(word));
            if ends(&["增速", "增长率", "增幅"]) || name.starts_with("新增") || name.starts_with("净增")
            {
                Some(Role::Growth)
            } else {
                ends(&["位次", "排名", "名次"]).then_some(Role::Rank)
            }
        })?;
        let here = self.sheet.text(row, column).trim().to_owned();
        let targets = indicator.targets_of(self.round.year());
        let adds = targets.iter().any(|target| {
            matches!(target.goal, Goal::Increment(..)) && indicator.change(&target.goal).is_none()
        }) || ["新增", "净增"].iter().any(|word| indicator.name.starts_with(word));
        // A rate of growth is no addition.
        const ADDED: [&str; 5] = ["新增", "净增", "增加数", "增量", "增加值"];
        let fits = |heading: &str| !adds || ADDED.iter().any(|word| heading.contains(word));
        let other = self
            .table
            .all(role)
            .filter(|other| fits(&other.heading))
            .map(|other| (other.at, self.sheet.text(row, other.at).trim().to_owned()))
            .collect::<Vec<_>>();
        let (at, there) = other.into_iter().find(|(_, there)| !there.is_empty() && *there != here)?;
        (!here.is_empty()).then(|| {
            Problem::Table(TableProblem::ColumnsDiffer {
                other: CellRef::new(row, at).to_string(),
                there,
                here,
            })
        })
    }

    /// What makes the value of a cell doubtful though it is a number.
    fn in_doubt(&self, row: u32, column: u32) -> Vec<Problem> {
        let at = CellRef::new(row, column);
        let external = self.sheet.cell(row, column).filter(|cell| cell.is_external);
        let merged = self.sheet.merges.get(&at).filter(|area| area.last.row > area.first.row);
        // A record may fill several rows in all its columns.
        let name = self.table.names.first().copied().unwrap_or(column);
        let record = self.sheet.merges.get(&CellRef::new(row, name));
        let merged = merged.filter(|area| record.is_none_or(|record| record.last.row != area.last.row));
        let area = merged.map(|area| {
            Problem::Table(TableProblem::MergedValue { area: format!("{}:{}", area.first, area.last) })
        });
        external
            .map(|cell| Problem::Reading(ReadingProblem::ExternalValue { raw: cell.raw().to_owned() }))
            .into_iter()
            .chain(area)
            .collect()
    }

    /// The unit of a value: the more specific place wins (row, then heading, then label, then sheet, then plan), unless
    /// another one fits the plan's own values and it does not.
    fn unit_of(&self, row: u32, column: u32, indicator: &Indicator, named: &[(UnitPlace, String)]) -> String {
        let first = named.first().map(|(_, unit)| unit.clone());
        self.fitting(row, column, indicator, named)
            .or(first)
            .unwrap_or_else(|| indicator.unit.text().to_owned())
    }

    /// The units that the workbook names for a value, the most specific first, with the place.
    pub(super) fn units_named(&self, row: u32, column: u32) -> Vec<(UnitPlace, String)> {
        let in_row = clean(&self.unit_beside(row, column));
        let in_heading = self.table.at(column).and_then(|column| column.unit.clone());
        let places = [
            (UnitPlace::Column, Some(in_row).filter(|unit| !unit.is_empty() && unit != "-" && unit != "—")),
            (UnitPlace::Heading, in_heading),
            (UnitPlace::Name, split_unit(&self.text(row, Role::Name)).1),
            (UnitPlace::Between, unit_between(self.unit_rows(), row)),
            (UnitPlace::Above, self.table.sheet_unit.clone()),
        ];
        // The unit of a row is one; elsewhere several may be named for rows of several kinds.
        let own = |(at, (place, unit)): (usize, (UnitPlace, Option<String>))| {
            let unit = if at == 0 { unit? } else { self.of_kind(row, unit?)? };
            Some((place, unit))
        };
        let named = places.into_iter().enumerate().filter_map(own);
        self.in_currency(row, named.collect())
    }

    /// Where places name units of different scale: the only one with which the value is of the size of the plan's own.
    fn fitting(
        &self,
        row: u32,
        column: u32,
        indicator: &Indicator,
        named: &[(UnitPlace, String)],
    ) -> Option<String> {
        let [(_, first), _, ..] = named else { return None };
        let taken = Unit::parse(first);
        let others = named.iter().filter(|(_, unit)| taken.differs_in_scale(&Unit::parse(unit)));
        let mut all: Vec<&String> = vec![first];
        all.extend(others.map(|(_, unit)| unit));
        if all.len() < 2 {
            return None;
        }
        let Reading::Number(value) = number::read(self.sheet.cell(row, column), false, "").reading else {
            return None;
        };
        let known = known_sizes(indicator, self.round.year());
        let fits = |unit: &&&String| {
            let Some((value, _)) = Unit::parse(unit).convert(value, &indicator.unit) else { return false };
            known.iter().any(|one| is_of_the_size(value, *one))
        };
        let fitting: Vec<&&String> = all.iter().filter(fits).collect();
        match fitting[..] {
            [one] => Some((*one).clone()),
            _ => None,
        }
    }

    fn convert(
        &mut self,
        value: Decimal,
        reported: &str,
        indicator: &Indicator,
        at: &Place,
        role: Role,
    ) -> Option<(Decimal, Option<crate::quantity::Conversion>)> {
        if role == Role::Actual {
            self.collected.runs.over(Population::Reported, 1);
        }
        let unit = Unit::parse(reported);
        if unit.text() == indicator.unit.text() {
            return Some((value, None));
        }
        let converted = unit.convert(value, &indicator.unit);
        let problem = match &converted {
            None if unit.is_change() => Some(
                NumberProblem::ChangeGiven {
                    raw: format!("{}{reported}", crate::rounding::plain(value)),
                    expected: indicator.unit.text().to_owned(),
                }
                .into(),
            ),
            None => Some(
                PlausibilityProblem::UnitMismatch {
                    unit: reported.to_owned(),
                    expected: indicator.unit.text().to_owned(),
                }
                .into(),
            ),
            Some((value_after, Some(conversion))) => Some(
                PlausibilityProblem::Converted {
                    from: Amount::new(value, reported),
                    to: Amount::new(*value_after, indicator.unit.text()),
                    operation: conversion.operation.clone(),
                }
                .into(),
            ),
            Some((_, None)) => None,
        };
        // The value of the year before stands in the same row: what is said once is enough.
        if let Some(problem) = problem.filter(|_| role == Role::Actual) {
            self.report(at.clone(), (&indicator.no).into(), problem);
        }
        converted
    }

    /// What is said of the year of a row's value, and where.
    pub(super) fn period(&self, row: u32) -> (Place, String) {
        let Some((at, _)) = self.kinds.period(row) else {
            return (self.place(row, Role::DataYear), String::new());
        };
        let raw = clean(self.sheet.text(at.row, at.column));
        (Place::cell(&self.submission.file, &self.sheet.name, *at), raw)
    }

    fn data_year(&mut self, row: u32, indicator: &Indicator) -> i32 {
        let (at, raw) = self.period(row);
        let cell = at.cell.and_then(|at| self.sheet.cell(at.row, at.column));
        let is_year =
            |cell: &Cell| cell.display == Display::Year && matches!(cell.content, Content::Number(_));
        if cell.is_some_and(is_year) && !raw.is_empty() {
            let problem = NumberProblem::YearFormat { raw: raw.clone() }.into();
            self.report(at.clone(), (&indicator.no).into(), problem);
        }
        match years_in(&raw).as_slice() {
            [year] if *year <= self.round.year() => return *year,
            _ if raw.is_empty() => {}
            // 全年, 年末, 12月, 本年: the year that is judged.
            [] if self.says_this_year(&raw) => {}
            _ => self.report(at, (&indicator.no).into(), TableProblem::DataYearUnclear { raw }.into()),
        }
        self.round.year()
    }

    fn says_this_year(&self, text: &str) -> bool {
        let told = self.reader.read(text, &[]);
        (told.this_year || told.is_reached) && !told.part && !told.past
    }

    /// Places that name different units for the value of a row. Where the plan's own values do not tell which one is
    /// meant, the value is in doubt.
    fn units(
        &mut self,
        row: u32,
        column: u32,
        in_cell: Option<&str>,
        at: &Place,
        indicator: &Indicator,
        named: &[(UnitPlace, String)],
    ) {
        if named.len() + usize::from(in_cell.is_some()) < 2 {
            return;
        }
        let fitting = self.fitting(row, column, indicator, named);
        let is_settled = in_cell.is_some() || fitting.is_some();
        let first = named.first().map(|(_, unit)| unit.clone());
        let Some(taken) = in_cell.map(str::to_owned).or(fitting).or(first) else { return };
        let rival = named.iter().find(|(_, unit)| Unit::parse(&taken).differs_in_scale(&Unit::parse(unit)));
        if let Some((place, unit)) = rival {
            let problem =
                TableProblem::UnitsDiffer { taken, other: unit.clone(), place: *place, is_settled }.into();
            self.report(at.clone(), (&indicator.no).into(), problem);
        }
    }
}

/// The plan's targets of the year and its value of the year before, where they are levels.
fn known_sizes(indicator: &Indicator, year: i32) -> Vec<Decimal> {
    let level = |goal: &Goal| match goal {
        Goal::Level(_, value) | Goal::Coverage(_, value) => Some(value.value),
        _ => None,
    };
    let targets = indicator.targets_of(year).into_iter().filter_map(|target| level(&target.goal));
    targets.chain(indicator.known_of(year - 1).and_then(|past| past.value)).collect()
}

/// Whether a value is within twenty times of another.
fn is_of_the_size(value: Decimal, other: Decimal) -> bool {
    let twenty = Decimal::from(20);
    let ratio = value.checked_div(other);
    let least = Decimal::ONE.checked_div(twenty).unwrap_or_default();
    ratio.is_some_and(|ratio| (least..=twenty).contains(&ratio))
}

/// Whether an indicator is a place in an order rather than a number of things.
fn asks_for_a_place(indicator: &Indicator) -> bool {
    let itself = |goal: &Goal| indicator.change(goal).is_none();
    let has = |wanted: fn(&Goal) -> bool| {
        indicator.targets.iter().any(|target| wanted(&target.goal) && itself(&target.goal))
    };
    let is_word = matches!(indicator.unit.text(), "位" | "名次" | "位次" | "名");
    (indicator.direction == Direction::Rank || is_word || has(|goal| matches!(goal, Goal::Rank(..))))
        && !has(|goal| matches!(goal, Goal::RankChange(..)))
}

fn vintage(text: &str) -> Vintage {
    match name_key(text).as_str() {
        "" | "实际" | "实绩" | "实际数" => Vintage::Actual,
        "预计" | "预计数" | "预估" | "预估数" | "测算" | "测算数" | "估算" | "估计" | "推算" => {
            Vintage::Estimated
        }
        "快报" | "初步" | "快报数" | "初步核算" | "初步数" => Vintage::Preliminary,
        "最终" | "最终核实" | "终版" => Vintage::Final,
        "已公布" | "公布" | "已公开发布" => Vintage::Published,
        _ => Vintage::Other(clean(text)),
    }
}
