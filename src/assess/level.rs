//! Levels against limits, by full-value comparison (全数值比较法, GB/T 8170—2008 chapter 4).

use rust_decimal::Decimal;

use crate::decimal::{in_percent, percent_of};
use crate::plan::{Direction, Operator, Tolerance, Written};
use crate::rounding::round_to;

/// Whether an actual value reaches a target. `slack` is what 左右 allows, from [`slack()`].
pub(super) fn reaches(
    actual: Decimal,
    operator: Operator,
    target: Decimal,
    slack: Decimal,
    direction: Direction,
) -> bool {
    match operator {
        Operator::AtLeast => actual >= target,
        Operator::MoreThan | Operator::Surpass => actual > target,
        Operator::AtMost => actual <= target,
        Operator::LessThan => actual < target,
        Operator::Equal => actual == target,
        Operator::About if direction.less_is_better() => {
            target.checked_add(slack).is_some_and(|limit| actual <= limit)
        }
        Operator::About => target.checked_sub(slack).is_some_and(|limit| actual >= limit),
    }
}

/// What 左右 allows: an amount, or a tolerance in percent of the target, and then at least one of what is counted one by one.
pub(super) fn slack(target: Decimal, tolerance: Tolerance, is_count: bool) -> Decimal {
    let share = match tolerance {
        Tolerance::Absolute(amount) => return amount,
        Tolerance::Percent(percent) => percent_of(target.abs(), percent).unwrap_or_default(),
    };
    if is_count { share.max(Decimal::ONE) } else { share }
}

/// A completion of 10¹⁵ % says nothing but that a number was far from what was meant.
const BEYOND_SENSE: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// Completion in percent (目标完成率): A/T for higher-is-better, T/A for lower-is-better.
///
/// `None` when either is not positive (the ratio would mean nothing), when it is beyond all sense, or when the direction has
/// no ratio.
pub(super) fn completion(actual: Decimal, target: Decimal, direction: Direction) -> Option<Decimal> {
    if actual <= Decimal::ZERO || target <= Decimal::ZERO {
        return None;
    }
    let hundredfold =
        |part: Decimal, whole: Decimal| in_percent(part, whole).filter(|ratio| *ratio < BEYOND_SENSE);
    match direction {
        Direction::Higher => hundredfold(actual, target),
        Direction::Lower => hundredfold(target, actual),
        Direction::Interval | Direction::Rank | Direction::None => None,
    }
}

/// What the completion of a growth target compares: the rates where the target is positive and more is better, else the index
/// numbers (100 + rate).
pub(super) fn growth_terms(
    actual: Decimal,
    target: Decimal,
    direction: Direction,
) -> Option<(Decimal, Decimal)> {
    if target > Decimal::ZERO && direction == Direction::Higher {
        return Some((actual, target));
    }
    let index = |rate: Decimal| rate.checked_add(Decimal::ONE_HUNDRED);
    index(actual).zip(index(target))
}

/// Completion of an interval target in percent (区间指标): 100 inside; outside it falls to 0 at the outermost values, in
/// proportion to the wider of the two margins. `None` outside when the plan gives no outermost values.
pub(super) fn interval_completion(
    actual: Decimal,
    (low, high): (Decimal, Decimal),
    outer: Option<(Decimal, Decimal)>,
) -> Option<Decimal> {
    if (low..=high).contains(&actual) {
        return Some(Decimal::ONE_HUNDRED);
    }
    let (lowest, highest) = outer?;
    let off = low.checked_sub(actual)?.max(actual.checked_sub(high)?);
    let margin = low.checked_sub(lowest)?.max(highest.checked_sub(high)?);
    Some(Decimal::ONE_HUNDRED.checked_sub(in_percent(off, margin)?)?.max(Decimal::ZERO))
}

