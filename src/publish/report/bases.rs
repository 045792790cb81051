//! Which targets are held against an earlier value and which are not, in words; and its mark on the bars of actual against target.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::drawing::{Bar, Last, Position, Side};
use crate::assess::{Assessment, State};
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

/// Which targets are not held against their base (上年 or 基期), by kind with how many there are of each, and how many have none:
/// `其余当年新增、新建、改造等工作量（9项）的目标不判断是否劣于上年，没有上年数的1项无从比较。`
pub(super) fn apart<'a>(all: impl IntoIterator<Item = &'a Assessment>, base: &str) -> String {
    let mut counts: BTreeMap<Apart, usize> = BTreeMap::new();
    for apart in all.into_iter().filter_map(|one| one.apart) {
        *counts.entry(apart).or_default() += 1;
    }
    let kinds = counts.iter().filter_map(|(apart, count)| Some(format!("{}（{count}项）", kind(*apart)?)));
    let kinds = kinds.collect::<Vec<_>>().join("、");
    let unknown = counts.get(&Apart::NoBase).map(|count| format!("没有{base}数的{count}项无从比较"));
    match (kinds.is_empty(), unknown) {
        (true, None) => String::new(),
        (true, Some(unknown)) => format!("{unknown}。"),
        (false, None) => format!("其余{kinds}的目标不判断是否劣于{base}。"),
        (false, Some(unknown)) => format!("其余{kinds}的目标不判断是否劣于{base}，{unknown}。"),
    }
}

/// Of which targets no progress is counted though a value of an earlier year is shown, by what occurs: `当年工作量、增长率`.
pub(super) fn without_progress(apart: &[Apart]) -> String {
    let word = |apart: &Apart| match apart {
        // A ceiling or a floor that lies ahead has a way to it.
        Apart::Ceiling | Apart::Floor => None,
        Apart::Work => Some("当年工作量"),
        other => kind(*other),
    };
    apart.iter().filter_map(word).collect::<Vec<_>>().join("、")
}

/// Whether a target of a later year has been reached, though nothing is due of it by now: where the way to it begins is unknown, or it has none.
pub(super) fn is_beyond_without_base(one: &Assessment) -> bool {
    one.state == State::OnSchedule && one.due.is_none() && one.completion.is_none()
}

/// The bar of actual against target, and the value of the base on the same scale; right is always good. `span` is the deviation in
/// percent at which bars end.
pub(super) fn bars(one: &Assessment, row: &Indicator, span: Decimal) -> (Option<Bar>, Option<Last>) {
    let Some(exact) = one.completion else { return (None, None) };
    let side = |deviation: Decimal| if deviation.is_sign_negative() { Side::Left } else { Side::Right };
    let length = |deviation: Decimal| {
        Position::of(deviation.abs().checked_div(span).unwrap_or(Decimal::ONE).min(Decimal::ONE))
    };
    let Some(deviation) = exact.checked_sub(Decimal::ONE_HUNDRED) else { return (None, None) };
    let bar = Bar { side: side(deviation), length: length(deviation), open: deviation.abs() > span };
    let last = base_ratio(one, row).and_then(|ratio| ratio.checked_sub(Decimal::ONE));
    let last = last.and_then(|off| off.checked_mul(Decimal::ONE_HUNDRED)).map(|deviation| Last {
        side: side(deviation),
        at: length(deviation),
        outside: deviation.abs() > span,
    });
    (Some(bar), last)
}

/// Whether the value of the base is drawn beside the bar.
pub(super) fn is_marked(one: &Assessment, row: &Indicator) -> bool {
    one.completion.is_some() && base_ratio(one, row).is_some()
}

/// Which rows with a bar and a base (上年 or 基期) have no mark of it: `；指标1—9的目标与上年数不在同一标尺上，不画`; `None` where no row has a mark.
pub(super) fn unmarked(rows: &[(&Assessment, &Indicator)], base: &str) -> Option<String> {
    rows.iter().find(|(one, row)| is_marked(one, row))?;
    let is_bare = |one: &Assessment, row: &Indicator| {
        one.completion.is_some() && one.baseline.is_some() && !is_marked(one, row)
    };
    let off_scale = runs(rows, |one, row| is_bare(one, row) && !keeps_ceiling(one, row));
    let kept = runs(rows, |one, row| is_bare(one, row) && keeps_ceiling(one, row));
    let off_scale =
        (!off_scale.is_empty()).then(|| format!("；指标{off_scale}的目标与{base}数不在同一标尺上，不画"));
    let kept = (!kept.is_empty()).then(|| format!("；控制目标{kept}的{base}数没有超过目标，不画"));
    Some([off_scale, kept].into_iter().flatten().collect())
}

/// Numbers of the rows for which something holds, those that follow each other in the table as runs: `1—9、12`.
fn runs(rows: &[(&Assessment, &Indicator)], is_one: impl Fn(&Assessment, &Indicator) -> bool) -> String {
    let mut runs: Vec<Vec<&str>> = vec![Vec::new()];
    for (one, row) in rows {
        match (is_one(one, row), runs.last_mut()) {
            (true, Some(run)) => run.push(one.no.as_str()),
            _ => runs.push(Vec::new()),
        }
    }
    let told = |run: &Vec<&str>| match run.as_slice() {
        [first, _, .., last] => format!("{first}—{last}"),
        few => few.join("、"),
    };
    let runs: Vec<String> = runs.iter().filter(|run| !run.is_empty()).map(told).collect();
    runs.join("、")
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

/// Whether the base keeps a limit that is not to be passed, and so has no mark.
fn keeps_ceiling(one: &Assessment, row: &Indicator) -> bool {
    one.apart == Some(Apart::Ceiling) && row.is_ceiling(&one.target)
}

/// Whether any base is drawn as an arrow, since it lies outside the bars.
pub(super) fn has_arrow(one: &Assessment, row: &Indicator, span: Decimal) -> bool {
    bars(one, row, span).1.is_some_and(|last| last.outside)
}
