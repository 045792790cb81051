//! Files that are small and make much work: the time and the memory of all processes stay within what is promised.

use std::fmt::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::workspace::{COVER, GOOD, PROGRAM, Workspace, flowing_text, peak_memory, plan};
use crate::writers::{Sheet, archive, cell, letters, xlsx};

/// What the whole tree of processes may use.
const MOST_MEMORY: u64 = 2 << 30;
/// How long a round with one of these may take.
const PATIENCE: Duration = Duration::from_secs(60);

const HEADS: [&str; 6] = ["序号", "指标名称", "计量单位", "2023年实绩", "佐证编号", "说明"];

/// A workbook of 统计局 whose table has the usual headings and the rows given, as XML.
fn book(rows: &str, version: &str) -> Vec<u8> {
    book_of(vec![sheet(row(1, &HEADS.map(text)) + rows)], version, "")
}

fn sheet(raw: String) -> Sheet {
    Sheet { name: "指标".to_owned(), raw, ..Sheet::default() }
}

/// A workbook of 统计局 with a cover before other sheets; `more` is XML of the workbook.
fn book_of(mut sheets: Vec<Sheet>, version: &str, more: &str) -> Vec<u8> {
    let mut cover = Sheet { name: "封面".to_owned(), ..Sheet::default() };
    for (row, (label, value)) in (0..).zip(COVER) {
        let value = if label == "版本" { version } else { value };
        cover.cells.insert((row, 0), cell(label).unwrap());
        cover.cells.insert((row, 1), cell(&format!("'{value}")).unwrap());
    }
    sheets.insert(0, cover);
    xlsx(&sheets, &format!("/>{more}<x"), "")
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
    cells.iter().for_each(|cell| write!(xml, "<c{cell}</c>").unwrap());
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

/// The usual rows with their headings, again and again.
fn tables(count: usize) -> Workspace {
    let heads = HEADS.map(text).to_vec();
    let lines = std::iter::once(heads).chain(good()).collect::<Vec<_>>();
    let lines = lines.iter().cycle().take(count * lines.len());
    let raw = (1..).zip(lines).map(|(at, cells)| row(at, cells)).collect();
    round(vec![("统计局.xlsx".to_owned(), book_of(vec![sheet(raw)], "1", ""))])
}

/// Several sheets whose rows are widened by what `more` gives for each column behind the usual ones, from the headings down.
fn wide(sheets: usize, columns: usize, more: impl Fn(usize, usize) -> String) -> Workspace {
    let lines = std::iter::once(HEADS.map(text).to_vec()).chain(good());
    let raw: String = (1..)
        .zip(lines)
        .map(|(at, mut cells)| {
            cells.resize(HEADS.len(), "><v></v>".to_owned());
            cells.extend((HEADS.len()..columns).map(|column| more(at, column)));
            row(at, &cells)
        })
        .collect();
    let named = |at: usize| Sheet { name: format!("指标{at}"), ..sheet(raw.clone()) };
    round(vec![("统计局.xlsx".to_owned(), book_of((0..sheets).map(named).collect(), "1", ""))])
}

fn wide_headings(sheets: usize, columns: usize) -> Workspace {
    wide(
        sheets,
        columns,
        |row, column| {
            if row == 1 { text(&format!("2023年{column}实绩")) } else { number(column) }
        },
    )
}

fn column_letters(column: usize) -> String {
    letters(u32::try_from(column).unwrap())
}

/// Headings and nothing else, each another one, in rows of sixteen thousand.
fn headings_only(rows: usize) -> Workspace {
    let heading = |row: usize, column: usize| text(&format!("2023年{row}第{column}项实绩"));
    let line = |at: usize| row(at, &(0..16_380).map(|column| heading(at, column)).collect::<Vec<_>>());
    round(vec![("统计局.xlsx".to_owned(), book_of(vec![sheet((1..=rows).map(line).collect())], "1", ""))])
}

/// Three rows of headings, those above merged over two columns each.
fn merged_headings(columns: usize) -> Workspace {
    let line = |head: &str, own: &dyn Fn(usize) -> String| {
        let mut cells: Vec<String> = [head, head, head].map(text).to_vec();
        cells.extend((3..columns).map(own));
        cells
    };
    let lines = [
        line("", &|at| text(&format!("{}年", 1000 + at))),
        line("", &|_| text("实绩")),
        line("指标名称", &|at| text(&format!("口径{at}"))),
        line("企业数", &number),
    ];
    let raw = (1..).zip(lines).map(|(at, cells)| row(at, &cells)).collect();
    let pairs = (3..columns - 1).step_by(2).map(|at| (column_letters(at), column_letters(at + 1)));
    let merges = pairs.flat_map(|(one, two)| [format!("{one}1:{two}1"), format!("{one}2:{two}2")]).collect();
    round(vec![("统计局.xlsx".to_owned(), book_of(vec![Sheet { merges, ..sheet(raw) }], "1", ""))])
}

/// A table on each of many sheets.
fn sheets(count: usize) -> Workspace {
    wide(count, HEADS.len(), |_, _| String::new())
}

/// Tables side by side.
fn beside(count: usize) -> Workspace {
    let lines = std::iter::once(HEADS.map(text).to_vec()).chain(good());
    let raw = (1..)
        .zip(lines)
        .map(|(at, mut cells)| {
            cells.resize(HEADS.len(), "><v></v>".to_owned());
            let many: Vec<String> = cells.iter().cycle().take(count * cells.len()).cloned().collect();
            row(at, &many)
        })
        .collect();
    round(vec![("统计局.xlsx".to_owned(), book_of(vec![sheet(raw)], "1", ""))])
}

/// The usual rows with texts below them, in rows of a hundred.
fn notes(count: usize) -> Workspace {
    let mut raw: String = good().iter().enumerate().map(|(at, cells)| row(at + 2, cells)).collect();
    let note = |at: usize| text(&format!("注{at}：企业数为第{at}次核定数"));
    for (at, first) in (8..).zip((0..count).step_by(100)) {
        raw.push_str(&row(at, &(first..count.min(first + 100)).map(note).collect::<Vec<_>>()));
    }
    one(&raw)
}

/// A row of labels of covers beside the table, with a value below each.
fn labels(count: usize) -> Workspace {
    wide(1, count, |row, column| if row == 2 { text("填报人") } else { text(&format!("甲{column}")) })
}

/// Names for places outside, and formulas that have none of them.
fn defined_names(count: usize) -> Workspace {
    let names: String =
        (0..count).map(|at| format!("<definedName name=\"外{at}\">[1]表!$A${at}</definedName>")).collect();
    let rows = rows(count, |at| {
        vec![text(&at.to_string()), text("企业数"), text("家"), format!("><f>A{at}+B{at}</f><v>{at}</v>")]
    });
    let table = sheet(row(1, &HEADS.map(text)) + &rows);
    let names = format!("<definedNames>{names}</definedNames>");
    round(vec![("统计局.xlsx".to_owned(), book_of(vec![table], "1", &names))])
}

/// Every other column of a wide table is hidden.
fn hidden_columns(columns: u32) -> Workspace {
    let lines = std::iter::once(HEADS.map(text).to_vec()).chain(good());
    let raw = (1..)
        .zip(lines)
        .map(|(at, mut cells)| {
            cells.resize(HEADS.len(), "><v></v>".to_owned());
            cells.extend((6..columns).map(number));
            row(at, &cells)
        })
        .collect();
    let hidden_columns = (6..columns).step_by(2).collect();
    let table = Sheet { hidden_columns, ..sheet(raw) };
    round(vec![("统计局.xlsx".to_owned(), book_of(vec![table], "1", ""))])
}

/// Parts of a text within each other, as deep as the archive says.
fn deep_ods(depth: usize) -> Workspace {
    let spaces = "xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"";
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name=\"s\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>{}甲",
        "<text:span text:style-name=\"a\">".repeat(depth)
    );
    let files =
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_str())];
    let bytes = archive(&files.map(|(name, text)| (name, text.as_bytes())));
    round((0..5).map(|at| (format!("深{at}.ods"), bytes.clone())).collect())
}

