//! Reads `index.toml`, with all its faults at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_decimal::Decimal;

use super::fault::IndexFault;
use super::raw::{
    RawBestCase, RawChain, RawClass, RawIndex, RawPeers, RawRobustness, RawScreening, RawTreatment,
    RawWeights,
};
use super::{
    Aggregation, BestCaseSpec, ChainSpec, Factor, Imputation, IndexSpec, Normalisation, PeerGroup,
    Robustness, ScoreClass, Screening, Treatment, WeightSet, Weighting,
};
use crate::error::RunError;
use crate::ident::CityId;
use crate::inputs::Inputs;
use crate::plan::fault::FileFault;
use crate::plan::sections::{At, Sections};
use crate::plan::words::{word, written};
use crate::plan::{Catalogue, Round, wording};

/// The name of the file.
pub const INDEX: &str = "index.toml";

/// Draws where the file says nothing, and the most.
const DRAWS: u32 = 10_000;
const MOST_DRAWS: u32 = 100_000;
/// Values of an indicator that are drawn in at most, where the file says nothing.
const MOST_TREATED: usize = 5;

/// The index of a round; `None` where its folder has no `index.toml`.
///
/// # Errors
/// Fails when the file cannot be read, or with the list of its faults.
pub fn read(
    inputs: &Inputs,
    folder: &Path,
    round: &Round,
    catalogue: &Catalogue,
) -> Result<Option<IndexSpec>, RunError> {
    let path = folder.join(INDEX);
    if !inputs.is_there(&path)? {
        return Ok(None);
    }
    let text = wording::read(inputs, &path)?;
    let mut reader =
        IndexReader { given: BTreeMap::new(), sections: Sections::parse(&text), round, catalogue };
    let spec = reader.whole();
    let faults = reader.sections.finish();
    match spec.filter(|_| faults.is_empty()) {
        Some(spec) => Ok(Some(spec)),
        None => Err(RunError::Faults { path, faults }),
    }
}

/// A file that is being read.
pub(super) struct IndexReader<'a, 'b> {
    /// The lines of fields that are written, by the names that their steps have: `indicator.rd.weight`.
    pub(super) given: BTreeMap<String, usize>,
    pub(super) sections: Sections<'a>,
    pub(super) round: &'b Round,
    pub(super) catalogue: &'b Catalogue,
}

impl IndexReader<'_, '_> {
    pub(super) fn fault(&mut self, line: usize, fault: IndexFault) {
        self.sections.fault(line, FileFault::Index(fault));
    }

    /// What was read, or nothing with its fault on a line.
    pub(super) fn kept<T>(&mut self, line: usize, read: Result<T, FileFault>) -> Option<T> {
        read.map_err(|fault| self.sections.fault(line, fault)).ok()
    }

