//! The shape of plan files on disk; see `docs/plan-format.md`.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::sections::Day;
use crate::ident::{IndicatorId, IndicatorNo, TaskNo, UnitName};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) id: String,
    pub(super) city: String,
    pub(super) name: String,
    pub(super) short: String,
    pub(super) en: Option<String>,
    pub(super) level: String,
    pub(super) title: String,
    pub(super) document_kind: Option<String>,
    pub(super) theme: Option<String>,
    pub(super) task_word: Option<String>,
    pub(super) table_word: Option<String>,
    pub(super) row_unit_word: Option<String>,
    pub(super) lead_word: Option<String>,
    pub(super) area_word: Option<String>,
    pub(super) amendable: Option<bool>,
    #[serde(default)]
    pub(super) document_no: String,
    #[serde(default)]
    pub(super) issuer: String,
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
    #[serde(default)]
    pub(super) who: String,
    pub(super) line: String,
    pub(super) quote: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitEntry {
    pub(super) name: UnitName,
    pub(super) en: Option<String>,
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
    pub(super) line: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupEntry {
    pub(super) name: String,
    #[serde(default)]
    pub(super) line: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndicatorEntry {
    pub(super) no: IndicatorNo,
    pub(super) id: IndicatorId,
    pub(super) name: String,
    pub(super) en: Option<String>,
    pub(super) unit: String,
    pub(super) group: String,
    #[serde(default)]
    pub(super) data_units: Vec<UnitName>,
    #[serde(default)]
    pub(super) lead: Vec<UnitName>,
    #[serde(default)]
    pub(super) responsible: Vec<UnitName>,
    #[serde(default)]
    pub(super) definition: String,
    pub(super) baseline_year: Option<i32>,
    pub(super) nature: Option<String>,
    pub(super) parent: Option<IndicatorNo>,
    #[serde(default, rename = "quota")]
    pub(super) quotas: Vec<QuotaEntry>,
    #[serde(default, rename = "interim")]
    pub(super) interims: Vec<InterimEntry>,
    #[serde(default)]
    pub(super) line: String,
    #[serde(default)]
    #[expect(dead_code, reason = "a remark for readers of the file")]
    pub(super) note: String,
    #[serde(default, rename = "value")]
    pub(super) values: Vec<ValueEntry>,
    #[serde(default, rename = "target")]
    pub(super) targets: Vec<Spanned<RowTargetEntry>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuotaEntry {
    pub(super) area: String,
    pub(super) year: i32,
    pub(super) value: String,
    pub(super) line: String,
}

/// What is to be reached by the end of a part of a year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InterimEntry {
    pub(super) period: String,
    pub(super) value: String,
    #[serde(default)]
    pub(super) line: String,
    #[serde(default)]
    pub(super) quote: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ValueEntry {
    pub(super) year: i32,
    pub(super) value: String,
    #[serde(default)]
    pub(super) line: String,
}

/// A target as the files write it: its own fields, and those that say what is to be reached, which are the same in rows and
/// in prose. (Flattening would let unknown fields pass.)
macro_rules! target_entry {
    ($name:ident { $($own:tt)* }) => {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $($own)*
            pub(super) year: i32,
            kind: Option<String>,
            op: Option<String>,
            value: Option<String>,
            low: Option<String>,
            high: Option<String>,
            lowest: Option<String>,
            highest: Option<String>,
            base: Option<String>,
            base_year: Option<i32>,
            reference: Option<String>,
            due: Option<Day>,
            tolerance: Option<String>,
            strength: Option<String>,
            #[serde(default)]
            recurring: bool,
            #[serde(default)]
            cumulative: bool,
            #[serde(default)]
            undated: bool,
            #[serde(default)]
            undefined: String,
            #[serde(default)]
            against: String,
            #[serde(default)]
            pub(super) line: String,
            #[serde(default)]
            pub(super) quote: String,
            #[serde(default)]
            note: String,
            #[serde(default, rename = "amendment")]
            amendments: Vec<Spanned<AmendmentEntry>>,
        }

        impl $name {
            /// What is to be reached.
            pub(super) fn statement(&self) -> StatementFields<'_> {
                StatementFields {
                    year: self.year,
                    kind: self.kind.as_deref(),
                    op: self.op.as_deref(),
                    value: self.value.as_deref(),
                    low: self.low.as_deref(),
                    high: self.high.as_deref(),
                    lowest: self.lowest.as_deref(),
                    highest: self.highest.as_deref(),
                    base: self.base.as_deref(),
                    base_year: self.base_year,
                    reference: self.reference.as_deref(),
                    due: self.due.map(|day| day.0),
                    tolerance: self.tolerance.as_deref(),
                    strength: self.strength.as_deref(),
                    recurring: self.recurring,
                    cumulative: self.cumulative,
                    undated: self.undated,
                    undefined: &self.undefined,
                    against: &self.against,
                    line: &self.line,
                    quote: &self.quote,
                    note: &self.note,
                    amendments: &self.amendments,
                }
            }
        }
    };
}

/// The fields that say what a target is, as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct StatementFields<'a> {
    pub(super) year: i32,
    pub(super) kind: Option<&'a str>,
    pub(super) op: Option<&'a str>,
    pub(super) value: Option<&'a str>,
    pub(super) low: Option<&'a str>,
    pub(super) high: Option<&'a str>,
    pub(super) lowest: Option<&'a str>,
    pub(super) highest: Option<&'a str>,
    pub(super) base: Option<&'a str>,
    pub(super) base_year: Option<i32>,
    pub(super) reference: Option<&'a str>,
    pub(super) due: Option<NaiveDate>,
    pub(super) tolerance: Option<&'a str>,
    pub(super) strength: Option<&'a str>,
    pub(super) recurring: bool,
    pub(super) cumulative: bool,
    pub(super) undated: bool,
    pub(super) undefined: &'a str,
    pub(super) against: &'a str,
    pub(super) line: &'a str,
    pub(super) quote: &'a str,
    pub(super) note: &'a str,
    pub(super) amendments: &'a [Spanned<AmendmentEntry>],
}

