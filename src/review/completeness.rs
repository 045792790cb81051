//! Is everything there? Units, indicators, tasks.

use super::Subject;
use crate::collect::{Observation, Progress, Reading};
use crate::finding::{Finding, Place, Problem};
use crate::plan::{Indicator, Task};

/// V402: a unit with something to report sent no workbook that can be used.
pub(super) fn units_report(subject: &Subject<'_>) -> Vec<Finding> {
    let plan = subject.plan;
    let silent = |unit: &String| !has_reported(subject, unit);
    let finding = |unit: String| {
        let indicators = plan.indicators_of(subject.round.year).filter(|row| row.reporters.contains(&unit));
        let tasks = plan.tasks.iter().filter(|task| plan.task_reporters(task).contains(&unit));
        let expected = indicators.count() + tasks.count();
        let too_late = subject.collected.submissions.iter().any(|one| one.after_cut_off && one.unit == unit);
        let place = Place::file(&format!("{}/submissions", plan.city));
        Finding::new(plan.city.as_str(), place, Problem::UnitSilent { expected, too_late }).of_unit(&unit)
    };
    plan.reporting_units(subject.round.year).into_iter().filter(silent).map(finding).collect()
}

fn has_reported(subject: &Subject<'_>, unit: &str) -> bool {
    subject.collected.submissions.iter().any(|submission| submission.is_used() && submission.unit == unit)
}

/// V401: an expected value is missing, empty or only a mark. V415: it is missing from one of several units.
///
/// Units that sent nothing have a finding of their own and are passed over.
pub(super) fn indicators_are_reported(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for indicator in subject.plan.indicators_of(subject.round.year) {
        let sides: Vec<Side> = sides(subject, indicator);
        let someone_did = sides.iter().any(|side| side.answered);
        let usable = sides.iter().any(|side| side.usable);
        let mut gaps = sides.into_iter().filter(|side| !side.answered);
        if someone_did {
            let partly = |side: Side| {
                side.finding(
                    subject,
                    indicator,
                    Problem::PartlyReported { raw: side.raw.clone().unwrap_or_default(), usable },
                )
            };
            found.extend(gaps.map(partly));
        } else if let Some(first) = gaps.next() {
            // All units that were to report it are asked.
            let mut units = vec![first.unit.clone()];
            let problem = Problem::NotReported { raw: first.raw.clone() };
            let mut finding = first.finding(subject, indicator, problem);
            for other in gaps {
                units.push(other.unit.clone());
                finding = finding.see_also(other.at);
            }
            let finding = finding.of_unit(&units.join("、"));
            found.push(finding);
        }
    }
    found
}

/// One unit's part in an indicator.
struct Side {
    unit: String,
    answered: bool,
    /// Whether it is a value that can be used.
    usable: bool,
    /// Text of the cell; `None` when the workbook has no such row.
    raw: Option<String>,
    at: Place,
}

impl Side {
    fn finding(&self, subject: &Subject<'_>, indicator: &Indicator, problem: Problem) -> Finding {
        Finding::new(subject.plan.city.as_str(), self.at.clone(), problem)
            .of_unit(&self.unit)
            .of_indicator(&indicator.no)
    }
}

fn sides(subject: &Subject<'_>, indicator: &Indicator) -> Vec<Side> {
    let collected = subject.collected;
    let used = |unit: &&String| has_reported(subject, unit);
    let of = |unit: &String| {
        let observation = collected
            .observations
            .iter()
            .find(|seen| seen.is_current && seen.no == indicator.no && seen.unit == *unit);
        let file = collected.submissions.iter().find(|one| one.is_used() && one.unit == *unit);
        let whole = || file.map_or_else(Place::default, |file| Place::file(&file.file));
        Side {
            unit: unit.clone(),
            answered: observation.is_some_and(is_answer),
            usable: observation.is_some_and(is_usable),
            raw: observation.map(|seen| seen.raw.trim().to_owned()),
            at: observation.map_or_else(whole, |seen| seen.at.clone()),
        }
    };
    indicator.reporters.iter().filter(used).map(of).collect()
}

/// Whether a cell says something, be it readable or not.
fn is_answer(observation: &Observation) -> bool {
    !matches!(observation.reading, Reading::Blank | Reading::Mark)
}

/// Whether a cell holds a value that can be used.
fn is_usable(observation: &Observation) -> bool {
    observation.value.is_some() || matches!(observation.reading, Reading::Present | Reading::Absent)
}

/// V413, V414: a task was not reported, or its state is none of the words of the form.
pub(super) fn tasks_are_reported(subject: &Subject<'_>) -> Vec<Finding> {
    let plan = subject.plan;
    let mut found = Vec::new();
    for task in &plan.tasks {
        for unit in plan.task_reporters(task).iter().filter(|unit| has_reported(subject, unit)) {
            found.extend(task_finding(subject, task, unit));
        }
    }
    found
}

fn task_finding(subject: &Subject<'_>, task: &Task, unit: &str) -> Option<Finding> {
    let report = subject.collected.tasks.iter().find(|report| report.no == task.no && report.unit == unit);
    let file = subject.collected.submissions.iter().find(|one| one.is_used() && one.unit == unit);
    let whole = file.map_or_else(Place::default, |file| Place::file(&file.file));
    let (at, problem) = match report.map(|report| (&report.progress, report.at.clone())) {
        None => (whole, Problem::TaskNotReported),
        Some((Progress::Blank, at)) => (at, Problem::TaskNotReported),
        Some((Progress::Unknown(raw), at)) => (at, Problem::UnknownTaskState { raw: raw.clone() }),
        Some((Progress::Done | Progress::Ongoing | Progress::NotStarted, _)) => return None,
    };
    let finding = Finding::new(subject.plan.city.as_str(), at, problem);
    Some(finding.of_unit(unit).of_task(&task.no))
}
