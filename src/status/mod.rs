//! Who has reported (报送情况): units × what they owe, as it was known on a day. Received, on time and complete are three things and are kept apart;
//! what is complete has not passed yet.
//!
//! Everything is taken from the round as it is judged with the workbooks received until the day ([`crate::run::examine_until`]); nothing is kept
//! between two looks, so the same inputs and the same day give the same answer.

mod book;
mod files;
mod reminders;
mod words;

pub use files::publish;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};

use crate::assess::{RoleSummary, UnitRole, UnitSummary};
use crate::collect::{Submission, TaskProgress};
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::finding::{Finding, Severity};
use crate::ident::{CityId, IndicatorNo, TaskNo, UnitName};
use crate::period::Period;
use crate::plan::{Query, QueryRegister, QueryState};

/// How far units have reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportingStatus {
    /// The folder of the round.
    pub round: String,
    /// The period that is reported.
    pub period: Period,
    /// The day as of which this is told: what came later is not there yet.
    pub as_of: NaiveDate,
    /// The last day for submissions.
    pub deadline: NaiveDate,
    /// Submissions received after this day are not used.
    pub cut_off: NaiveDate,
    /// Queries are to be answered by this day.
    pub answer_by: NaiveDate,
    /// Whether the figures are invented.
    pub illustrative: bool,
    /// The cities, in the order of the round.
    pub cities: Vec<CityStatus>,
}

/// How far the units of a city have reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CityStatus {
    /// Its name in the plan.
    pub name: String,
    /// Its key.
    pub city: String,
    /// Whom units report to, as the plan calls it.
    pub office: UnitName,
    /// The units that report, the most urgent first.
    pub units: Vec<UnitStatus>,
    /// Workbooks received until the day whose sender could not be told or that could not be read.
    pub unclaimed: Vec<String>,
}

/// How far a unit has reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitStatus {
    /// Its name in the plan.
    pub unit: UnitName,
    /// What is to be said of it.
    pub state: ReportState,
    /// When the workbook came that counts; `None` when none did, or when nobody wrote down when.
    pub received: Option<NaiveDateTime>,
    /// Whether that was by the deadline; `None` when that cannot be said.
    pub on_time: Option<bool>,
    /// The workbook that counts.
    pub file: Option<String>,
    /// Targets that it is asked for (rows, and targets in prose of tasks that it leads).
    pub targets: usize,
    /// Those for which it reported something.
    pub targets_reported: usize,
    /// Tasks that it leads.
    pub tasks: usize,
    /// Those for which it reported a state.
    pub tasks_reported: usize,
    /// Findings of severity error that no waiver covers, about what it sent.
    pub errors: usize,
    /// The same of severity warning.
    pub warnings: usize,
    /// Queries to it that somebody still has to act on.
    pub queries: usize,
    /// Those of them that it did not answer in time.
    pub overdue: usize,
    /// What it still has to do.
    pub todo: Vec<Todo>,
}

/// What is to be said of a unit, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportState {
    /// 未报: nothing came.
    NotReceived,
    /// 未采用: what came cannot be used: unreadable, undecided between versions, or after the cut-off.
    NotUsed,
    /// 逾期未答: a query to it is not answered, and the day for that is over.
    Overdue,
    /// 缺报: it came, and targets or tasks are missing in it.
    Incomplete,
    /// 有错误: it is complete, and an error is open.
    Faulty,
    /// 待答复: a query to it is not answered, and there is time.
    Asked,
    /// 待采纳: it answered, and the office has still to act.
    Answered,
    /// 已通过（曾逾期）.
    PassedLate,
    /// 已通过.
    Passed,
}

impl ReportState {
    /// All of them, the most urgent first.
    pub const ALL: [Self; 9] = [
        Self::NotReceived,
        Self::NotUsed,
        Self::Overdue,
        Self::Incomplete,
        Self::Faulty,
        Self::Asked,
        Self::Answered,
        Self::PassedLate,
        Self::Passed,
    ];

