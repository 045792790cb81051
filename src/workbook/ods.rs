//! An ods workbook (OpenDocument 1.3, part 3) → its sheets. What is repeated is unfolded within the limit of cells.

use std::collections::BTreeSet;

use super::bounds::{LONGEST_STORED, LONGEST_TEXT, too_long};
use super::conditional;
use super::display::Display;
use super::ods_cell::{LONGEST_SEEN, OdsCell};
use super::ods_styles::{OdsRules, OdsStyles};
use super::package::{Attributes, Parts, Piece};
use super::runs::Script;
use super::stored::number_text;
use super::{
    Area, BookMarks, Breakage, Content, Damage, Fault, Limit, Limits, Look, WireBook, WireCell, WireSheet,
};
use crate::ident::CellRef;

const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u32 = 16_383;
/// How many blanks of one that is repeated are kept.
const MOST_BLANKS: usize = 100;

/// Reads the tables; `None` when the archive has no content.
///
/// # Errors
/// Fails when the workbook is encrypted, where its content stops being XML, and when it unfolds to more cells than the limit.
pub(super) fn read(parts: &mut Parts<'_>, limits: &Limits) -> Result<Option<WireBook>, Fault> {
    if is_encrypted(parts)? {
        return Err(Fault::Encrypted);
    }
    let mut walk = OdsWalk { most: limits.cells, ..OdsWalk::default() };
    walk.shared_styles(parts)?;
    let Some(xml) = parts.xml("content.xml")? else { return Ok(None) };
    let read = xml.visit(|piece| {
        match piece {
            Piece::Start(name, with) => walk.start(name, with),
            Piece::End(name) => walk.end(name),
            Piece::Text(text) => walk.text(&text),
            Piece::Unknown(name) => walk.unknown(name),
        }
        walk.cells <= limits.cells && walk.merges <= limits.merges
    });
    if walk.cells > limits.cells {
        return Err(Fault::Limit(Limit::Cells { sheet: None, most: limits.cells }));
    }
    if walk.merges > limits.merges {
        let sheet = walk.sheets.last().map(|sheet| sheet.name.clone()).unwrap_or_default();
        return Err(Fault::Limit(Limit::Merges { sheet, most: limits.merges }));
    }
    read.map_err(Fault::broken)?;
    walk.conditional()?;
    let (format, sheets) = ("ods".to_owned(), walk.sheets);
    Ok(Some(WireBook { format, program: None, is_linked: false, sheets, marks: BookMarks::default() }))
}

/// Whether the list of parts says that one of them is encrypted.
fn is_encrypted(parts: &mut Parts<'_>) -> Result<bool, Fault> {
    let Some(xml) = parts.xml("META-INF/manifest.xml")? else { return Ok(false) };
    let mut found = false;
    // A damaged list says nothing.
    _ = xml.visit(|piece| {
        found |= matches!(piece, Piece::Start("encryption-data", _));
        !found
    });
    Ok(found)
}

/// How a part of a text looks, by its own style and those around it.
#[derive(Clone, Copy, Default)]
struct OdsSpan {
    is_struck: bool,
    is_raised: bool,
    is_lowered: bool,
}

#[derive(Default)]
struct OdsWalk {
    sheets: Vec<WireSheet>,
    /// How deep in tables: a cell may hold another one, which does not count.
    depth: usize,
    /// Whether the table that is being read is a sheet: others have no name.
    is_sheet: bool,
    /// The prefix of its name: no other element is a row or cell of it.
    prefix: String,
    is_foreign_row: bool,
    row: u32,
    rows: u32,
    column: u32,
    cell: OdsCell,
    cells: usize,
    merges: usize,
    most: usize,
    /// How deep in notes of cells, whose text is none of the cell's.
    notes: usize,
    /// The parts of text that are being read, each within the one before: archives of a few KiB hold millions.
    spans: Vec<OdsSpan>,
    /// The style that is being read, and those that strike out or stand above the line.
    naming: String,
    strikes: BTreeSet<String>,
    raises: BTreeSet<String>,
    /// Those that set text below it.
    lowers: BTreeSet<String>,
    /// Those of tables that are not shown.
    hides: BTreeSet<String>,
    /// What styles do to the cells that have them, and rules.
    styles: OdsStyles,
    rules: OdsRules,
    /// The styles of the cells of the sheet that is read, and of those before.
    worn: Vec<Vec<usize>>,
}

