//! An xls workbook (MS-XLS, BIFF5 and BIFF8): its records, and what its sheets share.

use std::collections::BTreeMap;

use super::cells::Style;
use super::codes;
use super::colour::{Backdrop, Colour};
use super::format::NumberFormat;
use super::runs::Script;
use super::sst::{self, Font, Rich};
use super::{Fault, Limits};

/// What a workbook says before its sheets begin.
#[derive(Debug, Default)]
pub(super) struct Globals {
    /// Whether its text is UTF-16 (BIFF8), or in a code page (BIFF5).
    pub is_biff8: bool,
    /// The code page.
    pub page: Option<u16>,
    /// Whether it is encrypted, if only with the password that Excel itself sets.
    pub is_encrypted: bool,
    /// Whether formulas look into other workbooks.
    pub is_linked: bool,
    /// Whether days are counted from 1904.
    pub is_1904: bool,
    /// What cells look like, by the number of their style.
    pub styles: Vec<Style>,
    /// The texts that cells share.
    pub texts: Vec<Rich>,
    /// Formats by their numbers.
    pub formats: BTreeMap<u16, NumberFormat>,
    /// Colours of its own, from the eighth number on.
    palette: Vec<Colour>,
    /// Its sheets, in order.
    pub listed: Vec<BoundSheet>,
}

/// A sheet as the workbook lists it.
#[derive(Debug)]
pub(super) struct BoundSheet {
    pub name: String,
    pub visible: bool,
    /// Whether it holds cells; charts and macros are sheets too.
    pub has_cells: bool,
    /// Where its records begin.
    pub start: usize,
}

impl Globals {
    /// Reads what stands before the sheets.
    ///
    /// # Errors
    /// Fails when there are more shared texts than the limit.
    pub(super) fn read(stream: &[u8], limits: &Limits) -> Result<Self, Fault> {
        let mut globals = Self::default();
        let mut formats: BTreeMap<u16, NumberFormat> = BTreeMap::new();
        let mut styles: Vec<(u16, u16, Backdrop)> = Vec::new();
        let mut colours: Vec<u32> = Vec::new();
        let mut fonts: Vec<Font> = Vec::new();
        let mut shared: Vec<&[u8]> = Vec::new();
        let mut before = 0;
        for (at, record) in Records::new(stream, 0).enumerate() {
            match record.kind {
                0x0809 if at == 0 => globals.is_biff8 = record.u16(0) == Some(0x0600),
                0x002F => globals.is_encrypted = true,
                0x0042 => globals.page = record.u16(0),
                0x0022 => globals.is_1904 = record.u16(0) == Some(1),
                0x01AE => globals.is_linked |= record.body.len() > 4,
                0x041E => formats.extend(globals.number_format(&record)),
                0x0031 => {
                    colours.push(u32::from(record.u16(4).unwrap_or(0x7FFF)));
                    fonts.push(font(&record));
                }
                0x0092 => globals.palette = palette(&record),
                // The texts that cells share, and where they go on.
                0x00FC => shared.push(record.body),
                0x003C if before == 0x00FC => shared.push(record.body),
                0x00E0 => {
                    let ground = if globals.is_biff8 { globals.ground(&record) } else { Backdrop::Pattern };
                    styles.push((record.u16(2).unwrap_or(0), record.u16(0).unwrap_or(0), ground));
                }
                0x0085 => globals.listed.extend(globals.listed(&record)),
                _ => {}
            }
            if record.kind != 0x003C {
                before = record.kind;
            }
        }
        if globals.is_encrypted {
            return Ok(globals);
        }
        globals.texts = sst::texts(&shared, &fonts, limits)?;
        let style = |(id, font, ground): (u16, u16, Backdrop)| Style {
            colour: sst::place(font).and_then(|place| globals.colour(*colours.get(place)?)),
            ground,
            format: formats.get(&id).cloned().unwrap_or_else(|| NumberFormat::builtin(u32::from(id))),
            is_struck: sst::font(&fonts, font).is_struck,
        };
        let styles = styles.into_iter().map(style).collect();
        globals.styles = styles;
        globals.formats = formats;
        Ok(globals)
    }

    fn listed(&self, record: &BiffRecord<'_>) -> Option<BoundSheet> {
        let start = usize::try_from(record.u32(0)?).ok()?;
        let (state, kind) = (*record.body.get(4)?, *record.body.get(5)?);
        let length = usize::from(*record.body.get(6)?);
        let name = self.characters(record.body.get(7..)?, length).replace('\0', "");
        Some(BoundSheet { name, visible: state & 3 == 0, has_cells: kind == 0, start })
    }

