//! Whether cities draw nearer to each other over the years (趋同): by the spread of their scores (σ), and by whether those that began low grew faster (β).
//!
//! Scores of several years can be held against each other only where they are held against what is fixed in advance; else each year has extremes and means of its own, and nothing
//! is said but that.

use super::gather::CityValues;
use super::scores::{PRINTED, Workings, of_city};
use super::{Composite, IndexValue};
use crate::ident::CityId;
use crate::ledger::{Ledger, Operation, StepId, Traced};
use crate::plan::{Aggregation, Normalisation};

/// Of fewer years nothing is said.
const FEWEST_YEARS: usize = 3;
/// Of fewer cities neither.
const FEWEST_CITIES: usize = 5;

/// Why nothing can be said of convergence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoConvergence {
    /// Scores are held against what is not fixed in advance.
    NotFixed,
    /// Too few years.
    Years,
    /// Too few cities have values of all these years.
    Cities,
    /// A score is nothing or less, or a mean is.
    NotPositive,
}

/// How scores drew nearer, or did not.
#[derive(Debug, Clone, PartialEq)]
pub struct Convergence {
    /// The cities that are compared, by place in the list of the index.
    pub cities: Vec<CityId>,
    /// The score of the first year of each.
    pub first: Vec<Traced>,
    /// The coefficient of variation of each year, in percent.
    pub spread: Vec<(i32, Traced)>,
    /// The slope of growth on the first level, both of logarithms; nothing where all began alike.
    pub slope: Option<Traced>,
}

/// Tells whether the cities of an index over years drew nearer; nothing without `[chain]`.
pub fn converging(composite: &mut Composite, cities: &[CityValues], year: i32, ledger: &mut Ledger) {
    let spec = composite.spec.clone();
    let Some(chain) = spec.chain else { return };
    let years: Vec<i32> = (chain.base_year..=year).collect();
    let is_fixed = spec.normalisation.is_fixed_in_advance()
        && spec.treatment.is_none()
        && spec.aggregation_of(spec.levels()) != Aggregation::Copeland;
    composite.convergence = Some(if !is_fixed {
        Err(NoConvergence::NotFixed)
    } else if years.len() < FEWEST_YEARS {
        Err(NoConvergence::Years)
    } else {
        YearScores { composite, cities, years: &years, workings: Workings { spec: &spec, cities, ledger } }
            .told()
    });
}

struct YearScores<'a, 'b> {
    composite: &'a Composite,
    cities: &'a [CityValues],
    years: &'a [i32],
    workings: Workings<'b>,
}

fn round(name: &str) -> StepId {
    StepId::new(format!("round/#index.{name}"))
}

impl YearScores<'_, '_> {
    fn told(mut self) -> Result<Convergence, NoConvergence> {
        let compared = self.compared();
        if compared.len() < FEWEST_CITIES {
            return Err(NoConvergence::Cities);
        }
        let weights = self.workings.weights();
        let mut by_year: Vec<Vec<Traced>> = Vec::new();
        let mut spread = Vec::new();
        for year in self.years {
            let by = format!("year.{year}.");
            let values = self.values(*year, &compared);
            let dimensions = self.workings.dimensions(&values, &weights, &by);
            let placed = vec![true; self.cities.len()];
            let index = self.workings.top(&dimensions, &weights, &placed, &by);
            let scores: Vec<Traced> =
                compared.iter().filter_map(|(at, _)| index.get(*at).cloned().flatten()).collect();
            if scores.len() < compared.len() {
                return Err(NoConvergence::NotPositive);
            }
            spread.push((*year, self.spread(&by, &scores)?));
            by_year.push(scores);
        }
        let first = by_year.first().cloned().unwrap_or_default();
        let last = by_year.last().cloned().unwrap_or_default();
        let slope = self.slope(&compared, &first, &last)?;
        let cities = compared.iter().filter_map(|(at, _)| Some(self.cities.get(*at)?.city.clone()));
        Ok(Convergence { cities: cities.collect(), first, spread, slope })
    }

