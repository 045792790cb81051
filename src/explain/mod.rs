//! How a published figure came about, from the ledger of an output: its way down to the cells and lines of plans, every step done again, and, where the
//! workbooks are at hand, the cells read again.

mod figure;
mod index_names;
mod ledger;
mod names;
mod near;
mod originals;
mod printed;
mod spelling;
mod tree;
mod unused;

pub use figure::{Asked, FigureTitles};
pub use ledger::LedgerFolder;
pub use originals::Original;
pub use printed::{PrintedFigures, is_word};
pub use tree::lines;

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::error::RunError;
use crate::finding::Language;
use crate::ledger::{Ledger, Step, StepId, StepValue};
use crate::words::{WayLine, WayTeller};

/// What is said of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What it is of.
    pub head: String,
    /// Its way, or what it reaches.
    pub ways: Vec<WayLine>,
    /// How many steps were done again, and those that gave something else.
    pub again: (usize, Vec<String>),
    /// What the workbooks hold today, where they were asked for.
    pub originals: Vec<Original>,
    /// The same for programs.
    pub json: Json,
}

impl Explanation {
    /// Whether every step gave the same again, and every cell still holds what was read.
    pub fn agrees(&self) -> bool {
        self.again.1.is_empty() && self.originals.iter().all(Original::agrees)
    }
}

/// What is to be explained.
#[derive(Debug, Clone, Copy)]
pub struct ExplainOrder<'a> {
    /// The output.
    pub output: &'a Path,
    /// The figure, or the cell.
    pub figure: &'a str,
    /// The root of the inputs, where the workbooks are to be held against what was read.
    pub inputs: Option<&'a Path>,
    /// This program, which reads a workbook in a process of its own.
    pub program: &'a Path,
    /// The language.
    pub language: Language,
}

/// Explains a figure of an output.
///
/// # Errors
/// Fails when the folder is no output with a ledger, when there is no such figure, or when the inputs cannot be read.
pub fn explain(order: &ExplainOrder<'_>) -> Result<Explanation, RunError> {
    let ExplainOrder { figure, inputs, language, .. } = *order;
    let output = LedgerFolder::read(order.output, language)?;
    let asked = figure::find(&output, figure)?;
    let ledger = &output.ledger;
    let roots: Vec<&Step> = asked.roots.iter().filter_map(|id| ledger.step(id)).collect();
    let steps = closure(ledger, &roots);
    let mut teller = WayTeller::new(ledger, language);
    let mut ways: Vec<WayLine> = Vec::new();
    for step in &roots {
        let label = figure::label(&step.id, language);
        // What the ledger alone has a name for has no word in Chinese.
        let is_bare = language == Language::Chinese && label.is_ascii() && !label.is_empty();
        ways.push(teller.line(if is_bare { "数" } else { &label }, step));
    }
    let of: BTreeSet<&str> =
        asked.roots.iter().filter_map(|id| id.as_str().rsplit_once('/').map(|(of, _)| of)).collect();
    let noticed = output.findings.iter().filter(|(about, _)| of.contains(about.as_str()));
    ways.extend(noticed.map(|(_, words)| WayLine::end(words)));
    if asked.roots.is_empty() {
        ways.extend(unused::told(&output, order)?);
    } else if asked.is_cell {
        ways.extend(figure::reached(&output, &roots, &teller, language)?);
    }
    let again: Vec<&Step> = steps.iter().copied().filter(|step| !step.operation.is_leaf()).collect();
    let is_other = |step: &&&Step| ledger.again(step).as_ref() != Some(&step.value);
    let wrong = again.iter().filter(is_other).map(|step| step.id.to_string()).collect();
    let originals = match inputs {
        Some(inputs) => originals::read_again(&output, &steps, inputs)?,
        None => Vec::new(),
    };
    Ok(Explanation {
        head: asked.head.clone(),
        ways,
        again: (again.len(), wrong),
        originals,
        json: as_json(&output, figure, &asked, &steps),
    })
}

/// The steps that some rest on, themselves among them, each behind those that it rests on.
fn closure<'a>(ledger: &'a Ledger, roots: &[&'a Step]) -> Vec<&'a Step> {
    let mut wanted: BTreeSet<&StepId> = roots.iter().map(|step| &step.id).collect();
    let mut open: Vec<&Step> = roots.to_vec();
    while let Some(step) = open.pop() {
        let args = step.args.iter().filter_map(|arg| ledger.step(&arg.id));
        open.extend(args.filter(|one| wanted.insert(&one.id)));
    }
    // What is the same for all stands in every ledger: it is told once.
    ledger.steps().iter().filter(|step| wanted.remove(&step.id)).collect()
}

fn as_json(output: &LedgerFolder, figure: &str, asked: &Asked, steps: &[&Step]) -> Json {
    let step = |step: &&Step| {
        let args: Vec<Json> = step.args.iter().map(|arg| json!([arg.role, arg.id.as_str()])).collect();
        let value = match &step.value {
            StepValue::Nothing => Json::Null,
            value => value.to_string().into(),
        };
        let params: Json = serde_json::from_str(&step.operation.params()).unwrap_or(Json::Null);
        json!({
            "id": step.id.as_str(), "op": step.operation.key(), "in": args, "v": value,
            "type": step.value.kind(), "u": &*step.unit, "p": params,
        })
    };
    json!({
        "schema": "duibiao-explain/1",
        "figure": figure,
        "fingerprint": output.fingerprint,
        "roots": asked.roots.iter().map(StepId::as_str).collect::<Vec<_>>(),
        "steps": steps.iter().map(step).collect::<Vec<_>>(),
    })
}
