//! One value against one target, by the kind of the target.

use std::cmp::Ordering;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::change::{Base, LevelChange};
use super::schedule::Due;
use super::{Reason, Reference, State, level};
use crate::plan::{Direction, Goal, Indicator, Method, Operator, Target, Tolerance, Written, magnitude};
use crate::quantity::{Unit, Value};
use crate::reconcile::{Fact, FactStatus};
use crate::rounding::round_to;

/// All that a verdict depends on.
pub(super) struct Case<'a> {
    pub(super) method: &'a Method,
    pub(super) indicator: &'a Indicator,
    pub(super) target: &'a Target,
    pub(super) fact: &'a Fact,
    /// The year before as the plan prints it.
    pub(super) base: Option<Decimal>,
    /// The year that is judged.
    pub(super) year: i32,
    /// Year from which an average growth is counted, by the plan or by the round.
    pub(super) base_year: Option<i32>,
    /// What is due by now of a target of a later year; `None` for a goal that has no way between.
    pub(super) due: Option<Result<Due, Reason>>,
    /// The level that a change is counted from, or why that is not known.
    pub(super) change_base: Result<&'a Base, (State, Reason)>,
    /// What a relative target is held against, or why that is not known.
    pub(super) references: Result<&'a [Reference], (State, Reason)>,
}

/// What the comparison gave.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judged {
    pub(super) state: State,
    pub(super) completion: Option<Decimal>,
    pub(super) progress: Option<Decimal>,
    pub(super) boundary: bool,
    /// Whether the value equals a limit of 突破.
    pub(super) equals: bool,
    /// What was due by now of a target of a later year.
    pub(super) due: Option<Box<Due>>,
    /// Where the completion is left out though the target has a ratio: better than every ratio, or worse.
    pub(super) off_scale: Option<Ordering>,
    /// The change of the level, where that was held against the target.
    pub(super) change: Option<Box<LevelChange>>,
    pub(super) reason: Option<Reason>,
}

impl Judged {
    pub(super) fn open(state: State, reason: Reason) -> Self {
        Self { reason: Some(reason), ..Self::bare(state) }
    }

    fn bare(state: State) -> Self {
        Self {
            state,
            completion: None,
            progress: None,
            boundary: false,
            equals: false,
            due: None,
            off_scale: None,
            change: None,
            reason: None,
        }
    }

    /// A target that is reached beyond every ratio (nothing at all where less is better) is exceeded, though no completion can
    /// be computed.
    fn scaled(mut self, actual: Decimal, limit: Decimal, direction: Direction) -> Self {
        let has_ratio = limit > Decimal::ZERO && matches!(direction, Direction::Higher | Direction::Lower);
        if !has_ratio || self.completion.is_some() {
            return self;
        }
        let is_better = direction.is_better(actual, limit);
        self.off_scale = Some(if is_better { Ordering::Greater } else { Ordering::Less });
        if is_better && self.state == State::Met {
            self.state = State::Exceeded;
        }
        self
    }

    fn of(method: &Method, met: bool, completion: Option<Decimal>) -> Self {
        let state = match (met, completion) {
            (true, Some(completion)) if completion >= method.exceeded => State::Exceeded,
            (true, _) => State::Met,
            (false, Some(completion)) if completion >= method.nearly => State::Nearly,
            (false, _) => State::Missed,
        };
        Self { completion, ..Self::bare(state) }
    }
}

/// Judges a target; the state says why when there is no verdict.
pub(super) fn judge(case: &Case<'_>) -> Judged {
    let value = match value(case) {
        Ok(value) => value,
        Err((state, reason)) => return Judged::open(state, reason),
    };
    if !case.target.undefined.is_empty() {
        let words = case.target.undefined.clone();
        return Judged::open(State::NotAssessable, Reason::Undefined(words));
    }
    if case.target.undated {
        return Judged::open(State::NotAssessable, undated(case, value));
    }
    let (held, change) = match change(case, value) {
        Ok(None) => (value, None),
        Ok(Some(change)) => (Value::Number(change.value), Some(Box::new(change))),
        Err((state, reason)) => return Judged::open(state, reason),
    };
    let judged = by_kind(case, held);
    let judged = if case.target.year > case.year { scheduled(case, held, judged) } else { judged };
    Judged { change, ..judged }
}

