//! The styles of an xlsx workbook (ECMA-376, 18.8): number formats, fonts and fills of cells, and what conditional formats change.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::Breakage;
use super::colour::{Backdrop, Colour};
use super::conditional::SeenChange;
use super::format::NumberFormat;
use super::package::{Attributes, Piece, Xml};
use super::shared::{CellStyle, Styles};

/// Reads the styles. Those behind a damage are missing; the numbers that have them say so.
///
/// # Errors
/// Fails when the part is damaged as a whole.
pub(super) fn styles(xml: Xml<impl BufRead>) -> Result<Styles, Breakage> {
    let mut reader = StylesReader::default();
    let read = xml.visit(|piece| {
        match piece {
            Piece::Start(name, with) => reader.start(name, with),
            Piece::End(name) => reader.end(name),
            _ => {}
        }
        true
    });
    match read {
        Err(Breakage::Checksum) => Err(Breakage::Checksum),
        _ => Ok(reader.styles),
    }
}

/// Which list is being read.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum StyleList {
    #[default]
    None,
    Fonts,
    Fills,
    Cells,
    Changes,
}

#[derive(Default)]
struct StylesReader {
    styles: Styles,
    own: BTreeMap<String, usize>,
    list: StyleList,
    paint: Paint,
    fonts: Vec<(bool, Option<Colour>)>,
    fills: Vec<Backdrop>,
}

impl StylesReader {
    fn start(&mut self, name: &str, with: &Attributes<'_>) {
        match name {
            "fonts" => self.list = StyleList::Fonts,
            "fills" => self.list = StyleList::Fills,
            "cellXfs" => self.list = StyleList::Cells,
            "dxfs" => self.list = StyleList::Changes,
            "numFmt" if self.list == StyleList::None => {
                self.own.insert(with.get("numFmtId"), self.styles.formats.len());
                self.styles.formats.push(NumberFormat::of(&with.get("formatCode")));
            }
            "xf" if self.list == StyleList::Cells => self.cell(with),
            _ => self.paint.start(name, with),
        }
    }

    fn end(&mut self, name: &str) {
        match (name, self.list) {
            ("fonts" | "fills" | "cellXfs" | "dxfs", _) => self.list = StyleList::None,
            ("font", StyleList::Fonts) => {
                let change = self.paint.finish(false);
                self.fonts.push((change.is_struck.unwrap_or(false), change.colour));
            }
            ("fill", StyleList::Fills) => {
                let change = self.paint.finish(false);
                self.fills.push(change.ground.unwrap_or_default());
            }
            ("dxf", StyleList::Changes) => {
                let change = self.paint.finish(true);
                self.styles.changes.push(change);
            }
            _ => self.paint.end(name),
        }
    }

    fn cell(&mut self, with: &Attributes<'_>) {
        let format = self.format_of(with);
        let place = |name: &str| with.get(name).parse::<usize>().ok();
        let font = place("fontId").and_then(|font| self.fonts.get(font)).cloned();
        let (is_struck, colour) = font.unwrap_or_default();
        let ground = place("fillId").and_then(|fill| self.fills.get(fill)).cloned().unwrap_or_default();
        self.styles.cells.push(CellStyle { format, is_struck, colour, ground });
    }

    /// The place of the format that a style names.
    fn format_of(&mut self, with: &Attributes<'_>) -> usize {
        let id = with.get("numFmtId");
        if let Some(format) = self.own.get(&id) {
            return *format;
        }
        let formats = &mut self.styles.formats;
        formats.push(NumberFormat::builtin(id.parse().unwrap_or(0)));
        self.own.insert(id, formats.len() - 1);
        formats.len() - 1
    }
}

/// What a font, a fill, or the change of a conditional format consists of, while it is read.
#[derive(Default)]
pub(super) struct Paint {
    in_font: bool,
    change: SeenChange,
    /// The pattern of the fill, and its two colours.
    pattern: Option<String>,
    front: Option<Colour>,
    back: Option<Colour>,
}

impl Paint {
    pub(super) fn start(&mut self, name: &str, with: &Attributes<'_>) {
        match name {
            "font" => self.in_font = true,
            "strike" if self.in_font => {
                self.change.is_struck = Some(!matches!(with.get("val").as_str(), "0" | "false"));
            }
            "color" if self.in_font => self.change.colour = Colour::of(with),
            "patternFill" => self.pattern = Some(with.get("patternType")),
            "gradientFill" => self.pattern = Some("gradient".to_owned()),
            "fgColor" => self.front = Colour::of(with),
            "bgColor" => self.back = Colour::of(with),
            "numFmt" => {
                let (code, id) = (with.get("formatCode"), with.get("numFmtId"));
                self.change.format = Some(match code.is_empty() {
                    true => NumberFormat::builtin(id.parse().unwrap_or(0)),
                    false => NumberFormat::of(&code),
                });
            }
            _ => {}
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        if name == "font" {
            self.in_font = false;
        }
    }

    /// What was read. A conditional format fills with the second colour.
    pub(super) fn finish(&mut self, is_conditional: bool) -> SeenChange {
        let Self { in_font: _, mut change, pattern, front, back } = std::mem::take(self);
        let colour = if is_conditional { back.or(front) } else { front };
        change.ground = pattern.map(|pattern| match (pattern.as_str(), colour) {
            ("none", _) => Backdrop::default(),
            ("solid", Some(colour)) => Backdrop::Plain(colour),
            ("", Some(colour)) if is_conditional => Backdrop::Plain(colour),
            ("", None) => Backdrop::default(),
            _ => Backdrop::Pattern,
        });
        change
    }
}
