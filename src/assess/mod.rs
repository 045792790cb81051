//! Facts against targets: verdict, completion and progress; tasks; units.

mod change;
mod grounds;
mod judge;
mod judged;
mod pace;
mod pace_state;
mod path;
mod points;
mod reason;
mod schedule;
mod scribe;
mod targets;
mod tasks;
mod units;

pub use change::{Base, BaseSource, LevelChange};
pub use judge::least;
pub use pace::paces;
pub use pace_state::{DueFrom, NotDueReason, PaceAssessment, PaceLight, PaceNumber, PaceState};
pub use path::{Pace, Way, way};
pub use reason::{Reason, RowReason};
pub use schedule::Due;
pub use targets::indicators;
pub(crate) use tasks::target_numbers;
pub use tasks::{TaskAssessment, TaskState, tasks};
pub use units::{RoleSummary, UnitRole, UnitSummary, missed, units};

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::finding::Language;
use crate::ident::{CityId, IndicatorId, IndicatorNo};
use crate::indexed::{Indexed, Keyed};
use crate::ledger::Traced;
use crate::plan::Apart;
use crate::plan::{Origin, Target};
use crate::quantity::Value;
use crate::rounding::short_of;

/// The verdict on a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// 超额完成: met, with a completion at or above the method's threshold.
    Exceeded,
    /// 完成.
    Met,
    /// 达到序时进度: what is due by now of a later year's target is there.
    OnSchedule,
    /// 基本完成: not met, with a completion at or above the method's threshold.
    Nearly,
    /// 慢于序时进度: it is not.
    BehindSchedule,
    /// 未完成.
    Missed,
    /// 数据滞后: the value belongs to an earlier year.
    Lagged,
    /// 待核实: withheld until a question is settled.
    InDoubt,
    /// 未报.
    NotReported,
    /// 不可评.
    NotAssessable,
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl State {
    /// All states in the order of the legend.
    pub const ALL: [Self; 10] = [
        Self::Exceeded,
        Self::Met,
        Self::Nearly,
        Self::Missed,
        Self::OnSchedule,
        Self::BehindSchedule,
        Self::Lagged,
        Self::InDoubt,
        Self::NotReported,
        Self::NotAssessable,
    ];

    /// The state that a step of the ledger gave.
    fn from_step(step: &Traced) -> Self {
        Self::of_key(step.value.text().unwrap_or_default()).unwrap_or(Self::NotAssessable)
    }

    /// The state of a word in tables.
    pub fn of_key(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == word)
    }

    /// The word in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::Exceeded => "exceeded",
            Self::Met => "met",
            Self::OnSchedule => "on_schedule",
            Self::BehindSchedule => "behind",
            Self::Nearly => "nearly",
            Self::Missed => "missed",
            Self::Lagged => "lagged",
            Self::InDoubt => "in_doubt",
            Self::NotReported => "not_reported",
            Self::NotAssessable => "not_assessable",
        }
    }

    /// The word in the report.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Exceeded => "超额完成",
            Self::Met => "完成",
            Self::OnSchedule => "达到序时",
            Self::BehindSchedule => "慢于序时",
            Self::Nearly => "基本完成",
            Self::Missed => "未完成",
            Self::Lagged => "数据滞后",
            Self::InDoubt => "待核实",
            Self::NotReported => "未报",
            Self::NotAssessable => "不可评",
        }
    }

    /// The word in a language.
    pub fn words(self, language: Language) -> &'static str {
        let english = match self {
            Self::Exceeded => "exceeded",
            Self::Met => "met",
            Self::OnSchedule => "on schedule",
            Self::BehindSchedule => "behind schedule",
            Self::Nearly => "nearly met",
            Self::Missed => "not met",
            Self::Lagged => "data delayed",
            Self::InDoubt => "to be verified",
            Self::NotReported => "not reported",
            Self::NotAssessable => "not assessable",
        };
        language.of(self.chinese(), english)
    }

    /// Whether the target is reached; `None` when that cannot be said.
    pub fn met(self) -> Option<bool> {
        match self {
            Self::Exceeded | Self::Met | Self::OnSchedule => Some(true),
            Self::Nearly | Self::Missed | Self::BehindSchedule => Some(false),
            Self::Lagged | Self::InDoubt | Self::NotReported | Self::NotAssessable => None,
        }
    }

    /// Whether it is a verdict on the way to a later year's target, and none on the target itself.
    pub fn is_of_schedule(self) -> bool {
        matches!(self, Self::OnSchedule | Self::BehindSchedule)
    }

    /// Whether a verdict could be given (可评).
    pub fn is_assessable(self) -> bool {
        self.met().is_some()
    }
}

