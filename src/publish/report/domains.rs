//! 一、城市间比较 （二）, 图1: verdicts by domain, mark by mark for few cities, as distributions for many.

use rust_decimal::Decimal;
use serde::Serialize;

use super::common::{self, common_ids};
use super::context::{Context, FEW};
use super::drawing::Position;
use super::numbers::{Key, Numbers};
use super::phrases::names_in;
use super::say::{plural, say, sentences};
use super::section::Draft;
use super::totals::{Tally, count_cities, state_of};
use super::values::by_seriousness;
use crate::assess::{Assessment, State};
use crate::characters::capitalised;
use crate::decimal::in_percent;
use crate::evaluation::CityEvaluation;
use crate::plan::{Indicator, Origin};
use crate::rounding::fixed;

/// 一、城市间比较 （二）.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Domains {
    text: String,
    place_head: String,
    /// Head of the column that counts units.
    counted_head: String,
    marks: Option<Marks>,
    spread: Option<Spread>,
}

/// Marks by domain, for few cities.
#[derive(Debug, Clone, Serialize)]
struct Marks {
    title: String,
    unit: Option<String>,
    alt: String,
    note: Option<String>,
    columns: Vec<MarksColumn>,
    rows: Vec<MarksRow>,
}

/// A domain.
#[derive(Debug, Clone, Serialize)]
struct MarksColumn {
    label: String,
    weight: usize,
}

/// A city's marks.
#[derive(Debug, Clone, Serialize)]
struct MarksRow {
    city: String,
    cells: Vec<MarksCell>,
}

/// A city's marks in a domain.
#[derive(Debug, Clone, Serialize)]
struct MarksCell {
    states: Vec<State>,
    count: String,
    absent: Option<String>,
}

/// Distribution by domain, for many cities.
#[derive(Debug, Clone, Serialize)]
struct Spread {
    title: String,
    unit: Option<String>,
    alt: String,
    note: Option<String>,
    rows: Vec<SpreadRow>,
}

/// A domain's distribution; positions in 0…1.
#[derive(Debug, Clone, Serialize)]
struct SpreadRow {
    label: String,
    cities: String,
    low: Position,
    q1: Position,
    median: Position,
    q3: Position,
    high: Position,
    words: String,
}

/// That these are not the groups of the plans, which the chapters of the cities count by.
fn domains_are_ours(context: &Context<'_>) -> String {
    let document = &context.terms.document;
    say!(
        context.language,
        "领域由本报告统一归类，与{document}类别不尽相同。",
        "The domains are those of this report and are not quite the groups of the {document}."
    )
}

type Row<'a> = (&'a Assessment, &'a Indicator);

fn figure() -> Key {
    Key::figure("domains")
}

pub(super) fn section(draft: &mut Draft<'_>) -> Option<Domains> {
    let context = draft.compared()?;
    if context.printed().count() < 2 {
        return None;
    }
    let few = context.cities().len() <= FEW;
    let marks = if few { marks(context, &mut draft.numbers) } else { None };
    let spread = if few { None } else { spread(context, &mut draft.numbers) };
    let language = context.language;
    let see = match marks.is_some() || spread.is_some() {
        true => {
            let figure = draft.numbers.of(&figure());
            say!(language, "各领域情况见{figure}。", "{figure} shows the results by domain.")
        }
        false => String::new(),
    };
    let (head, english) = (context.terms.places.head, capitalised(context.terms.places.plural()));
    Some(Domains {
        text: sentences(language, &[&see, &text(context, &mut draft.numbers)]),
        place_head: context.terms.places.head_in(language),
        counted_head: say!(language, "可评{head}", "{english} judged"),
        marks,
        spread,
    })
}

/// A city's rows of a domain.
fn in_domain<'a>(context: &Context<'a>, city: &'a CityEvaluation, domain: &str) -> Vec<Row<'a>> {
    context.counted(city).into_iter().filter(|(_, row)| row.dimension == domain).collect()
}

