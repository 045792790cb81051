//! What the office decides on a query: it accepts what a unit confirmed, or does not, or takes the query back.

use super::{DecisionOrder, record};
use crate::collect::DISAGREEMENT;
use crate::error::{QueryRefusal, RunError};
use crate::forms::RegistersHeld;
use crate::inputs::Inputs;
use crate::plan::{Plan, QUERIES, Query, QueryEvent, QueryEventKind, QueryKey, QueryState, read_queries};

/// Records a decision; gives the query as it stands then.
///
/// # Errors
/// Fails when nobody or no reason is named, when there is no such query, when it is not at the point for the decision, and when the register is not whole
/// or cannot be written.
pub fn decide(
    order: &DecisionOrder,
    inputs: &Inputs,
    plans: &[Plan],
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
    let plan = plans.iter().find(|plan| plan.name == number.city).ok_or_else(unknown)?;
    let path = order.round.join(plan.city.as_str()).join(QUERIES);
    let mut register = read_queries(inputs, &path)?;
    let query = find(&register.queries(), &order.key).ok_or_else(unknown)?;
    let fits = match order.kind {
        QueryEventKind::Accepted | QueryEventKind::Rejected => query.state == QueryState::Confirmed,
        QueryEventKind::Withdrawn => query.state.is_open(),
        _ => false,
    };
    if !fits {
        let (state, wanted) = (query.state.chinese(), order.kind.chinese());
        return Err(refused(QueryRefusal::NotAtThatPoint { state, wanted }));
    }
    if order.kind == QueryEventKind::Accepted && query.asked.code == DISAGREEMENT {
        return Err(refused(QueryRefusal::Disagreement));
    }
    let answer = query.answer.as_ref().unwrap_or(&query.asked);
    register.add(QueryEvent {
        on: order.on,
        kind: order.kind,
        by: order.by.trim().to_owned(),
        content: String::new(),
        reason: order.reason.trim().to_owned(),
        evidence: String::new(),
        now: answer.now.clone(),
        file: answer.file.clone(),
        sm3: answer.sm3.clone(),
        ..query.asked
    });
    inputs.unchanged()?;
    record(&mut registers, &plan.city, &register)?;
    find(&register.queries(), &order.key).ok_or_else(unknown)
}

fn find(queries: &[Query], key: &QueryKey) -> Option<Query> {
    queries.iter().find(|query| query.asked.key == *key).cloned()
}
