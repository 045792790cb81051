//! Targets in prose with what they hang on: rows, base years, benchmarks, amendments, tasks, editions.

use crate::workspace::{GOOD, Row, Workspace, flowing_text, pages};

/// A city with one workbook, with more text in its plan and in the round.
fn evaluated(plan: &str, round: &str, rows: &str) -> Workspace {
    let workspace = prepared(plan, round, rows);
    workspace.run();
    workspace
}

fn prepared(plan: &str, round: &str, rows: &str) -> Workspace {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    for (path, more) in [("input/2023/a/plan.toml", plan), ("input/2023/round.toml", round)] {
        let text = std::fs::read_to_string(workspace.path(path)).unwrap();
        workspace.write(path, format!("{text}{more}"));
    }
    workspace.submit("a", "甲市", &format!("{GOOD}\n{rows}"));
    workspace
}

/// The same, with row 2, which GOOD reports as 120, printed as 100 for the year before.
fn row_two_was_100(plan: &str, rows: &str) -> Workspace {
    let workspace = prepared(plan, "", rows);
    let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
    let (head, tail) = plan.split_once("id = \"firms\"").unwrap();
    let value = "[[indicator.value]]\nyear = 2022\nvalue = \"100\"\nline = \"5\"\n";
    let tail = tail.replacen("[[indicator.target]]", &format!("{value}[[indicator.target]]"), 1);
    workspace.write("input/2023/a/plan.toml", format!("{head}id = \"firms\"{tail}"));
    workspace.run();
    workspace
}

/// A target in prose of 统计局 with the given fields.
fn target(no: &str, fields: &str) -> String {
    format!(
        "[[target]]\nid = \"{no}\"\nname = \"目标{no}\"\nshort = \"目标{no}\"\nyear = 2023\nlead = [\"统计局\"]\nline = \"1\"\nquote = \"研发强度\"\n{fields}\n"
    )
}

fn judged(workspace: &Workspace, no: &str) -> Row {
    workspace.table("assessments").into_iter().find(|row| row["no"] == no).unwrap()
}

fn codes(workspace: &Workspace, no: &str) -> Vec<String> {
    let found = workspace.table("findings").into_iter().filter(|row| row["indicator"] == no);
    found.map(|row| row["code"].clone()).collect()
}

const GROWTH: &str = "kind = \"growth\"\nop = \">=\"\nvalue = \"5\"\nunit = \"%\"\nof = \"1\"";

#[test]
fn growth_that_nobody_reports_follows_from_the_levels_and_says_so() {
    // 3.1 ÷ 2.95 = 1.050847…
    let workspace = evaluated(&target("P1", GROWTH), "", "P1|目标P1|%|");
    let row = judged(&workspace, "P1");
    assert_eq!((row["state"].as_str(), row["completion"].as_str()), ("met", "101.69"));
    let fact = workspace.table("facts").into_iter().find(|row| row["no"] == "P1").unwrap();
    assert_eq!(fact["status"], "derived");
    assert_eq!(fact["derivation"], "指标1：（3.1÷2.95－1）×100");
    let steps = workspace.table("lineage");
    assert!(steps.iter().any(|step| step["figure"] == "a/P1" && step["from"].starts_with("a/1，")));
    workspace.typeset();
    let text: String = pages(&workspace.path("output/2023/technical.pdf")).concat();
    assert!(text.contains("由指标1推算"));
}

#[test]
fn growth_that_contradicts_the_levels_is_in_doubt() {
    for (reported, finding, state) in
        [("5.1", false, "met"), ("5.08", false, "met"), ("7.2", true, "in_doubt")]
    {
        let workspace = evaluated(&target("P1", GROWTH), "", &format!("P1|目标P1|%|{reported}"));
        assert_eq!(codes(&workspace, "P1").contains(&"C505".to_owned()), finding, "{reported}");
        assert_eq!(judged(&workspace, "P1")["state"], state, "{reported}");
    }
}

