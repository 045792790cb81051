//! How far the rate of a city may still move, and whether one city is ahead of another whatever becomes of its open targets.
//!
//! The range is a bound, no confidence interval: from none of the open targets reached to all of them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::assess::State;
use crate::compare::{CityScore, Fraction, counted};
use crate::evaluation::CityEvaluation;
use crate::ident::IndicatorId;
use crate::plan::Round;

/// A city by what is certain of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateBounds {
    /// If none of its open targets were reached.
    pub low: Fraction,
    /// If all of them were.
    pub high: Fraction,
    /// Whether enough of its targets have a verdict that it is compared at all.
    pub is_covered: bool,
}

/// What is certain of a city; it is compared from a coverage in percent on. `left_out` of its open targets say nothing about it
/// ([`lagged_in_most`]).
pub fn bounds_of(score: &CityScore, left_out: usize, minimum_coverage: Decimal) -> RateBounds {
    let open = score.open().saturating_sub(left_out);
    let whole = score.assessable.saturating_add(open);
    let covered = Decimal::from(score.assessable).checked_mul(Decimal::ONE_HUNDRED);
    let needed = Decimal::from(score.total).checked_mul(minimum_coverage);
    let is_enough = matches!((covered, needed), (Some(covered), Some(needed)) if covered >= needed);
    RateBounds {
        low: Fraction { part: score.met, whole },
        high: Fraction { part: score.met.saturating_add(open), whole },
        // As places are given, where the limit's own digits count.
        is_covered: score.assessable > 0 && (score.rank.is_some() || is_enough),
    }
}

/// The indicators whose values of the year are not there yet in more than half of the cities: they say something about when a figure is
/// published, and nothing about a city.
pub fn lagged_in_most<'a>(cities: &'a [CityEvaluation], round: &Round) -> BTreeSet<&'a IndicatorId> {
    let mut counts: BTreeMap<&IndicatorId, usize> = BTreeMap::new();
    for city in cities {
        let counted = counted(&city.plan, round, &city.assessments);
        let lagged = counted.filter(|one| one.state == State::Lagged).filter_map(|one| one.id.as_ref());
        lagged.for_each(|id| *counts.entry(id).or_default() += 1);
    }
    counts.into_iter().filter(|(_, count)| count.saturating_mul(2) > cities.len()).map(|(id, _)| id).collect()
}

/// Whether a city is ahead of another even if none of its open targets were reached and all of the other's were.
pub fn is_ahead(one: &RateBounds, other: &RateBounds) -> bool {
    one.is_covered && other.is_covered && one.low.order(other.high).is_gt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_is_ahead_only_if_no_outcome_of_what_is_open_could_turn_it() {
        let of = |met: usize, open: usize, whole: usize, is_covered: bool| RateBounds {
            low: Fraction { part: met, whole },
            high: Fraction { part: met + open, whole },
            is_covered,
        };
        for (one, other, expected) in [
            (of(14, 4, 26, true), of(10, 6, 21, true), false),
            (of(18, 0, 20, true), of(8, 2, 20, true), true),
            (of(10, 0, 20, true), of(8, 2, 20, true), false),
            (of(18, 0, 20, true), of(1, 2, 20, false), false),
        ] {
            assert_eq!(is_ahead(&one, &other), expected, "{one:?} {other:?}");
        }
    }
}
