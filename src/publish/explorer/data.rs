//! The data of the page: the rows of the tables, and the steps of the ledgers with their names written once.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use super::Disclosure;
use crate::evaluation::{CityEvaluation, Evaluation, InputRole};
use crate::ledger::{Ledger, Operation, Step};
use crate::publish::table::{Cell, Table};

const SCHEMA: &str = "duibiao-explorer/1";

/// Tables of which the page shows the rows of a city.
const OF_CITY: [&str; 4] = ["assessments", "tasks", "units", "submissions"];
/// Columns of these with words of units or of findings: why there is no verdict, what was done for a task, evidence, the people who filled in and checked.
/// (The `progress` of a target is a number, and stays.)
const WORDS_OF_UNITS: [(&str, &[&str]); 3] = [
    ("assessments", &["reason"]),
    ("tasks", &["progress", "evidence"]),
    ("submissions", &["filled_by", "checked_by", "filled_on"]),
];
/// Types of values, by the number that the page has for them.
const KINDS: [&str; 6] = ["number", "truth", "word", "text", "none", WITHHELD];
/// The type of what is not shown.
const WITHHELD: &str = "withheld";

/// CityRows of a table.
#[derive(Debug, Default, Serialize)]
pub(super) struct CityRows {
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl CityRows {
    fn of(table: &Table, city: Option<&str>) -> Self {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        let place = columns.iter().position(|name| *name == "city");
        let is_own = |row: &&Vec<Cell>| {
            city.is_none_or(|city| place.and_then(|at| row.get(at)).is_some_and(|cell| text(cell) == city))
        };
        let rows = table.rows.iter().filter(is_own).map(|row| row.iter().map(text).collect()).collect();
        Self { columns, rows }
    }

    /// Empties columns.
    fn without(mut self, names: &[&str]) -> Self {
        for row in &mut self.rows {
            for (cell, _) in row.iter_mut().zip(&self.columns).filter(|(_, name)| names.contains(name)) {
                cell.clear();
            }
        }
        self
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Text(text) | Cell::Decimal(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        Cell::Bool(truth) => truth.to_string(),
    }
}

/// What all blocks are made from.
pub(super) struct Pages<'a> {
    evaluation: &'a Evaluation,
    tables: &'a [Table],
    disclosure: Disclosure,
    operations: Vec<String>,
    roles: Vec<&'a str>,
}

/// The block of a city.
#[derive(Serialize)]
pub(super) struct CityBlock {
    steps: Vec<Value>,
    tables: BTreeMap<&'static str, CityRows>,
}

/// The block that the page reads first.
#[derive(Serialize)]
pub(super) struct IndexBlock<'a> {
    schema: &'static str,
    version: &'static str,
    disclosure: &'static str,
    year: i32,
    edition: &'static str,
    title: String,
    issuer: &'a str,
    report_date: String,
    answer_by: String,
    illustrative: bool,
    fingerprint: &'a str,
    operations: &'a [String],
    roles: &'a [&'a str],
    kinds: [&'static str; 6],
    cities: Vec<CityLine<'a>>,
    scores: CityRows,
    findings: CityRows,
    inputs: Vec<[&'a str; 3]>,
    steps: Vec<Value>,
}

/// What is known of a city before its block is read: what the search looks through.
#[derive(Serialize)]
struct CityLine<'a> {
    slug: &'a str,
    name: &'a str,
    short: &'a str,
    targets: Vec<[&'a str; 3]>,
    units: Vec<&'a str>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(evaluation: &'a Evaluation, tables: &'a [Table], disclosure: Disclosure) -> Self {
        let ledgers = || evaluation.cities.iter().map(|city| &city.ledger).chain([&evaluation.ledger]);
        let steps = || ledgers().flat_map(Ledger::steps);
        let operations: BTreeSet<String> = steps().map(|step| step.operation.key()).collect();
        let roles: BTreeSet<&str> =
            steps().flat_map(|step| &step.args).map(|arg| arg.role.as_ref()).collect();
        Self {
            evaluation,
            tables,
            disclosure,
            operations: operations.into_iter().collect(),
            roles: roles.into_iter().collect(),
        }
    }

    fn table(&self, name: &str, city: Option<&str>) -> CityRows {
        let table = self.tables.iter().find(|table| table.head.name == name);
        let rows = table.map(|table| CityRows::of(table, city)).unwrap_or_default();
        let words = WORDS_OF_UNITS.iter().find(|(table, _)| *table == name);
        match (self.disclosure, words) {
            (Disclosure::Public, Some((_, columns))) => rows.without(columns),
            _ => rows,
        }
    }

    /// What the page has of a city.
    pub(super) fn city(&self, city: &CityEvaluation) -> CityBlock {
        let slug = Some(city.plan.city.as_str());
        CityBlock {
            steps: self.steps(&city.ledger),
            tables: OF_CITY.into_iter().map(|name| (name, self.table(name, slug))).collect(),
        }
    }

    /// The steps of a ledger: `[id, operation, value, type, unit, arguments, parameters]`. Operations, types and roles are places in lists of the
    /// index; an argument is a role and the place of its step, or its name where it stands in another ledger.
    fn steps(&self, ledger: &Ledger) -> Vec<Value> {
        let places: BTreeMap<&str, usize> =
            ledger.steps().iter().enumerate().map(|(at, step)| (step.id.as_str(), at)).collect();
        let all = ledger.steps().iter().enumerate();
        all.map(|(at, step)| self.step(at, step, &places)).collect()
    }

    fn step(&self, at: usize, step: &Step, places: &BTreeMap<&str, usize>) -> Value {
        let mut args = Vec::new();
        for arg in &step.args {
            let role = self.roles.iter().position(|role| *role == arg.role);
            args.push(json!(role));
            let place = places.get(arg.id.as_str());
            args.push(place.map_or_else(|| json!(arg.id.as_str()), |place| json!(place)));
        }
        let operation = step.operation.key();
        let operation = self.operations.iter().position(|one| *one == operation);
        let params: Value = serde_json::from_str(&step.operation.params()).unwrap_or(Value::Null);
        let kind = |kind: &str| KINDS.iter().position(|one| *one == kind);
        if self.is_withheld(step) {
            // The place of a finding tells whose it is.
            let id = if matches!(step.operation, Operation::Finding) {
                format!("finding/{at}")
            } else {
                step.id.to_string()
            };
            return json!([id, operation, "", kind(WITHHELD), "", args, params]);
        }
        let value = step.value.to_string();
        json!([step.id.as_str(), operation, value, kind(step.value.kind()), &*step.unit, args, params])
    }

    /// Whether a step is not shown: cells, what units wrote in them, and findings.
    fn is_withheld(&self, step: &Step) -> bool {
        let is_of_units =
            matches!(step.operation, Operation::Cell { .. } | Operation::Read { .. } | Operation::Finding);
        self.disclosure == Disclosure::Public && is_of_units
    }
}

