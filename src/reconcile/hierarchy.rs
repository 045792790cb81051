//! Rows that are parts of another one (其中): a part is never more than its whole, and parts that are more together overlap or are wrong.
//! Only amounts and counts have parts that add up; shares and rates have not.

use rust_decimal::Decimal;

use super::Fact;
use crate::decimal::sum;
use crate::finding::{Finding, RuleRuns, SourceProblem, Undecided};
use crate::ident::IndicatorNo;
use crate::indexed::Indexed;
use crate::plan::{Indicator, Measure, Plan, Round};

/// Holds the parts of rows against them. An error puts both sides in doubt: nothing tells which one is wrong.
pub(super) fn apply(
    plan: &Plan,
    round: &Round,
    facts: &mut Indexed<Fact>,
    noticed: &mut Vec<Finding>,
    runs: &mut RuleRuns,
) {
    for whole in plan.indicators.iter().filter(|row| adds_up(row)) {
        let is_part = |row: &&Indicator| row.parent.as_ref() == Some(&whole.no) && adds_up(row);
        let all: Vec<&Indicator> = plan.indicators.iter().filter(is_part).collect();
        let level = certain(facts, whole, whole, round.year());
        let known = all.iter().filter_map(|row| Some((*row, certain(facts, row, whole, round.year())?)));
        let parts: Vec<(&Indicator, Decimal)> = known.collect();
        count(&all, &parts, level, runs);
        let Some(level) = level else { continue };
        let above: Vec<&(&Indicator, Decimal)> = parts.iter().filter(|(_, part)| *part > level).collect();
        for (row, part) in &above {
            let problem = SourceProblem::PartAboveWhole { part: *part, row: whole.no.clone(), whole: level };
            doubted(plan, round, facts, [&row.no, &whole.no], problem, noticed);
        }
        let together = sum(parts.iter().map(|(_, part)| *part));
        if let Some(together) =
            together.filter(|together| *together > level && above.is_empty() && !parts.is_empty())
        {
            let numbers = parts.iter().map(|(row, _)| row.no.clone()).collect();
            let problem = SourceProblem::PartsAboveWhole { numbers, together, whole: level };
            noticed.extend(finding(plan, facts, &whole.no, problem));
        }
    }
}

/// Counts C512 of parts and C513 of their whole; what is known of some of them only says nothing of all together.
fn count(all: &[&Indicator], parts: &[(&Indicator, Decimal)], level: Option<Decimal>, runs: &mut RuleRuns) {
    let decided = if level.is_some() { parts.len() } else { 0 };
    runs.ran("C512", all.len());
    runs.undecided("C512", Undecided::NotReported, all.len() - decided);
    let together = sum(parts.iter().map(|(_, part)| *part));
    let is_above = level.is_some_and(|level| parts.iter().any(|(_, part)| *part > level));
    let exceeds = together.zip(level).is_some_and(|(together, level)| together > level);
    runs.ran("C513", usize::from(!all.is_empty()));
    if is_above {
        // That a part is more than its whole is said already.
        runs.undecided("C513", Undecided::InDoubt, 1);
    } else if !all.is_empty() && decided < all.len() && !exceeds {
        runs.undecided("C513", Undecided::NotReported, 1);
    }
}

fn adds_up(row: &Indicator) -> bool {
    row.unit.is_amount() && matches!(row.measure, Measure::Stock | Measure::Flow) && !row.may_be_negative()
}

/// The number of a row in the unit of its whole, unless it is in doubt or of another year.
fn certain(facts: &Indexed<Fact>, row: &Indicator, whole: &Indicator, year: i32) -> Option<Decimal> {
    let value = facts.find(&row.no)?.certain_number(year)?;
    row.unit.convert(value, &whole.unit).map(|(value, _)| value)
}

fn finding(plan: &Plan, facts: &Indexed<Fact>, no: &IndicatorNo, problem: SourceProblem) -> Option<Finding> {
    let source = facts.find(no)?.source.as_ref()?;
    let finding = Finding::new(&plan.city, source.at.clone(), problem.into());
    Some(finding.of_unit(&source.unit).of_indicator(no))
}

/// A finding about a part, which puts it and its whole in doubt.
fn doubted(
    plan: &Plan,
    round: &Round,
    facts: &mut Indexed<Fact>,
    both: [&IndicatorNo; 2],
    problem: SourceProblem,
    noticed: &mut Vec<Finding>,
) {
    let Some(mut finding) = finding(plan, facts, both[0], problem) else { return };
    if let Some(other) = facts.find(both[1]).and_then(|fact| fact.source.as_ref()) {
        finding = finding.see_also(other.at.clone());
    }
    let finding = round.gate().stamp(finding);
    for no in both {
        if let Some(fact) = facts.find_mut(no) {
            fact.withhold(&finding);
        }
    }
    noticed.push(finding);
}
