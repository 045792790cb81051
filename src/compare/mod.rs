//! Across cities: attainment ranking with ties, coverage and the range that open indicators leave.
//!
//! Cities are ranked on exact fractions. Targets differ by city, so a rank tells how far each reached its own.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::assess::{Assessment, State, primary};
use crate::decimal::{in_percent, sum};
use crate::finding::{CompletenessProblem, Finding, Problem};
use crate::ident::{CityId, IndicatorNo};
use crate::indexed::Indexed;
use crate::plan::{Grade, Method, Nature, Origin, Plan, Round, Veto};
use crate::rounding::round_to;

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

    /// Whether it is at least a percentage.
    ///
    /// A limit that is written with digits behind the point, such as 66.7, is a rounded share (of 2/3) and is compared as it
    /// is written: at its digits. One of whole percent is compared with the full value.
    fn is_at_least(self, percent: Decimal) -> bool {
        let exact = in_percent(Decimal::from(self.part), Decimal::from(self.whole));
        let places = percent.normalize().scale();
        exact.is_some_and(|exact| exact >= percent || (places > 0 && round_to(exact, places) >= percent))
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
    /// Place; `None` below the minimum coverage.
    pub rank: Option<usize>,
    /// Whether others share the place.
    pub tied: bool,
    /// Best place: if all its open targets were reached and none of the others'.
    pub rank_low: Option<usize>,
    /// Worst place: if none of its own were reached and all of the others'.
    pub rank_high: Option<usize>,
}

impl CityScore {
    /// Targets without a verdict (暂不能判定).
    pub fn open(&self) -> usize {
        self.total - self.assessable
    }

    /// 完成率.
    pub fn rate(&self) -> Fraction {
        Fraction { part: self.met, whole: self.assessable }
    }

    /// 覆盖率.
    pub fn coverage(&self) -> Fraction {
        Fraction { part: self.assessable, whole: self.total }
    }

    fn standing(&self) -> Standing {
        Standing {
            rate: self.rate(),
            best: Fraction { part: self.met.saturating_add(self.open()), whole: self.total },
            worst: Fraction { part: self.met, whole: self.total },
        }
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

/// A city's rate, and what it would be if all or none of its open targets were reached.
#[derive(Debug, Clone, Copy)]
struct Standing {
    rate: Fraction,
    best: Fraction,
    worst: Fraction,
}

/// A place, and the best and the worst that open targets leave possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PlaceRange {
    rank: usize,
    tied: bool,
    low: usize,
    high: usize,
}

/// The places of cities. The open targets of all of them move together: the best place of one is taken with the others at their
/// worst, so that where one city may fall behind another, that other may get ahead of it.
fn places(standings: &[Standing]) -> Vec<PlaceRange> {
    let place = |own: usize, rate: Fraction, of: fn(&Standing) -> Fraction| {
        let others = standings.iter().enumerate().filter(|(at, _)| *at != own);
        1 + others.filter(|(_, other)| of(other).order(rate) == Ordering::Greater).count()
    };
    let alike = |own: usize, rate: Fraction| {
        let others = standings.iter().enumerate().filter(|(at, _)| *at != own);
        others.into_iter().any(|(_, other)| other.rate.order(rate) == Ordering::Equal)
    };
    let all = standings.iter().enumerate().map(|(at, city)| PlaceRange {
        rank: place(at, city.rate, |other| other.rate),
        tied: alike(at, city.rate),
        low: place(at, city.best, |other| other.worst),
        high: place(at, city.worst, |other| other.best),
    });
    all.collect()
}

/// Gives the cities with enough coverage their places among each other; the order does not matter.
pub fn rank<'a>(scores: impl IntoIterator<Item = &'a mut CityScore>, round: &Round) {
    // Without any verdict there is no rate to be placed by, whatever coverage is enough.
    let is_placed = |score: &&mut CityScore| {
        score.assessable > 0 && score.coverage().is_at_least(round.method.minimum_coverage)
    };
    let placed: Vec<&mut CityScore> = scores.into_iter().filter(is_placed).collect();
    let standings: Vec<Standing> = placed.iter().map(|score| score.standing()).collect();
    for (score, place) in placed.into_iter().zip(places(&standings)) {
        (score.rank, score.tied) = (Some(place.rank), place.tied);
        (score.rank_low, score.rank_high) = (Some(place.low), Some(place.high));
    }
}

