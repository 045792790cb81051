//! What people decided: every entry of `round.toml` and `waivers.toml` and every amendment of a plan, with what it changed, how many printed
//! figures rest on it, and what the verdict would be without it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::CityEvaluation;
use super::again::{Again, Alternative, VerdictOn};
use crate::finding::{Finding, Object, Severity, Side};
use crate::ident::{CityId, IndicatorNo, UnitName};
use crate::ledger::{self, Ledger, StepId};
use crate::plan::{Amendment, Grade, Nature, Plan, Round, Target, Tier};
use crate::quantity::Value;
use crate::reconcile::said;
use crate::rounding::plain;

/// What kind of decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionKind {
    /// 取数单位: whose value counts.
    Preference,
    /// 豁免.
    Waiver,
    /// 一票否决.
    Veto,
    /// 基年.
    BaseYear,
    /// 对照值.
    Benchmark,
    /// 权重.
    Weight,
    /// 目标调整.
    Amendment,
    /// Anything else, which has no effect on figures.
    Other,
}

impl DecisionKind {
    /// All kinds, in the order of the table.
    pub const ALL: [Self; 8] = [
        Self::Preference,
        Self::Waiver,
        Self::Veto,
        Self::BaseYear,
        Self::Benchmark,
        Self::Weight,
        Self::Amendment,
        Self::Other,
    ];

    /// The word in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::Preference => "preference",
            Self::Waiver => "waiver",
            Self::Veto => "veto",
            Self::BaseYear => "base_year",
            Self::Benchmark => "benchmark",
            Self::Weight => "weight",
            Self::Amendment => "amendment",
            Self::Other => "other",
        }
    }

    /// The word in the report.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Preference => "取数单位",
            Self::Waiver => "豁免",
            Self::Veto => "等次限制",
            Self::BaseYear => "基年",
            Self::Benchmark => "对照值",
            Self::Weight => "权重",
            Self::Amendment => "目标调整",
            Self::Other => "其他",
        }
    }
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecidedOn {
    /// An indicator.
    Indicator(IndicatorNo),
    /// All rows of a nature.
    Nature(Nature),
    /// The city as a whole.
    City,
    /// Findings of a code.
    Findings {
        /// The code.
        code: String,
        /// Of a unit; `None` for all.
        unit: Option<UnitName>,
        /// About an indicator or a task; `None` for all.
        object: Option<Object>,
    },
    /// Something else, in words.
    Matter {
        /// What it concerns.
        object: String,
        /// What kind of matter.
        matter: String,
    },
}

/// How something stood before a decision, or stands by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// There was nothing.
    Nothing,
    /// A number or words, as people wrote them.
    Written(String),
    /// What units report.
    Sides(Vec<Side>),
    /// Findings: how many, and the worst severity among them.
    Findings(usize, Severity),
    /// They are waived.
    Waived,
    /// 等次; `None` where there is none.
    Grade(Option<Grade>),
}

/// A decision of people.
#[derive(Debug, Clone, PartialEq)]
pub struct HumanDecision {
    /// What kind.
    pub kind: DecisionKind,
    /// Place in its list, from one; of amendments in the plan.
    pub place: usize,
    /// The city; `None` for all.
    pub city: Option<CityId>,
    /// What it is about.
    pub on_what: DecidedOn,
    /// How that stood before.
    pub before: Standing,
    /// How it stands by the decision.
    pub after: Standing,
    /// Who decided; empty where that is not told.
    pub by: String,
    /// When, where that is told.
    pub on: Option<NaiveDate>,
    /// Its last day, where it has one.
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// The document that it rests on; empty where none is named.
    pub basis: String,
    /// The file that it stands in, below the input root.
    pub file: String,
    /// Its line there.
    pub line: Option<usize>,
    /// Whether it holds on the day of the report: what has expired does not.
    pub is_in_force: bool,
    /// How many printed figures rest on it; `None` for what has no effect on figures by its kind.
    pub affects: Option<usize>,
    /// Verdicts without it: of what it is about; where it is about more, those that would be others.
    pub without: Vec<Alternative>,
    /// How to judge without it.
    undo: Undo,
}

/// How a decision is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Undo {
    /// Nothing would be otherwise.
    Nothing,
    /// Its entry is left out.
    Entry,
    /// An amendment of a target, by its year, tier and place.
    Amendment(i32, Tier, usize),
}

impl HumanDecision {
    /// Whether its last day is over.
    pub fn is_expired(&self) -> bool {
        self.until.is_some() && !self.is_in_force
    }

