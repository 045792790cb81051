//! The marks and notes of a query workbook: one mark a cell, with all questions about it in one note.

use std::collections::BTreeMap;

use super::QueryItem;
use super::texts::{NOTE_END, note};
use crate::finding::QueryClass;
use crate::ident::CellRef;
use crate::plan::QueryNumber;
use crate::workbook::patch::CellMark;

/// The cells that are marked, in the order of their sheets and places.
pub(super) fn marks(number: &QueryNumber, questions: &[QueryItem]) -> Vec<CellMark> {
    let mut cells: BTreeMap<(&String, CellRef), Vec<&QueryItem>> = BTreeMap::new();
    for question in questions {
        if let Some((sheet, at)) = &question.cell {
            cells.entry((sheet, *at)).or_default().push(question);
        }
    }
    let mark = |((sheet, at), asked): ((&String, CellRef), Vec<&QueryItem>)| {
        let is_grave = asked.iter().any(|one| one.class == QueryClass::MustAnswer);
        let notes = asked.iter().map(|one| note(number, one.item, &one.problem, one.code, &one.remedy));
        let notes: Vec<String> = notes.chain([NOTE_END.to_owned()]).collect();
        CellMark { sheet: sheet.clone(), at, is_grave, note: notes.join("\n") }
    };
    cells.into_iter().map(mark).collect()
}
