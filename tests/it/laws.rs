//! The nine laws, each with a test that fails when it is broken.

use std::os::unix::fs::MetadataExt as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use calamine::{Data, Reader as _, open_workbook_auto};

use crate::workspace::{GOOD, PROGRAM, Workspace, copy_tree, csv_rows, pages, repository, tree};

#[test]
fn law_1_a_reported_value_is_never_altered() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace.run();
    let rows = workspace.table("observations");
    assert!(rows.len() > 150, "{} observations", rows.len());
    for row in &rows {
        let path = workspace.path("input/2023").join(&row["file"]);
        let mut book = open_workbook_auto(&path).unwrap();
        let range = book.worksheet_range(&row["sheet"]).unwrap();
        let (at_row, at_column) = position(&row["cell"]);
        let there = match range.get_value((at_row, at_column)) {
            None | Some(Data::Empty) => String::new(),
            Some(value) => value.to_string(),
        };
        assert_eq!(row["raw"].trim_start_matches('\''), there, "{} {}", row["file"], row["cell"]);
    }
    let raw = |city: &str, no: &str| {
        let found =
            rows.iter().find(|row| row["city"] == city && row["no"] == no && row["current"] == "true");
        found.map(|row| (row["raw"].clone(), row["value"].clone()))
    };
    assert_eq!(raw("qianjiang", "5"), Some(("１３１".into(), "131".into())));
    assert_eq!(raw("qianjiang", "特3"), Some(("1684500".into(), "168.45".into())));
}

/// Row and column of an address, from zero.
fn position(address: &str) -> (u32, u32) {
    let letters: String = address.chars().take_while(char::is_ascii_alphabetic).collect();
    let row: u32 = address[letters.len()..].parse().unwrap();
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    (row - 1, column - 1)
}

#[test]
fn law_2_every_published_figure_has_lineage() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace.run();
    let lineage = workspace.table("lineage");
    let steps = |figure: &str| lineage.iter().filter(|step| step["figure"] == figure).collect::<Vec<_>>();
    let observations = workspace.table("observations");
    for row in workspace.table("assessments") {
        let tier = if row["tier"] == "intended" { "/intended" } else { "" };
        let figure = format!("{}/{}{tier}", row["city"], row["no"]);
        let found = steps(&figure);
        assert!(found.iter().any(|step| step["operation"].starts_with("方案")), "{figure} has no plan line");
        if row["actual"].is_empty() {
            continue;
        }
        let cells = observations
            .iter()
            .filter(|seen| {
                seen["city"] == row["city"] && seen["no"] == row["no"] && seen["current"] == "true"
            })
            .map(|seen| format!("{}[{}]!{}", seen["file"], seen["sheet"], seen["cell"]));
        for cell in cells {
            assert!(found.iter().any(|step| step["from"] == cell), "{figure} does not lead to {cell}");
        }
        if !row["completion"].is_empty() {
            assert!(
                found.iter().any(|step| step["operation"].starts_with("修约")),
                "{figure} is not rounded"
            );
        }
    }
    for row in workspace.table("tasks") {
        assert!(!steps(&format!("{}/task-{}", row["city"], row["task"])).is_empty(), "task {}", row["task"]);
    }
    for row in workspace.table("scores") {
        for figure in ["rate", "coverage", "rank", "score", "score_missing_as_zero", "total"] {
            assert!(!steps(&format!("{}/{figure}", row["city"])).is_empty(), "{} {figure}", row["city"]);
        }
    }
}

