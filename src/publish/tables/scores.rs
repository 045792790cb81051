//! The table of cities.

use rust_decimal::Decimal;

use super::origin;
use crate::compare::{CityScore, Fraction};
use crate::decimal::{in_percent, sum};
use crate::evaluation::Evaluation;
use crate::plan::Grade;
use crate::publish::table::{Cell, Column, Head, Table, decimal, integer, text, truth};
use crate::rounding::{fixed, plain};

const HEAD: Head = Head { name: "scores", sheet: Some((1, "总览")), about: "One row per city." };

const COLUMNS: &[Column<CityScore>] = &[
    text("city", "城市", "slug", |score| score.city.as_str().into()),
    text(
        "basis",
        "计算范围",
        "what is counted: `table` rows, or targets in `prose` when the plan has no table",
        |score| origin(score.basis).into(),
    ),
    decimal(
        "score",
        "得分",
        "weighted mean points of the assessable targets less what is deducted, 4 digits; empty when none is",
        |score| four(score.score),
    ),
    decimal(
        "score_missing_as_zero",
        "缺报计零得分",
        "缺报计零: the same with open targets as zero, 4 digits",
        |score| four(score.score_missing_as_zero),
    ),
    decimal("deducted", "扣分", "points taken from both scores for lateness and missing evidence", deducted),
    text("grade", "等次", "等次 by `score_missing_as_zero`, no better than the limits allow", |score| {
        score.grade.map(Grade::chinese).into()
    }),
    text("limited_by", "限制等次的理由", "reasons of the limits on the grade that hold", |score| {
        limits(score)
    }),
    integer("rank", "位次", "place by the unrounded rate; empty below the minimum coverage", |score| {
        score.rank.into()
    }),
    truth("tied", "并列", "others share the place", |score| score.tied.into()),
    integer(
        "rank_low",
        "最好位次",
        "best place: if all its open targets were reached and none of the others'",
        |score| score.rank_low.into(),
    ),
    integer(
        "rank_high",
        "最差位次",
        "worst place: if none of its own were reached and all of the others'",
        |score| score.rank_high.into(),
    ),
    integer("met", "完成项数", "targets reached (完成)", |score| score.met.into()),
    integer("assessable", "可评项数", "targets with a verdict (可评)", |score| score.assessable.into()),
    integer("total", "应评项数", "targets to be assessed (应评)", |score| score.total.into()),
    decimal("rate", "完成率（%）", "完成率 = met ÷ assessable, percent, 4 digits", |score| {
        four(percent(score.rate()))
    }),
    integer(
        "soft",
        "目标劣于上年的项数",
        "targets on the worse side of the value of the year before, or of the base year of the plan",
        |score| score.soft.into(),
    ),
    decimal(
        "rate_without_soft",
        "不计这些目标的完成率（%）",
        "完成率 without these targets, percent, 4 digits; empty where there are none",
        |score| four(percent(score.firm).filter(|_| score.soft > 0)),
    ),
    decimal("coverage", "覆盖率（%）", "覆盖率 = assessable ÷ total, percent, 4 digits", |score| {
        four(percent(score.coverage()))
    }),
];

fn four(value: Option<Decimal>) -> Cell {
    value.map(|value| Cell::Decimal(fixed(value, 4))).into()
}

fn percent(fraction: Fraction) -> Option<Decimal> {
    in_percent(Decimal::from(fraction.part), Decimal::from(fraction.whole))
}

fn deducted(score: &CityScore) -> Cell {
    let points = score.deductions.iter().map(|one| one.points);
    Cell::Decimal(plain(sum(points).unwrap_or_default()))
}

fn limits(score: &CityScore) -> Cell {
    score.limits.iter().map(|limit| limit.reason.as_str()).collect::<Vec<_>>().join("；").into()
}

pub(super) fn table(evaluation: &Evaluation) -> Table {
    Table::of(HEAD, COLUMNS, evaluation.cities.iter().map(|city| &city.score))
}
