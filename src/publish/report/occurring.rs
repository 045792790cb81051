//! What occurs in a document: only that has a legend, a formula, a note or a sentence on how it is judged.

use super::bases::is_beyond_without_base;
use crate::assess::{Assessment, State, TaskState};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::plan::{Apart, Change, Direction, Goal, Indicator, Operator, Origin, Strength, Tier, limit_order};
use crate::words::{names_leads, names_row_units};

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
    /// Targets of later years that have been reached, of which nothing is due by now.
    pub(super) has_beyond: bool,
    /// Average growth of later years' targets, which is held against the target itself.
    pub(super) has_mean_ahead: bool,
    /// What values are held against.
    pub(super) held: Held,
    /// Sums over several years, with how much of them is there by now.
    pub(super) sums: Sums,
    /// Why targets are not held against those values, and have no progress, in order, each once.
    pub(super) apart: Vec<Apart>,
    /// Second tiers.
    pub(super) second: Second,
    /// 力争 and 确保, each once.
    pub(super) strengths: Vec<&'static str>,
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
    /// Whether the office reports what names none.
    pub(super) by_office: bool,
}

/// What judged values are held against.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Held {
    /// Levels that are due by now of later years' targets.
    pub(super) has_due: bool,
    /// Targets themselves, of the year or of a later one.
    pub(super) has_target: bool,
    /// Of these, targets of later years.
    pub(super) has_later: bool,
}

impl Held {
    /// What values are held against in a word: the target, what is due by now, or either.
    pub(super) fn word(self, language: Language) -> &'static str {
        match (self.has_due, self.has_target) {
            (true, true) => language.of("目标或序时应达数", "the target or what is due by now"),
            (true, false) => language.of("序时应达数", "what is due by now"),
            (false, _) => language.of("目标", "the target"),
        }
    }

    /// The same for definitions, which say of what which is.
    pub(super) fn defined(self, language: Language) -> &'static str {
        match (self.has_due, self.has_target) {
            (true, true) => language.of(
                "目标（有序时应达数的，为序时应达数）",
                "the target, or by what is due by now where that is known",
            ),
            _ => self.word(language),
        }
    }
}

/// Targets that count from the start of a plan, with how much of them is there by now.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    /// Levels that are summed up.
    pub(super) has_levels: bool,
    /// Additions to a level.
    pub(super) has_additions: bool,
}

impl Sums {
    pub(super) fn has_any(self) -> bool {
        self.has_levels || self.has_additions
    }
}

/// The directions of ratios.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ratios {
    pub(super) has_higher: bool,
    pub(super) has_lower: bool,
}

/// The words of limits.
#[derive(Debug, Clone, Default)]
pub(super) struct Limits {
    /// Words of limits that hold their number (以上), and that do not (超过), as the plans write them, each once.
    pub(super) inclusive: Vec<&'static str>,
    pub(super) strict: Vec<&'static str>,
    /// 左右, held with the tolerance of the round.
    pub(super) has_about: bool,
    /// 左右 of what is to be high, and of what is to be low.
    pub(super) about: [bool; 2],
    /// Tolerances that single targets have of their own, and those among them that the bureau settled for the round.
    pub(super) has_own_tolerance: bool,
    pub(super) has_settled_tolerance: bool,
    /// 同步, read as no less than what others have.
    pub(super) has_pace: bool,
    /// 基本同步, said of what others have.
    pub(super) has_in_step: bool,
    /// 控制在…以内, and ＜: whether the number itself is within.
    pub(super) has_ceiling: bool,
    pub(super) has_strict_ceiling: bool,
    /// 5—6: targets with a lower and an upper number.
    pub(super) has_bounds: bool,
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
#[derive(Debug, Clone, Default)]
pub(super) struct Derived {
    /// Growth that a plan's prose speaks of, from the level of its row.
    pub(super) has_growth: bool,
    /// What the targets speak of that are judged by changes of the level of a row (增长, 增量), each once.
    pub(super) changes: Vec<&'static str>,
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
        found.limits.sort();
        found.strengths.sort();
        found.derived.changes.sort_by_key(|word| SPOKEN_OF.iter().position(|known| known == word));
        found
    }

    pub(super) fn has(&self, state: State) -> bool {
        self.states.contains(&state)
    }

