//! Typesetting by `typst` in a child process that sees one temporary folder and nothing else.
//!
//! Success is never inferred from silence: the exit status is looked at, what the program says is read to its end, and
//! what it wrote must be a whole PDF.

use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use chrono::NaiveDate;
use rustix::process::Signal;

use super::pdf;
use crate::characters;
use crate::children::{self, Child, Ended, Silence};
use crate::error::RunError;
use crate::files;
use crate::finding::Language;
use crate::shown;

/// Time for telling its version.
const VERSION_LIMIT: Duration = Duration::from_secs(20);
/// Address space of the program, in bytes.
const MEMORY: u64 = 6 << 30;
/// What the program is told of every document; a document that was set otherwise is another one.
pub(super) const OPTIONS: [&str; 7] =
    ["--ignore-system-fonts", "--pdf-standard", "a-3a,ua-1", "--diagnostic-format", "short", "--jobs", "1"];
/// The most that is kept of what a program says.
const LONGEST_LOG: usize = 4 << 20;

/// The typesetting program with its fonts and its limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typst {
    /// The program.
    pub program: PathBuf,
    /// Folders with fonts; the system's are ignored.
    pub fonts: Vec<PathBuf>,
    /// Time for one document.
    pub limit: Duration,
    /// This program, through which the other is started within limits; `None` where it is not at hand, and then there are none on
    /// its memory.
    pub launcher: Option<PathBuf>,
}

/// Why a document could not be set.
#[derive(Debug)]
pub(super) enum Failure {
    /// The text cannot be shown.
    Text(Box<Unshown>),
    /// Anything else.
    Other(RunError),
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        Self::Other(error)
    }
}

impl From<Failure> for RunError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Text(unshown) => unshown.error,
            Failure::Other(error) => error,
        }
    }
}

/// What of a text cannot be shown.
#[derive(Debug)]
pub(super) struct Unshown {
    /// The clusters that no font has, or parts of them.
    pub(super) named: BTreeSet<String>,
    /// Whether there is more that typst does not name.
    pub(super) has_more: bool,
    /// In typst's own words.
    pub(super) error: RunError,
}

/// Folders of files that many documents are set with, written once: making thousands of small files takes longer than typesetting a page.
#[derive(Debug)]
pub(super) struct Shelf {
    root: files::Temporary,
    folders: BTreeSet<String>,
}

impl Shelf {
    /// Writes those of some files that lie in folders.
    ///
    /// # Errors
    /// Fails when one of them cannot be written.
    pub(super) fn of<'a>(files: impl IntoIterator<Item = &'a (String, Vec<u8>)>) -> Result<Self, RunError> {
        let (root, mut folders) = (files::Temporary::new()?, BTreeSet::new());
        for (path, bytes) in files {
            if let Some((folder, _)) = path.split_once('/') {
                files::write(&root.path().join(path), bytes)?;
                folders.insert(folder.to_owned());
            }
        }
        Ok(Self { root, folders })
    }

    /// Whether a file of a document lies there.
    fn has(&self, path: &str) -> bool {
        path.split_once('/').is_some_and(|(folder, _)| self.folders.contains(folder))
    }

    /// Lets its folders be seen in the root of a document.
    fn put_into(&self, root: &Path) -> Result<(), RunError> {
        for folder in &self.folders {
            files::link(&self.root.path().join(folder), &root.join(folder))?;
        }
        Ok(())
    }
}

/// A document to be set: files by their path below the root, and the main one.
#[derive(Debug, Clone)]
pub(super) struct Manuscript<'a> {
    pub(super) name: String,
    /// Where those of its files lie that others are set with as well; `None` where none does.
    pub(super) shelf: Option<&'a Shelf>,
    /// All of its files, those on the shelf among them.
    pub(super) files: Vec<(String, &'a [u8])>,
    pub(super) main: &'static str,
    /// Chosen before anything is set: faces depend on it.
    pub(super) language: Language,
    pub(super) date: NaiveDate,
}

