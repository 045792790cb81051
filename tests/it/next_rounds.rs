//! From this year's round to next year's: `new-round`, and what was published as the value of the year before.

use rust_xlsxwriter::Workbook;
use serde_json::Value;

use crate::workspace::{GOOD, Row, Workspace, copy_tree, csv_rows, flowing_text, pages, repository, tree};

/// What a refused command says, with the paths as given.
fn refused(workspace: &Workspace, arguments: &[&str]) -> String {
    let output = workspace.duibiao(arguments);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    told
}

#[test]
fn two_cities_of_one_short_name_are_refused_with_both_plans() {
    let workspace = Workspace::with_cities(&[("a", "甲市"), ("b", "甲市")]);
    let told = refused(&workspace, &["check", "input/2023"]);
    for part in ["input/2023/b/plan.toml", "short = “甲市”", "input/2023/a/plan.toml", "改其中一个"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    workspace.submit("a", "甲市", GOOD);
    let alone = workspace.duibiao(&["check", "input/2023", "--city", "a"]);
    assert_eq!(alone.status.code(), Some(0), "{}", String::from_utf8_lossy(&alone.stderr));
}

#[test]
fn a_city_cannot_have_the_name_that_the_lineage_gives_to_all_together() {
    let workspace = Workspace::with_cities(&[("round", "甲市")]);
    let told = refused(&workspace, &["check", "input/2023"]);
    assert!(told.contains("“round”不能作代号"), "{told}");
}

/// A growth of row 2 in prose, in every year of the plan.
const GROWTH: &str = "[[target]]\nid = \"P1\"\nname = \"企业数增长\"\nshort = \"企业数增长\"\nyear = 2024\nlead = [\"统计局\"]\nline = \"4\"\nquote = \"企业数\"\nkind = \"growth\"\nop = \">=\"\nvalue = \"5\"\nunit = \"%\"\nof = \"2\"\n";

/// A city whose plan has targets of 2023 and 2024, and a growth in 2024; a doubled number of firms is asked about.
fn two_years(rows: &str) -> Workspace {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    let path = "input/2023/a/plan.toml";
    let plan = std::fs::read_to_string(workspace.path(path)).unwrap();
    let (head, rest) = plan.split_once("[[indicator]]").unwrap();
    let blocks: Vec<String> = rest
        .split("[[indicator]]")
        .filter(|block| !block.trim().is_empty())
        .map(|block| {
            let (_, target) = block.split_once("[[indicator.target]]").unwrap();
            let next = target.replace("year = 2023", "year = 2024");
            format!("[[indicator]]{block}[[indicator.target]]{next}")
        })
        .collect();
    let head = head.replace("years = [2023]", "years = [2023, 2024]");
    workspace.write(path, format!("{head}{}{GROWTH}", blocks.concat()));
    let catalogue = std::fs::read_to_string(workspace.path("input/catalogue.toml")).unwrap();
    let asked = catalogue.replace("measure = \"stock\"", "measure = \"stock\"\nyoy_limit = \"50\"");
    workspace.write("input/catalogue.toml", asked);
    workspace.submit("a", "甲市", rows);
    workspace.run();
    workspace
}

fn next(workspace: &Workspace, more: &[&str]) -> String {
    let arguments = [&["new-round", "input/2023", "input/2024", "--published", "output/2023"], more].concat();
    let output = workspace.duibiao(&arguments);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told}");
    String::from_utf8(output.stdout).unwrap()
}

/// Fills in the dates of the new round.
fn fill(workspace: &Workspace) {
    let path = "input/2024/round.toml";
    let mut text = std::fs::read_to_string(workspace.path(path)).unwrap();
    for (key, day) in [
        ("report_date", "2025-01-31"),
        ("deadline", "2025-01-15"),
        ("cut_off", "2025-01-20"),
        ("answer_by", "2025-02-05"),
        ("measures_by", "2025-02-28"),
    ] {
        text = text.replace(&format!("{key} = \"待填\""), &format!("{key} = {day}"));
    }
    workspace.write(path, text);
}

