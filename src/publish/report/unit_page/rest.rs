//! What has no row of its own, in a sentence of names by state.

use super::super::brief::shared::printed_length;
use super::Whose;
use super::led::LedTask;
use super::reported::ReportedTarget;
use super::room::{REST_LINES, REST_WIDTH};
use crate::assess::{State, TaskState};
use crate::ledger::StepId;

/// What is named: its name and its step.
type NamedStep = (String, StepId);

/// `另有正文目标：完成5项（甲、乙…）；不可评2项（…）。`
pub(super) fn of_targets(whose: &Whose<'_, '_>, rows: &[&ReportedTarget]) -> String {
    let by_state = State::ALL.iter().map(|state| {
        let own = rows.iter().filter(|row| row.state == *state);
        let own: Vec<NamedStep> = own.map(|row| (row.short.clone(), row.step.clone())).collect();
        (state.chinese(), format!("#rest.targets.{}", state.key()), own)
    });
    sentence(whose, "另有正文目标", by_state.collect())
}

/// Likewise of tasks.
pub(super) fn of_tasks(whose: &Whose<'_, '_>, rows: &[&LedTask]) -> String {
    let by_state = TaskState::ALL.iter().map(|state| {
        let own = rows.iter().filter(|row| row.state == *state);
        let own: Vec<NamedStep> = own.map(|row| (row.name().to_owned(), row.step.clone())).collect();
        (state.chinese(), format!("#rest.tasks.{}", state.key()), own)
    });
    sentence(whose, "另有任务", by_state.collect())
}

fn sentence(
    whose: &Whose<'_, '_>,
    head: &str,
    by_state: Vec<(&'static str, String, Vec<NamedStep>)>,
) -> String {
    let groups: Vec<_> = by_state.into_iter().filter(|(_, _, own)| !own.is_empty()).collect();
    if groups.is_empty() {
        return String::new();
    }
    let told = |most: usize| {
        let parts = groups.iter().map(|(state, name, own)| {
            let steps = own.iter().map(|(_, step)| step.clone());
            let count = whose.count_with_room(name, steps, own.len());
            let names: Vec<&str> = own.iter().take(most).map(|(name, _)| name.as_str()).collect();
            let more = if own.len() > most { "等" } else { "" };
            match names.is_empty() {
                true => format!("{state}{count}项"),
                false => format!("{state}{count}项（{}{more}）", names.join("、")),
            }
        });
        format!("{head}：{}。", parts.collect::<Vec<_>>().join("；"))
    };
    let most = groups.iter().map(|(_, _, own)| own.len()).max().unwrap_or_default();
    // As many names of each as there is room for.
    let fits = |text: &String| printed_length(text).div_ceil(REST_WIDTH) <= REST_LINES;
    (0..=most).rev().map(told).find(fits).unwrap_or_else(|| told(0))
}
