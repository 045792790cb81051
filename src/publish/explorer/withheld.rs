//! What a public page does not hold: cells and what units wrote in them, findings, and every number of a unit that the report does not print.

use std::collections::BTreeSet;

use crate::evaluation::{CityEvaluation, Evaluation};
use crate::ledger::{Operation, Step, StepId, of_indicator};

/// Columns of tables with words of units or of findings: why there is no verdict, what was done for a task, evidence, the people who filled in and
/// checked. (The `progress` of a target is a number, and stays.)
pub(super) const WORDS_OF_UNITS: [(&str, &[&str]); 3] = [
    ("assessments", &["reason"]),
    ("tasks", &["progress", "evidence"]),
    ("submissions", &["filled_by", "checked_by", "filled_on"]),
];

/// Of a decision: why it was made, which may quote what a unit wrote.
pub(super) const WORDS_OF_DECISIONS: [&str; 2] = ["reason", "basis"];

/// Last parts of the names of steps that are shown though they rest on what is not: verdicts, what they are counted and scored by, and totals (`#`).
const SHOWN: [&str; 8] = ["state", "met", "completion", "progress", "points", "boundary", "worse", "weight"];

/// The steps that are not shown.
pub(super) struct Undisclosed {
    steps: BTreeSet<StepId>,
}

impl Undisclosed {
    pub(super) fn of(evaluation: &Evaluation) -> Self {
        let printed: BTreeSet<StepId> = evaluation.cities.iter().flat_map(printed).collect();
        let mut steps = BTreeSet::new();
        for step in evaluation.cities.iter().flat_map(|city| city.ledger.steps()) {
            let rests_on_it = step.args.iter().any(|arg| steps.contains(&arg.id));
            if is_of_a_unit(&step.operation) || rests_on_it && !is_shown(&step.id, &printed) {
                steps.insert(step.id.clone());
            }
        }
        Self { steps }
    }

    pub(super) fn has(&self, step: &Step) -> bool {
        is_of_a_unit(&step.operation) || self.steps.contains(&step.id)
    }
}

/// Whether a step says what a unit wrote, or what was found about it.
fn is_of_a_unit(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::Cell { .. }
            | Operation::Read { .. }
            | Operation::ParseNumber { .. }
            | Operation::ParseWord { .. }
            | Operation::ParseNothing
            | Operation::Scale { .. }
            | Operation::Finding
    )
}

/// The facts that stand beside a target in the report.
fn printed(city: &CityEvaluation) -> BTreeSet<StepId> {
    let judged = city.assessments.iter().filter(|judged| judged.actual.is_some());
    judged.map(|judged| of_indicator(&city.plan.city, &judged.no).of("fact")).collect()
}

fn is_shown(id: &StepId, printed: &BTreeSet<StepId>) -> bool {
    let name = id.as_str().rsplit('/').next().unwrap_or_default();
    let name = name.split(['.', '@']).next().unwrap_or_default();
    printed.contains(id) || name.starts_with('#') || SHOWN.contains(&name)
}
