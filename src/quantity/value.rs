//! A value of an indicator: a number, or whether something is there.

use rust_decimal::Decimal;

use crate::rounding::plain;

/// A value, or 有/无.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A number in the plan's unit.
    Number(Decimal),
    /// 有 (true) or 无 (false).
    Presence(bool),
}

impl Value {
    /// The value as shown, all digits.
    pub fn text(self) -> String {
        match self {
            Self::Number(value) => plain(value),
            Self::Presence(true) => "有".to_owned(),
            Self::Presence(false) => "无".to_owned(),
        }
    }
}
