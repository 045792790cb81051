//! What an xls workbook (MS-XLS, BIFF5 and BIFF8) says of its cells beyond their values: number formats, hidden rows
//! and columns, merges, links to other workbooks, encryption. The values themselves are calamine's work.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use super::display::Display;
use super::format::NumberFormat;
use super::runs::Script;
use super::sst::{self, Font, Rich};
use super::{Area, Look};
use crate::ident::CellRef;

/// What a whole workbook says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct BiffWalk {
    /// Whether its text is UTF-16 whatever its code page says (BIFF8).
    pub is_biff8: bool,
    /// Whether it is encrypted, if only with the password that Excel itself sets.
    pub is_encrypted: bool,
    /// Whether formulas look into other workbooks.
    pub is_linked: bool,
    /// Its sheets, in the order of the workbook, charts and macro sheets among them.
    pub sheets: Vec<SheetWalk>,
}

/// What a sheet says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SheetWalk {
    /// Formats of cells whose numbers are not shown as they are stored.
    pub formats: BTreeMap<(u32, u32), NumberFormat>,
    /// Cells that are struck out.
    pub struck: BTreeSet<(u32, u32)>,
    /// What people see of other cells that their content does not say.
    pub looks: BTreeMap<(u32, u32), Look>,
    /// Texts that are not what calamine takes them for: without note marks and words struck out.
    pub texts: BTreeMap<(u32, u32), String>,
    /// Whether zeros are not shown.
    pub hides_zeros: bool,
    /// Formulas in records of a kind that is not read.
    pub unread: Vec<CellRef>,
    /// Rows that users do not see.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Columns likewise.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Merged cells.
    pub merges: Vec<Area>,
}

/// Walks through the records; `None` when the file has no such stream or its directory is damaged.
pub(super) fn walk(bytes: &[u8]) -> Option<BiffWalk> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let name = ["/Workbook", "/WORKBOOK", "/Book", "/BOOK"].into_iter().find(|name| file.is_stream(name))?;
    let mut stream = Vec::new();
    // A stream cut short still tells whether it is encrypted, and what its first sheets are.
    _ = file.open_stream(name).ok()?.read_to_end(&mut stream);
    Some(records(&stream))
}

fn records(stream: &[u8]) -> BiffWalk {
    let mut walk = BiffWalk::default();
    let mut own: BTreeMap<u16, NumberFormat> = BTreeMap::new();
    let mut styles: Vec<(u16, u16)> = Vec::new();
    let mut fonts: Vec<Font> = Vec::new();
    let mut shared: Vec<&[u8]> = Vec::new();
    let mut before = 0;
    let mut starts: Vec<usize> = Vec::new();
    for (at, record) in Records::new(stream, 0).enumerate() {
        match record.kind {
            0x0809 if at == 0 => walk.is_biff8 = record.u16(0) == Some(0x0600),
            0x002F => walk.is_encrypted = true,
            0x01AE => walk.is_linked |= record.body.len() > 4,
            0x041E => own.extend(number_format(&record, walk.is_biff8)),
            0x0031 => fonts.push(Font {
                is_struck: record.u16(2).is_some_and(|flags| flags & 8 != 0),
                stands: match record.u16(8) {
                    Some(1) => Script::Raised,
                    Some(2) => Script::Lowered,
                    _ => Script::Line,
                },
            }),
            // The texts that cells share, and where they go on.
            0x00FC => shared.push(record.body),
            0x003C if before == 0x00FC => shared.push(record.body),
            0x00E0 => styles.push((record.u16(2).unwrap_or(0), record.u16(0).unwrap_or(0))),
            0x0085 => starts.extend(record.u32(0).and_then(|start| usize::try_from(start).ok())),
            _ => {}
        }
        if record.kind != 0x003C {
            before = record.kind;
        }
    }
    let texts =
        if walk.is_biff8 && !walk.is_encrypted { sst::rich(&shared, &fonts) } else { BTreeMap::new() };
    if walk.is_encrypted {
        return walk;
    }
    let look = |style: u16| {
        let (id, font) = styles.get(usize::from(style)).copied().unwrap_or_default();
        let format = own.get(&id).cloned().unwrap_or_else(|| NumberFormat::builtin(u32::from(id)));
        // There is no font number 4.
        let font = usize::from(font).checked_sub(usize::from(font > 4)).and_then(|font| fonts.get(font));
        (format, font.is_some_and(|font| font.is_struck))
    };
    walk.sheets = starts.into_iter().map(|start| sheet(Records::new(stream, start), &look, &texts)).collect();
    walk
}

