//! The head of the brief: who, when, and the sentence that leaders remember.

use serde::Serialize;

use super::super::context::Context;
use super::super::phrases::full_date;
use super::super::section::Draft;
use super::super::totals::Totals;
use super::super::values::illustrative_label;
use super::shared::{in_print, second_tier, shorten};
use super::standing::{Pair, pair};
use crate::evaluation::CityEvaluation;

/// The most characters of a headline: one line.
const LONGEST: usize = 26;

/// The head.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Head {
    masthead: &'static str,
    issuer: String,
    illustrative_label: Option<&'static str>,
    date_words: String,
    headline: String,
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Head> {
    let context = draft.context;
    let round = &context.evaluation.round;
    Some(Head {
        masthead: "领导参阅",
        issuer: round.issuer.clone(),
        illustrative_label: illustrative_label(context.evaluation),
        date_words: full_date(round.report_date),
        headline: headline(context),
    })
}

fn headline(context: &Context<'_>) -> String {
    let year = context.evaluation.round.year();
    let cities: Vec<&CityEvaluation> = in_print(context).collect();
    let words = match cities.as_slice() {
        [] => "本期暂不刊出".to_owned(),
        [only] => of_one(context, only),
        [_, _] => of_two(context),
        _ => of_many(context),
    };
    shorten(&format!("{year}年：{words}"), LONGEST)
}

fn of_one(context: &Context<'_>, city: &CityEvaluation) -> String {
    let score = &city.score;
    let whose = Totals::of_city(&context.book, city);
    let reached = context.terms.reached;
    let (met, able, open) = (
        whose.say("met", score.met),
        whose.say("assessable", score.assessable),
        whose.say("open", score.open()),
    );
    if let Some(second) = second_tier(context, city).filter(|second| second.is_last_year) {
        return format!("末年验收，按考核值完成{met}项，按完成值完成{}项", second.met_words);
    }
    match (score.assessable, score.met, score.open()) {
        (0, ..) => format!("各项都还判不了，本期不计算{}", context.terms.rate),
        (all, some, 0) if all == some => format!("应评{able}项全部{reached}"),
        (_, _, 0) => format!("应评{able}项{reached}{met}项"),
        (all, some, _) if all == some => format!("可评{able}项全部{reached}，{open}项还判不了"),
        _ => format!("可评{able}项{reached}{met}项，{open}项还判不了"),
    }
}

fn of_two(context: &Context<'_>) -> String {
    let two = context.terms.places.two;
    let missed = |city: &CityEvaluation| city.score.assessable > city.score.met;
    if in_print(context).all(|city| city.score.assessable == 0) {
        return format!("{two}各项都还判不了，本期不计算{}", context.terms.rate);
    }
    let missing = in_print(context).filter(|city| missed(city)).count();
    let reached = match (missing, in_print(context).map(|city| city.score.open()).sum::<usize>()) {
        (2, _) => format!("{two}都有目标未到"),
        (0, 0) => return format!("{two}各项目标全部到了"),
        (0, _) => format!("{two}可评的目标都到了"),
        _ => {
            let short = in_print(context).find(|city| missed(city)).map_or("", |city| &city.plan.short);
            format!("{short}有目标未到")
        }
    };
    let who = match pair(context) {
        Pair::Withheld => return reached,
        Pair::Ahead(first, _) => format!("{}先于另一个", first.plan.short),
        Pair::Apart => "现有数据分不出先后".to_owned(),
        Pair::Uncovered => "数据不够，不比先后".to_owned(),
    };
    format!("{reached}，{who}")
}

fn of_many(context: &Context<'_>) -> String {
    let whose = Totals::of_round(&context.book);
    let sum = |of: fn(&CityEvaluation) -> usize| context.cities().iter().map(of).sum::<usize>();
    let (met, able) = (sum(|city| city.score.met), sum(|city| city.score.assessable));
    let open = sum(|city| city.score.open());
    let (able, met) = (whose.say("assessable", able), whose.say("met", met));
    let cities = context.terms.counted(context.say_cities());
    let reached = context.terms.reached;
    match open {
        0 => format!("{cities}可评{able}项{reached}{met}项"),
        open => format!("{cities}可评{able}项{reached}{met}项，{}项判不了", whose.say("open", open)),
    }
}
