//! Rows of the table against their base, against what the prose adds to them, and against who leads there.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Quote, Quoted, Remark, cell, judged, level};
use crate::decimal::{self, distance, percent_of};
use crate::finding::{Amount, PlanProblem};
use crate::plan::{Direction, Goal, Indicator, Operator, PastValue, Plan, Target, Tolerance};

pub(super) fn check(plan: &Plan, tolerance: Decimal) -> Vec<Remark> {
    let mut found = Vec::new();
    for row in plan.rows() {
        found.extend(additions(plan, row, tolerance));
        found.extend(growth(plan, row));
        found.extend(parts(plan, row, tolerance));
        found.extend(already_met(plan, row));
        found.extend(leads(plan, row));
        found.extend(quotas(row));
    }
    found
}

/// P115: what counties, parks or units have to contribute does not add up to the row. Shares and rates do not add up.
fn quotas(row: &Indicator) -> Vec<Remark> {
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
            return None;
        }
        let problem =
            PlanProblem::QuotasDiffer { count: own().count(), together, target: limit.text.clone() };
        let mut lines: Vec<String> = own().map(|quota| quota.line.clone()).collect();
        lines.dedup();
        let named = own().map(|quota| format!("{}{}", quota.area, quota.value.text)).collect();
        let here = Quote { lines, text: Quoted::Words(named) };
        Some(Remark::on(row, problem.into(), here).against(cell(row, target)))
    };
    years.into_iter().filter_map(of_year).collect()
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
fn additions(plan: &Plan, row: &Indicator, tolerance: Decimal) -> Option<Remark> {
    let added: Vec<(&Indicator, &Target, Operator, Decimal, String)> = plan
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
    let added: Vec<_> = added.into_iter().filter(|(_, target, ..)| target.year == year).collect();
    let (target, limit) = judged(row, year)?;
    let (past, from) = base(row, year)?;
    let sum = decimal::sum(added.iter().map(|(.., value, _)| *value))?;
    let slack = |(_, target, operator, value, _): &(_, &Target, Operator, Decimal, String)| match operator {
        Operator::About => match target.tolerance.unwrap_or(Tolerance::Percent(tolerance)) {
            Tolerance::Percent(percent) => percent_of(*value, percent).unwrap_or_default(),
            Tolerance::Absolute(amount) => amount,
        },
        _ => Decimal::ZERO,
    };
    let slack = decimal::sum(added.iter().map(slack))?;
    let together = from.checked_add(sum)?;
    if distance(together, limit.value)? <= slack {
        return None;
    }
    let part = |(_, _, operator, _, text): &(_, _, Operator, _, String)| {
        (text.clone(), *operator == Operator::About)
    };
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
    Some(Remark::on(row, problem, here).against(cell(row, target)))
}

/// P104: growth on the base does not lead to the target.
fn growth(plan: &Plan, row: &Indicator) -> Vec<Remark> {
    let mut found = Vec::new();
    for (_, target) in plan.prose_targets().filter(|(_, target)| target.of.as_ref() == Some(&row.no)) {
        let Goal::Growth(operator, rate) = target.as_issued() else { continue };
        let (Some((of_row, limit)), Some((past, from))) = (judged(row, target.year), base(row, target.year))
        else {
            continue;
        };
        let index = Decimal::ONE_HUNDRED.checked_add(rate.value);
        let Some(implied) = index.and_then(|index| percent_of(from, index)) else { continue };
        // At the digits of the rate: the target's own growth, rounded as the rate is written. More is no contradiction
        // where the prose asks for at least so much.
        let own = crate::growth::growth(from, limit.value);
        let own = own.map(|own| crate::rounding::round_to(own, rate.places()));
        let unit = row.unit.text();
        let agrees = own.is_some_and(|own| match operator {
            Operator::AtLeast | Operator::MoreThan | Operator::Surpass => own >= rate.value,
            _ => own == rate.value,
        });
        if !agrees {
            let problem = PlanProblem::GrowthDiffersFromLevels {
                rate: rate.text.clone(),
                base: format!("{}{unit}", past.text),
                implied: Amount::new(implied, unit),
                target: format!("{}{unit}", limit.text),
            }
            .into();
            found.push(Remark::on(row, problem, target.quoted()).against(cell(row, of_row)));
        }
    }
    found
}

/// P105: the denominator that numerator and share imply does not move as the prose says.
fn parts(plan: &Plan, row: &Indicator, tolerance: Decimal) -> Option<Remark> {
    let numerator = plan.row(row.numerator.as_ref())?;
    let (one, target) =
        plan.prose_targets().find(|(_, target)| target.denominator_of.as_ref() == Some(&row.no))?;
    let Goal::Increment(_, stated, _) = target.as_issued() else { return None };
    let (share_target, share) = judged(row, target.year)?;
    let (_, count) = judged(numerator, target.year)?;
    let implied = |count: Decimal, share: Decimal| decimal::in_percent(count, share);
    let after = implied(count.value, share.value)?;
    let before = implied(base(numerator, target.year)?.1, base(row, target.year)?.1)?;
    let slack = percent_of(stated.value, tolerance)?;
    if distance(before.checked_add(stated.value)?, after)? <= slack {
        return None;
    }
    let problem =
        PlanProblem::PartsDiffer { before, after, stated: format!("{}{}", stated.text, one.unit.text()) }
            .into();
    Some(Remark::on(row, problem, target.quoted()).against(cell(row, share_target)))
}

/// P110: prose repeats the row or adds to it, and none of the units that lead there reports the row.
fn leads(plan: &Plan, row: &Indicator) -> Option<Remark> {
    let repeats = plan.repeats.iter().filter(|repeat| repeat.of == row.no);
    let repeated = repeats.filter_map(|repeat| {
        let task = plan.task(repeat.task.as_ref()?)?;
        Some((&task.lead, &repeat.target))
    });
    let adding = plan.prose_targets().filter(|(_, target)| target.adds_to(&row.no));
    let (lead, target) = repeated
        .chain(adding.map(|(one, target)| (&one.reporters, target)))
        .find(|(lead, _)| !lead.is_empty() && !lead.iter().any(|unit| row.reporters.contains(unit)))?;
    let text = Quoted::Reporters { name: row.name.clone(), reporters: row.reporters.clone() };
    let there = Quote { lines: vec![row.line.clone()], text };
    let problem = PlanProblem::LeadDiffers { lead: lead.clone(), reporters: row.reporters.clone() }.into();
    Some(Remark::on(row, problem, target.quoted()).against(there))
}

/// P109: the target was reached in the year before already, though it asks for a step ahead.
fn already_met(plan: &Plan, row: &Indicator) -> Option<Remark> {
    let first = row.targets.iter().map(|target| target.year).min()?;
    let (target, limit) = judged(row, first).filter(|(target, _)| plan.asks_for_a_step_ahead(row, target))?;
    let (past, value) = base(row, first)?;
    let reached = match row.direction {
        Direction::Interval | Direction::None => false,
        direction => !direction.is_worse(value, limit.value),
    };
    let unit = row.unit.text();
    reached.then(|| {
        let problem = PlanProblem::AlreadyMet {
            target: format!("{}{unit}", limit.text),
            past: format!("{}{unit}", past.text),
            year: past.year,
        }
        .into();
        Remark::on(row, problem, past_quote(past)).against(cell(row, target))
    })
}
