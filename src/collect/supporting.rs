//! The cells that say why a cell is the value of an indicator, and how a cell holds its text: what the ledger keeps of a reading.

use super::roles::Role;
use super::rows::Context;
use super::{CellForm, SupportingCell};
use crate::ident::CellRef;
use crate::workbook::{Cell, Content};

impl Context<'_> {
    /// The cells that say why a cell is the value of an indicator: those of its row, and the heading over it.
    pub(super) fn supporting(&self, row: u32, column: u32) -> Vec<SupportingCell> {
        const ROLES: [(&str, Role); 7] = [
            ("number", Role::No),
            ("name", Role::Name),
            ("unit", Role::Unit),
            ("nature", Role::Vintage),
            ("year", Role::DataYear),
            ("evidence", Role::Evidence),
            ("note", Role::Note),
        ];
        let of_row = ROLES.iter().filter_map(|(word, role)| Some((*word, self.cell_of(row, *role)?)));
        let heading = self.table.at(column).map(|column| ("heading", column.head));
        let supporting = |(role, at): (&'static str, CellRef)| {
            let text =
                self.sheet.cell(at.row, at.column).map(Cell::raw).filter(|text| !text.trim().is_empty())?;
            Some(SupportingCell { role, at, text: text.into() })
        };
        of_row.chain(heading).filter_map(supporting).collect()
    }
}

/// How a cell holds its text.
pub(super) fn form(cell: &Cell) -> CellForm {
    match &cell.content {
        Content::Number(_) => CellForm::Number,
        Content::Text(text) if text.trim().is_empty() => CellForm::Blank,
        Content::Text(_) => CellForm::Text,
        _ => CellForm::Other,
    }
}
