//! The table of the steps by which figures came about.

use crate::publish::figure::LineageStep;
use crate::publish::table::{Column, Head, Table, integer, text};

const HEAD: Head = Head { name: "lineage", sheet: None, about: "One row per step of a figure's way." };

const COLUMNS: &[Column<LineageStep>] = &[
    text("figure", "数字", "what it is the way of, see below", |step| step.figure.to_string().into()),
    integer("step", "步骤", "number of the step, from 1", |step| step.number.into()),
    text("from", "来源", "what it starts from: plan line, file, cell, or figures", |step| {
        step.from.as_str().into()
    }),
    text("to", "结果", "what it gives", |step| step.to.as_str().into()),
    text(
        "operation",
        "做法",
        "what was done, see below: the word in Chinese and in English, for counts and sums with what is counted",
        |step| step.operation.to_string().into(),
    ),
    text(
        "id",
        "台账步骤",
        "the step of `derivation` that it tells; empty for a line of the plan that only a task quotes",
        |step| step.told.as_ref().map(|id| id.as_str()).into(),
    ),
];

pub(super) fn table(steps: &[LineageStep]) -> Table {
    Table::of(HEAD, COLUMNS, steps)
}
