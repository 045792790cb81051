//! Page one of very many cities: patterns before names.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::context::Context;
use super::super::drawing::Position;
use super::super::ranking::rate;
use super::super::say::{plural, say};
use super::super::totals::total_step;
use super::super::totals::{Tally, Totals, keys_of, state_of};
use super::shared::in_print;
use super::standing::{AxisRange, Tick, axis_from, axis_note, axis_range, ticks};
use crate::advise::{RateBounds, bounds_of};
use crate::assess::Assessment;
use crate::characters::capitalised;
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
    count: String,
    words: String,
}

/// Cities with a rate within five percent.
#[derive(Debug, Clone, Serialize)]
struct Bin {
    words: String,
    count: usize,
}

/// An indicator with how many cities have it, and what became of it.
#[derive(Debug, Clone, Serialize)]
struct Shared {
    name: String,
    total: String,
    missed: String,
    open: String,
    length: Position,
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
    let bins = bins(&cities);
    let rate_word = context.terms.rate;
    let language = context.language;
    let told = bins.iter().filter(|bin| bin.count > 0).map(|bin| {
        let Bin { words, count } = bin;
        say!(language, "{words}：{count}", "{words}: {count}")
    });
    let mut judged: Vec<&CityEvaluation> =
        cities.iter().copied().filter(|city| city.score.assessable > 0).collect();
    judged.sort_by(|one, other| one.score.rate().order(other.score.rate()));
    judged.truncate(LOWEST);
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
        shared_title: say!(language, "没有到的{noun}最多的指标", "Indicators missed by most {places}"),
        shared_heads: language.of(
            ["指标", "列为目标", "未到", "判不了", "未到占可评"],
            ["Indicator", "Set", "Not met", "Open", "Not met/ judged"],
        ),
        shared: shared(context, &cities),
        lowest_title: say!(
            language,
            "{rate_word}最低的{noun}（先后只按已评项，不是名次）",
            "Lowest {rate_word} (judged targets only; not a ranking)"
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
    let method = &context.evaluation.round.method;
    let line = method.reference;
    let side = |city: &CityEvaluation| {
        let RateBounds { low, high, is_covered } = bounds_of(&city.score, method.minimum_coverage);
        match (is_covered, is_at_least(low, line), is_at_least(high, line)) {
            (false, ..) => 3,
            (_, true, _) => 0,
            (_, _, false) => 2,
            _ => 1,
        }
    };
    let (language, limit) = (context.language, context.limit("reference", line));
    let kinds = [
        ("above", say!(language, "怎样算都在{limit}%以上", "at {limit}% or more in any case")),
        ("between", language.of("说不准", "not certain").to_owned()),
        ("below", say!(language, "怎样算都不到{limit}%", "below {limit}% in any case")),
        ("uncovered", language.of("可评的项不够，不比", "with too few judged targets").to_owned()),
    ];
    let noun = context.terms.places.noun;
    let group = |(at, (name, words)): (usize, (&str, String))| {
        let own: Vec<&&CityEvaluation> = cities.iter().filter(|city| side(city) == at).collect();
        let id = format!("round/#cities.{name}");
        let steps = own.iter().map(|city| total_step(city));
        let count = context.book.count(&id, steps, &[], own.len());
        let places = plural(own.len(), context.terms.places.single(), context.terms.places.plural());
        let words = say!(language, "个{noun}{words}", "{places} {words}");
        (!own.is_empty()).then_some(Group { count, words })
    };
    kinds.into_iter().enumerate().filter_map(group).collect()
}

/// Cities by their rates; those without any are in none.
fn bins(cities: &[&CityEvaluation]) -> Vec<Bin> {
    let bin_of = |city: &CityEvaluation| {
        let Fraction { part, whole } = city.score.rate();
        let percent = part.checked_mul(100)?.checked_div(whole)?;
        Some((percent / BIN).min(100 / BIN - 1))
    };
    let own: Vec<usize> = cities.iter().filter_map(|city| bin_of(city)).collect();
    let first = own.iter().min().copied().unwrap_or_default();
    (first..100 / BIN)
        .map(|bin| Bin {
            words: format!("{}—{}", bin * BIN, (bin + 1) * BIN),
            count: own.iter().filter(|at| **at == bin).count(),
        })
        .collect()
}

/// The indicators that the most cities missed.
fn shared(context: &Context<'_>, cities: &[&CityEvaluation]) -> Vec<Shared> {
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
    all.truncate(WORST);
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
            Shared { name: name.to_owned(), total, missed, open, length: Position::share(number, able) }
        })
        .collect()
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
