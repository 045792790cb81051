//! Tables 6, 7 and 8 of a city's chapter: targets in prose and tasks by lead unit, units, queries.

use std::collections::BTreeMap;

use super::indicators::{LONGEST, with_unit};
use super::{CityEvaluation, Context, indicator};
use crate::assess::{Assessment, State, TaskAssessment, TaskState, target_text};
use crate::finding::Severity;
use crate::plan::{Goal, Operator, Origin, Task};
use crate::publish::model::{Finding, Table, TaskGroup, TaskRow, UnitRow};
use crate::publish::report::annexes::{line_words, shortened};
use crate::publish::sentences::{self as words, Counts};

/// The sentences before 表6.
pub(super) fn text(city: &CityEvaluation) -> String {
    // When prose is what the account counts, the verdict has told of it already.
    let prose = (city.score.basis == Origin::Table).then(|| prose_counts(city));
    let states = [
        TaskState::Done,
        TaskState::Ongoing,
        TaskState::NotStarted,
        TaskState::InDoubt,
        TaskState::NotReported,
    ];
    let by_state =
        states.map(|state| (state.chinese(), city.tasks.iter().filter(|task| task.state == state).count()));
    let late: Vec<String> = by_timeliness(city, Some(false));
    let silent: Vec<String> = by_timeliness(city, None);
    let on_time = city.units.iter().filter(|unit| unit.on_time == Some(true)).count();
    format!(
        "{}{}",
        words::tasks(prose, city.tasks.len(), &by_state),
        words::units(city.units.len(), on_time, &late, &silent)
    )
}

fn by_timeliness(city: &CityEvaluation, wanted: Option<bool>) -> Vec<String> {
    city.units.iter().filter(|unit| unit.on_time == wanted).map(|unit| unit.unit.clone()).collect()
}

pub(super) fn prose(city: &CityEvaluation) -> impl Iterator<Item = &Assessment> {
    city.assessments.iter().filter(|one| one.origin == Origin::Prose)
}

fn prose_counts(city: &CityEvaluation) -> Counts {
    let count = |wanted: State| prose(city).filter(|one| one.state == wanted).count();
    Counts {
        total: prose(city).count(),
        assessable: prose(city).filter(|one| one.state.is_assessable()).count(),
        met: prose(city).filter(|one| one.state.met() == Some(true)).count(),
        nearly: count(State::Nearly),
        missed: count(State::Missed),
        lagged: count(State::Lagged),
        in_doubt: count(State::InDoubt),
        not_reported: count(State::NotReported),
        not_assessable: count(State::NotAssessable),
    }
}

/// 表6: targets in prose, then tasks, of each lead unit in the order of the plan.
pub(super) fn tasks(city: &CityEvaluation) -> Table<TaskGroup> {
    let mut order: Vec<String> = Vec::new();
    let mut rows: BTreeMap<String, Vec<TaskRow>> = BTreeMap::new();
    let mut add = |lead: String, row: TaskRow| {
        if !order.contains(&lead) {
            order.push(lead.clone());
        }
        rows.entry(lead).or_default().push(row);
    };
    for one in prose(city) {
        let Some(row) = indicator(city, &one.no) else { continue };
        add(row.reporters.join("、"), target_row(city, one));
    }
    for (task, one) in city.plan.tasks.iter().zip(&city.tasks) {
        add(city.plan.task_reporters(task).join("、"), task_row(task, one));
    }
    let groups = order.into_iter().map(|lead| {
        let rows = rows.remove(&lead).unwrap_or_default();
        let done = rows.iter().filter(|row| row.state == "met" || row.state == "exceeded").count();
        TaskGroup { heading: format!("{lead}（{}项，完成{done}项）", rows.len()), rows }
    });
    let targets = prose(city).count();
    let tasks = city.tasks.len();
    let (title, note) = if targets == 0 {
        ("工作要点进展情况（按牵头单位）", format!("注：工作要点{tasks}项，按报送情况列出。"))
    } else {
        (
            "正文目标和工作要点完成情况（按牵头单位）",
            format!(
                "注：正文目标{targets}项，工作要点{tasks}项。编号为P的是正文目标，其余为工作要点；括号内为目标类型，本版不判定。"
            ),
        )
    };
    Table::unnumbered(title).note(&note).empty("方案没有正文目标和工作要点。").rows(groups.collect())
}

