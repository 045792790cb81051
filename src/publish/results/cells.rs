//! A sheet of the results workbook, and its cells, as data.

use crate::evaluation::InputRole;

/// A sheet.
#[derive(Debug, Clone)]
pub(super) struct ResultSheet {
    pub(super) name: &'static str,
    /// Words and width of each column, in characters.
    pub(super) heads: Vec<(&'static str, u8)>,
    /// How many columns stay in sight.
    pub(super) fixed: u16,
    pub(super) rows: Vec<Vec<SheetCell>>,
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SheetCell {
    Nothing,
    Text(String),
    /// The digits of a number, and how many behind the point are shown.
    Number(String, usize),
    /// Words that lead to a row of a sheet, counted from zero.
    Link(String, &'static str, u32),
}

impl SheetCell {
    /// The words or digits that it shows.
    pub(super) fn words(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Text(words) | Self::Number(words, _) | Self::Link(words, ..) => words,
        }
    }
}

pub(super) fn text(words: &str) -> SheetCell {
    if words.is_empty() { SheetCell::Nothing } else { SheetCell::Text(words.to_owned()) }
}

pub(super) fn whole(number: usize) -> SheetCell {
    SheetCell::Number(number.to_string(), 0)
}

/// Digits with at least so many places.
pub(super) fn digits(written: &str, places: usize) -> SheetCell {
    SheetCell::Number(written.to_owned(), behind_point(written).max(places))
}

pub(super) fn behind_point(written: &str) -> usize {
    written.split_once('.').map_or(0, |(_, behind)| behind.len())
}

pub(super) fn yes_or_no(told: Option<bool>) -> SheetCell {
    told.map_or(SheetCell::Nothing, |told| text(if told { "是" } else { "否" }))
}

/// What a file of the round is called: that of a workbook, or what it is for.
pub(super) fn file_name(path: &str) -> &str {
    match InputRole::of_name(path) {
        Some(role) => role.chinese(),
        None => path.rsplit('/').next().unwrap_or(path),
    }
}

/// A place behind the name of a file: ` 指标!E7`.
pub(super) fn behind(sheet: &str, cell: &str) -> String {
    match (sheet.is_empty(), cell.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!(" {sheet}"),
        (false, false) => format!(" {sheet}!{cell}"),
    }
}
