//! Texts in the rows of a table, and in rows of their own between them, that say what the values of the rows are.

use std::collections::BTreeMap;

use super::index::Index;
use super::named_cells::NamedCells;
use super::places::sector;
use super::roles::Role;
use super::row_kinds::{Kinds, RowKind};
use super::sense::Sense;
use super::table::{Column, Table};
use super::telling::{Reader, is_example};
use super::text::{clean, name_key, years_in};
use crate::ident::CellRef;
use crate::workbook::{Cell, Content, Sheet};

/// Words in headings of areas that make them those who answer for a row.
const ANSWERABLE: [&str; 9] = ["责任", "牵头", "配合", "主管", "负责", "联系", "落实", "包保", "服务"];
/// Words in headings of offices that make them those who send the value.
const SENDING: [&str; 4] = ["填报", "报送", "上报", "单位名称"];

/// Words in headings of names that make them those of areas, parks or firms.
const AREAS: [&str; 5] = ["县市区", "区县", "地区", "园区", "企业名称"];

/// Texts of a column, with what is merged or stands once above unmerged rows on the left of the names.
fn texts_of<'s>(
    table: &Table<'_>,
    sheet: &'s Sheet,
    cells: &NamedCells<'s>,
    column: u32,
    holds_below: bool,
) -> BTreeMap<u32, (CellRef, &'s str)> {
    let own = cells.texts(&table.named, sheet, column);
    if !holds_below || own.is_empty() {
        return own;
    }
    let mut before: Option<(CellRef, &str)> = None;
    let mut found = BTreeMap::new();
    for row in table.named.keys().copied() {
        if let Some((at, text)) = own.get(&row).copied() {
            // An example is the row that it stands beside.
            let is_one = is_example(text);
            found.insert(row, (at, text));
            before = (!is_one).then_some((at, text));
        } else {
            found.extend(before.map(|text| (row, text)));
        }
    }
    found
}

/// Whether a column stands before all names: what is named there once heads the rows below.
fn is_left(table: &Table<'_>, column: u32) -> bool {
    table.names.iter().min().is_some_and(|name| column < *name)
}

/// What stands in the column of the years of the data, by row.
pub(super) fn periods(
    table: &Table<'_>,
    sheet: &Sheet,
    cells: &NamedCells<'_>,
) -> BTreeMap<u32, (CellRef, String)> {
    let Some(column) = table.column(Role::DataYear).map(|column| column.at) else { return BTreeMap::new() };
    let texts = texts_of(table, sheet, cells, column, is_left(table, column));
    let shown = |(at, _): (CellRef, &str)| {
        let text = sheet.cell(at.row, at.column).map(Cell::shown).unwrap_or_default();
        (at, text)
    };
    texts.into_iter().map(|(row, one)| (row, shown(one))).collect()
}

/// How texts of a column are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scrutiny {
    /// Each names an area; any but the city's own is another one.
    Areas,
    /// Areas may be named.
    Places,
    /// Whatever they say.
    Words,
    /// Whatever they say but periods, which are looked at elsewhere.
    Periods,
}

fn look_of(cells: &NamedCells<'_>, column: &Column) -> Option<Scrutiny> {
    let heading = column.heading.as_str();
    let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    let (mut numbers, mut texts) = (0_usize, 0_usize);
    for (_, cell) in cells.column(column.at) {
        match &cell.content {
            Content::Number(_) => numbers += 1,
            _ => texts += 1,
        }
    }
    // A column of numbers headed 县市区 is no column of areas.
    let is_text = texts > numbers;
    match column.role {
        Some(Role::Area) if has(&ANSWERABLE) || !is_text => None,
        Some(Role::Area) => Some(Scrutiny::Areas),
        Some(Role::Name) if has(&AREAS) => Some(Scrutiny::Areas),
        Some(Role::OtherArea) if is_text => Some(Scrutiny::Places),
        Some(Role::Office) if has(&SENDING) => Some(Scrutiny::Places),
        // 2023年目标 under a second heading of names.
        Some(Role::Target) if column.sense == Sense::Known(Role::Name) && is_text => Some(Scrutiny::Words),
        Some(Role::DataYear) => Some(Scrutiny::Periods),
        Some(Role::Class | Role::Definition | Role::Vintage | Role::Name) | None => Some(Scrutiny::Words),
        _ => None,
    }
}

