//! A sheet 查询单 that comes back: what the unit chose for each question, and what it says beside.

use std::collections::BTreeMap;

use super::answer_words::{
    ANSWER_HEAD, BY_LABEL, CHOICES, EVIDENCE_HEAD, ITEM_HEAD, NEW_VALUE_HEAD, NUMBER_LABEL, OTHER_LABEL,
    PROBLEM_HEAD, REASON_HEAD,
};
use crate::ident::CellRef;
use crate::plan::{QueryEventKind, QueryNumber};
use crate::workbook::{Book, Sheet};

/// What stands in a row of the sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnsweredRow {
    /// What was chosen, as it stands there.
    pub choice: String,
    /// The question, as it stands there now.
    pub problem: String,
    /// The new value, where the sheet went alone.
    pub new_value: String,
    /// The reason.
    pub reason: String,
    /// The evidence.
    pub evidence: String,
}

impl AnsweredRow {
    /// The event that the choice makes; `None` for no choice, or for one that is not known.
    pub fn kind(&self) -> Option<QueryEventKind> {
        let [corrected, confirmed, cannot] = CHOICES;
        match self.choice.as_str() {
            choice if choice == corrected => Some(QueryEventKind::Corrected),
            choice if choice == confirmed || choice == "确认" => Some(QueryEventKind::Confirmed),
            choice if choice == cannot => Some(QueryEventKind::CannotProvide),
            _ => None,
        }
    }
}

/// A sheet as it came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerSheet {
    /// Its rows by the number of the question.
    pub rows: BTreeMap<u32, AnsweredRow>,
    /// Other changes that the unit names (其他改动).
    pub other: String,
    /// Who answers (答复人).
    pub by: String,
    /// Whether it went alone.
    pub is_alone: bool,
}

/// The sheet of a query among sheets; `None` when no sheet carries its number, or its headings are gone.
pub(super) fn read(sheets: &[Sheet], number: &QueryNumber) -> Option<AnswerSheet> {
    let label = format!("{}{number}", NUMBER_LABEL);
    let is_own = |text: &str| {
        let behind = text.split_once(&label).map(|(_, behind)| behind);
        behind.is_some_and(|behind| !behind.starts_with(|c: char| c.is_ascii_digit()))
    };
    let carries = |sheet: &&Sheet| sheet.cells.values().filter_map(|cell| cell.label()).any(is_own);
    let sheet = sheets.iter().find(carries)?;
    let rows = sheet.rows();
    let text = |row: u32, column: u32| sheet.text(row, column).trim().to_owned();
    let heads = rows.iter().find_map(|(row, cells)| {
        let heads: BTreeMap<&str, u32> =
            cells.iter().map(|(column, cell)| (cell.raw().trim(), *column)).collect();
        [ITEM_HEAD, ANSWER_HEAD, REASON_HEAD]
            .iter()
            .all(|head| heads.contains_key(head))
            .then_some((*row, heads))
    });
    let (head, columns) = heads?;
    let column = |name: &str| columns.get(name).copied();
    let mut found = AnswerSheet { is_alone: column(NEW_VALUE_HEAD).is_some(), ..AnswerSheet::default() };
    let of = |row: u32, name: &str| column(name).map(|at| text(row, at)).unwrap_or_default();
    for row in rows.keys().copied().filter(|row| *row > head) {
        let item = of(row, ITEM_HEAD);
        if let Ok(item) = item.parse::<u32>() {
            let answered = AnsweredRow {
                choice: of(row, ANSWER_HEAD),
                problem: of(row, PROBLEM_HEAD),
                new_value: of(row, NEW_VALUE_HEAD),
                reason: of(row, REASON_HEAD),
                evidence: of(row, EVIDENCE_HEAD),
            };
            found.rows.entry(item).or_insert(answered);
            continue;
        }
        if item == OTHER_LABEL {
            found.other = beside(sheet, row);
        } else if item == BY_LABEL {
            found.by = beside(sheet, row);
        }
    }
    Some(found)
}

/// The first text to the right of the label in a row, up to the next label.
fn beside(sheet: &Sheet, row: u32) -> String {
    // Label, merged; then the field.
    sheet.cell(row, FIELD).map(|cell| cell.raw().trim().to_owned()).unwrap_or_default()
}

/// The column of the fields below the questions.
const FIELD: u32 = 2;

/// What a cell of a workbook holds, by sheet and place.
pub fn held<'a>(book: &'a Book, sheet: &str, at: CellRef) -> Option<&'a crate::workbook::Cell> {
    book.sheets.iter().find(|one| one.name == sheet)?.cells.get(&at)
}
