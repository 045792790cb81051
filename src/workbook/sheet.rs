//! One pass over a sheet of an xlsx workbook → cells, hidden rows and columns, and merges.
//!
//! Spreadsheets in the wild hold cells that no standard allows. A bad cell costs that cell, with its address and the
//! reason; what is broken beyond that is told with the last good cell before it, and what stood there counts.

use std::collections::BTreeSet;
use std::io::BufRead;

use super::cells;
use super::display::Display;
use super::format::NumberFormat;
use super::formula;
use super::package::{Attributes, Piece, Xml};
use super::runs::Runs;
use super::shared::Shared;
use super::stored::{number_text, unescaped};
use super::{
    Area, Breakage, Content, Damage, Fault, Limit, Limits, Look, Loss, Trouble, WireCell, WireSheet,
};
use crate::ident::CellRef;

const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u32 = 16_383;
const LONGEST_TEXT: usize = 32_767;

/// How much is kept of a longer one, to quote it, in characters.
const KEPT_OF_LONG_TEXT: usize = 40;
/// Troubles of a sheet that are told one by one.
const MOST_TROUBLES: usize = 100;

/// Cells of the whole workbook so far.
#[derive(Default)]
pub(super) struct Count {
    visited: usize,
    used: usize,
}

/// A cell while it is read.
#[derive(Default)]
struct OpenCell {
    at: Option<CellRef>,
    kind: String,
    style: usize,
    /// Whether it has a rich value.
    is_rich: bool,
    value: String,
    text: Runs,
    formula: Option<String>,
    shared: Option<String>,
    unknown: Option<String>,
}

impl OpenCell {
    /// Forgets what it holds and keeps the room.
    fn clear(&mut self) {
        let Self { at, kind, style, is_rich, value, text, formula, shared, unknown } = self;
        (*at, *style, *is_rich) = (None, 0, false);
        (*formula, *shared, *unknown) = (None, None, None);
        kind.clear();
        value.clear();
        text.clear();
    }
}

/// Which text of a cell is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Value,
    Formula,
    Text,
    Spoken,
}

/// One pass over a sheet.
pub(super) struct Pass<'a> {
    shared: &'a Shared,
    count: &'a mut Count,
    limits: &'a Limits,
    row: u32,
    next_row: u32,
    next_column: u32,
    last_good: CellRef,
    /// The cell that is open, or the last one, whose room is used again.
    cell: OpenCell,
    is_open: bool,
    inside: Inside,
    /// Shared formulas that look into another workbook.
    external: BTreeSet<String>,
    /// Whether a number has a style that is not there.
    lacks_style: bool,
    /// Whether zeros are not shown.
    hides_zeros: bool,
    /// Whether rows are hidden that have no height of their own.
    hides_rows: bool,
    /// Whether columns are hidden that have no width of their own, and the columns that have one.
    own_widths: Option<Vec<(u32, u32)>>,
}

impl<'a> Pass<'a> {
    pub(super) fn new(shared: &'a Shared, count: &'a mut Count, limits: &'a Limits) -> Self {
        Self {
            shared,
            count,
            limits,
            row: 0,
            next_row: 0,
            next_column: 0,
            last_good: CellRef::new(0, 0),
            cell: OpenCell::default(),
            is_open: false,
            inside: Inside::Nothing,
            external: BTreeSet::new(),
            lacks_style: false,
            hides_zeros: false,
            hides_rows: false,
            own_widths: None,
        }
    }

