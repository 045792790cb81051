//! The worker process and the pool that commands it: the limits in a line, then workbooks in, and out an answer for each in the
//! binary form of postcard; both with their length in front. The worker never sees a path.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};

use super::sniff::NoWorkbook;
use super::{Book, WireBook, reader};

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

/// Why the reader refuses a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// Not a workbook, or damaged; the reason in Chinese words.
    Unreadable(String),
    /// Encrypted.
    Encrypted,
    /// A limit is exceeded; which, in Chinese words.
    Limit(String),
    /// Something else than a workbook.
    Other(NoWorkbook),
}

impl Fault {
    /// Damage, as the reading library tells it.
    pub(super) fn damaged(error: &dyn std::fmt::Display) -> Self {
        Self::Unreadable(format!("文件损坏或不完整（{error}）"))
    }
}

/// The worker's side: reads the limits from the first line of standard input, then workbooks, each with its length in front, and
/// answers each. Ends when the input ends.
///
/// # Errors
/// Fails when the limits cannot be read or set, or when standard input or output breaks.
pub fn serve() -> std::io::Result<()> {
    let mut input = BufReader::new(std::io::stdin().lock());
    let mut first = Vec::new();
    input.read_until(b'\n', &mut first)?;
    let limits: Limits = serde_json::from_slice(&first)?;
    let memory = limits.memory_mib << 20;
    setrlimit(Resource::As, Rlimit { current: Some(memory), maximum: Some(memory) })?;
    let mut output = std::io::stdout().lock();
    while let Some(bytes) = next(&mut input, limits.file_mib << 20) {
        let answer = postcard::to_stdvec(&guarded(bytes, &limits)).map_err(std::io::Error::other)?;
        send(&mut output, &answer)?;
    }
    Ok(())
}

/// Sends bytes with their length in front.
fn send(output: &mut impl std::io::Write, bytes: &[u8]) -> std::io::Result<()> {
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(bytes)?;
    output.flush()
}

/// The next bytes that were sent, whole; `None` when there are none, or more than allowed.
fn next(input: &mut impl std::io::Read, longest: u64) -> Option<Vec<u8>> {
    let mut length = [0; 8];
    input.read_exact(&mut length).ok()?;
    let length = u64::from_le_bytes(length);
    if length > longest {
        return None;
    }
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == length).then_some(bytes)
}

/// A panic of the reading library costs only this workbook; an abort costs the worker.
fn guarded(bytes: Vec<u8>, limits: &Limits) -> Result<WireBook, Fault> {
    std::panic::catch_unwind(|| reader::read(bytes, limits))
        .unwrap_or_else(|_| Err(Fault::Unreadable("文件损坏，读取程序不能解析".to_owned())))
}

/// Why a workbook could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The reader says why.
    Told(Fault),
    /// The reader died or was stopped.
    Died(String),
}

/// Workers at hand. Threads borrow one each; a worker that dies is replaced.
#[derive(Debug)]
pub struct Pool {
    program: PathBuf,
    limits: Limits,
    idle: Mutex<Vec<Worker>>,
}

impl Pool {
    /// Makes an empty pool; workers are started when needed as `program worker`.
    pub fn new(program: &Path, limits: Limits) -> Self {
        Self { program: program.to_owned(), limits, idle: Mutex::new(Vec::new()) }
    }

    /// The longest file that is read, in bytes.
    pub fn longest(&self) -> u64 {
        self.limits.file_mib << 20
    }

    /// Reads a workbook from its bytes; `None` stands for a file that is too long. A worker that dies after having read others is
    /// given no blame: the workbook is tried once more, alone.
    ///
    /// # Errors
    /// Fails with the reason for the finding.
    pub fn read(&self, bytes: Option<&[u8]>) -> Result<Book, Refusal> {
        let Some(bytes) = bytes else {
            return Err(Refusal::Told(Fault::Limit(format!("文件超过{} MiB", self.limits.file_mib))));
        };
        let borrowed = self.idle.lock().map_err(|_| Refusal::Died("读取程序中断".to_owned()))?.pop();
        if let Some(worker) = borrowed
            && let Ok(answer) = self.ask(worker, bytes)
        {
            return answer.map_err(Refusal::Told);
        }
        let fresh = Worker::start(&self.program, self.limits)
            .map_err(|error| Refusal::Died(format!("不能启动读取进程（{error}）")))?;
        self.ask(fresh, bytes).map_err(Refusal::Died)?.map_err(Refusal::Told)
    }

    /// Asks a worker and puts it back if it lives.
    fn ask(&self, mut worker: Worker, bytes: &[u8]) -> Result<Result<Book, Fault>, String> {
        let answer = worker.ask(bytes, self.limits)?;
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(worker);
        }
        Ok(answer)
    }
}

/// What an idle worker's pipe takes without its reading, in bytes: a little less than the capacity of a pipe (pipe(7)).
const AT_ONCE: usize = 60_000;

#[derive(Debug)]
struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<Vec<u8>>,
}

impl Worker {
    fn start(program: &Path, limits: Limits) -> std::io::Result<Self> {
        let mut child = Command::new(program)
            .arg("worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let broken = || std::io::Error::other("no pipe");
        let mut input = child.stdin.take().ok_or_else(broken)?;
        let mut output = child.stdout.take().ok_or_else(broken)?;
        serde_json::to_writer(&mut input, &limits)?;
        input.write_all(b"\n")?;
        let (send, answers) = channel();
        std::thread::spawn(move || {
            while let Some(answer) = next(&mut output, limits.answer_mib << 20) {
                if send.send(answer).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, input, answers })
    }

    /// The outer error says how the worker died; the inner one what the reader said.
    fn ask(&mut self, bytes: &[u8], limits: Limits) -> Result<Result<Book, Fault>, String> {
        let Self { child, input, answers } = self;
        let wait = || answers.recv_timeout(Duration::from_secs(limits.seconds));
        let answer = if bytes.len() <= AT_ONCE {
            // A worker that is gone gives no answer either.
            let _ = send(input, bytes);
            wait()
        } else {
            std::thread::scope(|scope| {
                // A worker that does not take its input must not hold up the run.
                scope.spawn(|| send(input, bytes));
                let answer = wait();
                if answer.is_err() {
                    // One that has ended already cannot be killed; that is no fault.
                    let _ = child.kill();
                }
                answer
            })
        };
        match answer {
            Ok(answer) => {
                let answer: Result<WireBook, Fault> =
                    postcard::from_bytes(&answer).map_err(|_| "读取进程的回答不完整".to_owned())?;
                Ok(answer.map(Book::from))
            }
            Err(RecvTimeoutError::Timeout) => Err(format!("超过{}秒未完成", limits.seconds)),
            Err(RecvTimeoutError::Disconnected) => {
                Err(format!("读取进程中断（内存超过{} MiB或文件损坏）", limits.memory_mib))
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // A worker that has ended already cannot be killed; that is no fault.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::time::Instant;

    use super::*;

    #[test]
    fn a_worker_that_does_not_answer_in_time_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("slow");
        std::fs::write(&program, "#!/bin/sh\nexec sleep 60\n").unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let pool = Pool::new(&program, Limits { seconds: 1, ..Limits::default() });
        for length in [100, AT_ONCE, 1 << 20] {
            let begin = Instant::now();
            let refusal = pool.read(Some(&vec![0; length])).unwrap_err();
            assert_eq!(refusal, Refusal::Died("超过1秒未完成".to_owned()), "{length}");
            assert!(begin.elapsed() < Duration::from_secs(20), "{length}");
        }
    }
}
