//! An index in binary floating point, made once, so that it can be computed many thousand times in other ways.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::aggregate::{Scores, put_together};
use super::normalise::{Gauge, normalised};
use crate::plan::{Aggregation, IndexSpec, Normalisation};

/// What an index is computed from, beside its specification: all as the exact evaluation has it.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelInputs {
    /// Which indicators are used.
    pub used: Vec<bool>,
    /// Weights of the domains among their siblings, in the order of the specification.
    pub dimension_weights: Vec<f64>,
    /// Weights of the indicators within their domains, in the order of the specification.
    pub indicator_weights: Vec<f64>,
    /// Values by city and indicator, with what stands in for those that are missing, their logarithms not taken.
    pub raw: Vec<Vec<Option<f64>>>,
    /// The same with extreme values drawn in.
    pub treated: Vec<Vec<Option<f64>>>,
    /// The first so many cities have a place; those behind only count where scores are of all (least, greatest, mean).
    pub placed: usize,
}

/// A decimal as the binary number next to it.
pub fn binary(decimal: Decimal) -> f64 {
    decimal.to_string().parse().unwrap_or(f64::NAN)
}

/// How an index is computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The normalisation.
    pub normalisation: Normalisation,
    /// The aggregation at the top.
    pub aggregation: Aggregation,
    /// Whether extreme values are treated.
    pub treated: bool,
    /// Weights of domains, then of indicators; nothing of what does not count.
    pub weights: Vec<f64>,
}

/// The scores of an indicator.
#[derive(Debug, Clone)]
enum Leaf {
    /// None: all cities are alike, or none has a value.
    Nothing,
    /// The method cannot be used for them.
    Failed,
    /// Of the cities with a place.
    Known(Scores),
}

/// The scores of all indicators by a method.
#[derive(Debug, Clone)]
pub struct Leaves {
    plain: Vec<Leaf>,
    /// As their domains take them.
    turned: Vec<Leaf>,
}

impl Leaves {
    /// Those of some cities.
    pub fn of(&self, cities: &[usize]) -> Self {
        let some = |leaf: &Leaf| match leaf {
            Leaf::Known(scores) => scores.of(cities).map_or(Leaf::Nothing, Leaf::Known),
            other => other.clone(),
        };
        Self { plain: self.plain.iter().map(some).collect(), turned: self.turned.iter().map(some).collect() }
    }

    /// The scores of an indicator.
    pub fn get(&self, indicator: usize) -> Option<&Scores> {
        match self.plain.get(indicator)? {
            Leaf::Known(scores) => Some(scores),
            Leaf::Nothing | Leaf::Failed => None,
        }
    }
}

/// What is below a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Branches {
    /// Domains, by place.
    Dimensions(Vec<usize>),
    /// Indicators, by place.
    Indicators(Vec<usize>),
}

/// All scores of an index.
#[derive(Debug, Clone)]
pub struct Evaluated {
    /// By domain; `None` where nothing of it counts.
    pub dimensions: Vec<Option<Scores>>,
    /// The index.
    pub index: Scores,
}

/// An index.
#[derive(Debug, Clone)]
pub struct Model {
    cities: usize,
    parts: Vec<Branches>,
    levels: Vec<usize>,
    top: Vec<usize>,
    /// By level, from below.
    aggregations: Vec<Aggregation>,
    own: Choice,
    leaves: BTreeMap<(Normalisation, bool), Leaves>,
    /// The least scores of the classes, from the best on.
    limits: Vec<f64>,
}

impl Model {
    /// An index with the scores of all methods that it may be computed by: its own, and those of its `[robustness]`.
    pub fn new(spec: &IndexSpec, inputs: &ModelInputs) -> Self {
        let levels = spec.levels();
        let aggregations: Vec<Aggregation> = (1..=levels).map(|level| spec.aggregation_of(level)).collect();
        let parts: Vec<Branches> = (0..spec.dimensions.len())
            .map(|at| match spec.parts_of(Some(at)).collect::<Vec<_>>() {
                dimensions if dimensions.is_empty() => Branches::Indicators(spec.indicators_of(at).collect()),
                dimensions => Branches::Dimensions(dimensions),
            })
            .collect();
        let own = Choice {
            normalisation: spec.normalisation,
            aggregation: spec.aggregation_of(levels),
            treated: spec.treatment.is_some(),
            weights: weights(&parts, inputs),
        };
        let others = spec.robustness.iter().flat_map(|robustness| robustness.normalisations.iter().copied());
        let mut leaves = BTreeMap::new();
        for method in others.chain([spec.normalisation]) {
            for treated in [false, true] {
                let made = || leaves_of(spec, inputs, method, treated);
                leaves.entry((method, treated)).or_insert_with(made);
            }
        }
        Self {
            cities: inputs.placed,
            levels: spec.dimensions.iter().map(|one| one.level).collect(),
            top: spec.parts_of(None).collect(),
            parts,
            aggregations,
            own,
            leaves,
            limits: spec.classes.iter().map(|class| told_apart(binary(class.from))).collect(),
        }
    }

