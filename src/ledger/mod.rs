//! The ledger: a published value is computed and recorded in one call.
//!
//! A stage never computes a published value by itself. It asks the ledger of its city to do an [`Operation`] on steps that are there already; the
//! ledger does it and writes the step down, so that what is recorded and what was computed cannot drift apart. A step's arguments are other steps;
//! leaves are what came from outside: cells, lines of plans, entries that people wrote, parameters. Every operation can be done again
//! by anybody who has the ledger (`docs/operations.md`).

mod apply;
mod best_case;
mod composites;
mod exact;
mod irrational;
mod open_cause;
mod operation;
mod outside;
mod paces;
mod principal;
mod reach;
mod totals;
mod value;
mod verdicts;
mod written;

pub use apply::Operands;
pub use composites::outranking;
pub use exact::Exact;
pub use open_cause::OpenCause;
pub use operation::Operation;
pub use outside::{amendment_of, decision_in, direction, in_force_of, of_indicator, of_target};
pub use principal::{PrincipalFault, correlation, principal_fault};
pub use reach::reach;
pub use value::StepValue;

use std::borrow::{Borrow, Cow};
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;

/// Names a step by what it is of: `xiangtan/22/completion`. The same figure has the same name in every output.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(Arc<str>);

impl StepId {
    /// A name.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(Arc::from(text.as_ref()))
    }

    /// The name of what belongs to it: `xiangtan/22` and `completion`.
    #[must_use]
    pub fn of(&self, part: impl fmt::Display) -> Self {
        Self::new(format!("{self}/{part}"))
    }

    /// The name of it as printed, after rounding.
    #[must_use]
    pub fn shown(&self) -> Self {
        Self::new(format!("{self}.shown"))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a step takes, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arg {
    /// What it is to the operation.
    pub role: Cow<'static, str>,
    /// The step.
    pub id: StepId,
}

/// A step: an operation on other steps, with what it gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its name.
    pub id: StepId,
    /// What was done.
    pub operation: Operation,
    /// On what.
    pub args: Vec<Arg>,
    /// What it gave.
    pub value: StepValue,
    /// Unit of the value; empty where it has none.
    pub unit: Arc<str>,
}

/// The role of what chose the members of a count, and of the verdict by which a figure is asked for.
pub const CHOSEN_BY: &str = "by";

/// A value with the step that gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct Traced {
    /// The step.
    pub id: StepId,
    /// Its value.
    pub value: StepValue,
}

impl Traced {
    /// The number, if it is one.
    pub fn number(&self) -> Option<&Exact> {
        self.value.number()
    }

    /// The number as a decimal of 28 digits, if it is one and fits.
    pub fn decimal(&self) -> Option<Decimal> {
        self.number()?.decimal()
    }

    /// The whole number of things that it counts; nothing where it counts none.
    pub fn count(&self) -> usize {
        self.number().and_then(Exact::count).unwrap_or_default()
    }

    /// Whether it is true.
    pub fn is_true(&self) -> bool {
        self.value == StepValue::Truth(true)
    }
}

/// The steps of a city, or those of the round over its cities, in the order in which they were done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ledger {
    steps: Vec<Step>,
    places: StepPlaces,
}

/// Where in its ledger the step of a name stands.
#[expect(
    clippy::disallowed_types,
    reason = "names are looked up by the hundred thousand and never gone through"
)]
type StepPlaces = std::collections::HashMap<StepId, usize>;

impl FromIterator<Step> for Ledger {
    /// The ledger of steps that were written down before, such as those of a table. Of several with one name, such as what is the same for all cities, the
    /// first is found.
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        let mut steps: Vec<Step> = steps.into_iter().collect();
        // Chosen from those of another ledger they stand in its place, with room for all of them.
        steps.shrink_to_fit();
        let mut places = StepPlaces::default();
        for (at, step) in steps.iter().enumerate() {
            places.entry(step.id.clone()).or_insert(at);
        }
        Self { steps, places }
    }
}

impl Ledger {
    /// An empty ledger with room for so many steps.
    pub fn with_room(steps: usize) -> Self {
        Self { steps: Vec::with_capacity(steps), places: StepPlaces::with_capacity(steps) }
    }

    /// What a step gives when it is done again on what its arguments gave; `None` for what came from outside, and where an argument is missing.
    pub fn again(&self, step: &Step) -> Option<StepValue> {
        let args: Option<Vec<(&str, &StepValue)>> =
            step.args.iter().map(|arg| Some((arg.role.as_ref(), &self.step(&arg.id)?.value))).collect();
        args.filter(|_| !step.operation.is_leaf()).map(|args| step.operation.apply(&Operands::new(args)))
    }

    /// The steps of the values that a relative target is held against, in turn.
    pub fn held_against(&self, target: &StepId) -> Vec<StepId> {
        let met = ["met", "at_the_end/met"].iter().find_map(|part| {
            self.step(&target.of(part)).filter(|step| matches!(step.operation, Operation::ReachAll { .. }))
        });
        let args = met.map_or(&[][..], |step| step.args.as_slice());
        args.iter().filter(|arg| arg.role == "target").map(|arg| arg.id.clone()).collect()
    }

