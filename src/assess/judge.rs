//! One value against one target, by the kind of the target.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Reference, State, level};
use crate::plan::{Direction, Goal, Indicator, Method, Operator, Target, Written, magnitude};
use crate::quantity::Unit;
use crate::reconcile::{Fact, Status, Value};
use crate::rounding::completion as printed;

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
    /// What a relative target is held against, or why that is not known.
    pub(super) references: Result<&'a [Reference], (State, String)>,
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
    pub(super) reason: String,
}

impl Judged {
    pub(super) fn open(state: State, reason: impl Into<String>) -> Self {
        Self {
            state,
            completion: None,
            progress: None,
            boundary: false,
            equals: false,
            reason: reason.into(),
        }
    }

    fn of(method: &Method, met: bool, completion: Option<Decimal>) -> Self {
        let state = match (met, completion) {
            (true, Some(completion)) if completion >= method.exceeded => State::Exceeded,
            (true, _) => State::Met,
            (false, Some(completion)) if completion >= method.nearly => State::Nearly,
            (false, _) => State::Missed,
        };
        Self { completion, ..Self::open(state, "") }
    }
}

/// Judges a target; the state says why when there is no verdict.
pub(super) fn judge(case: &Case<'_>) -> Judged {
    let value = match value(case) {
        Ok(value) => value,
        Err(open) => return open,
    };
    if case.target.undated {
        return Judged::open(State::NotAssessable, undated(case, value));
    }
    match (&case.target.goal, value) {
        (Goal::Qualitative(_), Value::Presence(present)) => Judged::of(case.method, present, None),
        (Goal::Milestone(_, due), Value::Presence(present)) => milestone(case, *due, present),
        (Goal::Level(operator, limit), Value::Number(actual)) => {
            let mut judged = ratio(case, *operator, limit, actual);
            let direction = case.indicator.direction;
            judged.progress =
                case.base.and_then(|base| level::progress(actual, limit.value, base, direction));
            judged
        }
        (Goal::Increment(operator, limit, _) | Goal::Coverage(operator, limit), Value::Number(actual)) => {
            ratio(case, *operator, limit, actual)
        }
        (Goal::Growth(operator, limit), Value::Number(actual)) => growth(case, *operator, limit, actual),
        (Goal::AverageGrowth(operator, limit, _), Value::Number(actual)) => match case.base_year {
            Some(_) => growth(case, *operator, limit, actual),
            None => {
                let reason = "方案未写基年，评估轮次也未声明，年均增速不能核算";
                Judged::open(State::NotAssessable, reason)
            }
        },
        (Goal::Range(low, high), Value::Number(actual)) => range(case, low, high, actual),
        (Goal::Interval(low, high, outer), Value::Number(actual)) => {
            let outer = outer.as_ref().map(|(lowest, highest)| (lowest.value, highest.value));
            let met = (low.value..=high.value).contains(&actual);
            let completion = level::interval_completion(actual, (low.value, high.value), outer);
            Judged::of(case.method, met, completion)
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
                Judged::of(case.method, actual >= least, completion)
            }
            None => Judged::open(State::NotAssessable, format!("“{words}”与计量单位不能换算")),
        },
        (_, Value::Number(_) | Value::Presence(_)) => {
            Judged::open(State::NotAssessable, "实绩与目标的类型不同")
        }
    }
}

/// The value that may be judged, or why there is none.
fn value(case: &Case<'_>) -> Result<Value, Judged> {
    let fact = case.fact;
    if let Some(doubt) = &fact.doubt {
        return Err(Judged::open(State::InDoubt, doubt.clone()));
    }
    let value = match (fact.status, fact.value) {
        (Status::Conflicting, _) => return Err(Judged::open(State::InDoubt, fact.reason.clone())),
        (_, None) => return Err(Judged::open(State::NotReported, fact.reason.clone())),
        (_, Some(value)) => value,
    };
    if fact.year < case.year {
        let reason = format!("{}年数尚未产生，暂列{}年数", case.year, fact.year);
        return Err(Judged::open(State::Lagged, reason));
    }
    Ok(value)
}

fn tolerance(case: &Case<'_>) -> Decimal {
    case.target.tolerance.unwrap_or(case.method.about_tolerance)
}

