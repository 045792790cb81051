//! Where the tables are: headings are found by their names, not by their position.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::Vintage;
use super::headings::{Role, is_heading, may_name, role_of};
use super::text::{clean, name_key, split_unit};
use crate::ident::CellRef;
use crate::quantity::Unit;
use crate::workbook::{Area, Cell, Sheet};

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
    /// Columns by role.
    pub columns: BTreeMap<Role, u32>,
    /// Further columns whose headings say the same as one of `columns`.
    pub rivals: BTreeMap<Role, Vec<u32>>,
    /// Units named in headings, by role.
    pub units: BTreeMap<Role, String>,
    /// Unit named for the whole sheet (单位：万元) above the table.
    pub sheet_unit: Option<String>,
    /// Rows of its headings, the first and the last.
    pub heads: (u32, u32),
    /// What stands over each column that has a heading.
    pub headings: BTreeMap<u32, String>,
    /// Rows below the headings that belong to it: from the first, up to and without the last.
    pub rows: (u32, u32),
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
    /// Columns with a heading: letters, heading, and what the column was taken for, empty when it is not known.
    pub columns: Vec<(String, String, &'static str)>,
}

impl Layout {
    pub(super) fn of(file: &str, sheet: &str, table: &Table) -> Self {
        let role = |column: u32| {
            let own = table.columns.iter().filter(|(role, at)| **at == column && **role != Role::Estimate);
            let rivals = table.rivals.iter().filter(|(_, columns)| columns.contains(&column));
            own.map(|(role, _)| *role).chain(rivals.map(|(role, _)| *role)).next().map_or("", Role::chinese)
        };
        let column = |(column, heading): (&u32, &String)| {
            (CellRef::new(0, *column).letters(), heading.clone(), role(*column))
        };
        let mut columns: Vec<_> = table.headings.iter().map(column).collect();
        if let Some(flag) = table.columns.get(&Role::Flag) {
            columns.push((CellRef::new(0, *flag).letters(), String::new(), Role::Flag.chinese()));
        }
        Self {
            file: file.to_owned(),
            sheet: sheet.to_owned(),
            subject: match table.subject {
                Subject::Indicators => "指标",
                Subject::Tasks => "任务",
                Subject::Evidence => "佐证",
            },
            heads: (table.heads.0 + 1, table.heads.1 + 1),
            columns,
        }
    }
}

type Rows<'a> = BTreeMap<u32, Vec<(u32, &'a Cell)>>;

/// Most rows of headings above or below the row that names the rows.
const MORE_HEADS: usize = 2;
/// Most tables on a sheet; a sheet with more is no form that people fill in.
const MOST_TABLES: usize = 1000;

/// Finds the tables of a sheet.
pub(super) fn tables(sheet: &Sheet, year: i32) -> Vec<Table> {
    if !sheet.cells.values().any(|cell| cell.label().is_some_and(may_name)) {
        return Vec::new();
    }
    let rows = sheet.rows();
    let mut found: Vec<Table> = Vec::new();
    for (row, cells) in &rows {
        let names = |text: &str| may_name(text) && role(&[text.to_owned()], year).0 == Some(Role::Name);
        let has_name = cells.iter().any(|(_, cell)| cell.label().is_some_and(names));
        if !has_name {
            continue;
        }
        let heads = heads(sheet, &rows, *row, year);
        let (first, last) = (*heads.first().unwrap_or(row), *heads.last().unwrap_or(row));
        for mut table in segments(sheet, &rows, &heads, year) {
            for earlier in found.iter_mut().filter(|earlier| overlap(earlier, &table)) {
                earlier.rows.1 = earlier.rows.1.min(first);
            }
            table.sheet_unit = sheet_unit(&rows, first);
            table.heads = (first, last);
            table.rows = (last + 1, u32::MAX);
            found.push(table);
        }
        if found.len() > MOST_TABLES {
            break;
        }
    }
    found.iter_mut().for_each(|table| table.look_into_columns(sheet));
    found
}

