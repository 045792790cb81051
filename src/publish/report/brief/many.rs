//! Page one of very many cities: patterns before names.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::context::Context;
use super::super::drawing::Position;
use super::super::rate::rate;
use super::super::totals::total_step;
use super::super::totals::{Tally, Totals, keys_of, state_of};
use super::shared::in_print;
use super::sides::Side;
use super::standing::{self, AxisRange, Tick, axis_from, axis_note, axis_range, ticks};
use crate::advise::RateBounds;
use crate::assess::{Assessment, State};
use crate::compare::Fraction;
use crate::evaluation::CityEvaluation;
use crate::ledger::{Operation, StepId};

/// Width of a bin of the histogram, in percent.
const BIN: usize = 5;
/// So many indicators that most cities missed are named.
const WORST: usize = 6;
/// So many cities with the lowest rates are named.
const LOWEST: usize = 12;

/// Page one of very many cities.
#[derive(Debug, Clone, Serialize)]
pub(in crate::publish::report) struct Many {
    groups: Vec<Group>,
    bins: Vec<Bin>,
    most: usize,
    histogram_title: String,
    histogram_alt: String,
    shared_title: String,
    shared_heads: [&'static str; 5],
    shared: Vec<Shared>,
    lowest_title: String,
    lowest_heads: [String; 3],
    lowest: Vec<LowestRow>,
    ticks: Vec<Tick>,
    note: String,
}

/// Cities on one side of the line of reference.
#[derive(Debug, Clone, Serialize)]
struct Group {
    side: Side,
    count: String,
    words: String,
}

/// Cities with a rate within five percent.
#[derive(Debug, Clone, Serialize)]
struct Bin {
    words: String,
    count: usize,
    /// On which side of the line of reference each is, in order.
    sides: Vec<Side>,
}

/// An indicator with how many cities have it, and what became of it.
#[derive(Debug, Clone, Serialize)]
pub(in crate::publish::report) struct Shared {
    name: String,
    total: String,
    missed: String,
    open: String,
    length: Position,
    /// Shares of all cities: far from it, nearly there, reached, open.
    parts: [Position; 4],
}

impl Shared {
    /// `高层次人才团队100个城市中34个未到`
    pub(in crate::publish::report) fn missed_words(&self, noun: &str) -> String {
        format!("{}{}个{noun}中{}个未到", self.name, self.total, self.missed)
    }

