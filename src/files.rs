//! All access to files: sorted listings, errors that name the path, outputs that appear whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::RunError;

/// Reads a file.
///
/// # Errors
/// Fails with the path and the system's reason.
pub fn read(path: &Path) -> Result<Vec<u8>, RunError> {
    fs::read(path).map_err(|source| RunError::reading(path, source))
}

/// Reads a file of text in UTF-8.
///
/// # Errors
/// Fails with the path and the system's reason.
pub fn read_text(path: &Path) -> Result<String, RunError> {
    fs::read_to_string(path).map_err(|source| RunError::reading(path, source))
}

/// Writes a file, making the folders above it.
///
/// # Errors
/// Fails with the path and the system's reason.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), RunError> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, bytes).map_err(|source| RunError::writing(path, source))
}

/// Makes a folder and those above it.
///
/// # Errors
/// Fails with the path and the system's reason.
pub fn make_folder(path: &Path) -> Result<(), RunError> {
    fs::create_dir_all(path).map_err(|source| RunError::writing(path, source))
}

/// Lists the plain files of a folder by name in byte order; links are followed only when they stay inside the
/// folder. A folder that does not exist is empty.
///
/// # Errors
/// Fails when the folder exists and cannot be read.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, RunError> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let root = fs::canonicalize(folder).map_err(|source| RunError::reading(folder, source))?;
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|source| RunError::reading(folder, source))? {
        let path = entry.map_err(|source| RunError::reading(folder, source))?.path();
        let inside = fs::canonicalize(&path).is_ok_and(|real| real.starts_with(&root));
        if inside && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The name of a path's last part, with characters that could deceive a reader replaced by `�`.
pub fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| printable(&name.to_string_lossy()))
}

/// Replaces control characters and marks that reorder text; keeps everything else.
pub fn printable(text: &str) -> String {
    let deceives = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
    };
    text.chars().map(|c| if deceives(c) { '\u{fffd}' } else { c }).collect()
}

/// A folder of outputs in the making, beside its final place. It becomes the final folder in one step, or
/// leaves no trace there.
#[derive(Debug)]
pub struct Staging {
    folder: tempfile::TempDir,
    target: PathBuf,
}

impl Staging {
    /// Begins an output folder that is to end up at `target`.
    ///
    /// # Errors
    /// Fails when the folder above the target cannot be made or written.
    pub fn beside(target: &Path) -> Result<Self, RunError> {
        let above = match target.parent() {
            Some(above) if !above.as_os_str().is_empty() => above.to_owned(),
            _ => PathBuf::from("."),
        };
        make_folder(&above)?;
        let folder = tempfile::Builder::new()
            .prefix(".duibiao-")
            .suffix(".partial")
            .tempdir_in(&above)
            .map_err(|source| RunError::writing(&above, source))?;
        Ok(Self { folder, target: target.to_owned() })
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Puts the finished folder in its place; what was there before is removed afterwards.
    ///
    /// # Errors
    /// Fails, leaving the old folder in place, when the two cannot be exchanged.
    pub fn publish(self) -> Result<(), RunError> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        let failed = |source: std::io::Error| RunError::writing(&self.target, source);
        open_to_readers(self.folder.path()).map_err(failed)?;
        let flags = if self.target.exists() { RenameFlags::EXCHANGE } else { RenameFlags::NOREPLACE };
        renameat_with(CWD, self.folder.path(), CWD, &self.target, flags)
            .map_err(|errno| failed(errno.into()))?;
        // The temporary path now holds the old output, or nothing; dropping it cleans up.
        Ok(())
    }
}

/// Temporary folders are private to their maker; a published one is readable as its parent's usual.
fn open_to_readers(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_appear_whole_or_not_at_all() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("2023");
        for round in ["first", "second"] {
            let staging = Staging::beside(&target).unwrap();
            write(&staging.path().join("report"), round.as_bytes()).unwrap();
            staging.publish().unwrap();
            assert_eq!(read_text(&target.join("report")).unwrap(), round);
        }
        let dropped = Staging::beside(&target).unwrap();
        write(&dropped.path().join("report"), b"half").unwrap();
        drop(dropped);
        assert_eq!(read_text(&target.join("report")).unwrap(), "second");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn listings_are_sorted_and_stay_inside() {
        let root = tempfile::tempdir().unwrap();
        let outside = tempfile::NamedTempFile::new().unwrap();
        for name in ["b.xlsx", "a.xlsx"] {
            write(&root.path().join(name), b"x").unwrap();
        }
        std::os::unix::fs::symlink(outside.path(), root.path().join("c.xlsx")).unwrap();
        let names: Vec<String> = list(root.path()).unwrap().iter().map(|path| name(path)).collect();
        assert_eq!(names, ["a.xlsx", "b.xlsx"]);
    }

    #[test]
    fn deceiving_characters_are_shown_as_replaced() {
        assert_eq!(printable("a\u{202e}b\u{7}c"), "a\u{fffd}b\u{fffd}c");
    }
}
