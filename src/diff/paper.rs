//! A comparison as files: `diff.json` and `diff.pdf`.

use std::path::PathBuf;

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
        let others =
            files::others_than(&self.to, &NAMES).map_err(|source| RunError::reading(&self.to, source))?;
        if !others.is_empty() {
            return Err(RunError::ForeignFolder { folder: self.to.clone(), files: others });
        }
        let staging = Staging::beside(&self.to, |folder| Ok(files::others_than(folder, &NAMES)?.is_empty()))?;
        let [json, pdf] = NAMES;
        let text = shown::json_file(&diff.json()).map_err(|error| RunError::output(json, error))?;
        staging.write(json, &text)?;
        staging.write(pdf, &comparison(&self.typst, &diff.page(self.language), diff.report_date)?)?;
        staging.publish()
    }
}
