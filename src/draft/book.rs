//! A workbook as the lines of a source text: what stands alone in its row is a line, the rows of a table have bars between their cells.

use crate::workbook::{Book, row_line};

/// Cells in a row from which on it is a table's.
const TABLE: usize = 3;

/// The text of all visible sheets.
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
            let shown: Vec<(u32, String)> = cells
                .iter()
                .map(|(column, cell)| (*column, cell.shown()))
                .filter(|(_, text)| !text.trim().is_empty())
                .collect();
            in_table |= shown.len() >= TABLE;
            if in_table {
                let cell = |column: u32| {
                    shown
                        .iter()
                        .find(|(at, _)| *at == column)
                        .map(|(_, text)| text.clone())
                        .unwrap_or_default()
                };
                text.push_str(&row_line(&(0..width).map(cell).collect::<Vec<_>>()));
            } else {
                let words: Vec<&str> = shown.iter().map(|(_, text)| text.trim()).collect();
                text.push_str(&words.join(" ").replace(['\n', '\r', '|'], " "));
                text.push('\n');
            }
        }
        text.push('\n');
    }
    text
}