/// Rows of another area, and rows whose own words say that they are targets, last year's or the like.
pub(super) fn others(
    table: &Table<'_>,
    sheet: &Sheet,
    cells: &NamedCells<'_>,
    reader: &Reader<'_>,
    kinds: &mut Kinds,
) {
    for column in &table.columns {
        let mut known: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        let Some(look) = look_of(cells, column) else { continue };
        let is_unheaded = column.heading.is_empty() && is_left(table, column.at);
        let holds_below = look == Scrutiny::Areas || is_left(table, column.at);
        let texts = texts_of(table, sheet, cells, column.at, holds_below);
        let is_whole = |text: &str| is_own_area(text, reader.index);
        let has_whole = texts.values().any(|(_, text)| is_whole(text) && !is_level(text));
        let is_year = |at: &CellRef, text: &str| {
            let is_text = sheet.cell(at.row, at.column).is_some_and(|cell| cell.label().is_some());
            is_text || (is_unheaded && !years_in(text).is_empty())
        };
        for (row, (at, text)) in &texts {
            let Some(named) = table.named.get(row) else { continue };
            if kinds.is_told(*row) || !is_year(at, text) {
                continue;
            }
            // The plan's own name says what the row is.
            if column.role == Some(Role::Name) && reader.index.row(text).is_some() {
                continue;
            }
            let mut told = || {
                *known.entry((*text, named.no())).or_insert_with(|| {
                    let is_definition = column.role == Some(Role::Definition);
                    let beyond = if is_definition { named.beyond_own(text) } else { (*text).into() };
                    is_other(look, &beyond, named.name(), column, reader)
                })
            };
            let is_other = match look {
                Scrutiny::Areas => {
                    let is_part = !is_whole(text) || (is_level(text) && has_whole);
                    is_part && !is_the_units(text, named.name(), reader)
                }
                _ => told(),
            };
            if is_other {
                let kind = if matches!(look, Scrutiny::Areas | Scrutiny::Places) {
                    RowKind::OtherArea
                } else {
                    RowKind::OtherPeriod
                };
                kinds.pass_over(*row, kind, *at, clean(text));
            }
        }
    }
}

fn is_other(look: Scrutiny, text: &str, name: &str, column: &Column, reader: &Reader<'_>) -> bool {
    let own = [name];
    match look {
        Scrutiny::Places => {
            let told = reader.read(text, &own);
            let is_unit = reader.index.unit(text).is_some_and(|unit| unit == reader.unit);
            !is_unit && (told.area || (told.elsewhere && !told.here))
        }
        Scrutiny::Periods => {
            let told = reader.read(text, &own);
            told.example || matches!(told.kind, Some(Role::Target | Role::Base | Role::OtherArea))
        }
        // 预计 in a column of vintages is what the column is for.
        _ if column.role == Some(Role::Vintage) => {
            reader.read(text, &own).kind != Some(Role::Estimate) && reader.is_other_cell(text, &own)
        }
        _ => {
            let is_branch = column.role.is_none() && sector(&name_key(text), &own);
            // In a column of levels, not of areas, 市级 is one of them.
            let is_one_level =
                is_level(text) && ["级", "层"].iter().any(|word| column.heading.contains(word));
            is_branch || is_one_level || reader.is_other_cell(text, &own)
        }
    }
}

/// Whether an area is the unit's own, or that of the indicator by its name.
fn is_the_units(text: &str, name: &str, reader: &Reader<'_>) -> bool {
    let key = name_key(text);
    key.chars().count() > 2
        && (name_key(name).contains(&key) || reader.index.unit(text).is_some_and(|unit| unit == reader.unit))
}

