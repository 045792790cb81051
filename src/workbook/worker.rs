//! The worker process and the pool that commands it: one line with a path in, one line of JSON out.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, setrlimit};

use super::{Book, WireBook, reader};

/// What a worker may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Address space of a worker, in bytes.
    pub memory: u64,
    /// Time for one workbook.
    pub time: Duration,
    /// Length of a file, in bytes.
    pub file: u64,
    /// Length of an answer, in bytes.
    pub answer: u64,
}

impl Default for Limits {
    fn default() -> Self {
        let mebi = 1 << 20;
        Self { memory: 1536 * mebi, time: Duration::from_secs(60), file: 64 * mebi, answer: 512 * mebi }
    }
}

/// The worker's side: reads paths from standard input, one a line, and answers each with a line of JSON.
/// Ends when the input ends.
///
/// # Errors
/// Fails when the limit cannot be set or standard input or output breaks.
pub fn serve(limits: Limits) -> std::io::Result<()> {
    let limit = Rlimit { current: Some(limits.memory), maximum: Some(limits.memory) };
    setrlimit(Resource::As, limit)?;
    let mut output = std::io::stdout().lock();
    for path in std::io::stdin().lock().split(b'\n') {
        let path = OsString::from_vec(path?);
        let answer: Result<WireBook, String> =
            std::fs::read(&path).map_err(|error| error.to_string()).and_then(guarded);
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(())
}

/// A panic of the reading library costs only this workbook; an abort costs the worker.
fn guarded(bytes: Vec<u8>) -> Result<WireBook, String> {
    std::panic::catch_unwind(|| reader::read(bytes))
        .unwrap_or_else(|_| Err("文件损坏，读取程序不能解析".to_owned()))
}

/// Why a workbook could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The reader says why: not a workbook, damaged, encrypted.
    Told(String),
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

    /// Reads a workbook. A worker that dies after having read others is given no blame: the workbook is tried
    /// once more, alone.
    ///
    /// # Errors
    /// Fails with the reason for the finding.
    pub fn read(&self, path: &Path) -> Result<Book, Refusal> {
        let length = std::fs::metadata(path).map_err(|error| Refusal::Told(error.to_string()))?.len();
        if length > self.limits.file {
            let mebibytes = self.limits.file >> 20;
            return Err(Refusal::Told(format!("文件超过{mebibytes} MiB")));
        }
        let borrowed = self.idle.lock().map_err(|_| Refusal::Died("读取程序中断".to_owned()))?.pop();
        if let Some(worker) = borrowed
            && let Ok(answer) = self.ask(worker, path)
        {
            return answer.map_err(Refusal::Told);
        }
        let fresh = Worker::start(&self.program, self.limits)
            .map_err(|error| Refusal::Died(format!("不能启动读取进程（{error}）")))?;
        self.ask(fresh, path).map_err(Refusal::Died)?.map_err(Refusal::Told)
    }

    /// Asks a worker and puts it back if it lives.
    fn ask(&self, mut worker: Worker, path: &Path) -> Result<Result<Book, String>, String> {
        let answer = worker.ask(path, self.limits)?;
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(worker);
        }
        Ok(answer)
    }
}

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
        let input = child.stdin.take().ok_or_else(broken)?;
        let output = child.stdout.take().ok_or_else(broken)?;
        let (send, answers) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            loop {
                let mut line = Vec::new();
                let read = output.by_ref().take(limits.answer).read_until(b'\n', &mut line);
                let whole = read.is_ok() && line.last() == Some(&b'\n');
                if !whole || send.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, input, answers })
    }

    /// The outer error says how the worker died; the inner one what the reader said.
    fn ask(&mut self, path: &Path, limits: Limits) -> Result<Result<Book, String>, String> {
        let died = |_| "读取进程中断".to_owned();
        let path = std::path::absolute(path).map_err(|error| error.to_string())?;
        let path = path.as_os_str().as_bytes();
        if path.contains(&b'\n') {
            return Ok(Err("文件名含换行".to_owned()));
        }
        self.input.write_all(path).and_then(|()| self.input.write_all(b"\n")).map_err(died)?;
        match self.answers.recv_timeout(limits.time) {
            Ok(line) => {
                let answer: Result<WireBook, String> =
                    serde_json::from_slice(&line).map_err(|_| "读取进程的回答不完整".to_owned())?;
                Ok(answer.map(Book::from))
            }
            Err(RecvTimeoutError::Timeout) => Err(format!("超过{}秒未完成", limits.time.as_secs())),
            Err(RecvTimeoutError::Disconnected) => {
                Err(format!("读取进程中断（内存超过{} MiB或文件损坏）", limits.memory >> 20))
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
