//! What a city is strong and weak in by the index: indicators whose place among the cities is in the best or the worst quarter.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::composite_view::{CompositeView, IMPUTED, TREATED};
use super::say::say;
use crate::composite::IndexedCity;
use crate::ledger::Traced;

/// So many are named of each.
const MOST: usize = 3;

/// What a city is strong in, and what it is weak in; empty texts where nothing is.
pub(super) struct CityTraits {
    pub(super) strengths: String,
    pub(super) weaknesses: String,
}

/// An indicator of a city: how many cities with a place are better, how many worse, of how many.
struct TraitStanding {
    at: usize,
    better: usize,
    worse: usize,
    all: usize,
    weight: Decimal,
}

impl TraitStanding {
    /// Cities that are alike lie in the best quarter together, or not at all.
    fn is_strong(&self) -> bool {
        self.all > 1 && self.all.saturating_sub(self.worse) <= self.quarter()
    }

    fn is_weak(&self) -> bool {
        self.all > 1 && self.all.saturating_sub(self.better) <= self.quarter()
    }

    fn quarter(&self) -> usize {
        self.all.div_ceil(4)
    }
}

/// By place, then by weight; of values that something stands in for neither is said.
pub(super) fn traits(view: &CompositeView<'_>, city: &IndexedCity) -> CityTraits {
    let standings: Vec<TraitStanding> = standings(view, city);
    let mut strong: Vec<&TraitStanding> = standings.iter().filter(|one| one.is_strong()).collect();
    strong.sort_by_key(|one| (one.better, Reverse(one.weight)));
    let mut weak: Vec<&TraitStanding> = standings.iter().filter(|one| one.is_weak()).collect();
    weak.sort_by_key(|one| (one.worse, Reverse(one.weight)));
    let told = |all: Vec<&TraitStanding>| {
        let named: Vec<String> = all.into_iter().take(MOST).map(|one| words(view, city, one.at)).collect();
        view.context.language.list(&named)
    };
    CityTraits { strengths: told(strong), weaknesses: told(weak) }
}

fn standings(view: &CompositeView<'_>, city: &IndexedCity) -> Vec<TraitStanding> {
    let of = |(at, _, about): (usize, _, &crate::composite::IndexedIndicator)| {
        let value = city.values.get(at).filter(|value| !value.is_imputed)?;
        let own = value.rank?;
        let ranks = || view.index.placed().filter_map(|one| one.values.get(at)?.rank);
        Some(TraitStanding {
            at,
            better: ranks().filter(|rank| *rank < own).count(),
            worse: ranks().filter(|rank| *rank > own).count(),
            all: ranks().count(),
            weight: about.weight.as_ref().and_then(Traced::decimal).unwrap_or_default(),
        })
    };
    view.used().into_iter().filter_map(of).collect()
}

/// `研发投入强度（第1）`.
fn words(view: &CompositeView<'_>, city: &IndexedCity, at: usize) -> String {
    let name = view.spec().indicators.get(at).map_or_else(String::new, |one| view.indicator(one));
    let (mark, place) = (mark(city, at), view.place_by(city, at));
    say!(view.context.language, "{name}{mark}（第{place}）", "{name}{mark} (place {place})")
}

/// The mark of a value: of one that something stands in for, of one that was drawn in.
pub(super) fn mark(city: &IndexedCity, at: usize) -> &'static str {
    match city.values.get(at) {
        Some(value) if value.is_imputed => IMPUTED,
        Some(value) if value.is_treated => TREATED,
        _ => "",
    }
}

/// The mark of a city: that something stands in for any of its values, or that any was drawn in.
pub(super) fn marks(view: &CompositeView<'_>, city: &IndexedCity) -> String {
    let used = view.used();
    let any = |is_of: fn(&crate::composite::IndexValue) -> bool| {
        used.iter().any(|(at, ..)| city.values.get(*at).is_some_and(is_of))
    };
    let imputed = if any(|value| value.is_imputed) { IMPUTED } else { "" };
    let treated = if any(|value| value.is_treated) { TREATED } else { "" };
    format!("{imputed}{treated}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A city with so many better and so many worse ones, of as many as there are.
    fn standing(better: usize, worse: usize, all: usize) -> TraitStanding {
        TraitStanding { at: 0, better, worse, all, weight: Decimal::ONE }
    }

    #[test]
    fn a_strength_lies_in_the_first_quarter_and_a_weakness_in_the_last_with_all_that_are_alike() {
        assert!(standing(0, 11, 12).is_strong() && standing(2, 9, 12).is_strong());
        assert!(!standing(3, 8, 12).is_strong() && !standing(8, 3, 12).is_weak());
        assert!(standing(11, 0, 12).is_weak() && standing(9, 2, 12).is_weak());
        // Two are alike in the third and fourth place: neither lies in the quarter.
        assert!(!standing(2, 8, 12).is_strong());
        // Where all are alike none is strong or weak.
        assert!(!standing(0, 0, 12).is_strong() && !standing(0, 0, 12).is_weak());
        assert!(!standing(0, 0, 1).is_strong() && !standing(0, 0, 1).is_weak());
        assert!(standing(0, 2, 3).is_strong() && standing(2, 0, 3).is_weak());
        assert!(!standing(1, 1, 3).is_strong() && !standing(1, 1, 3).is_weak());
    }
}
