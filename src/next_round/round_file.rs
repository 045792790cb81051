//! `round.toml` of the new round: parameters in the words of the old file, dates to be filled in.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::written::text;
use super::{Carried, Left, Successor};
use crate::ident::{CityId, IndicatorNo};
use crate::period::Period;
use crate::plan::{EnglishHead, Goal, Previous, Round, TO_FILL};

/// The new file, and what it has of the old one.
pub(super) struct RoundFile {
    pub(super) text: String,
    pub(super) carried: Vec<Carried>,
    pub(super) left: Vec<Left>,
}

/// Dates that the bureau sets, each with what it is.
const DATES: [(&str, &str); 5] = [
    ("report_date", "报告日期，写作 2025-01-31，不加引号"),
    ("deadline", "报送期限，含当日"),
    ("cut_off", "此日后收到的本版不采用"),
    ("answer_by", "答复核实意见的期限"),
    ("measures_by", "提出措施的期限"),
];

/// Sections that are carried on as they are.
const SECTIONS: [&str; 4] = ["report", "method", "limits", "gate"];

/// Makes the file from the text of the old one, which has no faults.
pub(super) fn made(old: &str, round: &Round, successors: &[Successor<'_>], period: Period) -> RoundFile {
    let (table, _) = DeTable::parse_recoverable(old);
    let old = Old { text: old, table: table.get_ref(), year: round.year() };
    let mut file = RoundFile { text: String::new(), carried: Vec::new(), left: Vec::new() };
    file.head(&old, round, successors, period);
    for section in SECTIONS {
        if let Some(DeValue::Table(table)) = old.table.get(section).map(Spanned::get_ref) {
            file.text.push_str(&format!("\n[{section}]    # 沿用{}年\n{}", old.year, old.keys(table)));
        }
    }
    file.weights(&old, round, successors, period);
    file.base_years(&old, round, successors, period);
    file
}

impl RoundFile {
    fn head(&mut self, old: &Old<'_>, round: &Round, successors: &[Successor<'_>], period: Period) {
        let year = old.year;
        self.text.push_str(&format!(
            "# {}年轮次，由 duibiao new-round 从{year}年轮次拟出。填好各处“{TO_FILL}”，确认后删去 confirm，才能评估。\n[round]\nyear = {}\nperiod = \"{period}\"\nedition = \"快报\"    # 快报 | 终版\n",
            period.year(),
            period.year(),
        ));
        let mut kept = vec!["issuer".to_owned()];
        let is_dated = |line: &String| line.contains(&year.to_string());
        if round.title.iter().any(is_dated) {
            let line = |line: &String| text(if is_dated(line) { TO_FILL } else { line });
            let lines: Vec<String> = round.title.iter().map(line).collect();
            let was = round.title.iter().map(|line| text(line)).collect::<Vec<_>>().join(", ");
            self.text.push_str(&format!("title = [{}]    # {year}年为 {was}\n", lines.join(", ")));
        } else {
            let lines: Vec<String> = round.title.iter().map(|line| text(line)).collect();
            self.text.push_str(&format!("title = [{}]    # 沿用{year}年\n", lines.join(", ")));
            kept.insert(0, "title".to_owned());
        }
        self.text.push_str(&format!("issuer = {}    # 沿用{year}年\n", text(&round.issuer)));
        let EnglishHead { title, issuer } = &round.english;
        if let Some(lines) = title.as_ref().filter(|lines| !lines.iter().any(is_dated)) {
            let lines: Vec<String> = lines.iter().map(|line| text(line)).collect();
            self.text.push_str(&format!("title_en = [{}]    # 沿用{year}年\n", lines.join(", ")));
        }
        if let Some(issuer) = issuer {
            self.text.push_str(&format!("issuer_en = {}    # 沿用{year}年\n", text(issuer)));
        }
        for (key, meaning) in DATES {
            match deadline(successors, period).filter(|_| key == "deadline") {
                Some((day, lines)) => self.text.push_str(&format!("{key} = {day}    # {lines}\n")),
                None => self.text.push_str(&format!("{key} = {}    # {meaning}\n", text(TO_FILL))),
            }
        }
        self.text.push_str(&format!("illustrative = {}\n", round.illustrative));
        let cities: Vec<String> = round.cities.iter().map(|city| text(city.as_str())).collect();
        self.text.push_str(&format!("cities = [{}]\n", cities.join(", ")));
        let sections = SECTIONS.into_iter().filter(|section| old.table.contains_key(*section));
        kept.extend(sections.map(|section| format!("[{section}]")));
        self.carried.push(Carried::Parameters(kept));
        self.carried.push(Carried::Cities(round.cities.len()));
    }

    /// The outputs that were published before: those that the old round names, which lie where they lay, and its own.
    pub(super) fn outputs(&mut self, round: &Round, own: Option<Previous>) {
        let all: Vec<Previous> = round.previous.iter().cloned().chain(own).collect();
        for Previous { output, figures } in &all {
            let (output, figures) = (text(output), text(figures));
            self.text
                .push_str(&format!("\n[[previous]]\noutput = {output}\nfigures = {figures}    # 数字指纹\n"));
        }
        let named: Vec<String> = all.into_iter().map(|one| one.output).collect();
        self.carried.extend((!named.is_empty()).then_some(Carried::Previous(named)));
    }

    fn weights(&mut self, old: &Old<'_>, round: &Round, successors: &[Successor<'_>], period: Period) {
        let mut count = 0;
        for (weight, entry) in round.weights.iter().zip(old.entries("weight")) {
            let (city, no) = (weight.city.as_ref(), &weight.indicator);
            if successors.iter().any(|one| one.is_of(city) && one.weighs(no, period.year())) {
                self.text.push_str(&format!(
                    "\n[[weight]]    # 沿用{}年，请确认\n{}",
                    old.year,
                    old.keys(entry)
                ));
                count += 1;
            } else {
                self.left.push(Left::NoTarget("[[weight]]", city.cloned(), no.clone()));
            }
        }
        self.carried.extend((count > 0).then_some(Carried::Weights(count)));
    }

    fn base_years(&mut self, old: &Old<'_>, round: &Round, successors: &[Successor<'_>], period: Period) {
        let mut count = 0;
        for (declared, entry) in round.base_years.iter().zip(old.entries("base_year")) {
            let (city, no) = (&declared.city, &declared.target);
            if successors.iter().any(|one| one.is_of(Some(city)) && one.lacks_base(no, period.year())) {
                let confirm = text(&format!("year:沿用{}年", old.year));
                self.text.push_str(&format!("\n[[base_year]]\n{}confirm = [{confirm}]\n", old.keys(entry)));
                count += 1;
            } else {
                self.left.push(Left::NoTarget("[[base_year]]", Some(city.clone()), no.clone()));
            }
        }
        self.carried.extend((count > 0).then_some(Carried::BaseYears(count)));
    }
}

