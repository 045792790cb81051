//! The first page of a city: what is to be said of it, and all its targets with base, value and distance in one table.

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::bases::bars;
use super::super::brief::answers::pace_words;
use super::super::brief::moves::{Scale, moves, moves_words};
use super::super::context::Context;
use super::super::drawing::{Bar, Last, Verdict};
use super::super::indicators::{BaseYears, base_years, shown_year, tiers, year_of_target};
use super::super::numbers::Key;
use super::super::profile;
use super::super::section::Draft;
use super::super::totals::{base_text, target_text};
use super::super::values::{actual_note, actual_text};
use super::summary::to_the_last_year;
use crate::advise::{Move, moved};
use crate::assess::Assessment;
use crate::evaluation::CityEvaluation;
use crate::ident::IndicatorNo;
use crate::plan::{Direction, Indicator, Origin, Tier};
use crate::rounding::plain;

/// The first page of a city.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MainRows {
    section: String,
    slug: String,
    heading: String,
    text: String,
    title: String,
    /// How far the drawing goes on both sides of the target, in words.
    axis: [String; 3],
    axis_text: String,
    /// Whether targets have numbers that the plan prints.
    has_numbers: bool,
    /// Head of the column of names, with that of units.
    name_head: String,
    base_head: Option<String>,
    base_word: String,
    actual_head: String,
    target_head: String,
    rows: Vec<MainRow>,
    note: String,
}

/// A target.
#[derive(Debug, Clone, Serialize)]
struct MainRow {
    no: IndicatorNo,
    name: String,
    unit: String,
    marks: String,
    base: Option<String>,
    base_note: Option<String>,
    actual: Option<String>,
    actual_note: Option<String>,
    target: String,
    target_note: Option<String>,
    bar: Option<Bar>,
    last: Option<Last>,
    /// Whether the value became worse than its base.
    is_worse: bool,
    #[serde(flatten)]
    verdict: Verdict,
}

/// So many of what became worse are named.
const MOST_NAMED: usize = 6;

/// So many targets are drawn; all stand in the technical volume.
const MOST_ROWS: usize = 200;

/// Nothing for a city without targets to be judged.
pub(super) fn section(draft: &mut Draft<'_>, city: &CityEvaluation, heading: String) -> Option<MainRows> {
    let context = draft.context;
    let bases = base_years(context, city);
    let year = context.evaluation.round.year();
    let of_targets = shown_year(context, city);
    // Wider than the bars of the technical volume: values of earlier years lie further off.
    let span = context.evaluation.round.method.bar_span.saturating_mul(Decimal::TWO);
    let all = context.counted(city);
    let rows: Vec<MainRow> = all
        .iter()
        .take(MOST_ROWS)
        .map(|(one, row)| main_row(city, (one, row), (&bases, of_targets, span)))
        .collect();
    let noun = if city.score.basis == Origin::Table { "全部指标" } else { "全部正文目标" };
    let number = draft.numbers.take(Key::figure_of(&city.plan, "rows"));
    let base = bases.short();
    let title = match bases.is_empty() {
        true => format!("{number}　{noun}：本年实绩和目标"),
        false => format!("{number}　{noun}：{base}、本年和目标"),
    };
    let axis = [
        Decimal::ONE_HUNDRED.checked_sub(span),
        Some(Decimal::ONE_HUNDRED),
        Decimal::ONE_HUNDRED.checked_add(span),
    ];
    Some(MainRows {
        section: heading.clone(),
        slug: city.plan.city.as_str().to_owned(),
        heading,
        text: text(context, city),
        title,
        axis: axis.map(|at| at.map_or_else(String::new, |at| plain(at.normalize()))),
        axis_text: "图中横轴为目标的%".to_owned(),
        has_numbers: city.score.basis == Origin::Table,
        name_head: format!("{}（单位）", if city.score.basis == Origin::Table { "指标" } else { "正文目标" }),
        base_head: match (bases.is_empty(), bases.only()) {
            (true, _) => None,
            (_, Some(of)) => Some(format!("{of}年")),
            _ => Some("基期".to_owned()),
        },
        base_word: base,
        actual_head: "实绩".to_owned(),
        // Targets of several years are told from each other row by row.
        target_head: match of_targets {
            Some(of) if of != year => format!("{of}年目标"),
            _ => "目标".to_owned(),
        },
        note: note(context, city, &bases, (rows.len(), all.len())),
        rows,
    })
}

