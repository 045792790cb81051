//! What the review asks a city's units.

use serde::Serialize;

use super::findings::{self, Finding};
use super::numbers::Key;
use super::section::Draft;
use super::table::Table;
use crate::evaluation::CityEvaluation;
use crate::finding::Severity;

/// Errors, warnings and waived findings; plain notes are in annex 1 only.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Queries {
    table: Table<Finding>,
}

pub(super) fn section(draft: &mut Draft<'_>, city: &CityEvaluation) -> Option<Queries> {
    let own = draft.context.findings_of(city).into_iter();
    let own = own.filter(|(finding, _)| finding.problem.severity() != Severity::Note);
    let annex = draft.in_whole(findings::ANNEX);
    let table = Table::new(&format!("数据核实情况（编号同{annex}，提示级问题从略）"))
        .whole_in(findings::WHOLE)
        .empty("审核未提出需要核实的问题。")
        .rows(own.map(|(_, printed)| printed).collect())
        .numbered(&mut draft.numbers, Key::table_of(&city.plan, "queries"));
    Some(Queries { table })
}
