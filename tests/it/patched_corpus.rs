//! The test workbooks of other programs, given back with a mark each: nothing of them is lost, and who opened them before opens them still.
//!
//! They come with packages of public registries (`packages.txt` and `patched.txt` in `tests/corpus`), and from a folder that `DUIBIAO_WORKBOOKS` names. Needs LibreOffice, Python
//! with openpyxl, and the registries' clients: `make corpus`.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use duibiao::digest::Digests;
use duibiao::ident::CellRef;
use duibiao::workbook::patch::CellMark;
use duibiao::workbook::{Book, Limits, Pool, Refusal};
use serde_json::Value;

use crate::patches::{hold, patched};
use crate::public_corpus::{cache, files, packages};
use crate::tools::variable;
use crate::workspace::{PROGRAM, Workspace, repository};

/// Fewest workbooks that are patched.
const FEWEST: usize = 200;
/// Most workbooks of one package, from all over it.
const MOST_OF_ONE: usize = 250;
/// Workbooks that LibreOffice converts at a time.
const TOGETHER: usize = 40;
/// All sheets, each as a file of its own, with cells as they are shown.
const AS_CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1";

/// The workbooks, each once, by the name under which it is told of.
fn workbooks(workspace: &Workspace) -> Vec<(String, Vec<u8>)> {
    let unpacked = workspace.path("packages");
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    for package in ["packages.txt", "patched.txt"].into_iter().flat_map(packages) {
        let own = package.workbooks(&cache(), &unpacked);
        let step = own.len().div_ceil(MOST_OF_ONE).max(1);
        found.extend(own.into_iter().step_by(step));
    }
    if let Some(folder) = variable("DUIBIAO_WORKBOOKS").map(PathBuf::from) {
        let own = |path: PathBuf| (path.strip_prefix(&folder).unwrap().display().to_string(), path);
        found.extend(files(&folder).into_iter().map(own));
    }
    let is_patched = |path: &Path| {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        matches!(ending.as_deref(), Some("xlsx" | "xlsm"))
    };
    let mut known = BTreeSet::new();
    let each = found.into_iter().filter(|(_, path)| is_patched(path));
    let each = each.map(|(name, path)| (name, std::fs::read(path).unwrap()));
    each.filter(|(_, bytes)| known.insert(Digests::of(bytes).sha256)).collect()
}

/// A mark on a cell that is there, on the last sheet that has one.
fn mark(book: &Book) -> Option<CellMark> {
    let is_named = |name: &str| book.sheets.iter().filter(|sheet| sheet.name == name).count() == 1;
    let mut sheets = book.sheets.iter().rev().filter(|sheet| is_named(&sheet.name));
    let sheet = sheets.clone().find(|sheet| !sheet.cells.is_empty()).or_else(|| sheets.next())?;
    let at = sheet.cells.keys().next().copied().unwrap_or(CellRef::new(0, 0));
    let note = "湘潭市-2023-annual-市科技局-1 第1条\n单元格为空，未填报。【V401】\n→ 补填".to_owned();
    Some(CellMark { sheet: sheet.name.clone(), at, is_grave: true, note })
}

/// What LibreOffice shows of each workbook of a folder: its sheets by name. Those that it does not open are left out.
fn shown(
    workspace: &Workspace,
    folder: &str,
    names: &[String],
) -> BTreeMap<String, BTreeMap<String, Vec<u8>>> {
    let out = workspace.path(&format!("{folder}-csv"));
    std::fs::create_dir_all(&out).unwrap();
    let convert = |names: &[String], seconds: &str| {
        let mut command = Command::new("timeout");
        command.args([seconds, "soffice"]);
        command.arg(format!("-env:UserInstallation=file://{}", workspace.path("profile").display()));
        command.args(["--headless", "--convert-to", AS_CSV, "--outdir"]).arg(&out);
        command.args(names.iter().map(|name| workspace.path(folder).join(name)));
        // One that ends badly is told by what is not there.
        let _ = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    };
    let of = |name: &String| -> BTreeMap<String, Vec<u8>> {
        let begin = format!("{}-", name.split('.').next().unwrap());
        let own = files(&out).into_iter().filter_map(|path| {
            let sheet = path.file_name()?.to_str()?.strip_prefix(&begin)?.to_owned();
            Some((sheet, std::fs::read(&path).unwrap()))
        });
        own.collect()
    };
    for some in names.chunks(TOGETHER) {
        convert(some, "400");
        // A workbook that ends the program takes those behind it along.
        for name in some.iter().filter(|name| of(name).is_empty()) {
            convert(std::slice::from_ref(name), "90");
        }
    }
    names.iter().map(|name| (name.clone(), of(name))).filter(|(_, sheets)| !sheets.is_empty()).collect()
}

