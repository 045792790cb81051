//! Can the values be right? Typing errors, change on the year before, range. The scale has a file of its own.

use rust_decimal::Decimal;

use super::{CityInReview, finding, past_of, scale, values};
use crate::collect::{Observation, Reading, Vintage};
use crate::finding::{
    Amount, CompletenessProblem, Early, Finding, PlausibilityProblem, RuleRuns, Ruling, Undecided,
};
use crate::plan::{Edition, Goal, Measure, PaceMethod};
use crate::rounding::plain;

/// V419, V420: typing errors that show against the year before.
pub(super) fn values_are_typed_right(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    let mut found = Vec::new();
    for (seen, indicator, value) in values(subject) {
        let past = past_of(subject, seen, indicator);
        for code in ["V419", "V420"] {
            runs.ran(code, 1);
            runs.undecided(code, Undecided::NoYearBefore, usize::from(past.is_none()));
        }
        let Some(past) = past else { continue };
        let words = (plain(value), plain(past));
        if value == -past && !value.is_zero() {
            let problem = PlausibilityProblem::SignFlipped { value, past }.into();
            found.push(finding(subject, seen, problem));
        } else if are_swapped(&words.0, &words.1) {
            let problem = PlausibilityProblem::DigitsSwapped { value, past }.into();
            found.push(finding(subject, seen, problem));
        }
    }
    found
}

/// Whether two numbers of at least three digits differ in two neighbouring digits that have changed places.
fn are_swapped(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let differing: Vec<usize> =
        one.iter().zip(&other).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    let [first, second] = differing[..] else { return false };
    let digits = one.iter().filter(|c| c.is_ascii_digit()).count();
    one.len() == other.len()
        && digits >= 3
        && second == first + 1
        && one.get(first).is_some_and(char::is_ascii_digit)
        && one.get(second).is_some_and(char::is_ascii_digit)
        && one.get(first) == other.get(second)
        && one.get(second) == other.get(first)
}

/// V407: changed more than the indicator's limit, without a remark. How much a rate of change has changed in percent says nothing.
pub(super) fn changes_are_explained(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    let mut found = Vec::new();
    for (seen, indicator, value) in values(subject).filter(|(_, row, _)| row.measure != Measure::Growth) {
        let Some(limit) = indicator.yoy_limit else { continue };
        let past = past_of(subject, seen, indicator);
        let ruling = match past.and_then(|past| change(value, past)) {
            None => Ruling::Undecided(Undecided::NoYearBefore),
            Some(change) if change.abs() <= limit || !seen.note.is_empty() => Ruling::Pass,
            // That it may be of another scale is said already.
            Some(_) if scale::is_doubtful(subject, seen, indicator, value) => {
                Ruling::Undecided(Undecided::InDoubt)
            }
            Some(change) => Ruling::Fail(PlausibilityProblem::LargeChange { change, limit }.into()),
        };
        let problem = runs.ruled("V407", ruling);
        found.extend(problem.map(|problem| finding(subject, seen, problem)));
    }
    found
}

/// The change on a past value in percent; `None` where there is none.
fn change(value: Decimal, past: Decimal) -> Option<Decimal> {
    value.checked_div(past)?.checked_sub(Decimal::ONE)?.checked_mul(Decimal::ONE_HUNDRED)
}

/// V410, V411, V416: a count with a fraction, a share outside 0–100, a negative count or amount. What each kind of quantity can
/// be follows from its measure.
pub(super) fn values_are_possible(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    let mut found = Vec::new();
    for (seen, indicator, value) in values(subject) {
        let targets = indicator.targets_of(subject.round.year());
        // What is added to a share is no share.
        let level = targets.iter().any(|target| {
            indicator.change(&target.goal).is_some()
                || !matches!(target.goal, Goal::Increment(..) | Goal::RankChange(..) | Goal::Magnitude(_))
        });
        let bounds = indicator.bounds().filter(|_| level);
        runs.ran("V411", usize::from(bounds.is_some()));
        if bounds.is_some_and(|(least, most)| !(least..=most).contains(&value)) {
            let value = Amount::new(value, indicator.unit.text());
            found.push(finding(subject, seen, PlausibilityProblem::ShareOutOfRange { value }.into()));
        }
        let is_positive = indicator.unit.is_amount() && !indicator.may_be_negative();
        runs.ran("V416", usize::from(is_positive));
        runs.ran("V410", usize::from(indicator.is_counted));
        if is_positive && value < Decimal::ZERO {
            let value = Amount::new(value, indicator.unit.text());
            found.push(finding(subject, seen, PlausibilityProblem::Negative { value }.into()));
        }
        if indicator.is_counted && !value.fract().is_zero() {
            found.push(finding(subject, seen, PlausibilityProblem::FractionalCount { value }.into()));
        }
    }
    found
}

