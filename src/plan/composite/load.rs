//! Reads `index.toml`, with all its faults at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_decimal::Decimal;

use super::fault::IndexFault;
use super::raw::{
    RawChain, RawClass, RawDimension, RawIndex, RawIndicator, RawPeers, RawRobustness, RawScreening,
    RawTreatment, RawWeights,
};
use super::{
    Aggregation, ChainSpec, Factor, Goalposts, Imputation, IndexDimension, IndexIndicator, IndexSpec,
    Normalisation, PeerGroup, Robustness, ScoreClass, Screening, Treatment, WeightSet, Weighting,
};
use crate::error::RunError;
use crate::ident::CityId;
use crate::inputs::Inputs;
use crate::plan::fault::FileFault;
use crate::plan::sections::{At, Sections};
use crate::plan::words::{DIRECTIONS, word, written};
use crate::plan::{Catalogue, Direction, Round, wording};

/// The name of the file.
pub const INDEX: &str = "index.toml";

/// Draws where the file says nothing, and the most.
const DRAWS: u32 = 10_000;
const MOST_DRAWS: u32 = 1_000_000;
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
    let mut reader = Reader { sections: Sections::parse(&text), round, catalogue };
    let spec = reader.whole();
    let faults = reader.sections.finish();
    match spec.filter(|_| faults.is_empty()) {
        Some(spec) => Ok(Some(spec)),
        None => Err(RunError::Faults { path, faults }),
    }
}

struct Reader<'a, 'b> {
    sections: Sections<'a>,
    round: &'b Round,
    catalogue: &'b Catalogue,
}

impl Reader<'_, '_> {
    fn fault(&mut self, line: usize, fault: IndexFault) {
        self.sections.fault(line, FileFault::Index(fault));
    }

    /// What was read, or nothing with its fault on a line.
    fn kept<T>(&mut self, line: usize, read: Result<T, FileFault>) -> Option<T> {
        read.map_err(|fault| self.sections.fault(line, fault)).ok()
    }

    fn number(&mut self, line: usize, field: &'static str, text: Option<&String>) -> Option<Decimal> {
        let read = written(field, text?);
        self.kept(line, read).map(|number| number.value)
    }