/// Every row cites evidence in very many ranges.
fn ranges_of_evidence(count: usize) -> Workspace {
    let references: String = (0..count).map(|at| format!("{}1-{0}150、", column_letters(at))).collect();
    let mut cited = good();
    cited.iter_mut().for_each(|row| row[4] = text(&references));
    one(&cited.iter().enumerate().map(|(at, cells)| row(at + 2, cells)).collect::<String>())
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
    eight_thousand_tables_below_one_another_are_bounded: tables(8_000);
    thousands_of_tables_side_by_side_are_bounded: beside(2_700);
    three_sheets_of_sixteen_thousand_headings_are_bounded: wide_headings(3, 16_370);
    five_million_headings_are_bounded: headings_only(300);
    sixteen_thousand_merged_headings_are_bounded: merged_headings(16_380);
    five_thousand_sheets_are_bounded: sheets(5_000);
    a_hundred_thousand_notes_are_bounded: notes(100_000);
    sixteen_thousand_labels_in_a_row_are_bounded: labels(16_380);
    a_hundred_thousand_defined_names_are_bounded: defined_names(100_000);
    sixteen_thousand_columns_half_of_them_hidden_are_bounded: hidden_columns(16_380);
    texts_two_million_deep_are_bounded: deep_ods(2_000_000);
    ranges_of_evidence_are_bounded: ranges_of_evidence(3_000);
}

