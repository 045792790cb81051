//! Why a folder cannot be that of what is kept between runs.

use std::path::PathBuf;

use crate::shown;

/// What is wrong with it.
#[derive(Debug, thiserror::Error)]
pub enum CacheFault {
    /// It holds other things.
    #[error(
        "“{}”不能作缓存文件夹，其中有别的文件：{}；请另选一个 (holds other things and cannot be the cache: choose another folder)",
        shown::path(.folder), .files.join("、")
    )]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// What lies in it.
        files: Vec<String>,
    },
    /// It would lie among the inputs of a round or in its output, or hold them.
    #[error("“{}”不能作缓存文件夹：同本轮的输入或输出文件夹重叠 (the cache cannot be among inputs or outputs)", shown::path(.0))]
    Among(PathBuf),
}
