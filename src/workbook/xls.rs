//! An xls workbook (MS-XLS, BIFF5 and BIFF8) → its sheets.

use super::biff::{BiffRecord, Globals, Records};
use super::biff_rules::BiffRules;
use super::cells::{LEAST_HEIGHT, LEAST_WIDTH, Stored, Style, cell, hide_zeros};
use super::conditional;
use super::ole::{self, Ole};
use super::stored::{error_name, packed, real};
use super::{
    Area, BookMarks, Breakage, Content, Damage, Fault, Limit, Limits, Loss, Trouble, WireBook, WireSheet,
};
use crate::ident::CellRef;

/// Reads the workbook of an OLE file; `None` when it holds none.
///
/// # Errors
/// Fails when it is encrypted, damaged so that no sheet can be found, or exceeds a limit.
pub(super) fn read(ole: &Ole<'_>, limits: &Limits) -> Result<Option<WireBook>, Fault> {
    let Some(stream) = ole.stream("Workbook").or_else(|| ole.stream("Book")) else { return Ok(None) };
    let globals = Globals::read(&stream, limits)?;
    if globals.is_encrypted {
        return Err(Fault::Encrypted);
    }
    if globals.listed.is_empty() {
        return Err(Fault::broken(Breakage::Incomplete));
    }
    let mut sheets = Vec::new();
    let mut count = 0;
    for listed in globals.listed.iter().filter(|listed| listed.has_cells) {
        let mut sheet =
            WireSheet { name: listed.name.clone(), visible: listed.visible, ..WireSheet::default() };
        XlsPass {
            globals: &globals,
            sheet: &mut sheet,
            waiting: None,
            string: Vec::new(),
            lacks_style: false,
            styles: Vec::new(),
            rules: BiffRules::default(),
        }
        .run(&stream, listed.start, limits.cells - count)?;
        count += sheet.cells.len();
        sheets.push(sheet);
    }
    let program = ole.stream("\u{5}SummaryInformation").and_then(|properties| ole::program(&properties));
    let is_linked = globals.is_linked;
    Ok(Some(WireBook { format: "xls".to_owned(), program, is_linked, sheets, marks: BookMarks::default() }))
}

/// One pass over the records of a sheet.
struct XlsPass<'a> {
    globals: &'a Globals,
    sheet: &'a mut WireSheet,
    /// A formula whose result is a text, which comes in a record of its own: its place and style.
    waiting: Option<(CellRef, u16)>,
    /// That record, and those in which it goes on.
    string: Vec<&'a [u8]>,
    /// Whether a number has a style that is not there.
    lacks_style: bool,
    /// The style of each cell.
    styles: Vec<u16>,
    rules: BiffRules,
}

impl<'a> XlsPass<'a> {
    fn run(&mut self, stream: &'a [u8], start: usize, most: usize) -> Result<(), Fault> {
        let mut records = Records::new(stream, start);
        let mut shows_zeros = true;
        let first = records.next();
        if first.is_none_or(|record| record.kind != 0x0809) {
            self.sheet.troubles.push(Trouble { at: CellRef::new(0, 0), what: Loss::NoContent });
            return Ok(());
        }
        for record in records.by_ref() {
            match record.kind {
                0x0207 if self.waiting.is_some() => self.string = vec![record.body],
                0x003C if !self.string.is_empty() => self.string.push(record.body),
                // What may stand between a formula and its result: the formula that it shares with others.
                0x0221 | 0x0236 | 0x04BC if self.string.is_empty() => {}
                _ => {
                    self.finish();
                    self.see(&record);
                }
            }
            // WINDOW2: the fifth flag says whether zeros are shown.
            if record.kind == 0x023E {
                shows_zeros = record.u16(0).is_none_or(|flags| flags & 0x10 != 0);
            }
            if self.sheet.cells.len() > most {
                return Err(Fault::Limit(Limit::Cells { sheet: None, most }));
            }
        }
        self.finish();
        if !shows_zeros {
            hide_zeros(&mut self.sheet.cells);
        }
        let styles = &self.globals.styles;
        let style = |at: usize| self.styles.get(at).and_then(|style| styles.get(usize::from(*style)));
        conditional::apply(
            self.sheet,
            self.rules.finish(),
            |at| Style::bare(style(at)),
            self.globals.is_1904,
        )?;
        if self.lacks_style {
            self.sheet.troubles.push(Trouble { at: CellRef::new(0, 0), what: Loss::Styles });
        }
        if !records.has_end {
            let at = self.sheet.cells.last();
            let at = at.map_or_else(|| CellRef::new(0, 0), |cell| CellRef::new(cell.0, cell.1));
            self.sheet.troubles.push(Trouble { at, what: Loss::Rest(Breakage::Incomplete) });
        }
        Ok(())
    }

