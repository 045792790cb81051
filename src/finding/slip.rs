//! The slip of the pen that would explain a value that is far from what was expected.

use super::Language;

/// What may have gone wrong when a value was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    /// Another unit: 元 or 万元 for 亿元.
    Unit,
    /// A fraction where percent are asked for: 0.31 for 31 %.
    Fraction,
    /// The decimal point has moved.
    Point,
    /// The growth since the base year where that per year is asked for.
    SinceBase,
    /// The level where what was added is asked for; the row that has it.
    Level(String),
    /// The number of another row.
    OtherRow(String),
    /// None that the number itself shows.
    Unclear,
}

impl Slip {
    /// The slip as a clause.
    pub fn words(&self, language: Language) -> String {
        match (self, language) {
            (Self::Unit, Language::Chinese) => "疑为计量单位用错".to_owned(),
            (Self::Unit, Language::English) => "wrong unit?".to_owned(),
            (Self::Fraction, Language::Chinese) => "疑为把百分数填成了小数".to_owned(),
            (Self::Fraction, Language::English) => "a fraction for percent?".to_owned(),
            (Self::Point, Language::Chinese) => "疑为小数点错位".to_owned(),
            (Self::Point, Language::English) => "a decimal point that has moved?".to_owned(),
            (Self::SinceBase, Language::Chinese) => "疑为多年累计增速，应填年均增速".to_owned(),
            (Self::SinceBase, Language::English) => "growth since the base year, not per year?".to_owned(),
            (Self::Level(row), Language::Chinese) => format!("疑为填了指标{row}的总数，应填当年新增数"),
            (Self::Level(row), Language::English) => {
                format!("the level of {row} instead of what was added?")
            }
            (Self::OtherRow(row), Language::Chinese) => format!("与指标{row}的数相同，疑为填错行"),
            (Self::OtherRow(row), Language::English) => format!("the number of {row}; a wrong row?"),
            (Self::Unclear, Language::Chinese) => "请核对小数点、计量单位和口径（当年还是累计）".to_owned(),
            (Self::Unclear, Language::English) => "check point, unit and scope (year or total)".to_owned(),
        }
    }
}
