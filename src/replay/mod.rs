//! A bag, run again: is it whole, is it the one, and does the same come out of it?
//!
//! In this order, cheap before costly: the lists of the bag and what the output says of itself; the fingerprint from the paper; the archived
//! program on the archived inputs, cut off from everything else; then figures, record and documents, each held against what was archived.

mod again;
mod changes;
mod compared;
mod divergence;
mod inside;
mod promised;
mod signature;

pub use changes::{FigureChange, FigureOrigin, LedgerChanges, changes};
pub use compared::{Paper, RecordDifference};
pub use divergence::{Difference, Divergence, OriginKind, OriginStep, PrintedLedger};
pub use promised::{Promise, Promised};
pub use signature::{Signature, SignatureFault, SignatureVerdict, WhyUnverified};

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::archive::{BagContents, Misfit, OutputRecord, look_through};
use crate::error::RunError;
use crate::finding::Language;
use again::Replayed;
use inside::ProgramParts;

/// What to run again.
#[derive(Debug, Clone)]
pub struct ReplayOrder {
    /// The bag, a folder.
    pub bag: PathBuf,
    /// A folder with the programs, where they are not those of the bag.
    pub program: Option<PathBuf>,
    /// A fingerprint that was kept elsewhere: the one of the cover, or 数字指纹.
    pub fingerprint: Option<String>,
    /// Files with the keys of those who may have signed: of `ssh-keygen`, of minisign, certificates.
    pub signers: Vec<PathBuf>,
    /// This program, where the question is what it makes of the bag, and not what the archived one does.
    pub own: Option<PathBuf>,
    /// How many threads the run may use; nothing for as many as it takes by itself.
    pub jobs: Option<usize>,
    /// Language of values and names.
    pub language: Language,
}

/// What a fingerprint that was given is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// None was given.
    Unasked,
    /// That of the inputs.
    Inputs,
    /// That of the figures.
    Figures,
    /// Neither.
    Neither,
}

/// Why nothing was run again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotReplayed {
    /// The bag has no output that says what it was made from.
    NoRecord,
    /// There are no programs.
    NoPrograms(String),
    /// The round is not in the bag.
    NoRound,
    /// The program did not do it; its last words.
    Failed(String),
}

/// What came out of a run and how it compares.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplayOutcome {
    /// How long it took.
    pub took: Duration,
    /// Whether the network was cut off.
    pub is_alone: bool,
    /// Tables of figures that differ, in the order of the stages.
    pub tables: Vec<String>,
    /// Where they begin to differ; nothing when they do not, or when there is no ledger to ask.
    pub divergence: Option<Divergence>,
    /// Where this program was run in place of the archived one: which other figures its releases told of.
    pub promised: Option<Promised>,
    /// What the output says of itself and what the new one does.
    pub record: Vec<RecordDifference>,
    /// Documents that differ, by path.
    pub documents: Vec<String>,
    /// How the report differs.
    pub paper: Option<Paper>,
}

/// What is said of a bag.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// Name of the bag.
    pub name: String,
    /// Files in it.
    pub files: usize,
    /// What is not as it was archived.
    pub misfits: Vec<Misfit>,
    /// Inputs whose names are garbled and that were known by their digests: number and name.
    pub garbled: Vec<(usize, String)>,
    /// Fingerprint of the inputs, and 数字指纹, as the bag has them.
    pub fingerprints: Option<(String, String)>,
    /// What the fingerprint that was given is.
    pub provenance: Provenance,
    /// The fingerprint that was given.
    pub given: Option<String>,
    /// What signs the bag.
    pub signatures: Vec<Signature>,
    /// Where this program was run in place of the archived one: its version, and that of the archived one.
    pub versions: Option<(String, String)>,
    /// What came out.
    pub outcome: Result<ReplayOutcome, NotReplayed>,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplayAnswer {
    /// Everything is as it was archived.
    Yes,
    /// Other figures come out.
    Figures,
    /// The same figures come out, and other documents.
    Documents,
    /// The same comes out, but the output says other things of itself.
    Record,
    /// The same comes out, but the bag is not as it was archived.
    Bag,
    /// Nothing came out.
    NotDone,
}

impl Replay {
    /// The answer.
    pub fn answer(&self) -> ReplayAnswer {
        let is_bad = |one: &Signature| matches!(one.verdict, SignatureVerdict::Bad(_));
        let is_forged = self.provenance == Provenance::Neither || self.signatures.iter().any(is_bad);
        let is_other = !self.misfits.is_empty() || is_forged;
        match &self.outcome {
            // It is not the one, whatever would come out.
            Err(NotReplayed::Failed(_)) if is_other => ReplayAnswer::Bag,
            Err(_) => ReplayAnswer::NotDone,
            // Another program makes other tables and documents; what is asked is whether every other figure was told.
            Ok(outcome) if self.versions.is_some() => match &outcome.promised {
                Some(promised) if promised.untold.is_empty() && is_other => ReplayAnswer::Bag,
                Some(promised) if promised.untold.is_empty() => ReplayAnswer::Yes,
                _ => ReplayAnswer::Figures,
            },
            Ok(outcome) if !outcome.tables.is_empty() => ReplayAnswer::Figures,
            Ok(outcome) if !outcome.documents.is_empty() => ReplayAnswer::Documents,
            Ok(_) if is_other => ReplayAnswer::Bag,
            Ok(outcome) if !outcome.record.is_empty() => ReplayAnswer::Record,
            Ok(_) => ReplayAnswer::Yes,
        }
    }
}

