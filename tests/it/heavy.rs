//! Files that are small and make much work: the time and the memory of all processes stay within what is promised.

use std::fmt::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::workspace::{COVER, GOOD, PROGRAM, Workspace, pages, peak_memory, plan};
use crate::writers::{Sheet, cell, xlsx};

/// What the whole tree of processes may use.
const MOST_MEMORY: u64 = 2 << 30;
/// How long a round with one of these may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A workbook of 统计局 whose table has the usual headings and the rows given, as XML.
fn book(rows: &str, version: &str) -> Vec<u8> {
    let mut cover = Sheet { name: "封面".to_owned(), ..Sheet::default() };
    for (row, (label, value)) in (0..).zip(COVER) {
        let value = if label == "版本" { version } else { value };
        cover.cells.insert((row, 0), cell(label).unwrap());
        cover.cells.insert((row, 1), cell(&format!("'{value}")).unwrap());
    }
    let heads = ["序号", "指标名称", "计量单位", "2023年实绩", "佐证编号", "说明"];
    let table = Sheet { name: "指标".to_owned(), raw: row(1, &heads.map(text)) + rows, ..Sheet::default() };
    xlsx(&[cover, table], "", "")
}

fn text(text: &str) -> String {
    format!(" t=\"inlineStr\"><is><t>{text}</t></is>")
}

fn number(number: impl std::fmt::Display) -> String {
    format!("><v>{number}</v>")
}

/// A row of cells from the first column on.
fn row(at: usize, cells: &[String]) -> String {
    let mut xml = format!("<row r=\"{at}\">");
    for (column, cell) in ('A'..).zip(cells) {
        write!(xml, "<c r=\"{column}{at}\"{cell}</c>").unwrap();
    }
    xml + "</row>"
}

fn rows(count: usize, cells: impl Fn(usize) -> Vec<String>) -> String {
    (0..count).map(|at| row(at + 2, &cells(at))).collect()
}

fn good() -> Vec<Vec<String>> {
    let line = |line: &str| {
        let cells: Vec<&str> = line.split('|').collect();
        let value = cells[3].parse::<f64>().map_or_else(|_| text(cells[3]), number);
        vec![text(cells[0]), text(cells[1]), text(cells[2]), value, text("Z1")]
    };
    GOOD.lines().map(line).collect()
}

/// A round of one city with files among its submissions.
fn round(files: Vec<(String, Vec<u8>)>) -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    for (name, bytes) in files {
        workspace.write(&format!("input/2023/jia/submissions/{name}"), bytes);
    }
    workspace
}

fn one(rows: &str) -> Workspace {
    round(vec![("统计局.xlsx".to_owned(), book(rows, "1"))])
}

/// A plan of many indicators, and a workbook that reports them all.
fn many_indicators(count: usize) -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let mut catalogue = std::fs::read_to_string(workspace.path("input/catalogue.toml")).unwrap();
    let mut source = String::new();
    let whole = plan("jia", "甲市");
    let mut plan = whole.split("[[indicator]]").next().unwrap().to_owned();
    for at in 0..count {
        let name = format!("第{at}类企业数");
        write!(catalogue, "[[indicator]]\nid = \"i{at}\"\nname = \"{name}\"\nshort = \"{name}\"\nunit = \"家\"\ndirection = \"higher\"\nmeasure = \"stock\"\ndecimals = 0\ndimension = \"input\"\n").unwrap();
        writeln!(source, "{name} {}", at + 100).unwrap();
        write!(plan, "[[indicator]]\nno = \"{0}\"\nid = \"i{at}\"\nname = \"{name}\"\nunit = \"家\"\ngroup = \"投入\"\ndata_units = [\"统计局\"]\nline = \"{0}\"\n[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"{1}\"\nline = \"{0}\"\nquote = \"{1}\"\n", at + 1, at + 100).unwrap();
    }
    workspace.write("input/catalogue.toml", catalogue);
    workspace.write("input/sources/plan.txt", source);
    workspace.write("input/2023/jia/plan.toml", plan);
    let rows = rows(count, |at| {
        vec![
            text(&(at + 1).to_string()),
            text(&format!("第{at}类企业数")),
            text("家"),
            number(at + 101),
            text("Z1"),
        ]
    });
    workspace.write("input/2023/jia/submissions/统计局.xlsx", book(&rows, "1"));
    workspace
}

