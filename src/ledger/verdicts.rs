//! What operations of values against targets mean: comparison, completion, progress, verdict. Percentages are in percent.
//!
//! Roles: `actual` is what is held against `target`; of ranges and intervals `low` and `high`; `base` is what a change is counted from.

use super::value::PRESENT;
use super::{Exact, OpenCause, Operands, StepValue};
use crate::plan::{Direction, Operator};

/// A completion of 10¹⁵ % says nothing but that a number was far from what was meant.
fn is_beyond_sense(completion: &Exact) -> bool {
    *completion >= Exact::whole(1_000_000_000_000_000_u64)
}

/// What 左右 allows: an amount, or a tolerance in percent of the target, and then at least one of what is counted one by one.
pub(super) fn slack(args: &Operands<'_>, counted: bool, absolute: bool) -> Option<Exact> {
    let tolerance = args.number("tolerance")?;
    if absolute {
        return Some(tolerance.clone());
    }
    let share = args.number("target")?.size().times(tolerance).over(&Exact::hundred())?;
    Some(if counted { share.max(Exact::whole(1)) } else { share })
}

/// Whether a value reaches a limit by full value (全数值比较法, GB/T 8170—2008 chapter 4); 左右 allows `slack` on the worse side.
fn reached(
    actual: &Exact,
    operator: Operator,
    target: &Exact,
    slack: Option<&Exact>,
    direction: Direction,
) -> bool {
    let nothing = Exact::zero();
    let slack = slack.unwrap_or(&nothing);
    match operator {
        Operator::AtLeast => actual >= target,
        Operator::MoreThan | Operator::Surpass => actual > target,
        Operator::AtMost => actual <= target,
        Operator::LessThan => actual < target,
        Operator::Equal => actual == target,
        Operator::About if direction.less_is_better() => *actual <= target.plus(slack),
        Operator::About => *actual >= target.minus(slack),
    }
}

pub(super) fn reaches(args: &Operands<'_>, operator: Operator) -> bool {
    let direction = args.direction();
    args.number("actual")
        .zip(args.number("target"))
        .is_some_and(|(actual, target)| reached(actual, operator, target, args.number("slack"), direction))
}

pub(super) fn reaches_all(args: &Operands<'_>, operator: Operator) -> bool {
    let direction = args.direction();
    let (targets, slacks) = (args.numbers("target"), args.numbers("slack"));
    args.number("actual").is_some_and(|actual| {
        let reaches = |(at, target): (usize, &&Exact)| {
            reached(actual, operator, target, slacks.get(at).copied(), direction)
        };
        !targets.is_empty() && targets.iter().enumerate().all(reaches)
    })
}

/// The easier and the harder bound of a range.
fn bounds<'a>(args: &Operands<'a>) -> Option<(&'a Exact, &'a Exact)> {
    let direction = args.direction();
    let (low, high) = (args.number("low")?, args.number("high")?);
    Some(if direction.less_is_better() { (high, low) } else { (low, high) })
}

fn is_better(actual: &Exact, than: &Exact, direction: Direction) -> bool {
    if direction.less_is_better() { actual < than } else { actual > than }
}

pub(super) fn reaches_range(args: &Operands<'_>) -> bool {
    let direction = args.direction();
    let (Some(actual), Some((easier, _))) = (args.number("actual"), bounds(args)) else {
        return false;
    };
    actual == easier || is_better(actual, easier, direction)
}

pub(super) fn is_inside(args: &Operands<'_>, actual: Option<&Exact>) -> bool {
    let (Some(actual), Some(low), Some(high)) = (actual, args.number("low"), args.number("high")) else {
        return false;
    };
    low <= actual && actual <= high
}

/// Whether rounding the value to the written digits of the limit would turn the verdict.
pub(super) fn is_boundary(args: &Operands<'_>, operator: Operator, places: u32) -> bool {
    let direction = args.direction();
    let (Some(actual), Some(target)) = (args.number("actual"), args.number("target")) else { return false };
    let slack = args.number("slack");
    reached(actual, operator, target, slack, direction)
        != reached(&actual.rounded(places), operator, target, slack, direction)
}

pub(super) fn is_boundary_of_interval(args: &Operands<'_>, places: u32) -> bool {
    let Some(actual) = args.number("actual") else { return false };
    is_inside(args, Some(actual)) != is_inside(args, Some(&actual.rounded(places)))
}

/// A·100/T where more is better, T·100/A where less is; none when either is not positive (the ratio would mean nothing) or the ratio
/// is beyond all sense.
fn ratio(actual: &Exact, target: &Exact, direction: Direction) -> Option<Exact> {
    if !actual.is_positive() || !target.is_positive() {
        return None;
    }
    let ratio = match direction {
        Direction::Higher => actual.in_percent_of(target),
        Direction::Lower => target.in_percent_of(actual),
        Direction::Interval | Direction::Rank | Direction::None => None,
    };
    ratio.filter(|ratio| !is_beyond_sense(ratio))
}

