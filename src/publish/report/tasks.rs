//! 附件3: the tasks of the plans, with who leads and shares in them, what was reported, and which targets in them were missed.

use serde::Serialize;

use super::context::Context;
use super::drawing::Verdict;
use super::numbers::{Annex, Key};
use super::section::Draft;
use super::sources::{self, Source};
use super::table::Table;
use super::terms::leads_or_any;
use super::values::line_words;
use crate::assess::{TaskAssessment, TaskState, target_numbers};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ident::TaskNo;
use crate::ledger::StepId;
use crate::plan::{Plan, Task};
use crate::words::names_leads;

/// The annex.
pub(super) const ANNEX: Annex = Annex(3);

/// Where all tasks stand.
const WHOLE: &str = "所附results.xlsx“任务”表";

/// 附件3.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Tasks {
    heading: String,
    text: String,
    cities: Vec<CityTasks>,
}

/// The tasks of a city.
#[derive(Debug, Clone, Serialize)]
struct CityTasks {
    /// Head of the column of tasks, by the plan's word.
    item_head: String,
    /// Heads of the columns of who leads and who shares in them.
    lead_head: String,
    shared_head: &'static str,
    line_head: String,
    /// Whether any task names who shares in it.
    has_shared: bool,
    table: Table<TaskRow>,
}

/// A task.
#[derive(Debug, Clone, Serialize)]
struct TaskRow {
    id: String,
    no: TaskNo,
    text: String,
    leads: String,
    shares: String,
    #[serde(flatten)]
    verdict: Verdict,
    /// Numbers of targets in it that were missed, or reached though it was not begun.
    items: String,
    sources: Vec<Source>,
    line: String,
}

/// Not in the volume of many cities: there each has it in a report of its own.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Tasks> {
    let context = draft.context;
    let mut cities = Vec::new();
    for (at, city) in draft.shown_cities() {
        if city.plan.tasks.is_empty() {
            continue;
        }
        for task in &city.plan.tasks {
            let step = StepId::new(format!("{}/task/{}", city.plan.city, task.no));
            draft.annex_rows.add(step, &row_id(&city.plan, &task.no));
        }
        let table = table(context, city).numbered(&mut draft.numbers, Key::in_annex(ANNEX, "tasks").at(at));
        let called = &city.plan.called;
        cities.push(CityTasks {
            item_head: called.tasks.clone(),
            lead_head: leads_or_any(&city.plan).to_owned(),
            shared_head: "责任单位",
            line_head: format!("{}行", called.document),
            has_shared: city.plan.tasks.iter().any(|task| !task.responsible.is_empty()),
            table,
        });
    }
    let text = format!(
        "判定按牵头单位填报；“未到的目标”是任务所含、本年度未完成的目标的编号；单元格未写工作表的在“{}”表。填报的进展文字见results.xlsx“任务”表。",
        sources::TASKS
    );
    (!cities.is_empty()).then(|| Tasks { heading: ANNEX.heading("工作任务"), text, cities })
}

fn table(context: &Context<'_>, city: &CityEvaluation) -> Table<TaskRow> {
    let row = |(task, one): (&Task, &TaskAssessment)| task_row(context, city, task, one);
    let rows = city.plan.tasks.iter().zip(&city.tasks).map(row).collect();
    let whose = if context.is_alone() { "" } else { city.plan.name.as_str() };
    Table::new(&format!("{whose}{}", city.plan.called.tasks)).some_note(note(city)).whole_in(WHOLE).rows(rows)
}

fn task_row(context: &Context<'_>, city: &CityEvaluation, task: &Task, one: &TaskAssessment) -> TaskRow {
    let plan = &city.plan;
    let items = match one.at_odds() {
        Some((true, numbers)) => {
            format!("{}已达", target_numbers(plan, numbers).words(Language::Chinese))
        }
        _ if one.missed.is_empty() => String::new(),
        _ => target_numbers(plan, &one.missed).words(Language::Chinese),
    };
    TaskRow {
        id: row_id(plan, &task.no),
        no: task.no.clone(),
        text: task.title.clone(),
        leads: plan.task_reporters(task).join("、"),
        shares: task.responsible.join("、"),
        verdict: one.state.into(),
        items,
        sources: one.report.iter().map(|report| sources::of_task(context, report)).collect(),
        line: line_words(&task.line),
    }
}

/// What the row of a task is called.
fn row_id(plan: &Plan, no: &TaskNo) -> String {
    format!("{}-任{no}", plan.short)
}

/// That tasks without a lead unit are listed at the office.
fn note(city: &CityEvaluation) -> Option<String> {
    let is_unled = city.plan.tasks.iter().any(|task| task.lead.is_empty());
    let document = &city.plan.called.document;
    let leads = if names_leads(&city.plan) { leads_or_any(&city.plan) } else { "牵头单位" };
    is_unled.then(|| format!("注：{document}未写{leads}的，暂列{}。", city.plan.office))
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

/// The step of the state of a task.
fn task_step(city: &CityEvaluation, no: &TaskNo) -> StepId {
    StepId::new(format!("{}/task/{no}/state", city.plan.city))
}
