//! What workbooks store → the text that was typed: numbers, dates, escaped characters.

use calamine::{ExcelDateTime, ExcelDateTimeType};

use super::display::Display;

/// The shortest decimal text that stands for the stored number, which is what was typed.
pub(super) fn shortest(number: f64) -> String {
    format!("{number}")
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
    iso(ExcelDateTime::new(number, ExcelDateTimeType::DateTime, is_1904))
}

pub(super) fn is_year(number: f64) -> bool {
    (1900.0..=2100.0).contains(&number) && number.fract() == 0.0
}

/// Dates of spreadsheets end with the year 9999.
pub(super) fn iso(date: ExcelDateTime) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&date.as_f64()) {
        return None;
    }
    let (year, month, day, hour, minute, _, _) = date.to_ymd_hms_milli();
    Some(if hour == 0 && minute == 0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    })
}

/// `_x000D_` stands for a character that XML cannot hold.
pub(super) fn unescaped(text: &str) -> String {
    let mut parts = text.split("_x");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..4).filter(|_| part.get(4..5) == Some("_"));
        let c = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match c {
            Some(c) => {
                whole.push(c);
                whole.push_str(part.get(5..).unwrap_or_default());
            }
            None => {
                whole.push_str("_x");
                whole.push_str(part);
            }
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

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
        fn the_shortest_text_of_a_number_does_not_depend_on_how_it_is_found(mantissa in -99_999_999_999_999_i64..99_999_999_999_999, places in 0_u32..12) {
            let text = rust_decimal::Decimal::new(mantissa, places).to_string();
            proptest::prop_assert_eq!(number_text(&text), text.parse::<f64>().ok().map(shortest));
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
        for (text, expected) in
            [("a_x000A_b", "a\nb"), ("_x5408_计", "合计"), ("a_xyz", "a_xyz"), ("_x000", "_x000")]
        {
            assert_eq!(unescaped(text), expected);
        }
    }
}
