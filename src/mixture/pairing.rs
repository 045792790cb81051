//! Which rows of two plans are one: by the catalogue, else by number within one plan, else by name.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::Which;
use crate::ident::IndicatorNo;
use crate::plan::{Indicator, Plan};

/// A row as the two plans number it; a number is missing where that plan has no such row for its year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPair {
    /// Its number before.
    pub before: Option<IndicatorNo>,
    /// Its number after.
    pub after: Option<IndicatorNo>,
    /// Whether only one of the two could judge it.
    pub flips: bool,
}

impl RowPair {
    /// Its number on one side.
    pub fn of(&self, which: Which) -> Option<&IndicatorNo> {
        match which {
            Which::Before => self.before.as_ref(),
            Which::After => self.after.as_ref(),
        }
    }
}

/// The rows of two plans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairing {
    rows: Vec<RowPair>,
    before: BTreeMap<IndicatorNo, usize>,
    after: BTreeMap<IndicatorNo, usize>,
}

/// What makes two rows one.
type SameRow<'a> = fn(&Plan, &Indicator, &Plan, &Indicator) -> bool;

/// The ways of telling that two rows are one, the surest first.
const WAYS: [SameRow<'static>; 3] = [
    |_, one, _, other| one.id.is_some() && one.id == other.id,
    |before, one, after, other| before.id == after.id && one.no == other.no,
    |_, one, _, other| one.origin == other.origin && one.name == other.name,
];

/// Whether a value of one row can be one of the other.
fn is_of_one_kind(one: &Indicator, other: &Indicator) -> bool {
    one.unit.convert(Decimal::ZERO, &other.unit).is_some() && one.is_qualitative() == other.is_qualitative()
}

impl Pairing {
    /// Pairs the rows that two plans have in their years.
    pub fn of((before, year): (&Plan, i32), (after, next): (&Plan, i32)) -> Self {
        let mut open: Vec<&Indicator> = before.indicators_of(year).collect();
        let others: Vec<&Indicator> = after.indicators_of(next).collect();
        let mut found: BTreeMap<&IndicatorNo, &Indicator> = BTreeMap::new();
        for is_same in WAYS {
            for other in &others {
                let fits =
                    |one: &&Indicator| is_same(before, one, after, other) && is_of_one_kind(one, other);
                let mut all = open.iter().copied().filter(fits);
                let (Some(one), None) = (all.next(), all.next()) else { continue };
                // Two rows of one name are told apart by nothing.
                let is_alone = others.iter().filter(|rival| is_same(before, one, after, rival)).count() == 1;
                if is_alone && !found.contains_key(&other.no) {
                    open.retain(|left| left.no != one.no);
                    found.insert(&other.no, one);
                }
            }
        }
        let mut pairing = Self::default();
        for other in others {
            let one = found.get(&other.no).map(|one| one.no.clone());
            pairing.push(one, Some(other.no.clone()));
        }
        open.into_iter().for_each(|one| pairing.push(Some(one.no.clone()), None));
        pairing
    }

    fn push(&mut self, before: Option<IndicatorNo>, after: Option<IndicatorNo>) {
        let at = self.rows.len();
        self.before.extend(before.clone().map(|no| (no, at)));
        self.after.extend(after.clone().map(|no| (no, at)));
        self.rows.push(RowPair { before, after, flips: false });
    }

    /// All rows: those of the plan that came after in its order, then those that only the other had.
    pub fn rows(&self) -> &[RowPair] {
        &self.rows
    }

    /// The row of a number.
    pub fn row(&self, which: Which, no: &IndicatorNo) -> Option<&RowPair> {
        self.place(which, no).and_then(|at| self.rows.get(at))
    }

    /// The place of a row by its number.
    pub fn place(&self, which: Which, no: &IndicatorNo) -> Option<usize> {
        match which {
            Which::Before => self.before.get(no).copied(),
            Which::After => self.after.get(no).copied(),
        }
    }

    /// The number that a row of one side has on another.
    pub fn across(&self, from: Which, no: &IndicatorNo, to: Which) -> Option<&IndicatorNo> {
        self.row(from, no)?.of(to)
    }

    /// Says which rows only one side could judge, by the numbers of those that each side judged.
    #[must_use]
    pub fn with_judged(mut self, before: &BTreeSet<IndicatorNo>, after: &BTreeSet<IndicatorNo>) -> Self {
        for row in &mut self.rows {
            if let (Some(one), Some(other)) = (&row.before, &row.after) {
                row.flips = before.contains(one) != after.contains(other);
            }
        }
        self
    }

    /// Whether there is a row that only one side could judge.
    pub fn has_flips(&self) -> bool {
        self.rows.iter().any(|row| row.flips)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::IndicatorId;
    use crate::plan::{Direction, Goal, Measure, Operator, Target, Tier, Written};

    fn row(no: &str, id: &str, name: &str, unit: &str) -> Indicator {
        let mut row = Indicator::example(unit, Measure::Stock, Direction::Higher);
        row.no = no.into();
        row.id = IndicatorId::some(id);
        row.name = name.to_owned();
        let value = Written { value: Decimal::ONE, text: "1".to_owned() };
        let goal = Goal::Level(Operator::AtLeast, value);
        row.targets.push(Target::plain(2023, Tier::Annual, goal, "1".to_owned(), "1".to_owned()));
        row
    }

    fn plan(id: &str, rows: Vec<Indicator>) -> Plan {
        Plan { id: id.to_owned(), indicators: rows.into_iter().collect(), ..Plan::example() }
    }

    fn pairs(one: &Plan, other: &Plan) -> Vec<String> {
        let no = |no: &Option<IndicatorNo>| no.as_ref().map_or_else(|| "—".to_owned(), ToString::to_string);
        let pairing = Pairing::of((one, 2023), (other, 2023));
        pairing.rows().iter().map(|row| format!("{}={}", no(&row.before), no(&row.after))).collect()
    }

    #[test]
    fn rows_are_one_by_the_catalogue_within_a_plan_by_number_and_else_by_name() {
        let before = plan(
            "a",
            vec![
                row("1", "rd", "研发", "家"),
                row("2", "", "企业", "家"),
                row("3", "", "园区", "个"),
                row("4", "", "平台", "个"),
                row("5", "", "平台", "个"),
            ],
        );
        let after = |id: &str| {
            plan(
                id,
                vec![
                    row("2", "rd", "研究与试验", "家"),
                    row("1", "", "企业", "家"),
                    row("3", "", "园区（含县）", "个"),
                    row("4", "", "平台", "个"),
                ],
            )
        };
        // Of another plan a number says nothing, and of two rows of one name neither is taken.
        assert_eq!(pairs(&before, &after("b")), ["1=2", "2=1", "—=3", "—=4", "3=—", "4=—", "5=—"]);
        assert_eq!(pairs(&before, &after("a")), ["1=2", "2=1", "3=3", "4=4", "5=—"]);
    }

    #[test]
    fn rows_whose_values_do_not_convert_are_two() {
        let (before, after) =
            (plan("a", vec![row("1", "rd", "研发", "家")]), plan("b", vec![row("1", "rd", "研发", "亿元")]));
        assert_eq!(pairs(&before, &after), ["—=1", "1=—"]);
        let tens = plan("c", vec![row("1", "rd", "研发", "万元")]);
        assert_eq!(pairs(&after, &tens), ["1=1"]);
    }
}