/// Progress in percent (进度法): (A−B)/(T−B), for both directions.
///
/// `None` when the target equals the baseline or lies on its worse side.
pub(super) fn progress(
    actual: Decimal,
    target: Decimal,
    baseline: Decimal,
    direction: Direction,
) -> Option<Decimal> {
    let ahead = match direction {
        Direction::Higher => target > baseline,
        Direction::Lower => target < baseline,
        Direction::Interval | Direction::Rank | Direction::None => false,
    };
    if !ahead {
        return None;
    }
    in_percent(actual.checked_sub(baseline)?, target.checked_sub(baseline)?)
}

/// Whether rounding the actual value to the written digits of the target would turn the verdict.
pub(super) fn is_boundary(
    actual: Decimal,
    operator: Operator,
    target: &Written,
    slack: Decimal,
    direction: Direction,
) -> bool {
    let rounded = round_to(actual, target.places());
    reaches(actual, operator, target.value, slack, direction)
        != reaches(rounded, operator, target.value, slack, direction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounding::fixed;
    use std::str::FromStr;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str(text).unwrap()
    }

    fn written(text: &str) -> Written {
        Written { text: text.into(), value: decimal(text) }
    }

    #[test]
    fn operators_include_or_exclude_their_border() {
        use Operator::{About, AtLeast, AtMost, Equal, LessThan, MoreThan};
        for (actual, operator, target, expected) in [
            ("300", AtLeast, "300", true),
            ("850", MoreThan, "850", false),
            ("1200", MoreThan, "1200", false),
            ("1201", MoreThan, "1200", true),
            ("0.48", AtMost, "0.48", true),
            ("0.485", AtMost, "0.48", false),
            ("5", LessThan, "5", false),
            ("14", About, "15", true),
            ("13", About, "15", false),
            ("9500", About, "10000", true),
            ("9499", About, "10000", false),
            ("3", Equal, "3", true),
        ] {
            let slack = slack(decimal(target), Tolerance::Percent(decimal("5")), true);
            let found = reaches(decimal(actual), operator, decimal(target), slack, Direction::Higher);
            assert_eq!(found, expected, "{actual} {operator:?} {target}");
        }
    }

    #[test]
    fn a_whole_unit_is_allowed_only_where_whole_units_are_counted() {
        for (target, is_count, expected) in
            [("15", true, "1"), ("10000", true, "500"), ("2.95", false, "0.1475"), ("1.2", false, "0.06")]
        {
            assert_eq!(
                slack(decimal(target), Tolerance::Percent(decimal("5")), is_count),
                decimal(expected),
                "{target}"
            );
        }
    }

    #[test]
    fn the_worked_examples_of_completion_and_progress_hold() {
        use Direction::{Higher, Lower};
        for (baseline, target, actual, direction, ratio, way) in [
            ("2.95", "3.0", "2.97", Higher, "99.00", "40.00"),
            ("0.5379", "0.5195", "0.5300", Lower, "98.02", "42.93"),
            ("81.4", "82.5", "81.9", Higher, "99.27", "45.45"),
            ("1.75", "1.73", "1.71", Lower, "101.17", "200.00"),
        ] {
            let (b, t, a) = (decimal(baseline), decimal(target), decimal(actual));
            assert_eq!(fixed(completion(a, t, direction).unwrap(), 2), ratio);
            assert_eq!(fixed(progress(a, t, b, direction).unwrap(), 2), way);
        }
        assert_eq!(fixed(completion(decimal("350.8"), decimal("360"), Higher).unwrap(), 2), "97.44");
        assert_eq!(fixed(completion(decimal("422.29"), decimal("380"), Higher).unwrap(), 2), "111.13");
    }

    #[test]
    fn ratios_and_progress_that_would_mean_nothing_are_refused() {
        assert_eq!(completion(Decimal::ZERO, Decimal::ONE, Direction::Higher), None);
        assert_eq!(completion(Decimal::ONE, Decimal::NEGATIVE_ONE, Direction::Higher), None);
        assert_eq!(progress(decimal("60"), decimal("55"), decimal("81.87"), Direction::Higher), None);
        assert_eq!(progress(decimal("30"), decimal("30"), decimal("30"), Direction::Higher), None);
    }

    #[test]
    fn growth_is_compared_by_rates_or_by_index_numbers() {
        use Direction::{Higher, Lower};
        for (actual, target, direction, expected) in [
            ("8.5", "8", Higher, Some("106.25")),
            ("4.5", "9", Higher, Some("50.00")),
            ("-2", "9", Higher, None),
            ("0", "9", Higher, None),
            // (100 − 1) ÷ (100 − 3): the fall was smaller than allowed.
            ("-1", "-3", Higher, Some("102.06")),
            ("2", "0", Higher, Some("102.00")),
            // (100 − 3) ÷ (100 − 4): a fall by 3 % is wanted, by 4 % was reached.
            ("-4", "-3", Lower, Some("101.04")),
            ("-2", "-3", Lower, Some("98.98")),
        ] {
            let terms = growth_terms(decimal(actual), decimal(target), direction);
            let found = terms.and_then(|(actual, target)| completion(actual, target, direction));
            assert_eq!(found.map(|found| fixed(found, 2)).as_deref(), expected, "{actual} {target}");
        }
    }

    #[test]
    fn intervals_fall_to_zero_at_their_outermost_values() {
        let interval = (decimal("40"), decimal("60"));
        let outer = Some((decimal("30"), decimal("80")));
        for (actual, outer, expected) in [
            ("40", outer, Some("100.00")),
            ("60", None, Some("100.00")),
            // 5 below, of the wider margin 20: 1 − 5/20.
            ("35", outer, Some("75.00")),
            ("70", outer, Some("50.00")),
            ("90", outer, Some("0.00")),
            ("35", None, None),
        ] {
            let found = interval_completion(decimal(actual), interval, outer);
            assert_eq!(found.map(|found| fixed(found, 2)).as_deref(), expected, "{actual}");
        }
    }

    #[test]
    fn boundary_cases_are_those_that_rounding_turns() {
        use Operator::{AtLeast, AtMost};
        for (actual, operator, target, expected) in [
            ("2.95", AtLeast, "3.0", true),
            ("2.94", AtLeast, "3.0", false),
            ("2.51", AtLeast, "3", true),
            ("0.485", AtMost, "0.48", true),
            ("1.734", AtMost, "1.73", true),
            ("96.96", AtLeast, "97.0", true),
            ("96.94", AtLeast, "97.0", false),
            ("97.01", AtLeast, "97.0", false),
        ] {
            let found =
                is_boundary(decimal(actual), operator, &written(target), Decimal::ZERO, Direction::Higher);
            assert_eq!(found, expected, "{actual} against {target}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_better_value_never_turns_met_into_missed(target in 1_i64..1_000_000, actual in 1_i64..1_000_000, more in 0_i64..1000) {
            let (target, actual, better) =
                (Decimal::new(target, 2), Decimal::new(actual, 2), Decimal::new(actual + more, 2));
            for operator in [Operator::AtLeast, Operator::MoreThan, Operator::About] {
                let before = reaches(actual, operator, target, Decimal::from(5), Direction::Higher);
                let after = reaches(better, operator, target, Decimal::from(5), Direction::Higher);
                proptest::prop_assert!(!before || after);
            }
        }

        #[test]
        fn completion_is_a_hundred_exactly_at_the_target(value in 1_i64..1_000_000_000) {
            let value = Decimal::new(value, 4);
            for direction in [Direction::Higher, Direction::Lower] {
                proptest::prop_assert_eq!(completion(value, value, direction), Some(Decimal::ONE_HUNDRED));
            }
        }

        #[test]
        fn verdicts_do_not_depend_on_the_unit(target in 1_i64..1_000_000, actual in 1_i64..1_000_000) {
            let (target, actual) = (Decimal::new(target, 3), Decimal::new(actual, 3));
            let scale = Decimal::from(10_000);
            proptest::prop_assert_eq!(
                reaches(actual, Operator::AtLeast, target, Decimal::ZERO, Direction::Higher),
                reaches(actual * scale, Operator::AtLeast, target * scale, Decimal::ZERO, Direction::Higher)
            );
            proptest::prop_assert_eq!(
                completion(actual, target, Direction::Higher),
                completion(actual * scale, target * scale, Direction::Higher)
            );
        }
    }
}
