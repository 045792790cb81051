//! Targets in prose: those of the year, and those that are not judged this year.

use super::context::Context;
use super::terms::leads_or_any;
use crate::assess::Assessment;
use crate::evaluation::CityEvaluation;
use crate::ident::TaskNo;
use crate::plan::{Indicator, Origin, Strength};

/// Targets in prose that are not judged this year.
pub(super) fn of_other_years(city: &CityEvaluation) -> Vec<&Indicator> {
    let is_judged = |row: &&Indicator| city.assessments.find(&row.no).is_some();
    city.plan.indicators.iter().filter(|row| row.origin == Origin::Prose && !is_judged(row)).collect()
}

/// That targets in prose are not judged this year, and why; those without a year are shown in the year that the plan file asks
/// for them. `alone`: no others are.
pub(super) fn not_this_year(context: &Context<'_>, city: &CityEvaluation, alone: bool) -> String {
    let rows = of_other_years(city);
    let asked = |row: &&Indicator| row.targets.iter().find(|one| one.undated).map(|one| one.year);
    let undated: Vec<i32> = rows.iter().filter_map(asked).collect();
    let due = rows.len() - undated.len();
    let say = |name: &str, of: &dyn Fn(&Indicator) -> bool, number: usize| {
        let members = rows.iter().filter(|row| of(row)).map(|row| context.name_step(city, row));
        context.book.count(&format!("{}/#{name}", city.plan.city), members, &[], number)
    };
    let is_undated = |row: &Indicator| row.targets.iter().any(|one| one.undated);
    let shown = undated.iter().max().map(|year| {
        let count = say("prose.undated", &is_undated, undated.len());
        format!("{count}项未写完成年限、列入{year}年度")
    });
    let (number, all) = (rows.len(), say("prose.later", &|_| true, rows.len()));
    let later = say("prose.not_due", &|row| !is_undated(row), due);
    let own = format!("{}正文目标", city.plan.called.document);
    let head = if alone { own.as_str() } else { "另有正文目标" };
    match (number, due, shown) {
        (0, ..) => String::new(),
        (_, _, None) if alone => format!("{head}{all}项均不在本年度到期，不评。"),
        (_, _, None) => format!("{head}{all}项不在本年度到期，不评。"),
        (_, 0, Some(shown)) => format!("{head}{all}项本年度不评：{shown}。"),
        (_, _, Some(shown)) => format!("{head}{all}项本年度不评：{later}项不在本年度到期，{shown}。"),
    }
}

/// Mark of a target that is striven for.
pub(super) const ASPIRED: &str = "力争";

/// A target in prose by its short name: one that is only striven for may lie beside another one of the same name.
pub(super) fn named(one: &Assessment, row: &Indicator) -> String {
    match one.target.strength == Strength::Aspired && !row.is_short_aspired() {
        true => format!("{}（{ASPIRED}）", row.short),
        false => row.short.clone(),
    }
}

/// Whether only the strength tells a target from another one of its name.
pub(super) fn is_told_by_strength(city: &CityEvaluation, one: &Assessment) -> bool {
    let Some(row) = city.plan.indicator(&one.no) else { return false };
    let has_twin = prose(city).filter_map(|other| city.plan.indicator(&other.no));
    let has_twin = has_twin.filter(|other| other.name == row.name).count() > 1;
    one.target.strength == Strength::Aspired && has_twin && !row.is_named_aspired()
}

pub(super) fn prose(city: &CityEvaluation) -> impl Iterator<Item = &Assessment> {
    city.assessments.iter().filter(|one| one.origin == Origin::Prose)
}

/// Which targets without a year are shown in another year than this one.
pub(super) fn shown_later(context: &Context<'_>) -> String {
    let year = context.evaluation.round.year();
    let mut words = String::new();
    for city in context.cities() {
        let undated = city.plan.indicators.iter().flat_map(|row| row.targets.iter().find(|one| one.undated));
        let later: Vec<i32> = undated.map(|one| one.year).filter(|of| *of != year).collect();
        if let Some(of) = later.iter().max() {
            let slug = &city.plan.city;
            let is_one = |row: &&Indicator| row.targets.iter().any(|one| one.undated && one.year != year);
            let rows = city.plan.indicators.iter().filter(is_one);
            let members = rows.map(|row| context.name_step(city, row));
            let count = context.book.count(&format!("{slug}/#undated.later"), members, &[], later.len());
            words.push_str(&format!("，{}{count}项列入{of}年度", city.plan.name));
        }
    }
    words
}

