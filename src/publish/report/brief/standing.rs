//! 谁做得更好: the ranges on one axis, and the sentence that reconciles rate, range and grade.

use serde::Serialize;

use super::super::context::Context;
use super::super::drawing::Position;
use super::super::ranking::rate;
use super::super::say::{say, sentences};
use super::super::totals::Totals;
use super::super::values::rate_words;
use super::super::withheld;
use super::grade_words::grade_words;
use super::shared::{SecondTier, in_print, second_tier};
use crate::advise::{RateBounds, bounds_of, is_ahead};
use crate::characters::capitalised;
use crate::compare::Fraction;
use crate::evaluation::CityEvaluation;
use crate::ledger::{Operation, StepId};

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
pub(super) struct AxisRange {
    low: Position,
    high: Position,
    at: Option<Position>,
}

/// A tick of the axis.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Tick {
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

fn of(context: &Context<'_>, city: &CityEvaluation) -> RateBounds {
    bounds_of(&city.score, context.evaluation.round.method.minimum_coverage)
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
pub(super) fn axis_from(context: &Context<'_>) -> usize {
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
pub(super) fn axis_range(context: &Context<'_>, city: &CityEvaluation, from: usize) -> AxisRange {
    let RateBounds { low, high, .. } = of(context, city);
    let at = city.score.rate();
    AxisRange {
        low: Position::on_axis(low.part, low.whole, from),
        high: Position::on_axis(high.part, high.whole, from),
        at: (at.whole > 0).then(|| Position::on_axis(at.part, at.whole, from)),
    }
}

/// The ticks of the axis, each `step` percent.
pub(super) fn ticks(from: usize, step: usize) -> Vec<Tick> {
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
    let whole = capitalised(rate);
    say!(
        context.language,
        "{rate}（%）。点：只算可评项；线：判不了的项全不{reached}到全{reached}。",
        "{whole} (%). Dot: judged targets only; line: from none to all of the open targets {reached}."
    )
}

pub(in crate::publish::report) fn ranges(context: &Context<'_>) -> Option<Ranges> {
    if context.is_alone() || withheld::is_ranking_withheld(context) {
        return None;
    }
    let from = axis_from(context);
    let rows: Vec<RangeRow> = in_print(context)
        .map(|city| RangeRow {
            name: context.short(&city.plan).to_owned(),
            range: axis_range(context, city, from),
        })
        .collect();
    let language = context.language;
    let told = in_print(context).map(|city| {
        let (low, high) = bounds(context, city);
        let (name, rate) = (context.short(&city.plan), rate(context, city));
        say!(language, "{name}{low}—{high}，现{rate}", "{name} {low}–{high}, now {rate}")
    });
    let (word, told) = (context.terms.rate, language.clauses(&told.collect::<Vec<_>>()));
    Some(Ranges {
        question: language.of("谁做得更好", "Which did better?"),
        alt: say!(language, "{word}可能范围（%）：{told}", "Possible range of the {word} (%): {told}"),
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
    // Cities that are placed have them from there.
    let sum = [("x", id("met")), ("x", id("open"))];
    book.step(&id("met.best"), Operation::Sum, &sum);
    let share = |name: &str, part: &str, words: Fraction| {
        let args = [("part", id(part)), ("whole", id("total"))];
        book.step(&id(name), Operation::Share, &args);
        book.rounded(&id(name), 1, rate_words(words))
    };
    (share("rate.worst", "met", low), share("rate.best", "met.best", high))
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
            let tail = tail(context, &everyone(context));
            say!(
                context.language,
                "可能范围多有重叠，不排先后。{tail}",
                "Most possible ranges overlap, so no order is given. {tail}"
            )
        }
        all => of_several(context, all),
    }
}

/// All cities of a round.
fn everyone(context: &Context<'_>) -> String {
    let places = &context.terms.places;
    let (noun, english) = (places.noun, places.plural());
    say!(context.language, "各{noun}", "The {english}")
}

/// What both targets are: none is compared by level.
fn tail(context: &Context<'_>, who: &str) -> String {
    let terms = &context.terms;
    let (rate, each, place) = (terms.rate, terms.places.short, terms.places.single());
    say!(
        context.language,
        "{who}目标不同，{rate}说的是到没到本{each}目标，不比水平高低。",
        "{who} have different targets: the {rate} says whether a {place} met its own, not which stands higher."
    )
}

fn of_two(context: &Context<'_>, one: &CityEvaluation, other: &CityEvaluation) -> String {
    let (language, places) = (context.language, context.terms.places);
    let (two, english) = (places.two, places.plural());
    let two = say!(language, "{two}", "The two {english}");
    let uncovered: Vec<&CityEvaluation> =
        [one, other].into_iter().filter(|city| !of(context, city).is_covered).collect();
    if !uncovered.is_empty() {
        let told = uncovered.iter().map(|city| uncovered_words(context, city));
        let (told, tail) = (language.clauses(&told.collect::<Vec<_>>()), tail(context, &two));
        return say!(language, "{told}，不比先后。{tail}", "{told}; they are not compared. {tail}");
    }
    let (first, second) =
        if other.score.rate().order(one.score.rate()).is_gt() { (other, one) } else { (one, other) };
    let head = match pair(context) {
        Pair::Ahead(ahead, behind) => {
            let [ahead, behind] = [ahead, behind].map(|city| context.whole_name(&city.plan));
            say!(
                language,
                "{ahead}高于{behind}，判不了的项怎样算都不改变：",
                "{ahead} is ahead of {behind}, whatever becomes of the open targets."
            )
        }
        _ => language.of("现有数据分不出先后：", "The data do not show which did better.").to_owned(),
    };
    let reached = context.terms.reached;
    let rates = [first, second].map(|city| {
        let whose = Totals::of_city(&context.book, city);
        let (able, met) = (whose.say("assessable", city.score.assessable), whose.say("met", city.score.met));
        let (name, rate) = (context.short(&city.plan), rate(context, city));
        say!(
            language,
            "{name}{able}项{reached}{met}项（{rate}%）",
            "{name} {met} of {able} {reached} ({rate}%)"
        )
    });
    let rates = language.parts(&rates);
    let rates = say!(language, "已评项中，{rates}；", "On judged targets: {rates}.");
    let ranges = range_words(context, first, second);
    let grades = grade_words(context, first, second);
    let tiers = tier_words(context, first, second);
    sentences(language, &[&head, &rates, &ranges, &grades, &tiers, &tail(context, &two)])
}

/// What would be said of two cities if the second tier of their last year counted, where that is something else.
fn tier_words(context: &Context<'_>, first: &CityEvaluation, second: &CityEvaluation) -> String {
    let language = context.language;
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
        .map(|(city, tier)| {
            let (name, met) = (context.short(&city.plan), &tier.met_words);
            say!(language, "{name}完成{met}项", "{name} {met} met")
        })
        .collect();
    if told.is_empty() || order(&one, &other) == order(&of(context, first), &of(context, second)) {
        return String::new();
    }
    let names = [first, second].map(|city| context.short(&city.plan));
    let ahead =
        |[ahead, behind]: [&str; 2]| say!(language, "{ahead}高于{behind}", "{ahead} is ahead of {behind}");
    let [own_name, other_name] = names;
    let who = match order(&one, &other) {
        (true, _) => ahead([own_name, other_name]),
        (_, true) => ahead([other_name, own_name]),
        _ => language.of("分不出先后", "no order can be told").to_owned(),
    };
    let told = language.parts(&told);
    say!(
        language,
        "以上按考核值；按完成值（{told}）则{who}。",
        "This is by assessment value; by intended value ({told}) {who}."
    )
}

fn uncovered_words(context: &Context<'_>, city: &CityEvaluation) -> String {
    let whose = Totals::of_city(&context.book, city);
    let (able, total) =
        (whose.say("assessable", city.score.assessable), whose.say("total", city.score.total));
    let limit = context.limit("minimum_coverage", context.evaluation.round.method.minimum_coverage);
    let name = context.short(&city.plan);
    say!(
        context.language,
        "{name}应评{total}项只有{able}项可评，不到{limit}%",
        "{name}: only {able} of {total} targets can be judged, less than {limit}%"
    )
}

/// What becomes of the rates when what is open is counted in; nothing where nothing is open.
fn range_words(context: &Context<'_>, first: &CityEvaluation, second: &CityEvaluation) -> String {
    let both = [first, second];
    let open: Vec<&CityEvaluation> = both.into_iter().filter(|city| city.score.open() > 0).collect();
    if open.is_empty() {
        return String::new();
    }
    let language = context.language;
    let counts = open.iter().map(|city| {
        let count = Totals::of_city(&context.book, city).say("open", city.score.open());
        let name = context.short(&city.plan);
        say!(language, "{name}{count}项", "{name} {count}")
    });
    let within = open.iter().map(|city| {
        let (low, high) = bounds(context, city);
        let name = context.short(&city.plan);
        say!(language, "{name}在{low}%—{high}%之间", "{name} lies between {low}% and {high}%")
    });
    let overlap = match (pair(context), open.len()) {
        (Pair::Ahead(..), 2) => language.of("，两段不重叠", ": the two ranges do not overlap"),
        (Pair::Ahead(..), _) => language.of("，不改变先后", ", which does not change the order"),
        (_, 2) => language.of("，两段重叠", ": the two ranges overlap"),
        _ => language.of("，仍分不出先后", ", which still shows no order"),
    };
    let (within, counts) =
        (language.parts(&within.collect::<Vec<_>>()), language.list(&counts.collect::<Vec<_>>()));
    say!(
        language,
        "把未能判定的项（{counts}）算进来，{within}{overlap}；",
        "Counting those that cannot be judged yet ({counts}), {within}{overlap}."
    )
}

/// Of several: which are surely ahead of which.
#[expect(clippy::too_many_lines, reason = "each sentence has its words in two languages")]
fn of_several(context: &Context<'_>, cities: &[&CityEvaluation]) -> String {
    let (language, all) = (context.language, context.terms.places);
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
        .map(|city| context.short(&city.plan))
        .collect();
    let covered = cities.len().saturating_sub(uncovered.len());
    let left_out = match uncovered.as_slice() {
        [] => String::new(),
        names if names.len() <= MOST_PAIRS => {
            let names = language.list(names);
            say!(
                language,
                "{names}可评的项不够，不比。",
                "Not compared, with too few judged targets: {names}."
            )
        }
        names => {
            let (count, noun, english) = (names.len(), all.noun, all.plural());
            say!(
                language,
                "另有{count}个{noun}可评的项不够，不比。",
                "Another {count} {english} have too few judged targets and are not compared."
            )
        }
    };
    let told = |(one, other): &(&CityEvaluation, &CityEvaluation)| {
        let (low, _) = bounds(context, one);
        let (_, high) = bounds(context, other);
        let [one, other] = [one, other].map(|city| context.short(&city.plan));
        say!(
            language,
            "{one}至少{low}%，高于{other}至多{high}%",
            "{one} with at least {low}% is ahead of {other} with at most {high}%"
        )
    };
    let who = match pairs.len() {
        _ if covered < 2 => String::new(),
        0 => language
            .of(
                "现有数据分不出先后：各可能范围两两重叠，不排先后。",
                "The data show no order: all possible ranges overlap.",
            )
            .to_owned(),
        few if few <= MOST_PAIRS => {
            let told: Vec<String> = pairs.iter().map(told).collect();
            let told = language.clauses(&told);
            say!(
                language,
                "只有这样几对分得开：{told}；其余两两重叠，不排先后。",
                "Only these can be told apart: {told}. The other ranges overlap, so no order is given."
            )
        }
        many => {
            let widest = pairs.first().map(told).unwrap_or_default();
            say!(
                language,
                "两两相比，{many}对分得开（如{widest}），其余重叠，不排先后。",
                "Compared two by two, {many} pairs can be told apart (such as {widest}); the others overlap, so no order is given."
            )
        }
    };
    sentences(language, &[&who, &left_out, &tail(context, &everyone(context))])
}
