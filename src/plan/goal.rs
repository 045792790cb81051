//! What a target says: kinds of goals with their numbers, how plan files write them, and what is the same for every kind. The
//! verdict on each kind stands in `assess/judge.rs`.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Direction, Measure, Operator, Written};

/// What kind of statement a target is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// The quantity itself against a number.
    Level(Operator, Written),
    /// Present with evidence, or not.
    Qualitative(String),
    /// Growth on the year before, in percent.
    Growth(Operator, Written),
    /// Growth per year since the base year (which plans often leave out), in percent.
    AverageGrowth(Operator, Written, Option<i32>),
    /// What is added within the year, to a base level if one is given.
    Increment(Operator, Written, Option<Written>),
    /// From … to …: reached at the bound that is easier, exceeded beyond the other.
    Range(Written, Written),
    /// Inside two bounds (区间指标), with the outermost values that still earn anything, if the plan gives them.
    Interval(Written, Written, Option<(Written, Written)>),
    /// A place in an order.
    Rank(Operator, Written),
    /// Places gained.
    RankChange(Operator, Written),
    /// Against another indicator or an outside average, named in words.
    Relative(Operator, String),
    /// To be reached, perhaps by a date.
    Milestone(String, Option<NaiveDate>),
    /// An order of magnitude: 千亿级.
    Magnitude(String),
    /// 全覆盖.
    Coverage(Operator, Written),
}

/// The word of an approximate value.
pub const ABOUT: &str = "左右";

impl Goal {
    /// Whether it is an approximate value (左右).
    pub fn is_about(&self) -> bool {
        matches!(
            self,
            Self::Level(Operator::About, _)
                | Self::Increment(Operator::About, ..)
                | Self::Growth(Operator::About, _)
        )
    }

