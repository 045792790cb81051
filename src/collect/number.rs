//! A cell → a reading: an exact number, a word, a missing mark, or a reason why it is none of these.

use std::str::FromStr as _;

use rust_decimal::Decimal;

use super::Vintage;
use super::layout::vintage_mark;
use super::text::{chinese_number, clean};
use crate::finding::Problem;
use crate::quantity::Unit;
use crate::rounding::plain;
use crate::workbook::{Cell, Content, Display};

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A number.
    Number(Decimal),
    /// 有.
    Present,
    /// 无, of a qualitative indicator.
    Absent,
    /// Nothing stands there.
    Blank,
    /// A mark for missing data: `-`, `…`, `未统计`.
    Mark,
    /// Something else; the problem says what.
    Unreadable,
}

/// A reading with what was noticed on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Read {
    /// What the cell says.
    pub reading: Reading,
    /// A unit that stood in the cell itself; it wins over all others.
    pub unit: Option<String>,
    /// How final the value is, by a mark behind it.
    pub flag: Option<Vintage>,
    /// What was noticed.
    pub problems: Vec<Problem>,
}

const MARKS: [&str; 24] = [
    "-",
    "--",
    "—",
    "——",
    "–",
    "－",
    "…",
    "...",
    "/",
    "\\",
    "~",
    "～",
    "×",
    "x",
    "na",
    "n/a",
    "null",
    "无",
    "暂无",
    "缺",
    "未统计",
    "未报",
    "无数据",
    "#",
];
const PRESENT: [&str; 6] = ["有", "是", "已出台", "具备", "已具备", "√"];
const ABSENT: [&str; 6] = ["无", "否", "没有", "未出台", "不具备", "×"];
const APPROXIMATE: [&str; 16] =
    ["约", "近", "超", "逾", "≥", "≤", ">", "<", "以上", "以下", "左右", "余", "多", "上下", "±", "不足"];

/// Reads the cell of an indicator; `usual` is the unit that its values are in unless the cell says otherwise.
pub(super) fn read(cell: Option<&Cell>, qualitative: bool, usual: &str) -> Read {
    let Some(cell) = cell else { return Read::of(Reading::Blank) };
    match &cell.content {
        Content::Number(text) => number(text, cell.display),
        Content::Text(text) if qualitative => word(text),
        Content::Text(text) => text_number(text, usual),
        Content::Bool(_) => {
            refuse(Problem::NotANumber { raw: cell.raw(), reason: "是逻辑值".to_owned() })
        }
        Content::Date(raw) => {
            refuse(Problem::NotANumber { raw: raw.clone(), reason: "单元格为日期格式".to_owned() })
        }
        Content::Error(raw) => refuse(Problem::ErrorCell { raw: raw.clone() }),
        Content::NoResult => refuse(Problem::FormulaWithoutResult),
        Content::Picture => refuse(Problem::PictureCell),
        Content::Damaged(reason) => refuse(Problem::DamagedCell { reason: clipped(reason) }),
    }
}

/// What a typed text says as a number whose values are usually in a unit.
pub fn read_text(text: &str, usual: &str) -> Reading {
    text_number(text, usual).reading
}

impl Read {
    fn of(reading: Reading) -> Self {
        Self { reading, unit: None, flag: None, problems: Vec::new() }
    }
}

/// The beginning of a long text, for messages.
fn clipped(raw: &str) -> String {
    if raw.chars().count() <= 40 { raw.to_owned() } else { raw.chars().take(40).chain(['…']).collect() }
}

fn refuse(problem: Problem) -> Read {
    Read { problems: vec![problem], ..Read::of(Reading::Unreadable) }
}

/// Whether a number can be a statistic at all. Beyond this a spreadsheet itself has lost digits, and arithmetic on it
/// could overflow.
fn is_sensible(value: &Decimal) -> bool {
    value.abs() < Decimal::new(1_000_000_000_000_000, 0)
}

/// A stored number. Spreadsheets keep 15 significant digits; what lies beyond is noise of their arithmetic.
fn number(text: &str, display: Display) -> Read {
    let refused =
        |reason: &str| refuse(Problem::NotANumber { raw: text.to_owned(), reason: reason.to_owned() });
    let Some(value) = exact(text) else { return refused("超出可表示的范围") };
    let unit = matches!(display, Display::Percent | Display::PercentSign).then(|| "%".to_owned());
    let (value, problems) = match display {
        Display::Plain | Display::PercentSign => (value, Vec::new()),
        Display::Percent => {
            let Some(percent) = value.checked_mul(Decimal::ONE_HUNDRED) else {
                return refused("超出可表示的范围");
            };
            let problem = Problem::PercentFormat { raw: text.to_owned(), value: plain(percent) };
            (percent, vec![problem])
        }
        Display::Scaled => (value, vec![Problem::ScaledFormat { raw: text.to_owned() }]),
        Display::Date | Display::Year => return refused("单元格为日期格式"),
    };
    Read { unit, problems, ..Read::of(Reading::Number(value)) }
}

