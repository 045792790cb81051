//! Workbooks broken by chance: bytes flipped, files cut, entries of archives dropped, XML truncated, records shortened.
//! Whatever comes of a mutant, the round ends in time, within memory, and names every file.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::corpus::Dice;
use crate::fixtures::round;
use crate::workspace::{PROGRAM, peak_memory, repository};
use crate::writers::{archive, cell, xlsb};

/// Seconds that one mutant may take.
const PATIENCE: u64 = 2;
const BATCH: usize = 200;

/// Sound workbooks of every format: name of the kind, extension, bytes.
fn seeds() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let sample = |path: &str| std::fs::read(repository().join("input/2023").join(path)).unwrap();
    let mut sheet = crate::writers::Sheet { name: "封面".to_owned(), ..Default::default() };
    for (row, (label, value)) in (0..).zip([("填报单位", "统计局"), ("城市", "甲市"), ("版本", "1")])
    {
        sheet.cells.insert((row, 0), cell(label).unwrap());
        sheet.cells.insert((row, 1), cell(value).unwrap());
    }
    let fixture = |name: &str| {
        let text = std::fs::read_to_string(repository().join("tests/fixtures").join(name)).unwrap();
        crate::fixtures::first_file(&text)
    };
    vec![
        ("xlsx", "xlsx", sample("xiangtan/submissions/市科技局_年报_v2.xlsx")),
        ("xlsx by LibreOffice", "xlsx", sample("xiangtan/submissions/市教育局_年报.xlsx")),
        ("xlsx by hand", "xlsx", fixture("28-merged-values.txt")),
        ("xls", "xls", sample("qianjiang/submissions/市财政局_年报.xls")),
        ("xls by hand", "xls", fixture("30-xls-with-formats.txt")),
        ("ods", "ods", sample("qianjiang/submissions/市农业农村局_年报.ods")),
        ("xlsb", "xlsb", xlsb(&[sheet])),
        ("xlsb by hand", "xlsb", fixture("25b-xlsb-with-an-error.txt")),
        ("xls of Excel 5", "xls", fixture("131-excel-5.txt")),
        ("ods by hand", "ods", fixture("135-two-tables-of-one-name.txt")),
    ]
}

fn flip(bytes: &mut [u8], dice: &mut Dice) {
    if bytes.is_empty() {
        return;
    }
    for _ in 0..=dice.below(16) {
        let at = dice.below(bytes.len());
        bytes[at] ^= 1 << dice.below(8);
    }
}

fn cut(bytes: &mut Vec<u8>, dice: &mut Dice) {
    if !bytes.is_empty() {
        bytes.truncate(dice.below(bytes.len()));
    }
}

fn remove(bytes: &mut Vec<u8>, dice: &mut Dice) {
    if bytes.len() > 2 {
        let start = dice.below(bytes.len() - 1);
        let end = (start + 1 + dice.below(200)).min(bytes.len());
        bytes.drain(start..end);
    }
}

fn repeat(bytes: &mut Vec<u8>, dice: &mut Dice) {
    if !bytes.is_empty() {
        let start = dice.below(bytes.len());
        let end = (start + dice.below(400)).min(bytes.len());
        let part = bytes[start..end].to_vec();
        let at = dice.below(bytes.len());
        bytes.splice(at..at, part);
    }
}

/// Puts something into XML that belongs elsewhere, or a number that is far too great.
fn confuse(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const PARTS: [&str; 12] = [
        "<c r=\"XFE1\"><v>1</v></c>",
        "<row r=\"99999999999\">",
        "&unknown;",
        "</sheetData>",
        "<c t=\"s\"><v>4294967295</v></c>",
        "<v>1e999</v>",
        "<mergeCell ref=\"A1:XFD1048576\"/>",
        "<table:table-cell table:number-columns-repeated=\"99999999\"/>",
        "<![CDATA[",
        "<f t=\"shared\" si=\"4294967295\">A1</f>",
        "\u{0}",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    ];
    if bytes.is_empty() {
        return;
    }
    if dice.below(2) == 0 {
        let at = dice.below(bytes.len());
        let part = PARTS[dice.below(PARTS.len())].bytes();
        bytes.splice(at..at, part);
    } else if let Some(at) = (dice.below(bytes.len())..bytes.len()).find(|at| bytes[*at].is_ascii_digit()) {
        bytes.splice(at..=at, *b"4294967295");
    }
}

/// A mutant of a workbook.
fn mutant(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    if seed.starts_with(b"PK") && dice.below(4) > 0 {
        return within_archive(seed, dice);
    }
    if seed.starts_with(&[0xD0, 0xCF]) && dice.below(3) > 0 {
        return within_compound(seed, dice);
    }
    match dice.below(4) {
        0 => flip(&mut bytes, dice),
        1 => cut(&mut bytes, dice),
        2 => remove(&mut bytes, dice),
        _ => repeat(&mut bytes, dice),
    }
    bytes
}

