//! What settles an open query without anybody's word: its finding is gone, or it is a warning and the unit stands by what it reported.

use std::path::Path;

use chrono::NaiveDate;

use crate::collect::Submission;
use crate::files;
use crate::finding::{Finding, Object, Place, Severity};
use crate::plan::{Query, QueryEvent, QueryEventKind, QueryState};

/// Who does what the program finds.
pub(super) const PROGRAM: &str = "（程序）";

/// What closes a query, held against what the round finds now of its city; `None` where it stays as it is.
pub(super) fn settled(
    query: &Query,
    submissions: &[Submission],
    findings: &[&Finding],
    on: NaiveDate,
) -> Option<QueryEvent> {
    // Without a workbook that counts nothing is found, and nothing is settled.
    let base = submissions.iter().find(|one| one.is_used_of(query.unit()))?;
    let is_waiting =
        matches!(query.state, QueryState::Waiting | QueryState::Corrected | QueryState::Confirmed);
    // As long as the very workbook counts that was asked about, its unit has done nothing about it.
    let is_untouched = base.digests.sm3 == query.asked.sm3 && query.state != QueryState::Confirmed;
    if !is_waiting || is_untouched {
        return None;
    }
    let content = match (found(query, base, findings), query.state) {
        (None, QueryState::Waiting) => format!("重报后复核通过，{}不再出现", query.asked.code),
        (None, _) => format!("复核通过，{}不再出现", query.asked.code),
        (Some(found), QueryState::Confirmed) if found.severity() != Severity::Error => "已说明".to_owned(),
        (Some(_), _) => return None,
    };
    Some(QueryEvent {
        on,
        kind: QueryEventKind::Closed,
        by: PROGRAM.to_owned(),
        content,
        reason: String::new(),
        evidence: String::new(),
        now: query.answer.as_ref().map(|answer| answer.now.clone()).unwrap_or_default(),
        file: files::name(Path::new(&base.file)),
        sm3: base.digests.sm3.clone(),
        ..query.asked.clone()
    })
}

/// The finding that a query is about, as the round finds it now: by code and object; where it has no object, by its place too.
fn found<'a>(query: &Query, base: &Submission, findings: &[&'a Finding]) -> Option<&'a Finding> {
    let asked = &query.asked;
    let object = Object::parse(&asked.object);
    let is_same = |finding: &&&Finding| {
        let is_it = finding.problem.code() == asked.code
            && finding.subject.object == object
            && finding.is_of(query.unit())
            && finding.waived.is_none();
        let places = || std::iter::once(&finding.at).chain(&finding.related);
        let is_there = |place: &Place| {
            place.file == base.file && place.sheet == asked.sheet && place.address() == asked.cell
        };
        is_it && (object != Object::Whole || asked.cell.is_empty() || places().any(is_there))
    };
    findings.iter().find(is_same).copied()
}
