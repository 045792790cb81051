//! 附件9: the index of the round: its indicators, how it is made step by step, all scores, what stands in for values, how certain the order is.

use serde::Serialize;

use super::composite_certainty::{CertaintyTables, certainty};
use super::composite_classes::{self, ClassRow};
use super::composite_method::{MethodStep, steps};
use super::composite_traits::{CityTraits, mark, marks, traits};
use super::composite_view::{CompositeView, IMPUTED, PLACES, TREATED};
use super::composite_words::{absence, weighting};
use super::marks::numeral;
use super::numbers::{Annex, Key};
use super::section::Draft;
use super::table::Table;
use crate::composite::{DimensionScore, IndexValue, IndexedCity, IndexedIndicator};
use crate::ledger::{StepId, Traced};
use crate::plan::{IndexIndicator, Weighting};
use crate::rounding::plain;

/// The annex.
const ANNEX: Annex = Annex::INDEX;

/// 附件9.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CompositeAnnex {
    heading: String,
    text: String,
    indicators: Table<CompositeIndicatorRow>,
    weights: Table<CompositeWeightRow>,
    /// Heads of its columns of weights.
    weight_heads: Vec<String>,
    steps: Vec<MethodStep>,
    /// Head of the columns of cities.
    place_head: &'static str,
    /// Heads of the columns of places by other sets of weights.
    set_heads: Vec<String>,
    /// Heads of the columns of domains.
    domain_heads: Vec<String>,
    results: Table<CompositeResultRow>,
    best: Table<BestCaseRow>,
    /// Heads of the columns of shares of classes.
    class_heads: Vec<String>,
    classes: Table<ClassRow>,
    traits: Table<CompositeTraitRow>,
    stand_ins: Table<StandInRow>,
    certainty: Option<CertaintyTables>,
}

/// An indicator.
#[derive(Debug, Clone, Serialize)]
struct CompositeIndicatorRow {
    no: String,
    name: String,
    unit: String,
    direction: &'static str,
    domain: String,
    weight: String,
    coverage: String,
    low: String,
    high: String,
    treated: String,
    imputed: String,
}

/// A domain or an indicator with its weights as they are written: the index's own, then those of each other set.
#[derive(Debug, Clone, Serialize)]
struct CompositeWeightRow {
    name: String,
    cells: Vec<String>,
}

/// A city with its scores.
#[derive(Debug, Clone, Serialize)]
struct CompositeResultRow {
    place: String,
    name: String,
    group: String,
    marks: String,
    score: String,
    class: String,
    interval: String,
    at_place: String,
    coverage: String,
    /// Its places by other sets of weights.
    by_sets: Vec<String>,
    /// By domain: score, place, mean of peers.
    cells: Vec<ResultCell>,
    chain: String,
}

/// A city's score in a domain.
#[derive(Debug, Clone, Serialize)]
struct ResultCell {
    score: String,
    place: String,
    peers: String,
}

/// A city by the weights that put it best.
#[derive(Debug, Clone, Serialize)]
struct BestCaseRow {
    place: String,
    name: String,
    score: String,
    /// Its place by the index.
    own: String,
    /// By domain, what it contributes in percent.
    shares: Vec<String>,
}

/// What a city is strong and weak in.
#[derive(Debug, Clone, Serialize)]
struct CompositeTraitRow {
    name: String,
    strengths: String,
    weaknesses: String,
}

/// A value that is not as it was reported.
#[derive(Debug, Clone, Serialize)]
struct StandInRow {
    city: String,
    indicator: String,
    what: String,
    cause: String,
    reported: String,
    value: String,
}

