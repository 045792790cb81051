//! Where the tables are: rows of headings are found by their words, or by the rows below them that the plan names.

use std::collections::BTreeMap;

use super::columns::{self, is_office};
use super::headings::Role;
use super::heads::{MORE_HEADS, can_head, headed, heads, is_anchor, is_line, segments};
use super::index::{Index, Named};
use super::lexicon::is_vague_name;
use super::sense::Sense;
use super::text::{clean, name_key, several_units, split_unit};
use crate::finding::Problem;
use crate::ident::CellRef;
use crate::quantity::Unit;
use crate::workbook::{Cell, Sheet};

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

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Where it is.
    pub at: u32,
    /// What stands over it, from top to bottom.
    pub heading: String,
    /// The lowest cell of its headings.
    pub head: CellRef,
    /// What it holds; `None` when that is not known.
    pub role: Option<Role>,
    /// A unit named in its headings.
    pub unit: Option<String>,
    /// What its headings say.
    pub sense: Sense,
    /// Parts of its headings that are not known.
    pub unknown: Vec<String>,
    /// Whether they are words that no list has, rather than known words in a place where they mean something else.
    pub is_only_unknown: bool,
}

/// A table found on a sheet.
#[derive(Debug, Clone)]
pub(super) struct Table<'a> {
    /// What it is about.
    pub subject: Subject,
    /// Its columns from left to right, also those without a heading that hold something.
    pub columns: Vec<Column>,
    /// Columns that name a row together: the name may stand in any of them.
    pub names: Vec<u32>,
    /// What the plan calls the rows, where it names them.
    pub named: BTreeMap<u32, Named<'a>>,
    /// Whether the numbers only count the rows of this table.
    pub is_numbered: bool,
    /// Whether the values are expected ones by their heading.
    pub is_estimated: bool,
    /// Whether all values are those of the plan's targets or of the year before.
    pub is_copied: Option<&'static str>,
    /// Unit named for the whole sheet (单位：万元) above the table.
    pub sheet_unit: Option<String>,
    /// Rows of its headings, the first and the last.
    pub heads: (u32, u32),
    /// Rows below the headings that belong to it: from the first, up to and without the last.
    pub rows: (u32, u32),
    /// What there is to say of its headings, by cell.
    pub troubles: Vec<(CellRef, Problem)>,
}

/// What a table was taken for, so that a clerk can see why a figure was read or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Path below the round's folder.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// What the table is about.
    pub subject: &'static str,
    /// Rows of its headings, from one.
    pub heads: (u32, u32),
    /// Columns: letters, heading, and what the column was taken for, empty when it is not known.
    pub columns: Vec<(String, String, &'static str)>,
    /// Rows, from one, with what they were taken for: the number of an indicator or task, or 合计, 其中, 示例 …
    pub rows: Vec<(u32, String)>,
}

impl Layout {
    /// Whether a column names pieces of evidence.
    pub fn has_evidence(&self) -> bool {
        self.columns.iter().any(|(_, _, role)| *role == Role::Evidence.chinese())
    }

    pub(super) fn of(file: &str, sheet: &str, table: &Table<'_>, rows: Vec<(u32, String)>) -> Self {
        let columns =
            table.columns.iter().filter(|column| !column.heading.is_empty() || column.role.is_some());
        Self {
            file: file.to_owned(),
            sheet: sheet.to_owned(),
            subject: match table.subject {
                Subject::Indicators => "指标",
                Subject::Tasks => "任务",
                Subject::Evidence => "佐证",
            },
            heads: (table.heads.0 + 1, table.heads.1 + 1),
            columns: columns
                .map(|column| {
                    let letters = CellRef::new(0, column.at).letters();
                    (letters, column.heading.clone(), column.role.map_or("", Role::chinese))
                })
                .collect(),
            rows,
        }
    }
}

pub(super) type Rows<'a> = BTreeMap<u32, Vec<(u32, &'a Cell)>>;

/// How far above the first row that the plan names headings are looked for.
const FURTHEST_HEADS: u32 = 6;
/// Most tables on a sheet; a sheet with more is no form that people fill in.
const MOST_TABLES: usize = 1000;

/// Finds the tables of a sheet.
pub(super) fn tables<'a>(sheet: &Sheet, index: &Index<'a>) -> Vec<Table<'a>> {
    if !sheet.cells.values().any(|cell| cell.label().is_some()) {
        return Vec::new();
    }
    let rows = sheet.rows();
    let mut found: Vec<Table<'a>> = Vec::new();
    for (row, cells) in &rows {
        if found.len() > MOST_TABLES {
            break;
        }
        if is_anchor(cells, index) {
            add(&mut found, sheet, &rows, &heads(sheet, &rows, *row, index), index);
        }
    }
    found.iter_mut().for_each(|table| columns::settle(table, sheet, index));
    found.retain(|table| is_table(table));
    if !found.iter().any(|table| table.subject != Subject::Evidence) {
        let unheaded = by_content(sheet, &rows, index);
        found.retain(|table| unheaded.as_ref().is_none_or(|other| !overlap(table, other)));
        found.extend(unheaded);
    }
    found
}

