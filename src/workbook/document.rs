//! A word document (docx, ECMA-376 part 1) as lines of text: a paragraph a line, and a row of a table a line with bars between
//! its cells.

use super::package::{Attributes, Parts, Piece};
use super::{Fault, Limit, Limits};

/// The longest text that is taken of a document, in bytes. The longest plan that is known has a fifth of it.
pub const LONGEST_DOCUMENT: usize = 1 << 20;

/// The part that holds the text.
const BODY: &str = "word/document.xml";

/// The text of a document; `None` when the archive holds none. Deleted text is left out; numbers that the program puts before
/// paragraphs by itself are not in the text.
///
/// # Errors
/// Fails when the archive is damaged or exceeds a limit, or where its text stops being XML.
pub(super) fn document_text(bytes: &[u8], limits: &Limits) -> Result<Option<String>, Fault> {
    let mut parts = Parts::open(bytes, limits)?;
    let Some(xml) = parts.xml(BODY)? else { return Ok(None) };
    let mut reader = DocumentReader::default();
    let read = xml.visit(|piece| {
        match piece {
            Piece::Start(name, with) => reader.start(name, with),
            Piece::End(name) => reader.end(name),
            Piece::Text(text) if reader.is_text => reader.push(&text),
            _ => {}
        }
        reader.length <= LONGEST_DOCUMENT
    });
    read.map_err(Fault::broken)?;
    if reader.length > LONGEST_DOCUMENT {
        return Err(Fault::Limit(Limit::Text(LONGEST_DOCUMENT >> 10)));
    }
    Ok(Some(reader.lines.concat()))
}

#[derive(Default)]
struct DocumentReader {
    lines: Vec<String>,
    /// Bytes of what was taken so far, cells and ends of lines among them.
    length: usize,
    paragraph: String,
    /// The tables that are open, the inner one last.
    tables: Vec<DocumentRow>,
    is_text: bool,
    /// How many elements are open whose text is not that of the document.
    passed_over: usize,
}

/// The row that is being read.
#[derive(Default)]
struct DocumentRow {
    cells: Vec<String>,
    /// How many columns the cell spans.
    span: usize,
    /// Whether the cell goes on from the row above.
    goes_on: bool,
}

/// Elements whose text is that of another element, or none of the document.
const PASSED_OVER: [&str; 3] = ["Fallback", "del", "moveFrom"];

impl DocumentReader {
    fn start(&mut self, name: &str, with: &Attributes<'_>) {
        if PASSED_OVER.contains(&name) {
            self.passed_over += 1;
        }
        match name {
            "t" => self.is_text = self.passed_over == 0,
            "tab" | "br" | "cr" => self.push(" "),
            "tbl" => {
                self.end_paragraph();
                self.tables.push(DocumentRow::default());
            }
            "tr" => {
                if let Some(row) = self.tables.last_mut() {
                    row.cells.clear();
                }
            }
            "tc" => {
                if let Some(row) = self.tables.last_mut() {
                    (row.span, row.goes_on) = (1, false);
                    row.cells.push(String::new());
                }
            }
            "gridSpan" => {
                if let Some(row) = self.tables.last_mut() {
                    row.span = with.get("val").parse().unwrap_or(1).clamp(1, MOST_COLUMNS);
                }
            }
            "vMerge" => {
                if let Some(row) = self.tables.last_mut() {
                    row.goes_on = with.get("val") != "restart";
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if PASSED_OVER.contains(&name) {
            self.passed_over = self.passed_over.saturating_sub(1);
        }
        match name {
            "t" => self.is_text = false,
            "p" => self.end_paragraph(),
            "tc" => {
                if let Some(row) = self.tables.last_mut() {
                    if row.goes_on
                        && let Some(cell) = row.cells.last_mut()
                    {
                        cell.clear();
                    }
                    self.length = self.length.saturating_add(row.span);
                    let empty = std::iter::repeat_n(String::new(), row.span.saturating_sub(1));
                    row.cells.extend(empty);
                }
            }
            "tr" => self.end_row(),
            "tbl" => drop(self.tables.pop()),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        self.length = self.length.saturating_add(text.len());
        self.paragraph.push_str(text);
    }

    /// A paragraph is a line, or a part of the cell in which it stands.
    fn end_paragraph(&mut self) {
        self.length = self.length.saturating_add(1);
        let text = std::mem::take(&mut self.paragraph);
        let text = text.trim();
        match self.tables.last_mut().and_then(|row| row.cells.last_mut()) {
            Some(cell) => {
                if !cell.is_empty() && !text.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&in_cell(text));
            }
            None => self.lines.push(format!("{}\n", one_line(text))),
        }
    }

    /// The row of an inner table is a part of the cell in which it stands.
    fn end_row(&mut self) {
        let Some(row) = self.tables.last_mut() else { return };
        let cells = std::mem::take(&mut row.cells);
        let depth = self.tables.len();
        if depth == 1 {
            self.lines.push(row_line(&cells));
            return;
        }
        let inner = cells.join(" ");
        if let Some(cell) = self.tables.get_mut(depth - 2).and_then(|row| row.cells.last_mut()) {
            cell.push_str(&inner);
        }
    }
}

/// More columns than any table has.
const MOST_COLUMNS: usize = 200;

/// A row of a table as a line: its cells between bars.
pub fn row_line(cells: &[String]) -> String {
    format!("| {} |\n", cells.iter().map(|cell| in_cell(cell)).collect::<Vec<_>>().join(" | "))
}

/// A text that parts no cells.
fn in_cell(text: &str) -> String {
    one_line(text).replace('|', "/")
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write as _};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn docx(body: &str) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
        let text = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
        archive.write_all(text.as_bytes()).unwrap();
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn paragraphs_are_lines_and_rows_have_bars_between_their_cells() {
        let cell = |text: &str, with: &str| {
            format!("<w:tc><w:tcPr>{with}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
        };
        let rows = [
            [cell("类别", ""), cell("指标", "<w:gridSpan w:val='2'/>")].concat(),
            [cell("投入", "<w:vMerge w:val='restart'/>"), cell("研发|强度", ""), cell("3.0", "")].concat(),
            [cell("投入", "<w:vMerge/>"), cell("人员", ""), cell("5", "")].concat(),
        ];
        let rows: String = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect();
        let body = format!(
            "<w:p><w:r><w:t>一、目标</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p><w:tbl>{rows}</w:tbl><w:p/>"
        );
        let text = document_text(&docx(&body), &Limits::default()).unwrap().unwrap();
        assert_eq!(text, "一、目标\n\n| 类别 | 指标 |  |\n| 投入 | 研发/强度 | 3.0 |\n|  | 人员 | 5 |\n\n");
    }
}
