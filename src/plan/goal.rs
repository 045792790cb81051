//! What a target says: kinds of goals with their numbers, how plan files write them, and what is the same for every kind. The
//! verdict on each kind stands in `assess/judge.rs`.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::fault::FileFault;
use super::raw::StatementFields;
use super::words::{self, word, written};
use super::{Direction, Indicator, Measure, Operator, Origin, Written};
use crate::quantity::Unit;

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
    /// So many times the level of a base year (翻一番 is 2); without one, of the year before (不低于上年 is 1).
    Multiple(Operator, Written, Option<i32>),
    /// Words that mean nothing definite (前列): a value is shown and not judged.
    Undefined(String),
}

/// The quantity that a target speaks of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quantity<'a> {
    pub(super) unit: &'a Unit,
    pub(super) direction: Direction,
    /// Known for rows only.
    pub(super) measure: Option<Measure>,
}

/// The words of plan files for kinds of goals, each with the fields that it takes; `op` goes with every kind that has a number.
const KINDS: [(&str, &[&str]); 15] = [
    ("level", &["value"]),
    ("qualitative", &["value"]),
    ("growth", &["value"]),
    ("average_growth", &["value", "base_year"]),
    ("increment", &["value", "base"]),
    ("range", &["low", "high"]),
    ("interval", &["low", "high", "lowest", "highest"]),
    ("rank", &["value"]),
    ("rank_change", &["value"]),
    ("relative", &["reference", "against"]),
    ("milestone", &["value", "due"]),
    ("magnitude", &["value"]),
    ("coverage", &["value"]),
    ("multiple", &["value", "base_year"]),
    ("undefined", &["value"]),
];

/// How the level that is reported changes into what a goal speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Growth on the year before, in percent.
    Growth,
    /// Growth per year since a base year, in percent.
    AverageGrowth,
    /// How much more than the year before, in the unit.
    Increment,
    /// Places gained since the year before.
    Places,
    /// How many times the base.
    Multiple,
}

/// The word of an approximate value.
pub const ABOUT: &str = "左右";

