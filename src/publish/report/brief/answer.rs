//! What an answer of page one holds.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::base_years::base_years;
use super::super::context::Context;
use crate::assess::State;
use crate::evaluation::CityEvaluation;

/// An answer: a count that stands out, words behind it, and what is drawn.
#[derive(Debug, Clone, Default, Serialize)]
pub(in crate::publish::report) struct Answer {
    pub(super) lead: String,
    pub(in crate::publish::report) words: String,
    pub(super) states: Vec<State>,
    pub(in crate::publish::report) moves: Option<Moves>,
    pub(in crate::publish::report) parts: Vec<Part>,
    pub(in crate::publish::report) more: String,
    pub(super) alt: String,
}

/// A part of a bar.
#[derive(Debug, Clone, Serialize)]
pub(in crate::publish::report) struct Part {
    pub(super) key: &'static str,
    pub(super) count: usize,
    pub(in crate::publish::report) number: String,
    pub(in crate::publish::report) label: &'static str,
}

/// How many values became worse, stayed, became better.
#[derive(Debug, Clone, Serialize)]
pub(in crate::publish::report) struct Moves {
    pub(super) worse: usize,
    pub(super) level: usize,
    pub(super) better: usize,
    /// The most that became worse in any city, and the most cells that a bar has: bars are drawn to one scale.
    pub(super) most_worse: usize,
    pub(super) most: usize,
    pub(super) worse_words: String,
    pub(super) better_words: String,
}

/// 上年, or 基期 where a plan has other bases.
pub(in crate::publish::report) fn base_word(context: &Context<'_>, cities: &[&CityEvaluation]) -> String {
    let language = context.language;
    let bases = cities.iter().map(|city| base_years(context, city)).filter(|bases| !bases.is_empty());
    let words: BTreeSet<String> = bases.map(|bases| bases.short_in(language)).collect();
    match words.len() {
        0 => language.of("上年", "last year").to_owned(),
        1 => words.into_iter().collect(),
        _ => language.of("基期", "the base year").to_owned(),
    }
}

pub(super) fn plain(words: impl Into<String>) -> Answer {
    Answer { words: words.into(), ..Answer::default() }
}
