//! What people put beside a number and do not mean as part of it: note marks, brackets for values that accumulate.

use unicode_normalization::UnicodeNormalization as _;

use crate::finding::NumberFault;

/// A text without its note marks, and the marks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bare {
    pub text: String,
    pub marks: String,
}

/// Takes note marks away: digits set above the line behind a number (`861¹`), numbers in circles.
///
/// # Errors
/// Fails with the reason where a mark may be part of the number: powers, digits above the line before, within or
/// longer than it, digits below the line, and characters that are written with digits and are none.
pub(super) fn bare(raw: &str) -> Result<Bare, NumberFault> {
    let mut bare = Bare { text: String::with_capacity(raw.len()), marks: String::new() };
    for (at, c) in raw.chars().enumerate() {
        if c.is_ascii() || !is_strange(c) {
            // 3¹1: what stands above the line within a number may be a digit of it.
            let raised = bare.marks.chars().next_back().filter(|mark| is_raised(*mark));
            if let Some(mark) = raised.filter(|_| is_digit(c) || matches!(c, '.' | '．')) {
                return Err(NumberFault::MarkWithin(mark));
            }
            bare.text.push(c);
            continue;
        }
        let before = bare.text.trim_end().chars().next_back();
        let is_square =
            matches!(c, '²' | '³') && before.is_some_and(|c| matches!(c, 'm' | 'M' | '米' | '里'));
        if is_square {
            bare.text.push(c);
        } else if is_raised(c) {
            if bare.marks.is_empty() && is_base(&bare.text) {
                return Err(NumberFault::Power(c));
            }
            bare.marks.push(c);
        } else if is_circled(c) {
            bare.marks.push(c);
        } else {
            return Err(NumberFault::Strange { at: at + 1, character: c });
        }
    }
    let raised = bare.marks.chars().filter(|c| is_raised(*c)).count();
    let digits = bare.text.chars().filter(|c| is_digit(*c)).count();
    if digits > 0 && raised > digits {
        return Err(NumberFault::MarksLongerThanNumber(bare.marks));
    }
    Ok(bare)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Whether a character would turn into digits when widths are unified, and is no digit.
fn is_strange(c: char) -> bool {
    let is_digit = matches!(c, '０'..='９' | '\u{1d7ce}'..='\u{1d7ff}');
    !is_digit && (is_circled(c) || std::iter::once(c).nfkc().any(|c| c.is_ascii_digit()))
}

fn is_raised(c: char) -> bool {
    matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹')
}

fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' | '❶'..='❿' | '➀'..='➓' | '⓫'..='⓴')
}

/// Whether a text ends with a number that powers are written with: 10 by itself.
fn is_base(text: &str) -> bool {
    let rest = text.trim_end().strip_suffix("10").or_else(|| text.trim_end().strip_suffix("１０"));
    rest.is_some_and(|rest| !rest.ends_with(|c: char| c.is_numeric() || matches!(c, '.' | ',' | '，' | '．')))
}

/// A text without the brackets that plans and reports put around values that accumulate: `〔12.0〕`, `[12.0]亿元`. Such
/// brackets say nothing about the sign.
pub(super) fn unbracketed(text: &str) -> Option<String> {
    let inner = text.strip_prefix(['[', '〔', '【', '［', '〖'])?;
    let (inside, behind) = inner.split_once([']', '〕', '】', '］', '〗'])?;
    (!inside.trim().is_empty()).then(|| format!("{}{}", inside.trim(), behind.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn note_marks_are_taken_away_and_digits_never_joined() {
        for (raw, text, marks) in [
            ("861¹", "861", "¹"),
            ("861¹²", "861", "¹²"),
            ("861①", "861", "①"),
            ("861㉑", "861", "㉑"),
            ("861⁴", "861", "⁴"),
            ("861¹家", "861家", "¹"),
            ("①861", "861", "①"),
            ("８６１", "８６１", ""),
            ("12 km²", "12 km²", ""),
            ("12立方米", "12立方米", ""),
            ("3.10²", "3.10", "²"),
            ("210³", "210", "³"),
        ] {
            assert_eq!(bare(raw), Ok(Bare { text: text.into(), marks: marks.into() }), "{raw}");
        }
        for raw in [
            "10⁴",
            "10²",
            "5×10³",
            "１０⁴",
            "861₁",
            "861⓪",
            "861⑴",
            "861½",
            "861㏠",
            "8⒈",
            "¹3.1",
            "3¹1",
            "3¹.1",
            "8⁶¹",
            "¹ 861",
        ] {
            assert!(bare(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn square_brackets_are_put_away() {
        for (text, expected) in [
            ("〔12.0〕", Some("12.0")),
            ("[12.0]", Some("12.0")),
            ("【12】亿元", Some("12亿元")),
            ("(12.0)", None),
            ("[]", None),
            ("12", None),
        ] {
            assert_eq!(unbracketed(text).as_deref(), expected, "{text}");
        }
    }
}
