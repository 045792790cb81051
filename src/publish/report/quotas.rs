//! What counties, parks or units have to contribute to the rows of a plan (分解指标), and whether that adds up to them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::context::Context;
use super::index;
use super::numbers::Key;
use super::numerals::{Book, numeral, numerals_in};
use super::phrases::names;
use super::section::Draft;
use super::table::Table;
use super::totals::{state_of, target_text, targets_of};
use crate::assess::Assessment;
use crate::decimal::{distance, sum};
use crate::evaluation::CityEvaluation;
use crate::ident::IndicatorNo;
use crate::ledger::{self, Operation, StepId};
use crate::plan::{Called, Indicator, Plan, Quota};
use crate::rounding::plain;

/// More who contribute than this are listed in one column.
const MOST_COLUMNS: usize = 8;

/// The rows that are broken down.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Quotas {
    text: String,
    /// Heads of the columns of who contributes; empty where these are listed in one.
    areas: Vec<String>,
    table: Table<QuotaRow>,
}

/// A row with its quotas.
#[derive(Debug, Clone, Serialize)]
struct QuotaRow {
    no: IndicatorNo,
    name: String,
    unit: String,
    target: String,
    /// One for each column, or all in one.
    cells: Vec<String>,
    together: String,
    difference: String,
}

/// Only of plans that break rows down; `at` is the place of the city among all.
pub(super) fn section(draft: &mut Draft<'_>, at: usize, city: &CityEvaluation) -> Option<Quotas> {
    let broken_down = rows(draft.context, city);
    if broken_down.is_empty() {
        return None;
    }
    let mut areas: Vec<String> = Vec::new();
    for quota in broken_down.iter().flat_map(|(.., quotas)| quotas) {
        if !areas.contains(&quota.area) {
            areas.push(quota.area.clone());
        }
    }
    let count = areas.len();
    let areas = if count > MOST_COLUMNS { Vec::new() } else { areas };
    let steps = Steps { book: &draft.context.book, plan: &city.plan };
    let printed = broken_down.iter().map(|broken| steps.row(broken, &areas)).collect();
    let called = &city.plan.called;
    let word = &called.areas;
    // Whoever is no unit that reports was asked for nothing.
    let is_asked = |area: &String| city.units.iter().any(|unit| unit.unit.as_str().contains(area.as_str()));
    let why = match broken_down.iter().flat_map(|(.., quotas)| quotas).any(|quota| is_asked(&quota.area)) {
        true => format!("分解数只列示，不逐一判定各{word}。"),
        false => format!("本轮没有收集各{word}的实绩，分解数只列示，不逐一判定。"),
    };
    let table = Table::new(&format!("分解到{word}的目标"))
        .note(&format!("注：合计为分解数之和，差额为合计与{}目标之差；比率不相加。{why}", called.table))
        .whole_in(index::WHOLE)
        .rows(printed)
        .numbered(&mut draft.numbers, Key::in_annex(index::ANNEX, "quotas").at(at));
    let text = steps.text(&broken_down, count);
    Some(Quotas { text, areas, table })
}

/// A row that is broken down, with the quotas of the year of its target.
type BrokenDown<'a> = (&'a Assessment, &'a Indicator, Vec<&'a Quota>);

/// The rows that a city's account counts and that are broken down.
fn rows<'a>(context: &Context<'a>, city: &'a CityEvaluation) -> Vec<BrokenDown<'a>> {
    let counted = context.counted(city).into_iter();
    let with_quotas = counted.map(|(one, row)| {
        let own = row.quotas.iter().filter(|quota| quota.year == one.target.year).collect::<Vec<_>>();
        (one, row, own)
    });
    with_quotas.filter(|(.., quotas)| !quotas.is_empty()).collect()
}

/// The quotas together; `None` where they do not add up by their nature.
fn together(row: &Indicator, quotas: &[&Quota]) -> Option<Decimal> {
    row.adds_up().then(|| sum(quotas.iter().map(|quota| quota.value.value))).flatten()
}

/// What is printed of quotas, each number with its step.
struct Steps<'a> {
    book: &'a Book<'a>,
    plan: &'a Plan,
}

