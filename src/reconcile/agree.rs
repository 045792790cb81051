//! When several units report one value: of which year, and to how many digits.

use rust_decimal::Decimal;

use super::said;
use crate::collect::{Observation, Reading};
use crate::decimal::distance;
use crate::quantity::Value;

/// The year whose values count: the latest that is not after the round's.
pub(super) fn year_that_counts(valued: &[&Observation], year: i32) -> Option<i32> {
    let years = || valued.iter().map(|seen| seen.year);
    years().filter(|one| *one <= year).max().or_else(|| years().min())
}

/// The observation that all others agree with: the first when all are equal, else the one with the most digits when every
/// other is that one rounded to its own digits (修约后一致). `None` when they disagree.
pub(super) fn agreed<'a>(valued: &[&'a Observation]) -> Option<&'a Observation> {
    let (first, rest) = valued.split_first()?;
    if rest.iter().all(|seen| said(seen) == said(first)) {
        return Some(first);
    }
    let steps: Vec<(&'a Observation, Decimal)> =
        valued.iter().map(|seen| Some((*seen, step(seen)?))).collect::<Option<_>>()?;
    let least = steps.iter().map(|(_, step)| *step).min()?;
    let (finest, _) = steps.iter().find(|(_, step)| *step == least)?;
    let value = number(finest)?;
    steps.iter().all(|(seen, step)| is_rounded(number(seen), *step, value)).then_some(*finest)
}

/// Whether a value is another one with fewer digits: at most half of its last digit away, so that a tie may have been rounded
/// either way. A single digit is too little to tell.
fn is_rounded(coarse: Option<Decimal>, step: Decimal, fine: Decimal) -> bool {
    let Some(coarse) = coarse else { return false };
    let digits = coarse.abs().checked_div(step).is_some_and(|steps| steps >= Decimal::TEN);
    let half = step.checked_div(Decimal::TWO);
    coarse == fine || (digits && distance(fine, coarse).zip(half).is_some_and(|(off, half)| off <= half))
}

fn number(seen: &Observation) -> Option<Decimal> {
    match said(seen)? {
        Value::Number(value) => Some(value),
        Value::Presence(_) => None,
    }
}

/// The last digit of a value as it was reported, in the unit of the plan: 168.5亿元 is good to 1000万元.
fn step(seen: &Observation) -> Option<Decimal> {
    let (Reading::Number(reported), Some(value)) = (&seen.reading, seen.value) else { return None };
    // What a percent format adds in zeros was not typed.
    let typed = seen.raw.contains(&reported.to_string());
    let scale = if typed { reported.scale() } else { reported.normalize().scale() };
    let digit = Decimal::try_new(1, scale).ok()?;
    if reported.is_zero() { Some(digit) } else { value.checked_mul(digit)?.checked_div(*reported) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::Vintage;
    use crate::finding::Place;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// A value as typed, with what it is in the unit of the plan.
    fn seen(unit: &str, typed: &str, value: &str, year: i32) -> Observation {
        Observation {
            city: crate::ident::CityId::parse("a").unwrap(),
            unit: unit.into(),
            no: "1".into(),
            year,
            is_current: true,
            raw: typed.to_owned(),
            reading: Reading::Number(decimal(typed)),
            reported_unit: String::new(),
            value: Some(decimal(value)),
            conversion: None,
            vintage: Vintage::Actual,
            evidence: Vec::new(),
            evidence_at: Place::default(),
            note: String::new(),
            at: Place::default(),
            form: crate::collect::CellForm::Number,
            supporting: Vec::new(),
        }
    }

    #[test]
    fn values_that_are_equal_at_the_digits_of_the_coarser_agree_on_the_finer() {
        for (one, other, expected) in [
            (("12.31", "12.31"), ("12.3", "12.3"), Some("12.31")),
            (("12.3", "12.3"), ("12.31", "12.31"), Some("12.31")),
            (("12.3", "12.3"), ("12.36", "12.36"), None),
            // A tie, rounded as one learns at school, and by GB/T 8170.
            (("12.4", "12.4"), ("12.35", "12.35"), Some("12.35")),
            (("12.4", "12.4"), ("12.45", "12.45"), Some("12.45")),
            (("39.87", "39.87"), ("40", "40"), Some("39.87")),
            (("1868.4", "1868.4"), ("18683972", "1868.3972"), Some("1868.3972")),
            // 168.5亿元 beside 1684500万元, in a plan that counts 万元.
            (("168.5", "1685000"), ("1684500", "1684500"), Some("1684500")),
            (("168.4", "1684000"), ("1684700", "1684700"), None),
            // Counts are exact, and one digit tells too little.
            (("861", "861"), ("862", "862"), None),
            (("2", "2"), ("2.4", "2.4"), None),
            // A zero that was typed is a digit.
            (("0.5300", "0.53"), ("0.5312", "0.5312"), None),
        ] {
            let (one, other) = (seen("甲", one.0, one.1, 2023), seen("乙", other.0, other.1, 2023));
            let found = agreed(&[&one, &other]).and_then(|seen| seen.value);
            assert_eq!(found, expected.map(decimal), "{} {}", one.raw, other.raw);
        }
    }

    #[test]
    fn the_round_s_year_goes_first_then_the_latest() {
        let years = |list: &[i32]| {
            let all: Vec<Observation> = list.iter().map(|year| seen("甲", "1", "1", *year)).collect();
            year_that_counts(&all.iter().collect::<Vec<_>>(), 2023)
        };
        assert_eq!(years(&[2022, 2023]), Some(2023));
        assert_eq!(years(&[2021, 2022]), Some(2022));
        assert_eq!(years(&[2022, 2024]), Some(2022));
        assert_eq!(years(&[]), None);
    }

    proptest::proptest! {
        #[test]
        fn two_equal_values_never_conflict(digits in -1_000_000_000_i64..1_000_000_000, places in 0_u32..8, zeros in 0_u32..4) {
            let value = Decimal::new(digits, places);
            let mut padded = value;
            padded.rescale(places + zeros);
            let (one, other) = (value.to_string(), padded.to_string());
            let (one, other) = (seen("甲", &one, &one, 2023), seen("乙", &other, &other, 2023));
            proptest::prop_assert_eq!(agreed(&[&one, &other]), Some(&one));
            proptest::prop_assert_eq!(agreed(&[&other, &one]), Some(&other));
        }

        #[test]
        fn a_value_and_its_rounding_agree_on_the_value_whichever_stands_first(digits in 1_000_000_i64..1_000_000_000, fewer in 1_u32..4) {
            let fine = Decimal::new(digits, 4);
            let coarse = crate::rounding::fixed(fine, 4 - fewer);
            let fine = fine.to_string();
            let (one, other) = (seen("甲", &fine, &fine, 2023), seen("乙", &coarse, &coarse, 2023));
            proptest::prop_assert_eq!(agreed(&[&one, &other]).and_then(|seen| seen.value), one.value);
            proptest::prop_assert_eq!(agreed(&[&other, &one]).and_then(|seen| seen.value), one.value);
        }
    }
}
