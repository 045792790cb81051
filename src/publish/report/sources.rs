//! Cells that printed values come from, as the rows of 附件1 to 附件3 name them.

use serde::Serialize;

use super::context::Context;
use super::values::shortened;
use crate::assess::{Assessment, BaseSource};
use crate::collect::{Observation, Reading, TaskReport};
use crate::evaluation::CityEvaluation;
use crate::finding::Place;
use crate::reconcile::Fact;
use crate::rounding::plain;

/// A cell that a value came from.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Source {
    /// The unit that reports it.
    owner: String,
    /// The text of the cell where it is not what is printed, and what was done with it.
    raw: String,
    /// Row of 附件7.
    file_no: String,
    /// The cell, before it its sheet where that is another than the usual one: `D13`, `补充!D13`.
    cell: String,
}

/// The sheets of the workbook that units are given, which are not named at each cell.
pub(super) const TARGETS: &str = "指标";
/// That of tasks.
pub(super) const TASKS: &str = "任务";

/// Longest text of a cell that is printed whole.
const LONGEST: usize = 24;

/// Every cell that was used or seen for a target: what counts first, then what was not taken, then what a change is counted from.
pub(super) fn of_target(context: &Context<'_>, city: &CityEvaluation, one: &Assessment) -> Vec<Source> {
    let fact = city.fact(&one.no);
    let sides = fact.map_or(&[][..], |fact| fact.sides.as_slice());
    let (taken, others): (Vec<_>, Vec<_>) = sides.iter().partition(|seen| !is_passed_over(seen, fact));
    let mut sources: Vec<Source> =
        taken.into_iter().chain(others).map(|seen| seen_in(context, seen, fact)).collect();
    if let Some(BaseSource::Reported(seen)) = one.change.as_ref().map(|change| &change.base.source) {
        let own = seen_in(context, seen, None);
        let raw = if own.raw.is_empty() { seen.raw.clone() } else { own.raw };
        sources.push(Source { raw: format!("{}年数：{raw}", seen.year), ..own });
    }
    sources
}

/// The cell of a task's state.
pub(super) fn of_task(context: &Context<'_>, report: &TaskReport) -> Source {
    place(context, &report.at, TASKS, String::new(), String::new())
}

fn place(context: &Context<'_>, at: &Place, usual: &str, owner: String, raw: String) -> Source {
    let file_no = context.file_number(&at.file).unwrap_or_default();
    let cell = if at.sheet == usual { at.address() } else { format!("{}!{}", at.sheet, at.address()) };
    Source { owner, raw, file_no, cell }
}

/// Whether another unit's value was taken.
fn is_passed_over(seen: &Observation, fact: Option<&Fact>) -> bool {
    let taken = fact.and_then(|fact| fact.source.as_ref());
    taken.is_some_and(|taken| taken.value != seen.value)
}

/// Whether a cell's text is the very word that it was read as.
fn is_presence(reading: &Reading, text: &str) -> bool {
    matches!((reading, text), (Reading::Present, "有") | (Reading::Absent, "无"))
}

/// A cell that was seen; of several that differ, those that were not taken say so.
fn seen_in(context: &Context<'_>, seen: &Observation, fact: Option<&Fact>) -> Source {
    let text = if seen.raw.is_empty() { "（空白）".to_owned() } else { shortened(&seen.raw, LONGEST) };
    let raw = match (&seen.conversion, seen.value) {
        _ if is_passed_over(seen, fact) => format!("{text}，未采用"),
        (Some(conversion), Some(_)) => format!("{text}，{}", conversion.operation),
        (None, Some(value)) if plain(value) != seen.raw => format!("{text}，读作{}", plain(value)),
        (_, Some(_)) => String::new(),
        (_, None) if is_presence(&seen.reading, &text) => String::new(),
        (_, None) => text,
    };
    place(context, &seen.at, TARGETS, seen.unit.to_string(), raw)
}
