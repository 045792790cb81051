//! What the columns of a table of indicators are, by their headings.

use std::ops::Range;

use super::numbers::{Numeral, numerals};
use super::passage::{beginning, ending, holds, plain};
use crate::period::Reach;

/// Rows of a grid, each with its line.
pub(super) type GridRow<'a> = (usize, Vec<&'a str>);

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
    /// Values or, with a tier, targets of a year that the heading does not name: 全年目标, 上年实际.
    Undated(Option<&'static str>),
    /// The whole beside its areas: 全市, 合计.
    Total,
    /// What an area has to contribute in a year; 0 until it is known.
    Area(String, i32),
    /// A part of a year: 一季度, 上半年.
    Part(String),
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
    ("数据单位", TableColumn::Reporters),
    ("统计单位", TableColumn::Reporters),
    ("数据提供单位", TableColumn::Reporters),
    ("数据采集单位", TableColumn::Reporters),
    ("数据来源单位", TableColumn::Reporters),
    ("数据来源", TableColumn::Reporters),
    ("填报单位", TableColumn::Reporters),
    ("报送单位", TableColumn::Reporters),
    ("责任单位", TableColumn::Responsible),
    ("责任部门", TableColumn::Responsible),
    ("牵头单位", TableColumn::Responsible),
    ("牵头部门", TableColumn::Responsible),
    ("牵头科室", TableColumn::Responsible),
    ("责任科室", TableColumn::Responsible),
    ("负责单位", TableColumn::Responsible),
    ("配合单位", TableColumn::Responsible),
    ("主管单位", TableColumn::Responsible),
    ("主管部门", TableColumn::Responsible),
    ("考核单位", TableColumn::Responsible),
    ("实施主体", TableColumn::Responsible),
    ("责任主体", TableColumn::Responsible),
    ("部门", TableColumn::Responsible),
    ("年均增长", TableColumn::Mean),
    ("年均增速", TableColumn::Mean),
    ("年均", TableColumn::Mean),
    ("累计", TableColumn::Mean),
    ("备注", TableColumn::Note),
    ("说明", TableColumn::Note),
];

/// Words of a year's column that say what it holds: `None` for values of before.
const TIERS: &[(&str, Option<&str>)] = &[
    ("力争", Some("stretch")),
    ("奋斗", Some("stretch")),
    ("挑战", Some("stretch")),
    ("考核", Some("assessed")),
    ("目标值", Some("annual")),
    ("目标", Some("annual")),
    ("预期", Some("annual")),
    ("计划", Some("annual")),
    ("规划", Some("annual")),
    ("任务", Some("annual")),
    ("完成值", Some("intended")),
    ("基期", None),
    ("基数", None),
    ("基础值", None),
    ("现状", None),
    ("实际", None),
    ("实绩", None),
    ("完成情况", None),
    ("完成数", None),
    ("完成", None),
];

/// Words of the year before in headings that name no year.
const YEAR_BEFORE: &[&str] = &["上年", "去年", "上一年"];
/// Words of the whole year.
const WHOLE_YEAR: &[&str] = &["全年", "年度", "本年", "当年", "今年"];
/// Ends of names of places that contribute to a whole.
const AREAS: &[&str] = &[
    "县",
    "市",
    "区",
    "旗",
    "盟",
    "州",
    "省",
    "镇",
    "乡",
    "街道",
    "办事处",
    "农场",
    "林场",
    "园区",
    "开发区",
    "管委会",
    "新城",
];
/// Headings over columns of areas.
const OF_AREAS: &[&str] =
    &["县区", "县市区", "各县", "区县", "各地", "市州", "各市", "乡镇", "地区", "分解", "园区"];
/// The whole that areas contribute to.
const TOTALS: &[&str] = &[
    "全市",
    "全县",
    "全省",
    "全区",
    "全州",
    "全国",
    "全镇",
    "全旗",
    "全盟",
    "合计",
    "总计",
    "总量",
    "总数",
    "市级合计",
];

