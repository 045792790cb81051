//! What the columns of a table hold, decided over the whole table: by their headings, by what stands below them, and by
//! what the other columns are. A column is the result of the year only if no other one could be it as well.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::headings::{Claim, Role, Sense};
use super::index::{Index, Named};
use super::layout::{Column, Subject, Table, head_text};
use super::number::{Reading, read_text, vintage_mark};
use super::text::{clean, name_key};
use crate::finding::{Headed, Problem};
use crate::ident::CellRef;
use crate::plan::{Goal, Indicator};
use crate::quantity::Unit;
use crate::workbook::{Cell, Content, Sheet};

/// What the cells of a column look like, in the rows that the plan names, or in all where it names none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Looks {
    numbers: usize,
    words: usize,
    marks: usize,
    texts: usize,
    /// Those among the texts that tell something.
    sentences: usize,
    units: usize,
    flags: usize,
}

impl Looks {
    fn filled(&self) -> usize {
        self.numbers + self.words + self.marks + self.texts
    }

    /// Whether sentences stand where numbers should.
    fn is_narrative(&self) -> bool {
        self.sentences > self.filled() - self.sentences
    }
}

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
    by_what_stands_below(table, sheet, index, &of);
    table.subject = subject(table, &of);
    match table.subject {
        Subject::Indicators => result(table, sheet, index, &of),
        Subject::Tasks => states(table, &of),
        Subject::Evidence => {}
    }
    tell_unknown(table, &of);
}

/// Finds out what the plan calls the rows. The name may stand in any column of names; the rightmost is the most specific.
fn name_rows<'a>(table: &mut Table<'a>, sheet: &Sheet, index: &Index<'a>) {
    let headed: Vec<u32> = table.all(Role::Name).map(|column| column.at).collect();
    let mut names = if table.names.is_empty() { headed } else { table.names.clone() };
    let mut found = named_in(table, sheet, index, |column| names.contains(&column));
    let is_evidence = table.column(Role::Document).is_some();
    if found.is_empty() && !is_evidence {
        let unclear = |column: &Column| {
            matches!(column.sense, Sense::Unknown { .. } | Sense::Silent)
                || matches!(column.role, Some(Role::Class | Role::Definition | Role::Target))
        };
        let others: Vec<u32> =
            table.columns.iter().filter(|column| unclear(column)).map(|column| column.at).collect();
        found = named_in(table, sheet, index, |column| others.contains(&column));
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for (at, _) in &found {
            *counts.entry(at.column).or_default() += 1;
        }
        if let Some((column, _)) =
            counts.into_iter().max_by_key(|(column, count)| (*count, u32::MAX - column))
        {
            found.retain(|at, _| at.column == column);
            names.push(column);
        }
    }
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for at in found.keys() {
        *counts.entry(at.column).or_default() += 1;
    }
    names.sort_by_key(|column| (std::cmp::Reverse(counts.get(column).copied().unwrap_or(0)), *column));
    // Cells are in order from left to right: the last of a row stays.
    table.named = found.into_iter().map(|(at, named)| (at.row, named)).collect();
    for name in &names {
        if let Some(column) = table.columns.iter_mut().find(|column| column.at == *name) {
            column.role = Some(Role::Name);
        }
    }
    table.names = names;
}

fn named_in<'a>(
    table: &Table<'_>,
    sheet: &Sheet,
    index: &Index<'a>,
    is_wanted: impl Fn(u32) -> bool,
) -> BTreeMap<CellRef, Named<'a>> {
    let cells = sheet.within(table.rows).filter(|(at, _)| is_wanted(at.column));
    cells.filter_map(|(at, cell)| Some((*at, index.row(cell.label()?)?))).collect()
}

/// What the columns look like.
fn looks(table: &Table<'_>, sheet: &Sheet) -> BTreeMap<u32, Looks> {
    let mut found: BTreeMap<u32, Looks> = BTreeMap::new();
    let (left, right) = table.width();
    for (at, cell) in sheet.within(table.rows) {
        if !(left..=right + 1).contains(&at.column)
            || !(table.named.is_empty() || table.named.contains_key(&at.row))
        {
            continue;
        }
        let looks = found.entry(at.column).or_default();
        match &cell.content {
            Content::Number(_) => looks.numbers += 1,
            Content::Bool(_) => looks.words += 1,
            Content::Text(text) => look_at_text(looks, text),
            Content::NoResult | Content::Picture | Content::Error(_) | Content::Damaged(_) => {
                looks.numbers += 1
            }
            Content::Date(_) => looks.texts += 1,
        }
    }
    found
}

