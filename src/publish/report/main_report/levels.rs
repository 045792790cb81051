//! 对标: values of cities beside levels elsewhere that the round declares with their sources.

use serde::Serialize;

use super::super::context::Context;
use super::super::numbers::{Key, Numbers};
use super::super::numerals::numeral;
use super::super::phrases::without_stop;
use super::super::say::{as_written, say, with_unit};
use super::super::table::Table;
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
    let language = context.language;
    let text = match round.levels.is_empty() {
        true => language.of(
            "本轮没有声明对标值，所以不作水平比较。",
            "This round declares no values elsewhere, so levels are not compared.",
        ),
        false if rows.is_empty() => language.of(
            "声明了对标值的指标不在各方案的目标里，没有可对照的数。",
            "The indicators with values elsewhere are not among the targets of the plans; there is nothing to compare.",
        ),
        false => "",
    };
    let mut sources: Vec<&str> = Vec::new();
    for one in &round.levels {
        if !sources.contains(&one.source.as_str()) {
            sources.push(&one.source);
        }
    }
    let sources: Vec<&str> = sources.iter().map(|source| without_stop(source)).collect();
    let (plain, quoted) = (sources.join("；"), sources.iter().map(|one| as_written(one)).collect::<Vec<_>>());
    let quoted = language.clauses(&quoted);
    let note = say!(
        language,
        "注：只列水平，不作判定。对标值来源：{plain}。",
        "Note: levels only, without verdicts. Sources of the values elsewhere: {quoted}."
    );
    let heads = language.of(["指标（单位）", "本年实绩"], ["Indicator (unit)", "Value of the year"]);
    let [name, value] = heads.map(str::to_owned);
    LevelsElsewhere {
        heads: [name, context.terms.places.head_in(language), value]
            .into_iter()
            .chain(areas.iter().map(|area| area.words(language).to_owned()))
            .collect(),
        table: Table::new(language.of("对标", "Beside values elsewhere"))
            .told_in(language)
            .some_note(Some(note))
            .rows(rows)
            .numbered(numbers, Key::table("levels")),
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
    let (language, round) = (context.language, &context.evaluation.round);
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
        let of = one.year;
        let year = match of == round.year() {
            true => String::new(),
            false => say!(language, "（{of}年）", " ({of})"),
        };
        let value = match context.book.level(round, place, one) {
            Some(step) => numeral(&step, &one.value),
            None => one.value.clone(),
        };
        let unit = context.unit_named(unit.unwrap_or_default());
        format!("{}{year}", with_unit(language, &value, unit))
    };
    let own = context.actual(city, one).unwrap_or_else(|| one.state.words(language).to_owned());
    Some(LevelRow {
        name: context.row_with_unit(&city.plan, row),
        city: context.short(&city.plan).to_owned(),
        cells: std::iter::once(own)
            .chain(found.into_iter().map(|level| level.map_or_else(|| "—".to_owned(), cell)))
            .collect(),
    })
}
