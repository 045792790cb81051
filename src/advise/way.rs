//! The ways of a city's indicators to the targets of its plan's last year.

use crate::assess::{Assessment, Pace, State, Way, way};
use crate::compare::counted;
use crate::evaluation::CityEvaluation;
use crate::plan::{Indicator, Round};

/// An indicator with the target that is judged and its way to those of later years.
pub type RowOnItsWay<'a> = (&'a Assessment, &'a Indicator, Way);

/// The ways of the indicators of a plan that runs on, of those that the city's account counts.
pub fn ways<'a>(round: &Round, city: &'a CityEvaluation) -> Vec<RowOnItsWay<'a>> {
    let year = round.year();
    let on_its_way = |one: &'a Assessment| {
        let row = city.plan.indicator(&one.no)?;
        // What is withheld says nothing of the way; what is of the year before does.
        let is_known = one.state.is_assessable() || one.state == State::Lagged;
        let mut shown = one.clone();
        if !is_known {
            shown.actual = None;
        }
        let data_year = city.fact(&one.no).map_or(year, |fact| fact.year);
        Some((one, row, way(row, &shown, (year, data_year), round.method.pace_tolerance)?))
    };
    counted(&city.plan, round, &city.assessments)
        .filter(|one| one.target.year == year)
        .filter_map(on_its_way)
        .collect()
}

/// How many of some ways go at a pace.
pub fn on_the_way(ways: &[RowOnItsWay<'_>], is_it: impl Fn(Pace) -> bool) -> usize {
    ways.iter().filter(|(.., way)| is_it(way.pace)).count()
}
