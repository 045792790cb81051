//! The long tables of every stage; `docs/tables.md` describes their columns and a test holds it to this file.

use super::lineage;
use super::schema::{
    ASSESSMENTS, EVIDENCE, FACTS, FINDINGS, LINEAGE, OBSERVATIONS, REPLACED, SCORES, SUBMISSIONS, TASKS,
    UNITS,
};
use super::table::{Cell, Table};
use crate::assess::{Assessment, RoleSummary, UnitSummary};
use crate::collect::{Evidence, Observation, Submission};
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::finding::{Finding, Language};
use crate::plan::{Goal, Grade, Operator, Origin, Tier};
use crate::quantity::Value;
use crate::reconcile::Fact;
use crate::rounding::{exact, fixed, plain, short_of_hundred};
use crate::words;

/// Builds all tables, in the order of the stages.
pub fn tables(evaluation: &Evaluation) -> Vec<Table> {
    let cities = &evaluation.cities;
    let of = |name, columns, rows| Table { name, columns, rows };
    vec![
        of(
            "submissions",
            SUBMISSIONS,
            rows(cities, |city| city.collected.submissions.iter().map(submission).collect()),
        ),
        of(
            "observations",
            OBSERVATIONS,
            rows(cities, |city| {
                city.collected.observations.iter().map(|seen| observation(city, seen)).collect()
            }),
        ),
        of(
            "evidence",
            EVIDENCE,
            rows(cities, |city| city.collected.evidence.iter().map(|one| evidence(city, one)).collect()),
        ),
        of(
            "replaced",
            REPLACED,
            rows(cities, |city| city.collected.replaced.iter().map(|seen| replaced(city, seen)).collect()),
        ),
        of("facts", FACTS, rows(cities, |city| city.facts.iter().map(|one| fact(city, one)).collect())),
        of(
            "assessments",
            ASSESSMENTS,
            rows(cities, |city| city.assessments.iter().map(|one| assessment(city, one)).collect()),
        ),
        of("tasks", TASKS, rows(cities, tasks)),
        of("scores", SCORES, rows(cities, |city| vec![score(city)])),
        of("units", UNITS, rows(cities, units)),
        of("findings", FINDINGS, evaluation.findings.iter().map(finding).collect()),
        of("lineage", LINEAGE, lineage(evaluation).into_iter().map(step).collect()),
    ]
}

/// The tables of what concerns one city, without the totals of the round.
pub(super) fn of_city(own: &Evaluation) -> Vec<Table> {
    let is_total =
        |row: &[Cell]| matches!(row.first(), Some(Cell::Text(figure)) if figure.starts_with("round/"));
    let mut all = tables(own);
    for table in all.iter_mut().filter(|table| table.name == "lineage") {
        table.rows.retain(|row| !is_total(row));
    }
    all
}

fn rows(cities: &[CityEvaluation], of: impl Fn(&CityEvaluation) -> Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    cities.iter().flat_map(of).collect()
}

fn submission(one: &Submission) -> Vec<Cell> {
    vec![
        one.city.as_str().into(),
        one.unit.as_ref().map_or("", |unit| unit.as_str()).into(),
        one.period.as_str().into(),
        Cell::Text(one.version.text()),
        one.file.as_str().into(),
        one.digests.sha256.as_str().into(),
        one.digests.sm3.as_str().into(),
        one.received.map(|time| time.format("%Y-%m-%dT%H:%M").to_string()).into(),
        one.on_time.into(),
        one.superseded.into(),
        one.is_used().into(),
        one.format.as_str().into(),
        one.filled_by.as_str().into(),
        one.checked_by.as_str().into(),
        one.filled_on.as_str().into(),
        one.registered.into(),
    ]
}

fn evidence(city: &CityEvaluation, one: &Evidence) -> Vec<Cell> {
    vec![
        city.plan.city.as_str().into(),
        one.unit.as_str().into(),
        one.no.as_str().into(),
        one.title.as_str().into(),
        one.document.as_str().into(),
    ]
}

