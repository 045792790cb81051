//! Classes of scores (分档): of the index, of the index by other weights, and over draws.

use super::Composite;
use super::robust::ClassInterval;
use super::scores::{PRINTED, Workings, of_city, roles};
use crate::ledger::{Ledger, Operation, StepId, StepValue, Traced};

impl Workings<'_> {
    /// The class of each city with a place; `by` begins the names of what is computed with other weights.
    pub(super) fn classes(
        &mut self,
        index: &[Option<Traced>],
        placed: &[bool],
        by: &str,
    ) -> Vec<Option<usize>> {
        let spec = self.spec;
        let limits: Vec<Traced> = (1_usize..)
            .zip(&spec.classes)
            .map(|(place, class)| {
                let entry = format!("class.{place}");
                self.parameter(&format!("{entry}.from"), &entry, class.from)
            })
            .collect();
        let mut found = Vec::new();
        for ((city, score), placed) in self.cities.iter().zip(index).zip(placed) {
            let Some(score) = score.as_ref().filter(|_| *placed && !limits.is_empty()) else {
                found.push(None);
                continue;
            };
            let mut args = vec![("score", score)];
            args.extend(roles("from", &limits));
            let name = of_city(&city.city, &format!("{by}class"));
            let told = self.does(name, Operation::Class, &args).count();
            found.push(told.checked_sub(1).filter(|at| *at < spec.classes.len()));
        }
        found
    }
}

/// In how many of the draws whose scores are on the scale of the index each city is in which class: `table` is the table of draws, `counts` is by city with a
/// place, then by class, the one below the last among them. Nothing without classes, and where no draw is on that scale.
pub(super) fn over_draws(
    composite: &Composite,
    table: &str,
    counts: &[Vec<u32>],
    ledger: &mut Ledger,
) -> (Option<Traced>, Vec<ClassInterval>) {
    let (mut counted, mut found) = (None, Vec::new());
    let is_drawn = counts.iter().flatten().any(|times| *times > 0);
    if composite.spec.classes.is_empty() || !is_drawn {
        return (counted, found);
    }
    for (city, counts) in composite.placed().zip(counts) {
        let own = |part: &str| of_city(&city.city, part);
        let all = (1_usize..).zip(counts).filter(|(_, times)| **times > 0);
        let text = all.map(|(class, times)| format!("{class}:{times}")).collect::<Vec<_>>().join(" ");
        let operation = Operation::DrawsClasses { table: table.to_owned(), of: city.city.to_string() };
        let drawn = ledger.leaf(own("class.draws"), operation, StepValue::Text(text));
        counted.get_or_insert_with(|| {
            let name = StepId::new("round/#index.class.counted");
            ledger.does(name, Operation::DrawsCount, &[("draws", &drawn)], "")
        });
        let share = |name: StepId, class: &Traced, ledger: &mut Ledger| {
            let args = [("draws", &drawn), ("class", class)];
            let told = ledger.does(name, Operation::DrawsClass, &args, "%");
            ledger.shown(&told.id, &told, PRINTED);
            told
        };
        let mut shares = Vec::new();
        for (class, _) in (1_i64..).zip(counts) {
            let number = ledger.constant(class);
            shares.push(share(own(&format!("in_class.{class}")), &number, ledger));
        }
        let class = ledger.told(&own("class"));
        let kept = class.map(|class| share(own("class.own"), &class, ledger));
        found.push(ClassInterval { city: city.city.clone(), shares, kept });
    }
    (counted, found)
}
