//! Whose a plan is, whether it is in force, and which way is better for an indicator.

use serde::{Deserialize, Serialize};

use super::words;

/// Whose plan it is: the units that a round compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 国家.
    Nation,
    /// 省、自治区、直辖市.
    Province,
    /// 地级市、州、盟.
    City,
    /// 县、县级市、区.
    County,
    /// 园区.
    Park,
    /// 部门.
    Department,
}

impl Level {
    /// The word in plan files.
    pub fn key(self) -> &'static str {
        words::LEVELS.iter().find(|(_, level)| *level == self).map_or("", |(key, _)| key)
    }
}

/// Whether a plan is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanStatus {
    /// 征求意见稿 and the like.
    Draft,
    /// 有效.
    InForce,
    /// Replaced by a newer plan.
    Superseded,
    /// 废止.
    Repealed,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// 正指标.
    Higher,
    /// 逆指标.
    Lower,
    /// 区间指标.
    Interval,
    /// 位次: a lower number is better, ratios mean nothing.
    Rank,
    /// No order, as for qualitative indicators.
    None,
}
