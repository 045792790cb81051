//! Who sent a workbook, for which city and period, and when: whether it belongs to the round.

use std::sync::atomic::AtomicUsize;

use super::cover::{Cover, FIELDS, SENDER};
use super::incoming::{Held, Incoming};
use super::index::Index;
use super::issued_forms::IssuedContents;
use super::period::{NamedPeriod, Span, period};
use super::register::{self, Register};
use super::template::{self, recognised};
use super::text::nearest;
use super::version::Version;
use super::{AnswerTo, FormOrigin, NumberFound, Submission};
use crate::files;
use crate::finding::{
    CompletenessProblem, Finding, FormProblem, Lacking, Place, Population, Problem, ReadingProblem,
    ReturnProblem, RuleRuns, Undecided,
};
use crate::ident::{CellRef, UnitName};
use crate::plan::{IssuedForms, IssuedRow, Round};
use crate::workbook::{Book, Cell, Content, Fault, Loss, NoWorkbook, Refusal, Sheet};

/// What has passed the gate, or was stopped there.
pub(super) struct Admitted {
    pub(super) submission: Submission,
    /// The workbook, when it belongs to the round.
    pub(super) book: Option<Held>,
    /// Whether the register has a line for it that cannot be used.
    pub(super) is_told: bool,
    pub(super) findings: Vec<Finding>,
    pub(super) runs: RuleRuns,
}

/// What a workbook passes before its tables are read: who sent it, for which city and period, and when.
pub(super) struct Reception<'a> {
    pub(super) index: &'a Index<'a>,
    pub(super) round: &'a Round,
    pub(super) register: &'a Register,
    /// The forms that were issued, where their register is there and whole.
    pub(super) issued: Option<&'a IssuedForms>,
    /// What stands on them.
    pub(super) contents: &'a IssuedContents,
    pub(super) findings: Vec<Finding>,
    pub(super) runs: RuleRuns,
}

/// Rules of files that are not opened: one tells why, the others cannot be decided.
const OPENING: [&str; 8] = ["R101", "R102", "R106", "R107", "R116", "R117", "R118", "R119"];
/// Rules about whose workbook it is, in the order in which they are asked; the first one that is broken leaves those behind it open.
const BELONGING: [&str; 5] = ["L208", "L217", "L203", "L232", "L216"];
/// Rules of workbooks that belong to the round.
const BELONGS: [&str; 5] = ["R104", "L202", "L218", "L233", "V403"];

impl<'a> Reception<'a> {
    pub(super) fn new(
        index: &'a Index<'a>,
        round: &'a Round,
        register: &'a Register,
        (issued, contents): (Option<&'a IssuedForms>, &'a IssuedContents),
    ) -> Self {
        Self { index, round, register, issued, contents, findings: Vec::new(), runs: RuleRuns::default() }
    }
}

impl<'a> Reception<'a> {
    fn report(&mut self, submission: &Submission, at: Place, problem: Problem) {
        let finding = Finding::new(&self.index.plan.city, at, problem);
        self.findings.push(finding.of_unit(&submission.unit));
    }

    /// Rules that cannot be decided of the workbook.
    fn open(&mut self, rules: impl IntoIterator<Item = &'static str>, why: Undecided) {
        rules.into_iter().for_each(|code| self.runs.undecided(code, why, 1));
    }

    /// Tells of sheets that are damaged as a whole, where the workbook is not read any further: the cover may have stood there.
    fn tell_changed(&mut self, submission: &Submission, book: &Book) {
        for sheet in book.sheets.iter().filter(|sheet| sheet.visible) {
            for trouble in
                sheet.troubles.iter().filter(|one| matches!(one.what, Loss::Checksum | Loss::Name(_)))
            {
                let at = Place::cell(&submission.file, &sheet.name, trouble.at);
                self.report(
                    submission,
                    at,
                    ReadingProblem::SheetDamaged { what: trouble.what.clone() }.into(),
                );
            }
        }
    }

    /// Tells from cover and register who sent a workbook and when.
    pub(super) fn admit(mut self, incoming: Incoming, held: &AtomicUsize) -> Admitted {
        let is_told = self.register.is_faulty(&incoming.names);
        let (submission, book) = self.examined(incoming);
        let book = book.map(|book| Held::new(book, held));
        Admitted { submission, book, is_told, findings: self.findings, runs: self.runs }
    }