    /// Ends a formula whose result is a text: it was read, or is not there.
    fn finish(&mut self) {
        let Some((at, style)) = self.waiting.take() else { return };
        let string = std::mem::take(&mut self.string);
        if string.is_empty() {
            self.put(at, style, Stored::Other(Content::NoResult));
        } else {
            let text = self.globals.text_in_parts(&string);
            self.put(at, style, Stored::Text(text, None));
        }
    }

    fn put(&mut self, at: CellRef, number: u16, stored: Stored) {
        let style = self.globals.styles.get(usize::from(number));
        self.lacks_style |= style.is_none() && matches!(stored, Stored::Number(_));
        if let Some(cell) = cell(at, stored, style, self.globals.is_1904) {
            self.styles.push(number);
            self.sheet.cells.push(cell);
        }
    }

    fn see(&mut self, record: &BiffRecord<'_>) {
        match record.kind {
            0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD | 0x0006 | 0x0206 | 0x0406 => {
                let at = || Some(CellRef::new(u32::from(record.u16(0)?), u32::from(record.u16(2)?)));
                let (Some(at), Some(style)) = (at(), record.u16(4)) else { return };
                match self.stored(record) {
                    Some(Stored::Other(Content::NoResult)) => self.waiting = Some((at, style)),
                    Some(stored) => self.put(at, style, stored),
                    None => {}
                }
            }
            0x00BD => self.numbers(record),
            // A row is hidden by its mark, or by its height.
            0x0208
                if record.u16(12).is_some_and(|flags| flags & 0x20 != 0)
                    || record.u16(6).is_some_and(|height| height & 0x7FFF < LEAST_HEIGHT) =>
            {
                let row = u32::from(record.u16(0).unwrap_or(0));
                self.sheet.hidden_rows.push((row, row));
            }
            0x007D
                if record.u16(8).is_some_and(|flags| flags & 1 != 0)
                    || record.u16(4).is_some_and(|width| u32::from(width) < LEAST_WIDTH) =>
            {
                let columns = || Some((u32::from(record.u16(0)?), u32::from(record.u16(2)?)));
                self.sheet.hidden_columns.extend(columns());
            }
            0x01B0 | 0x01B1 | 0x0879 | 0x087A => self.rules.see(record, self.globals),
            0x00E5 => self.sheet.merges.extend(merges(record)),
            _ => {}
        }
    }

    /// What a cell stores; `Content::NoResult` where its result is a text that follows.
    fn stored(&self, record: &BiffRecord<'_>) -> Option<Stored> {
        let real_at =
            |at: usize| -> Option<[u8; 8]> { record.body.get(at..at.checked_add(8)?)?.try_into().ok() };
        let damaged = |damage| Some(Stored::Other(Content::Damaged(damage)));
        Some(match record.kind {
            0x0203 => Stored::Number(real(real_at(6)?)),
            0x027E => Stored::Number(packed(record.u32(6)?)),
            0x0204 | 0x00D6 => Stored::Text(self.globals.text(record.body.get(6..)?)?, None),
            0x0205 => bool_or_error(*record.body.get(6)?, *record.body.get(7)?),
            0x00FD => {
                let number = record.u32(6)?;
                let place = usize::try_from(number).ok();
                match place.and_then(|place| self.globals.texts.get(place)) {
                    Some((text, look)) => Stored::Text(text.clone(), look.clone()),
                    None => return damaged(Damage::NoSuchText(number.to_string())),
                }
            }
            0x0006 => {
                let result = real_at(6)?;
                match (result, record.u16(12)?) {
                    ([0, ..], 0xFFFF) => Stored::Other(Content::NoResult),
                    ([1, _, value, ..], 0xFFFF) => bool_or_error(value, 0),
                    ([2, _, value, ..], 0xFFFF) => bool_or_error(value, 1),
                    (_, 0xFFFF) => return None,
                    _ => Stored::Number(real(result)),
                }
            }
            // Formulas of older programs, which are not read.
            _ => return damaged(Damage::UnknownFormula),
        })
    }

    /// Several numbers beside one another.
    fn numbers(&mut self, record: &BiffRecord<'_>) {
        let (Some(row), Some(first)) = (record.u16(0), record.u16(2)) else { return };
        let count = record.body.len().saturating_sub(6) / 6;
        for (index, column) in (0..count).zip(u32::from(first)..) {
            let at = 4 + index * 6;
            if let (Some(style), Some(number)) = (record.u16(at), record.u32(at + 2)) {
                self.put(CellRef::new(u32::from(row), column), style, Stored::Number(packed(number)));
            }
        }
    }
}

