//! Which questions are asked: candidates of every kind, by the size of the gap, and at most three of them.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::way::ways;
use super::{Matter, Owner, Question, Questions};
use crate::assess::{Assessment, Pace, TaskState};
use crate::compare::counted;
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::ident::{IndicatorNo, TaskNo};
use crate::plan::{Goal, Indicator, Operator, Round, Strength, Tier};
use crate::reconcile::FactStatus;

/// So many are asked.
pub const MOST_ASKED: usize = 3;
/// Of one city among several, so many.
const MOST_OF_ONE: usize = 2;
/// Of the targets that were reached, so many in a hundred lie on the worse side of their base before that is a question.
const FLOORS_FROM: usize = 10;

/// A question that may be asked, and how far things are from where they should be.
struct Proposal {
    question: Question,
    /// Counts, percents or percentage points, by the kind: compared within one.
    gap: Decimal,
}

/// The questions that a round asks its leaders: those that the bureau chose, then each kind once while others remain, of several cities no
/// more than two of one.
pub fn questions(evaluation: &Evaluation) -> Questions {
    let mut candidates: Vec<Proposal> = Vec::new();
    for city in &evaluation.cities {
        candidates.extend(Asking { round: &evaluation.round, city }.candidates());
    }
    // The greatest gap of a kind first; of equal ones that of the city that stands first.
    candidates.sort_by_key(|one| (one.question.matter.kind(), Reverse(one.gap)));
    let mut left: Vec<Question> = candidates.into_iter().map(|one| one.question).collect();
    let Questions { asked, lapsed, .. } = declared(evaluation, &mut left);
    let (asked, are_more) = chosen(asked, left, evaluation.cities.len() > 1);
    Questions { asked, lapsed, are_more }
}

/// Takes out of the candidates what the bureau asks.
fn declared(evaluation: &Evaluation, left: &mut Vec<Question>) -> Questions {
    let mut found = Questions::default();
    // A run for some cities asks nothing of the others.
    let of_run =
        (1..).zip(&evaluation.round.asked).filter(|(_, one)| evaluation.cities.find(&one.city).is_some());
    for (place, one) in of_run {
        let is_it = |candidate: &Question| {
            let targets = candidate.matter.targets();
            candidate.city == one.city
                && candidate.matter.kind() == one.kind
                && one.target.as_ref().is_none_or(|target| targets.contains(target))
        };
        let Some(at) = left.iter().position(is_it) else {
            found.lapsed.push(place);
            continue;
        };
        let question = left.remove(at);
        let owner = if one.owner.is_empty() { question.owner } else { Owner::Named(one.owner.clone()) };
        found.asked.push(Question { owner, asked: Some(place), ..question });
    }
    found
}

/// Adds to questions that are asked anyway others that stand in their order, and tells whether there are more than are asked.
fn chosen(asked: Vec<Question>, all: Vec<Question>, are_several: bool) -> (Vec<Question>, bool) {
    let mut taken = asked;
    let mut left = all;
    while taken.len() < MOST_ASKED {
        let is_allowed = |one: &Question| {
            let of_city = taken.iter().filter(|other| other.city == one.city).count();
            !are_several || of_city < MOST_OF_ONE
        };
        let is_new = |one: &Question| !taken.iter().any(|other| other.matter.kind() == one.matter.kind());
        let next = left
            .iter()
            .position(|one| is_allowed(one) && is_new(one) && !repeats(&taken, one))
            .or_else(|| left.iter().position(|one| is_allowed(one) && !repeats(&taken, one)));
        let Some(next) = next else { break };
        taken.push(left.remove(next));
    }
    taken.sort_by_key(|one| one.matter.kind());
    let are_more = left.iter().any(|one| !repeats(&taken, one));
    (taken, are_more)
}

/// Whether one of these questions asks of the same city for what another one asks for.
fn repeats(taken: &[Question], one: &Question) -> bool {
    taken.iter().any(|other| other.city == one.city && overlap(&other.matter, &one.matter))
}

/// Whether a question asks for what another one asks for already: a target of it is the other's too.
fn overlap(one: &Matter, other: &Matter) -> bool {
    one.targets().iter().any(|target| other.targets().contains(target))
}

/// A city of a round whose questions are looked for.
struct Asking<'a> {
    round: &'a Round,
    city: &'a CityEvaluation,
}

impl<'a> Asking<'a> {
    fn candidates(&self) -> Vec<Proposal> {
        let kinds = [
            self.tiers().into_iter().collect(),
            self.conflicts(),
            self.supervision(),
            self.pace(),
            self.unreached(),
            self.floors().into_iter().collect(),
            self.acknowledgement().into_iter().collect(),
        ];
        kinds.into_iter().flat_map(|kind: Vec<Proposal>| kind).collect()
    }

    fn candidate(&self, matter: Matter, owner: Owner, gap: Decimal) -> Proposal {
        Proposal { question: Question { city: self.city.plan.city.clone(), matter, owner, asked: None }, gap }
    }

