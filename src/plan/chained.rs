//! Registers to which lines are only added: each line holds the beginning of the digest of the line before, over its fields and not over its
//! bytes. A line that was changed, taken out or put in is seen; that a spreadsheet saved the file makes no difference.
//!
//! Spreadsheets rewrite what they take for a number or a date: `1.10` becomes `1.1`, `2-3` a day. Such fields stand behind an apostrophe, which they
//! keep; the first field of a line is a date and is read in whichever way it was rewritten.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::fault::FileFault;
use crate::digest::Digests;
use crate::error::RunError;
use crate::table_text::{self, MARK};

/// What stands before the digits of a line's digest, so that no spreadsheet takes them for a number.
const BEFORE: &str = "sm3-";
/// So many digits of it are kept.
const DIGITS: usize = 16;
/// What parts the fields of a line when it is digested.
const BETWEEN: &str = "\u{1f}";
/// The heading of the column with the digest of the line before, the last of those that are digested.
pub(super) const LINE_BEFORE: &str = "前行";
/// The heading of the column with the digest of the line itself, where a register has it: the last.
pub(super) const OWN_DIGEST: &str = "本行";

/// A line of a register as it was read: its number in the file, and its fields without those of the chain.
pub(super) type ChainedLine = (usize, Vec<String>);

/// The file with these lines, each without the fields of the chain.
///
/// # Errors
/// Fails when a line cannot be written, which would be a fault of the program.
pub(super) fn written(
    name: &str,
    heads: &[&str],
    lines: impl IntoIterator<Item = Vec<String>>,
) -> Result<Vec<u8>, RunError> {
    let failed = |error: csv::Error| RunError::output(name, error);
    let has_own = heads.last() == Some(&OWN_DIGEST);
    let mut writer = csv::Writer::from_writer(MARK.as_bytes().to_vec());
    writer.write_record(heads).map_err(failed)?;
    let mut before = digest(heads);
    for line in lines {
        let mut fields: Vec<String> = line.iter().map(|field| field.trim().to_owned()).collect();
        fields.push(before);
        before = digest(&fields);
        if has_own {
            fields.push(before.clone());
        }
        writer.write_record(fields.iter().map(|field| guarded(field))).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| RunError::output(name, error))
}

/// Reads the lines of a register.
///
/// # Errors
/// Fails with every line that cannot be read, was changed, or does not follow the one before. Where lines have no digest of their own, a change of one
/// is told at the next, and that of the last not at all.
pub(super) fn parse(text: &str, heads: &[&'static str]) -> Result<Vec<ChainedLine>, Vec<(usize, FileFault)>> {
    let has_own = heads.last() == Some(&OWN_DIGEST);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches(MARK).as_bytes());
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    let mut before: Option<String> = None;
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                faults.push((line.try_into().unwrap_or(1), FileFault::OddLine(error.to_string())));
                return Err(faults);
            }
        };
        let number = record.position().map_or(1, csv::Position::line).try_into().unwrap_or(1);
        let mut fields: Vec<String> =
            record.iter().map(|field| unguarded(field.trim()).into_owned()).collect();
        if fields.iter().all(String::is_empty) {
            continue;
        }
        if fields.iter().skip(heads.len()).any(|field| !field.is_empty()) {
            faults.push((number, FileFault::BrokenChain));
        }
        fields.resize(heads.len(), String::new());
        let Some(expected) = &before else {
            if fields != heads {
                let missing = heads.iter().filter(|head| !fields.iter().any(|field| field == **head));
                return Err(vec![(number, FileFault::NoColumns(missing.copied().collect()))]);
            }
            before = Some(digest(heads));
            continue;
        };
        if let Some(first) = fields.first_mut()
            && let Some(day) = day(first)
        {
            *first = day.to_string();
        }
        let own = if has_own { fields.pop() } else { None };
        let is_next = fields.last() == Some(expected);
        let made = digest(&fields);
        if own.as_ref().is_some_and(|own| *own != made) {
            faults.push((number, FileFault::AlteredLine));
        } else if !is_next {
            faults.push((number, FileFault::BrokenChain));
        }
        before = Some(own.unwrap_or(made));
        fields.pop();
        lines.push((number, fields));
    }
    match before {
        _ if !faults.is_empty() => Err(faults),
        Some(_) => Ok(lines),
        None => Err(vec![(1, FileFault::NoColumns(heads.to_vec()))]),
    }
}

/// The beginning of the digest of a line by its fields.
fn digest(fields: &[impl AsRef<str>]) -> String {
    let fields: Vec<&str> = fields.iter().map(AsRef::as_ref).collect();
    let digits: String = Digests::of(fields.join(BETWEEN).as_bytes()).sm3.chars().take(DIGITS).collect();
    format!("{BEFORE}{digits}")
}

/// A day as it is written, or as spreadsheets write it again: `2024-01-22`, `2024/1/22`, either with a time of day behind it.
fn day(text: &str) -> Option<NaiveDate> {
    let day = text.split([' ', 'T']).next()?.replace('/', "-");
    let mut parts = day.split('-');
    let (year, month, of_month) = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = parts.next().is_none() && year.len() == 4;
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, of_month.parse().ok()?);
    date.filter(|_| is_whole)
}

/// A field as it is written.
fn guarded(field: &str) -> String {
    let cell = table_text::cell(field);
    let is_safe = cell.starts_with('\'') && !field.starts_with('\'') || day(field).is_some();
    if !is_safe && is_rewritten(field) && cell == field { format!("'{cell}") } else { cell.into_owned() }
}

