//! The benefit of the doubt (Melyn and Moesen 1991): for each city the weights that put it best, under which no city has more than a full score. In binary
//! floating point, by sums, products and quotients in a fixed order, which are the same on every machine; then rounded to [`DIGITS`] digits behind the point.

use super::{Exact, Operands, StepValue};

/// Digits behind the point of weights.
const DIGITS: u32 = 12;

/// What a city is at best.
#[derive(Debug, Clone, PartialEq)]
struct BestWeights {
    /// Its score, from 0 to 1.
    score: f64,
    /// The weights that give it.
    weights: Vec<f64>,
}

/// Numbers smaller than this are nothing; those of the tableau are about one.
const NOTHING: f64 = 1e-10;

/// Exchanges after which it is given up; Bland's rule ends before in any case that is not lost in rounding.
const EXCHANGES: usize = 20_000;

/// What each city is at best by its scores, which are not to be negative: the greatest sum of its weighted scores where that of every city is 1 at
/// most. `shares` are the least and the most that an indicator may contribute to the sum of the city, from 0 to 1.
///
/// `None` for a city where no weights give it more than nothing, or where scores are not as they have to be.
fn best_cases(scores: &[Vec<f64>], shares: Option<(f64, f64)>) -> Vec<Option<BestWeights>> {
    let width = scores.first().map_or(0, Vec::len);
    let greatest =
        |at: usize| scores.iter().map(|row| row.get(at).copied().unwrap_or(f64::NAN)).fold(0.0, f64::max);
    let units: Vec<f64> = (0..width).map(greatest).map(|unit| if unit > 0.0 { unit } else { 1.0 }).collect();
    let is_fit = |row: &Vec<f64>| row.len() == width && row.iter().all(|x| x.is_finite() && *x >= 0.0);
    if !scores.iter().all(is_fit) {
        return vec![None; scores.len()];
    }
    let scaled: Vec<Vec<f64>> =
        scores.iter().map(|row| row.iter().zip(&units).map(|(x, unit)| x / unit).collect()).collect();
    let of = |own: &Vec<f64>| {
        let mut found = Simplex::new(&scaled, own, shares).solved()?;
        found.weights.iter_mut().zip(&units).for_each(|(weight, unit)| *weight /= unit);
        (found.score > NOTHING).then_some(found)
    };
    scaled.iter().map(of).collect()
}

/// As text with blanks between, city by city: the weights under which the best has a hundred; `-` for each of a city without.
pub(super) fn told(args: &Operands<'_>, parts: usize) -> StepValue {
    let all: Option<Vec<f64>> = args.all("x").map(|x| x.number()?.double()).collect();
    let Some(all) = all.filter(|all| parts > 0 && all.len() % parts == 0) else { return StepValue::Nothing };
    let rows: Vec<Vec<f64>> = all.chunks(parts).map(<[f64]>::to_vec).collect();
    let share = |role: &str| args.number(role).and_then(Exact::double).map(|percent| percent / 100.0);
    let shares = share("least").zip(share("most"));
    let written = |weight: f64| Exact::near(weight * 100.0, DIGITS).map(|weight| weight.fixed(DIGITS));
    let told = |found: Option<BestWeights>| {
        let own: Option<Vec<String>> =
            found.and_then(|found| found.weights.into_iter().map(written).collect());
        own.unwrap_or_else(|| vec!["-".to_owned(); parts])
    };
    let all: Vec<String> = best_cases(&rows, shares).into_iter().flat_map(told).collect();
    if all.is_empty() { StepValue::Nothing } else { StepValue::Text(all.join(" ")) }
}

/// A tableau: each row is what a basic variable is in terms of the others, `basic = limit − Σ row·free`; the last row is the aim.
struct Simplex {
    rows: Vec<Vec<f64>>,
    limits: Vec<f64>,
    aim: Vec<f64>,
    reached: f64,
    /// The variables of columns and rows: weights first, then what is left of each limit.
    free: Vec<usize>,
    basic: Vec<usize>,
}

impl Simplex {
    fn new(all: &[Vec<f64>], own: &[f64], shares: Option<(f64, f64)>) -> Self {
        let mut rows = all.to_vec();
        let mut limits = vec![1.0; rows.len()];
        if let Some((least, most)) = shares {
            for at in 0..own.len() {
                let alone = |other: usize| if other == at { 1.0 } else { 0.0 };
                let of = |other: usize| own[other] * (alone(other) - most);
                rows.push((0..own.len()).map(of).collect());
                let of = |other: usize| own[other] * (least - alone(other));
                rows.push((0..own.len()).map(of).collect());
            }
            limits.resize(rows.len(), 0.0);
        }
        let width = own.len();
        let basic = (width..width + rows.len()).collect();
        Self { limits, aim: own.to_vec(), reached: 0.0, free: (0..width).collect(), basic, rows }
    }

