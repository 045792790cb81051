//! Faults of configuration files in words that help a statistician: what stands on the line, why it cannot be read, what to
//! write. The parser's own English words stand behind them.

use std::path::Path;

use chrono::NaiveDate;

use super::fault::FileFault;
use crate::characters::is_han;
use crate::error::RunError;
use crate::files;
use crate::inputs::{Inputs, LONGEST_WRITTEN};

/// Reads a configuration file in whatever code an editor saved it.
///
/// # Errors
/// Fails when the file cannot be read, or is no text.
pub(super) fn read(inputs: &Inputs, path: &Path) -> Result<String, RunError> {
    let refused =
        |fault: FileFault| RunError::Faults { path: path.to_owned(), faults: vec![fault.to_string()] };
    let bytes = inputs.written(path)?.ok_or_else(|| refused(FileFault::TooLong(LONGEST_WRITTEN >> 20)))?;
    files::text_in_any_code(&bytes).ok_or_else(|| refused(FileFault::NotText))
}

/// The same of a file that people complete, after asking what of it is open: nothing else is said of one that is not complete.
///
/// # Errors
/// Fails also with the list of what is open.
pub(super) fn complete(
    inputs: &Inputs,
    path: &Path,
    open: fn(&str) -> Vec<String>,
) -> Result<String, RunError> {
    let text = read(inputs, path)?;
    let faults = open(&text);
    if faults.is_empty() { Ok(text) } else { Err(RunError::Faults { path: path.to_owned(), faults }) }
}

/// A fault of syntax on a line.
pub(super) fn of_syntax(line: &str, message: &str) -> String {
    let shown = shown(line);
    let outside = outside_quotes(line);
    if let Some((wide, plain)) = wide_marks(&outside) {
        return format!(
            "「{shown}」：{wide} 是全角符号，应改为半角的 {plain} (full-width marks; write {plain})"
        );
    }
    if let Some((date, fault)) = odd_date(&outside) {
        return match fault {
            Some(right) => format!("「{shown}」：日期“{date}”应写作 {right} (write the date as {right})"),
            None => format!("「{shown}」：没有“{date}”这一天 (no such date)"),
        };
    }
    let quotes = line.matches('"').count();
    let value = line.split_once('=').map_or("", |(_, value)| value.trim().trim_start_matches('['));
    let advice = if message.contains("duplicate key") {
        "同一项写了两次，留一处"
    } else if message.contains("unquoted key") {
        "等号前的名称用文件说明中的英文名称"
    } else if message.contains("boolean")
        || ["是", "否", "真", "假"].iter().any(|word| value.starts_with(word))
    {
        "应为 true 或 false，小写，不加引号"
    } else if value.starts_with(|c: char| c.is_ascii_digit()) && message.contains("must be quoted") {
        "数后面不写文字；是文字的放在半角引号 \" 中"
    } else if quotes % 2 == 1 {
        "引号不成对，文字前后各写一个半角引号 \""
    } else if message.contains("string values must be quoted") || message.contains("invalid value") {
        "等号后的文字应放在半角引号 \" 中，数和日期不加引号"
    } else if !outside.contains('=') && !outside.trim_start().starts_with('[') {
        "应写作 名称 = 值，说明文字前写 #"
    } else if message.contains("unclosed") || message.contains("missing comma") {
        "方括号不成对，或各项之间缺半角逗号"
    } else {
        "不符合TOML的写法"
    };
    format!("「{shown}」：{advice} ({message})")
}

/// A fault of what a line says, in the words of the parser; words that are Chinese already are left alone.
pub(super) fn of_content(line: &str, message: &str) -> String {
    if message.chars().any(is_han) {
        return message.to_owned();
    }
    let shown = shown(line);
    let name = |message: &str| message.split('`').nth(1).map(str::to_owned).unwrap_or_default();
    if message.starts_with("missing field") {
        return format!("「{shown}」这一段缺少“{}” ({message})", name(message));
    }
    if message.starts_with("unknown field") {
        let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        let known =
            if known.is_empty() { String::new() } else { format!("，可写的有 {}", known.join("、")) };
        return format!("不认识“{}”{known} (unknown field)", name(message));
    }
    let Some((is, wanted)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    else {
        return format!("「{shown}」：内容不合要求 ({message})");
    };
    let advice = match wanted {
        _ if wanted.contains("datetime") => "应为日期，写作 2024-01-31，不加引号",
        _ if wanted.contains("string") => "应为文字，放在半角引号 \" 中",
        _ if wanted.contains("boolean") => "应为 true 或 false，不加引号",
        _ if wanted.contains("sequence") => "应为列表，写作 [\"甲\", \"乙\"]",
        _ if is.starts_with("string") => "应为数，不加引号",
        _ => "类型不对",
    };
    format!("「{shown}」：{advice} ({message})")
}

/// What is quoted of a line.
fn shown(line: &str) -> String {
    const MOST: usize = 60;
    let line = line.trim();
    let begin: String = line.chars().take(MOST).collect();
    if begin.len() < line.len() { format!("{begin}…") } else { begin }
}

/// A line without its quoted texts and its remark.
fn outside_quotes(line: &str) -> String {
    let mut outside = String::new();
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (None, '#') => break,
            (None, '"' | '\'') => quote = Some(c),
            (None, c) => outside.push(c),
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
        }
    }
    outside
}

