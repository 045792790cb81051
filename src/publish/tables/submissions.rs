//! The table of workbooks.

use super::minute;
use crate::collect::Submission;
use crate::evaluation::Evaluation;
use crate::publish::table::{Cell, Column, Head, Table, text, truth};

const HEAD: Head = Head {
    name: "submissions",
    sheet: Some((6, "收件登记")),
    about: "One row per workbook that was found, used or not.",
};

const COLUMNS: &[Column<Submission>] = &[
    text("city", "城市", "slug", |one| one.city.as_str().into()),
    text("unit", "填报单位", "填报单位 by the plan's name; empty when it could not be told", |one| {
        one.unit.as_ref().map_or("", |unit| unit.as_str()).into()
    }),
    text("period", "报告期", "报告期 as written on the cover", |one| one.period.as_str().into()),
    text("version", "版本", "版本 on the cover: `2`, `1.10`, or its word; 1 when not given", |one| {
        Cell::Text(one.version.text())
    }),
    text("file", "文件", "path below the round's folder", |one| one.file.as_str().into()),
    text("sha256", "SHA-256摘要", "digest of the file", |one| one.digests.sha256.as_str().into()),
    text("sm3", "SM3摘要", "digest of the file (GM/T 0004)", |one| one.digests.sm3.as_str().into()),
    text(
        "received",
        "收到时间",
        "收到时间 from the register, ISO 8601, local time; from the cover's 填报日期 (noon) when the register has no entry",
        |one| one.received.map(minute).into(),
    ),
    truth("on_time", "按时", "by the round's deadline; empty when the time is unknown", |one| {
        one.on_time.into()
    }),
    truth("superseded", "已被替代", "a later workbook of the same unit counts instead", |one| {
        one.superseded.into()
    }),
    truth("used", "采用", "its values count", |one| one.is_used().into()),
    text(
        "format",
        "文件格式",
        "`xlsx`, `xls`, `xlsb` or `ods`, told by content; empty when it could not be opened",
        |one| one.format.as_str().into(),
    ),
    text("filled_by", "填报人", "填报人 as written on the cover", |one| one.filled_by.as_str().into()),
    text("checked_by", "审核人", "审核人 as written on the cover", |one| {
        one.checked_by.as_str().into()
    }),
    text("filled_on", "填报日期", "填报日期 as written on the cover", |one| {
        one.filled_on.as_str().into()
    }),
    truth(
        "registered",
        "有登记",
        "the register of receipts has an entry for it; else `received` is from the cover",
        |one| one.registered.into(),
    ),
    text(
        "template",
        "模板编号",
        "number of the issued form that it was made from; empty when its number tells none",
        |one| one.form.as_ref().map_or("", |form| form.number.as_str()).into(),
    ),
    text("edition", "模板版次", "edition of that form, from 1", |one| {
        Cell::Text(one.form.as_ref().map(|form| form.edition.to_string()).unwrap_or_default())
    }),
    text(
        "template_by",
        "认定依据",
        "where the number was found: `property` of the file, `print` in a footer or cell, or `content`: nowhere, and the rows tell",
        |one| one.form.as_ref().map_or("", |form| form.by.key()).into(),
    ),
];

pub(super) fn table(evaluation: &Evaluation) -> Table {
    let all = evaluation.cities.iter().flat_map(|city| &city.collected.submissions);
    Table::of(HEAD, COLUMNS, all)
}
