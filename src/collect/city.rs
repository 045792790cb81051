//! One city: its folder of workbooks → what was collected.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::admission::{Admitted, Reception, refused};
use super::altered::Alterations;
use super::answer::QuerySheets;
use super::folder;
use super::incoming::{Held, Incoming};
use super::index::Index;
use super::issued_forms::IssuedContents;
use super::patience::{Attempt, FIRST_TRY, MOST_HUNG, Outcome, read_all};
use super::rare;
use super::references;
use super::register::{self, Register, RegisterState};
use super::replies;
use super::sheets;
use super::standing::AskedQueries;
use super::succession;
use super::telling::Readings;
use super::{Collected, Submission, UnreadRows};
use crate::error::RunError;
use crate::finding::{self, BrokenRegister, Finding, Object, Place, ReturnProblem, Undecided};
use crate::ident::{CityId, UnitName};
use crate::inputs::Inputs;
use crate::plan::{self, ISSUED_FOLDER, IssuedForms, Plan, Round};
use crate::shown;
use crate::workbook::{Book, Death, Pool, Refusal};

/// Where a city's submissions are.
#[derive(Debug, Clone, Copy)]
pub struct CitySubmissions<'a> {
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
    from: CitySubmissions<'_>,
    pool: &Pool,
    read_one: &(dyn Fn() + Sync),
) -> Result<Collected, RunError> {
    let mut collected = Collected::default();
    let city = &plan.city;
    let known = registers(city, round, from, pool, &mut collected)?;
    let submissions = from.folder.join("submissions");
    let paths = match from.only {
        Some(path) => vec![path.to_owned()],
        None => folder::workbooks(from.inputs, &submissions)?,
    };
    if from.only.is_none() {
        tell_passed_over(city, &submissions, paths.len(), &mut collected)?;
    }
    // Workbooks are read in parallel and looked at one by one.
    let index = Mutex::new(Index::of(plan, round.period));
    let held = AtomicUsize::new(0);
    let unit_of = |path: &Path| {
        let index = index.lock().unwrap_or_else(PoisonError::into_inner);
        let name = folder::names(path).pop().unwrap_or_default();
        let named: BTreeSet<&UnitName> = index.units_in(&name).into_iter().collect();
        named.first().filter(|_| named.len() == 1).map(|unit| (*unit).clone())
    };
    let hurried = pool.within(FIRST_TRY);
    let read = |path: &Path, attempt: Attempt| {
        let longest = pool.longest();
        let incoming =
            Incoming::read(from.inputs, path, city, longest, &known.queries, |bytes| match attempt {
                Attempt::First => hurried.read(bytes),
                Attempt::Whole => pool.read(bytes),
                Attempt::PutOff(seconds) => Ok(Err(Refusal::PutOff { hung: MOST_HUNG, seconds })),
            })?;
        let is_out_of_time = matches!(incoming.book, Err(Refusal::Died(Death::TooSlow(_))));
        let index = index.lock().unwrap_or_else(PoisonError::into_inner);
        let gate = Reception::new(&index, round, &known.received, (known.issued.as_ref(), &known.contents));
        let admitted = gate.admit(incoming, &held);
        Ok(if is_out_of_time { Outcome::OutOfTime(admitted) } else { Outcome::Read(admitted) })
    };
    let is_first_whole = pool.seconds() <= FIRST_TRY;
    let admitted: Vec<Admitted> = read_all(&paths, is_first_whole, &unit_of, &read, read_one)?;
    let index = index.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut books: Vec<Option<Held>> = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for Admitted { submission, book, is_told, findings, runs } in admitted {
        collected.runs.add(runs);
        if is_told {
            told.push(submission.file.clone());
        }
        collected.findings.extend(findings);
        collected.submissions.push(submission);
        books.push(book);
    }
    let expected = |unit: &UnitName| plan.expected_of(unit, round.year());
    succession::settle(&mut collected, &expected);
    unregistered(city, &known.received, &told, &mut collected);
    if from.only.is_none() {
        absent(&index, &known.received, &paths, &expected, &mut collected);
    }
    let parts = all_tables(&collected.submissions, books, &paths, (index, round), from, (pool, &known))?;
    parts.into_iter().for_each(|part| collected.add(part));
    references::settle(&mut collected);
    tell_replies(city, round, &known.asked, from.only.is_none(), &mut collected);
    Ok(collected)
}

