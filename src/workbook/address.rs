//! Addresses of cells and areas as xlsx workbooks write them.

use super::Area;
use crate::ident::CellRef;

pub(super) const LAST_ROW: u32 = 1_048_575;
pub(super) const LAST_COLUMN: u32 = 16_383;

pub(super) fn is_inside(at: &CellRef) -> bool {
    at.row <= LAST_ROW && at.column <= LAST_COLUMN
}

/// Reads `G18`; `None` beyond the sheet.
pub fn address(text: &str) -> Option<CellRef> {
    if text.contains('$') {
        return address(&text.replace('$', ""));
    }
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = text.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let letter = |sum: u32, b: u8| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1;
    let column = letters.bytes().fold(0, letter);
    let row: u32 = number.parse().ok()?;
    Some(CellRef::new(row.checked_sub(1)?, column.checked_sub(1)?)).filter(is_inside)
}

/// Reads `A1:C3`.
pub(super) fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':')?;
    Some(Area { first: address(first)?, last: address(last)? })
}

/// Reads `A1:C3 E5`.
pub(super) fn areas(text: &str) -> impl Iterator<Item = Area> {
    let one = |text| address(text).map(|at| Area { first: at, last: at });
    text.split_ascii_whitespace().filter_map(move |text| area(text).or_else(|| one(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_within_the_sheet() {
        for (text, expected) in [
            ("A1", Some((0, 0))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("$G$18", Some((17, 6))),
            ("XFE1", None),
            ("A1048577", None),
            ("A0", None),
            ("ZZZZZZ2", None),
            ("A4294967290", None),
            ("12", None),
            ("甲1", None),
        ] {
            assert_eq!(address(text).map(|at| (at.row, at.column)), expected, "{text}");
        }
        let found: Vec<String> =
            areas("A1:B2 $C$3  x").map(|area| format!("{}:{}", area.first, area.last)).collect();
        assert_eq!(found, ["A1:B2", "C3:C3"]);
    }
}
