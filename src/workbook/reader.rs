//! Bytes → cells: what a file is, told by its content, and the reader for it. The only file that names calamine.
//!
//! xlsx has a reader of its own ([`super::xlsx`]), which recovers from bad cells and sees formats, hidden parts and
//! merges in one pass. calamine reads xls, xlsb and ods, whole, under the worker's memory limit.

use std::io::Cursor;

use calamine::{
    Data, ExcelDateTime, ExcelDateTimeType, Ods, Reader as _, SheetType, SheetVisible, Xls, XlsOptions, Xlsb,
};

use super::biff::{self, SheetWalk};
use super::format::Display;
use super::package::Parts;
use super::sniff::{Container, Kind, of_streams, sniff};
use super::{Content, Fault, Limits, Look, Trouble, WireBook, WireCell, WireSheet, ods, xlsx};
use crate::files::Document;
use crate::ident::CellRef;

/// UTF-16, in which the text of BIFF8 stands whatever the code page record says.
const UTF16: u16 = 1200;

/// Reads a workbook of any format, told by its content.
///
/// # Errors
/// Fails with the reason that goes into the finding.
pub(super) fn read(bytes: Vec<u8>, limits: &Limits) -> Result<WireBook, Fault> {
    match sniff(&bytes).map_err(Fault::Other)? {
        Container::Zip => read_zip(bytes, limits),
        Container::Ole => read_ole(bytes, limits),
    }
}

/// Names of streams in an OLE file are stored as UTF-16.
fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn read_zip(bytes: Vec<u8>, limits: &Limits) -> Result<WireBook, Fault> {
    let mut parts = Parts::open(&bytes, limits)?;
    if let Some(book) = xlsx::read(&mut parts, limits)? {
        return Ok(book);
    }
    if parts.has("xl/workbook.bin") {
        let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| reason(&error))?;
        return whole(&mut book, "xlsb", None, &[], limits);
    }
    let kind = parts.kind();
    if let Kind::Document(_) = kind {
        return Err(Fault::Other(kind));
    }
    let Some(walks) = ods::walk(&mut parts, limits)? else {
        return Err(Fault::Other(kind));
    };
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| reason(&error))?;
    whole(&mut book, "ods", None, &walks, limits)
}

fn read_ole(bytes: Vec<u8>, limits: &Limits) -> Result<WireBook, Fault> {
    if contains(&bytes, &utf16("EncryptedPackage")) {
        return Err(Fault::Encrypted);
    }
    let has = |stream: &str| contains(&bytes, &utf16(stream));
    if !has("Workbook") && !has("Book") {
        // A damaged file may have lost its directory: only what is certainly something else is told as such.
        match of_streams(has) {
            Kind::Document(Document::Unknown) => {}
            kind => return Err(Fault::Other(kind)),
        }
    }
    let walk = biff::walk(&bytes);
    if walk.as_ref().is_some_and(|walk| walk.is_encrypted) {
        return Err(Fault::Encrypted);
    }
    let mut options = XlsOptions::default();
    options.force_codepage = walk.as_ref().is_some_and(|walk| walk.is_biff8).then_some(UTF16);
    let mut book: Xls<_> =
        Xls::new_with_options(Cursor::new(bytes), options).map_err(|error| reason(&error))?;
    let program = book.workbook_properties().ok().and_then(|properties| properties.application);
    let walks = walk.as_ref().map_or(&[][..], |walk| &walk.sheets);
    let mut read = whole(&mut book, "xls", program, walks, limits)?;
    read.is_linked = walk.is_some_and(|walk| walk.is_linked);
    Ok(read)
}

fn reason(error: &dyn std::fmt::Display) -> Fault {
    let text = error.to_string();
    let lower = text.to_lowercase();
    if lower.contains("password") || lower.contains("encrypt") {
        Fault::Encrypted
    } else {
        Fault::damaged(&text)
    }
}

