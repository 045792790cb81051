//! One pass over a sheet of an xlsx workbook → cells, hidden rows and columns, and merges.
//!
//! Spreadsheets in the wild hold cells that no standard allows. A bad cell costs that cell, with its address and the
//! reason; what is broken beyond that is told with the last good cell before it, and what stood there counts.

use std::collections::BTreeSet;
use std::io::BufRead;

use super::address::{LAST_COLUMN, LAST_ROW, address, area, is_inside};
use super::bounds::LONGEST_STORED;
use super::cells;
use super::colour::PlainLook;
use super::conditional;
use super::display::Display;
use super::formula;
use super::open_cell::OpenCell;
use super::package::{Attributes, Piece, Xml};
use super::rules::RuleReader;
use super::shared::Shared;
use super::{Breakage, Content, Fault, Limit, Limits, Look, Loss, Trouble, WireCell, WireSheet};
use crate::ident::CellRef;

/// Troubles of a sheet that are told one by one.
const MOST_TROUBLES: usize = 100;
/// Cells with formulas that are remembered of a sheet; a form has some hundred.
const MOST_FORMULAS: usize = 20_000;

/// Cells of the whole workbook so far.
#[derive(Default)]
pub(super) struct Count {
    visited: usize,
    used: usize,
}

/// Elements that hold a footer.
const FOOTERS: [&str; 3] = ["oddFooter", "evenFooter", "firstFooter"];
/// Longest footer, in bytes: Excel has 255 characters.
const LONGEST_FOOTER: usize = 1 << 12;

