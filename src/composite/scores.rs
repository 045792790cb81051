//! From values to scores: what is left out, what stands in, what is made comparable.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::gather::{CityValues, of_value};
use super::{IndexValue, IndexedIndicator, NoValue};
use crate::ident::CityId;
use crate::ledger::{Exact, Ledger, Operation, StepId, StepValue, Traced};
use crate::plan::{Averaging, Imputation, IndexIndicator, IndexSpec, Normalisation};

/// Digits behind the point of scores, weights and shares as they are printed.
pub(super) const PRINTED: u32 = 1;

/// What an index is computed with.
pub(super) struct Workings<'a> {
    pub(super) spec: &'a IndexSpec,
    pub(super) cities: &'a [CityValues],
    pub(super) ledger: &'a mut Ledger,
}

/// The name of what an index makes of an indicator over all cities.
pub(super) fn of_indicator(indicator: &IndexIndicator, part: &str) -> StepId {
    StepId::new(format!("round/#index.i.{}.{part}", indicator.id))
}

/// The name of what an index makes of a city.
pub(super) fn of_city(city: &CityId, part: &str) -> StepId {
    StepId::new(format!("{city}/#index.{part}"))
}

/// Values with a role each.
pub(super) fn roles<'t>(
    role: &'static str,
    all: impl IntoIterator<Item = &'t Traced>,
) -> Vec<(&'static str, &'t Traced)> {
    all.into_iter().map(|one| (role, one)).collect()
}

