//! Evaluation → report model: every word, number, count and position of the report, ready to be placed.
//!
//! A section of the report is one file here, with what its template gets, how that is built, and its sentences; the template of the
//! same name stands in `templates/sections/`. `docs/report-model.md` describes the model. The templates compute nothing; this
//! module decides nothing that an earlier stage has not decided, it only words and orders.

mod about;
mod annex_rows;
mod answering;
mod base_years;
mod bases;
mod beside;
mod brief;
mod common;
mod conditions;
mod contents;
mod context;
mod cover;
mod decisions;
mod derived;
mod domains;
mod drawing;
mod findings;
mod gaps;
mod grounds;
mod guide;
mod indicators;
mod inputs;
mod lineage;
mod main_report;
mod method;
mod names;
mod numbers;
mod numerals;
mod occurring;
mod open_steps;
mod outside_numerals;
mod page;
mod past;
mod phrases;
mod places;
mod profile;
mod properties;
mod prose;
mod quality;
mod quality_counts;
mod queries;
mod quotas;
mod ranking;
mod relation;
mod remarks;
mod reporting;
mod restatements;
mod row_notes;
mod sample;
mod say;
mod scoring;
mod section;
mod signoff;
mod since;
mod soft;
mod summary;
mod table;
mod tasks;
mod terms;
mod totals;
mod unit_page;
mod units;
mod unused;
mod values;
mod verdict;
mod verdicts;
mod ways;
mod withheld;

pub(in crate::publish) use about::{about, about_city};
pub(in crate::publish) use context::Context;
pub(in crate::publish) use guide::explain_missing_glyphs;
pub(in crate::publish) use numbers::Numbers;
pub(in crate::publish) use numerals::PrintedNumeral;
pub(in crate::publish) use page::PageTerms;
pub(in crate::publish) use section::Scope;
pub(in crate::publish) use unit_page::places_of_unit_pages;
pub(in crate::publish) use values::ILLUSTRATIVE;

use serde::Serialize;
use serde_json::Value;

use crate::evaluation::Evaluation;
use crate::finding::Withheld;
use crate::ledger::Ledger;
use properties::{Properties, properties};
use section::Draft;

/// The model of one document as the templates read it.
#[derive(Serialize)]
struct Report {
    schema: &'static str,
    kind: &'static str,
    properties: Properties,
    sections: Vec<Value>,
}

/// A document as the templates read it.
pub(in crate::publish) struct Document {
    /// What they read.
    pub(in crate::publish) model: Value,
    /// The numbers of its tables, for other documents that refer to it.
    pub(in crate::publish) numbers: Numbers,
    /// The numerals that it prints, with the steps that they print.
    pub(in crate::publish) numerals: Vec<PrintedNumeral>,
}

/// Builds the model of a document.
///
/// # Errors
/// Fails when serialising fails, which would be a fault of the program.
pub(in crate::publish) fn document(context: &Context<'_>, scope: Scope<'_>) -> serde_json::Result<Document> {
    let mut draft = drafted(context, scope, Numbers::default());
    // A reference may stand before what it refers to: only then is its number known.
    if let Some(numbers) = draft.numbers.again() {
        draft = drafted(context, scope, numbers);
    }
    let (kind, volume) = match scope {
        Scope::Round => ("round", ""),
        Scope::Brief => ("brief", ""),
        Scope::Main => ("main", "主报告/"),
        Scope::City(..) => ("city", ""),
        Scope::Units(_) => ("units", ""),
    };
    let properties = properties(&draft);
    let rows = std::mem::take(&mut draft.annex_rows);
    let (mut sections, numbers) = draft.finish()?;
    let numerals = numerals::taken_out(&mut sections, (&context.book, &rows), volume);
    let report = Report { schema: "duibiao-report/2", kind, properties, sections };
    Ok(Document { model: serde_json::to_value(report)?, numbers, numerals })
}

