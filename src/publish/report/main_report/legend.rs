//! What the drawing in the rows of a city means, by what occurs.

use super::super::bases::dumbbell;
use super::super::context::Context;
use super::super::drawing::Dumbbell;
use super::super::occurring::Occurring;
use super::super::say::say;
use crate::assess::State;
use crate::evaluation::CityEvaluation;

/// For the rows of these cities; empty where nothing is drawn.
pub(super) fn drawing(context: &Context<'_>, cities: &[&CityEvaluation], found: &Occurring) -> String {
    let language = context.language;
    let counted = cities.iter().flat_map(|city| context.counted(city));
    let drawn: Vec<Dumbbell> = counted
        .map(|(one, row)| dumbbell(context, one, row))
        .filter(|drawing| drawing.bar.is_some())
        .collect();
    if drawn.is_empty() {
        return String::new();
    }
    let base =
        language.of(found.bases.word(), if found.bases.has_other { "the base year" } else { "last year" });
    let ring = match drawn.iter().any(|drawing| drawing.last.is_some()) {
        true => say!(
            language,
            "，圆圈是{base}；右边总是好的一边，横线连着的两点之间就是变化，变差的画深色",
            ", the ring {base}; right is always better. The line between the two points is the change, dark where it became worse"
        ),
        false => language.of("；右边总是好的一边", "; right is always better").to_owned(),
    };
    let nearly_mark = match found.has(State::Nearly) {
        true => language.of("浅色是基本完成，", "a pale one nearly, "),
        false => "",
    };
    let short_mark = match (found.has(State::Missed), found.has(State::BehindSchedule)) {
        (false, true) => language.of("慢于序时", "is behind schedule"),
        (true, true) => language.of("未完成或慢于序时", "has not or is behind schedule"),
        _ => language.of("未完成", "has not"),
    };
    let is_outside = |drawing: &Dumbbell| {
        drawing.bar.as_ref().is_some_and(|bar| bar.open)
            || drawing.last.as_ref().is_some_and(|last| last.outside)
    };
    let beyond = match drawn.iter().any(is_outside) {
        true => language.of("；超出图幅的画成三角", "; what lies beyond the drawing is a triangle"),
        false => "",
    };
    let line = found.held.word(language);
    say!(
        language,
        "竖线是{line}，方块是本年实绩{ring}。方块深色是到了{line}，{nearly_mark}中间色是{short_mark}{beyond}。",
        "The line is {line}, the square this year’s value{ring}. A dark square has reached it, {nearly_mark}one between {short_mark}{beyond}."
    )
}