    /// What is known of a workbook before its tables are read. The book is returned when it belongs to the round.
    fn examined(&mut self, incoming: Incoming) -> (Submission, Option<Book>) {
        let Incoming { mut submission, names, book, answers } = incoming;
        self.runs.over(Population::File, 1);
        self.runs.ran("R118", 1);
        submission.received = self.register.find(&names);
        let file = Place::file(&submission.file);
        if let [_, decoded, ..] = names.as_slice() {
            let problem = ReturnProblem::NameInOtherCode { name: decoded.clone() }.into();
            self.report(&submission, file.clone(), problem);
        }
        submission.seems = self.seeming(&names, None);
        let book = match book {
            Ok(book) => book,
            Err(refusal) => {
                let problem = refused(refusal);
                self.open(OPENING.into_iter().filter(|code| *code != problem.code()), Undecided::NotOpened);
                self.open(BELONGING.into_iter().chain(BELONGS), Undecided::NotOpened);
                self.report(&submission, file, problem);
                return (submission, None);
            }
        };
        if let Some(answer) = answers.as_ref().filter(|_| book.sheets.is_empty()) {
            return (self.sheet_alone(submission, answer), None);
        }
        let Some(cover) = Cover::of(&submission.file, &book, self.index) else {
            self.tell_changed(&submission, &book);
            submission.seems = self.seeming(&names, Some(&book));
            let problem = ReturnProblem::NoSender { seems: text(submission.seems.as_ref()) }.into();
            let others = BELONGING.into_iter().filter(|code| *code != "L217");
            self.open(others.chain(BELONGS), Undecided::NotAdmitted);
            self.report(&submission, file, problem);
            return (submission, None);
        };
        describe(&mut submission, &book, &cover);
        let other = self.belongs(&cover, &mut submission, &names, &book);
        if let Some((at, problem)) = other {
            let behind = BELONGING.into_iter().skip_while(|code| *code != problem.code()).skip(1);
            self.open(behind.chain(BELONGS), Undecided::NotAdmitted);
            self.tell_changed(&submission, &book);
            self.report(&submission, at, problem);
            return (submission, None);
        }
        self.complete(&cover, &submission);
        self.edition(&mut submission, &book);
        if submission.seems.is_some() && submission.seems != submission.unit {
            let (named, taken) = (text(submission.seems.as_ref()), text(submission.unit.as_ref()));
            let problem = ReturnProblem::FileNamesAnother { named, taken }.into();
            self.report(&submission, file, problem);
        }
        submission.registered = submission.received.is_some();
        if !submission.registered {
            submission.received = register::moment(cover.value("填报日期"));
        }
        submission.answers = answers.filter(|answer| submission.unit.as_ref() == Some(&answer.number.unit));
        self.timely(&mut submission, cover.place("填报日期"));
        if let Some(problem) = unusual(&book) {
            let corner = Place::cell(&submission.file, &cover.sheet, CellRef::new(0, 0));
            self.report(&submission, corner, problem);
        }
        (submission, Some(book))
    }

    /// The sheet of a query that went alone: it answers, and reports nothing.
    fn sheet_alone(&mut self, submission: Submission, answer: &AnswerTo) -> Submission {
        self.open(BELONGING.into_iter().chain(BELONGS), Undecided::NotAdmitted);
        Submission { unit: Some(answer.number.unit.clone()), answers: Some(answer.clone()), ..submission }
    }

    /// Why a workbook is not used: by its cover, or by the form that it was made from.
    fn belongs(
        &mut self,
        cover: &Cover,
        submission: &mut Submission,
        names: &[String],
        book: &Book,
    ) -> Option<(Place, Problem)> {
        let form = self.form_of(submission, book);
        let refused = self.identify(cover, submission, names, book);
        // A cover that was changed differs from the other sheets of the form, too: whose form it is says more.
        let differs = matches!(&refused, Some((_, Problem::Return(ReturnProblem::SendersDiffer { .. }))));
        let of_another = form.filter(|_| refused.is_none() || differs);
        let of_another = of_another.and_then(|form| self.of_another(cover, submission, form));
        if differs && of_another.is_some() {
            self.open(["L232", "L216"], Undecided::NotAdmitted);
        }
        of_another.or(refused)
    }

