//! Targets in prose in words: what they ask for, and what their verdicts rest on.

use super::context::Context;
use super::numerals::numerals_in;
use super::phrases::{chinese_number, full_date, month_day, without_stop};
use super::prose::{ASPIRED, is_told_by_strength};
use super::say::number_word;
use super::totals::{change_text, references_of, state_of, step_of, target_text};
use super::values::{changed, published_source};
use crate::assess::{Assessment, State};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ledger::{CHOSEN_BY, Operation};
use crate::plan::{Change, Goal, Indicator, Plan, Target};
use crate::reconcile::Fact;
use crate::rounding::plain;
use crate::words::{goal_words, no_verdict};

/// What is due by now of a growth per year.
pub(super) const HELD_TO_THE_WHOLE_SPAN: &str = "年均增长不分年度推进，直接与目标比较";

/// What a verdict rests on beside target and actual value, or why there is none.
pub(super) fn ground(context: &Context<'_>, city: &CityEvaluation, one: &Assessment) -> Vec<String> {
    let mut parts = Vec::new();
    if is_told_by_strength(city, one) {
        parts.push(ASPIRED.to_owned());
    }
    match one.state {
        State::NotAssessable | State::Lagged => {
            let document = &city.plan.called.document;
            let completion = step_of(one, "completion");
            if one.reason.is_some() {
                // It is told because there is no verdict.
                let args = [("x", completion.clone()), (CHOSEN_BY, state_of(one))];
                context.book.does(completion.shown().as_str(), Operation::Round { places: 1 }, &args, "");
            }
            let why = one.reason.as_ref().map(|why| no_verdict(why, document));
            parts.extend(why.map(|why| numerals_in(&why, &[completion.shown()])));
        }
        _ => {}
    }
    if one.target.is_read_as_about() && !one.target.note.is_empty() {
        parts.push(target_text(one, without_stop(&one.target.note)));
    }
    let references = references_of(one);
    let reference = |one: &crate::assess::Reference| {
        format!("{}{}", one.name, numerals_in(&plain(one.value), &references))
    };
    parts.extend(one.references.iter().map(reference));
    parts.extend(changed(city, one).map(|words| change_text(&context.book, one, &words)));
    if let (Goal::AverageGrowth(..), Some(year)) = (&one.target.goal, one.declared_base_year) {
        parts.push(format!("本轮评估确定基年为{year}年"));
    }
    if matches!(one.target.goal, Goal::AverageGrowth(..)) && one.state.is_of_schedule() {
        parts.push(HELD_TO_THE_WHOLE_SPAN.to_owned());
    }
    let fact = city.fact(&one.no);
    if let Some(derivation) = fact.and_then(Fact::derivation) {
        parts.push(format!("未报，由指标{}推算", derivation.row));
    }
    if let Some(amendment) = one.target.amendment() {
        let before = goal_words(one.target.as_issued(), "");
        parts.push(format!("{}由{before}调整，{}", full_date(amendment.on), amendment.authority));
    }
    parts.extend(published_source(city, one).filter(|said| !said.is_empty()).map(|said| format!("†{said}")));
    parts
}

/// Over how many years a target counts (五年累计), or that it holds in each (每年); empty where it is of one year.
pub(super) fn span(plan: &Plan, row: &Indicator, target: &Target) -> String {
    match plan.years_of_sum(row, target) {
        _ if target.recurring && plan.years.len() > 1 => "每年".to_owned(),
        Some(years) if years > 1 => format!("{}年累计", chinese_number(years)),
        None if target.cumulative => "累计".to_owned(),
        _ => String::new(),
    }
}

/// The same behind the word 目标 in a language; the Chinese stands before it.
pub(super) fn span_in(language: Language, plan: &Plan, row: &Indicator, target: &Target) -> String {
    let english = match plan.years_of_sum(row, target) {
        _ if target.recurring && plan.years.len() > 1 => " each year".to_owned(),
        Some(years) if years > 1 => format!(", sum of {} years", number_word(years)),
        None if target.cumulative => ", sum".to_owned(),
        _ => String::new(),
    };
    language.of(span(plan, row, target), english)
}

/// The target of a city in words, with the years that it counts over where its name does not tell them.
pub(super) fn spanned(city: &CityEvaluation, one: &Assessment, row: Option<&Indicator>) -> String {
    let span = row.map_or_else(String::new, |row| span(&city.plan, row, &one.target));
    let is_named = row.is_some_and(|row| !span.is_empty() && row.name.contains(&span));
    let span = if is_named { "" } else { &span };
    format!("{span}{}", words_of(&one.target.goal, row))
}

/// The target with sign and unit; what is to be added to a level is not new.
fn words_of(goal: &Goal, row: Option<&Indicator>) -> String {
    let Some(row) = row else { return goal_words(goal, "") };
    let words = goal_words(goal, row.unit.text());
    match (goal, row.change(goal)) {
        (Goal::Milestone(_, Some(due)), _) => format!("{}前{words}", month_day(*due)),
        (_, Some(Change::Increment)) => words.replacen("新增", "增加", 1),
        _ => words,
    }
}