    /// The least scores of the classes.
    pub fn limits(&self) -> &[f64] {
        &self.limits
    }

    /// The classes of scores by a choice, from one, below all of them one more than there are. Nothing where its scores are on another scale than those of the
    /// index: another normalisation, pairs that are won in place of means or the other way round.
    pub fn classes(&self, choice: &Choice, scores: &[f64]) -> Vec<u32> {
        let is_of_pairs = |choice: &Choice| choice.aggregation == Aggregation::Copeland;
        let is_alike =
            choice.normalisation == self.own.normalisation && is_of_pairs(choice) == is_of_pairs(&self.own);
        if self.limits.is_empty() || !is_alike {
            return Vec::new();
        }
        // From the best on: the first that is reached.
        let class = |score: &f64| self.limits.iter().take_while(|from| score < from).count() as u32 + 1;
        scores.iter().map(class).collect()
    }

    /// Number of cities with a place.
    pub fn cities(&self) -> usize {
        self.cities
    }

    /// How it is computed by itself.
    pub fn own(&self) -> &Choice {
        &self.own
    }

    /// What is below each domain.
    pub fn parts(&self) -> &[Branches] {
        &self.parts
    }

    /// The domains right below the index.
    pub fn top(&self) -> &[usize] {
        &self.top
    }

    /// The places of the indicators that are used.
    pub fn used(&self) -> Vec<usize> {
        let indicators = self.own.weights.iter().skip(self.parts.len()).enumerate();
        indicators.filter(|(_, weight)| **weight > 0.0).map(|(at, _)| at).collect()
    }

    /// How a domain is put together; the index for `None`.
    pub fn aggregation_of(&self, dimension: Option<usize>, choice: &Choice) -> Aggregation {
        let below = |level: usize| self.aggregations.get(level.saturating_sub(1)).copied();
        dimension.and_then(|at| below(*self.levels.get(at)?)).unwrap_or(choice.aggregation)
    }

    /// The scores of the indicators by the methods of a choice; `None` of methods that the model was not made for.
    pub fn leaves(&self, choice: &Choice) -> Option<&Leaves> {
        self.leaves.get(&(choice.normalisation, choice.treated))
    }

    /// All scores, of the cities of `leaves`; `None` where a method fails.
    pub fn evaluated(&self, leaves: &Leaves, choice: &Choice) -> Option<Evaluated> {
        let mut dimensions: Vec<Option<Scores>> = vec![None; self.parts.len()];
        // What is part of another comes behind it.
        for (at, below) in self.parts.iter().enumerate().rev() {
            if choice.weights[at] <= 0.0 {
                continue;
            }
            let aggregation = self.aggregation_of(Some(at), choice);
            dimensions[at] = match below {
                Branches::Dimensions(parts) => {
                    let (_, behind) = dimensions.split_at(at + 1);
                    let get = |part: usize| behind.get(part - at - 1)?.as_ref();
                    above(aggregation, &choice.weights, parts, get)?
                }
                Branches::Indicators(parts) => self.over_indicators(aggregation, leaves, choice, parts)?,
            };
        }
        let get = |part: usize| dimensions.get(part)?.as_ref();
        let index = above(choice.aggregation, &choice.weights, &self.top, get)??;
        Some(Evaluated { dimensions, index })
    }

