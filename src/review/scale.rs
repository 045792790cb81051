//! Is the value of the order of its target and of the year before? If not, it is in doubt until somebody confirms it: more
//! absurd completions come from slips of the pen than from cities.

use rust_decimal::Decimal;

use super::{CityInReview, finding, is_partial, reported_before, values};
use crate::collect::Observation;
use crate::decimal::times_apart;
use crate::finding::{
    Amount, Finding, Magnitude, PlausibilityProblem, Problem, RuleRuns, Slip, Standard, Times, Undecided,
};
use crate::plan::{Benchmark, Direction, Goal, Indicator, Measure, Target, is_change, magnitude};
use crate::quantity::Unit;

/// A number that a value is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Yardstick {
    /// What it is.
    name: Standard,
    value: Decimal,
    /// Whether it stands in the plan or the round. What the unit itself reports for the year before may be in the same wrong unit
    /// and supports nothing.
    official: bool,
    /// Whether falling far short of it is doubtful too; what has no year yet is far off by nature.
    both_ways: bool,
}

/// What makes a value doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ScaleDoubt {
    /// The ratio is one that a wrong unit makes.
    Magnitude(Magnitude, Slip),
    /// Ten times or more off.
    Far(Slip),
}

/// V406: off by a factor that a wrong unit makes. V424: off tenfold or more. Of every kind of target.
pub(super) fn values_have_the_right_scale(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    let mut found = Vec::new();
    for (seen, indicator, value) in values(subject) {
        let references = yardsticks(subject, seen, indicator);
        for code in ["V406", "V424"] {
            runs.ran(code, 1);
            runs.undecided(code, Undecided::NoStandard, usize::from(references.is_empty()));
        }
        let problem = problem(subject, seen, indicator, value, &references);
        found.extend(problem.map(|problem| finding(subject, seen, problem)));
    }
    found
}

/// Whether a value is doubtful for its scale, so that its change on the year before need not be explained as well.
pub(super) fn is_doubtful(
    subject: &CityInReview<'_>,
    seen: &Observation,
    indicator: &Indicator,
    value: Decimal,
) -> bool {
    problem(subject, seen, indicator, value, &yardsticks(subject, seen, indicator)).is_some()
}

/// All that is known of the size of an indicator.
fn yardsticks(subject: &CityInReview<'_>, seen: &Observation, indicator: &Indicator) -> Vec<Yardstick> {
    if is_partial(subject, indicator) {
        // Of a sum within the year only the same part of the year before is of its size.
        let before = reported_before(subject, seen);
        let stick = |value| Yardstick { name: Standard::YearBefore, value, official: false, both_ways: true };
        return before.map(stick).into_iter().collect();
    }
    let limits = limits(subject, indicator, &indicator.targets_of(subject.round.year()));
    match indicator.measure {
        // Rates of change of two years have no ratio that means anything.
        Measure::Growth => limits,
        _ => past(subject, seen, indicator).into_iter().chain(limits).collect(),
    }
}

fn problem(
    subject: &CityInReview<'_>,
    seen: &Observation,
    indicator: &Indicator,
    value: Decimal,
    references: &[Yardstick],
) -> Option<Problem> {
    let targets = indicator.targets_of(subject.round.year());
    let (against, doubt) = match indicator.measure {
        Measure::Growth => references.iter().find_map(|one| {
            let average = targets.iter().any(|target| matches!(target.goal, Goal::AverageGrowth(..)));
            Some((one, doubtful_growth(value, one.value, average)?))
        })?,
        _ => doubtful(value, references, indicator)?,
    };
    let unit = indicator.unit.text();
    let (amount, number) = (Amount::new(value, unit), Amount::new(against.value, unit));
    let standard = against.name.clone();
    Some(match doubt {
        ScaleDoubt::Magnitude(factor, slip) => {
            PlausibilityProblem::ScaleSlip { value: amount, against: standard, number, factor, slip }.into()
        }
        // V411 says it already.
        ScaleDoubt::Far(_)
            if indicator.bounds().is_some_and(|(least, most)| !(least..=most).contains(&value)) =>
        {
            return None;
        }
        ScaleDoubt::Far(slip) => {
            let slip = told(subject, seen, indicator, value).unwrap_or(slip);
            let times = times(value, against.value);
            PlausibilityProblem::FarOff { value: amount, against: standard, number, times, slip }.into()
        }
    })
}