/// The account of a city by itself, without its place among the others. What was noticed about it has passed the waivers.
pub fn score(
    plan: &Plan,
    round: &Round,
    assessments: &Indexed<Assessment>,
    findings: &[Finding],
) -> CityScore {
    let counted: Vec<&Assessment> = counted(plan, round, assessments).collect();
    let counts = State::ALL.map(|state| counted.iter().filter(|one| one.state == state).count());
    let assessable: Vec<&&Assessment> = counted.iter().filter(|one| one.state.is_assessable()).collect();
    let weight = sum(counted.iter().map(|one| one.weight)).unwrap_or_default();
    let weight_assessable = sum(assessable.iter().map(|one| one.weight)).unwrap_or_default();
    let points: Option<Decimal> = assessable.iter().try_fold(Decimal::ZERO, |sum, one| {
        sum.checked_add(one.points.unwrap_or_default().checked_mul(one.weight)?)
    });
    let deductions = deductions(findings, &round.method);
    let taken = sum(deductions.iter().map(|one| one.points));
    let most = Decimal::ONE_HUNDRED.checked_add(round.method.bonus_total);
    let mean = |whole: Decimal| {
        let mean = points?.checked_div(whole)?.min(most?);
        Some(mean.checked_sub(taken?)?.max(Decimal::ZERO))
    };
    let with_zero = mean(weight);
    let limits = limits(plan, assessments, round);
    let firm = || counted.iter().filter(|one| !one.target_is_worse);
    CityScore {
        city: plan.city.clone(),
        basis: basis(plan, round),
        counts,
        total: counted.len(),
        assessable: assessable.len(),
        met: counted.iter().filter(|one| one.state.met() == Some(true)).count(),
        soft: counted.iter().filter(|one| one.target_is_worse).count(),
        firm: Fraction {
            part: firm().filter(|one| one.state.met() == Some(true)).count(),
            whole: firm().filter(|one| one.state.is_assessable()).count(),
        },
        score: mean(weight_assessable),
        score_missing_as_zero: with_zero,
        grade: with_zero.map(|score| limited(grade(score, &round.method), &limits)),
        weight,
        weight_assessable,
        deductions,
        limits,
        rank: None,
        tied: false,
        rank_low: None,
        rank_high: None,
    }
}

/// Points for lateness and missing evidence; what is waived costs nothing.
fn deductions(findings: &[Finding], method: &Method) -> Vec<Deduction> {
    let open = || findings.iter().filter(|finding| finding.waived.is_none());
    // A unit that sent several workbooks late was late once.
    let late = open()
        .filter(|finding| matches!(finding.problem, Problem::Completeness(CompletenessProblem::Late { .. })));
    let late = late.map(|finding| &finding.subject.units).collect::<std::collections::BTreeSet<_>>().len();
    let lacks = |finding: &&Finding| {
        matches!(
            finding.problem,
            Problem::Completeness(
                CompletenessProblem::EvidenceMissing { .. } | CompletenessProblem::PresenceWithoutEvidence
            )
        )
    };
    let evidence = open().filter(lacks).count();
    let rows = [("逾期报送", late, method.late), ("缺佐证材料", evidence, method.evidence)];
    let costs = |(what, count, each): (&'static str, usize, Decimal)| {
        let points = each.checked_mul(Decimal::from(count))?;
        (points > Decimal::ZERO).then_some(Deduction { what, count, points })
    };
    rows.into_iter().filter_map(costs).collect()
}

/// The limits on the grade that hold: decisions, and targets that were missed.
fn limits(plan: &Plan, assessments: &Indexed<Assessment>, round: &Round) -> Vec<GradeLimit> {
    let concerns = |veto: &Veto| veto.city.as_ref().is_none_or(|city| *city == plan.city);
    let missed =
        |no: &IndicatorNo| primary(assessments, no).is_some_and(|judged| judged.state.met() == Some(false));
    let decided = |veto: &&Veto| concerns(veto) && veto.on <= round.report_date;
    let holds = round.vetoes.iter().filter(decided);
    let missed_of = |nature: Nature| {
        let own = plan.indicators.iter().filter(|row| row.nature == Some(nature));
        own.into_iter().any(|row| missed(&row.no))
    };
    holds
        .filter(|veto| veto.indicator.as_ref().is_none_or(missed))
        .filter(|veto| veto.nature.is_none_or(missed_of))
        .map(|one| GradeLimit {
            grade: one.grade,
            indicator: one.indicator.clone(),
            reason: one.reason.clone(),
        })
        .collect()
}

