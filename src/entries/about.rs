//! What an entry is about: it has to be there now.

use std::collections::BTreeSet;

use super::{DecisionEntry, EntryStanding};
use crate::error::EntryRefusal;
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::finding::{Finding, Object};
use crate::ident::CityId;
use crate::plan::{self, Decision, FileFault, Plan, Preference, Round, Waiver};
use crate::reconcile::said;

/// The code of a disagreement that a preference settles.
const DISAGREEMENT: &str = "C502";

/// How an entry stands to a round as it is.
///
/// # Errors
/// Fails when something in it is empty or names nothing, when what it is about is not there, and when it was decided otherwise; what there is is named.
pub fn standing(entry: &DecisionEntry, evaluation: &Evaluation) -> Result<EntryStanding, EntryRefusal> {
    let (by, reason, _) = entry.warrant();
    filled(&[("--by", by), ("--reason", reason)])?;
    match entry {
        DecisionEntry::Waiver(one) => waiver(one, evaluation),
        DecisionEntry::Preference(one) => preference(one, evaluation),
        DecisionEntry::Decision(one) => decision(one, evaluation),
    }
}

fn filled(texts: &[(&'static str, &str)]) -> Result<(), EntryRefusal> {
    let empty = texts.iter().find(|(_, text)| text.trim().is_empty());
    empty.map_or(Ok(()), |(option, _)| Err(EntryRefusal::Empty(option)))
}

/// The line of an entry of a list by its place there, from zero.
fn line_of(round: &Round, list: &str, place: usize) -> usize {
    round.line_of(&format!("{list}.{}", place.saturating_add(1))).unwrap_or_default()
}

/// Refuses what the reader of the file would refuse.
fn valid(faults: &[FileFault]) -> Result<(), EntryRefusal> {
    let words = |fault: &FileFault| match fault {
        // Which one it would be says nothing to somebody who does not see the file.
        FileFault::Waiver { why, .. } | FileFault::Decision { why, .. } => why.to_string(),
        other => other.to_string(),
    };
    faults.first().map_or(Ok(()), |fault| Err(EntryRefusal::Void(words(fault).trim().to_owned())))
}

fn plans(evaluation: &Evaluation) -> Vec<Plan> {
    evaluation.cities.iter().map(|city| city.plan.clone()).collect()
}

fn named(evaluation: &Evaluation, city: &CityId) -> String {
    evaluation.cities.find(city).map_or_else(|| city.to_string(), |city| city.plan.name.clone())
}

fn waiver(one: &Waiver, evaluation: &Evaluation) -> Result<EntryStanding, EntryRefusal> {
    let round = &evaluation.round;
    let with = Round { waivers: vec![one.clone()], ..round.clone() };
    valid(&plan::check_waivers(&with, &plans(evaluation), true))?;
    if let Some(on) = one.on.filter(|on| one.until < *on) {
        return Err(EntryRefusal::Backwards { until: one.until, on });
    }
    let report_date = round.report_date;
    if !one.holds_on(report_date) {
        return Err(EntryRefusal::Expired { until: one.until, report_date });
    }
    let is_same = |other: &Waiver| {
        (&other.code, &other.city, &other.unit, &other.object)
            == (&one.code, &one.city, &one.unit, &one.object)
            && other.holds_on(report_date)
    };
    if let Some(place) = round.waivers.iter().position(is_same) {
        return Ok(EntryStanding::There(line_of(round, "waiver", place)));
    }
    let covered: Vec<&Finding> = evaluation.findings.iter().filter(|finding| one.names(finding)).collect();
    let open = covered.iter().filter(|finding| finding.waived.is_none()).count();
    match (covered.first(), open) {
        (Some(first), 0) => {
            let place = first.waived.as_ref().map_or(0, |waived| waived.place.saturating_sub(1));
            Ok(EntryStanding::There(line_of(round, "waiver", place)))
        }
        (Some(_), open) => Ok(EntryStanding::New(open)),
        (None, _) => Err(no_finding(one, evaluation)),
    }
}

/// What there is in the place of what an exception names: findings of the same code in the city, else of the same unit or object.
fn no_finding(one: &Waiver, evaluation: &Evaluation) -> EntryRefusal {
    let told = |finding: &&Finding| {
        let parts = [finding.unit_words(), finding.subject.object.to_string()];
        let whose = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        format!("{} {whose}", finding.problem.code()).trim_end().to_owned()
    };
    let open = evaluation.findings.iter().filter(|finding| finding.waived.is_none());
    let of_city: Vec<&Finding> = open.filter(|finding| finding.subject.city == one.city).collect();
    let is_near = |finding: &&&Finding| {
        let of_unit = one.unit.as_ref().is_some_and(|unit| finding.is_of(unit));
        let of_object = one.object.as_ref().is_some_and(|object| *object == finding.subject.object);
        of_unit || of_object
    };
    let same: Vec<String> =
        of_city.iter().filter(|finding| finding.problem.code() == one.code).map(told).collect();
    let near: Vec<String> = of_city.iter().filter(is_near).map(told).collect();
    let known = [same, near].into_iter().find(|found| !found.is_empty());
    let mut known = known.unwrap_or_else(|| of_city.iter().map(told).collect());
    let mut seen = BTreeSet::new();
    // The gravest come first.
    known.retain(|one| seen.insert(one.clone()));
    let unit = one.unit.as_ref().map_or("", |unit| unit.as_str()).to_owned();
    let object = one.object.as_ref().map_or_else(String::new, ToString::to_string);
    let parts = [named(evaluation, &one.city), unit, object];
    let of = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    EntryRefusal::NoFinding { code: one.code.clone(), of, known }
}

fn preference(one: &Preference, evaluation: &Evaluation) -> Result<EntryStanding, EntryRefusal> {
    let round = &evaluation.round;
    let of = format!("{} {}", named(evaluation, &one.city), one.indicator);
    let is_same = |other: &Preference| (&other.city, &other.indicator) == (&one.city, &one.indicator);
    if let Some(place) = round.preferences.iter().position(is_same) {
        let line = line_of(round, "preference", place);
        return match round.preferences.get(place) {
            Some(other) if other.unit != one.unit => {
                Err(EntryRefusal::DecidedOtherwise { of, unit: other.unit.to_string(), line })
            }
            _ => Ok(EntryStanding::There(line)),
        };
    }
    let with = Round {
        preferences: vec![one.clone()],
        base_years: Vec::new(),
        benchmarks: Vec::new(),
        levels: Vec::new(),
        weights: Vec::new(),
        vetoes: Vec::new(),
        asked: Vec::new(),
        ..round.clone()
    };
    valid(&plan::check_declarations(&with, (&plans(evaluation), &evaluation.catalogue), true))?;
    let sides = evaluation.cities.find(&one.city).map(|city| sides(city, one)).unwrap_or_default();
    let known: Vec<String> = sides.iter().map(|(unit, raw)| format!("{unit} {raw}")).collect();
    if !sides.iter().any(|(unit, _)| one.unit == *unit.as_str()) {
        return Err(EntryRefusal::NoValue { unit: one.unit.to_string(), of, known });
    }
    let object = Object::from(&one.indicator);
    let disagree = evaluation.findings.iter().any(|finding| {
        let subject = &finding.subject;
        finding.problem.code() == DISAGREEMENT && subject.city == one.city && subject.object == object
    });
    if disagree { Ok(EntryStanding::New(1)) } else { Err(EntryRefusal::NoDisagreement { of, known }) }
}

/// Who reported which value of an indicator, as it was written.
fn sides(city: &CityEvaluation, one: &Preference) -> Vec<(String, String)> {
    let Some(fact) = city.fact(&one.indicator) else { return Vec::new() };
    let valued = fact.sides.iter().filter(|seen| said(seen).is_some());
    valued.map(|seen| (seen.unit.to_string(), format!("{}{}", seen.raw.trim(), seen.reported_unit))).collect()
}

fn decision(one: &Decision, evaluation: &Evaluation) -> Result<EntryStanding, EntryRefusal> {
    filled(&[("--object", &one.object), ("--matter", &one.matter), ("--decision", &one.decision)])?;
    let round = &evaluation.round;
    let is_same = |other: &Decision| {
        (&other.city, &other.object, &other.matter, &other.decision)
            == (&one.city, &one.object, &one.matter, &one.decision)
    };
    match round.decisions.iter().position(is_same) {
        Some(place) => Ok(EntryStanding::There(line_of(round, "decision", place))),
        None => Ok(EntryStanding::New(0)),
    }
}
