//! The only door to the files of a round. A file is read once, digested and recorded; whoever parses it parses those very bytes, so
//! that the digest in the manifest is that of what was evaluated. Before an output is published the record is held against the
//! disk once more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, Metadata};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::digest::Digests;
use crate::error::RunError;
use crate::files;

/// The longest file that people write, in bytes. A plan of five thousand indicators has two mebibytes.
pub const LONGEST_WRITTEN: u64 = 16 << 20;

/// The longest file of which digests are taken, in bytes: what is longer, however little of it is written, holds up everything.
pub const LONGEST_DIGESTED: u64 = 2 << 30;

/// What was read of a round so far.
#[derive(Debug, Default)]
pub struct Inputs {
    read: Mutex<BTreeMap<PathBuf, Record>>,
    /// What was looked for and was not there.
    absent: Mutex<BTreeSet<PathBuf>>,
    /// What lay in a folder when it was looked through.
    listed: Mutex<BTreeMap<PathBuf, BTreeSet<PathBuf>>>,
    /// Files that are not whole yet, as if they were not there.
    unfinished: BTreeSet<PathBuf>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Record {
    digests: Digests,
    stamp: Stamp,
}

/// What the system says of a file; any change to it changes this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    device: u64,
    inode: u64,
    length: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    fn of(file: &Metadata) -> Self {
        Self {
            device: file.dev(),
            inode: file.ino(),
            length: file.len(),
            modified: (file.mtime(), file.mtime_nsec()),
            changed: (file.ctime(), file.ctime_nsec()),
        }
    }
}

impl Inputs {
    /// A door behind which some files of folders are not there yet, because somebody is still writing them.
    pub fn without(unfinished: BTreeSet<PathBuf>) -> Self {
        Self { unfinished, ..Self::default() }
    }

    /// Reads a plain file that is no longer than a number of bytes. Of a longer one nothing is returned; it is digested and recorded unless
    /// it is longer than any that is. A pipe or device, which may never end, is refused.
    ///
    /// # Errors
    /// Fails with the path and the system's reason, or when the file changes while it is read.
    pub fn read_up_to(&self, path: &Path, longest: u64) -> Result<Option<Vec<u8>>, RunError> {
        let (file, stamp) = opened(path)?;
        if stamp.length > longest {
            if stamp.length <= LONGEST_DIGESTED {
                self.digest(path, file, stamp)?;
            }
            return Ok(None);
        }
        self.take(path, file, stamp, longest).map(Some)
    }

    fn take(&self, path: &Path, mut file: File, stamp: Stamp, longest: u64) -> Result<Vec<u8>, RunError> {
        let mut bytes = Vec::new();
        let read = files::take_up_to(&mut file, longest, &mut bytes);
        if !read.map_err(|source| RunError::reading(path, source))? {
            // The system said that it is shorter: it grows while it is read.
            return Err(RunError::Changed { paths: vec![path.to_owned()] });
        }
        self.keep(path, &file, stamp, Digests::of(&bytes))?;
        Ok(bytes)
    }

    /// A file that people write (parameters, plans, sources, registers), if it is no longer than any of these is.
    ///
    /// # Errors
    /// Fails like [`Inputs::read_up_to`].
    pub fn written(&self, path: &Path) -> Result<Option<Vec<u8>>, RunError> {
        let (file, stamp) = opened(path)?;
        if stamp.length > LONGEST_WRITTEN {
            return Ok(None);
        }
        self.take(path, file, stamp, LONGEST_WRITTEN).map(Some)
    }

    /// Whether a file that need not be there is there. What was not there when it was first asked for stays so for this run, and is told when it
    /// has appeared at the end.
    ///
    /// # Errors
    /// Fails when that cannot be found out.
    pub fn is_there(&self, path: &Path) -> Result<bool, RunError> {
        if self.records().contains_key(path) {
            return Ok(true);
        }
        let mut absent = held(&self.absent);
        let is_there = !absent.contains(path) && files::is_there(path)?;
        if !is_there {
            absent.insert(path.to_owned());
        }
        Ok(is_there)
    }

    /// What was looked for and was not there, in the order of the paths.
    pub fn absent(&self) -> Vec<PathBuf> {
        held(&self.absent).iter().cloned().collect()
    }

    /// The plain files of a folder, as [`files::list`] lists them. What is there at the end and was not, or was and is not, is told.
    ///
    /// # Errors
    /// Fails like [`files::list`].
    pub fn list(&self, folder: &Path) -> Result<Vec<PathBuf>, RunError> {
        let found = self.finished(folder)?;
        held(&self.listed).entry(folder.to_owned()).or_insert_with(|| seen(&found));
        Ok(found)
    }