/// The worse of a grade and its limits.
fn limited(grade: Grade, limits: &[GradeLimit]) -> Grade {
    limits.iter().map(|limit| limit.grade).fold(grade, Grade::min)
}

fn grade(score: Decimal, method: &Method) -> Grade {
    match method.grades {
        [from, ..] if score >= from => Grade::Excellent,
        [_, from, _] if score >= from => Grade::Good,
        [.., from] if score >= from => Grade::Fair,
        _ => Grade::Poor,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_compare_exactly() {
        let of = |part, whole| Fraction { part, whole };
        assert_eq!(of(1, 3).order(of(2, 6)), Ordering::Equal);
        assert_eq!(of(13, 21).order(of(11, 16)), Ordering::Less);
        assert_eq!(of(0, 0).order(of(0, 5)), Ordering::Less);
        assert!(of(2, 3).is_at_least(Decimal::new(666, 1)));
        // 66.7 is how two thirds are written; 66.8 and 66.68 are not.
        assert!(of(14, 21).is_at_least(Decimal::new(667, 1)));
        assert!(of(14, 21).is_at_least(Decimal::new(6667, 2)));
        assert!(!of(14, 21).is_at_least(Decimal::new(668, 1)));
        assert!(!of(14, 21).is_at_least(Decimal::new(6668, 2)));
        // A limit of whole percent is no rounded share.
        assert!(!of(599, 1000).is_at_least(Decimal::from(60)));
        assert!(!of(599, 1000).is_at_least(Decimal::new(600, 1)));
        assert!(of(3, 5).is_at_least(Decimal::from(60)));
        assert!(!of(0, 0).is_at_least(Decimal::ZERO));
    }

    fn standing(met: usize, assessable: usize, total: usize) -> Standing {
        let of = |part, whole| Fraction { part, whole };
        let open = total - assessable;
        Standing { rate: of(met, assessable), best: of(met + open, total), worst: of(met, total) }
    }

    #[test]
    fn where_one_city_may_fall_behind_another_the_other_may_get_ahead() {
        // 潜江 13/15 of 21, 衡阳 20/26: today 1 and 2, and each may be either.
        let found = places(&[standing(13, 15, 21), standing(20, 26, 26)]);
        let ranges: Vec<(usize, usize, usize)> =
            found.iter().map(|place| (place.rank, place.low, place.high)).collect();
        assert_eq!(ranges, [(1, 1, 2), (2, 1, 2)]);
    }

    proptest::proptest! {
        #[test]
        fn ranges_of_places_hold_the_place_and_can_come_true_together(counts in proptest::collection::vec((0_usize..20, 1_usize..20, 0_usize..10), 2..8)) {
            let cities: Vec<Standing> =
                counts.iter().map(|(met, missed, open)| standing(*met, met + missed, met + missed + open)).collect();
            for place in places(&cities) {
                proptest::prop_assert!((place.low..=place.high).contains(&place.rank));
            }
            for pair in cities.windows(2) {
                let found = places(pair);
                for (one, other) in [(found[0], found[1]), (found[1], found[0])] {
                    // Who may be second leaves the first place to the other.
                    proptest::prop_assert!(one.high == 1 || other.low == 1);
                }
            }
        }
    }

    #[test]
    fn a_limit_lowers_a_grade_and_never_raises_it() {
        let limit = |grade: Grade| GradeLimit { grade, indicator: None, reason: String::new() };
        assert_eq!(limited(Grade::Excellent, &[]), Grade::Excellent);
        assert_eq!(limited(Grade::Excellent, &[limit(Grade::Fair)]), Grade::Fair);
        assert_eq!(limited(Grade::Poor, &[limit(Grade::Good)]), Grade::Poor);
        assert_eq!(limited(Grade::Excellent, &[limit(Grade::Good), limit(Grade::Poor)]), Grade::Poor);
    }
}
