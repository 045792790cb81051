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

/// The troubles that `input/README.md` lists for a round: code, severity, unit, file, sheet, cell.
fn planted(year: &str) -> Vec<[String; 6]> {
    let text = std::fs::read_to_string(repository().join("input/README.md")).unwrap();
    let section = text.split("### ").find(|section| section.starts_with(year)).unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|line| {
        let cells: Vec<&str> =
            line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        [cells[0], cells[1], cells[3], cells[4], cells[5], cells[6]].map(str::to_owned)
    })
    .collect()
}

#[test]
fn every_planted_trouble_is_found_and_nothing_else_is_an_error() {
    for (year, count) in [("2023", 26), ("2025", 8)] {
        let workspace = round(year);
        let findings = workspace.table("findings");
        let report = pages(&workspace.path("output/2023/technical.pdf")).join("\n");
        let planted = planted(year);
        assert_eq!(planted.len(), count, "troubles listed for {year}");
        let columns = ["code", "severity", "unit", "file", "sheet", "cell"];
        let found: Vec<[String; 6]> =
            findings.iter().map(|row| columns.map(|column| row[column].clone())).collect();
        for wanted in &planted {
            assert!(found.contains(wanted), "{wanted:?} is not among the findings of {year}");
            let [code, _, _, _, sheet, cell] = wanted;
            assert!(report.contains(code), "{code} is not in the report");
            assert!(report.contains(&format!("{sheet}!{cell}")), "{sheet}!{cell} is not in the report");
        }
        for error in found.iter().filter(|row| row[1] == "error") {
            assert!(planted.contains(error), "{error:?} was not planted");
        }
    }
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
    // What cannot be judged says why.
    let open: Vec<(&str, &str)> = rows
        .iter()
        .filter(|row| row["state"] == "not_assessable")
        .map(|row| (row["no"].as_str(), row["reason"].as_str()))
        .collect();
    let undated = "方案未写完成年限";
    let expected = [("P1", "方案没有界定“前列”"), ("P26", undated), ("P33", undated), ("P34", undated)];
    assert_eq!(open, expected);
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
fn missed_targets_stand_beside_the_units_that_answer_for_them() {
    let pages = pages(&round("2023").path("output/2023/technical.pdf"));
    let page = pages.iter().find(|page| page.contains("附表4-1")).unwrap();
    let line = |unit: &str| page.lines().find(|line| line.trim_start().starts_with(unit)).unwrap();
    // Row 4 is reported by 市科技局; 市委组织部 leads the additions to it. Row 7 is reported by 市统计局, and nobody leads it.
    assert!(line("市委组织部").contains("4、P11、P12"));
    assert!(line("市统计局").trim_end().ends_with('9') && !line("市统计局").contains('、'));
}

#[test]
fn the_remark_on_a_published_value_is_its_source_and_no_reason() {
    let text: String =
        pages(&round("2023").path("output/2023/technical.pdf")).concat().split_whitespace().collect();
    assert!(
        text.contains("†已公开发布或报道的数值（指标特2来源：长江网、湖北日报"),
        "the source stands with the sign"
    );
    assert!(text.contains("未说明原因"), "the shortfall still wants a reason");
}
