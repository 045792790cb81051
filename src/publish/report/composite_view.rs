//! The index of a round as its sections look at it: names in the language of the document, numerals with their steps, what is printed.

use std::fmt::Display;

use rust_decimal::Decimal;

use super::context::Context;
use super::marks::numeral;
use super::say::say;
use super::withheld;
use crate::composite::{Composite, IndexValue, IndexedCity, IndexedIndicator};
use crate::evaluation::CityEvaluation;
use crate::finding::Withheld;
use crate::ident::{CityId, IndicatorId};
use crate::ledger::{Exact, Operation, StepId, StepValue, Traced};
use crate::plan::{IndexDimension, IndexIndicator, IndexSpec, PeerGroup};
use crate::rounding::plain;

/// Digits behind the point of scores, weights and shares.
pub(super) const PLACES: u32 = 1;

/// The mark of what has something standing in for a value.
pub(super) const IMPUTED: &str = "※";
/// The mark of a value that was drawn in.
pub(super) const TREATED: &str = "▽";

/// The index with what its sections look up.
#[derive(Clone, Copy)]
pub(super) struct CompositeView<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) index: &'a Composite,
}

impl<'a> CompositeView<'a> {
    /// Nothing where the round has no index, and where its places are withheld.
    pub(super) fn of(context: &'a Context<'a>) -> Option<Self> {
        let index = context.evaluation.composite.as_ref()?;
        let is_told = !context.is_alone() && !withheld::is_ranking_withheld(context);
        let view = Self { context, index };
        (is_told && view.placed().next().is_some()).then_some(view)
    }

