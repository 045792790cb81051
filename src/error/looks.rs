//! Why a look at a round is not compared with an earlier one.

/// Why findings are not compared with those of an output.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookRefusal {
    /// It is no output of this program.
    #[error("不是本程序的输出文件夹 (no output of this program)")]
    NoOutput,
    /// It is of another round.
    #[error("是{0}轮的输出，不是本轮的 (an output of another round)")]
    OtherRound(String),
    /// Its list of findings is not what was published.
    #[error("validation-report.json 与 manifest.json 所记不符，已被改动 (not what was published)")]
    Altered,
    /// One workbook is looked at.
    #[error("--since 用于一轮或一个城市，不用于单个工作簿 (for a round or a city, not for one workbook)")]
    OneWorkbook,
}
