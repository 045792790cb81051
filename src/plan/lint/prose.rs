//! Targets in prose that repeat a row or another target: value, tier, unit, digits, denominator.

use std::collections::BTreeMap;
use std::mem::discriminant;

use super::{Quote, Remark, RemarkSubject, cell, ruled};
use crate::finding::{PlanProblem, RuleRuns, Ruling, Undecided};
use crate::plan::{Goal, Indicator, Operator, Origin, Plan, Repeat, Target, Tier, Written};
use crate::quantity::Unit;

pub(super) fn check(plan: &Plan, runs: &mut RuleRuns) -> Vec<Remark> {
    let mut found = Vec::new();
    for repeat in &plan.repeats {
        let Some(row) = plan.indicator(&repeat.of) else { continue };
        let again = if row.origin == Origin::Prose { repeated(row, repeat) } else { None };
        found.extend(ruled(runs, "P113", again.map_or(Ruling::Pass, Ruling::Fail)));
        if row.origin == Origin::Prose {
            continue;
        }
        found.extend(values(row, repeat, runs));
        let denominators = denominators(row, repeat);
        found.extend(denominators.and_then(|ruling| ruled(runs, "P108", ruling)));
    }
    found.extend(tiers(plan, runs));
    found
}

/// P113: the same target twice in prose.
fn repeated(other: &Indicator, repeat: &Repeat) -> Option<Remark> {
    let there = other.targets.first()?;
    let problem = PlanProblem::RepeatedTarget { other: other.no.to_string() }.into();
    let remark = Remark {
        problem,
        numbers: vec![repeat.no.clone()],
        subject: RemarkSubject::Named(other.short.clone()),
        here: repeat.target.quoted(),
        there: None,
    };
    Some(remark.against(there.quoted()))
}

/// The number of a target that can be held against another one of its kind: a level, or a rate of growth.
fn number(target: &Target) -> Option<&Written> {
    match target.as_issued() {
        Goal::Level(_, value) | Goal::Growth(_, value) | Goal::AverageGrowth(_, value, _) => Some(value),
        _ => None,
    }
}

/// The row's targets of the year that state what the prose states, with their numbers.
fn targets<'a>(row: &'a Indicator, repeat: &Repeat) -> Vec<(&'a Target, &'a Written)> {
    let kind = discriminant(repeat.target.as_issued());
    let all = row.targets_of(repeat.target.year).into_iter();
    let alike = all.filter(|target| discriminant(target.as_issued()) == kind);
    alike.filter_map(|target| Some((target, number(target)?))).collect()
}

/// Whether a value equal to the number misses the target; `None` where the words tell nothing of it.
fn is_strict(target: &Target) -> Option<bool> {
    match target.as_issued().operator()? {
        Operator::MoreThan | Operator::Surpass | Operator::LessThan => Some(true),
        Operator::AtLeast | Operator::AtMost => Some(false),
        Operator::About | Operator::Equal => None,
    }
}

/// The value of the prose in the unit of the row.
fn in_unit_of(row: &Indicator, repeat: &Repeat) -> Option<rust_decimal::Decimal> {
    let value = number(&repeat.target)?.value;
    if !matches!(repeat.target.as_issued(), Goal::Level(..)) {
        return Some(value);
    }
    Some(Unit::parse(&repeat.unit).convert(value, &row.unit).map_or(value, |(value, _)| value))
}

/// P102, P107: another value than the table has, or a limit that holds its number in one place only; or the same written otherwise.
fn values(row: &Indicator, repeat: &Repeat, runs: &mut RuleRuns) -> Option<Remark> {
    let said = number(&repeat.target)?;
    let value = in_unit_of(row, repeat)?;
    let targets = targets(row, repeat);
    let Some((first, _)) = targets.first() else {
        return ruled(runs, "P102", Ruling::Undecided(Undecided::OpenInPlan));
    };
    let unit = row.unit.text();
    let Some((target, same)) = targets.iter().find(|(_, limit)| limit.value == value) else {
        let table = targets.iter().map(|(_, limit)| format!("{}{unit}", limit.text)).collect::<Vec<_>>();
        let prose = format!("{}{}", said.text, repeat.unit);
        let problem = PlanProblem::ProseDiffers { prose, table }.into();
        let remark = Remark::on(row, problem, repeat.target.quoted()).against(cell(row, first));
        return ruled(runs, "P102", Ruling::Fail(remark));
    };
    if let (Some(own), Some(other)) = (is_strict(&repeat.target), is_strict(target))
        && own != other
    {
        let signed = |one: &Target, text: &str, unit: &str| {
            let sign = one.as_issued().operator().map_or("", Operator::sign);
            format!("{sign}{text}{unit}")
        };
        let (prose, table) =
            (signed(&repeat.target, &said.text, &repeat.unit), signed(target, &same.text, unit));
        let problem = PlanProblem::ProseDiffers { prose, table: vec![table] }.into();
        let remark = Remark::on(row, problem, repeat.target.quoted()).against(cell(row, target));
        return ruled(runs, "P102", Ruling::Fail(remark));
    }
    runs.ran("P102", 1);
    let prose = format!("{}{}", said.text, Unit::parse(&repeat.unit).text());
    let table = format!("{}{unit}", same.text);
    // A row that counts per ten thousand people may leave the denominator to its name.
    let bare = |text: &str| text.split('/').next().unwrap_or_default().to_owned();
    let differs = prose != table && bare(&prose) != bare(&table);
    if !differs {
        return ruled(runs, "P107", Ruling::Pass);
    }
    let problem = PlanProblem::WrittenDiffers { prose, table }.into();
    let remark = Remark::on(row, problem, repeat.target.quoted()).against(cell(row, target));
    ruled(runs, "P107", Ruling::Fail(remark))
}

