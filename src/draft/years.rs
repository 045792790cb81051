//! Years that a clause names: those that targets are set for, and those that others are compared with.

use std::ops::Range;

use super::lexicon::PAST;
use super::numbers::{Numeral, numerals};
use super::passage::{beginning, ending, holds};

/// The year for which a clause sets targets: the last that is named as none of a base.
pub(super) fn own_year(words: &str) -> Option<i32> {
    let named =
        years(words).into_iter().filter(|(at, _)| !is_base(words, at)).map(|(_, year)| year).next_back();
    named.or_else(|| period_end(words))
}

pub(super) fn years(words: &str) -> Vec<(Range<usize>, i32)> {
    let year = |one: Numeral| if let Numeral::Year(at, year) = one { Some((at, year)) } else { None };
    numerals(words).into_iter().filter_map(year).collect()
}

/// Periods by their names, with their last years.
pub(super) const PERIODS: [(&str, i32); 5] =
    [("“十三五”", 2020), ("“十四五”", 2025), ("十四五末", 2025), ("“十五五”", 2030), ("“十二五”", 2015)];

pub(super) fn period_end(words: &str) -> Option<i32> {
    PERIODS.iter().find(|(name, _)| words.contains(name)).map(|(_, year)| *year)
}

/// Whether a year is one that others are compared with: 比2020年, 2020年的5%.
pub(super) fn is_base(words: &str, at: &Range<usize>) -> bool {
    let head = words.get(..at.start).unwrap_or_default();
    let tail = words.get(at.end..).unwrap_or_default();
    // 占比2025年达到 says nothing of a base.
    let is_compared = ending(head, &["比", "较", "与", "由", "从", "自", "相比于", "对比"]).is_some()
        && ending(head, &["占比", "之比", "同比"]).is_none();
    let is_named =
        beginning(tail, &["相比", "基础上", "为基", "水平上", "的基础", "以来", "不变价"]).is_some();
    is_compared || is_named
}

pub(super) fn tells_of_the_past(words: &str, own: Option<i32>, first: Option<i32>) -> bool {
    let is_before = own.zip(first).is_some_and(|(own, first)| own < first);
    let is_document =
        words.contains("三年行动") && words.contains('《') || words.contains('〔') && words.contains("号");
    is_before || is_document || holds(words, PAST) || words.contains("发布时间")
}

/// Whether words speak of a part of a year: 上半年, 一季度末, 9月底前. What is due by then is no target of the year.
pub(super) fn is_part_of_year(words: &str) -> bool {
    let month = |at: usize| {
        let head = words.get(..at).unwrap_or_default();
        let digits =
            head.get(head.trim_end_matches(|c: char| c.is_ascii_digit()).len()..).unwrap_or_default();
        let behind = words.get(at + '月'.len_utf8()..).unwrap_or_default();
        !matches!(digits, "" | "12") && beginning(behind, &["底", "末", "份", "前"]).is_some()
    };
    holds(words, &["上半年", "季度", "前三季", "季末"]) || words.match_indices('月').any(|(at, _)| month(at))
}

/// Whether words speak of more than a year or of another time: 三年内, 期末, 到下一阶段.
pub(super) fn speaks_of_years(words: &str) -> bool {
    let counts = |at: usize| {
        let head = words.get(..at).unwrap_or_default();
        head.ends_with(|c: char| "二两三四五六七八九十".contains(c) || c.is_ascii_digit())
    };
    holds(words, &["期末", "期间", "阶段", "远期", "中期", "明年", "今后", "未来"])
        || words.match_indices('年').any(|(at, _)| counts(at))
}

/// What stands behind the words of a part of a year: 建成 of 9月底前建成.
pub(super) fn behind_part_of_year(words: &str) -> &str {
    let ends = ["半年", "季度", "季末", "月"].iter().filter_map(|word| Some(words.rfind(word)? + word.len()));
    let end = ends.max().unwrap_or(0);
    words.get(end..).unwrap_or(words).trim_start_matches(['底', '末', '份', '前', '度'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_year_are_told_from_the_year() {
        for (words, is_part) in [
            ("上半年完成投资", true),
            ("三季度末达到", true),
            ("9月底前建成", true),
            ("2023年6月底前建成", true),
            ("12月底前建成", false),
            ("全年完成投资", false),
            ("到2025年底建成", false),
        ] {
            assert_eq!(is_part_of_year(words), is_part, "{words}");
        }
        assert!(
            speaks_of_years("力争三年内达到")
                && speaks_of_years("到规划期末")
                && !speaks_of_years("全年达到")
        );
        assert_eq!(behind_part_of_year("到9月底前建成"), "建成");
        assert_eq!(behind_part_of_year("上半年完成投资"), "完成投资");
    }
}
