//! The results workbook, for who reads and prints it: Chinese heads and words, a first sheet that tells how it went, links from a figure
//! to what was found about it and to the workbook that it was taken from. The machine's tables stay in `tables/`.
//!
//! Beside the forms the only file that names `rust_xlsxwriter`. Text is written as strings, never as formulas. Links stay inside the workbook:
//! it is read where it is attached, too, and nothing beside it is there then.

mod cells;
mod course;
mod from_tables;
mod row_index;
mod rows;

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, IgnoreError,
    Workbook, Worksheet, XlsxError,
};

use self::cells::{ResultSheet, SheetCell};
use super::table::Table;
use crate::error::RunError;
use crate::evaluation::Evaluation;
use crate::table_text::coded;

/// What is said of the whole.
#[derive(Debug, Clone)]
pub(super) struct About {
    /// Title of the report.
    pub(super) title: String,
    /// Lines of label and value.
    pub(super) lines: Vec<(String, String)>,
    /// What stands on every page where figures are invented.
    pub(super) mark: Option<String>,
    /// Date of the report; the file's own date.
    pub(super) date: NaiveDate,
}

/// Writes the workbook; the same evaluation gives the same bytes. Of the tables it takes those that have a sheet.
///
/// # Errors
/// Fails when the library refuses a cell, such as a text beyond 32,767 characters.
pub(super) fn workbook(
    about: &About,
    evaluation: &Evaluation,
    tables: &[Table],
) -> Result<Vec<u8>, RunError> {
    write(about, &rows::sheets(evaluation, tables)).map_err(|error| RunError::output("results.xlsx", error))
}

/// The same of a part of a year.
///
/// # Errors
/// As [`workbook`].
pub(super) fn within_the_year(evaluation: &Evaluation) -> Result<Vec<u8>, RunError> {
    let (about, sheets) = (course::about(evaluation), course::sheets(evaluation));
    write(&about, &sheets).map_err(|error| RunError::output("results.xlsx", error))
}

fn write(about: &About, sheets: &[ResultSheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let date = about.date;
    let year = u16::try_from(date.year()).unwrap_or(1900);
    let day = |number: u32| u8::try_from(number).unwrap_or(1);
    let created = ExcelDateTime::from_ymd(year, day(date.month()), day(date.day()))?;
    book.set_properties(
        &DocProperties::new().set_title(storable(&about.title)).set_creation_datetime(&created),
    );
    for (at, sheet) in sheets.iter().enumerate() {
        let lines = if at == 0 { about.lines.as_slice() } else { &[] };
        sheet_of(book.add_worksheet().set_name(sheet.name)?, sheet, lines, about)?;
    }
    book.save_to_buffer()
}

/// A sheet: its name, on the first one what is said of the whole below the rows, and set up for A4.
#[expect(clippy::too_many_lines, reason = "the set-up of a page, an entry a line")]
fn sheet_of(
    sheet: &mut Worksheet,
    of: &ResultSheet,
    lines: &[(String, String)],
    about: &About,
) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(14);
    sheet.write_string_with_format(0, 0, storable(&format!("{}　{}", about.title, of.name)), &title)?;
    let head = Format::new()
        .set_bold()
        .set_font_size(SIZE)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00E3_EDF6))
        .set_border(FormatBorder::Thin);
    let cell = || {
        let plain = Format::new().set_font_size(SIZE).set_text_wrap();
        plain.set_align(FormatAlign::Top).set_border(FormatBorder::Hair)
    };
    let text = cell();
    let link = cell().set_font_color(Color::RGB(0x0005_63C1)).set_underline(FormatUnderline::Single);
    for (column, (words, width)) in (0_u16..).zip(&of.heads) {
        sheet.write_string_with_format(HEAD, column, *words, &head)?;
        sheet.set_column_width(column, f64::from(*width))?;
    }
    let words = of.heads.iter().map(|(words, _)| *words);
    sheet.set_row_height(HEAD, height(words.zip(of.heads.iter().map(|(_, width)| *width))))?;
    for (row, cells) in (FIRST..).zip(&of.rows) {
        let told = cells.iter().map(SheetCell::words).zip(of.heads.iter().map(|(_, width)| *width));
        sheet.set_row_height(row, height(told))?;
        for (column, shown) in (0_u16..).zip(cells) {
            match shown {
                SheetCell::Nothing => sheet.write_blank(row, column, &text)?,
                SheetCell::Text(words) => {
                    sheet.write_string_with_format(row, column, storable(words), &text)?
                }
                SheetCell::Number(digits, places) => match exact(digits) {
                    Some(number) => {
                        let zeros = "0".repeat((*places).min(MOST_PLACES));
                        let shape = if zeros.is_empty() { "0".to_owned() } else { format!("0.{zeros}") };
                        sheet.write_number_with_format(row, column, number, &cell().set_num_format(shape))?
                    }
                    None => sheet.write_string_with_format(row, column, storable(digits), &text)?,
                },
                SheetCell::Link(words, to, at) if row < MOST_LINKED => {
                    let target = format!("internal:'{to}'!A{}", at.saturating_add(FIRST).saturating_add(1));
                    let shown = linkable(words);
                    sheet.write_url_with_options(row, column, target.as_str(), &shown, "", Some(&link))?
                }
                SheetCell::Link(words, ..) => {
                    sheet.write_string_with_format(row, column, storable(words), &text)?
                }
            };
        }
    }
    let count = u32::try_from(of.rows.len()).unwrap_or(u32::MAX);
    let last_row = HEAD.saturating_add(count);
    let last = u16::try_from(of.heads.len().saturating_sub(1)).unwrap_or(0);
    for (row, (label, value)) in (last_row.saturating_add(2)..).zip(lines) {
        sheet.write_string(row, 0, storable(&format!("{label}：{value}")))?;
    }
    sheet.ignore_error_range(FIRST, 0, last_row.max(FIRST), last, IgnoreError::NumberStoredAsText)?;
    sheet.set_freeze_panes(FIRST, of.fixed)?;
    sheet.autofilter(HEAD, 0, last_row.max(FIRST), last)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEAD, HEAD)?;
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    if let Some(mark) = &about.mark {
        sheet.set_header(format!("&C{}", storable(mark).replace('&', "&&")));
    }
    sheet.set_footer("&L&A&R第&P页，共&N页");
    Ok(())
}

