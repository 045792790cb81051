//! What a text says of the numbers it stands over or beside: such that say that they are something else, and such that do not.

use crate::fixtures::{round, values};
use crate::workspace::Workspace;

/// A round of 甲市, which is called 甲 for short: 甲县 is a part of it.
fn workspace() -> Workspace {
    let workspace = round();
    let plan = std::fs::read_to_string(workspace.path("input/2023/jia/plan.toml")).unwrap();
    workspace.write("input/2023/jia/plan.toml", plan.replace("short = \"甲市\"", "short = \"甲\""));
    workspace
}

/// Reads a workbook and says which of the cells have values of the year that can be used.
fn read(workspace: &Workspace, text: &str) -> Vec<String> {
    let sheets = if text.contains("sheet ") { text.to_owned() } else { format!("sheet 指标\n{text}") };
    values(workspace, &sheets).into_iter().map(|(at, value)| format!("{at}={value}")).collect()
}

/// For each text a workbook with it; whether its value is used.
fn hold(template: &str, used: &[&str], withheld: &[&str]) {
    let workspace = workspace();
    let all = used.iter().map(|text| (text, true)).chain(withheld.iter().map(|text| (text, false)));
    let mut wrong = Vec::new();
    for (text, is_used) in all {
        let found = read(&workspace, &template.replace("TEXT", text));
        if found.iter().any(|value| value.ends_with("=118")) != is_used {
            wrong.push(format!("{text}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn titles_and_labels_that_name_another_area_or_period_withhold_the_table() {
    hold(
        "| TEXT |\n| 指标名称 | 单位 | 完成数 |\n| 企业数 | 家 | 118 |\n| 研发投入 | 亿元 | 52 |",
        &[
            "甲市2023年指标完成情况",
            "2023年甲市指标完成情况",
            "甲2023年创新指标",
            "国家创新型城市建设指标完成情况",
            "某省甲市2023年指标完成情况",
            "甲市在全省创新排名指标情况",
            "全市及各县市区指标汇总",
            "创新示范区建设指标",
            "科创板上市后备企业等指标",
            "产业技术创新联盟等指标",
            "填报单位：甲市统计局",
            "单位：家",
            "填报范围：全市",
            "数据口径：全市域",
            "请各县市区、园区于2024年1月10日前填报，逾期通报。",
            "2023年与上年对比表",
            "主要指标（不含税）",
            "示例数据",
        ],
        &[
            "乙市2023年指标完成情况",
            "2023年乙市指标完成情况",
            "2023年度甲县指标完成情况",
            "甲县2023年指标完成情况",
            "甲市丙区2023年指标",
            "2023年甲高新区主要指标",
            "指标完成情况（丙区）",
            "2023年全省指标完成情况",
            "附件1：乙市2023年指标",
            "2023年市本级指标",
            "2023年园区指标完成情况",
            "2023年规上企业指标",
            "2023年指标完成情况（不含丙县）",
            "2023年指标（不含12月）",
            "填报范围：甲县",
            "数据口径：市辖区",
            "口径：规上",
            "统计范围：城镇",
            "上年完成情况",
            "2023年年中指标",
            "2023中",
        ],
    );
}

#[test]
fn names_of_sheets_that_say_what_else_it_is_withhold_the_table() {
    hold(
        "sheet TEXT\n| 指标名称 | 单位 | 数值 |\n| 企业数 | 家 | 118 |\n| 研发投入 | 亿元 | 52 |",
        &["指标", "完成", "2023", "甲市", "Sheet1", "模板", "汇总", "目标完成情况", "市统计局"],
        &[
            "目标",
            "2023目标",
            "目标值",
            "目标分解",
            "目标任务",
            "上年",
            "同期",
            "甲县",
            "丙区",
            "作废",
            "示例",
            "填报样表",
            "全省",
        ],
    );
}

#[test]
fn sections_that_say_what_else_it_is_withhold_the_rows_below() {
    hold(
        "| 指标名称 | 单位 | 完成数 |\n| 研发投入 | 亿元 | 52 |\n| TEXT |\n| 企业数 | 家 | 118 |",
        &[
            "一、创新主体",
            "创新投入",
            "科技企业",
            "二、工业",
            "（三）创新环境",
            "全市",
            "甲市",
            "园区建设",
            "单位：家",
        ],
        &[
            "甲县",
            "甲市甲县",
            "丙区",
            "乙市情况",
            "市级",
            "城镇居民",
            "规上工业企业",
            "规下企业",
            "制造业",
            "不含甲县",
            "一、2022年",
            "（二）1—9月",
            "上年数据",
            "附：去年数",
            "以下为上年数据",
            "目标任务",
            "预计数",
            "填写示例",
            "（以下为填写示范）",
        ],
    );
}

#[test]
fn sections_beside_numbers_of_a_list_count_too_and_end_at_the_next_one() {
    let table = "| 序号 | 指标名称 | 单位 | 完成数 |\n| 一 | 目标任务 | — | — |\n|  | 研发投入 | 亿元 | 50 |\n| 二 | 完成情况 | — | — |\n|  | 企业数 | 家 | 118 |";
    assert_eq!(read(&workspace(), table), ["指标!D5=118"]);
    let examples = "| 指标名称 | 单位 | 完成数 |\n| 填写示例 |\n| 企业数 | 家 | 77 |\n| 以下为填报区 |\n| 企业数 | 家 | 118 |";
    assert_eq!(read(&workspace(), examples), ["指标!C5=118"]);
}

#[test]
fn classes_that_say_what_else_it_is_withhold_their_rows() {
    hold(
        "| 类别 | 指标名称 | 数值 |\n| 创新投入 | 研发投入 | 52 |\n| TEXT | 企业数 | 118 |",
        &["创新主体", "增量指标", "年度指标", "约束性", "总量", "定量", "完成", "实绩", "全市", "工业"],
        &[
            "底线值",
            "挑战值",
            "应完成",
            "拟完成",
            "力争",
            "约束值",
            "下达数",
            "门槛值",
            "名次",
            "快报",
            "初步数",
            "东部",
            "底数",
            "起始值",
            "历史值",
            "缺口",
            "Q3",
            "H1",
            "1-9月",
            "上年",
            "规上工业",
            "示例",
            "丙区",
            "年中",
        ],
    );
}

#[test]
fn one_level_of_several_is_not_the_whole() {
    hold(
        "| 级别 | 指标名称 | 数值 |\n| 合计 | 研发投入 | 52 |\n| TEXT | 企业数 | 118 |",
        &["合计", "全部"],
        &["市级", "省级", "国家级"],
    );
}

#[test]
fn second_names_and_columns_of_places_withhold_their_rows() {
    for heading in ["项目", "内容", "事项", "名称"] {
        let template =
            format!("| 指标名称 | {heading} | 数值 |\n| 研发投入 | 投入强度 | 52 |\n| 企业数 | TEXT | 118 |");
        hold(
            &template,
            &["完成", "2023年完成", "高新技术"],
            &["2023年目标值", "上年", "2022年", "上半年", "全省", "城镇"],
        );
    }
    for heading in ["园区", "园区名称", "地区", "填报单位"] {
        let template = format!(
            "| 指标名称 | {heading} | 单位 | 2023年实绩 |\n| 企业数 | TEXT | 家 | 118 |\n| 研发投入 | TEXT | 亿元 | 52 |"
        );
        hold(&template, &["全市"], &["丙区", "甲县", "丁高新区"]);
    }
    // A column of numbers headed 县市区, and one of those who answer, are no columns of areas.
    for columns in ["其中：县市区 |\n| 企业数 | 家 | 118 | 61", "责任县市区 |\n| 企业数 | 家 | 118 | 甲县"]
    {
        let table = format!("| 指标名称 | 单位 | 2023年实绩 | {columns} |");
        assert_eq!(read(&workspace(), &table), ["指标!C2=118"], "{columns}");
    }
    let targets =
        "| 指标名称 | 内容 | 数值 |\n| 企业数 | 2023年目标 | 101 |\n|  | 2023年完成 | 118 |\nmerge A2:A3";
    assert_eq!(read(&workspace(), targets), ["指标!C3=118"]);
}

#[test]
fn what_is_named_once_on_the_left_holds_below_with_and_without_a_heading() {
    for heading in ["时期", "分类", "", "年份"] {
        for (first, second) in [("2022年", "2023年"), ("1-9月", "1-12月"), ("目标", "实绩"), ("上年", "本年")]
        {
            for merges in ["", "merge A2:A3\nmerge A4:A5"] {
                let table = format!(
                    "| {heading} | 指标名称 | 单位 | 实绩 |\n| {first} | 研发投入 | 亿元 | 48 |\n|  | 平台数 | 个 | 900 |\n| {second} | 企业数 | 家 | 118 |\n|  | 技术合同成交额 | 万元 | 5100 |\n{merges}"
                );
                let found = read(&workspace(), &table);
                assert_eq!(found, ["指标!D4=118", "指标!D5=5100"], "{heading} {first} {merges}");
            }
        }
    }
    let levels = "| 地区 | 指标名称 | 单位 | 实绩 |\n| 市级 | 企业数 | 家 | 77 |\n| 全市 | 企业数 | 家 | 118 |\n| 小计 | 研发投入 | 亿元 | 52 |";
    assert_eq!(read(&workspace(), levels), ["指标!D3=118"]);
}

#[test]
fn remarks_that_say_what_else_it_is_withhold_the_value() {
    hold(
        "| 指标名称 | 单位 | 2023年实绩 | 备注 |\n| 企业数 | 家 | 118 | TEXT |\n| 研发投入 | 亿元 | 52 |  |",
        &[
            "比上年增长5%",
            "上年为90家",
            "2022年为90",
            "2024年3月公布",
            "预计2024年6月公布",
            "截至2023年底",
            "全年数",
            "1—12月累计",
            "目标100家",
            "省级",
            "2020年不变价",
            "不含税",
            "含丙县",
            "增长5%（上年同期增长3%）",
            "数据来源：省科技厅",
            "待公布",
            "按2022年口径",
            "预计数",
            "快报数",
            "其中规上50家",
        ],
        &[
            "2022年数据",
            "截至11月底",
            "数据截至2023年11月30日",
            "全省数",
            "不含甲县",
            "引用上年数据",
            "该数为上年数",
            "暂按目标值填报",
            "1-11月累计",
            "目标数",
            "上年数（今年未出）",
            "2023年数未出，用2022年数",
            "企业数为去年数",
            "仅为园区数",
            "规上口径",
            "年中数",
            "示例",
            "作废",
            "最新为2022年",
            "系前三季度累计数",
        ],
    );
}

#[test]
fn notes_below_hold_for_the_rows_they_name_for_those_with_their_mark_or_for_all() {
    let note = |names: [&str; 2], values: [&str; 2], notes: &str| {
        let [first, second] = names;
        let [one, other] = values;
        let table = format!(
            "| 指标名称 | 单位 | 2023年实绩 |\n| {first} | 家 | {one} |\n| {second} | 亿元 | {other} |\n{notes}"
        );
        read(&workspace(), &table)
            .iter()
            .map(|cell| cell.split('=').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let names = ["企业数", "研发投入"];
    let values = ["118", "52"];
    for (notes, expected) in [
        ("| 注：研发投入为截至11月数。 |", &["指标!C2"][..]),
        ("| 注：以上数据不含甲县 |", &[]),
        ("| 上述为前三季度数 |", &[]),
        ("| 说明：本表为上年数 |", &[]),
        ("| *为上半年数 |", &[]),
        ("| 注：企业数比上年增长5%。 |", &["指标!C2", "指标!C3"]),
        ("| 注：数据来源于统计年报 |", &["指标!C2", "指标!C3"]),
        ("| 说明：本表为预计数，最终以省厅反馈为准 |", &["指标!C2", "指标!C3"]),
    ] {
        assert_eq!(note(names, values, notes), expected, "{notes}");
    }
    for (marked, of) in [(["企业数①", "研发投入②"], values), (names, ["'118①", "'52②"])] {
        assert_eq!(note(marked, of, "| 注：①为2022年数；②为1-11月数。 |"), Vec::<String>::new());
        assert_eq!(note(marked, of, "| ①据省厅年报；②为1-11月数。 |"), ["指标!C2"]);
        assert_eq!(note(marked, of, "| ①企业数为2022年数。 |\n| ②据年报 |"), ["指标!C3"]);
    }
    let starred = note(["企业数*", "研发投入"], values, "| 注：带*的为上年数 |");
    assert_eq!(starred, ["指标!C3"]);
}

#[test]
fn rows_that_show_how_to_fill_in_are_examples() {
    hold(
        "| 序号 | 指标名称 | 单位 | 2023年实绩 |\n| TEXT | 企业数 | 家 | 118 |\n|  | 研发投入 | 亿元 | 52 |",
        &["2", "", "例行", "示范区"],
        &[
            "示例1",
            "示例行",
            "例1",
            "填写样例",
            "填报样例",
            "模板",
            "示范",
            "（填写示范）",
            "示例（请勿删除）",
            "范本",
            "示例：",
            "【示例】",
            "填表范例",
            "e.g.",
        ],
    );
    // One that is left in above the blank row of its item.
    let left =
        "| 序号 | 指标名称 | 单位 | 2023年实绩 |\n| 参考 | 企业数 | 家 | 118 |\n| 2 | 企业数 | 家 |  |";
    let workspace = workspace();
    let _ = read(&workspace, left);
    workspace.run();
    assert!(workspace.findings().iter().any(|(code, ..)| code == "L211"));
    assert_eq!(workspace.table("assessments")[1]["state"], "in_doubt");
}

#[test]
fn the_year_of_the_data_may_be_said_in_words() {
    hold(
        "| 指标名称 | 单位 | 实绩 | 期间 |\n| 企业数 | 家 | 118 | TEXT |\n| 研发投入 | 亿元 | 52 | 2023年 |",
        &["全年", "1-12月", "12月", "年末", "本年", "12月底", "12月31日", "当年", "截至12月底", "2023年末"],
        &["2023年年中", "2023中", "2023年度中期", "1-9月", "上半年", "三季度末", "上年", "2024"],
    );
}
