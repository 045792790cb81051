//! What a plan, a catalogue or a round refers to is there: rows, tasks, units, domains, lines of the source. A name that means nothing
//! would silently do nothing.

use crate::workspace::{GOOD, Workspace};

const PLAN: &str = "input/2023/a/plan.toml";

/// A round with a task, a target in it and a share.
fn sound() -> Workspace {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    let plan = std::fs::read_to_string(workspace.path(PLAN)).unwrap();
    let more = "[[task_group]]\nno = \"1\"\nname = \"载体\"\nline = \"1\"\n[[task]]\nno = \"1.1\"\ngroup = \"1\"\ntitle = \"建园区\"\ntext = \"建园区\"\nlead = [\"统计局\"]\nresponsible = [\"财政局\"]\nline = \"1\"\nlead_line = \"1\"\n[[unit]]\nname = \"财政局\"\n[[unit.alias]]\nname = \"财政处\"\nline = \"1\"\n[[target]]\nid = \"P1\"\ntask = \"1.1\"\nname = \"新增企业数\"\nyear = 2023\nkind = \"increment\"\nvalue = \"3\"\nunit = \"家\"\nline = \"1\"\nquote = \"研发强度\"\n[[deadline]]\nperiod = \"2023-annual\"\ndue = 2024-01-15\nline = \"1\"\nquote = \"研发强度\"\n";
    workspace.write(PLAN, plan + more);
    workspace.submit("a", "甲市", GOOD);
    workspace
}