/// What a city's registers tell of its workbooks.
struct Registers {
    /// When they were received.
    received: Register,
    /// The forms that were issued, where their register is there and whole.
    issued: Option<IssuedForms>,
    /// What stands on them.
    contents: IssuedContents,
    /// Which sheets of workbooks are queries.
    queries: QuerySheets,
    /// How the queries stand.
    asked: AskedQueries,
}

fn registers(
    city: &CityId,
    round: &Round,
    from: CitySubmissions<'_>,
    pool: &Pool,
    collected: &mut Collected,
) -> Result<Registers, RunError> {
    let received = registered(city, round, from, collected)?;
    let issued = (plan::ISSUED, BrokenRegister::Issued);
    let issued = whole(city, from, issued, plan::read_issued, collected)?;
    let asked = (plan::QUERIES, BrokenRegister::Queries);
    let asked = whole(city, from, asked, plan::read_queries, collected)?;
    let contents = match &issued {
        Some(issued) => {
            IssuedContents::read(issued, &round.period.to_string(), (from.inputs, from.folder), pool)?
        }
        None => IssuedContents::default(),
    };
    let queries = asked.as_ref().map(QuerySheets::of).unwrap_or_default();
    let asked = asked.map(|register| AskedQueries::of(&register, round.as_of)).unwrap_or_default();
    Ok(Registers { received, issued, contents, queries, asked })
}

/// What is wrong with answers that are no workbooks of their units, or whose sheet was taken out; and, of all workbooks, what is overdue.
fn tell_replies(city: &CityId, round: &Round, asked: &AskedQueries, is_all: bool, collected: &mut Collected) {
    if is_all {
        replies::overdue(city, round, asked, collected);
    }
    // A sheet that went alone is no workbook of the unit.
    let alone = |one: &&Submission| !one.readable && one.answers.is_some();
    let lost = |one: &&Submission| one.lost_query.is_some() && !one.superseded;
    for submission in collected.submissions.iter().filter(alone).cloned().collect::<Vec<_>>() {
        replies::answered(&submission, asked, (None, None), collected);
    }
    for submission in collected.submissions.iter().filter(lost).cloned().collect::<Vec<_>>() {
        replies::lost(&submission, asked, collected);
    }
}

/// The register of receipts, with L210.
fn registered(
    city: &CityId,
    round: &Round,
    from: CitySubmissions<'_>,
    collected: &mut Collected,
) -> Result<Register, RunError> {
    let at = from.folder.join("received.csv");
    let register = register::read(from.inputs, &at, city, round.year(), &mut collected.findings)?;
    collected.runs.ran("L210", usize::from(register.state != RegisterState::Missing));
    Ok(register)
}