#[test]
fn law_3_a_bad_workbook_is_a_finding_and_the_round_goes_on() {
    let workspace = Workspace::with_cities(&[("jia", "甲市"), ("yi", "乙市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.submit("yi", "乙市", GOOD);
    let bombs = [
        ("far.xls", crate::hostile::far_cell_xls()),
        ("echo.xlsx", crate::hostile::echo_xlsx()),
        ("far.xlsx", crate::hostile::far_cell_xlsx()),
        ("endless.ods", crate::hostile::endless_ods()),
        ("vast.ods", crate::hostile::vast_ods()),
        ("page.xls", b"<html><table></table></html>".to_vec()),
        ("empty.xlsx", Vec::new()),
    ];
    for (name, bytes) in bombs {
        workspace.write(&format!("input/2023/jia/submissions/{name}"), bytes);
    }
    let output = workspace.run();
    assert_eq!(output.status.code(), Some(1));
    let findings = workspace.table("findings");
    for (name, code) in [
        ("far.xls", "L217"),
        ("echo.xlsx", "R101"),
        ("endless.ods", "R102"),
        ("vast.ods", "R107"),
        ("page.xls", "R102"),
        ("empty.xlsx", "R102"),
    ] {
        let file = format!("jia/submissions/{name}");
        let found = findings.iter().find(|row| row["file"] == file && row["severity"] == "error");
        let found = found.unwrap_or_else(|| panic!("no finding names {name}"));
        assert_eq!(found["code"], code, "{name}");
        assert!(!found["remedy"].is_empty());
    }
    let scores = workspace.table("scores");
    assert_eq!(scores.iter().map(|row| row["met"].as_str()).collect::<Vec<_>>(), ["4", "4"]);
}

#[test]
fn law_4_missing_in_missing_out() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit(
        "jia",
        "甲市",
        "1|研发强度|%|\n2|企业数|家|-\n3|单位能耗|吨标准煤/万元|未统计\n4|创新政策|有/无|",
    );
    workspace.run();
    for row in workspace.table("assessments") {
        assert_eq!(row["state"], "not_reported", "{}", row["no"]);
        for column in ["actual", "actual_value", "met", "completion", "progress", "points"] {
            assert_eq!(row[column], "", "{} {column}", row["no"]);
        }
    }
    for row in workspace.table("facts") {
        assert_eq!((row["status"].as_str(), row["value"].as_str()), ("missing", ""), "{}", row["no"]);
    }
    let codes: Vec<String> = workspace.findings().into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes.iter().filter(|code| *code == "V401").count(), 4, "{codes:?}");
    assert_eq!(workspace.table("scores")[0]["score"], "");
}

#[test]
fn law_5_decimals_are_exact_and_limits_are_compared_in_full() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit(
        "jia",
        "甲市",
        "1|研发强度|%|2.95\n2|企业数|家|100\n3|单位能耗|吨标准煤/万元|0.5000001\n4|创新政策|有/无|有",
    );
    workspace.typeset();
    let rows = workspace.table("assessments");
    let column = |name: &str| rows.iter().map(|row| row[name].clone()).collect::<Vec<_>>();
    // 2.95 would round to 3.0, and 0.5000001 to 0.5: rounded comparison would call both met.
    assert_eq!(column("met"), ["false", "true", "false", "true"]);
    assert_eq!(column("boundary"), ["true", "false", "true", "false"]);
    // Less than 100 does not read 100.00.
    assert_eq!(column("completion"), ["98.33", "100.00", "99.99998", ""]);
    let report = pages(&workspace.path("output/2023/technical.pdf")).join("\n");
    assert!(report.contains("99.99998"), "a missed target must not read 100.0");
    // 2.675 and 1.005 are the classic victims of binary floating point.
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit(
        "jia",
        "甲市",
        "1|研发强度|%|2.675\n2|企业数|家|101\n3|单位能耗|吨标准煤/万元|0.4\n4|创新政策|有/无|有",
    );
    workspace.typeset();
    let facts = workspace.table("facts");
    assert_eq!(facts[0]["value"], "2.675");
    let lineage = workspace.table("lineage");
    let exact =
        lineage.iter().find(|step| step["figure"] == "jia/1" && step["operation"].starts_with("计算"));
    assert_eq!(exact.map(|step| step["to"].as_str()), Some("89.16666666666666666666666667"));
}

