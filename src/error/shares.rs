//! Why shares of a round do not make a whole one.

use std::path::PathBuf;

use crate::shown;

/// What is wrong with them.
#[derive(Debug, thiserror::Error)]
pub enum ShareFault {
    /// What was asked for is none.
    #[error("“{}”不是分片：应为份号和份数，如3/8；auto/8须有环境变量SLURM_ARRAY_TASK_ID（1—8）或JOB_COMPLETION_INDEX（0—7） (no part: K/N, or auto/N within an array job)", shown::line(.0))]
    NoSuchShare(String),
    /// There are more of them than cities.
    #[error("分成{of}份，而本轮只有{cities}个城市；请少分几份 ({of} parts of {cities} cities: make fewer)")]
    TooMany {
        /// How many shares.
        of: usize,
        /// How many cities.
        cities: usize,
    },
    /// The folder holds none.
    #[error(
        "“{}”不是分片：没有可读的part.json；请用 run --part 重做 (no part: it has no part.json that can be read)",
        shown::path(.0)
    )]
    NotAShare(PathBuf),
    /// It was made by another program.
    #[error(
        "“{}”由另一个程序（版本{version}）生成；请用同一个程序重做各分片 (made by another program: make all parts with one)",
        shown::path(folder)
    )]
    OtherProgram {
        /// The share.
        folder: PathBuf,
        /// Version of that program.
        version: String,
    },
    /// It is one of another number of shares.
    #[error(
        "“{}”是{of}份之一，“{}”是{others}份之一，不是同一次分片 (they are parts of {of} and of {others})",
        shown::path(folder),
        shown::path(other)
    )]
    OtherCount {
        /// The share.
        folder: PathBuf,
        /// Of how many it is one.
        of: usize,
        /// Another one.
        other: PathBuf,
        /// Of how many that is one.
        others: usize,
    },
    /// Templates, fonts or the typesetting program were others.
    #[error(
        "“{}”排版时所用的“{path}”与别的分片或现在的不同；请用同样的模板、字体和typst重做 (set with another file: use the same templates, fonts and typst)",
        shown::path(folder)
    )]
    OtherSetting {
        /// The share.
        folder: PathBuf,
        /// Which file.
        path: String,
    },
    /// The same share is there twice.
    #[error(
        "第{part}份有两个：“{}”和“{}”；请只留一个 (part {part} is there twice)",
        shown::path(other),
        shown::path(folder)
    )]
    Twice {
        /// One of them.
        folder: PathBuf,
        /// The other.
        other: PathBuf,
        /// Its number.
        part: usize,
    },
    /// A city is in two shares.
    #[error("{city}既在“{}”中，也在别的分片中 ({city} is in two parts)", shown::path(folder))]
    CityTwice {
        /// One of them.
        folder: PathBuf,
        /// The city.
        city: String,
    },
    /// Some are missing.
    #[error("{of}份中缺第{}份；请重做后再合并 (parts are missing: make them and merge again)", listed(.parts))]
    Missing {
        /// Their numbers.
        parts: Vec<usize>,
        /// How many there should be.
        of: usize,
    },
    /// An input is not what it was, has come or is gone.
    #[error(
        "输入“{path}”{}现在的不同；请重做 (an input is not as it was: make the part again)",
        folder.as_ref().map_or_else(|| "不在任何分片中，与".to_owned(), |folder| format!("在分片“{}”生成时与", shown::path(folder)))
    )]
    OtherInput {
        /// The share that has it; none has what has come since.
        folder: Option<PathBuf>,
        /// The file, below the input root.
        path: String,
    },
    /// A share has a city that the round does not have.
    #[error("“{}”中的{city}不在本轮中 (the round has no such city)", shown::path(folder))]
    OtherCity {
        /// The share.
        folder: PathBuf,
        /// The city.
        city: String,
    },
    /// No share has a city.
    #[error("没有一份含有{0} (no part has this city)")]
    NoShareHas(String),
    /// A file of a share is not what was made.
    #[error("“{}”已被改动或不在了；请重做这一份 (changed or gone since it was made: make the part again)", shown::path(.0))]
    Changed(PathBuf),
}

fn listed(parts: &[usize]) -> String {
    const MOST: usize = 12;
    let first: Vec<String> = parts.iter().take(MOST).map(ToString::to_string).collect();
    let more = if parts.len() > MOST { "等" } else { "" };
    format!("{}{more}", first.join("、"))
}
