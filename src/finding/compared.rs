//! Values in findings, what they are compared with, and how far they are from it.

use rust_decimal::Decimal;

use super::Language;
use super::Language::{Chinese, English};
use crate::quantity::Value;
use crate::rounding::{fixed, plain};

/// A number with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub value: Decimal,
    /// The unit; empty for a pure number.
    pub unit: String,
}

impl Amount {
    /// A number in a unit.
    pub fn new(value: Decimal, unit: &str) -> Self {
        Self { value, unit: unit.to_owned() }
    }
}

impl std::fmt::Display for Amount {
    /// Writes `6.7%`, with the digits of the number.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", plain(self.value), self.unit)
    }
}

/// What a value is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standard {
    /// The value of the year before.
    YearBefore,
    /// The target of the year.
    Target,
    /// The least that a target of an order of magnitude (亿元级) allows.
    LeastOfTarget,
    /// The level of others, by its name.
    Named(String),
}

impl Standard {
    /// The standard with its number.
    pub(super) fn words(&self, amount: &Amount, language: Language) -> String {
        match (self, language) {
            (Self::YearBefore, Chinese) => format!("上年{amount}"),
            (Self::YearBefore, English) => format!("the value of the year before, {amount}"),
            (Self::Target, Chinese) => format!("目标{amount}"),
            (Self::Target, English) => format!("the target, {amount}"),
            (Self::LeastOfTarget, Chinese) => format!("目标下限{amount}"),
            (Self::LeastOfTarget, English) => format!("the least of the target, {amount}"),
            (Self::Named(name), Chinese) => format!("“{name}”{amount}"),
            (Self::Named(name), English) => format!("“{name}”, {amount}"),
        }
    }
}

/// A factor that a slip of the pen makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Magnitude {
    /// 100.
    Hundred,
    /// 10³.
    Thousand,
    /// 10⁴.
    TenThousand,
    /// 10⁸.
    HundredMillion,
}

impl Magnitude {
    pub(super) fn words(self, language: Language) -> String {
        let number = match self {
            Self::Hundred => "100",
            Self::Thousand => "10³",
            Self::TenThousand => "10⁴",
            Self::HundredMillion => "10⁸",
        };
        match language {
            Chinese => format!("{number}倍"),
            English => format!("a factor of {number}"),
        }
    }
}

/// How many times a value is what it is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// So many times.
    Above(Decimal),
    /// One of so many parts.
    Below(Decimal),
}

impl Times {
    /// `约105倍`, `约1/12`.
    pub(super) fn words(self, language: Language) -> String {
        match (self, language) {
            (Self::Above(times), Chinese) => format!("约{}倍", fixed(times, 0)),
            (Self::Above(times), English) => format!("about {} times", fixed(times, 0)),
            (Self::Below(times), Chinese) => format!("约1/{}", fixed(times, 0)),
            (Self::Below(times), English) => format!("about 1/{} of", fixed(times, 0)),
        }
    }
}

/// A change in percent.
pub(super) fn change(change: Decimal, language: Language) -> String {
    let size = fixed(change.abs(), 1);
    match (change.is_sign_negative(), language) {
        (true, Chinese) => format!("下降{size}%"),
        (true, English) => format!("of −{size} %"),
        (false, Chinese) => format!("增长{size}%"),
        (false, English) => format!("of +{size} %"),
    }
}

/// What would explain that a total is not the sum of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SumSlip {
    /// The bare numbers add up, but they are in several units.
    Units,
    /// Total and sum are apart by 10⁴ or 10⁸.
    Power,
}

impl SumSlip {
    pub(super) fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Units, Chinese) => "：各行计量单位不同，不能直接相加",
            (Self::Units, English) => ": the rows are in several units and do not add up as they are",
            (Self::Power, Chinese) => "：相差10⁴或10⁸倍，可能混用了万元和亿元",
            (Self::Power, English) => ": by a factor of 10⁴ or 10⁸; 万元 and 亿元 may have been mixed",
        }
    }
}

/// A value of an observation with its unit; nothing for one that has none.
pub(super) fn valued(value: Option<Value>, unit: &str) -> String {
    format!("{}{unit}", value.map_or_else(String::new, Value::text))
}
