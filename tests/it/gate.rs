//! `[gate]`: what a round does not publish while matters are open, and the outcomes of rules in the structure of the ESS.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::explorer::names;
use crate::workspace::{Workspace, pages, tree};

const GOOD: &str = "1|研发强度|%|2.97\n2|企业数|家|104\n3|单位能耗|吨标准煤/万元|0.45\n4|创新政策|有/无|有";
/// The second value is ten thousand times its target.
const ODD: &str =
    "1|研发强度|%|2.97\n2|企业数|家|1040000\n3|单位能耗|吨标准煤/万元|0.45\n4|创新政策|有/无|有";

/// 甲市 has an error, 乙市 none.
fn round(gate: &str) -> Workspace {
    let workspace = Workspace::with_cities(&[("a", "甲市"), ("b", "乙市")]);
    let text = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    workspace.write("input/2023/round.toml", format!("{text}\n{gate}"));
    workspace.submit("a", "甲市", ODD);
    workspace.submit("b", "乙市", GOOD);
    workspace
}

fn places(workspace: &Workspace) -> BTreeMap<String, String> {
    workspace.table("scores").into_iter().map(|row| (row["city"].clone(), row["rank"].clone())).collect()
}

fn report(workspace: &Workspace) -> String {
    let text = pages(&workspace.path("output/2023/technical.pdf")).concat();
    text.split_whitespace().collect()
}

#[test]
fn without_a_gate_and_with_one_that_holds_nothing_back_the_tables_are_the_same() {
    let workspace = round("");
    workspace.run();
    let before = tree(&workspace.path("output/2023/tables"));
    assert!(places(&workspace).values().all(|rank| !rank.is_empty()));
    let text = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    let gate = "[gate]\nerror = \"nothing\"\nundecided = \"nothing\"\n";
    workspace.write("input/2023/round.toml", format!("{text}{gate}"));
    workspace.run();
    let after = tree(&workspace.path("output/2023/tables"));
    // The derivation says of which bytes of round.toml it is.
    let differs =
        before.iter().filter(|(name, bytes)| !name.contains("derivation") && after[*name] != **bytes);
    assert_eq!(differs.map(|(name, _)| name).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(before.len(), after.len());
}

#[test]
fn an_error_withholds_the_place_of_its_city_and_says_so() {
    let workspace = round("[gate]\nerror = \"place\"\n");
    let output = workspace.typeset();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("暂不刊出：甲市  该地名次（错误1项未了结）"), "{said}");
    assert_eq!(places(&workspace), BTreeMap::from([("a".into(), String::new()), ("b".into(), "1".into())]));
    let report = report(&workspace);
    for words in
        ["甲市有错误1项未了结，按刊出条件（见技术卷附件8），其名次暂不刊出。", "有错误未了结", "S605"]
    {
        assert!(report.contains(words), "{words}");
    }
    assert!(!report.contains("覆盖率低于66.7%，只列数据，不排名次。"), "coverage is not why");
    let codes: Vec<String> = workspace.findings().into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes.iter().filter(|code| *code == "S605").count(), 1);
    let manifest = std::fs::read_to_string(workspace.path("output/2023/manifest.json")).unwrap();
    assert!(manifest.contains("gate.error"));
}

#[test]
fn a_waived_error_and_a_waived_gate_withhold_nothing() {
    let waiver = |code: &str| {
        format!(
            "[[waiver]]\ncode = \"{code}\"\ncity = \"a\"\nreason = \"已核\"\nowner = \"办公室\"\nuntil = 2030-01-01\n"
        )
    };
    for code in ["V406", "S605"] {
        let workspace = round("[gate]\nerror = \"report\"\n");
        workspace.write("input/2023/waivers.toml", waiver(code));
        workspace.run();
        assert!(places(&workspace).values().all(|rank| !rank.is_empty()), "{code}");
    }
}

