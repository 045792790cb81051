//! The cover of a workbook: who sent it, for which city and period.

use std::collections::BTreeMap;

use super::text::{clean, name_key};
use crate::finding::Place;
use crate::ident::CellRef;
use crate::workbook::{Book, Sheet};

/// The cover of a workbook: fields with the cells they stand in.
pub(super) struct Cover {
    file: String,
    /// Name of its sheet.
    pub sheet: String,
    fields: BTreeMap<&'static str, (String, CellRef)>,
}

impl Cover {
    /// The first visible sheet that names the reporting unit.
    pub(super) fn of(file: &str, book: &Book) -> Option<Self> {
        book.sheets.iter().filter(|sheet| sheet.visible).find_map(|sheet| {
            let fields = fields(sheet);
            let found = fields.contains_key("填报单位");
            found.then(|| Self { file: file.to_owned(), sheet: sheet.name.clone(), fields })
        })
    }

    /// A field as written, empty when it is not there.
    pub(super) fn value(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", |(value, _)| value.as_str())
    }

    /// The cell of a field.
    pub(super) fn place(&self, field: &str) -> Place {
        let at = self.fields.get(field).map_or(CellRef::new(0, 0), |(_, at)| *at);
        Place::cell(&self.file, &self.sheet, at)
    }
}

/// Labels of covers, each with the name it goes by here.
const LABELS: [(&str, &str); 23] = [
    ("城市", "城市"),
    ("所属城市", "城市"),
    ("填报单位", "填报单位"),
    ("填报单位名称", "填报单位"),
    ("报送单位", "填报单位"),
    ("填表单位", "填报单位"),
    ("单位名称", "填报单位"),
    ("报告期", "报告期"),
    ("报告期别", "报告期"),
    ("报告年度", "报告期"),
    ("填报人", "填报人"),
    ("填表人", "填报人"),
    ("制表人", "填报人"),
    ("审核人", "审核人"),
    ("审核", "审核人"),
    ("负责人", "审核人"),
    ("填报日期", "填报日期"),
    ("填表日期", "填报日期"),
    ("报送日期", "填报日期"),
    ("日期", "填报日期"),
    ("版本", "版本"),
    ("版次", "版本"),
    ("说明", "说明"),
];

/// Every label has one of these characters, simplified or not.
const LETTERS: [char; 19] = [
    '城', '填', '报', '報', '单', '單', '位', '制', '製', '审', '審', '负', '負', '日', '版', '说', '說',
    '表', '期',
];

/// The fields of a cover: labels in one cell, values behind a colon in the same cell or in the next cell to the right
/// that holds anything but another label.
pub(super) fn fields(sheet: &Sheet) -> BTreeMap<&'static str, (String, CellRef)> {
    let mut found = BTreeMap::new();
    let mut cells = sheet.cells.iter().peekable();
    while let Some((here, cell)) = cells.next() {
        let Some(text) = cell.label().filter(|text| text.contains(LETTERS)).map(clean) else { continue };
        let (label, inline) = text.split_once(':').unwrap_or((&text, ""));
        let Some(field) = label_of(label) else { continue };
        let next = cells.peek().filter(|(at, next)| at.row == here.row && !is_label(&next.raw()));
        let (value, at) = match next {
            _ if !inline.trim().is_empty() => (inline.trim().to_owned(), *here),
            Some((at, cell)) => (clean(&cell.raw()), **at),
            None => (String::new(), CellRef::new(here.row, here.column + 1)),
        };
        found.entry(field).or_insert((value, at));
    }
    found
}

fn label_of(text: &str) -> Option<&'static str> {
    let key = name_key(text);
    LABELS.iter().find(|(label, _)| *label == key).map(|(_, field)| *field)
}

fn is_label(text: &str) -> bool {
    let text = clean(text);
    label_of(text.split_once(':').map_or(text.as_str(), |(label, _)| label)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, Content};

    #[test]
    fn covers_are_read_by_label() {
        let rows: &[&[&str]] = &[
            &["填 报 单 位：", "市科技局", "城市", "甲市"],
            &["版本", "", "填报人：", "审核人：乙"],
            &["填报日期：2024-01-10"],
        ];
        let mut sheet = Sheet::default();
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
                let cell = Cell::new(Content::Text((*text).into()));
                sheet.cells.insert(CellRef::new(row, column), cell);
            }
        }
        let fields = fields(&sheet);
        for (field, value) in [
            ("填报单位", "市科技局"),
            ("城市", "甲市"),
            ("版本", ""),
            ("填报人", ""),
            ("审核人", "乙"),
            ("填报日期", "2024-01-10"),
        ] {
            assert_eq!(fields[field].0, value, "{field}");
        }
    }
}
