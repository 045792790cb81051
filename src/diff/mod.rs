//! What changed between two outputs, why, and what it did to scores: every printed figure that reads differently with where that begins, and every
//! score's change split by chain substitution (连环替代法) into parts that add up exactly. Each link of the chain is a mixture of the two rounds
//! that the stages really judge.

mod causes;
mod index_words;
mod indices;
mod json;
mod lines;
mod links;
mod opened;
mod page;
mod paged;
mod paper;
mod renamed;
mod scores;
mod shares;
mod split;
mod told;

pub use causes::{ChangedFigure, FigureCause, OriginTold};
pub use indices::{IndexDiff, IndexPart, IndexSplit, IndexUnsplit};
pub use paper::ComparisonOutput;
pub use scores::{MixedScore, ScoreKind, ScoreRow};
pub use split::{LinkPart, Mixtures, RowPart, ScoreSplit, choices, range, split};

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::archive::OutputRecord;
use crate::assess::{Assessment, State};
use crate::error::{DiffRefusal, OtherScore, RunError};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ident::CityId;
use crate::indexed::Indexed;
use crate::inputs::Inputs;
use crate::ledger::{Exact, StepId};
use crate::mixture::Which;
use crate::plan::LinkCause;
use crate::progress::Progress;
use crate::run::{JudgedMixture, Settings, TwoRounds};
use opened::Opened;

/// What to compare.
#[derive(Debug, Clone)]
pub struct DiffOrder {
    /// What was before: an output or a bag.
    pub before: PathBuf,
    /// What came after.
    pub after: PathBuf,
    /// The input roots of outputs that are no bags: of what was before and of what came after.
    pub inputs: [Option<PathBuf>; 2],
    /// A folder that the inputs of every link are written to, which must not be there.
    pub links: Option<PathBuf>,
    /// Language of values and names.
    pub language: Language,
    /// This program, started again as a reading worker.
    pub program: PathBuf,
    /// Number of threads.
    pub jobs: usize,
}

/// One of the two outputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffEnd {
    /// Its name.
    pub name: String,
    /// Year of the round.
    pub year: i32,
    /// 快报版 or another.
    pub edition: String,
    /// 数字指纹.
    pub figures: String,
    /// Version of the program.
    pub version: String,
    /// How many cities it compares.
    pub cities: usize,
}

/// A verdict that is another one; nothing where the row is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictChange {
    /// Number of the row: that of what came after, where it has the row.
    pub no: String,
    /// Whether the row counts for the score.
    pub is_counted: bool,
    /// Which of several targets of the year, where it is not the first.
    pub tier: Option<&'static str>,
    /// Its short name.
    pub name: String,
    /// What it was.
    pub was: Option<State>,
    /// What it is.
    pub is: Option<State>,
}

/// What became of a city that both outputs have.
#[derive(Debug, Clone, PartialEq)]
pub struct CityDiff {
    /// The city.
    pub city: CityId,
    /// Its full name.
    pub name: String,
    /// How its scores came to change.
    pub scores: Vec<ScoreSplit>,
    /// Verdicts that are others.
    pub verdicts: Vec<VerdictChange>,
    /// 完成率, as printed.
    pub rate: [Option<String>; 2],
    /// 等次, as printed.
    pub grade: [Option<String>; 2],
    /// Its place before any link, and after each: nothing where it is not placed.
    pub ranks: Vec<(Option<LinkCause>, Option<usize>)>,
}

impl CityDiff {
    /// Whether nothing that is told of it is another.
    pub fn is_unchanged(&self) -> bool {
        let [rate, next] = &self.rate;
        let [grade, later] = &self.grade;
        let mut ranks = self.ranks.iter().map(|(_, rank)| rank);
        let first = ranks.next();
        let moves = first.is_some_and(|first| ranks.any(|rank| rank != first));
        let is_same =
            |split: &ScoreSplit| split.before == split.after && split.links.iter().all(LinkPart::is_nothing);
        rate == next
            && grade == later
            && !moves
            && self.verdicts.is_empty()
            && self.scores.iter().all(is_same)
    }
}

