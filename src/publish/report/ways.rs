//! The ways to the targets of a plan's last year: which indicators are on one, and what later targets ask for.

use super::context::Context;
use super::numerals::{numeral, numerals_in};
use super::phrases::points;
use super::say::say;
use super::totals::{bases_of, state_of, step_of, targets_of};
use super::values::fact_of;
use crate::advise;
use crate::assess::{Assessment, Pace, Way};
use crate::decimal::distance;
use crate::evaluation::CityEvaluation;
use crate::ledger::{Operation, StepId};
use crate::plan::{Indicator, Origin, Target, Tier, Written};
use crate::quantity::Value;
use crate::rounding::plain;

/// The last year for which a plan sets levels, if any level of this year is on the way there.
pub(super) fn way_to(context: &Context<'_>, city: &CityEvaluation) -> Option<i32> {
    let last = last_year(city, context.evaluation.round.year())?;
    (!ways(context, city).is_empty()).then_some(last)
}

/// The last year for which a plan sets levels, if it is later than `year`.
pub(super) fn last_year(city: &CityEvaluation, year: i32) -> Option<i32> {
    let table = city.plan.indicators.iter().filter(|row| row.origin == Origin::Table);
    table.flat_map(|row| &row.targets).map(|target| target.year).max().filter(|last| *last > year)
}

/// Whether the targets of a city's last year have two tiers.
pub(super) fn has_two_tiers(city: &CityEvaluation, last: i32) -> bool {
    let table = city.plan.indicators.iter().filter(|row| row.origin == Origin::Table);
    table.flat_map(|row| &row.targets).any(|target| target.year == last && target.tier == Tier::Intended)
}

/// The ways of the indicators of a plan that runs on.
pub(super) fn ways<'a>(
    context: &Context<'a>,
    city: &'a CityEvaluation,
) -> Vec<(&'a Assessment, &'a Indicator, Way)> {
    advise::ways(&context.evaluation.round, city)
}

/// The targets of later years of a row.
pub(super) struct LaterTargets<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) city: &'a CityEvaluation,
    pub(super) one: &'a Assessment,
    pub(super) row: &'a Indicator,
}

