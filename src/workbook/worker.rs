//! The worker process and the pool that commands it: the limits in a line, then workbooks in, and out an answer for each in the
//! binary form of postcard; both with their length in front. The worker never sees a path.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::document::document_text;
use super::{Book, Death, Fault, Limit, Refusal, Unreadable, WireBook, reader};
use crate::children::{self, Child, Silence};
use crate::digest::sha256_of_stream;
use crate::error::{ReaderFault, RunError};

/// Time for a worker to start.
const START_LIMIT: Duration = Duration::from_secs(30);
/// The least address space in which a worker can work, in MiB; it holds the program itself.
const LEAST_MEMORY: u64 = 256;
/// The most mebibytes that a limit can be.
const MOST_MIB: u64 = 65_536;
/// The most seconds: a day.
const MOST_SECONDS: u64 = 86_400;
/// The most of what is counted one by one.
const MOST_COUNTED: u64 = 1_000_000_000;

/// Within what a limit must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitBound {
    /// With less nothing can be read.
    AtLeast(u64),
    /// More is beyond any machine.
    AtMost(u64),
}

/// What a worker may use, and what a workbook may hold. Beyond a limit the workbook is refused with a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Address space of a worker, in MiB.
    pub memory_mib: u64,
    /// Time for one workbook, in seconds.
    pub seconds: u64,
    /// Length of a file, in MiB.
    pub file_mib: u64,
    /// Length of an answer, in MiB.
    pub answer_mib: u64,
    /// Files in an archive.
    pub parts: usize,
    /// What an archive unpacks to, in MiB.
    pub unpacked_mib: u64,
    /// Texts that cells share.
    pub texts: usize,
    /// Their length, in MiB.
    pub texts_mib: usize,
    /// Cells, empty ones with a style among them.
    pub cells_visited: usize,
    /// Cells that hold something.
    pub cells: usize,
    /// Merged areas of a sheet.
    pub merges: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory_mib: 768,
            seconds: 60,
            file_mib: 64,
            answer_mib: 512,
            parts: 10_000,
            unpacked_mib: 512,
            texts: 2_000_000,
            texts_mib: 256,
            cells_visited: 20_000_000,
            cells: 5_000_000,
            merges: 100_000,
        }
    }
}

impl Limits {
    /// Those that a round sets too low for anything to be read, or beyond any machine, each with what it can be.
    pub fn out_of_bounds(&self) -> Vec<(&'static str, LimitBound)> {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let all = [
            ("memory_mib", self.memory_mib, LEAST_MEMORY, MOST_MIB),
            ("seconds", self.seconds, 1, MOST_SECONDS),
            ("file_mib", self.file_mib, 1, MOST_MIB),
            ("answer_mib", self.answer_mib, 1, MOST_MIB),
            ("parts", count(self.parts), 1, MOST_COUNTED),
            ("unpacked_mib", self.unpacked_mib, 1, MOST_MIB),
            ("texts", count(self.texts), 1, MOST_COUNTED),
            ("texts_mib", count(self.texts_mib), 1, MOST_MIB),
            ("cells_visited", count(self.cells_visited), 1, MOST_COUNTED),
            ("cells", count(self.cells), 1, MOST_COUNTED),
            ("merges", count(self.merges), 1, MOST_COUNTED),
        ];
        let bound = |(name, value, least, most)| match value {
            value if value < least => Some((name, LimitBound::AtLeast(least))),
            value if value > most => Some((name, LimitBound::AtMost(most))),
            _ => None,
        };
        all.into_iter().filter_map(bound).collect()
    }
}

