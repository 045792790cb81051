//! Roots, logarithms and powers of exact fractions, to [`PLACES`] digits behind the point.
//!
//! They are computed with thirty digits more in whole numbers, in units of the last of these, and rounded once, ties to the even digit: the same on every
//! machine. What is exact (the root of 4) comes out exact.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};

use super::Exact;

/// Digits behind the point of what has no end.
pub(super) const PLACES: u32 = 20;
/// Digits that are computed behind the point.
const WORKING: u32 = 50;
/// Logarithms of more than this are of numbers that nobody reports.
const MOST_LOG: i64 = 2_000;

fn unit() -> BigInt {
    BigInt::from(10).pow(WORKING)
}

/// In units of the last working digit, towards nothing.
fn scaled(value: &BigRational) -> BigInt {
    value.numer() * unit() / value.denom()
}

fn rounded(value: BigInt) -> Exact {
    Exact::from_ratio(BigRational::new(value, unit())).rounded(PLACES)
}

/// The square root; `None` below nothing.
pub(super) fn square_root(value: &Exact) -> Option<Exact> {
    let ratio = value.ratio();
    if ratio.is_negative() {
        return None;
    }
    let square = ratio.numer() * unit() * unit() / ratio.denom();
    Some(rounded(square.sqrt()))
}

/// The natural logarithm; `None` of what is not positive.
pub(super) fn logarithm(value: &Exact) -> Option<Exact> {
    scaled_logarithm(value.ratio()).map(rounded)
}

/// e to a power; `None` where it is beyond all numbers that are reported.
#[cfg(test)]
pub(super) fn exponential(value: &Exact) -> Option<Exact> {
    scaled_exponential(&scaled(value.ratio())).map(rounded)
}

/// Π x^(w/Σ w): the geometric mean by weight; `None` where a number or the sum of the weights is not positive.
pub(super) fn geometric_mean<'a>(parts: impl Iterator<Item = (&'a Exact, &'a Exact)>) -> Option<Exact> {
    let (mut sum, mut whole) = (BigInt::zero(), BigInt::zero());
    for (value, weight) in parts {
        let weight = scaled(weight.ratio());
        sum += scaled_logarithm(value.ratio())? * &weight / unit();
        whole += weight;
    }
    if !whole.is_positive() {
        return None;
    }
    scaled_exponential(&(sum * unit() / whole)).map(rounded)
}

/// 2·artanh(above/below), for a quotient well below one.
fn twice_artanh(above: &BigInt, below: &BigInt) -> BigInt {
    let z = above * unit() / below;
    let square = &z * &z / unit();
    let (mut term, mut sum, mut n) = (z, BigInt::zero(), 1_u32);
    while !term.is_zero() {
        sum += &term / n;
        term = term * &square / unit();
        n = n.saturating_add(2);
    }
    sum * 2
}

fn logarithm_of_two() -> BigInt {
    // ln 2 = 2·artanh(1/3).
    twice_artanh(&BigInt::one(), &BigInt::from(3))
}

/// Values are halved or doubled into 2/3 … 4/3.
fn scaled_logarithm(value: &BigRational) -> Option<BigInt> {
    if !value.is_positive() {
        return None;
    }
    let length = |part: &BigInt| i64::try_from(part.bits()).ok();
    let mut halvings = length(value.numer())? - length(value.denom())?;
    let two = BigInt::from(2);
    let power = |times: i64| two.pow(u32::try_from(times.unsigned_abs()).unwrap_or_default());
    let (mut above, mut below) = (value.numer().clone(), value.denom().clone());
    if halvings >= 0 {
        below *= power(halvings);
    } else {
        above *= power(halvings);
    }
    // Now between 1/2 and 2.
    if &above * 3 > &below * 4 {
        below *= 2;
        halvings += 1;
    } else if &above * 3 < &below * 2 {
        above *= 2;
        halvings -= 1;
    }
    let near = twice_artanh(&(&above - &below), &(&above + &below));
    Some(near + logarithm_of_two() * halvings)
}

fn scaled_exponential(power: &BigInt) -> Option<BigInt> {
    let two = logarithm_of_two();
    let doublings: BigInt = (power * 2 + &two) / (&two * 2);
    let doublings = doublings.to_i64().filter(|times| times.abs() < MOST_LOG)?;
    let rest = power - two * doublings;
    let (mut term, mut sum, mut n) = (unit(), BigInt::zero(), 0_u32);
    while !term.is_zero() {
        sum += &term;
        n = n.saturating_add(1);
        term = term * &rest / unit() / n;
    }
    let times = BigInt::from(2).pow(u32::try_from(doublings.unsigned_abs()).ok()?);
    Some(if doublings >= 0 { sum * times } else { sum / times })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn roots_and_logarithms_are_those_of_tables_to_the_twentieth_digit() {
        for (value, root, log) in [
            ("2", "1.4142135623730950488", "0.69314718055994530942"),
            ("4", "2", "1.38629436111989061883"),
            ("10", "3.16227766016837933200", "2.30258509299404568402"),
            ("0.25", "0.5", "-1.38629436111989061883"),
            ("1/3", "0.57735026918962576451", "-1.09861228866810969140"),
            ("1", "1", "0"),
        ] {
            assert_eq!(square_root(&exact(value)), Some(exact(root)), "{value}");
            assert_eq!(logarithm(&exact(value)), Some(exact(log)), "{value}");
        }
        assert_eq!(square_root(&exact("-1")), None);
        assert_eq!(logarithm(&exact("0")), None);
        assert_eq!(exponential(&exact("1")), Some(exact("2.71828182845904523536")));
        assert_eq!(exponential(&exact("-30")), Some(exact("0.00000000000009357623")));
        assert_eq!(exponential(&exact("999999")), None);
    }

    #[test]
    fn a_geometric_mean_of_what_is_alike_is_what_it_is() {
        let (value, thirds) = (exact("61.7"), exact("1/3"));
        let found = geometric_mean([(&value, &thirds), (&value, &thirds), (&value, &thirds)].into_iter());
        assert_eq!(found, Some(value));
        let parts = [(&exact("2"), &exact("1")), (&exact("8"), &exact("1"))];
        assert_eq!(geometric_mean(parts.into_iter()), Some(exact("4")));
        let parts = [(&exact("1"), &exact("1")), (&exact("100"), &exact("3"))];
        assert_eq!(geometric_mean(parts.into_iter()), Some(exact("31.62277660168379331999")));
        assert_eq!(geometric_mean([(&exact("0"), &exact("1"))].into_iter()), None);
    }

    proptest::proptest! {
        #[test]
        fn a_logarithm_goes_back_to_its_number(above in 1_i64..1_000_000_000, below in 1_i64..1_000_000) {
            let value = Exact::whole(above).over(&Exact::whole(below)).unwrap();
            let log = scaled_logarithm(value.ratio()).unwrap();
            let back = BigRational::new(scaled_exponential(&log).unwrap(), unit());
            let off = (back / value.ratio() - BigRational::one()).abs();
            proptest::prop_assert!(off < BigRational::new(BigInt::one(), BigInt::from(10).pow(40)));
        }
    }
}
