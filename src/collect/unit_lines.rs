//! Units that are named for several rows at once: by a row of its own within the table (单位：元), or by a list in a heading
//! or above the table (万元、家、人), of which each row has the one that fits.

use super::index::Index;
use super::layout::{Table, labelled_unit};
use super::text::{UNITS_APART, clean};
use crate::quantity::Unit;
use crate::workbook::Sheet;

/// What is said of a unit in the column of units.
pub(super) const ROW: &str = "单位栏为";

/// How many rows below it such a row counts for at most.
const FURTHEST: u32 = 200;

/// The unit that the nearest row of units above a row of the table names.
pub(super) fn above(table: &Table<'_>, sheet: &Sheet, index: &Index<'_>, row: u32) -> Option<String> {
    let first = table.rows.0.max(row.saturating_sub(FURTHEST));
    // A quick look first: in most tables every row is an item.
    let between = row.checked_sub(first).filter(|rows| *rows > 0)?;
    if table.named.range(first..row).count() == between as usize {
        return None;
    }
    let lines = sheet.within((first, row)).filter(|(at, cell)| {
        !table.named.contains_key(&at.row) && cell.label().is_some_and(|text| text.contains('单'))
    });
    let units = lines.filter_map(|(_, cell)| labelled_unit(&clean(cell.label()?), index));
    units.last()
}

/// Of lists of units the ones that measure what the plan's unit does. A list without any stays whole, for a finding to name,
/// unless the plan's unit is like none in it.
pub(super) fn fitting(named: Vec<(&'static str, String)>, plan: &Unit) -> Vec<(&'static str, String)> {
    let own = |(place, units): (&'static str, String)| {
        // The unit of a row is one.
        if place == ROW || !units.contains(UNITS_APART) || Unit::parse(&units).is_known() {
            return vec![(place, units)];
        }
        let fits = |unit: &&str| {
            let unit = Unit::parse(unit);
            unit.text() == plan.text() || unit.measures_as(plan)
        };
        let fit: Vec<_> =
            units.split(UNITS_APART).filter(fits).map(|unit| (place, unit.to_owned())).collect();
        // A list says nothing of what is unlike all in it: 万元、% of a row in 家.
        let is_beside = || units.split(UNITS_APART).all(|unit| Unit::parse(unit).is_unlike(plan));
        if !fit.is_empty() {
            fit
        } else if is_beside() {
            Vec::new()
        } else {
            vec![(place, units)]
        }
    };
    named.into_iter().flat_map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_units_each_row_has_the_one_that_fits() {
        for (units, plan, expected) in [
            ("万元、家、人", "亿元", &["万元"][..]),
            ("万元、家、人", "个", &["家", "人"]),
            ("万元、家", "%", &[]),
            ("万元、%", "家", &[]),
            ("亿美元、家", "亿元", &["亿美元、家"]),
            ("万元、家", "吨标准煤/万元", &["万元、家"]),
            ("万元、亿元", "亿元", &["万元", "亿元"]),
            ("万元", "家", &["万元"]),
        ] {
            let found = fitting(vec![("表头为", units.to_owned())], &Unit::parse(plan));
            let found: Vec<&str> = found.iter().map(|(_, unit)| unit.as_str()).collect();
            assert_eq!(found, expected, "{units} {plan}");
        }
    }
}