/// A verdict on the way to the target of a later year, from that on the target itself: what reaches the target already is on schedule, an average
/// growth is as it is to be every year, a level is held against what is due by now, and of other kinds nothing can be said.
fn scheduled(case: &Case<'_>, held: Value, at_the_end: Judged) -> Judged {
    let Some(reached) = at_the_end.state.met() else { return at_the_end };
    let state = |met: bool| if met { State::OnSchedule } else { State::BehindSchedule };
    match (&case.target.goal, &case.due, held) {
        (Goal::AverageGrowth(..), ..) => Judged { state: state(reached), ..at_the_end },
        (_, Some(Ok(due)), Value::Number(actual)) => {
            let direction = case.indicator.direction;
            let slack = if case.target.goal.is_about() { slack(case, due.value) } else { Decimal::ZERO };
            let least = if direction.less_is_better() { Operator::AtMost } else { Operator::AtLeast };
            let operator = if case.target.goal.is_about() { Operator::About } else { least };
            let met = reached || level::reaches(actual, operator, due.value, slack, direction);
            let completion = level::completion(actual, due.value, direction);
            let progress = level::progress(actual, due.target, due.from.value, direction);
            let judged = Judged { completion, progress, ..Judged::bare(state(met)) };
            let due_here = Some(Box::new(due.clone()));
            let judged = Judged { due: due_here, ..judged.scaled(actual, due.value, direction) };
            if case.indicator.is_ceiling(case.target) { kept(judged) } else { judged }
        }
        _ if reached => Judged::bare(State::OnSchedule),
        (_, Some(Err(reason)), _) => Judged::open(State::NotAssessable, reason.clone()),
        _ => Judged::open(State::NotAssessable, Reason::LaterYear(case.target.year)),
    }
}

/// The change of the level that the goal speaks of, if it speaks of one.
fn change(case: &Case<'_>, value: Value) -> Result<Option<LevelChange>, (State, Reason)> {
    let (Some(kind), Value::Number(actual)) = (case.indicator.change(&case.target.goal), value) else {
        return Ok(None);
    };
    let base = case.change_base.clone()?;
    LevelChange::new(kind, base.clone(), actual, case.year).map(Some)
}

