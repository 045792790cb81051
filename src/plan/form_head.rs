//! `[form]` of a round: what a survey form has to carry at its top right, as those give it who approved it. Nothing of it is made up: what the
//! round leaves out is left out.

use serde::Deserialize;

/// The legal head of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FormHead {
    /// 表号.
    pub number: Option<String>,
    /// 制定机关: who made the form.
    pub made_by: Option<String>,
    /// 批准（备案）机关: who approved it or keeps it on record.
    pub approved_by: Option<String>,
    /// 文号 of the approval.
    pub document: Option<String>,
    /// 有效期至.
    pub valid_until: Option<String>,
}

/// The labels of the fields.
const LABELS: [&str; 5] = ["表号", "制定机关", "批准（备案）机关", "文号", "有效期至"];

impl FormHead {
    /// Label and value of what is given.
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let values = [&self.number, &self.made_by, &self.approved_by, &self.document, &self.valid_until];
        let given = LABELS.into_iter().zip(values);
        given.filter_map(|(label, value)| Some((label, value.as_deref()?))).collect()
    }
}
