//! What the columns of a table hold, decided over the whole table: by their headings, by what stands below them, and by
//! what the other columns are. A column is the result of the year only if no other one could be it as well.

use std::collections::{BTreeMap, BTreeSet};

use super::heads::MOST_COLUMNS;
use super::index::{Index, Named};
use super::looks::{Looks, looks};
use super::named_cells::NamedCells;
use super::number::{Reading, read_text};
use super::numbering::{is_numbered, is_running};
use super::period::period;
use super::result::choose_result;
use super::roles::Role;
use super::sense::{Claim, Sense};
use super::table::{Column, Table, TableSubject, headed, set};
use super::text::{clean, name_key, split_unit};
use crate::finding::{Headed, Problem, TableProblem};
use crate::ident::CellRef;
use crate::quantity::Unit;
use crate::workbook::{Cell, Sheet};

/// Most rows that a merged name is taken for.
const MOST_MERGED: u32 = 64;

/// Settles the roles of all columns, what the plan calls the rows, and what the table is about.
pub(super) fn settle<'a>(table: &mut Table<'a>, sheet: &Sheet, index: &Index<'a>) {
    for column in &mut table.columns {
        column.role = match column.sense {
            Sense::Known(role) => Some(role),
            _ => None,
        };
    }
    name_rows(table, sheet, index);
    let looks = looks(table, sheet);
    add_unheaded(table, &looks);
    let of = |column: u32| looks.get(&column).cloned().unwrap_or_default();
    let cells = NamedCells::of(&table.named, sheet);
    by_what_stands_below(table, sheet, index, &cells, &of);
    table.subject = subject(table, &of);
    if let Some(at) = table.beyond {
        table.troubles.push((at, TableProblem::TooManyColumns { most: MOST_COLUMNS }.into()));
        return;
    }
    match table.subject {
        TableSubject::Indicators => {
            choose_result(table, sheet, index, &cells, &of);
            name_by_numbers(table, sheet, index);
        }
        TableSubject::Tasks => states(table, &of),
        TableSubject::Evidence => {}
    }
    tell_unknown(table, &of);
}

/// Finds out what the plan calls the rows. The name may stand in any column of names; the rightmost is the most specific.
fn name_rows<'a>(table: &mut Table<'a>, sheet: &Sheet, index: &Index<'a>) {
    let headed: Vec<u32> = table.all(Role::Name).map(|column| column.at).collect();
    let mut names = if table.names.is_empty() { headed } else { table.names.clone() };
    let wanted: BTreeSet<u32> = names.iter().copied().collect();
    let mut found = named_in(table, sheet, index, &wanted);
    let is_evidence = table.column(Role::Document).is_some();
    if found.is_empty() && !is_evidence {
        let unclear = |column: &Column| {
            matches!(column.sense, Sense::Unknown { .. } | Sense::Silent)
                || matches!(column.role, Some(Role::Class | Role::Definition | Role::Target))
        };
        let others: BTreeSet<u32> =
            table.columns.iter().filter(|column| unclear(column)).map(|column| column.at).collect();
        found = named_in(table, sheet, index, &others);
        if let Some((column, _)) =
            by_column(&found).into_iter().max_by_key(|(column, count)| (*count, u32::MAX - column))
        {
            found.retain(|at, _| at.column == column);
            names.push(column);
        }
    }
    let counts = by_column(&found);
    names.sort_by_key(|column| (std::cmp::Reverse(counts.get(column).copied().unwrap_or(0)), *column));
    // Cells are in order from left to right: the last of a row stays.
    table.named = found.iter().map(|(at, named)| (at.row, *named)).collect();
    // A name that is merged over several rows names them all.
    for (at, named) in &found {
        let merged = sheet.merges.get(at).map_or(at.row, |area| area.last.row.min(at.row + MOST_MERGED));
        for row in at.row + 1..=merged {
            table.named.entry(row).or_insert(*named);
        }
    }
    for name in &names {
        set(table, *name, Role::Name);
    }
    table.names = names;
}

