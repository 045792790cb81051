//! What a workbook stores under a style → a cell: what the readers of all formats have in common.

use super::display::Display;
use super::format::NumberFormat;
use super::stored::date_text;
use super::{Content, Damage, Look, WireCell};
use crate::ident::CellRef;

/// What a cell stores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stored {
    /// A number as text; `None` for bytes that are no number.
    Number(Option<String>),
    /// Text, and what is seen of it besides.
    Text(String, Option<Box<Look>>),
    /// Anything else.
    Other(Content),
}

/// What a cell looks like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// How numbers are shown.
    pub format: NumberFormat,
    /// Whether its content is struck out.
    pub is_struck: bool,
}

/// A number under a format, which may make it a date.
pub(super) fn number(
    number: String,
    format: Option<&NumberFormat>,
    is_1904: bool,
) -> (Content, Display, Option<Box<Look>>) {
    let (display, shown) = format.map_or((Display::Plain, None), |format| format.show(&number));
    if matches!(display, Display::Date | Display::Month | Display::Year)
        && let Some(date) = date_text(&number, is_1904, display)
    {
        return (Content::Date(date), display, None);
    }
    let look = shown.map(|shown| Box::new(Look { shown: Some(shown), ..Look::default() }));
    (Content::Number(number), display, look)
}

/// The cell that shows what is stored under a style; `None` when nothing is.
pub(super) fn cell(at: CellRef, stored: Stored, style: Option<&Style>, is_1904: bool) -> Option<WireCell> {
    let (content, display, mut look) = match stored {
        Stored::Number(Some(text)) => number(text, style.map(|style| &style.format), is_1904),
        Stored::Number(None) => (Content::Damaged(Damage::NotANumber(String::new())), Display::Plain, None),
        Stored::Text(text, _) if text.is_empty() => return None,
        Stored::Text(text, look) => (Content::Text(text), Display::Plain, look),
        Stored::Other(content) => (content, Display::Plain, None),
    };
    if style.is_some_and(|style| style.is_struck) {
        look.get_or_insert_default().is_struck = true;
    }
    Some(WireCell(at.row, at.column, content, display, false, look))
}

/// Notes that the sheet shows no zeros.
pub(super) fn hide_zeros(cells: &mut [WireCell]) {
    for WireCell(_, _, content, _, _, look) in cells {
        if matches!(content, Content::Number(number) if matches!(number.as_str(), "0" | "-0")) {
            look.get_or_insert_default().shown = Some(String::new());
        }
    }
}

/// A height or width below which nothing is seen of a row or column, in twentieths of a point and 256ths of a character.
pub(super) const LEAST_HEIGHT: u16 = 2;
pub(super) const LEAST_WIDTH: u32 = 26;
