//! Draws at random: how an index could have been made as well, and the places that it would then give.

use rayon::prelude::*;

use super::Draw;
use super::model::{Choice, Model, binary, ranks};
use super::random::Stream;
use crate::plan::{Factor, Robustness};

/// Blocks of a stream in which the numbers of each factor begin; those of the weights come last.
const NORMALISATION: u64 = 0;
const AGGREGATION: u64 = 1;
const TREATMENT: u64 = 2;
const INCLUSION: u64 = 3;
const WEIGHTS: u64 = 4;

/// How draws are made of an index.
pub struct Urn<'a> {
    /// The index.
    pub model: &'a Model,
    robustness: &'a Robustness,
    used: Vec<usize>,
    spread: f64,
}

/// A choice, and the indicator that it leaves out.
#[derive(Debug, Clone, PartialEq)]
pub struct Thrown {
    /// How the index is computed.
    pub choice: Choice,
    /// Place of the indicator that is left out.
    pub left_out: Option<usize>,
}

impl<'a> Urn<'a> {
    /// Of an index by its `[robustness]`.
    pub fn new(model: &'a Model, robustness: &'a Robustness) -> Self {
        let spread = binary(robustness.weight_spread) / 100.0;
        Self { model, robustness, used: model.used(), spread }
    }

    /// What is taken where each factor that is varied has a stream of its own. Each takes its numbers from the same places of its stream, whatever
    /// else is varied; one that is not varied stays as it is in the index.
    pub fn taken(&self, stream_of: impl Fn(Factor) -> Stream) -> Thrown {
        let varied = |factor: Factor| self.robustness.factors.contains(&factor).then(|| stream_of(factor));
        let mut choice = self.model.own().clone();
        if let Some(stream) = varied(Factor::Normalisation) {
            let all = &self.robustness.normalisations;
            choice.normalisation =
                all.get(stream.place(NORMALISATION, all.len())).copied().unwrap_or(choice.normalisation);
        }
        if let Some(stream) = varied(Factor::Aggregation) {
            let all = &self.robustness.aggregations;
            choice.aggregation =
                all.get(stream.place(AGGREGATION, all.len())).copied().unwrap_or(choice.aggregation);
        }
        if let Some(stream) = varied(Factor::Treatment) {
            // Without a treatment there is nothing to be left.
            choice.treated &= stream.place(TREATMENT, 2) == 1;
        }
        if let Some(stream) = varied(Factor::Weights) {
            let numbers = stream.uniforms(WEIGHTS, choice.weights.len());
            for (weight, number) in choice.weights.iter_mut().zip(numbers) {
                *weight *= 1.0 + self.spread * (2.0 * number - 1.0);
            }
        }
        let left_out = varied(Factor::Inclusion)
            .and_then(|stream| self.used.get(stream.place(INCLUSION, self.used.len() + 1)).copied());
        if let Some(place) = left_out {
            let at = self.model.parts().len() + place;
            choice.weights[at] = 0.0;
        }
        Thrown { choice, left_out }
    }

    /// The draw of a number.
    pub fn draw(&self, number: u32) -> Draw {
        let stream = Stream::new(self.robustness.seed, u64::from(number));
        let Thrown { choice, left_out } = self.taken(|_| stream);
        let scores = self.model.index(&choice);
        Draw {
            number,
            normalisation: choice.normalisation,
            aggregation: choice.aggregation,
            treated: choice.treated,
            left_out,
            ranks: scores.as_deref().map(ranks).unwrap_or_default(),
            classes: scores.as_deref().map(|scores| self.model.classes(&choice, scores)).unwrap_or_default(),
            scores,
            weights: choice.weights,
        }
    }

    /// All draws, in order, by the threads of the caller's pool.
    pub fn draws(&self) -> Vec<Draw> {
        (1..=self.robustness.draws).into_par_iter().map(|number| self.draw(number)).collect()
    }
}

/// How often each city has each place, over the draws that did not fail: by city, by place from the first.
pub fn counts_of_places(cities: usize, draws: &[Draw]) -> Vec<Vec<u32>> {
    let mut counts = vec![vec![0; cities]; cities];
    for draw in draws {
        for (city, rank) in draw.ranks.iter().enumerate() {
            counts[city][*rank as usize - 1] += 1;
        }
    }
    counts
}

/// How often each city is in each class, over the draws that have classes: by city, by class from the best, below all of them last.
pub fn counts_of_classes(cities: usize, classes: usize, draws: &[Draw]) -> Vec<Vec<u32>> {
    let mut counts = vec![vec![0; classes + 1]; cities];
    for draw in draws {
        for (city, class) in draw.classes.iter().enumerate() {
            counts[city][*class as usize - 1] += 1;
        }
    }
    counts
}

