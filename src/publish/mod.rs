//! One evaluation → report, results workbook, tables, validation report and manifest.

mod lineage;
mod manifest;
mod results;
mod table;
mod tables;
mod typst;
mod validation;

pub use lineage::{Step, lineage};
pub use manifest::{Manifest, OutputFile};
pub use table::{Cell, Kind, Table};
pub use tables::tables;
pub use typst::Typst;

use crate::assess::{Assessment, TaskAssessment, UnitSummary};
use crate::collect::Collected;
use crate::compare::CityScore;
use crate::digest::Digests;
use crate::finding::Finding;
use crate::plan::{Catalogue, Plan, Round};
use crate::reconcile::Fact;

/// Everything that is known of a city.
#[derive(Debug, Clone, PartialEq)]
pub struct CityEvaluation {
    /// Its plan.
    pub plan: Plan,
    /// What was collected.
    pub collected: Collected,
    /// One fact per indicator.
    pub facts: Vec<Fact>,
    /// One assessment per target.
    pub assessments: Vec<Assessment>,
    /// One per task.
    pub tasks: Vec<TaskAssessment>,
    /// One per unit.
    pub units: Vec<UnitSummary>,
    /// Its score and place.
    pub score: CityScore,
}

/// A file that went in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// 参数, 方案, 报表, 登记 …
    pub role: &'static str,
    /// Path below the input root, with `/`.
    pub path: String,
    /// Its digests.
    pub digests: Digests,
}

/// The whole of a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The round.
    pub round: Round,
    /// The catalogue.
    pub catalogue: Catalogue,
    /// The cities, in the round's order.
    pub cities: Vec<CityEvaluation>,
    /// All findings, in their order.
    pub findings: Vec<Finding>,
    /// All files that went in, in the order of the annex.
    pub inputs: Vec<InputFile>,
}

/// Publishes.
pub fn publish(
    evaluation: &Evaluation,
    publication: &crate::run::Publication,
    progress: &dyn crate::run::Progress,
) -> Result<(), crate::error::RunError> {
    let _ = (evaluation, publication, progress);
    Ok(())
}
