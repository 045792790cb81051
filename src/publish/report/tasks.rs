//! Targets in prose and tasks of a city, by lead unit.

use std::collections::BTreeMap;

use serde::Serialize;

use super::context::Context;
use super::drawing::Verdict;
use super::grounds::{ground, spanned};
use super::indicators::printed_completion;
use super::numbers::Key;
use super::numerals::numerals_in;
use super::phrases::month_day;
use super::prose::{gaps_words, not_this_year, prose, prose_counts, told_by};
use super::relation;
use super::row_notes::interims;
use super::section::Draft;
use super::table::{MOST_ROWS, Table};
use super::terms::{Terms, leads, leads_or_any};
use super::totals::{Tally, Totals, target_text};
use super::units::{by_timeliness, say_units_of, units_sentence};
use super::values::{LONGEST, actual_text, fact_of, is_published, line_words, shortened, with_unit};
use super::verdict::Counts;
use crate::assess::{Assessment, State, TaskAssessment, TaskState, UnitSummary, target_numbers};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ident::{IndicatorNo, TaskNo};
use crate::ledger::StepId;
use crate::plan::{Origin, Plan, Task};
use crate::words::names_leads;

/// The table with heading and text before it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Tasks {
    level: u8,
    heading: String,
    text: String,
    /// `None` for a plan with neither targets in prose nor tasks.
    table: Option<Table<TaskGroup>>,
    /// Heads of the columns of items and of lines of the plan.
    item_head: String,
    line_head: String,
    /// Whether the table holds targets in prose and so a column of targets.
    has_targets: bool,
    /// Whether these are what the account counts, so that each has its completion.
    has_completion: bool,
}

/// The tasks of a lead unit.
#[derive(Debug, Clone, Serialize)]
struct TaskGroup {
    heading: String,
    rows: Vec<TaskRow>,
}

/// A target in prose or a task.
#[derive(Debug, Clone, Serialize)]
struct TaskRow {
    no: String,
    text: String,
    note: Option<String>,
    target: String,
    actual: String,
    completion: String,
    line: String,
    #[serde(skip)]
    is_task: bool,
    /// Whether its note tells what the verdict rests on, or why there is none.
    #[serde(skip)]
    has_ground: bool,
    #[serde(flatten)]
    verdict: Verdict,
}

/// Where all targets in prose and tasks stand.
const WHOLE: &str = "所附results.xlsx“指标”“任务”表";

/// The table.
pub(super) fn key(plan: &Plan) -> Key {
    Key::table_of(plan, "tasks")
}

pub(super) fn section(draft: &mut Draft<'_>, city: &CityEvaluation) -> Option<Tasks> {
    let number = match city.score.basis {
        Origin::Prose => String::new(),
        Origin::Table => draft.city_number(2 + usize::from(relation::has_content(draft.context, city))),
    };
    let has_targets = prose(city).next().is_some();
    let (what, item) = match (city.tasks.is_empty(), has_targets) {
        (false, true) => ("任务、", format!("正文目标和{}", city.plan.called.tasks)),
        (false, false) => ("任务、", city.plan.called.tasks.clone()),
        (true, true) => ("正文目标、", "正文目标".to_owned()),
        (true, false) => ("", String::new()),
    };
    let document = &city.plan.called.document;
    let table = (!item.is_empty()).then(|| table(draft.context, city, &item));
    Some(Tasks {
        level: draft.city_level() + 1,
        heading: format!("{number}{what}单位与核实"),
        text: text(draft.context, city),
        table: table.map(|table| table.numbered(&mut draft.numbers, key(&city.plan))),
        item_head: format!("{item}（依{document}整理）"),
        line_head: format!("{document}行"),
        has_targets,
        has_completion: city.score.basis == Origin::Prose,
    })
}

/// The sentences before the table.
fn text(context: &Context<'_>, city: &CityEvaluation) -> String {
    // When prose is what the account counts, the verdict has told of it already.
    let prose = (city.score.basis == Origin::Table).then(|| prose_counts(context, city));
    let by_state = TaskState::ALL
        .map(|state| (state.chinese(), city.tasks.iter().filter(|task| task.state == state).count()));
    let say = |name: &str, number: usize| {
        say_tasks(context, city, TaskState::ALL.into_iter().find(|state| state.chinese() == name), number)
    };
    let say_units = |name: &str, wanted: Option<Option<bool>>, number: usize| {
        let is_one = |unit: &UnitSummary| wanted.is_none_or(|wanted| unit.on_time == wanted);
        say_units_of(context, city, name, is_one, number)
    };
    let late: Vec<String> = by_timeliness(city, Some(false));
    let silent: Vec<String> = by_timeliness(city, None);
    let on_time = city.units.iter().filter(|unit| unit.on_time == Some(true)).count();
    let short: Vec<IndicatorNo> = match city.score.basis {
        Origin::Table => super::prose::prose(city)
            .filter(|one| one.state.met() == Some(false))
            .map(|one| one.no.clone())
            .collect(),
        Origin::Prose => Vec::new(),
    };
    let by = month_day(context.evaluation.round.measures_by);
    format!(
        "{}{}{}{}",
        targets_sentence(prose, &short, &by, (&city.plan, &context.terms)),
        not_this_year(context, city, prose.is_some_and(|counts| counts.total == 0)),
        tasks_sentence(city.tasks.len(), &by_state, &city.plan.called.tasks, &say),
        units_sentence(city.units.len(), on_time, &late, &silent, &say_units)
    )
}

