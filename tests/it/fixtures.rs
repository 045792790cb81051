//! Workbooks as departments send them, each written as text in `tests/fixtures`, with what must come of it.
//!
//! A fixture is a list of files, their sheets and rows, and expectations:
//!
//! ```text
//! # title
//! file 统计局.xls          a file of its own; without it everything is in 统计局.xlsx
//! how code_page=936       how the file is written
//! sheet 指标              a sheet; 封面 and 佐证 are added unless `bare` stands in the fixture
//! | 1 | 研发强度 | 3.1 |    a row of cells, see `writers::cell`
//! row 60                  the next row is row 60
//! at DD1 | 年份 | 值 |     a row of cells from DD1 on
//! hide row 7 / hide column G / hide sheet / merge D5:D7 / kind chartsheet / dimension A0:C3 / blank rows 100
//! head <sheetViews>…      XML before the data of the sheet
//! height 7 0.05           the height of a row
//! bytes <html>…           the file as it is
//! expect 指标!D3 = 3.1     the value of the year in the plan's unit
//! expect 指标!D4 N304      a finding at a cell; `expect 统计局.xlsx R102` one about a file
//! expect 任务!C2 task 1.10  the task whose state stands at a cell
//! expect 封面!E4 asked for  a number that a label asks for, which is told nowhere
//! expect no V406
//! ```
//!
//! Every error must be expected; blank indicators alone need not be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::simulate::is_told;
use crate::workspace::{Workspace, repository};
use crate::writers::{self, Sheet, Xls, address, cell};

/// The indicators of the plan that all fixtures report for: name, unit, target, value of the year before.
pub(crate) const INDICATORS: [(&str, &str, &str, &str); 12] = [
    ("研发强度", "%", "3.0", "2.95"),
    ("企业数", "家", "100", "90"),
    ("研发投入", "亿元", "50", "48"),
    ("创新政策", "有/无", "有", ""),
    ("技术合同成交额", "万元", "5000", "4800"),
    ("廣州专利数", "件", "200", "180"),
    ("增加值增速", "%", "6.0", "6.5"),
    ("投资增速", "%", "6.0", "6.5"),
    ("出口增速", "%", "6.0", "6.5"),
    ("消费增速", "%", "6.0", "6.5"),
    ("平台数", "个", "1000", "1234"),
    ("净流入", "%", "10", "12.5"),
];

/// A round of one city whose plan has [`INDICATORS`], all reported by 统计局.
pub(crate) fn round() -> Workspace {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let mut catalogue = "[[dimension]]\nid = \"input\"\nname = \"创新投入\"\n".to_owned();
    let mut plan = "[plan]\nid = \"jia-2023\"\ncity = \"jia\"\nname = \"甲市\"\nshort = \"甲市\"\nlevel = \"city\"\ntitle = \"甲市方案\"\nscope = \"12项\"\nstatus = \"in_force\"\nyears = [2023]\nbaseline_year = 2022\noffice = \"办公室\"\nsource = \"sources/plan.txt\"\n[[group]]\nname = \"投入\"\nline = \"1\"\n".to_owned();
    let mut source = String::new();
    for (at, (name, unit, target, past)) in (1..).zip(INDICATORS) {
        let line = at * 3 - 2;
        source.push_str(&format!("{name}\n{target}\n{past}\n"));
        let direction = if target == "有" { "none" } else { "higher" };
        let measure = if target == "有" {
            "boolean"
        } else if unit == "%" {
            "growth"
        } else {
            "stock"
        };
        catalogue.push_str(&format!("[[indicator]]\nid = \"i{at}\"\nname = \"{name}\"\nshort = \"{name}\"\nunit = \"{unit}\"\ndirection = \"{direction}\"\nmeasure = \"{measure}\"\ndecimals = 2\ndimension = \"input\"\n"));
        plan.push_str(&format!("[[indicator]]\nno = \"{at}\"\nid = \"i{at}\"\nname = \"{name}\"\nunit = \"{unit}\"\ngroup = \"投入\"\ndata_units = [\"统计局\"]\nline = \"{line}\"\n"));
        if !past.is_empty() {
            plan.push_str(&format!(
                "[[indicator.value]]\nyear = 2022\nvalue = \"{past}\"\nline = \"{}\"\n",
                line + 2
            ));
        }
        plan.push_str(&format!("[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"{target}\"\nline = \"{0}\"\nquote = \"{target}\"\n", line + 1));
    }
    // Two tasks, whose numbers a spreadsheet takes for the same.
    plan.push_str("[[task_group]]\nno = \"1\"\nname = \"平台\"\nline = \"1\"\n");
    for (no, title) in [("1.1", "建设平台"), ("1.10", "引进团队")] {
        plan.push_str(&format!("[[task]]\nno = \"{no}\"\ngroup = \"1\"\ntitle = \"{title}\"\ntext = \"企业数\"\nlead = [\"统计局\"]\nresponsible = []\nline = \"4\"\nlead_line = \"4\"\n"));
    }
    workspace.write("input/catalogue.toml", catalogue);
    workspace.write("input/sources/plan.txt", source);
    workspace.write("input/2023/jia/plan.toml", plan);
    workspace
}

