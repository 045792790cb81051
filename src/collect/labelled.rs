//! Numbers that a label before them asks for: telephone numbers, days, versions. What stands behind a label and is nothing of the
//! kind is a number like any other.

use super::Submission;
use super::labels::{self, LETTERS};
use super::register::day;
use super::text::clean;
use super::timespan::is_period;
use super::version::Version;
use crate::ident::CellRef;
use crate::workbook::Sheet;

/// What a label asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AskedNumber {
    /// The number of a telephone or of a document.
    Digits,
    Postcode,
    Day,
    Period,
    /// A page or a version.
    Ordinal,
    /// How many rows of a form are still to be filled in.
    Count,
}

/// How labels end, and what they ask for.
const LABELS: [(&str, AskedNumber); 17] = [
    ("电话", AskedNumber::Digits),
    ("手机", AskedNumber::Digits),
    ("传真", AskedNumber::Digits),
    ("联系方式", AskedNumber::Digits),
    ("号码", AskedNumber::Digits),
    ("邮编", AskedNumber::Postcode),
    ("邮政编码", AskedNumber::Postcode),
    ("日期", AskedNumber::Day),
    ("时间", AskedNumber::Day),
    ("年度", AskedNumber::Period),
    ("年份", AskedNumber::Period),
    ("报告期", AskedNumber::Period),
    ("页码", AskedNumber::Ordinal),
    ("版本", AskedNumber::Ordinal),
    ("版次", AskedNumber::Ordinal),
    ("待填", AskedNumber::Count),
    ("有疑问", AskedNumber::Count),
];

/// Longest label, in characters.
const LONGEST: usize = 12;
/// How many columns before a number its label may stand.
const FURTHEST: u32 = 3;

/// Whether the cell before a number is a label that asks for such a number.
pub(super) fn is_asked_for(sheet: &Sheet, at: CellRef) -> bool {
    let before = sheet.cells.range(CellRef::new(at.row, 0)..at).next_back();
    let label =
        before.filter(|(before, _)| at.column - before.column <= FURTHEST).map(|(_, cell)| cell.raw());
    label.and_then(asked_by).is_some_and(|asked| is_such(asked, sheet.text(at.row, at.column)))
}

/// The cells of a sheet that hold a field of the cover, as it is quoted or of the kind that it is.
pub(super) fn fields(sheet: &Sheet, submission: &Submission) -> Vec<CellRef> {
    let is_field = |field: &labels::Field| {
        let value = field.value.as_str();
        match field.name {
            "填报人" => submission.filled_by == value,
            "审核人" => submission.checked_by == value,
            "填报日期" => submission.filled_on == value || is_such(AskedNumber::Day, value),
            "报告期" => submission.period == value || is_such(AskedNumber::Period, value),
            "版本" => submission.version == Version::parse(value) || is_such(AskedNumber::Ordinal, value),
            // No sender and no city is a number.
            _ => false,
        }
    };
    let all = labels::fields(sheet, &LETTERS, &|_| false);
    all.iter().filter(|field| is_field(field)).map(|field| field.at).collect()
}

/// What a text asks for, if it is a label. 2022年度 is none: it is a year itself.
fn asked_by(text: &str) -> Option<AskedNumber> {
    let text = clean(text);
    let label = text.trim_end_matches(':').trim_end();
    let found = LABELS.iter().find(|(end, _)| label.ends_with(end));
    found.filter(|_| label.chars().count() <= LONGEST && !is_period(label)).map(|(_, asked)| *asked)
}

/// Whether a number is of a kind.
fn is_such(asked: AskedNumber, text: &str) -> bool {
    let text = clean(text);
    let digits = || text.chars().filter(char::is_ascii_digit).count();
    let is_whole = || text.chars().all(|c| c.is_ascii_digit());
    match asked {
        AskedNumber::Digits => {
            let is_plain = text.chars().all(|c| c.is_ascii_digit() || "-() +".contains(c));
            is_plain && !text.starts_with('-') && (3..=18).contains(&digits())
        }
        AskedNumber::Postcode => is_whole() && digits() == 6,
        AskedNumber::Count => is_whole() && digits() <= 4,
        // Spreadsheets count days: 45301 is one.
        AskedNumber::Day => is_period(&text) || day(&text).is_some() || (is_whole() && digits() == 5),
        AskedNumber::Period => is_period(&text),
        AskedNumber::Ordinal => {
            let is_other = |c: char| c.is_ascii_alphabetic() || "-%".contains(c);
            digits() <= 4 && text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(is_other)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_asks_for_one_kind_of_number() {
        for (label, number, expected) in [
            ("联系电话：", "13800000000", true),
            ("联系电话", "0731-85570000", true),
            ("联系电话", "-120", false),
            ("联系电话", "99999999999999999999", false),
            ("传真", "5", false),
            ("邮编", "410000", true),
            ("邮编", "41000", false),
            ("填报日期", "20240110", true),
            ("填报日期", "45301", true),
            ("填报日期", "12.5", false),
            ("年度", "2023", true),
            ("年度", "52.6", false),
            ("2022年度", "2023", false),
            ("页码", "3", true),
            ("页码", "3页", true),
            ("版本", "1.2", true),
            ("版本", "-1", false),
            ("版本", "1e300", false),
            ("统计了全市各有关单位所填的联系电话", "85570000", false),
            ("企业数", "120", false),
        ] {
            let is_asked = asked_by(label).is_some_and(|asked| is_such(asked, number));
            assert_eq!(is_asked, expected, "{label} {number}");
        }
    }
}
