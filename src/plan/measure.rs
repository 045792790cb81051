//! What kind of quantity an indicator is: the checks of its values and the arithmetic on them follow from that.

use rust_decimal::Decimal;

use super::{Direction, Goal, Indicator};
use crate::quantity::Unit;

/// The kind of quantity (`measure` in catalogue and plan).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// 存量: how much there is at the end of the year.
    Stock,
    /// 流量: how much there was within the year.
    Flow,
    /// 比重: a part of a whole.
    Ratio,
    /// 强度: so much of one thing for each of another (per ten thousand people, per 万元).
    Intensity,
    /// 增速: a change in percent, which may be negative and beyond 100.
    Growth,
    /// 位次.
    Rank,
    /// 有/无.
    Boolean,
    /// 节点.
    Milestone,
}

/// Words at the end of a name that say that a change is measured.
const CHANGES: [&str; 22] = [
    "增速",
    "增长率",
    "增长速度",
    "增长",
    "增幅",
    "增长幅度",
    "下降率",
    "下降幅度",
    "降低率",
    "降低幅度",
    "降幅",
    "降低",
    "下降",
    "变化率",
    "涨幅",
    "提高幅度",
    "涨跌幅",
    "涨跌幅度",
    "涨跌率",
    "增减率",
    "变动率",
    "增减幅度",
];

/// Words that say that a quantity is spread over others, so that it is no count though its unit is 件 or 人.
const SPREAD: [&str; 14] = [
    "每千",
    "每万",
    "每百",
    "每十万",
    "每亿",
    "每人",
    "每户",
    "每名",
    "每个",
    "每平方",
    "人均",
    "户均",
    "亩均",
    "平均",
];

/// Words for balances and net changes, which may be negative.
const SIGNED: [&str; 17] = [
    "净额",
    "净出口",
    "净转出",
    "净增",
    "净流入",
    "净减",
    "净迁",
    "增减",
    "利润",
    "盈亏",
    "差额",
    "顺差",
    "逆差",
    "结余",
    "余缺",
    "变动",
    "变化",
];

/// Words that say that a share is a part of a whole, so that it lies between nothing and all. A 率 in general is none: profits,
/// uses of capacity and contributions are held against something else.
const PARTS: [&str; 67] = [
    "比重",
    "占比",
    "份额",
    "构成比",
    "覆盖率",
    "覆盖面",
    "覆盖比例",
    "普及率",
    "合格率",
    "参保率",
    "入学率",
    "入园率",
    "巩固率",
    "升学率",
    "毕业率",
    "就业率",
    "失业率",
    "死亡率",
    "城镇化率",
    "优良率",
    "优秀率",
    "优良比例",
    "优良天数",
    "达标率",
    "达标比例",
    "达标比率",
    "完好率",
    "参与率",
    "参合率",
    "签约率",
    "办结率",
    "满意率",
    "满意度",
    "知晓率",
    "处理率",
    "处置率",
    "治理率",
    "收集率",
    "回收率",
    "综合利用率",
    "资源化利用率",
    "回收利用率",
    "绿化率",
    "绿地率",
    "成活率",
    "接种率",
    "通过率",
    "及格率",
    "中标率",
    "空置率",
    "入住率",
    "上网率",
    "入户率",
    "渗透率",
    "电气化率",
    "机械化率",
    "数字化率",
    "自动化率",
    "国产化率",
    "数控化率",
    "信息化率",
    "贫困发生率",
    "投入强度",
    "研发强度",
    "安置率",
    "履约率",
    "建档率",
];

/// Words for shares that sound like parts of a whole and may be above 100: over-age pupils enrol, provisions exceed bad loans.
const BEYOND_WHOLE: [&str; 8] =
    ["毛入学率", "拨备覆盖率", "流动性覆盖率", "利息覆盖率", "债务覆盖率", "完成率", "增值率", "负债率"];

impl Measure {
    /// The words of catalogue and plan.
    pub(super) const WORDS: [(&str, Self); 8] = [
        ("stock", Self::Stock),
        ("flow", Self::Flow),
        ("ratio", Self::Ratio),
        ("intensity", Self::Intensity),
        ("growth", Self::Growth),
        ("rank", Self::Rank),
        ("boolean", Self::Boolean),
        ("milestone", Self::Milestone),
    ];

    /// The measure of what is called `name` and counted in `unit`, when `stated` says nothing or less than the name.
    pub(super) fn of(stated: Option<Self>, name: &str, unit: &Unit) -> Self {
        match stated {
            Some(Self::Ratio | Self::Flow | Self::Stock) | None if unit.is_share() && is_change(name) => {
                Self::Growth
            }
            Some(stated) => stated,
            None if unit.is_presence() => Self::Boolean,
            None if unit.is_share() => Self::Ratio,
            None if is_quotient(unit) || (unit.is_count() && is_spread(name)) => Self::Intensity,
            None if is_there(name, unit) => Self::Stock,
            None => Self::Flow,
        }
    }

