//! The indicators of a plan by number and by every name they go by, and its units by name.

use std::collections::BTreeMap;

use super::sender;
use super::text::{name_key, split_unit};
use crate::plan::{Indicator, Plan};

/// What a plan calls the things that are reported in a year.
pub(super) struct Index<'a> {
    pub(super) plan: &'a Plan,
    cities: [String; 2],
    /// Reporting units, each with the form in which names are compared.
    units: Vec<(String, String)>,
    /// The same by every name they go by.
    known: Vec<(String, String)>,
    by_no: BTreeMap<String, &'a Indicator>,
    by_name: BTreeMap<String, Vec<&'a Indicator>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(plan: &'a Plan, year: i32) -> Self {
        let mut index = Self {
            plan,
            cities: [&plan.name, &plan.short].map(|city| name_key(city)),
            units: plan.reporting_units(year).into_iter().map(|unit| (name_key(&unit), unit)).collect(),
            known: Vec::new(),
            by_no: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
        let aliases = plan.aliases.iter().filter_map(|alias| {
            let (_, unit) = index.units.iter().find(|(_, unit)| *unit == alias.unit)?;
            Some((name_key(&alias.name), unit.clone()))
        });
        index.known = index.units.iter().cloned().chain(aliases).collect();
        for indicator in plan.indicators_of(year) {
            index.by_no.entry(name_key(&indicator.no)).or_insert(indicator);
            for name in [&indicator.name, &indicator.short].into_iter().chain(&indicator.aliases) {
                let key = name_key(&split_unit(name).0);
                if !key.is_empty() {
                    index.by_name.entry(key).or_default().push(indicator);
                }
            }
        }
        index
    }

    /// The first indicator of a number.
    pub(super) fn numbered(&self, no: &str) -> Option<&'a Indicator> {
        self.by_no.get(no).copied()
    }

    /// The first indicator that goes by a name.
    pub(super) fn named(&self, key: &str) -> Option<&'a Indicator> {
        self.by_name.get(key).and_then(|known| known.first()).copied()
    }

    /// Whether an indicator goes by a name.
    pub(super) fn is_called(&self, indicator: &Indicator, key: &str) -> bool {
        self.by_name.get(key).is_some_and(|known| known.iter().any(|one| one.no == indicator.no))
    }

    /// Whether a name is that of the city.
    pub(super) fn is_city(&self, name: &str) -> bool {
        sender::is_city(name, &self.cities)
    }

    /// The name of the city, full and short, as keys.
    pub(super) fn cities(&self) -> &[String] {
        &self.cities
    }

    /// The reporting units by the plan's names.
    pub(super) fn units(&self) -> impl Iterator<Item = &str> {
        self.units.iter().map(|(_, unit)| unit.as_str())
    }

    /// The plan's name of a unit, whatever it is called: see [`sender`].
    pub(super) fn unit(&self, name: &str) -> Option<String> {
        sender::unit(name, &self.known, &self.cities).map(str::to_owned)
    }

    /// The units that are named in a text, such as the name of a file.
    pub(super) fn units_in(&self, text: &str) -> Vec<String> {
        let found = sender::units_in(text, &self.known, &self.cities);
        found.into_iter().map(str::to_owned).collect()
    }
}
