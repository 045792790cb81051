//! A bag as RFC 8493 has it: what lies in it, its lists of digests, and what is wrong with them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::declaration::{BagDeclaration, DECLARATION};
use super::garbled::is_garbled;
use crate::digest::Digests;
use crate::error::RunError;
use crate::files;

/// Digests of what is in `data/`.
pub(super) const MANIFEST: &str = "manifest-sha256.txt";
/// Digests of everything else but itself and signatures.
pub const TAGS: &str = "tagmanifest-sha256.txt";
/// What signs [`TAGS`] comes after it.
const SIGNATURE: &str = "signature";
/// Lists are read up to this length, in bytes.
pub(super) const LONGEST_LIST: u64 = 64 << 20;

/// A file below a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Below {
    /// Its path below the folder, with `/`; bytes that are no text as codes.
    pub path: String,
    /// Where it lies.
    pub at: PathBuf,
    /// Whether it is a file itself, and no link and no device.
    pub is_plain: bool,
}

/// All files below a folder in the byte order of their paths.
///
/// # Errors
/// Fails when a folder cannot be read.
pub fn below(folder: &Path) -> Result<Vec<Below>, RunError> {
    let mut found = Vec::new();
    let mut folders = vec![(String::new(), folder.to_owned())];
    while let Some((above, current)) = folders.pop() {
        let failed = |source| RunError::reading(&current, source);
        for entry in std::fs::read_dir(&current).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let (at, kind) = (entry.path(), entry.file_type().map_err(failed)?);
            let name = match at.file_name().and_then(|name| name.to_str()) {
                Some(name) => name.to_owned(),
                None => files::name(&at),
            };
            let path = if above.is_empty() { name } else { format!("{above}/{name}") };
            if kind.is_dir() {
                folders.push((path, at));
            } else {
                found.push(Below { path, at, is_plain: kind.is_file() });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

/// A list of digests in the form of `sha256sum`.
pub(super) fn list<'a>(files: impl Iterator<Item = (&'a str, &'a Digests)>) -> String {
    files.map(|(path, digests)| format!("{}  {path}\n", digests.sha256)).collect()
}

/// A list of digests by SM3 in the form of `cksum`.
pub(super) fn list_sm3<'a>(files: impl Iterator<Item = (&'a str, &'a Digests)>) -> String {
    files.map(|(path, digests)| format!("SM3 ({path}) = {}\n", digests.sm3)).collect()
}

/// What is wrong with a file of a bag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BagFault {
    /// Its digest is another one.
    Changed,
    /// It is not there.
    Missing,
    /// Nothing says that it belongs there.
    Added,
    /// It has another name.
    Renamed,
    /// There is no list of digests.
    NoList,
    /// A line of a list says nothing that can be checked.
    NoLine,
    /// A list has it twice.
    Twice,
    /// `bagit.txt` does not declare a bag.
    Declaration,
    /// A fingerprint is not that of the digests that it is made of.
    Fingerprint,
}

/// A file that is not as it was archived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// What is wrong.
    pub fault: BagFault,
    /// Its path in the bag.
    pub path: String,
    /// What it should have been: a digest, or of a renamed file its new path.
    pub was: String,
    /// The digest that it has.
    pub is: String,
}

impl Misfit {
    /// A file that is not as it was archived.
    pub fn new(fault: BagFault, path: &str, was: &str, is: &str) -> Self {
        Self { fault, path: path.to_owned(), was: was.to_owned(), is: is.to_owned() }
    }
}

/// A file that was found in a bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldFile {
    /// Where it lies.
    pub at: PathBuf,
    /// SHA-256; empty for what is no plain file.
    pub sha256: String,
}

/// A bag that was looked through.
#[derive(Debug, Clone, Default)]
pub struct BagContents {
    /// What is in it, by path.
    pub held: BTreeMap<String, HeldFile>,
    /// What does not fit its lists; all of it.
    pub misfits: Vec<Misfit>,
    /// Files whose names are garbled and that were known by their digests: path in the list, path there.
    pub garbled: BTreeMap<String, String>,
}

/// Looks through a bag: everything in it against its lists.
///
/// # Errors
/// Fails when something in it cannot be read.
pub fn look_through(bag: &Path) -> Result<BagContents, RunError> {
    let mut contents = BagContents { held: look_at_files(bag)?, ..BagContents::default() };
    let mut listed: BTreeMap<String, String> = BTreeMap::new();
    for name in [TAGS, MANIFEST] {
        match contents.held.get(name) {
            None => contents.misfits.push(Misfit::new(BagFault::NoList, name, "", "")),
            Some(list) => {
                let bytes = files::read_up_to(&list.at, LONGEST_LIST);
                let bytes = bytes.map_err(|source| RunError::reading(&list.at, source))?;
                read_list(name, &String::from_utf8_lossy(&bytes), &mut listed, &mut contents.misfits);
            }
        }
    }
    match contents.held.get(DECLARATION) {
        Some(file) if BagDeclaration::read(&String::from_utf8_lossy(&files::read(&file.at)?)).is_none() => {
            contents.misfits.push(Misfit::new(BagFault::Declaration, DECLARATION, "", ""));
        }
        None if !listed.contains_key(DECLARATION) => {
            contents.misfits.push(Misfit::new(BagFault::Missing, DECLARATION, "", ""));
        }
        _ => {}
    }
    compare(&mut contents, &listed);
    Ok(contents)
}

