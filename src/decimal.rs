//! Arithmetic on figures from workbooks and plans: exact, and never a panic.
//!
//! A cell may hold 5.5511151231257827E-17 or 15 digits. The operators of decimals panic when a result does not fit, so that
//! one cell would stop the report of every city; the lint `arithmetic_side_effects` keeps them out of the program. What
//! cannot be computed is `None`, and a stage that gets `None` leaves open what it was to decide.

use rust_decimal::Decimal;

/// The sum; `None` when it does not fit.
pub fn sum(values: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    values.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)
}

/// How far two values lie apart.
pub fn distance(one: Decimal, other: Decimal) -> Option<Decimal> {
    one.checked_sub(other).map(|gap| gap.abs())
}

/// A part of a whole in percent: part × 100 ÷ whole. `None` when there is no whole.
pub fn in_percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// So many percent of a value.
pub fn percent_of(value: Decimal, percent: Decimal) -> Option<Decimal> {
    value.checked_div(Decimal::ONE_HUNDRED)?.checked_mul(percent)
}

/// How many times the smaller of two positive values goes into the larger; `None` unless both are positive.
pub fn times_apart(one: Decimal, other: Decimal) -> Option<Decimal> {
    let (small, large) = (one.min(other), one.max(other));
    large.checked_div(small).filter(|_| small > Decimal::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_arithmetic_on_any_two_decimals_panics(one in numbers(), other in numbers()) {
            let _ = (sum([one, other, one]), distance(one, other), in_percent(one, other));
            let _ = (percent_of(one, other), times_apart(one, other));
        }
    }

    /// Decimals of every size, the greatest and the smallest among them.
    fn numbers() -> impl proptest::strategy::Strategy<Value = Decimal> {
        use proptest::prelude::*;
        let any = (any::<i64>(), 0_u32..=28).prop_map(|(digits, scale)| Decimal::new(digits, scale));
        prop_oneof![
            any,
            Just(Decimal::MAX),
            Just(Decimal::MIN),
            Just(Decimal::ZERO),
            Just(Decimal::new(1, 28)),
            Just(Decimal::new(-555_111_512_313, 28)),
        ]
    }

    #[test]
    fn what_does_not_fit_or_has_no_whole_is_left_open() {
        assert_eq!(sum([Decimal::MAX, Decimal::ONE]), None);
        assert_eq!(in_percent(Decimal::MAX, Decimal::TWO), None);
        assert_eq!(in_percent(Decimal::ONE, Decimal::ZERO), None);
        assert_eq!(in_percent(Decimal::from(3), Decimal::from(8)), Some(Decimal::new(375, 1)));
        assert_eq!(percent_of(Decimal::from(15), Decimal::from(5)), Some(Decimal::new(75, 2)));
        assert_eq!(times_apart(Decimal::from(5), Decimal::from(50)), Some(Decimal::TEN));
        assert_eq!(times_apart(Decimal::from(-5), Decimal::from(50)), None);
    }
}
