//! An output with all that it was made from, as a bag that any archive can check (BagIt, RFC 8493) and this program can do again.
//!
//! What is archived is the run, not the folders of today: every file is held against `manifest.json` of the output, and the first that differs
//! stops it. Nothing comes from the clock.

mod bag;
mod declaration;
mod garbled;
mod names;
mod programs;
mod record;
mod rules;
mod tar;
mod told;
mod zipped;

pub use bag::{BagContents, BagFault, Below, HeldFile, Misfit, TAGS, below, look_through, sha256};
pub use names::stored;
pub use record::{OutputRecord, RecordedFile};
pub use rules::verify;
pub use told::PROGRAM;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::digest::Digests;
use crate::error::{ArchiveRefusal, DiffRefusal, RunError};
use crate::files;
use crate::files::Staging;

/// The programs that go into a bag.
#[derive(Debug, Clone)]
pub struct Programs {
    /// The typesetting program.
    pub typst: PathBuf,
    /// Folders with fonts.
    pub fonts: Vec<PathBuf>,
    /// A folder of templates instead of those in the program.
    pub templates: Option<PathBuf>,
}

/// What to archive, and where.
#[derive(Debug, Clone)]
pub struct ArchiveOrder {
    /// The output.
    pub output: PathBuf,
    /// The root of its inputs.
    pub input: PathBuf,
    /// The bag, which must not be there.
    pub to: PathBuf,
    /// This program.
    pub own: PathBuf,
    /// The other programs; without them they are named by their digests.
    pub programs: Option<Programs>,
    /// The day of archiving, where it is to be told.
    pub date: Option<NaiveDate>,
    /// The same as one file, which must not be there.
    pub tar: Option<PathBuf>,
    /// The same as one zip, which must not be there.
    pub zip: Option<PathBuf>,
    /// The source tree of the program, to go with it.
    pub source: Option<PathBuf>,
}

/// What was archived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archived {
    /// Files in `data/`.
    pub files: usize,
    /// Their length in bytes.
    pub bytes: u64,
    /// 数字指纹.
    pub figures: String,
    /// Inputs that are stored under another name: their path, and their number.
    pub renamed: Vec<(String, usize)>,
}

/// A bag in the making.
struct Making {
    staging: Staging,
    payload: Vec<(String, Digests)>,
    bytes: u64,
}

impl Making {
    fn put(&mut self, path: String, bytes: &[u8]) -> Result<(), RunError> {
        self.staging.write(&path, bytes)?;
        if tar::is_program(&path) {
            use std::os::unix::fs::PermissionsExt as _;
            let at = self.staging.path().join(&path);
            let mode = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(&at, mode).map_err(|source| RunError::writing(&at, source))?;
        }
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        self.payload.push((path, Digests::of(bytes)));
        Ok(())
    }

    fn has(&self, path: &str) -> bool {
        self.payload.iter().any(|(own, _)| own == path)
    }

    /// Takes a file that an output names, if it is what it was.
    fn take(&mut self, from: &Path, to: String, was: &Digests) -> Result<(), RunError> {
        let bytes = Self::check(from, was)?;
        self.put(to, &bytes)
    }

    /// The bytes of a file that an output names.
    fn check(from: &Path, was: &Digests) -> Result<Vec<u8>, RunError> {
        let refuse = |why| Err(RunError::Archive { path: from.to_owned(), why });
        if !files::is_there(from)? {
            return refuse(ArchiveRefusal::Gone);
        }
        let bytes = files::read(from)?;
        let is = Digests::of(&bytes);
        if is != *was {
            return refuse(ArchiveRefusal::Differs { was: was.sha256.clone(), is: is.sha256 });
        }
        Ok(bytes)
    }
}

/// Makes a bag of an output.
///
/// # Errors
/// Fails, and leaves nothing behind, when the output or an input is not what it was, when a program that it names is not at hand, or when something
/// is where the bag is to be.
pub fn archive(order: &ArchiveOrder) -> Result<Archived, RunError> {
    let refuse = |path: &Path, why| RunError::Archive { path: path.to_owned(), why };
    for to in [Some(&order.to), order.tar.as_ref(), order.zip.as_ref()].into_iter().flatten() {
        if files::look_at_itself(to).map_err(|source| RunError::reading(to, source))?.is_some() {
            return Err(RunError::Existing(to.clone()));
        }
    }
    let record = OutputRecord::read(&order.output)?;
    let record = record.ok_or_else(|| refuse(&order.output, ArchiveRefusal::NoOutput))?;
    if let Some((one, other)) = names::alike(record.inputs.iter().map(|file| file.path.as_str())) {
        return Err(refuse(Path::new(other), ArchiveRefusal::Alike(one.to_owned())));
    }
    let staging = Staging::beside(&order.to, is_nothing)?;
    let mut making = Making { staging, payload: Vec::new(), bytes: 0 };
    let mut renamed = Vec::new();
    for (number, file) in record.numbered_inputs() {
        // What could not be read then has no digest to be held against.
        if file.digests.is_unknown() {
            continue;
        }
        let to = stored(&file.path, number);
        if to != file.path {
            renamed.push((file.path.clone(), number));
        }
        making.take(&input(&order.input, file)?, format!("data/input/{to}"), &file.digests)?;
    }
    outputs(&mut making, &order.output, &record, order.programs.is_some())?;
    if let Some(programs) = &order.programs {
        programs::of_programs(&mut making, &order.own, programs, &record)?;
        if let Some(tree) = &order.source {
            programs::source(&mut making, tree, &record)?;
        }
    }
    making.payload.sort_by(|(one, _), (other, _)| one.cmp(other));
    let own = sha256(&order.own)?;
    let tags = told::tags(order, &record, &own, &making.payload, making.bytes);
    for (path, text) in &tags {
        making.staging.write(path, text.as_bytes())?;
    }
    let digests: Vec<(&str, Digests)> =
        tags.iter().map(|(path, text)| (path.as_str(), Digests::of(text.as_bytes()))).collect();
    let list = bag::list(digests.iter().map(|(path, digests)| (*path, digests)));
    making.staging.write(bag::TAGS, list.as_bytes())?;
    let archived =
        Archived { files: making.payload.len(), bytes: making.bytes, figures: record.figures(), renamed };
    making.staging.publish()?;
    let name = files::plain_name(&order.to);
    if let Some(to) = &order.tar {
        tar::write(&order.to, &name, record.report_date, to)?;
    }
    if let Some(to) = &order.zip {
        zipped::write(&order.to, &name, record.report_date, to)?;
    }
    Ok(archived)
}