fn reaches(case: &Case<'_>, operator: Operator, limit: Decimal, actual: Decimal) -> bool {
    level::reaches(actual, operator, limit, tolerance(case), case.indicator.direction)
}

/// Levels, additions and coverage: by the ratio of actual and target.
fn ratio(case: &Case<'_>, operator: Operator, limit: &Written, actual: Decimal) -> Judged {
    let direction = case.indicator.direction;
    let met = reaches(case, operator, limit.value, actual);
    let completion = level::completion(actual, limit.value, direction);
    Judged {
        boundary: level::is_boundary(actual, operator, limit, tolerance(case), direction),
        equals: operator == Operator::Surpass && actual == limit.value,
        ..Judged::of(case.method, met, completion)
    }
}

/// Growth: the rates themselves decide; their ratio is the completion only where both are positive, else that of the
/// index numbers (100 + rate).
fn growth(case: &Case<'_>, operator: Operator, limit: &Written, actual: Decimal) -> Judged {
    let direction = case.indicator.direction;
    let met = reaches(case, operator, limit.value, actual);
    let completion = level::growth_completion(actual, limit.value, direction);
    Judged {
        boundary: level::is_boundary(actual, operator, limit, tolerance(case), direction),
        ..Judged::of(case.method, met, completion)
    }
}

/// From … to …: reached from the easier bound on, exceeded only beyond the other.
fn range(case: &Case<'_>, low: &Written, high: &Written, actual: Decimal) -> Judged {
    let direction = case.indicator.direction;
    let (easier, harder) = if direction == Direction::Lower { (high, low) } else { (low, high) };
    let better = |actual: Decimal, than: Decimal| match direction {
        Direction::Lower | Direction::Rank => actual < than,
        Direction::Higher | Direction::Interval | Direction::None => actual > than,
    };
    let met = actual == easier.value || better(actual, easier.value);
    let mut judged = Judged::of(case.method, met, level::completion(actual, easier.value, direction));
    if met {
        judged.state = if better(actual, harder.value) { State::Exceeded } else { State::Met };
    }
    judged
}

/// Against other values, all of which must be passed; the completion is that against the hardest.
fn relative(case: &Case<'_>, operator: Operator, actual: Decimal) -> Judged {
    let references = match &case.references {
        Ok(references) => *references,
        Err((state, reason)) => return Judged::open(*state, reason.clone()),
    };
    let direction = match operator {
        Operator::LessThan | Operator::AtMost => Direction::Lower,
        _ => Direction::Higher,
    };
    let met =
        references.iter().all(|one| level::reaches(actual, operator, one.value, Decimal::ZERO, direction));
    let completions: Option<Vec<Decimal>> =
        references.iter().map(|one| level::completion(actual, one.value, direction)).collect();
    let hardest = completions.and_then(|all| all.into_iter().min());
    Judged::of(case.method, met, hardest)
}

/// Reached or not; before its day a milestone is not missed.
fn milestone(case: &Case<'_>, due: Option<NaiveDate>, reached: bool) -> Judged {
    let end = NaiveDate::from_ymd_opt(case.year, 12, 31).unwrap_or_default();
    match due {
        Some(due) if !reached && due > end => {
            Judged::open(State::NotAssessable, format!("{due}到期，尚未到期，也未达到"))
        }
        _ => Judged::of(case.method, reached, None),
    }
}

/// The least value of an order of magnitude in the indicator's unit.
pub(super) fn least(indicator: &Indicator, words: &str) -> Option<Decimal> {
    let least = magnitude(words)?;
    Unit::parse("亿元").convert(least, &indicator.unit).map(|(value, _)| value)
}

/// Why a target without a year gets no verdict, and how far an order of magnitude is reached.
fn undated(case: &Case<'_>, value: Value) -> String {
    let share = match (&case.target.goal, value) {
        (Goal::Magnitude(words), Value::Number(actual)) => least(case.indicator, words)
            .and_then(|least| level::completion(actual, least, Direction::Higher))
            .map(|share| format!("；为{words}下限的{}%", printed(share, share >= Decimal::ONE_HUNDRED))),
        _ => None,
    };
    format!("方案未写完成年限{}", share.unwrap_or_default())
}