/// The worker's side: reads the limits from the first line of standard input and answers whether it could set them; then reads
/// workbooks, each with its length in front, and answers each. Ends when the input ends.
///
/// # Errors
/// Fails when the limits cannot be read or set, or when standard input or output breaks.
pub fn serve() -> std::io::Result<()> {
    children::end_with_parent()?;
    let mut input = BufReader::new(std::io::stdin().lock());
    let mut first = Vec::new();
    input.read_until(b'\n', &mut first)?;
    let limits: Limits = serde_json::from_slice(&first)?;
    let mut output = std::io::stdout().lock();
    let ready = children::has_room(limits.memory_mib << 20, limits.seconds)
        .and_then(|()| children::bound_memory(limits.memory_mib << 20));
    send(&mut output, &postcard::to_stdvec(&ready).map_err(std::io::Error::other)?)?;
    if let Err(words) = ready {
        return Err(std::io::Error::other(words));
    }
    while let Some((kind, bytes)) = next(&mut input, limits.file_mib << 20) {
        let received = sha256_of_stream(bytes.as_slice())?;
        let answer = match kind {
            ReadingTask::Workbook => {
                postcard::to_stdvec(&(received, guarded(|| reader::read(&bytes, &limits))))
            }
            ReadingTask::Document => {
                postcard::to_stdvec(&(received, guarded(|| document_text(&bytes, &limits))))
            }
        };
        send(&mut output, &answer.map_err(std::io::Error::other)?)?;
    }
    Ok(())
}

/// Sends bytes with their length in front.
fn send(output: &mut impl std::io::Write, bytes: &[u8]) -> std::io::Result<()> {
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(bytes)?;
    output.flush()
}

/// What a worker is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReadingTask {
    /// The cells of a workbook.
    Workbook,
    /// The text of a word document.
    Document,
}

/// Set in the length before the bytes of a document.
const IS_DOCUMENT: u64 = 1 << 63;

/// The next bytes that were sent, whole; `None` when there are none, or more than allowed.
fn next(input: &mut impl std::io::Read, longest: u64) -> Option<(ReadingTask, Vec<u8>)> {
    let mut head = [0; 8];
    input.read_exact(&mut head).ok()?;
    let head = u64::from_le_bytes(head);
    let kind = if head & IS_DOCUMENT == 0 { ReadingTask::Workbook } else { ReadingTask::Document };
    let length = head & !IS_DOCUMENT;
    if length > longest {
        return None;
    }
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == length).then_some((kind, bytes))
}

/// A panic of the reading library costs only this workbook; an abort costs the worker.
fn guarded<T>(read: impl FnOnce() -> Result<T, Fault> + std::panic::UnwindSafe) -> Result<T, Fault> {
    std::panic::catch_unwind(read).unwrap_or(Err(Fault::Unreadable(Unreadable::Panicked)))
}

/// Workers at hand. Threads borrow one each; a worker that dies is replaced.
#[derive(Debug)]
pub struct Pool {
    program: PathBuf,
    /// The limits that workers are started with.
    limits: Limits,
    /// Seconds that are waited for a workbook.
    patience: u64,
    idle: Arc<Mutex<Vec<Worker>>>,
}

impl Pool {
    /// Makes an empty pool; workers are started when needed as `program worker`.
    pub fn new(program: &Path, limits: Limits) -> Self {
        Self { program: program.to_owned(), limits, patience: limits.seconds, idle: Arc::default() }
    }

    /// The same workers, with less time for a workbook.
    pub fn within(&self, seconds: u64) -> Self {
        let (program, idle) = (self.program.clone(), Arc::clone(&self.idle));
        Self { program, limits: self.limits, patience: seconds.min(self.limits.seconds), idle }
    }

    /// The time for one workbook, in seconds.
    pub fn seconds(&self) -> u64 {
        self.patience
    }

    /// The longest file that is read, in bytes.
    pub fn longest(&self) -> u64 {
        self.limits.file_mib << 20
    }

    /// Reads a workbook from its bytes; `None` stands for a file that is too long. A workbook on which a worker dies is tried once
    /// more, alone, and has the blame only if a worker still can work after that.
    ///
    /// # Errors
    /// Fails when the machine lets no worker work; that is no fault of the workbook. The inner error is the reason for its finding.
    pub fn read(&self, bytes: Option<&[u8]>) -> Result<Result<Book, Refusal>, RunError> {
        let told = self.asked::<WireBook>(ReadingTask::Workbook, bytes)?;
        Ok(told.map(Book::from))
    }

