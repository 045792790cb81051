//! What counties, parks or units have to contribute to the rows of a plan (分解指标), and whether that adds up to them.

use rust_decimal::Decimal;
use serde::Serialize;

use super::context::Context;
use super::index;
use super::numbers::Key;
use super::phrases::names;
use super::section::Draft;
use super::table::Table;
use crate::assess::Assessment;
use crate::decimal::{distance, sum};
use crate::evaluation::CityEvaluation;
use crate::ident::IndicatorNo;
use crate::plan::{Called, Indicator, Quota};
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
    let printed = broken_down.iter().map(|(one, row, quotas)| quota_row(one, row, quotas, &areas)).collect();
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
    let text = text(&broken_down, count, called);
    Some(Quotas { text, areas, table })
}

/// The rows that a city's account counts, with the quotas of the year of their target.
fn rows<'a>(
    context: &Context<'a>,
    city: &'a CityEvaluation,
) -> Vec<(&'a Assessment, &'a Indicator, Vec<&'a Quota>)> {
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

fn quota_row(one: &Assessment, row: &Indicator, quotas: &[&Quota], areas: &[String]) -> QuotaRow {
    let of_area = |area: &String| quotas.iter().find(|quota| quota.area == *area);
    let cell = |area: &String| of_area(area).map_or("—", |quota| quota.value.text.as_str()).to_owned();
    let listed = || quotas.iter().map(|quota| format!("{}{}", quota.area, quota.value.text));
    let together = together(row, quotas);
    let target = one.target.goal.number().map(|number| number.value);
    let difference = together.zip(target).map(|(all, target)| difference(all, target));
    QuotaRow {
        no: one.no.clone(),
        name: row.short.clone(),
        unit: row.unit.text().to_owned(),
        target: one.target.goal.beside_unit(&row.unit),
        cells: match areas.is_empty() {
            true => vec![listed().collect::<Vec<_>>().join("、")],
            false => areas.iter().map(cell).collect(),
        },
        together: together.map_or_else(|| "—".to_owned(), plain),
        difference: difference.unwrap_or_else(|| "—".to_owned()),
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

/// How many rows are broken down, to how many, and which do not add up.
fn text(rows: &[(&Assessment, &Indicator, Vec<&Quota>)], count: usize, called: &Called) -> String {
    let Called { document, table, areas, .. } = called;
    let of = |(one, row, quotas): &(&Assessment, &Indicator, Vec<&Quota>)| {
        let target = one.target.goal.number()?.value;
        Some((row.short.clone(), together(row, quotas)? == target))
    };
    let known: Vec<(String, bool)> = rows.iter().filter_map(of).collect();
    let differing: Vec<String> =
        known.iter().filter(|(_, agrees)| !agrees).map(|(name, _)| name.clone()).collect();
    let head = format!("{document}把{}项指标分解到{count}个{areas}", rows.len());
    match (known.len(), differing.len()) {
        (0, _) => format!("{head}。"),
        (_, 0) => format!("{head}，各项分解数合计均与{table}目标相符。"),
        (all, some) => {
            let same = all - some;
            format!(
                "{head}，合计与{table}目标相符的{same}项，不符的{some}项（{}）。",
                names(&differing, "项")
            )
        }
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
