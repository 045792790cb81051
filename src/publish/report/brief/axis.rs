//! The ranges of cities on one axis, from none to all of the open targets reached.

use serde::Serialize;

use super::super::context::Context;
use super::super::drawing::Position;
use super::super::rate::rate;
use super::super::say::{say, sentences};
use super::super::totals::state_of;
use super::super::values::rate_words;
use super::super::withheld;
use super::shared::in_print;
use crate::advise::{RateBounds, bounds_of};
use crate::characters::capitalised;
use crate::compare::Fraction;
use crate::evaluation::CityEvaluation;
use crate::ledger::{Operation, StepId};

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
    pub(in crate::publish::report) at: Position,
    pub(in crate::publish::report) words: String,
}

/// What is certain of a city; of many without what is lagged in most of them.
pub(in crate::publish::report) fn rate_bounds(context: &Context<'_>, city: &CityEvaluation) -> RateBounds {
    let left_out = context.left_out(city).len();
    bounds_of(&city.score, left_out, context.evaluation.round.method.minimum_coverage)
}

/// Where the axis begins, in percent: at 40, or further down where a range does.
pub(in crate::publish::report) fn axis_from(context: &Context<'_>) -> usize {
    let is_below = |limit: usize| {
        let mut lowest = in_print(context).map(|city| rate_bounds(context, city).low);
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
    let RateBounds { low, high, .. } = rate_bounds(context, city);
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
    let (whole, left_out) = (capitalised(rate), super::sides::left_out_words(context));
    let note = say!(
        context.language,
        "{rate}（%）。点：只算可评项；线：判不了的项全不{reached}到全{reached}。",
        "{whole} (%). Dot: judged targets only; line: from none to all of the open targets {reached}."
    );
    sentences(context.language, &[&note, &left_out])
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
    let RateBounds { low, high, .. } = rate_bounds(context, city);
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