/// A file of a fixture.
#[derive(Default)]
struct File {
    name: String,
    how: BTreeMap<String, String>,
    sheets: Vec<Sheet>,
    bytes: Option<Vec<u8>>,
}

/// What a fixture asks for.
#[derive(Default)]
struct Fixture {
    files: Vec<File>,
    is_bare: bool,
    expected: Vec<String>,
}

impl Fixture {
    fn parse(text: &str) -> Self {
        let mut fixture = Self::default();
        let mut next = 0;
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            if word == "expect" {
                fixture.expected.push(rest.to_owned());
                continue;
            } else if word == "bare" {
                fixture.is_bare = true;
                continue;
            } else if word == "file" || fixture.files.is_empty() {
                let name = if word == "file" { rest } else { "统计局.xlsx" };
                fixture.files.push(File { name: name.to_owned(), ..File::default() });
            }
            let file = fixture.files.last_mut().unwrap();
            match word {
                "file" => {}
                "how" => {
                    let (key, value) = rest.split_once('=').unwrap_or((rest, ""));
                    file.how.insert(key.to_owned(), value.to_owned());
                }
                "bytes" => file.bytes = Some(bytes(rest)),
                "sheet" => {
                    file.sheets.push(Sheet { name: rest.to_owned(), ..Sheet::default() });
                    next = 0;
                }
                _ => {
                    let sheet = file.sheets.last_mut().unwrap_or_else(|| panic!("no sheet before {line}"));
                    sheet_line(sheet, &mut next, word, rest, line);
                }
            }
        }
        fixture
    }
}

fn sheet_line(sheet: &mut Sheet, next: &mut u32, word: &str, rest: &str, line: &str) {
    let mut fill = |row: u32, left: u32, text: &str| {
        for (column, text) in (left..).zip(text.trim().trim_end_matches('|').split('|')) {
            if let Some(cell) = cell(text) {
                sheet.cells.insert((row, column), cell);
            }
        }
    };
    match (word, rest.split_once(' ')) {
        ("|", _) => {
            fill(*next, 0, rest);
            *next += 1;
        }
        ("row", _) => *next = rest.parse::<u32>().unwrap() - 1,
        ("at", Some((at, text))) => {
            let (row, column) = address(at);
            fill(row, column, text.trim().trim_start_matches('|'));
        }
        ("hide", Some(("row", row))) => sheet.hidden_rows.push(row.parse::<u32>().unwrap() - 1),
        ("hide", Some(("column", column))) => sheet.hidden_columns.push(address(&format!("{column}1")).1),
        ("hide", None) => sheet.is_hidden = true,
        ("merge", _) => sheet.merges.push(rest.to_owned()),
        ("kind", _) => rest.clone_into(&mut sheet.kind),
        ("dimension", _) => rest.clone_into(&mut sheet.dimension),
        ("raw", _) => sheet.raw.push_str(rest),
        ("head", _) => sheet.head.push_str(rest),
        ("height", Some((row, height))) => {
            sheet.heights.insert(row.parse::<u32>().unwrap() - 1, height.to_owned());
        }
        ("blank", Some((_, count))) => sheet.blank_rows = count.parse().unwrap(),
        _ => panic!("not understood: {line}"),
    }
}

/// Text with `\x00` for bytes that are none.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut all = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        all.push(u8::from_str_radix(&part[..2], 16).unwrap());
        all.extend(&part.as_bytes()[2..]);
    }
    all
}

