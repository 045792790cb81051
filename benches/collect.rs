//! How long collecting takes against the fastest bare read of the same files: calamine, streaming every cell of every
//! sheet and keeping none, with the same threads. Figures are ratios of times measured alternately in one run.
//!
//! `cargo bench` prints, for 2000 workbooks of departments and for one workbook of two million cells: the time of the
//! stage `collect` (reading processes started, digests, registers, tables found, values read) as a ratio to the bare read,
//! the median of the pairs with the least and the greatest; the same for the reading processes alone; the times
//! themselves; and the most memory that the whole program and its processes used.

#![expect(clippy::unwrap_used, reason = "a failing benchmark may panic")]
#![expect(clippy::print_stdout, reason = "the results")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use calamine::{Reader as _, Xlsx, open_workbook};
use duibiao::collect::CitySubmissions;
use duibiao::inputs::Inputs;
use duibiao::plan::{Catalogue, Plan, Round};
use duibiao::workbook::Pool;
use rayon::prelude::*;
use rust_xlsxwriter::Workbook;

const PROGRAM: &str = env!("CARGO_BIN_EXE_duibiao");
const THREADS: usize = 2;
const PAIRS: usize = 7;
const CITIES: usize = 100;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(THREADS).build_global().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let departments = folder.path().join("departments");
    let large = folder.path().join("large");
    round(&departments, CITIES);
    round(&large, 1);
    let plans = plans(&departments, CITIES);
    let units = plans[0].reporting_units(2023);
    (0..CITIES).into_par_iter().for_each(|city| {
        for (at, unit) in units.iter().cycle().take(2000 / CITIES).enumerate() {
            department(
                &submissions(&departments, city).join(format!("{at:02}.xlsx")),
                &plans[0],
                unit.as_str(),
                at,
            );
        }
    });
    two_million_cells(&submissions(&large, 0).join("large.xlsx"));
    compare("2000 workbooks of departments", &departments, &plans);
    compare("one workbook of 2 million cells", &large, &plans[..1]);
}

fn submissions(round: &Path, city: usize) -> PathBuf {
    round.join(format!("2023/c{city:03}/submissions"))
}

fn plans(input: &Path, cities: usize) -> Vec<Plan> {
    let catalogue = Catalogue::load(&Inputs::default(), &input.join("catalogue.toml")).unwrap();
    let load = |city| {
        let path = input.join(format!("2023/c{city:03}/plan.toml"));
        duibiao::plan::load(&Inputs::default(), &path, &catalogue, input).unwrap()
    };
    (0..cities).into_par_iter().map(load).collect()
}

/// A round of cities that all have the plan of 湘潭, without workbooks.
fn round(to: &Path, cities: usize) {
    let input = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("input");
    std::fs::create_dir_all(to.join("sources")).unwrap();
    std::fs::copy(input.join("catalogue.toml"), to.join("catalogue.toml")).unwrap();
    for entry in std::fs::read_dir(input.join("sources")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join("sources").join(entry.file_name())).unwrap();
    }
    let plan = std::fs::read_to_string(input.join("2023/xiangtan/plan.toml")).unwrap();
    for city in 0..cities {
        std::fs::create_dir_all(submissions(to, city)).unwrap();
        let own = plan.replacen("city = \"xiangtan\"", &format!("city = \"c{city:03}\""), 1);
        std::fs::write(to.join(format!("2023/c{city:03}/plan.toml")), own).unwrap();
    }
    let text = std::fs::read_to_string(input.join("2023/round.toml")).unwrap();
    let text = text.split("[[").next().unwrap();
    let list: Vec<String> = (0..cities).map(|city| format!("\"c{city:03}\"")).collect();
    let line = |line: &str| match line.starts_with("cities") {
        true => format!("cities = [{}]", list.join(", ")),
        false => line.to_owned(),
    };
    let text: Vec<String> = text.lines().map(line).collect();
    std::fs::write(to.join("2023/round.toml"), text.join("\n")).unwrap();
}

