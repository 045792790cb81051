//! Page one of more than two cities: each in a row.

use serde::Serialize;

use super::super::context::Context;
use super::super::ranking::rate;
use super::super::say::say;
use super::super::totals::{Totals, state_of};
use super::super::ways::ways;
use super::answer::base_word;
use super::moves::{move_steps, moves};
use super::standing::{self, AxisRange, Tick};
use crate::advise::on_the_way;
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
#[expect(clippy::too_many_lines, reason = "each sentence has its words in two languages")]
pub(in crate::publish::report) fn lines(context: &Context<'_>, cities: &[&CityEvaluation]) -> Lines {
    let base = base_word(context, cities);
    let (language, reached) = (context.language, context.terms.reached);
    let from = standing::axis_from(context);
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
        let mut cells = vec![share, firm, change];
        if has_ways {
            cells.push(faster(context, city));
        }
        cells.push(whose.say("open", score.open()));
        cells.push(score.grade.map_or("—", |grade| grade.words(language)).to_owned());
        Line {
            city: context.short(&city.plan).to_owned(),
            cells,
            range: standing::axis_range(context, city, from),
        }
    };
    let mut heads = vec![
        context.terms.places.head_in(language),
        capitalised(&say!(language, "{reached}/可评", "{reached}/ judged")),
        say!(language, "除去不如{base}的", "Without weaker targets"),
        language.of("好/平/差", "Better/ same/ worse").to_owned(),
    ];
    if has_ways {
        heads.push(language.of("须加快", "Must speed up").to_owned());
    }
    heads.extend(language.of(["判不了", "等次"], ["Open", "Grade"]).map(str::to_owned));
    let alt = cities.iter().map(|city| {
        let (name, rate) = (context.short(&city.plan), rate(context, city));
        say!(language, "{name}{rate}%", "{name} {rate}%")
    });
    let (word, alt) = (context.terms.rate, language.list(&alt.collect::<Vec<_>>()));
    let axis = standing::axis_note(context);
    Lines {
        heads,
        rows: cities.iter().map(row).collect(),
        ticks: standing::ticks(from, (100 - from) / 2),
        note: say!(
            language,
            "{axis}好/平/差：与{base}比变好、持平、变差的项数。没有{base}数或没有这类目标的记“—”。",
            "{axis} Without weaker targets: those set on the weaker side of the value of {base} are left out. Better/same/worse: values against {base}. “—”: no values for {base}, or no such targets. Open: cannot be judged yet."
        ),
        alt: say!(language, "{word}：{alt}", "{word}: {alt}"),
    }
}

/// How many indicators of a city have to speed up.
fn faster(context: &Context<'_>, city: &CityEvaluation) -> String {
    let ways = ways(context, city);
    if ways.is_empty() {
        return "—".to_owned();
    }
    let behind = ways.iter().filter(|(.., way)| way.pace == Pace::Behind);
    let members = behind.map(|(one, ..)| state_of(one));
    let count = on_the_way(&ways, |pace| pace == Pace::Behind);
    context.book.count(&format!("{}/#way.faster", city.plan.city), members, &[], count)
}
