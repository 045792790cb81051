//! Texts that name a period: `2023年1月1日—12月31日`, `2023Q3`, `截至2023年9月底` → years, and how much of them is meant.

mod reach;

use super::text::clean;
use crate::characters::is_han;
use crate::period::Reach;

/// How much of a year a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// The year as a whole: `2023年度`, `1—12月`.
    Whole,
    /// Its end, at which levels are taken: `截至2023年12月31日`, `年末`. What is counted over the year is then complete too.
    End,
    /// A part of it: `上半年`, `1—9月`, `2023年6月`, `截至9月底`.
    Part,
}

/// A period as a text names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NamedPeriod {
    /// The first and the last year; `None` when the text names none, as `1—12月` does.
    pub(super) years: Option<(i32, i32)>,
    /// How much of them.
    pub(super) span: Span,
    /// Of a part, how far it reaches from January on; `None` for any other part.
    pub(super) until: Option<Reach>,
    /// Whether it is a quarter or months that do not begin in January.
    pub(super) is_single: bool,
    /// Whether no more than years are named: 2023年, 2023年度.
    pub(super) is_bare: bool,
}

impl NamedPeriod {
    /// The year, when there is exactly one.
    pub(super) fn year(&self) -> Option<i32> {
        self.years.filter(|(first, last)| first == last).map(|(first, _)| first)
    }

    /// How much of what is asked for a text names: of a part of a year only that part is the whole. A bare year says nothing of parts.
    pub(super) fn span_of(&self, asked: Reach) -> Span {
        match asked {
            Reach::Year => self.span,
            _ if self.is_bare || self.until == Some(asked) => Span::Whole,
            _ => Span::Part,
        }
    }

    /// Whether a year is among those named.
    pub(super) fn holds(&self, year: i32) -> bool {
        self.years.is_some_and(|(first, last)| (first..=last).contains(&year))
    }
}

/// The period that a text names; `None` when it names none.
pub(super) fn period(text: &str) -> Option<NamedPeriod> {
    let chars = flat(text);
    let mut seen = PeriodClues::default();
    let mut at = 0;
    while at < chars.len() {
        at += seen.step(&chars, at).max(1);
    }
    seen.period()
}

/// Text of one width, with one kind of dash, numerals as digits and no blanks but those between digits.
fn flat(text: &str) -> Vec<char> {
    let text: Vec<char> = clean(text).replace("元月", "1月").chars().collect();
    let mut dashed: Vec<char> = Vec::new();
    for (at, c) in text.iter().enumerate() {
        let between_digits = || {
            let next = text.iter().skip(at).find(|c| !c.is_whitespace());
            dashed.last().is_some_and(char::is_ascii_digit) && next.is_some_and(char::is_ascii_digit)
        };
        match c {
            c if c.is_whitespace() => {
                if between_digits() {
                    dashed.push('|');
                }
            }
            '—' | '–' | '−' | '‐' | '─' | '~' | '-' | '至' | '到' => {
                // 截至 is no dash.
                if dashed.last() == Some(&'截') {
                    dashed.push('至');
                } else if dashed.last() != Some(&'-') {
                    dashed.push('-');
                }
            }
            c => dashed.push(*c),
        }
    }
    in_digits(&dashed)
}