/// A value that a relative target is held against (对照值).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it is: 全国平均水平, or the short name of a row.
    pub name: String,
    /// Its value in the unit of the target.
    pub value: Decimal,
    /// Where it comes from: a publication, or the figure of a row.
    pub source: String,
}

/// A target with its verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The city.
    pub city: CityId,
    /// The indicator.
    pub no: IndicatorNo,
    /// What it is in the catalogue; `None` for targets in prose.
    pub id: Option<IndicatorId>,
    /// Table or prose.
    pub origin: Origin,
    /// The target; amendments are in force already.
    pub target: Target,
    /// What a relative target is held against.
    pub references: Vec<Reference>,
    /// The base year of an average growth, when the round declares one that the plan leaves out.
    pub declared_base_year: Option<i32>,
    /// The base year as the plan prints it, or the year before as the plan prints it, else as it was published.
    pub baseline: Option<crate::plan::PastValue>,
    /// The actual value in the plan's unit, also when it is only shown (lagged, in doubt).
    pub actual: Option<Value>,
    /// What is held against a goal that speaks of the change of the level that is reported.
    pub change: Option<LevelChange>,
    /// What is due by the year of a later year's target (时序进度).
    pub due: Option<Due>,
    /// Unit of target and actual.
    pub unit: String,
    /// The verdict.
    pub state: State,
    /// Completion in percent, unrounded (目标完成率).
    pub completion: Option<Decimal>,
    /// The completions from which a target is nearly reached, reached and exceeded.
    pub limits: [Decimal; 3],
    /// Progress in percent, unrounded (进度法).
    pub progress: Option<Decimal>,
    /// Whether rounded comparison would decide otherwise (GB/T 8170—2008 chapter 4).
    pub boundary: bool,
    /// Whether the target lies on the worse side of the baseline.
    pub target_is_worse: bool,
    /// Why the target is not held against the baseline; `None` where it is.
    pub apart: Option<Apart>,
    /// Weight in the city's score.
    pub weight: Decimal,
    /// Points by the round's method of scoring; `None` when not assessable.
    pub points: Option<Decimal>,
    /// Why there is no verdict; `None` where there is one.
    pub reason: Option<Reason>,
}

/// The first of several of an indicator is that of the target that is judged first.
impl Keyed for Assessment {
    type Key = IndicatorNo;

    fn key(&self) -> &IndicatorNo {
        &self.no
    }
}

/// The assessment of an indicator's target that is judged first.
pub fn primary<'a>(assessments: &'a Indexed<Assessment>, no: &IndicatorNo) -> Option<&'a Assessment> {
    assessments.find(no).filter(|found| found.is_primary())
}

impl Assessment {
    /// The completion in percent with so many digits, or with as many more as it takes that it does not read as having reached
    /// a limit that it is short of.
    pub fn completion_text(&self, places: u32) -> Option<String> {
        Some(short_of(self.completion?, places, &self.limits))
    }

    /// Whether this is the target that is judged first: of the year's only tier, or 考核值.
    pub fn is_primary(&self) -> bool {
        self.target.tier.is_judged_first()
    }

    /// Whether a target of a later year is held against itself, since nothing is due of it by now: an average growth, which is to be as it is every
    /// year, or what has been reached already.
    pub fn is_held_to_the_end(&self) -> bool {
        self.state.is_of_schedule() && self.due.is_none()
    }

    /// What is held against the target: the change of the level, or the value itself.
    pub fn judged_value(&self) -> Option<Value> {
        self.change.as_ref().map(|change| Value::Number(change.value)).or(self.actual)
    }
}
