//! What people decided: an entry of `round.toml` and `waivers.toml` or an amendment of a plan, with what it changed, how many printed
//! figures rest on it, and what the verdict would be without it.

use rust_decimal::Decimal;

use super::again::{Alternative, VerdictOn};
use crate::finding::{Finding, Object, Severity, Side};
use crate::ident::{CityId, IndicatorNo, UnitName};
use crate::ledger::{StepId, Traced};
use crate::plan::{Grade, Nature, QuestionKind, Round, Tier, Warrant};
use crate::words;

/// What kind of decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionKind {
    /// 取数单位: whose value counts.
    Preference,
    /// 豁免.
    Waiver,
    /// 一票否决.
    Veto,
    /// 基年.
    BaseYear,
    /// 对照值.
    Benchmark,
    /// 权重.
    Weight,
    /// 目标调整.
    Amendment,
    /// 请定事项: what the bureau puts to its leaders; without effect on figures.
    Asked,
    /// Anything else, which has no effect on figures.
    Other,
}

impl DecisionKind {
    /// All kinds, in the order of the table.
    pub const ALL: [Self; 9] = [
        Self::Preference,
        Self::Waiver,
        Self::Veto,
        Self::BaseYear,
        Self::Benchmark,
        Self::Weight,
        Self::Amendment,
        Self::Asked,
        Self::Other,
    ];

    /// The word in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::Preference => "preference",
            Self::Waiver => "waiver",
            Self::Veto => "veto",
            Self::BaseYear => "base_year",
            Self::Benchmark => "benchmark",
            Self::Weight => "weight",
            Self::Amendment => "amendment",
            Self::Asked => "decision_asked",
            Self::Other => "other",
        }
    }

    /// The list of the file that its entries stand in.
    pub(super) fn list(self) -> &'static str {
        if self == Self::Other { "decision" } else { self.key() }
    }

    /// Whether decisions of this kind can have an effect on figures.
    pub(super) fn has_effect(self) -> bool {
        !matches!(self, Self::Asked | Self::Other)
    }

    /// The word in the report.
    pub fn chinese(self) -> &'static str {
        words::kind_of_decision(self.list()).0
    }
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecidedOn {
    /// An indicator.
    Indicator(IndicatorNo),
    /// All rows of a nature.
    Nature(Nature),
    /// The city as a whole.
    City,
    /// Findings of a code.
    Findings {
        /// The code.
        code: String,
        /// Of a unit; `None` for all.
        unit: Option<UnitName>,
        /// About an indicator or a task; `None` for all.
        object: Option<Object>,
    },
    /// Something else, in words.
    Matter {
        /// What it concerns.
        object: String,
        /// What kind of matter.
        matter: String,
    },
}

/// How something stood before a decision, or stands by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecidedState {
    /// There was nothing.
    Nothing,
    /// A number or words, as people wrote them.
    Written(String),
    /// The value of something by its name.
    Named(String, Decimal),
    /// What units report.
    Sides(Vec<Side>),
    /// Findings: how many, and the worst severity among them.
    Findings(usize, Severity),
    /// They are waived.
    Waived,
    /// A question of a kind is put to leaders, in words of their own unless these are empty.
    Asked(QuestionKind, String),
    /// 等次; `None` where there is none.
    Grade(Option<Grade>),
}

/// A decision of people.
#[derive(Debug, Clone, PartialEq)]
pub struct HumanDecision {
    /// What kind.
    pub kind: DecisionKind,
    /// Place in its list, from one; of amendments in the plan.
    pub place: usize,
    /// The city; `None` for all.
    pub city: Option<CityId>,
    /// What it is about.
    pub on_what: DecidedOn,
    /// How that stood before.
    pub before: DecidedState,
    /// How it stands by the decision.
    pub after: DecidedState,
    /// Who decided, when and why.
    pub warrant: Warrant,
    /// The file that it stands in, below the input root.
    pub file: String,
    /// Its line there.
    pub line: Option<usize>,
    /// Whether it holds on the day of the report: what has expired does not.
    pub is_in_force: bool,
    /// How many printed figures rest on it; `None` for what has no effect on figures by its kind.
    pub affects: Option<usize>,
    /// Its step in the ledgers, which the steps of its counts are named after.
    pub step: StepId,
    /// The printed figures that rest on it.
    pub(super) resting: Vec<Traced>,
    /// Verdicts without it: of what it is about; where it is about more, those that would be others.
    pub without: Vec<Alternative>,
    /// How to judge without it.
    pub(super) undo: Undo,
}

/// How a decision is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Undo {
    /// Nothing would be otherwise.
    Nothing,
    /// Its entry is left out.
    Entry,
    /// An amendment of a target, by its year, tier and place.
    Amendment(i32, Tier, usize),
}

impl HumanDecision {
    /// Whether a verdict would be another one without it.
    pub fn is_deciding(&self) -> bool {
        self.without.iter().any(Alternative::differs)
    }

    /// Whether a printed figure rests on it.
    pub fn is_affecting(&self) -> bool {
        self.affects.is_some_and(|figures| figures > 0)
    }

    /// Whether its last day is over.
    pub fn is_expired(&self) -> bool {
        self.warrant.until.is_some() && !self.is_in_force
    }

    /// The one verdict that it is about; `None` where it is about several things.
    pub fn on_verdict(&self) -> Option<VerdictOn> {
        match &self.on_what {
            _ if self.city.is_none() => None,
            DecidedOn::Indicator(_) | DecidedOn::Nature(_) | DecidedOn::City
                if matches!(self.kind, DecisionKind::Veto | DecisionKind::Weight) =>
            {
                Some(VerdictOn::City)
            }
            DecidedOn::Indicator(no) => Some(VerdictOn::Target(no.clone())),
            DecidedOn::Findings { object: Some(Object::Indicator(no)), .. } => {
                Some(VerdictOn::Target(no.clone()))
            }
            DecidedOn::Findings { object: Some(Object::Task(no)), .. } => Some(VerdictOn::Task(no.clone())),
            _ => None,
        }
    }

    /// Whether a finding is one of those that a waiver names.
    pub fn names(&self, finding: &Finding, round: &Round) -> bool {
        let waiver = self.place.checked_sub(1).and_then(|at| round.waivers.get(at));
        self.kind == DecisionKind::Waiver && waiver.is_some_and(|waiver| waiver.names(finding))
    }
}
