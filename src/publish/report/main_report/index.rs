//! 各市索引: of very many cities each in a row, by name.

use serde::Serialize;

use super::super::brief::lines::{Lines, index};
use super::super::brief::shared::in_print;
use super::super::brief::standing::NAMED;
use super::super::section::Draft;
use super::Chapters;
use crate::evaluation::CityEvaluation;

/// The cities in rows.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MainIndex {
    section: String,
    heading: String,
    text: String,
    drawing: Lines,
}

/// Only of so many cities that they are not told one by one before.
pub(super) fn section(draft: &mut Draft<'_>, chapters: &mut Chapters) -> Option<MainIndex> {
    let context = draft.compared()?;
    let cities: Vec<&CityEvaluation> = in_print(context).collect();
    if cities.len() <= NAMED {
        return None;
    }
    let places = context.terms.places;
    let heading = chapters.next(&format!("各{}索引", places.noun));
    Some(MainIndex {
        section: heading.clone(),
        heading,
        text: format!("逐项情况、谁须做什么和溯源见各{}自己的分册（cities/），文件名为代码。", places.noun),
        drawing: index(context, &cities),
    })
}
