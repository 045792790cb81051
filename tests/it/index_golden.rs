//! Published composite indices with known answers, computed as a round's index is. Sources and licences stand beside the figures in `tests/golden/index/`.

use std::path::PathBuf;

use duibiao::composite::{CityValues, Composite, NoValue, Source, evaluate};
use duibiao::ident::{CityId, IndicatorId};
use duibiao::ledger::{Exact, Ledger, Operation, StepId, StepValue, Traced, outranking};
use duibiao::plan::{
    Aggregation, Averaging, ChainSpec, Goalposts, Imputation, IndexDimension, IndexFault, IndexIndicator,
    IndexSpec, NoPrincipal, Normalisation, PeerGroup, Treatment, Weighting,
};
use rust_decimal::Decimal;

use crate::workspace::repository;

/// A table of a golden folder: names of columns, rows with their first cell.
struct Golden {
    columns: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

impl Golden {
    fn read(path: &str) -> Self {
        let path: PathBuf = repository().join("tests/golden/index").join(path);
        let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        let columns = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| {
            let row: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
            (row[0].clone(), row)
        });
        Self { columns, rows: rows.collect() }
    }

    fn column(&self, name: &str) -> usize {
        self.columns.iter().position(|own| own == name).unwrap_or_else(|| panic!("no column {name}"))
    }

    fn cell(&self, row: &str, column: &str) -> &str {
        let at = self.column(column);
        let row = self.rows.iter().find(|(own, _)| own == row).unwrap_or_else(|| panic!("no row {row}"));
        &row.1[at]
    }

    fn names(&self) -> Vec<String> {
        self.rows.iter().map(|(name, _)| name.clone()).collect()
    }
}

fn city(name: &str) -> CityId {
    let slug: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    CityId::parse(&format!("c{slug}")).unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("{text} is no decimal"))
}

