//! Random workbooks for a random plan: the form that the bureau gives out, or a layout of a simulated department, and then what people
//! and programs do to it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use duibiao::quantity::Unit;
use duibiao::rounding::round_to;
use rust_decimal::Decimal;

use super::Case;
use super::plans::{City, Reported};
use crate::simulate::{self, Draw, Indicator, Words};
use crate::writers::{Cell, Sheet, Xls, letters, xls, xlsx};

/// A workbook of a city.
#[derive(Debug, Clone)]
pub(super) struct Book {
    pub(super) city: usize,
    /// Name of its file, behind what orders the files.
    pub(super) name: String,
    pub(super) sheets: Vec<Sheet>,
    pub(super) form: Form,
}

/// How a workbook is written.
#[derive(Debug, Clone)]
pub(super) enum Form {
    Xlsx,
    Xls,
    /// Cut off behind so many bytes.
    Cut(usize),
    /// No workbook at all.
    Junk(Vec<u8>),
}

impl Book {
    pub(super) fn bytes(&self) -> Vec<u8> {
        match &self.form {
            Form::Xlsx => xlsx(&self.sheets, "", ""),
            Form::Xls => xls(&self.sheets, &Xls::default()),
            Form::Cut(length) => {
                let mut bytes = xlsx(&self.sheets, "", "");
                bytes.truncate(*length);
                bytes
            }
            Form::Junk(bytes) => bytes.clone(),
        }
    }
}

/// What stands where a number should.
const WILD: [&str; 64] = [
    "1e300",
    "-1e300",
    "1e-300",
    "1.7976931348623157e308",
    "5e-324",
    "-0",
    "0",
    "0.30000000000000004",
    "99999999999999999999",
    "123456789012345678",
    "0.1",
    "-5",
    "1e15",
    "999999999999999.9",
    "7922816251426433759354395033",
    "{t=e}#DIV/0!",
    "{t=e}#N/A",
    "{t=e}#REF!",
    "{t=b}1",
    "{t=b}0",
    "{v=45291;fmt=yyyy-mm-dd}",
    "{v=45291.5;fmt=yyyy\"年\"m\"月\"}",
    "{v=0.123;fmt=0.00%}",
    "{v=1234567;fmt=#,##0}",
    "{v=1234.5;fmt=0.0,\"万\"}",
    "{f=A1+1;v=12.5}",
    "{f=A1+1}",
    "{v=1x;t=n}",
    "{v=12;strike=1}",
    "{v=3;fmt=\\,\\,\\,}",
    "{v=0;fmt=0\\,-0\\,\"—\"}",
    "'12.5",
    "'１２．５",
    "'1,234.5",
    "'1，234",
    "'约120",
    "'120左右",
    "'大于120",
    "'120-130",
    "'120（预计）",
    "'120*",
    "'—",
    "'无",
    "'有",
    "'暂无",
    "'同上",
    "'见附件",
    "'3.1%",
    "'3.1万",
    "'一百二十",
    "'120家",
    "'120 亿元",
    "'(120)",
    "'-120",
    "'−120",
    "'+5",
    "'5%以上",
    "' ",
    "'\u{3000}",
    "'=1+1",
    "'120\n130",
    "'1.2.3",
    "'120/130",
    "'∞",
];

/// Values for 有/无.
const PRESENCE: [&str; 12] =
    ["'有", "'无", "'有", "'是", "'否", "'已完成", "'未", "1", "0", "'√", "'", "'已获批（2023年）"];

/// Units that rows give, besides the plan's.
const ODD_UNITS: [&str; 12] =
    ["亿元", "万元", "元", "%", "‰", "家", "万人", "美元", "吨", "", "不明单位", "亿元/万人"];

/// What a file may be called besides the name of its unit.
const NAMES: [&str; 8] = ["年报", "报表（最终）", "2023年数据", "附件2", "表", "v2", "更正", "汇总表 (1)"];

fn text_cell(text: &str) -> Cell {
    Cell { text: format!("'{text}"), ..Cell::default() }
}

