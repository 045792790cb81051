//! What signs a bag, verified by the tools of the machine with keys from outside the bag, never with one that lies in it.
//!
//! Signed is the list of all that is beside `data/`, which has the digest of the list of all that is in it.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::again::{ToolAnswer, ask};
use crate::archive::{BagContents, TAGS};
use crate::error::RunError;
use crate::files;

/// What a signature by ssh-keygen is for (its name space): one that was made for something else does not count.
const NAMESPACE: &str = "duibiao-archive";
/// Files with keys are read up to this length, in bytes.
const LONGEST_KEYS: u64 = 1 << 20;

/// A file that signs a bag, and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Its name: `signature.ssh`.
    pub file: String,
    /// What is said of it.
    pub verdict: SignatureVerdict,
}

/// What is said of a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureVerdict {
    /// It is good; by whom, as the list of signers or the tool says.
    Good(String),
    /// It is not one of the bag, or of nobody who was named.
    Bad(SignatureFault),
    /// Neither yes nor no: the tool is not at hand, or nobody was named.
    Unverified(WhyUnverified),
}

/// What is wrong with a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureFault {
    /// It is of something else, or no signature.
    OfSomethingElse,
    /// It is of the bag, but of none of the signers that were named.
    OfNobodyNamed,
}

/// Why a signature was not verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyUnverified {
    /// A tool is not at hand.
    NoTool(&'static str),
    /// No tool is known for signatures of this kind.
    NoKind,
    /// No signers of this kind were named.
    NoSigners,
}

/// A file with keys, by what it holds.
struct Keys<'a> {
    ssh: Vec<&'a Path>,
    minisign: Vec<&'a Path>,
    certificates: Vec<&'a Path>,
}

impl<'a> Keys<'a> {
    fn of(signers: &'a [PathBuf]) -> Result<Self, RunError> {
        let mut keys = Self { ssh: Vec::new(), minisign: Vec::new(), certificates: Vec::new() };
        for path in signers {
            let bytes =
                files::read_up_to(path, LONGEST_KEYS).map_err(|source| RunError::reading(path, source))?;
            let text = String::from_utf8_lossy(&bytes);
            if text.contains("-----BEGIN CERTIFICATE-----") {
                keys.certificates.push(path);
            } else if text.starts_with("untrusted comment:") {
                keys.minisign.push(path);
            } else {
                keys.ssh.push(path);
            }
        }
        Ok(keys)
    }
}

/// What is said of everything that signs a bag.
///
/// # Errors
/// Fails when a file with keys cannot be read.
pub(super) fn signatures(contents: &BagContents, signers: &[PathBuf]) -> Result<Vec<Signature>, RunError> {
    let Some(signed) = contents.held.get(TAGS) else { return Ok(Vec::new()) };
    let (keys, signed) = (Keys::of(signers)?, signed.at.as_path());
    let names =
        contents.held.iter().filter(|(name, _)| name.starts_with("signature.") && !name.contains('/'));
    names
        .map(|(name, held)| {
            let verdict = match name.as_str() {
                "signature.ssh" => by_ssh(signed, &held.at, &keys.ssh)?,
                "signature.minisig" => by_minisign(signed, &held.at, &keys.minisign)?,
                "signature.tsr" => by_time_stamp(signed, &held.at, &keys.certificates)?,
                _ => SignatureVerdict::Unverified(WhyUnverified::NoKind),
            };
            Ok(Signature { file: name.clone(), verdict })
        })
        .collect()
}

const NO_SIGNERS: SignatureVerdict = SignatureVerdict::Unverified(WhyUnverified::NoSigners);

fn path(path: &Path) -> &std::ffi::OsStr {
    path.as_os_str()
}

