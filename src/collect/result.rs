//! Which column is the result of the year: the one that says so best, and only if no other one could be it as well.

use rust_decimal::Decimal;

use super::columns::{headed, set};
use super::headings::Role;
use super::index::{Index, Named};
use super::layout::{Column, Table};
use super::looks::{Looks, is_presence};
use super::number::{Reading, read_text};
use super::sense::{Claim, Sense};
use super::text::clean;
use crate::finding::Problem;
use crate::ident::CellRef;
use crate::plan::{Goal, Indicator};
use crate::workbook::{Cell, Content, Sheet};

const TARGETS: &str = "方案的目标";
const LAST_YEAR: &str = "上年的数";

/// A column that may hold the result.
struct Candidate {
    at: u32,
    claim: Claim,
}

/// What else may be the result.
struct Open {
    /// Columns whose headings are not known, or not for sure.
    columns: Vec<u32>,
    /// Those among them that say that they are what was reached.
    saying: bool,
    /// Whether sentences stand under a heading of results, and no column is one of targets.
    narrative: bool,
}

impl Open {
    /// Whether a claim is not enough beside it.
    fn outweighs(&self, claim: Claim) -> bool {
        match claim {
            Claim::Strong => self.saying,
            Claim::Weak => !self.columns.is_empty(),
            Claim::Bare => !self.columns.is_empty() || self.narrative,
        }
    }
}

/// Chooses the column of the result, or says why none can be.
pub(super) fn choose_result(
    table: &mut Table<'_>,
    sheet: &Sheet,
    index: &Index<'_>,
    of: &dyn Fn(u32) -> Looks,
) {
    let (candidates, sums, narrative, told) = candidates(table, of);
    by_the_plans_numbers(table, sheet, index);
    let mut columns = unknown(table, sheet, index, of);
    let says = |at: &u32| {
        let sense = table.at(*at).map(|column| column.sense);
        matches!(sense, Some(Sense::Unknown { says_actual: true, .. }))
    };
    let saying = columns.iter().any(says);
    columns.extend(sums.iter().copied());
    // A column of deadlines is one of a plan.
    let is_plan = table
        .all(Role::Date)
        .any(|column| ["时限", "期限", "节点"].iter().any(|word| column.heading.contains(word)));
    let narrative = (narrative || is_plan) && table.column(Role::Target).is_none();
    let open = Open { columns, saying, narrative };
    let mut chosen = choose(&candidates, &open, &[]);
    if let Some(of_plan) = chosen.first().and_then(|at| copied(table, sheet, index, *at)) {
        // A column of targets, or of last year's values, gives way to any other one.
        let other = choose(&candidates, &open, &chosen);
        let is_other = other
            .first()
            .is_some_and(|at| of(*at).filled() > 0 && copied(table, sheet, index, *at).is_none());
        if is_other {
            chosen = other;
        } else {
            table.is_copied = Some(of_plan);
        }
    }
    if chosen.is_empty() && sums.is_empty() {
        chosen = by_elimination(table, sheet, index, &candidates, &open.columns);
    }
    if chosen.is_empty() && open.columns.is_empty() && !open.narrative && candidates.is_empty() {
        chosen = table.column(Role::Estimate).map(|column| column.at).into_iter().collect();
        table.is_estimated = !chosen.is_empty();
    }
    // Nothing else can be it: its sentences are values that are not written as such, and each is told.
    if chosen.is_empty() && open.columns.is_empty() && candidates.is_empty() {
        chosen = told;
        for column in table.columns.iter_mut().filter(|column| chosen.contains(&column.at)) {
            column.role = None;
        }
    }
    if chosen.is_empty() {
        let mut any: Vec<u32> = candidates.iter().map(|one| one.at).chain(open.columns).collect();
        any.dedup();
        tell_unclear(table, index, &any);
    } else {
        take(table, &candidates, &chosen);
    }
}

