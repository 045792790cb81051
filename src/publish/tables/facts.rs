//! The table of what units say together.

use super::{Own, number, own};
use crate::evaluation::Evaluation;
use crate::plan::Indicator;
use crate::publish::table::{Cell, Column, Head, Table, decimal, integer, text};
use crate::quantity::Value;
use crate::reconcile::Fact;
use crate::words;

const HEAD: Head = Head { name: "facts", sheet: None, about: "One row per city and indicator." };

impl<'a> Own<'a, Fact> {
    const COLUMNS: &'a [Column<Self>] = &[
        text("city", "城市", "slug", |own| own.one.city.as_str().into()),
        text("indicator", "目录编号", "catalogue id; empty for targets in prose", |own| {
            own.indicator().and_then(|row| row.id.as_ref()).map_or("", |id| id.as_str()).into()
        }),
        text("no", "序号", "number in the plan", |own| own.one.no.as_str().into()),
        integer("year", "数据年份", "year of the data; earlier than the round's when lagged", |own| {
            own.one.year.into()
        }),
        text(
            "status",
            "核对情况",
            "`agreed`, `preferred`, `conflicting`, `missing`, or `derived`: not reported, but it follows exactly from others",
            |own| own.one.status.key().into(),
        ),
        decimal("value", "核定值", "the value held true; empty when conflicting or missing", |own| {
            number(own.one.value)
        }),
        text("word", "有无", "有 or 无 for qualitative indicators", |own| word(own.one.value)),
        text("value_unit", "计量单位", "unit", |own| {
            own.indicator().map_or("", |indicator| indicator.unit.text()).into()
        }),
        text("source", "出处", "cell it was taken from: `file[sheet]!cell`", |own| {
            own.one.source.as_ref().map(|seen| seen.at.to_string()).into()
        }),
        text("reason", "理由", "why this value, or why none", |own| words::basis(&own.one.basis).into()),
        text(
            "doubt",
            "存疑",
            "the error that withholds the value from judgement; empty when there is none, also of a `conflicting` fact, which `status` and `reason` explain",
            |own| {
                let document = &own.city.plan.called.document;
                own.one.doubt.as_ref().map(|doubt| words::doubt(doubt, document)).into()
            },
        ),
        text("derivation", "推算", "how it follows from others; empty when it was reported", |own| {
            own.one.derivation().map(words::derivation).into()
        }),
    ];

    fn indicator(&self) -> Option<&Indicator> {
        self.city.plan.indicator(&self.one.no)
    }
}

/// 有 or 无.
fn word(value: Option<Value>) -> Cell {
    value.filter(|value| matches!(value, Value::Presence(_))).map(Value::text).into()
}

pub(super) fn table(evaluation: &Evaluation) -> Table {
    Table::of(HEAD, Own::<Fact>::COLUMNS, own(evaluation, |city| &city.facts))
}
