//! Tables of indicators whose rows stand on a line each, with cells parted by bars or tabs.

use super::cells;
use super::passage::{NUMERALS, holds, plain};
use super::rows::RawRow;
use super::sections::{SectionHeading, SourceText, heading};
use super::stream::ListedRows;
use super::tables::{
    GridRow, PlanSpan, TableColumn, column, date, is_note, is_of_indicators, nature, settle,
};
use super::{turned, units};
use crate::quantity::Unit;

/// The grids of a document: runs of rows with nothing but blank lines between them.
pub(super) fn grids(document: &SourceText) -> Vec<Vec<GridRow<'_>>> {
    let mut found: Vec<Vec<GridRow>> = Vec::new();
    let mut is_open = false;
    for number in 1..=document.length() {
        match document.cells(number) {
            Some(cells) => {
                if !is_open {
                    found.push(Vec::new());
                }
                is_open = true;
                if let Some(last) = found.last_mut() {
                    last.push((number, cells));
                }
            }
            // 一、经济增长 on a line of its own between rows of one width heads a group.
            None if is_open && heads_group(document, number, found.last()) => {
                if let Some(last) = found.last_mut() {
                    last.push((number, vec![document.line(number).trim()]));
                }
            }
            None => is_open &= document.plain(number).is_empty(),
        }
    }
    // A row alone is one where it goes on with the grid before it: 续表.
    let width = |rows: &[GridRow]| rows.iter().map(|(_, cells)| cells.len()).max();
    let mut before = None;
    found.retain(|rows| {
        let is_kept = rows.len() >= 2 || (before.is_some() && before == width(rows));
        before = width(rows).filter(|_| is_kept);
        is_kept
    });
    found
}

/// Longest line that heads a group of rows, in characters.
const LONGEST_GROUP: usize = 16;

/// Whether a line is a numbered heading between a row of a grid and one as wide.
fn heads_group(document: &SourceText, number: usize, grid: Option<&Vec<GridRow<'_>>>) -> bool {
    let text = document.plain(number);
    let is_heading = heading(text) != SectionHeading::None
        && text.chars().count() <= LONGEST_GROUP
        && !text.contains([',', '。', ';', ':']);
    let width =
        grid.and_then(|rows| rows.iter().rev().map(|(_, cells)| cells.len()).find(|width| *width > 1));
    let next = (number + 1..=document.length()).find(|next| !document.plain(*next).is_empty());
    let next = next.and_then(|next| document.cells(next)).map(|cells| cells.len());
    is_heading && next.is_some() && next == width
}

/// The heading of every column, all its levels in one.
pub(super) fn headings(rows: &[GridRow]) -> Vec<String> {
    levels(rows).iter().map(|levels| levels.concat()).collect()
}

/// The levels of the heading of every column: the cells of all heading rows above it, the upper first. An empty cell of a row that has
/// more below it belongs to the cell on its left. A first row with nothing but a title is no level.
fn levels(rows: &[GridRow]) -> Vec<Vec<String>> {
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let filled = |cells: &[&str]| cells.iter().filter(|text| !text.is_empty()).count();
    let is_title = |cells: &[&str]| rows.len() > 1 && filled(cells) == 1 && is_caption(cells);
    let rows: Vec<&GridRow> = rows.iter().filter(|(_, cells)| !is_title(cells)).collect();
    let mut found = vec![Vec::new(); width];
    for (at, (_, cells)) in rows.iter().enumerate() {
        let is_last = at + 1 == rows.len();
        let mut left = String::new();
        for (place, heading) in found.iter_mut().enumerate() {
            let text = plain(cells.get(place).copied().unwrap_or_default());
            let below = rows.get(at + 1..).unwrap_or_default();
            let has_below =
                below.iter().any(|(_, cells)| cells.get(place).is_some_and(|cell| !cell.is_empty()));
            if !text.is_empty() {
                left.clone_from(&text);
                heading.push(text);
            } else if !is_last && has_below && !left.is_empty() {
                heading.push(left.clone());
            }
        }
    }
    found
}