    /// A number within limits, or what it is by default.
    fn bounded(
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

    /// A weight, one where none is written.
    fn weight(&mut self, line: usize, of: &str, text: Option<&String>) -> Decimal {
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
        let mut aggregation = Vec::new();
        for text in &raw.aggregation {
            let read = word("aggregation", text, &Aggregation::WORDS);
            aggregation.extend(self.kept(line, read));
        }
        let floor = self.number(line, "floor", raw.floor.as_ref());
        let dimensions = self.dimensions();
        let indicators = self.indicators(&dimensions, normalisation);
        let dimensions = self.levelled(dimensions, &indicators);
        let known: BTreeSet<String> = dimensions
            .iter()
            .map(|one| one.id.clone())
            .chain(indicators.iter().map(|one| one.id.to_string()))
            .collect();
        let peers = self.peers();
        let (weight_sets, experts) = (self.sets("weights", &known), self.sets("expert", &known));
        let (screening, treatment) = (self.screening(), self.treatment());
        let classes = self.classes();
        let robustness = self.robustness(normalisation, aggregation.last().copied());
        let chain = self.chain();
        let lines = self.sections.lines();
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
        for key in ["screening", "treatment", "robustness", "chain"] {
            self.sections.optional::<toml::Value>(key);
        }
    }

    fn dimensions(&mut self) -> Vec<IndexDimension> {
        let mut found: Vec<IndexDimension> = Vec::new();
        for At { line, entry } in self.sections.many::<RawDimension>("dimension") {
            let known = self.catalogue.dimensions.iter().find(|one| one.id == entry.id);
            let name = entry.name.or_else(|| known.map(|one| one.name.clone()));
            let en = entry.en.or_else(|| known.and_then(|one| one.en.clone()));
            if found.iter().any(|one| one.id == entry.id) {
                self.fault(line, IndexFault::DimensionTwice(entry.id.clone()));
                continue;
            }
            let weight = self.weight(line, &entry.id, entry.weight.as_ref());
            let parent = entry.parent.as_deref().and_then(|parent| self.place(line, parent, &found));
            found.push(IndexDimension {
                name: name.unwrap_or_else(|| entry.id.clone()),
                en,
                weight,
                parent,
                level: 0,
                id: entry.id,
            });
        }
        found
    }

    fn place(&mut self, line: usize, id: &str, dimensions: &[IndexDimension]) -> Option<usize> {
        let found = dimensions.iter().position(|one| one.id == id);
        if found.is_none() {
            let known = dimensions.iter().map(|one| one.id.clone()).collect();
            self.fault(line, IndexFault::NoDimension(id.to_owned(), known));
        }
        found
    }

    fn indicators(
        &mut self,
        dimensions: &[IndexDimension],
        normalisation: Option<Normalisation>,
    ) -> Vec<IndexIndicator> {
        let mut found: Vec<IndexIndicator> = Vec::new();
        for At { line, entry } in self.sections.many::<RawIndicator>("indicator") {
            let id = entry.id.clone();
            if found.iter().any(|one| one.id == id) {
                self.fault(line, IndexFault::IndicatorTwice(id));
                continue;
            }
            if self.catalogue.unit(&id).is_none() {
                self.fault(line, IndexFault::NotInCatalogue(id));
                continue;
            }
            let higher = self.direction(line, &entry);
            let dimension = self.place(line, &entry.dimension, dimensions);
            let weight = self.weight(line, id.as_str(), entry.weight.as_ref());
            let goalposts = self.goalposts(line, &entry, normalisation);
            let (Some(higher_is_better), Some(dimension)) = (higher, dimension) else { continue };
            found.push(IndexIndicator { id, dimension, weight, higher_is_better, goalposts, log: entry.log });
        }
        found
    }

    fn direction(&mut self, line: usize, entry: &RawIndicator) -> Option<bool> {
        let own = match &entry.direction {
            Some(text) => self.kept(line, word("direction", text, &DIRECTIONS))?,
            None => self.catalogue.direction_of(entry.id.as_str()).unwrap_or(Direction::None),
        };
        match own {
            Direction::Higher => Some(true),
            Direction::Lower => Some(false),
            Direction::Rank => {
                self.fault(line, IndexFault::NoQuantity(entry.id.clone()));
                None
            }
            Direction::Interval | Direction::None => {
                self.fault(line, IndexFault::NoDirection(entry.id.clone()));
                None
            }
        }
    }

    fn goalposts(
        &mut self,
        line: usize,
        entry: &RawIndicator,
        normalisation: Option<Normalisation>,
    ) -> Goalposts {
        let id = entry.id.clone();
        let low = self.number(line, "low", entry.low.as_ref());
        let high = self.number(line, "high", entry.high.as_ref());
        let reference = self.number(line, "reference", entry.reference.as_ref());
        if low.zip(high).is_some_and(|(low, high)| low >= high) {
            self.fault(line, IndexFault::Goalposts(id.clone()));
        }
        let asks = |method: Normalisation| match method {
            Normalisation::Goalposts { .. } | Normalisation::Efficacy => {
                (low.is_none() || high.is_none()).then_some("low、high")
            }
            Normalisation::DistanceToReference | Normalisation::DistanceToTarget { .. } => {
                reference.is_none().then_some("reference")
            }
            _ => None,
        };
        if let Some((method, fields)) = normalisation.and_then(|method| Some((method.key(), asks(method)?))) {
            self.fault(line, IndexFault::NoGoalpost { id: id.clone(), fields, method });
        }
        let is_odd = |post: Option<Decimal>| post.is_some_and(|post| post <= Decimal::ZERO);
        if entry.log && [low, high, reference].into_iter().any(is_odd) {
            self.fault(line, IndexFault::NoLog(id));
        } else if normalisation == Some(Normalisation::DistanceToReference) && is_odd(reference) {
            self.fault(line, IndexFault::Reference(id));
        }
        Goalposts { low, high, reference }
    }

    /// Domains with their levels: over indicators 1, over domains of level n n + 1.
    fn levelled(
        &mut self,
        mut dimensions: Vec<IndexDimension>,
        indicators: &[IndexIndicator],
    ) -> Vec<IndexDimension> {
        for at in (0..dimensions.len()).rev() {
            let of = |one: &IndexDimension| one.parent == Some(at);
            let below: BTreeSet<usize> =
                dimensions.iter().filter(|one| of(one)).map(|one| one.level).collect();
            let has_indicators = indicators.iter().any(|one| one.dimension == at);
            let level = below.last().map_or(1, |level| level.saturating_add(1));
            let Some(own) = dimensions.get_mut(at) else { continue };
            own.level = level;
            let id = own.id.clone();
            let line = self.sections.lines().get(&format!("dimension.{}", at.saturating_add(1))).copied();
            let fault = match (has_indicators, below.len()) {
                (true, 0) | (false, 1) => continue,
                (true, _) => IndexFault::Mixed(id),
                (false, 0) => IndexFault::Empty(id),
                (false, _) => IndexFault::Uneven(id),
            };
            self.fault(line.unwrap_or(1), fault);
        }
        let tops: BTreeSet<usize> =
            dimensions.iter().filter(|one| one.parent.is_none()).map(|one| one.level).collect();
        if tops.len() > 1 {
            self.fault(1, IndexFault::Uneven("index".to_owned()));
        }
        dimensions
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
        let skewness = ("skewness", entry.skewness.as_ref());
        let kurtosis = ("kurtosis", entry.kurtosis.as_ref());
        Some(Treatment {
            skewness: self.bounded(line, skewness, (0, 1000), Decimal::new(2, 0)),
            kurtosis: self.bounded(line, kurtosis, (0, 1000), Decimal::new(35, 1)),
            most,
        })
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
        let words = |what: &'static str, texts: &[String]| {
            texts.iter().map(move |text| (what, text.clone())).collect::<Vec<_>>()
        };
        let factors = match &entry.factors {
            Some(texts) => {
                let mut found = Vec::new();
                for (what, text) in words("factors", texts) {
                    found.extend(self.kept(line, word(what, &text, &Factor::WORDS)));
                }
                found
            }
            None => Factor::WORDS.iter().map(|(_, factor)| *factor).collect(),
        };
        let mut normalisations: Vec<Normalisation> = normalisation.into_iter().collect();
        for text in &entry.normalisations {
            let read = self.kept(line, word("normalisations", text, &Normalisation::WORDS));
            normalisations.extend(read.filter(|one| !normalisations.contains(one)));
        }
        let mut aggregations: Vec<Aggregation> = top.into_iter().collect();
        for text in &entry.aggregations {
            let read = self.kept(line, word("aggregations", text, &Aggregation::WORDS));
            aggregations.extend(read.filter(|one| !aggregations.contains(one)));
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

    /// What only shows when all is read.
    fn together(&mut self, line: usize, spec: &IndexSpec) {
        if spec.indicators.len() < 2 {
            self.fault(line, IndexFault::TooFew);
        }
        let (written, levels) = (spec.aggregation.len(), spec.levels());
        if written == 0 {
            self.sections.fault(line, FileFault::Empty("aggregation"));
        }
        if written > levels {
            self.fault(line, IndexFault::TooManyLevels(written, levels));
        }
        let is_below = |level: &usize| spec.aggregation_of(*level) == Aggregation::Copeland;
        if levels > 1 && (1..levels).any(|level| is_below(&level)) {
            self.fault(line, IndexFault::CopelandBelow);
        }
        let positive = (1..=levels).map(|level| spec.aggregation_of(level)).find(|one| one.needs_positive());
        let can_be_nothing = !matches!(
            spec.normalisation,
            Normalisation::Rank | Normalisation::DistanceToBest | Normalisation::DistanceToReference
        );
        if let Some(aggregation) = positive.filter(|_| can_be_nothing && spec.floor.is_none()) {
            let (aggregation, normalisation) = (aggregation.key(), spec.normalisation.key());
            self.fault(line, IndexFault::NotPositive { aggregation, normalisation });
        }
        if matches!(spec.imputation, Imputation::Group(_))
            && self.round.cities.iter().any(|city| spec.group_of(city).is_none())
        {
            self.fault(line, IndexFault::NoPeers(spec.imputation.key()));
        }
        if spec.weighting == Weighting::Budget {
            let ids = spec.dimensions.iter().map(|one| one.id.clone());
            let ids: Vec<String> = ids.chain(spec.indicators.iter().map(|one| one.id.to_string())).collect();
            let lacks = |id: &&String| {
                spec.experts.is_empty() || spec.experts.iter().any(|set| !set.weights.contains_key(*id))
            };
            if let Some(missing) = ids.iter().find(lacks) {
                self.fault(line, IndexFault::NoPoints(missing.clone()));
            }
        }
    }
}