/// Role and unit of a column by its headings from top to bottom; of two units the lower one.
fn role(levels: &[String], year: i32) -> (Option<Role>, Option<String>) {
    let part = |level: &String| match split_unit(level) {
        (words, None) if !name_key(&words).is_empty() && Unit::parse(&words).is_known() => {
            (String::new(), Some(words))
        }
        parts => parts,
    };
    let parts: Vec<(String, Option<String>)> = levels.iter().map(part).collect();
    let unit = parts.iter().rev().find_map(|(_, unit)| unit.clone());
    let words: Vec<String> = parts.into_iter().map(|(words, _)| words).collect();
    (role_of(&words, year), unit)
}

/// The rows of headings around the one that names the rows: years above, 目标值 and 实绩 below. A row belongs to them
/// when it leaves number and name open and holds nothing but words of headings and units.
fn heads(sheet: &Sheet, rows: &Rows<'_>, anchor: u32, year: i32) -> Vec<u32> {
    let naming =
        |column: u32| matches!(role(&[sheet.text(anchor, column)], year).0, Some(Role::No | Role::Name));
    let labels: BTreeSet<u32> =
        rows.get(&anchor).into_iter().flatten().map(|(column, _)| *column).filter(|at| naming(*at)).collect();
    let belongs = |row: u32| {
        let cells = rows.get(&row)?;
        let fits = |(column, cell): &(u32, &Cell)| {
            let (words, unit) = split_unit(&cell.raw());
            let known = is_heading(&words, year) || unit.is_some() || Unit::parse(&words).is_known();
            known && !labels.contains(column)
        };
        cells.iter().all(fits).then_some(row)
    };
    let mut heads: Vec<u32> =
        (1..=MORE_HEADS).map_while(|up| belongs(anchor.checked_sub(u32::try_from(up).ok()?)?)).collect();
    heads.reverse();
    heads.push(anchor);
    heads.extend((anchor + 1..).take(MORE_HEADS).map_while(belongs));
    heads
}

/// The headings over a column from top to bottom. A heading over several columns stands in the first of them, whether
/// the cells are merged or not.
fn levels(sheet: &Sheet, rows: &Rows<'_>, heads: &[u32], merges: &[&Area], column: u32) -> Vec<String> {
    let mut levels = Vec::new();
    for (index, head) in heads.iter().enumerate() {
        let own = sheet.text(*head, column);
        let below = |at: u32| heads.iter().skip(index + 1).any(|row| sheet.cell(*row, at).is_some());
        let spans = || {
            let left = rows.get(head)?.iter().rev().find(|(at, _)| *at < column)?;
            let is_merged = sheet.merges.contains_key(&CellRef::new(*head, left.0));
            let group = !is_merged && below(column) && below(left.0);
            group.then(|| left.1.raw())
        };
        let merged = || merges.iter().find(|area| area.holds(*head, column)).map(|area| area.first);
        levels.push(if own.is_empty() {
            merged().map(|at| sheet.text(at.row, at.column)).or_else(spans).unwrap_or_default()
        } else {
            own
        });
    }
    levels
}

/// The tables under rows of headings: two may stand side by side, each with its own names.
fn segments(sheet: &Sheet, rows: &Rows<'_>, heads: &[u32], year: i32) -> Vec<Table> {
    let columns: BTreeSet<u32> =
        heads.iter().filter_map(|head| rows.get(head)).flatten().map(|(column, _)| *column).collect();
    let merges: Vec<&Area> = match (heads.first(), heads.last()) {
        (Some(first), Some(last)) => {
            let corners = CellRef::new(*first, 0)..=CellRef::new(*last, u32::MAX);
            sheet.merges.range(corners).map(|(_, area)| area).collect()
        }
        _ => Vec::new(),
    };
    let mut found: Vec<Table> = Vec::new();
    let mut current = Table::empty();
    for column in columns {
        let levels = levels(sheet, rows, heads, &merges, column);
        let (role, unit) = role(&levels, year);
        current.head(column, &levels);
        let Some(role) = role.or_else(|| unit_column(sheet, rows, heads, column)) else { continue };
        if matches!(role, Role::No | Role::Name) && current.columns.contains_key(&role) && current.finished()
        {
            found.push(std::mem::replace(&mut current, Table::empty()));
            current.head(column, &levels);
        }
        current.add(role, column, unit);
    }
    found.push(current);
    found.into_iter().filter(Table::finished).map(Table::settled).collect()
}

