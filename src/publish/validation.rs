//! `validation-report.json`: the outcome of every finding in both languages, with counts by code.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::RunError;
use crate::evaluation::Evaluation;
use crate::finding::{Finding, Language};
use crate::shown;

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    round: i32,
    counts: BTreeMap<&'static str, RuleCount>,
    findings: Vec<FindingEntry<'a>>,
}

#[derive(Serialize, Default)]
struct RuleCount {
    rule: &'static str,
    severity: &'static str,
    fail: usize,
    waived: usize,
    #[serde(skip_serializing_if = "is_none")]
    explained: usize,
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    code: &'static str,
    severity: &'static str,
    outcome: &'static str,
    city: &'a str,
    unit: String,
    indicator: String,
    at: String,
    related: Vec<String>,
    message: String,
    remedy: String,
    message_en: String,
    remedy_en: String,
    waived: Option<String>,
    /// The finding that it follows from.
    cause: Option<String>,
}

/// A count that is left out where it is nothing.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "what serde asks for")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// Writes the report.
///
/// # Errors
/// Fails when serialising fails, which would be a fault of the program.
pub(super) fn report(evaluation: &Evaluation) -> Result<Vec<u8>, RunError> {
    let mut counts: BTreeMap<&'static str, RuleCount> = BTreeMap::new();
    for finding in &evaluation.findings {
        let count = counts.entry(finding.problem.code()).or_default();
        count.rule = finding.rule();
        count.severity = finding.problem.severity().key();
        match finding.outcome() {
            "waived" => count.waived += 1,
            "explained" => count.explained += 1,
            _ => count.fail += 1,
        }
    }
    let report = Report {
        schema: "duibiao-validation/1",
        round: evaluation.round.year(),
        counts,
        findings: evaluation.findings.iter().map(entry).collect(),
    };
    let mut bytes =
        shown::json_file(&report).map_err(|error| RunError::output("validation-report.json", error))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn entry(finding: &Finding) -> FindingEntry<'_> {
    FindingEntry {
        code: finding.problem.code(),
        severity: finding.problem.severity().key(),
        outcome: finding.outcome(),
        city: finding.subject.city.as_str(),
        unit: finding.unit_words(),
        indicator: finding.subject.object.to_string(),
        at: finding.at.to_string(),
        related: finding.related.iter().map(ToString::to_string).collect(),
        message: finding.message(Language::Chinese),
        remedy: finding.remedy(Language::Chinese),
        message_en: finding.message(Language::English),
        remedy_en: finding.remedy(Language::English),
        waived: finding.settled_by(),
        cause: finding.cause.as_ref().map(ToString::to_string),
    }
}
