//! Tables 3, 4 and 5 of a city's chapter: indicators, gaps, soft targets, the way to the final year.

use rust_decimal::Decimal;

use super::{
    CityEvaluation, Context, actual_note, actual_text, is_illustrative, is_published, position, shortened,
};
use crate::assess::{Assessment, Pace, State, Way, target_text, target_value, way};
use crate::plan::{Direction, Indicator, Origin, Tier};
use crate::publish::model::{
    Bar, GapRow, IndicatorRow, Indicators, Last, Path, PathBar, PathRow, Soft, SoftRow, Table,
};
use crate::publish::sentences as words;
use crate::reconcile::Value;
use crate::review::is_worse;
use crate::rounding::{completion, fixed, plain};

/// The last year for which a plan sets levels, if it is later than `year`.
pub(super) fn last_year(city: &CityEvaluation, year: i32) -> Option<i32> {
    let table = city.plan.indicators.iter().filter(|row| row.origin == Origin::Table);
    table.flat_map(|row| &row.targets).map(|target| target.year).max().filter(|last| *last > year)
}

/// Whether the actual value is worse than the year before.
pub(super) fn fell(one: &Assessment, row: &Indicator) -> bool {
    let base = one.baseline.as_ref().and_then(|past| past.value);
    match (one.actual, base, one.state.met()) {
        (Some(Value::Number(actual)), Some(base), Some(_)) => is_worse(row, actual, base),
        _ => false,
    }
}

pub(super) fn has_tiers(context: &Context<'_>, city: &CityEvaluation) -> bool {
    context.counted(city).iter().any(|(one, _)| one.target.tier == Tier::Assessed)
}

fn has_base(context: &Context<'_>, city: &CityEvaluation) -> bool {
    context.counted(city).iter().any(|(one, _)| one.baseline.is_some())
}

/// 表3.
pub(super) fn indicators(context: &Context<'_>, city: &CityEvaluation) -> Indicators {
    let year = context.evaluation.round.year;
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
    let intended = city.assessments.iter().find(|other| {
        other.no == one.no && other.target.tier == Tier::Intended && one.target.tier == Tier::Assessed
    });
    let differs = intended.filter(|other| target_text(&other.target.goal) != target_text(&one.target.goal));
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
        base: one.baseline.as_ref().map(|past| past.text.clone()),
        actual: actual_text(city, one),
        actual_note: actual_note(city, one),
        published: is_published(city, one),
        target: target_text(&one.target.goal),
        intended: intended.map(|other| target_text(&other.target.goal)),
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
    Some(completion(one.completion?, one.state.met() == Some(true)))
}

/// The bar of actual against target, and last year's value on the same scale; right is always good.
fn bars(context: &Context<'_>, one: &Assessment, row: &Indicator) -> (Option<Bar>, Option<Last>) {
    let Some(exact) = one.completion else { return (None, None) };
    let span = context.evaluation.round.method.bar_span;
    let side = |deviation: Decimal| if deviation.is_sign_negative() { "left" } else { "right" }.to_owned();
    let length = |deviation: Decimal| position((deviation.abs() / span).min(Decimal::ONE));
    let deviation = exact - Decimal::ONE_HUNDRED;
    let bar = Bar { side: side(deviation), length: length(deviation), open: deviation.abs() > span };
    let target = target_value(&one.target.goal).map(|target| target.value);
    let base = one.baseline.as_ref().and_then(|past| past.value);
    let ratio = match (target, base, row.direction) {
        (Some(target), Some(base), Direction::Lower) => target.checked_div(base),
        (Some(target), Some(base), _) => base.checked_div(target),
        _ => None,
    };
    let last = ratio.map(|ratio| {
        let deviation = (ratio - Decimal::ONE) * Decimal::ONE_HUNDRED;
        Last { side: side(deviation), at: length(deviation), outside: deviation.abs() > span }
    });
    (Some(bar), last)
}

fn note(context: &Context<'_>, city: &CityEvaluation, base: bool, tiers: bool) -> String {
    let rows = context.counted(city);
    let year = context.evaluation.round.year;
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
        note.push_str("按考核值判定；完成值后“未达”指未达到完成值。");
    }
    if rows.iter().any(|(one, _)| !one.state.is_assessable()) {
        note.push_str("数据滞后、待核实、未报的和定性指标不计算完成率。");
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
                target_text(one.target.as_issued()),
                amendment.value.text,
                amendment.authority,
                amendment.reason
            ));
        }
    }
    let published = rows.iter().any(|(one, _)| is_published(city, one));
    match (published, is_illustrative(context.evaluation)) {
        (true, true) => note.push_str("†已公开发布的数值，其余实绩为示例数据（虚构）。"),
        (true, false) => note.push_str("†已公开发布的数值。"),
        (false, true) => note.push_str("实绩为示例数据（虚构）。"),
        (false, false) => {}
    }
    note
}

/// Longest remark that is printed whole; the tables hold all of it. Rows do not break over pages.
pub(super) const LONGEST: usize = 120;