    /// The word in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotReceived => "not_received",
            Self::NotUsed => "not_used",
            Self::Overdue => "overdue",
            Self::Incomplete => "incomplete",
            Self::Faulty => "faulty",
            Self::Asked => "asked",
            Self::Answered => "answered",
            Self::PassedLate => "passed_late",
            Self::Passed => "passed",
        }
    }
}

/// Something that a unit still has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Todo {
    /// Send the report.
    Report,
    /// Send one that can be used.
    Usable(Unusable),
    /// Report these targets, which nobody else reported.
    Targets(Vec<IndicatorNo>),
    /// Report these tasks.
    Tasks(Vec<TaskNo>),
    /// Mend or explain what is wrong: findings by code and what they are about.
    Errors(Vec<OpenError>),
    /// Answer queries: so many, by a day; whether it is over.
    Answer(usize, NaiveDate, bool),
}

/// Why what came is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// It came after the cut-off.
    AfterCutOff,
    /// It is not known which of two workbooks is the newer one.
    Undecided,
    /// It cannot be read.
    Unreadable,
}

/// A finding of severity error.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenError {
    /// Its code.
    pub code: &'static str,
    /// What of the plan it is about; empty when it is about the workbook.
    pub about: String,
}

/// Findings of what is not there at all: they are counted as gaps and not as errors of what was sent.
const GAPS: [&str; 3] = ["V401", "V402", "V413"];

/// The status of an evaluation, which was made with what was received until the day; with the queries that were asked until then.
pub fn status(
    evaluation: &Evaluation,
    queries: &BTreeMap<CityId, QueryRegister>,
    as_of: NaiveDate,
    cut_off: NaiveDate,
) -> ReportingStatus {
    let round = &evaluation.round;
    let asked = |city: &CityEvaluation| {
        let register = queries.get(&city.plan.city);
        register.map(|register| register.until(as_of).queries()).unwrap_or_default()
    };
    let findings = evaluation.findings_by_city();
    let of = |city: &CityEvaluation| {
        let own = findings.get(&city.plan.city).map_or(&[][..], Vec::as_slice);
        of_city(own, city, (&asked(city), round.answer_by), as_of)
    };
    ReportingStatus {
        round: round.folder.clone(),
        period: round.period,
        as_of,
        deadline: round.deadline,
        cut_off,
        answer_by: round.answer_by,
        illustrative: round.illustrative,
        cities: evaluation.cities.iter().map(of).collect(),
    }
}

impl ReportingStatus {
    /// Days from the deadline to the day of the status; negative while there is time.
    pub fn days_late(&self) -> i64 {
        self.as_of.signed_duration_since(self.deadline).num_days()
    }

    /// All units with their cities.
    pub fn units(&self) -> impl Iterator<Item = (&CityStatus, &UnitStatus)> {
        self.cities.iter().flat_map(|city| city.units.iter().map(move |unit| (city, unit)))
    }

    /// Whether every unit has passed.
    pub fn is_settled(&self) -> bool {
        self.units().all(|(_, unit)| matches!(unit.state, ReportState::Passed | ReportState::PassedLate))
    }
}

/// How many units are in which condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StatusCounts {
    /// Units that are to report.
    pub units: usize,
    /// Whose workbook came by the deadline.
    pub on_time: usize,
    /// Whose workbook came after it and counts.
    pub late: usize,
    /// Whose workbook counts, and nobody knows when it came.
    pub undated: usize,
    /// From whom nothing came that counts.
    pub missing: usize,
    /// Targets that are asked for.
    pub targets: usize,
    /// Targets reported.
    pub targets_reported: usize,
    /// Tasks that are asked for.
    pub tasks: usize,
    /// Tasks reported.
    pub tasks_reported: usize,
    /// Open errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Open queries.
    pub queries: usize,
    /// Those of them that were not answered in time.
    pub overdue: usize,
}

