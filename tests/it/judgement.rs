//! What a department's numbers are judged to be: in doubt when they are absurd, of one year, by unit, and the same however
//! they are written.

use crate::workspace::{GOOD, Row, Workspace, pages};

/// A city with a target in prose for each of the fields, numbered from P1, and one value for each.
fn with_targets(targets: &[(&str, &str)], round: &str) -> Workspace {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    let mut plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
    let mut rows = GOOD.to_owned();
    for (at, (fields, value)) in (1..).zip(targets) {
        let name =
            if fields.contains("name =") { String::new() } else { format!("name = \"目标P{at}\"\n") };
        plan.push_str(&format!(
            "[[target]]\nid = \"P{at}\"\n{name}short = \"目标P{at}\"\nyear = 2023\nlead = [\"统计局\"]\nline = \"1\"\nquote = \"研发强度\"\n{fields}\n"
        ));
        rows.push_str(&format!("\nP{at}|目标P{at}||{value}"));
    }
    workspace.write("input/2023/a/plan.toml", plan);
    append(&workspace, "input/2023/round.toml", round);
    workspace.submit("a", "甲市", &rows);
    workspace.run();
    workspace
}

fn append(workspace: &Workspace, path: &str, more: &str) {
    let text = std::fs::read_to_string(workspace.path(path)).unwrap();
    workspace.write(path, format!("{text}{more}"));
}

fn replace(workspace: &Workspace, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(workspace.path(path)).unwrap();
    assert!(text.contains(from), "{from}");
    workspace.write(path, text.replace(from, to));
}

fn judged(workspace: &Workspace, no: &str) -> Row {
    workspace.table("assessments").into_iter().find(|row| row["no"] == no).unwrap()
}

/// Codes of the checks of values, without those of evidence.
fn codes(workspace: &Workspace, no: &str) -> Vec<String> {
    let found = workspace.table("findings").into_iter().filter(|row| row["indicator"] == no);
    let mut codes: Vec<String> = found.map(|row| row["code"].clone()).filter(|code| code != "V408").collect();
    codes.sort();
    codes
}

#[test]
fn a_value_far_from_its_target_is_in_doubt_whatever_the_kind_of_target() {
    let cases = [
        ("kind = \"growth\"\nop = \">=\"\nvalue = \"30\"\nunit = \"%\"", "0.31", "V406"),
        ("kind = \"growth\"\nop = \">=\"\nvalue = \"3\"\nunit = \"%\"", "3000", "V406"),
        ("kind = \"growth\"\nop = \">=\"\nvalue = \"3\"\nunit = \"%\"", "-420", "V424"),
        (
            "kind = \"average_growth\"\nop = \">=\"\nvalue = \"10\"\nunit = \"%\"\nbase_year = 2020",
            "437.41",
            "V424",
        ),
        ("kind = \"increment\"\nop = \">=\"\nvalue = \"9\"\nunit = \"家\"", "120", "V424"),
        ("kind = \"range\"\nlow = \"3\"\nhigh = \"5\"\nunit = \"名\"", "400", "V424"),
        (
            "kind = \"interval\"\nlow = \"40\"\nhigh = \"60\"\ndirection = \"interval\"\nunit = \"万元\"",
            "500000",
            "V406",
        ),
        (
            "kind = \"relative\"\nop = \">\"\nreference = \"全市平均水平\"\nagainst = \"1\"\nunit = \"%\"",
            "0.031",
            "V406",
        ),
        ("kind = \"coverage\"\nop = \">=\"\nvalue = \"100\"\nunit = \"%\"", "1", "V406"),
        ("kind = \"level\"\nop = \">=\"\nvalue = \"6.1\"\nunit = \"亿元\"", "640", "V424"),
        ("kind = \"level\"\nop = \">=\"\nvalue = \"6.1\"\nunit = \"亿元\"", "0.6", "V424"),
        ("kind = \"magnitude\"\nvalue = \"千亿级\"\nunit = \"亿元\"", "20000", "V424"),
        ("kind = \"rank\"\nop = \"<=\"\nvalue = \"61\"\nunit = \"位\"", "610", "V424"),
        (
            "kind = \"level\"\nop = \"<=\"\ndirection = \"lower\"\nvalue = \"0.5\"\nunit = \"吨标准煤/万元\"",
            "5.3",
            "V424",
        ),
    ];
    let targets: Vec<(&str, &str)> = cases.iter().map(|(fields, value, _)| (*fields, *value)).collect();
    let workspace = with_targets(&targets, "");
    for (at, (fields, value, code)) in (1..).zip(cases) {
        let no = format!("P{at}");
        assert_eq!(codes(&workspace, &no), [code], "{value} for {fields}");
        assert_eq!(judged(&workspace, &no)["state"], "in_doubt", "{value} for {fields}");
    }
    // The message names target and slip.
    let messages: String = workspace.table("findings").iter().map(|row| row["message"].clone()).collect();
    for words in ["填报640亿元，为目标6.1亿元的约105倍，疑为", "疑为把百分数填成了小数", "疑为多年累计增速"]
    {
        assert!(messages.contains(words), "{words} in {messages}");
    }
}

