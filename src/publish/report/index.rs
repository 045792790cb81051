//! 附件1 and 附件2: every target with base, target, value and verdict, and in the same row the cells and the lines of the plan that these
//! come from. The numerals of other parts of a document lead to these rows.

use serde::Serialize;

use super::base_years::{BaseYears, base_years};
use super::bases::not_compared;
use super::context::Context;
use super::drawing::Verdict;
use super::grounds::{ground, spanned};
use super::indicators::{
    self, Intended, intended, printed_completion, shown_year, tiers, told_below, year_of_target,
};
use super::numbers::{Annex, Key};
use super::numerals::{numeral, numerals_in};
use super::section::Draft;
use super::sources::{self, Source};
use super::table::Table;
use super::totals::{base_text, step_of, target_text};
use super::values::{
    LONGEST, actual_note, actual_text, fact_of, is_published, line_words, shortened, with_unit,
};
use crate::advise::said;
use crate::assess::{Assessment, State};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ident::IndicatorNo;
use crate::ledger;
use crate::plan::{Indicator, Origin, Plan};
use crate::rounding::fixed;
use crate::words::{names_leads, names_row_units, no_verdict};

/// The annex of the rows of the plans' tables.
pub(super) const ANNEX: Annex = Annex(1);
/// The annex of targets in prose.
pub(super) const PROSE: Annex = Annex(2);

/// Where all targets with their verdicts stand.
pub(super) const WHOLE: &str = "所附results.xlsx“指标”表";

/// 附件1 or 附件2.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Index {
    heading: String,
    text: String,
    cities: Vec<CityIndex>,
}

/// The rows of a city.
#[derive(Debug, Clone, Serialize)]
struct CityIndex {
    /// Head of the column of names.
    name_head: &'static str,
    /// Of the values that targets are held against; `None` where there are none.
    base_head: Option<String>,
    /// What these values are called: 上年 or 基期.
    base_word: String,
    actual_head: String,
    target_head: String,
    /// Of the second tier.
    intended_head: Option<String>,
    /// Of the lines of the plan.
    line_head: String,
    table: Table<IndexRow>,
}

/// A target with its verdict and with where all of it stands.
#[derive(Debug, Clone, Serialize)]
struct IndexRow {
    id: String,
    no: IndicatorNo,
    name: String,
    unit: String,
    marks: String,
    /// What the verdict rests on besides target and value; may be empty.
    grounds: String,
    /// What the unit says, or why there is no verdict; may be empty.
    why: String,
    base: Option<String>,
    base_note: Option<String>,
    target: String,
    target_note: Option<String>,
    intended: Option<String>,
    intended_state: Option<Intended>,
    actual: Option<String>,
    actual_note: Option<String>,
    published: bool,
    completion: Option<String>,
    #[serde(flatten)]
    verdict: Verdict,
    points: Option<String>,
    sources: Vec<Source>,
    line: String,
    /// Whether a new group of the plan begins.
    rule_before: bool,
}

/// The table of a city's targets that stand in the plan's table or in its prose; `at` is its place among all.
pub(super) fn key(origin: Origin, at: usize) -> Key {
    let annex = if origin == Origin::Table { ANNEX } else { PROSE };
    Key::in_annex(annex, "index").at(at)
}

/// 附件1. Not in the volume of many cities: there each has it in a report of its own.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Index> {
    let context = draft.context;
    let shown = draft.shown_cities();
    let mut cities = Vec::new();
    for (at, city) in shown.into_iter().filter(|(_, city)| city.score.basis == Origin::Table) {
        cities.push(of_table(draft, at, city));
    }
    let rows = if context.terms.rows.is_empty() { "指标" } else { &context.terms.rows };
    let heading = ANNEX.heading(&format!("{rows}和溯源索引"));
    (!cities.is_empty()).then(|| Index { heading, text: how_to_read(context, true), cities })
}

