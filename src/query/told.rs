//! An answer (答复) that came otherwise than in the workbook, by telephone or letter: it is recorded by hand, and has the effect of one that was received. A
//! corrected value is not recorded so: what a unit reports it writes itself.

use super::settle::settled;
use super::{AnswerSource, QueryEntry, record};
use crate::error::RunError;
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::forms::RegistersHeld;
use crate::inputs::Inputs;
use crate::plan::{QUERIES, Query, QueryEvent, QueryState, read_queries};

/// Records what a unit said; gives the query as it stands then.
///
/// # Errors
/// Fails when nobody or no reason is named, when there is no such query, when no answer is awaited any more, and when the register is not whole or cannot be
/// written.
pub fn answer(
    order: &QueryEntry,
    source: AnswerSource,
    inputs: &Inputs,
    evaluation: &Evaluation,
    mut registers: RegistersHeld,
) -> Result<Query, RunError> {
    order.is_vouched_for()?;
    let is_its_city = |city: &&CityEvaluation| city.plan.name == order.key.number.city;
    let city = evaluation.cities.iter().find(is_its_city).ok_or_else(|| order.unknown())?;
    let folder = order.round.join(city.plan.city.as_str());
    let mut register = read_queries(inputs, &folder.join(QUERIES))?;
    let query = order.find(&register)?;
    // What was decided is not undone by a word.
    if !query.state.is_open() || query.state == QueryState::Rejected {
        return Err(order.untimely(&query));
    }
    let (evidence, now) = (source.chinese().to_owned(), query.asked.was.clone());
    register.add(QueryEvent { evidence, now, ..order.event(query.asked) });
    let findings: Vec<_> =
        evaluation.findings.iter().filter(|one| one.subject.city == city.plan.city).collect();
    if let Some(closed) = settled(&order.find(&register)?, &city.collected.submissions, &findings, order.on) {
        register.add(closed);
    }
    inputs.unchanged()?;
    record(&mut registers, &city.plan.city, &register)?;
    order.find(&register)
}
