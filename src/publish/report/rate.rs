//! The rate of a city, in print.

use super::context::Context;
use super::totals::Totals;
use super::values::rate_words;
use crate::evaluation::CityEvaluation;

/// In percent with one digit.
pub(super) fn rate(context: &Context<'_>, city: &CityEvaluation) -> String {
    Totals::of_city(&context.book, city).say("rate.shown", rate_words(city.score.rate()))
}
