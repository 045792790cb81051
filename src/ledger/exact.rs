//! Exact fractions: what every published figure is computed in.
//!
//! A weighted mean over sixty targets does not fit a decimal of 28 digits. Fractions of big integers do not round at all: figures are
//! rounded once, where they are printed (GB/T 8170—2008).

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr as _;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};
use rust_decimal::Decimal;

use crate::growth;
use crate::rounding::{self, half_even};

/// An exact fraction.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

impl Exact {
    /// Nothing.
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    /// A whole number.
    pub fn whole(value: impl Into<BigInt>) -> Self {
        Self(BigRational::from_integer(value.into()))
    }

    /// A hundred, of which percents are.
    pub fn hundred() -> Self {
        Self::whole(100)
    }

    /// Reads a decimal, or a fraction as [`Display`](fmt::Display) writes it: `1.73`, `-3`, `17300/171`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((above, below)) = text.split_once('/') {
            let (above, below) = (BigInt::from_str(above).ok()?, BigInt::from_str(below).ok()?);
            return (!below.is_zero()).then(|| Self(BigRational::new(above, below)));
        }
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, text),
        };
        let (before, behind) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{before}{behind}");
        if before.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let below = ten().pow(u32::try_from(behind.len()).ok()?);
        Some(Self(BigRational::new(BigInt::from_str(&all).ok()? * BigInt::from(sign), below)))
    }

    /// The sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self(&self.0 + &other.0)
    }

    /// The difference.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    /// The product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        Self(&self.0 * &other.0)
    }

    /// The quotient; `None` over nothing.
    pub fn over(&self, other: &Self) -> Option<Self> {
        (!other.0.is_zero()).then(|| Self(&self.0 / &other.0))
    }

    /// A part of a whole in percent; `None` where there is no whole.
    pub fn in_percent_of(&self, whole: &Self) -> Option<Self> {
        self.times(&Self::hundred()).over(whole)
    }

    /// The growth per year from a base, in percent.
    pub fn yearly_growth(&self, base: &Self, years: u32) -> Option<Self> {
        growth::average_to(growth::PLACES, &base.0, &self.0, years).map(Self)
    }

    /// As a ratio of whole numbers.
    pub(super) fn ratio(&self) -> &BigRational {
        &self.0
    }

    /// Of a ratio of whole numbers.
    pub(super) fn from_ratio(ratio: BigRational) -> Self {
        Self(ratio)
    }

    /// The double that is nearest to it, for what is drawn at random.
    pub fn double(&self) -> Option<f64> {
        self.0.to_f64().filter(|value| value.is_finite())
    }

    /// A double to so many digits behind the point; `None` of what is no number.
    pub fn near(value: f64, places: u32) -> Option<Self> {
        Decimal::try_from(value).ok().map(|value| Self::from(value).rounded(places))
    }

    /// The value without its sign.
    #[must_use]
    pub fn size(&self) -> Self {
        Self(self.0.abs())
    }

    /// Whether it is more than nothing.
    pub fn is_positive(&self) -> bool {
        self.0.is_positive()
    }

    /// Whether it is nothing.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// The whole number towards nothing.
    #[must_use]
    pub fn truncated(&self) -> Self {
        Self(self.0.trunc())
    }

    /// Rounded once to so many digits behind the point, ties to the even digit (GB/T 8170 clause 3.2).
    #[must_use]
    pub fn rounded(&self, places: u32) -> Self {
        let scale = BigRational::from_integer(ten().pow(places));
        Self(BigRational::from_integer(half_even(&(&self.0 * &scale))) / scale)
    }

    /// As printed with so many digits behind the point, rounded once.
    pub fn fixed(&self, places: u32) -> String {
        self.fixed_when_small(places).unwrap_or_else(|| self.fixed_of_any(places))
    }

    fn fixed_of_any(&self, places: u32) -> String {
        let scaled = half_even(&(&self.0 * BigRational::from_integer(ten().pow(places))));
        pointed((&scaled.abs().to_string(), scaled.is_negative()), places)
    }

    /// The same of numbers whose digits fit, and faster.
    fn fixed_when_small(&self, places: u32) -> Option<String> {
        let (above, below) = (self.0.numer().to_i128()?, self.0.denom().to_u128()?);
        let scaled = above.unsigned_abs().checked_mul(10_u128.checked_pow(places)?)?;
        let (whole, rest) = (scaled.checked_div(below)?, scaled.checked_rem(below)?);
        let up = match rest.cmp(&below.checked_sub(rest)?) {
            Ordering::Less => 0,
            Ordering::Equal => whole % 2,
            Ordering::Greater => 1,
        };
        let rounded = whole.checked_add(up)?;
        Some(pointed((&rounded.to_string(), above < 0 && rounded > 0), places))
    }

    /// The whole number of things that it counts; `None` where it is none.
    pub fn count(&self) -> Option<usize> {
        self.0.is_integer().then(|| self.0.numer().to_usize()).flatten()
    }

    /// The decimal next to it, as [`rounding::nearest`] has it.
    pub fn decimal(&self) -> Option<Decimal> {
        let whole = |part: &BigInt| Decimal::try_from_i128_with_scale(part.to_i128()?, 0).ok();
        match (whole(self.0.numer()), whole(self.0.denom())) {
            // The same, and faster.
            (Some(above), Some(below)) => above.checked_div(below),
            _ => rounding::nearest(&self.0),
        }
    }

    /// The place behind the point at which its digits end; `None` where they never do.
    pub(super) fn places(&self) -> Option<u32> {
        if let Some(below) = self.0.denom().to_u64() {
            return places_of(below);
        }
        let mut rest = self.0.denom().clone();
        let mut count = |prime: u32| {
            let prime = BigInt::from(prime);
            let mut times = 0_u32;
            while (&rest % &prime).is_zero() {
                rest = &rest / &prime;
                times = times.saturating_add(1);
            }
            times
        };
        let places = count(2).max(count(5));
        rest.is_one().then_some(places)
    }
}

