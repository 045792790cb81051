//! 目录: with an index of the cities when they are many.

use serde::Serialize;

use super::context::{Context, INDEXED};
use super::ranking::rank_cell;

/// 目录.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Contents {
    pub(super) index: Option<CityIndex>,
}

/// Index of cities, for many of them.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CityIndex {
    pub(super) title: String,
    pub(super) rows: Vec<CityIndexRow>,
}

/// A city of the index.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CityIndexRow {
    pub(super) slug: String,
    pub(super) city: String,
    pub(super) rank: String,
}

pub(super) fn contents(context: &Context<'_>) -> Contents {
    if context.cities().len() <= INDEXED {
        return Contents { index: None };
    }
    let rows = context.cities().iter().map(|city| CityIndexRow {
        slug: city.plan.city.as_str().to_owned(),
        city: city.plan.name.clone(),
        rank: rank_cell(city),
    });
    Contents { index: Some(CityIndex { title: "各城市名次和页码".to_owned(), rows: rows.collect() }) }
}
