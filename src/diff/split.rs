//! A score's change as a chain of substitutions: rules before data, each link the difference of two scores that were really judged.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::opened::Opened;
use super::scores::{MixedScore, ScoreKind, ScoreRow};
use super::shares::shares;
use crate::error::{DiffRefusal, RunError};
use crate::finding::Language;
use crate::ident::CityId;
use crate::ledger::Exact;
use crate::mixture::source;
use crate::plan::LinkCause;
use crate::run::TwoRounds;
use crate::words;

/// What a row has in a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPart {
    /// The row before the link; nothing where it is not there.
    pub was: Option<ScoreRow>,
    /// The row after it.
    pub is: Option<ScoreRow>,
    /// Its part, in points of the city's score.
    pub part: Exact,
}

/// One link of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPart {
    /// What is substituted.
    pub cause: LinkCause,
    /// The score before it.
    pub before: Exact,
    /// The score after it.
    pub after: Exact,
    /// The difference.
    pub part: Exact,
    /// The least and the greatest part that it has in any order of the links; nothing for the program, of which there is but one here.
    pub range: Option<(Exact, Exact)>,
    /// The parts of rows that have one, the largest first.
    pub rows: Vec<RowPart>,
    /// The part of what is taken off the mean, and of its limits.
    pub taken_off: Exact,
}

/// Digits behind the point with which a range is printed.
pub(super) const RANGE_PLACES: u32 = 2;

impl LinkPart {
    /// Whether the order of the links turns its sign, as far as that can be seen in print (＃).
    pub fn turns(&self) -> bool {
        turns(self.range.as_ref())
    }

    /// Whether it makes no difference at all.
    pub fn is_nothing(&self) -> bool {
        self.part.is_zero() && self.rows.is_empty() && self.taken_off.is_zero()
    }
}

/// Whether a range has both signs, as far as that can be seen in print.
pub(super) fn turns(range: Option<&(Exact, Exact)>) -> bool {
    range.is_some_and(|(low, high)| {
        let (low, high) = (low.rounded(RANGE_PLACES), high.rounded(RANGE_PLACES));
        low < Exact::zero() && high.is_positive()
    })
}

/// The least and the greatest of a range as text, for programs.
pub(super) fn ends(range: Option<&(Exact, Exact)>) -> (Option<String>, Option<String>) {
    range.map(|(low, high)| (low.to_string(), high.to_string())).unzip()
}

/// How a score of a city came to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreSplit {
    /// Which score.
    pub measure: ScoreKind,
    /// What it was; nothing where nothing could be judged.
    pub before: Option<Exact>,
    /// What it is.
    pub after: Option<Exact>,
    /// The links, in their order. There are none where a score of the chain is missing.
    pub links: Vec<LinkPart>,
}

impl ScoreSplit {
    /// The whole change, where both scores are there.
    pub fn change(&self) -> Option<Exact> {
        Some(self.after.as_ref()?.minus(self.before.as_ref()?))
    }

    /// Whether both scores are there and one between them is not, so that the change cannot be split.
    pub fn is_broken(&self) -> bool {
        self.change().is_some_and(|change| !change.is_zero()) && self.links.is_empty()
    }
}

/// The scores of every mixture of some causes.
pub type Mixtures = BTreeMap<BTreeSet<LinkCause>, MixedScore>;

/// The least and the greatest part that a cause has in any order: over all that may have been substituted before it.
pub fn range(mixtures: &Mixtures, cause: LinkCause, measure: ScoreKind) -> Option<(Exact, Exact)> {
    range_of(mixtures, cause, |mixture| mixture.score(measure))
}

/// The same of mixtures of any kind.
pub(super) fn range_of<C: Copy + Ord, M>(
    mixtures: &BTreeMap<BTreeSet<C>, M>,
    cause: C,
    score: impl Fn(&M) -> Option<&Exact>,
) -> Option<(Exact, Exact)> {
    let mut found: Option<(Exact, Exact)> = None;
    for (taken, after) in mixtures.iter().filter(|(taken, _)| taken.contains(&cause)) {
        let mut without = taken.clone();
        without.remove(&cause);
        let part = score(after)?.minus(score(mixtures.get(&without)?)?);
        found = Some(match found {
            None => (part.clone(), part),
            Some((low, high)) => (low.min(part.clone()), high.max(part)),
        });
    }
    found
}

/// Every choice of some causes.
pub fn choices<C: Copy + Ord>(causes: &[C]) -> Vec<BTreeSet<C>> {
    causes.iter().fold(vec![BTreeSet::new()], |mut all, cause| {
        let more: Vec<BTreeSet<C>> =
            all.iter().map(|taken| taken.iter().copied().chain([*cause]).collect()).collect();
        all.extend(more);
        all
    })
}

