//! The shared catalogue: what an indicator is, wherever it appears.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::english::checked;
use super::fault::FileFault;
use super::sections::{At, Sections};
use super::wording;
use super::words::{self, word, written};
use super::{Direction, Measure, PaceMethod, short_of};
use crate::error::RunError;
use crate::ident::IndicatorId;
use crate::inputs::Inputs;
use crate::quantity::Unit;

/// Dimensions that a message lists.
const MOST_LISTED: usize = 30;

/// A domain of the cross-city comparison (领域).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Identifier.
    pub id: String,
    /// Name in the report.
    pub name: String,
    /// Name in the English one, if it has any.
    pub en: Option<String>,
}

/// A unit of measure in English: `""` for one that only classifies what is counted (个).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawUnit {
    name: String,
    en: String,
}

/// An indicator of the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CatalogueEntry {
    pub(crate) name: String,
    pub(crate) short: String,
    /// Its English name, if it has any.
    pub(crate) en: Option<String>,
    pub(crate) aliases: Vec<String>,
    pub(crate) unit: Unit,
    pub(crate) measure: Measure,
    /// Units in which a plan may print the same quantity although they look like another one.
    pub(crate) unit_aliases: Vec<String>,
    pub(crate) direction: Direction,
    pub(crate) dimension: String,
    pub(crate) yoy_limit: Option<Decimal>,
    /// How what is due of it within a year is worked out; `None` by its measure.
    pub(crate) pace: Option<PaceMethod>,
    /// The indicator that is the numerator of this share.
    pub(crate) numerator: Option<IndicatorId>,
    /// What exactly it counts, as forms say it; may be empty.
    pub(crate) definition: String,
}

/// The catalogue (指标目录): dimensions in printing order, indicators by id.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catalogue {
    /// Domains of the cross-city comparison, in printing order.
    pub dimensions: Vec<Dimension>,
    /// Units of measure in English, by their Chinese texts.
    pub english_units: BTreeMap<String, String>,
    pub(crate) entries: BTreeMap<IndicatorId, CatalogueEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: IndicatorId,
    name: String,
    short: Option<String>,
    en: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    unit: String,
    #[serde(default)]
    unit_aliases: Vec<String>,
    direction: Option<String>,
    measure: Option<String>,
    #[expect(dead_code, reason = "digits of computed figures, used by the composite index")]
    decimals: Option<u32>,
    #[serde(default)]
    dimension: String,
    yoy_limit: Option<String>,
    pace: Option<String>,
    #[serde(default)]
    numerator: String,
    #[serde(default)]
    definition: String,
}

