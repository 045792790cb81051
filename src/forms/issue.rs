//! Issuing: what has changed since the last time is written and recorded, what has not is left as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::book::{self, BookHead};
use super::held::hold;
use super::{Form, FormIssued, FormsOrder};
use super::{asked, cover, evidence, table, tasks};
use crate::digest::Digests;
use crate::error::{FormsRefusal, RunError};
use crate::files::{self, Staging};
use crate::inputs::Inputs;
use crate::plan::{ISSUED, ISSUED_FOLDER, IssuedForms, IssuedRow, Origin, Plan, Round, read_issued};

/// The forms of a city: what is said of each, those that are new, and the register with them.
struct OfCity {
    folder: PathBuf,
    told: Vec<FormIssued>,
    new: BTreeMap<String, Vec<u8>>,
    register: IssuedForms,
}

/// Issues the forms of a round. All are made before the first is written; those of a city appear together, and the register says which they are.
///
/// # Errors
/// Fails when nobody or an unknown unit is named, when a register or a form that was issued is not what it was, or when a file cannot be written.
pub fn issue(
    order: &FormsOrder,
    inputs: &Inputs,
    round: &Round,
    plans: &[Plan],
) -> Result<Vec<FormIssued>, RunError> {
    let refused = |why| RunError::Forms { path: order.round.clone(), why };
    if order.by.trim().is_empty() {
        return Err(refused(FormsRefusal::Nobody));
    }
    let wanted = wanted(order, round, plans).map_err(refused)?;
    if let Some(output) = &order.output
        && files::look(output).map_err(|source| RunError::reading(output, source))?.is_some()
    {
        return Err(RunError::Forms { path: output.clone(), why: FormsRefusal::Exists });
    }
    // Held before a register is read: what another run adds in between would be lost.
    let mut held = hold(&order.round, plans.iter().map(|plan| plan.city.clone()))?;
    let mut cities: Vec<OfCity> = Vec::new();
    for (plan, units) in plans.iter().zip(&wanted) {
        let own = asked::forms(plan, round);
        let own = own.into_iter().filter(|form| units.contains(form.unit.as_str())).collect();
        cities.push(of_city(order, inputs, plan, own)?);
    }
    inputs.unchanged()?;
    let mut staged: Vec<(Staging, Vec<String>)> = Vec::new();
    for (city, plan) in cities.iter().zip(plans).filter(|(city, _)| !city.new.is_empty()) {
        let Some(staging) = held.take(&plan.city) else { continue };
        for (name, bytes) in &city.new {
            staging.write(name, bytes)?;
        }
        staging.write(ISSUED, &city.register.written()?)?;
        staged.push((staging, city.new.keys().cloned().collect()));
    }
    let copies = order.output.as_deref().map(|output| copies(output, &cities)).transpose()?;
    for (staging, names) in staged {
        staging.add(&names, ISSUED)?;
    }
    copies.map_or(Ok(()), Staging::publish)?;
    Ok(cities.into_iter().flat_map(|city| city.told).collect())
}

/// The units of each plan for which forms are made.
fn wanted(order: &FormsOrder, round: &Round, plans: &[Plan]) -> Result<Vec<BTreeSet<String>>, FormsRefusal> {
    let year = round.year();
    let all = |plan: &Plan| {
        plan.reporting_units(year).iter().map(ToString::to_string).collect::<BTreeSet<String>>()
    };
    if order.units.is_empty() {
        return Ok(plans.iter().map(all).collect());
    }
    let mut wanted: Vec<BTreeSet<String>> = plans.iter().map(|_| BTreeSet::new()).collect();
    for name in &order.units {
        let mut is_known = false;
        for (plan, units) in plans.iter().zip(&mut wanted) {
            if let Some(unit) = plan.unit_named(name, year) {
                units.insert(unit.to_string());
                is_known = true;
            }
        }
        if !is_known {
            let known: BTreeSet<String> = plans.iter().flat_map(all).collect();
            return Err(FormsRefusal::NoSuchUnit { unit: name.clone(), known: known.into_iter().collect() });
        }
    }
    Ok(wanted)
}

