//! Who reports what a plan asks for, who leads it, who shares in it, and who answers for it.

use super::{Indicator, Origin, Plan, Task};
use crate::ident::UnitName;

impl Indicator {
    /// Every unit that reports it, leads it or shares in it.
    pub fn units(&self) -> impl Iterator<Item = &UnitName> {
        self.reporters.iter().chain(&self.leads).chain(&self.responsible)
    }
}

impl Plan {
    /// The units that answer for a target: those that the plan names for it, 牵头单位 before 责任单位; where its table names only who reports,
    /// those that lead a task whose prose repeats the row or adds to it. Empty when the plan names none: its office reports then, and answers for
    /// nothing.
    pub fn answerable(&self, indicator: &Indicator) -> Vec<UnitName> {
        let is_prose = indicator.origin == Origin::Prose;
        if !indicator.leads.is_empty() {
            return indicator.leads.clone();
        }
        // What leads a target in prose reports it, and goes before who shares in it.
        if !indicator.responsible.is_empty() && (!is_prose || indicator.is_left_to_office) {
            return indicator.responsible.clone();
        }
        if indicator.is_left_to_office {
            return Vec::new();
        }
        if is_prose || !self.rows_name_reporters {
            return indicator.reporters.clone();
        }
        let repeats = self.repeats.iter().filter(|repeat| repeat.of == indicator.no);
        let repeated = repeats.filter_map(|repeat| self.task(repeat.task.as_ref()?));
        let adding = self
            .indicators
            .iter()
            .filter(|one| one.targets.iter().any(|target| target.adds_to(&indicator.no)));
        let mut units: Vec<UnitName> = Vec::new();
        let named = repeated.flat_map(|task| &task.lead).chain(adding.flat_map(|one| &one.reporters));
        for unit in named.filter(|unit| **unit != self.office) {
            if !units.contains(unit) {
                units.push(unit.clone());
            }
        }
        units
    }

    /// The units that report a task: its lead units, or the office when the plan names none.
    pub fn task_reporters(&self, task: &Task) -> Vec<UnitName> {
        if task.lead.is_empty() { vec![self.office.clone()] } else { task.lead.clone() }
    }

    /// Every unit that has something to report in a year, in the order of the plan.
    pub fn reporting_units(&self, year: i32) -> Vec<UnitName> {
        let mut units: Vec<UnitName> = Vec::new();
        let rows = self.indicators_of(year).flat_map(|indicator| indicator.reporters.clone());
        let tasks = self.tasks.iter().flat_map(|task| self.task_reporters(task));
        for unit in rows.chain(tasks) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        units
    }

    /// How many indicators and tasks a unit is to report in a year.
    pub fn expected_of(&self, unit: &UnitName, year: i32) -> usize {
        let reports = |units: &[UnitName]| units.contains(unit);
        let asked = self.indicators_of(year).filter(|row| !row.sits_out);
        let rows = asked.filter(|row| reports(&row.reporters)).count();
        rows + self.tasks.iter().filter(|task| reports(&self.task_reporters(task))).count()
    }

    /// The plan's name of a unit, whatever alias it is given under.
    pub fn unit_named(&self, name: &str, year: i32) -> Option<UnitName> {
        let units = self.reporting_units(year);
        if let Some(unit) = units.iter().find(|unit| **unit == *name) {
            return Some(unit.clone());
        }
        let alias = self.aliases.iter().find(|alias| alias.name == name)?;
        units.into_iter().find(|unit| *unit == alias.unit)
    }
}
