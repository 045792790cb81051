//! What stands in the place of what is withheld: a city's chapter, and the places of cities.

use serde::Serialize;

use super::context::Context;
use super::scoring;
use super::section::Draft;
use super::totals::count_cities;
use crate::evaluation::CityEvaluation;
use crate::finding::{Language, Withheld};

/// A chapter that is withheld.
#[derive(Debug, Clone, Serialize)]
pub(super) struct WithheldChapter {
    section: String,
    slug: String,
    heading: String,
    text: String,
}

/// What stands in the place of a city's chapter.
pub(super) fn section(draft: &mut Draft<'_>, city: &CityEvaluation) -> Option<WithheldChapter> {
    let what = match (draft.own_city(), draft.round()) {
        (Some(_), _) => "本分册",
        (None, Some(_)) => "其各项",
        (None, None) => "本章",
    };
    // The rule stands in an annex of the technical volume.
    let rule = if draft.round().is_some() { format!("（见{}）", scoring::ANNEX) } else { String::new() };
    let text = format!(
        "{}有{}未了结，按本轮刊出条件{rule}，{what}暂不刊出。了结后重新评估，再行刊出。",
        city.plan.name,
        open(city, Withheld::Chapter)
    );
    Some(WithheldChapter {
        section: city.plan.name.clone(),
        slug: city.plan.city.as_str().to_owned(),
        heading: city.plan.name.clone(),
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
fn open(city: &CityEvaluation, what: Withheld) -> String {
    let own = city.score.withheld.iter().filter(|(withheld, _)| *withheld == what);
    own.map(|(_, why)| why.words(Language::Chinese))
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join("、")
}

/// Whether no city has a place because the ranking is withheld.
pub(super) fn is_ranking_withheld(context: &Context<'_>) -> bool {
    context.cities().iter().any(|city| city.score.withholds(Withheld::Ranking))
}

/// Cities named with what is open of each; of more the rest is counted.
const MOST_NAMED: usize = 3;

/// Whose places are withheld, and what for; empty where none are.
pub(super) fn ranking_words(context: &Context<'_>) -> String {
    let all = is_ranking_withheld(context);
    let whose = |city: &&CityEvaluation| {
        let causes = |what: Withheld| !open(city, what).is_empty();
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
            .map(|what| open(city, what))
            .filter(|words| !words.is_empty())
            .collect();
        format!("{}有{}未了结", city.plan.name, parts.join("、"))
    };
    let mut named: Vec<String> = cities.iter().take(MOST_NAMED).map(told).collect();
    if cities.len() > MOST_NAMED {
        let rest = cities.iter().skip(MOST_NAMED).copied();
        let count = count_cities(&context.book, "withheld.unnamed", rest, cities.len() - MOST_NAMED);
        named.push(format!("另有{}也有未了结的事项", context.terms.counted(count)));
    }
    let what = if all { "本期名次" } else { "其名次" };
    format!("{}，按刊出条件（见技术卷{}），{what}暂不刊出。", named.join("，"), scoring::ANNEX)
}