fn target_row(city: &CityEvaluation, one: &Assessment) -> TaskRow {
    let row = indicator(city, &one.no);
    let actual = match (one.actual, row) {
        (Some(value), Some(row)) => with_unit(value, row),
        _ => match one.state {
            State::NotReported => "未报".to_owned(),
            _ => super::actual_text(city, one).unwrap_or_else(|| "—".to_owned()),
        },
    };
    // The kind alone; the note below the table says that it is not judged.
    let kind = one.reason.split("目标，").next().unwrap_or_default();
    let reason = (one.state == State::NotAssessable).then(|| kind.to_owned());
    TaskRow {
        no: one.no.clone(),
        kind: "target".to_owned(),
        text: row.map_or_else(String::new, |row| row.name.clone()),
        note: reason,
        target: goal_words(&one.target.goal, row.map_or("", |row| row.unit.text())),
        actual,
        line: line_words(&one.target.line),
        state: one.state.key().to_owned(),
        words: one.state.chinese().to_owned(),
    }
}

/// The target with sign and unit: `＞7400亿元`, `≥50项`, `10名左右`.
fn goal_words(goal: &Goal, unit: &str) -> String {
    match goal {
        Goal::Level(operator, value) | Goal::Increment(operator, value, _) => {
            let head = if matches!(goal, Goal::Increment(..)) { "新增" } else { "" };
            match operator {
                Operator::AtLeast => format!("{head}≥{}{unit}", value.text),
                Operator::MoreThan => format!("{head}＞{}{unit}", value.text),
                Operator::AtMost => format!("{head}≤{}{unit}", value.text),
                Operator::LessThan => format!("{head}＜{}{unit}", value.text),
                Operator::About => format!("{head}{}{unit}左右", value.text),
                Operator::Equal => format!("{head}{}{unit}", value.text),
            }
        }
        Goal::Range(..) => format!("{}{unit}", target_text(goal)),
        Goal::Rank(..) => format!("第{}位", target_text(goal)),
        Goal::Coverage(..) => format!("{}%", target_text(goal)),
        Goal::Growth(..)
        | Goal::AverageGrowth(..)
        | Goal::RankChange(..)
        | Goal::Relative(..)
        | Goal::Qualitative(_)
        | Goal::Milestone(..)
        | Goal::Magnitude(_) => target_text(goal),
    }
}

fn task_row(task: &Task, one: &TaskAssessment) -> TaskRow {
    TaskRow {
        no: task.no.clone(),
        kind: "task".to_owned(),
        text: task.title.clone(),
        note: None,
        target: "定性".to_owned(),
        actual: one
            .report
            .as_ref()
            .map_or_else(|| "未报".to_owned(), |report| shortened(&report.text, LONGEST)),
        line: line_words(&task.line),
        state: one.state.key().to_owned(),
        words: one.state.chinese().to_owned(),
    }
}

/// 表7.
pub(super) fn units(city: &CityEvaluation) -> Table<UnitRow> {
    let list = |numbers: &[String]| if numbers.is_empty() { "—".to_owned() } else { numbers.join("、") };
    let row = |unit: &crate::assess::UnitSummary| UnitRow {
        name: unit.unit.clone(),
        received: unit.received.map_or_else(|| "未报".to_owned(), |time| words::month_day(time.date())),
        late: unit.on_time == Some(false),
        expected: unit.expected.to_string(),
        reported: unit.reported.to_string(),
        able: unit.assessable.to_string(),
        met: unit.met.to_string(),
        tasks: if unit.tasks == 0 { "—".to_owned() } else { format!("{}/{}", unit.tasks_done, unit.tasks) },
        short: list(&unit.missed),
        open: list(&unit.open),
    };
    Table::unnumbered("各单位报送和完成情况")
        .unit("项")
        .note("注：应报、已报、可评、完成含附表指标和正文目标；几家单位共同填报的，各单位均计1项，各栏不宜相加。“任务完成”为牵头工作要点的完成数和总数。")
        .empty("方案没有明确填报单位。")
        .rows(city.units.iter().map(row).collect())
}

/// 表8: errors, warnings and waived findings; plain notes are in annex 1 only.
pub(super) fn queries(context: &Context<'_>, city: &CityEvaluation) -> Table<Finding> {
    let own = context.findings().into_iter().filter(|(finding, _)| {
        finding.city == city.plan.city.as_str() && finding.problem.severity() != Severity::Note
    });
    Table::unnumbered("数据核实情况")
        .empty("审核未提出需要核实的问题。")
        .rows(own.map(|(_, printed)| printed).collect())
}
