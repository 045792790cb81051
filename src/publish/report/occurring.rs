//! What occurs in a document: only that has a legend, a formula, a note or a sentence on how it is judged.

use super::terms::{names_leads, names_row_units};
use crate::assess::{Assessment, State, TaskState};
use crate::evaluation::CityEvaluation;
use crate::plan::{Apart, Change, Direction, Goal, Indicator, Operator, Origin, Strength, Tier};

/// What occurs in the chapters of some cities.
#[derive(Debug, Clone, Default)]
pub(super) struct Occurring {
    /// Verdicts of targets, in the order of the legend, each once.
    pub(super) states: Vec<State>,
    /// States of tasks.
    pub(super) tasks: Vec<TaskState>,
    /// A table that the account counts.
    pub(super) has_table: bool,
    /// An account of targets in prose, for want of a table.
    pub(super) has_prose_account: bool,
    /// Targets in prose that are judged apart from a table.
    pub(super) has_prose_apart: bool,
    /// A plan whose prose has targets as well as its table.
    pub(super) has_both: bool,
    /// What is reported by the units of a table, in prose or of tasks and what is left to the office.
    pub(super) reported: Reported,
    /// Ratios of targets of which more, and of which less, is better.
    pub(super) ratios: Ratios,
    /// Words of limits.
    pub(super) limits: Limits,
    /// Targets that 有 answers.
    pub(super) has_qualitative: bool,
    /// Verdicts that rounding would turn.
    pub(super) has_boundary: bool,
    /// Targets on the worse side of their base.
    pub(super) has_soft: bool,
    /// Values of other years beside the round's.
    pub(super) bases: Bases,
    /// Why targets are not held against those values, in order, each once.
    pub(super) apart: Vec<Apart>,
    /// Second tiers.
    pub(super) second: Second,
    /// 力争 and 确保.
    pub(super) has_strength: bool,
    /// Numbers that nobody reported and that follow from others.
    pub(super) derived: Derived,
}

/// Who reports what.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reported {
    pub(super) has_prose: bool,
    pub(super) has_tasks: bool,
    /// A row, or a target in prose or a task, for which the plan names units.
    pub(super) rows_name_units: bool,
    pub(super) prose_names_units: bool,
    pub(super) by_office: bool,
}

/// The directions of ratios.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ratios {
    pub(super) has_higher: bool,
    pub(super) has_lower: bool,
}

/// The words of limits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Limits {
    /// 以上.
    pub(super) has_least: bool,
    /// 以下.
    pub(super) has_most: bool,
    /// 超过, 突破.
    pub(super) has_strict: bool,
    /// 左右.
    pub(super) has_about: bool,
    /// 左右 of what is to be high, and of what is to be low.
    pub(super) about: [bool; 2],
    /// 基本同步, said of what others have.
    pub(super) has_in_step: bool,
    /// 控制在…以内.
    pub(super) has_ceiling: bool,
}

/// Values of earlier years.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bases {
    /// Of the year before.
    pub(super) has_before: bool,
    /// Of another base year.
    pub(super) has_other: bool,
}

impl Bases {
    pub(super) fn has_any(self) -> bool {
        self.has_before || self.has_other
    }

    /// 上年 where all values are of the year before, else 基期.
    pub(super) fn word(self) -> &'static str {
        if self.has_other { "基期" } else { "上年" }
    }
}

/// The second tiers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Second {
    /// 考核值 and 完成值.
    pub(super) has_intended: bool,
    /// 力争值.
    pub(super) has_stretch: bool,
}

/// What is derived.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Derived {
    /// Growth that a plan's prose speaks of, from the level of its row.
    pub(super) has_growth: bool,
    /// Changes of the level of a row.
    pub(super) has_change: bool,
}

