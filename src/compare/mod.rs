//! Across cities: attainment ranking with ties, coverage and the range that open indicators leave.
//!
//! Cities are ranked on exact fractions. Targets differ by city, so a rank tells how far each reached its own.

mod account;
mod places;
mod withheld;

pub use places::{WithLedger, rank};
pub use withheld::withhold;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use self::account::CityAccount;
use crate::assess::{Assessment, State, primary};
use crate::decimal::sum;
use crate::finding::{CompletenessProblem, Finding, OpenMatters, Problem, Withheld};
use crate::ident::{CityId, IndicatorNo, UnitName};
use crate::indexed::Indexed;
use crate::ledger::Ledger;
use crate::plan::{Grade, Method, Nature, Origin, Plan, Round, Veto};

/// A fraction of counts, compared exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    /// The part.
    pub part: usize,
    /// The whole.
    pub whole: usize,
}

impl Fraction {
    /// Compares two fractions without dividing; a fraction of nothing is below all others.
    pub fn order(self, other: Self) -> Ordering {
        match (self.whole, other.whole) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            // Wide enough for any two counts.
            _ => (self.part as u128 * other.whole as u128).cmp(&(other.part as u128 * self.whole as u128)),
        }
    }
}

/// Points taken from a city's score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduction {
    /// For what: 逾期报送, 缺佐证材料.
    pub what: &'static str,
    /// How often.
    pub count: usize,
    /// Points in all.
    pub points: Decimal,
}

/// A limit on a city's grade that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeLimit {
    /// Best grade that is given.
    pub grade: Grade,
    /// The target that was missed; `None` when the decision alone limits it.
    pub indicator: Option<IndicatorNo>,
    /// Why.
    pub reason: String,
}

/// A city's account and place.
#[derive(Debug, Clone, PartialEq)]
pub struct CityScore {
    /// The city.
    pub city: CityId,
    /// Whether table rows were counted, or targets in prose for want of a table.
    pub basis: Origin,
    /// Counts by state, in the order of [`State::ALL`].
    pub counts: [usize; 10],
    /// Targets to be assessed (应评).
    pub total: usize,
    /// Targets with a verdict (可评).
    pub assessable: usize,
    /// Targets reached (完成).
    pub met: usize,
    /// Targets that lie on the worse side of their base (目标劣于上年实绩).
    pub soft: usize,
    /// Those reached of those with a verdict, without the targets on the worse side of their base: to reach these is no progress.
    pub firm: Fraction,
    /// Weighted mean points of the assessable targets less deductions (按可评项折算), unrounded.
    pub score: Option<Decimal>,
    /// The same with open targets as zero (缺报计零), unrounded.
    pub score_missing_as_zero: Option<Decimal>,
    /// Sum of the weights of all targets.
    pub weight: Decimal,
    /// Sum of those of the assessable targets.
    pub weight_assessable: Decimal,
    /// What was deducted.
    pub deductions: Vec<Deduction>,
    /// Limits on the grade that hold.
    pub limits: Vec<GradeLimit>,
    /// Grade by `score_missing_as_zero`.
    pub grade: Option<Grade>,
    /// Place; `None` below the minimum coverage, and where it is withheld.
    pub rank: Option<usize>,
    /// Whether others share the place.
    pub tied: bool,
    /// Best place: if all its open targets were reached and none of the others'.
    pub rank_low: Option<usize>,
    /// Worst place: if none of its own were reached and all of the others'.
    pub rank_high: Option<usize>,
    /// What is withheld from publication, and what for; nothing is open of a city that is withheld because of others.
    pub withheld: Vec<(Withheld, OpenMatters)>,
}

impl CityScore {
    /// That of a city of which nothing is judged: within a year there is none.
    pub fn none(city: CityId) -> Self {
        Self {
            city,
            basis: Origin::Table,
            counts: [0; 10],
            total: 0,
            assessable: 0,
            met: 0,
            soft: 0,
            firm: Fraction { part: 0, whole: 0 },
            score: None,
            score_missing_as_zero: None,
            weight: Decimal::ZERO,
            weight_assessable: Decimal::ZERO,
            deductions: Vec::new(),
            limits: Vec::new(),
            grade: None,
            rank: None,
            tied: false,
            rank_low: None,
            rank_high: None,
            withheld: Vec::new(),
        }
    }

