//! How many rows the two tables of page two have room for: reckoned from the lines that each row will take, so that the brief never runs to a
//! third page. What is left out is said, and stands in the report.

use super::super::context::Context;
use super::super::section::Draft;
use super::asked;
use super::shared::counting_lines;
use super::{contradictions, owed};
use crate::advise::MOST_ASKED;
use crate::finding::Language;

/// Sizes of the page, in points.
struct Sizes {
    /// Of the page, less the heads of its three parts.
    height: usize,
    /// Of a line of a question, and of a line of a row.
    line: usize,
    row_line: usize,
    /// Of what stands above and below a question, and a row.
    around: usize,
    around_row: usize,
    /// Characters of a line of the note.
    note: usize,
    /// Rows that each table has at the least, where it has so many.
    least: usize,
}

const CHINESE: Sizes =
    Sizes { height: 565, line: 17, row_line: 11, around: 6, around_row: 4, note: 48, least: 2 };
const ENGLISH: Sizes =
    Sizes { height: 612, line: 14, row_line: 10, around: 14, around_row: 6, note: 52, least: 1 };

/// Rows that there is room for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) contradictions: usize,
    pub(super) owed: usize,
}

impl Room {
    /// In English no more than in Chinese, whose numerals are those of `tables/figures`.
    pub(super) fn of(draft: &Draft<'_>) -> Self {
        let context = draft.context;
        let room = Self::by_length(context);
        if context.language == Language::Chinese {
            return room;
        }
        let most = Self::by_length(&Context::new(context.evaluation, "", ""));
        Self { contradictions: room.contradictions.min(most.contradictions), owed: room.owed.min(most.owed) }
    }

    fn by_length(context: &Context<'_>) -> Self {
        let language = context.language;
        let sizes = language.of(CHINESE, ENGLISH);
        let lines = counting_lines(language);
        let questions = asked::blocks(context);
        let asked: usize = questions.iter().map(|one| sizes.around + sizes.line * one.lines(language)).sum();
        let noted = lines(&owed::notes(context), sizes.note) * sizes.row_line;
        // That there are more, or no more, is said below three of them.
        let said = if questions.len() >= MOST_ASKED { sizes.around + sizes.line } else { 0 };
        let left = sizes.height.saturating_sub(asked).saturating_sub(noted).saturating_sub(said);
        let height = |lines: usize| lines * sizes.row_line + sizes.around_row;
        let contradictions = contradictions::rows(context);
        let owed = owed::rows(context);
        let own: Vec<usize> = contradictions.iter().map(|row| height(row.lines(language))).collect();
        let others: Vec<usize> = owed.iter().map(|row| height(row.lines(language))).collect();
        shared_out((left, sizes.least), &own, &others)
    }
}

/// Shares the height out: in turn a row of each, while there is room.
fn shared_out((height, least): (usize, usize), first: &[usize], second: &[usize]) -> Room {
    let mut room = Room { contradictions: 0, owed: 0 };
    let mut left = height;
    loop {
        let next = |rows: &[usize], taken: usize, left: usize| {
            rows.get(taken).copied().filter(|own| *own <= left || taken < least)
        };
        let (mut is_done, before) = (true, room);
        if let Some(own) = next(first, before.contradictions, left) {
            room.contradictions += 1;
            left = left.saturating_sub(own);
            is_done = false;
        }
        if let Some(own) = next(second, before.owed, left) {
            room.owed += 1;
            left = left.saturating_sub(own);
            is_done = false;
        }
        if is_done {
            return room;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_shared_out_in_turn_while_there_is_room() {
        for (height, first, second, expected) in [
            (100, vec![20; 3], vec![20; 2], (3, 2)),
            (60, vec![20; 5], vec![20; 5], (2, 2)),
            (200, vec![20; 9], vec![20; 1], (9, 1)),
            (200, vec![], vec![20; 30], (0, 10)),
            (0, vec![20; 5], vec![], (2, 0)),
        ] {
            let room = shared_out((height, 2), &first, &second);
            assert_eq!((room.contradictions, room.owed), expected, "{height} {first:?} {second:?}");
        }
    }
}
