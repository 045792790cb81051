//! Child programs: each in a process group of its own, within limits of memory and time, listened to without threads, and never
//! longer alive than this program.
//!
//! A program that knows nothing of limits (typst) is started through [`launch`]: this program itself, which bounds itself and then
//! becomes the other. Both ask the system to be killed when their parent dies, however it dies.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io::{ErrorKind, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::io::Errno;
use rustix::process::{
    Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, getppid, getrlimit, kill_process,
    kill_process_group, set_child_subreaper, set_parent_process_death_signal, setrlimit, waitid,
};

/// How often the end of a child is looked for while it says nothing.
const LOOK: Duration = Duration::from_millis(5);
/// Time in which what a child said must arrive once it has ended.
const LAST_WORDS: Duration = Duration::from_secs(5);
/// How long a pipe is waited for before the time is looked at.
const TURN: Duration = Duration::from_millis(100);
/// A turn that takes longer than this is no waiting: this process did not run, and the child may not have, either.
const LONGEST_TURN: Duration = Duration::from_secs(1);
/// How often what an ended process had started is ended, before a program that starts others faster than that is left.
const MOST_GENERATIONS: usize = 1000;
/// How often a pipe is read before the time is looked at.
const AT_ONCE: usize = 64;
/// The longest file that a program may write, in bytes.
const LONGEST_FILE: u64 = 256 << 20;
/// The exit status that says a program could not be started, as shells use it.
const NOT_STARTED: u8 = 127;
/// The word by which this program is asked to become another.
pub const LAUNCH: &str = "launch";

/// The children of this program, by their process groups.
#[derive(Debug, Default)]
struct Family {
    /// Those that live.
    living: BTreeSet<i32>,
    /// Those that have been killed, and that their starter waits for.
    ending: BTreeSet<i32>,
}

static FAMILY: Mutex<Family> = Mutex::new(Family { living: BTreeSet::new(), ending: BTreeSet::new() });
/// Whether what children have started becomes this program's when they end.
static ADOPTS: AtomicBool = AtomicBool::new(false);

fn family() -> MutexGuard<'static, Family> {
    // A panic elsewhere leaves the sets as they were.
    FAMILY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on what children have started becomes this program's when they end, in whatever group or session it is, so that it can be
/// ended too. Only for a program that starts nothing but [`Child`]ren.
pub fn adopt() {
    // A system that does not know this leaves what has gone into a session of its own.
    ADOPTS.store(set_child_subreaper(Pid::from_raw(1)).is_ok(), Ordering::Relaxed);
}

/// Ends all children with all that they have started. While the guard lives no new one is started.
pub fn end_all() -> impl Sized {
    let family = family();
    let groups: Vec<Pid> = family.living.iter().filter_map(|group| Pid::from_raw(*group)).collect();
    groups.iter().for_each(|group| end_group(*group));
    if ADOPTS.load(Ordering::Relaxed) {
        // What a child has started is this program's once the child is dead.
        groups.iter().for_each(|group| {
            is_dead(*group, WaitIdOptions::NOWAIT);
        });
        end_orphans(&family);
    }
    family
}

/// Ends what children that are dead have left behind; the guard keeps new children from being taken for that.
fn end_orphans(family: &Family) {
    let is_orphan = |pid: &i32| !family.living.contains(pid) && !family.ending.contains(pid);
    for _ in 0..MOST_GENERATIONS {
        let orphans: Vec<Pid> = own_children().filter(is_orphan).filter_map(Pid::from_raw).collect();
        if orphans.is_empty() {
            return;
        }
        for orphan in orphans {
            // What it has started is this program's as soon as it is dead.
            let _ = kill_process(orphan, Signal::KILL);
            if !is_dead(orphan, WaitIdOptions::empty()) {
                return;
            }
        }
    }
}

/// The children of this process, as the system lists them by thread; none where it does not.
fn own_children() -> impl Iterator<Item = i32> {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    threads.flat_map(|thread| {
        let list = std::fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<i32>>()
    })
}