fn main_row(
    city: &CityEvaluation,
    (one, row): (&Assessment, &Indicator),
    (bases, of_targets, span): (&BaseYears, Option<i32>, Decimal),
) -> MainRow {
    let (bar, last) = bars(one, row, span);
    let mut marks = String::new();
    if one.target_is_worse {
        marks.push('＊');
    }
    MainRow {
        no: one.no.clone(),
        name: row.short.clone(),
        unit: if row.is_qualitative() { String::new() } else { row.unit.text().to_owned() },
        marks,
        base: base_text(one),
        base_note: bases.note(one),
        actual: actual_text(city, one),
        actual_note: actual_note(city, one),
        target: target_text(one, row.goal_beside(&one.target.goal)),
        target_note: if of_targets.is_some() { None } else { Some(year_of_target(city, one)) },
        bar: bar.filter(|_| one.state.is_assessable()),
        last: last.filter(|_| one.state.is_assessable()),
        is_worse: moved(one, row) == Some(Move::Worse),
        verdict: one.state.into(),
    }
}

/// How it stands; what became better and worse, by name where few did; and whether it will be in time.
fn text(context: &Context<'_>, city: &CityEvaluation) -> String {
    let counts = moves(context, city);
    let bases = base_years(context, city);
    let mut text = profile::verdict(context, city);
    if counts.iter().sum::<usize>() > 0 {
        let said = moves_words(context, city, &Scale::of(std::iter::once(counts)));
        let worse: Vec<&str> = context
            .counted(city)
            .iter()
            .filter(|(one, row)| moved(one, row) == Some(Move::Worse))
            .map(|(_, row)| row.short.as_str())
            .collect();
        let named = match worse.len() {
            1..=MOST_NAMED => format!("（{}）", worse.join("、")),
            _ => String::new(),
        };
        text.push_str(&format!("与{}比，{}{named}。", bases.short(), said.words));
    }
    let pace = pace_words(context, city);
    let words = to_the_last_year(&pace);
    match pace.parts.is_empty() {
        true => text.push_str(&format!("{words}。")),
        false => {
            let more = if pace.more.is_empty() { String::new() } else { format!("；{}", pace.more) };
            text.push_str(&format!("对照末年目标：{words}{more}。"));
        }
    }
    text
}

fn note(
    context: &Context<'_>,
    city: &CityEvaluation,
    bases: &BaseYears,
    (printed, all): (usize, usize),
) -> String {
    let rows = context.counted(city);
    let mut parts: Vec<String> = Vec::new();
    if printed < all {
        parts.push(format!("共{all}项，此处画前{printed}项，其余见技术卷"));
    }
    if rows.iter().any(|(one, _)| one.target_is_worse) {
        parts.push(format!("＊目标不如{}", bases.words()));
    }
    let is_turned = |(one, row): &(&Assessment, &Indicator)| {
        row.direction == Direction::Lower && one.completion.is_some() && one.state.is_assessable()
    };
    if rows.iter().any(is_turned) {
        parts.push("越低越好的，图中已倒转，右边仍是好的一边".to_owned());
    }
    if rows.iter().any(|(one, _)| one.due.is_some() && one.completion.is_some()) {
        parts.push("以后年度的目标，图中竖线是本年度序时应达到的水平".to_owned());
    }
    if let Some(tiers) = tiers(context, city) {
        // 目标 is what the column is called.
        let is_examined = rows.iter().any(|(one, _)| one.target.tier == Tier::Assessed);
        parts.push(match is_examined {
            false => format!("目标列不含{second}；{second}见技术卷", second = tiers.second),
            true => format!("目标列为{}；{}见技术卷", tiers.first, tiers.second),
        });
    }
    if rows.iter().any(|(one, _)| one.state.is_assessable() && one.completion.is_none()) {
        parts.push("没有完成程度的目标不画".to_owned());
    }
    if parts.is_empty() { String::new() } else { format!("注：{}。", parts.join("。")) }
}
