//! What people decided, values of earlier years that are told in two ways, and who signed.

use std::process::Command;

use duibiao::digest::{Digests, figures_of};
use duibiao::evaluation::Evaluation;
use duibiao::inputs::Inputs;
use duibiao::progress::Silent;
use duibiao::publish::{Cell, tables};
use duibiao::run::{Settings, evaluate};

use crate::explained::checked;
use crate::replay::Archive;
use crate::sampled;
use crate::workspace::{GOOD, PROGRAM, Row, Workspace, pages, repository};

const FIGURES: &str = "0000000000000000000000000000000000000000000000000000000000000000";

fn evaluated(round: std::path::PathBuf) -> Evaluation {
    let (workbook, cities, read_seconds) = (None, Vec::new(), None);
    let settings = Settings { round, workbook, cities, jobs: 1, program: PROGRAM.into(), read_seconds };
    evaluate(&settings, &Inputs::default(), &Silent).unwrap()
}

/// The rows of a table, as texts by column.
fn rows(evaluation: &Evaluation, name: &str) -> Vec<Row> {
    let table = tables(evaluation).unwrap().into_iter().find(|table| table.head.name == name).unwrap();
    let text = |cell: &Cell| match cell {
        Cell::Null => String::new(),
        Cell::Text(text) | Cell::Decimal(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        Cell::Bool(truth) => truth.to_string(),
    };
    let row = |cells: &Vec<Cell>| {
        table.columns.iter().zip(cells).map(|(column, cell)| (column.name.to_owned(), text(cell))).collect()
    };
    table.rows.iter().map(row).collect()
}

/// A city with its usual plan and one workbook, some of whose files have more in them, or other words.
fn city(submitted: &str, edits: &[(&str, &str, &str)]) -> Workspace {
    let workspace = Workspace::with_cities(&[("a", "甲市")]);
    workspace.submit("a", "甲市", submitted);
    for (file, from, to) in edits {
        edit(&workspace, &format!("input/2023/{file}"), from, to);
    }
    workspace
}

/// Puts words in the place of others, or at the end where there are none.
fn edit(workspace: &Workspace, file: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(workspace.path(file)).unwrap_or_default();
    assert!(text.contains(from), "{file} has no {from}");
    let text = if from.is_empty() { text + to } else { text.replacen(from, to, 1) };
    workspace.write(file, text);
}

/// A target in prose of 统计局.
fn prose(fields: &str) -> String {
    format!(
        "[[target]]\nid = \"P1\"\nname = \"目标P1\"\nshort = \"目标P1\"\nyear = 2023\nlead = [\"统计局\"]\nline = \"1\"\nquote = \"研发强度\"\n{fields}\n"
    )
}

const WHO: &str = "reason = \"理由\"\nby = \"办公室\"\non = 2024-01-19\nbasis = \"甲办〔2024〕1号\"\n";

/// A decision: its kind, what is reported, how the round is without it, the decision itself as an edit, what the verdict is on.
type Case = (
    &'static str,
    String,
    Vec<(&'static str, &'static str, String)>,
    (&'static str, &'static str, String),
    &'static str,
);

fn cases() -> Vec<Case> {
    let average = prose("kind = \"average_growth\"\nop = \">=\"\nvalue = \"5\"\nunit = \"%\"");
    let relative = prose("kind = \"relative\"\nop = \">\"\nreference = \"全国\"\nunit = \"%\"");
    let two_units = (
        "a/plan.toml",
        "unit = \"家\"\ngroup = \"投入\"\ndata_units = [\"统计局\"]",
        "unit = \"家\"\ngroup = \"投入\"\ndata_units = [\"统计局\", \"财政局\"]".to_owned(),
    );
    let plan = |more: &str| ("a/plan.toml", "", more.to_owned());
    let round = |more: String| ("round.toml", "", more);
    let waiver = |more: &str| {
        let words = format!(
            "[[waiver]]\ncode = \"V424\"\ncity = \"a\"\n{more}reason = \"属实\"\nowner = \"办公室\"\nuntil = 2024-01-31\nbasis = \"函\"\n"
        );
        ("waivers.toml", "", words)
    };
    let ten_times = GOOD.replace("3.1", "31");
    let missed = GOOD.replace("120", "20");
    vec![
        ("preference", GOOD.to_owned(), vec![two_units], round(format!("[[preference]]\ncity = \"a\"\nindicator = \"2\"\nunit = \"统计局\"\n{WHO}")), "2"),
        ("waiver", ten_times.clone(), vec![], waiver("indicator = \"1\"\n"), "1"),
        ("waiver", ten_times, vec![], waiver(""), "a/1"),
        ("base_year", format!("{GOOD}\nP1|目标P1|%|6"), vec![plan(&average)], round(format!("[[base_year]]\ncity = \"a\"\ntarget = \"P1\"\nyear = 2020\n{WHO}")), "P1"),
        ("benchmark", format!("{GOOD}\nP1|目标P1|%|6"), vec![plan(&relative)], round(format!("[[benchmark]]\ncity = \"a\"\ntarget = \"P1\"\nname = \"全国\"\nvalue = \"5\"\nsource = \"公报\"\n{}", WHO.replace("basis", "#"))), "P1"),
        ("amendment", GOOD.to_owned(), vec![], ("a/plan.toml", "quote = \"100\"\n", "quote = \"100\"\n[[indicator.target.amendment]]\non = 2023-09-01\nvalue = \"130\"\nauthority = \"领导小组\"\nreason = \"调整\"\nbasis = \"甲办〔2023〕9号\"\n".to_owned()), "2"),
        ("veto", GOOD.to_owned(), vec![], round(format!("[[veto]]\ncity = \"a\"\ngrade = \"良好\"\n{WHO}")), "grade"),
        ("weight", missed, vec![], round(format!("[[weight]]\ncity = \"a\"\nindicator = \"1\"\nweight = \"9\"\n{WHO}")), "grade"),
    ]
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn an_independent_program_does_again_what_rests_on_decisions() {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: python3 is not installed, with which tests/checker/check.py runs");
        return;
    }
    // Average growth that is reported, and average growth that follows from the level of a row (120 is 100 with 6.3 % a year).
    let average = "kind = \"average_growth\"\nop = \">=\"\nvalue = \"5\"\nunit = \"%\"";
    let of_row = prose(&format!("{average}\nof = \"2\"")).replace("P1", "P2");
    let plan = prose(average) + &of_row;
    let known = "[[indicator.value]]\nyear = 2020\nvalue = \"100\"\nline = \"5\"\n[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"100\"";
    let declared = |no: &str| format!("[[base_year]]\ncity = \"a\"\ntarget = \"{no}\"\nyear = 2020\n{WHO}");
    let task = "[[task_group]]\nno = \"1\"\nname = \"组\"\nline = \"1\"\n";
    let edits = [
        (
            "a/plan.toml",
            "[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"100\"",
            known.to_owned(),
        ),
        ("a/plan.toml", "", plan + task),
        ("round.toml", "nearly = \"95\"", "nearly = \"95\"\nlate = \"2\"\nevidence = \"1\"".to_owned()),
        ("round.toml", "", declared("P1") + &declared("P2")),
        ("a/received.csv", "2024-01-10", "2024-01-18".to_owned()),
    ];
    let edits = edits.each_ref().map(|(file, from, to)| (*file, *from, to.as_str()));
    let workspace = city(&format!("{}\nP1|目标P1|%|6\nP2|目标P2|%|", GOOD.replace("3.1", "31")), &edits);
    let waiver = |code: &str| {
        format!(
            "[[waiver]]\ncode = \"{code}\"\ncity = \"a\"\nreason = \"属实\"\nowner = \"办公室\"\nuntil = 2024-12-31\n"
        )
    };
    workspace.write("input/2023/waivers.toml", waiver("V424") + &waiver("V403"));
    workspace.run();
    let derivation = workspace.table("derivation");
    let resting =
        |role: &str| derivation.iter().filter(|row| row["args"].contains(&format!("[\"{role}\","))).count();
    assert!(
        resting("waived") == 2 && resting("base_year") > 5,
        "{} {}",
        resting("waived"),
        resting("base_year")
    );
    assert!(derivation.iter().any(|row| row["op"] == "growth.mean" && row["args"].contains("base_year")));
    assert!(workspace.table("decisions").iter().all(|row| row["affects"].parse::<usize>().unwrap() > 0));
    let check = || {
        let mut command = Command::new("python3");
        command.arg(repository().join("tests/checker/check.py")).arg(workspace.path("output/2023"));
        let checked = command.arg("--inputs").arg(workspace.path("input")).arg("--alter").output().unwrap();
        (checked.status.code(), String::from_utf8(checked.stdout).unwrap())
    };
    let (status, told) = check();
    assert!(status == Some(0) && !told.contains("base_year”") && !told.contains("waived”"), "{told}");
    // Another year than the one that was declared is noticed.
    let path = workspace.path("output/2023/tables/derivation.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(path, text.replace("base_year.2,decision,2020", "base_year.2,decision,2019")).unwrap();
    let (status, told) = check();
    assert!(status == Some(1) && told.contains("not the years since 2019"), "{told}");
}

/// The verdict on an indicator, or the grade.
fn verdict(evaluation: &Evaluation, on: &str) -> String {
    if on == "grade" {
        return rows(evaluation, "scores")[0]["grade"].clone();
    }
    let all = rows(evaluation, "assessments");
    all.iter().find(|row| row["no"] == on.trim_start_matches("a/")).unwrap()["state"].clone()
}

#[test]
fn the_verdict_without_a_decision_is_the_verdict_once_it_is_removed() {
    for (kind, submitted, before, (file, from, to), on) in cases() {
        let edits: Vec<(&str, &str, &str)> =
            before.iter().map(|(file, from, to)| (*file, *from, to.as_str())).collect();
        let workspace = city(&submitted, &edits);
        workspace.submit_as("input/2023/a/submissions/财政局.xlsx", "甲市", "财政局", "2|企业数|家|90");
        let removed = evaluated(workspace.path("input/2023"));
        assert!(rows(&removed, "decisions").is_empty(), "{kind}");
        edit(&workspace, &format!("input/2023/{file}"), from, &to);
        let decided = evaluated(workspace.path("input/2023"));
        let decisions = rows(&decided, "decisions");
        let [one] = decisions.as_slice() else { panic!("{kind}: {decisions:?}") };
        let named = |evaluation: &Evaluation| match on.starts_with("a/") {
            true => format!("{on} {}；a/grade {}", verdict(evaluation, on), verdict(evaluation, "grade")),
            false => verdict(evaluation, on),
        };
        assert_eq!(one["kind"], kind);
        assert_eq!(one["verdict"], named(&decided), "{kind}");
        assert_eq!(one["verdict_without"], named(&removed), "{kind}");
        assert_ne!(
            one["verdict"], one["verdict_without"],
            "{kind}: a decision that decides nothing tests nothing"
        );
        assert!(one["affects"].parse::<usize>().unwrap() > 0, "{kind}");
        assert_eq!((one["in_force"].as_str(), one["basis"].is_empty()), ("true", false), "{kind}");
        assert!(!one["line"].is_empty() && one["file"].starts_with("2023/"), "{kind}: {one:?}");
    }
}

/// In `explain`, for people and programs, and in the data of the page; an independent program holds it against what people wrote.
#[test]
fn a_figure_that_rests_on_a_decision_tells_who_decided_on_which_day_and_why() {
    for (kind, submitted, edits, (file, from, decision), on) in cases() {
        let mut all: Vec<(&str, &str, &str)> =
            edits.iter().map(|(file, from, to)| (*file, *from, to.as_str())).collect();
        all.push((file, from, &decision));
        let workspace = city(&submitted, &all);
        workspace.submit_as("input/2023/a/submissions/财政局.xlsx", "甲市", "财政局", "2|企业数|家|90");
        sampled::publish(&workspace);
        let output = workspace.path("output/2023");
        let no = if on == "grade" { "等次" } else { on.trim_start_matches("a/") };
        let figure = format!("a/{no}");
        let (chinese, english) = match kind {
            "waiver" => (
                vec!["豁免 ", "日期未写明", "办公室", "有效期至2024-01-31", "理由：属实", "依据：函"],
                vec![
                    "waiver ",
                    "day not stated",
                    "办公室",
                    "valid until 2024-01-31",
                    "reason: 属实",
                    "basis: 函",
                ],
            ),
            "amendment" => (
                vec![
                    "目标调整 2 2023：130",
                    "2023-09-01起",
                    "领导小组",
                    "理由：调整",
                    "依据：甲办〔2023〕9号",
                ],
                vec!["amended target 2 2023: 130", "from 2023-09-01 on", "领导小组", "reason: 调整"],
            ),
            "benchmark" => (
                vec!["对照值", "2024-01-19", "办公室", "理由：理由", "依据：公报"],
                vec!["benchmark", "2024-01-19", "办公室", "reason: 理由", "basis: 公报"],
            ),
            _ => (
                vec!["2024-01-19", "办公室", "理由：理由", "依据：甲办〔2024〕1号"],
                vec!["2024-01-19", "办公室", "reason: 理由", "basis: 甲办〔2024〕1号"],
            ),
        };
        for (language, words) in [("zh", chinese), ("en", english)] {
            let told = workspace.duibiao(&["--lang", language, "explain", "output/2023", &figure]);
            let told = String::from_utf8(told.stdout).unwrap();
            let bare = |text: &str| text.chars().filter(|c| !"\n│├└ ".contains(*c)).collect::<String>();
            for word in words {
                assert!(bare(&told).contains(&bare(word)), "{kind} {figure}: no {word} in\n{told}");
            }
        }
        let page = std::fs::read_to_string(output.join("explorer.html")).unwrap();
        let (by, reason) = match kind {
            "waiver" => ("办公室", "属实"),
            "amendment" => ("领导小组", "调整"),
            _ => ("办公室", "理由"),
        };
        assert!(page.contains(&format!("\"by\":\"{by}\"")), "{kind}");
        assert!(page.contains(&format!("\"reason\":\"{reason}\"")), "{kind}");
        checked(&output, &workspace.path("input"), &[]);
    }
}

#[test]
fn a_waiver_that_has_expired_bites_and_is_listed_as_expired() {
    let of = |until: &str| {
        let workspace = city(&GOOD.replace("3.1", "31"), &[]);
        let waiver = format!(
            "[[waiver]]\ncode = \"V424\"\ncity = \"a\"\nindicator = \"1\"\nreason = \"属实\"\nowner = \"办公室\"\nuntil = {until}\n"
        );
        workspace.write("input/2023/waivers.toml", waiver);
        workspace.typeset();
        let text: String = pages(&workspace.path("output/2023/technical.pdf")).concat();
        let text: String = text.split_whitespace().collect();
        let state =
            workspace.table("assessments").iter().find(|row| row["no"] == "1").unwrap()["state"].clone();
        let decision = workspace.table("decisions").remove(0);
        (state, decision, text.contains("1项豁免已过期"))
    };
    let (state, decision, told) = of("2024-01-31");
    assert_eq!((state.as_str(), told), ("exceeded", false));
    let found = ["in_force", "before", "after", "verdict_without"].map(|column| decision[column].as_str());
    assert_eq!(found, ["true", "error", "waived", "in_doubt"]);
    let (state, decision, told) = of("2024-01-30");
    assert_eq!((state.as_str(), told), ("in_doubt", true));
    let found =
        ["in_force", "before", "after", "affects", "verdict_without"].map(|column| decision[column].as_str());
    assert_eq!(found, ["false", "error", "error", "0", "in_doubt"]);
}

#[test]
fn the_restated_value_of_the_sample_stands_with_the_verdict_it_would_give() {
    let evaluation = evaluated(repository().join("input/2023"));
    let told: Vec<_> = evaluation.findings.iter().filter(|one| one.problem.code() == "C504").collect();
    let found = rows(&evaluation, "restatements");
    assert_eq!((told.len(), found.len()), (1, 1));
    let columns = [
        "city",
        "indicator",
        "ref_year",
        "plan_value",
        "reported_value",
        "difference",
        "unit",
        "taken",
        "verdict",
        "verdict_if_restated",
    ];
    let row = columns.map(|column| found[0][column].as_str());
    assert_eq!(row, ["xiangtan", "12", "2022", "776", "779", "3", "市科技局", "plan", "met", "met"]);
    assert_eq!(found[0]["cell"], told[0].at.to_string());
    assert_eq!(found[0]["received"], "2024-01-14T10:05");
}

#[test]
fn the_verdict_with_a_restated_value_is_the_verdict_once_the_plan_prints_it() {
    let printed = |text: &str, line: &str| {
        format!(
            "[[indicator.value]]\nyear = 2022\nvalue = \"{text}\"\nline = \"{line}\"\n[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nkind = \"growth\"\nop = \">=\"\nvalue = \"20\"\nline = \"10\"\nquote = \"20\"\n"
        )
    };
    let target = "[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"100\"\nline = \"5\"\nquote = \"100\"\n";
    let addition = prose("kind = \"growth\"\nop = \">=\"\nvalue = \"20\"\nunit = \"%\"\nof = \"2\"")
        .replace("line = \"1\"\nquote = \"研发强度\"", "line = \"10\"\nquote = \"20\"");
    let rows_of = GOOD.replace("|120", "|120|Z1|订正|110") + "\nP1|目标P1|%|";
    let edits = [("a/plan.toml", target, printed("100", "5")), ("a/plan.toml", "", addition)];
    let edits = edits.each_ref().map(|(file, from, to)| (*file, *from, to.as_str()));
    let workspace = city(&rows_of, &edits);
    edit(&workspace, "input/sources/plan.txt", "", "20\n110\n");
    let evaluation = evaluated(workspace.path("input/2023"));
    let found = rows(&evaluation, "restatements");
    let [one] = found.as_slice() else { panic!("{found:?}") };
    let columns = [
        "plan_value",
        "reported_value",
        "difference",
        "reason",
        "verdict",
        "verdict_if_restated",
        "others_if_restated",
    ];
    let row = columns.map(|column| one[column].as_str());
    assert_eq!(row, ["100", "110", "10", "订正", "met", "missed", "a/P1 missed；a/grade 良好"]);
    edit(&workspace, "input/2023/a/plan.toml", &printed("100", "5"), &printed("110", "11"));
    let printed = evaluated(workspace.path("input/2023"));
    assert_eq!(verdict(&printed, "2"), one["verdict_if_restated"]);
    assert_eq!((verdict(&printed, "P1").as_str(), verdict(&printed, "grade").as_str()), ("missed", "良好"));
    assert!(rows(&printed, "restatements").is_empty());
}

/// An output of the year before that published a value of 研发强度.
fn earlier(workspace: &Workspace, city: &str, value: &str) -> String {
    let facts = format!(
        "\u{feff}city,indicator,no,year,status,value,value_unit,word,reason,doubt,source,derivation\n{city},rd,1,2022,agreed,{value},%,,,,,\n"
    );
    let files = [
        ("tables/facts.csv", facts),
        (
            "tables/assessments.csv",
            format!("\u{feff}city,no,name,origin,tier,state\n{city},1,研发强度,table,annual,missed\n"),
        ),
    ];
    let digests = files.each_ref().map(|(path, text)| (*path, Digests::of(text.as_bytes()).sha256));
    let figures = figures_of(digests.iter().map(|(path, sha256)| (*path, sha256.as_str())));
    let outputs: Vec<_> =
        digests.iter().map(|(path, sha256)| serde_json::json!({ "path": path, "sha256": sha256 })).collect();
    let manifest = serde_json::json!({ "schema": "duibiao-manifest/1", "round": 2022, "edition": "终版", "report_date": "2023-06-30", "outputs": outputs });
    workspace.write("earlier/2022/manifest.json", manifest.to_string());
    for (path, text) in files {
        workspace.write(&format!("earlier/2022/{path}"), text);
    }
    figures
}

fn previous(figures: &str) -> String {
    format!("[[previous]]\noutput = \"../../earlier/2022\"\nfigures = \"{figures}\"\n")
}

#[test]
fn what_is_reported_now_is_held_against_what_an_earlier_output_published() {
    let workspace = city(&GOOD.replace("|3.1", "|3.1|Z1|订正|2.95"), &[]);
    let figures = earlier(&workspace, "a", "2.9");
    assert!(
        rows(&evaluated(workspace.path("input/2023")), "restatements").is_empty(),
        "the plan says the same"
    );
    // As it is copied from a cover: in capitals and two lines.
    let (one, other) = figures.split_at(32);
    edit(&workspace, "input/2023/round.toml", "", &previous(&format!("{} {other}", one.to_uppercase())));
    let evaluation = evaluated(workspace.path("input/2023"));
    let found = rows(&evaluation, "restatements");
    let [one] = found.as_slice() else { panic!("{found:?}") };
    let columns = [
        "ref_year",
        "published_value",
        "published_in",
        "published_figures",
        "plan_value",
        "reported_value",
        "difference",
        "taken",
    ];
    let row = columns.map(|column| one[column].as_str());
    assert_eq!(row, ["2022", "2.9", "../../earlier/2022", &figures, "2.95", "2.95", "0", "plan"]);
    let read: Vec<&str> =
        evaluation.inputs.iter().filter(|file| file.at.is_some()).map(|file| file.path.as_str()).collect();
    let below = |name: &str| format!("2023/previous-1/{name}");
    assert_eq!(read, ["manifest.json", "tables/facts.csv", "tables/assessments.csv"].map(below));
}

/// What became of the targets since then, and the base that the earlier value is where the plan prints none.
#[test]
fn the_verdicts_and_values_of_an_earlier_output_are_told_beside_those_of_now() {
    let printed = "[[indicator.value]]\nyear = 2022\nvalue = \"2.95\"\nline = \"3\"\n";
    for (value, plan, expected) in [
        ("2.9", (printed, printed), ["plan", "2022", "2.95", "better", "2022", "missed", "met"]),
        ("3.2", (printed, ""), ["published", "2022", "3.2", "worse", "2022", "missed", "met"]),
    ] {
        let workspace = city(GOOD, &[("a/plan.toml", plan.0, plan.1)]);
        let figures = earlier(&workspace, "a", value);
        edit(&workspace, "input/2023/round.toml", "", &previous(&figures));
        let evaluation = evaluated(workspace.path("input/2023"));
        let found = rows(&evaluation, "comparisons");
        let [one] = found.as_slice() else { panic!("{found:?}") };
        let columns =
            ["reference", "reference_year", "base", "move", "earlier_year", "earlier_state", "state"];
        assert_eq!(columns.map(|column| one[column].as_str()), expected);
        let then = ("1".to_owned(), "a/#since.missed.reached".to_owned());
        let told = self::printed(&evaluation, "参阅/");
        assert!(told.contains(&then), "{told:?}");
    }
}

#[test]
fn an_earlier_output_that_is_not_the_one_is_a_fault_in_words() {
    let workspace = city(GOOD, &[]);
    let figures = earlier(&workspace, "a", "2.9");
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    let told = |more: &str| {
        workspace.write("input/2023/round.toml", format!("{round}{more}"));
        let output = workspace.duibiao(&["check", "input/2023"]);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(told(&previous(&figures)).0, Some(0));
    for (more, words) in [
        (previous(FIGURES), format!("的数字指纹是{figures}，与所写的{FIGURES}不同")),
        (previous("12ab"), "figures = “12ab”不是数字指纹".to_owned()),
        (
            previous(&figures).replace("earlier/2022", "earlier/2021"),
            "“../../earlier/2021”不是本程序的输出，没有可读的manifest.json".to_owned(),
        ),
        (previous(&figures).replace("../../earlier/2022", ""), "output 为空".to_owned()),
    ] {
        let (status, said) = told(&more);
        assert!(status == Some(2) && said.contains("第22行") && said.contains(&words), "{words} in {said}");
    }
    edit(&workspace, "earlier/2022/tables/facts.csv", "2.9", "3.9");
    let (status, said) = told(&previous(&figures));
    assert!(
        status == Some(2) && said.contains("tables/facts.csv与其manifest.json所记的摘要值不符"),
        "{said}"
    );
}

#[test]
fn an_earlier_output_goes_into_the_archive_and_a_replay_needs_nothing_else() {
    let archive = Archive::published(|workspace| {
        let figures = earlier(workspace, "jia", "2.9");
        edit(workspace, "input/2023/round.toml", "", &previous(&figures));
        workspace.submit("jia", "甲市", &GOOD.replace("|3.1", "|3.1|Z1|订正|2.90"));
    });
    let workspace = &archive.workspace;
    let packed = archive.pack("bag", &[]);
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    assert!(workspace.path("bag/data/input/2023/previous-1/tables/facts.csv").is_file());
    std::fs::remove_dir_all(workspace.path("earlier")).unwrap();
    let replayed = |place: &Workspace| {
        let output = place.duibiao(&["replay", "bag", "--program", "programs"]);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (status, said) = replayed(workspace);
    assert!(status == Some(0) && said.contains("结论：是"), "{said}");
    edit(workspace, "bag/data/input/2023/previous-1/tables/facts.csv", "2.9", "2.8");
    let (status, said) = replayed(workspace);
    assert!(status == Some(1) && said.contains("已刊输出　内容改变"), "{said}");
}

fn signed(entries: &[(&str, &str, u32, &str)]) -> String {
    let entry = |(role, person, day, over): &(&str, &str, u32, &str)| {
        format!(
            "[[signoff]]\nrole = \"{role}\"\nperson = \"{person}\"\noffice = \"甲市统计局\"\non = 2024-02-0{day}\nstatement = \"核对了全部错误和人工决定\"\nover = \"{over}\"\n"
        )
    };
    entries.iter().map(entry).collect()
}

struct SignedRun {
    figures: String,
    text: String,
    said: String,
    listed: Vec<Row>,
}

/// Runs the round, signed or not.
fn run(workspace: &Workspace) -> SignedRun {
    let output = workspace.typeset();
    let manifest = std::fs::read(workspace.path("output/2023/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let text: String = pages(&workspace.path("output/2023/technical.pdf")).concat();
    SignedRun {
        figures: manifest["figures"].as_str().unwrap().to_owned(),
        text: text.split_whitespace().collect(),
        said: String::from_utf8(output.stdout).unwrap(),
        listed: workspace.table("signoff"),
    }
}

#[test]
fn who_signed_the_figures_is_printed_and_the_figures_stay_what_was_signed() {
    let workspace = city(GOOD, &[]);
    let unsigned = run(&workspace);
    assert!(unsigned.text.contains("编制：未签复核：未签签发：未签"), "nothing is recorded");
    assert!(unsigned.listed.is_empty() && !unsigned.said.contains("signoff"));
    let figures = unsigned.figures.as_str();
    let all = [("编制", "张三", 1, figures), ("复核", "李四", 2, figures), ("签发", "王五", 2, figures)];
    workspace.write("input/2023/signoff.toml", signed(&all));
    let whole = run(&workspace);
    assert_eq!(whole.figures, unsigned.figures, "who signs does not alter what was signed");
    for words in ["编制：张三", "复核：李四", "签发：王五"] {
        assert!(whole.text.contains(words), "{words}");
    }
    assert!(whole.text.contains("复核人李四：“核对了全部错误和人工决定”"));
    let persons: Vec<(&str, &str)> =
        whole.listed.iter().map(|row| (row["role"].as_str(), row["person"].as_str())).collect();
    assert_eq!(persons, [("编制", "张三"), ("复核", "李四"), ("签发", "王五")]);
    workspace.write("input/2023/signoff.toml", signed(&all[..2]));
    assert!(run(&workspace).text.contains("签发：未签"));
    // For other figures: told, and not listed.
    edit(&workspace, "input/2023/round.toml", "exceeded = \"105\"", "exceeded = \"130\"");
    let other = run(&workspace);
    assert_ne!(other.figures, unsigned.figures);
    assert!(
        other.text.contains("编制：未签复核：未签签发：未签")
            && other.text.contains("2项签审对应另一份数字，不予列入")
    );
    assert!(other.said.contains("2项签审对应另一份数字，不予列入") && other.said.contains(&other.figures));
    assert!(other.listed.is_empty());
}

#[test]
fn one_person_does_not_draft_and_review_and_nothing_is_issued_before_it_is_reviewed() {
    let workspace = city(GOOD, &[]);
    for (entries, words) in [
        ([("编制", "张三", 1, FIGURES), ("复核", "张　三", 2, FIGURES)], "编制和复核都是“张　三”"),
        (
            [("签发", "张三", 1, FIGURES), ("复核", "李四", 2, FIGURES)],
            "签发日期2024-02-01早于复核日期2024-02-02",
        ),
        ([("复核", "张三", 1, FIGURES), ("复核", "李四", 2, FIGURES)], "同一份数字的“复核”写了两次"),
        ([("复核", "张三", 1, "核对"), ("签发", "李四", 2, FIGURES)], "over = “核对”不是数字指纹"),
        ([("校对", "张三", 1, FIGURES), ("签发", "李四", 2, FIGURES)], "编制, 复核, 签发"),
    ] {
        workspace.write("input/2023/signoff.toml", signed(&entries));
        let output = workspace.duibiao(&["run", "input/2023"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            output.status.code() == Some(2) && said.contains(words) && said.contains("signoff.toml"),
            "{words} in {said}"
        );
        assert!(!workspace.path("output/2023").exists());
    }
}

/// What `figures` has of a table, by its last part.
fn printed(evaluation: &Evaluation, ending: &str) -> Vec<(String, String)> {
    let figures = rows(evaluation, "figures").into_iter();
    figures
        // The city's own report repeats them.
        .filter(|row| row["place"].contains(ending) && !row["place"].starts_with("分册/"))
        .map(|row| (row["text"].clone(), row["id"].clone()))
        .collect()
}

#[test]
fn every_number_of_a_decision_has_its_step() {
    for (kind, submitted, before, (file, from, to), on) in cases() {
        let edits: Vec<(&str, &str, &str)> =
            before.iter().map(|(file, from, to)| (*file, *from, to.as_str())).collect();
        let workspace = city(&submitted, &edits);
        workspace.submit_as("input/2023/a/submissions/财政局.xlsx", "甲市", "财政局", "2|企业数|家|90");
        edit(&workspace, &format!("input/2023/{file}"), from, &to);
        let evaluation = evaluated(workspace.path("input/2023"));
        let decided: &[(&str, &str)] = match (kind, on) {
            ("preference", _) => &[("120", "a/2/seen.1.number"), ("90", "a/2/seen.2.number")],
            ("waiver", _) => &[("1", "2023/waivers.toml#waiver.1/findings")],
            ("benchmark", _) => &[("5", "2023/round.toml#benchmark.1")],
            ("amendment", _) => {
                &[("100", "a/2/2023/target"), ("130", "2023/a/plan.toml#2.2023.amendment.2023-09-01")]
            }
            ("weight", _) => &[("1", "constant/1"), ("9", "2023/round.toml#weight.1")],
            _ => &[],
        };
        let found = printed(&evaluation, "/决定");
        let found: Vec<(&str, &str)> = found.iter().map(|(text, id)| (text.as_str(), id.as_str())).collect();
        assert_eq!(found, decided, "{kind}");
        let affects = rows(&evaluation, "decisions")[0]["affects"].clone();
        let effect = printed(&evaluation, "/影响");
        assert!(
            matches!(effect.as_slice(), [(text, id)] if *text == affects && id.ends_with(".1/affects") || id.ends_with("-01/affects")),
            "{kind} {effect:?}"
        );
        let counts = printed(&evaluation, "人工决定/正文");
        let counts: Vec<&str> = counts.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(counts, ["1", "1", "1"], "{kind}");
    }
}

#[test]
fn every_number_of_a_restated_value_has_its_step_and_an_independent_program_does_it_again() {
    let rows_of = GOOD.replace("|3.1", "|3.1|Z1|订正|2.95").replace("|120", "|120|Z1|订正|110");
    let known = "[[indicator.value]]\nyear = 2022\nvalue = \"100\"\nline = \"5\"\n[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"100\"";
    let target = "[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"100\"";
    let workspace = city(&rows_of, &[("a/plan.toml", target, known)]);
    let figures = earlier(&workspace, "a", "2.9");
    edit(&workspace, "input/2023/round.toml", "", &previous(&figures));
    let decided = format!(
        "[[decision]]\ncity = \"a\"\nobject = \"甲\"\nmatter = \"口径\"\ndecision = \"称\\\"一\\\"\"\n{WHO}"
    );
    edit(&workspace, "input/2023/round.toml", "", &decided);
    let evaluation = evaluated(workspace.path("input/2023"));
    let found = |ending: &str| printed(&evaluation, ending);
    let pairs = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        all.iter().map(|(text, id)| ((*text).to_owned(), (*id).to_owned())).collect()
    };
    assert_eq!(found("甲市/已发布"), pairs(&[("2.9", "a/1/2022/published.1")]));
    assert_eq!(found("甲市/方案"), pairs(&[("2.95", "a/1/2022/printed"), ("100", "a/2/2022/printed")]));
    assert_eq!(
        found("甲市/本次填报"),
        pairs(&[("2.95", "a/1/2022/before.1.number"), ("110", "a/2/2022/before.1.number")])
    );
    assert_eq!(found("甲市/差"), pairs(&[("0", "a/1/2022/restated"), ("10", "a/2/2022/restated")]));
    workspace.run();
    let Ok(checked) = Command::new("python3")
        .arg(repository().join("tests/checker/check.py"))
        .arg(workspace.path("output/2023"))
        .args(["--alter", "--inputs"])
        .arg(workspace.path("input"))
        .output()
    else {
        return;
    };
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stdout));
}