/// The workbook of 统计局 of 2024: `no|name|unit|value|value of the year before` a line.
fn submit_next(workspace: &Workspace, rows: &str) {
    let mut book = Workbook::new();
    let cover = book.add_worksheet().set_name("封面").unwrap();
    let fields = [
        ("城市", "甲市"),
        ("填报单位", "统计局"),
        ("报告期", "2024年度"),
        ("填报人", "甲"),
        ("审核人", "乙"),
        ("填报日期", "2025-01-10"),
        ("版本", "1"),
    ];
    for (row, (label, value)) in (0..).zip(fields) {
        cover.write(row, 0, label).unwrap();
        cover.write(row, 1, value).unwrap();
    }
    let sheet = book.add_worksheet().set_name("指标").unwrap();
    let heads = ["序号", "指标名称", "计量单位", "2024年实绩", "2023年实绩", "佐证编号"];
    for (column, head) in (0..).zip(heads) {
        sheet.write(0, column, head).unwrap();
    }
    for (row, line) in (1..).zip(rows.lines()) {
        for (column, cell) in (0_u16..).zip(line.split('|')) {
            match cell.parse::<f64>() {
                Ok(number) if column > 2 => sheet.write(row, column, number).unwrap(),
                _ => sheet.write(row, column, cell).unwrap(),
            };
        }
        sheet.write(row, 5, "Z1").unwrap();
    }
    let evidence = book.add_worksheet().set_name("佐证").unwrap();
    for (row, line) in (0..).zip(["佐证编号|材料名称|文号或文件名", "Z1|统计表|甲〔2025〕1号"])
    {
        for (column, cell) in (0_u16..).zip(line.split('|')) {
            evidence.write(row, column, cell).unwrap();
        }
    }
    std::fs::create_dir_all(workspace.path("input/2024/a/submissions")).unwrap();
    book.save(workspace.path("input/2024/a/submissions/统计局.xlsx")).unwrap();
    workspace.write("input/2024/a/received.csv", "文件,收到时间\n统计局.xlsx,2025-01-10 09:00\n");
}

