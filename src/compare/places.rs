//! The places of cities among each other, and the figures of the round over its cities.

use super::CityScore;
use super::account::{PRINTED, total_of};
use crate::ident::CityId;
use crate::ledger::{CHOSEN_BY, Ledger, Operation, StepId, Traced};
use crate::plan::Round;

/// A city's rate, and what it would be if all or none of its open targets were reached.
struct Standing {
    city: CityId,
    rate: Traced,
    best: Traced,
    worst: Traced,
}

/// A place, and the best and the worst that open targets leave possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PlaceRange {
    rank: usize,
    tied: bool,
    low: usize,
    high: usize,
}

/// A city's account with its ledger.
pub type WithLedger<'a> = (&'a mut CityScore, &'a Ledger);

/// Gives the cities with enough coverage, of which nothing is withheld, their places among each other, and sums up the round; the order does not matter. What is computed over
/// cities is added to the ledger of the round.
pub fn rank<'a>(cities: impl IntoIterator<Item = WithLedger<'a>>, round: &Round, ledger: &mut Ledger) {
    let mut cities: Vec<WithLedger<'a>> = cities.into_iter().collect();
    sum_up(&cities, ledger);
    let names: Vec<CityId> = cities.iter().map(|(score, _)| score.city.clone()).collect();
    let limit = ledger.parameter(round, "minimum_coverage", round.method.minimum_coverage);
    let mut placed: Vec<&mut CityScore> = Vec::new();
    let mut standings: Vec<Standing> = Vec::new();
    for (score, own) in &mut cities {
        if let Some(standing) = standing(score, own, &limit, ledger) {
            placed.push(score);
            standings.push(standing);
        }
    }
    let by = names.iter().flat_map(|city| ["withheld", "placed"].map(|name| total_of(city, name)));
    let by: Vec<Traced> = by.filter_map(|id| ledger.told(&id)).collect();
    let by: Vec<Traced> = ledger.gate(round).into_iter().chain(by).collect();
    for (score, place) in placed.into_iter().zip(places(&standings, &by, ledger)) {
        (score.rank, score.tied) = (Some(place.rank), place.tied);
        (score.rank_low, score.rank_high) = (Some(place.low), Some(place.high));
    }
}

/// What a city is placed by; `None` without enough coverage, and where something of it is withheld.
fn standing(score: &CityScore, own: &Ledger, limit: &Traced, ledger: &mut Ledger) -> Option<Standing> {
    if !score.withheld.is_empty() {
        return None;
    }
    let told = |name: &str| own.told(&total_of(&score.city, name));
    let of = |name: &str| total_of(&score.city, name);
    let coverage = told("coverage")?;
    let is_enough =
        ledger.does(of("placed"), Operation::Covers, &[("share", &coverage), ("limit", limit)], "");
    if !is_enough.is_true() {
        return None;
    }
    let (met, open, total) = (told("met")?, told("open")?, told("total")?);
    let most = ledger.does(of("met.best"), Operation::Sum, &[("x", &met), ("x", &open)], "");
    let best = ledger.does(of("rate.best"), Operation::Share, &[("part", &most), ("whole", &total)], "%");
    let worst = ledger.does(of("rate.worst"), Operation::Share, &[("part", &met), ("whole", &total)], "%");
    Some(Standing { city: score.city.clone(), rate: told("rate")?, best, worst })
}

