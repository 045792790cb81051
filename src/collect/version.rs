//! The version of a workbook, and which of two is the later.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::register::day;
use super::text::{chinese_integer, clean};
use crate::finding::WorkbookVersion;

/// What a cover says of the version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Version {
    /// Nothing: the first one, as far as is known.
    #[default]
    Unstated,
    /// Numbers: `2`, `V1.10`, `第二版`, `2024年第1版`.
    Numbered(Vec<u32>),
    /// A date: `2024-01-12`, `20240112版`.
    Dated(NaiveDate),
    /// A word for a version that comes after a first one (`修订版`), or for the last of all (`终稿`).
    Worded {
        /// As written.
        word: String,
        /// Whether no other is to follow.
        is_last: bool,
    },
    /// Anything else.
    Unclear(String),
}

/// Words for a version after the first, and whether it is the last.
const WORDS: [(&str, bool); 12] = [
    ("最终", true),
    ("终稿", true),
    ("终版", true),
    ("定稿", true),
    ("修订", false),
    ("修改", false),
    ("更正", false),
    ("订正", false),
    ("更新", false),
    ("补报", false),
    ("重报", false),
    ("新版", false),
];

impl Version {
    /// Reads a cover's text. A year is no version: `2023版` is the form of 2023.
    pub(super) fn parse(text: &str) -> Self {
        let text: String = clean(text).chars().filter(|c| !c.is_whitespace()).collect();
        if text.is_empty() {
            return Self::Unstated;
        }
        if let Some(day) = day(text.trim_end_matches(['版', '稿'])) {
            return Self::Dated(day);
        }
        if let Some(numbers) = numbers(&text) {
            return Self::Numbered(numbers);
        }
        if ["初稿", "初版", "首版", "首次"].iter().any(|word| text.contains(word)) {
            return Self::Numbered(vec![1]);
        }
        if let Some((_, is_last)) = WORDS.iter().find(|(word, _)| text.contains(word)) {
            return Self::Worded { word: text, is_last: *is_last };
        }
        let is_of_a_year = super::period::period(&text).is_some_and(|period| period.year().is_some());
        let is_bare = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches("年度");
        if is_of_a_year
            && matches!(is_bare.trim_start_matches('年'), "" | "版" | "版本" | "版表" | "报表" | "年报")
        {
            return Self::Unstated;
        }
        Self::Unclear(text)
    }

    /// Whether the cover numbers it, or says nothing.
    pub(super) fn is_clear(&self) -> bool {
        matches!(self, Self::Unstated | Self::Numbered(_) | Self::Dated(_))
    }

    /// Which of two is the later; `None` when words and numbers do not tell.
    pub(super) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self.number(), other.number()) {
            (Some(one), Some(other)) => Some(one.cmp(&other)),
            (Some(one), None) => other.after(&one).then_some(Ordering::Less),
            (None, Some(other)) => self.after(&other).then_some(Ordering::Greater),
            (None, None) => match (self, other) {
                (Self::Dated(one), Self::Dated(other)) => Some(one.cmp(other)),
                (Self::Worded { word: one, is_last: a }, Self::Worded { word: other, is_last: b }) => {
                    if a != b { Some(a.cmp(b)) } else { (one == other).then_some(Ordering::Equal) }
                }
                _ => (self == other).then_some(Ordering::Equal),
            },
        }
    }

    fn number(&self) -> Option<Vec<u32>> {
        match self {
            Self::Unstated => Some(vec![1]),
            Self::Numbered(numbers) => Some(numbers.clone()),
            Self::Dated(_) | Self::Worded { .. } | Self::Unclear(_) => None,
        }
    }

    /// Whether the word means a version after that of a number: a revision comes after the first; whether it comes after
    /// the second nobody says.
    fn after(&self, number: &[u32]) -> bool {
        matches!(self, Self::Worded { .. }) && number == [1]
    }

    /// As tables have it: `2`, `1.10`, `修订版`; `1` when the cover says nothing.
    pub fn text(&self) -> String {
        match self {
            Self::Unstated => "1".to_owned(),
            Self::Numbered(numbers) => numbers.iter().map(u32::to_string).collect::<Vec<_>>().join("."),
            Self::Dated(day) => day.to_string(),
            Self::Worded { word, .. } | Self::Unclear(word) => word.clone(),
        }
    }

    /// As findings and the report word it.
    pub fn edition(&self) -> WorkbookVersion {
        match self {
            Self::Unstated | Self::Numbered(_) => WorkbookVersion::Numbered(self.text()),
            Self::Dated(_) | Self::Worded { .. } | Self::Unclear(_) => WorkbookVersion::Named(self.text()),
        }
    }
}