    fn solved(mut self) -> Option<BestWeights> {
        for _ in 0..EXCHANGES {
            // Bland's rule: of all that would help the first variable comes in; of all that are in its way the first goes out.
            let helps = (0..self.aim.len()).filter(|at| self.aim[*at] > NOTHING);
            let Some(column) = helps.min_by_key(|at| self.free[*at]) else {
                return Some(self.found());
            };
            let ratio = |row: usize| self.limits[row] / self.rows[row][column];
            let bounding = || (0..self.rows.len()).filter(|row| self.rows[*row][column] > NOTHING);
            let least = bounding().map(ratio).fold(f64::INFINITY, f64::min);
            let row = bounding().filter(|row| ratio(*row) <= least).min_by_key(|row| self.basic[*row])?;
            self.exchange(row, column);
        }
        None
    }

    fn found(&self) -> BestWeights {
        let mut weights = vec![0.0; self.free.len()];
        for (variable, limit) in self.basic.iter().zip(&self.limits) {
            if let Some(weight) = weights.get_mut(*variable) {
                *weight = *limit;
            }
        }
        BestWeights { score: self.reached, weights }
    }

    fn exchange(&mut self, row: usize, column: usize) {
        let pivot = self.rows[row][column];
        let mut own = std::mem::take(&mut self.rows[row]);
        own.iter_mut().for_each(|cell| *cell /= pivot);
        own[column] = 1.0 / pivot;
        self.limits[row] /= pivot;
        let limit = self.limits[row];
        let off = |cells: &mut [f64]| {
            let times = std::mem::take(&mut cells[column]);
            cells.iter_mut().zip(&own).for_each(|(cell, own)| *cell -= times * own);
            times
        };
        for (at, cells) in self.rows.iter_mut().enumerate().filter(|(at, _)| *at != row) {
            let times = off(cells);
            self.limits[at] = (self.limits[at] - times * limit).max(0.0);
        }
        self.reached += off(&mut self.aim) * limit;
        self.rows[row] = own;
        std::mem::swap(&mut self.free[column], &mut self.basic[row]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores_of(scores: &[Vec<f64>], shares: Option<(f64, f64)>) -> Vec<f64> {
        best_cases(scores, shares).into_iter().map(|one| one.map_or(f64::NAN, |one| one.score)).collect()
    }

    fn near(found: &[f64], expected: &[f64]) {
        let is_near =
            found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9);
        assert!(is_near, "{found:?}, not {expected:?}");
    }

    #[test]
    fn who_is_best_in_anything_has_a_full_score_and_others_the_share_of_the_edge_that_they_reach() {
        // The third is on the line between the first two, the fourth half way to it.
        let scores = vec![vec![100.0, 0.0], vec![0.0, 4.0], vec![50.0, 2.0], vec![25.0, 1.0]];
        near(&scores_of(&scores, None), &[1.0, 1.0, 1.0, 0.5]);
    }

    #[test]
    fn bounds_on_shares_are_kept() {
        let scores = vec![vec![1.0, 0.5], vec![0.5, 1.0], vec![0.9, 0.1]];
        let found = best_cases(&scores, Some((0.3, 0.7)));
        for (own, found) in scores.iter().zip(&found) {
            let found = found.as_ref().unwrap();
            let parts: Vec<f64> =
                own.iter().zip(&found.weights).map(|(x, weight)| x * weight / found.score).collect();
            assert!(parts.iter().all(|part| (0.3 - 1e-9..=0.7 + 1e-9).contains(part)), "{parts:?}");
            let others =
                scores.iter().map(|row| row.iter().zip(&found.weights).map(|(x, w)| x * w).sum::<f64>());
            assert!(others.into_iter().all(|sum| sum <= 1.0 + 1e-9));
        }
        // Shares of exactly a half: weights are in proportion to 1/x, and the first is the best by its own.
        near(&scores_of(&scores, Some((0.5, 0.5)))[..2], &[0.8, 0.8]);
    }

    #[test]
    fn a_city_with_nothing_and_scores_that_are_negative_have_no_best_case() {
        assert_eq!(best_cases(&[vec![0.0, 0.0], vec![1.0, 2.0]], None)[0], None);
        assert_eq!(best_cases(&[vec![-1.0], vec![1.0]], None), [None, None]);
        assert_eq!(best_cases(&[], None), []);
    }

    proptest::proptest! {
        #[test]
        fn best_cases_are_feasible_and_no_weights_of_a_sample_do_better(
            scores in proptest::collection::vec(proptest::collection::vec(0.01_f64..100.0, 3), 1..12),
            tried in proptest::collection::vec(proptest::collection::vec(0.0_f64..1.0, 3), 20),
        ) {
            let sum = |row: &[f64], weights: &[f64]| row.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>();
            for (own, found) in scores.iter().zip(best_cases(&scores, None)) {
                let found = found.unwrap();
                proptest::prop_assert!(scores.iter().all(|row| sum(row, &found.weights) <= 1.0 + 1e-8));
                proptest::prop_assert!(found.weights.iter().all(|weight| *weight >= 0.0));
                proptest::prop_assert!((sum(own, &found.weights) - found.score).abs() < 1e-8);
                for weights in &tried {
                    let greatest = scores.iter().map(|row| sum(row, weights)).fold(0.0, f64::max);
                    proptest::prop_assert!(greatest == 0.0 || sum(own, weights) / greatest <= found.score + 1e-8);
                }
            }
        }
    }
}
