//! The one gate at which findings are held against the round's waivers (豁免).

use chrono::NaiveDate;

use super::choices::Waiver;
use super::round::Round;
use crate::finding::Finding;

/// The waivers of a round on the day of its report. Every finding passes here once, as soon as its stage is done: what is waived
/// withholds and marks nothing in the stages behind.
#[derive(Debug, Clone, Copy)]
pub struct Gate<'a> {
    waivers: &'a [Waiver],
    day: NaiveDate,
}

impl Round {
    /// The gate through which the findings of every stage pass.
    pub fn gate(&self) -> Gate<'_> {
        Gate { waivers: &self.waivers, day: self.report_date }
    }
}

impl Gate<'_> {
    /// Findings with the waivers that cover them.
    pub fn admit(self, findings: impl IntoIterator<Item = Finding>) -> Vec<Finding> {
        findings.into_iter().map(|finding| self.stamp(finding)).collect()
    }

    /// A finding with the waiver that covers it, if one does.
    pub fn stamp(self, mut finding: Finding) -> Finding {
        let waiver = self.waivers.iter().find(|waiver| self.covers(waiver, &finding));
        finding.waived = waiver.map(|waiver| format!("{}（{}）", waiver.reason, waiver.owner));
        finding
    }

    fn covers(self, waiver: &Waiver, finding: &Finding) -> bool {
        let fits = |field: &str, of: &str| field.is_empty() || field == of;
        waiver.code == finding.problem.code()
            && waiver.city == finding.city
            && fits(&waiver.unit, &finding.unit)
            && fits(&waiver.indicator, &finding.indicator)
            && waiver.until >= self.day
    }
}
