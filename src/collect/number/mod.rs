//! A cell → a reading: an exact number, a word, a missing mark, or a reason why it is none of these.

mod boxes;
mod marks;
mod typed;

use rust_decimal::{Decimal, RoundingStrategy};

use self::typed::{exact, typed, why_not};
use super::Vintage;
use super::memo::Memo;
use super::text::{chinese_number, clean};
use crate::finding::{Aside, NumberFault, NumberProblem, Problem, ReadingProblem};
use crate::quantity::{Unit, Value};
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
    /// Whether it is written as a place in an order (第4位), which only some indicators ask for.
    pub is_place: bool,
    /// Whether round brackets are taken for the sign, which only some indicators can have.
    pub is_bracketed: bool,
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
const APPROXIMATE: [&str; 16] =
    ["约", "近", "超", "逾", "≥", "≤", ">", "<", "以上", "以下", "左右", "余", "多", "上下", "±", "不足"];
/// Words for a share of all.
const WHOLE: [&str; 6] = ["全覆盖", "实现全覆盖", "已全覆盖", "全部覆盖", "全面覆盖", "覆盖率达全覆盖"];
/// Words before a number that say what it is in.
const PARTS_OF: [(&str, &str); 3] = [("百分之", "%"), ("千分之", "‰"), ("万分之", "万分之")];

/// Reads the cell of an indicator; `usual` is the unit that its values are in unless the cell says otherwise.
pub(super) fn read(cell: Option<&Cell>, qualitative: bool, usual: &str) -> Read {
    let Some(cell) = cell else { return Read::of(Reading::Blank) };
    let look = cell.look.as_deref();
    if look.is_some_and(|look| look.is_struck) && !cell.raw().trim().is_empty() {
        return refuse(NumberProblem::StruckOut { raw: clipped(cell.raw()) }.into());
    }
    if look.is_some_and(|look| look.is_swallowed) && !cell.raw().trim().is_empty() {
        let (raw, shown) = (clipped(cell.raw()), String::new());
        return refuse(NumberProblem::ShownOtherwise { raw, shown }.into());
    }
    let mut read = match &cell.content {
        // 1 and 0 are not taken for 有 and 无: the next form may count with them.
        Content::Number(text) if qualitative => {
            word(look.and_then(|look| look.shown.as_ref()).unwrap_or(text))
        }
        Content::Number(text) => match look.and_then(|look| look.shown.as_ref()) {
            Some(shown) => shown_number(text, shown, usual),
            None => number(text, cell.display),
        },
        Content::Text(text) => match look.and_then(|look| look.shown.as_ref()) {
            Some(shown) => shown_text(text, shown, qualitative, usual),
            None if qualitative => word(text),
            None => text_number(text, usual),
        },
        Content::Bool(value) if qualitative => {
            let reading = if *value { Reading::Present } else { Reading::Absent };
            let value = Value::Presence(*value).text();
            Read { problems: vec![aside(cell.raw(), &value, Aside::Boolean)], ..Read::of(reading) }
        }
        Content::Bool(_) => {
            let raw = cell.raw().to_owned();
            refuse(NumberProblem::NotANumber { raw, reason: NumberFault::Boolean }.into())
        }
        Content::Date(raw) => {
            refuse(NumberProblem::NotANumber { raw: raw.clone(), reason: NumberFault::Date }.into())
        }
        Content::Error(raw) => refuse(NumberProblem::ErrorCell { raw: raw.clone() }.into()),
        Content::NoResult => refuse(ReadingProblem::FormulaWithoutResult.into()),
        Content::Picture => refuse(ReadingProblem::PictureCell.into()),
        Content::Damaged(reason) => refuse(ReadingProblem::DamagedCell { reason: reason.clone() }.into()),
    };
    if let Some(look) = look.filter(|look| !look.struck.trim().is_empty())
        && !matches!(read.reading, Reading::Unreadable | Reading::Blank)
    {
        let what = Aside::Struck(clipped(look.struck.trim()));
        read.problems.push(aside(cell.raw(), cell.raw().trim(), what));
    }
    if look.is_some_and(|look| look.is_unsettled)
        && !matches!(read.reading, Reading::Unreadable | Reading::Blank)
    {
        read.problems.push(NumberProblem::MayBeShownOtherwise { raw: clipped(cell.raw()) }.into());
    }
    if let Some(look) = look.filter(|look| !look.marks.is_empty())
        && matches!(read.reading, Reading::Number(_))
    {
        let what = Aside::Marks(clipped(&look.marks));
        read.problems.push(aside(cell.raw(), cell.raw().trim(), what));
    }
    read
}

