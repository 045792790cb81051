//! The words of headings (表头用语), kept as data. Headings are composed of them; what is not among them is unknown, and
//! an unknown part is never passed over.
//!
//! The words are those of the plans in `input/sources`, of the forms of statistical offices and of the 2023 layouts of
//! 创新型城市 reports; a new word is one line here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::roles::Role;

/// How surely a word says that a column holds what was reached. 完成情况 says so whatever stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ActualStrength {
    /// 数, 值, 指标值: any number.
    Generic,
    /// 完成, 完成值: usually what was reached, in some plans the name of a tier of targets.
    Weak,
    /// 实绩, 实际, 核定数: what was reached.
    Strong,
    /// 完成情况: what was reached of whatever stands before it.
    Reported,
}

/// What a word of a heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// What was reached.
    Actual(ActualStrength),
    /// 累计, 合计: what was reached, over whatever time or parts stand beside it.
    Sum,
    /// 情况: what was reached when it follows 完成 or 实现, else nothing by itself.
    State,
    /// A column of this role; beside the words before it only the last such word counts.
    Column(Role),
    /// A measure taken of the value, or a value of another kind: growth, rate, share, target. Wins over [`Meaning::Actual`]
    /// unless the heading goes on to say what was reached of it.
    Aside(Role),
    /// This year (0) or the year before (1).
    Back(i32),
    /// The whole year: 全年, 年末.
    Whole,
    /// A part of the year: 上半年, 本月.
    Part,
    /// Several years: 规划期, 五年.
    Span,
    /// The whole of the area: 全市.
    Here,
    /// Another area, or a part of it: 全省, 市辖区.
    Elsewhere,
    /// Says nothing by itself: 的, 及, 截至.
    Glue,
}

use ActualStrength::{Generic, Reported, Strong, Weak};
use Meaning::{Actual, Aside, Back, Column, Elsewhere, Glue, Here, Part, Span, State, Sum, Whole};

