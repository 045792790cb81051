//! Writes into the ledgers what is counted and compared of decisions and of values of earlier years, so that every number that is told of
//! them has its step.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::CityEvaluation;
use super::again::{Alternative, VerdictOn};
use super::decision_lists::Lists;
use super::decisions::{DecidedOn, DecidedState, DecisionKind, HumanDecision, Undo};
use super::restatements::{RestatedSteps, Restatement};
use crate::collect::Observation;
use crate::ident::CityId;
use crate::indexed::Indexed;
use crate::ledger::{self, Exact, Ledger, Operation, StepId, StepValue, Traced};
use crate::plan::{Indicator, Plan, Round};
use crate::reconcile::observed;

/// Counts decisions, what rests on each, what each is about, and what would be otherwise without it, in the ledger of the round.
pub(super) fn decisions(all: &[HumanDecision], lists: &Lists<'_>, over: &mut Ledger) {
    let mut steps = Vec::new();
    for one in all {
        let leaf = lists.written(one, over);
        if one.affects.is_some() {
            let about = lists.decided_on(one);
            over.count_chosen(one.step.of("affects"), &one.resting, about.as_slice(), Vec::new());
        }
        if let DecidedState::Findings(..) = one.before {
            let named = lists.findings.iter().filter(|finding| one.names(finding, lists.round));
            let named: Vec<Traced> = named.map(|finding| over.finding(&finding.as_cause())).collect();
            over.count_chosen(one.step.of("findings"), &named, std::slice::from_ref(&leaf), Vec::new());
        }
        steps.push(leaf);
    }
    // What units say may name any of the decisions and findings, so that these stand before it.
    let mut otherwise = Vec::new();
    for (one, leaf) in all.iter().zip(&steps) {
        let others = one.without.iter().filter(|other| other.differs());
        let others: Vec<Traced> = others.filter_map(|other| lists.verdict(other)).collect();
        let mut by = vec![leaf.clone()];
        by.extend(one.without.iter().flat_map(|other| lists.grounds(other)));
        let mut named = BTreeSet::new();
        by.retain(|step| named.insert(step.id.clone()));
        otherwise.push(over.count_chosen(one.step.of("otherwise"), &others, &by, Vec::new()));
    }
    // The weight of what no decision weighs.
    if all.iter().any(|one| one.kind == DecisionKind::Weight) {
        over.constant(1);
    }
    let mut count = |name: &str, by: &[Traced], is: &dyn Fn(&HumanDecision) -> bool| {
        let counted = all.iter().zip(&steps).filter(|(one, _)| is(one));
        let members: Vec<Traced> = counted.map(|(_, step)| step.clone()).collect();
        over.count_chosen(StepId::new(format!("round/#{name}")), &members, by, Vec::new());
    };
    if !all.is_empty() {
        count("decisions", &[], &|_| true);
        count("decisions.affecting", &[], &HumanDecision::is_affecting);
        count("decisions.deciding", &otherwise, &HumanDecision::is_deciding);
        count("decisions.expired", &[], &HumanDecision::is_expired);
    }
}

/// The step of a verdict.
fn verdict_step(city: &CityId, on: &VerdictOn) -> StepId {
    StepId::new(match on {
        VerdictOn::Target(no) => format!("{city}/{no}/state"),
        VerdictOn::Task(no) => format!("{city}/task/{no}/state"),
        VerdictOn::City => format!("{city}/#grade"),
    })
}

