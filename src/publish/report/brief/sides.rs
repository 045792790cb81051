//! Of many cities: the sides of the line of reference, and which indicators are in no range.

use serde::Serialize;

use super::super::context::Context;
use super::super::say::say;
use crate::finding::Language;
use crate::ident::IndicatorId;

/// On which side of the line of reference a city is, whatever becomes of what is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::publish::report) enum Side {
    Above,
    Between,
    Below,
    /// Too little of it is judged.
    Uncovered,
}

impl Side {
    pub(super) const ALL: [Self; 4] = [Self::Above, Self::Between, Self::Below, Self::Uncovered];

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Between => "between",
            Self::Below => "below",
            Self::Uncovered => "uncovered",
        }
    }

    /// In a column of a few characters.
    pub(super) fn short(self, language: Language) -> &'static str {
        match self {
            Self::Above => language.of("以上", "above"),
            Self::Between => language.of("说不准", "not certain"),
            Self::Below => language.of("不到", "below"),
            Self::Uncovered => language.of("不比", "not compared"),
        }
    }
}

/// How many indicators are in no range, since they are lagged in most cities; empty where none are.
pub(in crate::publish::report) fn left_out_words(context: &Context<'_>) -> String {
    let lagged = context.lagged_in_most();
    let row_of = |id: &IndicatorId| {
        context.cities().iter().find_map(|city| {
            let row = city.plan.indicators.iter().find(|row| row.id.as_ref() == Some(id))?;
            Some(context.name_step(city, row))
        })
    };
    let number = lagged.len();
    let rows = lagged.iter().filter_map(|id| row_of(id));
    let said = context.book.count("round/#lagged_in_most", rows, &[], number);
    let (noun, places) = (context.terms.places.noun, context.terms.places.plural());
    if number == 0 {
        return String::new();
    }
    say!(
        context.language,
        "半数以上的{noun}当年数都没有出来的{said}项不算在内。",
        "Left out: {said} that have no value of the year in more than half of the {places}."
    )
}
