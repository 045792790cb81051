//! The cells in the rows of a table that the plan names, by column: one pass over a table, however many rows and columns it has.

use std::collections::BTreeMap;

use super::index::Named;
use super::merges::along;
use crate::ident::CellRef;
use crate::workbook::{Cell, Sheet};

/// The cells of the rows that the plan names, by column and from top to bottom.
pub(super) struct NamedCells<'s>(BTreeMap<u32, Vec<(u32, &'s Cell)>>);

impl<'s> NamedCells<'s> {
    pub(super) fn of(named: &BTreeMap<u32, Named<'_>>, sheet: &'s Sheet) -> Self {
        let mut columns: BTreeMap<u32, Vec<(u32, &Cell)>> = BTreeMap::new();
        let (Some(first), Some(last)) = (named.keys().next(), named.keys().next_back()) else {
            return Self(columns);
        };
        let mut row = (*first, true);
        for (at, cell) in sheet.within((*first, last.saturating_add(1))) {
            if at.row != row.0 {
                row = (at.row, named.contains_key(&at.row));
            }
            if row.1 {
                columns.entry(at.column).or_default().push((at.row, cell));
            }
        }
        Self(columns)
    }

    /// Those of a column, each with its row.
    pub(super) fn column(&self, column: u32) -> &[(u32, &'s Cell)] {
        self.0.get(&column).map_or(&[], Vec::as_slice)
    }

    /// The columns in which more than blanks stand.
    pub(super) fn filled(&self) -> impl Iterator<Item = u32> {
        let is_filled =
            |cells: &&Vec<(u32, &Cell)>| cells.iter().any(|(_, cell)| !cell.raw().trim().is_empty());
        self.0.iter().filter(move |(_, cells)| is_filled(cells)).map(|(column, _)| *column)
    }

    /// The texts of a column by row, blank ones left out, each with its cell; what is merged over several rows holds for each.
    pub(super) fn texts(
        &self,
        named: &BTreeMap<u32, Named<'_>>,
        sheet: &'s Sheet,
        column: u32,
    ) -> BTreeMap<u32, (CellRef, &'s str)> {
        let own = self.column(column).iter();
        let mut found: BTreeMap<u32, (CellRef, &str)> =
            own.map(|(row, cell)| (*row, (CellRef::new(*row, column), cell.raw()))).collect();
        let below = named.keys().next_back().map_or(0, |last| last.saturating_add(1));
        for (area, rows) in along(sheet, column, below) {
            let text = sheet.text(area.first.row, area.first.column);
            for (row, _) in named.range(rows) {
                found.entry(*row).or_insert((area.first, text));
            }
        }
        found.retain(|_, (_, text)| !text.trim().is_empty());
        found
    }
}
