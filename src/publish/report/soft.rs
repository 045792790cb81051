//! Targets on the worse side of their base: the rate without them, and what to make of the next ones.

use super::context::Context;
use super::indicators::base_years;
use super::values::rate_words;
use crate::compare::Fraction;
use crate::evaluation::CityEvaluation;

/// The rate without the targets that lie below the value of the base year: to reach those is no progress. Empty where there are none.
pub(super) fn without_soft<'a>(
    context: &Context<'_>,
    cities: impl IntoIterator<Item = &'a CityEvaluation>,
) -> String {
    let (mut soft, mut all, mut firm) = (0, 0, Fraction { part: 0, whole: 0 });
    let mut is_before = true;
    for city in cities {
        soft += city.score.soft;
        all += city.score.assessable;
        firm.part += city.score.firm.part;
        firm.whole += city.score.firm.whole;
        is_before &= base_years(context, city).is_before_only();
    }
    if soft == 0 || all == 0 || firm.whole == 0 {
        return String::new();
    }
    let base = if is_before { "上年" } else { "基期" };
    let (Fraction { part, whole }, rate) = (firm, rate_words(firm));
    format!("不计目标不如{base}实绩的{soft}项，{}为{rate}%（{part}/{whole}）。", context.terms.rate)
}

/// What to make of next year's targets: where the plans have any, and where the plans end and the next ones are to be made. Nothing where
/// they run on without any.
pub(super) fn advice(cities: &[&CityEvaluation], year: i32) -> String {
    let next = year + 1;
    let targets = |city: &CityEvaluation| {
        let counted = city.plan.indicators.iter().filter(|row| row.origin == city.score.basis);
        let targets = counted.flat_map(|row| &row.targets);
        targets.map(|target| target.year).collect::<Vec<_>>()
    };
    let has_next = cities.iter().all(|city| targets(city).contains(&next));
    let is_over = cities.iter().all(|city| targets(city).iter().all(|of| *of <= year));
    match (has_next, is_over) {
        (true, _) => format!("{next}年目标原则上不劣于{year}年实绩。"),
        (_, true) => format!("制定{next}年目标时，原则上不劣于{year}年实绩。"),
        _ => String::new(),
    }
}

/// `湘潭完成率由63.6%变为52.9%（9/17）`.
pub(super) fn both_rates(context: &Context<'_>, city: &CityEvaluation) -> Option<String> {
    let (all, firm) = (city.score.rate(), city.score.firm);
    if all.whole == 0 || city.score.soft == 0 {
        return None;
    }
    let Fraction { part, whole } = firm;
    let name = &city.plan.short;
    if whole == 0 {
        return Some(format!("{name}没有可评的目标"));
    }
    let rate = context.terms.rate;
    Some(format!("{name}{rate}由{}%变为{}%（{part}/{whole}）", rate_words(all), rate_words(firm)))
}