impl Lists<'_> {
    /// The value of the indicator that a decision is about: on it hangs whether the decision is needed.
    fn decided_on(&self, one: &HumanDecision) -> Option<Traced> {
        let (DecidedOn::Indicator(no), Some(city)) = (&one.on_what, &one.city) else { return None };
        self.city(city)?.ledger.told(&ledger::of_indicator(city, no).of("fact"))
    }

    fn verdict(&self, one: &Alternative) -> Option<Traced> {
        self.city(&one.city)?.ledger.told(&verdict_step(&one.city, &one.on))
    }

    /// What it hangs on whether a verdict would be another one: what it is and what units say of the target, or the scores of a grade.
    fn grounds(&self, one: &Alternative) -> Vec<Traced> {
        let Some(city) = self.city(&one.city) else { return Vec::new() };
        let mut ids = vec![verdict_step(&one.city, &one.on)];
        match &one.on {
            VerdictOn::Target(no) => {
                let fact = ledger::of_indicator(&one.city, no).of("fact");
                let sides = city.ledger.step(&fact).into_iter().flat_map(|step| &step.args);
                let sides: Vec<StepId> = sides.map(|arg| arg.id.clone()).collect();
                ids.push(fact);
                ids.extend(sides);
            }
            VerdictOn::Task(_) => {}
            VerdictOn::City => {
                let score = |name: &str| StepId::new(format!("{}/#{name}", one.city));
                ids.extend(["score", "score_missing_as_zero"].map(score));
            }
        }
        ids.iter().filter_map(|id| city.ledger.told(id)).collect()
    }

    /// The step of a decision: as a stage wrote it that asked for it, else as it is written now.
    fn written(&self, one: &HumanDecision, over: &mut Ledger) -> Traced {
        let known = self.cities.iter().find_map(|city| city.ledger.step(&one.step));
        match known {
            Some(step) => over.repeat(step),
            None => self.write(one, over),
        }
    }

    fn write(&self, one: &HumanDecision, over: &mut Ledger) -> Traced {
        let (round, at) = (self.round, one.place.saturating_sub(1));
        let says = match one.kind {
            DecisionKind::Waiver => return over.waiver(round, one.place),
            // One that another has replaced.
            DecisionKind::Amendment => {
                let DecidedState::Written(value) = &one.after else { return over.constant(0) };
                let (DecidedOn::Indicator(no), Undo::Amendment(year, ..)) = (&one.on_what, &one.undo) else {
                    return over.constant(0);
                };
                let operation = Operation::Decision {
                    file: one.file.clone(),
                    line: one.line,
                    kind: one.kind.key().to_owned(),
                    what: format!("{no} {year}"),
                    warrant: one.warrant.clone(),
                };
                return over.leaf(one.step.clone(), operation, StepValue::Text(value.clone()));
            }
            DecisionKind::Preference => {
                round.preferences.get(at).map(|one| StepValue::Text(one.unit.to_string()))
            }
            DecisionKind::Veto => round.vetoes.get(at).map(|one| StepValue::word(one.grade.key())),
            DecisionKind::BaseYear => {
                round.base_years.get(at).map(|one| StepValue::Number(Exact::whole(i64::from(one.year))))
            }
            DecisionKind::Benchmark => {
                round.benchmarks.get(at).map(|one| StepValue::Text(one.value.to_string()))
            }
            DecisionKind::Weight => round.weights.get(at).map(|one| StepValue::Number(one.weight.into())),
            DecisionKind::Asked => round.asked.get(at).map(|one| StepValue::Text(one.question.clone())),
            DecisionKind::Other => round.decisions.get(at).map(|one| StepValue::Text(one.decision.clone())),
        };
        let what = match &one.on_what {
            DecidedOn::Indicator(no) => no.to_string(),
            DecidedOn::Matter { object, .. } => object.clone(),
            DecidedOn::Nature(_) | DecidedOn::City | DecidedOn::Findings { .. } => String::new(),
        };
        over.decision(round, one.kind.list(), one.place, &what, says.unwrap_or(StepValue::Nothing))
    }
}

/// Writes down both values of an earlier year, how far they are apart, and how many other verdicts there would be, in the ledger of the city.
pub(super) fn restatements(all: &mut [Restatement], round: &Round, cities: &mut Indexed<CityEvaluation>) {
    for one in all {
        let Some(city) = cities.find_mut(&one.city) else { continue };
        let mut ledger = std::mem::take(&mut city.ledger);
        if let Some(row) = city.plan.indicator(&one.no) {
            one.steps = Restater { round, city, row, ledger: Arc::make_mut(&mut ledger) }.steps(one);
        }
        city.ledger = ledger;
    }
}

/// Writes a value of an earlier year that is told in two ways.
struct Restater<'a> {
    round: &'a Round,
    city: &'a CityEvaluation,
    row: &'a Indicator,
    ledger: &'a mut Ledger,
}

impl Restater<'_> {
    fn steps(&mut self, one: &Restatement) -> RestatedSteps {
        let of: (&Round, &Plan) = (self.round, &self.city.plan);
        let planned = one.planned.as_ref().map(|past| self.ledger.printed(of, self.row, past));
        let by_file = self.row.published_of(one.year).filter(|published| published.value.is_some());
        let by_file = by_file.map(|published| self.ledger.published(of, self.row, published));
        let output = one.published.as_ref().and_then(|published| published.output.as_ref());
        let published = match output {
            Some(output) => Some(self.ledger.published_in(&one.city, self.row, one.year, output)),
            None => by_file.clone(),
        };
        let reported = self.reported(one);
        let base = planned.clone().or(by_file).or_else(|| published.clone());
        let other = if one.reported.is_some() { reported.clone() } else { published.clone() };
        let name = ledger::of_indicator(&one.city, &one.no).of(format!("{}/restated", one.year));
        let difference = one.difference.and(other.zip(base)).map(|(other, base)| {
            let args = [("actual", &other), ("base", &base)];
            self.ledger.does(name.clone(), Operation::Net, &args, self.row.unit.text())
        });
        let others = one.others.iter();
        let others: Vec<Traced> =
            others.filter_map(|other| self.ledger.told(&verdict_step(&one.city, &other.on))).collect();
        let others = self.ledger.count(name.of("otherwise"), &others, Vec::new());
        let id = |told: Option<Traced>| told.map(|told| told.id);
        RestatedSteps {
            planned: id(planned),
            published: id(published),
            reported: id(reported),
            difference: id(difference),
            others: Some(others.id),
        }
    }

    /// What is reported now: in the column of an earlier year, or what this report holds true.
    fn reported(&mut self, one: &Restatement) -> Option<Traced> {
        let told = one.reported.as_ref()?;
        let of = ledger::of_indicator(&one.city, &one.no);
        if one.year == self.round.year() {
            return self.ledger.told(&of.of("fact"));
        }
        let is_it = |seen: &&Observation| !seen.is_current && seen.no == one.no && seen.at == told.at;
        let seen = self.city.collected.observations.iter().find(is_it)?;
        let place = self.row.reporters.iter().position(|unit| *unit == seen.unit).unwrap_or_default();
        let id = of.of(format!("{}/before.{}", one.year, place.saturating_add(1)));
        Some(observed(self.ledger, &id, seen, self.row))
    }
}
