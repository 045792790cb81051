//! What the sections of the brief share: whose figures are printed, targets and values in words, gaps.

use super::super::context::Context;
use super::super::gaps;
use super::super::grounds::span_in;
use super::super::numerals::numeral;
use super::super::say::{in_brackets, say};
use super::super::totals::{change_text, keys_of, state_of, step_of, target_text};
use super::super::values::{fact_of, fact_year_of};
use crate::advise::{Decider, DutyKind, Owner, Question};
use crate::assess::{Assessment, TaskAssessment};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ledger::StepId;
use crate::plan::{Indicator, Tier};
use crate::quantity::Value;
use crate::words::{change_words, target_amount, target_in_sentence};

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

/// The clauses of a text that fit into so many characters, with `…` where some are left out; a first one that does not is cut.
pub(in crate::publish::report) fn clauses_within(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let ends = text.char_indices().zip(1..).filter(|((_, c), count)| *count <= most && "，；,;".contains(*c));
    match ends.last() {
        Some(((at, _), _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => shorten(text, most),
    }
}

/// Keeps the first of a list that is in its order, and tells whether those left out begin with one that is as far as the last that stays.
pub(in crate::publish::report) fn cut_among_ties<T>(
    all: &mut Vec<T>,
    most: usize,
    is_alike: impl Fn(&T, &T) -> bool,
) -> bool {
    let last = most.checked_sub(1).and_then(|last| all.get(last)).zip(all.get(most));
    let is_cut = last.is_some_and(|(last, next)| is_alike(last, next));
    all.truncate(most);
    is_cut
}

/// What a title says of such a list.
pub(in crate::publish::report) fn ties_words(language: Language, is_cut: bool) -> &'static str {
    match is_cut {
        true => language.of("（末位并列的未列全）", " (ties with the last are not all listed)"),
        false => "",
    }
}

/// How many characters of a text are printed: what stands between the marks of numerals is not.
pub(in crate::publish::report) fn printed_length(text: &str) -> usize {
    letters(text).div_ceil(2)
}

/// How wide a text is printed, in letters.
fn letters(text: &str) -> usize {
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
    length
}

/// Lines of a text in a column of so many characters.
pub(in crate::publish::report) fn lines(text: &str, characters: usize) -> usize {
    printed_length(text).div_ceil(characters).max(1)
}

/// Lines of a text of words that are not broken, in a column of so many Chinese characters, each as wide as two letters.
pub(in crate::publish::report) fn lines_of_words(text: &str, characters: usize) -> usize {
    let width = characters.saturating_mul(2).max(1);
    let (mut lines, mut filled) = (1, 0);
    for length in text.split_whitespace().map(letters) {
        if filled > 0 && filled + 1 + length <= width {
            filled += 1 + length;
            continue;
        }
        let more = length.saturating_sub(1) / width;
        lines += more + usize::from(filled > 0);
        filled = length.saturating_sub(more * width);
    }
    lines
}

/// How lines of a column are counted in a language.
pub(in crate::publish::report) fn counting_lines(language: Language) -> fn(&str, usize) -> usize {
    language.of(lines, lines_of_words)
}

/// How many lines the cells of a row take, each with the width of its column in characters.
pub(in crate::publish::report) fn most_lines<'t>(
    language: Language,
    cells: impl IntoIterator<Item = (&'t str, usize)>,
) -> usize {
    let lines = counting_lines(language);
    cells.into_iter().map(|(text, width)| lines(text, width)).max().unwrap_or(1)
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
    let value = context.actual(city, one).unwrap_or_else(|| "—".to_owned());
    // Where the target speaks of a change, that is said beside the level.
    let changed = changed(context, city, one).map(|words| change_text(&context.book, one, &words));
    let changed = changed.map_or_else(String::new, |words| in_brackets(context.language, &words));
    format!("{}{changed}", context.measured(&value, row))
}

/// What has become of the level, where the target speaks of that.
fn changed(context: &Context<'_>, city: &CityEvaluation, one: &Assessment) -> Option<String> {
    let row = city.plan.indicator(&one.no)?;
    let (change, goal) = (one.change.as_ref()?, &one.target.goal);
    Some(change_words(context.language, change, goal, &row.unit, context.unit(row)))
}

/// `69个`, `＞7400亿元`.
pub(super) fn target_words(context: &Context<'_>, one: &Assessment, row: &Indicator) -> String {
    target_text(one, target_in_sentence(context.language, &one.target.goal, row, context.unit(row)))
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
    let (language, gap) = (context.language, gap_words(context, one, row));
    let gap = if gap.is_empty() { gap } else { say!(language, "，{gap}", ", {gap}") };
    let (name, actual) = (context.target_name(&city.plan, one, row), actual_words(context, city, one, row));
    let (head, target) = (target_head(context, city, one, row), target_words(context, one, row));
    say!(language, "{name}{actual}，{head}{target}{gap}", "{name}: {actual}, {head} {target}{gap}")
}

/// `少7个（62个，目标69）`, behind the name of the target.
pub(in crate::publish::report) fn gap_with_numbers(
    context: &Context<'_>,
    city: &CityEvaluation,
    one: &Assessment,
    row: &Indicator,
) -> String {
    let (language, gap) = (context.language, gap_words(context, one, row));
    let (name, head) = (context.target_name(&city.plan, one, row), target_head(context, city, one, row));
    let gap = if gap.is_empty() { gap } else { say!(language, "{gap}", ", {gap}") };
    // A number of things has its unit once; what is in percent says so of both.
    let (value, target) = match (row.unit.is_share(), changed(context, city, one)) {
        (true, _) => (actual_words(context, city, one, row), target_words(context, one, row)),
        // A target that speaks of a change has the change beside it, of which the gap is, and not the level.
        (false, Some(words)) => (change_text(&context.book, one, &words), target_words(context, one, row)),
        (false, None) => {
            let value = context.actual(city, one);
            let value =
                value.map_or_else(|| "—".to_owned(), |value| measured_once(context, one, row, &value));
            (value, target_numeral(context, one, row))
        }
    };
    say!(language, "{name}{gap}（{value}，{head}{target}）", "{name}{gap} ({value}, {head} {target})")
}

/// A number with its unit; words (有) as they are. In English, where units are long, the gap before it has the unit.
fn measured_once(context: &Context<'_>, one: &Assessment, row: &Indicator, value: &str) -> String {
    match (context.language, one.actual, row.is_qualitative()) {
        (Language::Chinese, Some(Value::Number(_)), false) => context.measured(value, row),
        _ => value.to_owned(),
    }
}

/// What stands before a target: 目标, with the year of a later one and the years of a sum: 2025年五年累计目标.
fn target_head(context: &Context<'_>, city: &CityEvaluation, one: &Assessment, row: &Indicator) -> String {
    let target = &one.target;
    let year = if target.year == context.evaluation.round.year() { None } else { Some(target.year) };
    let language = context.language;
    let year = year.map_or_else(String::new, |year| say!(language, "{year}年", " for {year}"));
    let span = if target.cumulative { span_in(language, &city.plan, row, target) } else { String::new() };
    say!(language, "{year}{span}目标", "target{year}{span}")
}

/// A target beside its value: `＞7400`, and of what is added or grows in a year by how much.
pub(super) fn target_numeral(context: &Context<'_>, one: &Assessment, row: &Indicator) -> String {
    target_text(one, target_amount(context.language, &one.target.goal, row))
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
        Owner::Named(name) => {
            let english = question.asked_in(&context.evaluation.round).map_or("", |asked| &asked.owner_en);
            let is_english = context.language == Language::English && !english.is_empty();
            if is_english { english.to_owned() } else { name.clone() }
        }
        Owner::Office => office,
        Owner::Nobody => {
            let document = context.document(&city.plan);
            say!(
                context.language,
                "{document}未写责任单位，由{office}明确",
                "not named in the plan; {office} to name it"
            )
        }
    }
}

