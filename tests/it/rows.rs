//! Rows of the plan's table with targets of every kind.

use crate::workspace::{Row, Workspace, flowing_text, pages};

/// A row of a one-row plan: what the catalogue says of it, the fields of its target, its printed past.
struct Case {
    name: &'static str,
    unit: &'static str,
    direction: &'static str,
    measure: &'static str,
    past: &'static str,
    target: &'static str,
    quote: &'static str,
    reported: &'static str,
    /// Year of the target.
    year: i32,
}

const ROW: Case = Case {
    name: "地区生产总值",
    unit: "亿元",
    direction: "higher",
    measure: "flow",
    past: "4600",
    target: "value = \"5000\"",
    quote: "5000",
    reported: "5000",
    year: 2023,
};

impl Case {
    /// The round of the row alone, as `check` and `run` read it.
    fn written(&self) -> Workspace {
        let Self { name, unit, direction, measure, past, target, quote, reported, year } = self;
        let workspace = Workspace::with_cities(&[("a", "甲市")]);
        workspace.write(
            "input/catalogue.toml",
            format!(
                "[[dimension]]\nid = \"one\"\nname = \"发展\"\n[[indicator]]\nid = \"x\"\nname = \"{name}\"\nshort = \"某指标\"\nunit = \"{unit}\"\ndirection = \"{direction}\"\nmeasure = \"{measure}\"\ndecimals = 2\ndimension = \"one\"\n"
            ),
        );
        workspace.write("input/sources/plan.txt", format!("{name}\n{past}\n{quote}\n"));
        let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
        let head = plan.split("[[indicator]]").next().unwrap();
        let value = |text: &str| match text {
            "" => String::new(),
            _ => format!("[[indicator.value]]\nyear = 2022\nvalue = \"{text}\"\nline = \"2\"\n"),
        };
        workspace.write(
            "input/2023/a/plan.toml",
            format!(
                "{head}[[indicator]]\nno = \"1\"\nid = \"x\"\nname = \"{name}\"\nunit = \"{unit}\"\ngroup = \"投入\"\ndata_units = [\"统计局\"]\nline = \"1\"\n{}[[indicator.target]]\nyear = {year}\nline = \"3\"\nquote = \"{quote}\"\n{target}\n",
                value(past)
            ),
        );
        workspace.submit("a", "甲市", &format!("1|{name}|{unit}|{reported}"));
        workspace
    }

    fn judged(&self) -> (Workspace, Row) {
        let workspace = self.written();
        workspace.typeset();
        let row = workspace.table("assessments").into_iter().find(|row| row["tier"] == "annual").unwrap();
        (workspace, row)
    }
}

/// A row of each kind, its verdict and completion, and words that the report prints for it.
#[expect(clippy::too_many_lines, reason = "a table")]
fn every_kind() -> Vec<(Case, &'static str, &'static str, &'static str)> {
    let share = Case { name: "研发经费占比", unit: "%", measure: "ratio", ..ROW };
    let rank = Case { name: "综合排名", unit: "位", direction: "rank", measure: "rank", ..ROW };
    vec![
        (
            Case { target: "kind = \"growth\"\nvalue = \"8\"", quote: "增长8%", ..ROW },
            "exceeded",
            "108.70",
            "增长8.70%",
        ),
        (
            Case { target: "kind = \"growth\"\nvalue = \"8.7\"", quote: "增长8.7%", ..ROW },
            "nearly",
            "99.95",
            "增长8.696%",
        ),
        (
            Case {
                target: "kind = \"multiple\"\nvalue = \"1\"",
                quote: "不低于上年",
                reported: "4599",
                ..ROW
            },
            "nearly",
            "99.98",
            "不低于上年",
        ),
        (
            Case {
                target: "kind = \"multiple\"\nvalue = \"2\"\nbase_year = 2022",
                quote: "翻一番",
                reported: "9300",
                ..ROW
            },
            "met",
            "101.09",
            "为2022年的2.02倍",
        ),
        (
            Case {
                target: "kind = \"increment\"\nvalue = \"300\"",
                quote: "增加300亿元",
                measure: "stock",
                ..ROW
            },
            "exceeded",
            "133.33",
            "比上年增加400亿元",
        ),
        (
            Case {
                target: "kind = \"increment\"\nvalue = \"0.2\"",
                quote: "提高0.2个百分点",
                past: "2.8",
                reported: "2.97",
                ..share
            },
            "missed",
            "85.00",
            "比上年提高0.17个百分点",
        ),
        (
            Case {
                target: "kind = \"rank\"\nvalue = \"30\"",
                quote: "第30位",
                past: "35",
                reported: "31",
                ..rank
            },
            "missed",
            "",
            "综合排名",
        ),
        (
            Case {
                target: "kind = \"rank_change\"\nvalue = \"3\"",
                quote: "前进3位",
                past: "35",
                reported: "31",
                ..rank
            },
            "met",
            "",
            "比上年进4位",
        ),
        (
            Case { target: "kind = \"range\"\nlow = \"4900\"\nhigh = \"5100\"", quote: "4900—5100", ..ROW },
            "met",
            "102.04",
            "4900—5100",
        ),
        (
            Case {
                target: "kind = \"level\"\nop = \"~\"\nvalue = \"3\"\ntolerance = \"0.1个百分点\"",
                quote: "3左右",
                past: "2.8",
                reported: "2.9",
                ..share
            },
            "met",
            "96.67",
            "3左右",
        ),
        (
            Case { target: "kind = \"magnitude\"\nvalue = \"千亿级\"", quote: "千亿级", ..ROW },
            "exceeded",
            "500.00",
            "千亿级",
        ),
        (Case { target: "undefined = \"前列\"", quote: "全省前列", ..ROW }, "not_assessable", "", "前列"),
        (Case { target: "value = \"5000\"", ..ROW }, "met", "100.00", "5000"),
    ]
}

