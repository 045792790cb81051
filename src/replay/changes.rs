//! Every printed figure that reads differently in two ledgers, each with where that begins.

use std::collections::{BTreeMap, BTreeSet};

use super::divergence::{BothLedgers, Difference, OriginKind, PrintedLedger};
use crate::explain::is_word;
use crate::finding::Language;
use crate::ledger::{Ledger, Operation, StepId};

/// A printed figure that reads differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureChange {
    /// Its step.
    pub id: StepId,
    /// What it was and is, in words; nothing where there is no such figure.
    pub own: Difference,
    /// The steps where that begins; each is one of [`LedgerChanges::origins`].
    pub origins: Vec<StepId>,
    /// The cells among what it rests on whose values differ, in words.
    pub cells: Vec<Difference>,
    /// Whether it is the word of a verdict or a grade, and no numeral.
    pub is_word: bool,
    /// Whether one of the two has no such row or target.
    pub is_of_one: bool,
}

/// Where figures begin to differ.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureOrigin {
    /// What it is.
    pub kind: OriginKind,
    /// What was done there; of a leaf where it came from.
    pub operation: Operation,
    /// What it was and is.
    pub own: Difference,
}

/// How two ledgers differ, figure by figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LedgerChanges {
    /// The figures, in the order of the ledgers.
    pub figures: Vec<FigureChange>,
    /// Where they begin to differ.
    pub origins: BTreeMap<StepId, FigureOrigin>,
}

/// Compares two ledgers figure by figure.
pub fn changes(was: PrintedLedger<'_>, is: PrintedLedger<'_>, language: Language) -> LedgerChanges {
    let both = BothLedgers::new(was, is, language);
    let mut seen: BTreeSet<&StepId> = BTreeSet::new();
    let all = is.ledger.steps().iter().chain(was.ledger.steps()).map(|step| &step.id);
    let told: Vec<&StepId> =
        all.filter(|id| both.different.contains(id) && both.is_told(id) && seen.insert(id)).collect();
    let mut changes = LedgerChanges::default();
    for id in told {
        let is_of_one = is_of_one(&both, id);
        let (origins, cells) = origins(&both, id, is_of_one);
        for origin in &origins {
            let Some(step) = both.step(origin) else { continue };
            changes.origins.entry((*origin).clone()).or_insert_with(|| FigureOrigin {
                kind: both.kind(origin),
                operation: step.operation.clone(),
                own: both.difference(origin, both.title(origin)),
            });
        }
        let own = both.difference(id, both.title(id));
        changes.figures.push(FigureChange {
            id: id.clone(),
            own,
            is_word: is_word(id),
            origins: origins.into_iter().cloned().collect(),
            cells: cells.into_iter().map(|cell| both.difference(cell, cell.to_string())).collect(),
            is_of_one,
        });
    }
    changes
}

/// Whether one of the ledgers has no verdict on the row or task that a figure is of.
fn is_of_one(both: &BothLedgers<'_>, id: &StepId) -> bool {
    let Some((of, _)) = id.as_str().rsplit_once('/') else { return false };
    let state = StepId::new(format!("{of}/state"));
    both.was.step(&state).is_some() != both.is.step(&state).is_some()
}

/// Where a figure begins to differ: what differs below it while nothing that it rests on does; and the cells on the way there.
/// Of what only one of them has, what its plan says is no mere consequence.
fn origins<'a>(
    both: &BothLedgers<'a>,
    id: &'a StepId,
    is_of_one: bool,
) -> (Vec<&'a StepId>, Vec<&'a StepId>) {
    let mut reached: BTreeSet<&StepId> = BTreeSet::from([id]);
    let mut open = vec![id];
    let mut starts: BTreeSet<&'a StepId> = BTreeSet::new();
    let mut cells: BTreeSet<&'a StepId> = BTreeSet::new();
    while let Some(one) = open.pop() {
        let args: Vec<&StepId> = both.grounds(one);
        if args.is_empty() {
            starts.insert(one);
        }
        cells.extend(value_cells(both, one));
        open.extend(args.into_iter().filter(|arg| reached.insert(arg)));
    }
    // Where only consequences are seen, they are what there is to tell.
    let says_the_plan = |id: &StepId| {
        let operation = both.step(id).map(|step| &step.operation);
        is_of_one && matches!(operation, Some(Operation::Curated { .. } | Operation::Line { .. }))
    };
    let is_cause = |id: &StepId| says_the_plan(id) || !both.is_consequence(id);
    let causes: Vec<&StepId> = starts.iter().copied().filter(|id| is_cause(id)).collect();
    let mut starts: Vec<&StepId> = if causes.is_empty() { starts.into_iter().collect() } else { causes };
    // A finding comes from something: it is an origin where nothing else is.
    if starts.iter().any(|id| both.kind(id) != OriginKind::Finding) {
        starts.retain(|id| both.kind(id) != OriginKind::Finding);
    }
    starts.sort_by_key(|id| (both.kind(id), *id));
    (starts, cells.into_iter().collect())
}

/// The cells that a step reads as values and that differ in what they say.
fn value_cells<'a>(both: &BothLedgers<'a>, id: &StepId) -> Vec<&'a StepId> {
    let steps = [both.was.step(id), both.is.step(id)].into_iter().flatten();
    let read = steps.filter(|step| matches!(step.operation, Operation::Read { .. }));
    let cells = read.flat_map(|step| step.args.iter()).filter(|arg| arg.role == "cell").map(|arg| &arg.id);
    let value = |ledger: &Ledger, id: &StepId| ledger.step(id).map(|step| step.value.clone());
    cells.filter(|cell| value(both.was, cell) != value(both.is, cell)).collect()
}