fn overlap(one: &Table, other: &Table) -> bool {
    let range = |table: &Table| {
        let columns = || table.columns.values().copied();
        (columns().min().unwrap_or(0), columns().max().unwrap_or(u32::MAX))
    };
    let ((a, b), (c, d)) = (range(one), range(other));
    a <= d && c <= b
}

impl Table {
    fn empty() -> Self {
        Self {
            subject: Subject::Evidence,
            columns: BTreeMap::new(),
            rivals: BTreeMap::new(),
            units: BTreeMap::new(),
            sheet_unit: None,
            heads: (0, 0),
            headings: BTreeMap::new(),
            rows: (0, 0),
        }
    }

    fn add(&mut self, role: Role, column: u32, unit: Option<String>) {
        match self.columns.entry(role) {
            Entry::Occupied(_) => self.rivals.entry(role).or_default().push(column),
            Entry::Vacant(free) => {
                free.insert(column);
                unit.map(|unit| self.units.insert(role, unit));
            }
        }
    }

    fn head(&mut self, column: u32, levels: &[String]) {
        let words: Vec<String> = levels.iter().map(|level| clean(level).replace('\n', "")).collect();
        let mut words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        words.dedup();
        if !words.is_empty() {
            self.headings.insert(column, words.join("/"));
        }
    }

    /// A column without a heading behind that of the values may hold marks: `r`, `p`, `e`.
    fn look_into_columns(&mut self, sheet: &Sheet) {
        let Some(next) = self.columns.get(&Role::Actual).map(|column| column + 1) else { return };
        let below = sheet.column(next, self.rows);
        let is_marked = below.filter(|(_, cell)| vintage_mark(&cell.raw()).is_some()).count() > 0;
        if is_marked && !self.headings.contains_key(&next) {
            self.columns.insert(Role::Flag, next);
        }
    }

    /// Tells of a cell whether it lies among the headings or in a column below one.
    pub(super) fn cover(&self) -> impl Fn(&CellRef) -> bool {
        let (left, right) = self.width();
        let headed: BTreeSet<u32> = self.headings.keys().chain(self.columns.values()).copied().collect();
        move |at| {
            let is_head = (self.heads.0..=self.heads.1).contains(&at.row);
            let is_row = (self.rows.0..self.rows.1).contains(&at.row) && headed.contains(&at.column);
            (left..=right).contains(&at.column) && (is_head || is_row)
        }
    }

    /// The first and the last column: headings beyond two columns without any belong to something else.
    fn width(&self) -> (u32, u32) {
        let own = || self.columns.values().copied();
        let (mut left, mut right) = (own().min().unwrap_or(0), own().max().unwrap_or(0));
        let headed = |column: u32| self.headings.contains_key(&column);
        while let Some(next) = (right + 1..=right + 2).find(|column| headed(*column)) {
            right = next;
        }
        while let Some(next) =
            (1..=2).filter_map(|back| left.checked_sub(back)).find(|column| headed(*column))
        {
            left = next;
        }
        (left, right)
    }

    fn finished(&self) -> bool {
        self.told().is_some()
    }

    fn told(&self) -> Option<Subject> {
        let has = |role: Role| self.columns.contains_key(&role);
        if has(Role::Name) && (has(Role::Actual) || has(Role::Estimate)) {
            Some(Subject::Indicators)
        } else if has(Role::Name) && has(Role::State) {
            Some(Subject::Tasks)
        } else if (has(Role::No) || has(Role::Evidence)) && has(Role::Name) && has(Role::Document) {
            Some(Subject::Evidence)
        } else {
            None
        }
    }

    /// What it is about; an estimate stands in for the actual value where there is no column for that.
    fn settled(mut self) -> Self {
        self.subject = self.told().unwrap_or(Subject::Evidence);
        if let (None, Some(estimate)) = (self.columns.get(&Role::Actual), self.columns.get(&Role::Estimate)) {
            self.columns.insert(Role::Actual, *estimate);
            if let Some(unit) = self.units.get(&Role::Estimate).cloned() {
                self.units.insert(Role::Actual, unit);
            }
        }
        self
    }

