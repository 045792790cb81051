//! The shape of plan files on disk; see `docs/plan-format.md`.

use serde::Deserialize;

use super::sections::Day;
use crate::ident::{IndicatorId, IndicatorNo, TaskNo, UnitName};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) id: String,
    pub(super) city: String,
    pub(super) name: String,
    pub(super) short: String,
    pub(super) level: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) document_no: String,
    #[serde(default)]
    #[expect(dead_code, reason = "kept in the file for readers; issued_note is what the report prints")]
    pub(super) issuer: String,
    #[expect(dead_code, reason = "checked to be a date; issued_note is what the report prints")]
    pub(super) issued_on: Option<Day>,
    #[serde(default)]
    pub(super) issued_note: String,
    pub(super) scope: String,
    pub(super) status: String,
    pub(super) years: Vec<i32>,
    pub(super) baseline_year: Option<i32>,
    pub(super) row_units: Option<String>,
    pub(super) office: UnitName,
    pub(super) source: String,
    #[serde(default)]
    pub(super) note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeadlineEntry {
    pub(super) period: String,
    pub(super) due: Day,
    pub(super) line: String,
    pub(super) quote: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitEntry {
    pub(super) name: UnitName,
    #[serde(default, rename = "alias")]
    pub(super) aliases: Vec<AliasEntry>,
    #[serde(default)]
    #[expect(dead_code, reason = "a remark for readers of the file")]
    pub(super) note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AliasEntry {
    pub(super) name: String,
    pub(super) from: Option<Day>,
    pub(super) until: Option<Day>,
    #[serde(default)]
    #[expect(dead_code, reason = "a remark for readers of the file")]
    pub(super) note: String,
    #[serde(default)]
    #[expect(dead_code, reason = "a remark for readers of the file")]
    pub(super) line: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupEntry {
    pub(super) name: String,
    #[expect(dead_code, reason = "a remark for readers of the file")]
    pub(super) line: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndicatorEntry {
    pub(super) no: IndicatorNo,
    pub(super) id: IndicatorId,
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) group: String,
    #[serde(default)]
    pub(super) data_units: Vec<UnitName>,
    #[serde(default)]
    #[expect(dead_code, reason = "no plan so far names other units than those that report")]
    pub(super) lead: Vec<String>,
    #[serde(default)]
    #[expect(dead_code, reason = "no plan so far names other units than those that report")]
    pub(super) responsible: Vec<String>,
    pub(super) line: String,
    #[serde(default)]
    #[expect(dead_code, reason = "a remark for readers of the file")]
    pub(super) note: String,
    #[serde(default, rename = "value")]
    pub(super) values: Vec<ValueEntry>,
    #[serde(default, rename = "target")]
    pub(super) targets: Vec<RowTargetEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ValueEntry {
    pub(super) year: i32,
    pub(super) value: String,
    pub(super) line: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowTargetEntry {
    pub(super) year: i32,
    pub(super) tier: String,
    pub(super) op: Option<String>,
    pub(super) value: Option<String>,
    pub(super) low: Option<String>,
    pub(super) high: Option<String>,
    pub(super) lowest: Option<String>,
    pub(super) highest: Option<String>,
    pub(super) line: String,
    pub(super) quote: String,
    #[serde(default, rename = "amendment")]
    pub(super) amendments: Vec<AmendmentEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmendmentEntry {
    pub(super) on: Day,
    pub(super) value: String,
    pub(super) authority: String,
    pub(super) reason: String,
    #[serde(default)]
    #[expect(dead_code, reason = "a remark for readers of the file")]
    pub(super) line: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaskGroupEntry {
    pub(super) no: String,
    pub(super) name: String,
    #[expect(dead_code, reason = "a remark for readers of the file")]
    pub(super) line: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaskEntry {
    pub(super) no: TaskNo,
    pub(super) group: String,
    pub(super) title: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) lead: Vec<UnitName>,
    #[serde(default)]
    pub(super) responsible: Vec<UnitName>,
    pub(super) line: String,
    #[serde(default)]
    #[expect(dead_code, reason = "a remark for readers of the file")]
    pub(super) lead_line: String,
    #[serde(default)]
    #[expect(dead_code, reason = "a remark for readers of the file")]
    pub(super) note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProseEntry {
    pub(super) id: IndicatorNo,
    pub(super) task: Option<String>,
    pub(super) same_as: Option<IndicatorNo>,
    #[serde(default)]
    pub(super) of: String,
    #[serde(default)]
    pub(super) denominator_of: String,
    #[serde(default)]
    pub(super) against: String,
    pub(super) name: String,
    pub(super) short: String,
    pub(super) year: i32,
    pub(super) kind: String,
    pub(super) op: Option<String>,
    pub(super) value: Option<String>,
    pub(super) low: Option<String>,
    pub(super) high: Option<String>,
    pub(super) lowest: Option<String>,
    pub(super) highest: Option<String>,
    pub(super) base: Option<String>,
    pub(super) base_year: Option<i32>,
    pub(super) reference: Option<String>,
    pub(super) tolerance: Option<String>,
    pub(super) due: Option<Day>,
    #[serde(default)]
    pub(super) unit: String,
    pub(super) direction: Option<String>,
    pub(super) measure: Option<String>,
    #[serde(default)]
    pub(super) dimension: String,
    pub(super) strength: Option<String>,
    #[serde(default)]
    pub(super) recurring: bool,
    #[serde(default)]
    pub(super) undated: bool,
    #[serde(default)]
    pub(super) undefined: String,
    pub(super) lead: Option<Vec<UnitName>>,
    pub(super) line: String,
    pub(super) quote: String,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default, rename = "amendment")]
    pub(super) amendments: Vec<AmendmentEntry>,
}
