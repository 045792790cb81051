//! The table of a city's indicators: actual values against targets.

use rust_decimal::Decimal;
use serde::Serialize;

use super::context::Context;
use super::drawing::{Bar, Last, Position, Side, Verdict};
use super::numbers::Key;
use super::past;
use super::phrases::full_date;
use super::section::Draft;
use super::table::Table;
use super::values::{actual_note, actual_text, changed, is_illustrative, is_published, published_source};
use crate::assess::Assessment;
use crate::evaluation::CityEvaluation;
use crate::ident::IndicatorNo;
use crate::plan::{Direction, Indicator, Origin, Plan, Tier};
use crate::quantity::Value;

/// The table with the heading before it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Indicators {
    level: u8,
    heading: &'static str,
    base_head: Option<Vec<String>>,
    actual_head: Vec<String>,
    target_head: Vec<String>,
    intended_head: Option<Vec<String>>,
    table: Table<IndicatorRow>,
}

/// An indicator.
#[derive(Debug, Clone, Serialize)]
struct IndicatorRow {
    no: IndicatorNo,
    name: String,
    unit: String,
    marks: String,
    change: Option<String>,
    base: Option<String>,
    actual: Option<String>,
    actual_note: Option<String>,
    published: bool,
    target: String,
    intended: Option<String>,
    intended_state: Option<Intended>,
    completion: Option<String>,
    bar: Option<Bar>,
    last: Option<Last>,
    #[serde(flatten)]
    verdict: Verdict,
    rule_before: bool,
}

/// How the actual value stands to 完成值 where that differs from 考核值.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Intended {
    Reached,
    Short,
}

/// Whether the actual value is worse than the year before.
pub(super) fn fell(one: &Assessment, row: &Indicator) -> bool {
    let base = one.baseline.as_ref().and_then(|past| past.value);
    match (one.actual, base, one.state.met()) {
        (Some(Value::Number(actual)), Some(base), Some(_)) => row.direction.is_worse(actual, base),
        _ => false,
    }
}

/// What the two tiers of a city's targets are called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tiers {
    pub(super) first: &'static str,
    pub(super) second: &'static str,
}

/// `None` where every target of the year has one tier.
pub(super) fn tiers(context: &Context<'_>, city: &CityEvaluation) -> Option<Tiers> {
    let rows = context.counted(city);
    let examined = rows.iter().any(|(one, _)| one.target.tier == Tier::Assessed);
    let strives = |one: &Assessment| {
        city.row(&one.no).and_then(|row| row.second()).is_some_and(|one| one.target.tier == Tier::Stretch)
    };
    match (examined, rows.iter().any(|(one, _)| strives(one))) {
        (false, false) => None,
        (true, false) => Some(Tiers { first: "考核值", second: "完成值" }),
        (false, true) => Some(Tiers { first: "目标", second: "力争值" }),
        (true, true) => Some(Tiers { first: "考核值或目标", second: "完成值或力争值" }),
    }
}

pub(super) fn has_base(context: &Context<'_>, city: &CityEvaluation) -> bool {
    context.counted(city).iter().any(|(one, _)| one.baseline.is_some())
}

/// Whether any counted indicator has a value of the year before; else the report compares with none.
pub(super) fn has_last_year(context: &Context<'_>) -> bool {
    context.cities().iter().any(|city| has_base(context, city))
}

/// Where all indicators with their verdicts stand.
pub(super) const WHOLE: &str = "所附results.xlsx“指标”表";

/// The table of a city's indicators.
pub(super) fn key(plan: &Plan) -> Key {
    Key::table_of(plan, "indicators")
}

/// Nothing for a plan without a table.
pub(super) fn section(draft: &mut Draft<'_>, city: &CityEvaluation) -> Option<Indicators> {
    if city.score.basis != Origin::Table {
        return None;
    }
    let context = draft.context;
    let year = context.evaluation.round.year();
    let tiers = tiers(context, city);
    let base = has_base(context, city);
    let head = |first: String, second: &str| vec![first, second.to_owned()];
    let of_year = |second: &str| head(format!("{year}年"), second);
    let rows = context.counted(city);
    let mut group = rows.first().map(|(_, row)| row.group.clone()).unwrap_or_default();
    let mut printed = Vec::new();
    for (one, row) in &rows {
        let rule_before = row.group != group;
        group.clone_from(&row.group);
        printed.push(indicator_row(context, city, one, row, rule_before));
    }
    let table =
        Table::new("指标完成情况").note(&note(context, city, base, tiers)).whole_in(WHOLE).rows(printed);
    Some(Indicators {
        level: draft.city_level() + 1,
        heading: "1.指标完成情况",
        base_head: base.then(|| head(format!("{}年", year - 1), "实绩")),
        actual_head: of_year("实绩"),
        target_head: of_year(tiers.map_or("目标", |tiers| tiers.first)),
        intended_head: tiers.map(|tiers| of_year(tiers.second)),
        table: table.numbered(&mut draft.numbers, key(&city.plan)),
    })
}