/// The columns whose headings say that they can be the result; sums over other columns, which cannot be told from it;
/// whether sentences stand under one that says so; and those where it says so for sure.
fn candidates(
    table: &mut Table<'_>,
    of: &dyn Fn(u32) -> Looks,
) -> (Vec<Candidate>, Vec<u32>, bool, Vec<u32>) {
    let is_result =
        |column: &Column| matches!(column.sense, Sense::Result { december: false, sum: false, .. });
    let beside = |column: &Column| {
        let other = matches!(
            column.sense,
            Sense::Known(Role::PartOfYear | Role::OtherYear | Role::Previous | Role::OtherArea)
        );
        other || is_result(column)
    };
    let months = table
        .columns
        .iter()
        .any(|column| column.sense == Sense::Known(Role::PartOfYear) || is_result(column));
    let has_others = table.columns.iter().any(beside);
    let (mut found, mut sums) = (Vec::new(), Vec::new());
    let (mut narrative, mut told) = (false, Vec::new());
    for column in table.columns.iter_mut().filter(|column| column.role.is_none()) {
        let Sense::Result { claim, december, sum } = column.sense else { continue };
        if of(column.at).is_narrative() {
            column.role = Some(Role::Progress);
            narrative |= claim > Claim::Bare;
            told.extend((claim == Claim::Strong).then_some(column.at));
        } else if december && months {
            column.role = Some(Role::PartOfYear);
        } else if sum && has_others {
            sums.push(column.at);
        } else {
            found.push(Candidate { at: column.at, claim });
        }
    }
    (found, sums, narrative, told)
}

/// Under a heading that is not known, the plan's own numbers say what they are.
fn by_the_plans_numbers(table: &mut Table<'_>, sheet: &Sheet, index: &Index<'_>) {
    let is_open = |column: &&Column| {
        column.role.is_none() && matches!(column.sense, Sense::Unknown { .. } | Sense::Silent)
    };
    let told: Vec<(u32, &str)> = table
        .columns
        .iter()
        .filter(is_open)
        .filter_map(|column| Some((column.at, copied(table, sheet, index, column.at)?)))
        .collect();
    for (at, of) in told {
        set(table, at, if of == TARGETS { Role::Target } else { Role::Base });
    }
}

/// The columns that can be the result though a part of their headings is not known, or all of it.
fn unknown(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>, of: &dyn Fn(u32) -> Looks) -> Vec<u32> {
    let may_be = |column: &&Column| {
        let open = matches!(column.sense, Sense::Unknown { may_be_result: true, .. } | Sense::Silent);
        let look = of(column.at);
        open && column.role.is_none()
            && look.numbers + look.words > 0
            && may_be_by_size(table, sheet, index, column.at)
    };
    table.columns.iter().filter(may_be).map(|column| column.at).collect()
}