/// Meanings with their words, parted by blanks.
const WORDS: &[(Meaning, &str)] = &[
    (
        Actual(Strong),
        "实绩 实际 实际值 实际数 实绩值 完成实绩 实现值 达到情况 达成情况 实现数 达到值 达到数 评估值 监测值 统计值 \
         核定值 认定值 审定值 审核值 复核值 核准值 核实值 核定数 认定数 审定数 审核数 复核数 核准数 核实数 \
         统计数 核算数 核算值 决算数 年报数 最终数 达成值 实测值 发生额 发生数",
    ),
    (Actual(Reported), "完成情况 实现情况 落实情况 执行情况"),
    (
        Actual(Weak),
        "完成 完成值 完成数 完成量 完成额 已完成 实现 达到 达成 评估 监测 统计 核定 \
         认定 核算 上报 填报 申报 自报 上报值 上报数 填报值 填报数 申报值 申报数 自报数 进展值",
    ),
    (Sum, "累计 累计值 累计数 累计量 合计 总计 小计 合计数"),
    (Actual(Generic), "数 值 额 量 数值 数据 指标值 数量 金额 绝对数 总量 总数 绝对值 水平"),
    (State, "情况 状况 结果情况"),
    (
        Column(Role::No),
        "序号 编号 代码 指标序号 指标编号 指标代码 任务编号 任务序号 材料编号 行次 栏次 项次 no \
         №",
    ),
    (
        Column(Role::Name),
        "指标名称 指标 二级指标 三级指标 四级指标 指标项 指标项目 指标内容 项目 项目名称 名称 内容 \
         事项 任务 任务名称 任务内容 工作要点 重点任务 主要任务 目标任务 工作任务 重点工作 工作内容 \
         任务事项 材料名称 佐证材料名称 考核内容 监测内容 评价内容 考核事项 考核指标 监测指标 \
         评价指标 主要指标 具体指标 核心指标 统计指标 评估指标 发展指标 创新指标 年度指标 关键指标 \
         细化指标",
    ),
    (Column(Role::Unit), "单位 计量单位 度量单位 数据单位 指标单位"),
    (Column(Role::Vintage), "数据性质 数据类型 数据状态"),
    (
        Column(Role::DataYear),
        "数据年份 数据所属年份 所属年份 年份 时间 期间 时期 季度 月份 数据截止 统计时点 数据时点 统计年度 数据年度 数据时间 所属期 数据所属期 统计年份 \
         统计时间 数据期别",
    ),
    (
        Column(Role::Evidence),
        "佐证 佐证编号 佐证材料编号 佐证序号 对应佐证编号 佐证材料 佐证资料 佐证资料编号 证明材料 \
         证明材料编号 支撑材料 支撑材料编号 附件编号 附件",
    ),
    (
        Column(Role::Note),
        "说明 备注 变动说明 情况说明 原因 原因分析 变动原因 依据 注 备考 未完成原因 意见 审核意见 \
         存在问题 问题 下一步措施 措施 做法 主要做法",
    ),
    (Column(Role::State), "进展状态 完成状态 状态 进度状态"),
    (Column(Role::Progress), "进展情况 工作进展 完成情况说明 进展 工作进展情况 推进情况 进展说明"),
    (Column(Role::Document), "文号或文件名 文号 文件名 文件名称 文件名或文号 文号或文件名称"),
    (Column(Role::Date), "日期 材料日期 成文日期 完成时间 完成时限 时限 期限 完成期限 时间节点 节点"),
    (
        Column(Role::Class),
        "一级指标 指标类别 类别 指标类型 类型 指标属性 属性 性质 指标性质 维度 领域 板块 大类 分类 \
         指标维度 目标层 准则层 方向",
    ),
    (
        Column(Role::Office),
        "责任单位 牵头单位 数据采集单位 填报单位 配合单位 责任部门 牵头部门 填报部门 数据来源 来源 \
         数据提供单位 采集单位 主管部门 部门 科室 责任科室 责任人 联系人 联系电话 电话 填报人 \
         审核人 责任领导",
    ),
    (
        Column(Role::Definition),
        "指标解释 解释 口径 统计口径 指标口径 计算方法 计算公式 公式 定义 指标定义 评价标准 \
         评分标准 考核标准 标准 方法 出处 原文 任务原文 方案原文",
    ),
    (Column(Role::Check), "自查 自查结果 自查情况 校验 校验结果"),
    (
        Column(Role::Area),
        "地区 县市区 县(市、区) 区县市 县区 市州 地市 市县 区域 区县 行政区划 行政区 所在地区 所属地区 所属县区",
    ),
    (
        Aside(Role::Target),
        "目标 目标值 目标数 计划 计划数 计划值 规划 规划值 任务数 任务值 任务量 目标任务数 \
         目标任务值 目标任务量 工作任务数 考核值 考核 考核目标 考核要求 预期 预期值 预期目标 约束值 \
         要求 指标要求 下达 下达数 目标要求 应完成 拟完成 标准值 门槛值 基本要求 力争 挑战值 底线 \
         底线值 序时目标 计划完成 拟达到 应达到 挑战 拟定 建议值 建议目标",
    ),
    (
        Aside(Role::Estimate),
        "预计 预计数 预计值 预计完成 预计完成值 预计完成数 预计实绩 预估 预估值 预估数 预测 预测值 \
         快报 快报数 初步 初步数 预计可完成 预计完成情况",
    ),
    (
        Aside(Role::Growth),
        "增长 增速 增幅 增长率 同比 环比 增减 增减率 涨幅 升降 变化 变动 增加 减少 下降 提高 增量 \
         增 减 升 降 比 较 比上年 较上年 比去年 较去年 比同期 较同期 同比增长 比上年增长 净增 新增",
    ),
    (
        Aside(Role::Rate),
        "完成率 完成比例 完成度 达成率 完成百分比 进度 完成进度 序时进度 进度率 率 实现率 比例 \
         百分比 达标率 实现程度 达标 是否完成 是否达标 是否达到 完成与否",
    ),
    (Aside(Role::Share), "占比 比重 占 份额 构成 贡献率 结构"),
    (Aside(Role::Rank), "位次 排名 名次 排位 位居 排序 等次 等级 档次"),
    (Aside(Role::Weight), "权重 分值 权数 系数 满分 标准分 权重系数"),
    (Aside(Role::Score), "得分 评分 自评 自评分 打分 扣分 加分 分数 考核得分 评估得分 赋分"),
    (Aside(Role::Gap), "差距 差额 缺口 差值 偏差 超额 短缺 相差 结余 差 超"),
    (
        Aside(Role::Base),
        "现状 现状值 现状数 现状水平 基期现状 基期 基期值 基数 基准 基准值 期初 期初数 年初 年初数 起始 起始值 基础值 底数 历史 历史值 \
         基准年",
    ),
    (Back(0), "本年 本年度 当年 当年度 今年 本期 本年末 年度 报告期 报告年度 评估年度 评估期 期末 当期"),
    (Back(1), "上年 上年度 去年 上年同期 去年同期 同期 同期数 上期 上年末 上年数"),
    (Whole, "全年 年末 年底 末 底 整年 全年度"),
    (Part, "上半年 下半年 半年 年中 本月 当月 本季 本季度 当季 月度 上月 上季 本旬 日均 月均"),
    (
        Span,
        "规划期 十三五 十四五 十五五 五年 三年 历年 近三年 近五年 年均 平均 终期 中期 远期 \
         近期 前年",
    ),
    (Here, "全市 全域 全市域 本市 本地区 市级"),
    (
        Elsewhere,
        "全国 全省 省级 国家 国家级 市辖区 市区 市本级 本级 城区 县域 农村 城镇 东部 中部 西部 其中 \
         同类城市 兄弟城市 省内 省均 国均 其他 其它 园区内 规上 国有 民营",
    ),
    (Glue, "的 及 和 与 或 至 到 截至 截止 止 年 度 个 为 在 各 项 ( ) / , 、 : ; . - ~ · | _"),
];

