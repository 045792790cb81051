//! What the review asks a city's units.

use super::context::Context;
use super::findings::Finding;
use super::table::Table;
use crate::evaluation::CityEvaluation;
use crate::finding::Severity;

/// 表8: errors, warnings and waived findings; plain notes are in annex 1 only.
pub(super) fn queries(context: &Context<'_>, city: &CityEvaluation) -> Table<Finding> {
    let own = context.findings_of(city).into_iter();
    let own = own.filter(|(finding, _)| finding.problem.severity() != Severity::Note);
    Table::unnumbered("数据核实情况（编号同附件1，提示级问题从略）")
        .empty("审核未提出需要核实的问题。")
        .rows(own.map(|(_, printed)| printed).collect())
}
