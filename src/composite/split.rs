//! The change of an index between two rounds, of one city at a time: what it would be with the methods of the one and the weights of the other, with the
//! values of the others then and its own now. Each is an index that is really computed, in exact fractions.
//!
//! A score can depend on the others (extremes, means, ranks, pairs that are won), so that what a city did itself is told apart from what they did. Targets
//! enter none of it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::evaluate;
use super::gather::{CityValues, Source};
use crate::ident::CityId;
use crate::ledger::{Exact, Ledger, Traced};
use crate::plan::{IndexSpec, WeightSet, Weighting};

/// What the change of an index is made of, in the order in which it is substituted: rules before data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IndexCause {
    /// 程序: another program came to another index from the same.
    Program,
    /// 指标和方法: all of `index.toml` but weights, with the units of the catalogue.
    Method,
    /// 权重.
    Weights,
    /// 其他城市: which they are, and their values.
    Peers,
    /// 本市实绩: its own values.
    Actuals,
}

impl IndexCause {
    /// What can be mixed, in the order of substitution.
    pub const MIXED: [Self; 4] = [Self::Method, Self::Weights, Self::Peers, Self::Actuals];

    /// Its word for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Method => "method",
            Self::Weights => "weights",
            Self::Peers => "peers",
            Self::Actuals => "actuals",
        }
    }
}

/// The scores of every mixture of some causes; nothing where there is none.
pub type IndexMixtures = BTreeMap<BTreeSet<IndexCause>, Option<Exact>>;

/// Of what came before, and of what came after.
type Ends<T> = [T; 2];

/// Two indices side by side.
pub struct TwoIndices {
    specs: Ends<IndexSpec>,
    /// By whose specification they were gathered, then by whose cities they are.
    brought: Ends<Ends<Vec<CityValues>>>,
    /// The scores of whole rounds: by whose methods, whose weights, whose cities.
    wholes: BTreeMap<[usize; 3], BTreeMap<CityId, Exact>>,
}

/// From which side a thing is.
fn side(taken: &BTreeSet<IndexCause>, cause: IndexCause) -> usize {
    usize::from(taken.contains(&cause))
}

impl TwoIndices {
    /// Of two specifications; the cities of each side as either specification gathers them.
    pub fn new(specs: Ends<IndexSpec>, brought: Ends<Ends<Vec<CityValues>>>) -> Self {
        let mut two = Self { specs, brought, wholes: BTreeMap::new() };
        let all = (0..8_usize).map(|n| [n / 4 % 2, n / 2 % 2, n % 2]);
        let all: Vec<[usize; 3]> = all.collect();
        let wholes = all.into_par_iter().map(|[method, weights, cities]| {
            let spec = two.spec(method, weights);
            let cities_of = two.brought.get(method).and_then(|of| of.get(cities));
            ([method, weights, cities], scores(&spec, cities_of.map_or(&[][..], Vec::as_slice)))
        });
        let wholes = wholes.collect();
        two.wholes = wholes;
        two
    }

    fn spec(&self, method: usize, weights: usize) -> IndexSpec {
        let [before, after] = &self.specs;
        let of = |side: usize| if side == 0 { before } else { after };
        mixed(of(method), of(weights))
    }

    fn values(&self, method: usize, cities: usize) -> &[CityValues] {
        self.brought.get(method).and_then(|of| of.get(cities)).map_or(&[][..], Vec::as_slice)
    }

    fn of_city(&self, method: usize, cities: usize, city: &CityId) -> Option<&CityValues> {
        self.values(method, cities).iter().find(|one| one.city == *city)
    }

    /// The scores of a whole side.
    pub fn whole(&self, side: usize) -> BTreeMap<CityId, Exact> {
        self.wholes.get(&[side; 3]).cloned().unwrap_or_default()
    }

    /// The causes by which a city can differ; without any of them it is the same on both sides.
    pub fn causes(&self, city: &CityId) -> Vec<IndexCause> {
        let others = |method: usize, cities: usize| -> Vec<&CityValues> {
            self.values(method, cities).iter().filter(|one| one.city != *city).collect()
        };
        let own = |method: usize, cities: usize| -> Vec<&CityValues> {
            self.of_city(method, cities, city).into_iter().collect()
        };
        let differs = |cause: &IndexCause| match cause {
            IndexCause::Program => false,
            IndexCause::Method => {
                let is_another = |side: usize| {
                    self.spec(0, side) != self.spec(1, side)
                        || !are_same(self.values(0, side), self.values(1, side))
                };
                is_another(0) || is_another(1)
            }
            IndexCause::Weights => (0..2).any(|side| self.spec(side, 0) != self.spec(side, 1)),
            IndexCause::Peers => (0..2).any(|side| !are_same(&others(side, 0), &others(side, 1))),
            IndexCause::Actuals => (0..2).any(|side| !are_same(&own(side, 0), &own(side, 1))),
        };
        IndexCause::MIXED.into_iter().filter(differs).collect()
    }

