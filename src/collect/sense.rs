//! What the headings over a column say together: a role, a claim to be the result, or nothing certain.

use std::borrow::Borrow;

use super::headings::{Heading, Tail};
use super::lexicon::ActualStrength;
use super::roles::Role;
use super::timespan::YearPart;
use crate::period::Period;

/// How well a heading of known words says that its column is the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// 2023年, 指标值: it may as well be something else of the year.
    Bare,
    /// 完成值.
    Weak,
    /// 实绩, 完成情况.
    Strong,
}

/// What the headings over a column say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A column of this role.
    Known(Role),
    /// It can be the result of the year.
    Result {
        /// How well it says so.
        claim: Claim,
        /// Whether it is that of December, in words that may mean the year's end.
        december: bool,
        /// Whether it is a sum that names no year: over whatever stands beside it.
        sum: bool,
    },
    /// There are parts that are not known.
    Unknown {
        /// Whether the known parts leave it open that this is the result.
        may_be_result: bool,
        /// Whether one of them says that it is what was reached.
        says_actual: bool,
    },
    /// Nothing is said, or a unit only.
    Silent,
}

/// What the headings over a column, from top to bottom, say together.
pub(super) fn sense<H: Borrow<Heading>>(levels: &[H], asked: Period) -> Sense {
    let reach = asked.reach();
    let said: Vec<&Heading> =
        levels.iter().rev().map(Borrow::borrow).filter(|level: &&Heading| !level.is_silent()).collect();
    let Some(lowest) = said.first() else { return Sense::Silent };
    let is_unknown = said.iter().any(|level| !level.unknown.is_empty() || !level.inner.is_empty());
    if let Some(measure) = said.iter().find_map(|level| level.measure) {
        let names_it = said.iter().any(|level| level.measure.is_some() && level.tail == Some(Tail::Aside));
        if names_it || !is_unknown {
            return Sense::Known(measure);
        }
    }
    let when = When::of(&said, asked);
    let elsewhere = said.iter().any(|level| level.elsewhere);
    // A heading of text at the bottom.
    if let Some(role) = lowest.column() {
        return text_column(role, lowest, when, elsewhere);
    }
    let aside = aside(&said);
    if let (Sideways::Surely(role), true) = (aside, !is_unknown || lowest.tail == Some(Tail::Aside)) {
        return Sense::Known(if role == Role::Estimate { estimate(when, elsewhere) } else { role });
    }
    if elsewhere && !is_unknown {
        return Sense::Known(Role::OtherArea);
    }
    let actual = said.iter().filter_map(|level| level.actual).max();
    let says_actual = actual.is_some_and(|strength| strength > ActualStrength::Generic);
    let is_this_year = matches!(when, When::ThisYear | When::Undated);
    let column = said.iter().find_map(|level| level.column());
    // 到2023年达到 is said of what is planned as well.
    let is_by =
        said.iter().any(|level| level.is_by && level.actual == Some(ActualStrength::Weak) && !level.sum);
    if is_by && is_this_year && !elsewhere {
        return Sense::Unknown { may_be_result: true, says_actual: false };
    }
    if is_unknown || aside == Sideways::Unsure {
        // 联系电话(新) is something else, whatever 新 means.
        let is_other = when == When::Undated && !says_actual && column.is_some();
        let may_be_result = is_this_year && !elsewhere && !is_other && !matches!(aside, Sideways::Surely(_));
        return Sense::Unknown { may_be_result, says_actual: says_actual && aside == Sideways::No };
    }
    match when {
        When::Before => Sense::Known(Role::Previous),
        When::Part => Sense::Known(Role::PartOfYear),
        When::Other => Sense::Known(Role::OtherYear),
        // 2023年实绩 in a round of three quarters may be anything of the year.
        When::Unsure => Sense::Unknown { may_be_result: true, says_actual: false },
        When::ThisYear | When::Undated => match (says_actual, column) {
            (false, Some(role)) if when == When::Undated => Sense::Known(role),
            _ => {
                let december = said.iter().any(|level| level.part_asked(reach) == Some(YearPart::December));
                let claim = match actual {
                    _ if december => Claim::Bare,
                    Some(ActualStrength::Strong | ActualStrength::Reported) => Claim::Strong,
                    Some(ActualStrength::Weak) => Claim::Weak,
                    Some(ActualStrength::Generic) | None => Claim::Bare,
                };
                let full = said.iter().any(|level| level.full);
                let dated = said.iter().any(|level| level.is_dated());
                // Of a part of a year 累计 says since when.
                let since = !asked.is_annual() && said.iter().any(|level| level.cumulative);
                let sum = !dated && !full && !since && said.iter().any(|level| level.sum);
                Sense::Result { claim, december, sum }
            }
        },
    }
}