/// The value of the year before: as the plan prints it, else as the unit itself reports it.
fn past(subject: &CityInReview<'_>, seen: &Observation, indicator: &Indicator) -> Option<Yardstick> {
    let printed = indicator.known_of(subject.round.year_before()).and_then(|past| past.value);
    let reported = || reported_before(subject, seen);
    let (value, official) = match printed {
        Some(printed) => (printed, true),
        None => (reported()?, false),
    };
    Some(Yardstick { name: Standard::YearBefore, value, official, both_ways: true })
}

/// The numbers of the year's targets, whatever their kind.
fn limits(subject: &CityInReview<'_>, indicator: &Indicator, targets: &[&Target]) -> Vec<Yardstick> {
    let mut found = Vec::new();
    for target in targets {
        let both_ways = !target.undated && target.undefined.is_empty();
        let mut add = |name: Standard, value: Decimal, both_ways: bool| {
            found.push(Yardstick { name, value, official: true, both_ways });
        };
        match &target.goal {
            Goal::Relative(_, words) => {
                for (name, value) in others(subject, indicator, target) {
                    add(Standard::Named(name.unwrap_or(words).clone()), value, both_ways);
                }
            }
            Goal::Magnitude(words) => {
                let least = magnitude(words)
                    .and_then(|least| Unit::parse("亿元").convert(least, &indicator.unit))
                    .map(|(least, _)| least);
                least.into_iter().for_each(|least| add(Standard::LeastOfTarget, least, false));
            }
            goal => {
                let numbers = indicator.comparable(goal);
                numbers.into_iter().for_each(|one| add(Standard::Target, one.value, both_ways));
            }
        }
    }
    found
}

/// What a relative target is held against: values that the round gives, or the row's own numbers.
fn others<'a>(
    subject: &CityInReview<'a>,
    indicator: &Indicator,
    target: &Target,
) -> Vec<(Option<&'a String>, Decimal)> {
    let CityInReview { plan, round, .. } = subject;
    let Some(against) = &target.against else {
        let own = |one: &&Benchmark| one.city == plan.city && one.target == indicator.no;
        let given = round.benchmarks.iter().filter(own);
        return given.map(|one| (Some(&one.name), one.value)).collect();
    };
    let Some(row) = plan.indicator(against) else { return Vec::new() };
    let goals = row.expected_numbers(round.year());
    let past = row.known_of(round.year_before()).and_then(|past| past.value);
    let converted = |value: Decimal| row.unit.convert(value, &indicator.unit).map(|(value, _)| (None, value));
    goals.into_iter().chain(past).filter_map(converted).collect()
}

/// A value that is neither growth nor a word, against all that is known of it.
///
/// What lies between two official references, or within threefold of one, is supported by them.
fn doubtful<'a>(
    value: Decimal,
    references: &'a [Yardstick],
    indicator: &Indicator,
) -> Option<(&'a Yardstick, ScaleDoubt)> {
    let official = || references.iter().filter(|one| one.official);
    let least = official().map(|one| one.value).min();
    let most = official().map(|one| one.value).max();
    let near = |one: &Yardstick| times_apart(one.value, value).is_some_and(|times| times <= Decimal::from(3));
    let between = least.is_some_and(|least| least <= value) && most.is_some_and(|most| value <= most);
    if between || official().any(near) {
        return None;
    }
    let share = indicator.unit.is_share();
    let slip = |one: &'a Yardstick| {
        let (factor, slip) = factor(value, one.value, share)?;
        (one.both_ways || value > one.value).then_some((one, ScaleDoubt::Magnitude(factor, slip)))
    };
    let far = |one: &'a Yardstick| {
        let concerned = one.both_ways || value.abs() > one.value.abs();
        (concerned && is_far(value, one.value, indicator))
            .then(|| (one, ScaleDoubt::Far(likely(value, one.value, indicator))))
    };
    references.iter().find_map(slip).or_else(|| references.iter().find_map(far))
}

/// Names the factor when a ratio is near one that a wrong unit makes.
fn factor(value: Decimal, reference: Decimal, share: bool) -> Option<(Magnitude, Slip)> {
    let times = times_apart(value, reference)?;
    let near = |low: i64, high: i64| (Decimal::from(low)..=Decimal::from(high)).contains(&times);
    if near(334, 3333) {
        Some((Magnitude::Thousand, Slip::Unit))
    } else if near(3334, 30_000) {
        Some((Magnitude::TenThousand, Slip::Unit))
    } else if near(33_333_334, 300_000_000) {
        Some((Magnitude::HundredMillion, Slip::Unit))
    } else if share && value < reference && near(60, 160) {
        Some((Magnitude::Hundred, Slip::Fraction))
    } else {
        None
    }
}

