//! The findings that an output was published with.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use super::SeenFinding;
use crate::archive::OutputRecord;
use crate::digest::Digests;
use crate::error::{LookRefusal, RunError};
use crate::files;

/// The list of findings in an output.
const FINDINGS: &str = "validation-report.json";

/// What was found when an output was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedLook {
    /// 数字指纹 of the output.
    pub figures: String,
    /// Its edition.
    pub edition: String,
    /// The date of its report.
    pub report_date: chrono::NaiveDate,
    /// The folders of the cities that it is about.
    pub cities: BTreeSet<String>,
    /// All its findings.
    pub findings: Vec<SeenFinding>,
}

#[derive(Deserialize)]
struct ListedFindings {
    findings: Vec<SeenFinding>,
}

/// Reads the findings of an output of a round, by the name of the round's folder.
///
/// # Errors
/// Fails when it is no output or one of another round, when its list of findings is not what was published, and when it cannot be read.
pub fn read(output: &Path, round: &str) -> Result<PublishedLook, RunError> {
    let refuse = |why| Err(RunError::Look { path: output.to_owned(), why });
    let Some(record) = OutputRecord::read(output)? else { return refuse(LookRefusal::NoOutput) };
    let folder = record.round_folder().unwrap_or_default();
    if folder != round {
        return refuse(LookRefusal::OtherRound(folder.to_owned()));
    }
    let bytes = files::read(&output.join(FINDINGS))?;
    let is_published =
        record.outputs.iter().any(|file| file.path == FINDINGS && file.digests == Digests::of(&bytes));
    let listed = serde_json::from_slice::<ListedFindings>(&bytes).ok().filter(|_| is_published);
    let Some(listed) = listed else { return refuse(LookRefusal::Altered) };
    let plans = record.inputs.iter().filter_map(|file| {
        let city = file.path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix("/plan.toml")?;
        Some(city.to_owned())
    });
    Ok(PublishedLook {
        figures: record.figures(),
        edition: record.edition.clone(),
        report_date: record.report_date,
        cities: plans.collect(),
        findings: listed.findings,
    })
}
