//! What the sections of the brief share: whose figures are printed, targets and values in words, gaps.

use super::super::context::Context;
use super::super::gaps;
use super::super::grounds::span;
use super::super::numerals::numeral;
use super::super::prose::named;
use super::super::totals::{change_text, keys_of, state_of, target_text};
use super::super::values::{actual_text, changed, fact_of};
use crate::advise::{Owner, Question};
use crate::assess::Assessment;
use crate::evaluation::CityEvaluation;
use crate::plan::{Indicator, Tier};

/// The cities whose figures are printed.
pub(in crate::publish::report) fn in_print<'a>(
    context: &Context<'a>,
) -> impl Iterator<Item = &'a CityEvaluation> + use<'a> {
    context.printed()
}

/// A text of at most so many characters, marks of numerals not counted; a longer one ends with `…`.
pub(in crate::publish::report) fn shorten(text: &str, most: usize) -> String {
    // A text with numerals is never cut: its numbers are what it is about.
    let has_numerals = text.contains('\u{FDD0}');
    if has_numerals || text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// How many characters of a text are printed: what stands between the marks of numerals is not.
pub(in crate::publish::report) fn printed_length(text: &str) -> usize {
    let mut length = 0;
    let mut is_name = false;
    for c in text.chars() {
        match c {
            '\u{FDD0}' => is_name = true,
            '\u{FDD1}' => is_name = false,
            '\u{FDD2}' => {}
            _ if is_name => {}
            // Digits and Latin letters are half as wide.
            c => length += if c.is_ascii() { 1 } else { 2 },
        }
    }
    length / 2 + length % 2
}

/// Lines of a text in a column of so many characters.
pub(in crate::publish::report) fn lines(text: &str, characters: usize) -> usize {
    printed_length(text).div_ceil(characters).max(1)
}

/// The second of two tiers in the year that is judged.
pub(super) struct SecondTier {
    pub(super) met: usize,
    pub(super) met_words: String,
    pub(super) assessable: usize,
    pub(super) assessable_words: String,
    /// Whether the year is the last of the plan.
    pub(super) is_last_year: bool,
}

/// What is reached by the second tier where a target has one, else by the only one; `None` where no target has two.
pub(super) fn second_tier(context: &Context<'_>, city: &CityEvaluation) -> Option<SecondTier> {
    let year = context.evaluation.round.year();
    let rows = context.counted(city);
    let last = rows.iter().flat_map(|(_, row)| &row.targets).map(|target| target.year).max();
    let second = |one: &Assessment| {
        city.row(&one.no).and_then(|row| row.second()).filter(|other| other.target.tier == Tier::Intended)
    };
    rows.iter().find_map(|(one, _)| second(one))?;
    let of: Vec<&Assessment> = rows.iter().map(|(one, _)| second(one).unwrap_or(one)).collect();
    let met = of.iter().filter(|one| one.state.met() == Some(true)).count();
    let assessable = of.iter().filter(|one| one.state.is_assessable()).count();
    let steps = || of.iter().map(|one| state_of(one));
    let say = |name: &str, states: &[&str], number: usize| {
        context.book.count(&format!("{}/#intended.{name}", city.plan.city), steps(), states, number)
    };
    let reached = keys_of(|state| state.met() == Some(true));
    let judged = keys_of(crate::assess::State::is_assessable);
    Some(SecondTier {
        met,
        met_words: say("met", &reached, met),
        assessable,
        assessable_words: say("assessable", &judged, assessable),
        is_last_year: last == Some(year),
    })
}

/// `62个`.
pub(super) fn actual_words(
    context: &Context<'_>,
    city: &CityEvaluation,
    one: &Assessment,
    row: &Indicator,
) -> String {
    let value = actual_text(city, one).unwrap_or_else(|| "—".to_owned());
    // Where the target speaks of a change, that is said beside the level.
    let changed = changed(city, one).map(|words| change_text(&context.book, one, &words));
    let changed = changed.map_or_else(String::new, |words| format!("（{words}）"));
    format!("{value}{}{changed}", row.unit.text())
}

/// `69个`, `＞7400亿元`.
pub(super) fn target_words(one: &Assessment, row: &Indicator) -> String {
    target_text(one, one.target.goal.in_unit(&row.unit))
}

/// `少7个`; empty where there is no distance to tell.
pub(in crate::publish::report) fn gap_words(
    context: &Context<'_>,
    one: &Assessment,
    row: &Indicator,
) -> String {
    gaps::distance_words(context, one, row).unwrap_or_default()
}

/// `高层次人才团队62个，目标69个，少7个`.
pub(super) fn held_against(
    context: &Context<'_>,
    city: &CityEvaluation,
    one: &Assessment,
    row: &Indicator,
) -> String {
    let gap = gap_words(context, one, row);
    let gap = if gap.is_empty() { gap } else { format!("，{gap}") };
    format!(
        "{}{}，{}{}{gap}",
        named(one, row),
        actual_words(context, city, one, row),
        target_head(context, city, one, row),
        target_words(one, row)
    )
}

/// `少7个（62，目标69）`, behind the name of the target.
pub(in crate::publish::report) fn gap_with_numbers(
    context: &Context<'_>,
    city: &CityEvaluation,
    one: &Assessment,
    row: &Indicator,
) -> String {
    let gap = gap_words(context, one, row);
    let head = target_head(context, city, one, row);
    if row.unit.is_share() {
        // What is in percent says so beside what is a number of things.
        let (value, target) = (actual_words(context, city, one, row), target_words(one, row));
        return format!("{}{gap}（{value}，{head}{target}）", named(one, row));
    }
    let value = actual_text(city, one).unwrap_or_else(|| "—".to_owned());
    format!("{}{gap}（{value}，{head}{}）", named(one, row), target_numeral(one))
}

/// What stands before a target: 目标, with the year of a later one and the years of a sum: 2025年五年累计目标.
fn target_head(context: &Context<'_>, city: &CityEvaluation, one: &Assessment, row: &Indicator) -> String {
    let target = &one.target;
    let year = if target.year == context.evaluation.round.year() { None } else { Some(target.year) };
    let year = year.map_or_else(String::new, |year| format!("{year}年"));
    let span = if target.cumulative { span(&city.plan, row, target) } else { String::new() };
    format!("{year}{span}目标")
}

/// A target beside its value: `＞7400`, and of what is added or grows in a year by how much.
pub(super) fn target_numeral(one: &Assessment) -> String {
    target_text(one, one.target.goal.amount())
}

/// A unit with the city that it is of, where there are several.
pub(in crate::publish::report) fn unit_words(
    context: &Context<'_>,
    city: &CityEvaluation,
    unit: &crate::ident::UnitName,
) -> String {
    super::super::answering::full_name(context, city, unit)
}

/// Who answers for a question.
pub(super) fn owner_words(context: &Context<'_>, city: &CityEvaluation, question: &Question) -> String {
    let office = unit_words(context, city, &city.plan.office);
    match &question.owner {
        Owner::Unit(unit) => unit_words(context, city, unit),
        Owner::Named(name) => name.clone(),
        Owner::Office => office,
        Owner::Nobody => {
            let document = &city.plan.called.document;
            format!("{document}未写责任单位，由{office}明确")
        }
    }
}

/// What a city is called before the name of a target: nothing where there is one only.
pub(super) fn before_name<'a>(context: &Context<'_>, city: &'a CityEvaluation) -> &'a str {
    if context.is_alone() { "" } else { &city.plan.short }
}

/// The value of a target that was counted, as a numeral without its unit.
pub(super) fn actual_numeral(one: &Assessment) -> Option<String> {
    Some(numeral(&fact_of(one), one.actual?.text()))
}

/// The step of what a task was reported to be.
pub(in crate::publish::report) fn task_step(
    city: &CityEvaluation,
    no: &crate::ident::TaskNo,
) -> crate::ledger::StepId {
    crate::ledger::StepId::new(format!("{}/task/{no}/state", city.plan.city))
}
