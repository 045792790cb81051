//! Rounds of a part of a year: what of the pipeline is another one for them, and what is refused.

use super::{Loaded, Settings, load};
use crate::assess;
use crate::collect::{Collected, Lookup};
use crate::compare::CityScore;
use crate::error::RunError;
use crate::evaluation::CityEvaluation;
use crate::finding::{Finding, RuleRuns};
use crate::indexed::Indexed;
use crate::inputs::Inputs;
use crate::ledger::Ledger;
use crate::plan::{Plan, Round};
use crate::reconcile::Fact;

/// The same for what is made of whole years only, by its name.
///
/// # Errors
/// Fails like [`load`], and for a round of a part of a year.
pub fn load_year(settings: &Settings, inputs: &Inputs, what: &'static str) -> Result<Loaded, RunError> {
    let loaded = load(settings, inputs)?;
    match loaded.round.period {
        period if period.is_annual() => Ok(loaded),
        period => Err(RunError::PartOfAYear { period: period.to_string(), what }),
    }
}

/// The rest of a city within a year: where its values stand on their way, tasks, units. There is no verdict, no score and no place.
pub(super) fn within_the_year(
    (plan, round): (Plan, &Round),
    collected: Collected,
    facts: Indexed<Fact>,
    (findings, mut ledger): (&[Finding], Ledger),
    mut runs: RuleRuns,
) -> (CityEvaluation, Vec<Finding>) {
    let found = Lookup::of(&collected);
    let assessments = Indexed::default();
    let paces = assess::paces(&plan, round, &facts, &mut ledger);
    let (tasks, noticed) =
        assess::tasks(&plan, round, &found, &assessments, findings, &mut ledger, &mut runs);
    let judged = (&assessments, &paces);
    let (units, sharers) = assess::units(&plan, round, &found, judged, &tasks, &mut ledger);
    let score = CityScore::none(plan.city.clone());
    let city = CityEvaluation {
        plan,
        collected,
        facts,
        assessments,
        paces,
        tasks,
        units,
        sharers,
        score,
        ledger,
        runs,
    };
    (city, noticed)
}
