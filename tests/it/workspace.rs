//! A folder of inputs made from text, and the program run on it.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use rust_xlsxwriter::Workbook;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_duibiao");

/// The repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What a complete cover says: labels with their values.
pub(crate) const COVER: [(&str, &str); 7] = [
    ("城市", "甲市"),
    ("填报单位", "统计局"),
    ("报告期", "2023年度"),
    ("填报人", "甲"),
    ("审核人", "乙"),
    ("填报日期", "2024-01-10"),
    ("版本", "1"),
];

/// A row of a table: cells from left to right.
pub(crate) type Row = BTreeMap<String, String>;

/// Reads a CSV file as rows by column name.
pub(crate) fn csv_rows(path: &Path) -> Vec<Row> {
    let mut reader =
        csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| {
        heads.iter().cloned().zip(record.iter().map(str::to_owned)).collect::<Row>()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// Every file below a folder with its bytes, by relative path.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in std::fs::read_dir(&current).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// Copies a folder, creating the files in the order of `order`.
pub(crate) fn copy_tree(from: &Path, to: &Path, reverse: bool) {
    let mut files: Vec<(String, Vec<u8>)> = tree(from).into_iter().collect();
    if reverse {
        files.reverse();
    }
    for (name, bytes) in files {
        let path = to.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// The text of a PDF, page by page, as it stands on the paper.
pub(crate) fn pages(pdf: &Path) -> Vec<String> {
    pages_in("-layout", pdf)
}

/// The text of documents without blanks and breaks, each cell and column by itself.
pub(crate) fn flowing_text<P: AsRef<Path>>(pdfs: &[P]) -> String {
    let text = |pdf: &P| pages_in("-raw", pdf.as_ref()).concat();
    pdfs.iter().map(text).collect::<String>().split_whitespace().collect()
}

fn pages_in(order: &str, pdf: &Path) -> Vec<String> {
    let output = Command::new("pdftotext").arg(order).arg(pdf).arg("-").output();
    let output =
        output.unwrap_or_else(|error| panic!("pdftotext is needed (apt-get install poppler-utils): {error}"));
    assert!(output.status.success(), "pdftotext failed on {}", pdf.display());
    let text = String::from_utf8(output.stdout).unwrap();
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    pages.pop();
    pages
}

/// Memory in use by a process and all below it, in bytes.
fn tree_memory(pid: u32) -> u64 {
    let pages = std::fs::read_to_string(format!("/proc/{pid}/statm")).unwrap_or_default();
    let own: u64 = pages.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0) * 4096;
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let children = tasks.flat_map(|task| {
        let list = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        list.split_whitespace().filter_map(|child| child.parse().ok()).collect::<Vec<u32>>()
    });
    own + children.map(tree_memory).sum::<u64>()
}

/// Waits for a process; returns how it ended, and the most memory that it and all below it used at a time, in bytes.
pub(crate) fn peak_memory(mut child: Child) -> (ExitStatus, u64) {
    let (done, most) = (AtomicBool::new(false), AtomicU64::new(0));
    let pid = child.id();
    let status = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                most.fetch_max(tree_memory(pid), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        let status = child.wait().unwrap();
        done.store(true, Ordering::Relaxed);
        status
    });
    (status, most.into_inner())
}

/// What a program gave that made its outputs, with or without findings.
fn made(output: Output) -> Output {
    let status = output.status.code();
    assert!(
        matches!(status, Some(0 | 1)),
        "status {status:?}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// A program that stands for typst and writes an empty document at once.
pub(crate) fn untypeset() -> &'static Path {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (own, program) =
            (folder.join(format!("untypeset-{}", std::process::id())), folder.join("untypeset"));
        std::fs::write(&own, UNTYPESET).unwrap();
        std::fs::set_permissions(&own, std::fs::Permissions::from_mode(0o755)).unwrap();
        // At once: another run of the tests may be using it.
        std::fs::rename(&own, &program).unwrap();
        program
    });
    &PROGRAM
}

const UNTYPESET: &str = r#"#!/bin/sh
if [ "$1" = --version ]; then echo "typst 0.15.1 (empty documents for tests)"; exit; fi
for last; do :; done
printf '%%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 >>\nstartxref\n9\n%%%%EOF\n' > "$last"
"#;

/// Temporary inputs and outputs.
pub(crate) struct Workspace {
    folder: tempfile::TempDir,
}

impl Workspace {
    /// An empty workspace.
    pub(crate) fn new() -> Self {
        let mut folder = tempfile::tempdir().unwrap();
        // To look at what a test made.
        folder.disable_cleanup(crate::tools::variable("DUIBIAO_TESTS_KEEP").is_some());
        Self { folder }
    }

    /// An empty workspace in a given place.
    pub(crate) fn below(place: &Path) -> Self {
        Self { folder: tempfile::tempdir_in(place).unwrap() }
    }

    /// A workspace with a catalogue of three indicators and a round of the given cities (slug and name), each with the
    /// plan that [`plan`] writes.
    pub(crate) fn with_cities(cities: &[(&str, &str)]) -> Self {
        let workspace = Self::new();
        workspace.write("input/catalogue.toml", CATALOGUE);
        workspace.write("input/sources/plan.txt", SOURCE);
        let slugs: Vec<String> = cities.iter().map(|(slug, _)| format!("\"{slug}\"")).collect();
        workspace.write("input/2023/round.toml", ROUND.replace("CITIES", &slugs.join(", ")));
        for (slug, name) in cities {
            workspace.write(&format!("input/2023/{slug}/plan.toml"), plan(slug, name));
        }
        workspace
    }

    /// A path in the workspace.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Writes a workbook of 统计局 of a city: a table with one row per line `no|name|unit|value`, numbers as numbers.
    pub(crate) fn submit(&self, slug: &str, name: &str, rows: &str) {
        self.submit_as(&format!("input/2023/{slug}/submissions/统计局.xlsx"), name, "统计局", rows);
        self.write(
            &format!("input/2023/{slug}/received.csv"),
            "文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n",
        );
    }

    /// Writes a workbook of any unit to any path.
    pub(crate) fn submit_as(&self, path: &str, city: &str, unit: &str, rows: &str) {
        let mut book = Workbook::new();
        let cover = book.add_worksheet().set_name("封面").unwrap();
        let fields = [
            ("城市", city),
            ("填报单位", unit),
            ("报告期", "2023年度"),
            ("填报人", "甲"),
            ("审核人", "乙"),
            ("填报日期", "2024-01-10"),
            ("版本", "1"),
        ];
        for (row, (label, value)) in (0..).zip(fields) {
            cover.write(row, 0, label).unwrap();
            cover.write(row, 1, value).unwrap();
        }
        let sheet = book.add_worksheet().set_name("指标").unwrap();
        for (column, head) in (0..).zip([
            "序号",
            "指标名称",
            "计量单位",
            "2023年实绩",
            "佐证编号",
            "说明",
            "2022年实绩",
            "数据年份",
        ]) {
            sheet.write(2, column, head).unwrap();
        }
        for (row, line) in (3..).zip(rows.lines().filter(|line| !line.trim().is_empty())) {
            let cells: Vec<&str> = line.trim().split('|').collect();
            for (column, cell) in (0_u16..).zip(&cells) {
                match cell.parse::<f64>() {
                    Ok(number) if column == 3 => sheet.write(row, column, number).unwrap(),
                    _ => sheet.write(row, column, *cell).unwrap(),
                };
            }
            if cells.len() < 5 {
                sheet.write(row, 4, "Z1").unwrap();
            }
        }
        let evidence = book.add_worksheet().set_name("佐证").unwrap();
        for (column, head) in (0..).zip(["佐证编号", "材料名称", "文号或文件名"]) {
            evidence.write(0, column, head).unwrap();
        }
        for (column, cell) in (0..).zip(["Z1", "统计表", "甲〔2024〕1号"]) {
            evidence.write(1, column, cell).unwrap();
        }
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        book.save(path).unwrap();
    }

    /// Writes a workbook of 统计局 from texts: one per sheet, a line per row, `|` between cells; numbers become numbers
    /// unless `'` stands before them. A sheet 封面 is added when none is given.
    pub(crate) fn submit_sheets(&self, slug: &str, city: &str, sheets: &[(&str, &str)]) {
        let cover = format!(
            "城市|{city}\n填报单位|统计局\n报告期|2023年度\n填报人|甲\n审核人|乙\n填报日期|2024-01-10\n版本|'1"
        );
        let own = sheets.iter().any(|(name, _)| *name == "封面");
        let cover = (!own).then_some(("封面", cover.as_str()));
        let evidence = ("佐证", "佐证编号|材料名称|文号或文件名\nZ1|统计表|甲〔2024〕1号");
        let mut book = Workbook::new();
        for (name, text) in cover.into_iter().chain(sheets.iter().copied()).chain([evidence]) {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            for (row, line) in (0..).zip(text.lines()) {
                for (column, cell) in (0_u16..).zip(line.split('|')) {
                    match (cell.parse::<f64>(), cell.strip_prefix('\'')) {
                        (_, Some(text)) => sheet.write(row, column, text).unwrap(),
                        (Ok(number), None) => sheet.write(row, column, number).unwrap(),
                        (Err(_), None) if cell.is_empty() => continue,
                        (Err(_), None) => sheet.write(row, column, cell).unwrap(),
                    };
                }
            }
        }
        let folder = self.path(&format!("input/2023/{slug}/submissions"));
        std::fs::create_dir_all(&folder).unwrap();
        book.save(folder.join("统计局.xlsx")).unwrap();
        let register = "文件,收到时间\n统计局.xlsx,2024-01-10 09:00\n";
        self.write(&format!("input/2023/{slug}/received.csv"), register);
    }

    /// Runs the program in the workspace.
    pub(crate) fn duibiao(&self, arguments: &[&str]) -> Output {
        Command::new(PROGRAM).args(arguments).current_dir(self.folder.path()).output().unwrap()
    }

    /// Runs the round 2023 and expects its tables, workbook and page to be made. Nothing is typeset: an empty document stands for each,
    /// which spares most of the time of a run. A test that reads documents asks for [`Self::typeset`].
    pub(crate) fn run(&self) -> Output {
        self.duibiao_untypeset(&["run", "input/2023"])
    }

    /// Runs the round 2023 and expects the reports to be made.
    pub(crate) fn typeset(&self) -> Output {
        made(self.duibiao(&["run", "input/2023"]))
    }

    /// Runs the program with empty documents, and expects it to be done, with or without findings.
    pub(crate) fn duibiao_untypeset(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(self.folder.path()).env("DUIBIAO_TYPST", untypeset());
        made(command.output().unwrap())
    }

    /// A table of the output of the round 2023.
    pub(crate) fn table(&self, name: &str) -> Vec<Row> {
        csv_rows(&self.path(&format!("output/2023/tables/{name}.csv")))
    }

    /// Codes and places of the findings of the output.
    pub(crate) fn findings(&self) -> Vec<(String, String, String)> {
        let of = |row: &Row, column: &str| row[column].clone();
        let rows = self.table("findings");
        rows.iter().map(|row| (of(row, "code"), of(row, "sheet"), of(row, "cell"))).collect()
    }
}

const SOURCE: &str = "研发强度\n3.0\n2.95\n企业数\n100\n能耗\n0.5\n政策\n有\n";

const CATALOGUE: &str = r#"
[[dimension]]
id = "input"
name = "创新投入"
[[indicator]]
id = "rd"
name = "研发强度"
short = "研发强度"
unit = "%"
direction = "higher"
measure = "ratio"
decimals = 2
dimension = "input"
yoy_limit = "50"
[[indicator]]
id = "firms"
name = "企业数"
short = "企业数"
unit = "家"
direction = "higher"
measure = "stock"
decimals = 0
dimension = "input"
[[indicator]]
id = "energy"
name = "单位能耗"
short = "单位能耗"
unit = "吨标准煤/万元"
direction = "lower"
measure = "intensity"
decimals = 4
dimension = "input"
[[indicator]]
id = "policy"
name = "创新政策"
short = "创新政策"
unit = "有/无"
direction = "none"
measure = "boolean"
decimals = 0
dimension = "input"
"#;

const ROUND: &str = r#"
[round]
year = 2023
period = "2023-annual"
edition = "快报"
title = ["年度评估报告"]
issuer = "统计局"
report_date = 2024-01-31
deadline = 2024-01-15
cut_off = 2024-01-20
answer_by = 2024-02-05
measures_by = 2024-02-29
cities = [CITIES]
[method]
nearly = "95"
exceeded = "105"
cap = "100"
minimum_coverage = "50"
about_tolerance = "5"
bar_span = "15"
grades = ["90", "80", "60"]
"#;

/// A plan with four indicators of 统计局.
pub(crate) fn plan(slug: &str, name: &str) -> String {
    let short: String = name.chars().take(4).collect();
    let mut text = format!(
        r#"
[plan]
id = "{slug}-2023"
city = "{slug}"
name = "{name}"
short = "{short}"
level = "city"
title = "{name}方案"
scope = "4项"
status = "in_force"
years = [2023]
baseline_year = 2022
office = "办公室"
source = "sources/plan.txt"
[[group]]
name = "投入"
line = "1"
"#
    );
    for (no, id, label, unit, target, line, past) in [
        ("1", "rd", "研发强度", "%", "3.0", "2", "2.95"),
        ("2", "firms", "企业数", "家", "100", "5", ""),
        ("3", "energy", "单位能耗", "吨标准煤/万元", "0.5", "7", ""),
        ("4", "policy", "创新政策", "有/无", "有", "9", ""),
    ] {
        text.push_str(&format!(
            "[[indicator]]\nno = \"{no}\"\nid = \"{id}\"\nname = \"{label}\"\nunit = \"{unit}\"\ngroup = \"投入\"\ndata_units = [\"统计局\"]\nline = \"{line}\"\n"
        ));
        if !past.is_empty() {
            text.push_str(&format!("[[indicator.value]]\nyear = 2022\nvalue = \"{past}\"\nline = \"3\"\n"));
        }
        text.push_str(&format!(
            "[[indicator.target]]\nyear = 2023\ntier = \"annual\"\nvalue = \"{target}\"\nline = \"{line}\"\nquote = \"{target}\"\n"
        ));
    }
    text
}

/// Rows that meet every target of [`plan`].
pub(crate) const GOOD: &str =
    "1|研发强度|%|3.1\n2|企业数|家|120\n3|单位能耗|吨标准煤/万元|0.49\n4|创新政策|有/无|有";