fn replaced(city: &CityEvaluation, seen: &Observation) -> Vec<Cell> {
    let indicator = city.plan.indicator(&seen.no);
    let submissions = &city.collected.submissions;
    let own = submissions.iter().find(|one| one.file == seen.at.file);
    let by = submissions.iter().find(|one| one.is_used_of(&seen.unit));
    vec![
        seen.city.as_str().into(),
        seen.unit.as_str().into(),
        own.map_or(Cell::Null, |own| Cell::Text(own.version.text())),
        indicator.and_then(|row| row.id.as_ref()).map_or("", |id| id.as_str()).into(),
        seen.no.as_str().into(),
        seen.year.into(),
        Cell::Text(seen.raw.clone()),
        seen.value.map(|value| Cell::Decimal(plain(value))).into(),
        indicator.map_or("", |indicator| indicator.unit.text()).into(),
        seen.at.file.as_str().into(),
        seen.at.sheet.as_str().into(),
        seen.at.address().into(),
        by.map_or("", |by| by.file.as_str()).into(),
    ]
}

fn observation(city: &CityEvaluation, seen: &Observation) -> Vec<Cell> {
    let indicator = city.plan.indicator(&seen.no);
    vec![
        seen.city.as_str().into(),
        seen.unit.as_str().into(),
        indicator.and_then(|row| row.id.as_ref()).map_or("", |id| id.as_str()).into(),
        seen.no.as_str().into(),
        seen.year.into(),
        seen.is_current.into(),
        Cell::Text(seen.raw.clone()),
        seen.value.map(|value| Cell::Decimal(plain(value))).into(),
        indicator.map_or("", |indicator| indicator.unit.text()).into(),
        seen.reported_unit.as_str().into(),
        seen.conversion.as_ref().map(|conversion| conversion.operation.clone()).into(),
        seen.vintage.chinese().into(),
        seen.evidence.join("、").into(),
        seen.note.as_str().into(),
        seen.at.file.as_str().into(),
        seen.at.sheet.as_str().into(),
        seen.at.address().into(),
    ]
}

fn number(value: Option<Value>) -> Cell {
    match value {
        Some(Value::Number(value)) => Cell::Decimal(plain(value)),
        Some(Value::Presence(_)) | None => Cell::Null,
    }
}

fn fact(city: &CityEvaluation, one: &Fact) -> Vec<Cell> {
    let indicator = city.plan.indicator(&one.no);
    let word = match one.value {
        Some(value @ Value::Presence(_)) => value.text(),
        Some(Value::Number(_)) | None => String::new(),
    };
    vec![
        one.city.as_str().into(),
        indicator.and_then(|row| row.id.as_ref()).map_or("", |id| id.as_str()).into(),
        one.no.as_str().into(),
        one.year.into(),
        one.status.key().into(),
        number(one.value),
        word.into(),
        indicator.map_or("", |indicator| indicator.unit.text()).into(),
        one.source.as_ref().map(|seen| seen.at.to_string()).into(),
        words::basis(&one.basis).into(),
        one.doubt.as_ref().map(words::doubt).into(),
        one.derivation().map(words::derivation).into(),
    ]
}

fn assessment(city: &CityEvaluation, one: &Assessment) -> Vec<Cell> {
    let indicator = city.plan.indicator(&one.no);
    let two =
        |value: Option<rust_decimal::Decimal>| value.map(|value| Cell::Decimal(short_of_hundred(value, 2)));
    let baseline = one.baseline.as_ref().and_then(crate::plan::PastValue::written);
    vec![
        one.city.as_str().into(),
        one.id.as_ref().map_or("", |id| id.as_str()).into(),
        one.no.as_str().into(),
        indicator.map_or("", |indicator| indicator.name.as_str()).into(),
        one.target.year.into(),
        tier(one.target.tier).into(),
        match one.origin {
            Origin::Table => "table",
            Origin::Prose => "prose",
        }
        .into(),
        one.target.goal.key().into(),
        operator(&one.target.goal).into(),
        one.target.goal.to_string().into(),
        one.target.goal.number().map(|value| Cell::Decimal(value.text.clone())).into(),
        baseline.map(|value| Cell::Decimal(value.text)).into(),
        one.actual.map(Value::text).into(),
        number(one.actual),
        one.unit.as_str().into(),
        one.state.key().into(),
        one.state.met().into(),
        one.completion_text(2).map(Cell::Decimal).into(),
        two(one.progress).into(),
        one.boundary.into(),
        one.target_is_worse.into(),
        Cell::Decimal(plain(one.weight)),
        one.points.map(|points| Cell::Decimal(exact(points, 2))).into(),
        one.reason.as_ref().map_or_else(String::new, words::no_verdict).into(),
        one.target.issued.as_ref().map(ToString::to_string).into(),
        one.target.line.as_str().into(),
    ]
}

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Annual => "annual",
        Tier::Assessed => "assessed",
        Tier::Intended => "intended",
    }
}