impl Typst {
    /// The version as the program tells it: `typst 0.15.1`.
    ///
    /// # Errors
    /// Fails when the program cannot be started, does not answer in time, fails, or is another program.
    pub fn version(&self) -> Result<String, RunError> {
        let failed = |why: String| RunError::Typesetting(format!("“{}”：{why}", shown::path(&self.program)));
        let mut command = self.bounded();
        command.arg("--version").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let Ended { status, output, .. } = self.finish(&mut command, VERSION_LIMIT, &failed)?;
        if !status.success() {
            return Err(failed(format!("询问版本时异常结束（{status}）(failed to tell its version)")));
        }
        let text = String::from_utf8_lossy(&output);
        let mut words = text.split_whitespace();
        match (words.next(), words.next()) {
            (Some("typst"), Some(version)) if is_version(version) => Ok(format!("typst {version}")),
            _ => Err(failed("没有答出版本，不是typst (does not tell its version: not typst)".to_owned())),
        }
    }

    /// Sets a document as PDF/A-3a and PDF/UA-1. Warnings are failures: they tell of missing fonts or of a layout that
    /// does not settle.
    ///
    /// # Errors
    /// Fails with the characters that no font has, with typst's own words, when the time is up, or when what was written
    /// is no whole PDF.
    pub(super) fn compile(&self, document: &Manuscript<'_>) -> Result<Vec<u8>, Failure> {
        let root = files::Temporary::new()?;
        let is_written = |path: &str| document.shelf.is_some_and(|shelf| shelf.has(path));
        for (path, bytes) in document.files.iter().filter(|(path, _)| !is_written(path)) {
            files::write(&root.path().join(path), bytes)?;
        }
        document.shelf.map_or(Ok(()), |shelf| shelf.put_into(root.path()))?;
        let output = root.path().join("out.pdf");
        let name = &document.name;
        let failed = |why: String| RunError::Typesetting(format!("{name}：{why}"));
        let mut command = self.command(document, root.path(), &output);
        let Ended { status, log, .. } = self.finish(&mut command, self.limit, &failed)?;
        let told = String::from_utf8_lossy(&log);
        let told = told.trim();
        if !told.is_empty() {
            let known = lost(root.path()).or_else(|| limit_of(status));
            let error = RunError::Typesetting(explain(name, told, known.as_deref()));
            let (named, has_more) = (unshown(told), has_unnamed(told));
            let is_text = !named.is_empty() || has_more;
            return Err(if is_text {
                Failure::Text(Box::new(Unshown { named, has_more, error }))
            } else {
                Failure::Other(error)
            });
        }
        if !status.success() {
            let why = lost(root.path()).or_else(|| limit_of(status)).unwrap_or_else(|| {
                format!(
                    "请查看临时文件夹“{}”所在磁盘是否已满、内存是否足够 (is the disk full, or memory short?)",
                    shown::path(&std::env::temp_dir())
                )
            });
            let words =
                format!("typst异常结束（{status}），没有说明原因；{why} (typst failed without a word)");
            return Err(failed(words).into());
        }
        let bytes = files::read(&output)?;
        pdf::whole(&bytes).map_err(|why| {
            failed(format!(
                "typst写出的{why}；请查看磁盘是否已满 (what typst wrote is no whole PDF: is the disk full?)"
            ))
        })?;
        Ok(bytes)
    }

    /// Starts a program and waits for its end.
    fn finish(
        &self,
        command: &mut Command,
        limit: Duration,
        failed: &dyn Fn(String) -> RunError,
    ) -> Result<Ended, RunError> {
        let unstarted = |why: &dyn std::fmt::Display| {
            failed(format!("不能启动“{}”：{why} (cannot be started)", shown::path(&self.program)))
        };
        let child = Child::start(command).map_err(|error| unstarted(&error))?;
        let ended = child.finish(limit, LONGEST_LOG).map_err(|silence| match silence {
            Silence::TookTooLong => {
                failed(format!("超过{}秒未完成，已终止 (took too long)", limit.as_secs()))
            }
            Silence::Gone | Silence::StaysOpen => {
                failed("typst结束后仍有进程占用它的输出 (its output stays open)".to_owned())
            }
            Silence::Failed(error) => failed(format!("不能等待typst结束：{error} (cannot be waited for)")),
        })?;
        if ended.was_not_started() {
            return Err(unstarted(&shown::line(String::from_utf8_lossy(&ended.log).trim())));
        }
        Ok(ended)
    }

    /// A command that starts the program within its limits.
    fn bounded(&self) -> Command {
        match &self.launcher {
            Some(launcher) => children::bounded(launcher, MEMORY, &self.program),
            None => Command::new(&self.program),
        }
    }

