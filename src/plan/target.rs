//! Targets: what is to be reached, and what changed it after the plan was issued.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::goal::{ABOUT, Goal};
use super::operator::{Operator, Written};
use crate::finding::Language;
use crate::ident::IndicatorNo;

/// With another value, and nearly with it.
const PACE: &str = "同步";
/// What allows to be a little below.
pub(super) const NEARLY_PACE: &str = "基本同步";

/// Which values of a year's target: 年度目标, 考核值 or 完成值.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// The only target of the year.
    Annual,
    /// 考核值: what is examined.
    Assessed,
    /// 完成值: what the city means to reach.
    Intended,
    /// 力争值: what is striven for beyond the target of the year (30，力争33).
    Stretch,
}

impl Tier {
    /// Whether the verdict on it is the indicator's: of a second tier it is only told.
    pub fn is_judged_first(self) -> bool {
        match self {
            Self::Annual | Self::Assessed => true,
            Self::Intended | Self::Stretch => false,
        }
    }

    /// The word in tables and plan files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Annual => "annual",
            Self::Assessed => "assessed",
            Self::Intended => "intended",
            Self::Stretch => "stretch",
        }
    }
}

/// Where a target stands in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// In the table of indicators.
    Table,
    /// In the text.
    Prose,
}

/// 约束性 or 预期性: what kind of promise a row of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// 约束性: the government answers for it.
    Binding,
    /// 预期性: it is expected of the economy as a whole.
    Anticipatory,
}

impl Nature {
    /// The word of plans.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Binding => "约束性",
            Self::Anticipatory => "预期性",
        }
    }

    /// The word in a language.
    pub fn words(self, language: Language) -> &'static str {
        let english = match self {
            Self::Binding => "binding",
            Self::Anticipatory => "anticipatory",
        };
        language.of(self.chinese(), english)
    }

    /// The word in tables and plan files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Binding => "binding",
            Self::Anticipatory => "anticipatory",
        }
    }
}

/// What a county, park or unit has to contribute to a row (分解指标).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// Who.
    pub area: String,
    /// Year.
    pub year: i32,
    /// How much, in the unit of the row.
    pub value: Written,
    /// Line of the source text.
    pub line: String,
}

/// 确保, 力争 or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// 确保, 必须.
    Binding,
    /// Neither.
    Expected,
    /// 力争, 努力.
    Aspired,
}

/// What 左右 allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tolerance {
    /// Percent of the number of the target.
    Percent(Decimal),
    /// An amount in its unit: percentage points of a share, pieces of what is counted.
    Absolute(Decimal),
}

/// A change of a target after the plan was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// In force from this day.
    pub on: NaiveDate,
    /// Line of its entry in the plan file.
    pub entry_line: usize,
    /// New value.
    pub value: Written,
    /// Who decided.
    pub authority: String,
    /// Why.
    pub reason: String,
    /// The document that it rests on; empty where none is named.
    pub basis: String,
}

/// A target of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Year to be judged.
    pub year: i32,
    /// Line of its entry in the plan file; `None` in tests.
    pub entry_line: Option<usize>,
    /// Which of the year's values.
    pub tier: Tier,
    /// The statement.
    pub goal: Goal,
    /// What 左右 allows, when the plan file says so.
    pub tolerance: Option<Tolerance>,
    /// Whether the source text says so too; else it was decided by whoever wrote the plan file.
    pub tolerance_is_issued: bool,
    /// How firmly it is meant.
    pub strength: Strength,
    /// 每年….
    pub recurring: bool,
    /// Whether it counts from the start of the plan (累计, 〔13.5〕), and so does what is reported.
    pub cumulative: bool,
    /// Whether the plan names no year by which it is to be reached; then a value is shown and not judged.
    pub undated: bool,
    /// Words of it that mean nothing definite (前列); then a value is shown and not judged. Empty when all is defined.
    pub undefined: String,
    /// The row whose quantity it adds to or makes grow.
    pub of: Option<IndicatorNo>,
    /// The row, a share, whose denominator it adds to.
    pub denominator_of: Option<IndicatorNo>,
    /// The row that a relative target is held against.
    pub against: Option<IndicatorNo>,
    /// Lines of the source text.
    pub line: String,
    /// The words there.
    pub quote: String,
    /// What stands behind these words in their cell of a table and no target of the row was read from; else empty.
    pub rest: String,
    /// How whoever wrote the plan file read those words; may be empty.
    pub note: String,
    /// Later changes, oldest first.
    pub amendments: Vec<Amendment>,
    /// The statement as issued, when an amendment in force has replaced it.
    pub issued: Option<Goal>,
}

