//! The words of a round for the page of figures (`publish/explorer/`).

use serde::Serialize;

use super::occurring::Occurring;
use super::terms::Terms;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;

/// What the page of figures calls the units, their plans and what is counted.
#[derive(Debug, Serialize)]
pub(in crate::publish) struct PageTerms {
    place: &'static str,
    head: &'static str,
    document: String,
    rate: &'static str,
    reached: &'static str,
    /// 上年 or 基期.
    base: &'static str,
}

impl PageTerms {
    pub(in crate::publish) fn of(cities: &[CityEvaluation], year: i32) -> Self {
        let Terms { places, document, rate, reached, .. } = Terms::of(cities, Language::Chinese);
        let base = Occurring::in_cities(cities, year).bases.word();
        Self { place: places.noun, head: places.head, document, rate, reached, base }
    }
}
