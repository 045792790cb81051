//! Every target of a city gets its verdict, or the reason why there is none.

use super::change::{self, Base, BaseSource};
use super::judge::{self, Case, Judged};
use super::points::points;
use super::schedule::Due;
use super::{Assessment, Reason, Reference, RowReason, State};
use crate::finding::{Finding, VerdictProblem};
use crate::ident::{CityId, IndicatorNo};
use crate::indexed::Indexed;
use crate::plan::{Direction, Goal, Indicator, Plan, Round, Target};
use crate::quantity::Value;
use crate::reconcile::{Fact, FactStatus};
use rust_decimal::Decimal;

/// Assesses all targets of a city for the round's year: the verdicts, and the boundary cases as findings.
pub fn indicators(plan: &Plan, round: &Round, facts: &Indexed<Fact>) -> (Indexed<Assessment>, Vec<Finding>) {
    let (mut found, mut noticed) = (Indexed::default(), Vec::new());
    for indicator in plan.indicators_of(round.year()) {
        let Some(fact) = facts.find(&indicator.no) else { continue };
        for target in indicator.targets_of(round.year()) {
            let assessor = Assessor { plan, round, facts, indicator, fact };
            let (assessment, equals) = assessor.assess(target);
            noticed.extend(assessor.border(&assessment, equals));
            found.push(assessment);
        }
    }
    (found, noticed)
}

/// An indicator of a city with what is known of it.
struct Assessor<'a> {
    plan: &'a Plan,
    round: &'a Round,
    facts: &'a Indexed<Fact>,
    indicator: &'a Indicator,
    fact: &'a Fact,
}

