//! Rows of headings: which rows they are, and what stands over each column.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::groups::{self, Over};
use super::headings::Heading;
use super::index::Index;
use super::lexicon::{Meaning, word_at};
use super::memo::Memo;
use super::merges::MergedHeads;
use super::roles::Role;
use super::sense::{Sense, sense};
use super::table::{Column, Rows, Table, head_text};
use super::text::{clean, year_at_start};
use super::timespan::YearPart;
use crate::ident::CellRef;
use crate::workbook::{Cell, Content, Sheet};

/// Most rows of headings above or below the row that names the rows.
pub(super) const MORE_HEADS: usize = 2;
/// Most columns of a table, as many as a sheet of Excel 97 has; one with more is no form that people fill in, and is not read.
pub(super) const MOST_COLUMNS: usize = 256;
/// Longest text of a heading, in characters; beyond it is a sentence, unless it stands in a row of headings.
const LONGEST_HEADING: usize = 40;

/// Whether a row is one of headings: it names a column of names and something beside it, or consists of nothing but words
/// of headings for the most part.
pub(super) fn is_anchor(cells: &[(u32, &Cell)], index: &Index<'_>) -> bool {
    let all_can_head = cells.len() > 2 && cells.iter().all(|(_, cell)| can_head(cell) && !is_line(cell));
    let is_name = |(_, cell): &(u32, &Cell)| {
        cell.label().filter(|text| seeming(text).may_name).is_some_and(|text| {
            let heading = index.heading(text);
            heading.column() == Some(Role::Name) && heading.is_known()
        })
    };
    let names = cells.iter().any(is_name);
    let seem =
        || cells.iter().filter(|(_, cell)| cell.label().is_none_or(|text| seeming(text).is_heading)).count();
    if !(names || (all_can_head && seem() > 1 && seem() * 2 >= cells.len())) {
        return false;
    }
    let headings = cells.iter().map(|(_, cell)| index.heading(&head_text(cell)));
    let known: Vec<Arc<Heading>> =
        headings.filter(|heading| heading.is_known() && heading.says_something()).collect();
    let words = known.iter().filter(|heading| !heading.is_unit()).count();
    let is_heading = (names && known.len() > 1) || (all_can_head && words > 1 && words * 2 >= cells.len());
    is_heading && !is_item(cells, index)
}

/// Whether the plan names the row: then it is no row of headings.
fn is_item(cells: &[(u32, &Cell)], index: &Index<'_>) -> bool {
    cells.iter().any(|(_, cell)| cell.label().is_some_and(|text| index.is_named(text)))
}

/// What a text seems to be, as it stands.
#[derive(Debug, Clone, Copy)]
struct Seeming {
    /// A heading.
    is_heading: bool,
    /// The heading of a column of names.
    may_name: bool,
}

fn seeming(text: &str) -> Seeming {
    thread_local!(static SEEMING: Memo<Seeming> = const { Memo::new() });
    SEEMING.with(|known| {
        known.of(text, || {
            let is_heading = seems_heading(text);
            Seeming { is_heading, may_name: may_name(text) && (is_heading || is_traditional(text)) }
        })
    })
}

/// Whether a text may head a column of names: a quick look before a thorough one.
fn may_name(text: &str) -> bool {
    const WORDS: [&str; 7] = ["指标", "名称", "项目", "内容", "事项", "任务", "工作"];
    let has = |text: &str| WORDS.iter().any(|word| text.contains(word)) || is_traditional(text);
    let is_spaced = text.len() < 40 && text.contains([' ', '\u{3000}', '\n']);
    text.len() <= 3 * LONGEST_HEADING
        && (has(text) || (is_spaced && has(&text.replace([' ', '\u{3000}', '\n'], ""))))
}

/// Whether a text has words of headings in traditional characters, which the quick look does not know.
fn is_traditional(text: &str) -> bool {
    ["指標", "名稱", "項目", "內容", "任務"].iter().any(|word| text.contains(word))
}

