//! The cities in the order of the index: place, score and the places that draws give, a row each.

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::brief::axis::Tick;
use super::super::composite_traits::marks;
use super::super::composite_view::{CompositeView, number};
use super::super::drawing::Position;
use super::super::say::{say, sentences};
use crate::composite::IndexedCity;
use crate::composite::robust::PlaceInterval;
use crate::ledger::Traced;
use crate::rounding::plain;

/// The most rows in one column; more stand in two.
const ROWS: usize = 35;
/// The most rows in a column of two.
const ROWS_OF_TWO: usize = 50;

/// The drawing.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PlacePlot {
    pub(super) title: String,
    /// Heads: of scores, of places.
    heads: Vec<String>,
    panels: Vec<PlotPanel>,
    score_ticks: Vec<Tick>,
    /// None where no draws were asked for.
    place_ticks: Vec<Tick>,
    /// What the marks of groups mean.
    groups: String,
    pub(super) note: String,
    alt: String,
}

/// Rows one below the other.
#[derive(Debug, Clone, Serialize)]
struct PlotPanel {
    rows: Vec<PlotRow>,
}

/// A city.
#[derive(Debug, Clone, Serialize)]
struct PlotRow {
    place: String,
    name: String,
    group: String,
    marks: String,
    score: String,
    at: Position,
    interval: Option<PlotInterval>,
}

/// The places that draws give a city.
#[derive(Debug, Clone, Serialize)]
struct PlotInterval {
    low: Position,
    median: Position,
    high: Position,
    /// Its place by the index.
    at: Position,
    words: String,
}

/// A scale from one round number to another.
pub(super) struct RoundScale {
    low: Decimal,
    high: Decimal,
    step: Decimal,
}

impl RoundScale {
    /// The scale on which numbers lie, in about so many steps, and two more at most.
    pub(super) fn over(numbers: &[Decimal], steps: u32) -> Option<Self> {
        let (least, most) = (numbers.iter().min()?, numbers.iter().max()?);
        let span = match most.checked_sub(*least)? {
            none if none.is_zero() => Decimal::from(steps),
            span => span,
        };
        let mut sizes = (-3_i32..12).flat_map(|power| [1_i64, 2, 5].map(|first| (first, power)));
        let step = sizes.find_map(|(first, power)| {
            let step = match u32::try_from(power) {
                Ok(power) => Decimal::from(first).checked_mul(Decimal::from(10_i64.checked_pow(power)?))?,
                Err(_) => Decimal::new(first, power.unsigned_abs()),
            };
            (step.checked_mul(Decimal::from(steps))? >= span).then_some(step)
        })?;
        let low = least.checked_div(step)?.floor().checked_mul(step)?;
        let high = most.checked_div(step)?.ceil().checked_mul(step)?;
        let high = if high == low { high.checked_add(step)? } else { high };
        Some(Self { low, high, step })
    }

    pub(super) fn position(&self, value: Decimal) -> Position {
        let along = value.checked_sub(self.low);
        let span = self.high.checked_sub(self.low);
        let at = along.zip(span).and_then(|(along, span)| along.checked_div(span));
        at.map_or(Position::START, Position::of)
    }

    pub(super) fn ticks(&self) -> Vec<Tick> {
        let mut ticks = Vec::new();
        let mut at = self.low;
        while at <= self.high {
            ticks.push(Tick { at: self.position(at), words: plain(at) });
            let Some(next) = at.checked_add(self.step) else { break };
            at = next;
        }
        ticks
    }
}

/// Where a place lies on an axis from the first to the last.
fn place_at(place: usize, last: usize) -> Position {
    Position::share(place.saturating_sub(1), last.saturating_sub(1).max(1))
}

/// The first place, the last, and some between: no more than so many steps.
fn place_ticks(last: usize, most: usize) -> Vec<Tick> {
    let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500];
    let step = steps.into_iter().find(|step| last <= step * most).unwrap_or(last);
    let mut places = vec![1];
    // A round number too near to the last would stand in it.
    places.extend((1..).map(|at| at * step).take_while(|place| place + step.div_ceil(2) <= last));
    places.push(last);
    places.dedup();
    places.into_iter().map(|place| Tick { at: place_at(place, last), words: place.to_string() }).collect()
}

/// The interval of a city, as it is told: `1—3`.
pub(super) fn interval_words(view: &CompositeView<'_>, interval: &PlaceInterval) -> String {
    let (low, high) = (view.whole(&interval.low), view.whole(&interval.high));
    match interval.low.number() == interval.high.number() {
        true => low,
        false => say!(view.context.language, "{low}—{high}", "{low}–{high}"),
    }
}

fn row(view: &CompositeView<'_>, city: &IndexedCity, scale: &RoundScale, last: usize) -> PlotRow {
    let at = |told: &Traced| place_at(told.count(), last);
    PlotRow {
        place: view.place(city),
        name: view.city(&city.city),
        group: view.group_mark(&city.city),
        marks: marks(view, city),
        score: view.score(city.index.as_ref()),
        at: number(city.index.as_ref()).map_or(Position::START, |score| scale.position(score)),
        interval: view.index.interval_of(&city.city).map(|one| PlotInterval {
            low: at(&one.low),
            median: at(&one.median),
            high: at(&one.high),
            at: place_at(city.rank.unwrap_or_default(), last),
            words: interval_words(view, one),
        }),
    }
}