    /// The cities with a place, by their place among all, that have values of their own of all years for enough of the indicators, with these indicators.
    fn compared(&self) -> Vec<(usize, Vec<usize>)> {
        let limit = crate::ledger::Exact::from(self.workings.spec.screening.city_coverage);
        let used: Vec<usize> = (0..self.composite.indicators.len())
            .filter(|at| self.composite.indicators.get(*at).is_some_and(|one| one.is_used))
            .collect();
        let whole = crate::ledger::Exact::from(used.len());
        let mut found = Vec::new();
        for (at, city) in self.cities.iter().enumerate() {
            if self.composite.city(&city.city).is_none_or(|one| one.rank.is_none()) {
                continue;
            }
            let has_all =
                |place: &usize| self.years.iter().all(|year| self.value(city, *place, *year).is_some());
            let own: Vec<usize> = used.iter().copied().filter(has_all).collect();
            let share = crate::ledger::Exact::from(own.len()).in_percent_of(&whole);
            if !own.is_empty() && share.is_some_and(|share| share >= limit) {
                found.push((at, own));
            }
        }
        found
    }

    fn value(&self, city: &CityValues, indicator: usize, year: i32) -> Option<Traced> {
        let source = city.sources.get(indicator)?;
        let is_last = self.years.last() == Some(&year);
        if is_last { source.reported.clone() } else { source.earlier.get(&year).cloned() }
    }

    /// The scores of a year, by indicator, then by city.
    fn values(&mut self, year: i32, compared: &[(usize, Vec<usize>)]) -> Vec<Vec<IndexValue>> {
        let spec = self.workings.spec;
        let nothing = IndexValue {
            reported: None,
            absent: None,
            plain: None,
            drawn: None,
            used: None,
            is_imputed: false,
            is_treated: false,
            score: None,
            rank: None,
        };
        let mut found = vec![vec![nothing; self.cities.len()]; spec.indicators.len()];
        for (city, own) in compared {
            for at in own {
                let score = self.score(*city, *at, year);
                let place = found.get_mut(*at).and_then(|of| of.get_mut(*city));
                if let Some(place) = place {
                    place.score = score;
                }
            }
        }
        found
    }

    fn score(&mut self, city: usize, at: usize, year: i32) -> Option<Traced> {
        let spec = self.workings.spec;
        let (own, indicator) = (self.cities.get(city)?, spec.indicators.get(at)?);
        let mut value = self.value(own, at, year)?;
        let name = |part: &str| of_city(&own.city, &format!("year.{year}.i.{}.{part}", indicator.id));
        if indicator.log {
            value = self.workings.does(name("log"), Operation::Log, &[("x", &value)]);
        }
        let method: Normalisation = spec.normalisation;
        let mut with = self.workings.held_against(indicator, at, method, &[]);
        if let Some(floor) = spec.floor {
            with.push(("floor", self.workings.parameter("index.floor", "index.floor", floor)));
        }
        let mut args = vec![("x", &value)];
        args.extend(with.iter().map(|(role, told)| (*role, told)));
        let operation =
            Operation::Normalise { higher: indicator.higher_is_better, method: method.key().to_owned() };
        let told = self.workings.does(name("score"), operation, &args);
        Some(told).filter(|told| told.value.is_something())
    }

    /// The coefficient of variation of a year.
    fn spread(&mut self, by: &str, scores: &[Traced]) -> Result<Traced, NoConvergence> {
        let args = super::scores::roles("x", scores);
        let mean = self.workings.does(round(&format!("{by}mean")), Operation::Mean, &args);
        if !mean.number().is_some_and(crate::ledger::Exact::is_positive) {
            return Err(NoConvergence::NotPositive);
        }
        let operation = Operation::Deviation { sample: false };
        let deviation = self.workings.does(round(&format!("{by}deviation")), operation, &args);
        let args = [("part", &deviation), ("whole", &mean)];
        let told = self.workings.ledger.does(round(&format!("{by}spread")), Operation::Share, &args, "%");
        self.workings.ledger.shown(&told.id, &told, PRINTED);
        Ok(told)
    }