/// Waits for the death of a child that has been killed; a broken disk may hold it for ever.
fn is_dead(child: Pid, how: WaitIdOptions) -> bool {
    let begin = Instant::now();
    while begin.elapsed() < LAST_WORDS {
        match waitid(WaitId::Pid(child), WaitIdOptions::EXITED | WaitIdOptions::NOHANG | how) {
            Ok(None) => std::thread::sleep(LOOK),
            Err(Errno::INTR) => {}
            // Somebody else has waited for it.
            Ok(Some(_)) | Err(_) => return true,
        }
    }
    false
}

fn end_group(group: Pid) {
    // One that has ended already cannot be killed; that is no fault.
    let _ = kill_process_group(group, Signal::KILL);
}

/// How long a child has been waited for, as far as this process ran: while it is stopped (by a key, in a frozen container) no time
/// counts against a child.
struct Waited {
    limit: Duration,
    spent: Duration,
    last: Instant,
}

impl Waited {
    fn up_to(limit: Duration) -> Self {
        Self { limit, spent: Duration::ZERO, last: Instant::now() }
    }

    /// What is left of the time.
    fn left(&mut self) -> Duration {
        let now = Instant::now();
        let turn = now.duration_since(self.last).min(LONGEST_TURN);
        (self.spent, self.last) = (self.spent.saturating_add(turn), now);
        self.limit.saturating_sub(self.spent)
    }

    /// Whether the time is long over.
    fn is_over(&self) -> bool {
        self.spent > self.limit.saturating_add(LAST_WORDS)
    }
}

/// A child with its pipes. It ends, with all that it has started, when this is dropped.
#[derive(Debug)]
pub struct Child {
    child: std::process::Child,
    input: Option<ChildStdin>,
    output: Option<ChildStdout>,
    log: Option<ChildStderr>,
}

/// What a program said, and how it ended.
#[derive(Debug)]
pub struct Ended {
    /// How it ended.
    pub status: ExitStatus,
    /// The beginning of its standard output, where it is a pipe.
    pub output: Vec<u8>,
    /// The beginning of its standard error, where it is a pipe.
    pub log: Vec<u8>,
}

impl Ended {
    /// Whether the program could not be started; the log says why.
    pub fn was_not_started(&self) -> bool {
        self.status.code() == Some(NOT_STARTED.into())
    }
}

/// Why nothing is to be expected of a child any more.
#[derive(Debug)]
pub enum Silence {
    /// The time is up.
    TookTooLong,
    /// It has closed its end, or said more than it may.
    Gone,
    /// What it started has outlived it and holds its pipes open.
    StaysOpen,
    /// The system cannot tell.
    Failed(std::io::Error),
}

impl From<std::io::Error> for Silence {
    fn from(error: std::io::Error) -> Self {
        Self::Failed(error)
    }
}

impl Child {
    /// Starts a program in a process group of its own.
    ///
    /// # Errors
    /// Fails when the system does not start it.
    pub fn start(command: &mut Command) -> std::io::Result<Self> {
        let mut family = family();
        let mut child = command.process_group(0).spawn()?;
        family.living.insert(group(&child).as_raw_nonzero().get());
        drop(family);
        let (input, output, log) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let started = Self { child, input, output, log };
        for pipe in [fd(&started.input), fd(&started.output), fd(&started.log)].into_iter().flatten() {
            fcntl_setfl(pipe, fcntl_getfl(pipe)? | OFlags::NONBLOCK)?;
        }
        Ok(started)
    }

