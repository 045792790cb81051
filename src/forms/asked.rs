//! What a plan asks of each unit.

use super::Form;
use crate::plan::{Indicator, Origin, Plan, Round};

/// The forms of a plan, one for each unit that reports in the year of the round, in the plan's order; still without numbers.
pub(super) fn forms<'a>(plan: &'a Plan, round: &'a Round) -> Vec<Form<'a>> {
    let year = round.year();
    let units = plan.reporting_units(year).into_iter();
    let form = |unit| {
        let own = plan.indicators_of(year).filter(|row| row.reporters.contains(&unit));
        let mut rows: Vec<&Indicator> = own.collect();
        rows.sort_by_key(|row| row.origin);
        let tasks = plan.tasks.iter().filter(|task| plan.task_reporters(task).contains(&unit)).collect();
        Form { plan, round, unit, rows, tasks, number: String::new() }
    };
    units.map(form).collect()
}

impl<'a> Form<'a> {
    /// The rows of one part: of the plan's table, or of its prose.
    pub(super) fn part(&self, origin: Origin) -> impl Iterator<Item = &'a Indicator> {
        self.rows.iter().copied().filter(move |one| one.origin == origin)
    }
}