    /// Reads the text of a word document from its bytes, as [`Pool::read`] reads a workbook; `None` when it is none.
    ///
    /// # Errors
    /// Fails like [`Pool::read`].
    pub fn document(&self, bytes: Option<&[u8]>) -> Result<Result<Option<String>, Refusal>, RunError> {
        self.asked(ReadingTask::Document, bytes)
    }

    fn asked<T: DeserializeOwned>(
        &self,
        kind: ReadingTask,
        bytes: Option<&[u8]>,
    ) -> Result<Result<T, Refusal>, RunError> {
        let Some(bytes) = bytes else {
            return Ok(Err(Refusal::Told(Fault::Limit(Limit::File(self.limits.file_mib)))));
        };
        let borrowed = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let first = match borrowed {
            Some(worker) => worker,
            None => self.start()?,
        };
        let told = match self.ask(first, kind, bytes) {
            Ok(answer) => Ok(answer),
            Err(End::Died(Death::TooSlow(seconds))) => Err(End::Died(Death::TooSlow(seconds))),
            Err(_) => self.ask(self.start()?, kind, bytes),
        };
        match told {
            Ok(answer) => Ok(answer.map_err(Refusal::Told)),
            // Within its bounds it does not come to that; the machine has less than these.
            Err(End::KilledBySystem) => Err(self.useless(ReaderFault::KilledBySystem)),
            Err(End::Died(how)) => {
                // What no workbook can be to blame for: a worker that fails on nothing at all.
                let works = self.ask::<WireBook>(self.start()?, ReadingTask::Workbook, &[]);
                works.map_err(|end| self.useless(at_nothing(end))).map(|_| Err(Refusal::Died(how)))
            }
        }
    }

    fn start(&self) -> Result<Worker, RunError> {
        Worker::start(&self.program, self.limits).map_err(|why| self.useless(why))
    }

    fn useless(&self, why: ReaderFault) -> RunError {
        RunError::Reader { program: self.program.clone(), why }
    }

    /// Asks a worker and puts it back if it lives.
    fn ask<T: DeserializeOwned>(
        &self,
        mut worker: Worker,
        kind: ReadingTask,
        bytes: &[u8],
    ) -> Result<Result<T, Fault>, End> {
        let answer = worker.ask((kind, bytes), Limits { seconds: self.patience, ..self.limits })?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        Ok(answer)
    }
}

/// A worker that fails on nothing at all.
fn at_nothing(end: End) -> ReaderFault {
    match end {
        End::Died(Death::TooSlow(seconds)) => ReaderFault::TooSlow(seconds),
        End::Died(Death::HalfAnswer) => ReaderFault::HalfAnswer,
        End::Died(Death::Killed(_)) => ReaderFault::Killed,
        End::Died(Death::Broken(error)) => ReaderFault::Failed(error),
        End::KilledBySystem => ReaderFault::KilledBySystem,
    }
}

/// Why a worker gave no answer.
#[derive(Debug)]
enum End {
    /// What it was asked for may have to do with it.
    Died(Death),
    /// Somebody else killed it: the kernel, when memory or processor time is short, or a person.
    KilledBySystem,
}

#[derive(Debug)]
struct Worker {
    child: Child,
}

impl Worker {
    /// Starts a worker and waits until it is ready.
    fn start(program: &Path, limits: Limits) -> Result<Self, ReaderFault> {
        let mut command = Command::new(program);
        command.arg("worker").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child =
            Child::start(&mut command).map_err(|error| ReaderFault::NotStarted(error.to_string()))?;
        let mut line = serde_json::to_vec(&limits).map_err(|error| ReaderFault::Failed(error.to_string()))?;
        line.push(b'\n');
        let answer =
            child.exchange(&[&line], START_LIMIT, |said| is_whole(said, 1 << 16)).map_err(|silence| {
                match silence {
                    Silence::TookTooLong => ReaderFault::NotReady(START_LIMIT.as_secs()),
                    Silence::Gone | Silence::StaysOpen => ReaderFault::DiedAtOnce,
                    Silence::Failed(error) => ReaderFault::Failed(error.to_string()),
                }
            })?;
        let ready: Result<(), String> = postcard::from_bytes(answer.get(HEAD..).unwrap_or_default())
            .map_err(|error| ReaderFault::Failed(error.to_string()))?;
        ready.map(|()| Self { child }).map_err(ReaderFault::Failed)
    }

