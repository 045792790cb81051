//! How the composite index of a city came to change: the same rule as for scores, on the indices of both sides.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::opened::Opened;
use super::recorded;
use super::split::{choices, range_of};
use crate::composite::{CityValues, IndexCause, IndexMixtures, JudgedCity, TwoIndices, gather};
use crate::ident::CityId;
use crate::ledger::{Exact, Ledger, StepId};
use crate::mixture::Which;
use crate::plan::{Catalogue, IndexSpec};
use crate::run::{JudgedMixture, ReadRound, TwoRounds};

/// One link of the chain of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexPart {
    /// What is substituted.
    pub cause: IndexCause,
    /// The index before it.
    pub before: Exact,
    /// The index after it.
    pub after: Exact,
    /// The difference.
    pub part: Exact,
    /// The least and the greatest part that it has in any order of the links; nothing for the program.
    pub range: Option<(Exact, Exact)>,
}

impl IndexPart {
    /// Whether it makes no difference in any order.
    pub fn is_nothing(&self) -> bool {
        let is_zero = |(low, high): &(Exact, Exact)| low.is_zero() && high.is_zero();
        self.part.is_zero() && self.range.as_ref().is_none_or(is_zero)
    }
}

/// How the index of a city came to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexSplit {
    /// The city.
    pub city: CityId,
    /// Its full name.
    pub name: String,
    /// What it was; nothing where it had none.
    pub before: Option<Exact>,
    /// What it is.
    pub after: Option<Exact>,
    /// Its places: nothing in brackets.
    pub ranks: [Option<usize>; 2],
    /// The links that are told, in their order. There are none where an index of the chain is missing.
    pub links: Vec<IndexPart>,
    /// Whether an index of the chain is missing, so that the change cannot be split.
    pub is_broken: bool,
}

impl IndexSplit {
    /// The whole change, where both are there.
    pub fn change(&self) -> Option<Exact> {
        Some(self.after.as_ref()?.minus(self.before.as_ref()?))
    }
}

/// Why an index is not split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexUnsplit {
    /// Only one of the two outputs has one.
    OnlyIn(Which),
    /// This program comes to another index from the inputs of this side: of the city what is recorded, and what comes out.
    Another(Which, String, Option<Exact>, Option<Exact>),
}

/// The index of both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexDiff {
    /// What it is called, of what came after where it has one.
    pub name: String,
    /// By city that both sides have, in their order.
    pub cities: Vec<IndexSplit>,
    /// Why nothing is split.
    pub why_not: Option<IndexUnsplit>,
}

/// A side with its index.
struct IndexSide<'a> {
    end: &'a Opened,
    read: &'a ReadRound,
    judged: &'a JudgedMixture,
}

fn of_city(city: &CityId, name: &str) -> StepId {
    StepId::new(format!("{city}/#index.{name}"))
}

impl IndexSide<'_> {
    /// The specification of its index, where the output has one; of some of the cities of a round there is none.
    fn spec(&self) -> Option<&IndexSpec> {
        let has = |city: &crate::evaluation::CityEvaluation| {
            self.end.ledger.ledger.step(&of_city(&city.plan.city, "coverage")).is_some()
        };
        self.read.index.as_ref().filter(|_| self.judged.cities.iter().any(has))
    }

    fn score(&self, city: &CityId) -> Option<Exact> {
        recorded(self.end, &of_city(city, "score"))
    }

    fn rank(&self, city: &CityId) -> Option<usize> {
        recorded(self.end, &of_city(city, "rank"))?.count()
    }

    /// Its cities as a specification gathers them, in the units of the catalogue that goes with it.
    fn gathered(&self, spec: &IndexSpec, catalogue: &Catalogue) -> Vec<CityValues> {
        let mut ledger = Ledger::default();
        let cities = self.judged.cities.iter().map(|city| {
            let id = &city.plan.city;
            // What was withheld is not known of mixtures: a city that is covered and has a score has a place, unless it was.
            let covered = self.end.ledger.ledger.told(&of_city(id, "covered"));
            let is_covered = covered.is_some_and(|covered| covered.is_true());
            let judged = JudgedCity {
                plan: &city.plan,
                facts: &city.facts,
                ledger: &city.ledger,
                is_withheld: is_covered && self.score(id).is_some() && self.rank(id).is_none(),
            };
            gather(spec, (&self.read.round, catalogue), judged, &mut ledger)
        });
        cities.collect()
    }
}