/// `ssh-keygen -Y`: first whether it is a signature of the list at all, then whether one of the signers made it.
fn by_ssh(signed: &Path, signature: &Path, keys: &[&Path]) -> Result<SignatureVerdict, RunError> {
    const TOOL: &str = "ssh-keygen";
    let namespace = std::ffi::OsStr::new(NAMESPACE);
    let of = |what: &'static str| ["-Y", what, "-n"].map(std::ffi::OsStr::new);
    let plain = [of("check-novalidate").as_slice(), &[namespace, "-s".as_ref(), path(signature)]].concat();
    let Some(plain) = ask(TOOL, &plain, Some(signed))? else {
        return Ok(SignatureVerdict::Unverified(WhyUnverified::NoTool(TOOL)));
    };
    if !plain.is_good {
        return Ok(SignatureVerdict::Bad(SignatureFault::OfSomethingElse));
    }
    if keys.is_empty() {
        return Ok(NO_SIGNERS);
    }
    for keys in keys {
        let find = ["-Y", "find-principals", "-f"].map(std::ffi::OsStr::new);
        let find = [find.as_slice(), &[path(keys), "-s".as_ref(), path(signature)]].concat();
        let found = ask(TOOL, &find, None)?.filter(|found| found.is_good);
        for who in found.iter().flat_map(|found| found.said.lines()).map(str::trim) {
            let verify = of("verify");
            let verify = [verify.as_slice(), &[namespace, "-f".as_ref(), path(keys)]].concat();
            let verify =
                [verify.as_slice(), &["-I".as_ref(), who.as_ref(), "-s".as_ref(), path(signature)]].concat();
            if ask(TOOL, &verify, Some(signed))?.is_some_and(|said| said.is_good) {
                let key = plain.said.split_whitespace().find(|word| word.starts_with("SHA256:"));
                return Ok(SignatureVerdict::Good(format!("{who} {}", key.unwrap_or_default())));
            }
        }
    }
    Ok(SignatureVerdict::Bad(SignatureFault::OfNobodyNamed))
}

fn by_minisign(signed: &Path, signature: &Path, keys: &[&Path]) -> Result<SignatureVerdict, RunError> {
    const TOOL: &str = "minisign";
    if keys.is_empty() {
        return Ok(NO_SIGNERS);
    }
    for keys in keys {
        let order = ["-V", "-m"].map(std::ffi::OsStr::new);
        let order =
            [order.as_slice(), &[path(signed), "-x".as_ref(), path(signature), "-p".as_ref(), path(keys)]]
                .concat();
        let Some(ToolAnswer { is_good, said }) = ask(TOOL, &order, None)? else {
            return Ok(SignatureVerdict::Unverified(WhyUnverified::NoTool(TOOL)));
        };
        if is_good {
            let comment = said.lines().find_map(|line| line.strip_prefix("Trusted comment: "));
            let name = keys.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Ok(SignatureVerdict::Good(format!("{name} {}", comment.unwrap_or_default())));
        }
    }
    // The tool does not tell a signature of another key from one of something else.
    Ok(SignatureVerdict::Bad(SignatureFault::OfSomethingElse))
}

/// A time stamp (RFC 3161), verified at its own time: that its certificate has run out since makes it no worse.
fn by_time_stamp(signed: &Path, stamp: &Path, keys: &[&Path]) -> Result<SignatureVerdict, RunError> {
    const TOOL: &str = "openssl";
    let show = ["ts", "-reply", "-text", "-in"].map(std::ffi::OsStr::new);
    let Some(shown) = ask(TOOL, &[show.as_slice(), &[path(stamp)]].concat(), None)? else {
        return Ok(SignatureVerdict::Unverified(WhyUnverified::NoTool(TOOL)));
    };
    let time = shown.said.lines().find_map(|line| line.trim().strip_prefix("Time stamp: "));
    let Some(time) = time.and_then(stamped) else {
        return Ok(SignatureVerdict::Bad(SignatureFault::OfSomethingElse));
    };
    if keys.is_empty() {
        return Ok(NO_SIGNERS);
    }
    let seconds = time.and_utc().timestamp().to_string();
    for keys in keys {
        let order = ["ts", "-verify", "-attime"].map(std::ffi::OsStr::new);
        let files =
            ["-data".as_ref(), path(signed), "-in".as_ref(), path(stamp), "-CAfile".as_ref(), path(keys)];
        let order = [order.as_slice(), &[seconds.as_ref()], files.as_slice()].concat();
        if ask(TOOL, &order, None)?.is_some_and(|said| said.is_good) {
            return Ok(SignatureVerdict::Good(format!("{} UTC", time.format("%Y-%m-%d %H:%M:%S"))));
        }
    }
    Ok(SignatureVerdict::Bad(SignatureFault::OfSomethingElse))
}

/// `Jan  2 03:04:05 2024 GMT`, with or without parts of a second.
fn stamped(text: &str) -> Option<NaiveDateTime> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [month, day, time, year, _] = words.as_slice() else { return None };
    let time = time.split('.').next()?;
    NaiveDateTime::parse_from_str(&format!("{year} {month} {day} {time}"), "%Y %b %d %H:%M:%S").ok()
}

#[cfg(test)]
mod tests {
    use super::stamped;

    #[test]
    fn the_time_of_a_stamp_is_read() {
        for (text, time) in [
            ("Jan  2 03:04:05 2024 GMT", Some("2024-01-02 03:04:05")),
            ("Nov 26 10:00:00.123 2026 GMT", Some("2026-11-26 10:00:00")),
            ("unspecified", None),
        ] {
            assert_eq!(stamped(text).map(|time| time.to_string()).as_deref(), time, "{text}");
        }
    }
}
