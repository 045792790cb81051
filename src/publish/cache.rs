//! What earlier runs made, kept beside them by digests of all that it is made from (`--cache`): documents as they were set, and of which output nothing
//! has changed since.
//!
//! Inputs are read and evaluated in every run; what is kept saves setting documents and writing files. A document is kept under a digest of every byte
//! that the typesetting program sees, of that program and of the fonts; what lies there carries the digest of its own bytes, and what has
//! another one is made anew. So the folder can be damaged, shared between rounds and removed at any time. Who can write to it can put other documents
//! into it: it is for whoever makes reports, and `replay` takes nothing from it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::manifest::{Manifest, sha256_of_outputs};
use super::typst::{self, Manuscript};
use super::{Disclosure, LONGEST_MANIFEST};
use crate::digest::sha256_of_stream;
use crate::error::{CacheFault, RunError};
use crate::evaluation::Evaluation;
use crate::files;

/// The folder in which it is kept.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    /// SHA-256 of this program: another one may publish otherwise.
    program: String,
}

/// A digest of all that something is made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct MadeFrom(String);

impl MadeFrom {
    /// Of parts, each with its length before it, so that none can pass for two.
    fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            all.extend((part.len() as u64).to_be_bytes());
            all.extend(part);
        }
        Self(sha256(&all))
    }
}

/// What an output was made from, and what was kept of it.
#[derive(Debug, Serialize, Deserialize)]
struct KeptOutput {
    /// Where it was put.
    output: PathBuf,
    made_from: MadeFrom,
    /// SHA-256 of its manifest, which has those of all others.
    manifest: String,
    figures: String,
    /// The documents in it.
    documents: BTreeSet<MadeFrom>,
}

/// What all documents of a round are set with.
#[derive(Debug, Clone)]
pub(super) struct SetWith(Vec<u8>);

impl SetWith {
    /// The typesetting program and the fonts, by their digests.
    pub(super) fn of(manifest: &Manifest) -> Self {
        let files = manifest.tools.iter().chain(&manifest.fonts);
        Self(
            files
                .flat_map(|file| [&*file.path, "\0", &*file.digests.sha256, "\n"].concat().into_bytes())
                .collect(),
        )
    }
}

/// The documents of a run by what they are made from, with their paths.
pub(super) type Documents = BTreeMap<MadeFrom, String>;

impl Cache {
    /// What is kept in a folder, for this program, whose SHA-256 is given.
    ///
    /// # Errors
    /// Fails when the folder can neither be found nor made, or when it holds other things.
    pub fn new(folder: PathBuf, program: String) -> Result<Self, RunError> {
        let strange = files::others_than(&folder, &[DOCUMENTS, OUTPUTS]);
        let strange = strange.map_err(|source| RunError::reading(&folder, source))?;
        if !strange.is_empty() {
            return Err(CacheFault::Foreign { folder, files: strange }.into());
        }
        for below in [DOCUMENTS, OUTPUTS] {
            files::make_folder(&folder.join(below))?;
        }
        Ok(Self { folder, program })
    }

    /// What a document is made from.
    pub(super) fn made_from(set_with: &SetWith, document: &Manuscript<'_>) -> MadeFrom {
        let date = document.date.to_string();
        let words = [document.language.key(), document.main, date.as_str()].into_iter().chain(typst::OPTIONS);
        let files = document.files.iter().flat_map(|(path, bytes)| [path.as_bytes(), *bytes]);
        MadeFrom::of([set_with.0.as_slice()].into_iter().chain(words.map(str::as_bytes)).chain(files))
    }

    /// A document that was set before from the same, as it was; `None` where there is none, or another one.
    pub(super) fn document(&self, from: &MadeFrom) -> Option<Vec<u8>> {
        let kept = files::read(&self.at(from)).ok()?;
        let (digest, document) = kept.split_at_checked(DIGEST)?;
        (sha256(document).as_bytes() == digest).then(|| document.to_vec())
    }

    /// Keeps a document. That it cannot be kept is no fault of the run that made it.
    pub(super) fn keep(&self, from: &MadeFrom, document: &[u8]) {
        let bytes = [sha256(document).as_bytes(), document].concat();
        drop(files::replace(&self.at(from), &bytes));
    }