/// What a mark behind a value says of it: `p` and `e` tell how final it is, `r` that it was revised.
pub(super) fn vintage_mark(text: &str) -> Option<Vintage> {
    match clean(text).to_lowercase().trim_matches(['(', ')']) {
        "r" | "*" => Some(Vintage::Actual),
        "p" => Some(Vintage::Preliminary),
        "e" | "f" => Some(Vintage::Estimated),
        _ => None,
    }
}

/// What a typed text says as a number whose values are usually in a unit.
pub fn read_text(text: &str, usual: &str) -> Reading {
    thread_local!(static READ: Memo<Reading> = const { Memo::new() });
    if usual.is_empty() {
        READ.with(|read| read.of(text, || text_number(text, usual).reading))
    } else {
        text_number(text, usual).reading
    }
}

impl Read {
    fn of(reading: Reading) -> Self {
        Self { reading, unit: None, flag: None, is_place: false, is_bracketed: false, problems: Vec::new() }
    }
}

/// The beginning of a long text, for messages.
fn clipped(raw: &str) -> String {
    if raw.chars().count() <= 40 { raw.to_owned() } else { raw.chars().take(40).chain(['…']).collect() }
}

fn refuse(problem: Problem) -> Read {
    Read { problems: vec![problem], ..Read::of(Reading::Unreadable) }
}

fn refuse_text(raw: &str, reason: NumberFault) -> Read {
    refuse(NumberProblem::NotANumber { raw: clipped(raw), reason }.into())
}

/// A cell was read without something that stands in it.
fn aside(raw: &str, value: &str, what: Aside) -> Problem {
    NumberProblem::ReadAs { raw: clipped(raw), value: clipped(value), what }.into()
}

/// A stored number.
fn number(text: &str, display: Display) -> Read {
    let Some(value) = exact(text) else { return refuse_text(text, NumberFault::TooLarge) };
    let unit = matches!(display, Display::Percent | Display::PercentSign).then(|| "%".to_owned());
    let (value, problems) = match display {
        Display::Plain | Display::Fixed(_) | Display::PercentSign => (value, Vec::new()),
        Display::Percent => {
            let Some(percent) = value.checked_mul(Decimal::ONE_HUNDRED) else {
                return refuse_text(text, NumberFault::TooLarge);
            };
            let problem = NumberProblem::PercentFormat { raw: text.to_owned(), value: percent }.into();
            (percent, vec![problem])
        }
        Display::Scaled => (value, vec![NumberProblem::ScaledFormat { raw: text.to_owned() }.into()]),
        Display::Date | Display::Month | Display::Year => {
            return refuse_text(text, NumberFault::Date);
        }
    };
    Read { unit, problems, ..Read::of(Reading::Number(value)) }
}

/// A stored number whose format adds words to it, hides it or shows another one. It counts where what is seen says the
/// same; a unit in it is the number's.
fn shown_number(text: &str, shown: &str, usual: &str) -> Read {
    let seen = text_number(bracketed_as_negative(text, shown).as_deref().unwrap_or(shown), usual);
    if let (Reading::Number(there), Some(value)) = (&seen.reading, exact(text)) {
        let rounded = value.round_dp_with_strategy(there.scale(), RoundingStrategy::MidpointAwayFromZero);
        if rounded == *there {
            return Read { unit: seen.unit, flag: seen.flag, ..Read::of(Reading::Number(value)) };
        }
    }
    let approximate = seen
        .problems
        .into_iter()
        .find(|problem| matches!(problem, Problem::Number(NumberProblem::Approximate { .. })));
    let raw = text.to_owned();
    refuse(approximate.unwrap_or(NumberProblem::ShownOtherwise { raw, shown: clipped(shown) }.into()))
}