    /// Whether the values are expected ones by their heading.
    pub(super) fn is_estimated(&self) -> bool {
        self.columns.contains_key(&Role::Estimate)
            && self.columns.get(&Role::Actual) == self.columns.get(&Role::Estimate)
    }
}

/// A column headed 单位 holds units when what stands in it are units, else it names departments.
fn unit_column(sheet: &Sheet, rows: &Rows<'_>, heads: &[u32], column: u32) -> Option<Role> {
    let is_unit = |head: &u32| name_key(&sheet.text(*head, column)) == "单位";
    let last = heads.last().filter(|_| heads.iter().any(is_unit))?;
    let below = rows.range(last + 1..).take(200).map(|(row, _)| clean(&sheet.text(*row, column)));
    let filled: Vec<String> = below.filter(|text| !text.is_empty()).collect();
    let units = filled.iter().filter(|text| Unit::parse(text).is_known()).count();
    Some(if units * 2 > filled.len() { Role::Unit } else { Role::Ignored })
}

/// What a mark behind a value says of it: `p` and `e` tell how final it is, `r` that it was revised.
pub(super) fn vintage_mark(text: &str) -> Option<Vintage> {
    match clean(text).to_lowercase().trim_matches(['(', ')']) {
        "r" | "*" => Some(Vintage::Actual),
        "p" => Some(Vintage::Preliminary),
        "e" | "f" => Some(Vintage::Estimated),
        _ => None,
    }
}

