//! Identities between targets in prose and the rows they speak of: a growth follows from two levels, what was added cannot
//! be less than what the level rose, and where it is much more, as much must have been lost.

use rust_decimal::Decimal;

use super::{Basis, Derivation, Fact, FactStatus};
use crate::decimal::{percent_of, sum};
use crate::finding::{Finding, PastOrigin, RuleRuns, SourceProblem, Undecided};
use crate::growth::{average, growth};
use crate::ident::IndicatorNo;
use crate::indexed::Indexed;
use crate::plan::{Goal, Indicator, Plan, Round, Target};
use crate::quantity::Value;
use crate::rounding::round_to;

/// Derives growth that nobody reported from the levels of its row, and holds reported values against those levels.
pub(super) fn apply(
    plan: &Plan,
    round: &Round,
    facts: &mut Indexed<Fact>,
    noticed: &mut Vec<Finding>,
    runs: &mut RuleRuns,
) {
    for indicator in plan.indicators_of(round.year()) {
        let Some(target) = indicator.targets_of(round.year()).into_iter().find(|target| target.of.is_some())
        else {
            continue;
        };
        let levels = Levels::of(plan, round, facts, indicator, target);
        let Some(fact) = facts.find_mut(&indicator.no) else { continue };
        count(round, target, fact, levels.as_ref(), runs);
        let Some(levels) = levels else { continue };
        match &target.goal {
            Goal::Growth(..) | Goal::AverageGrowth(..) => grow(plan, round, fact, &levels, noticed),
            Goal::Increment(..) => add(plan, fact, &levels, noticed),
            _ => {}
        }
    }
    for row in &plan.indicators {
        balance(plan, round, facts, row, noticed, runs);
    }
}

/// Counts C505 and C506 of a target: open without both levels, and without a value of the year that can be held against them.
fn count(round: &Round, target: &Target, fact: &Fact, levels: Option<&Levels>, runs: &mut RuleRuns) {
    let code = match &target.goal {
        Goal::Growth(..) | Goal::AverageGrowth(..) => "C505",
        Goal::Increment(..) => "C506",
        _ => return,
    };
    runs.ran(code, 1);
    let is_said = matches!(fact.value, Some(Value::Number(_))) && fact.source.is_some();
    let is_open = levels.is_none_or(|levels| code == "C505" && levels.rate().is_none());
    if !is_said || fact.year != round.year() {
        runs.undecided(code, Undecided::NotReported, 1);
    } else if is_open {
        runs.undecided(code, Undecided::NoYearBefore, 1);
    }
}

/// A number of the round's year that is not in doubt, with its fact.
fn certain<'a>(facts: &'a Indexed<Fact>, no: &IndicatorNo, year: i32) -> Option<(Decimal, &'a Fact)> {
    let fact = facts.find(no)?;
    Some((fact.certain_number(year)?, fact))
}

/// The level of a row in two years.
struct Levels {
    row: IndicatorNo,
    base: Decimal,
    base_year: i32,
    origin: PastOrigin,
    actual: Decimal,
    year: i32,
}

impl Levels {
    /// `None` unless both levels are known for certain.
    fn of(
        plan: &Plan,
        round: &Round,
        facts: &Indexed<Fact>,
        indicator: &Indicator,
        target: &Target,
    ) -> Option<Self> {
        let row = plan.indicator(target.of.as_ref()?)?;
        let (actual, _) = certain(facts, &row.no, round.year())?;
        let base_year = match &target.goal {
            Goal::AverageGrowth(_, _, stated) => {
                stated.or_else(|| round.base_year(&plan.city, &indicator.no))?
            }
            _ => round.year_before(),
        };
        // A plan may state the level that it adds to.
        let stated = match &target.goal {
            Goal::Increment(_, _, base) => Some(base.as_ref()?.value),
            _ => None,
        };
        let base = stated.or_else(|| row.known_of(base_year)?.value)?;
        let is_published = stated.is_none() && row.served_of(base_year).is_some();
        let origin = if is_published { PastOrigin::Published } else { PastOrigin::Plan };
        Some(Self { row: row.no.clone(), base, base_year, origin, actual, year: round.year() })
    }

    /// Years from the base.
    fn years(&self) -> u32 {
        u32::try_from(self.year - self.base_year).unwrap_or(0)
    }

    /// The growth that follows from both levels.
    fn rate(&self) -> Option<Decimal> {
        match self.years() {
            1 => growth(self.base, self.actual),
            years => average(self.base, self.actual, years),
        }
    }
}