    /// Reads the sheet. Where it stops being XML, what stood before counts and the place is told.
    ///
    /// # Errors
    /// Fails when a limit is exceeded.
    pub(super) fn run(&mut self, xml: Xml<impl BufRead>, sheet: &mut WireSheet) -> Result<(), Fault> {
        let limits = *self.limits;
        let mut over = None;
        let read = xml.visit(|piece| {
            self.see(piece, sheet);
            if self.count.visited > limits.cells_visited {
                over = Some(Limit::Visited { sheet: sheet.name.clone(), most: limits.cells_visited });
            } else if self.count.used > limits.cells {
                over = Some(Limit::Cells { sheet: Some(sheet.name.clone()), most: limits.cells });
            } else if sheet.merges.len() > limits.merges {
                over = Some(Limit::Merges { sheet: sheet.name.clone(), most: limits.merges });
            }
            over.is_none()
        });
        if self.lacks_style {
            sheet.troubles.push(Trouble { at: CellRef::new(0, 0), what: Loss::Styles });
        }
        if let Some(own) = self.own_widths.take() {
            sheet.hidden_columns.extend(others(own));
        }
        match read {
            Err(Breakage::Checksum) => *sheet = sheet.withheld(),
            Err(why) => sheet.troubles.push(Trouble { at: self.last_good, what: Loss::Rest(why) }),
            Ok(()) => {}
        }
        over.map_or(Ok(()), |limit| Err(Fault::Limit(limit)))
    }

    fn see(&mut self, piece: Piece<'_>, sheet: &mut WireSheet) {
        match piece {
            Piece::Text(text) => self.text(&text),
            // Bytes first: large sheets consist of cells and values.
            Piece::Start(name, with) => match name.as_bytes() {
                [b'c'] => self.open(with, sheet),
                [b'v'] => self.inside = Inside::Value,
                _ => self.start(name, with, sheet),
            },
            Piece::End(name) => match name.as_bytes() {
                [b'c'] => self.close(sheet),
                [b'v' | b'f'] => self.inside = Inside::Nothing,
                [b't'] if self.inside == Inside::Text => self.inside = Inside::Nothing,
                _ if name == "rPh" => self.inside = Inside::Nothing,
                _ => {}
            },
            Piece::Unknown(name) => {
                if self.is_open {
                    self.cell.unknown = Some(name);
                }
            }
        }
    }

    fn start(&mut self, name: &str, with: &Attributes<'_>, sheet: &mut WireSheet) {
        match name {
            "row" => self.row(with, sheet),
            "f" => self.formula(with),
            "t" if self.inside == Inside::Nothing => self.inside = Inside::Text,
            "rPh" => self.inside = Inside::Spoken,
            "col" => self.columns(with, sheet),
            "sheetView" => self.hides_zeros |= with.get("showZeros") == "0",
            "sheetFormatPr" => {
                self.hides_rows = with.is_true("zeroHeight");
                self.own_widths = is_nothing(&with.get("defaultColWidth")).then(Vec::new);
            }
            "r" | "strike" | "vertAlign" => self.cell.text.start(name, with),
            "mergeCell" => sheet.merges.extend(area(&with.get("ref"))),
            _ => {}
        }
    }

    fn row(&mut self, with: &Attributes<'_>, sheet: &mut WireSheet) {
        let named = with.get("r");
        self.row = match named.parse::<u32>() {
            Ok(number) if (1..=LAST_ROW + 1).contains(&number) => number - 1,
            Err(_) if named.is_empty() => self.next_row,
            _ => {
                self.trouble(sheet, Loss::RowNumber(named));
                self.next_row
            }
        };
        self.next_row = self.row.saturating_add(1);
        self.next_column = 0;
        let height = with.get("ht");
        if with.is_true("hidden") || is_nothing(&height) || (self.hides_rows && height.is_empty()) {
            extend(&mut sheet.hidden_rows, (self.row, self.row));
        }
    }

    fn open(&mut self, with: &Attributes<'_>, sheet: &mut WireSheet) {
        self.cell.clear();
        let mut wrong = None;
        with.each(|name, value| match name {
            "r" => {
                self.cell.at = address(value);
                wrong = self.cell.at.is_none().then(|| value.to_owned());
            }
            "s" => self.cell.style = value.parse().unwrap_or(0),
            "vm" => self.cell.is_rich = true,
            "t" => value.clone_into(&mut self.cell.kind),
            _ => {}
        });
        if let Some(named) = wrong {
            self.trouble(sheet, Loss::Cell(named));
        } else if self.cell.at.is_none() {
            self.cell.at = Some(CellRef::new(self.row, self.next_column)).filter(is_inside);
        }
        if let Some(at) = self.cell.at {
            self.next_column = at.column.saturating_add(1);
        }
        self.is_open = true;
        self.inside = Inside::Nothing;
        self.count.visited += 1;
    }

