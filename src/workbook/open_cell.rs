//! A cell of an xlsx sheet while it is read, and what it holds.

use super::bounds::{LONGEST_TEXT, too_long};
use super::formula;
use super::runs::Runs;
use super::shared::Shared;
use super::stored::{number_text, unescaped};
use super::{Content, Damage, Look};
use crate::ident::CellRef;

/// A cell while it is read.
#[derive(Default)]
pub(super) struct OpenCell {
    pub(super) at: Option<CellRef>,
    pub(super) kind: String,
    pub(super) style: usize,
    /// Whether it has a rich value.
    pub(super) is_rich: bool,
    pub(super) value: String,
    pub(super) text: Runs,
    pub(super) formula: Option<String>,
    pub(super) shared: Option<String>,
    pub(super) unknown: Option<String>,
    /// How much text was read.
    pub(super) length: usize,
    /// Whether it has a value or a text of its own already.
    pub(super) is_filled: bool,
    /// Whether it holds elements that no cell can have, or is none of the sheet's own.
    pub(super) is_malformed: bool,
}

impl OpenCell {
    /// Forgets what it holds and keeps the room.
    pub(super) fn clear(&mut self) {
        let Self {
            at,
            kind,
            style,
            is_rich,
            value,
            text,
            formula,
            shared,
            unknown,
            length,
            is_filled,
            is_malformed,
        } = self;
        (*at, *style, *is_rich) = (None, 0, false);
        (*length, *is_filled, *is_malformed) = (0, false, false);
        (*formula, *shared, *unknown) = (None, None, None);
        kind.clear();
        value.clear();
        text.clear();
    }

    /// What a cell holds, whatever its style.
    pub(super) fn bare(
        &self,
        shared: &Shared,
        inline: Option<(String, Option<Box<Look>>)>,
    ) -> Option<(Content, Option<Box<Look>>)> {
        let cell = self;
        let plain = |content: Content| Some((content, None));
        let has_formula = cell.formula.is_some();
        if cell.formula.as_ref().is_some_and(|formula| formula::shows_a_picture(formula)) {
            return plain(Content::Picture);
        }
        if cell.is_malformed {
            let inner = inline.map(|(text, _)| text);
            return plain(Content::Damaged(Damage::Malformed(inner.unwrap_or_else(|| cell.value.clone()))));
        }
        if let Some(name) = &cell.unknown {
            return plain(Content::Damaged(Damage::UnknownReference(name.clone())));
        }
        if cell.value.is_empty() && inline.is_none() {
            return if has_formula { plain(Content::NoResult) } else { None };
        }
        let texts = &shared.texts;
        match cell.kind.as_str() {
            "s" => {
                let at = cell.value.trim().parse::<usize>().ok();
                match at.and_then(|at| Some((at, texts.texts.get(at)?))) {
                    Some((at, _)) if texts.damaged.contains_key(&at) => {
                        texts.damaged.get(&at).cloned().map(|damage| (Content::Damaged(damage), None))
                    }
                    Some((_, text)) if text.is_empty() => None,
                    Some((at, text)) => Some((Content::Text(text.clone()), texts.looks.get(&at).cloned())),
                    None => plain(Content::Damaged(Damage::NoSuchText(cell.value.clone()))),
                }
            }
            "inlineStr" => {
                let (text, look) = inline.unwrap_or_else(|| (unescaped(&cell.value), None));
                Some((bounded(text), look))
            }
            "str" => plain(bounded(unescaped(&cell.value))),
            "b" => plain(Content::Bool(matches!(cell.value.trim(), "1" | "true"))),
            "e" if cell.is_rich && shared.has_pictures => plain(Content::Picture),
            "e" => plain(Content::Error(cell.value.clone())),
            "d" => plain(Content::Date(cell.value.clone())),
            "" | "n" => {
                plain(number_text(cell.value.trim()).map_or_else(
                    || Content::Damaged(Damage::NotANumber(cell.value.clone())),
                    Content::Number,
                ))
            }
            other => plain(Content::Damaged(Damage::UnknownType {
                kind: other.to_owned(),
                text: cell.value.clone(),
            })),
        }
    }
}

fn bounded(text: String) -> Content {
    too_long(&text, LONGEST_TEXT).unwrap_or(Content::Text(text))
}
