//! The indicators of a plan by number and by every name they go by.

use std::collections::BTreeMap;

use super::text::{name_key, split_unit};
use crate::plan::{Indicator, Plan};

/// The indicators that are judged in a year.
pub(super) struct Index<'a> {
    by_no: BTreeMap<String, &'a Indicator>,
    by_name: BTreeMap<String, Vec<&'a Indicator>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(plan: &'a Plan, year: i32) -> Self {
        let mut index = Self { by_no: BTreeMap::new(), by_name: BTreeMap::new() };
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
}
