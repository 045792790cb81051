//! 共有的难处: of many cities the indicators by how many missed them.

use serde::Serialize;

use super::super::brief::many::{Shared, shared};
use super::super::brief::shared::in_print;
use super::super::context::FEW;
use super::super::numbers::Key;
use super::super::section::Draft;
use super::Chapters;
use crate::evaluation::CityEvaluation;

/// The indicators that many cities have as targets.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MainHardships {
    section: String,
    heading: String,
    text: String,
    title: String,
    heads: Vec<String>,
    rows: Vec<Shared>,
    note: String,
    alt: String,
}

/// So many fill a page.
const MOST: usize = 40;

/// Only of many cities, and where plans have indicators of the catalogue.
pub(super) fn section(draft: &mut Draft<'_>, chapters: &mut Chapters) -> Option<MainHardships> {
    let context = draft.compared().filter(|context| context.cities().len() > FEW)?;
    let cities: Vec<&CityEvaluation> = in_print(context).collect();
    let rows = shared(context, &cities, MOST);
    if rows.is_empty() {
        return None;
    }
    let places = context.terms.places;
    let number = draft.numbers.take(Key::figure("hardships"));
    let heading = chapters.next("共有的难处");
    let alt = rows.iter().map(Shared::told).collect::<Vec<_>>().join("；");
    Some(MainHardships {
        section: heading.clone(),
        heading,
        text: format!(
            "先看有多少{noun}没有到，再看是哪几个。一项目标半数以上的{noun}没有到，先核目标和口径，再看各{short}。",
            noun = places.noun,
            short = places.short
        ),
        title: format!("{number}　各项指标未到的{}数", places.noun),
        heads: ["指标", "列为目标", "未到", "判不了"].map(str::to_owned).into(),
        rows,
        note: format!("未到＝未完成和基本完成（慢于序时）。条长为列有这项目标的{}数。", places.noun),
        alt,
    })
}
