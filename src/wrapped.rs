//! Texts in the lines of a terminal: a character beyond ASCII is counted as two columns, and words and numbers stay whole.

/// Characters that ASCII has not are two columns wide, those that fonts may draw in one among them.
pub fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

fn width_of(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// Breaks a text into lines of at most so many columns, the first behind `first`, the others behind `rest`. Words and numbers stay whole where they
/// fit in a line.
pub fn wrapped(text: &str, [first, rest]: [&str; 2], columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for piece in pieces(text) {
        let fits = width(&line).saturating_add(width(piece.trim_end())) <= columns;
        if !fits && !is_empty {
            lines.push(std::mem::replace(&mut line, rest.to_owned()).trim_end().to_owned());
            is_empty = true;
        }
        // What is longer than a line is broken anywhere.
        for c in piece.chars() {
            if width(&line).saturating_add(width_of(c)) > columns {
                lines.push(std::mem::replace(&mut line, rest.to_owned()).trim_end().to_owned());
                is_empty = true;
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
    fn lines_are_no_wider_than_they_may_be_and_numbers_stay_whole() {
        let number = "101.16959064327485380116";
        let text = format!("{} {number} {number} {}", "甲".repeat(30), "长".repeat(90));
        for columns in [40, 80, 200] {
            let lines = wrapped(&text, ["→ ", "  "], columns);
            assert!(lines.iter().all(|line| width(line) <= columns), "{lines:#?}");
            assert_eq!(lines.concat().matches(number).count(), 2, "{lines:#?}");
            assert_eq!(lines.concat().matches('长').count(), 90);
            assert!(lines[0].starts_with("→ ") && lines[1..].iter().all(|line| line.starts_with("  ")));
        }
    }

    #[test]
    fn a_blank_that_has_no_room_begins_no_line() {
        assert_eq!(wrapped("four five six", ["", ""], 9), ["four five", "six"]);
        assert_eq!(wrapped("甲乙丙 six", ["", ""], 6), ["甲乙丙", "six"]);
    }

    #[test]
    fn an_empty_text_is_one_line() {
        assert_eq!(wrapped("", ["甲", ""], 80), ["甲"]);
    }
}