    /// What an output is made from: all inputs and what was found in them, this program and whatever else takes part.
    pub(super) fn output_from(
        &self,
        evaluation: &Evaluation,
        manifest: &Manifest,
        explorer: Disclosure,
    ) -> Result<MadeFrom, RunError> {
        let cities: Vec<&str> = evaluation.cities.iter().map(|city| city.plan.city.as_str()).collect();
        let found = format!("{explorer:?} {cities:?} {:?}", evaluation.findings);
        Ok(MadeFrom::of([self.program.as_bytes(), &manifest.json()?, found.as_bytes()]))
    }

    /// The 数字指纹 of an output that lies there, whole, as it was made from the same; `None` where it has to be made.
    pub(super) fn unchanged(&self, output: &Path, from: &MadeFrom) -> Option<String> {
        let kept = self.output(output).filter(|kept| kept.made_from == *from)?;
        let manifest = files::read_up_to(&output.join("manifest.json"), LONGEST_MANIFEST).ok()?;
        let is_whole = |(path, digest): (String, String)| is_as_digested(&output.join(path), &digest);
        let listed = sha256_of_outputs(&manifest).filter(|_| sha256(&manifest) == kept.manifest)?;
        listed.into_iter().all(is_whole).then_some(kept.figures)
    }

    /// Remembers what an output was made from, and lets go of documents that no output has any more.
    pub(super) fn remember(
        &self,
        output: &Path,
        made_from: MadeFrom,
        (manifest, figures): (&[u8], &str),
        documents: Documents,
    ) {
        let of_before = self.output(output).map_or_else(BTreeSet::new, |kept| kept.documents);
        let kept = KeptOutput {
            output: place(output),
            made_from,
            manifest: sha256(manifest),
            figures: figures.to_owned(),
            documents: documents.into_keys().collect(),
        };
        let Ok(bytes) = serde_json::to_vec_pretty(&kept) else { return };
        if files::replace(&self.list_of(output), &bytes).is_err() {
            return;
        }
        let in_use: BTreeSet<MadeFrom> =
            self.outputs().into_values().flat_map(|kept| kept.documents).collect();
        for gone in of_before.difference(&in_use) {
            drop(std::fs::remove_file(self.at(gone)));
        }
    }

    fn at(&self, from: &MadeFrom) -> PathBuf {
        self.folder.join(DOCUMENTS).join(&from.0)
    }

    fn list_of(&self, output: &Path) -> PathBuf {
        let name = sha256(place(output).as_os_str().as_encoded_bytes());
        self.folder.join(OUTPUTS).join(format!("{name}.json"))
    }

    fn output(&self, output: &Path) -> Option<KeptOutput> {
        let bytes = files::read_up_to(&self.list_of(output), LONGEST_MANIFEST).ok()?;
        let kept: KeptOutput = serde_json::from_slice(&bytes).ok()?;
        Some(kept).filter(|kept| kept.output == place(output))
    }

    /// All outputs that are known, by their lists.
    fn outputs(&self) -> BTreeMap<PathBuf, KeptOutput> {
        let lists = files::list(&self.folder.join(OUTPUTS)).unwrap_or_default();
        let read = |list: PathBuf| {
            let bytes = files::read_up_to(&list, LONGEST_MANIFEST).ok()?;
            Some((list, serde_json::from_slice(&bytes).ok()?))
        };
        lists.into_iter().filter_map(read).collect()
    }
}

/// Where documents are kept, and lists of what outputs were made from.
const DOCUMENTS: &str = "documents";
const OUTPUTS: &str = "outputs";
/// Characters of a SHA-256.
const DIGEST: usize = 64;

/// Whether a file is there and has that SHA-256.
pub(super) fn is_as_digested(path: &Path, sha256: &str) -> bool {
    files::open(path).and_then(sha256_of_stream).is_ok_and(|found| found == sha256)
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    // Bytes in memory can be read.
    sha256_of_stream(bytes).unwrap_or_default()
}

/// Where an output lies, whatever it is called.
fn place(output: &Path) -> PathBuf {
    files::place(output).unwrap_or_else(|_| output.to_owned())
}
