//! 谁做得更好: the ranges on one axis, and the sentence that reconciles rate, range and grade.

use serde::Serialize;

use super::super::context::Context;
use super::super::drawing::Position;
use super::super::rate::rate;
use super::super::totals::{Totals, state_of};
use super::super::values::rate_words;
use super::super::withheld;
use super::shared::{SecondTier, in_print, second_tier};
use crate::advise::{RateBounds, bounds_of, is_ahead};
use crate::compare::Fraction;
use crate::evaluation::CityEvaluation;
use crate::ledger::{Operation, StepId};
use crate::plan::Grade;
use crate::rounding::fixed;

/// Of more cities than this patterns are told, and no names.
pub(in crate::publish::report) const NAMED: usize = 12;
/// More pairs of cities than this, one of which is surely ahead, are counted and not named.
const MOST_PAIRS: usize = 3;

/// The ranges of all cities on one axis.
#[derive(Debug, Clone, Serialize)]
pub(in crate::publish::report) struct Ranges {
    question: &'static str,
    rows: Vec<RangeRow>,
    ticks: Vec<Tick>,
    note: String,
    alt: String,
}

/// A city on the axis.
#[derive(Debug, Clone, Serialize)]
struct RangeRow {
    name: String,
    #[serde(flatten)]
    range: AxisRange,
}

/// Where a range lies on the axis.
#[derive(Debug, Clone, Serialize)]
pub(in crate::publish::report) struct AxisRange {
    low: Position,
    high: Position,
    at: Option<Position>,
}

/// A tick of the axis.
#[derive(Debug, Clone, Serialize)]
pub(in crate::publish::report) struct Tick {
    at: Position,
    words: String,
}

/// Whether one of two cities is ahead.
pub(super) enum Pair<'a> {
    /// The first is, whatever becomes of what is open.
    Ahead(&'a CityEvaluation, &'a CityEvaluation),
    /// None is for certain.
    Apart,
    /// Too little of one is judged.
    Uncovered,
    /// The places are withheld.
    Withheld,
}

/// What is certain of a city; of many without what is lagged in most of them.
pub(in crate::publish::report) fn of(context: &Context<'_>, city: &CityEvaluation) -> RateBounds {
    let left_out = context.left_out(city).len();
    bounds_of(&city.score, left_out, context.evaluation.round.method.minimum_coverage)
}

/// The two cities of a round.
pub(super) fn pair<'a>(context: &Context<'a>) -> Pair<'a> {
    let cities: Vec<&'a CityEvaluation> = in_print(context).collect();
    let [one, other] = cities.as_slice() else { return Pair::Withheld };
    if withheld::is_ranking_withheld(context) {
        return Pair::Withheld;
    }
    let (own, others) = (of(context, one), of(context, other));
    match (is_ahead(&own, &others), is_ahead(&others, &own)) {
        _ if !own.is_covered || !others.is_covered => Pair::Uncovered,
        (true, _) => Pair::Ahead(one, other),
        (_, true) => Pair::Ahead(other, one),
        _ => Pair::Apart,
    }
}

/// Where the axis begins, in percent: at 40, or further down where a range does.
pub(in crate::publish::report) fn axis_from(context: &Context<'_>) -> usize {
    let is_below = |limit: usize| {
        let mut lowest = in_print(context).map(|city| of(context, city).low);
        lowest.any(|low| low.whole > 0 && low.part.saturating_mul(100) < low.whole.saturating_mul(limit))
    };
    match (is_below(20), is_below(40)) {
        (true, _) => 0,
        (_, true) => 20,
        _ => 40,
    }
}

/// The range of a city on the axis.
pub(in crate::publish::report) fn axis_range(
    context: &Context<'_>,
    city: &CityEvaluation,
    from: usize,
) -> AxisRange {
    let RateBounds { low, high, .. } = of(context, city);
    let at = city.score.rate();
    AxisRange {
        low: Position::on_axis(low.part, low.whole, from),
        high: Position::on_axis(high.part, high.whole, from),
        at: (at.whole > 0).then(|| Position::on_axis(at.part, at.whole, from)),
    }
}

