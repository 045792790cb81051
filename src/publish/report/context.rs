//! The evaluation with what all sections look up.

use std::collections::BTreeMap;

use crate::assess::Assessment;
use crate::compare::counted;
use crate::evaluation::{CityEvaluation, Evaluation, Owners};
use crate::finding::{Finding, Severity};
use crate::plan::{Indicator, Origin};

/// More cities than this: the front part shows distributions instead of every city's marks.
pub(super) const FEW: usize = 6;

/// More cities than this: the contents get an index, and the lineage index is only attached.
pub(super) const INDEXED: usize = 12;

/// The evaluation with what all parts of the report look up.
pub(in crate::publish) struct Context<'a> {
    pub(in crate::publish) evaluation: &'a Evaluation,
    /// Whose the input files are.
    pub(in crate::publish) owners: Owners<'a>,
    /// Numbers of the tables outside the chapters, by key.
    tables: BTreeMap<&'static str, String>,
    /// Row of annex 4 by path below the round's folder.
    file_numbers: BTreeMap<String, usize>,
    /// Indexes of the cities in the order of their ranks; unranked ones last.
    order: Vec<usize>,
    /// The findings that are told one by one, in their order.
    pub(super) told: Vec<&'a Finding>,
    /// Places in that list by city.
    pub(super) told_of: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Context<'a> {
    pub(in crate::publish) fn new(evaluation: &'a Evaluation) -> Self {
        let n = evaluation.cities.len();
        let mut keys = vec!["cities", "findings"];
        if n <= 3 {
            keys.push("basis");
        }
        keys.push("ranking");
        if n <= FEW && !common_ids(evaluation).is_empty() {
            keys.push("common");
        }
        // Tables without rows are not printed and have no number.
        let findings = &evaluation.findings;
        let round = &evaluation.round;
        let decided =
            !(round.preferences.is_empty() && round.base_years.is_empty() && round.decisions.is_empty());
        let printed = [
            ("returns", true),
            ("rules", !findings.is_empty()),
            ("cells", true),
            ("open", evaluation.told().any(|one| one.severity() == Severity::Error)),
            ("waivers", findings.iter().any(|one| one.waived.is_some())),
            ("decisions", decided),
        ];
        keys.extend(printed.into_iter().filter(|(_, printed)| *printed).map(|(key, _)| key));
        let tables = keys.into_iter().zip(1..).map(|(key, number)| (key, format!("表{number}"))).collect();
        let year = evaluation.round.year;
        let prefix = format!("{year}/");
        let numbered = evaluation.inputs.iter().zip(1..).map(|(file, number)| {
            // The round's folder is named by its caller; submissions are told by what follows it.
            let path = file.path.split_once('/').map_or(file.path.as_str(), |(_, rest)| rest);
            let path = file.path.strip_prefix(&prefix).unwrap_or(path);
            (path.to_owned(), number)
        });
        let file_numbers = numbered.collect();
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_key(|at| {
            let city = evaluation.cities.get(*at);
            let rank = city.and_then(|city| city.score.rank).unwrap_or(usize::MAX);
            (rank, city.map(|city| city.plan.city.clone()))
        });
        let told: Vec<&Finding> = evaluation.told().collect();
        let mut told_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, finding) in told.iter().enumerate() {
            told_of.entry(finding.city.as_str()).or_default().push(at);
        }
        let owners = evaluation.owners();
        Self { evaluation, owners, tables, file_numbers, order, told, told_of }
    }

    pub(super) fn table(&self, key: &str) -> &str {
        self.tables.get(key).map_or("", String::as_str)
    }

    pub(super) fn cities(&self) -> &'a [CityEvaluation] {
        &self.evaluation.cities
    }

    pub(super) fn ranked(&self) -> impl Iterator<Item = &'a CityEvaluation> {
        self.order.iter().filter_map(|at| self.evaluation.cities.get(*at))
    }

    pub(super) fn ranked_count(&self) -> usize {
        self.cities().iter().filter(|city| city.score.rank.is_some()).count()
    }

    /// The assessments that a city's account counts, with their indicators.
    pub(super) fn counted(&self, city: &'a CityEvaluation) -> Vec<(&'a Assessment, &'a Indicator)> {
        counted(&city.plan, &self.evaluation.round, &city.assessments)
            .filter_map(|one| Some((one, city.plan.indicator(&one.no)?)))
            .collect()
    }

    pub(super) fn file_number(&self, file: &str) -> Option<String> {
        self.file_numbers.get(file).map(ToString::to_string)
    }
}

/// Catalogue ids that every city's table holds, in the order of the first city.
pub(super) fn common_ids(evaluation: &Evaluation) -> Vec<String> {
    let ids = |city: &CityEvaluation| -> Vec<String> {
        city.assessments
            .iter()
            .filter(|one| one.origin == Origin::Table && one.is_primary())
            .map(|one| one.id.clone())
            .collect()
    };
    let all: Vec<Vec<String>> = evaluation.cities.iter().map(ids).collect();
    let Some((first, rest)) = all.split_first() else { return Vec::new() };
    if rest.is_empty() {
        return Vec::new();
    }
    first.iter().filter(|id| rest.iter().all(|other| other.contains(id))).cloned().collect()
}
