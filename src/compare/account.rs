//! The account of a city in its ledger: counts, shares, scores, grade.

use std::borrow::Borrow;

use rust_decimal::Decimal;

use super::{Costly, Fraction, GradeLimit};
use crate::assess::{Assessment, State};
use crate::ident::CityId;
use crate::ledger::{self, Ledger, Operation, StepId, StepValue, Traced};
use crate::plan::{Grade, Plan, Round};

/// What a total of a city is called: `xiangtan/#rate`.
pub(super) fn total_of(city: &CityId, name: &str) -> StepId {
    StepId::new(format!("{city}/#{name}"))
}

/// Digits behind the point of shares and scores as they are printed.
pub(super) const PRINTED: u32 = 1;

/// The account of a city in the making.
pub(super) struct CityAccount<'a> {
    plan: &'a Plan,
    round: &'a Round,
    counted: &'a [&'a Assessment],
    ledger: &'a mut Ledger,
    /// The verdicts that count.
    states: Vec<Traced>,
    pub(super) total: Traced,
    pub(super) assessable: Traced,
    pub(super) met: Traced,
    /// Of each whether its target lies on the worse side of its base.
    worse: Vec<Traced>,
    pub(super) soft: Traced,
}

/// The words of states that a predicate holds for.
fn keys(of: fn(&State) -> bool) -> Vec<String> {
    State::ALL.iter().filter(|state| of(state)).map(|state| state.key().to_owned()).collect()
}

