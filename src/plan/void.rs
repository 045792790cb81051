//! Why a decision of people is void: what it names is not there, or cannot be meant.

use crate::finding::Object;
use crate::ident::{CityId, IndicatorId, IndicatorNo, UnitName};

/// Why a decision is void.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Decided {
    /// A base year that is none.
    #[error("基年{base}不早于评估年度{year} (not before the year)")]
    LateBase {
        /// The base year.
        base: i32,
        /// The year that is judged.
        year: i32,
    },
    /// The same is said twice.
    #[error("{} {of}写了两次 (given twice)", named(city.as_ref(), ""))]
    Twice {
        /// City; of a weight, none is all.
        city: Option<CityId>,
        /// Of what.
        of: String,
    },
    /// No such city.
    #[error("本轮没有城市“{0}” (no such city)")]
    NoCity(CityId),
    /// No such indicator in the catalogue.
    #[error("目录catalogue.toml中没有“{0}” (not in the catalogue)")]
    NotInCatalogue(IndicatorId),
    /// No such indicator in the year, in the plan of a city or in any.
    #[error("{}的方案{year}年没有“{no}” (no such indicator in the year)", named(city.as_ref(), "各城市"))]
    NoIndicator {
        /// City; none is all.
        city: Option<CityId>,
        /// The year.
        year: i32,
        /// The number.
        no: IndicatorNo,
    },
    /// A unit that does not report the indicator.
    #[error("{} {no}不由“{unit}”填报 (not reported by that unit)", named(city.as_ref(), ""))]
    NotReported {
        /// City; none is all.
        city: Option<CityId>,
        /// The number.
        no: IndicatorNo,
        /// The unit.
        unit: UnitName,
    },
    /// A base year for a target that needs none.
    #[error("{city} {no}不是年均增长目标，不起作用 (has no effect there)")]
    NotAverageGrowth {
        /// City.
        city: CityId,
        /// The number.
        no: IndicatorNo,
    },
    /// A benchmark for a target that needs none.
    #[error("{city} {no}不是没有against的相对目标，不起作用 (has no effect there)")]
    NotRelative {
        /// City.
        city: CityId,
        /// The number.
        no: IndicatorNo,
    },
    /// No row of the nature has a target in the year.
    #[error("{}的方案{year}年没有{nature}指标 (no such rows in the year)", named(city.as_ref(), "各城市"))]
    NoNature {
        /// City; none is all.
        city: Option<CityId>,
        /// The year.
        year: i32,
        /// 约束性 or 预期性.
        nature: &'static str,
    },
    /// No such code of findings.
    #[error("没有代码“{0}” (no such code)")]
    NoCode(String),
    /// No such indicator or task in a plan.
    #[error("{city}的方案没有“{object}” (no such indicator or task)")]
    NoObject {
        /// City.
        city: CityId,
        /// Indicator or task.
        object: Object,
    },
    /// No such unit in a plan.
    #[error("{city}的方案没有填报单位“{unit}” (no such unit)")]
    NoUnit {
        /// City.
        city: CityId,
        /// The unit.
        unit: UnitName,
    },
}

/// The city, or a word for all of them.
fn named<'a>(city: Option<&'a CityId>, all: &'a str) -> &'a str {
    city.map_or(all, CityId::as_str)
}