impl Goal {
    /// Whether it is an approximate value (左右).
    pub fn is_about(&self) -> bool {
        self.operator() == Some(Operator::About)
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
            Self::Multiple(..) => "multiple",
            Self::Undefined(_) => "undefined",
        }
    }

    /// Reads what a plan file says of a target of a quantity in a unit; the faults found are added to `faults`, with `None` where no
    /// goal is left. Left out, the kind follows from the quantity.
    pub(super) fn read(
        fields: &StatementFields<'_>,
        Quantity { unit, direction, .. }: Quantity<'_>,
        faults: &mut Vec<FileFault>,
    ) -> Option<Self> {
        let usual = match direction {
            _ if !fields.undefined.is_empty() && fields.value.is_none() => "undefined",
            _ if unit.is_presence() => "qualitative",
            Direction::Interval => "interval",
            _ => "level",
        };
        let kind = fields.kind.unwrap_or(usual);
        let Some((kind, taken)) = KINDS.iter().find(|(known, _)| *known == kind) else {
            let known = KINDS.iter().map(|(known, _)| (*known).to_owned()).collect();
            faults.push(FileFault::OtherWord { what: "kind".to_owned(), text: kind.to_owned(), known });
            return None;
        };
        let spare = fields.of_goal().into_iter().filter(|(key, given)| *given && !taken.contains(key));
        faults.extend(spare.map(|(key, _)| FileFault::OtherKey { kind: (*kind).to_owned(), key }));
        let operator = match fields.op {
            Some(op) => kept(word("op", op, &words::OPERATORS), faults)?,
            None if direction.less_is_better() => Operator::AtMost,
            None => Operator::AtLeast,
        };
        let value = fields.value.unwrap_or_default();
        let mut number = |key: &str, text: Option<&str>| kept(written(key, text.unwrap_or_default()), faults);
        Some(match *kind {
            "growth" => Self::Growth(operator, number("value", fields.value)?),
            "average_growth" => {
                Self::AverageGrowth(operator, number("value", fields.value)?, fields.base_year)
            }
            "increment" => {
                let base = fields.base.map(|_| number("base", fields.base));
                Self::Increment(operator, number("value", fields.value)?, base.flatten())
            }
            "range" => {
                let (low, high) = bounds(("low", fields.low), ("high", fields.high), faults)?;
                Self::Range(low, high)
            }
            "interval" => interval(fields, faults)?,
            "rank" => Self::Rank(operator, number("value", fields.value)?),
            "rank_change" => {
                let operator = if fields.op.is_none() { Operator::AtLeast } else { operator };
                Self::RankChange(operator, number("value", fields.value)?)
            }
            "coverage" => Self::Coverage(operator, number("value", fields.value)?),
            "multiple" => Self::Multiple(operator, number("value", fields.value)?, fields.base_year),
            "relative" if fields.reference.is_some() => Self::Relative(operator, owned(fields.reference)),
            "relative" => return lacking("reference", faults),
            "undefined" if fields.undefined.is_empty() => return lacking("undefined", faults),
            "undefined" => Self::Undefined(fields.undefined.to_owned()),
            "qualitative" => Self::Qualitative(value.to_owned()),
            "milestone" => Self::Milestone(value.to_owned(), fields.due),
            "magnitude" if words::magnitude(value).is_some() => Self::Magnitude(value.to_owned()),
            "magnitude" => {
                faults.push(FileFault::NoMagnitude(value.to_owned()));
                return None;
            }
            _ => Self::Level(operator, number("value", fields.value)?),
        })
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
            | Self::Coverage(operator, _)
            | Self::Multiple(operator, ..) => Some(*operator),
            Self::Range(..)
            | Self::Interval(..)
            | Self::Qualitative(_)
            | Self::Milestone(..)
            | Self::Magnitude(_)
            | Self::Undefined(_) => None,
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
            | Self::Magnitude(_)
            | Self::Multiple(..)
            | Self::Undefined(_) => None,
        }
    }

    /// Whether its numbers are in the unit of its indicator.
    pub(crate) fn is_in_unit(&self) -> bool {
        matches!(
            self,
            Self::Level(..) | Self::Range(..) | Self::Interval(..) | Self::Increment(..) | Self::Coverage(..)
        )
    }

    /// The target as it is printed, with the unit where its numbers are in that: `＞7400亿元`, `2.8%左右`, `提高1个百分点`.
    pub fn in_unit(&self, unit: &Unit) -> String {
        let with_unit = |value: &Written| format!("{}{}", value.text, unit.text());
        match self {
            Self::Level(operator, value) | Self::Coverage(operator, value) => {
                operator.with(&with_unit(value))
            }
            Self::Range(..) | Self::Interval(..) => format!("{self}{}", unit.text()),
            Self::Increment(..) if unit.is_share() => self.beside_unit(unit),
            Self::Increment(operator, value, _) => format!("新增{}", operator.with(&with_unit(value))),
            _ => self.to_string(),
        }
    }

    /// What it asks for without the word for its kind, where the heading beside it says that: `10左右` of what is to be added, `8%` of growth.
    pub fn amount(&self) -> String {
        match self {
            Self::Growth(operator, value) | Self::AverageGrowth(operator, value, _) => {
                operator.with(&format!("{}%", value.text))
            }
            Self::Increment(operator, value, _) => operator.with(&value.text),
            _ => self.to_string(),
        }
    }

    /// The target as it is printed where its unit stands beside it: a share rises by percentage points.
    pub fn beside_unit(&self, unit: &Unit) -> String {
        match self {
            Self::Increment(operator, value, _) if unit.is_share() => {
                format!("提高{}", operator.with(&format!("{}个百分点", value.text)))
            }
            _ => self.to_string(),
        }
    }

    /// Whether it asks for less where more is better, or the other way round.
    pub(super) fn is_odd(&self, direction: Direction) -> bool {
        match self {
            Self::Level(operator, _)
            | Self::Growth(operator, _)
            | Self::AverageGrowth(operator, ..)
            | Self::Increment(operator, ..)
            | Self::Multiple(operator, ..) => {
                operator.asks_for_less().is_some_and(|less| less != direction.less_is_better())
            }
            Self::Coverage(operator, _) => {
                operator.asks_for_less() != Some(false) || direction.less_is_better()
            }
            // The first place is the best one.
            Self::Rank(operator, _) => !direction.less_is_better() || operator.asks_for_less() == Some(false),
            Self::RankChange(operator, _) => operator.asks_for_less() != Some(false),
            Self::Relative(operator, _) => *operator == Operator::Equal,
            // 千亿级 is to be reached from below.
            Self::Magnitude(_) => direction.less_is_better(),
            Self::Range(..)
            | Self::Interval(..)
            | Self::Qualitative(_)
            | Self::Milestone(..)
            | Self::Undefined(_) => false,
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
            | Self::Coverage(_, value)
            | Self::Multiple(_, value, _) => vec![value],
            Self::Range(low, high) | Self::Interval(low, high, _) => vec![low, high],
            Self::Relative(..)
            | Self::Qualitative(_)
            | Self::Milestone(..)
            | Self::Magnitude(_)
            | Self::Undefined(_) => Vec::new(),
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
            Self::Multiple(operator, _, base) => Self::Multiple(*operator, value, *base),
            Self::Range(..)
            | Self::Interval(..)
            | Self::Relative(..)
            | Self::Qualitative(_)
            | Self::Milestone(..)
            | Self::Magnitude(_)
            | Self::Undefined(_) => return None,
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
            Self::Growth(operator, value) => write!(f, "增长{}", operator.with(&format!("{}%", value.text))),
            Self::AverageGrowth(operator, value, _) => {
                write!(f, "年均增长{}", operator.with(&format!("{}%", value.text)))
            }
            Self::Increment(operator, value, _) => write!(f, "新增{}", operator.with(&value.text)),
            Self::Range(low, high) | Self::Interval(low, high, _) => write!(f, "{}—{}", low.text, high.text),
            Self::RankChange(operator, value) => write!(f, "提升{}位", operator.with(&value.text)),
            Self::Relative(Operator::About, reference) => write!(f, "与{reference}基本同步"),
            Self::Relative(operator, reference) => write!(f, "{}{reference}", operator.relative()),
            Self::Multiple(operator, value, base) => {
                let base = base.map_or_else(|| "上年".to_owned(), |year| format!("{year}年"));
                match value.value {
                    one if one == Decimal::ONE => write!(f, "{}{base}", operator.relative()),
                    two if two == Decimal::TWO => write!(f, "比{base}翻一番"),
                    _ => write!(f, "{base}的{}倍", operator.with(&value.text)),
                }
            }
            Self::Qualitative(text)
            | Self::Milestone(text, _)
            | Self::Magnitude(text)
            | Self::Undefined(text) => f.write_str(text),
        }
    }
}

