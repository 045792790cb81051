//! Who answers for what was missed and what is open, for the first page.

use super::context::Context;
use crate::evaluation::CityEvaluation;
use crate::ident::UnitName;

/// A unit as other cities' readers know it: 市科技局 of 湘潭 is 湘潭市科技局.
pub(super) fn full_name(context: &Context<'_>, city: &CityEvaluation, unit: &UnitName) -> String {
    if context.cities().len() == 1 { unit.to_string() } else { city.plan.full_name_of(unit) }
}