/// Splits the change of both scores of a city. `recorded` is what the earlier output has, where another program made it and came to other scores.
///
/// # Errors
/// Fails when parts do not add up, which is a fault of the program.
pub fn split(
    city: &str,
    causes: &[LinkCause],
    mixtures: &Mixtures,
    recorded: Option<&MixedScore>,
) -> Result<Vec<ScoreSplit>, RunError> {
    ScoreKind::ALL.into_iter().map(|measure| of_measure(city, causes, mixtures, recorded, measure)).collect()
}

fn of_measure(
    city: &str,
    causes: &[LinkCause],
    mixtures: &Mixtures,
    recorded: Option<&MixedScore>,
    measure: ScoreKind,
) -> Result<ScoreSplit, RunError> {
    let mut taken = BTreeSet::new();
    let start = mixtures.get(&taken);
    let mut stations: Vec<(LinkCause, Option<&MixedScore>)> = Vec::new();
    stations.extend(recorded.map(|recorded| (LinkCause::Program, Some(recorded))));
    let first = recorded.or(start);
    for cause in causes {
        stations.push((*cause, mixtures.get(&taken)));
        taken.insert(*cause);
    }
    let last = mixtures.get(&taken);
    let ends = stations.iter().skip(1).map(|(_, score)| *score).chain([last]);
    let mut links = Vec::new();
    for ((cause, before), after) in stations.iter().zip(ends) {
        let (Some(before), Some(after)) = (before, after) else { continue };
        let range = range(mixtures, *cause, measure).filter(|_| *cause != LinkCause::Program);
        let Some(link) = link(city, *cause, (before, after), range, measure)? else {
            links.clear();
            break;
        };
        links.push(link);
    }
    let score = |at: Option<&MixedScore>| at.and_then(|at| at.score(measure)).cloned();
    let split = ScoreSplit { measure, before: score(first), after: score(last), links };
    let total = split.links.iter().fold(Exact::zero(), |sum, link| sum.plus(&link.part));
    if !split.links.is_empty() && split.change() != Some(total) {
        return Err(remainder(city, LinkCause::Actuals));
    }
    Ok(split)
}

fn remainder(city: &str, cause: LinkCause) -> RunError {
    let cause = words::link_name(cause, Language::Chinese);
    let why = DiffRefusal::Remainder { city: city.to_owned(), cause };
    RunError::Diff { path: std::path::PathBuf::from("diff"), why }
}

/// One link; nothing where one of its scores is of nothing.
fn link(
    city: &str,
    cause: LinkCause,
    (was, is): (&MixedScore, &MixedScore),
    range: Option<(Exact, Exact)>,
    measure: ScoreKind,
) -> Result<Option<LinkPart>, RunError> {
    let scores = (was.score(measure), is.score(measure), was.mean(measure), is.mean(measure));
    let (Some(before), Some(after), Some(mean), Some(next)) = scores else { return Ok(None) };
    let Some(parts) = shares(was, is, measure) else { return Ok(None) };
    let part = after.minus(before);
    let taken_off = part.minus(&next.minus(mean));
    let of_rows = parts.values().fold(Exact::zero(), |sum, one| sum.plus(one));
    if of_rows.plus(&taken_off) != part {
        return Err(remainder(city, cause));
    }
    let mut rows: Vec<(usize, Exact)> = parts.into_iter().filter(|(_, part)| !part.is_zero()).collect();
    rows.sort_by(|(place, one), (other, next)| next.size().cmp(&one.size()).then(place.cmp(other)));
    let rows = rows.into_iter().map(|(place, part)| RowPart {
        was: was.rows.get(&place).cloned(),
        is: is.rows.get(&place).cloned(),
        part,
    });
    Ok(Some(LinkPart {
        cause,
        before: before.clone(),
        after: after.clone(),
        part,
        range,
        rows: rows.collect(),
        taken_off,
    }))
}

/// Judges every mixture of a city by the causes by which it differs.
fn mixtures(city: &CityId, two: &TwoRounds, causes: &[LinkCause]) -> Mixtures {
    let Some(both) = two.both(city) else { return Mixtures::new() };
    choices(causes)
        .into_par_iter()
        .filter_map(|taken| {
            let judged = two.judge(city, &taken)?;
            let plan = source(&taken, LinkCause::Targets);
            let score = MixedScore::of(&judged, both.side(plan).round, both.pairing, plan);
            Some((taken, score))
        })
        .collect()
}

