//! Numbers of a text with the words that belong to them: 达到, unit, 以上.

use std::ops::Range;

use super::lexicon::{BEFORE, BEHIND, NumberTail, WordSense};
use super::passage::{beginning, ending};
use crate::quantity::Unit;

/// A number with its unit and the words around it. Positions are bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MeasuredNumber {
    /// From the word before to the word behind.
    pub(super) at: Range<usize>,
    /// From the first digit to the end of the unit.
    pub(super) number: Range<usize>,
    /// The number, or the lower bound.
    pub(super) low: String,
    /// The upper bound of a range.
    pub(super) high: Option<String>,
    /// Its unit; empty when none is known.
    pub(super) unit: String,
    /// The word before.
    pub(super) before: Option<(&'static str, WordSense)>,
    /// The word behind.
    pub(super) behind: Option<NumberTail>,
}

/// What a number is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Numeral {
    /// A year, or a range of years.
    Year(Range<usize>, i32),
    /// A day, a month, a number of a document or of a law.
    Other(Range<usize>),
    /// A quantity.
    MeasuredNumber(MeasuredNumber),
}

impl Numeral {
    /// Where it stands.
    pub(super) fn at(&self) -> &Range<usize> {
        match self {
            Self::Year(at, _) | Self::Other(at) => at,
            Self::MeasuredNumber(quantity) => &quantity.at,
        }
    }
}

/// The digits of a number at a place: its text without commas, and its end.
fn digits(text: &str, from: usize) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    // Of 2025,300家 the first group is too long.
    let first = (from..).take_while(|at| digit(*at)).count();
    let groups = |at: usize| first <= 3 && (1..=3).all(|next| digit(at + next)) && !digit(at + 4);
    let (mut at, mut number, mut point) = (from, String::new(), false);
    loop {
        match bytes.get(at) {
            Some(b) if b.is_ascii_digit() => number.push(char::from(*b)),
            // 1.2019年 is the first of a list.
            Some(b'.') if !point && !number.is_empty() && digit(at + 1) && !is_year(text, at + 1) => {
                point = true;
                number.push('.');
            }
            Some(b',') if !point && groups(at) => {}
            _ => break,
        }
        at += 1;
    }
    (!number.is_empty()).then_some((number, at))
}

/// Whether a year with its word stands at a place.
fn is_year(text: &str, at: usize) -> bool {
    let year = text.get(at..at + 4).and_then(|year| year.parse::<i32>().ok());
    year.is_some_and(|year| (1990..=2060).contains(&year))
        && text.get(at + 4..).is_some_and(|rest| rest.starts_with('年'))
}

/// Whether a unit is a scale and says nothing of what is counted: 2.6万亿.
pub(super) fn is_scale(unit: &str) -> bool {
    !unit.is_empty() && unit.chars().all(|c| "百千万亿".contains(c))
}

/// Longest unit in characters.
const LONGEST_UNIT: usize = 12;

/// Units that are read only where they stand alone as words: they are parts of other words more often.
const NO_UNITS: [&str; 16] =
    ["月", "日", "时", "度", "分", "年", "级", "个月", "班", "期", "届", "首", "部", "方", "线", "口"];

/// A unit that begins like another one.
const COUNTED_DAY: &str = "个工作日";

/// The longest known unit with which a text begins.
pub(super) fn unit_of(text: &str) -> &str {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_UNIT);
    let is_unit = |unit: &str| {
        let stops = unit.contains(|c: char| ",。;:()《》“”、—–－".contains(c) || c.is_ascii_digit());
        let word = !unit.is_ascii();
        !stops
            && (word || matches!(unit, "%" | "‰"))
            && !NO_UNITS.contains(&unit)
            && Unit::parse(unit).is_known()
    };
    let mut found = ends.filter_map(|end| text.get(..end)).filter(|unit| is_unit(unit)).last().unwrap_or("");
    // 2.6万亿: a scale is read as a whole.
    if found.is_empty() || is_scale(found) {
        let end = text.find(|c: char| !"百千万亿".contains(c)).unwrap_or(text.len());
        found = text.get(..end).filter(|scale| scale.starts_with(found)).unwrap_or(found);
    }
    // 0.5个工作日: what is counted is the day.
    if let Some(days) = text.get(..COUNTED_DAY.len()).filter(|unit| *unit == COUNTED_DAY) {
        return days;
    }
    // 个百分点 is 百分点; 10个以上 counts 个.
    if let Some(rest) = found.strip_prefix('个').filter(|rest| rest.starts_with("百分点")) {
        found = rest;
    }
    found
}

