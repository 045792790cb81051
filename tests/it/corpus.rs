//! Workbooks written by other programs: openpyxl, xlsxwriter, and LibreOffice, which saves them again as .xls, .ods and
//! .xlsx. Every cell must be read as it was written, and every indicator's value as it is meant.
//!
//! Needs Python with openpyxl and xlsxwriter, and LibreOffice: `make corpus`.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use duibiao::workbook::{Content, Display, Limits, Pool};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::fixtures::{INDICATORS, round};
use crate::workspace::{COVER, PROGRAM, Workspace, repository};

const BOOKS: usize = 48;

/// Numbers that only look random: the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn of(&mut self, things: &[&'static str]) -> &'static str {
        things[self.below(things.len())]
    }
}

/// A book: its description for the writers, and the value that each indicator's cell means, `None` for no value.
struct Book {
    description: Value,
    cells: BTreeMap<(String, u32, u32), (String, String)>,
    meant: BTreeMap<(String, u32, u32), Option<Decimal>>,
}

impl Book {
    #[expect(clippy::too_many_lines, reason = "a form from top to bottom")]
    fn make(at: usize) -> Self {
        let mut dice = Dice(u64::try_from(at).unwrap() * 7919 + 1);
        let mut cells: BTreeMap<(String, u32, u32), (String, String)> = BTreeMap::new();
        let mut meant = BTreeMap::new();
        let mut merges = Vec::new();
        for (row, (label, value)) in (0..).zip(COVER) {
            cells.insert(("封面".into(), row, 0), ("s".into(), label.into()));
            let kind = match label {
                "填报日期" => "d",
                "版本" => "n",
                _ => "s",
            };
            cells.insert(("封面".into(), row, 1), (kind.into(), value.into()));
        }
        let sheet = dice.of(&["指标", "年报 表1", "Sheet1", "附表（一）"]).to_owned();
        let (top, left) = (u32::try_from(dice.below(9)).unwrap(), u32::try_from(dice.below(5)).unwrap());
        let mut put = |row: u32, column: u32, kind: &str, text: &str| {
            cells.insert((sheet.clone(), top + row, left + column), (kind.into(), text.into()));
        };
        put(0, 0, "s", "甲市2023年度创新指标报表");
        put(2, 0, "s", dice.of(&["序号", "序 号", "编号"]));
        put(2, 1, "s", dice.of(&["指标名称", "指　标　名　称", "指标"]));
        put(2, 2, "s", "计量单位");
        let is_stacked = dice.below(3) == 0;
        if is_stacked {
            put(2, 3, "s", "实绩");
            put(3, 3, "s", "2022年");
            put(3, 4, "s", "2023年");
            if dice.below(2) == 0 {
                let letters = crate::writers::letters;
                merges.push(format!("{0}{2}:{1}{2}", letters(left + 3), letters(left + 4), top + 3));
            }
        } else {
            put(2, 3, "s", "2022年实绩");
            put(2, 4, "s", dice.of(&["2023年实绩", "本年实绩", "二〇二三年实绩"]));
        }
        put(2, 5, "s", "数据性质");
        put(2, 6, "s", "备注");
        let first = if is_stacked { 4 } else { 3 };
        for (index, (name, unit, _, past)) in (0_u32..).zip(INDICATORS) {
            let row = first + index;
            put(row, 0, "n", &(index + 1).to_string());
            put(row, 1, "s", name);
            put(row, 2, "s", unit);
            if !past.is_empty() {
                put(row, 3, "n", past);
            }
            let (kind, text, value) = answer(&mut dice, unit);
            if !text.is_empty() {
                put(row, 4, kind, &text);
            }
            meant.insert((sheet.clone(), top + row, left + 4), value);
            put(row, 5, "s", dice.of(&["实际", "快报"]));
            if dice.below(4) == 0 {
                put(
                    row,
                    6,
                    "s",
                    dice.of(&["", "说明：口径 <未变> & 已核对", "=1+1", "甲\n乙", " 前后空格 "]),
                );
            }
        }
        cells.retain(|_, (_, text)| !text.is_empty());
        let sheets = ["封面", sheet.as_str()].map(|name| {
            let own = cells.iter().filter(|((sheet, ..), _)| sheet == name);
            let list: Vec<Value> = own
                .map(|((_, row, column), (kind, text))| {
                    json!({ "row": row, "column": column, "k": kind, "v": text })
                })
                .collect();
            json!({ "name": name, "cells": list, "merges": if name == "封面" { &[][..] } else { &merges[..] } })
        });
        let description = json!({ "name": format!("b{at:03}"), "sheets": sheets });
        Self { description, cells, meant }
    }
}

/// An answer to an indicator: how it is stored, as what, and what it means.
fn answer(dice: &mut Dice, unit: &str) -> (&'static str, String, Option<Decimal>) {
    let number = |dice: &mut Dice, places: u32| {
        Decimal::new(i64::try_from(dice.below(90_000) + 1000).unwrap(), places)
    };
    if unit == "有/无" {
        return ("s", dice.of(&["有", "无", "—"]).to_owned(), None);
    }
    let places = u32::try_from(dice.below(5)).unwrap();
    match dice.below(9) {
        0 => ("s", dice.of(&["", "-", "…", "未统计", "约300"]).to_owned(), None),
        1 => {
            let value = number(dice, places);
            ("s", format!("　{value}"), Some(value))
        }
        2 => {
            let value = number(dice, 0);
            let text = value.to_string();
            let (head, tail) = text.split_at(text.len() - 3);
            let text = if head.is_empty() { tail.to_owned() } else { format!("{head},{tail}") };
            ("s", text, Some(value))
        }
        3 if unit == "%" => {
            let value = number(dice, 3);
            ("p", (value / Decimal::ONE_HUNDRED).normalize().to_string(), Some(value))
        }
        5 => ("d", "2023-06-30".to_owned(), None),
        6 => {
            let value = number(dice, places);
            ("n", (-value).normalize().to_string(), Some(-value))
        }
        _ => {
            let value = number(dice, places);
            ("n", value.normalize().to_string(), Some(value))
        }
    }
}

