//! Which finding puts a fact in doubt. Only those about values that count do, and the fact repeats what was said of its own cell.

use super::Doubt;
use crate::collect::{Lookup, Observation};
use crate::finding::{CompletenessProblem, Finding, Problem, Severity};
use crate::ident::UnitName;

/// Why a fact is withheld from judgement, if it is, by the findings about its indicator.
///
/// `decided` is the unit whose value counts by decision: then what others wrote is of no account.
pub(super) fn doubt(
    source: Option<&Observation>,
    sides: &[Observation],
    decided: Option<&UnitName>,
    collected: &Lookup<'_>,
    findings: &[&Finding],
) -> Option<Doubt> {
    let concerns = |finding: &&Finding| {
        puts_in_doubt(finding)
            && !collected.is_past(&finding.at)
            && !source.is_some_and(|source| is_of_no_account(finding, source, sides, decided))
    };
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

/// An error puts a value in doubt, unless it says that there is no value at all.
fn puts_in_doubt(finding: &Finding) -> bool {
    let says_missing = matches!(
        finding.problem,
        Problem::Completeness(
            CompletenessProblem::NotReported { .. } | CompletenessProblem::UnitSilent { .. }
        )
    );
    finding.severity() == Severity::Error && !says_missing
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
