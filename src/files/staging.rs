//! A folder of outputs in the making. It becomes the final folder in one step, or leaves no trace there.
//!
//! ```text
//! output/2023                          what readers see
//! output/.duibiao-2023.partial/        made by a run for itself, mode 700, gone when it ends
//!     duibiao.lock                     locked as long as the run lives: a second one is refused
//!     making                           what is here is our own work and nothing else
//!     new/                             the output in the making; after the exchange what was there before
//!     old/                             what was there before, where folders cannot be exchanged
//! ```
//!
//! What a dead run has left is removed by the next one, unless it is something that no run has made.

use std::fs::{self, File};
use std::io::{Error, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use super::held;
use super::look::{look, look_at_itself};
use super::place::{is_mounted, place};
use crate::error::RunError;

/// How often the folder is made anew when another run removes it at the same time.
const ATTEMPTS: usize = 20;
const NEW: &str = "new";
const OLD: &str = "old";
const MAKING: &str = "making";

/// Whether a folder is an earlier output, empty or not there, so that it may be removed.
pub(super) type IsOurs = fn(&Path) -> std::io::Result<bool>;

/// A folder of outputs in the making, beside its final place.
#[derive(Debug)]
pub struct Staging {
    container: PathBuf,
    target: PathBuf,
    is_ours: IsOurs,
    /// Whether all that is in the container is known to be ours.
    may_remove: bool,
    _lock: File,
}

impl Staging {
    /// Begins an output folder that is to end up at `target`. A link is followed: what it leads to is replaced, and the link stays.
    ///
    /// # Errors
    /// Fails when the target is a file, a mount point or not ours, when another run is at work there, or when the folder above
    /// cannot be made or written.
    pub fn beside(target: &Path, is_ours: IsOurs) -> Result<Self, RunError> {
        let target = place(target)?;
        let name = target.file_name().unwrap_or_default();
        let above = target.parent().unwrap_or(Path::new("/"));
        super::make_folder(above)?;
        let mut own = std::ffi::OsString::from(".duibiao-");
        own.push(name);
        own.push(".partial");
        let container = above.join(own);
        let lock = occupied(&container, &target)?;
        let mut staging = Self { container, target, is_ours, may_remove: false, _lock: lock };
        // No signal is answered before all that is in the folder is marked as our own.
        let held = held::held();
        staging.tidy()?;
        staging.may_remove = true;
        fs::write(staging.container.join(MAKING), b"")
            .and_then(|()| fs::create_dir(staging.path()))
            .map_err(|source| RunError::writing(&staging.container, source))?;
        drop(held);
        Ok(staging)
    }

    /// Where to write.
    pub fn path(&self) -> PathBuf {
        self.container.join(NEW)
    }

    /// Writes a file of the output by its path below the folder, so that it outlasts a power failure.
    ///
    /// # Errors
    /// Fails with the path and the system's reason.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), RunError> {
        let path = self.path().join(name);
        super::write(&path, bytes)?;
        let written = File::open(&path).and_then(|file| file.sync_all());
        written.map_err(|source| RunError::writing(&path, source))
    }

    /// Adds the files that were written to the folder at the target, which keeps all that it holds, and then puts `register` in its place beside it,
    /// in one step: what the register does not name was not added. For records, of which none is ever replaced.
    ///
    /// # Errors
    /// Fails when another file lies where one is to be put; what was added before is taken away again.
    pub fn add(mut self, names: &[String], register: &str) -> Result<(), RunError> {
        let (target, new) = (self.target.clone(), self.path());
        let beside = target.with_file_name(register);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source: Error| RunError::writing(path, source)
        };
        // No signal is answered between the first file and the register.
        let _held = held::held();
        fs::create_dir_all(&target).map_err(failed(&target))?;
        let mut added: Vec<PathBuf> = Vec::new();
        let put = names.iter().try_for_each(|name| {
            let (from, to) = (new.join(name), target.join(name));
            // A killed run has left the very same file.
            if fs::read(&to).is_ok_and(|there| fs::read(&from).is_ok_and(|made| made == there)) {
                return Ok(());
            }
            added_to(&from, &to).map_err(failed(&to))?;
            added.push(to);
            Ok(())
        });
        let put = put.and_then(|()| {
            sync_folder(&target).map_err(failed(&target))?;
            fs::rename(new.join(register), &beside).map_err(failed(&beside))
        });
        if let Err(error) = put {
            // The first error is the one to tell.
            added.iter().for_each(|path| drop(fs::remove_file(path)));
            return Err(error);
        }
        let above = beside.parent().unwrap_or(Path::new("."));
        let durable =
            sync_folder(above).map_err(|source| RunError::NotDurable { path: beside.clone(), source });
        self.may_remove = true;
        held::remove(&self.container, empty);
        durable
    }

    /// Restores what a dead run took away, and removes what it has left.
    fn tidy(&self) -> Result<(), RunError> {
        let failed = |source: Error| RunError::writing(&self.container, source);
        let (new, old) = (self.container.join(NEW), self.container.join(OLD));
        let holds = |path: &Path| look_at_itself(path).map(|found| found.is_some()).map_err(failed);
        if holds(&old)? && !holds(&self.target)? {
            fs::rename(&old, &self.target).map_err(failed)?;
        }
        let is_own = holds(&self.container.join(MAKING))?;
        for folder in [&new, &old] {
            if holds(folder)? && !is_own && !(self.is_ours)(folder).map_err(failed)? {
                return Err(RunError::Stranger(folder.clone()));
            }
            removed(folder).map_err(|error| {
                if is_busy(&error) { RunError::Mounted(folder.clone()) } else { failed(error) }
            })?;
        }
        Ok(())
    }

    /// Puts the finished folder in its place, in one step; what was there before is removed afterwards.
    ///
    /// # Errors
    /// Fails, leaving the old folder in place, when the two cannot be exchanged, or when the old one is not ours (somebody has put
    /// something there in the meantime).
    pub fn publish(mut self) -> Result<(), RunError> {
        let (target, new) = (self.target.clone(), self.path());
        let failed = |source: Error| RunError::writing(&target, source);
        // Temporary folders are private to their maker; a published one is readable as its parent's usual.
        fs::set_permissions(&new, fs::Permissions::from_mode(0o755)).map_err(failed)?;
        sync_folders(&new).map_err(failed)?;
        let strangers = || RunError::FilledMeanwhile(target.clone());
        // No signal is answered between the two folders.
        let _held = held::held();
        if !(self.is_ours)(&target).map_err(failed)? {
            return Err(strangers());
        }
        fs::remove_file(self.container.join(MAKING)).map_err(failed)?;
        sync_folder(&self.container).map_err(failed)?;
        self.may_remove = false;
        let old = exchange(&new, &target, &self.container.join(OLD)).map_err(failed)?;
        let durable = sync_folder(target.parent().unwrap_or(Path::new(".")));
        // What cannot be looked at is not known to be ours; to the reader it makes no difference.
        if (self.is_ours)(&old).or_else(|_| (self.is_ours)(&old)).map_err(failed)? {
            self.may_remove = true;
            // Half removed, it could not be told to be ours any more. Without the mark the next run asks its user.
            let _ = fs::write(self.container.join(MAKING), b"");
            // Before a signal is answered again: by then there is nothing left that it would have to know of.
            held::remove(&self.container, empty);
            return durable.map_err(|source| RunError::NotDurable { path: target, source });
        }
        // Somebody was faster than the look before: never delete what is not ours.
        let aside = if old == new { self.container.join(OLD) } else { new };
        exchange(&old, &target, &aside).map_err(failed)?;
        self.may_remove = true;
        Err(strangers())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let mut held = held::held();
        // What may not be removed stays for its owner to find.
        let is_ours = |folder: &Path| (self.is_ours)(folder).is_ok_and(|is_ours| is_ours);
        let old = self.container.join(OLD);
        // The only output there is may lie aside: it is for the next run to put back.
        let is_there = |path: &Path| look(path).map(|found| found.is_some());
        let is_spare = || is_there(&self.target).is_ok_and(|is| is) || is_there(&old).is_ok_and(|is| !is);
        if self.may_remove || (is_ours(&self.path()) && is_ours(&old) && is_spare()) {
            held::remove(&self.container, empty);
        }
        held.remove(&self.container);
    }
}