#[test]
fn law_6_same_inputs_same_bytes() {
    // In memory, folders list their files in the order of creation; on a disk that order may be hidden.
    let memory = std::path::Path::new("/dev/shm");
    let workspace = || if memory.is_dir() { Workspace::below(memory) } else { Workspace::new() };
    let first = workspace();
    copy_tree(&repository().join("input"), &first.path("input"), false);
    let second = workspace();
    copy_tree(&repository().join("input"), &second.path("input"), true);
    let run = |workspace: &Workspace, output: &str, jobs: &str, locale: &str, zone: &str| {
        let status = Command::new(PROGRAM)
            .args(["run", "input/2023", "--quiet", "--jobs", jobs, "--output", output])
            .current_dir(workspace.path(""))
            .env("LC_ALL", locale)
            .env("LANG", locale)
            .env("TZ", zone)
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(1));
        tree(&workspace.path(output))
    };
    let one = run(&first, "one", "1", "C", "UTC");
    assert!(one.contains_key("technical.pdf") && one.contains_key("tables/assessments.parquet"));
    let two = run(&first, "two", "2", "zh_CN.UTF-8", "Asia/Shanghai");
    let eight = run(&second, "eight", "8", "tr_TR.UTF-8", "America/St_Johns");
    for (name, bytes) in &one {
        assert_eq!(Some(bytes), two.get(name), "{name} differs with two threads");
        assert_eq!(
            Some(bytes),
            eight.get(name),
            "{name} differs with eight threads and files in reverse order"
        );
    }
    assert_eq!(one.len(), two.len());
    assert_eq!(one.len(), eight.len());
}

#[test]
fn law_7_a_killed_or_failed_run_leaves_the_old_output_whole() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.typeset();
    let before = tree(&workspace.path("output/2023"));
    assert!(before.contains_key("technical.pdf") && before.contains_key("manifest.json"));
    let folder = |workspace: &Workspace| std::fs::metadata(workspace.path("output/2023")).unwrap().ino();
    let first_folder = folder(&workspace);
    workspace.submit("jia", "甲市", &GOOD.replace("120", "130"));
    let failed = workspace.duibiao(&["run", "input/2023", "--typst", "/nowhere/typst"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(tree(&workspace.path("output/2023")) == before, "a failed run changed the output");
    let mut killed = 0;
    for wait in [0, 20, 60, 120, 200] {
        let mut child = Command::new(PROGRAM)
            .args(["run", "input/2023"])
            .current_dir(workspace.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            killed += 1;
        }
        child.wait().unwrap();
        let now = tree(&workspace.path("output/2023"));
        let whole = now == before || now["tables/observations.csv"] != before["tables/observations.csv"];
        assert!(whole, "a run killed after {wait} ms left a mixed output");
        assert_eq!(now.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "after {wait} ms");
    }
    assert!(killed >= 2, "only {killed} runs could be killed in time");
    workspace.typeset();
    assert_ne!(folder(&workspace), first_folder, "the folder is exchanged as a whole, not written into");
}

#[test]
fn law_7_a_folder_with_other_files_is_not_replaced() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.write("mine/letter.txt", "keep me");
    let output = workspace.duibiao(&["run", "input/2023", "--output", "mine"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(workspace.path("mine/letter.txt")).unwrap(), "keep me");
}

#[test]
fn law_8_text_from_outside_never_becomes_code() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let evil = "#import \"x\" $y$ ]#panic()";
    let rows = format!(
        "1|研发强度|%|=HYPERLINK(\"http://x\")\n2|企业数|家|90|Z1|{evil}\n3|单位能耗|吨标准煤/万元|@SUM(A1)\n9|＝1+1\u{202e}|家|5"
    );
    workspace.submit("jia", "甲市", &rows);
    let output = workspace.typeset();
    let csv = std::fs::read_to_string(workspace.path("output/2023/tables/observations.csv")).unwrap();
    for start in [",=", ",@", ",＝", ",\"=", ",\"@"] {
        assert!(!csv.contains(start), "{start} opens a cell of a CSV file");
    }
    let mut archive =
        zip::ZipArchive::new(std::fs::File::open(workspace.path("output/2023/results.xlsx")).unwrap())
            .unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in names.iter().filter(|name| name.starts_with("xl/worksheets/")) {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
        assert!(!text.contains("<f>"), "{name} holds a formula");
    }
    let report = pages(&workspace.path("output/2023/technical.pdf")).join("\n");
    assert!(report.contains("#import"), "the remark is printed as text");
    let printed = String::from_utf8(workspace.duibiao(&["check", "input/2023"]).stdout).unwrap();
    assert!(!printed.contains('\u{202e}') && !String::from_utf8_lossy(&output.stdout).contains('\u{202e}'));
}