    /// The targets that the city's account counts, with their rows.
    fn counted(&self) -> impl Iterator<Item = (&'a Assessment, &'a Indicator)> {
        let city = self.city;
        counted(&city.plan, self.round, &city.assessments)
            .filter_map(|one| Some((one, city.plan.indicator(&one.no)?)))
    }

    /// All targets that are judged first, in prose too, but for those that are only striven for.
    fn asked_for(&self) -> impl Iterator<Item = (&'a Assessment, &'a Indicator)> {
        let city = self.city;
        let all = city.assessments.iter().filter(|one| is_asked_for(one));
        all.filter_map(|one| Some((one, city.plan.indicator(&one.no)?)))
    }

    /// Who answers for a target.
    fn owner(&self, row: &Indicator) -> Owner {
        self.city.plan.answerable(row).into_iter().next().map_or(Owner::Nobody, Owner::Unit)
    }

    /// The last year for which the rows that count have targets.
    fn last_year(&self) -> Option<i32> {
        self.counted().flat_map(|(_, row)| &row.targets).map(|target| target.year).max()
    }

    /// Two tiers of the last year that count differently.
    fn tiers(&self) -> Option<Proposal> {
        if self.last_year()? != self.round.year() {
            return None;
        }
        let second = |one: &Assessment| {
            let row = self.city.row(&one.no)?;
            row.second().filter(|other| other.target.tier == Tier::Intended).map(|other| other.state.met())
        };
        let (mut first, mut other) = (0_usize, 0_usize);
        for (one, _) in self.counted() {
            first += usize::from(one.state.met() == Some(true));
            other += usize::from(second(one).unwrap_or(one.state.met()) == Some(true));
        }
        let gap = first.abs_diff(other);
        (gap > 0).then(|| self.candidate(Matter::Tiers, Owner::Office, Decimal::from(gap)))
    }

    /// Values that units do not agree about, where some reach the target and others do not.
    fn conflicts(&self) -> Vec<Proposal> {
        let decides = |one: &Assessment| {
            let fact = self.city.fact(&one.no).filter(|fact| fact.status == FactStatus::Conflicting)?;
            let reached: Vec<bool> =
                fact.sides.iter().filter_map(|side| reaches(&one.target.goal, side.value?)).collect();
            let count = reached.iter().filter(|reached| **reached).count();
            (count > 0 && count < reached.len()).then_some(one.weight)
        };
        self.counted()
            .filter_map(|(one, _)| {
                let gap = decides(one)?;
                Some(self.candidate(Matter::Conflict { target: one.no.clone() }, Owner::Office, gap))
            })
            .collect()
    }

    /// Targets that are far from reached: those of a task together, others by themselves.
    fn supervision(&self) -> Vec<Proposal> {
        let far = |no: &IndicatorNo| {
            let one = self.city.assessments.find(no).filter(|one| is_asked_for(one))?;
            let gap = Decimal::ONE_HUNDRED.checked_sub(one.completion?)?;
            (one.state.met() == Some(false)).then_some(gap)
        };
        let least = Decimal::ONE_HUNDRED.saturating_sub(self.round.method.decide_gap);
        let mut found = Vec::new();
        let mut told: Vec<&IndicatorNo> = Vec::new();
        for task in &self.city.tasks {
            let Some(lead) = self.city.plan.task(&task.no).and_then(|task| task.lead.first()) else {
                continue;
            };
            let mut targets: Vec<(&IndicatorNo, Decimal)> =
                task.missed.iter().filter_map(|no| Some((no, far(no)?))).collect();
            targets.sort_by_key(|(_, gap)| Reverse(*gap));
            let Some((_, gap)) = targets.first().copied().filter(|(_, gap)| *gap > least) else { continue };
            told.extend(targets.iter().map(|(no, _)| *no));
            let matter = Matter::Supervision {
                task: Some(task.no.clone()),
                targets: targets.into_iter().map(|(no, _)| no.clone()).collect(),
                is_reported_done: task.state == TaskState::Done,
            };
            found.push(self.candidate(matter, Owner::Unit(lead.clone()), gap));
        }
        for (one, row) in self.asked_for().filter(|(one, _)| !told.contains(&&one.no)) {
            let Some(gap) = far(&one.no).filter(|gap| *gap > least) else { continue };
            let matter =
                Matter::Supervision { task: None, targets: vec![one.no.clone()], is_reported_done: false };
            found.push(self.candidate(matter, self.owner(row), gap));
        }
        found
    }

    /// What must grow faster than planned to be there in the last year.
    fn pace(&self) -> Vec<Proposal> {
        let ways = ways(self.round, self.city);
        let behind = ways.into_iter().filter(|(.., way)| way.pace == Pace::Behind);
        behind
            .filter_map(|(one, row, way)| {
                let gap = way.beyond_the_plan()?;
                Some(self.candidate(Matter::Pace { target: one.no.clone() }, self.owner(row), gap))
            })
            .collect()
    }

