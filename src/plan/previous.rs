//! `[[previous]]` of a round: outputs that were published before, against which is held what is reported now of their years.
//!
//! They are inputs of the round: read once, recorded with their digests, archived with it. An archive lays them out in the round's own folder,
//! where they are looked for first (`previous-1`, by their place in the list); else they lie where `round.toml` says. Either way they are the ones
//! that are meant only if their tables give the 数字指纹 that is written beside them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Round;
use super::fault::{FileFault, told};
use super::held::{
    ASSESSMENTS, FACT_COLUMNS, FACTS, HeldRow, HeldVerdict, NAME_COLUMNS, PACES, held_true, held_verdicts,
};
use crate::digest::{Digests, figures_of, is_fingerprint};
use crate::error::RunError;
use crate::files;
use crate::ident::{CityId, IndicatorNo};
use crate::inputs::Inputs;
use crate::period::Period;
use crate::quantity::Conversion;
use crate::table_text::{TableFault, TableLine, table_lines};

const MANIFEST: &str = "manifest.json";

/// An earlier output that a round names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    /// Its folder, from the round's own.
    pub output: String,
    /// Its 数字指纹.
    pub figures: String,
}

impl Previous {
    /// What makes no sense in it.
    pub(super) fn fault(&self) -> Option<FileFault> {
        let figures = fingerprint(&self.figures);
        if self.output.trim().is_empty() {
            return Some(FileFault::Empty("output"));
        }
        let fault = FileFault::NotAFingerprint { what: "figures", text: self.figures.clone() };
        (!is_fingerprint(&figures)).then_some(fault)
    }
}

/// A fingerprint as people copy it from a cover: in two lines, in capitals.
pub(super) fn fingerprint(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
}

/// A file of an earlier output that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousFile {
    /// What it is called among the inputs, below the input root: `2025/previous-1/manifest.json`.
    pub path: String,
    /// Where it lies by `round.toml`, from the input root.
    pub at: String,
    /// Where it was read.
    pub read: PathBuf,
}

/// An output that was published before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousOutput {
    /// Its place in the list of the round, from one.
    pub place: usize,
    /// Its folder, as `round.toml` names it.
    pub output: String,
    /// Its 数字指纹.
    pub figures: String,
    /// The year that it judged.
    pub year: i32,
    /// That year, or the part of it.
    pub period: Period,
    /// Whether its figures are invented.
    pub is_illustrative: bool,
    /// The files of it that were read.
    pub files: Vec<PreviousFile>,
    rows: BTreeMap<CityId, Vec<HeldRow>>,
    verdicts: BTreeMap<CityId, Vec<HeldVerdict>>,
}

impl PreviousOutput {
    /// What it held true of a city.
    pub fn rows(&self, city: &CityId) -> impl Iterator<Item = &HeldRow> {
        self.rows.get(city).into_iter().flatten()
    }

    /// What it said of the targets of a city.
    pub fn verdicts(&self, city: &CityId) -> impl Iterator<Item = &HeldVerdict> {
        self.verdicts.get(city).into_iter().flatten()
    }

    /// What its table of assessments is called among the inputs.
    pub fn assessments(&self) -> &str {
        let is_it = |file: &&PreviousFile| file.path.ends_with(ASSESSMENTS);
        self.files.iter().find(is_it).map_or("", |file| &file.path)
    }

    /// Where a row of it stands.
    pub fn entry(&self, held: &HeldRow, conversion: Option<Conversion>) -> OutputEntry {
        let file = self.files.iter().find(|file| file.path.ends_with(FACTS));
        OutputEntry {
            place: self.place,
            file: file.map_or_else(String::new, |file| file.path.clone()),
            line: held.line.try_into().unwrap_or_default(),
            no: held.row.no.clone(),
            written: held.row.value.clone(),
            conversion,
        }
    }
}

/// A value in the table of facts of an earlier output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputEntry {
    /// Place of the output in the list of the round, from one.
    pub place: usize,
    /// The table, as it is called among the inputs.
    pub file: String,
    /// Its line there.
    pub line: usize,
    /// Its number there.
    pub no: IndicatorNo,
    /// The value as it stands there.
    pub written: String,
    /// How it was converted to the unit of the row, if it was.
    pub conversion: Option<Conversion>,
}

/// Reads the outputs that a round names.
///
/// # Errors
/// Fails with the list of those that are not there, or not what they are said to be.
pub fn read_previous(inputs: &Inputs, folder: &Path, round: &Round) -> Result<Vec<PreviousOutput>, RunError> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for (place, one) in (1..).zip(&round.previous) {
        let reader = PreviousReader { inputs, folder, round, place, one };
        match reader.output()? {
            Ok(output) => found.push(output),
            Err(fault) => faults.push((round.line_of(&format!("previous.{place}")).unwrap_or(1), fault)),
        }
    }
    match faults.is_empty() {
        true => Ok(found),
        false => Err(RunError::Faults { path: folder.join("round.toml"), faults: told(faults) }),
    }
}

