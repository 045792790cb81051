//! The year before: what units now report of it, and what was published of it, against the value that is kept.

use std::collections::BTreeMap;

use crate::collect::{Lookup, Observation};
use crate::finding::{Finding, PastOrigin, Place, PublishedStatus, RuleRuns, SourceProblem, Undecided};
use crate::ident::IndicatorNo;
use crate::plan::{Indicator, PUBLISHED, Plan, Round};

/// C504: the year before is reported with another value than the one that is kept as the base.
pub(super) fn restated(
    plan: &Plan,
    round: &Round,
    collected: &Lookup<'_>,
    indicator: &Indicator,
    runs: &mut RuleRuns,
) -> Vec<Finding> {
    let year = round.year_before();
    let reported = collected.values_of(&indicator.no).filter(|seen| !seen.is_current && seen.value.is_some());
    let count = reported.count();
    runs.ran("C504", count);
    let known = indicator.known_of(year).and_then(|past| Some((past, past.value?)));
    let Some((past, kept)) = known else {
        runs.undecided("C504", Undecided::NoYearBefore, count);
        return Vec::new();
    };
    let origin = match indicator.served_of(year) {
        Some(_) => PastOrigin::Published,
        None => PastOrigin::Plan,
    };
    let differs = |seen: &&Observation| !seen.is_current && seen.value.is_some_and(|value| value != kept);
    let finding = |seen: &Observation| {
        let (reported, kept) = (seen.value?, past.text.clone());
        let problem = SourceProblem::BaselineRestated { year, reported, kept, origin }.into();
        let finding = Finding::new(&plan.city, seen.at.clone(), problem);
        Some(finding.of_unit(&seen.unit).of_indicator(&indicator.no))
    };
    collected.values_of(&indicator.no).filter(differs).filter_map(finding).collect()
}

/// C509, C510, C511: what was published and does not serve.
pub(super) fn published(plan: &Plan, round: &Round, runs: &mut RuleRuns) -> Vec<Finding> {
    let year = round.year_before();
    let place = || Place::file(&format!("{}/{PUBLISHED}", plan.city));
    let mut unknown: BTreeMap<PublishedStatus, Vec<IndicatorNo>> = BTreeMap::new();
    let mut found = Vec::new();
    for row in &plan.indicators {
        let Some(one) = row.published_of(year) else { continue };
        runs.ran("C511", 1);
        match row.past_of(year) {
            None => runs.ran("C509", 1),
            Some(_) => runs.ran("C510", 1),
        }
        if row.past_of(year).is_some() && one.value.is_none() {
            runs.undecided("C510", Undecided::NoYearBefore, 1);
        }
        match (row.past_of(year), &one.value) {
            (None, None) => unknown.entry(one.status).or_default().push(row.no.clone()),
            (Some(printed), Some(value))
                if is_another(printed.value, value.value, &printed.text, &value.text) =>
            {
                let (published, planned) = (one.issued.clone(), printed.text.clone());
                let problem = SourceProblem::PublishedDiffers { year, published, planned }.into();
                found.push(Finding::new(&plan.city, place(), problem).of_indicator(&row.no));
            }
            _ => {}
        }
    }
    runs.ran("C511", plan.unplaced.len());
    let unknown = unknown
        .into_iter()
        .map(|(status, numbers)| SourceProblem::PastUnknown { year, status, numbers })
        .chain(
            (!plan.unplaced.is_empty())
                .then(|| SourceProblem::PublishedUnplaced { numbers: plan.unplaced.clone() }),
        );
    found.extend(unknown.map(|problem| Finding::new(&plan.city, place(), problem.into())));
    found
}

/// Whether two values differ, as numbers or as words.
fn is_another<N: PartialEq>(one: Option<N>, other: Option<N>, words: &str, others: &str) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one != other,
        _ => words != others,
    }
}