/// A stored text that is seen as another one. It counts where both say the same; a unit in what is seen is the value's.
fn shown_text(text: &str, shown: &str, qualitative: bool, usual: &str) -> Read {
    let read = |text: &str| if qualitative { word(text) } else { text_number(text, usual) };
    let (stored, seen) = (read(text), read(shown));
    if stored.reading == Reading::Blank && seen.reading == Reading::Blank {
        return stored;
    }
    let is_value = !matches!(seen.reading, Reading::Unreadable | Reading::Blank);
    if is_value && seen.reading == stored.reading && (stored.unit.is_none() || stored.unit == seen.unit) {
        return Read { unit: seen.unit, flag: seen.flag, ..stored };
    }
    refuse(NumberProblem::ShownOtherwise { raw: clipped(text), shown: clipped(shown) }.into())
}

/// A negative number that its format shows in brackets, with its sign instead of them: the format says what they mean.
fn bracketed_as_negative(stored: &str, shown: &str) -> Option<String> {
    let (inside, behind) = shown.trim().strip_prefix('(')?.split_once(')')?;
    stored.starts_with('-').then(|| format!("-{}{}", inside.trim(), behind))
}

fn word(raw: &str) -> Read {
    let text = clean(raw).to_lowercase();
    if text.is_empty() {
        return Read::of(Reading::Blank);
    }
    match boxes::presence(&text) {
        Some(true) => Read::of(Reading::Present),
        Some(false) => Read::of(Reading::Absent),
        None if MARKS.contains(&text.as_str()) => Read::of(Reading::Mark),
        None if text.chars().all(|c| c.is_ascii_digit() || c == '.') => {
            refuse_text(raw, NumberFault::NumberForPresence)
        }
        None => refuse_text(raw, NumberFault::NotPresence),
    }
}

fn text_number(raw: &str, usual: &str) -> Read {
    let bare = match marks::bare(raw) {
        Ok(bare) => bare,
        Err(reason) => return refuse_text(raw, reason),
    };
    let text = clean(&bare.text);
    if text.is_empty() && !bare.marks.is_empty() {
        return refuse_text(raw, NumberFault::OnlyMarks);
    }
    let mut read = marked(raw, &text, usual);
    if let (Reading::Number(value), false) = (&read.reading, bare.marks.is_empty()) {
        read.problems = vec![aside(raw, &plain(*value), Aside::Marks(bare.marks))];
    }
    read
}

/// A text without note marks.
fn marked(raw: &str, text: &str, usual: &str) -> Read {
    if text.is_empty() {
        return Read::of(Reading::Blank);
    }
    if MARKS.contains(&text.to_lowercase().as_str()) {
        return Read::of(Reading::Mark);
    }
    if let Some(value) = chinese_number(text) {
        let problems = vec![NumberProblem::NumberAsText { raw: raw.to_owned() }.into()];
        return Read { problems, ..Read::of(Reading::Number(Decimal::from(value))) };
    }
    if let Some(read) = special(raw, text, usual) {
        return read;
    }
    let read = plain_number(raw, text, usual);
    if read.reading == Reading::Unreadable
        && let Some(inner) = marks::unbracketed(text)
    {
        let mut read = plain_number(raw, &inner, usual);
        if let Reading::Number(value) = read.reading {
            read.problems = vec![aside(raw, &plain(value), Aside::Brackets)];
            return read;
        }
    }
    read
}

