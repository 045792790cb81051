//! What the rows of a table are: items of the plan, totals, parts, remarks, examples, numbers of columns, other years.

use std::collections::{BTreeMap, BTreeSet};

use super::arithmetic;
use super::around::example_title;
use super::index::Named;
use super::named_cells::NamedCells;
use super::period::{Span, period};
use super::remarks::{Notes, Said, said};
use super::roles::Role;
use super::row_kinds::{Kinds, RowKind};
use super::row_texts::{others, periods, sections};
use super::table::{Table, TableSubject};
use super::telling::{Reader, is_example};
use super::text::{clean, is_part, name_key, years_in};
use crate::ident::CellRef;
use crate::workbook::{Content, Sheet};

impl Kinds {
    /// Tells what each row is that can be told before it is read.
    pub(super) fn of(table: &Table<'_>, earlier: &[Table<'_>], sheet: &Sheet, reader: &Reader<'_>) -> Self {
        let mut kinds = Self { rows: specials(table, sheet), ..Self::default() };
        if table.subject == TableSubject::Indicators {
            let cells = NamedCells::of(&table.named, sheet);
            kinds.periods = periods(table, sheet, &cells);
            if let Some((at, text)) = example_title(sheet, table, earlier) {
                for row in table.named.keys() {
                    kinds.pass_over(*row, RowKind::Example, at, text.clone());
                }
            }
            parts(table, sheet, &mut kinds);
            others(table, sheet, &cells, reader, &mut kinds);
            sections(table, sheet, reader, &mut kinds);
            remarks(table, sheet, &cells, reader, &mut kinds);
            years(table, sheet, reader, &mut kinds);
        }
        kinds
    }
}

/// Rows that are known by their words, whatever the plan says: those of numbers and names, of what is not known, and before all.
fn specials(table: &Table<'_>, sheet: &Sheet) -> BTreeMap<u32, RowKind> {
    let is_label = |role: Option<Role>| role.is_none_or(|role| matches!(role, Role::No | Role::Name));
    let labels = table.columns.iter().filter(|column| is_label(column.role));
    let labels: BTreeSet<u32> = labels.map(|column| column.at).collect();
    let first = table.columns.first().map(|column| column.at);
    let before = first.and_then(|first| first.checked_sub(1));
    let mut kinds = BTreeMap::new();
    let mut cells = sheet.within(table.rows).peekable();
    while let Some(row) = cells.peek().map(|(at, _)| at.row) {
        let (mut texts, mut in_first, mut in_front) = (Vec::new(), None, None);
        while let Some((at, cell)) = cells.next_if(|(at, _)| at.row == row) {
            let text = cell.label();
            texts.extend(text.filter(|_| labels.contains(&at.column)));
            in_first = text.filter(|_| first == Some(at.column)).or(in_first);
            in_front = text.filter(|_| before == Some(at.column)).or(in_front);
        }
        texts.extend(in_first.into_iter().chain(in_front));
        kinds.extend(special(table, sheet, row, &texts).map(|kind| (row, kind)));
    }
    kinds
}

/// What a row is by its words.
fn special(table: &Table<'_>, sheet: &Sheet, row: u32, texts: &[&str]) -> Option<RowKind> {
    if texts.iter().any(|text| is_example(text)) {
        return Some(RowKind::Example);
    }
    if table.named.contains_key(&row) {
        return None;
    }
    if is_numbering(table, sheet, row) {
        return Some(RowKind::Numbers);
    }
    if texts.iter().any(|text| is_signature(text)) {
        return Some(RowKind::Remark);
    }
    texts.iter().find_map(|text| match arithmetic::kind(text) {
        arithmetic::LineKind::Total => Some(RowKind::Total),
        arithmetic::LineKind::Part => Some(RowKind::Part),
        arithmetic::LineKind::Remark => Some(RowKind::Remark),
        arithmetic::LineKind::Item => None,
    })
}

/// Whether a row numbers the columns: 甲 乙 1 2 3.
fn is_numbering(table: &Table<'_>, sheet: &Sheet, row: u32) -> bool {
    let mut numbers = Vec::new();
    let mut letters = 0;
    for (at, cell) in sheet.within((row, row + 1)) {
        if !(table.width().0..=table.width().1).contains(&at.column) {
            continue;
        }
        let text = clean(cell.raw());
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
            kinds.pass_over(*row, RowKind::Part, CellRef::new(*row, column), clean(text));
        }
    }
}

