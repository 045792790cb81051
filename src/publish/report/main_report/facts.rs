//! What is to be seen in many cities together, before any is named.

use super::super::brief::many::shared;
use super::super::brief::moves::move_steps;
use super::super::brief::moves::moves;
use super::super::brief::shared::ties_words;
use super::super::context::Context;
use super::super::say::say;
use super::super::soft::without_soft;
use super::super::totals::Totals;
use crate::evaluation::CityEvaluation;
use crate::ledger::{Operation, StepId};

/// So many indicators are named.
const NAMED: usize = 4;

/// The counts of all cities; which indicators most missed; the rate without targets below their base; what became better and worse.
pub(super) fn facts(context: &Context<'_>, cities: &[&CityEvaluation]) -> Vec<String> {
    [
        counts(context, cities),
        missed(context, cities),
        without_soft(context, cities.iter().copied()),
        moved(context, cities),
    ]
    .into_iter()
    .filter(|words| !words.is_empty())
    .collect()
}

fn counts(context: &Context<'_>, cities: &[&CityEvaluation]) -> String {
    // Totals of the round are those of all its cities.
    if cities.len() < context.cities().len() {
        return String::new();
    }
    let whose = Totals::of_round(&context.book);
    let sum = |of: fn(&CityEvaluation) -> usize| cities.iter().map(|city| of(city)).sum::<usize>();
    let total = whose.say("total", sum(|city| city.score.total));
    let able = whose.say("assessable", sum(|city| city.score.assessable));
    let met = whose.say("met", sum(|city| city.score.met));
    let counted = context.terms.counted_in(context.language, cities.len(), context.say_cities());
    let reached = context.terms.reached;
    say!(
        context.language,
        "{counted}应评{total}项，可评{able}项，{reached}{met}项。",
        "{counted} have {total} targets; {able} can be judged, {met} were {reached}."
    )
}

fn missed(context: &Context<'_>, cities: &[&CityEvaluation]) -> String {
    let (all, is_cut) = shared(context, cities, NAMED);
    let (noun, places) = (context.terms.places.noun, context.terms.places.plural());
    let told = all.iter().map(|one| one.missed_words(context)).collect::<Vec<_>>();
    if told.is_empty() {
        return String::new();
    }
    let told = context.language.clauses(&told);
    let ties = ties_words(context.language, is_cut);
    say!(context.language, "没有到的{noun}最多的：{told}{ties}。", "Missed by most {places}: {told}{ties}.")
}

fn moved(context: &Context<'_>, cities: &[&CityEvaluation]) -> String {
    let mut sums = [0_usize; 3];
    for city in cities {
        let counts = moves(context, city);
        move_steps(context, city, counts);
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum = sum.saturating_add(count);
        }
    }
    let [worse, level, better] = sums;
    if sums.iter().all(|sum| *sum == 0) {
        return String::new();
    }
    let sum = |name: &str, number: usize| {
        let args = cities.iter().map(|city| ("x", StepId::new(format!("{}/#moved.{name}", city.plan.city))));
        let args: Vec<(&'static str, StepId)> = args.collect();
        context.book.does(&format!("round/#moved.{name}"), Operation::Sum, &args, number)
    };
    let all = sum("all", worse.saturating_add(level).saturating_add(better));
    let (better, level, worse) = (sum("better", better), sum("level", level), sum("worse", worse));
    say!(
        context.language,
        "可与上年或基期比的{all}项中，{better}项变好、{level}项持平、{worse}项变差。",
        "Of the {all} that can be compared with last year or the base year, {better} became better, {level} stayed the same, {worse} became worse."
    )
}