    fn formula(&mut self, with: &Attributes<'_>) {
        self.inside = Inside::Formula;
        if self.is_open {
            self.cell.formula = Some(String::new());
            self.cell.shared = (with.get("t") == "shared").then(|| with.get("si"));
        }
    }

    fn text(&mut self, text: &str) {
        if !self.is_open {
            return;
        }
        match self.inside {
            Inside::Value => self.cell.value.push_str(text),
            Inside::Text => self.cell.text.push(text),
            Inside::Formula => {
                if let Some(formula) = &mut self.cell.formula {
                    formula.push_str(text);
                }
            }
            Inside::Nothing | Inside::Spoken => {}
        }
    }

    fn close(&mut self, sheet: &mut WireSheet) {
        self.inside = Inside::Nothing;
        if !std::mem::take(&mut self.is_open) {
            return;
        }
        let Some(at) = self.cell.at else { return };
        let is_external = self.looks_elsewhere();
        if let Some((content, display, look)) = self.content() {
            self.last_good = at;
            self.count.used += 1;
            let is_number = matches!(content, Content::Number(_));
            self.lacks_style |= is_number && self.shared.styles.lack(self.cell.style);
            sheet.cells.push(WireCell(at.row, at.column, content, display, is_external, look));
        }
    }

    fn looks_elsewhere(&mut self) -> bool {
        let cell = &self.cell;
        let Some(formula) = &cell.formula else { return false };
        let here = formula::looks_elsewhere(formula, &self.shared.names);
        match &cell.shared {
            Some(shared) if here => {
                self.external.insert(shared.clone());
                true
            }
            Some(shared) => self.external.contains(shared),
            None => here,
        }
    }

    /// What a cell holds and what is seen of it; `None` when it is empty.
    fn content(&mut self) -> Option<(Content, Display, Option<Box<Look>>)> {
        let (format, is_struck) = self.shared.styles.of(self.cell.style);
        let inline = if self.cell.text.is_empty() { None } else { Some(self.cell.text.finish()) };
        let (content, display, mut look) = match self.bare(inline) {
            Some((Content::Number(number), _)) => self.number(number, format),
            Some((content, look)) => (content, Display::Plain, look),
            None => return None,
        };
        if is_struck {
            look.get_or_insert_default().is_struck = true;
        }
        Some((content, display, look))
    }

    /// What a cell holds, whatever its style.
    fn bare(&self, inline: Option<(String, Option<Box<Look>>)>) -> Option<(Content, Option<Box<Look>>)> {
        let cell = &self.cell;
        let plain = |content: Content| Some((content, None));
        let has_formula = cell.formula.is_some();
        if cell.formula.as_ref().is_some_and(|formula| formula::shows_a_picture(formula)) {
            return plain(Content::Picture);
        }
        if let Some(name) = &cell.unknown {
            return plain(Content::Damaged(Damage::UnknownReference(name.clone())));
        }
        if cell.value.is_empty() && inline.is_none() {
            return if has_formula { plain(Content::NoResult) } else { None };
        }
        let texts = &self.shared.texts;
        match cell.kind.as_str() {
            "s" => {
                let at = cell.value.trim().parse::<usize>().ok();
                match at.and_then(|at| Some((at, texts.texts.get(at)?))) {
                    Some((at, _)) if texts.unknown.contains_key(&at) => {
                        let name = texts.unknown.get(&at).cloned().unwrap_or_default();
                        plain(Content::Damaged(Damage::UnknownReference(name)))
                    }
                    Some((_, text)) if text.is_empty() => None,
                    Some((at, text)) => Some((bounded(text.clone()), texts.looks.get(&at).cloned())),
                    None => plain(Content::Damaged(Damage::NoSuchText(cell.value.clone()))),
                }
            }
            "inlineStr" => {
                let (text, look) = inline.unwrap_or_else(|| (unescaped(&cell.value), None));
                Some((bounded(text), look))
            }
            "str" => plain(bounded(unescaped(&cell.value))),
            "b" => plain(Content::Bool(matches!(cell.value.trim(), "1" | "true"))),
            "e" if cell.is_rich && self.shared.has_pictures => plain(Content::Picture),
            "e" => plain(Content::Error(cell.value.clone())),
            "d" => plain(Content::Date(cell.value.clone())),
            "" | "n" => {
                plain(number_text(cell.value.trim()).map_or_else(
                    || Content::Damaged(Damage::NotANumber(cell.value.clone())),
                    Content::Number,
                ))
            }
            other => plain(Content::Damaged(Damage::UnknownType {
                kind: other.to_owned(),
                text: cell.value.clone(),
            })),
        }
    }

