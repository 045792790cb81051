//! The table of units.

use super::minute;
use crate::assess::{RoleSummary, UnitSummary};
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::publish::table::{Column, Head, Table, integer, text, truth};
use crate::words::role_word;

struct UnitRow<'a> {
    city: &'a CityEvaluation,
    unit: &'a UnitSummary,
    role: &'a RoleSummary,
}

const HEAD: Head = Head {
    name: "units",
    sheet: Some((4, "单位")),
    about: "One row per city, unit and role: what the plan makes of it for an indicator or a task.",
};

impl<'a> UnitRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        text("city", "城市", "slug", |row| row.city.plan.city.as_str().into()),
        text("unit", "单位", "name in the plan; collective names stay whole", |row| {
            row.unit.unit.as_str().into()
        }),
        text("role", "角色", "what the plan calls it: 数据采集, 责任单位, 牵头, 责任", |row| {
            role_word(&row.city.plan, row.role.role).into()
        }),
        text(
            "role_key",
            "角色代码",
            "data (reports rows of the table), lead (leads tasks and reports the targets in prose) or shared (shares in tasks)",
            |row| row.role.role.key().into(),
        ),
        integer(
            "expected",
            "应报项数",
            "targets of the role: rows, or targets in prose that stand in its tasks",
            |row| row.role.expected.into(),
        ),
        integer(
            "reported",
            "已报项数",
            "those for which it wrote something; empty for shared, where others report",
            |row| row.role.reported.into(),
        ),
        text(
            "received",
            "收到时间",
            "time of receipt of the workbook that counts; empty when none came",
            |row| row.unit.received.map(minute).into(),
        ),
        truth("on_time", "按时", "by the deadline; empty when nothing came", |row| row.unit.on_time.into()),
        integer("met", "完成项数", "of its targets, those reached", |row| row.role.met.into()),
        integer("assessable", "可评项数", "of its targets, those with a verdict", |row| {
            row.role.assessable.into()
        }),
        integer("tasks", "任务数", "tasks of the role", |row| row.role.tasks.into()),
        integer("tasks_done", "已完成任务数", "of these, done", |row| row.role.tasks_done.into()),
    ];
}

pub(super) fn table(evaluation: &Evaluation) -> Table {
    let all = evaluation.cities.iter().flat_map(|city| {
        let units = city.units.iter().chain(&city.sharers);
        units.flat_map(move |unit| unit.roles.iter().map(move |role| UnitRow { city, unit, role }))
    });
    Table::of(HEAD, UnitRow::COLUMNS, all.filter(|row| !row.role.is_empty()))
}
