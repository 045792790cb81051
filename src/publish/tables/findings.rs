//! The table of findings.

use crate::evaluation::Evaluation;
use crate::finding::{Finding, Language};
use crate::publish::table::{Cell, Column, Head, Table, text};

const HEAD: Head =
    Head { name: "findings", sheet: Some((5, "核实清单")), about: "One row per finding, errors first." };

const COLUMNS: &[Column<Finding>] = &[
    text("code", "代码", "stable code, see submissions.md", |one| one.problem.code().into()),
    text(
        "severity",
        "程度",
        "`error`, `warning` or `note` by the rule; whether it is waived stands in `outcome` and `waived`",
        |one| one.problem.severity().key().into(),
    ),
    text(
        "outcome",
        "结果",
        "`fail`, `waived`, or `explained`: a warning that its unit explained in answer to a query",
        |one| one.outcome().into(),
    ),
    text("city", "城市", "slug", |one| one.subject.city.as_str().into()),
    text("unit", "填报单位", "填报单位", |one| one.unit_words().into()),
    text(
        "indicator",
        "指标或任务",
        "number of the indicator, or 任务 with the number of the task",
        |one| one.subject.object.to_string().into(),
    ),
    text("file", "文件", "path below the round's folder", |one| one.at.file.as_str().into()),
    text("sheet", "工作表", "sheet; empty when the file as a whole is meant", |one| {
        one.at.sheet.as_str().into()
    }),
    text("cell", "单元格", "address", |one| one.at.address().into()),
    text("message", "问题", "what is wrong, in Chinese", |one| one.message(Language::Chinese).into()),
    text("remedy", "处理办法", "what to do, in Chinese", |one| one.remedy(Language::Chinese).into()),
    text("message_en", "问题（英文）", "what is wrong, in English", |one| {
        one.message(Language::English).into()
    }),
    text("related", "相关位置", "other places: `file[sheet]!cell`, joined with ；", related),
    text(
        "waived",
        "豁免",
        "reason and owner of the waiver; of an answer to a query what the unit confirmed and who accepted it, or what it explained",
        |one| one.settled_by().into(),
    ),
    text(
        "cause",
        "起因",
        "the finding that this one follows from, as `code file[sheet]!cell`; report and terminal then tell only that one",
        |one| one.cause.as_ref().map(ToString::to_string).into(),
    ),
];

fn related(one: &Finding) -> Cell {
    one.related.iter().map(ToString::to_string).collect::<Vec<_>>().join("；").into()
}

pub(super) fn table(evaluation: &Evaluation) -> Table {
    Table::of(HEAD, COLUMNS, &evaluation.findings)
}