/// How many tasks of a city are in a state, or how many there are.
pub(super) fn say_tasks(
    context: &Context<'_>,
    city: &CityEvaluation,
    state: Option<TaskState>,
    number: usize,
) -> String {
    let key = state.map(TaskState::key);
    let members = city.plan.tasks.iter().map(|task| task_step(city, &task.no));
    let name = key.map_or("#tasks".to_owned(), |key| format!("#tasks.{key}"));
    context.book.count(&format!("{}/{name}", city.plan.city), members, key.as_slice(), number)
}

/// A row: a target in prose, or a task.
enum Item<'a> {
    Target(&'a Assessment),
    Task(&'a Task, &'a TaskAssessment),
}

impl Item<'_> {
    fn target_state(&self) -> Option<State> {
        match self {
            Self::Target(one) => Some(one.state),
            Self::Task(..) => None,
        }
    }

    fn is_done_task(&self) -> bool {
        matches!(self, Self::Task(_, one) if one.state == TaskState::Done)
    }

    fn row(self, context: &Context<'_>, city: &CityEvaluation) -> TaskRow {
        match self {
            Self::Target(one) => target_row(context, city, one),
            Self::Task(task, one) => task_row(&city.plan, task, one),
        }
    }
}

/// That what has no lead unit is listed at the office; empty where everything has one.
fn without_lead(city: &CityEvaluation) -> String {
    let document = &city.plan.called.document;
    let office = &city.plan.office;
    let led_by_it = |no: &TaskNo| city.plan.task(no).is_some_and(|task| task.lead.contains(office));
    let unled = city.plan.tasks.iter().any(|task| task.lead.is_empty())
        || prose(city)
            .filter_map(|one| city.plan.indicator(&one.no))
            .any(|row| row.reporters == [office.clone()] && !row.task.as_ref().is_some_and(led_by_it));
    if unled {
        format!("{document}未写{}的，暂列{office}。", leads_or_any(&city.plan))
    } else {
        String::new()
    }
}

/// Targets in prose, then tasks, of each lead unit in the order of the plan.
fn table(context: &Context<'_>, city: &CityEvaluation, item: &str) -> Table<TaskGroup> {
    let word = &city.plan.called.tasks;
    let mut order: Vec<String> = Vec::new();
    let mut items: BTreeMap<String, Vec<Item<'_>>> = BTreeMap::new();
    let mut add = |lead: String, item| {
        if !order.contains(&lead) {
            order.push(lead.clone());
        }
        items.entry(lead).or_default().push(item);
    };
    for one in prose(city) {
        let Some(row) = city.plan.indicator(&one.no) else { continue };
        add(row.reporters.join("、"), Item::Target(one));
    }
    for (task, one) in city.plan.tasks.iter().zip(&city.tasks) {
        add(city.plan.task_reporters(task).join("、"), Item::Task(task, one));
    }
    let no_lead = without_lead(city);
    let all = items.values().map(Vec::len).sum();
    let items = order.into_iter().map(|lead| (items.remove(&lead).unwrap_or_default(), lead));
    let groups = printed(context, city, items);
    let targets = prose(city).count();
    let tasks = city.tasks.len();
    let (said_targets, said_tasks) = say_both(context, city, targets, tasks);
    let gaps = gaps_words(city);
    let comma = if gaps.is_empty() { "" } else { "，" };
    let brackets = brackets(city, &groups);
    let interims = interims(city, Origin::Prose, context.evaluation.round.year());
    let note = match (targets, tasks) {
        (0, _) => format!("注：{word}{said_tasks}项，按报送情况列出。"),
        (_, 0) => {
            format!("注：正文目标{said_targets}项{comma}{gaps}。{brackets}{interims}{no_lead}")
        }
        _ => format!(
            "注：正文目标{said_targets}项，{word}{said_tasks}项。{}{comma}{gaps}；其余为{}，按报送情况列出。{brackets}{interims}{no_lead}",
            told_by(city),
            if city.plan.called.is_plain_task() { word.clone() } else { format!("{word}（任务）") }
        ),
    };
    let how = if targets == 0 { "进展" } else { "完成" };
    let by = match names_leads(&city.plan) {
        true => format!("（按{}）", city.plan.called.leads),
        false => String::new(),
    };
    Table::new(&format!("{item}{how}情况{by}"))
        .note(&note)
        .whole_in(WHOLE)
        .cut(groups.iter().map(|group| group.rows.len()).sum(), all)
        .rows(groups)
}

