//! One city: its folder of workbooks → what was collected.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::cover::{Cover, FIELDS, SENDER};
use super::folder;
use super::index::Index;
use super::period::{Period, Span, period};
use super::rare;
use super::references;
use super::register::{self, Register, State};
use super::sheets;
use super::succession;
use super::telling::Readings;
use super::text::nearest;
use super::version::Version;
use super::{Collected, Submission};
use crate::digest::Digests;
use crate::error::RunError;
use crate::files;
use crate::finding::{Finding, Place, Problem};
use crate::ident::CellRef;
use crate::inputs::Inputs;
use crate::plan::{Plan, Round};
use crate::workbook::{Book, Cell, Content, Fault, Kind, Pool, Refusal, Sheet};

/// Where a city's submissions are.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The door through which files are read.
    pub inputs: &'a Inputs,
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
    let register = from.folder.join("received.csv");
    let register = register::read(from.inputs, &register, slug, round.year, &mut collected.findings)?;
    let submissions = from.folder.join("submissions");
    let paths = match from.only {
        Some(path) => vec![path.to_owned()],
        None => folder::workbooks(&submissions)?,
    };
    if from.only.is_none() {
        collected.findings.extend(folder::passed_over(slug, &submissions)?);
    }
    let read: Vec<Incoming> = paths
        .par_iter()
        .map(|path| {
            let incoming = Incoming::read(from.inputs, path, slug, pool);
            read_one();
            incoming
        })
        .collect::<Result<_, RunError>>()?;
    let index = Index::of(plan, round.year);
    let readings = Readings::default();
    let mut books: Vec<Option<Book>> = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for incoming in read {
        if register.is_faulty(&incoming.names) {
            told.push(incoming.submission.file.clone());
        }
        let mut gate = Gate { index: &index, round, register: &register, findings: &mut collected.findings };
        let (submission, book) = gate.admit(incoming);
        collected.submissions.push(submission);
        books.push(book);
    }
    let expected = |unit: &str| plan.expected_of(unit, round.year);
    succession::settle(&mut collected, &expected);
    unregistered(slug, &register, &told, &mut collected);
    if from.only.is_none() {
        absent(&index, &register, &paths, &expected, &mut collected);
    }
    for (at, book) in books.into_iter().enumerate() {
        let Some(submission) = collected.submissions.get(at).cloned() else { continue };
        collected.rare.extend(rare::in_name(&submission));
        if let Some(book) = book.as_ref().filter(|_| submission.superseded) {
            // Read for the record only: what it says goes nowhere else.
            let mut aside = Collected::default();
            sheets::read(&index, &readings, round, &submission, book, &mut aside);
            collected.replaced.extend(aside.observations);
        }
        if let Some(book) = book.filter(|_| submission.is_used()) {
            sheets::read(&index, &readings, round, &submission, &book, &mut collected);
            collected.rare.extend(rare::in_cells(&submission, &book));
        }
    }
    references::settle(&mut collected);
    Ok(collected)
}

/// L207: workbooks that the register does not have. Where there is no register at all, that is one finding, not one for each;
/// where it, or the line of a workbook, cannot be used, L210 has said so.
fn unregistered(city: &str, register: &Register, told: &[String], collected: &mut Collected) {
    let unknown = |one: &&Submission| !one.registered && one.readable && !told.contains(&one.file);
    let count = collected.submissions.iter().filter(unknown).count();
    let alone = |one: &Submission| {
        let finding = Finding::new(city, Place::file(&one.file), Problem::NotRegistered { all: None });
        finding.of_unit(&one.unit)
    };
    let found: Vec<Finding> = match register.state {
        State::Unusable => Vec::new(),
        State::Missing if count > 1 => {
            let place = Place::file(&format!("{city}/received.csv"));
            vec![Finding::new(city, place, Problem::NotRegistered { all: Some(count) })]
        }
        State::Missing | State::Read => collected.submissions.iter().filter(unknown).map(alone).collect(),
    };
    collected.findings.extend(found);
}

/// L214: workbooks that the register has but the folder has not. Whose they are their names may tell; a unit without any other
/// workbook is then silent because of this, and need not be told twice.
fn absent(
    index: &Index<'_>,
    register: &Register,
    paths: &[PathBuf],
    expected: &dyn Fn(&str) -> usize,
    collected: &mut Collected,
) {
    let city = index.plan.city.as_str();
    for name in folder::absent(register, paths) {
        let units = index.units_in(&name);
        let unit = match units.as_slice() {
            [unit] => unit.clone(),
            _ => String::new(),
        };
        let sent = collected.submissions.iter().any(|one| one.readable && one.unit == unit);
        let told = collected.findings.iter().any(|one| {
            one.is_of(&unit) && matches!(one.problem, Problem::RegisteredButAbsent { expected: Some(_), .. })
        });
        let count = (!unit.is_empty() && !sent && !told).then(|| expected(&unit));
        let problem = Problem::RegisteredButAbsent { name, expected: count };
        let finding = Finding::new(city, Place::file(&format!("{city}/received.csv")), problem);
        collected.findings.push(finding.of_unit(&unit));
    }
}

