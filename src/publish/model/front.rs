//! Front part of the report model.

use serde::Serialize;

use super::{Bar, KeyFigure, Last, PathBar, Range, Table};

/// The inside cover: how to read the report.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Guide {
    pub(crate) bars: Vec<GuideBar>,
    pub(crate) bars_text: String,
    pub(crate) symbols: Vec<Symbol>,
    pub(crate) path: Option<PathLegend>,
    pub(crate) trace: String,
}

/// An example of the bars of actual against target.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct GuideBar {
    pub(crate) bar: Option<Bar>,
    pub(crate) last: Option<Last>,
    pub(crate) words: String,
}

/// A symbol with its meaning.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Symbol {
    pub(crate) symbol: String,
    pub(crate) meaning: String,
}

/// The legend of the path bars.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PathLegend {
    pub(crate) heading: String,
    pub(crate) bar: PathBar,
    pub(crate) words: String,
}

/// 摘要, always one page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Summary {
    pub(crate) verdict: String,
    pub(crate) key: Vec<KeyFigure>,
    pub(crate) cities: Table<SummaryRow>,
    pub(crate) findings: Table<KeyFinding>,
    pub(crate) note: String,
}

/// A city in the summary.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SummaryRow {
    pub(crate) rank: String,
    pub(crate) city: String,
    pub(crate) total: String,
    pub(crate) met: String,
    pub(crate) nearly: String,
    pub(crate) missed: String,
    pub(crate) open: String,
    pub(crate) rate: String,
    pub(crate) range: Range,
    pub(crate) rule_before: bool,
}

/// One of the three main findings.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct KeyFinding {
    pub(crate) no: String,
    pub(crate) head: String,
    pub(crate) text: String,
    pub(crate) who: Vec<String>,
    pub(crate) action: String,
}

/// 目录.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Contents {
    pub(crate) index: Option<CityIndex>,
}

/// Index of cities, for many of them.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CityIndex {
    pub(crate) title: String,
    pub(crate) rows: Vec<CityIndexRow>,
}

/// A city of the index.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CityIndexRow {
    pub(crate) slug: String,
    pub(crate) city: String,
    pub(crate) rank: String,
}

/// 编制说明.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Method {
    pub(crate) basis_text: String,
    pub(crate) basis: Option<Table<BasisRow>>,
    pub(crate) returns_text: String,
    pub(crate) progress_text: String,
    pub(crate) score_text: String,
    pub(crate) rules_text: String,
}

/// A city's plan.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct BasisRow {
    pub(crate) city: String,
    pub(crate) level: String,
    pub(crate) plan: String,
    pub(crate) document: String,
}