/// Rows of whose values a remark beside them, or a note below, says that they are something else, or not final.
fn remarks(table: &Table<'_>, sheet: &Sheet, cells: &NamedCells<'_>, reader: &Reader<'_>, kinds: &mut Kinds) {
    let notes = Notes::of(table, sheet, reader);
    let columns: Vec<BTreeMap<u32, (CellRef, &str)>> =
        table.all(Role::Note).map(|column| cells.texts(&table.named, sheet, column.at)).collect();
    for (row, named) in &table.named {
        // A value that is marked as an earlier year's already may well be called so.
        let years = kinds.periods.get(row).map(|(_, text)| years_in(text)).unwrap_or_default();
        if kinds.is_told(*row) || years.iter().any(|year| *year != reader.index.year) {
            continue;
        }
        let beside = columns.iter().find_map(|column| {
            let (at, text) = column.get(row).copied()?;
            let said = said(text, reader, &[named.name()])?;
            Some((at, clean(text), said))
        });
        let of_all = || notes.of_all.clone().filter(|(_, _, said)| *said != Said::Otherwise);
        match beside.or_else(|| notes.of_row.get(row).cloned()).or_else(of_all) {
            Some((at, text, Said::Otherwise)) => kinds.pass_over(*row, RowKind::OtherPeriod, at, text),
            Some((at, text, Said::Example)) => kinds.pass_over(*row, RowKind::Example, at, text),
            Some((_, _, Said::Early(vintage))) => {
                kinds.vintages.insert(*row, vintage);
            }
            None => {}
        }
    }
    kinds.note = notes.of_all;
    kinds.crowd = notes.crowd;
}

/// A row with the year that it names, and whether it is about a part of it.
type Dated = (u32, Option<i32>, bool);

/// A table with a row for each year: the row of the year that is judged counts, that of the year before is the year
/// before, others are passed over. Without a row of the year the latest one stands for it, and is lagged.
fn years(table: &Table<'_>, sheet: &Sheet, reader: &Reader<'_>, kinds: &mut Kinds) {
    if table.column(Role::DataYear).is_none() {
        return;
    }
    let (of_year, reach) = (reader.index.year, reader.index.period.reach());
    let mut rows: BTreeMap<&str, Vec<Dated>> = BTreeMap::new();
    for (row, named) in table.named.iter().filter(|(row, _)| !kinds.is_told(**row)) {
        let (at, raw) = kinds.periods.get(row).cloned().unwrap_or((CellRef::new(*row, 0), String::new()));
        let year = match years_in(&raw).as_slice() {
            [year] => Some(*year),
            [] if !raw.is_empty() && reader.read(&raw, &[]).past => Some(of_year - 1),
            _ => None,
        };
        let is_part = match sheet.cell(at.row, at.column).map(|cell| &cell.content) {
            // What a spreadsheet makes of a year is its first day; its last days are its end.
            Some(Content::Date(date)) if !raw.is_empty() => {
                let month = date.get(5..7).and_then(|month| month.parse().ok());
                !month.is_some_and(|month: u32| month == 1 || month == reach.last_month())
            }
            _ => period(&raw).is_some_and(|one| one.span_of(reach) == Span::Part),
        };
        // A day or month of an earlier year only says that the value is of that year.
        let is_part = is_part && year.is_none_or(|year| year == of_year);
        rows.entry(named.no()).or_default().push((*row, year, is_part));
    }
    for rows in rows.values() {
        let whole = || rows.iter().filter(|(_, _, is_part)| !is_part);
        let is_current = |year: Option<i32>| year.is_none_or(|year| year == of_year);
        let has_current = whole().any(|(_, year, _)| is_current(*year));
        let latest = whole().filter_map(|(_, year, _)| *year).filter(|year| *year < of_year).max();
        for (row, year, is_part) in rows {
            let kind = match year {
                _ if *is_part && (has_current || latest.is_some()) => RowKind::OtherPeriod,
                _ if *is_part => RowKind::PartOfYear,
                Some(year) if rows.len() > 1 && has_current && *year == of_year - 1 => RowKind::YearBefore,
                Some(year) if rows.len() > 1 && has_current && *year != of_year => RowKind::OtherPeriod,
                Some(year) if rows.len() > 1 && !has_current && Some(*year) != latest => RowKind::OtherPeriod,
                _ => continue,
            };
            kinds.rows.insert(*row, kind);
        }
    }
}
