//! What stands around a table and says what it is about: titles, labels, names of sheets, notes.
//!
//! A heading says 完成; the title over it says of when and of what. A title of another period or area withholds the table.

use std::collections::BTreeSet;

use super::headings::Heading;
use super::period::{Span, period};
use super::places::narrows;
use super::roles::Role;
use super::sense::{Claim, Sense};
use super::table::Table;
use super::telling::{Reader, is_example};
use super::text::{clean, name_key};
use crate::ident::CellRef;
use crate::period::Reach;
use crate::workbook::Sheet;

/// How far above a table that follows another one titles are looked for.
const NEAR: u32 = 4;
/// How far above the first table of a sheet.
const FAR: u32 = 30;
/// Most texts below a table that are read: there are hardly more than one in each row.
pub(super) const MOST_NOTES: usize = 2000;
/// Longest text that is looked at, in characters.
const LONGEST: usize = 200;
/// Longest title, in characters; beyond it is an instruction.
const LONGEST_TITLE: usize = 40;
/// Labels behind which it stands what the numbers are of.
const SCOPES: [&str; 6] = ["区域", "地区", "范围", "口径", "附件", "附表"];
/// Words for a part of the whole that say so anywhere in a title.
const NARROW: [&str; 9] =
    ["市本级", "市辖区", "规上", "规模以上", "规下", "规模以下", "限上", "限额以上", "园区"];
/// Kinds of numbers of which a whole sheet may be by its name.
const KINDS: [&str; 4] = ["目标", "计划", "规划", "预期"];

/// Names of sheets that are not meant to be sent.
const VOID: [&str; 9] = ["作废", "废", "草稿", "备份", "旧", "旧表", "模拟", "测算", "试算"];

/// What the table's own headings say already.
pub(super) struct OwnTexts<'a> {
    /// They name the year.
    is_dated: bool,
    /// They name the whole year or its end.
    is_whole: bool,
    /// They say no more than 数值 or 2023年.
    is_bare: bool,
    /// They say that it is the result.
    is_strong: bool,
    /// A column of targets stands beside it, of which a name of the sheet may speak.
    has_targets: bool,
    /// The plan's names of the rows, each once.
    names: Vec<&'a str>,
}

impl<'a> OwnTexts<'a> {
    pub(super) fn of(table: &Table<'a>, reach: Reach) -> Option<Self> {
        let column = table.column(Role::Actual).or(table.column(Role::State))?;
        let heading = period(&column.heading);
        let is_dated =
            heading.is_some_and(|named| named.years.is_some()) || table.column(Role::DataYear).is_some();
        let is_whole = heading
            .is_some_and(|named| named.years.is_some() && named.span_of(reach) != Span::Part)
            && says_whole(&column.heading, reach);
        let claim = match column.sense {
            Sense::Result { claim, .. } => Some(claim),
            _ => None,
        };
        let mut known = BTreeSet::new();
        let names = table.named.values().map(super::index::Named::name);
        let names = names.filter(|name| known.insert(*name)).collect();
        Some(Self {
            is_dated,
            is_whole,
            is_bare: claim == Some(Claim::Bare),
            is_strong: claim.is_none_or(|claim| claim == Claim::Strong),
            has_targets: table.column(Role::Target).is_some(),
            names,
        })
    }
}

/// Whether a heading says that it is of all that is asked for: the year to its end, or the part of it.
fn says_whole(heading: &str, reach: Reach) -> bool {
    let heading = clean(heading);
    match reach {
        Reach::Year => ["全年", "年末", "年底", "12月"].iter().any(|word| heading.contains(word)),
        part => period(&heading).is_some_and(|named| named.until == Some(part)),
    }
}

