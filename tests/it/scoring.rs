//! Methods of scoring, weights, deductions and limits: hand-computed, and without effect on anything else.

use std::collections::BTreeMap;

use crate::workspace::{Row, Workspace, copy_tree, pages};

/// Two cities, one of which misses two targets by 5 % and 1 %, with more text in the round.
fn round(more: &str, parameters: &str) -> Workspace {
    let workspace = Workspace::with_cities(&[("a", "甲市"), ("b", "乙市")]);
    let path = workspace.path("input/2023/round.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.replace("[method]\n", &format!("[method]\n{parameters}"));
    workspace.write("input/2023/round.toml", format!("{text}{more}"));
    // 3.3 ÷ 3.0 = 110 %, 95 ÷ 100 = 95 %, 0.5 ÷ 0.5 = 100 %, 有.
    workspace.submit(
        "a",
        "甲市",
        "1|研发强度|%|3.3\n2|企业数|家|95\n3|单位能耗|吨标准煤/万元|0.5\n4|创新政策|有/无|有",
    );
    // 2.7 ÷ 3.0 = 90 %, 120 %, 0.5 ÷ 0.625 = 80 %, nothing reported.
    workspace.submit("b", "乙市", "1|研发强度|%|2.7\n2|企业数|家|120\n3|单位能耗|吨标准煤/万元|0.625");
    workspace.typeset();
    workspace
}

fn column(rows: &[Row], name: &str) -> Vec<String> {
    rows.iter().map(|row| row[name].clone()).collect()
}

#[test]
fn each_method_gives_the_scores_that_a_pencil_gives() {
    for (parameters, points, scores) in [
        // (100 + 95 + 100 + 100) ÷ 4 = 98.75; (90 + 100 + 80) ÷ 3 = 90, ÷ 4 = 67.5.
        (
            "scoring = \"ratio\"\n",
            ["100.00", "95.00", "100.00", "100.00", "90.00", "100.00", "80.00", ""],
            ["98.7500", "98.7500", "90.0000", "67.5000"],
        ),
        // Bonus of at most 4: (104 + 95 + 100 + 100) ÷ 4; (90 + 104 + 80) ÷ 3 and ÷ 4.
        (
            "scoring = \"proportional\"\n",
            ["104.00", "95.00", "100.00", "100.00", "90.00", "104.00", "80.00", ""],
            ["99.7500", "99.7500", "91.3333", "68.5000"],
        ),
        // Not allowed 80 %: (c − 80) ÷ 20 × 40 + 60, at most 100: 110 → 120 → 100; 95 → 90; 90 → 80;
        // energy 25 % over: linear 75 → 50.
        (
            "scoring = \"efficacy\"\nnot_allowed = \"80\"\n",
            ["100.00", "90.00", "100.00", "100.00", "80.00", "100.00", "50.00", ""],
            ["97.5000", "97.5000", "76.6667", "57.5000"],
        ),
        // All or nothing: 3 of 4; 1 of 3 and of 4.
        (
            "scoring = \"fixed\"\n",
            ["100.00", "0.00", "100.00", "100.00", "0.00", "100.00", "0.00", ""],
            ["75.0000", "75.0000", "33.3333", "25.0000"],
        ),
        // Bands of 5 %, 5 points each, at most 100: 110 → 100, 95 → 95, 90 → 90, 120 → 100, 80 → 80.
        (
            "scoring = \"banded\"\n",
            ["100.00", "95.00", "100.00", "100.00", "90.00", "100.00", "80.00", ""],
            ["98.7500", "98.7500", "90.0000", "67.5000"],
        ),
    ] {
        let workspace = round("", parameters);
        assert_eq!(column(&workspace.table("assessments"), "points"), points, "{parameters}");
        let table = workspace.table("scores");
        let found: Vec<&str> = table
            .iter()
            .flat_map(|row| [row["score"].as_str(), row["score_missing_as_zero"].as_str()])
            .collect();
        assert_eq!(found, scores, "{parameters}");
    }
}

#[test]
fn weights_deductions_and_limits_change_score_and_grade_as_computed() {
    let more = r#"
[[weight]]
indicator = "2"
weight = "3"
[[weight]]
city = "b"
indicator = "2"
weight = "0.5"
[[veto]]
indicator = "1"
grade = "不合格"
reason = "研发强度未达"
by = "办公室"
on = 2024-01-20
[[veto]]
city = "a"
grade = "不合格"
reason = "将来的决定"
by = "办公室"
on = 2024-02-01
[[veto]]
city = "a"
grade = "合格"
reason = "年度检查发现问题"
by = "办公室"
on = 2024-01-20
"#;
    let workspace = round(more, "late = \"2\"\nevidence = \"1.5\"\n");
    // Both workbooks come late, and that of a refers to no evidence for one value.
    for slug in ["a", "b"] {
        let register = "文件,收到时间\n统计局.xlsx,2024-01-16 09:00\n";
        workspace.write(&format!("input/2023/{slug}/received.csv"), register);
    }
    let rows = "1|研发强度|%|3.3|\n2|企业数|家|95\n3|单位能耗|吨标准煤/万元|0.5\n4|创新政策|有/无|有";
    workspace.submit_as("input/2023/a/submissions/统计局.xlsx", "甲市", "统计局", rows);
    workspace.typeset();
    let scores = workspace.table("scores");
    let of = |at: usize, name: &str| scores[at][name].clone();
    // (100 + 3 × 95 + 100 + 100) ÷ 6 = 97.5; less 2 + 1.5.
    assert_eq!((of(0, "score"), of(0, "deducted")), ("94.0000".into(), "3.5".into()));
    // A decision limits the grade; the target that others missed does not concern a.
    assert_eq!((of(0, "grade"), of(0, "limited_by")), ("合格".into(), "年度检查发现问题".into()));
    // (90 + 0.5 × 100 + 80) ÷ 2.5 = 88, ÷ 3.5 = 62.8571…; less 2.
    assert_eq!((of(1, "score"), of(1, "score_missing_as_zero")), ("86.0000".into(), "60.8571".into()));
    assert_eq!((of(1, "grade"), of(1, "limited_by")), ("不合格".into(), "研发强度未达".into()));
    let text = pages(&workspace.path("output/2023/technical.pdf")).concat();
    for part in ["附表8-3", "附表8-4", "研发强度未达", "年度检查发现问题"] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn a_city_without_any_verdict_has_no_place_whatever_coverage_is_enough() {
    let workspace = Workspace::with_cities(&[("a", "甲市"), ("b", "乙市")]);
    let path = workspace.path("input/2023/round.toml");
    let text = std::fs::read_to_string(path).unwrap();
    workspace.write(
        "input/2023/round.toml",
        text.replace("minimum_coverage = \"50\"", "minimum_coverage = \"0\""),
    );
    workspace.submit("a", "甲市", "1|研发强度|%|2.7");
    workspace.run();
    let ranks = column(&workspace.table("scores"), "rank");
    assert_eq!(ranks, ["1", ""]);
}

/// All cells of the tables that differ: table, column.
fn differences(one: &Workspace, other: &Workspace) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in
        ["submissions", "observations", "facts", "assessments", "tasks", "scores", "units", "findings"]
    {
        let (left, right) = (one.table(name), other.table(name));
        assert_eq!(left.len(), right.len(), "{name}");
        for (left, right) in left.iter().zip(&right) {
            for (column, cell) in left.iter().filter(|(column, cell)| right[*column] != **cell) {
                let list = found.entry(name.to_owned()).or_default();
                if !list.contains(column) {
                    list.push(column.clone());
                }
                assert!(!cell.is_empty() || !right[column].is_empty());
            }
        }
    }
    found
}

#[test]
fn another_method_changes_its_annex_and_the_points_and_nothing_else() {
    let (ratio, fixed) = (round("", "scoring = \"ratio\"\n"), Workspace::new());
    copy_tree(&ratio.path("input"), &fixed.path("input"), false);
    let text = std::fs::read_to_string(fixed.path("input/2023/round.toml")).unwrap();
    fixed.write("input/2023/round.toml", text.replace("\"ratio\"", "\"fixed\""));
    fixed.typeset();
    let expected = BTreeMap::from([
        ("assessments".to_owned(), vec!["points".to_owned()]),
        ("scores".to_owned(), ["grade", "score", "score_missing_as_zero"].map(str::to_owned).to_vec()),
    ]);
    assert_eq!(differences(&ratio, &fixed), expected);
    // In the report: lines that differ speak of points, of the method, or of digests.
    let lines = |workspace: &Workspace| -> Vec<String> {
        let text = pages(&workspace.path("output/2023/technical.pdf")).join("\n");
        // Columns stand beside each other, a few blanks apart.
        let columns = text.lines().flat_map(|line| line.split("  "));
        columns.map(|part| part.split_whitespace().collect::<String>()).collect()
    };
    let (left, right) = (lines(&ratio), lines(&fixed));
    let only = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter().filter(|line| !line.is_empty() && !other.contains(line)).cloned().collect()
    };
    let annex = |lines: &[String]| lines.iter().any(|line| line.contains("定额计分法（参照鄂州市2020年"));
    assert!(annex(&right) && !annex(&left), "the annex names the method with its source");
    let mut wrong = only(&left, &right);
    wrong.extend(only(&right, &left));
    wrong.retain(|line| {
        let digest = line.chars().filter(char::is_ascii_hexdigit).count() * 2 > line.chars().count();
        // The last are the formula and what a line break leaves of the name of the method.
        let words = ["分", "计零", "综合指数法", "定额计分法", "𝑝", "𝑇", "数法"];
        // Points stand before the unit that reports.
        let is_points = line.strip_suffix("统计局").is_some_and(|part| part.parse::<f64>().is_ok());
        !(digest || is_points || words.iter().any(|word| line.contains(word)))
    });
    assert_eq!(wrong, Vec::<String>::new());
}
