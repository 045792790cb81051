//! One city: its folder of workbooks → what was collected.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use rayon::prelude::*;

use super::layout::fields;
use super::register;
use super::rows;
use super::text::{clean, name_key, nearest};
use super::{Collected, Submission};
use crate::digest::Digests;
use crate::error::RunError;
use crate::files;
use crate::finding::{Finding, Place, Problem};
use crate::ident::CellRef;
use crate::plan::{Plan, Round};
use crate::workbook::{Book, Pool, Refusal, Sheet};

/// Collects a city's submissions from `folder` (the round's folder joined with the city's slug).
///
/// Workbooks are read in parallel; the result depends on nothing but their contents and names.
///
/// # Errors
/// Fails only when a folder or file cannot be read by the operating system.
pub fn city(
    plan: &Plan,
    round: &Round,
    folder: &Path,
    pool: &Pool,
    read_one: &(dyn Fn() + Sync),
) -> Result<Collected, RunError> {
    let mut collected = Collected::default();
    let slug = plan.city.as_str();
    let received = register::read(&folder.join("received.csv"), slug, &mut collected.findings)?;
    let paths = workbooks(&folder.join("submissions"))?;
    let read: Vec<Incoming> = paths
        .par_iter()
        .map(|path| {
            let incoming = Incoming::read(path, slug, pool);
            read_one();
            incoming
        })
        .collect::<Result<_, RunError>>()?;
    let mut books: Vec<Option<Book>> = Vec::new();
    for incoming in read {
        let (submission, book) = registered(plan, round, &received, incoming, &mut collected.findings);
        collected.submissions.push(submission);
        books.push(book);
    }
    supersede(&mut collected);
    for (index, book) in books.into_iter().enumerate() {
        let Some(submission) = collected.submissions.get(index).cloned() else { continue };
        if let Some(book) = book.filter(|_| submission.is_used()) {
            rows::read(plan, round, &submission, &book, &mut collected);
        }
    }
    Ok(collected)
}

/// The files of a folder that may be workbooks: lock files and hidden files are skipped.
fn workbooks(folder: &Path) -> Result<Vec<PathBuf>, RunError> {
    let files = files::list(folder)?;
    Ok(files.into_iter().filter(|path| !files::name(path).starts_with(['.', '~'])).collect())
}

struct Incoming {
    submission: Submission,
    name: String,
    book: Result<Book, Refusal>,
}

impl Incoming {
    fn read(path: &Path, city: &str, pool: &Pool) -> Result<Self, RunError> {
        let name = files::name(path);
        let file = format!("{city}/submissions/{name}");
        let digests = Digests::of(&files::read(path)?);
        let submission = Submission {
            city: city.to_owned(),
            unit_at: Place::file(&file),
            version_at: Place::file(&file),
            file,
            digests,
            unit: String::new(),
            period: String::new(),
            version: 1,
            received: None,
            on_time: None,
            superseded: false,
            after_cut_off: false,
            readable: false,
            illustrative: false,
            format: String::new(),
        };
        Ok(Self { submission, name, book: pool.read(path) })
    }
}