/// Chinese numerals as digits: 二〇二三 → 2023, 十二 → 12. What is no numeral of a date stays.
fn in_digits(text: &[char]) -> Vec<char> {
    let digit = |c: char| match c {
        '〇' | '零' | '○' => Some(0),
        c => "一二三四五六七八九".chars().zip(1..).find(|(han, _)| *han == c).map(|(_, n)| n),
    };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        let run: Vec<char> = rest.iter().copied().take_while(|c| *c == '十' || digit(*c).is_some()).collect();
        let number = match run.as_slice() {
            [] => None,
            [a, b, c, d] if !run.contains(&'十') => {
                [a, b, c, d].iter().try_fold(0, |sum, han| Some(sum * 10 + digit(**han)?))
            }
            ['十'] => Some(10),
            ['十', ones] => digit(*ones).map(|ones| 10 + ones),
            [tens, '十'] => digit(*tens).map(|tens| tens * 10),
            [tens, '十', ones] => digit(*tens).zip(digit(*ones)).map(|(tens, ones)| tens * 10 + ones),
            [tens, ones] => digit(*tens).zip(digit(*ones)).map(|(tens, ones)| tens * 10 + ones),
            [one] => digit(*one),
            _ => None,
        };
        match number {
            Some(number) => out.extend(number.to_string().chars()),
            None if run.is_empty() => out.push(*c),
            None => out.extend(&run),
        }
        at += run.len().max(1);
    }
    out
}

/// A date as far as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Date {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    /// Whether a dash stands before it.
    is_last: bool,
}

/// What was seen so far.
#[derive(Debug, Default)]
struct PeriodClues {
    dates: Vec<Date>,
    /// First and last quarter.
    quarters: Vec<(u32, u32)>,
    /// The year of 2023年度.
    annual: Option<i32>,
    is_half: bool,
    /// First and last month of halves, and of 前9个月.
    halves: Vec<(u32, u32)>,
    /// Whether 截至 stands there.
    is_until: bool,
    is_whole: bool,
    is_end: bool,
}

/// What a word says of a period.
type Effect = fn(&mut PeriodClues);

/// Words that say how much of a year is meant.
const WORDS: [(&str, Effect); 11] = [
    ("上半年", |seen| seen.half(1, 6)),
    ("下半年", |seen| seen.half(7, 12)),
    ("半年", |seen| seen.half(1, 6)),
    ("截至", |seen| seen.is_until = true),
    ("截止", |seen| seen.is_until = true),
    ("全年", |seen| seen.is_whole = true),
    ("4个季度", |seen| seen.is_whole = true),
    ("年底", |seen| seen.is_end = true),
    ("年末", |seen| seen.is_end = true),
    ("底", |seen| seen.is_end = true),
    ("末", |seen| seen.is_end = true),
];

