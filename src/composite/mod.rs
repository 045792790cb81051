//! 综合指数: how cities stand among each other on the indicators of the shared catalogue, by `index.toml` ([`IndexSpec`]).
//!
//! It says who is strong; 完成率 says what part of its own targets each city met. The two are never mixed.
//!
//! Every figure is computed in the ledger of the round, in exact fractions, or, where a method has roots or logarithms, to twenty digits behind the
//! point. Only what is drawn at random is computed in binary floating point ([`robust`]).

mod best_case;
mod certainty;
mod classes;
mod convergence;
mod evaluate;
mod gather;
pub mod robust;
mod scores;
mod split;
mod treatment;
mod weights;
mod without;

pub use certainty::held_to_draws;
pub use convergence::{Convergence, NoConvergence, converging};
pub use evaluate::evaluate;
pub use gather::{CityValues, JudgedCity, Source, gather};
pub use split::{IndexCause, IndexMixtures, TwoIndices};
pub use without::{CityLeftOut, without_each};

use crate::ident::CityId;
use crate::ledger::Traced;
use crate::plan::IndexSpec;

/// Why an indicator of a city has no value of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoValue {
    /// The city's plan has no row of it.
    NoRow,
    /// Nobody reported it.
    NotReported,
    /// It is of an earlier year.
    Lagged,
    /// An error withholds it, or units disagree.
    InDoubt,
    /// It is no number, or in a unit that does not convert.
    NoNumber,
    /// Its logarithm is taken, and it has none: it is not positive, or further than a hundredth of the range below all that are compared.
    NoLogarithm,
    /// It has a value, what it is to be divided by has none.
    NoDenominator,
    /// What it is to be divided by is not positive.
    OddDenominator,
}

impl NoValue {
    /// The word in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoRow => "no_row",
            Self::NotReported => "not_reported",
            Self::Lagged => "lagged",
            Self::InDoubt => "in_doubt",
            Self::NoNumber => "no_number",
            Self::NoLogarithm => "no_logarithm",
            Self::NoDenominator => "no_denominator",
            Self::OddDenominator => "odd_denominator",
        }
    }
}

/// An indicator of a city on its way into the index.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexValue {
    /// The value as reported, in the unit of the catalogue.
    pub reported: Option<Traced>,
    /// Why there is none.
    pub absent: Option<NoValue>,
    /// The value as reported, or what stands in for it.
    pub plain: Option<Traced>,
    /// The same drawn in, where it was.
    pub drawn: Option<Traced>,
    /// The value that is used: drawn in, its logarithm taken.
    pub used: Option<Traced>,
    /// Whether something stands in for it (插补).
    pub is_imputed: bool,
    /// Whether it was drawn in (极端值处理).
    pub is_treated: bool,
    /// Its score.
    pub score: Option<Traced>,
    /// Its place among the cities that have one, by the score.
    pub rank: Option<usize>,
}

/// A city in the index.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexedCity {
    /// Which.
    pub city: CityId,
    /// By indicator, in the order of [`IndexSpec::indicators`].
    pub values: Vec<IndexValue>,
    /// By domain, in the order of [`IndexSpec::dimensions`].
    pub dimensions: Vec<DimensionScore>,
    /// The index.
    pub index: Option<Traced>,
    /// For how much of the indicators it has a value of its own, in percent.
    pub coverage: Traced,
    /// Whether something of it is withheld, so that it has no place whatever its coverage.
    pub is_withheld: bool,
    /// Its place; `None` in brackets, where it has too few values or something is withheld.
    pub rank: Option<usize>,
    /// Whether others share the place.
    pub tied: bool,
    /// Place of its class in [`IndexSpec::classes`].
    pub class: Option<usize>,
    /// Its places by the other sets of weights, in the order of [`IndexSpec::weight_sets`].
    pub by_sets: Vec<Option<usize>>,
    /// What it is by the weights that put it best; `None` where that is not asked for, where it has no place or lacks a domain, and where no weights give it anything.
    pub best: Option<BestPlace>,
    /// Its classes by these sets, by place in [`IndexSpec::classes`].
    pub classes_by_sets: Vec<Option<usize>>,
    /// The index over years, from the base year: the year with its number.
    pub chain: Vec<(i32, Traced)>,
}

/// A city by the weights of the domains that put it best.
#[derive(Debug, Clone, PartialEq)]
pub struct BestPlace {
    /// Its score, of a hundred.
    pub score: Traced,
    /// Its place by that, each by its own weights.
    pub rank: usize,
    /// What each domain right below the index contributes to it, in percent.
    pub shares: Vec<Traced>,
}

/// A city's score in a domain.
#[derive(Debug, Clone, PartialEq)]
pub struct DimensionScore {
    /// The score.
    pub score: Option<Traced>,
    /// Its place among the cities with a place.
    pub rank: Option<usize>,
    /// The mean of its peers with a place (its own group, or all where it has none), itself included.
    pub of_peers: Option<Traced>,
}

/// An indicator over all cities.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexedIndicator {
    /// The share of cities that have a value, in percent.
    pub coverage: Traced,
    /// Whether it has enough to be used.
    pub is_used: bool,
    /// Its weight within the whole index, in percent of all (effective at equal coverage); `None` where it is not used.
    pub weight: Option<Traced>,
    /// How many of its values were drawn in.
    pub treated: usize,
    /// Whether logarithms stand in for all its values, since drawing in was not enough.
    pub is_logged: bool,
    /// How many have something standing in.
    pub imputed: usize,
}

/// The index of a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Composite {
    /// How it is made.
    pub spec: IndexSpec,
    /// The cities: with a place from the first on, then those in brackets; ties in the order of the round.
    pub cities: Vec<IndexedCity>,
    /// In the order of [`IndexSpec::indicators`].
    pub indicators: Vec<IndexedIndicator>,
    /// Weights of the domains within the index, in percent of all, in the order of [`IndexSpec::dimensions`].
    pub weights: Vec<Traced>,
    /// How certain the order is; `None` where nothing was asked for, or fewer than three cities have a place.
    pub certainty: Option<robust::Certainty>,
    /// Cities left out, one at a time, in the order of the index; empty where nothing was asked for.
    pub without: Vec<CityLeftOut>,
    /// Whether cities drew nearer over the years, or why that is not said; `None` without an index over years.
    pub convergence: Option<Result<Convergence, NoConvergence>>,
}

impl Composite {
    /// A city of it.
    pub fn city(&self, city: &CityId) -> Option<&IndexedCity> {
        self.cities.iter().find(|one| one.city == *city)
    }

    /// The places that draws give a city; `None` where none were asked for, and of a city in brackets.
    pub fn interval_of(&self, city: &CityId) -> Option<&robust::PlaceInterval> {
        self.certainty.as_ref()?.places.iter().find(|one| one.city == *city)
    }

    /// The classes that draws give a city; `None` where none were asked for, without classes, and of a city in brackets.
    pub fn classes_of(&self, city: &CityId) -> Option<&robust::ClassInterval> {
        self.certainty.as_ref()?.classes.iter().find(|one| one.city == *city)
    }

    /// Cities with a place.
    pub fn placed(&self) -> impl Iterator<Item = &IndexedCity> {
        self.cities.iter().filter(|one| one.rank.is_some())
    }
}
