//! All that is asked of an index to see how certain its order is.

use super::draws::{Urn, counts_of_classes, counts_of_places};
use super::left_out::left_out;
use super::model::{Branches, Evaluated, Leaves, Model, ranks};
use super::sobol::shares;
use super::statistics::{cronbach, pearson};
use super::swap::swaps;
use super::{Alike, Drawn};
use crate::plan::Robustness;

/// Indicators that correlate more than this tell the same twice.
const REDUNDANT: f64 = 0.9;
/// And less than this are at odds.
const AT_ODDS: f64 = -0.4;

/// How certain the places of an index are, as the exact evaluation gives them to the cities of the model; by the threads of the caller's pool. The same
/// bytes for any number of threads.
///
/// `None` where the index cannot be computed in this way at all.
pub fn certainty(model: &Model, robustness: &Robustness, places: &[u32]) -> Option<Drawn> {
    let leaves = model.leaves(model.own())?;
    let evaluated = model.evaluated(leaves, model.own())?;
    let nominal = model.index(model.own())?;
    let urn = Urn::new(model, robustness);
    let draws = urn.draws();
    let counted = draws.iter().filter(|draw| draw.scores.is_some()).count();
    let (rows, shares) = shares(&urn, robustness, places);
    Some(Drawn {
        ranks: ranks(&nominal),
        failed: draws.len() - counted,
        counted,
        counts: counts_of_places(model.cities(), &draws),
        class_counts: counts_of_classes(model.cities(), model.limits().len(), &draws),
        draws,
        left_out: left_out(model, places),
        swaps: swaps(model, places),
        rows,
        shares,
        correlated: correlated(model, leaves),
        alpha: alpha(model, leaves, &evaluated),
    })
}

/// Pairs of indicators whose scores tell the same twice, or are at odds.
fn correlated(model: &Model, leaves: &Leaves) -> Vec<Alike> {
    let used = model.used();
    let scores = |at: usize| leaves.get(at).map(|scores| (at, scores.listed()));
    let known: Vec<(usize, Vec<Option<f64>>)> = used.into_iter().filter_map(scores).collect();
    let mut found = Vec::new();
    for (at, (one, scores)) in known.iter().enumerate() {
        for (other, theirs) in &known[at + 1..] {
            let r = pearson(scores, theirs).filter(|r| *r > REDUNDANT || *r < AT_ODDS);
            found.extend(r.map(|r| (*one, *other, r)));
        }
    }
    found
}

/// Cronbach's alpha of each domain.
fn alpha(model: &Model, leaves: &Leaves, evaluated: &Evaluated) -> Vec<Option<f64>> {
    let used = model.used();
    let of = |below: &Branches| {
        let parts: Vec<Vec<Option<f64>>> = match below {
            Branches::Dimensions(parts) => {
                parts.iter().filter_map(|part| Some(evaluated.dimensions[*part].as_ref()?.listed())).collect()
            }
            Branches::Indicators(parts) => {
                let counted = parts.iter().filter(|part| used.contains(part));
                counted.filter_map(|part| Some(leaves.get(*part)?.listed())).collect()
            }
        };
        cronbach(&parts)
    };
    model.parts().iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{TREATMENT, inputs, spec, tried, values};
    use super::*;
    use crate::plan::{Aggregation, Factor, Normalisation};

    #[test]
    fn the_same_bytes_come_of_one_thread_of_two_and_of_eight() {
        let factors = Factor::WORDS.map(|(_, factor)| factor);
        let mut spec =
            spec(&[(None, 1), (Some(0), 2), (Some(0), 1)], &[1, 1, 2, 2, 2], Normalisation::MinMax);
        let robustness = tried(300, &factors);
        spec.robustness = Some(robustness.clone());
        spec.treatment = Some(TREATMENT);
        spec.aggregation = vec![Aggregation::Geometric, Aggregation::Arithmetic];
        spec.floor = Some(rust_decimal::Decimal::ONE);
        let mut given = inputs(&spec, values(4, 15, 5));
        given.raw[3][2] = None;
        given.treated[3][2] = None;
        let model = Model::new(&spec, &given);
        let places = ranks(&model.index(model.own()).unwrap());
        let of = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| certainty(&model, &robustness, &places)).unwrap()
        };
        let one = of(1);
        assert_eq!((one.ranks.clone(), one.counted + one.failed), (places.clone(), 300));
        assert!(one.counted > 250 && one.rows >= 16 && !one.swaps.is_empty() && one.shares.len() == 5);
        for threads in [2, 8] {
            // The shortest text of a number is that of its bits alone.
            assert_eq!(format!("{:?}", of(threads)), format!("{one:?}"), "{threads} threads");
        }
    }

    #[test]
    fn indicators_that_tell_the_same_or_the_opposite_are_named_and_alpha_is_of_the_parts_of_a_domain() {
        let spec = spec(&[(None, 1), (None, 1)], &[0, 0, 1], Normalisation::MinMax);
        let rows = [[1.0, 2.0, 9.0], [2.0, 4.0, 8.0], [3.0, 6.5, 7.0]];
        let rows = rows.iter().map(|row| row.map(Some).to_vec()).collect();
        let model = Model::new(&spec, &inputs(&spec, rows));
        let found = certainty(&model, &tried(5, &[]), &[1, 1, 1]).unwrap();
        let pairs: Vec<(usize, usize, bool)> =
            found.correlated.iter().map(|(a, b, r)| (*a, *b, *r > 0.0)).collect();
        assert_eq!(pairs, [(0, 1, true), (0, 2, false), (1, 2, false)]);
        assert!(found.alpha[0].unwrap() > 0.99 && found.alpha[1].is_none());
    }
}