/// That targets in prose without a lead unit are listed at the office; empty where each has one.
pub(super) fn without_lead(city: &CityEvaluation) -> String {
    let (document, office) = (&city.plan.called.document, &city.plan.office);
    let is_led_by_it = |no: &TaskNo| city.plan.task(no).is_some_and(|task| task.lead.contains(office));
    let is_unled = prose(city)
        .filter_map(|one| city.plan.indicator(&one.no))
        .any(|row| row.reporters == [office.clone()] && !row.task.as_ref().is_some_and(is_led_by_it));
    match is_unled {
        true => format!("{document}未写{}的，暂列{office}。", leads_or_any(&city.plan)),
        false => String::new(),
    }
}

/// Why some numbers of targets are not there; nothing where all are. Numbers that are missing between others are seen to be; those before the
/// first and behind the last are named.
pub(super) fn gaps_words(city: &CityEvaluation) -> String {
    let repeated = match (city.plan.repeats.is_empty(), city.score.basis) {
        (true, _) => None,
        (false, Origin::Table) => {
            let table = &city.plan.called.table;
            Some(format!("与{table}重复（并入{table}判定）"))
        }
        (false, Origin::Prose) => Some("与其他正文目标重复（只评一次）".to_owned()),
    };
    let others = of_other_years(city);
    let again: Vec<&str> = city.plan.repeats.iter().map(|one| one.no.as_str()).collect();
    let later: Vec<&str> = others.iter().map(|row| row.no.as_str()).collect();
    let printed: Vec<&str> = prose(city).map(|one| one.no.as_str()).collect();
    if !is_between(&again, &printed) && !is_between(&later, &printed) {
        let parts = [(again, repeated.unwrap_or_default()), (later, "不在本年度判定".to_owned())];
        let parts = parts.iter().filter(|(numbers, _)| !numbers.is_empty());
        let parts = parts.map(|(numbers, why)| format!("{}{why}", runs(numbers)));
        return parts.collect::<Vec<_>>().join("，");
    }
    match (repeated, others.is_empty()) {
        (None, true) => String::new(),
        (Some(why), true) => format!("编号不连续处{why}"),
        (None, false) => "编号不连续处不在本年度判定".to_owned(),
        (Some(why), false) => format!("编号不连续处{why}或不在本年度判定"),
    }
}

/// What stands in a number behind its letters; `None` where nothing does.
fn place(no: &str) -> Option<u32> {
    no.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

/// Whether any number is missing between those that are printed, or may be.
fn is_between(missing: &[&str], printed: &[&str]) -> bool {
    let places: Option<Vec<u32>> = printed.iter().map(|no| place(no)).collect();
    let Some(places) = places else { return !missing.is_empty() };
    let (first, last) = (places.iter().min(), places.iter().max());
    missing.iter().any(|no| {
        let Some(at) = place(no) else { return true };
        first.is_some_and(|first| *first < at) && last.is_some_and(|last| at < *last)
    })
}

/// `P1—P3、P9`: numbers that follow each other are a run.
fn runs(numbers: &[&str]) -> String {
    let follow = |one: &&str, other: &&str| {
        place(one).zip(place(other)).is_some_and(|(one, other)| one.checked_add(1) == Some(other))
    };
    let run = |run: &[&str]| match run {
        [first, _, .., last] => format!("{first}—{last}"),
        few => few.join("、"),
    };
    numbers.chunk_by(follow).map(run).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_to_be_missing_where_they_are() {
        for (missing, printed, expected) in [
            (&["P1", "P2", "P3"][..], &["P4", "P5"][..], false),
            (&["P2"], &["P1", "P3"], true),
            (&["P9"], &["P1", "P3"], false),
            (&["甲"], &["P1", "P3"], true),
            (&[], &["P1", "P3"], false),
        ] {
            assert_eq!(is_between(missing, printed), expected, "{missing:?} {printed:?}");
        }
        assert_eq!(runs(&["P1", "P2", "P3", "P9", "P11", "P12"]), "P1—P3、P9、P11、P12");
    }
}
