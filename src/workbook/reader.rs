//! Bytes → cells. The only file that names calamine; it runs in the worker process.
//!
//! xlsx is streamed cell by cell: building calamine's dense range would ask for the whole box between the first and
//! the last used cell. The other formats are read as calamine gives them, under the worker's memory limit.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader as _, SheetType, SheetVisible, Xls, Xlsb, Xlsx};

use super::{Cell, Content, WireBook, WireSheet};

const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u32 = 16_383;
const MOST_CELLS: usize = 5_000_000;

/// Reads a workbook of any format, told by its content.
///
/// # Errors
/// Fails with a reason in words that goes into the finding.
pub(super) fn read(bytes: Vec<u8>) -> Result<WireBook, String> {
    match sniff(&bytes)? {
        Format::Zip => read_zip(bytes),
        Format::Ole if contains(&bytes, &utf16("EncryptedPackage")) => Err(ENCRYPTED.to_owned()),
        Format::Ole => {
            let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| reason(&error))?;
            let program = book.workbook_properties().ok().and_then(|properties| properties.application);
            whole(&mut book, "xls", program)
        }
    }
}

const ENCRYPTED: &str = "工作簿已加密（设了打开密码；只读或保护工作簿也会加密）";

/// Names of streams in an OLE file are stored as UTF-16.
fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

enum Format {
    Zip,
    Ole,
}

fn sniff(bytes: &[u8]) -> Result<Format, String> {
    let head = bytes.get(..512.min(bytes.len())).unwrap_or_default();
    let text = String::from_utf8_lossy(head).to_lowercase();
    match head {
        [] => Err("文件为空，长度为0".to_owned()),
        [b'P', b'K', 3, 4, ..] => Ok(Format::Zip),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Ok(Format::Ole),
        _ if text.contains("<html") || text.contains("<table") => {
            Err("内容是网页（HTML），不是Excel工作簿".to_owned())
        }
        _ if text.contains("<?xml") => Err("内容是XML表格2003，不是.xlsx工作簿".to_owned()),
        _ => Err("内容不是Excel工作簿".to_owned()),
    }
}

fn read_zip(bytes: Vec<u8>) -> Result<WireBook, String> {
    match Xlsx::new(Cursor::new(bytes.clone())) {
        Ok(book) => read_xlsx(book),
        Err(xlsx_error) => {
            if let Ok(mut book) = Xlsb::new(Cursor::new(bytes.clone())) {
                return whole(&mut book, "xlsb", None);
            }
            match Ods::new(Cursor::new(bytes)) {
                Ok(mut book) => whole(&mut book, "ods", None),
                Err(_) => Err(reason(&xlsx_error)),
            }
        }
    }
}

fn reason(error: &dyn std::fmt::Display) -> String {
    let text = error.to_string();
    let lower = text.to_lowercase();
    if lower.contains("password") || lower.contains("encrypt") {
        ENCRYPTED.to_owned()
    } else {
        format!("文件损坏或不完整（{text}）")
    }
}

fn read_xlsx(mut book: Xlsx<Cursor<Vec<u8>>>) -> Result<WireBook, String> {
    let program = book.workbook_properties().ok().and_then(|properties| properties.application);
    let sheets: Vec<_> = book.sheets_metadata().to_vec();
    let mut found = Vec::new();
    let mut count = 0;
    for sheet in sheets {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let cells = stream(&mut book, &sheet.name, &mut count)?;
        found.push(WireSheet {
            visible: sheet.visible == SheetVisible::Visible,
            name: sheet.name,
            cells: cells.into_iter().map(|((row, column), cell)| (row, column, cell)).collect(),
        });
    }
    Ok(WireBook { format: "xlsx".to_owned(), program, sheets: found })
}

