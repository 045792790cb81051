//! What rests on decisions, and what would be without each of them.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::CityEvaluation;
use super::again::{Again, Alternative, Verdict, VerdictOn};
use super::decision_lists::Lists;
use super::decisions::{DecidedOn, DecidedState, DecisionKind, HumanDecision, Undo};
use crate::finding::Finding;
use crate::ledger::{self, Ledger, StepId, StepValue};
use crate::plan::{Grade, Plan, Round, Target, Tier};

/// All decisions of a round about the cities that were judged, in the order of kinds and of their lists.
pub(super) fn decisions(
    round: &Round,
    cities: &[CityEvaluation],
    over: &Ledger,
    findings: &[Finding],
    again: Again<'_>,
) -> Vec<HumanDecision> {
    let lists = Lists { round, cities, findings };
    let mut all = lists.all();
    let names: BTreeMap<StepId, usize> =
        all.iter().enumerate().map(|(at, one)| (one.step.clone(), at)).collect();
    let ledgers = cities.iter().map(|city| city.ledger.as_ref()).chain([over]);
    let reached = ledger::reach(ledgers, &names, all.len());
    for (one, resting) in all.iter_mut().zip(reached) {
        one.affects = one.kind.has_effect().then_some(resting.len());
        one.resting = resting;
    }
    let without: Vec<Vec<Alternative>> = all.par_iter().map(|one| lists.without(one, again)).collect();
    for (one, without) in all.iter_mut().zip(without) {
        one.without = without;
        // What a limit does to the grade of a city is known only from the city without it.
        if let (DecisionKind::Veto, [only]) = (one.kind, one.without.as_slice())
            && let Verdict::City(grade) = only.would_be
        {
            one.before = DecidedState::Grade(grade);
        }
    }
    all
}

impl Lists<'_> {
    /// The verdicts as they would be without a decision. A city in whose ledger nothing rests on it is the same without.
    fn without(&self, one: &HumanDecision, again: Again<'_>) -> Vec<Alternative> {
        if one.undo == Undo::Nothing {
            return Vec::new();
        }
        let on = one.on_verdict();
        if one.kind == DecisionKind::Weight {
            return self.without_weight(one);
        }
        let of = |city: &CityEvaluation| match (&on, city.ledger.step(&one.step).is_some()) {
            (None, false) => Vec::new(),
            (Some(on), false) => vec![Alternative::of(on.clone(), city, city)],
            (on, true) => {
                let (plan, round) = self.undone(one, city);
                let otherwise = again(plan, &round, &city.collected);
                match on {
                    Some(on) => vec![Alternative::of(on.clone(), city, &otherwise)],
                    None => Alternative::all(city, &otherwise),
                }
            }
        };
        let concerned =
            self.cities.iter().filter(|city| one.city.as_ref().is_none_or(|own| *own == city.plan.city));
        concerned.flat_map(of).collect()
    }

    /// The grades as they would be without a weight. It is in nothing but the mean of the points: no city is judged again for it.
    fn without_weight(&self, one: &HumanDecision) -> Vec<Alternative> {
        let DecidedOn::Indicator(no) = &one.on_what else { return Vec::new() };
        let mut round = self.round.clone();
        leave_out(&mut round.weights, one.place.saturating_sub(1));
        let would_be = |city: &CityEvaluation| {
            let slug = &city.plan.city;
            let weight = round.weight_of(slug, no).map_or(Decimal::ONE, |(_, other)| other.weight);
            let tiers = [Tier::Annual, Tier::Intended, Tier::Stretch];
            let weights = tiers.map(|tier| {
                (ledger::of_target(slug, no, tier).of("weight"), StepValue::Number(weight.into()))
            });
            let total = |name: &str| StepId::new(format!("{slug}/#{name}"));
            let grade = total("grade");
            let steps = ["mean_missing_as_zero", "score_missing_as_zero", "grade.by_score"].map(total);
            let steps: Vec<StepId> = steps.into_iter().chain([grade.clone()]).collect();
            let values = city.ledger.done_with(BTreeMap::from(weights), &steps);
            let word = values.get(&grade).and_then(StepValue::text);
            Grade::ALL.into_iter().find(|grade| word == Some(grade.key()))
        };
        let of = |city: &CityEvaluation| {
            let is = city.score.grade;
            let would_be = if city.ledger.step(&one.step).is_some() { would_be(city) } else { is };
            let (is, would_be) = (Verdict::City(is), Verdict::City(would_be));
            Alternative { city: city.plan.city.clone(), on: VerdictOn::City, is, would_be }
        };
        let concerned =
            self.cities.iter().filter(|city| one.city.as_ref().is_none_or(|own| *own == city.plan.city));
        concerned.map(of).filter(|told| one.city.is_some() || told.differs()).collect()
    }

    /// A plan and the round as if a decision had not been made.
    fn undone(&self, one: &HumanDecision, city: &CityEvaluation) -> (Plan, Round) {
        let (mut plan, mut round) = (city.plan.clone(), self.round.clone());
        let at = one.place.saturating_sub(1);
        match one.kind {
            DecisionKind::Preference => leave_out(&mut round.preferences, at),
            DecisionKind::Waiver => leave_out(&mut round.waivers, at),
            DecisionKind::Veto => leave_out(&mut round.vetoes, at),
            DecisionKind::BaseYear => leave_out(&mut round.base_years, at),
            DecisionKind::Benchmark => leave_out(&mut round.benchmarks, at),
            DecisionKind::Weight | DecisionKind::Amendment | DecisionKind::Asked | DecisionKind::Other => {}
        }
        if let (Undo::Amendment(year, tier, at), DecidedOn::Indicator(no)) = (&one.undo, &one.on_what)
            && let Some(row) = plan.indicators.find_mut(no)
        {
            let is_it = |target: &&mut Target| target.year == *year && target.tier == *tier;
            if let Some(target) = row.targets.iter_mut().find(is_it) {
                *target = target.without_amendment(*at);
            }
        }
        (plan, round)
    }
}

fn leave_out<T>(list: &mut Vec<T>, at: usize) {
    if at < list.len() {
        list.remove(at);
    }
}