/// By how many places cities differ between two orders, all together.
pub fn shift(places: &[u32], ranks: &[u32]) -> u64 {
    places.iter().zip(ranks).map(|(a, b)| u64::from(a.abs_diff(*b))).sum()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{inputs, spec, tried, values};
    use super::*;
    use crate::plan::{Aggregation, Normalisation};

    const ALL: [Factor; 5] =
        [Factor::Weights, Factor::Normalisation, Factor::Aggregation, Factor::Treatment, Factor::Inclusion];

    fn drawn(robustness: &Robustness) -> Vec<Draw> {
        let mut spec = spec(&[(None, 1), (None, 2)], &[0, 0, 0, 1, 1], Normalisation::MinMax);
        spec.robustness = Some(robustness.clone());
        spec.treatment = Some(super::super::sample::TREATMENT);
        let model = Model::new(&spec, &inputs(&spec, values(9, 12, 5)));
        Urn::new(&model, robustness).draws()
    }

    #[test]
    fn a_factor_takes_the_same_numbers_whatever_else_is_varied() {
        let all = drawn(&tried(200, &ALL));
        for factor in ALL {
            for (own, with_others) in drawn(&tried(200, &[factor])).iter().zip(&all) {
                let is_same = match factor {
                    Factor::Weights => own
                        .weights
                        .iter()
                        .zip(&with_others.weights)
                        .all(|(a, b)| a.to_bits() == b.to_bits() || *b == 0.0),
                    Factor::Normalisation => own.normalisation == with_others.normalisation,
                    Factor::Aggregation => own.aggregation == with_others.aggregation,
                    Factor::Treatment => own.treated == with_others.treated,
                    Factor::Inclusion => own.left_out == with_others.left_out,
                };
                assert!(is_same, "{} of draw {}", factor.key(), own.number);
            }
        }
    }

    #[test]
    fn draws_take_every_choice_and_weights_stay_within_their_spread() {
        let found = drawn(&tried(600, &ALL));
        let share = |of: &dyn Fn(&Draw) -> bool| found.iter().filter(|draw| of(draw)).count();
        for left_out in [None, Some(0), Some(1), Some(2), Some(3), Some(4)] {
            assert!((60..140).contains(&share(&|draw| draw.left_out == left_out)), "{left_out:?}");
        }
        assert!((240..360).contains(&share(&|draw| draw.treated)));
        for method in [Normalisation::MinMax, Normalisation::Rank, Normalisation::ZScore { sample: true }] {
            assert!((150..250).contains(&share(&|draw| draw.normalisation == method)), "{}", method.key());
        }
        assert!((240..360).contains(&share(&|draw| draw.aggregation == Aggregation::Copeland)));
        for draw in &found {
            for (at, (weight, own)) in
                draw.weights.iter().zip([1.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0]).enumerate()
            {
                let is_out = draw.left_out.is_some_and(|left_out| left_out + 2 == at);
                let is_within = (0.75 * own..=1.25 * own).contains(weight);
                assert!(if is_out { *weight == 0.0 } else { is_within }, "{at}: {weight}");
            }
        }
    }

    #[test]
    fn without_spread_and_with_single_methods_every_draw_gives_the_places_of_the_index() {
        let mut robustness = tried(50, &[Factor::Weights, Factor::Normalisation, Factor::Aggregation]);
        robustness.weight_spread = rust_decimal::Decimal::ZERO;
        robustness.normalisations.truncate(1);
        robustness.aggregations.truncate(1);
        let own = drawn(&tried(1, &[])).remove(0).ranks;
        assert!(drawn(&robustness).iter().all(|draw| draw.ranks == own));
    }

    #[test]
    fn classes_are_told_of_draws_on_the_scale_of_the_index_alone_and_follow_places() {
        let mut spec = spec(&[(None, 1), (None, 2)], &[0, 0, 0, 1, 1], Normalisation::MinMax);
        let robustness = tried(300, &ALL);
        spec.robustness = Some(robustness.clone());
        let class =
            |from: i64| crate::plan::ScoreClass { name: from.to_string(), en: None, from: from.into() };
        spec.classes = vec![class(60), class(40)];
        let model = Model::new(&spec, &inputs(&spec, values(9, 12, 5)));
        let found = Urn::new(&model, &robustness).draws();
        let classed = found.iter().filter(|draw| !draw.classes.is_empty()).count();
        assert!((20..80).contains(&classed), "{classed}");
        for draw in &found {
            let is_alike = draw.normalisation == Normalisation::MinMax
                && draw.aggregation == Aggregation::Arithmetic
                && draw.scores.is_some();
            assert_eq!(!draw.classes.is_empty(), is_alike);
            for (class, score) in draw.classes.iter().zip(draw.scores.iter().flatten()) {
                assert_eq!(
                    *class,
                    if *score >= 60.0 {
                        1
                    } else if *score >= 40.0 {
                        2
                    } else {
                        3
                    }
                );
            }
        }
        let counts = counts_of_classes(12, 2, &found);
        assert!(counts.iter().all(|of| of.len() == 3 && of.iter().sum::<u32>() == classed as u32));
        // A score at the limit of a class is in it.
        assert_eq!(model.classes(model.own(), &[60.0, 59.999_999, 40.0, -1.0]), [1, 2, 2, 3]);
    }

    #[test]
    fn places_are_counted_by_city_and_draws_that_fail_are_passed_over() {
        let one = drawn(&tried(1, &[])).remove(0);
        let with = |ranks: &[u32]| Draw { ranks: ranks.to_vec(), ..one.clone() };
        let counts = counts_of_places(3, &[with(&[1, 1, 3]), with(&[]), with(&[1, 2, 3])]);
        assert_eq!(counts, [[2, 0, 0], [1, 1, 0], [0, 0, 2]]);
        assert_eq!(shift(&[1, 2, 3], &[3, 2, 1]), 4);
    }
}
