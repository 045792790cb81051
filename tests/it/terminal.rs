//! What `check` prints for people: on a terminal of some width, in a pipe, with colours and without, in both languages.

use std::process::{Command, Stdio};

use crate::workspace::{Workspace, copy_tree, repository};

/// The sample round in a place of its own.
pub(crate) fn sample() -> Workspace {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace
}

/// What a terminal of so many columns shows. `script` gives the program one (util-linux).
pub(crate) fn on_terminal(
    workspace: &Workspace,
    columns: usize,
    environment: &[(&str, &str)],
    arguments: &str,
) -> String {
    let program = env!("CARGO_BIN_EXE_duibiao");
    let line = format!("stty cols {columns} rows 50; exec '{program}' {arguments} 2>/dev/null");
    let output = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(workspace.path(""))
        .env("TERM", "xterm")
        .env_remove("NO_COLOR")
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().replace('\r', "")
}

/// The text without colours.
pub(crate) fn plain(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |told, part| told + part.split_once('m').map_or(part, |(_, rest)| rest))
}

pub(crate) fn width(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[test]
fn on_a_terminal_findings_stand_under_the_unit_that_is_asked() {
    let workspace = sample();
    let shown = plain(&on_terminal(&workspace, 80, &[], "check input/2023"));
    let (_, of_one) = shown.split_once("潜江市  市经信局  错误1 警告2\n").expect(&shown);
    let (of_one, _) = of_one.split_once("\n\n").unwrap();
    assert_eq!(
        of_one,
        "  错误 V401  特5  技改投资占比  市经信局_年报.xlsx[指标]!E9
    单元格为“—”，未说明是零、无此项还是未报，按未报处理
    → 补报；确无数据的在说明栏写明原因
  警告 V403  市经信局_年报.xlsx[封面]!B9
    2024-01-17 16:05收到，报送期限为2024-01-15
    已豁免：示例：寒潮停电，已书面说明，不再追究，仍计逾期（潜江市创新型县（市）
    建设工作领导小组办公室（示例））
  警告 V404  特3  光电子信息产业产值  市经信局_年报.xlsx[指标]!E7
    填报1684500万元，换算为168.45亿元（÷10⁴）
    → 核对换算结果；下次按方案的计量单位填报"
    );
    assert!(shown.contains("下一步：duibiao query issue input/2023"), "{shown}");
}

#[test]
fn no_line_is_wider_than_the_terminal_and_every_finding_is_there() {
    let workspace = sample();
    let in_pipe = workspace.duibiao(&["check", "input/2023", "--format", "json"]);
    let findings = String::from_utf8(in_pipe.stdout).unwrap();
    let all: Vec<serde_json::Value> =
        findings.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let all: Vec<&serde_json::Value> = all.iter().filter(|one| one["cause"].is_null()).collect();
    assert!(all.len() > 20, "{}", all.len());
    for columns in [80, 200] {
        for (language, remedy) in [("zh", "remedy"), ("en", "code")] {
            for by in ["unit", "code", "city"] {
                let arguments = format!("--lang {language} check input/2023 --by {by}");
                let shown = plain(&on_terminal(&workspace, columns, &[], &arguments));
                let widest = shown.lines().map(width).max().unwrap();
                assert!(widest <= columns.min(120), "{widest} of {columns}, {arguments}:\n{shown}");
                let whole: String = shown.split_whitespace().collect();
                for finding in &all {
                    let words: String = finding[remedy].as_str().unwrap().split_whitespace().collect();
                    assert!(
                        finding["waived"].is_string() || whole.contains(&words),
                        "{words} in {arguments}"
                    );
                }
            }
        }
    }
}

#[test]
fn colours_are_for_terminals_that_want_them() {
    let workspace = sample();
    let red = "\u{1b}[31m";
    let shown = on_terminal(&workspace, 80, &[], "check input/2023");
    assert!(shown.contains(red), "{shown}");
    for environment in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let shown = on_terminal(&workspace, 80, &[environment], "check input/2023");
        assert!(!shown.contains('\u{1b}') && shown.contains("错误 V401"), "{environment:?}");
    }
    let in_pipe = workspace.duibiao(&["check", "input/2023"]);
    let text = String::from_utf8(in_pipe.stdout).unwrap();
    assert!(!text.contains('\u{1b}') && text.contains("[指标]!E9  错误 V401"), "{text}");
}

