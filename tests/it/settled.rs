//! What answers to queries do to findings and figures: an accepted one is a waiver of the very text, an explained warning is closed, what cannot be
//! provided is missing for a reason; what does not hold is told. Nothing of it asks the clock.

use std::path::PathBuf;
use std::process::{Command, Output};

use duibiao::inputs::Inputs;
use duibiao::plan::{QueryState, read_queries};
use serde_json::Value;

use crate::forms::FormBook;
use crate::replay::Archive;
use crate::workspace::{GOOD, Row, Workspace, repository, tree};

const QUERY: &str = "input/2023/jia/issued/查询单_统计局_甲市-2023-annual-1.xlsx";
const ANSWER: &str = "input/2023/jia/submissions/统计局_答复.xlsx";
const NUMBER: &str = "甲市-2023-annual-统计局-1";
/// The row of the first question on the sheet.
const FIRST: u32 = 7;

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn done(workspace: &Workspace, order: &[&str], on: &str, expected: i32) -> String {
    let more = ["--by", "王某", "--on", on, "--quiet"];
    let more = if order[1] == "issue" || order[1] == "receive" { &more[..] } else { &more[2..4] };
    let output = workspace.duibiao(&[order, more].concat());
    assert_eq!(output.status.code(), Some(expected), "{order:?}: {}", said(&output));
    said(&output)
}

/// A value ten times too high, a blank, and another value of the year before.
fn rows() -> String {
    GOOD.replace("1|研发强度|%|3.1", "1|研发强度|%|3.1|Z1||2.9")
        .replace("家|120", "家|12000")
        .replace("吨标准煤/万元|0.49", "吨标准煤/万元|")
}

/// A unit is asked about what it reported.
fn ask(workspace: &Workspace) {
    workspace.submit("jia", "甲市", &rows());
    workspace.write("input/2023/jia/received.csv", "文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n");
    done(workspace, &["query", "issue", "input/2023", "--city", "jia"], "2024-01-18", 0);
}

fn asked() -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    ask(&workspace);
    workspace
}

/// The number of the question about a code.
fn item(workspace: &Workspace, code: &str) -> u32 {
    let register = read_queries(&Inputs::default(), &workspace.path("input/2023/jia/queries.csv")).unwrap();
    let queries = register.queries();
    queries.iter().find(|one| one.asked.code == code).unwrap_or_else(|| panic!("{code}")).asked.key.item
}

fn state(workspace: &Workspace, code: &str) -> QueryState {
    let register = read_queries(&Inputs::default(), &workspace.path("input/2023/jia/queries.csv")).unwrap();
    register.queries().iter().find(|one| one.asked.code == code).unwrap().state
}

/// Puts an answer into the row of a question: choice, reason, evidence.
fn choose(book: &mut FormBook, item: u32, [choice, reason, evidence]: [&str; 3]) {
    for (column, text) in [("G", choice), ("I", reason), ("J", evidence)] {
        book.fill("查询单", &format!("{column}{}", FIRST + item - 1), text);
    }
}

const CONFIRMED: [&str; 3] = ["确认无误", "口径不同", "Z1"];

/// The answer of the unit: its value stands, the blank cannot be filled in, the other value of the year before has its reason.
fn answered(workspace: &Workspace) -> FormBook {
    let mut book = FormBook::open(&workspace.path(QUERY));
    choose(&mut book, item(workspace, "V424"), CONFIRMED);
    choose(&mut book, item(workspace, "V401"), ["无法提供", "尚无统计", ""]);
    choose(&mut book, item(workspace, "C504"), ["确认无误", "年报核定为2.9", "Z1"]);
    book
}

fn send(workspace: &Workspace, book: &FormBook) {
    book.save(&workspace.path(ANSWER));
    let register = "文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n统计局_答复.xlsx,2024-01-25 09:00\n";
    workspace.write("input/2023/jia/received.csv", register);
}

fn receive(workspace: &Workspace, expected: i32) -> String {
    done(workspace, &["query", "receive", "input/2023"], "2024-01-25", expected)
}

fn accept(workspace: &Workspace, code: &str) {
    let item = item(workspace, code).to_string();
    let order = ["query", "accept", "input/2023", NUMBER, &item, "--by", "李某", "--reason", "口径已核"];
    done(workspace, &order, "2024-01-26", 0);
}

fn checked(workspace: &Workspace) -> Vec<Value> {
    let output = workspace.duibiao(&["check", "input/2023", "--format", "json", "--quiet"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line.get("code").is_some()).collect()
}

fn of<'a>(findings: &'a [Value], code: &str) -> Vec<&'a Value> {
    findings.iter().filter(|one| one["code"] == code).collect()
}

