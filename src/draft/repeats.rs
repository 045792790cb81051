//! Targets that state again what a row or another target states.

use super::names::{key, likeness};
use super::reading::ProseSetting;
use super::{DraftNumber, DraftRow, DraftTarget, OpenReason};

/// Least likeness of a name with that of a row that is told, in percent.
const LIKE_ROW: usize = 60;

/// A level with the name of a row repeats it. A name that is only like one is no repetition: that is told.
pub(super) fn repeats(target: &mut DraftTarget, id: Option<&str>, setting: &ProseSetting) {
    let name = key(&target.name);
    let same = |row: &&DraftRow| key(&row.name) == name || (id.is_some() && row.id.as_deref() == id);
    if target.kind != "level" {
        return;
    }
    let Some(row) = setting.rows.iter().find(same) else {
        let like = setting.rows.iter().filter(|row| likeness(&key(&row.name), &name) >= LIKE_ROW);
        if let Some(row) = like.max_by_key(|row| likeness(&key(&row.name), &name)) {
            target.open.missing("same_as", OpenReason::LikeRow(row.no.clone()));
        }
        return;
    };
    target.same_as = Some(row.no.clone());
    target.open.chosen("same_as", OpenReason::SameAs(row.no.clone()));
    let says = |number: &DraftNumber| Some(number.year) == target.year && number.value == target.value;
    if !row.targets.iter().any(says) && row.unit == target.unit {
        target.open.chosen("value", OpenReason::OtherThanRow(row.no.clone()));
    }
}

/// Targets of the general part that a task states again, and the other way round: the one of a task is kept.
pub(super) fn repeats_among(targets: &mut [DraftTarget]) {
    let same = |one: &DraftTarget, other: &DraftTarget| {
        key(&one.name) == key(&other.name)
            && (one.kind, one.year, &one.value, &one.unit)
                == (other.kind, other.year, &other.value, &other.unit)
            && one.value.is_some()
            && one.line != other.line
    };
    let all: Vec<DraftTarget> = targets.to_vec();
    for (at, target) in targets.iter_mut().enumerate() {
        if target.same_as.is_some() {
            continue;
        }
        let original = all.iter().enumerate().find(|(other, one)| {
            let keeps = (one.task.is_some(), all.len() - other) > (target.task.is_some(), all.len() - at);
            *other != at && one.same_as.is_none() && same(one, target) && keeps
        });
        if let Some((_, original)) = original {
            target.same_as = Some(original.id.clone());
            target.open.chosen("same_as", OpenReason::SameAs(original.id.clone()));
        }
    }
}

/// Rows that stand twice, in the body and in an annex, count once.
pub(super) fn without_doubles(rows: Vec<DraftRow>) -> Vec<DraftRow> {
    let mut found: Vec<DraftRow> = Vec::new();
    for row in rows {
        let says = |number: &DraftNumber| (number.year, number.tier, number.value.clone());
        let same = |other: &DraftRow| {
            key(&other.name) == key(&row.name)
                && other.targets.iter().map(says).eq(row.targets.iter().map(says))
        };
        if !found.iter().any(same) {
            found.push(row);
        }
    }
    found
}
