//! Where two ledgers begin to differ: steps that differ while nothing that they rest on does, and how far each reaches.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value as Json;

use crate::error::RunError;
use crate::explain::{FigureTitles, LedgerFolder, PrintedFigures};
use crate::files;
use crate::finding::Language;
use crate::ledger::{Arg, CHOSEN_BY, Ledger, Operation, Step, StepId};
use crate::table_text::lines_that_read;
use crate::words::WayTeller;

/// A ledger with what its output prints of it.
#[derive(Debug, Clone, Copy)]
pub struct PrintedLedger<'a> {
    /// The steps.
    pub ledger: &'a Ledger,
    /// Those that are printed.
    pub printed: &'a PrintedFigures,
}

/// Something that was and is, in words; nothing where there is no such step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is of.
    pub label: String,
    /// As archived.
    pub was: Option<String>,
    /// Now.
    pub is: Option<String>,
}

/// What an origin is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OriginKind {
    /// A workbook.
    File,
    /// A cell.
    Cell,
    /// An entry that people wrote: of a plan, of the round.
    Entry,
    /// A finding.
    Finding,
    /// A step that gives something else on the same: a fault of the program, or a part of the record that was altered.
    Step,
}

/// A step that differs while nothing that it rests on does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginStep {
    /// What it is.
    pub kind: OriginKind,
    /// The word of its operation.
    pub operation: String,
    /// What it was and is.
    pub own: Difference,
    /// Of a workbook: its cells that differ.
    pub cells: Vec<Difference>,
    /// Printed figures that it reaches and that differ, the widest first.
    pub reaches: Vec<Difference>,
}

/// How two ledgers differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divergence {
    /// How many printed figures differ.
    pub printed: usize,
    /// Where that begins.
    pub origins: Vec<OriginStep>,
}

/// Compares the ledgers of two outputs; nothing where one of them has none that can be read.
///
/// # Errors
/// Fails when they cannot be read.
pub(super) fn between(
    archived: &Path,
    new: &Path,
    language: Language,
) -> Result<Option<Divergence>, RunError> {
    for output in [archived, new] {
        for table in ["tables/derivation.csv", "tables/figures.csv"] {
            if !files::is_there(&output.join(table))? {
                return Ok(None);
            }
        }
    }
    // A ledger that was altered beyond reading has no origins to tell.
    let Ok(was) = LedgerFolder::read_of_another(archived, language) else { return Ok(None) };
    let is = LedgerFolder::read(new, language)?;
    let (was_printed, is_printed) = (was.printed()?, is.printed()?);
    let side = |ledger, printed| PrintedLedger { ledger, printed };
    let mut divergence = compare(side(&was.ledger, &was_printed), side(&is.ledger, &is_printed), language);
    if divergence.origins.is_empty() {
        divergence.origins = findings(archived, new, language)?;
    }
    Ok(Some(divergence))
}

/// Findings that differ: a waiver changes them and nothing else.
fn findings(archived: &Path, new: &Path, language: Language) -> Result<Vec<OriginStep>, RunError> {
    let (was, is) = (told_findings(archived, language)?, told_findings(new, language)?);
    let places: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let differ = places.into_iter().filter(|place| was.get(*place) != is.get(*place));
    let own = |place: &String| Difference {
        label: place.clone(),
        was: was.get(place).cloned(),
        is: is.get(place).cloned(),
    };
    Ok(differ
        .map(|place| OriginStep {
            kind: OriginKind::Finding,
            operation: Operation::Finding.key(),
            own: own(place),
            cells: Vec::new(),
            reaches: Vec::new(),
        })
        .collect())
}

/// The findings of an output: what each is about, and its code with what says that it is waived.
fn told_findings(output: &Path, language: Language) -> Result<BTreeMap<String, String>, RunError> {
    const PLACE: [&str; 7] = ["code", "city", "indicator", "unit", "file", "sheet", "cell"];
    let path = output.join("tables/findings.csv");
    let mut found = BTreeMap::new();
    if !files::is_there(&path)? {
        return Ok(found);
    }
    let bytes = files::read(&path)?;
    for row in lines_that_read(&bytes) {
        let of = |name: &str| row.get(name).cloned();
        let place: Vec<String> = PLACE.into_iter().filter_map(of).filter(|part| !part.is_empty()).collect();
        let waived = of("waived").is_some_and(|waived| !waived.is_empty());
        let waived = match language {
            _ if !waived => "",
            Language::Chinese => "（已豁免）",
            Language::English => " (waived)",
        };
        let mut place = place.join("　");
        // Two of a kind at one place are told apart by their order.
        while found.contains_key(&place) {
            place.push('′');
        }
        found.insert(place, of("code").unwrap_or_default() + waived);
    }
    Ok(found)
}