/// Splits the changes of a city's scores.
pub(super) fn of_city(
    city: &CityId,
    before: &Opened,
    two: &TwoRounds,
    causes: &[LinkCause],
    has_program: bool,
) -> Result<Vec<ScoreSplit>, RunError> {
    let mixtures = mixtures(city, two, causes);
    let start = mixtures.get(&BTreeSet::new()).filter(|_| has_program);
    let recorded = start.map(|now| MixedScore::recorded(&before.ledger.ledger, city, now));
    let name = two.after.plans.find(city).map_or_else(|| city.to_string(), |plan| plan.name.clone());
    split(&name, causes, &mixtures, recorded.as_ref())
}

#[cfg(test)]
mod tests {
    use super::super::scores::tests::score;
    use super::*;

    const CAUSES: [LinkCause; 7] = LinkCause::MIXED;

    /// A mixture whose points depend on everything that is taken, and on pairs of it.
    fn mixture(taken: &BTreeSet<LinkCause>) -> MixedScore {
        let at =
            |cause: &LinkCause| CAUSES.iter().position(|one| one == cause).unwrap_or_default() as i64 + 1;
        let all: i64 = taken.iter().map(at).sum();
        let pairs: i64 =
            taken.iter().map(|one| taken.iter().map(|other| at(one) * at(other) % 7).sum::<i64>()).sum();
        let weight = if taken.contains(&LinkCause::Weights) { 3 } else { 1 };
        let is_judged = taken.contains(&LinkCause::Coverage);
        score(&[(50 + all, weight, true), (90 - pairs % 40, 1, true), (70, 2, is_judged)])
    }

    fn mixtures() -> Mixtures {
        choices(&CAUSES).into_iter().map(|taken| (taken.clone(), mixture(&taken))).collect()
    }

    fn permutations(causes: &[LinkCause]) -> Vec<Vec<LinkCause>> {
        if causes.is_empty() {
            return vec![Vec::new()];
        }
        let mut found = Vec::new();
        for first in causes {
            let rest: Vec<LinkCause> = causes.iter().copied().filter(|one| one != first).collect();
            found.extend(permutations(&rest).into_iter().map(|rest| [vec![*first], rest].concat()));
        }
        found
    }

    #[test]
    fn a_range_is_that_of_all_five_thousand_and_forty_orders() {
        let mixtures = mixtures();
        let orders = permutations(&CAUSES);
        assert_eq!((mixtures.len(), orders.len()), (128, 5_040));
        for kind in ScoreKind::ALL {
            let mut spans: BTreeMap<LinkCause, (Exact, Exact)> = BTreeMap::new();
            for order in &orders {
                let mut taken = BTreeSet::new();
                for cause in order {
                    let before = mixtures[&taken].score(kind).unwrap().clone();
                    taken.insert(*cause);
                    let part = mixtures[&taken].score(kind).unwrap().minus(&before);
                    let span = spans.entry(*cause).or_insert_with(|| (part.clone(), part.clone()));
                    *span = (span.0.clone().min(part.clone()), span.1.clone().max(part));
                }
            }
            for (cause, span) in spans {
                assert_eq!(range(&mixtures, cause, kind), Some(span), "{cause:?}");
            }
        }
    }

    #[test]
    fn links_lead_from_one_score_to_the_other_and_the_program_comes_first() {
        let mixtures = mixtures();
        let recorded = score(&[(40, 1, true), (90, 1, true), (70, 2, false)]);
        for (told, causes) in [(None, 7), (Some(&recorded), 8)] {
            for found in split("甲市", &CAUSES, &mixtures, told).unwrap() {
                assert_eq!(found.links.len(), causes);
                let total = found.links.iter().fold(Exact::zero(), |sum, link| sum.plus(&link.part));
                assert_eq!(found.change(), Some(total));
                assert!(!found.is_broken());
            }
        }
        let found = split("甲市", &CAUSES, &mixtures, Some(&recorded)).unwrap();
        assert_eq!((found[0].links[0].cause, &found[0].links[0].range), (LinkCause::Program, &None));
    }

    #[test]
    fn a_chain_with_a_score_of_nothing_is_not_split_and_says_so() {
        let causes = [LinkCause::Targets, LinkCause::Actuals];
        let open = score(&[(0, 1, false)]);
        let of = |taken: &BTreeSet<LinkCause>| match taken.len() {
            1 => open.clone(),
            more => score(&[(60 + more as i64, 1, true)]),
        };
        let mixtures = choices(&causes).into_iter().map(|taken| (taken.clone(), of(&taken))).collect();
        for found in split("甲市", &causes, &mixtures, None).unwrap() {
            assert!(found.is_broken() && found.change().is_some());
        }
    }
}
