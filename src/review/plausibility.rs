//! Can the values be right? Scale, change on the year before, range.

use rust_decimal::Decimal;

use super::Subject;
use crate::collect::{Observation, Vintage};
use crate::finding::{Finding, Problem};
use crate::plan::{Direction, Edition, Goal, Indicator};
use crate::rounding::{fixed, plain};

/// The values of the year with their indicators.
fn values<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (&'a Observation, &'a Indicator, Decimal)> {
    let plan = subject.plan;
    subject.collected.observations.iter().filter(|seen| seen.is_current).filter_map(move |seen| {
        let indicator = plan.indicator(&seen.no)?;
        Some((seen, indicator, seen.value?))
    })
}

fn finding(subject: &Subject<'_>, seen: &Observation, problem: Problem) -> Finding {
    let finding = Finding::new(subject.plan.city.as_str(), seen.at.clone(), problem);
    finding.of_unit(&seen.unit).of_indicator(&seen.no)
}

/// V406: about a thousand, ten thousand or a hundred million times the target or the year before; for shares also a
/// hundredth.
pub(super) fn values_have_the_right_scale(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (seen, indicator, value) in values(subject) {
        let Some((against, reference)) = reference(subject, indicator) else { continue };
        if let Some(factor) = slip(value, reference, indicator.unit.is_share()) {
            let unit = indicator.unit.text();
            let problem = Problem::ScaleSlip {
                value: format!("{}{unit}", plain(value)),
                against: format!("{against}{}{unit}", plain(reference)),
                factor: factor.to_owned(),
            };
            found.push(finding(subject, seen, problem));
        }
    }
    found
}

/// What a value is compared with: the year before if the plan prints it, else the target.
fn reference(subject: &Subject<'_>, indicator: &Indicator) -> Option<(&'static str, Decimal)> {
    let year = subject.round.year;
    let past = indicator.past_of(year - 1).and_then(|past| past.value);
    let target = indicator.targets_of(year).into_iter().find_map(|target| match &target.goal {
        Goal::Level(_, value) => Some(value.value),
        _ => None,
    });
    past.map(|past| ("上年", past)).or_else(|| target.map(|target| ("目标", target)))
}

/// Names the factor when a ratio is near one that a wrong unit makes.
fn slip(value: Decimal, reference: Decimal, share: bool) -> Option<&'static str> {
    let ratio = value.checked_div(reference)?;
    let near = |factor: i64| {
        let factor = Decimal::from(factor);
        let (low, high) = (factor / Decimal::from(3), factor * Decimal::from(3));
        let inverse = Decimal::ONE.checked_div(ratio).unwrap_or_default();
        (low..=high).contains(&ratio) || (low..=high).contains(&inverse)
    };
    if near(1000) && !near(10_000) {
        Some("10³倍")
    } else if near(10_000) {
        Some("10⁴倍")
    } else if near(100_000_000) {
        Some("10⁸倍")
    } else if share
        && Decimal::ONE
            .checked_div(ratio)
            .is_some_and(|inverse| (Decimal::from(60)..=Decimal::from(160)).contains(&inverse))
    {
        Some("100倍")
    } else {
        None
    }
}