/// All numbers of a text in Arabic digits.
pub(super) fn numerals(text: &str) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
        let start = from + start;
        let one = numeral(text, start);
        from = one.at().end.max(start + 1);
        found.push(one);
    }
    found
}

fn numeral(text: &str, start: usize) -> Numeral {
    let (number, end) = digits(text, start).unwrap_or_default();
    let end = end.max(start + 1);
    let rest = text.get(end..).unwrap_or_default();
    if let Some(year) = year(text, start, &number, rest) {
        return year;
    }
    let is_label =
        text.get(..start).unwrap_or_default().ends_with(['第', '〔', '[', 'G', 'S', 'X', 'K', '×', '+'])
            || rest.starts_with(['〕', '号', '×', '+'])
            || (rest.starts_with(|c: char| c.is_ascii_alphabetic()) && !rest.starts_with("km"))
            || rest.starts_with("月")
            || rest.starts_with("日");
    if is_label {
        return Numeral::Other(start..end);
    }
    Numeral::MeasuredNumber(quantity(text, start, number, end))
}

/// A year, a range of years, or a day.
fn year(text: &str, start: usize, number: &str, rest: &str) -> Option<Numeral> {
    let year: i32 = number.parse().ok().filter(|year| (1990..=2060).contains(year))?;
    let mut end = start + number.len();
    let range = ["—", "-", "~", "至"].iter().find_map(|sign| {
        let behind = rest.strip_prefix('年').unwrap_or(rest).strip_prefix(sign)?;
        let (last, _) = digits(behind, 0)?;
        let last: i32 = last.parse().ok().filter(|last| (1990..=2060).contains(last))?;
        let at = text.len() - behind.len() + 4;
        Some((last, at))
    });
    if let Some((last, at)) = range {
        let at = at + text.get(at..).filter(|rest| rest.starts_with('年')).map_or(0, |_| '年'.len_utf8());
        return Some(Numeral::Year(start..at, last));
    }
    let behind = rest.strip_prefix('年')?;
    end += '年'.len_utf8();
    for sign in ['月', '日'] {
        let Some((day, length)) = digits(text.get(end..).unwrap_or_default(), 0) else { break };
        let is_day = day.len() <= 2 && text.get(end + length..).is_some_and(|rest| rest.starts_with(sign));
        if !is_day {
            break;
        }
        end += length + sign.len_utf8();
    }
    let is_day = end > start + number.len() + '年'.len_utf8();
    let _ = behind;
    Some(if is_day { Numeral::Other(start..end) } else { Numeral::Year(start..end, year) })
}

