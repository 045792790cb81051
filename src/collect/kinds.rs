//! What the rows of a table are: items of the plan, totals, parts, remarks, examples, numbers of columns, other years.

use std::collections::BTreeMap;

use super::arithmetic;
use super::around::{is_other_section, is_other_word};
use super::headings::Role;
use super::index::{Index, Named};
use super::layout::{Subject, Table};
use super::period::{Span, period};
use super::text::{clean, is_part, name_key, years_in};
use crate::ident::CellRef;
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
            Self::OtherPeriod => "其他时期或口径".to_owned(),
            Self::OtherArea => "其他地区".to_owned(),
            Self::Unknown => "不认识".to_owned(),
        }
    }
}

/// What the rows of a table are, by row.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinds {
    rows: BTreeMap<u32, Kind>,
    /// For rows of the plan that are passed over because of a text: its cell and the text.
    reasons: BTreeMap<u32, (CellRef, String)>,
}

impl Kinds {
    /// Tells what each row is that can be told before it is read.
    pub(super) fn of(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>) -> Self {
        let mut kinds = Self::default();
        let mut row = None;
        for (at, _) in sheet.within(table.rows) {
            if row != Some(at.row) {
                row = Some(at.row);
                kinds.rows.extend(special(table, sheet, at.row).map(|kind| (at.row, kind)));
            }
        }
        if table.subject == Subject::Indicators {
            parts(table, sheet, &mut kinds);
            others(table, sheet, index, &mut kinds);
            sections(table, sheet, index, &mut kinds);
            years(table, sheet, index, &mut kinds.rows);
        }
        kinds
    }

    /// Why a row of the plan is passed over, where a text says so: its cell and the text.
    pub(super) fn reason(&self, row: u32) -> Option<&(CellRef, String)> {
        self.reasons.get(&row)
    }

