//! Is everything there? Units, indicators, tasks.

use std::collections::BTreeSet;

use super::CityInReview;
use crate::collect::{Observation, Reading, StandingAnswer, Submission, TaskProgress};
use crate::finding::{
    CompletenessProblem, Finding, Object, Place, Problem, ReturnProblem, RuleRuns, TableProblem, Undecided,
    UnitAnswer,
};
use crate::ident::UnitName;
use crate::plan::{Indicator, QueryState, Task};

/// V402: a unit with something to report sent no workbook that can be used. Where another finding says so already (its workbook
/// is registered but absent, or the order of several cannot be told), it is not said twice.
pub(super) fn units_report(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    let plan = subject.plan;
    let submissions = &subject.collected.all.submissions;
    let tells = |finding: &&Finding| {
        matches!(
            finding.problem,
            Problem::Return(
                ReturnProblem::RegisteredButAbsent { expected: Some(_), .. }
                    | ReturnProblem::OrderUnclear { .. }
            )
        )
    };
    let telling = subject.collected.all.findings.iter().filter(tells);
    let told: BTreeSet<&UnitName> = telling.flat_map(|finding| &finding.subject.units).collect();
    let silent = |unit: &UnitName| !has_reported(subject, unit) && !told.contains(unit);
    let finding = |unit: UnitName| {
        let too_late = submissions.iter().any(|one| one.after_cut_off && one.unit.as_ref() == Some(&unit));
        let is_unused =
            |one: &&Submission| !one.readable && one.unit.as_ref().or(one.seems.as_ref()) == Some(&unit);
        let name = |one: &Submission| one.file.rsplit('/').next().unwrap_or_default().to_owned();
        let problem = CompletenessProblem::UnitSilent {
            expected: plan.expected_of(&unit, subject.round.year()),
            too_late,
            unused: submissions.iter().filter(is_unused).map(name).collect(),
        }
        .into();
        let place = Place::file(&format!("{}/submissions", plan.city));
        Finding::new(&plan.city, place, problem).of_unit(&unit)
    };
    let asked = plan.reporting_units(subject.round.year());
    let told_elsewhere = |unit: &&UnitName| told.contains(*unit) && !has_reported(subject, unit);
    runs.ran("V402", asked.iter().filter(|unit| !told_elsewhere(unit)).count());
    asked.into_iter().filter(silent).map(finding).collect()
}

fn has_reported(subject: &CityInReview<'_>, unit: &UnitName) -> bool {
    subject.collected.used_of(unit).is_some()
}

/// V401: an expected value is missing, empty or only a mark. V415: it is missing from one of several units.
///
/// Units that sent nothing have a finding of their own and are passed over.
pub(super) fn indicators_are_reported(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    let mut found = Vec::new();
    for indicator in subject.plan.indicators_of(subject.round.year()).filter(|row| !row.sits_out) {
        let sides: Vec<Answer> = sides(subject, indicator);
        let someone_did = sides.iter().any(|side| side.answered);
        let usable = sides.iter().any(|side| side.usable);
        count_answers(indicator, sides.len(), someone_did, runs);
        let mut gaps = sides.into_iter().filter(|side| !side.answered);
        if someone_did {
            let partly = |side: Answer| {
                let cause = subject.collected.unread_of(&side.unit, &(&indicator.no).into());
                let of_form = cause.filter(|unread| unread.cause.code.starts_with('T'));
                let problem =
                    CompletenessProblem::PartlyReported { raw: side.raw.clone().unwrap_or_default(), usable };
                let finding = side.finding(subject, indicator, problem.into());
                finding.because(of_form.map(|unread| unread.cause.clone()))
            };
            found.extend(gaps.map(partly));
        } else if let Some(first) = gaps.next() {
            // All units that were to report it are asked.
            let mut units = vec![first.unit.clone()];
            let cause = subject.collected.unread_of(&first.unit, &(&indicator.no).into());
            let has_row = cause.is_some_and(|unread| unread.is_there && unread.rows != Object::Whole);
            let (raw, why) = (first.raw.clone(), first.why.clone());
            let like = if raw.is_none() { row_like(subject, &first.unit, indicator) } else { None };
            let names = like.as_ref().map(|(row, _)| (indicator.name.clone(), row.clone()));
            let asked =
                |cannot| CompletenessProblem::NotReported { raw, has_row, why, like: names, cannot }.into();
            let cannot = cannot_provide(subject, indicator, &first.at).map(Box::new);
            let mut finding = first.finding(subject, indicator, asked(cannot));
            if let Some((_, at)) = like {
                finding = finding.see_also(at);
            }
            finding = finding.because(cause.map(|unread| unread.cause.clone()));
            for other in gaps {
                units.push(other.unit.clone());
                finding = finding.see_also(other.at);
            }
            let finding = finding.of_units(&units);
            found.push(finding);
        }
    }
    found
}

/// Counts V401 of an indicator and V415 of its units, of which some have sent a workbook that can be used.
fn count_answers(indicator: &Indicator, heard: usize, someone_did: bool, runs: &mut RuleRuns) {
    let asked = indicator.reporters.len();
    if asked == 0 {
        return;
    }
    runs.ran("V401", 1);
    runs.undecided("V401", Undecided::NotReported, usize::from(heard == 0));
    if asked > 1 {
        runs.ran("V415", asked);
        let open = if someone_did { asked - heard.min(asked) } else { asked };
        runs.undecided("V415", Undecided::NotReported, open);
    }
}

