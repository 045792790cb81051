//! Is every value backed by evidence (佐证资料)?

use super::Subject;
use crate::collect::{Layout, Progress, Reading};
use crate::finding::{Cause, CompletenessProblem, Finding, Object, Place, Problem, TableProblem};
use crate::ident::UnitName;

/// V408, V409: evidence is not listed, or none is given. One finding for each value and task, because tasks wait for it and
/// waivers name it; what is left of a workbook's is put together in the end ([`crate::finding::gathered`]).
pub(super) fn evidence_is_listed(subject: &Subject<'_>) -> Vec<Finding> {
    let collected = subject.collected;
    let listed =
        |unit: &UnitName, no: &str| collected.evidence.iter().any(|one| one.unit == *unit && one.no == no);
    let mut found = Vec::new();
    let values = collected.observations.iter().filter(|observation| {
        observation.is_current && matches!(observation.reading, Reading::Number(_) | Reading::Present)
    });
    for value in values {
        let Some(absent) = absent(&value.evidence, |no| listed(&value.unit, no)) else { continue };
        let problem = match value.reading {
            Reading::Present => CompletenessProblem::PresenceWithoutEvidence.into(),
            _ => {
                CompletenessProblem::EvidenceMissing { lacking: vec![(value.no.to_string(), absent)] }.into()
            }
        };
        let cause = unread(subject, &value.at).filter(|_| value.evidence.is_empty());
        found.push(
            finding(subject, &value.evidence_at, &value.unit, (&value.no).into(), problem).because(cause),
        );
    }
    for task in collected.tasks.iter().filter(|task| task.progress == Progress::Done) {
        let Some(absent) = absent(&task.evidence, |no| listed(&task.unit, no)) else { continue };
        let object = Object::from(&task.no);
        let lacking = vec![(object.to_string(), absent)];
        let problem = CompletenessProblem::EvidenceMissing { lacking }.into();
        let cause = unread(subject, &task.at).filter(|_| task.evidence.is_empty());
        found.push(finding(subject, &task.evidence_at, &task.unit, object, problem).because(cause));
    }
    found
}

/// The finding about a heading that is not known, in a table that has no column of evidence: it may be that column.
fn unread(subject: &Subject<'_>, at: &Place) -> Option<Cause> {
    let of_sheet = |file: &str, sheet: &str| file == at.file && sheet == at.sheet;
    let mut tables = subject.collected.layouts.iter().filter(|table| of_sheet(&table.file, &table.sheet));
    if tables.any(Layout::has_evidence) {
        return None;
    }
    let is_it = |finding: &&Finding| {
        matches!(finding.problem, Problem::Table(TableProblem::UnknownHeading { .. }))
            && of_sheet(&finding.at.file, &finding.at.sheet)
    };
    subject.collected.findings.iter().find(is_it).map(Finding::as_cause)
}

/// The references that are not listed, none of them when there is no reference at all; `None` when nothing is missing.
fn absent(references: &[String], listed: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let absent: Vec<String> = references.iter().filter(|no| !listed(no)).cloned().collect();
    (references.is_empty() || !absent.is_empty()).then_some(absent)
}

fn finding(subject: &Subject<'_>, at: &Place, unit: &UnitName, object: Object, problem: Problem) -> Finding {
    Finding::new(&subject.plan.city, at.clone(), problem).of_unit(unit).of(object)
}
