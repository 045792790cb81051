//! What is said of a target within the year: its state and light, what was due and where that comes from.

use serde::{Serialize, Serializer};

use crate::finding::Language;
use crate::ident::{CityId, IndicatorNo};
use crate::indexed::Keyed;
use crate::ledger::{Exact, StepId, Traced};
use crate::plan::{Origin, PaceMethod, Target};
use crate::quantity::Value;

/// Where a value stands within the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaceState {
    /// 已达到年度目标值: as of now, which is no verdict on the year.
    Reached,
    /// 达到序时进度.
    OnPace,
    /// 略慢于序时进度: by less than the round's `slow`.
    SlightlyBehind,
    /// 慢于序时进度.
    Behind,
    /// 明显慢于序时进度: by more than the round's `far`.
    FarBehind,
    /// 本期不评.
    NotDue,
    /// 未报.
    NotReported,
    /// 待核实.
    InDoubt,
    /// 数据滞后.
    Lagged,
}

impl Serialize for PaceState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

/// The light of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaceLight {
    /// 绿.
    Green,
    /// 绿, hollow: a little behind.
    Hollow,
    /// 黄.
    Yellow,
    /// 红.
    Red,
    /// None: nothing is said.
    Dark,
}

impl PaceState {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 9] = [
        Self::Reached,
        Self::OnPace,
        Self::SlightlyBehind,
        Self::Behind,
        Self::FarBehind,
        Self::NotDue,
        Self::NotReported,
        Self::InDoubt,
        Self::Lagged,
    ];

    /// The state of a step.
    pub(super) fn from_step(step: &Traced) -> Self {
        let key = step.value.text().unwrap_or_default();
        Self::ALL.into_iter().find(|state| state.key() == key).unwrap_or(Self::NotDue)
    }

    /// The word in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::OnPace => "on_pace",
            Self::SlightlyBehind => "slightly_behind",
            Self::Behind => "behind",
            Self::FarBehind => "far_behind",
            Self::NotDue => "not_due",
            Self::NotReported => "not_reported",
            Self::InDoubt => "in_doubt",
            Self::Lagged => "lagged",
        }
    }

    /// The word for people.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Reached => "已达到年度目标值",
            Self::OnPace => "达到序时进度",
            Self::SlightlyBehind => "略慢于序时进度",
            Self::Behind => "慢于序时进度",
            Self::FarBehind => "明显慢于序时进度",
            Self::NotDue => "本期不评",
            Self::NotReported => "未报",
            Self::InDoubt => "待核实",
            Self::Lagged => "数据滞后",
        }
    }

    /// The word in a language.
    pub fn words(self, language: Language) -> &'static str {
        let english = match self {
            Self::Reached => "at the target of the year",
            Self::OnPace => "on pace",
            Self::SlightlyBehind => "slightly behind pace",
            Self::Behind => "behind pace",
            Self::FarBehind => "far behind pace",
            Self::NotDue => "not looked at in this period",
            Self::NotReported => "not reported",
            Self::InDoubt => "to be verified",
            Self::Lagged => "data delayed",
        };
        language.of(self.chinese(), english)
    }

    /// Its light.
    pub fn light(self) -> PaceLight {
        match self {
            Self::Reached | Self::OnPace => PaceLight::Green,
            Self::SlightlyBehind => PaceLight::Hollow,
            Self::Behind => PaceLight::Yellow,
            Self::FarBehind => PaceLight::Red,
            Self::NotDue | Self::NotReported | Self::InDoubt | Self::Lagged => PaceLight::Dark,
        }
    }
}

/// Where the share of the year, or what is due, comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueFrom {
    /// The round's share of the part of the year.
    Share,
    /// What share the same part had of the whole year before.
    YearBefore,
    /// A decision of the round about the row.
    Decided,
    /// The plan's own target of the part (年内目标).
    Interim,
    /// The target of the year itself.
    Target,
}

impl DueFrom {
    /// The word in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::YearBefore => "year_before",
            Self::Decided => "decided",
            Self::Interim => "interim",
            Self::Target => "target",
        }
    }
}

/// Why nothing is said of a target in this part of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotDueReason {
    /// It is known once a year.
    YearEnd,
    /// The day on which it is to be there is still to come.
    LaterDay,
    /// Only a later year has a target.
    LaterYear,
    /// A target of this kind has no rule within the year.
    NoRule,
}

impl NotDueReason {
    /// The word in tables and the ledger.
    pub fn key(self) -> &'static str {
        match self {
            Self::YearEnd => "year_end",
            Self::LaterDay => "later_day",
            Self::LaterYear => "later_year",
            Self::NoRule => "no_rule",
        }
    }
}

/// A target with where its value stands within the year.
#[derive(Debug, Clone, PartialEq)]
pub struct PaceAssessment {
    /// The city.
    pub city: CityId,
    /// The indicator.
    pub no: IndicatorNo,
    /// Table or prose.
    pub origin: Origin,
    /// The target of the year; amendments are in force already.
    pub target: Target,
    /// How what is due was worked out.
    pub method: PaceMethod,
    /// The value in the plan's unit, also where it is only shown.
    pub actual: Option<Value>,
    /// What was due, with the digits that are printed; `None` where nothing was.
    pub due: Option<PaceNumber>,
    /// Where that comes from.
    pub due_from: Option<DueFrom>,
    /// How many percent of the year's way were due; `None` where that is not asked.
    pub share: Option<PaceNumber>,
    /// How far the value falls short, in percent.
    pub shortfall: Option<PaceNumber>,
    /// Where it stands.
    pub state: PaceState,
    /// Why nothing is said.
    pub reason: Option<NotDueReason>,
    /// Unit of target and value.
    pub unit: String,
}

/// A number with its step and with the digits that are printed of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaceNumber {
    /// It.
    pub exact: Exact,
    /// As printed.
    pub shown: String,
    /// The step of what is printed.
    pub id: StepId,
}

impl Keyed for PaceAssessment {
    type Key = IndicatorNo;

    fn key(&self) -> &IndicatorNo {
        &self.no
    }
}
