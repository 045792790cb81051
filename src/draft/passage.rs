//! A line of the source without blanks: as printed, for quotes, and with plain signs, for rules.

use std::ops::Range;

/// A line in two spellings that have the same characters one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Passage {
    /// Full-width letters, digits and signs as plain ones.
    pub(super) plain: String,
    printed: Vec<char>,
}

impl Passage {
    /// Takes a line.
    pub(super) fn of(line: &str) -> Self {
        let printed: Vec<char> = line.chars().filter(|c| !is_blank(*c)).collect();
        Self { plain: printed.iter().map(|c| plain_sign(*c)).collect(), printed }
    }

    /// The text of a range of bytes of `plain`, as printed.
    pub(super) fn quote(&self, range: Range<usize>) -> String {
        let before = self.plain.get(..range.start).map_or(0, |text| text.chars().count());
        let length = self.plain.get(range).map_or(0, |text| text.chars().count());
        self.printed.iter().skip(before).take(length).collect()
    }

    /// The whole text, as printed.
    pub(super) fn printed(&self) -> String {
        self.printed.iter().collect()
    }
}

/// Text with plain signs and without blanks.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).map(plain_sign).collect()
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}')
}

fn plain_sign(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c).saturating_sub(0xFEE0)).unwrap_or(c),
        '∶' => ':',
        '﹪' => '%',
        '∽' | '〜' => '~',
        '−' | '–' | '―' => '—',
        c => c,
    }
}

/// The longest of the words with which a text ends.
pub(super) fn ending<'a>(text: &str, words: &[&'a str]) -> Option<&'a str> {
    words.iter().filter(|word| text.ends_with(**word)).max_by_key(|word| word.len()).copied()
}

/// The longest of the words with which a text begins.
pub(super) fn beginning<'a>(text: &str, words: &[&'a str]) -> Option<&'a str> {
    words.iter().filter(|word| text.starts_with(**word)).max_by_key(|word| word.len()).copied()
}

/// Whether a text holds one of the words.
pub(super) fn holds(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Numerals of Chinese, as headings use them.
pub(super) const NUMERALS: &str = "一二三四五六七八九十百";

/// 十二 is 12.
pub(super) fn chinese(numeral: &str) -> Option<u32> {
    let digit = |c: char| {
        "一二三四五六七八九".chars().position(|one| one == c).and_then(|at| u32::try_from(at + 1).ok())
    };
    if numeral.is_empty() {
        return None;
    }
    let (tens, ones) = match numeral.split_once('十') {
        Some((tens, ones)) => (tens.chars().next().map_or(Some(1), digit)?, ones),
        None => (0, numeral),
    };
    let ones = ones.chars().next().map_or(Some(0), digit)?;
    Some(tens * 10 + ones)
}

/// The number with which a text begins, in Arabic digits or as 五 and 十, and what stands behind it.
pub(super) fn counted(text: &str) -> Option<(String, &str)> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return Some((digits.clone(), text.get(digits.len()..)?));
    }
    let rest = text.trim_start_matches(|c: char| NUMERALS.contains(c));
    let numeral = text.get(..text.len() - rest.len())?;
    Some((chinese(numeral)?.to_string(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_printed_as_the_source_prints_them() {
        let line = Passage::of(" 达到　５％，力争（A）");
        assert_eq!(line.plain, "达到5%,力争(A)");
        let at = line.plain.find("5%").unwrap();
        assert_eq!(line.quote(at..at + 3), "５％，");
        assert_eq!(line.printed(), "达到５％，力争（A）");
    }
}
