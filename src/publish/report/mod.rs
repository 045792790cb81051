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
mod bulletin;
mod cells;
mod common;
mod composite;
mod composite_certainty;
mod composite_classes;
mod composite_convergence;
mod composite_method;
mod composite_traits;
mod composite_view;
mod composite_words;
mod conditions;
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
mod index;
mod indicators;
mod inputs;
mod interims;
mod main_report;
mod marks;
mod method;
mod names;
mod numbers;
mod numerals;
mod occurring;
mod open_steps;
mod outside_numerals;
mod own;
mod page;
mod past;
mod phrases;
mod places;
mod profile;
mod properties;
mod prose;
mod quality;
mod quality_counts;
mod quotas;
mod rate;
mod remarks;
mod reporting;
mod restatements;
mod row_notes;
mod say;
mod scoring;
mod section;
mod short;
mod signoff;
mod since;
mod soft;
mod sources;
mod table;
mod tasks;
mod technical;
mod terms;
mod totals;
mod unit_page;
mod units;
mod unused;
mod values;
mod verdict;
mod verdicts;
mod volume_head;
mod ways;
mod withheld;
mod withheld_steps;

pub(in crate::publish) use about::{about, about_city};
pub(in crate::publish) use context::Context;
pub(in crate::publish) use guide::explain_missing_glyphs;
pub(in crate::publish) use numerals::PrintedNumeral;
pub(in crate::publish) use page::PageTerms;
pub(in crate::publish) use section::Scope;
pub(in crate::publish) use unit_page::places_of_unit_pages;
pub(in crate::publish) use values::ILLUSTRATIVE;

use serde::Serialize;
use serde_json::Value;

use crate::ledger::Ledger;
use crate::plan::SignOff;
use numbers::Numbers;
use properties::{Properties, properties};
use section::Draft;

/// Version of the model.
const SCHEMA: &str = "duibiao-report/2";

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
    /// The numerals that it prints.
    pub(in crate::publish) numerals: Numerals,
}

/// Numerals of documents.
#[derive(Default)]
pub(in crate::publish) struct Numerals {
    /// As they are printed.
    pub(in crate::publish) printed: Vec<PrintedNumeral>,
    /// The steps that only the documents ask for.
    pub(in crate::publish) own_steps: Ledger,
}

impl Numerals {
    /// Adds those of another document. A step of it that has the name of another figure here gets another.
    pub(in crate::publish) fn join(&mut self, other: Self) {
        let renamed = self.own_steps.join(other.own_steps);
        self.printed.extend(other.printed.into_iter().map(|mut one| {
            if let Some(name) = renamed.get(&one.id) {
                one.id = name.clone();
            }
            one
        }));
    }
}

/// Builds the model of a document.
///
/// # Errors
/// Fails when serialising fails, which would be a fault of the program.
pub(in crate::publish) fn document(context: &Context<'_>, scope: Scope) -> serde_json::Result<Document> {
    let context = &context.apart();
    match scope {
        Scope::City(at) => context.of_one(at, own::document),
        Scope::Units(at) => context.of_one(at, |alone| of_scope(alone, Scope::Units(0))),
        Scope::Round | Scope::Brief | Scope::Bulletin | Scope::Main => of_scope(context, scope),
    }
}

fn of_scope(context: &Context<'_>, scope: Scope) -> serde_json::Result<Document> {
    let (kind, volume) = match scope {
        Scope::Round => ("round", ""),
        Scope::Brief => ("brief", ""),
        Scope::Bulletin => ("bulletin", "通报/"),
        Scope::Main => ("main", "主报告/"),
        Scope::City(..) => ("city", ""),
        Scope::Units(_) => ("units", ""),
    };
    let draft = drafted(context, scope);
    let properties = properties(&draft);
    let rows = draft.annex_rows.clone();
    let mut sections = draft.finish()?;
    let rows = rows.printed_in(&sections);
    let printed = numerals::taken_out(&mut sections, (&context.book, rows), volume);
    let numerals = Numerals { printed, own_steps: context.own_steps() };
    let report = Report { schema: SCHEMA, kind, properties, sections };
    Ok(Document { model: serde_json::to_value(report)?, numerals })
}

/// Puts into a model what is known only when the figures of all documents are: their digest, and who signed them.
///
/// # Errors
/// As [`document`].
pub(in crate::publish) fn seal(
    model: &mut Value,
    figures: &str,
    signed: &[SignOff],
) -> serde_json::Result<()> {
    for section in model["sections"].as_array_mut().into_iter().flatten() {
        match section["template"].as_str() {
            Some("cover") => cover::with_figures(&mut section["content"]["lines"], figures),
            Some("volume_head") => cover::with_figures(&mut section["content"]["digests"], figures),
            Some("signoff") => section["content"] = serde_json::to_value(signoff::over(figures, signed))?,
            _ => {}
        }
    }
    Ok(())
}

/// A document with all its sections, in their order of printing. Each decides for which documents it exists.
fn drafted<'a>(context: &'a Context<'a>, scope: Scope) -> Draft<'a> {
    let mut draft = sections_of(context, scope, Numbers::default());
    // A reference may stand before what it refers to: only then is its number known.
    if let Some(numbers) = draft.numbers.again() {
        draft = sections_of(context, scope, numbers);
    }
    draft
}

fn sections_of<'a>(context: &'a Context<'a>, scope: Scope, numbers: Numbers) -> Draft<'a> {
    let mut draft = Draft::new(context, scope, numbers);
    match scope {
        Scope::Brief => brief::add_sections(&mut draft),
        Scope::Bulletin => draft.add("bulletin", bulletin::section),
        Scope::Main => main_report::add_sections(&mut draft),
        Scope::Units(_) => unit_page::add_sections(&mut draft),
        Scope::Round | Scope::City(_) => technical::add_sections(&mut draft),
    }
    draft
}
