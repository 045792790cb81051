//! Which column is the result of the year: the one that says so best, and only if no other one could be it as well.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::figures::Figures;
use super::index::Index;
use super::looks::{Looks, is_presence};
use super::named_cells::NamedCells;
use super::number::{Reading, read_text};
use super::roles::Role;
use super::sense::{Claim, Sense};
use super::table::{Column, Table, headed, set};
use super::text::{clean, years_in};
use crate::finding::{Copied, Headed, Object, TableProblem, Unclear};
use crate::ident::CellRef;
use crate::quantity::Unit;
use crate::workbook::{Cell, Content, Sheet};

/// A column that may hold the result.
#[derive(Clone, Copy)]
struct Candidate {
    at: u32,
    claim: Claim,
}

/// What else may be the result.
struct OpenColumns {
    /// Columns whose headings are not known, or not for sure.
    columns: Vec<u32>,
    /// Those among them that say that they are what was reached.
    saying: bool,
    /// Whether sentences stand under a heading of results, and no column is one of targets.
    narrative: bool,
    /// Columns beside which a bare year may as well be a target: they speak of results or progress, or go on into later years.
    rivals: Vec<u32>,
}

impl OpenColumns {
    /// Whether a claim is not enough beside it.
    fn outweighs(&self, claim: Claim) -> bool {
        match claim {
            Claim::Strong => self.saying,
            Claim::Weak => !self.columns.is_empty() || !self.rivals.is_empty(),
            Claim::Bare => !self.columns.is_empty() || self.narrative || !self.rivals.is_empty(),
        }
    }
}