#[test]
fn rows_of_every_kind_are_judged_counted_and_ranked() {
    for (case, state, completion, printed) in every_kind() {
        let (workspace, row) = case.judged();
        let said = (row["state"].as_str(), row["completion"].as_str());
        assert_eq!(said, (state, completion), "{} {}", case.target, row["reason"]);
        let text = flowing_text(&[workspace.path("output/2023/technical.pdf")]);
        assert!(text.contains(printed), "{printed} for {}\n{text}", case.target);
        let city = &workspace.table("scores")[0];
        assert_eq!(city["total"], "1", "{}", case.target);
        assert_eq!(city["assessable"], if state == "not_assessable" { "0" } else { "1" });
        // The chain tells what the change was counted from.
        if case.target.contains("growth") {
            let steps = workspace.table("lineage");
            let chain: Vec<&str> = steps
                .iter()
                .filter(|step| step["figure"] == "a/1")
                .map(|step| step["from"].as_str())
                .collect();
            assert!(chain.iter().any(|from| from.contains("第2行“4600”")), "{chain:?}");
            assert!(chain.contains(&"（5000÷4600－1）×100"), "{chain:?}");
        }
    }
}

#[test]
fn a_change_without_a_base_is_not_judged_unless_the_year_before_is_reported() {
    let growth = Case { target: "kind = \"growth\"\nvalue = \"8\"", quote: "增长8%", past: "", ..ROW };
    let (_, row) = growth.judged();
    assert_eq!(
        (row["state"].as_str(), row["reason"].as_str()),
        ("not_assessable", "没有2022年的数，变化不能核算")
    );
    let workspace = growth.written();
    workspace.submit("a", "甲市", "1|地区生产总值|亿元|5000|Z1||4600");
    workspace.run();
    let row = &workspace.table("assessments")[0];
    assert_eq!((row["state"].as_str(), row["completion"].as_str()), ("exceeded", "108.70"));
    let steps = workspace.table("lineage");
    assert!(
        steps.iter().any(|step| step["figure"] == "a/1"
            && step["to"] == "2022年4600"
            && step["from"].contains("[指标]!G4")),
        "{steps:?}"
    );
}

