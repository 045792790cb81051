//! One value against one target, by the kind of the target. What is computed is asked of the ledger, which writes it down.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::change::{self, Base, LevelChange};
use super::judged::{Judged, Ratio, is_boundary, progress, reaches};
use super::schedule::{Due, DueSteps};
use super::scribe::Scribe;
use super::{Reason, Reference, State};
use crate::ledger::{Operation, StepValue, Traced};
use crate::plan::{Direction, Goal, Indicator, Operator, Written, magnitude};
use crate::quantity::{Conversion, Unit, Value};
use crate::reconcile::{Fact, FactStatus};

/// All that a verdict depends on but the target itself, which the scribe knows.
pub(super) struct Case<'a> {
    pub(super) fact: &'a Fact,
    /// The year that is judged.
    pub(super) year: i32,
    /// The year before, or the base year, as the plan prints it or as it was published.
    pub(super) base: Option<&'a Traced>,
    /// Year from which an average growth is counted, by the plan or by the round.
    pub(super) base_year: Option<i32>,
    /// The level that a change is counted from, or why that is not known.
    pub(super) change_base: Result<&'a Base, (State, Reason)>,
    /// What a relative target is held against, or why that is not known.
    pub(super) references: Result<&'a [(Reference, Traced)], (State, Reason)>,
    /// The fact of the row that it is held against, where there is one.
    pub(super) row: Option<&'a Fact>,
}

/// Judges a target; the state says why when there is no verdict.
pub(super) fn judge(case: &Case<'_>, scribe: &mut Scribe<'_>) -> Judged {
    let judged = decide(case, scribe);
    if let Some(reason) = &judged.reason {
        scribe.open(case.fact, reason, case.row);
    }
    judged
}

fn decide(case: &Case<'_>, scribe: &mut Scribe<'_>) -> Judged {
    let value = match value(case) {
        Ok(value) => value,
        Err((state, reason)) => return Judged::open(state, reason),
    };
    if !scribe.target.undefined.is_empty() {
        let words = scribe.target.undefined.clone();
        return Judged::open(State::NotAssessable, Reason::Undefined(words));
    }
    if scribe.target.undated {
        let reason = undated(case, scribe, value);
        return Judged::open(State::NotAssessable, reason);
    }
    let Some(fact) = scribe.fact(case.fact) else {
        return Judged::open(State::NotReported, Reason::NoValue(case.fact.basis.clone()));
    };
    let (held, change) = match change(case, scribe, value, &fact) {
        Ok(None) => (fact, None),
        Ok(Some((change, told))) => (told, Some(Box::new(change))),
        Err((state, reason)) => return Judged::open(state, reason),
    };
    let is_later = scribe.target.year > case.year;
    if is_later {
        scribe.before = "at_the_end/";
    }
    let mut judged = by_kind(case, scribe, value, &held);
    scribe.before = "";
    if is_later {
        judged = scheduled(case, scribe, &held, judged);
    }
    Judged { change, ..judged }
}

/// A verdict on the way to the target of a later year, from that on the target itself: what reaches the target already is on schedule, an average
/// growth is as it is to be every year, a level is held against what is due by now, and of other kinds nothing can be said.
fn scheduled(case: &Case<'_>, scribe: &mut Scribe<'_>, held: &Traced, at_the_end: Judged) -> Judged {
    let Some(at_end) = at_the_end.met.clone() else { return at_the_end };
    let goal = scribe.target.goal.clone();
    if matches!(goal, Goal::AverageGrowth(..)) {
        let (state, met) = on_the_way(scribe, &[("at_the_end", &at_end)]);
        return Judged { state, met: Some(met), ..at_the_end };
    }
    let due = held.number().and_then(|_| Due::of(scribe, case.year));
    let reason = match due {
        Some(Ok((due, told))) => return by_schedule(scribe, held, (&at_end, due, told)),
        _ if at_end.is_true() => {
            let (state, met) = on_the_way(scribe, &[("at_the_end", &at_end)]);
            return Judged { met: Some(met), ..Judged::bare(state) };
        }
        Some(Err(reason)) => reason,
        None => Reason::LaterYear(scribe.target.year),
    };
    Judged::open(State::NotAssessable, reason)
}

/// On schedule is what reaches any of these.
fn on_the_way(scribe: &mut Scribe<'_>, reached: &[(&'static str, &Traced)]) -> (State, Traced) {
    let met = scribe.does("met", Operation::Any, reached);
    let state = scribe.does("state", Operation::ClassifySchedule, &[("met", &met)]);
    (State::from_step(&state), met)
}

