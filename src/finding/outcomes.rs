//! Outcomes of rules: how often each was run, passed, failed, and could not be decided. A failure is a finding; how often a rule was run, and
//! how often it could not be decided, is counted where it is run. A rule that was never run has no instance, and nothing is made of silence.

use std::collections::BTreeMap;

use super::rules::{Grain, Population, RULES, Rule, rule};
use super::{CompletenessProblem, Finding, Place, Problem, ReturnProblem, SourceProblem};
use crate::ident::CityId;

/// What a rule says of one instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling<T> {
    /// It is kept.
    Pass,
    /// It is broken.
    Fail(T),
    /// It cannot be told.
    Undecided(Undecided),
}

/// Makes the enum of reasons with their words.
macro_rules! reasons {
    ($($(#[$meaning:meta])* $name:ident = $key:literal, $chinese:literal, $english:literal;)*) => {
        /// Why a rule cannot be decided.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Undecided { $( $(#[$meaning])* $name, )* }

        impl Undecided {
            /// The word in files.
            pub fn key(self) -> &'static str {
                match self { $( Self::$name => $key, )* }
            }

            /// In Chinese.
            pub fn chinese(self) -> &'static str {
                match self { $( Self::$name => $chinese, )* }
            }

            /// In English.
            pub fn english(self) -> &'static str {
                match self { $( Self::$name => $english, )* }
            }
        }
    };
}

reasons! {
    /// The file could not be opened as a workbook.
    NotOpened = "not_opened", "文件未能作为工作簿打开", "the file could not be opened as a workbook";
    /// It is not known whose workbook it is, or it is of another city or period.
    NotAdmitted = "not_admitted", "工作簿未能确认属于本轮", "the workbook is not known to belong to the round";
    /// The time of receipt is not known.
    NoReceipt = "no_receipt", "没有收件时间", "the time of receipt is not known";
    /// The register cannot be used.
    NoRegister = "no_register", "收件登记不能使用", "the register of receipts cannot be used";
    /// The order of several workbooks is not known.
    NoOrder = "no_order", "几份工作簿先后不明", "the order of several workbooks is not known";
    /// Nothing was reported.
    NotReported = "not_reported", "没有填报", "nothing was reported";
    /// The value of the year before is not known, or nothing can be divided by it.
    NoYearBefore = "no_year_before", "没有可用的上年数", "there is no usable value of the year before";
    /// There is no number that it could be compared with.
    NoStandard = "no_standard", "没有可比的目标或上年数", "there is no target or earlier value to compare with";
    /// What it rests on is in doubt.
    InDoubt = "in_doubt", "所依据的数待核实", "what it rests on is in doubt";
    /// Units of measure do not convert, or rows cannot be added.
    NotComparable = "not_comparable", "单位不能换算，不能比较", "the units of measure do not convert";
    /// What the plan leaves open.
    OpenInPlan = "open_in_plan", "方案未列所需的数", "the plan leaves open what is needed";
}

/// How often rules were run and could not be decided, as counted where they are run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleRuns {
    /// Things that the rules over them are all run on.
    shared: BTreeMap<Population, usize>,
    /// Instances of rules that are counted by themselves.
    own: BTreeMap<&'static str, usize>,
    /// Failures that have no finding of their own.
    failed: BTreeMap<&'static str, usize>,
    undecided: BTreeMap<(&'static str, Undecided), usize>,
}

impl RuleRuns {
    /// So many more things on which all rules over them were run.
    pub fn over(&mut self, population: Population, count: usize) {
        add(&mut self.shared, population, count);
    }

    /// So many more instances of a rule that is counted by itself.
    pub fn ran(&mut self, code: &'static str, count: usize) {
        add(&mut self.own, code, count);
    }

    /// So many of its instances could not be decided; they are among those that were counted.
    pub fn undecided(&mut self, code: &'static str, why: Undecided, count: usize) {
        add(&mut self.undecided, (code, why), count);
    }

    /// One more instance of a rule that is counted by itself; what is wrong comes back.
    pub fn ruled<T>(&mut self, code: &'static str, ruling: Ruling<T>) -> Option<T> {
        self.ran(code, 1);
        match ruling {
            Ruling::Pass => None,
            Ruling::Fail(problem) => Some(problem),
            Ruling::Undecided(why) => {
                self.undecided(code, why, 1);
                None
            }
        }
    }

