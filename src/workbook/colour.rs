//! Colours of text and of what lies behind it, as far as they decide whether anything is seen.

use super::package::Attributes;

/// A colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Colour {
    /// Red, green and blue.
    Rgb([u8; 3]),
    /// One that only the theme of the workbook tells; the same word is the same colour.
    Other(String),
}

pub(super) const BLACK: Colour = Colour::Rgb([0; 3]);
pub(super) const WHITE: Colour = Colour::Rgb([0xFF; 3]);

/// What lies behind the text of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Backdrop {
    /// One colour.
    Plain(Colour),
    /// A pattern, on which something is seen of any text.
    Pattern,
}

impl Default for Backdrop {
    fn default() -> Self {
        Self::Plain(WHITE)
    }
}

impl Backdrop {
    /// By the number of a pattern and its colour: none, filled, or another pattern.
    pub(super) fn filled(pattern: u32, colour: Option<Colour>) -> Self {
        match (pattern, colour) {
            (0, _) => Self::default(),
            (1, Some(colour)) => Self::Plain(colour),
            _ => Self::Pattern,
        }
    }

    /// Whether text of a colour is not seen on it; the usual colour is black.
    pub(super) fn swallows(&self, text: Option<&Colour>) -> bool {
        matches!(self, Self::Plain(ground) if ground.is_like(text.unwrap_or(&BLACK)))
    }
}

/// What a cell looks like without rules.
pub(super) struct PlainLook<'a> {
    pub is_struck: bool,
    pub colour: Option<&'a Colour>,
    pub ground: Backdrop,
}

/// How far the parts of two colours may differ that look the same.
const ALIKE: u8 = 8;

impl Colour {
    /// A colour as an xlsx workbook writes it (ECMA-376, 18.8.19); `None` for the usual one.
    pub(super) fn of(with: &Attributes<'_>) -> Option<Self> {
        let (rgb, theme, indexed, tint) =
            (with.get("rgb"), with.get("theme"), with.get("indexed"), with.get("tint"));
        let is_tinted = !matches!(tint.as_str(), "" | "0" | "0.0");
        if let Some(colour) = Self::hexadecimal(&rgb).filter(|_| !is_tinted) {
            return Some(colour);
        }
        if let Ok(number) = indexed.parse() {
            return Self::indexed(number);
        }
        match theme.parse() {
            Ok(number) => Some(Self::of_theme(number, if is_tinted { &tint } else { "" })),
            Err(_) => (!rgb.is_empty()).then(|| Self::Other(format!("{rgb} {tint}"))),
        }
    }

    /// `FFFF0000`, `#ff0000`: the last six digits count.
    pub(super) fn hexadecimal(text: &str) -> Option<Self> {
        let digits = text.get(text.len().checked_sub(6)?..)?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self::Rgb([red, green, blue]))
    }

    /// A colour of the palette (ECMA-376, 18.8.27); `None` for the usual one of text.
    pub(super) fn indexed(number: u32) -> Option<Self> {
        match number {
            64 | 0x7FFF => None,
            0 | 8 => Some(BLACK),
            1 | 9 | 65 => Some(WHITE),
            2..=7 | 10..=15 => {
                let part = |bits: &[u32]| if bits.contains(&(number % 8)) { 0xFF } else { 0 };
                Some(Self::Rgb([part(&[2, 5, 6]), part(&[3, 5, 7]), part(&[4, 6, 7])]))
            }
            _ => Some(Self::Other(format!("palette {number}"))),
        }
    }

    /// A colour in eight bytes (MS-XLSB, 2.5.11): its kind, number, tint, and red, green and blue.
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let [kind, number, low, high, red, green, blue, ..] = *bytes else { return None };
        let tint = i16::from_le_bytes([low, high]);
        match kind >> 1 {
            1 => Self::indexed(u32::from(number)),
            2 if tint == 0 => Some(Self::Rgb([red, green, blue])),
            2 => Some(Self::Other(format!("{red} {green} {blue} {tint}"))),
            3 if tint == 0 => Some(Self::of_theme(u32::from(number), "")),
            3 => Some(Self::of_theme(u32::from(number), &tint.to_string())),
            _ => None,
        }
    }

    /// A colour of the theme; the first two are those of paper and ink.
    pub(super) fn of_theme(number: u32, tint: &str) -> Self {
        match (number, tint) {
            (0, "") => WHITE,
            (1, "") => BLACK,
            _ => Self::Other(format!("theme {number} {tint}")),
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Rgb(one), Self::Rgb(other)) => {
                one.iter().zip(other).all(|(one, other)| one.abs_diff(*other) <= ALIKE)
            }
            _ => self == other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_the_colour_of_what_lies_behind_it_is_not_seen() {
        let ground = |text: &str| Backdrop::Plain(Colour::hexadecimal(text).unwrap());
        for (ground, text, expected) in [
            (Backdrop::default(), None, false),
            (Backdrop::default(), Some(WHITE), true),
            (Backdrop::default(), Colour::hexadecimal("FFFEFEFE"), true),
            (Backdrop::default(), Colour::hexadecimal("FFF2F2F2"), false),
            (Backdrop::default(), Colour::indexed(9), true),
            (Backdrop::default(), Colour::indexed(64), false),
            (Backdrop::default(), Some(Colour::of_theme(0, "")), true),
            (Backdrop::default(), Some(Colour::of_theme(0, "-0.5")), false),
            (ground("FF000000"), None, true),
            (ground("FFFF0000"), Colour::indexed(10), true),
            (ground("FF0000FF"), Colour::indexed(12), true),
            (ground("FFFFFF00"), Colour::indexed(13), true),
            (ground("FF4472C4"), Some(WHITE), false),
            (Backdrop::Plain(Colour::of_theme(4, "")), Some(Colour::of_theme(4, "")), true),
            (Backdrop::Pattern, Some(WHITE), false),
        ] {
            assert_eq!(ground.swallows(text.as_ref()), expected, "{ground:?} {text:?}");
        }
    }
}
