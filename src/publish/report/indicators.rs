//! Tables 3 and 4 of a city's chapter: indicators and gaps.

use rust_decimal::Decimal;

use super::{
    CityEvaluation, Context, actual_note, actual_text, is_illustrative, is_published, position, shortened,
};
use crate::assess::{Assessment, State};
use crate::collect::Vintage;
use crate::plan::{Direction, Indicator, Tier};
use crate::publish::model::{Bar, GapRow, IndicatorRow, Indicators, Last, Table};
use crate::publish::sentences as words;
use crate::quantity::Value;
use crate::rounding::{fixed, plain};
use crate::words::no_verdict;

/// Whether the actual value is worse than the year before.
pub(super) fn fell(one: &Assessment, row: &Indicator) -> bool {
    let base = one.baseline.as_ref().and_then(|past| past.value);
    match (one.actual, base, one.state.met()) {
        (Some(Value::Number(actual)), Some(base), Some(_)) => row.direction.is_worse(actual, base),
        _ => false,
    }
}

pub(super) fn has_tiers(context: &Context<'_>, city: &CityEvaluation) -> bool {
    context.counted(city).iter().any(|(one, _)| one.target.tier == Tier::Assessed)
}

pub(super) fn has_base(context: &Context<'_>, city: &CityEvaluation) -> bool {
    context.counted(city).iter().any(|(one, _)| one.baseline.is_some())
}

/// 表3.
pub(super) fn indicators(context: &Context<'_>, city: &CityEvaluation) -> Indicators {
    let year = context.evaluation.round.year();
    let tiers = has_tiers(context, city);
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
    Indicators {
        base_head: base.then(|| head(format!("{}年", year - 1), "实绩")),
        actual_head: of_year("实绩"),
        target_head: of_year(if tiers { "考核值" } else { "目标" }),
        intended_head: tiers.then(|| of_year("完成值")),
        table: Table::unnumbered("指标完成情况").note(&note(context, city, base, tiers)).rows(printed),
    }
}

fn indicator_row(
    context: &Context<'_>,
    city: &CityEvaluation,
    one: &Assessment,
    row: &Indicator,
    rule_before: bool,
) -> IndicatorRow {
    let intended =
        city.row(&one.no).filter(|_| one.target.tier == Tier::Assessed).and_then(|row| row.intended());
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
        no: one.no.to_string(),
        name: row.name.clone(),
        unit: printed_unit.to_owned(),
        marks,
        base: one.baseline.as_ref().map(|past| past.text.clone()),
        actual: actual_text(city, one),
        actual_note: actual_note(city, one),
        published: is_published(city, one),
        target: one.target.goal.to_string(),
        intended: intended.map(|other| other.target.goal.to_string()),
        intended_state: intended_state.map(|met| if met { "reached" } else { "short" }.to_owned()),
        completion: printed_completion(one),
        bar,
        last,
        state: one.state.key().to_owned(),
        words: one.state.chinese().to_owned(),
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
    let side = |deviation: Decimal| if deviation.is_sign_negative() { "left" } else { "right" }.to_owned();
    let length = |deviation: Decimal| {
        position(deviation.abs().checked_div(span).unwrap_or(Decimal::ONE).min(Decimal::ONE))
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

/// The source of a published value, as its remark states it; empty when that says nothing.
pub(super) fn published_source(city: &CityEvaluation, one: &Assessment) -> Option<String> {
    let source = city.fact(&one.no)?.source.as_ref().filter(|_| is_published(city, one))?;
    let said = source.note.trim_end_matches('。');
    Some(if said.is_empty() || said.starts_with("来源") {
        said.to_owned()
    } else {
        format!("来源：{said}")
    })
}

fn note(context: &Context<'_>, city: &CityEvaluation, base: bool, tiers: bool) -> String {
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
    if tiers {
        note.push_str("按考核值判定；考核值与完成值不同的，完成值后“未达”指未达到完成值。");
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
    if rows.iter().any(|(one, _)| one.target_is_worse) {
        note.push_str("＊目标劣于上年实绩。");
    }
    if rows.iter().any(|(one, _)| one.boundary) {
        note.push_str("＃边界项。");
    }
    for (one, _) in &rows {
        if let Some(amendment) = one.target.amendment() {
            note.push_str(&format!(
                "指标{}的目标{}由{}调整为{}（{}：{}）。",
                one.no,
                words::full_date(amendment.on),
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

/// Longest remark that is printed whole; the tables hold all of it. Rows do not break over pages.
pub(super) const LONGEST: usize = 120;

/// 表4: shortfalls, worst first; then what cannot be judged.
pub(super) fn gaps(context: &Context<'_>, city: &CityEvaluation, table: bool) -> Table<GapRow> {
    let rows = context.counted(city);
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
    let noun = if table { "指标" } else { "正文目标" };
    Table::unnumbered(&format!("未达目标和暂不能判定的{noun}"))
        .empty(&format!("各项{noun}均完成年度目标。"))
        .rows(printed)
}

fn gap_row(context: &Context<'_>, city: &CityEvaluation, one: &Assessment, row: &Indicator) -> GapRow {
    let target = one.target.goal.number();
    let gap = match (one.actual, target, one.state.met()) {
        (Some(Value::Number(actual)), Some(target), Some(false)) => {
            words::gap_to_target(actual, target.value, row.unit.text(), row.direction == Direction::Lower)
        }
        _ => "—".to_owned(),
    };
    // A ratio near 100 may hide that little of the way was made.
    let gap = match one.progress.filter(|_| one.state.met() == Some(false)) {
        Some(progress) => format!("{gap}；进度{}%", fixed(progress, 1).replace('-', "−")),
        None => gap,
    };
    let fact = city.fact(&one.no);
    // The remark on a published value names its source, not a reason.
    let mut sides = fact.into_iter().flat_map(|fact| &fact.sides);
    let said = sides.find(|seen| !seen.note.is_empty() && seen.vintage != Vintage::Published);
    let why = match (said, &one.reason) {
        (Some(seen), _) => shortened(&seen.note, LONGEST),
        (None, None) => "未说明".to_owned(),
        (None, Some(reason)) => shortened(&no_verdict(reason), LONGEST),
    };
    GapRow {
        no: one.no.to_string(),
        name: row.short.clone(),
        state: one.state.key().to_owned(),
        words: one.state.chinese().to_owned(),
        gap,
        why,
        action: action(context, city, one, row, said.is_some()),
        rule_before: false,
    }
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
    let answer = words::month_day(round.answer_by);
    let measures = words::month_day(round.measures_by);
    match one.state {
        State::Lagged => format!("{unit}在数据公布后补报，终版更新"),
        State::InDoubt => format!("{unit}{answer}前核实答复"),
        State::NotReported => format!("{unit}{answer}前补报"),
        State::NotAssessable => "请印发机关明确".to_owned(),
        State::Nearly | State::Missed if answerable.is_empty() => {
            format!("方案未写责任单位，办公室{measures}前明确")
        }
        State::Nearly | State::Missed if explained => format!("{answerable}{measures}前提出整改措施"),
        State::Nearly | State::Missed => format!("{answerable}{measures}前说明原因、提出措施"),
        State::Exceeded | State::Met => "—".to_owned(),
    }
}

/// A value with its unit as tables of prose targets print it.
pub(super) fn with_unit(value: Value, row: &Indicator, derived: bool) -> String {
    match value {
        Value::Number(number) if derived => format!("{}{}", fixed(number, 2), row.unit.text()),
        Value::Number(number) => format!("{}{}", plain(number), row.unit.text()),
        Value::Presence(_) => value.text(),
    }
}