/// A row with the plan's own number and no name is named by that: what stands beside it is said of it as of any other row.
fn name_by_numbers<'a>(table: &mut Table<'a>, sheet: &Sheet, index: &Index<'a>) {
    let Some(no) = table.column(Role::No).map(|column| column.at).filter(|_| !table.is_numbered) else {
        return;
    };
    let text = |row: u32, column: u32| sheet.cell(row, column).map(Cell::shown).unwrap_or_default();
    let rows: BTreeSet<u32> = sheet.within(table.rows).map(|(at, _)| at.row).collect();
    for row in rows {
        let is_unnamed =
            table.names.iter().all(|name| name_key(&split_unit(&clean(&text(row, *name))).0).is_empty());
        let own = index.numbered(&name_key(&clean(&text(row, no)))).filter(|_| is_unnamed);
        if let Some(indicator) = own {
            table.named.entry(row).or_insert(Named::Indicator(indicator));
        }
    }
}

/// How many rows are named in each column.
fn by_column(found: &BTreeMap<CellRef, Named<'_>>) -> BTreeMap<u32, usize> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for at in found.keys() {
        *counts.entry(at.column).or_default() += 1;
    }
    counts
}

fn named_in<'a>(
    table: &Table<'_>,
    sheet: &Sheet,
    index: &Index<'a>,
    columns: &BTreeSet<u32>,
) -> BTreeMap<CellRef, Named<'a>> {
    let cells = sheet.within(table.rows).filter(|(at, _)| columns.contains(&at.column));
    cells.filter_map(|(at, cell)| Some((*at, index.row(cell.label()?)?))).collect()
}

/// Adds columns without a heading, in the table or beside it, in whose rows something stands.
fn add_unheaded(table: &mut Table<'_>, looks: &BTreeMap<u32, Looks>) {
    let head = table.heads.1;
    let unheaded = looks.iter().filter(|(at, look)| look.filled() > 0 && table.at(**at).is_none());
    let unheaded: Vec<Column> = unheaded
        .map(|(at, _)| Column {
            at: *at,
            heading: String::new(),
            head: CellRef::new(head, *at),
            role: None,
            unit: None,
            sense: Sense::Silent,
            is_single: false,
            unknown: Vec::new(),
            is_only_unknown: true,
        })
        .collect();
    table.columns.extend(unheaded);
    table.columns.sort_by_key(|column| column.at);
}

