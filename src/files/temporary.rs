//! Temporary data: one folder for a run, which only its maker may enter, with a folder for each piece of work in it.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::held;
use crate::error::RunError;

const PREFIX: &str = "duibiao-";
const SUFFIX: &str = ".tmp";
/// How often a folder is made anew when it vanishes before it is locked.
const ATTEMPTS: usize = 5;

static CURRENT: Mutex<Weak<Run>> = Mutex::new(Weak::new());
static SWEPT: AtomicBool = AtomicBool::new(false);
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// The folder of a run.
#[derive(Debug)]
struct Run {
    folder: PathBuf,
    _lock: File,
}

impl Drop for Run {
    fn drop(&mut self) {
        let mut held = held::held();
        held::remove(&self.folder, empty);
        held.remove(&self.folder);
    }
}

/// A folder for one piece of work; it and what is in it are removed when this is dropped.
#[derive(Debug)]
pub struct Temporary {
    folder: PathBuf,
    _run: Arc<Run>,
}

impl Temporary {
    /// Makes a folder in that of the run, which is made first where there is none.
    ///
    /// # Errors
    /// Fails when it cannot be made.
    pub fn new() -> Result<Self, RunError> {
        let above = std::env::temp_dir();
        let failed = |source| RunError::writing(&above, source);
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        let run = match current.upgrade() {
            Some(run) => run,
            None => Arc::new(run(&above).map_err(failed)?),
        };
        *current = Arc::downgrade(&run);
        drop(current);
        let folder = run.folder.join(COUNT.fetch_add(1, Ordering::Relaxed).to_string());
        fs::create_dir(&folder).map_err(failed)?;
        Ok(Self { folder, _run: run })
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // The folder of the run is removed with all that is in it.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn run(above: &Path) -> std::io::Result<Run> {
    if !SWEPT.swap(true, Ordering::Relaxed) {
        sweep(above);
    }
    let mut attempt = 1;
    loop {
        let mut held = held::held();
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX).permissions(fs::Permissions::from_mode(0o700));
        let folder = builder.tempdir_in(above)?.keep();
        match held::lock(&folder) {
            Ok(Some(_lock)) => {
                held.insert(folder.clone(), empty);
                return Ok(Run { folder, _lock });
            }
            // Another run took it for one of the dead.
            Ok(None) if attempt < ATTEMPTS => {}
            Err(error) if attempt < ATTEMPTS && error.kind() == std::io::ErrorKind::NotFound => {}
            other => {
                held::remove(&folder, empty);
                return Err(other.err().unwrap_or_else(|| std::io::ErrorKind::WouldBlock.into()));
            }
        }
        attempt += 1;
    }
}

/// Removes what is in a folder of a run.
fn empty(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.is_symlink() {
            fs::remove_dir_all(&path)?;
        } else if path.file_name().is_some_and(|name| name != held::LOCK) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Removes the folders of runs that are dead: this user's, named as runs name them, and locked by nobody.
fn sweep(above: &Path) {
    let Ok(entries) = fs::read_dir(above) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_named = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        let folder = entry.path();
        if !is_named || !held::is_own(&folder) {
            continue;
        }
        if folder.join(held::LOCK).is_file() {
            if let Ok(Some(_lock)) = held::lock(&folder) {
                held::remove(&folder, empty);
            }
        } else {
            // Its maker died before locking it: nothing is in it, or it is not ours, and then it stays.
            let _ = fs::remove_dir(&folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_work_share_a_private_folder_that_goes_with_the_last() {
        let (one, other) = (Temporary::new().unwrap(), Temporary::new().unwrap());
        let run = one.path().parent().unwrap().to_owned();
        assert_eq!(other.path().parent(), Some(run.as_path()));
        assert_eq!(fs::metadata(&run).unwrap().permissions().mode() & 0o777, 0o700);
        fs::write(one.path().join("data"), b"x").unwrap();
        let path = one.path().to_owned();
        drop(one);
        assert!(!path.exists() && other.path().exists());
    }

    #[test]
    fn folders_of_the_dead_are_removed_and_others_are_not() {
        let above = tempfile::tempdir().unwrap();
        let make = |name: &str, files: &[&str]| {
            let folder = above.path().join(name);
            fs::create_dir(&folder).unwrap();
            files.iter().for_each(|file| fs::write(folder.join(file), b"x").unwrap());
            folder
        };
        let dead = make("duibiao-dead.tmp", &[held::LOCK, "data"]);
        let empty = make("duibiao-empty.tmp", &[]);
        let living = make("duibiao-living.tmp", &[held::LOCK, "data"]);
        let strange = make("duibiao-strange.tmp", &["data"]);
        let other = make("duibiao-notes", &[held::LOCK]);
        let link = above.path().join("duibiao-link.tmp");
        std::os::unix::fs::symlink(&other, &link).unwrap();
        let lock = held::lock(&living).unwrap();
        assert!(lock.is_some());
        sweep(above.path());
        assert!(!dead.exists() && !empty.exists());
        for kept in [&living.join("data"), &strange.join("data"), &other.join(held::LOCK), &link] {
            assert!(kept.exists(), "{}", kept.display());
        }
    }
}