impl File {
    fn write(&self, is_bare: bool) -> Vec<u8> {
        if let Some(bytes) = &self.bytes {
            return bytes.clone();
        }
        let mut sheets = self.sheets.clone();
        if !is_bare {
            let version = self.how.get("version").map_or("1", String::as_str);
            let period = self.how.get("period").map_or("2023年度", String::as_str);
            let cover = [
                ("城市", "甲市"),
                ("填报单位", "统计局"),
                ("报告期", period),
                ("填报人", "甲"),
                ("审核人", "乙"),
                ("填报日期", "2024-01-10"),
                ("版本", version),
            ];
            let mut sheet = Sheet { name: "封面".to_owned(), ..Sheet::default() };
            for (row, (label, value)) in (0..).zip(cover) {
                sheet.cells.insert((row, 0), cell(label).unwrap());
                sheet.cells.insert((row, 1), cell(&format!("'{value}")).unwrap());
            }
            sheets.insert(0, sheet);
        }
        let format = self.how.get("format").map_or_else(
            || self.name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase(),
            Clone::clone,
        );
        let get = |key: &str| self.how.get(key).cloned().unwrap_or_default();
        match format.as_str() {
            "xlsx" => {
                let bytes = writers::xlsx(&sheets, &get("workbook"), &get("strings"));
                self.spoiled(writers::recoded(&bytes, &get("encoding")), "xl/styles.xml")
            }
            "xls" => {
                let how = Xls {
                    code_page: get("code_page").parse().ok(),
                    is_wide: self.how.contains_key("wide"),
                    is_encrypted: self.how.contains_key("encrypted"),
                    is_biff5: self.how.contains_key("biff5"),
                    has_embedded: self.how.contains_key("embedded"),
                };
                writers::xls(&sheets, &how)
            }
            "xlsb" => self.spoiled(writers::xlsb(&sheets), "xl/styles.bin"),
            "ods" => writers::ods(&sheets),
            "package" => writers::compound(&[("/EncryptionInfo", b"info"), ("/EncryptedPackage", b"secret")]),
            "endless" => crate::hostile::endless_ods(),
            other => panic!("no writer for {other}"),
        }
    }

    /// The archive with its styles cut or left out, if the fixture says so.
    fn spoiled(&self, bytes: Vec<u8>, styles: &str) -> Vec<u8> {
        match self.how.get("styles") {
            Some(how) => writers::spoiled(&bytes, styles, how),
            None => bytes,
        }
    }
}

/// The first file that a fixture describes.
pub(crate) fn first_file(text: &str) -> Vec<u8> {
    Fixture::parse(text).files[0].write(false)
}

/// What `check` says of a workspace: values by cell, findings by cell or file, headings by sheet, tasks by cell.
struct Outcome {
    tasks: BTreeMap<String, Value>,
    values: BTreeMap<String, Value>,
    findings: Vec<(String, String, Value)>,
    columns: BTreeMap<String, Vec<Value>>,
}

fn outcome(workspace: &Workspace) -> Outcome {
    let arguments = ["check", "input/2023", "-v", "--format", "json", "--read-limit", "5"];
    let output = workspace.duibiao(&arguments);
    let status = output.status.code();
    assert!(matches!(status, Some(0 | 1)), "{status:?} {}", String::from_utf8_lossy(&output.stderr));
    let mut outcome = Outcome {
        tasks: BTreeMap::new(),
        values: BTreeMap::new(),
        findings: Vec::new(),
        columns: BTreeMap::new(),
    };
    let place = |value: &Value| {
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let name =
            Path::new(&text("file")).file_name().map_or_else(String::new, |name| name.display().to_string());
        if text("sheet").is_empty() { name } else { format!("{}!{}", text("sheet"), text("cell")) }
    };
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        if let Some(seen) = value.get("value").filter(|seen| seen.is_object()) {
            outcome.values.insert(place(seen), seen.clone());
        } else if let Some(task) = value.get("task").filter(|task| task.is_object()) {
            outcome.tasks.insert(place(task), task.clone());
        } else if let Some(table) = value.get("table") {
            let sheet = table["sheet"].as_str().unwrap().to_owned();
            outcome.columns.insert(sheet, table["columns"].as_array().unwrap().clone());
        } else if value.get("code").is_some() {
            let code = value["code"].as_str().unwrap().to_owned();
            outcome.findings.push((place(&value), code, value));
        }
    }
    outcome
}

/// The values of the year that `check` reads in the workbooks of a fixture, by cell.
pub(crate) fn values(workspace: &Workspace, text: &str) -> BTreeMap<String, String> {
    let fixture = Fixture::parse(text);
    for file in &fixture.files {
        workspace.write(&format!("input/2023/jia/submissions/{}", file.name), file.write(fixture.is_bare));
    }
    let seen = outcome(workspace);
    let doubted = |value: &Value| {
        let of_it = |finding: &Value| finding["indicator"] == value["indicator"];
        seen.findings.iter().any(|(_, _, finding)| of_it(finding) && finding["severity"] == "error")
    };
    let current = seen.values.iter().filter(|(_, value)| value["year"] == 2023 && !doubted(value));
    current.map(|(at, value)| (at.clone(), value["value"].as_str().unwrap_or("none").to_owned())).collect()
}

