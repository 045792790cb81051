//! The plans that are shipped, checked against themselves and printed.

use serde_json::Value;

use crate::workspace::{Workspace, copy_tree, repository};

/// The remarks of `plan check`: code, severity, indicator, message.
fn remarks(plan: &str) -> Vec<[String; 4]> {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    let output = workspace.duibiao(&["plan", "check", plan, "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines
        .lines()
        .map(|line| {
            let remark: Value = serde_json::from_str(line).unwrap();
            for place in ["here", "there"] {
                let quote = &remark[place];
                assert!(
                    quote.is_null() || !quote["text"].as_str().unwrap().is_empty(),
                    "both places are quoted: {line}"
                );
            }
            ["code", "severity", "indicator", "message"].map(|key| remark[key].as_str().unwrap().to_owned())
        })
        .collect()
}

fn numbers<'a>(remarks: &'a [[String; 4]], code: &str) -> Vec<&'a str> {
    remarks.iter().filter(|[of, ..]| of == code).map(|[_, _, no, _]| no.as_str()).collect()
}

#[test]
fn the_contradictions_of_xiangtan_are_found_and_its_agreement_is_not() {
    let found = remarks("input/2023/xiangtan/plan.toml");
    // M1, M3, M4, M5: additions; M2: growth; M6: share and parts. M9, the alliances of row 9, agrees.
    assert_eq!(numbers(&found, "P103"), ["4", "5", "17", "18"]);
    assert_eq!(numbers(&found, "P104"), ["19"]);
    assert_eq!(numbers(&found, "P105"), ["13"]);
    let warnings = found.iter().filter(|[_, severity, ..]| severity == "warning").count();
    assert_eq!(warnings, 6);
    // Digits (3 and 3.0) and units (项 and 个, 家 and 个).
    assert_eq!(numbers(&found, "P107"), ["5", "1", "10"]);
    assert_eq!(numbers(&found, "P109"), ["8", "10", "11", "13", "14", "16"]);
    // Those who lead are not those who report; of row 4 it is additions that 市委组织部 leads.
    assert_eq!(numbers(&found, "P110"), ["1", "2", "3", "4", "11", "14", "21"]);
    assert!(!found.iter().any(|[_, _, no, _]| no == "9"));
    let message = |code: &str, no: &str| {
        found.iter().find(|[of, _, number, _]| of == code && number == no).map(|[.., text]| text.as_str())
    };
    assert_eq!(message("P103", "17"), Some("正文新增9，基期100个，合计109个，附表目标110个"));
    assert_eq!(message("P104", "19"), Some("正文增长18%，由基期1221家推算为1440.78家，附表目标1250家"));
    assert_eq!(message("P105", "13"), Some("由分子和比重倒推，分母由1316增至1660，正文新增100家"));
}

#[test]
fn the_prose_of_qianjiang_mixes_tiers_and_names_other_denominators() {
    let found = remarks("input/2023/qianjiang/plan.toml");
    let [_, severity, _, message] = found.iter().find(|[code, ..]| code == "P106").unwrap();
    assert_eq!(severity, "warning");
    assert_eq!(message, "正文对指标1、4、7、8、11取考核值，对指标3、5、6、特4取完成值");
    assert_eq!(numbers(&found, "P108"), ["4", "12"]);
    assert_eq!(numbers(&found, "P102"), [""; 0], "no value of the prose is foreign to the table");
    assert_eq!(found.iter().filter(|[_, severity, ..]| severity == "warning").count(), 1);
}

#[test]
fn a_target_that_hengyang_states_twice_is_a_note() {
    let found = remarks("input/2025/hengyang/plan.toml");
    assert!(found.iter().all(|[_, severity, ..]| severity == "note"));
    assert_eq!(numbers(&found, "P113"), ["P4"]);
    assert!(!found.iter().any(|[code, _, no, _]| no == "P20" && code != "P113"));
}

#[test]
fn prose_that_differs_from_the_table_is_a_contradiction_with_both_places() {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    let path = workspace.path("input/2023/a/plan.toml");
    let plan = std::fs::read_to_string(&path).unwrap();
    let target = "[[target]]\nid = \"P1\"\nsame_as = \"2\"\nname = \"企业数\"\nshort = \"企业数\"\nyear = 2023\nkind = \"level\"\nop = \">=\"\nvalue = \"120\"\nunit = \"家\"\nline = \"4-5\"\nquote = \"企业数\"\n";
    workspace.write("input/2023/a/plan.toml", format!("{plan}{target}"));
    let output = workspace.duibiao(&["plan", "check", "input/2023/a/plan.toml"]);
    let text = String::from_utf8(output.stdout).unwrap();
    for part in ["警告 P102", "正文为120家，指标表为100家", "第4-5行“企业数”", "2023年目标100家"]
    {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn a_plan_is_shown_with_its_targets_tiers_and_tasks() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    for (plan, parts) in [
        (
            "input/2023/xiangtan/plan.toml",
            ["22  城乡居民人均可支配收入之比", "2023年目标 ≤1.73", "＞7400亿元", "牵头 市科技局"],
        ),
        (
            "input/2023/qianjiang/plan.toml",
            ["潜政发〔2023〕12号", "2025年考核值 ≥140000", "2025年完成值 ≥210000", "3—5名"],
        ),
        ("input/2025/hengyang/plan.toml", ["增长≥9%", "P4 = P20", "15名左右", "衡阳市"]),
    ] {
        let output = workspace.duibiao(&["plan", "show", plan]);
        assert_eq!(output.status.code(), Some(0));
        let text = String::from_utf8(output.stdout).unwrap();
        for part in parts {
            assert!(text.contains(part), "{part} in\n{text}");
        }
        let english = workspace.duibiao(&["plan", "show", plan, "--lang", "en"]);
        assert!(String::from_utf8(english.stdout).unwrap().contains("Targets in prose"));
    }
}
