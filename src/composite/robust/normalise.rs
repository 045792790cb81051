//! Values made comparable, by [`Normalisation`], in binary floating point.
//!
//! Sums are taken in the order of the cities. Additions, products, quotients and square roots are rounded as IEEE 754 asks for, the compiler joins none of
//! them, and logarithms are those of the crate `libm`, which is written in these operations without fused ones: the same bits on
//! every processor that computes in doubles (all of 64 bits, and those of 32 bits with SSE2).

use crate::plan::Normalisation;

/// What a method is to know of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Gauge {
    /// Whether more is better.
    pub higher_is_better: bool,
    /// The value of nothing.
    pub low: Option<f64>,
    /// The value of a full score.
    pub high: Option<f64>,
    /// What it is held against.
    pub reference: Option<f64>,
    /// Whether its logarithm is taken.
    pub log: bool,
}

/// The scores of an indicator by city, `None` where there is no value. An indicator in which all cities are alike has none by the methods that divide
/// by what sets them apart, as if it were not there.
///
/// `None` where the method fails: a goalpost is missing, a span or what is divided by is not positive, or something is not finite.
pub fn normalised(
    method: Normalisation,
    measure: &Gauge,
    floor: Option<f64>,
    values: &[Option<f64>],
) -> Option<Vec<Option<f64>>> {
    let taken = |value: f64| if measure.log { libm::log(value) } else { value };
    let values: Vec<Option<f64>> = values.iter().map(|value| value.map(taken)).collect();
    let there: Vec<f64> = values.iter().copied().flatten().collect();
    if there.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let [low, high, reference] = [measure.low, measure.high, measure.reference].map(|post| post.map(taken));
    let scores = match spread(method, &there) {
        Apartness::None => return Some(vec![None; values.len()]),
        Apartness::Of { least, greatest, mean, deviation } => {
            let better = |from: f64, to: f64| if measure.higher_is_better { to - from } else { from - to };
            let worst = if measure.higher_is_better { least } else { greatest };
            let best = if measure.higher_is_better { greatest } else { least };
            let line = match method {
                Normalisation::MinMax => Ruler { zero: worst, span: better(worst, best) },
                Normalisation::Goalposts { .. } | Normalisation::Efficacy => {
                    let (zero, full) = if measure.higher_is_better { (low?, high?) } else { (high?, low?) };
                    Ruler { zero, span: better(zero, full) }
                }
                Normalisation::ZScore { .. } => Ruler { zero: mean, span: deviation },
                Normalisation::DistanceToTarget { .. } => {
                    Ruler { zero: worst, span: better(worst, reference?) }
                }
                Normalisation::DistanceToBest => Ruler { zero: 0.0, span: best },
                Normalisation::DistanceToWorst => Ruler { zero: 0.0, span: worst },
                Normalisation::DistanceToMean => Ruler { zero: 0.0, span: mean },
                Normalisation::DistanceToReference => Ruler { zero: 0.0, span: reference? },
                Normalisation::AboveBelowMean => Ruler { zero: mean, span: mean },
                Normalisation::Rank | Normalisation::Percentile | Normalisation::Borda => {
                    return placed(method, measure.higher_is_better, floor, &values, &there);
                }
            };
            if line.span.is_nan() || line.span <= 0.0 {
                return None;
            }
            let score = |x: f64| floored(method, floor, scored(method, measure, &line, x));
            values.iter().map(|value| value.map(score)).collect::<Vec<_>>()
        }
    };
    let is_finite = scores.iter().flatten().all(|score| score.is_finite());
    is_finite.then_some(scores)
}

/// The value of no score, and how far it is from there to the full one in the direction of better.
struct Ruler {
    zero: f64,
    span: f64,
}

/// What sets the cities apart.
enum Apartness {
    /// Nothing that the method could divide by.
    None,
    Of {
        least: f64,
        greatest: f64,
        mean: f64,
        deviation: f64,
    },
}

fn spread(method: Normalisation, there: &[f64]) -> Apartness {
    let least = there.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = there.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let apart = matches!(method, Normalisation::MinMax | Normalisation::ZScore { .. });
    if there.is_empty()
        || (apart && least >= greatest)
        || (method == Normalisation::Percentile && there.len() < 2)
    {
        return Apartness::None;
    }
    let count = there.len() as f64;
    let mean = there.iter().sum::<f64>() / count;
    let squares: f64 = there.iter().map(|value| (value - mean) * (value - mean)).sum();
    let over = if matches!(method, Normalisation::ZScore { sample: true }) { count - 1.0 } else { count };
    Apartness::Of { least, greatest, mean, deviation: (squares / over).sqrt() }
}

