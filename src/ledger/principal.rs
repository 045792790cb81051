//! Weights out of principal components. The one thing in the ledger that is computed in binary floating point: sums, products, quotients and square roots
//! alone, in a fixed order, which are the same on every machine; then rounded to [`DIGITS`] digits behind the point.

use super::{Exact, Operands, StepValue};

/// Digits behind the point of weights.
const DIGITS: u32 = 9;

/// Rotations of a matrix in which all pairs are gone through; as many as any of a hundred rows needs, and more.
const SWEEPS: usize = 64;

/// An eigenvalue, and a loading, that is one or nothing but for rounding is one or nothing.
const ROUNDING: f64 = 1e-9;

/// Why there are no weights out of principal components.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrincipalFault {
    /// No more cities than parts have all scores.
    TooFew {
        /// How many have.
        cities: usize,
    },
    /// All have the same score in the part at this place, from nothing.
    Alike(usize),
    /// The part at this place goes against the others: its loading on the first component has the other sign.
    AtOdds(usize),
}

/// Pearson's correlation of pairs; `None` of fewer than two, or where one side is alike everywhere.
pub fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let count = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(a, b)| of(a - x, b - y)).sum::<f64>();
    let (xx, yy, xy) = (sum(&|a, _| a * a), sum(&|_, b| b * b), sum(&|a, b| a * b));
    let found = xy / (xx.sqrt() * yy.sqrt());
    found.is_finite().then_some(found.clamp(-1.0, 1.0))
}

/// Eigenvalues of a symmetric matrix with their vectors (Jacobi), in the order of the diagonal.
fn eigen(mut matrix: Vec<Vec<f64>>) -> Vec<(f64, Vec<f64>)> {
    let size = matrix.len();
    let unit = |at: usize| (0..size).map(|other| f64::from(u8::from(at == other))).collect();
    let mut vectors: Vec<Vec<f64>> = (0..size).map(unit).collect();
    for _ in 0..SWEEPS {
        for p in 0..size {
            for q in p.saturating_add(1)..size {
                if cell(&matrix, p, q) != 0.0 {
                    rotate(&mut matrix, &mut vectors, p, q);
                }
            }
        }
    }
    vectors.into_iter().enumerate().map(|(at, vector)| (cell(&matrix, at, at), vector)).collect()
}

fn cell(matrix: &[Vec<f64>], row: usize, column: usize) -> f64 {
    matrix.get(row).and_then(|row| row.get(column)).copied().unwrap_or_default()
}

/// Turns two axes, the first before the second, so that what is between them becomes nothing.
fn rotate(matrix: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    let between = cell(matrix, p, q);
    let theta = (cell(matrix, q, q) - cell(matrix, p, p)) / (2.0 * between);
    let sign = if theta < 0.0 { -1.0 } else { 1.0 };
    let tangent = sign / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    let turned = |a: f64, b: f64| (cosine * a - sine * b, sine * a + cosine * b);
    for row in matrix.iter_mut() {
        let (before, behind) = row.split_at_mut(q);
        if let (Some(a), Some(b)) = (before.get_mut(p), behind.first_mut()) {
            (*a, *b) = turned(*a, *b);
        }
    }
    for axes in [matrix, vectors] {
        let (above, below) = axes.split_at_mut(q);
        let (Some(one), Some(other)) = (above.get_mut(p), below.first_mut()) else { continue };
        for (a, b) in one.iter_mut().zip(other.iter_mut()) {
            (*a, *b) = turned(*a, *b);
        }
    }
}

/// The correlations of the columns of whole rows.
fn correlations(rows: &[Vec<f64>], parts: usize) -> Result<Vec<Vec<f64>>, PrincipalFault> {
    let mut matrix = vec![vec![1.0; parts]; parts];
    for (at, own) in matrix.iter_mut().enumerate() {
        for (other, found) in own.iter_mut().enumerate() {
            let pair = |row: &Vec<f64>| Some((*row.get(at)?, *row.get(other)?));
            let pairs: Vec<(f64, f64)> = rows.iter().filter_map(pair).collect();
            let r = correlation(&pairs);
            if at == other {
                r.ok_or(PrincipalFault::Alike(at))?;
            } else {
                *found = r.unwrap_or_default();
            }
        }
    }
    Ok(matrix)
}