/// What stands in brackets behind the rows that are printed; nothing where nothing does.
fn brackets(city: &CityEvaluation, groups: &[TaskGroup]) -> String {
    let noted = || groups.iter().flat_map(|group| &group.rows).filter(|row| row.note.is_some());
    let is_open = |row: &&TaskRow| row.verdict.is_of(State::NotAssessable);
    let of_tasks = city.plan.tasks.iter().any(|task| !task.responsible.is_empty());
    let other = match (noted().any(|row| row.has_ground && !is_open(&row)), noted().any(|row| is_open(&row)))
    {
        (true, true) => Some("判定依据或不可评的原因"),
        (true, false) => Some("判定依据"),
        (false, true) => Some("不可评的原因"),
        (false, false) => None,
    };
    let shared = (of_tasks && noted().any(|row| row.is_task)).then_some("责任单位");
    match (shared, other) {
        (None, None) => String::new(),
        (Some(one), None) | (None, Some(one)) => format!("括号内为{one}。"),
        (Some(shared), Some(other)) => format!("括号内为{shared}，以及{other}。"),
    }
}

/// How many targets in prose and tasks there are.
fn say_both(context: &Context<'_>, city: &CityEvaluation, targets: usize, tasks: usize) -> (String, String) {
    let members = city.plan.tasks.iter().map(|task| task_step(city, &task.no));
    let said = context.book.count(&format!("{}/#tasks", city.plan.city), members, &[], tasks);
    (Totals::of_prose(&context.book, city).say("total", targets), said)
}

/// The step of the state of a task.
fn task_step(city: &CityEvaluation, no: &TaskNo) -> StepId {
    StepId::new(format!("{}/task/{no}/state", city.plan.city))
}

/// The groups with as many rows as are printed.
fn printed<'a>(
    context: &Context<'_>,
    city: &CityEvaluation,
    groups: impl Iterator<Item = (Vec<Item<'a>>, String)>,
) -> Vec<TaskGroup> {
    let mut room = MOST_ROWS;
    let group = |(items, lead): (Vec<Item<'_>>, String)| {
        let heading = format!("{lead}（{}）", counts_words(context, city, &lead, &items));
        let rows: Vec<TaskRow> = items.into_iter().take(room).map(|item| item.row(context, city)).collect();
        room = room.saturating_sub(rows.len());
        TaskGroup { heading, rows }
    };
    groups.map(group).filter(|group| !group.rows.is_empty()).collect()
}

/// `目标8项，可评2项，完成1项；任务2项，完成1项`.
fn counts_words(context: &Context<'_>, city: &CityEvaluation, lead: &str, items: &[Item<'_>]) -> String {
    let of = format!("{}/lead/{lead}", city.plan.city);
    let targets_of = items.iter().filter_map(|item| match item {
        Item::Target(one) => Some(*one),
        Item::Task(..) => None,
    });
    let tally = Tally::new(&context.book, of.clone(), targets_of);
    let task_steps: Vec<StepId> = items
        .iter()
        .filter_map(|item| match item {
            Item::Task(task, _) => Some(task_step(city, &task.no)),
            Item::Target(_) => None,
        })
        .collect();
    let say_tasks = |name: &str, keys: &[&str], number: usize| {
        context.book.count(&format!("{of}/#{name}"), task_steps.iter().cloned(), keys, number)
    };
    let states: Vec<State> = items.iter().filter_map(Item::target_state).collect();
    let (targets, tasks) = (states.len(), items.len() - states.len());
    let able = states.iter().filter(|state| state.is_assessable()).count();
    let met = states.iter().filter(|state| state.met() == Some(true)).count();
    let done = items.iter().filter(|item| item.is_done_task()).count();
    let reached = context.terms.reached;
    let judged = match (able, targets) {
        (0, 1) => "，不可评".to_owned(),
        (0, _) => "，均不可评".to_owned(),
        (able, all) if able == all => format!("，{reached}{}项", tally.met(met)),
        _ => format!("，可评{}项，{reached}{}项", tally.able(able), tally.met(met)),
    };
    let targets = (targets > 0).then(|| format!("目标{}项{judged}", tally.total(targets)));
    let tasks = (tasks > 0).then(|| {
        let done = say_tasks("tasks_done", &[TaskState::Done.key()], done);
        format!("任务{}项，完成{done}项", say_tasks("tasks", &[], tasks))
    });
    targets.into_iter().chain(tasks).collect::<Vec<_>>().join("；")
}

