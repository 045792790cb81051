//! An output that was published, as far as it takes part in explaining.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::printed::PrintedFigures;
use crate::error::{ExplainRefusal, RunError};
use crate::files;
use crate::finding::Language;
use crate::ledger::{Arg, Ledger, Operation, Step, StepId, StepValue};
use crate::table_text::{lines_that_read, reader, text};

/// An output with its ledger.
pub struct LedgerFolder {
    /// Its steps.
    pub ledger: Ledger,
    /// Fingerprint of the inputs, as the cover prints it.
    pub(super) fingerprint: String,
    /// Where it lies.
    pub(super) folder: PathBuf,
    /// SHA-256 of the inputs, by path below the input root.
    pub(super) digests: BTreeMap<String, String>,
    /// Findings: what they are about (`xiangtan/22`), and code, severity and message.
    pub(super) findings: Vec<(String, String)>,
}

/// A numeral of the volumes, by where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PrintedAt {
    /// The place, as `tables/figures` has it.
    pub(super) place: String,
    /// The step that it prints.
    pub(super) id: String,
    /// The numeral.
    pub(super) text: String,
}

/// The ledger is read up to this length: that of 2,800 cities has a fifth of it.
const LONGEST: u64 = 8 << 30;

/// Reads an operation and its parameters.
type ReadOperation = fn(&str, &str) -> Result<Operation, serde_json::Error>;

impl LedgerFolder {
    /// Reads what explaining takes of an output folder.
    ///
    /// # Errors
    /// Fails when the folder holds no output, or one without a ledger, or when the ledger is not as the program writes it.
    pub fn read(folder: &Path, language: Language) -> Result<Self, RunError> {
        Self::with(folder, language, Operation::read)
    }

    /// The same of an output that another version of the program may have made, to hold it against others: steps that this one cannot do
    /// again are kept as they stand.
    ///
    /// # Errors
    /// As [`LedgerFolder::read`].
    pub fn read_of_another(folder: &Path, language: Language) -> Result<Self, RunError> {
        Self::with(folder, language, Operation::read_of_another)
    }

    fn with(folder: &Path, language: Language, operation: ReadOperation) -> Result<Self, RunError> {
        // An archive has its output inside.
        let inside = folder.join("data/output");
        let folder = if files::is_there(&inside.join("manifest.json"))? { inside.as_path() } else { folder };
        let refuse = |why| RunError::Explain { path: folder.to_owned(), why };
        let manifest = folder.join("manifest.json");
        let table = folder.join("tables/derivation.csv");
        for path in [&manifest, &table] {
            if !files::is_there(path)? {
                return Err(refuse(ExplainRefusal::NoLedger));
            }
        }
        let text =
            files::read_up_to(&manifest, LONGEST).map_err(|source| RunError::reading(&manifest, source))?;
        let manifest: serde_json::Value =
            serde_json::from_slice(&text).map_err(|_| refuse(ExplainRefusal::NoLedger))?;
        let word = |value: &serde_json::Value, key: &str| {
            value.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
        };
        let inputs = manifest.get("inputs").and_then(serde_json::Value::as_array);
        let digests =
            inputs.into_iter().flatten().map(|one| (word(one, "path"), word(one, "sha256"))).collect();
        let bytes = files::read_up_to(&table, LONGEST).map_err(|source| RunError::reading(&table, source))?;
        let mut rows = reader(&bytes);
        let mut steps = Vec::new();
        for (line, row) in (2..).zip(rows.records()) {
            let row = row.map_err(|_| refuse(ExplainRefusal::NoStep { line }))?;
            steps.push(step(&row, operation).ok_or_else(|| refuse(ExplainRefusal::NoStep { line }))?);
        }
        let findings = findings(&folder.join("tables/findings.csv"), language)?;
        let fingerprint = word(&manifest, "fingerprint");
        let folder = folder.to_owned();
        Ok(Self { ledger: steps.into_iter().collect(), fingerprint, folder, digests, findings })
    }

    /// What the output prints.
    ///
    /// # Errors
    /// Fails when it has no table of its numerals, or when that cannot be read.
    pub fn printed(&self) -> Result<PrintedFigures, RunError> {
        let lacking = || RunError::Explain { path: self.folder.clone(), why: ExplainRefusal::NoLedger };
        let all = self.numerals()?.ok_or_else(lacking)?;
        Ok(all.into_iter().map(|one| (StepId::new(one.id), one.place)).collect())
    }

    /// The numeral at a place, or those at the places below it.
    ///
    /// # Errors
    /// Fails when the table of them cannot be read.
    pub(super) fn printed_at(&self, place: &str) -> Result<Vec<PrintedAt>, RunError> {
        let mut below = self.printed_where(|own| {
            own == place || own.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'))
        })?;
        match below.iter().position(|one| one.place == place) {
            Some(at) => Ok(vec![below.swap_remove(at)]),
            None => Ok(below),
        }
    }

    /// The numerals at places of a kind.
    ///
    /// # Errors
    /// Fails when the table of them cannot be read.
    pub(super) fn printed_where(&self, is_it: impl Fn(&str) -> bool) -> Result<Vec<PrintedAt>, RunError> {
        let all = self.numerals()?.unwrap_or_default();
        Ok(all.into_iter().filter(|one| is_it(&one.place)).collect())
    }

    /// All numerals; `None` where the output has no table of them.
    fn numerals(&self) -> Result<Option<Vec<PrintedAt>>, RunError> {
        let table = self.folder.join("tables/figures.csv");
        if !files::is_there(&table)? {
            return Ok(None);
        }
        let bytes = files::read_up_to(&table, LONGEST).map_err(|source| RunError::reading(&table, source))?;
        let one = |row: csv::StringRecord| {
            let cell = |at: usize| row.get(at).map(text).unwrap_or_default().into_owned();
            PrintedAt { place: cell(0), id: cell(1), text: cell(2) }
        };
        Ok(Some(reader(&bytes).records().filter_map(Result::ok).map(one).collect()))
    }
}

/// The findings of a table, by what they are about.
fn findings(table: &Path, language: Language) -> Result<Vec<(String, String)>, RunError> {
    if !files::is_there(table)? {
        return Ok(Vec::new());
    }
    let bytes = files::read_up_to(table, LONGEST).map_err(|source| RunError::reading(table, source))?;
    let message = match language {
        Language::Chinese => "message",
        Language::English => "message_en",
    };
    let told = |row: &BTreeMap<String, String>| {
        let about = format!("{}/{}", row.get("city")?, row.get("indicator")?);
        Some((about, format!("{} {}", row.get("code")?, row.get(message)?)))
    };
    Ok(lines_that_read(&bytes).iter().filter_map(told).collect())
}

/// A row of the table; see docs/operations.md.
fn step(row: &csv::StringRecord, operation: ReadOperation) -> Option<Step> {
    let cell = |at: usize| row.get(at).map(text);
    let args: Vec<[String; 2]> = serde_json::from_str(&cell(6)?).ok()?;
    Some(Step {
        id: StepId::new(cell(1)?),
        operation: operation(row.get(2)?, &cell(7)?).ok()?,
        args: args.into_iter().map(|[role, id]| Arg { role: role.into(), id: StepId::new(id) }).collect(),
        value: StepValue::read(row.get(4)?, &cell(3)?)?,
        unit: Arc::from(cell(5)?),
    })
}