impl StatusCounts {
    /// Counts units.
    pub fn of<'a>(units: impl IntoIterator<Item = &'a UnitStatus>) -> Self {
        let mut sum = Self::default();
        for one in units {
            let add = |count: &mut usize, more: usize| *count = count.saturating_add(more);
            add(&mut sum.units, 1);
            let place = match (one.file.is_some(), one.on_time) {
                (false, _) => &mut sum.missing,
                (true, Some(true)) => &mut sum.on_time,
                (true, Some(false)) => &mut sum.late,
                (true, None) => &mut sum.undated,
            };
            add(place, 1);
            add(&mut sum.targets, one.targets);
            add(&mut sum.targets_reported, one.targets_reported);
            add(&mut sum.tasks, one.tasks);
            add(&mut sum.tasks_reported, one.tasks_reported);
            add(&mut sum.errors, one.errors);
            add(&mut sum.warnings, one.warnings);
            add(&mut sum.queries, one.queries);
            add(&mut sum.overdue, one.overdue);
        }
        sum
    }
}

fn of_city(
    findings: &[&Finding],
    city: &CityEvaluation,
    asked: (&[Query], NaiveDate),
    as_of: NaiveDate,
) -> CityStatus {
    let findings: Vec<&Finding> =
        findings.iter().copied().filter(|finding| finding.cause.is_none()).collect();
    let mut units: Vec<UnitStatus> =
        city.units.iter().map(|unit| of_unit(city, unit, &findings, asked, as_of)).collect();
    // Those alike stay in the order of the plan.
    units.sort_by_key(|unit| (unit.state, Reverse(unit.errors)));
    let unclaimed =
        city.collected.submissions.iter().filter(|one| one.unit.is_none() && has_come(one, as_of));
    CityStatus {
        name: city.plan.name.clone(),
        city: city.plan.city.to_string(),
        office: city.plan.office.clone(),
        units,
        unclaimed: unclaimed.map(|one| one.file.clone()).collect(),
    }
}

/// Whether a workbook was there on a day; one of which nobody knows when it came is taken to be.
fn has_come(submission: &Submission, as_of: NaiveDate) -> bool {
    submission.received.is_none_or(|received| received.date() <= as_of)
}

