//! The rows of a table as its arithmetic sees them.

use super::arithmetic::{self, Line, LineKind};
use super::number::{self, Reading};
use super::roles::Role;
use super::rows::Context;
use crate::quantity::Unit;

impl Context<'_> {
    /// The rows of a table with totals or parts as its arithmetic sees them; none of any other table.
    pub(super) fn lines(&self, rows: &[u32]) -> Vec<Line> {
        let kinds = rows.iter().map(|row| arithmetic::kind(&self.line_name(*row)));
        let has_sums = kinds.into_iter().any(|kind| matches!(kind, LineKind::Total | LineKind::Part));
        if has_sums { rows.iter().filter_map(|row| self.line(*row)).collect() } else { Vec::new() }
    }

    /// The name of a row; 合计 may stand in the column of numbers, from where it is merged over the names.
    fn line_name(&self, row: u32) -> String {
        let name = self.text(row, Role::Name);
        if name.trim().is_empty() { self.text(row, Role::No).into_owned() } else { name.into_owned() }
    }

    fn line(&self, row: u32) -> Option<Line> {
        let column = self.table.column(Role::Actual)?.at;
        let usual =
            self.units_named(row, column).into_iter().next().map(|(_, unit)| unit).unwrap_or_default();
        let read = number::read(self.sheet.cell(row, column), false, &usual);
        let Reading::Number(value) = read.reading else { return None };
        let unit = Unit::parse(&read.unit.unwrap_or(usual));
        let name = self.line_name(row);
        Some(Line { row, kind: arithmetic::kind(&name), name, value, unit })
    }
}
