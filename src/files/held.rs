//! Folders that this process makes for itself: locked by it as long as it lives, so that another can tell those of the living from
//! those of the dead, and removed on every way out.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Error, ErrorKind};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::fs::{FlockOperation, OFlags, flock};
use rustix::io::Errno;

/// The file by which a folder is locked.
pub(super) const LOCK: &str = "duibiao.lock";
/// How often the removal of a folder is tried in which somebody still writes.
const ATTEMPTS: usize = 100;

/// How often the system is asked to remove something.
const TRIES: usize = 3;

/// Removes what this program puts into a folder, but not its lock.
pub(super) type Empty = fn(&Path) -> std::io::Result<()>;

static HELD: Mutex<BTreeMap<PathBuf, Empty>> = Mutex::new(BTreeMap::new());

/// The folders held. While the guard lives none is given up on a signal.
pub(super) fn held() -> MutexGuard<'static, BTreeMap<PathBuf, Empty>> {
    // A panic elsewhere leaves the list as it was.
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes all folders that this process holds, and keeps others from being made or put in place as long as the guard lives: for a
/// process that ends on a signal.
pub fn give_up() -> impl Sized {
    let held = held();
    for (folder, empty) in held.iter() {
        for _ in 0..ATTEMPTS {
            remove(folder, *empty);
            if super::look_at_itself(folder).is_ok_and(|found| found.is_none()) {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    held
}

/// Waits until no signal is being answered, and lets none be answered any more: for a process that ends by itself.
pub fn settle() -> impl Sized {
    held()
}

/// Removes a folder of ours: what is in it, then the lock, then the folder itself, if nobody has put anything there.
pub(super) fn remove(folder: &Path, empty: Empty) {
    // What cannot be removed at once may be a little later; what cannot be then the next run removes.
    if (0..TRIES).any(|_| empty(folder).is_ok()) {
        let _ = fs::remove_file(folder.join(LOCK));
        let _ = fs::remove_dir(folder);
    }
}

/// Locks a folder of ours until the file is closed; `None` when another process holds it.
///
/// # Errors
/// Fails when the folder is gone, or when the system cannot lock.
pub(super) fn lock(folder: &Path) -> std::io::Result<Option<File>> {
    let path = folder.join(LOCK);
    let not_through_links = i32::try_from(OFlags::NOFOLLOW.bits()).unwrap_or_default();
    let mut options = File::options();
    let file = options
        .read(true)
        .write(true)
        .create(true)
        .mode(0o600)
        .custom_flags(not_through_links)
        .open(&path)?;
    loop {
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => break,
            Err(Errno::WOULDBLOCK) => return Ok(None),
            Err(Errno::INTR) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
    // Whoever held it may have removed it before letting go.
    let (own, now) = (file.metadata()?, fs::metadata(&path)?);
    let is_same = (own.dev(), own.ino()) == (now.dev(), now.ino());
    if is_same { Ok(Some(file)) } else { Err(Error::from(ErrorKind::NotFound)) }
}

/// Whether a folder is this user's own, and no link.
pub(super) fn is_own(folder: &Path) -> bool {
    let user = rustix::process::geteuid().as_raw();
    fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir() && found.uid() == user)
}
