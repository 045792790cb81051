//! `index.toml` of a round: a composite index (综合指数) over its cities as data. Absent by default; then nothing is indexed.
//!
//! Names of methods are those of the field: Nardo et al., *Handbook on Constructing Composite Indicators* (OECD/JRC 2008), and, of the
//! efficacy coefficient and the chain index, the practice of 国家统计局. What each does is said in `docs/index-format.md`.

mod checks;
mod fault;
mod load;
mod methods;
mod parts;
mod raw;

pub use fault::{IndexFault, NoPrincipal};
pub use load::INDEX;
pub use load::read;
pub use methods::{Aggregation, Averaging, Factor, Imputation, Normalisation, Weighting};

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::ident::{CityId, IndicatorId};

/// A domain of the index: a node between the indicators and the index itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexDimension {
    /// Identifier; that of a domain of the catalogue takes its names.
    pub id: String,
    /// Name in the report.
    pub name: String,
    /// Name in the English one.
    pub en: Option<String>,
    /// Weight among its siblings, as written; they need not sum to one.
    pub weight: Decimal,
    /// Place of the domain that it is part of; `None` below the index itself.
    pub parent: Option<usize>,
    /// How many steps of aggregation lie below it: 1 over indicators, 2 over domains of those.
    pub level: usize,
}

impl IndexDimension {
    /// A domain that is called by its identifier, with the weight of one.
    pub fn bare(id: &str, parent: Option<usize>, level: usize) -> Self {
        Self { id: id.to_owned(), name: id.to_owned(), en: None, weight: Decimal::ONE, parent, level }
    }
}

/// What an indicator is to be held against.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Goalposts {
    /// The value of nothing (最小值, 不允许值).
    pub low: Option<Decimal>,
    /// The value of a full score (最大值, 满意值).
    pub high: Option<Decimal>,
    /// What it is to reach, or is held against.
    pub reference: Option<Decimal>,
}

/// An indicator of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexIndicator {
    /// Which one of the catalogue.
    pub id: IndicatorId,
    /// Of the catalogue, too: what its values are divided by, those of the same city and year.
    pub per: Option<IndicatorId>,
    /// Place of its domain.
    pub dimension: usize,
    /// Weight within its domain, as written.
    pub weight: Decimal,
    /// Whether more is better; of the catalogue where the file says nothing.
    pub higher_is_better: bool,
    /// Fixed in advance.
    pub goalposts: Goalposts,
    /// Whether its natural logarithm is taken.
    pub log: bool,
}

impl IndexIndicator {
    /// An indicator of a domain as it is reported, with the weight of one: more is better, and it is held against nothing.
    pub fn bare(id: IndicatorId, dimension: usize) -> Self {
        Self {
            id,
            per: None,
            dimension,
            weight: Decimal::ONE,
            higher_is_better: true,
            goalposts: Goalposts::default(),
            log: false,
        }
    }
}

/// Which cities and indicators are left out (筛选). Shares in percent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screening {
    /// Least share of the indicators for which a city has a value; below it, the city is shown in brackets and has no place.
    pub city_coverage: Decimal,
    /// Least share of the cities that have a value of an indicator; below it, the indicator is left out for all.
    pub indicator_coverage: Decimal,
}

/// What is done with values far from the others (极端值处理).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Treatment {
    /// Values are drawn in only where the absolute skewness is above this, together with `kurtosis`.
    pub skewness: Decimal,
    /// And the excess kurtosis above this.
    pub kurtosis: Decimal,
    /// At most so many values of an indicator.
    pub most: usize,
    /// Whether logarithms are taken where that is not enough.
    pub falls_back: bool,
}

/// Cities that are compared with each other (同类城市).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerGroup {
    /// Its name.
    pub name: String,
    /// In English.
    pub en: Option<String>,
    /// Its cities.
    pub cities: Vec<CityId>,
}

/// Another set of weights, of the domains and indicators that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightSet {
    /// What it is called.
    pub name: String,
    /// By identifier of a domain or an indicator.
    pub weights: BTreeMap<String, Decimal>,
}

/// What is varied to see how certain the order is (稳健性检验).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robustness {
    /// Number of draws.
    pub draws: u32,
    /// Where the random numbers begin.
    pub seed: u64,
    /// By how much of itself a weight is varied up or down, in percent.
    pub weight_spread: Decimal,
    /// What is varied.
    pub factors: Vec<Factor>,
    /// Methods of normalisation that are drawn from, the index's own first.
    pub normalisations: Vec<Normalisation>,
    /// Methods of aggregation, the index's own first.
    pub aggregations: Vec<Aggregation>,
}

/// Each city by the weights of the domains that put it best (the benefit of the doubt), beside the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BestCaseSpec {
    /// The least that a domain contributes to the score of a city, in percent.
    pub least: Decimal,
    /// The most.
    pub most: Decimal,
}

/// Classes of cities by their score, from the best: a name with the least score in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreClass {
    /// Its name.
    pub name: String,
    /// In English.
    pub en: Option<String>,
    /// The least score.
    pub from: Decimal,
}