/// Growth: derived when nobody reported it, else compared with what was reported, at its digits.
fn grow(plan: &Plan, round: &Round, fact: &mut Fact, levels: &Levels, noticed: &mut Vec<Finding>) {
    let Levels { row, base, base_year, origin, actual, year } = levels;
    let years = levels.years();
    let Some(rate) = levels.rate() else { return };
    match (fact.value, fact.source.clone()) {
        (None, _) if fact.status == FactStatus::Missing && fact.doubt.is_none() => {
            let derivation = Derivation {
                row: row.clone(),
                actual: *actual,
                base: *base,
                base_year: *base_year,
                origin: *origin,
                years,
            };
            fact.status = FactStatus::Derived;
            fact.value = Some(Value::Number(rate));
            fact.basis = Basis::Derived(derivation);
        }
        // The growth of an earlier year says nothing about the levels of this one.
        (Some(Value::Number(said)), Some(source))
            if fact.year == *year && round_to(rate, said.scale()) != said =>
        {
            let problem =
                SourceProblem::GrowthDiffers { reported: said, derived: rate, row: row.clone() }.into();
            let finding = Finding::new(&plan.city, source.at.clone(), problem);
            let finding = round.gate().stamp(finding.of_unit(&source.unit).of_indicator(&fact.no));
            fact.withhold(&finding);
            noticed.push(finding);
        }
        _ => {}
    }
}

/// Additions (新增) include what replaces losses, so they are never below the net change (净增).
fn add(plan: &Plan, fact: &Fact, levels: &Levels, noticed: &mut Vec<Finding>) {
    let Some(net) = levels.actual.checked_sub(levels.base) else { return };
    let (Some(Value::Number(said)), Some(source)) = (fact.value, &fact.source) else { return };
    if fact.year != levels.year {
        return;
    }
    if said < net {
        let problem =
            SourceProblem::AdditionsBelowNetChange { reported: said, net, row: levels.row.clone() }.into();
        let finding = Finding::new(&plan.city, source.at.clone(), problem);
        noticed.push(finding.of_unit(&source.unit).of_indicator(&fact.no));
    }
}

/// The share of a level, in percent, that may be lost in a year without being asked about: enterprises leave incubators,
/// titles lapse.
const ORDINARY_LOSSES: Decimal = Decimal::TEN;

/// Additions to one row together, less its net change, are what was lost. When that is out of the ordinary, additions or
/// level may be wrong.
fn balance(
    plan: &Plan,
    round: &Round,
    facts: &Indexed<Fact>,
    row: &Indicator,
    noticed: &mut Vec<Finding>,
    runs: &mut RuleRuns,
) {
    let known = |one: &Indicator| {
        let (value, fact) = certain(facts, &one.no, round.year())?;
        Some((value, fact.source.as_ref()?))
    };
    let adds = |one: &&Indicator| {
        one.unit.is_count() && one.targets_of(round.year()).iter().any(|target| target.adds_to(&row.no))
    };
    let base = row.known_of(round.year_before()).and_then(|past| past.value);
    let level = known(row).filter(|_| row.unit.is_count());
    let is_added_to = row.unit.is_count() && plan.indicators_of(round.year()).any(|one| adds(&one));
    runs.ran("C507", usize::from(is_added_to));
    let (Some(base), Some((level, source))) = (base, level) else {
        runs.undecided("C507", Undecided::NoYearBefore, usize::from(is_added_to));
        return;
    };
    let added: Vec<(&str, Decimal)> = plan
        .indicators_of(round.year())
        .filter(adds)
        .filter_map(|one| Some((one.no.as_str(), known(one)?.0)))
        .collect();
    runs.undecided("C507", Undecided::NotReported, usize::from(is_added_to && added.is_empty()));
    let total = sum(added.iter().map(|(_, value)| *value));
    let net = level.checked_sub(base);
    let lost = total.zip(net).and_then(|(total, net)| total.checked_sub(net));
    let (Some(total), Some(net), Some(lost)) = (total, net, lost) else { return };
    if added.is_empty() || percent_of(base, ORDINARY_LOSSES).is_none_or(|ordinary| lost <= ordinary) {
        return;
    }
    let problem = SourceProblem::AdditionsAboveNetChange {
        numbers: added.iter().map(|(no, _)| (*no).into()).collect(),
        added: total,
        net,
        lost,
    }
    .into();
    let finding = Finding::new(&plan.city, source.at.clone(), problem);
    noticed.push(finding.of_unit(&source.unit).of_indicator(&row.no));
}
