//! What the columns of a table of indicators are, by their headings.

use std::ops::Range;

use super::numbers::{Numeral, numerals};
use super::passage::{beginning, holds, plain};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// 序号.
    Number,
    /// 指标.
    Name,
    /// 计量单位.
    Unit,
    /// 一级指标, 类别.
    Group,
    /// 属性: 约束性 or 预期性.
    Nature,
    /// Values of a year: `None` for one of before, else its tier; whether words say so.
    Year(i32, Option<&'static str>, bool),
    /// 年均增长 or 累计.
    Mean,
    /// 数据采集单位: those that report.
    Reporters,
    /// 责任单位, 牵头单位: those that answer.
    Responsible,
    /// 备注.
    Note,
    /// None of these.
    Other,
}

/// Words of headings, each with its column; the longest that stands at a place counts.
const WORDS: &[(&str, Column)] = &[
    ("序号", Column::Number),
    ("编号", Column::Number),
    ("一级指标", Column::Group),
    ("类别", Column::Group),
    ("类型", Column::Group),
    ("领域", Column::Group),
    ("分类", Column::Group),
    ("维度", Column::Group),
    ("二级指标", Column::Name),
    ("三级指标", Column::Name),
    ("指标名称", Column::Name),
    ("主要指标", Column::Name),
    ("具体指标", Column::Name),
    ("指标内容", Column::Name),
    ("指标属性", Column::Nature),
    ("指标性质", Column::Nature),
    ("属性", Column::Nature),
    ("性质", Column::Nature),
    ("指标", Column::Name),
    ("计量单位", Column::Unit),
    ("单位", Column::Unit),
    ("数据采集单位", Column::Reporters),
    ("数据来源单位", Column::Reporters),
    ("数据来源", Column::Reporters),
    ("填报单位", Column::Reporters),
    ("报送单位", Column::Reporters),
    ("责任单位", Column::Responsible),
    ("责任部门", Column::Responsible),
    ("牵头单位", Column::Responsible),
    ("牵头部门", Column::Responsible),
    ("负责单位", Column::Responsible),
    ("配合单位", Column::Responsible),
    ("年均增长", Column::Mean),
    ("年均增速", Column::Mean),
    ("年均", Column::Mean),
    ("累计", Column::Mean),
    ("备注", Column::Note),
    ("说明", Column::Note),
];

/// Words of a year's column that say what it holds: `None` for values of before.
const TIERS: &[(&str, Option<&str>)] = &[
    ("目标值", Some("annual")),
    ("目标", Some("annual")),
    ("预期", Some("annual")),
    ("计划", Some("annual")),
    ("规划", Some("annual")),
    ("考核", Some("assessed")),
    ("完成值", Some("intended")),
    ("力争", Some("stretch")),
    ("基期", None),
    ("基数", None),
    ("基础值", None),
    ("现状", None),
    ("实际", None),
    ("实绩", None),
    ("完成情况", None),
    ("完成数", None),
];

/// The column that a heading names.
pub(super) fn column(heading: &str) -> Column {
    scanned(&plain(heading)).into_iter().map(|(_, column)| column).next().unwrap_or(Column::Other)
}