/// 附件2, with the same columns.
pub(super) fn prose(draft: &mut Draft<'_>) -> Option<Index> {
    let context = draft.context;
    let mut cities = Vec::new();
    for (at, city) in draft.shown_cities() {
        let is_any = super::prose::prose(city).next().is_some();
        let is_told = is_any || !super::prose::of_other_years(city).is_empty();
        if is_told || city.score.basis == Origin::Prose {
            cities.push(of_prose(draft, at, city));
        }
    }
    let is_first = draft.shown_cities().iter().all(|(_, city)| city.score.basis == Origin::Prose);
    let text = how_to_read(context, is_first);
    (!cities.is_empty())
        .then(|| Index { heading: PROSE.heading("正文目标和溯源索引"), text, cities })
}

/// What the columns of sources mean; of the second annex only that they are the same.
fn how_to_read(context: &Context<'_>, is_first: bool) -> String {
    if !is_first {
        return format!("栏目同{ANNEX}。");
    }
    let document = &context.terms.document;
    let has_progress =
        context.cities().iter().flat_map(|city| city.assessments.iter()).any(|one| one.progress.is_some());
    format!(
        "一行从刊出的数引到报表单元格、{document}行号和文件：“文件”为{}的序号，单元格未写工作表的在“{}”表；“原文和处理”只列与实绩写法不同的，空白为原样采用。与目标的差距{}见results.xlsx“指标”表，逐步运算见lineage.csv。",
        super::inputs::ANNEX,
        sources::TARGETS,
        if has_progress { "、进度" } else { "" },
    )
}

fn of_table(draft: &mut Draft<'_>, at: usize, city: &CityEvaluation) -> CityIndex {
    let context = draft.context;
    let bases = base_years(context, city);
    let of_targets = shown_year(context, city);
    let tiers = tiers(context, city);
    let rows = context.counted(city);
    let mut group = rows.first().map(|(_, row)| row.group.clone()).unwrap_or_default();
    let mut printed = Vec::new();
    for (one, row) in rows {
        let plain = row_of(context, city, (one, row), (&bases, of_targets));
        let rule_before = row.group != group;
        group.clone_from(&row.group);
        let second = city.row(&one.no).and_then(|row| row.second());
        printed.push(IndexRow {
            name: match row.parent {
                Some(_) => format!("其中：{}", row.name),
                None => row.name.clone(),
            },
            unit: if row.is_qualitative() { String::new() } else { row.unit.text().to_owned() },
            grounds: told_below(context, city, one, row)
                .into_iter()
                .chain(beside_who_reports(&city.plan, row))
                .collect::<Vec<_>>()
                .join("；"),
            why: said_of(city, one, false).unwrap_or_default(),
            target: indicators::in_words(one, row)
                .map_or_else(|| target_text(one, row.goal_beside(&one.target.goal)), str::to_owned),
            intended: second.map(|other| target_text(other, row.goal_beside(&other.target.goal))),
            intended_state: second.and_then(|second| intended(one, second)),
            rule_before,
            ..plain
        });
    }
    add_rows(draft, &city.plan, &printed);
    let table = titled(context, &city.plan, "指标")
        .some_note(with_bases(indicators::note(context, city, &bases, tiers), &bases, context.counted(city)))
        .whole_in(WHOLE)
        .empty("没有本年度的指标。")
        .rows(printed)
        .numbered(&mut draft.numbers, key(Origin::Table, at));
    CityIndex {
        name_head: "指标",
        base_head: (!bases.is_empty()).then(|| bases.head().concat()),
        base_word: bases.short(),
        actual_head: "实绩".to_owned(),
        target_head: head_of(context, of_targets, tiers.map_or("目标", |tiers| tiers.first)),
        intended_head: tiers.map(|tiers| tiers.second.to_owned()),
        line_head: format!("{}行", city.plan.called.document),
        table,
    }
}

