//! Shares of variance: how much of what moves cities comes from which factor (Saisana, Saltelli and Tarantola 2005).

use rayon::prelude::*;

use super::FactorShare;
use super::draws::{Urn, shift};
use super::model::ranks;
use super::random::Stream;
use crate::plan::{Factor, Robustness};

/// The most rows of the base sample, and the least.
const MOST: u32 = 1024;
const LEAST: u32 = 16;

/// Streams of the two base samples begin here, behind those of all draws.
const FIRST: u64 = 1 << 32;
const SECOND: u64 = 2 << 32;

/// A row: what comes of the first sample, of the second, and of the first with one factor after the other taken from the second.
type Sampled = (f64, f64, Vec<f64>);

/// The shares of the factors that are varied, of the variance of the mean shift in places against `places`: by itself after Saltelli et al. (2010), with
/// all interactions after Jansen (1999). With them the number of rows that count; one in which a method fails does not.
pub fn shares(urn: &Urn<'_>, robustness: &Robustness, places: &[u32]) -> (usize, Vec<FactorShare>) {
    let factors: Vec<Factor> = Factor::WORDS
        .iter()
        .map(|(_, factor)| *factor)
        .filter(|one| robustness.factors.contains(one))
        .collect();
    let rows = (robustness.draws / 10).clamp(LEAST, MOST);
    let of = |taken: &dyn Fn(Factor) -> Stream| -> Option<f64> {
        let scores = urn.model.index(&urn.taken(taken).choice)?;
        Some(shift(places, &ranks(&scores)) as f64 / places.len().max(1) as f64)
    };
    let row = |at: u32| -> Option<Sampled> {
        let first = Stream::new(robustness.seed, FIRST + u64::from(at));
        let second = Stream::new(robustness.seed, SECOND + u64::from(at));
        let mixed = |own: &Factor| of(&|factor| if factor == *own { second } else { first });
        Some((of(&|_| first)?, of(&|_| second)?, factors.iter().map(mixed).collect::<Option<_>>()?))
    };
    let found: Vec<Option<Sampled>> = (0..rows).into_par_iter().map(row).collect();
    let counted: Vec<Sampled> = found.into_iter().flatten().collect();
    let share = |(at, factor): (usize, &Factor)| {
        let (first, total) = estimated(&counted, at);
        FactorShare { factor: *factor, first, total }
    };
    (counted.len(), factors.iter().enumerate().map(share).collect())
}

/// The first-order and the total share of a factor; nothing of a variance of nothing. The mean of both samples is taken off first, which changes
/// what is estimated by nothing and its own variance for the better.
fn estimated(rows: &[Sampled], at: usize) -> (f64, f64) {
    let count = rows.len().max(1) as f64;
    let mean = rows.iter().map(|(a, b, _)| a + b).sum::<f64>() / (2.0 * count);
    let square = |gap: f64| gap * gap;
    let variance =
        rows.iter().map(|(a, b, _)| square(a - mean) + square(b - mean)).sum::<f64>() / (2.0 * count);
    if variance <= 0.0 {
        return (0.0, 0.0);
    }
    let first = rows.iter().map(|(a, b, mixed)| (b - mean) * (mixed[at] - a)).sum::<f64>() / count;
    let total = rows.iter().map(|(a, _, mixed)| square(a - mixed[at])).sum::<f64>() / (2.0 * count);
    (first / variance, total / variance)
}

#[cfg(test)]
mod tests {
    use super::super::model::Model;
    use super::super::sample::{inputs, spec, tried, values};
    use super::*;
    use crate::plan::Normalisation;

    /// Rows of a function of two numbers.
    fn rows(of: impl Fn(f64, f64) -> f64) -> Vec<Sampled> {
        let numbers = |at: u64| {
            let pair = Stream::new(1, at).uniforms(0, 2);
            (pair[0], pair[1])
        };
        let row = |at: u64| {
            let ((x, y), (other_x, other_y)) = (numbers(FIRST + at), numbers(SECOND + at));
            (of(x, y), of(other_x, other_y), vec![of(other_x, y), of(x, other_y)])
        };
        (0..4096).map(row).collect()
    }

    #[test]
    fn shares_of_known_functions_are_found() {
        // Sums of uniform numbers: variances 1/12 and 4/12. A product of centred ones has no share but in interaction.
        let sum = rows(|x, y| x + 2.0 * y);
        let product = rows(|x, y| (x - 0.5) * (y - 0.5));
        for (rows, at, first, total) in
            [(&sum, 0, 0.2, 0.2), (&sum, 1, 0.8, 0.8), (&product, 0, 0.0, 1.0), (&product, 1, 0.0, 1.0)]
        {
            let found = estimated(rows, at);
            let is_near = (found.0 - first).abs() < 0.06 && (found.1 - total).abs() < 0.06;
            assert!(is_near, "{at}: {found:?}, not {:?}", (first, total));
        }
    }

    #[test]
    fn a_factor_alone_explains_all_and_one_of_a_single_choice_nothing() {
        let spec = spec(&[(None, 1), (None, 1)], &[0, 0, 1, 1], Normalisation::MinMax);
        let model = Model::new(&spec, &inputs(&spec, values(3, 12, 4)));
        let places = ranks(&model.index(model.own()).unwrap());
        // Without a treatment there is no choice.
        let robustness = tried(10_000, &[Factor::Weights, Factor::Treatment]);
        let (rows, found) = shares(&Urn::new(&model, &robustness), &robustness, &places);
        assert_eq!((rows, found.len()), (1000, 2));
        assert!((found[0].first - 1.0).abs() < 0.1 && (found[0].total - 1.0).abs() < 0.1, "{found:?}");
        assert!(found[1].first.abs() < 1e-12 && found[1].total.abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn what_never_moves_has_no_shares() {
        assert_eq!(estimated(&rows(|_, _| 3.0), 0), (0.0, 0.0));
        assert_eq!(estimated(&[], 0), (0.0, 0.0));
    }
}
