//! Targets on the worse side of their base: the rate without them, and what to make of the next ones.

use super::base_years::base_years;
use super::context::Context;
use super::say::{plural, say};
use super::totals::{Totals, keys_of, state_of, step_of};
use super::values::rate_words;
use crate::assess::{Assessment, State};
use crate::compare::Fraction;
use crate::evaluation::CityEvaluation;

/// The rate without the targets that lie below the value of the base year: to reach those is no progress. Empty where there are none.
pub(super) fn without_soft<'a>(
    context: &'a Context<'_>,
    cities: impl IntoIterator<Item = &'a CityEvaluation>,
) -> String {
    let (mut all, mut firm) = (0, Fraction { part: 0, whole: 0 });
    let mut is_before = true;
    let cities_told: Vec<&CityEvaluation> = cities.into_iter().collect();
    for city in &cities_told {
        all += city.score.assessable;
        firm.part += city.score.firm.part;
        firm.whole += city.score.firm.whole;
        is_before &= base_years(context, city).is_before_only();
    }
    let soft = all.saturating_sub(firm.whole);
    if soft == 0 || firm.whole == 0 {
        return String::new();
    }
    let language = context.language;
    let base = match is_before {
        true => language.of("上年", "last year’s value"),
        false => language.of("基期", "the value of the base year"),
    };
    let whose = match cities_told.as_slice() {
        [only] => Totals::of_city(&context.book, only),
        _ => Totals::of_round(&context.book),
    };
    let rate = whose.say("rate_without_soft.shown", rate_words(firm));
    let (part, whole) = (whose.say("firm.met", firm.part), whose.say("firm.assessable", firm.whole));
    let soft_words = plural(soft, "target that is", "targets that are");
    let soft = match cities_told.as_slice() {
        [only] => say_judged(context, only.plan.city.as_str(), [*only], soft),
        _ => say_judged(context, "round", cities_told.iter().copied(), soft),
    };
    let word = context.terms.rate;
    say!(
        language,
        "不计目标不如{base}实绩而可评的{soft}项，{word}为{rate}%（{part}/{whole}）。",
        "Without the {soft} judged {soft_words} weaker than {base}, the {word} is {rate}% ({part}/{whole})."
    )
}

/// `湘潭完成率由63.6%变为52.9%（9/17）`.
pub(super) fn both_rates(context: &Context<'_>, city: &CityEvaluation) -> Option<String> {
    let (all, firm) = (city.score.rate(), city.score.firm);
    if all.whole == 0 || city.score.soft == 0 {
        return None;
    }
    let Fraction { part, whole } = firm;
    let (language, name) = (context.language, context.short(&city.plan));
    if whole == 0 {
        return Some(say!(language, "{name}没有可评的目标", "{name}: no other target can be judged"));
    }
    let rate = context.terms.rate;
    let whose = Totals::of_city(&context.book, city);
    let (part, whole) = (whose.say("firm.met", part), whose.say("firm.assessable", whole));
    let before = whose.say("rate.shown", rate_words(all));
    let without = whose.say("rate_without_soft.shown", rate_words(firm));
    Some(say!(
        language,
        "{name}{rate}由{before}%变为{without}%（{part}/{whole}）",
        "{name}: {rate} {without}% instead of {before}% ({part}/{whole})"
    ))
}

/// How many of the targets on the worse side of their base can be judged; `whose` is a city, or the round.
pub(super) fn say_judged<'a>(
    context: &Context<'_>,
    whose: &str,
    cities: impl IntoIterator<Item = &'a CityEvaluation>,
    number: usize,
) -> String {
    let counted = cities.into_iter().flat_map(|city| context.counted(city)).map(|(one, _)| one);
    let soft = counted.filter(|one| one.target_is_worse && one.state.is_assessable());
    say_soft(context, &format!("{whose}/#soft.assessable"), soft, &keys_of(State::is_assessable), number)
}

/// How many of the targets on the worse side of their base were reached; `whose` is a city, or the round.
pub(super) fn say_met<'a>(
    context: &Context<'_>,
    whose: &str,
    soft: impl Iterator<Item = &'a Assessment>,
    number: usize,
) -> String {
    let reached = keys_of(|state| state.met() == Some(true));
    say_soft(context, &format!("{whose}/#soft.met"), soft, &reached, number)
}

/// How many of them have one of these states; that they lie on the worse side chose them.
fn say_soft<'a>(
    context: &Context<'_>,
    id: &str,
    soft: impl Iterator<Item = &'a Assessment>,
    states: &[&'static str],
    number: usize,
) -> String {
    let (members, worse): (Vec<_>, Vec<_>) = soft.map(|one| (state_of(one), step_of(one, "worse"))).unzip();
    context.book.count_chosen(id, members, worse, states, number)
}

/// How many of them have a value that fell.
pub(super) fn say_fell<'a>(
    context: &Context<'_>,
    whose: &str,
    fallen: impl Iterator<Item = &'a Assessment>,
    number: usize,
) -> String {
    let fallen: Vec<&Assessment> = fallen.collect();
    let by = fallen.iter().flat_map(|one| ["worse", "fact"].map(|part| step_of(one, part)));
    let states = fallen.iter().map(|one| state_of(one));
    context.book.count_chosen(&format!("{whose}/#soft.fell"), states, by, &[], number)
}
