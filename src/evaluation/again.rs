//! A city judged again under another plan or round: what its verdicts would be.

use super::CityEvaluation;
use crate::assess::{State, TaskState, primary};
use crate::collect::Collected;
use crate::ident::{CityId, IndicatorNo, TaskNo};
use crate::plan::{Grade, Plan, Round};

/// Judges what was collected of a city under a plan and a round, by the same stages as the round itself.
pub type Again<'a> = &'a (dyn Fn(Plan, &Round, &Collected) -> CityEvaluation + Sync);

/// What a verdict is on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerdictOn {
    /// The target of an indicator, the one that is judged first.
    Target(IndicatorNo),
    /// A task.
    Task(TaskNo),
    /// The city as a whole: its grade.
    City,
}

/// A verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// On a target; `None` where it is not judged.
    Target(Option<State>),
    /// On a task.
    Task(Option<TaskState>),
    /// 等次.
    City(Option<Grade>),
}

impl Verdict {
    /// The word that the tables have for it; empty for none.
    pub fn in_tables(self) -> &'static str {
        match self {
            Self::Target(state) => state.map_or("", State::key),
            Self::Task(state) => state.map_or("", TaskState::key),
            Self::City(grade) => grade.map_or("", Grade::chinese),
        }
    }

    /// The word in the report; empty for none.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Target(state) => state.map_or("", State::chinese),
            Self::Task(state) => state.map_or("", TaskState::chinese),
            Self::City(grade) => grade.map_or("", Grade::chinese),
        }
    }
}

/// A verdict as it is and as it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The city.
    pub city: CityId,
    /// What of it.
    pub on: VerdictOn,
    /// The verdict.
    pub is: Verdict,
    /// What it would be.
    pub would_be: Verdict,
}

impl Alternative {
    /// A verdict of a city and of the same city judged otherwise.
    pub(super) fn of(on: VerdictOn, is: &CityEvaluation, otherwise: &CityEvaluation) -> Self {
        let (would_be, city) = (otherwise.verdict(&on), is.plan.city.clone());
        Self { city, is: is.verdict(&on), would_be, on }
    }

    /// All verdicts of a city that are others when it is judged otherwise.
    pub(super) fn all(is: &CityEvaluation, otherwise: &CityEvaluation) -> Vec<Self> {
        let targets = is.plan.indicators.iter().map(|row| VerdictOn::Target(row.no.clone()));
        let tasks = is.plan.tasks.iter().map(|task| VerdictOn::Task(task.no.clone()));
        let all = targets.chain(tasks).chain([VerdictOn::City]);
        all.map(|on| Self::of(on, is, otherwise)).filter(Self::differs).collect()
    }

    /// Whether it would be another one.
    pub fn differs(&self) -> bool {
        self.is != self.would_be
    }
}

impl CityEvaluation {
    /// The verdict on something of it.
    pub fn verdict(&self, on: &VerdictOn) -> Verdict {
        match on {
            VerdictOn::Target(no) => Verdict::Target(primary(&self.assessments, no).map(|one| one.state)),
            VerdictOn::Task(no) => Verdict::Task(self.tasks.find(no).map(|one| one.state)),
            VerdictOn::City => Verdict::City(self.score.grade),
        }
    }
}