impl Steps<'_> {
    fn row(&self, (one, row, quotas): &BrokenDown<'_>, areas: &[String]) -> QuotaRow {
        let said = |quota: &Quota| numeral(&self.book.quota(self.plan, row, quota), &quota.value.text);
        let of_area = |area: &String| quotas.iter().find(|quota| quota.area == *area);
        let cell = |area: &String| of_area(area).map_or_else(|| "—".to_owned(), |quota| said(quota));
        let listed = || quotas.iter().map(|quota| format!("{}{}", quota.area, said(quota)));
        let together = together(row, quotas);
        let target = one.target.goal.number().map(|number| number.value);
        let difference = together.zip(target).map(|(all, target)| difference(all, target));
        let sum = together.map(|all| (self.sum(one, row, quotas), plain(all)));
        let over = sum.as_ref().and_then(|(sum, _)| self.over(one, sum));
        QuotaRow {
            no: one.no.clone(),
            name: row.short.clone(),
            unit: row.unit.text().to_owned(),
            target: target_text(one, one.target.goal.beside_unit(&row.unit)),
            cells: match areas.is_empty() {
                true => vec![listed().collect::<Vec<_>>().join("、")],
                false => areas.iter().map(cell).collect(),
            },
            together: sum.map_or_else(|| "—".to_owned(), |(sum, text)| numeral(&sum, text)),
            difference: difference
                .map_or_else(|| "—".to_owned(), |words| numerals_in(&words, over.as_slice())),
        }
    }

    /// The step of the quotas of a row together.
    fn sum(&self, one: &Assessment, row: &Indicator, quotas: &[&Quota]) -> StepId {
        let id = ledger::of_indicator(&self.plan.city, &row.no).of(format!("{}/quotas", one.target.year));
        let all: Vec<_> = quotas.iter().map(|quota| ("x", self.book.quota(self.plan, row, quota))).collect();
        self.book.step(&id, Operation::Sum, &all);
        id
    }

    /// The step of how far the quotas together are from the target.
    fn over(&self, one: &Assessment, sum: &StepId) -> Option<StepId> {
        let id = StepId::new(format!("{sum}.over"));
        let args = |target: StepId| [("actual", sum.clone()), ("base", target)];
        targets_of(one).into_iter().find_map(|target| self.book.step(&id, Operation::Net, &args(target)))
    }

    /// How many rows are broken down, to how many, and which do not add up.
    fn text(&self, rows: &[BrokenDown<'_>], areas: usize) -> String {
        let Called { document, table, areas: word, .. } = &self.plan.called;
        let of = |(one, row, quotas): &BrokenDown<'_>| {
            let target = one.target.goal.number()?.value;
            let agrees = together(row, quotas)? == target;
            Some((row.short.clone(), self.sum(one, row, quotas), agrees))
        };
        let known: Vec<(String, StepId, bool)> = rows.iter().filter_map(of).collect();
        let count = |name: &str, members: Vec<StepId>, number: usize| {
            self.book.count(&format!("{}/#quotas.{name}", self.plan.city), members, &[], number)
        };
        let sums = |agree: bool| -> Vec<StepId> {
            known.iter().filter(|(.., agrees)| *agrees == agree).map(|(_, sum, _)| sum.clone()).collect()
        };
        let differing: Vec<String> =
            known.iter().filter(|(.., agrees)| !agrees).map(|(name, ..)| name.clone()).collect();
        let all = count("rows", rows.iter().map(|(one, ..)| state_of(one)).collect(), rows.len());
        let head =
            format!("{document}把{all}项指标分解到{}个{word}", count("areas", self.areas(rows), areas));
        match (known.len(), differing.len()) {
            (0, _) => format!("{head}。"),
            (_, 0) => format!("{head}，各项分解数合计均与{table}目标相符。"),
            (all, some) => {
                let say = |number| count("other", sums(false), number);
                let same = count("same", sums(true), all - some);
                let named = names(&differing, say, "项");
                format!("{head}，合计与{table}目标相符的{same}项，不符的{}项（{named}）。", say(some))
            }
        }
    }

    /// One quota of each who contributes.
    fn areas(&self, rows: &[BrokenDown<'_>]) -> Vec<StepId> {
        let mut first: BTreeMap<&str, StepId> = BTreeMap::new();
        for (_, row, quotas) in rows {
            for quota in quotas {
                first.entry(&quota.area).or_insert_with(|| self.book.quota(self.plan, row, quota));
            }
        }
        first.into_values().collect()
    }
}

/// `相符`, `多0.1`, `少1`.
fn difference(all: Decimal, target: Decimal) -> String {
    let gap = distance(all, target).map_or_else(String::new, plain);
    match all.cmp(&target) {
        std::cmp::Ordering::Equal => "相符".to_owned(),
        std::cmp::Ordering::Greater => format!("多{gap}"),
        std::cmp::Ordering::Less => format!("少{gap}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_say_on_which_side_the_quotas_lie() {
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        for (all, target, expected) in [("4.1", "4", "多0.1"), ("29", "30", "少1"), ("18.0", "18", "相符")]
        {
            assert_eq!(difference(decimal(all), decimal(target)), expected);
        }
    }
}
