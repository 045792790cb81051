//! Scores put together, by [`Aggregation`], in binary floating point: sums in the order of the parts, logarithms and powers of `libm` (see
//! [`super::normalise`] for why results are the same everywhere).
//!
//! Scores lie city by city, so that a weighted mean goes over all cities at once; each city's sum is still taken in the order of its parts.

use std::borrow::Cow;

use crate::plan::Aggregation;

/// Scores by city.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// Nothing where there is no score.
    values: Vec<f64>,
    /// Which are there; `None` where all are.
    there: Option<Vec<bool>>,
}

impl Scores {
    /// Of a list; `None` where no city has one.
    pub fn new(scores: &[Option<f64>]) -> Option<Self> {
        let there: Vec<bool> = scores.iter().map(Option::is_some).collect();
        if !there.contains(&true) {
            return None;
        }
        let values = scores.iter().map(|score| score.unwrap_or_default()).collect();
        Some(Self { values, there: there.contains(&false).then_some(there) })
    }

    /// The score of a city.
    pub fn get(&self, city: usize) -> Option<f64> {
        self.is_there(city).then(|| self.values.get(city).copied()).flatten()
    }

    /// All of them, `None` where one is missing.
    pub fn whole(self) -> Option<Vec<f64>> {
        self.there.is_none().then_some(self.values)
    }

    /// Whether each city has one.
    pub fn is_whole(&self) -> bool {
        self.there.is_none()
    }

    /// As a list.
    pub fn listed(&self) -> Vec<Option<f64>> {
        (0..self.values.len()).map(|city| self.get(city)).collect()
    }

    /// Those of some cities.
    pub fn of(&self, cities: &[usize]) -> Option<Self> {
        Self::new(&cities.iter().map(|city| self.get(*city)).collect::<Vec<_>>())
    }

    fn is_there(&self, city: usize) -> bool {
        self.there.as_ref().is_none_or(|there| there.get(city) == Some(&true))
    }

    /// Another number for each score; `None` where one is not finite.
    fn mapped(mut self, of: impl Fn(f64) -> f64) -> Option<Self> {
        for city in 0..self.values.len() {
            if self.is_there(city) {
                self.values[city] = of(self.values[city]);
            }
        }
        self.values.iter().all(|value| value.is_finite()).then_some(self)
    }

    /// As a mean takes them: their logarithms, their reciprocals, or themselves; `None` where one that has to be positive is not.
    pub fn turned(&self, aggregation: Aggregation) -> Option<Cow<'_, Self>> {
        let is_positive =
            || (0..self.values.len()).all(|city| self.get(city).is_none_or(|score| score > 0.0));
        if aggregation.needs_positive() && !is_positive() {
            return None;
        }
        match aggregation {
            Aggregation::Geometric => self.clone().mapped(libm::log).map(Cow::Owned),
            Aggregation::Harmonic => self.clone().mapped(|score| 1.0 / score).map(Cow::Owned),
            Aggregation::Arithmetic | Aggregation::MazziottaPareto { .. } | Aggregation::Copeland => {
                Some(Cow::Borrowed(self))
            }
        }
    }
}

/// The scores of what has parts, each with its weight and its scores as they are [turned](Scores::turned) for the method. A city without a score in some is put together from the others,
/// their weights renormalised.
///
/// `None` where the method fails: there are no parts, a mean that has to be positive is not, or something is not finite.
pub fn put_together(aggregation: Aggregation, parts: &[(f64, &Scores)]) -> Option<Scores> {
    match aggregation {
        Aggregation::Arithmetic => mean(parts),
        Aggregation::Geometric => mean(parts)?.mapped(libm::exp),
        Aggregation::Harmonic => mean(parts)?.mapped(|mean| 1.0 / mean),
        Aggregation::MazziottaPareto { penalised } => mazziotta_pareto(parts, penalised),
        Aggregation::Copeland => copeland(parts),
    }
}

