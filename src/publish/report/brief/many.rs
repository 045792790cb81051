//! Page one of very many cities: patterns before names.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::context::Context;
use super::super::drawing::Position;
use super::super::rate::rate;
use super::super::say::{plural, say};
use super::super::totals::total_step;
use super::super::totals::{Tally, Totals, keys_of, state_of};
use super::axis::{self, AxisRange, Tick, axis_from, axis_note, axis_range, ticks};
use super::shared::{cut_among_ties, in_print, ties_words};
use super::sides::Side;
use crate::advise::RateBounds;
use crate::assess::{Assessment, State};
use crate::characters::capitalised;
use crate::compare::Fraction;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
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
    /// Its limits as the axis has them.
    limits: [String; 2],
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
    pub(in crate::publish::report) fn missed_words(&self, context: &Context<'_>) -> String {
        let Self { name, total, missed, .. } = self;
        let (noun, places) = (context.terms.places.noun, context.terms.places.plural());
        say!(
            context.language,
            "{name}{total}个{noun}中{missed}个未到",
            "{name}: of {total} {places} {missed} did not meet it"
        )
    }

    /// `高层次人才团队：100中34未到，2判不了`
    pub(in crate::publish::report) fn told(&self, language: Language) -> String {
        let Self { name, total, missed, open, .. } = self;
        say!(
            language,
            "{name}：{total}中{missed}未到，{open}判不了",
            "{name}: of {total} {missed} not met, {open} open"
        )
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
    let language = context.language;
    let told = bins.iter().filter(|bin| bin.count > 0).map(|bin| {
        let Bin { words, count, .. } = bin;
        say!(language, "{words}：{count}", "{words}: {count}")
    });
    let mut judged: Vec<&CityEvaluation> =
        cities.iter().copied().filter(|city| city.score.assessable > 0).collect();
    judged.sort_by(|one, other| one.score.rate().order(other.score.rate()));
    let lowest_ties =
        cut_among_ties(&mut judged, LOWEST, |one, other| one.score.rate().order(other.score.rate()).is_eq());
    let (shared, shared_ties) = shared(context, &cities, WORST);
    let [shared_ties, lowest_ties] = [shared_ties, lowest_ties].map(|is_cut| ties_words(language, is_cut));
    let (noun, reached) = (context.terms.places.noun, context.terms.reached);
    let (place, places) = (context.terms.places.single(), context.terms.places.plural());
    let whole = capitalised(places);
    Many {
        groups: groups(context, &cities),
        most: bins.iter().map(|bin| bin.count).max().unwrap_or_default(),
        histogram_title: say!(
            language,
            "各{noun}{rate_word}的分布（每格一个{noun}，每档{BIN}个百分点）",
            "{whole} by {rate_word} (one square per {place}, steps of {BIN} percentage points)"
        ),
        histogram_alt: language.clauses(&told.collect::<Vec<_>>()),
        bins,
        shared_title: say!(
            language,
            "没有到的{noun}最多的指标{shared_ties}",
            "Indicators missed by most {places}{shared_ties}"
        ),
        shared_heads: language.of(
            ["指标", "列为目标", "未到", "判不了", "未到占可评"],
            ["Indicator", "Set", "Not met", "Open", "Not met/ judged"],
        ),
        shared,
        lowest_title: say!(
            language,
            "{rate_word}最低的{noun}（先后只按已评项，不是名次）{lowest_ties}",
            "Lowest {rate_word} (judged targets only; not a ranking){lowest_ties}"
        ),
        lowest_heads: [
            context.terms.places.head_in(language),
            capitalised(&say!(language, "{reached}/可评", "{reached}/ judged")),
            capitalised(&say!(language, "{rate_word}%", "{rate_word}, %")),
        ],
        lowest: judged.into_iter().map(|city| lowest(context, city, from)).collect(),
        ticks: ticks(from, (100 - from) / 2),
        note: axis_note(context),
    }
}

/// The cities by the line of reference: above it and below it whatever becomes of what is open, and those of which that cannot be said.
fn groups(context: &Context<'_>, cities: &[&CityEvaluation]) -> Vec<Group> {
    let (language, limit) =
        (context.language, context.limit("reference", context.evaluation.round.method.reference));
    let kinds = [
        (Side::Above, say!(language, "怎样算都在{limit}%以上", "at {limit}% or more in any case")),
        (Side::Between, language.of("说不准", "not certain").to_owned()),
        (Side::Below, say!(language, "怎样算都不到{limit}%", "below {limit}% in any case")),
        (Side::Uncovered, language.of("可评的项不够，不比", "with too few judged targets").to_owned()),
    ];
    let noun = context.terms.places.noun;
    let group = |(side, words): (Side, String)| {
        let own: Vec<&&CityEvaluation> =
            cities.iter().filter(|city| side_of(context, city) == side).collect();
        let id = format!("round/#cities.{}", side.key());
        let steps = own.iter().map(|city| total_step(city));
        let count = context.book.count(&id, steps, &[], own.len());
        let places = plural(own.len(), context.terms.places.single(), context.terms.places.plural());
        let words = say!(language, "个{noun}{words}", "{places} {words}");
        (!own.is_empty()).then_some(Group { side, count, words })
    };
    kinds.into_iter().filter_map(group).collect()
}

/// The side of a city.
pub(in crate::publish::report) fn side_of(context: &Context<'_>, city: &CityEvaluation) -> Side {
    let line = context.evaluation.round.method.reference;
    let RateBounds { low, high, is_covered } = axis::rate_bounds(context, city);
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
            limits: [bin * BIN, (bin + 1) * BIN].map(|limit| limit.to_string()),
            count: own.iter().filter(|(at, _)| *at == bin).count(),
            sides: sides(bin),
        })
        .collect()
}

/// The indicators that the most cities missed, so many of them, and whether as many missed one that is left out as the last of these.
pub(in crate::publish::report) fn shared(
    context: &Context<'_>,
    cities: &[&CityEvaluation],
    most: usize,
) -> (Vec<Shared>, bool) {
    let mut all: BTreeMap<&str, (&str, Vec<&Assessment>)> = BTreeMap::new();
    for city in cities {
        for (one, row) in context.counted(city) {
            let Some(id) = one.id.as_ref() else { continue };
            let entry = all.entry(id.as_str());
            entry.or_insert_with(|| (context.row(&city.plan, row), Vec::new())).1.push(one);
        }
    }
    let missed =
        |targets: &[&Assessment]| targets.iter().filter(|one| one.state.met() == Some(false)).count();
    let mut all: Vec<(&str, &str, Vec<&Assessment>)> =
        all.into_iter().map(|(id, (name, targets))| (id, name, targets)).collect();
    all.retain(|(.., targets)| missed(targets) > 0);
    all.sort_by_key(|(id, _, targets)| (std::cmp::Reverse(missed(targets)), *id));
    let is_cut = cut_among_ties(&mut all, most, |(.., one), (.., other)| missed(one) == missed(other));
    let rows = all.into_iter().map(|(id, name, targets)| {
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
        let of_state = |wanted: &[State]| targets.iter().filter(|one| wanted.contains(&one.state)).count();
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
    });
    (rows.collect(), is_cut)
}

fn lowest(context: &Context<'_>, city: &CityEvaluation, from: usize) -> LowestRow {
    let whose = Totals::of_city(&context.book, city);
    let (met, able) = (whose.say("met", city.score.met), whose.say("assessable", city.score.assessable));
    LowestRow {
        city: context.short(&city.plan).to_owned(),
        met: format!("{met}/{able}"),
        rate: rate(context, city),
        range: axis_range(context, city, from),
    }
}