    fn finished(&self, folder: &Path) -> Result<Vec<PathBuf>, RunError> {
        let mut found = files::list(folder)?;
        found.retain(|path| !self.unfinished.contains(path));
        Ok(found)
    }

    /// The text of such a file in whatever code an editor saved it; `None` when it is no text.
    ///
    /// # Errors
    /// Fails like [`Inputs::read_up_to`], or when the file is longer than any that people write.
    pub fn text(&self, path: &Path) -> Result<Option<String>, RunError> {
        let too_long = || RunError::reading(path, std::io::ErrorKind::FileTooLarge.into());
        Ok(files::text_in_any_code(&self.written(path)?.ok_or_else(too_long)?))
    }

    /// Any file, if it is no longer than what is read at all.
    ///
    /// # Errors
    /// Fails like [`Inputs::text`].
    pub fn read(&self, path: &Path) -> Result<Vec<u8>, RunError> {
        let too_long = || RunError::reading(path, std::io::ErrorKind::FileTooLarge.into());
        self.read_up_to(path, files::LONGEST)?.ok_or_else(too_long)
    }

    /// The digests of a file: those of the bytes that were read, or of one that nobody parses.
    ///
    /// # Errors
    /// Fails like [`Inputs::read_up_to`], or when the file is longer than any that is digested.
    pub fn digests(&self, path: &Path) -> Result<Digests, RunError> {
        if let Some(known) = self.records().get(path) {
            return Ok(known.digests.clone());
        }
        let (file, stamp) = opened(path)?;
        if stamp.length > LONGEST_DIGESTED {
            return Err(RunError::too_long_to_digest(path, LONGEST_DIGESTED));
        }
        self.digest(path, file, stamp)
    }

    /// Holds what was read against the disk.
    ///
    /// # Errors
    /// Fails with the files that have changed or vanished since they were read.
    pub fn unchanged(&self) -> Result<(), RunError> {
        let mut changed: Vec<PathBuf> = Vec::new();
        for path in held(&self.absent).iter() {
            if files::is_there(path)? {
                changed.push(path.clone());
            }
        }
        for (folder, then) in held(&self.listed).iter() {
            changed.extend(seen(&self.finished(folder)?).symmetric_difference(then).cloned());
        }
        // What was read comes last: a folder that vanishes while the others are looked at takes its files with it.
        for (path, record) in self.records().iter() {
            if !is_same(path, record)? {
                changed.push(path.clone());
            }
        }
        changed.sort();
        changed.dedup();
        if changed.is_empty() { Ok(()) } else { Err(RunError::Changed { paths: changed }) }
    }

    fn digest(&self, path: &Path, file: File, stamp: Stamp) -> Result<Digests, RunError> {
        let digests = Digests::of_stream(&file).map_err(|source| RunError::reading(path, source))?;
        self.keep(path, &file, stamp, digests.clone())?;
        Ok(digests)
    }

    /// Records a file, unless it changed while it was read, or since it was read before.
    fn keep(&self, path: &Path, file: &File, stamp: Stamp, digests: Digests) -> Result<(), RunError> {
        let after = file.metadata().map_err(|source| RunError::reading(path, source))?;
        let is_whole = Stamp::of(&after) == stamp;
        let mut records = self.records();
        // What is refused here is not evaluated, and need not be the same at the end.
        let is_same = records.get(path).is_none_or(|known| known.digests == digests);
        if is_whole && is_same {
            records.entry(path.to_owned()).or_insert(Record { digests, stamp });
            Ok(())
        } else {
            Err(RunError::Changed { paths: vec![path.to_owned()] })
        }
    }

