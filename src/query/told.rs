//! An answer (答复) that came otherwise than in the workbook, by telephone or letter: it is recorded by hand, and has the effect of one that was received. A
//! corrected value is not recorded so: what a unit reports it writes itself.

use super::settle::settled;
use super::{ToldAnswerOrder, record};
use crate::error::{QueryRefusal, RunError};
use crate::evaluation::Evaluation;
use crate::forms::RegistersHeld;
use crate::inputs::Inputs;
use crate::plan::{QUERIES, Query, QueryEvent, QueryRegister, QueryState, read_queries};

/// Records what a unit said; gives the query as it stands then.
///
/// # Errors
/// Fails when nobody or no reason is named, when there is no such query, when no answer is awaited any more, and when the register is not whole or cannot be
/// written.
pub fn answer(
    order: &ToldAnswerOrder,
    inputs: &Inputs,
    evaluation: &Evaluation,
    mut registers: RegistersHeld,
) -> Result<Query, RunError> {
    let refused = |why| RunError::Queries { path: order.round.clone(), why };
    if order.by.trim().is_empty() {
        return Err(refused(QueryRefusal::Nobody));
    }
    if order.reason.trim().is_empty() {
        return Err(refused(QueryRefusal::NoReason));
    }
    let number = &order.key.number;
    let unknown = || refused(QueryRefusal::NoSuchQuery { number: number.to_string(), item: order.key.item });
    let city = evaluation.cities.iter().find(|city| city.plan.name == number.city).ok_or_else(unknown)?;
    let folder = order.round.join(city.plan.city.as_str());
    let mut register = read_queries(inputs, &folder.join(QUERIES))?;
    let find = |register: &QueryRegister| {
        register.queries().into_iter().find(|query| query.asked.key == order.key).ok_or_else(unknown)
    };
    let query = find(&register)?;
    // What was decided is not undone by a word.
    if !query.state.is_open() || query.state == QueryState::Rejected {
        let (state, wanted) = (query.state.chinese(), order.kind.chinese());
        return Err(refused(QueryRefusal::NotAtThatPoint { state, wanted }));
    }
    register.add(QueryEvent {
        on: order.on,
        kind: order.kind,
        by: order.by.trim().to_owned(),
        content: String::new(),
        reason: order.reason.trim().to_owned(),
        evidence: order.source.chinese().to_owned(),
        now: query.asked.was.clone(),
        ..query.asked
    });
    let findings: Vec<_> =
        evaluation.findings.iter().filter(|one| one.subject.city == city.plan.city).collect();
    if let Some(closed) = settled(&find(&register)?, &city.collected.submissions, &findings, order.on) {
        register.add(closed);
    }
    inputs.unchanged()?;
    record(&mut registers, &city.plan.city, &register)?;
    find(&register)
}
