//! Statistics over scores: correlations, weights out of them, weights that put a city best.

/// Rotations of a matrix in which all pairs are gone through; as many as any of a hundred rows needs, and more.
const SWEEPS: usize = 64;

/// Pearson's correlation over the pairs that are whole; `None` of fewer than two, or where one side is alike everywhere.
pub fn pearson(a: &[Option<f64>], b: &[Option<f64>]) -> Option<f64> {
    let pairs: Vec<(f64, f64)> = a.iter().zip(b).filter_map(|(a, b)| Some(((*a)?, (*b)?))).collect();
    let count = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(a, b)| of(a - x, b - y)).sum::<f64>();
    let (xx, yy, xy) = (sum(&|a, _| a * a), sum(&|_, b| b * b), sum(&|a, b| a * b));
    let found = xy / (xx.sqrt() * yy.sqrt());
    found.is_finite().then_some(found.clamp(-1.0, 1.0))
}

/// Rows in which all columns have a number.
fn whole_rows(columns: &[Vec<Option<f64>>]) -> Vec<Vec<f64>> {
    let rows = columns.iter().map(Vec::len).min().unwrap_or_default();
    (0..rows).filter_map(|row| columns.iter().map(|column| column[row]).collect()).collect()
}

/// The variance of a sample.
fn variance(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (count - 1.0)
}

/// Cronbach's alpha, not standardised, over the cities that have all parts: k/(k − 1)·(1 − Σ variances of the parts/variance of their sum). `None` of fewer
/// than two parts or cities, or where the sum is alike everywhere.
pub fn cronbach(parts: &[Vec<Option<f64>>]) -> Option<f64> {
    let rows = whole_rows(parts);
    let count = parts.len() as f64;
    if parts.len() < 2 || rows.len() < 2 {
        return None;
    }
    let own = |part: usize| variance(&rows.iter().map(|row| row[part]).collect::<Vec<_>>());
    let parts: f64 = (0..parts.len()).map(own).sum();
    let whole = variance(&rows.iter().map(|row| row.iter().sum()).collect::<Vec<_>>());
    let alpha = count / (count - 1.0) * (1.0 - parts / whole);
    alpha.is_finite().then_some(alpha)
}

/// Eigenvalues of a symmetric matrix with their vectors (Jacobi), in the order of the diagonal.
fn eigen(mut matrix: Vec<Vec<f64>>) -> Vec<(f64, Vec<f64>)> {
    let size = matrix.len();
    let mut vectors: Vec<Vec<f64>> =
        (0..size).map(|at| (0..size).map(|other| f64::from(u8::from(at == other))).collect()).collect();
    for _ in 0..SWEEPS {
        for p in 0..size {
            for q in p + 1..size {
                if matrix[p][q] != 0.0 {
                    rotate(&mut matrix, &mut vectors, p, q);
                }
            }
        }
    }
    (0..size).map(|at| (matrix[at][at], vectors[at].clone())).collect()
}

/// Turns two axes so that what is between them becomes nothing.
fn rotate(matrix: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let sign = if theta < 0.0 { -1.0 } else { 1.0 };
    let tangent = sign / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    let turned = |a: f64, b: f64| (cosine * a - sine * b, sine * a + cosine * b);
    for row in matrix.iter_mut() {
        (row[p], row[q]) = turned(row[p], row[q]);
    }
    for axes in [matrix, vectors] {
        let (above, below) = axes.split_at_mut(q);
        for (a, b) in above[p].iter_mut().zip(below[0].iter_mut()) {
            (*a, *b) = turned(*a, *b);
        }
    }
}

/// Weights of the indicators of a domain out of the principal components of their correlations, over the cities that have all: components with eigenvalues
/// of one or more are kept, not turned; an indicator's share of the squares of a component's loadings counts by the share of the variance that the component
/// explains of what is kept. They sum to one.
///
/// `None` of fewer than two cities, or where an indicator is alike everywhere.
pub fn principal_weights(columns: &[Vec<Option<f64>>]) -> Option<Vec<f64>> {
    let rows = whole_rows(columns);
    let own: Vec<Vec<Option<f64>>> =
        (0..columns.len()).map(|at| rows.iter().map(|row| Some(row[at])).collect()).collect();
    let mut matrix = vec![vec![1.0; own.len()]; own.len()];
    for (at, a) in own.iter().enumerate() {
        for (other, b) in own.iter().enumerate() {
            let found = pearson(a, b)?;
            matrix[at][other] = if at == other { 1.0 } else { found };
        }
    }
    // An eigenvalue that is one but for rounding is one.
    let kept: Vec<(f64, Vec<f64>)> =
        eigen(matrix).into_iter().filter(|(value, _)| *value >= 1.0 - 1e-9).collect();
    let explained: f64 = kept.iter().map(|(value, _)| value).sum();
    let weight = |at: usize| {
        kept.iter().map(|(value, vector)| vector[at] * vector[at] * value).sum::<f64>() / explained
    };
    Some((0..own.len()).map(weight).collect())
}

