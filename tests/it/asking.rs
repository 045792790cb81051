//! Units are asked about their workbooks: what is asked, once; what they get; and that what they get is read as what they sent.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use calamine::{Data, Reader as _, open_workbook_auto};
use chrono::NaiveDate;
use duibiao::inputs::Inputs;
use duibiao::plan::{QueryEvent, QueryEventKind, QueryRegister, read_queries};
use serde_json::Value;

use crate::fixtures::{first_file, round};
use crate::forms::FormBook;
use crate::sampled::publish;
use crate::tools::is_at_hand;
use crate::workspace::{Workspace, copy_tree, csv_rows, repository, tree};
use crate::writers::{packed, unpacked};

fn samples() -> Workspace {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn issue(workspace: &Workspace, round: &str, more: &[&str]) -> String {
    let arguments =
        [&["query", "issue", round, "--by", "王某", "--on", "2024-01-22", "--quiet"], more].concat();
    let output = workspace.duibiao(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(workspace: &Workspace, more: &[&str]) -> String {
    let before = tree(&workspace.path("input"));
    let output = workspace.duibiao(&[&["query", "issue", "input/2023", "--quiet"], more].concat());
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(tree(&workspace.path("input")) == before, "refused, and something was written");
    said(&output)
}

fn register(workspace: &Workspace, city: &str) -> QueryRegister {
    let path = workspace.path(&format!("input/2023/{city}/queries.csv"));
    read_queries(&Inputs::default(), &path).unwrap()
}

/// Every query workbook of a round: its city's folder, its path, and the workbook that it asks about.
fn books(workspace: &Workspace, round: &str) -> Vec<(PathBuf, PathBuf, PathBuf)> {
    let mut found = Vec::new();
    for city in std::fs::read_dir(workspace.path(round)).unwrap().map(|entry| entry.unwrap().path()) {
        let queries = city.join("queries.csv");
        if !queries.exists() {
            continue;
        }
        let rows = csv_rows(&queries);
        for path in std::fs::read_dir(city.join("issued")).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let unit = name.trim_start_matches("查询单_").split('_').next().unwrap().to_owned();
            let first = |row: &&BTreeMap<String, String>| {
                row.values().any(|cell| cell.ends_with(&format!("-{unit}-1")))
            };
            let base = rows.iter().find(first).unwrap()["文件"].clone();
            found.push((city.clone(), path, city.join("submissions").join(base)));
        }
    }
    found.sort();
    found
}

#[test]
fn units_are_asked_once_and_what_is_not_written_is_only_said() {
    let workspace = samples();
    let before = tree(&workspace.path("input"));
    let said = issue(&workspace, "input/2023", &["--dry-run"]);
    assert!(said.contains("第1条  V401  指标!E7  单元格为空，未填报"), "{said}");
    assert!(tree(&workspace.path("input")) == before, "a dry run writes something");
    let first = issue(&workspace, "input/2023", &[]);
    let lines = |said: &str, word: &str| said.lines().filter(|line| line.starts_with(word)).count();
    assert_eq!(lines(&first, "发出  "), lines(&said, "拟问  "), "{first}");
    let after = tree(&workspace.path("input"));
    // What was there is untouched, and nothing is left beside what is new.
    assert!(before.iter().all(|(name, bytes)| after[name] == *bytes));
    let new: Vec<&String> = after.keys().filter(|name| !before.contains_key(*name)).collect();
    assert!(
        new.iter().all(|name| name.ends_with("/queries.csv") || name.contains("/issued/查询单_")),
        "{new:?}"
    );
    assert_eq!(new.len(), 2 + lines(&first, "发出  "));
    let again = issue(&workspace, "input/2023", &[]);
    assert!(again.contains("发出查询单0份，共0条") && lines(&again, "发出  ") == 0, "{again}");
    assert!(tree(&workspace.path("input")) == after, "asking twice writes something");
    // The same inputs give the same bytes.
    let other = samples();
    issue(&other, "input/2023", &[]);
    assert!(tree(&other.path("input")) == after, "other bytes");
    let checked = workspace.duibiao(&["query", "verify", "input/2023"]);
    assert_eq!(checked.status.code(), Some(0));
}

#[test]
fn a_query_holds_what_the_cell_held_and_which_workbook_it_was() {
    let workspace = samples();
    issue(&workspace, "input/2023", &["--unit", "市科技局", "--city", "xiangtan"]);
    let register = register(&workspace, "xiangtan");
    let told: Vec<[String; 6]> = register
        .events()
        .iter()
        .map(|event| {
            let QueryEvent { key, code, object, sheet, cell, was, .. } = event;
            assert_eq!((event.kind, event.by.as_str()), (QueryEventKind::Sent, "王某"));
            assert_eq!(event.file, "市科技局_年报_v2.xlsx");
            assert_eq!(key.number.to_string(), "湘潭市-2023-annual-市科技局-1");
            [key.item.to_string(), code.clone(), object.clone(), sheet.clone(), cell.clone(), was.clone()]
        })
        .collect();
    let expected = [
        ["1", "V401", "9", "指标", "E7", ""],
        ["2", "S603", "任务1.1", "任务", "C4", "完成"],
        ["3", "C504", "12", "指标", "D9", "779"],
    ];
    assert_eq!(told, expected.map(|row| row.map(str::to_owned)));
    // Only they are asked.
    assert!(!workspace.path("input/2023/qianjiang/queries.csv").exists());
    // The sheet says it all.
    let path = workspace.path("input/2023/xiangtan/issued/查询单_市科技局_湘潭市-2023-annual-1.xlsx");
    let mut book = open_workbook_auto(&path).unwrap();
    assert_eq!(book.sheet_names().last().unwrap(), "查询单");
    let range = book.worksheet_range("查询单").unwrap();
    let text: String = range.used_cells().map(|(_, _, cell)| format!("{cell}\n")).collect();
    for words in [
        "示例数据（虚构）",
        "查询单编号：湘潭市-2023-annual-市科技局-1",
        "依据：市科技局_年报_v2.xlsx（第2版，2024-01-14 10:05收到）",
        "有下列3处请核实",
        "2024年2月5日",
        "指标!E7",
        "任务1.1",
        "指标9　产业（技术）创新战略联盟数量（个）",
        "【C504】",
        "还有3处未答好",
    ] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
}

/// Lines of `check --verbose`, without what names a digest.
fn understood(workspace: &Workspace, round: &str) -> Vec<String> {
    let output = workspace.duibiao(&["check", round, "--verbose", "--format", "json", "--quiet"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", said(&output));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn what_units_get_is_read_as_what_they_sent() {
    for round in ["input/2023", "input/2025"] {
        let workspace = samples();
        let before = understood(&workspace, round);
        issue(&workspace, round, &[]);
        assert!(
            understood(&workspace, round) == before,
            "{round}: a register of queries alters what is read"
        );
        let books = books(&workspace, round);
        assert!(!books.is_empty(), "{round}: nobody was asked");
        for (_, query, base) in &books {
            assert_ne!(std::fs::read(query).unwrap(), std::fs::read(base).unwrap());
            std::fs::copy(query, base).unwrap();
        }
        let after = understood(&workspace, round);
        let differ: Vec<_> = before.iter().zip(&after).filter(|(was, is)| was != is).collect();
        assert!(before == after, "{round}: {differ:?}");
    }
}

#[test]
fn tables_of_figures_are_the_same_with_the_query_workbooks_in_place() {
    let workspace = samples();
    issue(&workspace, "input/2023", &[]);
    let tables = |workspace: &Workspace| -> BTreeMap<String, Vec<u8>> {
        publish(workspace);
        let all = tree(&workspace.path("output/2023/tables"));
        let names = ["observations", "facts", "assessments", "tasks", "scores", "units", "findings"];
        all.into_iter().filter(|(name, _)| names.iter().any(|own| *name == format!("{own}.csv"))).collect()
    };
    let before = tables(&workspace);
    assert_eq!(before.len(), 7);
    for (_, query, base) in books(&workspace, "input/2023") {
        std::fs::copy(query, base).unwrap();
    }
    assert!(tables(&workspace) == before, "figures differ");
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(workspace.path("output/2023/manifest.json")).unwrap()).unwrap();
    let roles: Vec<&str> = manifest["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|input| input["path"].as_str().unwrap().ends_with("queries.csv"))
        .map(|input| input["role"].as_str().unwrap())
        .collect();
    assert_eq!(roles, ["查询", "查询"]);
}

#[test]
fn a_workbook_that_cannot_be_marked_gets_its_sheet_alone() {
    // A signed one, and one of another format.
    let signed = samples();
    let base = signed.path("input/2023/xiangtan/submissions/市科技局_年报_v2.xlsx");
    let mut parts = unpacked(&std::fs::read(&base).unwrap());
    parts.push(("_xmlsignatures/sig1.xml".to_owned(), b"<a/>".to_vec()));
    std::fs::write(&base, packed(&parts)).unwrap();
    let told = issue(&signed, "input/2023", &["--unit", "市科技局", "--city", "xiangtan"]);
    assert!(told.contains("单发查询单（有数字签名"), "{told}");
    let other = round();
    let text = std::fs::read_to_string(repository().join("tests/fixtures/05-code-page.txt")).unwrap();
    other.write("input/2023/jia/submissions/统计局.xls", first_file(&text));
    other.write("input/2023/jia/received.csv", "文件,收到时间\n统计局.xls,2024-01-10 09:00\n");
    let told = issue(&other, "input/2023", &[]);
    assert!(told.contains("单发查询单（不是xlsx工作簿）"), "{told}");
    for (workspace, city, name, count) in [
        (&signed, "xiangtan", "查询单_市科技局_湘潭市-2023-annual-1.xlsx", 3),
        (&other, "jia", "查询单_统计局_甲市-2023-annual-1.xlsx", register(&other, "jia").events().len()),
    ] {
        let path = workspace.path(&format!("input/2023/{city}/issued/{name}"));
        let mut book = open_workbook_auto(&path).unwrap();
        assert_eq!(book.sheet_names(), ["查询单"]);
        let range = book.worksheet_range("查询单").unwrap();
        let rows: Vec<String> = range
            .rows()
            .map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|"))
            .collect();
        assert!(rows.iter().any(|row| row.contains("更正值")), "{rows:?}");
        assert_eq!(rows.iter().filter(|row| row.ends_with("|待答复")).count(), count, "{rows:?}");
        assert_eq!(register(workspace, city).events().len(), count);
    }
}

#[test]
fn what_the_office_did_not_accept_is_asked_once_more() {
    let workspace = samples();
    let only = ["--unit", "市科技局", "--city", "xiangtan"];
    issue(&workspace, "input/2023", &only);
    let mut register_now = register(&workspace, "xiangtan");
    let asked = register_now.events()[2].clone();
    for (day, kind) in [(1, QueryEventKind::Confirmed), (2, QueryEventKind::Rejected)] {
        let on = NaiveDate::from_ymd_opt(2024, 2, day).unwrap();
        register_now.add(QueryEvent { on, kind, ..asked.clone() });
    }
    workspace.write("input/2023/xiangtan/queries.csv", register_now.written().unwrap());
    let told = issue(&workspace, "input/2023", &only);
    assert!(told.contains("发出查询单1份，共1条；2条问过"), "{told}");
    let register = register(&workspace, "xiangtan");
    let last = register.events().last().unwrap();
    assert_eq!((last.kind, last.key.item), (QueryEventKind::AskedAgain, 1));
    assert_eq!(last.key.number.to_string(), "湘潭市-2023-annual-市科技局-2");
    assert_eq!(last.previous(), Some(asked.key));
    let states: Vec<String> =
        register.queries().iter().map(|query| query.state.chinese().to_owned()).collect();
    assert_eq!(states, ["待答复", "待答复", "再查询", "待答复"]);
    // The workbook of the second has its own number, and the first stays.
    let issued = tree(&workspace.path("input/2023/xiangtan/issued"));
    assert_eq!(issued.len(), 2, "{:?}", issued.keys());
}

#[test]
fn a_second_query_on_an_answered_workbook_keeps_the_first_sheet() {
    let workspace = samples();
    let only = ["--unit", "市科技局", "--city", "xiangtan"];
    issue(&workspace, "input/2023", &only);
    let query = workspace.path("input/2023/xiangtan/issued/查询单_市科技局_湘潭市-2023-annual-1.xlsx");
    let base = workspace.path("input/2023/xiangtan/submissions/市科技局_年报_v2.xlsx");
    // The unit changes a value that was asked about, to another one that is asked about.
    let mut book = FormBook::open(&query);
    book.fill("指标", "D9", "780");
    book.save(&base);
    let told = issue(&workspace, "input/2023", &only);
    assert!(told.contains("发出查询单1份，共1条；2条问过"), "{told}");
    let second = workspace.path("input/2023/xiangtan/issued/查询单_市科技局_湘潭市-2023-annual-2.xlsx");
    let sheets = open_workbook_auto(&second).unwrap().sheet_names();
    assert_eq!(sheets[sheets.len() - 2..], ["查询单", "查询单2"]);
    // Marks of the first are gone: only the cell that is asked about now is marked.
    let text: String = unpacked(&std::fs::read(&second).unwrap())
        .iter()
        .map(|(_, part)| String::from_utf8_lossy(part).into_owned())
        .collect();
    assert_eq!(text.matches("N(&quot;对标查询&quot;)=0").count(), 1);
    assert_eq!(text.matches("对标查询：").count(), 1);
    std::fs::copy(&second, &base).unwrap();
    let findings = understood(&workspace, "input/2023");
    assert!(!findings.iter().any(|line| line.contains("查询单")), "{findings:?}");
}

#[test]
fn what_cannot_be_asked_is_refused_and_nothing_is_written() {
    let workspace = samples();
    assert!(refused(&workspace, &["--by", " "]).contains("经办人"));
    assert!(refused(&workspace, &["--by", "甲", "--unit", "没有这个单位"]).contains("没有这个单位"));
    issue(&workspace, "input/2023", &["--unit", "市科技局"]);
    let path = workspace.path("input/2023/xiangtan/queries.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("王某", "王七", 1)).unwrap();
    assert!(refused(&workspace, &["--by", "甲"]).contains("第2行"));
    // A round with such a register is read, and says so.
    let told = understood(&workspace, "input/2023");
    assert!(told.iter().any(|line| line.contains("Q808") && line.contains("queries.csv")), "{told:?}");
}

#[test]
fn another_file_in_the_place_of_a_query_workbook_is_not_overwritten() {
    let workspace = samples();
    let name = "input/2023/xiangtan/issued/查询单_市科技局_湘潭市-2023-annual-1.xlsx";
    workspace.write(name, b"other");
    assert!(refused(&workspace, &["--by", "甲"]).contains("已有这个文件"));
    assert_eq!(std::fs::read(workspace.path(name)).unwrap(), b"other");
}

/// A workbook without the stored results of the formulas of a sheet, so that whoever opens it computes them.
fn without_results(book: &mut FormBook, sheet: &str) {
    let text = book.sheet(sheet);
    let (mut made, mut rest) = (String::new(), text.as_str());
    while let Some(at) = rest.find("</f><v>") {
        let end = at + rest[at..].find("</v>").unwrap() + "</v>".len();
        made.push_str(&rest[..at + "</f>".len()]);
        rest = &rest[end..];
    }
    *text = made + rest;
}

#[test]
fn hints_tell_a_clerk_what_is_still_to_be_done() {
    if !is_at_hand("soffice") {
        return;
    }
    let workspace = samples();
    issue(&workspace, "input/2023", &["--unit", "市科技局", "--city", "xiangtan"]);
    let query = workspace.path("input/2023/xiangtan/issued/查询单_市科技局_湘潭市-2023-annual-1.xlsx");
    let head = 7;
    // Answer, new text of D9 (779), reason, evidence; and what is said.
    let cases = [
        ("", "", "", "", "待答复"),
        ("更正", "", "", "", "选了更正，但原格未改"),
        ("更正", "776", "", "", "√"),
        ("确认无误", "776", "甲", "乙", "原格已改，答复请选“更正”"),
        ("确认无误", "", "", "乙", "请写明理由"),
        ("确认无误", "", "名单增补", "", "请注明依据的材料"),
        ("确认无误", "", "名单增补", "Z4", "√"),
        ("无法提供", "", "", "", "请写明理由"),
        ("无法提供", "", "没有统计", "", "√"),
    ];
    let mut files: Vec<PathBuf> = Vec::new();
    for (place, (answer, now, reason, evidence, _)) in (1..).zip(cases) {
        let mut book = FormBook::open(&query);
        let row = head + 3;
        for (column, text) in [("G", answer), ("I", reason), ("J", evidence)] {
            book.fill("查询单", &format!("{column}{row}"), text);
        }
        if !now.is_empty() {
            book.fill("指标", "D9", now);
        }
        without_results(&mut book, "查询单");
        let path = workspace.path(&format!("{place}.xlsx"));
        book.save(&path);
        files.push(path);
    }
    converted(&workspace, &files);
    for (path, (answer, .., expected)) in files.iter().zip(cases) {
        let saved = workspace.path("saved").join(path.file_name().unwrap());
        let mut book = open_workbook_auto(&saved).unwrap();
        let range = book.worksheet_range("查询单").unwrap();
        let at =
            |row: u32, column: u32| range.get_value((row, column)).map(Data::to_string).unwrap_or_default();
        assert_eq!(at(head + 2, 10), expected, "{answer}");
        let left = if expected == "√" { "还有2处未答好" } else { "还有3处未答好" };
        assert_eq!(at(head + 4, 8), left, "{answer}");
        assert_eq!(at(head, 7), "（空）");
    }
}

/// Opens workbooks in LibreOffice and saves them.
fn converted(workspace: &Workspace, files: &[PathBuf]) {
    let told = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", workspace.path("profile").display()))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(workspace.path("saved"))
        .args(files)
        .output()
        .unwrap();
    let is_there = |path: &PathBuf| {
        workspace.path("saved").join(path.file_name().unwrap_or(Path::new("").as_os_str())).exists()
    };
    assert!(files.iter().all(is_there), "{told:?}");
}
