//! Why a unit counts as having sent nothing, as its page tells it: to who sent something nobody says that nothing came.

use super::Whose;
use crate::advise::waiting;
use crate::finding::{CompletenessProblem, Problem, ReturnProblem};

/// What became of what a unit sent, where nothing of it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Silence {
    /// Nothing came.
    Nothing,
    /// It came after the cut-off.
    TooLate,
    /// What came cannot be used.
    Unusable,
    /// It is registered, and is not there.
    Absent,
}

impl Silence {
    /// By the findings that wait for the unit.
    pub(super) fn of(whose: &Whose<'_, '_>) -> Self {
        let Whose { context, city, unit } = whose;
        let told = waiting(context.evaluation, city, unit).find_map(|finding| match &finding.problem {
            Problem::Completeness(CompletenessProblem::UnitSilent { too_late: true, .. }) => {
                Some(Self::TooLate)
            }
            Problem::Completeness(CompletenessProblem::UnitSilent { unused, .. }) if !unused.is_empty() => {
                Some(Self::Unusable)
            }
            Problem::Return(ReturnProblem::OrderUnclear { .. }) => Some(Self::Unusable),
            Problem::Return(ReturnProblem::RegisteredButAbsent { expected: Some(_), .. }) => {
                Some(Self::Absent)
            }
            _ => None,
        });
        told.unwrap_or(Self::Nothing)
    }

    /// In what is asked.
    pub(super) fn told(self) -> &'static str {
        match self {
            Self::Nothing => "还没有收到",
            Self::TooLate => "截止后才收到，没有采用",
            Self::Unusable => "收到的不能使用",
            Self::Absent => "登记收到，文件不在",
        }
    }

    /// In the strip, in place of the day of receipt.
    pub(super) fn short(self) -> &'static str {
        match self {
            Self::Nothing => "未收到",
            Self::TooLate => "未采用",
            Self::Unusable => "不能用",
            Self::Absent => "无文件",
        }
    }
}
