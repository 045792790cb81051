//! 对标: values of cities beside levels elsewhere that the round declares with their sources.

use serde::Serialize;

use super::super::context::Context;
use super::super::numbers::{Key, Numbers};
use super::super::numerals::numeral;
use super::super::phrases::without_stop;
use super::super::table::Table;
use super::super::values::actual_text;
use crate::evaluation::CityEvaluation;
use crate::ident::IndicatorId;
use crate::plan::{LevelArea, LevelElsewhere};

/// 对标.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LevelsElsewhere {
    heads: Vec<String>,
    table: Table<LevelRow>,
    /// Said where the round declares none.
    text: String,
}

/// A value of a city beside levels elsewhere.
#[derive(Debug, Clone, Serialize)]
struct LevelRow {
    name: String,
    city: String,
    cells: Vec<String>,
}

pub(super) fn levels(context: &Context<'_>, numbers: &mut Numbers) -> LevelsElsewhere {
    let round = &context.evaluation.round;
    let areas: Vec<LevelArea> =
        LevelArea::ALL.into_iter().filter(|area| round.levels.iter().any(|one| one.area == *area)).collect();
    let mut ids: Vec<&IndicatorId> = Vec::new();
    for one in &round.levels {
        if !ids.contains(&&one.indicator) {
            ids.push(&one.indicator);
        }
    }
    let cities = || super::super::brief::shared::in_print(context);
    let rows: Vec<LevelRow> =
        ids.iter().flat_map(|id| cities().filter_map(|city| row(context, city, id, &areas))).collect();
    let text = match round.levels.is_empty() {
        true => "本轮没有声明对标值，所以不作水平比较。",
        false if rows.is_empty() => "声明了对标值的指标不在各方案的目标里，没有可对照的数。",
        false => "",
    };
    let mut sources: Vec<&str> = Vec::new();
    for one in &round.levels {
        if !sources.contains(&one.source.as_str()) {
            sources.push(&one.source);
        }
    }
    let note = format!(
        "注：只列水平，不作判定。对标值来源：{}。",
        sources.iter().map(|source| without_stop(source)).collect::<Vec<_>>().join("；")
    );
    LevelsElsewhere {
        heads: ["指标（单位）".to_owned(), context.terms.places.head.to_owned(), "本年实绩".to_owned()]
            .into_iter()
            .chain(areas.iter().map(|area| area.chinese().to_owned()))
            .collect(),
        table: Table::new("对标").some_note(Some(note)).rows(rows).numbered(numbers, Key::table("levels")),
        text: text.to_owned(),
    }
}

/// The row of a city; `None` where it has no such target, or nothing to hold its value against.
fn row(
    context: &Context<'_>,
    city: &CityEvaluation,
    id: &IndicatorId,
    areas: &[LevelArea],
) -> Option<LevelRow> {
    let (one, row) = context.counted(city).into_iter().find(|(one, _)| one.id.as_ref() == Some(id))?;
    let round = &context.evaluation.round;
    let level = |area: &LevelArea| {
        let is_it = |(_, one): &(usize, &LevelElsewhere)| one.indicator == *id && one.area == *area;
        let of = |own: Option<&CityEvaluation>| {
            let mut all = (1..).zip(&round.levels).filter(is_it);
            all.find(|(_, one)| one.city.as_ref() == own.map(|city| &city.plan.city))
        };
        of(Some(city)).or_else(|| of(None))
    };
    let found: Vec<_> = areas.iter().map(level).collect();
    if found.iter().all(Option::is_none) {
        return None;
    }
    // The levels are in the unit of the catalogue.
    let unit = context.evaluation.catalogue.unit(id).filter(|unit| *unit != row.unit.text());
    let cell = |(place, one): (usize, &LevelElsewhere)| {
        let year = if one.year == round.year() { String::new() } else { format!("（{}年）", one.year) };
        let value = match context.book.level(round, place, one) {
            Some(step) => numeral(&step, &one.value),
            None => one.value.clone(),
        };
        format!("{value}{}{year}", unit.unwrap_or_default())
    };
    let own = actual_text(city, one).unwrap_or_else(|| one.state.chinese().to_owned());
    Some(LevelRow {
        name: match row.unit.text() {
            "" => row.short.clone(),
            unit => format!("{}（{unit}）", row.short),
        },
        city: city.plan.short.clone(),
        cells: std::iter::once(own)
            .chain(found.into_iter().map(|level| level.map_or_else(|| "—".to_owned(), cell)))
            .collect(),
    })
}
