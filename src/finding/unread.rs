//! Why a cell's text is no number, and what was left aside where it was read as one.

use super::Language;

/// Why what stands in a cell is not read as a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberFault {
    /// A truth value where a number is asked for.
    Boolean,
    /// A date.
    Date,
    /// More than a statistic can be.
    TooLarge,
    /// More digits than can be kept.
    TooLong,
    /// A number where 有 or 无 is asked for.
    NumberForPresence,
    /// Another word than 有 or 无.
    NotPresence,
    /// Note marks and nothing else.
    OnlyMarks,
    /// A place in an order, for an indicator that is none.
    Place,
    /// A place in an order, for an indicator with a unit.
    PlaceForUnit(String),
    /// A ratio of two numbers that is not to one.
    Ratio,
    /// A ratio of two numbers, for an indicator with a unit.
    RatioForUnit(String),
    /// 全覆盖 where a number of things is asked for.
    WholeCoverage,
    /// A scale behind the number that the unit has as well: 万 and 万元.
    ScaleTwice {
        /// What stands behind the number.
        scale: String,
        /// The unit.
        unit: String,
    },
    /// A mark before or within the number, which may be a note's or a digit.
    MarkWithin(char),
    /// What may be a power.
    Power(char),
    /// More marks than digits.
    MarksLongerThanNumber(String),
    /// A character that is written with digits and is none.
    Strange {
        /// Its position, from one.
        at: usize,
        /// The character.
        character: char,
    },
    /// A character that belongs to no number.
    Character {
        /// Its position, from one.
        at: usize,
        /// The character.
        character: char,
    },
    /// No digit at all.
    NoDigits,
    /// Round brackets, for a negative or for an accumulated value.
    Brackets,
    /// Round brackets, for an indicator that cannot be negative.
    BracketsForPositive,
    /// More than one point.
    SeveralPoints,
    /// A comma that may be a point.
    Comma,
    /// Separators or a point in places where none belongs.
    Separators,
}

