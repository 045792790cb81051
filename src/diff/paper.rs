//! A comparison as files: `diff.json` and `diff.pdf`.

use std::path::{Path, PathBuf};

use super::Diff;
use crate::error::RunError;
use crate::files::{self, Staging};
use crate::finding::Language;
use crate::publish::{Typst, comparison};
use crate::shown;

/// The files of a comparison.
const NAMES: [&str; 2] = ["diff.json", "diff.pdf"];

/// Where a comparison is written, and by what means it is set.
#[derive(Debug, Clone)]
pub struct ComparisonOutput {
    /// The folder.
    pub to: PathBuf,
    /// The typesetting program.
    pub typst: Typst,
    /// Language of the page.
    pub language: Language,
}

impl ComparisonOutput {
    /// Writes a comparison; an earlier one in its place is replaced as a whole.
    ///
    /// # Errors
    /// Fails when the folder holds anything else, or when the page cannot be set. What was there before is then untouched.
    pub fn publish(&self, diff: &Diff) -> Result<(), RunError> {
        let others = others_in(&self.to).map_err(|source| RunError::reading(&self.to, source))?;
        if !others.is_empty() {
            return Err(RunError::ForeignFolder { folder: self.to.clone(), files: others });
        }
        let staging = Staging::beside(&self.to, |folder| Ok(others_in(folder)?.is_empty()))?;
        let [json, pdf] = NAMES;
        let text = shown::json_file(&diff.json()).map_err(|error| RunError::output(json, error))?;
        staging.write(json, &text)?;
        staging.write(pdf, &comparison(&self.typst, &diff.page(self.language), diff.report_date)?)?;
        staging.publish()
    }
}

/// What in a folder is no file of a comparison.
fn others_in(folder: &Path) -> std::io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = files::name(&path);
        if !NAMES.contains(&name.as_str()) && !files::is_of_programs(&path) {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}
