//! A finished round: what every stage found, by city. What is published, printed and compared begins here.

mod accounted;
mod again;
mod decided;
mod decision_lists;
mod decisions;
mod earlier;
mod restatements;

pub use again::{Again, Alternative, Verdict, VerdictOn};
pub use decisions::{DecidedOn, DecidedState, DecisionKind, HumanDecision};
pub use earlier::{EarlierReport, EarlierVerdict};
pub use restatements::{EarlierValue, ReportedNow, RestatedSteps, Restatement, Taken};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::assess::{Assessment, PaceAssessment, TaskAssessment, UnitSummary};
use crate::collect::Collected;
use crate::compare::CityScore;
use crate::composite::Composite;
use crate::digest::Digests;
use crate::finding::{Finding, RuleRuns, Withheld};
use crate::ident::{CityId, IndicatorNo};
use crate::indexed::{Indexed, Keyed};
use crate::ledger::Ledger;
use crate::plan::{Catalogue, Indicator, Plan, PreviousOutput, Round};
use crate::reconcile::Fact;

/// Everything that is known of a city.
#[derive(Debug, Clone, PartialEq)]
pub struct CityEvaluation {
    /// Its plan.
    pub plan: Plan,
    /// What was collected.
    pub collected: Collected,
    /// One fact per indicator.
    pub facts: Indexed<Fact>,
    /// One assessment per target.
    pub assessments: Indexed<Assessment>,
    /// One per target within a year, in rounds of a part of it; else none.
    pub paces: Indexed<PaceAssessment>,
    /// One per task.
    pub tasks: Indexed<TaskAssessment>,
    /// One per unit that reports.
    pub units: Vec<UnitSummary>,
    /// One per unit that reports nothing and shares in tasks or targets.
    pub sharers: Vec<UnitSummary>,
    /// Its score and place.
    pub score: CityScore,
    /// How every figure of it came about; shared, since it is most of what is known of a city.
    pub ledger: Arc<Ledger>,
    /// How often each rule was run.
    pub runs: RuleRuns,
}

impl Keyed for CityEvaluation {
    type Key = CityId;

    fn key(&self) -> &CityId {
        &self.plan.city
    }
}

/// An indicator with all that is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// Its fact.
    pub fact: &'a Fact,
    /// The assessments of its targets of the year: the one that is judged first, then the others.
    pub assessments: &'a [Assessment],
}

impl<'a> Row<'a> {
    /// The assessment of the second tier (完成值, 力争值), where the year has two.
    pub fn second(&self) -> Option<&'a Assessment> {
        self.assessments.iter().find(|judged| !judged.is_primary())
    }
}

impl CityEvaluation {
    /// Counts the entries of folders that are digested and not read.
    pub fn passed_over(&mut self, entries: usize) {
        for runs in [&mut self.collected.runs, &mut self.runs] {
            runs.ran("L213", entries);
            runs.ran("R118", entries);
        }
    }

    /// What is known of the indicator with a number; `None` when it has no target in the year.
    pub fn row(&self, no: &IndicatorNo) -> Option<Row<'_>> {
        let (indicator, fact) = (self.plan.indicator(no)?, self.facts.find(no)?);
        // Those of an indicator stand together.
        let (_, own) = self.assessments.split_at_checked(self.assessments.place(no)?)?;
        let count = own.iter().take_while(|judged| judged.no == *no).count();
        Some(Row { indicator, fact, assessments: own.get(..count)? })
    }

    /// What is known of the indicator with a number.
    pub fn fact(&self, no: &IndicatorNo) -> Option<&Fact> {
        self.facts.find(no)
    }
}

/// What a file is for that went in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputRole {
    /// 参数: the round, the catalogue, waivers.
    Parameters,
    /// 方案: a plan as data.
    Plan,
    /// 原文: the text of a plan.
    Source,
    /// 登记: the register of receipts.
    Register,
    /// 上年: what was published of earlier years.
    Published,
    /// 下发: the register of forms that were issued, and the forms themselves.
    Issued,
    /// 查询: the register of queries.
    Queries,
    /// 已刊: a part of an output that was published before.
    Earlier,
    /// 签审: who signed.
    SignOff,
    /// 佐证.
    Evidence,
    /// 报表: a workbook that a unit sent in.
    Workbook,
}

