//! Every target of the year → its verdict, or the reason why there is none.

use rust_decimal::Decimal;

use super::{Assessment, State, level};
use crate::finding::{Finding, Problem};
use crate::plan::{Direction, Goal, Indicator, Method, Operator, PastValue, Plan, Round, Target, Written};
use crate::reconcile::{Fact, Status, Value};
use crate::review::is_worse;
use crate::rounding::plain;

/// Assesses all targets of a city for the round's year; boundary cases are findings.
pub fn indicators(
    plan: &Plan,
    round: &Round,
    facts: &[Fact],
    findings: &mut Vec<Finding>,
) -> Vec<Assessment> {
    let mut found = Vec::new();
    for indicator in plan.indicators_of(round.year) {
        let Some(fact) = facts.iter().find(|fact| fact.no == indicator.no) else { continue };
        for target in indicator.targets_of(round.year) {
            let target = in_force(target, round);
            let assessment = assess(plan, round, indicator, &target, fact);
            if assessment.boundary
                && let Some(source) = &fact.source
            {
                let problem = Problem::BoundaryCase {
                    actual: fact.value.map_or_else(String::new, Value::text),
                    target: target_text(&target.goal),
                };
                let finding = Finding::new(plan.city.as_str(), source.at.clone(), problem);
                findings.push(finding.of_unit(&source.unit).of_indicator(&indicator.no));
            }
            found.push(assessment);
        }
    }
    found
}

/// The target as amended up to the day of the report.
fn in_force(target: &Target, round: &Round) -> Target {
    let mut target = target.clone();
    let last = target.amendments.iter().rev().find(|amendment| amendment.on <= round.report_date);
    if let (Some(amendment), Goal::Level(operator, _)) = (last, &target.goal) {
        target.goal = Goal::Level(*operator, amendment.value.clone());
    }
    target
}

fn assess(plan: &Plan, round: &Round, indicator: &Indicator, target: &Target, fact: &Fact) -> Assessment {
    let baseline = indicator.past_of(round.year - 1).cloned();
    let judged = judge(&round.method, indicator, target, fact, baseline.as_ref(), round.year);
    let base = baseline.as_ref().and_then(|past| past.value);
    let target_is_worse = match (&target.goal, base) {
        (Goal::Level(_, value), Some(base)) => is_worse(indicator, value.value, base),
        _ => false,
    };
    Assessment {
        city: plan.city.as_str().to_owned(),
        no: indicator.no.clone(),
        id: indicator.id.clone(),
        origin: indicator.origin,
        target: target.clone(),
        actual: fact.value,
        unit: indicator.unit.text().to_owned(),
        state: judged.state,
        completion: judged.completion,
        progress: judged.progress,
        boundary: judged.boundary,
        target_is_worse,
        points: points(&judged, &round.method),
        baseline,
        reason: judged.reason,
    }
}

/// What the comparison gave.
struct Judged {
    state: State,
    completion: Option<Decimal>,
    progress: Option<Decimal>,
    boundary: bool,
    reason: String,
}

impl Judged {
    fn open(state: State, reason: impl Into<String>) -> Self {
        Self { state, completion: None, progress: None, boundary: false, reason: reason.into() }
    }
}

fn judge(
    method: &Method,
    indicator: &Indicator,
    target: &Target,
    fact: &Fact,
    baseline: Option<&PastValue>,
    year: i32,
) -> Judged {
    if let Some(reason) = not_yet(&target.goal) {
        return Judged::open(State::NotAssessable, reason);
    }
    if let Some(doubt) = &fact.doubt {
        return Judged::open(State::InDoubt, doubt.clone());
    }
    let value = match (fact.status, fact.value) {
        (Status::Conflicting, _) => return Judged::open(State::InDoubt, fact.reason.clone()),
        (_, None) => return Judged::open(State::NotReported, fact.reason.clone()),
        (_, Some(value)) => value,
    };
    if fact.year < year {
        return Judged::open(State::Lagged, format!("{year}年数尚未产生，暂列{}年数", fact.year));
    }
    match (&target.goal, value) {
        (Goal::Qualitative(_), Value::Presence(present)) => {
            Judged::open(if present { State::Met } else { State::Missed }, "")
        }
        (Goal::Level(operator, limit), Value::Number(actual)) => {
            let base = baseline.and_then(|past| past.value);
            compare(method, target, *operator, limit, actual, base, indicator.direction)
        }
        _ => Judged::open(State::NotAssessable, "实绩与目标的类型不同"),
    }
}