/// A word document of paragraphs.
fn docx(paragraphs: &str) -> Vec<u8> {
    let text = format!("<w:document xmlns:w=\"w\"><w:body>{paragraphs}</w:body></w:document>");
    archive(&[("word/document.xml", text.as_bytes())])
}

/// A table of a plan as rows of a text.
fn listed(count: usize) -> String {
    let rows = (0..count).map(|at| format!("| {at} | 指标{at}号 | 家 | {at} |\n"));
    format!("附件1\n主要指标表\n| 序号 | 指标名称 | 单位 | 2025年目标 |\n{}", rows.collect::<String>())
}

/// Drafts a plan of a document: in time and memory, and with these words, or with a draft where there are none.
#[expect(clippy::print_stdout, reason = "the table of what was measured")]
fn drafts(name: &str, bytes: &[u8], words: &str) {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.write(name, bytes);
    let mut command = std::process::Command::new(PROGRAM);
    let arguments = ["plan", "draft", name, "--to", "input/2025/jia/plan.toml"];
    workspace.write("input/2025/jia/note", "");
    let said = std::fs::File::create(workspace.path("said")).unwrap();
    command.args(arguments).current_dir(workspace.path("")).stdout(Stdio::null()).stderr(said);
    let begin = Instant::now();
    let (status, memory) = peak_memory(command.spawn().unwrap());
    let time = begin.elapsed();
    let said = std::fs::read_to_string(workspace.path("said")).unwrap();
    println!("draft of {name} | {:.1} s | {} MiB", time.as_secs_f64(), memory >> 20);
    assert!(time < PATIENCE && memory < MOST_MEMORY, "{name}: {time:?}, {memory} bytes");
    let is_drafted = workspace.path("input/2025/jia/plan.toml").is_file();
    assert_eq!(
        (status.code(), is_drafted),
        if words.is_empty() { (Some(0), true) } else { (Some(2), false) },
        "{said}"
    );
    assert!(words.is_empty() || (said.contains(name) && said.contains(words)), "{name}: {said}");
}

const SENTENCE: &str = "1. 到2025年，全社会研发投入达到12亿元，增长10%以上；";

#[test]
fn a_document_that_is_longer_than_any_plan_is_refused_by_its_name_and_the_limit() {
    let rows: String = (0..50_000)
        .map(|at| row(at + 1, &[number(at), text(&format!("指标{at}")), text("家"), number(at)]))
        .collect();
    let sheet = Sheet { name: "表".to_owned(), raw: rows, ..Sheet::default() };
    for (name, bytes, words) in [
        ("line.txt", SENTENCE.repeat(1_000).into_bytes(), "第1行超过20000个字"),
        ("long.txt", format!("{SENTENCE}\n").repeat(100_000).into_bytes(), "文字超过1024 KiB"),
        ("lines.txt", "一\n".repeat(50_001).into_bytes(), "超过50000行"),
        ("much.txt", vec![b'a'; 17 << 20], "much.txt"),
        ("paragraphs.docx", docx(&"<w:p><w:r><w:t>一</w:t></w:r></w:p>".repeat(300_000)), "文字超过1024 KiB"),
        (
            "long.docx",
            docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "长".repeat(1 << 20))),
            "文字超过1024 KiB",
        ),
        ("rows.xlsx", xlsx(&[sheet], "", ""), "文字超过1024 KiB"),
    ] {
        drafts(name, &bytes, words);
    }
}

#[test]
#[ignore = "takes minutes: make heavy"]
fn documents_as_long_as_any_that_are_drafted_are_bounded() {
    let plan =
        std::fs::read_to_string(crate::workspace::repository().join("input/sources/xiangtan-2023-plan.txt"))
            .unwrap();
    let sentences = |count: usize| {
        (0..count)
            .map(|at| format!("到2025年，第{at}类企业数达到{at}家，增长{}%。\n", at % 50))
            .collect::<String>()
    };
    let line: String = SENTENCE.repeat(1_000).chars().take(19_900).collect();
    for (name, bytes, words) in [
        ("forty.txt", plan.repeat(40).into_bytes(), ""),
        ("sentences.txt", sentences(17_000).into_bytes(), ""),
        ("alike.txt", "到2025年，企业数达到5家，增长5%。\n".repeat(20_000).into_bytes(), ""),
        ("lines.txt", format!("{line}\n").repeat(17).into_bytes(), ""),
        ("table.txt", listed(22_000).into_bytes(), ""),
        (
            "bomb.docx",
            docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "长".repeat(130_000_000))),
            "读取进程中断",
        ),
    ] {
        drafts(name, &bytes, words);
    }
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

