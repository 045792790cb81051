//! What clerks send, and what comes of it.

use crate::workspace::{GOOD, Workspace};

/// A workspace of one city with one workbook, evaluated.
fn submitted(rows: &str) -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", rows);
    workspace.run();
    workspace
}

#[test]
fn rows_are_found_by_number_and_name_whatever_their_order() {
    for (rows, states) in [
        (GOOD.to_owned(), ["met", "exceeded", "met", "met"]),
        (GOOD.lines().rev().collect::<Vec<_>>().join("\n"), ["met", "exceeded", "met", "met"]),
        (GOOD.replace("1|研发强度", "|研發 強度（%）"), ["met", "exceeded", "met", "met"]),
        (GOOD.replace("2|企业数", "2|"), ["met", "exceeded", "met", "met"]),
        // Number and name of different indicators: neither is believed.
        (GOOD.replace("1|研发强度", "2|研发强度"), ["in_doubt", "exceeded", "met", "met"]),
        (GOOD.replace("1|研发强度", "9|研法强度"), ["not_reported", "exceeded", "met", "met"]),
    ] {
        let workspace = submitted(&rows);
        let found: Vec<String> =
            workspace.table("assessments").iter().map(|row| row["state"].clone()).collect();
        assert_eq!(found, states, "{rows}");
    }
}

#[test]
fn two_rows_that_differ_are_in_doubt_and_two_that_agree_are_not() {
    for (first, second, code, state) in [
        ("120", "2|企业数|家|120", "L206", "exceeded"),
        ("120", "2|企业数|家|130", "L211", "in_doubt"),
        ("120", "2|企业数|家|", "L211", "in_doubt"),
        ("", "2|企业数|家|", "L206", "not_reported"),
    ] {
        let workspace = submitted(&format!("{}\n{second}", GOOD.replace("家|120", &format!("家|{first}"))));
        assert!(workspace.findings().iter().any(|(found, ..)| found == code), "{second}");
        assert_eq!(workspace.table("assessments")[1]["state"], state, "{second}");
    }
}

#[test]
fn an_unreadable_value_of_the_year_before_does_not_put_this_year_in_doubt() {
    let workspace = submitted(&GOOD.replace("1|研发强度|%|3.1", "1|研发强度|%|3.1|Z1|说明|约2.9"));
    assert!(
        workspace.findings().contains(&("N303".into(), "指标".into(), "G4".into())),
        "{:?}",
        workspace.findings()
    );
    assert_eq!(workspace.table("assessments")[0]["state"], "met");
}

#[test]
fn a_number_beyond_all_sense_costs_its_cell_and_not_the_round() {
    for value in ["7.9e28", "-7.9e28", "1e15", "1e300"] {
        let rows = GOOD.replace("1|研发强度|%|3.1", &format!("1|研发强度|%|{value}|Z1|说明|{value}"));
        let workspace = submitted(&rows);
        assert!(workspace.findings().contains(&("N302".into(), "指标".into(), "D4".into())), "{value}");
        let states: Vec<String> =
            workspace.table("assessments").iter().map(|row| row["state"].clone()).collect();
        assert_eq!(states, ["in_doubt", "exceeded", "met", "met"], "{value}");
    }
}

#[test]
fn a_lagged_value_is_lagged_even_when_another_unit_left_its_cell_blank() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let plan = crate::workspace::plan("jia", "甲市").replacen(
        "data_units = [\"统计局\"]",
        "data_units = [\"统计局\", \"科技局\"]",
        1,
    );
    workspace.write("input/2023/jia/plan.toml", plan);
    workspace.submit("jia", "甲市", &GOOD.replace("1|研发强度|%|3.1", "1|研发强度|%|3.1|Z1|说明||2022"));
    workspace.submit_as("input/2023/jia/submissions/科技局.xlsx", "甲市", "科技局", "1|研发强度|%|");
    workspace.run();
    let row = &workspace.table("assessments")[0];
    assert_eq!((row["no"].as_str(), row["state"].as_str(), row["met"].as_str()), ("1", "lagged", ""));
}

