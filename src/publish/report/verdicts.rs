//! 一、城市间比较 （三）: every verdict at a glance, by indicator and city; one matrix a list of indicators for many cities.

use serde::Serialize;

use super::common::common_ids;
use super::context::{Context, FEW};
use super::indicators;
use super::numbers::{Key, Numbers};
use super::phrases::names;
use super::say::say;
use super::section::Draft;
use super::table::{MOST_ROWS, cut_words, noted};
use super::terms;
use super::totals::{completion, state_of};
use crate::assess::{Assessment, State};
use crate::characters::capitalised;
use crate::evaluation::CityEvaluation;
use crate::finding::{Language, Withheld};
use crate::ident::{IndicatorId, IndicatorNo};
use crate::ledger::StepId;
use crate::plan::{Goal, Indicator, Origin};
use crate::words::PlaceWords;

/// 一、城市间比较 （三）.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Verdicts {
    text: Option<String>,
    place_head: String,
    /// Head of the column of counts: 完成/可评.
    count_head: String,
    map: Option<VerdictMap>,
    matrices: Vec<Matrix>,
}

/// Map of verdicts, for few cities.
#[derive(Debug, Clone, Serialize)]
struct VerdictMap {
    title: String,
    again: String,
    unit: Option<String>,
    alt: String,
    note: Option<String>,
    cities: Vec<String>,
    groups: Vec<MapGroup>,
}

/// A domain of the map.
#[derive(Debug, Clone, Serialize)]
struct MapGroup {
    label: String,
    rows: Vec<MapRow>,
}

/// An indicator of the map; a city without it has no cell.
#[derive(Debug, Clone, Serialize)]
struct MapRow {
    name: String,
    cells: Vec<Option<MapCell>>,
}

/// A city's verdict.
#[derive(Debug, Clone, Serialize)]
struct MapCell {
    state: State,
    words: String,
    /// That it is a qualitative indicator, which is there.
    #[serde(skip)]
    is_present: bool,
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

fn map_key() -> Key {
    Key::figure("map")
}

/// Nothing when no plan's indicators belong anywhere.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<Verdicts> {
    let context = draft.compared()?;
    if context.printed().count() < 2 {
        return None;
    }
    let few = context.cities().len() <= FEW;
    let map = if few { map(context, &mut draft.numbers) } else { None };
    let matrices = if few { Vec::new() } else { matrices(context, &mut draft.numbers) };
    (map.is_some() || !matrices.is_empty()).then(|| {
        let text = map.as_ref().and_then(|_| text(context, &draft.numbers.of(&map_key())));
        let (language, reached) = (context.language, context.terms.reached);
        let place_head = context.terms.places.head_in(language);
        let count_head = capitalised(&say!(language, "{reached}/可评", "{reached}/ judged"));
        Verdicts { text, place_head, count_head, map, matrices }
    })
}

/// With two cities: which common indicators both, one or neither reached.
fn text(context: &Context<'_>, figure: &str) -> Option<String> {
    let cities: Vec<&CityEvaluation> = context.printed().collect();
    let [one, other] = *cities.as_slice() else { return None };
    let ids = common_ids(context);
    let state = |city, id: &IndicatorId| {
        let found = context.counted(city).into_iter().find(|(one, _)| one.id.as_ref() == Some(id));
        found.map(|(one, row)| (one.state.met(), row.short.clone()))
    };
    let (mut both, mut single, mut neither) = (Vec::new(), Vec::new(), Vec::new());
    let steps = |id: &IndicatorId| {
        let of = |city| {
            let found = context.counted(city).into_iter().find(|(one, _)| one.id.as_ref() == Some(id));
            found.map(|(one, _)| state_of(one))
        };
        of(one)
    };
    for id in &ids {
        match (state(one, id), state(other, id)) {
            (Some((Some(true), name)), Some((Some(true), _))) => both.push(name),
            (Some((Some(false), name)), Some((Some(false), _))) => neither.push(name),
            (Some((Some(_), name)), Some((Some(_), _))) => single.push(name),
            _ => {}
        }
    }
    let places = &context.terms.places;
    let figure = format!("{figure}按领域列出{}各应评项的判定。", places.two);
    if ids.is_empty() {
        return Some(figure);
    }
    let say = |name: &str, number: usize| {
        let is_of = |id: &&IndicatorId| {
            let met = [one, other].map(|city| state(city, id).and_then(|(met, _)| met));
            match name {
                "both" => met == [Some(true); 2],
                "neither" => met == [Some(false); 2],
                "single" => matches!(met, [Some(one), Some(other)] if one != other),
                "open" => met.contains(&None),
                _ => true,
            }
        };
        let members: Vec<StepId> = ids.iter().filter(is_of).filter_map(steps).collect();
        context.book.count(&format!("round/#common.{name}"), members, &[], number)
    };
    let lists = [both.as_slice(), &single, &neither];
    Some(format!("{figure}{}", common_verdicts(ids.len(), lists, context.terms.reached, places, &say)))
}

