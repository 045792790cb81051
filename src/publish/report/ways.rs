//! The ways to the targets of a plan's last year: which indicators are on one, and what later targets ask for.

use rust_decimal::Decimal;

use super::context::Context;
use super::numerals::{numeral, numerals_in};
use super::phrases::points;
use super::say::say;
use super::totals::{bases_of, state_of, step_of, targets_of};
use super::values::{fact_of, fact_year_of};
use crate::advise::{self, RowOnItsWay};
use crate::assess::{Assessment, Pace, Way};
use crate::decimal::distance;
use crate::evaluation::CityEvaluation;
use crate::ledger::{Operation, StepId};
use crate::plan::{Direction, Indicator, Origin, Target, Tier, Written};
use crate::quantity::Value;
use crate::rounding::{fixed, plain, round_to};

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
pub(super) fn ways<'c, 'a>(context: &'c Context<'a>, city: &CityEvaluation) -> &'c [RowOnItsWay<'a>] {
    context.ways.get(city.plan.city.as_str()).map_or(&[], Vec::as_slice)
}

/// How many of a city's ways go at some pace: chosen by values, targets and what the method tolerates.
pub(super) fn count_ways(
    context: &Context<'_>,
    city: &CityEvaluation,
    ways: &[RowOnItsWay<'_>],
    (name, is_it): (&str, &dyn Fn(Pace) -> bool),
) -> String {
    let (book, round) = (&context.book, &context.evaluation.round);
    let mut by = vec![book.parameter_step(round, "pace_tolerance", round.method.pace_tolerance)];
    for (one, row, _) in ways {
        by.extend([state_of(one), fact_of(one), fact_year_of(one)]);
        by.extend(row.targets.iter().filter_map(|target| book.target(&city.plan, row, target)));
    }
    let members = ways.iter().filter(|(.., way)| is_it(way.pace)).map(|(one, ..)| state_of(one));
    let count = advise::on_the_way(ways, is_it);
    book.count_chosen(&format!("{}/#way.{name}", city.plan.city), members, by, &[], count)
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

    /// What says of which rows it is told how far they have to go, and from when on: how many go too slowly, and the year that the value is of.
    fn chosen_by(&self) -> Vec<StepId> {
        let year = Some(fact_year_of(self.one)).filter(|id| self.context.book.told(id).is_some());
        let ways = ways(self.context, self.city);
        if ways.is_empty() {
            return year.into_iter().collect();
        }
        let slow = StepId::new(format!("{}/#way.faster", self.city.plan.city));
        if self.context.book.told(&slow).is_none() {
            count_ways(self.context, self.city, ways, ("faster", &|pace| pace == Pace::Behind));
        }
        [slow].into_iter().chain(year).collect()
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
        let ids = self.context.book.difference(&id, [&fact_of(self.one), &step], self.chosen_by());
        let (language, number) = (self.context.language, numerals_in(&plain(gap), &ids));
        match self.row.unit.text() == "%" {
            true => {
                let points = points(&plain(gap));
                say!(language, "{number}个百分点", "{number} {points}")
            }
            false => self.context.measured(&number, self.row),
        }
    }

    /// What the plan has per year, from this year's target to that of its last year; `None` where that has no meaning.
    pub(super) fn planned(&self, way: &Way) -> Option<Yearly> {
        let last = self.target(&way.assessed, false, false);
        let known = last.and_then(|target| Some((target, self.step(target)?)));
        let year = self.context.evaluation.round.year();
        let first =
            self.row.targets_of(year).into_iter().find(|target| target.goal.number() == Some(&way.target));
        let from = first.and_then(|target| self.step(target));
        let steps = known.zip(from).map(|((target, step), from)| (target, [step, from]));
        let last = last.map_or(year, |target| target.year);
        self.yearly(way.planned?, "planned", [way.assessed.value, way.target.value], (year, last), steps)
    }

    /// What a target of the last year still needs per year; `None` where it is reached or nothing is known.
    pub(super) fn need(&self, way: &Way, intended: bool) -> Option<Yearly> {
        let (goal, growth) = match intended {
            true => (&way.intended, way.need_intended),
            false => (&way.assessed, way.need_assessed),
        };
        let Some(Value::Number(actual)) = self.one.actual else { return None };
        let target = self.target(goal, intended, false);
        let steps = target.and_then(|target| Some((target, [self.step(target)?, fact_of(self.one)])));
        let last = target.map_or(0, |target| target.year);
        let from = self.city.fact(&self.one.no).map_or(last, |fact| fact.year);
        let name = if intended { "need.intended" } else { "need" };
        self.yearly(growth?, name, [goal.value, actual], (from, last), steps)
    }

    /// What becomes of a level per year on the way to another: growth in percent, of a share percentage points.
    fn yearly(
        &self,
        growth: Decimal,
        name: &str,
        [to, from]: [Decimal; 2],
        (first, last): (i32, i32),
        steps: Option<(&Target, [StepId; 2])>,
    ) -> Option<Yearly> {
        let (book, years) = (&self.context.book, last.checked_sub(first)?);
        let id = |target: &Target, name: &str| step_of(self.one, &format!("{}/{name}", target.year));
        if self.row.unit.text() != "%" {
            let words = fixed(growth.abs(), 1);
            let operation = Operation::GrowthMean { years: u32::try_from(years).ok()? };
            let text = match &steps {
                Some((target, [to, from])) => {
                    book.change_told(&words, &id(target, name), [to, from], operation, self.chosen_by())
                }
                None => words,
            };
            return Some(Yearly { is_less: growth.is_sign_negative(), text, unit: "%" });
        }
        let points = to.checked_sub(from)?.checked_div(Decimal::from(years))?;
        // As many digits as it takes that a step does not read as none.
        let places = (2..6).find(|places| !round_to(points, *places).is_zero()).unwrap_or(6);
        let words = fixed(points.abs(), places);
        let text = match &steps {
            Some((target, [to, from])) => {
                let next = id(target, &format!("{name}.next"));
                let args = [("target", to.clone()), ("base", from.clone())];
                let next = book.step(&next, Operation::Due { gone: 1, all: years }, &args);
                let said = |next| {
                    book.change_told(
                        &words,
                        &id(target, name),
                        [&next, from],
                        Operation::Net,
                        self.chosen_by(),
                    )
                };
                next.map_or_else(|| words.clone(), said)
            }
            None => words,
        };
        let unit = self.context.language.of("个百分点", "percentage points");
        Some(Yearly { is_less: points.is_sign_negative(), text, unit })
    }
}

/// What becomes of a level per year.
pub(super) struct Yearly {
    /// Whether it becomes less.
    pub(super) is_less: bool,
    /// By how much, without a sign.
    pub(super) text: String,
    /// `%`, or 个百分点 of a share, in the language.
    pub(super) unit: &'static str,
}

impl Yearly {
    /// `−2.5%`, `0.08个百分点`.
    pub(super) fn signed(&self) -> String {
        // English words stand apart from numbers.
        let blank = if self.unit.starts_with('p') { " " } else { "" };
        format!("{}{}{blank}{}", self.sign(), self.text, self.unit)
    }

    fn sign(&self) -> &'static str {
        if self.is_less { "−" } else { "" }
    }
}

/// How a target or an actual value has changed against the base, with the step that says it.
pub(super) fn say_change(context: &Context<'_>, one: &Assessment, of: &str, words: &str) -> String {
    let row = context.cities().iter().find(|city| city.plan.city == one.city);
    let row = row.and_then(|city| city.plan.indicator(&one.no));
    let is_apart = row.is_some_and(|row| row.unit.text() == "%" || row.direction == Direction::Rank);
    let (targets, bases) = (targets_of(one), bases_of(one));
    let from = if of == "target" { targets } else { vec![fact_of(one)] };
    let known = |ids: Vec<StepId>| ids.into_iter().find(|id| context.book.told(id).is_some());
    let (Some(value), Some(base)) = (known(from), known(bases)) else { return words.to_owned() };
    let operation = if is_apart { Operation::Net } else { Operation::Growth };
    let id = step_of(one, &format!("{of}.change"));
    context.book.change(words, &id, [&value, &base], operation)
}