/// Everything in a bag, with its digests.
pub(super) fn look_at_files(bag: &Path) -> Result<BTreeMap<String, HeldFile>, RunError> {
    let held = |one: &Below| {
        let sha256 = if one.is_plain { sha256(&one.at)? } else { String::new() };
        Ok((one.path.clone(), HeldFile { at: one.at.clone(), sha256 }))
    };
    below(bag)?.par_iter().map(held).collect()
}

/// The SHA-256 of a file, which is read piece by piece.
///
/// # Errors
/// Fails when it cannot be read.
pub fn sha256(path: &Path) -> Result<String, RunError> {
    let failed = |source| RunError::reading(path, source);
    let file = files::open(path).map_err(failed)?;
    crate::digest::sha256_of_stream(file).map_err(failed)
}

/// Takes the lines of a list.
fn read_list(name: &str, text: &str, listed: &mut BTreeMap<String, String>, misfits: &mut Vec<Misfit>) {
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let parts = line.split_once([' ', '\t']).map(|(digest, path)| (digest, path.trim_start()));
        match parts.filter(|(digest, path)| is_digest(digest) && is_inside(path)) {
            Some((digest, path)) => {
                let path = path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%");
                let digest = digest.to_lowercase();
                match listed.get(&path) {
                    Some(other) => misfits.push(Misfit::new(BagFault::Twice, &path, other, &digest)),
                    None => drop(listed.insert(path, digest)),
                }
            }
            None => misfits.push(Misfit::new(BagFault::NoLine, name, line, "")),
        }
    }
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.chars().all(|c| c.is_ascii_hexdigit())
}

/// Whether a path stays in the folder that it is below.
pub(super) fn is_inside(path: &str) -> bool {
    use std::path::Component;
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// What is missing, too much, renamed, or has other bytes.
fn compare(contents: &mut BagContents, listed: &BTreeMap<String, String>) {
    let is_outside = |path: &str| path == TAGS || path.starts_with(SIGNATURE) && !path.contains('/');
    let mut more: BTreeSet<&String> =
        contents.held.keys().filter(|path| !listed.contains_key(*path) && !is_outside(path)).collect();
    let mut by_digest: BTreeMap<&str, BTreeSet<&String>> = BTreeMap::new();
    for path in &more {
        by_digest.entry(&contents.held[*path].sha256).or_default().insert(path);
    }
    let mut misfits = Vec::new();
    for (path, digest) in listed.iter().filter(|(path, _)| !contents.held.contains_key(*path)) {
        let other = by_digest.get_mut(digest.as_str()).and_then(BTreeSet::pop_first);
        let name = path.rsplit('/').next().unwrap_or(path);
        match other {
            Some(other) if is_garbled(name, &contents.held[other].at) => {
                contents.garbled.insert(path.clone(), other.clone());
            }
            Some(other) => misfits.push(Misfit::new(BagFault::Renamed, path, other, "")),
            None => misfits.push(Misfit::new(BagFault::Missing, path, digest, "")),
        }
        other.map(|other| more.remove(other));
    }
    misfits
        .extend(more.iter().map(|path| Misfit::new(BagFault::Added, path, "", &contents.held[*path].sha256)));
    for (path, digest) in listed {
        let is = contents.held.get(path).map(|held| &held.sha256).filter(|is| *is != digest);
        misfits.extend(is.map(|is| Misfit::new(BagFault::Changed, path, digest, is)));
    }
    // The inputs come first: what is wrong with them explains the rest.
    misfits
        .sort_by_key(|misfit| (!misfit.path.starts_with("data/"), !misfit.path.starts_with("data/input/")));
    contents.misfits.extend(misfits);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_cannot_be_checked_are_told_and_none_leads_outside() {
        let digest = "a".repeat(64);
        let text = format!(
            "{digest}  data/a%25b\n{digest} *x\n{digest}  ../etc\n/abs\nshort  data/x\n\n{digest}\tdata/t\n"
        );
        let (mut listed, mut misfits) = (BTreeMap::new(), Vec::new());
        read_list("m", &text, &mut listed, &mut misfits);
        assert_eq!(listed.keys().collect::<Vec<_>>(), ["*x", "data/a%b", "data/t"]);
        assert_eq!(misfits.len(), 3);
    }

    #[test]
    fn every_misfit_of_a_bag_is_told() {
        let bag = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| files::write(&bag.path().join(name), text.as_bytes()).unwrap();
        let digest = |text: &str| Digests::of(text.as_bytes());
        put("data/input/changed", "new");
        put("data/input/renamed（新）", "same");
        put("data/added", "added");
        put("bagit.txt", "x");
        let names =
            [("data/input/changed", "old"), ("data/input/gone", "gone"), ("data/input/renamed", "same")];
        let digests: Vec<_> = names.iter().map(|(name, text)| (*name, digest(text))).collect();
        put(MANIFEST, &list(digests.iter().map(|(name, one)| (*name, one))));
        let found = look_through(bag.path()).unwrap();
        let told: Vec<_> = found.misfits.iter().map(|one| (one.fault, one.path.as_str())).collect();
        for expected in [
            (BagFault::NoList, TAGS),
            (BagFault::Missing, "data/input/gone"),
            (BagFault::Renamed, "data/input/renamed"),
            (BagFault::Changed, "data/input/changed"),
            (BagFault::Added, "data/added"),
        ] {
            assert!(told.contains(&expected), "{expected:?} in {told:?}");
        }
    }
}
