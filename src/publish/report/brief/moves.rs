//! 比上年好还是差: what became of the values of a city since their base.

use serde::Serialize;

use super::super::base_years::base_years;
use super::super::context::Context;
use super::super::say::say;
use super::super::totals::{bases_of, state_of};
use super::answer::{Answer, Moves, plain};
use crate::advise::{Move, moved};
use crate::assess::Assessment;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ledger::{Operation, StepId};
use crate::plan::Indicator;

/// How many of a city's values became worse, stayed, became better, with the rows that are compared.
pub(in crate::publish::report) fn moves(context: &Context<'_>, city: &CityEvaluation) -> [usize; 3] {
    let mut counts = [0; 3];
    for (one, row) in context.counted(city) {
        match moved(one, row) {
            Some(Move::Worse) => counts[0] += 1,
            Some(Move::Level) => counts[1] += 1,
            Some(Move::Better) => counts[2] += 1,
            None => {}
        }
    }
    counts
}

/// To what scale bars of several cities are drawn.
pub(in crate::publish::report) struct Scale {
    worse: usize,
    all: usize,
}

impl Scale {
    pub(in crate::publish::report) fn of(cities: impl Iterator<Item = [usize; 3]>) -> Self {
        let all: Vec<[usize; 3]> = cities.collect();
        let worse = all.iter().map(|[worse, ..]| *worse).max().unwrap_or_default();
        let rest = all.iter().map(|[_, level, better]| level.saturating_add(*better)).max();
        Self { worse, all: worse.saturating_add(rest.unwrap_or_default()) }
    }
}

/// A part of the bars, as their legend has it.
#[derive(Debug, Clone, Serialize)]
pub(in crate::publish::report) struct MoveMark {
    /// The name of its fill in `lib/brief.typ`.
    side: &'static str,
    words: &'static str,
}

/// What the parts of the bars mean that occur, from left to right.
pub(super) fn move_key(language: Language, all: impl Iterator<Item = [usize; 3]>) -> Vec<MoveMark> {
    let sides = [
        ("worse", language.of("变差", "worse")),
        ("level", language.of("持平", "unchanged")),
        ("better", language.of("变好", "better")),
    ];
    let counts = all.fold([0_usize; 3], |[worse, level, better], [fell, stayed, rose]| {
        [worse.saturating_add(fell), level.saturating_add(stayed), better.saturating_add(rose)]
    });
    let occurring = sides.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    occurring.map(|((side, words), _)| MoveMark { side, words }).collect()
}

/// The steps of what became of the values of a city.
pub(in crate::publish::report) struct MoveSteps {
    compared: String,
    pub(super) worse: String,
    pub(super) level: String,
    pub(super) better: String,
}

pub(in crate::publish::report) fn move_steps(
    context: &Context<'_>,
    city: &CityEvaluation,
    [worse, level, better]: [usize; 3],
) -> MoveSteps {
    let book = &context.book;
    let rows = context.counted(city);
    let compared: Vec<&(&Assessment, &Indicator)> =
        rows.iter().filter(|(one, row)| moved(one, row).is_some()).collect();
    let id = |name: &str| StepId::new(format!("{}/#moved.{name}", city.plan.city));
    let members = compared.iter().map(|(one, _)| state_of(one));
    let all = book.count(id("all").as_str(), members, &[], compared.len());
    let sides = |name: &str, fell: bool| {
        let steps: Vec<StepId> = compared
            .iter()
            .filter_map(|(one, row)| book.moved((&city.plan, row), one, &bases_of(one), fell))
            .collect();
        let number = if fell { worse } else { better };
        book.count(id(name).as_str(), steps, &["true"], number)
    };
    let (worse, better) = (sides("worse", true), sides("better", false));
    let args = [("whole", id("all")), ("part", id("better"))];
    book.step(&id("not_better"), Operation::Difference, &args);
    let args = [("whole", id("not_better")), ("part", id("worse"))];
    let level = book.does(id("level").as_str(), Operation::Difference, &args, level);
    MoveSteps { compared: all, worse, level, better }
}

/// How many became better and worse; `is_behind` words that say what they are compared with.
pub(in crate::publish::report) fn moves_words(
    context: &Context<'_>,
    city: &CityEvaluation,
    scale: &Scale,
    is_behind: bool,
) -> Answer {
    let counts = moves(context, city);
    let bases = base_years(context, city);
    let (language, base) = (context.language, bases.short_in(context.language));
    let [worse, level, better] = counts;
    if worse + level + better == 0 {
        return plain(say!(
            language,
            "没有可比的{base}数，不能与{base}比较。",
            "No comparable values for {base}, so no comparison."
        ));
    }
    let steps = move_steps(context, city, counts);
    let part = |count: usize, number: &str, words: &str| {
        (count > 0).then(|| say!(language, "{number}项{words}", "{number} {words}"))
    };
    let parts: Vec<String> = [
        part(better, &steps.better, language.of("变好", "better")),
        part(level, &steps.level, language.of("持平", "unchanged")),
        part(worse, &steps.worse, language.of("变差", "worse")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let year = match bases.only() {
        Some(of) if is_behind && base.contains(&of.to_string()) => String::new(),
        Some(of) if !bases.is_before_only() => say!(language, "（与{of}年比）", " (against {of})"),
        _ => String::new(),
    };
    let (compared, parts) = (&steps.compared, language.parts(&parts));
    let words = say!(language, "{compared}项可比：{parts}{year}", "{compared} comparable: {parts}{year}");
    let name = context.short(&city.plan);
    Answer {
        moves: Some(Moves {
            worse,
            level,
            better,
            most_worse: scale.worse,
            most: scale.all,
            worse_words: steps.worse,
            better_words: steps.better,
        }),
        alt: say!(language, "{name}：{parts}", "{name}: {parts}"),
        words,
        ..Answer::default()
    }
}