#[test]
fn what_may_well_be_so_is_judged_without_a_word() {
    let level = |measure: &str, name: &str, op: &str, value: &str, unit: &str, way: &str| {
        format!(
            "name = \"{name}\"\nkind = \"level\"\nop = \"{op}\"\nvalue = \"{value}\"\nunit = \"{unit}\"\ndirection = \"{way}\"\nmeasure = \"{measure}\""
        )
    };
    let fields = [
        // A growth rate is no share of anything, by its measure or by its name.
        (level("growth", "目标P1", "<=", "-3.8", "%", "lower"), "-4.2", "met"),
        (level("ratio", "单位能耗增速", "<=", "-3.8", "%", "lower"), "-4.2", "met"),
        // What is spread over people is no count.
        (level("intensity", "目标P3", ">=", "3.6", "人", "higher"), "3.7", "met"),
        (level("stock", "每千人口执业医师数", ">=", "3.6", "人", "higher"), "3.7", "met"),
        // A balance may be negative.
        (level("flow", "国有企业利润总额", ">=", "1.2", "亿元", "higher"), "-0.3", "missed"),
        (level("flow", "目标P6", ">=", "1", "家", "higher"), "12", "exceeded"),
        (level("flow", "目标P7", "<=", "300", "起", "lower"), "0", "exceeded"),
        (level("ratio", "高中阶段毛入学率", ">=", "98", "%", "higher"), "101.3", "met"),
        ("kind = \"growth\"\nop = \">=\"\nvalue = \"6\"\nunit = \"%\"".to_owned(), "0.5", "missed"),
        ("kind = \"growth\"\nop = \">=\"\nvalue = \"0.5\"\nunit = \"%\"".to_owned(), "6", "exceeded"),
    ];
    let targets: Vec<(&str, &str)> =
        fields.iter().map(|(fields, value, _)| (fields.as_str(), *value)).collect();
    let workspace = with_targets(&targets, "");
    for (at, (fields, value, state)) in (1..).zip(&fields) {
        let no = format!("P{at}");
        assert_eq!(codes(&workspace, &no), Vec::<String>::new(), "{value} for {fields}");
        assert_eq!(judged(&workspace, &no)["state"], *state, "{value} for {fields}");
    }
}

#[test]
fn only_a_recorded_waiver_confirms_an_absurd_value() {
    let fields = "kind = \"level\"\nop = \">=\"\nvalue = \"6.1\"\nunit = \"亿元\"";
    let waiver = "[[waiver]]\ncode = \"V424\"\ncity = \"a\"\nindicator = \"P1\"\nreason = \"新设园区投产\"\nowner = \"办公室\"\nuntil = 2024-12-31\n";
    for (waiver, state) in [("", "in_doubt"), (waiver, "exceeded")] {
        let workspace = with_targets(&[(fields, "640|Z1|经核实无误，属实")], "");
        workspace.write("input/2023/waivers.toml", waiver);
        workspace.run();
        assert_eq!(judged(&workspace, "P1")["state"], state);
    }
}