/// The weights of the parts out of the principal components of their correlations over `rows`: components with eigenvalues of one or more are kept; a part's
/// weight is the sum of the squares of its loadings on these, over that of all parts. How the components are turned alters nothing of such sums.
fn weights(rows: &[Vec<f64>], parts: usize) -> Result<Vec<f64>, PrincipalFault> {
    if rows.len() <= parts.max(2) {
        return Err(PrincipalFault::TooFew { cities: rows.len() });
    }
    let all = eigen(correlations(rows, parts)?);
    let first = all.iter().max_by(|one, other| f64::total_cmp(&one.0, &other.0));
    let first = first.map_or(&[][..], |(_, vector)| vector.as_slice());
    let sign = if first.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
    if let Some(at) = first.iter().position(|loading| sign * loading < -ROUNDING) {
        return Err(PrincipalFault::AtOdds(at));
    }
    let kept: Vec<&(f64, Vec<f64>)> = all.iter().filter(|(value, _)| *value >= 1.0 - ROUNDING).collect();
    let explained: f64 = kept.iter().map(|(value, _)| value).sum();
    let square = |vector: &[f64], at: usize| vector.get(at).map_or(0.0, |loading| loading * loading);
    let weight =
        |at: usize| kept.iter().map(|(value, vector)| square(vector, at) * value).sum::<f64>() / explained;
    Ok((0..parts).map(weight).collect())
}

/// Rows of `x`, so many in each, which are whole.
fn whole_rows(args: &Operands<'_>, parts: usize) -> Vec<Vec<f64>> {
    let all: Vec<Option<f64>> = args.all("x").map(|x| x.number()?.double()).collect();
    let rows = all.chunks(parts.max(1)).filter(|row| row.len() == parts);
    rows.filter_map(|row| row.iter().copied().collect()).collect()
}

/// As text, with blanks between.
pub(super) fn told(args: &Operands<'_>, parts: usize) -> StepValue {
    let written = |weight: f64| Exact::near(weight, DIGITS).map(|weight| weight.fixed(DIGITS));
    let all = weights(&whole_rows(args, parts), parts);
    let all: Option<Vec<String>> = all.ok().and_then(|all| all.into_iter().map(written).collect());
    all.map_or(StepValue::Nothing, |all| StepValue::Text(all.join(" ")))
}

/// Why there are none, where there are none.
pub fn principal_fault<'a>(
    scores: impl IntoIterator<Item = &'a StepValue>,
    parts: usize,
) -> Option<PrincipalFault> {
    let args = Operands::new(scores.into_iter().map(|score| ("x", score)));
    weights(&whole_rows(&args, parts), parts).err()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: &[f64], expected: &[f64]) {
        let is_near =
            found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9);
        assert!(is_near, "{found:?}, not {expected:?}");
    }

    /// Rows of columns.
    fn rows<const N: usize>(columns: &[[f64; N]]) -> Vec<Vec<f64>> {
        (0..N).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
    }

    fn of<const N: usize>(columns: &[[f64; N]]) -> Result<Vec<f64>, PrincipalFault> {
        weights(&rows(columns), columns.len())
    }

    #[test]
    fn eigenvalues_are_those_of_known_matrices() {
        let mut found = eigen(vec![vec![2.0, 1.0, 0.0], vec![1.0, 2.0, 0.0], vec![0.0, 0.0, 5.0]]);
        found.sort_by(|a, b| f64::total_cmp(&a.0, &b.0));
        near(&found.iter().map(|(value, _)| *value).collect::<Vec<_>>(), &[1.0, 3.0, 5.0]);
        near(&found[1].1.iter().map(|one| one * one).collect::<Vec<_>>(), &[0.5, 0.5, 0.0]);
    }

    const UP: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 5.0];

    #[test]
    fn parts_that_are_alike_have_equal_weights_and_one_that_says_little_of_the_rest_has_less() {
        let double = UP.map(|x| 2.0 * x);
        near(&of(&[UP, double]).unwrap(), &[0.5, 0.5]);
        // Eigenvalues 2 of the first two together and 1 of the third by itself: both are kept.
        near(&of(&[UP, double, [1.0, -2.0, 2.0, -2.0, 1.0]]).unwrap(), &[1.0 / 3.0; 3]);
        // Correlations 0.8, 0.8 and 1: of one component the loadings are as in numpy.
        let found = of(&[UP, UP, [2.0, 1.0, 3.0, 5.0, 4.0]]).unwrap();
        near(&found, &[0.351_056_510_432, 0.351_056_510_432, 0.297_886_979_136]);
    }

    #[test]
    fn what_has_no_weights_says_why() {
        let down = UP.map(|x| -x);
        assert_eq!(of(&[[1.0, 2.0], [2.0, 5.0]]), Err(PrincipalFault::TooFew { cities: 2 }));
        assert_eq!(of(&[UP, [3.0; 5]]), Err(PrincipalFault::Alike(1)));
        assert_eq!(of(&[UP, UP, down]), Err(PrincipalFault::AtOdds(2)));
        assert!(matches!(of(&[UP, down]), Err(PrincipalFault::AtOdds(_))));
    }
}
