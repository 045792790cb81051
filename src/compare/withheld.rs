//! What a round withholds from publication while matters of a city are open.

use std::collections::BTreeMap;

use super::CityScore;
use crate::finding::{
    Cause, Finding, OpenMatters, Place, RuleRuns, Severity, VerdictProblem, Withheld, failures,
};
use crate::ident::CityId;
use crate::plan::Round;

/// Withholds what the round says (`[gate]`), before places are given: the cities know it, and a finding tells each of it. Of what a waiver
/// releases only the finding is left. `findings` are those of all cities, past the waivers.
pub fn withhold<'a>(
    cities: impl IntoIterator<Item = (&'a mut CityScore, &'a mut RuleRuns)>,
    findings: &[Finding],
    round: &Round,
) -> Vec<Finding> {
    if round.withholding.set().next().is_none() {
        return Vec::new();
    }
    let open = open_findings(findings);
    let failed = failures(findings);
    let mut told = Vec::new();
    let mut scores: Vec<&mut CityScore> = Vec::new();
    for (score, runs) in cities {
        let mut own = open.get(&score.city).copied().unwrap_or_default();
        own.undecided = undecided(runs, failed.get(&score.city).map_or(&[][..], Vec::as_slice));
        runs.ran("S605", 1);
        for (what, why) in round.withholding.of(own) {
            let problem = VerdictProblem::Withheld { what, why }.into();
            let finding = Finding::new(&score.city, Place::file("round.toml"), problem);
            let finding = round.gate().stamp(finding);
            if finding.waived.is_none() {
                score.withheld.push((what, why));
            }
            told.push(finding);
        }
        scores.push(score);
    }
    let all = scores.iter().any(|score| score.withholds(Withheld::Ranking));
    for score in scores.into_iter().filter(|score| all && !score.withholds(Withheld::Ranking)) {
        score.withheld.push((Withheld::Ranking, OpenMatters::default()));
    }
    told
}

/// Errors and warnings by city. What follows from another finding is told with it and counts with it.
fn open_findings(findings: &[Finding]) -> BTreeMap<&CityId, OpenMatters> {
    let mut found: BTreeMap<&CityId, OpenMatters> = BTreeMap::new();
    let causes: BTreeMap<Cause, Severity> =
        findings.iter().map(|finding| (finding.as_cause(), finding.severity())).collect();
    // What is graver than the alteration of a form that it is told with counts by itself.
    let counts = |finding: &&Finding| {
        let cause = finding.cause.as_ref().and_then(|cause| causes.get(cause));
        let is_of_form = finding.cause.as_ref().is_some_and(|cause| cause.code.starts_with('T'));
        finding.cause.is_none() || is_of_form && cause.is_some_and(|cause| finding.severity() < *cause)
    };
    for finding in findings.iter().filter(counts) {
        let open = found.entry(&finding.subject.city).or_default();
        match finding.severity() {
            Severity::Error => open.errors += 1,
            // What its unit explained is closed, and is told.
            Severity::Warning if finding.explained.is_none() => open.warnings += 1,
            Severity::Warning | Severity::Note => {}
        }
    }
    found
}

/// How many outcomes of rules of severity error are open.
fn undecided(runs: &RuleRuns, failed: &[crate::finding::FailedInstance<'_>]) -> usize {
    let all = runs.outcomes(failed).into_iter();
    all.filter(|(rule, _)| rule.severity == Severity::Error).map(|(_, found)| found.undecided).sum()
}
