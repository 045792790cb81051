//! What findings say of the parts of a sheet and of the targets of a plan.

use std::borrow::Borrow;

use super::Language;
use super::Language::{Chinese, English};
use super::called::{DOCUMENT, TABLE};
use super::lists::{in_chinese, in_english};
use crate::ident::CellRef;
use crate::ident::IndicatorNo;

/// Parts of a sheet that its users do not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hidden {
    /// The column of a cell.
    Column(CellRef),
    /// Rows by their numbers, from one.
    Rows(Vec<u32>),
    /// Cells, as areas from corner to corner, that lie below others with which they are merged.
    Covered(Vec<(CellRef, CellRef)>),
}

/// Hidden rows named one by one.
const MOST_ROWS: usize = 10;

impl Hidden {
    /// `F列被隐藏或筛选掉`, `E9被合并单元格遮住`.
    pub(super) fn clause(&self, language: Language) -> String {
        let words = self.words(language);
        match (self, language) {
            (Self::Covered(_), Chinese) => format!("{words}被合并单元格遮住"),
            (Self::Covered(_), English) => format!("covered by merged cells ({words})"),
            (_, Chinese) => format!("{words}被隐藏或筛选掉"),
            (_, English) => format!("hidden or filtered out ({words})"),
        }
    }

    /// `F列`, `第3、4行`, `E9`.
    fn words(&self, language: Language) -> String {
        match (self, language) {
            (Self::Column(at), Chinese) => format!("{}列", at.letters()),
            (Self::Column(at), English) => format!("column {}", at.letters()),
            (Self::Covered(areas), Chinese) => in_chinese::areas_in_words(areas),
            (Self::Covered(areas), English) => in_english::areas_in_words(areas),
            (Self::Rows(rows), language) => {
                let named: Vec<String> = rows.iter().take(MOST_ROWS).map(u32::to_string).collect();
                let left = rows.len().saturating_sub(MOST_ROWS);
                match (language, left) {
                    (Chinese, 0) => format!("第{}行", named.join("、")),
                    (Chinese, _) => format!("第{}等{}行", named.join("、"), rows.len()),
                    (English, 0) => format!("rows {}", named.join(", ")),
                    (English, left) => format!("rows {} and {left} more", named.join(", ")),
                }
            }
        }
    }
}

/// A place that names the unit of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitPlace {
    /// The column of units.
    Column,
    /// The heading over the value.
    Heading,
    /// Behind the name of the indicator.
    Name,
    /// A line between the rows of the table.
    Between,
    /// Above the table.
    Above,
}

impl UnitPlace {
    /// The place with the unit that it names.
    pub(super) fn words(self, unit: &str, language: Language) -> String {
        let place = match (self, language) {
            (Self::Column, Chinese) => "单位栏为",
            (Self::Column, English) => "the column of units",
            (Self::Heading, Chinese) => "表头为",
            (Self::Heading, English) => "the heading",
            (Self::Name, Chinese) => "指标名称后为",
            (Self::Name, English) => "the name of the indicator",
            (Self::Between, Chinese) => "表中为",
            (Self::Between, English) => "a line of the table",
            (Self::Above, Chinese) => "表上方为",
            (Self::Above, English) => "the line above the table",
        };
        match language {
            Chinese => format!("{place}“{unit}”"),
            English => format!("{place} has “{unit}”"),
        }
    }
}

/// What a column repeats in the place of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// The plan's targets.
    Targets,
    /// The values of the year before.
    LastYear,
}

impl Copied {
    pub(super) fn words(self, language: Language) -> String {
        match (self, language) {
            (Self::Targets, Chinese) => format!("{DOCUMENT}的目标"),
            (Self::Targets, English) => "the plan's targets".to_owned(),
            (Self::LastYear, Chinese) => "上年的数".to_owned(),
            (Self::LastYear, English) => "the values of the year before".to_owned(),
        }
    }
}

/// Numbers of indicators whose targets were reached or missed: rows of the table, and targets in prose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TargetNumbers {
    /// Rows of the table.
    pub rows: Vec<IndicatorNo>,
    /// Targets in prose.
    pub prose: Vec<IndicatorNo>,
}

impl TargetNumbers {
    /// `指标20、21和目标P2、P3`.
    pub fn words(&self, language: Language) -> String {
        let (row, target, and, mark) = match language {
            Chinese => ("指标", "目标", "和", "、"),
            English => ("indicators ", "targets ", " and ", ", "),
        };
        let part =
            |word: &str, list: &[IndicatorNo]| (!list.is_empty()).then(|| word.to_owned() + &list.join(mark));
        let parts = [part(row, &self.rows), part(target, &self.prose)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(and)
    }
}

/// How final a value is that should be final.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Early {
    /// 预计.
    Estimated,
    /// 快报.
    Preliminary,
}

impl Early {
    pub(super) fn words(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Estimated, Chinese) => "预计",
            (Self::Estimated, English) => "an estimate",
            (Self::Preliminary, Chinese) => "快报",
            (Self::Preliminary, English) => "a flash figure",
        }
    }
}

/// What a plan gives no base for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Baseless {
    /// All rows of the table; how many.
    AllRows(usize),
    /// Some rows, by their numbers.
    Rows(Vec<IndicatorNo>),
    /// Average growth without the year that it is counted from.
    AverageGrowth,
    /// A level of a later year, of which nothing says where the way to it begins.
    Later(i32),
    /// Growth on a year that is not printed; the years that are.
    Growth(Vec<i32>),
}

impl Baseless {
    pub(super) fn words(&self, language: Language) -> String {
        let years =
            |years: &[i32], mark: &str| years.iter().map(i32::to_string).collect::<Vec<_>>().join(mark);
        match (self, language) {
            (Self::AllRows(count), Chinese) => format!("{TABLE}{count}项指标"),
            (Self::AllRows(count), English) => format!("the {count} indicators of the table"),
            (Self::Rows(numbers), Chinese) => format!("指标{}", listed(numbers, language)),
            (Self::Rows(numbers), English) => format!("indicators {}", listed(numbers, language)),
            (Self::AverageGrowth, Chinese) => "年均增长目标（未写基年）".to_owned(),
            (Self::AverageGrowth, English) => "a target of average growth (no base year)".to_owned(),
            (Self::Later(year), Chinese) => format!("{year}年目标"),
            (Self::Later(year), English) => format!("a target of {year}"),
            (Self::Growth(given), Chinese) if given.is_empty() => "增长目标".to_owned(),
            (Self::Growth(given), English) if given.is_empty() => "a target of growth".to_owned(),
            (Self::Growth(given), Chinese) => format!("增长目标（只列{}年数）", years(given, "、")),
            (Self::Growth(given), English) => {
                format!("a target of growth (only {} is printed)", years(given, ", "))
            }
        }
    }
}

/// Numbers, those that follow each other as a run: `1—13、P7`.
pub(super) fn runs(numbers: &[Vec<IndicatorNo>], language: Language) -> String {
    let told = |run: &Vec<IndicatorNo>| match run.as_slice() {
        [first, _, .., last] => format!("{first}—{last}"),
        few => listed(few, language),
    };
    listed(&numbers.iter().map(told).collect::<Vec<_>>(), language)
}

/// Names or numbers one after the other.
pub(super) fn listed(items: &[impl Borrow<str>], language: Language) -> String {
    items.join(if language == Chinese { "、" } else { ", " })
}