/// What changed between two outputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Diff {
    /// What was before.
    pub before: DiffEnd,
    /// What came after.
    pub after: DiffEnd,
    /// Every figure that reads differently, but those of cities that one side does not have.
    pub changes: Vec<ChangedFigure>,
    /// The cities that both have.
    pub cities: Vec<CityDiff>,
    /// The composite index of the cities that both have; nothing where neither has one.
    pub index: Option<IndexDiff>,
    /// Cities that only one has: which side, and the name.
    pub alone: Vec<(Which, String)>,
    /// Inputs that are not the same, by path below the input root; only where both are of one round.
    pub inputs: Vec<String>,
    /// Tables that are not the same although no printed figure is another: findings, remarks.
    pub tables: Vec<String>,
    /// Whether a plan cannot be read with the catalogue of the other: then the catalogue counts with the targets.
    pub catalogue_is_tied: bool,
    /// Whether some of the figures of either are invented.
    pub is_illustrative: bool,
    /// The day of the later report.
    pub report_date: NaiveDate,
    /// Who published the later one.
    pub issuer: String,
    /// Where the inputs of every link lie, by folder.
    pub links: Vec<(LinkCause, String)>,
}

impl Diff {
    /// Whether no printed figure reads differently.
    pub fn is_none(&self) -> bool {
        self.changes.is_empty() && self.alone.is_empty()
    }

    /// How many numerals changed, and how many verdicts and grades.
    pub fn counted(&self) -> (usize, usize) {
        let words = self.changes.iter().filter(|one| one.is_word).count();
        (self.changes.len().saturating_sub(words), words)
    }

    /// The figures that begin to differ at nothing that came from outside: faults of the program, or a ledger that was altered.
    pub fn unexplained(&self) -> impl Iterator<Item = &ChangedFigure> {
        self.changes.iter().filter(|one| one.cause.is_none())
    }
}

/// Compares two outputs.
///
/// # Errors
/// Fails when one of them is no output with a ledger, when its inputs are not at hand as they were, when this program does not come to the figures of
/// the later one, or when a folder for links is there already.
pub fn diff(order: &DiffOrder, progress: &dyn Progress) -> Result<Diff, RunError> {
    let [given_before, given_after] = [&order.inputs[0], &order.inputs[1]];
    let before = Opened::new(&order.before, given_before.as_deref(), order.language)?;
    let after = Opened::new(&order.after, given_after.as_deref(), order.language)?;
    if before.record.figures() == after.record.figures() && before.has_same_inputs(&after) {
        return Ok(nothing(&before, &after));
    }
    let settings = [&before, &after].map(|end| settings(order, end));
    let [one, other] = &settings;
    let (inputs_before, inputs_after) = (Inputs::default(), Inputs::default());
    let sides = [
        (one, &inputs_before, format!("A/{}", before.folder)),
        (other, &inputs_after, format!("B/{}", after.folder)),
    ];
    let two = crate::run::in_threads(one, || TwoRounds::read(sides, progress))?;
    crate::run::in_threads(one, || compare(order, &before, &after, &two))
}

fn settings(order: &DiffOrder, end: &Opened) -> Settings {
    Settings {
        round: end.root().join(&end.folder),
        workbook: None,
        cities: end.cities.clone(),
        jobs: order.jobs,
        program: order.program.clone(),
        read_seconds: None,
    }
}

/// Two outputs that say the same and were made from the same.
fn nothing(before: &Opened, after: &Opened) -> Diff {
    Diff {
        before: before.end(),
        after: after.end(),
        changes: Vec::new(),
        cities: Vec::new(),
        index: None,
        alone: Vec::new(),
        inputs: Vec::new(),
        tables: Vec::new(),
        catalogue_is_tied: false,
        is_illustrative: false,
        report_date: after.record.report_date,
        issuer: String::new(),
        links: Vec::new(),
    }
}