    /// Whether targets of later years are judged by schedules.
    pub(super) fn has_schedules(&self) -> bool {
        self.states.iter().any(|state| state.is_of_schedule())
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
        self.reported.by_office |= is_left_to_office(city);
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
        self.has_beyond |= is_beyond_without_base(one);
        self.has_mean_ahead |= one.is_held_to_the_end() && !is_beyond_without_base(one);
        if one.state.is_assessable() {
            self.held.has_due |= one.due.is_some();
            self.held.has_target |= one.due.is_none();
            self.held.has_later |= one.is_held_to_the_end();
        }
        let has_progress = one.progress.is_some();
        self.sums.has_levels |= one.apart == Some(Apart::Sum) && has_progress;
        self.sums.has_additions |= one.apart == Some(Apart::Addition) && has_progress;
        strength(one.target.strength).into_iter().for_each(|word| note(&mut self.strengths, word));
        self.second.has_intended |= one.target.tier == Tier::Intended;
        self.second.has_stretch |= one.target.tier == Tier::Stretch;
        if let Some(past) = &one.baseline {
            // An open sum has none yet, whatever others have.
            let is_without = !has_progress && (one.state.is_assessable() || !one.target.cumulative);
            let without = one.apart.filter(|_| is_without);
            without.into_iter().for_each(|apart| note(&mut self.apart, apart));
            self.bases.has_before |= past.year == year - 1;
            self.bases.has_other |= past.year != year - 1;
        }
        let Some(row) = row else { return };
        self.has_qualitative |= matches!(one.target.goal, Goal::Qualitative(_));
        self.limits.add(one, row);
        self.ratios.add(&one.target.goal, row);
        let change = row.change(&one.target.goal);
        change.into_iter().for_each(|change| note(&mut self.derived.changes, spoken_of(change)));
        let grows = matches!(one.target.goal, Goal::Growth(..) | Goal::AverageGrowth(..));
        self.derived.has_growth |= grows && one.target.of.is_some();
    }
}

/// Whether anything of this year names nobody who reports it, so that it is left to the office.
fn is_left_to_office(city: &CityEvaluation) -> bool {
    let of_target = |one: &Assessment| city.plan.indicator(&one.no).is_some_and(|row| row.is_left_to_office);
    let is_expected = city.units.iter().any(|unit| unit.unit == city.plan.office);
    is_expected
        && (city.assessments.iter().any(of_target) || city.plan.tasks.iter().any(|task| task.lead.is_empty()))
}

/// The word of a strength; none of what is simply expected.
fn strength(strength: Strength) -> Option<&'static str> {
    match strength {
        Strength::Aspired => Some("力争"),
        Strength::Binding => Some("确保"),
        Strength::Expected => None,
    }
}

/// Words of changes in the order in which they are told.
pub(super) const SPOKEN_OF: [&str; 5] = ["增长", "年均增长", "增量", "进位", "倍数"];

/// What a target speaks of that is judged by a change of the level.
pub(super) fn spoken_of(change: Change) -> &'static str {
    match change {
        Change::Growth => "增长",
        Change::AverageGrowth => "年均增长",
        Change::Increment => "增量",
        Change::Places => "进位",
        Change::Multiple => "倍数",
    }
}

/// Adds what is not in the list yet.
fn note<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}

impl Limits {
    /// Whether there are limits that are not to be passed.
    pub(super) fn has_any_ceiling(&self) -> bool {
        self.has_ceiling || self.has_strict_ceiling
    }

    /// Whether there are targets of which no ratio says that they are exceeded.
    pub(super) fn has_other_excess(&self) -> bool {
        self.has_bounds || self.has_any_ceiling()
    }

    /// Brings the words into the order in which they are told.
    fn sort(&mut self) {
        self.inclusive.sort_by_key(|word| limit_order(word));
        self.strict.sort_by_key(|word| limit_order(word));
    }

    fn add(&mut self, one: &Assessment, row: &Indicator) {
        let operator = one.target.goal.operator();
        one.target.inclusive_words().into_iter().for_each(|word| note(&mut self.inclusive, word));
        one.target.strict_words().into_iter().for_each(|word| note(&mut self.strict, word));
        let is_relative = matches!(one.target.goal, Goal::Relative(..));
        // One with a tolerance of its own has it told beside its row.
        let is_about = operator == Some(Operator::About) && !is_relative && one.target.tolerance.is_none();
        self.has_about |= is_about;
        let [high, low] = &mut self.about;
        *high |= is_about && !row.direction.less_is_better();
        *low |= is_about && row.direction.less_is_better();
        self.has_own_tolerance |= one.target.tolerance.is_some();
        self.has_settled_tolerance |= one.target.tolerance.is_some() && !one.target.tolerance_is_issued;
        self.has_bounds |= matches!(one.target.goal, Goal::Range(..) | Goal::Interval(..));
        self.has_pace |= one.target.keeps_pace();
        self.has_in_step |= operator == Some(Operator::About) && is_relative;
        let is_strict = operator == Some(Operator::LessThan);
        self.has_ceiling |= row.is_ceiling(&one.target) && !is_strict;
        self.has_strict_ceiling |= row.is_ceiling(&one.target) && is_strict;
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
