//! What it takes to see how certain the order of an index is: 10,000 draws of 103 cities and 30 indicators in six domains, in seconds and as a multiple of
//! a plain loop that sums as many products on one thread in the same run; medians of runs in turn. `cargo bench --bench index`.
//!
//! Draws of weights alone are such sums and little else. With all factors a third of them go over
//! all pairs of cities.

#![expect(clippy::unwrap_used, reason = "a failing benchmark may panic")]
#![expect(clippy::print_stdout, reason = "the results")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use duibiao::composite::robust::{Model, ModelInputs, Stream, Urn, certainty, ranks};
use duibiao::plan::{
    Aggregation, Factor, IndexDimension, IndexIndicator, IndexSpec, Normalisation, Robustness, Treatment,
};
use rust_decimal::Decimal;

const CITIES: u64 = 103;
const INDICATORS: usize = 30;
const DIMENSIONS: usize = 6;
const DRAWS: u32 = 10_000;
const RUNS: usize = 5;
const THREADS: usize = 2;

fn main() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(THREADS).build().unwrap();
    let (arithmetic, geometric) = (Aggregation::Arithmetic, Aggregation::Geometric);
    let all = [arithmetic, geometric, Aggregation::Copeland];
    let every =
        [Factor::Weights, Factor::Normalisation, Factor::Aggregation, Factor::Treatment, Factor::Inclusion];
    for (what, aggregation, factors, aggregations) in [
        ("weights, arithmetic means", arithmetic, &[Factor::Weights][..], &all[..1]),
        ("weights, geometric means", geometric, &[Factor::Weights], &all[1..2]),
        ("all factors, the top arithmetic, geometric or by Copeland", arithmetic, &every, &all),
    ] {
        let robustness = robustness(factors, aggregations);
        let spec = spec(aggregation, &robustness);
        let model = Model::new(&spec, &inputs());
        let (mut own, mut plain, mut whole) = (Vec::new(), Vec::new(), Vec::new());
        let mut failed = 0;
        for _ in 0..RUNS {
            plain.push(products());
            let begin = Instant::now();
            let draws = pool.install(|| Urn::new(&model, &robustness).draws());
            own.push(begin.elapsed());
            failed = draws.iter().filter(|draw| draw.scores.is_none()).count();
        }
        let places = ranks(&model.index(model.own()).unwrap());
        let begin = Instant::now();
        black_box(pool.install(|| certainty(&model, &robustness, &places)).unwrap());
        whole.push(begin.elapsed());
        let (own, plain) = (median(own), median(plain));
        println!(
            "{what}: {DRAWS} draws in {:.3} s on {THREADS} threads, {:.1} times the {:.3} s of as many products; {failed} failed; with all else {:.3} s",
            own.as_secs_f64(),
            own.as_secs_f64() / plain.as_secs_f64(),
            plain.as_secs_f64(),
            median(whole).as_secs_f64(),
        );
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// A plain loop over as many products as the draws of weights have.
fn products() -> Duration {
    let cities = usize::try_from(CITIES).unwrap();
    let values = black_box(vec![1.000_001; cities * INDICATORS]);
    let weights = black_box(vec![0.5; INDICATORS]);
    let mut sum = 0.0;
    let begin = Instant::now();
    for _ in 0..DRAWS {
        for row in black_box(&values).chunks(INDICATORS) {
            sum += row.iter().zip(&weights).map(|(value, weight)| value * weight).sum::<f64>();
        }
    }
    black_box(sum);
    begin.elapsed()
}

fn robustness(factors: &[Factor], aggregations: &[Aggregation]) -> Robustness {
    Robustness {
        draws: DRAWS,
        seed: 1,
        weight_spread: Decimal::from(25),
        factors: factors.to_vec(),
        normalisations: vec![
            Normalisation::MinMax,
            Normalisation::ZScore { sample: true },
            Normalisation::Percentile,
        ],
        aggregations: aggregations.to_vec(),
    }
}

fn inputs() -> ModelInputs {
    let row = |city: u64| Stream::new(1, city).uniforms(0, INDICATORS).into_iter().map(Some).collect();
    let raw: Vec<Vec<Option<f64>>> = (0..CITIES).map(row).collect();
    ModelInputs {
        used: vec![true; INDICATORS],
        dimension_weights: vec![1.0; DIMENSIONS],
        indicator_weights: vec![1.0; INDICATORS],
        treated: raw.iter().map(|row| row.iter().map(|value| value.map(|x| x.min(0.9))).collect()).collect(),
        placed: raw.len(),
        raw,
    }
}

fn spec(aggregation: Aggregation, robustness: &Robustness) -> IndexSpec {
    let dimension = |at: usize| IndexDimension::bare(&format!("d{at}"), None, 1);
    let indicator = |at: usize| IndexIndicator::bare(format!("i{at}").as_str().into(), at % DIMENSIONS);
    let parts = ((0..DIMENSIONS).map(dimension).collect(), (0..INDICATORS).map(indicator).collect());
    IndexSpec {
        treatment: Some(Treatment {
            skewness: Decimal::TWO,
            kurtosis: Decimal::TWO,
            most: 5,
            falls_back: false,
        }),
        floor: Some(Decimal::ONE),
        aggregation: vec![aggregation],
        robustness: Some(robustness.clone()),
        ..IndexSpec::of_parts(parts.0, parts.1)
    }
}