/// The answer of a unit that it has no value to give (无法提供), about the very cell as it is.
fn cannot_provide(subject: &CityInReview<'_>, indicator: &Indicator, at: &Place) -> Option<UnitAnswer> {
    let is_it = |one: &&StandingAnswer| {
        let asked = &one.query.asked;
        one.query.state == QueryState::Missing
            && asked.code == "V401"
            && Object::parse(&asked.object) == Object::from(&indicator.no)
            && one.stands.places.contains(at)
    };
    subject.collected.all.answers.iter().rev().find(is_it)?.said()
}

/// A row of a unit that is none of the plan's and whose name is like that of the indicator: its name and place.
fn row_like(subject: &CityInReview<'_>, unit: &UnitName, indicator: &Indicator) -> Option<(String, Place)> {
    subject.collected.all.findings.iter().find_map(|finding| match &finding.problem {
        Problem::Table(TableProblem::UnknownRow { text, suggestion: Some(name), of_year: None, .. })
            if *name == indicator.name && finding.subject.units.contains(unit) =>
        {
            Some((text.clone(), finding.at.clone()))
        }
        _ => None,
    })
}

/// One unit's part in an indicator.
struct Answer {
    unit: UnitName,
    answered: bool,
    /// Whether it is a value that can be used.
    usable: bool,
    /// Text of the cell; `None` when the workbook has no such row.
    raw: Option<String>,
    /// What the remark beside it says.
    why: String,
    at: Place,
}

impl Answer {
    fn finding(&self, subject: &CityInReview<'_>, indicator: &Indicator, problem: Problem) -> Finding {
        Finding::new(&subject.plan.city, self.at.clone(), problem)
            .of_unit(&self.unit)
            .of_indicator(&indicator.no)
    }
}

fn sides(subject: &CityInReview<'_>, indicator: &Indicator) -> Vec<Answer> {
    let collected = subject.collected;
    let used = |unit: &&UnitName| has_reported(subject, unit);
    let of = |unit: &UnitName| {
        let observation = collected.current_of(&indicator.no, unit).next();
        let file = collected.used_of(unit);
        let whole = || file.map_or_else(Place::default, |file| Place::file(&file.file));
        Answer {
            unit: unit.clone(),
            answered: observation.is_some_and(is_answer),
            usable: observation.is_some_and(is_usable),
            raw: observation.map(|seen| seen.raw.trim().to_owned()),
            why: observation.map_or_else(String::new, |seen| seen.note.trim().to_owned()),
            at: observation.map_or_else(whole, |seen| seen.at.clone()),
        }
    };
    indicator.reporters.iter().filter(used).map(of).collect()
}

/// Whether a cell says something, be it readable or not.
fn is_answer(observation: &Observation) -> bool {
    !matches!(observation.reading, Reading::Blank | Reading::Mark)
}

/// Whether a cell holds a value that can be used.
fn is_usable(observation: &Observation) -> bool {
    observation.value.is_some() || matches!(observation.reading, Reading::Present | Reading::Absent)
}

/// V413, V414: a task was not reported, or its state is none of the words of the form.
pub(super) fn tasks_are_reported(subject: &CityInReview<'_>, runs: &mut RuleRuns) -> Vec<Finding> {
    let plan = subject.plan;
    let mut found = Vec::new();
    for task in &plan.tasks {
        for unit in &plan.task_reporters(task) {
            runs.ran("V413", 1);
            runs.ran("V414", 1);
            let finding = task_finding(subject, task, unit).filter(|_| has_reported(subject, unit));
            let is_open = !has_reported(subject, unit);
            let is_blank = finding.as_ref().is_some_and(|finding| finding.problem.code() == "V413");
            runs.undecided("V413", Undecided::NotReported, usize::from(is_open));
            runs.undecided("V414", Undecided::NotReported, usize::from(is_open || is_blank));
            found.extend(finding);
        }
    }
    found
}

fn task_finding(subject: &CityInReview<'_>, task: &Task, unit: &UnitName) -> Option<Finding> {
    let report = subject.collected.tasks_of(&task.no, unit).next();
    let file = subject.collected.used_of(unit);
    let whole = file.map_or_else(Place::default, |file| Place::file(&file.file));
    let (at, problem) = match report.map(|report| (&report.progress, report.at.clone())) {
        None => (whole, CompletenessProblem::TaskNotReported.into()),
        Some((TaskProgress::Blank, at)) => (at, CompletenessProblem::TaskNotReported.into()),
        Some((TaskProgress::Unknown(raw), at)) => {
            (at, CompletenessProblem::UnknownTaskState { raw: raw.clone() }.into())
        }
        Some((TaskProgress::Done | TaskProgress::Ongoing | TaskProgress::NotStarted, _)) => return None,
    };
    let cause = subject
        .collected
        .unread_of(unit, &(&task.no).into())
        .filter(|_| problem == CompletenessProblem::TaskNotReported.into());
    let finding = Finding::new(&subject.plan.city, at, problem);
    let finding = finding.because(cause.map(|unread| unread.cause.clone()));
    Some(finding.of_unit(unit).of_task(&task.no))
}