#[expect(clippy::too_many_lines, reason = "a line for each thing that is told of a unit")]
fn of_unit(
    city: &CityEvaluation,
    unit: &UnitSummary,
    findings: &[&Finding],
    (queries, answer_by): (&[Query], NaiveDate),
    as_of: NaiveDate,
) -> UnitStatus {
    // A sheet that answers alone is no workbook of its unit.
    let is_alone = |one: &Submission| one.answers.is_some() && !one.readable;
    let own = || {
        let all = city.collected.submissions.iter();
        all.filter(|one| one.unit.as_ref() == Some(&unit.unit) && !is_alone(one))
    };
    let asked = queries.iter().filter(|query| *query.unit() == unit.unit && query.state.is_open());
    let asked: Vec<&Query> = asked.collect();
    let waiting = asked.iter().filter(|query| query.state == QueryState::Waiting).count();
    let overdue = asked.iter().filter(|query| query.is_overdue(answer_by, as_of)).count();
    let used = own().find(|one| one.is_used());
    let (data, lead) = (unit.role(UnitRole::Data), unit.role(UnitRole::Lead));
    let sum = |of: fn(&RoleSummary) -> usize| of(data).saturating_add(of(lead));
    let is_own = |finding: &Finding| match finding.subject.units.as_slice() {
        [] => own().any(|one| one.file == finding.at.file),
        units => units.contains(&unit.unit),
    };
    let open = || findings.iter().filter(|one| one.waived.is_none() && is_own(one));
    let of_code = |code: &'static str| open().filter(move |one| one.problem.code() == code);
    let is_error = |one: &&&Finding| one.severity() == Severity::Error && !GAPS.contains(&one.problem.code());
    let missing: Vec<IndicatorNo> = distinct(
        of_code("V401")
            .filter(|one| one.severity() == Severity::Error)
            .filter_map(|one| one.subject.object.indicator().cloned()),
    );
    let tasks: Vec<TaskNo> = distinct(of_code("V413").filter_map(|one| one.subject.object.task().cloned()));
    // What the unit stands by is for the office to decide.
    let is_answered = |finding: &Finding| {
        let (code, about) = (finding.problem.code(), finding.subject.object.to_string());
        let is_same = |one: &&&Query| one.asked.code == code && one.asked.object == about;
        asked.iter().filter(is_same).any(|query| query.state == QueryState::Confirmed)
    };
    let errors: Vec<OpenError> = distinct(
        open()
            .filter(is_error)
            .filter(|one| !is_answered(one))
            .map(|one| OpenError { code: one.problem.code(), about: one.subject.object.to_string() }),
    );
    let (wrong, warned) = (
        open().filter(is_error).count(),
        open()
            .filter(|one| one.severity() == Severity::Warning && !GAPS.contains(&one.problem.code()))
            .count(),
    );
    let unusable = own().filter(|one| has_come(one, as_of)).find_map(unusable);
    let todo = match (used, unusable) {
        (None, None) => vec![Todo::Report],
        (None, Some(why)) => vec![Todo::Usable(why)],
        (Some(_), _) => {
            let of = |is_any: bool, todo: Todo| is_any.then_some(todo);
            let all = [
                of(!missing.is_empty(), Todo::Targets(missing)),
                of(!tasks.is_empty(), Todo::Tasks(tasks)),
                of(!errors.is_empty(), Todo::Errors(errors)),
                of(waiting > 0, Todo::Answer(waiting, answer_by, overdue > 0)),
            ];
            all.into_iter().flatten().collect()
        }
    };
    let state = match (used, todo.first()) {
        (None, Some(Todo::Usable(_))) => ReportState::NotUsed,
        (None, _) => ReportState::NotReceived,
        (Some(_), _) if overdue > 0 => ReportState::Overdue,
        (Some(_), Some(Todo::Targets(_) | Todo::Tasks(_))) => ReportState::Incomplete,
        (Some(_), Some(Todo::Errors(_))) => ReportState::Faulty,
        (Some(_), Some(_)) => ReportState::Asked,
        (Some(_), None) if !asked.is_empty() => ReportState::Answered,
        (Some(_), None) if unit.on_time == Some(false) => ReportState::PassedLate,
        (Some(_), None) => ReportState::Passed,
    };
    UnitStatus {
        unit: unit.unit.clone(),
        state,
        received: unit.received,
        on_time: unit.on_time,
        file: used.map(|one| one.file.clone()),
        targets: sum(|role| role.expected),
        targets_reported: sum(|role| role.reported.unwrap_or(0)),
        tasks: lead.tasks,
        tasks_reported: tasks_reported(city, &unit.unit),
        errors: wrong,
        warnings: warned,
        queries: asked.len(),
        overdue,
        todo,
    }
}

/// Tasks that a unit leads and of which it says how far they are.
fn tasks_reported(city: &CityEvaluation, unit: &UnitName) -> usize {
    let led: BTreeSet<&TaskNo> = city
        .plan
        .tasks
        .iter()
        .filter(|task| city.plan.task_reporters(task).contains(unit))
        .map(|task| &task.no)
        .collect();
    let told =
        city.collected.tasks.iter().filter(|one| one.unit == *unit && one.progress != TaskProgress::Blank);
    told.map(|one| &one.no).filter(|no| led.contains(no)).collect::<BTreeSet<_>>().len()
}

/// Why a workbook is not used that has come; `None` for what counts, and for what a later version replaces.
fn unusable(one: &Submission) -> Option<Unusable> {
    if one.after_cut_off {
        Some(Unusable::AfterCutOff)
    } else if !one.readable {
        Some(Unusable::Unreadable)
    } else if one.undecided {
        Some(Unusable::Undecided)
    } else {
        None
    }
}

/// Without those that come again, in the order in which they come.
fn distinct<T: Ord + Clone>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    all.filter(|one| seen.insert(one.clone())).collect()
}
