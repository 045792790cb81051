//! Tasks (工作要点) as their lead units report them.

use crate::collect::{Collected, Progress, TaskReport};
use crate::finding::{Finding, Problem, Severity, task_label};
use crate::plan::{Plan, Task};

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
}

/// Assesses the tasks of a city. Of several lead units the first that reports counts.
pub fn tasks(plan: &Plan, collected: &Collected, findings: &[Finding]) -> Vec<TaskAssessment> {
    plan.tasks.iter().map(|task| assess(plan, task, collected, findings)).collect()
}

fn assess(plan: &Plan, task: &Task, collected: &Collected, findings: &[Finding]) -> TaskAssessment {
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
    TaskAssessment { no: task.no.clone(), state, report: report.cloned() }
}
