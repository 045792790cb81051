//! Findings: what a department or a statistician can act on. Bad data is a finding, never an error.

mod answered;
mod called;
mod carried;
mod compared;
mod completeness;
mod damage;
mod documents;
mod forms;
mod kinds;
mod language;
mod lists;
mod naming;
mod numbers;
mod outcomes;
pub mod pages;
mod plan;
mod plausibility;
mod problem;
mod queries;
mod query_class;
mod reading;
mod receipts;
mod returns;
mod rules;
mod slip;
mod sources;
mod subject;
mod tables;
mod told;
mod unread;
mod verdicts;
mod withheld;

pub use answered::{Acceptance, UnitAnswer};
pub use called::PlanNames;
pub use carried::{Headed, PastOrigin, PublishedStatus, Side, Unclear, UnshownCharacter};
pub use compared::{Amount, Magnitude, Standard, SumSlip, Times};
pub use completeness::CompletenessProblem;
pub use damage::{death, limit};
pub use forms::FormProblem;
pub use language::Language;
pub use naming::{Numbered, by_name};
pub use numbers::NumberProblem;
pub use outcomes::{FailedInstance, Outcomes, RuleRuns, Ruling, Undecided, failures};
pub use plan::PlanProblem;
pub use plausibility::PlausibilityProblem;
pub use problem::{Problem, codes};
pub use queries::{AlteredSheet, QueryProblem};
pub use query_class::QueryClass;
pub use reading::ReadingProblem;
pub use receipts::{Ground, Lacking, LineFault, RegisterFault, WorkbookVersion};
pub use returns::{BrokenRegister, ReturnProblem};
pub use rules::{Population, RULES, Rule, rule};
pub use slip::Slip;
pub use sources::SourceProblem;
pub use subject::{Object, Subject};
pub use tables::TableProblem;
pub use told::{Baseless, Copied, Early, Hidden, TargetNumbers, UnitPlace};
pub use unread::{Aside, NumberFault};
pub use verdicts::VerdictProblem;
pub use withheld::{OpenMatters, Withheld};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ident::{CellRef, CityId, IndicatorNo, TaskNo, UnitName};

/// What happened to the number because of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 错误: the number is withheld from judgement until it is settled.
    Error,
    /// 警告: the number is used, with a mark.
    Warning,
    /// 提示: recorded only.
    Note,
}

impl Severity {
    /// The word in tables: `error`, `warning`, `note`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The word in the report: 错误, 警告, 提示.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "警告",
            Self::Note => "提示",
        }
    }
}

/// Where to look: as precise as is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path below the round's folder, with `/`.
    pub file: String,
    /// Name of the sheet, empty when the file as a whole is meant.
    pub sheet: String,
    /// The cell.
    pub cell: Option<CellRef>,
}

impl Place {
    /// A file as a whole.
    pub fn file(path: &str) -> Self {
        Self { file: path.to_owned(), ..Self::default() }
    }

    /// A cell of a sheet.
    pub fn cell(file: &str, sheet: &str, cell: CellRef) -> Self {
        Self { file: file.to_owned(), sheet: sheet.to_owned(), cell: Some(cell) }
    }

    /// The address of the cell, or an empty text.
    pub fn address(&self) -> String {
        self.cell.map_or_else(String::new, |cell| cell.to_string())
    }
}

impl std::fmt::Display for Place {
    /// Writes `xiangtan/submissions/市科技局.xlsx[指标]!E7`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if !self.sheet.is_empty() {
            write!(f, "[{}]", self.sheet)?;
        }
        self.cell.map_or(Ok(()), |cell| write!(f, "!{cell}"))
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The place to look at first.
    pub at: Place,
    /// Other places that explain it, such as the rival cell of a disagreement.
    pub related: Vec<Place>,
    /// Whom and what it concerns.
    pub subject: Subject,
    /// What was noticed.
    pub problem: Problem,
    /// The waiver (豁免) that covers it.
    pub waived: Option<Waived>,
    /// What its unit says of it in answer to a query, where that closes it (已说明): a warning only, and it stays one.
    pub explained: Option<UnitAnswer>,
    /// The finding that it follows from; it is then told with that one.
    pub cause: Option<Cause>,
    /// How many more there are like it in the same workbook, which are not told one by one.
    pub more: usize,
    /// What the plan that it is held against calls itself.
    pub plan: PlanNames,
}