#[test]
fn the_slip_that_other_numbers_tell_is_named() {
    let increment = "kind = \"increment\"\nop = \">=\"\nvalue = \"9\"\nunit = \"家\"\nof = \"2\"";
    let other = "kind = \"level\"\nop = \">=\"\nvalue = \"2.5\"\nunit = \"亿元\"";
    let workspace = with_targets(
        &[
            (increment, "120"),
            (other, "7400"),
            (other, "1234"),
            ("kind = \"level\"\nop = \">=\"\nvalue = \"1234\"\nunit = \"家\"", "1300"),
        ],
        "",
    );
    let message = |no: &str| {
        let found = workspace.table("findings").into_iter().filter(|row| row["indicator"] == no);
        found.map(|row| row["message"].clone()).collect::<String>()
    };
    assert!(message("P1").contains("疑为填了指标2的总数"), "{}", message("P1"));
    assert!(message("P2").contains("疑为计量单位用错"), "{}", message("P2"));
}

/// Rows 1 of two units, 财政局 first in the plan's order.
fn of_two_units(first: &str, second: &str, round: &str) -> Workspace {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    let plan = "input/2023/a/plan.toml";
    replace(
        &workspace,
        plan,
        "name = \"研发强度\"\nunit = \"%\"\ngroup = \"投入\"\ndata_units = [\"统计局\"]",
        "name = \"研发强度\"\nunit = \"%\"\ngroup = \"投入\"\ndata_units = [\"财政局\", \"统计局\"]",
    );
    append(&workspace, "input/2023/round.toml", round);
    workspace.submit("a", "甲市", &GOOD.replace("1|研发强度|%|3.1", second));
    workspace.submit_as("input/2023/a/submissions/财政局.xlsx", "甲市", "财政局", first);
    workspace.write(
        "input/2023/a/received.csv",
        "文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n财政局.xlsx,2024-01-10 09:00\n",
    );
    workspace.run();
    workspace
}

#[test]
fn values_of_two_years_are_no_one_fact() {
    let of = |value: &str, year: &str| format!("1|研发强度|%|{value}|Z1|||{year}");
    for (first, second, state, actual, found) in [
        // Equal or not, the round's year goes first, whichever unit stands first.
        (of("3.05", "2022"), of("3.05", "2023"), "met", "3.05", vec!["C508", "V412"]),
        (of("3.05", "2023"), of("3.05", "2022"), "met", "3.05", vec!["C508", "V412"]),
        (of("2.9", "2022"), of("3.05", "2023"), "met", "3.05", vec!["C508", "V412"]),
        (of("2.9", "2022"), of("2.9", "2022"), "lagged", "2.9", vec!["V412", "V412"]),
        (of("2.9", "2022"), of("2.8", "2021"), "lagged", "2.9", vec!["C508", "V412", "V412"]),
    ] {
        let workspace = of_two_units(&first, &second, "");
        let row = judged(&workspace, "1");
        assert_eq!((row["state"].as_str(), row["actual"].as_str()), (state, actual), "{first} {second}");
        assert_eq!(codes(&workspace, "1"), found, "{first} {second}");
    }
}

#[test]
fn values_that_differ_only_in_digits_agree_and_an_error_beside_a_decision_withholds_nothing() {
    let workspace = of_two_units("1|研发强度|%|3.1", "1|研发强度|%|3.12", "");
    let row = judged(&workspace, "1");
    assert_eq!((row["state"].as_str(), row["actual"].as_str()), ("met", "3.12"));
    assert_eq!(codes(&workspace, "1"), Vec::<String>::new());
    let decided = "[[preference]]\ncity = \"a\"\nindicator = \"1\"\nunit = \"统计局\"\nreason = \"口径\"\nby = \"办公室\"\non = 2024-01-19\n";
    for (round, state) in [("", "in_doubt"), (decided, "met")] {
        let workspace = of_two_units("1|研发强度|%|310", "1|研发强度|%|3.1", round);
        let row = judged(&workspace, "1");
        assert_eq!(row["state"], state);
        // The doubt about another unit's number says whose it is.
        let named = row["reason"].starts_with("财政局：比重填310%");
        assert_eq!(named, round.is_empty(), "{}", row["reason"]);
    }
    // Both agree, and the doubt that is told is that of the cell whose value is shown.
    let workspace = of_two_units("1|研发强度|%|约3", "1|研发强度|%|310", "");
    let row = judged(&workspace, "1");
    assert_eq!((row["state"].as_str(), row["actual"].as_str()), ("in_doubt", "310"));
    assert!(row["reason"].starts_with("比重填310%"), "{}", row["reason"]);
}

