//! All access to files: sorted listings, errors that name the path, outputs that appear whole or not at all.

mod held;
mod kind;
mod look;
mod place;
mod staging;
mod temporary;

pub use held::{give_up, settle};
pub use kind::Document;
pub use look::{PassedOver, is_there, list, look, look_at_itself, passed_over};
pub use place::{is_mount_point, place, place_of};
pub use staging::Staging;
pub use temporary::Temporary;

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::RunError;
pub use crate::shown::{name, plain_name, printable};

/// The longest file that is read at all, in bytes; programs and fonts are the longest.
pub const LONGEST: u64 = 1 << 30;

/// Reads a plain file; a pipe or device, which may never end, is refused, and so is a file beyond any reason.
///
/// # Errors
/// Fails with the path and the system's reason.
pub fn read(path: &Path) -> Result<Vec<u8>, RunError> {
    let read = read_up_to(path, LONGEST);
    read.map_err(|source| RunError::reading(path, source))
}

/// Reads a plain file that is no longer than a number of bytes.
///
/// # Errors
/// Fails with the system's reason, when it is no plain file, or when it is longer.
pub fn read_up_to(path: &Path, longest: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if take_up_to(&mut open(path)?, longest, &mut bytes)? {
        return Ok(bytes);
    }
    Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, "文件过长 (the file is too long)"))
}

/// Takes what a file holds, as far as it is no longer than a number of bytes; tells whether that was all. What the system says of
/// its length does not count: some files have none, and others grow.
///
/// # Errors
/// Fails with the system's reason.
pub fn take_up_to(file: &mut fs::File, longest: u64, bytes: &mut Vec<u8>) -> std::io::Result<bool> {
    use std::io::Read as _;
    let read = file.take(longest.saturating_add(1)).read_to_end(bytes)?;
    Ok(read as u64 <= longest)
}

/// Opens a plain file, without waiting for anybody: what is opened is looked at, not what lay there before.
///
/// # Errors
/// Fails with the system's reason, or when it is a folder, a pipe or a device.
pub fn open(path: &Path) -> std::io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let without_waiting = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or_default();
    let special = || std::io::Error::other("不是普通文件 (not a plain file)");
    // Devices may act when they are opened.
    if !fs::metadata(path)?.is_file() {
        return Err(special());
    }
    let file = fs::File::options().read(true).custom_flags(without_waiting).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(special()) }
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

/// Lets a file or folder be seen in another place as well.
///
/// # Errors
/// Fails with the place and the system's reason.
pub fn link(to: &Path, at: &Path) -> Result<(), RunError> {
    std::os::unix::fs::symlink(to, at).map_err(|source| RunError::writing(at, source))
}

/// Puts bytes in the place of what a file holds, in one step: whoever reads it finds the one or the other, whole. A link is followed and stays; who may
/// read the file stays as well.
///
/// # Errors
/// Fails with the path and the system's reason; the file is then as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), RunError> {
    use std::io::Write as _;
    use std::os::unix::fs::PermissionsExt as _;
    const READABLE: u32 = 0o644;
    let failed = |source| RunError::writing(path, source);
    let there = look(path).map_err(failed)?;
    let target = if there.is_some() { fs::canonicalize(path).map_err(failed)? } else { path.to_owned() };
    let mode = there.map_or_else(|| fs::Permissions::from_mode(READABLE), |found| found.permissions());
    let above = target.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // No signal is answered while a file lies there that is not meant to stay.
    let _held = held::held();
    let mut made = tempfile::Builder::new().prefix(".duibiao-").tempfile_in(above).map_err(failed)?;
    made.write_all(bytes).and_then(|()| made.as_file().set_permissions(mode)).map_err(failed)?;
    made.as_file().sync_all().map_err(failed)?;
    made.persist(&target).map_err(|error| failed(error.error))?;
    let synced = fs::File::open(above).and_then(|folder| folder.sync_all());
    match synced {
        // Some network file systems do not do this for folders.
        Err(error) if error.raw_os_error() != Some(rustix::io::Errno::INVAL.raw_os_error()) => {
            Err(RunError::NotDurable { path: target, source: error })
        }
        _ => Ok(()),
    }
}

/// Makes a folder and those above it; not while a signal is answered, so that what is removed then does not come back.
///
/// # Errors
/// Fails with the path and the system's reason.
pub fn make_folder(path: &Path) -> Result<(), RunError> {
    let _held = held::held();
    fs::create_dir_all(path).map_err(|source| RunError::writing(path, source))
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
            let kind = match look(&path).map_err(|source| RunError::reading(&path, source)) {
                Ok(found) => found,
                // Nobody finds a font there.
                Err(error) if error.of_the_file().is_some() => None,
                Err(error) => return Err(error),
            };
            if kind.as_ref().is_some_and(fs::Metadata::is_dir) {
                folders.push(path);
            } else if is_font && kind.is_some_and(|kind| kind.is_file()) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Files that operating systems and file managers put into folders, in lower case.
const OF_THE_SYSTEM: [&str; 6] =
    ["thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", ".ds_store", "icon\r"];

/// Whether a file is one that systems put into folders by themselves.
pub fn is_put_by_the_system(path: &Path) -> bool {
    OF_THE_SYSTEM.contains(&plain_name(path).to_lowercase().as_str())
}

/// The same, or the lock by which an office program says that another file is open: nobody has put it there knowingly.
pub fn is_of_programs(path: &Path) -> bool {
    is_put_by_the_system(path)
        || ["~$", ".~lock.", "._"].iter().any(|start| plain_name(path).starts_with(start))
}

/// Names of what lies in a folder and is none of these files, nor put there by programs, sorted; a folder that is not there has none.
///
/// # Errors
/// Fails when the folder cannot be listed.
pub fn others_than(folder: &Path, names: &[&str]) -> std::io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let own = name(&path);
        if !names.contains(&own.as_str()) && !is_of_programs(&path) {
            found.push(own);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