fn compare(order: &DiffOrder, before: &Opened, after: &Opened, two: &TwoRounds) -> Result<Diff, RunError> {
    let common: Vec<CityId> = two.common().cloned().collect();
    let chain = chain(two, &common, before, after)?;
    let cities = common
        .par_iter()
        .map(|city| of_city(city, before, after, two, &chain))
        .collect::<Result<Vec<_>, RunError>>()?;
    let [first, last] = &chain.ends;
    let index = indices::split([before, after], two, [first, last], &common);
    let changes = causes::figures(before, after, two, order.language)?;
    let names = |plans: &Indexed<crate::plan::Plan>, which: Which| {
        let alone = plans.iter().filter(|plan| !common.contains(&plan.city));
        alone.map(|plan| (which, plan.name.clone())).collect::<Vec<_>>()
    };
    let mut alone = names(&two.before.plans, Which::Before);
    alone.extend(names(&two.after.plans, Which::After));
    let links = match &order.links {
        Some(to) => links::write(to, before, after, two, &chain.causes)?,
        None => Vec::new(),
    };
    let is_one_round = before.folder == after.folder;
    Ok(Diff {
        before: before.end(),
        after: after.end(),
        changes,
        cities,
        index,
        alone,
        inputs: if is_one_round { before.changed_inputs(after) } else { Vec::new() },
        tables: if is_one_round { before.changed_tables(after) } else { Vec::new() },
        catalogue_is_tied: two.catalogue_is_tied,
        is_illustrative: two.is_illustrative(),
        report_date: after.record.report_date,
        issuer: two.after.round.issuer.clone(),
        links,
    })
}

/// The chain that all cities go through.
struct Chain {
    /// The causes by which any of them differs, in their order, but for the program.
    causes: Vec<LinkCause>,
    /// What comes out before any link and after the last.
    ends: [JudgedMixture; 2],
    /// The places before any link, and after each.
    ranks: Vec<(Option<LinkCause>, BTreeMap<CityId, usize>)>,
    /// Whether the earlier output was made by a program that came to other scores.
    has_program: bool,
}

/// The places of cities.
fn ranks(judged: &JudgedMixture) -> BTreeMap<CityId, usize> {
    let rank = |city: &CityEvaluation| Some((city.plan.city.clone(), city.score.rank?));
    judged.cities.iter().filter_map(rank).collect()
}

/// Judges everything before any link, and after each; holds both ends against what the outputs say.
fn chain(two: &TwoRounds, cities: &[CityId], before: &Opened, after: &Opened) -> Result<Chain, RunError> {
    let differing: BTreeSet<LinkCause> = cities.iter().flat_map(|city| two.causes(city)).collect();
    let mut causes: Vec<LinkCause> = differing.into_iter().collect();
    // Cities that one side does not have come and go with the plans.
    let has_alone = two.before.plans.len() != cities.len() || two.after.plans.len() != cities.len();
    if has_alone && !causes.contains(&LinkCause::Targets) {
        causes.push(LinkCause::Targets);
        causes.sort();
    }
    let first = two.judge_all(&BTreeSet::new());
    let mut places = vec![(None, ranks(&first))];
    let mut taken = BTreeSet::new();
    let mut last = None;
    for cause in &causes {
        taken.insert(*cause);
        // A large round is held once only.
        let judged = two.judge_all(&taken);
        places.push((Some(*cause), ranks(&judged)));
        last = (taken.len() == causes.len()).then_some(judged);
    }
    let last = last.unwrap_or_else(|| two.judge_all(&taken));
    let wrong = before.differing(&first.cities);
    let has_program = !wrong.is_empty() && before.program() != after.program();
    let wrong = if has_program { Vec::new() } else { wrong };
    for (end, wrong) in [(before, wrong), (after, after.differing(&last.cities))] {
        if let Some((city, recorded, told)) = wrong.into_iter().next() {
            let version = end.record.version.clone();
            let is_own = version == env!("CARGO_PKG_VERSION");
            let other = Box::new(OtherScore { city, recorded, told, version });
            let why = match is_own {
                true => DiffRefusal::NotOfThisVersion(other),
                false => DiffRefusal::Irreproducible(other),
            };
            return Err(RunError::Diff { path: end.output.clone(), why });
        }
    }
    Ok(Chain { causes, ends: [first, last], ranks: places, has_program })
}

