//! An entry is added to its file in one step, and taken back where the round cannot be read with it.

use std::path::{Path, PathBuf};

use super::{DecisionEntry, text};
use crate::error::{EntryRefusal, RunError};
use crate::files;
use crate::inputs::Inputs;

/// An entry that was added.
#[derive(Debug)]
pub struct EntryAdded {
    /// The file.
    pub path: PathBuf,
    /// The line on which the entry begins.
    pub line: usize,
    /// What it held before; `None` when it was not there.
    before: Option<Vec<u8>>,
}

impl EntryAdded {
    /// Puts back what the file held before.
    ///
    /// # Errors
    /// Fails when that cannot be written.
    pub fn take_back(&self) -> Result<(), RunError> {
        match &self.before {
            Some(bytes) => files::replace(&self.path, bytes),
            None => std::fs::remove_file(&self.path).map_err(|source| RunError::writing(&self.path, source)),
        }
    }
}

/// Adds an entry behind all that its file holds, which stays as it is to the byte.
///
/// # Errors
/// Fails when the file is in another code, when the list cannot be added to there, when an input has changed since it was read, and when the file cannot be
/// written. Then it is as it was.
pub fn add(entry: &DecisionEntry, round: &Path, inputs: &Inputs) -> Result<EntryAdded, RunError> {
    let path = round.join(entry.file());
    let before = if inputs.is_there(&path)? { Some(inputs.read(&path)?) } else { None };
    let own = text(entry);
    let refused = |why| RunError::Entry { path: path.clone(), why };
    let (bytes, line) = with(before.as_deref().unwrap_or_default(), &own, entry.list()).map_err(refused)?;
    inputs.unchanged()?;
    files::replace(&path, &bytes)?;
    Ok(EntryAdded { path, line, before })
}

/// The file with the entry behind it, and the line on which it begins.
fn with(before: &[u8], own: &str, list: &'static str) -> Result<(Vec<u8>, usize), EntryRefusal> {
    let there = std::str::from_utf8(before).map_err(|_| EntryRefusal::OtherCode)?;
    // Some editors put zeros between letters, which is text in UTF-8 too.
    if there.contains('\0') {
        return Err(EntryRefusal::OtherCode);
    }
    let ending = if there.contains("\r\n") { "\r\n" } else { "\n" };
    let mut whole = there.to_owned();
    if !there.trim_start_matches('\u{feff}').is_empty() {
        let gap = if there.ends_with('\n') { 1 } else { 2 };
        (0..gap).for_each(|_| whole.push_str(ending));
    }
    let line = whole.matches('\n').count().saturating_add(1);
    whole.push_str(&own.replace('\n', ending));
    let parsed = toml::from_str::<toml::Table>(whole.trim_start_matches('\u{feff}'));
    match parsed {
        Ok(_) => Ok((whole.into_bytes(), line)),
        Err(error) => Err(EntryRefusal::OtherForm { list, why: error.message().to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "[[waiver]]\ncode = \"V403\"\n";

    #[test]
    fn what_the_file_holds_stays_and_its_line_ends_are_kept() {
        for (before, behind, line) in [
            ("", "[[waiver]]\ncode = \"V403\"\n", 1),
            ("\u{feff}", "[[waiver]]\ncode = \"V403\"\n", 1),
            ("# 说明\n", "\n[[waiver]]\ncode = \"V403\"\n", 3),
            ("# 说明", "\n\n[[waiver]]\ncode = \"V403\"\n", 3),
            ("[[waiver]] # 一\r\ncode = 1\r\n", "\r\n[[waiver]]\r\ncode = \"V403\"\r\n", 4),
        ] {
            let (bytes, at) = with(before.as_bytes(), OWN, "waiver").unwrap();
            assert_eq!((String::from_utf8(bytes).unwrap(), at), (format!("{before}{behind}"), line));
        }
    }

    #[test]
    fn what_cannot_be_added_to_is_refused() {
        let gbk = encoding_rs::GB18030.encode("# 说明\n").0.into_owned();
        assert_eq!(with(&gbk, OWN, "waiver").unwrap_err(), EntryRefusal::OtherCode);
        assert_eq!(with(b"#\0 \0", OWN, "waiver").unwrap_err(), EntryRefusal::OtherCode);
        let inline = b"waiver = [{ code = 1 }]\n";
        assert!(matches!(with(inline, OWN, "waiver").unwrap_err(), EntryRefusal::OtherForm { .. }));
    }

    #[test]
    fn an_entry_is_taken_back_with_the_file_that_was_made_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("waivers.toml");
        files::replace(&path, b"new").unwrap();
        EntryAdded { path: path.clone(), line: 1, before: None }.take_back().unwrap();
        assert!(!path.exists());
        files::replace(&path, b"new").unwrap();
        EntryAdded { path: path.clone(), line: 1, before: Some(b"old".to_vec()) }.take_back().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
    }
}
