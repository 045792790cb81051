//! The table of values of earlier years that are told in two ways.

use super::decisions::named;
use super::minute;
use crate::evaluation::{Evaluation, Restatement, Taken};
use crate::publish::table::{Cell, Column, Head, Table, decimal, integer, text};
use crate::rounding::plain;

const HEAD: Head = Head {
    name: "restatements",
    sheet: Some((9, "上年数修订")),
    about: "One row per value of an earlier year that a unit reports now otherwise than the plan prints it or than it was published, and per value that the plan prints otherwise than it was published.",
};

/// A restatement with the unit of its row.
struct RestatedRow<'a> {
    one: &'a Restatement,
    measure: &'a str,
}

impl<'a> RestatedRow<'a> {
    const COLUMNS: &'a [Column<Self>] = &[
        text("city", "城市", "slug", |told| told.one.city.as_str().into()),
        text("indicator", "指标", "number in the plan", |told| told.one.no.as_str().into()),
        integer("ref_year", "年份", "the year that the values are of", |told| told.one.year.into()),
        text("published_value", "已发布", "what was published of it", |told| {
            told.one.published.as_ref().map(|one| one.text.as_str()).into()
        }),
        text(
            "published_in",
            "发布于",
            "the output by its folder as `[[previous]]` names it, else the 来源 of `published.csv`",
            |told| told.one.published.as_ref().map(|one| one.published_in.as_str()).into(),
        ),
        text(
            "published_figures",
            "发布时的数字指纹",
            "数字指纹 of that output; empty where only `published.csv` tells of it",
            |told| told.one.published.as_ref().map(|one| one.figures.as_str()).into(),
        ),
        text("plan_value", "方案", "what the plan prints of it", |told| {
            told.one.planned.as_ref().map(|one| one.text.as_str()).into()
        }),
        decimal(
            "reported_value",
            "本次",
            "what is reported of it now, in the plan's unit; empty where only the plan and what was published differ",
            |told| told.one.reported.as_ref().map(|one| Cell::Decimal(plain(one.value))).into(),
        ),
        text("value_unit", "计量单位", "the plan's unit", |told| told.measure.into()),
        text(
            "unit",
            "填报单位",
            "who reports it; empty for the value of the year that is judged",
            |told| told.one.reported.as_ref().and_then(|one| Some(one.unit.as_ref()?.as_str())).into(),
        ),
        text("cell", "位置", "its cell, `file[sheet]!cell`", |told| {
            told.one.reported.as_ref().map(|one| one.at.to_string()).into()
        }),
        text("received", "收到时间", "when the workbook was received", |told| {
            told.one.reported.as_ref().and_then(|one| one.received).map(minute).into()
        }),
        decimal(
            "difference",
            "差",
            "what is reported less the value that is kept, or, where nothing is, what was published less what the plan prints",
            |told| told.one.difference.map(|value| Cell::Decimal(plain(value))).into(),
        ),
        text("reason", "说明", "the unit's remark in that row", |told| {
            told.one.reported.as_ref().map(|one| one.note.as_str()).into()
        }),
        text(
            "taken",
            "采用",
            "which value counts: `plan`, `published` or `reported`; empty where none does",
            |told| told.one.taken.map(Taken::key).into(),
        ),
        text("verdict", "判定", "`state` of the target", |told| told.one.restated.is.in_tables().into()),
        text(
            "verdict_if_restated",
            "如采用的判定",
            "the same with the value that is reported (else that was published) in the place of the one that counts, by judging the city once more",
            |told| told.one.restated.would_be.in_tables().into(),
        ),
        text(
            "others_if_restated",
            "如采用时另有不同的判定",
            "other verdicts of the city that would be others then, as `xiangtan/P3 missed`, joined with ；",
            |told| {
                let others = told.one.others.iter().map(|one| named(one, |one| one.would_be.in_tables()));
                others.collect::<Vec<_>>().join("；").into()
            },
        ),
    ];
}

pub(super) fn table(evaluation: &Evaluation) -> Table {
    let told = evaluation.restatements.iter().map(|one| {
        let row = evaluation.cities.find(&one.city).and_then(|city| city.plan.indicator(&one.no));
        RestatedRow {
            one,
            measure: row.map_or("", |row| if row.is_qualitative() { "" } else { row.unit.text() }),
        }
    });
    Table::of(HEAD, RestatedRow::COLUMNS, told)
}
