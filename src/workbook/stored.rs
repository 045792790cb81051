//! What workbooks store → the text that was typed: numbers, dates, escaped characters.

use std::str::FromStr as _;

use chrono::{Datelike as _, Days, NaiveDate};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed as _;

use super::display::Display;

/// The shortest decimal text that stands for the stored number, which is what was typed: of several as short the nearest, of two as near the
/// one with the even last digit.
pub(super) fn shortest(number: f64) -> String {
    let text = format!("{number}");
    even(number, &text).unwrap_or(text)
}

/// The text with the even last digit, where the number lies in the middle between it and this one.
fn even(number: f64, text: &str) -> Option<String> {
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.trim_start_matches('-').split_once('e')?;
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    // Of fewer digits doubles lie closer than these.
    let fewer = i32::try_from(digits.len()).ok().filter(|count| *count >= 16)? - 1;
    let ten = BigRational::from_integer(BigInt::from(10));
    let last = ten.pow(exponent.parse::<i32>().ok()? - fewer);
    let written = &last * BigInt::from_str(&digits).ok()?;
    let off = BigRational::from_float(number)?.abs() - written;
    if off.abs() * BigInt::from(2) != last {
        return None;
    }
    // An even digit stays; from an odd one it is never 9 to 10 or 1 to 0, since that would be shorter.
    let at = text.rfind(|c: char| ('1'..='9').contains(&c))?;
    let digit = text.get(at..=at)?.parse::<i32>().ok().filter(|digit| digit % 2 == 1)?;
    let other = if off.is_positive() { digit + 1 } else { digit - 1 };
    let mut made = text.to_owned();
    made.replace_range(at..=at, &other.to_string());
    (made.parse() == Ok(number)).then_some(made)
}

/// A number in eight bytes; `None` for what is none.
pub(super) fn real(bytes: [u8; 8]) -> Option<String> {
    let number = f64::from_le_bytes(bytes);
    number.is_finite().then(|| shortest(number))
}

/// A number in four bytes (MS-XLS, 2.5.217): a whole one or the upper half of a real one, divided by a hundred or not.
pub(super) fn packed(number: u32) -> Option<String> {
    let (is_hundredth, is_whole) = (number & 1 != 0, number & 2 != 0);
    let value = if is_whole {
        f64::from(number.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(number & !3) << 32)
    };
    let value = if is_hundredth { value / 100.0 } else { value };
    value.is_finite().then(|| shortest(value))
}

/// The names of errors by the numbers that stand for them.
pub(super) fn error_name(number: u8) -> &'static str {
    match number {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#ERROR!",
    }
}

/// A number as an xlsx sheet stores it → the shortest decimal text for it.
pub(super) fn number_text(text: &str) -> Option<String> {
    if is_shortest(text) {
        return Some(text.to_owned());
    }
    let is_plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    let number: f64 = text.parse().ok().filter(|_| is_plain)?;
    number.is_finite().then(|| shortest(number))
}

/// Whether a text is a decimal of at most fifteen digits without any that could be left out, as spreadsheets store most
/// numbers: then it is itself the shortest text for the number.
fn is_shortest(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits.len() <= 15
        && are_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(|rest| are_digits(rest) && !rest.ends_with('0'))
        && text != "-0"
}

/// A number shown as a date → the date; `None` when it is none, or when it is a year by itself: 2022 shown as `yyyy"年"`
/// reads 1905年, which nobody means.
pub(super) fn date_text(number: &str, is_1904: bool, display: Display) -> Option<String> {
    let number: f64 = number.parse().ok()?;
    if display == Display::Year && is_year(number) {
        return None;
    }
    iso(number, is_1904)
}

pub(super) fn is_year(number: f64) -> bool {
    (1900.0..=2100.0).contains(&number) && number.fract() == 0.0
}

/// Milliseconds of a day, and minutes in them.
const DAY: u64 = 86_400_000;
const MINUTE: u64 = 60_000;

/// A date as the number of days since an epoch → the date in ISO 8601, with the time unless that is midnight. Dates of
/// spreadsheets end with the year 9999.
fn iso(number: f64, is_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        clippy::disallowed_methods,
        reason = "milliseconds of a date, in bounds; no figure"
    )]
    let millis = (number * DAY as f64).round() as u64;
    let (days, minutes) = (millis / DAY, millis % DAY / MINUTE);
    let epoch =
        |year, month, day| NaiveDate::from_ymd_opt(year, month, day)?.checked_add_days(Days::new(days));
    let date = match (is_1904, days) {
        (true, _) => epoch(1904, 1, 1)?.to_string(),
        // Spreadsheets count a day that never was.
        (false, 60) => "1900-02-29".to_owned(),
        (false, 0..60) => epoch(1899, 12, 31)?.to_string(),
        (false, _) => epoch(1899, 12, 30).filter(|date| date.year() < 10_000)?.to_string(),
    };
    let (hour, minute) = (minutes / 60, minutes % 60);
    Some(if minutes == 0 { date } else { format!("{date} {hour:02}:{minute:02}") })
}

/// `_x000D_` stands for a character that XML cannot hold, and `_x005F_` for the `_` of a text that looks like that.
pub(super) fn unescaped(text: &str) -> String {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("_x") {
        whole.push_str(before);
        let code = behind.get(..4).filter(|code| behind.get(4..5) == Some("_") && is_hexadecimal(code));
        let c = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        whole.extend(c);
        if c.is_none() {
            whole.push_str("_x");
        }
        rest = if c.is_some() { behind.get(5..).unwrap_or_default() } else { behind };
    }
    whole.push_str(rest);
    whole
}

fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_shortest_texts_that_are_as_near_the_even_one_is_taken() {
        for (text, expected) in [
            ("683759999999999.25", "683759999999999.2"),
            ("-683759999999999.25", "-683759999999999.2"),
            ("683759999999999.75", "683759999999999.8"),
            ("4503599627370497.5", "4503599627370498"),
            ("9007199254740993", "9007199254740992"),
            ("0.1", "0.1"),
            ("58.949999999999996", "58.949999999999996"),
        ] {
            assert_eq!(shortest(text.parse().unwrap()), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_shortest_text_is_read_back_as_the_number(bits in proptest::num::u64::ANY, quarters in 1_u64..(1 << 53)) {
            let whole = |quarters: u64| quarters.to_string().parse::<f64>().unwrap();
            for number in [f64::from_bits(bits), whole(quarters) / 4.0, whole(quarters) * 1024.0] {
                if number.is_finite() {
                    proptest::prop_assert_eq!(shortest(number).parse(), Ok(number));
                    proptest::prop_assert_eq!(shortest(number).len(), format!("{number}").len());
                }
            }
        }
    }

    #[test]
    fn a_text_that_is_the_shortest_already_is_what_the_number_would_be_written_as() {
        for text in [
            "0",
            "-0",
            "7",
            "-7",
            "3.0",
            "3",
            "0.5",
            "00.5",
            ".5",
            "5.",
            "1e3",
            "-12.25",
            "123456789012345",
            "0.1234567890123",
            "1234567890123456",
            "",
            "-",
            "1.2.3",
            "+1",
        ] {
            if is_shortest(text) {
                assert_eq!(text.parse::<f64>().map(shortest).as_deref(), Ok(text));
            }
        }
        for text in ["0", "7", "-7", "0.5", "-12.25", "123456789012345"] {
            assert!(is_shortest(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn dates_are_those_of_another_reader(number in 0.0_f64..2_900_000.0, is_1904: bool) {
            use calamine::{ExcelDateTime, ExcelDateTimeType};
            let other = ExcelDateTime::new(number, ExcelDateTimeType::DateTime, is_1904);
            let (year, month, day, hour, minute, second, milli) = other.to_ymd_hms_milli();
            // Rounding to milliseconds may tip a time over a minute here or there.
            proptest::prop_assume!((second, milli) != (0, 0) && (second, milli) != (59, 999));
            let date = format!("{year:04}-{month:02}-{day:02}");
            let time = format!(" {hour:02}:{minute:02}");
            let expected = if hour == 0 && minute == 0 { date } else { date + &time };
            proptest::prop_assert_eq!(iso(number, is_1904), Some(expected));
        }

        #[test]
        fn the_shortest_text_of_a_number_does_not_depend_on_how_it_is_found(mantissa in -99_999_999_999_999_i64..99_999_999_999_999, places in 0_u32..12) {
            let text = rust_decimal::Decimal::new(mantissa, places).to_string();
            proptest::prop_assert_eq!(number_text(&text), text.parse::<f64>().ok().map(shortest));
        }
    }

    #[test]
    fn numbers_in_bytes_are_read() {
        assert_eq!(real(2.675_f64.to_le_bytes()).as_deref(), Some("2.675"));
        assert_eq!(real(f64::NAN.to_le_bytes()), None);
        for (number, expected) in [
            (42 << 2 | 2, "42"),
            ((-42_i32).cast_unsigned() << 2 | 2, "-42"),
            (4215 << 2 | 3, "42.15"),
            (0x3FF8_0000, "1.5"),
            (0x4059_0001, "1"),
        ] {
            assert_eq!(packed(number).as_deref(), Some(expected), "{number:x}");
        }
    }

    #[test]
    fn numbers_are_kept_as_typed() {
        for (number, text) in [(2.675, "2.675"), (0.1, "0.1"), (1250.0, "1250"), (4.2109, "4.2109")] {
            assert_eq!(shortest(number), text);
        }
        for (stored, text) in [
            ("2.6749999999999998", Some("2.675")),
            ("1.25E3", Some("1250")),
            ("-", None),
            ("NaN", None),
            ("inf", None),
            ("1e999", None),
        ] {
            assert_eq!(number_text(stored).as_deref(), text, "{stored}");
        }
    }

    #[test]
    fn dates_are_told_from_years() {
        for (number, is_1904, display, expected) in [
            ("44562", false, Display::Date, Some("2022-01-01")),
            ("0", false, Display::Date, Some("1899-12-31")),
            ("1", false, Display::Date, Some("1900-01-01")),
            ("60", false, Display::Date, Some("1900-02-29")),
            ("61", false, Display::Date, Some("1900-03-01")),
            ("2958465", false, Display::Date, Some("9999-12-31")),
            ("44561.999999999", false, Display::Date, Some("2022-01-01")),
            ("44562.5", false, Display::Date, Some("2022-01-01 12:00")),
            ("43100", true, Display::Date, Some("2022-01-01")),
            ("44562", false, Display::Year, Some("2022-01-01")),
            ("2022", false, Display::Year, None),
            ("-5", false, Display::Date, None),
            ("3000000", false, Display::Date, None),
        ] {
            assert_eq!(date_text(number, is_1904, display).as_deref(), expected, "{number}");
        }
    }

    #[test]
    fn escaped_characters_are_restored() {
        for (text, expected) in [
            ("a_x000A_b", "a\nb"),
            ("_x5408_计", "合计"),
            ("a_xyz", "a_xyz"),
            ("_x000", "_x000"),
            ("_x005F_x000F_", "_x000F_"),
            ("_x_x000A_", "_x\n"),
            ("_x+00A_", "_x+00A_"),
            ("a_x000A__x000A_", "a\n\n"),
        ] {
            assert_eq!(unescaped(text), expected);
        }
    }
}