fn indicator_row(
    context: &Context<'_>,
    city: &CityEvaluation,
    one: &Assessment,
    row: &Indicator,
    rule_before: bool,
) -> IndicatorRow {
    let intended = city.row(&one.no).and_then(|row| row.second());
    let differs = intended.filter(|other| other.target.goal.to_string() != one.target.goal.to_string());
    let intended_state = differs.and_then(|other| other.state.met());
    let (bar, last) = bars(context, one, row);
    let mut marks = String::new();
    if one.target_is_worse {
        marks.push('＊');
    }
    if one.boundary {
        marks.push('＃');
    }
    let printed_unit = if row.is_qualitative() { "" } else { row.unit.text() };
    IndicatorRow {
        no: one.no.clone(),
        name: row.name.clone(),
        unit: printed_unit.to_owned(),
        marks,
        change: changed(city, one).map(|words| format!("实绩{words}")),
        base: one.baseline.as_ref().map(|past| past.text.clone()),
        actual: actual_text(city, one),
        actual_note: actual_note(city, one),
        published: is_published(city, one),
        target: one.target.goal.to_string(),
        intended: intended.map(|other| other.target.goal.to_string()),
        intended_state: intended_state.map(|met| if met { Intended::Reached } else { Intended::Short }),
        completion: printed_completion(one),
        bar,
        last,
        verdict: one.state.into(),
        rule_before,
    }
}

pub(super) fn printed_completion(one: &Assessment) -> Option<String> {
    one.completion_text(1)
}

/// The bar of actual against target, and last year's value on the same scale; right is always good.
fn bars(context: &Context<'_>, one: &Assessment, row: &Indicator) -> (Option<Bar>, Option<Last>) {
    let Some(exact) = one.completion else { return (None, None) };
    let span = context.evaluation.round.method.bar_span;
    let side = |deviation: Decimal| if deviation.is_sign_negative() { Side::Left } else { Side::Right };
    let length = |deviation: Decimal| {
        Position::of(deviation.abs().checked_div(span).unwrap_or(Decimal::ONE).min(Decimal::ONE))
    };
    let Some(deviation) = exact.checked_sub(Decimal::ONE_HUNDRED) else { return (None, None) };
    let bar = Bar { side: side(deviation), length: length(deviation), open: deviation.abs() > span };
    let target = one.target.goal.number().map(|target| target.value);
    let base = one.baseline.as_ref().and_then(|past| past.value);
    let ratio = match (target, base, row.direction) {
        (Some(target), Some(base), Direction::Lower) => target.checked_div(base),
        (Some(target), Some(base), _) => base.checked_div(target),
        _ => None,
    };
    let off = |ratio: Decimal| ratio.checked_sub(Decimal::ONE)?.checked_mul(Decimal::ONE_HUNDRED);
    let last = ratio.and_then(off).map(|deviation| Last {
        side: side(deviation),
        at: length(deviation),
        outside: deviation.abs() > span,
    });
    (Some(bar), last)
}

/// Rows without any target, with their values.
fn monitored(city: &CityEvaluation, year: i32) -> String {
    let rows = city.plan.indicators.iter().filter(|row| row.is_monitored());
    let shown = rows.map(|row| {
        let value = city.fact(&row.no).filter(|fact| fact.year == year).and_then(|fact| fact.value);
        let value =
            value.map_or_else(|| "未报".to_owned(), |value| format!("{}{}", value.text(), row.unit.text()));
        format!("指标{}{}{value}", row.no, row.short)
    });
    let shown: Vec<String> = shown.collect();
    if shown.is_empty() {
        String::new()
    } else {
        format!("方案未列目标、只列实绩不判定的：{}。", shown.join("，"))
    }
}

fn note(context: &Context<'_>, city: &CityEvaluation, base: bool, tiers: Option<Tiers>) -> String {
    let rows = context.counted(city);
    let year = context.evaluation.round.year();
    let lower: Vec<&str> = rows
        .iter()
        .filter(|(_, row)| row.direction == Direction::Lower)
        .map(|(_, row)| row.no.as_str())
        .collect();
    let mut note = String::from("注：");
    if !lower.is_empty() {
        note.push_str(&format!("指标{}越小越好。", lower.join("、")));
    }
    if let Some(Tiers { first, second }) = tiers {
        note.push_str(&format!("按{first}判定；{first}与{second}不同的，{second}后“未达”指未达到{second}。"));
    }
    let qualitative = rows.iter().any(|(_, row)| row.is_qualitative());
    match (rows.iter().any(|(one, _)| !one.state.is_assessable()), qualitative) {
        (true, true) => note.push_str("数据滞后、待核实、未报的和定性指标不计算完成率。"),
        (true, false) => note.push_str("数据滞后、待核实、未报的不计算完成率。"),
        (false, true) => note.push_str("定性指标不计算完成率。"),
        (false, false) => {}
    }
    if base {
        note.push_str(&format!("菱形为{}年实绩。", year - 1));
    }
    note.push_str(&past::note(&rows, year - 1));
    if rows.iter().any(|(one, _)| one.target_is_worse) {
        note.push_str("＊目标劣于上年实绩。");
    }
    if rows.iter().any(|(one, _)| one.boundary) {
        note.push_str("＃边界项。");
    }
    note.push_str(&monitored(city, year));
    for (one, _) in &rows {
        if let Some(amendment) = one.target.amendment() {
            note.push_str(&format!(
                "指标{}的目标{}由{}调整为{}（{}：{}）。",
                one.no,
                full_date(amendment.on),
                one.target.as_issued(),
                amendment.value.text,
                amendment.authority,
                amendment.reason
            ));
        }
    }
    let published: Vec<String> = rows
        .iter()
        .filter_map(|(one, _)| Some(format!("指标{}{}", one.no, published_source(city, one)?)))
        .collect();
    let sources = published.join("；");
    match (published.is_empty(), is_illustrative(context.evaluation)) {
        (false, true) => {
            note.push_str(&format!("†已公开发布或报道的数值（{sources}），其余报送值为示例数据（虚构）。"));
        }
        (false, false) => note.push_str(&format!("†已公开发布或报道的数值（{sources}）。")),
        (true, true) => note.push_str("报送值为示例数据（虚构）。"),
        (true, false) => {}
    }
    note
}
