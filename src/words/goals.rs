//! Targets, completions and points in words, for report, tables and lineage.

use rust_decimal::Decimal;

use crate::assess::{Assessment, LevelChange, least};
use crate::finding::Language;
use crate::plan::{Change, Direction, Goal, Indicator, Method, Operator, Scoring, Target};
use crate::quantity::Unit;
use crate::rounding::{plain, short_of};

/// The target with sign and unit: `＞7400亿元`, `≥50项`, `10名左右`.
pub fn goal_words(goal: &Goal, unit: &str) -> String {
    let signed = |operator: Operator, value: &str| match operator {
        Operator::AtLeast => format!("≥{value}"),
        Operator::MoreThan | Operator::Surpass => format!("＞{value}"),
        Operator::AtMost => format!("≤{value}"),
        Operator::LessThan => format!("＜{value}"),
        Operator::About => format!("{value}左右"),
        Operator::Equal => value.to_owned(),
    };
    match goal {
        Goal::Level(operator, value) => signed(*operator, &format!("{}{unit}", value.text)),
        Goal::Increment(operator, value, _) if unit == "%" => {
            format!("提高{}", signed(*operator, &format!("{}个百分点", value.text)))
        }
        Goal::Increment(operator, value, _) => {
            format!("新增{}", signed(*operator, &format!("{}{unit}", value.text)))
        }
        Goal::Range(..) | Goal::Interval(..) => format!("{goal}{unit}"),
        Goal::Rank(Operator::AtMost, value) => format!("第{}位以内", value.text),
        Goal::Rank(operator, value) => format!("第{}位", signed(*operator, &value.text)),
        Goal::Coverage(_, value) => format!("覆盖率{}%", value.text),
        Goal::Growth(operator, value) => format!("增长{}", signed(*operator, &format!("{}%", value.text))),
        Goal::AverageGrowth(operator, value, _) => {
            format!("年均增长{}", signed(*operator, &format!("{}%", value.text)))
        }
        Goal::RankChange(operator, value) => format!("平均提升{}位", signed(*operator, &value.text)),
        Goal::Relative(..)
        | Goal::Qualitative(_)
        | Goal::Milestone(..)
        | Goal::Magnitude(_)
        | Goal::Multiple(..)
        | Goal::Undefined(_) => goal.to_string(),
    }
}

/// What has become of the level that is reported, as it stands beside it: `增长8.70%`, `进3位`. It does not read as having
/// reached a limit that it is short of. `in_unit` is the unit in the language.
pub fn change_words(
    language: Language,
    change: &LevelChange,
    goal: &Goal,
    unit: &Unit,
    in_unit: &str,
) -> String {
    let value = |places: u32| short_of(change.value, places, &goal.numbers());
    let counted = || if change.value.fract().is_zero() { plain(change.value) } else { value(2) };
    if language == Language::English {
        let since = match change.years {
            1 => "on the year before".to_owned(),
            _ => format!("since {}", change.base.year),
        };
        let of_unit = if in_unit.is_empty() { String::new() } else { format!(" {in_unit}") };
        return match change.kind {
            Change::Growth => format!("growth of {}% on the year before", value(2)),
            Change::AverageGrowth => format!("growth of {}% a year since {}", value(2), change.base.year),
            Change::Increment if unit.is_share() => {
                format!("a rise of {} percentage points {since}", counted())
            }
            Change::Increment => format!("an increase of {}{of_unit} {since}", counted()),
            Change::Places => format!("a rise of {} places on the year before", counted()),
            Change::Multiple => format!("{} times {}", value(2), change.base.year),
        };
    }
    let since =
        || if change.years == 1 { "比上年".to_owned() } else { format!("比{}年", change.base.year) };
    match change.kind {
        Change::Growth => format!("比上年增长{}%", value(2)),
        Change::AverageGrowth => format!("{}年以来年均增长{}%", change.base.year, value(2)),
        Change::Increment if unit.is_share() => format!("{}提高{}个百分点", since(), counted()),
        Change::Increment => format!("{}增加{}{}", since(), counted(), unit.text()),
        Change::Places => format!("比上年进{}位", counted()),
        Change::Multiple => format!("为{}年的{}倍", change.base.year, value(2)),
    }
}

