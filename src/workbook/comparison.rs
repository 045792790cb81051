//! Comparisons with limits: in sections of number formats, and in conditions of conditional formats.

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Less,
    AtMost,
    Equal,
    Other,
    AtLeast,
    More,
}

impl Comparison {
    /// By the numbers that xls and xlsb have for them.
    pub(super) fn numbered(operator: u32) -> &'static str {
        let names = [
            "",
            "between",
            "notBetween",
            "equal",
            "notEqual",
            "greaterThan",
            "lessThan",
            "greaterThanOrEqual",
            "lessThanOrEqual",
        ];
        usize::try_from(operator).ok().and_then(|number| names.get(number)).copied().unwrap_or_default()
    }

    /// By their names in xlsx, or their signs.
    pub(super) fn of(operator: &str) -> Option<Self> {
        Some(match operator {
            "lessThan" | "<" => Self::Less,
            "lessThanOrEqual" | "<=" => Self::AtMost,
            "equal" | "=" => Self::Equal,
            "notEqual" | "<>" | "!=" => Self::Other,
            "greaterThanOrEqual" | ">=" => Self::AtLeast,
            "greaterThan" | ">" => Self::More,
            _ => return None,
        })
    }

    /// Whether it holds for two values of an order.
    pub(super) fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Equal => order.is_eq(),
            Self::Other => order.is_ne(),
            Self::AtLeast => order.is_ge(),
            Self::More => order.is_gt(),
        }
    }
}
