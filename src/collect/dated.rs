//! Periods in texts around numbers, as against the days on which a form was filled in or printed.

use super::period::{Span, period};
use super::text::{clean, years_in};
use crate::period::Period;

/// Whether a text names another year than the one that is judged, and whether it names another part of it than is asked for. The day on which
/// something was filled in or printed is neither.
pub(super) fn other_period(text: &str, asked: Period) -> (bool, bool) {
    let text = clean(text);
    // 表1 2022年 and 2 0 2 2年 are both written.
    let close: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut named = vec![named_period(&close, asked)];
    if close != text {
        named.push(named_period(&text, asked));
    }
    let early = is_filled_early(&close, asked);
    (named.iter().any(|(other, _)| *other), early || named.iter().any(|(_, part)| *part))
}

fn named_period(text: &str, asked: Period) -> (bool, bool) {
    let year = asked.year();
    let text = without_days(text);
    let years = years_in(&text);
    let named = period(&text);
    let spans = named.is_some_and(|named| named.holds(year));
    let other = !years.is_empty() && !years.contains(&year) && !spans;
    (other, named.is_some_and(|named| named.span_of(asked.reach()) == Span::Part))
}

/// Whether a form was filled in before what is asked for was over, and so cannot hold its results.
fn is_filled_early(text: &str, asked: Period) -> bool {
    let (year, last) = (asked.year(), asked.reach().last_month());
    let is_filled = ["填报时间", "填报日期", "填表时间", "填表日期", "报送日期", "报送时间", "制表日期"];
    let Some(at) = is_filled.iter().find_map(|label| text.find(label)) else { return false };
    let rest = text.get(at..).unwrap_or_default();
    let Some(date) = rest.find(|c: char| c.is_ascii_digit()).and_then(|at| rest.get(at..)) else {
        return false;
    };
    let month: String = date.chars().skip(5).take_while(char::is_ascii_digit).collect();
    date.starts_with(&year.to_string()) && month.parse().is_ok_and(|month: u32| (1..last).contains(&month))
}

/// A text without dates of a day, but for those up to which something is counted: 截至2023年9月30日.
fn without_days(text: &str) -> String {
    // A day on which the data were taken says what they are.
    const TAKEN: [&str; 5] = ["截止日期", "数据时点", "统计时点", "数据日期", "数据截止"];
    if TAKEN.iter().any(|label| text.contains(label))
        && !["填报", "报送", "上报"].iter().any(|word| text.contains(word))
    {
        return text.to_owned();
    }
    let characters: Vec<char> = text.chars().collect();
    let mut kept = String::new();
    let mut at = 0;
    while at < characters.len() {
        let rest: String = characters.iter().skip(at).take(12).collect();
        let until = characters.iter().take(at).rev().take(3).any(|c| "截至止点-—~到".contains(*c));
        match day(&rest)
            .filter(|_| !until && !characters.get(at.wrapping_sub(1)).is_some_and(char::is_ascii_digit))
        {
            Some(length) => at += length,
            None => {
                kept.extend(characters.get(at));
                at += 1;
            }
        }
    }
    kept
}

/// The length of a date with a day that a text begins with: `2024年1月10日`, `2024-01-10`, `2024.1.10`.
fn day(text: &str) -> Option<usize> {
    let mut length = 0;
    let mut rest = text;
    // 2023年1-9月 is no day: marks are of one kind.
    let is_chinese = text.chars().nth(4) == Some('年');
    let (first, second): (&[char], &[char]) =
        if is_chinese { (&['年'], &['月']) } else { (&['-', '/', '.'], &['-', '/', '.']) };
    for (digits, marks) in [(4..=4, first), (1..=2, second), (1..=2, &[])] {
        let count = rest.chars().take_while(char::is_ascii_digit).count();
        if !digits.contains(&count) {
            return None;
        }
        rest = rest.get(count..)?;
        length += count;
        if !marks.is_empty() {
            rest = rest.strip_prefix(marks)?;
            length += 1;
        }
    }
    // A range goes on: 2023年1月1日—12月31日 is no day.
    let rest = rest.strip_prefix('日').inspect(|_| length += 1).unwrap_or(rest);
    (!rest.starts_with(['-', '—', '至', '~', '到', '–'])).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_around_a_table_are_told_from_days_on_which_it_was_made() {
        for (text, expected) in [
            ("2022年创新指标统计表", (true, false)),
            ("表1 2022年度完成情况表", (true, false)),
            ("截止日期：2023年9月30日", (false, true)),
            ("填报时间：2023年7月5日", (false, true)),
            ("附件1：2022年度完成情况", (true, false)),
            ("2024年1月报送", (true, true)),
            ("2023年1-9月完成情况表", (false, true)),
            ("完成情况（截至9月30日）", (false, true)),
            ("以上数据截至2023年9月底", (false, true)),
            ("统计时间：2023年1-9月", (false, true)),
            ("数据时点：2023年9月30日", (false, true)),
            ("2023年度完成情况表", (false, false)),
            ("2021—2025年规划指标", (false, false)),
            ("填报日期：2024年1月10日", (false, false)),
            ("填报单位：市科技局  报告期：2023年度  填报日期：2024-01-10", (false, false)),
            ("报告期：2023年1月1日—12月31日", (false, false)),
            ("单位：万元", (false, false)),
        ] {
            assert_eq!(other_period(text, Period::annual(2023)), expected, "{text}");
        }
    }

    #[test]
    fn around_a_table_of_a_part_of_a_year_other_parts_and_the_whole_are_another_period() {
        use crate::period::Reach;
        for (text, expected) in [
            ("2023年1-9月完成情况表", (false, false)),
            ("2023年前三季度创新指标完成情况", (false, false)),
            ("2023年度完成情况表", (false, false)),
            ("以上数据截至2023年9月底", (false, false)),
            ("填报日期：2023年10月8日", (false, false)),
            ("填报时间：2023年7月5日", (false, true)),
            ("2023年上半年完成情况表", (false, true)),
            ("2023年三季度完成情况表", (false, true)),
            ("2023年全年完成情况表", (false, true)),
            ("以上数据截至2023年底", (false, true)),
            ("2022年前三季度完成情况", (true, false)),
        ] {
            let asked = Period::of(2023, Reach::ThreeQuarters);
            assert_eq!(other_period(text, asked), expected, "{text}");
        }
    }
}