impl LaterTargets<'_> {
    /// The target that says this, of the second tier first where that is meant.
    fn target(&self, goal: &Written, intended: bool, is_next: bool) -> Option<&Target> {
        let next = self.context.evaluation.round.year().saturating_add(1);
        let last = self.row.targets.iter().map(|target| target.year).max();
        let year = if is_next { Some(next) } else { last };
        let of = |target: &&Target| Some(target.year) == year && target.goal.number() == Some(goal);
        let mut found: Vec<&Target> = self.row.targets.iter().filter(of).collect();
        found.sort_by_key(|target| (target.tier == Tier::Intended) != intended);
        found.first().copied()
    }

    fn step(&self, target: &Target) -> Option<StepId> {
        self.context.book.target(&self.city.plan, self.row, target)
    }

    pub(super) fn say(&self, goal: &Written, intended: bool, is_next: bool) -> String {
        let step = self.target(goal, intended, is_next).and_then(|target| self.step(target));
        step.map_or_else(|| goal.text.clone(), |id| numeral(&id, &goal.text))
    }

    /// How far the value is from a target of the last year: `131.55亿元`; empty where it is there.
    pub(super) fn left(&self, goal: &Written) -> String {
        let Some(Value::Number(actual)) = self.one.actual else { return String::new() };
        let is_there = !self.row.direction.is_worse(actual, goal.value);
        let known = self.target(goal, false, false).and_then(|target| Some((target, self.step(target)?)));
        let (Some(gap), Some((target, step)), false) = (distance(goal.value, actual), known, is_there) else {
            return String::new();
        };
        let id = step_of(self.one, &format!("{}/left", target.year));
        let ids = self.context.book.difference(&id, &fact_of(self.one), &step);
        let (language, number) = (self.context.language, numerals_in(&plain(gap), &ids));
        match self.row.unit.text() == "%" {
            true => {
                let points = points(&plain(gap));
                say!(language, "{number}个百分点", "{number} {points}")
            }
            false => self.context.measured(&number, self.row),
        }
    }

    /// The growth per year of the plan, from this year's target to that of its last year.
    pub(super) fn planned(&self, way: &Way, words: &str) -> String {
        let last = self.target(&way.assessed, false, false);
        let known = last.and_then(|target| Some((target, self.step(target)?)));
        let year = self.context.evaluation.round.year();
        let first =
            self.row.targets_of(year).into_iter().find(|target| target.goal.number() == Some(&way.target));
        let from = first.and_then(|target| self.step(target));
        let (Some((target, step)), Some(from)) = (known, from) else { return words.to_owned() };
        let years = u32::try_from(target.year - year).unwrap_or_default();
        let id = step_of(self.one, &format!("{}/planned", target.year));
        self.context.book.change(words, &id, [&step, &from], Operation::GrowthMean { years })
    }

    /// The growth per year that a target still needs.
    pub(super) fn need(&self, goal: &Written, intended: bool, words: &str) -> String {
        let target = self.target(goal, intended, false);
        let known = target.and_then(|target| Some((target, self.step(target)?)));
        let Some((target, step)) = known else { return words.to_owned() };
        let from = self.city.fact(&self.one.no).map_or(target.year, |fact| fact.year);
        let years = u32::try_from(target.year - from).unwrap_or_default();
        let tier = if intended { "need.intended" } else { "need" };
        let id = step_of(self.one, &format!("{}/{tier}", target.year));
        self.context.book.change(words, &id, [&step, &fact_of(self.one)], Operation::GrowthMean { years })
    }
}

/// How many of some ways go at a pace; all without one.
pub(super) fn say_pace(
    context: &Context<'_>,
    city: &CityEvaluation,
    ways: &[(&Assessment, &Indicator, Way)],
    wanted: Option<Pace>,
    number: usize,
) -> String {
    let name = wanted.map_or_else(|| "all".to_owned(), |pace| format!("{pace:?}").to_lowercase());
    let own = ways.iter().filter(|(.., way)| wanted.is_none_or(|pace| way.pace == pace));
    let members = own.map(|(one, ..)| state_of(one));
    context.book.count(&format!("{}/#way.{name}", city.plan.city), members, &[], number)
}

/// How many of some ways end at targets of two tiers that differ.
pub(super) fn say_two_tiers(
    context: &Context<'_>,
    city: &CityEvaluation,
    ways: &[(&Assessment, &Indicator, Way)],
    number: usize,
) -> String {
    let apart = ways.iter().filter(|(.., way)| way.intended.value != way.assessed.value);
    let members = apart.map(|(one, ..)| state_of(one));
    context.book.count(&format!("{}/#way.two_tiers", city.plan.city), members, &[], number)
}

/// How a target or an actual value has changed against the base, with the step that says it.
pub(super) fn say_change(context: &Context<'_>, one: &Assessment, of: &str, words: &str) -> String {
    let row = context.cities().iter().find(|city| city.plan.city == one.city);
    let row = row.and_then(|city| city.plan.indicator(&one.no));
    let is_share = row.is_some_and(|row| row.unit.text() == "%");
    let (targets, bases) = (targets_of(one), bases_of(one));
    let from = if of == "target" { targets } else { vec![fact_of(one)] };
    let known = |ids: Vec<StepId>| ids.into_iter().find(|id| context.book.told(id).is_some());
    let (Some(value), Some(base)) = (known(from), known(bases)) else { return words.to_owned() };
    let operation = if is_share { Operation::Net } else { Operation::Growth };
    let id = step_of(one, &format!("{of}.change"));
    context.book.change(words, &id, [&value, &base], operation)
}
