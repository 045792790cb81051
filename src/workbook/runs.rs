//! Text whose parts look different (rich text): note marks set above the line, words struck out.

use super::Look;
use super::package::Attributes;
use super::stored::unescaped;

/// Where a run stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Script {
    /// On the line.
    #[default]
    Line,
    /// Above it (superscript).
    Raised,
    /// Below it (subscript).
    Lowered,
}

/// A text while its runs are read.
#[derive(Debug, Default)]
pub(super) struct Runs {
    text: String,
    struck: String,
    /// Note marks that are left out.
    marks: String,
    /// The text as if all of it stood on the line.
    level: String,
    /// Whether a part of it does.
    has_line: bool,
    /// Whether the text so far holds something that no number does, and its last character that is no blank.
    has_words: bool,
    last: Option<char>,
    /// Whether the run that is being read is struck out.
    is_struck: bool,
    /// Where it stands.
    stands: Script,
}

/// Length of the longest note mark, in characters.
const LONGEST_MARK: usize = 4;

/// How much is kept of what is struck out beside other text, in characters.
const LONGEST_STRUCK: usize = 100;

impl Runs {
    /// Notes how a run looks.
    pub(super) fn start(&mut self, name: &str, with: &Attributes<'_>) {
        match name {
            "r" => self.look(false, Script::Line),
            "strike" => self.is_struck = !matches!(with.get("val").as_str(), "0" | "false"),
            "vertAlign" => {
                self.stands = match with.get("val").as_str() {
                    "superscript" => Script::Raised,
                    "subscript" => Script::Lowered,
                    _ => Script::Line,
                }
            }
            _ => {}
        }
    }

    /// Notes how the run looks that follows.
    pub(super) fn look(&mut self, is_struck: bool, stands: Script) {
        (self.is_struck, self.stands) = (is_struck, stands);
    }

    /// Whether nothing was read.
    pub(super) fn is_empty(&self) -> bool {
        self.level.is_empty() && self.struck.is_empty()
    }

    /// Takes text of a run.
    pub(super) fn push(&mut self, text: &str) {
        if self.is_struck {
            self.struck.push_str(text);
            return;
        }
        self.level.push_str(text);
        if self.stands == Script::Line {
            self.has_line |= !text.trim().is_empty();
            self.put(text);
            return;
        }
        match beside(self.last, !self.has_words, text, self.stands) {
            Beside::Text(text) => self.put(&text),
            Beside::Mark => self.marks.push_str(text.trim()),
        }
    }

    fn put(&mut self, text: &str) {
        self.has_words |= !text.chars().all(is_of_numbers);
        self.last = text.trim_end().chars().next_back().or(self.last);
        self.text.push_str(text);
    }

    /// Forgets what was read and keeps the room.
    pub(super) fn clear(&mut self) {
        for text in [&mut self.text, &mut self.struck, &mut self.marks, &mut self.level] {
            text.clear();
        }
        (self.has_line, self.has_words, self.last) = (false, false, None);
        self.look(false, Script::Line);
    }

    /// The text, and what was left out of it. A text that is struck out whole is kept, and so is one that stands above or
    /// below the line whole.
    pub(super) fn finish(&mut self) -> (String, Option<Box<Look>>) {
        let (text, level) = (std::mem::take(&mut self.text), std::mem::take(&mut self.level));
        let (struck, marks) = (std::mem::take(&mut self.struck), std::mem::take(&mut self.marks));
        let (text, marks) = if self.has_line { (text, marks) } else { (level, String::new()) };
        self.clear();
        let text = unescaped(&text);
        let is_struck = !struck.trim().is_empty() && text.trim().is_empty();
        if is_struck {
            return (unescaped(&struck), Some(Box::new(Look { is_struck, ..Look::default() })));
        }
        let short = |text: &str| -> String { unescaped(text).chars().take(LONGEST_STRUCK).collect() };
        let look = Look { struck: short(struck.trim()), marks: short(&marks), ..Look::default() };
        let is_plain = look == Look::default();
        (text, (!is_plain).then(|| Box::new(look)))
    }
}

/// What a run above or below the line is.
enum Beside {
    /// Text like that beside it, or digits as the characters for digits above the line.
    Text(String),
    /// A note mark.
    Mark,
}

/// Whether a character may stand in a number.
fn is_of_numbers(c: char) -> bool {
    c.is_ascii_digit() || ",.-+% ，．－％ ".contains(c)
}

