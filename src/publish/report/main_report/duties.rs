//! 谁须做什么: by unit, what it missed, which of its tasks contradict that, and what it has not reported.

use serde::Serialize;

use super::super::brief::shared::{most_lines, tasks_and_odds};
use super::super::context::Context;
use super::super::numbers::Key;
use super::super::phrases::day_in;
use super::super::say::{plural, say, sentences};
use super::super::section::Draft;
use super::super::short::Short;
use super::super::totals::state_of;
use super::super::units;
use super::things::{Things, things};
use crate::advise::{DutyKind, Until, waiting};
use crate::characters::capitalised;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ledger::StepId;

/// 谁须做什么.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Duties {
    title: String,
    /// Until when they have to answer.
    dates: String,
    has_tasks: bool,
    has_open: bool,
    /// Head of the column of what was not reached, and of that of the tasks that are to be checked.
    missed_head: String,
    tasks_head: &'static str,
    rows: Vec<Duty>,
    note: String,
    empty: &'static str,
}

/// A unit.
#[derive(Debug, Clone, Serialize)]
struct Duty {
    name: String,
    missed: String,
    tasks: String,
    open: String,
}

impl Duties {
    /// How many units have a row.
    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }
}

impl Duty {
    fn of(context: &Context<'_>, city: &CityEvaluation, things: &Things) -> Self {
        let Things { name, missed, tasks, open, .. } = things;
        let list = |things: &[String]| listed(context.language, things);
        let name = context.department(&city.plan, name).to_owned();
        Self { name, missed: list(missed), tasks: list(tasks), open: list(open) }
    }
}

/// The first of some things, and that there are more.
fn listed(language: Language, things: &[String]) -> String {
    let first: Vec<&str> = things.iter().take(MOST_THINGS).map(String::as_str).collect();
    let more = if things.len() > first.len() { language.of("等", " and others") } else { "" };
    format!("{}{more}", language.clauses(&first))
}

/// More things of a kind than these are not told of a unit.
const MOST_THINGS: usize = 5;
/// Where fewer units than these have room they are only named.
const LEAST_ROWS: usize = 3;

/// Height of a line of a row, and what a row takes besides, in points.
const LINE: usize = 13;
const ROW: usize = 6;
/// Height of a line of the note below the rows, in points; its two sentences take two each.
const NOTE: usize = 12;
/// Characters of a line of each column, where there are all four.
const WIDTHS: [usize; 4] = [7, 15, 10, 10];
/// The same in English, with the height of a line.
const ENGLISH_WIDTHS: [usize; 4] = [10, 16, 12, 12];
const ENGLISH_LINE: usize = 10;

/// Units in the order in which the plan's targets name them, those with the most first; as many as there is room for, in points.
/// `most` of them at the most.
#[expect(clippy::too_many_lines, reason = "each sentence has its words in two languages")]
pub(super) fn duties(draft: &mut Draft<'_>, city: &CityEvaluation, room: usize, most: usize) -> Duties {
    let (context, language) = (draft.context, draft.context.language);
    let (all, says_states) = things(context, city);
    let whole = all.len();
    let have = plural(whole, "department has", "departments have");
    let steps = all.iter().map(|row| units::workbook(city, &row.name));
    let id = format!("{}/#duties", city.plan.city);
    let count = context.book.count_chosen(&id, steps, asked_by(context, city), &[], whole);
    let names: Vec<&str> = all.iter().map(|row| context.department(&city.plan, &row.name)).collect();
    let names = language.list(&names);
    let notes = NOTE * if all.iter().any(|row| row.has(DutyKind::Assign)) { 2 } else { 0 };
    let mut fits = fitting(context, city, &all, room.saturating_sub(notes));
    if fits < whole {
        // What is said of the others takes room too.
        fits = fitting(context, city, &all, room.saturating_sub(notes + 2 * NOTE));
    }
    let has_overdue = all.iter().any(|row| row.has(DutyKind::Overdue));
    let explained = if has_overdue { language.of("或说明", " or explained") } else { "" };
    let mut rows = all;
    rows.truncate(fits.min(most));
    let is_cut = rows.len() < whole;
    if is_cut && rows.len() < LEAST_ROWS {
        rows.clear();
    }
    let short = short_of(city).noun(language);
    let cut = match (is_cut, rows.is_empty()) {
        (false, _) => String::new(),
        (true, true) => {
            say!(
                language,
                "有{short}、须核对{explained}的任务或欠数的单位{count}个：{names}。各办什么，见部门专页。",
                "{count} {have} {short}, tasks to be checked{explained} or open figures: {names}. What each has to do stands on its page."
            )
        }
        (true, false) => {
            say!(
                language,
                "有{short}、须核对{explained}的任务或欠数的单位共{count}个，先列欠数的和事多的，其余见部门专页。",
                "{count} {have} {short}, tasks to be checked{explained} or open figures. Those with open figures and those with most to do stand first; each of the others has its page."
            )
        }
    };
    let round = &context.evaluation.round;
    let (measures, answers) = (day_in(language, round.measures_by), day_in(language, round.answer_by));
    let title = language.of("谁须做什么", "Who has to do what");
    let title = match rows.is_empty() {
        true => title.to_owned(),
        false => {
            let number = draft.numbers.take(Key::table_of(&city.plan, "duties"));
            draft.numbers.titled(&number, title)
        }
    };
    let (document, office) = (context.document(&city.plan), &city.plan.called.office);
    let dates = dates(context, &rows, &measures, &answers, short);
    let unnamed = match rows.iter().any(|row| row.has(DutyKind::Assign)) {
        true => say!(
            language,
            "{document}没有写明责任单位的，列在{office}名下，由其明确。",
            "What the {document} assigns to no department stands with its office, which is to say who answers."
        ),
        false => String::new(),
    };
    let nothing = language.of(
        "没有单位有未到的目标、须核对的任务或待答复的数。",
        "No department has missed targets, tasks to be checked or open figures.",
    );
    Duties {
        title,
        dates,
        missed_head: {
            let short = capitalised(short_of(city).noun(language));
            say!(language, "{short}（差多少）", "{short} (by how much)")
        },
        tasks_head: match (rows.iter().any(|row| row.has(DutyKind::Overdue)), says_states) {
            (true, _) => language.of("须核对或说明的任务", "Tasks to be checked or explained"),
            (false, true) => language.of("须核对的任务", "Tasks to be checked"),
            (false, false) => language.of("报“完成”须核对的任务", "Tasks reported as done, to be checked"),
        },
        has_tasks: rows.iter().any(|row| !row.tasks.is_empty()),
        has_open: rows.iter().any(|row| !row.open.is_empty()),
        note: sentences(language, &[&cut, &unnamed]),
        empty: if whole == 0 { nothing } else { "" },
        rows: rows.iter().map(|row| Duty::of(context, city, row)).collect(),
    }
}

