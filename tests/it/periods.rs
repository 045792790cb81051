//! Rounds of a part of a year: the sample rounds of 湘潭, what is read and refused of workbooks, and that nothing is said of the year.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use calamine::{Reader as _, open_workbook_auto};

use crate::workspace::{Row, Workspace, copy_tree, csv_rows, pages, repository, tree};

/// The sample inputs in a place of their own, with one of their rounds published.
fn sample(round: &str) -> Workspace {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    published(&workspace, round);
    workspace
}

fn published(workspace: &Workspace, round: &str) {
    let output =
        workspace.duibiao(&["run", &format!("input/{round}"), "--output", &format!("output/{round}")]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{told}");
}

fn table(workspace: &Workspace, round: &str, name: &str) -> Vec<Row> {
    csv_rows(&workspace.path(&format!("output/{round}/tables/{name}.csv")))
}

/// The state of each row of the plan's table by its number.
fn states(workspace: &Workspace, round: &str) -> BTreeMap<String, String> {
    let paces = table(workspace, round, "paces");
    let rows = paces.iter().filter(|row| row["origin"] == "table");
    rows.map(|row| (row["no"].clone(), row["state"].clone())).collect()
}

/// All texts of a workbook.
fn texts(path: &Path) -> String {
    let mut book = open_workbook_auto(path).unwrap();
    let names = book.sheet_names();
    let mut all = String::new();
    for name in names {
        let range = book.worksheet_range(&name).unwrap();
        all.extend(range.rows().flatten().map(|cell| format!("{cell}\n")));
    }
    all
}

#[test]
fn the_sample_of_three_quarters_stands_where_its_values_put_it() {
    let workspace = sample("2023-Q3");
    let states = states(&workspace, "2023-Q3");
    for (state, rows) in [
        ("not_due", &["1", "2", "3"][..]),
        ("far_behind", &["4", "17"]),
        ("behind", &["10", "15", "24"]),
        ("slightly_behind", &["6", "7", "16", "18", "20", "21", "22", "23"]),
        ("on_pace", &["5", "12", "19"]),
        ("reached", &["8", "11", "13", "14"]),
        ("in_doubt", &["9"]),
        ("not_reported", &["25", "26"]),
    ] {
        for row in rows {
            assert_eq!(states[*row], state, "{row}");
        }
    }
    let paces = table(&workspace, "2023-Q3", "paces");
    let row = |no: &str| paces.iter().find(|row| row["no"] == no).unwrap();
    // 801 against 776→830 by the way of the year before: 644, 690, 776.
    assert_eq!((row("12")["due_from"].as_str(), row("12")["share"].as_str()), ("year_before", "34.8"));
    assert_eq!(row("12")["due"], "794");
    assert_eq!((row("4")["due"].as_str(), row("4")["shortfall"].as_str()), ("66", "57.1"));
}

#[test]
fn every_light_occurs_in_the_two_sample_rounds() {
    let workspace = sample("2023-H1");
    published(&workspace, "2023-Q3");
    let found: BTreeSet<String> =
        ["2023-H1", "2023-Q3"].iter().flat_map(|round| states(&workspace, round).into_values()).collect();
    let all = [
        "behind",
        "far_behind",
        "in_doubt",
        "lagged",
        "not_due",
        "not_reported",
        "on_pace",
        "reached",
        "slightly_behind",
    ];
    assert_eq!(found, all.map(str::to_owned).into());
}

#[test]
fn nothing_is_said_of_the_year_but_in_states_of_tasks() {
    for round in ["2023-Q3", "2023-H1"] {
        let workspace = sample(round);
        let output = workspace.path(&format!("output/{round}"));
        let files: Vec<String> = tree(&output).into_keys().collect();
        let apart = |name: &String| !name.starts_with("tables/");
        let expected = ["manifest.json", "results.xlsx", "通报.pdf"];
        assert_eq!(files.iter().filter(|name| apart(name)).collect::<Vec<_>>(), expected);
        let mut said = pages(&output.join("通报.pdf")).join("\n");
        said.push_str(&std::fs::read_to_string(output.join("manifest.json")).unwrap());
        for name in files.iter().filter(|name| name.ends_with(".csv") && *name != "tables/tasks.csv") {
            for row in csv_rows(&output.join(name)) {
                // 完成 as a unit says it of a task.
                let is_of_task = row.values().any(|text| text.contains("task") || text.contains("[任务]"));
                if !is_of_task {
                    said.extend(row.into_values().map(|text| format!("{text}\n")));
                }
            }
        }
        for word in ["完成", "得分", "名次", "等次"] {
            let found = said.lines().find(|line| line.contains(word));
            assert_eq!(found, None, "{round}: {word}");
        }
        let book = texts(&output.join("results.xlsx"));
        let found: BTreeSet<&str> = book.lines().filter(|line| line.contains("完成")).collect();
        assert!(found.iter().all(|line| *line == "完成"), "{found:?}");
    }
}

#[test]
fn the_bulletin_of_the_samples_is_one_page_with_every_target_and_light() {
    for round in ["2023-Q3", "2023-H1"] {
        let workspace = sample(round);
        let pages = pages(&workspace.path(&format!("output/{round}/通报.pdf")));
        assert_eq!(pages.len(), 1, "{round}");
        let text: String = pages[0].split_whitespace().collect();
        for word in ["示例数据", "一、需要加快的指标", "五、分填报单位", "序时进度：累计数"]
        {
            assert!(text.contains(word), "{round}: {word}");
        }
        let is_far = |row: &&Row| row["origin"] == "table" && row["state"] == "far_behind";
        for row in table(&workspace, round, "paces").iter().filter(is_far) {
            assert!(text.contains(&format!("{}%", row["shortfall"])), "{round} {}", row["no"]);
        }
    }
}

#[test]
fn every_number_that_the_bulletin_prints_of_a_target_has_its_step() {
    let workspace = sample("2023-Q3");
    let steps: BTreeMap<String, String> = table(&workspace, "2023-Q3", "derivation")
        .into_iter()
        .map(|row| (row["id"].clone(), row["value"].clone()))
        .collect();
    let figures = table(&workspace, "2023-Q3", "figures");
    for row in &figures {
        assert!(row["place"].starts_with("通报/"), "{row:?}");
        assert!(steps.contains_key(&row["id"]), "{row:?}");
    }
    let printed: BTreeSet<(&str, &str)> =
        figures.iter().map(|row| (row["id"].as_str(), row["text"].as_str())).collect();
    // The page is of the table's rows; targets in prose stand in the tables and in results.xlsx.
    for row in table(&workspace, "2023-Q3", "paces").iter().filter(|row| row["origin"] == "table") {
        let no = &row["no"];
        if !row["due"].is_empty() {
            assert!(
                printed.contains(&(format!("xiangtan/{no}/pace/due.shown").as_str(), row["due"].as_str())),
                "{no}"
            );
        }
        if matches!(row["state"].as_str(), "behind" | "far_behind") {
            let shortfall = format!("xiangtan/{no}/pace/shortfall.shown");
            assert!(printed.contains(&(shortfall.as_str(), row["shortfall"].as_str())), "{no}");
        }
    }
    assert!(printed.iter().any(|(id, _)| id.ends_with("#pace.slow")));
}

#[test]
fn with_slow_at_nothing_the_same_data_are_counted_two_ways() {
    let workspace = sample("2023-Q3");
    let usual = states(&workspace, "2023-Q3");
    let path = workspace.path("input/2023-Q3/round.toml");
    let round = std::fs::read_to_string(&path).unwrap().replace("slow = \"10\"", "slow = \"0\"");
    std::fs::write(&path, round).unwrap();
    published(&workspace, "2023-Q3");
    let two_ways = states(&workspace, "2023-Q3");
    let behind = |states: &BTreeMap<String, String>| -> BTreeSet<String> {
        let is = |state: &String| state.contains("behind");
        states.iter().filter(|(_, state)| is(state)).map(|(no, _)| no.clone()).collect()
    };
    assert!(!two_ways.values().any(|state| state == "slightly_behind"));
    assert_eq!(behind(&two_ways), behind(&usual));
    assert_eq!(behind(&two_ways).len(), 13);
}

#[test]
fn equal_inputs_give_equal_bytes() {
    let workspace = sample("2023-Q3");
    let first = tree(&workspace.path("output/2023-Q3"));
    published(&workspace, "2023-Q3");
    assert!(first == tree(&workspace.path("output/2023-Q3")));
}

#[test]
fn what_knows_whole_years_only_refuses_a_part_of_one() {
    let workspace = sample("2023-Q3");
    for arguments in [
        &["forms", "input/2023-Q3", "--by", "甲", "--output", "forms"][..],
        &["query", "issue", "input/2023-Q3", "--by", "甲"],
        &["new-round", "input/2023-Q3", "input/2024"],
    ] {
        let output = workspace.duibiao(arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?} {told}");
        assert!(
            told.contains("目前只用于全年的轮次") || told.contains("whole years"),
            "{arguments:?} {told}"
        );
    }
    let checked = workspace.duibiao(&["check", "input/2023-Q3"]);
    assert!(String::from_utf8_lossy(&checked.stdout).contains("红灯2"));
    assert_eq!(
        workspace.duibiao(&["status", "input/2023-Q3", "--as-of", "2023-10-16"]).status.code(),
        Some(1)
    );
}

/// A round of the first half, whose 企业数 comes together over the year, with a workbook of these texts.
pub(crate) fn half(cover: &str, table: &str) -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let replace = |name: &str, from: &str, to: &str| {
        let text = std::fs::read_to_string(workspace.path(name)).unwrap();
        assert!(text.contains(from), "{name}: {from}");
        workspace.write(name, text.replace(from, to));
    };
    replace("input/2023/round.toml", "2023-annual", "2023-H1");
    replace("input/catalogue.toml", "measure = \"stock\"", "measure = \"flow\"");
    submit(&workspace, cover, table);
    workspace
}

