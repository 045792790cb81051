//! The issued plan as data: indicators, targets of every kind, tasks, units, deadlines, amendments.
//!
//! Plans are curated files with the source line beside every figure; `docs/plan-format.md` describes them.
//! No invalid plan can be built: [`load()`] lists every fault with its line instead.

mod catalogue;
mod choices;
mod declarations;
mod lint;
mod load;
mod method;
mod prose;
mod raw;
mod round;
mod sections;
mod words;

pub use catalogue::{Catalogue, Dimension};
pub use choices::{BaseYear, Benchmark, Decision, Preference, Veto, Waiver, Weight};
pub use declarations::check_declarations;
pub use lint::{Quote, Remark};
pub use load::load;
pub use method::{Method, Scoring};
pub use round::{Edition, Round};
pub(crate) use words::magnitude;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::ident::Slug;
use crate::quantity::Unit;

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

/// 创新型城市 or 创新型县（市）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// 国家创新型城市.
    City,
    /// 创新型县（市）.
    County,
}

/// Whether a plan is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 征求意见稿 and the like.
    Draft,
    /// 有效.
    InForce,
    /// Replaced by a newer plan.
    Superseded,
    /// 废止.
    Repealed,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// 正指标.
    Higher,
    /// 逆指标.
    Lower,
    /// 区间指标.
    Interval,
    /// 位次: a lower number is better, ratios mean nothing.
    Rank,
    /// No order, as for qualitative indicators.
    None,
}

/// Which values of a year's target: 年度目标, 考核值 or 完成值.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// The only target of the year.
    Annual,
    /// 考核值: what is examined.
    Assessed,
    /// 完成值: what the city means to reach.
    Intended,
}

/// Where a target stands in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// In the table of indicators.
    Table,
    /// In the text.
    Prose,
}

/// 约束性, 预期性 or 力争.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// 确保, 必须.
    Binding,
    /// Neither.
    Expected,
    /// 力争, 努力.
    Aspired,
}

/// How an actual value is held against a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

/// A change of a target after the plan was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// In force from this day.
    pub on: NaiveDate,
    /// New value.
    pub value: Written,
    /// Who decided.
    pub authority: String,
    /// Why.
    pub reason: String,
}

/// A target of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Year to be judged.
    pub year: i32,
    /// Which of the year's values.
    pub tier: Tier,
    /// The statement.
    pub goal: Goal,
    /// Tolerance of 左右 in percent, when the plan gives one.
    pub tolerance: Option<Decimal>,
    /// How firmly it is meant.
    pub strength: Strength,
    /// 每年….
    pub recurring: bool,
    /// Whether the plan names no year by which it is to be reached; then a value is shown and not judged.
    pub undated: bool,
    /// Number of the row whose quantity it adds to or makes grow; empty when none.
    pub of: String,
    /// Number of the row, a share, whose denominator it adds to; empty when none.
    pub denominator_of: String,
    /// Number of the row that a relative target is held against; empty when none.
    pub against: String,
    /// Lines of the source text.
    pub line: String,
    /// The words there.
    pub quote: String,
    /// Later changes, oldest first.
    pub amendments: Vec<Amendment>,
    /// The statement as issued, when an amendment in force has replaced it.
    pub issued: Option<Goal>,
}

impl Target {
    /// The statement as issued.
    pub fn as_issued(&self) -> &Goal {
        self.issued.as_ref().unwrap_or(&self.goal)
    }

    /// The amendment that replaced the statement as issued.
    pub fn amendment(&self) -> Option<&Amendment> {
        self.issued.as_ref()?;
        self.amendments.last()
    }

    /// Puts the amendments of a day into force; later ones are dropped.
    fn put_into_force(&mut self, day: NaiveDate) {
        self.amendments.retain(|amendment| amendment.on <= day);
        let amended = self.amendments.last().and_then(|last| self.goal.with_value(last.value.clone()));
        if let Some(amended) = amended {
            self.issued = Some(std::mem::replace(&mut self.goal, amended));
        }
    }
}