    /// The same by itself: its place among others is not its own.
    #[must_use]
    pub fn without_place(self) -> Self {
        Self { rank: None, tied: false, rank_low: None, rank_high: None, ..self }
    }

    /// Targets without a verdict (暂不能判定).
    pub fn open(&self) -> usize {
        self.total - self.assessable
    }

    /// Whether something of it is withheld.
    pub fn withholds(&self, what: Withheld) -> bool {
        self.withheld.iter().any(|(withheld, _)| *withheld == what)
    }

    /// 完成率.
    pub fn rate(&self) -> Fraction {
        Fraction { part: self.met, whole: self.assessable }
    }

    /// 覆盖率.
    pub fn coverage(&self) -> Fraction {
        Fraction { part: self.assessable, whole: self.total }
    }

    /// Number of targets in a state.
    pub fn count(&self, state: State) -> usize {
        State::ALL.iter().position(|one| *one == state).map_or(0, |at| self.counts[at])
    }
}

/// The assessments that a city's account counts: its table, or its prose when it has no table; one tier of each.
pub fn counted<'a>(
    plan: &Plan,
    round: &Round,
    assessments: &'a [Assessment],
) -> impl Iterator<Item = &'a Assessment> {
    let basis = basis(plan, round);
    assessments.iter().filter(move |one| one.origin == basis && one.is_primary())
}

/// How many targets of a nature there are, could be judged, and were reached: 约束性 and 预期性 are counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfNature {
    /// Which.
    pub nature: Nature,
    /// 应评.
    pub total: usize,
    /// 可评.
    pub assessable: usize,
    /// Reached.
    pub met: usize,
}

/// The counts of each nature that the table has.
pub fn by_nature(plan: &Plan, round: &Round, assessments: &[Assessment]) -> Vec<OfNature> {
    let of = |nature: Nature| {
        let is_own =
            |one: &&Assessment| plan.indicator(&one.no).is_some_and(|row| row.nature == Some(nature));
        let own: Vec<&Assessment> = counted(plan, round, assessments).filter(is_own).collect();
        let count = |is: fn(&State) -> bool| own.iter().filter(|one| is(&one.state)).count();
        OfNature {
            nature,
            total: own.len(),
            assessable: count(|state| state.is_assessable()),
            met: count(|state| state.met() == Some(true)),
        }
    };
    [Nature::Binding, Nature::Anticipatory].map(of).into_iter().filter(|one| one.total > 0).collect()
}

fn basis(plan: &Plan, round: &Round) -> Origin {
    if plan.has_table(round.year()) { Origin::Table } else { Origin::Prose }
}

/// The account of a city by itself, without its place among the others. What was noticed about it has passed the waivers. Every figure goes into
/// the ledger.
pub fn score(
    plan: &Plan,
    round: &Round,
    assessments: &Indexed<Assessment>,
    findings: &[Finding],
    ledger: &mut Ledger,
) -> CityScore {
    let counted: Vec<&Assessment> = counted(plan, round, assessments).collect();
    let mut account = CityAccount::new(plan, round, &counted, ledger);
    let counts = account.counts();
    let costly = Costly::of(findings);
    let deductions = deductions(&costly, &round.method);
    let taken = account.deductions(&costly);
    let score = account.score(false, &taken);
    let with_zero = account.score(true, &taken);
    let limits = limits(plan, assessments, round);
    let grade = account.grade(with_zero.as_ref(), &limits);
    let firm = account.firm();
    let assessable: Vec<&&Assessment> = counted.iter().filter(|one| one.state.is_assessable()).collect();
    CityScore {
        city: plan.city.clone(),
        basis: basis(plan, round),
        counts,
        total: account.total.count(),
        assessable: account.assessable.count(),
        met: account.met.count(),
        soft: account.soft.count(),
        firm,
        score: score.and_then(|told| told.decimal()),
        score_missing_as_zero: with_zero.and_then(|told| told.decimal()),
        weight: sum(counted.iter().map(|one| one.weight)).unwrap_or_default(),
        weight_assessable: sum(assessable.iter().map(|one| one.weight)).unwrap_or_default(),
        deductions,
        grade,
        limits: limits.into_iter().map(|(_, limit)| limit).collect(),
        rank: None,
        tied: false,
        rank_low: None,
        rank_high: None,
        withheld: Vec::new(),
    }
}