    fn command(&self, document: &Manuscript<'_>, root: &Path, output: &Path) -> Command {
        let seconds = document.date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
        let mut command = self.bounded();
        command.arg("compile").arg("--root").arg(root).args(OPTIONS);
        for folder in &self.fonts {
            command.arg("--font-path").arg(folder);
        }
        command.args(["--creation-timestamp", &seconds.to_string()]);
        command.args(["--input", &format!("language={}", document.language.key())]);
        command.arg(root.join(document.main)).arg(output);
        // Nothing of the user's environment reaches the child: no packages, no fonts, no certificates.
        command.env_clear().env("TYPST_PACKAGE_PATH", root).env("TYPST_PACKAGE_CACHE_PATH", root);
        command.current_dir(root).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }
}

/// Whether a word is a version as programs tell theirs.
fn is_version(word: &str) -> bool {
    const LONGEST: usize = 40;
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.len() <= LONGEST
        && word.chars().all(|c| c.is_ascii_alphanumeric() || ".-+".contains(c))
}

/// That the temporary folder is gone in which the document was set.
fn lost(root: &Path) -> Option<String> {
    let is_there = files::look(root).is_ok_and(|found| found.is_some());
    let words = || {
        let above = std::env::temp_dir();
        format!(
            "临时文件夹“{}”中的数据在运行期间被删除，请重新运行 (temporary data were removed meanwhile)",
            shown::path(&above)
        )
    };
    (!is_there).then(words)
}

/// The limit by which the system ended the program, or what a shell has started that stands in its place (128 and the signal).
fn limit_of(status: ExitStatus) -> Option<String> {
    let signal = |signal: Signal| {
        let number = signal.as_raw();
        status.signal() == Some(number) || status.code() == number.checked_add(128)
    };
    let words = if signal(Signal::XFSZ) {
        "文件超过长度上限（256 MiB，或 ulimit -f） (a file is longer than its limit)"
    } else if signal(Signal::XCPU) {
        "超过CPU时间上限（ulimit -t） (processor time is limited)"
    } else if signal(Signal::KILL) {
        "被系统终止，多为内存不足（或容器的内存上限），或超过CPU时间上限（ulimit -t） (killed by the system: memory or processor time is limited)"
    } else {
        return None;
    };
    Some(words.to_owned())
}

/// The clusters that typst says it could not display or may not hold.
fn unshown(told: &str) -> BTreeSet<String> {
    let quoted = told.lines().filter(|line| line.contains("error:")).filter_map(|line| {
        let about = ["the text `\"", "disallowed codepoint `\"", "contains the codepoint `\""];
        let (_, rest) = about.iter().find_map(|words| line.split_once(words))?;
        rest.split_once("\"`").map(|(text, _)| unescaped(text))
    });
    quoted.flat_map(|text| characters::clusters(&text).map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Whether typst complains of a text without saying which.
fn has_unnamed(told: &str) -> bool {
    ["not mapped to a code point", "text with missing codepoints"].iter().any(|words| told.contains(words))
}

/// Undoes the escapes in which typst quotes text: `\u{f0b7}`, `\n`, `\"`.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        plain.push_str(before);
        let code = behind.strip_prefix("u{").and_then(|hex| hex.split_once('}'));
        let code = code.and_then(|(hex, after)| Some((u32::from_str_radix(hex, 16).ok()?, after)));
        let point = code.and_then(|(code, after)| Some((char::from_u32(code)?, after)));
        let mut others = behind.chars();
        let (c, after) = point.unwrap_or_else(|| match others.next() {
            Some('n') => ('\n', others.as_str()),
            Some('r') => ('\r', others.as_str()),
            Some('t') => ('\t', others.as_str()),
            Some('0') => ('\0', others.as_str()),
            Some(c) => (c, others.as_str()),
            None => ('\\', ""),
        });
        plain.push(c);
        rest = after;
    }
    plain.push_str(rest);
    plain
}