impl Goal {
    /// The statement with another number; `None` for one without a single number.
    fn with_value(&self, value: Written) -> Option<Self> {
        Some(match self {
            Self::Level(operator, _) => Self::Level(*operator, value),
            Self::Growth(operator, _) => Self::Growth(*operator, value),
            Self::AverageGrowth(operator, _, base) => Self::AverageGrowth(*operator, value, *base),
            Self::Increment(operator, _, base) => Self::Increment(*operator, value, base.clone()),
            Self::Rank(operator, _) => Self::Rank(*operator, value),
            Self::RankChange(operator, _) => Self::RankChange(*operator, value),
            Self::Coverage(operator, _) => Self::Coverage(*operator, value),
            Self::Range(..)
            | Self::Interval(..)
            | Self::Relative(..)
            | Self::Qualitative(_)
            | Self::Milestone(..)
            | Self::Magnitude(_) => return None,
        })
    }
}

/// A value that the plan itself prints for an earlier year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastValue {
    /// The year.
    pub year: i32,
    /// The value, or 有/无.
    pub text: String,
    /// The number, unless it is 有/无.
    pub value: Option<Decimal>,
    /// Line of the source text.
    pub line: String,
}

impl PastValue {
    /// The number as written, unless it is 有/无.
    pub fn written(&self) -> Option<Written> {
        Some(Written { text: self.text.clone(), value: self.value? })
    }
}

/// Something that is reported and judged: a row of the plan's table, or a target of its prose that no row repeats.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Number as printed (`1`, `特2`), or `P1` … for targets in prose.
    pub no: String,
    /// Table or prose.
    pub origin: Origin,
    /// Catalogue id; empty for targets in prose.
    pub id: String,
    /// Name as printed, without the unit.
    pub name: String,
    /// Short name for tight tables.
    pub short: String,
    /// Other names seen in workbooks.
    pub aliases: Vec<String>,
    /// Unit as the plan counts it.
    pub unit: Unit,
    /// Whether whole things are counted, so that a fraction cannot be right. The unit alone does not tell: patents per
    /// ten thousand people are printed as 件.
    pub is_counted: bool,
    /// Which way is better.
    pub direction: Direction,
    /// Domain of the cross-city comparison; may be empty.
    pub dimension: String,
    /// Number of the row that is the numerator of this share; empty when the plan has none.
    pub numerator: String,
    /// First-level indicator of the plan; empty for prose.
    pub group: String,
    /// Units that report it (数据采集单位; the lead units for prose; the office where the plan names none).
    pub reporters: Vec<String>,
    /// Task it stands in; empty when none.
    pub task: String,
    /// Change on the year before, in percent, above which a reason is asked for.
    pub yoy_limit: Option<Decimal>,
    /// Values of earlier years.
    pub past: Vec<PastValue>,
    /// Targets of all years.
    pub targets: Vec<Target>,
    /// Lines of the source text.
    pub line: String,
}

impl Indicator {
    /// The targets of a year: the one that is judged first (年度 or 考核值), then the others.
    pub fn targets_of(&self, year: i32) -> Vec<&Target> {
        let mut found: Vec<&Target> = self.targets.iter().filter(|target| target.year == year).collect();
        found.sort_by_key(|target| target.tier);
        found
    }

    /// The value the plan prints for a year.
    pub fn past_of(&self, year: i32) -> Option<&PastValue> {
        self.past.iter().find(|past| past.year == year)
    }

    /// Whether it is answered with 有 or 无.
    pub fn is_qualitative(&self) -> bool {
        self.unit.is_presence()
    }
}

/// A target in prose that repeats another one: kept to check the plan against itself, not judged apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeat {
    /// Its own number.
    pub no: String,
    /// Number of the row or target that it repeats.
    pub of: String,
    /// Its name in the prose.
    pub name: String,
    /// Unit in the prose.
    pub unit: String,
    /// Task it stands in; empty when none.
    pub task: String,
    /// What the prose says.
    pub target: Target,
}