/// Makes and locks the folder of a run beside its target.
fn occupied(container: &Path, target: &Path) -> Result<File, RunError> {
    let failed = |source| RunError::writing(container, source);
    for _ in 0..ATTEMPTS {
        let mut held = held::held();
        match fs::DirBuilder::new().mode(0o700).create(container) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
        if !look_at_itself(container).map_err(failed)?.is_none_or(|found| found.is_dir()) {
            let words =
                "已有同名的文件或链接，请先取走 (a file or a link of this name is in the way: take it away)";
            return Err(failed(Error::other(words)));
        }
        if !held::is_own(container) {
            return Err(failed(Error::other("属于别人 (belongs to somebody else)")));
        }
        match held::lock(container) {
            Ok(Some(lock)) => {
                held.insert(container.to_owned(), give_up);
                return Ok(lock);
            }
            Ok(None) => return Err(RunError::Occupied(target.to_owned())),
            // The run that held it has just ended.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                // Only when there is nothing in it.
                let _ = fs::remove_dir(container);
                return Err(failed(error));
            }
        }
    }
    Err(RunError::Occupied(target.to_owned()))
}

/// Removes what a run puts into its folder.
fn empty(container: &Path) -> std::io::Result<()> {
    removed(&container.join(NEW))?;
    removed(&container.join(OLD))?;
    match fs::remove_file(container.join(MAKING)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The same on a signal: what is not marked as our own work stays for the next run, which can tell whose it is.
fn give_up(container: &Path) -> std::io::Result<()> {
    let holds = |name: &str| look_at_itself(&container.join(name)).map(|found| found.is_some());
    if holds(MAKING)? || !(holds(NEW)? || holds(OLD)?) { empty(container) } else { Ok(()) }
}

fn is_busy(error: &Error) -> bool {
    error.raw_os_error() == Some(Errno::BUSY.raw_os_error())
}

fn removed(folder: &Path) -> std::io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Exchanges two folders, of which the second need not be there; tells where what was there is now.
fn exchange(new: &Path, target: &Path, aside: &Path) -> std::io::Result<PathBuf> {
    let flags = if look(target)?.is_some() { RenameFlags::EXCHANGE } else { RenameFlags::NOREPLACE };
    match renameat_with(CWD, new, CWD, target, flags) {
        Ok(()) => Ok(new.to_owned()),
        // Some network file systems know neither flag: two plain renames then, with the shortest of gaps between.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => swap(new, target, aside),
        Err(Errno::BUSY | Errno::XDEV) => Err(is_mounted()),
        Err(errno) => Err(errno.into()),
    }
}

/// Moves a file to where none is.
fn added_to(from: &Path, to: &Path) -> std::io::Result<()> {
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(()),
        // Some network file systems do not know the flag; a link is no replacement either.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => fs::hard_link(from, to),
        Err(errno) => Err(errno.into()),
    }
}

fn swap(new: &Path, target: &Path, aside: &Path) -> std::io::Result<PathBuf> {
    if look(target)?.is_some() {
        fs::rename(target, aside)?;
    }
    if let Err(error) = fs::rename(new, target) {
        // Back to where it was; the first error is the one to tell.
        let _ = fs::rename(aside, target);
        return Err(error);
    }
    Ok(aside.to_owned())
}

/// Writes a folder and all those below it through to the disk.
fn sync_folders(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync_folders(&path)?;
        }
    }
    sync_folder(folder)
}