/// What LibreOffice no longer opens or shows otherwise, and how many workbooks it opened.
fn lost_to_libreoffice(workspace: &Workspace, names: &[String]) -> (Vec<String>, usize) {
    let (before, after) = (shown(workspace, "before", names), shown(workspace, "after", names));
    let same = |one: &BTreeMap<String, Vec<u8>>, other: Option<&BTreeMap<String, Vec<u8>>>| {
        other.is_some_and(|other| one.iter().all(|(sheet, text)| other.get(sheet) == Some(text)))
    };
    let differ: Vec<String> = before
        .iter()
        .filter(|(name, sheets)| !same(sheets, after.get(*name)))
        .map(|(name, _)| name.clone())
        .collect();
    // Some show other numbers each time, as those with RAND.
    std::fs::rename(workspace.path("before-csv"), workspace.path("once-csv")).unwrap();
    let again = shown(workspace, "before", &differ);
    let is_lost = |name: &&String| !after.contains_key(*name) || same(&before[*name], again.get(*name));
    (differ.iter().filter(is_lost).cloned().collect(), before.len())
}

/// What openpyxl no longer opens or sees otherwise, and how many workbooks it opened.
fn lost_to_openpyxl(workspace: &Workspace) -> (Vec<String>, usize) {
    let mut command = Command::new("python3");
    command.arg(repository().join("tests/corpus/opened.py"));
    let told = command.args([workspace.path("before"), workspace.path("after")]).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let lines: Vec<Value> = String::from_utf8(told.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let opened: Vec<&Value> = lines.iter().filter(|line| line["opened"] == true).collect();
    let lost = opened.iter().filter(|line| !line["difference"].is_null()).map(ToString::to_string);
    (lost.collect(), opened.len())
}

#[test]
#[expect(clippy::print_stdout, reason = "what was patched and opened")]
#[ignore = "needs LibreOffice, Python and registries: make corpus"]
fn public_corpus_with_a_mark_each_is_what_it_was_and_opens_as_before() {
    let workspace = Workspace::new();
    let pool = Pool::new(Path::new(PROGRAM), Limits::default());
    let (mut unread, mut refused) = (BTreeMap::<String, usize>::new(), Vec::new());
    let (mut told, mut broken) = (BTreeMap::new(), Vec::new());
    let all = workbooks(&workspace);
    for (place, (name, bytes)) in all.iter().enumerate() {
        let book = match pool.read(Some(bytes)).unwrap() {
            Ok(book) => book,
            Err(Refusal::Told(fault)) => {
                *unread.entry(format!("{fault:?}").chars().take(60).collect()).or_default() += 1;
                continue;
            }
            Err(other) => panic!("{name}: {other:?}"),
        };
        let Some(mark) = mark(&book) else {
            *unread.entry("no sheet with cells".to_owned()).or_default() += 1;
            continue;
        };
        let marks = [mark];
        match patched(bytes, &marks) {
            Ok(made) => {
                let held = catch_unwind(AssertUnwindSafe(|| hold(name, bytes, &made, &marks, &book)));
                if held.is_err() {
                    broken.push(name.clone());
                }
                let file = format!("{place:04}.xlsx");
                workspace.write(&format!("before/{file}"), bytes);
                workspace.write(&format!("after/{file}"), &made.bytes);
                told.insert(file, name.clone());
            }
            Err(why) => refused.push(format!("{why:?} {name}")),
        }
    }
    refused.sort();
    println!(
        "{} workbooks: {} patched, {} refused, {} not read {unread:?}\nrefused:\n{}",
        all.len(),
        told.len(),
        refused.len(),
        unread.values().sum::<usize>(),
        refused.join("\n")
    );
    let names: Vec<String> = told.keys().cloned().collect();
    let (by_openpyxl, opened) = lost_to_openpyxl(&workspace);
    println!("openpyxl opened {opened} before, and {} not or otherwise after", by_openpyxl.len());
    let (by_libreoffice, shown) = lost_to_libreoffice(&workspace, &names);
    println!("LibreOffice opened {shown} before, and {} not or otherwise after", by_libreoffice.len());
    let with_name = |lost: &String| {
        let name = told.iter().find(|(file, _)| lost.contains(*file)).map(|(_, name)| name.as_str());
        format!("{} {lost}", name.unwrap_or_default())
    };
    let lost: Vec<String> = by_openpyxl.iter().chain(&by_libreoffice).map(with_name).collect();
    assert_eq!((broken, lost), (Vec::<String>::new(), Vec::<String>::new()));
    assert!(told.len() >= FEWEST, "{}", told.len());
}
