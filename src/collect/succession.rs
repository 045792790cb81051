//! Several workbooks of one unit: which of them counts.
//!
//! The later version does. Where versions do not tell, the register of receipts does, and without it the date on the
//! cover, which is then said. Where nothing tells, none counts: what the unit means cannot be known.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Collected, Submission};
use crate::finding::{Finding, Ground, Place, Population, ReturnProblem, SourceProblem, Undecided};
use crate::ident::UnitName;

/// Which of two workbooks of one unit is the later one, and on what weak ground that is taken; none where version or register
/// tell, or the two are the same file.
fn order(one: &Submission, other: &Submission) -> Option<(Ordering, Option<Ground>)> {
    let key = |one: &Submission| (one.registered, one.received, one.file.clone());
    if one.digests == other.digests {
        return Some((key(one).cmp(&key(other)), None));
    }
    // An answer comes after what it answers, whatever its cover still says.
    let answers = |one: &Submission, other: &Submission| {
        one.answers.as_ref().is_some_and(|answer| answer.base == other.digests.sm3)
    };
    match (answers(one, other), answers(other, one)) {
        (true, false) => return Some((Ordering::Greater, None)),
        (false, true) => return Some((Ordering::Less, None)),
        _ => {}
    }
    if let Some(order) = one.version.order(&other.version).filter(|order| order.is_ne()) {
        return Some((order, None));
    }
    let place = |one: &Submission| one.answers.as_ref().map(|answer| answer.number.place);
    if let (Some(mine), Some(theirs)) = (place(one), place(other))
        && mine != theirs
    {
        return Some((mine.cmp(&theirs), None));
    }
    let (Some(mine), Some(theirs)) = (one.received, other.received) else {
        let known = one.registered.cmp(&other.registered);
        return Some((known, Some(Ground::Registered))).filter(|(order, _)| order.is_ne());
    };
    let found = match (one.registered, other.registered) {
        (true, true) => (mine.cmp(&theirs), None),
        (false, false) => (mine.date().cmp(&theirs.date()), Some(Ground::CoverDate)),
        (known, other) => (known.cmp(&other), Some(Ground::Registered)),
    };
    Some(found).filter(|(order, _)| order.is_ne())
}

/// Of several workbooks of one unit marks those that a later one replaces, and those whose order cannot be told. `expected`
/// is the number of values that a unit is to report.
pub(super) fn settle(collected: &mut Collected, expected: &dyn Fn(&UnitName) -> usize) {
    let mut of_unit: BTreeMap<UnitName, Vec<usize>> = BTreeMap::new();
    for (at, one) in collected.submissions.iter().enumerate() {
        if let Some(unit) = one.unit.as_ref().filter(|_| one.readable && !one.after_cut_off) {
            of_unit.entry(unit.clone()).or_default().push(at);
        }
    }
    for (unit, all) in of_unit.into_iter().filter(|(_, all)| all.len() > 1) {
        collected.runs.over(Population::RepeatSender, 1);
        collected.runs.over(Population::RepeatWorkbook, all.len());
        let get = |at: &usize| collected.submissions.get(*at);
        let beats = |one: &usize, other: &usize| {
            let found = get(one).zip(get(other)).and_then(|(one, other)| order(one, other));
            found.filter(|(order, _)| order.is_gt()).map(|(_, ground)| ground)
        };
        let last = all
            .iter()
            .copied()
            .find(|one| all.iter().all(|other| one == other || beats(one, other).is_some()));
        let open: Vec<usize> = match last {
            Some(last) => vec![last],
            None => {
                let unbeaten = |one: &&usize| !all.iter().any(|other| beats(other, one).is_some());
                let open: Vec<usize> = all.iter().filter(unbeaten).copied().collect();
                if open.is_empty() { all.clone() } else { open }
            }
        };
        let assumed = |last: usize| -> Vec<(usize, usize, Ground)> {
            let weak = |other: &usize| beats(&last, other).flatten();
            all.iter().filter_map(|other| Some((last, *other, weak(other)?))).collect()
        };
        let assumed = last.map(assumed).unwrap_or_default();
        for (last, other, ground) in assumed {
            report_assumed(collected, last, other, ground);
        }
        if last.is_none() {
            collected.runs.undecided("C501", Undecided::NoOrder, open.len());
            collected.runs.undecided("L231", Undecided::NoOrder, all.len());
            report_unclear(collected, &unit, &open, expected(&unit));
        }
        for at in all.iter().filter(|at| !open.contains(at)) {
            supersede(collected, *at, open.first().copied());
        }
    }
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// L231: the order is taken from the dates on the covers, or from one entry of the register.
fn report_assumed(collected: &mut Collected, last: usize, other: usize, by: Ground) {
    let (Some(last), Some(other)) = (collected.submissions.get(last), collected.submissions.get(other))
    else {
        return;
    };
    let problem = ReturnProblem::OrderAssumed { other: name(&other.file).to_owned(), by }.into();
    let finding = Finding::new(&last.city, last.version_at.clone(), problem);
    let finding = finding.of_unit(&last.unit).see_also(other.version_at.clone());
    collected.findings.push(finding);
}

/// L230: nothing tells the order; none is used.
fn report_unclear(collected: &mut Collected, unit: &UnitName, open: &[usize], expected: usize) {
    let mut places: Vec<Place> = Vec::new();
    let mut files: Vec<String> = Vec::new();
    let mut city = None;
    for at in open {
        if let Some(one) = collected.submissions.get_mut(*at) {
            one.undecided = true;
            files.push(name(&one.file).to_owned());
            places.push(one.version_at.clone());
            city = Some(one.city.clone());
        }
    }
    let Some(city) = city else { return };
    let mut places = places.into_iter();
    let finding = Finding::new(
        &city,
        places.next().unwrap_or_default(),
        ReturnProblem::OrderUnclear { files, expected }.into(),
    );
    collected.findings.push(places.fold(finding.of_unit(unit), Finding::see_also));
}

/// C501: a later one replaces it.
fn supersede(collected: &mut Collected, at: usize, by: Option<usize>) {
    let Some(later) = by.and_then(|by| collected.submissions.get(by)).cloned() else { return };
    let Some(one) = collected.submissions.get_mut(at) else { return };
    one.superseded = true;
    let problem =
        SourceProblem::Superseded { edition: later.version.edition(), received: later.received }.into();
    let finding = Finding::new(&one.city, one.version_at.clone(), problem);
    collected.findings.push(finding.of_unit(&one.unit).see_also(Place::file(&later.file)));
}