    /// The word in tables and plan files.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Level(..) => "level",
            Self::Qualitative(_) => "qualitative",
            Self::Growth(..) => "growth",
            Self::AverageGrowth(..) => "average_growth",
            Self::Increment(..) => "increment",
            Self::Range(..) => "range",
            Self::Interval(..) => "interval",
            Self::Rank(..) => "rank",
            Self::RankChange(..) => "rank_change",
            Self::Relative(..) => "relative",
            Self::Milestone(..) => "milestone",
            Self::Magnitude(_) => "magnitude",
            Self::Coverage(..) => "coverage",
        }
    }

    /// How a value is held against it; `None` for one with two bounds or none.
    pub fn operator(&self) -> Option<Operator> {
        match self {
            Self::Level(operator, _)
            | Self::Growth(operator, _)
            | Self::AverageGrowth(operator, ..)
            | Self::Increment(operator, ..)
            | Self::Rank(operator, _)
            | Self::RankChange(operator, _)
            | Self::Relative(operator, _)
            | Self::Coverage(operator, _) => Some(*operator),
            Self::Range(..)
            | Self::Interval(..)
            | Self::Qualitative(_)
            | Self::Milestone(..)
            | Self::Magnitude(_) => None,
        }
    }

    /// The measure that it implies for a target in prose; `None` for one of any measure.
    pub(super) fn measure(&self) -> Option<Measure> {
        match self {
            Self::Growth(..) | Self::AverageGrowth(..) => Some(Measure::Growth),
            Self::Rank(..) | Self::RankChange(..) => Some(Measure::Rank),
            Self::Coverage(..) => Some(Measure::Ratio),
            Self::Qualitative(_) => Some(Measure::Boolean),
            Self::Milestone(..) => Some(Measure::Milestone),
            Self::Increment(..) => Some(Measure::Flow),
            Self::Level(..)
            | Self::Range(..)
            | Self::Interval(..)
            | Self::Relative(..)
            | Self::Magnitude(_) => None,
        }
    }

    /// Whether its numbers are in the unit of its indicator, so that the unit belongs behind them.
    pub fn is_in_unit(&self) -> bool {
        match self {
            Self::Level(..)
            | Self::Range(..)
            | Self::Interval(..)
            | Self::Increment(..)
            | Self::Coverage(..) => true,
            Self::Qualitative(_)
            | Self::Growth(..)
            | Self::AverageGrowth(..)
            | Self::Rank(..)
            | Self::RankChange(..)
            | Self::Relative(..)
            | Self::Milestone(..)
            | Self::Magnitude(_) => false,
        }
    }

    /// Whether it asks for less where more is better, or the other way round.
    pub(super) fn is_odd(&self, direction: Direction) -> bool {
        match self {
            Self::Level(operator, _)
            | Self::Growth(operator, _)
            | Self::AverageGrowth(operator, ..)
            | Self::Increment(operator, ..)
            | Self::Rank(operator, _) => {
                operator.asks_for_less().is_some_and(|less| less != direction.less_is_better())
            }
            Self::Coverage(operator, _) | Self::RankChange(operator, _) => {
                operator.asks_for_less() != Some(false)
            }
            Self::Relative(operator, _) => operator.asks_for_less().is_none(),
            Self::Range(..)
            | Self::Interval(..)
            | Self::Qualitative(_)
            | Self::Milestone(..)
            | Self::Magnitude(_) => false,
        }
    }

    /// Its number, where it has a single one.
    pub fn number(&self) -> Option<&Written> {
        match self.written()[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// All numbers in it.
    pub fn numbers(&self) -> Vec<Decimal> {
        self.written().into_iter().map(|one| one.value).collect()
    }

    /// All numbers in it as the plan writes them.
    pub fn written(&self) -> Vec<&Written> {
        match self {
            Self::Level(_, value)
            | Self::Growth(_, value)
            | Self::AverageGrowth(_, value, _)
            | Self::Increment(_, value, _)
            | Self::Rank(_, value)
            | Self::RankChange(_, value)
            | Self::Coverage(_, value) => vec![value],
            Self::Range(low, high) | Self::Interval(low, high, _) => vec![low, high],
            Self::Relative(..) | Self::Qualitative(_) | Self::Milestone(..) | Self::Magnitude(_) => {
                Vec::new()
            }
        }
    }

    /// The statement with another number; `None` for one without a single number.
    pub(super) fn with_value(&self, value: Written) -> Option<Self> {
        Some(match self {
            Self::Level(operator, _) => Self::Level(*operator, value),
            Self::Growth(operator, _) => Self::Growth(*operator, value),
            Self::AverageGrowth(operator, _, base) => Self::AverageGrowth(*operator, value, *base),
            Self::Increment(operator, _, base) => Self::Increment(*operator, value, base.clone()),
            Self::Rank(operator, _) => Self::Rank(*operator, value),
            Self::RankChange(operator, _) => Self::RankChange(*operator, value),
            Self::Coverage(operator, _) => Self::Coverage(*operator, value),
            Self::Range(..)
            | Self::Interval(..)
            | Self::Relative(..)
            | Self::Qualitative(_)
            | Self::Milestone(..)
            | Self::Magnitude(_) => return None,
        })
    }
}

impl std::fmt::Display for Goal {
    /// Writes the target as it is printed: `＞7400`, `300`, `10左右`, `5—6`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Level(operator, value) | Self::Rank(operator, value) | Self::Coverage(operator, value) => {
                f.write_str(&operator.with(&value.text))
            }
            Self::Growth(operator, value) => write!(f, "增长{}%", operator.with(&value.text)),
            Self::AverageGrowth(operator, value, _) => write!(f, "年均增长{}%", operator.with(&value.text)),
            Self::Increment(operator, value, _) => write!(f, "新增{}", operator.with(&value.text)),
            Self::Range(low, high) | Self::Interval(low, high, _) => write!(f, "{}—{}", low.text, high.text),
            Self::RankChange(operator, value) => write!(f, "提升{}位", operator.with(&value.text)),
            Self::Relative(operator, reference) => write!(f, "{}{reference}", operator.relative()),
            Self::Qualitative(text) | Self::Milestone(text, _) | Self::Magnitude(text) => f.write_str(text),
        }
    }
}