/// Full-width marks, each with what TOML wants in its place.
const WIDE: [(char, &str); 22] = [
    ('“', "\""),
    ('”', "\""),
    ('＂', "\""),
    ('‘', "\""),
    ('’', "\""),
    ('＇', "\""),
    ('「', "\""),
    ('」', "\""),
    ('＝', "="),
    ('：', "="),
    ('，', ","),
    ('、', ","),
    ('；', ","),
    ('【', "["),
    ('】', "]"),
    ('［', "["),
    ('］', "]"),
    ('｛', "{"),
    ('｝', "}"),
    ('＃', "#"),
    ('－', "-"),
    ('\u{3000}', "半角空格"),
];

/// The full-width marks of a text, and what is to be written in their place.
fn wide_marks(text: &str) -> Option<(String, String)> {
    let mut wide: Vec<String> = Vec::new();
    let mut plain: Vec<String> = Vec::new();
    let digit = |c: char| ('０'..='９').contains(&c).then(|| u32::from(c).checked_sub(0xFEE0)).flatten();
    for c in text.chars() {
        let known = WIDE.iter().find(|(mark, _)| *mark == c).map(|(_, plain)| (*plain).to_owned());
        let right = known.or_else(|| digit(c).and_then(char::from_u32).map(String::from));
        if let Some(right) = right {
            let shown = if c == '\u{3000}' { "全角空格".to_owned() } else { c.to_string() };
            if !wide.contains(&shown) {
                wide.push(shown);
            }
            if !plain.contains(&right) {
                plain.push(right);
            }
        }
    }
    (!plain.is_empty()).then(|| (wide.join(" "), plain.join(" ")))
}

/// A date that is not written as TOML wants it, and how it should be; the second is `None` when there is no such day.
fn odd_date(text: &str) -> Option<(String, Option<String>)> {
    let (_, value) = text.split_once('=')?;
    let value = value.trim().trim_start_matches('[');
    let date: String = value.chars().take_while(|c| c.is_ascii_digit() || "-/.年月日".contains(*c)).collect();
    let parts: Vec<&str> =
        date.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    let right = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    match right.map(|right| right.to_string()) {
        Some(right) if right == date => None,
        right => Some((date, right)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_syntax_say_what_to_write() {
        for (line, message, parts) in [
            ("report_date = 2024-1-31", "", &["“2024-1-31”应写作 2024-01-31"][..]),
            ("report_date = 2024/1/31  # 报告日", "", &["应写作 2024-01-31"]),
            ("report_date = 2024年1月31日", "", &["应写作 2024-01-31"]),
            ("report_date = 2024-02-30", "", &["没有“2024-02-30”这一天"]),
            ("issuer = “统计局”", "", &["“ ” 是全角", "半角的 \""]),
            ("issuer ＝ \"统计局\"", "", &["＝ 是全角", "半角的 ="]),
            ("cities = [\"a\"，\"b\"]", "", &["， 是全角", "半角的 ,"]),
            ("year = ２０２３", "", &["２ ０ ３ 是全角", "半角的 2 0 3"]),
            ("issuer = \"统计局", "", &["引号不成对"]),
            ("issuer = 统计局", "string values must be quoted, expected literal string", &["放在半角引号"]),
            ("illustrative = 是", "string values must be quoted", &["true 或 false"]),
            ("illustrative = True", "invalid boolean, expected `true`", &["true 或 false"]),
            ("years = [2023年]", "string values must be quoted", &["数后面不写文字"]),
            ("这是说明", "key with no value", &["说明文字前写 #"]),
            ("title = \"报告（“示例”）\" x", "unexpected content", &["unexpected content"]),
        ] {
            let told = of_syntax(line, message);
            for part in parts {
                assert!(told.contains(part), "{line}: {told}");
            }
        }
    }

    #[test]
    fn faults_of_content_say_what_to_write() {
        for (message, part) in [
            ("missing field `year`", "缺少“year”"),
            ("unknown field `yaer`, expected one of `year`, `period`", "可写的有 year、period"),
            ("invalid type: string \"2024-01-31\", expected a TOML datetime", "不加引号"),
            ("invalid type: integer `1`, expected a string", "放在半角引号"),
            ("invalid type: string \"2023\", expected i32", "应为数"),
            ("city = “x”应为 a 之一", "应为 a 之一"),
        ] {
            let told = of_content("x = 1", message);
            assert!(told.contains(part), "{told}");
        }
    }
}