/// A cell as [`crate::writers::cell`] reads it, except that nothing is trimmed.
fn written(text: &str) -> Cell {
    crate::writers::cell(text).unwrap_or_default()
}

fn put(sheet: &mut Sheet, row: u32, column: u32, cell: Cell) {
    if !cell.text.is_empty() && cell.text != "'" || !cell.with.is_empty() {
        sheet.cells.insert((row, column), cell);
    }
}

/// The workbooks of all cities.
pub(super) fn books(case: &Case, cities: &[City]) -> Vec<Book> {
    let mut found = Vec::new();
    for (at, city) in cities.iter().enumerate() {
        let mut units: Vec<&'static str> =
            city.reported.iter().flat_map(|one| one.reporters.clone()).collect();
        units.extend(city.tasks.iter().flat_map(|(_, _, lead)| lead.clone()));
        units.sort_unstable();
        units.dedup();
        for (number, unit) in units.iter().enumerate() {
            let mut draw = case.draw("book", at * 100 + number);
            let copies = match draw.below(10) {
                0 => 0,
                1 if case.has("versions") => 2,
                _ => 1,
            };
            for copy in 0..copies {
                let mut draw = case.draw("copy", (at * 100 + number) * 10 + copy);
                found.push(book(case, &mut draw, (at, city), unit, copy));
            }
        }
        if case.has("strangers") {
            let mut draw = case.draw("stranger", at);
            found.push(stranger(&mut draw, at));
        }
    }
    found
}