impl Assessor<'_> {
    fn assess(&self, target: &Target) -> (Assessment, bool) {
        let Self { plan, round, indicator, fact, .. } = self;
        let baseline = plan.base_of(indicator, round.year()).cloned();
        let base = baseline.as_ref().and_then(|past| past.value);
        let declared = round.base_year(&plan.city, &indicator.no);
        // A year that the target itself names goes before a declared one, and this before that of the table.
        let names_year = matches!(target.goal, Goal::AverageGrowth(_, _, Some(_)));
        let of_table = plan.base_year_of(indicator);
        let base_year = change::base_year(target, declared.or(of_table), round.year_before());
        let references = self.references(target);
        let change_base = self.change_base(base_year);
        let judged = judge::judge(&Case {
            method: &round.method,
            indicator,
            target,
            fact,
            base,
            year: round.year(),
            base_year,
            due: Due::of(indicator, target, round.year(), of_table),
            change_base: change_base.as_ref().map_err(Clone::clone),
            references: references.as_deref().map_err(Clone::clone),
        });
        let target_is_worse = match (&target.goal, base) {
            (Goal::Level(_, value), Some(base)) if plan.asks_for_a_step_ahead(indicator, target) => {
                indicator.direction.is_worse(value.value, base)
            }
            _ => false,
        };
        let Judged { state, completion, progress, boundary, equals, off_scale, due, change, reason } = judged;
        let assessment = Assessment {
            city: plan.city.clone(),
            no: indicator.no.clone(),
            id: indicator.id.clone(),
            origin: indicator.origin,
            references: references.unwrap_or_default(),
            declared_base_year: declared.filter(|_| !names_year),
            actual: fact.value,
            change: change.map(|one| *one),
            due: due.map(|one| *one),
            unit: indicator.unit.text().to_owned(),
            state,
            completion,
            limits: [round.method.nearly, Decimal::ONE_HUNDRED, round.method.exceeded],
            progress,
            boundary,
            target_is_worse,
            weight: self.weight(),
            points: points(&round.method, state, completion, off_scale, direction_of(target, indicator)),
            baseline,
            reason,
            target: target.clone(),
        };
        (assessment, equals)
    }

    fn weight(&self) -> Decimal {
        let (plan, round) = (self.plan, self.round);
        let own = |city: &Option<CityId>| city.as_ref().is_none_or(|city| *city == plan.city);
        let mut given =
            round.weights.iter().filter(|one| own(&one.city) && one.indicator == self.indicator.no);
        // A weight for the city goes before one for all.
        let all = given.clone().find(|one| one.city.is_none());
        given.find(|one| one.city.is_some()).or(all).map_or(Decimal::ONE, |one| one.weight)
    }

    /// The level that the goal counts a change from: as the plan prints it, else as it is reported beside the value.
    fn change_base(&self, year: Option<i32>) -> Result<Base, (State, Reason)> {
        let Self { indicator, fact, .. } = self;
        let open = |reason: Reason| (State::NotAssessable, reason);
        let year = year.ok_or_else(|| open(Reason::NoBaseYear))?;
        if let Some(past) = indicator.past_of(year)
            && let Some(value) = past.value
        {
            return Ok(Base { value, year, source: BaseSource::Plan(past.clone()) });
        }
        if let Some(published) = indicator.published_of(year) {
            // What an earlier round did not hold true stays unknown.
            let value = published.value.as_ref().and_then(|past| past.value);
            let value = value.ok_or_else(|| open(Reason::NoBase { year }))?;
            return Ok(Base { value, year, source: BaseSource::Published(Box::new(published.clone())) });
        }
        let reported = fact.before.as_ref().filter(|seen| seen.year == year);
        let seen = reported.ok_or_else(|| open(Reason::NoBase { year }))?;
        let value = seen.value.ok_or_else(|| open(Reason::NoBase { year }))?;
        Ok(Base { value, year, source: BaseSource::Reported(Box::new(seen.clone())) })
    }

    /// What a relative target is held against: a row of the plan, or values that the round gives.
    fn references(&self, target: &Target) -> Result<Vec<Reference>, (State, Reason)> {
        let Goal::Relative(_, words) = &target.goal else { return Ok(Vec::new()) };
        if let Some(against) = &target.against {
            return self.row_reference(against).map(|reference| vec![reference]);
        }
        let own = self
            .round
            .benchmarks
            .iter()
            .filter(|one| one.city == self.plan.city && one.target == self.indicator.no);
        let found: Vec<Reference> = own
            .map(|one| Reference { name: one.name.clone(), value: one.value, source: one.source.clone() })
            .collect();
        if found.is_empty() {
            return Err((State::NotAssessable, Reason::NoBenchmark(words.clone())));
        }
        Ok(found)
    }

    fn row_reference(&self, no: &IndicatorNo) -> Result<Reference, (State, Reason)> {
        let because = |why: RowReason| Reason::Row(no.clone(), why);
        let row = self.plan.indicator(no);
        let fact = self.facts.find(no);
        let (Some(row), Some(fact)) = (row, fact) else {
            return Err((State::NotAssessable, because(RowReason::NoTarget)));
        };
        if fact.doubt.is_some() || fact.status == FactStatus::Conflicting {
            return Err((State::InDoubt, because(RowReason::InDoubt)));
        }
        let Some(Value::Number(value)) = fact.value else {
            return Err((State::NotAssessable, because(RowReason::NotReported)));
        };
        if fact.year < self.round.year() {
            return Err((State::Lagged, because(RowReason::Lagged(fact.year))));
        }
        let Some((value, _)) = row.unit.convert(value, &self.indicator.unit) else {
            return Err((State::NotAssessable, because(RowReason::OtherUnit)));
        };
        let source = format!("{}/{no}", self.plan.city);
        Ok(Reference { name: row.short.clone(), value, source })
    }

    /// S601, S602: verdicts that hang on the way of comparing.
    fn border(&self, one: &Assessment, equals: bool) -> Option<Finding> {
        let source = self.fact.source.as_ref()?;
        let actual = one.judged_value()?;
        let target = one.target.goal.beside_unit(&self.indicator.unit);
        let problem = match (one.boundary, equals) {
            (_, true) => VerdictProblem::EqualsLimit { actual, words: one.target.quote.clone() }.into(),
            (true, false) => VerdictProblem::BoundaryCase { actual, target }.into(),
            (false, false) => return None,
        };
        let finding = Finding::new(&self.plan.city, source.at.clone(), problem);
        Some(finding.of_unit(&source.unit).of_indicator(&self.indicator.no))
    }
}

/// Which way is better for a target: for one held against others its operator says so.
fn direction_of(target: &Target, indicator: &Indicator) -> Direction {
    match &target.goal {
        Goal::Relative(operator, _) => judge::relative_direction(*operator, indicator.direction),
        _ => indicator.direction,
    }
}
