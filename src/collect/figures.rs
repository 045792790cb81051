//! The numbers of a table's columns beside the plan's own, worked out once for each table.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::index::{Index, Named};
use super::named_cells::NamedCells;
use super::number::{Reading, read_text};
use super::roles::Role;
use super::table::Table;
use crate::finding::Copied;
use crate::plan::{Goal, Indicator, Target};
use crate::workbook::{Cell, Content};

/// Powers of ten by which units of one kind differ in forms.
const SCALES: [i64; 5] = [1, 100, 1000, 10_000, 100_000_000];

/// What the plan says of the indicator of a row.
struct KnownFigures {
    /// Targets of the year.
    due: Vec<Decimal>,
    /// Targets of other years.
    later: Vec<Decimal>,
    /// The value of the year before.
    past: Vec<Decimal>,
}

/// How many numbers of a column are the plan's.
#[derive(Debug, Clone, Copy, Default)]
struct Same {
    all: usize,
    /// Targets of the year.
    due: usize,
    /// Targets of any year.
    targets: usize,
    past: usize,
}

/// The numbers of a table.
pub(super) struct Figures {
    known: BTreeMap<u32, KnownFigures>,
    columns: BTreeMap<u32, BTreeMap<u32, Decimal>>,
    same: BTreeMap<u32, Same>,
}

impl Figures {
    pub(super) fn of(table: &Table<'_>, cells: &NamedCells<'_>, index: &Index<'_>) -> Self {
        let indicators = || {
            table.named.iter().filter_map(|(row, named)| match named {
                Named::Indicator(indicator) => Some((*row, *indicator)),
                Named::Task(_) => None,
            })
        };
        let known: BTreeMap<u32, KnownFigures> =
            indicators().map(|(row, indicator)| (row, KnownFigures::of(indicator, index.year))).collect();
        let numbers = |at: u32| {
            let known = cells.column(at).iter().filter(|(row, _)| known.contains_key(row));
            known.filter_map(|(row, cell)| Some((*row, number(cell)?))).collect::<BTreeMap<_, _>>()
        };
        // Where words stand as a rule nobody asks for numbers.
        let asked = table.columns.iter().filter(|column| !column.role.is_some_and(Role::is_text));
        let columns: BTreeMap<u32, BTreeMap<u32, Decimal>> =
            asked.map(|column| (column.at, numbers(column.at))).collect();
        let same = columns.iter().map(|(at, numbers)| (*at, same(numbers, &known))).collect();
        Self { known, columns, same }
    }

    /// How many numbers stand in a column.
    pub(super) fn count(&self, column: u32) -> usize {
        self.columns.get(&column).map_or(0, BTreeMap::len)
    }

    fn same(&self, column: u32) -> Same {
        self.same.get(&column).copied().unwrap_or_default()
    }

    /// Whether all numbers of a column, more than one, are the plan's targets, of whatever year and tier, or the values of
    /// the year before.
    pub(super) fn copied(&self, column: u32) -> Option<Copied> {
        let same = self.same(column);
        match same.all {
            0 | 1 => None,
            all if same.targets == all => Some(Copied::Targets),
            all if same.past == all => Some(Copied::LastYear),
            _ => None,
        }
    }

    /// Whether a column holds targets, or last year's values, but for one row, or one row with the target of another year:
    /// enough to give way to another column.
    pub(super) fn is_mostly_copied(&self, column: u32) -> bool {
        let same = self.same(column);
        let most = same.targets.max(same.past);
        (same.all > 2 && most + 1 >= same.all) || self.is_lone_target(column)
    }

    /// Whether a column holds one number, and that is the plan's target of another year.
    pub(super) fn is_lone_target(&self, column: u32) -> bool {
        let same = self.same(column);
        same.all == 1 && same.targets == 1 && same.due == 0
    }

    /// Whether a column holds targets or last year's values for the most part, were it in one row.
    pub(super) fn seems_copied(&self, column: u32) -> bool {
        self.copied(column).is_some() || self.is_mostly_copied(column) || self.is_of_plan(column)
    }

    /// Whether a column holds numbers and all are the plan's targets.
    pub(super) fn is_of_plan(&self, column: u32) -> bool {
        let same = self.same(column);
        same.all > 0 && same.targets == same.all
    }

    /// Whether the plan's own targets of the year stand in one column and its own values of last year in another, in three
    /// rows at least: then the one other column of such numbers is the result, whatever it is called.
    pub(super) fn is_framed(&self) -> bool {
        let holds =
            |what: fn(&Same) -> usize| self.same.values().any(|same| same.all > 2 && what(same) == same.all);
        holds(|same| same.due) && holds(|same| same.past)
    }

    /// How many numbers of a column can be compared with the plan's targets or last values, and how many are near them, all
    /// in one unit, whichever that is: a column of ranks or weights is near those of things of all sizes in none.
    pub(super) fn compared(&self, column: u32, times: Decimal) -> (usize, usize) {
        self.near(column, times, &SCALES)
    }

