//! What each unit had to report, did report, and reached.

use chrono::NaiveDateTime;

use super::{Assessment, State, TaskAssessment, TaskState};
use crate::collect::{Collected, Reading};
use crate::plan::{Plan, Round};

/// A unit's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitSummary {
    /// Its name in the plan.
    pub unit: String,
    /// Time of receipt of the workbook that counts.
    pub received: Option<NaiveDateTime>,
    /// Whether that came by the deadline; `None` when nothing came.
    pub on_time: Option<bool>,
    /// Indicators it has to report.
    pub expected: usize,
    /// Indicators for which it reported something.
    pub reported: usize,
    /// Indicators of it with a verdict.
    pub assessable: usize,
    /// Indicators of it that reached their target.
    pub met: usize,
    /// Numbers of those that did not.
    pub missed: Vec<String>,
    /// Numbers of those in doubt or not reported.
    pub open: Vec<String>,
    /// Tasks it leads.
    pub tasks: usize,
    /// Tasks it leads that are done.
    pub tasks_done: usize,
}

/// Sums up the units of a city, in the order of the plan.
pub fn units(
    plan: &Plan,
    round: &Round,
    collected: &Collected,
    assessments: &[Assessment],
    tasks: &[TaskAssessment],
) -> Vec<UnitSummary> {
    let unit = |unit: String| {
        let submission = collected.submissions.iter().find(|one| one.is_used() && one.unit == unit);
        let rows: Vec<&Assessment> = plan
            .indicators_of(round.year)
            .filter(|indicator| indicator.reporters.contains(&unit))
            .filter_map(|row| assessments.iter().find(|one| one.no == row.no && one.is_primary()))
            .collect();
        let reported = collected.observations.iter().filter(|seen| {
            seen.is_current && seen.unit == unit && !matches!(seen.reading, Reading::Blank | Reading::Mark)
        });
        let numbers = |wanted: &dyn Fn(State) -> bool| {
            rows.iter().filter(|row| wanted(row.state)).map(|row| row.no.clone()).collect::<Vec<_>>()
        };
        let led: Vec<&TaskAssessment> = plan
            .tasks
            .iter()
            .filter(|task| plan.task_reporters(task).contains(&unit))
            .filter_map(|task| tasks.iter().find(|one| one.no == task.no))
            .collect();
        UnitSummary {
            received: submission.and_then(|submission| submission.received),
            on_time: submission.and_then(|submission| submission.on_time),
            expected: rows.len(),
            reported: reported.count(),
            assessable: rows.iter().filter(|row| row.state.is_assessable()).count(),
            met: rows.iter().filter(|row| row.state.met() == Some(true)).count(),
            missed: numbers(&|state| state.met() == Some(false)),
            open: numbers(&|state| matches!(state, State::InDoubt | State::NotReported)),
            tasks: led.len(),
            tasks_done: led.iter().filter(|task| task.state == TaskState::Done).count(),
            unit,
        }
    };
    plan.reporting_units(round.year).into_iter().map(unit).collect()
}
