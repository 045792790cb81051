//! The table of a city's indicators: actual values against targets.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::Serialize;

use super::base_years::{BaseYears, base_years};
use super::bases::{bars, unmarked};
use super::context::Context;
use super::drawing::{Bar, Last, Verdict};
use super::grounds::span;
use super::numbers::Key;
use super::numerals::numerals_in;
use super::past;
use super::phrases::full_date;
use super::row_notes::{ceilings, interims, keeping_pace, tolerances, without_base, without_completion};
use super::say::say;
use super::section::Draft;
use super::table::Table;
use super::totals::{base_text, change_text, completion, step_of, target_text};
use super::values::{actual_note, actual_text, changed, is_illustrative, is_published, published_source};
use crate::assess::Assessment;
use crate::characters::within_quotes;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ident::IndicatorNo;
use crate::ledger;
use crate::plan::{Change, Direction, Goal, Indicator, Origin, Plan, Tier};
use crate::quantity::Value;
use crate::rounding::{plain, round_to};

/// The table with the heading before it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Indicators {
    level: u8,
    heading: String,
    base_head: Option<Vec<String>>,
    /// What the values of the base are called: 上年 or 基期.
    base_word: String,
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
    base_note: Option<String>,
    actual: Option<String>,
    actual_note: Option<String>,
    published: bool,
    target: String,
    target_note: Option<String>,
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

impl Tiers {
    /// The same in a language.
    fn in_language(self, language: Language, has_examined: bool, has_stretch: bool) -> Self {
        let english = match (has_examined, has_stretch) {
            (true, false) => Self { first: "assessment value", second: "intended value" },
            (false, _) => Self { first: "target", second: "stretch value" },
            (true, true) => Self { first: "assessment value or target", second: "intended or stretch value" },
        };
        language.of(self, english)
    }
}

/// `None` where every target of the year has one tier.
pub(super) fn tiers(context: &Context<'_>, city: &CityEvaluation) -> Option<Tiers> {
    let rows = context.counted(city);
    let examined = rows.iter().any(|(one, _)| one.target.tier == Tier::Assessed);
    let strives = |one: &Assessment| {
        city.row(&one.no).and_then(|row| row.second()).is_some_and(|one| one.target.tier == Tier::Stretch)
    };
    let stretched = rows.iter().any(|(one, _)| strives(one));
    let chinese = match (examined, stretched) {
        (false, false) => return None,
        (true, false) => Tiers { first: "考核值", second: "完成值" },
        (false, true) => Tiers { first: "目标", second: "力争值" },
        (true, true) => Tiers { first: "考核值或目标", second: "完成值或力争值" },
    };
    Some(chinese.in_language(context.language, examined, stretched))
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
    let bases = base_years(context, city);
    let of_year = |second: &str| vec![format!("{year}年"), second.to_owned()];
    let shown_year = shown_year(context, city);
    // Targets of several years are told from each other row by row.
    let of_target = |second: &str| {
        let year = shown_year.map(|year| format!("{year}年"));
        year.into_iter().chain([second.to_owned()]).collect::<Vec<_>>()
    };
    let rows = context.counted(city);
    let mut group = rows.first().map(|(_, row)| row.group.clone()).unwrap_or_default();
    let mut printed = Vec::new();
    for (one, row) in &rows {
        let rule_before = row.group != group;
        group.clone_from(&row.group);
        printed.push(indicator_row(context, city, one, row, rule_before, (&bases, shown_year)));
    }
    let table = Table::new("指标完成情况")
        .some_note(note(context, city, &bases, tiers))
        .whole_in(WHOLE)
        .rows(printed);
    Some(Indicators {
        level: draft.city_level() + 1,
        heading: format!("{}指标完成情况", draft.city_number(1)),
        base_head: (!bases.is_empty()).then(|| bases.head()),
        base_word: bases.short(),
        actual_head: of_year("实绩"),
        target_head: of_target(tiers.map_or("目标", |tiers| tiers.first)),
        intended_head: tiers.map(|tiers| of_target(tiers.second)),
        table: table.numbered(&mut draft.numbers, key(&city.plan)),
    })
}