    /// `高层次人才团队：100中34未到，2判不了`
    pub(in crate::publish::report) fn told(&self) -> String {
        format!("{}：{}中{}未到，{}判不了", self.name, self.total, self.missed, self.open)
    }
}

/// A city with a low rate.
#[derive(Debug, Clone, Serialize)]
struct LowestRow {
    city: String,
    met: String,
    rate: String,
    range: AxisRange,
}

/// Whether a fraction is at least so many percent.
fn is_at_least(fraction: Fraction, percent: Decimal) -> bool {
    let part = Decimal::from(fraction.part).checked_mul(Decimal::ONE_HUNDRED);
    let line = Decimal::from(fraction.whole).checked_mul(percent);
    matches!((part, line), (Some(part), Some(line)) if part >= line)
}

pub(in crate::publish::report) fn many(context: &Context<'_>) -> Many {
    let cities: Vec<&CityEvaluation> = in_print(context).collect();
    let from = axis_from(context);
    let bins = bins(context, &cities);
    let rate_word = context.terms.rate;
    let told = bins.iter().filter(|bin| bin.count > 0).map(|bin| format!("{}：{}", bin.words, bin.count));
    let mut judged: Vec<&CityEvaluation> =
        cities.iter().copied().filter(|city| city.score.assessable > 0).collect();
    judged.sort_by(|one, other| one.score.rate().order(other.score.rate()));
    judged.truncate(LOWEST);
    let noun = context.terms.places.noun;
    Many {
        groups: groups(context, &cities),
        most: bins.iter().map(|bin| bin.count).max().unwrap_or_default(),
        histogram_title: format!("各{noun}{rate_word}的分布（每格一个{noun}，每档{BIN}个百分点）"),
        histogram_alt: told.collect::<Vec<_>>().join("；"),
        bins,
        shared_title: format!("没有到的{noun}最多的指标"),
        shared_heads: ["指标", "列为目标", "未到", "判不了", "未到占可评"],
        shared: shared(context, &cities, WORST),
        lowest_title: format!("{rate_word}最低的{noun}（先后只按已评项，不是名次）"),
        lowest_heads: [
            context.terms.places.head.to_owned(),
            format!("{}/可评", context.terms.reached),
            format!("{rate_word}%"),
        ],
        lowest: judged.into_iter().map(|city| lowest(context, city, from)).collect(),
        ticks: ticks(from, (100 - from) / 2),
        note: axis_note(context),
    }
}

/// The cities by the line of reference: above it and below it whatever becomes of what is open, and those of which that cannot be said.
fn groups(context: &Context<'_>, cities: &[&CityEvaluation]) -> Vec<Group> {
    let limit = context.limit("reference", context.evaluation.round.method.reference);
    let kinds = [
        (Side::Above, format!("怎样算都在{limit}%以上")),
        (Side::Between, "说不准".to_owned()),
        (Side::Below, format!("怎样算都不到{limit}%")),
        (Side::Uncovered, "可评的项不够，不比".to_owned()),
    ];
    let noun = context.terms.places.noun;
    let group = |(side, words): (Side, String)| {
        let own: Vec<&&CityEvaluation> =
            cities.iter().filter(|city| side_of(context, city) == side).collect();
        let id = format!("round/#cities.{}", side.key());
        let steps = own.iter().map(|city| total_step(city));
        let count = context.book.count(&id, steps, &[], own.len());
        (!own.is_empty()).then(|| Group { side, count, words: format!("个{noun}{words}") })
    };
    kinds.into_iter().filter_map(group).collect()
}

/// The side of a city.
pub(in crate::publish::report) fn side_of(context: &Context<'_>, city: &CityEvaluation) -> Side {
    let line = context.evaluation.round.method.reference;
    let RateBounds { low, high, is_covered } = standing::of(context, city);
    match (is_covered, is_at_least(low, line), is_at_least(high, line)) {
        (false, ..) => Side::Uncovered,
        (_, true, _) => Side::Above,
        (_, _, false) => Side::Below,
        _ => Side::Between,
    }
}

/// Cities by their rates; those without any are in none.
fn bins(context: &Context<'_>, cities: &[&CityEvaluation]) -> Vec<Bin> {
    let bin_of = |city: &CityEvaluation| {
        let Fraction { part, whole } = city.score.rate();
        let percent = part.checked_mul(100)?.checked_div(whole)?;
        Some((percent / BIN).min(100 / BIN - 1))
    };
    let own: Vec<(usize, Side)> =
        cities.iter().filter_map(|city| Some((bin_of(city)?, side_of(context, city)))).collect();
    let first = own.iter().map(|(bin, _)| *bin).min().unwrap_or_default();
    let sides = |bin: usize| -> Vec<Side> {
        let of = |side: Side| own.iter().filter(move |one| **one == (bin, side)).map(|(_, side)| *side);
        Side::ALL.into_iter().flat_map(of).collect()
    };
    (first..100 / BIN)
        .map(|bin| Bin {
            words: format!("{}—{}", bin * BIN, (bin + 1) * BIN),
            count: own.iter().filter(|(at, _)| *at == bin).count(),
            sides: sides(bin),
        })
        .collect()
}

/// The indicators that the most cities missed, so many of them.
pub(in crate::publish::report) fn shared(
    context: &Context<'_>,
    cities: &[&CityEvaluation],
    most: usize,
) -> Vec<Shared> {
    let mut all: BTreeMap<&str, (&str, Vec<&Assessment>)> = BTreeMap::new();
    for city in cities {
        for (one, row) in context.counted(city) {
            let Some(id) = one.id.as_ref() else { continue };
            all.entry(id.as_str()).or_insert_with(|| (row.short.as_str(), Vec::new())).1.push(one);
        }
    }
    let missed =
        |targets: &[&Assessment]| targets.iter().filter(|one| one.state.met() == Some(false)).count();
    let mut all: Vec<(&str, &str, Vec<&Assessment>)> =
        all.into_iter().map(|(id, (name, targets))| (id, name, targets)).collect();
    all.retain(|(.., targets)| missed(targets) > 0);
    all.sort_by_key(|(id, _, targets)| (std::cmp::Reverse(missed(targets)), *id));
    all.truncate(most);
    all.into_iter()
        .map(|(id, name, targets)| {
            let tally = Tally::new(&context.book, format!("round/shared/{id}"), targets.iter().copied());
            let able = targets.iter().filter(|one| one.state.is_assessable()).count();
            let number = missed(&targets);
            let members = targets.iter().map(|one| state_of(one));
            let unmet = keys_of(|state| state.met() == Some(false));
            let of = |what: &str| StepId::new(format!("round/shared/{id}/#{what}"));
            let missed = context.book.count(of("unmet").as_str(), members, &unmet, number);
            let total = tally.total(targets.len());
            tally.able(able);
            let args = [("whole", of("total")), ("part", of("assessable"))];
            let left = targets.len().saturating_sub(able);
            let open = context.book.does(of("open").as_str(), Operation::Difference, &args, left);
            let of_state =
                |wanted: &[State]| targets.iter().filter(|one| wanted.contains(&one.state)).count();
            let nearly = of_state(&[State::Nearly, State::BehindSchedule]);
            let share = |count: usize| Position::share(count, cities.len());
            Shared {
                name: name.to_owned(),
                total,
                missed,
                open,
                length: Position::share(number, able),
                parts: [
                    share(number.saturating_sub(nearly)),
                    share(nearly),
                    share(able.saturating_sub(number)),
                    share(left),
                ],
            }
        })
        .collect()
}

fn lowest(context: &Context<'_>, city: &CityEvaluation, from: usize) -> LowestRow {
    let whose = Totals::of_city(&context.book, city);
    let (met, able) = (whose.say("met", city.score.met), whose.say("assessable", city.score.assessable));
    LowestRow {
        city: city.plan.short.clone(),
        met: format!("{met}/{able}"),
        rate: rate(context, city),
        range: axis_range(context, city, from),
    }
}
