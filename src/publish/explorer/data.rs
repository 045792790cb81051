//! The data of the page: the rows of the tables, and the steps of the ledgers with their names written once.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::Disclosure;
use super::composite::CompositeBlock;
use super::withheld::{self, Undisclosed};
use crate::assess::UnitRole;
use crate::evaluation::{CityEvaluation, Evaluation, InputRole};
use crate::ledger::{Ledger, Operation, Step, StepId};
use crate::publish::report::PageTerms;
use crate::publish::table::{Cell, Table};
use crate::words::role_word;

const SCHEMA: &str = "duibiao-explorer/2";

/// Tables of which the page shows the rows of a city.
const OF_CITY: [&str; 4] = ["assessments", "tasks", "units", "submissions"];
/// Types of values, by the number that the page has for them.
const KINDS: [&str; 6] = ["number", "truth", "word", "text", "none", WITHHELD];
/// The type of what is not shown.
const WITHHELD: &str = "withheld";
/// What the first page shows of a city: the last parts of the names of its steps. They stand in the index, so that no city is read for them.
const OVERVIEW: [&str; 8] = [
    "#rate.shown",
    "#met",
    "#assessable",
    "#total",
    "#coverage.shown",
    "#score.shown",
    "#score_missing_as_zero.shown",
    "#grade",
];

/// What units do.
const ROLES: [UnitRole; 3] = [UnitRole::Data, UnitRole::Lead, UnitRole::Shared];

/// Rows of a table.
#[derive(Debug, Default, Serialize)]
pub(super) struct CityRows {
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl CityRows {
    /// Some rows of a table.
    fn of(table: &Table, rows: impl Iterator<Item = usize>) -> Self {
        let rows = rows.filter_map(|at| table.rows.get(at));
        Self {
            columns: table.columns.iter().map(|column| column.name).collect(),
            rows: rows.map(|row| row.iter().map(|cell| text(cell).into_owned()).collect()).collect(),
        }
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

fn text(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Null => Cow::Borrowed(""),
        Cell::Text(text) | Cell::Decimal(text) => Cow::Borrowed(text),
        Cell::Integer(number) => Cow::Owned(number.to_string()),
        Cell::Bool(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
    }
}

/// A table with the rows of each city.
struct OfCities<'a> {
    table: &'a Table,
    rows: BTreeMap<Cow<'a, str>, Vec<usize>>,
}

impl<'a> OfCities<'a> {
    fn new(table: &'a Table) -> Self {
        let mut rows: BTreeMap<Cow<'a, str>, Vec<usize>> = BTreeMap::new();
        let place = table.columns.iter().position(|column| column.name == "city");
        let cities = table.rows.iter().map(|row| place.and_then(|at| row.get(at)).map(text));
        for (at, city) in cities.enumerate() {
            rows.entry(city.unwrap_or_default()).or_default().push(at);
        }
        Self { table, rows }
    }
}

/// What all blocks are made from.
pub(super) struct Pages<'a> {
    evaluation: &'a Evaluation,
    tables: &'a [Table],
    of_cities: Vec<OfCities<'a>>,
    withheld: Option<Undisclosed>,
    /// The steps that only the report asks for, by city; those of none are under the empty name.
    of_report: BTreeMap<&'a str, Vec<&'a Step>>,
    /// The steps whose numerals are printed.
    printed: BTreeSet<&'a str>,
    operations: Vec<String>,
    roles: BTreeMap<&'a str, usize>,
}

/// A step as the page has it: `[kept, id, operation, value, type, unit, arguments, parameters]`. Its name begins with as much of that of the step before
/// it as is kept, in UTF-16 units. Operations and types are places in lists of the index, parameters one in the list of the block, from one.
#[derive(Debug, Serialize)]
struct StepLine<'a>(usize, String, usize, String, usize, &'a str, Vec<ArgPart<'a>>, usize);

/// The lines of a block: what they have in common is written once.
#[derive(Debug, Default)]
struct StepLines {
    before: String,
    params: Vec<Box<RawValue>>,
    places: BTreeMap<String, usize>,
}

impl StepLines {
    /// How much of the name before is kept, and the rest of this one.
    fn name(&mut self, id: &str) -> (usize, String) {
        let alike = self.before.chars().zip(id.chars()).take_while(|(one, other)| one == other);
        let (units, bytes) =
            alike.fold((0, 0), |(units, bytes), (one, _)| (units + one.len_utf16(), bytes + one.len_utf8()));
        self.before.clear();
        self.before.push_str(id);
        (units, id.get(bytes..).unwrap_or_default().to_owned())
    }

