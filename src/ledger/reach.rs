//! How much of what is said of targets, tasks, units, cities and the round rests on something that came from outside. It is asked before anything is printed:
//! what the documents count beside that has its steps only when they are built.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Ledger, StepId, Traced};

/// The totals of a city, of the round and of units that count, by the last part of their names.
const TOTALS: [&str; 18] = [
    "total",
    "assessable",
    "met",
    "open",
    "rate",
    "rate_without_soft",
    "coverage",
    "score",
    "score_missing_as_zero",
    "grade",
    "rank",
    "deducted",
    "rank.best",
    "rank.worst",
    "expected",
    "reported",
    "tasks",
    "tasks_done",
];

/// Whether a step says something of them: a verdict, a rounded figure, a total as it is shown.
fn is_said(ledger: &Ledger, id: &StepId) -> bool {
    let name = id.as_str();
    let total = name.rsplit_once("/#").map(|(_, total)| total.trim_end_matches(".shown"));
    let is_total = total.is_some_and(|total| TOTALS.contains(&total));
    let is_printed_so = is_total && ledger.step(&id.shown()).is_none();
    let is_shown =
        name.ends_with(".shown") && (is_total || (total.is_none() && !name.contains("/at_the_end/")));
    is_shown || is_printed_so || name.ends_with("/state")
}

/// What is said of them that rests on each of some steps, in the ledgers of cities and in that over them, which comes last. What a step is called
/// in one ledger it is called in all.
pub fn reach<'a>(
    ledgers: impl IntoIterator<Item = &'a Ledger>,
    of: &BTreeMap<StepId, usize>,
    count: usize,
) -> Vec<Vec<Traced>> {
    let mut reached = vec![Vec::new(); count];
    if of.is_empty() {
        return reached;
    }
    // Of the steps that rest on any: on which.
    let mut resting: BTreeMap<&StepId, Vec<usize>> = BTreeMap::new();
    for ledger in ledgers {
        for step in ledger.steps() {
            let mut on: Cow<'_, [usize]> = Cow::Borrowed(&[]);
            for known in step.args.iter().filter_map(|arg| resting.get(&arg.id)) {
                let more = known.iter().filter(|one| !on.contains(one)).copied().collect::<Vec<_>>();
                if !more.is_empty() {
                    on.to_mut().extend(more);
                }
            }
            let is_new = !resting.contains_key(&step.id);
            if is_new && is_said(ledger, &step.id) {
                let told = Traced { id: step.id.clone(), value: step.value.clone() };
                for one in on.iter() {
                    reached.get_mut(*one).into_iter().for_each(|figures| figures.push(told.clone()));
                }
            }
            let own = of.get(&step.id);
            if let Some(own) = own.filter(|own| !on.contains(own)) {
                on.to_mut().push(*own);
            }
            if !on.is_empty() {
                resting.insert(&step.id, on.into_owned());
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Exact, Operation, StepValue};

    #[test]
    fn what_rests_on_a_decision_is_counted_once_in_each_ledger_and_over_them() {
        let city = |name: &str| {
            let mut ledger = Ledger::default();
            let leaf = |ledger: &mut Ledger, id: &str| {
                ledger.leaf(StepId::new(id), Operation::Constant, StepValue::Number(Exact::whole(1)))
            };
            let (weight, other) = (leaf(&mut ledger, "round.toml#weight.1"), leaf(&mut ledger, "constant/1"));
            let id = |part: &str| StepId::new(format!("{name}/{part}"));
            let sum = ledger.does(id("1/points"), Operation::Sum, &[("x", &weight), ("x", &other)], "");
            ledger.does(id("1/points.shown"), Operation::Round { places: 1 }, &[("x", &sum)], "");
            ledger.does(id("2/points.shown"), Operation::Round { places: 1 }, &[("x", &other)], "");
            let both = ledger.does(id("#score"), Operation::Sum, &[("x", &sum), ("x", &weight)], "");
            (ledger, both)
        };
        let ((one, a), (two, b)) = (city("a"), city("b"));
        let mut round = Ledger::default();
        round.does(StepId::new("round/#score"), Operation::Sum, &[("x", &a), ("x", &b)], "");
        let of = BTreeMap::from([
            (StepId::new("round.toml#weight.1"), 1),
            (StepId::new("round.toml#weight.2"), 0),
        ]);
        // Two shown points, two scores, and one over both.
        let reached = reach([&one, &two, &round], &of, 2);
        assert_eq!(reached.iter().map(Vec::len).collect::<Vec<_>>(), [0, 5]);
    }
}