    /// The one unit that the name of the file, or the names and titles of visible sheets, name. It is said, and never taken for
    /// the sender.
    fn seeming(&self, names: &[String], book: Option<&Book>) -> Option<UnitName> {
        let sheets = book.into_iter().flat_map(|book| &book.sheets).filter(|sheet| sheet.visible);
        let of_sheet = |sheet: &Sheet| {
            let titles = sheet.within((0, 3)).filter_map(|(_, cell)| cell.label().map(str::to_owned));
            titles.take(10).chain([sheet.name.clone()]).collect::<Vec<_>>()
        };
        let texts: Vec<String> = names.last().cloned().into_iter().chain(sheets.flat_map(of_sheet)).collect();
        let mut found: Vec<&UnitName> = Vec::new();
        for unit in texts.iter().flat_map(|text| self.index.units_in(text)) {
            if !found.contains(&unit) {
                found.push(unit);
            }
        }
        match found.as_slice() {
            [unit] => Some((*unit).clone()),
            _ => None,
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
            return Some((cover.place("城市"), ReturnProblem::OtherCity { named: city.to_owned() }.into()));
        }
        let name = cover.value(SENDER);
        if name.is_empty() {
            submission.seems = self.seeming(names, Some(book));
            return Some((
                cover.place(SENDER),
                ReturnProblem::NoSender { seems: text(submission.seems.as_ref()) }.into(),
            ));
        }
        let Some(unit) = self.index.unit(name) else {
            let within = self.index.units_in(name);
            let suggestion = match within.as_slice() {
                [unit] => Some(unit.to_string()),
                _ => nearest(name, self.index.units()),
            };
            let problem = ReturnProblem::UnknownUnit { name: name.to_owned(), suggestion }.into();
            return Some((cover.place(SENDER), problem));
        };
        for (at, other) in cover.senders() {
            if let Some(of) = self.index.unit(other)
                && of != unit
            {
                let there = at.to_string();
                let there = there.rsplit('/').next().unwrap_or_default().to_owned();
                let problem =
                    ReturnProblem::SendersDiffer { here: name.to_owned(), there, other: other.to_owned() }
                        .into();
                return Some((cover.place(SENDER), problem));
            }
        }
        submission.unit = Some(unit.clone());
        let named = cover.value("报告期");
        let asked = self.round.period;
        let other = |found: &NamedPeriod| found.years.is_some() && !found.holds(asked.year());
        // The cover says itself which part of the year it is: 2023年 is the whole of it.
        let is_part = |found: &NamedPeriod| {
            found.span_of(asked.reach()) == Span::Part || (!asked.is_annual() && found.is_bare)
        };
        if let Some(found) = period(named).filter(|found| other(found) || is_part(found)) {
            // From one year into another is no part of a year.
            let is_part = !other(&found) && found.years.is_none_or(|(first, last)| first == last);
            let problem = ReturnProblem::OtherPeriod { named: named.to_owned(), asked, is_part }.into();
            return Some((cover.place("报告期"), problem));
        }
        submission.readable = true;
        None
    }