fn sheet(
    records: Records<'_>,
    look: &dyn Fn(u16) -> (NumberFormat, bool),
    texts: &BTreeMap<usize, Rich>,
) -> SheetWalk {
    let mut sheet = SheetWalk::default();
    for record in records {
        let cell = || Some((u32::from(record.u16(0)?), u32::from(record.u16(2)?)));
        match record.kind {
            0x0203 | 0x027E | 0x0006 | 0x0206 | 0x0406 | 0x00FD | 0x0204 => {
                let (Some(at), Some(style)) = (cell(), record.u16(4)) else { continue };
                sheet.show(at, look(style));
                let text = record.u32(6).filter(|_| record.kind == 0x00FD);
                let text = text.and_then(|place| texts.get(&usize::try_from(place).ok()?));
                if let Some((text, look)) = text {
                    sheet.texts.insert(at, text.clone());
                    sheet.looks.extend(look.clone().map(|look| (at, *look)));
                }
                if matches!(record.kind, 0x0206 | 0x0406) {
                    sheet.unread.push(CellRef::new(at.0, at.1));
                }
            }
            0x00BD => {
                let Some((row, first)) = cell() else { continue };
                let count = record.body.len().saturating_sub(6) / 6;
                for (index, column) in (0..count).zip(first..) {
                    let style = record.u16(4 + index * 6).unwrap_or(0);
                    sheet.show((row, column), look(style));
                }
            }
            // A row is hidden by its mark, or by its height in twentieths of a point.
            0x0208
                if record.u16(12).is_some_and(|flags| flags & 0x20 != 0)
                    || record.u16(6).is_some_and(|height| height & 0x7FFF < 2) =>
            {
                let row = u32::from(record.u16(0).unwrap_or(0));
                sheet.hidden_rows.push((row, row));
            }
            0x007D
                if record.u16(8).is_some_and(|flags| flags & 1 != 0)
                    || record.u16(4).is_some_and(|width| width < 26) =>
            {
                sheet.hidden_columns.extend(cell());
            }
            // WINDOW2: the fifth flag says whether zeros are shown.
            0x023E => sheet.hides_zeros = record.u16(0).is_some_and(|flags| flags & 0x10 == 0),
            0x00E5 => sheet.merges.extend(merges(&record)),
            _ => {}
        }
    }
    sheet
}

impl SheetWalk {
    fn show(&mut self, at: (u32, u32), (format, is_struck): (NumberFormat, bool)) {
        if is_struck {
            self.struck.insert(at);
        }
        if format != NumberFormat::Simple(Display::Plain) {
            self.formats.insert(at, format);
        }
    }
}

fn merges(record: &BiffRecord<'_>) -> Vec<Area> {
    let count = usize::from(record.u16(0).unwrap_or(0));
    let corner = |row: usize, column: usize| {
        Some(CellRef::new(u32::from(record.u16(row)?), u32::from(record.u16(column)?)))
    };
    let area = |index: usize| {
        let at = 2 + index * 8;
        Some(Area { first: corner(at, at + 4)?, last: corner(at + 2, at + 6)? })
    };
    (0..count).map_while(area).collect()
}

/// The number of a format and what it does.
fn number_format(record: &BiffRecord<'_>, is_biff8: bool) -> Option<(u16, NumberFormat)> {
    let id = record.u16(0)?;
    let code = if is_biff8 {
        let is_wide = record.body.get(4)? & 1 != 0;
        let text = record.body.get(5..)?;
        if is_wide {
            let units = text.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
        } else {
            text.iter().copied().map(char::from).collect()
        }
    } else {
        String::from_utf8_lossy(record.body.get(3..)?).into_owned()
    };
    Some((id, NumberFormat::of(&code)))
}