/// Words by their first character, the longest first.
static BY_FIRST: LazyLock<BTreeMap<char, Vec<(&'static str, Meaning)>>> = LazyLock::new(|| {
    let mut found: BTreeMap<char, Vec<(&'static str, Meaning)>> = BTreeMap::new();
    for (meaning, words) in WORDS {
        for word in words.split_whitespace() {
            if let Some(first) = word.chars().next() {
                found.entry(first).or_default().push((word, *meaning));
            }
        }
    }
    for words in found.values_mut() {
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    found
});

/// The longest word that a text begins with, and what follows it.
pub(super) fn word_at(text: &str) -> Option<(Meaning, &'static str, &str)> {
    let words = BY_FIRST.get(&text.chars().next()?)?;
    let found = words.iter().find_map(|(word, meaning)| Some((*meaning, *word, text.strip_prefix(word)?)));
    // 实际数据 is 实际数.
    found.map(|(meaning, word, rest)| {
        let after = rest.strip_prefix('据').filter(|_| word.ends_with('数'));
        (meaning, word, after.unwrap_or(rest))
    })
}

/// Words that head the name column of any table, also of one about something else; the rows must be the plan's.
const VAGUE_NAMES: [&str; 12] = [
    "项目",
    "项目名称",
    "名称",
    "内容",
    "事项",
    "指标内容",
    "工作内容",
    "任务内容",
    "重点工作",
    "目标任务",
    "工作任务",
    "任务",
];

/// Whether a heading of names says by itself that the table is one of indicators, tasks or evidence.
pub(super) fn is_vague_name(key: &str) -> bool {
    VAGUE_NAMES.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_twice() {
        let mut all: Vec<&str> = WORDS.iter().flat_map(|(_, words)| words.split_whitespace()).collect();
        let count = all.len();
        all.sort_unstable();
        let mut twice: Vec<&str> =
            all.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        twice.dedup();
        all.dedup();
        assert_eq!((all.len(), twice), (count, vec![]));
    }

    #[test]
    fn the_longest_word_is_taken() {
        assert_eq!(word_at("完成情况说明x").map(|(_, word, rest)| (word, rest)), Some(("完成情况说明", "x")));
        assert_eq!(word_at("完成情况").map(|(_, word, _)| word), Some("完成情况"));
        assert_eq!(word_at("实际数据").map(|(_, word, rest)| (word, rest)), Some(("实际数", "")));
        assert_eq!(word_at("落地"), None);
    }
}
