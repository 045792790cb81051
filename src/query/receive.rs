//! Receiving: answers among the submissions are read, held against what was asked and recorded; then every open query is held against the findings
//! of the round as it is now.

use std::path::{Path, PathBuf};

use super::settle::{PROGRAM, settled};
use super::{AnswerReceived, ItemReceived, QueriesReceived, ReceiveOrder, read_book, record};
use crate::collect::{AnswerFault, AnswerItem, AnswerSheet, AnswerTo, Submission, differs, held};
use crate::error::{QueryRefusal, RunError};
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::files;
use crate::finding::{Finding, Object, Place};
use crate::forms::RegistersHeld;
use crate::ident::CellRef;
use crate::inputs::Inputs;
use crate::plan::{
    ISSUED_FOLDER, QUERIES, Query, QueryEvent, QueryEventKind, QueryKey, QueryRegister, QueryState,
    read_queries,
};
use crate::workbook::{Book, Cell, Pool};

/// Most cells that were changed unasked and are recorded one by one, of a workbook.
const MOST_CHANGES: usize = 200;

/// Receives the answers of a round.
///
/// # Errors
/// Fails when nobody is named, when a register is not whole, or when a file cannot be read or written.
pub fn receive(
    order: &ReceiveOrder,
    inputs: &Inputs,
    evaluation: &Evaluation,
    pool: &Pool,
    mut registers: RegistersHeld,
) -> Result<QueriesReceived, RunError> {
    if order.by.trim().is_empty() {
        return Err(RunError::Queries { path: order.round.clone(), why: QueryRefusal::Nobody });
    }
    let mut done = QueriesReceived::default();
    let mut changed: Vec<(&CityEvaluation, QueryRegister)> = Vec::new();
    let of_cities = evaluation.findings_by_city();
    for city in &evaluation.cities {
        let folder = order.round.join(city.plan.city.as_str());
        let mut register = read_queries(inputs, &folder.join(QUERIES))?;
        let before = register.events().len();
        let findings = of_cities.get(&city.plan.city).cloned().unwrap_or_default();
        let receiving = Receiving { order, inputs, pool, city, folder, findings };
        let mut answers: Vec<(&Submission, &AnswerTo)> =
            city.collected.submissions.iter().filter_map(|one| Some((one, one.answers.as_ref()?))).collect();
        answers.sort_by_key(|(one, answer)| (answer.number.clone(), one.received, one.file.clone()));
        for (submission, answer) in answers {
            done.answers.push(receiving.answer(submission, answer, &mut register)?);
        }
        receiving.settle(&mut register, &mut done);
        if register.events().len() > before {
            changed.push((city, register));
        }
    }
    inputs.unchanged()?;
    for (city, register) in changed {
        record(&mut registers, &city.plan.city, &register)?;
    }
    Ok(done)
}

/// What the answers of a city are received with.
struct Receiving<'a> {
    order: &'a ReceiveOrder,
    inputs: &'a Inputs,
    pool: &'a Pool,
    city: &'a CityEvaluation,
    folder: PathBuf,
    findings: Vec<&'a Finding>,
}

