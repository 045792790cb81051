//! Tasks (工作要点) as their lead units report them.

use serde::{Serialize, Serializer};

use super::{Assessment, primary};
use crate::collect::{Lookup, TaskProgress, TaskReport};
use crate::finding::{
    CompletenessProblem, Finding, Language, Object, Problem, RuleRuns, Severity, TargetNumbers, Undecided,
    VerdictProblem, by_object,
};
use crate::ident::{IndicatorNo, TaskNo};
use crate::indexed::{Indexed, Keyed};
use crate::ledger::{Ledger, Operation, StepId, Traced};
use crate::plan::{Origin, Plan, Round, Task};

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
    /// All states.
    pub const ALL: [Self; 5] =
        [Self::Done, Self::Ongoing, Self::NotStarted, Self::InDoubt, Self::NotReported];

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

    /// The word in a language.
    pub fn words(self, language: Language) -> &'static str {
        let english = match self {
            Self::Done => "done",
            Self::Ongoing => "under way",
            Self::NotStarted => "not started",
            Self::InDoubt => "to be verified",
            Self::NotReported => "not reported",
        };
        language.of(self.chinese(), english)
    }
}

/// A task with its state.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskAssessment {
    /// The task.
    pub no: TaskNo,
    /// Its state.
    pub state: TaskState,
    /// What the lead unit reported; `None` when nothing.
    pub report: Option<TaskReport>,
    /// Numbers of the targets in it, rows that its prose repeats among them, that were missed.
    pub missed: Vec<IndicatorNo>,
    /// Likewise of those that were reached.
    pub met: Vec<IndicatorNo>,
}

impl Keyed for TaskAssessment {
    type Key = TaskNo;

    fn key(&self) -> &TaskNo {
        &self.no
    }
}

