//! 部门专页: one page for each unit with a duty of its own: what it is asked to do until when, what it reports, leads and owes. It words what
//! `advise` has found; each number of it is a step of the ledger. How many rows have room is reckoned in [`room`].

mod actions;
mod led;
mod reported;
mod rest;
mod room;
mod silence;
mod strip;
mod waiting;

use serde::Serialize;

use super::base_years::base_years;
use super::brief::shared::task_step;
use super::context::Context;
use super::phrases::full_date;
use super::section::Draft;
use super::totals::step_of;
use super::values::illustrative_label;
use crate::advise::{UnitDuties, duties, targets_of, tasks_of, waiting as waiting_for};
use crate::assess::{Assessment, TaskAssessment};
use crate::evaluation::CityEvaluation;
use crate::finding::Withheld;
use crate::ident::UnitName;
use crate::ledger::StepId;
use actions::ActionLine;
use led::LedTask;
use reported::ReportedTarget;
use strip::StripFigure;
use waiting::WaitingRow;

/// The steps of a target on whose values its row depends.
const PRINTED_OF_TARGETS: [&str; 4] = ["state", "fact", "completion", "worse"];

/// The name of its template.
pub(super) const TEMPLATE: &str = "unit_page";

/// The page of a unit.
#[derive(Debug, Clone, Serialize)]
struct UnitPage {
    /// What the places of its numerals begin with: `xiangtan-市科技局`.
    place: String,
    /// What the pages are, of which round and of which day.
    kicker: String,
    illustrative_label: Option<&'static str>,
    name: String,
    /// What the values of the base are called: 上年 or 基期.
    base_word: String,
    strip: [StripFigure; 4],
    actions_heading: String,
    actions: Vec<ActionLine>,
    queries: Option<PagePart<WaitingRow>>,
    /// What is noted and asks for no answer.
    noted: Option<PagePart<WaitingRow>>,
    indicators: Option<PagePart<ReportedTarget>>,
    tasks: Option<PagePart<LedTask>>,
    /// What is to be filled in and sent back.
    slip: [&'static str; 5],
}

/// A table of the page.
#[derive(Debug, Clone, Serialize)]
struct PagePart<R> {
    heading: String,
    note: String,
    heads: Vec<String>,
    rows: Vec<R>,
    /// Those that have no row, in a sentence; may be empty.
    rest: String,
}

/// A unit of a city, as its page is about it.
#[derive(Clone, Copy)]
struct Whose<'a, 'b> {
    context: &'a Context<'b>,
    city: &'a CityEvaluation,
    unit: &'a UnitName,
}

impl<'a> Whose<'a, '_> {
    /// What the steps that only its page asks for begin with.
    fn step(&self, name: &str) -> String {
        format!("{}/page/{}/{name}", self.city.plan.city, self.unit)
    }

    fn targets(&self) -> Vec<&'a Assessment> {
        targets_of(self.city, self.unit)
    }

    fn tasks(&self) -> Vec<&'a TaskAssessment> {
        tasks_of(self.city, self.unit)
    }

    /// What the page prints, on which it depends how much of it has room: its targets with their values, its tasks with what is missed in them, what
    /// waits for an answer.
    fn printed(&self) -> Vec<StepId> {
        let of_target = |one: &Assessment| PRINTED_OF_TARGETS.map(|part| step_of(one, part));
        let missed = self.tasks().into_iter().flat_map(|task| &task.missed);
        let missed = missed.filter_map(|no| self.city.assessments.find(no));
        let mut steps: Vec<StepId> = self.targets().into_iter().chain(missed).flat_map(of_target).collect();
        steps.extend(self.tasks().into_iter().map(|one| task_step(self.city, &one.no)));
        let waiting = waiting_for(self.context.evaluation, self.city, self.unit);
        steps.extend(waiting.map(|one| self.context.book.finding(one)));
        steps
    }

    /// How many of what is named on the page have room: which ones is decided by all that it prints.
    fn count_with_room(
        &self,
        name: &str,
        steps: impl IntoIterator<Item = StepId>,
        number: impl std::fmt::Display,
    ) -> String {
        self.context.book.count_chosen(&self.step(name), steps, self.printed(), &[], number)
    }
}

/// Places, among all, of the cities whose units have pages: those whose chapters are printed.
pub(in crate::publish) fn places_of_unit_pages(context: &Context<'_>) -> Vec<usize> {
    let has_pages = |city: &CityEvaluation| {
        !city.score.withholds(Withheld::Chapter) && !duties(context.evaluation, city).is_empty()
    };
    let cities = context.cities().iter().enumerate();
    cities.filter(|(_, city)| has_pages(city)).map(|(at, _)| at).collect()
}

/// The pages of the units of a city, in the order of its plan.
pub(super) fn add_sections(draft: &mut Draft<'_>) {
    let context = draft.context;
    for (_, city) in draft.printed_cities() {
        for own in duties(context.evaluation, city) {
            draft.add(TEMPLATE, |_| Some(page(context, city, &own)));
        }
    }
}

fn page(context: &Context<'_>, city: &CityEvaluation, own: &UnitDuties) -> UnitPage {
    let whose = Whose { context, city, unit: &own.unit };
    let round = &context.evaluation.round;
    let name = room::cut(&city.plan.full_name_of(&own.unit), room::LONGEST_NAME);
    let actions = actions::lines(&whose, &own.duties);
    let texts: Vec<String> = actions.iter().map(|action| action.text.clone()).collect();
    let said = room::height_of_rest(&reported::answered_by_others(&whose));
    let left = room::left_of(&name, &texts).saturating_sub(said);
    let parts = room::laid_out(
        left,
        waiting::rows(&whose),
        (reported::rows(&whose), &|rows: &[&ReportedTarget]| rest::of_targets(&whose, rows)),
        (led::rows(&whose), &|rows: &[&LedTask]| rest::of_tasks(&whose, rows)),
    );
    let noted = parts.further(left, waiting::noted_rows(&whose, own));
    // Another place may have a unit of the same name.
    let whose_unit = match name.contains(city.plan.short.as_str()) {
        true => String::new(),
        false => format!("{}　", city.plan.name),
    };
    UnitPage {
        place: format!("{}-{}", city.plan.city, own.unit),
        kicker: format!("部门专页　{whose_unit}{}年度　{}", round.year(), full_date(round.report_date)),
        illustrative_label: illustrative_label(context.evaluation),
        name,
        base_word: base_years(context, city).short(),
        strip: strip::figures(&whose),
        actions_heading: actions::heading(&own.duties, noted.all > 0),
        actions,
        queries: waiting::part(&whose, parts.queries),
        noted: waiting::noted_part(&whose, noted),
        indicators: reported::part(&whose, parts.indicators),
        tasks: led::part(&whose, parts.tasks),
        slip: ["回执", "经办人", "电话", "负责人签字", "日期"],
    }
}
