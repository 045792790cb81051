//! Indices for tests.

use rust_decimal::Decimal;

use super::model::{ModelInputs, binary};
use super::random::Stream;
use crate::plan::{
    Aggregation, Factor, Goalposts, IndexDimension, IndexIndicator, IndexSpec, Normalisation, Robustness,
    Treatment,
};

/// A treatment.
pub(super) const TREATMENT: Treatment =
    Treatment { skewness: Decimal::TWO, kurtosis: Decimal::TWO, most: 5, falls_back: false };

/// Domains with what they are part of and their weights; the domain of each indicator. More is better, and all means are arithmetic.
pub(super) fn spec(
    dimensions: &[(Option<usize>, i64)],
    indicators: &[usize],
    normalisation: Normalisation,
) -> IndexSpec {
    let mut own: Vec<IndexDimension> = dimensions
        .iter()
        .enumerate()
        .map(|(at, (parent, weight))| IndexDimension {
            weight: Decimal::from(*weight),
            ..IndexDimension::bare(&format!("d{at}"), *parent, 1)
        })
        .collect();
    for at in (0..own.len()).rev() {
        if let Some(parent) = own[at].parent {
            own[parent].level = own[at].level + 1;
        }
    }
    let goalposts = Goalposts {
        low: Some(Decimal::from(-20)),
        high: Some(Decimal::from(300)),
        reference: Some(Decimal::from(120)),
    };
    let indicator = |(at, dimension): (usize, &usize)| IndexIndicator {
        goalposts: goalposts.clone(),
        ..IndexIndicator::bare(format!("i{at}").as_str().into(), *dimension)
    };
    let indicators = indicators.iter().enumerate().map(indicator).collect();
    IndexSpec { normalisation, ..IndexSpec::of_parts(own, indicators) }
}

/// All indicators and cities, with the weights of the specification; treated values are a hundred at most.
pub(super) fn inputs(spec: &IndexSpec, raw: Vec<Vec<Option<f64>>>) -> ModelInputs {
    let drawn_in = |value: &Option<f64>| value.map(|value| value.min(100.0));
    ModelInputs {
        used: vec![true; spec.indicators.len()],
        dimension_weights: spec.dimensions.iter().map(|one| binary(one.weight)).collect(),
        indicator_weights: spec.indicators.iter().map(|one| binary(one.weight)).collect(),
        treated: raw.iter().map(|row| row.iter().map(drawn_in).collect()).collect(),
        placed: raw.len(),
        raw,
    }
}

/// Values from 1 to 120.
pub(super) fn values(seed: u64, cities: u64, indicators: usize) -> Vec<Vec<Option<f64>>> {
    let of = |number: f64| Some(1.0 + 119.0 * number);
    let row = |city: u64| Stream::new(seed, city).uniforms(0, indicators).into_iter().map(of).collect();
    (0..cities).map(row).collect()
}

/// Three normalisations and two aggregations, weights up or down by a quarter.
pub(super) fn tried(draws: u32, factors: &[Factor]) -> Robustness {
    Robustness {
        draws,
        seed: 7,
        weight_spread: Decimal::from(25),
        factors: factors.to_vec(),
        normalisations: vec![
            Normalisation::MinMax,
            Normalisation::Rank,
            Normalisation::ZScore { sample: true },
        ],
        aggregations: vec![Aggregation::Arithmetic, Aggregation::Copeland],
    }
}