struct BiffRecord<'a> {
    kind: u16,
    body: &'a [u8],
}

impl BiffRecord<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        let bytes = self.body.get(at..at.checked_add(2)?)?;
        bytes.try_into().ok().map(u16::from_le_bytes)
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let bytes = self.body.get(at..at.checked_add(4)?)?;
        bytes.try_into().ok().map(u32::from_le_bytes)
    }
}

/// The records from a place on until the end of what begins there; charts and the like within it are left out.
struct Records<'a> {
    rest: &'a [u8],
    depth: usize,
}

impl<'a> Records<'a> {
    fn new(stream: &'a [u8], start: usize) -> Self {
        Self { rest: stream.get(start..).unwrap_or_default(), depth: 0 }
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
                0x000A if self.depth <= 1 => return None,
                0x000A => self.depth -= 1,
                _ => {}
            }
            if self.depth <= 1 {
                return Some(BiffRecord { kind, body });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, words: &[u16]) -> Vec<u8> {
        let length = u16::try_from(words.len() * 2).unwrap();
        [kind, length].iter().chain(words).flat_map(|word| word.to_le_bytes()).collect()
    }

    #[test]
    fn formats_hidden_parts_and_merges_are_found() {
        let code: Vec<u16> = "0.0%".encode_utf16().collect();
        // cch, then the flag of wide characters and the text, one byte off the words.
        let mut format = [164_u16.to_le_bytes(), 4_u16.to_le_bytes()].concat();
        format.push(1);
        format.extend(code.iter().flat_map(|unit| unit.to_le_bytes()));
        let mut format_record = [0x041E_u16, u16::try_from(format.len()).unwrap()]
            .iter()
            .flat_map(|word| word.to_le_bytes())
            .collect::<Vec<_>>();
        format_record.extend(format);
        let globals_length = 8 + format_record.len() + 8 + 8 + 12 + 4;
        let offset = u16::try_from(globals_length).unwrap();
        let mut stream = record(0x0809, &[0x0600, 5]);
        stream.extend(format_record);
        stream.extend(record(0x00E0, &[0, 0]));
        stream.extend(record(0x00E0, &[0, 164]));
        stream.extend(record(0x0085, &[offset, 0, 0, 0]));
        stream.extend(record(0x000A, &[]));
        assert_eq!(stream.len(), globals_length);
        stream.extend(record(0x0809, &[0x0600, 0x10]));
        stream.extend(record(0x007D, &[2, 3, 0, 0, 1]));
        stream.extend(record(0x0208, &[7, 0, 0, 0, 0, 0, 0x20, 0]));
        stream.extend(record(0x0203, &[4, 1, 1, 0, 0, 0, 0]));
        // An embedded chart does not count.
        stream.extend(record(0x0809, &[0x0600, 0x20]));
        stream.extend(record(0x0208, &[9, 0, 0, 0, 0, 0, 0x20, 0]));
        stream.extend(record(0x000A, &[]));
        stream.extend(record(0x00E5, &[1, 4, 6, 1, 1]));
        stream.extend(record(0x000A, &[]));
        let walk = records(&stream);
        assert!(walk.is_biff8 && !walk.is_encrypted && !walk.is_linked);
        let sheet = &walk.sheets[0];
        assert_eq!(sheet.formats, BTreeMap::from([((4, 1), NumberFormat::Simple(Display::Percent))]));
        assert_eq!((&sheet.hidden_rows[..], &sheet.hidden_columns[..]), (&[(7, 7)][..], &[(2, 3)][..]));
        assert_eq!(sheet.merges, [Area { first: CellRef::new(4, 1), last: CellRef::new(6, 1) }]);
        for cut in 0..stream.len() {
            records(&stream[..cut]);
        }
    }
}
