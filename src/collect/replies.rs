//! What is wrong with the answers of a city to queries: those that are overdue, those that do not hold, and what was changed unasked.
//!
//! Only queries that still wait for their answer are looked at. What `query receive` recorded, or people decided, is settled.

use std::collections::BTreeMap;

use super::answer_item::{AnswerFault, AnswerItem};
use super::standing::AskedQueries;
use super::{AnswerTo, Collected, Submission};
use crate::finding::{AlteredSheet, Finding, Object, Place, Problem, QueryProblem};
use crate::ident::CityId;
use crate::plan::{QUERIES, Query, QueryNumber, QueryState, Round};
use crate::workbook::{Book, cell_address};

/// Q801: queries that nobody has answered although the day is over, by query workbook.
pub(super) fn overdue(city: &CityId, round: &Round, asked: &AskedQueries, collected: &mut Collected) {
    let mut open: BTreeMap<&QueryNumber, Vec<u32>> = BTreeMap::new();
    let day = round.day_of_looking();
    for query in asked.all() {
        let items = open.entry(&query.asked.key.number).or_default();
        if query.is_overdue(round.answer_by, day) {
            items.push(query.asked.key.item);
        }
    }
    for (number, items) in open {
        collected.runs.ran("Q801", 1);
        if items.is_empty() {
            continue;
        }
        let problem = QueryProblem::Overdue { query: number.to_string(), items, answer_by: round.answer_by };
        let place = Place::file(&format!("{city}/{QUERIES}"));
        collected.findings.push(Finding::new(city, place, problem.into()).of_unit(&number.unit));
    }
}

/// The queries of a query workbook that wait for their answer.
fn waiting<'a>(asked: &'a AskedQueries, number: &QueryNumber) -> Vec<&'a Query> {
    let own = asked.all().filter(|query| query.asked.key.number == *number);
    own.filter(|query| query.state == QueryState::Waiting).collect()
}

/// Q805 of a workbook whose sheet was taken out, whether it is used or not.
pub(super) fn lost(submission: &Submission, asked: &AskedQueries, collected: &mut Collected) {
    let Some(number) = &submission.lost_query else { return };
    let is_open = !waiting(asked, number).is_empty();
    let found = (Place::file(&submission.file), Object::Whole, altered(number, None, &AnswerFault::NoTable));
    Reply { submission, collected }.tell("Q805", is_open.then_some(found));
}

/// Q802, Q803, Q805 and Q807 of a workbook that answers.
pub(super) fn answered(
    submission: &Submission,
    asked: &AskedQueries,
    (book, sent): (Option<&Book>, Option<&Book>),
    collected: &mut Collected,
) {
    let whole = || Place::file(&submission.file);
    let mut reply = Reply { submission, collected };
    let Some(AnswerTo { number, sheet, .. }) = &submission.answers else { return };
    let waiting = waiting(asked, number);
    let Some(sheet) = sheet else {
        let told = (!waiting.is_empty())
            .then(|| (whole(), Object::Whole, altered(number, None, &AnswerFault::NoTable)));
        reply.tell("Q805", told);
        return;
    };
    for item in sheet.rows.keys() {
        let is_strange =
            !asked.all().any(|one| one.asked.key.number == *number && one.asked.key.item == *item);
        let fault = AnswerFault::StrangeItem(*item);
        reply
            .tell("Q805", is_strange.then(|| (whole(), Object::Whole, altered(number, Some(*item), &fault))));
    }
    let mut unrecorded: Vec<u32> = Vec::new();
    for query in waiting {
        let AnswerItem { kind, fault, .. } = AnswerItem::of(&query.asked, sheet, book, sent);
        let at = place(query, submission, sheet.is_alone);
        reply.item(query, at, fault.as_ref());
        if kind.is_some() && fault.is_none() {
            unrecorded.push(query.asked.key.item);
        }
    }
    let problem = (!unrecorded.is_empty())
        .then(|| QueryProblem::NotReceived { query: number.to_string(), items: unrecorded }.into());
    reply.tell("Q807", problem.map(|problem| (whole(), Object::Whole, problem)));
}