/// What is left when the columns are known: a table of the plan, or one whose headings say that it should be.
fn is_table(table: &Table<'_>) -> bool {
    let has = |role: Role| table.columns.iter().any(|column| column.role == Some(role));
    let name = table.columns.iter().find(|column| column.role == Some(Role::Name));
    let is_vague = name.is_none_or(|name| is_vague_name(&name_key(&name.heading)));
    match table.subject {
        Subject::Evidence => (has(Role::No) || has(Role::Evidence)) && has(Role::Name) && has(Role::Document),
        Subject::Tasks => !table.named.is_empty() || (has(Role::Name) && has(Role::State)),
        Subject::Indicators => {
            !table.named.is_empty() || (!is_vague && (has(Role::Actual) || !table.troubles.is_empty()))
        }
    }
}

/// Adds the tables under rows of headings; those above in the same columns end there.
fn add<'a>(found: &mut Vec<Table<'a>>, sheet: &Sheet, rows: &Rows<'_>, heads: &[u32], index: &Index<'a>) {
    let (Some(first), Some(last)) = (heads.first().copied(), heads.last().copied()) else { return };
    if found.last().is_some_and(|before| before.heads.1 >= first) {
        return;
    }
    for mut table in segments(sheet, rows, heads, index.setting()) {
        table.sheet_unit = sheet_unit(rows, first, last, index);
        table.heads = (first, last);
        table.rows = (last + 1, u32::MAX);
        for earlier in found.iter_mut().filter(|earlier| overlap(earlier, &table)) {
            earlier.rows.1 = earlier.rows.1.min(first);
        }
        found.push(table);
    }
}

/// A table whose headings name no column of names, found by the rows that the plan names.
fn by_content<'a>(sheet: &Sheet, rows: &Rows<'_>, index: &Index<'a>) -> Option<Table<'a>> {
    let mut matches: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, cell) in &sheet.cells {
        if let Some(text) = cell.label()
            && index.is_named(text)
        {
            matches.entry(at.column).or_default().push(at.row);
        }
    }
    let (column, own) = matches.into_iter().max_by_key(|(column, rows)| (rows.len(), u32::MAX - column))?;
    let first = own.first().copied()?;
    let setting = index.setting();
    let is_head = |row: &u32| {
        let cells = rows.get(row).map_or(&[][..], Vec::as_slice);
        cells.len() > 1 && cells.iter().all(|(_, cell)| can_head(cell) && !is_line(cell))
    };
    // Examples, numbers of columns and names of groups may stand between the headings and the first row.
    let above = (first.saturating_sub(FURTHEST_HEADS)..first).rev();
    let mut heads: Vec<u32> =
        above.skip_while(|row| !is_head(row)).take(MORE_HEADS + 1).take_while(is_head).collect();
    heads.reverse();
    let mut table = Table::empty();
    if !heads.is_empty() {
        let all: Vec<Table<'_>> = segments(sheet, rows, &heads, setting);
        table.columns = all.into_iter().flat_map(|one| one.columns).collect();
    }
    if !table.columns.iter().any(|one| one.at == column) {
        table.columns.push(headed(column, &[(CellRef::new(first, column), String::new())], setting));
        table.columns.sort_by_key(|one| one.at);
    }
    table.sheet_unit = sheet_unit(rows, heads.first().copied().unwrap_or(first), first, index);
    table.heads = (heads.first().copied().unwrap_or(first), heads.last().copied().unwrap_or(first));
    table.rows = (heads.last().map_or(first, |head| head + 1), u32::MAX);
    table.names = vec![column];
    columns::settle(&mut table, sheet, index);
    Some(table).filter(is_table)
}

fn overlap(one: &Table<'_>, other: &Table<'_>) -> bool {
    let ((a, b), (c, d)) = (one.width(), other.width());
    a <= d && c <= b
}

