//! Observations × plan → one fact per indicator and year: agreed, preferred, conflicting or missing. All sides are kept.

mod agree;
mod basis;
mod doubt;
mod hierarchy;
mod identity;
mod past;
mod record;

pub use basis::{Basis, Derivation, Doubt};
pub(crate) use record::observed;

use rust_decimal::Decimal;

use crate::collect::{Lookup, Observation, Reading};
use crate::finding::{Finding, Object, RuleRuns, Severity, Side, SourceProblem, Undecided, by_object};
use crate::ident::{CityId, IndicatorNo, UnitName};
use crate::indexed::{Indexed, Keyed};
use crate::ledger::Ledger;
use crate::plan::{Indicator, Plan, Preference, Round};
use crate::quantity::Value;

/// How the sides of a fact relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactStatus {
    /// One unit reported, or all that did report the same.
    Agreed,
    /// Units disagree and a recorded decision says whose value counts.
    Preferred,
    /// Units disagree.
    Conflicting,
    /// Nobody reported a value.
    Missing,
    /// Nobody reported a value, but it follows exactly from others.
    Derived,
}

impl FactStatus {
    /// The word in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Preferred => "preferred",
            Self::Conflicting => "conflicting",
            Self::Missing => "missing",
            Self::Derived => "derived",
        }
    }
}

/// What is held true of an indicator in the year that is judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The city.
    pub city: CityId,
    /// The indicator.
    pub no: IndicatorNo,
    /// Year of the data; earlier than the round's when the value is lagged.
    pub year: i32,
    /// How the sides relate.
    pub status: FactStatus,
    /// The value, unless conflicting or missing.
    pub value: Option<Value>,
    /// The observation whose value it is.
    pub source: Option<Observation>,
    /// All observations of the year, in the plan's order of units.
    pub sides: Vec<Observation>,
    /// What is reported of the year before beside it, where all that report it say the same.
    pub before: Option<Observation>,
    /// What withholds the value from judgement, if anything does.
    pub doubt: Option<Doubt>,
    /// Places of the waivers without which an error would withhold it, in `waivers.toml`, from one.
    pub waived: Vec<usize>,
    /// Why this value was taken, or why there is none.
    pub basis: Basis,
}

impl Keyed for Fact {
    type Key = IndicatorNo;

    fn key(&self) -> &IndicatorNo {
        &self.no
    }
}

impl Fact {
    /// Its number of a year, unless it is in doubt.
    fn certain_number(&self, year: i32) -> Option<Decimal> {
        match self.value {
            Some(Value::Number(value)) if self.doubt.is_none() && self.year == year => Some(value),
            _ => None,
        }
    }

    /// An error that was found about it withholds it from judgement; a finding that is waived, or less than an error, does not.
    fn withhold(&mut self, finding: &Finding) {
        if finding.severity() == Severity::Error {
            let problem = finding.problem.clone();
            self.doubt = Some(Doubt { finding: finding.as_cause(), problem, unit: None });
        }
        let waived = finding.waived.iter().filter(|_| finding.problem.severity() == Severity::Error);
        self.rest_on(waived.map(|waived| waived.place).collect());
    }

    /// Rests on waivers, by their places.
    fn rest_on(&mut self, waivers: Vec<usize>) {
        self.waived.extend(waivers);
        self.waived.sort_unstable();
        self.waived.dedup();
    }

    /// How it was derived, if it was.
    pub fn derivation(&self) -> Option<&Derivation> {
        match &self.basis {
            Basis::Derived(derivation) => Some(derivation),
            _ => None,
        }
    }
}

