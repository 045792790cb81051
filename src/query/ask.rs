//! Which findings a unit is asked about: those of a class that is asked, neither waived nor told with another one, and not asked before.

use std::collections::BTreeSet;

use super::QueryItem;
use super::texts;
use crate::collect::Submission;
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::finding::{Cause, Finding, Language, Place, QueryClass};
use crate::ident::{CityId, UnitName};
use crate::plan::{Query, QueryKey};
use crate::workbook::{Book, Cell};

/// Findings of a round that are asked, and the causes among them.
pub(super) struct AskedFindings<'a> {
    findings: Vec<&'a Finding>,
}

impl<'a> AskedFindings<'a> {
    pub(super) fn of(evaluation: &'a Evaluation) -> Self {
        let is_asked = |finding: &&Finding| {
            finding.waived.is_none() && QueryClass::of(finding.problem.code()).is_asked()
        };
        let findings: Vec<&Finding> = evaluation.findings.iter().filter(is_asked).collect();
        let causes: BTreeSet<Cause> = findings.iter().map(|finding| finding.as_cause()).collect();
        // What follows from another one that is asked is settled with it.
        let is_told = |finding: &&Finding| finding.cause.as_ref().is_some_and(|cause| causes.contains(cause));
        Self { findings: findings.into_iter().filter(|finding| !is_told(finding)).collect() }
    }

    /// Those of a unit that lie in a workbook, in the order in which they are asked: what must be answered first, then by place.
    pub(super) fn of_unit(
        &self,
        city: &CityEvaluation,
        unit: &UnitName,
        file: &str,
    ) -> Vec<(&'a Finding, Option<Place>)> {
        let own = self.findings.iter().copied().filter(|finding| {
            finding.subject.city == city.plan.city
                && finding.is_of(unit)
                && !is_of_the_past(city, finding, file)
        });
        let mut found: Vec<(&Finding, Option<Place>)> =
            own.map(|finding| (finding, finding.place_in(file).cloned())).collect();
        let class = |finding: &Finding| QueryClass::of(finding.problem.code());
        found.sort_by_cached_key(|(finding, place)| {
            (
                class(finding),
                place.is_none(),
                place.clone(),
                finding.problem.code(),
                finding.subject.object.clone(),
            )
        });
        found
    }

    /// The units of a city that they concern, by name.
    pub(super) fn units_of(&self, city: &CityId) -> BTreeSet<&'a UnitName> {
        let own = self.findings.iter().copied().filter(|finding| finding.subject.city == *city);
        own.flat_map(|finding| &finding.subject.units).collect()
    }

    /// How many concern no unit by itself.
    pub(super) fn of_nobody(&self) -> usize {
        self.findings.iter().filter(|finding| finding.subject.units.is_empty()).count()
    }

    /// How many concern a unit that has no workbook to be asked on.
    pub(super) fn count_of(&self, city: &CityEvaluation, unit: &UnitName) -> usize {
        let own = |finding: &&&Finding| finding.subject.city == city.plan.city && finding.is_of(unit);
        self.findings.iter().filter(own).count()
    }
}

/// Whether a finding is about a workbook that another one has replaced.
fn is_of_the_past(city: &CityEvaluation, finding: &Finding, file: &str) -> bool {
    let old = |one: &&Submission| one.superseded && one.file == finding.at.file && one.file != file;
    city.collected.submissions.iter().any(|one| old(&one))
}

/// The questions to a unit about its workbook, past those that rest; and how many rest.
pub(super) fn questions(
    findings: &[(&Finding, Option<Place>)],
    city: &CityEvaluation,
    unit: &UnitName,
    book: &Book,
    before: &[Query],
) -> (Vec<QueryItem>, usize) {
    let (mut questions, mut resting) = (Vec::new(), 0);
    for (finding, place) in findings {
        let question = question(finding, place.as_ref(), city, book);
        let same = |query: &&Query| query.is_about(unit, question.code, &question.object, question.raw());
        if before.iter().rev().find(same).is_some_and(|query| query.state.rests()) {
            resting += 1;
            continue;
        }
        // One that was not accepted, or whose cell holds another text now, is asked once more, and names the earlier one.
        let earlier =
            |query: &&Query| query.state.is_open() && (same(query) || is_of_the_cell(query, unit, &question));
        let previous: Option<QueryKey> =
            before.iter().rev().find(earlier).map(|query| query.asked.key.clone());
        let item = u32::try_from(questions.len()).unwrap_or(u32::MAX).saturating_add(1);
        questions.push(QueryItem { item, previous, ..question });
    }
    (questions, resting)
}

/// Whether a query is about the same matter in the same cell, whatever the cell holds.
fn is_of_the_cell(query: &Query, unit: &UnitName, question: &QueryItem) -> bool {
    let asked = &query.asked;
    let (sheet, cell) = match &question.cell {
        Some((sheet, at)) => (sheet.as_str(), at.to_string()),
        None => ("", String::new()),
    };
    query.unit() == unit
        && asked.code == question.code
        && asked.object == question.object
        && (asked.sheet.as_str(), asked.cell.as_str()) == (sheet, cell.as_str())
}

fn question(finding: &Finding, place: Option<&Place>, city: &CityEvaluation, book: &Book) -> QueryItem {
    let code = finding.problem.code();
    let cell = place.and_then(|place| Some((place.sheet.clone(), place.cell?)));
    let sheet = cell.as_ref().and_then(|(sheet, _)| book.sheets.iter().find(|one| one.name == *sheet));
    let held: Option<&Cell> = sheet.zip(cell.as_ref()).and_then(|(sheet, (_, at))| sheet.cells.get(at));
    QueryItem {
        item: 0,
        class: QueryClass::of(code),
        code,
        object: finding.subject.object.to_string(),
        about: texts::about(&city.plan, &finding.subject.object),
        place: texts::place(place),
        cell,
        was: held.map(|cell| cell.content.clone()),
        problem: finding.message(Language::Chinese),
        remedy: finding.remedy(Language::Chinese),
        previous: None,
    }
}
