//! Which finding puts a fact in doubt. Only those about values that count do, and the fact repeats what was said of its own cell.

use super::Doubt;
use crate::collect::{Lookup, Observation};
use crate::finding::{CompletenessProblem, Finding, Problem, Severity};
use crate::ident::UnitName;

/// A fact and what it rests on, of which findings speak.
pub(super) struct Concerned<'a> {
    pub(super) source: Option<&'a Observation>,
    pub(super) sides: &'a [Observation],
    /// The unit whose value counts by decision: then what others wrote is of no account.
    pub(super) decided: Option<&'a UnitName>,
    pub(super) collected: &'a Lookup<'a>,
}

impl Concerned<'_> {
    /// Why the fact is withheld from judgement, if it is, by the findings about its indicator.
    pub(super) fn doubt(&self, findings: &[&Finding]) -> Option<Doubt> {
        let Self { source, sides, .. } = *self;
        let concerns = |finding: &&Finding| finding.waived.is_none() && self.would_be_doubted(finding);
        let own_cell = |finding: &&Finding| source.is_some_and(|source| finding.at == source.at);
        let own_unit = |finding: &&Finding| source.is_some_and(|source| finding.is_of(&source.unit));
        let all = || findings.iter().copied().filter(concerns);
        let told = all().find(own_cell).or_else(|| all().find(own_unit)).or_else(|| all().next())?;
        // Where several units report, it says whose value is meant, unless that is the one that counts.
        let several = sides.len() > 1 && source.is_none_or(|source| !told.is_of(&source.unit));
        let other = several && sides.iter().any(|side| told.is_of(&side.unit));
        let unit = other.then(|| told.unit_words());
        Some(Doubt { finding: told.as_cause(), problem: told.problem.clone(), unit })
    }

    /// The places of the waivers of findings that would put it in doubt.
    pub(super) fn waivers(&self, findings: &[&Finding]) -> Vec<usize> {
        let waived = findings.iter().filter(|finding| self.would_be_doubted(finding));
        waived.filter_map(|finding| Some(finding.waived.as_ref()?.place)).collect()
    }

    /// Whether a finding puts it in doubt, unless it is waived.
    fn would_be_doubted(&self, finding: &Finding) -> bool {
        let Self { source, sides, decided, collected } = *self;
        puts_in_doubt(finding)
            && !collected.is_past(&finding.at)
            && !source.is_some_and(|source| is_of_no_account(finding, source, sides, decided))
    }
}

/// An error puts a value in doubt, unless it says that there is no value at all.
fn puts_in_doubt(finding: &Finding) -> bool {
    let says_missing = matches!(
        finding.problem,
        Problem::Completeness(
            CompletenessProblem::NotReported { .. } | CompletenessProblem::UnitSilent { .. }
        )
    );
    finding.problem.severity() == Severity::Error && !says_missing
}

/// Whether a finding is about a value that does not count: that of another unit, by decision, or one of another year.
fn is_of_no_account(
    finding: &Finding,
    source: &Observation,
    sides: &[Observation],
    decided: Option<&UnitName>,
) -> bool {
    let other_unit = !finding.may_be_of(&source.unit);
    let by_decision = decided == Some(&source.unit) && other_unit;
    by_decision || sides.iter().any(|side| side.at == finding.at && side.year != source.year)
}
