//! Typesetting by `typst` in a child process that sees one temporary folder and nothing else.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use crate::error::RunError;
use crate::files;

/// The typesetting program with its fonts and its limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typst {
    /// The program.
    pub program: PathBuf,
    /// Folders with fonts; the system's are ignored.
    pub fonts: Vec<PathBuf>,
    /// Time for one document.
    pub limit: Duration,
}

/// Why a document could not be set.
#[derive(Debug)]
pub(super) enum Failure {
    /// No font has these characters.
    Glyphs(BTreeSet<String>),
    /// Anything else.
    Other(RunError),
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        Self::Other(error)
    }
}

/// A document to be set: files by their path below the root, the main one, and its inputs.
#[derive(Debug, Clone)]
pub(super) struct Document<'a> {
    pub(super) name: String,
    pub(super) files: Vec<(String, &'a [u8])>,
    pub(super) main: &'static str,
    pub(super) inputs: Vec<(&'static str, String)>,
    pub(super) date: NaiveDate,
}

impl Typst {
    /// The version as the program tells it: `typst 0.15.1`.
    ///
    /// # Errors
    /// Fails when the program cannot be started.
    pub fn version(&self) -> Result<String, RunError> {
        let failed = |error: std::io::Error| {
            RunError::Typesetting(format!("不能启动“{}”：{error}", self.program.display()))
        };
        let output = Command::new(&self.program).arg("--version").output().map_err(failed)?;
        let text = String::from_utf8_lossy(&output.stdout);
        Ok(text.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
    }

    /// Sets a document as PDF/A-3a and PDF/UA-1. Warnings are failures: they tell of missing fonts or of a layout that
    /// does not settle.
    ///
    /// # Errors
    /// Fails with the characters that no font has, with typst's own words, or when the time is up.
    pub(super) fn compile(&self, document: &Document<'_>) -> Result<Vec<u8>, Failure> {
        let root = tempfile::tempdir().map_err(|source| RunError::writing(std::env::temp_dir(), source))?;
        for (path, bytes) in &document.files {
            files::write(&root.path().join(path), bytes)?;
        }
        let output = root.path().join("out.pdf");
        let log = root.path().join("typst.log");
        self.spawn(document, root.path(), &output, &log)?;
        let told = std::fs::read(&log).unwrap_or_default();
        let told = String::from_utf8_lossy(&told);
        if !told.trim().is_empty() {
            let missing = missing_glyphs(&told);
            let failure = RunError::Typesetting(explain(&document.name, told.trim()));
            return Err(if missing.is_empty() { failure.into() } else { Failure::Glyphs(missing) });
        }
        Ok(files::read(&output)?)
    }

    fn spawn(&self, document: &Document<'_>, root: &Path, output: &Path, log: &Path) -> Result<(), RunError> {
        let failed = |error: std::io::Error| {
            RunError::Typesetting(format!("不能启动“{}”：{error}", self.program.display()))
        };
        let seconds = document.date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
        let mut command = Command::new(&self.program);
        command.arg("compile").arg("--root").arg(root).arg("--ignore-system-fonts");
        for folder in &self.fonts {
            command.arg("--font-path").arg(folder);
        }
        command.args(["--pdf-standard", "a-3a,ua-1", "--diagnostic-format", "short", "--jobs", "1"]);
        command.args(["--creation-timestamp", &seconds.to_string()]);
        for (key, value) in &document.inputs {
            command.arg("--input").arg(format!("{key}={value}"));
        }
        command.arg(root.join(document.main)).arg(output);
        // Nothing of the user's environment reaches the child: no packages, no fonts, no certificates.
        command.env_clear().env("TYPST_PACKAGE_PATH", root).env("TYPST_PACKAGE_CACHE_PATH", root);
        let log = std::fs::File::create(log).map_err(|source| RunError::writing(log, source))?;
        command.current_dir(root).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let mut child = command.spawn().map_err(failed)?;
        let begin = Instant::now();
        loop {
            if child.try_wait().map_err(failed)?.is_some() {
                return Ok(());
            }
            if begin.elapsed() > self.limit {
                // A child that has just ended cannot be killed; that is no fault.
                let _ = child.kill();
                let _ = child.wait();
                let seconds = self.limit.as_secs();
                return Err(RunError::Typesetting(format!("{}超过{seconds}秒未完成", document.name)));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The characters that typst says it could not display.
fn missing_glyphs(told: &str) -> BTreeSet<String> {
    told.lines()
        .filter(|line| line.contains("could not be displayed"))
        .filter_map(|line| Some(line.split("the text `\"").nth(1)?.split("\"`").next()?.to_owned()))
        .filter(|text| !text.is_empty())
        .collect()
}

/// typst's diagnostics in words a statistician can act on, followed by its own.
fn explain(document: &str, told: &str) -> String {
    let hint = if told.contains("unknown font family") {
        "缺少字体，请运行 make tools，或用 --fonts 指定字体文件夹"
    } else if told.contains("could not be displayed") || told.contains("glyph") {
        "字体中没有所用的字，请安装含该字的字体"
    } else if told.contains("did not converge") {
        "版面不能稳定，请报告开发者"
    } else if told.contains("file not found") {
        "模板引用的文件不存在"
    } else {
        "模板或数据有误"
    };
    let lines: Vec<&str> = told.lines().take(12).collect();
    format!("{document}：{hint}\n  {}", lines.join("\n  "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diagnostics_are_explained_in_words() {
        assert!(explain("report.pdf", "warning: unknown font family: fandolfang").contains("缺少字体"));
        assert!(explain("report.pdf", "error: layout did not converge").contains("版面"));
    }

    #[test]
    fn missing_characters_are_read_from_the_diagnostics() {
        let told = "a.typ:3:0: error: PDF/A-3a error: the text `\"👍\"` could not be displayed with font `\"F\"`\nb: error: x";
        assert_eq!(missing_glyphs(told).into_iter().collect::<Vec<_>>(), ["👍"]);
    }

    #[test]
    fn a_missing_program_is_told_by_name() {
        let typst =
            Typst { program: "/nowhere/typst".into(), fonts: Vec::new(), limit: Duration::from_secs(1) };
        assert!(typst.version().unwrap_err().to_string().contains("/nowhere/typst"));
    }
}
