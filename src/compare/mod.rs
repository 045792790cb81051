//! Across cities: attainment ranking with ties, coverage and the range that open indicators leave.
//!
//! Cities are ranked on exact fractions. Targets differ by city, so a rank tells how far each reached its own.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::assess::{Assessment, State};
use crate::plan::{Method, Origin, Plan, Round};

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
            _ => (self.part * other.whole).cmp(&(other.part * self.whole)),
        }
    }

    /// Whether it is at least a percentage.
    fn is_at_least(self, percent: Decimal) -> bool {
        Decimal::from(self.part) * Decimal::ONE_HUNDRED >= percent * Decimal::from(self.whole)
            && self.whole > 0
    }
}

/// A city's account and place.
#[derive(Debug, Clone, PartialEq)]
pub struct CityScore {
    /// Slug.
    pub city: String,
    /// Whether table rows were counted, or targets in prose for want of a table.
    pub basis: Origin,
    /// Counts by state, in the order of [`State::ALL`].
    pub counts: [usize; 8],
    /// Targets to be assessed (应评).
    pub total: usize,
    /// Targets with a verdict (可评).
    pub assessable: usize,
    /// Targets reached (完成).
    pub met: usize,
    /// Mean points of the assessable targets, unrounded.
    pub score: Option<Decimal>,
    /// Mean points with open targets as zero (缺报计零), unrounded.
    pub score_missing_as_zero: Option<Decimal>,
    /// Grade by `score_missing_as_zero`: 优秀, 良好, 合格, 不合格.
    pub grade: Option<&'static str>,
    /// Place; `None` below the minimum coverage.
    pub rank: Option<usize>,
    /// Whether others share the place.
    pub tied: bool,
    /// Best place if all its open targets were reached.
    pub rank_low: Option<usize>,
    /// Worst place if none were.
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

fn basis(plan: &Plan, round: &Round) -> Origin {
    if plan.has_table(round.year) { Origin::Table } else { Origin::Prose }
}

/// Scores cities and ranks those with enough coverage. The order of the result is that of the input.
pub fn cities(cities: &[(&Plan, &[Assessment])], round: &Round) -> Vec<CityScore> {
    let mut scores: Vec<CityScore> =
        cities.iter().map(|(plan, assessments)| score(plan, round, assessments)).collect();
    let ranked: Vec<bool> =
        scores.iter().map(|score| score.coverage().is_at_least(round.method.minimum_coverage)).collect();
    let rates: Vec<Fraction> =
        scores.iter().zip(&ranked).filter(|(_, ranked)| **ranked).map(|(score, _)| score.rate()).collect();
    let place = |rate: Fraction, among: &[Fraction]| {
        1 + among.iter().filter(|other| other.order(rate) == Ordering::Greater).count()
    };
    for (score, _) in scores.iter_mut().zip(&ranked).filter(|(_, ranked)| **ranked) {
        let rate = score.rate();
        let mut others = rates.clone();
        if let Some(own) = others.iter().position(|other| *other == rate) {
            others.remove(own);
        }
        score.rank = Some(place(rate, &rates));
        score.tied = others.iter().any(|other| other.order(rate) == Ordering::Equal);
        let best = Fraction { part: score.met + score.open(), whole: score.total };
        let worst = Fraction { part: score.met, whole: score.total };
        score.rank_low = Some(place(best, &others));
        score.rank_high = Some(place(worst, &others));
    }
    scores
}

fn score(plan: &Plan, round: &Round, assessments: &[Assessment]) -> CityScore {
    let counted: Vec<&Assessment> = counted(plan, round, assessments).collect();
    let counts = State::ALL.map(|state| counted.iter().filter(|one| one.state == state).count());
    let assessable = counted.iter().filter(|one| one.state.is_assessable()).count();
    let points: Decimal = counted.iter().filter_map(|one| one.points).sum();
    let mean = |whole: usize| points.checked_div(Decimal::from(whole));
    let with_zero = mean(counted.len());
    CityScore {
        city: plan.city.as_str().to_owned(),
        basis: basis(plan, round),
        counts,
        total: counted.len(),
        assessable,
        met: counted.iter().filter(|one| one.state.met() == Some(true)).count(),
        score: mean(assessable),
        score_missing_as_zero: with_zero,
        grade: with_zero.map(|score| grade(score, &round.method)),
        rank: None,
        tied: false,
        rank_low: None,
        rank_high: None,
    }
}

fn grade(score: Decimal, method: &Method) -> &'static str {
    let [excellent, good, fair] = method.grades;
    if score >= excellent {
        "优秀"
    } else if score >= good {
        "良好"
    } else if score >= fair {
        "合格"
    } else {
        "不合格"
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
        assert!(!of(2, 3).is_at_least(Decimal::new(667, 1)));
        assert!(!of(0, 0).is_at_least(Decimal::ZERO));
    }
}