/// Gives the chosen columns their role, and those that came second theirs.
fn take(table: &mut Table<'_>, candidates: &[Candidate], chosen: &[u32]) {
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

/// The candidates with the best claim; none when that is not enough beside what is open. Several that say the same are all
/// taken: each row decides.
fn choose(candidates: &[Candidate], open: &Open, without: &[u32]) -> Vec<u32> {
    let left = || candidates.iter().filter(|one| !without.contains(&one.at));
    let Some(best) = left().map(|one| one.claim).max() else { return Vec::new() };
    let top: Vec<u32> = left().filter(|one| one.claim == best).map(|one| one.at).collect();
    if open.outweighs(best) || (best == Claim::Bare && top.len() > 1) { Vec::new() } else { top }
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

/// The one column that can be the result though its heading is not known, or a part of it: nothing else can be it, its numbers are of
/// the size of the plan's, and it says that it is what was reached, or it stands beside the plan's own targets and last values.
fn by_elimination(
    table: &mut Table<'_>,
    sheet: &Sheet,
    index: &Index<'_>,
    candidates: &[Candidate],
    unknown: &[u32],
) -> Vec<u32> {
    let &[only] = unknown else { return Vec::new() };
    let Some(column) = table.at(only) else { return Vec::new() };
    let says = matches!(column.sense, Sense::Unknown { says_actual: true, .. })
        && column.unknown.iter().all(|part| is_harmless(part, &column.heading))
        && (table.column(Role::Target).is_some() || table.column(Role::Previous).is_some());
    let is_taken = column.is_only_unknown
        && !column.unknown.is_empty()
        && (says || is_framed(table, sheet, index))
        && candidates.is_empty()
        && copied(table, sheet, index, only).is_none()
        && is_plausible(table, sheet, index, only);
    if !is_taken {
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

/// Whether the plan's own targets stand in one column and its own values of last year in another, in three rows at least: then
/// the one other column of such numbers is the result, whatever it is called.
fn is_framed(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>) -> bool {
    let rows = |at: u32| table.named.keys().filter(|row| number(sheet, **row, at).is_some()).count();
    let holds = |what: &str| {
        table
            .columns
            .iter()
            .any(|column| rows(column.at) > 2 && copied(table, sheet, index, column.at) == Some(what))
    };
    holds(TARGETS) && holds(LAST_YEAR)
}

/// Whether a part that is not known can hardly turn a heading round: one behind the words, in a bracket, or one before a noun.
/// What stands before a verb may: 尚未完成, 确保完成.
fn is_harmless(part: &str, heading: &str) -> bool {
    const NOUNS: [&str; 11] = [
        "实绩",
        "实际数",
        "实际值",
        "统计值",
        "统计数",
        "监测值",
        "评估值",
        "发生额",
        "决算数",
        "完成情况",
        "执行情况",
    ];
    let behind = heading.contains(&format!("({part})"));
    let before = NOUNS.iter().any(|noun| heading.contains(&format!("{part}{noun}")));
    part.chars().count() > 1 && (behind || before)
}

/// How many numbers of a column can be compared with the plan's targets or last values, and how many are near them, all in
/// one unit, whichever that is: a column of ranks or weights is near those of things of all sizes in none.
fn compared(
    table: &Table<'_>,
    sheet: &Sheet,
    index: &Index<'_>,
    column: u32,
    times: Decimal,
) -> (usize, usize) {
    let least = Decimal::ONE.checked_div(times).unwrap_or_default();
    let mut ratios: Vec<Vec<Decimal>> = Vec::new();
    for (row, named) in &table.named {
        let Named::Indicator(indicator) = named else { continue };
        let Some(value) = number(sheet, *row, column) else { continue };
        let known = references(indicator, index.year, true).chain(references(indicator, index.year, false));
        let own: Vec<Decimal> = known.filter_map(|one| value.checked_div(one)).collect();
        if !own.is_empty() {
            ratios.push(own);
        }
    }
    let near = |scale: i64, up: bool| {
        let scale = Decimal::from(scale);
        let scaled = |ratio: &Decimal| if up { ratio.checked_mul(scale) } else { ratio.checked_div(scale) };
        let is_near = |ratio: &Decimal| scaled(ratio).is_some_and(|ratio| (least..=times).contains(&ratio));
        ratios.iter().filter(|own| own.iter().any(is_near)).count()
    };
    let best = SCALES.iter().flat_map(|scale| [near(*scale, true), near(*scale, false)]).max();
    (ratios.len(), best.unwrap_or(0))
}

/// Whether all numbers of a column are of the size of the plan's targets or last values.
fn is_plausible(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>, column: u32) -> bool {
    let (all, near) = compared(table, sheet, index, column, Decimal::new(25, 1));
    all > 2 && near == all
}

/// Whether the numbers of a column can be results by their size. Shares, ranks and weights of things of all sizes are not.
fn may_be_by_size(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>, column: u32) -> bool {
    let values = || table.named.keys().filter_map(|row| sheet.cell(*row, column));
    let is_value = |cell: &&Cell| match &cell.content {
        Content::Text(text) => is_presence(&clean(text)) || matches!(read_text(text, ""), Reading::Number(_)),
        Content::Date(_) => false,
        _ => true,
    };
    let (all, near) = compared(table, sheet, index, column, Decimal::from(4));
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
