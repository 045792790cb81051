//! Looking at what lies there. What cannot be looked at is never taken for what is not there: a folder behind a link that leads
//! nowhere, a closed door or a broken disk says nothing about those whose files it holds.

use std::fs::{self, FileType, Metadata};
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use super::name;
use crate::error::RunError;

/// What lies at a path, through links; `None` when nothing has this name.
///
/// # Errors
/// Fails with the system's reason when that cannot be found out, or when a link of this name leads nowhere.
pub fn look(path: &Path) -> std::io::Result<Option<Metadata>> {
    match fs::metadata(path) {
        Ok(found) => return Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    match look_at_itself(path)? {
        None => Ok(None),
        Some(found) if found.is_symlink() => {
            Err(Error::new(ErrorKind::NotFound, "链接不通 (the link leads nowhere)"))
        }
        // It came in between.
        Some(_) => fs::metadata(path).map(Some),
    }
}

/// What lies at a path; of a link the link itself. `None` when nothing has this name.
///
/// # Errors
/// Fails with the system's reason when that cannot be found out.
pub fn look_at_itself(path: &Path) -> std::io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether there is anything of a name.
///
/// # Errors
/// Fails with path and reason when that cannot be found out, or when a link of this name leads nowhere.
pub fn is_there(path: &Path) -> Result<bool, RunError> {
    look(path).map(|found| found.is_some()).map_err(|source| RunError::reading(path, source))
}

/// Why an entry of a folder is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PassedOver {
    /// It is a folder.
    Folder,
    /// It is a link that leads outside, or nowhere.
    Link,
    /// It is a pipe, a socket or a device.
    Special,
}

/// Lists the plain files of a folder by name in byte order; links are followed only when they stay inside the
/// folder. A folder that does not exist is empty.
///
/// # Errors
/// Fails when the folder exists and cannot be read, or when it cannot be found out whether it exists.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, RunError> {
    let all = entries(folder)?;
    Ok(all.into_iter().filter(|(_, why)| why.is_none()).map(|(path, _)| path).collect())
}

/// What [`list`] passes over in a folder: names of subfolders, and of links that lead outside, with which it is.
///
/// # Errors
/// Fails like [`list`].
pub fn passed_over(folder: &Path) -> Result<Vec<(String, PassedOver)>, RunError> {
    let all = entries(folder)?;
    let mut found: Vec<_> = all.into_iter().filter_map(|(path, why)| Some((name(&path), why?))).collect();
    found.sort();
    Ok(found)
}

/// The entries of a folder in byte order, each with why it is not read.
fn entries(folder: &Path) -> Result<Vec<(PathBuf, Option<PassedOver>)>, RunError> {
    if !is_there(folder)? {
        return Ok(Vec::new());
    }
    let failed = |source| RunError::reading(folder, source);
    let root = fs::canonicalize(folder).map_err(failed)?;
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            // It has just been taken away.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(source) => return Err(RunError::reading(path, source)),
        };
        let why = if kind.is_symlink() { link(&path, &root)? } else { of_kind(kind) };
        found.push((path, why));
    }
    found.sort();
    Ok(found)
}

fn of_kind(kind: FileType) -> Option<PassedOver> {
    match kind {
        _ if kind.is_file() => None,
        _ if kind.is_dir() => Some(PassedOver::Folder),
        _ => Some(PassedOver::Special),
    }
}

/// Why a link is not followed. One that leads nowhere or behind a closed door is the link's own fault, a broken disk is not.
fn link(path: &Path, root: &Path) -> Result<Option<PassedOver>, RunError> {
    let looked = fs::canonicalize(path).and_then(|real| Ok((fs::metadata(&real)?.file_type(), real)));
    match looked.map_err(|source| RunError::reading(path, source)) {
        Ok((kind, real)) if kind.is_dir() || real.starts_with(root) => Ok(of_kind(kind)),
        Ok(_) => Ok(Some(PassedOver::Link)),
        Err(error) => error.of_the_file().map(|_| Some(PassedOver::Link)).ok_or(error),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::files::{make_folder, write};

    #[test]
    fn listings_are_sorted_and_stay_inside() {
        let root = tempfile::tempdir().unwrap();
        let outside = tempfile::NamedTempFile::new().unwrap();
        for name in ["b.xlsx", "a.xlsx"] {
            write(&root.path().join(name), b"x").unwrap();
        }
        symlink(outside.path(), root.path().join("c.xlsx")).unwrap();
        symlink("a.xlsx", root.path().join("d.xlsx")).unwrap();
        symlink("nowhere", root.path().join("e.xlsx")).unwrap();
        let names: Vec<String> = list(root.path()).unwrap().iter().map(|path| name(path)).collect();
        assert_eq!(names, ["a.xlsx", "b.xlsx", "d.xlsx"]);
        make_folder(&root.path().join("more")).unwrap();
        let over = passed_over(root.path()).unwrap();
        let link = |name: &str| (name.to_owned(), PassedOver::Link);
        assert_eq!(over, [link("c.xlsx"), link("e.xlsx"), ("more".to_owned(), PassedOver::Folder)]);
    }

    #[test]
    fn what_cannot_be_looked_at_is_not_taken_for_what_is_not_there() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        assert!(look(&at("none")).unwrap().is_none());
        assert_eq!(list(&at("none")).unwrap(), Vec::<PathBuf>::new());
        symlink("/nowhere", at("dangling")).unwrap();
        symlink("loop", at("loop")).unwrap();
        write(&at("file"), b"x").unwrap();
        for name in ["dangling", "loop", "file/below"] {
            assert!(look(&at(name)).is_err(), "{name}");
            assert!(list(&at(name)).is_err(), "{name}");
            assert!(passed_over(&at(name)).is_err(), "{name}");
        }
        assert!(list(&at("file")).is_err(), "a file is no folder");
    }
}
