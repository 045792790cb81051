//! Page one of more than two cities: each in a row.

use serde::Serialize;

use super::super::context::Context;
use super::super::rate::rate;
use super::super::say::say;
use super::super::totals::Totals;
use super::super::ways::{count_ways, ways};
use super::answer::base_word;
use super::axis::{self, AxisRange, Tick};
use super::many::side_of;
use super::moves::{move_steps, moves};
use crate::assess::Pace;
use crate::characters::capitalised;
use crate::evaluation::CityEvaluation;

/// Rows of cities.
#[derive(Debug, Clone, Serialize)]
pub(in crate::publish::report) struct Lines {
    heads: Vec<String>,
    rows: Vec<Line>,
    ticks: Vec<Tick>,
    note: String,
    alt: String,
}

/// A city in a row.
#[derive(Debug, Clone, Serialize)]
struct Line {
    city: String,
    cells: Vec<String>,
    range: AxisRange,
}

/// The cities in rows.
pub(in crate::publish::report) fn lines(context: &Context<'_>, cities: &[&CityEvaluation]) -> Lines {
    rows(context, cities, false)
}

/// Very many cities in rows: with their ranges in numbers, and on which side of the line of reference each is.
pub(in crate::publish::report) fn index(context: &Context<'_>, cities: &[&CityEvaluation]) -> Lines {
    rows(context, cities, true)
}

fn rows(context: &Context<'_>, cities: &[&CityEvaluation], is_index: bool) -> Lines {
    let base = base_word(context, cities);
    let language = context.language;
    let from = axis::axis_from(context);
    let has_ways = cities.iter().any(|city| !ways(context, city).is_empty());
    let row = |city: &&CityEvaluation| {
        let whose = Totals::of_city(&context.book, city);
        let score = &city.score;
        let share = format!("{}/{}", whose.say("met", score.met), whose.say("assessable", score.assessable));
        let firm = match score.soft {
            0 => "—".to_owned(),
            _ => format!(
                "{}/{}",
                whose.say("firm.met", score.firm.part),
                whose.say("firm.assessable", score.firm.whole)
            ),
        };
        let counts = moves(context, city);
        let change = match counts {
            [0, 0, 0] => "—".to_owned(),
            _ => {
                let steps = move_steps(context, city, counts);
                format!("{}/{}/{}", steps.better, steps.level, steps.worse)
            }
        };
        let mut cells = Vec::new();
        if is_index {
            let (low, high) = axis::bounds(context, city);
            cells.push(side_of(context, city).short(language).to_owned());
            cells.push(format!("{low}—{high}"));
        }
        cells.extend([share, firm, change]);
        if has_ways {
            cells.push(faster(context, city));
        }
        cells.push(whose.say("open", score.open()));
        cells.push(score.grade.map_or("—", |grade| grade.words(language)).to_owned());
        Line {
            city: context.short(&city.plan).to_owned(),
            cells,
            range: axis::axis_range(context, city, from),
        }
    };
    let alt = cities.iter().map(|city| {
        let (name, rate) = (context.short(&city.plan), rate(context, city));
        say!(language, "{name}{rate}%", "{name} {rate}%")
    });
    let (word, alt) = (context.terms.rate, language.list(&alt.collect::<Vec<_>>()));
    let axis = axis::axis_note(context);
    Lines {
        heads: heads(context, &base, has_ways, is_index),
        rows: cities.iter().map(row).collect(),
        ticks: axis::ticks(from, (100 - from) / 2),
        note: say!(
            language,
            "{axis}好/平/差：与{base}比变好、持平、变差的项数。没有{base}数或没有这类目标的记“—”。",
            "{axis} Without weaker targets: those set on the weaker side of the value of {base} are left out. Better/same/worse: values against {base}. “—”: no values for {base}, or no such targets. Open: cannot be judged yet."
        ),
        alt: say!(language, "{word}：{alt}", "{word}: {alt}"),
    }
}

fn heads(context: &Context<'_>, base: &str, has_ways: bool, is_index: bool) -> Vec<String> {
    let (language, reached) = (context.language, context.terms.reached);
    let mut heads = vec![context.terms.places.head_in(language)];
    if is_index {
        let line = context.limit("reference", context.evaluation.round.method.reference);
        heads.push(say!(language, "对{line}%", "Against {line}%"));
        heads.push(language.of("可能范围%", "Possible range, %").to_owned());
    }
    heads.extend([
        capitalised(&say!(language, "{reached}/可评", "{reached}/ judged")),
        say!(language, "除去目标不如{base}的", "Without weaker targets"),
        language.of("好/平/差", "Better/ same/ worse").to_owned(),
    ]);
    if has_ways {
        heads.push(language.of("须加快", "Must speed up").to_owned());
    }
    heads.extend(language.of(["判不了", "等次"], ["Open", "Grade"]).map(str::to_owned));
    heads
}

/// How many indicators of a city have to speed up.
fn faster(context: &Context<'_>, city: &CityEvaluation) -> String {
    let ways = ways(context, city);
    if ways.is_empty() {
        return "—".to_owned();
    }
    count_ways(context, city, ways, ("faster", &|pace| pace == Pace::Behind))
}