fn look_at_text(looks: &mut Looks, text: &str) {
    if text.len() > 120 {
        looks.texts += 1;
        looks.sentences += 1;
        return;
    }
    let text = clean(text);
    if text.is_empty() {
        return;
    }
    if Unit::parse(&text).is_known() {
        looks.units += 1;
    }
    if vintage_mark(&text).is_some() {
        looks.flags += 1;
    }
    match read_text(&text, "") {
        Reading::Number(_) => looks.numbers += 1,
        Reading::Mark | Reading::Blank => looks.marks += 1,
        _ if is_presence(&text) => looks.words += 1,
        // A number with something that is not understood is meant as a value.
        _ if is_number_of_sorts(&text) => looks.numbers += 1,
        _ => {
            looks.texts += 1;
            let is_han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
            looks.sentences += usize::from(text.chars().filter(is_han).count() >= 4);
        }
    }
}

fn is_number_of_sorts(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().count() <= 12
        && !text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '附')
}

fn is_presence(text: &str) -> bool {
    ["有", "无", "是", "否", "已出台", "未出台", "√", "×"].contains(&text)
}

/// Adds columns without a heading, in the table or beside it, in whose rows something stands.
fn add_unheaded(table: &mut Table<'_>, looks: &BTreeMap<u32, Looks>) {
    let head = table.heads.1;
    for (at, look) in looks {
        if look.filled() > 0 && table.at(*at).is_none() {
            table.columns.push(Column {
                at: *at,
                heading: String::new(),
                head: CellRef::new(head, *at),
                role: None,
                unit: None,
                sense: Sense::Silent,
                unknown: Vec::new(),
            });
        }
    }
    table.columns.sort_by_key(|column| column.at);
}

/// Columns whose headings say nothing certain, or too much, by what stands below them.
fn by_what_stands_below(table: &mut Table<'_>, sheet: &Sheet, index: &Index<'_>, of: &dyn Fn(u32) -> Looks) {
    let rows: Vec<u32> = table.named.keys().copied().collect();
    let has_unit = table.column(Role::Unit).is_some();
    let has_no = table.column(Role::No).is_some();
    let names = table.names.clone();
    for column in &mut table.columns {
        let look = of(column.at);
        let shown = |row: &u32| sheet.cell(*row, column.at).map(Cell::shown).unwrap_or_default();
        // Rows in which the plan's own number stands.
        let numbers = |shown: &dyn Fn(&u32) -> String| {
            table.named.iter().filter(|(row, named)| name_key(named.no()) == name_key(&shown(row))).count()
        };
        match (column.role, column.sense) {
            (Some(Role::Unit), _) => {
                let office = |row: &&u32| is_office(&shown(row), index);
                let all = rows.iter().filter(|row| !shown(row).trim().is_empty()).count();
                if rows.iter().filter(office).count() * 2 > all {
                    column.role = Some(Role::Office);
                } else if look.numbers > look.units + look.texts {
                    column.role = None;
                }
            }
            // 目标任务 over numbers is a target.
            (Some(Role::Name), _) if !names.first().is_none_or(|name| *name == column.at) => {
                if look.numbers > look.texts {
                    column.role = Some(Role::Target);
                }
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
                } else if !has_no && (is_running(rows.iter().map(shown)) || numbers(&shown) * 2 > rows.len())
                {
                    column.role = Some(Role::No);
                } else if column.sense == Sense::Silent && look.flags > 0 && look.flags * 2 > look.filled() {
                    column.role = Some(Role::Flag);
                }
            }
            _ => {}
        }
    }
    let kept: Vec<u32> = table.all(Role::Name).map(|column| column.at).collect();
    table.names.retain(|name| kept.contains(name));
    // Of several columns of units the first one counts: the second names units in another sense.
    let mut seen = false;
    for column in table.columns.iter_mut().filter(|column| column.role == Some(Role::Unit)) {
        if std::mem::replace(&mut seen, true) {
            column.role = Some(Role::Office);
        }
    }
    table.is_numbered = is_numbered(table, sheet, index);
    mark_flags(table, of);
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
    let values: Vec<u32> = table
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