    /// The one verdict that it is about; `None` where it is about several things.
    pub fn on_verdict(&self) -> Option<VerdictOn> {
        match &self.on_what {
            _ if self.city.is_none() => None,
            DecidedOn::Indicator(_) | DecidedOn::Nature(_) | DecidedOn::City
                if matches!(self.kind, DecisionKind::Veto | DecisionKind::Weight) =>
            {
                Some(VerdictOn::City)
            }
            DecidedOn::Indicator(no) => Some(VerdictOn::Target(no.clone())),
            DecidedOn::Findings { object: Some(Object::Indicator(no)), .. } => {
                Some(VerdictOn::Target(no.clone()))
            }
            DecidedOn::Findings { object: Some(Object::Task(no)), .. } => Some(VerdictOn::Task(no.clone())),
            _ => None,
        }
    }

    /// Whether a finding is one of those that a waiver names.
    pub fn names(&self, finding: &Finding, round: &Round) -> bool {
        let waiver = self.place.checked_sub(1).and_then(|at| round.waivers.get(at));
        self.kind == DecisionKind::Waiver && waiver.is_some_and(|waiver| waiver.names(finding))
    }
}

/// All decisions of a round about the cities that were judged, in the order of kinds and of their lists.
pub(super) fn decisions(
    round: &Round,
    cities: &[CityEvaluation],
    over: &Ledger,
    findings: &[Finding],
    again: Again<'_>,
) -> Vec<HumanDecision> {
    let lists = Lists { round, cities, findings };
    let mut all = lists.all();
    let names: BTreeMap<StepId, usize> =
        all.iter().enumerate().map(|(at, one)| (lists.step(one), at)).collect();
    let ledgers = cities.iter().map(|city| &city.ledger).chain([over]);
    let reached = ledger::reach(ledgers, &names, all.len());
    for (one, affects) in all.iter_mut().zip(reached) {
        one.affects = (one.kind != DecisionKind::Other).then_some(affects);
    }
    let without: Vec<Vec<Alternative>> = all.par_iter().map(|one| lists.without(one, again)).collect();
    for (one, without) in all.iter_mut().zip(without) {
        one.without = without;
        // What a limit does to the grade of a city is known only from the city without it.
        if let (DecisionKind::Veto, [only]) = (one.kind, one.without.as_slice())
            && let super::again::Verdict::City(grade) = only.would_be
        {
            one.before = Standing::Grade(grade);
        }
    }
    all
}

/// The lists of decisions, and what they are held against.
struct Lists<'a> {
    round: &'a Round,
    cities: &'a [CityEvaluation],
    findings: &'a [Finding],
}