fn unknown_rows(count: usize) -> Workspace {
    one(&rows(count, |at| {
        vec![text(&at.to_string()), text(&format!("不明指标{at}")), text("家"), number(at)]
    }))
}

fn one_row_again_and_again(count: usize) -> Workspace {
    one(&rows(count, |at| vec![text("2"), text("企业数"), text("家"), number(at)]))
}

/// Every row cites all of the evidence, none of which is listed.
fn unlisted_evidence(count: usize) -> Workspace {
    let references: String = (0..count).map(|at| format!("Z{at}、")).collect();
    let mut cited = good();
    cited.iter_mut().for_each(|row| row[4] = text(&references));
    one(&cited.iter().enumerate().map(|(at, cells)| row(at + 2, cells)).collect::<String>())
}

fn damaged_cells(count: usize) -> Workspace {
    let damaged = || " t=\"n\"><v>1x</v>".to_owned();
    one(&rows(count, |at| vec![text(&at.to_string()), text("企业数"), text("家"), damaged()]))
}

fn totals(count: usize) -> Workspace {
    one(&rows(count, |at| vec![text(""), text("合计"), text("家"), number(at)]))
}

fn long_names(length: usize) -> Workspace {
    let long = "长".repeat(length);
    one(&rows(300, |at| vec![text(&at.to_string()), text(&format!("{long}{at}")), text("家"), number(at)]))
}

fn rows_without_names(count: usize) -> Workspace {
    one(&rows(count, |at| vec![text(""), text(""), text(""), number(at % 7)]))
}

/// Rows of ones in columns, which share one text in the archive.
fn ones(rows: usize, columns: usize) -> String {
    let cells = "<c><v>1</v></c>".repeat(columns);
    (0..rows).map(|at| format!("<row r=\"{}\">{cells}</row>", at + 20)).collect()
}

fn books_of_stray_numbers(books: usize, rows: usize) -> Workspace {
    round((0..books).map(|at| (format!("第{at}份.xlsx"), book(&ones(rows, 100), "1"))).collect())
}

fn no_workbooks(count: usize) -> Workspace {
    round((0..count).map(|at| (format!("杂{at}.xlsx"), format!("no workbook {at}").into_bytes())).collect())
}

fn books_of_one_unit(count: usize) -> Workspace {
    let rows: String = good().iter().enumerate().map(|(at, cells)| row(at + 2, cells)).collect();
    round((1..=count).map(|at| (format!("统计局（{at}）.xlsx"), book(&rows, &at.to_string()))).collect())
}

