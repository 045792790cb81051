//! All access to files: sorted listings, errors that name the path, outputs that appear whole or not at all.

mod kind;

pub use kind::Document;

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::RunError;

/// Reads a plain file; a pipe or device, which may never end, is refused.
///
/// # Errors
/// Fails with the path and the system's reason.
pub fn read(path: &Path) -> Result<Vec<u8>, RunError> {
    open(path).and_then(|_| fs::read(path)).map_err(|source| RunError::reading(path, source))
}

/// Opens a plain file.
///
/// # Errors
/// Fails with the system's reason, or when it is a folder, a pipe or a device.
pub fn open(path: &Path) -> std::io::Result<fs::File> {
    if fs::metadata(path)?.is_file() {
        fs::File::open(path)
    } else {
        Err(std::io::Error::other("不是普通文件 (not a plain file)"))
    }
}

/// Reads a file of text in UTF-8.
///
/// # Errors
/// Fails with the path and the system's reason.
pub fn read_text(path: &Path) -> Result<String, RunError> {
    let utf8 = |error| std::io::Error::new(std::io::ErrorKind::InvalidData, error);
    String::from_utf8(read(path)?).map_err(utf8).map_err(|source| RunError::reading(path, source))
}

/// The first bytes of a plain file.
///
/// # Errors
/// Fails with the system's reason.
pub fn head(path: &Path, length: u64) -> std::io::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut head = Vec::new();
    open(path)?.take(length).read_to_end(&mut head)?;
    Ok(head)
}

/// The text of a file that people saved with any of their editors: UTF-8, UTF-16 with or without its mark, or the code page
/// of Chinese systems (GBK, as GB18030). `None` when it is text in none of these.
pub fn text_in_any_code(bytes: &[u8]) -> Option<String> {
    let strict = |code: &'static encoding_rs::Encoding, bytes: &[u8]| {
        code.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
    };
    if let Some((code, length)) = encoding_rs::Encoding::for_bom(bytes) {
        return strict(code, bytes.get(length..).unwrap_or_default());
    }
    // Text in UTF-16 has a zero beside each letter, digit and line break; no other text has zeros.
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd > 0 {
        let code = if odd > even { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
        return strict(code, bytes).filter(|text| !text.contains('\0'));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => strict(encoding_rs::GB18030, bytes),
    }
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
        let entry = entry.map_err(|source| RunError::reading(folder, source))?;
        let path = entry.path();
        // Only links can lead outside.
        let is_plain = entry.file_type().is_ok_and(|kind| kind.is_file());
        let inside = || fs::canonicalize(&path).is_ok_and(|real| real.starts_with(&root));
        if is_plain || (inside() && path.is_file()) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The fonts in a folder and in all folders below it, in order. Links are followed, as the typesetting program does.
///
/// # Errors
/// Fails when a folder cannot be read.
pub fn fonts(folder: &Path) -> Result<Vec<PathBuf>, RunError> {
    let mut found = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        let failed = |source| RunError::reading(&current, source);
        if !seen.insert(fs::canonicalize(&current).map_err(failed)?) {
            continue; // a link that leads back
        }
        for entry in fs::read_dir(&current).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
            let is_font = ending
                .is_some_and(|ending| ["otf", "ttf", "ttc", "otc"].iter().any(|known| ending == *known));
            if path.is_dir() {
                folders.push(path);
            } else if is_font && path.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What [`list`] passes over in a folder: names of subfolders, and of links that lead outside, with which it is.
///
/// # Errors
/// Fails when the folder exists and cannot be read.
pub fn passed_over(folder: &Path) -> Result<Vec<(String, PassedOver)>, RunError> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let read = list(folder)?;
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|source| RunError::reading(folder, source))? {
        let entry = entry.map_err(|source| RunError::reading(folder, source))?;
        if entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let path = entry.path();
        let why = if path.is_dir() {
            PassedOver::Folder
        } else if path.is_symlink() {
            PassedOver::Link
        } else {
            PassedOver::Special
        };
        if !read.contains(&path) {
            found.push((name(&path), why));
        }
    }
    found.sort();
    Ok(found)
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

/// The name of a path's last part as it is shown: characters that could deceive a reader, and bytes that are no text,
/// are written as codes, so that two names never look the same.
pub fn name(path: &Path) -> String {
    let Some(name) = path.file_name() else { return String::new() };
    let mut shown = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        shown.push_str(&printable(chunk.valid()));
        shown.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    shown
}

/// Writes control characters and marks that reorder text as codes; keeps everything else.
pub fn printable(text: &str) -> String {
    let shown = |c: char| if deceives(c) { format!("\\u{{{:x}}}", u32::from(c)) } else { c.to_string() };
    text.chars().map(shown).collect()
}

/// The same for JSON, in which the codes stand for the characters. All of them lie in the basic plane.
pub fn printable_json(value: &serde_json::Value) -> String {
    let shown = |c: char| if deceives(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    value.to_string().chars().map(shown).collect()
}

fn deceives(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
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
        // A link is followed: its target is replaced, and the link stays.
        let target = &fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
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

    /// Puts the finished folder in its place; what was there before is removed afterwards, if it may be.
    ///
    /// # Errors
    /// Fails, leaving the old folder in place, when the two cannot be exchanged, or when the old one may not be removed
    /// (somebody has put something there in the meantime).
    pub fn publish(self, may_remove: &dyn Fn(&Path) -> bool) -> Result<(), RunError> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        let failed = |source: std::io::Error| RunError::writing(&self.target, source);
        open_to_readers(self.folder.path()).map_err(failed)?;
        let (new, old) = (self.folder.path(), self.target.as_path());
        let flags = if old.exists() { RenameFlags::EXCHANGE } else { RenameFlags::NOREPLACE };
        match renameat_with(CWD, new, CWD, old, flags) {
            Ok(()) => {}
            // Some network file systems know neither flag: two plain renames then, with the shortest of gaps between.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => swap(new, old).map_err(failed)?,
            Err(errno) => return Err(failed(errno.into())),
        }
        // The temporary path now holds the old output, or nothing; dropping it cleans up.
        if !new.exists() || may_remove(new) {
            return Ok(());
        }
        match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
            Ok(()) => {}
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => swap(new, old).map_err(failed)?,
            Err(errno) => {
                // Never delete what is not ours: both stay, the stranger under the temporary name.
                let kept = self.folder.keep();
                return Err(RunError::writing(&kept, errno.into()));
            }
        }
        Err(failed(std::io::Error::other(
            "运行期间有人放入了其他文件，未覆盖 (filled by somebody meanwhile, not replaced)",
        )))
    }
}