fn mean(parts: &[(f64, &Scores)]) -> Option<Scores> {
    let mut sums = vec![0.0; parts.first()?.1.values.len()];
    for (weight, scores) in parts {
        for (sum, score) in sums.iter_mut().zip(&scores.values) {
            *sum += weight * score;
        }
    }
    if parts.iter().all(|(_, scores)| scores.is_whole()) {
        let total: f64 = parts.iter().map(|(weight, _)| weight).sum();
        return Scores { values: sums, there: None }.mapped(|sum| sum / total);
    }
    let weight_of = |city: usize| {
        parts.iter().filter(|(_, scores)| scores.is_there(city)).map(|(weight, _)| weight).sum::<f64>()
    };
    let of = |(city, sum): (usize, f64)| {
        let total = weight_of(city);
        (total > 0.0).then(|| sum / total)
    };
    let listed: Vec<Option<f64>> = sums.into_iter().enumerate().map(of).collect();
    Scores::new(&listed)?.mapped(|mean| mean)
}

/// The mean less, or more, by how much the parts of a city differ, in terms of the mean; s over n. Not weighted.
fn mazziotta_pareto(parts: &[(f64, &Scores)], penalised: bool) -> Option<Scores> {
    let of = |city: usize| {
        let own: Vec<f64> = parts.iter().filter_map(|(_, scores)| scores.get(city)).collect();
        let count = own.len() as f64;
        let mean = own.iter().sum::<f64>() / count;
        let variance = own.iter().map(|score| (score - mean) * (score - mean)).sum::<f64>() / count;
        let moved = variance / mean;
        let score = if penalised { mean - moved } else { mean + moved };
        (!own.is_empty()).then_some(if mean > 0.0 { score } else { f64::NAN })
    };
    let listed: Vec<Option<f64>> = (0..parts.first()?.1.values.len()).map(of).collect();
    Scores::new(&listed)?.mapped(|score| score)
}