/// Whether a text may be a heading: half of it are words of the lexicon, as they stand. A quick look before a thorough one.
fn seems_heading(text: &str) -> bool {
    if text.len() > 3 * LONGEST_HEADING {
        return false;
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{3000}').collect();
    let mut rest = text.as_str();
    let mut known = 0;
    while let Some(first) = rest.chars().next() {
        match word_at(rest) {
            Some((meaning, word, after)) => {
                known += if meaning == Meaning::Glue { 0 } else { word.len() };
                rest = after;
            }
            None => {
                // 2023 before 年 is a word too.
                let digits = rest.chars().take_while(char::is_ascii_digit).count();
                known += if matches!(digits, 4 | 6) { digits } else { 0 };
                rest = rest.get(digits.max(first.len_utf8())..).unwrap_or_default();
            }
        }
    }
    known * 2 >= text.len()
}

/// Whether a cell can be a heading: a text, or the number of a year.
pub(super) fn can_head(cell: &Cell) -> bool {
    match &cell.content {
        // A number as text heads nothing, unless it is a year.
        Content::Text(text) => {
            !text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-')
                || year_at_start(text).is_some()
        }
        Content::Date(_) => true,
        Content::Number(text) => year_at_start(text).is_some_and(|(_, rest)| rest.is_empty()),
        _ => false,
    }
}

/// Whether a cell belongs to a title or to a line of labels rather than to headings.
pub(super) fn is_line(cell: &Cell) -> bool {
    let text = clean(cell.raw());
    // 其中:规上 is a heading; 填报单位:市科技局 is none.
    let labelled = text
        .split_once(':')
        .is_some_and(|(label, after)| !after.trim().is_empty() && !label.trim().ends_with("其中"));
    let is_title = text.ends_with('表') || text.starts_with("附件") || text.starts_with("附表");
    labelled || is_title || text.chars().count() > LONGEST_HEADING
}

/// The rows of headings around the one that names the rows: years above, 目标值 and 实绩 below. Such a row leaves number
/// and name open.
pub(super) fn heads(sheet: &Sheet, rows: &Rows<'_>, anchor: u32, index: &Index<'_>) -> Vec<u32> {
    let heading = |row: u32, column: u32| {
        sheet.cell(row, column).map(|cell| index.heading(&head_text(cell))).unwrap_or_default()
    };
    let own = rows.get(&anchor).map_or(&[][..], Vec::as_slice);
    let columns = || own.iter().map(|(column, _)| *column);
    let named: BTreeMap<u32, Arc<Heading>> =
        columns().map(|column| (column, heading(anchor, column))).collect();
    let role = |column: u32| named.get(&column).and_then(|heading| heading.column());
    let mut labels: BTreeSet<u32> =
        columns().filter(|column| matches!(role(*column), Some(Role::No | Role::Name))).collect();
    if labels.is_empty() {
        // Names stand before the first heading of values.
        let is_value = |column: &u32| {
            named.get(column).is_some_and(|heading| heading.is_known() && heading.column().is_none())
        };
        labels = columns().take_while(|column| !is_value(column)).collect();
    }
    let is_text = |column: u32| role(column).is_some_and(|role| role != Role::Unit && role.is_read());
    let covers_labels = |row: u32, column: u32| {
        let area = sheet.merges.get(&CellRef::new(row, column));
        area.is_some_and(|area| labels.range(area.first.column..=area.last.column).next().is_some())
    };
    let belongs = |row: u32, is_below: bool| {
        let cells = rows.get(&row)?;
        let open = |(column, cell): &(u32, &Cell)| {
            let clashes = is_below && (is_text(*column) || role(*column) == Some(Role::Unit));
            !labels.contains(column)
                && !covers_labels(row, *column)
                && can_head(cell)
                && !is_line(cell)
                && !clashes
        };
        let known = |(_, cell): &&(u32, &Cell)| {
            let heading = index.heading(&head_text(cell));
            heading.is_known() && heading.says_something()
        };
        // Below the labels nothing else can stand; above them a single cell may be a title.
        let enough = is_below || cells.len() > 1 || cells.iter().any(|cell| known(&cell));
        (cells.iter().all(open) && enough && !is_item(cells, index)).then_some(row)
    };
    let mut heads: Vec<u32> = (1..=MORE_HEADS)
        .map_while(|up| belongs(anchor.checked_sub(u32::try_from(up).ok()?)?, false))
        .collect();
    heads.reverse();
    heads.push(anchor);
    heads.extend((anchor + 1..).take(MORE_HEADS).map_while(|row| belongs(row, true)));
    // What the cell of a label is merged over are headings, whatever stands there.
    let merged = labels.iter().filter_map(|label| sheet.merges.get(&CellRef::new(anchor, *label)));
    let last = merged.map(|area| area.last.row).max().unwrap_or(anchor);
    let own = heads.last().copied().unwrap_or(anchor);
    heads.extend((own + 1..=last).take(MORE_HEADS));
    heads
}

/// The headings over a column from top to bottom, and whether one of them is not certain. A heading over several columns
/// stands in the first of them, merged with the others or not; `over` says which where they are not, for each row.
fn levels(
    sheet: &Sheet,
    heads: &[u32],
    merges: &MergedHeads<'_>,
    over: &[BTreeMap<u32, Over>],
    column: u32,
) -> (Vec<(CellRef, String)>, bool) {
    let text = |row: u32, column: u32| sheet.cell(row, column).map_or_else(String::new, head_text);
    let mut levels = Vec::new();
    let mut is_unclear = false;
    for (head, over) in heads.iter().zip(over) {
        let over = over.get(&column);
        is_unclear |= over == Some(&Over::Unclear);
        let own = text(*head, column);
        let spans = || groups::cell(over, *head).map(|at| (at, text(at.row, at.column)));
        let merged = || {
            let area = merges.at(*head, column)?;
            Some((area.first, text(area.first.row, area.first.column)))
        };
        levels.push(if own.is_empty() {
            merged().or_else(spans).unwrap_or((CellRef::new(*head, column), String::new()))
        } else {
            (CellRef::new(*head, column), own)
        });
    }
    levels.dedup_by(|later, earlier| later.0 == earlier.0);
    (levels, is_unclear)
}

/// The tables under rows of headings: two may stand side by side, each with its own names.
pub(super) fn segments<'a>(
    sheet: &Sheet,
    rows: &Rows<'_>,
    heads: &[u32],
    index: &Index<'_>,
) -> Vec<Table<'a>> {
    let merges = MergedHeads::of(sheet, heads);
    let mut columns: BTreeSet<u32> =
        heads.iter().filter_map(|head| rows.get(head)).flatten().map(|(column, _)| *column).collect();
    let wide = merges.areas().filter(|area| area.last.column - area.first.column < 64);
    columns.extend(wide.flat_map(|area| area.first.column..=area.last.column));
    // There may be two: 年份 and 地区 without headings.
    for _ in 0..2 {
        let left = left_of(&columns, sheet, rows, heads);
        columns.extend(left);
    }
    // A heading that is merged over a hidden column heads nothing there.
    columns.retain(|column| !sheet.left_out.holds(*column));
    let over: Vec<BTreeMap<u32, Over>> = heads
        .iter()
        .enumerate()
        .map(|(at, head)| {
            let below = heads.get(at + 1..).unwrap_or_default();
            groups::over(sheet, *head, below, &merges, &columns, index.setting())
        })
        .collect();
    let mut found: Vec<Table<'_>> = Vec::new();
    let mut current = Table::empty();
    let mut begun = Begun::default();
    for at in columns {
        let (levels, is_unclear) = levels(sheet, heads, &merges, &over, at);
        let mut column = headed(at, &levels, index);
        // Under a word that may be another one's nothing of a year is certain.
        let of_a_year = [Role::Previous, Role::OtherYear, Role::PartOfYear].map(Sense::Known);
        if is_unclear && (matches!(column.sense, Sense::Result { .. }) || of_a_year.contains(&column.sense)) {
            column.sense = Sense::Unknown { may_be_result: true, says_actual: true };
        }
        let begins = matches!(column.sense, Sense::Known(Role::No | Role::Name))
            && current.columns.last().is_some_and(|before| before.heading != column.heading);
        // Headings beyond two columns without any belong to something else.
        let is_apart = current.columns.last().is_some_and(|before| at > before.at + 3);
        if is_apart || (begins && begun.is_complete(&column)) {
            found.push(std::mem::replace(&mut current, Table::empty()));
            begun = Begun::default();
        }
        begun.add(&column);
        current.columns.push(column);
    }
    found.push(current);
    found.retain(|table| !table.columns.is_empty());
    for table in &mut found {
        table.beyond = table.columns.get(MOST_COLUMNS).map(|column| column.head);
        table.columns.truncate(MOST_COLUMNS);
    }
    found
}

