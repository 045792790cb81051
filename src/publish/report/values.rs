//! How values, rates and places in the plan are printed.

use rust_decimal::Decimal;

use super::super::printed;
use super::numerals::{numeral, numerals_in};
use super::phrases::sourced;
use crate::assess::{Assessment, State};
use crate::collect::{Observation, Vintage};
use crate::compare::Fraction;
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::finding::Language;
use crate::ledger::{self, StepId};
use crate::plan::Indicator;
use crate::quantity::Value;
use crate::rounding::{fixed, percent, plain};
use crate::words::change_words;

pub(in crate::publish) const ILLUSTRATIVE: &str = "示例数据（虚构）";

/// Figures are illustrative when the round says so, or when a workbook that counts or what was published before is marked so.
pub(super) fn is_illustrative(evaluation: &Evaluation) -> bool {
    let marked = |city: &CityEvaluation| {
        city.collected.submissions.iter().any(|one| one.illustrative && one.is_used())
    };
    let published = |city: &CityEvaluation| {
        let mut rows = city.plan.indicators.iter().flat_map(|row| &row.published);
        rows.any(|one| one.is_sample)
    };
    evaluation.round.illustrative || evaluation.cities.iter().any(|city| marked(city) || published(city))
}

/// The same in the language of a document.
pub(super) fn illustrative_label_in(language: Language, evaluation: &Evaluation) -> Option<&'static str> {
    let label = illustrative_label(evaluation)?;
    Some(language.of(label, "Sample data (fictitious)"))
}

/// The mark of sample data: the round's or that of a workbook that counts.
pub(super) fn illustrative_label(evaluation: &Evaluation) -> Option<&'static str> {
    is_illustrative(evaluation).then_some(ILLUSTRATIVE)
}

/// `L29—34`.
pub(super) fn line_words(line: &str) -> String {
    format!("L{}", line.replace('-', "—"))
}

/// A text of at most so many characters, the rest cut; of a sentence it is said how long it is.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if most >= SENTENCE {
        return printed::shortened(text, most);
    }
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most).chain(['…']).collect()
}

/// Cut texts from this length on say how long they are.
const SENTENCE: usize = 60;

pub(super) fn or_dash(text: &str) -> String {
    if text.is_empty() { "—".to_owned() } else { text.to_owned() }
}

pub(super) fn rate_words(fraction: Fraction) -> String {
    percent(fraction.part, fraction.whole).unwrap_or_else(|| "—".to_owned())
}

/// States from the lightest to the most serious, as rows of marks are sorted.
pub(super) fn by_seriousness(mut states: Vec<State>) -> Vec<State> {
    states.sort();
    states
}

/// The values that units reported where they disagree or are in doubt: those that are printed beside each other.
pub(super) fn sides(city: &CityEvaluation, one: &Assessment) -> Vec<Decimal> {
    let fact = city.fact(&one.no).filter(|_| one.actual.is_none());
    fact.map_or_else(Vec::new, |fact| fact.sides.iter().filter_map(|seen| seen.value).collect())
}

/// The actual value as printed: all sides when units disagree, `None` when there is nothing.
pub(super) fn actual_text(city: &CityEvaluation, one: &Assessment) -> Option<String> {
    actual_joined(city, one, "／")
}

/// The same with something else between the sides.
pub(super) fn actual_joined(city: &CityEvaluation, one: &Assessment, between: &str) -> Option<String> {
    if let Some(value) = one.actual {
        return Some(numeral(&fact_of(one), value.text()));
    }
    let sides = sides(city, one);
    let ids = sides_of(city, one);
    let print = |value: Decimal| numerals_in(&plain(value), &ids);
    (!sides.is_empty()).then(|| sides.into_iter().map(print).collect::<Vec<_>>().join(between))
}

/// The step of what is held true of an indicator.
pub(super) fn fact_of(one: &Assessment) -> StepId {
    ledger::of_indicator(&one.city, &one.no).of("fact")
}

/// The step of the year that a value is of, where that is an earlier one.
pub(super) fn fact_year_of(one: &Assessment) -> StepId {
    ledger::of_indicator(&one.city, &one.no).of("fact.year")
}

/// The steps of what the units of a row report.
pub(super) fn sides_of(city: &CityEvaluation, one: &Assessment) -> Vec<StepId> {
    let of = ledger::of_indicator(&one.city, &one.no);
    let reporters = city.plan.indicator(&one.no).map_or(0, |row| row.reporters.len());
    (1..=reporters)
        .flat_map(|at| ["value", "number"].map(|part| of.of(format!("seen.{at}.{part}"))))
        .collect()
}

/// The value that a verdict rests on, as it was reported.
pub(super) fn source<'a>(city: &'a CityEvaluation, one: &Assessment) -> Option<&'a Observation> {
    city.fact(&one.no)?.source.as_ref()
}

/// A small remark below the actual value: 预计, 快报, or the year of a lagged value.
pub(super) fn actual_note(city: &CityEvaluation, one: &Assessment) -> Option<String> {
    let source = source(city, one)?;
    match (&source.vintage, one.state) {
        (_, State::Lagged) => Some(format!("{}年", source.year)),
        (Vintage::Estimated | Vintage::Preliminary, _) => Some(source.vintage.chinese().to_owned()),
        (Vintage::Actual | Vintage::Final | Vintage::Published | Vintage::Other(_), _) => None,
    }
}

/// What has become of the level, where the target speaks of that.
pub(super) fn changed(city: &CityEvaluation, one: &Assessment) -> Option<String> {
    let row = city.plan.indicator(&one.no)?;
    Some(change_words(Language::Chinese, one.change.as_ref()?, &one.target.goal, &row.unit, row.unit.text()))
}

pub(super) fn is_published(city: &CityEvaluation, one: &Assessment) -> bool {
    source(city, one).is_some_and(|seen| seen.vintage == Vintage::Published)
}

/// The source of a published value, as its remark states it; empty when that says nothing.
pub(super) fn published_source(city: &CityEvaluation, one: &Assessment) -> Option<String> {
    let published = source(city, one).filter(|seen| seen.vintage == Vintage::Published)?;
    Some(sourced(&published.note))
}

/// A value with its unit as tables of prose targets print it.
pub(super) fn with_unit(value: Value, row: &Indicator, derived: bool) -> String {
    match value {
        Value::Number(number) if derived => format!("{}{}", fixed(number, 2), row.unit.text()),
        Value::Number(number) => format!("{}{}", plain(number), row.unit.text()),
        Value::Presence(_) => value.text(),
    }
}

/// Longest remark that is printed whole; the tables hold all of it. Rows do not break over pages.
pub(super) const LONGEST: usize = 120;
