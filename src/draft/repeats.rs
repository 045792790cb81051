//! Targets that state again what a row or another target states.

use std::collections::BTreeMap;

use super::names::{key, likeness};
use super::reading::ProseSetting;
use super::{DraftNumber, DraftRow, DraftTarget, OpenReason};

/// Least likeness of a name with that of a row that is told, in percent.
const LIKE_ROW: usize = 60;

/// A target with the name of a row and its number for the year repeats it, and is of the row's kind: 新建高标准农田18万亩 repeats the
/// row 新建高标准农田. A name that is only like one, or the same with a target of another kind, is no repetition: that is told.
pub(super) fn repeats(target: &mut DraftTarget, id: Option<&str>, setting: &ProseSetting) {
    let names = names_of(target);
    let same = |row: &&DraftRow| names.contains(&key(&row.name)) || (id.is_some() && row.id.as_deref() == id);
    let Some(row) = setting.rows.iter().find(same) else {
        like(target, setting);
        return;
    };
    let of_year = |number: &&DraftNumber| Some(number.year) == target.year;
    let says = |number: &&DraftNumber| {
        number.value == target.value
            && number.bounds == target.bounds
            && row.unit == target.unit.clone().or(row.unit.clone())
    };
    let kind = |number: &DraftNumber| number.kind.unwrap_or("level");
    let equal = row.targets.iter().filter(of_year).find(says);
    let is_of_kind = target.kind == "level" || row.targets.iter().any(|number| kind(number) == target.kind);
    match equal {
        Some(number) if number.undefined.is_none() => target.kind = kind(number),
        _ if !is_of_kind => {
            target.open.missing("same_as", OpenReason::LikeRow(row.no.clone()));
            return;
        }
        None if row.unit == target.unit => {
            target.open.chosen("value", OpenReason::OtherThanRow(row.no.clone()));
        }
        _ => {}
    }
    if target.unit.is_none() {
        target.unit.clone_from(&row.unit);
    }
    target.same_as = Some(row.no.clone());
    target.open.chosen("same_as", OpenReason::SameAs(row.no.clone()));
}

/// The names by which a row can be that of a target: of a growth per year also without 年均.
fn names_of(target: &DraftTarget) -> Vec<String> {
    let own = key(&target.name);
    let plain = own.replace("年均", "");
    if target.kind == "average_growth" && plain != own { vec![own, plain] } else { vec![own] }
}

/// Tells of the row whose name is likest: most characters in common, or all of them in their order.
fn like(target: &mut DraftTarget, setting: &ProseSetting) {
    let name = key(&target.name);
    let is_like = |row: &&DraftRow| {
        let row_name = key(&row.name);
        let is_short = name.chars().count() >= 4 && is_within(&name, &row_name);
        let is_inside = row_name.chars().count() >= 4 && name.contains(&row_name);
        likeness(&row_name, &name) >= LIKE_ROW || is_short || is_inside || says_number(target, row, &row_name)
    };
    let like = setting.rows.iter().filter(is_like);
    if let Some(row) = like.max_by_key(|row| likeness(&key(&row.name), &name)) {
        target.open.missing("same_as", OpenReason::LikeRow(row.no.clone()));
    }
}

/// Whether a row has the number of a target for its year, and two characters of the name: 改厕2600户 and a row 农村改厕.
fn says_number(target: &DraftTarget, row: &DraftRow, row_name: &str) -> bool {
    let is_equal = target.value.is_some()
        && row.unit == target.unit
        && row.targets.iter().any(|one| Some(one.year) == target.year && one.value == target.value);
    is_equal && likeness(row_name, &key(&target.name)) > 0
}

/// Whether a text has all characters of another in their order: 居民收入增长 of 居民人均可支配收入增长.
fn is_within(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

/// 新增80家，力争100家: what is hoped for beyond the number before it is a second target of the same, not one apart.
pub(super) fn stretches(targets: &mut [DraftTarget]) {
    for at in 1..targets.len() {
        let (before, rest) = targets.split_at_mut(at);
        let (Some(first), Some(target)) = (before.last(), rest.first_mut()) else { continue };
        if is_beyond(first, target) {
            let no = first.same_as.clone().unwrap_or_else(|| first.id.clone());
            target.open.0.retain(|open| open.field != "name");
            target.open.chosen("same_as", OpenReason::Stretch(no.clone()));
            target.same_as = Some(no);
            target.is_stretch = true;
        }
    }
}

/// Whether a target hopes for more of what one of the same sentence expects.
fn is_beyond(first: &DraftTarget, target: &DraftTarget) -> bool {
    let what = |one: &DraftTarget| (one.kind, one.year, one.unit.clone(), one.line);
    let (own, of) = (key(&target.name), key(&first.name));
    // What names nothing itself is named after the sentence.
    let is_same = own == of || (target.open.has("name") && of.contains(&own));
    let value =
        |one: &DraftTarget| one.value.as_ref().and_then(|value| value.parse::<rust_decimal::Decimal>().ok());
    let is_more = match (value(first), value(target)) {
        (Some(first), Some(hoped)) if target.is_lower => hoped < first,
        (Some(first), Some(hoped)) => hoped > first,
        _ => false,
    };
    is_same
        && is_more
        && target.strength == "aspired"
        && first.strength != "aspired"
        && !first.is_stretch
        && what(first) == what(target)
}

/// Targets of the general part that a task states again, and the other way round: the one of a task is kept.
pub(super) fn repeats_among(targets: &mut [DraftTarget]) {
    let same = |one: &DraftTarget, other: &DraftTarget| {
        (one.kind, one.year, &one.unit) == (other.kind, other.year, &other.unit) && one.line != other.line
    };
    let keys: Vec<String> = targets.iter().map(|target| key(&target.name)).collect();
    let mut by_name: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (at, (name, target)) in keys.iter().zip(targets.iter()).enumerate() {
        if target.same_as.is_none() && target.value.is_some() {
            by_name.entry((name, target.value.as_deref())).or_default().push(at);
        }
    }
    let length = targets.len();
    let original = |at: usize| {
        let target = targets.get(at).filter(|target| target.same_as.is_none())?;
        let like = by_name.get(&(keys.get(at)?.as_str(), target.value.as_deref()))?;
        like.iter().find_map(|other| {
            let one = targets.get(*other)?;
            let keeps = (one.task.is_some(), length - other) > (target.task.is_some(), length - at);
            (*other != at && keeps && same(one, target)).then(|| one.id.clone())
        })
    };
    let originals: Vec<Option<String>> = (0..length).map(original).collect();
    for (target, original) in targets.iter_mut().zip(originals) {
        if let Some(original) = original {
            target.open.chosen("same_as", OpenReason::SameAs(original.clone()));
            target.same_as = Some(original);
        }
    }
}

/// Rows that stand twice, in the body and in an annex, count once.
pub(super) fn without_doubles(rows: Vec<DraftRow>) -> Vec<DraftRow> {
    let mut found: Vec<DraftRow> = Vec::new();
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for row in rows {
        let alike = by_name.entry(key(&row.name)).or_default();
        let says = |number: &DraftNumber| (number.year, number.tier, number.value.clone());
        let same = |other: &DraftRow| other.targets.iter().map(says).eq(row.targets.iter().map(says));
        if !alike.iter().filter_map(|at| found.get(*at)).any(same) {
            alike.push(found.len());
            found.push(row);
        }
    }
    found
}
