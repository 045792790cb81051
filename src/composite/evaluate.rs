//! An index from end to end: screened, scored, weighed, put together, placed, carried over the years.

use std::collections::BTreeMap;

use super::gather::CityValues;
use super::scores::{PRINTED, Workings, of_city, roles, shared};
use super::weights::Weights;
use super::{Composite, DimensionScore, IndexValue, IndexedCity};
use crate::ledger::{Ledger, Operation, StepId, Traced};
use crate::plan::{Aggregation, ChainSpec, IndexDimension, IndexFault, IndexSpec, Weighting};

/// Computes an index in the ledger of the round. How certain its order is comes separately ([`super::held_to_draws`]).
///
/// # Errors
/// Fails where scores give no weights out of their principal components, if the specification asks for these.
pub fn evaluate(
    spec: &IndexSpec,
    cities: &[CityValues],
    year: i32,
    ledger: &mut Ledger,
) -> Result<Composite, IndexFault> {
    let mut workings = Workings { spec, cities, ledger };
    let mut indicators = workings.indicators();
    let used: Vec<bool> = indicators.iter().map(|one| one.is_used).collect();
    let coverage = workings.coverage(&used);
    let placed: Vec<bool> = coverage.iter().map(|(_, placed)| *placed).collect();
    // By indicator, then by city.
    let mut values: Vec<Vec<IndexValue>> = Vec::new();
    for (at, about) in indicators.iter_mut().enumerate() {
        values.push(workings.scored(at, &placed, about));
    }
    let (weights, scores) = match spec.weighting {
        Weighting::Principal => workings.principal(&values, &used, &placed)?,
        Weighting::Equal | Weighting::Given | Weighting::Budget => (workings.weights(), Vec::new()),
    };
    let within = workings.weights_within(&weights, &mut indicators);
    let scores = if scores.is_empty() { workings.dimensions(&values, &weights, "") } else { scores };
    let index = workings.top(&scores, &weights, &placed, "");
    let sets = workings.sets(&values, &weights, &placed);
    let best = workings.best(&scores, &placed);
    let own =
        |(one, scores): (&IndexDimension, &Vec<Option<Traced>>)| workings.placed_scores(one, scores, &placed);
    let scores: Vec<Vec<DimensionScore>> = spec.dimensions.iter().zip(&scores).map(own).collect();
    let names: Vec<StepId> = cities.iter().map(|one| of_city(&one.city, "rank")).collect();
    let ranks = workings.ranks(&StepId::new("round/#index.places"), &names, &index, &placed);
    let alike = shared(&ranks);
    let chains = match spec.chain {
        Some(chain) => workings.chains(chain, (&weights, &within), &used, year),
        None => vec![Vec::new(); cities.len()],
    };
    let classes = workings.classes(&index, &placed, "");
    let mut found: Vec<IndexedCity> = Vec::new();
    let parts =
        cities.iter().zip(coverage).zip(index).zip(ranks).zip(classes).zip(chains).zip(best).enumerate();
    for (at, ((((((city, (coverage, _)), index), rank), class), chain), best)) in parts {
        found.push(IndexedCity {
            city: city.city.clone(),
            values: values.iter().filter_map(|of| of.get(at).cloned()).collect(),
            dimensions: scores.iter().filter_map(|of| of.get(at).cloned()).collect(),
            index,
            coverage,
            is_withheld: city.is_withheld,
            rank,
            tied: rank.is_some_and(|rank| alike.contains(&rank)),
            class,
            best,
            by_sets: sets.iter().map(|(ranks, _)| ranks.get(at).copied().flatten()).collect(),
            classes_by_sets: sets.iter().map(|(_, classes)| classes.get(at).copied().flatten()).collect(),
            chain,
        });
    }
    // Those in brackets stand behind all others; what is alike keeps the order of the round.
    found.sort_by_key(|city| city.rank.unwrap_or(usize::MAX));
    Ok(Composite {
        spec: spec.clone(),
        cities: found,
        indicators,
        weights: within,
        certainty: None,
        without: Vec::new(),
        convergence: None,
    })
}

