//! How the files of a round are written, and what is open in them.

use super::ToFill;
use crate::error::RunError;
use crate::finding::Language;
use crate::plan::{PUBLISHED, PUBLISHED_HEADS, PublishedRow, TO_FILL};
use crate::table_text::{self, MARK, coded};

/// A text as TOML has it.
pub(super) fn text(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// A text as a cell of `published.csv`, of which any apostrophe in front is taken off when it is read.
fn cell(text: &str) -> String {
    if text.starts_with('\'') { format!("'{}", coded(text)) } else { table_text::cell(text).into_owned() }
}

/// `published.csv`.
pub(super) fn published(rows: &[PublishedRow]) -> Result<Vec<u8>, RunError> {
    let failed = |error: csv::Error| RunError::output(PUBLISHED, error);
    let mut writer = csv::Writer::from_writer(MARK.as_bytes().to_vec());
    writer.write_record(PUBLISHED_HEADS).map_err(failed)?;
    for row in rows {
        let record = [
            row.city.to_string(),
            cell(row.no.as_str()),
            row.id.as_ref().map_or_else(String::new, |id| cell(id.as_str())),
            cell(&row.name),
            row.year.to_string(),
            row.value.clone(),
            cell(&row.unit),
            row.status.words(Language::Chinese).to_owned(),
            cell(&row.reason),
            cell(&row.source),
        ];
        writer.write_record(record).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| RunError::output(PUBLISHED, error))
}

/// What is open in a file that was written here.
pub(super) fn to_fill(file: &str, bytes: &[u8]) -> Option<ToFill> {
    if !file.ends_with(".toml") {
        return None;
    }
    let open = format!("\"{TO_FILL}\"");
    let lines = String::from_utf8_lossy(bytes);
    let place = |(at, line): (usize, &str)| {
        let (key, value) = line.split_once('=')?;
        let value = value.split('#').next().unwrap_or_default();
        let key = key.trim();
        (value.contains(&open) || key == "confirm").then(|| (at, key.to_owned()))
    };
    let places: Vec<(usize, String)> = (1..).zip(lines.lines()).filter_map(place).collect();
    (!places.is_empty()).then(|| ToFill { file: file.to_owned(), places })
}
