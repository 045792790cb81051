//! What the templates draw: bars, marks and ranges. Positions lie in 0…1 and are never printed.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use crate::evaluation::CityEvaluation;
use crate::rounding::round_to;

/// The rate with the range that open indicators leave; positions in 0…1.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) at: Option<f64>,
}

/// A bar of deviation from the target.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Bar {
    pub(super) side: String,
    pub(super) length: f64,
    pub(super) open: bool,
}

/// Last year's value on the same scale.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Last {
    pub(super) side: String,
    pub(super) at: f64,
    pub(super) outside: bool,
}

/// A bar of the way to the final target; positions in 0…1.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PathBar {
    pub(super) length: f64,
    pub(super) assessed: f64,
    pub(super) target: f64,
    pub(super) tone: String,
}

/// A position for drawing, six digits; never printed.
pub(super) fn position(value: Decimal) -> f64 {
    round_to(value.clamp(Decimal::ZERO, Decimal::ONE), 6).to_f64().unwrap_or(0.0)
}

pub(super) fn share(part: usize, whole: usize) -> f64 {
    Decimal::from(part).checked_div(Decimal::from(whole)).map_or(0.0, position)
}

pub(super) fn range(city: &CityEvaluation) -> Range {
    let score = &city.score;
    Range {
        low: share(score.met, score.total),
        high: share(score.met + score.open(), score.total),
        at: (score.assessable > 0).then(|| share(score.met, score.assessable)),
    }
}
