//! The table of the targets of the year.

use super::{Own, number, origin, own};
use crate::assess::Assessment;
use crate::evaluation::Evaluation;
use crate::ident::IndicatorId;
use crate::plan::{Goal, Nature, Operator, PastValue};
use crate::publish::table::{Cell, Column, Head, Table, decimal, integer, text, truth};
use crate::quantity::Value;
use crate::rounding::{exact, plain, short_of_hundred};
use crate::words;

const HEAD: Head =
    Head { name: "assessments", sheet: Some((2, "指标")), about: "One row per target of the year." };

impl<'a> Own<'a, Assessment> {
    const COLUMNS: &'a [Column<Self>] = &[
        text("city", "城市", "slug", |own| own.one.city.as_str().into()),
        text("indicator", "目录编号", "catalogue id; empty for targets in prose", |own| {
            own.one.id.as_ref().map_or("", IndicatorId::as_str).into()
        }),
        text("no", "序号", "number in the plan", |own| own.one.no.as_str().into()),
        text("name", "指标名称", "name as printed in the plan", |own| {
            own.city.plan.indicator(&own.one.no).map_or("", |indicator| indicator.name.as_str()).into()
        }),
        integer("year", "目标年份", "year of the target", |own| own.one.target.year.into()),
        text(
            "tier",
            "目标层次",
            "`annual`, `assessed` (考核值), `intended` (完成值) or `stretch` (力争值)",
            |own| own.one.target.tier.key().into(),
        ),
        text("origin", "目标出处", "`table` or `prose`", |own| origin(own.one.origin).into()),
        text("kind", "目标类型", "kind of target, see plan-format.md", |own| {
            own.one.target.goal.key().into()
        }),
        text("operator", "比较符号", "`≥`, `>`, `≤`, `<`, `≈`, `=`, `in`; empty for words", |own| {
            operator(&own.one.target.goal).into()
        }),
        text("target", "目标", "target as printed", |own| {
            let goal = &own.one.target.goal;
            let row = own.city.plan.indicator(&own.one.no);
            row.map_or_else(|| goal.to_string(), |row| row.goal_beside(goal)).into()
        }),
        decimal(
            "target_value",
            "目标值",
            "its number with the written digits; empty when it has none",
            |own| own.one.target.goal.number().map(|value| Cell::Decimal(value.text.clone())).into(),
        ),
        decimal(
            "baseline",
            "上年值",
            "value of the year before as the plan prints it, else as it was published; of the base year where that is the row's own or the other is not known",
            |own| {
                own.one
                    .baseline
                    .as_ref()
                    .and_then(PastValue::written)
                    .map(|value| Cell::Decimal(value.text))
                    .into()
            },
        ),
        text("actual", "实绩", "actual value as printed; also when only shown (lagged, in doubt)", |own| {
            own.one.actual.map(Value::text).into()
        }),
        decimal("actual_value", "实绩值", "its number", |own| number(own.one.actual)),
        text("value_unit", "计量单位", "unit of target, baseline and actual", |own| {
            own.one.unit.as_str().into()
        }),
        text(
            "state",
            "判定",
            "`exceeded`, `met`, `nearly`, `missed`, `on_schedule`, `behind`, `lagged`, `in_doubt`, `not_reported` or `not_assessable`",
            |own| own.one.state.key().into(),
        ),
        truth("met", "完成与否", "target reached; empty when that cannot be said", |own| {
            own.one.state.met().into()
        }),
        decimal(
            "completion",
            "目标完成率（%）",
            "目标完成率, percent, rounded once to 2 digits, or to as many more as it takes that what is short of a limit (95, 100, 105) does not read as that; empty when there is none",
            |own| own.one.completion_text(2).map(Cell::Decimal).into(),
        ),
        decimal(
            "progress",
            "进度（%）",
            "进度, percent, 2 digits, more where less than 100 would read 100; empty without a baseline or when the target is not on its better side",
            |own| own.one.progress.map(|value| Cell::Decimal(short_of_hundred(value, 2))).into(),
        ),
        truth("boundary", "临界", "rounded comparison would decide otherwise", |own| {
            own.one.boundary.into()
        }),
        truth(
            "target_worse_than_baseline",
            "目标劣于上年",
            "the target lies on the worse side of the baseline",
            |own| own.one.target_is_worse.into(),
        ),
        decimal("weight", "权重", "weight in the score; 1 unless the round gives another", |own| {
            Cell::Decimal(plain(own.one.weight))
        }),
        decimal(
            "points",
            "得分",
            "points by the round's method of scoring, exact (2 digits or as many as there are; in Parquet 12): `score` is computed from these; empty when not assessable",
            |own| own.one.points.map(|points| Cell::Decimal(exact(points, 2))).into(),
        ),
        text("reason", "不判定的理由", "why there is no verdict", |own| {
            own.one.reason.as_ref().map(|why| words::no_verdict(why, &own.city.plan.called.document)).into()
        }),
        text("superseded", "原目标", "the target as issued, when an amendment has replaced it", |own| {
            own.one.target.issued.as_ref().map(ToString::to_string).into()
        }),
        text("plan_line", "方案行号", "lines of the source text", |own| {
            own.one.target.line.as_str().into()
        }),
        text(
            "nature",
            "指标属性",
            "`binding` (约束性) or `anticipatory` (预期性); empty where the plan does not say",
            |own| {
                let row = own.city.plan.indicator(&own.one.no);
                row.and_then(|row| row.nature).map_or("", Nature::key).into()
            },
        ),
        decimal(
            "change",
            "变化",
            "what the target speaks of where that is the change of the level: growth in percent, units more, places gained, times; empty elsewhere",
            |own| own.one.change.as_ref().map(|change| Cell::Decimal(plain(change.value))).into(),
        ),
        decimal(
            "due",
            "序时应达",
            "what is due by the year of a later year's target, on the straight way from what the plan prints before; empty elsewhere",
            |own| own.one.due.as_ref().map(|due| Cell::Decimal(plain(due.value))).into(),
        ),
        integer("baseline_year", "上年值年份", "year of `baseline`; empty where there is none", |own| {
            own.one.baseline.as_ref().map(|past| past.year).into()
        }),
    ];
}

fn operator(goal: &Goal) -> &'static str {
    match goal {
        Goal::Range(..) | Goal::Interval(..) => "in",
        goal => goal.operator().map_or("", Operator::sign),
    }
}

pub(super) fn table(evaluation: &Evaluation) -> Table {
    Table::of(HEAD, Own::<Assessment>::COLUMNS, own(evaluation, |city| &city.assessments))
}