/// The height of a row in points: programs that print do not widen rows by themselves.
fn height<'a>(cells: impl Iterator<Item = (&'a str, u8)>) -> u32 {
    let lines = |(text, width): (&str, u8)| {
        // A character of the plain text is narrower than one of those that widths count; Chinese ones take two.
        let wide = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        let room = usize::from(width.saturating_sub(1).max(2)).saturating_mul(11) / 9;
        wide.div_ceil(room.max(1)).max(1)
    };
    let most = cells.map(lines).max().unwrap_or(1).min(MOST_LINES);
    u32::try_from(most).unwrap_or(1).saturating_mul(LINE).saturating_add(2)
}

/// Size of the text in points, and height of its lines.
const SIZE: u32 = 9;
const LINE: u32 = 12;
/// Rows are 409 points high at most.
const MOST_LINES: usize = 33;

/// The row of heads, from zero; above it stands what the sheet is.
const HEAD: u32 = 1;
/// The first row below the heads.
const FIRST: u32 = 2;
/// A4 among the sizes of paper.
const A4: u8 = 9;
/// Spreadsheets count 65,530 links in a sheet; two columns of one have some.
const MOST_LINKED: u32 = 30_000;
/// Digits behind the point that a format shows.
const MOST_PLACES: usize = 30;
/// Digits of which a spreadsheet keeps every one.
const KEPT_DIGITS: usize = 15;

/// The number of digits that a spreadsheet holds exactly; others are shown as text.
fn exact(digits: &str) -> Option<f64> {
    let significant = digits.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit).count();
    digits.parse().ok().filter(|_| significant <= KEPT_DIGITS)
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

/// What a link shows: some of a long text.
fn linkable(text: &str) -> String {
    storable(text).chars().take(LONGEST_LINK).collect()
}

/// Spreadsheets hold 32,767 units of UTF-16 in a cell.
const LONGEST_TEXT: usize = 32_000;
/// Characters that a link shows.
const LONGEST_LINK: usize = 500;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_a_cell_of_a_workbook() {
        assert_eq!(storable(&"长".repeat(40_000)).chars().count(), 32_000);
        let pairs = storable(&"👍".repeat(40_000));
        assert_eq!(pairs.encode_utf16().count(), 32_000);
    }

    #[test]
    fn digits_that_a_spreadsheet_would_drop_stay_text() {
        for (digits, kept) in [("1868.4", true), ("0.00000123456789012345", true), ("-12", true)] {
            assert_eq!(exact(digits).is_some(), kept, "{digits}");
        }
        for digits in ["12345678901234567", "1.2345678901234567", "有", ""] {
            assert_eq!(exact(digits), None, "{digits}");
        }
    }
}