/// The title of a table, or the unit over it, in the only filled cell of a row.
fn is_caption(cells: &[&str]) -> bool {
    let text = plain(cells.iter().find(|text| !text.is_empty()).copied().unwrap_or_default());
    cells.first().is_some_and(|first| !first.is_empty()) || text.starts_with("单位:")
}

/// How many rows are headings: those before the first with a value or a number of its own, or that heads a group.
pub(super) fn heading_rows(rows: &[GridRow]) -> usize {
    let is_row = |(_, cells): &GridRow| {
        let numbers = cells.iter().skip(1).filter(|text| is_value(text)).count();
        let begins = cells.first().is_some_and(|text| is_number(text))
            || cells.get(1).is_some_and(|text| is_number(text));
        (numbers >= 1 || begins) && !cells.iter().any(|text| plain(text) == "序号")
    };
    let filled = |cells: &[&str]| cells.iter().filter(|text| !text.is_empty()).count();
    let mut has_heading = false;
    for (at, row) in rows.iter().enumerate() {
        if is_row(row) || (has_heading && (group_of(&row.1).is_some() || filled(&row.1) == 1)) {
            return at;
        }
        has_heading |= filled(&row.1) >= LEAST_COLUMNS;
    }
    rows.len()
}

/// Cells that a heading has at least.
const LEAST_COLUMNS: usize = 3;

/// 一 | 经济增长: the words of a row with nothing but a numeral and a name.
fn group_of(cells: &[&str]) -> Option<String> {
    let filled: Vec<String> = cells.iter().map(|text| plain(text)).filter(|text| !text.is_empty()).collect();
    let [numeral, name] = filled.as_slice() else { return None };
    let bare = numeral.trim_matches(['(', ')', '、']);
    let is_numeral = !bare.is_empty() && bare.chars().all(|c| NUMERALS.contains(c));
    (is_numeral && !is_value(name)).then(|| name.clone())
}

fn is_value(text: &str) -> bool {
    let text = plain(text);
    let is_year = text.trim_end_matches('年').parse::<i32>().is_ok_and(|year| (1990..=2060).contains(&year));
    !is_year && cells::is_number(&text)
}

/// 1 or 12: a row's number.
pub(super) fn is_number(text: &str) -> bool {
    let text = plain(text);
    (1..=3).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit())
}

/// The table that a grid is; `None` when it is none of indicators. Of a grid without a heading that goes on with the rows of the one
/// before it, `before` gives the columns.
pub(super) fn table(
    rows: &[GridRow],
    span: Option<PlanSpan>,
    before: Option<&[TableColumn]>,
) -> Option<ListedRows> {
    let heads = heading_rows(rows);
    let (head_rows, body) = rows.split_at_checked(heads)?;
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let levels = levels(head_rows);
    let mut columns: Vec<TableColumn> = levels.iter().map(|levels| column(levels)).collect();
    let mut yearless = None;
    if let Some(before) = before.filter(|before| head_rows.is_empty() && before.len() == width) {
        columns = before.to_vec();
    } else {
        by_cells(&mut columns, &levels, body);
        if let Some(listed) = turned::table(&levels, body, span) {
            return Some(ListedRows { heads: lines_of(head_rows), ..listed });
        }
        if !is_of_indicators(&columns) {
            return None;
        }
        let undated = columns.clone();
        settle(&mut columns, span);
        let given = date(&mut columns, span);
        yearless = given.map(|year| (without_year(&undated, &levels), year));
        settle(&mut columns, span);
        name_columns(&mut columns, body);
    }
    let heads = lines_of(head_rows);
    let mut listed = ListedRows { columns, yearless, heads, ..ListedRows::default() };
    let mut group: OpenGroup = None;
    let own_heading = |cells: &[&str]| head_rows.iter().any(|(_, head)| head.as_slice() == cells);
    for (line, cells) in body.iter().filter(|(_, cells)| !own_heading(cells)) {
        read(*line, cells, &mut listed, &mut group);
    }
    Some(listed)
}

/// Longest cell that stands in the place of a number, in characters.
const LONGEST_CELL: usize = 30;

fn lines_of(rows: &[GridRow]) -> Vec<usize> {
    rows.iter().map(|(line, _)| *line).collect()
}

