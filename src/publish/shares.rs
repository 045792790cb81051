//! 分片: a share of the cities of a round, made by itself, so that machines can each make one (`run --part K/N --to DIR`) and `merge` takes them
//! together.
//!
//! A share holds the documents that are a city's alone, the tables of its cities as one dataset by round and city, and a record of all that they were
//! made from. Places, totals and the volumes of the round are for who has all cities: `merge` evaluates the whole round, which takes seconds where
//! documents take minutes, and takes from shares only what it would make itself, byte for byte; so no figure of a report comes from a share.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::cache::{self, Documents, MadeFrom};
use super::documents;
use super::report::Context;
use super::typeset::{self, Material};
use super::{Glyphs, Manifest, Output, OutputFile, Publication, begun, described, not_among, tables};
use crate::error::{RunError, ShareFault};
use crate::evaluation::{Evaluation, InputFile};
use crate::files::{self, Staging};
use crate::ident::CityId;
use crate::inputs::Inputs;
use crate::plan::Round;
use crate::progress::Progress;

/// Which share of how many: every one of so many cities, beginning with one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Share {
    /// Its number, from 1.
    pub part: usize,
    /// How many there are.
    pub of: usize,
}

impl Share {
    /// `3/8`; `None` for what is no share.
    pub fn parse(text: &str) -> Option<Self> {
        let (part, of) = text.split_once('/')?;
        let number = |text: &str| {
            let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<usize>().ok().filter(|number| is_plain && *number > 0)
        };
        Some(Self { part: number(part)?, of: number(of)? }).filter(|share| share.part <= share.of)
    }

    /// Its cities.
    ///
    /// # Errors
    /// Fails when there are fewer cities than shares: one of these would have none.
    pub fn cities(self, round: &Round) -> Result<Vec<String>, RunError> {
        let all = round.cities.len();
        if self.of > all {
            return Err(ShareFault::TooMany { of: self.of, cities: all }.into());
        }
        let own = round.cities.iter().skip(self.part.saturating_sub(1)).step_by(self.of.max(1));
        Ok(own.map(ToString::to_string).collect())
    }
}

/// Which share is made, and by which program.
#[derive(Debug, Clone)]
pub struct ShareOrder {
    /// Which one.
    pub share: Share,
    /// SHA-256 of this program.
    pub program: String,
    /// How many cities the round has.
    pub cities: usize,
}

/// What a share was made from, and what is in it: `part.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct ShareRecord {
    schema: String,
    version: String,
    /// SHA-256 of the program that made it.
    program: String,
    #[serde(flatten)]
    share: Share,
    cities: Vec<CityId>,
    /// Templates, fonts and the typesetting program.
    set_with: Vec<FileDigest>,
    inputs: Vec<FileDigest>,
    documents: Vec<SharedDocument>,
    tables: Vec<FileDigest>,
}

/// A file by its path, with its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct FileDigest {
    path: String,
    sha256: String,
}

impl FileDigest {
    fn of(file: &OutputFile) -> Self {
        Self { path: file.path.clone(), sha256: file.digests.sha256.clone() }
    }
}

/// A document of a share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SharedDocument {
    #[serde(flatten)]
    file: FileDigest,
    made_from: MadeFrom,
}

const SCHEMA: &str = "duibiao-part/1";
const RECORD: &str = "part.json";
/// The longest record, in bytes.
const LONGEST_RECORD: u64 = 64 << 20;

fn set_with(manifest: &Manifest) -> Vec<FileDigest> {
    manifest.templates.iter().chain(&manifest.fonts).chain(&manifest.tools).map(FileDigest::of).collect()
}

fn inputs_of(evaluation: &Evaluation) -> Vec<FileDigest> {
    let of = |file: &InputFile| FileDigest { path: file.path.clone(), sha256: file.digests.sha256.clone() };
    evaluation.inputs.iter().map(of).collect()
}

