//! Any bag by the rules of BagIt (RFC 8493, and version 0.97 before it): what it declares, its lists by any algorithm, and what is to be fetched.
//!
//! Bags of this program are held against more than that (`look_through`); an archive may have added lists of its own to them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::bag::{BagFault, HeldFile, LONGEST_LIST, Misfit, is_inside, look_at_files};
use super::declaration::{BagDeclaration, DECLARATION};
use crate::digest::Algorithm;
use crate::error::RunError;
use crate::files;

/// Everything that a list of the payload names is below this.
const PAYLOAD: &str = "data/";
/// What is to be fetched from elsewhere.
const FETCH: &str = "fetch.txt";
/// From this version on every list has every file, each once.
const STRICT: (u32, u32) = (1, 0);

/// A list of digests.
struct DigestList {
    algorithm: Algorithm,
    is_of_payload: bool,
    digests: BTreeMap<String, String>,
}

/// What is wrong with a bag by the rules of BagIt; all of it.
///
/// # Errors
/// Fails when something in it cannot be read.
pub fn verify(bag: &Path) -> Result<Vec<Misfit>, RunError> {
    let held = look_at_files(bag)?;
    let mut misfits = Vec::new();
    let declared = declaration(&held, &mut misfits)?;
    let strict = declared.version >= STRICT;
    let mut lists = Vec::new();
    for (name, file) in held.iter().filter(|(name, _)| !name.contains('/')) {
        let (of_payload, of_tags) = (name.strip_prefix("manifest-"), name.strip_prefix("tagmanifest-"));
        let Some(algorithm) = of_payload.or(of_tags).and_then(|rest| rest.strip_suffix(".txt")) else {
            continue;
        };
        let Some(algorithm) = Algorithm::named(algorithm) else {
            misfits.push(Misfit::new(BagFault::NoList, name, "", ""));
            continue;
        };
        let text = text(file, declared.encoding)?;
        let is_of_payload = of_payload.is_some();
        lists.push(DigestList {
            algorithm,
            is_of_payload,
            digests: lines(name, &text, is_of_payload, strict, &held, &mut misfits),
        });
    }
    if !lists.iter().any(|list| list.is_of_payload) {
        misfits.push(Misfit::new(BagFault::NoList, "manifest-sha256.txt", "", ""));
    }
    compare(&held, &lists, strict, &mut misfits)?;
    to_fetch(&held, &declared, &mut misfits)?;
    Ok(misfits)
}

/// What `bagit.txt` says; a fault where that is not what the rules have it say.
fn declaration(
    held: &BTreeMap<String, HeldFile>,
    misfits: &mut Vec<Misfit>,
) -> Result<BagDeclaration, RunError> {
    let unknown = BagDeclaration { version: STRICT, encoding: encoding_rs::UTF_8 };
    let Some(file) = held.get(DECLARATION) else {
        misfits.push(Misfit::new(BagFault::Missing, DECLARATION, "", ""));
        return Ok(unknown);
    };
    let text = String::from_utf8_lossy(&read(file)?).into_owned();
    Ok(BagDeclaration::read(&text).unwrap_or_else(|| {
        misfits.push(Misfit::new(BagFault::Declaration, DECLARATION, "", ""));
        unknown
    }))
}

fn read(file: &HeldFile) -> Result<Vec<u8>, RunError> {
    files::read_up_to(&file.at, LONGEST_LIST).map_err(|source| RunError::reading(&file.at, source))
}

fn text(file: &HeldFile, encoding: &'static encoding_rs::Encoding) -> Result<String, RunError> {
    Ok(encoding.decode(&read(file)?).0.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The files that a list names, with their digests; a fault for each line that cannot be followed and each file that is named twice.
fn lines(
    name: &str,
    text: &str,
    is_of_payload: bool,
    strict: bool,
    held: &BTreeMap<String, HeldFile>,
    misfits: &mut Vec<Misfit>,
) -> BTreeMap<String, String> {
    let mut digests: BTreeMap<String, String> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let parts =
            line.split_once([' ', '\t']).map(|(digest, path)| (digest, named(path.trim_start(), held)));
        let may_be = |path: &str| is_inside(path) && path.starts_with(PAYLOAD) == is_of_payload;
        let Some((digest, path)) = parts.filter(|(digest, path)| is_hexadecimal(digest) && may_be(path))
        else {
            misfits.push(Misfit::new(BagFault::NoLine, name, line, ""));
            continue;
        };
        let digest = digest.to_lowercase();
        match digests.get(&path) {
            Some(other) if strict || *other != digest => {
                misfits.push(Misfit::new(BagFault::Twice, &path, other, &digest));
            }
            _ => drop(digests.insert(path, digest)),
        }
    }
    digests
}

/// The path that a line names: tools write `*` before it, and `./`; line ends and percent signs stand in it as codes.
fn named(path: &str, held: &BTreeMap<String, HeldFile>) -> String {
    let path = if held.contains_key(path) { path } else { path.trim_start_matches('*') };
    let path = path.strip_prefix("./").unwrap_or(path);
    if held.contains_key(path) {
        path.to_owned()
    } else {
        path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    }
}

fn is_hexadecimal(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_hexdigit())
}

