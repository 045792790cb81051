//! The workbooks of a city: the bureau's form as a unit fills it in.

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use super::answers::{City, Told};
use super::rows::{Judged, Row, TASKS, UNITS, rows, text};

const MARK: &str = "示例数据（虚构）";

/// Writes the workbook of a unit.
pub(crate) fn write(path: &Path, name: &str, unit: usize, city: &City) {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2024, 1, 8).unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&day).set_comment(MARK));
    let cover = [
        ["城市", name],
        ["填报单位", UNITS[unit]],
        ["报告期", "2023年度"],
        ["填报人", "示例填报人"],
        ["审核人", "示例审核人"],
        ["填报日期", "2024-01-08"],
        ["版本", "1"],
    ];
    let sheet = book.add_worksheet().set_name("封面").unwrap();
    put(sheet, 0, &[MARK]);
    (2..).zip(&cover).for_each(|(row, line)| put(sheet, row, line));
    indicators(book.add_worksheet().set_name("指标").unwrap(), unit, city);
    let sheet = book.add_worksheet().set_name("任务").unwrap();
    put(sheet, 0, &["任务编号", "任务", "进展状态", "进展情况", "佐证编号"]);
    let state = city.tasks[unit];
    let evidence = if state == "完成" { "Z1" } else { "" };
    put(sheet, 1, &[&(unit + 1).to_string(), TASKS[unit], state, "示例", evidence]);
    let sheet = book.add_worksheet().set_name("佐证").unwrap();
    put(sheet, 0, &["佐证编号", "材料名称", "文号或文件名"]);
    put(sheet, 1, &["Z1", "数据表（示例）", "示例佐证.pdf（虚构）"]);
    book.save(path).unwrap();
}

fn put(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        sheet.write(row, column, *cell).unwrap();
    }
}

fn indicators(sheet: &mut Worksheet, unit: usize, city: &City) {
    put(sheet, 0, &["表1　指标完成情况"]);
    put(
        sheet,
        2,
        &["序号", "指标名称", "计量单位", "2022年实绩", "2023年实绩", "数据年份", "佐证编号", "说明"],
    );
    let all = rows();
    let own = (1..).zip(all.iter().zip(&city.answers)).filter(|(_, (row, _))| row.units.contains(&unit));
    for (at, (number, (row, answer))) in (3..).zip(own) {
        let smaller = matches!(answer.told, Told::Smaller(_));
        put(sheet, at, &[&format!("{number}"), row.name, if smaller { "万元" } else { row.unit }]);
        if row.judged != Judged::Presence && !smaller {
            sheet.write(at, 3, number_of(row, row.past)).unwrap();
        }
        let is_first = row.units[0] == unit;
        let year = match answer.told {
            Told::Late(_) => 2022,
            _ => 2023,
        };
        match answer.told {
            Told::Value(value) | Told::Late(value) | Told::FarOff(value) => {
                sheet.write(at, 4, number_of(row, value)).unwrap();
            }
            Told::Disagreed(one, other) => {
                sheet.write(at, 4, number_of(row, if is_first { one } else { other })).unwrap();
            }
            Told::Smaller(value) => {
                let smaller = value * 10_i64.pow(4 - row.places);
                sheet.write(at, 4, text(smaller, 0).parse::<f64>().unwrap()).unwrap();
            }
            Told::Text(value) => put(sheet, at, &["", "", "", "", &text(value, row.places)]),
            Told::Presence(has) => put(sheet, at, &["", "", "", "", if has { "有" } else { "无" }]),
            Told::Blank => continue,
        }
        sheet.write(at, 5, year).unwrap();
        put(sheet, at, &["", "", "", "", "", "", "Z1"]);
    }
}

fn number_of(row: &Row, number: i64) -> f64 {
    text(number, row.places).parse().unwrap()
}
