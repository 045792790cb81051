//! Number formats (ECMA-376, 18.8.31) → what they do to the number that is shown.

use serde::{Deserialize, Serialize};

/// How a number is shown, as far as that changes what it means to the person who typed it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Display {
    /// As it is stored.
    #[default]
    Plain,
    /// A hundred times what is stored, with a percent sign.
    Percent,
    /// As it is stored, with a percent sign behind it.
    PercentSign,
    /// Divided by a thousand or more, or with 万 or 亿 behind it.
    Scaled,
    /// A date, a time, or a duration.
    Date,
    /// The year of a date and nothing else.
    Year,
}

/// What a format code does. The first section decides: it is that of positive numbers.
pub(super) fn display(code: &str) -> Display {
    let tokens = Tokens::of(code);
    let has = |letters: &str| tokens.symbols.iter().any(|c| letters.contains(*c));
    if has("%") {
        Display::Percent
    } else if tokens.duration || has("dhsDHS") || (has("yY") && has("mM")) {
        Display::Date
    } else if has("yY") {
        Display::Year
    } else if has("mM") || has("eEbB") && !has("0#?") {
        Display::Date
    } else if tokens.literal.contains('%') || tokens.literal.contains('％') {
        Display::PercentSign
    } else if tokens.scaled || ["万", "亿", "千"].iter().any(|word| tokens.literal.contains(word)) {
        Display::Scaled
    } else {
        Display::Plain
    }
}

/// The format that stands for a number without a code of its own (ECMA-376, 18.8.30, and its East Asian additions).
pub(super) fn builtin(id: u32) -> Display {
    match id {
        9 | 10 => Display::Percent,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Display::Date,
        _ => Display::Plain,
    }
}

/// A section of a format taken apart.
struct Tokens {
    /// Characters that stand for digits, dates and percent.
    symbols: Vec<char>,
    /// Characters that are printed as they are.
    literal: String,
    /// Whether commas behind the digits divide by thousands.
    scaled: bool,
    /// Whether it counts hours, minutes or seconds beyond a day: `[h]`.
    duration: bool,
}

impl Tokens {
    fn of(code: &str) -> Self {
        let mut tokens = Self { symbols: Vec::new(), literal: String::new(), scaled: false, duration: false };
        let mut chars = code.chars().peekable();
        let mut before = ' ';
        while let Some(c) = chars.next() {
            match c {
                ';' => break,
                '"' => tokens.literal.extend(chars.by_ref().take_while(|c| *c != '"')),
                '\\' | '!' => tokens.literal.extend(chars.next()),
                '_' | '*' => _ = chars.next(),
                '[' => {
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    tokens.duration |= !inside.is_empty() && inside.chars().all(|c| "hmsHMS".contains(c));
                }
                ',' => {
                    let digits_follow = chars.peek().is_some_and(|next| "0#?".contains(*next));
                    tokens.scaled |= "0#?,".contains(before) && !digits_follow;
                }
                c if "0#?.%/+-() ".contains(c) || c.is_ascii_alphabetic() => tokens.symbols.push(c),
                c => tokens.literal.push(c),
            }
            before = c;
        }
        if tokens.symbols.iter().collect::<String>().eq_ignore_ascii_case("general") {
            tokens.symbols.clear();
        }
        tokens
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        for (code, expected) in [
            ("General", Display::Plain),
            ("0.00", Display::Plain),
            ("#,##0", Display::Plain),
            ("#,##0.00_);[Red](#,##0.00)", Display::Plain),
            ("_-* #\\ ##0.00_-", Display::Plain),
            ("0.00E+00", Display::Plain),
            ("@", Display::Plain),
            ("0\"年\"", Display::Plain),
            ("0.0%", Display::Percent),
            ("0%;-0%", Display::Percent),
            ("0.0\"%\"", Display::PercentSign),
            ("0.0\\%", Display::PercentSign),
            ("0.0,", Display::Scaled),
            ("#,##0,,", Display::Scaled),
            ("0!.0,\"万\"", Display::Scaled),
            ("yyyy-mm-dd", Display::Date),
            ("yyyy\"年\"m\"月\"", Display::Date),
            ("[$-804]aaaa", Display::Plain),
            ("[h]:mm", Display::Date),
            ("yyyy\"年\"", Display::Year),
            ("yyyy", Display::Year),
        ] {
            assert_eq!(display(code), expected, "{code}");
        }
        assert_eq!((builtin(10), builtin(57), builtin(4)), (Display::Percent, Display::Date, Display::Plain));
    }
}
