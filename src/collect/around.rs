//! What stands around a table and says what it is about: titles, labels, notes, names of sheets, sections between its rows.
//!
//! A heading says 完成; the title over it says of when and of what. A title of another period or area withholds the table.

use super::headings::{Heading, Role};
use super::index::Index;
use super::layout::Table;
use super::period::{Span, period};
use super::sense::{Claim, Sense, sense};
use super::text::{clean, name_key, years_in};
use crate::ident::CellRef;
use crate::workbook::Sheet;

/// How far above a table that follows another one titles are looked for.
const NEAR: u32 = 4;
/// How far above the first table of a sheet.
const FAR: u32 = 30;
/// Longest text that is looked at, in characters.
const LONGEST: usize = 200;

/// A text around a table that says that it is about something else than the year, the area or the results: its cell.
pub(super) fn other_title(
    sheet: &Sheet,
    table: &Table<'_>,
    earlier: &[Table<'_>],
    index: &Index<'_>,
    unit: &str,
) -> Option<(CellRef, String)> {
    let column = table.column(Role::Actual).or(table.column(Role::State))?;
    let heading = period(&column.heading);
    let is_dated =
        heading.is_some_and(|named| named.years.is_some()) || table.column(Role::DataYear).is_some();
    let is_whole = heading.is_some_and(|named| named.years.is_some() && named.span != Span::Part)
        && ["全年", "年末", "年底", "12月"].iter().any(|word| clean(&column.heading).contains(word));
    let is_bare = matches!(column.sense, Sense::Result { claim: Claim::Bare, .. });
    let own = name_key(unit);
    let is_other = |text: &str| {
        let (year, part) = other_period(text, index.year);
        (year && !is_dated)
            || (part && !is_whole)
            || is_other_area(text, index, &own)
            || (is_bare && is_other_kind(text, index))
    };
    let name = (CellRef::new(table.heads.0, table.width().0), sheet.name.clone());
    let found = above(sheet, table, earlier).into_iter().find(|(_, text)| is_other(text));
    found.or_else(|| notes(sheet, table).into_iter().find(|(_, text)| is_other(text))).or_else(|| {
        let (year, part) = other_period(&name.1, index.year);
        ((year && !is_dated) || part || is_other_area(&name.1, index, &own)).then_some(name)
    })
}

/// Titles and labels above a table: texts of rows that hold little else.
fn above(sheet: &Sheet, table: &Table<'_>, earlier: &[Table<'_>]) -> Vec<(CellRef, String)> {
    let head = table.heads.0;
    let last = earlier.iter().map(|one| one.heads.1).filter(|row| *row < head).max();
    let first = last.map_or(head.saturating_sub(FAR), |last| head.saturating_sub(NEAR).max(last + 1));
    let is_row = |row: u32| {
        let is_item = earlier.iter().any(|one| one.named.contains_key(&row));
        !is_item && sheet.within((row, row + 1)).take(5).count() < 5
    };
    texts(sheet, (first, head)).into_iter().filter(|(at, _)| is_row(at.row)).collect()
}

/// Notes below a table that speak of its data.
fn notes(sheet: &Sheet, table: &Table<'_>) -> Vec<(CellRef, String)> {
    let Some(last) = table.named.keys().next_back() else { return Vec::new() };
    let speaks = |text: &str| {
        ["以上", "本表", "上表", "数据", "统计", "时点", "均为"].iter().any(|word| text.contains(word))
    };
    let below = texts(sheet, (last + 1, table.rows.1.min(last.saturating_add(FAR))));
    below.into_iter().filter(|(_, text)| speaks(text)).collect()
}

fn texts(sheet: &Sheet, rows: (u32, u32)) -> Vec<(CellRef, String)> {
    let cells = sheet.within(rows).filter_map(|(at, cell)| Some((*at, clean(cell.label()?))));
    cells.filter(|(_, text)| !text.is_empty() && text.chars().count() <= LONGEST).collect()
}

