//! 还判不了的和欠数的单位: who owes what, and by when.

use serde::Serialize;

use super::super::context::Context;
use super::super::gaps;
use super::super::open_steps::{OpenStep, step};
use super::super::phrases::{month_day, without_stop};
use super::super::section::Draft;
use super::super::totals::state_of;
use super::super::values::actual_text;
use super::shared::{in_print, shorten, unit_words};
use crate::assess::{Assessment, Reason, State};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::plan::Indicator;
use crate::reconcile::Basis;

/// The most characters of what is to be done.
const LONGEST: usize = 34;
/// What is not there yet is named up to so many.
const MOST_NAMED: usize = 6;

/// Who owes what.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Owed {
    title: String,
    heads: [String; 5],
    has_cities: bool,
    rows: Vec<OwedRow>,
    empty: &'static str,
    note: String,
}

/// What is owed of one kind by the same units.
#[derive(Debug, Clone, Serialize)]
pub(in crate::publish::report) struct OwedRow {
    city: String,
    who: String,
    what: String,
    action: String,
    until: String,
}

/// What is to be done about a target without a verdict, and until when; `None` for one whose value of the year is not there yet.
fn action(context: &Context<'_>, city: &CityEvaluation, one: &Assessment) -> Option<(String, String)> {
    let by = month_day(context.evaluation.round.answer_by);
    let document = &city.plan.called.document;
    Some(match (one.state, &one.reason) {
        (State::Lagged, _) => return None,
        (State::NotReported, _) if gaps::reason(city, one).is_some() => {
            ("有数后补报".to_owned(), "有数后".to_owned())
        }
        (State::NotReported, _) => ("补报".to_owned(), by),
        (_, Some(Reason::NoValue(Basis::Disagree { .. }))) => {
            let sides = actual_text(city, one).unwrap_or_default();
            (format!("会商定一个数（{sides}）"), by)
        }
        (_, Some(Reason::InDoubt(doubt))) => {
            let remedy = doubt.problem.remedy_of(Language::Chinese, &Default::default());
            (shorten(without_stop(&remedy), LONGEST), by)
        }
        (State::NotAssessable, _) => match step(one) {
            OpenStep::HandedDown => ("提供下达的数".to_owned(), by),
            OpenStep::EarlierValue(year) => (format!("补{year}年数"), by),
            OpenStep::Benchmark => ("补列对照值".to_owned(), "—".to_owned()),
            OpenStep::After(no) => (format!("指标{no}有数后评估"), "—".to_owned()),
            OpenStep::Issuer => (format!("请{document}印发机关明确"), "—".to_owned()),
        },
        _ => ("核实答复".to_owned(), by),
    })
}

/// All of it, grouped by units and what they are to do.
pub(in crate::publish::report) fn rows(context: &Context<'_>) -> Vec<OwedRow> {
    let mut found: Vec<OwedRow> = Vec::new();
    for city in in_print(context) {
        for (one, row) in context.counted(city).into_iter().filter(|(one, _)| !one.state.is_assessable()) {
            let Some((action, until)) = action(context, city, one) else { continue };
            // What the plan leaves open nobody owes who reports.
            let who = match one.state {
                State::NotAssessable => match step(one) {
                    OpenStep::Issuer => format!("{}印发机关", city.plan.called.document),
                    OpenStep::Benchmark => city.plan.office.to_string(),
                    OpenStep::HandedDown | OpenStep::EarlierValue(_) | OpenStep::After(_) => {
                        reporters(city, row)
                    }
                },
                _ => reporters(city, row),
            };
            let same = found.iter_mut().find(|other| {
                other.city == city.plan.short
                    && other.who == who
                    && other.action == action
                    && other.until == until
            });
            match same {
                Some(other) => other.what.push_str(&format!("、{}", row.short)),
                None => found.push(OwedRow {
                    city: city.plan.short.clone(),
                    who,
                    what: row.short.clone(),
                    action,
                    until,
                }),
            }
        }
    }
    found
}

fn reporters(city: &CityEvaluation, row: &Indicator) -> String {
    match row.reporters.is_empty() {
        true => city.plan.office.to_string(),
        false => row.reporters.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
    }
}

/// The first of them, as many as there is room for; what is not there yet is told in a note.
pub(super) fn section(draft: &mut Draft<'_>, room: usize) -> Option<Owed> {
    let context = draft.context;
    let mut rows = rows(context);
    let all = rows.len();
    rows.truncate(room);
    let title = match all == rows.len() {
        true => "还判不了的和欠数的单位".to_owned(),
        false => format!("还判不了的和欠数的单位（列前{}行，其余见主报告）", rows.len()),
    };
    Some(Owed {
        title,
        heads: [context.terms.places.head, "单位", "指标", "要做的事", "期限"].map(str::to_owned),
        has_cities: !context.is_alone(),
        rows,
        empty: "没有。",
        note: lagged(context),
    })
}

/// What is published later than the report is made.
pub(in crate::publish::report) fn lagged(context: &Context<'_>) -> String {
    let mut units: Vec<(String, Vec<(&Assessment, &Indicator)>)> = Vec::new();
    let mut all = Vec::new();
    for city in in_print(context) {
        for (one, row) in context.counted(city).into_iter().filter(|(one, _)| one.state == State::Lagged) {
            all.push(one);
            for unit in &row.reporters {
                let name = unit_words(context, city, unit);
                match units.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, own)) => own.push((one, row)),
                    None => units.push((name, vec![(one, row)])),
                }
            }
        }
    }
    if all.is_empty() {
        return String::new();
    }
    let steps = all.iter().map(|one| state_of(one));
    let count = context.book.count("round/#lagged.in_print", steps, &[], all.len());
    let named = all.len() <= MOST_NAMED;
    let told = units.iter().map(|(name, own)| {
        let steps = own.iter().map(|(one, _)| state_of(one));
        let number = context.book.count(&format!("round/#lagged.of/{name}"), steps, &[], own.len());
        let names: Vec<&str> = own.iter().map(|(_, row)| row.short.as_str()).collect();
        format!("{name}{number}项（{}）", names.join("、"))
    });
    let told = if named { format!("：{}", told.collect::<Vec<_>>().join("、")) } else { String::new() };
    format!("另有{count}项当年数尚未公布，公布后补报{told}。")
}

impl OwedRow {
    /// How many lines it takes, where `lines` says so of a text and a width in characters.
    pub(super) fn lines(&self, lines: fn(&str, usize) -> usize) -> usize {
        lines(&self.city, 4).max(lines(&self.who, 12)).max(lines(&self.what, 9)).max(lines(&self.action, 14))
    }
}
