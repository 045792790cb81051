//! What says whether a report asks for a step at all: the conditions of publication, and what is open of each city.

use crate::evaluation::Evaluation;
use crate::ledger::{Ledger, StepId};

/// The last part of the name of what is open of a city.
const OPEN: &str = "/#withheld";

/// The steps that say what is withheld, in a round that can withhold something.
#[derive(Debug, Default)]
pub(super) struct WithheldSteps(Vec<StepId>);

impl WithheldSteps {
    pub(super) fn new(evaluation: &Evaluation) -> Self {
        let conditions = Ledger::default().gate(&evaluation.round).into_iter().map(|one| one.id);
        let open = evaluation.cities.iter().map(|city| StepId::new(format!("{}{OPEN}", city.plan.city)));
        Self(conditions.chain(open).filter(|id| evaluation.ledger.step(id).is_some()).collect())
    }

    /// Those that say whether a step is asked for: of a city its own, as of a city whose chapter is withheld nothing is asked; else those of all cities, as what
    /// is of them together is without it.
    pub(super) fn of(&self, id: &StepId, is_city: impl Fn(&str) -> bool) -> impl Iterator<Item = &StepId> {
        let slug = id.as_str().split('/').next().filter(|slug| is_city(slug)).map(str::to_owned);
        self.0.iter().filter(move |one| match (&slug, one.as_str().strip_suffix(OPEN)) {
            (Some(slug), Some(city)) => slug == city,
            _ => true,
        })
    }
}