/// In the round's technical volume, where there is an index.
pub(super) fn section(draft: &mut Draft<'_>) -> Option<CompositeAnnex> {
    let view = CompositeView::of(draft.round()?)?;
    let name = view.name();
    let terms = &view.context.terms;
    let (rate, short) = (terms.rate, terms.places.short);
    let numbers = &mut draft.numbers;
    let domains = view.domains();
    Some(CompositeAnnex {
        heading: ANNEX.heading(&format!("{name}的算法和结果")),
        text: format!(
            "{name}比各{short}的水平，{rate}说各{short}的目标中有多大一部分已经完成；两者各自计算，互不相加、折算。本附件由index.toml和台账生成；各项指标的得分逐{short}列在tables/index_scores，抽样列在tables/index_draws。"
        ),
        indicators: indicators(&view).numbered(numbers, Key::in_annex(ANNEX, "indicators")),
        weight_heads: weight_heads(&view),
        weights: weights(&view).numbered(numbers, Key::in_annex(ANNEX, "weights")),
        steps: steps(&view),
        place_head: terms.places.head,
        set_heads: view.spec().weight_sets.iter().map(|set| format!("按{}", set.name)).collect(),
        domain_heads: domains.iter().map(|(_, one)| view.dimension(one).to_owned()).collect(),
        results: results(&view).numbered(numbers, Key::in_annex(ANNEX, "results")),
        best: best(&view).numbered(numbers, Key::in_annex(ANNEX, "best")),
        class_heads: composite_classes::heads(&view),
        classes: composite_classes::table(&view).numbered(numbers, Key::in_annex(ANNEX, "classes")),
        traits: trait_rows(&view).numbered(numbers, Key::in_annex(ANNEX, "traits")),
        stand_ins: stand_ins(&view).numbered(numbers, Key::in_annex(ANNEX, "stand_ins")),
        certainty: certainty(&view, numbers),
    })
}

fn indicators(view: &CompositeView<'_>) -> Table<CompositeIndicatorRow> {
    let all = view.spec().indicators.iter().zip(&view.index.indicators).enumerate();
    let rows = all.map(|(at, (one, about))| indicator_row(view, at, one, about)).collect();
    Table::new("指标、方向、权重和取值")
        .note("注：权重为在全部指标中的百分比，因覆盖不够而不用的写“不用”；覆盖为有数的所占的百分比；最小、最大为报来的值。")
        .whole_in("index.toml")
        .rows(rows)
}

fn indicator_row(
    view: &CompositeView<'_>,
    at: usize,
    one: &IndexIndicator,
    about: &IndexedIndicator,
) -> CompositeIndicatorRow {
    let reported = || view.printed().filter_map(|city| city.values.get(at)?.reported.as_ref());
    let value = |told: Option<&Traced>| told.map_or_else(String::new, |told| view.whole(told));
    let by_value = |one: &&Traced, other: &&Traced| one.number().cmp(&other.number());
    let count = |name: &str, is_of: fn(&IndexValue) -> bool| {
        let own = view.printed().filter_map(|city| city.values.get(at)).filter(|value| is_of(value));
        let used: Vec<&Traced> = own.filter_map(|value| value.used.as_ref()).collect();
        match used.is_empty() {
            true => String::new(),
            false => view.count(&format!("i.{}.{name}", one.id), used),
        }
    };
    CompositeIndicatorRow {
        no: at.saturating_add(1).to_string(),
        name: format!("{}{}", view.indicator(one), logs(one, about)),
        unit: view.unit(one),
        direction: if one.higher_is_better { "越大越好" } else { "越小越好" },
        domain: view
            .spec()
            .dimensions
            .get(one.dimension)
            .map_or("", |domain| view.dimension(domain))
            .to_owned(),
        weight: match &about.weight {
            Some(weight) => view.rounded(weight, PLACES),
            None => "不用".to_owned(),
        },
        coverage: view.rounded(&about.coverage, PLACES),
        low: value(reported().min_by(by_value)),
        high: value(reported().max_by(by_value)),
        treated: count("treated", |value| value.is_treated),
        imputed: count("imputed", |value| value.is_imputed),
    }
}