fn of_prose(draft: &mut Draft<'_>, at: usize, city: &CityEvaluation) -> CityIndex {
    let context = draft.context;
    let bases = base_years(context, city);
    let of_targets = shown_year(context, city);
    let mut printed = Vec::new();
    for one in super::prose::prose(city) {
        let Some(row) = city.plan.indicator(&one.no) else { continue };
        let plain = row_of(context, city, (one, row), (&bases, of_targets));
        // Why there is no verdict its ground says.
        let is_grounded = matches!(one.state, State::NotAssessable | State::Lagged);
        printed.push(IndexRow {
            name: row.name.clone(),
            unit: String::new(),
            grounds: [ground(context, city, one), Vec::from_iter(beside_who_reports(&city.plan, row))]
                .concat()
                .join("；"),
            why: said_of(city, one, is_grounded).unwrap_or_default(),
            target: target_text(one, spanned(city, one, Some(row))),
            // Its year stands in its words.
            target_note: None,
            actual: value_in_prose(context, city, one, row),
            ..plain
        });
    }
    add_rows(draft, &city.plan, &printed);
    let is_alone = city.score.basis == Origin::Prose;
    let base_head = (is_alone && !bases.is_empty()).then(|| bases.head().concat());
    let table = titled(context, &city.plan, "正文目标")
        .some_note(match is_alone {
            true => with_bases(prose_note(context, city), &bases, context.counted(city)),
            false => prose_note(context, city),
        })
        .whole_in(WHOLE)
        .empty(&match context.is_alone() {
            true => "没有本年度的正文目标。".to_owned(),
            false => format!("{}没有本年度的正文目标。", city.plan.name),
        })
        .rows(printed)
        .numbered(&mut draft.numbers, key(Origin::Prose, at));
    CityIndex {
        name_head: "正文目标",
        base_head,
        base_word: bases.short(),
        actual_head: "实绩".to_owned(),
        target_head: "目标".to_owned(),
        intended_head: None,
        line_head: format!("{}行", city.plan.called.document),
        table,
    }
}

/// Who leads a target or shares in it, where another unit reports it and the tasks do not say so: `责任单位各县区`.
fn beside_who_reports(plan: &Plan, row: &Indicator) -> Option<String> {
    let of_task = row.task.as_ref().and_then(|no| plan.task(no)).map(|task| &task.responsible);
    let shared = Some(&row.responsible).filter(|units| !units.is_empty() && Some(*units) != of_task);
    let led = Some(&row.leads).filter(|units| !units.is_empty());
    let parts = [("牵头单位", led), ("责任单位", shared)].into_iter();
    let parts = parts.filter_map(|(word, units)| Some(format!("{word}{}", units?.join("、"))));
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join("，"))
}

/// A note that also says which targets are not held against their base.
fn with_bases(
    note: Option<String>,
    bases: &BaseYears,
    rows: Vec<(&Assessment, &Indicator)>,
) -> Option<String> {
    let apart = match bases.is_empty() {
        true => String::new(),
        false => not_compared(rows.iter().map(|(one, _)| *one), &bases.short()),
    };
    match (note, apart.is_empty()) {
        (Some(note), _) => Some(format!("{note}{apart}")),
        (None, false) => Some(format!("注：{apart}")),
        (None, true) => None,
    }
}

/// The name of a table: with that of the city where the document has several.
fn titled<R>(context: &Context<'_>, plan: &Plan, name: &str) -> Table<R> {
    let whose = if context.is_alone() { "" } else { plan.name.as_str() };
    Table::new(&format!("{whose}{name}"))
}

/// The year of the targets where that is not the round's, before what they are called.
fn head_of(context: &Context<'_>, year: Option<i32>, words: &str) -> String {
    match year {
        Some(of) if of != context.evaluation.round.year() => format!("{of}年{words}"),
        _ => words.to_owned(),
    }
}

/// What rows of both kinds have.
fn row_of(
    context: &Context<'_>,
    city: &CityEvaluation,
    (one, row): (&Assessment, &Indicator),
    (bases, of_targets): (&BaseYears, Option<i32>),
) -> IndexRow {
    let mut marks = String::new();
    if one.target_is_worse {
        marks.push('＊');
    }
    if one.boundary {
        marks.push('＃');
    }
    IndexRow {
        id: row_id(&city.plan, &one.no),
        no: one.no.clone(),
        name: row.name.clone(),
        unit: String::new(),
        marks,
        grounds: String::new(),
        why: String::new(),
        base: base_text(one),
        base_note: bases.note(one),
        target: String::new(),
        target_note: if of_targets.is_some() {
            None
        } else {
            Some(year_of_target(Language::Chinese, city, one))
        },
        intended: None,
        intended_state: None,
        actual: actual_text(city, one),
        actual_note: actual_note(city, one),
        published: is_published(city, one),
        completion: printed_completion(one),
        verdict: one.state.into(),
        points: points(one),
        sources: sources::of_target(context, city, one),
        line: line_words(&one.target.line),
        rule_before: false,
    }
}