fn exact(text: &str) -> Option<Decimal> {
    let value =
        Decimal::from_str(text).or_else(|_| Decimal::from_scientific(text)).ok().filter(is_sensible)?;
    let digits = value.mantissa().unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
    if digits <= 15 {
        return Some(value);
    }
    value.round_sf_with_strategy(15, rust_decimal::RoundingStrategy::MidpointNearestEven)
}

fn word(raw: &str) -> Read {
    let text = clean(raw).to_lowercase();
    if text.is_empty() {
        Read::of(Reading::Blank)
    } else if PRESENT.contains(&text.as_str()) {
        Read::of(Reading::Present)
    } else if ABSENT.contains(&text.as_str()) {
        Read::of(Reading::Absent)
    } else if MARKS.contains(&text.as_str()) {
        Read::of(Reading::Mark)
    } else {
        refuse(Problem::NotANumber { raw: clipped(raw), reason: "应填“有”或“无”".to_owned() })
    }
}

fn text_number(raw: &str, usual: &str) -> Read {
    let text = clean(raw);
    if text.is_empty() {
        return Read::of(Reading::Blank);
    }
    if MARKS.contains(&text.to_lowercase().as_str()) {
        return Read::of(Reading::Mark);
    }
    if let Some(value) = chinese_number(&text) {
        let problems = vec![Problem::NumberAsText { raw: raw.to_owned() }];
        return Read { problems, ..Read::of(Reading::Number(Decimal::from(value))) };
    }
    let (digits, suffix) = split_suffix(&text);
    let flag = vintage_mark(&suffix).filter(|_| !suffix.is_empty());
    let unit = if flag.is_some() { String::new() } else { suffix };
    let multiple = ["万", "亿"].contains(&unit.as_str());
    if multiple && ["十", "百", "千", "万", "亿"].iter().any(|scale| usual.starts_with(scale)) {
        let reason = format!("“{unit}”与计量单位“{usual}”重复，不能确定数值");
        return refuse(Problem::NotANumber { raw: clipped(raw), reason });
    }
    if let Some(value) = typed(&digits) {
        let unit =
            if multiple { format!("{unit}{}", if usual.is_empty() { "个" } else { usual }) } else { unit };
        let unit = (!unit.is_empty()).then_some(unit);
        if unit.as_ref().is_none_or(|unit| Unit::parse(unit).is_known()) {
            let problems = vec![Problem::NumberAsText { raw: raw.to_owned() }];
            return Read { unit, flag, problems, ..Read::of(Reading::Number(value)) };
        }
    }
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    if has_digit && APPROXIMATE.iter().any(|mark| text.contains(mark)) {
        return refuse(Problem::Approximate { raw: clipped(raw) });
    }
    refuse(Problem::NotANumber { raw: clipped(raw), reason: why_not(&text) })
}

/// Parts a leading number from what follows it: `830家`, `1.2万`, `6.7%`.
fn split_suffix(text: &str) -> (String, String) {
    let end = text
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_digit() || ",. -+()−".contains(*c)))
        .map_or(text.len(), |(at, _)| at);
    let (digits, unit) = text.split_at(end);
    (digits.trim().to_owned(), unit.trim().to_owned())
}

/// Reads digits with separators in groups of three, one point and a sign or brackets.
fn typed(text: &str) -> Option<Decimal> {
    let text = text.replace('−', "-");
    let (text, negative) = match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => (inner.to_owned(), true),
        None => (text, false),
    };
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest.trim()),
        None => ("", text.strip_prefix('+').unwrap_or(&text).trim()),
    };
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(a, b)| (a, Some(b)));
    let grouped: Vec<&str> = whole.split([',', ' ']).collect();
    let groups_fit = grouped.len() == 1
        || (grouped.iter().skip(1).all(|group| group.len() == 3)
            && grouped.first().is_some_and(|group| (1..=3).contains(&group.len())));
    let digits_only = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let whole: String = grouped.concat();
    if !groups_fit || !digits_only(&whole) || !fraction.is_none_or(digits_only) {
        return None;
    }
    let number = fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}"));
    let value = Decimal::from_str(&format!("{sign}{number}")).ok().filter(is_sensible)?;
    Some(if negative { -value } else { value })
}