/// Makes a share of the cities that were evaluated, and puts it in place at once.
///
/// # Errors
/// Fails when an output cannot be made, or when the folder holds other things than an earlier share. What was there before is then untouched.
pub fn publish_share(
    evaluation: &Evaluation,
    inputs: &Inputs,
    publication: &Publication,
    glyphs: Glyphs,
    order: &ShareOrder,
    progress: &dyn Progress,
) -> Result<(), RunError> {
    let folder = &publication.output;
    let strange = foreign(folder).map_err(|source| RunError::reading(folder, source))?;
    if !strange.is_empty() {
        return Err(RunError::ForeignFolder { folder: folder.clone(), files: strange });
    }
    let staging = Staging::beside(folder, is_ours)?;
    let typst = publication.typst.version()?;
    let (manifest, templates) = begun(evaluation, publication, &typst)?;
    let fingerprint = manifest.fingerprint.clone();
    let context = Context::new(evaluation, &fingerprint, &typst).of_share(order.cities);
    let built = documents::of_cities(&context)?;
    let material = Material { context: &context, templates: &templates, outputs: &[], manifest: &manifest };
    let (documents, used) = typeset::documents(publication, &material, built, glyphs, progress)?;
    let tables = dataset(evaluation, &context)?;
    let record = ShareRecord {
        schema: SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        program: order.program.clone(),
        share: order.share,
        cities: evaluation.cities.iter().map(|city| city.plan.city.clone()).collect(),
        set_with: set_with(&manifest),
        inputs: inputs_of(evaluation),
        documents: told(&documents, &used),
        tables: described(&tables).iter().map(FileDigest::of).collect(),
    };
    let json = serde_json::to_vec_pretty(&record).map_err(|error| RunError::output(RECORD, error))?;
    let outputs: Vec<Output> = documents.into_iter().chain(tables).collect();
    outputs.par_iter().try_for_each(|(path, bytes)| staging.write(path, bytes))?;
    staging.write(RECORD, &json)?;
    inputs.unchanged()?;
    staging.publish()
}

/// The documents with what each is made from.
fn told(documents: &[Output], used: &Documents) -> Vec<SharedDocument> {
    let from: BTreeMap<&str, &MadeFrom> = used.iter().map(|(from, path)| (path.as_str(), from)).collect();
    let of = |file: &OutputFile| {
        let made_from = (*from.get(file.path.as_str())?).clone();
        Some(SharedDocument { file: FileDigest::of(file), made_from })
    };
    described(documents).iter().filter_map(of).collect()
}