impl StatementFields<'_> {
    /// The fields that only some kinds take, and whether each is given.
    fn of_goal(&self) -> [(&'static str, bool); 10] {
        [
            ("value", self.value.is_some()),
            ("low", self.low.is_some()),
            ("high", self.high.is_some()),
            ("lowest", self.lowest.is_some()),
            ("highest", self.highest.is_some()),
            ("base", self.base.is_some()),
            ("base_year", self.base_year.is_some()),
            ("reference", self.reference.is_some()),
            ("against", !self.against.is_empty()),
            ("due", self.due.is_some()),
        ]
    }
}

fn owned(text: Option<&str>) -> String {
    text.unwrap_or_default().to_owned()
}

/// The result, or nothing with its fault added.
fn kept<T>(result: Result<T, FileFault>, faults: &mut Vec<FileFault>) -> Option<T> {
    result.map_err(|fault| faults.push(fault)).ok()
}

fn lacking(key: &'static str, faults: &mut Vec<FileFault>) -> Option<Goal> {
    faults.push(FileFault::NoKey(key));
    None
}

/// Two bounds in their order.
fn bounds(
    (low_key, low): (&'static str, Option<&str>),
    (high_key, high): (&'static str, Option<&str>),
    faults: &mut Vec<FileFault>,
) -> Option<(Written, Written)> {
    let low = kept(written(low_key, low.unwrap_or_default()), faults);
    let high = kept(written(high_key, high.unwrap_or_default()), faults);
    let (low, high) = (low?, high?);
    if low.value > high.value {
        faults.push(FileFault::Greater { low: low_key.to_owned(), high: high_key.to_owned() });
        return None;
    }
    Some((low, high))
}

/// An interval with its outermost values.
fn interval(fields: &StatementFields<'_>, faults: &mut Vec<FileFault>) -> Option<Goal> {
    let (low, high) = bounds(("low", fields.low), ("high", fields.high), faults)?;
    let outer = match (fields.lowest, fields.highest) {
        (None, None) => None,
        _ => Some(bounds(("lowest", fields.lowest), ("highest", fields.highest), faults)?),
    };
    if outer.as_ref().is_some_and(|(lowest, highest)| lowest.value > low.value || highest.value < high.value)
    {
        faults.push(FileFault::BoundsInside);
        return None;
    }
    Some(Goal::Interval(low, high, outer))
}

impl Indicator {
    /// The change of the level that is reported that a goal speaks of; `None` where what is reported is itself held against it:
    /// prose asks for the growth or the addition, a row of the table for its level.
    pub fn change(&self, goal: &Goal) -> Option<Change> {
        let is_row = self.origin == Origin::Table;
        match goal {
            Goal::Multiple(..) => Some(Change::Multiple),
            Goal::Growth(..) if is_row && self.measure != Measure::Growth => Some(Change::Growth),
            Goal::AverageGrowth(..) if is_row && self.measure != Measure::Growth => {
                Some(Change::AverageGrowth)
            }
            Goal::Increment(..) if is_row && self.measure != Measure::Flow => Some(Change::Increment),
            Goal::RankChange(..) if is_row && self.direction == Direction::Rank => Some(Change::Places),
            _ => None,
        }
    }

    /// The numbers of a goal that what is reported can be compared with; none where the goal speaks of its change.
    pub fn comparable<'a>(&self, goal: &'a Goal) -> Vec<&'a Written> {
        if self.change(goal).is_some() { Vec::new() } else { goal.written() }
    }

    /// The numbers of a year's targets that what is reported can be compared with.
    pub fn expected_numbers(&self, year: i32) -> Vec<Decimal> {
        let goals = self.targets_of(year).into_iter().map(|target| &target.goal);
        goals.flat_map(|goal| self.comparable(goal)).map(|one| one.value).collect()
    }
}
