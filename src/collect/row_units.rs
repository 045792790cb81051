//! The units that stand beside a value in its row and over its table.

use rust_decimal::Decimal;

use super::index::Named;
use super::roles::Role;
use super::rows::Context;
use crate::finding::UnitPlace;
use crate::ident::CellRef;
use crate::quantity::Unit;

impl Context<'_> {
    /// The unit that stands in a row for a column: of several columns of units in the one nearest before it.
    pub(super) fn unit_beside(&self, row: u32, column: u32) -> String {
        let before = self.table.all(Role::Unit).filter(|unit| unit.at < column).last();
        let Some(unit) = before.or_else(|| self.table.column(Role::Unit)) else { return String::new() };
        let at = CellRef::new(row, unit.at);
        let at = self.fills.get(&at).copied().unwrap_or(at);
        self.sheet.text(at.row, at.column).to_owned()
    }

    fn unit_in_plan(&self, row: u32) -> Option<&Unit> {
        match self.table.named.get(&row)? {
            Named::Indicator(indicator) => Some(&indicator.unit),
            Named::Task(_) => None,
        }
    }

    /// Of units that are named together the one for a row.
    pub(super) fn of_kind(&self, row: u32, units: String) -> Option<String> {
        match self.unit_in_plan(row) {
            Some(own) => of_list(&units, own),
            None => Some(units),
        }
    }

    /// Units of money in the currency that stands over the table.
    pub(super) fn in_currency(&self, row: u32, named: Vec<(UnitPlace, String)>) -> Vec<(UnitPlace, String)> {
        let is_money = |unit: &Unit| Unit::parse("元").convert(Decimal::ONE, unit).is_some();
        let currency = self.table.currency.as_ref();
        let Some(currency) = currency.filter(|_| self.unit_in_plan(row).is_some_and(is_money)) else {
            return named;
        };
        if named.is_empty() {
            return vec![(UnitPlace::Above, currency.clone())];
        }
        let other = |(place, unit): (UnitPlace, String)| {
            let unit = if is_money(&Unit::parse(&unit)) { format!("{unit}（{currency}）") } else { unit };
            (place, unit)
        };
        named.into_iter().map(other).collect()
    }
}

/// Of units that are named together the one that measures what an indicator of the plan does, if there is one. Several of its kind that
/// differ, or its money in another currency, are left as they are written: no value is read in them.
fn of_list(units: &str, own: &Unit) -> Option<String> {
    let listed: Vec<Unit> = units
        .split(['、', '/', ','])
        .map(str::trim)
        .filter(|unit| !unit.is_empty())
        .map(Unit::parse)
        .collect();
    if listed.len() < 2 || Unit::parse(units).is_known() {
        return Some(units.to_owned());
    }
    let measures = |unit: &&Unit| {
        unit.text() == own.text()
            || unit.measures_as(own)
            || (unit.is_other_currency() && Unit::parse("元").convert(Decimal::ONE, own).is_some())
    };
    let fit: Vec<&Unit> = listed.iter().filter(measures).collect();
    let is_same = |one: &Unit, other: &Unit| {
        one.convert(Decimal::ONE, other).is_some_and(|(value, _)| value == Decimal::ONE)
    };
    match fit[..] {
        // They say nothing of what is unlike all of them: 万元、% of a row in 家.
        [] => (!listed.iter().all(|unit| unit.is_unlike(own))).then(|| units.to_owned()),
        [only] => Some(only.text().to_owned()),
        [first, ..] if fit.iter().all(|other| is_same(other, first)) => {
            Some(fit.iter().find(|unit| unit.text() == own.text()).unwrap_or(&first).text().to_owned())
        }
        _ => Some(units.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_units_above_a_table_the_one_of_the_indicator_s_kind_is_meant() {
        for (above, own, expected) in [
            ("万元", "亿元", Some("万元")),
            ("万元", "家", Some("万元")),
            ("万元、家", "亿元", Some("万元")),
            ("万元、家", "家", Some("家")),
            ("万元/家", "家", Some("万元/家")),
            ("万元、家", "%", None),
            ("万元、%", "家", None),
            ("万元、家、人", "家", Some("家")),
            ("万元、家、人", "个", Some("家")),
            ("万元、家", "吨标准煤/万元", Some("万元、家")),
            ("亿美元、家", "亿元", Some("亿美元")),
            // Two of one kind are left as they stand: they are no unit.
            ("亿元、亿美元", "亿元", Some("亿元、亿美元")),
            ("亿元、万元", "亿元", Some("亿元、万元")),
        ] {
            assert_eq!(of_list(above, &Unit::parse(own)).as_deref(), expected, "{above} {own}");
        }
    }
}
