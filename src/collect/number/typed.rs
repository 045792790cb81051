//! Digits as people type them → an exact number, or the reason why they are none.

use std::str::FromStr as _;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::finding::NumberFault;

/// Whether a number can be a statistic at all. Beyond this a spreadsheet itself has lost digits, and arithmetic on it
/// could overflow.
fn is_sensible(value: &Decimal) -> bool {
    value.abs() < Decimal::new(1_000_000_000_000_000, 0)
}

/// A stored number at the 15 digits that spreadsheets keep; what lies beyond is noise of their arithmetic.
pub(super) fn exact(text: &str) -> Option<Decimal> {
    let value =
        Decimal::from_str(text).or_else(|_| Decimal::from_scientific(text)).ok().filter(is_sensible)?;
    let digits = value.mantissa().unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
    if digits <= 15 {
        return Some(value);
    }
    value.round_sf_with_strategy(15, RoundingStrategy::MidpointNearestEven)
}

/// Reads digits with separators in groups of three, one point and a sign. Round brackets are the accountant's sign where
/// the digits are grouped as accountants do.
pub(super) fn typed(text: &str) -> Option<Decimal> {
    let text = text.replace('−', "-");
    let (text, negative) = match bracketed(&text) {
        Some(inner) if inner.contains([',', ' ']) => (inner.to_owned(), true),
        Some(_) => return None,
        None => (text, false),
    };
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest.trim()),
        None => ("", text.strip_prefix('+').unwrap_or(&text).trim()),
    };
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(a, b)| (a, Some(b)));
    let groups: Vec<&str> = whole.split([',', ' ']).collect();
    let digits_only = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let whole: String = groups.concat();
    if !groups_fit(&groups) || !digits_only(&whole) || !fraction.is_none_or(digits_only) {
        return None;
    }
    let number = fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}"));
    let value = Decimal::from_str(&format!("{sign}{number}")).ok().filter(is_sensible)?;
    Some(if negative { -value } else { value })
}

fn bracketed(text: &str) -> Option<&str> {
    text.strip_prefix('(')?.strip_suffix(')')
}

/// Whether groups of digits are those of thousands. None begins with 0: the comma of 0,485 is a point.
fn groups_fit(groups: &[&str]) -> bool {
    let Some((first, others)) = groups.split_first() else { return false };
    others.is_empty()
        || ((1..=3).contains(&first.len())
            && !first.starts_with('0')
            && others.iter().all(|group| group.len() == 3))
}

/// Why a text is no number: what is ambiguous, or the first character that does not belong into one.
pub(super) fn why_not(text: &str) -> NumberFault {
    if !text.chars().any(|c| c.is_ascii_digit()) {
        return NumberFault::NoDigits;
    }
    let end = text.find(|c: char| !(c.is_ascii_digit() || ",. -+()−%".contains(c))).unwrap_or(text.len());
    let digits = text.get(..end).unwrap_or_default().trim_end_matches('%').trim();
    let points = digits.matches('.').count();
    let is_plain = |digits: &str| digits.chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
    if bracketed(digits).is_some_and(|inner| typed(inner).is_some()) {
        return NumberFault::Brackets;
    }
    if points > 1 && is_plain(digits) {
        return NumberFault::SeveralPoints;
    }
    if digits.contains(',') && is_plain(digits) {
        return NumberFault::Comma;
    }
    let strange = text.chars().enumerate().find(|(_, c)| !(c.is_ascii_digit() || ",. -+()%".contains(*c)));
    match strange {
        Some((at, character)) => NumberFault::Character { at: at + 1, character },
        None => NumberFault::Separators,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounding::plain;

    #[test]
    fn what_cannot_be_told_is_said() {
        for (text, why) in [
            ("0,485", NumberFault::Comma),
            ("12,5", NumberFault::Comma),
            ("1.234.567", NumberFault::SeveralPoints),
            ("1.234,5", NumberFault::Comma),
            ("(12.0)", NumberFault::Brackets),
            ("3o0", NumberFault::Character { at: 2, character: 'o' }),
            ("已完成", NumberFault::NoDigits),
            ("12-", NumberFault::Separators),
        ] {
            assert_eq!(typed(text), None, "{text}");
            assert_eq!(why_not(text), why, "{text}");
        }
    }

    #[test]
    fn noise_beyond_fifteen_digits_is_dropped() {
        assert_eq!(exact("521200.00000000006").map(plain).as_deref(), Some("521200"));
        assert_eq!(exact("58.949999999999996").map(plain).as_deref(), Some("58.95"));
        assert_eq!(exact("999999999999999").map(plain).as_deref(), Some("999999999999999"));
        assert_eq!(exact("1e15"), None);
    }
}