fn quantity(text: &str, start: usize, low: String, end: usize) -> MeasuredNumber {
    let rest = |at: usize| text.get(at..).unwrap_or_default();
    let mut unit = unit_of(rest(end));
    let mut at = end + unit.len() + if rest(end).starts_with("个百分点") { '个'.len_utf8() } else { 0 };
    let mut high = None;
    let range = ["—", "-", "~", "至", "到"].iter().find_map(|sign| rest(at).strip_prefix(sign));
    if let Some((number, length)) = range
        .and_then(|behind| Some((behind, digits(behind, 0)?)))
        .map(|(behind, (number, length))| (number, text.len() - behind.len() + length))
    {
        let second = unit_of(rest(length));
        let both = unit.is_empty() || unit == second;
        if both && !second.is_empty() {
            high = Some(number);
            unit = second;
            at = length
                + second.len()
                + if rest(length).starts_with("个百分点") { '个'.len_utf8() } else { 0 };
        }
    }
    // 12/10万: so many of that many; the unit is left to a person.
    if unit.is_empty()
        && let Some((_, length)) = rest(at).strip_prefix('/').and_then(|behind| digits(behind, 0))
    {
        at += '/'.len_utf8() + length;
        at += rest(at).find(|c: char| !"百千万亿".contains(c)).unwrap_or(rest(at).len());
    }
    // 10万吨级, 5G+ are names.
    if rest(at).starts_with("级") && !unit.is_empty() {
        unit = "";
    }
    let number = start..at;
    let tails: Vec<&str> = BEHIND.iter().map(|(word, _)| *word).collect();
    let behind = beginning(rest(at), &tails).filter(|word| !matches!(*word, "多" | "余") || !unit.is_empty());
    let mut stop = at + behind.map_or(0, str::len);
    // 10余家: the unit stands behind the word.
    let mut tail =
        behind.and_then(|word| BEHIND.iter().find(|(known, _)| *known == word)).map(|(_, tail)| *tail);
    if unit.is_empty()
        && let Some(word) = beginning(rest(end), &["余", "多", "+"])
    {
        let behind = unit_of(rest(end + word.len()));
        if !behind.is_empty() {
            unit = behind;
            tail = Some(NumberTail::Over);
            stop = end + word.len() + behind.len();
        }
    }
    let words: Vec<&str> = BEFORE.iter().map(|(word, _)| *word).collect();
    let head = text.get(..start).unwrap_or_default();
    let before = ending(head, &words);
    let begin = start - before.map_or(0, str::len);
    let sense = before.and_then(|word| BEFORE.iter().find(|(known, _)| *known == word)).copied();
    MeasuredNumber {
        at: begin..stop,
        number: number.start..stop.max(number.end),
        low,
        high,
        unit: unit.to_owned(),
        before: sense,
        behind: tail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_their_units_and_words() {
        for (text, low, high, unit, before, tail) in [
            ("收入突破7400亿元,", "7400", None, "亿元", Some(WordSense::Surpass), None),
            ("企业300家以上", "300", None, "家", None, Some(NumberTail::Least)),
            ("新品种5-6个参加", "5", Some("6"), "个", None, None),
            ("占比10%—15%左右", "10", Some("15"), "%", None, Some(NumberTail::About)),
            ("收入1,200万元", "1200", None, "万元", None, None),
            ("能耗0.5195吨标准煤/万元。", "0.5195", None, "吨标准煤/万元", None, None),
            ("建设平台1—2个", "1", Some("2"), "个", None, None),
            ("提高5个百分点", "5", None, "百分点", Some(WordSense::Grow), None),
            ("每万名就业人员209人年,", "209", None, "人年", None, None),
            ("推动5000家企业上云", "5000", None, "家", None, None),
            ("缩小到1.73。", "1.73", None, "", Some(WordSense::FallTo), None),
            ("建成10余家", "10", None, "家", None, Some(NumberTail::Over)),
            ("不低于3.5%", "3.5", None, "%", Some(WordSense::Least), None),
            ("死亡率控制在12/10万以下", "12", None, "", Some(WordSense::Most), Some(NumberTail::Most)),
            (
                "压缩至0.5个工作日以内",
                "0.5",
                None,
                "个工作日",
                Some(WordSense::FallTo),
                Some(NumberTail::Most),
            ),
            ("粮食产量130亿斤以上", "130", None, "亿斤", None, Some(NumberTail::Least)),
        ] {
            let found = numerals(text);
            let [Numeral::MeasuredNumber(one)] = found.as_slice() else { panic!("{text}: {found:?}") };
            let read = (one.low.as_str(), one.high.as_deref(), one.unit.as_str());
            assert_eq!(read, (low, high, unit), "{text}");
            assert_eq!((one.before.map(|(_, sense)| sense), one.behind), (before, tail), "{text}");
        }
    }

    #[test]
    fn years_days_and_labels_are_no_quantities() {
        for (text, years) in [
            ("到2025年,", vec![2025]),
            ("(2022—2024年)", vec![2024]),
            ("2021-2025年", vec![2025]),
            ("于2023年7月15日前", vec![]),
            ("国发〔2023〕12号", vec![]),
            ("G234国道", vec![]),
            ("5G网络", vec![]),
            ("“3+3+4+2”", vec![]),
        ] {
            let found = numerals(text);
            assert!(!found.iter().any(|one| matches!(one, Numeral::MeasuredNumber(_))), "{text}: {found:?}");
            let read: Vec<i32> = found
                .iter()
                .filter_map(|one| if let Numeral::Year(_, year) = one { Some(*year) } else { None })
                .collect();
            assert_eq!(read, years, "{text}");
        }
    }
}