/// A register to which lines are only added, with Q808: one that is not whole tells nothing of any workbook. `None` also where there is none.
fn whole<T>(
    city: &CityId,
    from: CitySubmissions<'_>,
    (name, which): (&str, BrokenRegister),
    read: impl Fn(&Inputs, &Path) -> Result<T, RunError>,
    collected: &mut Collected,
) -> Result<Option<T>, RunError> {
    let at = from.folder.join(name);
    if !from.inputs.is_there(&at)? {
        return Ok(None);
    }
    collected.runs.ran("Q808", 1);
    match read(from.inputs, &at) {
        Ok(register) => Ok(Some(register)),
        Err(RunError::Faults { faults, .. }) => {
            let place = Place::file(&format!("{city}/{name}"));
            let fault = faults.first().map(|fault| fault.trim().to_owned()).unwrap_or_default();
            let problem = ReturnProblem::RegisterBroken { which, fault }.into();
            collected.findings.push(Finding::new(city, place, problem));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// L213: what of the folder is not read, beside the files that are.
fn tell_passed_over(
    city: &CityId,
    folder: &Path,
    read: usize,
    collected: &mut Collected,
) -> Result<(), RunError> {
    let passed_over = folder::passed_over(city, folder)?;
    collected.runs.ran("L213", read + passed_over.len());
    collected.findings.extend(passed_over);
    Ok(())
}

/// What is asked of every workbook that was made from a form whose file is at hand.
const FORM_RULES: [&str; 5] = ["T703", "T704", "T705", "T706", "T707"];

/// Workbooks whose tables are read one after the other, with one memory of what texts say; fewer are not worth sharing out.
const FEWEST_TOGETHER: usize = 64;

/// Reads the tables of all workbooks, in parallel; each part holds what neighbours say.
fn all_tables(
    submissions: &[Submission],
    books: Vec<Option<Held>>,
    paths: &[PathBuf],
    (index, round): (Index<'_>, &Round),
    from: CitySubmissions<'_>,
    (pool, known): (&Pool, &Registers),
) -> Result<Vec<Collected>, RunError> {
    // An index remembers what texts say, for one part at a time; the first part goes on with what was learned from the covers.
    let (plan, index) = (index.plan, Mutex::new(Some(index)));
    let mut all: Vec<(&Submission, Option<Held>, &PathBuf)> =
        submissions.iter().zip(books).zip(paths).map(|((of, book), path)| (of, book, path)).collect();
    let share = all.len().div_ceil(rayon::current_num_threads()).max(FEWEST_TOGETHER);
    let read = |share: &mut [(&Submission, Option<Held>, &PathBuf)]| {
        let learned = index.lock().unwrap_or_else(PoisonError::into_inner).take();
        let index = learned.unwrap_or_else(|| Index::of(plan, round.period));
        let readings = Readings::default();
        let reading = TableReading { index: &index, readings: &readings, round, from, pool, known };
        let mut part = Collected::default();
        for (submission, book, path) in share {
            part.rare.extend(rare::in_name(submission));
            reading.tables(submission, book.take(), path, &mut part)?;
        }
        Ok(part)
    };
    all.par_chunks_mut(share).map(read).collect()
}

/// What the tables of a city's workbooks are read with.
struct TableReading<'a> {
    index: &'a Index<'a>,
    readings: &'a Readings,
    round: &'a Round,
    from: CitySubmissions<'a>,
    pool: &'a Pool,
    known: &'a Registers,
}

impl TableReading<'_> {
    /// Reads the tables of a workbook that counts; of one that a later one replaces, for the record only.
    fn tables(
        &self,
        submission: &Submission,
        book: Option<Held>,
        path: &Path,
        collected: &mut Collected,
    ) -> Result<(), RunError> {
        let Some(book) = book.filter(|_| submission.superseded || submission.is_used()) else {
            return Ok(());
        };
        let mut book = match book.whole(self.from.inputs, path, self.pool, &self.known.queries)? {
            Ok(book) => book,
            Err(refusal) => {
                not_read_again(submission, refusal, collected);
                return Ok(());
            }
        };
        let Self { index, readings, round, .. } = *self;
        if submission.superseded {
            let mut aside = Collected::default();
            sheets::read(index, readings, round, submission, &book, &mut aside);
            collected.replaced.extend(aside.observations);
        }
        if submission.is_used() {
            self.held_against_form(submission, &mut book, collected);
            sheets::read(index, readings, round, submission, &book, collected);
            collected.rare.extend(rare::in_cells(submission, &book));
            let standing = self.known.asked.standing(submission, &book, collected);
            collected.answers.extend(standing);
            let sent = self.sent(submission)?;
            replies::answered(submission, &self.known.asked, (Some(&book), sent.as_ref()), collected);
            replies::changed(submission, &self.known.asked, collected);
        }
        Ok(())
    }

    /// Tells what was altered of the form that a workbook was made from. A heading that can only be the one that was issued is read as that one.
    fn held_against_form(&self, submission: &Submission, book: &mut Book, collected: &mut Collected) {
        let form = submission.form.as_ref().map_or(&[][..], |form| self.known.contents.of(&form.number));
        if form.is_empty() {
            return;
        }
        FORM_RULES.into_iter().for_each(|code| collected.runs.ran(code, 1));
        let year = self.round.year();
        let altered = Alterations::of(&submission.file, book, form, (self.index.setting(), year));
        altered.restore(book);
        let Alterations { told, unread, .. } = altered;
        let found = told.into_iter().map(|(place, object, problem)| {
            Finding::new(&submission.city, place, problem).of_unit(&submission.unit).of(object)
        });
        let found: Vec<Finding> = found.collect();
        for (rows, at, is_there) in unread {
            let cause = found.get(at).map(Finding::as_cause);
            if let Some((unit, cause)) = submission.unit.clone().zip(cause) {
                collected.unread.push(UnreadRows { unit, rows, cause, is_there });
            }
        }
        collected.findings.extend(found);
    }

    /// The query workbook that a workbook answers, as it was sent; `None` when it is not there any more.
    fn sent(&self, submission: &Submission) -> Result<Option<Book>, RunError> {
        let Some(answer) = &submission.answers else { return Ok(None) };
        for has_macros in [false, true] {
            let path = self.from.folder.join(ISSUED_FOLDER).join(answer.number.file_name(has_macros));
            if self.from.inputs.is_there(&path)? {
                let bytes = self.from.inputs.read_up_to(&path, self.pool.longest())?;
                return Ok(self.pool.read(bytes.as_deref())?.ok());
            }
        }
        Ok(None)
    }
}

/// A workbook that counts and could be read for its cover, but not once more: nothing in it is known.
fn not_read_again(submission: &Submission, refusal: Refusal, collected: &mut Collected) {
    let finding = Finding::new(&submission.city, Place::file(&submission.file), refused(refusal));
    if let Some(unit) = submission.unit.clone().filter(|_| submission.is_used()) {
        let cause = finding.as_cause();
        collected.unread.push(UnreadRows { unit, rows: Object::Whole, cause, is_there: true });
    }
    collected.findings.push(finding.of_unit(&submission.unit));
}

/// L207: workbooks that the register does not have. Where there is no register at all, that is one finding, not one for each;
/// where it, or the line of a workbook, cannot be used, L210 has said so.
fn unregistered(city: &CityId, register: &Register, told: &[String], collected: &mut Collected) {
    let unknown = |one: &&Submission| !one.registered && one.readable && !told.contains(&one.file);
    let count = collected.submissions.iter().filter(unknown).count();
    let open = |one: &&Submission| !one.registered && one.readable && told.contains(&one.file);
    let unusable = if register.state == RegisterState::Unusable { count } else { 0 };
    let open = unusable + collected.submissions.iter().filter(open).count();
    let outside = collected.submissions.iter().filter(|one| !one.readable).count();
    collected.runs.undecided("L207", Undecided::NoRegister, open);
    collected.runs.undecided("L207", Undecided::NotAdmitted, outside);
    let alone = |one: &Submission| {
        let finding =
            Finding::new(city, Place::file(&one.file), ReturnProblem::NotRegistered { all: None }.into());
        finding.of_unit(&one.unit)
    };
    let found: Vec<Finding> = match register.state {
        RegisterState::Unusable => Vec::new(),
        RegisterState::Missing if count > 1 => {
            let place = Place::file(&format!("{city}/received.csv"));
            vec![Finding::new(city, place, ReturnProblem::NotRegistered { all: Some(count) }.into())]
        }
        RegisterState::Missing | RegisterState::Read => {
            collected.submissions.iter().filter(unknown).map(alone).collect()
        }
    };
    collected.findings.extend(found);
}

/// L214: workbooks that the register has but the folder has not. Whose they are their names may tell; a unit without any other
/// workbook is then silent because of this, and need not be told twice.
fn absent(
    index: &Index<'_>,
    register: &Register,
    paths: &[PathBuf],
    expected: &dyn Fn(&UnitName) -> usize,
    collected: &mut Collected,
) {
    let city = &index.plan.city;
    collected.runs.ran("L214", register.len());
    let (mut silent, mut others) = (Vec::new(), Vec::new());
    let mut told: BTreeSet<&UnitName> = BTreeSet::new();
    for name in folder::absent(register, paths) {
        let units = index.units_in(&name);
        let unit = match units.as_slice() {
            [unit] => Some(*unit),
            _ => None,
        };
        let sent = collected.submissions.iter().any(|one| one.readable && one.unit.as_ref() == unit);
        let count = unit.filter(|unit| !sent && told.insert(*unit)).map(expected);
        let name = shown::brief(&name);
        let problem = ReturnProblem::RegisteredButAbsent { name, expected: count }.into();
        let finding = Finding::new(city, Place::file(&format!("{city}/received.csv")), problem);
        if count.is_some() { &mut silent } else { &mut others }.push(finding.of_unit(unit));
    }
    // Every unit that is silent because of it is told; of the others the first are.
    finding::bound(&mut others, 0, |_| false);
    collected.findings.extend(silent.into_iter().chain(others));
}