    /// The score of a city with some things taken from what came after.
    pub fn score(&self, city: &CityId, taken: &BTreeSet<IndexCause>) -> Option<Exact> {
        let of = |cause: IndexCause| side(taken, cause);
        let (method, weights) = (of(IndexCause::Method), of(IndexCause::Weights));
        let (peers, actuals) = (of(IndexCause::Peers), of(IndexCause::Actuals));
        if peers == actuals {
            return self.wholes.get(&[method, weights, peers])?.get(city).cloned();
        }
        let own = self.of_city(method, actuals, city)?;
        let others = self.values(method, peers).iter().filter(|one| one.city != *city);
        let cities: Vec<CityValues> = others.chain([own]).cloned().collect();
        scores(&self.spec(method, weights), &cities).remove(city)
    }
}

/// The scores of cities.
fn scores(spec: &IndexSpec, cities: &[CityValues]) -> BTreeMap<CityId, Exact> {
    // The year is that of an index over years alone, which none of these has.
    // Where no weights come out of the scores of such a mixture, there is no index of it.
    let Ok(found) = evaluate(spec, cities, 0, &mut Ledger::default()) else { return BTreeMap::new() };
    let score = |city: super::IndexedCity| Some((city.city, city.index?.number()?.clone()));
    found.cities.into_iter().filter_map(score).collect()
}

/// Whether cities say the same, whatever their steps are called.
fn are_same<T: std::borrow::Borrow<CityValues>>(one: &[T], other: &[T]) -> bool {
    type Said<'a> = (Option<&'a Exact>, Vec<(i32, Option<&'a Exact>)>);
    fn said(source: &Source) -> Said<'_> {
        let earlier = source.earlier.iter().map(|(year, told)| (*year, told.number()));
        (source.reported.as_ref().and_then(Traced::number), earlier.collect())
    }
    let of = |all: &[T]| -> BTreeMap<CityId, (bool, Vec<String>)> {
        let city = |city: &T| {
            let city = city.borrow();
            let values = city.sources.iter().map(|source| format!("{:?}", said(source))).collect();
            (city.city.clone(), (city.is_withheld, values))
        };
        all.iter().map(city).collect()
    };
    of(one) == of(other)
}

/// A specification with the weights of another. What the other does not have keeps its own; what only says how an index is told, or examined, is left out.
fn mixed(method: &IndexSpec, weights: &IndexSpec) -> IndexSpec {
    let mut spec = IndexSpec {
        file: String::new(),
        lines: BTreeMap::new(),
        name: String::new(),
        en: None,
        weighting: weights.weighting,
        experts: weights.experts.clone(),
        ..method.clone().alone()
    };
    let mut alone: BTreeMap<String, rust_decimal::Decimal> = BTreeMap::new();
    for one in &mut spec.dimensions {
        (one.name, one.en) = (String::new(), None);
        match weights.dimensions.iter().find(|other| other.id == one.id) {
            Some(other) => one.weight = other.weight,
            None => _ = alone.insert(one.id.clone(), one.weight),
        }
    }
    for one in &mut spec.indicators {
        match weights.indicators.iter().find(|other| other.id == one.id) {
            Some(other) => one.weight = other.weight,
            None => _ = alone.insert(one.id.to_string(), one.weight),
        }
    }
    if weights.weighting == Weighting::Budget && !alone.is_empty() {
        // What no expert of the other gave points for has those of its own experts, or its own weight.
        let is_alone = |(id, _): &(&String, &rust_decimal::Decimal)| alone.contains_key(*id);
        let own = |expert: &WeightSet| WeightSet {
            name: expert.name.clone(),
            weights: expert
                .weights
                .iter()
                .filter(is_alone)
                .map(|(id, points)| (id.clone(), *points))
                .collect(),
        };
        match method.weighting {
            Weighting::Budget => spec.experts.extend(method.experts.iter().map(own)),
            _ => spec.experts.push(WeightSet { name: String::new(), weights: alone }),
        }
    }
    spec
}
