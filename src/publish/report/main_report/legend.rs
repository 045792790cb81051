//! What the drawing in the rows of a city means, by what occurs.

use super::super::bases::dumbbell;
use super::super::context::{Context, FEW};
use super::super::drawing::Dumbbell;
use super::super::occurring::Occurring;
use super::super::say::say;
use crate::assess::{Assessment, State};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::plan::Apart;

/// In words, and whether the base is drawn anywhere.
#[derive(Debug, Default)]
pub(super) struct Legend {
    pub(super) text: String,
    /// As much as fits below a full page of rows.
    pub(super) short: String,
    pub(super) has_ring: bool,
}

/// Of a round of few cities; of very many each has its rows in its own report.
pub(super) fn of_few(context: &Context<'_>, cities: &[&CityEvaluation], found: &Occurring) -> Legend {
    if cities.len() > FEW { Legend::default() } else { drawing(context, cities, found) }
}

/// For the rows of these cities; empty where nothing is drawn.
pub(super) fn drawing(context: &Context<'_>, cities: &[&CityEvaluation], found: &Occurring) -> Legend {
    let language = context.language;
    let counted = cities.iter().flat_map(|city| context.counted(city));
    let all: Vec<(&Assessment, Dumbbell)> =
        counted.map(|(one, row)| (one, dumbbell(context, one, row))).collect();
    let rows = || all.iter().filter(|(_, drawing)| drawing.bar.is_some());
    let drawn: Vec<&Dumbbell> = rows().map(|(_, drawing)| drawing).collect();
    if drawn.is_empty() {
        return Legend::default();
    }
    let base =
        language.of(found.bases.word(), if found.bases.has_other { "the base year" } else { "last year" });
    let is_ringed = drawn.iter().any(|drawing| drawing.last.is_some());
    let dark = match drawn.iter().any(|drawing| drawing.last.is_some() && drawing.is_worse) {
        true => language.of("，变差的画深色", ", dark where it became worse"),
        false => "",
    };
    // A base may stand in a row that has no place for it on this scale: work of another year, a level beside a growth.
    let unringed = match rows().any(|(one, drawing)| one.baseline.is_some() && drawing.last.is_none()) {
        true => language
            .of("，不宜同目标相比的不画", " (not drawn where it is not to be held against the target)"),
        false => "",
    };
    let ring = match is_ringed {
        true => say!(
            language,
            "，圆圈是{base}{unringed}；右边总是好的一边，横线连着的两点之间就是变化{dark}",
            ", the ring {base}{unringed}; right is always better. The line between the two points is the change{dark}"
        ),
        false => language.of("；右边总是好的一边", "; right is always better").to_owned(),
    };
    let pale = match (found.has(State::Nearly), found.has(State::BehindSchedule)) {
        (true, true) => {
            language.of("，浅色是基本完成或慢于序时", ", a pale one nearly or is behind schedule")
        }
        (true, false) => language.of("，浅色是基本完成", ", a pale one nearly"),
        (false, true) => language.of("，浅色是慢于序时", ", a pale one is behind schedule"),
        (false, false) => "",
    };
    let between = match found.has(State::Missed) {
        true => language.of("，中间色是未完成", ", one between has not"),
        false => "",
    };
    // Below a limit nothing is better or worse.
    let kept = match rows().any(|(one, drawing)| {
        drawing.bar.is_some() && one.apart == Some(Apart::Ceiling) && one.state.met() == Some(true)
    }) {
        true => language.of("；没有超的控制数画在竖线上", "; what keeps a limit stands on the line"),
        false => "",
    };
    let beyond = match drawn.iter().any(|drawing| drawing.is_outside()) {
        true => language.of("；超出图幅的画成三角", "; what lies beyond the drawing is a triangle"),
        false => "",
    };
    let line = found.held.word(language);
    let text = say!(
        language,
        "竖线是{line}，方块是本年实绩{ring}。方块深色是到了{line}{pale}{between}{kept}{beyond}。",
        "The line is {line}, the square this year’s value{ring}. A dark square has reached it{pale}{between}{kept}{beyond}."
    );
    let short = short(language, line, is_ringed.then_some(base));
    Legend { text, short, has_ring: is_ringed }
}

/// What is drawn, and which side is better.
fn short(language: Language, line: &str, base: Option<&str>) -> String {
    let ring = base.map_or_else(String::new, |base| say!(language, "，圆圈是{base}", ", the ring {base}"));
    say!(
        language,
        "竖线是{line}，方块是实绩{ring}，右边是好的一边",
        "The line is {line}, the square the value{ring}; right is better"
    )
}