/// Two ledgers with the steps that differ.
pub(super) struct BothLedgers<'a> {
    pub(super) was: &'a Ledger,
    pub(super) is: &'a Ledger,
    printed: [&'a PrintedFigures; 2],
    pub(super) different: BTreeSet<&'a StepId>,
    uses: BTreeMap<&'a StepId, Vec<&'a StepId>>,
    titles: [FigureTitles; 2],
    language: Language,
}

/// Compares two ledgers.
fn compare(was: PrintedLedger<'_>, is: PrintedLedger<'_>, language: Language) -> Divergence {
    let both = BothLedgers::new(was, is, language);
    let starts: Vec<&StepId> = both.different.iter().copied().filter(|id| both.begins(id)).collect();
    // Where only consequences are seen, they are what there is to tell.
    let causes: Vec<&StepId> = starts.iter().copied().filter(|id| !both.is_consequence(id)).collect();
    let starts = if causes.is_empty() { starts } else { causes };
    let mut origins: Vec<OriginStep> = starts.into_iter().map(|id| both.origin(id)).collect();
    origins.sort_by_key(|origin| (origin.kind, std::cmp::Reverse(origin.reaches.len())));
    // A finding comes from something: it is an origin where nothing else is.
    if origins.iter().any(|origin| origin.kind != OriginKind::Finding) {
        origins.retain(|origin| origin.kind != OriginKind::Finding);
    }
    let printed = both.different.iter().filter(|id| both.is_told(id)).count();
    Divergence { printed, origins }
}

/// What of a leaf makes no difference to a figure: on which line of its file an entry stands; who decided it, when and why.
const BESIDE_THE_VALUE: [&str; 6] = ["line", "by", "on", "until", "reason", "basis"];

/// Whether a step is the same in both.
fn is_same(was: Option<&Step>, is: Option<&Step>) -> bool {
    let params = |step: &Step| {
        let mut params: Json = serde_json::from_str(&step.operation.params()).unwrap_or(Json::Null);
        if step.operation.is_leaf() {
            let own = params.as_object_mut();
            own.into_iter().for_each(|own| own.retain(|key, _| !BESIDE_THE_VALUE.contains(&key.as_str())));
        }
        params
    };
    let (Some(was), Some(is)) = (was, is) else { return false };
    was == is
        || was.value == is.value
            && was.unit == is.unit
            && was.args == is.args
            && was.operation.key() == is.operation.key()
            && params(was) == params(is)
}

impl<'a> BothLedgers<'a> {
    /// Finds the steps that differ.
    pub(super) fn new(was: PrintedLedger<'a>, is: PrintedLedger<'a>, language: Language) -> Self {
        let printed = [was.printed, is.printed];
        let (was, is) = (was.ledger, is.ledger);
        let ids: BTreeSet<&StepId> = was.steps().iter().chain(is.steps()).map(|step| &step.id).collect();
        let different = ids.iter().copied().filter(|id| !is_same(was.step(id), is.step(id))).collect();
        let titles = [FigureTitles::of(was), FigureTitles::of(is)];
        let mut both = Self { was, is, printed, different, uses: BTreeMap::new(), titles, language };
        for id in ids {
            for arg in both.args(id) {
                both.uses.entry(arg).or_default().push(id);
            }
        }
        both
    }

    /// Whether a step that differs rests on nothing that does.
    pub(super) fn begins(&self, id: &StepId) -> bool {
        !self.args(id).iter().any(|arg| self.different.contains(arg))
    }