impl OdsWalk {
    /// Reads the styles that the workbook's own ones build on, and those that conditional formats name.
    fn shared_styles(&mut self, parts: &mut Parts<'_>) -> Result<(), Fault> {
        let Some(xml) = parts.xml("styles.xml")? else { return Ok(()) };
        let read = xml.visit(|piece| {
            if let Piece::Start(
                name @ ("style" | "text-properties" | "table-cell-properties" | "map"),
                with,
            ) = piece
            {
                self.start(name, with);
            }
            true
        });
        match read {
            Err(Breakage::Checksum) => Err(Fault::broken(Breakage::Checksum)),
            _ => Ok(()),
        }
    }

    /// Notes what conditional formats make people see.
    fn conditional(&mut self) -> Result<(), Fault> {
        for ((at, sheet), worn) in self.sheets.iter_mut().enumerate().zip(&self.worn) {
            let rules = self.rules.of(at + 1, &self.styles, &sheet.cells, worn);
            let bare = |at: usize| self.styles.bare(worn.get(at).copied().unwrap_or(0));
            conditional::apply(sheet, rules, bare, false)?;
        }
        Ok(())
    }

    fn start(&mut self, name: &str, with: &Attributes<'_>) {
        if name == "table" {
            self.depth += 1;
            if self.depth == 1 {
                self.table(with);
            }
        }
        match name {
            "style" => {
                self.naming = with.get("name");
                self.styles.begin(with);
            }
            "text-properties" => {
                self.style(with);
                self.styles.text(with);
            }
            "table-cell-properties" => self.styles.cell(with),
            "map" => self.styles.map(with),
            "conditional-format" | "condition" | "data-bar" | "icon-set"
                if self.depth == 1 && self.is_sheet =>
            {
                self.rules.start(name, with, self.sheets.len());
            }
            "table-properties" if with.get("display") == "false" => {
                self.hides.insert(self.naming.clone());
            }
            "annotation" => self.notes += 1,
            "p" if self.notes == 0 => {
                if self.cell.paragraphs > 0 {
                    self.text("\n");
                }
                self.cell.paragraphs += 1;
            }
            "s" if self.notes == 0 => {
                let count = with.get("c").parse().unwrap_or(1_usize).min(MOST_BLANKS);
                self.text(&" ".repeat(count));
            }
            "tab" if self.notes == 0 => self.text("\t"),
            "line-break" if self.notes == 0 => self.text("\n"),
            "span" if self.notes == 0 => {
                self.open_span(&with.get("style-name"));
            }
            _ => {}
        }
        if self.depth == 1 && self.is_sheet {
            self.part(name, with);
        }
    }

    fn table(&mut self, with: &Attributes<'_>) {
        (self.row, self.rows, self.column) = (0, 0, 0);
        let name = with.get("name");
        self.is_sheet = !name.is_empty();
        with.prefix().clone_into(&mut self.prefix);
        if self.is_sheet {
            let visible = !self.hides.contains(&with.get("style-name"));
            self.sheets.push(WireSheet { name, visible, ..WireSheet::default() });
            self.worn.push(Vec::new());
        }
    }