/// What the row of a target is called.
fn row_id(plan: &Plan, no: &IndicatorNo) -> String {
    format!("{}-{no}", plan.short)
}

/// Notes which steps the rows tell of.
fn add_rows(draft: &mut Draft<'_>, plan: &Plan, rows: &[IndexRow]) {
    for row in rows {
        draft.annex_rows.add(ledger::of_indicator(&plan.city, &row.no), &row.id);
    }
}

/// Its points, as the ledger has them with two digits.
fn points(one: &Assessment) -> Option<String> {
    let points = one.points?;
    Some(numeral(&step_of(one, "points").shown(), fixed(points, 2)))
}

/// Why there is no verdict, unless the row says so already (`is_grounded`), and what the unit says of what was missed or is open.
fn said_of(city: &CityEvaluation, one: &Assessment, is_grounded: bool) -> Option<String> {
    if one.state.met() == Some(true) {
        return None;
    }
    let document = &city.plan.called.document;
    // Where the plan names nobody nobody was asked.
    let is_asked = names_leads(&city.plan) || names_row_units(&city.plan);
    let words = said(city, one).map(|words| format!("报送说明：{}", shortened(words, LONGEST)));
    // Who says why there is no value needs not be told that there is none.
    let is_told = is_grounded || (words.is_some() && one.actual.is_none());
    let reason = one.reason.as_ref().filter(|_| !is_told);
    let reason = reason.map(|reason| shortened(&no_verdict(reason, document), LONGEST));
    let is_unsaid = one.state.met() == Some(false) && is_asked;
    let unsaid = || is_unsaid.then(|| "未说明原因".to_owned());
    let told: Vec<String> = reason.into_iter().chain(words).collect();
    if told.is_empty() { unsaid() } else { Some(told.join("；")) }
}

/// The value of a target in prose with its unit; one that was derived with two digits.
fn value_in_prose(
    context: &Context<'_>,
    city: &CityEvaluation,
    one: &Assessment,
    row: &Indicator,
) -> Option<String> {
    let Some(value) = one.actual else { return actual_text(city, one) };
    let is_derived = city.fact(&one.no).is_some_and(|fact| fact.derivation().is_some());
    let fact = fact_of(one);
    if is_derived {
        context.book.rounded(&fact, 2, "");
        return Some(numerals_in(&with_unit(value, row, true), &[fact.shown(), fact]));
    }
    let words = with_unit(value, row, false);
    Some(match value {
        crate::quantity::Value::Number(_) => numerals_in(&words, &[fact]),
        crate::quantity::Value::Presence(_) => numeral(&fact, words),
    })
}

/// Which targets are not judged this year or repeat others, and whom those without a lead unit are listed at.
fn prose_note(context: &Context<'_>, city: &CityEvaluation) -> Option<String> {
    let mut parts = Vec::new();
    let has_any = super::prose::prose(city).next().is_some();
    parts.push(super::prose::not_this_year(context, city, !has_any));
    let gaps = super::prose::gaps_words(city);
    if has_any && !gaps.is_empty() {
        parts.push(format!("{gaps}。"));
    }
    let of_prose = super::prose::prose(city).filter(|one| one.is_primary());
    let rows: Vec<_> = of_prose.filter_map(|one| Some((one, city.plan.indicator(&one.no)?))).collect();
    parts.push(super::row_notes::ceilings(&rows, ""));
    let year = context.evaluation.round.year();
    let named = |one: &Assessment, _: &Indicator| one.no.to_string();
    parts.push(super::row_notes::readings((&city.plan, year), &rows, Language::Chinese, &named));
    parts.push(super::row_notes::interims(city, Origin::Prose, year));
    parts.push(super::prose::without_lead(city));
    let note = parts.concat();
    (!note.is_empty()).then(|| format!("注：{note}"))
}
