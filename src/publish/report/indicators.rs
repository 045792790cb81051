//! What rows of a plan's table are told with: their bases and tiers, and what the note below them says.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::Serialize;

use super::base_years::BaseYears;
use super::context::Context;
use super::grounds::{HELD_TO_THE_WHOLE_SPAN, span};
use super::numerals::numerals_in;
use super::past;
use super::phrases::full_date;
use super::row_notes::{ceilings, interims, readings, tolerances, without_base, without_completion};
use super::say::say;
use super::totals::{change_text, completion, step_of};
use super::values::{changed, is_illustrative, published_source};
use crate::assess::{Assessment, Due};
use crate::characters::within_quotes;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ledger;
use crate::plan::{Change, Direction, Goal, Indicator, Origin, Tier};
use crate::quantity::Value;
use crate::rounding::{plain, round_to};

/// How the actual value stands to 完成值 where that differs from 考核值.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Intended {
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

/// Whether the second tier of a target is reached; `None` where it is the same as the first, or that cannot be said.
pub(super) fn intended(one: &Assessment, second: &Assessment) -> Option<Intended> {
    let differs = second.target.goal.to_string() != one.target.goal.to_string();
    let met = second.state.met().filter(|_| differs)?;
    Some(if met { Intended::Reached } else { Intended::Short })
}

/// The year of the targets; `None` where they are of several.
pub(super) fn shown_year(context: &Context<'_>, city: &CityEvaluation) -> Option<i32> {
    let years: BTreeSet<i32> = context.counted(city).iter().map(|(one, _)| one.target.year).collect();
    years.first().copied().filter(|_| years.len() == 1)
}

/// Of which year a target is, that it is of each, or that it is a sum until then.
pub(super) fn year_of_target(language: Language, city: &CityEvaluation, one: &Assessment) -> String {
    let year = one.target.year;
    match (one.target.recurring && city.plan.years.len() > 1, one.target.cumulative) {
        (true, _) => language.of("每年", "each year").to_owned(),
        (false, true) => say!(language, "至{year}年累计", "sum until {year}"),
        (false, false) => say!(language, "{year}年", "{year}"),
    }
}

/// What is told below the name: what has become of the level, what is due by now of a later year's target, and that the round settled
/// the base year.
pub(super) fn told_below(
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
            Some(Change::Increment) if row.unit.is_share() => {
                format!("{}本年度序时应提高{value}个百分点", counted_since(city, due))
            }
            Some(Change::Increment) => {
                format!("{}本年度序时应增加{value}{}", counted_since(city, due), row.unit.text())
            }
            Some(Change::Multiple) => format!("本年度序时应为{value}倍"),
            _ => format!("本年度序时应达{value}"),
        }
    });
    let is_average = matches!(one.target.goal, Goal::AverageGrowth(..));
    let declared = one.declared_base_year.filter(|_| is_average);
    let declared = declared.map(|year| format!("本轮评估确定基年为{year}年"));
    let held = is_average && one.state.is_of_schedule();
    let held = held.then(|| HELD_TO_THE_WHOLE_SPAN.to_owned());
    let counts = Some(row.definition_line.as_str()).filter(|line| !line.is_empty()).map(|line| {
        let (document, words) = (&city.plan.called.document, within_quotes(&row.definition));
        format!("{document}注明口径“{words}”（L{line}）")
    });
    let span = Some(span(&city.plan, row, &one.target)).filter(|_| one.target.cumulative);
    let rest = Some(&one.target.rest).filter(|words| !words.is_empty());
    let rest = rest.map(|words| format!("“{}”不判定", within_quotes(words)));
    let span = span.filter(|words| !words.is_empty());
    let parts: Vec<String> =
        [span, changed, due, held, declared, rest, counts].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("，"))
}

/// That what is due counts from an earlier year than the plan's own base, as the rise beside it does; empty where it does not.
fn counted_since(city: &CityEvaluation, due: &Due) -> String {
    let is_earlier = city.plan.baseline_year.is_some_and(|of_plan| due.from.year < of_plan);
    if is_earlier { format!("自{}年起按年均匀推进，", due.from.year) } else { String::new() }
}

/// What is due as it is printed: a way between two years ends nowhere.
pub(super) fn shown_due(value: Decimal) -> String {
    plain(round_to(value, 4).normalize())
}

/// The words of the plan's table for a target that 有 answers (全面建成); `None` where it has no others than that, or numbers of its own.
pub(super) fn in_words<'a>(one: &'a Assessment, row: &Indicator) -> Option<&'a str> {
    let quote = one.target.quote.as_str();
    let is_phrase = matches!(one.target.goal, Goal::Qualitative(_)) && row.origin == Origin::Table;
    let is_short = quote.chars().count() <= LONGEST_PHRASE && !quote.contains(|c: char| c.is_ascii_digit());
    (is_phrase && is_short && !quote.is_empty() && quote != one.target.goal.to_string()).then_some(quote)
}

/// Longer phrases do not fit into a column of targets.
const LONGEST_PHRASE: usize = 10;

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

pub(super) fn note(
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
    note.push_str(&ceilings(&rows, "指标"));
    note.push_str(&readings((&city.plan, year), &rows, Language::Chinese, &|one, _| {
        format!("指标{}", one.no)
    }));
    note.push_str(&tolerances(&rows, &city.plan.called.document));
    if let Some(Tiers { first, second }) = tiers {
        note.push_str(&format!("按{first}判定；{first}与{second}不同的，{second}后“未达”指未达到{second}。"));
    }
    let open = without_completion(&rows);
    note.push_str(&open);
    note.push_str(&without_base(&rows, if open.is_empty() { "" } else { "也" }));
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