    /// What steps give when others had other values: each is done again on those of its arguments, in the order in which they are named.
    pub fn done_with(
        &self,
        others: BTreeMap<StepId, StepValue>,
        steps: &[StepId],
    ) -> BTreeMap<StepId, StepValue> {
        let mut values = others;
        for step in steps.iter().filter_map(|id| self.step(id)) {
            let value = |id: &StepId| values.get(id).or_else(|| self.step(id).map(|step| &step.value));
            let args = step.args.iter().filter_map(|arg| Some((arg.role.as_ref(), value(&arg.id)?)));
            let value = step.operation.apply(&Operands::new(args));
            values.insert(step.id.clone(), value);
        }
        values
    }

    /// The totals of the city alone (`xiangtan/#met`), which the steps over several cities are done on.
    #[must_use]
    pub fn totals(self) -> Self {
        let is_total = |id: &StepId| id.as_str().split_once('/').is_some_and(|(_, of)| of.starts_with('#'));
        self.steps.into_iter().filter(|step| is_total(&step.id)).collect()
    }

    /// All steps, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Where the step of a name stands among all.
    pub fn place(&self, id: &StepId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The step of a name.
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.steps.get(self.place(id)?)
    }

    /// The value of a step that was done.
    pub fn told(&self, id: &StepId) -> Option<Traced> {
        self.step(id).map(|step| Traced { id: id.clone(), value: step.value.clone() })
    }

    /// Writes down what another ledger has from outside, which those who read this one alone need as well.
    pub fn repeat(&mut self, leaf: &Step) -> Traced {
        self.write(leaf.clone())
    }

    /// Writes down what came from outside. What was written down before is named again.
    pub fn leaf(&mut self, id: StepId, operation: Operation, value: StepValue) -> Traced {
        self.write(Step { id, operation, args: Vec::new(), value, unit: Arc::from("") })
    }

    /// Writes down the steps of another ledger, and tells which of them have another name here, since theirs is another figure's.
    pub fn join(&mut self, other: Self) -> BTreeMap<StepId, StepId> {
        let mut renamed = BTreeMap::new();
        for mut step in other.steps {
            for arg in &mut step.args {
                if let Some(name) = renamed.get(&arg.id) {
                    arg.id = StepId::clone(name);
                }
            }
            let id = step.id.clone();
            let told = self.write(step);
            if told.id != id {
                renamed.insert(id, told.id);
            }
        }
        renamed
    }

    /// A leaf that others lead to, such as a cell to its file.
    pub fn leaf_of(&mut self, id: StepId, operation: Operation, from: &Traced, value: StepValue) -> Traced {
        let args = vec![Arg { role: "file".into(), id: from.id.clone() }];
        self.write(Step { id, operation, args, value, unit: Arc::from("") })
    }

    /// Does an operation on steps, and writes it down.
    pub fn does<T: Borrow<Traced>>(
        &mut self,
        id: StepId,
        operation: Operation,
        args: &[(&'static str, T)],
        unit: &str,
    ) -> Traced {
        let told = || args.iter().map(|(role, told)| (*role, told.borrow()));
        let value = operation.apply(&Operands::new(told().map(|(role, told)| (role, &told.value))));
        let args =
            told().map(|(role, told)| Arg { role: Cow::Borrowed(role), id: told.id.clone() }).collect();
        self.write(Step { id, operation, args, value, unit: Arc::from(unit) })
    }

    /// Writes a figure down as it is printed, with so many digits behind the point; where it has none there is nothing to print.
    pub fn shown(&mut self, id: &StepId, told: &Traced, places: u32) {
        if told.value.is_something() {
            self.does(id.shown(), Operation::Round { places }, &[("x", told)], "");
        }
    }

    /// Counts the members that have one of these values; all of them without values.
    pub fn count(&mut self, id: StepId, members: &[Traced], of: Vec<String>) -> Traced {
        let args: Vec<(&'static str, &Traced)> = members.iter().map(|one| ("member", one)).collect();
        self.does(id, Operation::Count { of }, &args, "")
    }

    /// The same of members that other steps chose, which do not say it themselves: without the targets on the worse side of their base, the workbooks
    /// that came by the deadline. These enter the count of nothing.
    pub fn count_chosen(&mut self, id: StepId, members: &[Traced], by: &[Traced], of: Vec<String>) -> Traced {
        let mut args: Vec<(&'static str, &Traced)> = members.iter().map(|one| ("member", one)).collect();
        args.extend(by.iter().map(|one| (CHOSEN_BY, one)));
        self.does(id, Operation::Count { of }, &args, "")
    }

    /// A figure of the same name is the same figure: what differs gets a name of its own, so that no step is lost.
    fn write(&mut self, mut step: Step) -> Traced {
        loop {
            match self.places.entry(step.id.clone()) {
                Entry::Vacant(place) => {
                    let told = Traced { id: step.id.clone(), value: step.value.clone() };
                    place.insert(self.steps.len());
                    self.steps.push(step);
                    return told;
                }
                Entry::Occupied(place) => {
                    if self.steps.get(*place.get()).is_some_and(|known| *known == step) {
                        return Traced { id: step.id, value: step.value };
                    }
                    step.id = StepId::new(format!("{}'", step.id));
                }
            }
        }
    }
}