fn map(context: &Context<'_>, numbers: &mut Numbers) -> Option<VerdictMap> {
    let mut groups = Vec::new();
    let domains = &context.evaluation.catalogue.dimensions;
    let named = domains.iter().map(|domain| (domain.id.as_str(), domain.name.as_str()));
    for (id, label) in named.chain([("", "未归入领域")]) {
        let known = |row: &Indicator| domains.iter().any(|domain| domain.id == row.dimension);
        let belongs = |row: &Indicator| if id.is_empty() { !known(row) } else { row.dimension == id };
        let rows = map_rows(context, &belongs);
        if !rows.is_empty() {
            groups.push(MapGroup { label: label.to_owned(), rows });
        }
    }
    if groups.is_empty() {
        return None;
    }
    let (printed, all) = cut(&mut groups);
    let cells = || groups.iter().flat_map(|group| &group.rows).flat_map(|row| &row.cells);
    let mut note = "注：数字为完成率。".to_owned();
    if cells().flatten().any(|cell| cell.is_present) {
        note = "注：数字为完成率，“有”为定性指标已具备。".to_owned();
    }
    if cells().any(Option::is_none) {
        note.push_str(&format!("空格表示该{}应评项中没有此项。", context.terms.places.short));
    }
    let has_prose_apart = |city: &CityEvaluation| {
        city.score.basis == Origin::Table && city.assessments.iter().any(|one| one.origin == Origin::Prose)
    };
    if context.printed().any(has_prose_apart) {
        let terms = &context.terms;
        note.push_str(&format!(
            "有{}的{}，正文目标单列于各{}一节，不在图内。",
            terms.table, terms.document, terms.places.short
        ));
    }
    let number = numbers.take(map_key());
    Some(VerdictMap {
        title: format!("{number}　各指标判定一览"),
        again: format!("续{number}"),
        unit: Some("%".to_owned()),
        alt: map_alt(context),
        note: Some(match cut_words(Language::Chinese, printed, all, indicators::WHOLE) {
            Some(words) => noted(Language::Chinese, Some(&note), &words),
            None => note,
        }),
        cities: context.printed().map(|city| city.plan.short.clone()).collect(),
        groups,
    })
}

/// Leaves as many rows as can be printed; returns how many, and how many there were.
fn cut(groups: &mut Vec<MapGroup>) -> (usize, usize) {
    let (mut printed, mut all) = (0, 0);
    for group in groups.iter_mut() {
        all += group.rows.len();
        group.rows.truncate(MOST_ROWS.saturating_sub(printed));
        printed += group.rows.len();
    }
    groups.retain(|group| !group.rows.is_empty());
    (printed, all)
}

