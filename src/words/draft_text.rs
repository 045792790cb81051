//! TOML that grows line by line, with what is to be confirmed beside every entry.

use std::fmt::Write as _;

use super::draft_reasons::open_words;
use crate::draft::{DraftNumber, OpenFields};
use crate::shown::deceives;

/// A text in TOML that grows line by line.
#[derive(Default)]
pub(super) struct Text(pub(super) String);

impl Text {
    pub(super) fn line(&mut self, line: &str) {
        // Entries have their escapes; a comment has none, and shows what is not seen by its code.
        for c in line.chars() {
            if c != '\n' && deceives(c) {
                let _ = write!(self.0, "\\u{{{:x}}}", u32::from(c));
            } else {
                self.0.push(c);
            }
        }
        self.0.push('\n');
    }

    pub(super) fn entry(&mut self, section: &str) {
        self.line(&format!("\n[[{section}]]"));
    }

    pub(super) fn text(&mut self, key: &str, value: &str) {
        self.line(&format!("{key} = {}", quoted(value)));
    }

    /// Those of the fields that have a text.
    pub(super) fn texts<const N: usize>(&mut self, fields: [(&str, &Option<String>); N]) {
        for (key, value) in fields {
            if let Some(value) = value {
                self.text(key, value);
            }
        }
    }

    pub(super) fn list(&mut self, key: &str, values: &[String]) {
        let values = values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", ");
        self.line(&format!("{key} = [{values}]"));
    }

    pub(super) fn confirm(&mut self, open: &OpenFields) {
        if !open.0.is_empty() {
            self.line(&format!("confirm = {}", confirm(open)));
        }
    }

    /// Values or targets, one a line.
    pub(super) fn numbers(&mut self, key: &str, numbers: &[DraftNumber]) {
        if numbers.is_empty() {
            return;
        }
        self.line(&format!("{key} = ["));
        for number in numbers {
            let mut parts = vec![format!("year = {}", number.year)];
            let mut add = |key: &str, value: Option<&str>| {
                parts.extend(value.map(|value| format!("{key} = {}", quoted(value))));
            };
            if key == "target" {
                add("tier", number.tier.filter(|tier| *tier != "annual"));
                add("kind", number.kind);
                add("op", number.op.filter(|_| number.bounds.is_none()));
            }
            add("value", number.value.as_deref());
            add("low", number.bounds.as_ref().map(|(low, _)| low.as_str()));
            add("high", number.bounds.as_ref().map(|(_, high)| high.as_str()));
            add("reference", number.reference.as_deref());
            add("against", number.against.as_deref());
            add("undefined", number.undefined.as_deref());
            if key == "target" {
                parts.extend(number.base_year.map(|year| format!("base_year = {year}")));
                parts.extend(number.cumulative.then(|| "cumulative = true".to_owned()));
                parts.extend(number.recurring.then(|| "recurring = true".to_owned()));
            }
            parts.push(format!("line = \"{}\"", number.line));
            if key == "target" {
                parts.push(format!("quote = {}", quoted(&number.quote)));
            }
            if !number.open.0.is_empty() {
                parts.push(format!("confirm = {}", confirm(&number.open)));
            }
            self.line(&format!("  {{ {} }},", parts.join(", ")));
        }
        self.line("]");
    }
}

fn confirm(open: &OpenFields) -> String {
    let mut fields = open.0.clone();
    fields.sort_by_key(|one| one.grade);
    let mut texts: Vec<String> = Vec::new();
    for one in &fields {
        let mut text = format!("{}:{}", one.field, one.grade.word());
        let reason = open_words(&one.reason);
        if !reason.is_empty() {
            let _ = write!(text, " {reason}");
        }
        texts.push(quoted(&text));
    }
    format!("[{}]", texts.join(", "))
}

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            // What is not seen, or turns what is: TOML reads it back as it was.
            c if c.is_control() || deceives(c) => {
                let _ = match u32::from(c) {
                    code @ ..=0xFFFF => write!(quoted, "\\u{code:04X}"),
                    code => write!(quoted, "\\U{code:08X}"),
                };
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Texts from outside in a comment: no line of them begins anything else.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_from_outside_stay_texts() {
        let text = quoted("a\"b\\c\nd");
        let read: toml::Table = format!("x = {text}").parse().unwrap();
        assert_eq!(read["x"].as_str(), Some("a\"b\\c\nd"));
        assert_eq!(one_line("a\n[plan]"), "a [plan]");
        // Marks of direction, and what is not seen at all.
        let text = quoted("研发\u{202e}投入\u{2066}1");
        assert_eq!(text, r#""研发\u202E投入\u20661""#);
        let read: toml::Table = format!("x = {text}").parse().unwrap();
        assert_eq!(read["x"].as_str(), Some("研发\u{202e}投入\u{2066}1"));
        let mut file = Text::default();
        file.line("# 甲\u{202e}乙");
        assert_eq!(file.0, "# 甲\\u{202e}乙\n");
    }
}
