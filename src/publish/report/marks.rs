//! The marks that a numeral stands between in a text, with the name of the step that it prints.

use std::fmt::Display;

use crate::ledger::StepId;

/// Noncharacters of Unicode, which no text that can be printed has: before the name of the step, before the numeral, behind it.
pub(super) const MARKS: [char; 3] = ['\u{FDD0}', '\u{FDD1}', '\u{FDD2}'];

/// Between the names of steps any of which may be meant.
pub(super) const OR: &str = "\u{FDD3}";

/// A numeral of a text with the step that it prints.
pub(super) fn numeral(id: &StepId, text: impl Display) -> String {
    let [open, middle, close] = MARKS;
    format!("{open}{id}{middle}{text}{close}")
}

/// A text whose numerals print any of these steps: each the first that says it.
pub(super) fn numerals_in(text: &str, ids: &[StepId]) -> String {
    let names: Vec<&str> = ids.iter().map(StepId::as_str).collect();
    let names = names.join(OR);
    marked(text, |_| Some(names.clone()))
}

/// A text whose numerals print these steps, one after the other.
pub(super) fn numerals_each(text: &str, ids: &[StepId]) -> String {
    marked(text, |at| ids.get(at).map(ToString::to_string))
}

/// A text with marks around its numerals; `of` names the steps of each by its place.
fn marked(text: &str, of: impl Fn(usize) -> Option<String>) -> String {
    let [open, middle, close] = MARKS;
    let mut count = 0;
    let mut marked = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, behind) = rest.split_at(at);
        let is_part = |(at, c): (usize, char)| {
            c.is_ascii_digit()
                || c == '.'
                    && behind
                        .get(at.saturating_add(1)..)
                        .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()))
        };
        let end = behind.char_indices().find(|one| !is_part(*one)).map_or(behind.len(), |(at, _)| at);
        let (number, after) = behind.split_at(end);
        marked.push_str(before);
        match of(count) {
            Some(names) => marked.push_str(&format!("{open}{names}{middle}{number}{close}")),
            None => marked.push_str(number),
        }
        count += 1;
        rest = after;
    }
    marked.push_str(rest);
    marked
}