#[expect(clippy::too_many_lines, reason = "each sentence has its words in two languages")]
fn marks(context: &Context<'_>, numbers: &mut Numbers) -> Option<Marks> {
    let known: Vec<_> = context
        .evaluation
        .catalogue
        .dimensions
        .iter()
        .filter(|domain| context.printed().any(|city| !in_domain(context, city, &domain.id).is_empty()))
        .collect();
    if known.is_empty() {
        return None;
    }
    let language = context.language;
    let mut rows = Vec::new();
    let mut told = Vec::new();
    for city in context.printed() {
        let mut cells = Vec::new();
        let mut parts = Vec::new();
        for domain in &known {
            let own = in_domain(context, city, &domain.id);
            let able = own.iter().filter(|(one, _)| one.state.is_assessable()).count();
            let met = own.iter().filter(|(one, _)| one.state.met() == Some(true)).count();
            let of = format!("{}/domain/{}", city.plan.city, domain.id);
            let tally = Tally::new(&context.book, of, own.iter().map(|(one, _)| *one));
            let (able, met) = (tally.able(able), tally.met(met));
            if !own.is_empty() {
                let (name, reached) = (context.domain(domain), context.terms.reached);
                parts.push(say!(
                    language,
                    "{name}可评{able}项{reached}{met}项",
                    "{name} {met} of {able} {reached}"
                ));
            }
            cells.push(MarksCell {
                states: by_seriousness(own.iter().map(|(one, _)| one.state).collect()),
                count: format!("{met}/{able}"),
                absent: own.is_empty().then(|| {
                    let document = context.document(&city.plan);
                    say!(language, "{document}未列", "not in the {document}")
                }),
            });
        }
        let (name, parts) = (context.whole_name(&city.plan), language.parts(&parts));
        told.push(say!(language, "{name}，{parts}", "{name}: {parts}"));
        rows.push(MarksRow { city: context.short(&city.plan).to_owned(), cells });
    }
    let columns = known.iter().enumerate().map(|(at, domain)| {
        let most = rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| cell.states.len()).max();
        MarksColumn { label: context.domain(domain).to_owned(), weight: most.unwrap_or(0).max(4) }
    });
    let columns = columns.collect();
    let outside = context
        .printed()
        .flat_map(|city| context.counted(city))
        .filter(|(_, row)| !known.iter().any(|domain| domain.id == row.dimension))
        .count();
    let number = numbers.take(figure());
    let (noun, reached, told) = (context.terms.places.noun, context.terms.reached, language.clauses(&told));
    let ours = domains_are_ours(context);
    Some(Marks {
        title: numbers.titled(&number, language.of("分领域完成情况", "Results by domain")),
        unit: Some(language.of(context.terms.share(), format!("{reached} / judged"))),
        alt: say!(language, "各{noun}分领域判定：{told}。", "Verdicts by domain: {told}."),
        note: Some(match outside {
            0 => say!(language, "注：{ours}", "Note: {ours}"),
            _ => say!(
                language,
                "注：{ours}另有{outside}项未归入领域，不在图中。",
                "Note: {ours} Another {outside} belong to no domain and are not in the figure."
            ),
        }),
        columns,
        rows,
    })
}

/// Distribution of rates by domain, for many cities. Quantiles are interpolated between neighbours.
fn spread(context: &Context<'_>, numbers: &mut Numbers) -> Option<Spread> {
    let mut rows = Vec::new();
    for domain in &context.evaluation.catalogue.dimensions {
        let mut rates: Vec<Decimal> = Vec::new();
        for city in context.printed() {
            let own = in_domain(context, city, &domain.id);
            let able = own.iter().filter(|(one, _)| one.state.is_assessable()).count();
            let met = own.iter().filter(|(one, _)| one.state.met() == Some(true)).count();
            rates.extend(Decimal::from(met).checked_div(Decimal::from(able)));
        }
        rates.sort();
        if rates.is_empty() {
            continue;
        }
        let at = |quarter: i64| quantile(&rates, quarter);
        rows.push(SpreadRow {
            label: context.domain(domain).to_owned(),
            cities: rates.len().to_string(),
            low: Position::of(at(0)),
            q1: Position::of(at(1)),
            median: Position::of(at(2)),
            q3: Position::of(at(3)),
            high: Position::of(at(4)),
            words: in_percent(at(2), Decimal::ONE).map_or_else(String::new, |median| fixed(median, 0)),
        });
    }
    if rows.is_empty() {
        return None;
    }
    let language = context.language;
    let median = |SpreadRow { label, words, .. }: &SpreadRow| {
        say!(language, "{label}中位数{words}%", "{label}: median {words}%")
    };
    let medians = language.parts(&rows.iter().map(median).collect::<Vec<_>>());
    let (noun, english, rate) =
        (context.terms.places.noun, context.terms.places.plural(), context.terms.rate);
    let (number, ours, whole) = (numbers.take(figure()), domains_are_ours(context), capitalised(rate));
    Some(Spread {
        title: say!(language, "{number}　分领域{rate}分布", "{number}. {whole} by domain"),
        unit: Some("%".to_owned()),
        alt: say!(language, "各{noun}分领域{rate}分布：{medians}。", "{whole} by domain: {medians}."),
        note: Some(say!(
            language,
            "注：细线为最低至最高，灰块为中间一半{noun}，粗竖线为中位数。{ours}",
            "Note: thin line from the lowest to the highest, grey block the middle half of the {english}, thick tick the median. {ours}"
        )),
        rows,
    })
}

