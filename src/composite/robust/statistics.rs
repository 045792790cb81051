//! Statistics over scores: correlations, consistency, quantiles.

use crate::ledger;

/// Pearson's correlation over the pairs that are whole; `None` of fewer than two, or where one side is alike everywhere.
pub fn pearson(a: &[Option<f64>], b: &[Option<f64>]) -> Option<f64> {
    let pairs: Vec<(f64, f64)> = a.iter().zip(b).filter_map(|(a, b)| Some(((*a)?, (*b)?))).collect();
    ledger::correlation(&pairs)
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
