//! What a unit says to one question, held against the cell that was asked about.

use super::answer_sheet::{AnswerSheet, AnsweredRow, held};
use crate::plan::{QueryEvent, QueryEventKind};
use crate::workbook::{Book, Cell, Content, cell_address};

/// What is wrong with an answer. The query stays open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerFault {
    /// The headings of the sheet are gone, so that nothing can be read of it.
    NoTable,
    /// A row with a number that was not asked.
    StrangeItem(u32),
    /// The row of a question is not there any more.
    RowGone,
    /// Another question stands there than the one that was asked.
    OtherQuestion,
    /// Nothing was chosen.
    NoChoice,
    /// Something was chosen that is not among the choices.
    UnknownChoice(String),
    /// 更正 was chosen, and the cell is what it was.
    NotChanged,
    /// 确认 or 无法提供 was chosen, and the cell was changed.
    Changed,
    /// The reason is missing, or with 确认 the evidence.
    NoReason,
}

/// What a unit says to a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerItem {
    /// What was chosen; `None` for nothing, or for what is not known.
    pub kind: Option<QueryEventKind>,
    /// What the cell holds now.
    pub now: String,
    /// The reason.
    pub reason: String,
    /// The evidence.
    pub evidence: String,
    /// What is wrong with it.
    pub fault: Option<AnswerFault>,
}

impl AnswerItem {
    /// What a sheet says to a question, held against the cell in the workbook that came back and in the one that was sent, where that is at hand.
    pub fn of(asked: &QueryEvent, sheet: &AnswerSheet, book: Option<&Book>, sent: Option<&Book>) -> Self {
        let Some(row) = sheet.rows.get(&asked.key.item) else {
            return Self { fault: Some(AnswerFault::RowGone), ..Self::default() };
        };
        let mut item = Self {
            kind: row.kind(),
            now: String::new(),
            reason: row.reason.clone(),
            evidence: row.evidence.clone(),
            fault: None,
        };
        let at = cell_address(&asked.cell);
        let is_changed = if sheet.is_alone {
            item.now.clone_from(&row.new_value);
            Some(!row.new_value.is_empty())
        } else {
            book.zip(at).map(|(book, at)| {
                let now = held(book, &asked.sheet, at);
                item.now = now.map_or(String::new(), |cell| cell.raw().trim().to_owned());
                let was = sent.map(|sent| held(sent, &asked.sheet, at));
                was.map_or(item.now != asked.was, |was| differs(was, now))
            })
        };
        item.fault = fault(row, item.kind, is_changed, asked);
        item
    }
}

/// Whether two cells hold something else. A formula whose result was not stored may get one by being opened.
pub fn differs(was: Option<&Cell>, now: Option<&Cell>) -> bool {
    let is_empty = |cell: Option<&Cell>| {
        cell.is_none_or(|cell| matches!(&cell.content, Content::Text(text) if text.is_empty()))
    };
    match (was, now) {
        (was, now) if is_empty(was) && is_empty(now) => false,
        (Some(was), Some(now)) => {
            was.content != Content::NoResult && (was.content != now.content || was.look != now.look)
        }
        _ => true,
    }
}

/// What is wrong with an answer; `None` when it holds, or when there is none yet.
fn fault(
    row: &AnsweredRow,
    kind: Option<QueryEventKind>,
    is_changed: Option<bool>,
    asked: &QueryEvent,
) -> Option<AnswerFault> {
    if !row.problem.starts_with(&asked.content) {
        return Some(AnswerFault::OtherQuestion);
    }
    let lacking =
        row.reason.is_empty() || (kind == Some(QueryEventKind::Confirmed) && row.evidence.is_empty());
    match (kind, is_changed) {
        (None, _) if row.choice.is_empty() => Some(AnswerFault::NoChoice),
        (None, _) => Some(AnswerFault::UnknownChoice(row.choice.clone())),
        (Some(QueryEventKind::Corrected), Some(false)) => Some(AnswerFault::NotChanged),
        (Some(QueryEventKind::Corrected), _) => None,
        (Some(_), Some(true)) => Some(AnswerFault::Changed),
        (Some(_), _) if lacking => Some(AnswerFault::NoReason),
        (Some(_), _) => None,
    }
}
