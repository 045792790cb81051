//! Tasks, targets between two tiers and targets in prose, in a sentence each.

use super::super::context::Context;
use super::super::indicators::tiers;
use super::super::remarks::contradictions_of;
use super::super::say::{plural, say, sentences};
use super::super::tasks::say_tasks;
use super::super::totals::{Totals, state_of};
use super::super::verdict::Counts;
use crate::assess::{Assessment, TaskState};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::plan::{Indicator, Origin};

/// Tasks and the targets in prose, in a sentence each; nothing where a plan has none.
pub(super) fn closing(context: &Context<'_>, city: &CityEvaluation) -> String {
    let language = context.language;
    let (tiers, mut tasks, mut apart) = (between_tiers(context, city), String::new(), String::new());
    if !city.tasks.is_empty() {
        let told = TaskState::ALL.into_iter().filter_map(|state| {
            let count = city.tasks.iter().filter(|one| one.state == state).count();
            // What there is none of is not counted.
            let number = (count > 0).then(|| say_tasks(context, city, Some(state), count))?;
            let word = state.words(language);
            Some(say!(language, "{word}{number}项", "{number} {word}"))
        });
        let told = language.list(&told.collect::<Vec<_>>());
        let are = plural(city.tasks.len(), "task", "tasks");
        let all = say_tasks(context, city, None, city.tasks.len());
        tasks = say!(language, "工作任务{all}项：{told}。", "{all} {are}: {told}.");
    }
    if city.score.basis == Origin::Table {
        apart = sentences(language, &[&prose(context, city), &prose_between_tiers(context, city)]);
    }
    sentences(language, &[&tiers, &tasks, &apart, &contradicted(context, city)])
}

/// So many contradicted targets are named.
const MOST_CONTRADICTED: usize = 3;

/// Which of its targets the plan contradicts elsewhere, and in what where that is one thing; all of it stands in the technical volume.
fn contradicted(context: &Context<'_>, city: &CityEvaluation) -> String {
    let (language, document) = (context.language, context.document(&city.plan));
    let found = contradictions_of(context, city);
    let mut rows: Vec<&Indicator> = Vec::new();
    for row in found.iter().flat_map(|(_, rows)| rows) {
        if !rows.iter().any(|other| other.no == row.no) {
            rows.push(row);
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let names: Vec<&str> =
        rows.iter().take(MOST_CONTRADICTED).map(|row| context.row(&city.plan, row)).collect();
    let more = if rows.len() > names.len() { language.of("等", " and others") } else { "" };
    let rule = match found.as_slice() {
        [(rule, _)] if language == Language::Chinese => format!("（{rule}）"),
        _ => String::new(),
    };
    let (names, volume) = (language.list(&names), context.volume_of_rows());
    say!(
        language,
        "{document}自身不衔接：{names}{more}{rule}，见{volume}附件6。",
        "Contradicted elsewhere in the {document}: {names}{more}; see annex 6 of {volume}."
    )
}

/// Which targets of a plan's last year are reached by the first of their tiers and not by the second; empty where none are.
fn between_tiers(context: &Context<'_>, city: &CityEvaluation) -> String {
    let (language, year) = (context.language, context.evaluation.round.year());
    let Some(tiers) = tiers(context, city).filter(|_| super::super::ways::last_year(city, year).is_none())
    else {
        return String::new();
    };
    let (number, told) = match told_between(context, city, context.counted(city), "#between_tiers") {
        Some(told) => told,
        None => return String::new(),
    };
    let (first, second) = (tiers.first, tiers.second);
    say!(
        language,
        "到{first}而未到{second}的{number}项：{told}。",
        "{number} met the {first} but not the {second}: {told}."
    )
}

/// What became of the targets in prose beside those of the table.
fn prose(context: &Context<'_>, city: &CityEvaluation) -> String {
    let apart: Vec<&Assessment> =
        city.assessments.iter().filter(|one| one.origin == Origin::Prose && one.is_primary()).collect();
    let (all, able) = (apart.len(), apart.iter().filter(|one| one.state.is_assessable()).count());
    if all == 0 {
        return String::new();
    }
    let met = apart.iter().filter(|one| one.state.met() == Some(true)).count();
    let counts = Counts::default().told(Totals::of_prose(&context.book, city));
    let (document, reached, rate) = (context.document(&city.plan), context.terms.reached, context.terms.rate);
    let (more, volume) = (plural(all, "target", "targets"), context.volume_of_rows());
    let (all, able, met) = (counts.say("total", all), counts.say("assessable", able), counts.say("met", met));
    say!(
        context.language,
        "{document}正文另有目标{all}项，可评{able}项，{reached}{met}项，不计入上面的{rate}；逐项见{volume}。",
        "The text of the {document} has another {all} {more}, of which {able} can be judged and {met} are {reached}; they are not counted in the {rate} above and stand in {volume}."
    )
}

/// Which targets in prose are reached and what is striven for beyond them is not; empty where none are.
fn prose_between_tiers(context: &Context<'_>, city: &CityEvaluation) -> String {
    let prose = city.assessments.iter().filter(|one| one.origin == Origin::Prose && one.is_primary());
    let rows = prose.filter_map(|one| Some((one, city.plan.indicator(&one.no)?))).collect();
    let Some((number, told)) = told_between(context, city, rows, "#between_tiers.prose") else {
        return String::new();
    };
    say!(
        context.language,
        "正文目标中到目标而未到力争值的{number}项：{told}。",
        "{number} in the text met the target but not what is striven for: {told}."
    )
}

/// How many of these targets are reached by the first of their tiers and not by the second, and which, with value and second tier.
fn told_between(
    context: &Context<'_>,
    city: &CityEvaluation,
    rows: Vec<(&Assessment, &Indicator)>,
    name: &str,
) -> Option<(String, String)> {
    let language = context.language;
    let between: Vec<(&Assessment, &Indicator, &Assessment)> = rows
        .into_iter()
        .filter(|(one, _)| one.state.met() == Some(true))
        .filter_map(|(one, row)| Some((one, row, city.row(&one.no)?.second()?)))
        .filter(|(.., second)| second.state.met() == Some(false))
        .collect();
    if between.is_empty() {
        return None;
    }
    let members = between.iter().map(|(.., second)| state_of(second));
    let number = context.book.count(&format!("{}/{name}", city.plan.city), members, &[], between.len());
    let told = between.iter().map(|(one, row, second)| {
        let value = context.actual(city, one).unwrap_or_default();
        let (name, target) = (context.row(&city.plan, row), context.target_beside(second, row));
        say!(language, "{name}{value}／{target}", "{name} {value} / {target}")
    });
    Some((number, language.list(&told.collect::<Vec<_>>())))
}
