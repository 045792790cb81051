//! The query by which a unit corrected a cell, as a step of lineage.

use crate::collect::Observation;
use crate::evaluation::CityEvaluation;
use crate::finding::Object;
use crate::plan::{Query, QueryEventKind};

/// What stood in the very cell when it was asked about, in which workbook, and what stands there by the answer of its unit; `None` where no query led to
/// what it holds.
pub(super) fn by_query(city: &CityEvaluation, seen: &Observation) -> Option<(String, String)> {
    let corrects = |query: &&Query| {
        let asked = &query.asked;
        let now = query.answer.as_ref().filter(|event| event.kind == QueryEventKind::Corrected);
        *query.unit() == seen.unit
            && Object::parse(&asked.object) == Object::from(&seen.no)
            && asked.sheet == seen.at.sheet
            && asked.cell == seen.at.address()
            && now.is_some_and(|event| event.now == seen.raw.trim())
    };
    let query = city.collected.answers.iter().rev().map(|one| &one.query).find(corrects)?;
    let (asked, answer) = (&query.asked, query.answer.as_ref()?);
    let from = format!(
        "查询单{}第{}条，{}!{}“{}”（{} SM3 {}）",
        asked.key.number, asked.key.item, asked.sheet, asked.cell, asked.was, asked.file, asked.sm3
    );
    Some((from, format!("“{}”（{} SM3 {}）", answer.now, answer.file, answer.sm3)))
}