/// 工作要点: a task with its units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Number, such as `3.4`.
    pub no: String,
    /// Name of its group.
    pub group: String,
    /// First sentence or printed heading.
    pub title: String,
    /// Whole text.
    pub text: String,
    /// 牵头单位; empty when the plan names none.
    pub lead: Vec<String>,
    /// 责任单位, collective names left whole.
    pub responsible: Vec<String>,
    /// Line of the source text.
    pub line: String,
}

/// A reporting deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Period, such as `2023-annual`.
    pub period: String,
    /// Last day; the day itself is in time.
    pub due: NaiveDate,
    /// Line of the source text.
    pub line: String,
}

/// Another name of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitAlias {
    /// The unit's name in this plan.
    pub unit: String,
    /// The other name.
    pub name: String,
    /// In use from.
    pub from: Option<NaiveDate>,
    /// In use until.
    pub until: Option<NaiveDate>,
}

/// A plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Identifier, such as `xiangtan-2023`.
    pub id: String,
    /// City.
    pub city: Slug,
    /// Full name, 湘潭市.
    pub name: String,
    /// Short name, 湘潭.
    pub short: String,
    /// City or county.
    pub level: Level,
    /// Title of the document.
    pub title: String,
    /// Its number, or empty.
    pub document_no: String,
    /// What is known of its date, in words.
    pub issued_note: String,
    /// What it contains, in a clause.
    pub scope: String,
    /// Whether it is in force.
    pub status: Status,
    /// Years with targets.
    pub years: Vec<i32>,
    /// Year of the baseline, if the plan prints one.
    pub baseline_year: Option<i32>,
    /// The office that receives the submissions and reports what names no unit.
    pub office: String,
    /// Path of the source text below `input/`.
    pub source: String,
    /// A remark, such as an amendment clause.
    pub note: String,
    /// Reporting deadlines.
    pub deadlines: Vec<Deadline>,
    /// Other names of units.
    pub aliases: Vec<UnitAlias>,
    /// First-level indicators, in order.
    pub groups: Vec<String>,
    /// What is reported and judged: table rows first, then prose, each in the plan's order.
    pub indicators: Vec<Indicator>,
    /// Targets in prose that repeat others.
    pub repeats: Vec<Repeat>,
    /// 工作要点, in order.
    pub tasks: Vec<Task>,
}

impl Plan {
    /// The plan as amended up to a day.
    pub fn in_force_on(mut self, day: NaiveDate) -> Self {
        for indicator in &mut self.indicators {
            indicator.targets.iter_mut().for_each(|target| target.put_into_force(day));
        }
        self
    }

    /// Indicators with a target in a year.
    pub fn indicators_of(&self, year: i32) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |indicator| !indicator.targets_of(year).is_empty())
    }

    /// Whether the plan has a table of indicators for a year.
    pub fn has_table(&self, year: i32) -> bool {
        self.indicators_of(year).any(|indicator| indicator.origin == Origin::Table)
    }

    /// The units that report a task: its lead units, or the office when the plan names none.
    pub fn task_reporters(&self, task: &Task) -> Vec<String> {
        if task.lead.is_empty() { vec![self.office.clone()] } else { task.lead.clone() }
    }

    /// Every unit that has something to report in a year, in the order of the plan.
    pub fn reporting_units(&self, year: i32) -> Vec<String> {
        let mut units: Vec<String> = Vec::new();
        let rows = self.indicators_of(year).flat_map(|indicator| indicator.reporters.clone());
        let tasks = self.tasks.iter().flat_map(|task| self.task_reporters(task));
        for unit in rows.chain(tasks) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        units
    }

    /// The plan's name of a unit, whatever alias it is given under.
    pub fn unit_named(&self, name: &str, year: i32) -> Option<String> {
        let units = self.reporting_units(year);
        if units.iter().any(|unit| unit == name) {
            return Some(name.to_owned());
        }
        let alias = self.aliases.iter().find(|alias| alias.name == name)?;
        units.into_iter().find(|unit| *unit == alias.unit)
    }
}
