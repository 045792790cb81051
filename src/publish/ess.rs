//! `validation-report-ess.json`: the outcomes of all rules in the form that the European Statistical System exchanges them in, the validation
//! report structure of the ESSnet ValiDat Integration in its version 1.0.1 (an array of `validation` and `aggregation`).
//!
//! Every rule that there is has its aggregations, whether it was run or not. What fails and what could not be decided stands there by itself; what
//! passed is counted only, since it is most of what there is. `docs/validation.md` describes the keys.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::ops::AddAssign as _;

use serde::Serialize;

use crate::error::RunError;
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::finding::pages::{meaning, titles};
use crate::finding::{
    FailedInstance, Finding, Language, Outcomes, Place, Rule, Severity, Undecided, failures, rule,
};
use crate::plan::Remark;
use crate::shown;

/// Its name in the output.
pub(super) const NAME: &str = "validation-report-ess.json";

/// When, by whom and by what the rules were run. The program reads no clock: the time is the day of the report.
#[derive(Serialize, Clone)]
struct Event<'a> {
    time: String,
    actor: &'a str,
    agent: String,
    trigger: String,
}

/// A rule as the structure has it; `code` is ours.
#[derive(Serialize, Clone)]
struct RuleEntry {
    code: &'static str,
    language: &'static str,
    expression: &'static str,
    severity: &'static str,
    description: String,
}

/// What a result is about: keys of four parts, the kind of thing, the period, where it is, and what of the plan it concerns.
#[derive(Serialize)]
struct Data {
    source: Vec<[String; 4]>,
    target: Vec<[String; 4]>,
    description: String,
}

/// An instance of a rule that is broken or could not be decided. What follows `value` is ours.
#[derive(Serialize)]
struct Validation<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    event: &'a Event<'a>,
    rule: &'a RuleEntry,
    data: Data,
    value: &'static str,
    instances: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
}

/// How an aggregation is computed.
#[derive(Serialize)]
struct Aggregate {
    language: &'static str,
    expression: &'static str,
    description: &'static str,
}

/// A number over all instances of a rule. What follows `value` is ours.
#[derive(Serialize)]
struct RuleAggregation<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    event: &'a Event<'a>,
    aggregate: Aggregate,
    data: Data,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a RuleEntry>,
    /// By city: instances, passes, failures, undecided, and waived failures.
    #[serde(skip_serializing_if = "Option::is_none")]
    cities: Option<BTreeMap<&'a str, [usize; 5]>>,
}

/// The numbers of a rule: name, expression, words, and how they are taken from its outcomes.
type CountOf = (&'static str, &'static str, &'static str, fn(&Outcomes) -> usize);

const COUNTS: [CountOf; 4] = [
    ("instances", "count(value)", "运行次数 instances", |all| all.instances),
    ("pass", "count(value = \"1\")", "通过 passed", Outcomes::pass),
    ("fail", "count(value = \"0\")", "未通过 failed", |all| all.fail),
    ("undecided", "count(value = \"NA\")", "不能判断 could not be decided", |all| all.undecided),
];

/// A city with the outcomes of all rules, and what fails.
struct CityOutcomes<'a> {
    city: &'a CityEvaluation,
    outcomes: Vec<(&'static Rule, Outcomes)>,
    failed: Vec<FailedInstance<'a>>,
}

/// Writes the report, one entry a line.
///
/// # Errors
/// Fails when serialising fails, which would be a fault of the program.
pub(super) fn report(evaluation: &Evaluation) -> Result<Vec<u8>, RunError> {
    let round = &evaluation.round;
    let period = round.period.to_string();
    let event = Event {
        time: round.report_date.to_string(),
        actor: &round.issuer,
        agent: format!("duibiao {}", env!("CARGO_PKG_VERSION")),
        trigger: format!("duibiao run {}", round.folder),
    };
    let rules = entries();
    let mut failed = failures(&evaluation.findings);
    let judged = evaluation.cities.iter().map(|city| {
        let failed = failed.remove(&city.plan.city).unwrap_or_default();
        CityOutcomes { city, outcomes: city.runs.outcomes(&failed), failed }
    });
    let judged: Vec<CityOutcomes<'_>> = judged.collect();
    let writer = Writer { period: &period, event: &event, rules: &rules };
    let mut lines = Lines::default();
    writer.aggregations(&judged, &mut lines)?;
    for one in &judged {
        let remarks = one.city.plan.remarks(round.method.about_tolerance);
        writer.failures(one, &mut lines)?;
        writer.remarks(one.city, &remarks, &mut lines)?;
        writer.undecided(one, &mut lines)?;
    }
    Ok(lines.end())
}

/// The rules as the structure has them, by code.
fn entries() -> BTreeMap<&'static str, RuleEntry> {
    let entry = |(code, title): (&'static str, &'static str)| {
        let rule = rule(code)?;
        let words = || ("zh", meaning(code, Language::Chinese).unwrap_or_default());
        let (language, expression) = rule.expression.map_or_else(words, |vtl| ("VTL 2.0", vtl));
        let severity = severity(rule.severity);
        Some((code, RuleEntry { code, language, expression, severity, description: title.to_owned() }))
    };
    titles().into_iter().filter_map(entry).collect()
}