impl TaskAssessment {
    /// The targets that contradict the state, and whether they were reached: those missed of a task that is done, those
    /// reached of one that was not begun.
    pub fn at_odds(&self) -> Option<(bool, &[IndicatorNo])> {
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
    round: &Round,
    collected: &Lookup<'_>,
    assessments: &Indexed<Assessment>,
    findings: &[Finding],
    ledger: &mut Ledger,
    runs: &mut RuleRuns,
) -> (Indexed<TaskAssessment>, Vec<Finding>) {
    let mut noticed = Vec::new();
    let findings = by_object(findings);
    let own = |task: &Task| findings.get(&Object::from(&task.no)).map_or(&[][..], Vec::as_slice);
    let found: Indexed<TaskAssessment> = plan
        .tasks
        .iter()
        .map(|task| assess((plan, round), task, collected, assessments, own(task), ledger))
        .collect();
    for one in &found {
        count(plan, one, runs);
        let (Some(report), Some((reached, numbers))) = (&one.report, one.at_odds()) else { continue };
        let numbers = target_numbers(plan, numbers);
        let problem = match reached {
            true => VerdictProblem::TaskTargetsMet { numbers }.into(),
            false => VerdictProblem::TaskTargetsMissed { numbers }.into(),
        };
        let finding = Finding::new(&plan.city, report.at.clone(), problem);
        noticed.push(finding.of_unit(&report.unit).of_task(&one.no));
    }
    (found, noticed)
}

/// Counts S603 and S604 of a task with targets: open where its state is, or where none of its targets has a verdict.
fn count(plan: &Plan, one: &TaskAssessment, runs: &mut RuleRuns) {
    if plan.targets_in(&one.no).next().is_none() {
        return;
    }
    let is_judged = !(one.met.is_empty() && one.missed.is_empty());
    for (code, state) in [("S603", TaskState::Done), ("S604", TaskState::NotStarted)] {
        runs.ran(code, 1);
        if matches!(one.state, TaskState::InDoubt | TaskState::NotReported) {
            runs.undecided(code, Undecided::NotReported, 1);
        } else if one.state == state && !is_judged {
            runs.undecided(code, Undecided::InDoubt, 1);
        }
    }
}

/// Numbers of targets, those of the table apart from those in prose.
pub(crate) fn target_numbers(plan: &Plan, numbers: &[IndicatorNo]) -> TargetNumbers {
    let is_row = |no: &IndicatorNo| plan.indicator(no).is_some_and(|row| row.origin == Origin::Table);
    let (rows, prose) = numbers.iter().cloned().partition(is_row);
    TargetNumbers { rows, prose }
}

/// Numbers of the targets of a task that were reached, and of those that were missed.
fn judged(
    plan: &Plan,
    task: &Task,
    assessments: &Indexed<Assessment>,
) -> (Vec<IndicatorNo>, Vec<IndicatorNo>) {
    let (mut met, mut missed) = (Vec::new(), Vec::new());
    for no in plan.targets_in(&task.no) {
        let judged = primary(assessments, no);
        match judged.and_then(|one| one.state.met()) {
            Some(true) => met.push(no.clone()),
            Some(false) => missed.push(no.clone()),
            None => {}
        }
    }
    (met, missed)
}

fn assess(
    (plan, round): (&Plan, &Round),
    task: &Task,
    collected: &Lookup<'_>,
    assessments: &Indexed<Assessment>,
    findings: &[&Finding],
    ledger: &mut Ledger,
) -> TaskAssessment {
    let reporters = plan.task_reporters(task);
    let report = reporters.iter().find_map(|unit| {
        collected.tasks_of(&task.no, unit).find(|report| report.progress != TaskProgress::Blank)
    });
    // What another lead unit left out does not withhold the report that counts.
    let own = |finding: &Finding| match report {
        Some(report) => finding.may_be_of(&report.unit),
        None => finding.subject.units.is_empty(),
    };
    let is_done = report.is_some_and(|report| report.progress == TaskProgress::Done);
    let withholds = |finding: &&&Finding| {
        let lacks_evidence =
            matches!(finding.problem, Problem::Completeness(CompletenessProblem::EvidenceMissing { .. }));
        finding.problem.severity() == Severity::Error || (is_done && lacks_evidence)
    };
    let own: Vec<&Finding> = match report {
        Some(_) => findings.iter().filter(|finding| own(finding)).filter(withholds).copied().collect(),
        None => Vec::new(),
    };
    let state = recorded((plan, round), task, report, &own, ledger);
    let (met, missed) = judged(plan, task, assessments);
    TaskAssessment { no: task.no.clone(), state, report: report.cloned(), missed, met }
}

/// What a task is called: `xiangtan/task/1.1`.
pub(super) fn of_task(plan: &Plan, no: &TaskNo) -> StepId {
    StepId::new(format!("{}/task/{no}", plan.city))
}

/// Writes down what a task's state rests on: the report that counts, and the findings that withhold it, or the waivers by which they do not.
fn recorded(
    (plan, round): (&Plan, &Round),
    task: &Task,
    report: Option<&TaskReport>,
    findings: &[&Finding],
    ledger: &mut Ledger,
) -> TaskState {
    let of = of_task(plan, &task.no);
    let mut args: Vec<(&'static str, Traced)> = Vec::new();
    if let Some(report) = report {
        let cell = ledger.cell(&report.at, &report.raw, None);
        let operation = Operation::ParseWord { as_word: Some(report.progress.key().to_owned()) };
        args.push(("progress", ledger.does(of.of("progress"), operation, &[("text", &cell)], "")));
    }
    for finding in findings {
        args.push(match &finding.waived {
            None => ("finding", ledger.finding(&finding.as_cause())),
            Some(waived) => ("waived", ledger.waiver(round, waived.place)),
        });
    }
    let told = ledger.does(of.of("state"), Operation::TaskState, &args, "");
    TaskState::ALL
        .into_iter()
        .find(|state| told.value.text() == Some(state.key()))
        .unwrap_or(TaskState::NotReported)
}