    /// A colour by its number; `None` is the usual one of text.
    pub(super) fn colour(&self, number: u32) -> Option<Colour> {
        let own = number.checked_sub(8).and_then(|at| self.palette.get(usize::try_from(at).ok()?));
        own.cloned().or_else(|| Colour::indexed(number))
    }

    /// What a style puts behind text: a pattern and the number of its colour.
    fn ground(&self, record: &BiffRecord<'_>) -> Backdrop {
        let pattern = record.u32(14).unwrap_or(0) >> 26;
        Backdrop::filled(pattern, self.colour(u32::from(record.u16(18).unwrap_or(0) & 0x7F)))
    }

    /// The number of a format and what it does.
    fn number_format(&self, record: &BiffRecord<'_>) -> Option<(u16, NumberFormat)> {
        let id = record.u16(0)?;
        let code = if self.is_biff8 {
            self.text(record.body.get(2..)?)?
        } else {
            self.characters(record.body.get(3..)?, usize::from(*record.body.get(2)?))
        };
        Some((id, NumberFormat::of(&code)))
    }

    /// A text behind its length in two bytes.
    pub(super) fn text(&self, bytes: &[u8]) -> Option<String> {
        let length = u16::from_le_bytes(bytes.get(..2)?.try_into().ok()?);
        Some(self.characters(bytes.get(2..)?, usize::from(length)))
    }

    /// A text of its own that goes on in other records.
    pub(super) fn text_in_parts(&self, parts: &[&[u8]]) -> String {
        let text = if self.is_biff8 { sst::single(parts) } else { self.text(&parts.concat()) };
        text.unwrap_or_default()
    }

    /// So many characters, or as many as there are.
    fn characters(&self, bytes: &[u8], length: usize) -> String {
        if !self.is_biff8 {
            return codes::text(bytes.get(..length).unwrap_or(bytes), self.page);
        }
        let Some((flags, bytes)) = bytes.split_first() else { return String::new() };
        let units: Vec<u16> = if flags & 1 != 0 {
            bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).take(length).collect()
        } else {
            bytes.iter().map(|byte| u16::from(*byte)).take(length).collect()
        };
        String::from_utf16_lossy(&units)
    }
}

fn palette(record: &BiffRecord<'_>) -> Vec<Colour> {
    let colours = record.body.get(2..).unwrap_or_default().chunks_exact(4);
    colours.map(|four| Colour::Rgb([four[0], four[1], four[2]])).collect()
}

fn font(record: &BiffRecord<'_>) -> Font {
    Font {
        is_struck: record.u16(2).is_some_and(|flags| flags & 8 != 0),
        stands: match record.u16(8) {
            Some(1) => Script::Raised,
            Some(2) => Script::Lowered,
            _ => Script::Line,
        },
    }
}

pub(super) struct BiffRecord<'a> {
    pub kind: u16,
    pub body: &'a [u8],
}

impl BiffRecord<'_> {
    pub(super) fn u16(&self, at: usize) -> Option<u16> {
        let bytes = self.body.get(at..at.checked_add(2)?)?;
        bytes.try_into().ok().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&self, at: usize) -> Option<u32> {
        let bytes = self.body.get(at..at.checked_add(4)?)?;
        bytes.try_into().ok().map(u32::from_le_bytes)
    }
}

/// The records from a place on until the end of what begins there; charts and the like within it are left out.
pub(super) struct Records<'a> {
    rest: &'a [u8],
    depth: usize,
    /// Whether the end was read, and not only the end of the file.
    pub has_end: bool,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8], start: usize) -> Self {
        Self { rest: stream.get(start..).unwrap_or_default(), depth: 0, has_end: false }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = BiffRecord<'a>;

    fn next(&mut self) -> Option<BiffRecord<'a>> {
        loop {
            let head = BiffRecord { kind: 0, body: self.rest.get(..4)? };
            let (kind, length) = (head.u16(0)?, usize::from(head.u16(2)?));
            let body = self.rest.get(4..4 + length)?;
            self.rest = self.rest.get(4 + length..)?;
            match kind {
                0x0809 => self.depth += 1,
                0x000A if self.depth <= 1 => {
                    self.has_end = true;
                    return None;
                }
                0x000A => self.depth -= 1,
                _ => {}
            }
            if self.depth <= 1 {
                return Some(BiffRecord { kind, body });
            }
        }
    }
}