impl Catalogue {
    /// Every name of every indicator with its id: the full one, the short one, the others.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().flat_map(|(id, entry)| {
            let names = [&entry.name, &entry.short].into_iter().chain(&entry.aliases);
            names.map(move |name| (name.as_str(), id.as_str()))
        })
    }

    /// The unit of an indicator, as written.
    pub(crate) fn unit_of(&self, id: &str) -> Option<&str> {
        self.entry(id).map(|entry| entry.unit.text())
    }

    /// The unit of an indicator, as written.
    pub fn unit(&self, id: &IndicatorId) -> Option<&str> {
        self.unit_of(id.as_str())
    }

    /// Whether a unit is another way to print that of an indicator.
    pub fn is_alias(&self, id: &IndicatorId, unit: &Unit) -> bool {
        self.entry(id.as_str()).is_some_and(|entry| entry.unit_aliases.iter().any(|one| one == unit.text()))
    }

    /// Its name.
    pub fn name(&self, id: &IndicatorId) -> Option<&str> {
        self.entry(id.as_str()).map(|entry| entry.name.as_str())
    }

    /// Its short name.
    pub fn short(&self, id: &IndicatorId) -> Option<&str> {
        self.entry(id.as_str()).map(|entry| entry.short.as_str())
    }

    /// Its English name, if it has any.
    pub fn english(&self, id: &IndicatorId) -> Option<&str> {
        self.entry(id.as_str()).and_then(|entry| entry.en.as_deref())
    }

    /// Which way is better for an indicator.
    pub(crate) fn direction_of(&self, id: &str) -> Option<Direction> {
        self.entry(id).map(|entry| entry.direction)
    }

    fn entry(&self, id: &str) -> Option<&CatalogueEntry> {
        self.entries.iter().find(|(known, _)| known.as_str() == id).map(|(_, entry)| entry)
    }

    /// The catalogue with the entries and domains of another that it does not have.
    #[must_use]
    pub fn with_those_of(mut self, other: &Self) -> Self {
        for (id, entry) in &other.entries {
            self.entries.entry(id.clone()).or_insert_with(|| entry.clone());
        }
        let new = other.dimensions.iter().filter(|one| !self.dimensions.iter().any(|own| own.id == one.id));
        self.dimensions.extend(new.cloned().collect::<Vec<_>>());
        for (unit, name) in &other.english_units {
            self.english_units.entry(unit.clone()).or_insert_with(|| name.clone());
        }
        self
    }

    /// Reads `catalogue.toml`.
    ///
    /// # Errors
    /// Fails when the file cannot be read, or with the list of its faults.
    pub fn load(inputs: &Inputs, path: &Path) -> Result<Self, RunError> {
        Self::default().with(inputs, path, false)
    }

    /// The catalogue with the entries that were drafted beside a plan and are not in it: they may still have fields to be
    /// confirmed, and need no domain.
    ///
    /// # Errors
    /// Fails like [`Catalogue::load`].
    pub fn with_draft(self, inputs: &Inputs, path: &Path) -> Result<Self, RunError> {
        self.with(inputs, path, true)
    }

    fn with(mut self, inputs: &Inputs, path: &Path, is_draft: bool) -> Result<Self, RunError> {
        let text = wording::read(inputs, path)?;
        let mut sections = Sections::parse(&text);
        let unsettled = sections.unsettled();
        if let Some(first) = unsettled.first().filter(|_| !is_draft) {
            sections.fault(first.line, FileFault::Unconfirmed(unsettled.len()));
        }
        let mut listed: BTreeSet<String> = self.dimensions.iter().map(|one| one.id.clone()).collect();
        for At { line, entry } in sections.many::<Dimension>("dimension") {
            if let Err(fault) = checked(entry.en.clone()) {
                sections.fault(line, fault);
            }
            if listed.insert(entry.id.clone()) {
                self.dimensions.push(entry);
            } else if !self.dimensions.contains(&entry) {
                sections.fault(line, FileFault::DimensionTwice(entry.id));
            }
        }
        for At { line, entry } in sections.many::<RawUnit>("unit") {
            let unit = Unit::parse(&entry.name).text().to_owned();
            if self.english_units.insert(unit, entry.en).is_some() {
                sections.fault(line, FileFault::UnitOfMeasureTwice(entry.name));
            }
        }
        let mut numerators: Vec<(usize, IndicatorId, IndicatorId)> = Vec::new();
        for at in sections.many::<Raw>("indicator") {
            let id = at.entry.id.clone();
            numerators
                .extend(IndicatorId::some(at.entry.numerator.as_str()).map(|of| (at.line, id.clone(), of)));
            let is_open = is_draft && at.entry.dimension.is_empty();
            if !is_open && !listed.contains(&at.entry.dimension) {
                let known = listed.iter().take(MOST_LISTED).cloned().collect();
                sections.fault(at.line, FileFault::NoDimension(at.entry.dimension.clone(), known));
            }
            match CatalogueEntry::from_raw(at.entry) {
                Ok(entry) if !self.entries.contains_key(&id) => {
                    self.entries.insert(id, entry);
                }
                Ok(_) => sections.fault(at.line, FileFault::IdTwice(id)),
                Err(faults) => faults.into_iter().for_each(|fault| sections.fault(at.line, fault)),
            }
        }
        for (line, id, numerator) in numerators {
            if numerator == id {
                sections.fault(line, FileFault::OwnNumerator(id));
            } else if !self.entries.contains_key(&numerator) {
                sections.fault(line, FileFault::NotInCatalogue(numerator));
            }
        }
        let faults = sections.finish();
        if faults.is_empty() { Ok(self) } else { Err(RunError::Faults { path: path.to_owned(), faults }) }
    }
}

impl CatalogueEntry {
    fn from_raw(raw: Raw) -> Result<Self, Vec<FileFault>> {
        let unit = Unit::parse(&raw.unit);
        let direction = raw.direction.as_deref().unwrap_or("higher");
        let direction = word("direction", direction, &words::DIRECTIONS);
        let measure = match &raw.measure {
            Some(measure) => word("measure", measure, &Measure::WORDS),
            None => Ok(Measure::of(None, &raw.name, &unit)),
        };
        let limit = raw.yoy_limit.map(|limit| written("yoy_limit", &limit)).transpose();
        let pace = raw.pace.map(|pace| word("pace", &pace, &PaceMethod::WORDS)).transpose();
        match (direction, measure, limit, checked(raw.en), pace) {
            (Ok(direction), Ok(measure), Ok(limit), Ok(en), Ok(pace)) => Ok(Self {
                en,
                short: raw.short.unwrap_or_else(|| short_of(&raw.name)),
                name: raw.name,
                aliases: raw.aliases,
                unit,
                measure,
                unit_aliases: raw.unit_aliases,
                direction,
                dimension: raw.dimension,
                yoy_limit: limit.map(|limit| limit.value),
                pace,
                numerator: IndicatorId::some(raw.numerator),
                definition: raw.definition.trim().to_owned(),
            }),
            (direction, measure, limit, en, pace) => {
                let faults = [direction.err(), measure.err(), limit.err(), en.err(), pace.err()];
                Err(faults.into_iter().flatten().collect())
            }
        }
    }
}
