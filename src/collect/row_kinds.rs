//! What a row of a table can be, and what is known of the rows of one. Nouns: how it is told stands in `kinds.rs`.

use std::collections::BTreeMap;

use super::Vintage;
use super::remarks::{Note, Said};
use super::table::Table;
use crate::ident::CellRef;
use crate::workbook::Sheet;

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// An item of the plan, by its number, or a piece of evidence.
    Item(String),
    /// The value of the year before, in a table with a row for each year.
    YearBefore,
    /// A value of a part of the year, and there is none of the whole.
    PartOfYear,
    /// 合计.
    Total,
    /// 其中, of an item that has a row of its own.
    Part,
    /// 注, 资料来源, 续表.
    Remark,
    /// 示例.
    Example,
    /// 甲 乙 1 2: numbers of columns.
    Numbers,
    /// Another year, period or kind of value, in a table with rows for each.
    OtherPeriod,
    /// Another area, in a table with a row for each.
    OtherArea,
    /// None of the plan's, and told.
    Unknown,
}

impl Kind {
    /// Whether nothing in such a row is read as an item.
    pub(super) fn is_passed_over(&self) -> bool {
        !matches!(self, Self::Item(_) | Self::YearBefore | Self::PartOfYear | Self::Unknown)
    }

    pub(super) fn chinese(&self) -> String {
        match self {
            Self::Item(no) => no.clone(),
            Self::YearBefore => "上年".to_owned(),
            Self::PartOfYear => "年内部分时段".to_owned(),
            Self::Total => "合计".to_owned(),
            Self::Part => "其中".to_owned(),
            Self::Remark => "注释".to_owned(),
            Self::Example => "示例".to_owned(),
            Self::Numbers => "栏次".to_owned(),
            Self::OtherPeriod => "其他时期或口径".to_owned(),
            Self::OtherArea => "其他地区".to_owned(),
            Self::Unknown => "不认识".to_owned(),
        }
    }
}

/// What the rows of a table are, by row.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinds {
    pub(super) rows: BTreeMap<u32, Kind>,
    /// For rows of the plan that are passed over because of a text: its cell and the text.
    pub(super) reasons: BTreeMap<u32, (CellRef, String)>,
    /// For rows whose values are estimated or early by a remark or a note.
    pub(super) vintages: BTreeMap<u32, Vintage>,
    /// What stands in the column of the years of the data, with its cell: also what stands once above the rows.
    pub(super) periods: BTreeMap<u32, (CellRef, String)>,
    /// What the notes below say of all rows.
    pub(super) note: Option<Note>,
}

impl Kinds {
    /// Whether a row was told already.
    pub(super) fn is_told(&self, row: u32) -> bool {
        self.rows.contains_key(&row)
    }

    /// What stands in the column of the years of the data for a row, with its cell.
    pub(super) fn period(&self, row: u32) -> Option<&(CellRef, String)> {
        self.periods.get(&row)
    }

    /// How final the value of a row is by a remark or a note.
    pub(super) fn vintage(&self, row: u32) -> Option<&Vintage> {
        self.vintages.get(&row)
    }

    /// Whether nothing but examples stands in a table.
    pub(super) fn all_are_examples(&self, table: &Table<'_>) -> bool {
        !table.named.is_empty() && table.named.keys().all(|row| self.rows.get(row) == Some(&Kind::Example))
    }

    /// The note below that says that all values are something else: its cell and the text.
    pub(super) fn other_note(&self) -> Option<(CellRef, String)> {
        let (at, text, _) = self.note.as_ref().filter(|(_, _, said)| *said == Said::Otherwise)?;
        Some((*at, text.clone()))
    }

    /// Why a row of the plan is passed over, where a text says so: its cell and the text.
    pub(super) fn reason(&self, row: u32) -> Option<&(CellRef, String)> {
        self.reasons.get(&row)
    }

    pub(super) fn pass_over(&mut self, row: u32, kind: Kind, at: CellRef, text: String) {
        self.rows.insert(row, kind);
        self.reasons.insert(row, (at, text));
    }

    pub(super) fn of_row(&self, row: u32) -> Option<&Kind> {
        self.rows.get(&row)
    }

    pub(super) fn set(&mut self, row: u32, kind: Kind) {
        self.rows.insert(row, kind);
    }

    /// Rows from one with what they are.
    pub(super) fn in_words(&self) -> Vec<(u32, String)> {
        self.rows.iter().map(|(row, kind)| (row + 1, kind.chinese())).collect()
    }
}

/// The text of a row's cell; what is merged over several rows holds for each.
pub(super) fn merged_text(sheet: &Sheet, row: u32, column: u32) -> (CellRef, &str) {
    let at = CellRef::new(row, column);
    let is_open = !sheet.merges.is_empty() && sheet.cell(row, column).is_none();
    let area = is_open.then(|| sheet.merges.values().find(|area| area.holds(row, column))).flatten();
    let at = area.map_or(at, |area| area.first);
    (at, sheet.text(at.row, at.column))
}
