//! The index as the page has it: what its ranking shows, and what its trial of other weights is computed from.

use serde::Serialize;

use crate::composite::IndexedCity;
use crate::evaluation::Evaluation;
use crate::finding::Withheld;
use crate::ledger::Traced;
use crate::rounding::plain;

/// The index.
#[derive(Debug, Serialize)]
pub(super) struct CompositeBlock<'a> {
    name: &'a str,
    /// How the scores of its domains are put together: the word of `index.toml`.
    aggregation: &'static str,
    /// Its domains right below it.
    domains: Vec<WeightedDomain<'a>>,
    cities: Vec<CompositeLine<'a>>,
}

/// A domain with its weight in percent of the whole.
#[derive(Debug, Serialize)]
struct WeightedDomain<'a> {
    id: &'a str,
    name: &'a str,
    weight: String,
}

/// A city: with a place, or in brackets.
#[derive(Debug, Serialize)]
struct CompositeLine<'a> {
    slug: &'a str,
    rank: Option<usize>,
    index: Option<String>,
    /// The interval of its places over the draws.
    interval: Option<[usize; 2]>,
    coverage: Option<String>,
    imputed: usize,
    treated: usize,
    /// Scores in the order of the domains.
    scores: Vec<Option<String>>,
}

fn digits(told: &Traced) -> Option<String> {
    told.decimal().map(plain)
}

impl<'a> CompositeBlock<'a> {
    /// Nothing where the round has no index, or where its ranking is withheld. Cities that the page does not have are left out.
    pub(super) fn of(evaluation: &'a Evaluation) -> Option<Self> {
        let index = evaluation.composite.as_ref()?;
        let is_withheld = evaluation.cities.iter().any(|city| city.score.withholds(Withheld::Ranking));
        if is_withheld {
            return None;
        }
        let spec = &index.spec;
        let places: Vec<usize> = spec.parts_of(None).collect();
        let used: Vec<bool> = index.indicators.iter().map(|one| one.is_used).collect();
        let line = |city: &'a IndexedCity| {
            evaluation.cities.find(&city.city)?;
            let interval = index.interval_of(&city.city);
            let values = || city.values.iter().zip(&used).filter(|(_, used)| **used).map(|(value, _)| value);
            let scores = places.iter().map(|at| city.dimensions.get(*at)?.score.as_ref().and_then(digits));
            Some(CompositeLine {
                slug: city.city.as_str(),
                rank: city.rank,
                index: city.index.as_ref().and_then(digits),
                interval: interval.map(|one| [one.low.count(), one.high.count()]),
                coverage: digits(&city.coverage),
                imputed: values().filter(|value| value.is_imputed).count(),
                treated: values().filter(|value| value.is_treated).count(),
                scores: scores.collect(),
            })
        };
        Some(Self {
            name: &spec.name,
            aggregation: spec.aggregation_of(spec.levels()).key(),
            domains: places
                .iter()
                .filter_map(|at| {
                    let one = spec.dimensions.get(*at)?;
                    let weight = index.weights.get(*at).and_then(digits)?;
                    Some(WeightedDomain { id: &one.id, name: &one.name, weight })
                })
                .collect(),
            cities: index.cities.iter().filter_map(line).collect(),
        })
    }
}
