//! Which targets are held against an earlier value and which are not, in words; and its mark on the bars of actual against target.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::context::Context;
use super::drawing::{Bar, Dumbbell, Last, Position, Side};
use super::totals::state_of;
use crate::advise::{Move, moved};
use crate::assess::{Assessment, State};
use crate::evaluation::CityEvaluation;
use crate::plan::{Apart, Direction, Goal, Indicator, Operator};

/// What targets that are not held against an earlier value are called; of those without one the base is told (上年, 基期).
fn kind(apart: Apart) -> Option<&'static str> {
    match apart {
        Apart::Ceiling => Some("控制在某数以内"),
        Apart::Floor => Some("保持在某数以上"),
        Apart::Work => Some("当年新增、新建、改造等工作量"),
        Apart::Growth => Some("增长率"),
        Apart::Addition => Some("增量"),
        Apart::Multiple => Some("倍数"),
        Apart::Sum => Some("几年累计"),
        Apart::Place => Some("位次"),
        Apart::Bounds => Some("列有上下限"),
        Apart::Relative => Some("与其他数值对照"),
        Apart::NoSide => Some("不分优劣方向"),
        Apart::Words => Some("没有确定数值"),
        Apart::Presence => Some("定性"),
        Apart::NoBase => None,
    }
}

/// Which of these targets are not held against their base, by what occurs.
pub(super) fn not_compared<'a>(all: impl IntoIterator<Item = &'a Assessment>, base: &str) -> String {
    let apart: BTreeSet<Apart> = all.into_iter().filter_map(|one| one.apart).collect();
    let kinds: Vec<&str> = apart.iter().copied().filter_map(kind).collect();
    let kinds = kinds.join("、");
    match (kinds.is_empty(), apart.contains(&Apart::NoBase)) {
        (true, false) => String::new(),
        (true, true) => format!("没有{base}数的目标无从同{base}比较。"),
        (false, false) => format!("{kinds}的目标不判断是否劣于{base}。"),
        (false, true) => format!("{kinds}的目标不判断是否劣于{base}，没有{base}数的无从比较。"),
    }
}

/// Of which targets no progress is counted though a value of an earlier year is shown, by what occurs: `当年工作量、增长率`; `other_additions` have
/// one, since they count from the start of the plan.
pub(super) fn without_progress(apart: &[Apart], other_additions: bool) -> String {
    let word = |apart: &Apart| match apart {
        Apart::Addition if other_additions => Some("不累计的增量"),
        // A ceiling or a floor that lies ahead has a way to it.
        Apart::Ceiling | Apart::Floor => None,
        Apart::Work => Some("当年工作量"),
        other => kind(*other),
    };
    apart.iter().filter_map(word).collect::<Vec<_>>().join("、")
}

/// Whether a target of a later year has been reached, though nothing is due of it by now: where the way to it begins is unknown, or it has none.
pub(super) fn is_beyond_without_base(one: &Assessment) -> bool {
    one.state == State::OnSchedule && one.is_held_to_the_end() && one.completion.is_none()
}

/// How many targets of later years of a city are held against themselves.
pub(super) fn held_to_the_end(context: &Context<'_>, city: &CityEvaluation) -> usize {
    context.counted(city).iter().filter(|(one, _)| one.is_held_to_the_end()).count()
}

/// The step of [`held_to_the_end`], and that of how many are held against what is due by now, as sentences print these numbers.
pub(super) fn say_of_later_years(
    context: &Context<'_>,
    city: &CityEvaluation,
    is_direct: bool,
    number: usize,
) -> String {
    let name = if is_direct { "direct" } else { "due" };
    let counted = context.counted(city);
    let is_one = |one: &&Assessment| one.state.is_of_schedule() && one.is_held_to_the_end() == is_direct;
    let own = counted.iter().map(|(one, _)| *one).filter(is_one).map(state_of);
    context.book.count(&format!("{}/#scheduled.{name}", city.plan.city), own, &[], number)
}

/// The deviation from the target, in percent, at which drawings of values against targets end: twice `bar_span`, since values of earlier years lie
/// far off.
pub(super) fn edge(context: &Context<'_>) -> Decimal {
    context.evaluation.round.method.bar_span.saturating_mul(Decimal::TWO)
}

/// The value against its target, and that of the base on the same scale; right is always good. Nothing of a target that cannot be judged.
pub(super) fn dumbbell(context: &Context<'_>, one: &Assessment, row: &Indicator) -> Dumbbell {
    let span = edge(context);
    let Some(exact) = one.completion.filter(|_| one.state.is_assessable()) else {
        return Dumbbell::default();
    };
    let side = |deviation: Decimal| if deviation.is_sign_negative() { Side::Left } else { Side::Right };
    let length = |deviation: Decimal| {
        Position::of(deviation.abs().checked_div(span).unwrap_or(Decimal::ONE).min(Decimal::ONE))
    };
    let Some(deviation) = exact.checked_sub(Decimal::ONE_HUNDRED) else { return Dumbbell::default() };
    let bar = Bar { side: side(deviation), length: length(deviation), open: deviation.abs() > span };
    let last = base_ratio(one, row).and_then(|ratio| ratio.checked_sub(Decimal::ONE));
    let last = last.and_then(|off| off.checked_mul(Decimal::ONE_HUNDRED)).map(|deviation| Last {
        side: side(deviation),
        at: length(deviation),
        outside: deviation.abs() > span,
    });
    Dumbbell { bar: Some(bar), last, is_worse: moved(one, row) == Some(Move::Worse) }
}

/// The completion, as a fraction, that the value of the base would have; `None` where it has none on the scale of the bar: the work of
/// another year, a level beside a growth or an addition, one year's rate beside a mean of several.
fn base_ratio(one: &Assessment, row: &Indicator) -> Option<Decimal> {
    let is_level = matches!(one.apart, None | Some(Apart::Ceiling | Apart::Floor));
    let is_rate = matches!(one.target.goal, Goal::Growth(..)) && row.change(&one.target.goal).is_none();
    let is_to_be_hit = one.target.goal.operator() == Some(Operator::Equal);
    let base = one.baseline.as_ref()?.value.filter(|_| (is_level || is_rate) && !is_to_be_hit)?;
    // Of a later year's target the bar is held against what is due by now.
    let target = match &one.due {
        Some(due) => due.value,
        None => one.target.goal.number()?.value,
    };
    let is_lower = row.direction == Direction::Lower;
    // As rates are held against rates: by index numbers where their ratio means nothing.
    let (base, target) = match is_rate && (is_lower || target <= Decimal::ZERO) {
        true => (base.checked_add(Decimal::ONE_HUNDRED)?, target.checked_add(Decimal::ONE_HUNDRED)?),
        false => (base, target),
    };
    let ratio = match is_lower {
        true => target.checked_div(base).filter(|_| base > Decimal::ZERO)?,
        false => base.checked_div(target)?,
    };
    // Below a limit that is not to be passed nothing is better or worse: what keeps it has no place beside the line.
    (!row.is_ceiling(&one.target) || ratio < Decimal::ONE).then_some(ratio)
}