    /// What was not reached in the last year of the plan.
    fn unreached(&self) -> Vec<Proposal> {
        // A plan of one year has no year that is its last: its next one is made anew.
        let years: Vec<i32> = self.city.plan.years.clone();
        if years.len() < 2 || self.last_year() != Some(self.round.year()) {
            return Vec::new();
        }
        self.asked_for()
            .filter(|(one, _)| one.state.met() == Some(false))
            .filter_map(|(one, row)| {
                let gap = Decimal::ONE_HUNDRED.checked_sub(one.completion?)?;
                Some(self.candidate(Matter::Unreached { target: one.no.clone() }, self.owner(row), gap))
            })
            .collect()
    }

    /// Targets on the worse side of their base, where there are many.
    fn floors(&self) -> Option<Proposal> {
        let soft: Vec<&Assessment> = self
            .counted()
            .map(|(one, _)| one)
            .filter(|one| one.target_is_worse && one.state.is_assessable())
            .collect();
        let met = soft.iter().filter(|one| one.state.met() == Some(true)).count();
        let is_many = met.saturating_mul(100) >= self.city.score.met.saturating_mul(FLOORS_FROM);
        let gap = Decimal::from(soft.len());
        let targets = soft.into_iter().map(|one| one.no.clone()).collect();
        (met > 0 && is_many).then(|| self.candidate(Matter::Floors { targets }, Owner::Office, gap))
    }

    /// Tasks that were reported done though targets of them were missed.
    fn acknowledgement(&self) -> Option<Proposal> {
        let (mut tasks, mut targets) = (Vec::new(), Vec::new());
        for task in &self.city.tasks {
            if let Some((false, missed)) = task.at_odds() {
                tasks.push(task.no.clone());
                targets.extend(missed.iter().cloned());
            }
        }
        let gap = Decimal::from(targets.len());
        let owner = self.lead_of(&tasks);
        (!tasks.is_empty()).then(|| self.candidate(Matter::Acknowledgement { tasks, targets }, owner, gap))
    }

    /// The one unit that leads all of some tasks, else the office.
    fn lead_of(&self, tasks: &[TaskNo]) -> Owner {
        let mut leads = tasks.iter().filter_map(|no| self.city.plan.task(no)?.lead.first());
        let Some(first) = leads.next() else { return Owner::Office };
        if leads.all(|lead| lead == first) { Owner::Unit(first.clone()) } else { Owner::Office }
    }
}

/// Whether a target is to be reached, and not only striven for (力争); the first of two tiers.
fn is_asked_for(one: &Assessment) -> bool {
    one.is_primary() && one.target.strength != Strength::Aspired
}

/// Whether a value reaches a level; `None` for goals of other kinds and for 左右, whose tolerance is the verdict's matter.
pub fn reaches(goal: &Goal, value: Decimal) -> Option<bool> {
    let Goal::Level(operator, target) = goal else { return None };
    Some(match operator {
        Operator::AtLeast => value >= target.value,
        Operator::MoreThan | Operator::Surpass => value > target.value,
        Operator::AtMost => value <= target.value,
        Operator::LessThan => value < target.value,
        Operator::Equal => value == target.value,
        Operator::About => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::CityId;

    fn asked(city: &str, matter: Matter) -> Question {
        Question { city: CityId::parse(city).unwrap(), matter, owner: Owner::Office, asked: None }
    }

    #[test]
    fn each_kind_is_asked_once_while_others_remain_and_no_city_more_than_twice() {
        let pace = |no: &str| Matter::Pace { target: no.into() };
        let supervision =
            |no: &str| Matter::Supervision { task: None, targets: vec![no.into()], is_reported_done: false };
        let kinds = |questions: Vec<Question>| {
            questions
                .iter()
                .map(|one| format!("{} {}", one.city, one.matter.kind().key()))
                .collect::<Vec<_>>()
                .join(", ")
        };
        for (all, are_several, expected, more) in [
            (vec![], true, "", false),
            (
                vec![asked("a", supervision("1")), asked("a", supervision("2")), asked("a", pace("3"))],
                false,
                "a supervision, a supervision, a target",
                false,
            ),
            (
                vec![
                    asked("a", Matter::Tiers),
                    asked("a", supervision("1")),
                    asked("a", pace("3")),
                    asked("b", pace("4")),
                ],
                true,
                "a measure, a supervision, b target",
                true,
            ),
            // The same target is not asked about twice.
            (vec![asked("a", supervision("1")), asked("a", pace("1"))], false, "a supervision", false),
            // Of one city among several no more than two are asked, even if there are no others.
            (
                vec![asked("a", Matter::Tiers), asked("a", supervision("1")), asked("a", pace("3"))],
                true,
                "a measure, a supervision",
                true,
            ),
        ] {
            let (taken, are_more) = chosen(Vec::new(), all, are_several);
            assert_eq!((kinds(taken).as_str(), are_more), (expected, more));
        }
    }
}
