//! What a workbook stores under a style → a cell: what the readers of all formats have in common.

use super::colour::{Backdrop, Colour, PlainLook};
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
    /// The colour of its text; `None` is the usual one.
    pub colour: Option<Colour>,
    /// What lies behind it.
    pub ground: Backdrop,
}

impl Style {
    /// What cells look like to which no rule applies.
    pub(super) fn bare(style: Option<&Self>) -> PlainLook<'_> {
        PlainLook {
            is_struck: style.is_some_and(|style| style.is_struck),
            colour: style.and_then(|style| style.colour.as_ref()),
            ground: style.map(|style| style.ground.clone()).unwrap_or_default(),
        }
    }
}

/// A text under a format, which may show another one.
pub(super) fn text(
    text: String,
    look: Option<Box<Look>>,
    format: Option<&NumberFormat>,
) -> (Content, Display, Option<Box<Look>>) {
    let mut look = look;
    if let Some(shown) = format.and_then(|format| format.show_text(&text)) {
        look.get_or_insert_default().shown = Some(shown);
    }
    (Content::Text(text), Display::Plain, look)
}

/// Notes that nothing is seen of a number or text.
pub(super) fn swallow(content: &Content, look: &mut Option<Box<Look>>, is_swallowed: bool) {
    if is_swallowed && matches!(content, Content::Number(_) | Content::Text(_)) {
        look.get_or_insert_default().is_swallowed = true;
    }
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
        Stored::Number(Some(digits)) => number(digits, style.map(|style| &style.format), is_1904),
        Stored::Number(None) => (Content::Damaged(Damage::NotANumber(String::new())), Display::Plain, None),
        Stored::Text(text, _) if text.is_empty() => return None,
        Stored::Text(stored, look) => text(stored, look, style.map(|style| &style.format)),
        Stored::Other(content) => (content, Display::Plain, None),
    };
    let is_swallowed = style.is_some_and(|style| style.ground.swallows(style.colour.as_ref()));
    swallow(&content, &mut look, is_swallowed);
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
