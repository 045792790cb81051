//! Merged areas where they are asked for: in rows of headings, and along a column.

use std::collections::{BTreeMap, BTreeSet};

use crate::ident::CellRef;
use crate::workbook::{Area, Sheet};

/// The merged areas that begin in rows of headings, found by row and column however many there are.
pub(super) struct MergedHeads<'s> {
    areas: Vec<&'s Area>,
    rows: BTreeMap<u32, BTreeMap<u32, &'s Area>>,
}

impl<'s> MergedHeads<'s> {
    /// Those of rows from top to bottom.
    pub(super) fn of(sheet: &'s Sheet, heads: &[u32]) -> Self {
        let (Some(first), Some(last)) = (heads.first(), heads.last()) else {
            return Self { areas: Vec::new(), rows: BTreeMap::new() };
        };
        let corners = CellRef::new(*first, 0)..=CellRef::new(*last, u32::MAX);
        let areas: Vec<&Area> = sheet.merges.range(corners).map(|(_, area)| area).collect();
        let mut rows: BTreeMap<u32, BTreeMap<u32, &Area>> = BTreeMap::new();
        for area in &areas {
            let held = heads.iter().filter(|head| (area.first.row..=area.last.row).contains(*head));
            for head in held {
                rows.entry(*head).or_default().entry(area.first.column).or_insert(area);
            }
        }
        Self { areas, rows }
    }

    /// All of them by their first cells.
    pub(super) fn areas(&self) -> impl Iterator<Item = &'s Area> {
        self.areas.iter().copied()
    }

    /// The one that holds a cell.
    pub(super) fn at(&self, row: u32, column: u32) -> Option<&'s Area> {
        let before = self.rows.get(&row)?.range(..=column).next_back();
        before.map(|(_, area)| *area).filter(|area| area.holds(row, column))
    }
}

/// The cells with content that lie below others: in a merged area and not its first. Found by row, whatever the areas are.
pub(super) fn covered(sheet: &Sheet) -> BTreeSet<CellRef> {
    let mut found = BTreeSet::new();
    if sheet.merges.is_empty() {
        return found;
    }
    let mut begins: Vec<&Area> = sheet.merges.values().collect();
    let mut ends = begins.clone();
    begins.sort_by_key(|area| area.first.row);
    ends.sort_by_key(|area| area.last.row);
    let (mut begins, mut ends) = (begins.into_iter().peekable(), ends.into_iter().peekable());
    let mut open = Open::default();
    for at in sheet.cells.keys() {
        while let Some(area) = begins.next_if(|area| area.first.row <= at.row) {
            open.add(area, 1);
        }
        while let Some(area) = ends.next_if(|area| area.last.row < at.row) {
            open.add(area, -1);
        }
        let own = i64::from(sheet.merges.get(at).is_some_and(|area| area.last >= area.first));
        if open.at(at.column) > own {
            found.insert(*at);
        }
    }
    found
}

/// How many areas hold each column of a row: a tree of sums.
#[derive(Default)]
struct Open(BTreeMap<u32, i64>);

impl Open {
    const MOST: u32 = 1 << 15;

    fn add(&mut self, area: &Area, count: i64) {
        // One that ends before it begins holds nothing.
        if area.last.row < area.first.row || area.last.column < area.first.column {
            return;
        }
        self.step(area.first.column, count);
        self.step(area.last.column.saturating_add(1), -count);
    }

    fn step(&mut self, column: u32, count: i64) {
        let mut place = column.saturating_add(1);
        while place <= Self::MOST {
            *self.0.entry(place).or_default() += count;
            place += place & place.wrapping_neg();
        }
    }

    fn at(&self, column: u32) -> i64 {
        let mut place = column.saturating_add(1).min(Self::MOST);
        let mut sum = 0;
        while place > 0 {
            sum += self.0.get(&place).copied().unwrap_or(0);
            place -= place & place.wrapping_neg();
        }
        sum
    }
}

/// The merged areas that reach into a column above a row, each with those of its rows that no earlier one holds.
pub(super) fn along(sheet: &Sheet, column: u32, below: u32) -> Vec<(&Area, std::ops::RangeInclusive<u32>)> {
    let mut found = Vec::new();
    let mut free = 0;
    for (_, area) in sheet.merges.range(..CellRef::new(below, 0)) {
        if (area.first.column..=area.last.column).contains(&column) && area.last.row >= free {
            found.push((area, area.first.row.max(free)..=area.last.row));
            free = area.last.row.saturating_add(1);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(areas: &[(u32, u32, u32, u32)]) -> Sheet {
        let area = |(top, left, bottom, right): &(u32, u32, u32, u32)| {
            let area = Area { first: CellRef::new(*top, *left), last: CellRef::new(*bottom, *right) };
            (area.first, area)
        };
        Sheet { merges: areas.iter().map(area).collect(), ..Sheet::default() }
    }

    #[test]
    fn cells_below_others_are_found() {
        let mut sheet = sheet(&[(0, 0, 0, 2), (1, 1, 3, 1), (2, 1, 2, 4), (5, 3, 4, 1), (6, 0, 9, 9)]);
        for row in 0..11 {
            for column in 0..6 {
                let cell = crate::workbook::Cell::new(crate::workbook::Content::Number("1".into()));
                sheet.cells.insert(CellRef::new(row, column), cell);
            }
        }
        let found = covered(&sheet);
        let by_hand = |at: &&CellRef| {
            sheet.merges.values().any(|area| area.first != **at && area.holds(at.row, at.column))
        };
        let expected: BTreeSet<CellRef> = sheet.cells.keys().filter(by_hand).copied().collect();
        assert_eq!(found, expected);
        assert!(found.len() > 20);
    }

    #[test]
    fn areas_are_found_by_row_and_column() {
        let sheet = sheet(&[(0, 0, 9, 0), (1, 1, 1, 3), (1, 5, 2, 5), (4, 0, 4, 9)]);
        let merged = MergedHeads::of(&sheet, &[1, 2]);
        let found = |row: u32, column: u32| merged.at(row, column).map(|area| area.first.to_string());
        for (row, column, expected) in
            [(1, 2, Some("B2")), (1, 4, None), (2, 2, None), (2, 5, Some("F2")), (1, 0, None), (1, 9, None)]
        {
            assert_eq!(found(row, column).as_deref(), expected, "{row} {column}");
        }
        assert_eq!(merged.areas().count(), 2);
    }

    #[test]
    fn rows_that_several_areas_hold_are_those_of_the_first() {
        let sheet = sheet(&[(0, 0, 3, 1), (2, 1, 5, 1), (3, 1, 4, 1), (9, 1, 9, 9)]);
        let found: Vec<(u32, u32)> =
            along(&sheet, 1, 9).into_iter().map(|(_, rows)| (*rows.start(), *rows.end())).collect();
        assert_eq!(found, [(0, 3), (4, 5)]);
    }
}