/// Where an input lies: at its path; a part of an earlier output where the round says, unless it was laid out with the round.
fn input(root: &Path, file: &RecordedFile) -> Result<PathBuf, RunError> {
    let own = place(root, &file.path)?;
    match &file.at {
        Some(at) if !files::is_there(&own)? => Ok(root.join(at)),
        _ => Ok(own),
    }
}

/// Copies the inputs of an output to a folder, each under the name that it had, if it is what it was.
///
/// # Errors
/// Fails with the first that is gone or another one.
pub fn take_inputs(record: &OutputRecord, input: &Path, to: &Path) -> Result<(), RunError> {
    for (_, file) in record.numbered_inputs().filter(|(_, file)| !file.digests.is_unknown()) {
        let refuse = |why| Err(RunError::Diff { path: input.to_owned(), why });
        let from = self::input(input, file)?;
        if !files::is_there(&from)? {
            return refuse(DiffRefusal::InputGone(file.path.clone()));
        }
        let bytes = files::read(&from)?;
        if Digests::of(&bytes) != file.digests {
            return refuse(DiffRefusal::InputDiffers(file.path.clone()));
        }
        let below = from.strip_prefix(input).unwrap_or(Path::new(&file.path));
        files::write(&to.join(below), &bytes)?;
    }
    Ok(())
}

/// Where an input lies by its path. A record names it as it is shown: what could deceive a reader stands there as a code.
fn place(input: &Path, path: &str) -> Result<PathBuf, RunError> {
    let plain = input.join(path);
    if !path.contains('\\') || files::look_at_itself(&plain).is_ok_and(|found| found.is_some()) {
        return Ok(plain);
    }
    let mut at = input.to_owned();
    for part in path.split('/') {
        let next = at.join(part);
        if files::is_there(&next)? {
            at = next;
            continue;
        }
        let failed = |source| RunError::reading(&at, source);
        let mut found = None;
        for entry in std::fs::read_dir(&at).map_err(failed)? {
            let entry = entry.map_err(failed)?.path();
            found = found.or(Some(entry).filter(|entry| files::name(entry) == part));
        }
        at = found.unwrap_or(next);
    }
    Ok(at)
}

/// A bag takes the place of nothing, or of an empty folder that came in between.
fn is_nothing(path: &Path) -> std::io::Result<bool> {
    match std::fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Whether an output holds nothing but what others of the same run hold, so that a bag without programs leaves it out: a replay makes it again and holds
/// it against its digest.
pub fn is_made_again(path: &str) -> bool {
    path.starts_with("cities/")
        || path.starts_with("units/")
        || path.ends_with(".parquet")
        || matches!(path, "explorer.html" | "validation-report-ess.json")
}

/// The output, and nothing that a run has not made; `is_whole` unless what is made again is left out.
fn outputs(
    making: &mut Making,
    output: &Path,
    record: &OutputRecord,
    is_whole: bool,
) -> Result<(), RunError> {
    let listed: BTreeSet<&str> =
        record.outputs.iter().map(|file| file.path.as_str()).chain(["manifest.json"]).collect();
    for found in bag::below(output)? {
        if !listed.contains(found.path.as_str()) && !files::is_of_programs(&found.at) {
            return Err(RunError::Archive { path: found.at, why: ArchiveRefusal::NotListed });
        }
    }
    for file in &record.outputs {
        if !is_whole && is_made_again(&file.path) {
            Making::check(&output.join(&file.path), &file.digests)?;
            continue;
        }
        making.take(&output.join(&file.path), named("data/output", &file.path)?, &file.digests)?;
    }
    making.put("data/output/manifest.json".to_owned(), &files::read(&output.join("manifest.json"))?)
}

/// The path of a file that keeps its name in a bag.
fn named(folder: &str, path: &str) -> Result<String, RunError> {
    if path.split('/').all(names::is_portable) {
        return Ok(format!("{folder}/{path}"));
    }
    Err(RunError::Archive { path: PathBuf::from(path), why: ArchiveRefusal::Name })
}
