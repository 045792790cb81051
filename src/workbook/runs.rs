//! Text whose parts look different (rich text): note marks set above the line, words struck out.

use super::Look;
use super::package::Attributes;
use super::xlsx::unescaped;

/// A text while its runs are read.
#[derive(Debug, Default)]
pub(super) struct Runs {
    text: String,
    struck: String,
    /// Whether the run that is being read is struck out.
    is_struck: bool,
    /// Whether it stands above the line.
    is_raised: bool,
}

/// Length of the longest note mark, in characters.
const LONGEST_MARK: usize = 4;

/// How much is kept of what is struck out beside other text, in characters.
const LONGEST_STRUCK: usize = 100;

impl Runs {
    /// Notes how a run looks.
    pub(super) fn start(&mut self, name: &str, with: &Attributes<'_>) {
        match name {
            "r" => (self.is_struck, self.is_raised) = (false, false),
            "strike" => self.is_struck = !matches!(with.get("val").as_str(), "0" | "false"),
            "vertAlign" => self.is_raised = with.get("val") == "superscript",
            _ => {}
        }
    }

    /// Notes how the run looks that follows.
    pub(super) fn look(&mut self, is_struck: bool, is_raised: bool) {
        (self.is_struck, self.is_raised) = (is_struck, is_raised);
    }

    /// Whether nothing was read.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.struck.is_empty()
    }

    /// Takes text of a run.
    pub(super) fn push(&mut self, text: &str) {
        if self.is_struck {
            self.struck.push_str(text);
        } else if self.is_raised && !self.text.trim().is_empty() {
            self.text.push_str(&raised(text));
        } else {
            self.text.push_str(text);
        }
    }

    /// Forgets what was read and keeps the room.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.struck.clear();
        (self.is_struck, self.is_raised) = (false, false);
    }

    /// The text, and what was left out of it. A text that is struck out whole is kept.
    pub(super) fn finish(&mut self) -> (String, Option<Box<Look>>) {
        let text = unescaped(&std::mem::take(&mut self.text));
        let struck = std::mem::take(&mut self.struck);
        (self.is_struck, self.is_raised) = (false, false);
        if struck.trim().is_empty() {
            (text, None)
        } else if text.trim().is_empty() {
            (unescaped(&struck), Some(Box::new(Look { is_struck: true, ..Look::default() })))
        } else {
            let struck = unescaped(&struck).chars().take(LONGEST_STRUCK).collect();
            (text, Some(Box::new(Look { struck, ..Look::default() })))
        }
    }
}

/// Digits set above the line, as the characters for such digits; other note marks go.
fn raised(text: &str) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let mark = text.trim();
    if mark.chars().all(|c| c.is_ascii_digit()) {
        mark.chars().filter_map(|c| DIGITS.get(c.to_digit(10)? as usize)).collect()
    } else if mark.chars().count() <= LONGEST_MARK {
        String::new()
    } else {
        text.to_owned()
    }
}
