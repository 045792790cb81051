//! The two rounds that are shipped, against what is known of them.

use std::collections::BTreeMap;

use crate::workspace::{Row, Workspace, copy_tree, pages, repository};

fn round(year: &str) -> Workspace {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    let output = workspace.duibiao(&["run", &format!("input/{year}"), "--output", "output/2023"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    workspace
}

fn assessment<'a>(rows: &'a [Row], city: &str, no: &str) -> &'a Row {
    rows.iter().find(|row| row["city"] == city && row["no"] == no).unwrap()
}

#[test]
fn the_round_2023_holds_every_row_of_both_tables() {
    let workspace = round("2023");
    let rows = workspace.table("assessments");
    let table = |city: &str| {
        rows.iter()
            .filter(|row| row["city"] == city && row["origin"] == "table")
            .map(|row| row["no"].clone())
            .collect::<Vec<_>>()
    };
    let numbers: Vec<String> = (1..=26).map(|no| no.to_string()).collect();
    assert_eq!(table("xiangtan"), numbers);
    let numbers: Vec<String> =
        (1..=15).map(|no| no.to_string()).chain((1..=6).map(|no| format!("特{no}"))).collect();
    assert_eq!(table("qianjiang"), numbers);
    for (city, no, actual, target, met, completion) in [
        ("xiangtan", "22", "1.71", "1.73", "true", "101.17"),
        ("qianjiang", "特2", "350.8", "360", "false", "97.44"),
    ] {
        let row = assessment(&rows, city, no);
        let found = [&row["actual"], &row["target"], &row["met"], &row["completion"]];
        assert_eq!(found, [actual, target, met, completion], "{city} {no}");
    }
    let worse: Vec<&str> = rows
        .iter()
        .filter(|row| row["city"] == "xiangtan" && row["target_worse_than_baseline"] == "true")
        .map(|row| row["no"].as_str())
        .collect();
    assert_eq!(worse, ["10", "11", "13", "14", "16"]);
    assert!(worse.iter().all(|no| assessment(&rows, "xiangtan", no)["progress"].is_empty()));
}

#[test]
fn every_planted_trouble_of_2023_is_found_and_nothing_else_is_an_error() {
    let workspace = round("2023");
    let findings = workspace.table("findings");
    let planted: [(&str, &str, &str, &str, &str, &str); 17] = [
        ("V403", "xiangtan", "市工信局", "市工信局_年报.xlsx", "封面", "B9"),
        ("V403", "qianjiang", "市经信局", "市经信局_年报.xlsx", "封面", "B9"),
        ("C501", "xiangtan", "市科技局", "市科技局_年报_v1.xlsx", "封面", "B10"),
        ("C502", "qianjiang", "市发改委、市科技局、市经信局", "市发改委_年报.xlsx", "指标", "E5"),
        ("C503", "xiangtan", "市科技局、市统计局", "市科技局_年报_v2.xlsx", "指标", "E11"),
        ("V404", "qianjiang", "市经信局", "市经信局_年报.xlsx", "指标", "E7"),
        ("V406", "qianjiang", "市税务局", "市税务局_年报.xlsx", "指标", "E5"),
        ("C504", "xiangtan", "市科技局", "市科技局_年报_v2.xlsx", "指标", "D9"),
        ("V401", "xiangtan", "市科技局", "市科技局_年报_v2.xlsx", "指标", "E7"),
        ("V401", "qianjiang", "市经信局", "市经信局_年报.xlsx", "指标", "E9"),
        ("V408", "qianjiang", "市科技局", "市科技局_年报.xlsx", "指标", "H13"),
        (
            "V409",
            "xiangtan",
            "国家创新型城市建设领导小组办公室",
            "国家创新型城市建设领导小组办公室_年报.xlsx",
            "指标",
            "H6",
        ),
        ("R103", "qianjiang", "市财政局", "市财政局_年报.xls", "封面", "A1"),
        ("R103", "qianjiang", "市农业农村局", "市农业农村局_年报.ods", "封面", "A1"),
        ("R104", "xiangtan", "市教育局", "市教育局_年报.xlsx", "封面", "A1"),
        ("N301", "qianjiang", "市科技局", "市科技局_年报.xlsx", "指标", "E8"),
        ("N301", "qianjiang", "市市场监管局", "市市场监管局_年报.xlsx", "指标", "E5"),
    ];
    let report = pages(&workspace.path("output/2023/report.pdf")).join("\n");
    for (code, city, unit, file, sheet, cell) in planted {
        let wanted =
            [code, city, unit, &format!("{city}/submissions/{file}"), sheet, cell].map(str::to_owned);
        let found = findings.iter().any(|row| {
            ["code", "city", "unit", "file", "sheet", "cell"].map(|column| row[column].clone()) == wanted
        });
        assert!(found, "{code} {file}[{sheet}]!{cell} is not among the findings");
        assert!(report.contains(code), "{code} is not in the report");
        assert!(report.contains(&format!("{sheet}!{cell}")), "{sheet}!{cell} is not in the report");
    }
    let errors: Vec<(&str, &str)> = findings
        .iter()
        .filter(|row| row["severity"] == "error")
        .map(|row| (row["code"].as_str(), row["city"].as_str()))
        .collect();
    let mut sorted = errors.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        [
            ("C502", "qianjiang"),
            ("V401", "qianjiang"),
            ("V401", "xiangtan"),
            ("V406", "qianjiang"),
            ("V409", "xiangtan")
        ]
    );
}

