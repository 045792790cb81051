//! The scores of a mixture with the rows that they are means of, in exact fractions, from its ledger.

use std::collections::BTreeMap;

use crate::assess::{Assessment, State};
use crate::compare;
use crate::evaluation::CityEvaluation;
use crate::ident::{CityId, IndicatorNo};
use crate::ledger::{self, Exact, Ledger, StepId};
use crate::mixture::{Pairing, Which};
use crate::plan::{Goal, Indicator, Round};
use crate::words;

/// Which of a city's two scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScoreKind {
    /// 缺报计零: what is open counts as zero.
    MissingAsZero,
    /// 按可评项: only what can be judged counts.
    Assessable,
}

impl ScoreKind {
    /// Both, in the order of telling.
    pub const ALL: [Self; 2] = [Self::MissingAsZero, Self::Assessable];

    /// The name of its total in the ledger.
    pub fn total(self) -> &'static str {
        match self {
            Self::MissingAsZero => "score_missing_as_zero",
            Self::Assessable => "score",
        }
    }

    /// The name of the mean that it is made from.
    fn mean(self) -> &'static str {
        match self {
            Self::MissingAsZero => "mean_missing_as_zero",
            Self::Assessable => "mean",
        }
    }
}

/// A row of a mixture that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreRow {
    /// Its number in the plan of the mixture.
    pub no: String,
    /// Its short name.
    pub name: String,
    /// Its target; empty where only the ledger is known.
    pub target: String,
    /// What was reached; nothing where there is no value.
    pub actual: Option<String>,
    /// The verdict.
    pub state: Option<State>,
    /// Points; nothing where it is open.
    pub points: Option<Exact>,
    /// Weight.
    pub weight: Exact,
}

/// The scores of a city in a mixture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MixedScore {
    /// Its rows, by their place in the pairing of the plans.
    pub rows: BTreeMap<usize, ScoreRow>,
    means: BTreeMap<ScoreKind, Exact>,
    scores: BTreeMap<ScoreKind, Exact>,
}

fn totals(ledger: &Ledger, city: &CityId, name: fn(ScoreKind) -> &'static str) -> BTreeMap<ScoreKind, Exact> {
    let of = |measure: ScoreKind| {
        let id = StepId::new(format!("{city}/#{}", name(measure)));
        Some((measure, ledger.step(&id)?.value.number()?.clone()))
    };
    ScoreKind::ALL.into_iter().filter_map(of).collect()
}

impl MixedScore {
    /// The scores of a city that was judged with the plan of one side.
    pub fn of(city: &CityEvaluation, round: &Round, pairing: &Pairing, plan: Which) -> Self {
        let mut rows = BTreeMap::new();
        for one in compare::counted(&city.plan, round, &city.assessments) {
            let (Some(place), Some(row)) = (pairing.place(plan, &one.no), city.plan.indicator(&one.no))
            else {
                continue;
            };
            rows.insert(place, score_row(&city.ledger, one, row));
        }
        Self {
            rows,
            means: totals(&city.ledger, &city.plan.city, ScoreKind::mean),
            scores: totals(&city.ledger, &city.plan.city, ScoreKind::total),
        }
    }

    /// The scores that an output has, with the rows that this program finds in it too.
    pub(super) fn recorded(ledger: &Ledger, city: &CityId, now: &Self) -> Self {
        let row = |(place, now): (&usize, &ScoreRow)| {
            let id = ledger::of_indicator(city, &IndicatorNo::from(now.no.as_str()));
            let state = ledger.step(&id.of("state"))?;
            let state = State::ALL.into_iter().find(|one| state.value.text() == Some(one.key()));
            let number = |part: &str| ledger.step(&id.of(part)).and_then(|step| step.value.number().cloned());
            let points = number("points").filter(|_| state.is_some_and(State::is_assessable));
            let weight = number("weight").unwrap_or_else(Exact::zero);
            Some((*place, ScoreRow { state, points, weight, ..now.clone() }))
        };
        Self {
            rows: now.rows.iter().filter_map(row).collect(),
            means: totals(ledger, city, ScoreKind::mean),
            scores: totals(ledger, city, ScoreKind::total),
        }
    }

    /// The score by one of the two ways; nothing where nothing can be judged.
    pub fn score(&self, measure: ScoreKind) -> Option<&Exact> {
        self.scores.get(&measure)
    }

    /// The mean that the score is made from by taking points off.
    pub(super) fn mean(&self, measure: ScoreKind) -> Option<&Exact> {
        self.means.get(&measure)
    }
}

fn score_row(ledger: &Ledger, one: &Assessment, row: &Indicator) -> ScoreRow {
    let id = ledger::of_target(&one.city, &one.no, one.target.tier);
    let number = |part: &str| ledger.step(&id.of(part)).and_then(|step| step.value.number().cloned());
    let target = match &one.target.goal {
        Goal::Level(_, value) => value.text.clone(),
        goal => words::goal_words(goal, row.unit.text()),
    };
    ScoreRow {
        no: one.no.to_string(),
        name: row.short.clone(),
        target,
        actual: one.judged_value().map(crate::quantity::Value::text),
        state: Some(one.state),
        points: number("points").filter(|_| one.state.is_assessable()),
        weight: number("weight").unwrap_or_else(Exact::zero),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A mixture with rows of so many points and so much weight; those that are not judged are open.
    pub(in crate::diff) fn score(rows: &[(i64, i64, bool)]) -> MixedScore {
        let row = |(place, (points, weight, judged)): (usize, &(i64, i64, bool))| {
            let row = ScoreRow {
                no: place.to_string(),
                name: String::new(),
                target: String::new(),
                actual: None,
                state: None,
                points: judged.then(|| Exact::whole(*points)),
                weight: Exact::whole(*weight),
            };
            (place, row)
        };
        let rows: BTreeMap<usize, ScoreRow> = rows.iter().enumerate().map(row).collect();
        let mean = |measure: ScoreKind| {
            let counted =
                rows.values().filter(|row| measure == ScoreKind::MissingAsZero || row.points.is_some());
            let (above, below) = counted.fold((Exact::zero(), Exact::zero()), |(above, below), row| {
                let points = row.points.clone().unwrap_or_else(Exact::zero);
                (above.plus(&points.times(&row.weight)), below.plus(&row.weight))
            });
            let is_judged = rows.values().any(|row| row.points.is_some());
            above.over(&below).filter(|_| is_judged).map(|mean| (measure, mean))
        };
        let means: BTreeMap<ScoreKind, Exact> = ScoreKind::ALL.into_iter().filter_map(mean).collect();
        MixedScore { rows, scores: means.clone(), means }
    }
}
