//! How much a page has room for: reckoned from the lines that each part will take, so that no unit ever has a second page. Where all does not fit,
//! tasks without a missed target shrink to a sentence of names; then targets in prose of which nothing is asked; then tables have as many rows as there is
//! room for, those first that something is asked about. What is left out is said, and stands in the report.

use super::super::brief::shared::lines;
use super::super::phrases;
use super::Whose;
use crate::ledger::StepId;

/// Heights are in tenths of a point. That of the page within its margins.
const HEIGHT: usize = 7170;
/// What stands on every page but the name and what is asked: line above the name, strip, heads, slip.
const FRAME: usize = 1000;
/// Height of a line of the name, and how many characters it holds.
const NAME_LINE: usize = 310;
const NAME_WIDTH: usize = 20;
/// Height of a line of what is asked, and between two of it.
const ACTION_LINE: usize = 174;
const AROUND_ACTION: usize = 5;
/// The most height of what is asked, while fewer names make it less.
const MOST_OF_ACTIONS: usize = 2000;
/// The most lines of one thing that is asked, such as whom to name for each of many targets.
const MOST_LINES: usize = 11;
/// Caption and head of a table.
const TABLE_HEAD: usize = 350;
/// Widths of a character of a caption and of what stands beside it, and of the line but for what is between them.
const CAPTION: usize = 105;
const CAPTION_NOTE: usize = 90;
const CAPTION_LINE: usize = 4340;
/// Height of a line of a row, and around a row.
const ROW_LINE: usize = 122;
const AROUND_ROW: usize = 25;
/// Rows that each table has at the least, where it has so many.
const LEAST: usize = 1;

/// Characters of a line of what is asked.
pub(super) const ACTION_WIDTH: usize = 27;
/// Characters of a line of a sentence of names, and its most lines.
pub(super) const REST_WIDTH: usize = 47;
pub(super) const REST_LINES: usize = 4;
/// The most characters of the name of the unit, and of names and titles.
pub(super) const LONGEST_NAME: usize = 58;
pub(super) const LONGEST_TITLE: usize = 38;

/// A row of a table of the page.
pub(super) trait PageRow {
    /// How many lines it takes.
    fn lines(&self) -> usize;
    /// Whether it has to have a row of its own, and may not be named in a sentence.
    fn is_needed(&self) -> bool;
    /// Whether something is asked about it, so that it is printed before others where not all have room.
    fn is_urgent(&self) -> bool;
}

/// The rows of a table that have room, and how many there are; `rest` names those that stand in a sentence.
pub(super) struct LaidOut<R> {
    pub(super) rows: Vec<R>,
    pub(super) all: usize,
    /// Those that want a row for which there is no room.
    cut: Vec<R>,
    pub(super) rest: String,
}

/// The tables of a page: what waits for an answer, targets, tasks.
pub(super) struct PageParts<Q, T, L> {
    pub(super) queries: LaidOut<Q>,
    pub(super) indicators: LaidOut<T>,
    pub(super) tasks: LaidOut<L>,
}

/// A text of at most so many characters; a longer one ends with `…`, and never within a number.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.'))
}

/// `未到的：甲、乙。` with as many names as a sentence below a table has room for; nothing where there are none.
pub(super) fn names_within(head: &str, names: &[String]) -> String {
    let told = |count: usize| {
        let more = if count < names.len() { "等" } else { "" };
        format!(
            "{head}：{}{more}。",
            names.iter().take(count).map(String::as_str).collect::<Vec<_>>().join("、")
        )
    };
    let fits = |text: &String| lines(text, REST_WIDTH) <= REST_LINES;
    (1..=names.len()).rev().map(told).find(fits).unwrap_or_default()
}

/// A title in quotes.
pub(super) fn quoted(title: &str) -> String {
    phrases::quoted(&cut(title, LONGEST_TITLE))
}

fn height_of_actions(texts: &[String]) -> usize {
    texts.iter().map(|text| lines(text, ACTION_WIDTH) * ACTION_LINE + AROUND_ACTION).sum()
}

/// How many lines each thing that is asked may take; `texts` are the texts of so many.
pub(super) fn lines_of_actions(texts: impl Fn(usize) -> Vec<String>) -> usize {
    (2..=MOST_LINES).rev().find(|most| height_of_actions(&texts(*most)) <= MOST_OF_ACTIONS).unwrap_or(1)
}

/// As many parts of a note as stand on a line beside the heading of a table, in smaller characters.
pub(super) fn beside_caption(heading: &str, parts: &[String]) -> String {
    let width = |text: &str, size: usize| text.chars().count().saturating_mul(size);
    let fits = |note: &str| width(heading, CAPTION).saturating_add(width(note, CAPTION_NOTE)) <= CAPTION_LINE;
    let note = |count: usize| parts.iter().take(count).map(String::as_str).collect::<Vec<_>>().join("，");
    (0..=parts.len()).rev().map(note).find(|note| fits(note)).unwrap_or_default()
}