/// The unrounded completion in words of arithmetic, for the lineage: `168.45÷180×100`.
pub fn completion_words(one: &Assessment, indicator: &Indicator, actual: Decimal) -> String {
    let lower = indicator.direction == Direction::Lower;
    let ratio = |target: &str, lower: bool| {
        let actual = plain(actual);
        if lower { format!("{target}÷{actual}×100") } else { format!("{actual}÷{target}×100") }
    };
    match &one.target.goal {
        _ if one.due.is_some() => {
            let due = one.due.as_ref().map(|due| plain(due.value)).unwrap_or_default();
            ratio(&due, lower)
        }
        Goal::Growth(_, target) | Goal::AverageGrowth(_, target, _)
            if target.value <= Decimal::ZERO || lower =>
        {
            let (actual, target) = (plain(actual), &target.text);
            if lower {
                format!("（100＋{target}）÷（100＋{actual}）×100")
            } else {
                format!("（100＋{actual}）÷（100＋{target}）×100")
            }
        }
        Goal::Range(low, high) => ratio(if lower { &high.text } else { &low.text }, lower),
        Goal::Interval(low, high, _) => {
            format!("{}与区间{}—{}的距离占允许偏离的比例", plain(actual), low.text, high.text)
        }
        Goal::Relative(operator, _) => {
            let lower = matches!(operator, Operator::LessThan | Operator::AtMost)
                || (*operator == Operator::About && lower);
            let all: Vec<String> =
                one.references.iter().map(|reference| ratio(&plain(reference.value), lower)).collect();
            all.join("、")
        }
        Goal::Magnitude(words) => {
            let least = least(indicator, words).unwrap_or_default();
            ratio(&plain(least), false)
        }
        goal => goal.number().map_or_else(String::new, |target| ratio(&target.text, lower)),
    }
}

/// How the points of a target were computed, for the lineage.
pub fn points_words(method: &Method, one: &Assessment) -> String {
    if one.completion.is_none() {
        let hundred = Decimal::ONE_HUNDRED;
        return match (one.points, one.state.met()) {
            (Some(points), _) if points > hundred => "实绩好于目标而没有完成率，计最高分".to_owned(),
            (Some(points), Some(true)) if points < hundred => {
                "在允许范围内而没有完成率，按完成率0计分".to_owned()
            }
            _ => "没有完成率，达到目标100分，未达0分".to_owned(),
        };
    }
    let cap = plain(method.cap);
    match method.scoring {
        Scoring::Ratio => format!("完成率，最高{cap}分"),
        Scoring::Proportional => format!("完成率，超过部分最多加{}分", plain(method.bonus)),
        Scoring::Efficacy => format!("功效系数×40＋60，不允许值为目标的{}%", plain(method.not_allowed)),
        Scoring::Fixed => "达到目标100分，未达0分".to_owned(),
        Scoring::Banded => {
            format!("每满{}%加、减{}分，最高{cap}分", plain(method.band), plain(method.band_points))
        }
    }
}

/// What the rules of the annex speak of: only what occurs among the targets is explained.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// What the plans are called: 方案.
    pub document: &'a str,
    /// Growth in prose that follows from the level of a row where nobody reports it.
    pub has_derived_growth: bool,
    /// 超过, 突破.
    pub has_strict: bool,
    /// 左右.
    pub has_about: bool,
    /// 不低于 and the like, said of others.
    pub has_relative_least: bool,
    /// 高于 and the like, said of others.
    pub has_relative_more: bool,
    /// 基本同步.
    pub has_relative_about: bool,
    /// 左右, said of growth.
    pub has_growth_about: bool,
    /// Ceilings that hold their number.
    pub has_ceiling: bool,
    /// Those that do not (＜).
    pub has_ceiling_strict: bool,
    /// 左右, said of a ceiling.
    pub has_ceiling_about: bool,
    /// Levels that rise on the year before.
    pub has_yearly_rise: bool,
    /// Levels that rise since the base year (累计).
    pub has_rise_since_base: bool,
    /// Growth that is to be more than so much.
    pub has_growth_strict: bool,
    /// So many times the year before.
    pub has_multiple_of_before: bool,
    /// So many times a base year.
    pub has_multiple_of_base: bool,
}

/// How growth of a year, or a year on average, is measured by its target. Each kind says it itself: no other row need stand in the table.
const RATIO_OF_GROWTH: &str = "目标为正的，为增长率÷目标增长率，增长率不为正的不计算；目标不为正的，为（100＋增长率）÷（100＋目标增长率）";