#[test]
fn a_withheld_chapter_leaves_its_place_and_its_reason_and_nothing_of_it_is_attached() {
    let workspace = round("[gate]\nerror = \"chapter\"\n");
    workspace.typeset();
    let report = report(&workspace);
    assert!(report.contains("甲市有错误1项未了结，按本轮刊出条件（见附件8），其各项暂不刊出。"), "{report}");
    assert!(report.contains("乙市指标") && !report.contains("甲市指标"));
    let main: String = pages(&workspace.path("output/2023/report.pdf")).concat();
    let main: String = main.split_whitespace().collect();
    assert!(main.contains("一、甲市甲市有错误1项未了结，按本轮刊出条件，本章暂不刊出。"), "{main}");
    assert!(main.contains("刊出的各章没有单位欠数；暂不刊出的章所欠的不列。"), "{main}");
    // One city is compared with none.
    assert!(!main.contains("分领域") && !main.contains("共同指标"), "{main}");
    assert!(!report.contains("甲市指标1（研发强度）实绩"), "{report}");
    assert!(!report.contains("共同指标对比") && !report.contains("分领域比较"), "{report}");
    assert!(main.contains("二、乙市") && !main.contains("本分册") && !main.contains("甲市图1"), "{main}");
    let own = pages(&workspace.path("output/2023/cities/a.pdf")).concat();
    assert!(own.split_whitespace().collect::<String>().contains("本分册暂不刊出"), "{own}");
    let folder = tempfile::tempdir().unwrap();
    let pdf = workspace.path("output/2023/technical.pdf");
    let done = std::process::Command::new("pdfdetach")
        .arg("-saveall")
        .arg("-o")
        .arg(folder.path())
        .arg(pdf)
        .status();
    assert!(done.unwrap().success());
    let lineage = std::fs::read_to_string(folder.path().join("lineage.csv")).unwrap();
    assert!(lineage.contains("b/2") && !lineage.contains("a/2"), "{lineage}");
    // What matters are settled with is complete.
    assert_eq!(workspace.table("scores").len(), 2);
}

#[test]
fn a_public_page_has_nothing_of_a_city_whose_chapter_is_withheld_and_the_tables_have_all_of_it() {
    let workspace = round("[gate]\nerror = \"chapter\"\n");
    let output = workspace.duibiao_untypeset(&["run", "input/2023", "--explorer", "public"]);
    assert_eq!(output.status.code(), Some(1));
    let page = || std::fs::read_to_string(workspace.path("output/2023/explorer.html")).unwrap();
    let public = page();
    // Steps are named without their city, whose block they stand in.
    let verdicts = |page: &str| names(page).iter().filter(|name| *name == "/2/state").count();
    assert_eq!(verdicts(&public), 1);
    assert!(public.contains("\"slug\":\"b\"") && public.contains("乙市"));
    for words in ["1040000", "\"slug\":\"a\""] {
        assert!(!public.contains(words), "{words}");
    }
    assert!(!names(&public).iter().any(|name| name.starts_with("a/1/") || name.starts_with("a/2/")));
    assert!(workspace.table("assessments").iter().any(|row| row["city"] == "a"), "the tables are complete");
    // The office's own page is what matters are settled with.
    workspace.run();
    assert_eq!(verdicts(&page()), 2);
    assert!(page().contains("1040000"));
    // What is waived is published.
    let waiver = "[[waiver]]\ncode = \"S605\"\ncity = \"a\"\nreason = \"已核\"\nowner = \"办公室\"\nuntil = 2030-01-01\n";
    workspace.write("input/2023/waivers.toml", waiver);
    workspace.duibiao_untypeset(&["run", "input/2023", "--explorer", "public"]);
    assert_eq!(verdicts(&page()), 2);
}

#[test]
fn one_city_may_withhold_all_places() {
    let workspace = round("[gate]\nerror = \"ranking\"\n");
    workspace.typeset();
    assert!(places(&workspace).values().all(String::is_empty));
    let report = report(&workspace);
    assert!(
        report.contains("甲市有错误1项未了结，按刊出条件（见技术卷附件8），本期名次暂不刊出。"),
        "{report}"
    );
}