/// What `check` says of one workbook: its values of the year by cell, and its findings as code, place and message.
pub(crate) fn seen_of(name: &str, bytes: &[u8]) -> (BTreeMap<String, String>, Vec<[String; 3]>) {
    let workspace = round();
    workspace.write(&format!("input/2023/jia/submissions/{name}"), bytes);
    let seen = outcome(&workspace);
    let current = seen.values.into_iter().filter(|(_, value)| value["year"] == 2023);
    let values =
        current.map(|(at, value)| (at, value["value"].as_str().unwrap_or("none").to_owned())).collect();
    let message = |value: &Value| value["message"].as_str().unwrap_or_default().to_owned();
    let findings =
        seen.findings.iter().map(|(at, code, value)| [code.clone(), at.clone(), message(value)]).collect();
    (values, findings)
}

/// The findings that name a cell of a sheet.
fn told_of<'a>(outcome: &'a Outcome, sheet: &str, cell: &str) -> Vec<&'a Value> {
    let (row, column) = address(cell);
    let findings = outcome.findings.iter().map(|(_, _, value)| value);
    findings.filter(|finding| is_told(finding, sheet, row, column)).collect()
}

fn hold(name: &str, text: &str) {
    let fixture = Fixture::parse(text);
    let workspace = round();
    for file in &fixture.files {
        workspace.write(&format!("input/2023/jia/submissions/{}", file.name), file.write(fixture.is_bare));
    }
    let outcome = outcome(&workspace);
    let told = || -> Vec<String> {
        outcome.findings.iter().map(|(at, code, value)| format!("{at} {code} {}", value["message"])).collect()
    };
    let mut expected = BTreeSet::new();
    for line in &fixture.expected {
        let words: Vec<&str> = line.splitn(3, ' ').collect();
        match words[..] {
            ["no", code] => {
                assert!(
                    !outcome.findings.iter().any(|(_, own, _)| own == code),
                    "{name}: {line}\n{:#?}",
                    told()
                );
            }
            ["same", one, other] => {
                assert_eq!(outcome.columns[one], outcome.columns[other], "{name}: {line}");
            }
            [at, "=", value] => {
                let seen = outcome
                    .values
                    .get(at)
                    .unwrap_or_else(|| panic!("{name}: no value at {at}\n{:#?}", told()));
                assert_eq!(seen["value"].as_str().unwrap_or("none"), value, "{name}: {line}\n{:#?}", told());
            }
            [at, "year", year] => {
                assert_eq!(outcome.values[at]["year"].to_string(), year, "{name}: {line}\n{:#?}", told());
            }
            [at, "task", no] => assert_eq!(outcome.tasks[at]["no"], no, "{name}: {line}\n{:#?}", told()),
            // A label asks for the number: it is neither read nor told.
            [at, "asked", "for"] => {
                let (sheet, cell) = at.split_once('!').unwrap();
                let told = told_of(&outcome, sheet, cell);
                assert!(told.is_empty(), "{name}: {line}\n{told:#?}");
            }
            [at, "vintage", word] => assert_eq!(outcome.values[at]["vintage"], word, "{name}: {line}"),
            [at, code, ..] => {
                let says = |value: &Value| {
                    words.get(2).is_none_or(|part| value["message"].as_str().unwrap().contains(part))
                };
                let mut found = outcome.findings.iter().filter(|(place, own, _)| place == at && own == code);
                let found = found.find(|(_, _, value)| says(value));
                let (_, _, finding) = found.unwrap_or_else(|| panic!("{name}: {line}\n{:#?}", told()));
                assert!(!finding["remedy"].as_str().unwrap().is_empty());
                expected.insert((at.to_owned(), code.to_owned()));
            }
            _ => panic!("{name}: not understood: {line}"),
        }
    }
    for (at, code, value) in outcome.findings.iter().filter(|(_, _, value)| value["severity"] == "error") {
        let is_blank = code == "V401" && !at.contains('!');
        assert!(
            is_blank || expected.contains(&(at.clone(), code.clone())),
            "{name}: unexpected {at} {code} {value}"
        );
    }
}