#[test]
fn a_row_may_strive_for_more_beside_its_target() {
    let case = Case {
        target: "value = \"5000\"\n[[indicator.target]]\nyear = 2023\ntier = \"stretch\"\nvalue = \"5200\"\nline = \"3\"\nquote = \"5200\"",
        quote: "5000，力争5200",
        ..ROW
    };
    let workspace = case.written();
    let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
    workspace
        .write("input/2023/a/plan.toml", plan.replacen("quote = \"5000，力争5200\"", "quote = \"5000\"", 1));
    workspace.typeset();
    let rows = workspace.table("assessments");
    let states: Vec<(&str, &str)> =
        rows.iter().map(|row| (row["tier"].as_str(), row["state"].as_str())).collect();
    assert_eq!(states, [("annual", "met"), ("stretch", "nearly")]);
    assert_eq!(workspace.table("scores")[0]["total"], "1");
    let text = pages(&workspace.path("output/2023/technical.pdf")).concat();
    for words in ["力争值", "5200"] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn fields_that_a_kind_does_not_take_are_told() {
    for (target, fault) in [
        ("kind = \"growth\"\nlow = \"5\"\nvalue = \"8\"", "“growth”的目标不写 low"),
        ("kind = \"range\"\nvalue = \"8\"\nlow = \"1\"\nhigh = \"5000\"", "“range”的目标不写 value"),
        ("kind = \"relative\"\nop = \">=\"", "缺少 reference"),
        ("kind = \"growths\"\nvalue = \"5000\"", "“growths”应为"),
        ("kind = \"multiple\"\nvalue = \"5000\"\nbase_year = 2023", "base_year 应早于目标年份"),
        ("op = \"~\"\nvalue = \"5000\"\ntolerance = \"2个\"", "tolerance 只用于"),
    ] {
        let workspace = Case { target, ..ROW }.written();
        let output = workspace.duibiao(&["check", "input/2023"]);
        assert_eq!(output.status.code(), Some(2), "{target}");
        let said =
            String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        assert!(said.contains(fault), "{fault} in\n{said}");
    }
}

#[test]
fn a_later_years_target_is_judged_by_what_is_due_and_never_completed() {
    let later = Case { year: 2025, quote: "5200", ..ROW };
    let level = Case { target: "value = \"5200\"", ..later };
    let average =
        Case { target: "kind = \"average_growth\"\nvalue = \"8\"", quote: "年均增长8%", ..later };
    let rank = Case {
        name: "综合排名",
        unit: "位",
        direction: "rank",
        measure: "rank",
        past: "35",
        year: 2025,
        ..ROW
    };
    let rank = Case { target: "kind = \"rank\"\nvalue = \"30\"", quote: "第30位", ..rank };
    for (case, state, completion, due) in [
        // 4600 ＋ 600 × 1 ÷ 3 = 4800 are due in 2023.
        (Case { reported: "4800", ..level }, "on_schedule", "100.00", "4800"),
        (Case { reported: "4799", ..level }, "behind", "99.98", "4800"),
        (Case { reported: "5300", ..level }, "on_schedule", "110.42", "4800"),
        (
            Case { target: "value = \"60\"\ncumulative = true", quote: "60", reported: "20", ..level },
            "on_schedule",
            "100.00",
            "20",
        ),
        (Case { reported: "4970", ..average }, "on_schedule", "100.54", ""),
        (Case { reported: "4960", ..average }, "behind", "97.83", ""),
        (Case { past: "", ..level }, "not_assessable", "", ""),
        (Case { reported: "31", ..rank }, "not_assessable", "", ""),
        (Case { reported: "30", ..rank }, "on_schedule", "", ""),
    ] {
        let (workspace, row) = case.judged();
        let said = (row["state"].as_str(), row["completion"].as_str(), row["due"].as_str());
        assert_eq!(said, (state, completion, due), "{} {} {}", case.target, case.reported, row["reason"]);
        let text = pages(&workspace.path("output/2023/technical.pdf")).concat();
        assert!(!text.contains("完成年度目标"), "{text}");
        if !due.is_empty() {
            let steps = workspace.table("lineage");
            assert!(steps.iter().any(|step| step["figure"] == "a/1" && step["to"] == due), "{steps:?}");
        }
    }
}

#[test]
fn a_row_without_any_target_is_shown_and_not_judged() {
    let workspace = Case { past: "", ..ROW }.written();
    let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
    let more = "[[indicator]]\nno = \"2\"\nid = \"y\"\nname = \"常住人口\"\nunit = \"万人\"\ngroup = \"投入\"\ndata_units = [\"统计局\"]\nline = \"1\"\n";
    workspace.write("input/2023/a/plan.toml", plan + more);
    let catalogue = std::fs::read_to_string(workspace.path("input/catalogue.toml")).unwrap();
    let more = "[[indicator]]\nid = \"y\"\nname = \"常住人口\"\nshort = \"常住人口\"\nunit = \"万人\"\ndirection = \"none\"\nmeasure = \"stock\"\ndecimals = 2\ndimension = \"one\"\n";
    workspace.write("input/catalogue.toml", catalogue + more);
    workspace.submit("a", "甲市", "1|地区生产总值|亿元|5000\n2|常住人口|万人|272.6");
    workspace.typeset();
    assert_eq!(workspace.table("scores")[0]["total"], "1");
    let facts = workspace.table("facts");
    let fact = facts.iter().find(|fact| fact["no"] == "2").unwrap();
    assert_eq!((fact["value"].as_str(), fact["status"].as_str()), ("272.6", "agreed"));
    assert!(workspace.table("assessments").iter().all(|row| row["no"] != "2"));
    let text = pages(&workspace.path("output/2023/technical.pdf")).concat();
    assert!(text.contains("方案未列目标") && text.contains("272.6"), "{text}");
}

/// A whole with a part, the first 约束性, both reported; with more in the plan and in the round.
fn whole_and_part(whole: &'static str, part: &str, more: &str, round: &str) -> Workspace {
    let workspace = Case { name: "研发经费", measure: "flow", reported: whole, ..ROW }.written();
    let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
    let plan = plan.replacen("unit = \"亿元\"", "unit = \"亿元\"\nnature = \"binding\"", 1);
    let second = format!(
        "[[indicator]]\nno = \"2\"\nid = \"y\"\nname = \"企业研发经费\"\nunit = \"亿元\"\nnature = \"anticipatory\"\nparent = \"1\"\ngroup = \"投入\"\ndata_units = [\"统计局\"]\nline = \"1\"\n{more}[[indicator.target]]\nyear = 2023\nvalue = \"4600\"\nline = \"2\"\nquote = \"4600\"\n"
    );
    workspace.write("input/2023/a/plan.toml", plan + &second);
    let catalogue = std::fs::read_to_string(workspace.path("input/catalogue.toml")).unwrap();
    let entry = "[[indicator]]\nid = \"y\"\nname = \"企业研发经费\"\nshort = \"企业研发\"\nunit = \"亿元\"\ndirection = \"higher\"\nmeasure = \"flow\"\ndecimals = 2\ndimension = \"one\"\n";
    workspace.write("input/catalogue.toml", catalogue + entry);
    let text = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    workspace.write("input/2023/round.toml", text + round);
    workspace.submit("a", "甲市", &format!("1|研发经费|亿元|{whole}\n2|企业研发经费|亿元|{part}"));
    workspace
}

#[test]
fn a_part_above_its_whole_puts_both_in_doubt() {
    for (part, states) in [("4900", ["met", "exceeded"]), ("5100", ["in_doubt", "in_doubt"])] {
        let workspace = whole_and_part("5000", part, "", "");
        workspace.run();
        let rows = workspace.table("assessments");
        let said: Vec<&str> = rows.iter().map(|row| row["state"].as_str()).collect();
        assert_eq!(said, states, "{part}");
        assert_eq!(workspace.findings().iter().any(|(code, ..)| code == "C512"), part == "5100");
    }
}

#[test]
fn natures_are_counted_apart_and_a_veto_names_them_all() {
    let veto = "[[veto]]\nnature = \"binding\"\ngrade = \"合格\"\nreason = \"约束性指标未达\"\nby = \"办公室\"\non = 2024-01-10\n";
    for (whole, grade, words) in [
        ("5000", "优秀", "其中约束性指标1项，完成1项；预期性指标1项，完成1项。"),
        ("4999", "合格", "其中约束性指标1项，完成0项；预期性指标1项，完成1项。"),
    ] {
        let workspace = whole_and_part(whole, "4700", "", veto);
        workspace.typeset();
        assert_eq!(workspace.table("scores")[0]["grade"], grade);
        let natures: Vec<String> =
            workspace.table("assessments").iter().map(|row| row["nature"].clone()).collect();
        assert_eq!(natures, ["binding", "anticipatory"]);
        let text = flowing_text(&[workspace.path("output/2023/report.pdf")]);
        assert!(text.contains(words), "{words} in\n{text}");
    }
}

#[test]
fn quotas_that_do_not_add_up_are_told() {
    let quota = |area: &str, value: &str| {
        format!("[[indicator.quota]]\narea = \"{area}\"\nyear = 2023\nvalue = \"{value}\"\nline = \"2\"\n")
    };
    for (first, told) in [("4600", false), ("460", true)] {
        let more = match told {
            false => quota("甲县", "4600"),
            true => quota("甲县", "4600") + &quota("乙县", "4600"),
        };
        let workspace = whole_and_part("5000", "4700", &more, "");
        let output = workspace.duibiao(&["plan", "check", "input/2023/a/plan.toml"]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(said.contains("P115"), told, "{first} {said} {}", String::from_utf8_lossy(&output.stderr));
    }
    let looped = whole_and_part("5000", "4700", "", "");
    let plan = std::fs::read_to_string(looped.path("input/2023/a/plan.toml")).unwrap();
    looped.write("input/2023/a/plan.toml", plan.replacen("nature = \"binding\"", "parent = \"2\"", 1));
    let output = looped.duibiao(&["plan", "check", "input/2023/a/plan.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("自己的其中项"));
}
