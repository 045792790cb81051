//! Numbers as a plan writes them, and how a value is held against one.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Direction;

/// A number as the plan writes it: the digits matter, since rounded comparison depends on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The digits as printed.
    pub text: String,
    /// Its value.
    pub value: Decimal,
}

impl Written {
    /// Number of digits behind the point as written.
    pub fn places(&self) -> u32 {
        self.text.split_once('.').map_or(0, |(_, digits)| u32::try_from(digits.len()).unwrap_or(0))
    }
}

/// How an actual value is held against a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// 以上, 不少于, 达到, a bare number (inclusive, 民法典 art. 1259).
    AtLeast,
    /// 超过 (exclusive, 民法典 art. 1259).
    MoreThan,
    /// 突破: taken as exclusive like 超过, but no law says so, so that a value equal to the limit is flagged.
    Surpass,
    /// 以下, 不超过 (inclusive).
    AtMost,
    /// 低于 (exclusive).
    LessThan,
    /// 左右, with a tolerance.
    About,
    /// Exactly.
    Equal,
}

impl Operator {
    /// The sign in tables.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::MoreThan | Self::Surpass => ">",
            Self::AtMost => "≤",
            Self::LessThan => "<",
            Self::About => "≈",
            Self::Equal => "=",
        }
    }

    /// Whether it asks for a value on the lower side; `None` for one that asks for neither.
    pub fn asks_for_less(self) -> Option<bool> {
        match self {
            Self::AtLeast | Self::MoreThan | Self::Surpass => Some(false),
            Self::AtMost | Self::LessThan => Some(true),
            Self::About | Self::Equal => None,
        }
    }

    /// A limit with its sign or word; a bare number where the sign is understood.
    pub(super) fn with(self, value: &str) -> String {
        match self {
            Self::AtLeast | Self::AtMost | Self::Equal => value.to_owned(),
            Self::MoreThan | Self::Surpass => format!("＞{value}"),
            Self::LessThan => format!("＜{value}"),
            Self::About => format!("{value}左右"),
        }
    }

    /// How a value is to stand to what it is held against.
    pub(super) fn relative(self) -> &'static str {
        match self {
            Self::MoreThan | Self::Surpass => "高于",
            Self::LessThan => "低于",
            Self::AtMost => "不高于",
            Self::AtLeast | Self::About | Self::Equal => "不低于",
        }
    }
}

impl Direction {
    /// Whether less is better: costs, and places in an order.
    pub fn less_is_better(self) -> bool {
        match self {
            Self::Lower | Self::Rank => true,
            Self::Higher | Self::Interval | Self::None => false,
        }
    }

    /// Whether a value is better than another one; never where neither side is the better one.
    pub fn is_better(self, value: Decimal, than: Decimal) -> bool {
        match self {
            Self::Higher => value > than,
            Self::Lower | Self::Rank => value < than,
            Self::Interval | Self::None => false,
        }
    }

    /// Whether a value is worse than another one; never where neither side is the worse one.
    pub fn is_worse(self, value: Decimal, than: Decimal) -> bool {
        self.is_better(than, value)
    }
}