#[test]
fn statistics_count_each_code() {
    let workspace = sample();
    let output = workspace.duibiao(&["check", "input/2023", "--statistics", "--format", "json"]);
    let counted: Vec<serde_json::Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let output = workspace.duibiao(&["check", "input/2023", "--format", "json"]);
    let findings = String::from_utf8(output.stdout).unwrap();
    let sum: u64 = counted.iter().map(|one| one["all"].as_u64().unwrap()).sum();
    assert_eq!(sum, findings.lines().count() as u64);
    assert!(
        counted.windows(2).all(|pair| pair[0]["told"].as_u64() >= pair[1]["told"].as_u64()),
        "{counted:?}"
    );
}

#[test]
fn cities_are_known_by_their_names_and_by_their_folders() {
    let workspace = sample();
    let findings = |arguments: &[&str]| {
        let output = workspace.duibiao(&[arguments, &["--format", "json"]].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    let expected = findings(&["check", "input/2023", "--city", "xiangtan"]);
    assert!(expected.contains("xiangtan") && !expected.contains("\"city\":\"qianjiang\""), "{expected}");
    for arguments in [
        &["check", "input/2023", "--city", "湘潭"][..],
        &["check", "input/2023", "--city", "湘潭市"],
        &["check", "input/2023/xiangtan"],
    ] {
        assert_eq!(findings(arguments), expected, "{arguments:?}");
    }
    let wrong = workspace.duibiao(&["check", "input/2023", "--city", "湘谭市"]);
    let told = String::from_utf8(wrong.stderr).unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    assert!(told.contains("xiangtan（湘潭市）") && !told.contains("潜江"), "{told}");
}

/// What is said of a check that is stopped for more than two seconds on its way, so many seconds after its beginning, and goes on.
fn said_of_a_long_check(workspace: &Workspace, arguments: &str, after: &str) -> String {
    let program = env!("CARGO_BIN_EXE_duibiao");
    let line = format!(
        "'{program}' check input/2023 {arguments} & sleep {after}; kill -STOP $!; sleep 2.2; kill -CONT $!; wait $!"
    );
    let output = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(workspace.path(""))
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().replace('\r', "")
}

#[test]
fn how_long_it_took_is_said_on_a_terminal_where_somebody_waited() {
    let workspace = sample();
    for (arguments, words, is_said) in [
        ("", "用时", true),
        ("--lang en", "took ", true),
        ("--quiet", "用时", false),
        ("2>errors", "用时", false),
    ] {
        // One that is over, or not begun, when it is to be stopped is not long: then another one is tried, and stopped earlier or later.
        let moments = ["0.1", "0.05", "0.03", "0.02", "0.07", "0.2", "0.4", "0.01"];
        let moments = moments.into_iter().take(if is_said { moments.len() } else { 1 });
        let mut tries = moments.map(|after| said_of_a_long_check(&workspace, arguments, after));
        let is_told = |said: &String| said.lines().any(|line| line.starts_with(words) && line.len() < 24);
        assert_eq!(tries.any(|said| is_told(&said)), is_said, "check {arguments}");
    }
    let errors = std::fs::read_to_string(workspace.path("errors")).unwrap();
    assert!(!errors.contains("用时"), "{errors}");
    let short = on_terminal(&workspace, 80, &[], "explain R101 2>&1");
    assert!(!short.contains("用时"), "{short}");
}
