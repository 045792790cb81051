//! What an ods workbook (OpenDocument 1.3, part 3) says of its cells beyond their values: percentages, hidden rows and
//! columns, merges. The values themselves are calamine's work, which waits for ever where a table is cut off and
//! unfolds what is repeated: both are refused here first.

use super::biff::SheetWalk;
use super::format::{Display, Format};
use super::package::{Attributes, Parts, Piece};
use super::{Area, Fault, Limits};
use crate::ident::CellRef;

/// Walks through the tables; `None` when the archive has no content.
///
/// # Errors
/// Fails where the content stops being XML, and when it unfolds to more cells than the limit.
pub(super) fn walk(parts: &mut Parts<'_>, limits: &Limits) -> Result<Option<Vec<SheetWalk>>, Fault> {
    let Some(xml) = parts.xml("content.xml")? else { return Ok(None) };
    let mut walk = Walk::default();
    let read = xml.visit(|piece| {
        match piece {
            Piece::Start(name, with) => walk.start(name, with),
            Piece::End(name) => walk.end(name),
            Piece::Text(text) => walk.is_filled |= !text.trim().is_empty(),
            Piece::Unknown(_) => {}
        }
        walk.cells <= limits.cells
    });
    if walk.cells > limits.cells {
        return Err(Fault::Limit(format!("单元格超过{}个", limits.cells)));
    }
    read.map_err(|error| Fault::damaged(&error))?;
    Ok(Some(walk.sheets))
}

#[derive(Default)]
struct Walk {
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
}

impl Walk {
    fn start(&mut self, name: &str, with: &Attributes<'_>) {
        if name == "table" {
            self.depth += 1;
            if self.depth == 1 {
                self.sheets.push(SheetWalk::default());
                (self.row, self.rows, self.column) = (0, 0, 0);
            }
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
                let kind = with.get("value-type");
                self.is_filled = !kind.is_empty();
                self.display = if kind == "percentage" { Display::Percent } else { Display::Plain };
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

    /// Notes how the cells that a repeated one stands for are shown; a hundred each way are enough for any form.
    fn show(&mut self) {
        let Some(sheet) = self.sheets.last_mut().filter(|_| self.display != Display::Plain) else { return };
        for row in (self.row..).take(self.rows.min(100) as usize) {
            for column in (self.column..).take(self.repeated.min(100) as usize) {
                sheet.formats.insert((row, column), Format::Simple(self.display));
            }
        }
    }
}
