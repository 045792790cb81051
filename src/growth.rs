//! Rates of growth on exact decimals: on the year before, and per year over several (增长率、年均增长率), in percent.

use rust_decimal::Decimal;

use crate::decimal::distance;
use crate::rounding::round_to;

/// Growth from one level to another in percent: (A/B − 1) × 100. `None` when the base is not positive.
pub fn growth(base: Decimal, actual: Decimal) -> Option<Decimal> {
    average(base, actual, 1)
}

/// Average growth per year in percent (年均增长率): ((A/B)^(1/n) − 1) × 100.
///
/// `None` when the base is not positive, the level is negative or there is no year in between. With `n` = 1 it is exact, else to twenty
/// digits behind the point, so that who grew by exactly 5 % a year has 5 and not what the root is off.
pub fn average(base: Decimal, actual: Decimal, years: u32) -> Option<Decimal> {
    if base <= Decimal::ZERO || actual < Decimal::ZERO {
        return None;
    }
    let ratio = actual.checked_div(base)?;
    let factor = if years == 1 || (ratio.is_zero() && years > 0) { ratio } else { root(ratio, years)? };
    let percent = factor.checked_sub(Decimal::ONE)?.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(if years == 1 { percent } else { round_to(percent, 20) })
}

/// The n-th root of a positive number by Newton's method on exact decimals, good to more digits than are shown. `None` when
/// it does not settle.
fn root(value: Decimal, degree: u32) -> Option<Decimal> {
    if degree == 0 || value <= Decimal::ZERO {
        return None;
    }
    if value < Decimal::ONE {
        return Decimal::ONE.checked_div(root(Decimal::ONE.checked_div(value)?, degree)?);
    }
    // Dividing again and again keeps far from the greatest number; powers would not.
    let over = |guess: Decimal, times: u32| (0..times).try_fold(value, |rest, _| rest.checked_div(guess));
    let mut guess = Decimal::ONE;
    // From above the root, and less than twice as far, the method settles in a few steps.
    while over(guess, degree)? > Decimal::ONE {
        guess = guess.checked_mul(Decimal::TWO)?;
    }
    let n = Decimal::from(degree);
    let fewer = n.checked_sub(Decimal::ONE)?;
    for _ in 0..200 {
        let next = guess.checked_mul(fewer)?.checked_add(over(guess, degree - 1)?)?.checked_div(n)?;
        if distance(next, guess)? < Decimal::new(1, 20) {
            return Some(next);
        }
        guess = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounding::fixed;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn roots_are_exact_to_many_digits() {
        for (value, degree, expected) in
            [(2, 2, "1.4142135623730950"), (27, 3, "3.0000000000000000"), (1, 5, "1.0000000000000000")]
        {
            assert_eq!(fixed(root(Decimal::from(value), degree).unwrap(), 16), expected);
        }
        assert_eq!(root(Decimal::NEGATIVE_ONE, 2), None);
        assert_eq!(root(Decimal::TWO, 0), None);
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
    }
}