/// The column that a heading names, from its levels, the upper first.
pub(super) fn column(levels: &[String]) -> TableColumn {
    let levels: Vec<String> = levels.iter().map(|text| plain(text)).collect();
    let heading: String = levels.concat();
    let own = levels.last().map(String::as_str).unwrap_or_default();
    if holds(&heading, &["年比", "增幅", "比上年"]) {
        return TableColumn::Other;
    }
    if is_part_of_year(&heading) {
        return TableColumn::Part(if is_part_of_year(own) { own.to_owned() } else { heading });
    }
    let upper = levels.split_last().map(|(_, upper)| upper.concat()).unwrap_or_default();
    let year = scanned(&upper).into_iter().find_map(|(_, one)| match one {
        TableColumn::Year(year, ..) => Some(year),
        _ => None,
    });
    if is_total(own) {
        // 2023年目标 over 全市.
        return match scanned(&upper).into_iter().next() {
            Some((_, TableColumn::Year(year, tier, said))) => TableColumn::Year(year, tier, said),
            _ => TableColumn::Total,
        };
    }
    let is_word = tier(own).is_some() || scanned(own).iter().any(|(_, one)| *one != TableColumn::Group);
    if !is_word && (is_area(own) || (holds(&upper, OF_AREAS) && !own.is_empty())) {
        return TableColumn::Area(own.to_owned(), year.unwrap_or(0));
    }
    scanned(&heading).into_iter().map(|(_, column)| column).next().unwrap_or_else(|| undated(&heading))
}

/// Whether a text is the name of a place that contributes to a whole.
pub(super) fn is_area(text: &str) -> bool {
    (2..=12).contains(&text.chars().count()) && ending(text, AREAS).is_some()
}

/// Whether a text is the whole that areas contribute to.
pub(super) fn is_total(text: &str) -> bool {
    TOTALS.contains(&text)
}

/// 全年目标, 上年实际: what stands in the column, of a year that is not named.
fn undated(heading: &str) -> TableColumn {
    let tier = if holds(heading, YEAR_BEFORE) { Some(None) } else { tier(heading) };
    match tier {
        Some(tier) => TableColumn::Undated(tier),
        None if holds(heading, WHOLE_YEAR)
            || heading.trim_end_matches(['底', '末', '份']).ends_with("12月") =>
        {
            TableColumn::Undated(Some("annual"))
        }
        None => TableColumn::Other,
    }
}

/// 一季度, 上半年, 1—9月, 6月底; 12月底 and 1—12月 are the whole year.
fn is_part_of_year(heading: &str) -> bool {
    let quarter = holds(heading, &["季度", "半年", "前三季", "月份", "Q1", "Q2", "Q3", "Q4", "季末"]);
    let months: Vec<&str> = heading
        .match_indices('月')
        .filter_map(|(at, _)| heading.get(..at))
        .map(|head| head.get(head.trim_end_matches(|c: char| c.is_ascii_digit()).len()..).unwrap_or_default())
        .filter(|digits| !digits.is_empty())
        .collect();
    quarter || months.last().is_some_and(|month| *month != "12")
}

