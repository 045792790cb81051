//! Every target of a city gets its verdict, or the reason why there is none.

use super::change::{self, Base, BaseSource};
use super::judge::{self, Case};
use super::judged::Judged;
use super::points::points;
use super::scribe::Scribe;
use super::{Assessment, Reason, Reference, RowReason, State};
use crate::finding::{Finding, RuleRuns, Undecided, VerdictProblem};
use crate::ident::IndicatorNo;
use crate::indexed::Indexed;
use crate::ledger::{CHOSEN_BY, Ledger, Operation, StepValue, Traced};
use crate::plan::{Benchmark, Goal, Indicator, Plan, Round};
use crate::quantity::Value;
use crate::reconcile::{Fact, FactStatus};
use rust_decimal::Decimal;

/// Assesses all targets of a city for the round's year: the verdicts, and the boundary cases as findings. Every step goes into the ledger.
pub fn indicators(
    plan: &Plan,
    round: &Round,
    facts: &Indexed<Fact>,
    ledger: &mut Ledger,
    runs: &mut RuleRuns,
) -> (Indexed<Assessment>, Vec<Finding>) {
    let (mut found, mut noticed) = (Indexed::default(), Vec::new());
    for indicator in plan.indicators_of(round.year()) {
        let Some(fact) = facts.find(&indicator.no) else { continue };
        for target in indicator.targets_of(round.year()) {
            let assessor = Assessor { plan, round, facts, indicator, fact };
            // A year that the target itself names goes before a declared one.
            let is_declared = matches!(target.goal, Goal::AverageGrowth(_, _, None));
            let base_year =
                if is_declared { ledger.base_year(round, &plan.city, &indicator.no) } else { None };
            let mut scribe =
                Scribe { ledger: &mut *ledger, plan, round, indicator, target, before: "", base_year };
            let (assessment, equals) = assessor.assess(&mut scribe);
            for code in ["S601", "S602"] {
                let is_open = fact.source.is_none() || assessment.judged_value().is_none();
                runs.ran(code, 1);
                runs.undecided(code, Undecided::NotReported, usize::from(is_open));
            }
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
    fn assess(&self, scribe: &mut Scribe<'_>) -> (Assessment, bool) {
        let Self { plan, round, indicator, fact, .. } = self;
        let target = scribe.target;
        let baseline = plan.base_of(indicator, round.year()).cloned();
        let base = self.base(scribe, baseline.as_ref());
        let declared = round.base_year(&plan.city, &indicator.no);
        // A year that the target itself names goes before a declared one, and this before that of the table.
        let names_year = matches!(target.goal, Goal::AverageGrowth(_, _, Some(_)));
        let of_table = plan.base_year_of(indicator);
        let base_year = change::base_year(target, declared.or(of_table), round.year_before());
        let references = self.references(scribe);
        let change_base = self.change_base(base_year);
        let case = Case {
            fact,
            base: base.as_ref(),
            year: round.year(),
            base_year,
            change_base: change_base.as_ref().map_err(Clone::clone),
            references: references.as_deref().map_err(Clone::clone),
            row: target.against.as_ref().and_then(|no| self.facts.find(no)),
        };
        let judged = judge::judge(&case, scribe);
        let apart = plan.is_held_against(baseline.as_ref(), indicator, target).err();
        let target_is_worse = apart.is_none() && self.is_worse(scribe, base.as_ref());
        let weight = self.weight(scribe);
        let points = points(scribe, &judged);
        shown(scribe, &judged, points.as_ref());
        let method = &round.method;
        let Judged { state, completion, progress, boundary, equals, due, change, reason, .. } = judged;
        let decimal = |told: Option<Traced>| told.and_then(|told| told.decimal());
        let assessment = Assessment {
            city: plan.city.clone(),
            no: indicator.no.clone(),
            id: indicator.id.clone(),
            origin: indicator.origin,
            references: references.unwrap_or_default().into_iter().map(|(one, _)| one).collect(),
            declared_base_year: declared.filter(|_| !names_year),
            actual: fact.value,
            change: change.map(|one| *one),
            due: due.map(|one| *one),
            unit: indicator.unit.text().to_owned(),
            state,
            completion: decimal(completion),
            limits: [method.nearly, Decimal::ONE_HUNDRED, method.exceeded],
            progress: decimal(progress),
            boundary,
            target_is_worse,
            weight,
            points: decimal(points),
            baseline,
            apart,
            reason,
            target: target.clone(),
        };
        (assessment, equals)
    }

    /// The value that progress is counted from, and that the target is not to lie below.
    fn base(&self, scribe: &mut Scribe<'_>, baseline: Option<&crate::plan::PastValue>) -> Option<Traced> {
        let of = (self.round, self.plan);
        let past = baseline.filter(|past| past.value.is_some())?;
        match self.indicator.served_of(past.year) {
            Some(published) => Some(scribe.ledger.published(of, self.indicator, published)),
            None => Some(scribe.ledger.printed(of, self.indicator, past)),
        }
    }

    /// Whether the target lies on the worse side of the base.
    fn is_worse(&self, scribe: &mut Scribe<'_>, base: Option<&Traced>) -> bool {
        let (Goal::Level(_, value) | Goal::Coverage(_, value)) = &scribe.target.goal else { return false };
        let Some(base) = base else { return false };
        let target = scribe.limit("value", value);
        let direction = scribe.direction();
        let args = [("target", &target), ("base", base), ("direction", &direction)];
        scribe.does("worse", Operation::Worse, &args).is_true()
    }

    fn weight(&self, scribe: &mut Scribe<'_>) -> Decimal {
        let (plan, round) = (self.plan, self.round);
        let stated = round.weight_of(&plan.city, &self.indicator.no);
        let weight = stated.map_or(Decimal::ONE, |(_, one)| one.weight);
        let value = StepValue::Number(weight.into());
        let told = match stated {
            Some((place, _)) => {
                scribe.ledger.decision(round, "weight", place, self.indicator.no.as_str(), value)
            }
            None => scribe.ledger.constant(1),
        };
        scribe.does("weight", Operation::Sum, &[("x", &told)]);
        weight
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
    fn references(&self, scribe: &mut Scribe<'_>) -> Result<Vec<(Reference, Traced)>, (State, Reason)> {
        let Goal::Relative(_, words) = &scribe.target.goal else { return Ok(Vec::new()) };
        if let Some(against) = &scribe.target.against {
            return self.row_reference(scribe, against).map(|reference| vec![reference]);
        }
        let is_own = |one: &Benchmark| one.city == self.plan.city && one.target == self.indicator.no;
        let own = (1..).zip(&self.round.benchmarks).filter(|(_, one)| is_own(one));
        let found: Vec<(Reference, Traced)> =
            own.map(|(place, one)| self.benchmark(scribe, place, one)).collect();
        if found.is_empty() {
            return Err((State::NotAssessable, Reason::NoBenchmark(words.clone())));
        }
        Ok(found)
    }

    fn benchmark(&self, scribe: &mut Scribe<'_>, place: usize, one: &Benchmark) -> (Reference, Traced) {
        let entry = StepValue::Text(one.value.to_string());
        let entry = scribe.ledger.decision(self.round, "benchmark", place, &one.name, entry);
        let operation = Operation::Benchmark { name: one.name.clone() };
        let told = scribe.does(&format!("benchmark.{place}"), operation, &[("entry", &entry)]);
        (Reference { name: one.name.clone(), value: one.value, source: one.source.clone() }, told)
    }

    fn row_reference(
        &self,
        scribe: &mut Scribe<'_>,
        no: &IndicatorNo,
    ) -> Result<(Reference, Traced), (State, Reason)> {
        let because = |why: RowReason| Reason::Row(no.clone(), why);
        let row = self.plan.indicator(no);
        let fact = self.facts.find(no);
        let (Some(row), Some(fact)) = (row, fact) else {
            return Err((State::NotAssessable, because(RowReason::NoTarget)));
        };
        if fact.doubt.is_some() || fact.status == FactStatus::Conflicting {
            return Err((State::InDoubt, because(RowReason::InDoubt)));
        }
        let (Some(Value::Number(value)), Some(told)) = (fact.value, scribe.fact(fact)) else {
            return Err((State::NotAssessable, because(RowReason::NotReported)));
        };
        if fact.year < self.round.year() {
            return Err((State::Lagged, because(RowReason::Lagged(fact.year))));
        }
        let Some((value, conversion)) = row.unit.convert(value, &self.indicator.unit) else {
            return Err((State::NotAssessable, because(RowReason::OtherUnit)));
        };
        let told = match conversion {
            None => told,
            Some(conversion) => scribe.measures("against", Operation::scale(&conversion), &[("x", &told)]),
        };
        let source = format!("{}/{no}", self.plan.city);
        Ok((Reference { name: row.short.clone(), value, source }, told))
    }

    /// S601, S602: verdicts that hang on the way of comparing.
    fn border(&self, one: &Assessment, equals: bool) -> Option<Finding> {
        let source = self.fact.source.as_ref()?;
        let actual = one.judged_value()?;
        let target = self.indicator.goal_beside(&one.target.goal);
        let problem = match (one.boundary, equals) {
            (_, true) => VerdictProblem::EqualsLimit { actual, words: one.target.quote.clone() }.into(),
            (true, false) => {
                let is_derived = one.actual != Some(actual);
                VerdictProblem::BoundaryCase { actual, is_derived, target }.into()
            }
            (false, false) => return None,
        };
        let finding = Finding::new(&self.plan.city, source.at.clone(), problem);
        Some(finding.of_unit(&source.unit).of_indicator(&self.indicator.no))
    }
}

/// Writes down what is printed of a verdict, and so because of it: the completion and the progress with one digit, the points with two.
fn shown(scribe: &mut Scribe<'_>, judged: &Judged, points: Option<&Traced>) {
    let (nearly, exceeded) = (scribe.round.method.nearly, scribe.round.method.exceeded);
    let (nearly, exceeded) = (scribe.parameter("nearly", nearly), scribe.parameter("exceeded", exceeded));
    let hundred = scribe.ledger.constant(100);
    let Some(verdict) = scribe.told("state") else { return };
    let by = (CHOSEN_BY, &verdict);
    if let Some(completion) = &judged.completion {
        let args = [("x", completion), ("limit", &nearly), ("limit", &hundred), ("limit", &exceeded), by];
        scribe.does("completion.shown", Operation::RoundGuarded { places: 1 }, &args);
    }
    if let Some(progress) = judged.progress.as_ref().filter(|told| told.value.is_something()) {
        scribe.does("progress.shown", Operation::Round { places: 1 }, &[("x", progress), by]);
    }
    if let Some(points) = points {
        scribe.does("points.shown", Operation::Round { places: 2 }, &[("x", points), by]);
    }
}