    /// Sends bytes and takes what the child says meanwhile and afterwards, until it is `whole`.
    ///
    /// # Errors
    /// Fails when the time is up or the child is gone before that.
    pub fn exchange(
        &mut self,
        sent: &[&[u8]],
        limit: Duration,
        mut whole: impl FnMut(&[u8]) -> Result<bool, Silence>,
    ) -> Result<Vec<u8>, Silence> {
        let mut waited = Waited::up_to(limit);
        let mut parts = sent.iter().filter(|part| !part.is_empty());
        let mut rest: &[u8] = parts.next().copied().unwrap_or_default();
        let (mut said, mut buffer) = (Vec::new(), vec![0; 1 << 16]);
        while !whole(&said)? {
            let writes = if rest.is_empty() { None } else { fd(&self.input) };
            let left = waited.left();
            let Some(reads) = fd(&self.output) else { return Err(Silence::Gone) };
            // What has arrived is taken before the time counts.
            match await_any(&[(Some(reads), PollFlags::IN), (writes, PollFlags::OUT)], left.min(TURN)) {
                Err(Silence::TookTooLong) if !left.is_zero() => continue,
                Ok(()) if waited.is_over() => return Err(Silence::TookTooLong),
                waited => waited?,
            }
            if let Some(input) = self.input.as_mut().filter(|_| !rest.is_empty()) {
                match input.write(rest) {
                    Ok(written) => rest = rest.get(written..).unwrap_or_default(),
                    Err(error) if is_passing(&error) => {}
                    // A child that takes no more may still have said why.
                    Err(error) if error.kind() == ErrorKind::BrokenPipe => rest = &[],
                    Err(error) => return Err(error.into()),
                }
                if rest.is_empty() {
                    rest = parts.next().copied().unwrap_or_default();
                }
            }
            match self.output.as_mut().map(|output| output.read(&mut buffer)) {
                Some(Ok(0)) | None => return Err(Silence::Gone),
                Some(Ok(read)) => said.extend(buffer.iter().take(read)),
                Some(Err(error)) if is_passing(&error) => {}
                Some(Err(error)) => return Err(error.into()),
            }
        }
        Ok(said)
    }

    /// Waits for the end of the program, and listens meanwhile; of what it says no more than `longest` bytes are kept. What it has
    /// started ends with it.
    ///
    /// # Errors
    /// Fails when the time is up; the program is ended then.
    pub fn finish(mut self, limit: Duration, longest: usize) -> Result<Ended, Silence> {
        let mut waited = Waited::up_to(limit);
        drop(self.input.take());
        let (mut output, mut log) = (Vec::new(), Vec::new());
        loop {
            listen(&mut self.output, &mut output, longest)?;
            listen(&mut self.log, &mut log, longest)?;
            if self.has_ended()? {
                break;
            }
            if waited.left().is_zero() {
                return Err(Silence::TookTooLong);
            }
            self.await_words(LOOK)?;
        }
        let status = self.end()?;
        let ended = Instant::now();
        loop {
            listen(&mut self.output, &mut output, longest)?;
            listen(&mut self.log, &mut log, longest)?;
            if self.output.is_none() && self.log.is_none() {
                return Ok(Ended { status, output, log });
            }
            if ended.elapsed() > LAST_WORDS {
                return Err(Silence::StaysOpen);
            }
            self.await_words(LOOK)?;
        }
    }

    /// Waits until the child says something, for so long at most.
    fn await_words(&self, time: Duration) -> Result<(), Silence> {
        let waits = [(fd(&self.output), PollFlags::IN), (fd(&self.log), PollFlags::IN)];
        match await_any(&waits, time) {
            Ok(()) | Err(Silence::TookTooLong) => Ok(()),
            Err(silence) => Err(silence),
        }
    }

    /// Whether it has ended. It is not forgotten by that: until [`Child::end`] its group is no other's.
    fn has_ended(&self) -> std::io::Result<bool> {
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        loop {
            match waitid(WaitId::Pid(group(&self.child)), look) {
                Ok(status) => return Ok(status.is_some()),
                Err(Errno::INTR) => {}
                Err(errno) => return Err(errno.into()),
            }
        }
    }

    /// Whether a child that has closed its pipes was killed, and not by this program.
    pub fn was_killed(&mut self) -> bool {
        let mut waited = Waited::up_to(LAST_WORDS);
        while !waited.left().is_zero() {
            match self.has_ended() {
                Ok(false) => std::thread::sleep(LOOK),
                Ok(true) => {
                    let status = self.end();
                    return status.is_ok_and(|status| status.signal() == Some(Signal::KILL.as_raw()));
                }
                Err(_) => return false,
            }
        }
        false
    }

    /// Ends the child with all that it has started.
    fn end(&mut self) -> std::io::Result<ExitStatus> {
        let group = group(&self.child);
        let number = group.as_raw_nonzero().get();
        let mut before = family();
        if before.living.remove(&number) {
            end_group(group);
            before.ending.insert(number);
        }
        drop(before);
        let status = self.child.wait();
        let mut after = family();
        if after.ending.remove(&number) && ADOPTS.load(Ordering::Relaxed) {
            end_orphans(&after);
        }
        status
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // There is nobody left to tell.
        let _ = self.end();
    }
}

