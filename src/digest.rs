//! Digests of inputs and outputs: SHA-256, and SM3 (GM/T 0004—2012) for users bound to national algorithms.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sm3::Sm3;

/// Both digests of one file, in lower-case hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digests {
    /// SHA-256, 64 characters.
    pub sha256: String,
    /// SM3, 64 characters.
    pub sm3: String,
}

impl Digests {
    /// Those of a file that could not be read: empty.
    pub fn unknown() -> Self {
        Self { sha256: String::new(), sm3: String::new() }
    }

    /// Whether they are those of a file that could not be read.
    pub fn is_unknown(&self) -> bool {
        self.sha256.is_empty()
    }

    /// Digests bytes; of large ones both at the same time.
    pub fn of(bytes: &[u8]) -> Self {
        let (sha256, sm3) = (|| hex(&Sha256::digest(bytes)), || hex(&Sm3::digest(bytes)));
        let (sha256, sm3) = if bytes.len() < LARGE { (sha256(), sm3()) } else { rayon::join(sha256, sm3) };
        Self { sha256, sm3 }
    }
}

/// From so many bytes on a second thread is worth its while.
const LARGE: usize = 1 << 20;

/// SHA-256 of bytes as content policies of pages write it: `sha256-` and Base64 (RFC 4648).
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", base64(&Sha256::digest(bytes)))
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits =
            (0..3).fold(0_usize, |bits, at| bits << 8 | usize::from(group.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let digit = BASE64.get(bits >> (18 - 6 * at) & 63).filter(|_| at <= group.len());
            text.push(digit.map_or('=', |digit| char::from(*digit)));
        }
    }
    text
}

impl Digests {
    /// Digests what a reader gives.
    ///
    /// # Errors
    /// Fails when reading fails.
    pub fn of_stream(mut reader: impl std::io::Read) -> std::io::Result<Self> {
        let (mut sha256, mut sm3) = (Sha256::new(), Sm3::new());
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = reader.read(&mut buffer)?;
            let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
            sha256.update(bytes);
            sm3.update(bytes);
        }
        Ok(Self { sha256: hex(&sha256.finalize()), sm3: hex(&sm3.finalize()) })
    }
}

/// The SHA-256 alone of what a reader gives.
///
/// # Errors
/// Fails when reading fails.
pub fn sha256_of_stream(reader: impl std::io::Read) -> std::io::Result<String> {
    digest_of::<Sha256>(reader)
}

/// The ways in which lists of archives name files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// MD5: old bags have no other.
    Md5,
    /// SHA-1.
    Sha1,
    /// SHA-224.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// By its name in the name of a list: `sha512`.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "md5" => Self::Md5,
            "sha1" => Self::Sha1,
            "sha224" => Self::Sha224,
            "sha256" => Self::Sha256,
            "sha384" => Self::Sha384,
            "sha512" => Self::Sha512,
            _ => return None,
        })
    }

    /// The digest of what a reader gives, in lower-case hexadecimal.
    ///
    /// # Errors
    /// Fails when reading fails.
    pub fn of_stream(self, reader: impl std::io::Read) -> std::io::Result<String> {
        match self {
            Self::Md5 => digest_of::<md5::Md5>(reader),
            Self::Sha1 => digest_of::<sha1::Sha1>(reader),
            Self::Sha224 => digest_of::<sha2::Sha224>(reader),
            Self::Sha256 => digest_of::<Sha256>(reader),
            Self::Sha384 => digest_of::<sha2::Sha384>(reader),
            Self::Sha512 => digest_of::<sha2::Sha512>(reader),
        }
    }
}

fn digest_of<D: sha2::Digest>(mut reader: impl std::io::Read) -> std::io::Result<String> {
    let mut state = D::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = reader.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        state.update(bytes);
    }
    Ok(hex(&state.finalize()))
}

/// Fingerprint of a set of inputs: the SM3 of their SM3 digests, joined in the order given.
pub fn fingerprint<'a>(sm3: impl Iterator<Item = &'a str>) -> String {
    let mut state = Sm3::new();
    for digest in sm3 {
        state.update(digest.as_bytes());
    }
    hex(&state.finalize())
}

/// The SM3 of one text in which every file has a line, in the order given: its path, a NUL and its SHA-256.
pub fn fingerprint_of_files<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let lines: String = files.map(|(path, sha256)| format!("{path}\0{sha256}\n")).collect();
    Digests::of(lines.as_bytes()).sm3
}

/// 数字指纹 of outputs by path and SHA-256, whatever else is among them: every table of figures has a line, in the order of the paths.
pub fn figures_of<'a>(outputs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut tables: Vec<(&str, &str)> = outputs.filter(|(path, _)| is_table(path)).collect();
    tables.sort_unstable();
    fingerprint_of_files(tables.into_iter())
}

/// Whether an output is a table of figures. Who signs, signs these: the table of those who signed is none of them, or a signature would alter
/// what it is under.
pub fn is_table(path: &str) -> bool {
    path.starts_with("tables/") && path.ends_with(".csv") && path != SIGNED
}

/// The table of those who signed.
const SIGNED: &str = "tables/signoff.csv";

/// Whether a text can be a fingerprint: 64 hexadecimal digits.
pub fn is_fingerprint(text: &str) -> bool {
    text.len() == 64 && text.chars().all(|c| c.is_ascii_hexdigit())
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('?');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_the_figures_is_of_the_tables_but_not_of_who_signed_them() {
        let files =
            [("tables/b.csv", "2"), ("report.pdf", "3"), ("tables/a.csv", "1"), ("tables/a.parquet", "4")];
        let of = |more: Option<(&'static str, &'static str)>| figures_of(files.into_iter().chain(more));
        assert_eq!(of(None), Digests::of(b"tables/a.csv\x001\ntables/b.csv\x002\n").sm3);
        assert_eq!(of(Some(("tables/signoff.csv", "5"))), of(None));
        assert_ne!(of(Some(("tables/c.csv", "5"))), of(None));
    }

    #[test]
    fn the_published_vectors_hold() {
        assert_eq!(
            Digests::of(b"abc"),
            Digests {
                sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".into(),
                sm3: "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0".into(),
            }
        );
        assert_eq!(Digests::of_stream(&b"abc"[..]).unwrap(), Digests::of(b"abc"));
        for (name, digest) in [
            ("md5", "900150983cd24fb0d6963f7d28e17f72"),
            ("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            ("sha224", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
        ] {
            assert_eq!(Algorithm::named(name).unwrap().of_stream(&b"abc"[..]).unwrap(), digest);
        }
        assert_eq!(
            Digests::of(b"hello world").sm3,
            "44f0061e69fa6fdfc290c494654a05dc0c053da7e5c52b84ef93a9d67d3fff88"
        );
    }
}