/// Below this a number of things may be ten times another by chance: one enterprise, or twelve.
const SMALL_COUNT: Decimal = Decimal::TEN;

/// Whether a value is ten times or more away from a reference. Small counts are taken for [`SMALL_COUNT`]; nothing at all is far
/// from everything unless less is better.
fn is_far(value: Decimal, reference: Decimal, indicator: &Indicator) -> bool {
    if reference.is_zero() || (value.is_sign_negative() != reference.is_sign_negative() && !value.is_zero()) {
        return false;
    }
    if value.is_zero() && indicator.direction == Direction::Lower {
        return false;
    }
    let (mut one, mut other) = (value.abs(), reference.abs());
    if indicator.is_counted || indicator.measure == Measure::Rank {
        (one, other) = (one.max(SMALL_COUNT), other.max(SMALL_COUNT));
    }
    if one.is_zero() {
        return true;
    }
    times_apart(one, other).is_some_and(|times| times >= Decimal::TEN)
}

/// The slip that the ratio itself suggests.
fn likely(value: Decimal, reference: Decimal, indicator: &Indicator) -> Slip {
    let Some(times) = times_apart(value.abs(), reference.abs()) else { return Slip::Unclear };
    let near = |low: i64, high: i64| (Decimal::from(low)..=Decimal::from(high)).contains(&times);
    let money = indicator.unit.text().contains('元');
    if near(70, 140) && money {
        Slip::Unit
    } else if near(7, 14) || near(70, 140) {
        Slip::Point
    } else if times >= Decimal::from(300) {
        Slip::Unit
    } else {
        Slip::Unclear
    }
}

/// A rate of change against what is asked for. Rates are small numbers and may be negative, so their ratio alone says little.
fn doubtful_growth(value: Decimal, limit: Decimal, average: bool) -> Option<ScaleDoubt> {
    let (size, asked) = (value.abs(), limit.abs());
    let times = times_apart(size, asked);
    let near = |low: i64, high: i64| {
        times.is_some_and(|times| (Decimal::from(low)..=Decimal::from(high)).contains(&times))
    };
    let same_way = value.is_sign_negative() == limit.is_sign_negative();
    if same_way && size < asked && size <= Decimal::new(15, 1) {
        // Rates are published with one digit behind the point; a second one is that of a fraction.
        let fraction = near(60, 160) || (value.normalize().scale() >= 2 && near(30, 300));
        return fraction.then_some(ScaleDoubt::Magnitude(Magnitude::Hundred, Slip::Fraction));
    }
    if value < -Decimal::ONE_HUNDRED {
        return Some(ScaleDoubt::Far(Slip::Unclear));
    }
    let tenfold = asked.max(Decimal::ONE).checked_mul(Decimal::TEN)?;
    let is_index = (Decimal::from(80)..=Decimal::from(200)).contains(&value) && asked < Decimal::from(50);
    if size <= Decimal::ONE_HUNDRED || size < tenfold || is_index {
        return None;
    }
    Some(match () {
        () if near(334, 3333) => ScaleDoubt::Magnitude(Magnitude::Thousand, Slip::Point),
        () if near(3334, 30_000) => ScaleDoubt::Magnitude(Magnitude::TenThousand, Slip::Point),
        () if average => ScaleDoubt::Far(Slip::SinceBase),
        () if near(7, 14) || near(70, 140) => ScaleDoubt::Far(Slip::Point),
        () => ScaleDoubt::Far(Slip::Unclear),
    })
}

