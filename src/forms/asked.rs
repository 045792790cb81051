//! What a plan asks of each unit.

use super::{Form, FormRow};
use crate::plan::{Catalogue, Origin, Plan, Round};

/// The forms of a plan, one for each unit that reports in the year of the round, in the plan's order; still without numbers.
pub(super) fn forms<'a>(plan: &'a Plan, round: &'a Round, catalogue: &'a Catalogue) -> Vec<Form<'a>> {
    let year = round.year();
    let units = plan.reporting_units(year).into_iter();
    let form = |unit| {
        let own = plan.indicators_of(year).filter(|row| row.reporters.contains(&unit));
        let mut rows: Vec<FormRow<'_>> = own
            .map(|row| FormRow { row, definition: row.id.as_ref().map_or("", |id| catalogue.definition(id)) })
            .collect();
        rows.sort_by_key(|one| one.row.origin);
        let tasks = plan.tasks.iter().filter(|task| plan.task_reporters(task).contains(&unit)).collect();
        Form { plan, round, unit, rows, tasks, number: String::new() }
    };
    units.map(form).collect()
}

impl<'a> Form<'a> {
    /// The rows of one part: of the plan's table, or of its prose.
    pub(super) fn part(&self, origin: Origin) -> impl Iterator<Item = FormRow<'a>> {
        self.rows.iter().copied().filter(move |one| one.row.origin == origin)
    }
}