    /// Whether whole things are counted, so that a fraction cannot be right.
    pub(super) fn counts(self, name: &str, unit: &Unit) -> bool {
        let whole = matches!(self, Self::Stock | Self::Flow | Self::Rank);
        whole && unit.is_count() && !is_spread(name)
    }

    /// What values of a part of a whole lie between; `None` when no such bounds hold.
    pub(super) fn bounds(self, name: &str, unit: &Unit, direction: Direction) -> Option<(Decimal, Decimal)> {
        let part = self == Self::Ratio && unit.is_share() && direction != Direction::None;
        let whole = if unit.text().starts_with('‰') { Decimal::ONE_THOUSAND } else { Decimal::ONE_HUNDRED };
        (part && is_part_of_whole(name)).then_some((Decimal::ZERO, whole))
    }
}

impl Indicator {
    /// Whether the amounts of counties, parks or units together are that of the whole: shares and rates do not add up.
    pub fn adds_up(&self) -> bool {
        self.unit.is_amount() && matches!(self.measure, Measure::Stock | Measure::Flow)
    }

    /// Whether values can be negative: rates of change, balances, places lost, shares that are no part of a whole, and what
    /// the plan itself prints so.
    pub(crate) fn may_be_negative(&self) -> bool {
        let limits =
            self.targets.iter().flat_map(|target| self.comparable(&target.goal)).map(|one| one.value);
        let printed = self.past.iter().filter_map(|past| past.value).chain(limits);
        let is_open_share =
            self.unit.is_share() && self.measure == Measure::Ratio && !is_part_of_whole(&self.name);
        self.measure == Measure::Growth
            || is_open_share
            || is_signed(&self.name)
            || self.targets.iter().any(|target| {
                matches!(target.goal, Goal::RankChange(..)) && self.change(&target.goal).is_none()
            })
            || printed.into_iter().any(|value| value < Decimal::ZERO)
    }
}

/// Whether a name says that a share is a part of a whole: 研发经费支出占GDP比重, 水质优良断面比例.
fn is_part_of_whole(name: &str) -> bool {
    let name = name.trim();
    let of = name.split_once('占').is_some_and(|(_, behind)| behind.contains('比'));
    let is_part =
        of || PARTS.iter().any(|word| name.contains(word)) || without_brackets(name).ends_with("比例");
    is_part && !is_signed(name) && !BEYOND_WHOLE.iter().any(|word| name.contains(word))
}