fn indicator_row(
    context: &Context<'_>,
    city: &CityEvaluation,
    one: &Assessment,
    row: &Indicator,
    rule_before: bool,
    (bases, shown_year): (&BaseYears, Option<i32>),
) -> IndicatorRow {
    let intended = city.row(&one.no).and_then(|row| row.second());
    let differs = intended.filter(|other| other.target.goal.to_string() != one.target.goal.to_string());
    let intended_state = differs.and_then(|other| other.state.met());
    let (bar, last) = bars(one, row, context.evaluation.round.method.bar_span);
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
        change: told_below(context, city, one, row),
        base: base_text(one),
        base_note: bases.note(one),
        actual: actual_text(city, one),
        actual_note: actual_note(city, one),
        published: is_published(city, one),
        target: target_text(one, row.goal_beside(&one.target.goal)),
        target_note: if shown_year.is_some() {
            None
        } else {
            Some(year_of_target(Language::Chinese, city, one))
        },
        intended: intended.map(|other| target_text(other, row.goal_beside(&other.target.goal))),
        intended_state: intended_state.map(|met| if met { Intended::Reached } else { Intended::Short }),
        completion: printed_completion(one),
        bar,
        last,
        verdict: one.state.into(),
        rule_before,
    }
}

/// The year of the targets; `None` where they are of several.
pub(super) fn shown_year(context: &Context<'_>, city: &CityEvaluation) -> Option<i32> {
    let years: BTreeSet<i32> = context.counted(city).iter().map(|(one, _)| one.target.year).collect();
    years.first().copied().filter(|_| years.len() == 1)
}

/// Of which year a target is, or that it is of each.
pub(super) fn year_of_target(language: Language, city: &CityEvaluation, one: &Assessment) -> String {
    let year = one.target.year;
    match one.target.recurring && city.plan.years.len() > 1 {
        true => language.of("每年", "each year").to_owned(),
        false => say!(language, "{year}年", "{year}"),
    }
}

/// What is told below the name: what has become of the level, what is due by now of a later year's target, and that the round settled
/// the base year.
fn told_below(
    context: &Context<'_>,
    city: &CityEvaluation,
    one: &Assessment,
    row: &Indicator,
) -> Option<String> {
    let changed = changed(city, one).map(|words| format!("实绩{}", change_text(&context.book, one, &words)));
    let due = one.due.as_ref().map(|due| {
        let step = step_of(one, "due");
        context.book.rounded(&step, 4, "");
        let value = numerals_in(&shown_due(due.value), &[step.shown()]);
        match one.change.as_ref().map(|change| change.kind) {
            Some(Change::Increment) if row.unit.is_share() => format!("本年度序时应提高{value}个百分点"),
            Some(Change::Increment) => format!("本年度序时应增加{value}{}", row.unit.text()),
            Some(Change::Multiple) => format!("本年度序时应为{value}倍"),
            _ => format!("本年度序时应达{value}"),
        }
    });
    let is_average = matches!(one.target.goal, Goal::AverageGrowth(..));
    let declared = one.declared_base_year.filter(|_| is_average);
    let declared = declared.map(|year| format!("本轮评估确定基年为{year}年"));
    let span = Some(span(&city.plan, row, &one.target)).filter(|_| one.target.cumulative);
    let rest = Some(&one.target.rest).filter(|words| !words.is_empty());
    let rest = rest.map(|words| format!("“{}”不判定", within_quotes(words)));
    let span = span.filter(|words| !words.is_empty());
    let parts: Vec<String> = [span, changed, due, declared, rest].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("，"))
}

/// What is due as it is printed: a way between two years ends nowhere.
pub(super) fn shown_due(value: Decimal) -> String {
    plain(round_to(value, 4).normalize())
}