/// The columns that a heading names whose cells run together, in their order.
pub(super) fn scanned(heading: &str) -> Vec<(usize, Column)> {
    let years: Vec<(Range<usize>, i32)> = numerals(heading)
        .into_iter()
        .filter_map(|one| match one {
            Numeral::Year(at, year) => Some((at, year)),
            Numeral::Quantity(quantity) => {
                let year = quantity.low.parse().ok().filter(|year| (1990..=2060).contains(year))?;
                Some((quantity.number, year))
            }
            Numeral::Other(_) => None,
        })
        .collect();
    let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
    let mut found: Vec<(usize, Column)> = Vec::new();
    let mut from = 0;
    while let Some(rest) = heading.get(from..).filter(|rest| !rest.is_empty()) {
        if let Some((at, year)) = years.iter().find(|(at, _)| at.start == from) {
            let next =
                years.iter().map(|(at, _)| at.start).find(|start| *start > at.start).unwrap_or(heading.len());
            let words = heading.get(at.end..next).unwrap_or_default();
            let stop = WORDS
                .iter()
                .filter(|(_, column)| *column != Column::Mean)
                .filter_map(|(word, _)| words.find(word))
                .min();
            let words = words.get(..stop.unwrap_or(words.len())).unwrap_or_default();
            let before = heading.get(..at.start).unwrap_or_default();
            let tier = tier(words).or_else(|| tier(before).filter(|_| found.is_empty()));
            found.push((from, Column::Year(*year, tier.flatten(), tier.is_some())));
            from = at.end;
            continue;
        }
        match beginning(rest, &words).and_then(|word| WORDS.iter().find(|(known, _)| *known == word)) {
            Some((word, column)) => {
                // 年均/累计 is one column.
                if !(found.last().is_some_and(|(_, last)| last == column) && *column == Column::Mean) {
                    found.push((from, column.clone()));
                }
                from += word.len();
            }
            None => from += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

fn tier(words: &str) -> Option<Option<&'static str>> {
    TIERS.iter().find(|(word, _)| words.contains(word)).map(|(_, tier)| *tier)
}

/// Columns of years without a word of what they hold: the years of the plan are targets, those before are values; where the plan's
/// years are not known, the last one is the target.
pub(super) fn settle(columns: &mut [Column], first_year: Option<i32>) {
    let has_words = columns.iter().any(|column| matches!(column, Column::Year(_, Some(_), true)));
    let last = columns
        .iter()
        .filter_map(|column| if let Column::Year(year, ..) = column { Some(*year) } else { None })
        .max();
    let years = columns.iter().filter(|column| matches!(column, Column::Year(..))).count();
    let has_mean = columns.contains(&Column::Mean);
    for column in columns {
        let Column::Year(year, tier, is_said) = column else { continue };
        if *is_said || has_words {
            continue;
        }
        let is_target = match first_year {
            Some(first) => *year >= first,
            None => Some(*year) == last && (years > 1 || has_mean),
        };
        *tier = is_target.then_some("annual");
    }
}

/// Whether a heading is that of a table of indicators.
pub(super) fn is_of_indicators(columns: &[Column]) -> bool {
    let has_years = columns.iter().any(|column| matches!(column, Column::Year(..) | Column::Mean));
    has_years && columns.iter().any(|column| matches!(column, Column::Name | Column::Group))
}

/// 约束性 or 预期性 in a text.
pub(super) fn nature(text: &str) -> Option<&'static str> {
    match (text.contains("约束"), text.contains("预期")) {
        (true, false) => Some("binding"),
        (false, true) => Some("anticipatory"),
        _ => None,
    }
}

/// Whether a text is a remark below a table.
pub(super) fn is_note(text: &str) -> bool {
    holds(text.get(..text.len().min(12)).unwrap_or(text), &["注:", "注：", "备注:", "说明:"])
        || text.starts_with('注')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_run_together_are_taken_apart() {
        let read = |heading: &str| -> Vec<Column> {
            scanned(heading).into_iter().map(|(_, column)| column).collect()
        };
        let year = |year, tier, said| Column::Year(year, tier, said);
        let found = read("一级指标二级指标数据采集单位2021年2022年2023年目标值/预估值");
        assert_eq!(
            found,
            vec![
                Column::Group,
                Column::Name,
                Column::Reporters,
                year(2021, None, false),
                year(2022, None, false),
                year(2023, Some("annual"), true),
            ]
        );
        let found = read("一级指标二级指标2023年目标值2024年目标值2025年考核2025年完成值责任单位");
        assert_eq!(found.last(), Some(&Column::Responsible));
        assert_eq!(found[5], year(2025, Some("intended"), true));
        let mut found = read("类别指标2020年2025年年均/累计属性");
        settle(&mut found, None);
        assert_eq!(
            found[2..],
            [year(2020, None, false), year(2025, Some("annual"), false), Column::Mean, Column::Nature]
        );
    }
}