#[test]
fn units_convert_exactly_or_the_value_is_refused() {
    for (row, value, code) in [
        ("3|单位能耗|千克标准煤/万元|490", "0.49", "V404"),
        ("3|单位能耗|万元|0.49", "", "V405"),
        ("1|研发强度|‰|31", "3.1", "V404"),
        ("1|研发强度|%|0.031", "0.031", "V406"),
        ("2|企业数|家|约120", "", "N303"),
        ("2|企业数|家|1２0家", "120", "N301"),
        ("2|企业数|家|120.5", "120.5", "V410"),
    ] {
        let no = &row[..1];
        let others: Vec<&str> = GOOD.lines().filter(|line| !line.starts_with(no)).collect();
        let workspace = submitted(&format!("{}\n{row}", others.join("\n")));
        let observed = workspace.table("observations");
        let seen = observed.iter().find(|seen| seen["no"] == no).unwrap();
        assert_eq!(seen["value"], value, "{row}");
        assert!(
            workspace.findings().iter().any(|(found, ..)| found == code),
            "{row}: {:?}",
            workspace.findings()
        );
    }
}

#[test]
fn a_registered_workbook_wins_over_an_unregistered_copy() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.submit_as(
        "input/2023/jia/submissions/统计局(1).xlsx",
        "甲市",
        "统计局",
        &GOOD.replace("120", "1"),
    );
    workspace.run();
    let used: Vec<String> = workspace
        .table("submissions")
        .iter()
        .filter(|row| row["used"] == "true")
        .map(|row| row["file"].clone())
        .collect();
    assert_eq!(used, ["jia/submissions/统计局.xlsx"]);
    assert!(workspace.findings().iter().any(|(code, ..)| code == "L207"));
}

#[test]
fn a_workbook_of_another_city_or_an_unknown_unit_is_not_used() {
    for (city, unit, code) in [("乙市", "统计局", "L208"), ("甲市", "统记局", "L203"), ("甲市", "", "L217")]
    {
        let workspace = Workspace::with_cities(&[("jia", "甲市")]);
        workspace.submit_as("input/2023/jia/submissions/a.xlsx", city, unit, GOOD);
        workspace.run();
        let codes: Vec<String> = workspace.findings().into_iter().map(|(code, ..)| code).collect();
        assert!(codes.contains(&code.to_owned()) && codes.contains(&"V402".to_owned()), "{codes:?}");
        assert_eq!(workspace.table("assessments")[0]["state"], "not_reported");
    }
}

#[test]
fn what_comes_after_the_cut_off_is_kept_but_not_used() {
    for (received, on_time, used) in [
        ("2024-01-15 23:59", "true", "true"),
        ("2024-01-16 00:00", "false", "true"),
        ("2024-01-21 00:00", "false", "false"),
    ] {
        let workspace = Workspace::with_cities(&[("jia", "甲市")]);
        workspace.submit("jia", "甲市", GOOD);
        workspace.write("input/2023/jia/received.csv", format!("文件,收到时间\n统计局.xlsx,{received}\n"));
        workspace.run();
        let rows = workspace.table("submissions");
        assert_eq!((rows[0]["on_time"].as_str(), rows[0]["used"].as_str()), (on_time, used), "{received}");
    }
}

#[test]
fn folders_links_and_missing_files_are_told() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", GOOD);
    workspace.write("input/2023/jia/submissions/新建文件夹/a.xlsx", "x");
    workspace.write("elsewhere.xlsx", "x");
    let link = workspace.path("input/2023/jia/submissions/b.xlsx");
    std::os::unix::fs::symlink(workspace.path("elsewhere.xlsx"), link).unwrap();
    workspace.write(
        "input/2023/jia/received.csv",
        "文件,收到时间\n统计局.xlsx,2024-01-10\n丢失.xlsx,2024-01-11\n",
    );
    workspace.run();
    let codes: Vec<String> = workspace.findings().into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes.iter().filter(|code| *code == "L213").count(), 2, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| *code == "L214").count(), 1, "{codes:?}");
}

#[test]
fn a_round_without_any_submission_still_gives_a_report() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let output = workspace.run();
    assert_eq!(output.status.code(), Some(1));
    assert!(workspace.table("assessments").iter().all(|row| row["state"] == "not_reported"));
    assert_eq!(workspace.table("scores")[0]["rank"], "");
}

