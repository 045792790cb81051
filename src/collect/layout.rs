//! Where the tables are: headings are found by their names, not by their position.

use std::collections::BTreeMap;

use super::text::{clean, name_key, split_unit};
use crate::ident::CellRef;
use crate::workbook::Sheet;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// 序号.
    No,
    /// 指标名称, or the name of a task or document.
    Name,
    /// 计量单位.
    Unit,
    /// The year before.
    Previous,
    /// The year that is judged.
    Actual,
    /// 数据性质.
    Vintage,
    /// 数据年份.
    DataYear,
    /// 佐证编号.
    Evidence,
    /// 说明.
    Note,
    /// 进展状态.
    State,
    /// 进展情况.
    Progress,
    /// 文号或文件名.
    Document,
    /// Date of a document.
    Date,
}

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// Values of indicators.
    Indicators,
    /// Progress of tasks.
    Tasks,
    /// List of evidence.
    Evidence,
}

/// A table found on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// What it is about.
    pub subject: Subject,
    /// Row of the headings.
    pub head: u32,
    /// Columns by role.
    pub columns: BTreeMap<Role, u32>,
    /// Units named in headings, by role.
    pub units: BTreeMap<Role, String>,
    /// Unit named for the whole sheet (单位：万元) above the table.
    pub sheet_unit: Option<String>,
    /// Rows below the heading that belong to it: from the first, up to and without the last.
    pub rows: (u32, u32),
}

/// Finds the tables of a sheet.
pub(super) fn tables(sheet: &Sheet, year: i32) -> Vec<Table> {
    let rows = sheet.rows();
    let mut found: Vec<Table> = Vec::new();
    for (row, cells) in &rows {
        let mut columns = BTreeMap::new();
        let mut units = BTreeMap::new();
        for (column, cell) in cells {
            let (words, unit) = split_unit(&cell.raw());
            if let Some(role) = role_of(&name_key(&words), year) {
                columns.entry(role).or_insert(*column);
                unit.map(|unit| units.entry(role).or_insert(unit));
            }
        }
        if let Some(subject) = subject_of(&columns) {
            if let Some(last) = found.last_mut() {
                last.rows.1 = *row;
            }
            let sheet_unit = sheet_unit(&rows, *row);
            found.push(Table { subject, head: *row, columns, units, sheet_unit, rows: (row + 1, u32::MAX) });
        }
    }
    found
}

fn role_of(key: &str, year: i32) -> Option<Role> {
    let last = year - 1;
    let of_year = |year: i32, key: &str| {
        let rest = key.strip_prefix(&format!("{year}年")).or_else(|| key.strip_prefix(&year.to_string()));
        rest.is_some_and(|rest| {
            ["", "实绩", "实际", "实际值", "完成值", "完成情况", "实绩值", "数", "年度实绩"].contains(&rest)
        })
    };
    Some(match key {
        "序号" | "编号" | "指标序号" | "任务编号" | "任务序号" | "材料编号" | "指标编号" => {
            Role::No
        }
        "指标名称" | "指标" | "二级指标" | "任务" | "工作要点" | "主要任务" | "重点任务" | "任务内容"
        | "任务名称" | "材料名称" | "佐证材料名称" => Role::Name,
        "计量单位" => Role::Unit,
        "上年实绩" | "上年实际" | "上年数" | "上年同期" => Role::Previous,
        "本年实绩" | "本年实际" | "实绩" | "实际完成值" | "实际值" | "实际完成" | "本年完成" | "完成值"
        | "年度实绩" => Role::Actual,
        "数据性质" => Role::Vintage,
        "数据年份" | "数据所属年份" => Role::DataYear,
        "佐证" | "佐证编号" | "佐证材料编号" | "佐证序号" | "对应佐证编号" | "佐证材料" => {
            Role::Evidence
        }
        "说明" | "备注" | "变动说明" | "情况说明" => Role::Note,
        "进展状态" | "完成状态" => Role::State,
        "进展情况" | "工作进展" | "完成情况说明" => Role::Progress,
        "文号或文件名" | "文号" | "文件名" => Role::Document,
        "日期" | "材料日期" | "成文日期" => Role::Date,
        _ if of_year(year, key) => Role::Actual,
        _ if of_year(last, key) => Role::Previous,
        _ => return None,
    })
}

