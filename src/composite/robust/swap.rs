//! By how little one weight would have to be moved for two neighbours to be alike.

use rayon::prelude::*;

use super::Swap;
use super::model::{Branches, Choice, Evaluated, Leaves, Model};
use crate::plan::Aggregation;

/// Steps in which the way up and the way down are searched where the gap does not follow a line, and halvings of the step in which it turns.
const STEPS: u32 = 16;
const HALVINGS: usize = 48;

/// What is no more than the rounding of sums.
const NOTHING: f64 = 1e-11;

/// A weight that can be moved: by its place among the weights of a choice.
struct Lever {
    at: usize,
    siblings: Vec<usize>,
    /// All weights of the siblings and its own.
    total: f64,
    /// Its share of them.
    share: f64,
    /// Whether all from its domain up to the index are arithmetic means.
    is_straight: bool,
}

/// For each two neighbours of an order the least change of one weight that makes them alike, the least first; the other weights of the domain keep
/// their proportions. Neighbours that share a place, and those whom no single weight makes alike, are not among them; nor is any by Copeland's method, where
/// points do not follow weights continuously. Of a domain by Mazziotta and Pareto no weight can be moved, since it has none.
pub fn swaps(model: &Model, places: &[u32]) -> Vec<Swap> {
    let choice = model.own();
    let Some(leaves) = model.leaves(choice) else { return Vec::new() };
    let Some(evaluated) = model.evaluated(leaves, choice) else { return Vec::new() };
    let levers = levers(model, leaves, &evaluated);
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|city| (places[*city], *city));
    let pairs: Vec<&[usize]> = order.windows(2).filter(|pair| places[pair[0]] != places[pair[1]]).collect();
    let of = |pair: &&[usize]| {
        Rivals { model, leaves: leaves.of(pair), ahead: pair[0], behind: pair[1] }.swap(&levers)
    };
    let mut found: Vec<Swap> = pairs.par_iter().filter_map(of).collect();
    found.sort_by(|a, b| f64::total_cmp(&change(a), &change(b)));
    found
}

/// By how much the weight is moved.
fn change(swap: &Swap) -> f64 {
    (swap.at - swap.weight).abs()
}

fn levers(model: &Model, leaves: &Leaves, evaluated: &Evaluated) -> Vec<Lever> {
    let (choice, dimensions) = (model.own(), model.parts().len());
    let has_score = |at: &usize| match at.checked_sub(dimensions) {
        Some(indicator) => leaves.get(indicator).is_some(),
        None => evaluated.dimensions[*at].is_some(),
    };
    let parent_of = |at: usize| {
        model
            .parts()
            .iter()
            .position(|below| matches!(below, Branches::Dimensions(parts) if parts.contains(&at)))
    };
    let is_arithmetic = |at: Option<usize>| model.aggregation_of(at, choice) == Aggregation::Arithmetic;
    let mut found = Vec::new();
    for parent in (0..dimensions).map(Some).chain([None]) {
        let parts: Vec<usize> = match parent.map(|at| &model.parts()[at]) {
            None => model.top().to_vec(),
            Some(Branches::Dimensions(parts)) => parts.clone(),
            Some(Branches::Indicators(parts)) => parts.iter().map(|part| part + dimensions).collect(),
        };
        let counted: Vec<usize> =
            parts.into_iter().filter(|at| choice.weights[*at] > 0.0).filter(has_score).collect();
        let own = model.aggregation_of(parent, choice);
        let is_weighted = !matches!(own, Aggregation::MazziottaPareto { .. } | Aggregation::Copeland);
        let moves_index = choice.aggregation != Aggregation::Copeland;
        if counted.len() < 2 || !is_weighted || !moves_index {
            continue;
        }
        let above = std::iter::successors(parent, |at| parent_of(*at));
        let is_straight = is_arithmetic(None) && above.into_iter().all(|at| is_arithmetic(Some(at)));
        let total: f64 = counted.iter().map(|at| choice.weights[*at]).sum();
        for at in &counted {
            let siblings = counted.iter().copied().filter(|other| other != at).collect();
            found.push(Lever { at: *at, siblings, total, share: choice.weights[*at] / total, is_straight });
        }
    }
    found
}