    fn pass_over(&mut self, row: u32, kind: Kind, at: CellRef, text: String) {
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

/// A row that is known by its words, whatever the plan says.
fn special(table: &Table<'_>, sheet: &Sheet, row: u32) -> Option<Kind> {
    let text = |column: u32| sheet.cell(row, column).filter(|cell| cell.label().is_some()).map(Cell::raw);
    let labels = table
        .columns
        .iter()
        .filter(|column| matches!(column.role, Some(Role::No | Role::Name)) || column.role.is_none());
    let mut texts: Vec<String> = labels.filter_map(|column| text(column.at)).collect();
    texts.extend(table.columns.first().and_then(|column| text(column.at)));
    texts.extend(table.columns.first().and_then(|column| text(column.at.checked_sub(1)?)));
    if texts.iter().any(|text| is_example(text)) {
        return Some(Kind::Example);
    }
    if table.named.contains_key(&row) {
        return None;
    }
    if is_numbering(table, sheet, row) {
        return Some(Kind::Numbers);
    }
    if texts.iter().any(|text| is_signature(text)) {
        return Some(Kind::Remark);
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
    const WORDS: [&str; 9] = ["例", "示例", "样例", "举例", "范例", "例如", "例子", "填报示例", "填写示例"];
    if !text.contains(['例', '范']) {
        return false;
    }
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

/// Whether a line below a table names those who filled it in.
fn is_signature(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "填表人",
        "填报人",
        "制表人",
        "审核人",
        "负责人",
        "单位负责人",
        "统计负责人",
        "联系人",
        "分管领导",
        "填报日期",
        "报出日期",
    ];
    let text = clean(text);
    let label = name_key(text.split([':', ' ']).next().unwrap_or_default());
    WORDS.contains(&label.as_str())
}

/// The text of a row's cell; what is merged over several rows holds for each.
fn merged_text(sheet: &Sheet, row: u32, column: u32) -> (CellRef, String) {
    let at = CellRef::new(row, column);
    let area = sheet
        .merges
        .values()
        .find(|area| area.holds(row, column))
        .filter(|_| sheet.cell(row, column).is_none());
    let at = area.map_or(at, |area| area.first);
    (at, sheet.text(at.row, at.column))
}

/// Every word that says that a row is about something else has one of these characters: a quick look before a thorough one.
const TELLING: &[char] = &[
    '目', '计', '划', '规', '预', '上', '去', '同', '增', '率', '比', '占', '位', '排', '权', '分', '差',
    '基', '年', '季', '月', '省', '国', '区', '县', '市', '辖', '其', '度', '期', '现', '考', '任', '降',
    '减', '变', '农', '城', '民', '要', '计', '測', '預', '測', '標', '劃',
];

/// Rows of another area, and rows whose own words say that they are targets, last year's or the like.
fn others(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>, kinds: &mut Kinds) {
    let area = table.column(Role::Area).map(|column| column.at);
    let words: Vec<u32> = table
        .columns
        .iter()
        .filter(|column| matches!(column.role, Some(Role::Class | Role::Definition) | None))
        .map(|column| column.at)
        .collect();
    let mut before: Option<(CellRef, String)> = None;
    for row in table.named.keys().copied() {
        if let Some(column) = area {
            let (at, text) = merged_text(sheet, row, column);
            // An area that is named once holds for the rows below.
            if !text.trim().is_empty() {
                before = Some((at, text));
            }
            if let Some((at, text)) = before.clone().filter(|(_, text)| !is_own_area(text, index)) {
                kinds.pass_over(row, Kind::OtherArea, at, clean(&text));
                continue;
            }
        }
        let other = words.iter().map(|column| merged_text(sheet, row, *column)).find(|(_, text)| {
            text.len() <= 48 && text.contains(TELLING) && is_other_word(&clean(text), index)
        });
        if let Some((at, text)) = other {
            kinds.pass_over(row, Kind::OtherPeriod, at, clean(&text));
        }
    }
}

/// Whether a name of an area means the whole city.
fn is_own_area(text: &str, index: &Index<'_>) -> bool {
    let key = name_key(text);
    let city = index.setting().city.iter().filter(|city| !city.is_empty());
    let is_city = city.into_iter().any(|city| {
        key.strip_prefix(city.as_str())
            .is_some_and(|rest| ["", "全域", "全市", "合计", "市域"].contains(&rest))
    });
    is_city
        || ["全市", "全域", "本市"].iter().any(|word| key.starts_with(word))
        || ["市", "市级", "市域", "合计", "总计", "小计", "全部", ""].contains(&key.as_str())
}

/// 其中 rows are parts of the row above them, unless the plan's own name says 其中.
fn parts(table: &Table<'_>, sheet: &Sheet, kinds: &mut Kinds) {
    for (row, named) in &table.named {
        let Named::Indicator(indicator) = named else { continue };
        let part = table
            .names
            .iter()
            .map(|column| (*column, sheet.text(*row, *column)))
            .find(|(_, text)| is_part(text));
        if let Some((column, text)) = part
            && !indicator.name.contains("其中")
        {
            kinds.pass_over(*row, Kind::Part, CellRef::new(*row, column), clean(&text));
        }
    }
}

/// A text alone in its row between the rows of a table heads those below: 上半年, 2022年数据, 目标任务数.
fn sections(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>, kinds: &mut Kinds) {
    let Some(last) = table.named.keys().next_back().copied() else { return };
    let mut section: Option<(CellRef, String)> = None;
    let mut row = table.rows.0;
    while row <= last {
        let mut cells = sheet.within((row, row + 1));
        if table.named.contains_key(&row) {
            if let Some((at, text)) = section.clone()
                && !kinds.rows.contains_key(&row)
            {
                kinds.pass_over(row, Kind::OtherPeriod, at, text);
            }
        } else if let (Some((at, cell)), None) = (cells.next(), cells.next())
            && let Some(text) = cell.label()
        {
            let text = clean(text);
            let is_other = text.chars().count() <= 40 && is_other_section(&text, index);
            section = is_other.then_some((*at, text));
        }
        row += 1;
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
