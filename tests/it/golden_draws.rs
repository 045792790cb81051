//! The index in binary floating point against one that was worked through elsewhere: the example of COINr, with 200 draws of weights, other methods, and one
//! domain left out at a time (`tests/golden/index/asem_coinr`); and the Croatian index of 2017 by Mazziotta and Pareto (`tests/golden/index/croatia_2017`).

use std::collections::BTreeMap;

use duibiao::composite::robust::{Model, ModelInputs, left_out, nearest_rank, pearson, ranks};
use duibiao::plan::{Aggregation, Goalposts, IndexDimension, IndexIndicator, IndexSpec, Normalisation};
use rust_decimal::Decimal;

use crate::workspace::{Row, csv_rows, repository};

fn rows(name: &str) -> Vec<Row> {
    csv_rows(&repository().join(format!("tests/golden/index/asem_coinr/{name}.csv")))
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap()
}

/// The tree of the example: domains of the upper level before those of the lower.
struct Example {
    dimensions: Vec<(String, Option<usize>)>,
    indicators: Vec<(String, usize)>,
    values: Vec<Row>,
}

impl Example {
    fn read() -> Self {
        let meta = rows("00_meta");
        let mut dimensions: Vec<(String, Option<usize>)> = Vec::new();
        let at =
            |dimensions: &[(String, Option<usize>)], id: &str| dimensions.iter().position(|one| one.0 == id);
        for level in ["3", "2"] {
            for row in meta.iter().filter(|row| row["level"] == level) {
                dimensions.push((row["code"].clone(), at(&dimensions, &row["parent"])));
            }
        }
        let leaves = meta.iter().filter(|row| row["level"] == "1");
        let indicators =
            leaves.map(|row| (row["code"].clone(), at(&dimensions, &row["parent"]).unwrap())).collect();
        Self { dimensions, indicators, values: rows("06_normalised") }
    }

    /// Without domains: all indicators in one.
    fn flat(mut self) -> Self {
        self.dimensions = vec![("all".to_owned(), None)];
        self.indicators.iter_mut().for_each(|one| one.1 = 0);
        self
    }

    fn spec(&self, normalisation: Normalisation, aggregation: &[Aggregation]) -> IndexSpec {
        let level =
            |parent: &Option<usize>| if parent.is_none() && self.dimensions.len() > 1 { 2 } else { 1 };
        let dimension =
            |(id, parent): &(String, Option<usize>)| IndexDimension::bare(id, *parent, level(parent));
        let goalposts =
            Goalposts { low: Some(Decimal::ZERO), high: Some(Decimal::ONE_HUNDRED), reference: None };
        let indicator = |(id, dimension): &(String, usize)| IndexIndicator {
            goalposts: goalposts.clone(),
            ..IndexIndicator::bare(id.as_str().into(), *dimension)
        };
        let dimensions = self.dimensions.iter().map(dimension).collect();
        let indicators = self.indicators.iter().map(indicator).collect();
        IndexSpec {
            normalisation,
            aggregation: aggregation.to_vec(),
            ..IndexSpec::of_parts(dimensions, indicators)
        }
    }

    fn model(&self, spec: &IndexSpec) -> Model {
        let of = |row: &Row| self.indicators.iter().map(|(id, _)| Some(number(row, id))).collect();
        let raw: Vec<Vec<Option<f64>>> = self.values.iter().map(of).collect();
        let inputs = ModelInputs {
            used: vec![true; self.indicators.len()],
            dimension_weights: vec![1.0; self.dimensions.len()],
            indicator_weights: vec![1.0; self.indicators.len()],
            treated: raw.clone(),
            placed: raw.len(),
            raw,
        };
        Model::new(spec, &inputs)
    }

    /// The values are normalised already: between 0 and 100 they stay as they are.
    fn normalised(&self) -> Model {
        self.model(&self.spec(Normalisation::Goalposts { capped: false }, &[Aggregation::Arithmetic]))
    }
}

fn near(found: &[f64], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (at, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{what}, unit {at}: {a}, not {b}");
    }
}

fn column(rows: &[Row], name: &str) -> Vec<f64> {
    rows.iter().map(|row| number(row, name)).collect()
}

fn places(rows: &[Row], name: &str) -> Vec<u32> {
    rows.iter().map(|row| row[name].parse().unwrap()).collect()
}

#[test]
fn two_hundred_draws_of_weights_give_the_scores_and_places_that_were_drawn_elsewhere() {
    let example = Example::read();
    let model = example.normalised();
    let weights = rows("11_mc_weights_200reps");
    let scores = rows("11_mc_index_scores_200reps");
    let expected = rows("11_mc_index_ranks_200reps");
    let mut counts = vec![vec![0_u32; scores.len()]; scores.len()];
    for name in (1..=200).map(|number| format!("r{number}")) {
        let mut choice = model.own().clone();
        for (at, (id, _)) in example.dimensions.iter().enumerate() {
            let row = weights.iter().find(|row| row["iCode"] == *id).unwrap();
            choice.weights[at] = number(row, &name);
        }
        let found = model.index(&choice).unwrap();
        near(&found, &column(&scores, &name), &name);
        assert_eq!(ranks(&found), places(&expected, &name), "{name}");
        for (city, rank) in ranks(&found).into_iter().enumerate() {
            counts[city][rank as usize - 1] += 1;
        }
    }
    // Of 200 draws the nearest rank is the tenth: AUS in place 34, or 35 as the median.
    let aus: Vec<_> = [5, 50, 95].map(|percent| nearest_rank(&counts[0], percent)).to_vec();
    assert_eq!(aus, [Some(34), Some(35), Some(35)]);
}

