//! Comparison of cities in the report model.

use serde::Serialize;

use super::{Range, Table};

/// 一、城市间比较.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Compare {
    pub(crate) ranking_text: String,
    pub(crate) ranking: Table<RankingRow>,
    pub(crate) domains_text: String,
    pub(crate) domains: Option<Domains>,
    pub(crate) spread: Option<Spread>,
    pub(crate) common: Option<Common>,
    pub(crate) map_text: Option<String>,
    pub(crate) map: Option<VerdictMap>,
    pub(crate) matrices: Vec<Matrix>,
}

/// A city in the ranking.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RankingRow {
    pub(crate) rank: String,
    pub(crate) city: String,
    pub(crate) tag: String,
    pub(crate) total: String,
    pub(crate) able: String,
    pub(crate) met: String,
    pub(crate) rate: String,
    pub(crate) range: Range,
    pub(crate) rank_range: String,
    pub(crate) coverage: String,
    pub(crate) score: String,
    pub(crate) score_zero: String,
    pub(crate) grade: String,
}

/// Marks by domain, for few cities.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Domains {
    pub(crate) title: String,
    pub(crate) unit: Option<String>,
    pub(crate) alt: String,
    pub(crate) note: Option<String>,
    pub(crate) columns: Vec<DomainsColumn>,
    pub(crate) rows: Vec<DomainsRow>,
}

/// A domain.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DomainsColumn {
    pub(crate) label: String,
    pub(crate) weight: usize,
}

/// A city's marks.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DomainsRow {
    pub(crate) city: String,
    pub(crate) cells: Vec<DomainsCell>,
}

/// A city's marks in a domain.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DomainsCell {
    pub(crate) states: Vec<String>,
    pub(crate) count: String,
    pub(crate) absent: Option<String>,
}

/// Distribution by domain, for many cities.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Spread {
    pub(crate) title: String,
    pub(crate) unit: Option<String>,
    pub(crate) alt: String,
    pub(crate) note: Option<String>,
    pub(crate) rows: Vec<SpreadRow>,
}

/// A domain's distribution; positions in 0…1.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SpreadRow {
    pub(crate) label: String,
    pub(crate) cities: String,
    pub(crate) low: f64,
    pub(crate) q1: f64,
    pub(crate) median: f64,
    pub(crate) q3: f64,
    pub(crate) high: f64,
    pub(crate) words: String,
}

/// Indicators common to all cities.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Common {
    pub(crate) cities: Vec<String>,
    pub(crate) table: Table<CommonRow>,
}

/// A common indicator.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CommonRow {
    pub(crate) name: String,
    pub(crate) cells: Vec<CommonCell>,
}

/// A city's value of a common indicator.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CommonCell {
    pub(crate) actual: String,
    pub(crate) published: bool,
    pub(crate) target: String,
    pub(crate) completion: String,
    pub(crate) state: String,
}

/// Map of verdicts, for few cities.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct VerdictMap {
    pub(crate) title: String,
    pub(crate) again: String,
    pub(crate) unit: Option<String>,
    pub(crate) alt: String,
    pub(crate) note: Option<String>,
    pub(crate) cities: Vec<String>,
    pub(crate) groups: Vec<MapGroup>,
}

/// A domain of the map.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MapGroup {
    pub(crate) label: String,
    pub(crate) rows: Vec<MapRow>,
}

/// An indicator of the map; a city without it has no cell.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MapRow {
    pub(crate) name: String,
    pub(crate) cells: Vec<Option<MapCell>>,
}

/// A city's verdict.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MapCell {
    pub(crate) state: String,
    pub(crate) words: String,
}

/// Map of verdicts, for many cities.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Matrix {
    pub(crate) title: String,
    pub(crate) again: String,
    pub(crate) alt: String,
    pub(crate) key: String,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<MatrixRow>,
    pub(crate) foot_label: String,
    pub(crate) foot: Vec<String>,
}

/// A city of the matrix.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MatrixRow {
    pub(crate) city: String,
    pub(crate) count: String,
    pub(crate) cells: Vec<Option<String>>,
}
