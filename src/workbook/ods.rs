//! What an ods workbook (OpenDocument 1.3, part 3) says of its cells beyond their values: percentages, hidden rows and
//! columns, merges. The values themselves are calamine's work, which waits for ever where a table is cut off and
//! unfolds what is repeated: both are refused here first.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, RoundingStrategy};

use super::biff::SheetWalk;
use super::display::Display;
use super::format::NumberFormat;
use super::package::{Attributes, Parts, Piece};
use super::runs::{Runs, Script};
use super::{Area, Fault, Limit, Limits};
use crate::ident::CellRef;

/// Walks through the tables; `None` when the archive has no content.
///
/// # Errors
/// Fails where the content stops being XML, and when it unfolds to more cells than the limit.
pub(super) fn walk(parts: &mut Parts<'_>, limits: &Limits) -> Result<Option<Vec<SheetWalk>>, Fault> {
    let Some(xml) = parts.xml("content.xml")? else { return Ok(None) };
    let mut walk = OdsWalk::default();
    let read = xml.visit(|piece| {
        match piece {
            Piece::Start(name, with) => walk.start(name, with),
            Piece::End(name) => walk.end(name),
            Piece::Text(text) => walk.text(&text),
            Piece::Unknown(_) => {}
        }
        walk.cells <= limits.cells
    });
    if walk.cells > limits.cells {
        return Err(Fault::Limit(Limit::Cells { sheet: None, most: limits.cells }));
    }
    read.map_err(Fault::broken)?;
    Ok(Some(walk.sheets))
}

/// How much is kept of a text that is seen in place of a number, in characters.
const LONGEST_SEEN: usize = 100;

#[derive(Default)]
struct OdsWalk {
    sheets: Vec<SheetWalk>,
    /// How deep in tables: a cell may hold another one, which does not count.
    depth: usize,
    row: u32,
    rows: u32,
    column: u32,
    /// The cell that is being read: how often it is repeated.
    repeated: u32,
    display: Display,
    is_filled: bool,
    cells: usize,
    /// Its kind, value and style.
    kind: String,
    value: String,
    style: String,
    /// Its text as people see it, and how many paragraphs that has.
    seen: Runs,
    paragraphs: usize,
    /// Whether parts of the text look different.
    is_rich: bool,
    /// How deep in notes of cells, whose text is none of the cell's.
    notes: usize,
    /// Styles of the parts of text that are being read.
    spans: Vec<String>,
    /// The style that is being read, and those that strike out or stand above the line.
    naming: String,
    strikes: BTreeSet<String>,
    raises: BTreeSet<String>,
    /// Those that set text below it.
    lowers: BTreeSet<String>,
}

