//! An xlsb workbook (MS-XLSB) → its sheets: the parts of an xlsx in binary records.

use std::collections::BTreeMap;

use super::bounds::kept;
use super::cells::{LEAST_HEIGHT, LEAST_WIDTH, Stored, Style, cell, hide_zeros};
use super::colour::{Backdrop, Colour};
use super::conditional::{self, FormatRule, SeenChange, Test};
use super::format::NumberFormat;
use super::package::Parts;
use super::runs::Script;
use super::sst::{Font, Rich, styled};
use super::stored::{error_name, packed, real};
use super::xlsb_records::{BinaryRecord, each, each_sure};
use super::xlsb_rules::{areas, change, rule};
use super::xlsx::{has_pictures, program};
use super::{
    Area, BookMarks, Breakage, Content, Damage, Fault, Limit, Limits, Loss, Trouble, WireBook, WireSheet,
};
use crate::ident::CellRef;

const BOOK: &str = "xl/workbook.bin";
const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u32 = 16_383;

/// What the sheets share.
#[derive(Default)]
struct XlsbShared {
    texts: Vec<Rich>,
    styles: Vec<Style>,
    fonts: Vec<Font>,
    /// The colours of the fonts, and what fills put behind text.
    colours: Vec<Option<Colour>>,
    grounds: Vec<Backdrop>,
    /// What conditional formats change.
    changes: Vec<SeenChange>,
    is_1904: bool,
    has_pictures: bool,
}

struct BundledSheet {
    name: String,
    visible: bool,
    link: String,
}

/// Reads an xlsb workbook; `None` when the archive holds none.
///
/// # Errors
/// Fails when the workbook as a whole cannot be read.
pub(super) fn read(parts: &mut Parts<'_>, limits: &Limits) -> Result<Option<WireBook>, Fault> {
    if !parts.has(BOOK) {
        return Ok(None);
    }
    let links = parts.links(BOOK)?;
    let mut shared = XlsbShared { has_pictures: has_pictures(parts)?, ..XlsbShared::default() };
    let (mut listed, mut is_linked) = (Vec::new(), false);
    let end = each(parts, BOOK, &mut |record| {
        match record.kind {
            153 => shared.is_1904 = record.u32(0).is_some_and(|flags| flags & 1 != 0),
            156 => listed.extend(sheet_of(record)),
            355 => is_linked = true,
            _ => {}
        }
        Ok(())
    })?;
    if listed.is_empty() || end == Some(Breakage::Checksum) {
        return Err(Fault::broken(end.unwrap_or(Breakage::Incomplete)));
    }
    let by_kind = |kind: &str| links.values().find(|link| link.kind == kind).map(|link| link.target.clone());
    let styles = by_kind("styles").unwrap_or_else(|| "xl/styles.bin".to_owned());
    shared.read_styles(parts, &styles)?;
    let texts = by_kind("sharedStrings").unwrap_or_else(|| "xl/sharedStrings.bin".to_owned());
    shared.read_texts(parts, &texts, limits)?;
    let mut sheets = Vec::new();
    let mut count = 0;
    for listed in listed {
        let link = links.get(&listed.link);
        if link.is_some_and(|link| link.kind != "worksheet") {
            continue;
        }
        let mut sheet = WireSheet { name: listed.name, visible: listed.visible, ..WireSheet::default() };
        let start = CellRef::new(0, 0);
        match link.filter(|link| parts.has(&link.target)) {
            Some(link) => {
                XlsbPass::new(&shared, &mut sheet).run(parts, &link.target, limits.cells - count)?
            }
            None => sheet.troubles.push(Trouble { at: start, what: Loss::NoContent }),
        }
        count += sheet.cells.len();
        sheets.push(sheet);
    }
    let program = parts.xml("docProps/app.xml")?.and_then(program);
    Ok(Some(WireBook { format: "xlsb".to_owned(), program, is_linked, sheets, marks: BookMarks::default() }))
}

fn sheet_of(record: &BinaryRecord) -> Option<BundledSheet> {
    let state = record.u32(0)?;
    let (link, after) = record.text(8)?;
    let (name, _) = record.text(after)?;
    Some(BundledSheet { name, visible: state == 0, link })
}