#[test]
fn a_round_that_makes_no_sense_is_refused() {
    for (from, to) in [
        ("cities = [\"jia\"]", "cities = [\"jia\", \"jia\"]"),
        ("[\"90\", \"80\", \"60\"]", "[\"60\", \"80\", \"90\"]"),
        ("cap = \"100\"", "cap = \"0\""),
        ("nearly = \"95\"", "nearly = \"-95\""),
        ("minimum_coverage = \"50\"", "minimum_coverage = \"966.7\""),
        ("about_tolerance = \"5\"", "about_tolerance = \"79228162514264337593543950335\""),
    ] {
        let workspace = Workspace::with_cities(&[("jia", "甲市")]);
        let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
        assert!(round.contains(from), "{from}");
        workspace.write("input/2023/round.toml", round.replace(from, to));
        assert_eq!(workspace.duibiao(&["check", "input/2023"]).status.code(), Some(2), "{to}");
    }
}

#[test]
fn faults_of_a_plan_stop_the_run_and_are_listed_together() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let plan = crate::workspace::plan("jia", "甲市")
        .replace("id = \"rd\"", "id = \"r\"")
        .replace("\"annual\"", "\"year\"");
    workspace.write("input/2023/jia/plan.toml", plan);
    let output = workspace.duibiao(&["plan", "check", "input/2023/jia/plan.toml"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.matches("line ").count() >= 3, "{told}");
    assert!(!workspace.path("output/2023").exists());
}

/// Value, state and finding codes of an indicator after a workbook of 统计局 with these sheets.
fn judged(sheets: &[(&str, &str)], no: &str) -> (String, String, Vec<String>) {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit_sheets("jia", "甲市", sheets);
    workspace.run();
    let rows = workspace.table("assessments");
    let row = rows.iter().find(|row| row["no"] == no).unwrap();
    let findings = workspace.table("findings");
    let codes = findings.iter().filter(|row| row["indicator"] == no).map(|row| row["code"].clone());
    (row["actual"].clone(), row["state"].clone(), codes.collect())
}

fn codes_of(sheets: &[(&str, &str)]) -> Vec<String> {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit_sheets("jia", "甲市", sheets);
    workspace.run();
    workspace.findings().into_iter().map(|(code, ..)| code).collect()
}

#[test]
fn the_target_column_under_a_year_is_never_taken_for_the_actual_value() {
    for head in [
        "序号|指标名称|计量单位|2023年||佐证编号\n|||目标值|实绩|",
        "|||2023年||\n序号|指标名称|计量单位|目标值|实绩|佐证编号",
    ] {
        let sheet = format!("{head}\n2|企业数|家|100|120|Z1");
        assert_eq!(judged(&[("表", &sheet)], "2"), ("120".into(), "exceeded".into(), vec![]), "{head}");
    }
}

#[test]
fn two_columns_of_the_year_are_in_doubt_where_they_differ() {
    let sheet = "序号|指标名称|2023年实绩|2023年实绩|佐证编号\n1|研发强度|3.1|3.1|Z1\n2|企业数|120|130|Z1\n3|单位能耗||0.49|Z1";
    assert_eq!(judged(&[("表", sheet)], "1").1, "met");
    assert_eq!(judged(&[("表", sheet)], "2"), ("120".into(), "in_doubt".into(), vec!["L215".into()]));
    assert_eq!(judged(&[("表", sheet)], "3").0, "0.49");
}

#[test]
fn units_in_several_places_are_taken_from_the_nearest_and_conflicts_are_told() {
    let sheet = "|||单位：万元\n序号|指标名称|计量单位|2023年实绩（万家）|佐证编号\n2|企业数|家|120|Z1\n3|单位能耗||0.49|Z1";
    assert_eq!(judged(&[("表", sheet)], "2"), ("120".into(), "exceeded".into(), vec!["L220".into()]));
    let in_cell = "序号|指标名称|2023年实绩（家）|佐证编号\n2|企业数|'0.012万|Z1";
    assert_eq!(judged(&[("表", in_cell)], "2").0, "120");
}

#[test]
fn the_year_of_the_data_is_read_from_words_and_withheld_when_it_cannot_be() {
    for (year, state, code) in [
        ("截至2022年底", "lagged", "V412"),
        ("22年", "lagged", "V412"),
        ("2024年", "in_doubt", "L219"),
        ("去年", "in_doubt", "L219"),
    ] {
        let sheet = format!("序号|指标名称|2023年实绩|佐证编号|数据年份\n2|企业数|120|Z1|'{year}");
        let (_, found, codes) = judged(&[("表", &sheet)], "2");
        assert_eq!((found.as_str(), codes.contains(&code.to_owned())), (state, true), "{year}: {codes:?}");
    }
}