/// A score before the floor.
fn scored(method: Normalisation, measure: &Gauge, line: &Ruler, x: f64) -> f64 {
    let toward = if measure.higher_is_better { x - line.zero } else { line.zero - x };
    let share = toward / line.span;
    match method {
        Normalisation::MinMax | Normalisation::Goalposts { capped: false } => 100.0 * share,
        Normalisation::Goalposts { capped: true } => 100.0 * share.clamp(0.0, 1.0),
        Normalisation::ZScore { .. } => share * 10.0 + 100.0,
        Normalisation::DistanceToTarget { capped: true } => 100.0 * share.min(1.0),
        Normalisation::DistanceToTarget { capped: false } => 100.0 * share,
        Normalisation::Efficacy => 60.0 + 40.0 * share,
        Normalisation::DistanceToBest
        | Normalisation::DistanceToWorst
        | Normalisation::DistanceToMean
        | Normalisation::DistanceToReference => {
            match (measure.higher_is_better, x > 0.0) {
                (true, _) => 100.0 * x / line.span,
                (false, true) => 100.0 * line.span / x,
                // What is to be divided by has to be positive.
                (false, false) => f64::NAN,
            }
        }
        Normalisation::AboveBelowMean => f64::from(i32::from(share > 0.2) - i32::from(share < -0.2)),
        Normalisation::Rank | Normalisation::Percentile | Normalisation::Borda => f64::NAN,
    }
}

/// Between limits the floor is their lower end; elsewhere the least score.
fn floored(method: Normalisation, floor: Option<f64>, score: f64) -> f64 {
    match (method, floor) {
        (_, None) => score,
        (Normalisation::MinMax | Normalisation::Goalposts { .. }, Some(floor)) => {
            floor + (100.0 - floor) * (score / 100.0)
        }
        (_, Some(floor)) if score < floor => floor,
        (_, Some(_)) => score,
    }
}