/// Reads a format that calamine gives only as a whole; `walks` says what it does not tell, sheet by sheet.
fn whole<R>(
    book: &mut R,
    format: &str,
    program: Option<String>,
    walks: &[SheetWalk],
    limits: &Limits,
) -> Result<WireBook, Fault>
where
    R: calamine::Reader<Cursor<Vec<u8>>>,
    R::Error: std::fmt::Display,
{
    let listed: Vec<_> = book.sheets_metadata().to_vec();
    let nothing = SheetWalk::default();
    let mut sheets = Vec::new();
    let mut count = 0;
    for (index, listed) in listed.iter().enumerate() {
        if listed.typ != SheetType::WorkSheet {
            continue;
        }
        let walk = walks.get(index).unwrap_or(&nothing);
        let mut sheet = WireSheet {
            name: listed.name.clone(),
            visible: listed.visible == SheetVisible::Visible,
            hidden_rows: walk.hidden_rows.clone(),
            hidden_columns: walk.hidden_columns.clone(),
            merges: walk.merges.clone(),
            ..WireSheet::default()
        };
        match book.worksheet_range(&listed.name) {
            Ok(range) => {
                let (top, left) = range.start().unwrap_or_default();
                for (row, column, value) in range.used_cells() {
                    // Positions of used cells count from the first used one.
                    let row = top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
                    let column = left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
                    sheet.cells.extend(cell(row, column, value, walk));
                }
            }
            Err(error) => sheet
                .troubles
                .push(Trouble {
                    at: CellRef::new(0, 0), what: format!("工作表不能读取（{error}）")
                }),
        }
        let held = |at: &CellRef| sheet.cells.iter().any(|cell| (cell.0, cell.1) == (at.row, at.column));
        let lost: Vec<CellRef> = walk.unread.iter().filter(|at| !held(at)).copied().collect();
        let damaged = |at: CellRef| {
            let content = Content::Damaged("公式的记录类型不认识".to_owned());
            WireCell(at.row, at.column, content, Display::Plain, false, None)
        };
        sheet.cells.extend(lost.into_iter().map(damaged));
        count += sheet.cells.len();
        if count > limits.cells {
            return Err(Fault::Limit(format!("单元格超过{}个", limits.cells)));
        }
        sheets.push(sheet);
    }
    let is_reduced = walks.len() != listed.len();
    Ok(WireBook { format: format.to_owned(), program, is_reduced, is_linked: false, sheets })
}