/// Quartile of sorted values, interpolated between neighbours.
fn quantile(sorted: &[Decimal], quarter: i64) -> Decimal {
    let last = sorted.len().saturating_sub(1);
    let quarters = Decimal::from(quarter).checked_mul(Decimal::from(last));
    let exact = quarters.and_then(|all| all.checked_div(Decimal::from(4))).unwrap_or_default();
    let below = usize::try_from(exact.trunc().mantissa()).unwrap_or(0).min(last);
    let low = sorted.get(below).copied().unwrap_or_default();
    let high = sorted.get(below + 1).copied().unwrap_or(low);
    let way = high.checked_sub(low).and_then(|gap| gap.checked_mul(exact.fract()));
    way.and_then(|way| low.checked_add(way)).unwrap_or(low)
}

/// What can be compared between the plans.
fn text(context: &Context<'_>, numbers: &mut Numbers) -> String {
    let cities = context.printed();
    let prose: Vec<&CityEvaluation> = cities.filter(|city| city.score.basis == Origin::Prose).collect();
    let language = context.language;
    let (noun, place) = (context.terms.places.noun, context.terms.places.single());
    if !prose.is_empty() {
        let terms = &context.terms;
        let all: Vec<String> = prose.iter().map(|city| context.whole_name(&city.plan).to_owned()).collect();
        let count = |count| count_cities(&context.book, "prose", prose.iter().copied(), count);
        let who = names_in(language, &all, count, &terms.counter());
        let (document, table, rate, each) = (&terms.document, &terms.table, terms.rate, terms.places.short);
        return say!(
            language,
            "{who}{document}没有{table}，不作同指标比较。{rate}反映对本{each}目标的完成程度，不反映水平高低。",
            "Plans without a table of indicators: {who}; so no indicators are compared. The {rate} says how far a {place} met its own targets, not which stands higher."
        );
    }
    let count = common_ids(context).len();
    let where_to = match context.cities().len() {
        0..=FEW if count > 0 => {
            let table = numbers.of(&common::key());
            say!(language, "列于{table}", "set out in {table}")
        }
        _ => say!(language, "见各{noun}分册", "set out in the report of each {place}"),
    };
    common_indicators(count, &where_to, context)
}

/// How many indicators all plans share, and what rates do not say.
fn common_indicators(count: usize, where_to: &str, context: &Context<'_>) -> String {
    let (each, document) = (context.terms.places.short, &context.terms.document);
    let rate = context.terms.rate;
    let (language, place, places) =
        (context.language, context.terms.places.single(), context.terms.places.plural());
    let rate = say!(
        language,
        "{rate}反映对本{each}目标的完成程度，不反映水平高低。",
        "The {rate} says how far a {place} met its own targets, not which stands higher."
    );
    if count == 0 {
        return say!(
            language,
            "各{each}{document}无共同指标，不作同指标比较。{rate}",
            "The {document} share no indicators, so none are compared. {rate}"
        );
    }
    let first = context.printed().next();
    let common = common_ids(context);
    let members = first.into_iter().flat_map(|city| context.counted(city)).filter_map(|(one, _)| {
        let id = one.id.as_ref()?;
        common.contains(id).then(|| state_of(one))
    });
    let are = plural(count, "indicator is shared and", "indicators are shared and");
    let count = context.book.count("round/#common.all", members, &[], count);
    say!(
        language,
        "共同指标{count}项，{where_to}。各{each}目标不同，{rate}",
        "{count} {are} {where_to}. The {places} have different targets. {rate}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_lie_between_neighbours() {
        let sorted: Vec<Decimal> = (0..5).map(Decimal::from).collect();
        assert_eq!(quantile(&sorted, 2), Decimal::from(2));
        assert_eq!(quantile(&sorted[..4], 2), Decimal::new(15, 1));
        assert_eq!(quantile(&sorted[..1], 3), Decimal::ZERO);
    }
}