#[test]
fn every_fixture_gives_its_stated_outcome() {
    let folder = repository().join("tests/fixtures");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for number in 1..=25 {
        let prefix = format!("{number:02}");
        let named = |path: &&std::path::PathBuf| {
            path.file_name().is_some_and(|name| name.display().to_string().starts_with(&prefix))
        };
        assert!(paths.iter().any(|path| named(&path)), "fixture {number} is missing");
    }
    let fails = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap().display().to_string();
        let text = std::fs::read_to_string(path).unwrap();
        std::panic::catch_unwind(|| hold(&name, &text)).err().map(|_| name)
    };
    let failed: Vec<String> = paths.iter().filter_map(fails).collect();
    assert!(failed.is_empty(), "{failed:?}");
}

/// Cells of the visible sheets of the workbooks that hold numbers, hidden rows and columns left out.
fn visible_numbers(fixture: &Fixture) -> Vec<(String, String, u32, u32)> {
    let mut found = Vec::new();
    for file in fixture.files.iter().filter(|file| file.bytes.is_none()) {
        for sheet in file.sheets.iter().filter(|sheet| !sheet.is_hidden && sheet.kind.is_empty()) {
            for ((row, column), cell) in &sheet.cells {
                let is_hidden = sheet.hidden_rows.contains(row) || sheet.hidden_columns.contains(column);
                let stored = cell.with.get("v").unwrap_or(&cell.text);
                let is_number = !cell.with.contains_key("t") && stored.parse::<f64>().is_ok();
                if is_number && !is_hidden {
                    found.push((file.name.clone(), sheet.name.clone(), *row, *column));
                }
            }
        }
    }
    found
}

/// Whether a number is told with its workbook as a whole, or lies in a row without height, which is told as hidden.
fn is_told_with_more(lines: &[Value], own: &[&Value], file: &str, sheet: &str, row: u32) -> bool {
    let whole = |line: &&Value| {
        let is_of_file = line.get("code").is_some() && line["cell"] == "" && line["code"] != "V401";
        (is_of_file && line["severity"] != "warning") || line["code"] == "C501" || line["code"] == "L216"
    };
    let hidden = |line: &&Value| {
        let names = |message: &str| {
            let rows = message.trim_start_matches('第').split(['行', '列']).next().unwrap_or_default();
            rows.split(['、', '—']).any(|one| one == (row + 1).to_string())
        };
        line["code"] == "L221" && line["sheet"] == sheet && line["message"].as_str().is_some_and(names)
    };
    // Of two workbooks whose order cannot be told one finding names both.
    let named = |line: &Value| {
        line["code"] == "L230" && line["message"].as_str().is_some_and(|message| message.contains(file))
    };
    own.iter().any(|line| whole(line) || hidden(line)) || lines.iter().any(named)
}

#[test]
fn every_visible_number_of_every_fixture_is_read_or_told_or_stands_where_all_is_known() {
    let mut open = Vec::new();
    let mut seen = 0;
    for entry in std::fs::read_dir(repository().join("tests/fixtures")).unwrap() {
        let path = entry.unwrap().path();
        let fixture = Fixture::parse(&std::fs::read_to_string(&path).unwrap());
        let workspace = round();
        for file in &fixture.files {
            let name = format!("input/2023/jia/submissions/{}", file.name);
            workspace.write(&name, file.write(fixture.is_bare));
        }
        let arguments = ["check", "input/2023", "-v", "--format", "json", "--read-limit", "5"];
        let output = String::from_utf8(workspace.duibiao(&arguments).stdout).unwrap();
        let lines: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for (file, sheet, row, column) in visible_numbers(&fixture) {
            let is_own = |line: &&Value| {
                let inner =
                    ["value", "table"].iter().find_map(|key| line.get(key).filter(|one| one.is_object()));
                let path = inner.unwrap_or(line)["file"].as_str();
                path.is_some_and(|path| path.ends_with(&format!("/{file}")))
            };
            let own: Vec<&Value> = lines.iter().filter(is_own).collect();
            seen += 1;
            let told = is_told_with_more(&lines, &own, &file, &sheet, row);
            let place = format!("{}{}", writers::letters(column), row + 1);
            let is_asked_for = fixture.expected.contains(&format!("{sheet}!{place} asked for"));
            if !told && !is_asked_for && !crate::simulate::is_accounted(&own, &sheet, row, column) {
                open.push(format!("{} {file}[{sheet}]!{place}", path.file_stem().unwrap().display()));
            }
        }
    }
    assert!(seen > 300, "{seen} numbers looked at");
    assert_eq!(open, Vec::<String>::new());
}