/// The slip that other numbers of the plan and of the workbook tell: the level for what was added, or another row's number.
fn told(
    subject: &CityInReview<'_>,
    seen: &Observation,
    indicator: &Indicator,
    value: Decimal,
) -> Option<Slip> {
    let CityInReview { plan, round, collected } = subject;
    // Numbers of one or two digits are alike by chance.
    if value.normalize().mantissa().unsigned_abs() < 100 || is_change(&indicator.name) {
        return None;
    }
    let numbers = |row: &Indicator| -> Vec<Decimal> {
        let goals = row.expected_numbers(round.year());
        let past = row.known_of(round.year_before()).and_then(|past| past.value);
        let own = |one: &&Observation| one.unit == seen.unit && one.at != seen.at;
        let reported = collected.values_of(&row.no).filter(own).filter_map(|one| one.value);
        goals.into_iter().chain(past).chain(reported).collect()
    };
    let adds_to = indicator.targets_of(round.year()).into_iter().find(|target| target.of.is_some());
    let level = adds_to
        .filter(|target| matches!(target.goal, Goal::Increment(..)))
        .and_then(|target| plan.indicator(target.of.as_ref()?));
    let close = |one: Decimal| times_apart(one, value).is_some_and(|times| times <= Decimal::new(12, 1));
    if let Some(row) = level.filter(|row| numbers(row).into_iter().any(close)) {
        return Some(Slip::Level(row.no.to_string()));
    }
    let others = plan.indicators_of(round.year()).filter(|row| row.no != indicator.no);
    let same = others.into_iter().find(|row| numbers(row).contains(&value))?;
    Some(Slip::OtherRow(same.no.to_string()))
}

