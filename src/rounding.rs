//! Rounding by GB/T 8170—2008: once, to the nearest, ties to even, on the exact decimal.
//!
//! Published figures are rounded here and nowhere else, at display. Nothing is computed, compared or
//! ranked on a rounded value.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, ToPrimitive as _};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::decimal::in_percent;

/// Rounds to `places` digits behind the point, ties to the even digit (GB/T 8170 clause 3.2).
///
/// The whole number is rounded in one step: rounding a rounded value again is a mistake (clause 3.3).
pub fn round_to(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven)
}

/// A fraction to the nearest whole number, ties to the even one.
pub fn half_even(value: &BigRational) -> BigInt {
    let low = value.floor().to_integer();
    let rest = value - BigRational::from_integer(low.clone());
    let half = BigRational::new(BigInt::one(), BigInt::from(2));
    if rest > half || (rest == half && low.bit(0)) { low + BigInt::one() } else { low }
}

/// The decimal next to a fraction: of as many digits behind the point, 28 at most, as it has room for (all its digits together are a number below 2⁹⁶),
/// rounded once, ties to the even digit; `None` where the fraction is too large for one.
pub fn nearest(exact: &BigRational) -> Option<Decimal> {
    (0..=Decimal::MAX_SCALE).rev().find_map(|places| {
        let scaled = half_even(&(exact * BigRational::from_integer(BigInt::from(10).pow(places))));
        Decimal::try_from_i128_with_scale(scaled.to_i128()?, places).ok()
    })
}

/// Rounds to a multiple of an interval such as 100, 0.5 or 0.2 (修约间隔, GB/T 8170 clauses 3.2 and 3.4), ties to the even
/// multiple. `None` when the interval is not positive or the result too large.
pub fn round_to_interval(value: Decimal, interval: Decimal) -> Option<Decimal> {
    let multiples = value.checked_div(interval).filter(|_| interval > Decimal::ZERO)?;
    round_to(multiples, 0).checked_mul(interval)
}

/// Writes a value with exactly `places` digits behind the point, rounded once.
pub fn fixed(value: Decimal, places: u32) -> String {
    let mut rounded = round_to(value, places);
    rounded.rescale(places);
    if rounded.is_zero() {
        rounded.set_sign_positive(true);
    }
    rounded.to_string()
}

/// Writes a value with all its digits, and with zeros up to `places` digits behind the point.
pub fn exact(value: Decimal, places: u32) -> String {
    if round_to(value, places) == value { fixed(value, places) } else { plain(value) }
}

/// Writes a value with all its digits and no trailing zeros.
pub fn plain(value: Decimal) -> String {
    let value = value.normalize();
    if value.is_zero() { "0".to_owned() } else { value.to_string() }
}

/// Writes `part / whole` as a percentage with one digit, or `None` when there is no whole.
pub fn percent(part: usize, whole: usize) -> Option<String> {
    in_percent(Decimal::from(part), Decimal::from(whole)).map(|exact| fixed(exact, 1))
}

/// Writes a completion in percent with one digit, or with as many more as it takes that a target which
/// was not met does not read 100, unless it is 100 or more indeed (恰好等于“突破”的数).
pub fn completion(value: Decimal, met: bool) -> String {
    if met { fixed(value, 1) } else { short_of_hundred(value, 1) }
}

/// Writes a value with so many digits behind the point, or with as many more as it takes that a value below 100 does not read
/// 100.
pub fn short_of_hundred(value: Decimal, places: u32) -> String {
    short_of(value, places, &[Decimal::ONE_HUNDRED])
}

/// Writes a value with so many digits behind the point, or with as many more as it takes that it does not read as one that has
/// reached a limit. GB/T 8170 rounds the figure; it does not turn what is short of a limit into what is not, and the verdict
/// beside the figure rests on the full value.
pub fn short_of(value: Decimal, places: u32, limits: &[Decimal]) -> String {
    let reads_reached =
        |places: u32| limits.iter().any(|limit| value < *limit && round_to(value, places) >= *limit);
    let places = (places..28).find(|places| !reads_reached(*places)).unwrap_or(28);
    fixed(value, places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str(text).unwrap()
    }

    #[test]
    fn the_examples_of_gbt_8170_hold() {
        for (value, places, expected) in [
            ("12.1498", 0, "12"),
            ("12.1498", 1, "12.1"),
            ("10.5002", 0, "11"),
            ("1.050", 1, "1.0"),
            ("0.35", 1, "0.4"),
            ("15.4546", 0, "15"),
            ("97.46", 0, "97"),
            ("8.53459", 2, "8.53"),
            ("-0.0365", 3, "-0.036"),
            ("2.675", 2, "2.68"),
            ("1.005", 2, "1.00"),
            ("2.5", 0, "2"),
            ("3.5", 0, "4"),
            ("-0.04", 1, "0.0"),
        ] {
            assert_eq!(fixed(decimal(value), places), expected, "{value} to {places}");
        }
    }

    #[test]
    fn the_decimal_next_to_a_fraction_is_rounded_once() {
        let of = |above: i128, below: i128| {
            let exact = BigRational::new(BigInt::from(above), BigInt::from(below));
            nearest(&exact).map(|found| found.normalize().to_string())
        };
        assert_eq!(of(1, 3).as_deref(), Some("0.3333333333333333333333333333"));
        assert_eq!(of(-200, 3).as_deref(), Some("-66.666666666666666666666666667"));
        assert_eq!(of(7, 2).as_deref(), Some("3.5"));
        assert_eq!(of(i128::MAX, 1), None);
        for (value, expected) in [(5, 0), (15, 2), (25, 2), (-5, 0), (-15, -2), (-16, -2), (-14, -1)] {
            assert_eq!(
                half_even(&BigRational::new(value.into(), 10.into())),
                BigInt::from(expected),
                "{value}"
            );
        }
    }

    #[test]
    fn a_missed_target_never_reads_one_hundred() {
        assert_eq!(completion(decimal("99.97"), false), "99.97");
        assert_eq!(completion(decimal("99.94"), false), "99.9");
        assert_eq!(completion(decimal("100"), true), "100.0");
        assert_eq!(completion(decimal("100"), false), "100.0");
    }

    #[test]
    fn what_is_short_of_a_hundred_never_reads_a_hundred() {
        for (value, expected) in [
            ("99.998", "99.998"),
            ("99.99996", "99.99996"),
            ("99.994", "99.99"),
            ("100", "100.00"),
            ("100.001", "100.00"),
            ("99.9999999999999999", "99.9999999999999999"),
        ] {
            assert_eq!(short_of_hundred(decimal(value), 2), expected, "{value}");
        }
    }

    #[test]
    fn what_is_short_of_a_limit_never_reads_as_having_reached_it() {
        let limits = ["95", "100", "105"].map(decimal);
        for (value, expected) in [
            ("94.97", "94.97"),
            ("94.94", "94.9"),
            ("95.02", "95.0"),
            ("99.998", "99.998"),
            ("104.96", "104.96"),
            ("105", "105.0"),
            ("112.04", "112.0"),
        ] {
            assert_eq!(short_of(decimal(value), 1, &limits), expected, "{value}");
        }
    }

    #[test]
    fn plain_keeps_all_digits_and_drops_zeros() {
        assert_eq!(plain(decimal("168.4500")), "168.45");
        assert_eq!(plain(decimal("1500")), "1500");
        assert_eq!(plain(decimal("0.00")), "0");
    }
}