/// Reconciles a city: its facts, each of which goes into the ledger, and what was noticed on the way; the rules are counted. Errors among the findings so far put a value in doubt.
pub fn city(
    plan: &Plan,
    round: &Round,
    collected: &Lookup<'_>,
    findings: &[Finding],
    ledger: &mut Ledger,
    runs: &mut RuleRuns,
) -> (Indexed<Fact>, Vec<Finding>) {
    let mut noticed = Vec::new();
    let mut facts = Indexed::default();
    let findings = by_object(findings);
    for indicator in plan.indicators_of(round.year()) {
        let own = findings.get(&Object::from(&indicator.no)).map_or(&[][..], Vec::as_slice);
        let fact = fact(plan, round, collected, indicator, own, &mut noticed);
        count(plan, round, indicator, &fact, runs);
        facts.push(fact);
        // What is reported of the year before within a year is of the same part of it, which no plan prints.
        if round.period.is_annual() {
            noticed.extend(past::restated(plan, round, collected, indicator, runs));
        }
    }
    noticed.extend(past::published(plan, round, runs));
    hierarchy::apply(plan, round, &mut facts, &mut noticed, runs);
    // These hold between values of whole years.
    if round.period.is_annual() {
        identity::apply(plan, round, &mut facts, &mut noticed, runs);
    }
    record::record(plan, round, collected, facts.iter_mut(), ledger);
    (facts, noticed)
}

/// Counts the rules about the sides of a fact: C502 where several units are to report it, C503 where a decision is there for them, and C508.
fn count(plan: &Plan, round: &Round, indicator: &Indicator, fact: &Fact, runs: &mut RuleRuns) {
    let valued: Vec<&Observation> = fact.sides.iter().filter(|seen| said(seen).is_some()).collect();
    let of_year = valued.iter().filter(|seen| seen.year == fact.year).count();
    runs.ran("C508", valued.len());
    if indicator.reporters.len() > 1 || valued.len() > 1 {
        runs.ran("C502", 1);
        runs.undecided("C502", Undecided::NotReported, usize::from(valued.len() < 2));
    }
    if of_year > 1 && preference(plan, round, indicator).is_some() {
        runs.ran("C503", 1);
    }
}

/// What a unit says, in the plan's unit; `None` where that is no value.
pub fn said(observation: &Observation) -> Option<Value> {
    match observation.reading {
        Reading::Present => Some(Value::Presence(true)),
        Reading::Absent => Some(Value::Presence(false)),
        Reading::Number(_) => observation.value.map(Value::Number),
        Reading::Blank | Reading::Mark | Reading::Unreadable => None,
    }
}

fn fact(
    plan: &Plan,
    round: &Round,
    collected: &Lookup<'_>,
    indicator: &Indicator,
    findings: &[&Finding],
    noticed: &mut Vec<Finding>,
) -> Fact {
    let sides = sides(collected, indicator);
    let (status, source, basis) = settle(plan, round, indicator, &sides, noticed);
    let decided = preference(plan, round, indicator).map(|choice| &choice.unit);
    let concerned = doubt::Concerned { source: source.as_ref(), sides: &sides, decided, collected };
    let (doubt, waived) = (concerned.doubt(findings), concerned.waivers(findings));
    let mut fact = Fact {
        city: plan.city.clone(),
        no: indicator.no.clone(),
        year: source.as_ref().map_or(round.year(), |seen| seen.year),
        status,
        value: source.as_ref().and_then(said),
        source,
        before: before(collected, round, indicator),
        sides,
        doubt,
        waived: Vec::new(),
        basis,
    };
    fact.rest_on(waived);
    fact
}

/// The value of the year before, where all units that report one report the same.
fn before(collected: &Lookup<'_>, round: &Round, indicator: &Indicator) -> Option<Observation> {
    let of_year =
        |seen: &&Observation| !seen.is_current && seen.year == round.year_before() && seen.value.is_some();
    let all: Vec<&Observation> = collected.values_of(&indicator.no).filter(of_year).collect();
    let (first, rest) = all.split_first()?;
    rest.iter().all(|seen| seen.value == first.value).then(|| (*first).clone())
}

/// What each unit reports for the year, in the plan's order of units.
fn sides(collected: &Lookup<'_>, indicator: &Indicator) -> Vec<Observation> {
    let of_unit = |unit: &UnitName| collected.current_of(&indicator.no, unit).cloned().collect::<Vec<_>>();
    indicator.reporters.iter().flat_map(of_unit).collect()
}