/// Runs a command of the program on the round; returns how long it took and the most memory of all processes.
fn measured(workspace: &Workspace, command: &str) -> (Duration, u64) {
    let begin = Instant::now();
    let child = std::process::Command::new(PROGRAM)
        .args([command, "input/2023", "--jobs", "2"])
        .current_dir(workspace.path(""))
        .stdout(std::fs::File::create(workspace.path("said")).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (status, most) = peak_memory(child);
    assert!(matches!(status.code(), Some(0 | 1)), "{status:?}");
    (begin.elapsed(), most)
}

/// Checks the round and makes its report, within the time and the memory promised.
#[expect(clippy::print_stdout, reason = "the table of what was measured")]
fn holds(name: &str, workspace: &Workspace) {
    for command in ["check", "run"] {
        let (time, memory) = measured(workspace, command);
        let line = format!("{name} | {command} | {:.1} s | {} MiB", time.as_secs_f64(), memory >> 20);
        println!("{line}");
        assert!(time < PATIENCE && memory < MOST_MEMORY, "{line}");
    }
}

/// A test of the whole size for `make heavy`.
macro_rules! heavy {
    ($($name:ident: $workspace:expr;)*) => {$(
        #[test]
        #[ignore = "takes minutes: make heavy"]
        fn $name() {
            holds(stringify!($name), &$workspace);
        }
    )*};
}

heavy! {
    a_hundred_thousand_unknown_rows_are_bounded: unknown_rows(100_000);
    one_row_a_hundred_thousand_times_is_bounded: one_row_again_and_again(100_000);
    three_thousand_pieces_of_evidence_that_are_not_listed_are_bounded: unlisted_evidence(3_000);
    a_hundred_thousand_damaged_cells_are_bounded: damaged_cells(100_000);
    sixty_thousand_totals_are_bounded: totals(60_000);
    names_of_thirty_two_thousand_characters_are_bounded: long_names(32_000);
    a_million_rows_are_bounded: rows_without_names(1_048_575);
    a_million_stray_numbers_are_bounded: one(&ones(5_000, 200));
    eight_workbooks_of_millions_of_cells_are_bounded: books_of_stray_numbers(8, 49_000);
    ten_thousand_files_that_are_no_workbooks_are_bounded: no_workbooks(10_000);
    five_thousand_indicators_are_bounded: many_indicators(5_000);
    five_hundred_workbooks_of_one_unit_are_bounded: books_of_one_unit(500);
}

/// What `check` says of the round, a line of JSON for each finding and value.
fn told(workspace: &Workspace) -> Vec<serde_json::Value> {
    let output = workspace.duibiao(&["check", "input/2023", "--format", "json", "-v"]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn of_many_findings_alike_the_first_are_told_and_the_rest_counted() {
    for (workspace, code, more) in [
        (one_row_again_and_again(300), "L211", 249),
        (damaged_cells(300), "R108", 249),
        (unknown_rows(300), "L204", 0),
    ] {
        let told = told(&workspace);
        let alike: Vec<&str> = told
            .iter()
            .filter(|line| line["code"] == code)
            .map(|line| line["message"].as_str().unwrap())
            .collect();
        assert!((1..=60).contains(&alike.len()), "{code}: {}", alike.len());
        let rest = alike.iter().any(|message| message.ends_with(&format!("；另有{more}处同样情形")));
        assert_eq!(rest, more > 0, "{code}: {:?}", alike.last());
    }
}

#[test]
fn a_workbook_that_is_read_again_is_read_as_the_first_time() {
    let good: String = good().iter().enumerate().map(|(at, cells)| row(at + 2, cells)).collect();
    let large = format!("{good}{}", ones(11_000, 100));
    let files = |rows: &str| {
        let of = |version: &str| (format!("统计局第{version}版.xlsx"), book(rows, version));
        round(vec![of("1"), of("2")])
    };
    let values = |workspace: &Workspace| {
        let told = told(workspace);
        told.iter().filter_map(|line| line.get("value").map(ToString::to_string)).collect::<Vec<_>>()
    };
    let once = values(&files(&good));
    assert_eq!(once.len(), 4, "{once:?}");
    assert_eq!(values(&files(&large)), once);
}

/// The text of a document without blanks and ends of lines.
fn words(workspace: &Workspace, document: &str) -> String {
    let pages = pages(&workspace.path(&format!("output/2023/{document}")));
    pages.concat().chars().filter(|c| !c.is_whitespace()).collect()
}

/// What the note below a table says of which the first thousand rows are printed.
fn cut(all: usize, whole: &str) -> String {
    format!("共{all}行，此处只印前1000行，全部见所附{whole}。")
}

#[test]
fn a_table_of_more_rows_than_are_printed_says_how_many_there_are_and_where() {
    let workspace = no_workbooks(1_200);
    assert_eq!(workspace.run().status.code(), Some(1));
    let findings = workspace.findings().len();
    assert!(findings > 1_200, "{findings}");
    let manifest = std::fs::read_to_string(workspace.path("output/2023/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let inputs = manifest["inputs"].as_array().unwrap().len();
    assert!(inputs > 1_200, "{inputs}");
    let findings = cut(findings, "results.xlsx“核实清单”表");
    let inputs = cut(inputs, "manifest.json，次序相同");
    // Those that wait for an answer and all of them; in the city's own report its queries.
    for (document, times) in [("report.pdf", 3), ("cities/jia.pdf", 1)] {
        let text = words(&workspace, document);
        assert_eq!(text.matches(&findings).count(), times, "{document}");
        assert_eq!(text.matches(&inputs).count(), 1, "{document}");
    }
}

#[test]
fn a_plan_of_more_indicators_than_are_printed_says_how_many_there_are_and_where() {
    let workspace = many_indicators(1_050);
    assert_eq!(workspace.run().status.code(), Some(0));
    assert_eq!(workspace.table("assessments").len(), 1_050);
    let (indicators, lineage) = (cut(1_050, "results.xlsx“指标”表"), cut(1_050, "lineage.csv"));
    for document in ["report.pdf", "cities/jia.pdf"] {
        let text = words(&workspace, document);
        assert_eq!(text.matches(&indicators).count(), 1, "{document}");
        assert_eq!(text.matches(&lineage).count(), 1, "{document}");
        assert!(text.contains("应评1050项"), "{document}: sentences count all");
    }
}
