//! The folder of submissions: which of its files are read, which are passed over quietly, and which are told.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::register::Register;
use crate::error::RunError;
use crate::files;
use crate::finding::{Finding, Place, ReturnProblem};
use crate::ident::CityId;
use crate::inputs::Inputs;

/// The files of a folder that are read: all but those of the system, lock files and other hidden ones. What is a workbook by its
/// content is read whatever it is called.
pub(super) fn workbooks(inputs: &Inputs, folder: &Path) -> Result<Vec<PathBuf>, RunError> {
    let files = inputs.list(folder)?;
    Ok(files.into_iter().filter(|path| !is_passed_over(path)).collect())
}

/// What cannot be looked into is not passed over: why not is told where it is read.
fn is_passed_over(path: &Path) -> bool {
    let name = files::name(path).to_lowercase();
    if files::is_put_by_the_system(path) {
        return true;
    }
    let is_lock = || match files::head(path, 4) {
        Ok(head) => !is_workbook(&head),
        Err(_) => files::is_of_programs(path),
    };
    name.starts_with(['.', '~']) && is_lock()
}

/// An archive, as `.xlsx` and `.ods` are, or an OLE file, as `.xls` is.
fn is_workbook(head: &[u8]) -> bool {
    matches!(head, [b'P', b'K', 3, 4] | [0xD0, 0xCF, 0x11, 0xE0])
}

/// Folders, links and pipes among the submissions.
pub(super) fn passed_over(city: &CityId, folder: &Path) -> Result<Vec<Finding>, RunError> {
    let told = files::passed_over(folder)?.into_iter().map(|(name, why)| {
        let place = Place::file(&format!("{city}/submissions/{name}"));
        Finding::new(city, place, ReturnProblem::NotRead { name, why }.into())
    });
    Ok(told.collect())
}

/// The names by which the register may know a file: as it is shown, and as its bytes read in the code page of Chinese systems
/// when they are no UTF-8.
pub(super) fn names(path: &Path) -> Vec<String> {
    let mut names = vec![files::plain_name(path)];
    names.extend(path.file_name().and_then(in_gbk));
    names
}

/// A name that is no UTF-8 but is text in GBK.
pub(super) fn in_gbk(name: &OsStr) -> Option<String> {
    let bytes = name.as_encoded_bytes();
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let decoded = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(files::printable(&decoded))
}

/// Workbooks that the register has but the folder has not, by name.
pub(super) fn absent(register: &Register, paths: &[PathBuf]) -> Vec<String> {
    let here: Vec<String> = paths.iter().flat_map(|path| names(path)).collect();
    register.without(&here).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    #[test]
    fn what_systems_leave_behind_is_passed_over_and_workbooks_with_odd_names_are_not() {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in [
            ("a.xlsx", &b"PK\x03\x04"[..]),
            ("~b.xlsx", b"PK\x03\x04"),
            (".c.xls", b"\xD0\xCF\x11\xE0"),
            ("~$a.xlsx", b"\x05user"),
            (".~a.xlsx", b"\x05user"),
            ("Thumbs.db", b"\xD0\xCF\x11\xE0"),
            ("desktop.ini", b"[.ShellClassInfo]"),
            (".DS_Store", b"\0\0\0\x01Bud1"),
            ("._a.xlsx", b"\0\x05\x16\x07"),
            ("空.xlsx", b""),
        ] {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        let read: Vec<String> = workbooks(&Inputs::default(), folder.path())
            .unwrap()
            .iter()
            .map(|path| files::name(path))
            .collect();
        assert_eq!(read, [".c.xls", "a.xlsx", "~b.xlsx", "空.xlsx"]);
    }

    #[test]
    fn names_in_gbk_are_read_as_such() {
        let bytes = encoding_rs::GB18030.encode("市科技局.xlsx").0.into_owned();
        assert_eq!(in_gbk(OsStr::from_bytes(&bytes)).as_deref(), Some("市科技局.xlsx"));
        assert_eq!(in_gbk(OsStr::new("市科技局.xlsx")), None);
        assert_eq!(in_gbk(OsStr::from_bytes(b"\xff\xff.xlsx")), None);
    }
}