/// Puts `new` in the place of `old` by plain renames; what was there ends up where `new` was.
fn swap(new: &Path, old: &Path) -> std::io::Result<()> {
    if !old.exists() {
        return fs::rename(new, old);
    }
    let aside = new.with_extension("old");
    fs::rename(old, &aside)?;
    fs::rename(new, old)?;
    fs::rename(&aside, new)
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
            staging.publish(&|_| true).unwrap();
            assert_eq!(read_text(&target.join("report")).unwrap(), round);
        }
        let refused = Staging::beside(&target).unwrap();
        write(&refused.path().join("report"), b"third").unwrap();
        assert!(refused.publish(&|_| false).is_err());
        assert_eq!(read_text(&target.join("report")).unwrap(), "second", "what may not be removed stays");
        let dropped = Staging::beside(&target).unwrap();
        write(&dropped.path().join("report"), b"half").unwrap();
        drop(dropped);
        assert_eq!(read_text(&target.join("report")).unwrap(), "second");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn text_is_read_in_whatever_code_an_editor_saved_it() {
        let text = "文件,收到时间\r\na.xlsx,2024-01-12\r\n";
        let utf16 = |big: bool| -> Vec<u8> {
            let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            text.encode_utf16().flat_map(bytes).collect()
        };
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark.to_vec(), bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xEF\xBB\xBF", text.as_bytes().to_vec()),
            marked(b"\xFF\xFE", utf16(false)),
            marked(b"\xFE\xFF", utf16(true)),
            utf16(false),
            utf16(true),
            encoding_rs::GB18030.encode(text).0.into_owned(),
        ] {
            assert_eq!(text_in_any_code(&bytes).as_deref(), Some(text), "{bytes:?}");
        }
        assert_eq!(text_in_any_code(b"\xff\xff\xff"), None);
    }

    #[test]
    fn a_link_to_the_output_stays_a_link() {
        let root = tempfile::tempdir().unwrap();
        let (real, link) = (root.path().join("real"), root.path().join("link"));
        make_folder(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let staging = Staging::beside(&link).unwrap();
        write(&staging.path().join("report"), b"new").unwrap();
        staging.publish(&|_| true).unwrap();
        assert!(link.is_symlink());
        assert_eq!(read_text(&real.join("report")).unwrap(), "new");
    }

    #[test]
    fn characters_that_deceive_are_shown_as_codes() {
        assert_eq!(printable("a\u{202e}b\u{1b}"), "a\\u{202e}b\\u{1b}");
        let value = serde_json::json!({ "a": "x\u{202e}\u{85}\n" });
        let shown = printable_json(&value);
        assert!(shown.is_ascii(), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }

    #[test]
    fn folders_can_be_swapped_by_plain_renames() {
        let root = tempfile::tempdir().unwrap();
        let (new, old) = (root.path().join("new"), root.path().join("old"));
        write(&new.join("report"), b"new").unwrap();
        write(&old.join("report"), b"old").unwrap();
        swap(&new, &old).unwrap();
        assert_eq!(read_text(&old.join("report")).unwrap(), "new");
        assert_eq!(read_text(&new.join("report")).unwrap(), "old");
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
        make_folder(&root.path().join("more")).unwrap();
        let over = passed_over(root.path()).unwrap();
        assert_eq!(over, [("c.xlsx".to_owned(), PassedOver::Link), ("more".to_owned(), PassedOver::Folder)]);
    }

    #[test]
    fn deceiving_characters_are_shown_as_replaced() {
        assert_eq!(printable("a\u{202e}b\u{7}c"), "a\\u{202e}b\\u{7}c");
        use std::os::unix::ffi::OsStrExt as _;
        let gbk = Path::new(std::ffi::OsStr::from_bytes(b"\xbf\xc6.xlsx"));
        assert_eq!(name(gbk), "\\xBF\\xC6.xlsx");
    }
}
