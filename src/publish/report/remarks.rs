//! 附件2: the plans against themselves.

use serde::Serialize;

use super::base_years::base_years;
use super::context::Context;
use super::numbers::{Annex, Key};
use super::occurring::Occurring;
use super::section::Draft;
use super::table::Table;
use super::values::{line_words, shortened};
use crate::evaluation::CityEvaluation;
use crate::finding::{Language, PlanProblem, Problem, Severity};
use crate::plan::{ABOUT, Quote, Remark};
use crate::words::{quote_lines, quote_words, remark_name, remark_numbers};

/// 附件2: the plans against themselves.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Remarks {
    heading: String,
    text: String,
    /// Heads of the columns of units and of quotes.
    place_head: &'static str,
    prose_head: String,
    /// Head of the column of targets, and of that which lists several.
    name_head: &'static str,
    names_head: &'static str,
    table: Table<RemarkRow>,
    notes: Table<RemarkSum>,
}

/// A contradiction in a plan.
#[derive(Debug, Clone, Serialize)]
struct RemarkRow {
    no: String,
    city: String,
    indicator: String,
    rule: String,
    here: String,
    there: String,
    message: String,
}

/// Notes of one kind on one plan.
#[derive(Debug, Clone, Serialize)]
struct RemarkSum {
    city: String,
    rule: String,
    count: String,
    numbers: String,
}

/// Longest quote that is printed whole.
const LONGEST: usize = 60;

/// What lists all of them.
const WHOLE: &str = "命令duibiao plan check的输出";

/// The annex.
pub(super) const ANNEX: Annex = Annex(2);

/// The table of what is only noted.
pub(super) fn notes_key() -> Key {
    Key::in_annex(ANNEX, "notes")
}

/// Stands in the round's report only.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Remarks> {
    let context = draft.round()?;
    let tolerance = context.evaluation.round.method.about_tolerance;
    let (mut rows, mut sums, mut notes, mut about) = (Vec::new(), Vec::new(), 0, false);
    // Quotas stand in the table, not in the prose.
    let mut has_quotas = false;
    for city in context.cities() {
        let remarks = city.plan.remarks(tolerance);
        let (told, kept): (Vec<&Remark>, Vec<&Remark>) =
            remarks.iter().partition(|remark| remark.problem.severity() == Severity::Note);
        for remark in kept {
            has_quotas |= matches!(&remark.problem, Problem::Plan(PlanProblem::QuotasDiffer { .. }));
            rows.push(row(rows.len() + 1, city, remark));
        }
        notes += told.len();
        about |= told
            .iter()
            .any(|remark| matches!(&remark.problem, Problem::Plan(PlanProblem::UndefinedWord { word }) if word == ABOUT));
        sums.extend(sum_up(city, &told));
    }
    let contradictions = rows.len();
    let document = &context.terms.document;
    let table = Table::new(&format!("{document}中不衔接之处（括号内为{document}行号）"))
        .whole_in(WHOLE)
        .empty("没有不衔接之处。")
        .rows(rows)
        .numbered(&mut draft.numbers, Key::in_annex(ANNEX, "remarks"));
    let sums =
        Table::new(&format!("{document}中的提示事项")).whole_in(WHOLE).empty("没有提示事项。").rows(sums);
    let about_note =
        format!("注：“用语未界定”指{document}自身没有界定；其中“左右”按编制说明（三）的口径判定。");
    let sums = if about { sums.note(&about_note) } else { sums };
    let sums = sums.numbered(&mut draft.numbers, notes_key());
    Some(Remarks {
        heading: ANNEX.heading(&format!("{document}核对清单")),
        text: text(context, contradictions, notes),
        place_head: context.terms.places.head,
        prose_head: format!("{document}{}", if has_quotas { "所列" } else { "正文" }),
        name_head: context.terms.row_head(),
        names_head: if context.terms.table.is_empty() {
            "涉及的目标"
        } else {
            "涉及的指标和目标"
        },
        table,
        notes: sums,
    })
}

