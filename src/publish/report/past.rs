//! What the report says of values of the year before that were published, and of those that are unknown.

use super::context::Context;
use crate::assess::Assessment;
use crate::finding::Language;
use crate::plan::{Indicator, Published};

/// Whether any value of an earlier year is one that was published, since the plan prints none.
pub(super) fn is_any_published(context: &Context<'_>) -> bool {
    let year = context.evaluation.round.year_before();
    let serves = |row: &Indicator| row.served_of(year).is_some();
    context.cities().iter().any(|city| city.plan.indicators.iter().any(serves))
}

/// Which values of the year before were published, which differ from what was published, and which are unknown: a note of the
/// table of a city's indicators. Empty when the plan prints all of them.
pub(super) fn note(rows: &[(&Assessment, &Indicator)], year: i32, document: &str) -> String {
    let rows = || rows.iter().map(|(_, row)| *row);
    let served: Vec<&str> =
        rows().filter(|row| row.served_of(year).is_some()).map(|row| row.no.as_str()).collect();
    let printed = rows().any(|row| row.past_of(year).is_some());
    let mut note = match (served.is_empty(), printed) {
        (true, _) => String::new(),
        (false, true) => {
            format!("指标{}的{year}年实绩为当年发布数，其余为{document}所列。", served.join("、"))
        }
        (false, false) => format!("{year}年实绩为当年发布数。"),
    };
    let differing = rows().filter_map(|row| differing(row, year));
    note.extend(
        differing.map(|(row, one)| {
            format!("指标{}的{year}年数当年发布{}，按{document}所列。", row.no, one.issued)
        }),
    );
    let unknown: Vec<String> = rows()
        .filter_map(|row| Some((row, row.published_of(year)?)))
        .filter(|(row, one)| one.value.is_none() && row.past_of(year).is_none())
        .map(|(row, one)| format!("{}（{}）", row.no, one.status.words(Language::Chinese)))
        .collect();
    if !unknown.is_empty() {
        note.push_str(&format!("指标{}的{year}年数未知。", unknown.join("、")));
    }
    note
}

/// What was published of a year, where the plan prints another value.
fn differing(row: &Indicator, year: i32) -> Option<(&Indicator, &Published)> {
    let (printed, one) = (row.past_of(year)?, row.published_of(year)?);
    let value = one.value.as_ref()?;
    let is_same = match (printed.value, value.value) {
        (Some(printed), Some(value)) => printed == value,
        _ => printed.text == value.text,
    };
    (!is_same).then_some((row, one))
}