#[test]
fn law_8_a_text_of_any_length_fits_the_report() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let long = "长".repeat(30_000);
    let rows = format!("1|研发强度|%|{long}\n2|企业数|家|90|Z1|{long}\n3|{long}|家|5");
    workspace.submit("jia", "甲市", &rows);
    workspace.typeset();
    let pages = pages(&workspace.path("output/2023/technical.pdf"));
    assert!(pages.len() < 40, "{} pages", pages.len());
    let seen = workspace.table("observations");
    assert_eq!(seen.iter().find(|row| row["no"] == "2").unwrap()["note"].chars().count(), 30_000);
}

#[test]
fn a_character_that_no_font_has_does_not_stop_the_report() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", &GOOD.replace("2|企业数|家|120", "2|企业数|家|90|Z1|已核对👍𡒄县✅"));
    workspace.typeset();
    for pdf in ["technical.pdf", "cities/jia.pdf"] {
        let text = pages(&workspace.path("output/2023").join(pdf)).concat();
        assert!(text.contains("已核对〓〓县〓"), "{pdf}");
        assert!(text.contains("字体中没有的字"), "{pdf} does not explain the sign");
    }
    let seen = workspace.table("observations");
    assert!(seen.iter().any(|row| row["note"].contains("👍𡒄县✅")), "the tables keep the text");
}

#[test]
fn law_8_no_path_leaves_the_folders_given() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    workspace.write("input/2023/round.toml", round.replace("\"jia\"", "\"../jia\""));
    let output = workspace.duibiao(&["run", "input/2023"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("“../jia”不能作代号"));
}

#[test]
fn law_9_nothing_invented_looks_real() {
    let mark = "示例数据";
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace.typeset();
    for pdf in ["technical.pdf", "cities/xiangtan.pdf", "cities/qianjiang.pdf"] {
        for (number, page) in (1..).zip(pages(&workspace.path("output/2023").join(pdf))) {
            assert!(page.contains(mark), "page {number} of {pdf} is not marked");
            // Wide pages have it above their text, the others below.
            let mut lines = page.lines().filter(|line| !line.trim().is_empty());
            let head = lines.clone().take(2).collect::<String>();
            let foot = lines.by_ref().rev().take(2).collect::<String>();
            assert!(
                head.contains(mark) || foot.contains(mark),
                "neither head nor foot of page {number} of {pdf} is marked"
            );
        }
    }
    // A round that forgets to say so is marked all the same when a workbook is.
    let path = workspace.path("input/2023/round.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("illustrative = true", "illustrative = false")).unwrap();
    workspace.typeset();
    assert!(pages(&workspace.path("output/2023/technical.pdf"))[0].contains(mark));
    // Real figures are not marked.
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.typeset();
    assert!(!pages(&workspace.path("output/2023/technical.pdf")).concat().contains(mark));
}

#[test]
fn a_table_of_the_output_can_be_read_back() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.run();
    for name in [
        "submissions",
        "observations",
        "facts",
        "assessments",
        "tasks",
        "scores",
        "units",
        "findings",
        "lineage",
    ] {
        csv_rows(&workspace.path(&format!("output/2023/tables/{name}.csv")));
        let parquet = std::fs::read(workspace.path(&format!("output/2023/tables/{name}.parquet"))).unwrap();
        assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"), "{name}");
    }
}
