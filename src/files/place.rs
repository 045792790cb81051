//! Where an output is to be, found out before any work is done: through links, and without what `.` and `..` leave in a path.

use std::ffi::OsString;
use std::fs;
use std::io::Error;
use std::path::{Component, Path, PathBuf};

use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
use rustix::io::Errno;

use super::look::{look, look_at_itself};
use crate::error::RunError;

/// Links that lead to each other.
const MOST_LINKS: usize = 40;
/// The longest name of an output, in bytes: that of the folder in which it is made is longer, and file systems have 255.
const LONGEST_NAME: usize = 238;

/// Where an output folder is to be. A link is followed: what it leads to is replaced, and the link stays; it may lead to what is not
/// there yet.
///
/// # Errors
/// Fails when no folder can be put there: it is a file, a mount point, the root, has too long a name, or cannot be looked at.
pub fn place(target: &Path) -> Result<PathBuf, RunError> {
    let failed = |source| RunError::writing(target, source);
    let words = |words: &'static str| failed(Error::other(words));
    let real = resolved(target).map_err(failed)?;
    let Some(name) = real.file_name().filter(|_| !target.as_os_str().is_empty()) else {
        return Err(words("不能作输出文件夹 (cannot be replaced)"));
    };
    if name.len() > LONGEST_NAME {
        return Err(words("名称超过238字节，请取较短的名称 (the name is too long: choose a shorter one)"));
    }
    if look(&real).map_err(failed)?.is_some_and(|found| !found.is_dir()) {
        return Err(words("已有同名文件，不是文件夹 (there is a file of this name)"));
    }
    if is_mount_point(&real).map_err(failed)? {
        return Err(failed(is_mounted()));
    }
    Ok(real)
}

/// Where a folder of inputs is.
///
/// # Errors
/// Fails with the system's reason.
pub fn place_of(folder: &Path) -> Result<PathBuf, RunError> {
    resolved(folder).map_err(|source| RunError::reading(folder, source))
}

/// Why a mount point is no place for an output.
pub(super) fn is_mounted() -> Error {
    Error::other(
        "是挂载点，不能整体替换；请用 --output 指定其中的一个子文件夹 (a mount point cannot be replaced: name a folder in it)",
    )
}

/// Whether something is mounted at a path.
///
/// # Errors
/// Fails with the system's reason.
pub fn is_mount_point(path: &Path) -> std::io::Result<bool> {
    match statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::BASIC_STATS) {
        Ok(found) => Ok(found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT)),
        // Nothing is there, or the system cannot tell.
        Err(Errno::NOENT | Errno::NOSYS) => Ok(false),
        Err(errno) => Err(errno.into()),
    }
}

/// Where a path leads, through all links, of which the last may lead to what is not there yet.
///
/// # Errors
/// Fails when links lead to each other, or a folder on the way cannot be looked into.
fn resolved(path: &Path) -> std::io::Result<PathBuf> {
    let mut at = if path.is_absolute() { PathBuf::new() } else { fs::canonicalize(".")? };
    let mut waiting = backwards(path);
    let mut links = 0;
    while let Some(part) = waiting.pop() {
        // What is there so far has no links, so that `..` is the folder above.
        match Path::new(&part).components().next() {
            Some(Component::ParentDir) => {
                at.pop();
            }
            Some(Component::Normal(name)) => {
                let next = at.join(name);
                if look_at_itself(&next)?.is_some_and(|found| found.is_symlink()) {
                    links += 1;
                    if links > MOST_LINKS {
                        return Err(Errno::LOOP.into());
                    }
                    waiting.extend(backwards(&fs::read_link(&next)?));
                } else {
                    at = next;
                }
            }
            Some(Component::RootDir) => at = PathBuf::from("/"),
            Some(Component::CurDir | Component::Prefix(_)) | None => {}
        }
    }
    Ok(at)
}

/// The parts of a path, the last one first.
fn backwards(path: &Path) -> Vec<OsString> {
    path.components().rev().map(|part| part.as_os_str().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_through_links_and_without_making_what_is_not_there() {
        let root = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(root.path()).unwrap();
        fs::create_dir_all(root.join("real/below")).unwrap();
        std::os::unix::fs::symlink("real/below", root.join("link")).unwrap();
        std::os::unix::fs::symlink("link/../new", root.join("ahead")).unwrap();
        std::os::unix::fs::symlink("loop", root.join("loop")).unwrap();
        fs::write(root.join("file"), b"x").unwrap();
        for (given, expected) in [
            ("o", "o"),
            ("o/.", "o"),
            ("none/../o", "o"),
            ("link", "real/below"),
            ("link/o", "real/below/o"),
            ("link/../o", "real/o"),
            ("ahead", "real/new"),
        ] {
            assert_eq!(place(&root.join(given)).unwrap(), root.join(expected), "{given}");
        }
        assert!(!root.join("none").exists());
        let long = "长".repeat(80);
        for (given, words) in [
            ("file", "已有同名文件"),
            ("file/o", "Not a directory"),
            ("loop", "os error 40"),
            ("/", "不能作输出文件夹"),
            ("/proc", "是挂载点"),
            (long.as_str(), "名称超过238字节"),
        ] {
            let told = place(&root.join(given)).unwrap_err().to_string();
            assert!(told.contains(words), "{given}: {told}");
        }
        assert!(place(Path::new("")).is_err());
    }
}