/// The unit that the three rows above a heading name for the whole sheet: `单位：万元`, a lone `万元` at the end of a row,
/// a title with `(万元)` behind it; the first of these that there is.
fn sheet_unit(rows: &Rows<'_>, head: u32) -> Option<String> {
    let known = |text: &str| {
        let text = text.trim().trim_matches(['(', ')']).trim();
        (!text.is_empty() && Unit::parse(text).is_known()).then(|| text.to_owned())
    };
    let labelled = |text: &str| {
        let (label, unit) = text.split_once(':')?;
        label.trim_start_matches('(').ends_with("单位").then(|| known(unit)).flatten()
    };
    let above = || rows.range(head.saturating_sub(3)..head).rev().map(|(_, cells)| cells);
    let texts = || above().flatten().map(|(_, cell)| clean(&cell.raw()));
    let lone = || above().filter_map(|cells| cells.last()).find_map(|(_, cell)| known(&clean(&cell.raw())));
    let in_title = || texts().find_map(|text| split_unit(&text).1);
    texts().find_map(|text| labelled(&text)).or_else(lone).or_else(in_title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Cell, Content};

    fn sheet(rows: &[&[&str]], left: u32) -> Sheet {
        let mut sheet = Sheet { name: "表".into(), visible: true, ..Sheet::default() };
        for (row, cells) in (2..).zip(rows) {
            for (column, text) in (left..).zip(*cells) {
                if !text.is_empty() {
                    let cell = Cell::new(Content::Text((*text).into()));
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
        assert_eq!((table.subject, table.rows.0), (Subject::Indicators, 5));
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
    fn years_over_columns_and_kinds_below_them_are_read_together() {
        let expected = BTreeMap::from([
            (Role::No, 0),
            (Role::Name, 1),
            (Role::Previous, 2),
            (Role::Ignored, 3),
            (Role::Actual, 4),
            (Role::Note, 5),
        ]);
        for heads in [
            [["序号", "指标名称", "2022年", "2023年", "", "备注"], ["", "", "实绩", "目标值", "实绩", ""]],
            [["", "", "2022年", "2023年", "", ""], ["序号", "指标名称", "实绩", "目标值", "实绩", "备注"]],
        ] {
            let rows: Vec<&[&str]> = heads.iter().map(|row| &row[..]).collect();
            let sheet = sheet(&[rows[0], rows[1], &["1", "甲", "1", "3", "2"]], 0);
            let tables = tables(&sheet, 2023);
            assert_eq!(tables.len(), 1);
            assert_eq!((&tables[0].columns, tables[0].rows.0), (&expected, 4));
        }
    }

    #[test]
    fn a_row_of_units_below_the_headings_gives_each_column_its_unit() {
        let sheet =
            sheet(&[&["序号", "指标名称", "2023年实绩", "说明"], &["", "", "万元"], &["1", "甲", "5"]], 0);
        let table = &tables(&sheet, 2023)[0];
        assert_eq!((table.units[&Role::Actual].as_str(), table.rows.0), ("万元", 4));
    }

    #[test]
    fn the_unit_of_a_sheet_stands_in_many_places() {
        for (above, expected) in [
            (["附表", "单位：万元"], Some("万元")),
            (["附表", "（计量单位：亿元）"], Some("亿元")),
            (["附表", "亿元"], Some("亿元")),
            (["主要指标(亿元)", ""], Some("亿元")),
            (["填报单位：市科技局", ""], None),
            (["附表（2023年）", ""], None),
        ] {
            let rows: &[&[&str]] = &[&above, &["序号", "指标名称", "实绩"], &["1", "甲", "1"]];
            assert_eq!(tables(&sheet(rows, 0), 2023)[0].sheet_unit.as_deref(), expected, "{above:?}");
        }
    }

    #[test]
    fn two_tables_side_by_side_are_two_tables() {
        let head: &[&str] = &["序号", "指标名称", "实绩", "序号", "指标名称", "实绩"];
        let tables = tables(&sheet(&[head, &["1", "甲", "1", "2", "乙", "2"]], 0), 2023);
        let names: Vec<u32> = tables.iter().map(|table| table.columns[&Role::Name]).collect();
        assert_eq!(names, [1, 4]);
    }

    #[test]
    fn two_columns_that_say_the_same_are_rivals() {
        let head: &[&str] = &["序号", "指标名称", "2023年实绩", "2023年实绩"];
        let table = &tables(&sheet(&[head, &["1", "甲", "1", "2"]], 0), 2023)[0];
        assert_eq!((table.columns[&Role::Actual], &table.rivals[&Role::Actual]), (2, &vec![3]));
    }

    #[test]
    fn merged_headings_read_like_unmerged_ones() {
        let rows: &[&[&str]] = &[
            &["序号", "指标名称", "单位", "实绩", "", "目标", ""],
            &["", "", "", "2022年", "2023年", "2022年", "2023年"],
            &["1", "甲", "万元", "1", "2", "3", "4"],
        ];
        let unmerged = sheet(rows, 0);
        let mut merged = unmerged.clone();
        for (first, last) in [((2, 3), (2, 4)), ((2, 5), (2, 6)), ((2, 0), (3, 0)), ((2, 1), (3, 1))] {
            let area = Area { first: CellRef::new(first.0, first.1), last: CellRef::new(last.0, last.1) };
            merged.merges.insert(area.first, area);
        }
        let (one, other) = (tables(&unmerged, 2023), tables(&merged, 2023));
        assert_eq!(one[0].columns, other[0].columns);
        assert_eq!(one[0].columns[&Role::Actual], 4);
        assert_eq!((one[0].columns[&Role::Previous], one[0].columns[&Role::Unit]), (3, 2));
    }

    #[test]
    fn a_column_of_marks_is_no_column_of_values() {
        let rows: &[&[&str]] =
            &[&["序号", "指标名称", "实绩", "", "备注"], &["1", "甲", "1", "r"], &["2", "乙", "2", "p"]];
        let table = &tables(&sheet(rows, 0), 2023)[0];
        assert_eq!((table.columns[&Role::Flag], table.columns[&Role::Note]), (3, 4));
    }

    #[test]
    fn a_column_of_departments_is_no_column_of_units() {
        for (cell, role) in [("万元", Some(2)), ("市科技局", None)] {
            let rows: &[&[&str]] = &[&["序号", "指标名称", "单位", "实绩"], &["1", "甲", cell, "1"]];
            let table = &tables(&sheet(rows, 0), 2023)[0];
            assert_eq!(table.columns.get(&Role::Unit).copied(), role, "{cell}");
        }
    }
}
