//! Units that a row of its own within the table names for the rows below it: 单位：元.

use super::index::Index;
use super::table::Table;
use super::table_units::labelled_unit;
use super::text::clean;
use crate::workbook::Sheet;

/// How many rows below it such a row counts for at most.
const FURTHEST: u32 = 200;

/// The unit that the nearest row of units above a row of the table names.
pub(super) fn above(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>, row: u32) -> Option<String> {
    let first = table.rows.0.max(row.saturating_sub(FURTHEST));
    // A quick look first: in most tables every row is an item.
    let between = row.checked_sub(first).filter(|rows| *rows > 0)?;
    if table.named.range(first..row).count() == between as usize {
        return None;
    }
    let lines = sheet.within((first, row)).filter(|(at, cell)| {
        !table.named.contains_key(&at.row) && cell.label().is_some_and(|text| text.contains('单'))
    });
    let units = lines.filter_map(|(_, cell)| labelled_unit(&clean(cell.label()?), index));
    units.last()
}
