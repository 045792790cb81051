//! What workbooks that count have beside what was read: numbers of parts of the year.

use super::context::Context;
use crate::evaluation::CityEvaluation;

/// So many headings are named.
const MOST_NAMED: usize = 6;

/// Of a city or of all: how many numbers stand in columns for parts of the year, which columns these are, and why none was used; empty where there are none.
pub(super) fn parts_of_year(context: &Context<'_>, whose: Option<&CityEvaluation>) -> String {
    let of = whose.map_or("round", |city| city.plan.city.as_str());
    let is_own = |city: &&CityEvaluation| whose.is_none_or(|own| own.plan.city == city.plan.city);
    let parts = || context.cities().iter().filter(is_own).flat_map(|city| &city.collected.parts);
    let mut headings: Vec<&str> = Vec::new();
    for heading in parts().flat_map(|part| &part.headings) {
        if !headings.contains(&heading.as_str()) {
            headings.push(heading);
        }
    }
    if headings.is_empty() {
        return String::new();
    }
    let cells = parts().flat_map(|part| &part.cells);
    let count = context.book.count_cells(&format!("{of}/#cells.part_of_year"), cells.clone(), cells.count());
    let named: String = headings.iter().take(MOST_NAMED).map(|heading| format!("“{heading}”")).collect();
    let more = if headings.len() > MOST_NAMED { "等" } else { "" };
    format!("另有{named}{more}栏的{count}个数是年内各期的数，评估用全期数，未采用。")
}