/// The headings that name no year, of columns that need one.
fn without_year(columns: &[TableColumn], levels: &[Vec<String>]) -> Vec<String> {
    let needs = |column: &TableColumn| {
        matches!(column, TableColumn::Undated(_) | TableColumn::Total | TableColumn::Area(_, 0))
    };
    let named = columns.iter().zip(levels).filter(|(column, _)| needs(column));
    named.filter_map(|(_, levels)| levels.last().cloned()).collect()
}

/// What the cells say against the headings: 单位 over names of departments is no unit of measure, and numbers stand in the columns of
/// areas and targets.
fn by_cells(columns: &mut [TableColumn], levels: &[Vec<String>], body: &[GridRow]) {
    for (place, column) in columns.iter_mut().enumerate() {
        let cells = body.iter().filter_map(|(_, cells)| cells.get(place).copied()).map(plain);
        let cells: Vec<String> = cells.filter(|text| !text.is_empty() && !units::is_dash(text)).collect();
        let most = |is: &dyn Fn(&str) -> bool| cells.iter().filter(|text| is(text)).count() * 2 > cells.len();
        let heading: String = levels.get(place).map(|levels| levels.concat()).unwrap_or_default();
        let measures = |text: &str| Unit::parse(text).is_known();
        match column {
            TableColumn::Unit if most(&|text| units::is_list(text) && !measures(text)) => {
                let reports = holds(&heading, &["数据", "采集", "填报", "报送", "统计"]);
                *column = if reports { TableColumn::Reporters } else { TableColumn::Responsible };
            }
            TableColumn::Other if heading.is_empty() && most(&measures) => *column = TableColumn::Unit,
            TableColumn::Other if most(&|text| nature(text).is_some() && text.chars().count() <= 3) => {
                *column = TableColumn::Nature;
            }
            // 2023年工作目标 over sentences.
            TableColumn::Year(..) if most(&|text| text.chars().count() > LONGEST_CELL) => {
                *column = TableColumn::Other;
            }
            TableColumn::Undated(_) | TableColumn::Total | TableColumn::Area(..)
                if !most(&cells::is_number) =>
            {
                *column = TableColumn::Other;
            }
            _ => {}
        }
    }
}

/// Columns without a heading: the first with numbers that count is 序号, the first with words is the name.
fn name_columns(columns: &mut [TableColumn], body: &[GridRow]) {
    let texts = |place: usize| -> Vec<&str> {
        body.iter()
            .filter_map(|(_, cells)| cells.get(place).copied())
            .filter(|text| !text.is_empty())
            .collect()
    };
    if !columns.contains(&TableColumn::Number) {
        let counts = |place: &usize| {
            let texts = texts(*place);
            !texts.is_empty() && texts.iter().all(|text| is_number(text))
        };
        let free = |place: &usize| {
            matches!(columns.get(*place), Some(TableColumn::Other | TableColumn::Name | TableColumn::Group))
        };
        if let Some(place) = (0..columns.len()).filter(free).find(counts)
            && let Some(column) = columns.get_mut(place)
        {
            *column = TableColumn::Number;
        }
    }
    if !columns.contains(&TableColumn::Name) {
        let place = (0..columns.len()).find(|place| {
            columns.get(*place) == Some(&TableColumn::Other)
                && texts(*place).iter().any(|text| !is_number(text))
        });
        if let Some(column) = place.and_then(|place| columns.get_mut(place)) {
            *column = TableColumn::Name;
        }
    }
}

/// The group in which a row stands, with its lines.
type OpenGroup = Option<(String, (usize, usize))>;

fn read(line: usize, cells: &[&str], listed: &mut ListedRows, group: &mut OpenGroup) {
    let filled: Vec<&str> = cells.iter().copied().filter(|text| !text.is_empty()).collect();
    let Some(first) = filled.first() else { return };
    if is_note(&plain(first)) {
        listed.notes.push((line, (*first).to_owned()));
        return;
    }
    // A row of one cell heads a group.
    if filled.len() == 1 && !is_number(first) && listed.columns.len() > 2 {
        let words = plain(first);
        let words = words.trim_start_matches(|c: char| NUMERALS.contains(c) || "()、.".contains(c));
        *group = Some((words.to_owned(), (line, line)));
        return;
    }
    if let Some(words) = group_of(cells) {
        *group = Some((words, (line, line)));
        return;
    }
    let Some(mut row) = row(line, cells, &listed.columns, group) else { return };
    if let Some(named) = group.as_ref() {
        row.group.clone_from(&named.0);
        match listed.groups.iter_mut().find(|(words, _)| *words == named.0) {
            Some((_, lines)) => lines.1 = line,
            None => listed.groups.push(named.clone()),
        }
    }
    listed.rows.push(row);
}