/// The chain index over years (定基指数): 国家统计局's way, from the first year on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainSpec {
    /// The year whose index is 100.
    pub base_year: i32,
}

/// The whole of `index.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexSpec {
    /// Path of the file below the input root.
    pub file: String,
    /// Lines of its keys and entries: `index.normalisation`, `indicator.3`.
    pub lines: BTreeMap<String, usize>,
    /// What the index is called.
    pub name: String,
    /// In English.
    pub en: Option<String>,
    /// Domains; one that is part of another comes behind it.
    pub dimensions: Vec<IndexDimension>,
    /// Indicators, in the order of the file.
    pub indicators: Vec<IndexIndicator>,
    /// Peer groups.
    pub peers: Vec<PeerGroup>,
    /// What is left out.
    pub screening: Screening,
    /// Whether extreme values are drawn in.
    pub treatment: Option<Treatment>,
    /// What stands in for values that are not there.
    pub imputation: Imputation,
    /// How values are made comparable.
    pub normalisation: Normalisation,
    /// The least score that a value is given, so that means that ask for positive scores can be taken.
    pub floor: Option<Decimal>,
    /// Where weights come from.
    pub weighting: Weighting,
    /// How scores are put together, by level from below; the last holds for all above.
    pub aggregation: Vec<Aggregation>,
    /// Other sets of weights, which are shown beside it.
    pub weight_sets: Vec<WeightSet>,
    /// What experts gave, for a budget.
    pub experts: Vec<WeightSet>,
    /// Each city by the weights that put it best.
    pub best_case: Option<BestCaseSpec>,
    /// Classes of scores.
    pub classes: Vec<ScoreClass>,
    /// How certain the order is.
    pub robustness: Option<Robustness>,
    /// The index over years.
    pub chain: Option<ChainSpec>,
}

impl IndexSpec {
    /// An index of these parts and nothing else: by minimum and maximum, with the weights that they have and arithmetic means, and nothing left out.
    pub fn of_parts(dimensions: Vec<IndexDimension>, indicators: Vec<IndexIndicator>) -> Self {
        Self {
            file: String::new(),
            lines: BTreeMap::new(),
            name: String::new(),
            en: None,
            dimensions,
            indicators,
            peers: Vec::new(),
            screening: Screening { city_coverage: Decimal::ZERO, indicator_coverage: Decimal::ZERO },
            treatment: None,
            imputation: Imputation::Off,
            normalisation: Normalisation::MinMax,
            floor: None,
            weighting: Weighting::Given,
            aggregation: vec![Aggregation::Arithmetic],
            weight_sets: Vec::new(),
            experts: Vec::new(),
            best_case: None,
            classes: Vec::new(),
            robustness: None,
            chain: None,
        }
    }

    /// The index alone: without what only says how it is told or examined, or stands beside it.
    #[must_use]
    pub fn alone(self) -> Self {
        Self {
            weight_sets: Vec::new(),
            best_case: None,
            classes: Vec::new(),
            robustness: None,
            chain: None,
            ..self
        }
    }

    /// The line of a key or an entry, where it is known.
    pub fn line_of(&self, key: &str) -> Option<usize> {
        self.lines.get(key).copied()
    }

    /// A fault that only shows in the values of the cities, on the line of a key, as those of the file are told.
    pub fn told(&self, key: &str, fault: IndexFault) -> Vec<String> {
        super::fault::told(vec![(self.line_of(key).unwrap_or(1), fault.into())])
    }

    /// How the scores of a level are put together, 1 over indicators.
    pub fn aggregation_of(&self, level: usize) -> Aggregation {
        let own = self.aggregation.get(level.saturating_sub(1)).or(self.aggregation.last());
        own.copied().unwrap_or(Aggregation::Arithmetic)
    }

    /// The places of the indicators of a domain.
    pub fn indicators_of(&self, dimension: usize) -> impl Iterator<Item = usize> {
        let all = self.indicators.iter().enumerate();
        all.filter(move |(_, one)| one.dimension == dimension).map(|(at, _)| at)
    }

    /// The places of the domains that are part of another; of the index itself for `None`.
    pub fn parts_of(&self, parent: Option<usize>) -> impl Iterator<Item = usize> {
        let all = self.dimensions.iter().enumerate();
        all.filter(move |(_, one)| one.parent == parent).map(|(at, _)| at)
    }

    /// The steps of aggregation up to the index itself.
    pub fn levels(&self) -> usize {
        self.dimensions.iter().map(|one| one.level).max().unwrap_or_default().saturating_add(1)
    }

    /// The place of the group that a city is in; `None` where it is in no group.
    pub fn place_of_group(&self, city: &CityId) -> Option<usize> {
        self.peers.iter().position(|group| group.cities.contains(city))
    }

    /// The peers of a city: its group, or `None` where it is in no group.
    pub fn group_of(&self, city: &CityId) -> Option<&PeerGroup> {
        self.peers.get(self.place_of_group(city)?)
    }
}
