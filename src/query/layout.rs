//! How high a row must be for the texts in it.

use crate::workbook::patch::{NewContent, NewRow};

/// Points of a line of letters of the usual size.
const LINE: u32 = 14;
/// Points above and below the lines of a row.
const ROOM: u32 = 6;
/// The lowest row, and the highest that a spreadsheet can have.
const BOUNDS: (u32, u32) = (24, 409);

/// The height of a row whose texts stand in columns of these widths, in points.
pub(super) fn height(row: &NewRow, widths: &[u32]) -> u32 {
    let lines = row.cells.iter().map(|cell| {
        let width = usize::try_from(cell.column).ok().and_then(|at| widths.get(at)).copied().unwrap_or(1);
        match &cell.holds {
            NewContent::Text(text) => lines(text, width),
            _ => 1,
        }
    });
    height_of(lines.max().unwrap_or(1))
}

/// The height of so many lines, in points.
pub(super) fn height_of(lines: u32) -> u32 {
    lines.saturating_mul(LINE).saturating_add(ROOM).clamp(BOUNDS.0, BOUNDS.1)
}

/// How many lines a text takes in a width, which is counted in digits; a Chinese character is as wide as two.
pub(super) fn lines(text: &str, width: u32) -> u32 {
    let of_line = |line: &str| {
        let wide: usize = line.chars().map(|c| if c < '\u{2000}' { 1 } else { 2 }).sum();
        // Breaks leave a little of most lines free.
        let room = width.saturating_sub(1).max(2);
        u32::try_from(wide).unwrap_or(u32::MAX).div_ceil(room).max(1)
    };
    text.lines().map(of_line).sum::<u32>().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_take_as_many_lines_as_they_are_wide() {
        for (text, width, expected) in [
            ("", 10, 1),
            ("123456789", 10, 1),
            ("1234567890", 10, 2),
            ("一二三四五", 11, 1),
            ("一\n二", 11, 2),
        ] {
            assert_eq!(lines(text, width), expected, "{text}");
        }
        assert_eq!((height_of(0), height_of(1000)), BOUNDS);
    }
}