#[test]
fn an_index_number_in_place_of_a_growth_rate_is_in_doubt() {
    let workspace = evaluated(&target("P1", GROWTH), "", "P1|目标P1|%|105.1");
    assert!(codes(&workspace, "P1").contains(&"V421".to_owned()));
    assert_eq!(judged(&workspace, "P1")["state"], "in_doubt");
}

#[test]
fn additions_far_above_the_net_rise_are_asked_about() {
    let fields = "kind = \"increment\"\nop = \">=\"\nvalue = \"9\"\nunit = \"家\"\nof = \"2\"";
    let targets = target("P1", fields) + &target("P2", fields);
    // Row 2 rose from 100 to 120: up to ten may have been lost.
    for (first, second, finding) in
        [("19", "11", false), ("20", "11", true), ("31", "", true), ("30", "", false)]
    {
        let reported = format!("P1|目标P1|家|{first}\nP2|目标P2|家|{second}");
        let workspace = row_two_was_100(&targets, &reported);
        assert_eq!(codes(&workspace, "2").contains(&"C507".to_owned()), finding, "{first}, {second}");
    }
}

#[test]
fn additions_are_never_less_than_the_net_rise() {
    let fields =
        "kind = \"increment\"\nop = \">=\"\nvalue = \"9\"\nbase = \"100\"\nunit = \"家\"\nof = \"2\"";
    for (reported, finding) in [("19", true), ("20", false), ("25", false)] {
        // Row 2 rose from 100 to 120.
        let workspace = row_two_was_100(&target("P1", fields), &format!("P1|目标P1|家|{reported}"));
        assert_eq!(codes(&workspace, "P1").contains(&"C506".to_owned()), finding, "{reported}");
    }
}

#[test]
fn average_growth_is_judged_once_the_round_declares_its_base_year() {
    let fields = "kind = \"average_growth\"\nop = \">=\"\nvalue = \"5\"\nunit = \"%\"";
    let declared = "[[base_year]]\ncity = \"a\"\ntarget = \"P1\"\nyear = 2020\nreason = \"规划起点\"\nby = \"办公室\"\non = 2024-01-10\n";
    for (round, state) in [("", "not_assessable"), (declared, "exceeded")] {
        let workspace = evaluated(&target("P1", fields), round, "P1|目标P1|%|6");
        assert_eq!(judged(&workspace, "P1")["state"], state);
        workspace.typeset();
        let text: String = pages(&workspace.path("output/2023/technical.pdf")).concat();
        assert_eq!(text.contains("规划起点"), !round.is_empty());
    }
}

#[test]
fn a_relative_target_waits_for_what_it_is_held_against() {
    let fields =
        "kind = \"relative\"\nop = \">\"\nreference = \"全市平均水平\"\nagainst = \"1\"\nunit = \"%\"";
    for (row_1, state, completion) in [
        ("1|研发强度|%|3.1", "exceeded", "109.68"),
        ("1|研发强度|%|3.4", "met", "100.00"),
        ("1|研发强度|%|2.95|Z1|说明||2022", "lagged", ""),
        ("1|研发强度|%|", "not_assessable", ""),
        ("1|研发强度|%|约3", "in_doubt", ""),
    ] {
        let workspace = prepared(&target("P1", fields), "", "");
        let actual = if row_1.ends_with("3.4") { "3.41" } else { "3.4" };
        let rows = GOOD.replace("1|研发强度|%|3.1", row_1);
        workspace.submit("a", "甲市", &format!("{rows}\nP1|目标P1|%|{actual}"));
        workspace.run();
        let row = judged(&workspace, "P1");
        let expected = if row_1.ends_with("3.4") { "100.29" } else { completion };
        assert_eq!((row["state"].as_str(), row["completion"].as_str()), (state, expected), "{row_1}");
    }
}

