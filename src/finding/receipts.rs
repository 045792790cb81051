//! What findings say of covers, versions and the register of receipts.

use chrono::NaiveDateTime;

use super::Language;
use super::Language::{Chinese, English};
use super::told::listed;

/// A field that the cover lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The field as the form names it.
    pub field: &'static str,
    /// What stands there in place of a year.
    pub written: Option<String>,
}

impl Lacking {
    /// `填报人`, `报告期（写的是“去年”，不是一个年份）`.
    fn words(&self, language: Language) -> String {
        match (&self.written, language) {
            (None, _) => self.field.to_owned(),
            (Some(written), Chinese) => format!("{}（写的是“{written}”，不是一个年份）", self.field),
            (Some(written), English) => format!("{} (“{written}” is no year)", self.field),
        }
    }

    /// Several of them.
    pub(super) fn all(fields: &[Self], language: Language) -> String {
        let words: Vec<String> = fields.iter().map(|one| one.words(language)).collect();
        listed(&words, language)
    }
}

/// What decides which of two workbooks is the later one, where their versions do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Only one of them is in the register of receipts.
    Registered,
    /// The dates on their covers.
    CoverDate,
}

impl Ground {
    pub(super) fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::CoverDate, Chinese) => "封面的填报日期",
            (Self::CoverDate, English) => "the date on the cover",
            (Self::Registered, Chinese) => "收件登记",
            (Self::Registered, English) => "the register",
        }
    }
}

/// Which of several workbooks of a unit one is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkbookVersion {
    /// By its number: `2`, `1.10`.
    Numbered(String),
    /// By a word or a date.
    Named(String),
}

impl WorkbookVersion {
    /// `第2版`, `“修订版”`.
    pub fn words(&self, language: Language) -> String {
        match (self, language) {
            (Self::Numbered(number), Chinese) => format!("第{number}版"),
            (Self::Numbered(number), English) => format!("version {number}"),
            (Self::Named(name), _) => format!("“{name}”"),
        }
    }
}

/// A workbook that replaces another: its version and when it came.
pub(super) fn later(
    edition: &WorkbookVersion,
    received: Option<&NaiveDateTime>,
    language: Language,
) -> String {
    let time = received.map(|time| time.format("%Y-%m-%d %H:%M"));
    let time = match (time, language) {
        (None, _) => String::new(),
        (Some(time), Chinese) => format!("（{time}收到）"),
        (Some(time), English) => format!(" (received {time})"),
    };
    format!("{}{time}", edition.words(language))
}

/// What is wrong with the register of receipts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterFault {
    /// It is a workbook, not a file of text.
    Workbook,
    /// It is no text in a known code.
    NotText,
    /// It is longer than any register.
    TooLong,
    /// It has no headings.
    NoHeadings,
    /// Some lines have one fault.
    Lines {
        /// What is wrong with them.
        fault: LineFault,
        /// Their numbers.
        lines: Vec<usize>,
        /// Name and time as the first of them has them; none where it could not be taken apart.
        first: Option<(String, String)>,
    },
}

/// What is wrong with a line of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFault {
    /// A quotation mark that is not closed; the lines behind it are lost.
    OpenQuote,
    /// No name of a file.
    NoName,
    /// No time.
    NoTime,
    /// A time that cannot be read.
    UnknownTime,
    /// A time before the year that is judged.
    BeforeYear,
    /// A file that is registered already, with another time.
    Repeated,
}

impl LineFault {
    fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::OpenQuote, Chinese) => "引号不成对，其后各行不能读取",
            (Self::OpenQuote, English) => "a quotation mark is not closed; the lines behind cannot be read",
            (Self::NoName, Chinese) => "没有写文件名",
            (Self::NoName, English) => "no name of a file",
            (Self::NoTime, Chinese) => "没有写收到时间",
            (Self::NoTime, English) => "no time",
            (Self::UnknownTime, Chinese) => "时间不能识别，应写作2024-01-12 16:05",
            (Self::UnknownTime, English) => "the time cannot be read; write 2024-01-12 16:05",
            (Self::BeforeYear, Chinese) => "收到时间早于评估年度",
            (Self::BeforeYear, English) => "the time lies before the year that is judged",
            (Self::Repeated, Chinese) => "前面已登记过，时间不同，采用先登记的",
            (Self::Repeated, English) => "registered above with another time, which counts",
        }
    }
}

/// Lines named one by one.
const MOST_LINES: usize = 10;

impl RegisterFault {
    pub(super) fn words(&self, language: Language) -> String {
        let unusable = match (self, language) {
            (Self::Workbook, Chinese) => "文件内容是工作簿，不是CSV：请另存为“CSV（逗号分隔）”",
            (Self::Workbook, English) => "it is a workbook, not CSV: save it as CSV",
            (Self::NotText, Chinese) => "文件不是UTF-8、UTF-16或GBK文本，请另存为CSV UTF-8",
            (Self::NotText, English) => "it is no text in UTF-8, UTF-16 or GBK: save it as CSV UTF-8",
            (Self::TooLong, Chinese) => "文件过大，不是收件登记",
            (Self::TooLong, English) => "it is longer than any register",
            (Self::NoHeadings, Chinese) => "没有找到表头，应有“文件”和“收到时间”两列",
            (Self::NoHeadings, English) => "no headings found; 文件 and 收到时间 are needed",
            (Self::Lines { fault, lines, first }, _) => {
                let first = first.as_ref().map(|(name, time)| (name.as_str(), time.as_str()));
                return told(*fault, lines, first, language);
            }
        };
        match language {
            Chinese => format!("{unusable}，全部工作簿按未登记处理"),
            English => format!("{unusable}; all workbooks are taken as not registered"),
        }
    }
}

fn told(fault: LineFault, lines: &[usize], first: Option<(&str, &str)>, language: Language) -> String {
    let some: Vec<String> = lines.iter().take(MOST_LINES).map(usize::to_string).collect();
    let (count, fault) = (lines.len(), fault.words(language));
    match language {
        Chinese => {
            let more = if count > some.len() { format!("等{count}行") } else { "行".to_owned() };
            let such = if count > 1 && first.is_some() { "如" } else { "" };
            let first = first.map_or_else(String::new, |(name, time)| format!("“{name}，{time}”"));
            format!("第{}{more}{such}{first}，{fault}", some.join("、"))
        }
        English => {
            let line = if count > 1 { "lines" } else { "line" };
            let more =
                if count > some.len() { format!(" and {} more", count - some.len()) } else { String::new() };
            let such = if count > 1 { ", such as " } else { " " };
            let first = first.map_or_else(String::new, |(name, time)| format!("{such}“{name}, {time}”"));
            format!("{line} {}{more}{first}: {fault}", some.join(", "))
        }
    }
}
