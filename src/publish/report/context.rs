//! The evaluation with what all sections look up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::numerals::Book;
use super::say::say;
use super::terms::Terms;
use super::totals::total_step;
use crate::advise::{RowOnItsWay, lagged_in_most, ways};
use crate::assess::{Assessment, State};
use crate::compare::counted;
use crate::digest::fingerprint;
use crate::evaluation::{CityEvaluation, Evaluation, Owners};
use crate::finding::{Finding, Language, Withheld};
use crate::ident::IndicatorId;
use crate::ledger::{Ledger, StepId};
use crate::plan::Indicator;
use crate::rounding::plain;

/// More cities than this: the front part shows distributions instead of every city's marks.
pub(super) const FEW: usize = 6;

/// The evaluation with what all parts of the report look up.
#[derive(Clone)]
pub(in crate::publish) struct Context<'a> {
    pub(in crate::publish) evaluation: &'a Evaluation,
    /// Whose the input files are.
    pub(in crate::publish) owners: Arc<Owners<'a>>,
    /// The ledgers that its numerals are taken from.
    pub(super) book: Book<'a>,
    /// SM3 over the digests of all its inputs, as the cover prints it.
    pub(super) fingerprint: Arc<str>,
    /// The language of its documents.
    pub(super) language: Language,
    /// What units and plans are called.
    pub(super) terms: Terms,
    /// Whether the round has many cities, so that the rows of each stand in its own report.
    is_of_many: bool,
    /// Program and typst version.
    pub(super) tool: String,
    /// Row of annex 4 by path below the round's folder.
    file_numbers: Arc<BTreeMap<String, usize>>,
    /// Indexes of the cities in the order of their ranks; unranked ones last.
    order: Arc<[usize]>,
    /// Of many cities the indicators that are lagged in most of them.
    lagged: Arc<BTreeSet<&'a IndicatorId>>,
    /// The ways to the targets of later years, by city.
    pub(super) ways: Arc<BTreeMap<&'a str, Vec<RowOnItsWay<'a>>>>,
    /// The findings that are told one by one, in their order.
    pub(super) told: Arc<[&'a Finding]>,
    /// Places in that list by city.
    pub(super) told_of: Arc<BTreeMap<&'a str, Vec<usize>>>,
}

impl<'a> Context<'a> {
    /// `fingerprint` is the digest of inputs that the cover prints.
    pub(in crate::publish) fn new(evaluation: &'a Evaluation, fingerprint: &'a str, typst: &str) -> Self {
        Self::in_language(Language::Chinese, evaluation, fingerprint, typst)
    }

    /// The same for documents in a language.
    pub(in crate::publish) fn in_language(
        language: Language,
        evaluation: &'a Evaluation,
        fingerprint: &'a str,
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
        let file_numbers: BTreeMap<String, usize> = numbered.collect();
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
        let owners = Arc::new(evaluation.owners());
        let lagged = match evaluation.cities.len() > FEW {
            true => lagged_in_most(&evaluation.cities, &evaluation.round),
            false => BTreeSet::new(),
        };
        let tool = format!("duibiao {}，{typst}", env!("CARGO_PKG_VERSION"));
        let terms = Terms::of(&evaluation.cities, language);
        let book = Book::new(evaluation);
        let ways =
            evaluation.cities.iter().map(|city| (city.plan.city.as_str(), ways(&evaluation.round, city)));
        Self {
            evaluation,
            book,
            owners,
            fingerprint: fingerprint.into(),
            language,
            terms,
            is_of_many: evaluation.cities.len() > FEW,
            tool,
            file_numbers: Arc::new(file_numbers),
            order: order.into(),
            lagged: Arc::new(lagged),
            ways: Arc::new(ways.collect()),
            told: told.into(),
            told_of: Arc::new(told_of),
        }
    }

    /// The same where its cities are a share of those of the round.
    pub(in crate::publish) fn of_share(self, cities: usize) -> Self {
        Self { is_of_many: cities > FEW, ..self }
    }

    /// Does something with what is known of the city at a place among all: its own facts, findings and files, and those that are everybody's.
    pub(super) fn of_one<T>(&self, at: usize, work: impl FnOnce(&Context<'_>) -> T) -> T {
        let slug = self.cities().get(at).map_or("", |city| city.plan.city.as_str());
        let own = self.evaluation.only(slug, &self.owners);
        let fingerprint = fingerprint(own.inputs.iter().map(|file| file.digests.sm3.as_str()));
        let alone = Context::new(&own, &fingerprint, "");
        let (book, is_of_many) = (Book::alone(&own, &self.book), self.is_of_many);
        work(&Context { book, is_of_many, tool: self.tool.clone(), ..alone })
    }

    /// The same for one document, whose steps are its own.
    pub(super) fn apart(&self) -> Self {
        Self { book: self.book.apart(), ..self.clone() }
    }

    /// The steps that only its documents asked for.
    pub(super) fn own_steps(&self) -> Ledger {
        self.book.with_own(std::mem::take)
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

    /// Whose the counts of a document are: of the only city that it is about, else of the round. Own reports would each have another `round/#…`.
    pub(super) fn whose(&self) -> &'a str {
        match self.cities() {
            [only] => only.plan.city.as_str(),
            _ => "round",
        }
    }

    /// Whether the round has one plan only: nothing is compared or ranked then.
    pub(super) fn is_alone(&self) -> bool {
        self.cities().len() == 1
    }

    /// The volume that has every row: of few cities the technical volume, of many the own report of each.
    pub(super) fn volume_of_rows(&self) -> String {
        let (language, places) = (self.language, self.terms.places);
        match self.is_of_many {
            false => language.of("技术卷", "the technical volume").to_owned(),
            // The report of one city out of many is one volume with its technical part.
            true if self.is_alone() => {
                language.of("本册技术部分", "the technical part of this report").to_owned()
            }
            true => {
                let (noun, plural) = (places.noun, places.plural());
                say!(language, "各{noun}分册", "the reports of the {plural}")
            }
        }
    }

    /// The same for what is about one city.
    pub(super) fn volume_of_own_rows(&self) -> String {
        let (language, places) = (self.language, self.terms.places);
        match self.is_of_many {
            false => language.of("技术卷", "the technical volume").to_owned(),
            true => {
                let (short, single) = (places.short, places.single());
                say!(language, "本{short}分册", "the report of the {single}")
            }
        }
    }

    /// Where the brief's reader finds the rest of a list: the main report lists it of few cities only.
    pub(super) fn volume_of_lists(&self) -> String {
        match self.is_of_many {
            false => self.language.of("主报告", "the main report").to_owned(),
            true => self.volume_of_rows(),
        }
    }

    /// Of many cities the indicators that are lagged in most of them, and so in no range.
    pub(super) fn lagged_in_most(&self) -> &BTreeSet<&'a IndicatorId> {
        &self.lagged
    }

    /// The open targets of a city that are left out of its range, since they are lagged in most cities.
    pub(super) fn left_out(&self, city: &'a CityEvaluation) -> Vec<&'a Assessment> {
        if self.lagged.is_empty() {
            return Vec::new();
        }
        let own = counted(&city.plan, &self.evaluation.round, &city.assessments);
        let is_left = |one: &Assessment| one.id.as_ref().is_some_and(|id| self.lagged.contains(id));
        own.filter(|one| one.state == State::Lagged && is_left(one)).collect()
    }

    pub(super) fn ranked(&self) -> impl Iterator<Item = &'a CityEvaluation> {
        self.order.iter().filter_map(|at| self.evaluation.cities.get(*at))
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
