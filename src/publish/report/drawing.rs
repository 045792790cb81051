//! What the templates draw: marks, bars and ranges.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use crate::assess::{State, TaskState};
use crate::finding::Language;
use crate::rounding::round_to;

/// Where something is drawn, in 0…1 with six digits; never printed.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(transparent)]
pub(super) struct Position(f64);

impl Position {
    pub(super) const START: Self = Self(0.0);

    /// The position nearest to a value.
    pub(super) fn of(value: Decimal) -> Self {
        Self(round_to(value.clamp(Decimal::ZERO, Decimal::ONE), 6).to_f64().unwrap_or(0.0))
    }

    /// A position of an example.
    pub(super) const fn at(value: f64) -> Self {
        Self(value)
    }

    /// Where the share of a part in the whole lies on an axis from so many percent to 100; the start when it lies before that.
    pub(super) fn on_axis(part: usize, whole: usize, from: usize) -> Self {
        let hundred = Decimal::ONE_HUNDRED;
        let (part, from) = (Decimal::from(part), Decimal::from(from));
        let share = part.checked_mul(hundred).and_then(|part| part.checked_div(Decimal::from(whole)));
        let along = share.and_then(|share| share.checked_sub(from));
        let at = along.and_then(|along| along.checked_div(hundred.saturating_sub(from)));
        at.map_or(Self::START, Self::of)
    }

    /// Where so many percent lie on an axis from some other percent to 100.
    pub(super) fn of_percent(percent: Decimal, from: usize) -> Self {
        let hundred = Decimal::ONE_HUNDRED;
        let from = Decimal::from(from);
        let along = percent.checked_sub(from);
        let at = along.and_then(|along| along.checked_div(hundred.saturating_sub(from)));
        at.map_or(Self::START, Self::of)
    }

    /// The share of a part in the whole; the start when there is no whole.
    pub(super) fn share(part: usize, whole: usize) -> Self {
        Decimal::from(part).checked_div(Decimal::from(whole)).map_or(Self::START, Self::of)
    }
}

/// A verdict in tables: its mark by key, and its word.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Verdict {
    state: Mark,
    words: &'static str,
}

/// A state of targets or of tasks; both have their marks from one list.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
enum Mark {
    Target(State),
    Task(TaskState),
}

impl Verdict {
    /// The verdict on a target, in a language.
    pub(super) fn of(language: Language, state: State) -> Self {
        Self { state: Mark::Target(state), words: state.words(language) }
    }
}

impl From<State> for Verdict {
    fn from(state: State) -> Self {
        Self { state: Mark::Target(state), words: state.chinese() }
    }
}

impl From<TaskState> for Verdict {
    fn from(state: TaskState) -> Self {
        Self { state: Mark::Task(state), words: state.chinese() }
    }
}

/// A side of the target: right is better.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Side {
    Left,
    Right,
}

/// A value against its target, as `lib/dumbbell.typ` draws it.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Dumbbell {
    /// The value; nothing is drawn without one.
    pub(super) bar: Option<Bar>,
    /// The value of the base on the same scale.
    pub(super) last: Option<Last>,
    /// Whether the value became worse than its base.
    pub(super) is_worse: bool,
}

impl Dumbbell {
    /// Whether a mark stands beyond what is drawn.
    pub(super) fn is_outside(&self) -> bool {
        self.bar.as_ref().is_some_and(|bar| bar.open) || self.last.as_ref().is_some_and(|last| last.outside)
    }
}

/// A bar of deviation from the target.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Bar {
    pub(super) side: Side,
    pub(super) length: Position,
    pub(super) open: bool,
}

/// Last year's value on the same scale.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Last {
    pub(super) side: Side,
    pub(super) at: Position,
    pub(super) outside: bool,
}