/// Whether logarithms are taken, of an indicator or where drawing in was not enough.
fn logs(one: &IndexIndicator, about: &IndexedIndicator) -> &'static str {
    match (one.log, about.is_logged) {
        (true, _) => "（取对数）",
        (_, true) => "（极端值处理取对数）",
        _ => "",
    }
}

fn weight_heads(view: &CompositeView<'_>) -> Vec<String> {
    let sets = view.spec().weight_sets.iter().map(|set| set.name.clone());
    std::iter::once("本指数".to_owned()).chain(sets).collect()
}

/// Only where there are other sets of weights: those of the index alone stand with the indicators.
fn weights(view: &CompositeView<'_>) -> Table<CompositeWeightRow> {
    let spec = view.spec();
    let row = |id: &str, name: &str, list: &str, own: rust_decimal::Decimal| {
        let own = match spec.weighting {
            Weighting::Given => view.parameter(&format!("{list}.{id}.weight"), crate::rounding::plain(own)),
            other => weighting(other)[0].to_owned(),
        };
        let others = spec.weight_sets.iter().zip(1_usize..).map(|(set, number)| {
            let weight = set.weights.get(id).map(|weight| crate::rounding::plain(*weight));
            weight
                .map_or_else(String::new, |weight| view.parameter(&format!("weights.{number}.{id}"), weight))
        });
        CompositeWeightRow { name: name.to_owned(), cells: std::iter::once(own).chain(others).collect() }
    };
    let domains =
        spec.dimensions.iter().map(|one| row(&one.id, view.dimension(one), "dimension", one.weight));
    let all = spec.indicators.iter();
    let all = all.map(|one| row(one.id.as_str(), &view.indicator(one), "indicator", one.weight));
    let rows = if spec.weight_sets.is_empty() { Vec::new() } else { domains.chain(all).collect() };
    Table::new("各套权重").note("注：同一层内按比例折合；没有写的同本指数。").empty("").rows(rows)
}

fn results(view: &CompositeView<'_>) -> Table<CompositeResultRow> {
    let rows = view.printed().map(|city| result_row(view, city)).collect();
    let groups = view.groups().into_iter().map(|(mark, group)| format!("{mark} {}", view.group_name(group)));
    let groups: Vec<String> = groups.collect();
    let groups = match groups.is_empty() {
        true => String::new(),
        false => format!("同类：{}。", groups.join("、")),
    };
    let note = format!(
        "注：领域各栏为得分、（位次）和同类平均；括号中的名称因有数的指标不够不排位次；{IMPUTED}有指标值为插补，{TREATED}有指标值作过极端值处理。{groups}"
    );
    Table::new("得分和位次").note(&note).whole_in("tables/index_scores").rows(rows)
}

fn result_row(view: &CompositeView<'_>, city: &IndexedCity) -> CompositeResultRow {
    let name = view.city(&city.city);
    let interval = view.index.interval_of(&city.city);
    let cell = |(at, _)| {
        let one: &DimensionScore = city.dimensions.get(at)?;
        Some(ResultCell {
            score: view.score(one.score.as_ref()),
            place: view.place_in(city, at),
            peers: view.score(one.of_peers.as_ref()),
        })
    };
    CompositeResultRow {
        place: view.place(city),
        name: if city.rank.is_some() { name } else { format!("（{name}）") },
        group: view.group_mark(&city.city),
        marks: marks(view, city),
        score: view.score(city.index.as_ref()),
        class: if view.spec().classes.is_empty() || city.rank.is_none() {
            String::new()
        } else {
            composite_classes::name_of(view, city.class).to_owned()
        },
        interval: interval
            .map_or_else(String::new, |one| format!("{}—{}", view.whole(&one.low), view.whole(&one.high))),
        at_place: interval.map_or_else(String::new, |one| view.rounded(&one.at_place, PLACES)),
        coverage: view.rounded(&city.coverage, PLACES),
        by_sets: view.places_by_sets(city),
        cells: view.domains().into_iter().filter_map(cell).collect(),
        chain: match city.chain.last() {
            Some((_, told)) => view.rounded(told, PLACES),
            None => String::new(),
        },
    }
}

