//! A city's chapter in the report model.

use serde::Serialize;

use super::{Bar, Finding, KeyFigure, Last, PathBar, Table};

/// A city's chapter.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct City {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) short: String,
    pub(crate) heading: String,
    pub(crate) section: String,
    pub(crate) basis: String,
    pub(crate) basis_words: String,
    pub(crate) tiers: bool,
    pub(crate) verdict: String,
    pub(crate) key: Vec<KeyFigure>,
    pub(crate) squares: Option<Squares>,
    pub(crate) groups: Option<Table<GroupRow>>,
    pub(crate) groups_text: Option<String>,
    pub(crate) extremes: Option<Table<ExtremeRow>>,
    /// Heading of the best: those with soft targets may be left out.
    pub(crate) best_head: String,
    pub(crate) indicators_heading: Option<String>,
    pub(crate) indicators: Option<Indicators>,
    pub(crate) gaps: Option<Table<GapRow>>,
    pub(crate) relation_heading: Option<String>,
    pub(crate) relation_text: Option<String>,
    pub(crate) soft: Option<Soft>,
    pub(crate) path: Option<Path>,
    pub(crate) tasks_heading: String,
    pub(crate) tasks_text: String,
    pub(crate) tasks: Table<TaskGroup>,
    pub(crate) tasks_have_targets: bool,
    pub(crate) units: Table<UnitRow>,
    pub(crate) sharers: Table<SharerRow>,
    pub(crate) queries: Table<Finding>,
}

/// One square per indicator, grouped by verdict.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Squares {
    pub(crate) title: String,
    pub(crate) alt: String,
    pub(crate) groups: Vec<SquareGroup>,
}

/// The indicators of a state.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SquareGroup {
    pub(crate) state: String,
    pub(crate) words: String,
    pub(crate) count: String,
    pub(crate) items: Vec<String>,
}

/// A first-level indicator of the plan.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct GroupRow {
    pub(crate) name: String,
    pub(crate) range: String,
    pub(crate) total: String,
    pub(crate) able: String,
    pub(crate) met: String,
    pub(crate) states: Vec<String>,
}

/// One of the best beside one of the worst.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ExtremeRow {
    pub(crate) best: Option<Extreme>,
    pub(crate) worst: Option<Extreme>,
}

/// An indicator with its completion.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Extreme {
    pub(crate) no: String,
    pub(crate) name: String,
    pub(crate) completion: String,
    pub(crate) state: String,
}

/// 表3.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Indicators {
    pub(crate) base_head: Option<Vec<String>>,
    pub(crate) actual_head: Vec<String>,
    pub(crate) target_head: Vec<String>,
    pub(crate) intended_head: Option<Vec<String>>,
    pub(crate) table: Table<IndicatorRow>,
}

/// An indicator of 表3.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct IndicatorRow {
    pub(crate) no: String,
    pub(crate) name: String,
    pub(crate) unit: String,
    pub(crate) marks: String,
    pub(crate) base: Option<String>,
    pub(crate) actual: Option<String>,
    pub(crate) actual_note: Option<String>,
    pub(crate) published: bool,
    pub(crate) target: String,
    pub(crate) intended: Option<String>,
    pub(crate) intended_state: Option<String>,
    pub(crate) completion: Option<String>,
    pub(crate) bar: Option<Bar>,
    pub(crate) last: Option<Last>,
    pub(crate) state: String,
    pub(crate) words: String,
    pub(crate) rule_before: bool,
}

/// An indicator that was missed or is open.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct GapRow {
    pub(crate) no: String,
    pub(crate) name: String,
    pub(crate) state: String,
    pub(crate) words: String,
    pub(crate) gap: String,
    pub(crate) why: String,
    pub(crate) action: String,
    pub(crate) rule_before: bool,
}

/// 表5 of a plan with a base year.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Soft {
    pub(crate) base_head: Vec<String>,
    pub(crate) target_head: Vec<String>,
    pub(crate) actual_head: Vec<String>,
    pub(crate) table: Table<SoftRow>,
}

/// A target worse than last year.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SoftRow {
    pub(crate) no: String,
    pub(crate) name: String,
    pub(crate) unit: String,
    pub(crate) base: String,
    pub(crate) target: String,
    pub(crate) actual: String,
    pub(crate) published: bool,
    pub(crate) target_change: String,
    pub(crate) actual_change: String,
    pub(crate) state: String,
    pub(crate) words: String,
}

/// 表5 of a plan that runs on.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Path {
    pub(crate) actual_head: Vec<String>,
    pub(crate) next_head: Option<Vec<String>>,
    pub(crate) assessed_head: Vec<String>,
    pub(crate) intended_head: Vec<String>,
    pub(crate) table: Table<PathRow>,
}

/// The way to the final target.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PathRow {
    pub(crate) no: String,
    pub(crate) name: String,
    pub(crate) actual: Option<String>,
    pub(crate) actual_note: Option<String>,
    pub(crate) published: bool,
    pub(crate) next: Option<String>,
    pub(crate) assessed: String,
    pub(crate) intended: String,
    pub(crate) intended_differs: bool,
    pub(crate) bar: Option<PathBar>,
    pub(crate) need_assessed: String,
    pub(crate) need_intended: String,
    pub(crate) judgement: String,
    pub(crate) tone: String,
}

/// The tasks of a lead unit.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TaskGroup {
    pub(crate) heading: String,
    pub(crate) rows: Vec<TaskRow>,
}

/// A target in prose or a task.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TaskRow {
    pub(crate) no: String,
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) note: Option<String>,
    pub(crate) target: String,
    pub(crate) actual: String,
    pub(crate) line: String,
    pub(crate) state: String,
    pub(crate) words: String,
}

/// A unit's account: what it reports, leads and shares in. The cells of `data` and `lead` are expected, reported,
/// assessable, met.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct UnitRow {
    pub(crate) name: String,
    pub(crate) received: String,
    pub(crate) late: bool,
    pub(crate) data: Vec<String>,
    pub(crate) lead: Vec<String>,
    pub(crate) tasks: String,
    pub(crate) shared: String,
    pub(crate) short: String,
    pub(crate) open: String,
}

/// A unit that only shares in tasks.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SharerRow {
    pub(crate) name: String,
    pub(crate) tasks: String,
    pub(crate) targets: String,
}
