//! The table of tasks.

use crate::assess::TaskAssessment;
use crate::collect::TaskReport;
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::plan::Task;
use crate::publish::table::{Column, Head, Table, text};

struct TaskRow<'a> {
    city: &'a CityEvaluation,
    task: &'a Task,
    one: &'a TaskAssessment,
}

const HEAD: Head =
    Head { name: "tasks", sheet: Some((3, "任务")), about: "One row per task (工作要点)." };

impl<'a> TaskRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        text("city", "城市", "slug", |row| row.city.plan.city.as_str().into()),
        text("task", "序号", "number", |row| row.task.no.as_str().into()),
        text("title", "任务", "title", |row| row.task.title.as_str().into()),
        text("lead", "填报单位", "units that report it", |row| {
            row.city.plan.task_reporters(row.task).join("、").into()
        }),
        text("responsible", "责任单位", "units that share in it (责任单位)", |row| {
            row.task.responsible.join("、").into()
        }),
        text("status", "进展", "完成, 推进中, 未启动, 待核实 or 未报", |row| {
            row.one.state.chinese().into()
        }),
        text("progress", "进展说明", "what was done, in the unit's words", |row| {
            row.report().map(|report| report.text.as_str()).into()
        }),
        text("evidence", "佐证编号", "numbers of the pieces of evidence", |row| {
            row.report().map(|report| report.evidence.join("、")).into()
        }),
        text(
            "state",
            "进展代码",
            "`met`, `ongoing`, `not_started`, `in_doubt` or `not_reported`",
            |row| row.one.state.key().into(),
        ),
        text("missed", "未完成的目标", "numbers of the targets in it that were missed", |row| {
            row.one.missed.join("、").into()
        }),
        text("file", "文件", "path below the round's folder", |row| {
            row.report().map(|report| report.at.file.as_str()).into()
        }),
        text("sheet", "工作表", "sheet", |row| row.report().map(|report| report.at.sheet.as_str()).into()),
        text("cell", "单元格", "cell of the state", |row| {
            row.report().map(|report| report.at.address()).into()
        }),
        text("plan_line", "方案行号", "line of the source text", |row| row.task.line.as_str().into()),
    ];

    fn report(&self) -> Option<&TaskReport> {
        self.one.report.as_ref()
    }
}

pub(super) fn table(evaluation: &Evaluation) -> Table {
    let all = evaluation.cities.iter().flat_map(|city| {
        city.plan.tasks.iter().zip(&city.tasks).map(move |(task, one)| TaskRow { city, task, one })
    });
    Table::of(HEAD, TaskRow::COLUMNS, all)
}