    /// The slope of growth on the first level.
    fn slope(
        &mut self,
        compared: &[(usize, Vec<usize>)],
        first: &[Traced],
        last: &[Traced],
    ) -> Result<Option<Traced>, NoConvergence> {
        let mut pairs = Vec::new();
        for ((at, _), (first, last)) in compared.iter().zip(first.iter().zip(last)) {
            let Some(city) = self.cities.get(*at) else { continue };
            let mut log = |name: &str, of: &Traced| {
                self.workings.does(of_city(&city.city, name), Operation::Log, &[("x", of)])
            };
            let (x, y) = (log("level.first", first), log("level.last", last));
            if !x.value.is_something() || !y.value.is_something() {
                return Err(NoConvergence::NotPositive);
            }
            pairs.extend([("x", x), ("y", y)]);
        }
        let args: Vec<(&'static str, &Traced)> = pairs.iter().map(|(role, told)| (*role, told)).collect();
        let told = self.workings.does(round("slope"), Operation::GrowthSlope, &args);
        Ok(Some(told).filter(|told| told.value.is_something()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, evaluate};
    use super::*;
    use crate::ledger::{Exact, StepValue};
    use crate::plan::{ChainSpec, Goalposts, IndexDimension, IndexIndicator, IndexSpec, Weighting};
    use rust_decimal::Decimal;

    /// Between fixed goalposts, of one domain with three indicators.
    fn spec(weighting: Weighting) -> IndexSpec {
        let (low, high) = (Some(Decimal::ZERO), Some(Decimal::ONE_HUNDRED));
        let indicator = |at: usize| IndexIndicator {
            weight: Decimal::from(at + 1),
            goalposts: Goalposts { low, high, reference: None },
            ..IndexIndicator::bare(format!("i{at}").as_str().into(), 0)
        };
        let domain = IndexDimension::bare("a", None, 1);
        IndexSpec {
            normalisation: Normalisation::Goalposts { capped: true },
            weighting,
            chain: Some(ChainSpec { base_year: 2021 }),
            ..IndexSpec::of_parts(vec![domain], (0..3).map(indicator).collect())
        }
    }

    #[test]
    fn scores_of_years_have_the_weights_of_the_index_wherever_these_come_from() {
        let values = [[10, 20, 15], [20, 25, 40], [30, 45, 20], [40, 40, 70], [50, 70, 35], [60, 65, 90]];
        for weighting in [Weighting::Equal, Weighting::Given, Weighting::Principal] {
            let (spec, mut ledger) = (spec(weighting), Ledger::default());
            let mut told = |name: String, value: i64| {
                ledger.leaf(StepId::new(name), Operation::Constant, StepValue::Number(Exact::whole(value)))
            };
            let mut cities = Vec::new();
            for (city, row) in values.iter().enumerate() {
                let mut sources = Vec::new();
                for (at, value) in row.iter().enumerate() {
                    let earlier = [2021, 2022].map(|year| {
                        let name = format!("c{city}/i{at}/{year}");
                        (year, told(name, value - i64::from(2023 - year)))
                    });
                    let reported = Some(told(format!("c{city}/i{at}"), *value));
                    sources.push(Source { reported, earlier: earlier.into(), ..Source::default() });
                }
                let city = CityId::parse(&format!("c{city}")).unwrap();
                cities.push(CityValues { city, is_withheld: false, sources });
            }
            let mut found = evaluate(&spec, &cities, 2023, &mut ledger).unwrap();
            converging(&mut found, &cities, 2023, &mut ledger);
            assert!(matches!(found.convergence, Some(Ok(_))), "{weighting:?}");
            for city in &found.cities {
                let of_year = ledger.told(&of_city(&city.city, "year.2023.score")).unwrap();
                assert_eq!(of_year.value, city.index.clone().unwrap().value, "{weighting:?} {}", city.city);
            }
        }
    }
}
