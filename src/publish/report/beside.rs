//! What page one says of targets in prose beside tables.

use super::context::Context;
use super::say::say;
use super::terms::Terms;
use super::totals::Totals;
use crate::finding::Withheld;
use crate::plan::Origin;

/// Missed targets in prose that are named on page one; of more only the number is told.
const MOST_NAMED: usize = 3;

/// What became of the targets in prose beside tables, which are in none of the counts of the page: a miss among them is not to be missed. `numbered` says
/// that they are named by their numbers too.
pub(super) fn beside(context: &Context<'_>, numbered: bool) -> String {
    let (mut total, mut assessable, mut met, mut unmet, mut missed) = (0, 0, 0, 0, Vec::new());
    let language = context.language;
    let mut whose = Totals::of_round(&context.book);
    for city in context.cities().iter().filter(|city| city.score.basis == Origin::Table) {
        whose = Totals::of_prose(&context.book, city).of_all();
        let prose = city.assessments.iter().filter(|one| one.origin == Origin::Prose && one.is_primary());
        for one in prose {
            total += 1;
            assessable += usize::from(one.state.is_assessable());
            met += usize::from(one.state.met() == Some(true));
            unmet += usize::from(one.state.met() == Some(false));
            // What is withheld is counted and not named.
            if one.state.met() == Some(false) && !city.score.withholds(Withheld::Chapter) {
                let row = city.plan.indicator(&one.no);
                let name = row.map_or_else(String::new, |row| context.target_name(&city.plan, one, row));
                let whose = if context.is_alone() { "" } else { context.short(&city.plan) };
                let no = if numbered { format!("{} ", one.no) } else { String::new() };
                let blank = if whose.is_empty() { "" } else { language.of("", ": ") };
                missed.push(format!("{whose}{blank}{no}{name}"));
            }
        }
    }
    if total == 0 {
        return String::new();
    }
    let Terms { reached, short, .. } = &context.terms;
    let those = match unmet {
        0 => String::new(),
        1..=MOST_NAMED if missed.len() == unmet => {
            let missed = language.list(&missed);
            say!(language, "，{short}的是{missed}", "; {short}: {missed}")
        }
        more => {
            let more = whose.say("unmet", more);
            say!(language, "，{short}的{more}项", "; {more} {short}")
        }
    };
    let (total, assessable) = (whose.say("total", total), whose.say("assessable", assessable));
    let met = whose.say("met", met);
    say!(
        language,
        "正文目标另计，不在上列各数内：{total}项中可评{assessable}项，{reached}{met}项{those}。",
        "Targets in the text of the plan are counted apart and are not in the figures above: {assessable} of {total} can be judged, {met} {reached}{those}."
    )
}