/// Whether a text names another year than the one that is judged, and whether it names a part of a year. The day on which
/// something was filled in or printed is neither.
pub(super) fn other_period(text: &str, year: i32) -> (bool, bool) {
    let text = clean(text);
    // 表1 2022年 and 2 0 2 2年 are both written.
    let close: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let named = [close.as_str(), text.as_str()].map(|text| named_period(text, year));
    let early = is_filled_early(&close, year);
    (named.iter().any(|(other, _)| *other), early || named.iter().any(|(_, part)| *part))
}

fn named_period(text: &str, year: i32) -> (bool, bool) {
    let text = without_days(text);
    let years = years_in(&text);
    let spans = period(&text).is_some_and(|named| named.holds(year));
    let other = !years.is_empty() && !years.contains(&year) && !spans;
    (other, period(&text).is_some_and(|named| named.span == Span::Part))
}

/// Whether a form was filled in before the year was over, and so cannot hold its results.
fn is_filled_early(text: &str, year: i32) -> bool {
    let is_filled = ["填报时间", "填报日期", "填表时间", "填表日期", "报送日期", "报送时间", "制表日期"];
    let Some(at) = is_filled.iter().find_map(|label| text.find(label)) else { return false };
    let rest = text.get(at..).unwrap_or_default();
    let Some(date) = rest.find(|c: char| c.is_ascii_digit()).and_then(|at| rest.get(at..)) else {
        return false;
    };
    let month: String = date.chars().skip(5).take_while(char::is_ascii_digit).collect();
    date.starts_with(&year.to_string()) && month.parse().is_ok_and(|month: u32| (1..=11).contains(&month))
}

/// A text without dates of a day, but for those up to which something is counted: 截至2023年9月30日.
fn without_days(text: &str) -> String {
    // A day on which the data were taken says what they are.
    const TAKEN: [&str; 5] = ["截止日期", "数据时点", "统计时点", "数据日期", "数据截止"];
    if TAKEN.iter().any(|label| text.contains(label))
        && !["填报", "报送", "上报"].iter().any(|word| text.contains(word))
    {
        return text.to_owned();
    }
    let characters: Vec<char> = text.chars().collect();
    let mut kept = String::new();
    let mut at = 0;
    while at < characters.len() {
        let rest: String = characters.iter().skip(at).take(12).collect();
        let until = characters.iter().take(at).rev().take(3).any(|c| "截至止点-—~到".contains(*c));
        match day(&rest)
            .filter(|_| !until && !characters.get(at.wrapping_sub(1)).is_some_and(char::is_ascii_digit))
        {
            Some(length) => at += length,
            None => {
                kept.extend(characters.get(at));
                at += 1;
            }
        }
    }
    kept
}

/// The length of a date with a day that a text begins with: `2024年1月10日`, `2024-01-10`, `2024.1.10`.
fn day(text: &str) -> Option<usize> {
    let mut length = 0;
    let mut rest = text;
    // 2023年1-9月 is no day: marks are of one kind.
    let is_chinese = text.chars().nth(4) == Some('年');
    let (first, second): (&[char], &[char]) =
        if is_chinese { (&['年'], &['月']) } else { (&['-', '/', '.'], &['-', '/', '.']) };
    for (digits, marks) in [(4..=4, first), (1..=2, second), (1..=2, &[])] {
        let count = rest.chars().take_while(char::is_ascii_digit).count();
        if !digits.contains(&count) {
            return None;
        }
        rest = rest.get(count..)?;
        length += count;
        if !marks.is_empty() {
            rest = rest.strip_prefix(marks)?;
            length += 1;
        }
    }
    // A range goes on: 2023年1月1日—12月31日 is no day.
    let rest = rest.strip_prefix('日').inspect(|_| length += 1).unwrap_or(rest);
    (!rest.starts_with(['-', '—', '至', '~', '到', '–'])).then_some(length)
}