/// The tables of each city: `tables/facts/round=2023/city=xiangtan/part.parquet`, which engines read as one dataset over all shares. Rows have a
/// `year` of their own, which a key of that name would hide.
fn dataset(evaluation: &Evaluation, context: &Context<'_>) -> Result<Vec<Output>, RunError> {
    let year = evaluation.round.year();
    let of_city = |slug: &str| {
        let own = evaluation.only(slug, &context.owners).published();
        let file = |table: &super::Table| {
            let path = format!("tables/{}/round={year}/city={slug}/part.parquet", table.head.name);
            Ok((path, table.parquet()?))
        };
        tables::of_city(&own).iter().map(file).collect::<Result<Vec<Output>, RunError>>()
    };
    let slugs: Vec<&str> = evaluation.cities.iter().map(|city| city.plan.city.as_str()).collect();
    let found: Vec<Vec<Output>> = slugs.into_par_iter().map(of_city).collect::<Result<_, RunError>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// What in a folder is of no share: all but its record and what that lists.
fn foreign(folder: &Path) -> std::io::Result<Vec<String>> {
    let listed = record(folder).map(|own| {
        let files = own.documents.iter().map(|one| &one.file).chain(&own.tables);
        files.map(|file| PathBuf::from(&file.path)).chain([PathBuf::from(RECORD)]).collect()
    });
    not_among(&listed.unwrap_or_default(), folder)
}

fn is_ours(folder: &Path) -> std::io::Result<bool> {
    foreign(folder).map(|strange| strange.is_empty())
}

fn record(folder: &Path) -> Option<ShareRecord> {
    let bytes = files::read_up_to(&folder.join(RECORD), LONGEST_RECORD).ok()?;
    serde_json::from_slice(&bytes).ok().filter(|record: &ShareRecord| record.schema == SCHEMA)
}

/// Shares that belong together.
#[derive(Debug, Clone)]
pub struct Shares {
    all: Vec<(PathBuf, ShareRecord)>,
    /// Where a document lies, and its SHA-256, by what it is made from.
    documents: BTreeMap<MadeFrom, (PathBuf, String)>,
}

impl Shares {
    /// Reads what shares were made from, and holds them against each other and this program, whose SHA-256 is given. Every file is held against its
    /// digest.
    ///
    /// # Errors
    /// Fails with the first that is no share, is of another number of shares or of another program, is there twice, has a city of another one, or
    /// was changed; and when one is missing.
    pub fn read(folders: &[PathBuf], program: &str) -> Result<Self, RunError> {
        let mut all: Vec<(PathBuf, ShareRecord)> = Vec::new();
        for folder in folders {
            let own = record(folder).ok_or_else(|| ShareFault::NotAShare(folder.clone()))?;
            if own.program != program {
                let version = own.version;
                return Err(ShareFault::OtherProgram { folder: folder.clone(), version }.into());
            }
            if let Some((other, its)) = all.first() {
                let [of, others] = [own.share.of, its.share.of];
                if of != others {
                    let (folder, other) = (folder.clone(), other.clone());
                    return Err(ShareFault::OtherCount { folder, of, other, others }.into());
                }
                if let Some(path) = differing(&own.set_with, &its.set_with) {
                    return Err(ShareFault::OtherSetting { folder: folder.clone(), path }.into());
                }
            }
            if let Some((other, _)) = all.iter().find(|(_, its)| its.share == own.share) {
                let (folder, other, part) = (folder.clone(), other.clone(), own.share.part);
                return Err(ShareFault::Twice { folder, other, part }.into());
            }
            let is_of_another = |city: &&CityId| all.iter().any(|(_, its)| its.cities.contains(city));
            if let Some(city) = own.cities.iter().find(is_of_another) {
                return Err(ShareFault::CityTwice { folder: folder.clone(), city: city.to_string() }.into());
            }
            all.push((folder.clone(), own));
        }
        let of = all.first().map_or(0, |(_, first)| first.share.of);
        let there: BTreeSet<usize> = all.iter().map(|(_, own)| own.share.part).collect();
        let missing: Vec<usize> = (1..=of).filter(|part| !there.contains(part)).collect();
        if !missing.is_empty() {
            return Err(ShareFault::Missing { parts: missing, of }.into());
        }
        all.par_iter().try_for_each(|(folder, own)| unchanged(folder, own))?;
        let documents = all.iter().flat_map(|(folder, own)| {
            let of = |one: &SharedDocument| {
                (one.made_from.clone(), (folder.join(&one.file.path), one.file.sha256.clone()))
            };
            own.documents.iter().map(of)
        });
        let documents = documents.collect();
        Ok(Self { all, documents })
    }

    /// That they are of a round as it is now: its cities, its inputs, and what its documents are set with.
    ///
    /// # Errors
    /// Fails with the first that is not.
    pub(super) fn agree(&self, evaluation: &Evaluation, manifest: &Manifest) -> Result<(), RunError> {
        let now: BTreeMap<String, String> =
            inputs_of(evaluation).into_iter().map(|file| (file.path, file.sha256)).collect();
        let with = set_with(manifest);
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for (folder, own) in &self.all {
            if let Some(path) = differing(&own.set_with, &with) {
                return Err(ShareFault::OtherSetting { folder: folder.clone(), path }.into());
            }
            for file in &own.inputs {
                if now.get(&file.path) != Some(&file.sha256) {
                    let (folder, path) = (folder.clone(), file.path.clone());
                    return Err(ShareFault::OtherInput { folder: Some(folder), path }.into());
                }
                known.insert(&file.path);
            }
            if let Some(city) = own.cities.iter().find(|city| evaluation.cities.find(*city).is_none()) {
                return Err(ShareFault::OtherCity { folder: folder.clone(), city: city.to_string() }.into());
            }
        }
        let is_theirs = |city: &CityId| self.all.iter().any(|(_, own)| own.cities.contains(city));
        if let Some(city) = evaluation.cities.iter().find(|city| !is_theirs(&city.plan.city)) {
            return Err(ShareFault::NoShareHas(city.plan.city.to_string()).into());
        }
        match now.into_keys().find(|path| !known.contains(path.as_str())) {
            Some(path) => Err(ShareFault::OtherInput { folder: None, path }.into()),
            None => Ok(()),
        }
    }

    /// A document that was made from the same; `None` where there is none, or what lies there is not what was made.
    pub(super) fn document(&self, from: &MadeFrom) -> Option<Vec<u8>> {
        let (path, sha256) = self.documents.get(from)?;
        let bytes = files::read(path).ok()?;
        (cache::sha256(&bytes) == *sha256).then_some(bytes)
    }

    /// How many documents they have.
    pub fn documents(&self) -> usize {
        self.documents.len()
    }
}

/// The first file by which two lists differ.
fn differing(one: &[FileDigest], other: &[FileDigest]) -> Option<String> {
    let (one, other): (BTreeSet<&FileDigest>, BTreeSet<&FileDigest>) =
        (one.iter().collect(), other.iter().collect());
    one.symmetric_difference(&other).next().map(|file| file.path.clone())
}

fn unchanged(folder: &Path, own: &ShareRecord) -> Result<(), RunError> {
    let files = own.documents.iter().map(|one| &one.file).chain(&own.tables);
    for file in files {
        let path = folder.join(&file.path);
        if !cache::is_as_digested(&path, &file.sha256) {
            return Err(ShareFault::Changed(path).into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_number_of_how_many() {
        for (text, expected) in [
            ("3/8", Some((3, 8))),
            ("1/1", Some((1, 1))),
            ("8/8", Some((8, 8))),
            ("0/8", None),
            ("9/8", None),
            ("3/0", None),
            ("3", None),
            ("+3/8", None),
            ("3/ 8", None),
            ("/8", None),
            ("99999999999999999999999/99999999999999999999999", None),
        ] {
            assert_eq!(Share::parse(text).map(|share| (share.part, share.of)), expected, "{text}");
        }
    }
}
