//! The archived program on the archived inputs, in an empty environment and, where the system allows it, without a network.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::compared::Paper;
use super::inside::ProgramParts;
use crate::children::{Child, Ended, Silence};
use crate::error::RunError;
use crate::files;
use crate::shown;

/// A round of thousands of cities takes hours; what takes longer than this does not end.
const LIMIT: Duration = Duration::from_secs(48 * 3600);
/// Time for asking a small tool.
const TOOL_LIMIT: Duration = Duration::from_secs(120);
/// The most that is kept of what a program says, in bytes.
const LONGEST_LOG: usize = 1 << 20;
/// The most that is kept of the text of a report, in bytes.
const LONGEST_TEXT: usize = 64 << 20;
/// The program that starts others in namespaces of their own, and that it gives them a network of their own, which leads nowhere.
const ALONE: [&str; 3] = ["unshare", "-r", "-n"];

/// How a run went.
pub(super) struct Replayed {
    pub(super) took: Duration,
    pub(super) is_alone: bool,
    /// The last words of a program that did not do it.
    pub(super) failed: Option<String>,
}

fn command(is_alone: bool, program: &Path) -> Command {
    let [unshare, rest @ ..] = ALONE;
    if !is_alone {
        return Command::new(program);
    }
    let mut command = Command::new(unshare);
    command.args(rest).arg(program);
    command
}

/// What a tool of the machine said.
pub(super) struct ToolAnswer {
    pub(super) is_good: bool,
    /// Both of its outputs.
    pub(super) said: String,
}

/// Asks a tool of the machine, with a file as what it reads; nothing where it is not at hand.
pub(super) fn ask(tool: &str, order: &[&OsStr], read: Option<&Path>) -> Result<Option<ToolAnswer>, RunError> {
    let mut command = Command::new(tool);
    command.args(order).env("LC_ALL", "C.UTF-8");
    command.stdin(match read {
        Some(path) => Stdio::from(files::open(path).map_err(|source| RunError::reading(path, source))?),
        None => Stdio::null(),
    });
    let ended =
        end(&mut command, TOOL_LIMIT, LONGEST_LOG).map_err(|source| RunError::reading(tool, source))?;
    Ok(ended.map(|ended| ToolAnswer {
        is_good: ended.status.success(),
        said: [ended.output, ended.log].map(|said| String::from_utf8_lossy(&said).into_owned()).join("\n"),
    }))
}

/// Runs a program that reads nothing, and gives nothing where it cannot be started.
fn finish(command: &mut Command, limit: Duration, longest: usize) -> std::io::Result<Option<Ended>> {
    end(command.stdin(Stdio::null()), limit, longest)
}

fn end(command: &mut Command, limit: Duration, longest: usize) -> std::io::Result<Option<Ended>> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = match Child::start(command) {
        Ok(child) => child,
        Err(_) => return Ok(None),
    };
    match child.finish(limit, longest) {
        Ok(ended) => Ok(Some(ended)),
        Err(Silence::Failed(error)) => Err(error),
        Err(Silence::TookTooLong | Silence::Gone | Silence::StaysOpen) => Ok(None),
    }
}

/// Whether a program can be started without a network.
fn can_be_alone() -> bool {
    let asked = finish(&mut command(true, Path::new("true")), TOOL_LIMIT, LONGEST_LOG);
    asked.ok().flatten().is_some_and(|ended| ended.status.success())
}

/// Runs the program on `input/ROUND` below a folder, into `output`; on all cities of the round where none are named.
pub(super) fn run(
    parts: &ProgramParts,
    work: &Path,
    round: &str,
    cities: &[String],
    jobs: Option<usize>,
) -> Result<Replayed, RunError> {
    let is_alone = can_be_alone();
    let empty = work.join("empty");
    files::make_folder(&empty)?;
    let mut command = command(is_alone, &parts.program);
    command.arg("run").arg(work.join("input").join(round)).arg("--output").arg(work.join("output"));
    command.arg("--typst").arg(&parts.typst).arg("--fonts").arg(&parts.fonts);
    if let Some(templates) = &parts.templates {
        command.arg("--templates").arg(templates);
    }
    command.arg("--quiet").args(jobs.map(|jobs| format!("--jobs={jobs}")));
    command.args(cities.iter().flat_map(|city| ["--city", city]));
    command.env_clear().env("TZ", "UTC").env("LANG", "C.UTF-8").current_dir(&empty);
    let begin = Instant::now();
    let ended = finish(&mut command, LIMIT, LONGEST_LOG);
    let ended = ended.map_err(|source| RunError::reading(&parts.program, source))?;
    let failed = match &ended {
        None => Some(shown::path(&parts.program)),
        Some(ended) if matches!(ended.status.code(), Some(0 | 1)) => None,
        Some(ended) => {
            let said = String::from_utf8_lossy(&ended.log).into_owned();
            let last = said.lines().rev().find(|line| !line.trim().is_empty()).map(str::to_owned);
            Some(last.unwrap_or_else(|| ended.status.to_string()))
        }
    };
    Ok(Replayed { took: begin.elapsed(), is_alone, failed })
}

/// How two reports differ, by their text.
pub(super) fn paper(archived: &Path, new: &Path) -> Result<Paper, RunError> {
    let (Some(was), Some(is)) = (text(archived)?, text(new)?) else { return Ok(Paper::Unread) };
    let (was, is): (Vec<&str>, Vec<&str>) = (was.split('\u{c}').collect(), is.split('\u{c}').collect());
    if was.len() != is.len() {
        return Ok(Paper::Pages(was.len().saturating_sub(1), is.len().saturating_sub(1)));
    }
    for (page, (one, other)) in (1..).zip(was.iter().zip(&is)) {
        let (mut a, mut b) = (one.lines(), other.lines());
        loop {
            match (a.next(), b.next()) {
                (None, None) => break,
                (one, other) if one == other => {}
                (one, other) => {
                    let short = |line: Option<&str>| -> String {
                        line.unwrap_or_default().trim().chars().take(30).collect()
                    };
                    return Ok(Paper::Line { page, was: short(one), is: short(other) });
                }
            }
        }
    }
    Ok(Paper::Looks)
}

/// The text of a PDF; nothing where no tool reads it.
fn text(pdf: &Path) -> Result<Option<String>, RunError> {
    if !files::is_there(pdf)? {
        return Ok(None);
    }
    let ended = finish(Command::new("pdftotext").arg("-layout").arg(pdf).arg("-"), TOOL_LIMIT, LONGEST_TEXT);
    let ended = ended.map_err(|source| RunError::reading(pdf, source))?;
    Ok(ended
        .filter(|ended| ended.status.success())
        .map(|ended| String::from_utf8_lossy(&ended.output).into_owned()))
}