/// Columns whose headings say nothing certain, or too much, by what stands below them.
fn by_what_stands_below(
    table: &mut Table<'_>,
    sheet: &Sheet,
    index: &Index<'_>,
    cells: &NamedCells<'_>,
    of: &dyn Fn(u32) -> Looks,
) {
    let has_unit = table.column(Role::Unit).is_some();
    let has_no = table.column(Role::No).is_some();
    let names = table.names.clone();
    for column in &mut table.columns {
        let look = of(column.at);
        let shown = || cells.column(column.at).iter().map(|(_, cell)| cell.shown());
        let numbers = || own_numbers(&table.named, cells.column(column.at));
        // 年度 over years is the year of each row.
        let periods = || shown().filter(|text| is_period(text)).count();
        match (column.role, column.sense) {
            (None, Sense::Result { claim: Claim::Bare, .. } | Sense::Unknown { .. } | Sense::Silent)
                if look.filled() > 0 && periods() * 2 > look.filled() =>
            {
                column.role = Some(Role::DataYear);
            }
            (Some(Role::Unit), _) if name_key(&column.heading) != "计量单位" => {
                let offices = shown().filter(|text| is_office(text, index)).count();
                let all = shown().filter(|text| !text.trim().is_empty()).count();
                if offices * 2 > all {
                    column.role = Some(Role::Office);
                } else if look.numbers > look.units + look.texts {
                    column.role = None;
                }
            }
            // 单位名称 over the names of others: their values, not the city's.
            (Some(Role::Office), Sense::Known(_)) if name_key(&column.heading).ends_with("名称") => {
                let mut areas = shown().filter(|text| !text.trim().is_empty());
                if areas.any(|text| !is_of_city(&text, index)) {
                    column.role = Some(Role::Area);
                }
            }
            // 目标任务 over numbers is a target.
            (Some(Role::Name), _)
                if names.first().is_some_and(|name| *name != column.at) && look.numbers > look.texts =>
            {
                column.role = Some(Role::Target);
            }
            // 高口径 over numbers is no column of definitions.
            (Some(role), _) if !column.unknown.is_empty() && is_wordy(role) && look.numbers > look.texts => {
                column.role = None;
                column.sense = Sense::Unknown { may_be_result: true, says_actual: false };
            }
            (None, Sense::Unknown { .. } | Sense::Silent) => {
                let is_units = look.units * 2 > look.filled() && look.numbers == 0 && look.units > 1;
                if is_units && !has_unit {
                    column.role = Some(Role::Unit);
                } else if !has_no && (is_running(shown()) || numbers() * 2 > table.named.len()) {
                    column.role = Some(Role::No);
                } else if column.sense == Sense::Silent && look.flags > 0 && look.flags * 2 > look.filled() {
                    column.role = Some(Role::Flag);
                }
            }
            _ => {}
        }
    }
    let kept: BTreeSet<u32> = table.all(Role::Name).map(|column| column.at).collect();
    table.names.retain(|name| kept.contains(name));
    table.is_numbered = is_numbered(table, sheet, index);
    mark_flags(table, of);
}

/// The rows in which the plan's own number stands.
fn own_numbers(named: &BTreeMap<u32, Named<'_>>, column: &[(u32, &Cell)]) -> usize {
    let is_own = |(row, cell): &&(u32, &Cell)| {
        named.get(row).is_some_and(|named| name_key(named.no()) == name_key(&cell.shown()))
    };
    column.iter().filter(is_own).count()
}

/// Whether a text is a year or a part of one and nothing else.
fn is_period(text: &str) -> bool {
    let text = clean(text);
    text.chars().count() <= 16
        && !text.is_empty()
        && period(&text).is_some()
        && !matches!(read_text(&text, ""), Reading::Number(value) if value.scale() > 0)
}

/// Whether words stand in columns of a role as a rule.
fn is_wordy(role: Role) -> bool {
    matches!(
        role,
        Role::Note
            | Role::Progress
            | Role::State
            | Role::Class
            | Role::Office
            | Role::Definition
            | Role::Document
    )
}

/// A column without a heading right behind the values may hold marks: `r`, `p`, `e`.
fn mark_flags(table: &mut Table<'_>, of: &dyn Fn(u32) -> Looks) {
    let values: BTreeSet<u32> = table
        .columns
        .iter()
        .filter(|column| matches!(column.sense, Sense::Result { .. }))
        .map(|column| column.at + 1)
        .collect();
    for column in &mut table.columns {
        if column.sense == Sense::Silent
            && column.heading.is_empty()
            && of(column.at).flags > 0
            && values.contains(&column.at)
        {
            column.role = Some(Role::Flag);
        }
    }
}

/// Whether a text names the city or its departments, rather than an area or an enterprise in it.
fn is_of_city(text: &str, index: &Index<'_>) -> bool {
    let text = clean(text);
    let mut names = text.split(['、', ',', ' ', '\n', ';']).filter(|name| !name.is_empty());
    names.all(|name| name.starts_with('市') || index.unit(name).is_some() || index.is_city(name))
}