#[test]
fn a_blank_beside_a_value_that_cannot_be_used_does_not_claim_that_it_was_used() {
    for (other, words) in [("3.1", "采用已报数"), ("约3", "所填不能采用")] {
        let workspace = of_two_units("1|研发强度|%|", &format!("1|研发强度|%|{other}"), "");
        let found = workspace.table("findings").into_iter().find(|row| row["code"] == "V415").unwrap();
        assert!(found["message"].contains(words), "{}", found["message"]);
    }
}

#[test]
fn growth_and_words_of_an_earlier_year_are_lagged() {
    // The levels of 2023 would give 5.1 %.
    let workspace = with_targets(
        &[("kind = \"growth\"\nop = \">=\"\nvalue = \"5\"\nunit = \"%\"\nof = \"1\"", "7.2|Z1|||2022")],
        "",
    );
    assert_eq!(judged(&workspace, "P1")["state"], "lagged");
    assert_eq!(codes(&workspace, "P1"), ["V412"]);
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    workspace.submit("a", "甲市", &GOOD.replace("有/无|有", "有/无|有|Z1|||2022"));
    workspace.run();
    assert_eq!(judged(&workspace, "4")["state"], "lagged");
    assert_eq!(codes(&workspace, "4"), ["V412"]);
}

#[test]
fn evidence_that_a_second_lead_left_out_does_not_withhold_the_first_one_s_task() {
    let tasks = "[[task_group]]\nno = \"1\"\nname = \"创新载体\"\nline = \"1\"\n[[task]]\nno = \"1.1\"\ngroup = \"1\"\ntitle = \"建设园区\"\ntext = \"建设园区\"\nlead = [\"统计局\", \"财政局\"]\nline = \"1\"\n";
    for (first, second, state) in [("Z1", "", "met"), ("Z1", "Z1", "met"), ("", "Z1", "in_doubt")] {
        let workspace = Workspace::with_cities(&[("a", "甲市")]);
        append(&workspace, "input/2023/a/plan.toml", tasks);
        let sheet = |evidence: &str| {
            format!("任务编号|工作要点|进展状态|进展说明|佐证编号\n'1.1|建设园区|完成|如上|{evidence}")
        };
        let cover =
            "城市|甲市\n填报单位|财政局\n报告期|2023年度\n填报人|甲\n审核人|乙\n填报日期|2024-01-10\n版本|'1";
        workspace.submit_sheets("a", "甲市", &[("封面", cover), ("任务", &sheet(second))]);
        let folder = workspace.path("input/2023/a/submissions");
        std::fs::rename(folder.join("统计局.xlsx"), folder.join("财政局.xlsx")).unwrap();
        let rows = format!("序号|指标名称|计量单位|2023年实绩|佐证编号\n{}|Z1", GOOD.replace('\n', "|Z1\n"));
        workspace.submit_sheets("a", "甲市", &[("指标", &rows), ("任务", &sheet(first))]);
        workspace.run();
        assert_eq!(workspace.table("tasks")[0]["state"], state, "{first} {second}");
    }
}