fn stream(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    count: &mut usize,
) -> Result<BTreeMap<(u32, u32), Cell>, String> {
    let mut cells = BTreeMap::new();
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| reason(&error))?;
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| reason(&error))? {
        let (row, column) = cell.get_position();
        if row > LAST_ROW || column > LAST_COLUMN {
            return Err(format!("工作表“{name}”有超出表格范围的单元格地址"));
        }
        let Some(content) = content_of_ref(cell.get_value()) else { continue };
        *count += 1;
        if *count > MOST_CELLS {
            return Err(format!("单元格超过{MOST_CELLS}个"));
        }
        let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
        let format = format.map(|format| format.format_code.clone()).filter(|code| code != "General");
        cells.insert((row, column), Cell { content, format });
    }
    drop(reader);
    let mut formulas = book.worksheet_cells_reader(name).map_err(|error| reason(&error))?;
    while let Some(record) = formulas.next_cell_with_formula_metadata().map_err(|error| reason(&error))? {
        let empty = match &record.value {
            DataRef::Empty => true,
            DataRef::String(text) => text.is_empty(),
            _ => false,
        };
        if empty && record.formula.is_some() {
            cells.insert(record.pos, Cell { content: Content::NoResult, format: None });
        }
    }
    Ok(cells)
}

fn content_of_ref(value: &DataRef<'_>) -> Option<Content> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) if text.is_empty() => return None,
        DataRef::SharedString("") => return None,
        DataRef::Int(number) => Content::Number(number.to_string()),
        DataRef::Float(number) => Content::Number(shortest(*number)),
        DataRef::String(text) => Content::Text(text.clone()),
        DataRef::SharedString(text) => Content::Text((*text).to_owned()),
        DataRef::Bool(value) => Content::Bool(*value),
        DataRef::DateTime(date) => Content::Date(iso(*date)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Content::Date(text.clone()),
        DataRef::Error(error) => Content::Error(error.to_string()),
    })
}

/// Reads a format that calamine gives only as a whole.
fn whole<R>(book: &mut R, format: &str, program: Option<String>) -> Result<WireBook, String>
where
    R: calamine::Reader<Cursor<Vec<u8>>>,
    R::Error: std::fmt::Display,
{
    let sheets: Vec<_> = book.sheets_metadata().to_vec();
    let mut found = Vec::new();
    for sheet in sheets {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let range = book.worksheet_range(&sheet.name).map_err(|error| reason(&error))?;
        let (top, left) = range.start().unwrap_or_default();
        let mut cells = Vec::new();
        for (row, column, value) in range.used_cells() {
            // Positions of used cells count from the first used one.
            let row = top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
            let column = left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
            if let Some(content) = content_of(value) {
                cells.push((row, column, Cell { content, format: None }));
            }
        }
        found.push(WireSheet { visible: sheet.visible == SheetVisible::Visible, name: sheet.name, cells });
    }
    Ok(WireBook { format: format.to_owned(), program, sheets: found })
}

fn content_of(value: &Data) -> Option<Content> {
    Some(match value {
        Data::Empty => return None,
        Data::String(text) if text.is_empty() => return None,
        Data::Int(number) => Content::Number(number.to_string()),
        Data::Float(number) => Content::Number(shortest(*number)),
        Data::String(text) => Content::Text(text.clone()),
        Data::Bool(value) => Content::Bool(*value),
        Data::DateTime(date) => Content::Date(iso(*date)),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Content::Date(text.clone()),
        Data::Error(error) => Content::Error(error.to_string()),
    })
}

/// The shortest decimal text that stands for the stored number, which is what was typed.
fn shortest(number: f64) -> String {
    format!("{number}")
}

fn iso(date: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, _, _) = date.to_ymd_hms_milli();
    if hour == 0 && minute == 0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_what_a_file_is() {
        for (bytes, part) in [
            (&b""[..], "为空"),
            (b"<html><table>", "网页"),
            (b"<?xml version=\"1.0\"?><Workbook>", "XML"),
            (b"a,b\n1,2", "不是Excel"),
            (b"PK\x03\x04broken", "损坏"),
            (b"\xD0\xCF\x11\xE0broken", "损坏"),
        ] {
            let error = read(bytes.to_vec()).unwrap_err();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn numbers_are_kept_as_typed() {
        for (number, text) in [(2.675, "2.675"), (0.1, "0.1"), (1250.0, "1250"), (4.2109, "4.2109")] {
            assert_eq!(shortest(number), text);
        }
    }
}
