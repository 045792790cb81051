//! What those targets are called that are not reached: missed, or behind schedule for a later year.

use crate::assess::State;
use crate::compare::CityScore;
use crate::finding::Language;

/// How those fall short that are not reached: they missed a target of the year, or are behind schedule for one of a later year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Short {
    Missed,
    Behind,
    Both,
}

impl Short {
    /// Of the account of a city.
    pub(super) fn of(score: &CityScore) -> Self {
        let behind = score.count(State::BehindSchedule);
        let missed = score.count(State::Missed) + score.count(State::Nearly);
        Self::new(missed > 0, behind > 0)
    }

    /// Of targets.
    pub(super) fn of_states(states: impl Iterator<Item = State>) -> Self {
        let (mut missed, mut behind) = (false, false);
        for state in states {
            behind |= state == State::BehindSchedule;
            missed |= matches!(state, State::Missed | State::Nearly);
        }
        Self::new(missed, behind)
    }

    fn new(missed: bool, behind: bool) -> Self {
        match (missed, behind) {
            (_, false) => Self::Missed,
            (false, true) => Self::Behind,
            (true, true) => Self::Both,
        }
    }

    /// `未到5项`, `5 not`.
    pub(super) fn word(self, language: Language) -> &'static str {
        match self {
            Self::Missed => language.of("未到", "not"),
            Self::Behind => language.of("慢于序时", "behind schedule"),
            Self::Both => language.of("未到或慢于序时", "not met or behind schedule"),
        }
    }

    /// Above a list of them.
    pub(super) fn head(self, language: Language) -> &'static str {
        match self {
            Self::Missed => language.of("没有到的目标", "Targets not met"),
            Self::Behind => language.of("慢于序时进度的目标", "Targets behind schedule"),
            Self::Both => language.of("没有到和慢于序时进度的目标", "Targets not met or behind schedule"),
        }
    }

    /// `未到的目标`, as it stands in a sentence and at the head of a column.
    pub(super) fn noun(self, language: Language) -> &'static str {
        match self {
            Self::Missed => language.of("未到的目标", "targets missed"),
            Self::Behind => language.of("慢于序时的目标", "targets behind schedule"),
            Self::Both => language.of("未到和慢于序时的目标", "targets missed or behind schedule"),
        }
    }
}