/// Whether a title begins with another area than the city, and than the unit itself.
fn is_other_area(text: &str, index: &Index<'_>, unit: &str) -> bool {
    // What stands behind a label is a title only where the label says so.
    let text = match text.split_once(':') {
        Some((label, value))
            if ["区域", "地区", "范围", "附件", "附表"].iter().any(|word| label.contains(word)) =>
        {
            value
        }
        Some(_) => return false,
        None => text,
    };
    let key = name_key(text);
    let cities = index.setting().city;
    let bare = cities.iter().find_map(|city| key.strip_prefix(city.as_str()).filter(|_| !city.is_empty()));
    let bare = bare.unwrap_or(&key);
    if bare.starts_with("全省") || bare.starts_with("全国") {
        return true;
    }
    let heading = Heading::of(text, index.setting());
    let is_it = |area: &String| {
        bare.starts_with(area.as_str())
            && !unit.contains(area.as_str())
            && !area.contains(['型', '类', '级', '示', '全'])
    };
    heading.areas.iter().any(is_it)
}

/// Whether a title says that what follows are targets, growth, scores or the like.
fn is_other_kind(text: &str, index: &Index<'_>) -> bool {
    let is_title = !text.contains(':') && text.chars().count() >= 4;
    const PLANS: [&str; 5] = ["目标任务", "任务分解", "分解表", "目标表", "计划表"];
    let is_plan = PLANS.iter().any(|word| text.contains(word))
        && !["完成", "实绩", "进展", "落实", "执行"].iter().any(|word| text.contains(word));
    is_title && (is_plan || Heading::of(text, index.setting()).is_aside())
}

/// Whether a text between the rows of a table says that the rows below are about something else.
pub(super) fn is_other_section(text: &str, index: &Index<'_>) -> bool {
    let (year, part) = other_period(text, index.year);
    let key = name_key(text);
    let bare = ["以下为", "以下", "附:", "附", "其他:"]
        .iter()
        .find_map(|word| key.strip_prefix(word))
        .unwrap_or(&key);
    year || part || is_other_word(bare, index)
}

/// Whether words say that a value is not the result of the year and the city: a target, last year's, another area's.
pub(super) fn is_other_word(text: &str, index: &Index<'_>) -> bool {
    let heading = Heading::of(text, index.setting());
    if !heading.is_known() || heading.is_unit() {
        return false;
    }
    match sense(&[heading], index.year) {
        Sense::Known(role) => !role.is_read() || matches!(role, Role::Previous | Role::Estimate),
        _ => false,
    }
}

/// Whether words say that a value is a target or last year's.
pub(super) fn is_target_or_past(text: &str, index: &Index<'_>) -> bool {
    let heading = Heading::of(text, index.setting());
    let said = heading.is_known().then(|| sense(&[heading], index.year));
    matches!(said, Some(Sense::Known(Role::Target | Role::Previous | Role::Base)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_around_a_table_are_told_from_days_on_which_it_was_made() {
        for (text, expected) in [
            ("2022年创新指标统计表", (true, false)),
            ("表1 2022年度完成情况表", (true, false)),
            ("截止日期：2023年9月30日", (false, true)),
            ("填报时间：2023年7月5日", (false, true)),
            ("附件1：2022年度完成情况", (true, false)),
            ("2024年1月报送", (true, true)),
            ("2023年1-9月完成情况表", (false, true)),
            ("完成情况（截至9月30日）", (false, true)),
            ("以上数据截至2023年9月底", (false, true)),
            ("统计时间：2023年1-9月", (false, true)),
            ("数据时点：2023年9月30日", (false, true)),
            ("2023年度完成情况表", (false, false)),
            ("2021—2025年规划指标", (false, false)),
            ("填报日期：2024年1月10日", (false, false)),
            ("填报单位：市科技局  报告期：2023年度  填报日期：2024-01-10", (false, false)),
            ("报告期：2023年1月1日—12月31日", (false, false)),
            ("单位：万元", (false, false)),
        ] {
            assert_eq!(other_period(text, 2023), expected, "{text}");
        }
    }
}