/// A file that is no workbook, or an empty one.
fn stranger(draw: &mut Draw, city: usize) -> Book {
    let junk: [&[u8]; 4] = [b"", b"no workbook", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"];
    let form = if draw.below(2) == 0 { Form::Xlsx } else { Form::Junk(draw.of(&junk).to_vec()) };
    let sheets = vec![Sheet { name: "Sheet1".to_owned(), ..Sheet::default() }];
    Book { city, name: "其他.xlsx".to_owned(), sheets, form }
}

fn book(case: &Case, draw: &mut Draw, (at, city): (usize, &City), unit: &'static str, copy: usize) -> Book {
    let own = || city.reported.iter().filter(|one| one.reporters.contains(&unit));
    let numeric = own().all(|one| !one.is_presence()) && own().count() > 1;
    let simulated = case.has("simulated") && numeric && draw.below(3) == 0;
    let mut sheets = if simulated {
        simulated_sheets(draw, city, unit, own())
    } else {
        form(case, draw, city, unit, copy)
    };
    if case.has("wild") {
        for _ in 0..[0, 0, 1, 3, 8][draw.below(5)] {
            let sheet = draw.below(sheets.len());
            spoil(draw, &mut sheets, sheet);
        }
    }
    let name = if draw.below(4) == 0 { (*draw.of(&NAMES)).to_owned() } else { format!("{unit}_年报") };
    let copied = if copy > 0 { "（更正）" } else { "" };
    let form = match draw.below(40) {
        0 if case.has("wild") => Form::Cut(draw.below(4000)),
        1..=3 if case.has("wild") && fits_xls(&sheets) => Form::Xls,
        _ => Form::Xlsx,
    };
    let extension = if matches!(form, Form::Xls) { "xls" } else { "xlsx" };
    Book { city: at, name: format!("{name}{copied}.{extension}"), sheets, form }
}

fn fits_xls(sheets: &[Sheet]) -> bool {
    sheets.iter().all(|sheet| {
        sheet
            .cells
            .iter()
            .all(|((row, column), cell)| *row < 65_000 && *column < 250 && cell.text.len() < 2_000)
    })
}

/// A value near what the plan asks for, as it may be reported, and its unit.
fn value(case: &Case, draw: &mut Draw, one: &Reported) -> (Cell, String) {
    // Most units say the same as the others that report it.
    let mut agreed = case.draw(&one.name, 0);
    let draw = if draw.below(4) > 0 { &mut agreed } else { draw };
    if one.is_presence() {
        return (written(draw.of::<&str>(&PRESENCE)), "有/无".to_owned());
    }
    let ratio = Decimal::new(
        [1000, 1000, 999, 1001, 950, 949, 1050, 1051, 500, 1500, 1, 30_000, 0, -1000][draw.below(14)],
        3,
    );
    let exact = one.near.checked_mul(ratio).unwrap_or(one.near);
    let near = match draw.below(4) {
        0 => exact,
        1 => exact.checked_add(Decimal::new(1, 10)).unwrap_or(exact),
        _ => round_to(exact, [0, 1, 2, 4][draw.below(4)]),
    };
    let (mut value, mut unit) = (near, one.unit.to_owned());
    if case.has("other_units") && draw.below(4) == 0 {
        let other = *draw.of(&ODD_UNITS);
        match Unit::parse(one.unit).convert(near, &Unit::parse(other)) {
            Some((converted, _)) => (value, unit) = (converted, other.to_owned()),
            None if draw.below(4) == 0 => unit = other.to_owned(),
            None => {}
        }
    }
    let value = value.normalize().to_string();
    (if draw.below(6) == 0 { text_cell(&value) } else { Cell { text: value, ..Cell::default() } }, unit)
}

/// The form that the bureau gives out: cover, indicators, tasks, evidence.
fn form(case: &Case, draw: &mut Draw, city: &City, unit: &str, copy: usize) -> Vec<Sheet> {
    let mut cover = Sheet { name: "封面".to_owned(), ..Sheet::default() };
    let version = (copy + 1).to_string();
    let fields = [
        ("城市", city.name.as_str()),
        ("填报单位", unit),
        ("报告期", "2023年度"),
        ("填报人", "甲"),
        ("审核人", "乙"),
        ("填报日期", "2024-01-10"),
        ("版本", version.as_str()),
    ];
    for (row, (label, value)) in (0..).zip(fields) {
        put(&mut cover, row, 0, text_cell(label));
        put(&mut cover, row, 1, text_cell(value));
    }
    let mut sheets = vec![cover];
    let own: Vec<&Reported> = city.reported.iter().filter(|one| one.reporters.contains(&unit)).collect();
    if !own.is_empty() {
        sheets.push(indicators(case, draw, &own));
    }
    let tasks: Vec<_> = city.tasks.iter().filter(|(_, _, lead)| lead.contains(&unit)).collect();
    if !tasks.is_empty() {
        let mut sheet = Sheet { name: "任务".to_owned(), ..Sheet::default() };
        for (column, head) in (0..).zip(["任务编号", "任务内容", "进展状态", "进展情况", "佐证编号"])
        {
            put(&mut sheet, 0, column, text_cell(head));
        }
        for (row, (no, title, _)) in (1..).zip(tasks) {
            let state = *draw.of(&["完成", "推进中", "未启动", "", "基本完成", "已完成"]);
            for (column, text) in (0..).zip([no.as_str(), title.as_str(), state, "按计划推进", "Z1"]) {
                put(&mut sheet, row, column, text_cell(text));
            }
        }
        sheets.push(sheet);
    }
    if draw.below(5) > 0 {
        let mut sheet = Sheet { name: "佐证".to_owned(), ..Sheet::default() };
        for (row, cells) in
            (0..).zip([["佐证编号", "材料名称", "文号或文件名"], ["Z1", "统计表", "甲〔2024〕1号"]])
        {
            for (column, text) in (0..).zip(cells) {
                put(&mut sheet, row, column, text_cell(text));
            }
        }
        sheets.push(sheet);
    }
    sheets
}

fn indicators(case: &Case, draw: &mut Draw, own: &[&Reported]) -> Sheet {
    let mut sheet = Sheet { name: "指标".to_owned(), ..Sheet::default() };
    let with_past = draw.below(2) == 0;
    let mut heads = vec!["序号", "指标名称", "计量单位", "2023年实绩", "佐证编号", "说明"];
    if with_past {
        heads.push("2022年实绩");
    }
    if draw.below(4) == 0 {
        heads.push("数据年份");
    }
    if draw.below(4) == 0 {
        heads.push("数据性质");
    }
    for (column, head) in (0..).zip(&heads) {
        put(&mut sheet, 2, column, text_cell(head));
    }
    for (row, one) in (3..).zip(own) {
        let (result, unit) = value(case, draw, one);
        let blank = draw.below(15) == 0;
        for (column, head) in (0..).zip(&heads) {
            let cell = match *head {
                "序号" => text_cell(&one.no),
                "指标名称" => text_cell(&one.name),
                "计量单位" => text_cell(&unit),
                "2023年实绩" if blank => continue,
                "2023年实绩" => result.clone(),
                "佐证编号" => text_cell(draw.of::<&str>(&["Z1", "Z1", "Z1", "", "Z9", "Z1、Z2"])),
                "2022年实绩" => Cell { text: one.near.normalize().to_string(), ..Cell::default() },
                "数据年份" => text_cell(draw.of::<&str>(&["2023", "2023", "2022", "", "2030"])),
                "数据性质" => text_cell(draw.of::<&str>(&["快报", "预计", "最终", "不明"])),
                _ => text_cell(draw.of::<&str>(&["", "", "同比增长", "口径调整"])),
            };
            put(&mut sheet, row, column, cell);
        }
    }
    sheet
}

/// The sheets of a simulated department that reports these indicators.
fn simulated_sheets<'a>(
    draw: &mut Draw,
    city: &City,
    unit: &str,
    own: impl Iterator<Item = &'a Reported>,
) -> Vec<Sheet> {
    let indicators: Vec<Indicator> = own
        .map(|one| Indicator {
            no: one.no.clone(),
            name: one.name.clone(),
            unit: one.unit,
            target: one.near,
            past: one.near,
            places: one.near.scale().min(4),
        })
        .collect();
    let words = *draw.of(&[Words::Known, Words::Third, Words::Decoys]);
    let choices = simulate::choices(draw, words);
    let simulated = simulate::simulate(&indicators, &choices, draw.next());
    let mut sheets = Vec::new();
    for page in simulated.pages {
        let mut sheet = Sheet { name: page.name, ..Sheet::default() };
        for ((row, column), cell) in page.cells {
            let cell = match cell {
                simulate::Cell::Text(text) => {
                    text_cell(&text.replace("甲市", &city.name).replace("统计局", unit))
                }
                simulate::Cell::Number(value) => Cell { text: value.to_string(), ..Cell::default() },
                simulate::Cell::Shown(value, format) => Cell {
                    text: value.to_string(),
                    with: BTreeMap::from([("fmt".to_owned(), format.to_owned())]),
                },
            };
            sheet.cells.insert((row, u32::from(column)), cell);
        }
        for (top, left, bottom, right) in page.merges {
            if (top, left) != (bottom, right) {
                let (first, last) = (letters(u32::from(left)), letters(u32::from(right)));
                sheet.merges.push(format!("{first}{}:{last}{}", top + 1, bottom + 1));
            }
        }
        sheets.push(sheet);
    }
    sheets
}

