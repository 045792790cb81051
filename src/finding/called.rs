//! What a plan calls itself and its table, in the words of findings: these are worded before it is known of whose plan they are.

/// Stands in the words of a finding for what the plan calls itself: 方案, 规划, 计划.
pub(super) const DOCUMENT: char = '\u{F8F0}';

/// Stands there for what it calls its table: 附表, 指标表.
pub(super) const TABLE: char = '\u{F8F1}';

/// What a plan calls itself and its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanNames {
    /// 方案, 规划, 计划.
    pub document: String,
    /// 附表, 指标表.
    pub table: String,
}

impl Default for PlanNames {
    fn default() -> Self {
        Self { document: "方案".to_owned(), table: "附表".to_owned() }
    }
}

impl PlanNames {
    /// Puts the names into a text.
    pub(super) fn put_into(&self, text: &str) -> String {
        if !text.contains([DOCUMENT, TABLE]) {
            return text.to_owned();
        }
        text.replace(DOCUMENT, &self.document).replace(TABLE, &self.table)
    }
}