/// What is asked of a manifest.
#[derive(Deserialize)]
struct PreviousManifest {
    schema: String,
    round: i32,
    /// The part of the year, where it is one.
    period: Option<String>,
    #[serde(default)]
    illustrative: bool,
    outputs: Vec<PreviousTable>,
}

#[derive(Deserialize)]
struct PreviousTable {
    path: String,
    sha256: String,
}

struct PreviousReader<'a> {
    inputs: &'a Inputs,
    folder: &'a Path,
    round: &'a Round,
    place: usize,
    one: &'a Previous,
}

/// What a person has to mend, or what the machine does not allow.
type OrFault<T> = Result<Result<T, FileFault>, RunError>;

impl PreviousReader<'_> {
    fn output(&self) -> OrFault<PreviousOutput> {
        let output = &self.one.output;
        let mut files = Vec::new();
        let manifest = match self.manifest(&mut files)? {
            Ok(manifest) => manifest,
            Err(fault) => return Ok(Err(fault)),
        };
        let (found, year) = (manifest.round, self.round.year());
        let stated = manifest.period.as_deref().and_then(Period::parse);
        let period = stated.filter(|period| period.year() == found).unwrap_or(Period::annual(found));
        if period > self.round.period && found >= year {
            return Ok(Err(FileFault::LaterOutput { output: output.clone(), found, year }));
        }
        let listed = manifest.outputs.iter().map(|file| (file.path.as_str(), file.sha256.as_str()));
        let (is, said) = (figures_of(listed), fingerprint(&self.one.figures));
        if is != said {
            return Ok(Err(FileFault::OtherFigures { output: output.clone(), is, said }));
        }
        let mut table = |name, columns| self.table(&manifest, name, columns, &mut files);
        let names = if period.is_annual() { ASSESSMENTS } else { PACES };
        let (facts, names) = match (table(FACTS, &FACT_COLUMNS)?, table(names, &NAME_COLUMNS)?) {
            (Ok(facts), Ok(names)) => (facts, names),
            (Err(fault), _) | (_, Err(fault)) => return Ok(Err(fault)),
        };
        let rows = held_true(&facts, &names, found);
        let (place, verdicts) = (self.place, held_verdicts(&names));
        let (output, is_illustrative) = (output.clone(), manifest.illustrative);
        let year = found;
        Ok(Ok(PreviousOutput {
            place,
            output,
            figures: is,
            year,
            period,
            is_illustrative,
            files,
            rows,
            verdicts,
        }))
    }

    /// The bytes of a file, if it is there.
    fn bytes(&self, name: &'static str, files: &mut Vec<PreviousFile>) -> Result<Option<Vec<u8>>, RunError> {
        let below = format!("previous-{}/{name}", self.place);
        let (copy, original) = (self.folder.join(&below), self.folder.join(&self.one.output).join(name));
        let read = match (files::is_there(&copy)?, files::is_there(&original)?) {
            (true, _) => copy,
            (false, true) => original,
            (false, false) => return Ok(None),
        };
        let bytes = self.inputs.read(&read)?;
        let at = self.round.path(&format!("{}/{name}", self.one.output.trim_end_matches('/')));
        files.push(PreviousFile { path: self.round.path(&below), at, read });
        Ok(Some(bytes))
    }

    fn manifest(&self, files: &mut Vec<PreviousFile>) -> OrFault<PreviousManifest> {
        let bytes = self.bytes(MANIFEST, files)?;
        let manifest = bytes.and_then(|bytes| serde_json::from_slice::<PreviousManifest>(&bytes).ok());
        let manifest = manifest.filter(|one| one.schema.starts_with("duibiao-manifest/"));
        Ok(manifest.ok_or_else(|| FileFault::NoOutput(self.one.output.clone(), MANIFEST)))
    }

    /// A table, which is the one that the manifest lists.
    fn table(
        &self,
        manifest: &PreviousManifest,
        name: &'static str,
        columns: &[&'static str],
        files: &mut Vec<PreviousFile>,
    ) -> OrFault<Vec<TableLine>> {
        let output = || self.one.output.clone();
        let Some(bytes) = self.bytes(name, files)? else {
            return Ok(Err(FileFault::NoOutput(output(), name)));
        };
        let is = Digests::of(&bytes).sha256;
        if !manifest.outputs.iter().any(|file| file.path == name && file.sha256 == is) {
            return Ok(Err(FileFault::AlteredTable { output: output(), table: name }));
        }
        Ok(table_lines(&bytes, columns).map_err(|fault| match fault {
            TableFault::NoColumn(missing) => FileFault::NoColumns(vec![missing]),
            TableFault::Unread(error) => {
                FileFault::OddTable { output: output(), table: name, words: error.to_string() }
            }
        }))
    }
}
