//! What each unit is asked to do, as a row of 谁须做什么 tells it: `advise` says what, here are the words.

use super::super::brief::shared::{gap_words, in_order_of_telling, odds_of, task_step};
use super::super::context::Context;
use super::super::phrases::quoted;
use super::super::say::{plural, say};
use crate::advise::{Duty, DutyKind, UnitDuties, Until, duties};
use crate::assess::{Assessment, TaskAssessment};
use crate::evaluation::CityEvaluation;
use crate::finding::Language;
use crate::ident::UnitName;
use crate::plan::{Indicator, Task};

/// What a unit has to do, thing by thing.
pub(super) struct Things {
    pub(super) name: UnitName,
    pub(super) missed: Vec<String>,
    pub(super) tasks: Vec<String>,
    pub(super) open: Vec<String>,
    /// Of which kinds they are.
    kinds: Vec<DutyKind>,
}

/// The column in which something that is asked for stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// Missed targets: measures, or who answers for them.
    Missed,
    /// Tasks whose report is to be checked.
    Tasks,
    /// What has to be answered or reported.
    Open,
}

impl Column {
    fn of(kind: DutyKind) -> Self {
        match kind {
            kind if kind.is_of_missed() => Self::Missed,
            kind if kind.is_of_tasks() => Self::Tasks,
            _ => Self::Open,
        }
    }
}

impl Things {
    fn of(context: &Context<'_>, city: &CityEvaluation, own: UnitDuties, says_states: bool) -> Self {
        let told = Telling { context, city, unit: &own.unit, says_states };
        let of = |column: Column| -> Vec<String> {
            let duties = own.duties.iter().filter(|duty| Column::of(duty.kind) == column);
            duties.flat_map(|duty| told.things(duty)).collect()
        };
        let (missed, tasks, open) = (of(Column::Missed), of(Column::Tasks), of(Column::Open));
        let kinds = own.duties.iter().map(|duty| duty.kind).collect();
        Self { name: own.unit, missed, tasks, open, kinds }
    }

    /// Whether something of a kind is asked of it.
    pub(super) fn has(&self, kind: DutyKind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Whether something that has to be answered or reported is due then.
    pub(super) fn is_open_until(&self, context: &Context<'_>, until: Until) -> bool {
        let round = &context.evaluation.round;
        self.kinds.iter().any(|kind| Column::of(*kind) == Column::Open && kind.due(round) == until)
    }

    /// Whether it has something to answer or to report by the day for answers.
    pub(super) fn is_waited_for(&self, context: &Context<'_>) -> bool {
        self.is_open_until(context, Until::By(context.evaluation.round.answer_by))
    }

    fn count(&self) -> usize {
        self.missed.len() + self.tasks.len() + self.open.len()
    }
}

/// Whether tasks are to be checked for any reason but that they are reported done: then each says what it is reported to be.
pub(super) fn says_states(all: &[UnitDuties]) -> bool {
    let kinds = all.iter().flat_map(|own| &own.duties).map(|duty| duty.kind);
    kinds.into_iter().any(|kind| matches!(kind, DutyKind::Substantiate | DutyKind::Begun | DutyKind::Overdue))
}

/// What the units of a city have to do; who has not answered comes first, then who has the most.
pub(super) fn things(context: &Context<'_>, city: &CityEvaluation) -> (Vec<Things>, bool) {
    let all = duties(context.evaluation, city);
    let says_states = says_states(&all);
    let asked = all.into_iter().filter(|own| !own.duties.is_empty());
    let mut rows: Vec<Things> = asked.map(|own| Things::of(context, city, own, says_states)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.is_waited_for(context), row.count())));
    (rows, says_states)
}

/// More tasks of a unit that are not done when the plan ends are counted.
const MOST_OVERDUE: usize = 2;

/// What is told of what a unit is asked to do.
struct Telling<'a, 'b> {
    context: &'a Context<'b>,
    city: &'a CityEvaluation,
    unit: &'a UnitName,
    says_states: bool,
}

impl Telling<'_, '_> {
    fn things(&self, duty: &Duty) -> Vec<String> {
        let city = self.city;
        let found = |no| Some((city.assessments.find(no)?, city.plan.indicator(no)?));
        let targets: Vec<(&Assessment, &Indicator)> = duty.targets.iter().filter_map(found).collect();
        let targets = in_order_of_telling(duty.kind, &targets);
        let task = |no| Some(self.task(duty.kind, city.tasks.find(no)?, city.plan.task(no)?));
        let targets = targets.into_iter().map(|(one, row)| self.target(duty.kind, one, row));
        let tasks: Vec<String> = match duty.kind == DutyKind::Overdue && duty.tasks.len() > MOST_OVERDUE {
            true => vec![self.overdue(duty)],
            false => duty.tasks.iter().filter_map(task).collect(),
        };
        targets.chain(tasks).chain(self.queries(duty)).collect()
    }

    /// How many tasks are not done though the plan has ended: their names stand on the page of the unit.
    fn overdue(&self, duty: &Duty) -> String {
        let city = self.city;
        let id = format!("{}/page/{}/#overdue.tasks", city.plan.city, self.unit);
        let steps = duty.tasks.iter().map(|no| task_step(city, no));
        let by = duty.tasks.iter().filter_map(|no| city.tasks.find(no)).flat_map(|one| odds_of(city, one));
        let number = self.context.book.count_chosen(&id, steps, by, &[], duty.tasks.len());
        say!(
            self.context.language,
            "期满未完成{number}项任务",
            "{number} tasks not done at the end of the plan"
        )
    }

    fn target(&self, kind: DutyKind, one: &Assessment, row: &Indicator) -> String {
        let (context, language) = (self.context, self.context.language);
        match Column::of(kind) {
            Column::Missed => {
                let name = context.target_name(&self.city.plan, one, row);
                let gap = gap_words(context, one, row);
                say!(language, "{name}{gap}", "{name} {gap}").trim_end().to_owned()
            }
            Column::Tasks | Column::Open => {
                in_state(language, context.row(&self.city.plan, row), one.state.words(language))
            }
        }
    }

    fn task(&self, kind: DutyKind, one: &TaskAssessment, task: &Task) -> String {
        let language = self.context.language;
        let title = quoted(self.context.task(&self.city.plan, &task.no));
        match Column::of(kind) == Column::Open || self.says_states {
            true => in_state(language, &title, one.state.words(language)),
            false => title,
        }
    }

    /// The findings that it has to answer besides, in number: they are listed on its page.
    fn queries(&self, duty: &Duty) -> Option<String> {
        let number = duty.findings.len();
        if number == 0 {
            return None;
        }
        let id = format!("{}/page/{}/#query.findings", self.city.plan.city, self.unit);
        let questions = plural(number, "other question", "other questions");
        let number = self.context.book.count_findings(&id, &duty.findings, number);
        Some(say!(self.context.language, "其余{number}件问题", "{number} {questions}"))
    }
}

/// Something with what became of it: `高层次人才团队（未报）`.
fn in_state(language: Language, name: &str, state: &str) -> String {
    say!(language, "{name}（{state}）", "{name} ({state})")
}