impl<'a> CityAccount<'a> {
    /// Counts the targets, and takes the shares.
    pub(super) fn new(
        plan: &'a Plan,
        round: &'a Round,
        counted: &'a [&'a Assessment],
        ledger: &'a mut Ledger,
    ) -> Self {
        let of =
            |one: &Assessment, part: &str| ledger::of_target(&one.city, &one.no, one.target.tier).of(part);
        let told = |part: &str| counted.iter().filter_map(|one| ledger.told(&of(one, part))).collect();
        let (states, worse): (Vec<Traced>, Vec<Traced>) = (told("state"), told("worse"));
        let mut count = |name: &str, members: &[Traced], of: Vec<String>| {
            ledger.count(total_of(&plan.city, name), members, of)
        };
        let total = count("total", &states, Vec::new());
        let assessable = count("assessable", &states, keys(|state| state.is_assessable()));
        let met = count("met", &states, keys(|state| state.met() == Some(true)));
        let soft = count("soft", &worse, vec![true.to_string()]);
        let mut share = |name: &str, part: &Traced, whole: &Traced| {
            ledger.does(
                total_of(&plan.city, name),
                Operation::Share,
                &[("part", part), ("whole", whole)],
                "%",
            )
        };
        let shares = [
            ("rate", share("rate", &met, &assessable)),
            ("coverage", share("coverage", &assessable, &total)),
        ];
        for (name, share) in &shares {
            ledger.shown(&total_of(&plan.city, name), share, PRINTED);
        }
        let both = [("whole", &total), ("part", &assessable)];
        ledger.does(total_of(&plan.city, "open"), Operation::Difference, &both, "");
        Self { plan, round, counted, ledger, states, total, assessable, met, worse, soft }
    }

    fn does<T: Borrow<Traced>>(
        &mut self,
        name: &str,
        operation: Operation,
        args: &[(&'static str, T)],
    ) -> Traced {
        self.ledger.does(total_of(&self.plan.city, name), operation, args, "")
    }

    fn count(&mut self, name: &str, members: &[Traced], of: Vec<String>) -> Traced {
        self.ledger.count(total_of(&self.plan.city, name), members, of)
    }

    /// How many targets are in each state, in the order of [`State::ALL`].
    pub(super) fn counts(&mut self) -> [usize; 10] {
        let states = self.states.clone();
        State::ALL.map(|state| {
            let key = state.key();
            self.count(&format!("state.{key}"), &states, vec![key.to_owned()]).count()
        })
    }

    /// What is reached of what has a verdict, without the targets on the worse side of their base.
    pub(super) fn firm(&mut self) -> Fraction {
        let firm = self.counted.iter().zip(&self.states).filter(|(one, _)| !one.target_is_worse);
        let members: Vec<Traced> = firm.map(|(_, state)| state.clone()).collect();
        let worse = self.worse.clone();
        let mut count = |name: &str, of: Vec<String>| {
            self.ledger.count_chosen(total_of(&self.plan.city, name), &members, &worse, of)
        };
        let part = count("firm.met", keys(|state| state.met() == Some(true)));
        let whole = count("firm.assessable", keys(|state| state.is_assessable()));
        if self.soft.count() > 0 {
            let (id, args) =
                (total_of(&self.plan.city, "rate_without_soft"), [("part", &part), ("whole", &whole)]);
            let rate = self.ledger.does(id, Operation::Share, &args, "%");
            self.ledger.shown(&total_of(&self.plan.city, "rate_without_soft"), &rate, PRINTED);
        }
        Fraction { part: part.count(), whole: whole.count() }
    }

    /// Points that are taken for lateness and missing evidence.
    pub(super) fn deductions(&mut self, Costly { late, evidence, waived }: &Costly<'_>) -> Traced {
        let method = &self.round.method;
        let [not_late, not_lacking] = waived;
        let kinds =
            [("late", late, not_late, method.late), ("evidence", evidence, not_lacking, method.evidence)];
        let mut args: Vec<(&'static str, Traced)> = Vec::new();
        for (name, found, waived, each) in kinds.into_iter().filter(|(.., each)| *each > Decimal::ZERO) {
            let mut counted: Vec<(&'static str, Traced)> =
                found.iter().map(|finding| ("member", self.ledger.finding(&finding.as_cause()))).collect();
            let waivers = waived.iter().map(|place| ("waived", self.ledger.waiver(self.round, *place)));
            counted.extend(waivers);
            args.push(("count", self.does(name, Operation::Count { of: Vec::new() }, &counted)));
            args.push(("each", self.ledger.parameter(self.round, name, each)));
        }
        self.does("deducted", Operation::Deductions, &args)
    }

    /// 得分: the mean of the points of what has a verdict, or of all with what is open as zero; less what is taken. `None` where nothing counts.
    pub(super) fn score(&mut self, with_open: bool, taken: &Traced) -> Option<Traced> {
        // Without a verdict there is no score, whatever is counted as zero.
        let is_open = self.assessable.count() == 0;
        let (mean_name, name) =
            if with_open { ("mean_missing_as_zero", "score_missing_as_zero") } else { ("mean", "score") };
        let mut args: Vec<(&'static str, Traced)> = Vec::new();
        for (one, state) in self.counted.iter().zip(&self.states) {
            let of = ledger::of_target(&one.city, &one.no, one.target.tier);
            let points = self.ledger.told(&of.of("points"));
            let weight = self.ledger.told(&of.of("weight"));
            if is_open {
                break;
            }
            let (Some(points), Some(weight)) = (points.or_else(|| with_open.then(|| state.clone())), weight)
            else {
                continue;
            };
            args.extend([("points", points), ("weight", weight)]);
        }
        let mean = self.does(mean_name, Operation::MeanWeighted, &args);
        let most = self.ledger.parameter(self.round, "bonus_total", self.round.method.bonus_total);
        let score =
            self.does(name, Operation::Deduct, &[("mean", &mean), ("taken", taken), ("bonus_total", &most)]);
        self.ledger.shown(&total_of(&self.plan.city, name), &score, PRINTED);
        score.value.is_something().then_some(score)
    }

    /// 等次 by a score, no better than its limits.
    pub(super) fn grade(&mut self, score: Option<&Traced>, limits: &[(usize, GradeLimit)]) -> Option<Grade> {
        let Some(score) = score else {
            self.does::<Traced>("grade", Operation::Grade, &[]);
            return None;
        };
        let [excellent, good, fair] = self.round.method.grades;
        let mut from = Vec::new();
        for (name, value) in [("grades.1", excellent), ("grades.2", good), ("grades.3", fair)] {
            from.push(self.ledger.parameter(self.round, name, value));
        }
        let mut args = vec![("score", score)];
        args.extend(from.iter().map(|one| ("from", one)));
        let grade = self.does("grade.by_score", Operation::Grade, &args);
        let mut all = Vec::new();
        for (place, limit) in limits {
            let what = limit.indicator.as_ref().map_or("", |no| no.as_str());
            all.push(self.ledger.decision(
                self.round,
                "veto",
                *place,
                what,
                StepValue::word(limit.grade.key()),
            ));
        }
        let mut args = vec![("grade", &grade)];
        args.extend(all.iter().map(|one| ("limit", one)));
        let limited = self.does("grade", Operation::GradeLimited, &args);
        Grade::ALL.into_iter().find(|grade| limited.value.text() == Some(grade.key()))
    }
}
