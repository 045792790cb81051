//! The tables of an output as CSV text: how a cell is kept from being run by a spreadsheet, and how tables that this program wrote are read again.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

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

/// Whether a spreadsheet would run a text as a formula; numbers and lone marks are none.
fn runs(text: &str) -> bool {
    let start = text.trim_start();
    let is_marked = start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']);
    is_marked && start.chars().count() >= 2 && start.parse::<Decimal>().is_err()
}

/// Puts an apostrophe before text that a spreadsheet would run as a formula.
pub fn inert(text: &str) -> String {
    if runs(text) { format!("'{text}") } else { text.to_owned() }
}

/// A cell as it was before an apostrophe kept spreadsheets from running it.
pub fn bare(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| runs(text)).unwrap_or(cell)
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
    (number, heads.iter().zip(record).map(|(head, cell)| (head.to_owned(), bare(cell).to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_in_text_stay_text_and_are_read_as_they_were() {
        for (text, expected) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("＝1+1", "'＝1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" =1+1", "' =1+1"),
            ("-0.90", "-0.90"),
            ("-", "-"),
            ("市科技局", "市科技局"),
            ("'引号", "'引号"),
        ] {
            assert_eq!(inert(text), expected);
            assert_eq!(bare(expected), text);
        }
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