impl Target {
    /// A target that says no more than its statement, as those of a table do.
    pub(crate) fn plain(year: i32, tier: Tier, goal: Goal, line: String, quote: String) -> Self {
        Self {
            year,
            entry_line: None,
            tier,
            goal,
            tolerance: None,
            tolerance_is_issued: false,
            strength: Strength::Expected,
            recurring: false,
            cumulative: false,
            undated: false,
            undefined: String::new(),
            of: None,
            denominator_of: None,
            against: None,
            line,
            quote,
            rest: String::new(),
            note: String::new(),
            amendments: Vec::new(),
            issued: None,
        }
    }

    /// Whether it adds to the quantity of a row (新增).
    pub fn adds_to(&self, row: &IndicatorNo) -> bool {
        self.of.as_ref() == Some(row) && matches!(self.goal, Goal::Increment(..))
    }

    /// Whether it is read as an approximate value (`~`) though its words do not say 左右.
    pub fn is_read_as_about(&self) -> bool {
        self.goal.is_about() && !matches!(self.goal, Goal::Relative(..)) && !self.quote.contains(ABOUT)
    }

    /// Whether 左右 stands behind another number of its words and is read as said of its own too: the 7% of 分别增长7%、8%左右.
    pub fn shares_about(&self) -> bool {
        let is_level = self.goal.is_about() && !matches!(self.goal, Goal::Relative(..));
        let Some(number) = self.goal.number().filter(|_| is_level) else { return false };
        let own = self.quote.match_indices(&number.text).any(|(at, text)| {
            let rest = self.quote.get(at.saturating_add(text.len())..).unwrap_or_default();
            let between = rest.split_once(ABOUT).map(|(between, _)| between);
            between.is_some_and(|between| !between.contains(|c: char| c.is_ascii_digit() || c == '.'))
        });
        !own && self.quote.contains(&number.text) && self.quote.contains(ABOUT)
    }

    /// Whether its words ask for the pace of another value (同步, not 基本同步), which is read as no less than that.
    pub fn keeps_pace(&self) -> bool {
        let is_least = matches!(self.goal, Goal::Relative(Operator::AtLeast, _));
        is_least && self.quote.contains(PACE) && !self.quote.contains(NEARLY_PACE)
    }

    /// Whether it is so many times (翻一番) what it does not name, which is read as the value of the year before.
    pub fn is_multiple_of_what_is_not_said(&self) -> bool {
        matches!(self.goal, Goal::Multiple(_, _, None))
            && !self.quote.is_empty()
            && !self.quote.contains('年')
    }

    /// The statement as issued.
    pub fn as_issued(&self) -> &Goal {
        self.issued.as_ref().unwrap_or(&self.goal)
    }

    /// The amendment that replaced the statement as issued.
    pub fn amendment(&self) -> Option<&Amendment> {
        self.issued.as_ref()?;
        self.amendments.last()
    }

    /// The target as if the amendment at a place had not been made: the one before it holds, or the statement as issued.
    #[must_use]
    pub fn without_amendment(&self, place: usize) -> Self {
        let mut left = self.clone();
        if place < left.amendments.len() {
            left.amendments.remove(place);
        }
        if let Some(issued) = left.issued.take() {
            left.goal = issued;
        }
        left.amend();
        left
    }

    /// Puts the amendments of a day into force; later ones are dropped.
    pub(super) fn put_into_force(&mut self, day: NaiveDate) {
        self.amendments.retain(|amendment| amendment.on <= day);
        self.amend();
    }

    /// The last of its amendments replaces the statement as issued.
    fn amend(&mut self) {
        let amended = self.amendments.last().and_then(|last| self.goal.with_value(last.value.clone()));
        if let Some(amended) = amended {
            self.issued = Some(std::mem::replace(&mut self.goal, amended));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_stands_behind_several_numbers_once_is_known_to_be_shared() {
        for (value, quote, expected) in [
            ("7", "城乡居民人均可支配收入分别增长7%、8%左右", true),
            ("8", "城乡居民人均可支配收入分别增长7%、8%左右", false),
            ("7", "增长7%左右、17%左右", false),
            ("6", "生产总值增长6%左右", false),
            ("6", "生产总值增长6%", false),
        ] {
            let written = Written { text: value.to_owned(), value: value.parse().unwrap() };
            let goal = Goal::Growth(Operator::About, written);
            let target = Target::plain(2023, Tier::Annual, goal, "1".to_owned(), quote.to_owned());
            assert_eq!(target.shares_about(), expected, "{value} {quote}");
        }
    }
}
