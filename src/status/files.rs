//! The status as files: `status.xlsx`, `status.json` and `催报.txt`, in a folder of their own, whole or not at all.

use std::path::Path;

use serde_json::{Value, json};

use super::reminders;
use super::{CityStatus, ReportingStatus, StatusCounts, UnitStatus, book};
use crate::error::RunError;
use crate::files::{self, Staging};
use crate::finding::Language;
use crate::shown;

/// The files of a status.
const NAMES: [&str; 3] = ["status.xlsx", "status.json", "催报.txt"];

/// Writes the files to a folder; an earlier status in its place is replaced as a whole.
///
/// # Errors
/// Fails when the folder holds anything else, or when a file cannot be written. What was there before is then untouched.
pub fn publish(status: &ReportingStatus, to: &Path) -> Result<(), RunError> {
    let others = files::others_than(to, &NAMES).map_err(|source| RunError::reading(to, source))?;
    if !others.is_empty() {
        return Err(RunError::ForeignFolder { folder: to.to_owned(), files: others });
    }
    let staging = Staging::beside(to, |folder| Ok(files::others_than(folder, &NAMES)?.is_empty()))?;
    let [workbook, document, reminder] = NAMES;
    staging.write(workbook, &book::written(status)?)?;
    let text = shown::json_file(&status.json()).map_err(|error| RunError::output(document, error))?;
    staging.write(document, &text)?;
    staging.write(reminder, reminders::text(status).as_bytes())?;
    staging.publish()
}

impl ReportingStatus {
    /// The status as JSON: the same fields as in the workbook.
    pub fn json(&self) -> Value {
        let units: Vec<Value> = self.units().map(|(city, unit)| self.unit_json(city, unit)).collect();
        let cities: Vec<Value> = self.cities.iter().map(city_json).collect();
        json!({
            "schema": "duibiao.status/1", "round": self.round, "period": self.period.to_string(),
            "as_of": self.as_of.to_string(), "deadline": self.deadline.to_string(), "cut_off": self.cut_off.to_string(),
            "answer_by": self.answer_by.to_string(),
            "illustrative": self.illustrative, "cities": cities, "units": units,
        })
    }

    fn unit_json(&self, city: &CityStatus, unit: &UnitStatus) -> Value {
        let UnitStatus {
            targets,
            targets_reported,
            tasks,
            tasks_reported,
            errors,
            warnings,
            queries,
            overdue,
            ..
        } = unit;
        json!({
            "city": city.city, "city_name": city.name, "unit": unit.unit, "state": unit.state.key(),
            "state_words": unit.state.words(Language::Chinese), "file": unit.file,
            "received": unit.received.map(|at| at.format("%Y-%m-%d %H:%M").to_string()), "on_time": unit.on_time,
            "punctuality": unit.punctuality(self, Language::Chinese),
            "targets": targets, "targets_reported": targets_reported, "tasks": tasks, "tasks_reported": tasks_reported,
            "errors": errors, "warnings": warnings, "queries": queries, "overdue": overdue, "to_do": unit.to_do(Language::Chinese),
        })
    }
}

fn city_json(city: &CityStatus) -> Value {
    let StatusCounts { units, on_time, late, undated, missing, .. } = StatusCounts::of(&city.units);
    json!({
        "city": city.city, "name": city.name, "units": units, "on_time": on_time, "late": late,
        "undated": undated, "missing": missing, "unclaimed": city.unclaimed,
    })
}