    fn records(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Record>> {
        held(&self.read)
    }
}

/// A panic elsewhere leaves what is held as it was.
fn held<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What counts of a folder: hidden files and the locks of office programs come and go.
fn seen(paths: &[PathBuf]) -> BTreeSet<PathBuf> {
    let is_hidden = |path: &Path| files::plain_name(path).starts_with(['.', '~']);
    let counts = |path: &&PathBuf| !is_hidden(path) && !files::is_put_by_the_system(path);
    paths.iter().filter(counts).cloned().collect()
}

/// Whether what was read lies there still. A copy with the same bytes is the same file; only what the system tells otherwise is
/// looked into.
///
/// # Errors
/// Fails when the machine lets nobody look.
fn is_same(path: &Path, record: &Record) -> Result<bool, RunError> {
    if std::fs::metadata(path).is_ok_and(|now| Stamp::of(&now) == record.stamp) {
        return Ok(true);
    }
    let now = files::open(path).and_then(Digests::of_stream);
    match now.map_err(|source| RunError::reading(path, source)) {
        Ok(now) => Ok(now == record.digests),
        Err(error) if error.of_the_file().is_some() => Ok(false),
        Err(error) => Err(error),
    }
}

fn opened(path: &Path) -> Result<(File, Stamp), RunError> {
    let opened = files::open(path).and_then(|file| {
        let stamp = Stamp::of(&file.metadata()?);
        Ok((file, stamp))
    });
    opened.map_err(|source| RunError::reading(path, source))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    #[test]
    fn the_digests_are_those_of_the_bytes_that_were_handed_out() {
        let (_folder, path) = folder_with("a.csv", b"abc");
        let inputs = Inputs::default();
        assert_eq!(inputs.written(&path).unwrap().as_deref(), Some(&b"abc"[..]));
        std::fs::write(&path, b"abcd").unwrap();
        assert_eq!(inputs.digests(&path).unwrap(), Digests::of(b"abc"));
    }

    #[test]
    fn a_file_that_changes_after_it_was_read_is_told() {
        let (folder, path) = folder_with("a.csv", b"abc");
        let other = folder.path().join("b.csv");
        std::fs::write(&other, b"x").unwrap();
        let inputs = Inputs::default();
        inputs.written(&path).unwrap();
        inputs.digests(&other).unwrap();
        inputs.unchanged().unwrap();
        std::fs::write(&path, b"abc").unwrap();
        inputs.unchanged().unwrap();
        std::fs::write(&path, b"abd").unwrap();
        assert!(inputs.unchanged().unwrap_err().to_string().contains("a.csv"));
        assert!(
            matches!(inputs.written(&path), Err(RunError::Changed { .. })),
            "read again, it is another file"
        );
        std::fs::remove_file(&other).unwrap();
        assert!(inputs.unchanged().unwrap_err().to_string().contains("b.csv"));
    }

    #[test]
    fn what_appears_or_goes_after_it_was_looked_for_is_told() {
        let (folder, path) = folder_with("a.xlsx", b"abc");
        let at = |name: &str| folder.path().join(name);
        let inputs = Inputs::default();
        assert_eq!(inputs.list(folder.path()).unwrap(), std::slice::from_ref(&path));
        assert!(!inputs.is_there(&at("waivers.toml")).unwrap() && inputs.is_there(&path).unwrap());
        std::fs::write(at("~$a.xlsx"), b"a lock").unwrap();
        inputs.unchanged().unwrap();
        std::fs::write(at("waivers.toml"), b"").unwrap();
        assert!(!inputs.is_there(&at("waivers.toml")).unwrap(), "it was not there when the round was read");
        std::fs::rename(&path, at("b.xlsx")).unwrap();
        let told = inputs.unchanged().unwrap_err().to_string();
        for name in ["waivers.toml", "a.xlsx", "b.xlsx"] {
            assert!(told.contains(name), "{name} is missing in {told}");
        }
        assert_eq!(inputs.absent(), [at("waivers.toml")]);
    }

    #[test]
    fn what_is_too_long_to_parse_is_digested_all_the_same() {
        let (_folder, path) = folder_with("a.xlsx", b"abc");
        let inputs = Inputs::default();
        assert_eq!(inputs.read_up_to(&path, 2).unwrap(), None);
        assert_eq!(inputs.digests(&path).unwrap(), Digests::of(b"abc"));
    }

    #[test]
    fn what_is_longer_than_any_file_is_not_read_to_its_end() {
        let (_folder, path) = folder_with("a.xlsx", b"abc");
        // A file with a hole takes no room.
        File::options().write(true).open(&path).unwrap().set_len(1 << 42).unwrap();
        let inputs = Inputs::default();
        assert_eq!(inputs.read_up_to(&path, 2).unwrap(), None);
        let error = inputs.digests(&path).unwrap_err();
        assert!(error.of_the_file().is_some_and(|why| why.contains("2048 MiB")), "{error}");
        inputs.unchanged().unwrap();
    }

    #[test]
    fn what_is_no_plain_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Inputs::default().written(folder.path()).is_err());
        assert!(Inputs::default().written(&folder.path().join("none")).is_err());
    }
}