fn submit(workspace: &Workspace, cover: &str, table: &str) {
    let cover = format!(
        "城市|甲市\n填报单位|统计局\n报告期|{cover}\n填报人|甲\n审核人|乙\n填报日期|2023-07-10\n版本|'1"
    );
    workspace.submit_sheets("jia", "甲市", &[("封面", &cover), ("指标", table)]);
}

/// A table with a heading over the values.
fn headed(heading: &str) -> String {
    format!(
        "序号|指标名称|计量单位|{heading}|佐证编号\n1|研发强度|%|2.9|Z1\n2|企业数|家|52|Z1\n3|单位能耗|吨标准煤/万元|0.51|Z1\n4|创新政策|有/无|有|Z1"
    )
}

fn codes(workspace: &Workspace) -> BTreeSet<String> {
    workspace.findings().into_iter().map(|(code, ..)| code).collect()
}

fn values(workspace: &Workspace) -> Vec<String> {
    workspace.table("paces").iter().map(|row| row["actual"].clone()).filter(|text| !text.is_empty()).collect()
}

#[test]
fn covers_of_the_period_are_taken_and_of_any_other_are_not() {
    for (cover, is_taken) in [
        ("2023年上半年", true),
        ("2023年1—6月", true),
        ("2023年1月1日至6月30日", true),
        ("2023H1", true),
        ("截至2023年6月底", true),
        ("2023年前三季度", false),
        ("2023年一季度", false),
        ("2023年二季度", false),
        ("2023年4—6月", false),
        ("2023年6月", false),
        ("2023年下半年", false),
        ("2023年度", false),
        ("2023年", false),
        ("2023年全年", false),
        ("2022年上半年", false),
    ] {
        let workspace = half(cover, &headed("1—6月累计"));
        workspace.run();
        assert_eq!(codes(&workspace).contains("L216"), !is_taken, "{cover}");
        assert_eq!(values(&workspace).len(), if is_taken { 3 } else { 0 }, "{cover}");
    }
}