impl XlsbShared {
    /// Reads fonts and formats. Styles behind a damage are missing; the numbers that have them say so.
    fn read_styles(&mut self, parts: &mut Parts<'_>, name: &str) -> Result<(), Fault> {
        let mut formats: BTreeMap<u16, NumberFormat> = BTreeMap::new();
        let mut in_cells = false;
        each_sure(parts, name, &mut |record| {
            match record.kind {
                43 => {
                    self.colours.push(record.body.get(12..20).and_then(Colour::of_bytes));
                    self.fonts.push(Font {
                        is_struck: record.u16(2).is_some_and(|flags| flags & 8 != 0),
                        stands: match record.u16(6) {
                            Some(1) => Script::Raised,
                            Some(2) => Script::Lowered,
                            _ => Script::Line,
                        },
                    });
                }
                45 => {
                    let colour = record.body.get(4..12).and_then(Colour::of_bytes);
                    self.grounds.push(Backdrop::filled(record.u32(0).unwrap_or(0), colour));
                }
                507 => self.changes.push(change(record)),
                44 => {
                    let code = record.u16(0).and_then(|id| Some((id, record.text(2)?.0)));
                    formats.extend(code.map(|(id, code)| (id, NumberFormat::of(&code))));
                }
                617 => in_cells = true,
                618 => in_cells = false,
                47 if in_cells => {
                    let (id, font) = (record.u16(2).unwrap_or(0), record.u16(4).unwrap_or(0));
                    let format = formats.get(&id).cloned();
                    let fill = usize::from(record.u16(6).unwrap_or(0));
                    self.styles.push(Style {
                        colour: self.colours.get(usize::from(font)).cloned().flatten(),
                        ground: self.grounds.get(fill).cloned().unwrap_or_default(),
                        format: format.unwrap_or_else(|| NumberFormat::builtin(u32::from(id))),
                        is_struck: self.fonts.get(usize::from(font)).is_some_and(|font| font.is_struck),
                    });
                }
                _ => {}
            }
            Ok(())
        })
    }

    /// Texts behind a damage are missing; the cells that refer to them say so one by one.
    fn read_texts(&mut self, parts: &mut Parts<'_>, name: &str, limits: &Limits) -> Result<(), Fault> {
        let mut total = 0_usize;
        let mut texts = Vec::new();
        each_sure(parts, name, &mut |record| {
            if record.kind == 19 {
                let mut text = self.rich(record, 0).unwrap_or_default();
                total = total.saturating_add(text.0.len());
                // Cells copy it: one that is too long is kept no further than that can be told.
                text.0 = kept(text.0);
                texts.push(text);
            }
            if texts.len() > limits.texts || total > limits.texts_mib << 20 {
                return Err(Fault::Limit(Limit::Texts { count: limits.texts, mib: limits.texts_mib }));
            }
            Ok(())
        })?;
        self.texts = texts;
        Ok(())
    }

    /// A text whose parts may look different.
    fn rich(&self, record: &BinaryRecord, at: usize) -> Option<Rich> {
        let is_rich = record.body.get(at)? & 1 != 0;
        let (units, after) = record.units(at + 1)?;
        let count = if is_rich { record.u32(after).unwrap_or(0) } else { 0 };
        let run = |index: usize| {
            let at = after + 4 + index * 4;
            let font = usize::from(record.u16(at + 2)?);
            Some((usize::from(record.u16(at)?), self.fonts.get(font).copied().unwrap_or_default()))
        };
        let starts: Vec<(usize, Font)> = (0..usize::try_from(count).ok()?).map_while(run).collect();
        Some(styled(&units, &starts))
    }
}

/// One pass over the records of a sheet.
struct XlsbPass<'a> {
    shared: &'a XlsbShared,
    sheet: &'a mut WireSheet,
    row: u32,
    next_column: u32,
    hides_zeros: bool,
    /// Whether the cell that follows has a rich value.
    is_rich: bool,
    has_end: bool,
    /// Whether a number has a style that is not there.
    lacks_style: bool,
    /// The style of each cell.
    styles: Vec<usize>,
    /// The areas of the rules that are being read, and all rules.
    areas: Vec<Area>,
    rules: Vec<FormatRule>,
}

impl<'a> XlsbPass<'a> {
    fn new(shared: &'a XlsbShared, sheet: &'a mut WireSheet) -> Self {
        Self {
            shared,
            sheet,
            row: 0,
            next_column: 0,
            hides_zeros: false,
            is_rich: false,
            has_end: false,
            lacks_style: false,
            styles: Vec::new(),
            areas: Vec::new(),
            rules: Vec::new(),
        }
    }

    fn run(mut self, parts: &mut Parts<'_>, name: &str, most: usize) -> Result<(), Fault> {
        let end = each(parts, name, &mut |record| {
            self.see(record);
            if self.sheet.cells.len() > most {
                return Err(Fault::Limit(Limit::Cells { sheet: None, most }));
            }
            Ok(())
        })?;
        if self.hides_zeros {
            hide_zeros(&mut self.sheet.cells);
        }
        let style = |at: usize| self.styles.get(at).and_then(|style| self.shared.styles.get(*style));
        conditional::apply(
            self.sheet,
            std::mem::take(&mut self.rules),
            |at| Style::bare(style(at)),
            self.shared.is_1904,
        )?;
        if self.lacks_style {
            self.sheet.troubles.push(Trouble { at: CellRef::new(0, 0), what: Loss::Styles });
        }
        if end == Some(Breakage::Checksum) {
            *self.sheet = self.sheet.withheld();
            return Ok(());
        }
        if let Some(what) = end.or((!self.has_end).then_some(Breakage::Incomplete)) {
            let at = self.sheet.cells.last();
            let at = at.map_or_else(|| CellRef::new(0, 0), |cell| CellRef::new(cell.0, cell.1));
            self.sheet.troubles.push(Trouble { at, what: Loss::Rest(what) });
        }
        Ok(())
    }