/// One row per indicator of the catalogue or target in prose, in the order in which cities bring them. A target in
/// prose shares the row of another city's indicator of the same name.
fn map_rows(context: &Context<'_>, belongs: &dyn Fn(&Indicator) -> bool) -> Vec<MapRow> {
    let mut rows: Vec<(Option<IndicatorId>, MapRow)> = Vec::new();
    let count = context.printed().count();
    for (at, city) in context.printed().enumerate() {
        for (one, row) in context.counted(city).into_iter().filter(|(_, row)| belongs(row)) {
            let same = |(id, known): &(Option<IndicatorId>, MapRow)| {
                let free = known.cells.get(at).is_some_and(Option::is_none);
                free && (known.name == row.short || (row.id.is_some() && *id == row.id))
            };
            let line = rows.iter().position(same).unwrap_or_else(|| {
                rows.push((row.id.clone(), MapRow { name: row.short.clone(), cells: vec![None; count] }));
                rows.len() - 1
            });
            if let Some(place) = rows.get_mut(line).and_then(|(_, known)| known.cells.get_mut(at)) {
                *place = Some(map_cell(one));
            }
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

fn map_cell(one: &Assessment) -> MapCell {
    let completion = completion(one);
    let is_present = completion.is_none()
        && one.state.met() == Some(true)
        && matches!(one.target.goal, Goal::Qualitative(_));
    let words = match completion.filter(|_| one.state.is_assessable()) {
        Some(text) => text,
        None if is_present => "有".to_owned(),
        None => String::new(),
    };
    MapCell { state: one.state, words, is_present }
}

fn map_alt(context: &Context<'_>) -> String {
    let mut parts = Vec::new();
    for city in context.printed() {
        let rows = context.counted(city);
        let list = |state: State| {
            let names: Vec<&str> = rows
                .iter()
                .filter(|(one, _)| one.state == state)
                .map(|(_, row)| row.short.as_str())
                .collect();
            if names.is_empty() { "无".to_owned() } else { names.join("、") }
        };
        parts.push(format!(
            "{}未完成：{}；基本完成：{}；待核实：{}；未报：{}",
            city.plan.name,
            list(State::Missed),
            list(State::Nearly),
            list(State::InDoubt),
            list(State::NotReported)
        ));
    }
    format!("判定一览。{}。", parts.join("。"))
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
    let mut reached = vec![0_usize; columns.len()];
    let mut rows = Vec::new();
    for city in cities {
        let own = context.counted(city);
        for (count, (one, _)) in reached.iter_mut().zip(&own) {
            *count += usize::from(one.state.met() == Some(true));
        }
        rows.push(MatrixRow {
            city: context.short(&city.plan).to_owned(),
            count: format!("{}/{}", city.score.met, city.score.assessable),
            cells: own.iter().map(|(one, _)| Some(one.state)).collect(),
        });
    }
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
            "{figure}中{noun}按名次排列，各列为{document}序号：{key}。标志见封二。",
            "In {figure} the {english} stand in the order of their places; the columns are the numbers of the {document}: {key}. The marks are explained on page two."
        ),
        columns: columns.iter().map(|(no, _)| no.to_string()).collect(),
        rows,
        foot_label: say!(language, "{word}{head}数", "{whole} {word}"),
        foot: reached.iter().map(ToString::to_string).collect(),
    }
}

/// Which common indicators two cities reached.
fn common_verdicts(
    count: usize,
    [both, single, neither]: [&[String]; 3],
    reached: &str,
    places: &PlaceWords,
    say: &dyn Fn(&str, usize) -> String,
) -> String {
    let PlaceWords { two, one, .. } = places;
    let part = |words: String, name: &str, list: &[String]| {
        let say = |count| say(name, count);
        (!list.is_empty()).then(|| format!("{words}{}项（{}）", say(list.len()), names(list, say, "项")))
    };
    let mut parts: Vec<String> = [
        part(format!("{two}都{reached}的"), "both", both),
        part(format!("只有{one}{reached}的"), "single", single),
        part(format!("{two}都未{reached}的"), "neither", neither),
    ]
    .into_iter()
    .flatten()
    .collect();
    let open = count - both.len() - single.len() - neither.len();
    if open > 0 {
        parts.push(format!("有{one}暂不能判定的{}项", say("open", open)));
    }
    let count = say("all", count);
    format!("{count}项共同指标中，{}。", parts.join("，"))
}
