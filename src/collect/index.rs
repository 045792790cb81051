//! The indicators and tasks of a plan by number and by every name they go by, and its units by name.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::headings::{Heading, Setting};
use super::memo::Memo;
use super::sender::{self, UnitKey};
use super::text::{is_qualifier, name_key, split_unit};
use crate::finding::Object;
use crate::ident::UnitName;
use crate::period::Period;
use crate::plan::{Indicator, Plan, Task};

/// What the plan calls a row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Named<'a> {
    /// An indicator.
    Indicator(&'a Indicator),
    /// A task.
    Task(&'a Task),
}

impl<'a> Named<'a> {
    /// Its number in the plan.
    pub(super) fn no(&self) -> &'a str {
        match self {
            Self::Indicator(indicator) => indicator.no.as_str(),
            Self::Task(task) => task.no.as_str(),
        }
    }

    /// What it is in the plan.
    pub(super) fn object(&self) -> Object {
        match self {
            Self::Indicator(indicator) => (&indicator.no).into(),
            Self::Task(task) => (&task.no).into(),
        }
    }

    /// A text of its row without what plan and catalogue themselves say of it: that narrows nothing.
    pub(super) fn beyond_own<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Self::Indicator(indicator) = self else { return Cow::Borrowed(text) };
        let quotes = indicator.targets.iter().map(|target| target.quote.as_str());
        let mut own =
            quotes.chain([indicator.definition.trim_end_matches('。')]).filter(|one| !one.is_empty());
        own.find(|one| text.contains(one))
            .map_or(Cow::Borrowed(text), |one| Cow::Owned(text.replace(one, "")))
    }

    /// Its name in the plan.
    pub(super) fn name(&self) -> &'a str {
        match self {
            Self::Indicator(indicator) => &indicator.name,
            Self::Task(task) => &task.title,
        }
    }
}

/// Where in the plan something stands.
#[derive(Debug, Clone, Copy)]
enum PlanPlace {
    Indicator(usize),
    Task(usize),
}