impl InputRole {
    /// What a file of a city's folder is by its name: `xiangtan/plan.toml`; `None` for all but the plan, the register and what was published.
    pub fn of_name(path: &str) -> Option<Self> {
        match path.rsplit('/').next() {
            Some("plan.toml") => Some(Self::Plan),
            Some("received.csv") => Some(Self::Register),
            Some("published.csv") => Some(Self::Published),
            Some("issued.csv") => Some(Self::Issued),
            Some("queries.csv") => Some(Self::Queries),
            _ => None,
        }
    }

    /// The word in the report and in the manifest.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Parameters => "参数",
            Self::Plan => "方案",
            Self::Source => "原文",
            Self::Register => "登记",
            Self::Published => "上年",
            Self::Issued => "下发",
            Self::Queries => "查询",
            Self::Earlier => "已刊",
            Self::SignOff => "签审",
            Self::Evidence => "佐证",
            Self::Workbook => "报表",
        }
    }
}

/// A file that went in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// What it is for.
    pub role: InputRole,
    /// Path below the input root, with `/`.
    pub path: String,
    /// Where it lies, from the input root, when that is not its path: a part of an earlier output.
    pub at: Option<String>,
    /// Its digests.
    pub digests: Digests,
}

/// The whole of a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The round.
    pub round: Round,
    /// The catalogue.
    pub catalogue: Catalogue,
    /// The cities, in the round's order.
    pub cities: Indexed<CityEvaluation>,
    /// All findings, in their order.
    pub findings: Vec<Finding>,
    /// All files that went in, in the order of the annex.
    pub inputs: Vec<InputFile>,
    /// What was looked for and was not there, by its path below the input root: a file that appears later is a difference.
    pub absent: Vec<String>,
    /// How the figures over cities came about.
    pub ledger: Ledger,
    /// The composite index over its cities, where the round has one.
    pub composite: Option<Composite>,
    /// What people decided.
    pub decisions: Vec<HumanDecision>,
    /// Values of earlier years that are told in two ways.
    pub restatements: Vec<Restatement>,
    /// What the last earlier report of each city said that the round names.
    pub earlier: Vec<EarlierReport>,
    /// 数字指纹 of its tables; empty until it is published.
    pub figures: String,
}

impl Evaluation {
    /// Adds what people decided, and values of earlier years that are told in two ways, each with the verdict that there would be otherwise.
    pub fn hold_to_account(&mut self, earlier: &[PreviousOutput], again: Again<'_>) {
        // What a part of a year published is no verdict of a year.
        let annual = earlier.iter().filter(|one| one.period.is_annual());
        let earlier: &[PreviousOutput] = &annual.cloned().collect::<Vec<_>>();
        let Self { round, cities, findings, ledger, .. } = self;
        let decided = decided::decisions(round, cities, ledger, findings, again);
        let mut restated = restatements::restatements(round, cities, earlier, again);
        accounted::decisions(&decided, &decision_lists::Lists { round, cities, findings }, ledger);
        accounted::restatements(&mut restated, round, cities);
        let reports = earlier::earlier_reports(round.year(), cities, earlier);
        (self.decisions, self.restatements, self.earlier) = (decided, restated, reports);
    }

    /// The last earlier report of a city.
    pub fn earlier_of(&self, city: &CityId) -> Option<&EarlierReport> {
        self.earlier.iter().find(|one| one.city == *city)
    }

    /// How many signed other figures than those that were published.
    pub fn signed_elsewhere(&self) -> usize {
        self.round.signed.iter().filter(|one| !one.is_over(&self.figures)).count()
    }