/// The height that is left for the tables.
pub(super) fn left_of(name: &str, actions: &[String]) -> usize {
    let taken = FRAME + lines(name, NAME_WIDTH) * NAME_LINE + height_of_actions(actions);
    HEIGHT.saturating_sub(taken)
}

fn height_of<R: PageRow>(row: &R) -> usize {
    row.lines() * ROW_LINE + AROUND_ROW
}

fn height_of_all<R: PageRow>(rows: &[R], rest: &str) -> usize {
    if rows.is_empty() && rest.is_empty() {
        return 0;
    }
    TABLE_HEAD + rows.iter().map(height_of).sum::<usize>() + height_of_rest(rest)
}

/// The height of what is said below a table.
pub(super) fn height_of_rest(rest: &str) -> usize {
    if rest.is_empty() { 0 } else { lines(rest, REST_WIDTH) * ROW_LINE + AROUND_ROW }
}

/// Rows with what names those in a sentence that need none.
pub(super) type WithRest<'a, R> = (Vec<R>, &'a dyn Fn(&[&R]) -> String);

/// Lays the tables out in a height.
pub(super) fn laid_out<Q: PageRow, T: PageRow, L: PageRow>(
    height: usize,
    queries: Vec<Q>,
    (targets, rest_of_targets): WithRest<'_, T>,
    (tasks, rest_of_tasks): WithRest<'_, L>,
) -> PageParts<Q, T, L> {
    let mut queries = LaidOut::whole(queries);
    let (mut indicators, mut tasks) = (LaidOut::whole(targets), LaidOut::whole(tasks));
    let (targets, names) = (indicators.shrunk(rest_of_targets), tasks.shrunk(rest_of_tasks));
    let own = queries.height();
    let fits = |indicators: usize, tasks: usize| own + indicators + tasks <= height;
    if !fits(indicators.height(), tasks.height()) {
        if fits(indicators.height(), names.height) {
            tasks.shrink(names);
        } else if fits(targets.height, tasks.height()) {
            indicators.shrink(targets);
        } else {
            indicators.shrink(targets);
            tasks.shrink(names);
        }
    }
    if !fits(indicators.height(), tasks.height()) {
        indicators.order();
        tasks.order();
        let frames = queries.frame() + indicators.frame() + tasks.frame();
        let rows = [queries.heights(), indicators.heights(), tasks.heights()];
        let [first, second, third] = shared_out(height.saturating_sub(frames), &rows);
        queries.keep(first);
        indicators.keep(second);
        tasks.keep(third);
    }
    PageParts { queries, indicators, tasks }
}

impl<Q: PageRow, T: PageRow, L: PageRow> PageParts<Q, T, L> {
    /// A further table of the first of some rows, as many as have room below these in a height; none where no row has.
    pub(super) fn further<R: PageRow>(&self, height: usize, rows: Vec<R>) -> LaidOut<R> {
        let mut laid_out = LaidOut::whole(rows);
        let taken = self.queries.height() + self.indicators.height() + self.tasks.height();
        // A line says that there are more.
        let mut left = height.saturating_sub(taken + TABLE_HEAD + ROW_LINE + AROUND_ROW);
        let fits = |row: &usize| {
            let room = left.checked_sub(*row);
            left = room.unwrap_or_default();
            room.is_some()
        };
        let most = laid_out.heights().into_iter().take_while(fits).count();
        laid_out.keep(most);
        if most == 0 { LaidOut::whole(Vec::new()) } else { laid_out }
    }
}

/// A table some of whose rows stand in a sentence: its height, and the sentence.
struct Shrunk {
    height: usize,
    rest: String,
}

impl<R: PageRow> LaidOut<R> {
    fn whole(rows: Vec<R>) -> Self {
        let all = rows.len();
        Self { rows, all, cut: Vec::new(), rest: String::new() }
    }

    fn height(&self) -> usize {
        height_of_all(&self.rows, &self.rest)
    }

    /// The height of all but the rows.
    fn frame(&self) -> usize {
        if self.all == 0 { 0 } else { TABLE_HEAD + height_of_rest(&self.rest) }
    }

    fn heights(&self) -> Vec<usize> {
        self.rows.iter().map(height_of).collect()
    }

    /// What there would be if those that need no row stood in a sentence.
    fn shrunk(&self, rest: &dyn Fn(&[&R]) -> String) -> Shrunk {
        let (needed, others): (Vec<&R>, Vec<&R>) = self.rows.iter().partition(|row| row.is_needed());
        let rest = rest(&others);
        let rows: usize = needed.iter().map(|row| height_of(*row)).sum();
        let frame = if needed.is_empty() && rest.is_empty() { 0 } else { TABLE_HEAD };
        Shrunk { height: frame + rows + height_of_rest(&rest), rest }
    }

    fn shrink(&mut self, to: Shrunk) {
        self.rows.retain(PageRow::is_needed);
        self.rest = to.rest;
    }