#[test]
fn a_negative_count_is_withheld() {
    let sheet = "序号|指标名称|2023年实绩|佐证编号\n2|企业数|-120|Z1";
    let (_, state, codes) = judged(&[("表", sheet)], "2");
    assert_eq!((state.as_str(), codes.contains(&"V416".to_owned())), ("in_doubt", true));
}

#[test]
fn a_value_without_a_name_is_told() {
    let sheet = "序号|指标名称|2023年实绩|佐证编号\n2|企业数|120|Z1\n99||77|";
    assert!(codes_of(&[("表", sheet)]).contains(&"L204".to_owned()));
}

#[test]
fn what_stands_beside_a_row_that_has_its_number_alone_is_said_of_it() {
    for (year, note, code) in [("2030", "", "L219"), ("2022", "", "V412"), ("", "截至11月底", "V401")] {
        for name in ["企业数", ""] {
            let sheet = format!(
                "序号|指标名称|2023年实绩|佐证编号|数据年份|备注\n1|研发强度|3.1|Z1||\n2|{name}|120|Z1|{year}|{note}"
            );
            let (_, state, codes) = judged(&[("表", &sheet)], "2");
            assert!(codes.contains(&code.to_owned()), "{name} {year} {note}: {codes:?}");
            assert_ne!(state, "met", "{name} {year} {note}");
        }
    }
}

#[test]
fn covers_are_read_however_they_are_laid_out() {
    let table = ("表", "序号|指标名称|2023年实绩|佐证编号\n2|企业数|120|Z1");
    let good = "城市：甲市\n填报单位：甲市统计局\n报告期：二〇二三年度\n填报人：甲|审核人：乙\n填报日期：2024-01-10\n版本：第二版";
    assert_eq!(judged(&[("封面", good), table], "2").0, "120");
    for (cover, code) in [
        ("城市|甲市\n填报单位|\n填报人|甲", "L217"),
        ("填报单位|填报人", "L217"),
        ("城市|甲市\n填报单位|统计局\n报告期|2022年度", "L216"),
        ("城市|甲市\n填报单位|统计局\n报告期|2023年度\n版本|修订版", "L218"),
    ] {
        let codes = codes_of(&[("封面", cover), table]);
        assert!(codes.contains(&code.to_owned()), "{cover}: {codes:?}");
    }
}