/// Whatever a form has thousands of costs its share and no more: with twice as many the reading does not take four times as long. Here
/// in small, so that what is quadratic takes minutes.
#[test]
fn what_a_sheet_has_thousands_of_is_read_in_time() {
    for (name, workspace) in [
        ("wide headings", wide_headings(1, 16_370)),
        ("merged headings", merged_headings(16_380)),
        ("headings", headings_only(30)),
        ("sheets", sheets(500)),
        ("labels", labels(16_380)),
        ("hidden columns", hidden_columns(16_380)),
        ("defined names", defined_names(5_000)),
        ("deep", deep_ods(200_000)),
        ("evidence", ranges_of_evidence(300)),
        ("tables", tables(2_000)),
    ] {
        let begin = Instant::now();
        told(&workspace);
        assert!(begin.elapsed() < PATIENCE, "{name}: {:?}", begin.elapsed());
    }
}

#[test]
fn more_tables_columns_or_notes_than_a_form_has_are_named_and_none_is_read_by_halves() {
    for (workspace, at, values) in [
        (tables(1_000), None, 4),
        (tables(1_001), Some("A5001"), 4),
        (beside(30), None, 4),
        (beside(31), Some("A1"), 0),
        (wide_headings(1, 257), Some("IW1"), 0),
        (notes(2_000), None, 4),
        (notes(2_001), Some("A8"), 0),
    ] {
        let told = told(&workspace);
        let beyond: Vec<&serde_json::Value> = told.iter().filter(|line| line["code"] == "L238").collect();
        let cells: Vec<&str> = beyond.iter().map(|line| line["cell"].as_str().unwrap()).collect();
        assert_eq!(cells, at.into_iter().collect::<Vec<_>>());
        let read = told.iter().filter(|line| line.get("value").is_some_and(serde_json::Value::is_object));
        assert_eq!(read.count(), values, "{at:?}");
        // What is withheld is told with it, and asked for once.
        let missing = told.iter().filter(|line| line["code"] == "V401" && line["cause"].is_null());
        assert_eq!(missing.count(), 0, "{at:?} {told:#?}");
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
    flowing_text(&[workspace.path(&format!("output/2023/{document}"))])
}

/// What the note below a table says of which the first thousand rows are printed.
fn cut(all: usize, whole: &str) -> String {
    format!("共{all}行，此处只印前1000行，全部见所附{whole}。")
}

#[test]
fn a_table_of_more_rows_than_are_printed_says_how_many_there_are_and_where() {
    let workspace = no_workbooks(1_200);
    assert_eq!(workspace.typeset().status.code(), Some(1));
    let findings = workspace.findings().len();
    assert!(findings > 1_200, "{findings}");
    let manifest = std::fs::read_to_string(workspace.path("output/2023/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let inputs = manifest["inputs"].as_array().unwrap().len();
    assert!(inputs > 1_200, "{inputs}");
    let findings = cut(findings, "results.xlsx“核实清单”表");
    let inputs = cut(inputs, "manifest.json，次序相同");
    for document in ["technical.pdf", "cities/jia.pdf"] {
        let text = words(&workspace, document);
        assert_eq!(text.matches(&findings).count(), 1, "{document}");
        assert_eq!(text.matches(&inputs).count(), 1, "{document}");
    }
}

#[test]
fn a_plan_of_more_indicators_than_are_printed_says_how_many_there_are_and_where() {
    let workspace = many_indicators(1_050);
    assert_eq!(workspace.typeset().status.code(), Some(0));
    assert_eq!(workspace.table("assessments").len(), 1_050);
    let indicators = cut(1_050, "results.xlsx“指标”表");
    for document in ["technical.pdf", "cities/jia.pdf"] {
        assert_eq!(words(&workspace, document).matches(&indicators).count(), 1, "{document}");
    }
    for document in ["report.pdf", "cities/jia.pdf"] {
        assert!(words(&workspace, document).contains("1050项"), "{document}: sentences count all");
    }
}
