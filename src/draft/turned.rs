//! Tables that stand the other way round: a row for each area, a column for each indicator.

use super::passage::plain;
use super::rows::{RawRow, split_unit};
use super::stream::ListedRows;
use super::tables::{GridRow, PlanSpan, TableColumn, is_area, is_total, scanned};
use super::{cells, units};

/// Fewest areas of such a table.
const FEWEST: usize = 2;

/// The rows of a table of areas, with the whole as target and the areas as quotas; `None` when it is none. `levels` are those of the
/// headings.
pub(super) fn table(levels: &[Vec<String>], body: &[GridRow], span: Option<PlanSpan>) -> Option<ListedRows> {
    let cell = |cells: &[&str], place: usize| plain(cells.get(place).copied().unwrap_or_default());
    let is_named = |place: &usize| {
        let names = body.iter().map(|(_, cells)| cell(cells, *place));
        let (totals, areas): (Vec<String>, Vec<String>) =
            names.filter(|name| !name.is_empty()).partition(|name| is_total(name));
        totals.len() == 1
            && areas.len() >= FEWEST
            && areas.iter().filter(|name| is_area(name)).count() * 2 > areas.len()
    };
    let names = (0..levels.len().min(2)).find(is_named)?;
    let mut listed = ListedRows::default();
    let mut yearless = Vec::new();
    for (place, levels) in levels.iter().enumerate().skip(names + 1) {
        let texts: Vec<String> = body.iter().map(|(_, cells)| cell(cells, place)).collect();
        let numbers = texts.iter().filter(|text| cells::is_number(text)).count();
        if numbers * 2 <= texts.len() {
            continue;
        }
        let heading = levels.concat();
        let named = scanned(&heading).into_iter().find_map(|(_, one)| match one {
            TableColumn::Year(year, ..) => Some(year),
            _ => None,
        });
        let year = named.or(span.map(|(_, last)| last))?;
        if named.is_none() {
            yearless.push(levels.last().cloned().unwrap_or_default());
        }
        listed.rows.push(row(levels, year, body, (names, place)));
    }
    if listed.rows.is_empty() {
        return None;
    }
    listed.yearless = span.filter(|_| !yearless.is_empty()).map(|(_, last)| (yearless, last));
    Some(listed)
}

/// A column as a row.
fn row(levels: &[String], year: i32, body: &[GridRow], (names, place): (usize, usize)) -> RawRow {
    let own = levels.last().map(String::as_str).unwrap_or_default();
    // 目标任务 over 签约项目: the name is the lower one, unless that is only a unit.
    let name =
        if split_unit(own).0.is_empty() || units::is_dash(own) { levels.concat() } else { own.to_owned() };
    let mut found = RawRow { name, ..RawRow::default() };
    for (line, cells) in body {
        let area = plain(cells.get(names).copied().unwrap_or_default());
        let text = cells.get(place).copied().unwrap_or_default();
        if area.is_empty() || text.is_empty() {
            continue;
        }
        let column = if is_total(&area) {
            found.lines = (*line, *line);
            TableColumn::Year(year, Some("annual"), true)
        } else {
            TableColumn::Area(area, year)
        };
        found.expected += 1;
        found.numbers.push((column, text.to_owned(), *line));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_table_of_areas_are_its_rows() {
        let levels = [vec!["单位".to_owned()], vec!["到位资金(亿元)".to_owned()], vec!["备注".to_owned()]];
        let body: Vec<GridRow> = vec![
            (3, vec!["合计", "80", ""]),
            (4, vec!["东街街道", "35", "含园区"]),
            (5, vec!["西街街道", "45", ""]),
        ];
        let found = table(&levels, &body, Some((2024, 2024))).unwrap();
        let [row] = found.rows.as_slice() else { panic!("{found:?}") };
        assert_eq!((row.name.as_str(), row.lines, row.numbers.len()), ("到位资金(亿元)", (3, 3), 3));
        assert_eq!(row.numbers[2], (TableColumn::Area("西街街道".to_owned(), 2024), "45".to_owned(), 5));
        assert!(table(&levels, &body[1..], Some((2024, 2024))).is_none(), "no whole");
    }
}
