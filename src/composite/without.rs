//! One city left out at a time: extremes, means, ranks and pairs are of those that are compared, so that a city can move the order of the others without
//! their having done anything.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::gather::{CityValues, Source};
use super::scores::{PRINTED, of_city};
use super::{Composite, evaluate};
use crate::ident::CityId;
use crate::ledger::{Ledger, Operation, StepValue, Traced};
use crate::plan::{IndexSpec, Screening};

/// The table that the orders without a city stand in.
const TABLE: &str = "index_without";
/// Of fewer cities nothing is left out: those that are left are to have an order.
const FEWEST: usize = 3;

/// What comes of it when a city is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct CityLeftOut {
    /// The city.
    pub city: CityId,
    /// The places of the others among themselves without it, in the order of the index.
    pub ranks: Vec<usize>,
    /// How many places the others move on average.
    pub mean_shift: Traced,
    /// The most that one moves.
    pub greatest_shift: Traced,
}

/// Leaves out each city with a place, one at a time, where the specification asks for an examination. The cities and indicators that are compared stay those of
/// the index; all else is done anew.
pub fn without_each(composite: &mut Composite, cities: &[CityValues], year: i32, ledger: &mut Ledger) {
    if composite.spec.robustness.is_none() || composite.placed().count() < FEWEST {
        return;
    }
    let (spec, brought) = compared(composite, cities);
    let all: Vec<&CityId> = composite.placed().map(|city| &city.city).collect();
    let without: Vec<Option<Vec<usize>>> =
        all.par_iter().map(|left| order_without(&spec, &brought, &all, left, year)).collect();
    let own: Vec<usize> = composite.placed().filter_map(|city| city.rank).collect();
    let mut found = Vec::new();
    for ((at, left), ranks) in all.iter().enumerate().zip(without) {
        // Where a method gives the others no score there is no order to compare.
        let Some(ranks) = ranks else { continue };
        let text = moves(&among_others(&own, at), &ranks);
        let operation = Operation::Moves { table: TABLE.to_owned(), of: left.to_string() };
        let told = ledger.leaf(of_city(left, "without.moves"), operation, StepValue::Text(text));
        let args = [("moves", &told)];
        let mean_shift = ledger.does(of_city(left, "without.shift"), Operation::MovesMean, &args, "");
        ledger.shown(&mean_shift.id, &mean_shift, PLACES);
        let greatest_shift =
            ledger.does(of_city(left, "without.greatest"), Operation::MovesGreatest, &args, "");
        found.push(CityLeftOut { city: (*left).clone(), ranks, mean_shift, greatest_shift });
    }
    composite.without = found;
}

/// Digits behind the point of a mean shift as it is printed.
const PLACES: u32 = PRINTED + 1;

/// The index of the cities with a place, by the indicators that are used and with nothing beside it.
fn compared(composite: &Composite, cities: &[CityValues]) -> (IndexSpec, Vec<CityValues>) {
    let nothing = rust_decimal::Decimal::ZERO;
    let spec = IndexSpec {
        screening: Screening { city_coverage: nothing, indicator_coverage: nothing },
        ..composite.spec.clone().alone()
    };
    let used: Vec<bool> = composite.indicators.iter().map(|one| one.is_used).collect();
    let of_city = |city: &CityValues| CityValues {
        sources: city
            .sources
            .iter()
            .zip(&used)
            .map(|(source, used)| if *used { source.clone() } else { Source::default() })
            .collect(),
        ..city.clone()
    };
    let is_placed = |city: &&CityValues| composite.placed().any(|one| one.city == city.city);
    (spec, cities.iter().filter(is_placed).map(of_city).collect())
}

/// The places of the others, in the order of the index.
fn order_without(
    spec: &IndexSpec,
    cities: &[CityValues],
    all: &[&CityId],
    left: &CityId,
    year: i32,
) -> Option<Vec<usize>> {
    let others: Vec<CityValues> = cities.iter().filter(|city| city.city != *left).cloned().collect();
    // Of too few cities no weights come out of scores: then there is no order without this one.
    let found = evaluate(spec, &others, year, &mut Ledger::default()).ok()?;
    let ranks: BTreeMap<&CityId, usize> =
        found.cities.iter().filter_map(|city| Some((&city.city, city.rank?))).collect();
    all.iter().filter(|city| **city != left).map(|city| ranks.get(*city).copied()).collect()
}