#[test]
fn a_plan_whose_numbers_are_not_those_of_its_quotes_is_refused() {
    let source = "研发强度\n3.0\n2.95\n企业数\n100\n能耗\n0.5\n政策\n有\n技工贸总收入突破7400亿元\n";
    let target = |value: &str| {
        format!(
            "[[target]]\nid = \"P1\"\nname = \"收入\"\nshort = \"收入\"\nyear = 2023\nkind = \"level\"\nop = \"surpass\"\nvalue = \"{value}\"\nunit = \"亿元\"\nlead = [\"统计局\"]\nline = \"10\"\nquote = \"突破7400亿元\"\n"
        )
    };
    for (value, row, status) in [("7400", "3.0", 0), ("740", "3.0", 2), ("7400", "0.3", 2)] {
        let workspace = Workspace::with_cities(&[("a", "甲市")]);
        workspace.write("input/sources/plan.txt", source);
        append(&workspace, "input/2023/a/plan.toml", &target(value));
        replace(&workspace, "input/2023/a/plan.toml", "value = \"3.0\"", &format!("value = \"{row}\""));
        let output = workspace.duibiao(&["plan", "check", "input/2023/a/plan.toml"]);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{value} {row} {text}");
        let named = if value == "740" {
            "“740”与引文“突破7400亿元”"
        } else {
            "“0.3”与引文“3.0”"
        };
        assert!(status == 0 || text.contains(named), "{text}");
    }
}

#[test]
fn a_city_has_its_rate_with_and_without_targets_below_the_year_before() {
    let workspace = Workspace::with_cities(&[("a", "甲市"), ("b", "乙市")]);
    for (slug, name) in [("a", "甲市"), ("b", "乙市")] {
        // The target of row 1 is 2.95 where last year's value was 3.0.
        let path = format!("input/2023/{slug}/plan.toml");
        if slug == "a" {
            replace(
                &workspace,
                &path,
                "value = \"3.0\"\nline = \"2\"\nquote = \"3.0\"",
                "value = \"2.95\"\nline = \"3\"\nquote = \"2.95\"",
            );
            replace(
                &workspace,
                &path,
                "year = 2022\nvalue = \"2.95\"\nline = \"3\"",
                "year = 2022\nvalue = \"3.0\"\nline = \"2\"",
            );
        }
        workspace.submit(slug, name, &GOOD.replace("企业数|家|120", "企业数|家|90"));
    }
    workspace.typeset();
    let report: String = pages(&workspace.path("output/2023/report.pdf")).concat();
    let report: String = report.split_whitespace().collect();
    // 甲市 3 of 4, without row 1 2 of 3.
    assert!(report.contains("不计目标不如上年实绩而可评的1项，完成率为66.7%（2/3）"), "{report}");
}

#[test]
fn no_number_that_was_confirmed_stops_the_report() {
    let rows = |value: &str| GOOD.replace("3.1", value).replace("120", value).replace("0.49", value);
    let targets = [
        "kind = \"growth\"\nop = \">=\"\nvalue = \"5\"\nunit = \"%\"\nof = \"1\"",
        "kind = \"increment\"\nop = \"~\"\nvalue = \"9\"\nunit = \"家\"\nof = \"2\"",
        "kind = \"average_growth\"\nop = \">=\"\nvalue = \"5\"\nunit = \"%\"\nbase_year = 2020\nof = \"1\"",
        "kind = \"interval\"\nlow = \"4\"\nhigh = \"6\"\nlowest = \"3\"\nhighest = \"9\"\ndirection = \"interval\"\nunit = \"万元\"",
    ];
    let waivers: String = ["V406", "V410", "V411", "V416", "V424", "C505"]
        .map(|code| {
            format!("[[waiver]]\ncode = \"{code}\"\ncity = \"a\"\nreason = \"已确认\"\nowner = \"办公室\"\nuntil = 2024-12-31\n")
        })
        .concat();
    for value in ["999999999999999", "-999999999999999", "5.5511151231257827E-17", "1E-300", "0"] {
        let workspace = with_targets(&targets.map(|fields| (fields, value)), "");
        let prose: String = (1..=targets.len()).map(|at| format!("\nP{at}|目标P{at}||{value}")).collect();
        workspace.submit("a", "甲市", &format!("{}{prose}", rows(value)));
        workspace.write("input/2023/waivers.toml", &waivers);
        workspace.run();
        let open: Vec<String> = workspace
            .table("assessments")
            .into_iter()
            .filter(|row| row["state"] == "in_doubt")
            .map(|row| format!("{} {}", row["no"], row["reason"]))
            .collect();
        assert_eq!(open, Vec::<String>::new(), "{value}");
    }
}