    /// What of it concerns one city: its rows, its findings, and the files that are its own or everybody's; not its place among the others.
    pub fn only(&self, slug: &str, owners: &Owners<'_>) -> Self {
        let is_own = |city: &CityId| city.as_str() == slug;
        let by_itself = |city: &CityEvaluation| {
            let city = city.clone();
            CityEvaluation { score: city.score.without_place(), ..city }
        };
        let mut inputs: Vec<InputFile> =
            self.inputs.iter().filter(|file| owners.concerns(&file.path, slug)).cloned().collect();
        // A document of several plans stands behind the first of them, which can be another city's.
        inputs.sort_by_key(|file| match file.role {
            InputRole::Parameters => 0,
            InputRole::SignOff => 1,
            InputRole::Plan => 2,
            InputRole::Source => 3,
            _ => 4,
        });
        Self {
            ledger: Ledger::default(),
            // An index is of all cities together.
            composite: None,
            round: self.round.clone(),
            catalogue: self.catalogue.clone(),
            cities: self.cities.iter().filter(|city| is_own(&city.plan.city)).map(by_itself).collect(),
            findings: self.findings.iter().filter(|finding| finding.subject.city == *slug).cloned().collect(),
            inputs,
            absent: self.absent.iter().filter(|path| owners.concerns(path, slug)).cloned().collect(),
            decisions: self
                .decisions
                .iter()
                .filter(|one| one.city.as_ref().is_none_or(is_own))
                .cloned()
                .collect(),
            figures: self.figures.clone(),
            restatements: self.restatements.iter().filter(|one| is_own(&one.city)).cloned().collect(),
            earlier: self.earlier.iter().filter(|one| is_own(&one.city)).cloned().collect(),
        }
    }

    /// Whose the input files are.
    pub fn owners(&self) -> Owners<'_> {
        let mut owners = Owners::default();
        for city in &self.cities {
            let slug = city.plan.city.as_str();
            owners.folders.insert(slug);
            owners.sources.entry(city.plan.source.as_str()).or_default().insert(slug);
        }
        owners
    }

    /// Whether something is withheld from publication.
    pub fn is_withheld(&self) -> bool {
        self.cities.iter().any(|city| !city.score.withheld.is_empty())
    }

    /// What of it is published of cities' chapters: all but the cities whose chapter is withheld.
    pub fn published(&self) -> Self {
        let is_out = |city: &CityId| {
            self.cities.find(city).is_some_and(|city| city.score.withholds(Withheld::Chapter))
        };
        let mut own = self.clone();
        own.cities = self.cities.iter().filter(|city| !is_out(&city.plan.city)).cloned().collect();
        own.findings.retain(|finding| !is_out(&finding.subject.city));
        own
    }

    /// The findings of each city that has any, in their order.
    pub fn findings_by_city(&self) -> BTreeMap<&CityId, Vec<&Finding>> {
        let mut found: BTreeMap<&CityId, Vec<&Finding>> = BTreeMap::new();
        for finding in &self.findings {
            found.entry(&finding.subject.city).or_default().push(finding);
        }
        found
    }

    /// The findings that are told one by one: those that follow from another one are told with it.
    pub fn told(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.cause.is_none())
    }

    /// The first workbook of the first city, by its path below the round's folder.
    pub fn workbook(&self) -> Option<String> {
        let submission = self.cities.first()?.collected.submissions.first()?;
        Some(submission.file.clone())
    }
}

/// Whose input files are: a city's own lie in its folder, and its plan's source is its own; the rest is everybody's.
#[derive(Debug, Clone, Default)]
pub struct Owners<'a> {
    folders: BTreeSet<&'a str>,
    sources: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl Owners<'_> {
    /// Whether an input file, by its path below the input root, is a city's own or everybody's.
    pub fn concerns(&self, path: &str, slug: &str) -> bool {
        let of_source = self.sources.get(path);
        // 2023/xiangtan/plan.toml
        let folder = path.split('/').nth(1).unwrap_or_default();
        let in_folder = folder != slug && self.folders.contains(folder);
        let is_anothers = in_folder || of_source.is_some_and(|cities| cities.iter().any(|one| *one != slug));
        !is_anothers || of_source.is_some_and(|cities| cities.contains(slug))
    }
}
