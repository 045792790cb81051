//! Who answers for what was missed and what is open, for the first page.

use super::context::Context;
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ident::UnitName;

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
