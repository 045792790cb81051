//! Issuing: the workbooks of the units that are asked, and the register with the questions. What was asked before and rests is not asked again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::ask::{AskedFindings, questions};
use super::notes::marks;
use super::sheet::{LOOKS, SheetHead, sheet};
use super::texts::TAG;
use super::{QueriesIssued, QueriesOrder, QueryIssued, QueryItem, read_book};
use crate::collect::Submission;
use crate::error::{QueryRefusal, RunError};
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::files::{self, Staging};
use crate::forms::RegistersHeld;
use crate::ident::{CityId, UnitName};
use crate::inputs::Inputs;
use crate::plan::{
    ISSUED_FOLDER, Plan, QUERIES, QueryEvent, QueryEventKind, QueryKey, QueryNumber, QueryRegister, Round,
    read_queries,
};
use crate::workbook::Pool;
use crate::workbook::patch::{PatchOrder, PatchRefusal, PatchedBook, new_book, patch};

/// A city with what is new in it.
struct CityQueries {
    city: CityId,
    new: BTreeMap<String, Vec<u8>>,
    register: QueryRegister,
}

/// Asks the units of a round, or says what would be asked. All workbooks are made before the first is written; those of a city appear together, and the
/// register says which they are.
///
/// # Errors
/// Fails when nobody or an unknown unit is named, when a register is not whole, or when a file cannot be read or written.
pub fn issue(
    order: &QueriesOrder,
    inputs: &Inputs,
    evaluation: &Evaluation,
    pool: &Pool,
    mut held: Option<RegistersHeld>,
) -> Result<QueriesIssued, RunError> {
    if order.by.trim().is_empty() {
        return Err(RunError::Queries { path: order.round.clone(), why: QueryRefusal::Nobody });
    }
    let plans: Vec<&Plan> = evaluation.cities.iter().map(|city| &city.plan).collect();
    let asked = AskedFindings::of(evaluation);
    let wanted = wanted(order, evaluation.round.year(), &plans, &asked)?;
    let mut done = QueriesIssued { of_nobody: asked.of_nobody(), ..QueriesIssued::default() };
    let mut cities: Vec<CityQueries> = Vec::new();
    for (city, units) in evaluation.cities.iter().zip(&wanted) {
        let folder = order.round.join(city.plan.city.as_str());
        let register = read_queries(inputs, &folder.join(QUERIES))?;
        let (city_id, new) = (city.plan.city.clone(), BTreeMap::new());
        let mut own = CityQueries { city: city_id, new, register };
        let making =
            BookMaking { order, inputs, round: &evaluation.round, pool, asked: &asked, city, folder };
        for unit in units {
            making.unit(unit, &mut own, &mut done)?;
        }
        cities.push(own);
    }
    inputs.unchanged()?;
    let Some(held) = held.as_mut().filter(|_| !order.is_dry) else { return Ok(done) };
    let mut staged: Vec<(Staging, Vec<String>)> = Vec::new();
    for city in cities.iter().filter(|city| !city.new.is_empty()) {
        let Some(staging) = held.take(&city.city) else { continue };
        for (name, bytes) in &city.new {
            staging.write(name, bytes)?;
        }
        staging.write(QUERIES, &city.register.written()?)?;
        staged.push((staging, city.new.keys().cloned().collect()));
    }
    for (staging, names) in staged {
        staging.add(&names, QUERIES)?;
    }
    Ok(done)
}

/// The units of each plan that are asked: those that report, in the order of the plan, then others that findings name.
fn wanted(
    order: &QueriesOrder,
    year: i32,
    plans: &[&Plan],
    asked: &AskedFindings<'_>,
) -> Result<Vec<Vec<UnitName>>, RunError> {
    let all = |plan: &Plan| {
        let mut units = plan.reporting_units(year);
        for unit in asked.units_of(&plan.city) {
            if !units.contains(unit) {
                units.push(unit.clone());
            }
        }
        units
    };
    if order.units.is_empty() {
        return Ok(plans.iter().map(|plan| all(plan)).collect());
    }
    let named = |plan: &Plan, name: &str| {
        plan.unit_named(name, year).or_else(|| all(plan).into_iter().find(|unit| *unit == *name))
    };
    if let Some(unit) = order.units.iter().find(|name| plans.iter().all(|plan| named(plan, name).is_none())) {
        let known: BTreeSet<String> =
            plans.iter().flat_map(|plan| all(plan)).map(|unit| unit.to_string()).collect();
        let why = QueryRefusal::NoSuchUnit { unit: unit.clone(), known: known.into_iter().collect() };
        return Err(RunError::Queries { path: order.round.clone(), why });
    }
    let chosen = |plan: &&Plan| {
        let named: Vec<UnitName> = order.units.iter().filter_map(|name| named(plan, name)).collect();
        all(plan).into_iter().filter(|unit| named.contains(unit)).collect()
    };
    Ok(plans.iter().map(chosen).collect())
}