#[test]
fn a_finding_on_an_indicator_does_not_touch_the_task_of_the_same_number() {
    let workspace = round("2023");
    let findings = workspace.table("findings");
    let on_eleven =
        |row: &&Row| row["city"] == "qianjiang" && row["indicator"] == "11" && row["code"] == "V408";
    assert!(findings.iter().find(on_eleven).is_some());
    let tasks = workspace.table("tasks");
    let eleven = tasks.iter().find(|row| row["city"] == "qianjiang" && row["task"] == "11").unwrap();
    assert_eq!(eleven["state"], "met");
}

#[test]
fn the_round_2025_judges_both_tiers_and_a_plan_without_a_table() {
    let workspace = round("2025");
    let rows = workspace.table("assessments");
    let tiers: BTreeMap<&str, usize> = rows
        .iter()
        .filter(|row| row["city"] == "qianjiang" && row["origin"] == "table")
        .fold(BTreeMap::new(), |mut counts, row| {
            *counts.entry(row["tier"].as_str()).or_default() += 1;
            counts
        });
    assert_eq!(tiers, BTreeMap::from([("assessed", 21), ("intended", 21)]));
    assert!(rows.iter().filter(|row| row["city"] == "hengyang").all(|row| row["origin"] == "prose"));
    let firms = assessment(&rows, "hengyang", "P20");
    assert_eq!((firms["operator"].as_str(), firms["target"].as_str()), (">", "＞1200"));
    let open: Vec<&Row> = rows.iter().filter(|row| row["state"] == "not_assessable").collect();
    assert!(!open.is_empty() && open.iter().all(|row| row["reason"].contains("本版不判定")));
    let brand = workspace.table("observations");
    let brand = brand.iter().find(|row| row["no"] == "特2" && row["current"] == "false").unwrap();
    assert_eq!(brand["value"], "422.29");
}

#[test]
fn a_draft_is_refused_unless_the_round_allows_it() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    let path = workspace.path("input/2023/xiangtan/plan.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("status = \"in_force\"", "status = \"draft\"")).unwrap();
    let refused = workspace.duibiao(&["check", "input/2023"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("allow_drafts"));
    let path = workspace.path("input/2023/round.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("illustrative = true", "illustrative = true\nallow_drafts = true"))
        .unwrap();
    assert_eq!(workspace.duibiao(&["check", "input/2023"]).status.code(), Some(1));
}

#[test]
fn the_summary_is_one_page_and_adds_up() {
    let workspace = round("2023");
    let pages = pages(&workspace.path("output/2023/report.pdf"));
    let summaries = pages.iter().filter(|page| page.trim_start().starts_with("摘要")).count();
    assert_eq!(summaries, 1);
    let scores = workspace.table("scores");
    let sum = |column: &str| scores.iter().map(|row| row[column].parse::<usize>().unwrap()).sum::<usize>();
    let summary: String = pages[2].split_whitespace().collect();
    for part in [
        format!("应评指标{}项", sum("total")),
        format!("可评{}项", sum("assessable")),
        format!("{}项完成年度目标", sum("met")),
    ] {
        assert!(summary.contains(&part), "{part} in {summary}");
    }
}