    /// The inner error is what the reader said.
    fn ask<T: DeserializeOwned>(
        &mut self,
        (kind, bytes): (ReadingTask, &[u8]),
        limits: Limits,
    ) -> Result<Result<T, Fault>, End> {
        let length = bytes.len() as u64 | if kind == ReadingTask::Document { IS_DOCUMENT } else { 0 };
        let length = length.to_le_bytes();
        let limit = Duration::from_secs(limits.seconds);
        let whole = |said: &[u8]| is_whole(said, limits.answer_mib << 20);
        let answer =
            self.child.exchange(&[&length, bytes], limit, whole).map_err(|silence| match silence {
                Silence::TookTooLong => End::Died(Death::TooSlow(limits.seconds)),
                Silence::Gone if self.child.was_killed() => End::KilledBySystem,
                Silence::Gone | Silence::StaysOpen => End::Died(Death::Killed(limits.memory_mib)),
                Silence::Failed(error) => End::Died(Death::Broken(error.to_string())),
            })?;
        let answer = told(&answer).ok_or(End::Died(Death::HalfAnswer))?;
        let (received, answer): (String, Result<T, Fault>) = answer;
        let given = sha256_of_stream(bytes).map_err(|error| End::Died(Death::Broken(error.to_string())))?;
        if received != given {
            return Err(End::Died(Death::Broken(OTHER_BYTES.to_owned())));
        }
        Ok(answer)
    }
}

/// What is said of a worker that tells of other bytes than it was given.
const OTHER_BYTES: &str = "读的不是所给的字节 (it read other bytes than it was given)";

/// Bytes in which the length of an answer is told.
const HEAD: usize = 8;

/// Whether an answer is all there; one that is longer than allowed is none.
fn is_whole(said: &[u8], longest: u64) -> Result<bool, Silence> {
    let Some((length, answer)) = said.split_first_chunk::<HEAD>() else { return Ok(false) };
    let length = u64::from_le_bytes(*length);
    if length > longest {
        return Err(Silence::Gone);
    }
    Ok(answer.len() as u64 >= length)
}