    /// Words of a list, those that are none with their faults.
    fn words<T: Copy>(
        &mut self,
        line: usize,
        (what, texts): (&'static str, &[String]),
        known: &[(&str, T)],
    ) -> Vec<T> {
        texts.iter().filter_map(|text| self.kept(line, word(what, text, known))).collect()
    }

    pub(super) fn number(
        &mut self,
        line: usize,
        field: &'static str,
        text: Option<&String>,
    ) -> Option<Decimal> {
        let read = written(field, text?);
        self.kept(line, read).map(|number| number.value)
    }

    /// A number within limits, or what it is by default.
    pub(super) fn bounded(
        &mut self,
        line: usize,
        (field, text): (&'static str, Option<&String>),
        (least, most): (i64, i64),
        default: Decimal,
    ) -> Decimal {
        let Some(value) = self.number(line, field, text) else { return default };
        if value < Decimal::from(least) || value > Decimal::from(most) {
            let text = text.cloned().unwrap_or_default();
            self.fault(line, IndexFault::OutOf { field, text, least, most });
        }
        value
    }

    /// The least score, below the full one of most methods.
    fn floor(&mut self, line: usize, text: Option<&String>) -> Option<Decimal> {
        text.map(|_| self.bounded(line, ("floor", text), (0, 99), Decimal::ZERO))
    }

    /// A weight, one where none is written.
    pub(super) fn weight(&mut self, line: usize, of: &str, text: Option<&String>) -> Decimal {
        let weight = self.number(line, "weight", text).unwrap_or(Decimal::ONE);
        if text.is_some() && weight <= Decimal::ZERO {
            self.fault(line, IndexFault::Weight(of.to_owned()));
        }
        weight
    }

    fn whole(&mut self) -> Option<IndexSpec> {
        let Some(At { line, entry: raw }) = self.sections.single::<RawIndex>("index") else {
            self.skip();
            return None;
        };
        if !self.round.period.is_annual() {
            self.fault(line, IndexFault::NotAnnual);
        }
        let normalisation = word("normalisation", &raw.normalisation, &Normalisation::WORDS);
        let normalisation = self.kept(line, normalisation);
        let weighting = word("weights", &raw.weights, &Weighting::WORDS);
        let weighting = self.kept(line, weighting);
        let imputation = raw.imputation.as_deref().unwrap_or("none");
        let imputation = self.kept(line, word("imputation", imputation, &Imputation::WORDS));
        if raw.aggregation.is_empty() {
            self.sections.fault(line, FileFault::Empty("aggregation"));
        }
        let aggregation = self.words(line, ("aggregation", &raw.aggregation), &Aggregation::WORDS);
        let floor = self.floor(line, raw.floor.as_ref());
        let dimensions = self.dimensions();
        let indicators = self.indicators(&dimensions.0, normalisation);
        let dimensions = self.levelled(dimensions, &indicators);
        let known: BTreeSet<String> = dimensions
            .iter()
            .map(|one| one.id.clone())
            .chain(indicators.iter().map(|one| one.id.to_string()))
            .collect();
        let peers = self.peers();
        let (weight_sets, experts) = (self.sets("weights", &known), self.sets("expert", &known));
        let (screening, treatment, chain) = (self.screening(), self.treatment(), self.chain());
        let tops = dimensions.iter().filter(|one| one.parent.is_none()).count();
        let (best_case, classes) = (self.best_case(tops), self.classes());
        let robustness = self.robustness(normalisation, aggregation.last().copied());
        let mut lines = self.sections.lines();
        lines.append(&mut self.given);
        let spec = IndexSpec {
            file: self.round.path(INDEX),
            lines,
            name: raw.name,
            en: raw.name_en,
            dimensions,
            indicators,
            peers,
            screening,
            treatment,
            imputation: imputation?,
            normalisation: normalisation?,
            floor,
            weighting: weighting?,
            aggregation,
            weight_sets,
            experts,
            best_case,
            classes,
            robustness,
            chain,
        };
        self.together(line, &spec);
        Some(spec)
    }

    /// Of a file without its head nothing else is said.
    fn skip(&mut self) {
        for key in ["dimension", "indicator", "peers", "weights", "expert", "class"] {
            self.sections.many::<toml::Value>(key);
        }
        for key in ["screening", "treatment", "best_case", "robustness", "chain"] {
            self.sections.optional::<toml::Value>(key);
        }
    }

    fn peers(&mut self) -> Vec<PeerGroup> {
        let mut seen: BTreeSet<CityId> = BTreeSet::new();
        let mut found = Vec::new();
        for At { line, entry } in self.sections.many::<RawPeers>("peers") {
            for city in &entry.cities {
                if !self.round.cities.contains(city) {
                    self.fault(line, IndexFault::NoCity(city.clone()));
                } else if !seen.insert(city.clone()) {
                    self.fault(line, IndexFault::CityTwice(city.clone()));
                }
            }
            found.push(PeerGroup { name: entry.name, en: entry.en, cities: entry.cities });
        }
        found
    }

    fn sets(&mut self, key: &'static str, known: &BTreeSet<String>) -> Vec<WeightSet> {
        let mut found = Vec::new();
        for At { line, entry } in self.sections.many::<RawWeights>(key) {
            let mut weights = BTreeMap::new();
            for (of, text) in &entry.values {
                if !known.contains(of) {
                    self.fault(line, IndexFault::NoPart(of.clone()));
                }
                weights.insert(of.clone(), self.weight(line, of, Some(text)));
            }
            found.push(WeightSet { name: entry.name, weights });
        }
        found
    }

    fn screening(&mut self) -> Screening {
        let raw = self.sections.optional::<RawScreening>("screening");
        let line = raw.as_ref().map_or(1, |at| at.line);
        let of = |field: fn(&RawScreening) -> Option<&String>| raw.as_ref().and_then(|at| field(&at.entry));
        let share = (0, 100);
        let city = ("city_coverage", of(|raw| raw.city_coverage.as_ref()));
        let indicator = ("indicator_coverage", of(|raw| raw.indicator_coverage.as_ref()));
        Screening {
            city_coverage: self.bounded(line, city, share, Decimal::new(667, 1)),
            indicator_coverage: self.bounded(line, indicator, share, Decimal::new(50, 0)),
        }
    }

    fn treatment(&mut self) -> Option<Treatment> {
        let At { line, entry } = self.sections.optional::<RawTreatment>("treatment")?;
        let most = entry.most.unwrap_or(MOST_TREATED);
        let fallback = entry.fallback.as_deref().unwrap_or("none");
        let fallback = self.kept(line, word("fallback", fallback, &[("none", false), ("log", true)]));
        let skewness = ("skewness", entry.skewness.as_ref());
        let kurtosis = ("kurtosis", entry.kurtosis.as_ref());
        Some(Treatment {
            skewness: self.bounded(line, skewness, (0, 1000), Decimal::new(2, 0)),
            kurtosis: self.bounded(line, kurtosis, (0, 1000), Decimal::new(35, 1)),
            most,
            falls_back: fallback.unwrap_or_default(),
        })
    }

    /// Of so many domains right below the index.
    fn best_case(&mut self, domains: usize) -> Option<BestCaseSpec> {
        let At { line, entry } = self.sections.optional::<RawBestCase>("best_case")?;
        let share = (0, 100);
        let least = self.bounded(line, ("least", entry.least.as_ref()), share, Decimal::ZERO);
        let most = self.bounded(line, ("most", entry.most.as_ref()), share, Decimal::ONE_HUNDRED);
        let all = |share: Decimal| share.saturating_mul(Decimal::from(domains));
        if domains < 2 || all(least) > Decimal::ONE_HUNDRED || all(most) < Decimal::ONE_HUNDRED {
            self.fault(line, IndexFault::BestShares(domains));
        }
        Some(BestCaseSpec { least, most })
    }

    fn classes(&mut self) -> Vec<ScoreClass> {
        let mut found: Vec<ScoreClass> = Vec::new();
        for At { line, entry } in self.sections.many::<RawClass>("class") {
            let Some(from) = self.number(line, "from", Some(&entry.from)) else { continue };
            if found.last().is_some_and(|above| above.from <= from) {
                self.fault(line, IndexFault::Classes);
            }
            found.push(ScoreClass { name: entry.name, en: entry.en, from });
        }
        found
    }

    fn robustness(
        &mut self,
        normalisation: Option<Normalisation>,
        top: Option<Aggregation>,
    ) -> Option<Robustness> {
        let At { line, entry } = self.sections.optional::<RawRobustness>("robustness")?;
        let draws = entry.draws.unwrap_or(DRAWS);
        if !(1..=MOST_DRAWS).contains(&draws) {
            let (text, most) = (draws.to_string(), i64::from(MOST_DRAWS));
            self.fault(line, IndexFault::OutOf { field: "draws", text, least: 1, most });
        }
        let spread = ("weight_spread", entry.weight_spread.as_ref());
        let weight_spread = self.bounded(line, spread, (0, 99), Decimal::new(25, 0));
        let factors = match &entry.factors {
            Some(texts) => self.words(line, ("factors", texts), &Factor::WORDS),
            None => Factor::WORDS.iter().map(|(_, factor)| *factor).collect(),
        };
        // The index's own first, each once.
        let mut normalisations: Vec<Normalisation> = normalisation.into_iter().collect();
        for one in self.words(line, ("normalisations", &entry.normalisations), &Normalisation::WORDS) {
            normalisations.extend(Some(one).filter(|one| !normalisations.contains(one)));
        }
        let mut aggregations: Vec<Aggregation> = top.into_iter().collect();
        for one in self.words(line, ("aggregations", &entry.aggregations), &Aggregation::WORDS) {
            aggregations.extend(Some(one).filter(|one| !aggregations.contains(one)));
        }
        let seed = entry.seed.unwrap_or(1);
        Some(Robustness { draws, seed, weight_spread, factors, normalisations, aggregations })
    }

    fn chain(&mut self) -> Option<ChainSpec> {
        let At { line, entry } = self.sections.optional::<RawChain>("chain")?;
        if entry.base_year >= self.round.year() {
            self.fault(line, IndexFault::BaseYear(entry.base_year));
        }
        Some(ChainSpec { base_year: entry.base_year })
    }
}
