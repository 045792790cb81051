//! The plans of a round's cities, which are in force, settled, and told apart by their short names.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Settings, input_root};
use crate::error::{PlanRefusal, RunError};
use crate::inputs::Inputs;
use crate::plan::{self, Catalogue, Plan, PlanStatus, Round};

/// All of them, in the order of the round.
pub(super) fn plans(
    settings: &Settings,
    inputs: &Inputs,
    round: &Round,
    catalogue: &Catalogue,
) -> Result<Vec<Plan>, RunError> {
    let input = input_root(&settings.round);
    let load = |city: &crate::ident::CityId| {
        let path = settings.round.join(city.as_str()).join("plan.toml");
        let plan = plan::load(inputs, &path, catalogue, &input)?;
        let refuse = |why: PlanRefusal| Err(RunError::Plan { path: path.clone(), why });
        if plan.city != *city {
            let (found, wanted) = (plan.city.to_string(), city.to_string());
            return refuse(PlanRefusal::OtherCity { found, wanted });
        }
        if !plan.unsettled.is_empty() {
            return refuse(PlanRefusal::Unsettled(plan.unsettled.len()));
        }
        if plan.status != PlanStatus::InForce && !round.allow_drafts {
            return refuse(PlanRefusal::NotInForce);
        }
        if plan.indicators_of(round.year()).next().is_none() {
            return refuse(PlanRefusal::NoTargets(round.year()));
        }
        let path = settings.round.join(city.as_str()).join(plan::PUBLISHED);
        let published = plan::read_published(inputs, &path)?;
        let plan = plan.in_force_on(round.report_date).with_published(&path, published, round.year())?;
        Ok(plan.asked_in(round).without_room())
    };
    // All are loaded before the first fault counts, so that the fault does not depend on the threads.
    let loaded: Vec<Result<Plan, RunError>> = round.cities.par_iter().map(load).collect();
    let plans: Vec<Plan> = loaded.into_iter().collect::<Result<_, _>>()?;
    check_short_names(settings, &plans)?;
    Ok(plans)
}

/// Tables are numbered by the short name of their city: 湘潭表3.
fn check_short_names(settings: &Settings, plans: &[Plan]) -> Result<(), RunError> {
    let path = |plan: &Plan| settings.round.join(plan.city.as_str()).join("plan.toml");
    let mut known: BTreeMap<&str, &Plan> = BTreeMap::new();
    for plan in plans {
        if let Some(other) = known.insert(&plan.short, plan) {
            let why = PlanRefusal::SameShortName { short: plan.short.clone(), other: path(other) };
            return Err(RunError::Plan { path: path(plan), why });
        }
    }
    Ok(())
}