/// Q804: what the register has of cells that were changed where nothing was asked.
pub(super) fn changed(submission: &Submission, asked: &AskedQueries, collected: &mut Collected) {
    let own = asked.changes().filter(|event| event.sm3 == submission.digests.sm3);
    for event in own {
        let Some(at) = cell_address(&event.cell) else { continue };
        let place = Place::cell(&submission.file, &event.sheet, at);
        let problem = QueryProblem::ChangedElsewhere {
            query: event.key.number.to_string(),
            was: event.was.clone(),
            now: event.now.clone(),
            said: event.content.clone(),
        };
        let mut reply = Reply { submission, collected: &mut *collected };
        reply.tell("Q804", Some((place, Object::parse(&event.object), problem.into())));
    }
}

/// What is found in one workbook.
struct Reply<'a> {
    submission: &'a Submission,
    collected: &'a mut Collected,
}

impl Reply<'_> {
    /// Runs a rule once.
    fn tell(&mut self, code: &'static str, found: Option<(Place, Object, Problem)>) {
        self.collected.runs.ran(code, 1);
        if let Some((place, object, problem)) = found {
            let finding = Finding::new(&self.submission.city, place, problem);
            self.collected.findings.push(finding.of_unit(&self.submission.unit).of(object));
        }
    }

    /// What is wrong with an answer to a question.
    fn item(&mut self, query: &Query, at: Place, fault: Option<&AnswerFault>) {
        let key = &query.asked.key;
        let (number, item) = (key.number.to_string(), key.item);
        let found = |problem: QueryProblem| {
            Some((at.clone(), Object::parse(&query.asked.object), Problem::from(problem)))
        };
        let contradicts = match fault {
            Some(AnswerFault::NotChanged) => Some(false),
            Some(AnswerFault::Changed) => Some(true),
            _ => None,
        };
        let problem = contradicts.map(|is_changed| QueryProblem::AnswerContradicts {
            query: number.clone(),
            item,
            is_changed,
        });
        self.tell("Q802", problem.and_then(found));
        let lacks = fault == Some(&AnswerFault::NoReason);
        self.tell("Q803", lacks.then_some(QueryProblem::NoReason { query: number, item }).and_then(found));
        let is_altered = matches!(
            fault,
            Some(AnswerFault::RowGone | AnswerFault::OtherQuestion | AnswerFault::UnknownChoice(_))
        );
        let whole = Place::file(&self.submission.file);
        let problem = fault.filter(|_| is_altered).map(|fault| altered(&key.number, Some(item), fault));
        self.tell("Q805", problem.map(|problem| (whole, Object::parse(&query.asked.object), problem)));
    }
}

/// The cell that a question is about in the workbook that came back; the file where the sheet went alone, or no cell was asked about.
fn place(query: &Query, submission: &Submission, is_alone: bool) -> Place {
    match cell_address(&query.asked.cell).filter(|_| !is_alone) {
        Some(at) => Place::cell(&submission.file, &query.asked.sheet, at),
        None => Place::file(&submission.file),
    }
}

fn altered(number: &QueryNumber, item: Option<u32>, fault: &AnswerFault) -> Problem {
    let how = match fault {
        AnswerFault::StrangeItem(_) => AlteredSheet::StrangeItem,
        AnswerFault::RowGone => AlteredSheet::RowGone,
        AnswerFault::OtherQuestion => AlteredSheet::OtherQuestion,
        AnswerFault::UnknownChoice(choice) => AlteredSheet::UnknownChoice(choice.clone()),
        _ => AlteredSheet::Gone,
    };
    QueryProblem::SheetAltered { query: number.to_string(), item, how }.into()
}
