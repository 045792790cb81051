//! The head of the brief: who, when, and the sentence that leaders remember.

use serde::Serialize;

use super::super::context::Context;
use super::super::phrases::date_in;
use super::super::say::say;
use super::super::section::Draft;
use super::super::totals::Totals;
use super::super::values::illustrative_label_in;
use super::shared::{in_print, second_tier, shorten};
use super::standing::{Pair, pair};
use crate::evaluation::CityEvaluation;

/// The most characters of a headline, in Chinese and in English: one line.
const LONGEST: [usize; 2] = [26, 76];

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
        masthead: context.language.of("领导参阅", "Brief for leaders"),
        issuer: context.issuer(),
        illustrative_label: illustrative_label_in(context.language, context.evaluation),
        date_words: date_in(context.language, round.report_date),
        headline: headline(context),
    })
}

fn headline(context: &Context<'_>) -> String {
    let (language, year) = (context.language, context.evaluation.round.year());
    let cities: Vec<&CityEvaluation> = in_print(context).collect();
    let words = match cities.as_slice() {
        [] => language.of("本期暂不刊出", "not published for the time being").to_owned(),
        [only] => of_one(context, only),
        [_, _] => of_two(context),
        _ => of_many(context),
    };
    let [chinese, english] = LONGEST;
    shorten(&say!(language, "{year}年：{words}", "{year}: {words}"), language.of(chinese, english))
}

fn of_one(context: &Context<'_>, city: &CityEvaluation) -> String {
    let score = &city.score;
    let whose = Totals::of_city(&context.book, city);
    let (language, reached) = (context.language, context.terms.reached);
    let (met, able, open) = (
        whose.say("met", score.met),
        whose.say("assessable", score.assessable),
        whose.say("open", score.open()),
    );
    if let Some(second) = second_tier(context, city).filter(|second| second.is_last_year) {
        let second = second.met_words;
        return say!(
            language,
            "末年验收，按考核值完成{met}项，按完成值完成{second}项",
            "final year, {met} met by assessment value, {second} by intended value"
        );
    }
    let rate = context.terms.rate;
    match (score.assessable, score.met, score.open()) {
        (0, ..) => say!(
            language,
            "各项都还判不了，本期不计算{rate}",
            "no target can be judged yet; no {rate} is given"
        ),
        (all, some, 0) if all == some => {
            say!(language, "应评{able}项全部{reached}", "all {able} targets {reached}")
        }
        (_, _, 0) => say!(language, "应评{able}项{reached}{met}项", "{met} of {able} targets {reached}"),
        (all, some, _) if all == some => say!(
            language,
            "可评{able}项全部{reached}，{open}项还判不了",
            "all {able} judged targets {reached}, {open} cannot be judged yet"
        ),
        _ => say!(
            language,
            "可评{able}项{reached}{met}项，{open}项还判不了",
            "{met} of {able} judged targets {reached}, {open} cannot be judged yet"
        ),
    }
}

fn of_two(context: &Context<'_>) -> String {
    let (language, two, rate) = (context.language, context.terms.places.two, context.terms.rate);
    let (place, places) = (context.terms.places.single(), context.terms.places.plural());
    let missed = |city: &CityEvaluation| city.score.assessable > city.score.met;
    if in_print(context).all(|city| city.score.assessable == 0) {
        return say!(
            language,
            "{two}各项都还判不了，本期不计算{rate}",
            "no target of either {place} can be judged yet"
        );
    }
    let missing = in_print(context).filter(|city| missed(city)).count();
    let reached = match (missing, in_print(context).map(|city| city.score.open()).sum::<usize>()) {
        (2, _) => say!(language, "{two}都有目标未到", "both {places} missed targets"),
        (0, 0) => return say!(language, "{two}各项目标全部到了", "both {places} met all targets"),
        (0, _) => say!(language, "{two}可评的目标都到了", "both {places} met all that can be judged"),
        _ => {
            let short = in_print(context).find(|city| missed(city));
            let short = short.map_or("", |city| context.short(&city.plan));
            say!(language, "{short}有目标未到", "{short} missed targets")
        }
    };
    let who = match pair(context) {
        Pair::Withheld => return reached,
        Pair::Ahead(first, _) => {
            let first = context.short(&first.plan);
            say!(language, "{first}先于另一个", "{first} is ahead")
        }
        Pair::Apart => language.of("现有数据分不出先后", "which did better cannot be told").to_owned(),
        Pair::Uncovered => language.of("数据不够，不比先后", "too little data to compare them").to_owned(),
    };
    say!(language, "{reached}，{who}", "{reached}; {who}")
}

fn of_many(context: &Context<'_>) -> String {
    let whose = Totals::of_round(&context.book);
    let sum = |of: fn(&CityEvaluation) -> usize| context.cities().iter().map(of).sum::<usize>();
    let (met, able) = (sum(|city| city.score.met), sum(|city| city.score.assessable));
    let open = sum(|city| city.score.open());
    let (able, met) = (whose.say("assessable", able), whose.say("met", met));
    let (language, reached) = (context.language, context.terms.reached);
    let cities = context.terms.counted_in(language, context.cities().len(), context.say_cities());
    match open {
        0 => say!(
            language,
            "{cities}可评{able}项{reached}{met}项",
            "{cities}, {met} of {able} judged targets {reached}"
        ),
        open => {
            let open = whose.say("open", open);
            say!(
                language,
                "{cities}可评{able}项{reached}{met}项，{open}项判不了",
                "{cities}, {met} of {able} judged targets {reached}, {open} open"
            )
        }
    }
}
