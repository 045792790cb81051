//! What stands in the place of what is withheld: a city's chapter, and the places of cities.

use serde::Serialize;

use super::context::Context;
use super::say::say;
use super::scoring;
use super::section::{Draft, Opening};
use super::totals::count_cities;
use crate::evaluation::CityEvaluation;
use crate::finding::Withheld;

/// A chapter that is withheld.
#[derive(Debug, Clone, Serialize)]
pub(super) struct WithheldChapter {
    section: String,
    part: Option<String>,
    slug: String,
    level: u8,
    heading: String,
    text: String,
}

/// What stands in the place of the chapter of the city at a place among all.
pub(super) fn section(draft: &mut Draft<'_>, at: usize, city: &CityEvaluation) -> Option<WithheldChapter> {
    let Opening { section, part, heading } = draft.opening(at, city);
    let what = if draft.own_city().is_some() { "本分册" } else { "本章" };
    // The rule stands in an annex of the technical volume.
    let rule = if draft.round().is_some() { format!("（见{}）", scoring::ANNEX) } else { String::new() };
    let context = draft.context;
    let (name, open) = (context.whole_name(&city.plan), open(context, city, Withheld::Chapter));
    let text = say!(
        context.language,
        "{name}有{open}未了结，按本轮刊出条件{rule}，{what}暂不刊出。了结后重新评估，再行刊出。",
        "{name} has {open} to be settled. By the conditions of publication of this round this chapter is not published for the time being; it will be when they are settled and the figures judged again."
    );
    Some(WithheldChapter {
        section,
        part,
        slug: city.plan.city.as_str().to_owned(),
        level: draft.city_level(),
        heading,
        text,
    })
}

impl WithheldChapter {
    /// The same as a chapter with a number of its own.
    pub(super) fn headed(self, heading: String) -> Self {
        Self { section: heading.clone(), heading, ..self }
    }
}

/// What is open of a city and withholds something.
fn open(context: &Context<'_>, city: &CityEvaluation, what: Withheld) -> String {
    let own = city.score.withheld.iter().filter(|(withheld, _)| *withheld == what);
    let words = own.map(|(_, why)| why.words(context.language)).filter(|words| !words.is_empty());
    context.language.list(&words.collect::<Vec<_>>())
}

/// Whether no city has a place because the ranking is withheld.
pub(super) fn is_ranking_withheld(context: &Context<'_>) -> bool {
    context.cities().iter().any(|city| city.score.withholds(Withheld::Ranking))
}

/// Cities named with what is open of each; of more the rest is counted.
const MOST_NAMED: usize = 3;

/// Whose places are withheld, and what for; empty where none are.
pub(super) fn ranking_words(context: &Context<'_>) -> String {
    let (language, all) = (context.language, is_ranking_withheld(context));
    let whose = |city: &&CityEvaluation| {
        let causes = |what: Withheld| !open(context, city, what).is_empty();
        if all { causes(Withheld::Ranking) } else { !city.score.withheld.is_empty() }
    };
    let cities: Vec<&CityEvaluation> = context.cities().iter().filter(whose).collect();
    if cities.is_empty() {
        return String::new();
    }
    let told = |city: &&CityEvaluation| {
        let parts: Vec<String> = [Withheld::Place, Withheld::Chapter, Withheld::Ranking]
            .into_iter()
            .filter(|what| !all || *what == Withheld::Ranking)
            .map(|what| open(context, city, what))
            .filter(|words| !words.is_empty())
            .collect();
        let (name, parts) = (context.whole_name(&city.plan), language.list(&parts));
        say!(language, "{name}有{parts}未了结", "{name} has {parts} to be settled")
    };
    let mut named: Vec<String> = cities.iter().take(MOST_NAMED).map(told).collect();
    if cities.len() > MOST_NAMED {
        let more = cities.len().saturating_sub(MOST_NAMED);
        let rest = cities.iter().skip(MOST_NAMED).copied();
        let count = count_cities(&context.book, "withheld.unnamed", rest, more);
        let more = context.terms.counted_in(language, more, count);
        named.push(say!(language, "另有{more}也有未了结的事项", "{more} more have matters to be settled"));
    }
    let what = match all {
        true => language.of("本期名次", "the places of this round"),
        false => language.of("其名次", "their places"),
    };
    let (named, annex) = (language.parts(&named), scoring::ANNEX);
    let number = annex.0;
    say!(
        language,
        "{named}，按刊出条件（见{annex}），{what}暂不刊出。",
        "{named}; by the conditions of publication (annex {number}) {what} are not published for the time being."
    )
}
