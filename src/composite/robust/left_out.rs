//! One domain or indicator left out at a time.

use super::LeftOut;
use super::draws::shift;
use super::model::{Model, ranks};

/// What comes of leaving out each domain of every level, then each indicator, that counts; in the order of the specification. Against `places`. What
/// nothing would be left without is passed over, as is what a method fails without.
pub fn left_out(model: &Model, places: &[u32]) -> Vec<LeftOut> {
    let dimensions = model.parts().len();
    let without = |(at, weight): (usize, &f64)| {
        let mut choice = model.own().clone();
        *choice.weights.get_mut(at)? = 0.0;
        let ranks = if *weight > 0.0 { ranks(&model.index(&choice)?) } else { return None };
        Some(LeftOut {
            is_dimension: at < dimensions,
            place: if at < dimensions { at } else { at - dimensions },
            mean_shift: shift(places, &ranks) as f64 / places.len().max(1) as f64,
            greatest_shift: places.iter().zip(&ranks).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or_default(),
            ranks,
        })
    };
    model.own().weights.iter().enumerate().filter_map(without).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{inputs, spec, values};
    use super::*;
    use crate::plan::Normalisation;

    #[test]
    fn leaving_out_is_an_index_in_which_it_was_never_used() {
        let spec = spec(&[(None, 1), (None, 2), (None, 1)], &[0, 0, 1, 2], Normalisation::MinMax);
        let given = inputs(&spec, values(2, 9, 4));
        let model = Model::new(&spec, &given);
        let places = ranks(&model.index(model.own()).unwrap());
        let found = left_out(&model, &places);
        let names: Vec<(bool, usize)> = found.iter().map(|one| (one.is_dimension, one.place)).collect();
        assert_eq!(names, [(true, 0), (true, 1), (true, 2), (false, 0), (false, 1), (false, 2), (false, 3)]);
        for one in &found {
            let mut without = given.clone();
            for (at, indicator) in spec.indicators.iter().enumerate() {
                let is_own =
                    if one.is_dimension { indicator.dimension == one.place } else { at == one.place };
                without.used[at] &= !is_own;
            }
            let model = Model::new(&spec, &without);
            assert_eq!(one.ranks, ranks(&model.index(model.own()).unwrap()), "{one:?}");
            let gaps: Vec<u32> = places.iter().zip(&one.ranks).map(|(a, b)| a.abs_diff(*b)).collect();
            assert_eq!(gaps.iter().max(), Some(&one.greatest_shift));
            assert!((f64::from(gaps.iter().sum::<u32>()) / 9.0 - one.mean_shift).abs() < 1e-12);
        }
    }

    #[test]
    fn what_nothing_would_be_left_without_is_passed_over() {
        let spec = spec(&[(None, 1)], &[0, 0], Normalisation::MinMax);
        let mut given = inputs(&spec, values(2, 4, 2));
        given.used[1] = false;
        assert_eq!(left_out(&Model::new(&spec, &given), &[1, 2, 3, 4]), []);
    }
}