/// V423: what has come together since January is less than what an earlier round of the year has published.
pub(super) fn sums_do_not_fall(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    let mut found = Vec::new();
    for (seen, indicator, value) in values(subject) {
        let decided =
            subject.round.pacing.of(&subject.plan.city, &indicator.no).and_then(|(_, one)| one.method);
        let method = decided.unwrap_or_else(|| indicator.pace_method());
        let grows =
            method == PaceMethod::Sum && !indicator.may_be_negative() && seen.year == subject.round.year();
        let Some(before) = indicator.running.iter().max_by_key(|one| one.value).filter(|_| grows) else {
            continue;
        };
        runs.ran("V423", 1);
        if value < before.value {
            let of = |value| Amount::new(value, indicator.unit.text());
            let problem = PlausibilityProblem::Fallen {
                value: of(value),
                before: of(before.value),
                period: before.period,
            };
            found.push(finding(subject, seen, problem.into()));
        }
    }
    found
}

/// V421: an index number with the year before as 100 where a growth rate should stand.
pub(super) fn growth_is_no_index(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    let mut found = Vec::new();
    for (seen, indicator, value) in values(subject).filter(|(_, row, _)| row.measure == Measure::Growth) {
        let limits = indicator.targets_of(subject.round.year()).into_iter();
        let limit = limits
            .filter_map(|target| indicator.comparable(&target.goal).first().map(|one| one.value))
            .next();
        let is_index = (Decimal::from(80)..=Decimal::from(200)).contains(&value);
        runs.ran("V421", 1);
        runs.undecided("V421", Undecided::NoStandard, usize::from(limit.is_none()));
        if let Some(limit) = limit.filter(|limit| is_index && *limit < Decimal::from(50)) {
            let problem = PlausibilityProblem::IndexForGrowth { value, target: limit }.into();
            found.push(finding(subject, seen, problem));
        }
    }
    found
}

/// V422: an estimate or a flash figure in the final edition.
pub(super) fn final_values_are_final(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    if subject.round.edition != Edition::Final {
        return Vec::new();
    }
    runs.ran("V422", values(subject).count());
    let early = |seen: &Observation| match seen.vintage {
        Vintage::Estimated => Some(Early::Estimated),
        Vintage::Preliminary => Some(Early::Preliminary),
        _ => None,
    };
    values(subject)
        .filter_map(|(seen, ..)| {
            let vintage = early(seen)?;
            Some(finding(subject, seen, CompletenessProblem::NotFinal { vintage }.into()))
        })
        .collect()
}

/// V412: the value belongs to an earlier year, be it a number or 有 or 无.
pub(super) fn values_are_of_the_year(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    let is_value = |seen: &&Observation| {
        seen.value.is_some() || matches!(seen.reading, Reading::Present | Reading::Absent)
    };
    let late = |seen: &&&Observation| seen.year < subject.round.year();
    let known = |seen: &&Observation| seen.is_current && subject.plan.indicator(&seen.no).is_some();
    let all: Vec<&Observation> =
        subject.collected.all.observations.iter().filter(known).filter(is_value).collect();
    runs.ran("V412", all.len());
    all.iter()
        .filter(late)
        .map(|seen| finding(subject, seen, CompletenessProblem::EarlierYear { year: seen.year }.into()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_digits_are_recognised() {
        for (one, other, expected) in [
            ("1243", "1234", true),
            ("12.43", "12.34", true),
            ("1234", "1234", false),
            ("1324", "1243", false),
            ("21", "12", false),
            ("2134", "1243", false),
            ("124.3", "12.43", false),
        ] {
            assert_eq!(are_swapped(one, other), expected, "{one} {other}");
        }
    }
}