    pub(super) fn spec(&self) -> &'a IndexSpec {
        &self.index.spec
    }

    /// What is known of a city besides.
    pub(super) fn evaluation_of(&self, city: &CityId) -> Option<&'a CityEvaluation> {
        self.context.evaluation.cities.find(city)
    }

    /// Cities whose figures are printed.
    pub(super) fn printed(&self) -> impl Iterator<Item = &'a IndexedCity> + use<'a> {
        let (context, index) = (self.context, self.index);
        index.cities.iter().filter(|one| {
            let city = context.evaluation.cities.find(&one.city);
            city.is_some_and(|city| !city.score.withholds(Withheld::Chapter))
        })
    }

    /// Those of them with a place.
    pub(super) fn placed(&self) -> impl Iterator<Item = &'a IndexedCity> + use<'a> {
        self.printed().filter(|one| one.rank.is_some())
    }

    /// Those of them without, which stand in brackets.
    pub(super) fn apart(&self) -> impl Iterator<Item = &'a IndexedCity> + use<'a> {
        self.printed().filter(|one| one.rank.is_none())
    }

    /// What the index is called.
    pub(super) fn name(&self) -> &'a str {
        let spec = self.spec();
        self.context.language.of(&spec.name, spec.en.as_ref().unwrap_or(&spec.name))
    }

    /// A city for short.
    pub(super) fn city(&self, city: &CityId) -> String {
        self.evaluation_of(city)
            .map_or_else(|| city.to_string(), |city| self.context.short(&city.plan).to_owned())
    }

    /// The city at a place in the list of the index.
    pub(super) fn city_at(&self, place: usize) -> String {
        self.index.cities.get(place).map_or_else(String::new, |one| self.city(&one.city))
    }

    pub(super) fn dimension(&self, one: &'a IndexDimension) -> &'a str {
        self.context.language.of(&one.name, one.en.as_ref().unwrap_or(&one.name))
    }

    /// An indicator for short, with what it is divided by.
    pub(super) fn indicator(&self, one: &IndexIndicator) -> String {
        let catalogue = &self.context.evaluation.catalogue;
        let language = self.context.language;
        let short = |id: &IndicatorId| {
            let short = catalogue.short(id).unwrap_or_default();
            language.of(short, catalogue.english(id).unwrap_or(short))
        };
        let name = short(&one.id);
        match one.per.as_ref().map(short) {
            Some(per) => say!(language, "{name}与{per}之比", "{name} over {per}"),
            None => name.to_owned(),
        }
    }

    /// The unit of an indicator.
    pub(super) fn unit(&self, one: &IndexIndicator) -> String {
        let unit = |id: &IndicatorId| {
            self.context.unit_named(self.context.evaluation.catalogue.unit(id).unwrap_or_default())
        };
        let per = one.per.as_ref().map(|per| format!("/{}", unit(per)));
        format!("{}{}", unit(&one.id), per.unwrap_or_default())
    }

    /// A domain or an indicator by its place in the specification.
    pub(super) fn part(&self, (is_dimension, place): (bool, usize)) -> String {
        let spec = self.spec();
        match is_dimension {
            true => spec.dimensions.get(place).map_or("", |one| self.dimension(one)).to_owned(),
            false => spec.indicators.get(place).map_or_else(String::new, |one| self.indicator(one)),
        }
    }

    /// The domains right below the index, with their places in the specification.
    pub(super) fn domains(&self) -> Vec<(usize, &'a IndexDimension)> {
        let spec = self.spec();
        spec.parts_of(None).filter_map(|at| Some((at, spec.dimensions.get(at)?))).collect()
    }

    /// The indicators that are used, with their places in the specification.
    pub(super) fn used(&self) -> Vec<(usize, &'a IndexIndicator, &'a IndexedIndicator)> {
        let all = self.spec().indicators.iter().zip(&self.index.indicators).enumerate();
        all.filter(|(_, (_, about))| about.is_used).map(|(at, (one, about))| (at, one, about)).collect()
    }

    /// Peer groups of which a city is in print, with a mark each; nothing of less than two.
    pub(super) fn groups(&self) -> Vec<(String, &'a PeerGroup)> {
        let groups: Vec<&PeerGroup> = self.spec().peers.iter().collect();
        if groups.len() < 2 {
            return Vec::new();
        }
        let letters = ('A'..='Z').map(String::from);
        letters.zip(groups).collect()
    }

    /// The mark of a city's group; empty where groups are not told apart.
    pub(super) fn group_mark(&self, city: &CityId) -> String {
        let groups = self.groups();
        let own = groups.into_iter().find(|(_, group)| group.cities.contains(city));
        own.map_or_else(String::new, |(mark, _)| mark)
    }

    pub(super) fn group_name(&self, group: &'a PeerGroup) -> &'a str {
        self.context.language.of(&group.name, group.en.as_ref().unwrap_or(&group.name))
    }

    /// A score, a weight, a share: as it is printed.
    pub(super) fn rounded(&self, told: &Traced, places: u32) -> String {
        match told.number() {
            Some(number) => {
                let words = number.fixed(places);
                match words.strip_prefix('-') {
                    Some(size) => format!("−{}", self.context.book.rounded(&told.id, places, size)),
                    None => self.context.book.rounded(&told.id, places, words),
                }
            }
            None => String::new(),
        }
    }

    /// A score, where there is one.
    pub(super) fn score(&self, told: Option<&Traced>) -> String {
        told.map_or_else(String::new, |told| self.rounded(told, PLACES))
    }

    /// Two numbers with as many digits as it takes to see that they differ, up to those that they have.
    pub(super) fn told_apart(&self, one: &Traced, other: &Traced) -> [String; 2] {
        const MOST: u32 = 6;
        let differ = |places: &u32| match (one.number(), other.number()) {
            (Some(one), Some(other)) => one.fixed(*places) != other.fixed(*places),
            _ => true,
        };
        let places = (PLACES..MOST).find(differ).unwrap_or(MOST);
        [self.rounded(one, places), self.rounded(other, places)]
    }

    /// A number with all its digits.
    pub(super) fn whole(&self, told: &Traced) -> String {
        told.decimal().map_or_else(String::new, |number| numeral(&told.id, plain(number)))
    }

    /// A key of the specification; one that no stage has asked for is a leaf of the report.
    pub(super) fn parameter(&self, key: &str, value: impl Display) -> String {
        let file = &self.spec().file;
        let (id, words) = (StepId::new(format!("{file}#{key}")), value.to_string());
        if self.context.book.told(&id).is_none() {
            let operation = Operation::Parameter { file: file.clone(), line: self.spec().line_of(key) };
            let number = StepValue::from(Exact::parse(&words));
            self.context.book.with_own(|own| own.leaf(id.clone(), operation, number));
        }
        numeral(&id, words)
    }

    /// The place of a city by the index.
    pub(super) fn place(&self, city: &IndexedCity) -> String {
        let id = StepId::new(format!("{}/#index.rank", city.city));
        city.rank.map_or_else(String::new, |rank| numeral(&id, rank))
    }

    /// Its places by the other sets of weights.
    pub(super) fn places_by_sets(&self, city: &IndexedCity) -> Vec<String> {
        let place = |(rank, number): (&Option<usize>, usize)| {
            let id = StepId::new(format!("{}/#index.set.{number}.rank", city.city));
            rank.map_or_else(String::new, |rank| numeral(&id, rank))
        };
        city.by_sets.iter().zip(1_usize..).map(place).collect()
    }

    /// Its place by a domain.
    pub(super) fn place_in(&self, city: &IndexedCity, at: usize) -> String {
        let dimension = self.spec().dimensions.get(at).map_or("", |one| one.id.as_str());
        let id = StepId::new(format!("{}/#index.d.{dimension}.rank", city.city));
        let rank = city.dimensions.get(at).and_then(|one| one.rank);
        rank.map_or_else(String::new, |rank| numeral(&id, rank))
    }

    /// Its place by an indicator.
    pub(super) fn place_by(&self, city: &IndexedCity, at: usize) -> String {
        let indicator = self.spec().indicators.get(at).map_or("", |one| one.id.as_str());
        let id = StepId::new(format!("{}/#index.i.{indicator}.rank", city.city));
        let rank = city.values.get(at).and_then(|one| one.rank);
        rank.map_or_else(String::new, |rank| numeral(&id, rank))
    }

    /// How many steps these are.
    pub(super) fn count<'t>(&self, name: &str, members: impl IntoIterator<Item = &'t Traced>) -> String {
        let members: Vec<StepId> = members.into_iter().map(|one| one.id.clone()).collect();
        let number = members.len();
        self.context.book.count(&format!("round/#index.{name}"), members, &[], number)
    }

    /// How many cities these are.
    pub(super) fn count_cities<'c>(
        &self,
        name: &str,
        cities: impl IntoIterator<Item = &'c IndexedCity>,
    ) -> String {
        self.count(name, cities.into_iter().map(|one| &one.coverage))
    }

    /// The values that are used of cities in print and of indicators in use, of one kind.
    pub(super) fn values(
        &self,
        is_of: fn(&IndexValue) -> bool,
    ) -> Vec<(&'a IndexedCity, usize, &'a IndexValue)> {
        let used: Vec<usize> = self.used().into_iter().map(|(at, ..)| at).collect();
        let mut found = Vec::new();
        for city in self.printed() {
            for at in &used {
                found.extend(city.values.get(*at).filter(|one| is_of(one)).map(|one| (city, *at, one)));
            }
        }
        found
    }
}

/// The value of something drawn: its number, where it has one.
pub(super) fn number(told: Option<&Traced>) -> Option<Decimal> {
    told.and_then(Traced::decimal)
}
