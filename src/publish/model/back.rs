//! Quality chapter and annexes in the report model.

use serde::Serialize;

use super::{Annex, Finding, Table};

/// 三、数据质量与核实.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Quality {
    pub(crate) text: String,
    pub(crate) returns: Table<ReturnRow>,
    pub(crate) rules: Table<RuleRow>,
    pub(crate) cells_text: String,
    pub(crate) cells: Table<CellsRow>,
    pub(crate) open: Table<Finding>,
    pub(crate) exceptions_text: String,
    pub(crate) waivers: Table<WaiverRow>,
    pub(crate) decisions: Table<DecisionRow>,
    pub(crate) boundary_text: String,
}

/// A city's returns.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReturnRow {
    pub(crate) city: String,
    pub(crate) expected: String,
    pub(crate) on_time: String,
    pub(crate) late: String,
    pub(crate) missing: String,
    pub(crate) workbooks: String,
    pub(crate) errors: String,
    pub(crate) warnings: String,
    pub(crate) notes: String,
}

/// Findings of a rule.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RuleRow {
    pub(crate) code: String,
    pub(crate) rule: String,
    pub(crate) errors: String,
    pub(crate) warnings: String,
    pub(crate) notes: String,
    pub(crate) waiting: String,
}

/// Cells read in a city.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CellsRow {
    pub(crate) city: String,
    pub(crate) read: String,
    pub(crate) number: String,
    pub(crate) word: String,
    pub(crate) blank: String,
    pub(crate) mark: String,
    pub(crate) unreadable: String,
}

/// An accepted exception.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct WaiverRow {
    pub(crate) no: String,
    pub(crate) city: String,
    pub(crate) object: String,
    pub(crate) finding: String,
    pub(crate) reason: String,
    pub(crate) owner: String,
    pub(crate) until: String,
}

/// A human decision.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DecisionRow {
    pub(crate) no: String,
    pub(crate) city: String,
    pub(crate) object: String,
    pub(crate) matter: String,
    pub(crate) decision: String,
    pub(crate) who: String,
    pub(crate) date: String,
}

/// The annexes.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Annexes {
    pub(crate) findings: Option<Annex<Finding>>,
    pub(crate) mismatches: Option<Annex<MismatchRow>>,
    pub(crate) lineage: Lineage,
    pub(crate) inputs: Annex<InputRow>,
}

/// Plan text against plan table.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MismatchRow {
    pub(crate) no: String,
    pub(crate) city: String,
    pub(crate) indicator: String,
    pub(crate) prose: String,
    pub(crate) table: String,
    pub(crate) handling: String,
}

/// 附件3.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Lineage {
    pub(crate) heading: String,
    pub(crate) text: String,
    pub(crate) printed: bool,
    pub(crate) cities: Vec<Table<LineageRow>>,
    pub(crate) derived: Table<DerivedRow>,
    pub(crate) sample_text: Option<String>,
    pub(crate) sample: Option<Table<StepRow>>,
}

/// A printed value with its cells.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LineageRow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) sources: Vec<Source>,
    pub(crate) line: String,
    pub(crate) rule_before: bool,
}

/// A cell that a value came from.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Source {
    pub(crate) raw: String,
    pub(crate) operation: String,
    pub(crate) file_no: String,
    pub(crate) file: String,
    pub(crate) sheet: String,
    pub(crate) cell: String,
}

/// A computed figure.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DerivedRow {
    pub(crate) id: String,
    pub(crate) figure: String,
    pub(crate) value: String,
    pub(crate) formula: String,
    pub(crate) basis: String,
    pub(crate) rule_before: bool,
}

/// A step of the worked example.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StepRow {
    pub(crate) no: String,
    pub(crate) stage: String,
    pub(crate) content: String,
    pub(crate) source: String,
}

/// A file that went in.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct InputRow {
    pub(crate) no: String,
    pub(crate) role: String,
    pub(crate) folder: Option<String>,
    pub(crate) file: String,
    pub(crate) sha256: String,
    pub(crate) sm3: String,
}