#[expect(clippy::too_many_lines, reason = "one arm for each kind of target")]
fn by_kind(case: &Case<'_>, value: Value) -> Judged {
    match (&case.target.goal, value) {
        (Goal::Qualitative(_), Value::Presence(present)) => Judged::of(case.method, present, None),
        (Goal::Milestone(_, due), Value::Presence(present)) => milestone(case, *due, present),
        (Goal::Level(operator, limit), Value::Number(actual)) => {
            let judged = ratio(case, *operator, limit, actual);
            let judged = if case.indicator.is_ceiling(case.target) { kept(judged) } else { judged };
            let direction = case.indicator.direction;
            let base = case.base.filter(|_| !case.indicator.is_work_of_a_year());
            let progress = base.and_then(|base| level::progress(actual, limit.value, base, direction));
            Judged { progress, ..judged }
        }
        (Goal::Increment(operator, limit, _) | Goal::Coverage(operator, limit), Value::Number(actual)) => {
            ratio(case, *operator, limit, actual)
        }
        // Words like 翻一番 and 不低于上年 have no written digits to which a quotient could be rounded.
        (Goal::Multiple(operator, limit, _), Value::Number(actual)) => {
            Judged { boundary: false, ..ratio(case, *operator, limit, actual) }
        }
        (Goal::Undefined(words), _) => Judged::open(State::NotAssessable, Reason::Undefined(words.clone())),
        (Goal::Growth(operator, limit), Value::Number(actual)) => growth(case, *operator, limit, actual),
        (Goal::AverageGrowth(operator, limit, _), Value::Number(actual)) => match case.base_year {
            Some(_) => growth(case, *operator, limit, actual),
            None => Judged::open(State::NotAssessable, Reason::NoBaseYear),
        },
        (Goal::Range(low, high), Value::Number(actual)) => range(case, low, high, actual),
        (Goal::Interval(low, high, outer), Value::Number(actual)) => {
            let outer = outer.as_ref().map(|(lowest, highest)| (lowest.value, highest.value));
            let is_inside = |actual: Decimal| (low.value..=high.value).contains(&actual);
            let met = is_inside(actual);
            let completion = level::interval_completion(actual, (low.value, high.value), outer);
            let rounded = round_to(actual, low.places().max(high.places()));
            let boundary = is_inside(rounded) != met;
            Judged { boundary, ..Judged::of(case.method, met, completion) }
        }
        (Goal::Rank(operator, limit), Value::Number(actual)) => {
            Judged::of(case.method, reaches(case, *operator, limit.value, actual), None)
        }
        (Goal::RankChange(operator, limit), Value::Number(actual)) => {
            let met = level::reaches(actual, *operator, limit.value, Decimal::ZERO, Direction::Higher);
            Judged::of(case.method, met, None)
        }
        (Goal::Relative(operator, _), Value::Number(actual)) => relative(case, *operator, actual),
        (Goal::Magnitude(words), Value::Number(actual)) => match least(case.indicator, words) {
            Some(least) => {
                let completion = level::completion(actual, least, Direction::Higher);
                Judged::of(case.method, actual >= least, completion).scaled(actual, least, Direction::Higher)
            }
            None => Judged::open(State::NotAssessable, Reason::NoConversion(words.clone())),
        },
        (Goal::Qualitative(_) | Goal::Milestone(..), Value::Number(_))
        | (
            Goal::Level(..)
            | Goal::Growth(..)
            | Goal::AverageGrowth(..)
            | Goal::Increment(..)
            | Goal::Range(..)
            | Goal::Interval(..)
            | Goal::Rank(..)
            | Goal::RankChange(..)
            | Goal::Relative(..)
            | Goal::Magnitude(_)
            | Goal::Coverage(..)
            | Goal::Multiple(..),
            Value::Presence(_),
        ) => Judged::open(State::NotAssessable, Reason::OtherKind),
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

fn slack(case: &Case<'_>, limit: Decimal) -> Decimal {
    let usual = Tolerance::Percent(case.method.about_tolerance);
    level::slack(limit, case.target.tolerance.unwrap_or(usual), case.indicator.is_counted)
}

fn reaches(case: &Case<'_>, operator: Operator, limit: Decimal, actual: Decimal) -> bool {
    level::reaches(actual, operator, limit, slack(case, limit), case.indicator.direction)
}

/// Levels, additions and coverage: by the ratio of actual and target.
fn ratio(case: &Case<'_>, operator: Operator, limit: &Written, actual: Decimal) -> Judged {
    let direction = case.indicator.direction;
    let met = reaches(case, operator, limit.value, actual);
    // A value that is to be hit has no ratio: more is no better than less.
    let completion = match operator {
        Operator::Equal => met.then_some(Decimal::ONE_HUNDRED),
        _ => level::completion(actual, limit.value, direction),
    };
    Judged {
        boundary: level::is_boundary(actual, operator, limit, slack(case, limit.value), direction),
        equals: operator == Operator::Surpass && actual == limit.value,
        ..Judged::of(case.method, met, completion).scaled(actual, limit.value, direction)
    }
}

/// A ceiling is kept or not: nothing is gained by staying far below it, so that its completion is a hundred at most.
fn kept(judged: Judged) -> Judged {
    let hundred = Decimal::ONE_HUNDRED;
    match judged.state {
        State::Exceeded => Judged { state: State::Met, completion: Some(hundred), off_scale: None, ..judged },
        _ => Judged { completion: judged.completion.map(|one| one.min(hundred)), ..judged },
    }
}

/// Growth: the rates themselves decide; their ratio is the completion only where both are positive, else that of the
/// index numbers (100 + rate).
fn growth(case: &Case<'_>, operator: Operator, limit: &Written, actual: Decimal) -> Judged {
    let direction = case.indicator.direction;
    let met = reaches(case, operator, limit.value, actual);
    let terms = level::growth_terms(actual, limit.value, direction);
    let completion = terms.and_then(|(actual, limit)| level::completion(actual, limit, direction));
    let judged = Judged::of(case.method, met, completion);
    let judged = match terms {
        Some((actual, limit)) => judged.scaled(actual, limit, direction),
        None => judged,
    };
    Judged {
        boundary: level::is_boundary(actual, operator, limit, slack(case, limit.value), direction),
        equals: operator == Operator::Surpass && actual == limit.value,
        ..judged
    }
}

/// From … to …: reached from the easier bound on, exceeded only beyond the other.
fn range(case: &Case<'_>, low: &Written, high: &Written, actual: Decimal) -> Judged {
    let direction = case.indicator.direction;
    let less = direction.less_is_better();
    let (easier, harder) = if less { (high, low) } else { (low, high) };
    let better = |actual: Decimal, than: Decimal| if less { actual < than } else { actual > than };
    let met = actual == easier.value || better(actual, easier.value);
    let completion = level::completion(actual, easier.value, direction);
    let mut judged = Judged::of(case.method, met, completion).scaled(actual, easier.value, direction);
    if met {
        judged.state = if better(actual, harder.value) { State::Exceeded } else { State::Met };
    }
    let operator = if less { Operator::AtMost } else { Operator::AtLeast };
    judged.boundary = level::is_boundary(actual, operator, easier, Decimal::ZERO, direction);
    judged
}

/// Against other values, all of which must be passed; the completion is that against the hardest.
fn relative(case: &Case<'_>, operator: Operator, actual: Decimal) -> Judged {
    let references = match &case.references {
        Ok(references) => *references,
        Err((state, reason)) => return Judged::open(*state, reason.clone()),
    };
    let direction = relative_direction(operator, case.indicator.direction);
    let slack = |limit: Decimal| if operator == Operator::About { slack(case, limit) } else { Decimal::ZERO };
    let met =
        references.iter().all(|one| level::reaches(actual, operator, one.value, slack(one.value), direction));
    let completions: Option<Vec<Decimal>> =
        references.iter().map(|one| level::completion(actual, one.value, direction)).collect();
    let hardest = completions.and_then(|all| all.into_iter().min());
    let limit = references.iter().map(|one| one.value).min().unwrap_or_default();
    Judged::of(case.method, met, hardest).scaled(actual, limit, direction)
}

/// Which way is better for a target that is held against others: its operator says so, and its own direction for 基本同步.
pub(super) fn relative_direction(operator: Operator, own: Direction) -> Direction {
    match operator {
        Operator::LessThan | Operator::AtMost => Direction::Lower,
        Operator::About if own.less_is_better() => Direction::Lower,
        _ => Direction::Higher,
    }
}

/// Reached or not; before its day a milestone is not missed.
fn milestone(case: &Case<'_>, due: Option<NaiveDate>, reached: bool) -> Judged {
    let end = NaiveDate::from_ymd_opt(case.year, 12, 31).unwrap_or_default();
    match due {
        Some(due) if !reached && due > end => Judged::open(State::NotAssessable, Reason::NotDue(due)),
        _ => Judged::of(case.method, reached, None),
    }
}

/// The least value of an order of magnitude in the indicator's unit.
pub fn least(indicator: &Indicator, words: &str) -> Option<Decimal> {
    let least = magnitude(words)?;
    Unit::parse("亿元").convert(least, &indicator.unit).map(|(value, _)| value)
}

/// Why a target without a year gets no verdict, and how far an order of magnitude is reached.
fn undated(case: &Case<'_>, value: Value) -> Reason {
    let magnitude = match (&case.target.goal, value) {
        (Goal::Magnitude(words), Value::Number(actual)) => least(case.indicator, words)
            .and_then(|least| level::completion(actual, least, Direction::Higher))
            .map(|share| (words.clone(), share)),
        _ => None,
    };
    Reason::Undated { magnitude }
}

#[cfg(test)]
mod tests {
    use super::super::change::BaseSource;
    use super::*;
    use crate::plan::{Measure, Origin, PastValue, Scoring, Tier};
    use crate::reconcile::Basis;

    fn written(value: Decimal) -> Written {
        Written { text: value.to_string(), value }
    }

    fn method() -> Method {
        let number = |value: i64| Decimal::from(value);
        Method {
            nearly: number(95),
            exceeded: number(105),
            cap: number(100),
            minimum_coverage: number(60),
            about_tolerance: number(5),
            bar_span: number(15),
            grades: [number(90), number(80), number(60)],
            scoring: Scoring::Ratio,
            bonus: number(4),
            bonus_total: number(20),
            not_allowed: number(60),
            band: number(5),
            band_points: number(5),
            late: number(0),
            evidence: number(0),
        }
    }

    fn judged(
        goal: Goal,
        direction: Direction,
        unit: &str,
        actual: Decimal,
        references: &[Reference],
    ) -> Judged {
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

    fn judged_from(
        goal: Goal,
        indicator: &Indicator,
        actual: Decimal,
        base: Option<Decimal>,
        references: &[Reference],
    ) -> Judged {
        let target = Target::plain(2023, Tier::Annual, goal, "1".to_owned(), "词".to_owned());
        let source = |value: Decimal| {
            let past =
                PastValue { year: 2022, text: value.to_string(), value: Some(value), line: "1".into() };
            Base { value, year: 2022, source: BaseSource::Plan(past) }
        };
        let base = base.map(source);
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
            basis: Basis::Single,
        };
        judge(&Case {
            method: &method(),
            indicator,
            target: &target,
            fact: &fact,
            base: None,
            year: 2023,
            base_year: Some(2020),
            due: None,
            change_base: base.as_ref().ok_or((State::NotAssessable, Reason::NoBase { year: 2022 })),
            references: Ok(references),
        })
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
                assert_eq!((prose.state, prose.completion), (found.state, found.completion), "{goal}");
            }
        }
    }

    #[test]
    fn a_value_off_the_scale_is_no_better_and_no_worse_than_its_neighbours() {
        use Direction::{Higher, Lower, Rank};
        use Operator::{About, AtLeast, AtMost};
        use State::{Exceeded, Met, Missed};
        let n = |value: i64| written(Decimal::from(value));
        let (beyond, below) = (Some(Ordering::Greater), Some(Ordering::Less));
        let huge = Decimal::from(1_000_000_000_000_000_000_i64);
        for (goal, direction, actual, state, off_scale) in [
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
            assert_eq!((found.state, found.off_scale), (state, off_scale), "{goal} {actual}");
        }
        let counted = Indicator { is_counted: true, origin: Origin::Prose, ..row(Higher) };
        let one = Goal::Level(About, n(1));
        let found = judged_from(one, &counted, Decimal::ZERO, None, &[]);
        assert_eq!((found.state, found.off_scale), (Met, below));
        // What is due by now is reached so, and no more than that.
        let found = Judged::bare(State::OnSchedule).scaled(Decimal::ZERO, Decimal::from(5), Lower);
        assert_eq!((found.state, found.off_scale), (State::OnSchedule, beyond));
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