fn row(rows: Vec<Row>, column: &str, value: &str) -> Row {
    rows.into_iter().find(|row| row[column] == value).unwrap_or_else(|| panic!("{column} {value}"))
}

#[test]
#[expect(clippy::too_many_lines, reason = "one round from the question to the replay")]
fn an_accepted_answer_is_judged_as_reported_says_who_when_and_why_and_replays_to_the_same_bytes() {
    let archive = Archive::published(|workspace| {
        ask(workspace);
        send(workspace, &answered(workspace));
        receive(workspace, 0);
    });
    let workspace = &archive.workspace;
    let firms = |workspace: &Workspace| {
        let all = workspace.table("assessments").into_iter().filter(|row| row["city"] == "jia").collect();
        row(all, "no", "2")
    };
    let finding = |workspace: &Workspace, code: &str| {
        let all = workspace.table("findings").into_iter().filter(|row| row["city"] == "jia").collect();
        row(all, "code", code)
    };
    // Not accepted yet: in doubt.
    assert_eq!(firms(workspace)["state"], "in_doubt");
    assert_eq!(finding(workspace, "V424")["outcome"], "fail");
    // The warning that was explained stays one, with what the unit says.
    let explained = finding(workspace, "C504");
    assert_eq!((explained["severity"].as_str(), explained["outcome"].as_str()), ("warning", "explained"));
    let item_of = |code: &str| item(workspace, code);
    let words =
        format!("查询单{NUMBER}第{}条：统计局2024-01-25说明（年报核定为2.9，依据Z1）", item_of("C504"));
    assert_eq!(explained["waived"], words);
    // What cannot be provided is missing, for a reason.
    let missing = finding(workspace, "V401");
    assert!(missing["message"].contains("单位答复无法提供：尚无统计"), "{missing:?}");
    assert_eq!(missing["severity"], "warning");
    accept(workspace, "V424");
    archive.run();
    assert_eq!(firms(workspace)["state"], "exceeded");
    let waived = finding(workspace, "V424");
    let words = format!(
        "查询单{NUMBER}第{}条：统计局2024-01-25确认（口径不同，依据Z1）；采纳：李某2024-01-26，口径已核",
        item_of("V424")
    );
    assert_eq!((waived["outcome"].as_str(), waived["waived"].as_str()), ("waived", words.as_str()));
    let decision = row(workspace.table("decisions"), "kind", "waiver");
    let basis = format!("查询单{NUMBER}第{}条", item_of("V424"));
    for (column, value) in [
        ("city", "jia"),
        ("object", "V424 统计局 2"),
        ("before", "error"),
        ("after", "waived"),
        ("by", "李某"),
        ("on", "2024-01-26"),
        ("until", ""),
        ("reason", "口径已核"),
        ("basis", basis.as_str()),
        ("file", "2023/jia/queries.csv"),
        ("verdict", "exceeded"),
        ("verdict_without", "in_doubt"),
    ] {
        assert_eq!(decision[column], value, "{column}: {decision:?}");
    }
    assert!(decision["affects"].parse::<usize>().unwrap() > 0, "{decision:?}");
    // The line that it names is that of the acceptance.
    let text = std::fs::read_to_string(workspace.path("input/2023/jia/queries.csv")).unwrap();
    let line = text.lines().nth(decision["line"].parse::<usize>().unwrap() - 1).unwrap();
    assert!(line.contains(",采纳,李某,"), "{line}");
    // An independent program finds the acceptance there, and does again what rests on it.
    let mut command = Command::new("python3");
    command.arg(repository().join("tests/checker/check.py")).arg(workspace.path("output/2023"));
    let told = command.arg("--inputs").arg(workspace.path("input")).output().unwrap();
    assert_eq!(told.status.code(), Some(0), "{}", said(&told));
    // An auditor gets the same bytes.
    let packed = archive.pack("bag", &[]);
    assert!(packed.status.success(), "{}", said(&packed));
    let replayed = workspace.duibiao(&["replay", "bag", "--program", "programs"]);
    assert_eq!(replayed.status.code(), Some(0), "{}", said(&replayed));
}