fn of_city(
    order: &FormsOrder,
    inputs: &Inputs,
    plan: &Plan,
    forms: Vec<Form<'_>>,
) -> Result<OfCity, RunError> {
    let folder = order.round.join(plan.city.as_str());
    let register = read_issued(inputs, &folder.join(ISSUED))?;
    let plan_sm3 = inputs.digests(&folder.join("plan.toml"))?.sm3;
    let mut city = OfCity { folder, told: Vec::new(), new: BTreeMap::new(), register };
    for mut form in forms {
        let period = form.round.period.to_string();
        let before = city.register.last_of(form.unit.as_str(), &period).cloned();
        if let Some(before) = &before {
            check(inputs, &city.folder, before)?;
        }
        let edition = before.as_ref().map_or(1, |before| before.edition.saturating_add(1));
        let is_new = before.as_ref().is_none_or(|before| before.template != form.number_of(before.edition));
        let (edition, file) = match &before {
            Some(before) if !is_new => (before.edition, before.file.clone()),
            _ => (edition, form.file_of(edition)),
        };
        form.number = form.number_of(edition);
        let path = city.folder.join(ISSUED_FOLDER).join(&file);
        if is_new {
            let bytes = workbook(&form)?;
            check_free(&path, &bytes)?;
            city.register.rows.push(IssuedRow {
                on: order.on,
                unit: form.unit.to_string(),
                period,
                edition,
                template: form.number.clone(),
                file: file.clone(),
                sm3: Digests::of(&bytes).sm3,
                plan_sm3: plan_sm3.clone(),
                by: order.by.trim().to_owned(),
            });
            city.new.insert(file, bytes);
        }
        city.told.push(told(&form, edition, is_new, path));
    }
    Ok(city)
}

fn told(form: &Form<'_>, edition: u32, is_new: bool, path: PathBuf) -> FormIssued {
    FormIssued {
        city: form.plan.city.clone(),
        unit: form.unit.clone(),
        edition,
        is_new,
        number: form.number.clone(),
        path,
        rows: form.part(Origin::Table).count(),
        prose: form.part(Origin::Prose).count(),
        tasks: form.tasks.len(),
    }
}

/// A form that was issued must be there as it was.
fn check(inputs: &Inputs, folder: &Path, issued: &IssuedRow) -> Result<(), RunError> {
    let path = folder.join(ISSUED_FOLDER).join(&issued.file);
    if !inputs.is_there(&path)? {
        return Err(RunError::Forms { path, why: FormsRefusal::Gone });
    }
    let is_same = inputs.digests(&path)?.sm3 == issued.sm3;
    if is_same { Ok(()) } else { Err(RunError::Forms { path, why: FormsRefusal::Altered }) }
}

/// Nothing else may lie where a form is to be put; the same form may, when a run was killed before it was recorded.
fn check_free(path: &Path, bytes: &[u8]) -> Result<(), RunError> {
    let there = files::look(path).map_err(|source| RunError::reading(path, source))?;
    if there.is_none() || files::read(path)? == bytes {
        return Ok(());
    }
    Err(RunError::Forms { path: path.to_owned(), why: FormsRefusal::Taken })
}

/// Copies of the forms in force, by city.
fn copies(output: &Path, cities: &[OfCity]) -> Result<Staging, RunError> {
    let staging = Staging::beside(output, |folder| files::look(folder).map(|found| found.is_none()))?;
    for city in cities {
        for form in &city.told {
            let name = files::name(&form.path);
            let bytes = match city.new.get(&name) {
                Some(bytes) => bytes.clone(),
                None => files::read(&form.path)?,
            };
            staging.write(&format!("{}/{name}", form.city), &bytes)?;
        }
    }
    Ok(staging)
}

/// The workbook of a form.
fn workbook(form: &Form<'_>) -> Result<Vec<u8>, RunError> {
    let tables = [table::sheet, tasks::sheet];
    let mut sheets = vec![cover::sheet(form)];
    for make in tables {
        sheets.extend(make(form, sheets.len()));
    }
    sheets.push(evidence::sheet(sheets.len()));
    let head = BookHead {
        title: form.title(),
        unit: form.unit.to_string(),
        date: form.round.report_date,
        number: form.number.clone(),
        properties: vec![
            ("对标模板", form.number.clone()),
            ("对标方案", form.plan.id.clone()),
            ("对标期别", form.round.period.to_string()),
        ],
    };
    book::written(&head, &sheets)
}
