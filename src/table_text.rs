//! The tables of an output as CSV text: how a cell is kept from acting on what shows it, and how tables that this program wrote are read again
//! (docs/tables.md).

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::shown::{deceives, is_plain};

/// The mark by which Excel knows UTF-8.
pub const MARK: &str = "\u{feff}";

/// A line of a table: its number, and its cells by column.
pub type TableLine = (u64, BTreeMap<String, String>);

/// Why a table of an output cannot be used.
#[derive(Debug)]
pub enum TableFault {
    /// It is none.
    Unread(csv::Error),
    /// A column that is asked for is not there.
    NoColumn(&'static str),
}

impl From<csv::Error> for TableFault {
    fn from(error: csv::Error) -> Self {
        Self::Unread(error)
    }
}

/// How the code of a character begins: `\u{202e}`.
const CODE: &str = "\\u{";

/// A text as a cell of a table: in one line, nothing in it acts, and no spreadsheet runs it. [`text`] is the way back.
pub fn cell(text: &str) -> Cow<'_, str> {
    let coded = coded(text);
    if runs(&coded) { Cow::Owned(format!("'{coded}")) } else { coded }
}

/// The text of a cell, as it was before it was written.
pub fn text(cell: &str) -> Cow<'_, str> {
    decoded(cell.strip_prefix('\'').filter(|_| runs(cell)).unwrap_or(cell))
}

/// A text with codes for what could deceive or break a line. A backslash that would begin a code is a code itself, so that each code
/// stands for one character; all other text is as it is.
pub fn coded(text: &str) -> Cow<'_, str> {
    if is_plain(text) || (!text.contains(deceives) && !text.contains(CODE)) {
        return Cow::Borrowed(text);
    }
    let mut coded = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let begins = c == '\\' && text.get(at..).is_some_and(|rest| rest.starts_with(CODE));
        if begins || deceives(c) {
            coded.push_str(&format!("{CODE}{:x}}}", u32::from(c)));
        } else {
            coded.push(c);
        }
    }
    Cow::Owned(coded)
}

/// The way back from [`coded`].
pub fn decoded(cell: &str) -> Cow<'_, str> {
    let Some((first, mut rest)) = cell.split_once(CODE) else { return Cow::Borrowed(cell) };
    let mut text = first.to_owned();
    loop {
        let code = rest.split_once('}').filter(|(code, _)| (1..=6).contains(&code.len()));
        let character = code.and_then(|(code, after)| {
            let number = u32::from_str_radix(code, 16).ok()?;
            Some((char::from_u32(number)?, after))
        });
        match character {
            Some((character, after)) => {
                text.push(character);
                rest = after;
            }
            // Of a table that was altered.
            None => text.push_str(CODE),
        }
        let Some((before, after)) = rest.split_once(CODE) else { break };
        text.push_str(before);
        rest = after;
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Whether a spreadsheet would run a text as a formula, behind apostrophes and blanks; numbers and lone marks are none.
fn runs(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    let is_marked = start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    is_marked && start.chars().nth(1).is_some() && !is_number(start)
}

/// A sign, digits, and at most one point.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let points = digits.chars().filter(|c| *c == '.').count();
    points <= 1 && digits.len() > points && digits.chars().all(|c| c == '.' || c.is_ascii_digit())
}

/// Reads a table that this program wrote.
pub fn reader(bytes: &[u8]) -> csv::Reader<&[u8]> {
    csv::Reader::from_reader(bytes.strip_prefix(MARK.as_bytes()).unwrap_or(bytes))
}