fn compare(
    held: &BTreeMap<String, HeldFile>,
    lists: &[DigestList],
    strict: bool,
    misfits: &mut Vec<Misfit>,
) -> Result<(), RunError> {
    for list in lists {
        for (path, was) in &list.digests {
            let Some(file) = held.get(path) else {
                misfits.push(Misfit::new(BagFault::Missing, path, was, ""));
                continue;
            };
            let is = digest(file, list.algorithm)?;
            if is != *was {
                misfits.push(Misfit::new(BagFault::Changed, path, was, &is));
            }
        }
    }
    let payload: Vec<&DigestList> = lists.iter().filter(|list| list.is_of_payload).collect();
    let mut added = BTreeSet::new();
    for path in held.keys().filter(|path| path.starts_with(PAYLOAD)) {
        let mut lists = payload.iter().map(|list| list.digests.contains_key(path));
        let is_listed = if strict { lists.all(|has| has) } else { lists.any(|has| has) };
        if !is_listed {
            added.insert(path);
        }
    }
    misfits.extend(added.into_iter().map(|path| Misfit::new(BagFault::Added, path, "", "")));
    Ok(())
}

fn digest(file: &HeldFile, algorithm: Algorithm) -> Result<String, RunError> {
    let failed = |source| RunError::reading(&file.at, source);
    if file.sha256.is_empty() {
        return Ok(String::new());
    }
    algorithm.of_stream(files::open(&file.at).map_err(failed)?).map_err(failed)
}

/// What is to be fetched would go where the payload is, and nowhere else. Nothing is fetched: what is not there is missing.
fn to_fetch(
    held: &BTreeMap<String, HeldFile>,
    declared: &BagDeclaration,
    misfits: &mut Vec<Misfit>,
) -> Result<(), RunError> {
    let Some(file) = held.get(FETCH) else { return Ok(()) };
    for line in text(file, declared.encoding)?.lines().filter(|line| !line.trim().is_empty()) {
        let path = line.splitn(3, [' ', '\t']).nth(2).map(str::trim_start);
        if !path.is_some_and(|path| is_inside(path) && path.starts_with(PAYLOAD)) {
            misfits.push(Misfit::new(BagFault::NoLine, FETCH, line, ""));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digests;

    const DECLARED: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

    /// A bag of one file by a list of SHA-256, changed in one way; what is wrong with it.
    fn faults(change: impl FnOnce(&dyn Fn(&str, &str), &str)) -> Vec<BagFault> {
        let bag = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| files::write(&bag.path().join(name), text.as_bytes()).unwrap();
        let digest = Digests::of(b"one").sha256;
        put("bagit.txt", DECLARED);
        put("data/a", "one");
        put("manifest-sha256.txt", &format!("{digest}  data/a\n"));
        change(&put, &digest);
        verify(bag.path()).unwrap().iter().map(|misfit| misfit.fault).collect()
    }

    #[test]
    fn what_the_rules_allow_is_allowed() {
        assert_eq!(faults(|_, _| ()), []);
        let old = "BagIt-Version: 0.97\r\nTag-File-Character-Encoding: ISO-8859-1";
        assert_eq!(faults(|put, _| put("bagit.txt", old)), []);
        assert_eq!(faults(|put, digest| put("manifest-sha256.txt", &format!("{digest} *data/a\r\n"))), []);
        assert_eq!(faults(|put, digest| put("manifest-sha256.txt", &format!("{digest}\t./data/a\r"))), []);
        assert_eq!(faults(|put, _| put("note.txt", "a tag file that no list has")), []);
        assert_eq!(
            faults(|put, _| put("manifest-md5.txt", "f97c5d29941bfb1b2fdab0874906ab82  data/a\n")),
            []
        );
        assert_eq!(faults(|put, _| put("fetch.txt", "http://example.org/a - data/a\n")), []);
    }

    #[test]
    fn what_the_rules_forbid_is_told() {
        type Change = fn(&dyn Fn(&str, &str), &str);
        let forbidden: [(Change, BagFault); 12] = [
            (
                |put, _| put("bagit.txt", "\u{feff}BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
                BagFault::Declaration,
            ),
            (
                |put, _| put("bagit.txt", "BagIt-Version : 1.0\nTag-File-Character-Encoding : UTF-8\n"),
                BagFault::Declaration,
            ),
            (
                |put, _| put("bagit.txt", "BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n"),
                BagFault::Declaration,
            ),
            (|put, _| put("bagit.txt", "BagIt-Version: 0.97\n"), BagFault::Declaration),
            (|put, _| put("data/a", "two"), BagFault::Changed),
            (|put, _| put("data/b", "more"), BagFault::Added),
            (|put, _| put("manifest-sha512.txt", ""), BagFault::Added),
            (
                |put, digest| put("manifest-sha256.txt", &format!("{digest}  data/a\n{digest}  data/b\n")),
                BagFault::Missing,
            ),
            (
                |put, digest| put("manifest-sha256.txt", &format!("{digest}  data/a\n{digest}  data/a\n")),
                BagFault::Twice,
            ),
            (
                |put, digest| {
                    put("manifest-sha256.txt", &format!("{digest}  data/a\n{digest}  data/../../x\n"))
                },
                BagFault::NoLine,
            ),
            (
                |put, digest| put("manifest-sha256.txt", &format!("{digest}  data/a\n{digest}  ~root/x\n")),
                BagFault::NoLine,
            ),
            (|put, _| put("fetch.txt", "http://example.org/a - /tmp/a\n"), BagFault::NoLine),
        ];
        for (at, (change, fault)) in forbidden.into_iter().enumerate() {
            assert_eq!(faults(change), [fault], "no. {at}");
        }
    }

    #[test]
    fn before_version_one_a_file_may_be_listed_twice_alike() {
        let old = "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n";
        let twice = |other: &str| {
            faults(|put, digest| {
                put("bagit.txt", old);
                put(
                    "manifest-sha256.txt",
                    &format!("{digest}  data/a\n{}  data/a\n", if other.is_empty() { digest } else { other }),
                );
            })
        };
        assert_eq!(twice(""), []);
        assert_eq!(twice("dead"), [BagFault::Twice]);
    }
}