/// The cells of a line by what their columns hold; `None` for a row without a name. Cells of groups open one.
fn row(line: usize, cells: &[&str], columns: &[TableColumn], group: &mut OpenGroup) -> Option<RawRow> {
    let mut row = RawRow { lines: (line, line), ..RawRow::default() };
    let mut names: Vec<String> = Vec::new();
    let reports = columns.contains(&TableColumn::Reporters);
    for (column, text) in columns.iter().zip(cells) {
        let bare = plain(text);
        match column {
            TableColumn::Number if !bare.is_empty() => {
                row.no = Some(bare.trim_end_matches(['.', '、']).to_owned());
            }
            TableColumn::Name if !bare.is_empty() => names.push(bare),
            TableColumn::Unit => row.unit = bare,
            TableColumn::Group if !bare.is_empty() => match group {
                Some((words, lines)) if *words == bare => lines.1 = line,
                _ => *group = Some((bare, (line, line))),
            },
            TableColumn::Nature => row.nature = bare,
            TableColumn::Year(..) | TableColumn::Mean | TableColumn::Area(..) | TableColumn::Part(_) => {
                row.expected += 1;
                row.numbers.push((column.clone(), (*text).to_owned(), line));
            }
            TableColumn::Reporters | TableColumn::Responsible
                if !bare.is_empty() && !units::is_dash(&bare) =>
            {
                let answers = reports && *column == TableColumn::Responsible;
                if answers { row.responsible.push(bare) } else { row.units.push(bare) }
            }
            TableColumn::Note => row.note = (*text).to_owned(),
            _ => {}
        }
    }
    row.name = names.pop().unwrap_or_default();
    if let Some(outer) = names.pop() {
        *group = Some((outer, (line, line)));
    }
    numbered(&mut row);
    (!row.name.is_empty()).then_some(row)
}

/// 1.国内生产总值增长: the number stands in the cell of the name.
fn numbered(row: &mut RawRow) {
    let rest = row.name.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = row.name.len() - rest.len();
    let behind =
        rest.strip_prefix(['.', '、', '．']).filter(|_| (1..=2).contains(&digits) && row.no.is_none());
    if let Some(behind) = behind.filter(|behind| !behind.starts_with(|c: char| c.is_ascii_digit())) {
        row.no = row.name.get(..digits).map(str::to_owned);
        row.name = behind.to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_with_merged_headings_and_groups_is_read() {
        let text = "| 类别 | 指标 | 2020年 | 2025年 | 年均/累计 | 属性 |\n\
                    | 经济发展 | 1.国内生产总值增长（%） | 2.3 | — | 保持在合理区间 | 预期性 |\n\
                    | | 2.常住人口城镇化率（%） | 60.6 | 65 | — | 预期性 |\n\
                    | 绿色生态 | 3.单位国内生产总值能源消耗降低（%） | — | — | 〔13.5〕 | 约束性 |\n\
                    | 注：〔〕内为5年累计数。 | | | | | |\n";
        let document = SourceText::of(text);
        let grids = grids(&document);
        let listed = table(&grids[0], Some((2021, 2025)), None).unwrap();
        let names: Vec<&str> = listed.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["国内生产总值增长(%)", "常住人口城镇化率(%)", "单位国内生产总值能源消耗降低(%)"]);
        assert_eq!(listed.rows[1].group, "经济发展");
        assert_eq!(listed.rows[2].no.as_deref(), Some("3"));
        assert_eq!((listed.notes.len(), listed.groups.len()), (1, 2));
        assert_eq!(listed.columns[3], TableColumn::Year(2025, Some("annual"), true));
    }
}