/// Whether the numbers among texts follow each other: 1, 2, 3 …
fn is_running(texts: impl Iterator<Item = String>) -> bool {
    let number = |text: String| clean(&text).trim_end_matches(['.', '、']).parse::<u32>().ok();
    let numbers: Vec<u32> = texts.filter_map(number).collect();
    numbers.len() > 1
        && numbers.windows(2).all(|pair| matches!(pair, [one, next] if one.checked_add(1) == Some(*next)))
}

/// Whether the numbers of the rows only count them: 1, 2, 3 … beside names that mostly have other numbers in the plan.
fn is_numbered(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>) -> bool {
    let Some(column) = table.column(Role::No).map(|column| column.at) else { return false };
    let shown = |row: u32| sheet.cell(row, column).map(Cell::shown).unwrap_or_default();
    let rows: Vec<(&u32, &Named<'_>)> = table.named.iter().collect();
    let differs = |row: u32, named: &Named<'_>| {
        let no = name_key(&shown(row));
        let own = named.no();
        !no.is_empty() && name_key(own) != no && !index.numbered(&no).is_some_and(|one| one.no == own)
    };
    let differing = rows.iter().filter(|(row, named)| differs(**row, named)).count();
    let (Some(first), Some(last)) = (table.named.keys().next(), table.named.keys().next_back()) else {
        return false;
    };
    let all = sheet.column(column, (*first, last + 1)).map(|(_, cell)| cell.shown());
    is_running(all) && differing * 2 > rows.len()
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
    if Unit::parse(&text).is_known() || text.is_empty() {
        return false;
    }
    let first = text.split(['、', ',', ' ', '\n', ';']).next().unwrap_or_default();
    index.unit(first).is_some() || ENDINGS.iter().any(|ending| first.ends_with(ending))
}

fn subject(table: &Table<'_>, of: &dyn Fn(u32) -> Looks) -> Subject {
    let has = |role: Role| table.column(role).is_some();
    let tasks = table.named.values().filter(|named| matches!(named, Named::Task(_))).count();
    let may_be_values = table.columns.iter().any(|column| {
        matches!(column.sense, Sense::Result { .. } | Sense::Unknown { may_be_result: true, .. })
            && !of(column.at).is_narrative()
    });
    if has(Role::Document) && tasks * 2 <= table.named.len() && table.named.is_empty() {
        Subject::Evidence
    } else if tasks * 2 > table.named.len() || (table.named.is_empty() && has(Role::State)) {
        Subject::Tasks
    } else if !table.named.is_empty() || may_be_values || has(Role::Estimate) {
        Subject::Indicators
    } else {
        Subject::Evidence
    }
}

/// The column of the states of tasks: one that says so, else 完成情况 over words of states.
fn states(table: &mut Table<'_>, of: &dyn Fn(u32) -> Looks) {
    if table.column(Role::State).is_some() {
        return;
    }
    let candidates: Vec<u32> = table
        .columns
        .iter()
        .filter(|column| matches!(column.sense, Sense::Result { claim: Claim::Strong | Claim::Weak, .. }))
        .filter(|column| of(column.at).filled() > 0)
        .map(|column| column.at)
        .collect();
    if let [one] = candidates[..] {
        set(table, one, Role::State);
        return;
    }
    let unclear: Vec<Headed> = table
        .columns
        .iter()
        .filter(|column| matches!(column.sense, Sense::Unknown { .. } | Sense::Result { .. }))
        .map(headed)
        .collect();
    let at = table.columns.iter().find(|column| matches!(column.sense, Sense::Unknown { .. }));
    let at = at.or(table.columns.first()).map_or(CellRef::new(0, 0), |column| column.head);
    table.troubles.push((at, Problem::StateColumnUnclear { columns: unclear }));
}

