//! 待答复: findings about a unit that wait for its answer, with the cell and what to do.

use serde::Serialize;

use super::super::brief::shared::lines;
use super::super::phrases::without_stop;
use super::room::{self, PageRow};
use super::{PagePart, Whose};
use crate::advise::{UnitDuties, noted, waiting};
use crate::finding::{CompletenessProblem, Finding, Language, Numbered, Object, Place, Problem, by_name};
use crate::ident::{IndicatorNo, TaskNo};
use crate::plan::{Origin, Plan};

/// A finding.
#[derive(Debug, Clone, Serialize)]
pub(super) struct WaitingRow {
    object: String,
    message: String,
    cell: String,
    remedy: String,
    #[serde(skip)]
    finding: Finding,
}

/// The most characters of what is wrong, and of what is to be done.
const LONGEST_MESSAGE: usize = 76;
const LONGEST_REMEDY: usize = 52;

pub(super) fn rows(whose: &Whose<'_, '_>) -> Vec<WaitingRow> {
    let Whose { context, city, unit } = whose;
    waiting(context.evaluation, city, unit).map(|finding| row(whose, finding)).collect()
}

/// What is noted and asks for no answer.
pub(super) fn noted_rows(whose: &Whose<'_, '_>, own: &UnitDuties) -> Vec<WaitingRow> {
    noted(whose.context.evaluation, whose.city, own).map(|finding| row(whose, finding)).collect()
}

fn row(whose: &Whose<'_, '_>, finding: &Finding) -> WaitingRow {
    let plan = &whose.city.plan;
    let object = match &finding.subject.object {
        Object::Whole => "全表".to_owned(),
        Object::Indicator(no) => {
            plan.indicator(no).map_or_else(|| "指标".to_owned(), |row| row.short.clone())
        }
        Object::Task(no) => plan.task(no).map_or_else(|| "任务".to_owned(), |task| room::quoted(&task.title)),
    };
    let message = items_named(plan, finding).message(Language::Chinese);
    let remedy = match &finding.problem {
        // To those who collect it says that they are to ask again.
        Problem::Completeness(CompletenessProblem::UnitSilent { .. }) => "报送报表".to_owned(),
        _ => finding.remedy(Language::Chinese),
    };
    WaitingRow {
        object: room::cut(&object, room::LONGEST_TITLE),
        message: room::cut(&named_in(plan, without_stop(&message)), LONGEST_MESSAGE),
        cell: room::cut(&own_place(whose, finding).address(), 8),
        remedy: room::cut(&named_in(plan, without_stop(&remedy)), LONGEST_REMEDY),
        finding: finding.clone(),
    }
}

/// Where a finding is in the unit's own workbook, if it is there; a disagreement stands in those of several units.
fn own_place<'f>(whose: &Whose<'_, '_>, finding: &'f Finding) -> &'f Place {
    let files = whose.city.collected.submissions.iter().filter(|one| one.unit.as_ref() == Some(whose.unit));
    let files: Vec<&str> = files.map(|one| one.file.as_str()).collect();
    let mut places = std::iter::once(&finding.at).chain(&finding.related);
    places.find(|place| place.cell.is_some() && files.contains(&place.file.as_str())).unwrap_or(&finding.at)
}

/// A finding with the names of the items that it lists by their numbers.
fn items_named(plan: &Plan, finding: &Finding) -> Finding {
    let mut named = finding.clone();
    if let Problem::Completeness(CompletenessProblem::EvidenceMissing { lacking }) = &mut named.problem {
        for (item, _) in lacking {
            let row = IndicatorNo::some(item.as_str()).and_then(|no| plan.indicator(&no));
            let task = TaskNo::some(item.as_str()).and_then(|no| plan.task(&no));
            let name = row.map(|row| row.short.clone());
            if let Some(name) = name.or_else(|| task.map(|task| room::quoted(&task.title))) {
                *item = name;
            }
        }
    }
    named
}

/// The words of a finding with the names of the plan's targets.
fn named_in(plan: &Plan, words: &str) -> String {
    by_name(words, |what: Numbered, no: &IndicatorNo| {
        let row = plan.indicator(no)?;
        let is_one = match what {
            Numbered::Row => row.origin == Origin::Table,
            Numbered::Prose => row.origin == Origin::Prose,
        };
        is_one.then(|| row.short.clone())
    })
}

impl PageRow for WaitingRow {
    fn lines(&self) -> usize {
        [lines(&self.object, 9), lines(&self.message, 17), lines(&self.remedy, 14)]
            .into_iter()
            .fold(1, usize::max)
    }

    fn is_needed(&self) -> bool {
        true
    }

    fn is_urgent(&self) -> bool {
        true
    }
}

/// The table; nothing where no finding waits.
pub(super) fn part(
    whose: &Whose<'_, '_>,
    laid_out: room::LaidOut<WaitingRow>,
) -> Option<PagePart<WaitingRow>> {
    told(whose, laid_out, "待答复", "#shown.findings")
}

/// The table of what is noted; nothing where nothing is.
pub(super) fn noted_part(
    whose: &Whose<'_, '_>,
    laid_out: room::LaidOut<WaitingRow>,
) -> Option<PagePart<WaitingRow>> {
    told(whose, laid_out, "另有提醒（不须答复；有误的可重报）", "#shown.noted")
}

fn told(
    whose: &Whose<'_, '_>,
    laid_out: room::LaidOut<WaitingRow>,
    heading: &str,
    count: &str,
) -> Option<PagePart<WaitingRow>> {
    if laid_out.all == 0 {
        return None;
    }
    let (volume, shown) = (whose.context.volume_of_own_rows(), laid_out.rows.len());
    let rest = match shown {
        all if all == laid_out.all => String::new(),
        _ => {
            let first = laid_out.rows.iter().map(|row| whose.context.book.finding(&row.finding));
            let number = whose.count_with_room(count, first, shown);
            format!("以上列前{number}件，其余见{volume}。")
        }
    };
    let heads = ["对象", "问题", "单元格", "怎样办"].map(str::to_owned).to_vec();
    Some(PagePart { heading: heading.to_owned(), note: String::new(), heads, rows: laid_out.rows, rest })
}