impl Table<'_> {
    pub(super) fn empty() -> Self {
        Self {
            subject: Subject::Evidence,
            columns: Vec::new(),
            names: Vec::new(),
            named: BTreeMap::new(),
            is_numbered: false,
            is_estimated: false,
            is_copied: None,
            sheet_unit: None,
            heads: (0, 0),
            rows: (0, 0),
            troubles: Vec::new(),
        }
    }

    /// The first column of a role.
    pub(super) fn column(&self, role: Role) -> Option<&Column> {
        self.columns.iter().find(|column| column.role == Some(role))
    }

    /// All columns of a role.
    pub(super) fn all(&self, role: Role) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |column| column.role == Some(role))
    }

    /// The column at a place.
    pub(super) fn at(&self, column: u32) -> Option<&Column> {
        self.columns.iter().find(|one| one.at == column)
    }

    /// The first and the last column.
    pub(super) fn width(&self) -> (u32, u32) {
        let ends = (self.columns.first(), self.columns.last());
        (ends.0.map_or(0, |column| column.at), ends.1.map_or(0, |column| column.at))
    }

    /// Whether another table begins at a column: names and something beside them stand before it.
    pub(super) fn is_complete(&self, next: &Column) -> bool {
        let is = |column: &Column, role: Role| column.sense == Sense::Known(role);
        let named = self.columns.iter().position(|column| is(column, Role::Name));
        let repeats = self.columns.iter().any(|column| column.sense == next.sense);
        let valued = |column: &Column| {
            let aside = matches!(
                column.sense,
                Sense::Known(
                    Role::Class | Role::No | Role::Name | Role::Unit | Role::Definition | Role::Office
                )
            );
            !aside && column.sense != Sense::Silent
        };
        named.is_some_and(|at| repeats && self.columns.iter().skip(at + 1).any(valued))
    }
}

/// How far above a heading a unit for the whole table is looked for.
const FURTHEST_UNIT: u32 = 12;

/// The unit that the rows above a heading, or a note below it, name for the whole table: `单位：万元`, `金额单位：千元`, `以千元计`, a lone
/// `万元` at the end of a row near it, a title with `(万元)` behind it; the first of these that there is. What is labelled as a
/// unit is one, known or not.
fn sheet_unit(rows: &Rows<'_>, head: u32, last: u32, index: &Index<'_>) -> Option<String> {
    let above = |most: u32| rows.range(head.saturating_sub(most)..head).rev().map(|(_, cells)| cells);
    let texts = |most: u32| above(most).flatten().map(|(_, cell)| clean(&cell.raw()));
    let near = MORE_ROWS;
    let lone =
        || above(near).filter_map(|cells| cells.last()).find_map(|(_, cell)| known_unit(&clean(&cell.raw())));
    let in_title = || texts(near).find_map(|text| split_unit(&text).1);
    let notes = || {
        let below = rows.range(last..).flat_map(|(_, cells)| cells.first());
        let notes = below
            .map(|(_, cell)| clean(&cell.raw()))
            .filter(|text| text.starts_with(['注', '说', '备', '*']));
        notes.take(20).find_map(|text| labelled_unit(&text, index))
    };
    texts(FURTHEST_UNIT)
        .find_map(|text| labelled_unit(&text, index))
        .or_else(lone)
        .or_else(in_title)
        .or_else(notes)
}

/// Rows above a heading in which a unit alone counts.
const MORE_ROWS: u32 = 3;

fn known_unit(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['(', ')']).trim();
    let unit = Unit::parse(text);
    (!text.is_empty() && unit.is_known() && !unit.is_time() && !unit.is_pure()).then(|| text.to_owned())
}

/// A unit behind a label: 单位：万元, 金额单位为千元, 以千元计.
pub(super) fn labelled_unit(text: &str, index: &Index<'_>) -> Option<String> {
    if let Some((_, rest)) = text.split_once('以')
        && let Some((unit, _)) = rest.split_once('计')
        && let Some(unit) = known_unit(unit)
    {
        return Some(unit);
    }
    let at = ["计量单位", "金额单位", "货币单位", "数据单位", "金额", "单位"]
        .iter()
        .find_map(|label| Some((label, text.find(label)?)))?;
    let (label, start) = at;
    let before = text.get(..start).unwrap_or_default();
    if ["填报", "报送", "责任", "牵头", "填表", "所属", "采集", "主管"]
        .iter()
        .any(|word| before.ends_with(word))
    {
        return None;
    }
    let rest = text.get(start + label.len()..)?.trim_start();
    let rest = rest
        .strip_prefix([':', '为', '均', '是'])
        .unwrap_or_else(|| if rest.starts_with('(') { rest } else { "" });
    let unit =
        rest.trim_start_matches(['为', ':', '(', ' ']).split(['。', ',', ';', ')', ' ', '\n']).next()?.trim();
    let list = rest.trim_start_matches(['为', ':', '(', ' ']).split(['。', ')', '\n']).next()?.trim();
    if !Unit::parse(list).is_known()
        && let Some(units) = several_units(list)
    {
        return Some(units);
    }
    if let Some(unit) = known_unit(unit) {
        return Some(unit);
    }
    let refers = unit.starts_with(['见', '详', '如', '按', '各']) || unit.contains(['、', '/']);
    let is_unit = !unit.is_empty() && !refers && unit.chars().count() <= 10 && !is_office(unit, index);
    (is_unit && *label != "金额").then(|| unit.to_owned())
}