/// Nothing is printed where it is not asked for.
fn best(view: &CompositeView<'_>) -> Table<BestCaseRow> {
    let of = |city: &IndexedCity| {
        let best = city.best.as_ref()?;
        let id = StepId::new(format!("{}/#index.best.rank", city.city));
        let row = BestCaseRow {
            place: numeral(&id, best.rank),
            name: view.city(&city.city),
            score: view.score(Some(&best.score)),
            own: view.place(city),
            shares: best.shares.iter().map(|share| view.rounded(share, PLACES)).collect(),
        };
        Some((best.rank, row))
    };
    let mut rows: Vec<(usize, BestCaseRow)> = view.placed().filter_map(of).collect();
    rows.sort_by_key(|(rank, _)| *rank);
    let title = "按各自最有利的权重";
    let Some(asked) = &view.spec().best_case else { return Table::new(title).empty("") };
    if rows.is_empty() {
        return Table::new(title)
            .empty("各地最有利的权重算不出：缺领域得分、得分为负，或在规定的份额内得分都不大于零。");
    }
    let least = view.parameter("best_case.least", plain(asked.least));
    let most = view.parameter("best_case.most", plain(asked.most));
    let bounds = format!("每个领域在得分中占{least}%至{most}%。");
    let short = view.context.terms.places.short;
    let note = format!(
        "注：各{short}的领域权重各不相同，是在谁也不超过一百的前提下使自己得分最高的一套；{bounds}只供对照，不改变综合指数和位次。领域各栏为该领域在得分中所占的百分比；缺领域得分的、算不出的不列。方法见Melyn、Moesen（1991年），OECD、JRC《综合指标编制手册》（2008年）。"
    );
    Table::new(title).note(&note).empty("").rows(rows.into_iter().map(|(_, row)| row).collect())
}

fn trait_rows(view: &CompositeView<'_>) -> Table<CompositeTraitRow> {
    let row = |city: &IndexedCity| {
        let CityTraits { strengths, weaknesses } = traits(view, city);
        CompositeTraitRow { name: view.city(&city.city), strengths, weaknesses }
    };
    Table::new("强项和弱项")
        .note("注：强项为位次在有位次的前四分之一的指标，弱项为在后四分之一的；并列的整组在内才算；至多列三项，先按位次，再按权重；插补的值不算。")
        .empty("没有排位次的。")
        .rows(view.placed().map(row).collect())
}

fn stand_ins(view: &CompositeView<'_>) -> Table<StandInRow> {
    let values = view.values(|value| value.is_imputed || value.is_treated);
    let row = |(city, at, value): (&IndexedCity, usize, &IndexValue)| {
        let indicator = view.spec().indicators.get(at).map_or_else(String::new, |one| view.indicator(one));
        let mark = mark(city, at);
        StandInRow {
            city: view.city(&city.city),
            indicator,
            what: format!("{mark}{}", if value.is_imputed { "插补" } else { "极端值处理" }),
            cause: value.absent.map_or("", absence).to_owned(),
            reported: value.reported.as_ref().map_or_else(String::new, |told| view.whole(told)),
            value: value.used.as_ref().map_or_else(String::new, |told| view.rounded(told, 4)),
        }
    };
    let is_logged = view.index.indicators.iter().any(|one| one.is_logged);
    Table::new("插补和作过极端值处理的值")
        .empty(match is_logged {
            true => "没有插补、收缩过的值；有指标作极端值处理取了对数，见指标表。",
            false => "所用的值都是报来的，没有插补，也没有作极端值处理。",
        })
        .whole_in("tables/index_scores")
        .rows(values.into_iter().map(row).collect())
}