/// Of the pairs with other cities those that are won by weight less those that are lost, over the parts that both have. What differs by less than the
/// rounding of such sums (10⁻¹² of the weights) is neither.
fn copeland(parts: &[(f64, &Scores)]) -> Option<Scores> {
    let cities = parts.first()?.1.values.len();
    let total: f64 = parts.iter().map(|(weight, _)| weight).sum();
    let is_whole = parts.iter().all(|(_, scores)| scores.is_whole());
    let mut points = vec![0.0; cities];
    // By how much weight the city is ahead of each behind it in the list.
    let mut ahead = vec![0.0; cities];
    for city in 0..cities {
        ahead.fill(0.0);
        for (weight, scores) in parts {
            if !is_whole && !scores.is_there(city) {
                continue;
            }
            let own = scores.values[city];
            for (other, ahead) in ahead.iter_mut().enumerate().skip(city + 1) {
                let theirs = scores.values[other];
                let sign = f64::from(u8::from(own > theirs)) - f64::from(u8::from(own < theirs));
                let both = is_whole || scores.is_there(other);
                *ahead += if both { weight * sign } else { 0.0 };
            }
        }
        for (other, ahead) in ahead.iter().enumerate().skip(city + 1) {
            let won = if ahead.abs() <= 1e-12 * total { 0.0 } else { ahead.signum() };
            points[city] += won;
            points[other] -= won;
        }
    }
    let has_any = |city: usize| parts.iter().any(|(_, scores)| scores.is_there(city));
    let listed: Vec<Option<f64>> =
        points.into_iter().enumerate().map(|(city, points)| has_any(city).then_some(points)).collect();
    Scores::new(&listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(aggregation: Aggregation, weights: &[f64], parts: &[&[Option<f64>]]) -> Option<Vec<Option<f64>>> {
        let scores: Vec<Scores> = parts.iter().map(|part| Scores::new(part).unwrap()).collect();
        let turned: Option<Vec<_>> = scores.iter().map(|scores| scores.turned(aggregation)).collect();
        let turned = turned?;
        let parts: Vec<(f64, &Scores)> =
            weights.iter().copied().zip(turned.iter().map(|one| one.as_ref())).collect();
        Some(put_together(aggregation, &parts)?.listed())
    }

    const MP: Aggregation = Aggregation::MazziottaPareto { penalised: true };
    const MP_PLUS: Aggregation = Aggregation::MazziottaPareto { penalised: false };

    #[test]
    fn each_method_is_its_formula_and_passes_over_what_is_missing() {
        use Aggregation as A;
        let parts: [&[Option<f64>]; 2] =
            [&[Some(1.0), Some(4.0), None, None], &[Some(4.0), Some(4.0), Some(7.0), None]];
        for (aggregation, expected) in [
            (A::Arithmetic, [Some(3.25), Some(4.0), Some(7.0), None]),
            (A::Geometric, [Some(4.0_f64.powf(0.75)), Some(4.0), Some(7.0), None]),
            (A::Harmonic, [Some(4.0 / (1.0 + 0.75)), Some(4.0), Some(7.0), None]),
            (MP, [Some(2.5 - 2.25 / 2.5), Some(4.0), Some(7.0), None]),
            (MP_PLUS, [Some(2.5 + 2.25 / 2.5), Some(4.0), Some(7.0), None]),
            (A::Copeland, [Some(-2.0), Some(0.0), Some(2.0), None]),
        ] {
            let found = of(aggregation, &[0.5, 1.5], &parts).unwrap();
            for (found, expected) in found.iter().zip(expected) {
                assert_eq!(found.is_some(), expected.is_some(), "{}", aggregation.key());
                let gap = found.unwrap_or_default() - expected.unwrap_or_default();
                assert!(gap.abs() < 1e-12, "{}: {found:?}, not {expected:?}", aggregation.key());
            }
        }
    }

    #[test]
    fn what_has_to_be_positive_and_is_not_fails() {
        let parts: [&[Option<f64>]; 2] = [&[Some(0.0), Some(4.0)], &[Some(0.0), Some(4.0)]];
        for aggregation in [Aggregation::Geometric, Aggregation::Harmonic, MP, MP_PLUS] {
            assert_eq!(of(aggregation, &[1.0, 1.0], &parts), None, "{}", aggregation.key());
        }
        assert!(of(Aggregation::Arithmetic, &[1.0, 1.0], &parts).is_some());
        assert_eq!(put_together(Aggregation::Arithmetic, &[]), None);
        assert_eq!(of(Aggregation::Arithmetic, &[1.0], &[&[Some(f64::MAX), Some(f64::INFINITY)]]), None);
    }

    #[test]
    fn equal_weights_on_both_sides_win_no_pair() {
        let parts: [&[Option<f64>]; 3] =
            [&[Some(1.0), Some(0.0)], &[Some(1.0), Some(0.0)], &[Some(0.0), Some(1.0)]];
        // 0.1 + 0.2 is not 0.3 in binary.
        let found = of(Aggregation::Copeland, &[0.1, 0.2, 0.3], &parts).unwrap();
        assert_eq!(found, [Some(0.0), Some(0.0)]);
    }

    proptest::proptest! {
        #[test]
        fn means_are_ordered_and_lie_between_their_parts(
            parts in proptest::collection::vec((0.01_f64..10.0, 0.1_f64..100.0), 1..8),
        ) {
            let weights: Vec<f64> = parts.iter().map(|(weight, _)| *weight).collect();
            let scores: Vec<[Option<f64>; 1]> = parts.iter().map(|(_, score)| [Some(*score)]).collect();
            let lists: Vec<&[Option<f64>]> = scores.iter().map(|one| one.as_slice()).collect();
            let [a, g, h] = [Aggregation::Arithmetic, Aggregation::Geometric, Aggregation::Harmonic]
                .map(|aggregation| of(aggregation, &weights, &lists).unwrap()[0].unwrap());
            let least = parts.iter().map(|(_, score)| *score).fold(f64::INFINITY, f64::min);
            let greatest = parts.iter().map(|(_, score)| *score).fold(0.0, f64::max);
            let noise = 1e-12 * greatest;
            proptest::prop_assert!(greatest + noise >= a && a + noise >= g && g + noise >= h && h + noise >= least);
        }
    }
}