/// The ticks of the axis, each `step` percent.
pub(in crate::publish::report) fn ticks(from: usize, step: usize) -> Vec<Tick> {
    let all = (from..=100).step_by(step);
    all.map(|at| Tick {
        at: Position::on_axis(at, 100, from),
        words: if at == 100 { format!("{at}%") } else { at.to_string() },
    })
    .collect()
}

/// What the axis shows, in words.
pub(super) fn axis_note(context: &Context<'_>) -> String {
    let terms = &context.terms;
    let (rate, reached) = (terms.rate, terms.reached);
    let left_out = super::sides::left_out_words(context);
    format!("{rate}（%）。点：只算可评项；线：判不了的项全不{reached}到全{reached}。{left_out}")
}

pub(in crate::publish::report) fn ranges(context: &Context<'_>) -> Option<Ranges> {
    if context.is_alone() || withheld::is_ranking_withheld(context) {
        return None;
    }
    let from = axis_from(context);
    let rows: Vec<RangeRow> = in_print(context)
        .map(|city| RangeRow { name: city.plan.short.clone(), range: axis_range(context, city, from) })
        .collect();
    let told = in_print(context).map(|city| {
        let (low, high) = bounds(context, city);
        format!("{}{low}—{high}，现{}", city.plan.short, rate(context, city))
    });
    Some(Ranges {
        question: "谁做得更好",
        alt: format!("{}可能范围（%）：{}", context.terms.rate, told.collect::<Vec<_>>().join("；")),
        note: axis_note(context),
        ticks: ticks(from, 10),
        rows,
    })
}

/// The ends of the range of a city in percent, each with its step.
pub(in crate::publish::report) fn bounds(context: &Context<'_>, city: &CityEvaluation) -> (String, String) {
    let book = &context.book;
    let id = |name: &str| StepId::new(format!("{}/#{name}", city.plan.city));
    let RateBounds { low, high, .. } = of(context, city);
    let left_out = context.left_out(city);
    let (best, whole, [worst_rate, best_rate]) = match left_out.is_empty() {
        true => {
            // Cities that are placed have them from there.
            let sum = [("x", id("met")), ("x", id("open"))];
            book.step(&id("met.best"), Operation::Sum, &sum);
            (id("met.best"), id("total"), ["rate.worst", "rate.best"])
        }
        false => {
            let members = left_out.iter().map(|one| ("member", state_of(one))).collect::<Vec<_>>();
            book.step(&id("left_out"), Operation::Count { of: Vec::new() }, &members);
            for (name, from) in [("open.own", "open"), ("total.own", "total")] {
                let args = [("whole", id(from)), ("part", id("left_out"))];
                book.step(&id(name), Operation::Difference, &args);
            }
            let sum = [("x", id("met")), ("x", id("open.own"))];
            book.step(&id("met.best.own"), Operation::Sum, &sum);
            (id("met.best.own"), id("total.own"), ["rate.worst.own", "rate.best.own"])
        }
    };
    let share = |name: &str, part: StepId, words: Fraction| {
        let args = [("part", part), ("whole", whole.clone())];
        book.step(&id(name), Operation::Share, &args);
        book.rounded(&id(name), 1, rate_words(words))
    };
    (share(worst_rate, id("met"), low), share(best_rate, best, high))
}

/// The sentence of a round of several.
pub(in crate::publish::report) fn sentence(context: &Context<'_>) -> String {
    let cities: Vec<&CityEvaluation> = in_print(context).collect();
    if withheld::is_ranking_withheld(context) {
        return withheld::ranking_words(context);
    }
    match cities.as_slice() {
        [] | [_] => String::new(),
        [one, other] => of_two(context, one, other),
        all if all.len() > NAMED => {
            let all = format!("各{}", context.terms.places.noun);
            format!("可能范围多有重叠，不排先后。{}", tail(context, &all))
        }
        all => of_several(context, all),
    }
}

/// What both targets are: none is compared by level.
fn tail(context: &Context<'_>, who: &str) -> String {
    let terms = &context.terms;
    format!("{who}目标不同，{}说的是到没到本{}目标，不比水平高低。", terms.rate, terms.places.short)
}

