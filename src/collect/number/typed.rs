//! Digits as people type them → an exact number, or the reason why they are none.

use rust_decimal::Decimal;

use crate::finding::NumberFault;

/// Whether a number can be a statistic at all. Beyond this a spreadsheet itself has lost digits, and arithmetic on it
/// could overflow.
fn is_sensible(value: &Decimal) -> bool {
    value.abs() < Decimal::new(1_000_000_000_000_000, 0)
}

/// Digits of a number that spreadsheets keep; what lies beyond is noise of their arithmetic.
const KEPT: i64 = 15;
/// Digits behind the point that a decimal has room for.
const ROOM: i64 = 28;

/// A stored number at the digits that count, rounded once, ties to the even digit.
pub(super) fn exact(text: &str) -> Option<Decimal> {
    let value = match Decimal::from_str_exact(text).ok().filter(|value| digits(*value) <= KEPT) {
        Some(value) => value,
        None => cut(text)?,
    };
    Some(value).filter(is_sensible)
}

fn digits(value: Decimal) -> i64 {
    i64::from(value.mantissa().unsigned_abs().checked_ilog10().unwrap_or(0)) + 1
}

/// A number with more digits than count, or with an exponent, at those that do.
fn cut(text: &str) -> Option<Decimal> {
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let bare = number.strip_prefix(['-', '+']).unwrap_or(number);
    let (whole, behind) = bare.split_once('.').unwrap_or((bare, ""));
    let all = format!("{whole}{behind}");
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let significant = all.trim_start_matches('0');
    // How many of them stand before the point; of 0.00123 it is −2.
    let before =
        i64::try_from(significant.len()).ok()? - i64::try_from(behind.len()).ok()? + i64::from(exponent);
    if significant.is_empty() || before < -ROOM {
        return Some(Decimal::ZERO);
    }
    if before > KEPT {
        return None;
    }
    let keep = KEPT.min(ROOM + before);
    let (kept, rest) = match significant.split_at_checked(usize::try_from(keep).ok()?) {
        Some(parts) => parts,
        None => (significant, ""),
    };
    let scale = i64::try_from(kept.len()).ok()? - before;
    let kept: i128 = if kept.is_empty() { 0 } else { kept.parse().ok()? };
    let rest = rest.trim_end_matches('0');
    let is_above = rest > "5" || (rest == "5" && kept % 2 == 1);
    let kept = kept + i128::from(is_above);
    // Of few digits with an exponent the last may stand before the point.
    let (kept, scale) = match u32::try_from(scale) {
        Ok(scale) => (kept, scale),
        Err(_) => (kept.checked_mul(10_i128.pow(u32::try_from(-scale).ok()?))?, 0),
    };
    let value = Decimal::try_from_i128_with_scale(kept, scale).ok()?.normalize();
    Some(if number.starts_with('-') { -value } else { value })
}

/// Reads digits with separators in groups of three, one point and a sign. Round brackets are the accountant's sign where
/// the digits are grouped as accountants do. A number with more digits than can be kept is none.
pub(super) fn typed(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(&plain_digits(text)?).ok().filter(is_sensible)
}

/// What is typed as a sign, digits, and one point.
fn plain_digits(text: &str) -> Option<String> {
    let text = text.replace('−', "-");
    let (text, negative) = match bracketed(&text) {
        Some(inner) if inner.contains([',', ' ']) => (inner.to_owned(), true),
        Some(_) => return None,
        None => (text, false),
    };
    let (signed, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim()),
        None => (false, text.strip_prefix('+').unwrap_or(&text).trim()),
    };
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(a, b)| (a, Some(b)));
    let groups: Vec<&str> = whole.split([',', ' ']).collect();
    let digits_only = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let whole: String = groups.concat();
    if !groups_fit(&groups) || !digits_only(&whole) || !fraction.is_none_or(digits_only) {
        return None;
    }
    let number = fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}"));
    let sign = if signed == negative { "" } else { "-" };
    Some(format!("{sign}{number}"))
}

/// Why a number as it is typed cannot be kept; `None` where it can.
fn does_not_fit(text: &str) -> Option<NumberFault> {
    let number = plain_digits(text).filter(|_| typed(text).is_none())?;
    let whole = number.trim_start_matches('-').split('.').next().unwrap_or_default();
    let is_large = whole.trim_start_matches('0').len() > usize::try_from(KEPT).unwrap_or_default();
    Some(if is_large { NumberFault::TooLarge } else { NumberFault::TooLong })
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
    if let Some(fault) = does_not_fit(digits) {
        return fault;
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
            ("0.12345678901234567890123456789012", NumberFault::TooLong),
            ("-123.45678901234567890123456789012%", NumberFault::TooLong),
            ("12345678901234567890123456789.5", NumberFault::TooLarge),
            ("1,000,000,000,000,000", NumberFault::TooLarge),
        ] {
            assert_eq!(typed(text), None, "{text}");
            assert_eq!(why_not(text), why, "{text}");
        }
    }

    #[test]
    fn digits_that_can_be_kept_are_all_kept() {
        for text in [
            "0.1234567890123456789012345678",
            "-0.0000000000000000000000000001",
            "123456789012345.6789012345678",
        ] {
            assert_eq!(typed(text).unwrap().to_string(), text);
        }
        assert_eq!(typed("(1,234.50)").unwrap().to_string(), "-1234.50");
        assert_eq!(typed("(-1,234)").unwrap().to_string(), "1234");
    }

    #[test]
    fn noise_beyond_fifteen_digits_is_dropped_in_one_step() {
        for (text, expected) in [
            ("521200.00000000006", "521200"),
            ("58.949999999999996", "58.95"),
            ("-58.949999999999996", "-58.95"),
            ("999999999999999", "999999999999999"),
            ("0.1234567890123450", "0.123456789012345"),
            // Ties to the even digit, and what is above or below a tie by its last digit alone.
            ("1.234567890123465", "1.23456789012346"),
            ("1.234567890123475", "1.23456789012348"),
            ("1.2345678901234651", "1.23456789012347"),
            ("1.2345678901234649", "1.23456789012346"),
            ("0.00000000000000000012345678945", "0.0000000000000000001234567894"),
            ("0.00000000000000000012345678946", "0.0000000000000000001234567895"),
            ("0.00000000000000000000000000005", "0"),
            ("0.00000000000000000000000000006", "0.0000000000000000000000000001"),
            ("0.000000000000000000000000000009", "0"),
            ("5e-324", "0"),
            ("1.5e3", "1500"),
            ("0e5", "0"),
        ] {
            assert_eq!(exact(text).map(plain).as_deref(), Some(expected), "{text}");
        }
        for text in ["1e15", "999999999999999.6", "1e300", "1e", "e5", ".", "", "nan"] {
            assert_eq!(exact(text), None, "{text}");
        }
    }

    #[test]
    fn noise_is_no_digit_that_was_written() {
        assert_eq!(exact("12.300000000000001").unwrap().to_string(), "12.3");
        assert_eq!(exact("12.30").unwrap().to_string(), "12.30");
    }
}