fn within_archive(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut source = zip::ZipArchive::new(Cursor::new(seed)).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for at in 0..source.len() {
        let mut part = source.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().into_owned(), bytes));
    }
    let at = dice.below(parts.len());
    match dice.below(7) {
        0 => _ = parts.remove(at),
        1 => cut(&mut parts[at].1, dice),
        2 => remove(&mut parts[at].1, dice),
        3 => repeat(&mut parts[at].1, dice),
        4 | 5 => confuse(&mut parts[at].1, dice),
        _ => flip(&mut parts[at].1, dice),
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    archive(&parts)
}

/// Breaks the records of an xls workbook, not the file around them.
fn within_compound(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut file = cfb::CompoundFile::open(Cursor::new(seed.to_vec())).unwrap();
    let mut stream = Vec::new();
    file.open_stream("/Workbook").unwrap().read_to_end(&mut stream).unwrap();
    let mut starts = vec![0_usize];
    while let Some(head) = starts.last().and_then(|at| Some((*at, stream.get(at + 2..at + 4)?))) {
        starts.push(head.0 + 4 + usize::from(u16::from_le_bytes([head.1[0], head.1[1]])));
    }
    starts.pop();
    let at = starts[dice.below(starts.len())];
    match dice.below(5) {
        // A record that claims to be shorter or longer than it is.
        0 if at + 4 <= stream.len() => {
            stream[at + 2] = u8::try_from(dice.below(256)).unwrap();
            stream[at + 3] = u8::try_from(dice.below(3)).unwrap();
        }
        1 if at + 4 <= stream.len() => stream[at] = u8::try_from(dice.below(256)).unwrap(),
        2 => remove(&mut stream, dice),
        3 => repeat(&mut stream, dice),
        _ => flip(&mut stream, dice),
    }
    stream.resize(stream.len().max(4096), 0);
    let mut written = file.open_stream("/Workbook").unwrap();
    written.set_len(u64::try_from(stream.len()).unwrap()).unwrap();
    written.write_all(&stream).unwrap();
    drop(written);
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// Runs the program over a folder of mutants and returns what it says, with the most memory it used.
fn checked(folder: &Path) -> (String, u64) {
    let output = folder.join("said.jsonl");
    let child = Command::new(PROGRAM)
        .args(["check", "input/2023", "--format", "json", "--jobs", "2", "--read-limit"])
        .arg(PATIENCE.to_string())
        .current_dir(folder)
        .stdout(std::fs::File::create(&output).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (status, most) = peak_memory(child);
    assert!(matches!(status.code(), Some(0 | 1)), "{status:?}");
    (std::fs::read_to_string(output).unwrap(), most)
}

/// Makes and reads mutants; returns how often each code was the gravest thing said of one, and the most memory used.
fn survive(count: usize, first: u64) -> (BTreeMap<String, usize>, u64) {
    let seeds = seeds();
    let mut dice = Dice(first);
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    let mut most = 0;
    for batch in 0..count.div_ceil(BATCH) {
        let workspace = round();
        // With a register there is a finding for each workbook that it does not have.
        workspace.write("input/2023/jia/received.csv", "文件,收到时间\n别的.xlsx,2024-01-10 09:00\n");
        let mut names = Vec::new();
        for at in 0..BATCH.min(count - batch * BATCH) {
            let (kind, extension, bytes) = &seeds[at % seeds.len()];
            let name = format!("{at:03} {kind}.{extension}");
            workspace.write(&format!("input/2023/jia/submissions/{name}"), mutant(bytes, &mut dice));
            names.push(name);
        }
        let begin = Instant::now();
        let (said, memory) = checked(&workspace.path(""));
        // Each may be tried twice, and two are read at a time.
        let limit = Duration::from_secs(PATIENCE * u64::try_from(names.len()).unwrap() + 30);
        assert!(begin.elapsed() < limit, "{:?}", begin.elapsed());
        most = most.max(memory);
        let lines: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for name in names {
            let file = format!("jia/submissions/{name}");
            let about: Vec<&Value> = lines.iter().filter(|line| line["file"] == file.as_str()).collect();
            // Every sound workbook is at least not in the register; none passes in silence.
            assert!(!about.is_empty(), "nothing is said of {file}");
            let code =
                about.iter().map(|line| line["code"].as_str().unwrap()).find(|code| code.starts_with('R'));
            *told.entry(code.unwrap_or("read").to_owned()).or_default() += 1;
        }
    }
    (told, most)
}

const TWO_GIBIBYTES: u64 = 2 << 30;

#[test]
fn mutants_of_workbooks_end_as_findings() {
    let (told, most) = survive(2_100, 1);
    assert!(told.keys().any(|code| code == "R102") && told.contains_key("read"), "{told:?}");
    assert!(most < TWO_GIBIBYTES, "{} MiB", most >> 20);
}

#[test]
#[expect(clippy::print_stdout, reason = "what came of the mutants")]
#[ignore = "takes minutes: make mutants"]
fn a_hundred_thousand_mutants_end_as_findings() {
    let (told, most) = survive(105_000, 20_231_231);
    println!("{told:?}, at most {} MiB", most >> 20);
    assert!(most < TWO_GIBIBYTES);
}
