//! Years and parts of years as they stand in headings: `2023年`, `截至2023年12月31日`, `1—9月`, `前三季度`, `202309`.

use super::text::{clean, year_at_start};
use crate::period::Reach;

/// What part of a year is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearPart {
    /// Nothing is said.
    Unsaid,
    /// The whole year, or its end.
    Whole,
    /// `12月`: the month or the year's end.
    December,
    /// From January to the end of a quarter: `1—9月`, `前三季度`, `9月末`.
    Until(Reach),
    /// A quarter or months that do not begin in January: `二季度`, `9月`, `4—6月`. What ends a quarter by name may be meant as until then.
    Single(Option<Reach>),
    /// Another part of the year.
    Part,
    /// Several years.
    Span,
}

impl YearPart {
    /// What it is where sums since January are meant: 二季度累计, 截至9月.
    pub(super) fn cumulative(self) -> Self {
        match self {
            Self::Single(Some(reach)) => Self::Until(reach),
            other => other,
        }
    }

    /// What it is to who asks for a year or a part of it: what is asked for is the whole, and all else a part.
    pub(super) fn asked_for(self, reach: Reach) -> Self {
        match self {
            Self::Unsaid | Self::Span => self,
            Self::Until(until) if until == reach => Self::Whole,
            Self::Whole | Self::December if reach == Reach::Year => self,
            Self::Single(_) if reach != Reach::Year => Self::Single(None),
            _ => Self::Part,
        }
    }
}

/// A year, a part of one, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timespan {
    /// The year, when it is named.
    pub year: Option<i32>,
    /// The part of it.
    pub cover: YearPart,
}

/// The period that a text begins with, and what follows it. Blanks are gone and dashes are `-` already.
pub(super) fn period_at(text: &str) -> Option<(Timespan, &str)> {
    if let Some((year, rest)) = year_at_start(text) {
        return Some(year_and_month(year, text, rest));
    }
    let (cover, rest) = part(text)?;
    Some((Timespan { year: None, cover }, rest))
}

/// Whether a text is a year or another period and nothing else.
pub(super) fn is_period(text: &str) -> bool {
    let text: String = clean(text).chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace(['—', '–'], "-");
    period_at(&text).is_some_and(|(_, rest)| rest.is_empty() || rest == "度" || rest == "日")
}

fn year_and_month<'a>(year: i32, text: &'a str, rest: &'a str) -> (Timespan, &'a str) {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if digits == 6 {
        let month = text.get(4..6).and_then(|month| month.parse().ok()).unwrap_or(0);
        return (Timespan { year: Some(year), cover: until(month) }, rest);
    }
    // 2021-2025年 covers several years; 2023-12 and 2023.9 name a month.
    if let Some(after) = rest.strip_prefix(['-', '至', '~', '.', '/']).filter(|_| digits == 4) {
        if let Some((_, rest)) = year_at_start(after).filter(|_| !rest.starts_with(['.', '/'])) {
            return (Timespan { year: None, cover: YearPart::Span }, rest);
        }
        if let Some((month, rest)) = small_number(after).filter(|(month, _)| (1..=12).contains(month)) {
            let rest = rest.strip_prefix('月').unwrap_or(rest);
            return (Timespan { year: Some(year), cover: until(month) }, rest);
        }
    }
    match part(rest) {
        Some((cover, rest)) => (Timespan { year: Some(year), cover }, rest),
        None => (Timespan { year: Some(year), cover: YearPart::Unsaid }, rest),
    }
}

/// A part of a year that a text begins with: months, quarters, a day.
fn part(text: &str) -> Option<(YearPart, &str)> {
    let bare = text.strip_prefix('第').or_else(|| text.strip_prefix('前')).unwrap_or(text);
    let is_first = text.starts_with('前');
    if let Some(rest) = text.strip_prefix(['q', 'h']) {
        let is_half = text.starts_with('h');
        let (number, rest) = small_number(rest).filter(|(number, _)| (1..=4).contains(number))?;
        return Some((if is_half { halves(number) } else { quarters(number, number) }, rest));
    }
    let (first, rest) = small_number(bare)?;
    if let Some(after) = rest.strip_prefix("个月").filter(|_| is_first) {
        return (1..=12).contains(&first).then(|| (months(1, first), end(after)));
    }
    let rest = rest.strip_prefix('月').unwrap_or(rest);
    let range = rest.strip_prefix(['-', '至', '~', '到', '、']).and_then(small_number);
    if let Some((last, after)) = range {
        if let Some(after) = quarter(after) {
            return Some((quarters(first, last), after));
        }
        let after = month(after)?;
        return Some((months(first, last), end(after)));
    }
    if let Some(rest) = quarter(rest) {
        let ended = end(rest);
        let is_until = is_first || ended.len() < rest.len();
        return Some((quarters(if is_until { 1 } else { first }, first), ended));
    }
    if is_first || text.starts_with('第') {
        return None;
    }
    let after = if bare.len() == text.len() { month_word(text)? } else { return None };
    let (number, _) = small_number(text)?;
    let ended = end(after);
    let is_end = ended.len() < after.len();
    if !(1..=12).contains(&number) {
        return None;
    }
    Some(match (number, is_end) {
        (12, true) => (YearPart::Whole, ended),
        (12, false) => (YearPart::December, after),
        (number, true) => (months(1, number), ended),
        (number, false) => (months(number, number), ended),
    })
}

/// `12月` or `12月份`.
fn month_word(text: &str) -> Option<&str> {
    let (_, rest) = small_number(text)?;
    rest.strip_prefix("月份").or_else(|| rest.strip_prefix('月'))
}

fn month(text: &str) -> Option<&str> {
    text.strip_prefix("月份").or_else(|| text.strip_prefix('月'))
}