/// Tells from cover and register who sent a workbook and when.
fn registered(
    plan: &Plan,
    round: &Round,
    received: &BTreeMap<String, NaiveDateTime>,
    incoming: Incoming,
    findings: &mut Vec<Finding>,
) -> (Submission, Option<Book>) {
    let Incoming { mut submission, name, book } = incoming;
    let mut report = |submission: &Submission, at: Place, problem: Problem| {
        findings.push(Finding::new(plan.city.as_str(), at, problem).of_unit(&submission.unit));
    };
    submission.received = received.get(&clean(&name)).copied();
    let book = match book {
        Ok(book) => book,
        Err(refusal) => {
            let problem = match refusal {
                Refusal::Told(reason) => Problem::NotAWorkbook { reason },
                Refusal::Died(how) => Problem::ReaderFailed { how },
            };
            report(&submission, Place::file(&submission.file), problem);
            return (submission, None);
        }
    };
    submission.format.clone_from(&book.format);
    submission.illustrative = book.sheets.iter().any(|sheet| {
        sheet.cells.values().any(|cell| cell.raw().contains("示例数据"))
    });
    let Some((sheet, cover)) = cover(&book) else {
        let problem = Problem::CoverFieldMissing { field: "填报单位".to_owned() };
        report(&submission, Place::file(&submission.file), problem);
        return (submission, None);
    };
    let place = |field: &str| {
        let at = cover.get(field).map_or(CellRef::new(0, 0), |(_, at)| *at);
        Place::cell(&submission.file, &sheet.name, at)
    };
    let value = |field: &str| cover.get(field).map_or("", |(value, _)| value.as_str());
    let (unit_at, version_at, date_at) = (place("填报单位"), place("版本"), place("填报日期"));
    submission.unit_at = unit_at.clone();
    submission.version_at = version_at;
    value("报告期").clone_into(&mut submission.period);
    submission.version = leading_number(value("版本")).unwrap_or(1);
    let city = value("城市");
    if !city.is_empty() && ![name_key(&plan.name), name_key(&plan.short)].contains(&name_key(city)) {
        report(&submission, place("城市"), Problem::OtherCity { named: city.to_owned() });
        return (submission, None);
    }
    match known_unit(plan, round.year, value("填报单位")) {
        Some(unit) => submission.unit = unit,
        None => {
            let name = value("填报单位").to_owned();
            let units = plan.reporting_units(round.year);
            let suggestion = nearest(&name, units.iter().map(String::as_str));
            report(&submission, unit_at, Problem::UnknownUnit { name, suggestion });
            return (submission, None);
        }
    }
    submission.readable = true;
    for field in ["城市", "填报人", "审核人", "填报日期"] {
        if value(field).is_empty() {
            report(&submission, place(field), Problem::CoverFieldMissing { field: field.to_owned() });
        }
    }
    if submission.received.is_none() {
        report(&submission, Place::file(&submission.file), Problem::NotRegistered);
        submission.received = register::moment(value("填报日期"));
    }
    timely(round, &mut submission, date_at, &mut report);
    if book.format != "xlsx" {
        let problem = Problem::ReducedChecks { format: format!(".{}", book.format) };
        report(&submission, Place::cell(&submission.file, &sheet.name, CellRef::new(0, 0)), problem);
    } else if let Some(program) = book.program.as_deref().filter(|program| is_unusual(program)) {
        let problem = Problem::OtherProgram {
            program: files::printable(program.split('$').next().unwrap_or(program)),
        };
        report(&submission, Place::cell(&submission.file, &sheet.name, CellRef::new(0, 0)), problem);
    }
    (submission, Some(book))
}

fn timely(
    round: &Round,
    submission: &mut Submission,
    at: Place,
    report: &mut impl FnMut(&Submission, Place, Problem),
) {
    let Some(received) = submission.received else { return };
    let on_time = received.date() <= round.deadline;
    submission.on_time = Some(on_time);
    submission.after_cut_off = received.date() > round.cut_off;
    if !on_time {
        let problem = Problem::Late {
            received: received.format("%Y-%m-%d %H:%M").to_string(),
            deadline: round.deadline.to_string(),
        };
        report(submission, at, problem);
    }
}

/// The first sheet that names the reporting unit.
fn cover(book: &Book) -> Option<(&Sheet, BTreeMap<String, (String, CellRef)>)> {
    book.sheets.iter().filter(|sheet| sheet.visible).find_map(|sheet| {
        let fields = fields(sheet);
        fields.contains_key("填报单位").then_some((sheet, fields))
    })
}

/// The plan's name of a unit, compared after normalising; `领导小组办公室` means the plan's office.
fn known_unit(plan: &Plan, year: i32, name: &str) -> Option<String> {
    let key = name_key(name);
    let units = plan.reporting_units(year);
    if let Some(unit) = units.iter().find(|unit| name_key(unit) == key) {
        return Some(unit.clone());
    }
    let alias = plan.aliases.iter().find(|alias| name_key(&alias.name) == key);
    alias.and_then(|alias| plan.unit_named(&alias.name, year))
}

/// Programs other than those that offices use.
fn is_unusual(program: &str) -> bool {
    let program = program.to_lowercase();
    !(program.contains("microsoft") || program.contains("wps"))
}

fn leading_number(text: &str) -> Option<u32> {
    let digits: String =
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Of several workbooks of one unit the last version counts, and of equal versions the last received.
fn supersede(collected: &mut Collected) {
    let mut last: BTreeMap<String, (u32, Option<NaiveDateTime>, String)> = BTreeMap::new();
    let counts = |submission: &Submission| submission.readable && !submission.after_cut_off;
    for submission in collected.submissions.iter().filter(|submission| counts(submission)) {
        let key = (submission.version, submission.received, submission.file.clone());
        let best = last.entry(submission.unit.clone()).or_insert_with(|| key.clone());
        if key > *best {
            *best = key;
        }
    }
    for submission in collected.submissions.iter_mut().filter(|submission| counts(submission)) {
        let Some((version, received, file)) = last.get(&submission.unit) else { continue };
        if *file != submission.file {
            submission.superseded = true;
            let when = received.map_or_else(String::new, |received| {
                format!("（{}收到）", received.format("%Y-%m-%d %H:%M"))
            });
            let problem = Problem::Superseded { by: format!("第{version}版{when}") };
            let finding = Finding::new(&submission.city, submission.version_at.clone(), problem);
            collected.findings.push(finding.of_unit(&submission.unit).see_also(Place::file(file)));
        }
    }
}