    /// What a step rests on, in either.
    pub(super) fn args(&self, id: &StepId) -> BTreeSet<&'a StepId> {
        let steps = [self.was.step(id), self.is.step(id)].into_iter().flatten();
        steps.flat_map(|step| step.args.iter().map(|arg| &arg.id)).collect()
    }

    /// What differs among what a step rests on. What chose a step that stands in both ledgers, and counts nothing, does not say why it reads differently, unless nothing
    /// else does.
    pub(super) fn grounds(&self, id: &StepId) -> Vec<&'a StepId> {
        let steps = [self.was.step(id), self.is.step(id)];
        let is_count = |step: &&Step| matches!(step.operation, Operation::Count { .. } | Operation::Order);
        let chooses =
            steps.iter().any(Option::is_none) || steps.into_iter().flatten().any(|step| is_count(&step));
        let is_ground = |arg: &&&Arg| chooses || arg.role != CHOSEN_BY;
        let own = steps.into_iter().flatten().flat_map(|step| &step.args);
        let grounds: BTreeSet<&StepId> = own.filter(|arg| is_ground(&arg)).map(|arg| &arg.id).collect();
        let differ = |all: BTreeSet<&'a StepId>| -> Vec<&'a StepId> {
            all.into_iter().filter(|arg| self.different.contains(arg)).collect()
        };
        let grounds = differ(grounds);
        if grounds.is_empty() { differ(self.args(id)) } else { grounds }
    }

    /// Whether a step differs only because something else is asked: what came from outside stands in one ledger only, where what asks for it
    /// differs for another reason, or its workbook is the same in both; an operation is done on other steps, or in one ledger only.
    pub(super) fn is_consequence(&self, id: &StepId) -> bool {
        let (was, is) = (self.was.step(id), self.is.step(id));
        if [was, is].into_iter().flatten().any(|step| !step.operation.is_leaf()) {
            return was.map(|step| &step.args) != is.map(|step| &step.args);
        }
        let (Some(step), true) = (was.or(is), was.is_none() || is.is_none()) else { return false };
        let differs_otherwise =
            |user: &StepId| self.args(user).iter().any(|arg| *arg != id && self.different.contains(arg));
        match &step.operation {
            Operation::Constant | Operation::Absent { .. } => true,
            Operation::File { .. } => false,
            Operation::Cell { .. } => {
                step.args.iter().all(|arg| is_same(self.was.step(&arg.id), self.is.step(&arg.id)))
            }
            _ => self.uses.get(id).is_some_and(|users| users.iter().all(|user| differs_otherwise(user))),
        }
    }

    /// What a step says, in words.
    fn words(&self, ledger: &Ledger, id: &StepId) -> Option<String> {
        let step = ledger.step(id)?;
        let value = WayTeller::new(ledger, self.language).printed(step);
        Some(match step.operation {
            Operation::Cell { .. } | Operation::Curated { .. } | Operation::Line { .. } => {
                format!("“{value}”")
            }
            _ => value,
        })
    }

    pub(super) fn difference(&self, id: &StepId, label: String) -> Difference {
        Difference { label, was: self.words(self.was, id), is: self.words(self.is, id) }
    }

    /// Whether a step is printed and reads differently.
    pub(super) fn is_told(&self, id: &StepId) -> bool {
        self.printed.iter().any(|printed| printed.prints(id))
            && self.words(self.was, id) != self.words(self.is, id)
    }

    /// What a step is of, in words.
    pub(super) fn title(&self, id: &StepId) -> String {
        let [was, is] = &self.titles;
        let (ledger, titles) = if self.is.step(id).is_some() { (self.is, is) } else { (self.was, was) };
        let [was, is] = self.printed;
        titles.printed(ledger, if is.has(id) { is } else { was }, id, self.language)
    }

    /// A step of either ledger, that of the new one first.
    pub(super) fn step(&self, id: &StepId) -> Option<&'a Step> {
        self.is.step(id).or_else(|| self.was.step(id))
    }

    /// What an origin is.
    pub(super) fn kind(&self, id: &StepId) -> OriginKind {
        match self.step(id).map(|step| &step.operation) {
            Some(Operation::File { .. }) => OriginKind::File,
            Some(Operation::Cell { .. }) => OriginKind::Cell,
            Some(Operation::Finding) => OriginKind::Finding,
            Some(operation) if operation.is_leaf() => OriginKind::Entry,
            _ => OriginKind::Step,
        }
    }

    fn origin(&self, id: &'a StepId) -> OriginStep {
        let kind = self.kind(id);
        let inside = format!("{id}[");
        let is_in_both = |one: &&&StepId| self.was.step(one).is_some() && self.is.step(one).is_some();
        let cells = self.different.iter().filter(|one| one.as_str().starts_with(&inside)).filter(is_in_both);
        let cells = cells.map(|one| self.difference(one, one.as_str()[id.as_str().len()..].to_owned()));
        let cells = if kind == OriginKind::File { cells.collect() } else { Vec::new() };
        let mut reached: BTreeSet<&StepId> = BTreeSet::new();
        let mut open = vec![id];
        while let Some(one) = open.pop() {
            let uses = self.uses.get(one).into_iter().flatten().copied();
            open.extend(uses.filter(|next| self.different.contains(next) && reached.insert(next)));
        }
        let mut figures: Vec<&StepId> = reached.into_iter().filter(|one| self.is_told(one)).collect();
        figures.sort_by_key(|one| width(one));
        let reaches = figures.into_iter().map(|one| self.difference(one, self.title(one))).collect();
        let operation = self.step(id).map(|step| step.operation.key()).unwrap_or_default();
        OriginStep { kind, operation, own: self.difference(id, self.title(id)), cells, reaches }
    }
}

