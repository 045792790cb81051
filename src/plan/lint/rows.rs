//! Rows of the table against their base, against what the prose adds to them, and against who leads there.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Quote, Quoted, Remark, cell, judged, level, ruled};
use crate::decimal::{self, distance, percent_of};
use crate::finding::{Amount, PlanProblem, RuleRuns, Ruling, Undecided};
use crate::ident::UnitName;
use crate::plan::{Direction, Goal, Indicator, Operator, PastValue, Plan, Target, Tolerance, Written};

pub(super) fn check(plan: &Plan, tolerance: Decimal, runs: &mut RuleRuns) -> Vec<Remark> {
    let mut found = Vec::new();
    for row in plan.rows() {
        let mut ruled = |code: &'static str, ruling: Option<Ruling<Remark>>| {
            found.extend(ruling.and_then(|ruling| ruled(runs, code, ruling)));
        };
        ruled("P103", additions(plan, row, tolerance));
        growth(plan, row).into_iter().for_each(|ruling| ruled("P104", Some(ruling)));
        ruled("P105", parts(plan, row, tolerance));
        ruled("P109", already_met(plan, row));
        ruled("P110", leads(plan, row));
        quotas(row, &plan.called.areas).into_iter().for_each(|ruling| ruled("P115", Some(ruling)));
    }
    found
}

/// What the plan does not print cannot be held against anything.
const OPEN: Ruling<Remark> = Ruling::Undecided(Undecided::OpenInPlan);

/// P115: what counties, parks or units have to contribute does not add up to the row. Shares and rates do not add up.
fn quotas(row: &Indicator, areas: &str) -> Vec<Ruling<Remark>> {
    if !row.adds_up() {
        return Vec::new();
    }
    let years: BTreeSet<i32> = row.quotas.iter().map(|quota| quota.year).collect();
    let of_year = |year: i32| {
        let own = || row.quotas.iter().filter(|quota| quota.year == year);
        let target = row.targets.iter().find(|one| one.year == year && one.tier.is_judged_first())?;
        let limit = level(target)?;
        let together = decimal::sum(own().map(|quota| quota.value.value))?;
        if together == limit.value {
            return Some(Ruling::Pass);
        }
        let problem = PlanProblem::QuotasDiffer {
            count: own().count(),
            areas: areas.to_owned(),
            together,
            target: limit.text.clone(),
        };
        let mut lines: Vec<String> = own().map(|quota| quota.line.clone()).collect();
        lines.dedup();
        let named = own().map(|quota| format!("{}{}", quota.area, quota.value.text)).collect();
        let here = Quote { lines, text: Quoted::Words(named) };
        Some(Ruling::Fail(Remark::on(row, problem.into(), here).against(cell(row, target))))
    };
    years.into_iter().map(|year| of_year(year).unwrap_or(OPEN)).collect()
}

/// The value of the year before a target, as the plan prints it.
fn base(row: &Indicator, year: i32) -> Option<(&PastValue, Decimal)> {
    let past = row.past_of(year - 1)?;
    Some((past, past.value?))
}

fn past_quote(past: &PastValue) -> Quote {
    let text = Quoted::Past { year: past.year, value: past.text.clone() };
    Quote { lines: vec![past.line.clone()], text }
}

/// P103: base and additions together are not the target; 左右 allows its tolerance of the number added.
fn additions(plan: &Plan, row: &Indicator, tolerance: Decimal) -> Option<Ruling<Remark>> {
    let added: Vec<Added<'_>> = plan
        .prose_targets()
        .filter(|(_, target)| target.of.as_ref() == Some(&row.no))
        .filter_map(|(one, target)| match target.as_issued() {
            Goal::Increment(operator, value, _) => {
                Some((one, target, *operator, value.value, value.text.clone()))
            }
            _ => None,
        })
        .collect();
    let year = added.first().map(|(_, first, ..)| first.year)?;
    let added = added.into_iter().filter(|(_, target, ..)| target.year == year).collect();
    Some(added_up(row, year, added, tolerance).unwrap_or(OPEN))
}

