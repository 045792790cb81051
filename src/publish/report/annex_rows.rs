//! Which row of 附件1 to 附件3, or of the totals, a numeral leads to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::ledger::StepId;

/// The rows by the steps that they tell of.
#[derive(Debug, Clone, Default)]
pub(super) struct AnnexRows(BTreeMap<StepId, String>);

impl AnnexRows {
    /// A row that tells of a step, and of what belongs to it.
    pub(super) fn add(&mut self, step: StepId, row: &str) {
        self.0.entry(step).or_insert_with(|| row.to_owned());
    }

    /// Those of them that are printed.
    pub(super) fn printed_in(self, sections: &[Value]) -> Self {
        let mut printed = BTreeSet::new();
        for section in sections.iter().filter(|section| is_annex(section)) {
            row_ids(section, &mut printed);
        }
        Self(self.0.into_iter().filter(|(_, row)| printed.contains(row.as_str())).collect())
    }

    /// The row that a step leads to: its own, or that of what it belongs to.
    pub(super) fn of(&self, id: &StepId) -> Option<&String> {
        let mut name = id.as_str();
        loop {
            let found =
                self.0.get(&StepId::new(name)).or_else(|| self.0.get(&StepId::new(name.split('@').next()?)));
            if found.is_some() {
                return found;
            }
            name = name.rsplit_once('/')?.0;
        }
    }
}

/// Whether a section has such rows.
pub(super) fn is_annex(section: &Value) -> bool {
    matches!(section.get("template").and_then(Value::as_str), Some("index" | "tasks" | "derived"))
}

/// The ids of the rows in a part of a model.
fn row_ids<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get("id").and_then(Value::as_str));
            object.values().for_each(|value| row_ids(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| row_ids(value, found)),
        _ => {}
    }
}
