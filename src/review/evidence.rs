//! Is every value backed by evidence (佐证资料)?

use super::Subject;
use crate::collect::{Progress, Reading};
use crate::finding::{Finding, Place, Problem, task_label};

/// V408, V409: a piece of evidence is not listed, or none is given.
pub(super) fn evidence_is_listed(subject: &Subject<'_>) -> Vec<Finding> {
    let collected = subject.collected;
    let listed = |unit: &str, no: &str| collected.evidence.iter().any(|one| one.unit == unit && one.no == no);
    let mut found = Vec::new();
    let values = collected.observations.iter().filter(|observation| {
        observation.is_current && matches!(observation.reading, Reading::Number(_) | Reading::Present)
    });
    for value in values {
        let missing = missing(&value.evidence, |no| listed(&value.unit, no));
        let problems = match missing {
            Some(_) if value.reading == Reading::Present => vec![Problem::PresenceWithoutEvidence],
            Some(references) => references,
            None => Vec::new(),
        };
        let report = |problem| finding(subject, &value.evidence_at, &value.unit, &value.no, problem);
        found.extend(problems.into_iter().map(report));
    }
    for task in collected.tasks.iter().filter(|task| task.progress == Progress::Done) {
        let missing = missing(&task.evidence, |no| listed(&task.unit, no));
        let report =
            |problem| finding(subject, &task.evidence_at, &task.unit, &task_label(&task.no), problem);
        found.extend(missing.unwrap_or_default().into_iter().map(report));
    }
    found
}

/// What is missing among the references of a value; `None` when nothing is.
fn missing(references: &[String], listed: impl Fn(&str) -> bool) -> Option<Vec<Problem>> {
    if references.is_empty() {
        return Some(vec![Problem::EvidenceMissing { reference: String::new() }]);
    }
    let absent: Vec<Problem> = references
        .iter()
        .filter(|reference| !listed(reference))
        .map(|reference| Problem::EvidenceMissing { reference: reference.clone() })
        .collect();
    (!absent.is_empty()).then_some(absent)
}

fn finding(subject: &Subject<'_>, at: &Place, unit: &str, no: &str, problem: Problem) -> Finding {
    Finding::new(subject.plan.city.as_str(), at.clone(), problem).of_unit(unit).of_indicator(no)
}