/// Names the first character that does not belong into a number.
fn why_not(text: &str) -> String {
    if !text.chars().any(|c| c.is_ascii_digit()) {
        return "不含数字".to_owned();
    }
    let strange = text.chars().enumerate().find(|(_, c)| !(c.is_ascii_digit() || ",. -+()%".contains(*c)));
    match strange {
        Some((at, c)) => format!("第{}个字符是“{c}”", at + 1),
        None => "分隔符或小数点的位置不对".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        let Reading::Number(value) = text_number(text, "").reading else { return None };
        Some(plain(value))
    }

    #[test]
    fn typed_numbers_are_read_exactly() {
        for (text, expected) in [
            ("3436", "3436"),
            ("１２３４．５", "1234.5"),
            ("1，234．5", "1234.5"),
            ("1 234 567", "1234567"),
            ("　12\u{a0}", "12"),
            ("(1,234)", "-1234"),
            ("－0.9", "-0.9"),
            ("6.70%", "6.7"),
            ("830家", "830"),
        ] {
            assert_eq!(value(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_exact_number_is_refused_with_the_reason() {
        for (text, code) in [
            ("约1.2万", "N303"),
            ("超2300", "N303"),
            ("300家以上", "N303"),
            ("1,23", "N302"),
            ("1.2.3", "N302"),
            ("3O0", "N302"),
            ("0.25\\0.37", "N302"),
            ("已完成", "N302"),
        ] {
            let read = text_number(text, "");
            assert_eq!(read.reading, Reading::Unreadable, "{text}");
            assert_eq!(read.problems[0].code(), code, "{text}");
        }
    }

    #[test]
    fn a_multiple_joins_the_unit_unless_that_has_one() {
        let read = text_number("4.1万", "家");
        assert_eq!(read.unit.as_deref(), Some("万家"));
        assert_eq!(text_number("4.1万", "万元").problems[0].code(), "N302");
    }

    #[test]
    fn missing_marks_are_never_zero() {
        for text in ["-", "—", "…", "N/A", "未统计", "／"] {
            assert_eq!(text_number(text, "").reading, Reading::Mark, "{text}");
        }
        assert_eq!(text_number("0", "").reading, Reading::Number(Decimal::ZERO));
        assert_eq!(read(None, false, "").reading, Reading::Blank);
    }

    #[test]
    fn number_formats_are_taken_into_account() {
        for (display, expected, code) in [
            (Display::Percent, Some("6.7"), Some("N305")),
            (Display::PercentSign, Some("0.067"), None),
            (Display::Scaled, Some("0.067"), Some("N306")),
            (Display::Plain, Some("0.067"), None),
            (Display::Year, None, Some("N302")),
        ] {
            let cell = Cell { display, ..Cell::new(Content::Number("0.067".into())) };
            let read = read(Some(&cell), false, "");
            let value = match read.reading {
                Reading::Number(value) => Some(plain(value)),
                _ => None,
            };
            assert_eq!(value.as_deref(), expected, "{display:?}");
            assert_eq!(read.problems.first().map(Problem::code), code, "{display:?}");
        }
    }

    #[test]
    fn noise_beyond_fifteen_digits_is_dropped() {
        assert_eq!(exact("521200.00000000006").map(plain).as_deref(), Some("521200"));
        assert_eq!(exact("58.949999999999996").map(plain).as_deref(), Some("58.95"));
        assert_eq!(exact("999999999999999").map(plain).as_deref(), Some("999999999999999"));
        assert_eq!(exact("1e15"), None);
    }

    #[test]
    fn qualitative_cells_are_words() {
        assert_eq!(word("有").reading, Reading::Present);
        assert_eq!(word("无").reading, Reading::Absent);
        assert_eq!(word("—").reading, Reading::Mark);
        assert_eq!(word("正在制定").reading, Reading::Unreadable);
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(mantissa in -1_000_000_000_000_i64..1_000_000_000_000, places in 0_u32..6) {
            let value = Decimal::new(mantissa, places);
            proptest::prop_assert_eq!(typed(&value.to_string()), Some(value));
            proptest::prop_assert_eq!(text_number(&value.to_string(), "").reading, Reading::Number(value));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,40}") {
            let read = text_number(&text, "家");
            proptest::prop_assert!(read.unit.is_none() || matches!(read.reading, Reading::Number(_)));
        }
    }
}
