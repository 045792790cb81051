//! How long collecting takes against the fastest bare read of the same files: calamine, streaming every cell of every
//! sheet and keeping none, with the same threads. Figures are ratios of times measured alternately in one run.
//!
//! `cargo bench` prints, for 2000 workbooks of departments and for one workbook of two million cells: the ratio (median of
//! the pairs, with the least and the greatest), both times, and the most memory that the program and its workers used.

#![expect(clippy::unwrap_used, reason = "a failing benchmark may panic")]
#![expect(clippy::print_stdout, reason = "the results")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use calamine::{Reader as _, Xlsx, open_workbook};
use rayon::prelude::*;
use rust_xlsxwriter::Workbook;

const PROGRAM: &str = env!("CARGO_BIN_EXE_duibiao");
const THREADS: usize = 2;
const PAIRS: usize = 7;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(THREADS).build_global().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let departments = folder.path().join("departments");
    let large = folder.path().join("large");
    for round in [&departments, &large] {
        copy_round(round);
    }
    let submissions = |round: &Path| round.join("2023/xiangtan/submissions");
    (0..2000_u32).into_par_iter().for_each(|at| {
        department(&submissions(&departments).join(format!("{at:04}.xlsx")), at);
    });
    two_million_cells(&submissions(&large).join("large.xlsx"));
    compare("2000 workbooks of departments", &departments);
    compare("one workbook of 2 million cells", &large);
}

/// The round of the repository without its workbooks, and with one city only.
fn copy_round(to: &Path) {
    let input = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("input");
    for name in ["catalogue.toml", "2023/round.toml", "2023/xiangtan/plan.toml"] {
        let path = to.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::copy(input.join(name), path).unwrap();
    }
    std::fs::create_dir_all(to.join("sources")).unwrap();
    for entry in std::fs::read_dir(input.join("sources")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join("sources").join(entry.file_name())).unwrap();
    }
    std::fs::create_dir_all(to.join("2023/xiangtan/submissions")).unwrap();
}

/// A workbook as a department sends it: cover, a table of indicators, evidence.
fn department(path: &Path, at: u32) {
    let mut book = Workbook::new();
    let cover = book.add_worksheet().set_name("封面").unwrap();
    let version = at.to_string();
    for (row, (label, value)) in
        (0..).zip([("城市", "湘潭市"), ("填报单位", "市科技局"), ("报告期", "2023年度"), ("版本", &version)])
    {
        cover.write(row, 0, label).unwrap();
        cover.write(row, 1, value).unwrap();
    }
    let sheet = book.add_worksheet().set_name("指标").unwrap();
    for (column, head) in (0..).zip([
        "序号",
        "指标名称",
        "计量单位",
        "2022年实绩",
        "2023年实绩",
        "数据性质",
        "佐证编号",
        "说明",
    ]) {
        sheet.write(2, column, head).unwrap();
    }
    for row in 0..40_u32 {
        sheet.write(3 + row, 0, row + 1).unwrap();
        sheet.write(3 + row, 1, format!("指标{row}")).unwrap();
        sheet.write(3 + row, 2, "个").unwrap();
        sheet.write(3 + row, 3, f64::from(row * 7 + at) / 8.0).unwrap();
        sheet.write(3 + row, 4, f64::from(row * 9 + at) / 8.0).unwrap();
        sheet.write(3 + row, 5, "实际").unwrap();
        sheet.write(3 + row, 6, format!("Z{row}")).unwrap();
        sheet.write(3 + row, 7, "按年度统计口径填报").unwrap();
    }
    book.save(path).unwrap();
}

/// A hundred thousand rows of twenty numbers behind a cover.
fn two_million_cells(path: &Path) {
    let mut book = Workbook::new();
    let cover = book.add_worksheet().set_name("封面").unwrap();
    for (row, (label, value)) in (0..).zip([("城市", "湘潭市"), ("填报单位", "市科技局")]) {
        cover.write(row, 0, label).unwrap();
        cover.write(row, 1, value).unwrap();
    }
    let sheet = book.add_worksheet().set_name("数据").unwrap();
    for row in 0..100_000_u32 {
        for column in 0..20_u16 {
            sheet.write(row, column, f64::from(row * 20 + u32::from(column)) / 4.0).unwrap();
        }
    }
    book.save(path).unwrap();
}

/// Every cell of every sheet, streamed and dropped.
fn bare(round: &Path) -> u64 {
    let folder = round.join("2023/xiangtan/submissions");
    let paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let cells = paths.par_iter().map(|path| {
        let mut book: Xlsx<_> = open_workbook(path).unwrap();
        let mut count = 0_u64;
        for name in book.sheet_names() {
            let mut reader = book.worksheet_cells_reader(&name).unwrap();
            while let Some(cell) = reader.next_cell().unwrap() {
                std::hint::black_box(&cell);
                count += 1;
            }
        }
        count
    });
    cells.sum()
}

/// The program as users run it, from start to end: read, find the tables, review. Returns the most memory used.
fn collect(round: &Path) -> u64 {
    let mut child = Command::new(PROGRAM)
        .args(["check", "2023", "--city", "xiangtan", "--quiet", "--format", "json", "--jobs"])
        .arg(THREADS.to_string())
        .current_dir(round)
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let (done, most) = (AtomicBool::new(false), AtomicU64::new(0));
    let pid = child.id();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                most.fetch_max(tree_memory(pid), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let status = child.wait().unwrap();
        done.store(true, Ordering::Relaxed);
        assert!(matches!(status.code(), Some(0 | 1)), "{status:?}");
    });
    most.into_inner()
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

fn compare(what: &str, round: &Path) {
    let cells = bare(round);
    let mut ratios: Vec<(f64, Duration, Duration)> = Vec::new();
    let mut memory = 0;
    for _ in 0..PAIRS {
        let begin = Instant::now();
        bare(round);
        let bare_time = begin.elapsed();
        let begin = Instant::now();
        memory = memory.max(collect(round));
        let collect_time = begin.elapsed();
        ratios.push((collect_time.as_secs_f64() / bare_time.as_secs_f64(), collect_time, bare_time));
    }
    ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (ratio, collect_time, bare_time) = ratios[PAIRS / 2];
    let (least, greatest) = (ratios[0].0, ratios[PAIRS - 1].0);
    println!(
        "{what} ({cells} cells): {ratio:.2} × bare calamine ({least:.2}–{greatest:.2}); {collect_time:.2?} against {bare_time:.2?}; at most {} MiB",
        memory >> 20
    );
}
