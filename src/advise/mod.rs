//! A finished round → what its leaders are asked to decide, who owes what, which city is ahead of which: by rule, never by hand.
//!
//! The kinds of questions, their order and what ranks them follow the way in which briefs to leaders are written: what stands between the
//! figures and a decision first, then what lies furthest behind. Data; the brief words it.

mod ahead;
mod duties;
mod questions;
mod standing;
mod way;

pub use ahead::{Move, moved};
pub use duties::{
    Duty, DutyKind, UnitDuties, Until, duties, is_handed_down, is_set_year_by_year, noted, said, targets_of,
    tasks_of, waiting,
};
pub use questions::{MOST_ASKED, questions, reaches};
pub use standing::{RateBounds, bounds_of, is_ahead, lagged_in_most};
pub use way::{RowOnItsWay, on_the_way, ways};

use chrono::NaiveDate;

use crate::ident::{CityId, IndicatorNo, TaskNo, UnitName};
use crate::plan::{DecisionAsked, QuestionKind, Round};

/// Something that leaders are asked to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Whose.
    pub city: CityId,
    /// What is to be decided.
    pub matter: Matter,
    /// Who answers for it.
    pub owner: Owner,
    /// Place among what the bureau itself asks (`[[decision_asked]]`), from one; `None` for what the rule alone chose.
    pub asked: Option<usize>,
}

impl Question {
    /// What the bureau says of it.
    pub fn asked_in<'a>(&self, round: &'a Round) -> Option<&'a DecisionAsked> {
        round.asked.get(self.asked?.checked_sub(1)?)
    }

    /// By when it is to be answered.
    pub fn due(&self, round: &Round) -> NaiveDate {
        let of_rule = if self.matter.is_query() { round.answer_by } else { round.measures_by };
        self.asked_in(round).and_then(|asked| asked.due).unwrap_or(of_rule)
    }
}

/// What leaders are asked to decide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Questions {
    /// The questions, in their order.
    pub asked: Vec<Question>,
    /// Places of what the bureau asked and what is not so in this round, from one: its facts are gone.
    pub lapsed: Vec<usize>,
    /// Whether there are others that the rules find and for which there is no place.
    pub are_more: bool,
}

/// What is to be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// 定口径: a target has two tiers in the last year of the plan, and more are reached by one than by the other.
    Tiers,
    /// 定口径: units report different values of an indicator, and it depends on them whether its target is reached.
    Conflict {
        /// The indicator.
        target: IndicatorNo,
    },
    /// 定督办: targets of a task that are far from reached.
    Supervision {
        /// The task; `None` for a target that stands in none.
        task: Option<TaskNo>,
        /// Its targets that are not reached, those furthest from it first.
        targets: Vec<IndicatorNo>,
        /// Whether the task was reported done.
        is_reported_done: bool,
    },
    /// 定目标: a later year's target asks for faster growth than the plan does.
    Pace {
        /// The indicator.
        target: IndicatorNo,
    },
    /// 定目标: a target that was not reached in the last year of the plan.
    Unreached {
        /// The indicator.
        target: IndicatorNo,
    },
    /// 定目标: many targets lie on the worse side of their base.
    Floors {
        /// Those with a verdict.
        targets: Vec<IndicatorNo>,
    },
    /// 定认定: tasks were reported done while their targets were missed.
    Acknowledgement {
        /// The tasks.
        tasks: Vec<TaskNo>,
        /// Those targets, in the order of the tasks.
        targets: Vec<IndicatorNo>,
    },
}

impl Matter {
    /// Of which kind it is.
    pub fn kind(&self) -> QuestionKind {
        match self {
            Self::Tiers | Self::Conflict { .. } => QuestionKind::Measure,
            Self::Supervision { .. } => QuestionKind::Supervision,
            Self::Pace { .. } | Self::Unreached { .. } => QuestionKind::Target,
            Self::Floors { .. } => QuestionKind::Floors,
            Self::Acknowledgement { .. } => QuestionKind::Acknowledgement,
        }
    }

    /// Who decides it: what changes or closes the plan is its issuer's, all else its office's.
    pub fn decider(&self) -> Decider {
        match self {
            Self::Tiers | Self::Pace { .. } | Self::Unreached { .. } | Self::Floors { .. } => Decider::Issuer,
            Self::Conflict { .. } | Self::Supervision { .. } | Self::Acknowledgement { .. } => {
                Decider::Office
            }
        }
    }

    /// Whether it is answered as queries are, and not by measures that are to be proposed.
    pub fn is_query(&self) -> bool {
        matches!(self.kind(), QuestionKind::Measure | QuestionKind::Acknowledgement)
    }

    /// The targets it is about.
    pub fn targets(&self) -> &[IndicatorNo] {
        match self {
            Self::Tiers => &[],
            Self::Conflict { target } | Self::Pace { target } | Self::Unreached { target } => {
                std::slice::from_ref(target)
            }
            Self::Supervision { targets, .. }
            | Self::Floors { targets }
            | Self::Acknowledgement { targets, .. } => targets,
        }
    }
}

/// Who decides something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decider {
    /// Who issued the plan.
    Issuer,
    /// The office of the plan.
    Office,
}

/// Who answers for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A unit that the plan names for it.
    Unit(UnitName),
    /// The office of the plan, whose matter it is.
    Office,
    /// The plan names nobody: the office is to say who does.
    Nobody,
    /// Whom the bureau names.
    Named(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_the_plan_is_decided_by_who_issued_it() {
        let target = || IndicatorNo::from("1");
        let supervision = Matter::Supervision { task: None, targets: vec![], is_reported_done: false };
        for (matter, decider) in [
            (Matter::Tiers, Decider::Issuer),
            (Matter::Conflict { target: target() }, Decider::Office),
            (supervision, Decider::Office),
            (Matter::Pace { target: target() }, Decider::Issuer),
            (Matter::Unreached { target: target() }, Decider::Issuer),
            (Matter::Floors { targets: vec![] }, Decider::Issuer),
            (Matter::Acknowledgement { tasks: vec![], targets: vec![] }, Decider::Office),
        ] {
            assert_eq!(matter.decider(), decider, "{matter:?}");
        }
    }
}