/// Changes one thing in a workbook.
#[expect(clippy::too_many_lines, reason = "one arm for each thing that people and programs do")]
fn spoil(draw: &mut Draw, sheets: &mut Vec<Sheet>, at: usize) {
    let places: Vec<(u32, u32)> = sheets[at].cells.keys().copied().collect();
    if places.is_empty() {
        return;
    }
    let place = *draw.of(&places);
    let numbers: Vec<(u32, u32)> = sheets[at]
        .cells
        .iter()
        .filter(|(_, cell)| cell.text.starts_with(|c: char| c.is_ascii_digit()))
        .map(|(place, _)| *place)
        .collect();
    let sheet = &mut sheets[at];
    match draw.below(20) {
        // Most of what goes wrong goes wrong where numbers stand.
        0..=6 => {
            let place = if numbers.is_empty() { place } else { *draw.of(&numbers) };
            put(sheet, place.0, place.1, written(draw.of::<&str>(&WILD)));
        }
        7 => _ = sheet.cells.remove(&place),
        8 => {
            // A row stands twice.
            let last = places.iter().map(|(row, _)| *row).max().unwrap_or(0);
            let copied: Vec<(u32, Cell)> = sheet
                .cells
                .iter()
                .filter(|((row, _), _)| *row == place.0)
                .map(|((_, column), cell)| (*column, cell.clone()))
                .collect();
            let to = last + 1 + u32::try_from(draw.below(3)).unwrap();
            copied.into_iter().for_each(|(column, cell)| put(sheet, to, column, cell));
        }
        9 => {
            // A row is pushed down.
            let moved: Vec<((u32, u32), Cell)> = sheet
                .cells
                .iter()
                .filter(|((row, _), _)| *row >= place.0)
                .map(|(at, cell)| (*at, cell.clone()))
                .collect();
            sheet.cells.retain(|(row, _), _| *row < place.0);
            moved.into_iter().for_each(|((row, column), cell)| put(sheet, row + 1, column, cell));
        }
        10 => {
            // Two columns are exchanged.
            let other = draw.of(&places).1;
            let exchanged = sheet.cells.iter().map(|((row, column), cell)| {
                let column = match *column {
                    column if column == place.1 => other,
                    column if column == other => place.1,
                    column => column,
                };
                ((*row, column), cell.clone())
            });
            sheet.cells = exchanged.collect();
        }
        11 => sheet.hidden_rows.push(place.0),
        12 => sheet.hidden_columns.push(place.1),
        13 => sheet.is_hidden = true,
        14 => {
            let (first, last) = (letters(place.1), letters(place.1 + u32::try_from(draw.below(2)).unwrap()));
            sheet.merges.push(format!("{first}{}:{last}{}", place.0 + 1, place.0 + 2));
        }
        15 => {
            let text = *draw.of(&[
                "合计",
                "其中：",
                "注：以上为快报数",
                "单位：万元",
                "2022年",
                "目标值",
                "示例",
                "市统计局",
                "2023年实绩",
                "本年",
                "累计",
            ]);
            put(sheet, place.0, place.1, text_cell(text));
        }
        16 => {
            let far = (
                place.0 + u32::try_from(draw.below(300)).unwrap(),
                place.1 + u32::try_from(draw.below(60)).unwrap(),
            );
            put(sheet, far.0, far.1, written(draw.of::<&str>(&WILD)));
        }
        17 => {
            let mut text = String::new();
            let length = [10, 300, 5_000][draw.below(3)];
            write!(text, "{}", "长".repeat(length)).unwrap();
            put(sheet, place.0, place.1, text_cell(&text));
        }
        18 => {
            // A sheet stands twice, or one is gone.
            if draw.below(2) == 0 {
                let mut copy = sheet.clone();
                copy.name = format!("{} (2)", copy.name);
                sheets.push(copy);
            } else if sheets.len() > 1 {
                sheets.remove(at);
            }
        }
        _ => {
            // What the sender says of itself.
            let text = *draw.of(&[
                "乙州市",
                "甲市",
                "2022年度",
                "市科技局",
                "统计局",
                "",
                "2023年上半年",
                "3",
                "二〇二三年",
            ]);
            put(sheet, place.0, 1, text_cell(text));
        }
    }
}

/// The register of receipts of a city; none in some cases.
pub(super) fn register(case: &Case, city: usize, files: &[&str]) -> Option<String> {
    let mut draw = case.draw("register", city);
    if !case.has("register") {
        return None;
    }
    let mut register = "文件,收到时间\n".to_owned();
    for file in files {
        let time = *draw.of(&[
            "2024-01-09 09:00",
            "2024-01-09 09:00",
            "2024-01-10 09:00",
            "2024-01-15 23:59",
            "2024-01-16 00:00",
            "2024-01-20",
            "2024-01-21 08:00",
            "昨天",
        ]);
        if draw.below(8) > 0 {
            writeln!(register, "{file},{time}").unwrap();
        }
    }
    Some(register)
}