impl Receiving<'_> {
    fn read(&self, path: &Path) -> Result<Book, RunError> {
        read_book(path, self.inputs, self.pool).map(|(_, book)| book)
    }

    /// Reads a workbook that answers, and records what it says.
    fn answer(
        &self,
        submission: &Submission,
        answer: &AnswerTo,
        register: &mut QueryRegister,
    ) -> Result<AnswerReceived, RunError> {
        let book = self.read(&self.order.round.join(&submission.file))?;
        let mut told = AnswerReceived {
            city: self.city.plan.city.clone(),
            number: answer.number.clone(),
            file: submission.file.clone(),
            is_new: false,
            items: Vec::new(),
            elsewhere: Vec::new(),
            other: String::new(),
            faults: Vec::new(),
        };
        let Some(sheet) = &answer.sheet else {
            told.faults.push(AnswerFault::NoTable);
            return Ok(told);
        };
        told.other.clone_from(&sheet.other);
        let sent = self.sent(answer)?;
        let queries: Vec<Query> =
            register.queries().into_iter().filter(|query| query.asked.key.number == answer.number).collect();
        for query in &queries {
            let item = self.item(query, sheet, &book, sent.as_ref());
            let is_recorded = register.events().iter().any(|event| {
                event.kind.is_answer() && event.key == query.asked.key && event.sm3 == submission.digests.sm3
            });
            // What was decided since is not undone by the same workbook, nor by a later one.
            let is_open = query.state.is_open() && query.state != QueryState::Rejected;
            if let (Some(kind), None, false, true) = (item.kind, &item.fault, is_recorded, is_open) {
                register.add(self.event(query, kind, &item, sheet, submission));
            }
            told.is_new |= !is_recorded;
            told.items.push(item);
        }
        for number in sheet.rows.keys().filter(|item| !queries.iter().any(|one| one.asked.key.item == **item))
        {
            told.faults.push(AnswerFault::StrangeItem(*number));
        }
        if let Some(sent) = sent.as_ref().filter(|_| !sheet.is_alone) {
            self.elsewhere(submission, answer, (sent, &book), &queries, register, &mut told);
        }
        Ok(told)
    }

    /// The query workbook as it was sent; `None` when it is not there any more.
    fn sent(&self, answer: &AnswerTo) -> Result<Option<Book>, RunError> {
        for has_macros in [false, true] {
            let name = answer.number.file_name(has_macros);
            let path = self.folder.join(ISSUED_FOLDER).join(name);
            if self.inputs.is_there(&path)? {
                return self.read(&path).map(Some);
            }
        }
        Ok(None)
    }

    /// What a sheet says to a question, held against the cell.
    fn item(&self, query: &Query, sheet: &AnswerSheet, book: &Book, sent: Option<&Book>) -> ItemReceived {
        let asked = &query.asked;
        let AnswerItem { kind, now, reason, evidence, fault } =
            AnswerItem::of(asked, sheet, Some(book), sent);
        ItemReceived {
            item: asked.key.item,
            code: asked.code.clone(),
            place: place(asked),
            was: asked.was.clone(),
            now,
            kind,
            reason,
            evidence,
            fault,
            state: query.state,
        }
    }

    fn event(
        &self,
        query: &Query,
        kind: QueryEventKind,
        item: &ItemReceived,
        sheet: &AnswerSheet,
        submission: &Submission,
    ) -> QueryEvent {
        let by = if sheet.by.is_empty() { self.order.by.trim().to_owned() } else { sheet.by.clone() };
        QueryEvent {
            on: self.order.on,
            kind,
            by,
            content: String::new(),
            reason: item.reason.clone(),
            evidence: item.evidence.clone(),
            now: item.now.clone(),
            file: files::name(Path::new(&submission.file)),
            sm3: submission.digests.sm3.clone(),
            ..query.asked.clone()
        }
    }

    /// Records what was changed where nothing was asked: of the cells that values and states of tasks are read from.
    fn elsewhere(
        &self,
        submission: &Submission,
        answer: &AnswerTo,
        (sent, book): (&Book, &Book),
        queries: &[Query],
        register: &mut QueryRegister,
        told: &mut AnswerReceived,
    ) {
        let collected = &self.city.collected;
        let of_base = |file: &str| {
            let base = collected.submissions.iter().find(|one| one.digests.sm3 == answer.base);
            base.is_some_and(|base| base.file == file)
        };
        let is_read = |at: &Place| at.file == submission.file || of_base(&at.file);
        let values = collected.observations.iter().chain(&collected.replaced).filter(|one| is_read(&one.at));
        let values = values.map(|one| (one.at.clone(), Object::from(&one.no)));
        let tasks = collected.tasks.iter().filter(|one| is_read(&one.at));
        let tasks = tasks.map(|one| (one.at.clone(), Object::from(&one.no)));
        let mut cells: Vec<(String, CellRef, Object)> =
            values.chain(tasks).filter_map(|(at, object)| Some((at.sheet, at.cell?, object))).collect();
        cells.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
        cells.dedup_by(|one, other| (&one.0, one.1) == (&other.0, other.1));
        let is_asked = |sheet: &str, at: CellRef| {
            queries.iter().any(|one| one.asked.sheet == sheet && one.asked.cell == at.to_string())
        };
        for (sheet, at, object) in cells {
            let (was, now) = (held(sent, &sheet, at), held(book, &sheet, at));
            if is_asked(&sheet, at) || !differs(was, now) || told.elsewhere.len() == MOST_CHANGES {
                continue;
            }
            let raw = |cell: Option<&Cell>| cell.map_or(String::new(), |cell| cell.raw().trim().to_owned());
            let event = QueryEvent {
                on: self.order.on,
                key: QueryKey { number: answer.number.clone(), item: 0 },
                kind: QueryEventKind::ChangedElsewhere,
                by: PROGRAM.to_owned(),
                content: told.other.clone(),
                reason: String::new(),
                evidence: String::new(),
                code: String::new(),
                object: object.to_string(),
                sheet,
                cell: at.to_string(),
                was: raw(was),
                now: raw(now),
                file: files::name(Path::new(&submission.file)),
                sm3: submission.digests.sm3.clone(),
            };
            let is_known = |one: &QueryEvent| {
                one.kind == event.kind
                    && one.sm3 == event.sm3
                    && one.sheet == event.sheet
                    && one.cell == event.cell
            };
            if !register.events().iter().any(is_known) {
                register.add(event.clone());
            }
            told.elsewhere.push(event);
        }
    }

    /// Holds every open query against what the round finds now: one whose finding is gone is settled, a warning that the unit stands by is explained.
    fn settle(&self, register: &mut QueryRegister, done: &mut QueriesReceived) {
        let submissions = &self.city.collected.submissions;
        for query in register.queries() {
            if let Some(event) = settled(&query, submissions, &self.findings, self.order.on) {
                register.add(event);
            }
        }
        let queries = register.queries();
        for answer in done.answers.iter_mut().filter(|one| one.city == self.city.plan.city) {
            for item in &mut answer.items {
                let key = QueryKey { number: answer.number.clone(), item: item.item };
                if let Some(query) = queries.iter().find(|query| query.asked.key == key) {
                    item.state = query.state;
                }
            }
        }
        let answered = |query: &&Query| done.answers.iter().any(|one| one.number == query.asked.key.number);
        let closed = queries.iter().filter(|query| {
            let is_now = query.decision.as_ref().is_some_and(|event| event.on == self.order.on);
            query.state == QueryState::Settled && is_now && !answered(query)
        });
        done.resubmitted += closed.count();
        done.open += queries.iter().filter(|query| query.state.is_open()).count();
    }
}

/// The place of a question, in words.
fn place(asked: &QueryEvent) -> String {
    match (asked.sheet.is_empty(), asked.cell.is_empty()) {
        (true, _) => String::new(),
        (false, true) => asked.sheet.clone(),
        (false, false) => format!("{}!{}", asked.sheet, asked.cell),
    }
}
