//! The indicators of a plan by number and by every name they go by, and its units by name.

use std::collections::BTreeMap;

use super::text::{name_key, split_unit};
use crate::plan::{Indicator, Plan};

/// What a plan calls the things that are reported in a year.
pub(super) struct Index<'a> {
    pub(super) plan: &'a Plan,
    year: i32,
    cities: [String; 2],
    /// Reporting units, each with the form in which names are compared.
    units: Vec<(String, String)>,
    by_no: BTreeMap<String, &'a Indicator>,
    by_name: BTreeMap<String, Vec<&'a Indicator>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(plan: &'a Plan, year: i32) -> Self {
        let mut index = Self {
            plan,
            year,
            cities: [&plan.name, &plan.short].map(|city| name_key(city)),
            units: plan.reporting_units(year).into_iter().map(|unit| (name_key(&unit), unit)).collect(),
            by_no: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
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
    pub(super) fn is_city(&self, key: &str) -> bool {
        self.cities.iter().any(|city| city == key)
    }

    /// The reporting units by the plan's names.
    pub(super) fn units(&self) -> impl Iterator<Item = &str> {
        self.units.iter().map(|(_, unit)| unit.as_str())
    }

    /// The plan's name of a unit, compared after normalising; `领导小组办公室` means the plan's office, and the name of the
    /// city may stand before that of the unit.
    pub(super) fn unit(&self, name: &str) -> Option<String> {
        let key = name_key(name);
        let known =
            |key: &str| self.units.iter().find(|(known, _)| known == key).map(|(_, unit)| unit.clone());
        let bare = || self.cities.iter().filter_map(|city| key.strip_prefix(city.as_str()));
        let alias = || {
            let alias = self.plan.aliases.iter().find(|alias| name_key(&alias.name) == key)?;
            self.plan.unit_named(&alias.name, self.year)
        };
        known(&key)
            .or_else(|| bare().find_map(|bare| known(bare).or_else(|| known(&format!("市{bare}")))))
            .or_else(alias)
    }
}
