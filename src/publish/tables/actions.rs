//! The table of what units are asked to do.

use crate::advise::{Duty, Until, duties};
use crate::evaluation::{CityEvaluation, Evaluation};
use crate::ident::{IndicatorNo, TaskNo, UnitName};
use crate::publish::table::{Column, Head, Table, integer, text};

const HEAD: Head = Head {
    name: "actions",
    sheet: None,
    about: "One row per thing that a unit is asked to do (请办), in the order of its page in `units/`; the rules are in docs/unit-pages.md.",
};

/// A duty with its number on the unit's page, and until when.
struct ActionRow<'a> {
    city: &'a CityEvaluation,
    unit: UnitName,
    number: usize,
    duty: Duty,
    due: Until,
}

impl<'a> ActionRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        text("city", "城市", "slug", |row| row.city.plan.city.as_str().into()),
        text("unit", "单位", "name in the plan", |row| row.unit.as_str().into()),
        integer("no", "序号", "its number on the page of the unit", |row| row.number.into()),
        text(
            "kind",
            "类别",
            "`submit` 报送 (nothing came), `report` 补报, `confer` 会商, `clarify` 核实, `resend` 重报, `base` 补基年数, `handed_down` 提供下达的数, `substantiate` 核实任务填报, `reconsider` 报完成而目标未到, `begun` 报未启动而目标已到, `overdue` 方案期满未完成的任务, `query` 其他待答复, `measures` 提出措施, `assign` 明确责任单位, `later` 有数后补报, `published` 公布后补报",
            |row| row.duty.kind.key().into(),
        ),
        text("targets", "目标", "numbers of the targets that it is about, joined by `、`", |row| {
            joined(&row.duty.targets, IndicatorNo::as_str).as_str().into()
        }),
        text("tasks", "任务", "likewise of tasks", |row| {
            joined(&row.duty.tasks, TaskNo::as_str).as_str().into()
        }),
        integer(
            "findings",
            "问题数",
            "of `query` the findings that wait for an answer, and are about none of the others' targets and tasks; else 0",
            |row| row.duty.findings.len().into(),
        ),
        text(
            "due",
            "期限",
            "by which day; empty for `later` and `published`, which wait for a value",
            |row| match row.due {
                Until::By(day) => day.to_string().into(),
                Until::WhenKnown | Until::WhenPublished => "".into(),
            },
        ),
    ];
}

fn joined<T>(all: &[T], name: fn(&T) -> &str) -> String {
    all.iter().map(name).collect::<Vec<_>>().join("、")
}

pub(super) fn table(evaluation: &Evaluation) -> Table {
    let rows: Vec<ActionRow<'_>> = evaluation
        .cities
        .iter()
        .flat_map(|city| duties(evaluation, city).into_iter().map(move |own| (city, own)))
        .flat_map(|(city, own)| {
            let unit = own.unit;
            let numbered = (1..).zip(own.duties);
            numbered.map(move |(number, duty)| ActionRow {
                city,
                unit: unit.clone(),
                number,
                due: duty.kind.due(&evaluation.round),
                duty,
            })
        })
        .collect();
    Table::of(HEAD, ActionRow::COLUMNS, &rows)
}
