//! 目录: with an index of the cities when they are many.

use serde::Serialize;

use super::context::INDEXED;
use super::ranking::rank_cell;
use super::section::Draft;

/// 目录.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Contents {
    /// How many cities are listed, for the space between the lines.
    cities: usize,
    index: Option<CityIndex>,
}

/// Index of cities, for many of them.
#[derive(Debug, Clone, Serialize)]
struct CityIndex {
    title: String,
    rows: Vec<CityIndexRow>,
}

/// A city of the index.
#[derive(Debug, Clone, Serialize)]
struct CityIndexRow {
    slug: String,
    city: String,
    rank: String,
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Contents> {
    let context = draft.round()?;
    let cities = context.cities();
    let rows = cities.iter().map(|city| CityIndexRow {
        slug: city.plan.city.as_str().to_owned(),
        city: city.plan.name.clone(),
        rank: rank_cell(city),
    });
    let index = (cities.len() > INDEXED).then(|| CityIndex {
        title: format!("各{}名次和页码", context.terms.places.noun),
        rows: rows.collect(),
    });
    Some(Contents { cities: cities.len(), index })
}