/// The places of all but one among themselves.
fn among_others(ranks: &[usize], left: usize) -> Vec<usize> {
    let others = || ranks.iter().enumerate().filter(|(at, _)| *at != left).map(|(_, rank)| *rank);
    others().map(|rank| others().filter(|other| *other < rank).count().saturating_add(1)).collect()
}

/// `0:9 1:2`: how often a city moves by so many places.
fn moves(places: &[usize], ranks: &[usize]) -> String {
    let mut found: BTreeMap<usize, usize> = BTreeMap::new();
    for (place, rank) in places.iter().zip(ranks) {
        let times = found.entry(place.abs_diff(*rank)).or_default();
        *times = times.saturating_add(1);
    }
    found.iter().map(|(by, times)| format!("{by}:{times}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ledger::StepId;
    use crate::plan::{Goalposts, IndexDimension, IndexIndicator, Normalisation, Robustness};
    use rust_decimal::Decimal;

    /// An index over two domains, by these methods, with an indicator in one and two in the other.
    fn spec(normalisation: Normalisation) -> IndexSpec {
        let domain = |id: &str| IndexDimension::bare(id, None, 1);
        let indicator = |(at, dimension): (usize, &usize)| IndexIndicator {
            higher_is_better: at != 1,
            goalposts: Goalposts {
                low: Some(Decimal::ZERO),
                high: Some(Decimal::from(90)),
                reference: Some(Decimal::from(50)),
            },
            ..IndexIndicator::bare(format!("i{at}").as_str().into(), *dimension)
        };
        let indicators = [0_usize, 1, 1].iter().enumerate().map(indicator).collect();
        let robustness = Robustness {
            draws: 1,
            seed: 1,
            weight_spread: Decimal::ZERO,
            factors: Vec::new(),
            normalisations: vec![normalisation],
            aggregations: Vec::new(),
        };
        IndexSpec {
            normalisation,
            robustness: Some(robustness),
            ..IndexSpec::of_parts(vec![domain("a"), domain("b")], indicators)
        }
    }

    fn cities(values: &[[i64; 3]], ledger: &mut Ledger) -> Vec<CityValues> {
        let mut source = |city: usize, at: usize, value: i64| {
            let id = StepId::new(format!("c{city}/i{at}"));
            let value = StepValue::Number(crate::ledger::Exact::whole(value));
            Source { reported: Some(ledger.leaf(id, Operation::Constant, value)), ..Source::default() }
        };
        let all = values.iter().enumerate().map(|(city, row)| CityValues {
            city: CityId::parse(&format!("c{city}")).unwrap(),
            is_withheld: false,
            sources: row.iter().enumerate().map(|(at, value)| source(city, at, *value)).collect(),
        });
        all.collect()
    }

    fn found(normalisation: Normalisation, values: &[[i64; 3]]) -> Composite {
        let mut ledger = Ledger::default();
        let (spec, brought) = (spec(normalisation), cities(values, &mut ledger));
        let mut found = evaluate(&spec, &brought, 2023, &mut ledger).unwrap();
        without_each(&mut found, &brought, 2023, &mut ledger);
        found
    }

    #[test]
    fn the_one_whose_value_is_an_extreme_moves_the_others() {
        // Without the first, the second has the greatest value of the first indicator and passes the third.
        let all = found(Normalisation::MinMax, &[[100, 50, 50], [40, 40, 40], [30, 30, 40], [0, 60, 0]]);
        let shifts: Vec<(String, usize)> =
            all.without.iter().map(|one| (one.city.to_string(), one.greatest_shift.count())).collect();
        assert_eq!(shifts.len(), 4);
        assert!(shifts.iter().any(|(_, greatest)| *greatest > 0), "{shifts:?}");
        for one in &all.without {
            assert_eq!(one.ranks.len(), 3);
            assert!(one.ranks.contains(&1));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn between_fixed_goalposts_no_city_ever_moves_the_others(
            values in proptest::collection::vec(proptest::array::uniform3(1_i64..120), 3..8),
        ) {
            for method in [
                Normalisation::Goalposts { capped: true },
                Normalisation::Goalposts { capped: false },
                Normalisation::Efficacy,
                Normalisation::DistanceToReference,
            ] {
                let all = found(method, &values);
                prop_assert_eq!(all.without.len(), values.len());
                for one in &all.without {
                    prop_assert_eq!(one.greatest_shift.count(), 0);
                }
            }
        }
    }
}
