//! Rates of growth on exact decimals: on the year before, and per year over several (增长率、年均增长率), in percent.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _};
use rust_decimal::Decimal;

use crate::rounding::nearest;

/// Digits behind the point of an average growth: roots have no end.
pub const PLACES: u32 = 20;

/// Years of a plan have four digits; over more there is no average.
const MOST_YEARS: u32 = 9999;

/// Growth from one level to another in percent: (A/B − 1) × 100, as the decimal next to it. `None` when the base is not positive.
pub fn growth(base: Decimal, actual: Decimal) -> Option<Decimal> {
    average(base, actual, 1)
}

/// Average growth per year in percent (年均增长率): ((A/B)^(1/n) − 1) × 100, as the decimal next to what [`average_to`] says to [`PLACES`] digits behind
/// the point; with `n` = 1 exact, as the decimal next to it.
pub fn average(base: Decimal, actual: Decimal, years: u32) -> Option<Decimal> {
    let (base, actual) = (fraction(base), fraction(actual));
    if years == 1 {
        let is_sound = base.is_positive() && !actual.is_negative();
        return is_sound.then(|| nearest(&((&actual - &base) * BigInt::from(100) / &base))).flatten();
    }
    nearest(&average_to(PLACES, &base, &actual, years)?)
}

/// The average growth per year in percent to so many digits behind the point: the nearest of all numbers with so many, of two that are as near the even one.
///
/// `None` when the base is not positive, the level is negative or there is no year in between. Who grew by exactly 5 % a year has 5.
pub fn average_to(places: u32, base: &BigRational, actual: &BigRational, years: u32) -> Option<BigRational> {
    if !base.is_positive() || actual.is_negative() || !(1..=MOST_YEARS).contains(&years) {
        return None;
    }
    // A hundred times the factor of a year, in units of the last digit; in whole numbers, since bringing fractions of hundreds of digits
    // to lowest terms takes most of the time.
    let ten = BigInt::from(10);
    let scale = ten.pow(places.checked_add(2)?);
    let above = actual.numer() * base.denom() * scale.pow(years);
    let below = actual.denom() * base.numer();
    let low = (&above / &below).nth_root(years);
    let middle = (&low * 2_u8 + 1_u8).pow(years);
    let is_odd = low.bit(0);
    let is_more = match (above << years).cmp(&(middle * below)) {
        Ordering::Less => false,
        Ordering::Equal => is_odd,
        Ordering::Greater => true,
    };
    let factor = if is_more { low + BigInt::one() } else { low };
    Some(BigRational::new(factor - scale, ten.pow(places)))
}

fn fraction(value: Decimal) -> BigRational {
    BigRational::new(value.mantissa().into(), BigInt::from(10).pow(value.scale()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounding::fixed;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_digit_of_an_average_is_the_nearest_one() {
        for (base, actual, years, expected) in [
            ("1", "2", 2, "41.42135623730950488017"),
            ("1", "3", 3, "44.22495703074083823216"),
            ("3", "1", 2, "-42.26497308103742354909"),
            ("1", "1", 5, "0"),
            ("7", "0", 3, "-100"),
            // Of what does not fit as many digits as a decimal holds.
            ("0.0000000001", "999999999999999", 2, "316227766016737.77508600634602"),
        ] {
            let found = average(decimal(base), decimal(actual), years).unwrap();
            assert_eq!(found.normalize().to_string(), expected, "{base} {actual} {years}");
        }
    }

    #[test]
    fn of_two_numbers_that_are_as_near_the_even_one_is_taken() {
        let of = |factor: &str| {
            let factor = fraction(decimal(factor));
            average_to(0, &fraction(Decimal::ONE), &factor.pow(3), 3).unwrap().to_integer()
        };
        assert_eq!(
            [of("1.005"), of("1.015"), of("1.025"), of("0.995"), of("0.985")],
            [0, 2, 2, 0, -2].map(BigInt::from)
        );
    }

    proptest::proptest! {
        #[test]
        fn who_grows_by_an_exact_rate_every_year_has_that_rate(base in 1_i64..100_000, rate in -9000_i64..20_000, years in 1_u32..6) {
            let (base, rate) = (Decimal::new(base, 1), Decimal::new(rate, 2));
            let index = Decimal::ONE + rate / Decimal::ONE_HUNDRED;
            let level = (0..years).fold(base, |level, _| level * index);
            proptest::prop_assert_eq!(average(base, level, years), Some(rate));
        }

        #[test]
        fn no_two_levels_stop_the_program(base in proptest::num::i64::ANY, actual in proptest::num::i64::ANY, one in 0_u32..=28, other in 0_u32..=28, years in 0_u32..40) {
            let (base, actual) = (Decimal::new(base, one), Decimal::new(actual, other));
            for (base, actual) in [(base, actual), (Decimal::MAX, actual), (base, Decimal::MAX)] {
                let _ = (growth(base, actual), average(base, actual, years));
            }
        }
    }

    #[test]
    fn growth_is_on_the_base_and_per_year() {
        // 潜江's contracts: 44.82 in 2024 is 437.41 % more than 8.34 in 2020, 52.3 % a year.
        for (base, actual, years, expected) in [
            ("8.34", "44.82", 1, "437.41"),
            ("8.34", "44.82", 4, "52.26"),
            ("100", "100", 3, "0.00"),
            ("1221", "1250", 1, "2.38"),
            ("100", "81", 2, "-10.00"),
            ("100", "0", 1, "-100.00"),
            ("100", "0", 2, "-100.00"),
            ("3", "1890", 20, "38.03"),
            ("7.2", "1890", 30, "20.40"),
            ("5.1", "1890", 25, "26.69"),
            ("0.0001", "1890", 20, "131.11"),
            ("1890", "3", 20, "-27.55"),
        ] {
            assert_eq!(fixed(average(decimal(base), decimal(actual), years).unwrap(), 2), expected);
        }
    }

    #[test]
    fn growth_over_nothing_means_nothing() {
        assert_eq!(growth(Decimal::ZERO, Decimal::ONE), None);
        assert_eq!(growth(Decimal::NEGATIVE_ONE, Decimal::ONE), None);
        assert_eq!(average(Decimal::ONE, Decimal::TWO, 0), None);
        assert_eq!(average(Decimal::ONE, Decimal::TWO, u32::MAX), None);
    }
}