/// Digits of a double, which may be written with an exponent.
fn exact(text: &str) -> Exact {
    let (digits, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let power: i32 = power.parse().unwrap();
    let ten = Exact::parse(&format!("1{}", "0".repeat(power.unsigned_abs() as usize))).unwrap();
    let digits = Exact::parse(digits).unwrap_or_else(|| panic!("{text} is no number"));
    if power < 0 { digits.over(&ten).unwrap() } else { digits.times(&ten) }
}

fn indicator(id: &str, dimension: usize, higher_is_better: bool) -> IndexIndicator {
    let id = IndicatorId::some(id.to_lowercase()).unwrap();
    IndexIndicator { higher_is_better, ..IndexIndicator::bare(id, dimension) }
}

/// Computes an index of units by name and indicator; empty cells have no value.
fn computed(spec: &IndexSpec, units: &[String], value: impl Fn(&str, usize) -> String) -> Composite {
    tried(spec, units, value).unwrap()
}

fn tried(
    spec: &IndexSpec,
    units: &[String],
    value: impl Fn(&str, usize) -> String,
) -> Result<Composite, IndexFault> {
    let mut ledger = Ledger::default();
    let mut cities = Vec::new();
    for unit in units {
        let source = |(at, one): (usize, &IndexIndicator)| {
            let text = value(unit, at);
            let told = (!text.is_empty() && text != "NA").then(|| {
                let id = StepId::new(format!("golden/{unit}/{}", one.id));
                ledger.leaf(id, Operation::Constant, StepValue::Number(exact(&text)))
            });
            Source { reported: told, ..Source::default() }
        };
        let sources = spec.indicators.iter().enumerate().map(source).collect();
        cities.push(CityValues { city: city(unit), is_withheld: false, sources });
    }
    evaluate(spec, &cities, 2020, &mut ledger)
}

fn number(told: Option<&Traced>) -> f64 {
    told.and_then(Traced::number).and_then(Exact::double).unwrap_or(f64::NAN)
}

impl Find for Composite {
    fn index(&self, unit: &str) -> f64 {
        number(self.city(&city(unit)).unwrap().index.as_ref())
    }

    fn of_dimension(&self, unit: &str, at: usize) -> f64 {
        number(self.city(&city(unit)).unwrap().dimensions[at].score.as_ref())
    }

    fn of_indicator(&self, unit: &str, at: usize) -> f64 {
        number(self.city(&city(unit)).unwrap().values[at].score.as_ref())
    }
}

/// What is looked for in an index.
trait Find {
    fn index(&self, unit: &str) -> f64;
    fn of_dimension(&self, unit: &str, at: usize) -> f64;
    fn of_indicator(&self, unit: &str, at: usize) -> f64;
}

/// How many of the numbers agree to so much of their size, and in all.
#[derive(Default, Debug, PartialEq)]
struct Agreed {
    count: usize,
    all: usize,
    off: Vec<String>,
}

impl Agreed {
    fn hold(&mut self, found: f64, published: &str, tolerance: f64, what: &str) {
        let published: f64 = published.parse().unwrap_or(f64::NAN);
        self.all += 1;
        if (found - published).abs() <= tolerance * published.abs().max(1.0) {
            self.count += 1;
        } else {
            self.off.push(format!("{what}: {found} and not {published}"));
        }
    }
}

// ASEM: domains before their parts.
const PILLARS: [&str; 8] =
    ["Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin"];

struct Asem {
    spec: IndexSpec,
    units: Vec<String>,
    codes: Vec<String>,
    /// What is not denominated there.
    values: Golden,
    groups: Golden,
}

fn asem() -> Asem {
    let meta = Golden::read("asem_coinr/00_meta.csv");
    let mut dimensions = vec![IndexDimension::bare("Conn", None, 2), IndexDimension::bare("Sust", None, 2)];
    for (at, pillar) in PILLARS.iter().enumerate() {
        dimensions.push(IndexDimension::bare(pillar, Some(usize::from(at >= 5)), 1));
    }
    let (mut indicators, mut codes) = (Vec::new(), Vec::new());
    for (_, row) in meta.rows.iter().filter(|(_, row)| row[meta.column("type")] == "Indicator") {
        let parent = &row[meta.column("parent")];
        let at = PILLARS.iter().position(|pillar| pillar == parent).unwrap();
        codes.push(row[meta.column("code")].clone());
        indicators.push(indicator(codes.last().unwrap(), at + 2, row[meta.column("direction")] == "1"));
    }
    let values = Golden::read("asem_coinr/02_denominated.csv");
    let groups = Golden::read("asem_coinr/01_raw.csv");
    let mut spec = IndexSpec::of_parts(dimensions, indicators);
    spec.imputation = Imputation::Group(Averaging::Mean);
    spec.treatment =
        Some(Treatment { skewness: decimal("2"), kurtosis: decimal("3.5"), most: 5, falls_back: true });
    for side in ["Europe", "Asia"] {
        let of = groups.rows.iter().filter(|(_, row)| row[groups.column("EurAsia_group")] == side);
        let cities = of.map(|(_, row)| city(&row[groups.column("uCode")])).collect();
        spec.peers.push(PeerGroup { name: side.to_owned(), en: None, cities });
    }
    Asem { spec, units: values.names(), codes, values, groups }
}

impl Asem {
    fn tried(&self, spec: &IndexSpec) -> Result<Composite, IndexFault> {
        tried(spec, &self.units, |unit, at| self.values.cell(unit, &self.codes[at]).to_owned())
    }

    fn computed(&self, spec: &IndexSpec) -> Composite {
        self.tried(spec).unwrap()
    }
}

#[test]
fn what_is_imputed_drawn_in_and_made_comparable_in_the_asem_example_comes_out() {
    let asem = asem();
    assert!(!asem.groups.rows.is_empty());
    let found = asem.computed(&asem.spec);
    let place = |code: &str| asem.codes.iter().position(|own| own == code).unwrap();
    let used = |unit: &str, code: &str| {
        let value = &found.city(&city(unit)).unwrap().values[place(code)];
        (number(value.used.as_ref()), value.is_imputed, value.is_treated)
    };
    let imputed = Golden::read("asem_coinr/03_imputed_cells.csv");
    let mut agreed = Agreed::default();
    let treated = Golden::read("asem_coinr/05_treated_cells.csv");
    let is_treated =
        |unit: &str, code: &str| treated.rows.iter().any(|(own, row)| own == unit && row[1] == code);
    for (method, row) in &imputed.rows {
        if method == "i_mean_grp_EurAsia_group" && !is_treated(&row[1], &row[2]) {
            let (value, is_imputed, _) = used(&row[1], &row[2]);
            agreed.hold(value, &row[3], 1e-12, &format!("03 {} {}", row[1], row[2]));
            assert!(is_imputed, "{row:?}");
        }
    }
    let marked = found.cities.iter().flat_map(|one| &one.values).filter(|value| value.is_imputed).count();
    assert_eq!(marked, 65);
    for (unit, row) in &treated.rows {
        let (value, _, is_treated) = used(unit, &row[1]);
        agreed.hold(value, &row[3], 1e-12, &format!("05 {unit} {}", row[1]));
        assert!(is_treated, "{row:?}");
    }
    let marked = found.cities.iter().flat_map(|one| &one.values).filter(|value| value.is_treated).count();
    assert_eq!(marked, 35);
    let normalised = Golden::read("asem_coinr/06_normalised.csv");
    for unit in &asem.units {
        for (at, code) in asem.codes.iter().enumerate() {
            let score = found.of_indicator(unit, at);
            agreed.hold(score, normalised.cell(unit, code), 1e-9, &format!("06 {unit} {code}"));
        }
    }
    assert_eq!(agreed.off, Vec::<String>::new());
    assert_eq!(agreed.count, 65 - imputed_and_treated(&imputed, is_treated) + 35 + 2499);
}

#[test]
fn scores_places_and_weights_of_the_asem_example_come_out() {
    let asem = asem();
    let found = asem.computed(&asem.spec);
    let mut agreed = Agreed::default();
    let aggregated = Golden::read("asem_coinr/07_aggregated.csv");
    let ranks = Golden::read("asem_coinr/08_ranks.csv");
    for unit in &asem.units {
        for (at, one) in asem.spec.dimensions.iter().enumerate() {
            let score = found.of_dimension(unit, at);
            agreed.hold(score, aggregated.cell(unit, &one.id), 1e-9, &format!("07 {unit} {}", one.id));
            let own = found.city(&city(unit)).unwrap();
            assert_eq!(
                own.dimensions[at].rank.unwrap().to_string(),
                ranks.cell(unit, &one.id),
                "{unit} {}",
                one.id
            );
        }
        agreed.hold(found.index(unit), aggregated.cell(unit, "Index"), 1e-9, &format!("07 {unit}"));
        assert_eq!(
            found.city(&city(unit)).unwrap().rank.unwrap().to_string(),
            ranks.cell(unit, "Index"),
            "{unit}"
        );
    }
    let weights = Golden::read("asem_coinr/09_effective_weights.csv");
    for (at, code) in asem.codes.iter().enumerate() {
        let weight = number(found.indicators[at].weight.as_ref()) / 100.0;
        agreed.hold(weight, weights.cell(code, &weights.columns[weights.columns.len() - 1]), 1e-9, code);
    }
    assert_eq!(agreed.off, Vec::<String>::new());
    assert_eq!(agreed.count, 11 * 51 + 49);
}

/// What the ledger makes of numbers.
fn done(operation: Operation, args: &[(&'static str, &str)]) -> f64 {
    let mut ledger = Ledger::default();
    let leaf = |(at, (role, text)): (usize, &(&'static str, &str))| {
        let id = StepId::new(format!("golden/{at}"));
        (*role, ledger.leaf(id, Operation::Constant, StepValue::Number(exact(text))))
    };
    let args: Vec<_> = args.iter().enumerate().map(leaf).collect();
    number(Some(&ledger.does(StepId::new("golden"), operation, &args, "")))
}

#[test]
fn denominators_and_statistics_of_the_asem_example_come_out() {
    let meta = Golden::read("asem_coinr/00_meta.csv");
    let [raw, divided, statistics] = ["01_raw", "02_denominated", "09_indicator_stats_raw"]
        .map(|name| Golden::read(&format!("asem_coinr/{name}.csv")));
    let (mut agreed, mut denominated) = (Agreed::default(), 0);
    for (_, row) in meta.rows.iter().filter(|(_, row)| row[meta.column("type")] == "Indicator") {
        let (code, per) = (&row[meta.column("code")], &row[meta.column("denominator")]);
        let is_there = |cell: &&str| !matches!(*cell, "" | "NA");
        for (unit, _) in &raw.rows {
            let value = raw.cell(unit, code);
            let below = if per.is_empty() { "1" } else { raw.cell(unit, per) };
            if is_there(&value) && is_there(&below) {
                let found = done(Operation::Quotient, &[("x", value), ("per", below)]);
                denominated += usize::from(!per.is_empty());
                agreed.hold(found, divided.cell(unit, code), 1e-12, &format!("02 {unit} {code}"));
            } else {
                assert!(!is_there(&divided.cell(unit, code)), "{unit} {code}");
            }
        }
        let column: Vec<_> = raw.names().iter().map(|unit| raw.cell(unit, code).to_owned()).collect();
        let args: Vec<_> =
            column.iter().map(String::as_str).filter(is_there).map(|cell| ("x", cell)).collect();
        for (name, operation) in
            [("Skew", Operation::Skewness), ("Kurt", Operation::Kurtosis), ("Mean", Operation::Mean)]
        {
            agreed.hold(
                done(operation, &args),
                statistics.cell(code, name),
                1e-9,
                &format!("09 {name} {code}"),
            );
        }
    }
    assert_eq!(agreed.off, Vec::<String>::new());
    assert!(denominated > 0 && agreed.count == 2499 - 65 + 3 * 49, "{denominated} {}", agreed.count);
}

fn imputed_and_treated(imputed: &Golden, is_treated: impl Fn(&str, &str) -> bool) -> usize {
    let own = imputed.rows.iter().filter(|(method, _)| method == "i_mean_grp_EurAsia_group");
    own.filter(|(_, row)| is_treated(&row[1], &row[2])).count()
}

#[test]
fn other_methods_of_the_asem_example_come_out() {
    let asem = asem();
    let index = Golden::read("asem_coinr/10_index_by_method.csv");
    let meta = Golden::read("asem_coinr/00_meta.csv");
    let one = decimal("1");
    type Way = (&'static str, Normalisation, Option<Decimal>, Aggregation, fn(f64) -> f64);
    let ways: [Way; 7] = [
        ("gmean", Normalisation::MinMax, Some(one), Aggregation::Geometric, |x| x),
        ("hmean", Normalisation::MinMax, Some(one), Aggregation::Harmonic, |x| x),
        ("zscore_amean", Normalisation::ZScore { sample: true }, None, Aggregation::Arithmetic, |x| {
            (x - 100.0) / 5.0 + 10.0
        }),
        ("rank_amean", Normalisation::Rank, None, Aggregation::Arithmetic, |x| x),
        ("borda_amean", Normalisation::Borda, None, Aggregation::Arithmetic, |x| x),
        ("prank_amean", Normalisation::Percentile, None, Aggregation::Arithmetic, |x| x / 100.0),
        (
            "dist2targ_amean",
            Normalisation::DistanceToTarget { capped: false },
            None,
            Aggregation::Arithmetic,
            |x| x / 100.0,
        ),
    ];
    let mut agreed = Agreed::default();
    for (name, normalisation, floor, aggregation, as_there) in ways {
        let mut spec = asem.spec.clone();
        (spec.normalisation, spec.floor, spec.aggregation) = (normalisation, floor, vec![aggregation]);
        for (at, one) in spec.indicators.iter_mut().enumerate() {
            let target = meta.rows.iter().find(|(_, row)| row[1] == asem.codes[at]).unwrap();
            let target = &target.1[meta.column("target")];
            one.goalposts.reference = target.parse().ok();
        }
        let found = asem.computed(&spec);
        for unit in &asem.units {
            agreed.hold(as_there(found.index(unit)), index.cell(unit, name), 1e-9, &format!("{name} {unit}"));
        }
    }
    assert_eq!(agreed.off, Vec::<String>::new());
    assert_eq!((agreed.count, agreed.all), (7 * 51, 7 * 51));
}

/// Eigenvalues and vectors by LAPACK (numpy's `eigh`), of the scores of `06_normalised.csv`.
const COMPONENTS: [&[&str]; 4] = [
    &[
        "0.142118531",
        "0.083342069",
        "0.127196345",
        "0.123474182",
        "0.144501327",
        "0.165719601",
        "0.075887090",
        "0.137760856",
    ],
    &["0.171529865", "0.255797551", "0.114235019", "0.197222867", "0.261214698"],
    &["0.334783260", "0.327036855", "0.338179885"],
    // Of the three domains above.
    &["0.322437482", "0.337712526", "0.339849992"],
];

#[test]
fn weights_out_of_principal_components_of_the_asem_example_are_those_of_lapack() {
    let mut asem = asem();
    let of_first = |one: &IndexIndicator| one.dimension >= 2 && one.dimension < 5;
    let kept: Vec<usize> = (0..asem.codes.len()).filter(|at| of_first(&asem.spec.indicators[*at])).collect();
    asem.codes = kept.iter().map(|at| asem.codes[*at].clone()).collect();
    asem.spec.indicators = kept.iter().map(|at| asem.spec.indicators[*at].clone()).collect();
    asem.spec.indicators.iter_mut().for_each(|one| one.dimension -= 2);
    asem.spec.dimensions = PILLARS[..3].iter().map(|pillar| IndexDimension::bare(pillar, None, 1)).collect();
    asem.spec.weighting = Weighting::Principal;
    let found = asem.computed(&asem.spec);
    let mut agreed = Agreed::default();
    for (at, weights) in COMPONENTS.iter().enumerate() {
        let own: Vec<&Traced> = match at {
            3 => found.weights.iter().collect(),
            at => asem.spec.indicators_of(at).filter_map(|at| found.indicators[at].weight.as_ref()).collect(),
        };
        let all: f64 = own.iter().map(|weight| number(Some(weight))).sum();
        assert_eq!(own.len(), weights.len());
        for (own, weight) in own.into_iter().zip(*weights) {
            agreed.hold(number(Some(own)) / all, weight, 2e-9, PILLARS[at]);
        }
    }
    assert_eq!(agreed.off, Vec::<String>::new());
    assert_eq!(agreed.count, 19);
}

#[test]
fn indicators_at_odds_have_no_weights_out_of_principal_components_and_are_named() {
    let mut asem = asem();
    asem.spec.weighting = Weighting::Principal;
    let fault = asem.tried(&asem.spec).unwrap_err();
    // From below: of the last domain first. By LAPACK its loading has the other sign (−0.475).
    let IndexFault::NoPrincipal { of, why: NoPrincipal::AtOdds(id) } = &fault else { panic!("{fault}") };
    assert_eq!((of.as_str(), id.as_str()), ("SusEcFin", "rdexp"));
}

#[test]
fn copeland_of_the_asem_example_is_exact_where_the_stored_one_has_noise() {
    let asem = asem();
    let mut spec = asem.spec.clone();
    // Each indicator a domain of its own: pairs are won over all of them.
    spec.dimensions = asem.codes.iter().map(|code| IndexDimension::bare(code, None, 1)).collect();
    for (at, one) in spec.indicators.iter_mut().enumerate() {
        one.dimension = at;
    }
    spec.aggregation = vec![Aggregation::Arithmetic, Aggregation::Copeland];
    let found = asem.computed(&spec);
    let stored = Golden::read("asem_coinr/10_index_by_method.csv");
    // 49 times 1/49 is not one in binary: pairs that are even are won or lost there.
    let right = [
        ("AUT", 31),
        ("BEL", 39),
        ("CZE", 19),
        ("DEU", 26),
        ("ESP", 1),
        ("HUN", 11),
        ("LTU", 18),
        ("MLT", 30),
        ("NLD", 45),
        ("POL", 3),
    ];
    for unit in &asem.units {
        let score = found.index(unit).to_string();
        match right.iter().find(|(own, _)| own == unit) {
            Some((_, right)) => assert_eq!(score, right.to_string(), "{unit}"),
            None => assert_eq!(score, stored.cell(unit, "copeland_flat_equal_weights"), "{unit}"),
        }
    }
}

#[test]
fn the_croatian_development_index_of_2017_comes_out_to_its_third_digit() {
    let golden = Golden::read("croatia_2017/croatia_2017.csv");
    let indicators = ["inc", "rev", "emp", "edu", "pop", "agi"];
    let all = indicators.iter().map(|id| indicator(id, 0, !matches!(*id, "emp" | "agi"))).collect();
    let mut spec = IndexSpec::of_parts(vec![IndexDimension::bare("all", None, 1)], all);
    spec.normalisation = Normalisation::ZScore { sample: false };
    spec.aggregation = vec![Aggregation::MazziottaPareto { penalised: true }, Aggregation::Arithmetic];
    let found = computed(&spec, &golden.names(), |unit, at| golden.cell(unit, indicators[at]).to_owned());
    let mut agreed = 0;
    for (unit, row) in &golden.rows {
        let index = found.city(&city(unit)).unwrap().index.as_ref().unwrap().number().unwrap().fixed(3);
        let published = exact(&row[golden.column("index")]).fixed(3);
        assert_eq!(index, published, "{unit}");
        agreed += 1;
    }
    assert_eq!(agreed, 556);
}

#[test]
fn a_value_without_a_logarithm_says_so_and_what_stands_in_without_one_stands_for_nothing() {
    let mut one = indicator("x", 0, true);
    one.log = true;
    let mut spec = IndexSpec::of_parts(vec![IndexDimension::bare("all", None, 1)], vec![one]);
    spec.imputation = Imputation::All(Averaging::Mean);
    let units = ["a", "b", "c"].map(str::to_owned);
    let value = |unit: &str, _: usize| match unit {
        "a" => "-9".to_owned(),
        "b" => "8".to_owned(),
        _ => String::new(),
    };
    let found = computed(&spec, &units, value);
    let of = |unit: &str| &found.city(&city(unit)).unwrap().values[0];
    assert_eq!((of("a").absent, of("a").used.is_some()), (Some(NoValue::NoLogarithm), false));
    assert_eq!((of("b").absent, of("b").used.is_some()), (None, true));
    // The mean of -9 and 8.
    assert_eq!((of("c").is_imputed, of("c").used.is_some()), (false, false));
}

/// Rounded with a tie away from nothing: as the handbook and the press print.
fn half_up(exact: &Exact, places: u32) -> String {
    let scale = Exact::whole(10_i64.pow(places));
    let up = exact.size().times(&scale).plus(&Exact::parse("0.5").unwrap()).truncated();
    let cut = up.over(&scale).unwrap();
    let cut = if exact.is_positive() { cut } else { Exact::zero().minus(&cut) };
    cut.fixed(places)
}

#[test]
fn ten_ways_to_make_values_comparable_are_those_of_the_oecd_handbook() {
    let golden = Golden::read("oecd_tai/table_15_normalisation_schooling.csv");
    let n = Exact::from(golden.rows.len());
    let hundred = Exact::whole(100);
    let identity = |x: &Exact| x.clone();
    let percent = |x: &Exact| x.over(&Exact::whole(100)).unwrap();
    let less_one = |x: &Exact| x.over(&Exact::whole(100)).unwrap().minus(&Exact::whole(1));
    let deviations = |x: &Exact| x.minus(&Exact::whole(100)).over(&Exact::whole(10)).unwrap();
    let of_all = |x: &Exact| x.times(&hundred).over(&n).unwrap();
    type Way<'a> = (&'a str, Normalisation, &'a dyn Fn(&Exact) -> Exact, u32);
    let ways: [Way<'_>; 10] = [
        ("rank_high_is_top", Normalisation::Rank, &identity, 0),
        ("zscore", Normalisation::ZScore { sample: true }, &deviations, 2),
        ("minmax", Normalisation::MinMax, &percent, 2),
        ("ratio_to_mean", Normalisation::DistanceToMean, &percent, 2),
        ("ratio_to_best", Normalisation::DistanceToBest, &percent, 2),
        ("ratio_to_worst", Normalisation::DistanceToWorst, &percent, 2),
        ("diff_from_mean", Normalisation::DistanceToMean, &less_one, 2),
        ("diff_from_worst", Normalisation::DistanceToWorst, &less_one, 2),
        ("above_below_mean_p20", Normalisation::AboveBelowMean, &identity, 0),
        ("percentile", Normalisation::Rank, &of_all, 1),
    ];
    let mut agreed = 0;
    for (column, normalisation, as_there, places) in ways {
        let mut spec = IndexSpec::of_parts(
            vec![IndexDimension::bare("all", None, 1)],
            vec![indicator("schooling", 0, true)],
        );
        spec.normalisation = normalisation;
        let value = |unit: &str, _: usize| golden.cell(unit, "mean_years_school").to_owned();
        let found = computed(&spec, &golden.names(), value);
        for (unit, row) in &golden.rows {
            let score = found.city(&city(unit)).unwrap().values[0].score.clone().unwrap();
            let own = as_there(score.number().unwrap());
            let printed = half_up(&own, places);
            let published = half_up(&exact(&row[golden.column(column)]), places);
            assert_eq!(printed, published, "{column} of {unit}");
            agreed += 1;
        }
    }
    assert_eq!(agreed, 230);
}

/// The Technology Achievement Index: goalposts, cut at both ends, two of them on a scale of logarithms.
fn tai(royalties_of_singapore: &str) -> (Golden, Composite) {
    let golden = Golden::read("oecd_tai/table_A2_raw_23_countries.csv");
    let posts = Golden::read("oecd_tai/undp_2001_goalposts.csv");
    let columns: Vec<String> = golden.columns[1..].to_vec();
    let indicators = columns.iter().map(|column| {
        let mut one = indicator(column, 0, true);
        let name = column.trim_end_matches("_log10");
        let post = |field: &str| decimal(posts.cell(name, field));
        // The table has logarithms, the goalposts have not.
        let of = |field: &str| match column.ends_with("_log10") {
            true => Decimal::try_from(post(field).to_string().parse::<f64>().unwrap().log10()).unwrap(),
            false => post(field),
        };
        one.goalposts = Goalposts { low: Some(of("min")), high: Some(of("max")), reference: None };
        one
    });
    let mut spec = IndexSpec::of_parts(vec![IndexDimension::bare("all", None, 1)], indicators.collect());
    spec.normalisation = Normalisation::Goalposts { capped: true };
    let value = |unit: &str, at: usize| match (unit, columns[at].as_str()) {
        ("Singapore", "ROYALTIES") => royalties_of_singapore.to_owned(),
        _ => golden.cell(unit, &columns[at]).to_owned(),
    };
    let found = computed(&spec, &golden.names(), value);
    (golden, found)
}

#[test]
fn the_technology_achievement_index_of_2001_comes_out() {
    // What was published is met only without Singapore's royalties; the handbook has 25.5, and the places by it.
    let (golden, found) = tai("0");
    let (_, of_handbook) = tai("25.5");
    let published = Golden::read("oecd_tai/undp_2001_published_tai.csv");
    let ranks = Golden::read("oecd_tai/table_38_rankings_by_aggregation.csv");
    let mut met = 0;
    for (unit, _) in &golden.rows {
        let value: f64 = published.cell(unit, "tai_published_2001").parse().unwrap();
        let off = (found.index(unit) / 100.0 - value).abs();
        assert!(off <= 0.0015, "{unit}: {} and not {value}", found.index(unit));
        assert_eq!(
            of_handbook.city(&city(unit)).unwrap().rank.unwrap().to_string(),
            ranks.cell(unit, "LIN"),
            "{unit}"
        );
        met += 1;
    }
    assert_eq!(met, 23);
}

#[test]
fn geometric_means_of_raw_values_have_the_places_of_the_handbook() {
    let golden = Golden::read("oecd_tai/table_A2_raw_23_countries.csv");
    let columns = &golden.columns[1..];
    let indicators = columns.iter().map(|column| {
        let mut one = indicator(column, 0, true);
        // Held against one, a value is what it is.
        one.goalposts.reference = Some(Decimal::ONE);
        one
    });
    let mut spec = IndexSpec::of_parts(vec![IndexDimension::bare("all", None, 1)], indicators.collect());
    spec.normalisation = Normalisation::DistanceToReference;
    spec.aggregation = vec![Aggregation::Geometric, Aggregation::Geometric];
    let found = computed(&spec, &golden.names(), |unit, at| golden.cell(unit, &columns[at]).to_owned());
    let ranks = Golden::read("oecd_tai/table_38_rankings_by_aggregation.csv");
    for (unit, _) in &golden.rows {
        let place = found.city(&city(unit)).unwrap().rank.unwrap();
        assert_eq!(place.to_string(), ranks.cell(unit, "GME"), "{unit}");
    }
    assert_eq!(golden.rows.len(), 23);
}

#[test]
fn five_countries_outrank_each_other_as_in_the_handbook() {
    let golden = Golden::read("oecd_tai/table_35_impact_matrix_5.csv");
    let values: Vec<Vec<Exact>> =
        golden.rows.iter().map(|(_, row)| row[1..].iter().map(|cell| exact(cell)).collect()).collect();
    let eighth = exact("0.125");
    let weights = vec![&eighth; golden.columns.len() - 1];
    let parts = |at: usize| values[at].iter().map(Some).collect::<Vec<_>>();
    let names = golden.names();
    let place = |name: &str| names.iter().position(|own| own == name).unwrap();
    let ahead = |one: &str, other: &str| outranking(&parts(place(one)), &parts(place(other)), &weights).0;
    let published = Golden::read("oecd_tai/table_36_outranking_5.csv");
    let mut pairs = 0;
    for one in &names {
        for other in names.iter().filter(|other| *other != one) {
            assert_eq!(ahead(one, other), exact(published.cell(one, other)), "{one} {other}");
            pairs += 1;
        }
    }
    assert_eq!(pairs, 20);
    // Kemeny: what an order has for it in all of its pairs.
    let orders = Golden::read("oecd_tai/table_37_kemeny_scores.csv");
    for (_, row) in &orders.rows {
        let order = &row[..5];
        let pairs = (0..5).flat_map(|first| (first + 1..5).map(move |second| (first, second)));
        let score =
            pairs.fold(Exact::zero(), |sum, (one, other)| sum.plus(&ahead(&order[one], &order[other])));
        assert_eq!(score, exact(&row[5]), "{order:?}");
    }
    assert_eq!(orders.rows.len(), 6);
}

#[test]
fn the_china_innovation_index_is_the_mean_of_its_domains() {
    let golden = Golden::read("nbs_cii/domains.csv");
    let domains = ["environment", "input", "output", "effect"];
    let dimensions = domains.iter().map(|id| IndexDimension::bare(id, None, 1)).collect();
    let indicators = domains.iter().enumerate().map(|(at, id)| {
        let mut one = indicator(id, at, true);
        one.goalposts = Goalposts { low: Some(Decimal::ZERO), high: Some(decimal("100")), reference: None };
        one
    });
    let mut spec = IndexSpec::of_parts(dimensions, indicators.collect());
    spec.normalisation = Normalisation::Goalposts { capped: false };
    let found = computed(&spec, &golden.names(), |year, at| golden.cell(year, domains[at]).to_owned());
    for (year, row) in &golden.rows {
        let index = found.city(&city(year)).unwrap().index.clone().unwrap();
        assert_eq!(
            half_up(index.number().unwrap(), 1),
            exact(&row[golden.column("index")]).fixed(1),
            "{year}"
        );
    }
    assert_eq!(found.cities.len(), 9);
}

#[test]
fn the_domain_of_environment_of_the_china_innovation_index_is_chained_by_symmetric_growth() {
    let golden = Golden::read("nbs_cii/environment_2005_2012.csv");
    let codes: Vec<String> = golden.names().into_iter().filter(|code| code != "env").collect();
    let indicators = codes.iter().map(|code| indicator(code, 0, true)).collect();
    let mut spec = IndexSpec::of_parts(vec![IndexDimension::bare("environment", None, 1)], indicators);
    spec.chain = Some(ChainSpec { base_year: 2005 });
    let mut ledger = Ledger::default();
    let mut told = |code: &str, year: i32| {
        let value = StepValue::Number(exact(golden.cell(code, &year.to_string())));
        ledger.leaf(StepId::new(format!("golden/{code}/{year}")), Operation::Constant, value)
    };
    let sources = codes.iter().map(|code| Source {
        reported: Some(told(code, 2012)),
        absent: None,
        earlier: (2005..2012).map(|year| (year, told(code, year))).collect(),
    });
    let own = CityValues { city: city("china"), is_withheld: false, sources: sources.collect() };
    let found = evaluate(&spec, &[own], 2012, &mut ledger).unwrap();
    let chain = &found.cities[0].chain;
    let mut at_the_digit = 0;
    for (year, index) in chain {
        let published = golden.cell("env", &year.to_string());
        let off = (number(Some(index)) - published.parse::<f64>().unwrap()).abs();
        // Its indicators are published with one digit.
        assert!(off <= 0.1, "{year}: {} and not {published}", number(Some(index)));
        at_the_digit += usize::from(half_up(index.number().unwrap(), 1) == exact(published).fixed(1));
    }
    assert_eq!((chain.len(), at_the_digit), (8, 6));
}

/// A published index whose inputs are printed with few digits: computed from the least and from the greatest inputs that print so, and from those that are printed.
struct Printed<'a> {
    spec: &'a IndexSpec,
    golden: &'a Golden,
    units: Vec<String>,
    /// Of each indicator its column, and by how much a printed value can be off.
    columns: &'a [(&'a str, &'a str)],
    /// What stands for a value that is not printed, and is exact then.
    unprinted: &'a str,
}

impl Printed<'_> {
    /// Holds each index, of 100, to the published one, of 1 with three digits; how many come out at the digit.
    fn held(&self, column: &str) -> usize {
        let [least, printed, greatest] = [-1, 0, 1].map(|way| {
            computed(self.spec, &self.units, |unit, at| {
                let (name, half) = self.columns[at];
                match self.golden.cell(unit, name) {
                    "" => self.unprinted.to_owned(),
                    text => (decimal(text) + decimal(half) * Decimal::from(way)).to_string(),
                }
            })
        });
        let mut at_the_digit = 0;
        for unit in &self.units {
            let published = self.golden.cell(unit, column);
            let value: f64 = published.parse().unwrap();
            let [low, high] = [&least, &greatest].map(|found| found.index(unit) / 100.0);
            assert!(low <= value + 0.0005 && value - 0.0005 <= high, "{unit}: {value}, and {low} to {high}");
            let own = printed.city(&city(unit)).unwrap().index.clone().unwrap();
            let own = own.number().unwrap().over(&exact("100")).unwrap();
            at_the_digit += usize::from(half_up(&own, 3) == exact(published).fixed(3));
        }
        at_the_digit
    }
}

fn between(id: &str, dimension: usize, [low, high]: [&str; 2], log: bool) -> IndexIndicator {
    let goalposts = Goalposts { low: Some(decimal(low)), high: Some(decimal(high)), reference: None };
    IndexIndicator { goalposts, log, ..indicator(id, dimension, true) }
}

fn of_three_domains(indicators: Vec<IndexIndicator>, top: Aggregation) -> IndexSpec {
    let domains = ["health", "education", "income"].map(|id| IndexDimension::bare(id, None, 1));
    let mut spec = IndexSpec::of_parts(domains.to_vec(), indicators);
    spec.normalisation = Normalisation::Goalposts { capped: true };
    spec.aggregation = vec![Aggregation::Arithmetic, top];
    spec
}

#[test]
fn the_human_development_index_of_2014_comes_out() {
    let golden = Golden::read("undp_hdi/hdi_2014.csv");
    let indicators = vec![
        between("life", 0, ["20", "85"], false),
        between("expected", 1, ["0", "18"], false),
        between("mean", 1, ["0", "15"], false),
        between("income", 2, ["100", "75000"], true),
    ];
    let spec = of_three_domains(indicators, Aggregation::Geometric);
    let columns = [("life_exp", "0.05"), ("eys", "0.05"), ("mys", "0.05"), ("gnipc", "0.5")];
    let printed =
        Printed { spec: &spec, golden: &golden, units: golden.names(), columns: &columns, unprinted: "" };
    assert_eq!((printed.units.len(), printed.held("hdi")), (24, 17));
}

#[test]
fn the_human_development_index_of_2007_comes_out() {
    let golden = Golden::read("undp_hdi/hdi_2007.csv");
    let mut indicators = vec![
        between("life", 0, ["25", "85"], false),
        between("literacy", 1, ["0", "100"], false),
        between("enrolment", 1, ["0", "100"], false),
        between("income", 2, ["100", "40000"], true),
    ];
    indicators[1].weight = Decimal::TWO;
    let spec = of_three_domains(indicators, Aggregation::Arithmetic);
    let columns = [("life_exp", "0.05"), ("literacy", "0.05"), ("ger", "0.05"), ("gdppc", "0.5")];
    let is_whole = |unit: &String| {
        !unit.starts_with("Hong Kong")
            && ["life_exp", "ger"].iter().all(|name| !golden.cell(unit, name).is_empty())
    };
    let units = golden.names().into_iter().filter(is_whole).collect();
    let printed = Printed { spec: &spec, golden: &golden, units, columns: &columns, unprinted: "99.0" };
    assert_eq!((printed.units.len(), printed.held("hdi")), (23, 18));
    let found = computed(&spec, &printed.units, |unit, at| match golden.cell(unit, columns[at].0) {
        "" => "99.0".to_owned(),
        text => text.to_owned(),
    });
    for unit in &printed.units {
        let income = found.city(&city(unit)).unwrap().dimensions[2].score.clone().unwrap();
        let income = income.number().unwrap().over(&exact("100")).unwrap();
        assert_eq!(half_up(&income, 3), exact(golden.cell(unit, "gdp_index")).fixed(3), "{unit}");
    }
}

#[test]
fn the_subnational_human_development_index_of_india_comes_out() {
    let golden = Golden::read("gdl_shdi/india_2019_2021.csv");
    let one = |id: &str, at: usize| between(id, at, ["0", "1"], false);
    let indicators = vec![one("health", 0), one("education", 1), one("income", 2)];
    let spec = of_three_domains(indicators, Aggregation::Geometric);
    let columns = ["health_index", "education_index", "income_index"].map(|name| (name, "0.0005"));
    let printed =
        Printed { spec: &spec, golden: &golden, units: golden.names(), columns: &columns, unprinted: "" };
    assert_eq!((printed.units.len(), printed.held("shdi")), (74, 65));
}
