//! What a plan wants by the end of parts of the year (年内目标): each is listed, none is judged.

use std::collections::BTreeSet;

use serde::Serialize;

use super::context::Context;
use super::index;
use super::numbers::Key;
use super::section::Draft;
use super::table::Table;
use super::values::line_words;
use crate::evaluation::CityEvaluation;
use crate::ident::IndicatorNo;
use crate::period::Reach;
use crate::plan::{Indicator, InterimTarget};

/// The targets within the year.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Interims {
    /// Heads of the columns of the parts of the year that occur, in order.
    parts: Vec<&'static str>,
    /// Head of the column of lines.
    line_head: String,
    table: Table<InterimRow>,
}

/// A row or a target in prose with its targets within the year.
#[derive(Debug, Clone, Serialize)]
struct InterimRow {
    no: IndicatorNo,
    name: String,
    unit: String,
    /// One for each part.
    cells: Vec<String>,
    target: String,
    line: String,
}

/// Only of plans that have any for the year; `at` is the place of the city among all.
pub(super) fn section(draft: &mut Draft<'_>, at: usize, city: &CityEvaluation) -> Option<Interims> {
    let year = draft.context.evaluation.round.year();
    let of_year = |row: &'_ Indicator| -> Vec<InterimTarget> {
        row.interims.iter().filter(|one| one.period.year() == year).cloned().collect()
    };
    let having: Vec<(&Indicator, Vec<InterimTarget>)> = city
        .plan
        .indicators
        .iter()
        .map(|row| (row, of_year(row)))
        .filter(|(_, own)| !own.is_empty())
        .collect();
    let parts: BTreeSet<Reach> =
        having.iter().flat_map(|(_, own)| own).map(|one| one.period.reach()).collect();
    let rows: Vec<InterimRow> =
        having.iter().map(|(row, own)| interim_row(draft.context, city, (row, own), &parts)).collect();
    if rows.is_empty() {
        return None;
    }
    let document = &city.plan.called.document;
    let table = Table::new("年内各期的目标")
        .note(&format!("注：{document}所列，年度评估只按全年目标判定，各期目标只列示，不逐一判定。"))
        .whole_in(index::WHOLE)
        .rows(rows)
        .numbered(&mut draft.numbers, Key::in_annex(index::ANNEX, "interims").at(at));
    Some(Interims {
        parts: parts.into_iter().map(Reach::chinese).collect(),
        line_head: format!("{document}行"),
        table,
    })
}

fn interim_row(
    context: &Context<'_>,
    city: &CityEvaluation,
    (row, own): (&Indicator, &[InterimTarget]),
    parts: &BTreeSet<Reach>,
) -> InterimRow {
    let cell = |part: &Reach| {
        let found = own.iter().find(|one| one.period.reach() == *part);
        found.map_or_else(|| "—".to_owned(), |one| one.value.text.clone())
    };
    // Each line once: those of prose may stand elsewhere than their target.
    let mut lines: Vec<String> = Vec::new();
    for line in own.iter().map(|one| line_words(&one.line)) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let judged = city.assessments.iter().find(|one| one.no == row.no && one.is_primary());
    InterimRow {
        no: row.no.clone(),
        name: row.short.clone(),
        unit: row.unit.text().to_owned(),
        cells: parts.iter().map(cell).collect(),
        target: judged.map_or_else(|| "—".to_owned(), |one| context.target_beside(one, row)),
        line: lines.join("、"),
    }
}
