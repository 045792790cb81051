//! Targets of a part of a year (年内目标): what a plan states for the first quarter, half or three quarters beside the target of the year.
//! An annual round does not judge them; that they are there is told (P117).

use super::fault::FileFault;
use super::load::Loader;
use super::raw;
use super::words::written;
use super::{Target, Written};
use crate::period::{Period, Reach};

/// What is to be reached by the end of a part of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterimTarget {
    /// From January to the end of which part of which year.
    pub period: Period,
    /// How much by then, in the unit of the row or target that it belongs to.
    pub value: Written,
    /// Lines of the source text.
    pub line: String,
    /// The words there.
    pub quote: String,
}

impl Loader<'_> {
    /// Those of a row or of a target in prose, which has targets of these years. A line that is left out is that of the row, a quote the value.
    pub(super) fn interims(
        &mut self,
        line: usize,
        entries: &[raw::InterimEntry],
        targets: &[Target],
        own_lines: &str,
    ) -> Vec<InterimTarget> {
        let mut found: Vec<InterimTarget> = Vec::new();
        for entry in entries {
            let Some(one) = self.interim(line, entry, own_lines) else { continue };
            let year = one.period.year();
            if found.iter().any(|other| other.period == one.period) {
                self.sections.fault(line, FileFault::InterimTwice(one.period));
            }
            if !targets.iter().any(|target| target.year == year || target.recurring) {
                self.sections.fault(line, FileFault::InterimOfNothing);
            }
            found.push(one);
        }
        found.sort_by_key(|one| one.period);
        found
    }

    fn interim(&mut self, line: usize, entry: &raw::InterimEntry, own_lines: &str) -> Option<InterimTarget> {
        let part = Period::parse(&entry.period).filter(|period| period.reach() != Reach::Year);
        let period = part.ok_or_else(|| FileFault::InterimPeriod(entry.period.clone()));
        let period = self.keep(line, period);
        let value = self.keep(line, written("interim.value", &entry.value));
        let given = |text: &str, usual: &str| if text.is_empty() { usual } else { text }.to_owned();
        let (lines, quote) = (given(&entry.line, own_lines), given(&entry.quote, &entry.value));
        self.quoted(line, &lines, &quote);
        Some(InterimTarget { period: period?, value: value?, line: lines, quote })
    }
}