/// What a run above or below the line is beside the text before it: its last character, and whether that is a number so far. Its digits
/// never join those on the line.
fn beside(last: Option<char>, is_number: bool, run: &str, stands: Script) -> Beside {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let mark = run.trim();
    if !mark.is_empty() && mark.chars().all(|c| c.is_ascii_digit()) {
        // CO2, PM10
        if stands == Script::Lowered && last.is_some_and(|c| c.is_ascii_alphabetic()) {
            return Beside::Text(run.to_owned());
        }
        return Beside::Text(mark.chars().filter_map(|c| DIGITS.get(c.to_digit(10)? as usize)).collect());
    }
    let is_mark = if is_number { is_note(mark) } else { mark.chars().count() <= LONGEST_MARK };
    let is_behind = last.is_some() && stands == Script::Raised || (is_number && last.is_some());
    if is_behind && is_mark && !mark.is_empty() {
        return Beside::Mark;
    }
    Beside::Text(run.to_owned())
}

/// Whether a text above the line behind a number can only refer to a note: a letter that says nothing of the value, a sign,
/// something in brackets. Units and scales (亿, %, 元) are none, nor are marks of how final a value is.
fn is_note(mark: &str) -> bool {
    const FINAL: &str = "pPeErRfF";
    const SIGNS: &str = "*＊#†‡§※★☆△▲①②③④⑤⑥⑦⑧⑨⑩";
    let mut chars = mark.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (c.is_ascii_alphabetic() && !FINAL.contains(c)) || SIGNS.contains(c);
    }
    let is_number = |text: &str| {
        let text = text.strip_prefix('注').unwrap_or(text);
        !text.is_empty() && text.chars().count() <= 2 && text.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let pairs = [('[', ']'), ('(', ')'), ('（', '）'), ('〔', '〕'), ('【', '】')];
    let inside = pairs.iter().find_map(|(open, close)| mark.strip_prefix(*open)?.strip_suffix(*close));
    // 2)
    let closed = mark.strip_suffix([')', '）', ']']).filter(|rest| !rest.starts_with(['(', '（', '[']));
    inside.is_some_and(|inside| inside == "注" || is_number(inside))
        || closed.is_some_and(is_number)
        || mark.strip_prefix('注').is_some_and(|rest| rest.is_empty() || is_number(rest))
        || (!mark.is_empty() && mark.chars().all(|c| SIGNS.contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with runs above the line between `^`, below it between `_`.
    fn read(marked: &str) -> (String, String) {
        let mut runs = Runs::default();
        let mut stands = Script::Line;
        let mut run = String::new();
        for c in marked.chars().chain(['\0']) {
            let to = match c {
                '^' => Script::Raised,
                '_' => Script::Lowered,
                '\0' => Script::Line,
                c => {
                    run.push(c);
                    continue;
                }
            };
            if !run.is_empty() {
                runs.look(false, stands);
                runs.push(&std::mem::take(&mut run));
            }
            stands = if stands == to { Script::Line } else { to };
        }
        let (text, look) = runs.finish();
        (text, look.map_or_else(String::new, |look| look.marks))
    }

    #[test]
    fn digits_above_or_below_the_line_never_join_those_on_it() {
        for (marked, text, marks) in [
            ("861^1^", "861¹", ""),
            ("3.1_2_", "3.1²", ""),
            ("^1^3.1", "¹3.1", ""),
            ("_1_3.1", "¹3.1", ""),
            ("3_2_1", "3²1", ""),
            ("8^61^", "8⁶¹", ""),
            ("^861^", "861", ""),
            ("10^-4^", "10-4", ""),
            ("PM_2.5_", "PM2.5", ""),
            ("CO_2_排放", "CO2排放", ""),
            ("km^2^", "km²", ""),
            ("研发强度_1_", "研发强度¹", ""),
            ("研发强度^a^", "研发强度", "a"),
            ("7400^亿^元", "7400亿元", ""),
            ("7400^亿元^", "7400亿元", ""),
            ("7400_亿元_", "7400亿元", ""),
            ("6.7^%^", "6.7%", ""),
            ("861^a^", "861", "a"),
            ("861_a_", "861", "a"),
            ("861^p^", "861p", ""),
            ("861^[1]^", "861", "[1]"),
            ("861^（注2）^", "861", "（注2）"),
            ("861^*^", "861", "*"),
            ("861^2)^", "861", "2)"),
            ("861^家^", "861家", ""),
            ("^a^861", "a861", ""),
        ] {
            assert_eq!(read(marked), (text.to_owned(), marks.to_owned()), "{marked}");
        }
    }
}
