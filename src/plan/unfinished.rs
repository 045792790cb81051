//! What a file that was drafted for people leaves to them: values that are still to be filled in, and entries that are still to be
//! confirmed. Nothing is evaluated until there are none.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{FileFault, told};

/// What stands in the place of a value that somebody has to fill in.
pub const TO_FILL: &str = "待填";
/// The key of what is to be confirmed about an entry.
const CONFIRM: &str = "confirm";

/// What of a file is still to be filled in, each with its line; empty when nothing is, and for a text that is no TOML.
pub(super) fn unfilled(text: &str) -> Vec<String> {
    // It can be written with escapes, too.
    if !text.contains(TO_FILL) && !text.contains('\\') {
        return Vec::new();
    }
    open(text, |fault| matches!(fault, FileFault::Unfilled(_)))
}

/// The same, and what is still to be confirmed.
pub(super) fn unfinished(text: &str) -> Vec<String> {
    open(text, |_| true)
}

fn open(text: &str, is_asked: fn(&FileFault) -> bool) -> Vec<String> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    look(table.get_ref(), "", &mut found);
    found.retain(|(_, fault)| is_asked(fault));
    let line_of = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
    told(found.into_iter().map(|(at, fault)| (line_of(at), fault)).collect())
}

/// Looks through a table and all below it; faults come with their place in the text.
fn look(table: &DeTable<'_>, above: &str, found: &mut Vec<(usize, FileFault)>) {
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        if name == CONFIRM {
            let (of, what) = (above.to_owned(), texts(value));
            found.push((key.span().start, FileFault::ToConfirm { of, what }));
        } else {
            look_into(value, name, found);
        }
    }
}

fn look_into(value: &Spanned<DeValue<'_>>, key: &str, found: &mut Vec<(usize, FileFault)>) {
    match value.get_ref() {
        DeValue::String(text) if text.trim() == TO_FILL => {
            found.push((value.span().start, FileFault::Unfilled(key.to_owned())));
        }
        DeValue::Table(table) => look(table, key, found),
        DeValue::Array(entries) => entries.iter().for_each(|entry| look_into(entry, key, found)),
        _ => {}
    }
}

fn texts(value: &Spanned<DeValue<'_>>) -> Vec<String> {
    match value.get_ref() {
        DeValue::String(text) => vec![text.to_string()],
        DeValue::Array(entries) => entries.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_open_is_listed_with_its_line() {
        for (text, parts) in [
            ("[round]\ntitle = [\"待填\", \"报告\"]\nissuer = \"局\"\n", &["第2行", "title 待填"][..]),
            (
                "[round]\nreport_date = \"待填\" # 日期\ndeadline = \" 待填 \"\n",
                &["第2行", "第3行", "deadline"],
            ),
            (
                "[[base_year]]\nyear = 2020\nconfirm = [\"沿用2023年\"]\n",
                &["第3行", "base_year", "沿用2023年", "删去 confirm"],
            ),
            ("[a]\nb = { c = \"待填\" }\n", &["c 待填"]),
            ("[a]\nconfirm = []\n", &["第2行"]),
        ] {
            let told = unfinished(text).join("\n");
            for part in parts {
                assert!(told.contains(part), "{part} in {told}");
            }
        }
        assert_eq!(unfilled("[a]\nb = \"待填\"\nconfirm = [\"b:缺\"]\n").len(), 1);
        for text in ["[a]\nnote = \"待填的不算\" # 待填\n", "[a\nb = \"待填\"\n"] {
            assert_eq!(unfinished(text), Vec::<String>::new(), "{text}");
        }
    }
}