/// A target in prose that adds to a row: what it adds, and how it is written.
type Added<'a> = (&'a Indicator, &'a Target, Operator, Decimal, String);

/// Base and additions of a year against the row's target; `None` where one of them is not there.
fn added_up(row: &Indicator, year: i32, added: Vec<Added<'_>>, tolerance: Decimal) -> Option<Ruling<Remark>> {
    let (target, limit) = judged(row, year)?;
    let (past, from) = base(row, year)?;
    let sum = decimal::sum(added.iter().map(|(.., value, _)| *value))?;
    let slack = |(_, target, operator, value, _): &Added<'_>| match operator {
        Operator::About => match target.tolerance.unwrap_or(Tolerance::Percent(tolerance)) {
            Tolerance::Percent(percent) => percent_of(*value, percent).unwrap_or_default(),
            Tolerance::Absolute(amount) => amount,
        },
        _ => Decimal::ZERO,
    };
    let slack = decimal::sum(added.iter().map(slack))?;
    let together = from.checked_add(sum)?;
    if distance(together, limit.value)? <= slack {
        return Some(Ruling::Pass);
    }
    let part = |(_, _, operator, _, text): &Added<'_>| (text.clone(), *operator == Operator::About);
    let parts = added.iter().map(part).collect();
    let unit = row.unit.text();
    let problem = PlanProblem::IncrementsDiffer {
        parts,
        base: format!("{}{unit}", past.text),
        sum: Amount::new(together, unit),
        target: format!("{}{unit}", limit.text),
    }
    .into();
    let mut lines: Vec<&str> = added.iter().map(|(_, target, ..)| target.line.as_str()).collect();
    lines.dedup();
    let quotes = added.iter().map(|(_, target, ..)| target.quote.clone()).collect();
    let lines = lines.into_iter().map(str::to_owned).collect();
    let here = Quote { lines, text: Quoted::Words(quotes) };
    Some(Ruling::Fail(Remark::on(row, problem, here).against(cell(row, target))))
}

/// P104: growth on the base does not lead to the target.
fn growth(plan: &Plan, row: &Indicator) -> Vec<Ruling<Remark>> {
    let mut found = Vec::new();
    for (_, target) in plan.prose_targets().filter(|(_, target)| target.of.as_ref() == Some(&row.no)) {
        let Goal::Growth(operator, rate) = target.as_issued() else { continue };
        let (Some((of_row, limit)), Some((past, from))) = (judged(row, target.year), base(row, target.year))
        else {
            found.push(OPEN);
            continue;
        };
        let index = Decimal::ONE_HUNDRED.checked_add(rate.value);
        let Some(implied) = index.and_then(|index| percent_of(from, index)) else {
            found.push(OPEN);
            continue;
        };
        // At the digits of the rate: the target's own growth, rounded as the rate is written. More is no contradiction
        // where the prose asks for at least so much.
        let own = crate::growth::growth(from, limit.value);
        let own = own.map(|own| crate::rounding::round_to(own, rate.places()));
        let unit = row.unit.text();
        let agrees = own.is_some_and(|own| match operator {
            Operator::AtLeast | Operator::MoreThan | Operator::Surpass => own >= rate.value,
            _ => own == rate.value,
        });
        if agrees {
            found.push(Ruling::Pass);
        } else {
            let problem = PlanProblem::GrowthDiffersFromLevels {
                rate: rate.text.clone(),
                base: format!("{}{unit}", past.text),
                implied: Amount::new(implied, unit),
                target: format!("{}{unit}", limit.text),
            }
            .into();
            found.push(Ruling::Fail(Remark::on(row, problem, target.quoted()).against(cell(row, of_row))));
        }
    }
    found
}