/// A kind of target as the annex lists it: name, rule, completion.
pub fn kind(
    target: &Target,
    row: &Indicator,
    method: &Method,
    told: Told<'_>,
) -> (&'static str, String, String) {
    let ratio = |words: &str| words.to_owned();
    let (goal, direction) = (&target.goal, row.direction);
    if let Some(change) = row.change(goal) {
        return kind_of_change(change, told);
    }
    match goal {
        Goal::Level(..) if row.is_ceiling(target) => kind_of_ceiling(told),
        Goal::Level(..) if direction == Direction::Lower => {
            ("水平（越小越好）", "实绩不高于目标".to_owned(), ratio("目标÷实绩；两者均为正数时计算"))
        }
        Goal::Level(..) => {
            ("水平（越大越好）", limits_of_levels(method, told), ratio("实绩÷目标；两者均为正数时计算"))
        }
        Goal::Growth(..) => ("增长", rule_of_growth(method, told), ratio(RATIO_OF_GROWTH)),
        Goal::AverageGrowth(..) => (
            "年均增长",
            format!(
                "自基年起的年均增长率不低于目标{}；{}未写基年、本轮评估也未确定的不可评",
                strictly(told),
                told.document
            ),
            ratio(RATIO_OF_GROWTH),
        ),
        Goal::Increment(..) => ("新增", "年内新增数不低于目标".to_owned(), ratio("新增数÷目标")),
        Goal::Range(..) => {
            ("幅度", "实绩不低于下限为完成，高于上限为超额完成".to_owned(), ratio("实绩÷下限"))
        }
        Goal::Interval(..) => (
            "区间",
            "实绩在区间内".to_owned(),
            format!("区间内100%；区间外按偏离占最大允许偏离的比例递减，{}未列允许值的不计算", told.document),
        ),
        Goal::Rank(..) => ("位次", "位次不后于目标".to_owned(), ratio("不计算")),
        Goal::RankChange(..) => ("位次变动", "平均提升位数不少于目标".to_owned(), ratio("不计算")),
        Goal::Relative(..) => ("相对", rule_of_relatives(method, told), ratio("与最难达到的对照值之比")),
        Goal::Qualitative(_) => ("有无", "填“有”并附佐证".to_owned(), ratio("不计算")),
        Goal::Milestone(..) => {
            ("节点", "到期前达到并附佐证；未到期而未达到的不可评".to_owned(), ratio("不计算"))
        }
        Goal::Magnitude(_) => {
            ("量级", "“千亿级”“百亿级”以1000亿元、100亿元为下限".to_owned(), ratio("实绩÷下限"))
        }
        Goal::Multiple(..) => kind_of_change(Change::Multiple, told),
        Goal::Undefined(_) => {
            ("未界定", format!("{}用语没有界定，只列数值，不判定", told.document), ratio("不计算"))
        }
        Goal::Coverage(..) => ("覆盖", "覆盖率不低于目标，全覆盖为100%".to_owned(), ratio("覆盖率÷目标")),
    }
}

/// A limit that is not to be passed.
fn kind_of_ceiling(told: Told<'_>) -> (&'static str, String, String) {
    let about = if told.has_ceiling_about { "，“左右”按允许偏差放宽" } else { "" };
    let kept = match (told.has_ceiling, told.has_ceiling_strict) {
        (false, true) => "低于目标",
        (true, true) => "不超过目标（不含本数的为低于目标）",
        (_, false) => "不超过目标",
    };
    let rule = format!("实绩{kept}为完成，不计超额完成{about}");
    ("控制（不超过）", rule, "不超过目标的为100%，超过的为目标÷实绩".to_owned())
}

