//! What a row of a table can be.

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKind {
    /// An item of the plan, by its number, or a piece of evidence.
    Item(String),
    /// The value of the year before, in a table with a row for each year.
    YearBefore,
    /// A value of a part of the year, and there is none of the whole.
    PartOfYear,
    /// 合计.
    Total,
    /// 其中, of an item that has a row of its own.
    Part,
    /// 注, 资料来源, 续表.
    Remark,
    /// 示例.
    Example,
    /// 甲 乙 1 2: numbers of columns.
    Numbers,
    /// Another year, period or kind of value, in a table with rows for each.
    OtherPeriod,
    /// Another area, in a table with a row for each.
    OtherArea,
    /// None of the plan's, and told.
    Unknown,
}

impl RowKind {
    /// Whether nothing in such a row is read as an item.
    pub(super) fn is_passed_over(&self) -> bool {
        !matches!(self, Self::Item(_) | Self::YearBefore | Self::PartOfYear | Self::Unknown)
    }

    /// The word for people; an item is told by its number.
    pub fn chinese(&self) -> &str {
        match self {
            Self::Item(no) => no,
            Self::YearBefore => "上年",
            Self::PartOfYear => "年内部分时段",
            Self::Total => "合计",
            Self::Part => "其中",
            Self::Remark => "注释",
            Self::Example => "示例",
            Self::Numbers => "栏次",
            Self::OtherPeriod => "其他时期或口径",
            Self::OtherArea => "其他地区",
            Self::Unknown => "不认识",
        }
    }
}
