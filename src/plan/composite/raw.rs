//! The sections of `index.toml` as they are written.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::ident::{CityId, IndicatorId};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIndex {
    pub(super) name: String,
    pub(super) name_en: Option<String>,
    pub(super) normalisation: String,
    #[serde(default)]
    pub(super) floor: Option<String>,
    pub(super) weights: String,
    pub(super) aggregation: Vec<String>,
    #[serde(default)]
    pub(super) imputation: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScreening {
    #[serde(default)]
    pub(super) city_coverage: Option<String>,
    #[serde(default)]
    pub(super) indicator_coverage: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTreatment {
    #[serde(default)]
    pub(super) skewness: Option<String>,
    #[serde(default)]
    pub(super) kurtosis: Option<String>,
    #[serde(default)]
    pub(super) most: Option<usize>,
    #[serde(default)]
    pub(super) fallback: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDimension {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) en: Option<String>,
    pub(super) weight: Option<String>,
    pub(super) parent: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIndicator {
    pub(super) id: IndicatorId,
    pub(super) per: Option<IndicatorId>,
    pub(super) dimension: String,
    pub(super) weight: Option<String>,
    pub(super) direction: Option<String>,
    pub(super) low: Option<String>,
    pub(super) high: Option<String>,
    pub(super) reference: Option<String>,
    #[serde(default)]
    pub(super) log: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPeers {
    pub(super) name: String,
    pub(super) en: Option<String>,
    pub(super) cities: Vec<CityId>,
}

/// Another set of weights, or what an expert gave.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWeights {
    pub(super) name: String,
    pub(super) values: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClass {
    pub(super) name: String,
    pub(super) en: Option<String>,
    pub(super) from: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBestCase {
    #[serde(default)]
    pub(super) least: Option<String>,
    #[serde(default)]
    pub(super) most: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRobustness {
    pub(super) draws: Option<u32>,
    pub(super) seed: Option<u64>,
    pub(super) weight_spread: Option<String>,
    pub(super) factors: Option<Vec<String>>,
    #[serde(default)]
    pub(super) normalisations: Vec<String>,
    #[serde(default)]
    pub(super) aggregations: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawChain {
    pub(super) base_year: i32,
}
