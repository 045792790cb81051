//! What the columns of a table of indicators are, by their headings.

use std::ops::Range;

use super::numbers::{Numeral, numerals};
use super::passage::{beginning, holds, plain};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TableColumn {
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
const WORDS: &[(&str, TableColumn)] = &[
    ("序号", TableColumn::Number),
    ("编号", TableColumn::Number),
    ("一级指标", TableColumn::Group),
    ("类别", TableColumn::Group),
    ("类型", TableColumn::Group),
    ("领域", TableColumn::Group),
    ("分类", TableColumn::Group),
    ("维度", TableColumn::Group),
    ("二级指标", TableColumn::Name),
    ("三级指标", TableColumn::Name),
    ("指标名称", TableColumn::Name),
    ("主要指标", TableColumn::Name),
    ("具体指标", TableColumn::Name),
    ("指标内容", TableColumn::Name),
    ("指标属性", TableColumn::Nature),
    ("指标性质", TableColumn::Nature),
    ("属性", TableColumn::Nature),
    ("性质", TableColumn::Nature),
    ("指标", TableColumn::Name),
    ("计量单位", TableColumn::Unit),
    ("单位", TableColumn::Unit),
    ("数据采集单位", TableColumn::Reporters),
    ("数据来源单位", TableColumn::Reporters),
    ("数据来源", TableColumn::Reporters),
    ("填报单位", TableColumn::Reporters),
    ("报送单位", TableColumn::Reporters),
    ("责任单位", TableColumn::Responsible),
    ("责任部门", TableColumn::Responsible),
    ("牵头单位", TableColumn::Responsible),
    ("牵头部门", TableColumn::Responsible),
    ("负责单位", TableColumn::Responsible),
    ("配合单位", TableColumn::Responsible),
    ("年均增长", TableColumn::Mean),
    ("年均增速", TableColumn::Mean),
    ("年均", TableColumn::Mean),
    ("累计", TableColumn::Mean),
    ("备注", TableColumn::Note),
    ("说明", TableColumn::Note),
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
pub(super) fn column(heading: &str) -> TableColumn {
    // Parts of a year, and changes from another year.
    if holds(heading, &["季度", "上半年", "半年", "月份", "年比", "增幅", "比上年"]) {
        return TableColumn::Other;
    }
    scanned(&plain(heading)).into_iter().map(|(_, column)| column).next().unwrap_or(TableColumn::Other)
}

/// The columns that a heading names whose cells run together, in their order.
pub(super) fn scanned(heading: &str) -> Vec<(usize, TableColumn)> {
    let years: Vec<(Range<usize>, i32)> = numerals(heading)
        .into_iter()
        .filter_map(|one| match one {
            Numeral::Year(at, year) => Some((at, year)),
            Numeral::MeasuredNumber(quantity) => {
                let year = quantity.low.parse().ok().filter(|year| (1990..=2060).contains(year))?;
                Some((quantity.number, year))
            }
            Numeral::Other(_) => None,
        })
        .collect();
    let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
    let mut found: Vec<(usize, TableColumn)> = Vec::new();
    let mut from = 0;
    while let Some(rest) = heading.get(from..).filter(|rest| !rest.is_empty()) {
        if let Some((at, year)) = years.iter().find(|(at, _)| at.start == from) {
            let next =
                years.iter().map(|(at, _)| at.start).find(|start| *start > at.start).unwrap_or(heading.len());
            let words = heading.get(at.end..next).unwrap_or_default();
            let stop = WORDS
                .iter()
                .filter(|(_, column)| *column != TableColumn::Mean)
                .filter_map(|(word, _)| words.find(word))
                .min();
            let words = words.get(..stop.unwrap_or(words.len())).unwrap_or_default();
            let before = heading.get(..at.start).unwrap_or_default();
            let tier = tier(words).or_else(|| tier(before).filter(|_| found.is_empty()));
            found.push((from, TableColumn::Year(*year, tier.flatten(), tier.is_some())));
            from = at.end;
            continue;
        }
        match beginning(rest, &words).and_then(|word| WORDS.iter().find(|(known, _)| *known == word)) {
            Some((word, column)) => {
                // 年均/累计 is one column.
                if !(found.last().is_some_and(|(_, last)| last == column) && *column == TableColumn::Mean) {
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
/// years are not known, those from the first named as a target on are targets, else the last one. Two columns of one year that are not
/// told apart are neither.
pub(super) fn settle(columns: &mut [TableColumn], first_year: Option<i32>) {
    let year_of =
        |column: &TableColumn| if let TableColumn::Year(year, ..) = column { Some(*year) } else { None };
    let named = columns
        .iter()
        .filter(|column| matches!(column, TableColumn::Year(_, Some(_), true)))
        .filter_map(year_of)
        .min();
    let last = columns.iter().filter_map(year_of).max();
    let years = columns.iter().filter_map(year_of).count();
    let has_mean = columns.contains(&TableColumn::Mean);
    for column in columns.iter_mut() {
        let TableColumn::Year(year, tier, is_said) = column else { continue };
        if *is_said {
            continue;
        }
        let is_target = match named.or(first_year) {
            Some(first) => *year >= first,
            None => Some(*year) == last && (years > 1 || has_mean),
        };
        *tier = is_target.then_some("annual");
        *is_said =
            first_year.is_some_and(|first| named.is_none_or(|named| (*year >= first) == (*year >= named)));
    }
    let all = columns.to_vec();
    let same = |one: &TableColumn, other: &TableColumn| match (one, other) {
        (TableColumn::Year(year, tier, _), TableColumn::Year(other, of, _)) => (year, tier) == (other, of),
        _ => false,
    };
    for column in columns {
        if all.iter().filter(|other| same(column, other)).count() > 1 {
            *column = TableColumn::Other;
        }
    }
}

/// Whether a heading is that of a table of indicators.
pub(super) fn is_of_indicators(columns: &[TableColumn]) -> bool {
    let has_years = columns.iter().any(|column| matches!(column, TableColumn::Year(..) | TableColumn::Mean));
    has_years && columns.iter().any(|column| matches!(column, TableColumn::Name | TableColumn::Group))
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
        let read = |heading: &str| -> Vec<TableColumn> {
            scanned(heading).into_iter().map(|(_, column)| column).collect()
        };
        let year = |year, tier, said| TableColumn::Year(year, tier, said);
        let found = read("一级指标二级指标数据采集单位2021年2022年2023年目标值/预估值");
        assert_eq!(
            found,
            vec![
                TableColumn::Group,
                TableColumn::Name,
                TableColumn::Reporters,
                year(2021, None, false),
                year(2022, None, false),
                year(2023, Some("annual"), true),
            ]
        );
        let found = read("一级指标二级指标2023年目标值2024年目标值2025年考核2025年完成值责任单位");
        assert_eq!(found.last(), Some(&TableColumn::Responsible));
        assert_eq!(found[5], year(2025, Some("intended"), true));
        let mut found = read("类别指标2020年2025年年均/累计属性");
        settle(&mut found, None);
        assert_eq!(
            found[2..],
            [
                year(2020, None, false),
                year(2025, Some("annual"), false),
                TableColumn::Mean,
                TableColumn::Nature
            ]
        );
    }
}