fn set(table: &mut Table<'_>, at: u32, role: Role) {
    if let Some(column) = table.columns.iter_mut().find(|column| column.at == at) {
        column.role = Some(role);
    }
}

fn headed(column: &Column) -> Headed {
    Headed { cell: column.head.to_string(), heading: column.heading.clone() }
}

const TARGETS: &str = "方案的目标";
const LAST_YEAR: &str = "上年的数";

/// A column that may hold the result.
struct Candidate {
    at: u32,
    claim: Claim,
}

/// Chooses the column of the result, or says why none can be.
fn result(table: &mut Table<'_>, sheet: &Sheet, index: &Index<'_>, of: &dyn Fn(u32) -> Looks) {
    let months = table.columns.iter().any(|column| column.sense == Sense::Known(Role::PartOfYear));
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut narrative = false;
    for column in &mut table.columns {
        let Sense::Result { claim, december } = column.sense else { continue };
        if column.role.is_some() {
            continue;
        }
        if of(column.at).is_narrative() {
            column.role = Some(Role::Progress);
            narrative |= claim > Claim::Bare;
        } else if december && months {
            column.role = Some(Role::PartOfYear);
        } else {
            candidates.push(Candidate { at: column.at, claim });
        }
    }
    // Under a heading that is not known, the plan's own numbers say what they are.
    let told: Vec<(u32, Role)> = table
        .columns
        .iter()
        .filter(|column| {
            column.role.is_none() && matches!(column.sense, Sense::Unknown { .. } | Sense::Silent)
        })
        .filter_map(|column| Some((column.at, copied(table, sheet, index, column.at)?)))
        .map(|(at, of)| (at, if of == TARGETS { Role::Target } else { Role::Base }))
        .collect();
    for (at, role) in told {
        set(table, at, role);
    }
    let may_be = |column: &&Column| {
        let open = matches!(column.sense, Sense::Unknown { may_be_result: true, .. } | Sense::Silent);
        let look = of(column.at);
        open && column.role.is_none()
            && look.numbers + look.words > 0
            && may_be_by_size(table, sheet, index, column.at)
    };
    let unknown: Vec<u32> = table.columns.iter().filter(may_be).map(|column| column.at).collect();
    let has_target = table.column(Role::Target).is_some();
    let is_open = !unknown.is_empty() || (narrative && !has_target);
    let mut chosen = choose(&candidates, is_open, &[]);
    if let Some(copied) = chosen.first().and_then(|at| copied(table, sheet, index, *at)) {
        // A column of targets, or of last year's values, gives way to any other one.
        let other = choose(&candidates, is_open, &chosen);
        let is_other = other
            .first()
            .is_some_and(|at| of(*at).filled() > 0 && self::copied(table, sheet, index, *at).is_none());
        if is_other {
            chosen = other;
        } else {
            table.is_copied = Some(copied);
        }
    }
    if chosen.is_empty() {
        chosen = by_elimination(table, sheet, index, &candidates, &unknown);
    }
    if chosen.is_empty() && !is_open && candidates.is_empty() {
        chosen = table.column(Role::Estimate).map(|column| column.at).into_iter().collect();
        table.is_estimated = !chosen.is_empty();
    }
    if chosen.is_empty() {
        let any = candidates.iter().map(|one| one.at).chain(unknown.iter().copied());
        let any: Vec<u32> = any.collect();
        tell_unclear(table, index, &any);
        return;
    }
    for column in &mut table.columns {
        if chosen.contains(&column.at) {
            column.role = Some(Role::Actual);
        } else if candidates.iter().any(|one| one.at == column.at) {
            column.role = Some(Role::Unused);
        }
    }
    if let Some(of) = table.is_copied
        && let Some(column) = table.column(Role::Actual)
    {
        let is_certain = matches!(column.sense, Sense::Result { claim: Claim::Strong, .. });
        let problem =
            Problem::CopiedColumn { heading: column.heading.clone(), of: of.to_owned(), is_certain };
        table.troubles.push((column.head, problem));
    }
}

