//! An event of the register of queries: what was asked, answered or decided, in one line that is never edited.

use chrono::NaiveDate;

use super::chained::{LINE_BEFORE, OWN_DIGEST};
use super::issued::plain_name;
use super::query_number::QueryNumber;

/// The columns of the register.
pub(super) const QUERY_HEADS: [&str; 18] = [
    "时间",
    "查询单",
    "条",
    "事件",
    "经办人",
    "内容",
    "理由",
    "佐证",
    "代码",
    "指标",
    "工作表",
    "单元格",
    "原填",
    "现填",
    "文件",
    "文件SM3",
    LINE_BEFORE,
    OWN_DIGEST,
];

/// What happened to a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QueryEventKind {
    /// 发出: it was asked.
    Sent,
    /// 再查询: it was asked once more; the reason names the earlier one ([`QueryEvent::previous`]).
    AskedAgain,
    /// 答复：更正: the unit corrected its value.
    Corrected,
    /// 答复：确认: the unit stands by its value.
    Confirmed,
    /// 答复：无法提供: the unit has no value.
    CannotProvide,
    /// 未查询处改动: the answer changed a cell that nobody asked about. Belongs to the whole (条 0).
    ChangedElsewhere,
    /// 关闭: the program found it settled.
    Closed,
    /// 采纳: the office accepts what the unit confirmed.
    Accepted,
    /// 不采纳: the office does not.
    Rejected,
    /// 撤回: the office takes the query back.
    Withdrawn,
    /// 登记订正: a remark that corrects an earlier line by naming it; no state follows from it.
    Correction,
}

impl QueryEventKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Sent,
        Self::AskedAgain,
        Self::Corrected,
        Self::Confirmed,
        Self::CannotProvide,
        Self::ChangedElsewhere,
        Self::Closed,
        Self::Accepted,
        Self::Rejected,
        Self::Withdrawn,
        Self::Correction,
    ];

    /// The word in the register.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Sent => "发出",
            Self::AskedAgain => "再查询",
            Self::Corrected => "答复：更正",
            Self::Confirmed => "答复：确认",
            Self::CannotProvide => "答复：无法提供",
            Self::ChangedElsewhere => "未查询处改动",
            Self::Closed => "关闭",
            Self::Accepted => "采纳",
            Self::Rejected => "不采纳",
            Self::Withdrawn => "撤回",
            Self::Correction => "登记订正",
        }
    }

    /// By the word in the register.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.chinese() == word)
    }

    /// Whether a unit answers with it.
    pub fn is_answer(self) -> bool {
        matches!(self, Self::Corrected | Self::Confirmed | Self::CannotProvide)
    }

    /// Whether a query begins with it.
    pub fn is_question(self) -> bool {
        matches!(self, Self::Sent | Self::AskedAgain)
    }
}

/// A query (条) of a query workbook; 0 is the workbook as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct QueryKey {
    /// The workbook (查询单).
    pub number: QueryNumber,
    /// The query on it, from 1.
    pub item: u32,
}

/// What stands before the number of the earlier query, before its item, and behind that.
const PREVIOUS: &str = "前次：";
const ITEM: &str = "第";
const ITEM_END: &str = "条";

impl QueryKey {
    /// The reason of [`QueryEventKind::AskedAgain`]: `前次：湘潭市-2023-annual-市科技局-1第2条`.
    pub fn as_previous(&self) -> String {
        [PREVIOUS, &self.number.to_string(), ITEM, &self.item.to_string(), ITEM_END].concat()
    }

    fn of_previous(reason: &str) -> Option<Self> {
        let (number, item) = reason.strip_prefix(PREVIOUS)?.strip_suffix(ITEM_END)?.rsplit_once(ITEM)?;
        Some(Self { number: QueryNumber::parse(number)?, item: item.parse().ok()? })
    }
}

/// A line of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryEvent {
    /// 时间: the day.
    pub on: NaiveDate,
    /// 查询单 and 条.
    pub key: QueryKey,
    /// 事件.
    pub kind: QueryEventKind,
    /// 经办人: who did it; of what the program found `（程序）`.
    pub by: String,
    /// 内容: of a question the finding's message in Chinese, else what is to be said.
    pub content: String,
    /// 理由.
    pub reason: String,
    /// 佐证.
    pub evidence: String,
    /// 代码: the code of the finding.
    pub code: String,
    /// 指标: number of the indicator or `任务3.4`, as [`crate::finding::Object`] is printed; empty for neither.
    pub object: String,
    /// 工作表.
    pub sheet: String,
    /// 单元格, as `E7`; empty where no single cell is meant.
    pub cell: String,
    /// 原填: the text of the cell as it was reported.
    pub was: String,
    /// 现填: the text of the cell in the answer.
    pub now: String,
    /// 文件: the name of the workbook that is meant, below `submissions/`; of a question the one that was asked about.
    pub file: String,
    /// 文件SM3: its digest.
    pub sm3: String,
}

impl QueryEvent {
    /// The earlier query that is asked once more.
    pub fn previous(&self) -> Option<QueryKey> {
        QueryKey::of_previous(&self.reason).filter(|_| self.kind == QueryEventKind::AskedAgain)
    }

    pub(super) fn fields(&self) -> Vec<String> {
        let Self {
            on,
            key,
            kind,
            by,
            content,
            reason,
            evidence,
            code,
            object,
            sheet,
            cell,
            was,
            now,
            file,
            sm3,
        } = self;
        let (on, number, item) = (on.to_string(), key.number.to_string(), key.item.to_string());
        let kind = kind.chinese().to_owned();
        [
            &on, &number, &item, &kind, by, content, reason, evidence, code, object, sheet, cell, was, now,
            file, sm3,
        ]
        .map(ToString::to_string)
        .to_vec()
    }

    /// Reads the fields of a line.
    ///
    /// # Errors
    /// Fails with the column that cannot be read.
    pub(super) fn read(fields: Vec<String>) -> Result<Self, &'static str> {
        let [
            on,
            number,
            item,
            kind,
            by,
            content,
            reason,
            evidence,
            code,
            object,
            sheet,
            cell,
            was,
            now,
            file,
            sm3,
        ] = <[String; 16]>::try_from(fields).map_err(|_| "列数")?;
        let number = QueryNumber::parse(&number).ok_or("查询单")?;
        let item = item.parse().map_err(|_| "条")?;
        Ok(Self {
            on: on.parse().map_err(|_| "时间")?,
            key: QueryKey { number, item },
            kind: QueryEventKind::named(&kind).ok_or("事件")?,
            by,
            content,
            reason,
            evidence,
            code,
            object,
            sheet,
            cell,
            was,
            now,
            // A name that leads elsewhere is none.
            file: if file.is_empty() { file } else { plain_name(file).ok_or("文件")? },
            sm3,
        })
    }
}