fn subject_of(columns: &BTreeMap<Role, u32>) -> Option<Subject> {
    let has = |role: Role| columns.contains_key(&role);
    if has(Role::Name) && has(Role::Actual) {
        Some(Subject::Indicators)
    } else if has(Role::Name) && has(Role::State) {
        Some(Subject::Tasks)
    } else if (has(Role::No) || has(Role::Evidence)) && has(Role::Name) && has(Role::Document) {
        Some(Subject::Evidence)
    } else {
        None
    }
}

/// 单位：万元, in one of the three rows above a heading.
fn sheet_unit(rows: &BTreeMap<u32, Vec<(u32, &crate::workbook::Cell)>>, head: u32) -> Option<String> {
    let above = rows.range(head.saturating_sub(3)..head).rev();
    above.flat_map(|(_, cells)| cells.iter()).find_map(|(_, cell)| {
        let text = clean(&cell.raw());
        let unit = text.strip_prefix("单位:").or_else(|| text.strip_prefix("计量单位:"))?.trim().to_owned();
        crate::quantity::Unit::parse(&unit).is_known().then_some(unit)
    })
}

/// The fields of a cover: labels in one cell, values in the next cell to the right that holds anything.
pub(super) fn fields(sheet: &Sheet) -> BTreeMap<String, (String, CellRef)> {
    let mut found = BTreeMap::new();
    for (row, cells) in sheet.rows() {
        for (index, (column, cell)) in cells.iter().enumerate() {
            let key = name_key(&cell.raw());
            if key.is_empty() {
                continue;
            }
            let next = cells.get(index + 1);
            let (value, at) = next.map_or_else(
                || (String::new(), CellRef::new(row, column + 1)),
                |(column, cell)| (clean(&cell.raw()), CellRef::new(row, *column)),
            );
            found.entry(key).or_insert((value, at));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, Content};

    fn sheet(rows: &[&[&str]], left: u32) -> Sheet {
        let mut sheet = Sheet { name: "表".into(), visible: true, cells: BTreeMap::new() };
        for (row, cells) in (2..).zip(rows) {
            for (column, text) in (left..).zip(*cells) {
                if !text.is_empty() {
                    let cell = Cell { content: Content::Text((*text).into()), format: None };
                    sheet.cells.insert(CellRef::new(row, column), cell);
                }
            }
        }
        sheet
    }

    #[test]
    fn headings_are_found_wherever_they_stand_and_however_they_are_spaced() {
        let sheet = sheet(
            &[
                &["附表", ""],
                &["", "", "单位：万元"],
                &["序 号", "指　标　名　称", "2022年实绩", "2023年实绩（亿元）", "备 注"],
                &["1", "研发", "1", "2"],
            ],
            3,
        );
        let tables = tables(&sheet, 2023);
        assert_eq!(tables.len(), 1);
        let table = &tables[0];
        assert_eq!((table.subject, table.head), (Subject::Indicators, 4));
        assert_eq!(table.columns[&Role::Actual], 6);
        assert_eq!(table.columns[&Role::Previous], 5);
        assert_eq!(table.units[&Role::Actual], "亿元");
        assert_eq!(table.sheet_unit.as_deref(), Some("万元"));
    }

    #[test]
    fn a_repeated_heading_ends_the_rows_before_it() {
        let head: &[&str] = &["序号", "指标名称", "实绩"];
        let tables = tables(&sheet(&[head, &["1", "甲", "1"], head, &["2", "乙", "2"]], 0), 2023);
        assert_eq!(tables.iter().map(|table| table.rows).collect::<Vec<_>>(), [(3, 4), (5, u32::MAX)]);
    }

    #[test]
    fn covers_are_read_by_label() {
        let sheet = sheet(&[&["填 报 单 位：", "市科技局"], &["版本", ""]], 0);
        let fields = fields(&sheet);
        assert_eq!(fields["填报单位"].0, "市科技局");
        assert_eq!(fields["版本"].0, "");
    }
}
