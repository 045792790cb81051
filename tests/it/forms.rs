//! Blank forms: every plan gives them, they come back as the samples do, and what was issued is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader as _, open_workbook_auto};
use serde_json::Value;

use crate::sampled::publish;
use crate::workspace::{GOOD, Row, Workspace, copy_tree, csv_rows, repository, tree};

/// A workbook as a clerk has it open: its parts, in which cells are filled in.
pub(crate) struct FormBook {
    pub(crate) parts: Vec<(String, String)>,
}

impl FormBook {
    pub(crate) fn open(path: &Path) -> Self {
        let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
        let part = |at: usize| {
            let mut file = archive.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        };
        let count = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap().len();
        Self { parts: (0..count).map(part).collect() }
    }

    pub(crate) fn save(&self, path: &Path) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut archive = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
        for (name, text) in &self.parts {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap();
    }

    pub(crate) fn part(&mut self, name: &str) -> &mut String {
        &mut self.parts.iter_mut().find(|(own, _)| own == name).unwrap_or_else(|| panic!("{name}")).1
    }

    /// Names of the sheets, in order.
    pub(crate) fn sheets(&self) -> Vec<String> {
        let (_, book) = self.parts.iter().find(|(name, _)| name == "xl/workbook.xml").unwrap();
        let names = book.split("<sheet name=\"").skip(1);
        names.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    }

    pub(crate) fn sheet(&mut self, name: &str) -> &mut String {
        let at = self.sheets().iter().position(|one| one == name).unwrap_or_else(|| panic!("{name}"));
        self.part(&format!("xl/worksheets/sheet{}.xml", at + 1))
    }

    /// Puts a number or a text into a cell of the form, which keeps its style.
    pub(crate) fn fill(&mut self, sheet: &str, cell: &str, value: &str) {
        let text = self.sheet(sheet);
        let start = text.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("{sheet}!{cell}"));
        let open = start + text[start..].find('>').unwrap() + 1;
        let end = match text[..open].ends_with("/>") {
            true => open,
            false => open + text[open..].find("</c>").unwrap() + "</c>".len(),
        };
        let style = text[start..open].split("s=\"").nth(1).unwrap().split('"').next().unwrap();
        let made = match value.parse::<f64>() {
            Ok(_) if !value.starts_with('0') || value.starts_with("0.") || value == "0" => {
                format!("<c r=\"{cell}\" s=\"{style}\"><v>{value}</v></c>")
            }
            _ if value.is_empty() => format!("<c r=\"{cell}\" s=\"{style}\"/>"),
            _ => {
                let value = value.replace('&', "&amp;").replace('<', "&lt;");
                format!(
                    "<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{value}</t></is></c>"
                )
            }
        };
        text.replace_range(start..end, &made);
    }

    /// Puts a text into a cell, also where it looks like a number.
    pub(crate) fn fill_text(&mut self, sheet: &str, cell: &str, value: &str) {
        self.fill(sheet, cell, &format!("§{value}"));
        let text = self.sheet(sheet);
        *text = text.replace(">§", ">");
    }
}

/// What stands in the cells of a sheet, from row and column 0.
fn cells(path: &Path, sheet: &str) -> Vec<Vec<String>> {
    let mut book = open_workbook_auto(path).unwrap();
    let Ok(range) = book.worksheet_range(sheet) else { return Vec::new() };
    let Some((rows, columns)) = range.end() else { return Vec::new() };
    let cell = |row, column| match range.get_value((row, column)) {
        None | Some(Data::Empty) => String::new(),
        Some(Data::String(text)) => format!("'{text}"),
        Some(other) => other.to_string(),
    };
    (0..=rows).map(|row| (0..=columns).map(|column| cell(row, column)).collect()).collect()
}

fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// The rounds that there are: the shipped ones, and the six of `tests/plans/`; with the folder of the round.
fn rounds() -> Vec<(Workspace, String)> {
    let shipped = ["2023", "2025"].map(|year| {
        let workspace = Workspace::new();
        copy_tree(&repository().join("input"), &workspace.path("input"), false);
        (workspace, format!("input/{year}"))
    });
    let mut folders: Vec<PathBuf> = std::fs::read_dir(repository().join("tests/plans"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    let further = folders.into_iter().map(|folder| {
        let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let key = |text: &str, key: &str| {
            let line = text.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap().to_owned();
            line.split_once(" = ").unwrap().1.trim_matches(['[', ']', '"']).to_owned()
        };
        let (plan, round) = (text("plan.toml"), text("round.toml"));
        let (workspace, year) = (Workspace::new(), key(&round, "year"));
        workspace.write("input/catalogue.toml", text("catalogue.toml"));
        workspace.write(&format!("input/{}", key(&plan, "source")), text("source.txt"));
        workspace.write(&format!("input/{year}/round.toml"), &round);
        workspace.write(&format!("input/{year}/{}/plan.toml", key(&plan, "city")), &plan);
        (workspace, format!("input/{year}"))
    });
    shipped.into_iter().chain(further).collect()
}

fn issue(workspace: &Workspace, round: &str, more: &[&str]) -> String {
    let arguments = [&["forms", round, "--by", "甲", "--on", "2023-12-01"], more].concat();
    let output = workspace.duibiao(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(workspace: &Workspace, more: &[&str]) -> String {
    let before = tree(&workspace.path("input"));
    let arguments = [&["forms", "input/2023", "--on", "2023-12-01"], more].concat();
    let output = workspace.duibiao(&arguments);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(tree(&workspace.path("input")) == before, "refused, and something was written: {told}");
    told
}

/// Another target in the plan and in the document that it quotes.
fn raise_a_target(workspace: &Workspace) {
    let names = ["input/2023/jia/plan.toml", "input/2023/yi/plan.toml", "input/sources/plan.txt"];
    for name in names.into_iter().filter(|name| workspace.path(name).exists()) {
        let text = std::fs::read_to_string(workspace.path(name)).unwrap();
        let text = if name.ends_with(".txt") {
            text.replace("100", "110")
        } else {
            text.replace("\"100\"", "\"110\"")
        };
        workspace.write(name, text);
    }
}

/// Folders of the cities of a round that have forms.
fn cities(workspace: &Workspace, round: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(workspace.path(round)).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.join("issued").is_dir()).collect();
    found.sort();
    found
}

fn forms_of(city: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(city.join("issued")).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn findings(workspace: &Workspace, round: &str) -> Vec<Value> {
    let output = workspace.duibiao(&["check", round, "--format", "json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line.get("code").is_some()).collect()
}

/// Puts files among the submissions of a city, received in time.
pub(crate) fn send(workspace: &Workspace, city: &Path, files: &[(String, PathBuf)]) {
    let to = city.join("submissions");
    let _ = std::fs::remove_dir_all(&to);
    std::fs::create_dir_all(&to).unwrap();
    let round = std::fs::read_to_string(city.parent().unwrap().join("round.toml")).unwrap();
    let due = round.lines().find_map(|line| line.strip_prefix("deadline = ")).unwrap();
    let due = due.split('#').next().unwrap().trim();
    let mut register = "文件,收到时间\n".to_owned();
    for (name, from) in files {
        std::fs::copy(from, to.join(name)).unwrap();
        register.push_str(&format!("{name},{due} 09:00\n"));
    }
    let slug = city.strip_prefix(workspace.path("")).unwrap().display().to_string();
    workspace.write(&format!("{slug}/received.csv"), register);
}

#[test]
fn every_plan_gives_forms_with_the_same_bytes_that_a_clerk_can_send_back_blank() {
    for (workspace, round) in rounds() {
        issue(&workspace, &round, &[]);
        let first =
            cities(&workspace, &round).iter().map(|city| tree(&city.join("issued"))).collect::<Vec<_>>();
        assert!(!first.is_empty());
        for city in cities(&workspace, &round) {
            std::fs::remove_dir_all(city.join("issued")).unwrap();
            std::fs::remove_file(city.join("issued.csv")).unwrap();
        }
        issue(&workspace, &round, &[]);
        let second =
            cities(&workspace, &round).iter().map(|city| tree(&city.join("issued"))).collect::<Vec<_>>();
        assert!(first == second, "{round}: other bytes");
        for city in cities(&workspace, &round) {
            let forms = forms_of(&city).into_iter();
            let files: Vec<(String, PathBuf)> =
                forms.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path)).collect();
            send(&workspace, &city, &files);
        }
        for finding in findings(&workspace, &round) {
            let code = finding["code"].as_str().unwrap();
            let of_the_plan = finding["file"].as_str().unwrap().ends_with("plan.toml");
            let is_known = ["V401", "V413", "V415", "L202"].contains(&code);
            assert!(is_known || of_the_plan, "{round}: {finding}");
        }
    }
}

/// Formats of cells: whether each is locked, and whether it is yellow.
fn styles(book: &mut FormBook) -> Vec<(bool, bool)> {
    let text = book.part("xl/styles.xml").clone();
    let fills: Vec<&str> = text
        .split("<fills")
        .nth(1)
        .unwrap()
        .split("</fills>")
        .next()
        .unwrap()
        .split("<fill>")
        .skip(1)
        .collect();
    let formats = text.split("<cellXfs").nth(1).unwrap().split("</cellXfs>").next().unwrap();
    let formats = formats.split("<xf ").skip(1);
    formats
        .map(|format| {
            let fill = format.split("fillId=\"").nth(1).unwrap().split('"').next().unwrap();
            let is_yellow = fills[fill.parse::<usize>().unwrap()].contains("FFFFF9DB");
            (!format.contains("locked=\"0\""), is_yellow)
        })
        .collect()
}

#[test]
fn the_yellow_cells_and_they_alone_can_be_filled_in_and_each_has_its_rule() {
    for (workspace, round) in rounds() {
        issue(&workspace, &round, &[]);
        for path in cities(&workspace, &round).iter().flat_map(|city| forms_of(city)) {
            let mut book = FormBook::open(&path);
            let styles = styles(&mut book);
            let rows = cells(&path, "指标");
            let asked: Vec<&Vec<String>> = rows
                .iter()
                .skip(4)
                .filter(|row| row.get(7).is_some_and(|cell| plain(cell) == "实际"))
                .collect();
            let open_bases =
                asked.iter().filter(|row| row[4].is_empty() && plain(&row[3]) != "有/无").count();
            for sheet in book.sheets() {
                let text = book.sheet(&sheet).clone();
                assert!(text.contains("<sheetProtection sheet=\"1\""), "{}: {sheet}", path.display());
                assert!(!text.contains("password"), "{}: {sheet}", path.display());
                let mut unlocked = 0;
                for cell in text.split("<c r=\"").skip(1) {
                    let style = cell.split('>').next().unwrap().split("s=\"").nth(1);
                    let style = style.map_or(0, |style| style.split('"').next().unwrap().parse().unwrap());
                    let (is_locked, is_yellow) = styles[style];
                    assert_eq!(!is_locked, is_yellow, "{} {sheet} {}", path.display(), &cell[..8]);
                    unlocked += usize::from(!is_locked);
                }
                let rules = text.matches("<dataValidation ").count();
                let (expected, inputs) = match sheet.as_str() {
                    // The day and the version.
                    "封面" => (2, 5),
                    // One for each value, for each value of last year that nobody knows, for the natures and for the years.
                    "指标" => (asked.len() + open_bases + 2, asked.len() * 5 + open_bases),
                    "任务" => (2, (cells(&path, "任务").len() - 3) * 3),
                    _ => (0, 240),
                };
                assert_eq!((rules, unlocked), (expected, inputs), "{} {sheet}", path.display());
            }
        }
    }
}

/// A sample workbook copied into the form of its unit: what a clerk types over, and what stands in its places.
fn filled(form: &Path, sample: &Path) -> FormBook {
    let mut book = FormBook::open(form);
    for (row, cell) in [("填报人", "B9"), ("审核人", "B10"), ("填报日期", "B12"), ("版本", "B13")]
    {
        let cover = cells(sample, "封面");
        let found = cover.iter().find(|cells| plain(&cells[0]) == row).unwrap();
        book.fill("封面", cell, plain(&found[1]));
    }
    let form_rows = cells(form, "指标");
    for line in cells(sample, "指标").iter().skip(4).filter(|line| !line[1].is_empty()) {
        let at = form_rows.iter().position(|row| row[0] == line[0] && row[1] == line[1]);
        let at = at.unwrap_or_else(|| panic!("{}: no {line:?}", form.display())) + 1;
        // Unit of measure, last year, value, nature, year, evidence, remark.
        for (column, cell) in ["D", "E", "G", "H", "I", "J", "K"].iter().zip(&line[2..]) {
            match cell.strip_prefix('\'') {
                Some(text) if text.parse::<f64>().is_ok() => {
                    book.fill_text("指标", &format!("{column}{at}"), text)
                }
                Some(text) => book.fill("指标", &format!("{column}{at}"), text),
                None => book.fill("指标", &format!("{column}{at}"), cell),
            }
        }
    }
    let form_tasks = cells(form, "任务");
    for line in cells(sample, "任务").iter().skip(3).filter(|line| !line[0].is_empty()) {
        let at = form_tasks.iter().position(|row| plain(&row[0]) == plain(&line[0])).unwrap() + 1;
        for (column, cell) in ["E", "F", "G"].iter().zip(&line[2..]) {
            book.fill("任务", &format!("{column}{at}"), plain(cell));
        }
    }
    for (at, line) in (4..).zip(cells(sample, "佐证").iter().skip(3)) {
        for (column, cell) in ["A", "B", "C", "D"].iter().zip(line) {
            book.fill("佐证", &format!("{column}{at}"), plain(cell));
        }
    }
    book
}

/// A table of an output without the columns that say where its values stand.
fn without_places(workspace: &Workspace, name: &str) -> Vec<Row> {
    let mut rows = csv_rows(&workspace.path(&format!("output/2023/tables/{name}.csv")));
    for row in &mut rows {
        for column in ["file", "sheet", "cell"] {
            row.remove(column);
        }
    }
    rows
}

#[test]
#[expect(clippy::too_many_lines, reason = "one round from the forms to what it holds")]
fn forms_that_are_filled_in_like_the_samples_give_what_the_samples_give() {
    let samples = Workspace::new();
    copy_tree(&repository().join("input"), &samples.path("input"), false);
    publish(&samples);
    let returned = Workspace::new();
    copy_tree(&repository().join("input"), &returned.path("input"), false);
    issue(&returned, "input/2023", &[]);
    let scratch = Workspace::new();
    for city in cities(&returned, "input/2023") {
        let register = std::fs::read_to_string(city.join("received.csv")).unwrap();
        let mut renamed = register.clone();
        for entry in std::fs::read_dir(city.join("submissions")).unwrap() {
            let sample = entry.unwrap().path();
            let name = sample.file_name().unwrap().to_str().unwrap().to_owned();
            let unit = name.split("_年报").next().unwrap();
            let form = city.join("issued").join(format!("{unit}_2023年报.xlsx"));
            let stem = name.rsplit_once('.').unwrap().0.to_owned();
            let made = scratch.path(&format!("{stem}.xlsx"));
            filled(&form, &sample).save(&made);
            std::fs::remove_file(&sample).unwrap();
            std::fs::copy(&made, sample.with_extension("xlsx")).unwrap();
            renamed = renamed.replace(&name, &format!("{stem}.xlsx"));
        }
        std::fs::write(city.join("received.csv"), renamed).unwrap();
    }
    publish(&returned);
    for name in ["assessments", "tasks", "scores", "units"] {
        let (expected, found) = (without_places(&samples, name), without_places(&returned, name));
        assert_eq!(expected.len(), found.len(), "{name}");
        for (expected, found) in expected.iter().zip(&found) {
            assert_eq!(expected, found, "{name}");
        }
    }
    // Forms were made anew: what programs did to some of the samples is gone, and nothing else is said.
    let said = |workspace: &Workspace| {
        let rows = workspace.table("findings").into_iter().filter(|row| row["code"] != "R104");
        rows.map(|row| ["code", "city", "unit", "indicator", "message"].map(|column| row[column].clone()))
            .collect::<BTreeSet<_>>()
    };
    // But one unit writes its own unit of measurement over that of its form.
    let unit =
        ["T705", "qianjiang", "市经信局", "特3", "“计量单位”栏原为“亿元”，现为“万元”"].map(str::to_owned);
    let (expected, found) = (said(&samples), said(&returned));
    assert_eq!(expected.symmetric_difference(&found).collect::<Vec<_>>(), [&unit]);
    // What was issued went in as such, and is none of what was sent in.
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(returned.path("output/2023/manifest.json")).unwrap()).unwrap();
    let issued: BTreeSet<&str> = manifest["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|file| file["role"] == "下发")
        .map(|file| file["path"].as_str().unwrap())
        .collect();
    assert!(issued.contains("2023/xiangtan/issued.csv"), "{issued:?}");
    assert_eq!(issued.len(), 2 + 20 + 15, "{issued:?}");
    let read = csv_rows(&returned.path("output/2023/tables/submissions.csv"));
    assert!(read.iter().all(|row| row["file"].contains("/submissions/")));
    // They are archived with the rest.
    let archived =
        returned.duibiao(&["archive", "output/2023", "--input", "input", "--to", "bag", "--without-program"]);
    assert_eq!(archived.status.code(), Some(0), "{}", String::from_utf8_lossy(&archived.stderr));
    for file in &issued {
        let kept = std::fs::read(returned.path(&format!("bag/data/input/{file}"))).unwrap();
        assert!(kept == std::fs::read(returned.path(&format!("input/{file}"))).unwrap(), "{file}");
    }
}

#[test]
fn what_has_not_changed_is_not_issued_again_and_what_has_gets_its_next_edition() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    assert!(issue(&workspace, "input/2023", &[]).contains("下发1份。"));
    let first = tree(&workspace.path("input"));
    let told = issue(&workspace, "input/2023", &[]);
    assert!(told.contains("未变") && told.contains("没有写入任何文件"), "{told}");
    assert!(tree(&workspace.path("input")) == first);
    // A target is changed, and then the deadline.
    raise_a_target(&workspace);
    let told = issue(&workspace, "input/2023", &["--output", "out"]);
    assert!(told.contains("第2版") && told.contains("统计局_2023年报_第2版.xlsx"), "{told}");
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    workspace.write("input/2023/round.toml", round.replace("deadline = 2024-01-15", "deadline = 2024-01-16"));
    issue(&workspace, "input/2023", &[]);
    let issued = tree(&workspace.path("input/2023/jia/issued"));
    let names: Vec<&String> = issued.keys().collect();
    assert_eq!(names, ["统计局_2023年报.xlsx", "统计局_2023年报_第2版.xlsx", "统计局_2023年报_第3版.xlsx"]);
    assert!(
        issued["统计局_2023年报.xlsx"] == first["2023/jia/issued/统计局_2023年报.xlsx"],
        "a record changed"
    );
    assert!(
        tree(&workspace.path("out"))["jia/统计局_2023年报_第2版.xlsx"]
            == issued["统计局_2023年报_第2版.xlsx"]
    );
    let register = csv_rows(&workspace.path("input/2023/jia/issued.csv"));
    let editions: Vec<&str> = register.iter().map(|row| row["版次"].as_str()).collect();
    assert_eq!(editions, ["1", "2", "3"]);
    for row in &register {
        let bytes = &issued[&row["文件"]];
        assert_eq!(duibiao::digest::Digests::of(bytes).sm3, row["文件SM3"]);
    }
    // The number stands on the cover, in every footer and in the properties.
    let mut book = FormBook::open(&workspace.path("input/2023/jia/issued/统计局_2023年报_第3版.xlsx"));
    let number = &register[2]["模板编号"];
    assert!(number.starts_with("jia-2023-annual-统计局-3-"), "{number}");
    assert!(book.part("docProps/custom.xml").contains(number));
    for sheet in book.sheets() {
        assert!(book.sheet(&sheet).contains(&format!("模板编号 {number}")), "{sheet}");
    }
    assert!(book.part("xl/sharedStrings.xml").contains(&format!("模板编号　{number}")));
    // Nothing of the making is left behind.
    let beside: Vec<String> = std::fs::read_dir(workspace.path("input/2023/jia"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(beside.is_empty(), "{beside:?}");
}

#[test]
fn what_cannot_be_issued_is_refused_with_file_reason_and_remedy() {
    let workspace = Workspace::with_cities(&[("jia", "甲市"), ("yi", "乙市")]);
    assert!(refused(&workspace, &["--by", " "]).contains("经办人"));
    let told = refused(&workspace, &["--by", "甲", "--unit", "水利局"]);
    assert!(told.contains("“水利局”") && told.contains("统计局"), "{told}");
    assert!(refused(&workspace, &["--by", "甲", "--output", "input/2023/out"]).contains("out"));
    // Something lies where the form of the second city is to be put: the first has none either.
    workspace.write("input/2023/yi/issued/统计局_2023年报.xlsx", "a letter");
    let told = refused(&workspace, &["--by", "甲"]);
    assert!(told.contains("yi/issued/统计局_2023年报.xlsx") && told.contains("请先取走"), "{told}");
    std::fs::remove_dir_all(workspace.path("input/2023/yi/issued")).unwrap();
    issue(&workspace, "input/2023", &[]);
    // A record that is not what it was.
    let form = workspace.path("input/2023/jia/issued/统计局_2023年报.xlsx");
    let bytes = std::fs::read(&form).unwrap();
    std::fs::write(&form, b"x").unwrap();
    assert!(refused(&workspace, &["--by", "甲"]).contains("SM3"));
    std::fs::remove_file(&form).unwrap();
    assert!(refused(&workspace, &["--by", "甲"]).contains("请从备份恢复"));
    std::fs::write(&form, &bytes).unwrap();
    let register = workspace.path("input/2023/jia/issued.csv");
    // A changed line is seen by the one behind it.
    raise_a_target(&workspace);
    issue(&workspace, "input/2023", &[]);
    let text = std::fs::read_to_string(&register).unwrap();
    std::fs::write(&register, text.replacen("2023-12-01", "2023-12-02", 1)).unwrap();
    let told = refused(&workspace, &["--by", "甲"]);
    assert!(told.contains("issued.csv") && told.contains("第3行") && told.contains("与前行不符"), "{told}");
}

#[test]
fn a_killed_run_leaves_nothing_that_the_next_one_cannot_go_on_from() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    issue(&workspace, "input/2023", &[]);
    let whole = tree(&workspace.path("input/2023"));
    // Killed after the file was put in its place and before the register was.
    std::fs::remove_file(workspace.path("input/2023/jia/issued.csv")).unwrap();
    issue(&workspace, "input/2023", &[]);
    assert!(tree(&workspace.path("input/2023")) == whole);
    // A folder that cannot be written leaves all as it was.
    std::fs::remove_dir_all(workspace.path("input/2023/jia/issued")).unwrap();
    std::fs::remove_file(workspace.path("input/2023/jia/issued.csv")).unwrap();
    workspace.write("input/2023/jia/issued", "a file");
    let told = refused(&workspace, &["--by", "甲"]);
    assert!(told.contains("issued"), "{told}");
}

#[test]
fn the_head_that_was_approved_stands_on_the_cover_and_nothing_is_made_up() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let round = std::fs::read_to_string(workspace.path("input/2023/round.toml")).unwrap();
    issue(&workspace, "input/2023", &[]);
    let form = workspace.path("input/2023/jia/issued/统计局_2023年报.xlsx");
    assert!(
        !cells(&form, "封面").iter().flatten().any(|cell| cell.contains("表号") || cell.contains("有效期"))
    );
    let head = "[form]\nnumber = \"甲统1表\"\nmade_by = \"甲市统计局\"\nvalid_until = \"2024年12月\"\n";
    workspace.write("input/2023/round.toml", format!("{round}{head}"));
    issue(&workspace, "input/2023", &[]);
    let form = workspace.path("input/2023/jia/issued/统计局_2023年报_第2版.xlsx");
    let cover = cells(&form, "封面");
    assert_eq!(
        [&cover[1][1], &cover[2][1]],
        ["'表号：甲统1表　制定机关：甲市统计局", "'有效期至：2024年12月"]
    );
    workspace.submit("jia", "甲市", GOOD);
    // What was sent is no form that was issued, and nothing else is said of it.
    let found = findings(&workspace, "input/2023");
    assert!(found.iter().all(|one| one["code"] == "T701") && found.len() == 1, "{found:?}");
}

#[test]
fn last_year_is_the_plans_else_what_was_published_else_asked_for() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    workspace.write(
        "input/2023/jia/published.csv",
        "城市,指标,目录编号,指标名称,年份,值,单位,状态,说明,来源\njia,1,rd,研发强度,2022,2.90,%,核定,,输出甲\njia,2,firms,企业数,2022,90,家,核定,,输出甲\n",
    );
    issue(&workspace, "input/2023", &[]);
    let form = workspace.path("input/2023/jia/issued/统计局_2023年报.xlsx");
    let rows = cells(&form, "指标");
    let row = |no: &str| rows.iter().find(|row| plain(&row[0]) == no).unwrap().clone();
    assert_eq!([&row("1")[4], &row("2")[4], &row("3")[4]], ["2.95", "90", ""]);
    assert!(row("1")[2].contains("上年发布数为2.90"), "{:?}", row("1"));
    assert!(!row("2")[2].contains("上年发布数"), "{:?}", row("2"));
    let mut book = FormBook::open(&form);
    let styles = styles(&mut book);
    let is_open = |book: &mut FormBook, cell: &str| {
        let text = book.sheet("指标").clone();
        let cell = text.split(&format!("<c r=\"{cell}\" s=\"")).nth(1).unwrap().to_owned();
        !styles[cell.split('"').next().unwrap().parse::<usize>().unwrap()].0
    };
    assert_eq!(["E6", "E7", "E8", "E9"].map(|cell| is_open(&mut book, cell)), [false, false, true, false]);
}

#[test]
fn units_with_any_name_get_forms_under_it_or_an_alias() {
    let workspace = Workspace::with_cities(&[("jia", "甲市")]);
    let long = "一个名称特别长的单位".repeat(6);
    let plan = std::fs::read_to_string(workspace.path("input/2023/jia/plan.toml")).unwrap();
    let mut plan =
        plan.replacen("统计局", "市委宣传部/文明办&网信办", 1).replacen("\"统计局", &format!("\"{long}"), 1);
    plan.push_str("[[unit]]\nname = \"统计局\"\n[[unit.alias]]\nname = \"统计处\"\n");
    workspace.write("input/2023/jia/plan.toml", plan);
    let told = issue(&workspace, "input/2023", &["--unit", "统计处"]);
    assert!(told.contains("统计局") && told.contains("下发1份"), "{told}");
    assert!(issue(&workspace, "input/2023", &[]).contains("下发2份，另有1份"));
    let city = workspace.path("input/2023/jia");
    let files: Vec<(String, PathBuf)> =
        forms_of(&city).into_iter().zip(1..).map(|(path, no)| (format!("{no}.xlsx"), path)).collect();
    assert_eq!(files.len(), 3);
    for row in csv_rows(&city.join("issued.csv")) {
        let mut book = FormBook::open(&city.join("issued").join(&row["文件"]));
        // In a footer & begins a command, so that it stands there twice.
        let number = row["模板编号"].replace('&', "&amp;&amp;");
        assert!(book.sheet("封面").contains(&format!("模板编号 {number}")), "{number}");
    }
    send(&workspace, &city, &files);
    let codes: BTreeSet<String> = findings(&workspace, "input/2023")
        .iter()
        .map(|one| one["code"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), ["L202", "V401"]);
}

#[test]
#[ignore = "needs LibreOffice (soffice) and a minute"]
fn libreoffice_prints_every_form_and_the_table_of_indicators_is_one_page_wide() {
    for (workspace, round) in rounds() {
        issue(&workspace, &round, &[]);
        let mut forms: Vec<PathBuf> = Vec::new();
        for (city, folder) in (1..).zip(cities(&workspace, &round)) {
            for form in forms_of(&folder) {
                let to = workspace.path(&format!("{city}-{}", form.file_name().unwrap().to_str().unwrap()));
                std::fs::copy(form, &to).unwrap();
                forms.push(to);
            }
        }
        let home = workspace.path("office");
        let mut command = Command::new("soffice");
        command.arg(format!("-env:UserInstallation=file://{}", home.display()));
        command
            .args(["--headless", "--convert-to", "pdf", "--outdir"])
            .arg(workspace.path("pdf"))
            .args(&forms);
        assert!(command.output().unwrap().status.success(), "soffice failed");
        for form in &forms {
            let name = form.file_stem().unwrap().to_str().unwrap();
            let mut pages = BTreeMap::new();
            for page in crate::workspace::pages(&workspace.path(&format!("pdf/{name}.pdf"))) {
                for (sheet, first, last) in
                    [("指标", "指标名称", "自查"), ("任务", "任务编号", "自查"), ("佐证", "佐证编号", "日期")]
                {
                    // Every page of a sheet has its headings, from the first to the last.
                    let Some(heads) = page.lines().find(|line| line.contains(first) && !line.contains('“'))
                    else {
                        continue;
                    };
                    assert!(heads.contains(last), "{name} {sheet}: {heads}");
                    *pages.entry(sheet).or_insert(0) += 1;
                    break;
                }
            }
            let mut book = FormBook::open(form);
            let sheets: Vec<String> = book.sheets().into_iter().skip(1).collect();
            for sheet in &sheets {
                assert!(book.sheet(sheet).contains("fitToHeight=\"0\""), "{name} {sheet}");
                let last = book.sheets().len();
                assert!(
                    pages.get(sheet.as_str()).is_some_and(|count| *count >= 1),
                    "{name} {sheet} {pages:?} {last}"
                );
            }
        }
    }
}

#[test]
fn a_workbook_is_held_against_the_form_that_was_issued_to_its_unit() {
    let workspace = Workspace::new();
    copy_tree(&repository().join("input"), &workspace.path("input"), false);
    issue(&workspace, "input/2023", &["--city", "xiangtan"]);
    let city = workspace.path("input/2023/xiangtan");
    let form = |unit: &str| city.join(format!("issued/{unit}_2023年报.xlsx"));
    let scratch = workspace.path("scratch");
    let made = |name: &str, from: &str, change: &dyn Fn(&mut FormBook)| {
        let mut book = FormBook::open(&form(from));
        change(&mut book);
        book.save(&scratch.join(name));
        (name.to_owned(), scratch.join(name))
    };
    let no_property = |book: &mut FormBook| book.parts.retain(|(name, _)| name != "docProps/custom.xml");
    let no_number = |book: &mut FormBook| {
        no_property(book);
        for (_, text) in &mut book.parts {
            *text = text.replace("模板编号", "编号");
        }
    };
    let other_cover = |book: &mut FormBook| book.fill("封面", "B5", "市财政局");
    send(
        &workspace,
        &city,
        &[
            made("a.xlsx", "市科技局", &|_| {}),
            made("b.xlsx", "市工信局", &no_property),
            made("c.xlsx", "市发改委", &no_number),
            made("d.xlsx", "市教育局", &other_cover),
        ],
    );
    let told = |code: &str| -> Vec<String> {
        let all = findings(&workspace, "input/2023").into_iter().filter(|one| one["code"] == code);
        all.map(|one| one["file"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()).collect()
    };
    assert_eq!(told("T701"), Vec::<String>::new());
    // Without its number it is known by its rows.
    assert_eq!(told("T710"), ["c.xlsx"]);
    assert_eq!(told("T708"), ["d.xlsx"]);
    assert_eq!(told("T702"), Vec::<String>::new());
    publish(&workspace);
    let rows = workspace.table("submissions").into_iter().filter(|row| row["city"] == "xiangtan");
    let found: Vec<[String; 4]> = rows
        .map(|row| ["template_by", "edition", "used", "unit"].map(|column| row[column].clone()))
        .collect();
    let expected = [
        ["property", "1", "true", "市科技局"],
        ["print", "1", "true", "市工信局"],
        ["content", "1", "true", "市发改委"],
        ["property", "1", "false", "市财政局"],
    ];
    assert_eq!(found, expected.map(|row| row.map(str::to_owned)));
    // A register that somebody changed tells nothing, and is told.
    let register = city.join("issued.csv");
    let text = std::fs::read_to_string(&register).unwrap().replacen(",甲,", ",乙,", 1);
    std::fs::write(&register, text).unwrap();
    assert_eq!(told("Q808"), ["issued.csv"]);
    assert!(told("T701").is_empty() && told("T708").is_empty());
}