/// V419, V420: typing errors that show against the year before.
pub(super) fn values_are_typed_right(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (seen, indicator, value) in values(subject) {
        let Some(past) = indicator.past_of(subject.round.year - 1).and_then(|past| past.value) else {
            continue;
        };
        let words = (plain(value), plain(past));
        if value == -past && !value.is_zero() {
            let problem = Problem::SignFlipped { value: words.0, past: words.1 };
            found.push(finding(subject, seen, problem));
        } else if are_swapped(&words.0, &words.1) {
            let problem = Problem::DigitsSwapped { value: words.0, past: words.1 };
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

/// V407: changed more than the indicator's limit, without a remark.
pub(super) fn changes_are_explained(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (seen, indicator, value) in values(subject) {
        let past = indicator.past_of(subject.round.year - 1).and_then(|past| past.value);
        let (Some(past), Some(limit)) = (past, indicator.yoy_limit) else { continue };
        let slipped = slip(value, past, indicator.unit.is_share()).is_some();
        let Some(ratio) = value.checked_div(past) else { continue };
        let Some(change) = (ratio - Decimal::ONE).checked_mul(Decimal::ONE_HUNDRED) else { continue };
        if change.abs() > limit && !slipped && seen.note.is_empty() {
            let word = if change.is_sign_negative() { "下降" } else { "增长" };
            let problem = Problem::LargeChange {
                change: format!("{word}{}%", fixed(change.abs(), 1)),
                limit: plain(limit),
            };
            found.push(finding(subject, seen, problem));
        }
    }
    found
}

/// V410, V411, V416: a count with a fraction, a share outside 0–100, a negative count or amount.
pub(super) fn values_are_possible(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (seen, indicator, value) in values(subject) {
        let level = indicator
            .targets_of(subject.round.year)
            .iter()
            .any(|target| matches!(target.goal, Goal::Level(..) | Goal::Coverage(..)));
        let share = indicator.unit.is_share() && level && indicator.direction != Direction::None;
        if share && !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&value) {
            found.push(finding(subject, seen, Problem::ShareOutOfRange { value: plain(value) }));
        }
        // Places gained may be negative: then places were lost.
        let gained = indicator
            .targets_of(subject.round.year)
            .iter()
            .any(|target| matches!(target.goal, Goal::RankChange(..)));
        if indicator.unit.is_amount() && value < Decimal::ZERO && !gained {
            let value = format!("{}{}", plain(value), indicator.unit.text());
            found.push(finding(subject, seen, Problem::Negative { value }));
        }
        if indicator.is_counted && !value.fract().is_zero() {
            found.push(finding(subject, seen, Problem::FractionalCount { value: plain(value) }));
        }
    }
    found
}

/// V421: an index number with the year before as 100 where a growth rate should stand.
pub(super) fn growth_is_no_index(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (seen, indicator, value) in values(subject) {
        let target =
            indicator.targets_of(subject.round.year).into_iter().find_map(|target| match &target.goal {
                Goal::Growth(_, limit) | Goal::AverageGrowth(_, limit, _) => Some(limit),
                _ => None,
            });
        let is_index = (Decimal::from(80)..=Decimal::from(200)).contains(&value);
        if let Some(limit) = target.filter(|limit| is_index && limit.value < Decimal::from(50)) {
            let problem = Problem::IndexForGrowth { value: plain(value), target: limit.text.clone() };
            found.push(finding(subject, seen, problem));
        }
    }
    found
}

/// V422: an estimate or a flash figure in the final edition.
pub(super) fn final_values_are_final(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.round.edition != Edition::Final {
        return Vec::new();
    }
    let is_early = |seen: &Observation| matches!(seen.vintage, Vintage::Estimated | Vintage::Preliminary);
    values(subject)
        .filter(|(seen, ..)| is_early(seen))
        .map(|(seen, ..)| {
            let vintage = seen.vintage.chinese().to_owned();
            finding(subject, seen, Problem::NotFinal { vintage })
        })
        .collect()
}

/// V412: the value belongs to an earlier year.
pub(super) fn values_are_of_the_year(subject: &Subject<'_>) -> Vec<Finding> {
    let late = |(seen, _, _): &(&Observation, &Indicator, Decimal)| seen.year < subject.round.year;
    values(subject)
        .filter(late)
        .map(|(seen, _, _)| finding(subject, seen, Problem::EarlierYear { year: seen.year }))
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

    #[test]
    fn wrong_units_show_in_the_ratio() {
        for (value, reference, share, expected) in [
            (18_684_000, 1800, false, Some("10⁴倍")),
            (12, 120_000, false, Some("10⁴倍")),
            (2400, 1800, false, None),
            (3, 300, true, Some("100倍")),
            (3, 300, false, None),
            (2_573_200, 2_750, false, Some("10³倍")),
        ] {
            assert_eq!(
                slip(Decimal::from(value), Decimal::from(reference), share),
                expected,
                "{value}/{reference}"
            );
        }
    }
}