#[test]
fn an_answer_lapses_when_another_text_stands_there() {
    let workspace = asked();
    send(&workspace, &answered(&workspace));
    receive(&workspace, 0);
    accept(&workspace, "V424");
    let now = checked(&workspace);
    assert!(of(&now, "Q806").is_empty(), "{now:?}");
    assert!(of(&now, "V424")[0]["waived"].as_str().unwrap().contains("采纳：李某"), "{now:?}");
    // A later workbook with another value: what was confirmed is not what stands there.
    let later = rows().replace("12000", "15000").replace("Z1||2.9", "Z1||2.8");
    workspace.submit_as("input/2023/jia/submissions/统计局_再报.xlsx", "甲市", "统计局", &later);
    std::fs::remove_file(workspace.path(ANSWER)).unwrap();
    workspace.write(
        "input/2023/jia/received.csv",
        "文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n统计局_再报.xlsx,2024-01-19 09:00\n",
    );
    let now = checked(&workspace);
    assert!(of(&now, "V424").iter().all(|one| one["waived"].is_null()), "{now:?}");
    assert!(of(&now, "C504").iter().all(|one| one["waived"].is_null()), "{now:?}");
    let lapsed: Vec<(&str, &str)> = of(&now, "Q806")
        .into_iter()
        .map(|one| (one["indicator"].as_str().unwrap(), one["cell"].as_str().unwrap()))
        .collect();
    assert_eq!(lapsed, [("1", "G4"), ("2", "D5")], "{now:?}");
    assert!(of(&now, "Q806")[1]["message"].as_str().unwrap().contains("确认的是“12000”"));
    // The blank is the same blank.
    assert!(of(&now, "V401")[0]["message"].as_str().unwrap().contains("无法提供"), "{now:?}");
}

#[test]
fn what_is_wrong_with_answers_is_found_by_every_check_and_not_by_receiving_alone() {
    type Change = fn(&Workspace, &mut FormBook);
    let cases: [(&str, &str, &str, Change); 8] = [
        ("Q802", "error", "选了“更正”，而原格未改", |workspace, book| {
            choose(book, item(workspace, "C504"), ["更正", "", ""]);
        }),
        ("Q802", "error", "原格已改，而未选“更正”", |_, book| {
            let sheet = book.sheet("指标");
            *sheet = sheet.replace("<v>12000</v>", "<v>13000</v>");
        }),
        ("Q803", "warning", "没有写明理由", |workspace, book| {
            choose(book, item(workspace, "C504"), ["确认无误", "年报核定", ""]);
        }),
        ("Q805", "warning", "不在可选之列", |workspace, book| {
            choose(book, item(workspace, "C504"), ["也许", "甲", "乙"]);
        }),
        ("Q805", "warning", "的问题被改动", |workspace, book| {
            let row = FIRST + item(workspace, "C504") - 1;
            book.fill("查询单", &format!("E{row}"), "没有问题");
        }),
        ("Q805", "warning", "不在表中", |workspace, book| {
            let row = FIRST + item(workspace, "C504") - 1;
            book.fill("查询单", &format!("A{row}"), "");
        }),
        ("Q805", "warning", "没有问过", |workspace, book| {
            let row = FIRST + item(workspace, "C504") - 1;
            book.fill("查询单", &format!("A{row}"), "9");
        }),
        ("Q805", "warning", "已被删除，按重报处理", |_, book| {
            let sheet = book.sheet("查询单");
            *sheet = sheet.replace("查询单编号", "编号").replace(NUMBER, "");
            let strings = book.part("xl/sharedStrings.xml");
            *strings = strings.replace("查询单编号", "编号");
        }),
    ];
    let workspace = asked();
    let untouched = std::fs::read(workspace.path("input/2023/jia/queries.csv")).unwrap();
    for (code, severity, words, change) in cases {
        workspace.write("input/2023/jia/queries.csv", &untouched);
        let mut book = answered(&workspace);
        change(&workspace, &mut book);
        send(&workspace, &book);
        let before = tree(&workspace.path("input"));
        let found = checked(&workspace);
        let told = |one: &&&Value| one["message"].as_str().unwrap().contains(words);
        let own = of(&found, code);
        let one = own.iter().find(told).unwrap_or_else(|| panic!("{code} {words}: {found:#?}"));
        assert_eq!(one["severity"], severity, "{code}");
        // The others hold, and are not received yet; where no sheet is, there is nothing to receive.
        let is_gone = words.contains("删除");
        assert_eq!(of(&found, "Q807").len(), usize::from(!is_gone), "{code} {words}: {found:#?}");
        assert!(tree(&workspace.path("input")) == before, "a check writes something");
        // Once received, what holds is settled, and what does not hold is still told.
        receive(&workspace, i32::from(!is_gone));
        let found = checked(&workspace);
        assert!(of(&found, "Q807").is_empty(), "{code} {words}: {found:#?}");
        assert!(of(&found, code).iter().any(|one| told(&one)), "{code} {words}: {found:#?}");
    }
}