/// A column of text by its last word. What numbers rows, names units, years or states must say so and nothing else.
fn text_column(role: Role, heading: &Heading, when: When, elsewhere: bool) -> Sense {
    let is_decisive = matches!(role, Role::No | Role::Unit | Role::DataYear | Role::State | Role::Vintage);
    if is_decisive && !(heading.unknown.is_empty() && heading.inner.is_empty()) {
        return Sense::Unknown { may_be_result: false, says_actual: false };
    }
    Sense::Known(match (role, when) {
        (Role::State, _) if elsewhere => Role::OtherArea,
        (Role::State, When::Part) => Role::PartOfYear,
        (Role::State, When::Before | When::Other) => Role::OtherYear,
        (Role::State, When::Unsure) => Role::State,
        _ => role,
    })
}

/// An expected value is one of the year only where nothing else is said.
fn estimate(when: When, elsewhere: bool) -> Role {
    match when {
        _ if elsewhere => Role::OtherArea,
        When::ThisYear | When::Undated => Role::Estimate,
        // 2023年预计 is of the whole year.
        When::Unsure => Role::OtherYear,
        When::Part => Role::PartOfYear,
        When::Before | When::Other => Role::OtherYear,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sideways {
    No,
    Surely(Role),
    /// 计划完成数, or 完成值 under 目标.
    Unsure,
}

/// Whether the column is one of targets or the like by its levels, the lowest first.
fn aside(said: &[&Heading]) -> Sideways {
    let mut reached = None;
    for level in said {
        match level.aside {
            Some(Role::Estimate) => return Sideways::Surely(Role::Estimate),
            Some(role) if level.actual_is_last || level.is_mixed => {
                // 计划达到值 is a plan; 目标完成情况 is not.
                let is_hoped = ["预", "拟", "应", "要求"].iter().any(|word| level.aside_word.contains(word));
                let is_strong =
                    level.actual == Some(ActualStrength::Reported) && level.actual_is_last && !is_hoped;
                return match (is_strong, reached) {
                    (true, _) => Sideways::No,
                    _ if role == Role::Base => Sideways::Surely(role),
                    _ => Sideways::Unsure,
                };
            }
            Some(role) => {
                return match reached {
                    None => Sideways::Surely(role),
                    Some(ActualStrength::Strong | ActualStrength::Reported) => Sideways::No,
                    Some(_) => Sideways::Unsure,
                };
            }
            None => {
                let own = level.actual.filter(|strength| *strength > ActualStrength::Generic);
                reached = reached.max(own);
            }
        }
    }
    Sideways::No
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Undated,
    ThisYear,
    Before,
    Part,
    Other,
    /// It names the year and no part of it, where a part is asked for.
    Unsure,
}

impl When {
    /// The time that the levels name, the lowest first: a lower level is more specific.
    fn of(said: &[&Heading], asked: Period) -> Self {
        let (year, reach) = (asked.year(), asked.reach());
        let is_dated = |level: &&&Heading| !level.periods.is_empty() || level.back.is_some();
        let dated = said.iter().find(is_dated);
        // 历年情况 over 2023年: the lower level is more specific.
        let until = said.iter().position(|level| is_dated(&level)).map_or(said.len(), |at| at + 1);
        let part = |level: &&Heading| level.part_asked(reach);
        let near = said.iter().take(until).find_map(part);
        let above = || said.iter().find_map(part).filter(|cover| *cover != YearPart::Span);
        let cover = near.or_else(above);
        let Some(level) = dated else {
            return match cover {
                Some(YearPart::Part | YearPart::Single(_)) => Self::Part,
                Some(YearPart::Span) => Self::Other,
                _ => Self::Undated,
            };
        };
        let mut years: Vec<i32> = level.periods.iter().filter_map(|period| period.year).collect();
        years.sort_unstable();
        years.dedup();
        let of = match (years.as_slice(), level.back) {
            (&[], back) => year - back.unwrap_or(0),
            (&[one], Some(back)) if one == year => year - back,
            (&[one], _) => one,
            _ => return Self::Other,
        };
        match cover {
            Some(YearPart::Part | YearPart::Single(_)) => Self::Part,
            Some(YearPart::Span) => Self::Other,
            Some(YearPart::Whole) | None if !asked.is_annual() => {
                Self::of_a_part(said, level, (of, year), cover)
            }
            _ if of == year => Self::ThisYear,
            _ if of == year - 1 => Self::Before,
            _ => Self::Other,
        }
    }

    /// The time of a level that names a year, where a part of a year is asked for: the part itself, the same part of the year before, or no part.
    fn of_a_part(
        said: &[&Heading],
        level: &Heading,
        (of, year): (i32, i32),
        cover: Option<YearPart>,
    ) -> Self {
        let is_part = cover == Some(YearPart::Whole);
        // 本期, 期末: of what is reported.
        let is_own = level.periods.is_empty() && level.back == Some(0) && !level.says_year;
        let is_since = said.iter().any(|level| level.cumulative);
        match of {
            of if of == year && (is_part || is_own || is_since) => Self::ThisYear,
            of if of == year => Self::Unsure,
            of if of == year - 1 && (is_part || said.iter().any(|level| level.same_part)) => Self::Before,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::headings::Setting;
    use super::*;
    use crate::period::Reach;

    fn of(levels: &[&str]) -> Sense {
        asked(levels, Period::annual(2023))
    }

    fn asked(levels: &[&str], period: Period) -> Sense {
        let city = ["甲市".to_owned()];
        let setting = Setting { city: &city };
        let levels: Vec<Heading> = levels.iter().map(|level| Heading::of(level, setting)).collect();
        sense(&levels, period)
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of cases")]
    fn headings_say_what_a_column_holds() {
        use Claim::{Bare, Strong, Weak};
        let result = |claim| Sense::Result { claim, december: false, sum: false };
        let unknown = |may_be_result, says_actual| Sense::Unknown { may_be_result, says_actual };
        for (levels, expected) in [
            (&["2023年实绩"][..], result(Strong)),
            (&["2023年度完成情况"], result(Strong)),
            (&["截至2023年底实际完成"], result(Strong)),
            (&["2023年1-12月累计"], result(Weak)),
            (&["2023年1—12月"], result(Bare)),
            (&["2023年12月末累计"], result(Weak)),
            (&["全年完成"], result(Weak)),
            (&["累计完成"], Sense::Result { claim: Weak, december: false, sum: true }),
            (&["实际完成情况"], result(Strong)),
            (&["评估值"], result(Strong)),
            (&["2023年完成值（截至12月31日）"], result(Weak)),
            (&["2023年实绩Actual value"], result(Strong)),
            (&["目标完成情况"], result(Strong)),
            (&["目标任务完成情况"], result(Strong)),
            (&["二〇二三年"], result(Bare)),
            (&["实绩（2023年）"], result(Strong)),
            (&["2023年", "实绩"], result(Strong)),
            (&["指标值"], result(Bare)),
            (&["甲市", "实绩"], result(Strong)),
            (&["2023年", "全市", "实绩"], result(Strong)),
            (&["202312"], Sense::Result { claim: Bare, december: true, sum: false }),
            (&["2023年12月"], Sense::Result { claim: Bare, december: true, sum: false }),
            (&["2023年", "目标值"], Sense::Known(Role::Target)),
            (&["2023年目标数"], Sense::Known(Role::Target)),
            (&["目标", "2023年"], Sense::Known(Role::Target)),
            (&["2023年落地目标"], Sense::Known(Role::Target)),
            (&["实绩", "2022年"], Sense::Known(Role::Previous)),
            (&["上年同期"], Sense::Known(Role::Previous)),
            (&["2023年", "上年同期"], Sense::Known(Role::Previous)),
            (&["2021年"], Sense::Known(Role::OtherYear)),
            (&["2021—2025年"], Sense::Known(Role::OtherYear)),
            (&["比上年增长"], Sense::Known(Role::Growth)),
            (&["2023年比2022年增长(%)"], Sense::Known(Role::Growth)),
            (&["增长率", "实际"], Sense::Known(Role::Growth)),
            (&["完成率"], Sense::Known(Role::Rate)),
            (&["占全市比重"], Sense::Known(Role::Share)),
            (&["2023年", "占全市比重"], Sense::Known(Role::Share)),
            (&["2023年", "权重"], Sense::Known(Role::Weight)),
            (&["2023年", "一季度"], Sense::Known(Role::PartOfYear)),
            (&["2023年1—9月累计"], Sense::Known(Role::PartOfYear)),
            (&["202309"], Sense::Known(Role::PartOfYear)),
            (&["2023年", "市辖区"], Sense::Known(Role::OtherArea)),
            (&["2023年", "雨湖区", "实绩"], Sense::Known(Role::OtherArea)),
            (&["2023年预计"], Sense::Known(Role::Estimate)),
            (&["2023年", "备注"], Sense::Known(Role::Note)),
            (&["完成情况说明"], Sense::Known(Role::Progress)),
            (&["主要指标"], Sense::Known(Role::Name)),
            (&["指标名称", ""], Sense::Known(Role::Name)),
            (&["佐证材料编号"], Sense::Known(Role::Evidence)),
            (&["目标完成数"], unknown(true, false)),
            (&["计划完成数"], Sense::Known(Role::Target)),
            (&["目标", "完成值"], unknown(true, false)),
            (&["2023年落地数"], unknown(true, false)),
            (&["2023年落地实绩"], unknown(true, true)),
            (&["2022年落地数"], unknown(false, false)),
            (&["战果"], unknown(true, false)),
            (&["凭证编号"], unknown(false, false)),
            // What is planned, expected elsewhere, or of another time is no result, however it is said.
            (&["计划达到值"], unknown(true, false)),
            (&["目标实现数"], unknown(true, false)),
            (&["2024年预计"], Sense::Known(Role::OtherYear)),
            (&["1-9月预计"], Sense::Known(Role::PartOfYear)),
            (&["全省预计"], Sense::Known(Role::OtherArea)),
            (&["现状值"], Sense::Known(Role::Base)),
            (&["考核结果"], unknown(false, false)),
            // A word for something else inside a heading is not passed over.
            (&["2023年园区完成"], Sense::Known(Role::OtherArea)),
            (&["2023年问题完成"], unknown(true, true)),
            (&["完成项目数"], unknown(true, true)),
            (&["2023年完成", "企业"], unknown(true, true)),
            (&["指标完成情况"], result(Strong)),
            (&["2023年KPI"], unknown(true, false)),
            (&["2023年(A)"], unknown(true, false)),
            (&["历年数据", "2023年"], result(Bare)),
            (&["上半年进展状态"], Sense::Known(Role::PartOfYear)),
            (&["合计"], Sense::Result { claim: Weak, december: false, sum: true }),
            (&["2023年实际数据"], result(Strong)),
            (&["上年数据"], Sense::Known(Role::Previous)),
            (&["计划数据"], Sense::Known(Role::Target)),
            // What 名称 names stands before it.
            (&["县市区名称"], Sense::Known(Role::Area)),
            (&["园区名称"], Sense::Known(Role::Area)),
            (&["企业名称"], Sense::Known(Role::Area)),
            (&["单位名称"], Sense::Known(Role::Office)),
            (&["指标名称"], Sense::Known(Role::Name)),
            (&["材料名称"], Sense::Known(Role::Name)),
            // A level that settles a value is no area.
            (&["2023年", "省级核定"], result(Weak)),
            (&["2023年", "市级填报"], result(Weak)),
            (&["2023年", "省级"], Sense::Known(Role::OtherArea)),
            (&["到2023年达到"], unknown(true, false)),
            (&["截至2023年底完成"], result(Weak)),
            (&["2023-12-31"], result(Bare)),
            (&["2022年12月31日"], Sense::Known(Role::Previous)),
            (&["（万元）"], Sense::Silent),
            (&[""], Sense::Silent),
        ] {
            assert_eq!(of(levels), expected, "{levels:?}");
        }
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of cases")]
    fn headings_of_a_part_of_a_year_are_told_from_other_parts_and_from_the_whole() {
        use Claim::{Bare, Strong, Weak};
        let result = |claim| Sense::Result { claim, december: false, sum: false };
        let unsure = Sense::Unknown { may_be_result: true, says_actual: false };
        let (part, other) = (Sense::Known(Role::PartOfYear), Sense::Known(Role::OtherYear));
        let before = Sense::Known(Role::Previous);
        for (levels, expected) in [
            (&["2023年1—9月"][..], result(Bare)),
            (&["2023年1—9月累计"], result(Weak)),
            (&["1-9月累计完成"], result(Weak)),
            (&["前三季度实绩"], result(Strong)),
            (&["1—3季度"], result(Bare)),
            (&["前9个月完成数"], result(Weak)),
            (&["9月末"], result(Bare)),
            (&["截至9月底实际"], result(Strong)),
            (&["截至2023年9月30日"], result(Bare)),
            (&["截至9月"], result(Bare)),
            (&["三季度末"], result(Bare)),
            (&["三季度累计"], result(Weak)),
            (&["本期累计"], result(Weak)),
            (&["累计完成"], result(Weak)),
            (&["本年累计"], result(Weak)),
            (&["2023年累计"], result(Weak)),
            (&["2023年", "1—9月"], result(Bare)),
            (&["2023年", "累计"], result(Weak)),
            (&["实绩"], result(Strong)),
            (&["完成值"], result(Weak)),
            (&["期末实际"], result(Strong)),
            // A single quarter or month is no sum since January.
            (&["三季度"], part),
            (&["2023年第三季度"], part),
            (&["2023Q3"], part),
            (&["7—9月"], part),
            (&["7—9月累计"], part),
            (&["9月"], part),
            (&["2023年9月完成"], part),
            (&["202309"], part),
            (&["当季"], part),
            (&["本季度完成"], part),
            (&["下半年"], part),
            // Another part, and the whole year.
            (&["上半年"], part),
            (&["1—6月累计"], part),
            (&["一季度"], part),
            (&["1—11月"], part),
            (&["全年"], part),
            (&["全年完成"], part),
            (&["2023年1—12月"], part),
            (&["2023年末"], part),
            (&["2023年12月"], part),
            (&["2023年"], unsure),
            (&["2023年实绩"], unsure),
            (&["2023年度完成情况"], unsure),
            (&["本年实绩"], unsure),
            // The year before: the same part, or else.
            (&["上年同期"], before),
            (&["去年同期累计"], before),
            (&["2022年1—9月"], before),
            (&["2022年前三季度实绩"], before),
            (&["2022年实绩"], other),
            (&["上年"], other),
            (&["上年末"], other),
            (&["上期"], other),
            (&["2022年1—6月"], part),
            (&["年度目标"], Sense::Known(Role::Target)),
            (&["2023年目标值"], Sense::Known(Role::Target)),
            (&["同比增长"], Sense::Known(Role::Growth)),
        ] {
            let found = asked(levels, Period::of(2023, Reach::ThreeQuarters));
            assert_eq!(found, expected, "{levels:?}");
        }
        for (heading, reach, expected) in [
            ("一季度", Reach::FirstQuarter, result(Bare)),
            ("2023Q1", Reach::FirstQuarter, result(Bare)),
            ("3月末", Reach::FirstQuarter, result(Bare)),
            ("1—3月累计", Reach::FirstQuarter, result(Weak)),
            ("3月", Reach::FirstQuarter, part),
            ("上半年完成", Reach::FirstHalf, result(Weak)),
            ("2023H1", Reach::FirstHalf, result(Bare)),
            ("二季度", Reach::FirstHalf, part),
            ("4—6月", Reach::FirstHalf, part),
            ("二季度累计", Reach::FirstHalf, result(Weak)),
            ("前三季度", Reach::FirstHalf, part),
        ] {
            assert_eq!(asked(&[heading], Period::of(2023, reach)), expected, "{heading}");
        }
    }
}
