//! A cell of an ods workbook while it is read, and what is seen of it.

use rust_decimal::{Decimal, RoundingStrategy};

use super::display::Display;
use super::runs::Runs;

/// How much is kept of a text that is seen in place of a number, in characters.
pub(super) const LONGEST_SEEN: usize = 100;

/// The cell that is being read.
#[derive(Default)]
pub(super) struct OdsCell {
    /// How often it is repeated.
    pub(super) repeated: u32,
    pub(super) display: Display,
    /// Its kind, value and style.
    pub(super) kind: String,
    pub(super) value: String,
    pub(super) style: String,
    /// Its value as text, where it has one beside what is seen.
    pub(super) words: Option<String>,
    pub(super) is_error: bool,
    pub(super) has_formula: bool,
    /// Its text as people see it, and how many paragraphs that has.
    pub(super) seen: Runs,
    pub(super) paragraphs: usize,
    /// Its text with line breaks and blanks, whatever its parts look like.
    pub(super) text: String,
    /// Whether parts of the text look different.
    pub(super) is_rich: bool,
    /// A reference in its text that stands for nothing known.
    pub(super) unknown: Option<String>,
    /// Whether it has two values, or is of another namespace than the table.
    pub(super) is_malformed: bool,
}

impl OdsCell {
    /// How the cell is shown by the text that the workbook keeps beside the value, and that text where it is not simply
    /// the number. A workbook may keep none.
    pub(super) fn seen_as(&self, text: &str) -> (Display, Option<String>) {
        if self.kind == "date" {
            let (has_month, has_day) = (text.contains('月'), text.contains('日'));
            return match text.trim().ends_with(['年', '月']) {
                true if has_month && !has_day => (Display::Month, None),
                true if !has_day => (Display::Year, None),
                _ => (self.display, None),
            };
        }
        if !matches!(self.kind.as_str(), "float" | "currency" | "percentage") || self.paragraphs == 0 {
            return (self.display, None);
        }
        let number = |text: &str| text.parse().or_else(|_| Decimal::from_scientific(text)).ok();
        let Some(value) = number(&self.value) else { return (self.display, None) };
        let plain: String =
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '¥' | '￥' | '+')).collect();
        let plain = plain.replace('−', "-");
        if self.kind == "percentage"
            && let Some(percent) = plain.strip_suffix(['%', '％'])
        {
            let shares = value.checked_mul(Decimal::ONE_HUNDRED);
            let is_same = |seen: Decimal| {
                shares.is_some_and(|shares| {
                    shares.round_dp_with_strategy(seen.scale(), RoundingStrategy::MidpointAwayFromZero)
                        == seen
                })
            };
            let bare = percent
                .strip_prefix('(')
                .and_then(|rest| rest.strip_suffix(')'))
                .map(|rest| format!("-{rest}"));
            if number(bare.as_deref().unwrap_or(percent)).is_some_and(is_same) {
                return (self.display, None);
            }
        }
        let inner = plain.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
        let seen = match inner.filter(|_| value < Decimal::ZERO) {
            Some(inner) => number(inner).map(|seen| -seen),
            None => number(&plain),
        };
        let is_same = |seen: &Decimal| {
            value.round_dp_with_strategy(seen.scale(), RoundingStrategy::MidpointAwayFromZero) == *seen
        };
        match seen.filter(is_same).map(|seen| u8::try_from(seen.scale())) {
            Some(Ok(_)) if plain == self.value => (Display::Plain, None),
            Some(Ok(decimals)) => (Display::Fixed(decimals), None),
            _ => (Display::Plain, Some(text.trim().chars().take(LONGEST_SEEN).collect())),
        }
    }
}