#[test]
fn an_amendment_is_in_force_from_its_day_and_the_issued_target_is_shown() {
    let amended = |on: &str| {
        let workspace = Workspace::with_cities(&[("a", "甲市")]);
        let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
        let amendment = format!(
            "value = \"100\"\nline = \"5\"\nquote = \"100\"\n[[indicator.target.amendment]]\non = {on}\nvalue = \"130\"\nauthority = \"领导小组\"\nreason = \"省级考核目标明确\"\n"
        );
        let plan = plan.replace("value = \"100\"\nline = \"5\"\nquote = \"100\"\n", &amendment);
        workspace.write("input/2023/a/plan.toml", plan);
        workspace.submit("a", "甲市", GOOD);
        workspace.typeset();
        workspace
    };
    for (on, target, superseded, state) in [
        ("2023-09-01", "130", "100", "missed"),
        ("2024-01-31", "130", "100", "missed"),
        ("2024-02-01", "100", "", "exceeded"),
    ] {
        let workspace = amended(on);
        let row = judged(&workspace, "2");
        let found = [&row["target"], &row["superseded"], &row["state"]];
        assert_eq!(found, [target, superseded, state], "{on}");
        let text: String = pages(&workspace.path("output/2023/technical.pdf")).concat();
        let text: String = text.split_whitespace().collect();
        assert_eq!(text.contains("由100调整为130（领导小组：省级考核目标明确）"), state == "missed");
        let steps = workspace.table("lineage");
        assert_eq!(steps.iter().any(|step| step["operation"] == "调整 amend"), state == "missed");
    }
}

#[test]
fn a_target_of_every_year_is_judged_in_every_year_of_the_plan() {
    let fields = "kind = \"level\"\nop = \">=\"\nvalue = \"50\"\nunit = \"项\"\nrecurring = true";
    let workspace =
        prepared(&target("P1", fields).replace("year = 2023", "year = 2024"), "", "P1|目标P1|项|51");
    let path = workspace.path("input/2023/a/plan.toml");
    let plan = std::fs::read_to_string(path).unwrap();
    workspace.write("input/2023/a/plan.toml", plan.replace("years = [2023]", "years = [2023, 2024]"));
    workspace.run();
    assert_eq!(judged(&workspace, "P1")["state"], "met");
}

const TASKS: &str = "[[task_group]]\nno = \"1\"\nname = \"创新载体\"\nline = \"1\"\n[[task]]\nno = \"1.1\"\ngroup = \"1\"\ntitle = \"建设园区\"\ntext = \"建设园区\"\nlead = [\"统计局\"]\nresponsible = [\"财政局\", \"各县市区\"]\nline = \"1\"\n";

#[test]
fn a_task_whose_state_contradicts_its_targets_is_a_finding() {
    let fields = "task = \"1.1\"\nkind = \"level\"\nop = \">=\"\nvalue = \"50\"\nunit = \"项\"";
    for (said, state, actual, code, missed) in [
        ("完成", "met", "49", "S603", "P1"),
        ("完成", "met", "50", "", ""),
        ("未启动", "not_started", "50", "S604", ""),
        ("未启动", "not_started", "49", "", "P1"),
        ("推进中", "ongoing", "50", "", ""),
    ] {
        let plan = format!("{TASKS}{}", target("P1", fields));
        let workspace = prepared(&plan, "", "");
        let indicators = format!(
            "序号|指标名称|计量单位|2023年实绩|佐证编号\n{}\nP1|目标P1|项|{actual}",
            GOOD.replace('\n', "|Z1\n")
        );
        let indicators = indicators.replace(&format!("项|{actual}"), &format!("项|{actual}|Z1"));
        let tasks = format!("任务编号|工作要点|进展状态|进展说明|佐证编号\n'1.1|建设园区|{said}|如上|Z1");
        workspace.submit_sheets("a", "甲市", &[("指标", &indicators), ("任务", &tasks)]);
        workspace.run();
        let found: String =
            codes(&workspace, "任务1.1").into_iter().filter(|one| one.starts_with('S')).collect();
        assert_eq!(found, code, "{said}, {actual}");
        let task = &workspace.table("tasks")[0];
        assert_eq!((task["state"].as_str(), task["missed"].as_str()), (state, missed), "{said}, {actual}");
    }
}