/// Against what is due by now.
fn by_schedule(
    scribe: &mut Scribe<'_>,
    held: &Traced,
    (at_end, due, told): (&Traced, Due, DueSteps),
) -> Judged {
    let is_about = scribe.target.goal.is_about();
    let least =
        if scribe.indicator.direction.less_is_better() { Operator::AtMost } else { Operator::AtLeast };
    let operator = if is_about { Operator::About } else { least };
    let by_now = reaches(scribe, "met.by_now", operator, held, &told.due);
    let (state, met) = on_the_way(scribe, &[("at_the_end", at_end), ("by_now", &by_now)]);
    let ratio = Ratio::of(scribe, held, &told.due);
    let Ratio { completion, beyond } = if scribe.is_ceiling() { ratio.kept(scribe, &met) } else { ratio };
    let progress = progress(scribe, held, &told.target, &told.from);
    Judged {
        met: Some(met),
        completion,
        beyond,
        progress: Some(progress),
        due: Some(Box::new(due)),
        ..Judged::bare(state)
    }
}

/// The change of the level that the goal speaks of, if it speaks of one.
fn change(
    case: &Case<'_>,
    scribe: &mut Scribe<'_>,
    value: Value,
    fact: &Traced,
) -> Result<Option<(LevelChange, Traced)>, (State, Reason)> {
    let kind = scribe.indicator.change(&scribe.target.goal);
    let (Some(kind), Value::Number(actual)) = (kind, value) else { return Ok(None) };
    let base = case.change_base.clone()?;
    change::of(scribe, kind, base.clone(), (actual, fact), case.year).map(Some)
}

fn by_kind(case: &Case<'_>, scribe: &mut Scribe<'_>, value: Value, held: &Traced) -> Judged {
    let is_number = matches!(value, Value::Number(_));
    let goal = scribe.target.goal.clone();
    let of_other_kind = || Judged::open(State::NotAssessable, Reason::OtherKind);
    match &goal {
        Goal::Undefined(words) => Judged::open(State::NotAssessable, Reason::Undefined(words.clone())),
        Goal::Qualitative(_) | Goal::Milestone(..) if is_number => of_other_kind(),
        Goal::Qualitative(_) => present(scribe, held),
        Goal::Milestone(_, due) => milestone(case, scribe, *due, held),
        _ if !is_number => of_other_kind(),
        Goal::Level(operator, limit) | Goal::Coverage(operator, limit) => {
            let judged = ratio(scribe, *operator, limit, held);
            let target = scribe.limit("value", limit);
            let base = case.base.filter(|_| !scribe.indicator.is_work_of_a_year());
            let progress = base.map(|base| progress(scribe, held, &target, base));
            Judged { progress, ..judged }
        }
        Goal::Increment(operator, limit, _) | Goal::Multiple(operator, limit, _) => {
            ratio(scribe, *operator, limit, held)
        }
        Goal::Growth(operator, limit) => growth(scribe, *operator, limit, held),
        Goal::AverageGrowth(operator, limit, _) if case.base_year.is_some() => {
            growth(scribe, *operator, limit, held)
        }
        Goal::AverageGrowth(..) => Judged::open(State::NotAssessable, Reason::NoBaseYear),
        Goal::Range(low, high) => range(scribe, low, high, held),
        Goal::Interval(low, high, outer) => interval(scribe, (low, high), outer.as_ref(), held),
        Goal::Rank(operator, limit) | Goal::RankChange(operator, limit) => {
            let target = scribe.limit("value", limit);
            let met = reaches(scribe, "met", *operator, held, &target);
            Judged::of(scribe, met, Ratio::default())
        }
        Goal::Relative(operator, _) => relative(case, scribe, *operator, held),
        Goal::Magnitude(words) => of_magnitude(scribe, words, held),
    }
}

/// The value that may be judged, or why there is none.
fn value(case: &Case<'_>) -> Result<Value, (State, Reason)> {
    let fact = case.fact;
    if let Some(doubt) = &fact.doubt {
        return Err((State::InDoubt, Reason::InDoubt(Box::new(doubt.clone()))));
    }
    let no_value = || Reason::NoValue(fact.basis.clone());
    let value = match (fact.status, fact.value) {
        (FactStatus::Conflicting, _) => return Err((State::InDoubt, no_value())),
        (_, None) => return Err((State::NotReported, no_value())),
        (_, Some(value)) => value,
    };
    if fact.year < case.year {
        let reason = Reason::Lagged { year: case.year, shown: fact.year };
        return Err((State::Lagged, reason));
    }
    Ok(value)
}

