//! Bytes → cells: what a file is, told by its content, and the reader for it. The only file that names calamine.
//!
//! xlsx has a reader of its own ([`super::xlsx`]), which recovers from bad cells and sees formats, hidden parts and
//! merges in one pass. calamine reads xls, xlsb and ods, whole, under the worker's memory limit.

use std::io::Cursor;

use calamine::{Data, Ods, Reader as _, SheetType, SheetVisible, Xls, XlsOptions, Xlsb};

use super::biff::{self, SheetWalk};
use super::display::Display;
use super::package::Parts;
use super::sniff::{Container, NoWorkbook, of_streams, sniff};
use super::stored::{is_year, iso, shortest};
use super::{
    Content, Damage, Fault, Limit, Limits, Look, Loss, Trouble, WireBook, WireCell, WireSheet, ods, xlsx,
};
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
    if let NoWorkbook::Document(_) = kind {
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
            NoWorkbook::Document(Document::Unknown) => {}
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
            Err(error) => {
                sheet.troubles.push(Trouble { at: CellRef::new(0, 0), what: Loss::Sheet(error.to_string()) })
            }
        }
        let held = |at: &CellRef| sheet.cells.iter().any(|cell| (cell.0, cell.1) == (at.row, at.column));
        let lost: Vec<CellRef> = walk.unread.iter().filter(|at| !held(at)).copied().collect();
        let damaged = |at: CellRef| {
            let content = Content::Damaged(Damage::UnknownFormula);
            WireCell(at.row, at.column, content, Display::Plain, false, None)
        };
        sheet.cells.extend(lost.into_iter().map(damaged));
        count += sheet.cells.len();
        if count > limits.cells {
            return Err(Fault::Limit(Limit::Cells { sheet: None, most: limits.cells }));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::Unreadable;

    #[test]
    fn damaged_workbooks_are_told_from_other_files() {
        for bytes in [&b"PK\x03\x04broken"[..], b"\xD0\xCF\x11\xE0broken"] {
            let Err(Fault::Unreadable(reason)) = read(bytes.to_vec(), &Limits::default()) else {
                panic!("{bytes:?}")
            };
            assert!(matches!(reason, Unreadable::Broken(_)), "{reason:?}");
        }
    }
}
