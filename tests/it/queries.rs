//! The register of queries: every query with its state, and every line held against what was written.

use std::path::Path;
use std::process::{Command, Output};

use chrono::NaiveDate;
use duibiao::plan::{QUERIES, QueryEvent, QueryEventKind, QueryKey, QueryNumber, QueryRegister};

use crate::tools::is_at_hand;
use crate::workspace::Workspace;

const REGISTER: &str = "input/2023/jia/queries.csv";

fn event(item: u32, kind: QueryEventKind, was: &str) -> QueryEvent {
    QueryEvent {
        on: NaiveDate::from_ymd_opt(2024, 1, 22).unwrap(),
        key: QueryKey { number: QueryNumber::parse("甲市-2023-annual-统计局-1").unwrap(), item },
        kind,
        by: "张三".to_owned(),
        content: "同比变化超过20%，“请核实”,\n并说明".to_owned(),
        reason: "=1+1".to_owned(),
        evidence: "007".to_owned(),
        code: "V407".to_owned(),
        object: "1.10".to_owned(),
        sheet: "3-4".to_owned(),
        cell: "E7".to_owned(),
        was: was.to_owned(),
        now: "2024/1/5".to_owned(),
        file: "统计局.xlsx".to_owned(),
        sm3: "12e4".repeat(16),
    }
}

fn register() -> QueryRegister {
    use QueryEventKind::{Closed, Confirmed, Corrected, Sent};
    let mut register = QueryRegister::default();
    for (item, kind, was) in [
        (1, Sent, "1.10"),
        (2, Sent, "50%"),
        (3, Sent, "1,288"),
        (2, Corrected, "TRUE"),
        (3, Confirmed, "123456789012345678"),
        (3, Closed, "2023年"),
    ] {
        register.add(event(item, kind, was));
    }
    register
}

fn workspace() -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.write(REGISTER, register().written().unwrap());
    workspace
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn every_query_is_listed_with_its_state() {
    let workspace = workspace();
    let list = |more: &[&str]| workspace.duibiao(&[&["query", "list", "input/2023"], more].concat());
    let early = list(&["--as-of", "2000-01-01"]);
    assert_eq!(early.status.code(), Some(0), "{}", said(&early));
    for words in
        ["待答复", "待复核", "关闭（已说明）", "甲市-2023-annual-统计局-1  第1条", "查询3条，未了结2条"]
    {
        assert!(said(&early).contains(words), "{words} is missing in {}", said(&early));
    }
    let late = list(&["--as-of", "2100-01-01", "--overdue"]);
    assert_eq!(late.status.code(), Some(1), "{}", said(&late));
    assert_eq!(said(&late).matches("逾期未答  ").count(), 1, "{}", said(&late));
    assert!(!said(&late).contains("第2条"), "{}", said(&late));
    let english = list(&["--as-of", "2000-01-01", "--open", "--lang", "en"]);
    assert!(
        said(&english).contains("waiting") && !said(&english).contains("explained"),
        "{}",
        said(&english)
    );
}

#[test]
fn a_changed_line_is_named_and_a_whole_register_is_said_to_be_whole() {
    let workspace = workspace();
    let verify = || workspace.duibiao(&["query", "verify", "input/2023"]);
    assert_eq!(verify().status.code(), Some(0), "{}", said(&verify()));
    let text = std::fs::read_to_string(workspace.path(REGISTER)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for at in 1..lines.len() {
        let mut changed: Vec<String> = lines.iter().map(ToString::to_string).collect();
        changed[at] = changed[at].replace("张三", "张四");
        workspace.write(REGISTER, changed.join("\n"));
        let told = verify();
        assert_eq!(told.status.code(), Some(1), "{}", said(&told));
        assert_eq!(said(&told).matches("行 (line").count(), 1, "{}", said(&told));
        assert!(said(&told).contains(&format!("第{}行", at + 1)), "{}", said(&told));
        let listed = workspace.duibiao(&["query", "list", "input/2023", "--as-of", "2024-01-22"]);
        assert_eq!(listed.status.code(), Some(2), "{}", said(&listed));
    }
}

#[test]
fn a_register_that_libreoffice_saved_is_still_whole() {
    if !is_at_hand("soffice") {
        return;
    }
    let workspace = workspace();
    let before = std::fs::read(workspace.path(REGISTER)).unwrap();
    let saved = saved_by_libreoffice(&workspace.path(REGISTER), &workspace.path("saved"));
    assert_ne!(saved, before, "LibreOffice changed nothing: the test has no force");
    workspace.write(REGISTER, saved);
    let told = workspace.duibiao(&["query", "verify", "input/2023"]);
    assert_eq!(told.status.code(), Some(0), "{}", said(&told));
}

/// Opens a CSV as LibreOffice does for people who detect special numbers, and saves it.
fn saved_by_libreoffice(path: &Path, to: &Path) -> Vec<u8> {
    let told = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", to.join("profile").display()))
        .args(["--headless", "--infilter=CSV:44,34,76,1,,0,false,true,false"])
        .args(["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir"])
        .arg(to)
        .arg(path)
        .output()
        .unwrap();
    std::fs::read(to.join(QUERIES)).unwrap_or_else(|error| panic!("{error}: {told:?}"))
}