pub(super) fn completion(args: &Operands<'_>, direction: Direction) -> Option<Exact> {
    ratio(args.number("actual")?, args.number("target")?, direction)
}

/// Of rates: of the index numbers 100 + rate.
pub(super) fn completion_of_index(args: &Operands<'_>) -> Option<Exact> {
    let index = |rate: &Exact| rate.plus(&Exact::hundred());
    ratio(&index(args.number("actual")?), &index(args.number("target")?), args.direction())
}

/// 100 inside; outside it falls to 0 at the outermost values, in proportion to the wider of the two margins; none outside without
/// outermost values.
pub(super) fn completion_of_interval(args: &Operands<'_>) -> Option<Exact> {
    let (actual, low, high) = (args.number("actual")?, args.number("low")?, args.number("high")?);
    if is_inside(args, Some(actual)) {
        return Some(Exact::hundred());
    }
    let (lowest, highest) = (args.number("lowest")?, args.number("highest")?);
    let off = low.minus(actual).max(actual.minus(high));
    let margin = low.minus(lowest).max(highest.minus(high));
    Some(Exact::hundred().minus(&off.in_percent_of(&margin)?).max(Exact::zero()))
}

/// The least of the completions, if each has one.
pub(super) fn hardest(args: &Operands<'_>) -> Option<Exact> {
    let all = args.numbers("completion");
    let is_whole = args.all("completion").all(StepValue::is_something);
    all.into_iter().min().filter(|_| is_whole).cloned()
}

/// Of a ceiling: a hundred at most, and a hundred for what keeps it beyond every ratio.
pub(super) fn kept(args: &Operands<'_>) -> Option<Exact> {
    let is_met = args.one("met").and_then(StepValue::truth) == Some(true);
    match args.number("completion") {
        Some(completion) => Some(completion.clone().min(Exact::hundred())),
        None => (is_met && args.text("beyond") == Some("better")).then(Exact::hundred),
    }
}

/// A ceiling that is kept is met, however far below it the value stays.
pub(super) fn classify_kept(args: &Operands<'_>) -> StepValue {
    if args.one("met").and_then(StepValue::truth) == Some(true) {
        StepValue::word("met")
    } else {
        classify(args)
    }
}

/// Where a value without a completion lies though the target has a ratio: `better` than every ratio, or `worse`.
pub(super) fn beyond(args: &Operands<'_>) -> StepValue {
    let direction = args.direction();
    let (Some(actual), Some(target)) = (args.number("actual"), args.number("target")) else {
        return StepValue::Nothing;
    };
    let has_ratio = target.is_positive() && matches!(direction, Direction::Higher | Direction::Lower);
    if !has_ratio || args.one("completion").is_some_and(StepValue::is_something) {
        return StepValue::Nothing;
    }
    StepValue::word(if is_better(actual, target, direction) { "better" } else { "worse" })
}

/// (A−B)·100/(T−B), for both directions; none when the target is not on the better side of the base.
pub(super) fn progress(args: &Operands<'_>) -> Option<Exact> {
    let (actual, target, base) = (args.number("actual")?, args.number("target")?, args.number("base")?);
    let ahead = match args.direction() {
        Direction::Higher => target > base,
        Direction::Lower => target < base,
        Direction::Interval | Direction::Rank | Direction::None => false,
    };
    ahead.then(|| actual.minus(base).in_percent_of(&target.minus(base))).flatten()
}

/// (A/B − 1)·100; none on a base that is not positive, or for a level below nothing.
pub(super) fn growth(args: &Operands<'_>) -> Option<Exact> {
    let (actual, base) = (args.number("actual")?, args.number("base")?);
    let is_sound = base.is_positive() && (actual.is_positive() || actual.is_zero());
    is_sound.then(|| actual.minus(base).in_percent_of(base)).flatten()
}

/// ((A/B)^(1/n) − 1)·100, rounded to twenty digits behind the point: roots have no end.
pub(super) fn growth_mean(args: &Operands<'_>, years: u32) -> Option<Exact> {
    if years == 1 {
        return growth(args);
    }
    args.number("actual")?.yearly_growth(args.number("base")?, years)
}

/// A − B.
pub(super) fn net(args: &Operands<'_>) -> Option<Exact> {
    Some(args.number("actual")?.minus(args.number("base")?))
}

/// A ÷ B; none on a base that is not positive.
pub(super) fn multiple(args: &Operands<'_>) -> Option<Exact> {
    args.number("base").filter(|base| base.is_positive()).and_then(|base| args.number("actual")?.over(base))
}

/// B + (T − B)·gone/all.
pub(super) fn due(args: &Operands<'_>, gone: i32, all: i32) -> Option<Exact> {
    let (target, base) = (args.number("target")?, args.number("base")?);
    let way = target.minus(base).times(&Exact::whole(gone)).over(&Exact::whole(all))?;
    Some(base.plus(&way))
}