/// What the query workbooks of a city are made from.
struct BookMaking<'a> {
    order: &'a QueriesOrder,
    inputs: &'a Inputs,
    round: &'a Round,
    pool: &'a Pool,
    asked: &'a AskedFindings<'a>,
    city: &'a CityEvaluation,
    folder: PathBuf,
}

impl BookMaking<'_> {
    /// Makes the query workbook of a unit, where there is anything to ask.
    fn unit(&self, unit: &UnitName, own: &mut CityQueries, done: &mut QueriesIssued) -> Result<(), RunError> {
        let Some(base) = self.city.collected.submissions.iter().find(|one| one.is_used_of(unit)) else {
            // A unit that has sent nothing that counts is urged, not asked.
            done.of_nobody += self.asked.count_of(self.city, unit);
            return Ok(());
        };
        let findings = self.asked.of_unit(self.city, unit, &base.file);
        if findings.is_empty() {
            return Ok(());
        }
        let (bytes, book) = read_book(&self.order.round.join(&base.file), self.inputs, self.pool)?;
        let before = own.register.queries();
        let (questions, resting) = questions(&findings, self.city, unit, &book, &before);
        done.resting += resting;
        if questions.is_empty() {
            return Ok(());
        }
        let plan = &self.city.plan;
        let place = own.register.sent_to(unit, self.round.period).saturating_add(1);
        let number =
            QueryNumber { city: plan.name.clone(), period: self.round.period, unit: unit.clone(), place };
        let (made, alone) = self.workbook(&number, base, &bytes, &questions)?;
        let name = number.file_name(made.has_macros);
        let at = self.folder.join(ISSUED_FOLDER).join(&name);
        check_free(&at, &made.bytes)?;
        for question in &questions {
            own.register.add(self.event(&number, question, base));
        }
        own.new.insert(name, made.bytes);
        done.books.push(QueryIssued {
            city: plan.city.clone(),
            number,
            path: at,
            base: base.file.clone(),
            alone,
            questions,
            without_note: made.without_note,
        });
        Ok(())
    }

    /// The unit's own workbook with its marks, or the sheet alone, and why.
    fn workbook(
        &self,
        number: &QueryNumber,
        base: &Submission,
        bytes: &[u8],
        questions: &[QueryItem],
    ) -> Result<(PatchedBook, Option<PatchRefusal>), RunError> {
        let head = |is_alone: bool| SheetHead {
            plan: &self.city.plan,
            round: self.round,
            unit: &number.unit,
            number,
            base: super::texts::base(base),
            sm3: &base.digests.sm3,
            is_alone,
        };
        let limits = &self.round.limits;
        let marks = marks(number, questions);
        let (own, properties) = sheet(&head(false), questions);
        let order =
            PatchOrder { marks: &marks, tag: TAG, looks: LOOKS, sheet: &own, properties: &properties };
        match patch(bytes, &order, limits) {
            Ok(made) => Ok((made, None)),
            Err(why) => {
                let (alone, properties) = sheet(&head(true), questions);
                let order = PatchOrder { marks: &[], sheet: &alone, properties: &properties, ..order };
                let made = new_book(&order, limits);
                let failed = |_| RunError::output(number.to_string(), "new_book");
                Ok((made.map_err(failed)?, Some(why)))
            }
        }
    }

    fn event(&self, number: &QueryNumber, question: &QueryItem, base: &Submission) -> QueryEvent {
        let (sheet, cell) = match &question.cell {
            Some((sheet, at)) => (sheet.clone(), at.to_string()),
            None => (String::new(), String::new()),
        };
        QueryEvent {
            on: self.order.on,
            key: QueryKey { number: number.clone(), item: question.item },
            kind: if question.previous.is_some() { QueryEventKind::AskedAgain } else { QueryEventKind::Sent },
            by: self.order.by.trim().to_owned(),
            content: question.problem.clone(),
            reason: question.previous.as_ref().map(QueryKey::as_previous).unwrap_or_default(),
            evidence: String::new(),
            code: question.code.to_owned(),
            object: question.object.clone(),
            sheet,
            cell,
            was: question.raw().to_owned(),
            now: String::new(),
            file: files::name(Path::new(&base.file)),
            sm3: base.digests.sm3.clone(),
        }
    }
}

/// Nothing else may lie where a query workbook is to be put; the same one may, when a run was killed before it was recorded.
fn check_free(path: &Path, bytes: &[u8]) -> Result<(), RunError> {
    let there = files::look(path).map_err(|source| RunError::reading(path, source))?;
    if there.is_none() || files::read(path)? == bytes {
        return Ok(());
    }
    Err(RunError::Queries { path: path.to_owned(), why: QueryRefusal::Taken })
}