struct Incoming {
    submission: Submission,
    names: Vec<String>,
    book: Result<Book, Refusal>,
}

impl Incoming {
    fn read(inputs: &Inputs, path: &Path, city: &str, pool: &Pool) -> Result<Self, RunError> {
        let names = folder::names(path);
        let name = files::name(path);
        let file = format!("{city}/submissions/{name}");
        // Whatever is wrong with one file is its own: the others are read.
        let read = match inputs.read_up_to(path, pool.longest()) {
            Ok(bytes) => Ok((bytes, inputs.digests(path)?)),
            Err(error) => Err(error.of_the_file().ok_or(error)?),
        };
        let (book, digests) = match read {
            Ok((bytes, digests)) => (pool.read(bytes.as_deref())?, digests),
            Err(why) => (Err(Refusal::Unread(why)), Digests::unknown()),
        };
        let submission = Submission {
            city: city.to_owned(),
            unit_at: Place::file(&file),
            version_at: Place::file(&file),
            file,
            digests,
            unit: String::new(),
            seems: String::new(),
            period: String::new(),
            version: Version::Unstated,
            received: None,
            registered: false,
            on_time: None,
            superseded: false,
            undecided: false,
            after_cut_off: false,
            readable: false,
            illustrative: false,
            format: String::new(),
            filled_by: String::new(),
            checked_by: String::new(),
            filled_on: String::new(),
        };
        Ok(Self { submission, names, book })
    }
}

/// What a workbook passes before its tables are read: who sent it, for which city and period, and when.
struct Gate<'a> {
    index: &'a Index<'a>,
    round: &'a Round,
    register: &'a Register,
    findings: &'a mut Vec<Finding>,
}

impl Gate<'_> {
    fn report(&mut self, submission: &Submission, at: Place, problem: Problem) {
        let finding = Finding::new(self.index.plan.city.as_str(), at, problem);
        self.findings.push(finding.of_unit(&submission.unit));
    }

    /// Tells from cover and register who sent a workbook and when. The book is returned when it belongs to the round.
    fn admit(&mut self, incoming: Incoming) -> (Submission, Option<Book>) {
        let Incoming { mut submission, names, book } = incoming;
        submission.received = self.register.find(&names);
        let file = Place::file(&submission.file);
        if let [_, decoded, ..] = names.as_slice() {
            let problem = Problem::NameInOtherCode { name: decoded.clone() };
            self.report(&submission, file.clone(), problem);
        }
        submission.seems = self.seeming(&names, None);
        let book = match book {
            Ok(book) => book,
            Err(refusal) => {
                self.report(&submission, file, refused(refusal));
                return (submission, None);
            }
        };
        let Some(cover) = Cover::of(&submission.file, &book, self.index) else {
            submission.seems = self.seeming(&names, Some(&book));
            let problem = Problem::NoSender { seems: submission.seems.clone() };
            self.report(&submission, file, problem);
            return (submission, None);
        };
        describe(&mut submission, &book, &cover);
        if let Some((at, problem)) = self.identify(&cover, &mut submission, &names, &book) {
            self.report(&submission, at, problem);
            return (submission, None);
        }
        self.complete(&cover, &submission);
        let named = submission.seems.clone();
        if !named.is_empty() && named != submission.unit {
            let problem = Problem::FileNamesAnother { named, taken: submission.unit.clone() };
            self.report(&submission, file, problem);
        }
        submission.registered = submission.received.is_some();
        if !submission.registered {
            submission.received = register::moment(cover.value("填报日期"));
        }
        self.timely(&mut submission, cover.place("填报日期"));
        if let Some(problem) = unusual(&book) {
            let corner = Place::cell(&submission.file, &cover.sheet, CellRef::new(0, 0));
            self.report(&submission, corner, problem);
        }
        (submission, Some(book))
    }

    /// The one unit that the name of the file, or the names and titles of visible sheets, name. It is said, and never taken for
    /// the sender.
    fn seeming(&self, names: &[String], book: Option<&Book>) -> String {
        let sheets = book.into_iter().flat_map(|book| &book.sheets).filter(|sheet| sheet.visible);
        let of_sheet = |sheet: &Sheet| {
            let titles = sheet.within((0, 3)).filter_map(|(_, cell)| cell.label().map(str::to_owned));
            titles.take(10).chain([sheet.name.clone()]).collect::<Vec<_>>()
        };
        let texts: Vec<String> = names.last().cloned().into_iter().chain(sheets.flat_map(of_sheet)).collect();
        let mut found: Vec<String> = Vec::new();
        for unit in texts.iter().flat_map(|text| self.index.units_in(text)) {
            if !found.contains(&unit) {
                found.push(unit);
            }
        }
        match found.as_slice() {
            [unit] => unit.clone(),
            _ => String::new(),
        }
    }

    /// Finds out whose workbook it is; one of another city, an unknown unit or another period is not used, and the reason is
    /// returned.
    fn identify(
        &mut self,
        cover: &Cover,
        submission: &mut Submission,
        names: &[String],
        book: &Book,
    ) -> Option<(Place, Problem)> {
        let city = cover.value("城市");
        if !city.is_empty() && !self.index.is_city(city) {
            return Some((cover.place("城市"), Problem::OtherCity { named: city.to_owned() }));
        }
        let name = cover.value(SENDER);
        if name.is_empty() {
            submission.seems = self.seeming(names, Some(book));
            return Some((cover.place(SENDER), Problem::NoSender { seems: submission.seems.clone() }));
        }
        let Some(unit) = self.index.unit(name) else {
            let within = self.index.units_in(name);
            let suggestion = match within.as_slice() {
                [unit] => Some(unit.clone()),
                _ => nearest(name, self.index.units()),
            };
            let problem = Problem::UnknownUnit { name: name.to_owned(), suggestion };
            return Some((cover.place(SENDER), problem));
        };
        for (at, other) in cover.senders() {
            if let Some(of) = self.index.unit(other)
                && of != unit
            {
                let there = at.to_string();
                let there = there.rsplit('/').next().unwrap_or_default().to_owned();
                let problem =
                    Problem::SendersDiffer { here: name.to_owned(), there, other: other.to_owned() };
                return Some((cover.place(SENDER), problem));
            }
        }
        submission.unit = unit;
        let named = cover.value("报告期");
        let year = self.round.year;
        let other = |found: &Period| found.years.is_some() && !found.holds(year);
        if let Some(found) = period(named).filter(|found| other(found) || found.span == Span::Part) {
            // From one year into another is no part of a year.
            let is_part = !other(&found) && found.years.is_none_or(|(first, last)| first == last);
            let problem = Problem::OtherPeriod { named: named.to_owned(), year, is_part };
            return Some((cover.place("报告期"), problem));
        }
        submission.readable = true;
        None
    }

    /// L202: what the cover does not say, in one finding; and L218.
    fn complete(&mut self, cover: &Cover, submission: &Submission) {
        let mut missing = Vec::new();
        for field in FIELDS {
            let value = cover.value(field);
            if value.is_empty() {
                missing.push((cover.place(field), field.to_owned()));
            } else if field == "报告期" && period(value).and_then(|found| found.year()).is_none() {
                missing.push((cover.place(field), format!("{field}（写的是“{value}”，不是一个年份）")));
            }
        }
        if let Some((first, _)) = missing.first().cloned() {
            let (places, fields): (Vec<Place>, Vec<String>) = missing.into_iter().unzip();
            let city = self.index.plan.city.as_str();
            let finding = Finding::new(city, first, Problem::CoverFieldMissing { fields });
            let finding = finding.of_unit(&submission.unit);
            self.findings.push(places.into_iter().skip(1).fold(finding, Finding::see_also));
        }
        if !submission.version.is_clear() {
            let problem = Problem::VersionUnclear { raw: submission.version.text() };
            self.report(submission, cover.place("版本"), problem);
        }
    }

    fn timely(&mut self, submission: &mut Submission, at: Place) {
        let Some(received) = submission.received else { return };
        let on_time = received.date() <= self.round.deadline;
        submission.on_time = Some(on_time);
        submission.after_cut_off = received.date() > self.round.cut_off;
        if !on_time {
            let problem = Problem::Late {
                received: received.format("%Y-%m-%d %H:%M").to_string(),
                deadline: self.round.deadline.to_string(),
            };
            self.report(submission, at, problem);
        }
    }
}