/// The lines of a table that this program wrote, cells as they were.
///
/// # Errors
/// Fails when it is none, or when a column is not there.
pub fn table_lines(bytes: &[u8], columns: &[&'static str]) -> Result<Vec<TableLine>, TableFault> {
    let mut reader = reader(bytes);
    let heads = reader.headers()?.clone();
    if let Some(missing) = columns.iter().find(|column| !heads.iter().any(|head| head == **column)) {
        return Err(TableFault::NoColumn(missing));
    }
    let lines = reader.records().map(|record| Ok(line(&heads, &record?)));
    lines.collect()
}

/// The lines that can be read of a table that may have been altered.
pub fn lines_that_read(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = reader(bytes);
    let heads = reader.headers().cloned().unwrap_or_default();
    reader.records().filter_map(Result::ok).map(|record| line(&heads, &record).1).collect()
}

fn line(heads: &csv::StringRecord, record: &csv::StringRecord) -> TableLine {
    let number = record.position().map_or(0, csv::Position::line);
    (
        number,
        heads.iter().zip(record).map(|(head, cell)| (head.to_owned(), text(cell).into_owned())).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_in_text_stay_text_and_are_read_as_they_were() {
        for (was, expected) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("＝1+1", "'＝1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" =1+1", "' =1+1"),
            ("-0.90", "-0.90"),
            ("-", "-"),
            ("市科技局", "市科技局"),
            ("'引号", "'引号"),
            ("'=1+1", "''=1+1"),
            ("' =1+1", "'' =1+1"),
            ("'-0.90", "'-0.90"),
            ("-1.2.3", "'-1.2.3"),
            ("-.", "'-."),
        ] {
            assert_eq!(cell(was), expected);
            assert_eq!(text(expected), was);
        }
    }

    #[test]
    fn what_deceives_is_coded_and_read_as_it_was() {
        for (was, expected) in [
            ("“研发”,强度\"1\"", "“研发”,强度\"1\""),
            ("C:\\目录\\u1", "C:\\目录\\u1"),
            ("a\u{1b}[31m\u{0}", "a\\u{1b}[31m\\u{0}"),
            ("一\r\n二\t三\u{85}\u{2028}", "一\\u{d}\\u{a}二\\u{9}三\\u{85}\\u{2028}"),
            ("\u{202e}86\u{2066}\u{200b}\u{feff}", "\\u{202e}86\\u{2066}\\u{200b}\\u{feff}"),
            ("\\u{202e}", "\\u{5c}u{202e}"),
            ("\\\u{202e}\\\\u{}", "\\\\u{202e}\\\\u{5c}u{}"),
            ("\\u\u{202e}{1}", "\\u\\u{202e}{1}"),
            ("\t=1+1", "\\u{9}=1+1"),
            ("=1\n", "'=1\\u{a}"),
        ] {
            assert_eq!(cell(was), expected);
            assert_eq!(text(expected), was);
        }
        // Nothing that this program writes.
        for odd in ["\\u{", "\\u{}", "\\u{d800}", "\\u{110000}x", "\\u{1234567}", "\\u{zz}\\u{5c}"] {
            assert!(text(odd).starts_with("\\u{"), "{odd}");
        }
        let every: String = ('\u{0}'..='\u{3000}').chain("\\u{41}\\u{".chars()).collect();
        assert_eq!(text(&cell(&every)), every);
        assert!(!cell(&every).contains(deceives));
    }

    #[test]
    fn a_table_is_read_by_its_columns_and_one_that_was_altered_as_far_as_it_goes() {
        let bytes = format!("{MARK}no,name\n1,'=a\n2\n3,c\n");
        assert_eq!(lines_that_read(bytes.as_bytes()).len(), 2);
        assert_eq!(lines_that_read(bytes.as_bytes())[0]["name"], "=a");
        assert!(matches!(table_lines(bytes.as_bytes(), &["no"]), Err(TableFault::Unread(_))));
        assert!(matches!(table_lines(b"no\n1\n", &["no", "name"]), Err(TableFault::NoColumn("name"))));
        let lines = table_lines(b"no,name\n1,a\n", &["no"]).unwrap();
        assert_eq!((lines[0].0, lines[0].1["name"].as_str()), (2, "a"));
    }
}