/// What the columns of a table that is being found say so far.
#[derive(Default)]
struct Begun {
    /// One names the rows.
    is_named: bool,
    /// Something stands behind that.
    is_valued: bool,
    /// What they say, each once.
    senses: Vec<Sense>,
}

impl Begun {
    fn add(&mut self, column: &Column) {
        let is_aside = matches!(
            column.sense,
            Sense::Known(Role::Class | Role::No | Role::Name | Role::Unit | Role::Definition | Role::Office)
        );
        self.is_valued |= self.is_named && !is_aside && column.sense != Sense::Silent;
        self.is_named |= column.sense == Sense::Known(Role::Name);
        if !self.senses.contains(&column.sense) {
            self.senses.push(column.sense);
        }
    }

    /// Whether another table begins at a column: names and something beside them stand before it.
    fn is_complete(&self, next: &Column) -> bool {
        self.is_valued && self.senses.contains(&next.sense)
    }
}

/// The column left of the first heading, where texts stand in it beside what is below: 2022年, 目标 over merged rows.
fn left_of(columns: &BTreeSet<u32>, sheet: &Sheet, rows: &Rows<'_>, heads: &[u32]) -> Option<u32> {
    let (first, last) = (*columns.first()?, *heads.last()?);
    let at = first.checked_sub(1)?;
    let (mut texts, mut others) = (0_usize, 0_usize);
    for cells in rows.range(last + 1..).map(|(_, cells)| cells).take(MOST_LOOKED_AT) {
        let beside = cells.iter().any(|(column, _)| *column >= first);
        let Some((_, cell)) = cells.iter().find(|(column, _)| *column == at).filter(|_| beside) else {
            continue;
        };
        let is_text =
            matches!(&cell.content, Content::Text(text) if !clean(text).chars().all(|c| !c.is_alphabetic()));
        if is_text || can_head(cell) { texts += 1 } else { others += 1 }
    }
    // A column that is headed further up belongs to another table.
    let is_headed = heads.iter().any(|head| sheet.cell(*head, at).is_some());
    (texts > others && !is_headed).then_some(at)
}

/// Most rows below headings that are looked at for a column without one.
const MOST_LOOKED_AT: usize = 200;

/// A column with its headings.
pub(super) fn headed(at: u32, levels: &[(CellRef, String)], index: &Index<'_>) -> Column {
    let headings: Vec<Arc<Heading>> = levels.iter().map(|(_, text)| index.heading(text)).collect();
    let mut words: Vec<String> = levels.iter().map(|(_, text)| clean(text).replace('\n', "")).collect();
    words.retain(|word| !word.is_empty());
    words.dedup();
    let lowest = levels.iter().rev().find(|(_, text)| !text.is_empty()).or(levels.last());
    Column {
        at,
        heading: words.join("/"),
        head: lowest.map_or(CellRef::new(0, at), |(cell, _)| *cell),
        role: None,
        unit: headings.iter().rev().find_map(|heading| heading.unit.clone()),
        sense: sense(&headings, index.period),
        is_single: headings
            .iter()
            .any(|heading| matches!(heading.part_asked(index.period.reach()), Some(YearPart::Single(_)))),
        is_only_unknown: headings.iter().all(|heading| heading.inner.is_empty()),
        unknown: headings.iter().flat_map(|heading| heading.unknown.iter().cloned()).collect(),
    }
}