target_entry! { RowTargetEntry {
    pub(super) tier: Option<String>,
} }

target_entry! { ProseEntry {
    pub(super) id: IndicatorNo,
    pub(super) task: Option<String>,
    pub(super) same_as: Option<IndicatorNo>,
    pub(super) tier: Option<String>,
    #[serde(default)]
    pub(super) of: String,
    #[serde(default)]
    pub(super) denominator_of: String,
    pub(super) name: String,
    pub(super) short: Option<String>,
    pub(super) en: Option<String>,
    #[serde(default)]
    pub(super) unit: String,
    pub(super) direction: Option<String>,
    pub(super) measure: Option<String>,
    #[serde(default)]
    pub(super) dimension: String,
    pub(super) lead: Option<Vec<UnitName>>,
    pub(super) responsible: Option<Vec<UnitName>>,
    #[serde(default, rename = "interim")]
    pub(super) interims: Vec<InterimEntry>,
} }

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmendmentEntry {
    pub(super) on: Day,
    pub(super) value: String,
    pub(super) authority: String,
    pub(super) reason: String,
    #[serde(default)]
    pub(super) basis: String,
    #[serde(default)]
    pub(super) line: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaskGroupEntry {
    pub(super) no: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) line: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaskEntry {
    pub(super) no: TaskNo,
    pub(super) group: String,
    pub(super) title: String,
    pub(super) en: Option<String>,
    pub(super) text: String,
    #[serde(default)]
    pub(super) lead: Vec<UnitName>,
    #[serde(default)]
    pub(super) responsible: Vec<UnitName>,
    pub(super) line: String,
    #[serde(default)]
    pub(super) lead_line: String,
    #[serde(default)]
    #[expect(dead_code, reason = "a remark for readers of the file")]
    pub(super) note: String,
}
