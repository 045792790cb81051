//! A workbook as the lines of a source text: what stands alone in its row is a line, the rows of a table have bars between their cells.

use std::collections::BTreeMap;

use crate::workbook::{Book, LONGEST_DOCUMENT, row_line};

/// Cells in a row from which on it is a table's.
const TABLE: usize = 3;

/// The text of all visible sheets, as far as it is not longer than any document can be.
pub fn text_of_book(book: &Book) -> String {
    let mut text = String::new();
    for sheet in book.sheets.iter().filter(|sheet| sheet.visible) {
        let rows = sheet.rows();
        let width = rows.values().flatten().map(|(column, _)| *column + 1).max().unwrap_or(0);
        let mut in_table = false;
        for (row, cells) in rows {
            if sheet.hidden_rows.holds(row) {
                continue;
            }
            if text.len() > LONGEST_DOCUMENT {
                return text;
            }
            let shown: BTreeMap<u32, String> = cells
                .iter()
                .map(|(column, cell)| (*column, cell.shown()))
                .filter(|(_, text)| !text.trim().is_empty())
                .collect();
            in_table |= shown.len() >= TABLE;
            if in_table {
                let cell = |column: u32| shown.get(&column).cloned().unwrap_or_default();
                text.push_str(&row_line(&(0..width).map(cell).collect::<Vec<_>>()));
            } else {
                let words: Vec<&str> = shown.values().map(|text| text.trim()).collect();
                text.push_str(&words.join(" ").replace(['\n', '\r', '|'], " "));
                text.push('\n');
            }
        }
        text.push('\n');
    }
    text
}