#[test]
fn units_are_summed_up_by_role() {
    let fields = "task = \"1.1\"\nkind = \"level\"\nop = \">=\"\nvalue = \"50\"\nunit = \"项\"";
    let plan = format!("{TASKS}{}", target("P1", fields));
    let workspace = evaluated(&plan, "", "P1|目标P1|项|49");
    let rows: Vec<String> = workspace
        .table("units")
        .iter()
        .map(|row| {
            [
                "unit",
                "role_key",
                "expected",
                "reported",
                "assessable",
                "met",
                "tasks",
                "tasks_done",
                "on_time",
            ]
            .map(|column| row[column].clone())
            .join(" ")
        })
        .collect();
    assert_eq!(
        rows,
        [
            "统计局 data 4 4 4 4 0 0 true",
            "统计局 lead 1 1 1 0 1 0 true",
            "财政局 shared 1  1 0 1 0 ",
            "各县市区 shared 1  1 0 1 0 ",
        ]
    );
    // Who only shares in tasks is counted, and named with the task.
    workspace.typeset();
    let text = flowing_text(&[workspace.path("output/2023/technical.pdf")]);
    assert!(text.contains("只参与任务、不报送的单位（2个）") && text.contains("财政局、各县市区"), "{text}");
}

#[test]
fn the_final_edition_asks_for_final_values() {
    let rows = "序号|指标名称|计量单位|2023年实绩|数据性质|佐证编号\n1|研发强度|%|3.1|预计|Z1\n2|企业数|家|120|最终|Z1\n3|单位能耗|吨标准煤/万元|0.49|快报|Z1\n4|创新政策|有/无|有||Z1";
    for (edition, expected) in [("快报", 0), ("终版", 2)] {
        let workspace = Workspace::with_cities(&[("a", "甲市")]);
        let text = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
        workspace.write("input/2023/round.toml", text.replace("\"快报\"", &format!("\"{edition}\"")));
        workspace.submit_sheets("a", "甲市", &[("指标", rows)]);
        workspace.run();
        let found = workspace.findings().iter().filter(|(code, ..)| code == "V422").count();
        assert_eq!(found, expected, "{edition}");
        assert_eq!(judged(&workspace, "1")["state"], "met", "used with a mark");
    }
}

/// What a bureau asks its leaders, with these fields.
fn asked(fields: &str) -> String {
    format!("[[decision_asked]]\ncity = \"a\"\n{fields}\nreason = \"会议\"\nby = \"\"\non = 2024-01-01\n")
}