/// From January to the end of which part of the year a column counts; of 二季度 and 三季度 nobody can tell.
pub(super) fn cumulative_part(heading: &str) -> Option<Reach> {
    let heading: String = heading.chars().map(|c| if "-–－~～至".contains(c) { '—' } else { c }).collect();
    let words = [
        (Reach::FirstQuarter, ["一季度", "1—3月"]),
        (Reach::FirstHalf, ["上半年", "1—6月"]),
        (Reach::ThreeQuarters, ["前三季度", "1—9月"]),
    ];
    words.into_iter().find(|(_, words)| holds(&heading, words)).map(|(reach, _)| reach)
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

/// First and last year of a plan.
pub(super) type PlanSpan = (i32, i32);

/// Columns of years without a word of what they hold: the years of the plan are targets, those before are values; where the plan's
/// years are not known, those from the first named as a target on are targets, else the last one. Two columns of one year that are not
/// told apart are neither.
pub(super) fn settle(columns: &mut [TableColumn], span: Option<PlanSpan>) {
    let first_year = span.map(|(first, _)| first);
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

/// Gives a year to the columns whose headings name none: targets and areas the last of the plan, values the one before its first.
/// Returns the year of the targets, where it was given.
pub(super) fn date(columns: &mut [TableColumn], span: Option<PlanSpan>) -> Option<i32> {
    let areas = columns.iter().filter(|column| matches!(column, TableColumn::Area(..))).count();
    let past = columns.iter().filter_map(|column| match column {
        TableColumn::Year(year, None, _) => Some(*year),
        _ => None,
    });
    // 2023年完成 beside 全年目标, in a plan whose title names no year.
    let span = span.or_else(|| past.max().map(|year| (year + 1, year + 1)));
    let named = columns.iter().find_map(|column| match column {
        TableColumn::Year(year, Some(_), _) => Some(*year),
        _ => None,
    });
    let has_target =
        named.is_some() || columns.iter().any(|column| matches!(column, TableColumn::Undated(Some(_))));
    let year = named.or(span.map(|(_, last)| last));
    let known = columns.to_vec();
    let is_named = |year: i32, tier: Option<&'static str>| {
        known
            .iter()
            .any(|one| matches!(one, TableColumn::Year(other, of, _) if (*other, *of) == (year, tier)))
    };
    let mut is_given = false;
    for column in columns.iter_mut() {
        let settled = match (&*column, year, span) {
            (TableColumn::Total, _, _) if areas < 2 || has_target => TableColumn::Other,
            (TableColumn::Area(..), _, _) if areas < 2 => TableColumn::Other,
            (TableColumn::Undated(tier), _, Some((first, last)))
                if is_named(if tier.is_some() { last } else { first - 1 }, *tier) =>
            {
                TableColumn::Other
            }
            (TableColumn::Undated(Some(tier)), _, Some((_, last))) => {
                is_given = true;
                TableColumn::Year(last, Some(tier), true)
            }
            (TableColumn::Undated(None), _, Some((first, _))) => {
                is_given = true;
                TableColumn::Year(first - 1, None, true)
            }
            (TableColumn::Total, Some(year), _) => {
                is_given = true;
                TableColumn::Year(year, Some("annual"), true)
            }
            (TableColumn::Area(area, 0), Some(year), _) => {
                is_given |= named.is_none();
                TableColumn::Area(area.clone(), year)
            }
            (TableColumn::Undated(_) | TableColumn::Total | TableColumn::Area(_, 0), ..) => {
                TableColumn::Other
            }
            _ => continue,
        };
        *column = settled;
    }
    year.filter(|_| is_given)
}

/// Whether a heading is that of a table of indicators.
pub(super) fn is_of_indicators(columns: &[TableColumn]) -> bool {
    let has_years = columns.iter().any(|column| {
        matches!(
            column,
            TableColumn::Year(..) | TableColumn::Mean | TableColumn::Undated(_) | TableColumn::Total
        )
    });
    let named = [TableColumn::Name, TableColumn::Group, TableColumn::Number];
    has_years && columns.iter().any(|column| named.contains(column))
}

/// 约束性 or 预期性 in a text.
pub(super) fn nature(text: &str) -> Option<&'static str> {
    match (text.contains("约束"), text.contains("预期")) {
        (true, false) => Some("binding"),
        (false, true) => Some("anticipatory"),
        _ => None,
    }
}

/// Whether a text is a remark below a table: 注:…, 备注:…, 注1…; 注重… is none.
pub(super) fn is_note(text: &str) -> bool {
    let text = text.trim_start_matches(['(', '*', '※']);
    let is_numbered = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || "①②③.、".contains(c));
    beginning(text, &["注:", "备注:", "说明:", "附注:", "表注:", "注释:"]).is_some()
        || text.strip_prefix('注').is_some_and(is_numbered)
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

    #[test]
    fn notes_begin_with_their_word() {
        for (text, is) in [
            ("注:①〔〕内为累计数", true),
            ("备注:快报数", true),
            ("注1.现价", true),
            ("注重创新驱动,新增企业10家", false),
            ("注册企业达到100家", false),
            ("A类企业10家,备注:见附件", false),
        ] {
            assert_eq!(is_note(text), is, "{text}");
        }
    }
}
