//! 综合指数: how cities stand among each other on shared indicators, apart from how far each reached its own targets; and how certain that order is.

use serde::Serialize;

use super::super::composite_convergence;
use super::super::composite_view::{CompositeView, PLACES};
use super::super::numbers::Key;
use super::super::say::{say, sentences};
use super::super::section::Draft;
use super::Chapters;
use super::composite_audit::audit;
use super::composite_plot::{PlacePlot, plot};
use super::composite_profiles::{DomainProfiles, profiles};
use crate::composite::IndexedCity;
use crate::finding::Language;
use crate::rounding::plain;

/// 综合指数.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MainComposite {
    section: String,
    heading: String,
    /// What it is, and that it is no rate.
    sentence: String,
    plot: Option<PlacePlot>,
    /// Which cities have no place, and why; may be empty.
    apart: String,
    profiles: Option<DomainProfiles>,
    /// Whether the cities drew nearer over the years; may be empty.
    convergence: String,
    audit_head: &'static str,
    audit: Vec<String>,
    method: String,
}

/// Nothing in a round without an index.
pub(super) fn section(draft: &mut Draft<'_>, chapters: &mut Chapters) -> Option<MainComposite> {
    let view = CompositeView::of(draft.compared()?)?;
    let language = view.context.language;
    let (noun, english) = (view.context.terms.places.noun, view.context.terms.places.plural());
    let heading = chapters.next(language.of("综合指数", "Composite index"));
    let name = view.name();
    let number = draft.numbers.take(Key::figure("composite"));
    let title = say!(
        language,
        "{number}　{name}：各{noun}的位次、得分和位次区间",
        "{number}. {name}: places, scores and intervals of places of the {english}"
    );
    let plot = plot(&view, title);
    let number = draft.numbers.take(Key::figure("composite_profiles"));
    let titled = |is_cut: bool| match is_cut {
        true => say!(
            language,
            "{number}　分领域得分：前三位和后三位",
            "{number}. Scores by domain: the first and the last three"
        ),
        false => say!(language, "{number}　分领域得分", "{number}. Scores by domain"),
    };
    let elsewhere = language.of("技术卷附件9", "annex 9 of the technical volume");
    Some(MainComposite {
        section: heading.clone(),
        heading,
        sentence: sentence(&view),
        plot,
        apart: apart(&view),
        profiles: profiles(&view, titled, elsewhere),
        convergence: composite_convergence::sentence(&view),
        audit_head: language.of("这个次序有多可靠", "How certain this order is"),
        audit: audit(&view),
        method: language
            .of(
                "指标、权重、逐步做法、全部得分和检验见技术卷附件9。",
                "Indicators, weights, each step, all scores and examinations: annex 9 of the technical volume.",
            )
            .to_owned(),
    })
}

/// What the index is, and how it differs from the rate.
fn sentence(view: &CompositeView<'_>) -> String {
    let terms = &view.context.terms;
    let (language, rate) = (view.context.language, terms.rate);
    let (noun, short) = (terms.places.noun, terms.places.short);
    let (places, single) = (terms.places.plural(), terms.places.single());
    let name = view.name();
    let used = view.used();
    let indicators = view.count("used", used.iter().map(|(_, _, about)| &about.coverage));
    let domains = view.domains();
    let domains = view.count("domains", domains.iter().filter_map(|(at, _)| view.index.weights.get(*at)));
    let cities = view.count_cities("compared", view.placed());
    say!(
        language,
        "{name}比的是水平：{cities}个{noun}，用列入指数的{indicators}项指标（分{domains}个领域），经标准化、赋权、合成得分；{rate}说的是各{short}的目标中有多大一部分已经完成。一个比{short}与{short}，一个比实绩与目标，本报告不把两者相加、折算或互相代替。",
        "{name} compares levels: {cities} {places} on the {indicators} indicators of the index, in {domains} domains, normalised, weighted and put together; the {rate} says what part of its own targets each {single} met. One holds {places} against each other, the other values against targets; the two are never added, converted or put in each other’s place."
    )
}

/// Which cities stand in brackets.
fn apart(view: &CompositeView<'_>) -> String {
    let language = view.context.language;
    let spec = view.spec();
    let limit = view.parameter("screening.city_coverage", plain(spec.screening.city_coverage));
    let all: Vec<&IndexedCity> = view.apart().collect();
    let (withheld, few): (Vec<&IndexedCity>, Vec<&IndexedCity>) =
        all.into_iter().partition(|city| city.is_withheld);
    let mut told = Vec::new();
    if !few.is_empty() {
        let named = few.iter().map(|city| {
            let (name, share) = (view.city(&city.city), view.rounded(&city.coverage, PLACES));
            match city.index.as_ref() {
                Some(index) => {
                    let score = view.score(Some(index));
                    say!(
                        language,
                        "（{name}）{score}分，有数{share}%",
                        "({name}) {score} points, {share}% of values"
                    )
                }
                None => say!(language, "（{name}）有数{share}%", "({name}) {share}% of values"),
            }
        });
        let named = language.clauses(&named.collect::<Vec<_>>());
        told.push(say!(
            language,
            "本身有数的指标不到{limit}%的不排位次，列在括号里：{named}。",
            "With values of its own for less than {limit}% of the indicators there is no place; in brackets: {named}."
        ));
    }
    if !withheld.is_empty() {
        let named: Vec<String> = withheld.iter().map(|city| view.city(&city.city)).collect();
        let named = language.list(&named);
        told.push(say!(
            language,
            "{named}有未了结的事项，按刊出条件不排位次。",
            "Matters of {named} are to be settled, so by the conditions of publication there is no place."
        ));
    }
    let left: Vec<String> = left_out(view, language);
    if !left.is_empty() {
        let left = language.list(&left);
        let least = view.parameter("screening.indicator_coverage", plain(spec.screening.indicator_coverage));
        told.push(say!(
            language,
            "有数的不到{least}%、因此不用的指标：{left}。",
            "Indicators with values of less than {least}% are not used: {left}."
        ));
    }
    sentences(language, &told.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The indicators that are not used.
fn left_out(view: &CompositeView<'_>, language: Language) -> Vec<String> {
    let all = view.spec().indicators.iter().zip(&view.index.indicators);
    let left = all.filter(|(_, about)| !about.is_used);
    left.map(|(one, about)| {
        let (name, share) = (view.indicator(one), view.rounded(&about.coverage, PLACES));
        say!(language, "{name}（{share}%）", "{name} ({share}%)")
    })
    .collect()
}
