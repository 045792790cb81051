//! What was archived against what came out now: tables, documents, and what the output says of itself.

use std::path::Path;

use serde_json::Value as Json;

use crate::archive::{Misfit, OutputRecord, is_made_again};
use crate::digest::{Digests, is_table};
use crate::error::RunError;
use crate::files;

/// How a report differs from the one that was archived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paper {
    /// Another number of pages: archived, now.
    Pages(usize, usize),
    /// The first line that differs.
    Line {
        /// Its page, from 1.
        page: usize,
        /// What was archived there.
        was: String,
        /// What comes out now.
        is: String,
    },
    /// The text is the same; shapes, places or properties are not.
    Looks,
    /// There is nothing at hand that reads a PDF.
    Unread,
}

/// Something that an output says of itself and the new one says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordDifference {
    /// The field of `manifest.json`.
    pub field: String,
    /// The first of its values that differs, as archived, as JSON; nothing where there was none.
    pub was: Option<String>,
    /// The same now.
    pub is: Option<String>,
}

/// The tables that differ, byte for byte, in the order of the stages.
pub(super) fn tables(
    archived: &Path,
    record: &OutputRecord,
    new: &Path,
    now: &OutputRecord,
) -> Result<Vec<String>, RunError> {
    let mut names: Vec<&str> = now.tables().map(|file| file.path.as_str()).collect();
    let gone = record.tables().map(|file| file.path.as_str()).filter(|path| !names.contains(path));
    names.extend(gone.collect::<Vec<_>>());
    let differ = different((archived, record), new, names.into_iter())?;
    let name = |path: &String| path.trim_start_matches("tables/").trim_end_matches(".csv").to_owned();
    Ok(differ.iter().map(name).collect())
}

/// The documents that differ: everything but the tables of figures, their Parquet, and the record.
pub(super) fn documents(
    archived: &Path,
    record: &OutputRecord,
    new: &Path,
    now: &OutputRecord,
) -> Result<Vec<String>, RunError> {
    let outputs = now.outputs.iter().chain(record.outputs.iter()).map(|file| file.path.as_str());
    let mut names: Vec<&str> = Vec::new();
    // Who signed stands in a table that is none of figures.
    for path in outputs.filter(|path| !is_table(path) && !path.ends_with(".parquet")) {
        if !names.contains(&path) {
            names.push(path);
        }
    }
    // Parquet holds what the table beside it holds: it is a document where that is the same.
    let parquet = now.outputs.iter().map(|file| file.path.as_str()).filter(|path| path.ends_with(".parquet"));
    let (mut differ, other) = (
        different((archived, record), new, names.into_iter())?,
        different((archived, record), new, parquet)?,
    );
    for path in other {
        let table = [path.trim_end_matches("parquet"), "csv"].concat();
        if different((archived, record), new, std::iter::once(table.as_str()))?.is_empty() {
            differ.push(path);
        }
    }
    differ.sort_by_key(|path| path != "technical.pdf");
    Ok(differ)
}

/// The files that differ. What a bag without programs leaves out is held against its digest.
fn different<'a>(
    (archived, record): (&Path, &OutputRecord),
    new: &Path,
    names: impl Iterator<Item = &'a str>,
) -> Result<Vec<String>, RunError> {
    let mut differ = Vec::new();
    for name in names {
        let (one, other) = (archived.join(name), new.join(name));
        let is_same = match (files::is_there(&one)?, files::is_there(&other)?) {
            (true, true) => files::read(&one)? == files::read(&other)?,
            (false, true) if is_made_again(name) => {
                let is = Digests::of(&files::read(&other)?);
                record.outputs.iter().any(|file| file.path == name && file.digests == is)
            }
            _ => false,
        };
        if !is_same {
            differ.push(name.to_owned());
        }
    }
    Ok(differ)
}

/// What the output says of itself and the new one says otherwise. What the bag's inputs or programs explain is not told again: a changed
/// input has another digest.
pub(super) fn records(
    record: &OutputRecord,
    now: &OutputRecord,
    misfits: &[Misfit],
) -> Vec<RecordDifference> {
    let is_explained = misfits.iter().any(|misfit| !misfit.path.starts_with("data/output/"));
    if is_explained {
        return Vec::new();
    }
    let (Some(was), Some(is)) = (record.json.as_object(), now.json.as_object()) else { return Vec::new() };
    let fields = is.keys().chain(was.keys().filter(|key| !is.contains_key(*key)));
    // Outputs are held against each other themselves.
    let fields = fields.filter(|key| *key != "outputs" && was.get(*key) != is.get(*key));
    fields.map(|field| first_difference(field, was.get(field), is.get(field))).collect()
}

fn first_difference(field: &str, was: Option<&Json>, is: Option<&Json>) -> RecordDifference {
    let rows = |value: Option<&Json>| value.and_then(Json::as_array).cloned().unwrap_or_default();
    let (mut one, mut other) = (was.cloned(), is.cloned());
    if was.is_some_and(Json::is_array) && is.is_some_and(Json::is_array) {
        let (a, b) = (rows(was), rows(is));
        let at = (0..a.len().max(b.len())).find(|at| a.get(*at) != b.get(*at)).unwrap_or_default();
        (one, other) = (a.get(at).cloned(), b.get(at).cloned());
    }
    let text = |value: Option<Json>| value.map(|value| value.to_string());
    RecordDifference { field: field.to_owned(), was: text(one), is: text(other) }
}