/// What a plan calls the things that are reported in a year.
pub(super) struct Index<'a> {
    pub(super) plan: &'a Plan,
    /// The year that is judged.
    pub(super) year: i32,
    /// The year or the part of it that is judged.
    pub(super) period: Period,
    cities: [String; 2],
    /// Reporting units, each with the form in which names are compared.
    units: Vec<(String, UnitName)>,
    /// The same by every name they go by.
    known: Vec<UnitKey>,
    by_no: BTreeMap<String, &'a Indicator>,
    by_name: BTreeMap<String, Vec<&'a Indicator>>,
    by_title: BTreeMap<String, &'a Task>,
    /// The characters of all these names.
    letters: BTreeSet<char>,
    /// What a text was found to name. Forms are alike: most names stand in many workbooks.
    found: Memo<Option<PlanPlace>>,
    /// What headings say, likewise.
    headings: Memo<Arc<Heading>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(plan: &'a Plan, period: Period) -> Self {
        let year = period.year();
        let mut index = Self {
            plan,
            year,
            period,
            cities: [&plan.name, &plan.short].map(|city| name_key(city)),
            units: plan
                .reporting_units(year)
                .into_iter()
                .map(|unit| (name_key(unit.as_str()), unit))
                .collect(),
            known: Vec::new(),
            by_no: BTreeMap::new(),
            by_name: BTreeMap::new(),
            letters: BTreeSet::new(),
            found: Memo::new(),
            headings: Memo::new(),
            by_title: plan.tasks.iter().map(|task| (name_key(&task.title), task)).collect(),
        };
        let aliases = plan.aliases.iter().filter_map(|alias| {
            let (_, unit) = index.units.iter().find(|(_, unit)| *unit == alias.unit)?;
            Some((name_key(&alias.name), unit.clone()))
        });
        let known = index.units.iter().cloned().chain(aliases);
        index.known = known.map(|(key, unit)| UnitKey::new(key, unit, &index.cities)).collect();
        for indicator in plan.indicators_of(year) {
            index.by_no.entry(name_key(indicator.no.as_str())).or_insert(indicator);
            for name in [&indicator.name, &indicator.short].into_iter().chain(&indicator.aliases) {
                let mut keys = vec![name_key(&split_unit(name).0), name_key(name)];
                keys.dedup();
                for key in keys.into_iter().filter(|key| !key.is_empty()) {
                    let known = index.by_name.entry(key).or_default();
                    if !known.iter().any(|one| one.no == indicator.no) {
                        known.push(indicator);
                    }
                }
            }
        }
        let names = index.by_name.keys().chain(index.by_title.keys());
        index.letters = names.flat_map(|name| name.chars()).collect();
        index
    }

    /// What headings are read by.
    pub(super) fn setting(&self) -> Setting<'_> {
        Setting { city: &self.cities }
    }

    /// What a heading says.
    pub(super) fn heading(&self, text: &str) -> Arc<Heading> {
        self.headings.of(text, || Arc::new(Heading::of(text, self.setting())))
    }

    /// What the plan calls a row by the text in its column of names; a unit or the like in a bracket behind the name is
    /// passed over.
    pub(super) fn row(&self, text: &str) -> Option<Named<'a>> {
        let plan = self.plan;
        let found = self.found.of(text, || {
            let key = name_key(text);
            match forms(&key).chain(forms(self.bare(&key))).find_map(|key| self.keyed(key))? {
                Named::Indicator(of) => {
                    plan.indicators.iter().position(|one| std::ptr::eq(one, of)).map(PlanPlace::Indicator)
                }
                Named::Task(of) => {
                    plan.tasks.iter().position(|one| std::ptr::eq(one, of)).map(PlanPlace::Task)
                }
            }
        });
        match found? {
            PlanPlace::Indicator(at) => plan.indicators.get(at).map(Named::Indicator),
            PlanPlace::Task(at) => plan.tasks.get(at).map(Named::Task),
        }
    }

    fn keyed(&self, key: &str) -> Option<Named<'a>> {
        let indicator = || self.by_name.get(key).and_then(|known| known.first()).copied();
        let task = || self.by_title.get(key).copied();
        indicator().map(Named::Indicator).or_else(|| task().map(Named::Task))
    }

    /// A name without the year that is judged and the city before it, which it is about anyway: 2023年, 全市, 湘潭市.
    fn bare<'k>(&self, key: &'k str) -> &'k str {
        let year = self.year.to_string();
        let dated = |rest: &'k str| {
            let rest = rest.strip_prefix(year.as_str())?.strip_prefix('年')?;
            Some(rest.strip_prefix(['度', '末', '底']).unwrap_or(rest))
        };
        let words = ["全市", "我市", "本市", "本年度", "本年"];
        let named = |rest: &'k str| {
            let cities = self.cities.iter().map(String::as_str).filter(|city| !city.is_empty());
            cities.chain(words).find_map(|word| rest.strip_prefix(word))
        };
        let mut rest = key;
        while let Some(after) = dated(rest).or_else(|| named(rest)) {
            rest = after;
        }
        rest
    }

    /// Whether an indicator goes by the name in a text; several may.
    pub(super) fn is_called(&self, indicator: &Indicator, text: &str) -> bool {
        let is_known = |key: &str| {
            self.by_name.get(key).is_some_and(|known| known.iter().any(|one| one.no == indicator.no))
        };
        let key = name_key(text);
        forms(&key).chain(forms(self.bare(&key))).any(is_known)
    }

    /// Whether a text is the name of an indicator or task.
    pub(super) fn is_named(&self, text: &str) -> bool {
        // Most texts of a large sheet have other characters: a quick look before a thorough one.
        let known = text.chars().filter(|c| self.letters.contains(&c.to_ascii_lowercase())).count();
        known > 0 && (known * 3 >= text.chars().count() || !text.is_ascii()) && self.row(text).is_some()
    }

    /// The first indicator of a number.
    pub(super) fn numbered(&self, no: &str) -> Option<&'a Indicator> {
        self.by_no.get(no).copied()
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
    pub(super) fn unit(&self, name: &str) -> Option<&UnitName> {
        sender::unit(name, &self.known, &self.cities)
    }

    /// The units that are named in a text, such as the name of a file.
    pub(super) fn units_in(&self, text: &str) -> Vec<&UnitName> {
        sender::units_in(text, &self.known, &self.cities)
    }
}

/// A key, and what is left of it without the qualifiers behind it.
fn forms(key: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(key).filter(|key| !key.is_empty()), |rest| {
        without_qualifier(rest).filter(|rest| !rest.is_empty())
    })
}

/// A key without the unit or the price basis in its last bracket or behind its last slash.
fn without_qualifier(key: &str) -> Option<&str> {
    if let Some(inner) = key.strip_suffix(')') {
        let (before, inside) = inner.split_at_checked(inner.rfind('(')?)?;
        let inside = inside.trim_start_matches('(');
        return inside.split([',', ';', '、']).all(is_qualifier).then_some(before);
    }
    let (before, unit) = key.rsplit_once('/')?;
    is_qualifier(unit).then_some(before)
}
