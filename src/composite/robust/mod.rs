//! How certain the order of an index is: draws at random, one thing left out at a time, shares of variance.
//!
//! In binary floating point, each draw by itself from a generator that is counted and not kept on, sums in a fixed order, logarithms and powers of one
//! library for all processors: the same numbers for any number of threads and on any machine.
//!
//! [`Model`] is the index in this form; [`certainty()`] asks of it all that [`Certainty`] holds, as [`Drawn`]: plain numbers, of which the ledger makes
//! its own.

mod aggregate;
mod certain;
mod draws;
mod left_out;
mod model;
mod normalise;
mod random;
#[cfg(test)]
mod sample;
mod sobol;
mod statistics;
mod swap;

pub use aggregate::{Scores, put_together};
pub use certain::certainty;
pub use draws::{Thrown, Urn, counts_of_classes, counts_of_places, shift};
pub use left_out::left_out;
pub use model::{Branches, Choice, Evaluated, Leaves, Model, ModelInputs, binary, ranks};
pub use normalise::{Gauge, normalised};
pub use random::Stream;
pub use sobol::shares;
pub use statistics::{cronbach, nearest_rank, pearson};
pub use swap::swaps;

use crate::ident::CityId;
use crate::ledger::Traced;
use crate::plan::{Aggregation, Factor, Normalisation};

/// A draw: what was chosen, and the places that it gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Draw {
    /// Its number, from one.
    pub number: u32,
    /// The normalisation.
    pub normalisation: Normalisation,
    /// The aggregation at the top.
    pub aggregation: Aggregation,
    /// Whether extreme values were treated.
    pub treated: bool,
    /// Place of the indicator that was left out, in the specification.
    pub left_out: Option<usize>,
    /// Weights of domains, then of indicators, as drawn, in the order of the specification; nothing of what is not used.
    pub weights: Vec<f64>,
    /// Scores of the cities with a place, in the order of [`super::Composite::cities`]; `None` where the draw failed.
    pub scores: Option<Vec<f64>>,
    /// Their places, ties at the better one; empty where the draw failed.
    pub ranks: Vec<u32>,
    /// Their classes, from one, one more than there are below the last; empty where the draw failed, where its scores are on another scale than those of the
    /// index, and without classes.
    pub classes: Vec<u32>,
}

/// What a city's places are over the draws.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceInterval {
    /// The city.
    pub city: CityId,
    /// 5 % of the draws place it at this or better (nearest-rank quantile).
    pub low: Traced,
    /// The median.
    pub median: Traced,
    /// 95 % of the draws place it at this or better.
    pub high: Traced,
    /// The share of the draws in which it has the place that it has, in percent.
    pub at_place: Traced,
}

/// In which classes a city is over the draws.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassInterval {
    /// The city.
    pub city: CityId,
    /// The share of each class in the draws that have classes, in percent; the last is below all classes.
    pub shares: Vec<Traced>,
    /// The share of the class that it has.
    pub kept: Option<Traced>,
}

/// Two neighbours, and by how little weights would have to be moved to swap them.
#[derive(Debug, Clone, PartialEq)]
pub struct Swap<N = f64> {
    /// The one ahead, by its place in the list of cities ([`super::Composite::cities`]).
    pub ahead: usize,
    /// The one behind.
    pub behind: usize,
    /// The domain (`true`) or indicator whose weight is moved, by its place in the specification.
    pub moved: (bool, usize),
    /// Its weight within its siblings as it is, in percent.
    pub weight: N,
    /// That at which the two are alike, in percent; the others keep their proportions.
    pub at: N,
}

/// What comes of it when something is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut<N = f64, M = u32> {
    /// Whether it is a domain.
    pub is_dimension: bool,
    /// Its place in the specification.
    pub place: usize,
    /// How many places cities move on average.
    pub mean_shift: N,
    /// The most that one moves.
    pub greatest_shift: M,
    /// Places of the cities without it, in the order of the index.
    pub ranks: Vec<u32>,
}

/// Shares of the variance of the mean shift in places that a factor explains (Saltelli's estimators).
#[derive(Debug, Clone, PartialEq)]
pub struct FactorShare<N = f64> {
    /// The factor.
    pub factor: Factor,
    /// By itself (first order), −1 … 1 as estimated.
    pub first: N,
    /// With all its interactions (total).
    pub total: N,
}

/// Two indicators by place in the specification, with Pearson's r of their scores.
pub type Alike<N = f64> = (usize, usize, N);

/// How certain the order is, in plain numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The places of the index itself in binary floating point; those of the exact evaluation, unless scores lie closer than 10⁻¹⁰.
    pub ranks: Vec<u32>,
    /// The draws, in order.
    pub draws: Vec<Draw>,
    /// How many failed.
    pub failed: usize,
    /// How many did not.
    pub counted: usize,
    /// How often each city has each place: by city, by place from the first ([`nearest_rank`] takes it).
    pub counts: Vec<Vec<u32>>,
    /// How often each city is in each class: by city, by class, below all of them last.
    pub class_counts: Vec<Vec<u32>>,
    /// Domains and indicators left out, one at a time.
    pub left_out: Vec<LeftOut>,
    /// Neighbours by how little swaps them.
    pub swaps: Vec<Swap>,
    /// How many rows of the sample of the shares count.
    pub rows: usize,
    /// What the variance comes from.
    pub shares: Vec<FactorShare>,
    /// Pairs of indicators above 0.9 or below −0.4.
    pub correlated: Vec<Alike>,
    /// Cronbach's alpha of each domain.
    pub alpha: Vec<Option<f64>>,
}

/// How certain the order is.
#[derive(Debug, Clone, PartialEq)]
pub struct Certainty {
    /// The draws, in order.
    pub draws: Vec<Draw>,
    /// How many failed.
    pub failed: Traced,
    /// How many did not.
    pub counted: Traced,
    /// By city with a place, in the order of the index.
    pub places: Vec<PlaceInterval>,
    /// How many draws have classes; `None` without classes.
    pub classed: Option<Traced>,
    /// By city with a place, in the order of the index; empty without classes.
    pub classes: Vec<ClassInterval>,
    /// How many places cities move on average over all draws.
    pub mean_shift: Traced,
    /// Domains and indicators left out, one at a time.
    pub left_out: Vec<LeftOut<Traced, Traced>>,
    /// Neighbours by how little swaps them.
    pub swaps: Vec<Swap<Traced>>,
    /// What the variance comes from.
    pub shares: Vec<FactorShare<Traced>>,
    /// Correlations between indicators' scores, by place in the specification: pairs above 0.9 (redundant) or below −0.4 (at odds), with Pearson's r.
    pub correlated: Vec<Alike<Traced>>,
    /// Cronbach's alpha of each domain over its parts; `None` of fewer than two.
    pub alpha: Vec<Option<Traced>>,
}
