//! What people decide in a round: sources, base years, benchmarks, weights, limits on grades, exceptions. All of it is
//! printed in the report.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};

use super::fault::Fault;
use super::sections::day;
use super::words::{word, written};

/// A recorded choice of the unit whose value counts when units disagree.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preference {
    /// City.
    pub city: String,
    /// Number of the indicator.
    pub indicator: String,
    /// The unit.
    pub unit: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "day")]
    pub on: NaiveDate,
}

/// A human decision that the report prints.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// City, or 各市.
    pub city: String,
    /// What it concerns.
    pub object: String,
    /// Kind of matter.
    pub matter: String,
    /// The decision.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "day")]
    pub on: NaiveDate,
}

/// An accepted exception (豁免): findings it covers are reported as notes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Code of the finding.
    pub code: String,
    /// City.
    pub city: String,
    /// Unit, or empty for all.
    #[serde(default)]
    pub unit: String,
    /// Indicator, or empty for all.
    #[serde(default)]
    pub indicator: String,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// Valid until.
    #[serde(deserialize_with = "day")]
    pub until: NaiveDate,
}

/// The base year of an average growth that the plan leaves out (人工声明的基年).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseYear {
    /// City.
    pub city: String,
    /// Number of the target.
    pub target: String,
    /// The year from which the growth is counted.
    pub year: i32,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "day")]
    pub on: NaiveDate,
}

/// A value from outside that a relative target is held against (对照值).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benchmark {
    /// City.
    pub city: String,
    /// Number of the target.
    pub target: String,
    /// What it is, such as 全国平均水平.
    pub name: String,
    /// Its value, in the unit of the target.
    #[serde(deserialize_with = "decimal")]
    pub value: Decimal,
    /// Where it was published.
    pub source: String,
}

/// The weight of an indicator in the score; 1 where none is given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// City; empty for all.
    #[serde(default)]
    pub city: String,
    /// Number of the indicator.
    pub indicator: String,
    /// Its weight.
    #[serde(deserialize_with = "decimal")]
    pub weight: Decimal,
}

/// A limit on the grade (一票否决): when a target is missed, or by decision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Veto {
    /// City; empty for all.
    #[serde(default)]
    pub city: String,
    /// Number of the indicator whose miss limits the grade; empty when the decision alone does.
    #[serde(default)]
    pub indicator: String,
    /// Best grade that is then given.
    pub grade: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "day")]
    pub on: NaiveDate,
}

impl Weight {
    /// What makes no sense in it.
    pub(super) fn fault(&self) -> Option<Fault> {
        let sane = (Decimal::ZERO..=Decimal::ONE_THOUSAND).contains(&self.weight);
        (!sane).then_some(Fault::OddWeight)
    }
}

impl Veto {
    /// What makes no sense in it.
    pub(super) fn fault(&self) -> Option<Fault> {
        if self.city.is_empty() && self.indicator.is_empty() {
            return Some(Fault::EmptyVeto);
        }
        word("grade", &self.grade, &[("良好", ()), ("合格", ()), ("不合格", ())]).err()
    }
}

fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let text = String::deserialize(deserializer)?;
    written("value", &text).map(|written| written.value).map_err(serde::de::Error::custom)
}