fn operator(goal: &Goal) -> &'static str {
    match goal {
        Goal::Range(..) | Goal::Interval(..) => "in",
        goal => goal.operator().map_or("", Operator::sign),
    }
}

fn tasks(city: &CityEvaluation) -> Vec<Vec<Cell>> {
    let row = |(task, one): (&crate::plan::Task, &crate::assess::TaskAssessment)| {
        let report = one.report.as_ref();
        vec![
            city.plan.city.as_str().into(),
            task.no.as_str().into(),
            task.title.as_str().into(),
            city.plan.task_reporters(task).join("、").into(),
            task.responsible.join("、").into(),
            one.state.chinese().into(),
            report.map(|report| report.text.clone()).into(),
            report.map(|report| report.evidence.join("、")).into(),
            one.state.key().into(),
            one.missed.join("、").into(),
            report.map(|report| report.at.file.clone()).into(),
            report.map(|report| report.at.sheet.clone()).into(),
            report.map(|report| report.at.address()).into(),
            task.line.as_str().into(),
        ]
    };
    city.plan.tasks.iter().zip(&city.tasks).map(row).collect()
}

fn score(city: &CityEvaluation) -> Vec<Cell> {
    let score = &city.score;
    let four = |value: Option<rust_decimal::Decimal>| value.map(|value| Cell::Decimal(fixed(value, 4)));
    let percent = |fraction: crate::compare::Fraction| {
        let of = rust_decimal::Decimal::from;
        crate::decimal::in_percent(of(fraction.part), of(fraction.whole))
    };
    vec![
        score.city.as_str().into(),
        match score.basis {
            Origin::Table => "table",
            Origin::Prose => "prose",
        }
        .into(),
        four(score.score).into(),
        four(score.score_missing_as_zero).into(),
        Cell::Decimal(plain(
            crate::decimal::sum(score.deductions.iter().map(|one| one.points)).unwrap_or_default(),
        )),
        score.grade.map(Grade::chinese).into(),
        score.limits.iter().map(|limit| limit.reason.as_str()).collect::<Vec<_>>().join("；").into(),
        score.rank.into(),
        score.tied.into(),
        score.rank_low.into(),
        score.rank_high.into(),
        score.met.into(),
        score.assessable.into(),
        score.total.into(),
        four(percent(score.rate())).into(),
        four(percent(score.coverage())).into(),
    ]
}

/// One row per unit and role.
fn units(city: &CityEvaluation) -> Vec<Vec<Cell>> {
    let row = |unit: &UnitSummary, role: &RoleSummary| {
        vec![
            city.plan.city.as_str().into(),
            unit.unit.as_str().into(),
            role.role.chinese().into(),
            role.expected.into(),
            role.reported.map_or(Cell::Null, Into::into),
            unit.received.map(|time| time.format("%Y-%m-%dT%H:%M").to_string()).into(),
            unit.on_time.into(),
            role.met.into(),
            role.assessable.into(),
            role.tasks.into(),
            role.tasks_done.into(),
        ]
    };
    let all = city.units.iter().chain(&city.sharers);
    let roles = all.flat_map(|unit| unit.roles.iter().map(move |role| (unit, role)));
    roles.filter(|(_, role)| !role.is_empty()).map(|(unit, role)| row(unit, role)).collect()
}

fn finding(one: &Finding) -> Vec<Cell> {
    let related: Vec<String> = one.related.iter().map(ToString::to_string).collect();
    vec![
        one.problem.code().into(),
        one.problem.severity().key().into(),
        if one.waived.is_some() { "waived" } else { "fail" }.into(),
        one.subject.city.as_str().into(),
        one.unit_words().into(),
        one.subject.object.to_string().into(),
        one.at.file.as_str().into(),
        one.at.sheet.as_str().into(),
        one.at.address().into(),
        one.message(Language::Chinese).into(),
        one.remedy(Language::Chinese).into(),
        one.message(Language::English).into(),
        related.join("；").into(),
        one.waived.clone().into(),
        one.cause.as_ref().map(ToString::to_string).into(),
    ]
}

fn step(step: lineage::Step) -> Vec<Cell> {
    vec![step.figure.into(), step.number.into(), step.from.into(), step.to.into(), step.operation.into()]
}