#[test]
fn columns_of_the_period_are_read_and_single_quarters_and_years_are_not() {
    for (heading, code) in [
        ("1—6月累计", None),
        ("2023年1-6月", None),
        ("上半年完成数", None),
        ("6月末", None),
        ("截至6月底实际", None),
        ("本期累计", None),
        ("累计完成", None),
        ("二季度累计", None),
        ("完成值", None),
        ("二季度", Some("L239")),
        ("4—6月", Some("L239")),
        ("6月", Some("L239")),
        ("当季", Some("L239")),
        ("2023Q2", Some("L239")),
        ("下半年", Some("L239")),
        ("1—3月累计", Some("L226")),
        ("前三季度", Some("L226")),
        ("2023年实绩", Some("L226")),
        ("2023年", Some("L226")),
        ("全年完成", Some("L226")),
        ("2023年末", Some("L226")),
        ("上年同期", Some("L226")),
    ] {
        let workspace = half("2023年上半年", &headed(heading));
        workspace.run();
        let codes = codes(&workspace);
        match code {
            None => {
                assert!(!codes.contains("L239") && !codes.contains("L226"), "{heading} {codes:?}");
                assert_eq!(values(&workspace).len(), 3, "{heading}");
            }
            Some(code) => {
                assert!(codes.contains(code), "{heading} {codes:?}");
                assert_eq!(values(&workspace), Vec::<String>::new(), "{heading}");
            }
        }
    }
}

