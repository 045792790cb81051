//! An output that was published: the values that were held true, each with the place where it stands.

use std::collections::BTreeMap;
use std::path::Path;

use crate::digest::{Digests, figures_of};
use crate::error::{NextRoundRefusal, RunError};
use crate::files;
use crate::ident::CityId;
use crate::plan::{ASSESSMENTS, FACT_COLUMNS, FACTS, HeldRow, NAME_COLUMNS, PublishedRow, Round, held_true};
use crate::table_text::{TableFault, TableLine, table_lines};

/// What was published of a round, by city.
pub(super) struct EarlierOutput {
    /// Its 数字指纹.
    pub(super) figures: String,
    rows: BTreeMap<CityId, Vec<PublishedRow>>,
}

impl EarlierOutput {
    /// Reads an output folder, which must be that of the round's year and as it was when it was published.
    ///
    /// # Errors
    /// Fails when it is another one, or when a file cannot be read.
    pub(super) fn read(folder: &Path, round: &Round) -> Result<Self, RunError> {
        let manifest = PublishedManifest::read(folder, round)?;
        let names = table(folder, &manifest, ASSESSMENTS, &NAME_COLUMNS)?;
        let facts = table(folder, &manifest, FACTS, &FACT_COLUMNS)?;
        let held = held_true(&facts, &names, round.year());
        let worded = |rows: Vec<HeldRow>| rows.into_iter().map(|one| row(one, &manifest)).collect();
        let rows = held.into_iter().map(|(city, rows)| (city, worded(rows))).collect();
        let listed = manifest.digests.iter().map(|(path, sha256)| (path.as_str(), sha256.as_str()));
        Ok(Self { figures: figures_of(listed), rows })
    }

    /// What was published of a city.
    pub(super) fn rows(&self, city: &CityId) -> Vec<PublishedRow> {
        self.rows.get(city).cloned().unwrap_or_default()
    }
}

/// A row with its source, and with what was shown in its place.
fn row(held: HeldRow, manifest: &PublishedManifest) -> PublishedRow {
    let HeldRow { row, line, cell, lagged } = held;
    let place = if cell.is_empty() { String::new() } else { format!("，{cell}") };
    let source = format!("{}，{FACTS}第{line}行{place}", manifest.named);
    let reason = lagged.map_or(row.reason, |(year, shown)| format!("暂列{year}年数{shown}"));
    PublishedRow { reason, source, ..row }
}

/// What is asked of a manifest.
struct PublishedManifest {
    /// Which output it is, with its fingerprint.
    named: String,
    digests: BTreeMap<String, String>,
}

impl PublishedManifest {
    fn read(folder: &Path, round: &Round) -> Result<Self, RunError> {
        let refused = |why| RunError::NextRound { path: folder.to_owned(), why };
        let none = || refused(NextRoundRefusal::NoOutput);
        let bytes = files::read(&folder.join("manifest.json")).map_err(|_| none())?;
        let json: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| none())?;
        let field = |key: &str| json.get(key).and_then(|value| value.as_str()).unwrap_or_default();
        if !field("schema").starts_with("duibiao-manifest/") || field("fingerprint").is_empty() {
            return Err(none());
        }
        let year = json.get("round").and_then(serde_json::Value::as_i64).unwrap_or_default();
        if year != i64::from(round.year()) {
            let (found, wanted) = (year.to_string(), round.year());
            return Err(refused(NextRoundRefusal::OtherYear { found, wanted }));
        }
        let outputs = json.get("outputs").and_then(|outputs| outputs.as_array()).into_iter().flatten();
        let digest = |output: &serde_json::Value| {
            let field = |key: &str| output.get(key)?.as_str().map(str::to_owned);
            Some((field("path")?, field("sha256")?))
        };
        let sample = if round.illustrative { "（示例数据）" } else { "" };
        let named = format!(
            "{year}年度报告{}（{}）{sample}，输入指纹{}",
            field("edition"),
            field("report_date"),
            field("fingerprint")
        );
        Ok(Self { named, digests: outputs.filter_map(digest).collect() })
    }
}

/// A table of the output, which must be the one that the manifest lists.
fn table(
    folder: &Path,
    manifest: &PublishedManifest,
    name: &str,
    columns: &[&'static str],
) -> Result<Vec<TableLine>, RunError> {
    let path = folder.join(name);
    let refused = |why| RunError::NextRound { path: path.clone(), why };
    let bytes = files::read(&path)?;
    if manifest.digests.get(name) != Some(&Digests::of(&bytes).sha256) {
        return Err(refused(NextRoundRefusal::Altered));
    }
    table_lines(&bytes, columns).map_err(|fault| match fault {
        TableFault::Unread(error) => RunError::reading(path.clone(), std::io::Error::other(error)),
        TableFault::NoColumn(missing) => refused(NextRoundRefusal::NoColumn(missing)),
    })
}
