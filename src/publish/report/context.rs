//! The evaluation with what all sections look up.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::numerals::Book;
use super::terms::Terms;
use super::totals::total_step;
use crate::assess::Assessment;
use crate::compare::counted;
use crate::evaluation::{CityEvaluation, Evaluation, Owners};
use crate::finding::{Finding, Language, Withheld};
use crate::ledger::{Ledger, StepId};
use crate::plan::Indicator;
use crate::rounding::plain;

/// More cities than this: the front part shows distributions instead of every city's marks.
pub(super) const FEW: usize = 6;

/// More cities than this: the contents get an index, and the lineage index is only attached.
pub(super) const INDEXED: usize = 12;

/// The evaluation with what all parts of the report look up.
pub(in crate::publish) struct Context<'a> {
    pub(in crate::publish) evaluation: &'a Evaluation,
    /// Whose the input files are.
    pub(in crate::publish) owners: Owners<'a>,
    /// The ledgers that its numerals are taken from.
    pub(super) book: Book<'a>,
    /// SM3 over the digests of all inputs, as the cover prints it.
    pub(super) fingerprint: &'a str,
    /// SM3 over the tables.
    pub(super) figures: &'a str,
    /// The language of its documents.
    pub(super) language: Language,
    /// What units and plans are called.
    pub(super) terms: Terms,
    /// Program and typst version.
    pub(super) tool: String,
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
    /// `fingerprint` and `figures` are the digests that the cover prints.
    pub(in crate::publish) fn new(evaluation: &'a Evaluation, digests: [&'a str; 2], typst: &str) -> Self {
        Self::in_language(Language::Chinese, evaluation, digests, typst)
    }

    /// The same for documents in a language.
    pub(in crate::publish) fn in_language(
        language: Language,
        evaluation: &'a Evaluation,
        [fingerprint, figures]: [&'a str; 2],
        typst: &str,
    ) -> Self {
        let year = evaluation.round.year();
        let prefix = format!("{year}/");
        let numbered = evaluation.inputs.iter().zip(1..).map(|(file, number)| {
            // The round's folder is named by its caller; submissions are told by what follows it.
            let path = file.path.split_once('/').map_or(file.path.as_str(), |(_, rest)| rest);
            let path = file.path.strip_prefix(&prefix).unwrap_or(path);
            (path.to_owned(), number)
        });
        let file_numbers = numbered.collect();
        let mut order: Vec<usize> = (0..evaluation.cities.len()).collect();
        order.sort_by_key(|at| {
            let city = evaluation.cities.get(*at);
            let rank = city.and_then(|city| city.score.rank).unwrap_or(usize::MAX);
            (rank, city.map(|city| city.plan.city.clone()))
        });
        let told: Vec<&Finding> = evaluation.told().collect();
        let mut told_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, finding) in told.iter().enumerate() {
            told_of.entry(finding.subject.city.as_str()).or_default().push(at);
        }
        let owners = evaluation.owners();
        let tool = format!("duibiao {}，{typst}", env!("CARGO_PKG_VERSION"));
        let terms = Terms::of(&evaluation.cities, language);
        let book = Book::new(evaluation);
        Self {
            evaluation,
            book,
            owners,
            fingerprint,
            figures,
            language,
            terms,
            tool,
            file_numbers,
            order,
            told,
            told_of,
        }
    }

    /// The steps that only the report asked for.
    pub(in crate::publish) fn into_own_steps(self) -> Ledger {
        self.book.into_own()
    }

    /// A parameter of the method as sentences print it.
    pub(super) fn limit(&self, name: &str, value: Decimal) -> String {
        self.book.parameter(&self.evaluation.round, name, plain(value))
    }

    /// The limits of 等次.
    pub(super) fn grades(&self) -> [String; 3] {
        let [excellent, good, fair] = self.evaluation.round.method.grades;
        [("grades.1", excellent), ("grades.2", good), ("grades.3", fair)]
            .map(|(name, limit)| self.limit(name, limit))
    }

    /// The step of what a plan calls a row: that it is in the plan.
    pub(super) fn name_step(&self, city: &CityEvaluation, row: &Indicator) -> StepId {
        self.book.name(&city.plan, row)
    }

    /// How many cities there are.
    pub(super) fn say_cities(&self) -> String {
        let totals = self.cities().iter().map(total_step);
        self.book.count("round/#cities", totals, &[], self.cities().len())
    }

    pub(super) fn cities(&self) -> &'a [CityEvaluation] {
        &self.evaluation.cities
    }

    /// The cities whose chapters are printed: only their figures are.
    pub(super) fn printed(&self) -> impl Iterator<Item = &'a CityEvaluation> + use<'a> {
        self.cities().iter().filter(|city| !city.score.withholds(Withheld::Chapter))
    }

    /// Whether the round has one plan only: nothing is compared or ranked then.
    pub(super) fn is_alone(&self) -> bool {
        self.cities().len() == 1
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

    /// The findings about a city that are told one by one, each with its place in the list of all.
    pub(super) fn told_about(&self, city: &CityEvaluation) -> impl Iterator<Item = (usize, &'a Finding)> {
        let own = self.told_of.get(city.plan.city.as_str()).into_iter().flatten();
        own.filter_map(|at| Some((*at, *self.told.get(*at)?)))
    }

    pub(super) fn file_number(&self, file: &str) -> Option<String> {
        self.file_numbers.get(file).map(ToString::to_string)
    }
}