fn present(scribe: &mut Scribe<'_>, held: &Traced) -> Judged {
    let words = scribe.words();
    let met = scribe.does("met", Operation::ReachWord, &[("actual", held), ("quote", &words)]);
    Judged::of(scribe, met, Ratio::default())
}

/// Levels, additions and coverage: by the ratio of actual and target.
fn ratio(scribe: &mut Scribe<'_>, operator: Operator, limit: &Written, actual: &Traced) -> Judged {
    let target = scribe.limit("value", limit);
    let met = reaches(scribe, "met", operator, actual, &target);
    // A value that is to be hit has no ratio: more is no better than less.
    let ratio = match operator {
        Operator::Equal => {
            let completion = scribe.does("completion", Operation::CompletionHit, &[("met", &met)]);
            Ratio { completion: completion.value.is_something().then_some(completion), beyond: None }
        }
        _ => Ratio::of(scribe, actual, &target),
    };
    // Words like 翻一番 and 不低于上年 have no written digits to which a quotient could be rounded.
    let has_digits = !matches!(scribe.target.goal, Goal::Multiple(..));
    let boundary = has_digits && is_boundary(scribe, operator, actual, (limit, &target));
    let equals = operator == Operator::Surpass && actual.number() == target.number();
    let judged = if scribe.is_ceiling() {
        let kept = ratio.kept(scribe, &met);
        Judged::by(scribe, Operation::ClassifyKept, met, kept, &[])
    } else {
        Judged::of(scribe, met, ratio)
    };
    Judged { boundary, equals, ..judged }
}

/// Growth: the rates themselves decide; their ratio is the completion only where the target is positive and more is better, else that of the
/// index numbers (100 + rate).
fn growth(scribe: &mut Scribe<'_>, operator: Operator, limit: &Written, actual: &Traced) -> Judged {
    let target = scribe.limit("value", limit);
    let met = reaches(scribe, "met", operator, actual, &target);
    let direction = scribe.indicator.direction;
    let ratio = if limit.value > Decimal::ZERO && direction == Direction::Higher {
        Ratio::of(scribe, actual, &target)
    } else {
        let told = scribe.direction();
        let args = [("actual", actual), ("target", &target), ("direction", &told)];
        let completion = scribe.does("completion", Operation::CompletionIndex, &args);
        of_index(scribe, completion, actual, &target)
    };
    let boundary = is_boundary(scribe, operator, actual, (limit, &target));
    let equals = operator == Operator::Surpass && actual.number() == target.number();
    Judged { boundary, equals, ..Judged::of(scribe, met, ratio) }
}

/// The ratio of index numbers, or on which side of every ratio it lies.
fn of_index(scribe: &mut Scribe<'_>, completion: Traced, actual: &Traced, target: &Traced) -> Ratio {
    if completion.value.is_something() {
        return Ratio { completion: Some(completion), beyond: None };
    }
    let hundred = scribe.ledger.constant(100);
    let actual = scribe.does("index.actual", Operation::Sum, &[("x", actual), ("x", &hundred)]);
    let target = scribe.does("index.target", Operation::Sum, &[("x", target), ("x", &hundred)]);
    Ratio::with(scribe, completion, &actual, &target)
}

/// From … to …: reached from the easier bound on, exceeded only beyond the other.
fn range(scribe: &mut Scribe<'_>, low: &Written, high: &Written, actual: &Traced) -> Judged {
    let less = scribe.indicator.direction.less_is_better();
    let (lower, upper) = (scribe.limit("low", low), scribe.limit("high", high));
    let direction = scribe.direction();
    let bounds = [("actual", actual), ("low", &lower), ("high", &upper), ("direction", &direction)];
    let met = scribe.does("met", Operation::ReachRange, &bounds);
    let (easier, written) = if less { (&upper, high) } else { (&lower, low) };
    let ratio = Ratio::of(scribe, actual, easier);
    let operator = if less { Operator::AtMost } else { Operator::AtLeast };
    let boundary = is_boundary(scribe, operator, actual, (written, easier));
    let judged = Judged::by(scribe, Operation::ClassifyRange, met, ratio, &bounds);
    Judged { boundary, ..judged }
}

