//! Small multiples: the targets of each year of a plan of several years, and the values so far.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::drawing::{Position, Verdict};
use super::super::numbers::Key;
use super::super::say::{in_brackets, say, sentences};
use super::super::section::Draft;
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
    /// Whether the year before has a value, too: what lies between years without one is not known, and no line is drawn there.
    joined: bool,
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
#[expect(clippy::too_many_lines, reason = "each sentence has its words in two languages")]
pub(super) fn paths(draft: &mut Draft<'_>, city: &CityEvaluation) -> Option<Paths> {
    let (context, language) = (draft.context, draft.context.language);
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
        name: context.row(&city.plan, row).to_owned(),
        verdict: Verdict::of(language, one.state),
        text: match (context.actual(city, one), one.state) {
            (Some(value), State::Lagged) => {
                let year = context.actual_note(city, one);
                let year = year.map_or_else(String::new, |note| in_brackets(language, &note));
                format!("{value}{year}")
            }
            (Some(value), state) if state.is_assessable() => {
                let target = context.target_beside(one, row);
                say!(language, "{value}／{target}", "{value} / {target}")
            }
            (_, state) => state.words(language).to_owned(),
        },
        targets: points(&course.targets, course, (first, last)),
        seconds: points(&course.seconds, course, (first, last)),
        values: points(&course.values, course, (first, last)),
    };
    let panels: Vec<Panel> = drawn.iter().take(MOST).map(panel).collect();
    let second = if panels.iter().any(|panel| !panel.seconds.is_empty()) {
        language.of("空心短横是要求更高的一档；", "hollow ticks the tier that asks for more; ")
    } else {
        ""
    };
    let line = if panels.iter().any(|panel| panel.values.iter().any(|value| value.joined)) {
        language.of("圆点和实线是实绩", "dots and the solid line are values")
    } else {
        language.of("圆点是实绩", "dots are values")
    };
    let undrawn = undrawn.iter().map(|(one, row, _)| {
        let (name, state) = (context.row(&city.plan, row), one.state.words(language));
        say!(language, "{name}（{state}）", "{name} ({state})")
    });
    let undrawn: Vec<String> = undrawn.collect();
    let named = language.list(undrawn.get(..MOST_UNDRAWN).unwrap_or(&undrawn));
    let undrawn = match undrawn.len() {
        0 => String::new(),
        1..=MOST_UNDRAWN => {
            say!(language, "没有数，不画：{named}。", "Not drawn for want of values: {named}.")
        }
        _ => say!(language, "没有数，不画：{named}等。", "Not drawn for want of values: {named} and others."),
    };
    let shown = panels.len();
    let cut = match all > shown {
        true => say!(language, "共{all}项，画前{shown}项。", "The first {shown} of {all} are drawn."),
        false => String::new(),
    };
    let number = draft.numbers.take(Key::figure_of(&city.plan, "paths"));
    let title = say!(
        language,
        "{number}　来路和去路：各年目标与实绩（{first}—{last}年）",
        "{number}. Targets and values by year ({first}–{last})"
    );
    let note = say!(
        language,
        "每格从左到右为{first}—{last}年；短横和虚线是各年目标，{second}{line}。数大的在上，每格纵轴各自取值，格与格不能比高低。",
        "Each panel runs from {first} to {last}; ticks and the dashed line are targets by year, {second}{line}. Larger numbers are higher; each panel has its own scale, so panels cannot be compared by height."
    );
    Some(Paths {
        alt: title.clone(),
        title,
        unit: language.of("实绩／目标", "value / target").to_owned(),
        panels,
        note: sentences(language, &[&note, &undrawn, &cut]),
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
    let joined = |year: i32| values.contains_key(&year.saturating_sub(1));
    values.iter().map(|(year, value)| Point { x: x(*year), y: y(*value), joined: joined(*year) }).collect()
}