#[test]
fn a_single_quarter_beside_the_sum_is_passed_over_and_the_sum_is_read() {
    let table = "序号|指标名称|计量单位|二季度|1—6月累计|上年同期|佐证编号\n1|研发强度|%|2.8|2.9|2.7|Z1\n2|企业数|家|20|52|48|Z1\n3|单位能耗|吨标准煤/万元|0.5|0.51|0.52|Z1\n4|创新政策|有/无||有||Z1";
    let workspace = half("2023年上半年", table);
    workspace.run();
    assert_eq!(values(&workspace), ["2.9", "52", "0.51"]);
    assert!(!codes(&workspace).contains("L239"));
    let seen = workspace.table("observations");
    let before: Vec<&Row> =
        seen.iter().filter(|row| row["current"] == "false" && !row["value"].is_empty()).collect();
    assert_eq!(before.iter().map(|row| row["value"].as_str()).collect::<Vec<_>>(), ["2.7", "48", "0.52"]);
}

#[test]
fn a_time_beside_a_row_is_held_against_the_period() {
    let table = |times: [&str; 2]| {
        format!(
            "序号|指标名称|计量单位|完成值|时间|佐证编号\n1|研发强度|%|2.9|{}|Z1\n2|企业数|家|52|{}|Z1",
            times[0], times[1]
        )
    };
    for (time, code) in [("2023年1—6月", None), ("二季度", Some("L239")), ("1—3月", Some("L240"))] {
        let workspace = half("2023年上半年", &table(["2023年1—6月", time]));
        workspace.run();
        let codes = codes(&workspace);
        assert_eq!(codes.contains("L239"), code == Some("L239"), "{time} {codes:?}");
        assert_eq!(codes.contains("L240"), code == Some("L240"), "{time} {codes:?}");
        assert_eq!(values(&workspace).len(), if code.is_none() { 2 } else { 1 }, "{time}");
    }
}