fn of_city(
    city: &CityId,
    before: &Opened,
    after: &Opened,
    two: &TwoRounds,
    chain: &Chain,
) -> Result<CityDiff, RunError> {
    let own = two.causes(city);
    let scores = split::of_city(city, before, two, &own, chain.has_program)?;
    let plan = two.after.plans.find(city);
    let [first, last] = &chain.ends;
    let verdicts = match (first.cities.find(city), last.cities.find(city)) {
        (Some(was), Some(is)) => verdicts(two, was, is),
        _ => Vec::new(),
    };
    let ranks = chain.ranks.iter().map(|(cause, ranks)| (*cause, ranks.get(city).copied())).collect();
    let printed = |end: &Opened, name: &str| end.printed(&StepId::new(format!("{city}/#{name}")));
    Ok(CityDiff {
        city: city.clone(),
        name: plan.map_or_else(|| city.to_string(), |plan| plan.name.clone()),
        scores,
        verdicts,
        rate: [printed(before, "rate"), printed(after, "rate")],
        grade: [printed(before, "grade"), printed(after, "grade")],
        ranks,
    })
}

/// The verdicts of a city that are others, in the order of the plan that came after, then those that only the other had.
fn verdicts(two: &TwoRounds, was: &CityEvaluation, is: &CityEvaluation) -> Vec<VerdictChange> {
    let Some(both) = two.both(&is.plan.city) else { return Vec::new() };
    let mut found = Vec::new();
    for row in both.pairing.rows() {
        let of = |city: &CityEvaluation, which: Which| {
            let row = row.of(which).and_then(|no| city.row(no));
            row.map(|row| row.assessments.to_vec()).unwrap_or_default()
        };
        let (old, new) = (of(was, Which::Before), of(is, Which::After));
        let is_basis = |old: &[Assessment], new: &[Assessment]| {
            old.iter().any(|one| one.origin == was.score.basis)
                || new.iter().any(|one| one.origin == is.score.basis)
        };
        let plan = if row.after.is_some() { &is.plan } else { &was.plan };
        let Some(no) = row.after.as_ref().or(row.before.as_ref()) else { continue };
        let name = plan.indicator(no).map_or_else(String::new, |row| row.short.clone());
        let tiers: BTreeSet<Option<&'static str>> = old.iter().chain(&new).map(tier).collect();
        for of_tier in tiers {
            let state = |all: &[Assessment]| all.iter().find(|one| tier(one) == of_tier).map(|one| one.state);
            let (was, is) = (state(&old), state(&new));
            if was != is {
                let is_counted = of_tier.is_none() && is_basis(&old, &new);
                let (no, name) = (no.to_string(), name.clone());
                found.push(VerdictChange { no, is_counted, tier: of_tier, name, was, is });
            }
        }
    }
    found
}

/// Which of several targets of a year, where it is not the one that is judged first.
fn tier(one: &Assessment) -> Option<&'static str> {
    (!one.is_primary()).then(|| one.target.tier.key())
}

/// The exact number of a step of an output.
fn recorded(end: &Opened, id: &StepId) -> Option<Exact> {
    end.ledger.ledger.step(id).and_then(|step| step.value.number().cloned())
}

/// Reads what an output says of itself.
fn record_of(output: &Path) -> Result<OutputRecord, RunError> {
    let refuse = |why| RunError::Diff { path: output.to_owned(), why };
    OutputRecord::read(output)?.ok_or_else(|| refuse(DiffRefusal::NoOutput))
}
