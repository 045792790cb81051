//! The entries that people wrote, one by one, with what stood there before and what stands by them.

use super::CityEvaluation;
use super::decisions::{DecidedOn, DecidedState, DecisionKind, HumanDecision, Undo};
use crate::finding::{Finding, Object, Severity, Side};
use crate::ident::{CityId, IndicatorNo};
use crate::ledger;
use crate::plan::{Amendment, Plan, Round, Target};
use crate::quantity::Value;
use crate::reconcile::said;
use crate::rounding::plain;

/// The lists of decisions, and what they are held against.
pub(super) struct Lists<'a> {
    pub(super) round: &'a Round,
    pub(super) cities: &'a [CityEvaluation],
    pub(super) findings: &'a [Finding],
}

impl Lists<'_> {
    pub(super) fn all(&self) -> Vec<HumanDecision> {
        let mut all: Vec<HumanDecision> = Vec::new();
        all.extend(self.preferences());
        all.extend(self.waivers());
        all.extend(self.vetoes());
        all.extend(self.base_years());
        all.extend(self.benchmarks());
        all.extend(self.weights());
        all.extend(self.amendments());
        all.extend(self.asked());
        all.extend(self.others());
        // Cities that were left out of the run have no decisions in it.
        let is_judged = |city: &CityId| self.city(city).is_some();
        all.retain(|one| one.city.as_ref().is_none_or(is_judged));
        all
    }

    pub(super) fn city(&self, slug: &CityId) -> Option<&CityEvaluation> {
        self.cities.iter().find(|city| city.plan.city == *slug)
    }

    /// An entry of a list of `round.toml`, before it is held against anything.
    fn entry(&self, kind: DecisionKind, place: usize, on_what: DecidedOn) -> HumanDecision {
        let list = kind.list();
        let (file, line) = self.round.whereabouts(list, place);
        HumanDecision {
            kind,
            place,
            city: None,
            on_what,
            before: DecidedState::Nothing,
            after: DecidedState::Nothing,
            warrant: self.round.warrant(list, place),
            file,
            line,
            is_in_force: true,
            affects: None,
            step: ledger::decision_in(self.round, list, place),
            resting: Vec::new(),
            without: Vec::new(),
            undo: Undo::Entry,
        }
    }

    fn preferences(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.preferences).map(|(place, one)| {
            let sides = self.sides(&one.city, &one.indicator);
            let own = sides.iter().filter(|side| one.unit == *side.unit.as_str()).cloned().collect();
            HumanDecision {
                city: Some(one.city.clone()),
                before: DecidedState::Sides(sides),
                after: DecidedState::Sides(own),
                ..self.entry(DecisionKind::Preference, place, DecidedOn::Indicator(one.indicator.clone()))
            }
        })
    }

    /// What the units say of an indicator.
    fn sides(&self, city: &CityId, no: &IndicatorNo) -> Vec<Side> {
        let Some(row) = self.city(city).and_then(|city| city.row(no)) else { return Vec::new() };
        let measure = if row.indicator.is_qualitative() { "" } else { row.indicator.unit.text() };
        let side = |seen: &crate::collect::Observation| {
            let (unit, measure) = (seen.unit.to_string(), measure.to_owned());
            said(seen).map(|value: Value| Side { unit, value, measure })
        };
        row.fact.sides.iter().filter_map(side).collect()
    }

    fn waivers(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.waivers).map(|(place, one)| {
            let severities: Vec<Severity> =
                self.findings.iter().filter(|f| one.names(f)).map(|f| f.problem.severity()).collect();
            let before = match severities.iter().min() {
                Some(worst) => DecidedState::Findings(severities.len(), *worst),
                None => DecidedState::Nothing,
            };
            let holds = one.holds_on(self.round.report_date);
            let on_what = DecidedOn::Findings {
                code: one.code.clone(),
                unit: one.unit.clone(),
                object: one.object.clone().filter(|object| *object != Object::Whole),
            };
            HumanDecision {
                city: Some(one.city.clone()),
                after: if holds && !severities.is_empty() { DecidedState::Waived } else { before.clone() },
                before,
                is_in_force: holds,
                ..self.entry(DecisionKind::Waiver, place, on_what)
            }
        })
    }

    fn vetoes(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.vetoes).map(|(place, one)| {
            let on_what = match (&one.indicator, one.nature) {
                (Some(no), _) => DecidedOn::Indicator(no.clone()),
                (None, Some(nature)) => DecidedOn::Nature(nature),
                (None, None) => DecidedOn::City,
            };
            HumanDecision {
                city: one.city.clone(),
                after: DecidedState::Grade(Some(one.grade)),
                is_in_force: one.on <= self.round.report_date,
                ..self.entry(DecisionKind::Veto, place, on_what)
            }
        })
    }

    fn base_years(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.base_years).map(|(place, one)| HumanDecision {
            city: Some(one.city.clone()),
            after: DecidedState::Written(one.year.to_string()),
            ..self.entry(DecisionKind::BaseYear, place, DecidedOn::Indicator(one.target.clone()))
        })
    }

    fn benchmarks(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.benchmarks).map(|(place, one)| HumanDecision {
            city: Some(one.city.clone()),
            after: DecidedState::Named(one.name.clone(), one.value),
            ..self.entry(DecisionKind::Benchmark, place, DecidedOn::Indicator(one.target.clone()))
        })
    }

    fn weights(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.weights).map(|(place, one)| {
            let of_all = |other: &&crate::plan::Weight| {
                one.city.is_some() && other.city.is_none() && other.indicator == one.indicator
            };
            let before = self.round.weights.iter().find(of_all);
            let before = before.map_or_else(|| "1".to_owned(), |other| plain(other.weight));
            HumanDecision {
                city: one.city.clone(),
                before: DecidedState::Written(before),
                after: DecidedState::Written(plain(one.weight)),
                ..self.entry(DecisionKind::Weight, place, DecidedOn::Indicator(one.indicator.clone()))
            }
        })
    }

    /// Amendments in force of the targets that are judged.
    fn amendments(&self) -> Vec<HumanDecision> {
        let mut all = Vec::new();
        for plan in self.cities.iter().map(|city| &city.plan) {
            let mut place = 0;
            for row in plan.indicators_of(self.round.year()) {
                for target in row.targets_of(self.round.year()) {
                    for (at, one) in target.amendments.iter().enumerate() {
                        place += 1;
                        all.push(self.amendment((plan, &row.no, target), at, one, place));
                    }
                }
            }
        }
        all
    }

    fn amendment(
        &self,
        (plan, no, target): (&Plan, &IndicatorNo, &Target),
        at: usize,
        one: &Amendment,
        place: usize,
    ) -> HumanDecision {
        let earlier = at.checked_sub(1).and_then(|at| target.amendments.get(at));
        let issued = || target.as_issued().number().map(|number| number.text.clone());
        let before = earlier.map(|one| one.value.text.clone()).or_else(issued);
        HumanDecision {
            city: Some(plan.city.clone()),
            before: before.map_or(DecidedState::Nothing, DecidedState::Written),
            after: DecidedState::Written(one.value.text.clone()),
            warrant: one.warrant(),
            file: self.round.path(&format!("{}/plan.toml", plan.city)),
            line: Some(one.entry_line),
            undo: Undo::Amendment(target.year, target.tier, at),
            step: ledger::amendment_of(self.round, plan, (no, target.year), one),
            ..self.entry(DecisionKind::Amendment, place, DecidedOn::Indicator(no.clone()))
        }
    }

    fn asked(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.asked).map(|(place, one)| {
            let on_what = match &one.target {
                Some(target) => DecidedOn::Indicator(target.clone()),
                None => DecidedOn::City,
            };
            HumanDecision {
                city: Some(one.city.clone()),
                after: DecidedState::Asked(one.kind, one.question.clone()),
                undo: Undo::Nothing,
                ..self.entry(DecisionKind::Asked, place, on_what)
            }
        })
    }

    fn others(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.decisions).map(|(place, one)| {
            let on_what = DecidedOn::Matter { object: one.object.clone(), matter: one.matter.clone() };
            HumanDecision {
                // A word for all of them is no slug.
                city: self.round.cities.iter().find(|city| city.as_str() == one.city).cloned(),
                after: DecidedState::Written(one.decision.clone()),
                undo: Undo::Nothing,
                ..self.entry(DecisionKind::Other, place, on_what)
            }
        })
    }
}
