//! 一、城市间比较 （三）: every verdict at a glance, by indicator and city; one matrix a list of indicators for many cities.

use serde::Serialize;

use super::context::Context;
use super::numbers::{Key, Numbers};
use super::say::say;
use super::section::Draft;
use super::terms;
use super::totals::{Tally, Totals};
use crate::assess::{Assessment, State};
use crate::characters::capitalised;
use crate::evaluation::CityEvaluation;
use crate::finding::Withheld;
use crate::ident::IndicatorNo;

/// 一、城市间比较 （三）.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Verdicts {
    place_head: String,
    /// Head of the column of counts: 完成/可评.
    count_head: String,
    matrices: Vec<Matrix>,
}

/// Map of verdicts, for many cities.
#[derive(Debug, Clone, Serialize)]
struct Matrix {
    title: String,
    again: String,
    alt: String,
    key: String,
    columns: Vec<String>,
    rows: Vec<MatrixRow>,
    foot_label: String,
    foot: Vec<String>,
}

/// A city of the matrix.
#[derive(Debug, Clone, Serialize)]
struct MatrixRow {
    city: String,
    count: String,
    cells: Vec<Option<State>>,
}

/// Numbers and short names of a city's indicators.
type Columns = Vec<(IndicatorNo, String)>;

/// A map for each set of cities with the same list of indicators.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Verdicts> {
    let context = draft.compared()?;
    if context.printed().count() < 2 {
        return None;
    }
    let matrices = matrices(context, &mut draft.numbers);
    let (language, reached) = (context.language, context.terms.reached);
    let place_head = context.terms.places.head_in(language);
    let count_head = capitalised(&say!(language, "{reached}/可评", "{reached}/ judged"));
    (!matrices.is_empty()).then_some(Verdicts { place_head, count_head, matrices })
}

/// One matrix for each set of cities with the same list of indicators.
fn matrices(context: &Context<'_>, numbers: &mut Numbers) -> Vec<Matrix> {
    let columns = |city: &CityEvaluation| -> Columns {
        let rows = context.counted(city);
        rows.iter().map(|(_, row)| (row.no.clone(), context.row(&city.plan, row).to_owned())).collect()
    };
    let mut sets: Vec<(Columns, Vec<&CityEvaluation>)> = Vec::new();
    for city in context.ranked().filter(|city| !city.score.withholds(Withheld::Chapter)) {
        let own = columns(city);
        match sets.iter_mut().find(|(known, _)| *known == own) {
            Some((_, cities)) => cities.push(city),
            None => sets.push((own, vec![city])),
        }
    }
    sets.into_iter()
        .enumerate()
        .map(|(at, (columns, cities))| {
            let number = numbers.take(Key::figure("matrix").at(at));
            matrix(context, &columns, &cities, &number)
        })
        .collect()
}

fn matrix(
    context: &Context<'_>,
    columns: &[(IndicatorNo, String)],
    cities: &[&CityEvaluation],
    figure: &str,
) -> Matrix {
    let mut targets: Vec<Vec<&Assessment>> = vec![Vec::new(); columns.len()];
    let mut rows = Vec::new();
    for city in cities {
        let own = context.counted(city);
        for (column, (one, _)) in targets.iter_mut().zip(&own) {
            column.push(one);
        }
        let whose = Totals::of_city(&context.book, city);
        let (met, able) = (whose.say("met", city.score.met), whose.say("assessable", city.score.assessable));
        rows.push(MatrixRow {
            city: context.short(&city.plan).to_owned(),
            count: format!("{met}/{able}"),
            cells: own.iter().map(|(one, _)| Some(one.state)).collect(),
        });
    }
    let say_reached = |(column, (no, _)): (&Vec<&Assessment>, &(IndicatorNo, String))| {
        let number = column.iter().filter(|one| one.state.met() == Some(true)).count();
        Tally::new(&context.book, format!("round/{figure}/{no}"), column.iter().copied()).met(number)
    };
    let reached: Vec<String> = targets.iter().zip(columns).map(say_reached).collect();
    let key: Vec<String> = columns.iter().map(|(no, name)| format!("{no} {name}")).collect();
    let title = cities.first().map_or("", |city| terms::kind(&city.plan));
    let (language, places) = (context.language, &context.terms.places);
    let (noun, word, english) = (places.noun, context.terms.reached, places.plural());
    let counts = columns
        .iter()
        .zip(&reached)
        .map(|((_, name), count)| say!(language, "{name}{count}个{noun}{word}", "{name} {count} {word}"));
    let counts = language.parts(&counts.collect::<Vec<_>>());
    let (all, key, document) = (cities.len(), language.clauses(&key), &context.terms.document);
    let (head, whole) = (places.head, capitalised(english));
    Matrix {
        title: say!(language, "{figure}　{title}各指标判定一览", "{figure}. Every verdict at a glance"),
        again: say!(language, "续{figure}", "{figure}, continued"),
        alt: say!(
            language,
            "判定一览，{all}个{noun}。{counts}。",
            "Every verdict at a glance, {all} {english}. {counts}."
        ),
        key: say!(
            language,
            "{figure}中{noun}按完成率排列只为看图方便，不是名次；各列为{document}序号：{key}。标志见封二。",
            "In {figure} the {english} stand in the order of their rates for reading only, which is not a ranking; the columns are the numbers of the {document}: {key}. The marks are explained on the page behind the cover."
        ),
        columns: columns.iter().map(|(no, _)| no.to_string()).collect(),
        rows,
        foot_label: say!(language, "{word}{head}数", "{whole} {word}"),
        foot: reached,
    }
}