/// P108: the denominators of a share have other names.
fn denominators(row: &Indicator, repeat: &Repeat) -> Option<Ruling<Remark>> {
    let (prose, table) = (denominator(&repeat.name)?, denominator(&row.name)?);
    if prose == table {
        return Some(Ruling::Pass);
    }
    let problem = PlanProblem::DenominatorDiffers { prose, table }.into();
    let there = Quote::words(&row.line, &row.name);
    Some(Ruling::Fail(Remark::on(row, problem, repeat.target.quoted()).against(there)))
}

/// What stands between 占 and 比重; 规模以上, 规模 and 规上 are one.
fn denominator(name: &str) -> Option<String> {
    let name = name.replace("规模以上", "规上").replace("规模工业", "规上工业");
    let (_, rest) = name.split_once('占')?;
    let ends = ["比重", "比值", "比例", "之比"];
    let end = ends.iter().filter_map(|end| rest.find(end)).min()?;
    let words = rest.get(..end)?.trim_end_matches(['的', '数', '量']);
    (!words.is_empty()).then(|| words.to_owned())
}

/// P106: the prose repeats 考核值 of some rows and 完成值 of others.
fn tiers(plan: &Plan, runs: &mut RuleRuns) -> Option<Remark> {
    let mut taken: BTreeMap<Tier, Vec<(&Indicator, &Repeat)>> = BTreeMap::new();
    for repeat in &plan.repeats {
        let Some(row) = plan.row(Some(&repeat.of)) else { continue };
        let targets = targets(row, repeat);
        let distinct = targets.windows(2).any(|pair| pair[0].1.value != pair[1].1.value);
        let value = in_unit_of(row, repeat);
        let found = targets.iter().find(|(_, limit)| Some(limit.value) == value);
        if let Some((target, _)) = found.filter(|_| distinct) {
            taken.entry(target.tier).or_default().push((row, repeat));
        }
    }
    runs.ran("P106", usize::from(!taken.is_empty()));
    let (assessed, intended) = (taken.get(&Tier::Assessed)?, taken.get(&Tier::Intended)?);
    runs.failed("P106", 1);
    let place = |row: &Indicator| plan.indicators.place(&row.no);
    let numbers = |list: &[(&Indicator, &Repeat)]| {
        let mut list = list.to_vec();
        list.sort_by_key(|(row, _)| place(row));
        list.iter().map(|(row, _)| row.no.clone()).collect::<Vec<_>>()
    };
    let ((_, one), (_, other)) = (assessed.first()?, intended.first()?);
    let (assessed, intended) = (numbers(assessed), numbers(intended));
    let numbers = [assessed.clone(), intended.clone()].concat();
    let problem = PlanProblem::TiersMixed { assessed, intended }.into();
    let remark =
        Remark { problem, numbers, subject: RemarkSubject::Tiers, here: one.target.quoted(), there: None };
    Some(remark.against(other.target.quoted()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denominators_are_what_stands_between_occupying_and_share() {
        for (name, expected) in [
            ("规模以上工业企业研究与试验发展经费支出占主营业务收入的比值", Some("主营业务收入")),
            ("规上工业企业R&D经费支出占营业收入的比重", Some("营业收入")),
            ("高新技术企业占规模工业企业数量比重", Some("规上工业企业")),
            ("高新技术企业占规上工业企业数量比重", Some("规上工业企业")),
            ("技术合同成交金额占GDP的比重", Some("GDP")),
            ("高新技术企业数", None),
        ] {
            assert_eq!(denominator(name).as_deref(), expected, "{name}");
        }
    }
}
