//! Why a run cannot go on. Anything a department can mend is a finding instead.

use std::path::PathBuf;

/// A failure that leaves the previous output as it was; the program ends with status 2.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A file or folder could not be read or written.
    #[error("无法{action}“{}”：{source} (cannot {action_en} it)", path.display())]
    Io {
        /// What was tried, in Chinese.
        action: &'static str,
        /// What was tried, in English.
        action_en: &'static str,
        /// Where.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A configuration, catalogue or plan file has faults; all of them are listed.
    #[error("{} 有{}处错误 (has {} faults):\n{}", path.display(), faults.len(), faults.len(), faults.join("\n"))]
    Faults {
        /// The file.
        path: PathBuf,
        /// One line each, with the line of the file in front.
        faults: Vec<String>,
    },
    /// Files of the round were changed while they were evaluated; what was read is not what lies there.
    #[error("运行期间文件被改动，结果与现有文件不符，请重新运行 (changed during the run; run again):\n{}", paths.iter().map(|path| format!("  {}", path.display())).collect::<Vec<_>>().join("\n"))]
    Changed {
        /// The files.
        paths: Vec<PathBuf>,
    },
    /// The round or an argument asks for something that cannot be done.
    #[error("{0}")]
    Request(String),
    /// typst is missing, failed or took too long.
    #[error("排版失败 (typesetting failed): {0}")]
    Typesetting(String),
    /// A table or workbook could not be produced.
    #[error("写出“{what}”失败 (cannot produce it): {reason}")]
    Output {
        /// Which output.
        what: String,
        /// The library's reason.
        reason: String,
    },
}

impl RunError {
    /// Names the file that could not be read.
    pub fn reading(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io { action: "读取", action_en: "read", path: path.into(), source }
    }

    /// Names the file that could not be written.
    pub fn writing(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io { action: "写入", action_en: "write", path: path.into(), source }
    }

    /// Names the output that could not be produced.
    pub fn output(what: impl Into<String>, reason: impl std::fmt::Display) -> Self {
        Self::Output { what: what.into(), reason: reason.to_string() }
    }
}