/// Every cell as a reading process gives it: kind and text.
fn cells(pool: &Pool, path: &std::path::Path) -> BTreeMap<(String, u32, u32), (String, String)> {
    let bytes = std::fs::read(path).unwrap();
    let book =
        pool.read(Some(&bytes)).unwrap().unwrap_or_else(|refusal| panic!("{}: {refusal:?}", path.display()));
    let mut found = BTreeMap::new();
    for sheet in &book.sheets {
        assert!(sheet.troubles.is_empty(), "{}: {:?}", path.display(), sheet.troubles);
        for (at, cell) in &sheet.cells {
            let kind = match cell.content {
                Content::Number(_) if cell.display == Display::Percent => "p",
                Content::Number(_) => "n",
                Content::Text(_) => "t",
                Content::Bool(_) => "b",
                Content::Date(_) => "d",
                Content::Error(_) => "e",
                Content::NoResult => "f",
                Content::Picture => "picture",
                Content::Damaged(_) => "x",
            };
            found.insert((sheet.name.clone(), at.row, at.column), (kind.to_owned(), cell.raw().to_owned()));
        }
    }
    found
}

/// The values of the year as `check -v` understands them.
fn values(workspace: &Workspace, path: &std::path::Path) -> BTreeMap<(String, u32, u32), Option<Decimal>> {
    let file = path.display().to_string();
    let output = workspace.duibiao(&[
        "check",
        &file,
        "--round",
        "input/2023",
        "--city",
        "jia",
        "-v",
        "--format",
        "json",
    ]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    let mut found = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let seen = &line["value"];
        if seen["year"] == 2023 {
            let (row, column) = crate::writers::address(seen["cell"].as_str().unwrap());
            let value = seen["value"].as_str().map(|text| text.parse::<Decimal>().unwrap());
            found.insert((seen["sheet"].as_str().unwrap().to_owned(), row, column), value);
        }
    }
    found
}

/// How the reading process names what was written.
fn kept((kind, text): &(String, String)) -> (String, String) {
    (if kind == "s" { "t" } else { kind }.to_owned(), text.clone())
}

#[test]
#[expect(clippy::print_stdout, reason = "what was compared")]
#[ignore = "needs LibreOffice and Python: make corpus"]
fn workbooks_of_other_programs_are_read_cell_by_cell() {
    let workspace = round();
    let folder = workspace.path("corpus");
    std::fs::create_dir_all(&folder).unwrap();
    let books: Vec<Book> = (0..BOOKS).map(Book::make).collect();
    let described: Vec<&Value> = books.iter().map(|book| &book.description).collect();
    let description = folder.join("books.json");
    std::fs::write(&description, serde_json::to_vec(&described).unwrap()).unwrap();
    let script = repository().join("tests/corpus/write.py");
    let status = Command::new("python3").arg(script).arg(&description).arg(&folder).status().unwrap();
    assert!(status.success(), "write.py failed");
    for format in ["xls", "ods", "xlsx"] {
        let out = folder.join(format!("libreoffice-{format}"));
        let mut command = Command::new("soffice");
        command.args(["--headless", "--convert-to", format, "--outdir"]).arg(&out);
        command.args((0..BOOKS).map(|at| folder.join(format!("b{at:03}.openpyxl.xlsx"))));
        assert!(command.stdout(Stdio::null()).status().unwrap().success(), "soffice failed");
    }
    let pool = Pool::new(std::path::Path::new(PROGRAM), Limits::default());
    let (mut files, mut compared, mut meant) = (0, 0, 0);
    for (at, book) in books.iter().enumerate() {
        let name = |program: &str| folder.join(format!("b{at:03}.{program}.xlsx"));
        let saved = |format: &str| folder.join(format!("libreoffice-{format}/b{at:03}.openpyxl.{format}"));
        let paths = [
            (name("openpyxl"), "xlsx"),
            (name("xlsxwriter"), "xlsx"),
            (saved("xls"), "xls"),
            (saved("ods"), "ods"),
            (saved("xlsx"), "xlsx"),
        ];
        for (path, format) in paths {
            let read = cells(&pool, &path);
            let written: BTreeMap<_, _> =
                book.cells.iter().map(|(at, cell)| (at.clone(), kept(cell))).collect();
            for (at, cell) in &written {
                // LibreOffice saves some truth values as numbers in .ods.
                if format == "ods" && cell.0 == "b" {
                    continue;
                }
                assert_eq!(read.get(at), Some(cell), "{} {at:?}", path.display());
            }
            assert_eq!(read.len(), written.len(), "{}", path.display());
            let mut values = values(&workspace, &path);
            for (at, value) in &book.meant {
                let found = values.remove(at).unwrap_or_else(|| panic!("{} {at:?} not read", path.display()));
                assert_eq!(found, *value, "{} {at:?}", path.display());
                meant += 1;
            }
            assert!(values.is_empty(), "{} {values:?}", path.display());
            files += 1;
            compared += written.len();
        }
    }
    println!("{files} workbooks, {compared} cells and {meant} values compared");
    assert!(files >= 200, "{files}");
}
