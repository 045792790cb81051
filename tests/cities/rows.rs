//! What every plan of a round asks for: rows of a table with their targets, and a task for each unit.

/// How a row is judged.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Judged {
    /// At least the target.
    AtLeast,
    /// More than the target.
    Above,
    /// At most the target.
    AtMost,
    /// From the target on; exceeded beyond this.
    Range(i64),
    /// 有 or 无.
    Presence,
}

/// A row of the plans' table. Numbers are in units of the last digit.
pub(crate) struct Row {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) short: &'static str,
    pub(crate) unit: &'static str,
    /// Digits behind the point.
    pub(crate) places: u32,
    pub(crate) judged: Judged,
    pub(crate) target: i64,
    /// Value of the year before.
    pub(crate) past: i64,
    /// Numbers of the units that report it, in [`UNITS`].
    pub(crate) units: &'static [usize],
}

/// Who reports.
pub(crate) const UNITS: [&str; 12] = [
    "市统计局",
    "市科技局",
    "市工信局",
    "市财政局",
    "市发改委",
    "市市场监管局",
    "市人社局",
    "市教育局",
    "市商务局",
    "市农业农村局",
    "市卫健委",
    "市生态环境局",
];

/// What each unit leads.
pub(crate) const TASKS: [&str; 12] = [
    "完善创新统计监测制度",
    "建设重点实验室和技术创新中心",
    "培育专精特新企业梯队",
    "设立科技成果转化引导基金",
    "布局重大科技基础设施",
    "实施知识产权强企行动",
    "引进高层次创新团队",
    "推进校企联合培养",
    "建设外贸转型升级基地",
    "推广农业科技特派员制度",
    "建设区域医疗创新中心",
    "推进绿色低碳技术示范",
];

use Judged::{Above, AtLeast, AtMost, Presence, Range};

type Line = (&'static str, &'static str, &'static str, &'static str, u32, Judged, i64, i64, &'static [usize]);

const LINES: [Line; 26] = [
    ("rd-share", "研发经费占地区生产总值比重", "研发占比", "%", 2, AtLeast, 285, 271, &[0, 1]),
    ("output", "高新技术产业增加值", "高新增加值", "亿元", 1, AtLeast, 12_450, 11_630, &[0]),
    ("contracts", "技术合同成交额", "技术合同额", "亿元", 2, AtLeast, 21_060, 18_375, &[1]),
    ("hnte", "高新技术企业数", "高企数", "家", 0, AtLeast, 860, 795, &[1]),
    ("sme", "入库科技型中小企业数", "科技中小企业", "家", 0, AtLeast, 1_420, 1_290, &[1]),
    ("little-giants", "专精特新企业数", "专精特新", "家", 0, AtLeast, 315, 276, &[2]),
    ("smart", "智能制造示范项目数", "智能制造", "项", 0, Above, 48, 41, &[2]),
    ("energy", "单位工业增加值能耗", "工业能耗", "吨标准煤/万元", 3, AtMost, 684, 702, &[2]),
    ("science-spending", "科学技术支出", "科技支出", "亿元", 2, AtLeast, 1_835, 1_704, &[3]),
    ("fund", "科技成果转化引导基金规模", "引导基金", "亿元", 1, AtLeast, 250, 210, &[3]),
    ("investment", "高技术产业投资额", "高技术投资", "亿元", 1, Range(3_600), 3_300, 3_050, &[4]),
    ("mechanism", "创新型城市建设推进机制", "推进机制", "有/无", 0, Presence, 0, 0, &[4]),
    ("patents", "每万人口高价值发明专利拥有量", "高价值专利", "件", 2, AtLeast, 925, 861, &[5]),
    ("trademarks", "有效注册商标数", "注册商标", "件", 0, AtLeast, 24_600, 22_850, &[5]),
    ("complaints", "知识产权纠纷案件办理平均天数", "纠纷天数", "天", 1, AtMost, 425, 448, &[5]),
    ("talents", "引进高层次人才数", "高层次人才", "人", 0, AtLeast, 180, 166, &[6]),
    ("skilled", "新增高技能人才数", "高技能人才", "人", 0, Range(5_200), 4_800, 4_510, &[6]),
    ("labs", "高校省级以上科研平台数", "高校平台", "个", 0, AtLeast, 37, 34, &[7]),
    ("incubated", "高校成果在本地转化项目数", "成果转化", "项", 0, Above, 125, 112, &[7]),
    ("exports", "高新技术产品出口额", "高新出口", "亿元", 1, AtLeast, 1_865, 1_742, &[8]),
    ("platforms", "跨境电商公共服务平台", "跨境平台", "有/无", 0, Presence, 0, 0, &[8]),
    ("machinery", "农作物耕种收综合机械化率", "机械化率", "%", 1, AtLeast, 715, 698, &[9]),
    ("seeds", "自主选育农作物新品种数", "新品种数", "个", 0, AtLeast, 26, 23, &[9]),
    ("trials", "医疗机构承担临床研究项目数", "临床研究", "项", 0, AtLeast, 92, 84, &[10]),
    ("emission", "单位生产总值用水量", "用水量", "立方米/万元", 1, AtMost, 463, 481, &[11]),
    ("air", "空气质量优良天数比率", "优良天数", "%", 1, AtLeast, 782, 769, &[11]),
];

/// The rows in the plan's order; their numbers count from 1.
pub(crate) fn rows() -> Vec<Row> {
    let row = |line: Line| {
        let (id, name, short, unit, places, judged, target, past, units) = line;
        Row { id, name, short, unit, places, judged, target, past, units }
    };
    LINES.into_iter().map(row).collect()
}

/// A number with its digits behind the point.
pub(crate) fn text(number: i64, places: u32) -> String {
    if places == 0 {
        return number.to_string();
    }
    let one = 10_i64.pow(places);
    format!("{}.{:0width$}", number / one, number % one, width = usize::try_from(places).unwrap())
}