/// Splits the changes of the index of each city; nothing where neither side has one.
pub(super) fn split(
    [before, after]: [&Opened; 2],
    two: &TwoRounds,
    [first, last]: [&JudgedMixture; 2],
    cities: &[CityId],
) -> Option<IndexDiff> {
    let sides = [
        IndexSide { end: before, read: &two.before, judged: first },
        IndexSide { end: after, read: &two.after, judged: last },
    ];
    let [one, other] = &sides;
    let named =
        |spec: &IndexSpec, why_not| IndexDiff { name: spec.name.clone(), cities: Vec::new(), why_not };
    let (was, is) = match (one.spec(), other.spec()) {
        (None, None) => return None,
        (Some(spec), None) => return Some(named(spec, Some(IndexUnsplit::OnlyIn(Which::Before)))),
        (None, Some(spec)) => return Some(named(spec, Some(IndexUnsplit::OnlyIn(Which::After)))),
        (Some(was), Some(is)) => (was, is),
    };
    // What of units and directions only one catalogue says is there for its own specification.
    let catalogues = [
        two.before.catalogue.clone().with_those_of(&two.after.catalogue),
        two.after.catalogue.clone().with_those_of(&two.before.catalogue),
    ];
    let [of_before, of_after] = &catalogues;
    let gathered =
        |spec: &IndexSpec, catalogue: &Catalogue| sides.each_ref().map(|side| side.gathered(spec, catalogue));
    let brought = [gathered(was, of_before), gathered(is, of_after)];
    let indices = TwoIndices::new([was.clone(), is.clone()], brought);
    let has_program = match (another(one, &indices.whole(0)), another(other, &indices.whole(1))) {
        (_, Some((city, recorded, told))) => {
            return Some(named(is, Some(IndexUnsplit::Another(Which::After, city, recorded, told))));
        }
        (Some((city, recorded, told)), None) if before.program() == after.program() => {
            return Some(named(is, Some(IndexUnsplit::Another(Which::Before, city, recorded, told))));
        }
        (found, None) => found.is_some(),
    };
    let cities = cities.par_iter().map(|city| {
        let name = two.after.plans.find(city).map_or_else(|| city.to_string(), |plan| plan.name.clone());
        let start = has_program.then(|| one.score(city));
        let found = of_both(city, name, &indices, start);
        IndexSplit { ranks: [one.rank(city), other.rank(city)], ..found }
    });
    Some(IndexDiff { name: is.name.clone(), cities: cities.collect(), why_not: None })
}

/// The first city whose index is another than the output has.
fn another(
    side: &IndexSide<'_>,
    told: &BTreeMap<CityId, Exact>,
) -> Option<(String, Option<Exact>, Option<Exact>)> {
    side.judged.cities.iter().find_map(|city| {
        let (was, is) = (side.score(&city.plan.city), told.get(&city.plan.city).cloned());
        (was != is).then(|| (city.plan.name.clone(), was, is))
    })
}

/// The chain of a city. `start` is what the earlier output has, where another program made it and came to another index.
fn of_both(city: &CityId, name: String, indices: &TwoIndices, start: Option<Option<Exact>>) -> IndexSplit {
    let causes = indices.causes(city);
    let all = choices(&causes).into_iter();
    let mixtures: IndexMixtures = all.map(|taken| (taken.clone(), indices.score(city, &taken))).collect();
    chained(city, name, &causes, &mixtures, start)
}

fn chained(
    city: &CityId,
    name: String,
    causes: &[IndexCause],
    mixtures: &IndexMixtures,
    start: Option<Option<Exact>>,
) -> IndexSplit {
    let mut taken = BTreeSet::new();
    let score = |taken: &BTreeSet<IndexCause>| mixtures.get(taken).cloned().flatten();
    let mut stations = Vec::new();
    if let Some(recorded) = &start {
        stations.push((IndexCause::Program, recorded.clone(), score(&taken)));
    }
    for cause in causes {
        let before = score(&taken);
        taken.insert(*cause);
        stations.push((*cause, before, score(&taken)));
    }
    let link = |(cause, before, after): (IndexCause, Option<Exact>, Option<Exact>)| {
        let (before, after) = (before?, after?);
        let part = after.minus(&before);
        let range = range_of(mixtures, cause, Option::as_ref).filter(|_| cause != IndexCause::Program);
        Some(IndexPart { cause, before, after, part, range })
    };
    let links: Option<Vec<IndexPart>> = stations.into_iter().map(link).collect();
    let first = start.unwrap_or_else(|| score(&BTreeSet::new()));
    let last = score(&taken);
    let is_broken = links.is_none() && first.is_some() && last.is_some();
    let mut links = links.unwrap_or_default();
    links.retain(|link| !link.is_nothing());
    IndexSplit { city: city.clone(), name, before: first, after: last, ranks: [None; 2], links, is_broken }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_an_index_add_up_whatever_the_mixtures_are_and_one_that_is_missing_is_said() {
        let causes = IndexCause::MIXED;
        let value = |taken: &BTreeSet<IndexCause>| {
            let sum: i64 = taken.iter().map(|cause| 3 + *cause as i64).sum();
            let pairs = i64::try_from(taken.len() * taken.len()).unwrap();
            Exact::whole(50 + sum * pairs).over(&Exact::whole(7))
        };
        let mixtures: IndexMixtures =
            choices(&causes).into_iter().map(|taken| (taken.clone(), value(&taken))).collect();
        let city = CityId::parse("a").unwrap();
        for start in [None, Some(Some(Exact::whole(3)))] {
            let found = chained(&city, String::new(), &causes, &mixtures, start.clone());
            let total = found.links.iter().fold(Exact::zero(), |sum, link| sum.plus(&link.part));
            assert_eq!(found.change(), Some(total));
            assert_eq!(found.links.len(), 4 + usize::from(start.is_some()));
            assert!(
                found.links.iter().all(|link| link.range.is_some() == (link.cause != IndexCause::Program))
            );
        }
        let mut missing = mixtures;
        missing.insert([IndexCause::Method].into(), None);
        let found = chained(&city, String::new(), &causes, &missing, None);
        assert!(found.is_broken && found.links.is_empty() && found.change().is_some());
    }
}
