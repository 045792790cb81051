//! 谁须做什么: by unit, what it missed, which of its tasks contradict that, and what it has not reported.

use serde::Serialize;

use super::super::brief::shared::{gap_words, printed_length};
use super::super::numbers::Key;
use super::super::phrases::month_day;
use super::super::prose::named;
use super::super::section::Draft;
use super::super::units;
use crate::advise::is_asked_for;
use crate::assess::{Assessment, State};
use crate::evaluation::CityEvaluation;
use crate::ident::UnitName;
use crate::plan::Called;

/// 谁须做什么.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Duties {
    title: String,
    /// Until when they have to answer.
    dates: String,
    has_tasks: bool,
    has_open: bool,
    rows: Vec<Duty>,
    note: String,
    empty: &'static str,
}

/// A unit.
#[derive(Debug, Clone, Serialize)]
struct Duty {
    name: UnitName,
    missed: String,
    tasks: String,
    open: String,
    #[serde(skip)]
    count: usize,
}

/// Height of a line of a row, and what a row takes besides, in points.
const LINE: usize = 13;
const ROW: usize = 6;
/// Characters of a line of each column, where there are all four.
const WIDTHS: [usize; 4] = [7, 15, 10, 10];

/// Units in the order in which the plan's targets name them, those with the most first; as many as there is room for, in points.
pub(super) fn duties(draft: &mut Draft<'_>, city: &CityEvaluation, room: usize) -> Duties {
    let context = draft.context;
    let mut rows: Vec<Duty> = Vec::new();
    let mut is_unnamed = false;
    for one in city.assessments.iter().filter(|one| is_asked_for(one) && one.state.met() == Some(false)) {
        let Some(row) = city.plan.indicator(&one.no) else { continue };
        let text = format!("{}{}", named(one, row), gap_words(context, one, row));
        let answerable = city.plan.answerable(row);
        is_unnamed |= answerable.is_empty();
        for unit in or_office(city, answerable) {
            add(&mut rows, &unit, |duty| &mut duty.missed, &text);
        }
    }
    for (task, assessed) in city.tasks.iter().filter_map(|one| Some((city.plan.task(&one.no)?, one))) {
        if !matches!(assessed.at_odds(), Some((false, _))) {
            continue;
        }
        for unit in or_office(city, task.lead.clone()) {
            add(&mut rows, &unit, |duty| &mut duty.tasks, &format!("“{}”", task.title));
        }
    }
    for (one, row) in context.counted(city).into_iter().filter(|(one, _)| is_owed(one)) {
        let text = format!("{}（{}）", row.short, one.state.chinese());
        for unit in or_office(city, row.reporters.clone()) {
            add(&mut rows, &unit, |duty| &mut duty.open, &text);
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    let steps = rows.iter().map(|row| units::workbook(city, &row.name));
    let all = context.book.count(&format!("{}/#duties", city.plan.city), steps, &[], rows.len());
    let whole = rows.len();
    let rows = fitting(rows, room);
    let is_cut = rows.len() < whole;
    let round = &context.evaluation.round;
    let by = format!(
        "未到的目标{}前报措施；任务和待答复的{}前",
        month_day(round.measures_by),
        month_day(round.answer_by)
    );
    let number =
        if rows.is_empty() { String::new() } else { draft.numbers.take(Key::table_of(&city.plan, "duties")) };
    let cut = if is_cut {
        format!("共{all}个单位有事要办，列事多的，其余见技术卷。")
    } else {
        String::new()
    };
    let Called { document, office, .. } = &city.plan.called;
    let unnamed = match is_unnamed {
        true => format!("{document}没有写明责任单位的，列在{office}名下，由其明确。"),
        false => String::new(),
    };
    Duties {
        title: if number.is_empty() {
            "谁须做什么".to_owned()
        } else {
            format!("{number}　谁须做什么")
        },
        dates: by,
        has_tasks: rows.iter().any(|row| !row.tasks.is_empty()),
        has_open: rows.iter().any(|row| !row.open.is_empty()),
        note: format!("{cut}{unnamed}"),
        rows,
        empty: "没有单位有未到的目标、须核对的任务或待答复的数。",
    }
}

/// Whether a unit can do something about what is open.
fn is_owed(one: &Assessment) -> bool {
    matches!(one.state, State::Lagged | State::InDoubt | State::NotReported)
}

/// The units, or the office where the plan names none.
fn or_office(city: &CityEvaluation, units: Vec<UnitName>) -> Vec<UnitName> {
    if units.is_empty() { vec![city.plan.office.clone()] } else { units }
}

/// Adds a text to a cell of a unit.
fn add(rows: &mut Vec<Duty>, unit: &UnitName, cell: impl Fn(&mut Duty) -> &mut String, text: &str) {
    let at = match rows.iter().position(|row| row.name == *unit) {
        Some(at) => at,
        None => {
            let empty = String::new;
            rows.push(Duty { name: unit.clone(), missed: empty(), tasks: empty(), open: empty(), count: 0 });
            rows.len().saturating_sub(1)
        }
    };
    let Some(row) = rows.get_mut(at) else { return };
    row.count = row.count.saturating_add(1);
    let words = cell(row);
    if !words.is_empty() {
        words.push('；');
    }
    words.push_str(text);
}

/// As many as there is room for.
fn fitting(rows: Vec<Duty>, room: usize) -> Vec<Duty> {
    let mut left = room;
    let lines = |row: &Duty| {
        let name = row.name.to_string();
        let cells = [&name, &row.missed, &row.tasks, &row.open];
        let lines = cells.iter().zip(WIDTHS).map(|(text, width)| printed_length(text).div_ceil(width));
        lines.max().unwrap_or(1)
    };
    rows.into_iter()
        .take_while(|row| {
            let needed = ROW + LINE * lines(row);
            let fits = needed <= left;
            left = left.saturating_sub(needed);
            fits
        })
        .collect()
}
