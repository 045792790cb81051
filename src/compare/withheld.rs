//! What a round withholds from publication while matters of a city are open.

use std::collections::BTreeMap;

use super::CityScore;
use super::account::total_of;
use crate::finding::{
    Cause, Finding, OpenMatters, Place, RuleRuns, Severity, VerdictProblem, Withheld, failures,
};
use crate::ident::CityId;
use crate::ledger::{Ledger, Traced};
use crate::plan::Round;

/// Withholds what the round says (`[gate]`), before places are given: the cities know it, and a finding tells each of it. Of what a waiver
/// releases only the finding is left. `findings` are those of all cities, past the waivers. What this rests on stands in the ledger of the round (`CITY/#withheld`).
pub fn withhold<'a>(
    cities: impl IntoIterator<Item = (&'a mut CityScore, &'a mut RuleRuns)>,
    findings: &[Finding],
    round: &Round,
    ledger: &mut Ledger,
) -> Vec<Finding> {
    let entries = ledger.gate(round);
    let is_set = round.withholding.set().next().is_some();
    if entries.is_empty() && !is_set {
        return Vec::new();
    }
    let open = open_findings(findings);
    let failed = failures(findings);
    let mut told = Vec::new();
    let mut scores: Vec<&mut CityScore> = Vec::new();
    for (score, runs) in cities {
        let named = open.get(&score.city).map_or(&[][..], Vec::as_slice);
        let count = |severity| named.iter().filter(|finding| finding.severity() == severity).count();
        let own = OpenMatters {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            undecided: undecided(runs, failed.get(&score.city).map_or(&[][..], Vec::as_slice)),
        };
        let mut by = entries.clone();
        if is_set {
            runs.ran("S605", 1);
        }
        for (what, why) in round.withholding.of(own) {
            let problem = VerdictProblem::Withheld { what, why }.into();
            let finding = Finding::new(&score.city, Place::file("round.toml"), problem);
            let finding = round.gate().stamp(finding);
            match &finding.waived {
                None => score.withheld.push((what, why)),
                Some(waived) => by.push(ledger.waiver(round, waived.place)),
            }
            told.push(finding);
        }
        let members: Vec<Traced> = named.iter().map(|finding| ledger.finding_told(finding)).collect();
        ledger.count_chosen(total_of(&score.city, "withheld"), &members, &by, Vec::new());
        scores.push(score);
    }
    let all = scores.iter().any(|score| score.withholds(Withheld::Ranking));
    for score in scores.into_iter().filter(|score| all && !score.withholds(Withheld::Ranking)) {
        score.withheld.push((Withheld::Ranking, OpenMatters::default()));
    }
    told
}

/// Errors, and warnings that no unit explained, by city. What follows from another finding is told with it and counts with it.
fn open_findings(findings: &[Finding]) -> BTreeMap<&CityId, Vec<&Finding>> {
    let mut found: BTreeMap<&CityId, Vec<&Finding>> = BTreeMap::new();
    let causes: BTreeMap<Cause, Severity> =
        findings.iter().map(|finding| (finding.as_cause(), finding.severity())).collect();
    // What is graver than the alteration of a form that it is told with counts by itself.
    let counts = |finding: &&Finding| {
        let cause = finding.cause.as_ref().and_then(|cause| causes.get(cause));
        let is_of_form = finding.cause.as_ref().is_some_and(|cause| cause.code.starts_with('T'));
        finding.cause.is_none() || is_of_form && cause.is_some_and(|cause| finding.severity() < *cause)
    };
    for finding in findings.iter().filter(counts) {
        let is_open = match finding.severity() {
            Severity::Error => true,
            // What its unit explained is closed, and is told.
            Severity::Warning => finding.explained.is_none(),
            Severity::Note => false,
        };
        if is_open {
            found.entry(&finding.subject.city).or_default().push(finding);
        }
    }
    found
}

/// How many outcomes of rules of severity error are open.
fn undecided(runs: &RuleRuns, failed: &[crate::finding::FailedInstance<'_>]) -> usize {
    let all = runs.outcomes(failed).into_iter();
    all.filter(|(rule, _)| rule.severity == Severity::Error).map(|(_, found)| found.undecided).sum()
}