pub(super) fn printed_completion(one: &Assessment) -> Option<String> {
    completion(one)
}

/// Rows without any target, with their values.
fn monitored(city: &CityEvaluation, year: i32) -> String {
    let rows = city.plan.indicators.iter().filter(|row| row.is_monitored());
    let shown = rows.map(|row| {
        let value = city.fact(&row.no).filter(|fact| fact.year == year).and_then(|fact| fact.value);
        let value =
            value.map_or_else(|| "未报".to_owned(), |value| format!("{}{}", value.text(), row.unit.text()));
        let step = ledger::of_indicator(&city.plan.city, &row.no).of("fact");
        format!("指标{}{}{}", row.no, row.short, numerals_in(&value, &[step]))
    });
    let shown: Vec<String> = shown.collect();
    match shown.is_empty() {
        true => String::new(),
        false => {
            format!("{}未列目标、只列实绩不判定的：{}。", city.plan.called.document, shown.join("，"))
        }
    }
}

fn note(
    context: &Context<'_>,
    city: &CityEvaluation,
    bases: &BaseYears,
    tiers: Option<Tiers>,
) -> Option<String> {
    let year = context.evaluation.round.year();
    let rows = context.counted(city);
    let lower: Vec<&str> = rows
        .iter()
        .filter(|(one, row)| row.direction == Direction::Lower && !row.is_ceiling(&one.target))
        .map(|(_, row)| row.no.as_str())
        .collect();
    let mut note = String::new();
    if !lower.is_empty() {
        note.push_str(&format!("指标{}越小越好。", lower.join("、")));
    }
    note.push_str(&ceilings(&rows));
    note.push_str(&tolerances(&rows, &city.plan.called.document));
    note.push_str(&keeping_pace(&rows));
    if let Some(Tiers { first, second }) = tiers {
        note.push_str(&format!("按{first}判定；{first}与{second}不同的，{second}后“未达”指未达到{second}。"));
    }
    let open = without_completion(&rows);
    note.push_str(&open);
    note.push_str(&without_base(&rows, if open.is_empty() { "" } else { "也" }));
    if let Some(without) = unmarked(&rows, &bases.short()) {
        note.push_str(&match bases.only() {
            Some(of) if bases.is_before_only() => format!("菱形为{of}年实绩{without}。"),
            Some(of) => format!("菱形为{}，进度从{of}年算起{without}。", bases.words()),
            None => format!("菱形为基期数，年份列于其下{without}。"),
        });
    }
    note.push_str(&past::note(&rows, year - 1, &city.plan.called.document));
    if rows.iter().any(|(one, _)| one.target_is_worse) {
        note.push_str(&format!("＊目标劣于{}。", bases.words()));
    }
    if rows.iter().any(|(one, _)| one.boundary) {
        note.push_str("＃边界项。");
    }
    note.push_str(&interims(city, Origin::Table, year));
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
    note.push_str(&published_words(context, city, &rows));
    (!note.is_empty()).then(|| format!("注：{note}"))
}

/// Where published values come from, and that the others are invented in a sample.
fn published_words(
    context: &Context<'_>,
    city: &CityEvaluation,
    rows: &[(&Assessment, &Indicator)],
) -> String {
    let published: Vec<String> = rows
        .iter()
        .filter_map(|(one, _)| Some(format!("指标{}{}", one.no, published_source(city, one)?)))
        .collect();
    let sources = published.join("；");
    match (published.is_empty(), is_illustrative(context.evaluation)) {
        (false, true) => {
            format!("†已公开发布或报道的数值（{sources}），其余报送值为示例数据（虚构）。")
        }
        (false, false) => format!("†已公开发布或报道的数值（{sources}）。"),
        (true, true) => "报送值为示例数据（虚构）。".to_owned(),
        (true, false) => String::new(),
    }
}