/// Who decides a question: the issuer of the plan by name where it is known, or its office, which is called by what it is where somebody else answers.
pub(super) fn decider_words(context: &Context<'_>, city: &CityEvaluation, question: &Question) -> String {
    let (language, plan) = (context.language, &city.plan);
    match (question.matter.decider(), language) {
        (Decider::Office, _) if question.owner == Owner::Office => unit_words(context, city, &plan.office),
        (Decider::Office, Language::Chinese) => plan.called.office.clone(),
        (Decider::Office, Language::English) => "its office".to_owned(),
        (Decider::Issuer, Language::Chinese) if !plan.issuer.is_empty() => plan.issuer.clone(),
        (Decider::Issuer, Language::English) => format!("the {}’s issuer", context.document(plan)),
        (Decider::Issuer, Language::Chinese) => issuer_words(context, city),
    }
}

/// Who issued the plan of a city, by what the plan is called.
pub(super) fn issuer_words(context: &Context<'_>, city: &CityEvaluation) -> String {
    let document = context.document(&city.plan);
    say!(context.language, "{document}印发机关", "Issuer of the {document}")
}

/// What a city is called before the name of a target: nothing where there is one only.
pub(super) fn before_name<'a>(context: &Context<'_>, city: &'a CityEvaluation) -> &'a str {
    if context.is_alone() { "" } else { context.short(&city.plan) }
}

