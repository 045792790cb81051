//! Why a plan cannot be judged in a round.

use std::path::PathBuf;

use crate::shown;

/// Why a plan cannot be judged in a round.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanRefusal {
    /// It is another city's.
    #[error("方案属于“{}”，不是“{}” (another city's plan)", shown::line(found), shown::line(wanted))]
    OtherCity {
        /// The city that it names.
        found: String,
        /// The city of its folder.
        wanted: String,
    },
    /// It is a draft, replaced or repealed.
    #[error("方案不在有效状态，不予评估；确需评估的在round.toml中写allow_drafts = true (not in force)")]
    NotInForce,
    /// Fields are still to be confirmed.
    #[error(
        "方案是草稿，还有{0}处待确认（confirm），不予评估；用 duibiao plan draft --left 逐处核实 (a draft with fields to be confirmed)"
    )]
    Unsettled(usize),
    /// It has no target of the year.
    #[error("方案没有{0}年的目标 (no targets for the year)")]
    NoTargets(i32),
    /// Another plan of the round has the same short name.
    #[error(
        "short = “{short}”与“{}”的相同，报告中表号、图号分不清两市：改其中一个，写成能区分的简称 (another plan of the round has the same short name; tables are numbered by it: change one of them)",
        shown::path(other)
    )]
    SameShortName {
        /// The name.
        short: String,
        /// The other plan file.
        other: PathBuf,
    },
}