#[test]
fn leaving_out_a_domain_moves_cities_as_far_as_elsewhere() {
    let example = Example::read();
    let model = example.normalised();
    let (scores, expected) = (rows("12_leave_one_pillar_out_scores"), rows("12_leave_one_pillar_out_ranks"));
    let nominal = model.index(model.own()).unwrap();
    near(&nominal, &column(&scores, "Nominal"), "nominal");
    let own = ranks(&nominal);
    assert_eq!(own, places(&expected, "Nominal"));
    let summary = rows("12_leave_one_pillar_out_summary");
    let found = left_out(&model, &own);
    let mut compared = 0;
    for row in summary.iter().filter(|row| row["code"] != "Nominal") {
        let name = &row["code"];
        let place = example.dimensions.iter().position(|one| one.0 == *name).unwrap();
        let without = found.iter().find(|one| one.is_dimension && one.place == place).unwrap();
        assert_eq!(without.ranks, places(&expected, name), "{name}");
        near(&[without.mean_shift], &[number(row, "mean_abs_rank_change")], name);
        let mut choice = model.own().clone();
        choice.weights[place] = 0.0;
        near(&model.index(&choice).unwrap(), &column(&scores, name), name);
        compared += 1;
    }
    assert_eq!((compared, found.len()), (8, 10 + 49));
}

#[test]
fn other_methods_give_the_scores_that_they_give_elsewhere() {
    let example = Example::read();
    let by_method = rows("10_index_by_method");
    let from_one = Some(Decimal::ONE);
    for (method, aggregation, floor, name, scale) in [
        (Normalisation::MinMax, Aggregation::Arithmetic, None, "base", (1.0, 0.0)),
        (Normalisation::MinMax, Aggregation::Geometric, from_one, "gmean", (1.0, 0.0)),
        (Normalisation::MinMax, Aggregation::Harmonic, from_one, "hmean", (1.0, 0.0)),
        // There standard deviations count 2 around 10, here 10 around 100.
        (Normalisation::ZScore { sample: true }, Aggregation::Arithmetic, None, "zscore_amean", (0.2, -10.0)),
    ] {
        let mut spec = example.spec(method, &[aggregation]);
        spec.floor = floor;
        let model = example.model(&spec);
        let found = model.index(model.own()).unwrap();
        let found: Vec<f64> = found.iter().map(|score| score * scale.0 + scale.1).collect();
        near(&found, &column(&by_method, name), name);
    }
}

/// What is stored there carries the rounding of 49 shares of 1/49; of ten units the points are those of exact arithmetic.
#[test]
fn points_by_copeland_are_those_of_exact_arithmetic() {
    let exact: BTreeMap<&str, f64> = BTreeMap::from([
        ("AUT", 31.0),
        ("BEL", 39.0),
        ("CZE", 19.0),
        ("DEU", 26.0),
        ("ESP", 1.0),
        ("HUN", 11.0),
        ("LTU", 18.0),
        ("MLT", 30.0),
        ("NLD", 45.0),
        ("POL", 3.0),
    ]);
    let example = Example::read().flat();
    let normalised = Normalisation::Goalposts { capped: false };
    let model = example.model(&example.spec(normalised, &[Aggregation::Copeland, Aggregation::Arithmetic]));
    let expected: Vec<f64> = rows("10_index_by_method")
        .iter()
        .map(|row| {
            let stored = || number(row, "copeland_flat_equal_weights");
            exact.get(row["uCode"].as_str()).copied().unwrap_or_else(stored)
        })
        .collect();
    near(&model.index(model.own()).unwrap(), &expected, "copeland");
}

#[test]
fn the_index_of_556_places_by_mazziotta_and_pareto_is_what_was_published() {
    let values = csv_rows(&repository().join("tests/golden/index/croatia_2017/croatia_2017.csv"));
    let codes = ["inc", "rev", "edu", "pop", "emp", "agi"];
    let indicators = codes.map(|code| (code.to_owned(), 0)).to_vec();
    let example = Example { dimensions: Vec::new(), indicators, values }.flat();
    let penalised = Aggregation::MazziottaPareto { penalised: true };
    let population = Normalisation::ZScore { sample: false };
    let mut spec = example.spec(population, &[penalised, Aggregation::Arithmetic]);
    // Unemployment, and the index of ageing.
    spec.indicators.iter_mut().skip(4).for_each(|one| one.higher_is_better = false);
    let model = example.model(&spec);
    let found = model.index(model.own()).unwrap();
    assert_eq!(found.len(), 556);
    for (score, row) in found.iter().zip(&example.values) {
        assert_eq!(format!("{score:.3}"), format!("{:.3}", number(row, "index")), "{row:?}");
    }
}

#[test]
fn correlations_of_domains_are_those_found_elsewhere() {
    let example = Example::read();
    let model = example.normalised();
    let evaluated = model.evaluated(model.leaves(model.own()).unwrap(), model.own()).unwrap();
    let scores = |id: &str| {
        let at = example.dimensions.iter().position(|one| one.0 == id).unwrap();
        evaluated.dimensions[at].as_ref().unwrap().listed()
    };
    let expected = rows("09_corr_level2");
    for row in &expected {
        let found = pearson(&scores(&row["Var1"]), &scores(&row["Var2"])).unwrap();
        near(&[found], &[number(row, "Correlation")], &format!("{row:?}"));
    }
    assert_eq!(expected.len(), 64);
}
