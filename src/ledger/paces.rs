//! What operations within a year mean: what is due of its target by the end of a part of it, and how far a value falls short. Percentages are in percent.
//!
//! Roles: `actual` is held against `due`; the way to `target` begins at `base`; `whole` is what a shortfall is a part of, counted from `base`.

use super::{Exact, Operands, StepValue};

/// (part − base)·100/(whole − base), between none and all; none where there is no way.
pub(super) fn share(args: &Operands<'_>) -> Option<Exact> {
    let (part, whole, base) = (args.number("part")?, args.number("whole")?, args.number("base")?);
    let share = part.minus(base).in_percent_of(&whole.minus(base))?;
    Some(share.max(Exact::zero()).min(Exact::hundred()))
}

/// B + (T − B)·s/100; of whole things the way made is rounded towards nothing.
pub(super) fn due(args: &Operands<'_>, counted: bool) -> Option<Exact> {
    let (target, base, share) = (args.number("target")?, args.number("base")?, args.number("share")?);
    let way = target.minus(base).times(share).over(&Exact::hundred())?;
    Some(base.plus(&if counted { way.truncated() } else { way }))
}

/// |E − A|·100/|W − B| where the value is worse than what is due, else nothing; all of it where there is no way.
pub(super) fn shortfall(args: &Operands<'_>) -> Option<Exact> {
    let (actual, due) = (args.number("actual")?, args.number("due")?);
    let (base, whole) = (args.number("base")?, args.number("whole")?);
    let is_worse = if args.direction().less_is_better() { actual > due } else { actual < due };
    if !is_worse {
        return Some(Exact::zero());
    }
    let way = whole.minus(base).size();
    Some(due.minus(actual).size().in_percent_of(&way).unwrap_or_else(Exact::hundred))
}

/// `reached` by the rule of the year; else by the shortfall: none, below `slow`, no more than `far`, more. What has no shortfall and is not reached is
/// far behind.
pub(super) fn classify(args: &Operands<'_>) -> StepValue {
    let zero = Exact::zero();
    let (slow, far) = (args.number("slow").unwrap_or(&zero), args.number("far").unwrap_or(&zero));
    StepValue::word(match (args.one("met").and_then(StepValue::truth), args.number("shortfall")) {
        (Some(true), _) => "reached",
        (_, Some(shortfall)) if shortfall.is_zero() => "on_pace",
        (_, Some(shortfall)) if shortfall < slow => "slightly_behind",
        (_, Some(shortfall)) if shortfall <= far => "behind",
        _ => "far_behind",
    })
}