#[test]
fn a_report_that_is_withheld_leaves_the_one_before_as_it_was() {
    let workspace = round("");
    workspace.run();
    let before = tree(&workspace.path("output/2023"));
    let text = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    workspace.write("input/2023/round.toml", format!("{text}[gate]\nerror = \"report\"\n"));
    let output = workspace.duibiao(&["run", "input/2023"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("整份报告暂不刊出") && said.contains("甲市：错误1项") && !said.contains("乙市"),
        "{said}"
    );
    assert!(tree(&workspace.path("output/2023")) == before);
    // What is open is told all the same.
    let check = workspace.duibiao(&["check", "input/2023"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&check.stdout).contains("S605"));
}

#[test]
fn what_could_not_be_decided_withholds_only_where_the_round_says_so() {
    let workspace = round("[gate]\nundecided = \"place\"\n");
    // Nobody has sent anything for 乙市: whether its values are right is open.
    std::fs::remove_file(workspace.path("input/2023/b/submissions/统计局.xlsx")).unwrap();
    workspace.run();
    let s605: Vec<_> = workspace.table("findings").into_iter().filter(|row| row["code"] == "S605").collect();
    assert!(s605.iter().any(|row| row["city"] == "b" && row["message"].contains("不能判断的")), "{s605:?}");
}

#[test]
fn what_is_no_key_and_no_word_of_the_gate_is_a_fault_with_its_line() {
    for (gate, words) in [
        ("[gate]\nerrors = \"place\"\n", "不认识“errors”"),
        ("[gate]\nerror = \"places\"\n", "places"),
        ("[gate]\nerror = 3\n", ""),
    ] {
        let workspace = round(gate);
        let output = workspace.duibiao(&["run", "input/2023"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{gate}");
        assert!(said.contains("(line ") && said.contains(words), "{said}");
    }
}

#[test]
fn the_report_for_statistical_offices_has_its_structure_and_its_sums() {
    let workspace = round("");
    workspace.run();
    let text = std::fs::read_to_string(workspace.path("output/2023/validation-report-ess.json")).unwrap();
    let entries: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut sums: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let mut single: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut ids = std::collections::BTreeSet::new();
    for entry in &entries {
        assert!(ids.insert(entry["id"].as_str().unwrap().to_owned()), "{}", entry["id"]);
        assert_eq!(entry["event"]["time"], "2024-01-31", "the day of the report, not the clock's");
        for list in ["source", "target"] {
            let keys = entry["data"][list].as_array().unwrap();
            assert!(keys.iter().all(|key| key.as_array().is_some_and(|parts| parts.len() == 4)), "{entry}");
        }
        let value = entry["value"].as_str().unwrap();
        if entry["type"] == "aggregation" {
            let (code, name) = entry["id"].as_str().unwrap().split_once('/').unwrap();
            sums.entry(code.to_owned()).or_default().insert(name.to_owned(), value.parse().unwrap());
            assert!(entry["aggregate"]["expression"].is_string());
        } else {
            let rule = &entry["rule"];
            assert!(["error", "warning", "information"].contains(&rule["severity"].as_str().unwrap()));
            assert!(!rule["expression"].as_str().unwrap().is_empty() && !rule["language"].is_null());
            let of =
                (rule["code"].as_str().unwrap().to_owned(), if value == "0" { "fail" } else { "undecided" });
            assert!(["0", "NA"].contains(&value));
            *single.entry(of).or_default() += usize::try_from(entry["instances"].as_u64().unwrap()).unwrap();
        }
    }
    assert_eq!(sums.len(), duibiao::finding::RULES.len(), "every rule, run or not");
    for (code, sum) in &sums {
        assert_eq!(sum["pass"] + sum["fail"] + sum["undecided"], sum["instances"], "{code} {sum:?}");
        for name in ["fail", "undecided"] {
            let own = single.get(&(code.clone(), name)).copied().unwrap_or_default();
            assert_eq!(own, sum[name], "{code} {name}");
        }
    }
    assert_eq!((sums["V406"]["instances"], sums["V406"]["fail"]), (6, 1));
    assert_eq!(sums["V422"]["instances"], 0, "only the final edition has that rule");
}