/// Whether a text names a department rather than a unit of measure.
pub(super) fn is_office(text: &str, index: &Index<'_>) -> bool {
    const ENDINGS: [&str; 16] = [
        "局",
        "委",
        "办",
        "部",
        "厅",
        "处",
        "科",
        "中心",
        "管委会",
        "政府",
        "院",
        "校",
        "集团",
        "公司",
        "银行",
        "专班",
    ];
    let text = clean(text);
    // A single character is a unit that nobody knows rather than a department.
    if Unit::parse(&text).is_known() || text.chars().count() < 2 {
        return false;
    }
    let first = text.split(['、', ',', ' ', '\n', ';']).next().unwrap_or_default();
    index.unit(first).is_some() || ENDINGS.iter().any(|ending| first.ends_with(ending))
}

fn subject(table: &Table<'_>, of: &dyn Fn(u32) -> Looks) -> TableSubject {
    let has = |role: Role| table.column(role).is_some();
    let tasks = table.named.values().filter(|named| matches!(named, Named::Task(_))).count();
    let may_be_values = table.columns.iter().any(|column| {
        matches!(column.sense, Sense::Result { .. } | Sense::Unknown { may_be_result: true, .. })
            && !of(column.at).is_narrative()
    });
    if has(Role::Document) && tasks * 2 <= table.named.len() && table.named.is_empty() {
        TableSubject::Evidence
    } else if tasks * 2 > table.named.len() || (table.named.is_empty() && has(Role::State)) {
        TableSubject::Tasks
    } else if !table.named.is_empty() || may_be_values || has(Role::Estimate) {
        TableSubject::Indicators
    } else {
        TableSubject::Evidence
    }
}

/// The column of the states of tasks: one that says so, else 完成情况 over words of states.
fn states(table: &mut Table<'_>, of: &dyn Fn(u32) -> Looks) {
    if table.all(Role::State).count() == 1 {
        return;
    }
    let several = table.all(Role::State).count() > 1;
    let candidates: Vec<u32> = table
        .columns
        .iter()
        .filter(|column| matches!(column.sense, Sense::Result { claim: Claim::Strong | Claim::Weak, .. }))
        .filter(|column| of(column.at).filled() > 0)
        .map(|column| column.at)
        .collect();
    if let ([one], false) = (&candidates[..], several) {
        set(table, *one, Role::State);
        return;
    }
    let is_state = |column: &Column| column.role == Some(Role::State);
    let unclear: Vec<Headed> = table
        .columns
        .iter()
        .filter(|column| {
            is_state(column) || matches!(column.sense, Sense::Unknown { .. } | Sense::Result { .. })
        })
        .map(headed)
        .collect();
    for column in table.columns.iter_mut().filter(|column| several && column.role == Some(Role::State)) {
        column.role = Some(Role::Unused);
    }
    let at = table.columns.iter().find(|column| matches!(column.sense, Sense::Unknown { .. }));
    let at = at.or(table.columns.first()).map_or(CellRef::new(0, 0), |column| column.head);
    table.troubles.push((at, TableProblem::StateColumnUnclear { columns: unclear }.into()));
}

/// Names headings that are not known, unless they were named already.
fn tell_unknown(table: &mut Table<'_>, of: &dyn Fn(u32) -> Looks) {
    let named = table.troubles.iter().flat_map(|(_, problem)| match problem {
        Problem::Table(
            TableProblem::ResultUnclear { columns, .. } | TableProblem::StateColumnUnclear { columns },
        ) => columns.as_slice(),
        _ => &[],
    });
    let named: BTreeSet<&str> = named.map(|one| one.cell.as_str()).collect();
    let is_untold = |column: &&Column| {
        column.role.is_none()
            && !column.heading.is_empty()
            && of(column.at).filled() > 0
            && !named.contains(column.head.to_string().as_str())
    };
    let told: Vec<(CellRef, Problem)> = table
        .columns
        .iter()
        .filter(is_untold)
        .map(|column| {
            let look = of(column.at);
            let problem = TableProblem::UnknownHeading {
                heading: column.heading.clone(),
                unknown: column.unknown.clone(),
                numbers: look.numbers,
            }
            .into();
            (column.head, problem)
        })
        .collect();
    table.troubles.extend(told);
}
