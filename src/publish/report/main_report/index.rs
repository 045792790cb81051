//! 各市索引: of very many cities each in a row, by name.

use serde::Serialize;

use super::super::brief::lines::{Lines, index};
use super::super::brief::shared::in_print;
use super::super::brief::standing::NAMED;
use super::super::say::say;
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
    let (noun, english, language) = (places.noun, places.plural(), context.language);
    let heading = chapters.next(&say!(language, "各{noun}索引", "Index of {english}"));
    Some(MainIndex {
        section: heading.clone(),
        heading,
        text: say!(
            language,
            "逐项情况、谁须做什么和溯源见各{noun}自己的分册（cities/，文件名同其输入文件夹）。",
            "Item by item, who has to do what and the sources: see the volume of each of the {english} (cities/, named like the folder of its inputs)."
        ),
        drawing: index(context, &cities),
    })
}