fn refused(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::Told(Fault::Unreadable(reason)) => Problem::NotAWorkbook { reason },
        Refusal::Told(Fault::Encrypted) => Problem::Encrypted,
        Refusal::Told(Fault::Limit(what)) => Problem::LimitExceeded { what },
        Refusal::Told(Fault::Other(Kind::Wrapped)) => Problem::Wrapped,
        Refusal::Told(Fault::Other(Kind::Archive { kind, inside })) => Problem::Archive { kind, inside },
        Refusal::Told(Fault::Other(Kind::Document(document))) => Problem::OtherDocument { document },
        Refusal::Died(how) => Problem::ReaderFailed { how },
        Refusal::Unread(why) => Problem::Unreadable(why),
    }
}

/// What cover and book say of themselves.
fn describe(submission: &mut Submission, book: &Book, cover: &Cover) {
    submission.format.clone_from(&book.format);
    let marked = |cell: &Cell| matches!(&cell.content, Content::Text(text) if text.contains("示例数据"));
    submission.illustrative = book.sheets.iter().flat_map(|sheet| sheet.cells.values()).any(marked);
    submission.unit_at = cover.place(SENDER);
    submission.version_at = cover.place("版本");
    cover.value("填报人").clone_into(&mut submission.filled_by);
    cover.value("审核人").clone_into(&mut submission.checked_by);
    cover.value("填报日期").clone_into(&mut submission.filled_on);
    cover.value("报告期").clone_into(&mut submission.period);
    submission.version = Version::parse(cover.value("版本"));
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

/// Programs other than those that offices use.
fn is_unusual(program: &str) -> bool {
    let program = program.to_lowercase();
    !(program.contains("microsoft") || program.contains("wps"))
}