/// P105: the denominator that numerator and share imply does not move as the prose says.
fn parts(plan: &Plan, row: &Indicator, tolerance: Decimal) -> Option<Ruling<Remark>> {
    let numerator = plan.row(row.numerator.as_ref())?;
    let (one, target) =
        plan.prose_targets().find(|(_, target)| target.denominator_of.as_ref() == Some(&row.no))?;
    let Goal::Increment(_, stated, _) = target.as_issued() else { return None };
    Some(moved(row, numerator, (one, target, stated), tolerance).unwrap_or(OPEN))
}

/// The denominator of two years against what the prose says that it moves by; `None` where a number is not there.
fn moved(
    row: &Indicator,
    numerator: &Indicator,
    (one, target, stated): (&Indicator, &Target, &Written),
    tolerance: Decimal,
) -> Option<Ruling<Remark>> {
    let (share_target, share) = judged(row, target.year)?;
    let (_, count) = judged(numerator, target.year)?;
    let implied = |count: Decimal, share: Decimal| decimal::in_percent(count, share);
    let after = implied(count.value, share.value)?;
    let before = implied(base(numerator, target.year)?.1, base(row, target.year)?.1)?;
    let slack = percent_of(stated.value, tolerance)?;
    if distance(before.checked_add(stated.value)?, after)? <= slack {
        return Some(Ruling::Pass);
    }
    let problem =
        PlanProblem::PartsDiffer { before, after, stated: format!("{}{}", stated.text, one.unit.text()) }
            .into();
    Some(Ruling::Fail(Remark::on(row, problem, target.quoted()).against(cell(row, share_target))))
}

/// P110: prose repeats the row or adds to it, and none of the units that lead there reports the row or answers for it.
fn leads(plan: &Plan, row: &Indicator) -> Option<Ruling<Remark>> {
    let repeats = plan.repeats.iter().filter(|repeat| repeat.of == row.no);
    let repeated = repeats.filter_map(|repeat| {
        let task = plan.task(repeat.task.as_ref()?)?;
        Some((&task.lead, &repeat.target))
    });
    let adding = plan.prose_targets().filter(|(_, target)| target.adds_to(&row.no));
    let leading: Vec<_> = repeated
        .chain(adding.map(|(one, target)| (&one.reporters, target)))
        .filter(|(lead, _)| !lead.is_empty())
        .collect();
    leading.first()?;
    let others =
        |(lead, _): &&(&Vec<UnitName>, &Target)| !lead.iter().any(|unit| row.units().any(|one| one == unit));
    let Some((lead, target)) = leading.iter().find(others) else { return Some(Ruling::Pass) };
    let text = Quoted::Reporters { name: row.name.clone(), reporters: row.reporters.clone() };
    let there = Quote { lines: vec![row.line.clone()], text };
    let lead = (*lead).clone();
    let problem = PlanProblem::LeadDiffers { lead, reporters: row.reporters.clone() }.into();
    Some(Ruling::Fail(Remark::on(row, problem, target.quoted()).against(there)))
}

/// P109: the target was reached in the year before already, though it asks for a step ahead.
fn already_met(plan: &Plan, row: &Indicator) -> Option<Ruling<Remark>> {
    let first = row.targets.iter().map(|target| target.year).min()?;
    let (target, limit) = judged(row, first).filter(|(target, _)| plan.asks_for_a_step_ahead(row, target))?;
    let Some((past, value)) = base(row, first) else { return Some(OPEN) };
    let reached = match row.direction {
        Direction::Interval | Direction::None => false,
        direction => !direction.is_worse(value, limit.value),
    };
    if !reached {
        return Some(Ruling::Pass);
    }
    let unit = row.unit.text();
    let problem = PlanProblem::AlreadyMet {
        target: format!("{}{unit}", limit.text),
        past: format!("{}{unit}", past.text),
        year: past.year,
    }
    .into();
    Some(Ruling::Fail(Remark::on(row, problem, past_quote(past)).against(cell(row, target))))
}
