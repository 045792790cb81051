//! The unit and the currency that texts around a table name for all of it, or a row of units between its rows for those below.

use std::cell::OnceCell;

use super::columns::is_office;
use super::index::Index;
use super::table::{Rows, Table};
use super::text::{clean, names_unit, several_units, split_unit};
use crate::workbook::{Cell, Sheet};

/// How far above a heading a unit for the whole table is looked for.
const FURTHEST_UNIT: u32 = 12;

/// The rows of a sheet, and those among them that may speak of a table above them: looked for once for all of its tables.
pub(super) struct Surroundings<'r> {
    rows: &'r Rows<'r>,
    /// Rows that begin with a note, each with its text.
    notes: OnceCell<Vec<(u32, String)>>,
    /// Rows with one cell.
    alone: OnceCell<Vec<(u32, &'r Cell)>>,
}

impl<'r> Surroundings<'r> {
    pub(super) fn of(rows: &'r Rows<'r>) -> Self {
        Self { rows, notes: OnceCell::new(), alone: OnceCell::new() }
    }

    /// Notes in a row and below it.
    fn notes(&self, from: u32) -> impl Iterator<Item = &str> {
        let all = self.notes.get_or_init(|| {
            let first =
                self.rows.iter().filter_map(|(row, cells)| Some((*row, clean(cells.first()?.1.raw()))));
            first.filter(|(_, text)| text.starts_with(['注', '说', '备', '*'])).collect()
        });
        let before = all.partition_point(|(row, _)| *row < from);
        all.iter().skip(before).map(|(_, text)| text.as_str())
    }

    /// Cells alone in a row or in one below it.
    fn alone(&self, from: u32) -> impl Iterator<Item = &'r Cell> {
        let all = self.alone.get_or_init(|| {
            let alone = |(row, cells): (&u32, &'r Vec<(u32, &'r Cell)>)| match cells.as_slice() {
                [(_, cell)] => Some((*row, *cell)),
                _ => None,
            };
            self.rows.iter().filter_map(alone).collect()
        });
        let before = all.partition_point(|(row, _)| *row < from);
        all.iter().skip(before).map(|(_, cell)| *cell)
    }
}

/// The unit that the rows above a heading, or a note below it, name for the whole table: `单位：万元`, `金额单位：千元`, `以千元计`, a lone
/// `万元` at the end of a row near it, a title with `(万元)` behind it; the first of these that there is. What is labelled as a
/// unit is one, known or not.
pub(super) fn sheet_unit(
    around: &Surroundings<'_>,
    head: u32,
    last: u32,
    index: &Index<'_>,
    is_own: &dyn Fn(u32) -> bool,
) -> Option<String> {
    let above = |most: u32| {
        let rows = around.rows.range(head.saturating_sub(most)..head).rev();
        rows.map(|(_, cells)| cells.iter().filter(|(at, _)| is_own(*at)))
    };
    let texts = |most: u32| above(most).flatten().map(|(_, cell)| clean(cell.raw()));
    let near = MORE_ROWS;
    let lone = || above(near).filter_map(Iterator::last).find_map(|(_, cell)| known_unit(&clean(cell.raw())));
    let in_title = || texts(near).find_map(|text| split_unit(&text).1);
    let notes = || around.notes(last).take(20).find_map(|text| labelled_unit(text, index));
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
    (!text.is_empty() && names_unit(text)).then(|| text.to_owned())
}

/// The currency that a text around a table names for its money, if it is not 元: 币种：美元, 本表金额按美元计算.
pub(super) fn currency(around: &Surroundings<'_>, head: u32, last: u32) -> Option<String> {
    let above = around.rows.range(head.saturating_sub(FURTHEST_UNIT)..head).flat_map(|(_, cells)| cells);
    let below = around.alone(last + 1).take(20);
    let texts = above.map(|(_, cell)| *cell).chain(below).filter_map(Cell::label);
    texts.filter(|text| text.len() < 600).find_map(|text| currency_in(&clean(text)))
}

fn currency_in(text: &str) -> Option<String> {
    const CURRENCIES: [&str; 6] = ["美元", "欧元", "日元", "港元", "港币", "英镑"];
    let (before, label) = ["币种", "货币", "金额", "计价", "结算", "数据", "本表", "以上"]
        .iter()
        .find_map(|label| text.split_once(label))?;
    let named = CURRENCIES.iter().find(|currency| label.contains(**currency))?;
    let at = label.find(*named)?;
    let (until, after) = label.split_at(at);
    // 折合美元 in a sentence about something else says nothing of the table.
    let is_label =
        until.trim_end_matches(['万', '亿', '千', '百']).ends_with([':', '为', '以', '按', '用', '是', '(']);
    let is_all = until.chars().count() <= 8 && before.chars().count() <= 8;
    let is_unit = until.ends_with(['万', '亿', '千', '百']);
    let converted = after.contains("折算") && after.contains("人民币");
    (is_label && is_all && !is_unit && !converted).then(|| (*named).to_owned())
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
    let rest = rest.trim_start_matches(['为', ':', '(', ' ']);
    let whole = rest.split(['。', ';', ')', '\n']).next()?.trim();
    // 亿 美元 is 亿美元, 万元、家 are two; what else follows a blank or comma is something else.
    let close: String = whole.chars().filter(|c| !c.is_whitespace()).collect();
    if close != whole && known_unit(&close).is_some() {
        return Some(close);
    }
    if known_unit(whole).is_none()
        && let Some(units) = several_units(whole)
    {
        return Some(units);
    }
    let unit = whole.split([',', ' ']).next()?.trim();
    if let Some(unit) = known_unit(unit) {
        return Some(unit);
    }
    let refers = unit.starts_with(['见', '详', '如', '按', '各']) || unit.contains(['、', '/']);
    let is_unit = !unit.is_empty() && !refers && unit.chars().count() <= 10 && !is_office(unit, index);
    (is_unit && *label != "金额").then(|| unit.to_owned())
}

/// How many rows below it such a row counts for at most.
const FURTHEST_ROW: u32 = 200;

/// The rows between those of a table that name a unit for those below.
pub(super) fn unit_rows(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>) -> Vec<(u32, String)> {
    let lines = sheet.within(table.rows).filter(|(at, cell)| {
        cell.label().is_some_and(|text| text.contains('单')) && !table.named.contains_key(&at.row)
    });
    lines.filter_map(|(at, cell)| Some((at.row, labelled_unit(&clean(cell.label()?), index)?))).collect()
}

/// The unit that the nearest of these above a row names.
pub(super) fn unit_between(units: &[(u32, String)], row: u32) -> Option<String> {
    let above = units.partition_point(|(at, _)| *at < row);
    let (at, unit) = units.get(above.checked_sub(1)?)?;
    (*at >= row.saturating_sub(FURTHEST_ROW)).then(|| unit.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_that_of_the_table_only_where_a_text_says_so() {
        for (text, expected) in [
            ("币种：美元", Some("美元")),
            ("计价币种:美元", Some("美元")),
            ("本表金额按美元计算", Some("美元")),
            ("注：以上金额以港元计", Some("港元")),
            ("币种：人民币", None),
            ("单位：亿元", None),
            ("本市利用外资金额比上年增加，折合美元12亿", None),
        ] {
            assert_eq!(currency_in(&clean(text)).as_deref(), expected, "{text}");
        }
    }
}