/// The places of cities. The open targets of all of them move together: the best place of one is taken with the others at their
/// worst, so that where one city may fall behind another, that other may get ahead of it. `by` is what says which cities are placed.
fn places(standings: &[Standing], by: &[Traced], ledger: &mut Ledger) -> Vec<PlaceRange> {
    let mut order = |name: &str, of: fn(&Standing) -> &Traced| {
        let mut args: Vec<(&'static str, &Traced)> = standings.iter().map(|city| ("x", of(city))).collect();
        args.extend(by.iter().map(|one| (CHOSEN_BY, one)));
        ledger.does(StepId::new(format!("round/#order.{name}")), Operation::Order, &args, "")
    };
    let (rates, best, worst) =
        (order("rate", |one| &one.rate), order("best", |one| &one.best), order("worst", |one| &one.worst));
    let mut found = Vec::new();
    for city in standings {
        let mut place = |name: &str, own: &Traced, among: &Traced, itself: &Traced| {
            let args = [("own", own), ("among", among), ("self", itself)];
            ledger.does(total_of(&city.city, name), Operation::Rank, &args, "").count()
        };
        let alike = standings.iter().filter(|other| other.rate.value == city.rate.value).count();
        found.push(PlaceRange {
            rank: place("rank", &city.rate, &rates, &city.rate),
            tied: alike > 1,
            low: place("rank.best", &city.best, &worst, &city.worst),
            high: place("rank.worst", &city.worst, &best, &city.best),
        });
    }
    found
}

/// The counts of all cities together, and their shares.
fn sum_up(cities: &[WithLedger<'_>], ledger: &mut Ledger) {
    let mut sum = |name: &str| {
        let own = cities.iter().filter_map(|(score, own)| own.told(&total_of(&score.city, name)));
        let own: Vec<Traced> = own.collect();
        let args: Vec<(&'static str, &Traced)> = own.iter().map(|one| ("x", one)).collect();
        ledger.does(StepId::new(format!("round/#{name}")), Operation::Sum, &args, "")
    };
    let (total, assessable, met, soft) = (sum("total"), sum("assessable"), sum("met"), sum("soft"));
    let (part, whole) = (sum("firm.met"), sum("firm.assessable"));
    let mut share = |name: &str, part: &Traced, whole: &Traced| {
        let (id, args) = (StepId::new(format!("round/#{name}")), [("part", part), ("whole", whole)]);
        let told = ledger.does(id.clone(), Operation::Share, &args, "%");
        ledger.shown(&id, &told, PRINTED);
    };
    share("rate", &met, &assessable);
    share("coverage", &assessable, &total);
    if soft.count() > 0 {
        share("rate_without_soft", &part, &whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Exact, StepValue};

    /// A city that met so many of those with a verdict, of so many in all.
    fn standing(at: usize, (met, assessable, total): (usize, usize, usize)) -> Standing {
        let told = |name: &str, part: usize, whole: usize| Traced {
            id: StepId::new(format!("{at}/{name}")),
            value: StepValue::from(Exact::from(part).in_percent_of(&Exact::from(whole))),
        };
        Standing {
            city: CityId::parse(&format!("a{at}")).unwrap(),
            rate: told("rate", met, assessable),
            best: told("best", met + total - assessable, total),
            worst: told("worst", met, total),
        }
    }

    fn placed(cities: &[(usize, usize, usize)]) -> Vec<PlaceRange> {
        let standings: Vec<Standing> =
            cities.iter().enumerate().map(|(at, counts)| standing(at, *counts)).collect();
        places(&standings, &[], &mut Ledger::default())
    }

    #[test]
    fn where_one_city_may_fall_behind_another_the_other_may_get_ahead() {
        // 潜江 13/15 of 21, 衡阳 20/26: today 1 and 2, and each may be either.
        let found = placed(&[(13, 15, 21), (20, 26, 26)]);
        let ranges: Vec<(usize, usize, usize)> =
            found.iter().map(|place| (place.rank, place.low, place.high)).collect();
        assert_eq!(ranges, [(1, 1, 2), (2, 1, 2)]);
    }

    #[test]
    fn fractions_are_placed_exactly_and_equal_ones_share_a_place() {
        let found = placed(&[(1, 3, 3), (2, 6, 6), (13, 21, 21), (11, 16, 16)]);
        let ranks: Vec<(usize, bool)> = found.iter().map(|place| (place.rank, place.tied)).collect();
        assert_eq!(ranks, [(3, true), (3, true), (2, false), (1, false)]);
    }

    proptest::proptest! {
        #[test]
        fn ranges_of_places_hold_the_place_and_can_come_true_together(counts in proptest::collection::vec((0_usize..20, 1_usize..20, 0_usize..10), 2..8)) {
            let cities: Vec<(usize, usize, usize)> =
                counts.iter().map(|(met, missed, open)| (*met, met + missed, met + missed + open)).collect();
            for place in placed(&cities) {
                proptest::prop_assert!((place.low..=place.high).contains(&place.rank));
            }
            for pair in cities.windows(2) {
                let found = placed(pair);
                for (one, other) in [(found[0], found[1]), (found[1], found[0])] {
                    // Who may be second leaves the first place to the other.
                    proptest::prop_assert!(one.high == 1 || other.low == 1);
                }
            }
        }
    }
}