/// typst's diagnostics in words a statistician can act on, followed by its own; with the cause where that is known.
fn explain(document: &str, told: &str, known: Option<&str>) -> String {
    let absent: BTreeSet<&str> = told
        .lines()
        .filter_map(|line| line.split_once("unknown font family: "))
        .map(|(_, name)| name)
        .collect();
    if !absent.is_empty() {
        let names = absent.into_iter().collect::<Vec<_>>().join("、");
        let names = shown::line(&names);
        return format!(
            "{document}：缺少字体 {names}；请运行 make tools，或用 --fonts 指定有这些字体的文件夹 (these fonts are missing)"
        );
    }
    let hint = if let Some(known) = known {
        known
    } else if told.contains("memory allocation of") || told.contains("annot allocate memory") {
        "内存不足，或有内存上限（ulimit -v、-d，容器）"
    } else if told.contains("File too large") || told.contains("os error 27") {
        "文件超过长度上限（256 MiB，或 ulimit -f）"
    } else if told.contains("No space left on device") || told.contains("os error 28") {
        "磁盘已满"
    } else if told.contains("could not be displayed") || told.contains("glyph") {
        "字体中没有所用的字，请安装含该字的字体"
    } else if told.contains("did not converge") {
        "版面不能稳定，请报告开发者"
    } else if told.contains("file not found") {
        "模板引用的文件不存在"
    } else {
        "模板或数据有误"
    };
    let line = |line: &str| shown::line(&line.chars().take(300).collect::<String>());
    let lines: Vec<String> = told.lines().take(12).map(line).collect();
    format!("{document}：{hint}\n  {}", lines.join("\n  "))
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn diagnostics_are_explained_in_words() {
        assert!(explain("report.pdf", "warning: unknown font family: fandolfang", None).contains("缺少字体"));
        assert!(explain("report.pdf", "error: layout did not converge", None).contains("版面"));
    }

    #[test]
    fn missing_characters_are_read_from_the_diagnostics() {
        let told = "a.typ:3:0: error: PDF/A-3a error: the text `\"👍\"` could not be displayed with font `\"F\"`\nb: error: x";
        assert_eq!(unshown(told).into_iter().collect::<Vec<_>>(), ["👍"]);
        let told = "error: PDF/A-3a error: the text `\"\\u{f0b7}\"` could not be displayed with font `\"F\"`\n\
            error: PDF/A-3a error: the PDF contains the codepoint `\"\\u{e000}\"`\n\
            error: the text contains the disallowed codepoint `\"\\u{feff}\"`\n\
            error: the text `\"1\\u{fe0f}\\u{20e3}已\"` could not be displayed";
        let found: Vec<String> = unshown(told).into_iter().collect();
        assert_eq!(found, ["1\u{fe0f}\u{20e3}", "已", "\u{e000}", "\u{f0b7}", "\u{feff}"]);
    }

    #[test]
    fn escapes_of_quoted_text_are_undone() {
        for (told, expected) in [
            ("\\u{f0b7}", "\u{f0b7}"),
            ("a\\\"b\\\\c", "a\"b\\c"),
            ("\\n\\t\\u{0}", "\n\t\0"),
            ("\\u{110000}", "u{110000}"),
            ("县", "县"),
            ("\\", "\\"),
        ] {
            assert_eq!(unescaped(told), expected, "{told}");
        }
    }

    #[test]
    fn missing_fonts_are_named_once() {
        let told = "a:1:2: warning: unknown font family: fandolfang r\nb:1:2: warning: unknown font family: fandolfang r\nc: warning: unknown font family: noto serif cjk sc";
        let words = explain("report.pdf", told, None);
        assert!(words.contains("缺少字体 fandolfang r、noto serif cjk sc；"), "{words}");
    }

    #[test]
    fn a_document_that_takes_too_long_is_given_up() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("slow");
        // A child of its own keeps the log open beyond its end.
        std::fs::write(&program, "#!/bin/sh\nsleep 30\n").unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let typst = Typst { program, fonts: Vec::new(), limit: Duration::from_secs(1), launcher: None };
        let (name, date) = ("report.pdf".to_owned(), NaiveDate::default());
        let language = Language::default();
        let document =
            Manuscript { name, shelf: None, files: Vec::new(), main: "report.typ", language, date };
        let begin = Instant::now();
        let Err(Failure::Other(error)) = typst.compile(&document) else { panic!("it does not end") };
        assert!(error.to_string().contains("超过1秒未完成"), "{error}");
        assert!(begin.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_missing_program_is_told_by_name() {
        let typst = Typst {
            program: "/nowhere/typst".into(),
            fonts: Vec::new(),
            limit: Duration::from_secs(1),
            launcher: None,
        };
        assert!(typst.version().unwrap_err().to_string().contains("/nowhere/typst"));
    }
}
