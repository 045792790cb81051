//! The results workbook: the tables as sheets. The only file that names `rust_xlsxwriter`.
//!
//! Text is written as strings, never as formulas; findings link to the submitted workbooks by name only.

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::table::{Cell, Kind, Meaning, Table};
use crate::error::RunError;
use crate::table_text::coded;

/// What the first sheet says.
#[derive(Debug, Clone)]
pub(super) struct About {
    /// Title of the report.
    pub(super) title: String,
    /// Lines of label and value.
    pub(super) lines: Vec<(String, String)>,
    /// Date of the report; the file's own date.
    pub(super) date: NaiveDate,
}

/// Writes the workbook; the same tables give the same bytes.
///
/// # Errors
/// Fails when the library refuses a cell, such as a text beyond 32,767 characters.
pub(super) fn workbook(about: &About, tables: &[Table]) -> Result<Vec<u8>, RunError> {
    write(about, tables).map_err(|error| RunError::output("results.xlsx", error))
}

fn write(about: &About, tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let date = about.date;
    let year = u16::try_from(date.year()).unwrap_or(1900);
    let day = |number: u32| u8::try_from(number).unwrap_or(1);
    let created = ExcelDateTime::from_ymd(year, day(date.month()), day(date.day()))?;
    book.set_properties(
        &DocProperties::new().set_title(storable(&about.title)).set_creation_datetime(&created),
    );
    let cover = book.add_worksheet().set_name("说明")?;
    cover.set_column_width(0, 18)?.set_column_width(1, 80)?;
    cover.write_string_with_format(0, 0, storable(&about.title), &Format::new().set_bold())?;
    for (row, (label, value)) in (2..).zip(&about.lines) {
        cover.write_string(row, 0, label)?;
        cover.write_string(row, 1, storable(value))?;
    }
    let mut sheets: Vec<((u8, &str), &Table)> =
        tables.iter().filter_map(|table| Some((table.head.sheet?, table))).collect();
    sheets.sort_by_key(|(sheet, _)| *sheet);
    for ((_, name), table) in sheets {
        sheet_of(book.add_worksheet().set_name(name)?, table)?;
    }
    book.save_to_buffer()
}

fn sheet_of(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let head = Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00E3_EDF6))
        .set_border_bottom(FormatBorder::Thin);
    for (column, Meaning { name, kind, .. }) in (0_u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, column, *name, &head)?;
        sheet.set_column_width(column, if *kind == Kind::Text { 18 } else { 11 })?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Null => {}
                Cell::Text(text) => {
                    sheet.write_string(row, column, storable(text))?;
                }
                Cell::Integer(number) => {
                    sheet.write_string_or_number(row, column, &number.to_string())?;
                }
                Cell::Decimal(text) => {
                    sheet.write_string_or_number(row, column, text)?;
                }
                Cell::Bool(value) => {
                    sheet.write_boolean(row, column, *value)?;
                }
            }
        }
    }
    let last = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(0);
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, u32::try_from(table.rows.len()).unwrap_or(u32::MAX), last)?;
    Ok(())
}

/// The text as a cell of a workbook can hold it: coded as in CSV, and at most 32,000 units of UTF-16. CSV and Parquet keep it whole.
fn storable(text: &str) -> String {
    let text = coded(text);
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= LONGEST_TEXT
    };
    text.chars().take_while(fits).collect()
}

/// Spreadsheets hold 32,767 units of UTF-16 in a cell.
const LONGEST_TEXT: usize = 32_000;

trait WriteNumber {
    fn write_string_or_number(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError>;
}

impl WriteNumber for Worksheet {
    /// Writes digits as a number; the workbook shows them with up to 15 digits, as spreadsheets do.
    fn write_string_or_number(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        match text.parse::<f64>() {
            Ok(number) => self.write_number(row, column, number)?,
            Err(_) => self.write_string(row, column, storable(text))?,
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_a_cell_of_a_workbook() {
        assert_eq!(storable(&"长".repeat(40_000)).chars().count(), 32_000);
        let pairs = storable(&"👍".repeat(40_000));
        assert_eq!(pairs.encode_utf16().count(), 32_000);
    }
}