/// 表4: shortfalls, worst first; then what cannot be judged.
pub(super) fn gaps(context: &Context<'_>, city: &CityEvaluation) -> Table<GapRow> {
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
    Table::unnumbered("未达目标和暂不能判定的指标").empty("各项指标均完成年度目标。").rows(printed)
}

fn gap_row(context: &Context<'_>, city: &CityEvaluation, one: &Assessment, row: &Indicator) -> GapRow {
    let target = target_value(&one.target.goal);
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
    let fact = city.facts.iter().find(|fact| fact.no == one.no);
    let said = fact.into_iter().flat_map(|fact| &fact.sides).find(|seen| !seen.note.is_empty());
    let why = match (said, one.reason.as_str()) {
        (Some(seen), _) => shortened(&seen.note, LONGEST),
        (None, "") => "未说明".to_owned(),
        (None, reason) => shortened(reason, LONGEST),
    };
    GapRow {
        no: one.no.clone(),
        name: row.short.clone(),
        state: one.state.key().to_owned(),
        words: one.state.chinese().to_owned(),
        gap,
        why,
        action: action(context, one, row, said.is_some()),
        rule_before: false,
    }
}

/// The next step, with unit and date.
fn action(context: &Context<'_>, one: &Assessment, row: &Indicator, explained: bool) -> String {
    let round = &context.evaluation.round;
    let unit = row.reporters.first().map_or("", String::as_str);
    let answer = words::month_day(round.answer_by);
    let measures = words::month_day(round.measures_by);
    match one.state {
        State::Lagged => format!("{unit}在数据公布后补报，终版更新"),
        State::InDoubt => format!("{unit}{answer}前核实答复"),
        State::NotReported => format!("{unit}{answer}前补报"),
        State::NotAssessable => "请印发机关明确".to_owned(),
        State::Nearly | State::Missed if explained => format!("{unit}{measures}前提出整改措施"),
        State::Nearly | State::Missed => format!("{unit}{measures}前说明原因、提出措施"),
        State::Exceeded | State::Met => "—".to_owned(),
    }
}

/// 表5 of a plan with a base year: targets worse than the year before.
pub(super) fn soft(context: &Context<'_>, city: &CityEvaluation) -> Option<Soft> {
    let mut rows = Vec::new();
    for (one, row) in context.counted(city).into_iter().filter(|(one, _)| one.target_is_worse) {
        let past = one.baseline.as_ref()?;
        let (target, base) = (target_value(&one.target.goal)?, past.value?);
        let unit = row.unit.text();
        rows.push(SoftRow {
            no: one.no.clone(),
            name: row.short.clone(),
            unit: unit.to_owned(),
            base: past.text.clone(),
            target: target.text.clone(),
            actual: actual_text(city, one).unwrap_or_else(|| "—".to_owned()),
            target_change: words::change(target.value, base, unit),
            actual_change: match one.actual {
                Some(Value::Number(actual)) => words::change(actual, base, unit),
                Some(Value::Presence(_)) | None => "—".to_owned(),
            },
            state: one.state.key().to_owned(),
            words: one.state.chinese().to_owned(),
        });
    }
    let year = context.evaluation.round.year;
    (!rows.is_empty()).then(|| Soft {
        base_head: vec![format!("{}年", year - 1), "实绩".to_owned()],
        target_head: vec![format!("{year}年"), "目标".to_owned()],
        actual_head: vec![format!("{year}年"), "实绩".to_owned()],
        table: Table::unnumbered("目标劣于上年实绩的指标").rows(rows),
    })
}

/// The ways of a city's indicators, for 表5 of a plan that runs on.
pub(super) fn ways<'a>(
    context: &Context<'a>,
    city: &'a CityEvaluation,
) -> Vec<(&'a Assessment, &'a Indicator, Way)> {
    let year = context.evaluation.round.year;
    let data_year = |no: &str| city.facts.iter().find(|fact| fact.no == no).map_or(year, |fact| fact.year);
    context
        .counted(city)
        .into_iter()
        .filter_map(|(one, row)| {
            let trusted = one.state.is_assessable() || one.state == State::Lagged;
            let mut shown = one.clone();
            if !trusted {
                shown.actual = None;
            }
            Some((one, row, way(row, &shown, year, data_year(&one.no))?))
        })
        .collect()
}

