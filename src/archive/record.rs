//! What an output says of itself: its `manifest.json`, read again.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value as Json;

use super::bag::is_inside;
use crate::digest::{Digests, figures_of, fingerprint, fingerprint_of_files, is_table};
use crate::error::RunError;
use crate::files;

/// The longest `manifest.json`, in bytes.
const LONGEST: u64 = 256 << 20;

/// A file that an output names by its digests.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RecordedFile {
    /// Its path: of inputs below the input root, of outputs below the output, else below its own folder.
    pub path: String,
    /// Where an input lay, from the input root, when that is not its path: a part of an earlier output.
    #[serde(default)]
    pub at: Option<String>,
    /// SHA-256 and SM3.
    #[serde(flatten)]
    pub digests: Digests,
}

impl RecordedFile {
    /// Its path and its SHA-256.
    fn digested(&self) -> (&str, &str) {
        (&self.path, &self.digests.sha256)
    }
}

/// What an output says of itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct OutputRecord {
    /// Version of the program.
    pub version: String,
    /// Version of the typesetting program.
    pub typst: String,
    /// Year of the round.
    pub round: i32,
    /// 快报版 or another.
    pub edition: String,
    /// Date of the report.
    pub report_date: chrono::NaiveDate,
    /// SM3 over those of all inputs, as the cover prints it.
    pub fingerprint: String,
    /// What was read.
    pub inputs: Vec<RecordedFile>,
    /// Templates.
    pub templates: Vec<RecordedFile>,
    /// Fonts.
    pub fonts: Vec<RecordedFile>,
    /// The typesetting program.
    pub tools: Vec<RecordedFile>,
    /// Everything that was published but the manifest itself.
    pub outputs: Vec<RecordedFile>,
    /// All of it.
    #[serde(skip)]
    pub json: Json,
}

impl OutputRecord {
    /// Reads what an output says of itself; nothing where it is none of this program's.
    ///
    /// # Errors
    /// Fails when it cannot be read.
    pub fn read(output: &Path) -> Result<Option<Self>, RunError> {
        let path = output.join("manifest.json");
        if !files::is_there(&path)? {
            return Ok(None);
        }
        let bytes = files::read_up_to(&path, LONGEST).map_err(|source| RunError::reading(&path, source))?;
        let Ok(json) = serde_json::from_slice::<Json>(&bytes) else { return Ok(None) };
        let is_ours = json
            .get("schema")
            .and_then(Json::as_str)
            .is_some_and(|text| text.starts_with("duibiao-manifest/"));
        let Ok(mut record) = serde_json::from_value::<Self>(json.clone()) else { return Ok(None) };
        record.json = json;
        let groups = [&record.inputs, &record.templates, &record.fonts, &record.outputs];
        let stays = groups.into_iter().flatten().all(|file| is_inside(&file.path));
        Ok(Some(record).filter(|_| is_ours && stays))
    }

    /// Whether the fingerprint is that of the inputs.
    pub fn has_own_fingerprint(&self) -> bool {
        fingerprint(self.inputs.iter().map(|file| file.digests.sm3.as_str())) == self.fingerprint
    }

    /// The tables of figures, in the order of the stages.
    pub fn tables(&self) -> impl Iterator<Item = &RecordedFile> {
        self.outputs.iter().filter(|file| is_table(&file.path))
    }

    /// 数字指纹, as the cover prints it: SM3 over the tables of figures in the order of their paths, a line each: the path, a zero byte and the
    /// SHA-256.
    pub fn figures(&self) -> String {
        figures_of(self.outputs.iter().map(RecordedFile::digested))
    }

    /// 编制指纹: the same over what took part in typesetting.
    pub fn setting(&self) -> String {
        fingerprint_of_files(
            self.tools.iter().chain(&self.fonts).chain(&self.templates).map(RecordedFile::digested),
        )
    }

    /// The inputs with their numbers, from one. What several cities share is named for each of them, and stands here once.
    pub fn numbered_inputs(&self) -> impl Iterator<Item = (usize, &RecordedFile)> {
        let mut seen = BTreeSet::new();
        (1..).zip(&self.inputs).filter(move |(_, file)| seen.insert(&file.path))
    }

    /// The folder of the round below the input root.
    pub fn round_folder(&self) -> Option<&str> {
        self.inputs.iter().find_map(|file| file.path.strip_suffix("/round.toml"))
    }
}
