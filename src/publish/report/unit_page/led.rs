//! The tasks that a unit leads, with the targets in them that were missed.

use serde::Serialize;

use super::super::brief::shared::{gap_words, lines, task_step};
use super::super::drawing::Verdict;
use super::super::prose::named;
use super::room::{self, PageRow};
use super::{PagePart, Whose};
use crate::assess::{TaskAssessment, TaskState};
use crate::ident::IndicatorNo;
use crate::ledger::StepId;
use crate::words::names_leads;

/// A task.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LedTask {
    name: String,
    /// The other units that lead it.
    others: String,
    #[serde(flatten)]
    verdict: Verdict,
    /// That its report is to be looked at again, with its cell.
    remark: String,
    /// What of it was missed, by how much.
    missed: String,
    #[serde(skip)]
    pub(super) state: TaskState,
    #[serde(skip)]
    pub(super) step: StepId,
}

/// The most targets that are named in a row.
const MOST_TOLD: usize = 4;

pub(super) fn rows(whose: &Whose<'_, '_>) -> Vec<LedTask> {
    whose.tasks().iter().filter_map(|one| row(whose, one)).collect()
}

fn row(whose: &Whose<'_, '_>, one: &TaskAssessment) -> Option<LedTask> {
    let Whose { context, city, unit } = whose;
    let task = city.plan.task(&one.no)?;
    let others: Vec<&str> =
        task.lead.iter().filter(|lead| *lead != *unit).map(|lead| lead.as_str()).collect();
    let told = |no: &IndicatorNo| {
        let (one, row) = (city.assessments.find(no)?, city.plan.indicator(no)?);
        Some(format!("{}{}", room::cut(&named(one, row), room::LONGEST_TITLE), gap_words(context, one, row)))
    };
    let missed: Vec<String> = one.missed.iter().filter_map(told).collect();
    let more = match missed.len().saturating_sub(MOST_TOLD) {
        0 => String::new(),
        _ => "等".to_owned(),
    };
    let told = missed.into_iter().take(MOST_TOLD).collect::<Vec<_>>().join("；");
    let report = one.report.as_ref().filter(|_| one.at_odds().is_some() || one.state == TaskState::InDoubt);
    let remark = report.map_or_else(String::new, |report| match report.at.address() {
        cell if cell.is_empty() => "须核对".to_owned(),
        cell => format!("须核对（{cell}）"),
    });
    Some(LedTask {
        name: room::cut(&task.title, room::LONGEST_TITLE),
        others: room::cut(&others.join("、"), room::LONGEST_TITLE),
        verdict: one.state.into(),
        remark,
        missed: format!("{told}{more}"),
        state: one.state,
        step: task_step(city, &one.no),
    })
}

impl LedTask {
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

impl PageRow for LedTask {
    fn lines(&self) -> usize {
        let status = if self.remark.is_empty() { 1 } else { 2 };
        [lines(&self.name, 15), lines(&self.others, 7), status, lines(&self.missed, 14)]
            .into_iter()
            .fold(1, usize::max)
    }

    fn is_needed(&self) -> bool {
        self.is_urgent()
    }

    fn is_urgent(&self) -> bool {
        let is_begun = matches!(self.state, TaskState::Done | TaskState::Ongoing);
        !self.missed.is_empty() || !self.remark.is_empty() || !is_begun
    }
}

/// The table; nothing where the unit leads no task.
pub(super) fn part(whose: &Whose<'_, '_>, laid_out: room::LaidOut<LedTask>) -> Option<PagePart<LedTask>> {
    if laid_out.all == 0 {
        return None;
    }
    let plan = &whose.city.plan;
    let (what, role) = match names_leads(plan) {
        true => (format!("{}的任务", super::strip::lead_word(plan)), format!("（{}）", plan.called.leads)),
        false => ("报送的任务".to_owned(), String::new()),
    };
    let shown = laid_out.shown_words(whose, "#shown.tasks", |row| row.step.clone());
    let has = |of: fn(&LedTask) -> &str| laid_out.rows.iter().any(|row| !of(row).is_empty());
    // Columns that hold nothing have no head.
    let others = if has(|row| &row.others) { format!("同为{}", plan.called.leads) } else { String::new() };
    let missed = if has(|row| &row.missed) { "其中未到的目标" } else { "" };
    let heads = vec!["任务".to_owned(), others, "填报".to_owned(), missed.to_owned()];
    let (rows, rest) = (laid_out.rows, format!("{shown}{}", laid_out.rest));
    Some(PagePart { heading: format!("{what}{role}"), note: String::new(), heads, rows, rest })
}