/// The structure's word for a severity.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "information",
    }
}

/// Entries of an array, one a line.
#[derive(Default)]
struct Lines(Vec<u8>);

impl Lines {
    fn add(&mut self, entry: &impl Serialize) -> Result<(), RunError> {
        let failed = |error: std::io::Error| RunError::output(NAME, error);
        self.0.write_all(if self.0.is_empty() { b"[\n" } else { b",\n" }).map_err(failed)?;
        let json = serde_json::to_string(entry).map_err(|error| RunError::output(NAME, error))?;
        self.0.extend_from_slice(shown::json(&json).as_bytes());
        Ok(())
    }

    fn end(mut self) -> Vec<u8> {
        self.0.extend_from_slice(if self.0.is_empty() { b"[\n]\n" } else { b"\n]\n" });
        self.0
    }
}

/// What all entries share.
struct Writer<'a> {
    period: &'a str,
    event: &'a Event<'a>,
    rules: &'a BTreeMap<&'static str, RuleEntry>,
}

impl Writer<'_> {
    /// The key of a thing.
    fn key(&self, rule: &Rule, at: impl ToString, object: impl ToString) -> [String; 4] {
        [rule.over.key().to_owned(), self.period.to_owned(), at.to_string(), object.to_string()]
    }

    /// The numbers of every rule over all cities.
    fn aggregations(&self, judged: &[CityOutcomes<'_>], lines: &mut Lines) -> Result<(), RunError> {
        for (at, (code, entry)) in
            crate::finding::RULES.iter().filter_map(|rule| self.rules.get_key_value(rule.code)).enumerate()
        {
            let Some(rule) = rule(code) else { continue };
            let of =
                |one: &CityOutcomes<'_>| one.outcomes.get(at).map(|(_, found)| *found).unwrap_or_default();
            let mut all = Outcomes::default();
            judged.iter().for_each(|one| all.add_assign(of(one)));
            let row = |one: &Outcomes| [one.instances, one.pass(), one.fail, one.undecided, one.waived];
            let cities = judged.iter().map(|one| (one.city.plan.city.as_str(), of(one)));
            let cities = cities.filter(|(_, found)| *found != Outcomes::default());
            let cities: BTreeMap<&str, [usize; 5]> =
                cities.map(|(city, found)| (city, row(&found))).collect();
            let ran =
                if all.instances == 0 { "；本轮没有这样的对象，未运行 never run" } else { "" };
            for (name, expression, words, count) in COUNTS {
                let is_first = name == "instances";
                lines.add(&RuleAggregation {
                    id: format!("{code}/{name}"),
                    kind: "aggregation",
                    event: self.event,
                    aggregate: Aggregate { language: "VTL 2.0", expression, description: words },
                    data: Data {
                        source: vec![self.key(rule, "", code)],
                        target: vec![self.key(rule, "", code)],
                        description: format!("{}{ran}", rule.over.chinese()),
                    },
                    value: count(&all).to_string(),
                    rule: Some(entry).filter(|_| is_first),
                    cities: Some(&cities).filter(|_| is_first).cloned(),
                })?;
            }
        }
        Ok(())
    }

    /// What findings tell of a city: an entry for each instance that fails.
    fn failures(&self, judged: &CityOutcomes<'_>, lines: &mut Lines) -> Result<(), RunError> {
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for failure in &judged.failed {
            let (Some(rule), Some(entry)) = (rule(failure.code), self.rules.get(failure.code)) else {
                continue;
            };
            let Some(first) = failure.findings.first() else { continue };
            let number = numbers.entry(failure.code).or_default();
            *number += 1;
            let of = |place: &Place, finding: &Finding| self.key(rule, place, &finding.subject.object);
            let target: Vec<[String; 4]> =
                failure.findings.iter().map(|finding| of(&finding.at, finding)).collect();
            let related = failure
                .findings
                .iter()
                .flat_map(|finding| finding.related.iter().map(move |place| of(place, finding)));
            let gravest = failure.findings.iter().map(|finding| finding.problem.severity()).min();
            let entry = RuleEntry { severity: severity(gravest.unwrap_or(rule.severity)), ..entry.clone() };
            lines.add(&Validation {
                id: format!("{}/{}/{number}", judged.city.plan.city, failure.code),
                kind: "validation",
                event: self.event,
                rule: &entry,
                data: Data {
                    source: target.iter().cloned().chain(related).collect(),
                    target,
                    description: first.unit_words(),
                },
                value: "0",
                instances: failure.instances,
                messages: failure.findings.iter().map(|finding| finding.message(Language::Chinese)).collect(),
                waived: first.settled_by().filter(|_| failure.is_waived() || first.explained.is_some()),
                cause: first.cause.as_ref().map(ToString::to_string),
            })?;
        }
        Ok(())
    }

    /// What the plan says against itself. Words of a target that nobody can measure are one instance.
    fn remarks(&self, city: &CityEvaluation, remarks: &[Remark], lines: &mut Lines) -> Result<(), RunError> {
        let mut instances: Vec<(&'static str, Vec<&Remark>)> = Vec::new();
        for remark in remarks {
            let code = remark.problem.code();
            let is_same = |(known, of): &&mut (&str, Vec<&Remark>)| {
                *known == code
                    && code == "P112"
                    && of.first().is_some_and(|one| one.numbers == remark.numbers)
            };
            match instances.iter_mut().find(is_same) {
                Some((_, of)) => of.push(remark),
                None => instances.push((code, vec![remark])),
            }
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (code, of) in instances {
            let (Some(rule), Some(entry), Some(first)) = (rule(code), self.rules.get(code), of.first())
            else {
                continue;
            };
            let number = counts.entry(code).or_default();
            *number += 1;
            let numbers: Vec<&str> = first.numbers.iter().map(|no| no.as_str()).collect();
            let plan = format!("{}/plan.toml", city.plan.city);
            let quoted = first.here.lines.iter().chain(first.there.iter().flat_map(|there| &there.lines));
            let source = quoted.map(|line| self.key(rule, line, numbers.join("、"))).collect();
            let message = |one: &&Remark| one.problem.message_of(Language::Chinese, &city.plan.names());
            lines.add(&Validation {
                id: format!("{}/{code}/{number}", city.plan.city),
                kind: "validation",
                event: self.event,
                rule: entry,
                data: Data {
                    source,
                    target: vec![self.key(rule, plan, numbers.join("、"))],
                    description: city.plan.name.clone(),
                },
                value: "0",
                instances: first.instances(),
                messages: of.iter().map(message).collect(),
                waived: None,
                cause: None,
            })?;
        }
        Ok(())
    }

    /// What could not be decided, by rule and reason.
    fn undecided(&self, judged: &CityOutcomes<'_>, lines: &mut Lines) -> Result<(), RunError> {
        let city = &judged.city.plan.city;
        for (rule, _) in &judged.outcomes {
            let Some(entry) = self.rules.get(rule.code) else { continue };
            for (why, instances) in judged.city.runs.reasons(rule.code) {
                lines.add(&Validation {
                    id: format!("{city}/{}/{}", rule.code, why.key()),
                    kind: "validation",
                    event: self.event,
                    rule: entry,
                    data: Data {
                        source: vec![self.key(rule, city, "")],
                        target: vec![self.key(rule, city, "")],
                        description: words(why),
                    },
                    value: "NA",
                    instances,
                    messages: Vec::new(),
                    waived: None,
                    cause: None,
                })?;
            }
        }
        Ok(())
    }
}

/// Why a rule could not be decided, in both languages.
fn words(why: Undecided) -> String {
    format!("{} {}", why.chinese(), why.english())
}