    /// `None` where it fails, nothing within where no indicator counts.
    fn over_indicators(
        &self,
        aggregation: Aggregation,
        leaves: &Leaves,
        choice: &Choice,
        parts: &[usize],
    ) -> Option<Option<Scores>> {
        let mut known: Vec<(f64, &Scores)> = Vec::with_capacity(parts.len());
        for part in parts {
            let weight = choice.weights[self.parts.len() + part];
            match &leaves.turned[*part] {
                Leaf::Known(scores) if weight > 0.0 => known.push((weight, scores)),
                Leaf::Failed if weight > 0.0 => return None,
                _ => {}
            }
        }
        if known.is_empty() {
            return Some(None);
        }
        put_together(aggregation, &known).map(Some)
    }

    /// The index of the cities with a place; `None` where a method fails or a city has none.
    ///
    /// What is alike but for the rounding of sums is made equal: scores are told apart by 36 binary digits behind the point (1.5·10⁻¹¹).
    pub fn index(&self, choice: &Choice) -> Option<Vec<f64>> {
        let found = self.evaluated(self.leaves(choice)?, choice)?;
        Some(found.index.whole()?.into_iter().map(told_apart).collect())
    }
}

fn told_apart(score: f64) -> f64 {
    const UNITS: f64 = 68_719_476_736.0;
    (score * UNITS + 0.5).floor() / UNITS
}

/// Of domains that count with a score; `None` where it fails, nothing within where there is none.
fn above<'a>(
    aggregation: Aggregation,
    weights: &[f64],
    parts: &[usize],
    get: impl Fn(usize) -> Option<&'a Scores>,
) -> Option<Option<Scores>> {
    let scored = parts.iter().filter_map(|part| Some((weights[*part], get(*part)?)));
    let turned: Option<Vec<_>> =
        scored.map(|(weight, scores)| Some((weight, scores.turned(aggregation)?))).collect();
    let turned = turned?;
    let known: Vec<(f64, &Scores)> =
        turned.iter().map(|(weight, scores)| (*weight, scores.as_ref())).collect();
    if known.is_empty() {
        return Some(None);
    }
    put_together(aggregation, &known).map(Some)
}

/// Weights of domains, then of indicators; nothing of what is not used.
fn weights(parts: &[Branches], inputs: &ModelInputs) -> Vec<f64> {
    let own = |(weight, used): (&f64, &bool)| if *used { *weight } else { 0.0 };
    let indicators: Vec<f64> = inputs.indicator_weights.iter().zip(&inputs.used).map(own).collect();
    let mut dimensions = inputs.dimension_weights.clone();
    for (at, below) in parts.iter().enumerate().rev() {
        let counts = match below {
            Branches::Dimensions(parts) => parts.iter().any(|part| dimensions[*part] > 0.0),
            Branches::Indicators(parts) => parts.iter().any(|part| indicators[*part] > 0.0),
        };
        if !counts {
            dimensions[at] = 0.0;
        }
    }
    dimensions.into_iter().chain(indicators).collect()
}

fn leaves_of(spec: &IndexSpec, inputs: &ModelInputs, method: Normalisation, treated: bool) -> Leaves {
    let values = if treated { &inputs.treated } else { &inputs.raw };
    let floor = spec.floor.map(binary);
    let aggregation = spec.aggregation_of(1);
    let (mut plain, mut turned) = (Vec::new(), Vec::new());
    for (at, one) in spec.indicators.iter().enumerate() {
        let measure = Gauge {
            higher_is_better: one.higher_is_better,
            low: one.goalposts.low.map(binary),
            high: one.goalposts.high.map(binary),
            reference: one.goalposts.reference.map(binary),
            log: one.log,
        };
        let column: Vec<Option<f64>> = values.iter().map(|row| row.get(at).copied().flatten()).collect();
        let leaf = match normalised(method, &measure, floor, &column) {
            _ if !inputs.used[at] => Leaf::Nothing,
            None => Leaf::Failed,
            Some(scores) => {
                let placed = &scores[..inputs.placed.min(scores.len())];
                Scores::new(placed).map_or(Leaf::Nothing, Leaf::Known)
            }
        };
        turned.push(match &leaf {
            Leaf::Known(scores) => {
                scores.turned(aggregation).map_or(Leaf::Failed, |scores| Leaf::Known(scores.into_owned()))
            }
            other => other.clone(),
        });
        plain.push(leaf);
    }
    Leaves { plain, turned }
}