    fn see(&mut self, record: &BinaryRecord) {
        match record.kind {
            0 => self.row(record),
            1..=11 | 62 => self.cell(record, record.u32(0).unwrap_or(u32::MAX), 4),
            // The same without a column, which is the next one.
            12..=18 => self.cell(record, self.next_column, 0),
            50 => self.is_rich = true,
            130 | 146 => self.has_end = true,
            137 => self.hides_zeros |= record.u16(0).is_some_and(|flags| flags & 0x10 == 0),
            60 => {
                let (first, last) = (record.u32(0), record.u32(4));
                let is_hidden = record.u16(16).is_some_and(|flags| flags & 1 != 0)
                    || record.u32(8).is_some_and(|width| width < LEAST_WIDTH);
                let columns = first.zip(last).filter(|_| is_hidden);
                self.sheet.hidden_columns.extend(columns.map(|(first, last)| (first, last.min(LAST_COLUMN))));
            }
            461 => self.areas = areas(record),
            463 => self.rules.extend(rule(record, &self.areas, &self.shared.changes)),
            // A bar that stands in the place of the values.
            467 if record.body.get(2) == Some(&0) => {
                if let Some(rule) = self.rules.last_mut() {
                    (rule.test, rule.change.hides) = (Test::Known(true), true);
                }
            }
            176 => {
                let corner =
                    |row: usize, column: usize| Some(CellRef::new(record.u32(row)?, record.u32(column)?));
                let area = || Some(Area { first: corner(0, 8)?, last: corner(4, 12)? });
                self.sheet.merges.extend(area());
            }
            _ => {}
        }
    }

    fn row(&mut self, record: &BinaryRecord) {
        self.row = record.u32(0).unwrap_or(u32::MAX);
        self.next_column = 0;
        // Hidden by its mark, or by a height of its own.
        let flags = record.body.get(11).copied().unwrap_or(0);
        let is_flat = record.u16(8).is_some_and(|height| height < LEAST_HEIGHT);
        let is_hidden = flags & 0x10 != 0 || (flags & 0x20 != 0 && is_flat);
        if is_hidden {
            self.sheet.hidden_rows.push((self.row, self.row));
        }
    }

    /// A cell whose style stands at a place, and its content behind that.
    fn cell(&mut self, record: &BinaryRecord, column: u32, at: usize) {
        self.next_column = column.saturating_add(1);
        let is_rich = std::mem::take(&mut self.is_rich);
        if self.row > LAST_ROW || column > LAST_COLUMN {
            return;
        }
        let style = record.u32(at).and_then(|style| usize::try_from(style & 0x00FF_FFFF).ok());
        let number = style.unwrap_or(0);
        let is_plain = style == Some(0);
        let style = style.and_then(|style| self.shared.styles.get(style));
        let picture = is_rich && self.shared.has_pictures;
        let stored = match self.stored(record, at + 4) {
            Some(Stored::Other(Content::Error(_))) if picture => Some(Stored::Other(Content::Picture)),
            stored => stored,
        };
        self.lacks_style |= style.is_none() && !is_plain && matches!(stored, Some(Stored::Number(_)));
        let place = CellRef::new(self.row, column);
        if let Some(cell) = stored.and_then(|stored| cell(place, stored, style, self.shared.is_1904)) {
            self.styles.push(number);
            self.sheet.cells.push(cell);
        }
    }

    fn stored(&self, record: &BinaryRecord, at: usize) -> Option<Stored> {
        let byte = || record.body.get(at).copied();
        Some(match record.kind {
            2 | 13 => Stored::Number(packed(record.u32(at)?)),
            3 | 11 | 14 => Stored::Other(Content::Error(error_name(byte()?).to_owned())),
            4 | 10 | 15 => Stored::Other(Content::Bool(byte()? != 0)),
            5 | 9 | 16 => Stored::Number(real(record.body.get(at..at + 8)?.try_into().ok()?)),
            6 | 8 | 17 => Stored::Text(record.text(at)?.0, None),
            62 => {
                let (text, look) = self.shared.rich(record, at)?;
                Stored::Text(text, look)
            }
            7 | 18 => {
                let number = record.u32(at)?;
                let text = usize::try_from(number).ok().and_then(|place| self.shared.texts.get(place));
                match text {
                    Some((text, look)) => Stored::Text(text.clone(), look.clone()),
                    None => Stored::Other(Content::Damaged(Damage::NoSuchText(number.to_string()))),
                }
            }
            _ => return None,
        })
    }
}