/// The drawing with the title that it has; nothing without scores.
pub(super) fn plot(view: &CompositeView<'_>, title: String) -> Option<PlacePlot> {
    let language = view.context.language;
    let cities: Vec<&IndexedCity> = view.placed().collect();
    let scores: Vec<Decimal> = cities.iter().filter_map(|city| number(city.index.as_ref())).collect();
    // Two columns have half the room.
    let is_narrow = cities.len() > ROWS;
    let scale = RoundScale::over(&scores, if is_narrow { 3 } else { 5 })?;
    let last = view.index.placed().count();
    let rows: Vec<PlotRow> = cities.iter().map(|city| row(view, city, &scale, last)).collect();
    let told: Vec<String> = rows.iter().map(|row| told(view, row)).collect();
    let (name, told) = (view.name(), language.clauses(&told));
    let height = if rows.len() <= ROWS { ROWS } else { rows.len().div_ceil(2).min(ROWS_OF_TWO) };
    let has_draws = rows.iter().any(|row| row.interval.is_some());
    let heads = language.of(["得分", "位次区间"], ["Score", "Interval of places"]);
    Some(PlacePlot {
        title,
        heads: heads.map(str::to_owned).into(),
        alt: say!(language, "{name}：{told}。", "{name}: {told}."),
        groups: groups(view),
        note: note(view, &rows),
        panels: rows.chunks(height).map(|rows| PlotPanel { rows: rows.to_vec() }).collect(),
        score_ticks: scale.ticks(),
        place_ticks: if has_draws { place_ticks(last, if is_narrow { 2 } else { 5 }) } else { Vec::new() },
    })
}

/// A row in words.
fn told(view: &CompositeView<'_>, row: &PlotRow) -> String {
    let PlotRow { place, name, score, .. } = row;
    let language = view.context.language;
    match &row.interval {
        Some(interval) => {
            let words = &interval.words;
            say!(
                language,
                "第{place}位{name}，{score}分，位次区间{words}",
                "place {place} {name}, {score} points, interval of places {words}"
            )
        }
        None => {
            say!(language, "第{place}位{name}，{score}分", "place {place} {name}, {score} points")
        }
    }
}

/// What the marks of groups mean.
fn groups(view: &CompositeView<'_>) -> String {
    let language = view.context.language;
    let groups = view.groups().into_iter().map(|(mark, group)| format!("{mark} {}", view.group_name(group)));
    let groups: Vec<String> = groups.collect();
    let (all, short) = (language.list(&groups), view.context.terms.places.short);
    match groups.is_empty() {
        true => String::new(),
        false => say!(language, "同类{short}：{all}。", "Peer groups: {all}."),
    }
}

fn note(view: &CompositeView<'_>, rows: &[PlotRow]) -> String {
    let language = view.context.language;
    let score = language.of(
        "圆点为得分；位次按未修约的得分排，得分相同的并列。",
        "Dot: score; places go by scores before rounding, equal scores share a place.",
    );
    let draws = match rows.iter().any(|row| row.interval.is_some()) {
        false => "",
        true => language.of(
            "横条为百分之九十的抽样所在的位次（两端各去百分之五），细线为中位数，圆点为本次位次。",
            "Bar: the places of nine draws in ten (a twentieth cut off at either end); tick: median; dot: the place.",
        ),
    };
    let imputed = match view.values(|value| value.is_imputed).is_empty() {
        false => language.of("※有指标值为插补。", "※ some of its values are imputed."),
        true => "",
    };
    let treated = match view.values(|value| value.is_treated).is_empty() {
        false => language.of("▽有指标值作过极端值处理。", "▽ extreme values of it were drawn in."),
        true => "",
    };
    sentences(language, &[score, draws, imputed, treated])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(ticks: Vec<Tick>) -> Vec<String> {
        ticks.into_iter().map(|tick| tick.words).collect()
    }

    #[test]
    fn a_scale_has_round_numbers_around_what_lies_on_it() {
        let scale = |numbers: &[i64]| {
            RoundScale::over(&numbers.iter().map(|one| Decimal::new(*one, 1)).collect::<Vec<_>>(), 5).unwrap()
        };
        assert_eq!(words(scale(&[613, 872]).ticks()), ["60", "70", "80", "90"]);
        assert_eq!(words(scale(&[400, 400]).ticks()), ["40", "41"]);
        assert_eq!(words(scale(&[-21, 33]).ticks()), ["-4", "-2", "0", "2", "4"]);
        assert!(RoundScale::over(&[], 5).is_none());
    }

    #[test]
    fn the_axis_of_places_begins_with_the_first_and_ends_with_the_last() {
        assert_eq!(words(place_ticks(3, 5)), ["1", "2", "3"]);
        assert_eq!(words(place_ticks(30, 5)), ["1", "10", "20", "30"]);
        assert_eq!(words(place_ticks(100, 2)), ["1", "50", "100"]);
        assert_eq!(words(place_ticks(1, 5)), ["1"]);
    }
}