impl PeriodClues {
    /// Looks at one place and says how many characters it has used.
    fn step(&mut self, chars: &[char], at: usize) -> usize {
        let rest = chars.get(at..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        if before.is_some_and(|c| c.is_ascii_digit()) && rest.first().is_some_and(char::is_ascii_digit) {
            return 1;
        }
        if let Some(used) = self.quarter(rest, before).or_else(|| self.part(rest)) {
            return used;
        }
        let is_last = before == Some('-');
        let goes_on = is_last && self.dates.last().is_some_and(|date| date.month.is_some());
        if let Some((mut date, used)) = date(rest, goes_on) {
            date.is_last = is_last;
            let is_annual = chars.get(at + used) == Some(&'度') && date.month.is_none();
            self.annual = self.annual.or(date.year.filter(|_| is_annual));
            self.dates.push(date);
            // The year of 年底 and 年末 is the one before it; the character belongs to both.
            return used;
        }
        let is_word = |word: &str| word.chars().zip(rest.iter()).filter(|(one, other)| one == *other).count();
        // 2023年年中 and 2023中 are the first half; 2023年中小企业 is none.
        let is_middle = is_word("年中") == 2
            || is_word("中期") == 2
            || (rest.first() == Some(&'中') && !rest.get(1).is_some_and(|c| is_han(*c)));
        if is_middle
            && before.is_some_and(|c| c.is_ascii_digit() || matches!(c, '年' | '度'))
            && !self.dates.is_empty()
        {
            self.half(1, 6);
            return 2;
        }
        for (word, note) in WORDS {
            let length = word.chars().count();
            if is_word(word) == length && (length > 1 || !self.dates.is_empty()) {
                note(self);
                return length;
            }
        }
        1
    }

    fn half(&mut self, first: u32, last: u32) {
        self.is_half = true;
        self.halves.push((first, last));
    }

    /// `H1`, and `11个月`, which is a part of a year unless it is twelve.
    fn part(&mut self, rest: &[char]) -> Option<usize> {
        match rest {
            ['H' | 'h', '1', ..] => self.half(1, 6),
            ['H' | 'h', '2', ..] => self.half(7, 12),
            _ => return self.months(rest),
        }
        Some(2)
    }

    fn months(&mut self, rest: &[char]) -> Option<usize> {
        let (months, length) = number(rest)?;
        if rest.get(length) != Some(&'个') || rest.get(length + 1) != Some(&'月') {
            return None;
        }
        match months {
            12 => self.is_whole = true,
            months => self.half(1, months),
        }
        Some(length + 2)
    }

    /// `1季度`, `1-3季度`, `前3季度`, `Q3`, `Q1-Q4`, `3Q`.
    fn quarter(&mut self, rest: &[char], before: Option<char>) -> Option<usize> {
        let is_q = |c: Option<&char>| c.is_some_and(|c| matches!(c, 'Q' | 'q'));
        if is_q(rest.first()) {
            let (number, length) = number(rest.get(1..)?)?;
            let number = Some(number).filter(|number| (1..=4).contains(number))?;
            match self.quarters.last_mut() {
                Some(last) if before == Some('-') => last.1 = number,
                _ => self.quarters.push((number, number)),
            }
            return Some(1 + length);
        }
        let (first, length) = number(rest)?;
        let (last, used) = match rest.get(length) {
            Some('-') => {
                let (last, more) = number(rest.get(length + 1..)?)?;
                (last, length + 1 + more)
            }
            _ => (first, length),
        };
        let is_quarter = (1..=4).contains(&first) && (1..=4).contains(&last);
        let named = rest.get(used) == Some(&'季') || (is_q(rest.get(used)) && used == 1);
        if !is_quarter || !named {
            return None;
        }
        self.quarters.push(if before == Some('前') { (1, last) } else { (first, last) });
        Some(used + 1)
    }

    fn period(mut self) -> Option<NamedPeriod> {
        if let Some(year) = self.annual {
            // 2023年度（2024年1月填报): the month is not of the period.
            self.dates.retain(|date| date.year.is_none_or(|of| of == year) || date.month.is_none());
        }
        let told = !self.dates.is_empty() || !self.quarters.is_empty() || self.is_half || self.is_whole;
        if !told {
            return None;
        }
        let years = self.dates.iter().filter_map(|date| date.year);
        let years = years.clone().min().zip(years.max());
        let spans = self.spans();
        let some_quarters = self.quarters.iter().any(|quarters| *quarters != (1, 4));
        let whole_quarters = !self.quarters.is_empty() && !some_quarters;
        let span = if spans.contains(&Span::Part) {
            Span::Part
        } else if self.is_whole || whole_quarters || spans.contains(&Span::Whole) {
            Span::Whole
        } else if self.is_half || some_quarters {
            Span::Part
        } else if self.is_end || spans.contains(&Span::End) {
            Span::End
        } else {
            Span::Whole
        };
        let is_explicit = self.is_whole || whole_quarters || spans.contains(&Span::Whole);
        let is_bare = span == Span::Whole && !is_explicit;
        let until = (span == Span::Part).then(|| self.until()).flatten();
        let is_single = span == Span::Part && self.is_single();
        Some(NamedPeriod { years, span, until, is_single, is_bare })
    }

    /// What each month, day, or pair of them with a dash between says.
    fn spans(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut dates = self.dates.iter().peekable();
        while let Some(first) = dates.next() {
            let last = dates.next_if(|date| date.is_last && (date.month.is_some() || first.month.is_some()));
            match (first.month, last) {
                (None, None) => {}
                (Some(12), None) if first.day.is_none_or(|day| day == 31) => spans.push(Span::End),
                (_, None) => spans.push(Span::Part),
                (from, Some(last)) => {
                    let same = first.year.is_none() || last.year.is_none() || first.year == last.year;
                    let begins = from == Some(1) && first.day.is_none_or(|day| day == 1);
                    let ends = last.month == Some(12) && last.day.is_none_or(|day| day == 31);
                    spans.push(if same && begins && ends { Span::Whole } else { Span::Part });
                }
            }
        }
        spans
    }
}

/// A number at the beginning of a text, and its length.
fn number(text: &[char]) -> Option<(u32, usize)> {
    let digits: String = text.iter().take_while(|c| c.is_ascii_digit()).take(9).collect();
    Some((digits.parse().ok()?, digits.len()))
}

fn as_year(number: u32) -> Option<i32> {
    i32::try_from(number).ok().filter(|year| (1949..=2100).contains(year))
}

/// A date at the beginning of a text, and its length. A bare number counts as a month only when the date goes on behind a
/// dash: the 12 of `2023.1-12`.
fn date(rest: &[char], goes_on: bool) -> Option<(Date, usize)> {
    let (first, length) = number(rest)?;
    let of = |year, month, day| Date { year, month, day, is_last: false };
    let is_month = |month: &u32| (1..=12).contains(month);
    let is_day = |day: &u32| (1..=31).contains(day);
    match length {
        8 => {
            let (month, day) = (first / 100 % 100, first % 100);
            let year = as_year(first / 10_000).filter(|_| is_month(&month) && is_day(&day))?;
            Some((of(Some(year), Some(month), Some(day)), length))
        }
        6 => {
            let month = first % 100;
            let year = as_year(first / 100).filter(|_| is_month(&month))?;
            Some((of(Some(year), Some(month), None), length))
        }
        4 => after_year(rest, as_year(first)?, length),
        2 if rest.get(2) == Some(&'年') => after_year(rest, as_year(2000 + first)?, length),
        1 | 2 if is_month(&first) => {
            month(rest, goes_on).map(|(month, day, used)| (of(None, Some(month), day), used))
        }
        _ => None,
    }
}

/// What stands behind a year: nothing, `年12月31日`, `.12.31`, `/12`, `-12-31`.
fn after_year(rest: &[char], year: i32, length: usize) -> Option<(Date, usize)> {
    let of = |month, day| Date { year: Some(year), month, day, is_last: false };
    let alone = |used| Some((of(None, None), used));
    match rest.get(length) {
        Some('年') => {
            let used = length + 1;
            match month(rest.get(used..).unwrap_or_default(), false) {
                Some((month, day, more)) => Some((of(Some(month), day), used + more)),
                // 年底 and 年末 are words of their own.
                None if matches!(rest.get(used), Some('底' | '末')) => alone(length),
                None => alone(used),
            }
        }
        Some(mark @ ('.' | '/' | '-')) => {
            let behind = rest.get(length + 1..).unwrap_or_default();
            let Some((month, more)) =
                number(behind).filter(|(n, length)| *length <= 2 && (1..=12).contains(n))
            else {
                return alone(length);
            };
            let used = length + 1 + more;
            if behind.get(more) == Some(&'季') || (*mark == '-' && behind.get(more) == Some(&'月')) {
                return alone(length);
            }
            let day = (rest.get(used) == Some(mark)).then(|| number(rest.get(used + 1..)?)).flatten();
            match day.filter(|(day, length)| *length <= 2 && (1..=31).contains(day)) {
                Some((day, more)) => Some((of(Some(month), Some(day)), used + 1 + more)),
                None => Some((of(Some(month), None), used)),
            }
        }
        _ => alone(length),
    }
}

/// `12月`, `12月31日`, the 1 of `1-12月`; behind a dash also `12` and `12.31`.
fn month(rest: &[char], goes_on: bool) -> Option<(u32, Option<u32>, usize)> {
    let (month, length) = number(rest).filter(|(n, length)| *length <= 2 && (1..=12).contains(n))?;
    let two = |at: usize| rest.get(at..).and_then(number).filter(|(_, length)| *length <= 2);
    match rest.get(length) {
        Some('月') => {
            let used = length + 1 + usize::from(rest.get(length + 1) == Some(&'份'));
            let day = two(used).filter(|(day, more)| {
                (1..=31).contains(day) && matches!(rest.get(used + more), Some('日' | '号'))
            });
            Some(day.map_or((month, None, used), |(day, more)| (month, Some(day), used + more + 1)))
        }
        Some('-') => {
            let (_, more) = two(length + 1).filter(|(last, _)| (1..=12).contains(last))?;
            (rest.get(length + 1 + more) == Some(&'月')).then_some((month, None, length))
        }
        Some('.' | '/') if goes_on => {
            let (day, more) = two(length + 1).filter(|(day, _)| (1..=31).contains(day))?;
            Some((month, Some(day), length + 1 + more))
        }
        _ if goes_on => Some((month, None, length)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Span::{End, Part, Whole};
    use super::*;

    #[test]
    fn whole_years_and_ends_of_years_are_read_as_people_write_them() {
        for (text, year, span) in [
            ("2023", Some(2023), Whole),
            ("2023年", Some(2023), Whole),
            ("2023年度", Some(2023), Whole),
            ("2023 年 度", Some(2023), Whole),
            ("23年", Some(2023), Whole),
            ("二〇二三年度", Some(2023), Whole),
            ("2023年年报", Some(2023), Whole),
            ("2023年全年", Some(2023), Whole),
            ("2023年1月1日—12月31日", Some(2023), Whole),
            ("2023年1月1日至2023年12月31日", Some(2023), Whole),
            ("2023.1.1-12.31", Some(2023), Whole),
            ("2023.01.01—2023.12.31", Some(2023), Whole),
            ("2023/1/1-2023/12/31", Some(2023), Whole),
            ("2023.1-12", Some(2023), Whole),
            ("2023.01-2023.12", Some(2023), Whole),
            ("2023年1—12月", Some(2023), Whole),
            ("2023年1~12月", Some(2023), Whole),
            ("2023年1月-12月", Some(2023), Whole),
            ("2023年1月到12月", Some(2023), Whole),
            ("2023年一至十二月", Some(2023), Whole),
            ("2023年度（1-12月）", Some(2023), Whole),
            ("1—12月", None, Whole),
            ("2023年元月至12月", Some(2023), Whole),
            ("全年", None, Whole),
            ("2023年中小企业", Some(2023), Whole),
            ("2023年一至四季度", Some(2023), Whole),
            ("2023年1-4季度", Some(2023), Whole),
            ("2023Q1-Q4", Some(2023), Whole),
            ("2023年度（2024年1月填报）", Some(2023), Whole),
            ("2023年末", Some(2023), End),
            ("2023年底", Some(2023), End),
            ("截至2023年底", Some(2023), End),
            ("截至2023年12月31日", Some(2023), End),
            ("截止2023年12月底", Some(2023), End),
            ("2023年完成值（截至12月31日）", Some(2023), End),
            ("2023年12月", Some(2023), End),
            ("2023-12-31", Some(2023), End),
            ("20231231", Some(2023), End),
            ("202312", Some(2023), End),
        ] {
            let found = period(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.year(), found.span), (year, span), "{text}");
        }
    }

    #[test]
    fn parts_of_years_are_told_from_whole_ones() {
        for (text, year, span) in [
            ("2023年上半年", Some(2023), Part),
            ("2023H1", Some(2023), Part),
            ("2023年前11个月", Some(2023), Part),
            ("2023年前十一个月", Some(2023), Part),
            ("2023年度上半年", Some(2023), Part),
            ("上半年", None, Part),
            ("1—9月", None, Part),
            ("2023年1—9月", Some(2023), Part),
            ("2023.1-9", Some(2023), Part),
            ("2023年1月1日—6月30日", Some(2023), Part),
            ("2023.1.1-6.30", Some(2023), Part),
            ("2023年度（1-6月）", Some(2023), Part),
            ("2023年7—12月", Some(2023), Part),
            ("2023年6月", Some(2023), Part),
            ("2023年六月", Some(2023), Part),
            ("2023-06", Some(2023), Part),
            ("202309", Some(2023), Part),
            ("2023-06-30", Some(2023), Part),
            ("截至2023年9月底", Some(2023), Part),
            ("截至9月末", None, Part),
            ("2023年12月20日", Some(2023), Part),
            ("2023年年中", Some(2023), Part),
            ("2023中", Some(2023), Part),
            ("2023年度中期", Some(2023), Part),
            ("2023年中期评估", Some(2023), Part),
            ("2023Q3", Some(2023), Part),
            ("2023年Q1", Some(2023), Part),
            ("一季度", None, Part),
            ("2023年第三季度", Some(2023), Part),
            ("2023年前三季度", Some(2023), Part),
            ("2023年1-3季度", Some(2023), Part),
            ("2022年7月—2023年6月", None, Part),
        ] {
            let found = period(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.year(), found.span), (year, span), "{text}");
        }
    }

    #[test]
    fn parts_of_years_are_told_by_how_far_they_reach() {
        const Q1: Option<Reach> = Some(Reach::FirstQuarter);
        const H1: Option<Reach> = Some(Reach::FirstHalf);
        const Q3: Option<Reach> = Some(Reach::ThreeQuarters);
        for (text, until) in [
            ("2023年前三季度", Q3),
            ("2023年1—9月", Q3),
            ("2023年1-3季度", Q3),
            ("2023年前三季度（1—9月）", Q3),
            ("2023年三季度（1—9月）", Q3),
            ("2023年1月1日—9月30日", Q3),
            ("2023.1.1-9.30", Q3),
            ("2023.1-9", Q3),
            ("前九个月", Q3),
            ("截至2023年9月30日", Q3),
            ("2023-09-30", Q3),
            ("截至9月末", Q3),
            ("截至2023年9月", Q3),
            ("2023年三季度末", Q3),
            ("2023年上半年", H1),
            ("2023H1", H1),
            ("2023年1—6月", H1),
            ("2023年上半年（1—6月）", H1),
            ("2023年6月底", H1),
            ("2023年年中", H1),
            ("2023年一季度", Q1),
            ("2023年第一季度", Q1),
            ("2023年1—3月", Q1),
            ("2023年一季度（1-3月）", Q1),
            ("2023年Q1", Q1),
            ("2023年二季度", None),
            ("2023年第三季度", None),
            ("2023Q3", None),
            ("2023年4—6月", None),
            ("2023年三季度（7—9月）", None),
            ("2023年9月", None),
            ("202309", None),
            ("2023年下半年", None),
            ("2023年1—11月", None),
            ("2023年9月20日", None),
            ("2023年1月1日—9月20日", None),
            ("2023年上半年和前三季度", None),
            ("2022年7月—2023年6月", None),
            ("2023年", None),
            ("2023年1—12月", None),
        ] {
            let found = period(text).unwrap();
            assert_eq!(found.until, until, "{text}");
            for part in Reach::PARTS {
                let is_it = found.span_of(part) == Whole;
                assert_eq!(is_it, until == Some(part) || text == "2023年", "{text} {part:?}");
            }
        }
    }

    #[test]
    fn texts_without_a_period_name_none() {
        for text in ["", "年报", "十四五规划", "第一批", "12", "3.5", "研发强度", "12家"] {
            assert_eq!(period(text), None, "{text}");
        }
    }

    #[test]
    fn several_years_are_kept_with_the_first_and_the_last() {
        for text in ["2022—2023年", "2022年、2023年", "2022-2023", "2022年7月—2023年6月"] {
            let found = period(text).unwrap();
            assert_eq!((found.years, found.year()), (Some((2022, 2023)), None), "{text}");
            assert!(found.holds(2023) && !found.holds(2024));
        }
    }
}