/// 超额完成 from `exceeded` on, 基本完成 from `nearly` on; what is reached beyond every ratio is exceeded.
pub(super) fn classify(args: &Operands<'_>) -> StepValue {
    let completion = args.number("completion");
    let from = |limit: &str| completion.zip(args.number(limit)).is_some_and(|(own, limit)| own >= limit);
    let beyond = args.text("beyond") == Some("better");
    StepValue::word(match args.one("met").and_then(StepValue::truth) {
        Some(true) if from("exceeded") || beyond => "exceeded",
        Some(true) => "met",
        _ if from("nearly") => "nearly",
        _ => "missed",
    })
}

/// What reaches the range is exceeded only beyond its harder bound.
pub(super) fn classify_range(args: &Operands<'_>) -> StepValue {
    let direction = args.direction();
    if args.one("met").and_then(StepValue::truth) != Some(true) {
        return classify(args);
    }
    let harder = bounds(args).zip(args.number("actual"));
    let beyond = harder.is_some_and(|((_, harder), actual)| is_better(actual, harder, direction));
    StepValue::word(if beyond { "exceeded" } else { "met" })
}

/// Whether a target lies on the worse side of its base.
pub(super) fn is_worse(args: &Operands<'_>) -> bool {
    let direction = args.direction();
    let both = args.number("target").zip(args.number("base"));
    both.is_some_and(|(target, base)| match direction {
        Direction::Higher => target < base,
        Direction::Lower | Direction::Rank => target > base,
        Direction::Interval | Direction::None => false,
    })
}

pub(super) fn classify_schedule(args: &Operands<'_>) -> StepValue {
    let met = args.one("met").and_then(StepValue::truth) == Some(true);
    StepValue::word(if met { "on_schedule" } else { "behind" })
}

/// The state without a verdict that a cause gives; nothing where what it rests on does not bear the cause out.
pub(super) fn open(cause: OpenCause, args: &Operands<'_>) -> StepValue {
    if !bears_out(cause, args) {
        return StepValue::Nothing;
    }
    StepValue::word(match cause {
        OpenCause::Doubt | OpenCause::Conflict | OpenCause::RowDoubt => "in_doubt",
        OpenCause::Missing => "not_reported",
        OpenCause::Lagged | OpenCause::RowLagged => "lagged",
        OpenCause::NotInPeriod => "not_due",
        _ => "not_assessable",
    })
}

/// Whether there is no verdict for that cause, by what it rests on.
fn bears_out(cause: OpenCause, args: &Operands<'_>) -> bool {
    let has = |role: &str| args.all(role).any(StepValue::is_something);
    let comes_before = |one: &str, other: &str| {
        args.number(one).zip(args.number(other)).is_some_and(|(one, other)| one < other)
    };
    let is_word = |role: &str| args.text(role).is_some();
    match cause {
        OpenCause::Doubt => has("finding"),
        OpenCause::Conflict | OpenCause::Missing => !has("fact"),
        OpenCause::Lagged => comes_before("fact_year", "year"),
        OpenCause::Undefined => has("undefined"),
        OpenCause::Undated => args.text("undated") == Some("true"),
        OpenCause::NoBaseYear => !has("counted_from"),
        OpenCause::NoBase => !has("base"),
        OpenCause::NoChange => !has("change"),
        OpenCause::LaterYear => {
            let is_reached = args.one("at_the_end").and_then(StepValue::truth) == Some(true);
            comes_before("year", "target_year") && !is_reached && has("kind")
        }
        OpenCause::NoBeginning => {
            comes_before("year", "target_year") && !has("base") && !comes_before("counted_from", "year")
        }
        OpenCause::NotDue => {
            let end = args.number("year").map(|year| format!("{year}-12-31"));
            let is_later = args.text("due").zip(end).is_some_and(|(due, end)| *due > *end);
            is_later && args.text("fact") != Some(PRESENT)
        }
        OpenCause::NotInPeriod => is_word("why"),
        OpenCause::NoBenchmark => !has("benchmark"),
        OpenCause::NoConversion => has("unit") && has("magnitude"),
        OpenCause::OtherKind => {
            let asks_for_a_word = matches!(args.text("kind"), Some("qualitative" | "milestone"));
            has("fact") && asks_for_a_word != is_word("fact")
        }
        OpenCause::RowNotAsked => !has("row"),
        OpenCause::RowDoubt => has("row_finding") || !has("row"),
        OpenCause::RowMissing => args.number("row").is_none(),
        OpenCause::RowLagged => comes_before("row_year", "year"),
        OpenCause::RowUnit => {
            is_word("unit") && is_word("row_unit") && args.text("unit") != args.text("row_unit")
        }
    }
}