fn target_row(context: &Context<'_>, city: &CityEvaluation, one: &Assessment) -> TaskRow {
    let row = city.plan.indicator(&one.no);
    let fact = city.fact(&one.no);
    let derived = fact.is_some_and(|fact| fact.derivation().is_some());
    let actual = match (one.actual, row) {
        (Some(value), Some(row)) => {
            let fact = fact_of(one);
            if derived {
                context.book.rounded(&fact, 2, "");
            }
            let words = numerals_in(&with_unit(value, row, derived), &[fact.shown(), fact]);
            format!("{words}{}", if is_published(city, one) { "†" } else { "" })
        }
        _ => match one.state {
            State::NotReported => "未报".to_owned(),
            _ => actual_text(city, one).unwrap_or_else(|| "—".to_owned()),
        },
    };
    let ground = ground(context, city, one);
    let boundary = one.boundary.then(|| "＃边界项".to_owned());
    let noted: Vec<String> = ground.iter().cloned().chain(boundary).collect();
    TaskRow {
        no: one.no.to_string(),
        text: row.map_or_else(String::new, |row| row.name.clone()),
        has_ground: !ground.is_empty(),
        note: (!noted.is_empty()).then(|| noted.join("；")),
        target: target_text(one, spanned(city, one, row)),
        actual,
        completion: match city.score.basis {
            Origin::Prose => printed_completion(one).unwrap_or_else(|| "—".to_owned()),
            Origin::Table => String::new(),
        },
        line: line_words(&one.target.line),
        is_task: false,
        verdict: one.state.into(),
    }
}

fn task_row(plan: &Plan, task: &Task, one: &TaskAssessment) -> TaskRow {
    let report = one.report.as_ref();
    let mut notes = Vec::new();
    if !task.responsible.is_empty() {
        notes.push(format!("责任单位：{}", task.responsible.join("、")));
    }
    if let Some((reached, numbers)) = one.at_odds() {
        notes.push(format!(
            "其中{}{}",
            target_numbers(plan, numbers).words(Language::Chinese),
            if reached { "已达" } else { "未达" }
        ));
    }
    TaskRow {
        no: task.no.to_string(),
        text: task.title.clone(),
        note: (!notes.is_empty()).then(|| notes.join("；")),
        // Its targets have rows of their own.
        target: if plan.targets_in(&task.no).next().is_some() { "—" } else { "定性" }.to_owned(),
        actual: report.map_or_else(|| "未报".to_owned(), |report| shortened(&report.text, LONGEST)),
        completion: "—".to_owned(),
        line: line_words(&task.line),
        is_task: true,
        has_ground: false,
        verdict: one.state.into(),
    }
}

/// Targets in prose beside a table: how many, how many reached, and which were missed; `by` is the day for the reasons.
fn targets_sentence(
    prose: Option<Counts<'_>>,
    short: &[IndicatorNo],
    by: &str,
    (plan, terms): (&Plan, &Terms),
) -> String {
    let (document, leads) = (&plan.called.document, leads(plan));
    let Some(counts) = prose.filter(|counts| counts.total > 0) else { return String::new() };
    let Counts { total, assessable, met, .. } = counts;
    let parts = counts.open_parts(Language::Chinese);
    let open = if parts.is_empty() { String::new() } else { format!("；{}", parts.join("、")) };
    let missed = match short.is_empty() {
        true => String::new(),
        false => {
            let count = counts.say("unmet", short.len());
            format!("{}的{count}项（{}）由{leads}{by}前说明原因、提出措施。", terms.short, short.join("、"))
        }
    };
    let (total, assessable) = (counts.say("total", total), counts.say("assessable", assessable));
    let met = counts.say("met", met);
    format!("{document}正文另有目标{total}项，可评{assessable}项，{}{met}项{open}。{missed}", terms.reached)
}

/// Tasks by state.
fn tasks_sentence(
    tasks: usize,
    by_state: &[(&str, usize)],
    word: &str,
    say: &dyn Fn(&str, usize) -> String,
) -> String {
    if tasks == 0 {
        return String::new();
    }
    let parts: Vec<String> = by_state
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{word}{}项", say(word, *count)))
        .collect();
    let tasks = say("", tasks);
    format!("{word}{tasks}项，{}。", parts.join("、"))
}