#[test]
fn a_sum_below_what_an_earlier_part_of_the_year_published_is_withheld() {
    let workspace = half("2023年上半年", &headed("1—6月累计"));
    workspace.typeset();
    std::fs::rename(workspace.path("output/2023"), workspace.path("output/half")).unwrap();
    let manifest = std::fs::read_to_string(workspace.path("output/half/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    for (period, cover, heading) in
        [("2023-Q3", "2023年前三季度", "1—9月累计"), ("2023-annual", "2023年度", "2023年实绩")]
    {
        for (firms, falls) in [("60", false), ("52", false), ("30", true)] {
            let previous = format!(
                "{}\n[[previous]]\noutput = \"../../output/half\"\nfigures = \"{}\"\n",
                round.replace("2023-H1", period),
                manifest["figures"].as_str().unwrap()
            );
            workspace.write("input/2023/round.toml", previous);
            submit(&workspace, cover, &headed(heading).replace("|52|", &format!("|{firms}|")));
            workspace.typeset();
            let found = workspace.table("findings");
            let fallen: Vec<&Row> = found.iter().filter(|row| row["code"] == "V423").collect();
            assert_eq!(fallen.len(), usize::from(falls), "{period} {firms}");
            let (name, column) =
                if period == "2023-annual" { ("assessments", "state") } else { ("paces", "state") };
            let row = workspace.table(name).into_iter().find(|row| row["no"] == "2").unwrap();
            assert_eq!(row[column] == "in_doubt", falls, "{period} {firms}");
        }
    }
}

#[test]
fn a_target_that_the_plan_states_for_the_part_is_what_is_due() {
    let workspace = half("2023年上半年", &headed("1—6月累计"));
    workspace.run();
    let due = |workspace: &Workspace| {
        let row = workspace.table("paces").into_iter().find(|row| row["no"] == "2").unwrap();
        (row["due"].clone(), row["due_from"].clone(), row["state"].clone())
    };
    assert_eq!(due(&workspace), ("50".to_owned(), "share".to_owned(), "on_pace".to_owned()));
    let path = workspace.path("input/2023/jia/plan.toml");
    let plan = std::fs::read_to_string(&path).unwrap();
    let (before, behind) = plan.split_once("no = \"2\"").unwrap();
    let (own, rest) = behind.split_once("[[indicator]]").unwrap();
    let interim = "[[indicator.interim]]\nperiod = \"2023-H1\"\nvalue = \"100\"\nline = \"5\"\n";
    std::fs::write(&path, format!("{before}no = \"2\"{own}{interim}[[indicator]]{rest}")).unwrap();
    workspace.run();
    assert_eq!(due(&workspace), ("100".to_owned(), "interim".to_owned(), "far_behind".to_owned()));
}

/// A round of so many rows, each of a unit of its own.
fn wide(rows: usize, units: usize) -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let mut plan = String::from(
        "[plan]\nid = \"jia-2023\"\ncity = \"jia\"\nname = \"甲市\"\nshort = \"甲市\"\nlevel = \"city\"\ntitle = \"甲市方案\"\nscope = \"许多项\"\nstatus = \"in_force\"\nyears = [2023]\nbaseline_year = 2022\noffice = \"办公室\"\nsource = \"sources/plan.txt\"\n[[group]]\nname = \"投入\"\nline = \"1\"\n",
    );
    let mut catalogue = String::from("[[dimension]]\nid = \"input\"\nname = \"创新投入\"\n");
    for no in 1..=rows {
        let unit = (no - 1) % units + 1;
        catalogue.push_str(&format!("[[indicator]]\nid = \"row-{no}\"\nname = \"第{no}项创新平台数\"\nshort = \"第{no}项平台数\"\nunit = \"家\"\nmeasure = \"flow\"\ndimension = \"input\"\n"));
        plan.push_str(&format!("[[indicator]]\nno = \"{no}\"\nid = \"row-{no}\"\nname = \"第{no}项创新平台数\"\nunit = \"家\"\ngroup = \"投入\"\ndata_units = [\"市第{unit}局\"]\nline = \"5\"\n[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"100\"\nline = \"5\"\nquote = \"100\"\n"));
    }
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    workspace.write("input/2023/round.toml", round.replace("2023-annual", "2023-H1"));
    workspace.write("input/catalogue.toml", catalogue);
    workspace.write("input/2023/jia/plan.toml", plan);
    for unit in 1..=units {
        let mut book = rust_xlsxwriter::Workbook::new();
        let cover = book.add_worksheet().set_name("封面").unwrap();
        let unit_name = format!("市第{unit}局");
        let fields = [
            ("城市", "甲市"),
            ("填报单位", &unit_name),
            ("报告期", "2023年上半年"),
            ("填报人", "甲"),
            ("审核人", "乙"),
            ("填报日期", "2023-07-10"),
            ("版本", "1"),
        ];
        for (row, (label, value)) in (0..).zip(fields) {
            cover.write(row, 0, label).unwrap();
            cover.write(row, 1, value).unwrap();
        }
        let sheet = book.add_worksheet().set_name("指标").unwrap();
        for (column, head) in (0..).zip(["序号", "指标名称", "计量单位", "1—6月累计", "说明"])
        {
            sheet.write(0, column, head).unwrap();
        }
        let own = (1..=rows).filter(|no| (no - 1) % units + 1 == unit);
        for (row, no) in (1..).zip(own) {
            sheet.write(row, 0, no.to_string()).unwrap();
            sheet.write(row, 1, format!("第{no}项创新平台数")).unwrap();
            sheet.write(row, 2, "家").unwrap();
            // Every light occurs.
            sheet.write(row, 3, [55.0, 47.0, 42.0, 20.0, 100.0][no % 5]).unwrap();
            sheet.write(row, 4, "项目集中在下半年验收").unwrap();
        }
        let folder = workspace.path("input/2023/jia/submissions");
        std::fs::create_dir_all(&folder).unwrap();
        book.save(folder.join(format!("市第{unit}局.xlsx"))).unwrap();
    }
    workspace.typeset();
    workspace
}

#[test]
fn many_targets_and_units_are_one_page_or_one_page_and_an_annex() {
    let page = |workspace: &Workspace| pages(&workspace.path("output/2023/通报.pdf"));
    let few = page(&wide(26, 20));
    assert_eq!(few.len(), 1);
    let many = page(&wide(60, 60));
    assert_eq!(many.len(), 2);
    for pages in [few, many] {
        let first: String = pages[0].split_whitespace().collect();
        assert!(first.contains("一、需要加快的指标") && first.contains("序时进度：累计数"));
        // What is not on the first page is in the annex.
        let all: String = pages.concat().split_whitespace().collect();
        assert!(all.contains("第26项平台数") && all.contains("市第20局"));
    }
}
