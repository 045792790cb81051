//! One city: its folder of workbooks → what was collected.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use rayon::prelude::*;

use super::cover::Cover;
use super::index::Index;
use super::rare;
use super::register;
use super::rows;
use super::text::{chinese_integer, clean, is_part_of_a_year, name_key, nearest, years_in};
use super::{Collected, Submission};
use crate::error::RunError;
use crate::files;
use crate::finding::{Finding, Place, Problem};
use crate::ident::CellRef;
use crate::plan::{Plan, Round};
use crate::workbook::{Book, Cell, Content, Fault, Pool, Refusal};

/// Where a city's submissions are.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The round's folder joined with the city's slug.
    pub folder: &'a Path,
    /// One workbook instead of those in the folder.
    pub only: Option<&'a Path>,
}

/// Collects a city's submissions.
///
/// Workbooks are read in parallel; the result depends on nothing but their contents and names.
///
/// # Errors
/// Fails only when a folder or file cannot be read by the operating system.
pub fn city(
    plan: &Plan,
    round: &Round,
    from: Source<'_>,
    pool: &Pool,
    read_one: &(dyn Fn() + Sync),
) -> Result<Collected, RunError> {
    let mut collected = Collected::default();
    let slug = plan.city.as_str();
    let folder = from.folder;
    let received = register::read(&folder.join("received.csv"), slug, round.year, &mut collected.findings)?;
    let paths = match from.only {
        Some(path) => vec![path.to_owned()],
        None => workbooks(&folder.join("submissions"))?,
    };
    if from.only.is_none() {
        collected.findings.extend(strays(slug, &folder.join("submissions"), &paths, &received)?);
    }
    let read: Vec<Incoming> = paths
        .par_iter()
        .map(|path| {
            let incoming = Incoming::read(path, slug, pool);
            read_one();
            incoming
        })
        .collect::<Result<_, RunError>>()?;
    let index = Index::of(plan, round.year);
    let mut books: Vec<Option<Book>> = Vec::new();
    for incoming in read {
        let (submission, book) = registered(&index, round, &received, incoming, &mut collected.findings);
        collected.submissions.push(submission);
        books.push(book);
    }
    supersede(&mut collected);
    for (at, book) in books.into_iter().enumerate() {
        let Some(submission) = collected.submissions.get(at).cloned() else { continue };
        collected.rare.extend(rare::in_name(&submission));
        if let Some(book) = book.as_ref().filter(|_| submission.superseded) {
            // Read for the record only: what it says goes nowhere else.
            let mut aside = Collected::default();
            rows::read(&index, round, &submission, book, &mut aside);
            collected.replaced.extend(aside.observations);
        }
        if let Some(book) = book.filter(|_| submission.is_used()) {
            rows::read(&index, round, &submission, &book, &mut collected);
            collected.rare.extend(rare::in_cells(&submission, &book));
        }
    }
    Ok(collected)
}

/// The files of a folder that may be workbooks: lock files and hidden files are skipped.
fn workbooks(folder: &Path) -> Result<Vec<PathBuf>, RunError> {
    let files = files::list(folder)?;
    Ok(files.into_iter().filter(|path| !files::name(path).starts_with(['.', '~'])).collect())
}

/// Folders and links among the submissions, and workbooks that the register has but the folder has not.
fn strays(
    city: &str,
    folder: &Path,
    paths: &[PathBuf],
    received: &BTreeMap<String, NaiveDateTime>,
) -> Result<Vec<Finding>, RunError> {
    let place = |name: &str| Place::file(&format!("{city}/submissions/{name}"));
    let passed = files::passed_over(folder)?.into_iter().map(|(name, why)| {
        let problem = Problem::NotRead { name: name.clone(), why };
        Finding::new(city, place(&name), problem)
    });
    let absent = received
        .keys()
        .filter(|name| !paths.iter().any(|path| clean(&files::name(path)) == **name))
        .map(|name| {
            Finding::new(
                city,
                Place::file(&format!("{city}/received.csv")),
                Problem::RegisteredButAbsent { name: name.clone() },
            )
        });
    Ok(passed.chain(absent).collect())
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
        let digests = files::digests(path)?;
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
            registered: false,
            on_time: None,
            superseded: false,
            after_cut_off: false,
            readable: false,
            illustrative: false,
            format: String::new(),
            filled_by: String::new(),
            checked_by: String::new(),
            filled_on: String::new(),
        };
        Ok(Self { submission, name, book: pool.read(path) })
    }
}