/// What is said of growth that is to be more than so much.
fn strictly(told: Told<'_>) -> &'static str {
    if told.has_growth_strict { "，不含本数的须高于目标" } else { "" }
}

/// When growth is reached, and where it comes from.
fn rule_of_growth(method: &Method, told: Told<'_>) -> String {
    let derived = match told.has_derived_growth {
        true => format!("，未报的由{}所列上年数和本年数推算", told.document),
        false => String::new(),
    };
    let about = match told.has_growth_about {
        true => format!("，“左右”允许低{}%，只放宽下限", plain(method.about_tolerance)),
        false => String::new(),
    };
    format!("增长率不低于目标{}{about}；填报增长率{derived}", strictly(told))
}

/// When a target that is held against others is reached, by the words that occur.
fn rule_of_relatives(method: &Method, told: Told<'_>) -> String {
    let reached = match (told.has_relative_more, told.has_relative_least) {
        (true, false) => "优于全部对照值",
        (false, _) => "不劣于全部对照值",
        (true, true) => "优于全部对照值，写“不低于”“不高于”的不劣于全部对照值",
    };
    let about = match told.has_relative_about {
        true => format!("，写“基本同步”的允许低于对照值{}%", plain(method.about_tolerance)),
        false => String::new(),
    };
    format!(
        "{reached}{about}；对照值取{}指标或本轮评估所列数；对照值滞后或待核实的，本项判定从其，没有对照值的不可评",
        told.document
    )
}

/// When a level is reached of which more is better, with the words of limits that occur.
fn limits_of_levels(method: &Method, told: Told<'_>) -> String {
    let strict = if told.has_strict { "不含本数的须高于目标" } else { "" };
    let about = match told.has_about {
        true => {
            let tolerance = plain(method.about_tolerance);
            format!("“左右”允许低{tolerance}%（按个数计的至少1个），只放宽下限")
        }
        false => String::new(),
    };
    let words: Vec<&str> = [strict, &about].into_iter().filter(|words| !words.is_empty()).collect();
    let join = if words.is_empty() { "" } else { "；" };
    format!("实绩不低于目标{join}{}", words.join("，"))
}

/// A target that speaks of the change of what is reported.
fn kind_of_change(change: Change, told: Told<'_>) -> (&'static str, String, String) {
    let (name, rule, completion) = match change {
        Change::Growth => (
            "增长（由实绩推算）",
            "本年实绩比上年增长的百分数不低于目标；没有上年数的不可评",
            RATIO_OF_GROWTH,
        ),
        Change::AverageGrowth => {
            ("年均增长（由实绩推算）", "自基年起的年均增长率不低于目标；没有基年数的不可评", RATIO_OF_GROWTH)
        }
        Change::Increment => {
            let rule = match (told.has_yearly_rise, told.has_rise_since_base) {
                (false, true) => "本年实绩减基年数不低于目标；没有基年数的不可评",
                (true, true) => "本年实绩减上年数（累计的减基年数）不低于目标；没有这些数的不可评",
                (_, false) => "本年实绩减上年数不低于目标；没有上年数的不可评",
            };
            ("增量（由实绩推算）", rule, "增量÷目标")
        }
        Change::Places => {
            ("进位（由位次推算）", "上年位次减本年位次不少于目标；没有上年位次的不可评", "不计算")
        }
        Change::Multiple => match (told.has_multiple_of_before, told.has_multiple_of_base) {
            (true, false) => {
                ("倍数", "实绩与上年数之比不低于目标；没有上年数的不可评", "实绩÷上年数÷目标倍数")
            }
            (true, true) => (
                "倍数",
                "实绩与基年数（未写基年的为上年数）之比不低于目标；没有这些数的不可评",
                "实绩÷基年数（或上年数）÷目标倍数",
            ),
            (false, _) => ("倍数", "实绩与基年数之比不低于目标；没有基年数的不可评", "实绩÷基年数÷目标倍数"),
        },
    };
    (name, rule.to_owned(), completion.to_owned())
}

/// Kinds in the order of the annex, each with what the ledger calls it.
pub const KINDS: [(&str, &str); 21] = [
    ("水平（越大越好）", "level.higher"),
    ("水平（越小越好）", "level.lower"),
    ("控制（不超过）", "ceiling"),
    ("增长", "growth"),
    ("增长（由实绩推算）", "growth.derived"),
    ("年均增长", "average_growth"),
    ("年均增长（由实绩推算）", "average_growth.derived"),
    ("新增", "increment"),
    ("增量（由实绩推算）", "increment.derived"),
    ("幅度", "range"),
    ("区间", "interval"),
    ("位次", "rank"),
    ("位次变动", "rank_change"),
    ("进位（由位次推算）", "rank_change.derived"),
    ("相对", "relative"),
    ("有无", "qualitative"),
    ("节点", "milestone"),
    ("量级", "magnitude"),
    ("覆盖", "coverage"),
    ("倍数", "multiple"),
    ("未界定", "undefined"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Written;

    #[test]
    fn a_relative_target_reads_as_the_plan_has_it() {
        for (operator, expected) in [
            (Operator::AtLeast, "不低于全省平均水平"),
            (Operator::About, "与全省平均水平基本同步"),
            (Operator::MoreThan, "高于全省平均水平"),
            (Operator::Surpass, "高于全省平均水平"),
            (Operator::AtMost, "不高于全省平均水平"),
            (Operator::LessThan, "低于全省平均水平"),
        ] {
            let goal = Goal::Relative(operator, "全省平均水平".to_owned());
            assert_eq!(goal.to_string(), expected);
            assert_eq!(goal_words(&goal, "%"), expected);
        }
    }

    #[test]
    fn limits_have_their_words_once() {
        let written = |text: &str| Written { text: text.to_owned(), value: text.parse().unwrap() };
        for (goal, unit, expected) in [
            (Goal::Level(Operator::AtMost, written("5.5")), "%", "≤5.5%"),
            (Goal::Level(Operator::Surpass, written("7400")), "亿元", "＞7400亿元"),
            (Goal::Level(Operator::About, written("10")), "名", "10名左右"),
            (Goal::Rank(Operator::AtMost, written("30")), "位", "第30位以内"),
            (Goal::Growth(Operator::AtLeast, written("8")), "%", "增长≥8%"),
        ] {
            assert_eq!(goal_words(&goal, unit), expected);
        }
    }
}
