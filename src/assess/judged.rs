//! How a value stands to its target: reached or not, the completion, the verdict. What is computed is asked of the ledger.

use super::change::LevelChange;
use super::schedule::Due;
use super::scribe::Scribe;
use super::{Reason, State};
use crate::ledger::{Operation, Traced};
use crate::plan::{Operator, Written};

/// What the comparison gave.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judged {
    pub(super) state: State,
    /// Whether the target is reached, where there is a verdict.
    pub(super) met: Option<Traced>,
    pub(super) completion: Option<Traced>,
    pub(super) progress: Option<Traced>,
    pub(super) boundary: bool,
    /// Whether the value equals a limit of 突破.
    pub(super) equals: bool,
    /// What was due by now of a target of a later year.
    pub(super) due: Option<Box<Due>>,
    /// Where the completion is left out though the target has a ratio: better than every ratio, or worse.
    pub(super) beyond: Option<Traced>,
    /// The change of the level, where that was held against the target.
    pub(super) change: Option<Box<LevelChange>>,
    pub(super) reason: Option<Reason>,
}

impl Judged {
    pub(super) fn open(state: State, reason: Reason) -> Self {
        Self { reason: Some(reason), ..Self::bare(state) }
    }

    pub(super) fn bare(state: State) -> Self {
        Self {
            state,
            met: None,
            completion: None,
            progress: None,
            boundary: false,
            equals: false,
            due: None,
            beyond: None,
            change: None,
            reason: None,
        }
    }

    /// The verdict of what reaches its target or does not, with a completion and without.
    pub(super) fn of(scribe: &mut Scribe<'_>, met: Traced, ratio: Ratio) -> Self {
        Self::by(scribe, Operation::Classify, met, ratio, &[])
    }

    pub(super) fn by(
        scribe: &mut Scribe<'_>,
        operation: Operation,
        met: Traced,
        Ratio { completion, beyond }: Ratio,
        more: &[(&'static str, &Traced)],
    ) -> Self {
        let method = &scribe.round.method;
        let (nearly, exceeded) = (method.nearly, method.exceeded);
        let nearly = scribe.parameter("nearly", nearly);
        let exceeded = scribe.parameter("exceeded", exceeded);
        let mut args = vec![("met", &met)];
        args.extend(completion.as_ref().map(|completion| ("completion", completion)));
        args.extend(beyond.as_ref().map(|beyond| ("beyond", beyond)));
        args.extend([("nearly", &nearly), ("exceeded", &exceeded)]);
        args.extend(more);
        let state = scribe.does("state", operation, &args);
        let state = State::from_step(&state);
        Self { met: Some(met), completion, beyond, ..Self::bare(state) }
    }
}

/// How a value stands to its target in percent: the completion, or on which side of every ratio it lies.
#[derive(Default)]
pub(super) struct Ratio {
    pub(super) completion: Option<Traced>,
    pub(super) beyond: Option<Traced>,
}

impl Ratio {
    pub(super) fn of(scribe: &mut Scribe<'_>, actual: &Traced, target: &Traced) -> Self {
        let direction = scribe.direction();
        let args = [("actual", actual), ("target", target)];
        let completion = match direction.value.text() {
            Some("higher") => scribe.does("completion", Operation::CompletionHigher, &args),
            Some("lower") => scribe.does("completion", Operation::CompletionLower, &args),
            _ => return Self::default(),
        };
        Self::with(scribe, completion, actual, target)
    }

    /// That of a ceiling, which is kept or not: nothing is gained by staying far below it, so that its completion is a hundred at most.
    pub(super) fn kept(self, scribe: &mut Scribe<'_>, met: &Traced) -> Self {
        let mut args = vec![("met", met)];
        args.extend(self.completion.as_ref().map(|completion| ("completion", completion)));
        args.extend(self.beyond.as_ref().map(|beyond| ("beyond", beyond)));
        let kept = scribe.does("completion.kept", Operation::CompletionKept, &args);
        let beyond = if kept.value.is_something() { None } else { self.beyond };
        Self { completion: kept.value.is_something().then_some(kept), beyond }
    }

    /// With the completion, or where the value lies without one.
    pub(super) fn with(
        scribe: &mut Scribe<'_>,
        completion: Traced,
        actual: &Traced,
        target: &Traced,
    ) -> Self {
        if completion.value.is_something() {
            return Self { completion: Some(completion), beyond: None };
        }
        let direction = scribe.direction();
        let args =
            [("actual", actual), ("target", target), ("completion", &completion), ("direction", &direction)];
        let beyond = scribe.does("beyond", Operation::Beyond, &args);
        Self { completion: None, beyond: beyond.value.is_something().then_some(beyond) }
    }
}

/// How far the way from a base to the target is made.
pub(super) fn progress(scribe: &mut Scribe<'_>, actual: &Traced, target: &Traced, base: &Traced) -> Traced {
    let direction = scribe.direction();
    let args = [("actual", actual), ("target", target), ("base", base), ("direction", &direction)];
    scribe.does("progress", Operation::Progress, &args)
}

/// Whether a value reaches a limit; 左右 allows what the scribe says.
pub(super) fn reaches(
    scribe: &mut Scribe<'_>,
    part: &'static str,
    operator: Operator,
    actual: &Traced,
    target: &Traced,
) -> Traced {
    hold(scribe, part, Operation::Reach { operator }, operator, (actual, target))
}

/// Whether rounding the value to the digits of the limit would turn the verdict.
pub(super) fn is_boundary(
    scribe: &mut Scribe<'_>,
    operator: Operator,
    actual: &Traced,
    (limit, target): (&Written, &Traced),
) -> bool {
    let operation = Operation::Boundary { operator, places: limit.places() };
    hold(scribe, "boundary", operation, operator, (actual, target)).is_true()
}

/// Holds a value against a limit, with what 左右 allows.
fn hold(
    scribe: &mut Scribe<'_>,
    part: &'static str,
    operation: Operation,
    operator: Operator,
    (actual, target): (&Traced, &Traced),
) -> Traced {
    let slack = scribe.slack(target, operator);
    let direction = scribe.direction();
    let mut args = vec![("actual", actual), ("target", target)];
    args.extend(slack.as_ref().map(|slack| ("slack", slack)));
    args.push(("direction", &direction));
    scribe.does(part, operation, &args)
}
