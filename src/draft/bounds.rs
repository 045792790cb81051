//! How long what is drafted can be. Within these bounds a draft takes seconds; no plan comes near them.

use crate::workbook::LONGEST_DOCUMENT;

/// The most lines.
const MOST_LINES: usize = 50_000;
/// The longest line, in characters. A text that was taken out of a PDF can be one line.
const LONGEST_LINE: usize = 20_000;

/// The bound that a text exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceBound {
    /// More than so many KiB.
    TooLong(usize),
    /// More than so many lines.
    TooManyLines(usize),
    /// More than so many characters in a line.
    LongLine {
        /// Its number.
        line: usize,
        /// The limit.
        most: usize,
    },
}

/// Whether a text can be drafted.
///
/// # Errors
/// Fails with the bound that it exceeds.
pub fn within_bounds(text: &str) -> Result<(), SourceBound> {
    if text.len() > LONGEST_DOCUMENT {
        return Err(SourceBound::TooLong(LONGEST_DOCUMENT >> 10));
    }
    for (number, line) in (1..).zip(text.lines()) {
        if number > MOST_LINES {
            return Err(SourceBound::TooManyLines(MOST_LINES));
        }
        if line.chars().count() > LONGEST_LINE {
            return Err(SourceBound::LongLine { line: number, most: LONGEST_LINE });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_plan_is_like_is_refused_with_its_bound() {
        assert_eq!(within_bounds(&"一段文字。\n".repeat(MOST_LINES)), Ok(()));
        let lines = "a\n".repeat(MOST_LINES + 1);
        assert_eq!(within_bounds(&lines), Err(SourceBound::TooManyLines(MOST_LINES)));
        let long = SourceBound::LongLine { line: 2, most: LONGEST_LINE };
        assert_eq!(within_bounds(&format!("短\n{}", "长".repeat(LONGEST_LINE + 1))), Err(long));
        let much = "一二三四五\n".repeat(LONGEST_DOCUMENT / 16 + 1);
        assert_eq!(within_bounds(&much), Err(SourceBound::TooLong(1024)));
    }
}
