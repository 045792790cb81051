//! The counts of returns and findings of a city, or of all.

use super::context::Context;
use super::units::{say_units, say_units_of};
use crate::assess::UnitSummary;
use crate::evaluation::CityEvaluation;
use crate::finding::Severity;
use crate::ledger::StepId;

/// The counts of a city's returns, or of all, with what is counted.
pub(super) fn say_returns(
    context: &Context<'_>,
    whose: Option<&CityEvaluation>,
    counts: [usize; 8],
) -> [String; 8] {
    let [expected, on_time, late, missing, workbooks, errors, warnings, notes] = counts;
    let units = |name: &str, wanted: Option<Option<bool>>, number: usize| {
        let of = |unit: &UnitSummary| wanted.is_none_or(|wanted| unit.on_time == wanted);
        match whose {
            Some(city) => say_units_of(context, city, name, of, number),
            None => say_units(context, name, of, number),
        }
    };
    let is_own = |slug: &str| whose.is_none_or(|city| city.plan.city == *slug);
    let of = whose.map_or("round", |city| city.plan.city.as_str());
    let findings = |name: &str, severity: Severity, number: usize| {
        let own = context.told.iter().copied().filter(|finding| {
            finding.problem.severity() == severity && is_own(finding.subject.city.as_str())
        });
        context.book.count_findings(&format!("{of}/#findings.{name}"), own, number)
    };
    let cities = context.cities().iter().filter(|city| is_own(city.plan.city.as_str()));
    let files = cities.flat_map(|city| &city.collected.submissions).map(|one| StepId::new(&one.file));
    [
        units("all", None, expected),
        units("on_time", Some(Some(true)), on_time),
        units("late", Some(Some(false)), late),
        units("silent", Some(None), missing),
        context.book.count(&format!("{of}/#workbooks"), files, &[], workbooks),
        findings("error", Severity::Error, errors),
        findings("warning", Severity::Warning, warnings),
        findings("note", Severity::Note, notes),
    ]
}