#[test]
fn what_is_overdue_is_asked_of_the_days_of_the_round() {
    let workspace = asked();
    // The report is of 2024-01-31, answers are due on 2024-02-05.
    assert!(of(&checked(&workspace), "Q801").is_empty());
    let path: PathBuf = workspace.path("input/2023/round.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("report_date = 2024-01-31", "report_date = 2024-02-20")).unwrap();
    let found = checked(&workspace);
    let [one] = of(&found, "Q801")[..] else { panic!("{found:#?}") };
    let message = one["message"].as_str().unwrap();
    assert!(message.contains(NUMBER) && message.contains("第1、2、3条应在2024-02-05前答复"), "{message}");
    assert_eq!(one["unit"], "统计局");
    // Answered and received it is not overdue any more; what is taken back is not either.
    send(&workspace, &answered(&workspace));
    receive(&workspace, 0);
    assert!(of(&checked(&workspace), "Q801").is_empty());
    // A day for answers of its own: the answer of the 25th comes too late for it.
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(
        &path,
        text.replace("answer_by = 2024-02-05", "answer_by = 2024-01-24\nanswers_until = 2024-01-24"),
    )
    .unwrap();
    let found = checked(&workspace);
    assert!(of(&found, "C501").is_empty(), "an answer that came too late counts: {found:#?}");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("answers_until = 2024-01-24", "answers_until = 2024-01-23")).unwrap();
    let refused = workspace.duibiao(&["check", "input/2023", "--quiet"]);
    assert!(
        refused.status.code() == Some(2) && said(&refused).contains("answers_until"),
        "{}",
        said(&refused)
    );
}

#[test]
fn a_value_that_was_corrected_names_the_query_and_what_was_changed_unasked_is_told() {
    let workspace = asked();
    let mut book = answered(&workspace);
    choose(&mut book, item(&workspace, "V424"), ["更正", "多写两个零", ""]);
    let sheet = book.sheet("指标");
    *sheet = sheet.replace("<v>12000</v>", "<v>120</v>").replace("<v>3.1</v>", "<v>3.2</v>");
    send(&workspace, &book);
    receive(&workspace, 0);
    assert_eq!(state(&workspace, "V424"), QueryState::Settled);
    let found = checked(&workspace);
    assert!(of(&found, "V424").is_empty(), "{found:#?}");
    let [one] = of(&found, "Q804")[..] else { panic!("{found:#?}") };
    assert_eq!((one["cell"].as_str(), one["indicator"].as_str()), (Some("D4"), Some("1")));
    assert!(one["message"].as_str().unwrap().contains("原为“3.1”，现为“3.2”"), "{one}");
    crate::sampled::publish(&workspace);
    let lineage = workspace.table("lineage");
    let step = lineage.iter().find(|step| step["operation"].starts_with("更正")).unwrap();
    assert_eq!(step["figure"], "jia/2");
    let digest = |path: &str| duibiao::digest::Digests::of(&std::fs::read(workspace.path(path)).unwrap()).sm3;
    let (base, answer) = (digest("input/2023/jia/submissions/统计局.xlsx"), digest(ANSWER));
    let place =
        format!("查询单{NUMBER}第{}条，指标!D5“12000”（统计局.xlsx SM3 {base}）", item(&workspace, "V424"));
    assert_eq!(step["from"], place);
    assert_eq!(step["to"], format!("“120”（统计局_答复.xlsx SM3 {answer}）"));
    // A value that nobody corrected has no such step.
    assert_eq!(lineage.iter().filter(|step| step["operation"].starts_with("更正")).count(), 1);
}

#[test]
fn a_disagreement_is_not_settled_by_what_one_unit_confirms() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let path = workspace.path("input/2023/jia/plan.toml");
    let plan = std::fs::read_to_string(&path).unwrap();
    let both = plan.replacen(
        "group = \"投入\"\ndata_units = [\"统计局\"]\nline = \"5\"",
        "group = \"投入\"\ndata_units = [\"统计局\", \"财政局\"]\nline = \"5\"",
        1,
    );
    assert_ne!(plan, both);
    std::fs::write(path, both).unwrap();
    workspace.submit("jia", "甲市", GOOD);
    workspace.submit_as("input/2023/jia/submissions/财政局.xlsx", "甲市", "财政局", "2|企业数|家|130");
    workspace.write(
        "input/2023/jia/received.csv",
        "文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n财政局.xlsx,2024-01-10 09:00\n",
    );
    done(&workspace, &["query", "issue", "input/2023"], "2024-01-18", 0);
    let mut book = FormBook::open(&workspace.path(QUERY));
    choose(&mut book, item(&workspace, "C502"), CONFIRMED);
    send(&workspace, &book);
    let path = "input/2023/jia/received.csv";
    let text = std::fs::read_to_string(workspace.path(path)).unwrap();
    workspace.write(path, text + "财政局.xlsx,2024-01-10 09:00\n");
    receive(&workspace, 0);
    let order = ["query", "accept", "input/2023", NUMBER, "1", "--by", "李某", "--reason", "口径已核"];
    let told = done(&workspace, &order, "2024-01-26", 2);
    assert!(told.contains("[[preference]]"), "{told}");
}
