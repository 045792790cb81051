//! The strip of four key figures at the head of a unit's page.

use serde::Serialize;

use super::super::phrases::month_day;
use super::super::totals::{keys_of, state_of};
use super::super::values::sides_of;
use super::Whose;
use super::silence::Silence;
use crate::advise::waiting;
use crate::assess::{State, TaskState};
use crate::finding::{Object, Severity};
use crate::plan::{Origin, Plan};
use crate::words::{names_leads, without_unit};

/// A key figure.
#[derive(Debug, Clone, Serialize)]
pub(super) struct StripFigure {
    label: String,
    value: String,
    unit: &'static str,
}

/// Targets reached of those with a verdict, tasks reported done of all, findings that wait for an answer, day of receipt.
pub(super) fn figures(whose: &Whose<'_, '_>) -> [StripFigure; 4] {
    [targets(whose), tasks(whose), waiting_for(whose), received(whose)]
}

fn targets(whose: &Whose<'_, '_>) -> StripFigure {
    let Whose { context, .. } = whose;
    let own = whose.targets();
    let has = |origin: Origin| own.iter().any(|one| one.origin == origin);
    let what = match (has(Origin::Table), has(Origin::Prose)) {
        (true, true) => "各项目标",
        (false, true) => "正文目标",
        _ => "指标",
    };
    let say = |name: &str, of: fn(State) -> bool| {
        let number = own.iter().filter(|one| of(one.state)).count();
        let steps = own.iter().map(|one| state_of(one));
        context.book.count(&whose.step(name), steps, &keys_of(of), number)
    };
    let value = match own.iter().any(|one| one.state.is_assessable()) {
        false => "—".to_owned(),
        true => format!(
            "{}/{}",
            say("targets/#met", |state| state.met() == Some(true)),
            say("targets/#assessable", State::is_assessable)
        ),
    };
    StripFigure { label: format!("{what} {}／可评", context.terms.reached), value, unit: "" }
}

/// 牵头 of a plan that names units for its tasks.
pub(super) fn lead_word(plan: &Plan) -> &str {
    if names_leads(plan) { without_unit(&plan.called.leads) } else { "" }
}

fn tasks(whose: &Whose<'_, '_>) -> StripFigure {
    let Whose { context, city, .. } = whose;
    let own = whose.tasks();
    let say = |name: &str, of: &[&str], number: usize| {
        let steps = own.iter().map(|one| super::super::brief::shared::task_step(city, &one.no));
        context.book.count(&whose.step(name), steps, of, number)
    };
    let done = own.iter().filter(|one| one.state == TaskState::Done).count();
    let value = match own.is_empty() {
        true => "—".to_owned(),
        false => format!(
            "{}/{}",
            say("tasks/#tasks_done", &[TaskState::Done.key()], done),
            say("tasks/#all", &[], own.len())
        ),
    };
    StripFigure { label: format!("{}任务 报完成／全部", lead_word(&city.plan)), value, unit: "" }
}

fn waiting_for(whose: &Whose<'_, '_>) -> StripFigure {
    let Whose { context, city, unit } = whose;
    let own: Vec<_> = waiting(context.evaluation, city, unit).collect();
    let number = own.len();
    // Which findings there are in the city, and whom those about a row concern: that hangs on what is reported for the row.
    let of_city = context.evaluation.told().filter(|finding| finding.subject.city == city.plan.city);
    let by = of_city.filter(|finding| finding.severity() == Severity::Error).flat_map(|finding| {
        let row = match &finding.subject.object {
            Object::Indicator(no) => city.assessments.find(no),
            Object::Whole | Object::Task(_) => None,
        };
        let sides = row.into_iter().flat_map(|one| sides_of(city, one));
        std::iter::once(context.book.finding(finding)).chain(sides).collect::<Vec<_>>()
    });
    let by: Vec<_> = by.collect();
    let members: Vec<_> = own.into_iter().map(|finding| context.book.finding(finding)).collect();
    let value = context.book.count_chosen(&whose.step("#waiting"), members, by, &[], number);
    StripFigure { label: "核实清单待答复".to_owned(), value, unit: "件" }
}

fn received(whose: &Whose<'_, '_>) -> StripFigure {
    let deadline = month_day(whose.context.evaluation.round.deadline);
    let own = whose.city.units.iter().find(|one| one.unit == *whose.unit);
    let late = if own.is_some_and(|own| own.on_time == Some(false)) { "（逾期）" } else { "" };
    let (label, value) = match own.map(|own| own.received) {
        None => ("报表（不单独报送）".to_owned(), "—".to_owned()),
        Some(None) => (format!("报表收到（期限{deadline}）"), Silence::of(whose).short().to_owned()),
        Some(Some(time)) => (format!("报表收到（期限{deadline}）{late}"), month_day(time.date())),
    };
    StripFigure { label, value, unit: "" }
}