/// A name without what stands in brackets.
fn without_brackets(name: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in name.chars() {
        match c {
            '（' | '(' | '〔' | '[' => depth += 1,
            '）' | ')' | '〕' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// Whether a name says that a change is measured: 能耗增速, 单位地区生产总值能耗下降率, PM2.5浓度比上年下降.
pub(crate) fn is_change(name: &str) -> bool {
    let bare = name.split(['（', '(', '[', '〔']).next().unwrap_or_default().trim();
    CHANGES.iter().any(|word| bare.ends_with(word)) || bare.contains("比上年增长") || bare.contains("同比")
}

/// Whether a name says that a quantity is spread over others: 每千人口医师数.
pub(crate) fn is_spread(name: &str) -> bool {
    SPREAD.iter().any(|word| name.contains(word))
}

/// Whether a quantity may be negative by its name: 净增, 利润总额.
fn is_signed(name: &str) -> bool {
    SIGNED.iter().any(|word| name.contains(word))
}

/// Words, anywhere in a name, of what is done anew in every year.
const ADDED: [&str; 7] = ["新增", "新建", "改建", "扩建", "改造", "新开工", "新认定"];

/// Words at the head of a name for what is done in a year.
const DONE: [&str; 9] = ["培育", "建设", "建成", "开工", "竣工", "整治", "修复", "治理", "实施"];

/// What begins with such a word and is none.
const LAND: &str = "建设用地";

/// Words at the end of names of what there is at the end of the year.
const THERE: [&str; 11] =
    ["余额", "拥有量", "保有量", "存量", "库存", "总人口", "常住人口", "里程", "能力", "装机容量", "面积"];

/// What is counted as it is there (家, 所), and not as it happens (起, 件, 人次).
const KEPT: [&str; 9] = ["家", "个", "所", "座", "名", "人", "台", "辆", "户"];

/// Whether a name speaks of what is done within a year (新建高标准农田), not of how much there is or how much flows.
pub(super) fn is_done_anew(name: &str) -> bool {
    let begins = DONE.iter().any(|word| name.starts_with(word)) && !name.starts_with(LAND);
    begins || ADDED.iter().any(|word| name.contains(word))
}

/// Whether a name speaks of what there is at the end of the year: 制造业贷款余额, 高新技术企业数.
fn is_there(name: &str, unit: &Unit) -> bool {
    let bare = without_brackets(name);
    let bare = bare.trim();
    let is_number = bare.ends_with('数') || bare.ends_with("数量");
    let is_kept = is_number && KEPT.contains(&unit.text());
    !is_done_anew(name) && (is_kept || THERE.iter().any(|word| bare.ends_with(word)))
}

/// Whether a unit is one thing for each of another.
pub(crate) fn is_quotient(unit: &Unit) -> bool {
    unit.text().contains('/') && !unit.is_presence()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measure_is_that_of_the_name_where_a_plan_says_less() {
        use Measure::{Boolean, Flow, Growth, Intensity, Ratio, Stock};
        for (stated, name, unit, expected) in [
            (Some(Ratio), "规上工业能耗增速", "%", Growth),
            (Some(Ratio), "单位地区生产总值能耗下降率", "%", Growth),
            (Some(Flow), "社会消费品零售总额增长（%）", "%", Growth),
            (None, "进出口总额增幅", "%", Growth),
            (Some(Ratio), "研发经费支出占GDP比重", "%", Ratio),
            (Some(Stock), "高新技术企业数", "家", Stock),
            // A growth in 家 is an amount.
            (Some(Flow), "高新技术企业净增长", "家", Flow),
            (None, "人均地区生产总值", "万元/人", Intensity),
            (None, "空气质量优良率", "%", Ratio),
            (None, "是否出台政策", "有/无", Boolean),
            (None, "技术合同成交额", "亿元", Flow),
            (None, "制造业贷款余额", "亿元", Stock),
            (None, "高新技术企业数", "家", Stock),
            (None, "每千人口医师数", "人", Intensity),
            (None, "新增专精特新企业数", "家", Flow),
            (None, "新增高效节水灌溉面积", "万亩", Flow),
            (None, "安全责任事故起数", "起", Flow),
            (None, "技术合同登记数", "件", Flow),
        ] {
            assert_eq!(Measure::of(stated, name, &Unit::parse(unit)), expected, "{name}");
        }
    }

    #[test]
    fn only_whole_things_are_counted() {
        for (measure, name, unit, expected) in [
            (Measure::Stock, "高新技术企业数", "家", true),
            (Measure::Flow, "新增专精特新企业", "家", true),
            (Measure::Intensity, "每千人口执业医师数", "人", false),
            (Measure::Stock, "每千人口执业医师数", "人", false),
            (Measure::Stock, "万人发明专利拥有量", "件/万人", false),
            (Measure::Flow, "户均科技特派员数", "人", false),
            (Measure::Flow, "技术合同成交额", "亿元", false),
            (Measure::Growth, "企业数增速", "%", false),
        ] {
            assert_eq!(measure.counts(name, &Unit::parse(unit)), expected, "{name}");
        }
    }

    #[test]
    fn only_parts_of_a_whole_lie_between_nothing_and_all() {
        use Direction::Higher;
        for (measure, name, unit, expected) in [
            (Measure::Ratio, "研发经费支出占GDP比重", "%", Some(100)),
            (Measure::Ratio, "人口死亡率", "‰", Some(1000)),
            (Measure::Growth, "能耗增速", "%", None),
            (Measure::Intensity, "人均地区生产总值", "万元/人", None),
            (Measure::Ratio, "高等教育毛入学率", "%", None),
            (Measure::Ratio, "城乡居民收入比", "", None),
            (Measure::Ratio, "营业收入利润率", "%", None),
            (Measure::Ratio, "人口净流入率", "%", None),
            (Measure::Ratio, "商品住宅价格涨跌幅", "%", None),
            (Measure::Ratio, "存贷比", "%", None),
            (Measure::Ratio, "财政自给率", "%", None),
            (Measure::Ratio, "科技进步贡献率", "%", None),
            (Measure::Ratio, "工业产能利用率", "%", None),
            (Measure::Ratio, "净出口占地区生产总值比重", "%", None),
            (Measure::Ratio, "拨备覆盖率", "%", None),
            (Measure::Ratio, "森林覆盖率", "%", Some(100)),
            (Measure::Ratio, "基本养老保险参保率", "%", Some(100)),
            (Measure::Ratio, "高新技术产业增加值占规上工业的比例", "%", Some(100)),
            (Measure::Ratio, "地表水水质优良（达到或优于Ⅲ类）比例", "%", Some(100)),
            (Measure::Ratio, "常住人口城镇化率", "%", Some(100)),
            (Measure::Ratio, "产品质量合格率", "%", Some(100)),
        ] {
            let found = measure.bounds(name, &Unit::parse(unit), Higher).map(|(_, most)| most);
            assert_eq!(found, expected.map(Decimal::from), "{name}");
        }
    }
}
