//! Tasks (工作要点) as their lead units report them.

use super::Assessment;
use crate::collect::{Collected, Progress, TaskReport};
use crate::finding::{Finding, Problem, Severity, task_label};
use crate::plan::{Origin, Plan, Task};

/// The state of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskState {
    /// 完成, with evidence.
    Done,
    /// 推进中.
    Ongoing,
    /// 未启动.
    NotStarted,
    /// 待核实: done without evidence, reported in other words, or with an open error.
    InDoubt,
    /// 未报.
    NotReported,
}

impl TaskState {
    /// The word in tables and in the report model.
    pub fn key(self) -> &'static str {
        match self {
            Self::Done => "met",
            Self::Ongoing => "ongoing",
            Self::NotStarted => "not_started",
            Self::InDoubt => "in_doubt",
            Self::NotReported => "not_reported",
        }
    }

    /// The word in the report.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Done => "完成",
            Self::Ongoing => "推进中",
            Self::NotStarted => "未启动",
            Self::InDoubt => "待核实",
            Self::NotReported => "未报",
        }
    }
}

/// A task with its state.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskAssessment {
    /// Number of the task.
    pub no: String,
    /// Its state.
    pub state: TaskState,
    /// What the lead unit reported; `None` when nothing.
    pub report: Option<TaskReport>,
    /// Numbers of the targets in it, rows that its prose repeats among them, that were missed.
    pub missed: Vec<String>,
    /// Likewise of those that were reached.
    pub met: Vec<String>,
}

/// Assesses the tasks of a city. Of several lead units the first that reports counts. A task that is done although a
/// target in it was missed is a finding (S603), and so is one that was not begun although a target was reached (S604).
pub fn tasks(
    plan: &Plan,
    collected: &Collected,
    assessments: &[Assessment],
    findings: &mut Vec<Finding>,
) -> Vec<TaskAssessment> {
    let found: Vec<TaskAssessment> =
        plan.tasks.iter().map(|task| assess(plan, task, collected, assessments, findings)).collect();
    for one in &found {
        let Some(report) = &one.report else { continue };
        let problem = match one.state {
            TaskState::Done if !one.missed.is_empty() => {
                Problem::TaskTargetsMissed { numbers: number_words(plan, &one.missed) }
            }
            TaskState::NotStarted if !one.met.is_empty() => {
                Problem::TaskTargetsMet { numbers: number_words(plan, &one.met) }
            }
            _ => continue,
        };
        let finding = Finding::new(plan.city.as_str(), report.at.clone(), problem);
        findings.push(finding.of_unit(&report.unit).of_task(&one.no));
    }
    found
}

/// `指标20、21` and `目标P2、P3`.
pub(crate) fn number_words(plan: &Plan, numbers: &[String]) -> String {
    let is_row = |no: &String| plan.indicators.iter().any(|row| row.no == *no && row.origin == Origin::Table);
    let (rows, prose): (Vec<&String>, Vec<&String>) = numbers.iter().partition(|no| is_row(no));
    let part = |word: &str, list: Vec<&String>| {
        let list: Vec<&str> = list.into_iter().map(String::as_str).collect();
        (!list.is_empty()).then(|| format!("{word}{}", list.join("、")))
    };
    [part("指标", rows), part("目标", prose)].into_iter().flatten().collect::<Vec<_>>().join("和")
}

/// Numbers of the targets of a task that were reached, or that were missed.
fn judged(plan: &Plan, task: &Task, assessments: &[Assessment], met: bool) -> Vec<String> {
    let own = plan.indicators.iter().filter(|row| row.task == task.no).map(|row| &row.no);
    let repeated = plan.repeats.iter().filter(|repeat| repeat.task == task.no).map(|repeat| &repeat.of);
    let is_so = |no: &&String| {
        let judged = assessments.iter().find(|one| one.no == **no && one.is_primary());
        judged.is_some_and(|one| one.state.met() == Some(met))
    };
    own.chain(repeated).filter(is_so).cloned().collect()
}

fn assess(
    plan: &Plan,
    task: &Task,
    collected: &Collected,
    assessments: &[Assessment],
    findings: &[Finding],
) -> TaskAssessment {
    let reporters = plan.task_reporters(task);
    let report = reporters.iter().find_map(|unit| {
        collected
            .tasks
            .iter()
            .find(|report| report.no == task.no && report.unit == *unit && report.progress != Progress::Blank)
    });
    let label = task_label(&task.no);
    let open = || findings.iter().filter(|finding| finding.indicator == label && finding.waived.is_none());
    let lacks_evidence = open().any(|finding| matches!(finding.problem, Problem::EvidenceMissing { .. }));
    let is_withheld = open().any(|finding| finding.severity() == Severity::Error);
    let state = match report.map(|report| &report.progress) {
        None | Some(Progress::Blank) => TaskState::NotReported,
        Some(_) if is_withheld => TaskState::InDoubt,
        Some(Progress::Done) if lacks_evidence => TaskState::InDoubt,
        Some(Progress::Done) => TaskState::Done,
        Some(Progress::Ongoing) => TaskState::Ongoing,
        Some(Progress::NotStarted) => TaskState::NotStarted,
        Some(Progress::Unknown(_)) => TaskState::InDoubt,
    };
    let [missed, met] = [false, true].map(|met| judged(plan, task, assessments, met));
    TaskAssessment { no: task.no.clone(), state, report: report.cloned(), missed, met }
}