/// Chooses the column of the result, or says why none can be.
pub(super) fn choose_result(
    table: &mut Table<'_>,
    sheet: &Sheet,
    index: &Index<'_>,
    cells: &NamedCells<'_>,
    of: &dyn Fn(u32) -> Looks,
) {
    let (mut candidates, sums, narrative, told) = candidates(table, of);
    let levels: Vec<u32> = candidates.iter().map(|one| one.at).filter(|at| is_level(table, *at)).collect();
    candidates.retain(|one| !levels.contains(&one.at));
    let figures = Figures::of(table, cells, index);
    by_the_plans_numbers(table, &figures);
    let mut columns = unknown(table, cells, &figures, of);
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
    let rivals = rivals(table, &figures, &candidates, index.year);
    let open = OpenColumns { columns, saying, narrative, rivals };
    let chosen = choose(&candidates, &open, &[]);
    let mut chosen = give_way(table, &figures, &candidates, &open, chosen, of);
    if chosen.is_empty() && sums.is_empty() && levels.is_empty() {
        chosen = by_elimination(table, &figures, index, &candidates, &open.columns);
    }
    let is_nothing_open = open.columns.is_empty() && levels.is_empty() && !open.narrative;
    if chosen.is_empty() && is_nothing_open && candidates.is_empty() {
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
    let chosen = with_numbers(table, &figures, chosen);
    if chosen.is_empty() {
        let certain = candidates.iter().map(|one| one.at).chain(levels);
        let mut any: Vec<u32> = certain.chain(open.columns).chain(open.rivals).collect();
        let mut seen = BTreeSet::new();
        any.retain(|at| seen.insert(*at));
        tell_unclear(table, sheet, index, &any);
    } else {
        take(table, &candidates, &chosen);
        for at in levels {
            set(table, at, Role::Unused);
        }
    }
}

/// Of several columns under one heading, those in which numbers stand at all: units may stand in the cells beside them.
fn with_numbers(table: &mut Table<'_>, figures: &Figures, chosen: Vec<u32>) -> Vec<u32> {
    let (numbers, others): (Vec<u32>, Vec<u32>) = chosen.iter().partition(|at| figures.count(**at) > 0);
    let heads: BTreeSet<Option<CellRef>> =
        chosen.iter().map(|at| table.at(*at).map(|column| column.head)).collect();
    if numbers.is_empty() || heads.len() > 1 {
        return chosen;
    }
    let has_unit = table.column(Role::Unit).is_some();
    for at in others {
        set(table, at, if has_unit { Role::Unused } else { Role::Unit });
    }
    numbers
}

/// A column of the plan's targets, or of last year's values, gives way to any other one; where there is none, that is told.
fn give_way(
    table: &mut Table<'_>,
    figures: &Figures,
    candidates: &[Candidate],
    open: &OpenColumns,
    chosen: Vec<u32>,
    of: &dyn Fn(u32) -> Looks,
) -> Vec<u32> {
    let Some(first) = chosen.first().copied() else { return chosen };
    let is_strong = candidates.iter().any(|one| one.at == first && one.claim == Claim::Strong);
    let copied = figures.copied(first);
    if copied.is_none() && (is_strong || !figures.is_mostly_copied(first)) {
        return chosen;
    }
    let other = choose(candidates, open, &chosen);
    if other.first().is_some_and(|at| of(*at).filled() > 0 && !figures.seems_copied(*at)) {
        return other;
    }
    // One number may be a target by chance, but not beside other ones of the plan.
    let is_path = figures.is_lone_target(first)
        && table.columns.iter().any(|column| {
            column.at != first && column.role != Some(Role::Target) && figures.is_of_plan(column.at)
        });
    table.is_copied = copied.or(is_path.then_some(Copied::Targets));
    chosen
}

/// Whether a column is a level of recognition, beside those of other levels: 市级 beside 国家级 and 省级 is no city.
fn is_level(table: &Table<'_>, at: u32) -> bool {
    let lowest = |column: &Column| {
        let heading = clean(column.heading.rsplit('/').next().unwrap_or_default());
        heading.replace(|c: char| c.is_whitespace() || c.is_ascii_digit() || "年度()".contains(c), "")
    };
    let is = |column: &Column, levels: &[&str]| {
        let heading = lowest(column);
        levels.iter().any(|level| heading.strip_prefix(level).is_some_and(|rest| rest.chars().count() <= 1))
    };
    table.at(at).is_some_and(|column| is(column, &["市级", "市州级", "地市级"]))
        && table.columns.iter().any(|column| is(column, &["国家级", "省级", "县级", "区级", "县区级"]))
}

/// Words of headings that speak of what was reached.
const REACHED: [&str; 17] = [
    "结果", "完成", "实绩", "实际", "实现", "进展", "达到", "达成", "情况", "自评", "评定", "核定", "认定",
    "审定", "填报", "落实", "成效",
];

/// Columns that hold numbers of the size of results and may be them rather than a bare year or 完成: their headings speak of
/// results or progress, expect them, or name later years, as a plan does.
fn rivals(table: &Table<'_>, figures: &Figures, candidates: &[Candidate], year: i32) -> Vec<u32> {
    let best = candidates.iter().max_by_key(|one| one.claim).filter(|one| one.claim < Claim::Strong);
    let Some(&Candidate { at: bare, claim }) = best else { return Vec::new() };
    let is_total = |at: u32| {
        let words = ["总量", "总数", "总额", "总值", "绝对", "存量", "年末", "年底", "期末"];
        table.at(at).is_some_and(|column| words.iter().any(|word| column.heading.contains(word)))
    };
    let may_be = |column: &&Column| {
        let is_measure = column.role.is_some_and(Role::is_measure);
        // An expected value is none beside one that is not the plan's.
        let is_expected = column.role == Some(Role::Estimate) && !figures.seems_copied(bare);
        // 总量 beside 增量 is the value.
        let is_told = is_measure && is_total(bare);
        // Beside 完成 only what speaks of progress, or of the same in later years.
        let is_weaker = claim == Claim::Weak
            && !matches!(
                column.role,
                Some(Role::Progress | Role::State | Role::Score | Role::Rate | Role::OtherYear)
            );
        // The plan's own targets of later years leave a 完成 beside them as it is.
        let is_weaker = is_weaker || (claim == Claim::Weak && figures.is_of_plan(column.at));
        column.at != bare
            && !is_expected
            && !is_told
            && !is_weaker
            && may_rival(column, year)
            && figures.rivals(column.at, bare, is_measure)
    };
    table.columns.iter().filter(may_be).map(|column| column.at).collect()
}

/// Whether a heading leaves it open that its column is the result rather than that of a bare year.
fn may_rival(column: &Column, year: i32) -> bool {
    let heading = clean(&column.heading);
    let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    let years = years_in(&heading);
    if column.role == Some(Role::OtherYear) {
        return years.iter().max().is_some_and(|last| *last > year) && !has(&["预", "快报", "测"]);
    }
    if (!years.is_empty() && !years.contains(&year)) || has(&["上年", "去年", "同期", "上期"]) {
        return false;
    }
    // 完成率, 得分 and 增长 say what they are; 进度, 自评值 and 新增 may be the value itself.
    let is_share = column.unit.as_deref().is_some_and(|unit| Unit::parse(unit).is_share());
    let goes_on = ["完成", "完成值", "完成数", "完成情况", "实绩", "实际", "实际值", "到", "至"];
    let is_sure = is_share
        || has(&["增长"])
        || heading.contains(['率', '比', '分', '%', '幅', '速', '较', '差', '缺', '变']);
    let is_sure = is_sure && !goes_on.iter().any(|word| heading.ends_with(word));
    match (column.role, column.sense) {
        (Some(Role::Estimate | Role::Progress | Role::State | Role::Note), _) => true,
        (Some(Role::Score | Role::Rate | Role::Growth | Role::Gap), _) => !is_sure,
        (None, Sense::Unknown { may_be_result: false, .. }) => has(&REACHED) && !is_sure,
        _ => false,
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
fn by_the_plans_numbers(table: &mut Table<'_>, figures: &Figures) {
    let is_open = |column: &&Column| {
        column.role.is_none() && matches!(column.sense, Sense::Unknown { .. } | Sense::Silent)
    };
    let told: Vec<(u32, Copied)> = table
        .columns
        .iter()
        .filter(is_open)
        .filter_map(|column| Some((column.at, figures.copied(column.at)?)))
        .collect();
    for (at, of) in told {
        set(table, at, if of == Copied::Targets { Role::Target } else { Role::Base });
    }
}

/// The columns that can be the result though a part of their headings is not known, or all of it.
fn unknown(
    table: &Table<'_>,
    cells: &NamedCells<'_>,
    figures: &Figures,
    of: &dyn Fn(u32) -> Looks,
) -> Vec<u32> {
    let may_be = |column: &&Column| {
        let open = matches!(column.sense, Sense::Unknown { may_be_result: true, .. } | Sense::Silent);
        let look = of(column.at);
        open && column.role.is_none()
            && look.numbers + look.words > 0
            && may_be_by_size(cells, figures, column.at)
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
        let problem = TableProblem::CopiedColumn { heading: column.heading.clone(), of, is_certain }.into();
        table.troubles.push((column.head, problem));
    }
}

/// The candidates with the best claim; none when that is not enough beside what is open. Several that say the same are all
/// taken: each row decides.
fn choose(candidates: &[Candidate], open: &OpenColumns, without: &[u32]) -> Vec<u32> {
    let left = || candidates.iter().filter(|one| !without.contains(&one.at));
    let Some(best) = left().map(|one| one.claim).max() else { return Vec::new() };
    let top: Vec<u32> = left().filter(|one| one.claim == best).map(|one| one.at).collect();
    if open.outweighs(best) || (best == Claim::Bare && top.len() > 1) { Vec::new() } else { top }
}

/// The one column that can be the result though its heading is not known, or a part of it: nothing else can be it, its numbers are of
/// the size of the plan's, and it says that it is what was reached, or it stands beside the plan's own targets and last values.
fn by_elimination(
    table: &mut Table<'_>,
    figures: &Figures,
    index: &Index<'_>,
    candidates: &[Candidate],
    unknown: &[u32],
) -> Vec<u32> {
    let &[only] = unknown else { return Vec::new() };
    let Some(column) = table.at(only) else { return Vec::new() };
    // What stands before a word may turn it round, 承诺完成 and 省会实绩 do; in a bracket behind it it can hardly.
    let is_behind = |part: &String| part.chars().count() > 1 && column.heading.contains(&format!("({part})"));
    let says = matches!(column.sense, Sense::Unknown { says_actual: true, .. })
        && column.unknown.iter().all(is_behind)
        && (table.column(Role::Target).is_some() || table.column(Role::Previous).is_some());
    let is_taken = column.is_only_unknown
        && !column.unknown.is_empty()
        && (says || figures.is_framed())
        && candidates.is_empty()
        && figures.copied(only).is_none()
        && figures.is_plausible(only);
    if !is_taken {
        return Vec::new();
    }
    let problem = TableProblem::TakenByElimination {
        heading: column.heading.clone(),
        unknown: column.unknown.clone(),
        asked: index.period,
    }
    .into();
    let head = column.head;
    table.troubles.push((head, problem));
    vec![only]
}

/// Whether the numbers of a column can be results by their size. Shares, ranks and weights of things of all sizes are not.
fn may_be_by_size(cells: &NamedCells<'_>, figures: &Figures, column: u32) -> bool {
    let values = || cells.column(column).iter().map(|(_, cell)| *cell);
    let is_value = |cell: &&Cell| match &cell.content {
        Content::Text(text) => is_presence(&clean(text)) || matches!(read_text(text, ""), Reading::Number(_)),
        Content::Date(_) => false,
        _ => true,
    };
    let (all, near) = figures.compared(column, Decimal::from(4));
    values().filter(is_value).count() * 2 > values().count() && (all < 3 || near * 2 >= all)
}

/// Says that no column can be taken for the result, and which ones came into question.
fn tell_unclear(table: &mut Table<'_>, sheet: &Sheet, index: &Index<'_>, columns: &[u32]) {
    if let Some(single) = table.columns.iter().find(|column| column.is_single).filter(|_| columns.is_empty())
    {
        let (head, raw) = (single.head, single.heading.clone());
        table.troubles.push((head, TableProblem::SinglePeriod { raw, asked: index.period }.into()));
        return;
    }
    let open: Vec<&Column> = columns.iter().filter_map(|at| table.at(*at)).collect();
    let unknown = open.iter().find(|column| !column.unknown.is_empty() || column.heading.is_empty());
    let name = table.names.first().and_then(|at| table.at(*at));
    let at = unknown.or(open.first()).copied().or(name).map_or(CellRef::new(0, 0), |column| column.head);
    let mut columns: Vec<Headed> = open.into_iter().map(headed).collect();
    // Columns under one merged heading are one for who reads of it.
    let mut seen = BTreeSet::new();
    columns.retain(|column| seen.insert(column.cell.clone()));
    let why = if let Some(area) = exchanged(table, sheet, index) {
        columns = vec![Headed { cell: area, heading: String::new() }];
        Unclear::Exchanged
    } else {
        Unclear::Headings
    };
    table.troubles.push((at, TableProblem::ResultUnclear { asked: index.period, columns, why }.into()));
}

/// Where the plan's indicators stand side by side in the one row that it names, rows and columns are exchanged: the area of
/// what stands below them.
fn exchanged(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>) -> Option<String> {
    let mut rows = table.named.keys();
    let (Some(row), None) = (rows.next(), rows.next()) else { return None };
    if across(sheet, table, index).len() < 2 {
        return None;
    }
    let below = sheet.within((row + 1, table.rows.1)).map(|(at, _)| *at);
    let cells: Vec<CellRef> = below.collect();
    let first = CellRef::new(cells.first()?.row, cells.iter().map(|at| at.column).min()?);
    let last = CellRef::new(cells.last()?.row, cells.iter().map(|at| at.column).max()?);
    Some(format!("{first}:{last}"))
}

/// The numbers of the indicators that stand in the rows that the plan names.
pub(super) fn across(sheet: &Sheet, table: &Table<'_>, index: &Index<'_>) -> BTreeSet<Object> {
    let cells = table.named.keys().flat_map(|row| sheet.within((*row, row + 1)));
    let named = cells.filter_map(|(_, cell)| index.row(cell.label()?));
    named.map(|named| named.object()).collect()
}