/// Places by score, the greatest first; equal ones share the better place.
pub fn ranks(scores: &[f64]) -> Vec<u32> {
    let mut sorted = scores.to_vec();
    sorted.sort_by(|a, b| f64::total_cmp(b, a));
    let better = |score: f64| sorted.partition_point(|other| *other > score);
    scores.iter().map(|score| better(*score) as u32 + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{inputs, spec, values};
    use super::*;

    fn index_of(spec: &IndexSpec, given: &ModelInputs) -> Option<Vec<f64>> {
        let model = Model::new(spec, given);
        model.index(model.own())
    }

    fn rows<const N: usize>(rows: &[[f64; N]]) -> Vec<Vec<Option<f64>>> {
        rows.iter().map(|row| row.map(Some).to_vec()).collect()
    }

    fn near(found: Option<Vec<f64>>, expected: &[f64]) {
        let found = found.unwrap();
        let is_near = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-10);
        assert!(found.len() == expected.len() && is_near, "{found:?}, not {expected:?}");
    }

    #[test]
    fn equal_scores_share_the_better_place() {
        for (scores, expected) in [
            (&[3.0, 5.0, 3.0, 1.0][..], &[2, 1, 2, 4][..]),
            (&[1.0, 1.0], &[1, 1]),
            (&[0.0, -0.0, 1.0], &[2, 2, 1]),
            (&[], &[]),
        ] {
            assert_eq!(ranks(scores), expected);
        }
    }

    #[test]
    fn an_index_of_three_levels_is_the_mean_of_means_of_means() {
        let spec =
            spec(&[(None, 1), (None, 3), (Some(0), 1), (Some(1), 1)], &[2, 2, 3], Normalisation::MinMax);
        let mut given = inputs(&spec, rows(&[[0.0, 10.0, 5.0], [10.0, 0.0, 7.0], [5.0, 10.0, 9.0]]));
        near(index_of(&spec, &given), &[0.25 * 50.0, 0.25 * 50.0 + 0.75 * 50.0, 0.25 * 75.0 + 75.0]);
        given.indicator_weights[0] = 3.0;
        near(index_of(&spec, &given), &[0.25 * 25.0, 0.25 * 75.0 + 0.75 * 50.0, 0.25 * 62.5 + 75.0]);
        given.raw[0][0] = None;
        given.raw[1][2] = None;
        near(index_of(&spec, &given), &[0.25 * 100.0, 75.0, 0.25 * 25.0 + 75.0]);
        // The whole domain of an indicator that is not used goes with it.
        given.used[2] = false;
        near(index_of(&spec, &given), &[100.0, 75.0, 25.0]);
    }

    #[test]
    fn an_indicator_alike_everywhere_is_as_if_it_were_not_there_and_one_that_fails_fails_the_index() {
        let mut spec = spec(&[(None, 1), (None, 1)], &[0, 1], Normalisation::MinMax);
        let given = inputs(&spec, rows(&[[0.0, 4.0], [1.0, 4.0]]));
        near(index_of(&spec, &given), &[0.0, 100.0]);
        spec.normalisation = Normalisation::DistanceToBest;
        let given = inputs(&spec, rows(&[[0.0, 4.0], [-1.0, 4.0]]));
        assert_eq!(index_of(&spec, &given), None);
        let model = Model::new(&spec, &given);
        let mut choice = model.own().clone();
        choice.weights[2] = 0.0;
        near(model.index(&choice), &[100.0, 100.0]);
    }

    #[test]
    fn a_city_with_no_score_at_all_fails_the_index_unless_it_has_no_place() {
        let spec = spec(&[(None, 1)], &[0, 0], Normalisation::MinMax);
        let mut given = inputs(&spec, rows(&[[0.0, 4.0], [1.0, 3.0], [9.0, 9.0]]));
        given.raw[2] = vec![None; 2];
        assert_eq!(index_of(&spec, &given), None);
        given.placed = 2;
        near(index_of(&spec, &given), &[50.0, 50.0]);
        // Behind those with a place, values still are the greatest.
        given.raw[2] = vec![Some(2.0), Some(5.0)];
        near(index_of(&spec, &given), &[25.0, 25.0]);
    }

    #[test]
    fn scores_that_differ_by_the_rounding_of_sums_are_equal() {
        let spec = spec(&[(None, 1)], &[0, 0, 0], Normalisation::Borda);
        let given = inputs(&spec, rows(&[[1.0, 2.0, 3.0], [3.0, 1.0, 2.0], [2.0, 3.0, 1.0]]));
        let mut model = Model::new(&spec, &given);
        model.own.weights = vec![1.0, 0.1, 0.1, 0.1];
        assert_eq!(ranks(&model.index(model.own()).unwrap()), [1, 1, 1]);
    }

    const METHODS: [Normalisation; 4] = [
        Normalisation::MinMax,
        Normalisation::ZScore { sample: true },
        Normalisation::ZScore { sample: false },
        Normalisation::Rank,
    ];

    fn case(method: Normalisation, seed: u64) -> (IndexSpec, ModelInputs) {
        let spec = spec(&[(None, 1), (None, 2)], &[0, 0, 1, 1], method);
        let given = inputs(&spec, values(seed, 8, 4));
        (spec, given)
    }

    fn is_near(a: &[f64], b: &[f64]) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-7)
    }

    proptest::proptest! {
        #[test]
        fn another_unit_of_an_indicator_changes_nothing(seed in 0_u64..1000, scale in 0.01_f64..100.0, offset in -50.0_f64..50.0) {
            for method in METHODS {
                let (spec, mut given) = case(method, seed);
                let before = index_of(&spec, &given).unwrap();
                given.raw.iter_mut().for_each(|row| row[2] = row[2].map(|x| x * scale + offset));
                proptest::prop_assert!(is_near(&before, &index_of(&spec, &given).unwrap()), "{}", method.key());
            }
        }

        #[test]
        fn another_order_of_the_cities_is_another_order_of_the_results(seed in 0_u64..1000, turn in 1_usize..8) {
            for (_, method) in Normalisation::WORDS {
                let (spec, mut given) = case(method, seed);
                let mut before = index_of(&spec, &given).unwrap();
                given.raw.rotate_left(turn);
                before.rotate_left(turn);
                proptest::prop_assert!(is_near(&before, &index_of(&spec, &given).unwrap()), "{}", method.key());
            }
        }

        #[test]
        fn weights_times_a_number_change_nothing(seed in 0_u64..1000, times in 0.1_f64..10.0) {
            let (spec, mut given) = case(Normalisation::MinMax, seed);
            let before = index_of(&spec, &given).unwrap();
            given.dimension_weights.iter_mut().for_each(|weight| *weight *= times);
            given.indicator_weights.iter_mut().take(2).for_each(|weight| *weight *= times);
            proptest::prop_assert!(is_near(&before, &index_of(&spec, &given).unwrap()));
        }

        #[test]
        fn a_better_value_never_lowers_the_score_of_its_city(seed in 0_u64..1000, city in 0_usize..8, share in 0.0_f64..1.0) {
            let (mut spec, mut given) = case(Normalisation::MinMax, seed);
            for higher_is_better in [true, false] {
                spec.indicators[1].higher_is_better = higher_is_better;
                let before = index_of(&spec, &given).unwrap();
                let column = || given.raw.iter().filter_map(|row| row[1]);
                let end = if higher_is_better { column().fold(0.0, f64::max) } else { column().fold(1e9, f64::min) };
                let own = given.raw[city][1].unwrap();
                let other_end = if higher_is_better { column().fold(1e9, f64::min) } else { column().fold(0.0, f64::max) };
                if (own - other_end).abs() > 0.0 {
                    given.raw[city][1] = Some(own + (end - own) * share);
                    proptest::prop_assert!(index_of(&spec, &given).unwrap()[city] >= before[city] - 1e-9);
                }
            }
        }

        #[test]
        fn between_goalposts_a_score_is_its_citys_alone(seed in 0_u64..1000, city in 0_usize..8) {
            for method in [Normalisation::Goalposts { capped: true }, Normalisation::Efficacy, Normalisation::DistanceToReference] {
                let (spec, given) = case(method, seed);
                let mut other = given.clone();
                other.raw = values(seed + 1, 8, 4);
                other.raw[city] = given.raw[city].clone();
                let (a, b) = (index_of(&spec, &given).unwrap(), index_of(&spec, &other).unwrap());
                proptest::prop_assert_eq!(a[city].to_bits(), b[city].to_bits());
            }
        }
    }
}