/// Decides whose value counts; a disagreement is a finding.
fn settle(
    plan: &Plan,
    round: &Round,
    indicator: &Indicator,
    sides: &[Observation],
    noticed: &mut Vec<Finding>,
) -> (FactStatus, Option<Observation>, Basis) {
    let all: Vec<&Observation> = sides.iter().filter(|seen| said(seen).is_some()).collect();
    let year = agree::year_that_counts(&all, round.year());
    // One fact a year: numbers of two years cannot agree or disagree.
    let (valued, others): (Vec<&Observation>, Vec<&Observation>) =
        all.into_iter().partition(|seen| Some(seen.year) == year);
    let Some((first, rest)) = valued.split_first() else {
        return (FactStatus::Missing, None, missing(sides));
    };
    let alone = |seen: &&Observation| valued.iter().all(|counted| counted.unit != seen.unit);
    let told = others.into_iter().filter(alone);
    noticed.extend(told.map(|seen| of_another_year(plan, indicator, seen, &valued)));
    let choice = preference(plan, round, indicator);
    if let Some(seen) = agree::agreed(&valued) {
        let units = valued.len();
        let basis = if rest.is_empty() {
            Basis::Single
        } else if rest.iter().all(|seen| said(seen) == said(first)) {
            Basis::Same { units }
        } else {
            Basis::SameWhenRounded { units, taken: seen.unit.clone() }
        };
        return (FactStatus::Agreed, Some(seen.clone()), basis);
    }
    let sides: Vec<Side> = valued.iter().filter_map(|seen| side(seen, indicator)).collect();
    let chosen = choice.and_then(|choice| {
        let seen = valued.iter().find(|seen| seen.unit == choice.unit)?;
        Some((choice, (*seen).clone()))
    });
    let problem = match &chosen {
        Some((choice, _)) => SourceProblem::SourcePreferred {
            unit: choice.unit.to_string(),
            sides: sides.clone(),
            reason: choice.reason.clone(),
        }
        .into(),
        None => SourceProblem::SourcesDisagree { sides: sides.clone() }.into(),
    };
    let units = valued.iter().map(|seen| &seen.unit);
    let mut finding = Finding::new(&plan.city, first.at.clone(), problem);
    finding = finding.of_units(units).of_indicator(&indicator.no);
    for other in rest {
        finding = finding.see_also(other.at.clone());
    }
    noticed.push(finding);
    match chosen {
        Some((choice, seen)) => {
            (FactStatus::Preferred, Some(seen), Basis::Decided { unit: choice.unit.clone() })
        }
        None => (FactStatus::Conflicting, None, Basis::Disagree { sides }),
    }
}

/// The decision about whose value of an indicator counts.
fn preference<'a>(plan: &Plan, round: &'a Round, indicator: &Indicator) -> Option<&'a Preference> {
    let concerns = |choice: &&Preference| choice.city == plan.city && choice.indicator == indicator.no;
    round.preferences.iter().find(concerns)
}

/// C508: a value of another year than the one that counts.
fn of_another_year(
    plan: &Plan,
    indicator: &Indicator,
    seen: &Observation,
    valued: &[&Observation],
) -> Finding {
    let unit = if indicator.is_qualitative() { "" } else { indicator.unit.text() };
    let problem = SourceProblem::OtherYearsValue {
        value: said(seen),
        measure: unit.to_owned(),
        year: seen.year,
        taken: valued.first().map_or(seen.year, |seen| seen.year),
        by: valued.iter().map(|seen| seen.unit.clone()).collect(),
    }
    .into();
    let finding = Finding::new(&plan.city, seen.at.clone(), problem);
    finding.of_unit(&seen.unit).of_indicator(&indicator.no)
}

/// Why there is no value.
fn missing(sides: &[Observation]) -> Basis {
    let all = |wanted: Reading| sides.iter().all(|seen| seen.reading == wanted);
    if sides.is_empty() {
        Basis::NoRow
    } else if all(Reading::Blank) {
        Basis::Blank
    } else if all(Reading::Mark) {
        Basis::Marks(sides.iter().map(|seen| seen.raw.trim().to_owned()).collect())
    } else {
        Basis::Unusable
    }
}

fn side(seen: &Observation, indicator: &Indicator) -> Option<Side> {
    let measure = if indicator.is_qualitative() { "" } else { indicator.unit.text() };
    Some(Side { unit: seen.unit.to_string(), value: said(seen)?, measure: measure.to_owned() })
}
