//! 一、城市间比较 （二）, 图1: verdicts by domain, mark by mark for few cities, as distributions for many.

use rust_decimal::Decimal;
use serde::Serialize;

use super::common::{self, common_ids};
use super::context::{Context, FEW};
use super::drawing::Position;
use super::numbers::{Key, Numbers};
use super::phrases::names;
use super::section::Draft;
use super::totals::{Tally, count_cities, state_of};
use super::values::by_seriousness;
use crate::assess::{Assessment, State};
use crate::decimal::in_percent;
use crate::evaluation::CityEvaluation;
use crate::plan::{Indicator, Origin};
use crate::rounding::fixed;

/// 一、城市间比较 （二）.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Domains {
    text: String,
    place_head: &'static str,
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
    format!("领域由本报告统一归类，与{}类别不尽相同。", context.terms.document)
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
    let see = match marks.is_some() || spread.is_some() {
        true => format!("各领域情况见{}。", draft.numbers.of(&figure())),
        false => String::new(),
    };
    let head = context.terms.places.head;
    Some(Domains {
        text: format!("{see}{}", text(context, &mut draft.numbers)),
        place_head: head,
        counted_head: format!("可评{head}"),
        marks,
        spread,
    })
}

/// A city's rows of a domain.
fn in_domain<'a>(context: &Context<'a>, city: &'a CityEvaluation, domain: &str) -> Vec<Row<'a>> {
    context.counted(city).into_iter().filter(|(_, row)| row.dimension == domain).collect()
}

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
                parts.push(format!("{}可评{able}项{}{met}项", domain.name, context.terms.reached));
            }
            cells.push(MarksCell {
                states: by_seriousness(own.iter().map(|(one, _)| one.state).collect()),
                count: format!("{met}/{able}"),
                absent: own.is_empty().then(|| format!("{}未列", city.plan.called.document)),
            });
        }
        told.push(format!("{}，{}", city.plan.name, parts.join("，")));
        rows.push(MarksRow { city: city.plan.short.clone(), cells });
    }
    let columns = known.iter().enumerate().map(|(at, domain)| {
        let most = rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| cell.states.len()).max();
        MarksColumn { label: domain.name.clone(), weight: most.unwrap_or(0).max(4) }
    });
    let columns = columns.collect();
    let outside = context
        .printed()
        .flat_map(|city| context.counted(city))
        .filter(|(_, row)| !known.iter().any(|domain| domain.id == row.dimension))
        .count();
    Some(Marks {
        title: format!("{}　分领域完成情况", numbers.take(figure())),
        unit: Some(context.terms.share()),
        alt: format!("各{}分领域判定：{}。", context.terms.places.noun, told.join("；")),
        note: Some(match outside {
            0 => format!("注：{}", domains_are_ours(context)),
            _ => format!("注：{}另有{outside}项未归入领域，不在图中。", domains_are_ours(context)),
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
            label: domain.name.clone(),
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
    let medians: Vec<String> = rows.iter().map(|row| format!("{}中位数{}%", row.label, row.words)).collect();
    let noun = context.terms.places.noun;
    Some(Spread {
        title: format!("{}　分领域{}分布", numbers.take(figure()), context.terms.rate),
        unit: Some("%".to_owned()),
        alt: format!("各{noun}分领域{}分布：{}。", context.terms.rate, medians.join("，")),
        note: Some(format!(
            "注：细线为最低至最高，灰块为中间一半{noun}，粗竖线为中位数。{}",
            domains_are_ours(context)
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
    if !prose.is_empty() {
        let terms = &context.terms;
        let all: Vec<String> = prose.iter().map(|city| city.plan.name.clone()).collect();
        let say = |count| count_cities(&context.book, "prose", prose.iter().copied(), count);
        let who = names(&all, say, &terms.counter());
        return format!(
            "{who}{}没有{}，不作同指标比较。{}反映对本{}目标的完成程度，不反映水平高低。",
            terms.document, terms.table, terms.rate, terms.places.short
        );
    }
    let count = common_ids(context).len();
    let where_to = match context.cities().len() {
        0..=FEW if count > 0 => format!("列于{}", numbers.of(&common::key())),
        _ => format!("见各{}部分", context.terms.places.noun),
    };
    common_indicators(count, &where_to, context)
}

/// How many indicators all plans share, and what rates do not say.
fn common_indicators(count: usize, where_to: &str, context: &Context<'_>) -> String {
    let (each, document) = (context.terms.places.short, &context.terms.document);
    let rate = context.terms.rate;
    let rate = format!("{rate}反映对本{each}目标的完成程度，不反映水平高低。");
    if count == 0 {
        return format!("各{each}{document}无共同指标，不作同指标比较。{rate}");
    }
    let first = context.printed().next();
    let common = common_ids(context);
    let members = first.into_iter().flat_map(|city| context.counted(city)).filter_map(|(one, _)| {
        let id = one.id.as_ref()?;
        common.contains(id).then(|| state_of(one))
    });
    let count = context.book.count("round/#common.all", members, &[], count);
    format!("共同指标{count}项，{where_to}。各{each}目标不同，{rate}")
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
