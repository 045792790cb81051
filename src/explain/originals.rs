//! The workbooks that a figure rests on, read again.

use std::collections::BTreeMap;
use std::path::Path;

use super::ledger::LedgerFolder;
use crate::digest::Digests;
use crate::error::RunError;
use crate::files;
use crate::ledger::{Operation, Step};

/// A workbook as it lies there today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Path below the input root.
    pub path: String,
    /// Whether it is there, and holds the bytes that were read.
    pub is_same: Option<bool>,
    /// The cells that were read of it, with what was read.
    pub cells: Vec<(String, String)>,
}

impl Original {
    /// Whether it is what was read.
    pub fn agrees(&self) -> bool {
        self.is_same == Some(true)
    }
}

/// Digests the workbooks of steps again.
///
/// # Errors
/// Fails when one cannot be looked at.
pub(super) fn read_again(
    output: &LedgerFolder,
    steps: &[&Step],
    inputs: &Path,
) -> Result<Vec<Original>, RunError> {
    let mut found: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    let read = steps.iter().filter(|step| matches!(step.operation, Operation::Read { .. }));
    for step in read {
        let Some(cell) = step.args.iter().find(|arg| arg.role == "cell") else { continue };
        let Some((file, _)) = cell.id.as_str().split_once('[') else { continue };
        let address = cell.id.as_str().rsplit('!').next().unwrap_or_default();
        found.entry(file).or_default().push((address.to_owned(), step.value.to_string()));
    }
    let mut originals = Vec::new();
    for (file, cells) in found {
        let is_it = |path: &&String| path.split_once('/').is_some_and(|(_, below)| below == file);
        let Some(path) = output.digests.keys().find(is_it) else { continue };
        let at = inputs.join(path);
        let is_same = if files::is_there(&at)? {
            Some(Digests::of(&files::read(&at)?).sha256 == output.digests[path.as_str()])
        } else {
            None
        };
        originals.push(Original { path: path.clone(), is_same, cells });
    }
    Ok(originals)
}