/// The candidates with the best claim; none when that is no more than a bare one and others are open. Several that say
/// the same are all taken: each row decides.
fn choose(candidates: &[Candidate], is_open: bool, without: &[u32]) -> Vec<u32> {
    let left = || candidates.iter().filter(|one| !without.contains(&one.at));
    let Some(best) = left().map(|one| one.claim).max() else { return Vec::new() };
    let top: Vec<u32> = left().filter(|one| one.claim == best).map(|one| one.at).collect();
    if best == Claim::Bare && (is_open || top.len() > 1) { Vec::new() } else { top }
}

/// Whether all numbers of a column, more than one, are the plan's targets or the values of the year before.
fn copied(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>, column: u32) -> Option<&'static str> {
    let mut targets = 0;
    let mut past = 0;
    let mut all = 0;
    for (row, named) in &table.named {
        let Named::Indicator(indicator) = named else { continue };
        let Some(value) = number(sheet, *row, column) else { continue };
        all += 1;
        targets += usize::from(references(indicator, index.year, true).any(|one| is_same(value, one)));
        past += usize::from(references(indicator, index.year, false).any(|one| is_same(value, one)));
    }
    match all {
        0 | 1 => None,
        _ if targets == all => Some(TARGETS),
        _ if past == all => Some(LAST_YEAR),
        _ => None,
    }
}

fn number(sheet: &Sheet, row: u32, column: u32) -> Option<Decimal> {
    match &sheet.cell(row, column)?.content {
        Content::Number(text) | Content::Text(text) => match read_text(text, "") {
            Reading::Number(value) => Some(value),
            _ => None,
        },
        _ => None,
    }
}

/// The plan's targets of the year, or its values of the year before.
fn references(indicator: &Indicator, year: i32, targets: bool) -> impl Iterator<Item = Decimal> {
    let goals: Vec<Decimal> = if targets {
        let value = |goal: &Goal| match goal {
            Goal::Level(_, value)
            | Goal::Growth(_, value)
            | Goal::AverageGrowth(_, value, _)
            | Goal::Increment(_, value, _)
            | Goal::Rank(_, value)
            | Goal::Coverage(_, value) => Some(value.value),
            _ => None,
        };
        indicator.targets_of(year).into_iter().filter_map(|target| value(&target.goal)).collect()
    } else {
        indicator.past_of(year - 1).and_then(|past| past.value).into_iter().collect()
    };
    goals.into_iter()
}

/// Powers of ten by which units of one kind differ in forms.
const SCALES: [i64; 5] = [1, 100, 1000, 10_000, 100_000_000];

fn is_same(value: Decimal, other: Decimal) -> bool {
    let times = |one: Decimal, scale: i64| one.checked_mul(Decimal::from(scale));
    SCALES.iter().any(|scale| times(value, *scale) == Some(other) || times(other, *scale) == Some(value))
}

/// The one column that can be the result though a part of its heading is not known: it says that it is what was reached,
/// nothing else can be it, and its numbers are of the size of the plan's.
fn by_elimination(
    table: &mut Table<'_>,
    sheet: &Sheet,
    index: &Index<'_>,
    candidates: &[Candidate],
    unknown: &[u32],
) -> Vec<u32> {
    let &[only] = unknown else { return Vec::new() };
    let Some(column) = table.at(only) else { return Vec::new() };
    let says = matches!(column.sense, Sense::Unknown { says_actual: true, .. });
    if !says
        || !candidates.is_empty()
        || copied(table, sheet, index, only).is_some()
        || !is_plausible(table, sheet, index, only)
    {
        return Vec::new();
    }
    let problem = Problem::TakenByElimination {
        heading: column.heading.clone(),
        unknown: column.unknown.clone(),
        year: index.year,
    };
    let head = column.head;
    table.troubles.push((head, problem));
    vec![only]
}