impl Workings<'_> {
    /// A key of `index.toml` with its number.
    pub(super) fn parameter(&mut self, key: &str, entry: &str, value: Decimal) -> Traced {
        let file = self.spec.file.clone();
        let id = StepId::new(format!("{file}#{key}"));
        let line = self.spec.line_of(entry);
        self.ledger.leaf(id, Operation::Parameter { file, line }, StepValue::Number(Exact::from(value)))
    }

    /// A field of an indicator's entry.
    pub(super) fn of_entry(&mut self, place: usize, field: &str, value: Decimal) -> Traced {
        let id = self.spec.indicators.get(place).map_or_else(String::new, |one| one.id.to_string());
        let key = format!("indicator.{id}.{field}");
        self.parameter(&key, &key, value)
    }

    pub(super) fn does(
        &mut self,
        id: StepId,
        operation: Operation,
        args: &[(&'static str, &Traced)],
    ) -> Traced {
        self.ledger.does(id, operation, args, "")
    }

    /// The share of cities that have a value of each indicator, and whether it is enough.
    pub(super) fn indicators(&mut self) -> Vec<IndexedIndicator> {
        let spec = self.spec;
        let limit = spec.screening.indicator_coverage;
        let limit = self.parameter("screening.indicator_coverage", "screening.indicator_coverage", limit);
        let all = self.ledger.constant(i64::try_from(self.cities.len()).unwrap_or(i64::MAX));
        let mut found = Vec::new();
        for (at, one) in spec.indicators.iter().enumerate() {
            let cities = self.cities.iter();
            let present: Vec<Traced> =
                cities.filter_map(|city| city.sources.get(at)?.reported.clone()).collect();
            let present = self.ledger.count(of_indicator(one, "present"), &present, Vec::new());
            let args = [("part", &present), ("whole", &all)];
            let coverage = self.ledger.does(of_indicator(one, "coverage"), Operation::Share, &args, "%");
            self.shown(&coverage);
            let args = [("share", &coverage), ("limit", &limit)];
            let is_used = self.does(of_indicator(one, "used"), Operation::Covers, &args).is_true();
            found.push(IndexedIndicator {
                coverage,
                is_used,
                weight: None,
                treated: 0,
                imputed: 0,
                is_logged: false,
            });
        }
        found
    }

    /// Writes a figure down as it is printed.
    pub(super) fn shown(&mut self, told: &Traced) {
        self.ledger.shown(&told.id, told, PRINTED);
    }

    /// For how much of the indicators that are used a city has values, and whether it is enough for a place.
    pub(super) fn coverage(&mut self, used: &[bool]) -> Vec<(Traced, bool)> {
        let limit = self.spec.screening.city_coverage;
        let limit = self.parameter("screening.city_coverage", "screening.city_coverage", limit);
        let count = used.iter().filter(|used| **used).count();
        let whole = self.ledger.constant(i64::try_from(count).unwrap_or(i64::MAX));
        let mut found = Vec::new();
        for one in self.cities {
            let present = one.sources.iter().zip(used).filter(|(_, used)| **used);
            let present: Vec<Traced> = present.filter_map(|(source, _)| source.reported.clone()).collect();
            let present = self.ledger.count(of_city(&one.city, "present"), &present, Vec::new());
            let args = [("part", &present), ("whole", &whole)];
            let coverage = self.ledger.does(of_city(&one.city, "coverage"), Operation::Share, &args, "%");
            self.shown(&coverage);
            let args = [("share", &coverage), ("limit", &limit)];
            let is_enough = self.does(of_city(&one.city, "covered"), Operation::Covers, &args).is_true();
            found.push((coverage, is_enough && !one.is_withheld));
        }
        found
    }

    /// The way of an indicator of all cities: what is used of each, and its score. Statistics are over the cities with a place.
    pub(super) fn scored(
        &mut self,
        at: usize,
        placed: &[bool],
        about: &mut IndexedIndicator,
    ) -> Vec<IndexValue> {
        let mut values: Vec<IndexValue> = self.cities.iter().map(|city| IndexValue::of(city, at)).collect();
        let Some(indicator) = self.spec.indicators.get(at).filter(|_| about.is_used) else { return values };
        self.impute(indicator, at, placed, &mut values);
        values.iter_mut().for_each(|value| value.plain = value.used.clone());
        if let Some(treatment) = &self.spec.treatment {
            about.is_logged = self.treat(indicator, treatment, placed, &mut values);
        }
        values.iter_mut().for_each(|value| value.drawn = value.used.clone());
        if indicator.log {
            for (value, city) in values.iter_mut().zip(self.cities) {
                let Some(used) = &value.used else { continue };
                let id = of_value(&city.city, &indicator.id, "log");
                let log = self.ledger.does(id, Operation::Log, &[("x", used)], "");
                value.take_logarithm(log);
            }
        }
        about.treated = values.iter().filter(|value| value.is_treated).count();
        about.imputed = values.iter().filter(|value| value.is_imputed).count();
        self.normalise(indicator, at, placed, &mut values);
        values
    }

    /// What stands in for values that are not there, of cities with a place.
    fn impute(&mut self, indicator: &IndexIndicator, at: usize, placed: &[bool], values: &mut [IndexValue]) {
        let cities = self.cities;
        let groups: Vec<Option<usize>> =
            cities.iter().map(|one| self.spec.place_of_group(&one.city)).collect();
        let lacks: Vec<usize> = placed
            .iter()
            .zip(values.iter())
            .enumerate()
            .filter(|(_, (placed, value))| **placed && value.used.is_none())
            .map(|(city, _)| city)
            .collect();
        let known = |group: Option<usize>| -> Vec<Traced> {
            let own: Vec<bool> =
                groups.iter().zip(placed).map(|(own, placed)| *placed && *own == group).collect();
            compared(values, &own)
        };
        let mut standing = Vec::new();
        for city in lacks {
            let own = groups.get(city).copied().flatten();
            let (over, averaging, name) = match self.spec.imputation {
                Imputation::Off => return,
                Imputation::Last => {
                    let earlier = cities.get(city).and_then(|one| one.sources.get(at));
                    let last = earlier.and_then(|source| source.earlier.values().next_back()).cloned();
                    standing.extend(last.map(|last| (city, last)));
                    continue;
                }
                Imputation::All(averaging) => (compared(values, placed), averaging, "stands_in".to_owned()),
                Imputation::Group(averaging) => {
                    let place = own.map_or(0, |place| place.saturating_add(1));
                    (known(own), averaging, format!("stands_in.{place}"))
                }
            };
            let operation = match averaging {
                Averaging::Mean => Operation::Mean,
                Averaging::Median => Operation::Median,
            };
            let told = self.ledger.does(of_indicator(indicator, &name), operation, &roles("x", &over), "");
            standing.push((city, told));
        }
        for (city, told) in standing {
            let Some(value) = values.get_mut(city).filter(|_| told.value.is_something()) else { continue };
            (value.used, value.is_imputed) = (Some(told), true);
        }
    }

    /// Scores of an indicator of all cities.
    fn normalise(
        &mut self,
        indicator: &IndexIndicator,
        at: usize,
        placed: &[bool],
        values: &mut [IndexValue],
    ) {
        let over = compared(values, placed);
        let method = self.spec.normalisation;
        let mut with = self.held_against(indicator, at, method, &over);
        if let Some(floor) = self.spec.floor {
            with.push(("floor", self.parameter("index.floor", "index.floor", floor)));
        }
        let higher = indicator.higher_is_better;
        for (value, city) in values.iter_mut().zip(self.cities) {
            let Some(used) = &value.used else { continue };
            let mut args = vec![("x", used)];
            args.extend(with.iter().map(|(role, told)| (*role, told)));
            let operation = Operation::Normalise { higher, method: method.key().to_owned() };
            let score = self.ledger.does(of_value(&city.city, &indicator.id, "score"), operation, &args, "");
            if score.value.is_something() {
                self.shown(&score);
                value.score = Some(score);
            }
        }
        let scores: Vec<Option<Traced>> = values.iter().map(|value| value.score.clone()).collect();
        let names = self.cities.iter().map(|one| of_value(&one.city, &indicator.id, "rank"));
        let names: Vec<StepId> = names.collect();
        let ranks = self.ranks(&of_indicator(indicator, "places"), &names, &scores, placed);
        for (value, rank) in values.iter_mut().zip(ranks) {
            value.rank = rank;
        }
    }

    /// What values are held against by a method.
    pub(super) fn held_against(
        &mut self,
        indicator: &IndexIndicator,
        at: usize,
        method: Normalisation,
        over: &[Traced],
    ) -> Vec<(&'static str, Traced)> {
        let higher = indicator.higher_is_better;
        let posts = &indicator.goalposts;
        let mut of = |part: &str, operation: Operation| {
            self.does(of_indicator(indicator, part), operation, &roles("x", over))
        };
        match method {
            Normalisation::MinMax => {
                vec![("low", of("least", Operation::Least)), ("high", of("greatest", Operation::Greatest))]
            }
            Normalisation::ZScore { sample } => vec![
                ("mean", of("mean", Operation::Mean)),
                ("deviation", of("deviation", Operation::Deviation { sample })),
            ],
            Normalisation::DistanceToBest | Normalisation::DistanceToWorst => {
                let greatest = higher == (method == Normalisation::DistanceToBest);
                vec![(
                    "reference",
                    if greatest {
                        of("greatest", Operation::Greatest)
                    } else {
                        of("least", Operation::Least)
                    },
                )]
            }
            Normalisation::DistanceToMean => vec![("reference", of("mean", Operation::Mean))],
            Normalisation::AboveBelowMean => vec![("mean", of("mean", Operation::Mean))],
            Normalisation::DistanceToTarget { .. } => {
                let from =
                    if higher { of("least", Operation::Least) } else { of("greatest", Operation::Greatest) };
                let target = self.post(indicator, at, "reference", posts.reference);
                std::iter::once(("from", from)).chain(target.map(|target| ("target", target))).collect()
            }
            Normalisation::Rank | Normalisation::Percentile | Normalisation::Borda => {
                vec![("among", of("values", Operation::Order))]
            }
            Normalisation::DistanceToReference => {
                let told = self.post(indicator, at, "reference", posts.reference);
                told.map(|told| ("reference", told)).into_iter().collect()
            }
            Normalisation::Goalposts { .. } | Normalisation::Efficacy => {
                let low = self.post(indicator, at, "low", posts.low).map(|told| ("low", told));
                let high = self.post(indicator, at, "high", posts.high).map(|told| ("high", told));
                low.into_iter().chain(high).collect()
            }
        }
    }

    /// What is fixed in advance, its logarithm where that of the values is taken.
    fn post(
        &mut self,
        indicator: &IndexIndicator,
        at: usize,
        field: &str,
        value: Option<Decimal>,
    ) -> Option<Traced> {
        let told = self.of_entry(at, field, value?);
        if !indicator.log {
            return Some(told);
        }
        Some(self.does(of_indicator(indicator, &format!("{field}.log")), Operation::Log, &[("x", &told)]))
    }

    /// Places by score, the greatest first, of those with a place; the others have none.
    pub(super) fn ranks(
        &mut self,
        order: &StepId,
        names: &[StepId],
        scores: &[Option<Traced>],
        placed: &[bool],
    ) -> Vec<Option<usize>> {
        let counted: Vec<Option<&Traced>> =
            scores.iter().zip(placed).map(|(score, placed)| score.as_ref().filter(|_| *placed)).collect();
        let args = roles("x", counted.iter().flatten().copied());
        let places = self.does(order.clone(), Operation::Places, &args);
        let mut position = 0_usize;
        let mut found = Vec::new();
        for (score, name) in counted.iter().zip(names) {
            found.push(score.map(|_| {
                position = position.saturating_add(1);
                let operation = Operation::PlaceAt { position };
                self.does(name.clone(), operation, &[("places", &places)]).count()
            }));
        }
        found
    }
}

impl IndexValue {
    /// Its logarithm stands for it; where there is none it has no value, whether its own or one that stands in.
    pub(super) fn take_logarithm(&mut self, log: Traced) {
        if log.value.is_something() {
            self.used = Some(log);
        } else {
            (self.used, self.is_imputed, self.is_treated) = (None, false, false);
            self.absent = self.absent.or(Some(NoValue::NoLogarithm));
        }
    }

    /// What a city reported of an indicator.
    fn of(city: &CityValues, indicator: usize) -> Self {
        let source = city.sources.get(indicator).cloned().unwrap_or_default();
        Self {
            used: source.reported.clone(),
            plain: None,
            drawn: None,
            reported: source.reported,
            absent: source.absent,
            is_imputed: false,
            is_treated: false,
            score: None,
            rank: None,
        }
    }
}

/// The values that are used of cities with a place: those that statistics are over.
pub(super) fn compared(values: &[IndexValue], placed: &[bool]) -> Vec<Traced> {
    let all = values.iter().zip(placed).filter(|(_, placed)| **placed);
    all.filter_map(|(value, _)| value.used.clone()).collect()
}

/// Which cities share a place.
pub(super) fn shared(ranks: &[Option<usize>]) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    ranks.iter().flatten().filter(|rank| !seen.insert(**rank)).copied().collect()
}