impl OdsWalk {
    fn start(&mut self, name: &str, with: &Attributes<'_>) {
        if name == "table" {
            self.depth += 1;
            if self.depth == 1 {
                self.sheets.push(SheetWalk::default());
                (self.row, self.rows, self.column) = (0, 0, 0);
            }
        }
        match name {
            "style" => self.naming = with.get("name"),
            "text-properties" => self.style(with),
            "annotation" => self.notes += 1,
            "p" if self.notes == 0 => self.paragraphs += 1,
            "span" if self.notes == 0 => {
                self.spans.push(with.get("style-name"));
                self.span();
            }
            _ => {}
        }
        if self.depth != 1 {
            return;
        }
        let count = |name: &str| with.get(name).parse::<u32>().unwrap_or(1).max(1);
        let is_hidden = matches!(with.get("visibility").as_str(), "collapse" | "filter");
        let Some(sheet) = self.sheets.last_mut() else { return };
        match name {
            "table-column" => {
                let last = self.column.saturating_add(count("number-columns-repeated"));
                if is_hidden {
                    sheet.hidden_columns.push((self.column, last - 1));
                }
                self.column = last;
            }
            "table-row" => {
                self.row = self.row.saturating_add(self.rows);
                self.rows = count("number-rows-repeated");
                self.column = 0;
                if is_hidden {
                    sheet.hidden_rows.push((self.row, self.row.saturating_add(self.rows - 1)));
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.repeated = count("number-columns-repeated");
                self.kind = with.get("value-type");
                self.value = with.get("value");
                self.style = with.get("style-name");
                self.seen.clear();
                (self.paragraphs, self.is_rich) = (0, false);
                self.spans.clear();
                self.is_filled = !self.kind.is_empty();
                self.display = if self.kind == "percentage" { Display::Percent } else { Display::Plain };
                let (rows, columns) = (count("number-rows-spanned"), count("number-columns-spanned"));
                if rows > 1 || columns > 1 {
                    let last = (self.row.saturating_add(rows - 1), self.column.saturating_add(columns - 1));
                    let (first, last) = (CellRef::new(self.row, self.column), CellRef::new(last.0, last.1));
                    sheet.merges.push(Area { first, last });
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "table" => self.depth = self.depth.saturating_sub(1),
            "annotation" => self.notes = self.notes.saturating_sub(1),
            "span" if self.notes == 0 => {
                self.spans.pop();
                self.span();
            }
            "table-cell" | "covered-table-cell" if self.depth == 1 => {
                if self.is_filled {
                    let times = u64::from(self.repeated) * u64::from(self.rows);
                    self.cells = self.cells.saturating_add(usize::try_from(times).unwrap_or(usize::MAX));
                    self.show();
                }
                self.column = self.column.saturating_add(self.repeated);
                self.is_filled = false;
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.is_filled |= !text.trim().is_empty();
        if self.depth == 1 && self.notes == 0 && self.paragraphs > 0 {
            self.seen.push(text);
        }
    }

    /// Notes what the style that is being read does to text.
    fn style(&mut self, with: &Attributes<'_>) {
        let position = with.get("text-position");
        if position.starts_with("super") {
            self.raises.insert(self.naming.clone());
        }
        if position.starts_with("sub") {
            self.lowers.insert(self.naming.clone());
        }
        if !matches!(with.get("text-line-through-style").as_str(), "" | "none") {
            self.strikes.insert(self.naming.clone());
        }
    }

    /// Takes on the look of the part of text that is being read.
    fn span(&mut self) {
        let is_struck = self.spans.iter().any(|style| self.strikes.contains(style));
        let stands = if self.spans.iter().any(|style| self.raises.contains(style)) {
            Script::Raised
        } else if self.spans.iter().any(|style| self.lowers.contains(style)) {
            Script::Lowered
        } else {
            Script::Line
        };
        self.is_rich |= is_struck || stands != Script::Line;
        self.seen.look(is_struck, stands);
    }

    /// Notes how the cells that a repeated one stands for are shown; a hundred each way are enough for any form.
    fn show(&mut self) {
        let (text, look) = self.seen.finish();
        let mut look = look.map(|look| *look);
        let (display, shown) = self.seen_as(&text);
        if let Some(shown) = shown {
            look.get_or_insert_default().shown = Some(shown);
        }
        if self.strikes.contains(&self.style) {
            look.get_or_insert_default().is_struck = true;
        }
        let is_one = self.rows == 1 && self.repeated == 1 && self.paragraphs == 1;
        let text = (self.is_rich && self.kind == "string" && is_one).then_some(text);
        if display == Display::Plain && look.is_none() && text.is_none() {
            return;
        }
        let Some(sheet) = self.sheets.last_mut() else { return };
        for row in (self.row..).take(self.rows.min(100) as usize) {
            for column in (self.column..).take(self.repeated.min(100) as usize) {
                let at = (row, column);
                sheet.formats.insert(at, NumberFormat::Simple(display));
                sheet.looks.extend(look.clone().map(|look| (at, look)));
                sheet.texts.extend(text.clone().map(|text| (at, text)));
            }
        }
    }

    /// How the cell is shown by the text that the workbook keeps beside the value, and that text where it is not simply
    /// the number. A workbook may keep none.
    fn seen_as(&self, text: &str) -> (Display, Option<String>) {
        if self.kind == "date" {
            let (has_month, has_day) = (text.contains('月'), text.contains('日'));
            return match text.trim().ends_with(['年', '月']) {
                true if has_month && !has_day => (Display::Month, None),
                true if !has_day => (Display::Year, None),
                _ => (self.display, None),
            };
        }
        if !matches!(self.kind.as_str(), "float" | "currency") || self.paragraphs == 0 {
            return (self.display, None);
        }
        let number = |text: &str| text.parse().or_else(|_| Decimal::from_scientific(text)).ok();
        let Some(value) = number(&self.value) else { return (self.display, None) };
        let plain: String =
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '¥' | '￥' | '+')).collect();
        let plain = plain.replace('−', "-");
        let inner = plain.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
        let seen = match inner.filter(|_| value < Decimal::ZERO) {
            Some(inner) => number(inner).map(|seen| -seen),
            None => number(&plain),
        };
        let is_same = |seen: &Decimal| {
            value.round_dp_with_strategy(seen.scale(), RoundingStrategy::MidpointAwayFromZero) == *seen
        };
        match seen.filter(is_same).map(|seen| u8::try_from(seen.scale())) {
            Some(Ok(_)) if plain == self.value => (Display::Plain, None),
            Some(Ok(decimals)) => (Display::Fixed(decimals), None),
            _ => (Display::Plain, Some(text.trim().chars().take(LONGEST_SEEN).collect())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn walked(cells: &str) -> SheetWalk {
        let content = format!(
            "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\"><office:automatic-styles>\
             <style:style style:name=\"up\"><style:text-properties style:text-position=\"super 58%\"/></style:style>\
             <style:style style:name=\"out\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
             </office:automatic-styles><office:body><table:table><table:table-row>{cells}</table:table-row></table:table></office:body></office:document-content>"
        );
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        let limits = Limits::default();
        let mut parts = Parts::open(&bytes, &limits).unwrap();
        walk(&mut parts, &limits).unwrap().unwrap().remove(0)
    }

    fn cell(kind: &str, value: &str, seen: &str) -> SheetWalk {
        walked(&format!(
            "<table:table-cell office:value-type=\"{kind}\" office:value=\"{value}\">{seen}</table:table-cell>"
        ))
    }

    #[test]
    fn what_is_seen_is_held_against_the_value() {
        for (kind, value, seen, display, shown) in [
            ("float", "1868.4", "<text:p>1868.4</text:p>", None, None),
            ("float", "1.1", "<text:p>1.10</text:p>", Some(Display::Fixed(2)), None),
            ("float", "1868.4", "<text:p>1,868</text:p>", Some(Display::Fixed(0)), None),
            ("float", "-12", "<text:p>(12.0)</text:p>", Some(Display::Fixed(1)), None),
            ("currency", "5", "<text:p>￥5.00</text:p>", Some(Display::Fixed(2)), None),
            ("float", "0", "<text:p></text:p>", Some(Display::Plain), Some("")),
            ("float", "0", "<text:p>-</text:p>", Some(Display::Plain), Some("-")),
            ("float", "83.1", "<text:p>83.1‰</text:p>", Some(Display::Plain), Some("83.1‰")),
            ("float", "12", "<text:p>(12.0)</text:p>", Some(Display::Plain), Some("(12.0)")),
            ("float", "5", "", None, None),
            (
                "float",
                "5",
                "<office:annotation><text:p>注</text:p></office:annotation><text:p>5</text:p>",
                None,
                None,
            ),
            ("percentage", "0.067", "<text:p>6.7%</text:p>", Some(Display::Percent), None),
            ("date", "", "<text:p>2023年</text:p>", Some(Display::Year), None),
            ("date", "", "<text:p>2023年12月</text:p>", Some(Display::Month), None),
        ] {
            let sheet = cell(kind, value, seen);
            let format = display.map(NumberFormat::Simple);
            assert_eq!(sheet.formats.get(&(0, 0)), format.as_ref(), "{value} {seen}");
            let found = sheet.looks.get(&(0, 0)).and_then(|look| look.shown.as_deref());
            assert_eq!(found, shown, "{value} {seen}");
        }
    }

    #[test]
    fn marks_above_the_line_and_struck_words_are_told_apart() {
        let sheet = cell("string", "", "<text:p>861<text:span text:style-name=\"up\">1</text:span></text:p>");
        assert_eq!(sheet.texts[&(0, 0)], "861¹");
        let sheet =
            cell("string", "", "<text:p><text:span text:style-name=\"out\">35</text:span>37</text:p>");
        assert_eq!((sheet.texts[&(0, 0)].as_str(), sheet.looks[&(0, 0)].struck.as_str()), ("37", "35"));
        let sheet = walked(
            "<table:table-cell table:style-name=\"out\" office:value-type=\"float\" office:value=\"5\"/>",
        );
        assert!(sheet.looks[&(0, 0)].is_struck);
    }
}