/// A waiver that covers a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// Its place among the waivers of the round, from one: those of `waivers.toml`, then the answers that the office accepted (采纳).
    pub place: usize,
    /// Why it is accepted.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// What the unit confirmed, where that is what was accepted.
    pub answer: Option<UnitAnswer>,
}

impl std::fmt::Display for Waived {
    /// Writes `已书面确认（市统计局）`, and of an answer what was confirmed and who accepted it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.answer {
            Some(answer) => answer.fmt(f),
            None => write!(f, "{}（{}）", self.reason, self.owner),
        }
    }
}

/// What another finding follows from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// Code of the finding.
    pub code: &'static str,
    /// Where it is.
    pub at: Place,
}

impl std::fmt::Display for Cause {
    /// Writes `L226 xiangtan/submissions/市科技局.xlsx[指标]!E4`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code, self.at)
    }
}

impl Finding {
    /// Makes a finding that concerns a city.
    pub fn new(city: &CityId, at: Place, problem: Problem) -> Self {
        Self {
            at,
            related: Vec::new(),
            subject: Subject { city: city.clone(), units: Vec::new(), object: Object::Whole },
            problem,
            waived: None,
            explained: None,
            cause: None,
            more: 0,
            plan: PlanNames::default(),
        }
    }

    /// Says what the plan that it is held against calls itself.
    pub fn of_plan(mut self, names: &PlanNames) -> Self {
        self.plan = names.clone();
        self
    }

    /// Says which finding it follows from.
    pub fn because(mut self, cause: Option<Cause>) -> Self {
        self.cause = cause;
        self
    }

    /// What others that follow from this one name as their cause.
    pub fn as_cause(&self) -> Cause {
        Cause { code: self.problem.code(), at: self.at.clone() }
    }

    /// Says which unit it concerns, if one is known.
    pub fn of_unit<'a>(self, unit: impl Into<Option<&'a UnitName>>) -> Self {
        self.of_units(unit.into())
    }

    /// Says which units it concerns.
    pub fn of_units<'a>(mut self, units: impl IntoIterator<Item = &'a UnitName>) -> Self {
        self.subject.units = units.into_iter().cloned().collect();
        self
    }

    /// Whether it concerns a unit.
    pub fn is_of(&self, unit: &UnitName) -> bool {
        self.subject.units.contains(unit)
    }

    /// Whether it concerns a unit or none by itself.
    pub fn may_be_of(&self, unit: &UnitName) -> bool {
        self.subject.units.is_empty() || self.is_of(unit)
    }

    /// The units as tables print them: `市科技局、市统计局`.
    pub fn unit_words(&self) -> String {
        self.subject.units.join("、")
    }

    /// Says which indicator it concerns.
    pub fn of_indicator(self, no: &IndicatorNo) -> Self {
        self.of(no.into())
    }

    /// Says which task it concerns.
    pub fn of_task(self, no: &TaskNo) -> Self {
        self.of(no.into())
    }

    /// Says what of the plan it concerns.
    pub fn of(mut self, object: Object) -> Self {
        self.subject.object = object;
        self
    }

    /// Its place in a file: a cell before the sheet or the file as a whole.
    pub fn place_in(&self, file: &str) -> Option<&Place> {
        let places = std::iter::once(&self.at).chain(&self.related);
        places.filter(|place| place.file == file).min_by_key(|place| place.cell.is_none())
    }

    /// What became of it: `fail`, `waived`, or `explained` by its unit.
    pub fn outcome(&self) -> &'static str {
        match (&self.waived, &self.explained) {
            (Some(_), _) => "waived",
            (None, Some(_)) => "explained",
            (None, None) => "fail",
        }
    }

    /// Why it counts as settled, in words: the waiver, or what its unit says of it.
    pub fn settled_by(&self) -> Option<String> {
        let explained = || self.explained.as_ref().map(ToString::to_string);
        self.waived.as_ref().map(ToString::to_string).or_else(explained)
    }

    /// Adds another place to look at.
    pub fn see_also(mut self, place: Place) -> Self {
        self.related.push(place);
        self
    }

    /// What happens to the number: a waived finding withholds and marks nothing.
    pub fn severity(&self) -> Severity {
        if self.waived.is_some() { Severity::Note } else { self.problem.severity() }
    }

    /// What is wrong, the value quoted.
    pub fn message(&self, language: Language) -> String {
        let message = self.problem.message_of(language, &self.plan);
        match (self.more, language) {
            (0, _) => message,
            (more, Language::Chinese) => format!("{message}；另有{more}处同样情形"),
            (more, Language::English) => format!("{message}; {more} more like it"),
        }
    }

    /// What to do about it.
    pub fn remedy(&self, language: Language) -> String {
        self.problem.remedy_of(language, &self.plan)
    }

    /// Short name of the rule that was broken, in Chinese.
    pub fn rule(&self) -> &'static str {
        self.problem.rule()
    }
}

