//! The long tables of every stage, one file each: columns with what they mean and how their cells are made.
//!
//! A new column is an entry in its table's list; a new table is a file and a line in [`TABLES`]. `docs/tables.md` has the same columns in the
//! same words, to which a test holds it.

mod actions;
mod assessments;
mod comparisons;
mod decisions;
mod derivation;
mod evidence;
mod facts;
mod figures;
mod findings;
mod index_draws;
mod index_scores;
mod index_without;
mod lineage;
mod observations;
mod paces;
mod questions;
mod restatements;
mod scores;
mod signoff;
mod submissions;
mod tasks;
mod units;

pub(super) use decisions::{named_by, table as decisions};
pub use signoff::table as signoff;

use chrono::NaiveDateTime;
use rayon::prelude::*;

use super::documents;
use super::figure::LineageStep;
use super::report::{Context, Numerals};
use super::table::{Cell, Table};
use crate::error::RunError;
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::plan::Origin;
use crate::quantity::Value;
use crate::rounding::plain;

/// The tables of a round or a city, in the order of the stages; the lineage comes behind.
const TABLES: &[fn(&Evaluation) -> Table] = &[
    submissions::table,
    observations::table,
    evidence::table,
    observations::replaced,
    facts::table,
    assessments::table,
    tasks::table,
    scores::table,
    units::table,
    findings::table,
    decisions::table,
    restatements::table,
    comparisons::table,
    questions::table,
    actions::table,
];

/// Those of a round with an index.
const INDEX_TABLES: &[fn(&Evaluation) -> Table] =
    &[index_scores::table, index_draws::table, index_without::table];

/// Those of a round of a part of a year: of nothing that is judged of the year.
const PART_TABLES: &[fn(&Evaluation) -> Table] = &[
    submissions::table,
    observations::table,
    evidence::table,
    observations::replaced,
    facts::table,
    paces::table,
    tasks::table,
    findings::table,
];

/// Builds all tables, in the order of the stages.
///
/// # Errors
/// Fails when the report cannot be built, whose numerals are a table: a fault of the program.
pub fn tables(evaluation: &Evaluation) -> Result<Vec<Table>, RunError> {
    let (_, numerals) = documents::built(&Context::new(evaluation, "", ""), None)?;
    Ok(with_numerals(evaluation, &numerals))
}

/// All tables, with those numerals.
pub(super) fn with_numerals(evaluation: &Evaluation, numerals: &Numerals) -> Vec<Table> {
    if !evaluation.round.period.is_annual() {
        let mut tables: Vec<Table> = PART_TABLES.par_iter().map(|table| table(evaluation)).collect();
        tables.push(derivation::table(evaluation, &numerals.own_steps));
        tables.push(figures::table(&numerals.printed));
        return tables;
    }
    let of_ledgers = || {
        let figures = || figures::table(&numerals.printed);
        rayon::join(|| derivation::table(evaluation, &numerals.own_steps), figures)
    };
    let of_stages = || with_lineage(evaluation, &super::lineage(evaluation));
    let (mut tables, (derivation, figures)) = rayon::join(of_stages, of_ledgers);
    // The lineage is the last of those of the stages.
    tables.insert(TABLES.len(), derivation);
    tables.push(figures);
    tables
}

/// The tables without those of the ledgers and of the numerals that print them.
pub(super) fn without_ledgers(evaluation: &Evaluation) -> Vec<Table> {
    with_lineage(evaluation, &super::lineage(evaluation))
}

/// The same of what concerns one city, without the totals of the round.
pub(super) fn of_city(own: &Evaluation) -> Vec<Table> {
    let mut steps = super::lineage(own);
    steps.retain(|step| !step.figure.is_of_round());
    with_lineage(own, &steps)
}

fn with_lineage(evaluation: &Evaluation, steps: &[LineageStep]) -> Vec<Table> {
    let mut tables: Vec<Table> = TABLES.par_iter().map(|table| table(evaluation)).collect();
    tables.push(lineage::table(steps));
    // 数字指纹 of rounds without an index knows nothing of these.
    if evaluation.composite.is_some() {
        tables.extend(of_index(evaluation));
    }
    tables
}

/// Those of a round with an index; of another one they are empty, and no part of its output.
pub fn of_index(evaluation: &Evaluation) -> Vec<Table> {
    INDEX_TABLES.iter().map(|table| table(evaluation)).collect()
}

/// A thing of a city, with the city.
struct Own<'a, T> {
    city: &'a CityEvaluation,
    one: &'a T,
}

/// The things of all cities, each with its city.
fn own<'a, T: 'a>(
    evaluation: &'a Evaluation,
    of: fn(&CityEvaluation) -> &[T],
) -> impl Iterator<Item = Own<'a, T>> {
    evaluation.cities.iter().flat_map(move |city| of(city).iter().map(move |one| Own { city, one }))
}

/// ISO 8601 to the minute.
fn minute(time: NaiveDateTime) -> String {
    time.format("%Y-%m-%dT%H:%M").to_string()
}

fn number(value: Option<Value>) -> Cell {
    match value {
        Some(Value::Number(value)) => Cell::Decimal(plain(value)),
        Some(Value::Presence(_)) | None => Cell::Null,
    }
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Table => "table",
        Origin::Prose => "prose",
    }
}