/// Tells from cover and register who sent a workbook and when. The book is returned when it belongs to the round.
fn registered(
    index: &Index<'_>,
    round: &Round,
    received: &BTreeMap<String, NaiveDateTime>,
    incoming: Incoming,
    findings: &mut Vec<Finding>,
) -> (Submission, Option<Book>) {
    let Incoming { mut submission, name, book } = incoming;
    submission.received = received.get(&clean(&name)).copied();
    let mut report = |submission: &Submission, at: Place, problem: Problem| {
        findings.push(Finding::new(index.plan.city.as_str(), at, problem).of_unit(&submission.unit));
    };
    let file = Place::file(&submission.file);
    let opened = book.map_err(|refusal| match refusal {
        Refusal::Told(Fault::Unreadable(reason)) => Problem::NotAWorkbook { reason },
        Refusal::Told(Fault::Encrypted) => Problem::Encrypted,
        Refusal::Told(Fault::Limit(what)) => Problem::LimitExceeded { what },
        Refusal::Died(how) => Problem::ReaderFailed { how },
    });
    let covered = opened.and_then(|book| match Cover::of(&submission.file, &book) {
        Some(cover) => Ok((book, cover)),
        None => Err(Problem::NoSender),
    });
    let (book, cover) = match covered {
        Ok(covered) => covered,
        Err(problem) => {
            report(&submission, file, problem);
            return (submission, None);
        }
    };
    describe(&mut submission, &book, &cover);
    if let Some((at, problem)) = identify(index, round, &cover, &mut submission) {
        report(&submission, at, problem);
        return (submission, None);
    }
    for field in ["城市", "报告期", "填报人", "审核人", "填报日期"] {
        if cover.value(field).is_empty() {
            let problem = Problem::CoverFieldMissing { field: field.to_owned() };
            report(&submission, cover.place(field), problem);
        }
    }
    let raw = cover.value("版本");
    if !raw.is_empty() && leading_number(raw).is_none() {
        let problem = Problem::VersionUnclear { raw: raw.to_owned() };
        report(&submission, cover.place("版本"), problem);
    }
    submission.registered = submission.received.is_some();
    if !submission.registered {
        report(&submission, file, Problem::NotRegistered);
        submission.received = register::moment(cover.value("填报日期"));
    }
    timely(round, &mut submission, cover.place("填报日期"), &mut report);
    if let Some(problem) = unusual(&book) {
        let corner = Place::cell(&submission.file, &cover.sheet, CellRef::new(0, 0));
        report(&submission, corner, problem);
    }
    (submission, Some(book))
}

/// What cover and book say of themselves.
fn describe(submission: &mut Submission, book: &Book, cover: &Cover) {
    submission.format.clone_from(&book.format);
    let marked = |cell: &Cell| matches!(&cell.content, Content::Text(text) if text.contains("示例数据"));
    submission.illustrative = book.sheets.iter().flat_map(|sheet| sheet.cells.values()).any(marked);
    submission.unit_at = cover.place("填报单位");
    submission.version_at = cover.place("版本");
    cover.value("填报人").clone_into(&mut submission.filled_by);
    cover.value("审核人").clone_into(&mut submission.checked_by);
    cover.value("填报日期").clone_into(&mut submission.filled_on);
    cover.value("报告期").clone_into(&mut submission.period);
    submission.version = leading_number(cover.value("版本")).unwrap_or(1);
}

/// Finds out whose workbook it is; another city's or an unknown unit's is not used, and the reason is returned.
fn identify(
    index: &Index<'_>,
    round: &Round,
    cover: &Cover,
    submission: &mut Submission,
) -> Option<(Place, Problem)> {
    let city = cover.value("城市");
    if !city.is_empty() && !index.is_city(&name_key(city)) {
        return Some((cover.place("城市"), Problem::OtherCity { named: city.to_owned() }));
    }
    let name = cover.value("填报单位");
    if name.is_empty() {
        return Some((cover.place("填报单位"), Problem::NoSender));
    }
    let period = cover.value("报告期");
    let years = years_in(period);
    if (!years.is_empty() && !years.contains(&round.year)) || is_part_of_a_year(period) {
        let problem = Problem::OtherPeriod { named: period.to_owned(), year: round.year };
        return Some((cover.place("报告期"), problem));
    }
    let Some(unit) = index.unit(name) else {
        let suggestion = nearest(name, index.units());
        return Some((cover.place("填报单位"), Problem::UnknownUnit { name: name.to_owned(), suggestion }));
    };
    submission.unit = unit;
    submission.readable = true;
    None
}

/// What there is to say of the format or of the program that saved it.
fn unusual(book: &Book) -> Option<Problem> {
    if book.is_reduced {
        return Some(Problem::ReducedChecks { format: format!(".{}", book.format) });
    }
    let program = book.program.as_deref().filter(|program| is_unusual(program))?;
    let name = files::printable(program.split('$').next().unwrap_or(program));
    Some(Problem::OtherProgram { program: name })
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

/// Programs other than those that offices use.
fn is_unusual(program: &str) -> bool {
    let program = program.to_lowercase();
    !(program.contains("microsoft") || program.contains("wps"))
}

/// The first number in a text, in digits or Chinese numerals: `V2`, `第二版`.
fn leading_number(text: &str) -> Option<u32> {
    let digits: String =
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok().or_else(|| chinese_integer(text))
}

/// Of several workbooks of one unit the last version counts; of equal versions one that the register knows, then the
/// last received.
fn supersede(collected: &mut Collected) {
    let counts = |submission: &Submission| submission.readable && !submission.after_cut_off;
    let order =
        |at: usize, one: &Submission| (one.version, one.registered, one.received, one.file.clone(), at);
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    for (at, submission) in collected.submissions.iter().enumerate().filter(|(_, one)| counts(one)) {
        let best = last.entry(submission.unit.clone()).or_insert(at);
        let newer =
            collected.submissions.get(*best).is_some_and(|known| order(at, submission) > order(*best, known));
        if newer {
            *best = at;
        }
    }
    let winners: BTreeMap<String, (usize, Submission)> = last
        .into_iter()
        .filter_map(|(unit, at)| Some((unit, (at, collected.submissions.get(at)?.clone()))))
        .collect();
    for (at, submission) in collected.submissions.iter_mut().enumerate().filter(|(_, one)| counts(one)) {
        let Some((_, winner)) = winners.get(&submission.unit).filter(|(best, _)| *best != at) else {
            continue;
        };
        submission.superseded = true;
        let when = winner
            .received
            .map_or_else(String::new, |received| format!("（{}收到）", received.format("%Y-%m-%d %H:%M")));
        let problem = Problem::Superseded { by: format!("第{}版{when}", winner.version) };
        let finding = Finding::new(&submission.city, submission.version_at.clone(), problem);
        collected.findings.push(finding.of_unit(&submission.unit).see_also(Place::file(&winner.file)));
    }
}
