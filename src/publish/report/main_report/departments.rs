//! 单位和期限: whom the tables name, and until when what they ask for is due.

use super::super::context::Context;
use super::super::phrases::day_in;
use super::super::say::say;
use super::super::short::Short;
use crate::advise::{DutyKind, Until, duties};
use crate::characters::capitalised;
use crate::plan::{Indicator, Origin};

/// What units are asked to do, as it occurs.
pub(super) fn kinds_of_duties(context: &Context<'_>) -> Vec<DutyKind> {
    let all = context.evaluation.cities.iter().flat_map(|city| duties(context.evaluation, city));
    all.flat_map(|unit| unit.duties).map(|duty| duty.kind).collect()
}

/// Whom the tables name: who answers for what was missed, and who reports.
pub(super) fn whose(context: &Context<'_>, kinds: &[DutyKind]) -> String {
    let is_of_missed = |kind: &DutyKind| matches!(kind, DutyKind::Measures | DutyKind::Assign);
    let has = |kind: DutyKind| kinds.contains(&kind);
    let (language, document) = (context.language, &context.terms.document);
    let states = context.cities().iter().flat_map(|city| &city.assessments).map(|one| one.state);
    let short = Short::of_states(states).noun(language);
    let all = || context.cities().iter().flat_map(|city| &city.plan.indicators);
    // As `Plan::answerable` has it: what is in prose is reported by whoever leads its task.
    let is_led = |row: &Indicator| match row.origin {
        Origin::Prose => !row.is_left_to_office && !row.reporters.is_empty(),
        Origin::Table => !row.leads.is_empty(),
    };
    let is_borne = |row: &Indicator| row.origin == Origin::Table && row.leads.is_empty();
    let named = match (all().any(is_led), all().any(is_borne)) {
        (true, true) => {
            language.of("牵头单位，没有牵头单位的为责任单位", "lead department, or else the one responsible,")
        }
        (true, false) => language.of("牵头单位", "lead department"),
        _ => language.of("责任单位", "department responsible"),
    };
    // Offices of several cities are told apart on the pages of each.
    let office = match context.cities() {
        [city] => language.of(city.plan.office.as_str(), "the office"),
        _ => language.of("各自的办公室", "the office of each"),
    };
    let missed = match (has(DutyKind::Measures), has(DutyKind::Assign)) {
        (true, true) => Some(say!(
            language,
            "{short}列{document}写明的{named}，都没有写明的由{office}明确",
            "{short} stand with the {named} in the {document}; where none is named, {office} says who answers"
        )),
        (true, false) => Some(say!(
            language,
            "{short}列{document}写明的{named}",
            "{short} stand with the {named} in the {document}"
        )),
        (false, true) => Some(say!(
            language,
            "{short}，{document}没有写明责任单位，由{office}明确",
            "for {short} no department is named in the {document}; {office} says who answers"
        )),
        (false, false) => None,
    };
    let asks = |of_task: bool| kinds.iter().any(|kind| !is_of_missed(kind) && kind.is_of_tasks() == of_task);
    let others =
        match (asks(false), asks(true)) {
            (true, _) => Some(language.of(
                "待答复、待补报的列报送单位",
                "what is to be answered or reported stands with who reports",
            )),
            (false, true) => Some(language.of("任务列报送的单位", "tasks stand with who reports them")),
            (false, false) => None,
        };
    let parts: Vec<String> = missed.into_iter().chain(others.map(str::to_owned)).collect();
    match parts.is_empty() {
        true => String::new(),
        false => language.of(
            format!("“单位”一栏，{}。", parts.join("；")),
            format!("{}. ", capitalised(&parts.join("; "))),
        ),
    }
}

/// Until when what occurs is due.
pub(super) fn due(context: &Context<'_>, kinds: &[DutyKind]) -> String {
    let (language, round) = (context.language, &context.evaluation.round);
    let (measures, answers) = (day_in(language, round.measures_by), day_in(language, round.answer_by));
    let has = |kind: DutyKind| kinds.contains(&kind);
    let until = |wanted: Until| kinds.iter().any(|kind| kind.due(round) == wanted);
    let states = context.cities().iter().flat_map(|city| &city.assessments).map(|one| one.state);
    let short = Short::of_states(states).noun(language);
    let parts = [
        (
            has(DutyKind::Measures),
            say!(language, "{short}{measures}前报措施", "measures for {short} are due by {measures}"),
        ),
        (
            has(DutyKind::Assign),
            say!(
                language,
                "没有写明责任单位的{measures}前明确",
                "where nobody is named, who answers is to be settled by {measures}"
            ),
        ),
        (
            until(Until::WhenPublished),
            language.of("数据滞后的公布后补报", "delayed data are due when they are published").to_owned(),
        ),
        (
            until(Until::WhenKnown),
            language.of("已说明未报原因的有数后补报", "explained gaps when they are known").to_owned(),
        ),
    ];
    let mut parts: Vec<String> =
        parts.into_iter().filter(|(occurs, _)| *occurs).map(|(_, words)| words).collect();
    if until(Until::By(round.answer_by)) {
        let others = if parts.is_empty() { "" } else { language.of("其余", "all other ") };
        parts.push(say!(language, "{others}{answers}前答复", "{others}answers are due by {answers}"));
    }
    let words = language.of(parts.join("，"), capitalised(&parts.join(", ")));
    match words.is_empty() {
        true => language.of("本轮没有须办的事项", "Nothing is due in this round").to_owned(),
        false => words,
    }
}