pub(super) fn path(context: &Context<'_>, city: &CityEvaluation) -> Option<Path> {
    let year = context.evaluation.round.year;
    let last = last_year(city, year)?;
    let ways = ways(context, city);
    let head = |year: i32, second: &str| vec![format!("{year}年"), second.to_owned()];
    let has_next = ways.iter().any(|(.., way)| way.next.is_some());
    let lagged = ways.iter().any(|(one, ..)| one.state == State::Lagged);
    let rows: Vec<PathRow> = ways.into_iter().map(|(one, row, way)| path_row(city, one, row, &way)).collect();
    let from = if lagged {
        format!("年均需增由{year}年实绩推算，数据滞后的由上年数推算；")
    } else {
        format!("年均需增由{year}年实绩推算；")
    };
    Some(Path {
        actual_head: head(year, "实绩"),
        next_head: has_next.then(|| head(year + 1, "目标")),
        assessed_head: head(last, "考核值"),
        intended_head: head(last, "完成值"),
        table: Table::unnumbered(&format!("{last}年目标进展"))
            .note(&format!(
                "注：图例见封二。{from}“需加快”指须快于{year}—{last}年考核目标的年均增速。完成值粗体的与考核值不同。"
            ))
            .empty("没有可比较的目标。")
            .rows(rows),
    })
}

fn path_row(city: &CityEvaluation, one: &Assessment, row: &Indicator, way: &Way) -> PathRow {
    let (judgement, tone) = match way.pace {
        Pace::ReachedIntended => ("已达完成值", "good"),
        Pace::ReachedAssessed => ("已达考核值", "good"),
        Pace::OnTrack => ("可达考核值", "fair"),
        Pace::Behind => ("需加快", "bad"),
        Pace::NoData => ("暂不判断", "open"),
    };
    let known = way.pace != Pace::NoData;
    let need = |need: Option<Decimal>| match need {
        Some(need) => fixed(need, 1).replace('-', "−"),
        None if known => "已达".to_owned(),
        None => "—".to_owned(),
    };
    let share = |value: Decimal| {
        let goal = way.intended.value;
        let ratio =
            if row.direction == Direction::Lower { goal.checked_div(value) } else { value.checked_div(goal) };
        ratio.map_or(0.0, position)
    };
    let bar = match one.actual {
        Some(Value::Number(actual)) if known => Some(PathBar {
            length: share(actual),
            assessed: share(way.assessed.value),
            target: share(way.target.value),
            tone: tone.to_owned(),
        }),
        _ => None,
    };
    PathRow {
        no: one.no.clone(),
        name: row.short.clone(),
        actual: if known { one.actual.map(Value::text) } else { actual_text(city, one) },
        next: way.next.as_ref().map(|next| next.text.clone()),
        assessed: way.assessed.text.clone(),
        intended: way.intended.text.clone(),
        intended_differs: way.intended.value != way.assessed.value,
        bar,
        need_assessed: need(way.need_assessed),
        need_intended: need(way.need_intended),
        judgement: judgement.to_owned(),
        tone: tone.to_owned(),
    }
}

/// Sentences before 表5: the way to the final year, or targets against the year before.
pub(super) fn relation_text(context: &Context<'_>, city: &CityEvaluation) -> String {
    let year = context.evaluation.round.year;
    if let Some(last) = last_year(city, year) {
        let ways = ways(context, city);
        let paces: Vec<Pace> = ways.iter().map(|(.., way)| way.pace).collect();
        let two = ways.iter().filter(|(.., way)| way.intended.value != way.assessed.value).count();
        return words::path(last, &paces, two);
    }
    let rows = context.counted(city);
    let soft: Vec<_> = rows.iter().filter(|(one, _)| one.target_is_worse).collect();
    let met = soft.iter().filter(|(one, _)| one.state.met() == Some(true)).count();
    let fallen = soft.iter().filter(|(one, row)| fell(one, row)).count();
    let base = has_base(context, city).then_some(year - 1);
    let mut text = words::soft_targets(base, soft.len(), met, fallen);
    if has_tiers(context, city) {
        text.push_str(&tiers_text(city, &rows));
    }
    text
}

/// How many of the indicators whose tiers differ reached 完成值 as well.
fn tiers_text(city: &CityEvaluation, rows: &[(&Assessment, &Indicator)]) -> String {
    let differing: Vec<&Assessment> = city
        .assessments
        .iter()
        .filter(|other| other.target.tier == Tier::Intended)
        .filter(|other| {
            let judged = rows.iter().find(|(one, _)| one.no == other.no);
            judged.is_some_and(|(one, _)| target_text(&one.target.goal) != target_text(&other.target.goal))
        })
        .collect();
    let all = differing.len();
    let judged = differing.iter().filter(|one| one.state.is_assessable()).count();
    let reached = differing.iter().filter(|one| one.state.met() == Some(true)).count();
    if all == 0 {
        return String::new();
    }
    let words = match reached {
        _ if judged == 0 => "均暂不能判定".to_owned(),
        0 => format!("可评的{judged}项均未达到完成值"),
        some if some == judged => format!("可评的{judged}项均同时达到完成值"),
        some => format!("可评的{judged}项中{some}项同时达到完成值"),
    };
    format!("{all}项分设考核值和完成值，按考核值判定；{words}。")
}

/// A value with its unit as tables of prose targets print it.
pub(super) fn with_unit(value: Value, row: &Indicator) -> String {
    match value {
        Value::Number(number) => format!("{}{}", plain(number), row.unit.text()),
        Value::Presence(_) => value.text(),
    }
}
