//! How a city stands, in a few sentences.

use super::context::Context;
use super::soft::without_soft;
use super::totals::{Tally, Totals};
use super::verdict::{self, Counts, noun};
use crate::assess::State;
use crate::compare;
use crate::evaluation::CityEvaluation;

/// Its counts, what was missed by far, the parts that the plan tells apart, the rate without targets below their base, and the grade.
pub(super) fn verdict(context: &Context<'_>, city: &CityEvaluation) -> String {
    let missed: Vec<String> = context
        .counted(city)
        .iter()
        .filter(|(one, _)| one.state == State::Missed)
        .map(|(_, row)| row.short.clone())
        .collect();
    let limit = context.limit("nearly", context.evaluation.round.method.nearly);
    let below = city.score.rank.is_none() && city.score.withheld.is_empty() && !context.is_alone();
    let counts =
        Counts::of_city(&city.score, &context.counted(city)).told(Totals::of_city(&context.book, city));
    let text = verdict::verdict(&city.plan.name, noun(city.score.basis), counts, &missed, below, &limit);
    let grade = verdict::grade_sentence(context.cities(), Totals::of_city(&context.book, city));
    format!("{text}{}{}{grade}", natures(context, city), without_soft(context, [city]))
}

/// How many of the 约束性 and of the 预期性 targets were reached, where the table tells them apart.
fn natures(context: &Context<'_>, city: &CityEvaluation) -> String {
    let round = &context.evaluation.round;
    let all = compare::by_nature(&city.plan, round, &city.assessments);
    let reached = context.terms.reached;
    let counted = context.counted(city);
    let parts = all.iter().map(|one| {
        let nature = one.nature.chinese();
        let of_nature = counted.iter().filter(|(_, row)| row.nature == Some(one.nature));
        let of = format!("{}/nature/{nature}", city.plan.city);
        let tally = Tally::new(&context.book, of, of_nature.map(|(one, _)| *one));
        let (total, able, met) = (tally.total(one.total), tally.able(one.assessable), tally.met(one.met));
        match one.assessable {
            0 => format!("{nature}指标{total}项，均暂不能判定"),
            all if all == one.total => format!("{nature}指标{able}项，{reached}{met}项"),
            _ => format!("{nature}指标{total}项，可评{able}项，{reached}{met}项"),
        }
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { String::new() } else { format!("其中{}。", parts.join("；")) }
}