/// What says who has something to do: the verdicts on targets and tasks, those that contradict each other among them, and what waits for an answer.
fn asked_by(context: &Context<'_>, city: &CityEvaluation) -> Vec<StepId> {
    let mut steps: Vec<StepId> =
        city.assessments.iter().filter(|one| one.is_primary()).map(state_of).collect();
    steps.extend(tasks_and_odds(city));
    let units = city.units.iter().chain(&city.sharers);
    let waiting = units.flat_map(|unit| waiting(context.evaluation, city, &unit.unit));
    steps.extend(waiting.map(|finding| context.book.finding(finding)));
    steps
}

/// Until when what the rows ask for is due.
fn dates(context: &Context<'_>, rows: &[Things], measures: &str, answers: &str, short: &str) -> String {
    let language = context.language;
    let any = |of: &dyn Fn(&Things) -> bool| rows.iter().any(of);
    let (has_tasks, has_answers) =
        (any(&|row| !row.tasks.is_empty()), any(&|row| row.is_waited_for(context)));
    let answered = match (has_tasks, has_answers) {
        (true, true) => say!(language, "任务和待答复的{answers}前", "tasks and answers by {answers}"),
        (true, false) => say!(language, "任务{answers}前", "tasks by {answers}"),
        (false, _) => say!(language, "待答复的{answers}前", "answers by {answers}"),
    };
    let parts = [
        (
            any(&|row| row.has(DutyKind::Measures)),
            say!(language, "{short}{measures}前报措施", "measures by {measures}"),
        ),
        (
            any(&|row| row.has(DutyKind::Assign)),
            say!(
                language,
                "没有写明责任单位的{measures}前明确",
                "who answers, where nobody is named, by {measures}"
            ),
        ),
        (has_tasks || has_answers, answered),
        (
            any(&|row| row.is_open_until(context, Until::WhenPublished)),
            language.of("数据滞后的公布后", "delayed data when published").to_owned(),
        ),
        (
            any(&|row| row.is_open_until(context, Until::WhenKnown)),
            language.of("已说明未报原因的有数后", "explained gaps when known").to_owned(),
        ),
    ];
    let parts = parts.into_iter().filter(|(occurs, _)| *occurs).map(|(_, words)| words);
    language.clauses(&parts.collect::<Vec<_>>())
}

/// How those targets fall short that were not reached, of the table and in prose.
fn short_of(city: &CityEvaluation) -> Short {
    Short::of_states(city.assessments.iter().filter(|one| one.is_primary()).map(|one| one.state))
}

/// How many there is room for.
fn fitting(context: &Context<'_>, city: &CityEvaluation, rows: &[Things], room: usize) -> usize {
    let mut left = room;
    let language = context.language;
    let (widths, line) = language.of((WIDTHS, LINE), (ENGLISH_WIDTHS, ENGLISH_LINE));
    let lines = |row: &Things| {
        let Duty { name, missed, tasks, open } = Duty::of(context, city, row);
        most_lines(language, [&*name, &*missed, &*tasks, &*open].into_iter().zip(widths))
    };
    rows.iter()
        .take_while(|row| {
            let needed = ROW + line * lines(row);
            let fits = needed <= left;
            left = left.saturating_sub(needed);
            fits
        })
        .count()
}