impl NumberFault {
    /// The reason as a clause.
    pub(super) fn words(&self, language: Language) -> String {
        match language {
            Language::Chinese => self.chinese(),
            Language::English => self.english(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::Boolean => "是逻辑值（TRUE、FALSE），本指标要填数".to_owned(),
            Self::Date => "单元格为日期格式".to_owned(),
            Self::TooLarge => "超出可表示的范围".to_owned(),
            Self::TooLong => "位数过多，不能全部保留；请按需要的位数填写".to_owned(),
            Self::NumberForPresence => "是数，本指标要填“有”或“无”，不能确定数代表哪一个".to_owned(),
            Self::NotPresence => "应填“有”或“无”".to_owned(),
            Self::OnlyMarks => "只有注号".to_owned(),
            Self::Place => "是位次，本指标要填的不是位次".to_owned(),
            Self::PlaceForUnit(unit) => format!("是位次，不是以“{unit}”为单位的数"),
            Self::Ratio => "是两个数的比，应写成以后一个数为1的比值".to_owned(),
            Self::RatioForUnit(unit) => format!("是两个数的比，不是以“{unit}”为单位的数"),
            Self::WholeCoverage => "“全覆盖”不是数，应填覆盖的数量".to_owned(),
            Self::ScaleTwice { scale, unit } => {
                format!("“{scale}”与计量单位“{unit}”重复，不能确定数值")
            }
            Self::MarkWithin(mark) => format!("“{mark}”在数字之前或中间，不能确定是注号还是数字"),
            Self::Power(mark) => format!("“{mark}”可能是乘方，不能确定数值"),
            Self::MarksLongerThanNumber(marks) => format!("“{marks}”比数字还长，不能确定是不是注号"),
            Self::Strange { at, character } => format!("第{at}个字符“{character}”不是数字"),
            Self::Character { at, character } => format!("第{at}个字符是“{character}”"),
            Self::NoDigits => "不含数字".to_owned(),
            Self::Brackets => "圆括号可能表示负数，也可能表示累计值，不能确定数值；负数写负号".to_owned(),
            Self::BracketsForPositive => {
                "圆括号可能表示负数，本指标不会是负数，不能确定数值；去掉括号".to_owned()
            }
            Self::SeveralPoints => "有不止一个点，不能确定哪个是小数点；千分位用逗号或不用".to_owned(),
            Self::Comma => "逗号可能是小数点，也可能是千分位，不能确定数值；小数点写“.”".to_owned(),
            Self::Separators => "分隔符或小数点的位置不对".to_owned(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Boolean => "a truth value (TRUE, FALSE) where a number is asked for".to_owned(),
            Self::Date => "the cell has a date format".to_owned(),
            Self::TooLarge => "beyond what can be represented".to_owned(),
            Self::TooLong => "it has more digits than can be kept; enter those that are needed".to_owned(),
            Self::NumberForPresence => {
                "a number where 有 or 无 is asked for; which of them it means cannot be told".to_owned()
            }
            Self::NotPresence => "有 or 无 is asked for".to_owned(),
            Self::OnlyMarks => "there are note marks only".to_owned(),
            Self::Place => "a place in an order, which is not asked for".to_owned(),
            Self::PlaceForUnit(unit) => format!("a place in an order, not a number in “{unit}”"),
            Self::Ratio => "a ratio of two numbers; write it as a ratio to 1".to_owned(),
            Self::RatioForUnit(unit) => format!("a ratio of two numbers, not a number in “{unit}”"),
            Self::WholeCoverage => "全覆盖 is no number; enter how many are covered".to_owned(),
            Self::ScaleTwice { scale, unit } => {
                format!("“{scale}” stands in the unit “{unit}” as well; the value cannot be told")
            }
            Self::MarkWithin(mark) => {
                format!("“{mark}” before or within the number may be a note mark or a digit")
            }
            Self::Power(mark) => format!("“{mark}” may be a power; the value cannot be told"),
            Self::MarksLongerThanNumber(marks) => {
                format!("“{marks}” is longer than the number; whether these are note marks cannot be told")
            }
            Self::Strange { at, character } => format!("character {at}, “{character}”, is no digit"),
            Self::Character { at, character } => format!("character {at} is “{character}”"),
            Self::NoDigits => "there is no digit".to_owned(),
            Self::Brackets => {
                "round brackets may mean a negative or an accumulated value; write a sign for a negative one"
                    .to_owned()
            }
            Self::BracketsForPositive => {
                "round brackets may mean a negative value, which this cannot be; remove them".to_owned()
            }
            Self::SeveralPoints => {
                "there is more than one point; write thousands with commas or none".to_owned()
            }
            Self::Comma => {
                "the comma may be a decimal point or separate thousands; write the point as “.”".to_owned()
            }
            Self::Separators => "separators or point stand in the wrong places".to_owned(),
        }
    }
}

/// What stands in a cell beside its value and was left aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aside {
    /// A text that is struck out.
    Struck(String),
    /// Note marks.
    Marks(String),
    /// Brackets of a value that accumulates.
    Brackets,
    /// The words of a place in an order.
    Place,
    /// `:1` of a ratio.
    ToOne,
    /// The words of a coverage of all.
    WholeCoverage,
    /// A truth value for 有 or 无.
    Boolean,
}

impl Aside {
    /// What it is, as a noun.
    pub(super) fn words(&self, language: Language) -> String {
        match (self, language) {
            (Self::Struck(text), Language::Chinese) => format!("删除线划去的“{text}”"),
            (Self::Struck(text), Language::English) => format!("“{text}”, which is struck out"),
            (Self::Marks(marks), Language::Chinese) => format!("注号“{marks}”"),
            (Self::Marks(marks), Language::English) => format!("the note marks “{marks}”"),
            (Self::Brackets, Language::Chinese) => "括号（累计值的写法，与正负无关）".to_owned(),
            (Self::Brackets, Language::English) => {
                "the brackets, which mark an accumulated value and no sign".to_owned()
            }
            (Self::Place, Language::Chinese) => "位次的写法".to_owned(),
            (Self::Place, Language::English) => "the words of a place in an order".to_owned(),
            (Self::ToOne, _) => "“:1”".to_owned(),
            (Self::WholeCoverage, Language::Chinese) => "全覆盖的写法".to_owned(),
            (Self::WholeCoverage, Language::English) => "the words for a coverage of all".to_owned(),
            (Self::Boolean, Language::Chinese) => "逻辑值".to_owned(),
            (Self::Boolean, Language::English) => "the truth value".to_owned(),
        }
    }
}
