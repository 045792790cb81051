//! Numbers of rows: those of the plan, or numbers that only count.

use super::index::{Index, Named};
use super::roles::Role;
use super::table::Table;
use super::text::{clean, name_key};
use crate::workbook::{Cell, Sheet};

/// Whether the numbers among texts follow each other: 1, 2, 3 …
pub(super) fn is_running(texts: impl Iterator<Item = String>) -> bool {
    let number = |text: String| clean(&text).trim_end_matches(['.', '、']).parse::<u32>().ok();
    let numbers: Vec<u32> = texts.filter_map(number).collect();
    numbers.len() > 1
        && numbers.windows(2).all(|pair| matches!(pair, [one, next] if one.checked_add(1) == Some(*next)))
}

/// Whether the numbers of the rows only count them: they go up, perhaps anew from section to section, beside names that mostly
/// have other numbers in the plan.
pub(super) fn is_numbered(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>) -> bool {
    let Some(column) = table.column(Role::No).map(|column| column.at) else { return false };
    let shown = |row: u32| sheet.cell(row, column).map(Cell::shown).unwrap_or_default();
    let differs = |row: u32, named: &Named<'_>| {
        let shown = shown(row);
        let own = named.no();
        if shown.trim() == own {
            return false;
        }
        let no = name_key(&shown);
        !no.is_empty() && name_key(own) != no && index.numbered(&no).is_none_or(|one| one.no != own)
    };
    let differing = table.named.iter().filter(|(row, named)| differs(**row, named)).count();
    let (Some(first), Some(last)) = (table.named.keys().next(), table.named.keys().next_back()) else {
        return false;
    };
    if differing * 2 <= table.named.len() {
        return false;
    }
    let number = |row: &u32| counted(&shown(*row));
    let rows: Vec<u32> = rows_between(sheet, *first, *last);
    let numbers: Vec<Option<u32>> = rows.iter().map(number).collect();
    let printed: Vec<u32> = numbers.iter().flatten().copied().collect();
    // The plan's own numbers in another order are meant, whichever of number and name is wrong.
    let mut own: Vec<u32> = table.named.values().filter_map(|named| counted(named.no())).collect();
    let mut same = printed.clone();
    own.sort_unstable();
    same.sort_unstable();
    if same == own && same.first() != Some(&1) {
        return false;
    }
    match printed[..] {
        [] => false,
        [only] => only == 1,
        _ => goes_up(&numbers) || (differing == table.named.len() && differing > 2),
    }
}

/// Rows of a sheet in which anything stands.
fn rows_between(sheet: &Sheet, first: u32, last: u32) -> Vec<u32> {
    let mut rows: Vec<u32> = sheet.within((first, last + 1)).map(|(at, _)| at.row).collect();
    rows.dedup();
    rows
}

/// A number that counts: 1, 01, 1.
fn counted(text: &str) -> Option<u32> {
    clean(text).trim_end_matches(['.', '、']).parse().ok()
}

/// Whether numbers go up from row to row, or begin anew behind a row without one, or with one.
fn goes_up(numbers: &[Option<u32>]) -> bool {
    numbers.windows(2).all(|pair| match pair {
        [Some(one), Some(next)] => next >= one || *next == 1,
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_up_within_sections() {
        for (numbers, expected) in [
            (&[Some(1), Some(2), Some(3)][..], true),
            (&[Some(1), Some(2), Some(5)], true),
            (&[Some(1), Some(2), Some(2)], true),
            (&[Some(1), Some(2), None, Some(1)], true),
            (&[Some(1), Some(2), Some(1), Some(2)], true),
            (&[Some(12), None, Some(3), Some(4)], true),
            (&[Some(12), Some(3), Some(4)], false),
        ] {
            assert_eq!(goes_up(numbers), expected, "{numbers:?}");
        }
    }
}