    fn near(&self, column: u32, times: Decimal, scales: &[i64]) -> (usize, usize) {
        let least = Decimal::ONE.checked_div(times).unwrap_or_default();
        let mut ratios: Vec<Vec<Decimal>> = Vec::new();
        for (row, value) in self.columns.get(&column).into_iter().flatten() {
            let Some(known) = self.known.get(row) else { continue };
            let known = known.due.iter().chain(&known.past);
            let own: Vec<Decimal> = known.filter_map(|one| value.checked_div(*one)).collect();
            if !own.is_empty() {
                ratios.push(own);
            }
        }
        let near = |scale: i64, up: bool| {
            let scale = Decimal::from(scale);
            let scaled =
                |ratio: &Decimal| if up { ratio.checked_mul(scale) } else { ratio.checked_div(scale) };
            let is_near =
                |ratio: &Decimal| scaled(ratio).is_some_and(|ratio| (least..=times).contains(&ratio));
            ratios.iter().filter(|own| own.iter().any(is_near)).count()
        };
        let best = scales.iter().flat_map(|scale| [near(*scale, true), near(*scale, false)]).max();
        (ratios.len(), best.unwrap_or(0))
    }

    /// Whether all numbers of a column are of the size of the plan's targets or last values.
    pub(super) fn is_plausible(&self, column: u32) -> bool {
        let (all, near) = self.compared(column, Decimal::new(25, 1));
        all > 2 && near == all
    }

    /// Whether the numbers of a column may be results beside those of another: most are of the size of the plan's, in its
    /// own unit where they are measures, and they are not the other's in percent of the plan's targets.
    pub(super) fn rivals(&self, column: u32, other: u32, is_measure: bool) -> bool {
        let (all, near) = self.near(column, Decimal::from(4), if is_measure { &[1] } else { &SCALES });
        let is_of_the_size = if all == 0 { self.count(column) > 0 } else { near * 2 > all };
        is_of_the_size && !self.is_rate_of(column, other)
    }

    /// Whether a column holds the numbers of another one in percent of the plan's targets.
    fn is_rate_of(&self, column: u32, other: u32) -> bool {
        let (Some(rates), Some(values)) = (self.columns.get(&column), self.columns.get(&other)) else {
            return false;
        };
        let is_rate = |(row, rate): (&u32, &Decimal)| {
            let Some(value) = values.get(row).and_then(|value| value.checked_mul(Decimal::ONE_HUNDRED))
            else {
                return false;
            };
            let due = self.known.get(row).map(|known| known.due.as_slice()).unwrap_or_default();
            let own = due.iter().filter_map(|target| value.checked_div(*target)?.checked_sub(*rate));
            own.into_iter().any(|gap| gap.abs() < Decimal::ONE)
        };
        !rates.is_empty() && rates.iter().all(is_rate)
    }
}

impl KnownFigures {
    fn of(indicator: &Indicator, year: i32) -> Self {
        let of = |is_wanted: &dyn Fn(&&Target) -> bool| -> Vec<Decimal> {
            indicator
                .targets
                .iter()
                .filter(is_wanted)
                .filter_map(|target| value(indicator, &target.goal))
                .collect()
        };
        Self {
            due: of(&|target| target.year == year),
            later: of(&|target| target.year != year),
            past: indicator.known_of(year - 1).and_then(|past| past.value).into_iter().collect(),
        }
    }
}

fn value(indicator: &Indicator, goal: &Goal) -> Option<Decimal> {
    match goal {
        _ if indicator.change(goal).is_some() => None,
        Goal::Level(_, value)
        | Goal::Growth(_, value)
        | Goal::AverageGrowth(_, value, _)
        | Goal::Increment(_, value, _)
        | Goal::Rank(_, value)
        | Goal::Coverage(_, value) => Some(value.value),
        _ => None,
    }
}

fn same(numbers: &BTreeMap<u32, Decimal>, known: &BTreeMap<u32, KnownFigures>) -> Same {
    let mut same = Same::default();
    for (row, value) in numbers {
        let Some(known) = known.get(row) else { continue };
        let is = |all: &[Decimal]| all.iter().any(|one| is_same(*value, *one));
        let is_due = is(&known.due);
        same.all += 1;
        same.due += usize::from(is_due);
        same.targets += usize::from(is_due || is(&known.later));
        same.past += usize::from(is(&known.past));
    }
    same
}

fn number(cell: &Cell) -> Option<Decimal> {
    match &cell.content {
        Content::Number(text) | Content::Text(text) => match read_text(text, "") {
            Reading::Number(value) => Some(value),
            _ => None,
        },
        _ => None,
    }
}

fn is_same(value: Decimal, other: Decimal) -> bool {
    let times = |one: Decimal, scale: i64| one.checked_mul(Decimal::from(scale));
    SCALES.iter().any(|scale| times(value, *scale) == Some(other) || times(other, *scale) == Some(value))
}