fn cell(row: u32, column: u32, value: &Data, walk: &SheetWalk) -> Option<WireCell> {
    let format = walk.formats.get(&(row, column));
    let show = |number: &str| format.map_or((Display::Plain, None), |format| format.show(number));
    let number = |number: String| {
        let (display, shown) = show(&number);
        let is_hidden = walk.hides_zeros && matches!(number.as_str(), "0" | "-0");
        let shown = if is_hidden { Some(String::new()) } else { shown };
        (Content::Number(number), display, shown)
    };
    let plain = |content: Content| (content, Display::Plain, None);
    let (content, display, shown) = match value {
        Data::Empty => return None,
        Data::String(text) if text.is_empty() => return None,
        Data::Int(value) => number(value.to_string()),
        Data::Float(value) => number(shortest(*value)),
        Data::String(text) => plain(Content::Text(text.clone())),
        Data::Bool(value) => plain(Content::Bool(*value)),
        Data::DateTime(date) => {
            let stored = shortest(date.as_f64());
            let (display, _) = show(&stored);
            let is_year = display == Display::Year && is_year(date.as_f64());
            let date = if is_year { None } else { iso(*date) };
            (date.map_or_else(|| Content::Number(stored), Content::Date), display, None)
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => (Content::Date(text.clone()), show("").0, None),
        Data::Error(error) => plain(Content::Error(error.to_string())),
    };
    let at = (row, column);
    let content = match (content, walk.texts.get(&at)) {
        (Content::Text(_), Some(text)) => Content::Text(text.clone()),
        (content, _) => content,
    };
    let mut look = walk.looks.get(&at).cloned().unwrap_or_default();
    look.is_struck |= walk.struck.contains(&at);
    look.shown = shown.or(look.shown).filter(|_| matches!(content, Content::Number(_)));
    let look = (look != Look::default()).then(|| Box::new(look));
    Some(WireCell(row, column, content, display, false, look))
}

/// The shortest decimal text that stands for the stored number, which is what was typed.
fn shortest(number: f64) -> String {
    format!("{number}")
}

/// A number as an xlsx sheet stores it → the shortest decimal text for it.
pub(super) fn number_text(text: &str) -> Option<String> {
    if is_shortest(text) {
        return Some(text.to_owned());
    }
    let is_plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    let number: f64 = text.parse().ok().filter(|_| is_plain)?;
    number.is_finite().then(|| shortest(number))
}

/// Whether a text is a decimal of at most fifteen digits without any that could be left out, as spreadsheets store most
/// numbers: then it is itself the shortest text for the number.
fn is_shortest(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits.len() <= 15
        && are_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(|rest| are_digits(rest) && !rest.ends_with('0'))
        && text != "-0"
}

/// A number shown as a date → the date; `None` when it is none, or when it is a year by itself: 2022 shown as `yyyy"年"`
/// reads 1905年, which nobody means.
pub(super) fn date_text(number: &str, is_1904: bool, display: Display) -> Option<String> {
    let number: f64 = number.parse().ok()?;
    if display == Display::Year && is_year(number) {
        return None;
    }
    iso(ExcelDateTime::new(number, ExcelDateTimeType::DateTime, is_1904))
}

fn is_year(number: f64) -> bool {
    (1900.0..=2100.0).contains(&number) && number.fract() == 0.0
}

/// Dates of spreadsheets end with the year 9999.
fn iso(date: ExcelDateTime) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&date.as_f64()) {
        return None;
    }
    let (year, month, day, hour, minute, _, _) = date.to_ymd_hms_milli();
    Some(if hour == 0 && minute == 0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_workbooks_are_told_from_other_files() {
        for bytes in [&b"PK\x03\x04broken"[..], b"\xD0\xCF\x11\xE0broken"] {
            let Err(Fault::Unreadable(reason)) = read(bytes.to_vec(), &Limits::default()) else {
                panic!("{bytes:?}")
            };
            assert!(reason.contains("损坏"), "{reason}");
        }
    }

    #[test]
    fn a_text_that_is_the_shortest_already_is_what_the_number_would_be_written_as() {
        for text in [
            "0",
            "-0",
            "7",
            "-7",
            "3.0",
            "3",
            "0.5",
            "00.5",
            ".5",
            "5.",
            "1e3",
            "-12.25",
            "123456789012345",
            "0.1234567890123",
            "1234567890123456",
            "",
            "-",
            "1.2.3",
            "+1",
        ] {
            if is_shortest(text) {
                assert_eq!(text.parse::<f64>().map(shortest).as_deref(), Ok(text));
            }
        }
        for text in ["0", "7", "-7", "0.5", "-12.25", "123456789012345"] {
            assert!(is_shortest(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_shortest_text_of_a_number_does_not_depend_on_how_it_is_found(mantissa in -99_999_999_999_999_i64..99_999_999_999_999, places in 0_u32..12) {
            let text = rust_decimal::Decimal::new(mantissa, places).to_string();
            proptest::prop_assert_eq!(number_text(&text), text.parse::<f64>().ok().map(shortest));
        }
    }

    #[test]
    fn numbers_are_kept_as_typed() {
        for (number, text) in [(2.675, "2.675"), (0.1, "0.1"), (1250.0, "1250"), (4.2109, "4.2109")] {
            assert_eq!(shortest(number), text);
        }
        for (stored, text) in [
            ("2.6749999999999998", Some("2.675")),
            ("1.25E3", Some("1250")),
            ("-", None),
            ("NaN", None),
            ("inf", None),
            ("1e999", None),
        ] {
            assert_eq!(number_text(stored).as_deref(), text, "{stored}");
        }
    }

    #[test]
    fn dates_are_told_from_years() {
        for (number, is_1904, display, expected) in [
            ("44562", false, Display::Date, Some("2022-01-01")),
            ("44562.5", false, Display::Date, Some("2022-01-01 12:00")),
            ("43100", true, Display::Date, Some("2022-01-01")),
            ("44562", false, Display::Year, Some("2022-01-01")),
            ("2022", false, Display::Year, None),
            ("-5", false, Display::Date, None),
            ("3000000", false, Display::Date, None),
        ] {
            assert_eq!(date_text(number, is_1904, display).as_deref(), expected, "{number}");
        }
    }
}