/// Which text of a cell is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Value,
    Formula,
    Text,
    Spoken,
    Footer,
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
    /// The namespace of the sheet, and the prefixes that stand for it: no other element is a row, a cell or a value.
    space: Option<(String, Vec<String>)>,
    /// Whether the row is none of the sheet's own.
    is_foreign_row: bool,
    /// Its conditional formats, and the style of each cell.
    rules: RuleReader,
    styles: Vec<usize>,
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
            space: None,
            is_foreign_row: false,
            rules: RuleReader::default(),
            styles: Vec::new(),
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
        if over.is_none() {
            self.conditional(sheet)?;
        }
        over.map_or(Ok(()), |limit| Err(Fault::Limit(limit)))
    }

    /// Notes what conditional formats make people see.
    fn conditional(&mut self, sheet: &mut WireSheet) -> Result<(), Fault> {
        let styles = &self.shared.styles;
        let bare = |at: usize| {
            let style = self.styles.get(at).and_then(|style| styles.cells.get(*style));
            PlainLook {
                is_struck: style.is_some_and(|style| style.is_struck),
                colour: style.and_then(|style| style.colour.as_ref()),
                ground: style.map(|style| style.ground.clone()).unwrap_or_default(),
            }
        };
        conditional::apply(sheet, self.rules.finish(), bare, self.shared.is_1904)
    }

    fn see(&mut self, piece: Piece<'_>, sheet: &mut WireSheet) {
        if self.rules.is_reading() {
            match piece {
                Piece::Start(name, with) => self.rules.start(name, with),
                Piece::End(name) => self.rules.end(name, &self.shared.styles.changes),
                Piece::Text(text) => self.rules.text(&text),
                Piece::Unknown(name) => self.rules.text(&name),
            }
            return;
        }
        match piece {
            Piece::Text(text) if self.inside == Inside::Footer => {
                if let Some(footer) = sheet.footers.last_mut().filter(|one| one.len() < LONGEST_FOOTER) {
                    footer.push_str(&text);
                }
            }
            Piece::Text(text) => self.text(&text),
            // Bytes first: large sheets consist of cells and values.
            Piece::Start(name, with) => match name.as_bytes() {
                [b'c'] => self.open(with, sheet),
                [b'v'] => self.value(with),
                _ => self.start(name, with, sheet),
            },
            Piece::End(name) => match name.as_bytes() {
                [b'c'] => self.close(sheet),
                [b'v' | b'f'] => self.inside = Inside::Nothing,
                [b't'] if self.inside == Inside::Text => self.inside = Inside::Nothing,
                _ if name == "rPh" || FOOTERS.contains(&name) => self.inside = Inside::Nothing,
                _ => {}
            },
            Piece::Unknown(name) => {
                if self.is_open {
                    self.cell.unknown = Some(name);
                }
            }
        }
    }

    /// Whether an element is of another namespace than the sheet, which the first element names.
    fn is_foreign(&mut self, with: &Attributes<'_>) -> bool {
        let (space, prefixes) = self.space.get_or_insert_with(|| with.own_space());
        let is_own = |prefix: &str| prefixes.iter().any(|known| known == prefix);
        if with.is_plain() {
            return !is_own("");
        }
        !is_own(with.prefix()) || with.default_space().is_some_and(|own| own != *space)
    }

    /// A cell has one value, which holds nothing but text.
    fn value(&mut self, with: &Attributes<'_>) {
        self.cell.is_malformed |= std::mem::replace(&mut self.cell.is_filled, true)
            || self.inside != Inside::Nothing
            || self.is_foreign(with);
        self.inside = Inside::Value;
    }

    fn start(&mut self, name: &str, with: &Attributes<'_>, sheet: &mut WireSheet) {
        if self.space.is_none() {
            self.is_foreign(with);
        }
        if self.is_open && matches!(self.inside, Inside::Value | Inside::Text) {
            self.cell.is_malformed = true;
        }
        match name {
            "is" => {
                self.cell.is_malformed |= std::mem::replace(&mut self.cell.is_filled, true);
            }
            "row" => self.row(with, sheet),
            "f" => self.formula(with),
            "t" if self.inside == Inside::Nothing => self.inside = Inside::Text,
            "rPh" => self.inside = Inside::Spoken,
            _ if !self.is_open && FOOTERS.contains(&name) && sheet.footers.len() < FOOTERS.len() => {
                self.inside = Inside::Footer;
                sheet.footers.push(String::new());
            }
            "col" => self.columns(with, sheet),
            "sheetView" => self.hides_zeros |= with.get("showZeros") == "0",
            "sheetFormatPr" => {
                self.hides_rows = with.is_true("zeroHeight");
                self.own_widths = is_nothing(&with.get("defaultColWidth")).then(Vec::new);
            }
            "r" | "strike" | "vertAlign" => self.cell.text.start(name, with),
            "conditionalFormatting" => self.rules.begin(with),
            "mergeCell" => sheet.merges.extend(area(&with.get("ref"))),
            _ => {}
        }
    }

    fn row(&mut self, with: &Attributes<'_>, sheet: &mut WireSheet) {
        self.is_foreign_row = self.is_foreign(with);
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
        let is_nested = self.is_open;
        if is_nested {
            self.cell.is_malformed = true;
            self.close(sheet);
        }
        self.cell.clear();
        self.cell.is_malformed = is_nested || self.is_foreign_row || self.is_foreign(with);
        let mut wrong = None;
        let mut is_placed = false;
        with.each(|name, value| match name {
            "r" => {
                self.cell.is_malformed |= std::mem::replace(&mut is_placed, true);
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
            Inside::Value if self.cell.value.len() <= LONGEST_STORED => self.cell.value.push_str(text),
            Inside::Text if self.cell.length <= LONGEST_STORED => {
                self.cell.length += text.len();
                self.cell.text.push(text);
            }
            Inside::Value | Inside::Text => {}
            Inside::Formula => {
                if let Some(formula) = &mut self.cell.formula {
                    formula.push_str(text);
                }
            }
            Inside::Nothing | Inside::Spoken | Inside::Footer => {}
        }
    }

    fn close(&mut self, sheet: &mut WireSheet) {
        self.inside = Inside::Nothing;
        if !std::mem::take(&mut self.is_open) {
            return;
        }
        let Some(at) = self.cell.at else { return };
        let is_external = self.looks_elsewhere();
        let formulas = sheet.formulas.get_or_insert_default();
        if self.cell.formula.is_some() && formulas.len() < MOST_FORMULAS {
            formulas.push(at);
        }
        if let Some((content, display, look)) = self.content() {
            self.last_good = at;
            self.count.used += 1;
            let is_number = matches!(content, Content::Number(_));
            self.lacks_style |= is_number && self.shared.styles.lack(self.cell.style);
            self.styles.push(self.cell.style);
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
        let style = self.shared.styles.cells.get(self.cell.style);
        let format = self.shared.styles.format(self.cell.style);
        let inline = if self.cell.text.is_empty() { None } else { Some(self.cell.text.finish()) };
        let (content, display, mut look) = match self.cell.bare(self.shared, inline) {
            Some((Content::Number(number), _)) => self.number(number, format),
            Some((Content::Text(text), look)) => cells::text(text, look, format),
            Some((content, look)) => (content, Display::Plain, look),
            None => return None,
        };
        if let Some(style) = style {
            cells::swallow(&content, &mut look, style.ground.swallows(style.colour.as_ref()));
        }
        if style.is_some_and(|style| style.is_struck) {
            look.get_or_insert_default().is_struck = true;
        }
        Some((content, display, look))
    }

    fn number(
        &self,
        number: String,
        format: Option<&super::format::NumberFormat>,
    ) -> (Content, Display, Option<Box<Look>>) {
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
