//! Each city by the weights of the domains right below the index that put it best (the benefit of the doubt), beside the index, which it does not alter.

use super::BestPlace;
use super::scores::{Workings, of_city, roles};
use crate::ledger::{Operation, StepId, Traced};
use crate::plan::BestCaseSpec;

/// The full share, with which nothing is bounded.
const WHOLE: rust_decimal::Decimal = rust_decimal::Decimal::ONE_HUNDRED;

impl Workings<'_> {
    /// By city. Over the cities with a place that have a score in each of the domains.
    pub(super) fn best(&mut self, scores: &[Vec<Option<Traced>>], placed: &[bool]) -> Vec<Option<BestPlace>> {
        let mut found = vec![None; self.cities.len()];
        let spec = self.spec;
        let Some(asked) = &spec.best_case else { return found };
        let tops: Vec<usize> = spec.parts_of(None).collect();
        let row = |city: usize| -> Option<Vec<Traced>> {
            tops.iter().map(|at| scores.get(*at)?.get(city)?.clone()).collect()
        };
        let compared = placed.iter().enumerate().filter(|(_, placed)| **placed);
        let rows: Vec<(usize, Vec<Traced>)> =
            compared.filter_map(|(city, _)| Some((city, row(city)?))).collect();
        if rows.is_empty() {
            return found;
        }
        let bounds = self.bounds(asked);
        let mut args = roles("x", rows.iter().flat_map(|(_, row)| row));
        args.extend(bounds.iter().map(|(role, told)| (*role, told)));
        let parts = tops.len();
        let operation = Operation::WeightsBestCase { parts };
        let weights = self.does(StepId::new("round/#index.best.weights"), operation, &args);
        for (place, (city, row)) in rows.iter().enumerate() {
            if let Some(slot) = found.get_mut(*city) {
                *slot = self.best_of((*city, row), &weights, place.saturating_mul(parts));
            }
        }
        self.rank_best(&mut found);
        found
    }

    /// The least and the most that a domain contributes; nothing where nothing is bounded.
    fn bounds(&mut self, asked: &BestCaseSpec) -> Vec<(&'static str, Traced)> {
        if asked.least.is_zero() && asked.most == WHOLE {
            return Vec::new();
        }
        let mut of = |field: &'static str, value| {
            let key = format!("best_case.{field}");
            (field, self.parameter(&key, &key, value))
        };
        vec![of("least", asked.least), of("most", asked.most)]
    }

    /// A city by its weights, which stand behind so many others. Its place is still open.
    fn best_of(
        &mut self,
        (city, row): (usize, &[Traced]),
        weights: &Traced,
        before: usize,
    ) -> Option<BestPlace> {
        let spec = self.spec;
        let slug = &self.cities.get(city)?.city;
        let ids: Vec<&str> =
            spec.parts_of(None).filter_map(|at| Some(spec.dimensions.get(at)?.id.as_str())).collect();
        let mut own = Vec::new();
        for (position, id) in (before.saturating_add(1)..).zip(&ids) {
            let name = of_city(slug, &format!("best.d.{id}.weight"));
            own.push(self.does(name, Operation::WeightAt { position }, &[("weights", weights)]));
        }
        let args: Vec<_> =
            row.iter().zip(&own).flat_map(|(x, weight)| [("x", x), ("weight", weight)]).collect();
        let score = self.does(of_city(slug, "best.score"), Operation::SumWeighted, &args);
        if !score.number()?.is_positive() {
            return None;
        }
        self.shown(&score);
        let mut shares = Vec::new();
        for ((x, weight), id) in row.iter().zip(&own).zip(&ids) {
            let name = of_city(slug, &format!("best.d.{id}.share"));
            let args = [("x", x), ("weight", weight), ("whole", &score)];
            let share = self.ledger.does(name, Operation::ShareWeighted, &args, "%");
            self.shown(&share);
            shares.push(share);
        }
        Some(BestPlace { score, rank: 0, shares })
    }

    fn rank_best(&mut self, found: &mut [Option<BestPlace>]) {
        let scores: Vec<Option<Traced>> =
            found.iter().map(|one| one.as_ref().map(|one| one.score.clone())).collect();
        let there: Vec<bool> = scores.iter().map(Option::is_some).collect();
        let names: Vec<StepId> = self.cities.iter().map(|one| of_city(&one.city, "best.rank")).collect();
        let ranks = self.ranks(&StepId::new("round/#index.best.places"), &names, &scores, &there);
        for (one, rank) in found.iter_mut().zip(ranks) {
            if let Some((one, rank)) = one.as_mut().zip(rank) {
                one.rank = rank;
            }
        }
    }
}
