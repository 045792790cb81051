//! Sheets that are a published table with fewer columns, in words.

use super::super::table::{Cell, Kind, Table};
use super::cells::{ResultSheet, digits, file_name, text};
use super::row_index::RowIndex;
use crate::assess::State;

/// The text of a cell of a table.
pub(super) fn shown(table: &Table, cells: &[Cell], name: &str) -> String {
    let at = table.columns.iter().position(|column| column.name == name);
    match at.and_then(|at| cells.get(at)) {
        Some(Cell::Text(text) | Cell::Decimal(text)) => text.clone(),
        Some(Cell::Integer(number)) => number.to_string(),
        Some(Cell::Bool(told)) => if *told { "是" } else { "否" }.to_owned(),
        Some(Cell::Null) | None => String::new(),
    }
}

/// The word for a key that a cell of a table consists of; other text stays.
pub(super) fn worded(text: &str) -> String {
    if let Some(state) = State::of_key(text) {
        return state.chinese().to_owned();
    }
    let word = match text {
        "error" => "错误",
        "warning" => "警告",
        "note" => "提示",
        "waived" => "已豁免",
        "explained" => "已说明",
        "binding" => "约束性",
        "anticipatory" => "预期性",
        "plan" => "方案",
        "published" => "已发布",
        "reported" => "本次",
        other => other,
    };
    word.to_owned()
}

/// NamedColumns of a table as a sheet shows them: column, words, width.
pub(super) type NamedColumns = &'static [(&'static str, &'static str, u8)];

pub(super) const SUBMISSIONS: NamedColumns = &[
    ("city", "城市", 6),
    ("unit", "填报单位", 18),
    ("file", "文件", 30),
    ("period", "报告期", 14),
    ("version", "版本", 7),
    ("received", "收到时间", 17),
    ("on_time", "按时", 6),
    ("used", "采用", 6),
    ("superseded", "已被替代", 8),
    ("registered", "有登记", 7),
    ("filled_by", "填报人", 12),
    ("checked_by", "审核人", 12),
];

pub(super) const EVIDENCE: NamedColumns = &[
    ("city", "城市", 8),
    ("unit", "填报单位", 24),
    ("no", "佐证编号", 10),
    ("title", "材料名称", 54),
    ("document", "文号或文件名", 44),
];

pub(super) const RESTATEMENTS: NamedColumns = &[
    ("city", "城市", 6),
    ("indicator", "指标", 6),
    ("ref_year", "年份", 7),
    ("published_value", "已发布", 10),
    ("published_in", "发布于", 18),
    ("plan_value", "方案", 10),
    ("reported_value", "本次", 10),
    ("difference", "差", 9),
    ("value_unit", "计量单位", 9),
    ("unit", "填报单位", 14),
    ("cell", "位置", 26),
    ("reason", "说明", 24),
    ("taken", "采用", 8),
    ("verdict", "判定", 9),
    ("verdict_if_restated", "如采用的判定", 9),
];

pub(super) const SIGNED: NamedColumns = &[
    ("role", "签审环节", 12),
    ("person", "签审人", 14),
    ("office", "单位", 30),
    ("on", "日期", 12),
    ("statement", "签审内容", 60),
];

/// A table as a sheet, of which these columns are shown.
pub(super) fn of_table(
    all: &RowIndex<'_>,
    tables: &[Table],
    table: &str,
    name: &'static str,
    columns: NamedColumns,
) -> ResultSheet {
    let heads = columns.iter().map(|(_, words, width)| (*words, *width)).collect();
    let mut rows = Vec::new();
    for table in tables.iter().filter(|one| one.head.name == table) {
        for cells in &table.rows {
            let cell = |(column, ..): &(&str, &str, u8)| {
                let told = shown(table, cells, column);
                let is_number = table.columns.iter().any(|of| of.name == *column && of.kind == Kind::Decimal);
                match *column {
                    "city" => all.name(&told),
                    "received" => text(&told.replace('T', " ")),
                    "file" | "cell" => text(file_name(&told)),
                    _ if is_number && !told.is_empty() => digits(&told, 0),
                    "taken" | "verdict" | "verdict_if_restated" => text(&worded(&told)),
                    _ => text(&told),
                }
            };
            rows.push(columns.iter().map(cell).collect());
        }
    }
    ResultSheet { name, heads, fixed: 0, rows }
}
