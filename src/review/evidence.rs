//! Is every value backed by evidence (佐证资料)?

use std::collections::{BTreeMap, BTreeSet};

use super::CityInReview;
use crate::collect::{Collected, Layout, Reading, TaskProgress};
use crate::finding::{Cause, CompletenessProblem, Finding, Object, Place, Problem, RuleRuns, TableProblem};
use crate::ident::UnitName;

/// V408, V409: evidence is not listed, or none is given. One finding for each value and task, because tasks wait for it and
/// waivers name it; what is left of a workbook's is put together in the end ([`crate::finding::gathered`]).
pub(super) fn evidence_is_listed(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    let collected = subject.collected.all;
    let sheets = Sheets::of(collected);
    let listed = |unit: &UnitName, no: &str| subject.collected.has_evidence(unit, no);
    let mut found = Vec::new();
    let values = collected.observations.iter().filter(|observation| {
        observation.is_current && matches!(observation.reading, Reading::Number(_) | Reading::Present)
    });
    for value in values {
        runs.ran(if value.reading == Reading::Present { "V409" } else { "V408" }, 1);
        let Some(absent) = absent(&value.evidence, |no| listed(&value.unit, no)) else { continue };
        let problem = match value.reading {
            Reading::Present => CompletenessProblem::PresenceWithoutEvidence.into(),
            _ => {
                CompletenessProblem::EvidenceMissing { lacking: vec![(value.no.to_string(), absent)] }.into()
            }
        };
        let cause = sheets.unread(&value.at).filter(|_| value.evidence.is_empty());
        found.push(
            finding(subject, &value.evidence_at, &value.unit, (&value.no).into(), problem).because(cause),
        );
    }
    for task in collected.tasks.iter().filter(|task| task.progress == TaskProgress::Done) {
        runs.ran("V408", 1);
        let Some(absent) = absent(&task.evidence, |no| listed(&task.unit, no)) else { continue };
        let object = Object::from(&task.no);
        let lacking = vec![(object.to_string(), absent)];
        let problem = CompletenessProblem::EvidenceMissing { lacking }.into();
        let cause = sheets.unread(&task.at).filter(|_| task.evidence.is_empty());
        found.push(finding(subject, &task.evidence_at, &task.unit, object, problem).because(cause));
    }
    found
}

/// The sheets of a city: which have a column of evidence, and what was said of headings that are not known.
struct Sheets<'a> {
    with_evidence: BTreeSet<(&'a str, &'a str)>,
    unknown_headings: BTreeMap<(&'a str, &'a str), &'a Finding>,
}

impl<'a> Sheets<'a> {
    fn of(collected: &'a Collected) -> Self {
        let tables = collected.layouts.iter().filter(|table| Layout::has_evidence(table));
        let mut unknown_headings = BTreeMap::new();
        for finding in &collected.findings {
            if matches!(finding.problem, Problem::Table(TableProblem::UnknownHeading { .. })) {
                let sheet = (finding.at.file.as_str(), finding.at.sheet.as_str());
                unknown_headings.entry(sheet).or_insert(finding);
            }
        }
        Self {
            with_evidence: tables.map(|table| (table.file.as_str(), table.sheet.as_str())).collect(),
            unknown_headings,
        }
    }

    /// The finding about a heading that is not known, on a sheet that has no column of evidence: it may be that column.
    fn unread(&self, at: &Place) -> Option<Cause> {
        let sheet = (at.file.as_str(), at.sheet.as_str());
        let unknown = self.unknown_headings.get(&sheet).filter(|_| !self.with_evidence.contains(&sheet));
        unknown.map(|finding| finding.as_cause())
    }
}

/// The references that are not listed, none of them when there is no reference at all; `None` when nothing is missing.
fn absent(references: &[String], listed: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let absent: Vec<String> = references.iter().filter(|no| !listed(no)).cloned().collect();
    (references.is_empty() || !absent.is_empty()).then_some(absent)
}

fn finding(
    subject: &CityInReview<'_>,
    at: &Place,
    unit: &UnitName,
    object: Object,
    problem: Problem,
) -> Finding {
    Finding::new(&subject.plan.city, at.clone(), problem).of_unit(unit).of(object)
}