impl Lists<'_> {
    fn all(&self) -> Vec<HumanDecision> {
        let mut all: Vec<HumanDecision> = Vec::new();
        all.extend(self.preferences());
        all.extend(self.waivers());
        all.extend(self.vetoes());
        all.extend(self.base_years());
        all.extend(self.benchmarks());
        all.extend(self.weights());
        all.extend(self.amendments());
        all.extend(self.others());
        // Cities that were left out of the run have no decisions in it.
        let is_judged = |city: &CityId| self.city(city).is_some();
        all.retain(|one| one.city.as_ref().is_none_or(is_judged));
        all
    }

    fn city(&self, slug: &CityId) -> Option<&CityEvaluation> {
        self.cities.iter().find(|city| city.plan.city == *slug)
    }

    /// An entry of a list of `round.toml`, before it is held against anything.
    fn entry(&self, kind: DecisionKind, place: usize, on_what: DecidedOn) -> HumanDecision {
        let (file, list) = match kind {
            DecisionKind::Waiver => ("waivers.toml", "waiver"),
            DecisionKind::Other => ("round.toml", "decision"),
            kind => ("round.toml", kind.key()),
        };
        HumanDecision {
            kind,
            place,
            city: None,
            on_what,
            before: Standing::Nothing,
            after: Standing::Nothing,
            by: String::new(),
            on: None,
            until: None,
            reason: String::new(),
            basis: String::new(),
            file: self.round.path(file),
            line: self.round.line_of(&format!("{list}.{place}")),
            is_in_force: true,
            affects: None,
            without: Vec::new(),
            undo: Undo::Entry,
        }
    }

    fn preferences(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.preferences).map(|(place, one)| {
            let sides = self.sides(&one.city, &one.indicator);
            let own = sides.iter().filter(|side| one.unit == *side.unit.as_str()).cloned().collect();
            HumanDecision {
                city: Some(one.city.clone()),
                before: Standing::Sides(sides),
                after: Standing::Sides(own),
                by: one.by.clone(),
                on: Some(one.on),
                reason: one.reason.clone(),
                basis: one.basis.clone(),
                ..self.entry(DecisionKind::Preference, place, DecidedOn::Indicator(one.indicator.clone()))
            }
        })
    }

    /// What the units say of an indicator.
    fn sides(&self, city: &CityId, no: &IndicatorNo) -> Vec<Side> {
        let Some(row) = self.city(city).and_then(|city| city.row(no)) else { return Vec::new() };
        let measure = if row.indicator.is_qualitative() { "" } else { row.indicator.unit.text() };
        let side = |seen: &crate::collect::Observation| {
            let (unit, measure) = (seen.unit.to_string(), measure.to_owned());
            said(seen).map(|value: Value| Side { unit, value, measure })
        };
        row.fact.sides.iter().filter_map(side).collect()
    }

    fn waivers(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.waivers).map(|(place, one)| {
            let severities: Vec<Severity> =
                self.findings.iter().filter(|f| one.names(f)).map(|f| f.problem.severity()).collect();
            let before = match severities.iter().min() {
                Some(worst) => Standing::Findings(severities.len(), *worst),
                None => Standing::Nothing,
            };
            let holds = one.holds_on(self.round.report_date);
            let on_what = DecidedOn::Findings {
                code: one.code.clone(),
                unit: one.unit.clone(),
                object: one.object.clone(),
            };
            HumanDecision {
                city: Some(one.city.clone()),
                after: if holds && !severities.is_empty() { Standing::Waived } else { before.clone() },
                before,
                by: one.owner.clone(),
                on: one.on,
                until: Some(one.until),
                reason: one.reason.clone(),
                basis: one.basis.clone(),
                is_in_force: holds,
                ..self.entry(DecisionKind::Waiver, place, on_what)
            }
        })
    }

    fn vetoes(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.vetoes).map(|(place, one)| {
            let on_what = match (&one.indicator, one.nature) {
                (Some(no), _) => DecidedOn::Indicator(no.clone()),
                (None, Some(nature)) => DecidedOn::Nature(nature),
                (None, None) => DecidedOn::City,
            };
            HumanDecision {
                city: one.city.clone(),
                after: Standing::Grade(Some(one.grade)),
                by: one.by.clone(),
                on: Some(one.on),
                reason: one.reason.clone(),
                basis: one.basis.clone(),
                is_in_force: one.on <= self.round.report_date,
                ..self.entry(DecisionKind::Veto, place, on_what)
            }
        })
    }

    fn base_years(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.base_years).map(|(place, one)| HumanDecision {
            city: Some(one.city.clone()),
            after: Standing::Written(one.year.to_string()),
            by: one.by.clone(),
            on: Some(one.on),
            reason: one.reason.clone(),
            basis: one.basis.clone(),
            ..self.entry(DecisionKind::BaseYear, place, DecidedOn::Indicator(one.target.clone()))
        })
    }

    fn benchmarks(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.benchmarks).map(|(place, one)| HumanDecision {
            city: Some(one.city.clone()),
            after: Standing::Written(format!("{} {}", one.name, plain(one.value))),
            by: one.by.clone(),
            on: one.on,
            reason: one.reason.clone(),
            basis: one.source.clone(),
            ..self.entry(DecisionKind::Benchmark, place, DecidedOn::Indicator(one.target.clone()))
        })
    }

    fn weights(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.weights).map(|(place, one)| {
            let of_all = |other: &&crate::plan::Weight| {
                one.city.is_some() && other.city.is_none() && other.indicator == one.indicator
            };
            let before = self.round.weights.iter().find(of_all);
            let before = before.map_or_else(|| "1".to_owned(), |other| plain(other.weight));
            HumanDecision {
                city: one.city.clone(),
                before: Standing::Written(before),
                after: Standing::Written(plain(one.weight)),
                by: one.by.clone(),
                on: one.on,
                reason: one.reason.clone(),
                basis: one.basis.clone(),
                ..self.entry(DecisionKind::Weight, place, DecidedOn::Indicator(one.indicator.clone()))
            }
        })
    }

    /// Amendments in force of the targets that are judged.
    fn amendments(&self) -> Vec<HumanDecision> {
        let mut all = Vec::new();
        for plan in self.cities.iter().map(|city| &city.plan) {
            let mut place = 0;
            for row in plan.indicators_of(self.round.year()) {
                for target in row.targets_of(self.round.year()) {
                    for (at, one) in target.amendments.iter().enumerate() {
                        place += 1;
                        all.push(self.amendment((plan, &row.no, target), at, one, place));
                    }
                }
            }
        }
        all
    }

    fn amendment(
        &self,
        (plan, no, target): (&Plan, &IndicatorNo, &Target),
        at: usize,
        one: &Amendment,
        place: usize,
    ) -> HumanDecision {
        let earlier = at.checked_sub(1).and_then(|at| target.amendments.get(at));
        let issued = || target.as_issued().number().map(|number| number.text.clone());
        let before = earlier.map(|one| one.value.text.clone()).or_else(issued);
        HumanDecision {
            city: Some(plan.city.clone()),
            before: before.map_or(Standing::Nothing, Standing::Written),
            after: Standing::Written(one.value.text.clone()),
            by: one.authority.clone(),
            on: Some(one.on),
            reason: one.reason.clone(),
            basis: one.basis.clone(),
            file: self.round.path(&format!("{}/plan.toml", plan.city)),
            line: Some(one.entry_line),
            undo: Undo::Amendment(target.year, target.tier, at),
            ..self.entry(DecisionKind::Amendment, place, DecidedOn::Indicator(no.clone()))
        }
    }

    fn others(&self) -> impl Iterator<Item = HumanDecision> {
        (1..).zip(&self.round.decisions).map(|(place, one)| {
            let on_what = DecidedOn::Matter { object: one.object.clone(), matter: one.matter.clone() };
            HumanDecision {
                // A word for all of them is no slug.
                city: self.round.cities.iter().find(|city| city.as_str() == one.city).cloned(),
                after: Standing::Written(one.decision.clone()),
                by: one.by.clone(),
                on: Some(one.on),
                reason: one.reason.clone(),
                basis: one.basis.clone(),
                undo: Undo::Nothing,
                ..self.entry(DecisionKind::Other, place, on_what)
            }
        })
    }

    /// What a decision is called in the ledgers.
    fn step(&self, one: &HumanDecision) -> StepId {
        let amended = match (&one.undo, &one.on_what, &one.city) {
            (Undo::Amendment(year, tier, at), DecidedOn::Indicator(no), Some(city)) => {
                let plan = self.city(city).map(|city| &city.plan);
                plan.and_then(|plan| {
                    let target = target(plan, no, *year, *tier)?;
                    Some(ledger::amendment_of(self.round, plan, (no, *year), target.amendments.get(*at)?))
                })
            }
            _ => None,
        };
        amended.unwrap_or_else(|| ledger::decision_in(self.round, one.kind.key(), one.place))
    }

    /// The verdicts as they would be without a decision. A city in whose ledger nothing rests on it is the same without.
    fn without(&self, one: &HumanDecision, again: Again<'_>) -> Vec<Alternative> {
        if one.undo == Undo::Nothing {
            return Vec::new();
        }
        let (step, on) = (self.step(one), one.on_verdict());
        let of = |city: &CityEvaluation| match (&on, city.ledger.step(&step).is_some()) {
            (None, false) => Vec::new(),
            (Some(on), false) => vec![Alternative::of(on.clone(), city, city)],
            (on, true) => {
                let (plan, round) = self.undone(one, city);
                let otherwise = again(plan, &round, &city.collected);
                match on {
                    Some(on) => vec![Alternative::of(on.clone(), city, &otherwise)],
                    None => Alternative::all(city, &otherwise),
                }
            }
        };
        let concerned =
            self.cities.iter().filter(|city| one.city.as_ref().is_none_or(|own| *own == city.plan.city));
        concerned.flat_map(of).collect()
    }

    /// A plan and the round as if a decision had not been made.
    fn undone(&self, one: &HumanDecision, city: &CityEvaluation) -> (Plan, Round) {
        let (mut plan, mut round) = (city.plan.clone(), self.round.clone());
        let at = one.place.saturating_sub(1);
        match one.kind {
            DecisionKind::Preference => leave_out(&mut round.preferences, at),
            DecisionKind::Waiver => leave_out(&mut round.waivers, at),
            DecisionKind::Veto => leave_out(&mut round.vetoes, at),
            DecisionKind::BaseYear => leave_out(&mut round.base_years, at),
            DecisionKind::Benchmark => leave_out(&mut round.benchmarks, at),
            DecisionKind::Weight => leave_out(&mut round.weights, at),
            DecisionKind::Amendment | DecisionKind::Other => {}
        }
        if let (Undo::Amendment(year, tier, at), DecidedOn::Indicator(no)) = (&one.undo, &one.on_what)
            && let Some(row) = plan.indicators.find_mut(no)
        {
            let is_it = |target: &&mut Target| target.year == *year && target.tier == *tier;
            if let Some(target) = row.targets.iter_mut().find(is_it) {
                *target = target.without_amendment(*at);
            }
        }
        (plan, round)
    }
}

fn leave_out<T>(list: &mut Vec<T>, at: usize) {
    if at < list.len() {
        list.remove(at);
    }
}

fn target<'a>(plan: &'a Plan, no: &IndicatorNo, year: i32, tier: Tier) -> Option<&'a Target> {
    let is_it = |target: &&Target| target.year == year && target.tier == tier;
    plan.indicator(no)?.targets.iter().find(is_it)
}
