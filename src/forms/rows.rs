//! Where the rows of a form stand on its sheets.

use super::Form;
use crate::plan::Origin;

/// The first row below the headings of the sheet of indicators, from 0.
pub(super) const FIRST_ROW: u32 = 4;
/// The first row below the headings of the sheet of tasks.
pub(super) const FIRST_TASK: u32 = 3;

impl Form<'_> {
    /// The last row of the table of indicators, from 1; each part has a heading of its own.
    pub(super) fn last_row(&self) -> u32 {
        let parts =
            [Origin::Table, Origin::Prose].into_iter().filter(|part| self.part(*part).next().is_some());
        let rows = self.rows.len().saturating_add(parts.count());
        FIRST_ROW.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX))
    }

    /// The last row of the table of tasks, from 1.
    pub(super) fn last_task(&self) -> u32 {
        FIRST_TASK.saturating_add(u32::try_from(self.tasks.len()).unwrap_or(u32::MAX))
    }
}