/// What was compared, and what came of it.
fn text(context: &Context<'_>, contradictions: usize, notes: usize) -> String {
    let terms = &context.terms;
    let (document, table) = (&terms.document, &terms.table);
    let cities = || context.cities().iter();
    let found = Occurring::in_cities(cities(), context.evaluation.round.year());
    let has_past = cities().any(|city| city.plan.indicators.iter().any(|row| !row.past.is_empty()));
    let is_before = cities().all(|city| base_years(context, city).is_before_only());
    let base = if is_before { "上年实绩" } else { "基期" };
    let what = match (found.has_both, has_past) {
        (true, true) => format!("{document}正文与{table}、目标与{base}逐项核对"),
        (true, false) => format!("{document}正文与{table}逐项核对"),
        (false, true) => format!("{document}各项目标之间、目标与{base}逐项核对"),
        (false, false) => format!("{document}各项目标之间逐项核对"),
    };
    let judged = format!("{}按{table}判定，正文目标另行判定、单列", terms.rows);
    let rest: Vec<&str> = [
        found.has_both.then_some(judged.as_str()),
        (contradictions > 0).then_some("不衔接处建议提请印发机关明确"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let stop = if rest.is_empty() { "" } else { "。" };
    let rest = rest.join("；");
    // A plan of one year has no other.
    let years = if cities().any(|city| city.plan.years.len() > 1) { "，不限于本年度" } else { "" };
    format!("{what}{years}：不衔接{contradictions}处，提示{notes}处。{rest}{stop}")
}

fn row(number: usize, city: &CityEvaluation, remark: &Remark) -> RemarkRow {
    let numbers = remark_numbers(remark);
    let name = if numbers.chars().count() > 8 { String::new() } else { format!("{numbers} ") };
    RemarkRow {
        no: format!("M{number}"),
        city: city.plan.short.clone(),
        indicator: format!("{name}{}", remark_name(remark, &city.plan.called)),
        rule: format!("{} {}", remark.problem.code(), rule(remark)),
        here: quoted(&remark.here),
        there: remark.there.as_ref().map_or_else(|| "—".to_owned(), quoted),
        message: format!("{}。", message(city, remark)),
    }
}

fn quoted(quote: &Quote) -> String {
    format!("{}（{}）", shortened(&quote_words(quote), LONGEST), line_words(&quote_lines(quote)))
}

fn rule(remark: &Remark) -> &'static str {
    remark.problem.rule()
}

fn message(city: &CityEvaluation, remark: &Remark) -> String {
    remark.problem.message_of(Language::Chinese, &city.plan.names())
}

/// Notes are many and alike: one line for each kind, what it is about in the order of the plan. Targets in prose that are
/// not judged this year stand nowhere else in the report, so their names are told.
fn sum_up(city: &CityEvaluation, remarks: &[&Remark]) -> Vec<RemarkSum> {
    let mut kinds: Vec<(String, Vec<&Remark>)> = Vec::new();
    for remark in remarks {
        let kind = format!("{} {}", remark.problem.code(), rule(remark));
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, alike)) => alike.push(remark),
            None => kinds.push((kind, vec![remark])),
        }
    }
    let place = |no: &str| city.plan.indicators.place(no);
    let about = |remark: &Remark| match (remark.numbers.as_slice(), &remark.problem) {
        (_, Problem::Plan(PlanProblem::PartNotJudged { words })) => {
            format!("{}（{}）", remark_numbers(remark), words.join("；"))
        }
        ([], _) => message(city, remark),
        ([no], _) if place(no.as_str()).is_some() && city.assessments.find(no.as_str()).is_none() => {
            format!("{no}（{}）", remark_name(remark, &city.plan.called))
        }
        _ => remark_numbers(remark),
    };
    let sum = |(rule, mut alike): (String, Vec<&Remark>)| {
        alike.sort_by_key(|remark| place(&remark_numbers(remark)));
        let named: Vec<String> = alike.iter().map(|remark| about(remark)).collect();
        // Of one that has several the list says how many, so that it holds as many as are counted.
        let told = |same: &[String]| match same {
            [one] => one.clone(),
            several => format!("{}（{}处）", several.first().map_or("", String::as_str), several.len()),
        };
        let numbers: Vec<String> = named.chunk_by(|one, other| one == other).map(told).collect();
        let count = alike.len().to_string();
        RemarkSum { city: city.plan.short.clone(), rule, count, numbers: numbers.join("、") }
    };
    kinds.into_iter().map(sum).collect()
}