/// Ranks, ratios and words that stand for a number where the unit is one for them.
fn special(raw: &str, text: &str, usual: &str) -> Option<Read> {
    let unit = Unit::parse(usual);
    let is_pure = unit.is_pure();
    let as_number = |value: Decimal, what: Aside| {
        Some(Read { problems: vec![aside(raw, &plain(value), what)], ..Read::of(Reading::Number(value)) })
    };
    let rank = text.strip_prefix('第');
    let rest = rank.unwrap_or(text);
    let place = ["名次", "位次", "位", "名"].iter().find_map(|word| rest.strip_suffix(word));
    if let Some(number) = place.or(rank).map(str::trim)
        && let Some(value) = typed(number).or_else(|| rank.and(chinese_number(number)).map(Decimal::from))
    {
        if rank.is_some() && !(is_pure || unit.is_count() || !unit.is_known()) {
            return Some(refuse_text(raw, NumberFault::PlaceForUnit(usual.to_owned())));
        }
        if rank.is_some() || is_pure {
            return as_number(value, Aside::Place).map(|read| Read { is_place: true, ..read });
        }
    }
    if let Some((one, other)) = text.replace('∶', ":").split_once(':')
        && let (Some(one), Some(other)) = (typed(one.trim()), typed(other.trim()))
    {
        return if other == Decimal::ONE && is_pure {
            as_number(one, Aside::ToOne)
        } else if is_pure {
            Some(refuse_text(raw, NumberFault::Ratio))
        } else {
            Some(refuse_text(raw, NumberFault::RatioForUnit(usual.to_owned())))
        };
    }
    let whole = text
        .strip_suffix("覆盖")
        .map(str::trim)
        .filter(|rest| matches!(*rest, "100%" | "100.0%" | "百分之百"));
    if whole.is_some() || WHOLE.contains(&text) {
        return if unit.is_share() && unit.text() == "%" {
            as_number(Decimal::ONE_HUNDRED, Aside::WholeCoverage)
        } else {
            Some(refuse_text(raw, NumberFault::WholeCoverage))
        };
    }
    None
}

/// Digits with a unit, a scale or a mark of how final they are.
fn plain_number(raw: &str, text: &str, usual: &str) -> Read {
    let (before, text) = split_prefix(text);
    let (digits, suffix) = split_suffix(text);
    let flag = vintage_mark(&suffix).filter(|_| !suffix.is_empty());
    let unit = if flag.is_some() { String::new() } else { suffix };
    let multiple = ["万", "亿"].contains(&unit.as_str());
    if multiple
        && before.is_none()
        && ["十", "百", "千", "万", "亿"].iter().any(|scale| usual.starts_with(scale))
    {
        return refuse_text(raw, NumberFault::ScaleTwice { scale: unit, unit: usual.to_owned() });
    }
    if let Some(value) = typed(&digits) {
        let unit = match before {
            Some(before) => format!("{unit}{before}"),
            None if multiple => format!("{unit}{}", if usual.is_empty() { "个" } else { usual }),
            None => unit,
        };
        let unit = (!unit.is_empty()).then_some(unit);
        if unit.as_ref().is_none_or(|unit| Unit::parse(unit).is_known() || unit == Unit::parse(usual).text())
        {
            let problems = vec![NumberProblem::NumberAsText { raw: raw.to_owned() }.into()];
            let is_bracketed = digits.starts_with('(');
            return Read { unit, flag, is_bracketed, problems, ..Read::of(Reading::Number(value)) };
        }
    }
    if let Some((value, unit)) = in_words(text) {
        let problems = vec![NumberProblem::NumberAsText { raw: raw.to_owned() }.into()];
        return Read { unit: Some(unit.to_owned()), problems, ..Read::of(Reading::Number(value)) };
    }
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    if has_digit && APPROXIMATE.iter().any(|mark| text.contains(mark)) {
        return refuse(NumberProblem::Approximate { raw: clipped(raw) }.into());
    }
    refuse_text(raw, why_not(text))
}

/// A number in Chinese numerals with a unit: `一百二十家`.
fn in_words(text: &str) -> Option<(Decimal, &str)> {
    let end = text.find(|c: char| !"零〇一二两三四五六七八九十百千万亿".contains(c))?;
    let (number, unit) = text.split_at(end);
    let unit = unit.trim();
    let value = chinese_number(number).filter(|_| !unit.is_empty() && Unit::parse(unit).is_known())?;
    Some((Decimal::from(value), unit))
}

