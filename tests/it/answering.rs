//! Answers come back: each is read, held against what was asked and recorded; it counts as the unit's next workbook; what the office decides is recorded.

use std::path::Path;
use std::process::{Command, Output};

use duibiao::inputs::Inputs;
use duibiao::plan::{QueryEvent, QueryEventKind, QueryRegister, QueryState, read_queries};
use serde_json::Value;

use crate::fixtures::{first_file, round};
use crate::forms::FormBook;
use crate::sampled::publish;
use crate::tools::is_at_hand;
use crate::workspace::{Workspace, copy_tree, repository, tree};

const ANSWER: &str = "input/2023/xiangtan/submissions/市科技局_答复1.xlsx";
const QUERY: &str = "input/2023/xiangtan/issued/查询单_市科技局_湘潭市-2023-annual-1.xlsx";
const NUMBER: &str = "湘潭市-2023-annual-市科技局-1";
/// The row of the first question on the sheet.
const FIRST: u32 = 8;

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The samples, with a query to a unit of 湘潭.
fn asked(unit: &str) -> Workspace {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    let order = ["query", "issue", "input/2023", "--by", "王某", "--on", "2024-01-22", "--quiet"];
    let output = workspace.duibiao(&[&order[..], &["--city", "xiangtan", "--unit", unit]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    workspace
}

fn receive(workspace: &Workspace) -> (Option<i32>, String) {
    let order = ["query", "receive", "input/2023", "--by", "王某", "--on", "2024-02-02", "--quiet"];
    let output = workspace.duibiao(&order);
    (output.status.code(), said(&output))
}

fn register(workspace: &Workspace, city: &str) -> QueryRegister {
    let path = workspace.path(&format!("input/2023/{city}/queries.csv"));
    read_queries(&Inputs::default(), &path).unwrap()
}

/// Notes a file in the register of receipts of 湘潭.
fn received(workspace: &Workspace, name: &str, time: &str) {
    let path = workspace.path("input/2023/xiangtan/received.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{}\n{name},{time},示例登记员\n", text.trim_end())).unwrap();
}

/// Puts an answer into a row of the sheet: choice, reason, evidence.
fn answer(book: &mut FormBook, item: u32, [choice, reason, evidence]: [&str; 3]) {
    for (column, text) in [("G", choice), ("I", reason), ("J", evidence)] {
        book.fill("查询单", &format!("{column}{}", FIRST + item - 1), text);
    }
}

/// The query of 市科技局, answered in full; one cell more is changed, and told.
fn answered(workspace: &Workspace) -> FormBook {
    let mut book = FormBook::open(&workspace.path(QUERY));
    book.fill("指标", "E7", "8");
    book.fill("指标", "H7", "Z1");
    book.fill("任务", "C4", "推进中");
    book.fill("指标", "E14", "1290");
    answer(&mut book, 1, ["更正", "漏填，2023年末8个联盟", "Z28"]);
    answer(&mut book, 2, ["更正", "", ""]);
    answer(&mut book, 3, ["确认无误", "2022年国家备案名单终审后增补3家", "Z4"]);
    book.fill("查询单", &format!("C{}", FIRST + 3), "指标19少计2家");
    book.fill("查询单", &format!("C{}", FIRST + 4), "示例填报人");
    book
}

fn checked(workspace: &Workspace) -> Vec<Value> {
    let output = workspace.duibiao(&["check", "input/2023", "--format", "json", "--quiet"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line.get("code").is_some()).collect()
}

/// Event, item, cell, what was and what is, and who, of the events behind the questions.
fn told(register: &QueryRegister) -> Vec<[String; 6]> {
    let events = register.events().iter().filter(|event| !event.kind.is_question());
    let row = |event: &QueryEvent| {
        let QueryEvent { key, kind, sheet, cell, was, now, by, .. } = event;
        let place = format!("{sheet}!{cell}");
        [kind.chinese().to_owned(), key.item.to_string(), place, was.clone(), now.clone(), by.clone()]
    };
    events.map(row).collect()
}

const EXPECTED: [[&str; 6]; 7] = [
    ["答复：更正", "1", "指标!E7", "", "8", "示例填报人"],
    ["答复：更正", "2", "任务!C4", "完成", "推进中", "示例填报人"],
    ["答复：确认", "3", "指标!D9", "779", "779", "示例填报人"],
    ["未查询处改动", "0", "指标!E14", "1288", "1290", "（程序）"],
    ["关闭", "1", "指标!E7", "", "8", "（程序）"],
    ["关闭", "2", "任务!C4", "完成", "推进中", "（程序）"],
    ["关闭", "3", "指标!D9", "779", "779", "（程序）"],
];

#[test]
fn an_answer_is_read_compared_recorded_and_settles_what_was_asked() {
    let workspace = asked("市科技局");
    answered(&workspace).save(&workspace.path(ANSWER));
    received(&workspace, "市科技局_答复1.xlsx", "2024-02-02 09:30");
    let (status, words) = receive(&workspace);
    assert_eq!(status, Some(0), "{words}");
    for line in [
        "第1条  指标!E7  （空） → 8  更正  关闭（已更正）",
        "第2条  任务!C4  完成 → 推进中  更正  关闭（已更正）",
        "第3条  指标!D9  779  确认  关闭（已说明）  2022年国家备案名单终审后增补3家",
        "未查询处改动1处：指标!E14 1288 → 1290",
        "单位所写其他改动：指标19少计2家",
        "答复1份，新收1份；重报后了结0条；未了结0条。",
    ] {
        assert!(words.contains(line), "{line} is missing in\n{words}");
    }
    let now = register(&workspace, "xiangtan");
    assert_eq!(told(&now), EXPECTED.map(|row| row.map(str::to_owned)));
    assert!(now.events().iter().skip(3).all(|event| event.file == "市科技局_答复1.xlsx"));
    // A second time there is nothing new.
    let before = tree(&workspace.path("input"));
    let (status, words) = receive(&workspace);
    assert!(status == Some(0) && words.contains("（已登记）") && words.contains("新收0份"), "{words}");
    assert!(tree(&workspace.path("input")) == before, "receiving twice writes something");
    assert_eq!(workspace.duibiao(&["query", "verify", "input/2023"]).status.code(), Some(0));
    // Nothing is asked again.
    let order =
        ["query", "issue", "input/2023", "--by", "王某", "--quiet", "--dry-run", "--unit", "市科技局"];
    let again = said(&workspace.duibiao(&[&order[..], &["--city", "xiangtan"]].concat()));
    assert!(again.contains("拟发查询单0份"), "{again}");
}

#[test]
fn an_answer_that_libreoffice_saved_says_the_same() {
    if !is_at_hand("soffice") {
        return;
    }
    let workspace = asked("市科技局");
    answered(&workspace).save(&workspace.path("scratch/市科技局_答复1.xlsx"));
    let told_by_office = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", workspace.path("profile").display()))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(workspace.path("input/2023/xiangtan/submissions"))
        .arg(workspace.path("scratch/市科技局_答复1.xlsx"))
        .output()
        .unwrap();
    assert!(workspace.path(ANSWER).exists(), "{told_by_office:?}");
    received(&workspace, "市科技局_答复1.xlsx", "2024-02-02 09:30");
    let (status, words) = receive(&workspace);
    assert_eq!(status, Some(0), "{words}");
    assert_eq!(told(&register(&workspace, "xiangtan")), EXPECTED.map(|row| row.map(str::to_owned)));
}

#[test]
fn an_answer_is_the_next_workbook_of_its_unit_and_as_timely_as_its_report() {
    let workspace = asked("市科技局");
    let path = workspace.path("input/2023/round.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let (deadline, last) = (line_of(&text, "deadline = "), line_of(&text, "cut_off = "));
    // Nothing else that comes after the deadline is used.
    let text = text.replace(&format!("cut_off = {last}"), &format!("cut_off = {deadline}"));
    std::fs::write(&path, text).unwrap();
    let before = checked(&workspace);
    answered(&workspace).save(&workspace.path(ANSWER));
    received(&workspace, "市科技局_答复1.xlsx", "2024-02-02 09:30");
    let of_unit = |all: &[Value], code: &str| {
        let is_own = |one: &&Value| {
            one["code"] == code
                && one["unit"].as_str().unwrap().contains("市科技局")
                && one["city"] == "xiangtan"
        };
        all.iter().filter(is_own).count()
    };
    let after = checked(&workspace);
    assert_eq!((of_unit(&before, "V401"), of_unit(&after, "V401")), (1, 0), "{after:?}");
    assert_eq!((of_unit(&before, "V403"), of_unit(&after, "V403")), (0, 0), "{after:?}");
    assert_eq!(of_unit(&after, "L231") + of_unit(&after, "L230") + of_unit(&after, "L223"), 0, "{after:?}");
    // The report that it answers is kept, and not used.
    assert_eq!(of_unit(&after, "C501"), of_unit(&before, "C501") + 1, "{after:?}");
    publish(&workspace);
    let rows = workspace.table("assessments");
    let ninth = rows.iter().find(|row| row["city"] == "xiangtan" && row["no"] == "9").unwrap();
    assert_eq!(ninth["state"], "met", "{ninth:?}");
    let units = workspace.table("units");
    let own = units.iter().find(|row| row["city"] == "xiangtan" && row["unit"] == "市科技局").unwrap();
    assert_eq!(own["on_time"], "true");
    // After the day for answers it is kept and not used.
    let text = std::fs::read_to_string(workspace.path("input/2023/xiangtan/received.csv")).unwrap();
    workspace.write("input/2023/xiangtan/received.csv", text.replace("2024-02-02 09:30", "2024-03-02 09:30"));
    assert_eq!(of_unit(&checked(&workspace), "V401"), 1);
}

fn line_of(text: &str, key: &str) -> String {
    let line = text.lines().find_map(|line| line.strip_prefix(key)).unwrap();
    line.split('#').next().unwrap().trim().to_owned()
}

#[test]
fn what_is_wrong_with_an_answer_is_told_and_the_query_stays_open() {
    type Change = fn(&mut FormBook);
    let cases: [(&str, Change); 8] = [
        ("答复与原格不符：选了更正，原格未改", |book| answer(book, 3, ["更正", "", ""])),
        ("答复与原格不符：原格已改，未选更正", |book| {
            answer(book, 3, ["确认无误", "甲", "乙"]);
            book.fill("指标", "D9", "776");
        }),
        ("答复缺理由或佐证", |book| answer(book, 3, ["确认无误", "甲", ""])),
        ("答复缺理由或佐证", |book| answer(book, 3, ["无法提供", "", ""])),
        ("未答", |_| {}),
        ("答复“也许”不在可选之列", |book| answer(book, 3, ["也许", "", ""])),
        ("问题栏被改动", |book| {
            answer(book, 3, ["确认无误", "甲", "乙"]);
            book.fill("查询单", &format!("E{}", FIRST + 2), "没有问题");
        }),
        ("这一条不在表中", |book| {
            answer(book, 3, ["确认无误", "甲", "乙"]);
            book.fill("查询单", &format!("A{}", FIRST + 2), "");
        }),
    ];
    let workspace = asked("市科技局");
    let untouched = std::fs::read(workspace.path("input/2023/xiangtan/queries.csv")).unwrap();
    received(&workspace, "市科技局_答复1.xlsx", "2024-02-02 09:30");
    for (expected, change) in cases {
        workspace.write("input/2023/xiangtan/queries.csv", &untouched);
        let mut book = FormBook::open(&workspace.path(QUERY));
        change(&mut book);
        book.save(&workspace.path(ANSWER));
        let (status, words) = receive(&workspace);
        assert_eq!(status, Some(1), "{words}");
        let line = words.lines().find(|line| line.contains("第3条")).unwrap();
        assert!(line.contains(expected), "{expected}: {words}");
        let now = register(&workspace, "xiangtan");
        assert!(!now.events().iter().any(|event| event.kind.is_answer()), "{expected}: {:?}", told(&now));
    }
}

#[test]
fn an_error_that_a_unit_stands_by_waits_for_the_office() {
    let workspace = asked("市工信局");
    let number = "湘潭市-2023-annual-市工信局-1";
    let mut book = FormBook::open(
        &workspace.path("input/2023/xiangtan/issued/查询单_市工信局_湘潭市-2023-annual-1.xlsx"),
    );
    answer(&mut book, 1, ["确认无误", "口径不同", "Z1"]);
    book.save(&workspace.path("input/2023/xiangtan/submissions/市工信局_答复.xlsx"));
    received(&workspace, "市工信局_答复.xlsx", "2024-02-02 09:30");
    let (status, words) = receive(&workspace);
    assert!(status == Some(0) && words.contains("确认  待采纳  口径不同"), "{words}");
    let decide = |what: &str, item: &str, reason: &str| {
        let order = ["query", what, "input/2023", number, item, "--by", "审核员", "--reason", reason];
        workspace.duibiao(&[&order[..], &["--on", "2024-02-03"]].concat())
    };
    let status = workspace.duibiao(&["status", "input/2023", "--as-of", "2024-02-02", "--format", "json"]);
    let status: Value = serde_json::from_slice(&status.stdout).unwrap();
    let units = status["units"].as_array().unwrap().iter();
    let own =
        units.filter(|unit| unit["city"] == "xiangtan").find(|unit| unit["unit"] == "市工信局").unwrap();
    assert_eq!((own["state"].as_str(), own["queries"].as_u64()), (Some("answered"), Some(1)), "{own}");
    let before = tree(&workspace.path("input"));
    for (what, item, reason, why) in
        [("accept", "9", "甲", "没有这条查询"), ("accept", "1", " ", "理由"), ("reject", "1", "", "理由")]
    {
        let output = decide(what, item, reason);
        assert!(output.status.code() == Some(2) && said(&output).contains(why), "{}", said(&output));
    }
    assert!(tree(&workspace.path("input")) == before, "refused, and something was written");
    let output = decide("accept", "1", "口径已核");
    assert!(output.status.code() == Some(0) && said(&output).contains("采纳"), "{}", said(&output));
    let now = register(&workspace, "xiangtan");
    let last = now.events().last().unwrap();
    assert_eq!(
        (last.kind, last.by.as_str(), last.reason.as_str()),
        (QueryEventKind::Accepted, "审核员", "口径已核")
    );
    assert_eq!(now.queries()[0].state, QueryState::Accepted);
    // What is decided is not decided once more.
    for what in ["accept", "reject", "withdraw"] {
        let output = decide(what, "1", "甲");
        assert!(output.status.code() == Some(2) && said(&output).contains("现为“采纳”"), "{}", said(&output));
    }
}

#[test]
fn a_query_that_is_not_answered_can_be_taken_back_and_not_be_accepted() {
    let workspace = asked("市科技局");
    let decide = |what: &str| {
        workspace.duibiao(&["query", what, "input/2023", NUMBER, "2", "--by", "审核员", "--reason", "误发"])
    };
    assert_eq!(decide("accept").status.code(), Some(2));
    assert_eq!(decide("reject").status.code(), Some(2));
    assert_eq!(decide("withdraw").status.code(), Some(0));
    assert_eq!(register(&workspace, "xiangtan").queries()[1].state, QueryState::Withdrawn);
}

#[test]
fn an_answer_by_telephone_or_letter_is_recorded_and_has_the_effect_of_one_in_the_workbook() {
    let workspace = asked("市科技局");
    let tell = |item: &str, choice: &str, source: &str, reason: &str| {
        let order = ["query", "answer", "input/2023", NUMBER, item, "--choice", choice, "--source", source];
        let rest = ["--reason", reason, "--by", "王某", "--on", "2024-02-02", "--quiet"];
        workspace.duibiao(&[&order[..], &rest].concat())
    };
    let before = tree(&workspace.path("input"));
    for (item, reason, why) in [("9", "甲", "没有这条查询"), ("1", " ", "理由")] {
        let output = tell(item, "确认", "电话", reason);
        assert!(output.status.code() == Some(2) && said(&output).contains(why), "{}", said(&output));
    }
    // A corrected value comes in the workbook.
    assert_eq!(tell("1", "更正", "电话", "甲").status.code(), Some(2));
    assert!(tree(&workspace.path("input")) == before, "refused, and something was written");
    let output = tell("3", "确认", "电话", "终审后增补3家");
    assert!(said(&output).contains("第3条  关闭（已说明）"), "{}", said(&output));
    let output = tell("1", "无法提供", "函件", "2023年未统计");
    assert!(said(&output).contains("第1条  关闭（仍缺报）"), "{}", said(&output));
    let now = register(&workspace, "xiangtan");
    assert_eq!(
        told(&now),
        [
            ["答复：确认", "3", "指标!D9", "779", "779", "王某"],
            ["关闭", "3", "指标!D9", "779", "779", "（程序）"],
            ["答复：无法提供", "1", "指标!E7", "", "", "王某"],
        ]
        .map(|row| row.map(str::to_owned))
    );
    let evidence = now.events().iter().filter(|event| event.kind.is_answer());
    assert_eq!(evidence.map(|event| event.evidence.as_str()).collect::<Vec<_>>(), ["电话答复", "函件答复"]);
    let findings = checked(&workspace);
    let of = |code: &str, cell: &str| {
        let is_it = |one: &&Value| one["code"] == code && one["cell"] == cell && one["city"] == "xiangtan";
        findings.iter().find(is_it).unwrap_or_else(|| panic!("{code} {cell}: {findings:#?}"))
    };
    let explained = of("C504", "D9")["waived"].as_str().unwrap();
    assert!(explained.contains("市科技局2024-02-02说明（终审后增补3家，依据电话答复）"), "{explained}");
    let missing = of("V401", "E7");
    assert_eq!(missing["severity"], "warning");
    assert!(missing["message"].as_str().unwrap().contains("单位答复无法提供：2023年未统计"), "{missing}");
    // What was closed takes no further word, and the register is whole.
    let output = tell("3", "无法提供", "电话", "甲");
    assert!(
        output.status.code() == Some(2) && said(&output).contains("现为“关闭（已说明）”"),
        "{}",
        said(&output)
    );
    assert_eq!(workspace.duibiao(&["query", "verify", "input/2023"]).status.code(), Some(0));
    // The workbook that comes later corrects what was answered before it.
    answered(&workspace).save(&workspace.path(ANSWER));
    received(&workspace, "市科技局_答复1.xlsx", "2024-02-03 09:30");
    let (status, words) = receive(&workspace);
    assert_eq!(status, Some(0), "{words}");
    assert_eq!(register(&workspace, "xiangtan").queries()[1].state, QueryState::Settled);
}

#[test]
fn an_error_that_a_unit_stands_by_on_the_telephone_waits_for_the_office() {
    let workspace = asked("市工信局");
    let order = ["query", "answer", "input/2023", "湘潭市-2023-annual-市工信局-1", "1", "--choice", "确认"];
    let rest = ["--source", "电话", "--reason", "口径不同", "--by", "王某", "--on", "2024-02-02"];
    let output = workspace.duibiao(&[&order[..], &rest].concat());
    assert!(output.status.code() == Some(0) && said(&output).contains("待采纳"), "{}", said(&output));
    let order = ["query", "accept", "input/2023", "湘潭市-2023-annual-市工信局-1", "1", "--by", "审核员"];
    let output = workspace.duibiao(&[&order[..], &["--reason", "已核", "--on", "2024-02-03"]].concat());
    assert!(output.status.code() == Some(0) && said(&output).contains("采纳"), "{}", said(&output));
    assert!(checked(&workspace).iter().any(|one| {
        one["waived"]
            .as_str()
            .is_some_and(|words| words.contains("确认（口径不同，依据电话答复）；采纳：审核员"))
    }));
}

#[test]
fn a_workbook_sent_anew_settles_what_is_gone_and_leaves_open_what_is_not() {
    let workspace = asked("市科技局");
    let base = "input/2023/xiangtan/submissions/市科技局_年报_v2.xlsx";
    let mut book = FormBook::open(&workspace.path(base));
    book.fill("指标", "E7", "8");
    book.fill("封面", "B8", "3");
    assert!(book.sheet("封面").contains(">3<"), "the version is not where it was");
    book.save(&workspace.path("input/2023/xiangtan/submissions/市科技局_年报_v3.xlsx"));
    received(&workspace, "市科技局_年报_v3.xlsx", "2024-01-15 09:30");
    let (status, words) = receive(&workspace);
    assert!(status == Some(0) && words.contains("答复0份，新收0份；重报后了结1条；未了结2条"), "{words}");
    let now = register(&workspace, "xiangtan");
    let states: Vec<QueryState> = now.queries().iter().map(|query| query.state).collect();
    assert_eq!(states, [QueryState::Settled, QueryState::Waiting, QueryState::Waiting]);
    assert!(now.events().last().unwrap().content.contains("重报后复核通过"));
}

#[test]
fn a_sheet_that_went_alone_answers_and_reports_nothing() {
    let workspace = round();
    let text = std::fs::read_to_string(repository().join("tests/fixtures/05-code-page.txt")).unwrap();
    workspace.write("input/2023/jia/submissions/统计局.xls", first_file(&text));
    workspace.write(
        "input/2023/jia/received.csv",
        "文件,收到时间\n统计局.xls,2024-01-10 09:00\n统计局_答复.xlsx,2024-01-12 09:00\n",
    );
    let order = ["query", "issue", "input/2023", "--by", "王某", "--on", "2024-01-11", "--quiet"];
    assert_eq!(workspace.duibiao(&order).status.code(), Some(0));
    let mut book =
        FormBook::open(&workspace.path("input/2023/jia/issued/查询单_统计局_甲市-2023-annual-1.xlsx"));
    let first = (1..20)
        .find(|row| {
            book.sheet("查询单").contains(&format!("<c r=\"K{row}\""))
                && book
                    .sheet("查询单")
                    .split(&format!("<c r=\"K{row}\""))
                    .nth(1)
                    .unwrap()
                    .split("</c>")
                    .next()
                    .unwrap()
                    .contains("待答复")
        })
        .unwrap();
    for (column, text) in [("G", "无法提供"), ("I", "没有统计")] {
        book.fill("查询单", &format!("{column}{first}"), text);
    }
    // What is missing is not told of a file that the register of receipts has: it is not there yet.
    let before: Vec<Value> = checked(&workspace).into_iter().filter(|one| one["code"] != "L214").collect();
    book.save(&workspace.path("input/2023/jia/submissions/统计局_答复.xlsx"));
    // It is said that it is not received yet.
    let after = checked(&workspace);
    let after: Vec<Value> = after.into_iter().filter(|one| one["code"] != "Q807").collect();
    assert_eq!(after, before);
    let (_, words) = receive(&workspace);
    assert!(words.contains("无法提供  关闭（仍缺报）  没有统计"), "{words}");
    let queries = register(&workspace, "jia").queries();
    assert_eq!(queries[0].state, QueryState::Missing);
    assert!(queries.len() > 1 && queries[1].state == QueryState::Waiting);
}

#[test]
fn only_one_run_at_a_time_writes_a_register() {
    let workspace = asked("市科技局");
    let city = duibiao::ident::CityId::parse("xiangtan").unwrap();
    let held = duibiao::forms::hold(&workspace.path("input/2023"), [city]).unwrap();
    let register = std::fs::read(workspace.path("input/2023/xiangtan/queries.csv")).unwrap();
    for command in [
        &["query", "issue", "input/2023", "--by", "甲"][..],
        &["query", "receive", "input/2023", "--by", "甲"],
        &["query", "withdraw", "input/2023", NUMBER, "1", "--by", "甲", "--reason", "乙"],
        &["forms", "input/2023", "--by", "甲"],
    ] {
        let output = workspace.duibiao(command);
        assert_eq!(output.status.code(), Some(2), "{command:?}: {}", said(&output));
    }
    assert_eq!(std::fs::read(workspace.path("input/2023/xiangtan/queries.csv")).unwrap(), register);
    drop(held);
    assert_eq!(receive(&workspace).0, Some(0));
    assert!(!Path::new(&workspace.path("input/2023/xiangtan/.duibiao-issued.partial")).exists());
}