    fn number(&self, number: String, format: Option<&NumberFormat>) -> (Content, Display, Option<Box<Look>>) {
        let (content, display, mut look) = cells::number(number, format, self.shared.is_1904);
        if self.hides_zeros
            && matches!(&content, Content::Number(number) if matches!(number.as_str(), "0" | "-0"))
        {
            look.get_or_insert_default().shown = Some(String::new());
        }
        (content, display, look)
    }

    /// Columns that are hidden by their mark or by their width.
    fn columns(&mut self, with: &Attributes<'_>, sheet: &mut WireSheet) {
        let bound = |name: &str| with.get(name).parse::<u32>().ok()?.checked_sub(1);
        let (Some(first), Some(last)) = (bound("min"), bound("max")) else { return };
        let columns = (first, last.min(LAST_COLUMN));
        if let Some(own) = &mut self.own_widths {
            own.push(columns);
        }
        if with.is_true("hidden") || is_nothing(&with.get("width")) {
            extend(&mut sheet.hidden_columns, columns);
        }
    }

    fn trouble(&self, sheet: &mut WireSheet, what: Loss) {
        if sheet.troubles.len() < MOST_TROUBLES {
            sheet.troubles.push(Trouble { at: self.last_good, what });
        }
    }
}

fn bounded(text: String) -> Content {
    if text.chars().count() <= LONGEST_TEXT {
        Content::Text(text)
    } else {
        let begin = text.chars().take(KEPT_OF_LONG_TEXT).collect();
        Content::Damaged(Damage::TooLong { most: LONGEST_TEXT, begin })
    }
}

fn is_inside(at: &CellRef) -> bool {
    at.row <= LAST_ROW && at.column <= LAST_COLUMN
}

/// Reads `G18`; `None` beyond the sheet.
fn address(text: &str) -> Option<CellRef> {
    if text.contains('$') {
        return address(&text.replace('$', ""));
    }
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = text.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let letter = |sum: u32, b: u8| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1;
    let column = letters.bytes().fold(0, letter);
    let row: u32 = number.parse().ok()?;
    Some(CellRef::new(row.checked_sub(1)?, column.checked_sub(1)?)).filter(is_inside)
}

fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':')?;
    Some(Area { first: address(first)?, last: address(last)? })
}

/// Whether a height or width is given and too small to be seen.
fn is_nothing(size: &str) -> bool {
    size.parse::<rust_decimal::Decimal>().is_ok_and(|size| size < rust_decimal::Decimal::new(1, 1))
}

/// The columns that are in none of the ranges.
fn others(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut next = 0;
    let mut others = Vec::new();
    for (first, last) in ranges {
        if first > next {
            others.push((next, first - 1));
        }
        next = next.max(last.saturating_add(1));
    }
    if next <= LAST_COLUMN {
        others.push((next, LAST_COLUMN));
    }
    others
}

/// Adds a range, joined to the last one when it follows that.
fn extend(ranges: &mut Vec<(u32, u32)>, next: (u32, u32)) {
    match ranges.last_mut() {
        Some(last) if last.1.checked_add(1) == Some(next.0) => last.1 = next.1,
        _ => ranges.push(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_within_the_sheet() {
        for (text, expected) in [
            ("A1", Some((0, 0))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("$G$18", Some((17, 6))),
            ("XFE1", None),
            ("A1048577", None),
            ("A0", None),
            ("ZZZZZZ2", None),
            ("A4294967290", None),
            ("12", None),
            ("甲1", None),
        ] {
            assert_eq!(address(text).map(|at| (at.row, at.column)), expected, "{text}");
        }
    }
}
