//! Tables of indicators whose cells stand one below the other, as web pages leave them.

use super::cells;
use super::passage::plain;
use super::rows::{RawRow, split_unit};
use super::sections::SourceText;
use super::tables::{PlanSpan, TableColumn, is_note, is_of_indicators, nature, scanned, settle};
use super::units;

/// What a list of cells holds.
#[derive(Debug, Default)]
pub(super) struct ListedRows {
    pub(super) rows: Vec<RawRow>,
    pub(super) groups: Vec<(String, (usize, usize))>,
    pub(super) columns: Vec<TableColumn>,
    pub(super) notes: Vec<(usize, String)>,
    /// Headings that name no year, and the year that their columns were given.
    pub(super) yearless: Option<(Vec<String>, i32)>,
    /// Lines of headings.
    pub(super) heads: Vec<usize>,
}

/// A cell with its line.
type StreamCell<'a> = (usize, &'a str);

/// The table between two lines; `None` when there is none.
pub(super) fn table(
    document: &SourceText,
    first: usize,
    end: usize,
    span: Option<PlanSpan>,
) -> Option<ListedRows> {
    let cells: Vec<StreamCell> = (first..end)
        .map(|number| (number, document.line(number).trim().trim_matches('|').trim()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let begin = cells.iter().position(|(_, text)| row_start(text).is_some())?;
    let group = group_start(&cells, begin);
    let heading: String = cells.get(1..group)?.iter().map(|(_, text)| plain(text)).collect();
    let mut columns: Vec<TableColumn> = scanned(&heading).into_iter().map(|(_, column)| column).collect();
    if !is_of_indicators(&columns) {
        return None;
    }
    settle(&mut columns, span);
    let mut reader =
        StreamReader { cells: &cells, at: group, columns: &columns, listed: ListedRows::default() };
    reader.read();
    let listed = reader.listed;
    Some(ListedRows { columns, ..listed })
}

/// 1, 1. or 1.高新技术企业数: a number with the name that stands beside it.
fn row_start(text: &str) -> Option<(String, String)> {
    let text = plain(text);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.get(..text.len() - rest.len()).filter(|digits| (1..=2).contains(&digits.len()))?;
    if rest.is_empty() {
        return Some((digits.to_owned(), String::new()));
    }
    let name = rest.strip_prefix(['.', '、', '．'])?;
    let is_name = name.chars().next().is_none_or(|c| !c.is_ascii_digit());
    is_name.then(|| (digits.to_owned(), name.to_owned()))
}

/// Where the first group begins: the words directly before the first row that are none of the heading.
fn group_start(cells: &[StreamCell], begin: usize) -> usize {
    let mut at = begin;
    while let Some((_, text)) = at.checked_sub(1).and_then(|before| cells.get(before)) {
        let text = plain(text);
        let is_heading = !scanned(&text).is_empty()
            || ["指标", "目标值", "考核", "完成值", "单位", "属性"].iter().any(|word| text.ends_with(word));
        if is_heading || at <= 1 {
            break;
        }
        at -= 1;
    }
    at
}

struct StreamReader<'a> {
    cells: &'a [StreamCell<'a>],
    at: usize,
    columns: &'a [TableColumn],
    listed: ListedRows,
}

impl StreamReader<'_> {
    fn read(&mut self) {
        let mut group: Option<(String, (usize, usize))> = None;
        while let Some((line, text)) = self.cells.get(self.at).copied() {
            if is_note(&plain(text)) {
                self.listed.notes.push((line, text.to_owned()));
                return;
            }
            let Some((no, name)) = row_start(text) else {
                self.at += 1;
                let last = self.listed.rows.last().map_or(0, |row| row.lines.1);
                match &mut group {
                    Some((words, (first, end))) if *first > last => {
                        words.push_str(&plain(text));
                        *end = line;
                    }
                    _ => group = Some((plain(text), (line, line))),
                }
                continue;
            };
            if let Some(named) = group.as_ref().filter(|named| !self.listed.groups.contains(named)) {
                self.listed.groups.push(named.clone());
            }
            self.at += 1;
            let words = group.as_ref().map(|(words, _)| words.clone()).unwrap_or_default();
            let row = self.row(RawRow {
                no: Some(no),
                name,
                group: words,
                lines: (line, line),
                ..RawRow::default()
            });
            self.listed.rows.push(row);
        }
    }

    /// The cells of a row up to what belongs to it no longer.
    fn row(&mut self, mut row: RawRow) -> RawRow {
        let numbers: Vec<TableColumn> = self
            .columns
            .iter()
            .filter(|column| matches!(column, TableColumn::Year(..) | TableColumn::Mean))
            .cloned()
            .collect();
        row.expected = numbers.len();
        let has = |column: &TableColumn| self.columns.contains(column);
        let (has_unit, has_nature) = (has(&TableColumn::Unit), has(&TableColumn::Nature));
        let units_first = self.units_come_first();
        let mut taken = 0;
        while let Some((line, text)) = self.cells.get(self.at).copied() {
            let bare = plain(text);
            let is_start = row_start(text).is_some();
            let open = taken < numbers.len();
            let is_dash = units::is_dash(&bare);
            if open
                && is_value(&bare)
                && (!row.name.is_empty() || !is_start)
                && !(is_dash && units_first && row.units.is_empty() && taken == 0)
            {
                if let Some(column) = numbers.get(taken) {
                    row.numbers.push((column.clone(), text.to_owned(), line));
                }
                taken += 1;
            } else if has_nature && nature(&bare).is_some() && bare.chars().count() <= 5 {
                row.nature = bare;
            } else if has_unit
                && row.unit.is_empty()
                && !row.name.is_empty()
                && taken == 0
                && is_unit_word(&bare)
            {
                row.unit = bare;
            } else if is_dash
                || (!row.name.is_empty() && units::is_list(&bare) && split_unit(&bare).1.is_none())
            {
                row.units.push(bare);
            } else if taken == 0 && row.units.is_empty() && !is_start {
                row.name.push_str(&bare);
            } else {
                break;
            }
            row.lines.1 = line;
            self.at += 1;
        }
        row
    }

    fn units_come_first(&self) -> bool {
        let place = |found: &dyn Fn(&TableColumn) -> bool| self.columns.iter().position(found);
        let units = place(&|column| matches!(column, TableColumn::Reporters | TableColumn::Responsible));
        let numbers = place(&|column| matches!(column, TableColumn::Year(..) | TableColumn::Mean));
        units.zip(numbers).is_some_and(|(units, numbers)| units < numbers)
    }
}

fn is_unit_word(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 8 && crate::quantity::Unit::parse(text).is_known()
}

/// A cell that holds a number or stands in the place of one.
fn is_value(text: &str) -> bool {
    if units::is_dash(text) {
        return true;
    }
    cells::is_number(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_begin_rows_and_values_do_not() {
        for (text, found) in [
            ("1", Some(("1", ""))),
            ("12.规模以上", Some(("12", "规模以上"))),
            ("1.69", None),
            ("2.9", None),
            ("市科技局", None),
            ("120000", None),
        ] {
            assert_eq!(row_start(text), found.map(|(no, name)| (no.to_owned(), name.to_owned())), "{text}");
        }
    }
}
