//! A bag as one file: tar in the pax form. The same bag gives the same bytes: names in byte order, one time, no owners, no compression.

use std::fs::File;
use std::io::{BufWriter, Result, Write};
use std::path::Path;

use chrono::NaiveDate;

use super::bag::{Below, below};
use crate::error::RunError;
use crate::files;

/// Everything in a tar is filled up to a multiple of this, in bytes.
const BLOCK: usize = 512;
/// A whole tar is filled up to a multiple of this, in bytes.
const RECORD: u64 = 10_240;
/// The longest name that a plain header holds, in bytes.
const LONGEST_NAME: usize = 100;

/// Writes the files of a bag, below a folder of the name given.
///
/// # Errors
/// Fails when there is a file of that name, or when it cannot be written.
pub(super) fn write(bag: &Path, name: &str, date: NaiveDate, to: &Path) -> std::result::Result<(), RunError> {
    let failed = |source| RunError::writing(to, source);
    let file = File::create_new(to).map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => RunError::Existing(to.to_owned()),
        _ => failed(source),
    })?;
    let mut tar = Tar { to: BufWriter::new(file), time: begin_of(date), written: 0 };
    for found in below(bag)? {
        let mode = if is_program(&found.path) { 0o755 } else { 0o644 };
        let bytes = files::read(&found.at)?;
        tar.file(&format!("{name}/{}", found.path), mode, &bytes).map_err(failed)?;
    }
    let file = tar.end().map_err(failed)?.into_inner();
    file.map_err(std::io::IntoInnerError::into_error).and_then(|file| file.sync_all()).map_err(failed)
}

/// A tar of files, below a folder of the name given.
///
/// # Errors
/// Fails when one of them cannot be read.
pub(super) fn of_files(
    files: &[Below],
    name: &str,
    date: NaiveDate,
) -> std::result::Result<Vec<u8>, RunError> {
    let failed = |source| RunError::writing(name, source);
    let mut tar = Tar { to: Vec::new(), time: begin_of(date), written: 0 };
    for found in files {
        let bytes = files::read(&found.at)?;
        tar.file(&format!("{name}/{}", found.path), 0o644, &bytes).map_err(failed)?;
    }
    tar.end().map_err(failed)
}

/// Seconds from 1970 to the begin of a day.
fn begin_of(date: NaiveDate) -> u64 {
    let seconds = date.and_hms_opt(0, 0, 0).map_or(0, |time| time.and_utc().timestamp());
    u64::try_from(seconds).unwrap_or_default()
}

/// Whether a file of a bag is run.
pub(super) fn is_program(path: &str) -> bool {
    path.strip_prefix("data/program/").is_some_and(|name| !name.contains('/'))
}

struct Tar<W> {
    to: W,
    /// Seconds since 1970.
    time: u64,
    written: u64,
}

impl<W: Write> Tar<W> {
    fn file(&mut self, path: &str, mode: u32, bytes: &[u8]) -> Result<()> {
        if path.len() > LONGEST_NAME || !path.is_ascii() {
            let told = record("path", path);
            self.entry("PaxHeaders/path", b'x', 0o644, told.as_bytes())?;
        }
        let plain: String = path.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
        self.entry(&plain, b'0', mode, bytes)
    }

    fn entry(&mut self, name: &str, kind: u8, mode: u32, bytes: &[u8]) -> Result<()> {
        let mut head = [0; BLOCK];
        let mut put = |at: usize, text: &[u8]| {
            head.iter_mut().skip(at).zip(text).for_each(|(to, byte)| *to = *byte);
        };
        put(0, &name.as_bytes()[..name.len().min(LONGEST_NAME)]);
        put(100, format!("{mode:07o}").as_bytes());
        put(108, b"0000000");
        put(116, b"0000000");
        put(124, format!("{:011o}", bytes.len()).as_bytes());
        put(136, format!("{:011o}", self.time).as_bytes());
        // The sum is taken with blanks in its own place.
        put(148, b"        ");
        put(156, &[kind]);
        put(257, b"ustar\x0000");
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        head.iter_mut().skip(148).zip(format!("{sum:06o}\0 ").bytes()).for_each(|(to, byte)| *to = byte);
        self.put(&head)?;
        self.put(bytes)?;
        let rest = bytes.len().next_multiple_of(BLOCK).saturating_sub(bytes.len());
        self.put(&vec![0; rest])
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.written = self.written.saturating_add(bytes.len() as u64);
        self.to.write_all(bytes)
    }
}

impl<W: Write> Tar<W> {
    fn end(mut self) -> Result<W> {
        self.put(&[0; BLOCK * 2])?;
        let rest = self.written.next_multiple_of(RECORD).saturating_sub(self.written);
        self.put(&vec![0; usize::try_from(rest).unwrap_or_default()])?;
        Ok(self.to)
    }
}

/// A record of a pax header: its own length, in which that of the number itself counts, a key and a value.
fn record(key: &str, value: &str) -> String {
    let rest = format!(" {key}={value}\n");
    let mut length = rest.len();
    loop {
        let whole = format!("{length}{rest}");
        if whole.len() == length {
            return whole;
        }
        length = whole.len();
    }
}

#[cfg(test)]
mod tests {
    use super::record;

    #[test]
    fn a_record_counts_its_own_length() {
        assert_eq!(record("path", "a"), "9 path=a\n");
        assert_eq!(record("path", &"x".repeat(91)).len(), 101);
        assert!(record("path", &"x".repeat(91)).starts_with("101 "));
    }
}
