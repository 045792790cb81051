//! The sheet of tasks.

use super::Form;
use super::checks::READY;
use super::grid::{CellLook, EntrySide, FormArea, FormSheet, Holding, Mark, lines_of};
use super::rows::FIRST_TASK;
use super::rules::{self, DONE};
use super::texts::{self, period_words};

/// Widths of the columns.
const WIDTHS: [u16; 8] = [8, 26, 56, 20, 10, 36, 12, 14];
/// The last column.
const LAST: u16 = 7;
/// What a task says of which nothing was entered.
const TO_DO: &str = "待选";
/// The tallest row that a sheet has, in points.
const TALLEST: u16 = 400;

/// The sheet; `None` for a unit that leads no task.
pub(super) fn sheet(form: &Form<'_>, number: usize) -> Option<FormSheet> {
    let last = form.last_task().checked_sub(1).filter(|_| !form.tasks.is_empty())?;
    let mut sheet = FormSheet::new(texts::TASKS, &WIDTHS);
    sheet.is_landscape = true;
    let title = format!("表{number}　任务进展情况（{}）", period_words(form.round.period));
    sheet.wide((0, 0), LAST, title, CellLook::Title);
    sheet.text((1, 0), format!("填报单位：{}", form.unit), CellLook::Quiet);
    let heads = ["任务编号", "任务", "任务原文", "责任单位", "进展状态", "进展情况", "佐证编号", "自查"];
    sheet.headings(FIRST_TASK - 1, heads.map(str::to_owned));
    sheet.heights.extend([(0, 28), (FIRST_TASK - 1, 24)]);
    for (at, task) in (FIRST_TASK..).zip(&form.tasks) {
        let shared: Vec<&str> = task.responsible.iter().map(|unit| unit.as_str()).collect();
        let shared = shared.join("、");
        let lines = lines_of(&task.text, 70).max(lines_of(&shared, 24)).max(lines_of(&task.title, 25));
        sheet.heights.push((at, lines.saturating_mul(12).saturating_add(12).clamp(48, TALLEST)));
        sheet.text((at, 0), task.no.as_str(), CellLook::Centred);
        sheet.text((at, 1), task.title.as_str(), CellLook::Body);
        sheet.text((at, 2), task.text.as_str(), CellLook::Small);
        sheet.text((at, 3), shared, CellLook::Small);
        sheet.input((at, 4), EntrySide::Middle);
        sheet.input((at, 5), EntrySide::Left);
        sheet.input((at, 6), EntrySide::Typed);
        let row = at + 1;
        let formula = format!(
            "=IF(E{row}=\"\",\"{TO_DO}\",IF(F{row}=\"\",\"请写进展情况\",IF(AND(E{row}=\"{DONE}\",G{row}=\"\"),\"完成的须有佐证\",\"{READY}\")))"
        );
        sheet.put((at, LAST), Holding::Formula(formula, TO_DO.to_owned()), CellLook::Check);
    }
    let column = |column: u16| FormArea { first: (FIRST_TASK, column), last: (last, column) };
    sheet.entries.push(rules::states(column(4)));
    sheet.entries.push(rules::reports(column(5)));
    let check = format!("H{}", FIRST_TASK + 1);
    for (sign, is_good) in [("=", true), ("<>", false)] {
        let when = format!("={check}{sign}\"{READY}\"");
        sheet.marks.push(Mark { area: column(LAST), when, is_good });
    }
    sheet.first_moving = Some((FIRST_TASK, 2));
    sheet.begin = (FIRST_TASK, 4);
    sheet.last = (last, LAST);
    Some(sheet)
}