/// The way back.
fn unguarded(cell: &str) -> Cow<'_, str> {
    match cell.strip_prefix('\'').filter(|rest| is_rewritten(rest)) {
        Some(rest) => table_text::decoded(rest),
        None => table_text::text(cell),
    }
}

/// Letters of which numbers, dates and times are made.
const OF_NUMBERS: &str = "0123456789０１２３４５６７８９.,+-%/:()$¥￥ eE．，％：年月日时分秒";
/// What months begin with in English.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// A whole number of so many digits is never rewritten.
const PLAIN_DIGITS: usize = 11;

/// Whether a spreadsheet may take a text for something else than a text, and write it otherwise. Apostrophes before it change nothing.
fn is_rewritten(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    let is_plain =
        !text.starts_with('0') && text.len() <= PLAIN_DIGITS && text.bytes().all(|b| b.is_ascii_digit());
    if is_plain || text == "0" {
        // Not behind an apostrophe of its own: that would be taken off.
        return false;
    }
    let lower = text.to_lowercase();
    let is_word = matches!(lower.as_str(), "true" | "false");
    let has_digit = text.chars().any(char::is_numeric);
    let is_number = has_digit && !lower.starts_with('e') && text.chars().all(|c| OF_NUMBERS.contains(c));
    let is_month = has_digit && MONTHS.iter().any(|month| lower.starts_with(month));
    let is_time = has_digit
        && (lower.ends_with("am")
            || lower.ends_with("pm")
            || text.starts_with("上午")
            || text.starts_with("下午"));
    is_word
        || is_number
        || is_month
        || is_time
        || (has_digit && MONTHS.iter().any(|month| lower.contains(&format!("-{month}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADS: [&str; 5] = ["时间", "甲", "乙", LINE_BEFORE, OWN_DIGEST];

    fn example() -> (Vec<Vec<String>>, String) {
        let line = |fields: [&str; 3]| fields.map(str::to_owned).to_vec();
        let lines = vec![
            line(["2024-01-22", "a", "1.10"]),
            line(["2024-01-22", "=1", "2-3"]),
            line(["2024-02-02", "一\n二", ""]),
        ];
        let text = String::from_utf8(written("a.csv", &HEADS, lines.clone()).unwrap()).unwrap();
        (lines, text)
    }

    fn read(text: &str) -> Result<Vec<Vec<String>>, Vec<usize>> {
        let lines = parse(text, &HEADS);
        lines
            .map(|lines| lines.into_iter().map(|(_, fields)| fields).collect())
            .map_err(|faults| faults.into_iter().map(|(line, _)| line).collect())
    }

    #[test]
    fn what_is_written_is_read_again_also_when_a_spreadsheet_saved_it() {
        let (lines, text) = example();
        assert_eq!(read(&text).unwrap(), lines);
        let saved = text.trim_start_matches(MARK).replace("2024-01-22", "2024/1/22").replace("\n", "\r\n");
        assert_eq!(read(&saved.replace(",a,", ",\"a\",")).unwrap(), lines);
        assert_eq!(read(&saved.replace("2024/1/22", "2024-01-22 00:00:00")).unwrap(), lines);
        assert_eq!(read(&format!("{saved},,,,\r\n")).unwrap(), lines);
    }

    #[test]
    fn one_changed_character_in_any_line_is_told_with_the_line() {
        let (_, text) = example();
        let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
        for (at, line) in lines.iter().enumerate().skip(1) {
            for place in 0..line.len() {
                let mut changed = lines.clone();
                changed[at][place] = if line[place] == '5' { '6' } else { '5' };
                let changed: Vec<String> =
                    changed.into_iter().map(|line| line.into_iter().collect()).collect();
                let told = read(&changed.join("\n"));
                assert!(
                    told.as_ref().is_err_and(|told| told.contains(&(at + 1))),
                    "{:?}: {told:?}",
                    changed[at]
                );
            }
        }
    }

    #[test]
    fn a_line_that_was_taken_out_put_in_or_moved_is_told() {
        let (_, text) = example();
        let lines: Vec<&str> = text.lines().collect();
        for (order, told) in [
            (vec![0, 2, 3], vec![2]),
            (vec![0, 1, 3], vec![3]),
            (vec![0, 1, 2, 2, 3], vec![4]),
            (vec![0, 2, 1, 3], vec![2, 3, 4]),
        ] {
            let text: Vec<&str> = order.iter().map(|at| lines[*at]).collect();
            assert_eq!(read(&text.join("\n")), Err(told), "{order:?}");
        }
        assert_eq!(read(""), Err(vec![1]));
        assert_eq!(read("a,b\n"), Err(vec![1]));
    }

    #[test]
    fn what_a_spreadsheet_would_rewrite_stands_behind_an_apostrophe() {
        for (field, cell) in [
            ("779", "779"),
            ("0", "0"),
            ("1.10", "'1.10"),
            ("007", "'007"),
            ("-5", "'-5"),
            ("'5", "'5"),
            ("'5.0", "''5.0"),
            ("123456789012", "'123456789012"),
            ("2-3", "'2-3"),
            ("3/4", "'3/4"),
            ("2024年1月", "'2024年1月"),
            ("50％", "'50％"),
            ("TRUE", "'TRUE"),
            ("MAR5", "'MAR5"),
            ("3-Mar", "'3-Mar"),
            ("E7", "E7"),
            ("12家", "12家"),
            ("-1.2.3", "'-1.2.3"),
            ("'-1.2.3", "''-1.2.3"),
            ("=1+1", "'=1+1"),
            ("9d970e00", "9d970e00"),
            ("2024-01-22", "2024-01-22"),
        ] {
            assert_eq!(guarded(field), cell);
            assert_eq!(unguarded(cell), field);
        }
    }
}