/// The place that so many percent of the draws reach or better, by how often each place was had: the nearest rank.
pub fn nearest_rank(counts: &[u32], percent: u32) -> Option<u32> {
    let all: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let wanted = (u64::from(percent) * all).div_ceil(100).max(1);
    let mut seen = 0;
    let reached = |count: &u32| {
        seen += u64::from(*count);
        seen >= wanted
    };
    counts.iter().position(reached).map(|at| at as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    fn near(found: &[f64], expected: &[f64]) {
        let is_near =
            found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9);
        assert!(is_near, "{found:?}, not {expected:?}");
    }

    #[test]
    fn correlations_are_over_whole_pairs() {
        let (a, b) = ([Some(1.0), Some(2.0), None, Some(4.0)], [Some(2.0), Some(4.0), Some(9.0), Some(8.0)]);
        near(&[pearson(&a, &b).unwrap()], &[1.0]);
        near(
            &[pearson(&column(&[1.0, 2.0, 3.0]), &column(&[3.0, 3.0, 0.0])).unwrap()],
            &[-0.866_025_403_784_438_6],
        );
        assert_eq!(pearson(&column(&[1.0, 2.0]), &column(&[3.0, 3.0])), None);
        assert_eq!(pearson(&a[..1], &b[..1]), None);
    }

    #[test]
    fn alpha_is_one_of_parts_that_agree_and_has_no_value_of_one_part() {
        let part = column(&[1.0, 2.0, 4.0]);
        near(&[cronbach(&[part.clone(), part.clone()]).unwrap()], &[1.0]);
        // Variances 7/3 and 1, of the sum 13/3: 2·(1 − (10/3)/(13/3)).
        near(&[cronbach(&[part.clone(), column(&[1.0, 0.0, 2.0])]).unwrap()], &[2.0 * (1.0 - 10.0 / 16.0)]);
        assert_eq!(cronbach(std::slice::from_ref(&part)), None);
        assert_eq!(cronbach(&[part, column(&[-1.0, -2.0, -4.0])]), None);
    }

    #[test]
    fn eigenvalues_are_those_of_known_matrices() {
        let mut found = eigen(vec![vec![2.0, 1.0, 0.0], vec![1.0, 2.0, 0.0], vec![0.0, 0.0, 5.0]]);
        found.sort_by(|a, b| f64::total_cmp(&a.0, &b.0));
        near(&found.iter().map(|(value, _)| *value).collect::<Vec<_>>(), &[1.0, 3.0, 5.0]);
        near(&found[1].1.iter().map(|one| one * one).collect::<Vec<_>>(), &[0.5, 0.5, 0.0]);
    }

    #[test]
    fn principal_weights_are_equal_of_indicators_alike_and_sum_to_one() {
        let (a, b, c) =
            (column(&[1.0, 2.0, 3.0, 4.0]), column(&[2.0, 4.0, 6.0, 8.0]), column(&[1.0, -1.0, -1.0, 1.0]));
        near(&principal_weights(&[a.clone(), b.clone()]).unwrap(), &[0.5, 0.5]);
        // Eigenvalues 2 of the first two together and 1 of the third by itself.
        near(&principal_weights(&[a.clone(), b, c]).unwrap(), &[1.0 / 3.0; 3]);
        // Correlation 0.8: one component of 1.8 is kept.
        near(&principal_weights(&[a.clone(), column(&[2.0, 1.0, 4.0, 3.0])]).unwrap(), &[0.5, 0.5]);
        assert_eq!(principal_weights(&[a, column(&[1.0; 4])]), None);
    }

    #[test]
    fn the_nearest_rank_is_the_first_place_that_enough_draws_reach() {
        for (counts, percent, expected) in [
            (&[5, 90, 5][..], 5, Some(1)),
            (&[4, 91, 5], 5, Some(2)),
            (&[5, 90, 5], 95, Some(2)),
            (&[5, 89, 6], 95, Some(3)),
            (&[1, 1, 1], 50, Some(2)),
            (&[0, 0, 3], 0, Some(3)),
            (&[0, 0, 0], 50, None),
        ] {
            assert_eq!(nearest_rank(counts, percent), expected, "{counts:?} {percent}");
        }
    }
}