/// Whether a word may mean the whole or a part of it: beside 全市 it is a part.
fn is_level(text: &str) -> bool {
    ["市级", "小计"].contains(&name_key(text).as_str())
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

/// A text alone in its row between the rows of a table heads those below: 上半年, 2022年数据, 目标任务数, 湘潭县.
pub(super) fn sections(table: &Table<'_>, sheet: &Sheet, reader: &Reader<'_>, kinds: &mut Kinds) {
    let Some(last) = table.named.keys().next_back().copied() else { return };
    let mut section: Option<(CellRef, String, bool)> = None;
    let mut known: BTreeMap<(CellRef, &str), bool> = BTreeMap::new();
    for row in table.rows.0..=last {
        let Some(named) = table.named.get(&row) else {
            section = heading_of_rows(sheet, row).or(section);
            continue;
        };
        let Some((at, text, is_listed)) = section.clone().filter(|_| !kinds.is_told(row)) else { continue };
        if is_example(&text) {
            kinds.pass_over(row, RowKind::Example, at, text);
            continue;
        }
        let is_other = *known.entry((at, named.name())).or_insert_with(|| {
            text.chars().count() <= LONGEST && is_other_section(&text, is_listed, reader, named.name())
        });
        if is_other {
            kinds.pass_over(row, RowKind::OtherPeriod, at, text);
        }
    }
}

/// Longest section, in characters.
const LONGEST: usize = 40;

/// The one text of a row beside numbers of lists and dashes, and whether such a number stands before it.
fn heading_of_rows(sheet: &Sheet, row: u32) -> Option<(CellRef, String, bool)> {
    let mut found: Option<(CellRef, String)> = None;
    let mut is_listed = false;
    for (at, cell) in sheet.within((row, row + 1)) {
        let text = clean(&cell.shown());
        if text.is_empty() || ["-", "—", "－", "/", "--", "——", "–"].contains(&text.as_str()) {
            continue;
        }
        let is_mark = |c: char| c.is_ascii_digit() || "一二三四五六七八九十().、".contains(c);
        if found.is_none() && text.chars().all(is_mark) && text.chars().count() <= 5 {
            is_listed = true;
        } else if found.is_some() || cell.label().is_none() {
            return None;
        } else {
            found = Some((*at, text));
        }
    }
    let (at, text) = found?;
    let is_listed =
        is_listed || name_key(&text).len() < text.replace(char::is_whitespace, "").trim_matches(':').len();
    Some((at, text, is_listed))
}

/// Whether a section says that the rows below are something else. 一、工业 heads a group of rows; 制造业 alone is a part of the whole.
fn is_other_section(text: &str, is_listed: bool, reader: &Reader<'_>, name: &str) -> bool {
    let own = [name];
    let whole = reader.read(text, &own);
    if (whole.other_year || whole.part) && !text.contains("以下") {
        return true;
    }
    let key = name_key(text);
    let behind =
        ["以下", "下面", ":"].iter().filter_map(|word| key.rsplit_once(word)).map(|(_, behind)| behind);
    let bare = behind.filter(|rest| !rest.is_empty()).min_by_key(|rest| rest.len()).unwrap_or(&key);
    let starts = ["数据", "为", "是", "均为", "附", "其他:", "其中:"];
    let bare = starts
        .iter()
        .find_map(|word| bare.strip_prefix(word).filter(|rest| !rest.is_empty()))
        .unwrap_or(bare);
    let bare = bare.strip_suffix("部分").or_else(|| bare.strip_suffix("如下")).unwrap_or(bare);
    let told = reader.read(bare, &own);
    told.kind.is_some()
        || told.other_year
        || told.part
        || (told.past && told.exact)
        || (told.area && told.exact)
        || told.narrow
        || told.excludes
        || bare == "市级"
        || (told.sector && !is_listed)
}
