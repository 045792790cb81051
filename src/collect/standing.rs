//! Answers (答复) that settled a query, and where the text that they are about stands now: an answer is bound to the very text, and lapses when the unit
//! writes another one.

use std::collections::BTreeSet;

use super::{Collected, Submission};
use crate::finding::{Acceptance, Finding, Object, Place, UnitAnswer};
use crate::ident::CityId;
use crate::plan::{
    AcceptedAnswer, ConfirmedText, Query, QueryEvent, QueryEventKind, QueryRegister, QueryState, Waiver,
};
use crate::workbook::{Book, cell_address};

/// The code of a disagreement of several units. That one of them stands by its value settles nothing: whose counts is said by a `[[preference]]`.
pub const DISAGREEMENT: &str = "C502";

/// An answer that settled a query of a unit whose workbook counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingAnswer {
    /// The query with its answer, and the decision on it.
    pub query: Query,
    /// Where the text that was asked about stands now.
    pub stands: ConfirmedText,
    /// The line of the register that settled it.
    pub line: Option<usize>,
}

impl StandingAnswer {
    /// What the unit says, and who accepted it.
    pub fn said(&self) -> Option<UnitAnswer> {
        let answer = self.query.answer.as_ref()?;
        let decision = self.query.decision.as_ref().filter(|_| self.query.state == QueryState::Accepted);
        Some(UnitAnswer {
            query: answer.key.number.to_string(),
            item: answer.key.item,
            unit: self.query.unit().clone(),
            on: answer.on,
            reason: answer.reason.clone(),
            evidence: answer.evidence.clone(),
            accepted: decision.map(|event| Acceptance {
                by: event.by.clone(),
                on: event.on,
                reason: event.reason.clone(),
            }),
        })
    }

    /// Whether a finding is about the matter of the query, whatever the cell holds now. What is about no indicator and no task is the same matter in the
    /// same place only.
    pub fn is_of_the_matter(&self, finding: &Finding) -> bool {
        let asked = &self.query.asked;
        let is_it = finding.problem.code() == asked.code
            && finding.is_of(self.query.unit())
            && finding.subject.object == Object::parse(&asked.object);
        let place = finding.place_in(&self.stands.file);
        let is_there = |place: &Place| place.sheet == asked.sheet && place.address() == asked.cell;
        is_it && (finding.subject.object != Object::Whole || place.is_some_and(is_there))
    }

    /// Whether a finding is about the very text that was asked about.
    pub fn holds_for(&self, finding: &Finding) -> bool {
        self.is_of_the_matter(finding) && self.stands.holds_for(finding)
    }

    fn waiver(&self, city: &CityId) -> Option<Waiver> {
        let said = self.said()?;
        let Acceptance { by, on, reason } = said.accepted.clone()?;
        let asked = &self.query.asked;
        (asked.code != DISAGREEMENT).then(|| Waiver {
            code: asked.code.clone(),
            city: city.clone(),
            unit: Some(self.query.unit().clone()),
            object: Some(Object::parse(&asked.object)),
            reason,
            owner: by,
            until: chrono::NaiveDate::MAX,
            on: Some(on),
            basis: said.place(),
            answer: Some(AcceptedAnswer { said, stands: self.stands.clone(), line: self.line }),
        })
    }
}

impl Collected {
    /// The answers that the office accepted (采纳), as waivers of what was asked about.
    pub fn accepted(&self, city: &CityId) -> Vec<Waiver> {
        self.answers.iter().filter_map(|one| one.waiver(city)).collect()
    }
}

/// The queries of a city as they stand, with the lines that settled them.
#[derive(Debug, Default)]
pub(super) struct AskedQueries {
    queries: Vec<(Query, Option<usize>)>,
    changes: Vec<QueryEvent>,
}

impl AskedQueries {
    /// Those of a register, as it was at the end of a day where one is given.
    pub(super) fn of(register: &QueryRegister, until: Option<chrono::NaiveDate>) -> Self {
        let past = until.map(|day| register.until(day));
        let known = past.as_ref().unwrap_or(register);
        let lined = |query: Query| {
            let settled = query.decision.as_ref().or(query.answer.as_ref());
            let line = settled.and_then(|event| register.line_of(event));
            (query, line)
        };
        let is_change = |event: &&QueryEvent| event.kind == QueryEventKind::ChangedElsewhere;
        let changes = known.events().iter().filter(is_change).cloned().collect();
        Self { queries: known.queries().into_iter().map(lined).collect(), changes }
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Query> {
        self.queries.iter().map(|(query, _)| query)
    }

    /// Cells that were changed where nothing was asked, as the register has them.
    pub(super) fn changes(&self) -> impl Iterator<Item = &QueryEvent> {
        self.changes.iter()
    }

    /// The answers of a unit that stand, held against its workbook that counts and what was read of it.
    pub(super) fn standing(
        &self,
        submission: &Submission,
        book: &Book,
        read: &Collected,
    ) -> Vec<StandingAnswer> {
        let is_settled = |query: &Query| {
            let is_corrected =
                query.answer.as_ref().map(|event| event.kind) == Some(QueryEventKind::Corrected);
            matches!(query.state, QueryState::Accepted | QueryState::Explained | QueryState::Missing)
                || is_corrected
        };
        let own = self.queries.iter().filter(|(query, _)| submission.unit.as_ref() == Some(query.unit()));
        own.filter(|(query, _)| is_settled(query))
            .map(|(query, line)| StandingAnswer {
                stands: ConfirmedText {
                    file: submission.file.clone(),
                    places: places(query, submission, book, read),
                },
                query: query.clone(),
                line: *line,
            })
            .collect()
    }
}

/// Where the text that a query asked about stands in a workbook.
fn places(query: &Query, submission: &Submission, book: &Book, read: &Collected) -> BTreeSet<Place> {
    let asked = &query.asked;
    let object = Object::parse(&asked.object);
    let Some(at) = cell_address(&asked.cell) else {
        // Of a workbook as a whole the bytes are the text; of an indicator that no cell holds there is none.
        let is_same = query.answer.iter().chain([asked]).any(|event| event.sm3 == submission.digests.sm3);
        let whole = Place::file(&submission.file);
        let sheet = Place { sheet: asked.sheet.clone(), ..whole.clone() };
        let holds = is_same || object != Object::Whole;
        return if holds { [whole, sheet].into() } else { BTreeSet::new() };
    };
    let cell = |sheet: &str, at| Place::cell(&submission.file, sheet, at);
    let is_empty = asked.was.is_empty();
    let mut places = BTreeSet::new();
    for sheet in &book.sheets {
        let held = sheet.cells.iter().filter(|(_, held)| !is_empty && held.raw().trim() == asked.was);
        places.extend(held.map(|(at, _)| cell(&sheet.name, *at)));
        let there = sheet.cells.get(&at).filter(|held| !held.raw().trim().is_empty());
        if is_empty && sheet.name == asked.sheet && there.is_none() {
            places.insert(cell(&sheet.name, at));
        }
    }
    if object == Object::Whole {
        places.retain(|place| place.sheet == asked.sheet && place.cell == Some(at));
    }
    if is_empty {
        let values = read.observations.iter().filter(|one| Object::from(&one.no) == object);
        let values = values.map(|one| (&one.at, &one.raw));
        let tasks = read.tasks.iter().filter(|one| Object::from(&one.no) == object);
        let blank = values.chain(tasks.map(|one| (&one.at, &one.raw)));
        let blank = blank.filter(|(at, raw)| at.file == submission.file && raw.trim().is_empty());
        places.extend(blank.map(|(at, _)| at.clone()));
    }
    places
}
