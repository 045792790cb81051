//! Ways as lines of a terminal: at most eighty columns, a character beyond ASCII counted as two.

use crate::words::WayLine;

/// Columns of a line.
const COLUMNS: usize = 80;

/// Characters that ASCII has not are two columns wide, those that fonts may draw in one among them.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The lines of ways, each with what it rests on below.
pub fn lines(ways: &[WayLine]) -> Vec<String> {
    let mut printed = Vec::new();
    for way in ways {
        printed.extend(wrapped(&way.text, "", ""));
        below(&way.below, "", &mut printed);
    }
    printed
}

fn below(ways: &[WayLine], before: &str, printed: &mut Vec<String>) {
    for (at, way) in ways.iter().enumerate() {
        let is_last = at.saturating_add(1) == ways.len();
        let (branch, trunk) = if is_last { ("└ ", "  ") } else { ("├ ", "│ ") };
        let inner = format!("{before}{trunk}");
        printed.extend(wrapped(&way.text, &format!("{before}{branch}"), &inner));
        below(&way.below, &inner, printed);
    }
}

/// Breaks a text into lines; those behind the first go on a little to the right. Words and numbers stay whole where they fit in a line.
fn wrapped(text: &str, first: &str, rest: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let rest = format!("{rest}  ");
    let mut is_empty = true;
    for piece in pieces(text) {
        let fits = width(&line).saturating_add(width(piece.trim_end())) <= COLUMNS;
        if !fits && !is_empty {
            lines.push(std::mem::replace(&mut line, rest.clone()).trim_end().to_owned());
            is_empty = true;
        }
        // What is longer than a line is broken anywhere.
        for c in piece.chars() {
            if width(&line).saturating_add(if c.is_ascii() { 1 } else { 2 }) > COLUMNS {
                lines.push(std::mem::replace(&mut line, rest.clone()).trim_end().to_owned());
            }
            if !(is_empty && c.is_whitespace()) {
                line.push(c);
                is_empty = false;
            }
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// What is not to be broken: runs of ASCII, and single characters of other scripts.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let joins = |one: char| one.is_ascii() && !one.is_ascii_whitespace() || "…".contains(one);
        let opens = before.is_some_and(|one| "“（".contains(one));
        let goes_on =
            opens || before.is_some_and(|one| joins(one) && joins(c)) || "，。；：、）”！？％%".contains(c);
        if !goes_on && at > start {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_eighty_columns_and_numbers_stay_whole() {
        let number = "101.16959064327485380116";
        let text = format!("{} {number} {number} {}", "甲".repeat(30), "长".repeat(90));
        let way =
            WayLine { text: text.clone(), below: vec![WayLine::end(text.clone()), WayLine::end(&text)] };
        let way = WayLine { text: "一".to_owned(), below: vec![way] };
        let printed = lines(&[way]);
        assert!(printed.iter().all(|line| width(line) <= COLUMNS), "{printed:#?}");
        let whole: usize = printed.iter().map(|line| line.matches(number).count()).sum();
        assert_eq!(whole, 6);
        let plain: String = printed.concat().chars().filter(|c| !"│├└ ".contains(*c)).collect();
        assert_eq!(plain.matches('长').count(), 270);
    }
}