/// A workbook as a department sends it: cover, its indicators, evidence.
fn department(path: &Path, plan: &Plan, unit: &str, at: usize) {
    let mut book = Workbook::new();
    let cover = book.add_worksheet().set_name("封面").unwrap();
    let version = (at / 20 + 1).to_string();
    let fields = [
        ("城市", "湘潭市"),
        ("填报单位", unit),
        ("报告期", "2023年度"),
        ("填报人", "甲"),
        ("审核人", "乙"),
        ("填报日期", "2024-01-10"),
        ("版本", &version),
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
        "2022年实绩",
        "2023年实绩",
        "数据性质",
        "佐证编号",
        "说明",
    ]) {
        sheet.write(2, column, head).unwrap();
    }
    let own = plan.indicators_of(2023).filter(|one| one.reporters.iter().any(|reporter| *reporter == *unit));
    for (row, indicator) in (3..).zip(own.chain(plan.indicators_of(2023)).take(30)) {
        sheet.write(row, 0, indicator.no.as_str()).unwrap();
        sheet.write(row, 1, &indicator.name).unwrap();
        sheet.write(row, 2, indicator.unit.text()).unwrap();
        let past = indicator.past_of(2022).and_then(|past| past.value);
        sheet.write(row, 3, past.map_or_else(String::new, |past| past.to_string())).unwrap();
        // One form for all units: each fills in its own rows.
        if indicator.reporters.iter().any(|reporter| *reporter == *unit) {
            sheet.write(row, 4, f64::from(row * 9) / 8.0).unwrap();
        }
        sheet.write(row, 5, "实际").unwrap();
        sheet.write(row, 6, "Z1").unwrap();
        sheet.write(row, 7, "按年度统计口径填报").unwrap();
    }
    let evidence = book.add_worksheet().set_name("佐证").unwrap();
    for (column, (head, cell)) in
        (0..).zip([("佐证编号", "Z1"), ("材料名称", "统计表"), ("文号或文件名", "统字〔2024〕1号")])
    {
        evidence.write(0, column, head).unwrap();
        evidence.write(1, column, cell).unwrap();
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

/// The workbooks of a round.
fn paths(round: &Path) -> Vec<PathBuf> {
    let cities = std::fs::read_dir(round.join("2023")).unwrap().map(|entry| entry.unwrap().path());
    let folders = cities.map(|city| city.join("submissions")).filter(|folder| folder.is_dir());
    let files = folders.flat_map(|folder| std::fs::read_dir(folder).unwrap());
    files.map(|entry| entry.unwrap().path()).collect()
}

/// Every cell of every sheet, streamed and dropped.
fn bare(round: &Path) -> u64 {
    let cells = paths(round).into_par_iter().map(|path| {
        let mut book: Xlsx<_> = open_workbook(&path).unwrap();
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

/// Reading processes alone: values, formats, formulas, hidden parts and merges, told to nobody.
fn workers(round: &Path) {
    let paths = paths(round);
    let serve = |paths: &[PathBuf]| {
        let mut child = Command::new(PROGRAM)
            .arg("worker")
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        writeln!(input, "{}", serde_json::to_string(&duibiao::workbook::Limits::default()).unwrap()).unwrap();
        for path in paths {
            let bytes = std::fs::read(path).unwrap();
            input.write_all(&(bytes.len() as u64).to_le_bytes()).unwrap();
            input.write_all(&bytes).unwrap();
        }
        drop(input);
        assert!(child.wait().unwrap().success());
    };
    paths.par_chunks(paths.len().div_ceil(THREADS)).for_each(serve);
}

/// The stage by itself, for all cities of a round.
fn collect(plans: &[Plan], round: &Round, folder: &Path) -> usize {
    let (pool, inputs) = (Pool::new(Path::new(PROGRAM), round.limits), Inputs::default());
    let counts = plans.par_iter().map(|plan| {
        let city = folder.join("2023").join(plan.city.as_str());
        let from = CitySubmissions { inputs: &inputs, folder: &city, only: None };
        let collected = duibiao::collect::city(plan, round, from, &pool, &|| ()).unwrap();
        assert!(!collected.submissions.is_empty());
        collected.observations.len()
    });
    counts.sum()
}

/// The most memory that the program uses, as users run it, in bytes.
fn memory(round: &Path) -> u64 {
    let mut child = Command::new(PROGRAM)
        .args(["check", "2023", "--quiet", "--format", "json", "--jobs"])
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
                std::thread::sleep(Duration::from_millis(5));
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

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = Instant::now();
    let result = work();
    (result, begin.elapsed())
}

fn compare(what: &str, folder: &Path, plans: &[Plan]) {
    let round = Round::load(&Inputs::default(), &folder.join("2023")).unwrap();
    let cells = bare(folder);
    let values = collect(plans, &round, folder);
    let mut all: Vec<(f64, [Duration; 3])> = Vec::new();
    for _ in 0..PAIRS {
        let (_, bare_time) = timed(|| bare(folder));
        let ((), worker_time) = timed(|| workers(folder));
        let (_, collect_time) = timed(|| collect(plans, &round, folder));
        let ratio = collect_time.as_secs_f64() / bare_time.as_secs_f64();
        all.push((ratio, [bare_time, worker_time, collect_time]));
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (ratio, [bare_time, worker_time, collect_time]) = all[PAIRS / 2];
    let (least, greatest) = (all[0].0, all[PAIRS - 1].0);
    let of_workers = worker_time.as_secs_f64() / bare_time.as_secs_f64();
    println!(
        "{what} ({cells} cells, {values} values): {ratio:.2} × bare calamine ({least:.2}–{greatest:.2}); reading processes alone {of_workers:.2} ×; bare {bare_time:.2?}, reading {worker_time:.2?}, collect {collect_time:.2?}; whole program at most {} MiB",
        memory(folder) >> 20
    );
}
