//! What the rows of a table are: items of the plan, totals, parts, remarks, examples, numbers of columns, other years.

use std::collections::BTreeMap;

use super::arithmetic;
use super::headings::Role;
use super::index::{Index, Named};
use super::layout::{Subject, Table};
use super::period::{Span, period};
use super::text::{clean, is_part, name_key, years_in};
use crate::workbook::{Cell, Content, Sheet};

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
    /// Another year or period, in a table with a row for each.
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

    fn chinese(&self) -> String {
        match self {
            Self::Item(no) => no.clone(),
            Self::YearBefore => "上年".to_owned(),
            Self::PartOfYear => "年内部分时段".to_owned(),
            Self::Total => "合计".to_owned(),
            Self::Part => "其中".to_owned(),
            Self::Remark => "注释".to_owned(),
            Self::Example => "示例".to_owned(),
            Self::Numbers => "栏次".to_owned(),
            Self::OtherPeriod => "其他时期".to_owned(),
            Self::OtherArea => "其他地区".to_owned(),
            Self::Unknown => "不认识".to_owned(),
        }
    }
}

/// What the rows of a table are, by row.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinds(BTreeMap<u32, Kind>);

impl Kinds {
    /// Tells what each row is that can be told before it is read.
    pub(super) fn of(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>) -> Self {
        let mut kinds = BTreeMap::new();
        let mut row = None;
        for (at, _) in sheet.within(table.rows) {
            if row != Some(at.row) {
                row = Some(at.row);
                kinds.extend(special(table, sheet, index, at.row).map(|kind| (at.row, kind)));
            }
        }
        if table.subject == Subject::Indicators {
            parts(table, sheet, &mut kinds);
            years(table, sheet, index, &mut kinds);
        }
        Self(kinds)
    }

    pub(super) fn of_row(&self, row: u32) -> Option<&Kind> {
        self.0.get(&row)
    }

    pub(super) fn set(&mut self, row: u32, kind: Kind) {
        self.0.insert(row, kind);
    }

    /// Rows from one with what they are.
    pub(super) fn in_words(&self) -> Vec<(u32, String)> {
        self.0.iter().map(|(row, kind)| (row + 1, kind.chinese())).collect()
    }
}

/// A row that is known by its words, whatever the plan says.
fn special(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>, row: u32) -> Option<Kind> {
    let text = |column: u32| sheet.cell(row, column).filter(|cell| cell.label().is_some()).map(Cell::raw);
    let labels = table.columns.iter().filter(|column| {
        matches!(column.role, Some(Role::No | Role::Name | Role::Class)) || column.role.is_none()
    });
    let mut texts: Vec<String> = labels.filter_map(|column| text(column.at)).collect();
    texts.extend(table.columns.first().and_then(|column| text(column.at)));
    texts.extend(table.columns.first().and_then(|column| text(column.at.checked_sub(1)?)));
    if texts.iter().any(|text| is_example(text)) {
        return Some(Kind::Example);
    }
    if table.named.contains_key(&row) {
        return is_elsewhere(table, sheet, index, row).then_some(Kind::OtherArea);
    }
    if is_numbering(table, sheet, row) {
        return Some(Kind::Numbers);
    }
    texts.iter().find_map(|text| match arithmetic::kind(text) {
        arithmetic::Kind::Total => Some(Kind::Total),
        arithmetic::Kind::Part => Some(Kind::Part),
        arithmetic::Kind::Remark => Some(Kind::Remark),
        arithmetic::Kind::Item => None,
    })
}

/// Whether a label says that the row shows how to fill in the form.
fn is_example(text: &str) -> bool {
    const WORDS: [&str; 10] =
        ["例", "示例", "样例", "举例", "范例", "例如", "例子", "填报示例", "填写示例", "示范"];
    let key = name_key(text);
    let bare = key.trim_matches(['(', ')', ':']);
    let head = bare.split([':', ')']).next().unwrap_or_default();
    WORDS.contains(&bare) || (head.len() < bare.len() && WORDS.contains(&head))
}

