//! 谁须做什么: by unit, what it missed, which of its tasks contradict that, and what it has not reported.

use serde::Serialize;

use super::super::brief::shared::{gap_words, lines as column_lines};
use super::super::context::Context;
use super::super::numbers::Key;
use super::super::phrases::{month_day, quoted};
use super::super::prose::named;
use super::super::section::Draft;
use super::super::units;
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
}

/// What a unit has to do, thing by thing.
struct Things {
    name: UnitName,
    missed: Vec<String>,
    tasks: Vec<String>,
    open: Vec<String>,
    /// Whether it has something to answer or to report by the day for answers.
    is_waited_for: bool,
    /// Whether the plan names nobody for some of its targets, so that it is the office's.
    is_unnamed: bool,
    /// Whether the plan names it for some of them.
    is_named: bool,
    /// Whether some of its values are not there yet.
    is_lagged: bool,
}

impl Things {
    fn new(unit: &UnitName) -> Self {
        let (missed, tasks, open) = (Vec::new(), Vec::new(), Vec::new());
        let (is_waited_for, is_lagged) = (false, false);
        let (is_unnamed, is_named) = (false, false);
        Self { name: unit.clone(), missed, tasks, open, is_waited_for, is_unnamed, is_named, is_lagged }
    }

    fn count(&self) -> usize {
        self.missed.len() + self.tasks.len() + self.open.len()
    }
}

impl From<Things> for Duty {
    fn from(things: Things) -> Self {
        let Things { name, missed, tasks, open, .. } = things;
        Self { name, missed: listed(&missed), tasks: listed(&tasks), open: listed(&open) }
    }
}

/// The first of some things, and that there are more.
fn listed(things: &[String]) -> String {
    let first: Vec<&str> = things.iter().take(MOST_THINGS).map(String::as_str).collect();
    let more = if things.len() > first.len() { "等" } else { "" };
    format!("{}{more}", first.join("；"))
}

const TITLE: &str = "谁须做什么";
const NOTHING: &str = "没有单位有未到的目标、须核对的任务或待答复的数。";
/// More things of a kind than these are not told of a unit.
const MOST_THINGS: usize = 5;
/// Where fewer units than these have room they are only named.
const LEAST_ROWS: usize = 3;

/// Height of a line of a row, and what a row takes besides, in points.
const LINE: usize = 13;
const ROW: usize = 6;
/// Characters of a line of each column, where there are all four.
const WIDTHS: [usize; 4] = [7, 15, 10, 10];

/// Units in the order in which the plan's targets name them, those with the most first; as many as there is room for, in points.
pub(super) fn duties(draft: &mut Draft<'_>, city: &CityEvaluation, room: usize) -> Duties {
    let context = draft.context;
    let all = things(context, city);
    let whole = all.len();
    let steps = all.iter().map(|row| units::workbook(city, &row.name));
    let count = context.book.count(&format!("{}/#duties", city.plan.city), steps, &[], whole);
    let names = all.iter().map(|row| row.name.to_string()).collect::<Vec<_>>().join("、");
    let mut rows = fitting(all, room);
    let is_cut = rows.len() < whole;
    if is_cut && rows.len() < LEAST_ROWS {
        rows.clear();
    }
    let cut = match (is_cut, rows.is_empty()) {
        (false, _) => String::new(),
        (true, true) => {
            format!("有未到的目标、须核对的任务或欠数的单位{count}个：{names}。各办什么，见部门专页。")
        }
        (true, false) => {
            format!("有未到的目标、须核对的任务或欠数的单位共{count}个，先列欠数的和事多的，其余见部门专页。")
        }
    };
    let round = &context.evaluation.round;
    let (measures, answers) = (month_day(round.measures_by), month_day(round.answer_by));
    let title = match rows.is_empty() {
        true => TITLE.to_owned(),
        false => format!("{}　{TITLE}", draft.numbers.take(Key::table_of(&city.plan, "duties"))),
    };
    let Called { document, office, .. } = &city.plan.called;
    let dates = dates(&rows, &measures, &answers);
    let unnamed = match rows.iter().any(|row| row.is_unnamed) {
        true => format!("{document}没有写明责任单位的，列在{office}名下，由其明确。"),
        false => String::new(),
    };
    Duties {
        title,
        dates,
        has_tasks: rows.iter().any(|row| !row.tasks.is_empty()),
        has_open: rows.iter().any(|row| !row.open.is_empty()),
        note: format!("{cut}{unnamed}"),
        empty: if whole == 0 { NOTHING } else { "" },
        rows: rows.into_iter().map(Duty::from).collect(),
    }
}

