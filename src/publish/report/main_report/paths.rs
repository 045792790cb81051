//! Small multiples: the targets of each year of a plan of several years, and the values so far.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::drawing::{Position, Verdict};
use super::super::numbers::Key;
use super::super::section::Draft;
use super::super::totals::target_text;
use super::super::values::{actual_note, actual_text};
use crate::assess::{Assessment, State};
use crate::evaluation::CityEvaluation;
use crate::plan::{Indicator, Tier};
use crate::quantity::Value;

/// Small multiples.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Paths {
    title: String,
    unit: String,
    alt: String,
    panels: Vec<Panel>,
    note: String,
}

/// An indicator.
#[derive(Debug, Clone, Serialize)]
struct Panel {
    name: String,
    #[serde(flatten)]
    verdict: Verdict,
    text: String,
    targets: Vec<Point>,
    /// Of the second tier, where that is another.
    seconds: Vec<Point>,
    values: Vec<Point>,
}

/// A value of a year.
#[derive(Debug, Clone, Copy, Serialize)]
struct Point {
    x: Position,
    y: Position,
}

/// More indicators than this are not drawn.
const MOST: usize = 25;
/// Indicators without a value, so many are named.
const MOST_UNDRAWN: usize = 8;

/// The values of an indicator by year.
#[derive(Default)]
struct LevelsByYear {
    targets: BTreeMap<i32, Decimal>,
    seconds: BTreeMap<i32, Decimal>,
    values: BTreeMap<i32, Decimal>,
    /// Whether a value of the year that is judged is among them, or the last one that is known in its place.
    has_actual: bool,
}

impl LevelsByYear {
    fn of(city: &CityEvaluation, one: &Assessment, row: &Indicator) -> Self {
        let mut course = Self::default();
        for target in &row.targets {
            let Some(number) = target.goal.number().filter(|_| row.change(&target.goal).is_none()) else {
                continue;
            };
            let tier = match target.tier {
                Tier::Intended | Tier::Stretch => &mut course.seconds,
                Tier::Annual | Tier::Assessed => &mut course.targets,
            };
            tier.insert(target.year, number.value);
        }
        let past = row.past.iter().filter_map(|past| Some((past.year, past.value?)));
        let published = row.published.iter().filter_map(|one| Some((one.year, one.value.as_ref()?.value?)));
        course.values.extend(published.chain(past));
        let is_known = one.state.is_assessable() || one.state == State::Lagged;
        if let Some(Value::Number(actual)) = one.actual.filter(|_| is_known) {
            let year = city.fact(&one.no).map_or(one.target.year, |fact| fact.year);
            course.values.insert(year, actual);
            course.has_actual = true;
        }
        course
    }

    fn years(&self) -> impl Iterator<Item = i32> {
        self.targets.keys().chain(self.seconds.keys()).chain(self.values.keys()).copied()
    }

    fn levels(&self) -> impl Iterator<Item = Decimal> {
        self.targets.values().chain(self.seconds.values()).chain(self.values.values()).copied()
    }
}

impl Paths {
    /// How many are drawn.
    pub(super) fn count(&self) -> usize {
        self.panels.len()
    }
}

/// Nothing for a plan of one year, or one whose targets are no levels.
pub(super) fn paths(draft: &mut Draft<'_>, city: &CityEvaluation) -> Option<Paths> {
    let context = draft.context;
    let (drawn, undrawn): (Vec<_>, Vec<_>) = context
        .counted(city)
        .into_iter()
        .map(|(one, row)| (one, row, LevelsByYear::of(city, one, row)))
        .filter(|(.., course)| course.targets.len() > 1)
        .partition(|(.., course): &(&Assessment, &Indicator, LevelsByYear)| course.has_actual);
    let first = drawn.iter().flat_map(|(.., course)| course.years()).min()?;
    let last = drawn.iter().flat_map(|(.., course)| course.years()).max()?;
    let all = drawn.len();
    let panel = |(one, row, course): &(&Assessment, &Indicator, LevelsByYear)| Panel {
        name: row.short.clone(),
        verdict: one.state.into(),
        text: match (actual_text(city, one), one.state) {
            (Some(value), State::Lagged) => {
                let year = actual_note(city, one).map_or_else(String::new, |note| format!("（{note}）"));
                format!("{value}{year}")
            }
            (Some(value), state) if state.is_assessable() => {
                format!("{value}／{}", target_text(one, row.goal_beside(&one.target.goal)))
            }
            (_, state) => state.chinese().to_owned(),
        },
        targets: points(&course.targets, course, (first, last)),
        seconds: points(&course.seconds, course, (first, last)),
        values: points(&course.values, course, (first, last)),
    };
    let panels: Vec<Panel> = drawn.iter().take(MOST).map(panel).collect();
    let second = if panels.iter().any(|panel| !panel.seconds.is_empty()) {
        "空心短横是要求更高的一档；"
    } else {
        ""
    };
    let line = if panels.iter().any(|panel| panel.values.len() > 1) {
        "圆点和实线是实绩"
    } else {
        "圆点是实绩"
    };
    let undrawn: Vec<String> =
        undrawn.iter().map(|(one, row, _)| format!("{}（{}）", row.short, one.state.chinese())).collect();
    let undrawn = match undrawn.len() {
        0 => String::new(),
        1..=MOST_UNDRAWN => format!("没有数，不画：{}。", undrawn.join("、")),
        _ => format!("没有数，不画：{}等。", undrawn.get(..MOST_UNDRAWN).unwrap_or(&undrawn).join("、")),
    };
    let cut = if all > panels.len() {
        format!("共{all}项，画前{}项。", panels.len())
    } else {
        String::new()
    };
    let number = draft.numbers.take(Key::figure_of(&city.plan, "paths"));
    let title = format!("{number}　来路和去路：各年目标与实绩（{first}—{last}年）");
    Some(Paths {
        alt: title.clone(),
        title,
        unit: "实绩／目标".to_owned(),
        panels,
        note: format!(
            "每格从左到右为{first}—{last}年；短横和虚线是各年目标，{second}{line}。数大的在上，每格纵轴各自取值，格与格不能比高低。{undrawn}{cut}"
        ),
    })
}

/// Where the values of some years stand in the panel of their indicator.
fn points(values: &BTreeMap<i32, Decimal>, course: &LevelsByYear, (first, last): (i32, i32)) -> Vec<Point> {
    let (Some(low), Some(high)) = (course.levels().min(), course.levels().max()) else { return Vec::new() };
    let share = |part: Decimal, whole: Decimal| {
        // All on one level lie in the middle.
        if whole.is_zero() {
            Position::at(0.5)
        } else {
            part.checked_div(whole).map_or(Position::START, Position::of)
        }
    };
    let x = |year: i32| {
        share(Decimal::from(year.saturating_sub(first)), Decimal::from(last.saturating_sub(first)))
    };
    let y = |value: Decimal| share(value.saturating_sub(low), high.saturating_sub(low));
    values.iter().map(|(year, value)| Point { x: x(*year), y: y(*value) }).collect()
}
