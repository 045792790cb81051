//! Ways as lines of a terminal: at most eighty columns, a character beyond ASCII counted as two.

use crate::words::WayLine;
use crate::wrapped::wrapped;

/// Columns of a line.
const COLUMNS: usize = 80;

/// The lines of ways, each with what it rests on below.
pub fn lines(ways: &[WayLine]) -> Vec<String> {
    let mut printed = Vec::new();
    for way in ways {
        printed.extend(set(&way.text, "", ""));
        below(&way.below, "", &mut printed);
    }
    printed
}

fn below(ways: &[WayLine], before: &str, printed: &mut Vec<String>) {
    for (at, way) in ways.iter().enumerate() {
        let is_last = at.saturating_add(1) == ways.len();
        let (branch, trunk) = if is_last { ("└ ", "  ") } else { ("├ ", "│ ") };
        let inner = format!("{before}{trunk}");
        printed.extend(set(&way.text, &format!("{before}{branch}"), &inner));
        below(&way.below, &inner, printed);
    }
}

/// What a text goes on with stands a little to the right.
fn set(text: &str, first: &str, rest: &str) -> Vec<String> {
    wrapped(text, [first, &format!("{rest}  ")], COLUMNS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wrapped::width;

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
