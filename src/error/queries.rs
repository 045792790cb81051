//! Why units are not asked.

/// Why queries cannot be issued or recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryRefusal {
    /// Nobody is named who does it.
    #[error("--by 应写明经办人 (--by must name who does it)")]
    Nobody,
    /// No reason is given.
    #[error("--reason 应写明理由 (--reason must say why)")]
    NoReason,
    /// There is no such query.
    #[error("没有这条查询：{number} 第{item}条 (no such query)")]
    NoSuchQuery {
        /// The number of the query workbook.
        number: String,
        /// The query on it.
        item: u32,
    },
    /// A query is not at the point at which it can be decided in a way.
    #[error("现为“{state}”，不能{wanted} (not at the point for that: see duibiao query list)")]
    NotAtThatPoint {
        /// How it stands, in Chinese.
        state: &'static str,
        /// What is wanted, in Chinese.
        wanted: &'static str,
    },
    /// That one unit stands by its value does not say whose counts.
    #[error(
        "几家单位所报不一致，以哪家为准由round.toml的[[preference]]决定，不能采纳其中一家 (units disagree: a [[preference]] in round.toml says whose value counts)"
    )]
    Disagreement,
    /// A unit that no plan of the round knows.
    #[error("“{unit}”不是本轮各方案中的填报单位，有：{} (no such unit; there are those named)", known.join("、"))]
    NoSuchUnit {
        /// As it was written.
        unit: String,
        /// The units of the round.
        known: Vec<String>,
    },
    /// A workbook that was read a moment before cannot be read again.
    #[error("刚才能读，现在不能读：请重新运行 (cannot be read any more: run again)")]
    Unread,
    /// Something lies where a query workbook is to be written.
    #[error(
        "已有这个文件，而查询登记中没有：不予覆盖，请先取走 (is there and not in the register: take it away)"
    )]
    Taken,
}
