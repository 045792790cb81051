//! What cities, their rows and their tasks are called, as the ledger has it.

use std::collections::BTreeMap;

use super::spelling;
use crate::ledger::{Ledger, Operation};

/// What a city's plan calls itself and its rows.
#[derive(Default)]
pub(super) struct CityNames {
    pub(super) name: String,
    pub(super) short: String,
    pub(super) names: BTreeMap<String, String>,
    /// Keys in the order of the plan.
    order: Vec<String>,
}

impl CityNames {
    /// The number of a row by its number, whatever its case, or by its name.
    pub(super) fn row(&self, asked: &str) -> Option<&str> {
        let rows = || self.order.iter().filter_map(|key| key.strip_suffix(".name"));
        let by_no = rows().find(|no| no.eq_ignore_ascii_case(asked));
        let is_name = |no: &&str| {
            self.names.get(&format!("{no}.name")).is_some_and(|name| spelling::plain(name) == asked)
        };
        by_no.or_else(|| rows().find(is_name))
    }

    /// The numbers of its rows or tasks, in words.
    pub(super) fn numbers(&self, start: &str, end: &str) -> String {
        let of = |key: &String| {
            key.strip_prefix(start)?
                .strip_suffix(end)
                .filter(|no| !no.contains('.') || !start.is_empty())
                .map(str::to_owned)
        };
        self.order.iter().filter_map(of).collect::<Vec<_>>().join("、")
    }
}

/// The cities of a ledger by slug: `2023/xiangtan/plan.toml#plan.name`.
pub(super) fn cities(ledger: &Ledger) -> BTreeMap<String, CityNames> {
    let mut found: BTreeMap<String, CityNames> = BTreeMap::new();
    for step in ledger.steps() {
        let Some((file, field)) = step.id.as_str().split_once("/plan.toml#") else { continue };
        let Some(text) = step.value.text().filter(|_| matches!(step.operation, Operation::Curated { .. }))
        else {
            continue;
        };
        let city = found.entry(file.rsplit('/').next().unwrap_or_default().to_owned()).or_default();
        match field {
            "plan.name" => city.name = text.to_owned(),
            "plan.short" => city.short = text.to_owned(),
            _ => {
                city.order.push(field.to_owned());
                city.names.insert(field.to_owned(), text.to_owned());
            }
        }
    }
    found
}
