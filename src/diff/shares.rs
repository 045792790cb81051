//! The exact part that every row has in the change of a weighted mean.

use std::collections::{BTreeMap, BTreeSet};

use super::scores::{MixedScore, ScoreKind};
use crate::ledger::Exact;

/// What a row gives to a mean N ÷ W: points times weight, and weight.
#[derive(Debug, Clone)]
struct Term {
    above: Exact,
    below: Exact,
}

fn terms(score: &MixedScore, measure: ScoreKind) -> BTreeMap<usize, Term> {
    let counted =
        score.rows.iter().filter(|(_, row)| measure == ScoreKind::MissingAsZero || row.points.is_some());
    let term = |(place, row): (&usize, &super::ScoreRow)| {
        let points = row.points.clone().unwrap_or_else(Exact::zero);
        (*place, Term { above: points.times(&row.weight), below: row.weight.clone() })
    };
    counted.map(term).collect()
}

fn sum<'a>(all: impl Iterator<Item = &'a Exact>) -> Exact {
    all.fold(Exact::zero(), |sum, one| sum.plus(one))
}

/// The part of every row in the change of a mean, by row: ½Δn(1/W₀ + 1/W₁) − ½Δw(N₀ + N₁)/(W₀W₁). All rows change at once, so that no order among them
/// matters, and the parts add up to the change. Nothing where one of the means is of nothing.
pub(super) fn shares(
    before: &MixedScore,
    after: &MixedScore,
    measure: ScoreKind,
) -> Option<BTreeMap<usize, Exact>> {
    let (was, is) = (terms(before, measure), terms(after, measure));
    let whole = |terms: &BTreeMap<usize, Term>| {
        (sum(terms.values().map(|term| &term.above)), sum(terms.values().map(|term| &term.below)))
    };
    let ((above, below), (next_above, next_below)) = (whole(&was), whole(&is));
    let (one, two) = (Exact::whole(1), Exact::whole(2));
    let turned = one.over(&below)?.plus(&one.over(&next_below)?).over(&two)?;
    let mean = above.plus(&next_above).over(&below.times(&next_below).times(&two))?;
    let places: BTreeSet<usize> = was.keys().chain(is.keys()).copied().collect();
    let part = |place: usize| {
        let of = |terms: &BTreeMap<usize, Term>, of: fn(&Term) -> &Exact| {
            terms.get(&place).map_or_else(Exact::zero, |term| of(term).clone())
        };
        let change = |part: fn(&Term) -> &Exact| of(&is, part).minus(&of(&was, part));
        change(|term| &term.above).times(&turned).minus(&change(|term| &term.below).times(&mean))
    };
    Some(places.into_iter().map(|place| (place, part(place))).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn term(points: i64, weight: i64) -> Term {
        let (points, weight) = (Exact::whole(points), Exact::whole(weight));
        Term { above: points.times(&weight), below: weight }
    }

    /// Points and weights of rows as a mixture has them.
    fn score(rows: &[(i64, i64, bool)]) -> MixedScore {
        super::super::scores::tests::score(rows)
    }

    #[test]
    fn a_row_that_changes_alone_has_the_whole_change() {
        let (was, is) = (score(&[(80, 1, true), (60, 1, true)]), score(&[(90, 1, true), (60, 1, true)]));
        let parts = shares(&was, &is, ScoreKind::MissingAsZero).unwrap();
        assert_eq!(parts.values().map(ToString::to_string).collect::<Vec<_>>(), ["5", "0"]);
        assert!(shares(&score(&[]), &is, ScoreKind::Assessable).is_none());
        assert_eq!(term(2, 3).above, Exact::whole(6));
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_change_to_the_last_digit(
            was in proptest::collection::vec((0_i64..130, 1_i64..9, any::<bool>()), 1..12),
            is in proptest::collection::vec((0_i64..130, 1_i64..9, any::<bool>()), 1..12),
        ) {
            for measure in ScoreKind::ALL {
                let (one, other) = (score(&was), score(&is));
                let mean = |score: &MixedScore| {
                    let terms = terms(score, measure);
                    sum(terms.values().map(|term| &term.above)).over(&sum(terms.values().map(|term| &term.below)))
                };
                let (Some(before), Some(after)) = (mean(&one), mean(&other)) else {
                    prop_assert!(shares(&one, &other, measure).is_none());
                    continue;
                };
                let parts = shares(&one, &other, measure).unwrap();
                prop_assert_eq!(sum(parts.values()), after.minus(&before));
                // Swapped, every part has the other sign.
                let back = shares(&other, &one, measure).unwrap();
                prop_assert!(parts.iter().all(|(place, part)| back[place].plus(part).is_zero()));
            }
        }
    }
}
