//! Reviews what was collected: completeness, plausibility, deadlines, evidence.
//!
//! Rules are plain functions in one list; each sees everything, returns findings, and counts what it was run on. A rule that cannot decide (a
//! value or a base is missing) says so in the counts and makes no finding: what is missing is a finding of its own.

mod answered;
mod characters;
mod completeness;
mod evidence;
mod plausibility;
mod scale;

pub use answered::answered;
pub use characters::unshown;

use rust_decimal::Decimal;

use crate::collect::{Lookup, Observation};
use crate::finding::{Finding, Place, PlanProblem, Problem, RuleRuns, Ruling, Undecided};
use crate::plan::{Indicator, PaceMethod, Plan, Round};

/// What the rules look at.
#[derive(Clone, Copy)]
pub struct CityInReview<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The round.
    pub round: &'a Round,
    /// What was collected for the city.
    pub collected: &'a Lookup<'a>,
}

type Check = fn(&CityInReview<'_>, &mut RuleRuns) -> Vec<Finding>;

/// All checks with their names, in the order in which they run.
pub const CHECKS: [(&str, Check); 13] = [
    ("units_report", completeness::units_report),
    ("indicators_are_reported", completeness::indicators_are_reported),
    ("tasks_are_reported", completeness::tasks_are_reported),
    ("values_have_the_right_scale", scale::values_have_the_right_scale),
    ("values_are_typed_right", plausibility::values_are_typed_right),
    ("changes_are_explained", plausibility::changes_are_explained),
    ("values_are_possible", plausibility::values_are_possible),
    ("values_are_of_the_year", plausibility::values_are_of_the_year),
    ("sums_do_not_fall", plausibility::sums_do_not_fall),
    ("growth_is_no_index", plausibility::growth_is_no_index),
    ("final_values_are_final", plausibility::final_values_are_final),
    ("evidence_is_listed", evidence::evidence_is_listed),
    ("targets_are_better_than_the_baseline", targets_are_better_than_the_baseline),
];

/// Runs all rules on a city, which are counted.
pub fn city(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    CHECKS.iter().flat_map(|(_, check)| check(subject, runs)).collect()
}

/// The values of the year with their indicators.
fn values<'a>(subject: &CityInReview<'a>) -> impl Iterator<Item = (&'a Observation, &'a Indicator, Decimal)> {
    let plan = subject.plan;
    subject.collected.all.observations.iter().filter(|seen| seen.is_current).filter_map(move |seen| {
        let indicator = plan.indicator(&seen.no)?;
        Some((seen, indicator, seen.value?))
    })
}

/// Whether the value of the year before, and the target of the year, say nothing of the size of a value: in a part of a year a sum is a part of both.
fn is_partial(subject: &CityInReview<'_>, indicator: &Indicator) -> bool {
    let decided = subject.round.pacing.of(&subject.plan.city, &indicator.no).and_then(|(_, one)| one.method);
    let method = decided.unwrap_or_else(|| indicator.pace_method());
    !subject.round.period.is_annual() && method == PaceMethod::Sum
}

/// What a value is compared with: that of the year before as it is known, within a year what the unit reports of the same part of it.
fn past_of(subject: &CityInReview<'_>, seen: &Observation, indicator: &Indicator) -> Option<Decimal> {
    match subject.round.period.is_annual() {
        true => indicator.known_of(subject.round.year_before()).and_then(|past| past.value),
        false => reported_before(subject, seen),
    }
}

/// What the unit itself reports of the same part of the year before.
fn reported_before(subject: &CityInReview<'_>, seen: &Observation) -> Option<Decimal> {
    let own = |one: &&Observation| !one.is_current && one.unit == seen.unit;
    subject.collected.values_of(&seen.no).find(own).and_then(|one| one.value)
}

/// A finding about a value.
fn finding(subject: &CityInReview<'_>, seen: &Observation, problem: Problem) -> Finding {
    let finding = Finding::new(&subject.plan.city, seen.at.clone(), problem);
    finding.of_unit(&seen.unit).of_indicator(&seen.no)
}

/// P101: a target on the worse side of the base year, or of the year before, that asks for a step ahead of it.
fn targets_are_better_than_the_baseline(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    let CityInReview { plan, round, .. } = subject;
    let mut found = Vec::new();
    if !round.period.is_annual() {
        // The plan is held against itself once a year.
        return found;
    }
    for indicator in plan.indicators_of(round.year()) {
        let target = indicator.targets_of(round.year()).into_iter().next();
        let target = target.filter(|target| plan.asks_for_a_step_ahead(indicator, target));
        let Some(crate::plan::Goal::Level(_, value)) = target.map(|target| &target.goal) else { continue };
        let past = plan.base_of(indicator, round.year());
        let Some((past, number)) = past.and_then(|past| Some((past, past.value?))) else {
            runs.ruled("P101", Ruling::<()>::Undecided(Undecided::NoYearBefore));
            continue;
        };
        runs.ran("P101", 1);
        if indicator.direction.is_worse(value.value, number) {
            let problem = PlanProblem::TargetBelowBaseline {
                target: format!("{}{}", value.text, indicator.unit.text()),
                baseline: format!("{}{}", past.text, indicator.unit.text()),
                year: past.year,
            }
            .into();
            let place = Place::file(&format!("{}/plan.toml", plan.city));
            found.push(Finding::new(&plan.city, place, problem).of_indicator(&indicator.no));
        }
    }
    found
}