    /// So many of its instances fail and have no finding of their own: remarks on plans, and what is beyond what is told one by one.
    pub fn failed(&mut self, code: &'static str, count: usize) {
        add(&mut self.failed, code, count);
    }

    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: Self) {
        let Self { shared, own, failed, undecided } = other;
        shared.into_iter().for_each(|(population, count)| self.over(population, count));
        own.into_iter().for_each(|(code, count)| self.ran(code, count));
        failed.into_iter().for_each(|(code, count)| self.failed(code, count));
        undecided.into_iter().for_each(|((code, why), count)| self.undecided(code, why, count));
    }

    /// Instances of a rule.
    fn instances(&self, rule: &Rule) -> usize {
        let shared = || self.shared.get(&rule.over).copied();
        let own = self.own.get(rule.code).copied();
        if rule.over.is_shared() && own.is_none() { shared() } else { own }.unwrap_or_default()
    }

    /// The reasons why a rule could not be decided, with how often that was.
    pub fn reasons(&self, code: &'static str) -> impl Iterator<Item = (Undecided, usize)> {
        let own = self.undecided.range((code, Undecided::NotOpened)..);
        own.take_while(move |((of, _), _)| *of == code).map(|((_, why), count)| (*why, *count))
    }

    /// The outcomes of all rules, in the order of the stages, with the failures of the same city.
    pub fn outcomes(&self, failures: &[FailedInstance<'_>]) -> Vec<(&'static Rule, Outcomes)> {
        let mut failed: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for failure in failures {
            let count = failed.entry(failure.code).or_default();
            count.0 += failure.instances;
            count.1 += if failure.is_waived() { failure.instances } else { 0 };
        }
        let of = |rule: &'static Rule| {
            let (found, waived) = failed.get(rule.code).copied().unwrap_or_default();
            let more = self.failed.get(rule.code).copied().unwrap_or_default();
            let undecided = self.reasons(rule.code).map(|(_, count)| count).sum();
            let (instances, fail) = (self.instances(rule), found + more);
            (rule, Outcomes { instances, fail, undecided, waived })
        };
        RULES.iter().map(of).collect()
    }
}

fn add<K: Ord>(counts: &mut BTreeMap<K, usize>, key: K, count: usize) {
    if count > 0 {
        *counts.entry(key).or_default() += count;
    }
}

/// How often a rule was run, and with what outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// How often it was run.
    pub instances: usize,
    /// How often it was broken.
    pub fail: usize,
    /// How often it could not be decided.
    pub undecided: usize,
    /// How many of the failures are waived.
    pub waived: usize,
}

impl Outcomes {
    /// How often it was kept: what is neither a failure nor undecided of what it was run on.
    pub fn pass(&self) -> usize {
        self.instances.saturating_sub(self.fail + self.undecided)
    }

    /// Whether the parts are the whole, so that no failure or open instance is left out of what was counted.
    pub fn adds_up(&self) -> bool {
        self.pass() + self.fail + self.undecided == self.instances
    }
}

impl std::ops::AddAssign for Outcomes {
    fn add_assign(&mut self, other: Self) {
        self.instances += other.instances;
        self.fail += other.fail;
        self.undecided += other.undecided;
        self.waived += other.waived;
    }
}

/// An instance of a rule that fails, with the findings that tell it: mostly one, several where they are about parts of one instance.
#[derive(Debug, Clone)]
pub struct FailedInstance<'a> {
    /// Code of the rule.
    pub code: &'static str,
    /// The findings, in their order.
    pub findings: Vec<&'a Finding>,
    /// How many instances it stands for.
    pub instances: usize,
}

impl FailedInstance<'_> {
    /// Whether all that is said of it is waived.
    pub fn is_waived(&self) -> bool {
        self.findings.iter().all(|finding| finding.waived.is_some())
    }
}

/// The failures that findings tell, by city, in the order of the findings.
pub fn failures<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
) -> BTreeMap<&'a CityId, Vec<FailedInstance<'a>>> {
    let mut found: BTreeMap<&CityId, Vec<FailedInstance<'a>>> = BTreeMap::new();
    let mut known: BTreeMap<(&CityId, &'static str, Place), usize> = BTreeMap::new();
    for finding in findings {
        let (city, code) = (&finding.subject.city, finding.problem.code());
        let own = found.entry(city).or_default();
        let grain = rule(code).map_or(Grain::Each, |rule| rule.over.grain());
        let place = instance(finding, grain);
        let at = place.clone().and_then(|place| known.get(&(city, code, place)).copied());
        match at.and_then(|at| own.get_mut(at)) {
            Some(failure) => failure.findings.push(finding),
            None => {
                if let Some(place) = place {
                    known.insert((city, code, place), own.len());
                }
                own.push(FailedInstance { code, findings: vec![finding], instances: weight(finding, grain) });
            }
        }
    }
    found
}

/// The thing that a finding is about, where several findings may be about one; `None` where each is about its own.
fn instance(finding: &Finding, grain: Grain) -> Option<Place> {
    let at = &finding.at;
    match grain {
        Grain::Each => None,
        Grain::File => Some(Place::file(&at.file)),
        Grain::Sheet => Some(Place { cell: None, ..at.clone() }),
        Grain::Cell => {
            let of_cause = finding.cause.as_ref().filter(|cause| cause.code == finding.problem.code());
            Some(of_cause.map_or(at, |cause| &cause.at).clone())
        }
    }
}

/// How many instances a finding stands for: of many alike the last one says how many more there are, and some list all of theirs.
fn weight(finding: &Finding, grain: Grain) -> usize {
    let listed = match &finding.problem {
        Problem::Completeness(CompletenessProblem::EvidenceMissing { lacking }) => lacking.len(),
        Problem::Source(
            SourceProblem::PastUnknown { numbers, .. } | SourceProblem::PublishedUnplaced { numbers },
        ) => numbers.len(),
        Problem::Return(ReturnProblem::NotRegistered { all: Some(all) }) => *all,
        _ => 1,
    };
    let alike = if matches!(grain, Grain::Each | Grain::Cell) { finding.more } else { 0 };
    listed + alike
}