/// A round with a change of one file is refused in these words.
fn is_refused(file: &str, from: &str, to: &str, words: &str) {
    let workspace = sound();
    let text = std::fs::read_to_string(workspace.path(file)).unwrap();
    assert!(text.contains(from), "{from} in {file}");
    workspace.write(file, text.replacen(from, to, 1));
    for arguments in [["check", "input/2023"], ["run", "input/2023"]] {
        let output = workspace.duibiao(&arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{to}: {said}");
        assert!(said.contains(words) && (said.contains("第") || said.contains("[[")), "{words} in\n{said}");
    }
    assert!(!workspace.path("output/2023").exists(), "{to}");
}

#[test]
fn the_round_itself_is_sound() {
    let workspace = sound();
    workspace.run();
    assert_eq!(workspace.table("scores")[0]["met"], "4");
}

#[test]
fn rows_tasks_units_and_domains_that_are_referred_to_are_there() {
    let row = "[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"100\"";
    let relative = |against: &str| {
        format!(
            "[[indicator.target]]\nyear = 2023\nkind = \"relative\"\nop = \">\"\nreference = \"研发强度\"\nagainst = \"{against}\""
        )
    };
    let quota = |year: i32| {
        format!("[[indicator.quota]]\narea = \"甲县\"\nyear = {year}\nvalue = \"100\"\nline = \"5\"\n")
    };
    let (prose, unit) = ("id = \"P1\"\n", "id = \"firms\"\nname = \"企业数\"\n");
    let cases: [(&str, String, &str); 25] = [
        (row, relative("9"), "against = “9”不是附表的序号"),
        (row, relative("P1"), "against = “P1”不是附表的序号"),
        (row, relative("2"), "against = “2”是本行自己"),
        (row, format!("{row}\nagainst = \"1\""), "“level”的目标不写 against"),
        (row, format!("{}{}{row}", quota(2023), quota(2023)), "“甲县”2023年的 quota 写了两次"),
        (row, format!("{}{row}", quota(2024)), "有2024年的 quota 而没有2024年的目标"),
        (unit, format!("{unit}parent = \"9\"\n"), "parent = “9”不是附表的序号"),
        (unit, format!("{unit}parent = \"P1\"\n"), "parent = “P1”不是附表的序号"),
        (unit, format!("{unit}parent = \"2\"\n"), "自己的其中项"),
        ("id = \"firms\"", "id = \"firm\"".to_owned(), "目录中没有“firm”"),
        ("group = \"投入\"", "group = \"产出\"".to_owned(), "组“产出”不存在"),
        (prose, format!("{prose}of = \"9\"\n"), "of = “9”不是附表的序号"),
        (prose, format!("{prose}of = \"P1\"\n"), "of = “P1”不是附表的序号"),
        (prose, format!("{prose}denominator_of = \"9\"\n"), "denominator_of = “9”不是附表的序号"),
        (prose, format!("{prose}same_as = \"9\"\n"), "same_as = “9”不存在"),
        (prose, format!("{prose}same_as = \"P1\"\n"), "same_as = “P1”不存在"),
        (prose, format!("{prose}tier = \"stretch\"\n"), "tier 只能是annual，或stretch并以 same_as"),
        (prose, format!("{prose}same_as = \"2\"\ntier = \"assessed\"\n"), "tier 只能是annual"),
        (prose, format!("{prose}same_as = \"9\"\ntier = \"stretch\"\n"), "same_as = “9”不存在"),
        // Of additions, where the row is a level.
        (prose, format!("{prose}same_as = \"2\"\ntier = \"stretch\"\n"), "同类型、同计量单位"),
        (prose, format!("{prose}dimension = \"inputs\"\n"), "“inputs”不是已列的 dimension"),
        ("task = \"1.1\"", "task = \"1.2\"".to_owned(), "任务“1.2”不存在"),
        ("group = \"1\"", "group = \"2\"".to_owned(), "组“2”不存在"),
        ("name = \"财政局\"", "name = \"财证局\"".to_owned(), "都没有单位“财证局”"),
        ("kind = \"increment\"", "kind = \"level\"\nof = \"2\"".to_owned(), "“level”的目标不写 of"),
    ];
    for (from, to, words) in cases {
        is_refused(PLAN, from, &to, words);
    }
    let catalogue = "input/catalogue.toml";
    let id = "id = \"rd\"\n";
    for (numerator, words) in [("none", "目录中没有“none”"), ("rd", "numerator = “rd”是本指标自己")]
    {
        is_refused(catalogue, id, &format!("{id}numerator = \"{numerator}\"\n"), words);
    }
    is_refused(catalogue, "dimension = \"input\"", "dimension = \"other\"", "“other”不是已列的 dimension");
}

#[test]
fn what_the_text_strives_for_beyond_a_row_is_its_second_tier_and_decides_nothing() {
    let workspace = sound();
    let plan = std::fs::read_to_string(workspace.path(PLAN)).unwrap();
    let (from, to) = (
        "kind = \"increment\"\nvalue = \"3\"",
        "same_as = \"2\"\ntier = \"stretch\"\nkind = \"level\"\nvalue = \"130\"",
    );
    assert!(plan.contains(from));
    workspace.write(PLAN, plan.replacen(from, to, 1));
    workspace.run();
    let judged = workspace.table("assessments");
    let of_row: Vec<[&str; 2]> = judged
        .iter()
        .filter(|row| row["no"] == "2")
        .map(|row| [row["tier"].as_str(), row["met"].as_str()])
        .collect();
    assert_eq!(of_row, [["annual", "true"], ["stretch", "false"]]);
    assert!(judged.iter().all(|row| row["no"] != "P1"));
    assert_eq!(workspace.table("scores")[0]["met"], "4");
}

#[test]
fn a_limit_on_grades_for_a_nature_that_no_row_has_is_refused() {
    let method = "[method]\n";
    for city in ["", "city = \"a\"\n"] {
        let veto = format!(
            "[[veto]]\n{city}nature = \"binding\"\ngrade = \"合格\"\nreason = \"约束性指标未达\"\nby = \"办公室\"\non = 2024-01-10\n{method}"
        );
        is_refused("input/2023/round.toml", method, &veto, "2023年没有约束性指标");
    }
}

#[test]
fn a_unit_that_only_the_source_names_may_have_other_names() {
    let workspace = sound();
    let plan = std::fs::read_to_string(workspace.path(PLAN)).unwrap();
    workspace.write(PLAN, plan.replacen("name = \"财政局\"", "name = \"企业数\"", 1));
    workspace.run();
}

#[test]
fn lines_are_lines_of_the_source_in_their_order() {
    // Each field of a plan file that names lines, by what stands before it. The source has nine lines.
    let fields = [
        "name = \"投入\"\nline = \"1\"",
        "data_units = [\"统计局\"]\nline = \"2\"",
        "value = \"2.95\"\nline = \"3\"",
        "value = \"3.0\"\nline = \"2\"",
        "name = \"载体\"\nline = \"1\"",
        "responsible = [\"财政局\"]\nline = \"1\"",
        "lead_line = \"1\"",
        "name = \"财政处\"\nline = \"1\"",
        "unit = \"家\"\nline = \"1\"",
        "due = 2024-01-15\nline = \"1\"",
    ];
    let lines: [(&str, &str); 7] = [
        ("10", "line = “10”超出原文：原文共9行"),
        ("1-10", "line = “1-10”超出原文：原文共9行"),
        ("99999999999999999999-1", "line = “99999999999999999999-1”应写作"),
        ("3-2", "line = “3-2”应写作"),
        ("0", "line = “0”应写作"),
        ("+1", "line = “+1”应写作"),
        ("第1行", "line = “第1行”应写作"),
    ];
    for field in fields {
        let (before, _) =
            field.rsplit_once("\"1\"").or_else(|| field.rsplit_once('"')?.0.rsplit_once('"')).unwrap();
        for (named, words) in lines {
            is_refused(PLAN, field, &format!("{before}\"{named}\""), words);
        }
    }
    let amendment = "[[target.amendment]]\non = 2023-09-01\nvalue = \"4\"\nauthority = \"\"\nreason = \"\"\nline = \"10\"\n[[deadline]]";
    is_refused(PLAN, "[[deadline]]", amendment, "line = “10”超出原文");
    let quota = "[[indicator.quota]]\narea = \"甲县\"\nyear = 2023\nvalue = \"100\"\nline = \"10\"\n";
    let target = "[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"100\"";
    is_refused(PLAN, target, &format!("{quota}{target}"), "line = “10”超出原文");
}
