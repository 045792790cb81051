//! The table of shortfalls and of what cannot be judged, with the next steps.

use rust_decimal::Decimal;
use serde::Serialize;

use super::context::Context;
use super::drawing::Verdict;
use super::indicators;
use super::numbers::Key;
use super::numerals::{numeral, numerals_in};
use super::open_steps::{OpenStep, step};
use super::phrases::{gap_to_target, month_day};
use super::say::say;
use super::section::Draft;
use super::table::Table;
use super::terms::row_heads;
use super::totals::{step_of, targets_of};
use super::values::{LONGEST, fact_of, shortened};
use super::verdict::{Counts, noun};
use crate::advise::said;
use crate::assess::{Assessment, Reason, State};
use crate::decimal::distance;
use crate::evaluation::CityEvaluation;
use crate::ident::IndicatorNo;
use crate::ledger::StepId;
use crate::plan::{Called, Change, Direction, Indicator, Operator};
use crate::quantity::Value;
use crate::rounding::{fixed, plain, round_to};
use crate::words::no_verdict;

/// The table.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Gaps {
    /// Heads of the columns of numbers and names.
    row_heads: [&'static str; 2],
    table: Table<GapRow>,
}

/// An indicator that was missed or is open.
#[derive(Debug, Clone, Serialize)]
struct GapRow {
    no: IndicatorNo,
    name: String,
    #[serde(flatten)]
    verdict: Verdict,
    gap: String,
    why: String,
    action: String,
    rule_before: bool,
}

/// Shortfalls, worst first; then what cannot be judged.
pub(super) fn section(draft: &mut Draft<'_>, city: &CityEvaluation) -> Option<Gaps> {
    let context = draft.context;
    let rows = context.counted(city);
    if rows.is_empty() {
        return None;
    }
    let mut short: Vec<_> = rows.iter().filter(|(one, _)| one.state.met() == Some(false)).collect();
    short.sort_by_key(|(one, _)| one.completion);
    let mut printed: Vec<GapRow> = short.iter().map(|(one, row)| gap_row(context, city, one, row)).collect();
    let mut open: Vec<_> = rows.iter().filter(|(one, _)| !one.state.is_assessable()).collect();
    open.sort_by_key(|(one, _)| one.state);
    let first_open = printed.len();
    printed.extend(open.iter().map(|(one, row)| gap_row(context, city, one, row)));
    if let Some(row) = printed.get_mut(first_open).filter(|_| first_open > 0) {
        row.rule_before = true;
    }
    let noun = noun(city.score.basis);
    let counts = Counts::of(&city.score);
    let missed = match (counts.behind_schedule, counts.nearly + counts.missed) {
        (0, _) => "未达目标",
        (_, 0) => "慢于序时",
        _ => "未达目标、慢于序时",
    };
    let table = Table::new(&format!("{missed}和暂不能判定的{noun}"))
        .whole_in(indicators::WHOLE)
        .empty(&match counts.scheduled() {
            0 => format!("各项{noun}均完成年度目标。"),
            all if all == city.score.total => format!("各项{noun}均达到序时进度。"),
            _ => format!("各项{noun}均完成年度目标或达到序时进度。"),
        })
        .rows(printed)
        .numbered(&mut draft.numbers, Key::table_of(&city.plan, "gaps"));
    Some(Gaps { row_heads: row_heads(city.score.basis), table })
}

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
    let ids = context.book.difference(&step_of(one, "gap"), &actual, &held);
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

fn gap_row(context: &Context<'_>, city: &CityEvaluation, one: &Assessment, row: &Indicator) -> GapRow {
    let gap = distance_words(context, one, row).unwrap_or_else(|| "—".to_owned());
    // A ratio near 100 may hide that little of the way was made.
    let gap = match one.progress.filter(|_| one.state.met() == Some(false)) {
        Some(progress) => {
            let progress = fixed(progress, 1).replace('-', "−");
            format!("{gap}；进度{}%", numeral(&step_of(one, "progress").shown(), progress))
        }
        None => gap,
    };
    let said = reason(city, one);
    let why = match (said, &one.reason) {
        (Some(said), _) => shortened(said, LONGEST),
        (None, None) => "未说明".to_owned(),
        (None, Some(reason)) => shortened(&no_verdict(reason, &city.plan.called.document), LONGEST),
    };
    GapRow {
        no: one.no.clone(),
        name: row.short.clone(),
        verdict: one.state.into(),
        gap,
        why,
        action: action(context, city, one, row, said.is_some()),
        rule_before: false,
    }
}

/// The reason that a unit gives beside what it reports, or where nothing is reported.
pub(super) fn reason<'a>(city: &'a CityEvaluation, one: &Assessment) -> Option<&'a str> {
    said(city, one)
}

/// The next step, with unit and date.
fn action(
    context: &Context<'_>,
    city: &CityEvaluation,
    one: &Assessment,
    row: &Indicator,
    explained: bool,
) -> String {
    let round = &context.evaluation.round;
    let unit = row.reporters.join("、");
    let answerable = city.plan.answerable(row).join("、");
    let answer = month_day(round.answer_by);
    let measures = month_day(round.measures_by);
    match one.state {
        State::Lagged => format!("{unit}在数据公布后补报，终版更新"),
        State::InDoubt => format!("{unit}{answer}前核实答复"),
        State::NotReported if explained => format!("{unit}在有数后补报"),
        State::NotReported => format!("{unit}{answer}前补报"),
        State::NotAssessable => match one.reason {
            Some(Reason::LaterYear(year)) => format!("{year}年评估"),
            Some(Reason::NotDue(_)) => "到期后评估".to_owned(),
            Some(Reason::OtherKind) => format!("{unit}{answer}前重报"),
            _ => match step(one) {
                OpenStep::HandedDown => format!("{unit}{answer}前提供下达的数"),
                OpenStep::EarlierValue(year) => format!("{unit}{answer}前补报{year}年数"),
                OpenStep::Benchmark => "本轮评估补列对照值".to_owned(),
                OpenStep::After(no) => format!("指标{no}有数后评估"),
                OpenStep::Issuer => "请印发机关明确".to_owned(),
            },
        },
        State::Nearly | State::Missed | State::BehindSchedule if answerable.is_empty() => {
            let Called { document, office, .. } = &city.plan.called;
            format!("{document}未写责任单位，{office}{measures}前明确")
        }
        State::Nearly | State::Missed | State::BehindSchedule if explained => {
            format!("{answerable}{measures}前提出整改措施")
        }
        State::Nearly | State::Missed | State::BehindSchedule => {
            format!("{answerable}{measures}前说明原因、提出措施")
        }
        State::Exceeded | State::Met | State::OnSchedule => "—".to_owned(),
    }
}