/// The old file.
struct Old<'a> {
    text: &'a str,
    table: &'a DeTable<'a>,
    /// The year of its round.
    year: i32,
}

impl<'a> Old<'a> {
    /// The keys of a table in their order, each with its value as it was written.
    fn keys(&self, table: &DeTable<'_>) -> String {
        let mut keys: Vec<_> = table.iter().collect();
        keys.sort_by_key(|(key, _)| key.span().start);
        let line = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| -> String {
            let key: &std::borrow::Cow<'_, str> = key.get_ref();
            format!("{key} = {}\n", self.text.get(value.span()).unwrap_or_default())
        };
        keys.into_iter().map(line).collect()
    }

    /// The tables of an array.
    fn entries(&self, section: &str) -> Vec<&'a DeTable<'a>> {
        let Some(DeValue::Array(entries)) = self.table.get(section).map(Spanned::get_ref) else {
            return Vec::new();
        };
        let table = |entry: &'a Spanned<DeValue<'a>>| match entry.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => None,
        };
        entries.iter().filter_map(table).collect()
    }
}

impl Successor<'_> {
    fn is_of(&self, city: Option<&CityId>) -> bool {
        city.is_none_or(|city| *city == self.plan.city)
    }

    /// Whether a weight of a number has an effect in the year; the rows of a draft get their targets later.
    fn weighs(&self, no: &IndicatorNo, year: i32) -> bool {
        match self.is_kept {
            true => self.plan.indicator(no).is_some_and(|row| row.has_target_in(year)),
            false => super::plan_file::rows(self.plan).any(|row| row.no == *no),
        }
    }

    /// Whether a number is a target of the year whose plan leaves out the base year.
    fn lacks_base(&self, no: &IndicatorNo, year: i32) -> bool {
        let row = self.plan.indicator(no).filter(|_| self.is_kept);
        let lacks = |row: &crate::plan::Indicator| {
            row.targets_of(year).iter().any(|target| matches!(target.goal, Goal::AverageGrowth(_, _, None)))
        };
        row.is_some_and(lacks)
    }
}

/// The last day for submissions that the plans name for the period, if they name one, and where.
fn deadline(successors: &[Successor<'_>], period: Period) -> Option<(NaiveDate, String)> {
    let kept = successors.iter().filter(|one| one.is_kept);
    let own = kept.flat_map(|one| one.plan.deadlines.iter().map(move |deadline| (one.plan, deadline)));
    let named: Vec<_> = own.filter(|(_, deadline)| deadline.period == period.to_string()).collect();
    let days: BTreeSet<NaiveDate> = named.iter().map(|(_, deadline)| deadline.due).collect();
    let lines: Vec<String> =
        named.iter().map(|(plan, deadline)| format!("{}方案第{}行", plan.short, deadline.line)).collect();
    days.first().filter(|_| days.len() == 1).map(|day| (*day, lines.join("、")))
}