/// The scores that are of places alone: by how many are worse.
fn placed(
    method: Normalisation,
    higher_is_better: bool,
    floor: Option<f64>,
    values: &[Option<f64>],
    there: &[f64],
) -> Option<Vec<Option<f64>>> {
    let mut sorted = there.to_vec();
    sorted.sort_by(f64::total_cmp);
    let of = |value: f64| {
        let less = sorted.partition_point(|other| *other < value);
        let up_to = sorted.partition_point(|other| *other <= value);
        let worse = if higher_is_better { less } else { sorted.len() - up_to };
        let borda = worse as f64;
        let score = match method {
            Normalisation::Rank => borda + 1.0,
            Normalisation::Percentile => 100.0 * borda / (sorted.len() - 1) as f64,
            _ => borda,
        };
        floored(method, floor, score)
    };
    Some(values.iter().map(|value| value.map(of)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const UP: Gauge = Gauge { higher_is_better: true, low: None, high: None, reference: None, log: false };
    const POSTS: Gauge = Gauge {
        higher_is_better: true,
        low: Some(10.0),
        high: Some(30.0),
        reference: Some(40.0),
        log: false,
    };

    fn down(measure: &Gauge) -> Gauge {
        Gauge { higher_is_better: false, ..measure.clone() }
    }

    fn of(method: Normalisation, measure: &Gauge, floor: Option<f64>, values: &[f64]) -> Option<Vec<f64>> {
        let values: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        normalised(method, measure, floor, &values)?.into_iter().collect()
    }

    fn near(found: Option<Vec<f64>>, expected: &[f64], what: &str) {
        let found = found.unwrap_or_else(|| panic!("{what} fails"));
        assert_eq!(found.len(), expected.len(), "{what}");
        let is_near = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(is_near, "{what}: {found:?}, not {expected:?}");
    }

    #[test]
    fn each_method_gives_the_scores_of_its_formula_in_both_directions() {
        use Normalisation as N;
        let values = [10.0, 20.0, 20.0, 50.0];
        let deviation = (900.0_f64 / 3.0).sqrt();
        for (method, measure, up, lower) in [
            (N::MinMax, &UP, [0.0, 25.0, 25.0, 100.0], [100.0, 75.0, 75.0, 0.0]),
            (N::Goalposts { capped: true }, &POSTS, [0.0, 50.0, 50.0, 100.0], [100.0, 50.0, 50.0, 0.0]),
            (N::Goalposts { capped: false }, &POSTS, [0.0, 50.0, 50.0, 200.0], [100.0, 50.0, 50.0, -100.0]),
            (N::DistanceToBest, &UP, [20.0, 40.0, 40.0, 100.0], [100.0, 50.0, 50.0, 20.0]),
            (N::DistanceToReference, &POSTS, [25.0, 50.0, 50.0, 125.0], [400.0, 200.0, 200.0, 80.0]),
            (N::Rank, &UP, [1.0, 2.0, 2.0, 4.0], [4.0, 2.0, 2.0, 1.0]),
            (
                N::Percentile,
                &UP,
                [0.0, 100.0 / 3.0, 100.0 / 3.0, 100.0],
                [100.0, 100.0 / 3.0, 100.0 / 3.0, 0.0],
            ),
            (N::DistanceToWorst, &UP, [100.0, 200.0, 200.0, 500.0], [500.0, 250.0, 250.0, 100.0]),
            (N::DistanceToMean, &UP, [40.0, 80.0, 80.0, 200.0], [250.0, 125.0, 125.0, 50.0]),
            (N::AboveBelowMean, &UP, [-1.0, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, -1.0]),
            (N::Borda, &UP, [0.0, 1.0, 1.0, 3.0], [3.0, 1.0, 1.0, 0.0]),
            (N::Efficacy, &POSTS, [60.0, 80.0, 80.0, 140.0], [100.0, 80.0, 80.0, 20.0]),
            (
                N::DistanceToTarget { capped: true },
                &POSTS,
                [0.0, 100.0 / 3.0, 100.0 / 3.0, 100.0],
                [100.0, 100.0, 100.0, 0.0],
            ),
            (
                N::DistanceToTarget { capped: false },
                &POSTS,
                [0.0, 100.0 / 3.0, 100.0 / 3.0, 400.0 / 3.0],
                [400.0, 300.0, 300.0, 0.0],
            ),
            (
                N::ZScore { sample: true },
                &UP,
                [-15.0, -5.0, -5.0, 25.0].map(|gap| gap / deviation * 10.0 + 100.0),
                [15.0, 5.0, 5.0, -25.0].map(|gap| gap / deviation * 10.0 + 100.0),
            ),
            (
                N::ZScore { sample: false },
                &UP,
                [-15.0, -5.0, -5.0, 25.0].map(|gap| gap / 15.0 * 10.0 + 100.0),
                [15.0, 5.0, 5.0, -25.0].map(|gap| gap / 15.0 * 10.0 + 100.0),
            ),
        ] {
            near(of(method, measure, None, &values), &up, method.key());
            near(of(method, &down(measure), None, &values), &lower, &format!("{} down", method.key()));
        }
    }

    #[test]
    fn a_floor_is_the_lower_end_of_what_has_limits_and_the_least_score_elsewhere() {
        use Normalisation as N;
        let values = [10.0, 20.0, 30.0];
        near(of(N::MinMax, &UP, Some(1.0), &values), &[1.0, 50.5, 100.0], "minmax");
        near(of(N::Goalposts { capped: true }, &POSTS, Some(1.0), &values), &[1.0, 50.5, 100.0], "goalposts");
        near(of(N::Borda, &UP, Some(1.5), &values), &[1.5, 1.5, 2.0], "borda");
        near(of(N::Percentile, &UP, Some(1.0), &values), &[1.0, 50.0, 100.0], "percentile");
    }

    #[test]
    fn logarithms_are_taken_of_values_and_goalposts() {
        let log = Gauge { low: Some(1.0), high: Some(100.0), log: true, ..UP };
        let found = of(Normalisation::Goalposts { capped: true }, &log, None, &[1.0, 10.0, 100.0]);
        near(found, &[0.0, 50.0, 100.0], "log");
        assert_eq!(of(Normalisation::MinMax, &log, None, &[0.0, 1.0]), None);
    }

    #[test]
    fn what_is_alike_everywhere_has_no_score_where_a_method_needs_differences() {
        use Normalisation as N;
        for method in [N::MinMax, N::ZScore { sample: true }, N::ZScore { sample: false }] {
            assert_eq!(normalised(method, &UP, None, &[Some(3.0), None, Some(3.0)]), Some(vec![None; 3]));
            assert_eq!(normalised(method, &UP, None, &[Some(3.0), None]), Some(vec![None; 2]));
        }
        near(of(N::Percentile, &UP, None, &[3.0, 3.0]), &[0.0, 0.0], "percentile");
    }

    #[test]
    fn what_cannot_be_divided_by_fails() {
        use Normalisation as N;
        let missed = Gauge { reference: Some(1.0), ..UP };
        for (method, measure, values) in [
            (N::DistanceToBest, UP, [-2.0, 0.0]),
            (N::DistanceToBest, down(&UP), [0.0, 4.0]),
            (N::DistanceToReference, down(&POSTS), [0.0, 4.0]),
            (N::DistanceToReference, UP, [1.0, 4.0]),
            (N::DistanceToTarget { capped: true }, missed, [1.0, 4.0]),
            (N::Goalposts { capped: true }, UP, [1.0, 4.0]),
            (N::MinMax, UP, [f64::NAN, 1.0]),
            (N::MinMax, UP, [-1e308, 1e308]),
        ] {
            assert_eq!(of(method, &measure, None, &values), None, "{} {values:?}", method.key());
        }
    }
}
