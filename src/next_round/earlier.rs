//! An output that was published: the values that were held true, each with the place where it stands.

use std::collections::BTreeMap;
use std::path::Path;

use crate::digest::Digests;
use crate::error::{NextRoundRefusal, RunError};
use crate::files;
use crate::finding::PublishedStatus;
use crate::ident::{CityId, IndicatorId};
use crate::plan::{PublishedRow, Round};

const FACTS: &str = "tables/facts.csv";
const ASSESSMENTS: &str = "tables/assessments.csv";

/// What was published of a round, by city.
pub(super) struct EarlierOutput {
    rows: BTreeMap<String, Vec<PublishedRow>>,
}

/// A line of a table: its number, and its cells by column.
type Cells = (u64, BTreeMap<String, String>);

impl EarlierOutput {
    /// Reads an output folder, which must be that of the round's year and as it was when it was published.
    ///
    /// # Errors
    /// Fails when it is another one, or when a file cannot be read.
    pub(super) fn read(folder: &Path, round: &Round) -> Result<Self, RunError> {
        let manifest = PublishedManifest::read(folder, round)?;
        let names = table(folder, &manifest, ASSESSMENTS, &["city", "no", "name"])?;
        let names: BTreeMap<(String, String), String> = names
            .into_iter()
            .map(|(_, row)| ((text(&row, "city"), text(&row, "no")), text(&row, "name")))
            .collect();
        let columns = ["city", "indicator", "no", "year", "status", "value", "word", "value_unit"];
        let facts = table(folder, &manifest, FACTS, &columns)?;
        let mut rows: BTreeMap<String, Vec<PublishedRow>> = BTreeMap::new();
        for (line, fact) in facts {
            let city = text(&fact, "city");
            let name = names.get(&(city.clone(), text(&fact, "no"))).cloned().unwrap_or_default();
            let Ok(id) = CityId::parse(&city) else { continue };
            rows.entry(city).or_default().push(row(id, name, line, &fact, &manifest, round));
        }
        Ok(Self { rows })
    }

    /// What was published of a city.
    pub(super) fn rows(&self, city: &CityId) -> Vec<PublishedRow> {
        self.rows.get(city.as_str()).cloned().unwrap_or_default()
    }
}

fn row(
    city: CityId,
    name: String,
    line: u64,
    fact: &BTreeMap<String, String>,
    manifest: &PublishedManifest,
    round: &Round,
) -> PublishedRow {
    let cell = |column: &str| text(fact, column);
    let is_of_the_year = cell("year") == round.year().to_string();
    let value = [cell("value"), cell("word")].concat();
    let (status, reason) = match cell("status").as_str() {
        "missing" => (PublishedStatus::Missing, cell("reason")),
        "conflicting" => (PublishedStatus::Conflicting, cell("reason")),
        _ if value.is_empty() => (PublishedStatus::Missing, cell("reason")),
        _ if !cell("doubt").is_empty() => (PublishedStatus::InDoubt, cell("doubt")),
        _ if !is_of_the_year => {
            let shown = format!("暂列{}年数{value}{}", cell("year"), cell("value_unit"));
            (PublishedStatus::Lagged, shown)
        }
        "preferred" => (PublishedStatus::Preferred, cell("reason")),
        "derived" => (PublishedStatus::Derived, cell("derivation")),
        _ => (PublishedStatus::Agreed, String::new()),
    };
    let place = match cell("source") {
        cell if cell.is_empty() => String::new(),
        cell => format!("，{cell}"),
    };
    PublishedRow {
        city,
        no: cell("no").into(),
        id: IndicatorId::some(cell("indicator")),
        name,
        year: round.year(),
        value: if status.is_known() { value } else { String::new() },
        unit: cell("value_unit"),
        status,
        reason,
        source: format!("{}，{FACTS}第{line}行{place}", manifest.named),
    }
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
) -> Result<Vec<Cells>, RunError> {
    let path = folder.join(name);
    let refused = |why| RunError::NextRound { path: path.clone(), why };
    let bytes = files::read(&path)?;
    if manifest.digests.get(name) != Some(&Digests::of(&bytes).sha256) {
        return Err(refused(NextRoundRefusal::Altered));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let unread = |error: csv::Error| RunError::reading(path.clone(), std::io::Error::other(error));
    let heads = reader.headers().map_err(unread)?.clone();
    if let Some(missing) = columns.iter().find(|column| !heads.iter().any(|head| head == **column)) {
        return Err(refused(NextRoundRefusal::NoColumn(missing)));
    }
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unread)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = heads.iter().zip(&record).map(|(head, cell)| (head.to_owned(), cell.to_owned()));
        found.push((line, cells.collect()));
    }
    Ok(found)
}

/// A cell as it was before an apostrophe kept spreadsheets from running it.
fn text(row: &BTreeMap<String, String>, column: &str) -> String {
    let cell = row.get(column).map_or("", String::as_str);
    cell.strip_prefix('\'').unwrap_or(cell).to_owned()
}
