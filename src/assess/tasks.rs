//! Tasks (工作要点) as their lead units report them.

use serde::{Serialize, Serializer};

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

impl Serialize for TaskState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
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

impl TaskAssessment {
    /// The targets that contradict the state, and whether they were reached: those missed of a task that is done, those
    /// reached of one that was not begun.
    pub fn at_odds(&self) -> Option<(bool, &[String])> {
        let (reached, numbers) = match self.state {
            TaskState::Done => (false, &self.missed),
            TaskState::NotStarted => (true, &self.met),
            TaskState::Ongoing | TaskState::InDoubt | TaskState::NotReported => return None,
        };
        (!numbers.is_empty()).then_some((reached, numbers))
    }
}

/// Assesses the tasks of a city, and tells what was noticed. Of several lead units the first that reports counts. A task that is done although a
/// target in it was missed is a finding (S603), and so is one that was not begun although a target was reached (S604).
pub fn tasks(
    plan: &Plan,
    collected: &Collected,
    assessments: &[Assessment],
    findings: &[Finding],
) -> (Vec<TaskAssessment>, Vec<Finding>) {
    let mut noticed = Vec::new();
    let found: Vec<TaskAssessment> =
        plan.tasks.iter().map(|task| assess(plan, task, collected, assessments, findings)).collect();
    for one in &found {
        let (Some(report), Some((reached, numbers))) = (&one.report, one.at_odds()) else { continue };
        let numbers = number_words(plan, numbers);
        let problem = match reached {
            true => Problem::TaskTargetsMet { numbers },
            false => Problem::TaskTargetsMissed { numbers },
        };
        let finding = Finding::new(plan.city.as_str(), report.at.clone(), problem);
        noticed.push(finding.of_unit(&report.unit).of_task(&one.no));
    }
    (found, noticed)
}

/// `指标20、21` and `目标P2、P3`.
pub(crate) fn number_words(plan: &Plan, numbers: &[String]) -> String {
    let is_row = |no: &String| plan.indicator(no).is_some_and(|row| row.origin == Origin::Table);
    let (rows, prose): (Vec<&String>, Vec<&String>) = numbers.iter().partition(|no| is_row(no));
    let part = |word: &str, list: Vec<&String>| {
        let list: Vec<&str> = list.into_iter().map(String::as_str).collect();
        (!list.is_empty()).then(|| format!("{word}{}", list.join("、")))
    };
    [part("指标", rows), part("目标", prose)].into_iter().flatten().collect::<Vec<_>>().join("和")
}

/// Numbers of the targets of a task that were reached, and of those that were missed.
fn judged(plan: &Plan, task: &Task, assessments: &[Assessment]) -> (Vec<String>, Vec<String>) {
    let (mut met, mut missed) = (Vec::new(), Vec::new());
    for no in plan.targets_in(&task.no) {
        let judged = assessments.iter().find(|one| one.no == *no && one.is_primary());
        match judged.and_then(|one| one.state.met()) {
            Some(true) => met.push(no.clone()),
            Some(false) => missed.push(no.clone()),
            None => {}
        }
    }
    (met, missed)
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
    // What another lead unit left out does not withhold the report that counts.
    let own = |finding: &Finding| {
        finding.units.is_empty() || report.is_some_and(|report| finding.is_of(&report.unit))
    };
    let of_task = |finding: &&Finding| finding.indicator == label && finding.waived.is_none();
    let open = || findings.iter().filter(of_task).filter(|finding| own(finding));
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
    let (met, missed) = judged(plan, task, assessments);
    TaskAssessment { no: task.no.clone(), state, report: report.cloned(), missed, met }
}
