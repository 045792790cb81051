//! What was resolved since an output was published; and what `run` says of what it made.

use std::process::Output;

use serde_json::Value;

use crate::workspace::{GOOD, Workspace};

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn check(workspace: &Workspace, more: &[&str]) -> String {
    String::from_utf8(workspace.duibiao(&[&["check", "input/2023"], more].concat()).stdout).unwrap()
}

/// A round of one city that was published with one value missing.
fn published() -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", &GOOD.replace("2|企业数|家|120", "2|企业数|家|"));
    assert!(!check(&workspace, &[]).contains("相比"), "there is nothing to compare with");
    workspace.run();
    workspace
}

#[test]
fn check_says_what_was_resolved_since_the_last_output() {
    let workspace = published();
    let figures = |text: &str| text.split("数字指纹").nth(1).unwrap().split('…').next().unwrap().to_owned();
    let told = check(&workspace, &[]);
    assert!(told.contains("与output/2023（快报版，2024-01-31，数字指纹"), "{told}");
    assert!(told.contains("相比：没有变化"), "{told}");
    let manifest = std::fs::read_to_string(workspace.path("output/2023/manifest.json")).unwrap();
    assert!(manifest.contains(&figures(&told)), "the output is named by its own figures");
    // The value is reported now, under another name, and another one is not.
    let rows = GOOD.replace("1|研发强度|%|3.1", "1|研发强度|%|");
    workspace.submit("jia", "甲市", &rows);
    assert!(check(&workspace, &[]).contains("相比：已消除1  已豁免0  新增1\n"), "{}", check(&workspace, &[]));
    let told = check(&workspace, &["--since", "output/2023", "--quiet"]);
    assert!(told.contains("  已消除  V401  甲市 统计局 2  单元格为空，未填报"), "{told}");
    assert!(told.contains("  新增  V401  甲市 统计局 1  单元格为空，未填报"), "{told}");
    let waiver = "[[waiver]]\ncode = \"V401\"\ncity = \"jia\"\nindicator = \"1\"\nreason = \"已核\"\nowner = \"办\"\nuntil = 2024-12-31\n";
    workspace.submit("jia", "甲市", &GOOD.replace("2|企业数|家|120", "2|企业数|家|"));
    workspace.write("input/2023/waivers.toml", waiver.replace("\"1\"", "\"2\""));
    assert!(check(&workspace, &[]).contains("相比：已消除0  已豁免1  新增0\n"), "{}", check(&workspace, &[]));
}

#[test]
fn what_cannot_be_compared_is_told_and_refused_where_it_was_asked_for() {
    let workspace = published();
    let since = |output: &str| {
        let output = workspace.duibiao(&["check", "input/2023", "--since", output]);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (status, told) = since("input");
    assert!(status == Some(2) && told.contains("不是本程序的输出文件夹"), "{told}");
    let report = workspace.path("output/2023/validation-report.json");
    let text = std::fs::read_to_string(&report).unwrap();
    std::fs::write(&report, text.replace("V401", "V402")).unwrap();
    let (status, told) = since("output/2023");
    assert!(status == Some(2) && told.contains("已被改动"), "{told}");
    let told = check(&workspace, &[]);
    assert!(told.contains("与上次输出未作比较：output/2023：validation-report.json"), "{told}");
}

#[test]
fn a_run_says_in_json_what_it_has_made() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", &GOOD.replace("2|企业数|家|120", "2|企业数|家|"));
    let output = workspace.duibiao(&["run", "input/2023", "--format", "json", "--quiet"]);
    let told = lines(&output);
    let [made] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((made["exit"].as_i64(), output.status.code()), (Some(1), Some(1)));
    assert_eq!(made["why"], "done, with findings of severity error");
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(workspace.path("output/2023/manifest.json")).unwrap()).unwrap();
    assert_eq!(made["figures"], manifest["figures"]);
    let listed = |value: &Value| -> Vec<(String, String)> {
        let files = value.as_array().unwrap().iter();
        files.map(|one| (one["path"].to_string(), one["sha256"].to_string())).collect()
    };
    assert_eq!(listed(&made["files"]), listed(&manifest["outputs"]));
    assert!(made["findings"]["error"].as_u64() >= Some(1), "{made}");
    workspace.write("input/2023/round.toml", "");
    let output = workspace.duibiao(&["run", "input/2023", "--format", "json", "--quiet"]);
    let told: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && told["error"].is_string(), "{told}");
}
