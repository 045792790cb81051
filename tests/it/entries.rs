//! Entries that people add by command: written only when what they are about is there, read again as they were meant, and in effect in `check`.

use std::process::Output;

use serde_json::Value;

use crate::workspace::{Workspace, copy_tree, repository, tree};

fn sample() -> Workspace {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

const WARRANT: [&str; 7] = ["--by", "李某", "--reason", "已书面确认“口径”", "--on", "2024-01-25", "--quiet"];
const WAIVE: [&str; 10] = [
    "waive",
    "input/2023",
    "--code",
    "v406",
    "--city",
    "潜江",
    "--unit",
    "市税务局",
    "--until",
    "2024-12-31",
];
const PREFER: [&str; 8] =
    ["prefer", "input/2023", "--city", "潜江市", "--indicator", "8", "--unit", "市科技局"];
const DECIDE: [&str; 8] =
    ["decide", "input/2023", "--object", "“左右”类目标", "--matter", "口径", "--decision", "按方案原文"];

fn run(workspace: &Workspace, arguments: &[&str]) -> Output {
    workspace.duibiao(&[arguments, &WARRANT].concat())
}

/// The findings of the round, by code.
fn findings(workspace: &Workspace, code: &str) -> Vec<Value> {
    let output = workspace.duibiao(&["check", "input/2023", "--format", "json", "--quiet"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let all = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    all.filter(|one| one["code"] == code && one["city"] == "qianjiang").collect()
}

#[test]
fn what_is_written_is_read_takes_effect_and_is_told() {
    let workspace = sample();
    assert!(findings(&workspace, "V406")[0]["waived"].is_null());
    let output = run(&workspace, &WAIVE);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    for words in [
        "已写入 input/2023/waivers.toml 第10行",
        "已豁免  V406",
        "潜江 9 研发加计扣除减免额  待核实 → 未完成",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(findings(&workspace, "V406")[0]["waived"], "已书面确认“口径”（李某）");
    assert_eq!((findings(&workspace, "C502").len(), findings(&workspace, "C503").len()), (1, 0));
    let told = said(&run(&workspace, &PREFER));
    assert!(told.contains("已消除  C502") && told.contains("待核实 → 完成"), "{told}");
    assert_eq!((findings(&workspace, "C502").len(), findings(&workspace, "C503").len()), (0, 1));
    let told = said(&run(&workspace, &DECIDE));
    assert!(told.contains("各目标的结论不变") && told.contains("不影响数字"), "{told}");
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    assert!(round.ends_with("on = 2024-01-25\n") && round.contains("city = \"各市\""), "{round}");
}

#[test]
fn the_rest_of_the_file_stays_byte_for_byte() {
    let workspace = sample();
    let before = tree(&workspace.path("input"));
    for (arguments, file) in
        [(&WAIVE[..], "2023/waivers.toml"), (&PREFER, "2023/round.toml"), (&DECIDE, "2023/round.toml")]
    {
        let then = tree(&workspace.path("input"));
        assert_eq!(run(&workspace, arguments).status.code(), Some(0));
        let now = tree(&workspace.path("input"));
        assert!(now[file].starts_with(&then[file]) && now[file].len() > then[file].len(), "{file}");
        let changed: Vec<&String> = now.keys().filter(|name| then.get(*name) != now.get(*name)).collect();
        assert_eq!(changed, [file], "nothing else is touched or left");
    }
    assert_eq!(tree(&workspace.path("input")).len(), before.len());
}

#[test]
fn a_file_that_is_not_there_is_made() {
    let workspace = sample();
    std::fs::remove_file(workspace.path("input/2023/waivers.toml")).unwrap();
    let output = run(&workspace, &WAIVE);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let text = std::fs::read_to_string(workspace.path("input/2023/waivers.toml")).unwrap();
    assert!(text.starts_with("[[waiver]]\ncode = \"V406\"\n"), "{text}");
}

#[test]
fn the_same_twice_is_told_and_a_dry_run_shows_the_entry_and_neither_writes() {
    let workspace = sample();
    let before = tree(&workspace.path("input"));
    let output = run(&workspace, &[&WAIVE[..], &["--dry-run"]].concat());
    let shown = said(&output);
    assert!(shown.contains("code = \"V406\"") && shown.contains("所涉问题1项。未写入。"), "{shown}");
    assert!(tree(&workspace.path("input")) == before, "a dry run writes");
    for arguments in [&WAIVE[..], &PREFER, &DECIDE] {
        run(&workspace, arguments);
        let then = tree(&workspace.path("input"));
        let output = run(&workspace, arguments);
        assert_eq!(output.status.code(), Some(0));
        assert!(said(&output).contains("已有同样的规定，未写入"), "{}", said(&output));
        assert!(tree(&workspace.path("input")) == then, "{arguments:?}");
    }
}

#[test]
fn what_is_about_nothing_is_refused_with_what_there_is() {
    let workspace = sample();
    let before = tree(&workspace.path("input"));
    let waive = |more: &[&'static str]| [&["waive", "input/2023"], more].concat();
    let prefer = |more: &[&'static str]| [&["prefer", "input/2023"], more].concat();
    for (arguments, words) in [
        (
            waive(&["--code", "V406", "--city", "湘潭", "--until", "2024-12-31"]),
            "现有：V409 国家创新型城市建设领导小组办公室 26；C505 市工信局 P23",
        ),
        (
            waive(&["--code", "C505", "--city", "湘潭", "--unit", "市科技局", "--until", "2024-12-31"]),
            "现有：C505 市工信局 P23",
        ),
        (waive(&["--code", "V999", "--city", "潜江", "--until", "2024-12-31"]), "没有代码“V999”"),
        (waive(&["--code", "V406", "--city", "武汉", "--until", "2024-12-31"]), "qianjiang（潜江市）"),
        (waive(&["--code", "V406", "--city", "潜江", "--until", "2024-01-30"]), "早于报告日期2024-01-31"),
        (waive(&["--code", "V406", "--city", "潜江", "--until", "2024-01-20"]), "早于 --on 2024-01-25"),
        (
            waive(&["--code", "V406", "--city", "潜江", "--indicator", "99", "--until", "2024-12-31"]),
            "没有“99”",
        ),
        (prefer(&["--city", "潜江", "--indicator", "7", "--unit", "市科技局"]), "没有不一致"),
        (prefer(&["--city", "潜江", "--indicator", "8", "--unit", "市财政局"]), "不由“市财政局”填报"),
        (
            prefer(&["--city", "湘潭", "--indicator", "16", "--unit", "市科技局"]),
            "已决定取市统计局的数（第30行）",
        ),
        (
            vec!["decide", "input/2023", "--object", " ", "--matter", "参数", "--decision", "x"],
            "--object 不能为空",
        ),
    ] {
        let output = run(&workspace, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains(words), "{words}: {}", said(&output));
        assert!(tree(&workspace.path("input")) == before, "{arguments:?} wrote something");
    }
}

#[test]
fn nothing_is_written_while_another_command_holds_the_registers() {
    let workspace = sample();
    let held = workspace.path("input/2023/xiangtan/.duibiao-issued.partial");
    std::fs::create_dir(&held).unwrap();
    let lock = std::fs::File::create(held.join("duibiao.lock")).unwrap();
    lock.lock().unwrap();
    let before = std::fs::read(workspace.path("input/2023/waivers.toml")).unwrap();
    let output = run(&workspace, &WAIVE);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert_eq!(std::fs::read(workspace.path("input/2023/waivers.toml")).unwrap(), before);
    drop(lock);
    assert_eq!(run(&workspace, &WAIVE).status.code(), Some(0));
}