    /// The issued form that the workbook was made from.
    fn form_of(&self, submission: &mut Submission, book: &Book) -> Option<&'a IssuedRow> {
        let (row, form) = recognised(book, self.issued?, &self.round.period.to_string())?;
        submission.form = Some(form);
        Some(row)
    }

    /// T708: the form of one unit under the cover of another. What stands on it was asked of the other one; it is not used.
    fn of_another(
        &mut self,
        cover: &Cover,
        submission: &mut Submission,
        form: &IssuedRow,
    ) -> Option<(Place, Problem)> {
        let (asked, named) = (self.index.unit(&form.unit)?, self.index.unit(cover.value(SENDER)));
        self.runs.ran("T708", 1);
        if named == Some(asked) {
            return None;
        }
        submission.unit = named.cloned();
        submission.readable = false;
        let (form, cover_names) = (asked.to_string(), text(submission.unit.as_ref()));
        Some((cover.place(SENDER), ReturnProblem::FormOfAnother { form, cover: cover_names }.into()))
    }

    /// T701, T702 and T710, of units to which a form was issued.
    fn edition(&mut self, submission: &mut Submission, book: &Book) {
        let (period, unit) = (self.round.period.to_string(), submission.unit.clone());
        let index = self.index;
        let is_of = |row: &&IssuedRow| row.period == period && index.unit(&row.unit) == unit.as_ref();
        let own: Vec<&IssuedRow> =
            self.issued.into_iter().flat_map(|issued| issued.rows.iter().rev()).filter(is_of).collect();
        let Some(last) = own.first() else { return };
        let mut told: Vec<(Place, Problem)> = Vec::new();
        self.runs.ran("T701", 1);
        self.runs.ran("T710", 1);
        if submission.form.is_none()
            && let Some(row) = own.iter().find(|row| self.contents.is_like(&row.template, book))
        {
            let (number, edition) = (row.template.clone(), row.edition);
            told.push((
                Place::file(&submission.file),
                FormProblem::KnownByContent { number: number.clone() }.into(),
            ));
            submission.form = Some(FormOrigin { number, edition, by: NumberFound::Content });
        }
        match &submission.form {
            None => {
                let number = template::number_of(book).map(str::to_owned);
                told.push((Place::file(&submission.file), ReturnProblem::NoIssuedForm { number }.into()));
            }
            Some(form) => {
                self.runs.ran("T702", 1);
                if form.edition < last.edition {
                    let rows = self.contents.differing(&form.number, &last.template);
                    let problem = ReturnProblem::OldForm { edition: form.edition, last: last.edition, rows };
                    told.push((Place::file(&submission.file), problem.into()));
                }
            }
        }
        told.into_iter().for_each(|(place, problem)| self.report(submission, place, problem));
    }

    /// L202: what the cover does not say, in one finding; and L218.
    fn complete(&mut self, cover: &Cover, submission: &Submission) {
        let mut missing = Vec::new();
        for field in FIELDS {
            let value = cover.value(field);
            if value.is_empty() {
                missing.push((cover.place(field), Lacking { field, written: None }));
            } else if field == "报告期" && period(value).and_then(|found| found.year()).is_none() {
                missing.push((cover.place(field), Lacking { field, written: Some(value.to_owned()) }));
            }
        }
        if let Some((first, _)) = missing.first().cloned() {
            let (places, fields): (Vec<Place>, Vec<Lacking>) = missing.into_iter().unzip();
            let city = &self.index.plan.city;
            let finding = Finding::new(city, first, ReturnProblem::CoverFieldMissing { fields }.into());
            let finding = finding.of_unit(&submission.unit);
            self.findings.push(places.into_iter().skip(1).fold(finding, Finding::see_also));
        }
        if !submission.version.is_clear() {
            let problem = ReturnProblem::VersionUnclear { raw: submission.version.text() }.into();
            self.report(submission, cover.place("版本"), problem);
        }
    }

    fn timely(&mut self, submission: &mut Submission, at: Place) {
        let Some(received) = submission.received else {
            self.open(["V403"], Undecided::NoReceipt);
            return;
        };
        // An answer is as timely as the report that was asked about, and has days of its own.
        let report = submission.answers.as_ref().map(|answer| answer.report.clone());
        let reported = report.and_then(|name| self.register.find(&[name])).unwrap_or(received);
        let on_time = reported.date() <= self.round.deadline;
        submission.on_time = Some(on_time);
        let last = if submission.answers.is_some() { self.round.answers_until } else { self.round.cut_off };
        submission.after_cut_off = received.date() > last;
        if !on_time {
            let problem =
                CompletenessProblem::Late { received: reported, deadline: self.round.deadline }.into();
            self.report(submission, at, problem);
        }
    }
}

/// The name of a unit, or nothing.
fn text(unit: Option<&UnitName>) -> String {
    unit.map(UnitName::to_string).unwrap_or_default()
}

/// Why a workbook could not be read.
pub(super) fn refused(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::Told(Fault::Unreadable(reason)) => ReadingProblem::NotAWorkbook { reason }.into(),
        Refusal::Told(Fault::Encrypted) => ReadingProblem::Encrypted.into(),
        Refusal::Told(Fault::Limit(limit)) => ReadingProblem::LimitExceeded { limit }.into(),
        Refusal::Told(Fault::Other(NoWorkbook::Wrapped)) => ReadingProblem::Wrapped.into(),
        Refusal::Told(Fault::Other(NoWorkbook::Archive { kind, inside })) => {
            ReadingProblem::Archive { kind, inside }.into()
        }
        Refusal::Told(Fault::Other(NoWorkbook::Document(document))) => {
            ReadingProblem::OtherDocument { document }.into()
        }
        Refusal::Died(how) => ReadingProblem::ReaderFailed { how }.into(),
        Refusal::Unread(why) => ReadingProblem::Unreadable { why }.into(),
        Refusal::PutOff { hung, seconds } => ReadingProblem::PutOff { hung, seconds }.into(),
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

/// What there is to say of the program that saved it.
fn unusual(book: &Book) -> Option<Problem> {
    let program = book.program.as_deref().filter(|program| is_unusual(program))?;
    let name = files::printable(program.split('$').next().unwrap_or(program));
    Some(ReadingProblem::OtherProgram { program: name }.into())
}

/// Programs other than those that offices use.
fn is_unusual(program: &str) -> bool {
    let program = program.to_lowercase();
    !(program.contains("microsoft") || program.contains("wps"))
}