/// Looks through a bag, runs it again and compares.
///
/// # Errors
/// Fails when the bag cannot be read, or when the machine does not let the work be done.
pub fn replay(order: &ReplayOrder) -> Result<Replay, RunError> {
    let contents = look_through(&order.bag)?;
    let name = std::fs::canonicalize(&order.bag).map_err(|source| RunError::reading(&order.bag, source))?;
    let mut said = Replay {
        name: crate::files::plain_name(&name),
        files: contents.held.len(),
        misfits: contents.misfits.clone(),
        garbled: Vec::new(),
        fingerprints: None,
        provenance: Provenance::Unasked,
        given: order.fingerprint.clone(),
        signatures: signature::signatures(&contents, &order.signers)?,
        versions: None,
        outcome: Err(NotReplayed::NoRecord),
    };
    let archived = order.bag.join("data/output");
    let Some(record) = OutputRecord::read(&archived)? else { return Ok(said) };
    let mut parts = ProgramParts::of(&order.bag, order.program.as_deref(), &contents, &record)?;
    if let Some(own) = &order.own {
        parts.replace(own);
        said.versions = Some((env!("CARGO_PKG_VERSION").to_owned(), record.version.clone()));
    }
    said.misfits = inside::with_record(&contents, &record, parts.misfits());
    said.garbled = inside::garbled(&contents, &record);
    said.provenance = provenance(order.fingerprint.as_deref(), &record);
    said.fingerprints = Some((record.fingerprint.clone(), record.figures()));
    said.outcome = outcome(order, &contents, &record, &parts, &archived, &said.misfits)?;
    Ok(said)
}

/// Lays the inputs of a bag out below a folder, under the names that they had; tells what in the bag is not as it was archived. Programs are not
/// looked at.
///
/// # Errors
/// Fails when the bag cannot be read.
pub fn unpack(bag: &Path, to: &Path) -> Result<Vec<Misfit>, RunError> {
    let contents = look_through(bag)?;
    let Some(record) = OutputRecord::read(&bag.join("data/output"))? else {
        return Ok(contents.misfits);
    };
    inside::lay_out(&contents, &record, to)?;
    Ok(inside::with_record(&contents, &record, &[]))
}

/// The cities that an output is of, where they are not all of its round.
///
/// # Errors
/// Fails when the round cannot be read.
pub fn cities_of(record: &OutputRecord, round: &Path) -> Result<Vec<String>, RunError> {
    inside::cities(record, round)
}

fn provenance(given: Option<&str>, record: &OutputRecord) -> Provenance {
    let Some(given) = given else { return Provenance::Unasked };
    let given: String = given.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_lowercase();
    match given {
        given if given == record.fingerprint => Provenance::Inputs,
        given if given == record.figures() => Provenance::Figures,
        _ => Provenance::Neither,
    }
}

fn outcome(
    order: &ReplayOrder,
    contents: &BagContents,
    record: &OutputRecord,
    parts: &ProgramParts,
    archived: &Path,
    misfits: &[Misfit],
) -> Result<Result<ReplayOutcome, NotReplayed>, RunError> {
    if let Some(missing) = &parts.missing {
        return Ok(Err(NotReplayed::NoPrograms(missing.clone())));
    }
    let Some(round) = record.round_folder() else { return Ok(Err(NotReplayed::NoRound)) };
    let work = crate::files::Temporary::new()?;
    inside::lay_out(contents, record, &work.path().join("input"))?;
    let cities = inside::cities(record, &work.path().join("input").join(round))?;
    let Replayed { took, is_alone, failed } = again::run(parts, work.path(), round, &cities, order.jobs)?;
    if let Some(words) = failed {
        return Ok(Err(NotReplayed::Failed(words)));
    }
    let new = work.path().join("output");
    let Some(now) = OutputRecord::read(&new)? else {
        return Ok(Err(NotReplayed::Failed("manifest.json".to_owned())));
    };
    let tables = compared::tables(archived, record, &new, &now)?;
    let divergence =
        if tables.is_empty() { None } else { divergence::between(archived, &new, order.language)? };
    let promised = match (&order.own, &divergence) {
        (Some(_), Some(divergence)) => Some(promised::told(divergence, &record.version)),
        (Some(_), None) if tables.is_empty() => Some(Promised::default()),
        _ => None,
    };
    let documents = compared::documents(archived, record, &new, &now)?;
    let paper = if tables.is_empty() && documents.iter().any(|path| path == "technical.pdf") {
        Some(again::paper(&archived.join("technical.pdf"), &new.join("technical.pdf"))?)
    } else {
        None
    };
    let record = compared::records(record, &now, misfits);
    Ok(Ok(ReplayOutcome { took, is_alone, tables, divergence, promised, record, documents, paper }))
}
