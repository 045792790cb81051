//! Why next year's round is not made.

use std::path::PathBuf;

use crate::shown;

/// Why next year's round cannot be made from a round.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NextRoundRefusal {
    /// Something of that name is there.
    #[error(
        "已经存在，不予改动：另选一个文件夹名，或先取走 (is there already: choose another name, or take it away)"
    )]
    Exists,
    /// It would lie away from the catalogue and the sources of the plans.
    #[error(
        "新轮次应与“{}”在同一文件夹下，共用catalogue.toml和方案原文 (must lie beside that round: both use its catalogue and sources)",
        shown::path(from)
    )]
    Elsewhere {
        /// The round that it is made from.
        from: PathBuf,
    },
    /// What is written is no period.
    #[error("“{0}”不是报告期，写作 2024-annual (not a period)")]
    NotAPeriod(String),
    /// A period that is not evaluated.
    #[error("“{0}”：目前只评估全年，写作 {0:.4}-annual (only whole years are evaluated so far)")]
    PartOfAYear(String),
    /// A year that is not later.
    #[error("报告期{period}不晚于原轮次的{year}年 (not later than the round that it is made from)")]
    NotLater {
        /// The new period.
        period: String,
        /// The year of the round.
        year: i32,
    },
    /// A link where a file is to be copied.
    #[error("是链接，不予复制：放入文件本身再运行 (a link, which is not copied: put the file itself there)")]
    Link,
    /// A folder without the manifest of this program.
    #[error("不是本程序的输出：没有可读的manifest.json (no output of this program)")]
    NoOutput,
    /// The output of another year.
    #[error("是{found}年的输出，应为{wanted}年的 (the output of another year)")]
    OtherYear {
        /// Its year.
        found: String,
        /// The year of the round.
        wanted: i32,
    },
    /// A file that is not the one that was published.
    #[error(
        "与manifest.json所记的摘要值不符：发布以后被改动，不予引用 (not what was published: its digest is another one)"
    )]
    Altered,
    /// A table that has not what it should have.
    #[error("缺少列“{0}”，不能读取 (a column is missing)")]
    NoColumn(&'static str),
}