/// How much a figure is of: the round before a city, a city before its parts.
fn width(id: &StepId) -> u8 {
    let parts: Vec<&str> = id.as_str().split('/').collect();
    match parts.as_slice() {
        ["round", ..] => 0,
        [_, last] if last.starts_with('#') => 1,
        [_, _, _] => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Exact, StepValue};

    /// The ledger of one target: a cell, what is read there, a completion, and what is printed.
    fn ledger(cell: &str, places: u32) -> Ledger {
        let mut ledger = Ledger::default();
        let text = |text: &str| StepValue::Text(text.to_owned());
        let file = Operation::File { version: "1".to_owned(), received: None, registered: false };
        let file = ledger.leaf(StepId::new("甲/submissions/a.xlsx"), file, text(cell));
        let at = StepId::new("甲/submissions/a.xlsx[指标]!E7");
        let cell = ledger.leaf_of(at, Operation::Cell { stored: None }, &file, text(cell));
        let number = ledger.does(
            StepId::new("甲/1/actual"),
            Operation::ParseNumber { as_number: None },
            &[("text", &cell)],
            "",
        );
        let hundred = ledger.leaf(
            StepId::new("constant/100"),
            Operation::Constant,
            StepValue::Number(Exact::from(100_usize)),
        );
        let args = [("part", &number), ("whole", &hundred)];
        let share = ledger.does(StepId::new("甲/1/completion"), Operation::Share, &args, "");
        ledger.does(StepId::new("甲/1/completion.shown"), Operation::Round { places }, &[("x", &share)], "");
        ledger
    }

    /// Compares two ledgers of which the completion is printed.
    fn told(was: &Ledger, is: &Ledger) -> Divergence {
        let row = (StepId::new("甲/1/completion.shown"), "附表1/1/完成率".to_owned());
        let printed: PrintedFigures = [row].into_iter().collect();
        let side = |ledger| PrintedLedger { ledger, printed: &printed };
        compare(side(was), side(is), Language::Chinese)
    }

    #[test]
    fn the_origin_of_another_figure_is_the_workbook_with_the_cell_that_differs() {
        let told = told(&ledger("80", 1), &ledger("90", 1));
        assert_eq!((told.printed, told.origins.len()), (1, 1), "{told:#?}");
        let origin = &told.origins[0];
        assert_eq!(origin.kind, OriginKind::File);
        assert_eq!(origin.cells[0].label, "[指标]!E7");
        assert_eq!(origin.cells[0].was.as_deref(), Some("“80”"));
        assert_eq!(origin.reaches[0].is.as_deref(), Some("90.0%"));
    }

    #[test]
    fn a_step_that_differs_on_the_same_is_told_as_one() {
        let other = told(&ledger("80", 1), &ledger("80", 2));
        assert_eq!(other.origins.iter().map(|one| one.kind).collect::<Vec<_>>(), [OriginKind::Step]);
        assert_eq!(told(&ledger("80", 1), &ledger("80", 1)).origins, []);
    }
}