/// How many times a value is its reference; `None` for nothing at all.
fn times(value: Decimal, reference: Decimal) -> Option<Times> {
    let times = times_apart(value.abs(), reference.abs())?;
    Some(if value.abs() > reference.abs() { Times::Above(times) } else { Times::Below(times) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn references(values: &[&str]) -> Vec<Yardstick> {
        let one = |text: &&str| Yardstick {
            name: Standard::Target,
            value: decimal(text),
            official: true,
            both_ways: true,
        };
        values.iter().map(one).collect()
    }

    /// `406`, `424` or `-`, with the slip.
    fn judged(value: &str, against: &[&str], row: &Indicator) -> (&'static str, Option<Slip>) {
        let references = references(against);
        match doubtful(decimal(value), &references, row) {
            Some((_, ScaleDoubt::Magnitude(_, slip))) => ("406", Some(slip)),
            Some((_, ScaleDoubt::Far(slip))) => ("424", Some(slip)),
            None => ("-", None),
        }
    }

    #[test]
    fn levels_and_additions_far_from_every_reference_are_doubtful() {
        let (money, share) = (
            Indicator::example("亿元", Measure::Flow, Direction::Higher),
            Indicator::example("%", Measure::Ratio, Direction::Higher),
        );
        let (count, less) = (
            Indicator::example("家", Measure::Stock, Direction::Higher),
            Indicator::example("起", Measure::Flow, Direction::Lower),
        );
        for (value, against, row, expected) in [
            // Last year's value or the target, or both.
            ("18684000", &["1800", "1920"][..], &money, "406"),
            ("2400", &["1800"], &money, "-"),
            ("640", &["6.1"], &money, "424"),
            ("0.5", &["6.1"], &money, "424"),
            ("0", &["6.1"], &money, "424"),
            ("61", &["6.1"], &money, "424"),
            ("60.9", &["6.1"], &money, "-"),
            // Between last year and target, or near one of them.
            ("8", &["5", "100"], &money, "-"),
            ("95", &["5", "100"], &money, "-"),
            ("290", &["5", "100"], &money, "-"),
            ("310", &["5", "100"], &money, "424"),
            ("2573200", &["2750"], &money, "406"),
            ("12", &["120000"], &money, "406"),
            // A fraction for percent.
            ("0.0304", &["2.95", "3.0"], &share, "406"),
            ("30.4", &["2.95", "3.0"], &share, "424"),
            ("0", &["0"], &share, "-"),
            ("3", &["0"], &share, "-"),
            // Small counts are alike by chance.
            ("12", &["1"], &count, "-"),
            ("99", &["1"], &count, "-"),
            ("120", &["1"], &count, "424"),
            ("0", &["30"], &count, "-"),
            ("0", &["5000"], &count, "424"),
            ("5", &["50"], &count, "-"),
            ("8", &["100"], &count, "424"),
            ("900", &["5000"], &count, "-"),
            // Nothing at all is the best where less is better.
            ("0", &["500"], &less, "-"),
            ("5000", &["500"], &less, "424"),
            ("1", &[], &count, "-"),
        ] {
            assert_eq!(judged(value, against, row).0, expected, "{value} against {against:?}");
        }
        assert_eq!(judged("640", &["6.1"], &money).1, Some(Slip::Unit));
        assert_eq!(judged("61", &["6.1"], &money).1, Some(Slip::Point));
        assert_eq!(judged("0.0304", &["2.95"], &share).1, Some(Slip::Fraction));
    }

    #[test]
    fn last_year_s_value_in_the_same_wrong_unit_supports_nothing() {
        let row = Indicator::example("亿元", Measure::Flow, Direction::Higher);
        let mut references = references(&["18000000", "1920"]);
        references[0].official = false;
        let found = doubtful(decimal("18684000"), &references, &row);
        assert_eq!(found, Some((&references[1], ScaleDoubt::Magnitude(Magnitude::TenThousand, Slip::Unit))));
        // Alone it is better than nothing.
        references.pop();
        assert_eq!(doubtful(decimal("18684000"), &references, &row), None);
        assert!(doubtful(decimal("1868.4"), &references, &row).is_some());
    }

    #[test]
    fn growth_is_doubtful_as_a_fraction_or_far_beyond_what_rates_are() {
        let far = |slip: Slip| Some(ScaleDoubt::Far(slip));
        for (value, limit, average, expected) in [
            ("0.31", "30", false, Some(ScaleDoubt::Magnitude(Magnitude::Hundred, Slip::Fraction))),
            ("0.085", "8", false, Some(ScaleDoubt::Magnitude(Magnitude::Hundred, Slip::Fraction))),
            ("-0.042", "-3.8", false, Some(ScaleDoubt::Magnitude(Magnitude::Hundred, Slip::Fraction))),
            // Slow growth is no fraction.
            ("0.2", "6", false, None),
            ("0.5", "6", false, None),
            ("-0.9", "6", false, None),
            ("0", "6", false, None),
            ("6", "0.5", false, None),
            ("85", "8", false, None),
            ("-30", "9", false, None),
            ("3000", "3", false, Some(ScaleDoubt::Magnitude(Magnitude::Thousand, Slip::Point))),
            ("322.92", "18", false, far(Slip::Unclear)),
            ("437.41", "10", true, far(Slip::SinceBase)),
            ("-420", "-4.2", false, far(Slip::Unclear)),
            // What V421 says is not said twice.
            ("105.1", "5", false, None),
            ("150", "3", false, None),
            ("310", "30", false, far(Slip::Point)),
            ("290", "30", false, None),
        ] {
            let found = doubtful_growth(decimal(value), decimal(limit), average);
            assert_eq!(found, expected, "{value} against {limit}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_value_near_its_target_is_never_doubtful(target in 1_i64..1_000_000_000, percent in 34_i64..300) {
            let (target, value) = (Decimal::new(target, 3), Decimal::new(target * percent, 5));
            for (unit, measure) in [("亿元", Measure::Flow), ("%", Measure::Ratio), ("家", Measure::Stock)] {
                let row = Indicator::example(unit, measure, Direction::Higher);
                let references =
                    [Yardstick { name: Standard::Target, value: target, official: true, both_ways: true }];
                proptest::prop_assert_eq!(doubtful(value, &references, &row), None);
            }
        }

        #[test]
        fn what_is_doubtful_stays_so_the_farther_it_is(target in 1_i64..1_000_000, times in 1_i64..100_000, more in 1_i64..1000) {
            let row = Indicator::example("亿元", Measure::Flow, Direction::Higher);
            let target = Decimal::new(target, 2);
            let references = [Yardstick { name: Standard::Target, value: target, official: true, both_ways: true }];
            let doubt = |times: i64| {
                let value = target.checked_mul(Decimal::from(times)).unwrap();
                doubtful(value, &references, &row).is_some()
            };
            proptest::prop_assert!(!doubt(times) || doubt(times + more));
        }

        #[test]
        fn no_numbers_stop_the_program(value in proptest::num::i64::ANY, limit in proptest::num::i64::ANY, one in 0_u32..=28, other in 0_u32..=28) {
            let (value, limit) = (Decimal::new(value, one), Decimal::new(limit, other));
            let references = [Yardstick { name: Standard::Target, value: limit, official: true, both_ways: true }];
            let _ = doubtful(value, &references, &Indicator::example("%", Measure::Ratio, Direction::Higher));
            let _ = (doubtful_growth(value, limit, true), times(value, limit));
        }
    }
}