/// What an answer says; `None` when it is none, or when there is more behind it.
fn told<T: DeserializeOwned>(said: &[u8]) -> Option<T> {
    let (length, answer) = said.split_first_chunk::<HEAD>()?;
    let is_all = answer.len() as u64 == u64::from_le_bytes(*length);
    let (told, rest) = postcard::take_from_bytes(answer).ok()?;
    (is_all && rest.is_empty()).then_some(told)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::time::Instant;

    use super::*;

    /// A worker that says it is ready and then does `what`.
    fn pool(folder: &tempfile::TempDir, what: &str) -> Pool {
        pool_within(30, folder, what)
    }

    fn pool_within(seconds: u64, folder: &tempfile::TempDir, what: &str) -> Pool {
        let program = folder.path().join("worker");
        let ready = r"printf '\001\000\000\000\000\000\000\000\000'";
        std::fs::write(&program, format!("#!/bin/sh\nread line\n{ready}\n{what}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        Pool::new(&program, Limits { seconds, ..Limits::default() })
    }

    /// An answer of a worker that was given some bytes and could not read them.
    fn answer_to(given: &[u8], path: &Path) {
        let fault: Result<WireBook, Fault> = Err(Fault::Encrypted);
        let bytes = postcard::to_stdvec(&(sha256_of_stream(given).unwrap(), fault)).unwrap();
        std::fs::write(path, [(bytes.len() as u64).to_le_bytes().to_vec(), bytes].concat()).unwrap();
    }

    #[test]
    fn a_worker_that_does_not_answer_in_time_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let answer = folder.path().join("answer");
        answer_to(b"", &answer);
        let is_empty = "[ $(head -c 8 | od -An -tu8) = 0 ]";
        let pool =
            pool_within(1, &folder, &format!("{is_empty} && cat '{}'; exec sleep 60", answer.display()));
        for length in [100, 60_000, 1 << 20] {
            let begin = Instant::now();
            let refusal = pool.read(Some(&vec![0; length])).unwrap().unwrap_err();
            assert_eq!(refusal, Refusal::Died(Death::TooSlow(1)), "{length}");
            assert!(begin.elapsed() < Duration::from_secs(20), "{length}");
        }
    }

    #[test]
    fn a_worker_that_dies_is_tried_once_more() {
        let folder = tempfile::tempdir().unwrap();
        let (tries, answer) = (folder.path().join("tries"), folder.path().join("answer"));
        answer_to(b"abc", &answer);
        let (tries, answer) = (tries.display(), answer.display());
        let died = format!("echo >> '{tries}'; [ $(wc -l < '{tries}') -ge 2 ] || exit 1");
        let works = pool(&folder, &format!("{died}; head -c 11 > /dev/null; cat '{answer}'; exec sleep 60"));
        let refusal = works.read(Some(b"abc")).unwrap().unwrap_err();
        assert_eq!(refusal, Refusal::Told(Fault::Encrypted));
    }

    #[test]
    fn a_worker_that_reads_other_bytes_than_it_was_given_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let answer = folder.path().join("answer");
        answer_to(b"abd", &answer);
        let other =
            pool(&folder, &format!("head -c 8 > /dev/null; cat '{}'; exec sleep 60", answer.display()));
        let error = other.read(Some(b"abc")).unwrap_err().to_string();
        assert!(error.contains("读的不是所给的字节"), "{error}");
    }

    #[test]
    fn a_worker_that_can_do_nothing_is_the_machines_fault_and_no_workbooks() {
        let folder = tempfile::tempdir().unwrap();
        for (what, words) in
            [("exit 1", "读取进程中断"), ("kill -9 $$", "读取进程中断"), ("echo hello, world", "不完整")]
        {
            let error = pool(&folder, what).read(Some(b"abc")).unwrap_err().to_string();
            assert!(
                error.contains("不能工作") && (error.contains(words) || error.contains("中断")),
                "{what}: {error}"
            );
        }
        let nowhere = Pool::new(Path::new("/nowhere/worker"), Limits::default());
        assert!(nowhere.read(Some(b"abc")).unwrap_err().to_string().contains("不能启动"));
        let false_one = Pool::new(Path::new("/bin/false"), Limits::default());
        assert!(false_one.read(Some(b"abc")).unwrap_err().to_string().contains("一启动就中断"));
    }

    #[test]
    fn limits_with_which_nothing_can_be_read_or_that_no_machine_has_are_refused() {
        let default = Limits::default();
        assert!(default.out_of_bounds().is_empty());
        let (least, most) = (LimitBound::AtLeast, LimitBound::AtMost);
        for (limits, expected) in [
            (Limits { memory_mib: 1, ..default }, ("memory_mib", least(LEAST_MEMORY))),
            (Limits { seconds: 0, ..default }, ("seconds", least(1))),
            (Limits { seconds: u64::MAX, ..default }, ("seconds", most(MOST_SECONDS))),
            (Limits { memory_mib: 1 << 44, ..default }, ("memory_mib", most(MOST_MIB))),
            (Limits { file_mib: 1 << 44, ..default }, ("file_mib", most(MOST_MIB))),
            (Limits { answer_mib: 1 << 44, ..default }, ("answer_mib", most(MOST_MIB))),
            (Limits { unpacked_mib: 1 << 44, ..default }, ("unpacked_mib", most(MOST_MIB))),
            (Limits { texts_mib: 1 << 44, ..default }, ("texts_mib", most(MOST_MIB))),
            (Limits { parts: usize::MAX, ..default }, ("parts", most(MOST_COUNTED))),
            (Limits { texts: usize::MAX, ..default }, ("texts", most(MOST_COUNTED))),
            (Limits { cells: usize::MAX, ..default }, ("cells", most(MOST_COUNTED))),
            (Limits { cells_visited: usize::MAX, ..default }, ("cells_visited", most(MOST_COUNTED))),
            (Limits { merges: usize::MAX, ..default }, ("merges", most(MOST_COUNTED))),
        ] {
            assert_eq!(limits.out_of_bounds(), [expected], "{limits:?}");
        }
    }
}