/// Until when what the rows ask for is due.
fn dates(rows: &[Things], measures: &str, answers: &str) -> String {
    let any = |of: &dyn Fn(&Things) -> bool| rows.iter().any(of);
    let parts = [
        (any(&|row| row.is_named), format!("未到的目标{measures}前报措施")),
        (any(&|row| row.is_unnamed), format!("没有写明责任单位的{measures}前明确")),
        (any(&|row| !row.tasks.is_empty() || row.is_waited_for), format!("任务和待答复的{answers}前")),
        (any(&|row| row.is_lagged), "数据滞后的公布后".to_owned()),
    ];
    let parts = parts.into_iter().filter(|(occurs, _)| *occurs).map(|(_, words)| words);
    parts.collect::<Vec<_>>().join("；")
}

/// What the units of a city have to do; who has not answered comes first, then who has the most.
fn things(context: &Context<'_>, city: &CityEvaluation) -> Vec<Things> {
    let mut rows: Vec<Things> = Vec::new();
    for one in city.assessments.iter().filter(|one| one.is_primary() && one.state.met() == Some(false)) {
        let Some(row) = city.plan.indicator(&one.no) else { continue };
        let text = format!("{}{}", named(one, row), gap_words(context, one, row));
        let answerable = city.plan.answerable(row);
        let is_unnamed = answerable.is_empty();
        for unit in or_office(city, answerable) {
            of_unit(&mut rows, &unit, |things| {
                things.is_unnamed |= is_unnamed;
                things.is_named |= !is_unnamed;
                things.missed.push(text.clone());
            });
        }
    }
    for (task, assessed) in city.tasks.iter().filter_map(|one| Some((city.plan.task(&one.no)?, one))) {
        if matches!(assessed.at_odds(), Some((false, _))) {
            for unit in or_office(city, task.lead.clone()) {
                of_unit(&mut rows, &unit, |things| things.tasks.push(quoted(&task.title)));
            }
        }
    }
    for (one, row) in context.counted(city).into_iter().filter(|(one, _)| is_owed(one)) {
        for unit in or_office(city, row.reporters.clone()) {
            of_unit(&mut rows, &unit, |things| {
                things.open.push(format!("{}（{}）", row.short, one.state.chinese()));
                things.is_waited_for |= one.state != State::Lagged;
                things.is_lagged |= one.state == State::Lagged;
            });
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse((row.is_waited_for, row.count())));
    rows
}

/// Whether a unit can do something about what is open.
fn is_owed(one: &Assessment) -> bool {
    matches!(one.state, State::Lagged | State::InDoubt | State::NotReported)
}

/// The units, or the office where the plan names none.
fn or_office(city: &CityEvaluation, units: Vec<UnitName>) -> Vec<UnitName> {
    if units.is_empty() { vec![city.plan.office.clone()] } else { units }
}

/// Adds to the things of a unit, of which there may be none yet.
fn of_unit(rows: &mut Vec<Things>, unit: &UnitName, add: impl FnOnce(&mut Things)) {
    if let Some(things) = rows.iter_mut().find(|row| row.name == *unit) {
        return add(things);
    }
    let mut things = Things::new(unit);
    add(&mut things);
    rows.push(things);
}

/// As many as there is room for.
fn fitting(rows: Vec<Things>, room: usize) -> Vec<Things> {
    let mut left = room;
    let lines = |row: &Things| {
        let cells = [row.name.to_string(), listed(&row.missed), listed(&row.tasks), listed(&row.open)];
        let lines = cells.iter().zip(WIDTHS).map(|(text, width)| column_lines(text, width));
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