fn bool_or_error(value: u8, is_error: u8) -> Stored {
    Stored::Other(match is_error {
        0 => Content::Bool(value != 0),
        _ => Content::Error(error_name(value).to_owned()),
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::display::Display;
    use crate::workbook::{Look, WireCell};

    fn record(kind: u16, words: &[u16]) -> Vec<u8> {
        let length = u16::try_from(words.len() * 2).unwrap();
        [kind, length].iter().chain(words).flat_map(|word| word.to_le_bytes()).collect()
    }

    /// A workbook of one sheet with the records given.
    fn book(records: &[Vec<u8>]) -> Vec<u8> {
        let code: Vec<u16> = "0.0%".encode_utf16().collect();
        // The number of characters, then the flag of wide ones and the text, one byte off the words.
        let mut format = [164_u16.to_le_bytes(), 4_u16.to_le_bytes()].concat();
        format.push(1);
        format.extend(code.iter().flat_map(|unit| unit.to_le_bytes()));
        let mut stream = record(0x0809, &[0x0600, 5]);
        stream.extend([0x041E_u16, 13].iter().flat_map(|word| word.to_le_bytes()));
        stream.extend(format);
        stream.extend([record(0x00E0, &[0, 0]), record(0x00E0, &[0, 164])].concat());
        let start = u16::try_from(stream.len() + 12 + 4).unwrap();
        stream.extend([record(0x0085, &[start, 0, 0, 0]), record(0x000A, &[])].concat());
        stream.extend([record(0x0809, &[0x0600, 0x10]), records.concat(), record(0x000A, &[])].concat());
        stream
    }

    fn read_sheet(stream: &[u8]) -> WireSheet {
        let globals = Globals::read(stream, &Limits::default()).unwrap();
        let mut sheet = WireSheet::default();
        let start = globals.listed.first().map_or(usize::MAX, |listed| listed.start);
        let pass = XlsPass {
            globals: &globals,
            sheet: &mut sheet,
            waiting: None,
            string: Vec::new(),
            lacks_style: false,
            styles: Vec::new(),
            rules: BiffRules::default(),
        };
        let mut pass = pass;
        pass.run(stream, start, 1000).unwrap();
        sheet
    }

    #[test]
    fn formats_hidden_parts_and_merges_are_found() {
        let stream = book(&[
            record(0x007D, &[2, 3, 0, 0, 1]),
            record(0x0208, &[7, 0, 0, 255, 0, 0, 0x20, 0]),
            record(0x0203, &[4, 1, 1, 0, 0, 0, 0x3FE0]),
            // An embedded chart does not count.
            record(0x0809, &[0x0600, 0x20]),
            record(0x0208, &[9, 0, 0, 255, 0, 0, 0x20, 0]),
            record(0x0203, &[9, 9, 0, 0, 0, 0, 0x3FE0]),
            record(0x000A, &[]),
            record(0x00E5, &[1, 4, 6, 1, 1]),
        ]);
        let sheet = read_sheet(&stream);
        let [WireCell(4, 1, Content::Number(number), Display::Percent, false, None)] = &sheet.cells[..]
        else {
            panic!("{:?}", sheet.cells)
        };
        assert_eq!(number, "0.5");
        assert_eq!((&sheet.hidden_rows[..], &sheet.hidden_columns[..]), (&[(7, 7)][..], &[(2, 3)][..]));
        assert_eq!(sheet.merges, [Area { first: CellRef::new(4, 1), last: CellRef::new(6, 1) }]);
        assert!(sheet.troubles.is_empty());
        for cut in 0..stream.len() {
            assert!(!read_sheet(&stream[..cut]).troubles.is_empty(), "{cut}");
        }
    }

    #[test]
    fn conditional_formats_are_held_against_the_cells() {
        // A rule for cells greater than 100; what it changes: a font that strikes out, or is white, or a format of its own.
        let rule = |blocks: u32, more: u16, change: &[u8], kind: u8, tokens: &[u8]| {
            let mut body = vec![kind, 5];
            body.extend([u16::try_from(tokens.len()).unwrap(), 0].map(u16::to_le_bytes).concat());
            body.extend(blocks.to_le_bytes());
            body.extend(more.to_le_bytes());
            body.extend(change);
            body.extend(tokens);
            let length = u16::try_from(body.len()).unwrap();
            [0x01B1_u16.to_le_bytes(), length.to_le_bytes()]
                .concat()
                .into_iter()
                .chain(body)
                .collect::<Vec<u8>>()
        };
        let font = |style: u32, colour: u32, same: u32| {
            let mut block = vec![0; 118];
            block[68..72].copy_from_slice(&style.to_le_bytes());
            block[80..84].copy_from_slice(&colour.to_le_bytes());
            block[88..92].copy_from_slice(&same.to_le_bytes());
            block
        };
        let code = [&[8, 0, 3, 0, 0][..], b";;;"].concat();
        let hundred = [0x1E, 100, 0];
        let look = |change: &dyn Fn(&mut Look)| {
            let mut look = Look::default();
            change(&mut look);
            Some(look)
        };
        let hidden = look(&|look| look.shown = Some(String::new()));
        for (rule, expected) in [
            (rule(1 << 26, 0, &font(0x80, 0x7FFF_FFFF, 0), 1, &hundred), look(&|look| look.is_struck = true)),
            (rule(1 << 26, 0, &font(0x80, 0x7FFF_FFFF, 0x80), 1, &hundred), None),
            (rule(1 << 26, 0, &font(0, 9, 0x80), 1, &hundred), look(&|look| look.is_swallowed = true)),
            (rule(1 << 26, 0, &font(0, 10, 0x80), 1, &hundred), None),
            (rule(1 << 25, 1, &code, 1, &hundred), hidden),
            (
                rule(1 << 26, 0, &font(0x80, 0x7FFF_FFFF, 0), 2, &[0x4C, 0, 0, 0, 0]),
                look(&|look| look.is_unsettled = true),
            ),
        ] {
            let areas = record(0x01B0, &[1, 0, 0, 9, 0, 9, 1, 0, 9, 0, 0]);
            let sheet = read_sheet(&book(&[
                record(0x027E, &[0, 0, 0, 2 | 120 << 2, 0]),
                record(0x027E, &[1, 0, 0, 2 | 90 << 2, 0]),
                areas,
                rule,
            ]));
            let found: Vec<Option<&Look>> = sheet.cells.iter().map(|cell| cell.5.as_deref()).collect();
            let other = expected.as_ref().filter(|look| look.is_unsettled);
            assert_eq!(found, [expected.as_ref(), other]);
        }
    }

    #[test]
    fn results_of_formulas_are_read_and_missing_ones_told() {
        let formula = |row: u16, result: [u16; 4]| {
            record(0x0006, &[row, 0, 0, result[0], result[1], result[2], result[3], 0, 0, 0, 0])
        };
        let sheet = read_sheet(&book(&[
            formula(0, [0, 0, 0, 0x3FE0]),
            // A text, behind the formula that the cell shares with others.
            formula(1, [0, 0, 0, 0xFFFF]),
            record(0x04BC, &[1]),
            record(0x0207, &[3, u16::from_le_bytes([0, b'a']), u16::from_le_bytes(*b"bc")]),
            // A text that goes on in another record.
            formula(2, [0, 0, 0, 0xFFFF]),
            record(0x0207, &[3, u16::from_le_bytes([0, b'a'])]),
            record(0x003C, &[u16::from_le_bytes([0, b'b']), u16::from_le_bytes([b'c', 0])]),
            formula(3, [1, 1, 0, 0xFFFF]),
            formula(4, [2, 7, 0, 0xFFFF]),
            formula(5, [3, 0, 0, 0xFFFF]),
            formula(6, [0, 0, 0, 0xFFFF]),
            record(0x027E, &[7, 0, 0, 2 | 42 << 2, 0]),
            record(0x00BD, &[8, 0, 0, 2 | 1 << 2, 0, 1, 3 | 5 << 2, 0, 1]),
            record(0x00FD, &[9, 0, 0, 5, 0]),
            record(0x0204, &[10, 0, 0, 1, u16::from_le_bytes([0, b'a'])]),
            record(0x0205, &[11, 0, 0, 0x0124]),
            record(0x0203, &[12, 0, 0, 0, 0, 0, 0x7FF0]),
            record(0x0406, &[13, 0, 0, 0]),
            record(0x023E, &[0]),
            record(0x027E, &[14, 0, 0, 2, 0]),
        ]));
        let found: Vec<&Content> = sheet.cells.iter().map(|cell| &cell.2).collect();
        let (number, text) = (|n: &str| Content::Number(n.into()), |t: &str| Content::Text(t.into()));
        let expected = [
            number("0.5"),
            text("abc"),
            text("abc"),
            Content::Bool(true),
            Content::Error("#DIV/0!".into()),
            Content::NoResult,
            number("42"),
            number("1"),
            number("0.05"),
            Content::Damaged(Damage::NoSuchText("5".into())),
            text("a"),
            Content::Error("#NUM!".into()),
            Content::Damaged(Damage::NotANumber(String::new())),
            Content::Damaged(Damage::UnknownFormula),
            number("0"),
        ];
        assert_eq!(found, expected.iter().collect::<Vec<_>>());
        let zero = sheet.cells.last().and_then(|cell| cell.5.as_deref());
        assert_eq!(zero, Some(&Look { shown: Some(String::new()), ..Look::default() }));
    }
}
