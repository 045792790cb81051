//! Who answers for what was missed and what is open, for the first page.

use super::context::Context;
use super::units;
use crate::assess::Assessment;
use crate::evaluation::CityEvaluation;
use crate::finding::{Language, Withheld};
use crate::ident::UnitName;
use crate::ledger::StepId;
use crate::plan::Indicator;

pub(super) type Item<'a> = (&'a CityEvaluation, &'a Assessment, &'a Indicator);

pub(super) fn items<'a>(context: &Context<'a>) -> Vec<Item<'a>> {
    let of = |city: &'a CityEvaluation| {
        context.counted(city).into_iter().map(move |(one, row)| (city, one, row)).collect::<Vec<_>>()
    };
    context.cities().iter().flat_map(of).collect()
}

/// A unit by name, with the step of which workbook of it counts.
#[derive(PartialEq, Eq)]
pub(super) struct Named {
    name: String,
    step: StepId,
}

impl Named {
    fn new(context: &Context<'_>, city: &CityEvaluation, unit: &UnitName) -> Self {
        Self { name: full_name(context, city, unit), step: units::workbook(city, unit) }
    }
}

/// The units that answer for indicators, and how many indicators the plan names none for; then the office does.
pub(super) fn answerable(context: &Context<'_>, items: &[Item<'_>]) -> (Vec<Named>, usize) {
    let mut units: Vec<Named> = Vec::new();
    let mut leaderless = 0;
    for (city, _, row) in items {
        let mut own = city.plan.answerable(row);
        if own.is_empty() {
            leaderless += 1;
            own.push(city.plan.office.clone());
        }
        for unit in &own {
            let named = Named::new(context, city, unit);
            if !units.contains(&named) {
                units.push(named);
            }
        }
    }
    (units, leaderless)
}

/// A unit as other cities' readers know it: 市科技局 of 湘潭 is 湘潭市科技局.
pub(super) fn full_name(context: &Context<'_>, city: &CityEvaluation, unit: &UnitName) -> String {
    let english = context.department(&city.plan, unit);
    match (context.language, context.cities().len()) {
        (Language::Chinese, 1) => unit.to_string(),
        (Language::Chinese, _) => city.plan.full_name_of(unit),
        // A name that the plan gives in Chinese only has the city's own word in it, or none.
        (Language::English, 1) => english.to_owned(),
        (Language::English, _) if english == unit.as_str() => city.plan.full_name_of(unit),
        (Language::English, _) => with_place(context.short(&city.plan), english),
    }
}

/// `Xiangtan Science and Technology Bureau`; a name that has the place in it already stays.
fn with_place(place: &str, name: &str) -> String {
    if name.contains(place) { name.to_owned() } else { format!("{place} {name}") }
}

/// The offices of cities.
pub(super) fn offices(context: &Context<'_>, cities: &[&CityEvaluation]) -> Vec<String> {
    let offices = cities.iter().map(|city| Named::new(context, city, &city.plan.office)).collect();
    who(context, "offices", offices)
}

/// At most three units by name.
pub(super) fn who(context: &Context<'_>, name: &str, units: Vec<Named>) -> Vec<String> {
    let count = units.len();
    let steps = units.iter().map(|unit| unit.step.clone());
    let said = context.book.count(&format!("round/#answerable.{name}"), steps, &[], count);
    let mut shown: Vec<String> = units.into_iter().take(3).map(|unit| unit.name).collect();
    if let Some(last) = shown.last_mut().filter(|_| count > 3) {
        last.push_str(&format!("等{said}个单位"));
    }
    shown
}

/// Those of cities whose chapters are printed, which are told by name.
pub(super) fn named_items<'a>(all: impl IntoIterator<Item = Item<'a>>) -> Vec<Item<'a>> {
    all.into_iter().filter(|(city, ..)| !city.score.withholds(Withheld::Chapter)).collect()
}

/// The units that report what cannot be judged.
pub(super) fn reporters_of_open(context: &Context<'_>) -> Vec<Named> {
    let mut units: Vec<Named> = Vec::new();
    for (city, _, row) in named_items(items(context)).iter().filter(|(_, one, _)| !one.state.is_assessable())
    {
        for named in row.reporters.iter().map(|unit| Named::new(context, city, unit)) {
            if !units.contains(&named) {
                units.push(named);
            }
        }
    }
    units
}