/// How many numbers of a column can be compared with the plan's targets or last values, and how many are near them.
fn compared(
    table: &Table<'_>,
    sheet: &Sheet,
    index: &Index<'_>,
    column: u32,
    times: Decimal,
) -> (usize, usize) {
    let least = Decimal::ONE.checked_div(times).unwrap_or_default();
    let (mut all, mut near) = (0, 0);
    for (row, named) in &table.named {
        let Named::Indicator(indicator) = named else { continue };
        let Some(value) = number(sheet, *row, column) else { continue };
        let known = references(indicator, index.year, true).chain(references(indicator, index.year, false));
        let known: Vec<Decimal> = known.filter(|one| !one.is_zero()).collect();
        let is_near = |one: &Decimal| {
            SCALES.iter().any(|scale| {
                let scale = Decimal::from(*scale);
                let ratio = value.checked_div(*one);
                let scaled = [
                    ratio.and_then(|ratio| ratio.checked_mul(scale)),
                    ratio.and_then(|ratio| ratio.checked_div(scale)),
                ];
                scaled.into_iter().flatten().any(|ratio| (least..=times).contains(&ratio))
            })
        };
        all += usize::from(!known.is_empty());
        near += usize::from(known.iter().any(is_near));
    }
    (all, near)
}

/// Whether all numbers of a column are of the size of the plan's targets or last values.
fn is_plausible(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>, column: u32) -> bool {
    let (all, near) = compared(table, sheet, index, column, Decimal::new(25, 1));
    all > 0 && near == all
}

/// Whether the numbers of a column can be results by their size. Shares, ranks and weights of things of all sizes are not.
fn may_be_by_size(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>, column: u32) -> bool {
    let values = || table.named.keys().filter_map(|row| sheet.cell(*row, column));
    let is_value = |cell: &&Cell| match &cell.content {
        Content::Text(text) => is_presence(&clean(text)) || matches!(read_text(text, ""), Reading::Number(_)),
        Content::Date(_) => false,
        _ => true,
    };
    let (all, near) = compared(table, sheet, index, column, Decimal::from(5));
    values().filter(is_value).count() * 2 > values().count() && (all < 3 || near * 2 >= all)
}

/// Says that no column can be taken for the result, and which ones came into question.
fn tell_unclear(table: &mut Table<'_>, index: &Index<'_>, columns: &[u32]) {
    let open: Vec<&Column> = columns.iter().filter_map(|at| table.at(*at)).collect();
    let unknown = open.iter().find(|column| !column.unknown.is_empty() || column.heading.is_empty());
    let name = table.names.first().and_then(|at| table.at(*at));
    let at = unknown.or(open.first()).copied().or(name).map_or(CellRef::new(0, 0), |column| column.head);
    let columns = open.into_iter().map(headed).collect();
    table.troubles.push((at, Problem::ResultUnclear { year: index.year, columns }));
}

/// Names headings that are not known, unless they were named already.
fn tell_unknown(table: &mut Table<'_>, of: &dyn Fn(u32) -> Looks) {
    let named = |column: &Column, problem: &Problem| match problem {
        Problem::ResultUnclear { columns, .. } | Problem::StateColumnUnclear { columns } => {
            columns.iter().any(|one| one.cell == column.head.to_string())
        }
        _ => false,
    };
    let is_untold = |column: &&Column| {
        column.role.is_none()
            && !column.heading.is_empty()
            && of(column.at).filled() > 0
            && !table.troubles.iter().any(|(_, problem)| named(column, problem))
    };
    let told: Vec<(CellRef, Problem)> = table
        .columns
        .iter()
        .filter(is_untold)
        .map(|column| {
            let look = of(column.at);
            let problem = Problem::UnknownHeading {
                heading: column.heading.clone(),
                unknown: column.unknown.clone(),
                numbers: look.numbers,
            };
            (column.head, problem)
        })
        .collect();
    table.troubles.extend(told);
}

/// The years that a title above the headings names; labelled lines and dates are no titles.
pub(super) fn title(sheet: &Sheet, table: &Table<'_>) -> Option<(CellRef, String)> {
    let first = table.heads.0;
    let above = sheet.within((first.saturating_sub(4), first));
    let is_title = |text: &str| {
        let length = text.chars().count();
        !text.contains(':') && (5..=60).contains(&length) && text.contains(['表', '标', '情', '统', '数'])
    };
    above
        .filter_map(|(at, cell)| Some((*at, clean(&head_text_of_title(cell)?))))
        .find(|(_, text)| is_title(text))
}

fn head_text_of_title(cell: &Cell) -> Option<String> {
    cell.label().map(str::to_owned).or_else(|| Some(head_text(cell)))
}