/// Findings by what of the plan they concern, in their order.
pub fn by_object(findings: &[Finding]) -> BTreeMap<&Object, Vec<&Finding>> {
    let mut found: BTreeMap<&Object, Vec<&Finding>> = BTreeMap::new();
    findings.iter().for_each(|finding| found.entry(&finding.subject.object).or_default().push(finding));
    found
}

/// Findings with one code about one indicator, task or workbook that are told one by one.
const MOST_ALIKE: usize = 50;

/// Of the findings of a workbook, from `first` on, those that are told: of very many alike the first ones, the last of which says
/// how many more there are. What others follow from is always told.
pub fn bound(findings: &mut Vec<Finding>, first: usize, is_cause: impl Fn(&Cause) -> bool) {
    let mut alike: BTreeMap<(&'static str, Object), (usize, usize)> = BTreeMap::new();
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings.split_off(first.min(findings.len())) {
        let key = (finding.problem.code(), finding.subject.object.clone());
        let (count, last) = alike.entry(key).or_default();
        if *count < MOST_ALIKE || is_cause(&finding.as_cause()) {
            *count += 1;
            *last = kept.len();
            kept.push(finding);
        } else if let Some(last) = kept.get_mut(*last) {
            last.more += 1;
        }
    }
    findings.append(&mut kept);
}

/// Puts the findings on missing evidence (V408) of one workbook together: a unit that lists nothing is one matter, not one for
/// each of its values. Waived ones stay alone, each with its waiver; so does one that has no other.
pub fn gathered(findings: Vec<Finding>) -> Vec<Finding> {
    let mut first: BTreeMap<(Subject, String, bool), usize> = BTreeMap::new();
    let mut found: Vec<Finding> = Vec::new();
    for finding in findings {
        let whose = Subject { object: Object::Whole, ..finding.subject.clone() };
        let key = (whose, finding.at.file.clone(), finding.cause.is_some());
        let Problem::Completeness(CompletenessProblem::EvidenceMissing { lacking: more }) = &finding.problem
        else {
            found.push(finding);
            continue;
        };
        if finding.waived.is_some() {
            found.push(finding);
            continue;
        }
        let known = first.get(&key).and_then(|at| found.get_mut(*at));
        match known {
            Some(known) => {
                if let Problem::Completeness(CompletenessProblem::EvidenceMissing { lacking }) =
                    &mut known.problem
                {
                    lacking.extend(more.iter().cloned());
                }
                known.subject.object = Object::Whole;
                known.related.push(finding.at);
            }
            None => {
                first.insert(key, found.len());
                found.push(finding);
            }
        }
    }
    found
}

/// Sorts findings by severity, city, place and code, and drops duplicates. The order depends on nothing else.
pub fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_cached_key(|finding| {
        (
            finding.problem.severity(),
            finding.subject.city.clone(),
            finding.at.clone(),
            finding.problem.code(),
            finding.subject.object.to_string(),
            finding.message(Language::Chinese),
        )
    });
    findings.dedup();
    findings
}