fn of_two(context: &Context<'_>, one: &CityEvaluation, other: &CityEvaluation) -> String {
    let two = context.terms.places.two;
    let uncovered: Vec<&CityEvaluation> =
        [one, other].into_iter().filter(|city| !of(context, city).is_covered).collect();
    if !uncovered.is_empty() {
        let told = uncovered.iter().map(|city| uncovered_words(context, city));
        return format!("{}，不比先后。{}", told.collect::<Vec<_>>().join("；"), tail(context, two));
    }
    let (first, second) =
        if other.score.rate().order(one.score.rate()).is_gt() { (other, one) } else { (one, other) };
    let head = match pair(context) {
        Pair::Ahead(ahead, behind) => {
            format!("{}高于{}，判不了的项怎样算都不改变：", ahead.plan.name, behind.plan.name)
        }
        _ => "现有数据分不出先后：".to_owned(),
    };
    let reached = context.terms.reached;
    let rates = [first, second].map(|city| {
        let whose = Totals::of_city(&context.book, city);
        let (able, met) = (whose.say("assessable", city.score.assessable), whose.say("met", city.score.met));
        format!("{}{able}项{reached}{met}项（{}%）", city.plan.short, rate(context, city))
    });
    let ranges = range_words(context, first, second);
    let grades = grade_words(context, first, second);
    let tiers = tier_words(context, first, second);
    format!("{head}已评项中，{}；{ranges}{grades}{tiers}{}", rates.join("，"), tail(context, two))
}

/// What would be said of two cities if the second tier of their last year counted, where that is something else.
fn tier_words(context: &Context<'_>, first: &CityEvaluation, second: &CityEvaluation) -> String {
    let tiers = [first, second].map(|city| second_tier(context, city).filter(|tier| tier.is_last_year));
    let whole = |city: &CityEvaluation, tier: &Option<SecondTier>| match tier {
        None => of(context, city),
        Some(tier) => RateBounds {
            low: Fraction { part: tier.met, whole: city.score.total },
            high: Fraction {
                part: tier.met.saturating_add(city.score.total.saturating_sub(tier.assessable)),
                whole: city.score.total,
            },
            is_covered: of(context, city).is_covered,
        },
    };
    let order = |one: &RateBounds, other: &RateBounds| (is_ahead(one, other), is_ahead(other, one));
    let [own, others] = &tiers;
    let (one, other) = (whole(first, own), whole(second, others));
    let told: Vec<String> = [first, second]
        .into_iter()
        .zip(&tiers)
        .filter_map(|(city, tier)| Some((city, tier.as_ref()?)))
        .map(|(city, tier)| format!("{}完成{}项", city.plan.short, tier.met_words))
        .collect();
    if told.is_empty() || order(&one, &other) == order(&of(context, first), &of(context, second)) {
        return String::new();
    }
    let who = match order(&one, &other) {
        (true, _) => format!("{}高于{}", first.plan.short, second.plan.short),
        (_, true) => format!("{}高于{}", second.plan.short, first.plan.short),
        _ => "分不出先后".to_owned(),
    };
    format!("以上按考核值；按完成值（{}）则{who}。", told.join("，"))
}

fn uncovered_words(context: &Context<'_>, city: &CityEvaluation) -> String {
    let whose = Totals::of_city(&context.book, city);
    let (able, total) =
        (whose.say("assessable", city.score.assessable), whose.say("total", city.score.total));
    let limit = context.limit("minimum_coverage", context.evaluation.round.method.minimum_coverage);
    format!("{}应评{total}项只有{able}项可评，不到{limit}%", city.plan.short)
}

/// What becomes of the rates when what is open is counted in; nothing where nothing is open.
fn range_words(context: &Context<'_>, first: &CityEvaluation, second: &CityEvaluation) -> String {
    let both = [first, second];
    let open: Vec<&CityEvaluation> = both.into_iter().filter(|city| city.score.open() > 0).collect();
    if open.is_empty() {
        return String::new();
    }
    let counts = open.iter().map(|city| {
        let whose = Totals::of_city(&context.book, city);
        format!("{}{}项", city.plan.short, whose.say("open", city.score.open()))
    });
    let within = open.iter().map(|city| {
        let (low, high) = bounds(context, city);
        format!("{}在{low}%—{high}%之间", city.plan.short)
    });
    let overlap = match (pair(context), open.len()) {
        (Pair::Ahead(..), 2) => "，两段不重叠",
        (Pair::Ahead(..), _) => "，不改变先后",
        (_, 2) => "，两段重叠",
        _ => "，仍分不出先后",
    };
    let within = within.collect::<Vec<_>>().join("，");
    format!("把未能判定的项（{}）算进来，{within}{overlap}；", counts.collect::<Vec<_>>().join("、"))
}