fn compare(
    method: &Method,
    target: &Target,
    operator: Operator,
    limit: &Written,
    actual: Decimal,
    base: Option<Decimal>,
    direction: Direction,
) -> Judged {
    let tolerance = target.tolerance.unwrap_or(method.about_tolerance);
    let met = level::reaches(actual, operator, limit.value, tolerance, direction);
    let completion = level::completion(actual, limit.value, direction);
    let state = match (met, completion) {
        (true, Some(completion)) if completion >= method.exceeded => State::Exceeded,
        (true, _) => State::Met,
        (false, Some(completion)) if completion >= method.nearly => State::Nearly,
        (false, _) => State::Missed,
    };
    Judged {
        state,
        completion,
        progress: base.and_then(|base| level::progress(actual, limit.value, base, direction)),
        boundary: level::is_boundary(actual, operator, limit, tolerance, direction),
        reason: String::new(),
    }
}

/// Why a kind of target gets no verdict in this version; `None` for levels and 有/无.
fn not_yet(goal: &Goal) -> Option<String> {
    let kind = match goal {
        Goal::Level(..) | Goal::Qualitative(_) => return None,
        Goal::Growth(..) => "增长目标",
        Goal::AverageGrowth(..) => "年均增长目标",
        Goal::Increment(..) => "新增目标",
        Goal::Range(..) => "区间目标",
        Goal::Rank(..) => "位次目标",
        Goal::RankChange(..) => "位次变动目标",
        Goal::Relative(..) => "相对目标",
        Goal::Milestone(..) => "节点目标",
        Goal::Magnitude(_) => "量级目标",
        Goal::Coverage(..) => "覆盖目标",
    };
    Some(format!("{kind}，本版不判定"))
}

/// Completion up to the cap; 有 earns the cap, 无 nothing.
fn points(judged: &Judged, method: &Method) -> Option<Decimal> {
    let met = judged.state.met()?;
    let full = if met { method.cap } else { Decimal::ZERO };
    Some(judged.completion.map_or(full, |completion| completion.min(method.cap)))
}

/// The target as printed: `＞7400`, `≥300`, `10左右`, `5—6`.
pub(crate) fn target_text(goal: &Goal) -> String {
    let with = |operator: Operator, value: &str| match operator {
        Operator::AtLeast | Operator::Equal => value.to_owned(),
        Operator::MoreThan => format!("＞{value}"),
        Operator::AtMost => value.to_owned(),
        Operator::LessThan => format!("＜{value}"),
        Operator::About => format!("{value}左右"),
    };
    match goal {
        Goal::Level(operator, value) | Goal::Rank(operator, value) | Goal::Coverage(operator, value) => {
            with(*operator, &value.text)
        }
        Goal::Growth(operator, value) => format!("增长{}%", with(*operator, &value.text)),
        Goal::AverageGrowth(operator, value, _) => format!("年均增长{}%", with(*operator, &value.text)),
        Goal::Increment(operator, value, _) => format!("新增{}", with(*operator, &value.text)),
        Goal::Range(low, high) => format!("{}—{}", low.text, high.text),
        Goal::RankChange(operator, value) => format!("提升{}位", with(*operator, &value.text)),
        Goal::Relative(Operator::LessThan | Operator::AtMost, reference) => format!("低于{reference}"),
        Goal::Relative(_, reference) => format!("高于{reference}"),
        Goal::Qualitative(text) | Goal::Milestone(text, _) | Goal::Magnitude(text) => text.clone(),
    }
}

/// The target's number, for tables.
pub(crate) fn target_value(goal: &Goal) -> Option<&Written> {
    match goal {
        Goal::Level(_, value)
        | Goal::Rank(_, value)
        | Goal::RankChange(_, value)
        | Goal::Coverage(_, value)
        | Goal::Growth(_, value)
        | Goal::AverageGrowth(_, value, _)
        | Goal::Increment(_, value, _) => Some(value),
        Goal::Range(..)
        | Goal::Relative(..)
        | Goal::Qualitative(_)
        | Goal::Milestone(..)
        | Goal::Magnitude(_) => None,
    }
}

/// The unrounded completion in words of arithmetic, for the lineage: `168.45÷180×100`.
pub(crate) fn completion_words(indicator: &Indicator, actual: Decimal, target: &Written) -> String {
    match indicator.direction {
        Direction::Lower => format!("{}÷{}×100", target.text, plain(actual)),
        Direction::Higher | Direction::Interval | Direction::Rank | Direction::None => {
            format!("{}÷{}×100", plain(actual), target.text)
        }
    }
}
