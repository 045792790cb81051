//! 附件6: the plans against themselves.

use serde::Serialize;

use super::base_years::base_years;
use super::context::Context;
use super::numbers::{Annex, Key};
use super::occurring::Occurring;
use super::section::Draft;
use super::table::Table;
use super::values::{line_words, shortened};
use crate::assess::Assessment;
use crate::evaluation::CityEvaluation;
use crate::finding::{Baseless, Language, PlanProblem, Problem, Severity};
use crate::plan::{ABOUT, Indicator, Quote, Remark};
use crate::words::{quote_lines, quote_words, remark_name, remark_numbers};

/// 附件6: the plans against themselves.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Remarks {
    heading: String,
    text: String,
    /// Heads of the columns of units and of quotes.
    place_head: &'static str,
    /// Whether there is a column of cities.
    has_cities: bool,
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
pub(super) const ANNEX: Annex = Annex(6);

/// The table of what is only noted.
pub(super) fn notes_key() -> Key {
    Key::in_annex(ANNEX, "notes")
}

/// Not in the volume of many cities: there each has it in a report of its own.
#[expect(clippy::too_many_lines, reason = "a line for each field of the section")]
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Remarks> {
    let context = draft.context;
    let cities = draft.shown_cities();
    if cities.is_empty() {
        return None;
    }
    let tolerance = context.evaluation.round.method.about_tolerance;
    let (mut rows, mut sums, mut notes, mut about) = (Vec::new(), Vec::new(), 0, false);
    // Quotas stand in the table, not in the prose.
    let mut has_quotas = false;
    let mut baseless: Vec<Baseless> = Vec::new();
    for (_, city) in &cities {
        let remarks = city.plan.remarks(tolerance);
        let (told, kept): (Vec<&Remark>, Vec<&Remark>) =
            remarks.iter().partition(|remark| remark.problem.severity() == Severity::Note);
        for remark in kept {
            has_quotas |= matches!(&remark.problem, Problem::Plan(PlanProblem::QuotasDiffer { .. }));
            rows.push(row(rows.len() + 1, city, remark));
        }
        notes += told.iter().map(|remark| remark.instances()).sum::<usize>();
        baseless.extend(told.iter().filter_map(|remark| match &remark.problem {
            Problem::Plan(PlanProblem::NoBaseline { what }) => Some(what.clone()),
            _ => None,
        }));
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
    // A city's own report is without the rules.
    let volume = if draft.round().is_none() { "本轮技术卷" } else { "" };
    let about_note = match about {
        true => {
            format!(
                "“用语未界定”指{document}自身没有界定；其中“左右”有允许偏差的按所列，没有的按{volume}{}的口径判定。",
                Annex::RULES
            )
        }
        false => String::new(),
    };
    let bases_note = without_base(&baseless, context.terms.has_schedules);
    let note = format!("注：{bases_note}{about_note}");
    let sums = if note.chars().count() > 2 { sums.note(&note) } else { sums };
    let sums = sums.numbered(&mut draft.numbers, notes_key());
    Some(Remarks {
        heading: ANNEX.heading(&format!("{document}不能同自身的数衔接之处")),
        text: text(context, &cities, contradictions, notes),
        place_head: context.terms.places.head,
        has_cities: cities.len() > 1,
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

/// What follows from a base that is missing, by what occurs; empty where none is.
fn without_base(found: &[Baseless], has_schedules: bool) -> String {
    let any = |wanted: fn(&Baseless) -> bool| found.iter().any(wanted);
    let told = [
        (
            any(|one| matches!(one, Baseless::Growth(_))),
            "增长目标未列上年数的，增长率只取填报数，不能由上年数推算",
        ),
        (any(|one| matches!(one, Baseless::AverageGrowth)), "年均增长目标未写基年的，须另行确定"),
        (
            any(|one| matches!(one, Baseless::AllRows(_) | Baseless::Rows(_))),
            match has_schedules {
                true => "须同基期比而未列基期数的指标，不与基期比较，除累计数外也没有序时应达数",
                false => "须同基期比而未列基期数的指标，不与基期比较",
            },
        ),
        (any(|one| matches!(one, Baseless::Later(_))), "以后年度的正文目标未列基期数的，不能核算序时进度"),
    ];
    let told: Vec<&str> = told.into_iter().filter(|(occurs, _)| *occurs).map(|(_, words)| words).collect();
    if told.is_empty() { String::new() } else { format!("“缺基期”：{}。", told.join("；")) }
}

/// What a plan contradicts itself in, of the targets that the account of a city counts: the rules that are broken, each with its targets.
pub(super) fn contradictions_of<'a>(
    context: &Context<'a>,
    city: &'a CityEvaluation,
) -> Vec<(&'static str, Vec<&'a Indicator>)> {
    let mut found: Vec<(&'static str, Vec<&'a Indicator>)> = Vec::new();
    let counted = context.counted(city);
    let remarks = city.plan.remarks(context.evaluation.round.method.about_tolerance);
    for remark in remarks.iter().filter(|remark| remark.problem.severity() != Severity::Note) {
        let named = |(one, _): &&(&Assessment, &Indicator)| remark.numbers.contains(&one.no);
        for (_, row) in counted.iter().filter(named) {
            match found.iter_mut().find(|(known, _)| *known == rule(remark)) {
                Some((_, rows)) if rows.iter().any(|other| other.no == row.no) => {}
                Some((_, rows)) => rows.push(row),
                None => found.push((rule(remark), vec![*row])),
            }
        }
    }
    found
}

/// What was compared, and what came of it.
fn text(
    context: &Context<'_>,
    shown: &[(usize, &CityEvaluation)],
    contradictions: usize,
    notes: usize,
) -> String {
    let terms = &context.terms;
    let (document, table) = (&terms.document, &terms.table);
    let cities = || shown.iter().map(|(_, city)| *city);
    let found = Occurring::in_cities(cities(), context.evaluation.round.year());
    let has_past = cities().any(|city| city.plan.indicators.iter().any(|row| !row.past.is_empty()));
    let is_before = cities().all(|city| base_years(context, city).is_before_only());
    let base = if is_before { "上年实绩" } else { "基期" };
    let quotas = if cities().any(|city| city.plan.indicators.iter().any(|row| !row.quotas.is_empty())) {
        "、分解数与总数"
    } else {
        ""
    };
    let what = match (found.has_both, has_past) {
        (true, true) => format!("{document}正文与{table}、能同{base}比较的目标与{base}{quotas}逐项核对"),
        (true, false) => format!("{document}正文与{table}{quotas}逐项核对"),
        (false, true) => format!("{document}各项目标之间、能同{base}比较的目标与{base}{quotas}逐项核对"),
        (false, false) => format!("{document}各项目标之间{quotas}逐项核对"),
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
        // A remark on several rows counts each of them.
        let count = alike.iter().map(|remark| remark.instances()).sum::<usize>().to_string();
        RemarkSum { city: city.plan.short.clone(), rule, count, numbers: numbers.join("、") }
    };
    kinds.into_iter().map(sum).collect()
}
