//! What answers to queries make of findings: a warning that its unit explained is closed with what it says; an answer lapses (Q806) where another text
//! stands than the one that was asked about. Errors that were accepted passed the gate of waivers before.

use crate::collect::{Collected, StandingAnswer};
use crate::finding::{Finding, Object, QueryProblem, RuleRuns, Severity};
use crate::ident::CityId;
use crate::plan::QueryState;

/// Closes what was explained of a city, and adds what has lapsed; the rule is counted. `findings` are those of all cities, as they are told.
pub fn answered(city: &CityId, collected: &Collected, findings: &mut Vec<Finding>, runs: &mut RuleRuns) {
    let is_confirmed =
        |one: &&StandingAnswer| matches!(one.query.state, QueryState::Explained | QueryState::Accepted);
    let answers: Vec<&StandingAnswer> = collected.answers.iter().filter(is_confirmed).collect();
    let is_explained = |one: &&&StandingAnswer| one.query.state == QueryState::Explained;
    for finding in findings.iter_mut().filter(|finding| finding.subject.city == *city) {
        if finding.waived.is_some() || finding.problem.severity() != Severity::Warning {
            continue;
        }
        let explains = |one: &&&StandingAnswer| one.holds_for(finding) && says_it(one, finding);
        let answer = answers.iter().rev().filter(is_explained).find(explains);
        finding.explained = answer.and_then(|one| one.said());
    }
    let mut lapsed: Vec<Finding> = Vec::new();
    for (at, answer) in answers.iter().enumerate() {
        runs.ran("Q806", 1);
        let open = findings.iter().find(|finding| {
            finding.subject.city == *city
                && finding.waived.is_none()
                && finding.explained.is_none()
                && answer.is_of_the_matter(finding)
                && !answer.holds_for(finding)
        });
        // A later answer on the same matter is the one that lapses.
        let is_last = |finding: &&Finding| {
            !answers.iter().skip(at.saturating_add(1)).any(|later| later.is_of_the_matter(finding))
        };
        let Some((finding, said)) = open.filter(is_last).zip(answer.said()) else { continue };
        let place = finding.place_in(&answer.stands.file).unwrap_or(&finding.at).clone();
        let problem =
            QueryProblem::ConfirmationLapsed { answer: Box::new(said), was: answer.query.asked.was.clone() };
        let told = Finding::new(city, place, problem.into()).of_unit(answer.query.unit());
        lapsed.push(told.of(finding.subject.object.clone()));
    }
    findings.extend(lapsed);
}

/// Whether an explanation is one of what is told now: of what is about no indicator and no task only the very words are the same matter.
fn says_it(answer: &StandingAnswer, finding: &Finding) -> bool {
    finding.subject.object != Object::Whole
        || finding.message(crate::finding::Language::Chinese).starts_with(&answer.query.asked.content)
}