#[test]
fn declarations_that_name_nothing_or_make_no_sense_are_refused() {
    for (more, part) in [
        ("[[weight]]\nindicator = \"99\"\nweight = \"2\"\n", "99"),
        ("[[weight]]\nindicator = \"1\"\nweight = \"-1\"\n", "0—1000"),
        (
            "[[veto]]\ngrade = \"合格\"\nreason = \"\"\nby = \"\"\non = 2024-01-01\n",
            "city、indicator 或 nature",
        ),
        ("[[veto]]\ncity = \"a\"\ngrade = \"优\"\nreason = \"\"\nby = \"\"\non = 2024-01-01\n", "不合格"),
        ("[[benchmark]]\ncity = \"a\"\ntarget = \"P9\"\nname = \"\"\nvalue = \"1\"\nsource = \"\"\n", "P9"),
        (
            "[[base_year]]\ncity = \"b\"\ntarget = \"1\"\nyear = 2020\nreason = \"\"\nby = \"\"\non = 2024-01-01\n",
            "本轮没有城市",
        ),
        (
            "[[base_year]]\ncity = \"a\"\ntarget = \"P1\"\nyear = 2023\nreason = \"\"\nby = \"\"\non = 2024-01-01\n",
            "不早于",
        ),
        (
            "[[base_year]]\ncity = \"a\"\ntarget = \"1\"\nyear = 2020\nreason = \"\"\nby = \"\"\non = 2024-01-01\n",
            "不是年均增长目标",
        ),
        (
            "[[benchmark]]\ncity = \"a\"\ntarget = \"P2\"\nname = \"\"\nvalue = \"1\"\nsource = \"\"\n",
            "没有against",
        ),
        (
            "[[weight]]\nindicator = \"1\"\nweight = \"2\"\n[[weight]]\nindicator = \"1\"\nweight = \"3\"\n",
            "写了两次",
        ),
        (&asked("kind = \"tiers\""), "measure, supervision, target, floors, acknowledgement"),
        (&asked("kind = \"supervision\""), "target"),
        (&asked("kind = \"supervision\"\ntarget = \"99\""), "99"),
        (&asked("kind = \"floors\"\nchoices = [\"好\"]"), "choices有1项"),
        (&asked(&format!("kind = \"floors\"\nquestion = \"{}\"", "长".repeat(61))), "question"),
        (&asked("kind = \"floors\"").repeat(2), "写了两次"),
        (&asked("kind = \"target\"\ntarget = \"1\"").repeat(4), "至多3项"),
    ] {
        let relative = "kind = \"relative\"\nop = \">\"\nreference = \"全市\"\nagainst = \"1\"\nunit = \"%\"";
        let average = "kind = \"average_growth\"\nop = \">=\"\nvalue = \"5\"\nunit = \"%\"";
        let plan = format!("{}{}", target("P1", average), target("P2", relative));
        let workspace = prepared(&plan, more, "");
        let output = workspace.duibiao(&["run", "input/2023"]);
        assert_eq!(output.status.code(), Some(2), "{more}");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn targets_that_cannot_be_meant_are_faults_of_the_plan() {
    let amendment = "[[target.amendment]]\non = 2023-09-01\nvalue = \"3\"\nauthority = \"\"\nreason = \"\"";
    for (fields, part) in [
        (format!("kind = \"milestone\"\nvalue = \"建成\"\n{amendment}").as_str(), "amendment"),
        ("kind = \"range\"\nlow = \"6\"\nhigh = \"5\"\nunit = \"个\"", "low 大于 high"),
        (
            "kind = \"interval\"\nlow = \"4\"\nhigh = \"6\"\nlowest = \"5\"\nhighest = \"9\"\nunit = \"%\"",
            "区间之外",
        ),
        ("kind = \"magnitude\"\nvalue = \"很大\"\nunit = \"亿元\"", "magnitude"),
        ("kind = \"growth\"\nvalue = \"5\"\nunit = \"%\"\nof = \"99\"", "不是附表的序号"),
        ("kind = \"relative\"\nop = \">\"\nunit = \"%\"", "缺少 reference"),
        ("kind = \"magnitude\"\nvalue = \"三千亿级\"\nunit = \"亿元\"", "magnitude"),
        ("kind = \"magnitude\"\nvalue = \"千亿级\"\nunit = \"家\"", "换算为亿元"),
        ("kind = \"level\"\nop = \"<=\"\nvalue = \"5\"\nunit = \"个\"", "op 与 direction 相反"),
        (
            "kind = \"magnitude\"\nvalue = \"千亿级\"\nunit = \"亿元\"\ndirection = \"lower\"",
            "op 与 direction 相反",
        ),
        ("kind = \"relative\"\nop = \"=\"\nreference = \"全市\"\nunit = \"%\"", "op 与 direction 相反"),
        ("kind = \"growth\"\nop = \">=\"\nvalue = \"5\"\nunit = \"家\"", "单位应为%"),
        ("kind = \"level\"\nop = \"~\"\nvalue = \"5\"\ntolerance = \"-50\"\nunit = \"个\"", "0—100"),
        ("kind = \"level\"\nop = \"~\"\nvalue = \"79228162514264337593543950335\"\nunit = \"个\"", "10¹⁵"),
        ("kind = \"level\"\nop = \">=\"\nvalue = \"5.00000000000000001\"\nunit = \"个\"", "小数不超过"),
        ("kind = \"level\"\nop = \">=\"\nvalue = \"5\"\nunit = \"个\"\nsame_as = \"P1\"", "same_as"),
    ] {
        let workspace = prepared(&target("P1", fields), "", "");
        let output = workspace.duibiao(&["plan", "check", "input/2023/a/plan.toml"]);
        assert_eq!(output.status.code(), Some(2), "{fields}");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains(part) && text.contains("第"), "{part} in\n{text}");
    }
}

#[test]
fn a_row_that_says_two_things_of_one_year_is_a_fault() {
    let target = |tier: &str| {
        format!(
            "[[indicator.target]]\nyear = 2023\ntier = \"{tier}\"\nvalue = \"0.4\"\nline = \"7\"\nquote = \"0.5\"\n"
        )
    };
    let value = "[[indicator.value]]\nyear = 2022\nvalue = \"2.95\"\nline = \"3\"\n";
    for (more, part) in [
        (target("annual"), "写了两次"),
        (target("assessed"), "两档"),
        (format!("{value}{value}"), "写了两次"),
    ] {
        let workspace = Workspace::with_cities(&[("a", "甲市")]);
        let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
        // Behind the third row, 单位能耗.
        let plan = plan.replace("[[indicator]]\nno = \"4\"", &format!("{more}[[indicator]]\nno = \"4\""));
        workspace.write("input/2023/a/plan.toml", plan);
        let output = workspace.duibiao(&["plan", "check", "input/2023/a/plan.toml"]);
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn places_that_were_lost_are_a_miss_and_no_error() {
    let fields = "kind = \"rank_change\"\nop = \">=\"\nvalue = \"2\"\nunit = \"位\"";
    let workspace = evaluated(&target("P1", fields), "", "P1|目标P1|位|-1");
    assert_eq!(judged(&workspace, "P1")["state"], "missed");
    assert!(!codes(&workspace, "P1").contains(&"V416".to_owned()));
}

#[test]
fn an_amended_target_is_what_scale_and_growth_are_held_against() {
    // 700 is a thousandth of the target as issued and right for the one in force.
    let fields = "kind = \"level\"\nop = \">=\"\nvalue = \"700000\"\nunit = \"项\"\n[[target.amendment]]\non = 2023-09-01\nvalue = \"690\"\nauthority = \"\"\nreason = \"\"";
    let workspace = evaluated(&target("P1", fields), "", "P1|目标P1|项|700");
    assert_eq!(judged(&workspace, "P1")["state"], "met");
    assert_eq!(codes(&workspace, "P1"), Vec::<String>::new());
}

#[test]
fn a_plan_that_prints_another_year_before_is_not_told_to_print_none() {
    let growth = GROWTH.replace("of = \"1\"", "of = \"2\"");
    let workspace = prepared(&target("P1", &growth), "", "");
    let remark = |workspace: &Workspace| {
        let output = workspace.duibiao(&["plan", "check", "input/2023/a/plan.toml", "--format", "json"]);
        let lines = String::from_utf8(output.stdout).unwrap();
        let found = lines.lines().find(|line| line.contains("\"P111\"") && line.contains("\"P1\""));
        found.unwrap_or_else(|| panic!("{lines} {}", String::from_utf8_lossy(&output.stderr))).to_owned()
    };
    assert!(remark(&workspace).contains("增长目标未列基期数"));
    let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
    let (head, tail) = plan.split_once("id = \"firms\"").unwrap();
    let value = "[[indicator.value]]\nyear = 2020\nvalue = \"100\"\nline = \"5\"\n";
    let tail = tail.replacen("[[indicator.target]]", &format!("{value}[[indicator.target]]"), 1);
    workspace.write("input/2023/a/plan.toml", format!("{head}id = \"firms\"{tail}"));
    assert!(remark(&workspace).contains("增长目标（只列2020年数）未列基期数"), "{}", remark(&workspace));
}

#[test]
fn a_value_in_doubt_repeats_what_was_said_of_its_own_cell() {
    // V411 of the value, L219 of its year: both are about one number, and the reason quotes that number.
    let workspace = evaluated("", "", "");
    workspace.submit(
        "a",
        "甲市",
        "1|研发强度|%|130|Z1|||2023年\n2|企业数|家|-7\n3|单位能耗|吨标准煤/万元|0.49\n4|创新政策|有/无|有",
    );
    workspace.run();
    for (no, own, other) in [("1", "130", "-7"), ("2", "-7", "130")] {
        let row = judged(&workspace, no);
        assert_eq!(row["state"], "in_doubt", "{no}");
        assert!(row["reason"].contains(own) && !row["reason"].contains(other), "{no} {}", row["reason"]);
    }
}