/// A text around a table that says that it is about something else than the year, the area or the results: its cell.
pub(super) fn other_title(
    sheet: &Sheet,
    table: &Table<'_>,
    earlier: &[Table<'_>],
    reader: &Reader<'_>,
) -> Option<(CellRef, String)> {
    let own = OwnTexts::of(table, reader.index.period.reach())?;
    let is_other = |text: &str| is_other_title(text, &own, reader);
    let found = above(sheet, table, earlier).into_iter().find(|(_, text)| is_other(text));
    found.or_else(|| other_name(sheet, table, &own, reader))
}

/// Whether a title or a labelled line above a table says that it is about something else.
fn is_other_title(text: &str, own: &OwnTexts<'_>, reader: &Reader<'_>) -> bool {
    let told = reader.read(text, &own.names);
    if (told.other_year && !own.is_dated)
        || (told.part && !own.is_whole)
        || (own.is_bare && is_other_kind(text, reader))
    {
        return true;
    }
    // What stands behind a label is a title only where the label says so.
    let scope = match text.split_once(':') {
        Some((label, value)) if SCOPES.iter().any(|word| label.contains(word)) => {
            let value = value.split(' ').next().unwrap_or_default();
            return is_other_scope(value, own, reader) || narrows(&name_key(value), &own.names);
        }
        Some(_) => return false,
        None => text,
    };
    let is_sentence = scope.chars().count() > LONGEST_TITLE || scope.contains(['。', ';', ',']);
    !is_sentence && ((told.past && !own.is_dated) || is_other_scope(scope, own, reader))
}

/// Whether a text says that what follows is of another area or of a part of the whole.
fn is_other_scope(text: &str, own: &OwnTexts<'_>, reader: &Reader<'_>) -> bool {
    let told = reader.read(text, &own.names);
    let key = name_key(text);
    let begins = key.trim_start_matches(|c: char| c.is_ascii_digit() || "年度附件表()".contains(c));
    let is_above = ["全省", "全国"].iter().any(|word| begins.starts_with(word)) && !told.here;
    let short = |text: &str| text.replace("规模以", "规");
    let is_own =
        |word: &str| !own.names.is_empty() && own.names.iter().all(|name| short(name).contains(&short(word)));
    let is_narrow = NARROW.iter().any(|word| key.contains(word) && !is_own(word)) && !told.here;
    told.area || told.excludes || is_above || is_narrow
}

/// The name of the sheet, where it says that what stands there is something else.
fn other_name(
    sheet: &Sheet,
    table: &Table<'_>,
    own: &OwnTexts<'_>,
    reader: &Reader<'_>,
) -> Option<(CellRef, String)> {
    let name = &sheet.name;
    let told = reader.read(name, &own.names);
    let names_targets = told.aside && KINDS.iter().any(|word| name.contains(word));
    let is_target = !own.has_targets && (names_targets || told.kind == Some(Role::Target));
    let is_kind = is_target
        || matches!(told.kind, Some(Role::Previous | Role::Base | Role::Estimate | Role::OtherYear));
    let bare = name_key(name);
    let is_void = VOID.contains(&bare.trim_matches(|c: char| c.is_ascii_digit() || "()v版".contains(c)));
    let is_other = (told.other_year && !own.is_dated)
        || (told.past && told.exact && !own.is_dated)
        || told.part
        || (is_kind && !own.is_strong)
        || is_void
        || told.narrow
        || is_other_scope(name, own, reader);
    is_other.then(|| (CellRef::new(table.heads.0, table.width().0), name.clone()))
}

/// A title above a table, or the name of its sheet, that says that it is an example: its cell.
pub(super) fn example_title(
    sheet: &Sheet,
    table: &Table<'_>,
    earlier: &[Table<'_>],
) -> Option<(CellRef, String)> {
    let corner = CellRef::new(table.heads.0, table.width().0);
    let named = is_example(&sheet.name).then(|| (corner, sheet.name.clone()));
    // A blank form is called 模板 too, and filled in.
    let named = named.filter(|(_, name)| !name.contains("模板"));
    named.or_else(|| {
        let near = |at: &CellRef| at.row + NEAR > table.heads.0;
        above(sheet, table, earlier).into_iter().find(|(at, text)| near(at) && is_example(text))
    })
}

/// Titles and labels above a table: texts of rows that hold little else.
fn above(sheet: &Sheet, table: &Table<'_>, earlier: &[Table<'_>]) -> Vec<(CellRef, String)> {
    let head = table.heads.0;
    // They stand in order, from top to bottom.
    let last = earlier.iter().rev().map(|one| one.heads.1).find(|row| *row < head);
    let first = last.map_or(head.saturating_sub(FAR), |last| head.saturating_sub(NEAR).max(last + 1));
    let is_row = |row: u32| {
        let is_item = earlier.iter().any(|one| one.named.contains_key(&row));
        !is_item && sheet.within((row, row + 1)).take(5).count() < 5
    };
    texts(sheet, (first, head)).into_iter().filter(|(at, _)| is_row(at.row)).collect()
}

/// Texts below the last row of a table; of more than are read the first one beyond them is the last.
pub(super) fn below(sheet: &Sheet, table: &Table<'_>) -> Vec<(CellRef, String)> {
    let Some(last) = table.named.keys().next_back() else { return Vec::new() };
    let end = table.rows.1.min(last.saturating_add(FAR));
    let cells = sheet.within((last + 1, end)).filter_map(|(at, cell)| Some((*at, cell.label()?.to_owned())));
    let notes = cells.filter(|(_, text)| !text.trim().is_empty() && text.chars().count() <= LONGEST);
    notes.take(MOST_NOTES + 1).collect()
}

/// Whether a note below says of the whole table that it is about something else.
pub(super) fn is_other_note(text: &str, own: &OwnTexts<'_>, reader: &Reader<'_>) -> bool {
    let text = clean(text);
    let speaks = ["以上", "本表", "上表", "上述", "表中", "表内", "数据", "统计", "时点", "均为"]
        .iter()
        .any(|word| text.contains(word));
    if !speaks {
        return false;
    }
    let told = reader.read(&text, &own.names);
    (told.other_year && !own.is_dated) || (told.part && !own.is_whole)
}

fn texts(sheet: &Sheet, rows: (u32, u32)) -> Vec<(CellRef, String)> {
    let cells = sheet.within(rows).filter_map(|(at, cell)| Some((*at, clean(cell.label()?))));
    cells.filter(|(_, text)| !text.is_empty() && text.chars().count() <= LONGEST).collect()
}

/// Whether a title says that what follows are targets, growth, scores or the like.
fn is_other_kind(text: &str, reader: &Reader<'_>) -> bool {
    let is_title = !text.contains(':') && text.chars().count() >= 4;
    const PLANS: [&str; 5] = ["目标任务", "任务分解", "分解表", "目标表", "计划表"];
    let is_plan = PLANS.iter().any(|word| text.contains(word))
        && !["完成", "实绩", "进展", "落实", "执行"].iter().any(|word| text.contains(word));
    is_title && (is_plan || Heading::of(text, reader.index.setting()).is_aside())
}