fn ten() -> BigInt {
    BigInt::from(10)
}

/// The place behind the point at which the digits of a part of one end; `None` where they never do.
fn places_of(below: u64) -> Option<u32> {
    let twos = below.trailing_zeros();
    let mut rest = below.checked_shr(twos)?;
    let mut fives = 0_u32;
    while rest > 1 && rest % 5 == 0 {
        rest /= 5;
        fives = fives.saturating_add(1);
    }
    (rest == 1).then_some(twos.max(fives))
}

/// The digits of a whole number, which may be negative, with the point before so many of them.
fn pointed((digits, is_negative): (&str, bool), places: u32) -> String {
    let places = places as usize;
    let digits = format!("{digits:0>width$}", width = places.saturating_add(1));
    let (before, behind) = digits.split_at(digits.len().saturating_sub(places));
    let sign = if is_negative { "-" } else { "" };
    if behind.is_empty() { format!("{sign}{before}") } else { format!("{sign}{before}.{behind}") }
}

impl fmt::Display for Exact {
    /// Writes all digits where they end, else the fraction in lowest terms.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.places() {
            Some(places) => f.write_str(&self.fixed(places)),
            None => write!(f, "{}/{}", self.0.numer(), self.0.denom()),
        }
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self(BigRational::new(value.mantissa().into(), ten().pow(value.scale())))
    }
}

impl From<usize> for Exact {
    fn from(value: usize) -> Self {
        Self::whole(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounding::{fixed, round_to};

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn fractions_are_written_with_their_digits_or_in_lowest_terms() {
        for (text, written) in [
            ("1.73", "1.73"),
            ("-0.50", "-0.5"),
            ("17300/171", "17300/171"),
            ("34600/342", "17300/171"),
            ("3/8", "0.375"),
            ("200/2", "100"),
            ("-1/3", "-1/3"),
            ("0.00", "0"),
        ] {
            assert_eq!(exact(text).to_string(), written);
        }
        for text in ["", "-", ".5", "1e5", "1/0", "1,000", "--1"] {
            assert_eq!(Exact::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_mean_that_fits_no_decimal_is_exact() {
        let thirds =
            (0..60).fold(Exact::zero(), |sum, n| sum.plus(&exact(&format!("{}/{}", 100 + n, 3 + 2 * n))));
        let back = (0..60).fold(thirds, |sum, n| sum.minus(&exact(&format!("{}/{}", 100 + n, 3 + 2 * n))));
        assert!(back.is_zero());
    }

    proptest::proptest! {
        #[test]
        fn rounding_is_that_of_decimals(digits in proptest::num::i64::ANY, scale in 0_u32..=12, places in 0_u32..=6) {
            let decimal = Decimal::new(digits, scale);
            let exact = Exact::from(decimal);
            proptest::prop_assert_eq!(exact.rounded(places), Exact::from(round_to(decimal, places)));
            proptest::prop_assert_eq!(exact.fixed(places), fixed(decimal, places));
            proptest::prop_assert_eq!(exact.decimal(), Some(decimal.normalize()));
            proptest::prop_assert_eq!(Exact::parse(&exact.to_string()), Some(exact));
        }

        #[test]
        fn digits_are_the_same_whichever_way_they_are_found(above in -100_000_i64..100_000, below in 1_i64..4_000, places in 0_u32..=8) {
            let exact = Exact::whole(above).over(&Exact::whole(below)).unwrap();
            proptest::prop_assert_eq!(exact.fixed_when_small(places), Some(exact.fixed_of_any(places)));
            let large = exact.over(&Exact::whole(i128::MAX)).unwrap();
            proptest::prop_assert_eq!(large.fixed(places), large.fixed_of_any(places));
            let is_endless = exact.rounded(12) != exact;
            proptest::prop_assert_eq!(exact.to_string().contains('/'), is_endless);
            proptest::prop_assert_eq!(Exact::parse(&exact.to_string()), Some(exact));
        }

        #[test]
        fn quotients_have_the_digits_of_decimals(above in 1_i64..1_000_000_000, below in 1_i64..1_000_000_000) {
            let (one, other) = (Decimal::new(above, 2), Decimal::new(below, 2));
            let exact = Exact::from(one).over(&Exact::from(other)).unwrap();
            proptest::prop_assert_eq!(exact.decimal(), one.checked_div(other).map(|found| found.normalize()));
        }

        #[test]
        fn the_decimal_is_the_nearest_one_whichever_way_it_is_found(above in proptest::num::i64::ANY, more in 1_i64..1_000_000_000, below in 1_i64..i64::MAX, fewer in 0_u32..62) {
            let below = (below >> fewer).max(1);
            let exact = Exact::whole(i128::from(above) * i128::from(more)).over(&Exact::whole(below)).unwrap();
            proptest::prop_assert_eq!(exact.decimal(), rounding::nearest(&exact.0));
        }
    }
}
