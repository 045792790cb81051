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
    pub(crate) plans: Option<PlanAnnex>,
    pub(crate) lineage: Lineage,
    pub(crate) inputs: Annex<InputRow>,
    pub(crate) scoring: Option<Scoring>,
}

/// 附件2: the plans against themselves.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PlanAnnex {
    pub(crate) heading: String,
    pub(crate) text: String,
    pub(crate) table: Table<RemarkRow>,
    pub(crate) notes: Table<RemarkSum>,
}

/// A contradiction in a plan.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RemarkRow {
    pub(crate) no: String,
    pub(crate) city: String,
    pub(crate) indicator: String,
    pub(crate) rule: String,
    pub(crate) here: String,
    pub(crate) there: String,
    pub(crate) message: String,
}

/// Notes of one kind on one plan.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RemarkSum {
    pub(crate) city: String,
    pub(crate) rule: String,
    pub(crate) count: String,
    pub(crate) numbers: String,
}

/// 附件5: rules of judgement and scoring.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Scoring {
    pub(crate) heading: String,
    pub(crate) kinds: Table<KindRow>,
    pub(crate) text: String,
    pub(crate) formula: String,
    pub(crate) formula_words: String,
    pub(crate) score_text: String,
    pub(crate) parameters: Table<ParameterRow>,
    pub(crate) weights: Table<WeightRow>,
    pub(crate) limits: Table<LimitRow>,
    pub(crate) declared: Table<DeclaredRow>,
}

/// A kind of target.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct KindRow {
    pub(crate) kind: String,
    pub(crate) rule: String,
    pub(crate) completion: String,
    pub(crate) total: String,
    pub(crate) able: String,
}

/// A parameter of the method.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ParameterRow {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) meaning: String,
}

/// A weight.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct WeightRow {
    pub(crate) city: String,
    pub(crate) indicator: String,
    pub(crate) weight: String,
}

/// A limit on the grade.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LimitRow {
    pub(crate) city: String,
    pub(crate) object: String,
    pub(crate) grade: String,
    pub(crate) reason: String,
    pub(crate) who: String,
    pub(crate) holds: String,
}

/// A base year or benchmark that the round declares.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DeclaredRow {
    pub(crate) city: String,
    pub(crate) target: String,
    pub(crate) what: String,
    pub(crate) value: String,
    pub(crate) source: String,
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