    /// Keeps the first rows.
    fn keep(&mut self, most: usize) {
        self.cut = self.rows.split_off(most.min(self.rows.len()));
    }

    /// Those first that something is asked about.
    fn order(&mut self) {
        self.rows.sort_by_key(|row| !row.is_urgent());
    }

    /// How many have rows and how many more should have one, before what else is said below the table; nothing where all have that want one. Those stand
    /// first that something is asked about, so that the ones above are not the first of the plan.
    pub(super) fn shown_words(&self, whose: &Whose<'_, '_>, name: &str, step: fn(&R) -> StepId) -> String {
        if self.cut.is_empty() {
            return String::new();
        }
        let say = |name: &str, rows: &[R]| whose.count_with_room(name, rows.iter().map(step), rows.len());
        let (shown, more) = (say(name, &self.rows), say(&format!("{name}.more"), &self.cut));
        format!("以上列{shown}项，另{more}项没有列出，见{}。", whose.context.volume_of_own_rows())
    }
}

/// Shares a height out among the rows of tables, with a line below each that has more of them.
fn shared_out(height: usize, rows: &[Vec<usize>; 3]) -> [usize; 3] {
    let mut taken = [0; 3];
    for said in 1..=rows.len() {
        taken = in_turn(height.saturating_sub(said * ROW_LINE), rows);
        let cut = rows.iter().zip(taken).filter(|(own, taken)| *taken < own.len()).count();
        if cut <= said {
            break;
        }
    }
    taken
}

/// In turn a row of each, while there is room.
fn in_turn(height: usize, rows: &[Vec<usize>; 3]) -> [usize; 3] {
    let mut taken = [0; 3];
    let mut left = height;
    loop {
        let before = taken;
        for (own, taken) in rows.iter().zip(&mut taken) {
            let next = own.get(*taken).filter(|next| **next <= left || *taken < LEAST);
            if let Some(next) = next {
                *taken += 1;
                left = left.saturating_sub(*next);
            }
        }
        if taken == before {
            return taken;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_shared_out_in_turn_while_there_is_room() {
        for (height, rows, expected) in [
            (100, [vec![20; 2], vec![20; 2], vec![20; 1]], [2, 2, 1]),
            (60, [vec![20; 5], vec![20; 5], vec![20; 5]], [1, 1, 1]),
            (200, [vec![], vec![20; 30], vec![20; 1]], [0, 9, 1]),
            // The first of each is printed whatever its height.
            (0, [vec![50; 3], vec![], vec![50; 3]], [1, 0, 1]),
        ] {
            assert_eq!(in_turn(height, &rows), expected, "{height} {rows:?}");
        }
    }

    #[test]
    fn a_line_is_kept_below_each_table_that_has_more_rows() {
        let rows = |counts: [usize; 3]| counts.map(|count| vec![ROW_LINE; count]);
        for (lines, counts, expected) in [
            (10, [2, 2, 2], [2, 2, 2]),
            (10, [1, 20, 0], [1, 8, 0]),
            (10, [1, 20, 20], [1, 4, 3]),
            (10, [20, 20, 20], [3, 2, 2]),
        ] {
            assert_eq!(shared_out(lines * ROW_LINE, &rows(counts)), expected, "{counts:?}");
        }
    }

    #[test]
    fn what_stands_beside_a_caption_has_one_line() {
        let parts = |words: &str| words.split('，').map(str::to_owned).collect::<Vec<_>>();
        let (short, long) = ("报送的指标", "报送的指标和正文目标（责任单位）");
        let of_year = "竖线＝目标，空心圆＝上年，方块＝实绩，三角＝出界，越右越好";
        let by_now = "竖线＝目标或序时应达数，空心圆＝基期，方块＝实绩，三角＝出界，越右越好";
        for (heading, words, expected) in [
            (short, of_year, of_year),
            (long, of_year, of_year),
            (short, by_now, by_now),
            (long, by_now, "竖线＝目标或序时应达数，空心圆＝基期，方块＝实绩"),
        ] {
            assert_eq!(beside_caption(heading, &parts(words)), expected, "{heading}");
        }
    }

    #[test]
    fn texts_are_cut_and_numbers_are_not() {
        for (text, most, expected) in
            [("推算为5.5", 9, "推算为5.5"), ("推算为5.55", 6, "推算为…"), ("甲乙丙丁", 3, "甲乙…")]
        {
            assert_eq!(cut(text, most), expected);
        }
    }

    #[test]
    fn actions_lose_names_before_they_take_more_than_their_part_of_the_page() {
        let texts = |count: usize| move |lines: usize| vec!["字".repeat(ACTION_WIDTH * lines); count];
        for (count, expected) in [(1, 11), (2, 5), (3, 3), (5, 2), (10, 1)] {
            assert_eq!(lines_of_actions(texts(count)), expected, "{count}");
        }
    }
}