/// The numbers of a version: behind V, between 第 and 版, or alone. Zeros at the end mean nothing: 1.0 is 1.
fn numbers(text: &str) -> Option<Vec<u32>> {
    let marked = ["第", "版本", "version", "ver", "v", "rev", "r", "no."].iter().find_map(|mark| {
        let at = text.to_lowercase().rfind(mark)?;
        dotted(text.get(at + mark.len()..)?.trim_start_matches([':', '.', '号']))
    });
    let alone = || {
        let bare = text.trim_end_matches(['版', '稿', '次', '号']);
        let is_number = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || c == '.');
        is_number.then(|| dotted(bare)).flatten()
    };
    let chinese = || {
        let bare = text.trim_end_matches(['版', '稿', '次', '号']);
        let is_number = !bare.is_empty() && bare.chars().all(|c| "一二三四五六七八九十".contains(c));
        is_number.then(|| chinese_integer(bare)).flatten().map(|number| vec![number])
    };
    let mut numbers = marked.or_else(alone).or_else(chinese)?;
    while numbers.len() > 1 && numbers.last() == Some(&0) {
        numbers.pop();
    }
    Some(numbers)
}

/// Numbers with dots between at the beginning of a text, in digits or one in Chinese numerals. One that begins with a year is
/// none.
fn dotted(text: &str) -> Option<Vec<u32>> {
    let run: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    if run.trim_matches('.').is_empty() {
        let han: String = text.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).collect();
        return chinese_integer(&han).map(|number| vec![number]);
    }
    let numbers: Vec<u32> =
        run.trim_matches('.').split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let is_year = numbers.first().is_some_and(|first| (1949..=2100).contains(first));
    (!is_year).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_numbers_and_years_are_not() {
        for (text, expected) in [
            ("", "1"),
            ("2", "2"),
            ("V2", "2"),
            ("v1.10", "1.10"),
            ("V1.0", "1"),
            ("1.9版", "1.9"),
            ("第二版", "2"),
            ("第2版（修订）", "2"),
            ("2024年第1版", "1"),
            ("2024年1月第2版", "2"),
            ("第二次报送", "2"),
            ("版本号：3", "3"),
            ("二版", "2"),
            ("2023版", "1"),
            ("2023年版", "1"),
            ("2023", "1"),
            ("初稿", "1"),
            ("修订版", "修订版"),
            ("终稿", "终稿"),
            ("甲", "甲"),
            ("20240112", "2024-01-12"),
            ("2024年1月12日版", "2024-01-12"),
        ] {
            assert_eq!(Version::parse(text).text(), expected, "{text}");
        }
        for (text, is_clear) in [("2023版", true), ("2", true), ("修订版", false), ("甲", false)] {
            assert_eq!(Version::parse(text).is_clear(), is_clear, "{text}");
        }
    }

    #[test]
    fn the_later_of_two_versions_is_told_where_it_can_be() {
        use Ordering::{Equal, Greater, Less};
        for (one, other, expected) in [
            ("V1.9", "V1.10", Some(Less)),
            ("2024年第1版", "第2版", Some(Less)),
            ("2023版", "2", Some(Less)),
            ("1.0", "1", Some(Equal)),
            ("10", "9", Some(Greater)),
            ("", "1", Some(Equal)),
            ("", "修订版", Some(Less)),
            ("更正版", "1", Some(Greater)),
            ("修订版", "终稿", Some(Less)),
            ("修订版", "2", None),
            ("修订版", "更正版", None),
            ("修订版", "修订版", Some(Equal)),
            ("甲", "1", None),
            ("2024.1.10", "2024-01-12", Some(Less)),
            ("20240112", "2", None),
        ] {
            assert_eq!(Version::parse(one).order(&Version::parse(other)), expected, "{one} {other}");
        }
    }
}
