//! What goes into `data/program`: the programs, fonts and templates of a run, each the one of that run, with their licences and, where it is
//! given, the source tree.

use std::path::Path;

use super::record::{OutputRecord, RecordedFile};
use super::{Making, Programs, bag, named, tar};
use crate::digest::Digests;
use crate::error::{ArchiveRefusal, RunError};
use crate::files;
use crate::publish::templates;

/// The licence of this program.
const OWN_LICENSE: &str = include_str!("../../LICENSE");
/// The crates that are in this program, with their versions.
const CRATES: &str = include_str!("../../Cargo.lock");
/// How names of files begin that hold licences, in lower case.
const LICENSES: [&str; 6] = ["copying", "licence", "license", "notice", "ofl", "copyright"];
/// Folders of a source tree that are no part of it.
const NOT_SOURCE: [&str; 3] = [".git", "target", "output"];

/// This program and those by which the output was set, each the one of that run.
pub(super) fn of_programs(
    making: &mut Making,
    own: &Path,
    programs: &Programs,
    record: &OutputRecord,
) -> Result<(), RunError> {
    let refuse = |path: &Path, why| RunError::Archive { path: path.to_owned(), why };
    if record.version != env!("CARGO_PKG_VERSION") {
        return Err(refuse(own, ArchiveRefusal::OtherVersion(record.version.clone())));
    }
    let no_part = |path: &str, file: &RecordedFile| {
        refuse(Path::new(path), ArchiveRefusal::NoPart(file.digests.sha256.clone()))
    };
    making.put("data/program/duibiao".to_owned(), &files::read(own)?)?;
    for file in &record.tools {
        let bytes = files::read(&programs.typst)?;
        if Digests::of(&bytes) != file.digests {
            return Err(no_part(&programs.typst.to_string_lossy(), file));
        }
        making.put("data/program/typst".to_owned(), &bytes)?;
    }
    for file in &record.fonts {
        let places = programs.fonts.iter().map(|folder| folder.join(&file.path));
        let mut bytes = None;
        for place in places.filter(|place| place.is_file()) {
            let found = files::read(&place)?;
            bytes = bytes.or_else(|| Some(found).filter(|found| Digests::of(found) == file.digests));
        }
        let bytes = bytes.ok_or_else(|| no_part(&file.path, file))?;
        making.put(named("data/program/fonts", &file.path)?, &bytes)?;
    }
    let own = templates(programs.templates.as_deref())?;
    for file in &record.templates {
        let bytes = own.iter().find(|(path, bytes)| *path == file.path && Digests::of(bytes) == file.digests);
        let (_, bytes) = bytes.ok_or_else(|| no_part(&file.path, file))?;
        making.put(named("data/program/templates", &file.path)?, bytes)?;
    }
    licenses(making, programs)
}

/// The licence of this program and its crates, and what licences lie beside typst and the fonts.
fn licenses(making: &mut Making, programs: &Programs) -> Result<(), RunError> {
    making.put("data/program/licenses/duibiao/LICENSE".to_owned(), OWN_LICENSE.as_bytes())?;
    making.put("data/program/licenses/duibiao/Cargo.lock".to_owned(), CRATES.as_bytes())?;
    let beside = programs.typst.parent().map(|folder| ("typst", folder));
    let fonts = programs.fonts.iter().map(|folder| ("fonts", folder.as_path()));
    for (of, folder) in beside.into_iter().chain(fonts) {
        for found in plain_files(folder)? {
            let name = files::plain_name(&found);
            let to = format!("data/program/licenses/{of}/{name}");
            let is_license = LICENSES.iter().any(|begin| name.to_lowercase().starts_with(begin));
            if is_license && !making.has(&to) && named("", &name).is_ok() {
                making.put(to, &files::read(&found)?)?;
            }
        }
    }
    Ok(())
}

/// The files that lie in a folder, in the order of their names; none where there is no such folder.
fn plain_files(folder: &Path) -> Result<Vec<std::path::PathBuf>, RunError> {
    let failed = |source| RunError::reading(folder, source);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The source tree as one tar, without what is built from it.
pub(super) fn source(making: &mut Making, tree: &Path, record: &OutputRecord) -> Result<(), RunError> {
    let is_source = |path: &str| path.split('/').next().is_none_or(|first| !NOT_SOURCE.contains(&first));
    let files: Vec<bag::Below> =
        bag::below(tree)?.into_iter().filter(|found| found.is_plain && is_source(&found.path)).collect();
    let tar = tar::of_files(&files, "duibiao-source", record.report_date)?;
    making.put("data/program/source.tar".to_owned(), &tar)
}
