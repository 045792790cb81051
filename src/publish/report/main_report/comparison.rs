//! 谁做得更好: the sentence that reconciles rate, range and grade, the ranges, and the counts beside each other.

use serde::Serialize;

use super::super::brief::lines::{Lines, lines};
use super::super::brief::many::{Many, many};
use super::super::brief::shared::in_print;
use super::super::brief::standing::{self, Ranges};
use super::super::context::FEW;
use super::super::numbers::Key;
use super::super::say::say;
use super::super::section::Draft;
use super::super::soft::both_rates;
use super::super::table::Table;
use super::Chapters;
use super::summary::{BesideRow, GradeBars, grade_bars, summary};
use crate::characters::capitalised;
use crate::evaluation::CityEvaluation;

/// 谁做得更好.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Comparison {
    section: String,
    heading: String,
    sentence: String,
    ranges: Option<RangeFigure>,
    /// What is drawn of very many cities together.
    many: Option<Many>,
    names: Vec<String>,
    table: Table<BesideRow>,
    /// Of more cities each has a row.
    lines: Option<LineFigure>,
    grades: Option<GradeBars>,
    text: String,
}

/// The ranges of a few cities on one axis.
#[derive(Debug, Clone, Serialize)]
struct RangeFigure {
    title: String,
    drawing: Ranges,
}

/// Cities in rows.
#[derive(Debug, Clone, Serialize)]
struct LineFigure {
    title: String,
    drawing: Lines,
}

/// Nothing where there are no two cities to compare whose chapters are printed.
pub(super) fn section(draft: &mut Draft<'_>, chapters: &mut Chapters) -> Option<Comparison> {
    let context = draft.compared()?;
    let cities: Vec<&CityEvaluation> = in_print(context).collect();
    if cities.len() < 2 {
        return None;
    }
    let are_few = cities.len() <= FEW;
    let (language, rate) = (context.language, context.terms.rate);
    let (noun, english) = (context.terms.places.noun, context.terms.places.plural());
    let name = match are_few {
        true => language.of("谁做得更好", "Which did better"),
        false => language.of("总的情况", "How things stand"),
    };
    let ranges = if are_few { standing::ranges(context) } else { None };
    let ranges = ranges.map(|drawing| {
        let (number, whole) = (draft.numbers.take(Key::figure("ranges")), capitalised(rate));
        let title =
            say!(language, "{number}　{rate}和可能的范围", "{number}. {whole} and its possible range");
        RangeFigure { title, drawing }
    });
    let rows = if are_few { summary(context, &cities) } else { Vec::new() };
    let title = say!(
        language,
        "各{noun}合在一起看（每格先项数）",
        "The {english} side by side (counts before shares)"
    );
    let table =
        Table::new(&title).told_in(language).rows(rows).numbered(&mut draft.numbers, Key::table("summary"));
    let lines = (!are_few).then(|| {
        let number = draft.numbers.take(Key::figure("lines"));
        let title = say!(language, "{number}　各{noun}一览", "{number}. The {english} at a glance");
        LineFigure { title, drawing: lines(context, &cities) }
    });
    let grades = if are_few { grade_bars(draft, &cities) } else { None };
    let soft: Vec<String> = cities.iter().filter_map(|city| both_rates(context, city)).collect();
    let text = match soft.is_empty() || !are_few {
        true => String::new(),
        false => {
            let soft = language.clauses(&soft);
            say!(
                language,
                "除去目标不如上年或基期的项：{soft}。",
                "Without targets weaker than the value of last year or of the base year: {soft}."
            )
        }
    };
    let heading = chapters.next(name);
    Some(Comparison {
        section: heading.clone(),
        heading,
        sentence: standing::sentence(context),
        ranges,
        many: (cities.len() > standing::NAMED).then(|| many(context)),
        names: cities.iter().filter(|_| are_few).map(|city| context.short(&city.plan).to_owned()).collect(),
        table,
        lines,
        grades,
        text,
    })
}