/// A unit that stands before the digits: `US$5.2亿`, `百分之6.5`.
fn split_prefix(text: &str) -> (Option<&str>, &str) {
    let end = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let (before, digits) = text.split_at(end);
    let word = before.trim();
    if let Some((_, unit)) = PARTS_OF.iter().find(|(own, _)| *own == word) {
        return (Some(*unit), digits);
    }
    if !word.is_empty() && Unit::parse(word).is_other_currency() {
        return (Some(word), digits);
    }
    (None, text)
}

/// Parts a leading number from what follows it: `830家`, `1.2万`, `6.7%`, `830(家)`.
fn split_suffix(text: &str) -> (String, String) {
    let end = text
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_digit() || ",. -+()−".contains(*c)))
        .map_or(text.len(), |(at, _)| at);
    let end = if text.starts_with('(') {
        end
    } else {
        text.get(..end).map_or(end, |digits| digits.trim_end_matches(['(', ' ']).len())
    };
    let (digits, unit) = text.split_at(end);
    (digits.trim().to_owned(), unit.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        value_of(&text_number(text, ""))
    }

    fn value_of(read: &Read) -> Option<String> {
        let Reading::Number(value) = read.reading else { return None };
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
    fn what_stands_beside_a_number_is_left_aside_and_said() {
        for (text, usual, expected) in [
            ("〔12.0〕", "%", "12"),
            ("［12］", "家", "12"),
            ("[12.0]", "%", "12"),
            ("【12】", "家", "12"),
            ("第4位", "位", "4"),
            ("第四名", "名", "4"),
            ("第4位", "", "4"),
            ("4位", "", "4"),
            ("2.03:1", ":1", "2.03"),
            ("2.03：1", "以农村为1", "2.03"),
            ("2.03∶1", "", "2.03"),
            ("全覆盖", "%", "100"),
            ("100%覆盖", "%", "100"),
            ("861¹", "家", "861"),
            ("861①", "家", "861"),
            ("861⁴", "家", "861"),
        ] {
            let read = text_number(text, usual);
            assert_eq!(value_of(&read).as_deref(), Some(expected), "{text}");
            assert!(read.problems.iter().any(|problem| problem.code() == "N312"), "{text} {read:?}");
        }
    }

    #[test]
    fn what_may_mean_something_else_is_refused_with_its_reason() {
        for (text, usual, reason) in [
            ("(12.0)", "%", NumberFault::Brackets),
            ("0,485", "%", NumberFault::Comma),
            ("1.234.567", "家", NumberFault::SeveralPoints),
            ("第4位", "亿元", NumberFault::PlaceForUnit("亿元".into())),
            ("2.03:1", "亿元", NumberFault::RatioForUnit("亿元".into())),
            ("1:2.03", ":1", NumberFault::Ratio),
            ("全覆盖", "个", NumberFault::WholeCoverage),
            ("10⁴", "家", NumberFault::Power('⁴')),
            ("861₁", "家", NumberFault::Strange { at: 4, character: '₁' }),
            ("861⓪", "家", NumberFault::Strange { at: 4, character: '⓪' }),
            ("①", "家", NumberFault::OnlyMarks),
            ("0.12345678901234567890123456789012", "%", NumberFault::TooLong),
            ("0.12345678901234567890123456789012万家", "家", NumberFault::TooLong),
            ("12345678901234567890123456789.5", "家", NumberFault::TooLarge),
        ] {
            let read = text_number(text, usual);
            assert_eq!(read.reading, Reading::Unreadable, "{text}");
            let Problem::Number(NumberProblem::NotANumber { reason: said, .. }) = &read.problems[0] else {
                panic!("{read:?}")
            };
            assert_eq!(*said, reason, "{text}");
        }
    }

    #[test]
    fn units_beside_a_number_are_read() {
        for (text, usual, expected, unit) in [
            ("12.5‰", "%", "12.5", "‰"),
            ("百分之6.5", "", "6.5", "%"),
            ("US$5.2亿", "亿元", "5.2", "亿US$"),
            ("5.2亿美元", "亿元", "5.2", "亿美元"),
            ("0.19个百分点", "%", "0.19", "个百分点"),
            ("830（家）", "家", "830", "(家)"),
            ("[12.0]亿元", "万元", "12", "亿元"),
            ("一百二十家", "家", "120", "家"),
            ("五万亩", "亩", "50000", "亩"),
            ("7标准化物流单元", "标准化物流单元", "7", "标准化物流单元"),
        ] {
            let read = text_number(text, usual);
            assert_eq!(
                (value_of(&read).as_deref(), read.unit.as_deref()),
                (Some(expected), Some(unit)),
                "{text}"
            );
            assert!(Unit::parse(unit).is_known() || unit == usual, "{unit}");
        }
    }

    #[test]
    fn what_is_seen_must_say_what_is_stored() {
        for (stored, shown, expected, unit) in [
            ("83.1", "83.1‰", Ok("83.1"), Some("‰")),
            ("18684", "18684百万元", Ok("18684"), Some("百万元")),
            ("1968.4", "US$1968.4", Ok("1968.4"), Some("US$")),
            ("5.254", "5.3亿元", Ok("5.254"), Some("亿元")),
            ("861", "861", Ok("861"), None),
            ("0", "", Err("N309"), None),
            ("0", "-", Err("N309"), None),
            ("861", "", Err("N309"), None),
            ("86", "860", Err("N309"), None),
            ("5", "861", Err("N309"), None),
            ("12", "-12", Err("N309"), None),
            ("12", "(12.0)", Err("N309"), None),
            ("-12", "(12.0)", Ok("-12"), None),
            ("-1234", "(1,234)万元", Ok("-1234"), Some("万元")),
            ("51000", "5.1万元", Err("N309"), None),
            ("1200", "约1200", Err("N303"), None),
        ] {
            let look = crate::workbook::Look { shown: Some(shown.into()), ..Default::default() };
            let cell = Cell { look: Some(Box::new(look)), ..Cell::new(Content::Number(stored.into())) };
            let read = read(Some(&cell), false, "%");
            match expected {
                Ok(value) => assert_eq!(value_of(&read).as_deref(), Some(value), "{shown}"),
                Err(code) => assert_eq!(read.problems[0].code(), code, "{shown}"),
            }
            assert_eq!(read.unit.as_deref(), unit, "{shown}");
        }
    }

    #[test]
    fn what_is_struck_out_does_not_count() {
        let cell = |text: &str, is_struck, struck: &str| {
            let look = crate::workbook::Look { is_struck, struck: struck.into(), ..Default::default() };
            Cell { look: Some(Box::new(look)), ..Cell::new(Content::Text(text.into())) }
        };
        let whole = read(Some(&cell("35", true, "")), false, "");
        assert_eq!((whole.reading, whole.problems[0].code()), (Reading::Unreadable, "N310"));
        let part = read(Some(&cell("37", false, "35")), false, "");
        assert_eq!(value_of(&part).as_deref(), Some("37"));
        assert_eq!(part.problems.last().map(Problem::code), Some("N312"));
    }

    #[test]
    fn numbers_are_not_taken_for_words() {
        let number = |text: &str, shown: Option<&str>| {
            let look = crate::workbook::Look { shown: shown.map(str::to_owned), ..Default::default() };
            let cell = Cell { look: Some(Box::new(look)), ..Cell::new(Content::Number(text.into())) };
            read(Some(&cell), true, "有/无")
        };
        for text in ["1", "0", "3", "1.0"] {
            let read = number(text, None);
            assert_eq!((&read.reading, read.problems[0].code()), (&Reading::Unreadable, "N302"), "{text}");
        }
        assert_eq!(number("1", Some("有")).reading, Reading::Present);
        assert_eq!(number("0", Some("无")).reading, Reading::Absent);
    }

    #[test]
    fn truth_values_say_whether_there_is_one() {
        let cell = Cell::new(Content::Bool(true));
        assert_eq!(read(Some(&cell), true, "").reading, Reading::Present);
        let read = read(Some(&cell), false, "家");
        let Problem::Number(NumberProblem::NotANumber { reason, .. }) = &read.problems[0] else {
            panic!("{read:?}")
        };
        assert_eq!(*reason, NumberFault::Boolean);
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
