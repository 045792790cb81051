//! Who has reported, as of a day: held against the register of receipts, and the same on the terminal, in JSON and in the workbook.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use calamine::{Data, Reader as _, open_workbook_auto};
use serde_json::Value;

use crate::workspace::{Workspace, copy_tree, csv_rows, repository};

/// The sample round in a place of its own.
fn sample() -> Workspace {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace
}

fn status(workspace: &Workspace, as_of: &str, more: &[&str]) -> Value {
    let mut arguments = vec!["status", "input/2023", "--as-of", as_of, "--format", "json"];
    arguments.extend(more);
    let output = workspace.duibiao(&arguments);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Unit → (day and time of receipt of its newest file) by a day, straight from the register: names of files begin with the unit.
fn registered(city: &str, until: &str) -> BTreeMap<String, String> {
    let mut newest = BTreeMap::new();
    for row in csv_rows(&repository().join(format!("input/2023/{city}/received.csv"))) {
        let unit = row["文件"].split('_').next().unwrap().to_owned();
        let at = row["收到时间"].clone();
        if at[..10] <= *until {
            let kept: &mut String = newest.entry(unit).or_default();
            if *kept < at {
                *kept = at;
            }
        }
    }
    newest
}

#[test]
fn on_every_day_the_status_says_what_the_register_of_receipts_says() {
    let workspace = sample();
    let mut missing = BTreeSet::new();
    for day in [
        "2024-01-01",
        "2024-01-08",
        "2024-01-10",
        "2024-01-12",
        "2024-01-13",
        "2024-01-14",
        "2024-01-15",
        "2024-01-17",
        "2024-01-20",
        "2024-03-01",
    ] {
        let told = status(&workspace, day, &[]);
        for city in ["xiangtan", "qianjiang"] {
            // The sample's cut-off.
            let register = registered(city, day.min("2024-01-20"));
            let of_city = |one: &&Value| one["city"] == city;
            for unit in told["units"].as_array().unwrap().iter().filter(of_city) {
                let name = unit["unit"].as_str().unwrap();
                let at = register.get(name);
                assert_eq!(unit["received"].as_str(), at.map(String::as_str), "{day} {city} {name}");
                let in_time = at.map(|at| at[..10] <= *"2024-01-15");
                assert_eq!(unit["on_time"].as_bool(), in_time, "{day} {name}");
            }
            let units: Vec<&Value> = told["units"].as_array().unwrap().iter().filter(of_city).collect();
            let sum = told["cities"].as_array().unwrap().iter().find(|one| one["city"] == city).unwrap();
            let late = register.values().filter(|at| at[..10] > *"2024-01-15").count();
            assert_eq!(sum["units"], units.len());
            assert_eq!(sum["late"], late, "{day} {city}");
            assert_eq!(sum["on_time"], register.len() - late, "{day} {city}");
            assert_eq!(sum["missing"], units.len() - register.len(), "{day} {city}");
            missing.insert(units.len() - register.len());
        }
    }
    assert!(missing.len() > 4, "the days of the test differ: {missing:?}");
}

/// Rows of a sheet below its row of headings, by heading.
fn sheet(path: &Path, name: &str, heads: usize) -> Vec<BTreeMap<String, String>> {
    let range = open_workbook_auto(path).unwrap().worksheet_range(name).unwrap();
    let rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
    let head = rows[heads].clone();
    rows[heads + 1..].iter().map(|row| head.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

#[test]
fn terminal_json_workbook_and_reminders_say_the_same() {
    let workspace = sample();
    let told = status(&workspace, "2024-01-16", &["--output", "status"]);
    let file: Value =
        serde_json::from_slice(&std::fs::read(workspace.path("status/status.json")).unwrap()).unwrap();
    assert_eq!(file, told);
    let rows = sheet(&workspace.path("status/status.xlsx"), "报送情况", 6);
    let units = told["units"].as_array().unwrap();
    assert_eq!(rows.len(), units.len());
    for (row, unit) in rows.iter().zip(units) {
        let text = |key: &str| match &unit[key] {
            Value::String(text) => text.clone(),
            Value::Null => "—".to_owned(),
            other => other.to_string(),
        };
        for (heading, key) in [
            ("城市", "city_name"),
            ("单位", "unit"),
            ("状态", "state_words"),
            ("收到时间", "received"),
            ("是否按时", "punctuality"),
            ("指标应报", "targets"),
            ("指标已报", "targets_reported"),
            ("任务应报", "tasks"),
            ("任务已报", "tasks_reported"),
            ("错误", "errors"),
            ("警告", "warnings"),
            ("查询未了结", "queries"),
            ("逾期未答", "overdue"),
            ("还要做的", "to_do"),
        ] {
            assert_eq!(row[heading], text(key), "{heading} {unit}");
        }
    }
    let terminal = workspace.duibiao(&["status", "input/2023", "--as-of", "2024-01-16"]);
    let terminal = String::from_utf8(terminal.stdout).unwrap();
    let reminders = std::fs::read_to_string(workspace.path("status/催报.txt")).unwrap();
    let listed = sheet(&workspace.path("status/status.xlsx"), "催报清单", 3);
    let with_something: Vec<&Value> = units.iter().filter(|unit| unit["to_do"] != "").collect();
    assert!(!with_something.is_empty());
    assert_eq!(listed.len(), with_something.len());
    for unit in with_something {
        let (name, todo) = (unit["unit"].as_str().unwrap(), unit["to_do"].as_str().unwrap());
        let line = format!(
            "  {} {name}  {}  {todo}\n",
            unit["city_name"].as_str().unwrap(),
            unit["punctuality"].as_str().unwrap()
        );
        assert!(terminal.contains(&line), "{line}\n{terminal}");
        assert!(reminders.contains(&format!("{name}：")) && reminders.contains(todo), "{name}");
    }
    assert!(reminders.starts_with("示例数据（虚构）"), "what is invented says so");
    let english = workspace.duibiao(&["status", "input/2023", "--as-of", "2024-01-16", "--lang", "en"]);
    assert!(String::from_utf8(english.stdout).unwrap().contains("deadline 2024-01-15  as of 2024-01-16"));
}

#[test]
fn the_same_day_gives_the_same_bytes_and_files_need_a_day() {
    let workspace = sample();
    for to in ["one", "two"] {
        status(&workspace, "2024-01-16", &["--output", to]);
    }
    for name in ["status.xlsx", "status.json", "催报.txt"] {
        let read = |folder: &str| std::fs::read(workspace.path(&format!("{folder}/{name}"))).unwrap();
        assert_eq!(read("one"), read("two"), "{name}");
    }
    let without_day = workspace.duibiao(&["status", "input/2023", "--output", "three"]);
    assert_eq!(without_day.status.code(), Some(2));
    assert!(!workspace.path("three").exists());
}

#[test]
fn a_status_is_written_beside_nothing_else() {
    let workspace = sample();
    workspace.write("mine/letter.txt", "to keep");
    for to in ["mine", "input/2023/status"] {
        let refused = workspace.duibiao(&["status", "input/2023", "--as-of", "2024-01-16", "--output", to]);
        assert_eq!(refused.status.code(), Some(2), "{to}");
    }
    assert_eq!(std::fs::read_to_string(workspace.path("mine/letter.txt")).unwrap(), "to keep");
    assert!(!workspace.path("input/2023/status").exists());
}

#[test]
fn what_came_after_the_cut_off_is_told_from_what_never_came() {
    let workspace = sample();
    let register = workspace.path("input/2023/xiangtan/received.csv");
    let text = std::fs::read_to_string(&register).unwrap();
    let line = text.lines().find(|line| line.starts_with("市统计局_年报")).unwrap();
    std::fs::write(&register, text.replace(line, "市统计局_年报.xlsx,2024-01-25 08:00,示例登记员")).unwrap();
    let state = |day: &str| {
        let told = status(&workspace, day, &[]);
        let units = told["units"].as_array().unwrap().clone();
        let unit = units.into_iter().find(|one| one["unit"] == "市统计局").unwrap();
        (unit["state"].as_str().unwrap().to_owned(), unit["to_do"].as_str().unwrap().to_owned())
    };
    assert_eq!(state("2024-01-24").0, "not_received");
    let (after, todo) = state("2024-01-25");
    assert_eq!(after, "not_used");
    assert!(todo.contains("截止使用日后收到"), "{todo}");
}

#[test]
fn queries_are_counted_as_their_register_was_on_the_day() {
    let workspace = sample();
    let order = ["query", "issue", "input/2023", "--by", "甲", "--on", "2024-01-22", "--quiet"];
    assert_eq!(workspace.duibiao(&order).status.code(), Some(0));
    // How many questions each unit has, counted out of the register by itself.
    let mut asked: BTreeMap<(String, String), u64> = BTreeMap::new();
    for city in ["xiangtan", "qianjiang"] {
        for row in csv_rows(&workspace.path(&format!("input/2023/{city}/queries.csv"))) {
            let number = row["查询单"].clone();
            let unit = number.rsplit('-').nth(1).unwrap().to_owned();
            *asked.entry((city.to_owned(), unit)).or_default() += 1;
        }
    }
    assert!(asked.len() > 10, "{asked:?}");
    for (day, is_asked, is_late) in [
        ("2024-01-21", false, false),
        ("2024-01-22", true, false),
        ("2024-02-05", true, false),
        ("2024-02-06", true, true),
        ("2024-03-01", true, true),
    ] {
        let told = status(&workspace, day, &[]);
        for unit in told["units"].as_array().unwrap() {
            let name = |key: &str| unit[key].as_str().unwrap().to_owned();
            let count = asked.get(&(name("city"), name("unit"))).copied().filter(|_| is_asked).unwrap_or(0);
            assert_eq!(unit["queries"], count, "{day} {unit}");
            assert_eq!(unit["overdue"], if is_late { count } else { 0 }, "{day} {unit}");
            assert_eq!(unit["state"] == "overdue", is_late && count > 0, "{day} {unit}");
            assert_eq!(name("to_do").contains("答复查询"), count > 0, "{day} {unit}");
            // Of a unit with a query and nothing else to do that is what is said.
            if unit["state"] == "asked" {
                assert!(count > 0 && unit["errors"] == 0, "{day} {unit}");
            }
        }
    }
    let states = |day: &str| -> BTreeSet<String> {
        let told = status(&workspace, day, &[]);
        told["units"]
            .as_array()
            .unwrap()
            .iter()
            .map(|unit| unit["state"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(states("2024-01-25").contains("asked") && !states("2024-01-21").contains("asked"));
    let terminal = workspace.duibiao(&["status", "input/2023", "--as-of", "2024-02-06"]);
    let terminal = String::from_utf8(terminal.stdout).unwrap();
    assert!(
        terminal.contains("\n逾期未答\n") && terminal.contains("（2024-02-05到期，已逾期）"),
        "{terminal}"
    );
}
