//! 共有的难处: of many cities the indicators by how many missed them.

use serde::Serialize;

use super::super::brief::many::{Shared, shared};
use super::super::brief::shared::{in_print, ties_words};
use super::super::context::FEW;
use super::super::numbers::Key;
use super::super::say::say;
use super::super::section::Draft;
use super::Chapters;
use crate::assess::State;
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
    /// What the fills of a bar say.
    key: [&'static str; 4],
    alt: String,
}

/// So many fill a page.
const MOST: usize = 40;

/// Only of many cities, and where plans have indicators of the catalogue.
pub(super) fn section(draft: &mut Draft<'_>, chapters: &mut Chapters) -> Option<MainHardships> {
    let context = draft.compared().filter(|context| context.cities().len() > FEW)?;
    let cities: Vec<&CityEvaluation> = in_print(context).collect();
    let (rows, is_cut) = shared(context, &cities, MOST);
    if rows.is_empty() {
        return None;
    }
    let places = context.terms.places;
    let number = draft.numbers.take(Key::figure("hardships"));
    let language = context.language;
    let ties = ties_words(language, is_cut);
    let heading = chapters.next(language.of("共有的难处", "Difficulties in common"));
    let alt = language.clauses(&rows.iter().map(|row| row.told(language)).collect::<Vec<_>>());
    let (noun, short, english) = (places.noun, places.short, places.plural());
    let has_schedules =
        cities.iter().flat_map(|city| &city.assessments).any(|one| one.state == State::BehindSchedule);
    let (behind, others) = match has_schedules {
        true => ("、慢于序时", ", nearly met or behind schedule"),
        false => ("", " and nearly met"),
    };
    Some(MainHardships {
        section: heading.clone(),
        heading,
        text: say!(
            language,
            "先看有多少{noun}没有到，再看是哪几个。一项目标半数以上的{noun}没有到，先核目标和口径，再看各{short}。",
            "First see how many {english} missed a target, then which. Where more than half missed it, check the target and its definition before looking at each."
        ),
        title: say!(
            language,
            "{number}　各项指标未到的{noun}数{ties}",
            "{number}. Number of {english} that missed each indicator{ties}"
        ),
        heads: language
            .of(["指标", "列为目标", "未到", "判不了"], ["Indicator", "Set", "Not met", "Open"])
            .map(str::to_owned)
            .into(),
        rows,
        note: say!(
            language,
            "未到＝未完成、基本完成{behind}。条长为列有这项目标的{noun}数。",
            "Not met: missed{others}. The bar is as long as the number of {english} with this target."
        ),
        key: language.of(["未完成", "基本完成", "完成", "判不了"], ["Not met", "Nearly met", "Met", "Open"]),
        alt,
    })
}