    /// Columns, rows and cells of a sheet.
    fn part(&mut self, name: &str, with: &Attributes<'_>) {
        let count = |name: &str| with.get(name).parse::<u32>().unwrap_or(1).max(1);
        let is_hidden = || matches!(with.get("visibility").as_str(), "collapse" | "filter");
        let Some(sheet) = self.sheets.last_mut() else { return };
        match name {
            "table-column" => {
                let last = self.column.saturating_add(count("number-columns-repeated"));
                if is_hidden() {
                    sheet.hidden_columns.push((self.column, last - 1));
                }
                self.column = last;
            }
            "table-row" => {
                self.is_foreign_row = with.prefix() != self.prefix;
                self.row = self.row.saturating_add(self.rows);
                self.rows = count("number-rows-repeated");
                self.column = 0;
                if is_hidden() {
                    sheet.hidden_rows.push((self.row, self.row.saturating_add(self.rows - 1)));
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.open(with);
                let (rows, columns) = (count("number-rows-spanned"), count("number-columns-spanned"));
                if let Some(sheet) = self.sheets.last_mut().filter(|_| rows > 1 || columns > 1) {
                    let last = (self.row.saturating_add(rows - 1), self.column.saturating_add(columns - 1));
                    let (first, last) = (CellRef::new(self.row, self.column), CellRef::new(last.0, last.1));
                    sheet.merges.push(Area { first, last });
                    self.merges += 1;
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, with: &Attributes<'_>) {
        let mut seen = std::mem::take(&mut self.cell.seen);
        seen.clear();
        let is_malformed = self.is_foreign_row || with.prefix() != self.prefix;
        let mut cell = OdsCell { repeated: 1, seen, is_malformed, ..OdsCell::default() };
        with.each(|name, value| match name {
            "number-columns-repeated" => cell.repeated = value.parse().unwrap_or(1).max(1),
            // LibreOffice says a second time what the first name has no word for.
            "value-type" if value == "error" => cell.is_error = true,
            "value-type" if cell.kind.is_empty() => value.clone_into(&mut cell.kind),
            "value" => {
                cell.is_malformed |= !cell.value.is_empty() && cell.value != value;
                value.clone_into(&mut cell.value);
            }
            "date-value" | "time-value" | "boolean-value" | "string-value" => {
                cell.words = Some(value.to_owned());
            }
            "style-name" => value.clone_into(&mut cell.style),
            "formula" => cell.has_formula = true,
            _ => {}
        });
        cell.display = if cell.kind == "percentage" { Display::Percent } else { Display::Plain };
        self.cell = cell;
        self.spans.clear();
    }

    fn end(&mut self, name: &str) {
        match name {
            "table" => self.depth = self.depth.saturating_sub(1),
            "annotation" => self.notes = self.notes.saturating_sub(1),
            "span" if self.notes == 0 => {
                self.spans.pop();
                self.look();
            }
            "table-cell" | "covered-table-cell" if self.depth == 1 && self.is_sheet => {
                self.close();
                self.column = self.column.saturating_add(self.cell.repeated);
            }
            _ => {}
        }
    }

    /// A reference that stands for nothing known: the text of the cell is not what was meant.
    fn unknown(&mut self, name: String) {
        if self.is_text() {
            self.cell.unknown = Some(name);
        }
    }

    /// Whether what is being read is text of a cell.
    fn is_text(&self) -> bool {
        self.depth == 1 && self.notes == 0 && self.cell.paragraphs > 0
    }

    fn text(&mut self, text: &str) {
        if self.is_text() && self.cell.text.len() <= LONGEST_STORED {
            self.cell.seen.push(text);
            self.cell.text.push_str(text);
        }
    }

    /// What the cell holds, and what is seen of it; `None` when it is empty.
    fn content(&mut self) -> Option<(Content, Display, Option<Look>)> {
        let (rich, look) = self.cell.seen.finish();
        let mut look = look.map(|look| *look);
        let (display, mut shown) = self.cell.seen_as(&rich);
        let cell = &mut self.cell;
        let words = cell.words.take().filter(|words| !words.is_empty());
        let content = match cell.kind.as_str() {
            _ if cell.unknown.is_some() => {
                Content::Damaged(Damage::UnknownReference(cell.unknown.take().unwrap_or_default()))
            }
            _ if cell.is_malformed => {
                let inner = if cell.value.is_empty() { &mut cell.text } else { &mut cell.value };
                Content::Damaged(Damage::Malformed(std::mem::take(inner)))
            }
            _ if cell.is_error => Content::Error(words.unwrap_or_else(|| std::mem::take(&mut cell.text))),
            "float" | "percentage" | "currency" => number_text(cell.value.trim())
                .map_or_else(|| Content::Damaged(Damage::NotANumber(cell.value.clone())), Content::Number),
            "date" | "time" => Content::Date(words?),
            "boolean" => Content::Bool(words.is_some_and(|words| words.eq_ignore_ascii_case("true"))),
            _ if cell.is_rich => Content::Text(rich),
            _ => match words {
                // What is seen stands beside it.
                Some(words) => {
                    let seen = cell.text.trim();
                    if cell.paragraphs > 0 && seen != words.trim() {
                        shown = Some(seen.chars().take(LONGEST_SEEN).collect());
                    }
                    Content::Text(words)
                }
                None => Content::Text(std::mem::take(&mut cell.text)),
            },
        };
        let content = match content {
            Content::Text(text) if text.is_empty() => {
                // A formula that says of no kind and no value has none.
                let has_no_result = cell.has_formula && cell.kind.is_empty();
                has_no_result.then_some(Content::NoResult)?
            }
            content => content,
        };
        if !matches!(content, Content::Text(_)) {
            look = look.map(|look| Look { is_struck: look.is_struck, ..Look::default() });
        }
        if let Some(shown) = shown.filter(|_| matches!(content, Content::Number(_) | Content::Text(_))) {
            look.get_or_insert_default().shown = Some(shown);
        }
        let style = self.styles.of(&cell.style);
        if self.styles.is_struck(style) {
            look.get_or_insert_default().is_struck = true;
        }
        if self.styles.swallows(style) && matches!(content, Content::Number(_) | Content::Text(_)) {
            look.get_or_insert_default().is_swallowed = true;
        }
        Some((content, display, look.filter(|look| *look != Look::default())))
    }

    /// Puts the cell into every place for which it stands.
    fn close(&mut self) {
        let Some((content, display, look)) = self.content() else { return };
        let rows = self.row..self.row.saturating_add(self.rows).min(LAST_ROW + 1);
        let columns = self.column..self.column.saturating_add(self.cell.repeated).min(LAST_COLUMN + 1);
        let times =
            u64::try_from(rows.len()).unwrap_or(u64::MAX) * u64::try_from(columns.len()).unwrap_or(u64::MAX);
        // It may be copied often.
        let content = match content {
            Content::Text(text) => too_long(&text, LONGEST_TEXT).unwrap_or(Content::Text(text)),
            content => content,
        };
        self.cells = self.cells.saturating_add(usize::try_from(times).unwrap_or(usize::MAX));
        let style = self.styles.of(&self.cell.style);
        let worn = self.worn.last_mut();
        let Some((sheet, worn)) = self.sheets.last_mut().zip(worn).filter(|_| self.cells <= self.most) else {
            return;
        };
        let look = look.map(Box::new);
        for row in rows {
            for column in columns.clone() {
                worn.push(style);
                sheet.cells.push(WireCell(row, column, content.clone(), display, false, look.clone()));
            }
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

    /// Begins a part of text within the one that is being read.
    fn open_span(&mut self, style: &str) {
        let around = self.spans.last().copied().unwrap_or_default();
        self.spans.push(OdsSpan {
            is_struck: around.is_struck || self.strikes.contains(style),
            is_raised: around.is_raised || self.raises.contains(style),
            is_lowered: around.is_lowered || self.lowers.contains(style),
        });
        self.look();
    }

    /// Takes on the look of the part of text that is being read.
    fn look(&mut self) {
        let span = self.spans.last().copied().unwrap_or_default();
        let stands = match span {
            OdsSpan { is_raised: true, .. } => Script::Raised,
            OdsSpan { is_lowered: true, .. } => Script::Lowered,
            _ => Script::Line,
        };
        self.cell.is_rich |= span.is_struck || stands != Script::Line;
        self.cell.seen.look(span.is_struck, stands);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn walked(cells: &str) -> WireSheet {
        let content = format!(
            "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\"><office:automatic-styles>\
             <style:style style:name=\"up\"><style:text-properties style:text-position=\"super 58%\"/></style:style>\
             <style:style style:name=\"out\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
             </office:automatic-styles><office:body><table:table table:name=\"甲\"><table:table-row>{cells}</table:table-row></table:table></office:body></office:document-content>"
        );
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        let limits = Limits::default();
        let mut parts = Parts::open(&bytes, &limits).unwrap();
        read(&mut parts, &limits).unwrap().unwrap().sheets.remove(0)
    }

    fn cell(kind: &str, value: &str, seen: &str) -> WireSheet {
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
            let own = sheet.cells.first();
            assert_eq!(own.map(|cell| cell.3), own.map(|_| display.unwrap_or_default()), "{value} {seen}");
            let found = own.and_then(|cell| cell.5.as_ref()?.shown.as_deref());
            assert_eq!(found, shown, "{value} {seen}");
        }
    }

    #[test]
    fn marks_above_the_line_and_struck_words_are_told_apart() {
        let sheet = cell("string", "", "<text:p>861<text:span text:style-name=\"up\">1</text:span></text:p>");
        assert_eq!(sheet.cells[0].2, Content::Text("861¹".into()));
        let sheet =
            cell("string", "", "<text:p><text:span text:style-name=\"out\">35</text:span>37</text:p>");
        let WireCell(_, _, content, _, _, look) = &sheet.cells[0];
        assert_eq!((content, look.as_ref().unwrap().struck.as_str()), (&Content::Text("37".into()), "35"));
        let sheet = walked(
            "<table:table-cell table:style-name=\"out\" office:value-type=\"float\" office:value=\"5\"/>",
        );
        assert!(sheet.cells[0].5.as_ref().unwrap().is_struck);
    }

    #[test]
    fn cells_of_every_kind_are_read_and_unfolded() {
        let kind = |kind: &str, rest: &str| {
            format!("<table:table-cell office:value-type=\"{kind}\" {rest}</table:table-cell>")
        };
        for (cells, expected) in [
            (
                kind(
                    "string",
                    "><text:p>甲<text:s text:c=\"2\"/>乙</text:p><text:p>丙<text:tab/>丁</text:p>",
                ),
                vec![Content::Text("甲  乙\n丙\t丁".into())],
            ),
            (
                kind("string", "office:string-value=\"甲\"><text:p>乙</text:p>"),
                vec![Content::Text("甲".into())],
            ),
            (
                kind("date", "office:date-value=\"2023-06-30\"><text:p>2023-06-30</text:p>"),
                vec![Content::Date("2023-06-30".into())],
            ),
            (
                kind("boolean", "office:boolean-value=\"true\"><text:p>TRUE</text:p>"),
                vec![Content::Bool(true)],
            ),
            (
                kind("float", "office:value=\"1,5\"><text:p>1,5</text:p>"),
                vec![Content::Damaged(Damage::NotANumber("1,5".into()))],
            ),
            (
                kind("float", "office:value=\"2.6749999999999998\" table:number-columns-repeated=\"2\">"),
                vec![Content::Number("2.675".into()), Content::Number("2.675".into())],
            ),
            (
                kind(
                    "string",
                    "office:string-value=\"\" calcext:value-type=\"error\"><text:p>#REF!</text:p>",
                ),
                vec![Content::Error("#REF!".into())],
            ),
            ("<table:table-cell table:formula=\"of:=[.A1]\"/>".to_owned(), vec![Content::NoResult]),
            (
                "<table:table-cell><text:p>甲</text:p></table:table-cell>".to_owned(),
                vec![Content::Text("甲".into())],
            ),
            ("<table:table-cell table:number-columns-repeated=\"99999999\"/>".to_owned(), vec![]),
        ] {
            let found: Vec<Content> = walked(&cells).cells.into_iter().map(|cell| cell.2).collect();
            assert_eq!(found, expected, "{cells}");
        }
        assert_eq!(walked("").name, "甲");
    }

    #[test]
    fn a_reference_that_stands_for_nothing_damages_the_cell() {
        let sheet = cell("string", "", "<text:p>市科技局&x;</text:p>");
        assert_eq!(sheet.cells[0].2, Content::Damaged(Damage::UnknownReference("&x;".into())));
        let note = "<office:annotation><text:p>注&x;</text:p></office:annotation><text:p>甲</text:p>";
        assert_eq!(cell("string", "", note).cells[0].2, Content::Text("甲".into()));
    }

    #[test]
    fn parts_of_text_may_lie_within_each_other_without_end() {
        let (open, close) = ("<text:span text:style-name=\"up\">", "</text:span>");
        let deep = format!("<text:p>861{}1{}2</text:p>", open.repeat(200_000), close.repeat(200_000));
        assert_eq!(cell("string", "", &deep).cells[0].2, Content::Text("861¹2".into()));
    }
}