/// Whether a row numbers the columns: 甲 乙 1 2 3.
fn is_numbering(table: &Table<'_>, sheet: &Sheet, row: u32) -> bool {
    let mut numbers = Vec::new();
    let mut letters = 0;
    for (at, cell) in sheet.within((row, row + 1)) {
        if !(table.width().0..=table.width().1).contains(&at.column) {
            continue;
        }
        let text = clean(&cell.raw());
        match (&cell.content, text.parse::<u32>()) {
            (Content::Number(_) | Content::Text(_), Ok(number)) => numbers.push(number),
            (Content::Text(_), _)
                if ["甲", "乙", "丙", "丁", "戊", "栏次", "序"].contains(&text.as_str()) =>
            {
                letters += 1
            }
            (Content::Text(_), _) if text.contains('=') => {}
            _ => return false,
        }
    }
    letters > 0
        && !numbers.is_empty()
        && numbers.iter().zip(1..).all(|(number, expected)| *number == expected)
}

/// Whether a row is about another area, by its column of areas.
fn is_elsewhere(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>, row: u32) -> bool {
    let Some(column) = table.column(Role::Area) else { return false };
    let key = name_key(&sheet.text(row, column.at));
    let is_own = index.is_city(&key) || ["全市", "合计", "本市", "全域", "总计"].contains(&key.as_str());
    !key.is_empty() && !is_own
}

/// 其中 rows of an item that has a row of its own are parts of it.
fn parts(table: &Table<'_>, sheet: &Sheet, kinds: &mut BTreeMap<u32, Kind>) {
    let is_part_row = |row: u32| table.names.iter().any(|column| is_part(&sheet.text(row, *column)));
    let mut whole: BTreeMap<&str, bool> = BTreeMap::new();
    for (row, named) in &table.named {
        let has_own = whole.entry(named.no()).or_default();
        *has_own |= !is_part_row(*row);
    }
    for (row, named) in &table.named {
        if is_part_row(*row) && whole.get(named.no()) == Some(&true) && matches!(named, Named::Indicator(_)) {
            kinds.insert(*row, Kind::Part);
        }
    }
}

/// A row with the year that it names, and whether it is about a part of it.
type Dated = (u32, Option<i32>, bool);

/// A table with a row for each year: the row of the year that is judged counts, that of the year before is the year
/// before, others are passed over. Without a row of the year the latest one stands for it, and is lagged.
fn years(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>, kinds: &mut BTreeMap<u32, Kind>) {
    let Some(column) = table.column(Role::DataYear) else { return };
    let mut rows: BTreeMap<&str, Vec<Dated>> = BTreeMap::new();
    for (row, named) in table.named.iter().filter(|(row, _)| !kinds.contains_key(*row)) {
        let cell = sheet.cell(*row, column.at);
        let raw = cell.map(Cell::shown).unwrap_or_default();
        let year = match years_in(&raw).as_slice() {
            [year] => Some(*year),
            _ => None,
        };
        let is_part = match cell.map(|cell| &cell.content) {
            // What a spreadsheet makes of a year is its first day; its last days are its end.
            Some(Content::Date(date)) => !matches!(date.get(5..7), Some("01" | "12")),
            _ => period(&raw).is_some_and(|one| one.span == Span::Part),
        };
        // A day or month of an earlier year only says that the value is of that year.
        let is_part = is_part && year.is_none_or(|year| year == index.year);
        rows.entry(named.no()).or_default().push((*row, year, is_part));
    }
    for rows in rows.values() {
        let whole = || rows.iter().filter(|(_, _, is_part)| !is_part);
        let is_current = |year: Option<i32>| year.is_none_or(|year| year == index.year);
        let has_current = whole().any(|(_, year, _)| is_current(*year));
        let latest = whole().filter_map(|(_, year, _)| *year).filter(|year| *year < index.year).max();
        for (row, year, is_part) in rows {
            let kind = match year {
                _ if *is_part && (has_current || latest.is_some()) => Kind::OtherPeriod,
                _ if *is_part => Kind::PartOfYear,
                Some(year) if rows.len() > 1 && has_current && *year == index.year - 1 => Kind::YearBefore,
                Some(year) if rows.len() > 1 && has_current && *year != index.year => Kind::OtherPeriod,
                Some(year) if rows.len() > 1 && !has_current && Some(*year) != latest => Kind::OtherPeriod,
                _ => continue,
            };
            kinds.insert(*row, kind);
        }
    }
}