#[test]
fn a_pipe_among_the_inputs_is_told_and_does_not_hang() {
    let workspace = submitted(GOOD);
    let pipe = |name: &str| {
        let path = workspace.path(name);
        let _ = std::fs::remove_file(&path);
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    pipe("input/2023/jia/submissions/管道.xlsx");
    workspace.run();
    assert!(workspace.findings().iter().any(|(code, ..)| code == "L213"));
    pipe("input/2023/jia/received.csv");
    let output = workspace.duibiao(&["run", "input/2023"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("received.csv"));
}

#[test]
fn file_names_that_are_no_text_are_read_and_told_apart() {
    use std::os::unix::ffi::OsStrExt as _;
    let workspace = submitted(GOOD);
    let folder = workspace.path("input/2023/jia/submissions");
    for name in [&b"\xbf\xc6.xlsx"[..], b"\xbf\xc7.xlsx"] {
        std::fs::copy(folder.join("统计局.xlsx"), folder.join(std::ffi::OsStr::from_bytes(name))).unwrap();
    }
    workspace.run();
    let superseded = workspace.findings().iter().filter(|(code, ..)| code == "C501").count();
    assert_eq!(superseded, 2);
    let files: std::collections::BTreeSet<String> =
        workspace.table("findings").iter().map(|row| row["file"].clone()).collect();
    assert!(files.contains("jia/submissions/\\xBF\\xC6.xlsx"), "{files:?}");
}

#[test]
fn a_waiver_or_preference_that_names_nothing_is_refused() {
    for (file, text, part) in [
        (
            "waivers.toml",
            "[[waiver]]\ncode = \"V999\"\ncity = \"jia\"\nreason = \"r\"\nowner = \"o\"\nuntil = 2024-12-31\n",
            "V999",
        ),
        (
            "waivers.toml",
            "[[waiver]]\ncode = \"V403\"\ncity = \"yi\"\nreason = \"r\"\nowner = \"o\"\nuntil = 2024-12-31\n",
            "yi",
        ),
        (
            "waivers.toml",
            "[[waiver]]\ncode = \"V403\"\ncity = \"jia\"\nunit = \"财政局\"\nreason = \"r\"\nowner = \"o\"\nuntil = 2024-12-31\n",
            "财政局",
        ),
        (
            "waivers.toml",
            "[[waiver]]\ncode = \"V403\"\ncity = \"jia\"\nindicator = \"77\"\nreason = \"r\"\nowner = \"o\"\nuntil = 2024-12-31\n",
            "77",
        ),
    ] {
        let workspace = submitted(GOOD);
        workspace.write(&format!("input/2023/{file}"), text);
        let output = workspace.duibiao(&["check", "input/2023"]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(part), "{text}");
    }
}

#[test]
fn a_round_named_by_a_dot_is_the_round() {
    let workspace = submitted(GOOD);
    let output = std::process::Command::new(super::workspace::PROGRAM)
        .args(["run", ".", "--output", "../../output/2023"])
        .current_dir(workspace.path("input/2023"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let manifest = std::fs::read_to_string(workspace.path("output/2023/manifest.json")).unwrap();
    assert!(manifest.contains("2023/round.toml"));
}

#[test]
fn a_round_named_from_the_folder_above_it_is_found() {
    let workspace = submitted(GOOD);
    let output = std::process::Command::new(super::workspace::PROGRAM)
        .args(["check", "2023"])
        .current_dir(workspace.path("input"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_task_that_stands_twice_with_different_states_is_in_doubt() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let plan = std::fs::read_to_string(workspace.path("input/2023/jia/plan.toml")).unwrap();
    let task = "[[task_group]]\nno = \"1\"\nname = \"平台\"\nline = \"1\"\n[[task]]\nno = \"1.1\"\ngroup = \"1\"\ntitle = \"建设平台\"\ntext = \"企业数\"\nlead = [\"统计局\"]\nresponsible = []\nline = \"4\"\nlead_line = \"4\"\n";
    workspace.write("input/2023/jia/plan.toml", format!("{plan}{task}"));
    for (second, state) in [("完成", "met"), ("未启动", "in_doubt")] {
        let rows =
            format!("任务编号|任务|进展状态|佐证编号\n'1.1|建设平台|完成|Z1\n'1.1|建设平台|{second}|Z1");
        workspace.submit_sheets("jia", "甲市", &[("任务", &rows)]);
        workspace.run();
        assert_eq!(workspace.table("tasks")[0]["state"], state, "{second}: {:?}", workspace.findings());
    }
}

#[test]
fn one_changed_heading_is_one_visible_finding_that_names_it() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let sheet = "序号|指标名称|计量单位|2022年实绩|2023年实绩|佐证编号\n1|研发强度|%|2.95|3.1|Z1\n2|企业数|家|90|120|Z1\n3|单位能耗|吨标准煤/万元|0.5|0.49|Z1\n4|创新政策|有/无||有|Z1";
    workspace.submit_sheets("jia", "甲市", &[("表", sheet)]);
    workspace.run();
    let before = workspace.findings();
    let changed = sheet.replace("2023年实绩", "战果");
    workspace.submit_sheets("jia", "甲市", &[("表", &changed)]);
    workspace.run();
    let told: Vec<_> =
        workspace.table("findings").into_iter().filter(|row| row["cause"].is_empty()).collect();
    let new: Vec<String> = told
        .iter()
        .filter(|row| !before.contains(&(row["code"].clone(), row["sheet"].clone(), row["cell"].clone())))
        .map(|row| format!("{} {} {}", row["code"], row["severity"], row["message"]))
        .collect();
    assert_eq!(new.len(), 1, "{new:?}");
    assert!(new[0].starts_with("L226 error") && new[0].contains("战果"), "{new:?}");
    // What follows from it is in the table, with its cause.
    let rows = workspace.table("findings");
    let following: Vec<_> = rows.iter().filter(|row| row["cause"].starts_with("L226 jia/")).collect();
    assert_eq!(following.iter().filter(|row| row["code"] == "V401").count(), 4, "{rows:?}");
    let printed = String::from_utf8(workspace.duibiao(&["check", "input/2023"]).stdout).unwrap();
    assert_eq!(printed.matches(" 错误 ").count(), 1, "{printed}");
    assert!(!printed.contains("V401") && printed.contains("由此另有4项"), "{printed}");
}

#[test]
fn a_heading_of_evidence_that_is_not_known_is_one_finding_too() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let sheet = "序号|指标名称|计量单位|2023年实绩|凭证号\n1|研发强度|%|3.1|Z1\n2|企业数|家|120|Z1\n4|创新政策|有/无|有|Z1";
    workspace.submit_sheets("jia", "甲市", &[("表", sheet)]);
    workspace.run();
    let rows = workspace.table("findings");
    let told: Vec<String> = rows
        .iter()
        .filter(|row| row["cause"].is_empty() && row["sheet"] == "表")
        .map(|row| format!("{} {}", row["code"], row["cell"]))
        .collect();
    assert_eq!(told, ["L224 E1"], "{rows:?}");
    let following: Vec<&str> =
        rows.iter().filter(|row| !row["cause"].is_empty()).map(|row| row["code"].as_str()).collect();
    assert!(following.contains(&"V408") && following.contains(&"V409"), "{rows:?}");
}

#[test]
fn tiers_of_a_later_year_are_no_results_of_this_one() {
    let later = |year: i32, tier: &str, value: &str, line: &str| {
        format!(
            "[[indicator.target]]\nyear = {year}\ntier = \"{tier}\"\nvalue = \"{value}\"\nline = \"{line}\"\nquote = \"{value}\"\n"
        )
    };
    let tiers = later(2024, "annual", "140", "10")
        + &later(2025, "assessed", "150", "11")
        + &later(2025, "intended", "180", "12");
    let firms = "line = \"5\"\nquote = \"100\"\n";
    for (rows, state, actual) in [
        // 考核值 and 完成值 are the tiers of 2025.
        ("指标名称|计量单位|考核值|完成值|2023年\n企业数|家|150|180|96", "nearly", "96"),
        ("指标名称|计量单位|考核值|完成值\n企业数|家|150|182", "exceeded", "182"),
        // All years and tiers of the plan, and no result among them.
        ("指标名称|计量单位|2023年|2024年|考核值|完成值\n企业数|家|100|140|150|180", "in_doubt", "180"),
    ] {
        let workspace = Workspace::with_cities(&[("jia", "甲市")]);
        let source = "研发强度\n3.0\n2.95\n企业数\n100\n能耗\n0.5\n政策\n有\n140\n150\n180\n";
        workspace.write("input/sources/plan.txt", source);
        let plan = crate::workspace::plan("jia", "甲市").replacen(firms, &format!("{firms}{tiers}"), 1);
        workspace
            .write("input/2023/jia/plan.toml", plan.replace("years = [2023]", "years = [2023, 2024, 2025]"));
        workspace.submit_sheets("jia", "甲市", &[("指标", rows)]);
        workspace.run();
        let all = workspace.table("assessments");
        let row = all.iter().find(|row| row["indicator"] == "2" || row["no"] == "2").unwrap();
        assert_eq!((row["state"].as_str(), row["actual"].as_str()), (state, actual), "{rows}");
    }
}

#[test]
fn a_register_of_a_hundred_thousand_files_that_are_not_there_is_told_in_few_words() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", "1|研发强度|%|3.1\n2|企业数|家|101\n3|能耗|吨|0.4\n4|政策||有");
    let long = format!("{}.xlsx", "长".repeat(100_000));
    let lines: String = (0..100_000).map(|at| format!("没有{at}.xlsx,2024-01-10 09:00\n")).collect();
    let register = format!("文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n{long},2024-01-10 09:00\n{lines}");
    workspace.write("input/2023/jia/received.csv", register);
    let output = workspace.duibiao(&["check", "input/2023", "--quiet"]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.matches("L214").count() == 50 && told.contains("另有99951处同样情形"), "{}", told.len());
    assert!(told.len() < 50_000, "{}", told.len());
}

#[test]
fn a_file_without_end_is_told_and_not_read_to_its_end() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.submit("jia", "甲市", "1|研发强度|%|3.1\n2|企业数|家|101\n3|能耗|吨|0.4\n4|政策||有");
    for name in ["submissions/大.xlsx", "evidence/大.pdf"] {
        let path = format!("input/2023/jia/{name}");
        workspace.write(&path, "PK\u{3}\u{4}");
        let file = std::fs::File::options().write(true).open(workspace.path(&path)).unwrap();
        file.set_len(1 << 42).unwrap();
    }
    let output = workspace.duibiao(&["check", "input/2023", "--quiet"]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("jia/submissions/大.xlsx  错误 R107"), "{told}");
    assert!(told.contains("jia/evidence/大.pdf  错误 R118") && told.contains("超过2048 MiB"), "{told}");
}