fn run_next(workspace: &Workspace) {
    let output = workspace.duibiao(&["run", "input/2024"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{told}");
}

fn next_table(workspace: &Workspace, name: &str) -> Vec<Row> {
    csv_rows(&workspace.path(&format!("output/2024/tables/{name}.csv")))
}

fn fingerprint(workspace: &Workspace) -> String {
    let bytes = std::fs::read(workspace.path("output/2023/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&bytes).unwrap();
    manifest["fingerprint"].as_str().unwrap().to_owned()
}

/// Rows of 2024: firms have doubled, their growth is not reported.
const NEXT: &str =
    "1|研发强度|%|3.2|\n2|企业数|家|240|\n3|单位能耗|吨标准煤/万元|0.48|\n4|创新政策|有/无|有|";

#[test]
fn next_years_round_runs_as_soon_as_its_dates_are_filled_in_and_rests_on_what_was_published() {
    let workspace = two_years(GOOD);
    let told = next(&workspace, &[]);
    for part in [
        "沿用  a/plan.toml：方案含本年度目标，原样复制",
        "沿用  a/published.csv：上年发布数4项",
        "待填  input/2024/round.toml：report_date（第8行）",
        "未沿用  a/submissions/（文件1个）",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let file = |name: &str| std::fs::read(workspace.path(name)).unwrap();
    assert_eq!(file("input/2023/a/plan.toml"), file("input/2024/a/plan.toml"), "byte for byte");
    let refusal = refused(&workspace, &["run", "input/2024"]);
    for part in ["5处错误", "report_date 待填", "deadline 待填", "cut_off", "answer_by", "measures_by 待填"]
    {
        assert!(refusal.contains(part), "{part} in {refusal}");
    }
    assert!(!workspace.path("output/2024").exists());
    fill(&workspace);
    submit_next(&workspace, NEXT);
    run_next(&workspace);
    let judged = next_table(&workspace, "assessments");
    let row = |no: &str| judged.iter().find(|row| row["no"] == no).unwrap();
    assert_eq!((row("1")["baseline"].as_str(), row("2")["baseline"].as_str()), ("3.1", "120"));
    assert_eq!((row("P1")["actual"].as_str(), row("P1")["state"].as_str()), ("100", "exceeded"));
    let facts = next_table(&workspace, "facts");
    let growth = facts.iter().find(|row| row["no"] == "P1").unwrap();
    assert_eq!(growth["derivation"], "指标2：（240÷120[2023年发布]－1）×100");
    let changed: Vec<Row> =
        next_table(&workspace, "findings").into_iter().filter(|row| row["code"] == "V407").collect();
    assert_eq!(changed.iter().map(|row| row["indicator"].as_str()).collect::<Vec<_>>(), ["2"]);
    // Each value leads to the output that it was published in, and to its cell.
    let steps = next_table(&workspace, "lineage");
    let recalled = |figure: &str| {
        let is_it = |step: &&Row| step["figure"] == figure && step["operation"] == "引用 recall";
        steps.iter().filter(is_it).map(|step| (step["from"].clone(), step["to"].clone())).collect::<Vec<_>>()
    };
    for (figure, to) in [("a/2", "2023年数120家"), ("a/P1", "指标2的2023年数120家")] {
        let [(from, given)] = &recalled(figure)[..] else { panic!("{figure}: {:?}", recalled(figure)) };
        assert_eq!(given, to);
        for part in [
            "a/published.csv第3行",
            &fingerprint(&workspace),
            "tables/facts.csv第3行",
            "统计局.xlsx[指标]!D5",
        ] {
            assert!(from.contains(part), "{part} in {from}");
        }
    }
    let manifest: Value = serde_json::from_slice(&file("output/2024/manifest.json")).unwrap();
    let inputs = manifest["inputs"].as_array().unwrap();
    assert!(inputs.iter().any(|one| one["role"] == "上年" && one["path"] == "2024/a/published.csv"));
    let text = flowing_text(&[workspace.path("output/2024/technical.pdf")]);
    for part in ["2023年实绩为当年发布数", "方案未列上年数而当年已发布的，用发布数作上年数"]
    {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn next_years_round_names_this_years_output_and_tells_what_is_reported_otherwise_of_it() {
    let workspace = two_years(GOOD);
    let told = next(&workspace, &[]);
    assert!(told.contains("沿用  [[previous]]：../../output/2023"), "{told}");
    fill(&workspace);
    submit_next(&workspace, NEXT);
    run_next(&workspace);
    assert!(next_table(&workspace, "restatements").is_empty(), "nothing is reported of the year before");
    // What was published as 120 is said to have been 118.
    submit_next(&workspace, &NEXT.replace("2|企业数|家|240|", "2|企业数|家|240|118"));
    run_next(&workspace);
    let found = next_table(&workspace, "restatements");
    let [one] = found.as_slice() else { panic!("{found:?}") };
    let columns =
        ["indicator", "ref_year", "published_value", "published_in", "reported_value", "difference"];
    let row = columns.map(|column| one[column].as_str());
    assert_eq!(row[1..], ["2023", "120", "../../output/2023", "118", "-2"], "{one:?}");
    // Once the output is another one, the round is refused.
    let path = "output/2023/tables/facts.csv";
    let facts = std::fs::read_to_string(workspace.path(path)).unwrap();
    workspace.write(path, facts.replace("120", "121"));
    assert!(refused(&workspace, &["run", "input/2024"]).contains("../../output/2023"));
}

#[test]
fn what_was_in_doubt_is_unknown_a_year_later_and_nothing_rests_on_it() {
    let workspace = two_years(&GOOD.replace("企业数|家|120", "企业数|家|1200000"));
    next(&workspace, &[]);
    let rows = csv_rows(&workspace.path("input/2024/a/published.csv"));
    let firms = rows.iter().find(|row| row["指标"] == "2").unwrap();
    assert_eq!((firms["值"].as_str(), firms["状态"].as_str()), ("", "待核实"));
    assert!(firms["说明"].contains("1200000"), "{}", firms["说明"]);
    fill(&workspace);
    submit_next(&workspace, NEXT);
    run_next(&workspace);
    let judged = next_table(&workspace, "assessments");
    let row = |no: &str| judged.iter().find(|row| row["no"] == no).unwrap();
    assert_eq!((row("2")["baseline"].as_str(), row("2")["state"].as_str()), ("", "exceeded"));
    assert_eq!(row("P1")["state"], "not_reported");
    let findings = next_table(&workspace, "findings");
    let unknown = findings.iter().find(|row| row["code"] == "C509").unwrap();
    assert!(unknown["message"].contains("序号2的2023年数当年未能核定（待核实）"), "{}", unknown["message"]);
    assert!(!findings.iter().any(|row| row["code"] == "V407"));
    let steps = next_table(&workspace, "lineage");
    assert!(steps.iter().any(|step| step["figure"] == "a/2" && step["to"] == "2023年数未知（待核实）"));
    let text = pages(&workspace.path("output/2024/technical.pdf")).concat();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(text.contains("指标2（待核实）的2023年数未知"));
}

const HEAD: &str = "城市,指标,目录编号,指标名称,年份,值,单位,状态,说明,来源\n";

/// The round 2023 of a city with values that were published of 2022.
fn with_published(lines: &str, rows: &str) -> Workspace {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    workspace.submit("a", "甲市", rows);
    workspace.write("input/2023/a/published.csv", format!("{HEAD}{lines}"));
    workspace
}

#[test]
fn the_base_that_the_plan_prints_stays_and_what_was_published_besides_is_told() {
    // The plan prints 2.95 for row 1; the energy of row 3 was published in another unit, and P9 is no target of this plan.
    let lines = "a,1,rd,研发强度,2022,2.90,%,核定,,输出\na,2,firms,企业数,2022,96,家,按决定,,输出\na,3,energy,单位能耗,2022,510,千克标准煤/万元,核定,,输出\na,P9,,孵化器,2022,5,家,核定,,输出\n";
    // The unit reports other values of 2022 than were published (row 2) or printed (row 1).
    let rows = "1|研发强度|%|3.1|Z1||2.96\n2|企业数|家|120|Z1||95\n3|单位能耗|吨标准煤/万元|0.49|Z1||0.51\n4|创新政策|有/无|有";
    let workspace = with_published(lines, rows);
    workspace.typeset();
    let judged = workspace.table("assessments");
    let bases: Vec<&str> = judged.iter().map(|row| row["baseline"].as_str()).collect();
    assert_eq!(bases, ["2.95", "96", "0.51", ""]);
    let told = |code: &str| {
        let all = workspace.table("findings");
        all.iter().filter(|row| row["code"] == code).map(|row| row["message"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        told("C504"),
        [
            "2022年数填2.96，方案为2.95，与上年比较仍用方案数",
            "2022年数填95，当年发布96，与上年比较仍用发布数"
        ]
    );
    assert_eq!(told("C510"), ["2022年数方案为2.95，当年发布2.90%，与上年比较用方案数"]);
    assert_eq!(told("C511"), ["published.csv中序号P9在本方案没有同一指标，或单位不能换算，未用"]);
    let steps = workspace.table("lineage");
    let recalled: Vec<(&str, &str)> = steps
        .iter()
        .filter(|step| step["operation"] == "引用 recall")
        .map(|step| (step["figure"].as_str(), step["to"].as_str()))
        .collect();
    let expected = [("a/2", "2022年数96家"), ("a/3", "2022年数510千克标准煤/万元，即0.51吨标准煤/万元")];
    assert_eq!(recalled, expected);
    let text = pages(&workspace.path("output/2023/technical.pdf")).concat();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for part in
        ["指标2、3的2022年实绩为当年发布数，其余为方案所列", "指标1的2022年数当年发布2.90%，按方案所列"]
    {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains("示例数据"));
}

#[test]
fn what_an_illustrative_report_published_marks_the_report_that_rests_on_it() {
    let lines = "a,2,firms,企业数,2022,96,家,核定,,2022年度报告（示例数据）\n";
    let workspace = with_published(lines, GOOD);
    workspace.typeset();
    assert!(pages(&workspace.path("output/2023/technical.pdf")).concat().contains("示例数据（虚构）"));
}

#[test]
fn lines_of_published_values_that_cannot_be_used_stop_the_round_with_their_numbers() {
    for (lines, part) in [
        ("b,2,firms,企业数,2022,96,家,核定,,输出\n", "第2行 (line 2): 城市“b”不是本文件夹的“a”"),
        ("a,2,firms,企业数,2023,96,家,核定,,输出\n", "年份2023不早于评估年度2023"),
        ("a,2,firms,企业数,2022,96,家,待核实,,输出\n", "状态“待核实”的行不应有值"),
        ("a,2,firms,企业数,2022,,家,核定,,输出\n", "状态“核定”的行应有值"),
        ("a,2,firms,企业数,2022,96,家,核定,,\n", "缺少来源"),
        (
            "a,2,firms,企业数,2022,96,家,核定,,输出\na,7,firms,企业,2022,97,家,核定,,输出\n",
            "第3行 (line 3): 2022年的 value 写了两次",
        ),
    ] {
        let told = refused(&with_published(lines, GOOD), &["check", "input/2023"]);
        assert!(told.contains(part) && told.contains("published.csv"), "{part} in {told}");
    }
}

#[test]
fn a_plan_that_ends_becomes_a_draft_and_is_refused_with_all_that_is_missing() {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    workspace.submit("a", "甲市", GOOD);
    workspace.run();
    let more = "[[weight]]\nindicator = \"2\"\nweight = \"3\"\n[[veto]]\nindicator = \"1\"\ngrade = \"合格\"\nreason = \"约束\"\nby = \"办公室\"\non = 2024-01-19\n";
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    workspace.write("input/2023/round.toml", format!("{round}{more}"));
    workspace.write(
        "input/2023/waivers.toml",
        "[[waiver]]\ncode = \"V403\"\ncity = \"a\"\nreason = \"x\"\nowner = \"y\"\nuntil = 2024-12-31\n",
    );
    let told = next(&workspace, &[]);
    for part in [
        "沿用  a/plan.toml：方案没有本年度目标，拟成草稿",
        "沿用  权重1条",
        "未沿用  等次限制1条",
        "未沿用  豁免1条",
        "未沿用  a/received.csv",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let files: Vec<String> = tree(&workspace.path("input/2024")).into_keys().collect();
    assert_eq!(files, ["a/plan.toml", "a/published.csv", "round.toml"]);
    let round = std::fs::read_to_string(workspace.path("input/2024/round.toml")).unwrap();
    assert!(
        !round.contains("veto") && round.contains("[[weight]]    # 沿用2023年，请确认\nindicator = \"2\"\n"),
        "{round}"
    );
    fill(&workspace);
    let told = refused(&workspace, &["run", "input/2024"]);
    for part in ["title 待填", "document_no 待填", "scope 待填", "source 待填", "line 待填"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    // Four rows and a group lack their lines.
    assert_eq!(told.matches("line 待填").count(), 5);
    // Filled in, the draft is a plan.
    let path = "input/2024/a/plan.toml";
    let mut draft = std::fs::read_to_string(workspace.path(path)).unwrap();
    draft = draft
        .replace("source = \"待填\"", "source = \"sources/plan.txt\"")
        .replace("line = \"待填\"", "line = \"1\"");
    draft = draft.replace("\"待填\"", "\"甲\"").replace("status = \"draft\"", "status = \"in_force\"");
    assert_eq!(draft.matches("confirm = [\"target:缺\"").count(), 5, "the plan, and each row");
    workspace.write(path, &draft);
    let told = refused(&workspace, &["run", "input/2024"]);
    assert!(told.contains("confirm"), "{told}");
    let target = "[[indicator.target]]\nyear = 2024\ntier = \"annual\"\nvalue = \"3.0\"\nline = \"2\"\nquote = \"3.0\"\n";
    let mut lines: Vec<&str> = draft.lines().filter(|line| !line.starts_with("confirm")).collect();
    let first = lines.iter().position(|line| line.starts_with("line") && !line.is_empty()).unwrap();
    let row = lines.iter().skip(first + 1).position(|line| line.starts_with("line")).unwrap() + first + 1;
    lines.insert(row + 1, target);
    workspace.write(path, lines.join("\n"));
    let round = std::fs::read_to_string(workspace.path("input/2024/round.toml")).unwrap();
    workspace.write("input/2024/round.toml", round.split("\n[[weight]]").next().unwrap());
    submit_next(&workspace, NEXT);
    run_next(&workspace);
    assert_eq!(next_table(&workspace, "assessments")[0]["baseline"], "3.1");
}

#[test]
fn base_years_are_carried_to_be_confirmed_and_weights_of_what_has_no_target_are_not() {
    let workspace = two_years(GOOD);
    let average = GROWTH
        .replace("P1", "P2")
        .replace("\"growth\"", "\"average_growth\"")
        .replace("year = 2024", "year = 2023\nrecurring = true")
        .replace("of = \"2\"\n", "");
    let only = GROWTH.replace("P1", "P3").replace("year = 2024", "year = 2023");
    let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
    workspace.write("input/2023/a/plan.toml", format!("{plan}{average}{only}"));
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    let more = "[[base_year]]\ncity = \"a\"\ntarget = \"P2\"\nyear = 2020\nreason = \"末年\"\nby = \"局\"\non = 2024-01-08\n[[weight]]\ncity = \"a\"\nindicator = \"P3\"\nweight = \"0.50\"\n";
    workspace.write("input/2023/round.toml", format!("{round}{more}"));
    let told = next(&workspace, &[]);
    for part in ["沿用  基年1条", "未沿用  权重 a P3：本年度没有这项目标", "confirm（第"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    fill(&workspace);
    let told = refused(&workspace, &["check", "input/2024"]);
    assert!(told.contains("1处错误") && told.contains("base_year 待确认（year:沿用2023年）"), "{told}");
    let path = "input/2024/round.toml";
    let round = std::fs::read_to_string(workspace.path(path)).unwrap();
    assert!(!round.contains("weight"), "{round}");
    workspace.write(path, round.replace("confirm = [\"year:沿用2023年\"]\n", ""));
    let checked = workspace.duibiao(&["check", "input/2024"]);
    assert!(matches!(checked.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn how_the_index_is_made_is_carried_byte_for_byte_with_what_is_to_be_looked_at() {
    let workspace = two_years("1|研发强度|%|2.1\n2|企业数|家|120");
    let index = "[index] # 说明\nname = \"综合指数\"\nnormalisation = \"goalposts\"\nweights = \"equal\"\naggregation = [\"arithmetic\"]\n[[dimension]]\nid = \"input\"\n[[indicator]]\nid = \"rd\"\ndimension = \"input\"\nlow = \"0\"\nhigh = \"5\"\n[[indicator]]\nid = \"firms\"\ndimension = \"input\"\nlow = \"0\"\nhigh = \"500\"\n[chain]\nbase_year = 2022\n";
    workspace.write("input/2023/index.toml", index);
    workspace.run();
    let told = next(&workspace, &[]);
    let line = "沿用  index.toml：综合指数的做法，原样复制；请核对是否仍适用：low（第11、16行）、high（第12、17行）、base_year（第19行）";
    assert!(told.lines().any(|one| one == line), "{told}");
    assert!(!told.contains("未沿用  index.toml"), "{told}");
    assert_eq!(std::fs::read_to_string(workspace.path("input/2024/index.toml")).unwrap(), index);
    fill(&workspace);
    submit_next(&workspace, "1|研发强度|%|2.2|2.1\n2|企业数|家|130|120");
    run_next(&workspace);
    assert!(
        next_table(&workspace, "index_scores")
            .iter()
            .any(|row| row["level"] == "index" && row["rank"] == "1")
    );
    // A link is not copied, as with plans.
    let elsewhere = workspace.path("elsewhere.toml");
    std::fs::rename(workspace.path("input/2023/index.toml"), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, workspace.path("input/2023/index.toml")).unwrap();
    std::fs::remove_dir_all(workspace.path("input/2024")).unwrap();
    let output = workspace.duibiao(&["new-round", "input/2023", "input/2024"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!workspace.path("input/2024").exists());
}

#[test]
fn a_round_that_cannot_be_made_is_refused_in_words_and_nothing_is_left() {
    let workspace = two_years(GOOD);
    let make =
        |to: &str, more: &[&str]| refused(&workspace, &[&["new-round", "input/2023", to], more].concat());
    workspace.write("other/x", "");
    workspace.write("input/2026/x", "");
    std::os::unix::fs::symlink("nowhere", workspace.path("input/2027")).unwrap();
    let names = || {
        let entries = std::fs::read_dir(workspace.path("input")).unwrap();
        entries.map(|entry| entry.unwrap().file_name()).collect::<std::collections::BTreeSet<_>>()
    };
    let before = (names(), tree(&workspace.path("input/2023")));
    for (to, more, part) in [
        ("input/2026", &[][..], "已经存在"),
        ("input/2027", &[], "已经存在"),
        ("other/2024", &[], "同一文件夹"),
        ("input/2024", &["--period", "2024年"], "不是报告期，写作 2024-annual"),
        ("input/2024", &["--period", "2024-Q3"], "目前只评估全年"),
        ("input/2024", &["--period", "2023-annual"], "不晚于原轮次的2023年"),
        ("input/2024", &["--published", "other"], "不是本程序的输出"),
        ("input/2024", &["--published", "none"], "不是本程序的输出"),
    ] {
        let told = make(to, more);
        assert!(told.contains(part), "{to} {more:?}: {told}");
    }
    assert!(refused(&workspace, &["new-round", "other", "input/2024"]).contains("没有round.toml"));
    // An output that is not what was published.
    let facts = "output/2023/tables/facts.csv";
    let text = std::fs::read_to_string(workspace.path(facts)).unwrap();
    workspace.write(facts, text.replace("120", "121"));
    assert!(make("input/2024", &["--published", "output/2023"]).contains("发布以后被改动"));
    workspace.write(facts, text);
    let manifest = std::fs::read_to_string(workspace.path("output/2023/manifest.json")).unwrap();
    workspace.write("output/2023/manifest.json", manifest.replace("\"round\": 2023", "\"round\": 2022"));
    assert!(make("input/2024", &["--published", "output/2023"]).contains("是2022年的输出，应为2023年的"));
    assert_eq!((names(), tree(&workspace.path("input/2023"))), before);
    // Links are not copied: a plan that is one is refused, others are told.
    let plan = workspace.path("input/2023/a/plan.toml");
    std::fs::rename(&plan, workspace.path("other/plan.toml")).unwrap();
    std::os::unix::fs::symlink(workspace.path("other/plan.toml"), &plan).unwrap();
    assert!(make("input/2024", &[]).contains("是链接，不予复制"));
    assert!(!workspace.path("input/2024").exists());
    std::fs::remove_file(&plan).unwrap();
    std::fs::rename(workspace.path("other/plan.toml"), &plan).unwrap();
    std::os::unix::fs::symlink("/etc/hosts", workspace.path("input/2023/a/note.txt")).unwrap();
    let output = workspace.duibiao(&["new-round", "input/2023", "input/2024"]);
    let told = String::from_utf8(output.stdout).unwrap();
    for part in ["未沿用  a/note.txt：链接，未复制", "未沿用  a：没有上年发布数"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let names: Vec<String> = tree(&workspace.path("input/2024")).into_keys().collect();
    assert_eq!(names, ["a/plan.toml", "round.toml"]);
}

#[test]
fn of_a_year_before_that_nobody_knows_nothing_is_said() {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    let path = "input/2023/a/plan.toml";
    let plan = std::fs::read_to_string(workspace.path(path)).unwrap();
    let printed = "[[indicator.value]]\nyear = 2022\nvalue = \"2.95\"\nline = \"3\"\n";
    assert!(plan.contains(printed));
    workspace.submit("a", "甲市", GOOD);
    let told = |plan: String| {
        workspace.write(path, plan);
        workspace.typeset();
        let volumes = ["technical.pdf", "report.pdf", "brief.pdf"];
        flowing_text(&volumes.map(|name| workspace.path(&format!("output/2023/{name}"))))
    };
    let text = told(plan.replace(printed, ""));
    for part in ["补列上年数", "不计算进度", "不劣于", "没有不如", "变好"] {
        assert!(!text.contains(part), "{part}");
    }
    assert!(text.contains("方案未列上年数，不能分出哪些目标不如上年"), "{text}");
    // With the value of one of four rows, it is said of how many targets.
    let text = told(plan);
    assert!(text.contains("可与上年比较的1项目标中，没有不如上年实绩的；其余目标不作这种比较"), "{text}");
}

#[test]
fn the_sample_round_of_2023_becomes_one_of_2024_with_every_published_value_led_back() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    workspace.run();
    next(&workspace, &[]);
    let file = |name: &str| std::fs::read(workspace.path(name)).unwrap();
    // 潜江's plan holds 2024; 湘潭's does not.
    assert_eq!(file("input/2023/qianjiang/plan.toml"), file("input/2024/qianjiang/plan.toml"));
    let told = refused(&workspace, &["check", "input/2024", "--city", "qianjiang"]);
    assert!(told.contains("5处错误"), "{told}");
    fill(&workspace);
    let told = refused(&workspace, &["check", "input/2024"]);
    assert!(told.contains("xiangtan/plan.toml") && told.matches("line 待填").count() > 26, "{told}");
    let output = workspace.duibiao(&["run", "input/2024", "--city", "qianjiang"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    // No decision of the year is in the new folder.
    let files = tree(&workspace.path("input/2024"));
    let round = String::from_utf8(files["round.toml"].clone()).unwrap();
    for section in ["waiver", "preference", "decision", "veto", "benchmark"] {
        assert!(!round.contains(&format!("[[{section}]]")), "{section}");
    }
    assert!(!files.keys().any(|name| name.contains("waivers") || name.contains("submissions")), "{files:?}");
    // Every value is that of the output, with the fingerprint and the line; what was in doubt has none.
    let facts = std::fs::read_to_string(workspace.path("output/2023/tables/facts.csv")).unwrap();
    let lines: Vec<&str> = facts.lines().collect();
    let (mut known, mut unknown) = (0, 0);
    for city in ["xiangtan", "qianjiang"] {
        for row in csv_rows(&workspace.path(&format!("input/2024/{city}/published.csv"))) {
            let (_, place) = row["来源"].split_once("tables/facts.csv第").unwrap();
            let line: usize = place.split('行').next().unwrap().parse().unwrap();
            let fact = lines[line - 1];
            assert!(row["来源"].contains(&fingerprint(&workspace)), "{row:?}");
            assert!(
                fact.starts_with(&format!("{city},{},{},", row["目录编号"], row["指标"])),
                "{row:?} {fact}"
            );
            let is_known = ["核定", "按决定", "推算"].contains(&row["状态"].as_str());
            assert_eq!(!row["值"].is_empty(), is_known, "{row:?}");
            assert!(!is_known || fact.contains(&row["值"]), "{row:?} {fact}");
            assert!(is_known || !row["说明"].is_empty(), "{row:?}");
            if is_known { known += 1 } else { unknown += 1 }
        }
    }
    assert_eq!((known, unknown), (77, 11));
}

#[test]
fn parameters_are_carried_as_they_were_written_and_what_names_the_year_is_not() {
    let workspace = two_years(GOOD);
    let plan = std::fs::read_to_string(workspace.path("input/2023/a/plan.toml")).unwrap();
    let deadline =
        "[[deadline]]\nperiod = \"2024-annual\"\ndue = 2025-01-12\nline = \"5\"\nquote = \"100\"\n";
    workspace.write("input/2023/a/plan.toml", format!("{plan}{deadline}"));
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    let round = round
        .replace("title = [\"年度评估报告\"]", "title = [\"甲省\", \"2023年度评估报告\"]")
        .replace("nearly = \"95\"", "scoring = 'banded' # 分档\nnearly = \"95.00\"")
        .replace("cities = [\"a\"]", "cities = [\"a\"]\nallow_drafts = true");
    workspace.write("input/2023/round.toml", format!("{round}[limits]\nseconds = 30\n"));
    let told = next(&workspace, &[]);
    for part in ["沿用  round.toml：issuer、[method]、[limits]", "title（第6行）", "未沿用  allow_drafts"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    let made = std::fs::read_to_string(workspace.path("input/2024/round.toml")).unwrap();
    for part in [
        "title = [\"甲省\", \"待填\"]    # 2023年为 \"甲省\", \"2023年度评估报告\"\n",
        "deadline = 2025-01-12    # 甲市方案第5行\n",
        "scoring = 'banded'\nnearly = \"95.00\"\n",
        "[limits]    # 沿用2023年\nseconds = 30\n",
        "illustrative = false\n",
    ] {
        assert!(made.contains(part), "{part} in {made}");
    }
    assert!(!made.contains("allow_drafts"));
    let told = refused(&workspace, &["check", "input/2024"]);
    assert!(told.contains("5处错误") && told.contains("title 待填"), "{told}");
}
