//! What an output held true, read again from its tables.

use std::collections::{BTreeMap, BTreeSet};

use super::published::PublishedRow;
use super::words::TIERS;
use crate::finding::PublishedStatus;
use crate::ident::{CityId, IndicatorId, IndicatorNo};
use crate::table_text::TableLine;

/// The table of facts of an output.
pub const FACTS: &str = "tables/facts.csv";
/// Its table of assessments, which has the names.
pub const ASSESSMENTS: &str = "tables/assessments.csv";

/// The same of an output of a part of a year.
pub(super) const PACES: &str = "tables/paces.csv";

/// Columns that are asked of the facts.
pub const FACT_COLUMNS: [&str; 8] =
    ["city", "indicator", "no", "year", "status", "value", "word", "value_unit"];
/// Columns that are asked of the assessments.
pub const NAME_COLUMNS: [&str; 6] = ["city", "no", "name", "origin", "tier", "state"];

fn text(row: &BTreeMap<String, String>, column: &str) -> String {
    row.get(column).cloned().unwrap_or_default()
}

/// What an output held true of an indicator, and where that stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// The value of the year that was judged, or why there is none; what the output says of that in its own words. Its source is left to
    /// whoever knows which output it is.
    pub row: PublishedRow,
    /// The line in the table of facts.
    pub line: u64,
    /// The cell that the value came from; empty where there is none.
    pub cell: String,
    /// Of what year a value was that was shown without being judged, and that value with its unit.
    pub lagged: Option<(String, String)>,
}

/// What an output said of a target, and where that stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldVerdict {
    /// Its number there.
    pub no: IndicatorNo,
    /// The word of its verdict, as the table writes it.
    pub state: String,
    /// The line in the table of assessments.
    pub line: u64,
    /// Whether the account of the city counted it.
    pub is_counted: bool,
}

/// The verdicts of an output by city: of two tiers that of the first.
pub(super) fn held_verdicts(assessments: &[TableLine]) -> BTreeMap<CityId, Vec<HeldVerdict>> {
    let mut found: BTreeMap<CityId, Vec<HeldVerdict>> = BTreeMap::new();
    let with_table: BTreeSet<String> = assessments
        .iter()
        .filter(|(_, row)| text(row, "origin") == "table")
        .map(|(_, row)| text(row, "city"))
        .collect();
    for (line, row) in assessments {
        let slug = text(row, "city");
        let is_first = TIERS.iter().any(|(key, tier)| *key == text(row, "tier") && tier.is_judged_first());
        let Ok(city) = CityId::parse(&slug) else { continue };
        if is_first {
            found.entry(city).or_default().push(HeldVerdict {
                no: text(row, "no").into(),
                state: text(row, "state"),
                line: *line,
                is_counted: text(row, "origin") == "table" || !with_table.contains(&slug),
            });
        }
    }
    found
}

/// What was held true of the year that an output judged, by city, from its facts and assessments.
pub fn held_true(
    facts: &[TableLine],
    assessments: &[TableLine],
    year: i32,
) -> BTreeMap<CityId, Vec<HeldRow>> {
    let names: BTreeMap<(String, String), String> = assessments
        .iter()
        .map(|(_, row)| ((text(row, "city"), text(row, "no")), text(row, "name")))
        .collect();
    let mut rows: BTreeMap<CityId, Vec<HeldRow>> = BTreeMap::new();
    for (line, fact) in facts {
        let city = text(fact, "city");
        let name = names.get(&(city.clone(), text(fact, "no"))).cloned().unwrap_or_default();
        let Ok(city) = CityId::parse(&city) else { continue };
        rows.entry(city.clone()).or_default().push(row(city, name, *line, fact, year));
    }
    rows
}

fn row(city: CityId, name: String, line: u64, fact: &BTreeMap<String, String>, year: i32) -> HeldRow {
    let cell = |column: &str| text(fact, column);
    let is_of_the_year = cell("year") == year.to_string();
    let value = [cell("value"), cell("word")].concat();
    let (status, reason) = match cell("status").as_str() {
        "missing" => (PublishedStatus::Missing, cell("reason")),
        "conflicting" => (PublishedStatus::Conflicting, cell("reason")),
        _ if value.is_empty() => (PublishedStatus::Missing, cell("reason")),
        _ if !cell("doubt").is_empty() => (PublishedStatus::InDoubt, cell("doubt")),
        _ if !is_of_the_year => (PublishedStatus::Lagged, String::new()),
        "preferred" => (PublishedStatus::Preferred, cell("reason")),
        "derived" => (PublishedStatus::Derived, cell("derivation")),
        _ => (PublishedStatus::Agreed, String::new()),
    };
    let is_lagged = status == PublishedStatus::Lagged;
    let lagged = is_lagged.then(|| (cell("year"), [value.clone(), cell("value_unit")].concat()));
    let row = PublishedRow {
        city,
        no: cell("no").into(),
        id: IndicatorId::some(cell("indicator")),
        name,
        year,
        value: if status.is_known() { value } else { String::new() },
        unit: cell("value_unit"),
        status,
        reason,
        source: String::new(),
    };
    HeldRow { row, line, cell: cell("source"), lagged }
}