/// What costs points, as often as it does. What is waived costs nothing.
struct Costly<'a> {
    /// Lateness of units.
    late: Vec<&'a Finding>,
    /// Missing evidence.
    evidence: Vec<&'a Finding>,
    /// Places of the waivers by which more does not count as late, and as missing evidence.
    waived: [Vec<usize>; 2],
}

impl<'a> Costly<'a> {
    fn of(findings: &'a [Finding]) -> Self {
        let open = || findings.iter().filter(|finding| finding.waived.is_none());
        // A unit that sent several workbooks late was late once.
        let is_late = |finding: &&Finding| {
            matches!(finding.problem, Problem::Completeness(CompletenessProblem::Late { .. }))
        };
        let mut late: BTreeMap<&[UnitName], &Finding> = BTreeMap::new();
        for finding in open().filter(is_late) {
            late.entry(&finding.subject.units).or_insert(finding);
        }
        let lacks = |finding: &&Finding| {
            matches!(
                finding.problem,
                Problem::Completeness(
                    CompletenessProblem::EvidenceMissing { .. }
                        | CompletenessProblem::PresenceWithoutEvidence
                )
            )
        };
        let waivers = |costs: &dyn Fn(&&Finding) -> bool| {
            let places = findings.iter().filter(costs).filter_map(|one| Some(one.waived.as_ref()?.place));
            places.collect::<BTreeSet<_>>().into_iter().collect()
        };
        let waived = [waivers(&is_late), waivers(&lacks)];
        Self { late: late.into_values().collect(), evidence: open().filter(lacks).collect(), waived }
    }
}

/// Points for lateness and missing evidence.
fn deductions(Costly { late, evidence, .. }: &Costly<'_>, method: &Method) -> Vec<Deduction> {
    let rows = [("逾期报送", late.len(), method.late), ("缺佐证材料", evidence.len(), method.evidence)];
    let costs = |(what, count, each): (&'static str, usize, Decimal)| {
        let points = each.checked_mul(Decimal::from(count))?;
        (points > Decimal::ZERO).then_some(Deduction { what, count, points })
    };
    rows.into_iter().filter_map(costs).collect()
}

/// The limits on the grade that hold, with their places in the round's list, from one: decisions, and targets that were missed.
fn limits(plan: &Plan, assessments: &Indexed<Assessment>, round: &Round) -> Vec<(usize, GradeLimit)> {
    let concerns = |veto: &Veto| veto.city.as_ref().is_none_or(|city| *city == plan.city);
    let missed =
        |no: &IndicatorNo| primary(assessments, no).is_some_and(|judged| judged.state.met() == Some(false));
    let decided = |(_, veto): &(usize, &Veto)| concerns(veto) && veto.on <= round.report_date;
    let holds = (1..).zip(&round.vetoes).filter(decided);
    let missed_of = |nature: Nature| {
        let own = plan.indicators.iter().filter(|row| row.nature == Some(nature));
        own.into_iter().any(|row| missed(&row.no))
    };
    holds
        .filter(|(_, veto)| veto.indicator.as_ref().is_none_or(missed))
        .filter(|(_, veto)| veto.nature.is_none_or(missed_of))
        .map(|(place, one)| {
            let limit =
                GradeLimit { grade: one.grade, indicator: one.indicator.clone(), reason: one.reason.clone() };
            (place, limit)
        })
        .collect()
}