/// Places and classes of the cities, by city.
type PlacesAndClasses = (Vec<Option<usize>>, Vec<Option<usize>>);

impl Workings<'_> {
    /// Scores of the domains, from below; by domain, then by city. `by` begins the names of what is computed with other weights.
    pub(super) fn dimensions(
        &mut self,
        values: &[Vec<IndexValue>],
        weights: &Weights,
        by: &str,
    ) -> Vec<Vec<Option<Traced>>> {
        let mut found: Vec<Vec<Option<Traced>>> = vec![Vec::new(); self.spec.dimensions.len()];
        // Parts stand behind what they are part of.
        for at in (0..self.spec.dimensions.len()).rev() {
            let scores = self.dimension(at, (values, &found), weights, by);
            if let Some(place) = found.get_mut(at) {
                *place = scores;
            }
        }
        found
    }

    /// Scores of a domain, by city, out of those of its indicators or of the domains that are part of it.
    pub(super) fn dimension(
        &mut self,
        at: usize,
        (values, found): (&[Vec<IndexValue>], &[Vec<Option<Traced>>]),
        weights: &Weights,
        by: &str,
    ) -> Vec<Option<Traced>> {
        let spec = self.spec;
        let Some(one) = spec.dimensions.get(at) else { return Vec::new() };
        let mut scores: Vec<Option<Traced>> = Vec::new();
        for city in 0..self.cities.len() {
            let of_indicators = spec.indicators_of(at).map(|place| {
                let score = values.get(place).and_then(|of| of.get(city)).and_then(|one| one.score.clone());
                (score, weights.indicators.get(place).cloned())
            });
            let of_parts = spec.parts_of(Some(at)).map(|place| {
                let score = found.get(place).and_then(|of| of.get(city)).cloned().flatten();
                (score, weights.dimensions.get(place).cloned())
            });
            let parts = of_indicators.chain(of_parts).filter_map(|(score, weight)| Some((score?, weight?)));
            let parts: Vec<(Traced, Traced)> = parts.collect();
            let name = self.of_dimension(city, one, by, "score");
            scores.push(self.put_together(name, &parts, spec.aggregation_of(one.level)));
        }
        scores
    }

    /// The index by other sets of weights: places and classes of the cities, by set, then by city.
    fn sets(
        &mut self,
        values: &[Vec<IndexValue>],
        weights: &Weights,
        placed: &[bool],
    ) -> Vec<PlacesAndClasses> {
        let spec = self.spec;
        let mut found = Vec::new();
        for (number, set) in (1_usize..).zip(&spec.weight_sets) {
            let entry = format!("weights.{number}");
            let mut of = |id: &str, own: &Traced| match set.weights.get(id) {
                Some(weight) => self.parameter(&format!("{entry}.{id}"), &entry, *weight),
                None => own.clone(),
            };
            let dimensions = spec.dimensions.iter().zip(&weights.dimensions);
            let dimensions = dimensions.map(|(one, own)| of(&one.id, own)).collect();
            let indicators = spec.indicators.iter().zip(&weights.indicators);
            let indicators = indicators.map(|(one, own)| of(one.id.as_str(), own)).collect();
            let other = Weights { dimensions, indicators };
            let by = format!("set.{number}.");
            let scores = self.dimensions(values, &other, &by);
            let index = self.top(&scores, &other, placed, &by);
            let cities = self.cities.iter();
            let names: Vec<StepId> = cities.map(|one| of_city(&one.city, &format!("{by}rank"))).collect();
            let places = StepId::new(format!("round/#index.{by}places"));
            let ranks = self.ranks(&places, &names, &index, placed);
            found.push((ranks, self.classes(&index, placed, &by)));
        }
        found
    }

    fn of_dimension(&self, city: usize, one: &IndexDimension, by: &str, part: &str) -> StepId {
        let city = self.cities.get(city).map(|city| of_city(&city.city, &format!("{by}d.{}.{part}", one.id)));
        city.unwrap_or_else(|| StepId::new(part))
    }

    /// `None` of a city none of whose parts has a score.
    fn put_together(
        &mut self,
        name: StepId,
        parts: &[(Traced, Traced)],
        method: Aggregation,
    ) -> Option<Traced> {
        if parts.is_empty() {
            return None;
        }
        let args = parts.iter().flat_map(|(score, weight)| [("x", score), ("weight", weight)]);
        let args: Vec<(&'static str, &Traced)> = args.collect();
        let told = self.does(name, Operation::Aggregate { method: method.key().to_owned() }, &args);
        self.shown(&told);
        Some(told).filter(|told| told.value.is_something())
    }

    /// Scores of a domain with their places and the means of peers.
    fn placed_scores(
        &mut self,
        one: &IndexDimension,
        scores: &[Option<Traced>],
        placed: &[bool],
    ) -> Vec<DimensionScore> {
        let names: Vec<StepId> =
            (0..scores.len()).map(|city| self.of_dimension(city, one, "", "rank")).collect();
        let order = StepId::new(format!("round/#index.d.{}.places", one.id));
        let ranks = self.ranks(&order, &names, scores, placed);
        let mut found = Vec::new();
        let mut means: BTreeMap<Option<usize>, Option<Traced>> = BTreeMap::new();
        for ((city, score), rank) in self.cities.iter().zip(scores).zip(ranks) {
            let group = self.spec.place_of_group(&city.city);
            let is_peer =
                |other: &CityValues| group.is_none() || self.spec.place_of_group(&other.city) == group;
            let peers = self.cities.iter().zip(scores).zip(placed);
            let peers = peers.filter(|((other, _), placed)| **placed && is_peer(other));
            let of_peers = means.entry(group).or_insert_with(|| {
                let peers: Vec<Traced> = peers.filter_map(|((_, score), _)| score.clone()).collect();
                let place = group.map_or(0, |at| at.saturating_add(1));
                let name = StepId::new(format!("round/#index.d.{}.mean.{place}", one.id));
                let args = roles("x", &peers);
                let told = self.ledger.does(name, Operation::Mean, &args, "");
                self.ledger.shown(&told.id, &told, PRINTED);
                Some(told).filter(|told| told.value.is_something())
            });
            let of_peers = of_peers.clone();
            found.push(DimensionScore { score: score.clone(), rank, of_peers });
        }
        found
    }

    /// The index of each city.
    pub(super) fn top(
        &mut self,
        scores: &[Vec<Option<Traced>>],
        weights: &Weights,
        placed: &[bool],
        by: &str,
    ) -> Vec<Option<Traced>> {
        let spec = self.spec;
        let method = spec.aggregation_of(spec.levels());
        let tops: Vec<usize> = spec.parts_of(None).collect();
        let score = |city: usize, place: usize| scores.get(place)?.get(city)?.clone();
        let weight = |place: usize| weights.dimensions.get(place).cloned();
        let mut found = Vec::new();
        for (city, one) in self.cities.iter().enumerate() {
            let name = of_city(&one.city, &format!("{by}score"));
            if method != Aggregation::Copeland {
                let parts = tops.iter().filter_map(|place| Some((score(city, *place)?, weight(*place)?)));
                let parts: Vec<(Traced, Traced)> = parts.collect();
                found.push(self.put_together(name, &parts, method));
                continue;
            }
            // What has no score keeps its place in the row.
            let nothing = self.ledger.absent("index.score", "score");
            let own = |city: usize| tops.iter().map(move |place| score(city, *place));
            let rows = placed.iter().enumerate().filter(|(other, placed)| **placed && *other != city);
            let others: Vec<Option<Traced>> = rows.flat_map(|(other, _)| own(other)).collect();
            let weights: Vec<Traced> = tops.iter().filter_map(|place| weight(*place)).collect();
            let own: Vec<Option<Traced>> = own(city).collect();
            let mut args = roles("weight", &weights);
            args.extend(own.iter().map(|one| ("own", one.as_ref().unwrap_or(&nothing))));
            args.extend(others.iter().map(|one| ("other", one.as_ref().unwrap_or(&nothing))));
            let told = self.does(name, Operation::Copeland, &args);
            self.shown(&told);
            found.push(Some(told).filter(|told| told.value.is_something()));
        }
        found
    }

    /// 定基指数 of each city: symmetric growth of its indicators, carried on by domain, the mean of these.
    fn chains(
        &mut self,
        chain: ChainSpec,
        weights: (&Weights, &[Traced]),
        used: &[bool],
        year: i32,
    ) -> Vec<Vec<(i32, Traced)>> {
        let mut found = Vec::new();
        for city in self.cities {
            found.push(self.chain(city, chain, (weights, used), year));
        }
        found
    }

    /// Ends with the first year for which a domain has no growth.
    fn chain(
        &mut self,
        city: &CityValues,
        chain: ChainSpec,
        ((weights, within), used): ((&Weights, &[Traced]), &[bool]),
        year: i32,
    ) -> Vec<(i32, Traced)> {
        let spec = self.spec;
        let hundred = self.ledger.constant(100);
        let bases: Vec<usize> = (0..spec.dimensions.len())
            .filter(|at| spec.dimensions.get(*at).is_some_and(|one| one.level == 1))
            .collect();
        let mut levels: Vec<Traced> = vec![hundred.clone(); bases.len()];
        let mut found = vec![(chain.base_year, hundred)];
        for now in chain.base_year.saturating_add(1)..=year {
            let mut next = Vec::new();
            for (at, before) in bases.iter().zip(&levels) {
                let Some(growth) = self.growth(city, *at, (weights, used), (now, year)) else { return found };
                let id = spec.dimensions.get(*at).map_or("", |one| one.id.as_str());
                let name = of_city(&city.city, &format!("d.{id}.chain.{now}"));
                let told = self.does(name, Operation::Chained, &[("before", before), ("growth", &growth)]);
                // From nothing there is no way on.
                if !told.value.is_something() {
                    return found;
                }
                next.push(told);
            }
            let parts = next.iter().zip(&bases);
            let parts = parts.filter_map(|(level, at)| Some((level.clone(), within.get(*at)?.clone())));
            let parts: Vec<(Traced, Traced)> = parts.collect();
            let name = of_city(&city.city, &format!("chain.{now}"));
            let Some(told) = self.put_together(name, &parts, Aggregation::Arithmetic) else { return found };
            found.push((now, told));
            levels = next;
        }
        found
    }

    /// The mean growth of the indicators of a domain from one year to the next; of those that have both years.
    fn growth(
        &mut self,
        city: &CityValues,
        dimension: usize,
        (weights, used): (&Weights, &[bool]),
        (now, year): (i32, i32),
    ) -> Option<Traced> {
        let spec = self.spec;
        let mut parts = Vec::new();
        for at in spec.indicators_of(dimension).filter(|at| used.get(*at) == Some(&true)) {
            let (Some(source), Some(one)) = (city.sources.get(at), spec.indicators.get(at)) else { continue };
            let of =
                |of: i32| if of == year { source.reported.clone() } else { source.earlier.get(&of).cloned() };
            let (Some(level), Some(before)) = (of(now), of(now.saturating_sub(1))) else { continue };
            let name = of_city(&city.city, &format!("i.{}.growth.{now}", one.id));
            let operation = Operation::GrowthSymmetric { higher: one.higher_is_better };
            let told = self.ledger.does(name, operation, &[("now", &level), ("before", &before)], "%");
            let weight = weights.indicators.get(at).cloned();
            parts.extend(weight.filter(|_| told.value.is_something()).map(|weight| (told, weight)));
        }
        let id = spec.dimensions.get(dimension).map_or("", |one| one.id.as_str());
        let name = of_city(&city.city, &format!("d.{id}.growth.{now}"));
        self.put_together(name, &parts, Aggregation::Arithmetic)
    }
}