    /// The place of parameters; 0 where there are none.
    fn params(&mut self, json: String) -> usize {
        if matches!(json.as_str(), "" | "{}") {
            return 0;
        }
        if let Some(place) = self.places.get(&json) {
            return *place;
        }
        let Ok(raw) = RawValue::from_string(json.clone()) else { return 0 };
        self.params.push(raw);
        self.places.insert(json, self.params.len());
        self.params.len()
    }
}

/// An argument in two parts: its role, a place in a list of the index; then the place of its step, or its name where it stands in another ledger.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum ArgPart<'a> {
    At(usize),
    Named(&'a str),
}

/// The block of a city.
#[derive(Serialize)]
pub(super) struct CityBlock<'a> {
    steps: Vec<StepLine<'a>>,
    /// Parameters of steps.
    params: Vec<Box<RawValue>>,
    /// Places of the steps whose numerals are printed.
    printed: Vec<usize>,
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
    /// What the units, their plans and what is counted are called.
    terms: PageTerms,
    fingerprint: &'a str,
    operations: &'a [String],
    roles: Vec<&'a str>,
    kinds: [&'static str; 6],
    cities: Vec<CityLine<'a>>,
    scores: CityRows,
    /// The index; `None` where the round has none.
    composite: Option<CompositeBlock<'a>>,
    findings: CityRows,
    inputs: Vec<[&'a str; 3]>,
    steps: Vec<StepLine<'a>>,
    params: Vec<Box<RawValue>>,
    printed: Vec<usize>,
}

/// What is known of a city before its block is read: what the search looks through.
#[derive(Serialize)]
struct CityLine<'a> {
    slug: &'a str,
    name: &'a str,
    short: &'a str,
    targets: Vec<[&'a str; 3]>,
    units: Vec<&'a str>,
    /// What the plan calls them by what they do.
    roles: BTreeMap<&'static str, &'a str>,
    /// Steps of the overview, without their arguments.
    totals: Vec<StepLine<'a>>,
}

impl<'a> Pages<'a> {
    /// `report` has the steps that only the report asks for.
    pub(super) fn new(
        evaluation: &'a Evaluation,
        (tables, figures, report): (&'a [Table], Option<&'a Table>, &'a Ledger),
        disclosure: Disclosure,
    ) -> Self {
        let column = figures.and_then(|table| table.columns.iter().position(|column| column.name == "id"));
        let named = figures.into_iter().flat_map(|table| &table.rows).filter_map(|row| row.get(column?));
        let printed =
            named.filter_map(|cell| if let Cell::Text(id) = cell { Some(id.as_str()) } else { None });
        let ledgers =
            || evaluation.cities.iter().map(|city| city.ledger.as_ref()).chain([&evaluation.ledger, report]);
        let steps = || ledgers().flat_map(Ledger::steps);
        // One of each kind is enough to know its word.
        let mut kinds: Vec<&Operation> = Vec::new();
        for step in steps() {
            if !kinds.iter().any(|kind| discriminant(*kind) == discriminant(&step.operation)) {
                kinds.push(&step.operation);
            }
        }
        let operations: BTreeSet<String> = kinds.iter().map(|one| one.key()).collect();
        let roles: BTreeSet<&str> =
            steps().flat_map(|step| &step.args).map(|arg| arg.role.as_ref()).collect();
        let of_cities = tables.iter().filter(|table| OF_CITY.contains(&table.head.name));
        let slugs: BTreeSet<&str> = evaluation.cities.iter().map(|city| city.plan.city.as_str()).collect();
        let mut of_report: BTreeMap<&str, Vec<&Step>> = BTreeMap::new();
        // What only the report counts are findings and rules as well, which a public page does not name.
        for step in report.steps().iter().filter(|_| disclosure == Disclosure::Full) {
            let slug = step.id.as_str().split('/').next().and_then(|slug| slugs.get(slug).copied());
            of_report.entry(slug.unwrap_or_default()).or_default().push(step);
        }
        Self {
            evaluation,
            tables,
            of_cities: of_cities.map(OfCities::new).collect(),
            withheld: (disclosure == Disclosure::Public).then(|| Undisclosed::of(evaluation)),
            of_report,
            printed: printed.collect(),
            operations: operations.into_iter().collect(),
            roles: roles.into_iter().zip(0..).collect(),
        }
    }

    fn table(&self, name: &str) -> CityRows {
        let table = self.tables.iter().find(|table| table.head.name == name);
        table.map(|table| CityRows::of(table, 0..table.rows.len())).unwrap_or_default()
    }

    fn rows_of(&self, tables: &OfCities<'_>, city: &str) -> CityRows {
        let rows = tables.rows.get(city).into_iter().flatten().copied();
        let rows = CityRows::of(tables.table, rows);
        let words = withheld::WORDS_OF_UNITS.iter().find(|(table, _)| *table == tables.table.head.name);
        match (&self.withheld, words) {
            (Some(_), Some((_, columns))) => rows.without(columns),
            _ => rows,
        }
    }

    /// What the page has of a city.
    pub(super) fn city(&self, city: &'a CityEvaluation) -> CityBlock<'a> {
        let slug = city.plan.city.as_str();
        let tables = self.of_cities.iter().map(|tables| (tables.table.head.name, self.rows_of(tables, slug)));
        let mut lines = StepLines::default();
        let (steps, printed) = (self.steps(&city.ledger, slug, &mut lines), self.printed(&city.ledger, slug));
        CityBlock { steps, params: lines.params, printed, tables: tables.collect() }
    }

    fn all(&self, ledger: &'a Ledger, slug: &str) -> impl Iterator<Item = &'a Step> {
        ledger.steps().iter().chain(self.of_report.get(slug).into_iter().flatten().copied())
    }

    /// The places among them of those whose numerals are printed.
    fn printed(&self, ledger: &'a Ledger, slug: &str) -> Vec<usize> {
        let named = self.all(ledger, slug).zip(0..);
        named.filter(|(step, _)| self.printed.contains(step.id.as_str())).map(|(_, at)| at).collect()
    }

    /// The steps of a ledger, and those of the same city that only the report asks for; `slug` is empty for the round.
    fn steps(&self, ledger: &'a Ledger, slug: &str, lines: &mut StepLines) -> Vec<StepLine<'a>> {
        // Behind those of the ledger.
        let more = self.of_report.get(slug).into_iter().flatten().map(|step| &step.id);
        let more: BTreeMap<&StepId, usize> = more.zip(ledger.steps().len()..).collect();
        let place = |id: &StepId| ledger.place(id).or_else(|| more.get(id).copied());
        self.all(ledger, slug)
            .enumerate()
            .map(|(at, step)| {
                let mut args = Vec::new();
                for arg in &step.args {
                    args.push(ArgPart::At(self.roles.get(arg.role.as_ref()).copied().unwrap_or_default()));
                    args.push(place(&arg.id).map_or_else(|| ArgPart::Named(arg.id.as_str()), ArgPart::At));
                }
                self.line((at, step), slug, args, lines)
            })
            .collect()
    }

    /// A step, the one of this place in its ledger. What is not shown has no value, and of its parameters only who reported, and of which year.
    fn line(
        &self,
        (at, step): (usize, &'a Step),
        slug: &str,
        args: Vec<ArgPart<'a>>,
        lines: &mut StepLines,
    ) -> StepLine<'a> {
        let kind = |kind: &str| KINDS.iter().position(|one| *one == kind).unwrap_or_default();
        let (operation, mut params) = step.operation.written();
        let operation = self.operations.binary_search(&operation).unwrap_or_default();
        if self.withheld.is_some() && matches!(step.operation, Operation::Decision { .. }) {
            params = without_words(&params);
        }
        if !self.withheld.as_ref().is_some_and(|withheld| withheld.has(step)) {
            let value = step.value.to_string();
            let (kept, id) = lines.name(below(step.id.as_str(), slug));
            let (kind, params) = (kind(step.value.kind()), lines.params(params));
            return StepLine(kept, id, operation, value, kind, &step.unit, args, params);
        }
        // The place of a finding tells whose it is.
        let (kept, id) = match step.operation {
            Operation::Finding => lines.name(&format!("finding/{at}")),
            _ => lines.name(below(step.id.as_str(), slug)),
        };
        let params = if matches!(step.operation, Operation::Read { .. }) { lines.params(params) } else { 0 };
        StepLine(kept, id, operation, String::new(), kind(WITHHELD), "", args, params)
    }

    /// What is known of a city before its block is read.
    fn summary(&self, city: &'a CityEvaluation, lines: &mut StepLines) -> CityLine<'a> {
        let targets = city.assessments.iter().filter(|judged| judged.is_primary());
        let slug = city.plan.city.as_str();
        let step = |name: &&str| city.ledger.step(&StepId::new(format!("{slug}/{name}")));
        CityLine {
            slug,
            name: &city.plan.name,
            short: &city.plan.short,
            targets: targets
                .map(|judged| {
                    let name = city.plan.indicator(&judged.no).map_or("", |row| row.name.as_str());
                    [judged.no.as_str(), name, judged.state.key()]
                })
                .collect(),
            units: city.units.iter().chain(&city.sharers).map(|unit| unit.unit.as_str()).collect(),
            roles: ROLES.into_iter().map(|role| (role.key(), role_word(&city.plan, role))).collect(),
            totals: OVERVIEW
                .iter()
                .filter_map(step)
                .map(|step| self.line((0, step), "", Vec::new(), lines))
                .collect(),
        }
    }
}

/// The parameters of a decision without the words of people, which may quote what a unit wrote.
fn without_words(params: &str) -> String {
    match serde_json::from_str(params) {
        Ok(Value::Object(mut own)) => {
            own.retain(|name, _| !withheld::WORDS_OF_DECISIONS.contains(&name.as_str()));
            Value::Object(own).to_string()
        }
        Ok(_) | Err(_) => String::new(),
    }
}

/// What a step of a city is called in its block: without the city, which the block is of.
fn below<'a>(id: &'a str, slug: &str) -> &'a str {
    let rest = id.strip_prefix(slug).filter(|rest| !slug.is_empty() && rest.starts_with('/'));
    rest.unwrap_or(id)
}

impl<'a> IndexBlock<'a> {
    pub(super) fn new(pages: &'a Pages<'a>, fingerprint: &'a str) -> Self {
        let evaluation = pages.evaluation;
        let round = &evaluation.round;
        let is_public = pages.withheld.is_some();
        let findings = if is_public { CityRows::default() } else { pages.table("findings") };
        let inputs = evaluation.inputs.iter();
        let mut lines = StepLines::default();
        let cities = evaluation.cities.iter().map(|city| pages.summary(city, &mut lines)).collect();
        // The steps of the round begin anew.
        lines.before.clear();
        let steps = pages.steps(&evaluation.ledger, "", &mut lines);
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
            terms: PageTerms::of(&evaluation.cities, round.year()),
            fingerprint,
            operations: &pages.operations,
            roles: pages.roles.keys().copied().collect(),
            kinds: KINDS,
            cities,
            scores: pages.table("scores"),
            composite: CompositeBlock::of(evaluation),
            findings,
            inputs: inputs
                .filter(|file| !(is_public && file.role == InputRole::Evidence))
                .map(|file| [file.role.chinese(), file.path.as_str(), file.digests.sha256.as_str()])
                .collect(),
            steps,
            params: lines.params,
            printed: pages.printed(&evaluation.ledger, ""),
        }
    }
}