fn sync_folder(folder: &Path) -> std::io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match File::open(folder)?.sync_all() {
        // Some network file systems do not do this for folders.
        Err(error) if error.raw_os_error() == Some(Errno::INVAL.raw_os_error()) => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::read_text;

    const ANY: IsOurs = |_| Ok(true);

    fn published(target: &Path, text: &str, is_ours: IsOurs) -> Result<(), RunError> {
        let staging = Staging::beside(target, is_ours)?;
        staging.write("below/report", text.as_bytes())?;
        staging.publish()
    }

    fn names(folder: &Path) -> Vec<String> {
        let names =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    #[test]
    fn outputs_appear_whole_or_not_at_all() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("2023");
        for round in ["first", "second"] {
            published(&target, round, ANY).unwrap();
            assert_eq!(read_text(&target.join("below/report")).unwrap(), round);
        }
        assert!(published(&target, "third", |folder| Ok(!folder.ends_with("2023"))).is_err());
        assert_eq!(
            read_text(&target.join("below/report")).unwrap(),
            "second",
            "what may not be removed stays"
        );
        // Somebody is faster than the look before the exchange.
        let is_seen_late: IsOurs = |folder| {
            Ok(!folder.ends_with(NEW)
                || !folder.join("below/report").exists()
                || read_text(&folder.join("below/report")).unwrap() != "second")
        };
        assert!(published(&target, "fourth", is_seen_late).is_err());
        assert_eq!(read_text(&target.join("below/report")).unwrap(), "second");
        let dropped = Staging::beside(&target, ANY).unwrap();
        dropped.write("report", b"half").unwrap();
        drop(dropped);
        assert_eq!(read_text(&target.join("below/report")).unwrap(), "second");
        assert_eq!(names(root.path()), ["2023"], "nothing is left behind");
    }

    /// A run that ends when its folder holds these besides its lock, and what is at the target; tells what is left in the folder.
    fn left_of(aside: &[&str], has_target: bool, is_ours: IsOurs, end: fn(&Path, Staging)) -> Vec<String> {
        let root = tempfile::tempdir().unwrap();
        let (target, container) = (root.path().join("2023"), root.path().join(".duibiao-2023.partial"));
        let mut staging = Staging::beside(&target, ANY).unwrap();
        (staging.may_remove, staging.is_ours) = (false, is_ours);
        fs::remove_file(container.join(MAKING)).unwrap();
        fs::remove_dir(container.join(NEW)).unwrap();
        for folder in aside {
            fs::create_dir(container.join(folder)).unwrap();
            fs::write(container.join(folder).join("report"), folder).unwrap();
        }
        if has_target {
            fs::create_dir(&target).unwrap();
        }
        end(&container, staging);
        let mut left = if container.exists() { names(&container) } else { Vec::new() };
        left.retain(|name| name != held::LOCK);
        left.sort();
        left
    }

    #[test]
    fn the_old_output_and_the_files_of_others_are_never_removed_with_the_folder() {
        let not_old: IsOurs = |folder| Ok(!folder.ends_with(OLD));
        for (aside, has_target, is_ours, left) in [
            // Two plain renames of which the second failed, and the way back too: the one output there is lies aside.
            (&[NEW, OLD][..], false, ANY, &[NEW, OLD][..]),
            // Somebody's files were seen after the exchange, and the way back failed.
            (&[OLD], true, not_old, &[OLD]),
            (&[NEW, OLD], true, not_old, &[NEW, OLD]),
            (&[NEW, OLD], true, ANY, &[]),
            (&[NEW], false, ANY, &[]),
        ] {
            assert_eq!(left_of(aside, has_target, is_ours, |_, staging| drop(staging)), left, "{aside:?}");
        }
        let on_signal = |container: &Path, staging: Staging| {
            held::remove(container, give_up);
            std::mem::forget(staging);
        };
        for (aside, left) in [(&[OLD][..], &[OLD][..]), (&[NEW], &[NEW]), (&[], &[])] {
            assert_eq!(left_of(aside, true, ANY, on_signal), left, "{aside:?}");
        }
    }

    #[test]
    fn a_second_run_into_the_same_folder_is_refused_while_the_first_lives() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("2023");
        let first = Staging::beside(&target, ANY).unwrap();
        assert!(matches!(Staging::beside(&target, ANY), Err(RunError::Occupied(_))));
        drop(first);
        published(&target, "second", ANY).unwrap();
    }

    #[test]
    fn what_the_dead_have_left_is_removed_and_what_is_not_ours_is_kept() {
        let root = tempfile::tempdir().unwrap();
        let (target, container) = (root.path().join("2023"), root.path().join(".duibiao-2023.partial"));
        fs::create_dir_all(container.join(NEW)).unwrap();
        fs::write(container.join(MAKING), b"").unwrap();
        fs::write(container.join(NEW).join("half"), b"x").unwrap();
        published(&target, "first", |folder| Ok(!folder.join("half").exists())).unwrap();
        assert_eq!(names(root.path()), ["2023"]);
        // Killed between the exchange and the look at what was there.
        fs::create_dir_all(container.join(NEW)).unwrap();
        fs::write(container.join(NEW).join("letter"), b"x").unwrap();
        let error = published(&target, "second", |folder| Ok(!folder.join("letter").exists())).unwrap_err();
        assert!(error.to_string().contains("请先取走"), "{error}");
        assert!(container.join(NEW).join("letter").exists());
        fs::remove_dir_all(&container).unwrap();
        // Killed between two plain renames.
        fs::create_dir_all(&container).unwrap();
        fs::rename(&target, container.join(OLD)).unwrap();
        drop(Staging::beside(&target, ANY).unwrap());
        assert_eq!(read_text(&target.join("below/report")).unwrap(), "first");
        assert_eq!(names(root.path()), ["2023"]);
    }

    #[test]
    fn a_link_to_the_output_stays_a_link() {
        let root = tempfile::tempdir().unwrap();
        let (real, link) = (root.path().join("real"), root.path().join("link"));
        std::os::unix::fs::symlink("real", &link).unwrap();
        for text in ["first", "second"] {
            published(&link, text, ANY).unwrap();
            assert!(link.is_symlink());
            assert_eq!(read_text(&real.join("below/report")).unwrap(), text);
        }
        let file = root.path().join("file");
        fs::write(&file, b"x").unwrap();
        assert!(published(&file, "third", ANY).unwrap_err().to_string().contains("已有同名文件"));
    }

    #[test]
    fn folders_can_be_swapped_by_plain_renames() {
        let root = tempfile::tempdir().unwrap();
        let (new, target, aside) =
            (root.path().join("new"), root.path().join("2023"), root.path().join("old"));
        for folder in [&new, &target] {
            super::super::write(&folder.join("report"), folder.display().to_string().as_bytes()).unwrap();
        }
        assert_eq!(swap(&new, &target, &aside).unwrap(), aside);
        assert!(read_text(&target.join("report")).unwrap().ends_with("new"));
        assert!(read_text(&aside.join("report")).unwrap().ends_with("2023"));
        // The second rename fails: all is as it was.
        assert!(swap(&new, &target, &root.path().join("again")).is_err());
        assert!(read_text(&target.join("report")).unwrap().ends_with("new"));
    }
}