fn group(child: &std::process::Child) -> Pid {
    Pid::from_child(child)
}

fn fd(pipe: &Option<impl AsFd>) -> Option<BorrowedFd<'_>> {
    pipe.as_ref().map(AsFd::as_fd)
}

/// Whether it is worth trying again.
fn is_passing(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

/// Waits until one of the pipes is ready.
fn await_any(pipes: &[(Option<BorrowedFd<'_>>, PollFlags)], time: Duration) -> Result<(), Silence> {
    let mut waits: Vec<PollFd<'_>> =
        pipes.iter().filter_map(|(pipe, what)| Some(PollFd::from_borrowed_fd((*pipe)?, *what))).collect();
    let time = Timespec::try_from(time).ok();
    match poll(&mut waits, time.as_ref()) {
        Ok(0) => Err(Silence::TookTooLong),
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(errno) => Err(Silence::Failed(errno.into())),
    }
}

/// Takes what a pipe holds, and closes it at its end. What is beyond the bound is taken and not kept, so that nobody waits. One that
/// never ends is left after a while, to look at the time.
fn listen(pipe: &mut Option<impl Read>, kept: &mut Vec<u8>, longest: usize) -> std::io::Result<()> {
    let mut buffer = [0; 1 << 13];
    for _ in 0..AT_ONCE {
        let Some(open) = pipe else { return Ok(()) };
        match open.read(&mut buffer) {
            Ok(0) => *pipe = None,
            Ok(read) => {
                let room = longest.saturating_sub(kept.len());
                kept.extend(buffer.iter().take(read.min(room)));
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// A command that starts a program through this one, which bounds its memory (in bytes) and its life first.
pub fn bounded(launcher: &Path, memory: u64, program: &Path) -> Command {
    let mut command = Command::new(launcher);
    command.arg(LAUNCH).arg(std::process::id().to_string()).arg(memory.to_string()).arg(program);
    command
}

/// The launcher's side: bounds this process and becomes the program. Returns only when that fails, with the words for standard
/// error and the exit status.
pub fn launch(arguments: &[OsString]) -> (String, u8) {
    let number =
        |at: usize| arguments.get(at).and_then(|text| text.to_str()).and_then(|text| text.parse().ok());
    let (Some(parent), Some(memory), Some(program)) = (number(0), number(1), arguments.get(2)) else {
        return ("launch <parent> <memory> <program> …".to_owned(), NOT_STARTED);
    };
    let failed = |error: &dyn std::fmt::Display| (error.to_string(), NOT_STARTED);
    if let Err(error) = end_with_parent() {
        return failed(&error);
    }
    // The parent may have died before it could be told so.
    if getppid().is_none_or(|pid| u64::from(pid.as_raw_nonzero().get().unsigned_abs()) != parent) {
        return failed(&"the parent is gone");
    }
    if let Err(words) = bound_memory(memory) {
        return failed(&words);
    }
    // Only what never ends meets this bound.
    let _ = setrlimit(Resource::Fsize, Rlimit { current: Some(LONGEST_FILE), maximum: Some(LONGEST_FILE) });
    let rest: Vec<&OsStr> = arguments.iter().skip(3).map(OsString::as_os_str).collect();
    failed(&Command::new(program).args(rest).exec())
}

/// Starts this program again in its own place, without some variables of its environment. Returns only when that fails.
pub fn again_without(variables: &[&str]) -> std::io::Error {
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return error,
    };
    let mut arguments = std::env::args_os();
    let mut command = Command::new(program);
    command.arg0(arguments.next().unwrap_or_default()).args(arguments);
    variables.iter().for_each(|name| {
        command.env_remove(name);
    });
    command.exec()
}

/// Asks the system to kill this process when the thread that started it ends.
///
/// # Errors
/// Fails when the system does not know this.
pub fn end_with_parent() -> std::io::Result<()> {
    Ok(set_parent_process_death_signal(Some(Signal::KILL))?)
}

/// Bounds the address space of this process, in bytes; it leaves no image of its memory behind when it dies.
///
/// # Errors
/// Fails, in words, when less is allowed already.
pub fn bound_memory(memory: u64) -> Result<(), String> {
    let limit = |bytes: u64| Rlimit { current: Some(bytes), maximum: Some(bytes) };
    // Without this bound nothing is wrong.
    let _ = setrlimit(Resource::Core, limit(0));
    setrlimit(Resource::As, limit(memory)).map_err(|errno| {
        format!(
            "内存上限设不到{} MiB，请查看 ulimit -v（{errno}） (a lower limit is set for memory)",
            memory >> 20
        )
    })
}

/// Whether other limits of this process leave it so much memory (in bytes) and time.
///
/// # Errors
/// Fails, in words, when less is allowed.
pub fn has_room(memory: u64, seconds: u64) -> Result<(), String> {
    let is_lower = |resource: Resource, needed: u64| {
        let Rlimit { current, maximum } = getrlimit(resource);
        current.into_iter().chain(maximum).any(|limit| limit < needed)
    };
    if is_lower(Resource::Data, memory) {
        let mib = memory >> 20;
        return Err(format!("内存上限低于{mib} MiB，请查看 ulimit -d (a lower limit is set for data)"));
    }
    if is_lower(Resource::Cpu, seconds) {
        return Err(format!(
            "CPU时间上限低于{seconds}秒，请查看 ulimit -t (a lower limit is set for processor time)"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("/bin/sh");
        command.arg("-c").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Whether a process lives; one that has been killed may still be seen for a moment.
    fn is_alive(pid: &[u8]) -> bool {
        let stat = format!("/proc/{}/stat", std::str::from_utf8(pid).unwrap().trim());
        let lives = || {
            let stat = std::fs::read_to_string(&stat);
            stat.is_ok_and(|stat| !stat.contains(") Z ") && !stat.contains(") X "))
        };
        let begin = Instant::now();
        while lives() && begin.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(10));
        }
        lives()
    }

    #[test]
    fn what_a_program_says_is_heard_to_its_end_and_kept_to_its_bound() {
        let child = Child::start(&mut shell("head -c 300000 /dev/zero; echo why >&2; exit 3")).unwrap();
        let ended = child.finish(Duration::from_secs(20), 100_000).unwrap();
        assert_eq!((ended.status.code(), ended.output.len()), (Some(3), 100_000));
        assert_eq!(ended.log, b"why\n");
    }

    #[test]
    fn what_a_program_has_started_ends_with_it() {
        let begin = Instant::now();
        let child = Child::start(&mut shell("sleep 600 & echo $!")).unwrap();
        let ended = child.finish(Duration::from_secs(20), 100).unwrap();
        assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
        assert!(!is_alive(&ended.output));
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended_with_all_it_has_started() {
        let mut child = Child::start(&mut shell("sleep 600 & echo $!; sleep 600")).unwrap();
        let line = |said: &[u8]| Ok(said.ends_with(b"\n"));
        let pid = child.exchange(&[], Duration::from_secs(20), line).unwrap();
        assert!(matches!(child.finish(Duration::from_millis(100), 100), Err(Silence::TookTooLong)));
        assert!(!is_alive(&pid));
    }

    #[test]
    fn an_exchange_is_longer_than_the_pipes_hold_in_both_directions() {
        let mut child = Child::start(&mut shell("cat")).unwrap();
        let bytes = vec![7; 1 << 20];
        let all = |said: &[u8]| Ok(said.len() == bytes.len() + 3);
        let said = child.exchange(&[b"abc", b"", &bytes], Duration::from_secs(20), all).unwrap();
        assert!(said.starts_with(b"abc\x07"));
        drop(child);
        for (script, gone) in
            [("exit 0", true), ("exec sleep 600", false), ("exec <&-; exec sleep 600", false)]
        {
            let mut child = Child::start(&mut shell(script)).unwrap();
            let silence = child.exchange(&[&bytes], Duration::from_millis(300), all).unwrap_err();
            assert_eq!(matches!(silence, Silence::Gone), gone, "{script}: {silence:?}");
        }
    }
}
