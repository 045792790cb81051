//! How far targets are from being reached, and what units say of that.

use rust_decimal::Decimal;

use super::context::Context;
use super::numerals::numerals_in;
use super::phrases::gap_to_target;
use super::say::say;
use super::totals::{state_of, step_of, targets_of};
use super::values::fact_of;
use crate::advise::said;
use crate::assess::Assessment;
use crate::decimal::distance;
use crate::evaluation::CityEvaluation;
use crate::ledger::StepId;
use crate::plan::{Change, Direction, Indicator, Operator};
use crate::quantity::Value;
use crate::rounding::{plain, round_to};

/// Whether a target is to be passed, so that its own number does not reach it.
fn is_strict(one: &Assessment) -> bool {
    let operator = one.target.goal.operator();
    matches!(operator, Some(Operator::MoreThan | Operator::Surpass | Operator::LessThan))
}

/// How far the change of a level is from the one that is wanted.
fn change_gap(context: &Context<'_>, one: &Assessment, target: Decimal, row: &Indicator) -> String {
    let language = context.language;
    let Some(change) = &one.change else { return "—".to_owned() };
    let lower = row.direction == Direction::Lower;
    if change.kind == Change::Multiple {
        // So many times the base is a level.
        let level = change.base.value.checked_mul(target);
        let level = level.map(|level| round_to(level, 4).normalize());
        let gap = level.map(|level| {
            gap_to_target(language, change.actual, level, context.unit(row), (lower, is_strict(one)))
        });
        return gap.unwrap_or_else(|| "—".to_owned());
    }
    let unit = match change.kind {
        Change::Growth | Change::AverageGrowth => "%",
        Change::Increment => context.unit(row),
        Change::Places => language.of("位", "places"),
        Change::Multiple => "",
    };
    let less_is_better = lower && change.kind != Change::Places;
    gap_to_target(
        language,
        round_to(change.value, 4).normalize(),
        target,
        unit,
        (less_is_better, is_strict(one)),
    )
}

/// How far from its target a value is, with the step that says so: of the value or what has become of it, from the target or what is due.
fn say_gap(context: &Context<'_>, one: &Assessment, words: &str) -> String {
    if !words.contains(|c: char| c.is_ascii_digit()) {
        return words.to_owned();
    }
    let known = |ids: Vec<StepId>| ids.into_iter().find(|id| context.book.told(id).is_some());
    let actual = match one.change {
        Some(_) => known(vec![step_of(one, "change")]),
        None => known(vec![fact_of(one)]),
    };
    let held = match one.due {
        Some(_) => known(vec![step_of(one, "due")]),
        None => known(targets_of(one)),
    };
    let (Some(actual), Some(held)) = (actual, held) else { return words.to_owned() };
    let ids = context.book.difference(&step_of(one, "gap"), [&actual, &held], Some(state_of(one)));
    numerals_in(words, &ids)
}

/// How far a target is from being reached, in the indicator's own unit: 少7个, 低0.6个百分点; `None` where that has no distance.
pub(super) fn distance_words(context: &Context<'_>, one: &Assessment, row: &Indicator) -> Option<String> {
    let target = one.target.goal.number();
    let lower = row.direction == Direction::Lower;
    let (language, unit) = (context.language, context.unit(row));
    let gap = match (one.actual, target, one.state.met()) {
        (Some(Value::Number(actual)), _, Some(false)) if one.due.is_some() => {
            let due = one.due.as_ref().map_or(actual, |due| round_to(due.value, 4).normalize());
            let gap = match one.change {
                Some(_) => change_gap(context, one, due, row),
                None => gap_to_target(language, actual, due, unit, (lower, is_strict(one))),
            };
            say!(language, "比序时应达{gap}", "{gap} against what is due by now")
        }
        (_, Some(target), Some(false)) if one.change.is_some() => change_gap(context, one, target.value, row),
        (Some(Value::Number(actual)), Some(target), Some(false)) if row.direction == Direction::Rank => {
            let places = distance(actual, target.value).map_or_else(String::new, plain);
            let word = if places == "1" { "place" } else { "places" };
            say!(language, "落后{places}{unit}", "{places} {word} behind")
        }
        (Some(Value::Number(actual)), Some(target), Some(false)) => {
            gap_to_target(language, actual, target.value, unit, (lower, is_strict(one)))
        }
        _ => return None,
    };
    Some(say_gap(context, one, &gap))
}

/// The reason that a unit gives beside what it reports, or where nothing is reported.
pub(super) fn reason<'a>(city: &'a CityEvaluation, one: &Assessment) -> Option<&'a str> {
    said(city, one)
}