/// Inside two bounds.
fn interval(
    scribe: &mut Scribe<'_>,
    (low, high): (&Written, &Written),
    outer: Option<&(Written, Written)>,
    actual: &Traced,
) -> Judged {
    let (lower, upper) = (scribe.limit("low", low), scribe.limit("high", high));
    let outer =
        outer.map(|(lowest, highest)| (scribe.limit("lowest", lowest), scribe.limit("highest", highest)));
    let mut args = vec![("actual", actual), ("low", &lower), ("high", &upper)];
    let met = scribe.does("met", Operation::ReachInterval, &args);
    let places = low.places().max(high.places());
    let boundary = scribe.does("boundary", Operation::BoundaryInterval { places }, &args).is_true();
    if let Some((lowest, highest)) = &outer {
        args.extend([("lowest", lowest), ("highest", highest)]);
    }
    let completion = scribe.does("completion", Operation::CompletionInterval, &args);
    let completion = completion.value.is_something().then_some(completion);
    Judged { boundary, ..Judged::of(scribe, met, Ratio { completion, beyond: None }) }
}

/// Against other values, all of which must be passed; the completion is that against the hardest.
fn relative(case: &Case<'_>, scribe: &mut Scribe<'_>, operator: Operator, actual: &Traced) -> Judged {
    let references = match &case.references {
        Ok(references) => *references,
        Err((state, reason)) => return Judged::open(*state, reason.clone()),
    };
    let direction = scribe.direction();
    let slacks: Vec<Option<Traced>> =
        references.iter().map(|(_, told)| scribe.slack(told, operator)).collect();
    let mut args = vec![("actual", actual)];
    for ((_, told), slack) in references.iter().zip(&slacks) {
        args.push(("target", told));
        args.extend(slack.as_ref().map(|slack| ("slack", slack)));
    }
    let words = scribe.words();
    args.extend([("direction", &direction), ("quote", &words)]);
    let met = scribe.does("met", Operation::ReachAll { operator }, &args);
    let way = match direction.value.text() {
        Some("lower") => Operation::CompletionLower,
        _ => Operation::CompletionHigher,
    };
    let mut all = Vec::new();
    for (at, (_, reference)) in references.iter().enumerate() {
        let args = [("actual", actual), ("target", reference)];
        all.push(scribe.does(&format!("completion.{}", at.saturating_add(1)), way.clone(), &args));
    }
    let all: Vec<(&'static str, &Traced)> = all.iter().map(|one| ("completion", one)).collect();
    let hardest = scribe.does("completion", Operation::CompletionHardest, &all);
    let least = references.iter().min_by(|(_, one), (_, other)| one.number().cmp(&other.number()));
    let ratio = match least {
        Some((_, least)) => Ratio::with(scribe, hardest, actual, least),
        None => Ratio::default(),
    };
    Judged::of(scribe, met, ratio)
}

/// Reached or not; before its day a milestone is not missed.
fn milestone(case: &Case<'_>, scribe: &mut Scribe<'_>, due: Option<NaiveDate>, held: &Traced) -> Judged {
    let end = NaiveDate::from_ymd_opt(case.year, 12, 31).unwrap_or_default();
    let reached = held.value == StepValue::Text(Value::Presence(true).text());
    match due {
        Some(due) if !reached && due > end => Judged::open(State::NotAssessable, Reason::NotDue(due)),
        _ => present(scribe, held),
    }
}

/// Against the lower end of an order of magnitude.
fn of_magnitude(scribe: &mut Scribe<'_>, words: &str, actual: &Traced) -> Judged {
    let Some((least, factor)) = least_in(scribe.indicator, words) else {
        return Judged::open(State::NotAssessable, Reason::NoConversion(words.to_owned()));
    };
    let target = scribe.magnitude(words, least, factor);
    let met = reaches(scribe, "met", Operator::AtLeast, actual, &target);
    let ratio = Ratio::of(scribe, actual, &target);
    Judged::of(scribe, met, ratio)
}

/// The least value of an order of magnitude in 亿元, and by what it is multiplied and divided to be in the indicator's unit.
fn least_in(indicator: &Indicator, words: &str) -> Option<(Decimal, (u128, u128))> {
    let least = magnitude(words)?;
    let (_, conversion) = Unit::parse("亿元").convert(least, &indicator.unit)?;
    Some((least, conversion.map_or((1, 1), |Conversion { factor, .. }| factor)))
}

/// The least value of an order of magnitude in the indicator's unit.
pub fn least(indicator: &Indicator, words: &str) -> Option<Decimal> {
    let least = magnitude(words)?;
    Unit::parse("亿元").convert(least, &indicator.unit).map(|(value, _)| value)
}

/// Why a target without a year gets no verdict, and how far an order of magnitude is reached.
fn undated(case: &Case<'_>, scribe: &mut Scribe<'_>, value: Value) -> Reason {
    let words = match (&scribe.target.goal, value) {
        (Goal::Magnitude(words), Value::Number(_)) => Some(words.clone()),
        _ => None,
    };
    let magnitude = words.and_then(|words| {
        let (least, factor) = least_in(scribe.indicator, &words)?;
        let fact = scribe.fact(case.fact)?;
        let target = scribe.magnitude(&words, least, factor);
        let args = [("actual", &fact), ("target", &target)];
        let share = scribe.does("completion", Operation::CompletionHigher, &args);
        Some((words, share.decimal()?))
    });
    Reason::Undated { magnitude }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::change::BaseSource;
    use super::*;
    use crate::ledger::{self, Ledger, StepId};
    use crate::plan::{Measure, Origin, PastValue, Plan, Round, Target, Tier};
    use crate::reconcile::Basis;
    use crate::rounding::round_to;

    fn written(value: Decimal) -> Written {
        Written { text: value.to_string(), value }
    }

    /// A verdict as the tests look at it.
    #[derive(Debug)]
    struct Verdict {
        state: State,
        completion: Option<Decimal>,
        beyond: Option<String>,
        change: Option<Box<LevelChange>>,
        reason: Option<Reason>,
    }

    fn judged(
        goal: Goal,
        direction: Direction,
        unit: &str,
        actual: Decimal,
        references: &[Reference],
    ) -> Verdict {
        let indicator = Indicator {
            is_counted: false,
            origin: Origin::Prose,
            ..Indicator::example(unit, Measure::Flow, direction)
        };
        judged_from(goal, &indicator, actual, Some(Decimal::ONE_HUNDRED), references)
    }

    /// A row of a table, of which the level is reported.
    fn row(direction: Direction) -> Indicator {
        Indicator { is_counted: false, ..Indicator::example("亿元", Measure::Stock, direction) }
    }

    fn base_of_2022(value: Decimal) -> Base {
        let past = PastValue { year: 2022, text: value.to_string(), value: Some(value), line: "1".into() };
        Base { value, year: 2022, source: BaseSource::Plan(past) }
    }

    fn judged_from(
        goal: Goal,
        indicator: &Indicator,
        actual: Decimal,
        base: Option<Decimal>,
        references: &[Reference],
    ) -> Verdict {
        let target = Target::plain(2023, Tier::Annual, goal, "1".to_owned(), "词".to_owned());
        let base = base.map(base_of_2022);
        let fact = Fact {
            city: crate::ident::CityId::parse("a").unwrap(),
            no: "1".into(),
            year: 2023,
            status: FactStatus::Agreed,
            value: Some(Value::Number(actual)),
            source: None,
            sides: Vec::new(),
            before: None,
            doubt: None,
            waived: Vec::new(),
            basis: Basis::Single,
        };
        let (plan, round) = (Plan::example(), Round::example(2023));
        let mut ledger = Ledger::default();
        let value = StepValue::Number(actual.into());
        ledger.leaf(ledger::of_indicator(&plan.city, &fact.no).of("fact"), Operation::Constant, value);
        let references: Vec<(Reference, Traced)> = (1..)
            .zip(references)
            .map(|(place, one): (usize, &Reference)| {
                let id = StepId::new(format!("reference/{place}"));
                (one.clone(), ledger.leaf(id, Operation::Constant, StepValue::Number(one.value.into())))
            })
            .collect();
        let mut scribe = Scribe {
            ledger: &mut ledger,
            plan: &plan,
            round: &round,
            indicator,
            target: &target,
            before: "",
            base_year: None,
        };
        let case = Case {
            fact: &fact,
            base: None,
            year: 2023,
            base_year: Some(2020),
            change_base: base.as_ref().ok_or((State::NotAssessable, Reason::NoBase { year: 2022 })),
            references: Ok(&references),
            row: None,
        };
        let found = judge(&case, &mut scribe);
        // Every step can be done again, and none hangs in the air.
        let known: BTreeMap<&StepId, &StepValue> =
            ledger.steps().iter().map(|step| (&step.id, &step.value)).collect();
        for step in ledger.steps().iter().filter(|step| !step.operation.is_leaf()) {
            let args = step.args.iter().map(|arg| (arg.role.as_ref(), known[&arg.id]));
            assert_eq!(step.operation.apply(&ledger::Operands::new(args)), step.value, "{}", step.id);
        }
        Verdict {
            state: found.state,
            completion: found.completion.and_then(|told| told.decimal()),
            beyond: found.beyond.map(|told| told.value.to_string()),
            change: found.change,
            reason: found.reason,
        }
    }

    fn reference(value: Decimal) -> Vec<Reference> {
        vec![Reference { name: "平均水平".to_owned(), value, source: String::new() }]
    }

    /// A goal of every kind that a number is held against, by index, with its direction.
    fn goal(kind: usize, limit: Decimal) -> (Goal, Direction) {
        use Direction::{Higher, Lower, Rank};
        let value = written(limit);
        match kind {
            0 => (Goal::Level(Operator::AtLeast, value), Higher),
            1 => (Goal::Level(Operator::MoreThan, value), Higher),
            2 => (Goal::Level(Operator::Surpass, value), Higher),
            3 => (Goal::Level(Operator::About, value), Higher),
            4 => (Goal::Level(Operator::AtMost, value), Lower),
            5 => (Goal::Level(Operator::LessThan, value), Lower),
            6 => (Goal::Level(Operator::About, value), Lower),
            7 => (Goal::Growth(Operator::AtLeast, value), Higher),
            8 => (Goal::AverageGrowth(Operator::AtLeast, value, None), Higher),
            9 => (Goal::Increment(Operator::AtLeast, value, None), Higher),
            10 => (Goal::Increment(Operator::About, value, None), Higher),
            11 => (Goal::Range(value, written(limit + Decimal::TEN)), Higher),
            12 => (Goal::Range(written(limit - Decimal::ONE), value), Lower),
            13 => (Goal::Rank(Operator::AtMost, value), Rank),
            14 => (Goal::RankChange(Operator::AtLeast, value), Higher),
            15 => (Goal::Relative(Operator::MoreThan, "平均水平".to_owned()), Higher),
            16 => (Goal::Relative(Operator::LessThan, "平均水平".to_owned()), Lower),
            17 => (Goal::Coverage(Operator::AtLeast, value), Higher),
            18 => (Goal::Magnitude("百亿级".to_owned()), Higher),
            19 => (Goal::Growth(Operator::AtMost, written(-limit)), Lower),
            20 => (Goal::Growth(Operator::AtLeast, written(-limit)), Higher),
            21 => (Goal::Growth(Operator::LessThan, value), Lower),
            22 => (Goal::Relative(Operator::AtLeast, "平均水平".to_owned()), Higher),
            23 => (Goal::Relative(Operator::AtMost, "平均水平".to_owned()), Lower),
            24 => (Goal::Coverage(Operator::MoreThan, value), Higher),
            25 => (Goal::Multiple(Operator::AtLeast, value, None), Higher),
            _ => (Goal::Increment(Operator::Surpass, value, None), Higher),
        }
    }

    const KINDS: usize = 27;
    /// Those whose completion is 100 at a positive limit: not ranks, magnitudes and limits below zero.
    const WITH_RATIO: [usize; 20] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 21, 22, 23, 24];

    #[test]
    fn a_row_is_judged_by_the_change_of_its_level_as_prose_by_the_change_itself() {
        use Direction::{Higher, Rank};
        use Operator::{AtLeast, MoreThan};
        use State::{Exceeded, Met, Missed, Nearly};
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        let n = |text: &str| written(number(text));
        for (goal, direction, base, actual, state, completion) in [
            (Goal::Growth(AtLeast, n("8")), Higher, "4600", "5000", Exceeded, Some("108.70")),
            (Goal::Growth(AtLeast, n("9")), Higher, "4600", "5000", Nearly, Some("96.62")),
            (Goal::Increment(AtLeast, n("50"), None), Higher, "811", "861", Met, Some("100.00")),
            (Goal::RankChange(AtLeast, n("3")), Rank, "35", "33", Missed, None),
            (Goal::RankChange(AtLeast, n("3")), Rank, "35", "31", Met, None),
            (Goal::Multiple(AtLeast, n("1"), None), Higher, "120", "119", Nearly, Some("99.17")),
            (Goal::Multiple(AtLeast, n("2"), None), Higher, "60", "120", Met, Some("100.00")),
            (Goal::Multiple(MoreThan, n("1"), None), Higher, "120", "120", Nearly, Some("100.00")),
        ] {
            let found = judged_from(goal.clone(), &row(direction), number(actual), Some(number(base)), &[]);
            let shown = found.completion.map(|value| crate::rounding::fixed(value, 2));
            assert_eq!((found.state, shown.as_deref()), (state, completion), "{goal} {base} {actual}");
            // What prose reports is the change itself.
            if !matches!(goal, Goal::Multiple(..)) {
                let prose = judged(goal.clone(), direction, "亿元", found.change.unwrap().value, &[]);
                let digits = |value: Option<Decimal>| value.map(|value| round_to(value, 20));
                assert_eq!(prose.state, found.state, "{goal}");
                assert_eq!(digits(prose.completion), digits(found.completion), "{goal}");
            }
        }
    }

    #[test]
    fn a_value_off_the_scale_is_no_better_and_no_worse_than_its_neighbours() {
        use Direction::{Higher, Lower, Rank};
        use Operator::{About, AtLeast, AtMost};
        use State::{Exceeded, Met, Missed};
        let n = |value: i64| written(Decimal::from(value));
        let (beyond, below) = (Some("better"), Some("worse"));
        let huge = Decimal::from(1_000_000_000_000_000_000_i64);
        for (goal, direction, actual, state, place) in [
            // Nothing at all where less is better.
            (Goal::Level(AtMost, n(5)), Lower, Decimal::ZERO, Exceeded, beyond),
            (Goal::Growth(AtMost, n(5)), Lower, Decimal::from(-100), Exceeded, beyond),
            (Goal::Level(AtLeast, n(5)), Higher, huge, Exceeded, beyond),
            (Goal::Growth(AtLeast, n(5)), Higher, huge, Exceeded, beyond),
            // What 左右 allows is reached, and nothing more.
            (Goal::Increment(About, n(1), None), Higher, Decimal::ZERO, Missed, below),
            (Goal::Level(AtLeast, n(5)), Higher, Decimal::ZERO, Missed, below),
            // The second to the sixth place: reached at the sixth, exceeded before the second.
            (Goal::Range(n(2), n(6)), Rank, Decimal::from(7), Missed, None),
            (Goal::Range(n(2), n(6)), Rank, Decimal::from(6), Met, None),
            (Goal::Range(n(2), n(6)), Rank, Decimal::ONE, Exceeded, None),
        ] {
            let found = judged(goal.clone(), direction, "亿元", actual, &[]);
            assert_eq!((found.state, found.beyond.as_deref()), (state, place), "{goal} {actual}");
        }
        let counted = Indicator { is_counted: true, origin: Origin::Prose, ..row(Higher) };
        let one = Goal::Level(About, n(1));
        let found = judged_from(one, &counted, Decimal::ZERO, None, &[]);
        assert_eq!((found.state, found.beyond.as_deref()), (Met, below));
    }

    #[test]
    fn a_ceiling_is_kept_or_not_and_in_step_is_as_much_worse_as_the_tolerance_allows() {
        use Direction::{Higher, Lower};
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        let ceiling = || Goal::Level(Operator::About, written(number("3")));
        let in_step = || Goal::Relative(Operator::About, "GDP增长".to_owned());
        for (goal, direction, actual, state, completion) in [
            (ceiling(), Lower, "0.3", State::Met, "100"),
            (ceiling(), Lower, "0", State::Met, "100"),
            (ceiling(), Lower, "3.125", State::Met, "96"),
            (ceiling(), Lower, "3.2", State::Missed, "93.75"),
            (in_step(), Higher, "5", State::Met, "100"),
            (in_step(), Higher, "4.75", State::Met, "95"),
            (in_step(), Higher, "4.7", State::Missed, "94"),
        ] {
            let found = judged(goal, direction, "%", number(actual), &reference(number("5")));
            assert_eq!((found.state, found.completion), (state, Some(number(completion))), "{actual}");
        }
    }

    #[test]
    fn a_change_without_its_base_is_not_judged() {
        let goal = Goal::Growth(Operator::AtLeast, written(Decimal::from(8)));
        let found = judged_from(goal, &row(Direction::Higher), Decimal::from(5), None, &[]);
        assert_eq!(found.reason, Some(Reason::NoBase { year: 2022 }));
    }

    proptest::proptest! {
        #[test]
        fn a_better_level_of_a_row_never_gets_a_worse_verdict(limit in 1_i64..10_000, base in 1_i64..100_000, actual in 0_i64..200_000, more in 0_i64..5000) {
            let decimal = |value: i64| Decimal::new(value, 2);
            for kind in 0..KINDS {
                let (goal, direction) = goal(kind, decimal(limit));
                let (worse, better) = match direction {
                    Direction::Lower | Direction::Rank => (actual + more, actual),
                    _ => (actual, actual + more),
                };
                let verdict = |value: i64| {
                    judged_from(goal.clone(), &row(direction), decimal(value), Some(decimal(base)), &reference(decimal(limit)))
                };
                let (before, after) = (verdict(worse), verdict(better));
                proptest::prop_assert!(after.state <= before.state, "{kind}: {before:?} {after:?}");
            }
        }

        #[test]
        fn a_better_value_never_gets_a_worse_verdict(limit in 1_i64..100_000, actual in -1000_i64..200_000, more in 0_i64..5000) {
            let limit = Decimal::new(limit, 2);
            for kind in 0..KINDS {
                let (goal, direction) = goal(kind, limit);
                let (worse, better) = match direction {
                    Direction::Lower | Direction::Rank => (actual + more, actual),
                    _ => (actual, actual + more),
                };
                let references = reference(limit);
                let verdict = |value: i64| {
                    judged(goal.clone(), direction, "亿元", Decimal::new(value, 2), &references)
                };
                let (before, after) = (verdict(worse), verdict(better));
                // States are ordered from the best to the worst.
                proptest::prop_assert!(after.state <= before.state, "{kind}: {before:?} {after:?}");
                if let (Some(before), Some(after)) = (before.completion, after.completion) {
                    proptest::prop_assert!(after >= before, "{kind}");
                }
            }
        }

        #[test]
        fn no_number_stops_the_judge(actual in proptest::num::i64::ANY, scale in 0_u32..=28, limit in 1_i64..1_000_000_000_000_000, places in 0_u32..=10) {
            let (actual, limit) = (Decimal::new(actual, scale), Decimal::new(limit, places));
            for kind in 0..KINDS {
                let (goal, direction) = goal(kind, limit);
                for actual in [actual, Decimal::MAX, Decimal::MIN, Decimal::ZERO, Decimal::new(1, 28)] {
                    let found = judged(goal.clone(), direction, "亿元", actual, &reference(limit));
                    proptest::prop_assert!(found.state.is_assessable());
                }
            }
        }

        #[test]
        fn completion_is_a_hundred_exactly_at_the_target_and_met_means_a_hundred_or_tolerance(limit in 1_i64..100_000) {
            let limit = Decimal::new(limit, 2);
            for kind in WITH_RATIO {
                let (goal, direction) = goal(kind, limit);
                let found = judged(goal, direction, "亿元", limit, &reference(limit));
                proptest::prop_assert_eq!(found.completion, Some(Decimal::ONE_HUNDRED), "{}", kind);
            }
        }

        #[test]
        fn verdicts_do_not_change_with_the_unit(limit in 1_i64..100_000, actual in 1_i64..200_000) {
            let (limit, actual) = (Decimal::new(limit, 2), Decimal::new(actual, 2));
            let scale = Decimal::from(10_000);
            // Rates and ranks have no other unit; 左右 allows a whole unit, whichever it is.
            for kind in [0, 1, 2, 4, 5, 9, 11, 15, 16, 18] {
                let ((goal_1, direction), (goal_2, _)) = (goal(kind, limit), goal(kind, limit * scale));
                let large = judged(goal_1, direction, "亿元", actual, &reference(limit));
                let small = judged(goal_2, direction, "万元", actual * scale, &reference(limit * scale));
                // The range is wider by the same number, so only whether it is reached compares.
                if kind == 11 {
                    proptest::prop_assert_eq!(large.state.met(), small.state.met());
                } else {
                    proptest::prop_assert_eq!((large.state, large.completion), (small.state, small.completion), "{}", kind);
                }
            }
        }

        #[test]
        fn an_interval_is_best_inside_and_worse_the_farther_outside(actual in 0_i64..10_000, more in 0_i64..2000) {
            let outer = Some((written(Decimal::from(20)), written(Decimal::from(90))));
            let goal = Goal::Interval(written(Decimal::from(40)), written(Decimal::from(60)), outer);
            let verdict = |value: i64| judged(goal.clone(), Direction::Interval, "%", Decimal::new(value, 2), &[]);
            let (near, far) = if actual >= 6000 { (actual, actual + more) } else { (actual, actual - more) };
            if !(4000..6000).contains(&actual) {
                proptest::prop_assert!(verdict(near).completion >= verdict(far).completion);
            } else {
                proptest::prop_assert_eq!(verdict(actual).completion, Some(Decimal::ONE_HUNDRED));
            }
        }
    }
}