fn quarter(text: &str) -> Option<&str> {
    text.strip_prefix("个季度").or_else(|| text.strip_prefix("季度")).or_else(|| text.strip_prefix('季'))
}

/// What follows 末, 底 or a day at the end of a month.
fn end(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix(['末', '底']) {
        return rest;
    }
    let day = small_number(text).and_then(|(day, rest)| Some((day, rest.strip_prefix('日')?)));
    day.filter(|(day, _)| (28..=31).contains(day)).map_or(text, |(_, rest)| rest)
}

/// From one month to another one of the same year.
fn months(first: u32, last: u32) -> YearPart {
    match (first, Reach::until(last)) {
        (1, Some(Reach::Year)) => YearPart::Whole,
        (1, Some(reach)) => YearPart::Until(reach),
        (1, None) if last > 1 => YearPart::Part,
        (first, reach) if first == last => YearPart::Single(reach),
        _ => YearPart::Single(None),
    }
}

/// From one quarter to another one of the same year.
fn quarters(first: u32, last: u32) -> YearPart {
    let reach = last.checked_mul(3).and_then(Reach::until);
    match (first, reach) {
        (1, Some(Reach::Year)) => YearPart::Whole,
        (1, Some(reach)) => YearPart::Until(reach),
        (first, reach) if first == last => YearPart::Single(reach),
        _ => YearPart::Single(None),
    }
}

/// The first half, or the second.
fn halves(number: u32) -> YearPart {
    if number == 1 { YearPart::Until(Reach::FirstHalf) } else { YearPart::Single(None) }
}

fn until(month: u32) -> YearPart {
    if month == 12 { YearPart::December } else { months(month, month) }
}

/// A number of at most two digits, in digits or Chinese numerals, that a text begins with.
fn small_number(text: &str) -> Option<(u32, &str)> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        let number = digits.parse().ok().filter(|_| digits.len() <= 2)?;
        return Some((number, text.get(digits.len()..)?));
    }
    let value = |c: char| "一二三四五六七八九".chars().zip(1..).find(|(han, _)| *han == c).map(|(_, n)| n);
    let mut characters = text.chars();
    let first = characters.next()?;
    let rest = characters.as_str();
    if first == '十' {
        let ones = rest.chars().next().and_then(value);
        return Some(match ones {
            Some(ones) => (10 + ones, rest.get(3..)?),
            None => (10, rest),
        });
    }
    Some((value(first)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_people_write_them() {
        use YearPart::{December, Single, Span, Unsaid, Until, Whole};
        let (q1, h1, q3) = (Until(Reach::FirstQuarter), Until(Reach::FirstHalf), Until(Reach::ThreeQuarters));
        let (month, quarter) = (Single(Some(Reach::ThreeQuarters)), Single(Some(Reach::ThreeQuarters)));
        for (text, year, cover, rest) in [
            ("2023年实绩", Some(2023), Unsaid, "实绩"),
            ("2023年度", Some(2023), Unsaid, ""),
            ("2023", Some(2023), Unsaid, ""),
            ("二〇二三年", Some(2023), Unsaid, ""),
            ("2023年1-12月", Some(2023), Whole, ""),
            ("2023年1月-12月完成", Some(2023), Whole, "完成"),
            ("2023年一至十二月", Some(2023), Whole, ""),
            ("2023年1-9月", Some(2023), q3, ""),
            ("1-3月累计", None, q1, "累计"),
            ("一至六月", None, h1, ""),
            ("1-6月末", None, h1, ""),
            ("6月底", None, h1, ""),
            ("6月30日", None, h1, ""),
            ("前9个月", None, q3, ""),
            ("三季度末", None, q3, ""),
            ("1-3季度", None, q3, ""),
            ("一至二季度", None, h1, ""),
            ("2023h1", Some(2023), h1, ""),
            ("2023h2", Some(2023), Single(None), ""),
            ("二季度", None, Single(Some(Reach::FirstHalf)), ""),
            ("2-3季度", None, Single(None), ""),
            ("4-6月", None, Single(None), ""),
            ("7-9月累计", None, Single(None), "累计"),
            ("1月", None, Single(None), ""),
            ("1-11月", None, YearPart::Part, ""),
            ("2023年12月末累计", Some(2023), Whole, "累计"),
            ("2023年12月31日", Some(2023), Whole, ""),
            ("12月31日)", None, Whole, ")"),
            ("2023年9月底", Some(2023), q3, ""),
            ("2023年12月", Some(2023), December, ""),
            ("202312", Some(2023), December, ""),
            ("202309", Some(2023), month, ""),
            ("2023.12", Some(2023), December, ""),
            ("2023-09", Some(2023), month, ""),
            ("2023q3", Some(2023), quarter, ""),
            ("2023年第三季度", Some(2023), quarter, ""),
            ("2023年前三季度", Some(2023), q3, ""),
            ("前三季度实绩", None, q3, "实绩"),
            ("一季度", None, q1, ""),
            ("1-4季度", None, Whole, ""),
            ("9月", None, month, ""),
            ("2021-2025年", None, Span, ""),
            ("2021至2025年目标", None, Span, "目标"),
        ] {
            assert_eq!(period_at(text), Some((Timespan { year, cover }, rest)), "{text}");
        }
        for text in ["三级指标", "一级", "第一批", "十大", "完成", "3"] {
            assert_eq!(period_at(text), None, "{text}");
        }
    }

    #[test]
    fn periods_are_no_numbers() {
        for (text, expected) in [
            ("2023", true),
            ("2023年", true),
            ("2023年1—12月", true),
            ("202312", true),
            ("1920", false),
            ("70001家", false),
        ] {
            assert_eq!(is_period(text), expected, "{text}");
        }
    }
}