/// Two neighbours.
struct Rivals<'a> {
    model: &'a Model,
    leaves: Leaves,
    ahead: usize,
    behind: usize,
}

impl Rivals<'_> {
    fn swap(&self, levers: &[Lever]) -> Option<Swap> {
        let own = self.gap(self.model.own()).filter(|gap| *gap > 0.0)?;
        let evaluated = self.model.evaluated(&self.leaves, self.model.own())?;
        let mut least: Option<(f64, Swap)> = None;
        for lever in levers {
            let Some(at) = self.alike(lever, own, &evaluated) else { continue };
            let change = (at - lever.share).abs();
            if least.as_ref().is_some_and(|(least, _)| *least <= change) {
                continue;
            }
            let dimensions = self.model.parts().len();
            let is_dimension = lever.at < dimensions;
            let moved = (is_dimension, if is_dimension { lever.at } else { lever.at - dimensions });
            let (ahead, behind) = (self.ahead, self.behind);
            least =
                Some((change, Swap { ahead, behind, moved, weight: 100.0 * lever.share, at: 100.0 * at }));
        }
        least.map(|(_, swap)| swap)
    }

    /// By how much the one is ahead.
    fn gap(&self, choice: &Choice) -> Option<f64> {
        let index = self.model.evaluated(&self.leaves, choice)?.index;
        Some(index.get(0)? - index.get(1)?)
    }

    /// The same with another share of a weight.
    fn gap_at(&self, lever: &Lever, share: f64) -> Option<f64> {
        let mut choice = self.model.own().clone();
        choice.weights[lever.at] = share * lever.total;
        for sibling in &lever.siblings {
            choice.weights[*sibling] *= (1.0 - share) / (1.0 - lever.share);
        }
        self.gap(&choice)
    }

    /// The share nearest to that which a weight has at which there is no gap.
    fn alike(&self, lever: &Lever, own: f64, evaluated: &Evaluated) -> Option<f64> {
        if lever.is_straight && self.has_all(lever, evaluated) {
            let slope = (self.gap_at(lever, 1.0)? - own) / (1.0 - lever.share);
            let share = lever.share - own / slope;
            let is_share = (-NOTHING..=1.0 + NOTHING).contains(&share);
            return is_share.then_some(share.clamp(0.0, 1.0));
        }
        let ways = [self.searched(lever, 0.0), self.searched(lever, 1.0)];
        let distance = |share: &f64| (share - lever.share).abs();
        ways.into_iter().flatten().min_by(|a, b| f64::total_cmp(&distance(a), &distance(b)))
    }

    /// Whether both have scores in all parts of the domain, so that the gap is a line of the share.
    fn has_all(&self, lever: &Lever, evaluated: &Evaluated) -> bool {
        let dimensions = self.model.parts().len();
        lever.siblings.iter().chain([&lever.at]).all(|at| {
            let scores = match at.checked_sub(dimensions) {
                Some(indicator) => self.leaves.get(indicator),
                None => evaluated.dimensions[*at].as_ref(),
            };
            scores.is_some_and(super::aggregate::Scores::is_whole)
        })
    }

    /// Where the gap first turns on the way to an end; a turn and back within a step is not seen.
    fn searched(&self, lever: &Lever, end: f64) -> Option<f64> {
        let share_at = |step: f64| lever.share + (end - lever.share) * step;
        let mut near = 0.0;
        for step in 1..=STEPS {
            let mut far = f64::from(step) / f64::from(STEPS);
            if self.gap_at(lever, share_at(far))? > NOTHING {
                near = far;
                continue;
            }
            for _ in 0..HALVINGS {
                let middle = (near + far) / 2.0;
                match self.gap_at(lever, share_at(middle))? <= 0.0 {
                    true => far = middle,
                    false => near = middle,
                }
            }
            return Some(share_at(far));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{ModelInputs, ranks};
    use super::super::sample::{inputs, spec, values};
    use super::*;
    use crate::plan::Normalisation;

    fn model_of(aggregation: &[Aggregation], edit: impl Fn(&mut ModelInputs)) -> Model {
        let mut spec = spec(&[(None, 1), (None, 2)], &[0, 0, 0, 1, 1], Normalisation::Rank);
        spec.aggregation = aggregation.to_vec();
        let mut given = inputs(&spec, values(6, 10, 5));
        edit(&mut given);
        Model::new(&spec, &given)
    }

    /// By how much the one is ahead where the weight is moved as it is said.
    fn gap(model: &Model, swap: &Swap) -> f64 {
        let (is_dimension, place) = swap.moved;
        let siblings = match (is_dimension, place) {
            (true, _) => 0..2,
            (false, 0..3) => 2..5,
            (false, _) => 5..7,
        };
        let own = if is_dimension { place } else { place + 2 };
        let mut choice = model.own().clone();
        let rest: f64 = siblings.clone().filter(|at| *at != own).map(|at| choice.weights[at]).sum();
        choice.weights[own] = rest * swap.at / (100.0 - swap.at);
        let scores = model.index(&choice).unwrap();
        scores[swap.ahead] - scores[swap.behind]
    }

    #[test]
    fn at_the_weight_that_is_said_neighbours_are_alike() {
        let missing = |given: &mut ModelInputs| given.raw[4][1] = None;
        for (aggregation, edit) in [
            (&[Aggregation::Arithmetic][..], &(|_: &mut ModelInputs| {}) as &dyn Fn(&mut ModelInputs)),
            (&[Aggregation::Arithmetic], &missing),
            (&[Aggregation::Geometric], &|_| {}),
            (&[Aggregation::Harmonic, Aggregation::Geometric], &missing),
            (&[Aggregation::Arithmetic, Aggregation::MazziottaPareto { penalised: true }], &|_| {}),
        ] {
            let model = model_of(aggregation, edit);
            let places = ranks(&model.index(model.own()).unwrap());
            let found = swaps(&model, &places);
            assert!(found.len() > 3, "{aggregation:?}: {}", found.len());
            for swap in found.iter().filter(|swap| swap.at < 100.0) {
                assert!(places[swap.ahead] < places[swap.behind]);
                assert!(gap(&model, swap).abs() < 1e-8, "{aggregation:?} {swap:?}: {}", gap(&model, swap));
            }
            assert!(found.is_sorted_by(|a, b| change(a) <= change(b)));
        }
    }

    #[test]
    fn the_search_finds_what_the_line_gives() {
        let model = model_of(&[Aggregation::Arithmetic], |_| {});
        let leaves = model.leaves(model.own()).unwrap();
        let evaluated = model.evaluated(leaves, model.own()).unwrap();
        let mut compared = 0;
        for (ahead, behind) in (0..9).flat_map(|at| [(at, at + 1), (at + 1, at)]) {
            let pair = Rivals { model: &model, leaves: leaves.of(&[ahead, behind]), ahead, behind };
            let own = pair.gap(model.own()).unwrap();
            if own <= 0.0 {
                continue;
            }
            for mut lever in levers(&model, leaves, &evaluated) {
                let both = pair.model.evaluated(&pair.leaves, model.own()).unwrap();
                let straight = pair.alike(&lever, own, &both);
                lever.is_straight = false;
                let searched = pair.alike(&lever, own, &both);
                let gap = straight.unwrap_or(9.0) - searched.unwrap_or(9.0);
                assert!(gap.abs() < 1e-9, "{straight:?} {searched:?}");
                compared += usize::from(straight.is_some());
            }
        }
        assert!(compared > 5);
    }

    #[test]
    fn whom_one_is_ahead_of_in_all_and_whoever_shares_a_place_no_weight_swaps() {
        let model = model_of(&[Aggregation::Arithmetic], |given| {
            let row = |at: usize| vec![Some(at as f64); 5];
            given.raw = (0..10).map(row).collect();
        });
        let places = ranks(&model.index(model.own()).unwrap());
        assert_eq!(swaps(&model, &places), []);
        let model = model_of(&[Aggregation::Arithmetic], |_| {});
        assert_eq!(swaps(&model, &[1; 10]), []);
        let model = model_of(&[Aggregation::Arithmetic, Aggregation::Copeland], |_| {});
        assert_eq!(swaps(&model, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), []);
    }
}