impl Occurring {
    /// What occurs in the chapters of these cities in a round of a year.
    pub(super) fn in_cities<'a>(cities: impl IntoIterator<Item = &'a CityEvaluation>, year: i32) -> Self {
        let mut found = Self::default();
        for city in cities {
            found.city(city);
            for one in &city.assessments {
                found.target(one, city.plan.indicator(&one.no), year);
            }
        }
        found.states.sort();
        found.tasks.sort();
        found.apart.sort();
        found
    }

    pub(super) fn has(&self, state: State) -> bool {
        self.states.contains(&state)
    }

    /// Whether targets of later years are judged by schedules.
    pub(super) fn has_schedules(&self) -> bool {
        self.states.iter().any(|state| state.is_of_schedule())
    }

    /// Whether targets of the year are judged.
    pub(super) fn has_annual(&self) -> bool {
        self.states.iter().any(|state| state.is_assessable() && !state.is_of_schedule())
    }

    fn city(&mut self, city: &CityEvaluation) {
        let is_table = city.score.basis == Origin::Table;
        let has_prose = city.assessments.iter().any(|one| one.origin == Origin::Prose);
        let plan = &city.plan;
        let in_prose = plan.indicators.iter().any(|row| row.origin == Origin::Prose);
        self.has_table |= is_table;
        self.has_prose_account |= !is_table;
        self.has_prose_apart |= is_table && has_prose;
        self.has_both |= is_table && (in_prose || !plan.repeats.is_empty());
        self.reported.has_prose |= has_prose;
        self.reported.has_tasks |= !city.tasks.is_empty();
        self.reported.rows_name_units |= names_row_units(plan);
        self.reported.prose_names_units |= names_leads(plan);
        self.reported.by_office |= city.units.iter().any(|unit| unit.unit == plan.office);
        for task in &city.tasks {
            note(&mut self.tasks, task.state);
        }
    }

    fn target(&mut self, one: &Assessment, row: Option<&Indicator>, year: i32) {
        if one.is_primary() {
            note(&mut self.states, one.state);
        }
        self.has_boundary |= one.boundary;
        self.has_soft |= one.target_is_worse;
        self.has_strength |= one.target.strength != Strength::Expected;
        self.second.has_intended |= one.target.tier == Tier::Intended;
        self.second.has_stretch |= one.target.tier == Tier::Stretch;
        if let Some(past) = &one.baseline {
            one.apart.into_iter().for_each(|apart| note(&mut self.apart, apart));
            self.bases.has_before |= past.year == year - 1;
            self.bases.has_other |= past.year != year - 1;
        }
        let Some(row) = row else { return };
        self.has_qualitative |= matches!(one.target.goal, Goal::Qualitative(_));
        self.limits.add(one, row);
        self.ratios.add(&one.target.goal, row);
        let change = row.change(&one.target.goal);
        self.derived.has_change |= change.is_some();
        let grows = matches!(one.target.goal, Goal::Growth(..) | Goal::AverageGrowth(..));
        self.derived.has_growth |= grows && one.target.of.is_some();
    }
}

/// Adds what is not in the list yet.
fn note<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}

impl Limits {
    fn add(&mut self, one: &Assessment, row: &Indicator) {
        let operator = one.target.goal.operator();
        self.has_least |= operator == Some(Operator::AtLeast);
        self.has_most |= operator == Some(Operator::AtMost);
        self.has_strict |=
            matches!(operator, Some(Operator::MoreThan | Operator::Surpass | Operator::LessThan));
        let is_relative = matches!(one.target.goal, Goal::Relative(..));
        let is_about = operator == Some(Operator::About) && !is_relative;
        self.has_about |= is_about;
        let [high, low] = &mut self.about;
        *high |= is_about && !row.direction.less_is_better();
        *low |= is_about && row.direction.less_is_better();
        self.has_in_step |= operator == Some(Operator::About) && is_relative;
        self.has_ceiling |= row.is_ceiling(&one.target);
    }
}

impl Ratios {
    fn add(&mut self, goal: &Goal, row: &Indicator) {
        let has_ratio = match goal {
            Goal::Level(..) | Goal::Range(..) => true,
            Goal::Growth(..)
            | Goal::AverageGrowth(..)
            | Goal::Increment(..)
            | Goal::Multiple(..)
            | Goal::Coverage(..)
            | Goal::Magnitude(_)
            | Goal::Relative(..) => row.change(goal) != Some(Change::Places),
            Goal::Qualitative(_)
            | Goal::Interval(..)
            | Goal::Rank(..)
            | Goal::RankChange(..)
            | Goal::Milestone(..)
            | Goal::Undefined(_) => false,
        };
        let is_lower = matches!(goal, Goal::Relative(Operator::LessThan | Operator::AtMost, _))
            || row.direction == Direction::Lower;
        self.has_lower |= has_ratio && is_lower;
        self.has_higher |= has_ratio && !is_lower;
    }
}
