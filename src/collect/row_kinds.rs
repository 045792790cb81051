//! What a row of a table can be, and what is known of the rows of one. Nouns: how it is told stands in `kinds.rs`.

use std::collections::BTreeMap;

use super::Vintage;
use super::remarks::{Note, Said};
pub(super) use super::row_nouns::RowKind;
use super::table::Table;
use crate::ident::CellRef;

/// What the rows of a table are, by row.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinds {
    pub(super) rows: BTreeMap<u32, RowKind>,
    /// For rows of the plan that are passed over because of a text: its cell and the text.
    pub(super) reasons: BTreeMap<u32, (CellRef, String)>,
    /// For rows whose values are estimated or early by a remark or a note.
    pub(super) vintages: BTreeMap<u32, Vintage>,
    /// What stands in the column of the years of the data, with its cell: also what stands once above the rows.
    pub(super) periods: BTreeMap<u32, (CellRef, String)>,
    /// What the notes below say of all rows.
    pub(super) note: Option<Note>,
    /// The first text below, where there are too many to be read.
    pub(super) crowd: Option<CellRef>,
}

impl Kinds {
    /// Whether a row was told already.
    pub(super) fn is_told(&self, row: u32) -> bool {
        self.rows.contains_key(&row)
    }

    /// What stands in the column of the years of the data for a row, with its cell.
    pub(super) fn period(&self, row: u32) -> Option<&(CellRef, String)> {
        self.periods.get(&row)
    }

    /// How final the value of a row is by a remark or a note.
    pub(super) fn vintage(&self, row: u32) -> Option<&Vintage> {
        self.vintages.get(&row)
    }

    /// Whether nothing but examples stands in a table.
    pub(super) fn all_are_examples(&self, table: &Table<'_>) -> bool {
        !table.named.is_empty() && table.named.keys().all(|row| self.rows.get(row) == Some(&RowKind::Example))
    }

    /// The note below that says that all values are something else: its cell and the text.
    pub(super) fn other_note(&self) -> Option<(CellRef, String)> {
        let (at, text, _) = self.note.as_ref().filter(|(_, _, said)| *said == Said::Otherwise)?;
        Some((*at, text.clone()))
    }

    /// Why a row of the plan is passed over, where a text says so: its cell and the text.
    pub(super) fn reason(&self, row: u32) -> Option<&(CellRef, String)> {
        self.reasons.get(&row)
    }

    pub(super) fn pass_over(&mut self, row: u32, kind: RowKind, at: CellRef, text: String) {
        self.rows.insert(row, kind);
        self.reasons.insert(row, (at, text));
    }

    pub(super) fn of_row(&self, row: u32) -> Option<&RowKind> {
        self.rows.get(&row)
    }

    pub(super) fn set(&mut self, row: u32, kind: RowKind) {
        self.rows.insert(row, kind);
    }

    /// Rows from one with what they are.
    pub(super) fn numbered(&self) -> Vec<(u32, RowKind)> {
        self.rows.iter().map(|(row, kind)| (row + 1, kind.clone())).collect()
    }
}