/// The value of a target that was counted, as a numeral without its unit.
pub(super) fn actual_numeral(one: &Assessment) -> Option<String> {
    Some(numeral(&fact_of(one), one.actual?.text()))
}

/// What says which questions are asked of a city, and in which order: what became of its targets and tasks, and how far they are from where they should be.
pub(super) fn asked_by(city: &CityEvaluation) -> Vec<StepId> {
    let targets = city.assessments.iter().filter(|one| one.is_primary());
    let parts = |one| [state_of(one), fact_of(one), fact_year_of(one), step_of(one, "completion")];
    let targets = targets.flat_map(parts);
    targets.chain(tasks_and_odds(city)).collect()
}

/// What tasks were reported to be, each with the verdicts that contradict it.
pub(in crate::publish::report) fn tasks_and_odds(city: &CityEvaluation) -> impl Iterator<Item = StepId> {
    city.tasks.iter().flat_map(|task| {
        std::iter::once(task_step(city, &task.no)).chain(odds_of(city, task)).collect::<Vec<_>>()
    })
}

/// Targets that something is asked about, missed ones in the order in which they are far from being reached, so that the first are told where not all are.
pub(in crate::publish::report) fn in_order_of_telling<'a>(
    kind: DutyKind,
    targets: &[(&'a Assessment, &'a Indicator)],
) -> Vec<(&'a Assessment, &'a Indicator)> {
    let mut told = targets.to_vec();
    if kind.is_of_missed() {
        // There is none of 有 and 无: nothing of it is there.
        told.sort_by_key(|(one, _)| one.completion.unwrap_or_default());
    }
    told
}

/// The verdicts that contradict what a task was reported to be.
pub(in crate::publish::report) fn odds_of(city: &CityEvaluation, task: &TaskAssessment) -> Vec<StepId> {
    let numbers = task.at_odds().map_or(&[][..], |(_, numbers)| numbers);
    numbers.iter().filter_map(|no| city.assessments.find(no)).map(state_of).collect()
}

/// The step of what a task was reported to be.
pub(in crate::publish::report) fn task_step(city: &CityEvaluation, no: &crate::ident::TaskNo) -> StepId {
    StepId::new(format!("{}/task/{no}/state", city.plan.city))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_words_are_counted_without_breaking_any() {
        for (text, characters, expected) in [
            ("", 5, 1),
            ("one two", 5, 1),
            ("one two three", 5, 2),
            ("twelve letter", 5, 2),
            ("abcdefghijklmnopqrstuvwxyz", 5, 3),
            ("高层次人才团队 62", 10, 1),
            ("\u{FDD0}xiangtan/4/fact\u{FDD1}62\u{FDD2} short", 5, 1),
        ] {
            assert_eq!(lines_of_words(text, characters), expected, "{text}");
        }
    }

    #[test]
    fn what_has_no_room_is_left_out_by_clauses() {
        for (text, most, expected) in [
            ("核对后重报", 5, "核对后重报"),
            ("核对后重报；属实的书面确认，由编制单位登记", 16, "核对后重报；属实的书面确认…"),
            ("核对后重报；属实的书面确认，由编制单位登记", 14, "核对后重报；属实的书面确认…"),
            ("核对后重报；属实的书面确认，由编制单位登记", 13, "核对后重报…"),
            ("没有停顿的一句长话", 5, "没有停顿…"),
            ("check, then report again", 10, "check…"),
        ] {
            assert_eq!(clauses_within(text, most), expected, "{text} {most}");
            assert!(expected.chars().count() <= most, "{expected}");
        }
    }

    #[test]
    fn a_list_that_is_cut_among_equals_says_so() {
        for (all, most, is_cut) in [
            (vec![4, 3, 3], 2, true),
            (vec![4, 3, 2], 2, false),
            (vec![4, 4], 2, false),
            (vec![], 2, false),
            (vec![1], 0, false),
        ] {
            let mut kept = all.clone();
            assert_eq!(cut_among_ties(&mut kept, most, |one, other| one == other), is_cut, "{all:?}");
            assert_eq!(kept.as_slice(), &all[..most.min(all.len())]);
        }
    }
}
