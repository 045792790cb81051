//! How a city stands, in a few sentences.

use super::bases::say_of_later_years;
use super::context::Context;
use super::say::{say, sentences};
use super::soft::without_soft;
use super::totals::{Tally, Totals};
use super::verdict::{self, Counts, Noun};
use crate::assess::State;
use crate::compare;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::plan::Origin;

/// Its counts, what was missed by far, the parts that the plan tells apart, the rate without targets below their base, and the grade.
pub(super) fn verdict(context: &Context<'_>, city: &CityEvaluation) -> String {
    let missed: Vec<String> = context
        .counted(city)
        .iter()
        .filter(|(one, _)| one.state == State::Missed)
        .map(|(_, row)| context.row(&city.plan, row).to_owned())
        .collect();
    let limit = context.limit("nearly", context.evaluation.round.method.nearly);
    let below = city.score.rank.is_none() && city.score.withheld.is_empty() && !context.is_alone();
    let counts = Counts {
        at_the_end: at_the_end(context, city),
        ..Counts::of_city(&city.score, &context.counted(city)).told(Totals::of_city(&context.book, city))
    };
    if (1..counts.scheduled()).contains(&counts.held_to_the_end) {
        say_of_later_years(context, city, true, counts.held_to_the_end);
    }
    let (language, name) = (context.language, context.whole_name(&city.plan));
    let text = verdict::verdict(language, name, Noun::of(city.score.basis), counts, &missed, below, &limit);
    let whose = Totals::of_city(&context.book, city);
    let grade = verdict::grade_sentence(language, context.cities(), whose);
    sentences(language, &[&text, &natures(context, city), &without_soft(context, [city]), &grade])
}

/// The year that is judged, where it is the last of a plan that sets targets for no earlier one.
fn at_the_end(context: &Context<'_>, city: &CityEvaluation) -> Option<i32> {
    let year = context.evaluation.round.year();
    let years = &city.plan.years;
    let is_last = years.len() > 1 && years.iter().max() == Some(&year);
    let counted = context.counted(city);
    let mut earlier = counted.iter().flat_map(|(_, row)| &row.targets).filter(|one| one.year != year);
    (is_last && earlier.next().is_none()).then_some(year)
}

/// How many of the 约束性 and of the 预期性 targets were reached, where the table tells them apart.
fn natures(context: &Context<'_>, city: &CityEvaluation) -> String {
    let round = &context.evaluation.round;
    let all = compare::by_nature(&city.plan, round, &city.assessments);
    let (language, reached) = (context.language, context.terms.reached);
    let counted = context.counted(city);
    let parts = all.iter().map(|one| {
        let (nature, word) = (one.nature.chinese(), one.nature.words(language));
        let of_nature = counted.iter().filter(|(_, row)| row.nature == Some(one.nature));
        let of = format!("{}/nature/{nature}", city.plan.city);
        let tally = Tally::new(&context.book, of, of_nature.map(|(one, _)| *one));
        let (total, able, met) = (tally.total(one.total), tally.able(one.assessable), tally.met(one.met));
        let noun = Noun::of(Origin::Table).words(Language::English, one.total);
        match one.assessable {
            0 => say!(
                language,
                "{word}指标{total}项，均暂不能判定",
                "{total} {word} {noun}, none of which can be judged yet"
            ),
            all if all == one.total => {
                say!(
                    language,
                    "{word}指标{able}项，{reached}{met}项",
                    "{able} {word} {noun}, {met} {reached}"
                )
            }
            _ => say!(
                language,
                "{word}指标{total}项，可评{able}项，{reached}{met}项",
                "{total} {word} {noun}, {able} can be judged, {met} {reached}"
            ),
        }
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        return String::new();
    }
    let parts = language.clauses(&parts);
    say!(language, "其中{parts}。", "Of these: {parts}.")
}