/// The numerals of the volumes of a round and of the pages of its units.
pub(in crate::publish) struct Numerals {
    /// As they are printed.
    pub(in crate::publish) printed: Vec<PrintedNumeral>,
    /// The steps that only the report asks for.
    pub(in crate::publish) own_steps: Ledger,
}

/// The numerals of all volumes of the round and of the pages of its units, and the steps that only they ask for.
///
/// # Errors
/// As [`document`].
pub(in crate::publish) fn numerals_of(evaluation: &Evaluation) -> serde_json::Result<Numerals> {
    let context = Context::new(evaluation, [""; 2], "");
    let mut printed = Vec::new();
    let pages = places_of_unit_pages(&context).into_iter().map(Scope::Units);
    for scope in [Scope::Brief, Scope::Main, Scope::Round].into_iter().chain(pages) {
        printed.extend(document(&context, scope)?.numerals);
    }
    Ok(Numerals { printed, own_steps: context.into_own_steps() })
}

/// The numerals of each city's own report.
///
/// # Errors
/// As [`document`].
pub(in crate::publish) fn numerals_of_own(
    evaluation: &Evaluation,
) -> serde_json::Result<Vec<(&str, Vec<PrintedNumeral>)>> {
    let context = Context::new(evaluation, [""; 2], "");
    let numbers = document(&context, Scope::Round)?.numbers;
    let cities = evaluation.cities.iter().enumerate();
    let own = cities.map(|(at, city)| {
        let own = document(&context, Scope::City(at, &numbers))?;
        Ok((city.plan.city.as_str(), own.numerals))
    });
    own.collect()
}

/// All sections, in their order of printing. Each decides for which documents it exists.
fn drafted<'a>(context: &'a Context<'a>, scope: Scope<'a>, numbers: Numbers) -> Draft<'a> {
    let mut draft = Draft::new(context, scope, numbers);
    if draft.is_brief() {
        brief::add_sections(&mut draft);
        return draft;
    }
    if draft.is_main() {
        main_report::add_sections(&mut draft);
        return draft;
    }
    if draft.is_unit_pages() {
        unit_page::add_sections(&mut draft);
        return draft;
    }
    draft.add("cover", cover::section);
    draft.add(guide::TEMPLATE, guide::section);
    if let Some(city) = draft.own_city().filter(|city| city.score.withholds(Withheld::Chapter)) {
        draft.add("withheld", |draft| withheld::section(draft, 0, city));
        return draft;
    }
    draft.add("summary", summary::section);
    draft.add("contents", contents::section);
    draft.add("method", method::section);
    draft.add("ranking", ranking::section);
    draft.add("domains", domains::section);
    draft.add("common", common::section);
    draft.add("verdicts", verdicts::section);
    for (at, city) in draft.cities() {
        if city.score.withholds(Withheld::Chapter) {
            draft.add("withheld", |draft| withheld::section(draft, at, city));
            continue;
        }
        draft.add("profile", |draft| profile::section(draft, at, city));
        draft.add("indicators", |draft| indicators::section(draft, city));
        draft.add("gaps", |draft| gaps::section(draft, city));
        draft.add("quotas", |draft| quotas::section(draft, city));
        draft.add("relation", |draft| relation::section(draft, city));
        draft.add("tasks", |draft| tasks::section(draft, city));
        draft.add("units", |draft| units::section(draft, city));
        draft.add("queries", |draft| queries::section(draft, city));
    }
    draft.add("quality", quality::section);
    draft.add("decisions", decisions::section);
    draft.add("restatements", restatements::section);
    draft.add("signoff", signoff::section);
    draft.add("findings", findings::section);
    draft.add("remarks", remarks::section);
    draft.add("lineage", lineage::section);
    draft.add("derived", derived::section);
    draft.add("sample", sample::section);
    draft.add("inputs", inputs::section);
    draft.add("scoring", scoring::section);
    draft
}