/// The grades, and why they stand in another order than the rates where they do.
fn grade_words(context: &Context<'_>, first: &CityEvaluation, second: &CityEvaluation) -> String {
    let (Some(high), Some(low)) = (first.score.grade, second.score.grade) else { return String::new() };
    let named = |city: &CityEvaluation, grade: Grade| format!("{}{}", city.plan.short, grade.chinese());
    if high == low {
        return format!("等次均为{}。", high.chinese());
    }
    // `first` has the higher rate.
    if high > low || first.score.rate().order(second.score.rate()).is_eq() {
        return format!("等次{}、{}。", named(first, high), named(second, low));
    }
    let order = format!("等次{}、{}，次序相反，", named(second, low), named(first, high));
    if let Some(limit) = first.score.limits.first() {
        return format!("{order}是因为{}的等次按决定不高于{}。", first.plan.short, limit.grade.chinese());
    }
    let points = [first, second].map(|city| {
        let whose = Totals::of_city(&context.book, city);
        let points = city.score.score.map_or_else(|| "—".to_owned(), |score| fixed(score, 1));
        format!("{}{}", city.plan.short, whose.say("score.shown", points))
    });
    let points = points.join("、");
    if first.score.open() == 0 {
        return format!("{order}是因为{}未完成的各项离目标更远（得分{points}）。", first.plan.short);
    }
    let because = "是因为定等次时未能判定的项按零分计";
    let grades = context.evaluation.round.method.grades;
    let band = |city: &CityEvaluation| {
        city.score.score.map(|score| grades.iter().filter(|limit| score < **limit).count())
    };
    if band(first).is_some() && band(first) == band(second) {
        return format!("{order}{because}，不是因为已评的项做得差（已评项得分{points}）。");
    }
    format!("{order}{because}（只算已评项得分{points}）。")
}

/// Of several: which are surely ahead of which.
fn of_several(context: &Context<'_>, cities: &[&CityEvaluation]) -> String {
    let all = context.terms.places;
    let mut pairs: Vec<(&CityEvaluation, &CityEvaluation)> = Vec::new();
    for one in cities {
        for other in cities {
            if is_ahead(&of(context, one), &of(context, other)) {
                pairs.push((one, other));
            }
        }
    }
    let uncovered: Vec<&str> = cities
        .iter()
        .filter(|city| !of(context, city).is_covered)
        .map(|city| city.plan.short.as_str())
        .collect();
    let covered = cities.len().saturating_sub(uncovered.len());
    let left_out = match uncovered.as_slice() {
        [] => String::new(),
        names if names.len() <= MOST_PAIRS => format!("{}可评的项不够，不比。", names.join("、")),
        names => format!("另有{}个{}可评的项不够，不比。", names.len(), all.noun),
    };
    let told = |(one, other): &(&CityEvaluation, &CityEvaluation)| {
        let (low, _) = bounds(context, one);
        let (_, high) = bounds(context, other);
        format!("{}至少{low}%，高于{}至多{high}%", one.plan.short, other.plan.short)
    };
    let who = match pairs.len() {
        _ if covered < 2 => String::new(),
        0 => "现有数据分不出先后：各可能范围两两重叠，不排先后。".to_owned(),
        few if few <= MOST_PAIRS => {
            let told: Vec<String> = pairs.iter().map(told).collect();
            format!("只有这样几对分得开：{}；其余两两重叠，不排先后。", told.join("；"))
        }
        many => {
            let widest = pairs.first().map(told).unwrap_or_default();
            format!("两两相比，{many}对分得开（如{widest}），其余重叠，不排先后。")
        }
    };
    format!("{who}{left_out}{}", tail(context, &format!("各{}", all.noun)))
}
