//! What the office decides on a query: it accepts what a unit confirmed, or does not, or takes the query back.

use super::{QueryEntry, record};
use crate::collect::DISAGREEMENT;
use crate::error::{QueryRefusal, RunError};
use crate::forms::RegistersHeld;
use crate::inputs::Inputs;
use crate::plan::{Plan, QUERIES, Query, QueryEvent, QueryEventKind, QueryState, read_queries};

/// Records a decision; gives the query as it stands then.
///
/// # Errors
/// Fails when nobody or no reason is named, when there is no such query, when it is not at the point for the decision, and when the register is not whole
/// or cannot be written.
pub fn decide(
    order: &QueryEntry,
    inputs: &Inputs,
    plans: &[Plan],
    mut registers: RegistersHeld,
) -> Result<Query, RunError> {
    order.is_vouched_for()?;
    let plan = plans.iter().find(|plan| plan.name == order.key.number.city).ok_or_else(|| order.unknown())?;
    let path = order.round.join(plan.city.as_str()).join(QUERIES);
    let mut register = read_queries(inputs, &path)?;
    let query = order.find(&register)?;
    let fits = match order.kind {
        QueryEventKind::Accepted | QueryEventKind::Rejected => query.state == QueryState::Confirmed,
        QueryEventKind::Withdrawn => query.state.is_open(),
        _ => false,
    };
    if !fits {
        return Err(order.untimely(&query));
    }
    if order.kind == QueryEventKind::Accepted && query.asked.code == DISAGREEMENT {
        return Err(order.refused(QueryRefusal::Disagreement));
    }
    let answer = query.answer.as_ref().unwrap_or(&query.asked);
    let (now, file, sm3) = (answer.now.clone(), answer.file.clone(), answer.sm3.clone());
    register.add(QueryEvent { now, file, sm3, ..order.event(query.asked) });
    inputs.unchanged()?;
    record(&mut registers, &plan.city, &register)?;
    order.find(&register)
}