impl<'a> IndexBlock<'a> {
    pub(super) fn new(pages: &'a Pages<'a>, fingerprint: &'a str) -> Self {
        let evaluation = pages.evaluation;
        let round = &evaluation.round;
        let is_public = pages.disclosure == Disclosure::Public;
        let findings = if is_public { CityRows::default() } else { pages.table("findings", None) };
        let inputs = evaluation.inputs.iter();
        Self {
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION"),
            disclosure: if is_public { "public" } else { "full" },
            year: round.year(),
            edition: round.edition.chinese(),
            title: round.title.concat(),
            issuer: &round.issuer,
            report_date: round.report_date.to_string(),
            answer_by: round.answer_by.to_string(),
            illustrative: round.illustrative,
            fingerprint,
            operations: &pages.operations,
            roles: &pages.roles,
            kinds: KINDS,
            cities: evaluation.cities.iter().map(line).collect(),
            scores: pages.table("scores", None),
            findings,
            inputs: inputs
                .filter(|file| !(is_public && file.role == InputRole::Evidence))
                .map(|file| [file.role.chinese(), file.path.as_str(), file.digests.sha256.as_str()])
                .collect(),
            steps: pages.steps(&evaluation.ledger),
        }
    }
}

fn line(city: &CityEvaluation) -> CityLine<'_> {
    let targets = city.assessments.iter().filter(|judged| judged.is_primary());
    CityLine {
        slug: city.plan.city.as_str(),
        name: &city.plan.name,
        short: &city.plan.short,
        targets: targets
            .map(|judged| {
                let name = city.plan.indicator(&judged.no).map_or("", |row| row.name.as_str());
                [judged.no.as_str(), name, judged.state.key()]
            })
            .collect(),
        units: city.units.iter().chain(&city.sharers).map(|unit| unit.unit.as_str()).collect(),
    }
}
