//! Evaluation → report model: every word, number, count and position of the report, ready to be placed.
//!
//! `docs/report-model.md` describes the model. The templates compute nothing; this module decides nothing that an
//! earlier stage has not decided, it only words and orders.

mod about;
mod annexes;
mod chapter;
mod common;
mod compare;
mod contents;
mod context;
mod cover;
mod derived;
mod domains;
mod drawing;
mod findings;
mod gaps;
mod guide;
mod indicators;
mod inputs;
mod lineage;
mod method;
mod phrases;
mod profile;
mod quality;
mod queries;
mod ranking;
mod relation;
mod remarks;
mod sample;
mod scoring;
mod summary;
mod table;
mod tasks;
mod units;
mod values;
mod verdict;
mod verdicts;

pub(in crate::publish) use about::{about, about_city};
pub(in crate::publish) use context::Context;
pub(in crate::publish) use guide::geta;

use chrono::Datelike as _;
use serde::Serialize;

use super::Manifest;
use crate::evaluation::CityEvaluation;
use annexes::Annexes;
use chapter::City;
use compare::Compare;
use contents::Contents;
use cover::{Attachment, CoverLine, Day};
use guide::{Guide, StateLegend};
use method::{Method, Params};
use phrases::full_date;
use quality::Quality;
use summary::Summary;
use table::{Annex, Table};
use values::{ILLUSTRATIVE, is_illustrative};

/// The model of one PDF (the root).
#[derive(Debug, Clone, Serialize)]
pub(in crate::publish) struct Report {
    schema: String,
    kind: String,
    year: i32,
    year_words: String,
    edition: String,
    title: String,
    title_lines: Vec<String>,
    subtitle: String,
    issuer: String,
    date: Day,
    date_words: String,
    illustrative: bool,
    illustrative_label: String,
    keywords: Vec<String>,
    tool: String,
    attachments: Vec<Attachment>,
    cover_lines: Vec<CoverLine>,
    params: Params,
    states: Vec<StateLegend>,
    guide: Guide,
    summary: Option<Summary>,
    contents: Option<Contents>,
    method: Option<Method>,
    compare: Option<Compare>,
    cities: Vec<City>,
    quality: Option<Quality>,
    annexes: Annexes,
}

/// Builds the model of the whole report on its frame.
pub(in crate::publish) fn round(context: &Context<'_>, frame: &Report) -> Report {
    let mut report = frame.clone();
    report.summary = Some(summary::summary(context));
    report.contents = Some(contents::contents(context));
    report.method = Some(method::method(context));
    report.compare = Some(compare::compare(context));
    report.cities =
        context.cities().iter().enumerate().map(|(at, city)| chapter::chapter(context, at, city)).collect();
    report.quality = Some(quality::quality(context));
    report.annexes = annexes::annexes(context, &report.cities);
    report
}

/// Builds the model of one city's own report: its frame is that of the whole, its chapter and annexes are its own. Nothing of another
/// city is built for it.
pub(in crate::publish) fn city(
    context: &Context<'_>,
    frame: &Report,
    (at, city): (usize, &CityEvaluation),
) -> Report {
    let chapter = chapter::chapter(context, at, city);
    let annexes = annexes::of_city(context, city, &chapter);
    let mut report = Report { kind: "city".to_owned(), cities: vec![chapter], annexes, ..frame.clone() };
    for_city(&mut report);
    report
}

/// The parts that the whole report and the cities' own reports share; the others are still empty.
pub(in crate::publish) fn frame(context: &Context<'_>, manifest: &Manifest, typst: &str) -> Report {
    let round = &context.evaluation.round;
    let illustrative = is_illustrative(context.evaluation);
    let edition = round.edition.chinese();
    let mut keywords = vec![edition.to_owned()];
    if illustrative {
        keywords.push(ILLUSTRATIVE.to_owned());
    }
    Report {
        schema: "duibiao-report/1".to_owned(),
        kind: "round".to_owned(),
        year: round.year,
        year_words: format!("{}年", round.year),
        edition: edition.to_owned(),
        title: round.title.concat(),
        title_lines: round.title.clone(),
        subtitle: format!("（{}年度）", round.year),
        issuer: round.issuer.clone(),
        date: Day {
            year: round.report_date.year(),
            month: round.report_date.month(),
            day: round.report_date.day(),
        },
        date_words: full_date(round.report_date),
        illustrative,
        illustrative_label: ILLUSTRATIVE.to_owned(),
        keywords,
        tool: format!("duibiao {}，{typst}", env!("CARGO_PKG_VERSION")),
        attachments: cover::attachments(),
        cover_lines: cover::cover_lines(context, &manifest.fingerprint),
        params: method::params(context),
        states: guide::legend(context),
        guide: guide::guide(context),
        summary: None,
        contents: None,
        method: None,
        compare: None,
        cities: Vec::new(),
        quality: None,
        annexes: empty_annexes(),
    }
}

fn empty_annexes() -> Annexes {
    Annexes {
        findings: None,
        plans: None,
        lineage: lineage::Lineage {
            heading: String::new(),
            text: String::new(),
            printed: false,
            cities: Vec::new(),
            derived: Table::new("", ""),
            sample_text: None,
            sample: None,
        },
        inputs: Annex { heading: String::new(), text: None, table: Table::new("", "") },
        scoring: None,
    }
}

/// Words of the frame that differ in a city's own report.
pub(super) fn for_city(report: &mut Report) {
    let name = report.cities.first().map(|city| city.name.clone()).unwrap_or_default();
    if let Some(line) = report.cover_lines.first_mut() {
        line.values = vec![name.clone()];
    }
    report.title = format!("{}（{name}分册）", report.title);
    report.subtitle = format!("{}{name}分册", report.subtitle);
    let heading = report.cities.first().map(|city| city.section.clone());
    if let (Some(city), Some(_)) = (report.cities.first_mut(), heading) {
        city.heading.clone_from(&name);
        city.section.clone_from(&name);
    }
}
